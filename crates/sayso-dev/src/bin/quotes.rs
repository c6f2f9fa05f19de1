//! Prints the quotations of each document of a JSON Lines file. It stands in for `sayso` in `training/quotations/score.py`, and is
//! built in a minute. Called as `quotes extract DOCUMENTS.jsonl [--rules]`; other options are taken and do nothing. With `ALL=1` in
//! the environment, it prints all records.
use sayso_core::extract::InOrder;
use sayso_core::{Document, Model, Offsets, Options, RecordKind, Records, extract_by};
use std::io::{BufRead, Write};

#[derive(serde::Deserialize)]
struct Line {
    id: String,
    text: String,
    #[serde(default)]
    title: Option<String>,
    #[serde(default)]
    kind: Option<String>,
}

fn main() -> anyhow::Result<()> {
    let path =
        std::env::args().nth(2).ok_or_else(|| anyhow::anyhow!("usage: quotes extract DOCUMENTS.jsonl [--rules]"))?;
    let options = match std::env::args().any(|option| option == "--rules") {
        true => Options { model: Model::Rules },
        false => Options::default(),
    };
    let all = std::env::var_os("ALL").is_some();
    let lines = std::io::BufReader::new(std::fs::File::open(path)?).lines().collect::<Result<Vec<_>, _>>()?;
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    // As many lines at once as the threads can share; printed in the order of the lines.
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    for lines in lines.chunks(threads * 64) {
        let printed = std::thread::scope(|scope| {
            let parts: Vec<_> = lines
                .chunks(64)
                .map(|part| scope.spawn(|| part.iter().map(|line| one(line, &options, all)).collect::<Vec<_>>()))
                .collect();
            parts.into_iter().flat_map(|part| part.join().unwrap_or_default()).collect::<Vec<_>>()
        });
        for text in printed {
            out.write_all(&text?)?;
        }
    }
    Ok(out.flush()?)
}

fn one(line: &str, options: &Options, all: bool) -> anyhow::Result<Vec<u8>> {
    let line: Line = serde_json::from_str(line)?;
    let mut document = Document::new(line.id, line.text);
    document.title = line.title;
    if line.kind.as_deref() == Some("statement") {
        document.kind = sayso_core::document::Kind::Statement;
    }
    let found = extract_by(&document, options, &InOrder);
    let records = Records::new(&document, &found, Offsets::Chars);
    let mut out = Vec::new();
    for kind in RecordKind::ALL.into_iter().filter(|kind| all || *kind == RecordKind::Quote) {
        for record in (0..records.count(kind)).filter_map(|n| records.get(kind, n)) {
            serde_json::to_writer(&mut out, &record)?;
            out.push(b'\n');
        }
    }
    Ok(out)
}
