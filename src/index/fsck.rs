//! Proving an index sound: every file's checksum, every document's hash, every span of every record (within the text, on
//! character boundaries), every link between records; and whether this program would extract the same again.

use super::Index;
use super::entry::{content_hash, decode, key_of};
use super::error::{IndexError, guard};
use crate::document::Document;
use crate::extract::{Base, Extraction, extract};
use crate::span::Span;
use tantivy::{DocAddress, TantivyDocument};

/// What [`Index::fsck`] found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FsckReport {
    /// Documents read.
    pub documents: u64,
    /// Spans proved.
    pub spans: u64,
    /// Damage.
    pub problems: Vec<Problem>,
    /// No damage, but worth knowing: an extraction that this version would make otherwise.
    pub warnings: Vec<Problem>,
}

impl FsckReport {
    /// Whether no damage was found.
    pub fn is_sound(&self) -> bool {
        self.problems.is_empty()
    }
}

/// Something amiss.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The document, where it is one's.
    pub doc: Option<String>,
    /// What is wrong, in lower case, without a full stop.
    pub what: String,
}

impl Index {
    /// Reads and checks everything. Damage goes into the report; an error tells that nothing could be checked. Extracts
    /// every document anew, so it takes about as long as indexing did.
    pub fn fsck(&self) -> Result<FsckReport, IndexError> {
        let mut report = FsckReport::default();
        let mut problem = |what: String| report.problems.push(Problem { doc: None, what });
        match guard(&self.dir, || self.inner.validate_checksum().map_err(|e| IndexError::reading(&self.dir, e))) {
            Ok(damaged) => {
                let mut files: Vec<_> = damaged.into_iter().map(|file| self.dir.join(file)).collect();
                files.sort();
                files
                    .into_iter()
                    .for_each(|file| problem(format!("{}: the checksum does not fit the file", file.display())));
            }
            Err(error) => problem(error.to_string()),
        }
        let searcher = self.reader.searcher();
        for (ord, segment) in searcher.segment_readers().iter().enumerate() {
            for doc in segment.doc_ids_alive() {
                report.documents += 1;
                let address = DocAddress::new(ord as u32, doc);
                let read = guard(&self.dir, || {
                    let reading = |e| IndexError::reading(&self.dir, e);
                    let stored: TantivyDocument = searcher.doc(address).map_err(reading)?;
                    let number = |column: &str| Ok(segment.fast_fields().u64(column).map_err(reading)?.first(doc));
                    let pair = decode(self.fields, &stored)
                        .map_err(|found| IndexError::Corrupt { path: self.dir.clone(), found })?;
                    Ok((pair, number("key")?, number("hash")?))
                });
                match read {
                    Ok(((document, extraction), key, hash)) => {
                        let known = (key, hash) == (Some(key_of(&document.id)), Some(content_hash(&document)));
                        report.check(&document, &extraction, known);
                    }
                    Err(error) => report.problems.push(Problem { doc: None, what: error.to_string() }),
                }
            }
        }
        Ok(report)
    }
}

impl FsckReport {
    fn check(&mut self, document: &Document, extraction: &Extraction, known: bool) {
        let mut wrong = Vec::new();
        if !known {
            wrong.push("its content does not fit its hash".to_owned());
        }
        let text = &document.text;
        for span in spans(extraction) {
            self.spans += 1;
            if span.start > span.end || text.get(span.range()).is_none() {
                wrong.push(format!("the span {}..{} is no place of its text", span.start, span.end));
            }
        }
        wrong.extend(
            links(extraction)
                .filter(|(_, to, count)| *to as usize >= *count)
                .map(|(what, to, _)| format!("{what} {to} is not there")),
        );
        let sound = wrong.is_empty();
        let doc = Some(document.id.clone());
        self.problems.extend(wrong.into_iter().map(|what| Problem { doc: doc.clone(), what }));
        if sound && extract(document) != *extraction {
            self.warnings.push(Problem {
                doc,
                what: "this version would extract other records; index its source again".to_owned(),
            });
        }
    }
}

/// All places that an extraction names.
fn spans(extraction: &Extraction) -> impl Iterator<Item = Span> {
    let Extraction { regions, quotes, speakers, figures, claims } = extraction;
    let of_quotes = quotes
        .iter()
        .flat_map(|q| q.content.iter().chain(&q.insertions).chain(&q.cue).chain(&q.source).chain(&q.addressee));
    let of_figures = figures.iter().flat_map(|f| {
        let base = if let Some(Base::Words(span)) = &f.of { Some(span) } else { None };
        [&f.span, &f.number].into_iter().chain(&f.hedge).chain(&f.noun).chain(base)
    });
    let of_claims = claims.iter().flat_map(|c| [&c.span, &c.sentence]);
    let of_speakers = speakers.iter().flat_map(|s| &s.aliases);
    regions.iter().map(|r| &r.span).chain(of_quotes).chain(of_speakers).chain(of_figures).chain(of_claims).copied()
}

/// All links between records: what is linked to, its position, how many of it there are.
fn links(extraction: &Extraction) -> impl Iterator<Item = (&'static str, u32, usize)> {
    let Extraction { quotes, speakers, figures, claims, .. } = extraction;
    let (q, s, f) = (quotes.len(), speakers.len(), figures.len());
    let of_quotes = quotes.iter().flat_map(move |quote| {
        let others = quote.continues.into_iter().chain(quote.same_as);
        quote.speaker.into_iter().map(move |to| ("speaker", to, s)).chain(others.map(move |to| ("quotation", to, q)))
    });
    let of_figures = figures.iter().flat_map(move |figure| {
        let base = if let Some(Base::Figure(to)) = figure.of { Some(("figure", to, f)) } else { None };
        figure.quote.map(|to| ("quotation", to, q)).into_iter().chain(base)
    });
    let of_claims = claims.iter().flat_map(move |claim| {
        let figures = claim.figures.iter().map(move |to| ("figure", *to, f));
        let speaker = claim.speaker.map(|to| ("speaker", to, s));
        speaker.into_iter().chain(claim.quote.map(|to| ("quotation", to, q))).chain(figures)
    });
    of_quotes.chain(of_figures).chain(of_claims)
}
