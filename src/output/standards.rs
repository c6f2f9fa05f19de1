//! Formats of other programs' making: W3C Web Annotations, ClaimReview of schema.org, brat standoff, and the BIO tables of
//! CoNLL. Places count code points in all of them, whatever `--offsets` says, since their definitions do.

use super::about::{About, main};
use super::marked::{LABELS, Marked};
use super::xmi;
use super::{Chunk, Format, OutputError};
use crate::document::Document;
use crate::extract::Extraction;
use crate::offsets::{OffsetMap, Offsets};
use crate::record::{Record, RecordKind};
use crate::span::Span;
use crate::text::Page;
use serde_json::{Value, json};
use std::fmt::Write;

/// What stands before all annotations, and after them.
pub(super) const ANNOTATIONS: (&[u8], &[u8]) = (
    b"{\"@context\":\"http://www.w3.org/ns/anno.jsonld\",\"id\":\"urn:sayso:annotations\",\"type\":\"AnnotationPage\",\"items\":[",
    b"\n]}\n",
);

/// Letters before and after the words that an annotation selects.
const AROUND: usize = 32;

/// One record as a Web Annotation (<https://www.w3.org/TR/annotation-model/>); false where it selects no words.
pub(super) fn annotation(out: &mut Vec<u8>, record: &Record, about: Option<&About>) -> Result<bool, OutputError> {
    let Some(about) = about else { return Ok(false) };
    let document = about.document();
    let pieces: Vec<&str> = match record {
        Record::Quote(quote) => quote.content.iter().map(|piece| piece.text).collect(),
        other => main(other).into_iter().collect(),
    };
    let text = document.text.as_str();
    let source = document.url.clone().unwrap_or_else(|| format!("urn:sayso:{}", document.id));
    let places = about.places();
    let target = |piece: &str| {
        let start = about.byte(piece)? as usize;
        let end = start + piece.len();
        let before: Vec<char> = text[..start].chars().rev().take(AROUND).collect();
        let after: String = text[end..].chars().take(AROUND).collect();
        let quote = json!({"type": "TextQuoteSelector", "exact": piece, "prefix": before.iter().rev().collect::<String>(), "suffix": after});
        let place =
            json!({"type": "TextPositionSelector", "start": places.at(start as u32), "end": places.at(end as u32)});
        Some(json!({"source": source, "selector": [quote, place]}))
    };
    let mut targets: Vec<Value> = pieces.iter().filter_map(|piece| target(piece)).collect();
    let target = match targets.len() {
        0 => return Ok(false),
        1 => targets.remove(0),
        _ => targets.into(),
    };
    let value = serde_json::to_value(record)?;
    let id = value.get("id").or(value.get("quote_id")).and_then(Value::as_str).unwrap_or(&document.id).to_owned();
    let tag = json!({"type": "TextualBody", "purpose": "tagging", "value": record.kind().name()});
    let told = json!({"type": "TextualBody", "purpose": "describing", "format": "text/plain", "value": told(&value)});
    separate(out, b",");
    let annotation = json!({
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": format!("urn:sayso:{}:{id}", record.kind().name()),
        "type": "Annotation",
        "body": [tag, told],
        "target": target,
    });
    serde_json::to_writer(&mut *out, &annotation)?;
    Ok(true)
}

