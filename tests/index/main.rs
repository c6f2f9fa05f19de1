//! The index from outside: what is put comes out, what is sought is found, and no accident loses what was committed.
#![allow(missing_docs, clippy::unwrap_used)]

mod crash;
mod golden;
mod made;
mod search;
mod store;
