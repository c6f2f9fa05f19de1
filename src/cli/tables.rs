//! Reference tables: those that were named, and those that stand among the documents.

use super::context::{Context, told};
use crate::check::Table;
use crate::ingest::{is_index, read_table};
use ignore::WalkBuilder;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

/// Reads the tables that were named. One that cannot be read is an error: it was asked for.
pub(super) fn read(context: &Context, paths: &[PathBuf], key: Option<&str>) -> anyhow::Result<Vec<Table>> {
    paths.iter().map(|path| one(context, path, key)).collect()
}

/// The tables among the documents of `paths`: CSV, TSV and Parquet files in folders that are named by the user, whose
/// header has no text column. One that cannot be read is named and skipped.
pub(super) fn among(context: &Context, paths: &[PathBuf]) -> Vec<Table> {
    let folders = paths.iter().filter(|path| path.is_dir());
    let mut tables = Vec::new();
    for folder in folders {
        let mut builder = WalkBuilder::new(folder);
        builder.filter_entry(|entry| entry.depth() == 0 || !is_index(entry.path()));
        let walk = builder.follow_links(true).sort_by_file_name(|a, b| a.cmp(b)).build();
        for path in walk.flatten().map(ignore::DirEntry::into_path).filter(|path| is_table(path)) {
            match one(context, &path, None) {
                Ok(table) => tables.push(table),
                Err(error) => context.warn(&format!("{}; the table is skipped", told(&error))),
            }
        }
    }
    tables
}

fn one(context: &Context, path: &Path, key: Option<&str>) -> anyhow::Result<Table> {
    let (table, warnings) = read_table(path, key)?;
    warnings.iter().for_each(|warning| context.warn(&format!("{}: {warning}", path.display())));
    Ok(table)
}

/// Whether a file is a table of reference and not one of documents.
fn is_table(path: &Path) -> bool {
    let ending = path.extension().and_then(|e| e.to_str()).map(str::to_ascii_lowercase);
    let ending = ending.as_deref();
    #[cfg(feature = "parquet")]
    if ending == Some("parquet") {
        let rows = crate::ingest::ParquetRows::open(path);
        return rows.is_ok_and(|rows| !has_text(rows.names().iter().map(String::as_str)));
    }
    path.is_file() && matches!(ending, Some("csv" | "tsv")) && !has_text_column(path)
}

/// Whether the header names a column `text` or `body`, as tables of documents do.
fn has_text_column(path: &Path) -> bool {
    /// No header is longer.
    const HEADER: u64 = 64 << 10;
    let Ok(file) = File::open(path) else { return true };
    let mut header = Vec::new();
    if BufReader::new(file.take(HEADER)).read_until(b'\n', &mut header).is_err() {
        return true;
    }
    let header = String::from_utf8_lossy(&header).to_lowercase();
    has_text(header.split([',', ';', '\t']).map(|name| name.trim().trim_matches(['"', '\u{feff}'])))
}

fn has_text<'n>(mut names: impl Iterator<Item = &'n str>) -> bool {
    names.any(|name| matches!(name.trim().to_lowercase().as_str(), "text" | "body"))
}
