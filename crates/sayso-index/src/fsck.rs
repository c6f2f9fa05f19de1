//! Verifies an index: the checksum of every file; the document count and the hash of all contents, which each commit
//! records; for every document its hash, its columns, its word count and every posting; every span in every record
//! (inside the text, on character boundaries); every link between records; and whether this program would extract the
//! same findings again.

use super::Index;
use super::directory::{Folder, MANAGED};
use super::entry::{content_hash, key_of};
use super::error::{IndexError, guard};
use super::manifest::{FILE, Manifest, Sum};
use super::proof::Proof;
use super::zones::{packed, zones};
use sayso_core::document::{Document, day_number};
use sayso_core::extract::{Base, Extraction, InOrder, Options, extract_by};
use sayso_core::span::Span;
use sayso_core::text::numbering::Numbering;
use std::collections::HashSet;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::{DocAddress, Searcher};

/// The result of [`Index::fsck`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FsckReport {
    /// The number of documents that were read.
    pub documents: u64,
    /// The number of spans that were verified.
    pub spans: u64,
    /// The damage that was found.
    pub problems: Vec<Problem>,
    /// Problems that are not damage: extractions that this version would make differently.
    pub warnings: Vec<Problem>,
}

/// An error as one of several problems: without the advice that holds for all.
fn told(error: &IndexError) -> String {
    match error {
        IndexError::Corrupt { path, found } => format!("{}: {found}", path.display()),
        other => other.to_string(),
    }
}

impl FsckReport {
    /// Whether there is no damage.
    pub fn is_sound(&self) -> bool {
        self.problems.is_empty()
    }
}

/// A problem in an index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The id of the document that has the problem, if one document has it.
    pub doc: Option<String>,
    /// A description in lower case, without a full stop.
    pub what: String,
}

impl Index {
    /// Reads and verifies everything. Damage goes into the report; an error means that nothing could be verified. This
    /// extracts every document again, so it takes about as long as indexing.
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
            Err(error) => problem(told(&error)),
        }
        if !Folder::lists_its_files(&self.dir) {
            problem(format!("{}: it is no list of files", self.dir.join(MANAGED).display()));
        }
        let manifest = match Manifest::read(&self.dir) {
            Ok(Some(manifest)) => {
                // Both are written with a commit that changes them.
                let told = self.sum().map(|sum| sum.sources).unwrap_or_default();
                if !told.is_empty() && !manifest.sources.is_empty() && told != manifest.sources {
                    let path = self.dir.join(FILE);
                    problem(format!("{}: its sources are not those of the last commit", path.display()));
                }
                Some(manifest)
            }
            Ok(None) => {
                problem(format!("{}: the file is missing", self.dir.join(FILE).display()));
                None
            }
            Err(error) => {
                problem(told(&error));
                None
            }
        };
        let options = Options { model: manifest.as_ref().unwrap_or(&self.manifest).model() };
        let searcher = self.reader.searcher();
        let (mut content, mut keys, mut seqs) = (0, HashSet::new(), HashSet::new());
        for (ord, segment) in searcher.segment_readers().iter().enumerate() {
            let proof = guard(&self.dir, || {
                Proof::of(&self.inner, self.fields, segment).map_err(|error| IndexError::reading(&self.dir, error))
            });
            let proof = proof.map_err(|error| report.problems.push(Problem { doc: None, what: told(&error) })).ok();
            for doc in segment.doc_ids_alive() {
                report.documents += 1;
                let address = DocAddress::new(ord as u32, doc);
                let read = self.fetch(&searcher, address);
                match read {
                    Ok((document, extraction)) => {
                        content = Sum::add(content, key_of(&document.id), content_hash(&document));
                        let mut wrong = guard(&self.dir, || Ok(faults(&searcher, address, &document, &extraction)))
                            .unwrap_or_else(|e| vec![e.to_string()]);
                        let words = proof.iter().flat_map(|proof| proof.wrong(doc, &document, &extraction));
                        wrong.extend(words.map(|column| {
                            format!("the words of its {column} in the index are not those of its records")
                        }));
                        if !keys.insert(key_of(&document.id)) {
                            wrong.push("another document has its id".to_owned());
                        }
                        let seq =
                            guard(&self.dir, || Ok(segment.fast_fields().u64("seq").ok().and_then(|s| s.first(doc))));
                        if !seq.is_ok_and(|seq| seq.is_some_and(|seq| seqs.insert(seq))) {
                            wrong.push("its number in the order is missing, or another document has it".to_owned());
                        }
                        report.take(&document, &extraction, wrong, &options);
                    }
                    Err(error) => report.problems.push(Problem { doc: None, what: told(&error) }),
                }
            }
        }
        report.compare(self.sum(), content, report.documents);
        Ok(report)
    }
}

