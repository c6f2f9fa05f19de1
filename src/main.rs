//! The program: parses, runs, exits. Everything else is in the library.

use std::process::ExitCode;

/// Extraction makes many small lists; this allocator takes a fifth off its processor time (`benches/extract.rs`).
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    sayso::cli::run()
}
