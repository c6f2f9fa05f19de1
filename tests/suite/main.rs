//! The specification, case by case: what must be found in invented texts, and what must be made of it. `tests/suite/` has
//! a folder for each room of the library, and a text file for each kind of case. To add one, write it into its file.
//!
//! ```text
//! === The source follows its cue
//! “The bridge is safe,” said Ada Brandt.
//! => direct: “The bridge is safe,” ; cue: said ; source: Ada Brandt
//! ```
//!
//! [`case`] says how a case is written; each room says what an expectation can name. `cargo test --test suite` runs them.

#![allow(clippy::unwrap_used)]

mod case;
mod check;
mod claims;
mod combinations;
mod figures;
mod quotes;
mod trace;
