//! Prints, for `training/speakers.py`, whom each pronoun and role of some documents may mean, with what tells for each:
//! `{doc, source, asks, none, all: [{name, unnamed, traits}]}`, offsets in bytes.
//!
//! `speakers_asked DOCUMENTS.jsonl > asked.jsonl`

use sayso_core::extract::quotes;
use sayso_core::extract::speakers::resolve::Who;
use sayso_core::language::choices::Traits;
use sayso_core::text::Page;
use sayso_ingest::{Input, documents};
use std::io::Write;

fn main() -> anyhow::Result<()> {
    let path = std::env::args().nth(1).ok_or_else(|| anyhow::anyhow!("usage: speakers_asked DOCUMENTS.jsonl"))?;
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let names = |traits: Traits| traits.positions().map(|i| Traits::NAMES[i]).collect::<Vec<_>>();
    for document in documents(Input { paths: vec![path.into()], ..Input::default() }) {
        let document = document?;
        let page = Page::new(&document);
        let mut found = Vec::new();
        quotes::scan(&page, 0..page.paragraphs.len(), usize::MAX, None, &mut found);
        for (asked, known) in quotes::asked(&page, &document, found) {
            let all: Vec<_> = asked
                .all
                .iter()
                .zip(&known)
                .map(|(one, name)| {
                    let unnamed = matches!(one.who, Who::Unnamed(_));
                    serde_json::json!({"name": name, "unnamed": unnamed, "traits": names(one.traits)})
                })
                .collect();
            let line = serde_json::json!({
                "doc": document.id,
                "source": [asked.source.start, asked.source.end],
                "asks": format!("{:?}", asked.asks),
                "none": names(asked.none),
                "all": all,
            });
            writeln!(out, "{line}")?;
        }
    }
    Ok(())
}
