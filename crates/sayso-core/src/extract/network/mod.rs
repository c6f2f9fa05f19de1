//! The small networks that the learned readers share: words and their rows ([`words`]), tables of small integers
//! ([`tables`]), and the arithmetic of layers over whole numbers, the same on every machine ([`rows`]).

pub mod rows;
pub mod tables;
pub mod words;
