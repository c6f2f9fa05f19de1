//! The index from outside: what is put comes out, what is sought is found, and no accident loses what was committed.
#![allow(missing_docs, clippy::unwrap_used)]

mod counts;
mod crash;
mod damage;
#[cfg(target_os = "linux")]
mod faults;
mod golden;
mod kills;
mod made;
mod repairs;
mod scan;
mod search;
mod statements;
mod store;
mod windows;
