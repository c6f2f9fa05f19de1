//! Documents for search engines: one JSON object a document, its quotations and figures inside, as NDJSON. Elasticsearch and
//! OpenSearch take it through their bulk interface, Quickwit as it is. The mappings lie beside this file.

use crate::document::Document;
use crate::extract::{Extraction, SpeakerKind};
use crate::offsets::Offsets;
use crate::record::{Records, Spot};
use rust_decimal::prelude::ToPrimitive;
use serde::Serialize;

/// The engines that documents are written for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// Elasticsearch and OpenSearch: lines for `POST _bulk`
    EsBulk,
    /// Quickwit: lines for `quickwit index ingest`
    Quickwit,
}

impl Engine {
    /// What the engine must know of the fields before the first document: a mapping, or the configuration of an index. JSON;
    /// `name` is that of the index.
    pub fn mapping(self, name: &str) -> Result<String, serde_json::Error> {
        let text = match self {
            Engine::EsBulk => include_str!("engines/elasticsearch.json"),
            Engine::Quickwit => include_str!("engines/quickwit.json"),
        };
        let mut mapping: serde_json::Value = serde_json::from_str(text)?;
        if let Some(id) = mapping.get_mut("index_id") {
            *id = name.into();
        }
        Ok(serde_json::to_string_pretty(&mapping)? + "\n")
    }

    /// The lines for one document. `name` is that of the index, `offsets` the unit of `start` and `end`.
    pub fn lines(
        self,
        name: &str,
        document: &Document,
        extraction: &Extraction,
        offsets: Offsets,
    ) -> Result<String, serde_json::Error> {
        let mut out = String::new();
        if self == Engine::EsBulk {
            out += &serde_json::to_string(&serde_json::json!({"index": {"_index": name, "_id": document.id}}))?;
            out.push('\n');
        }
        out += &serde_json::to_string(&Entry::new(document, extraction, offsets))?;
        out.push('\n');
        Ok(out)
    }
}

#[derive(Serialize)]
struct Entry<'a> {
    id: &'a str,
    kind: crate::Kind,
    title: Option<&'a str>,
    publisher: Option<&'a str>,
    byline: Option<&'a str>,
    speaker: Option<&'a str>,
    date: Option<String>,
    url: Option<&'a str>,
    lang: Option<&'a str>,
    text: &'a str,
    quotations: Vec<Quotation<'a>>,
    figures: Vec<Amount<'a>>,
    claims: Vec<Sentence<'a>>,
}

#[derive(Serialize)]
struct Quotation<'a> {
    id: String,
    kind: crate::extract::QuoteKind,
    /// The pieces, joined by `…` where words stand between them.
    text: String,
    start: u32,
    end: u32,
    cue: Option<&'a str>,
    speaker: Option<&'a str>,
    speaker_kind: Option<SpeakerKind>,
    role: Option<&'a str>,
    confidence: crate::extract::Confidence,
}

#[derive(Serialize)]
struct Amount<'a> {
    id: String,
    kind: crate::extract::FigureKind,
    text: &'a str,
    start: u32,
    end: u32,
    /// As a number, to be searched by range; none for a range or a date.
    value: Option<f64>,
    low: Option<f64>,
    high: Option<f64>,
    unit: Option<&'a str>,
    noun: Option<&'a str>,
    iso: Option<&'a str>,
}

#[derive(Serialize)]
struct Sentence<'a> {
    id: String,
    text: &'a str,
    start: u32,
    end: u32,
    check_worthy: f64,
}