/// What a record says, in a few words.
fn told(value: &Value) -> String {
    let text = |pointer: &str| value.pointer(pointer).and_then(Value::as_str).filter(|text| !text.is_empty());
    let parts = [
        text("/speaker/name"),
        text("/kind"),
        text("/verdict"),
        text("/relation"),
        text("/value"),
        text("/unit"),
        text("/iso"),
        text("/computation"),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn separate(out: &mut Vec<u8>, comma: &[u8]) {
    if !out.is_empty() {
        out.extend_from_slice(comma);
    }
    out.push(b'\n');
}

/// One check as a ClaimReview (<https://schema.org/ClaimReview>); false for all that no person has confirmed: a verdict
/// that goes out under somebody's name is somebody's.
pub(super) fn claim_review(out: &mut Vec<u8>, record: &Record, about: Option<&About>) -> Result<bool, OutputError> {
    let value = serde_json::to_value(record)?;
    let Some((review, about)) = value.get("reviewed").filter(|review| review.is_object()).zip(about) else {
        return Ok(false);
    };
    let Some(written) = review_of(&value, review, about.document(), about.sentence(record)) else { return Ok(false) };
    separate(out, b",");
    serde_json::to_writer(&mut *out, &written)?;
    Ok(true)
}

fn review_of(check: &Value, review: &Value, document: &Document, sentence: Option<&str>) -> Option<Value> {
    let by = review.get("by").and_then(Value::as_str).filter(|by| !by.is_empty())?;
    let text = |value: &'_ Value, name: &str| value.get(name).and_then(Value::as_str).map(str::to_owned);
    // A check that was rejected reviews nothing; a corrected verdict stands in the record already.
    if text(review, "verdict").as_deref() == Some("rejected") {
        return None;
    }
    let verdict = text(check, "verdict")?;
    let appearance =
        document.url.as_ref().map(|url| json!({"@type": "CreativeWork", "url": url, "headline": document.title}));
    Some(json!({
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "datePublished": review.get("at"),
        "author": {"@type": "Person", "name": by},
        "claimReviewed": sentence.unwrap_or_default(),
        "reviewBody": review.get("note"),
        "reviewRating": {"@type": "Rating", "alternateName": verdict},
        "itemReviewed": {
            "@type": "Claim",
            "datePublished": document.date,
            "author": document.publisher.as_ref().map(|name| json!({"@type": "Organization", "name": name})),
            "appearance": appearance,
        },
    }))
}

/// A document's findings in a format that holds it as a whole; `wanted` says which count.
pub fn whole(
    format: Format,
    chunk: &mut Chunk,
    document: &Document,
    extraction: &Extraction,
    wanted: &dyn Fn(RecordKind, usize) -> bool,
) {
    let found = Marked::of(extraction, wanted);
    chunk.records += found.main;
    match format {
        Format::Bio => bio(&mut chunk.bytes, document, &found),
        Format::Xmi => {
            let name = file_name(&document.id);
            chunk.files.push((format!("{name}.xmi"), xmi::cas(document, &found).into_bytes()));
            chunk.files.push((xmi::TYPES.to_owned(), xmi::types().into_bytes()));
        }
        _ => {
            let name = file_name(&document.id);
            chunk.files.push((format!("{name}.txt"), document.text.clone().into_bytes()));
            chunk.files.push((format!("{name}.ann"), brat(document, &found).into_bytes()));
        }
    }
}

/// brat standoff (<https://brat.nlplab.org/standoff.html>): entities `T`, and `SaidBy` from a quotation to its source.
fn brat(document: &Document, found: &Marked) -> String {
    let places = OffsetMap::new(&document.text, Offsets::Chars);
    let mut out = String::new();
    for (n, mark) in found.marks.iter().enumerate() {
        // A line's end parts an entity: the format has one line for each.
        let lines: Vec<Span> = mark.pieces.iter().flat_map(|piece| lines(&document.text, *piece)).collect();
        let spans: Vec<String> = lines.iter().map(|s| format!("{} {}", places.at(s.start), places.at(s.end))).collect();
        let words: Vec<&str> = lines.iter().map(|span| span.of(&document.text)).collect();
        if !spans.is_empty() {
            let _ = writeln!(out, "T{}\t{} {}\t{}", n + 1, mark.label, spans.join(";"), words.join(" "));
        }
    }
    let said = found.marks.iter().enumerate().filter_map(|(n, mark)| mark.by.map(|by| (n + 1, by + 1)));
    for (number, (quote, source)) in said.enumerate() {
        let _ = writeln!(out, "R{}\tSaidBy Arg1:T{quote} Arg2:T{source}", number + 1);
    }
    out
}

/// A span line by line, without the white space at the ends of each.
fn lines(text: &str, span: Span) -> Vec<Span> {
    let mut at = span.start;
    let mut all = Vec::new();
    for line in span.of(text).split_inclusive('\n') {
        let piece = Span::new(at, at + line.len() as u32).trim(text);
        if !piece.is_empty() {
            all.push(piece);
        }
        at += line.len() as u32;
    }
    all
}

/// A token a line, with its place and, for each label, `B-`, `I-` or `O`; a blank line after each sentence (the columns are
/// named as CoNLL-U Plus has it, <https://universaldependencies.org/ext-format.html>).
fn bio(out: &mut Vec<u8>, document: &Document, found: &Marked) {
    let page = Page::new(document);
    let places = OffsetMap::new(&document.text, Offsets::Chars);
    let mut columns: Vec<Vec<(Span, bool)>> = vec![Vec::new(); LABELS.len()];
    for mark in &found.marks {
        let column = LABELS.iter().position(|label| *label == mark.label).unwrap_or_default();
        columns[column].extend(mark.pieces.iter().enumerate().map(|(n, piece)| (*piece, n == 0)));
    }
    columns.iter_mut().for_each(|column| column.sort_by_key(|(span, _)| span.start));
    let mut text = format!(
        "# global.columns = FORM START END {}\n# newdoc id = {}\n",
        LABELS.map(str::to_uppercase).join(" "),
        document.id
    );
    let mut next = [0usize; LABELS.len()];
    for sentence in &page.sentences {
        for token in &page.tokens[sentence.tokens.start as usize..sentence.tokens.end as usize] {
            let span = token.span();
            let form = span.of(&document.text);
            let _ = write!(text, "{form}\t{}\t{}", places.at(span.start), places.at(span.end));
            for (column, label) in LABELS.iter().enumerate() {
                let spans = &columns[column];
                while spans.get(next[column]).is_some_and(|(s, _)| s.end <= span.start) {
                    next[column] += 1;
                }
                let inside = spans.get(next[column]).filter(|(s, _)| s.start < span.end && span.start < s.end);
                let _ = match inside {
                    Some((s, first)) if *first && span.start <= s.start => write!(text, "\tB-{}", label.to_uppercase()),
                    Some(_) => write!(text, "\tI-{}", label.to_uppercase()),
                    None => write!(text, "\tO"),
                };
            }
            text.push('\n');
        }
        text.push('\n');
    }
    out.extend_from_slice(text.as_bytes());
}

/// An id as the name of a file.
fn file_name(id: &str) -> String {
    let name: String = id.chars().map(|c| if c.is_alphanumeric() || "._-#".contains(c) { c } else { '_' }).collect();
    name.trim_start_matches('.').chars().take(180).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::extract;
    use crate::output::{Plan, Shape};
    use crate::record::Records;

    const TEXT: &str = "“No ferry will sail,” said Tomas Reed. “We have 3,200 people,” he added.";

    fn found() -> (Document, Extraction) {
        let document = Document::new("a/b.txt", TEXT);
        let extraction = extract(&document);
        (document, extraction)
    }

    #[test]
    fn brat_gives_back_its_text() {
        let (document, extraction) = found();
        let mut chunk = Chunk::default();
        whole(Format::Brat, &mut chunk, &document, &extraction, &|_, _| true);
        assert_eq!(chunk.files[0], ("a_b.txt.txt".to_owned(), TEXT.as_bytes().to_vec()));
        let ann = String::from_utf8(chunk.files[1].1.clone()).unwrap();
        let letters: Vec<char> = TEXT.chars().collect();
        let mut entities = 0;
        for line in ann.lines().filter(|line| line.starts_with('T')) {
            let cells: Vec<&str> = line.split('\t').collect();
            let (_, spans) = cells[1].split_once(' ').unwrap();
            let words: Vec<String> = spans
                .split(';')
                .map(|span| {
                    let (start, end) = span.split_once(' ').unwrap();
                    letters[start.parse::<usize>().unwrap()..end.parse::<usize>().unwrap()].iter().collect()
                })
                .collect();
            assert_eq!(words.join(" "), cells[2]);
            entities += 1;
        }
        assert!(entities >= 5 && ann.contains("SaidBy Arg1:T"), "{ann}");
    }

    #[test]
    fn bio_covers_the_quotation() {
        let (document, extraction) = found();
        let mut chunk = Chunk::default();
        whole(Format::Bio, &mut chunk, &document, &extraction, &|kind, _| kind == RecordKind::Quote);
        let table = String::from_utf8(chunk.bytes).unwrap();
        assert!(table.contains("\nNo\t1\t3\tI-QUOTE\tO\tO\tO\tO\n"), "{table}");
        assert!(table.contains("\nsaid\t22\t26\tO\tB-CUE\tO\tO\tO\n"), "{table}");
        assert_eq!(table.matches("\tB-QUOTE").count(), 2, "{table}");
        assert!(!table.contains("B-FIGURE"));
    }

    #[test]
    fn annotations_select_words_by_place_and_by_quotation() {
        let (document, extraction) = found();
        let plan = Plan::new(Format::Annotations, Shape::One(RecordKind::Quote)).unwrap();
        let records = Records::new(&document, &extraction, Offsets::Bytes);
        let (about, mut out) = (About::new(&plan, &document), Vec::new());
        let record = records.get(RecordKind::Quote, 0).unwrap();
        assert!(annotation(&mut out, &record, about.as_ref()).unwrap());
        let value: Value = serde_json::from_slice(&out).unwrap();
        let quote = &value["target"]["selector"][0];
        assert_eq!((&quote["exact"], &quote["prefix"]), (&json!("“No ferry will sail,”"), &json!("")));
        assert_eq!(value["target"]["selector"][1], json!({"type": "TextPositionSelector", "start": 0, "end": 21}));
        assert_eq!(value["body"][1]["value"], json!("Tomas Reed, direct"));
    }

    #[test]
    fn only_what_a_person_confirmed_is_a_claim_review() {
        let document = Document { url: Some("http://p.example/1".into()), ..Document::new("a", TEXT) };
        let check = json!({"verdict": "contradicted"});
        assert!(review_of(&check, &json!({"at": "2026-03-03"}), &document, None).is_none());
        let rejected = json!({"by": "Ana Brook", "at": "2026-03-03", "verdict": "rejected"});
        assert!(review_of(&check, &rejected, &document, None).is_none());
        let review = review_of(&check, &json!({"by": "Ana Brook", "at": "2026-03-03"}), &document, Some("S.")).unwrap();
        assert_eq!(review["reviewRating"]["alternateName"], json!("contradicted"));
        assert_eq!((&review["@type"], &review["claimReviewed"]), (&json!("ClaimReview"), &json!("S.")));
        let (document, extraction) = found();
        let plan = Plan::new(Format::Claimreview, Shape::One(RecordKind::Check)).unwrap();
        let record = Records::new(&document, &extraction, Offsets::Chars).document();
        let mut out = Vec::new();
        assert!(!claim_review(&mut out, &record, About::new(&plan, &document).as_ref()).unwrap() && out.is_empty());
    }
}
