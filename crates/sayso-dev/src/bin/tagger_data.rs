//! Prints what the tagger reads, for `training/tagger.py`: one JSON line a document of a JSON Lines file, with the
//! elements of each segment and what the rules found there. With `--words`, only the words: a line a segment.

use sayso_core::document::RegionKind;
use sayso_core::extract::quotes::{elements::Elements, segment};
use sayso_core::extract::tagger::input;
use sayso_core::text::Page;
use std::io::{BufRead, Write};

#[derive(serde::Deserialize)]
struct Line {
    #[serde(default)]
    id: String,
    #[serde(alias = "body")]
    text: String,
}

fn main() -> anyhow::Result<()> {
    let path =
        std::env::args().nth(1).ok_or_else(|| anyhow::anyhow!("usage: tagger_data DOCUMENTS.jsonl [--words]"))?;
    let words_only = std::env::args().nth(2).is_some();
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in std::io::BufReader::new(std::fs::File::open(path)?).lines() {
        let line: Line = serde_json::from_str(&line?)?;
        let document = sayso_core::Document::new(line.id, line.text);
        let page = Page::new(&document);
        let mut segments = Vec::new();
        for (number, paragraph) in page.paragraphs.iter().enumerate() {
            if matches!(paragraph.region, RegionKind::Byline | RegionKind::Credit | RegionKind::Boilerplate) {
                continue;
            }
            let elements = Elements::new(&page, number);
            for part in &elements.segments {
                if words_only {
                    let words: Vec<_> = part.clone().map(|at| input::word(&elements, at)).collect();
                    writeln!(out, "{}", words.join("\t"))?;
                    continue;
                }
                let els: Vec<_> = part
                    .clone()
                    .map(|at| {
                        let span = elements.span(at..at + 1);
                        let traits: Vec<_> = input::traits(&elements, at).collect();
                        serde_json::json!([span.start, span.end, input::word(&elements, at), traits])
                    })
                    .collect();
                let shift = |els: &std::ops::Range<usize>| {
                    [els.start as i64 - part.start as i64, els.end as i64 - part.start as i64]
                };
                let rules: Vec<_> = segment::read(&elements, part)
                    .iter()
                    .map(|one| {
                        serde_json::json!({
                            "content": one.content.iter().map(shift).collect::<Vec<_>>(),
                            "cue": one.cue.as_ref().map(shift),
                            "source": one.source.as_ref().map(shift),
                            "because": one.because.iter().map(|reason| format!("{reason:?}")).collect::<Vec<_>>(),
                        })
                    })
                    .collect();
                segments.push(serde_json::json!({ "els": els, "rules": rules }));
            }
        }
        if !words_only {
            writeln!(out, "{}", serde_json::json!({ "id": document.id, "segments": segments }))?;
        }
    }
    Ok(())
}
