//! Reads every document of some files or folders on all processors and counts what is in them, in the order of the input:
//! `cargo run --release --example batch -- corpus`.

use sayso::extract::Options;
use sayso::ingest::{Input, documents};
use sayso::stream::{extract, ordered};
use std::convert::Infallible;
use std::path::PathBuf;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut paths: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    if paths.is_empty() {
        paths.push("corpus".into());
    }
    let jobs = std::thread::available_parallelism()?.get();
    let readable = documents(Input { paths, ..Input::default() }).filter_map(|document| match document {
        Ok(document) => Some(document),
        Err(error) => {
            eprintln!("{error}");
            None
        }
    });
    let options = Options::default();
    ordered(
        jobs,
        readable,
        |document| document.text.len(),
        |document| {
            // A text that is nothing but numbers or speech verbs is refused.
            let found = extract(&document, &options).map(|found| (found.quotes.len(), found.figures.len()));
            (document.id, found)
        },
        |(id, found)| {
            match found {
                Ok((quotes, figures)) => println!("{id}: {quotes} quotations, {figures} figures"),
                Err(dense) => eprintln!("{id}: {dense}"),
            }
            Ok::<(), Infallible>(())
        },
    )?;
    Ok(())
}
