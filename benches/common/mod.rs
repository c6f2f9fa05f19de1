//! What the benches share: the documents of the speed set, and processor time.
#![allow(dead_code, reason = "each bench uses a part")]

pub(crate) mod varied;

use sayso::Document;
use sayso::ingest::{Input, documents};
use std::error::Error;
use std::path::PathBuf;

pub(crate) type Outcome<T> = Result<T, Box<dyn Error>>;

/// The files to measure with: those named on the command line, else the folder that `SAYSO_SPEED` names, else
/// `../shared/speed`, else our own corpus.
pub(crate) fn files() -> Vec<PathBuf> {
    let given: Vec<PathBuf> = std::env::args().skip(1).filter(|a| !a.starts_with("--")).map(PathBuf::from).collect();
    if !given.is_empty() {
        return given;
    }
    let folder = std::env::var_os("SAYSO_SPEED").map_or_else(|| PathBuf::from("../shared/speed"), PathBuf::from);
    vec![if folder.is_dir() { folder } else { PathBuf::from("corpus") }]
}

/// All documents of [`files`] that can be read.
pub(crate) fn read() -> Vec<Document> {
    documents(Input { paths: files(), ..Input::default() }).filter_map(Result::ok).collect()
}

/// Bytes of text and titles.
pub(crate) fn size(documents: &[Document]) -> usize {
    documents.iter().map(|d| d.text.len() + d.title.as_deref().map_or(0, str::len)).sum()
}

/// User and system time of all threads of this process, from Linux's /proc (ticks of 10 ms).
pub(crate) fn cpu_seconds() -> Outcome<f64> {
    let stat = std::fs::read_to_string("/proc/self/stat")?;
    let after = stat.rsplit_once(')').ok_or("an unreadable /proc/self/stat")?.1;
    let ticks = |i: usize| {
        after.split_whitespace().nth(i).and_then(|t| t.parse::<f64>().ok()).ok_or("no time in /proc/self/stat")
    };
    Ok((ticks(11)? + ticks(12)?) / 100.0)
}

/// The least processor time of `rounds` runs (disturbance only ever adds), and what the last one gave.
pub(crate) fn best<T>(rounds: usize, mut run: impl FnMut() -> Outcome<T>) -> Outcome<(f64, T)> {
    let mut best = f64::INFINITY;
    let mut last = None;
    for _ in 0..rounds.max(1) {
        let begun = cpu_seconds()?;
        last = Some(run()?);
        best = best.min((cpu_seconds()? - begun).max(0.01));
    }
    Ok((best, last.ok_or("no round")?))
}
