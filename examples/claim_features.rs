//! Prints the features of every sentence of a JSON Lines file of documents, for `training/claims.py`:
//! one line a sentence, its document's id, then the features, parted by tabs.

use sayso::extract::claims::{Feature, each_feature};
use sayso::extract::figures;
use sayso::text::{Page, Token};
use std::io::{BufRead, Write};

#[derive(serde::Deserialize)]
struct Line {
    id: String,
    text: String,
}

fn main() -> anyhow::Result<()> {
    let path = std::env::args().nth(1).ok_or_else(|| anyhow::anyhow!("usage: claim_features DOCUMENTS.jsonl"))?;
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in std::io::BufReader::new(std::fs::File::open(path)?).lines() {
        let line: Line = serde_json::from_str(&line?)?;
        let document = sayso::Document::new(line.id, line.text);
        let page = Page::new(&document);
        let mut found = Vec::new();
        figures::scan(&page, 0..page.tokens.len(), &mut found);
        figures::resolve(&page, &document, &[], &mut found);
        for sentence in &page.sentences {
            let inside: Vec<_> = found.iter().filter(|figure| sentence.span.contains(figure.span)).cloned().collect();
            write!(out, "{}", document.id)?;
            let fold = |token: Token| token.span().of(page.text).to_lowercase().replace('’', "'");
            let mut result = Ok(());
            each_feature(&page, sentence, &inside, |feature| {
                let wrote = match feature {
                    Feature::Word(word) => write!(out, "\tword {}", fold(word)),
                    Feature::Pair(one, two) => write!(out, "\tpair {} {}", fold(one), fold(two)),
                    Feature::Property(property) => write!(out, "\tproperty {}", property.name()),
                };
                if wrote.is_err() {
                    result = wrote;
                }
            });
            result?;
            writeln!(out)?;
        }
    }
    Ok(())
}
