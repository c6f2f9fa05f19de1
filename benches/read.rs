//! How fast documents come out of JSON Lines: `cargo bench --bench read [-- FILE…]`, by default the shared speed set.
//! Prints megabytes of text a second, for the file as it is and, unpacked, without the decompressor, beside the time
//! that bare decompression takes.

use sayso::ingest::{Input, documents};
use std::io::Read;
use std::path::PathBuf;
use std::time::Instant;

fn main() {
    let given: Vec<PathBuf> = std::env::args().skip(1).filter(|a| !a.starts_with("--")).map(PathBuf::from).collect();
    let shared = PathBuf::from(std::env::var("SAYSO_SHARED").unwrap_or_else(|_| "../shared".into())).join("speed");
    let files = if given.is_empty() {
        ["articles.jsonl.gz", "releases.jsonl.gz"].map(|f| shared.join(f)).to_vec()
    } else {
        given
    };
    for file in files {
        let Ok(packed) = std::fs::File::open(&file) else {
            println!("{}: not there; name files after --, or set SAYSO_SHARED", file.display());
            continue;
        };
        // What would not fit in memory as a whole is only streamed.
        if packed.metadata().map_or(true, |m| m.is_dir() || m.len() > 64 << 20) {
            time(&file);
            continue;
        }
        let begun = Instant::now();
        let mut bytes = Vec::new();
        let unpacked = flate2::read::MultiGzDecoder::new(packed).read_to_end(&mut bytes).is_ok();
        let bare = begun.elapsed();
        time(&file);
        if unpacked {
            println!("    gzip alone: {:.0} MB/s", bytes.len() as f64 / 1e6 / bare.as_secs_f64());
            let Ok(folder) = tempfile::tempdir() else { continue };
            let plain = folder.path().join("plain.jsonl");
            if std::fs::write(&plain, &bytes).is_ok() {
                time(&plain);
            }
        }
    }
}

/// Reads a file three times and prints the best.
fn time(file: &std::path::Path) {
    let mut best = f64::INFINITY;
    let (mut count, mut size, mut bad) = (0, 0, 0);
    for _ in 0..3 {
        (count, size, bad) = (0, 0, 0);
        let begun = Instant::now();
        for found in documents(Input { paths: vec![file.into()], ..Input::default() }) {
            match found {
                Ok(document) => {
                    count += 1;
                    size += document.text.len();
                }
                Err(_) => bad += 1,
            }
        }
        best = best.min(begun.elapsed().as_secs_f64());
    }
    let speed = size as f64 / 1e6 / best;
    println!("{}: {count} documents, {bad} errors, {size} bytes of text, {best:.3} s, {speed:.0} MB/s", file.display());
}
