//! The small networks that the learned readers share: words and their rows ([`words`]), tables of small integers
//! ([`tables`]), and the arithmetic of layers over whole numbers, the same on every machine: sums of products ([`sums`]), rows of
//! activations and layers ([`rows`]), which rows are worked out at all ([`levels`]), and what it is worked out in ([`spare`]).

pub mod levels;
pub mod rows;
pub mod spare;
pub mod sums;
pub mod tables;
pub mod words;
