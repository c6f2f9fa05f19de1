//! Prints what is seen of every sentence of a JSON Lines file of documents, for `training/claims.py`: one line a
//! sentence, its document's id, then its features, parted by tabs. With `--words`, what the learned reader sees: for
//! each token its word, how it is written, and where it begins and ends (bytes), parted by spaces. With `--scores`, two
//! log-odds: the regression's and the network's own.

use sayso_core::extract::claims::{Feature, each_feature, input, reader, regression};
use sayso_core::extract::figures;
use sayso_core::text::{Page, Token};
use std::io::{BufRead, Write};

#[derive(serde::Deserialize)]
struct Line {
    id: String,
    text: String,
}

fn main() -> anyhow::Result<()> {
    let usage = || anyhow::anyhow!("usage: claim_features DOCUMENTS.jsonl [--words | --scores]");
    let path = std::env::args().nth(1).ok_or_else(usage)?;
    let what = std::env::args().nth(2);
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in std::io::BufReader::new(std::fs::File::open(path)?).lines() {
        let line: Line = serde_json::from_str(&line?)?;
        let document = sayso_core::Document::new(line.id, line.text);
        let page = Page::new(&document);
        let mut found = Vec::new();
        figures::scan(&page, 0..page.tokens.len(), usize::MAX, &mut found);
        figures::resolve(&page, &document, &[], &mut found);
        for sentence in &page.sentences {
            let inside: Vec<_> = found.iter().filter(|figure| sentence.span.contains(figure.span)).cloned().collect();
            write!(out, "{}", document.id)?;
            match what.as_deref() {
                Some("--words") => {
                    for token in &page.tokens[sentence.tokens.start as usize..sentence.tokens.end as usize] {
                        let word = input::word(&page, token);
                        write!(out, "\t{word} {} {} {}", input::writing(&page, token), token.start, token.end)?;
                    }
                }
                Some("--scores") => {
                    let own = reader::of(page.language).map(|reader| reader.ready().read_words(&page, sentence));
                    write!(out, "\t{}\t{}", regression(&page, sentence, &inside), own.unwrap_or_default())?;
                }
                Some(_) => return Err(usage()),
                None => {
                    let mut features = String::new();
                    let fold = |token: Token| token.span().of(page.text).to_lowercase().replace('’', "'");
                    each_feature(&page, sentence, &inside, |feature| {
                        features.push_str(&match feature {
                            Feature::Word(word) => format!("\tword {}", fold(word)),
                            Feature::Pair(one, two) => format!("\tpair {} {}", fold(one), fold(two)),
                            Feature::Property(property) => format!("\tproperty {}", property.name()),
                        });
                    });
                    write!(out, "{features}")?;
                }
            }
            writeln!(out)?;
        }
    }
    Ok(())
}
