//! Verifies that the words of the index are those of its documents. Every posting of a segment is read once and added
//! to a sum for its document and column. The same sum is computed for the words by which the document would be indexed
//! today.

use super::entry::{Entry, Numbers};
use super::schema::Fields;
use rustc_hash::FxHasher;
use sayso_core::document::Document;
use sayso_core::extract::Extraction;
use std::hash::Hasher;
use tantivy::postings::Postings;
use tantivy::schema::document::{Document as _, ReferenceValue, ReferenceValueLeaf, Value};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::tokenizer::TokenStream;
use tantivy::{DocId, DocSet, Index, SegmentReader, TERMINATED};

/// For each document of a segment, and each column, a sum over its postings.
pub(super) struct Proof<'i> {
    index: &'i Index,
    fields: Fields,
    sums: Vec<(Column, Vec<u64>)>,
}

/// An indexed column of words.
struct Column {
    field: Field,
    name: &'static str,
    /// Whether the column stores positions, and not only frequencies.
    placed: bool,
}

impl<'i> Proof<'i> {
    /// Reads all postings of a segment. Uses eight bytes of memory for each document and column.
    pub(crate) fn of(index: &'i Index, fields: Fields, segment: &SegmentReader) -> tantivy::Result<Self> {
        let column = |name, field, placed| Column { field, name, placed };
        let columns = [
            column("title", fields.title, true),
            column("publisher", fields.publisher, true),
            column("text", fields.body, true),
            column("quotations", fields.quoted, false),
            column("speakers", fields.speakers, true),
            column("figures", fields.figures, true),
        ];
        let summed = columns.into_iter().map(|column| {
            let sums = sums(segment, &column)?;
            Ok((column, sums))
        });
        Ok(Proof { index, fields, sums: summed.collect::<tantivy::Result<_>>()? })
    }

    /// The columns whose words differ from those of a document of the segment.
    pub(crate) fn wrong(&self, doc: DocId, document: &Document, extraction: &Extraction) -> Vec<&'static str> {
        let numbers = Numbers { key: 0, hash: 0, seq: 0, extractor: 0 };
        let Ok(entry) = Entry::new(self.fields, document, extraction, numbers) else { return Vec::new() };
        let mut wrong = Vec::new();
        for (column, sums) in &self.sums {
            let values = entry.iter_fields_and_values().filter(|(field, _)| *field == column.field);
            let sum = values.fold(0u64, |sum, (_, value)| match value.as_value() {
                ReferenceValue::Leaf(ReferenceValueLeaf::Str(text)) => sum.wrapping_add(self.sum(column, text)),
                _ => sum,
            });
            if sums.get(doc as usize) != Some(&sum) {
                wrong.push(column.name);
            }
        }
        wrong
    }

    /// The sum for the words of a value.
    fn sum(&self, column: &Column, value: &str) -> u64 {
        let Ok(mut tokenizer) = self.index.tokenizer_for_field(column.field) else { return 0 };
        let mut sum = 0u64;
        tokenizer.token_stream(value).process(&mut |token| {
            let place = if column.placed { token.position as u32 } else { 0 };
            sum = sum.wrapping_add(summand(hash(token.text.as_bytes()), place));
        });
        sum
    }
}

/// For each document of a segment, the sum over its postings in a column.
fn sums(segment: &SegmentReader, column: &Column) -> tantivy::Result<Vec<u64>> {
    let mut sums = vec![0u64; segment.max_doc() as usize];
    let words = segment.inverted_index(column.field)?;
    let option = if column.placed { IndexRecordOption::WithFreqsAndPositions } else { IndexRecordOption::WithFreqs };
    let mut terms = words.terms().stream()?;
    let mut places = Vec::new();
    while terms.advance() {
        let word = hash(terms.key());
        let mut postings = words.read_postings_from_terminfo(terms.value(), option)?;
        while postings.doc() != TERMINATED {
            let sum = &mut sums[postings.doc() as usize];
            if column.placed {
                postings.positions(&mut places);
                places.iter().for_each(|place| *sum = sum.wrapping_add(summand(word, *place)));
            } else {
                *sum = sum.wrapping_add(summand(word, 0).wrapping_mul(u64::from(postings.term_freq())));
            }
            postings.advance();
        }
    }
    Ok(sums)
}

fn hash(word: &[u8]) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(word);
    hasher.finish()
}

/// A word at a position as a summand. The hash (the finalizer of splitmix64) keeps errors from cancelling each other
/// out.
fn summand(word: u64, place: u32) -> u64 {
    let mut mixed = word ^ u64::from(place).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::WriterOptions;
    use sayso_core::document::Document;
    use sayso_core::extract::extract;

    #[test]
    fn each_column_is_proved_by_itself() {
        let folder = tempfile::tempdir().unwrap();
        let index = crate::Index::open_or_create(&folder.path().join("index")).unwrap();
        let mut document = Document::new("a", "Dana Holt said, “The bridge took 40 cars a day.” Nobody else spoke.");
        document.title = Some("The bridge".to_owned());
        document.publisher = Some("The Veil Courier".to_owned());
        let extraction = extract(&document);
        let mut writer = index.writer(&WriterOptions::default()).unwrap();
        writer.put(&document, &extraction).unwrap();
        writer.commit().unwrap();
        index.reader.reload().unwrap();
        let searcher = index.reader.searcher();
        let proof = Proof::of(&index.inner, index.fields, searcher.segment_reader(0)).unwrap();
        let none: [&str; 0] = [];
        assert_eq!(proof.wrong(0, &document, &extraction), none);
        let changed = |change: fn(&mut Document)| {
            let mut other = document.clone();
            change(&mut other);
            proof.wrong(0, &other, &extraction)
        };
        assert_eq!(changed(|d| d.title = Some("Bridge, the".to_owned())), ["title"]);
        assert_eq!(changed(|d| d.publisher = None), ["publisher"]);
        assert_eq!(changed(|d| d.text = d.text.replace("else spoke", "spoke else")), ["text"]);
        let mut other = extraction.clone();
        other.figures.clear();
        assert_eq!(proof.wrong(0, &document, &other), ["figures"]);
        other.quotes.clear();
        assert_eq!(proof.wrong(0, &document, &other), ["quotations", "figures"]);
        other.speakers.clear();
        assert_eq!(proof.wrong(0, &document, &other), ["quotations", "speakers", "figures"]);
    }
}