/// The disagreements between a document and its columns.
fn faults(searcher: &Searcher, address: DocAddress, document: &Document, extraction: &Extraction) -> Vec<String> {
    let mut wrong = Vec::new();
    let segment = searcher.segment_reader(address.segment_ord);
    let (columns, doc) = (segment.fast_fields(), address.doc_id);
    let number = |column: &str| columns.u64(column).ok().and_then(|column| column.first(doc));
    if (number("key"), number("hash")) != (Some(key_of(&document.id)), Some(content_hash(document))) {
        wrong.push("its content does not fit its hash".to_owned());
    }
    if columns.i64("day").ok().and_then(|days| days.first(doc)) != document.day().map(day_number).map(i64::from) {
        wrong.push("its day in the index is not its date".to_owned());
    }
    let text = &document.text;
    wrong.extend(faults_of_records(document, extraction));
    let zoned = columns.u64("zones").map(|zones| zones.values_for_doc(doc).collect::<Vec<u64>>()).unwrap_or_default();
    if zoned != packed(&zones(text, extraction).zones) {
        wrong.push("its quotations, headline and claims in the index are not those of its records".to_owned());
    }
    let words = Numbering::of(text).count();
    let body = searcher.schema().get_field("body").ok();
    let norms = body.and_then(|body| segment.fieldnorms_readers().get_field(body).ok().flatten());
    if norms.is_none_or(|norms| norms.fieldnorm_id(doc) != FieldNormReader::fieldnorm_to_id(words)) {
        wrong.push(format!("the index has another number of words than its text, which has {words}"));
    }
    wrong
}

/// The faults inside the records of one document: spans outside its text, and links to records that do not exist.
pub(super) fn faults_of_records<'d>(
    document: &'d Document,
    extraction: &'d Extraction,
) -> impl Iterator<Item = String> + 'd {
    let text = &document.text;
    let places = spans(extraction).filter(|span| span.start > span.end || text.get(span.range()).is_none());
    let places = places.map(|span| format!("the span {}..{} is no place of its text", span.start, span.end));
    let links = links(extraction).filter(|(_, to, count)| *to as usize >= *count);
    places.chain(links.map(|(what, to, _)| format!("{what} {to} is not there")))
}

impl FsckReport {
    fn take(&mut self, document: &Document, extraction: &Extraction, wrong: Vec<String>, options: &Options) {
        self.spans += spans(extraction).count() as u64;
        let doc = Some(document.id.clone());
        let sound = wrong.is_empty();
        self.problems.extend(wrong.into_iter().map(|what| Problem { doc: doc.clone(), what }));
        if sound && extract_by(document, options, &InOrder) != *extraction {
            self.warnings.push(Problem {
                doc,
                what: "this version would extract other records; index its source again".to_owned(),
            });
        }
    }

    fn compare(&mut self, sum: Option<Sum>, content: u64, documents: u64) {
        let mut problem = |what: String| self.problems.push(Problem { doc: None, what });
        match sum {
            None if documents > 0 => problem("the last commit does not say what it holds".to_owned()),
            Some(sum) if sum.documents != documents => {
                problem(format!("the last commit holds {} documents, and {documents} are there", sum.documents));
            }
            Some(sum) if sum.content != Sum::shown(content) => {
                problem("the documents are not those of the last commit".to_owned());
            }
            _ => {}
        }
    }
}

/// All spans in an extraction.
fn spans(extraction: &Extraction) -> impl Iterator<Item = Span> {
    let Extraction { regions, quotes, speakers, figures, claims, reviews: _ } = extraction;
    let of_quotes = quotes
        .iter()
        .flat_map(|q| q.content.iter().chain(&q.insertions).chain(&q.cue).chain(&q.source).chain(&q.addressee));
    let of_figures = figures.iter().flat_map(|f| {
        let base = if let Some(Base::Words(span)) = &f.of { Some(span) } else { None };
        [&f.span, &f.number].into_iter().chain(&f.hedge).chain(&f.noun).chain(base)
    });
    let of_claims = claims.iter().flat_map(|c| {
        [&c.span, &c.sentence].into_iter().chain(c.attribution.iter().filter_map(|one| one.source.as_ref()))
    });
    let of_speakers = speakers.iter().flat_map(|s| &s.aliases);
    regions.iter().map(|r| &r.span).chain(of_quotes).chain(of_speakers).chain(of_figures).chain(of_claims).copied()
}

/// All links between records: the kind of the target, its position, and the number of records of that kind.
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
        let attribution = claim.attribution.iter().flat_map(move |one| {
            one.speaker.map(|to| ("speaker", to, s)).into_iter().chain(one.quote.map(|to| ("quotation", to, q)))
        });
        speaker.into_iter().chain(claim.quote.map(|to| ("quotation", to, q))).chain(figures).chain(attribution)
    });
    of_quotes.chain(of_figures).chain(of_claims)
}