impl<'a> Entry<'a> {
    fn new(document: &'a Document, extraction: &'a Extraction, offsets: Offsets) -> Self {
        let records = Records::new(document, extraction, offsets);
        let id = |letter, n: usize| crate::record::id(&document.id, letter, n);
        let quotations = extraction.quotes.iter().enumerate().map(|(n, quote)| {
            let pieces: Vec<Spot> = quote.content.iter().map(|span| records.spot(*span)).collect();
            let speaker = quote.speaker.and_then(|at| extraction.speakers.get(at as usize));
            Quotation {
                id: id('q', n),
                kind: quote.kind,
                text: pieces.iter().map(|piece| piece.text).collect::<Vec<_>>().join(" … "),
                start: pieces.first().map_or(0, |piece| piece.start),
                end: pieces.last().map_or(0, |piece| piece.end),
                cue: quote.cue.map(|cue| records.spot(cue).text),
                speaker: speaker.map(|speaker| speaker.name.as_str()),
                speaker_kind: speaker.map(|speaker| speaker.kind),
                role: speaker.and_then(|speaker| speaker.role.as_deref()),
                confidence: quote.confidence,
            }
        });
        let figures = extraction.figures.iter().enumerate().map(|(n, figure)| {
            let spot = records.spot(figure.span);
            Amount {
                id: id('f', n),
                kind: figure.kind,
                text: spot.text,
                start: spot.start,
                end: spot.end,
                value: figure.value.filter(|_| figure.high.is_none()).and_then(|value| value.to_f64()),
                low: figure.value.filter(|_| figure.high.is_some()).and_then(|value| value.to_f64()),
                high: figure.high.and_then(|value| value.to_f64()),
                unit: figure.unit.as_deref(),
                noun: figure.noun_lemma.as_deref(),
                iso: figure.iso.as_deref(),
            }
        });
        let claims = extraction.claims.iter().enumerate().map(|(n, claim)| {
            let spot = records.spot(claim.span);
            let check_worthy = (f64::from(claim.check_worthy) * 1000.0).round() / 1000.0;
            Sentence { id: id('c', n), text: spot.text, start: spot.start, end: spot.end, check_worthy }
        });
        Entry {
            id: &document.id,
            kind: document.kind,
            title: document.title.as_deref(),
            publisher: document.publisher.as_deref(),
            byline: document.byline.as_deref(),
            speaker: document.speaker.as_deref(),
            date: document.day().map(|day| day.to_string()),
            url: document.url.as_deref(),
            lang: document.lang.as_deref(),
            text: &document.text,
            quotations: quotations.collect(),
            figures: figures.collect(),
            claims: claims.collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    fn found() -> (Document, Extraction) {
        let document = Document {
            date: Some("2031-05-02".into()),
            ..Document::new("pier.txt", "“It cost €12 million,” said Ada Brandt, the mayor.")
        };
        let extraction = crate::extract::extract(&document);
        (document, extraction)
    }

    #[test]
    fn a_document_holds_its_quotations_and_figures() {
        let (document, extraction) = found();
        let lines = Engine::EsBulk.lines("news", &document, &extraction, Offsets::Chars).unwrap();
        let lines: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(lines[0], serde_json::json!({"index": {"_index": "news", "_id": "pier.txt"}}));
        let quotation = &lines[1]["quotations"][0];
        assert_eq!(quotation["speaker"], "Ada Brandt");
        assert_eq!(quotation["text"], "“It cost €12 million,”");
        assert_eq!(
            (lines[1]["figures"][0]["value"].as_f64(), &lines[1]["figures"][0]["unit"]),
            (Some(12e6), &"EUR".into())
        );
        assert_eq!(lines[1]["date"], "2031-05-02");
        let line = Engine::Quickwit.lines("news", &document, &extraction, Offsets::Chars).unwrap();
        assert_eq!(serde_json::from_str::<Value>(&line).unwrap(), lines[1]);
    }

    /// The names of the fields below `properties`, or in `field_mappings`, with dots.
    fn fields(mapping: &Value, before: &str, out: &mut Vec<String>) {
        let named = mapping["properties"].as_object().into_iter().flatten().map(|(name, of)| (name.as_str(), of));
        let listed = mapping["field_mappings"].as_array().into_iter().flatten();
        let listed = listed.map(|of| (of["name"].as_str().unwrap_or_default(), of));
        for (name, of) in named.chain(listed) {
            out.push(format!("{before}{name}"));
            fields(of, &format!("{before}{name}."), out);
        }
    }

    #[test]
    fn the_mappings_name_every_field() {
        let (document, extraction) = found();
        let line = Engine::Quickwit.lines("news", &document, &extraction, Offsets::Chars).unwrap();
        let entry: Value = serde_json::from_str(&line).unwrap();
        for engine in [Engine::EsBulk, Engine::Quickwit] {
            let mapping: Value = serde_json::from_str(&engine.mapping("news").unwrap()).unwrap();
            let mut known = Vec::new();
            let root = if engine == Engine::EsBulk { &mapping["mappings"] } else { &mapping["doc_mapping"] };
            fields(root, "", &mut known);
            for (name, value) in entry.as_object().unwrap() {
                assert!(known.contains(name), "{engine:?}: {name}");
                for inner in value.get(0).and_then(Value::as_object).into_iter().flatten().map(|(inner, _)| inner) {
                    let whole = format!("{name}.{inner}");
                    // Quickwit has no nested documents: what is inside is one JSON field.
                    assert!(engine == Engine::Quickwit || known.contains(&whole), "{engine:?}: {whole}");
                }
            }
        }
        let config: Value = serde_json::from_str(&Engine::Quickwit.mapping("news").unwrap()).unwrap();
        assert_eq!(config["index_id"], "news");
        // Quickwit refuses each document without its timestamp field, and not every document is dated.
        assert!(config["doc_mapping"]["timestamp_field"].is_null());
    }
}
