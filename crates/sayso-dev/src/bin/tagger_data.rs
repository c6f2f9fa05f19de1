//! Prints what the tagger reads, for `training/tagger.py`: one JSON line a document of a JSON Lines file, with the
//! elements of each segment and what the rules found there. With `--words`, only the words: a line a segment. With
//! `--judge LABELS.jsonl` (`{id, segment, cue, content, source}`, places counted in the elements of the segment), only
//! whether the tables take each label for a report: a line of `1` and `0`, `?` where there is no such segment.

use sayso_core::document::RegionKind;
use sayso_core::extract::quotes::segment::Attribution;
use sayso_core::extract::quotes::{elements::Elements, segment};
use sayso_core::extract::tagger::{input, is_report};
use sayso_core::text::Page;
use std::collections::HashMap;
use std::io::{BufRead, Write};

#[derive(serde::Deserialize)]
struct Line {
    #[serde(default)]
    id: String,
    #[serde(alias = "body")]
    text: String,
}

/// A label, in elements of a segment.
#[derive(serde::Deserialize)]
struct Label {
    id: String,
    segment: usize,
    cue: [usize; 2],
    content: Vec<[usize; 2]>,
    source: Option<[usize; 2]>,
}

impl Label {
    /// It as a finding of the rules, where its segment begins with the element `start`.
    fn found(&self, start: usize) -> Attribution {
        let range = |at: &[usize; 2]| start + at[0]..start + at[1];
        Attribution {
            content: self.content.iter().map(range).collect(),
            cue: Some(range(&self.cue)),
            source: self.source.as_ref().map(range),
            ..Attribution::default()
        }
    }
}

/// The labels of a file by document, each with its line.
fn labels(path: &str) -> anyhow::Result<HashMap<String, Vec<(usize, Label)>>> {
    let mut out: HashMap<_, Vec<_>> = HashMap::new();
    for (number, line) in std::io::BufReader::new(std::fs::File::open(path)?).lines().enumerate() {
        let label: Label = serde_json::from_str(&line?)?;
        out.entry(label.id.clone()).or_default().push((number, label));
    }
    Ok(out)
}

fn main() -> anyhow::Result<()> {
    let path = std::env::args()
        .nth(1)
        .ok_or_else(|| anyhow::anyhow!("usage: tagger_data DOCUMENTS.jsonl [--words | --judge LABELS.jsonl]"))?;
    let words_only = std::env::args().nth(2).is_some_and(|option| option == "--words");
    let judged = std::env::args().nth(3).map(|path| labels(&path)).transpose()?;
    let mut verdicts = vec!['?'; judged.iter().flat_map(HashMap::values).map(Vec::len).sum()];
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in std::io::BufReader::new(std::fs::File::open(path)?).lines() {
        let line: Line = serde_json::from_str(&line?)?;
        let document = sayso_core::Document::new(line.id, line.text);
        let page = Page::new(&document);
        let mut segments = Vec::new();
        let mut numbers = 0..;
        for (number, paragraph) in page.paragraphs.iter().enumerate() {
            if matches!(paragraph.region, RegionKind::Byline | RegionKind::Credit | RegionKind::Boilerplate) {
                continue;
            }
            let elements = Elements::new(&page, number);
            for part in &elements.segments {
                let number = numbers.next();
                if let Some(judged) = &judged {
                    for (line, label) in judged.get(&document.id).into_iter().flatten() {
                        if Some(label.segment) == number {
                            let report = is_report(&elements, &label.found(part.start));
                            verdicts[*line] = if report { '1' } else { '0' };
                        }
                    }
                    continue;
                }
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
        if !words_only && judged.is_none() {
            writeln!(out, "{}", serde_json::json!({ "id": document.id, "segments": segments }))?;
        }
    }
    if judged.is_some() {
        writeln!(out, "{}", verdicts.iter().collect::<String>())?;
    }
    Ok(())
}
