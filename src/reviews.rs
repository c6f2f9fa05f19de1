//! What people said of findings, kept in `reviews.jsonl` beside the index: a line a judgement, with who, when, what, old and
//! new. Lines are only ever added; the last one on a finding holds. A line is found again by the finding's key
//! ([`Keys`]), so it outlives a rebuilt index; where the sentence was rewritten it no longer applies.
//!
//! ```text
//! {"at":"2031-05-02T09:12:44Z","by":"Ana Brook","doc":"a.txt","record":"quote","key":"5f0c…","words":"“It held,”",
//!  "verdict":"corrected","field":"speaker","old":"Tom Reyes","new":"Ada Brandt","note":"see the paragraph before"}
//! ```
//!
//! A plain file, and no database: a newsroom's judgements are thousands of lines, not millions; the file can be read, compared,
//! merged and put under version control without sayso; and a line that is added in one write cannot spoil those before it.
//! SQLite bundled costs 36 s of processor time in a first build (`sqlite3.c` alone, `-O1`) and 1.4 MB, and gives none of that.

use crate::check::{Check, Verdict};
use crate::document::Document;
use crate::extract::{Confidence, Extraction, Speaker};
use crate::keys::Keys;
use crate::output::html::ReadDocument;
use crate::output::name_of;
use crate::review::{Judged, Judgement, Review, Reviewed};
use crate::span::Span;
use crate::trace::{Fidelity, Trace};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// The file beside the index.
const FILE: &str = "reviews.jsonl";

/// One judgement, as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The id of the document.
    pub doc: String,
    /// The kind of finding.
    pub record: Judged,
    /// Its key.
    pub key: String,
    /// Its words, for people who read the file.
    pub words: String,
    /// What was said.
    #[serde(flatten)]
    pub reviewed: Reviewed,
}

/// Why judgements could not be read or kept.
#[derive(Debug, thiserror::Error)]
pub enum ReviewError {
    /// The file could not be read or written.
    #[error("{path}: {error}")]
    Io {
        /// The file.
        path: String,
        /// What the system said.
        error: io::Error,
    },
    /// A line of the file is no judgement.
    #[error("{path}, line {line}: {error}; put the line right or take it out")]
    Line {
        /// The file.
        path: String,
        /// The line, from 1.
        line: usize,
        /// What is wrong.
        error: serde_json::Error,
    },
    /// What was said does not fit the finding.
    #[error("{0}")]
    Unfit(String),
}

/// All judgements beside an index.
#[derive(Clone, Debug, Default)]
pub struct Reviews {
    path: PathBuf,
    entries: Vec<Entry>,
    /// By document, the positions in `entries`.
    by_doc: HashMap<String, Vec<usize>>,
}

impl Reviews {
    /// Those beside an index; none where there is no file.
    pub fn read(index: &Path) -> Result<Reviews, ReviewError> {
        let path = index.join(FILE);
        let name = || path.display().to_string();
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
                String::new()
            }
            Err(error) => return Err(ReviewError::Io { path: name(), error }),
        };
        let mut reviews = Reviews { path: path.clone(), ..Reviews::default() };
        for (n, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let entry =
                serde_json::from_str(line).map_err(|error| ReviewError::Line { path: name(), line: n + 1, error })?;
            reviews.take(entry);
        }
        Ok(reviews)
    }

    fn take(&mut self, entry: Entry) {
        self.by_doc.entry(entry.doc.clone()).or_default().push(self.entries.len());
        self.entries.push(entry);
    }

    /// All, the earliest first.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// What was said of one finding, the earliest first.
    pub fn of<'r>(&'r self, doc: &str, key: &'r str) -> impl Iterator<Item = &'r Entry> {
        let places = self.by_doc.get(doc).map_or(&[][..], Vec::as_slice);
        places.iter().map(|n| &self.entries[*n]).filter(move |entry| entry.key == key)
    }

    /// Adds a judgement to the file, in one write that reaches the disk before this returns.
    pub fn add(&mut self, entry: Entry) -> Result<(), ReviewError> {
        fits(&entry)?;
        let failed = |error| ReviewError::Io { path: self.path.display().to_string(), error };
        let mut line = serde_json::to_vec(&entry).map_err(|error| failed(error.into()))?;
        line.push(b'\n');
        let mut file = File::options().create(true).append(true).read(true).open(&self.path).map_err(failed)?;
        file.lock().map_err(failed)?;
        // A line that another program left unfinished stays a line of its own.
        if !ends_in_newline(&self.path).map_err(failed)? {
            line.insert(0, b'\n');
        }
        file.write_all(&line).and_then(|()| file.sync_all()).map_err(failed)?;
        self.take(entry);
        Ok(())
    }

    /// Puts what was said of a document's findings into its extraction: corrected speakers, and every judgement for the
    /// records. Costs nothing for a document of which nothing was said.
    pub fn apply(&self, document: &Document, extraction: &mut Extraction) {
        let Some(places) = self.by_doc.get(&document.id) else { return };
        let mut last: HashMap<&str, &Entry> = HashMap::new();
        places.iter().map(|n| &self.entries[*n]).for_each(|entry| _ = last.insert(&entry.key, entry));
        last.retain(|_, entry| entry.reviewed.verdict != Judgement::Withdrawn);
        let keys = Keys::all(document, extraction);
        let found = keys.into_iter().filter_map(|(key, record, span)| {
            let entry = last.get(key.as_str())?;
            Some(Review { record, span, reviewed: entry.reviewed.clone() })
        });
        let reviews: Vec<Review> = found.collect();
        for review in reviews.iter().filter(|review| review.record == Judged::Quote) {
            if let (Some("speaker"), Some(name)) = (review.reviewed.field.as_deref(), &review.reviewed.new) {
                give(extraction, review.span, name);
            }
        }
        extraction.reviews = reviews;
    }
}

fn ends_in_newline(path: &Path) -> io::Result<bool> {
    use std::io::{Read, Seek, SeekFrom};
    let mut file = File::open(path)?;
    if file.metadata()?.len() == 0 {
        return Ok(true);
    }
    file.seek(SeekFrom::End(-1))?;
    let mut last = [0];
    file.read_exact(&mut last)?;
    Ok(last == *b"\n")
}

/// Gives the quotation at a place to a speaker.
fn give(extraction: &mut Extraction, span: Span, name: &str) {
    let Extraction { quotes, speakers, .. } = extraction;
    let Some(quote) = quotes.iter_mut().find(|quote| quote.content.first() == Some(&span)) else { return };
    let to = speakers.iter().position(|speaker| speaker.name == name).unwrap_or_else(|| {
        speakers.push(Speaker { name: name.to_owned(), ..Speaker::default() });
        speakers.len() - 1
    });
    if let Some(from) = quote.speaker.replace(to as u32)
        && let Some(from) = speakers.get_mut(from as usize)
    {
        from.quotes = from.quotes.saturating_sub(1);
    }
    speakers[to].quotes += 1;
    quote.confidence = Confidence::High;
}

/// Puts what was said of checks into them: a corrected verdict, and no verdict where the finding was rejected.
pub fn correct_checks(extraction: &Extraction, checks: &mut [Check]) {
    if extraction.reviews.is_empty() {
        return;
    }
    for check in checks {
        let Some(said) = extraction.reviewed(Judged::Check, check.span) else { continue };
        let named = said.new.as_deref().and_then(value_of::<Verdict>);
        match (said.verdict, named) {
            // What was said to be right already keeps its relation.
            (Judgement::Corrected, Some(verdict)) if verdict == check.verdict => {}
            (Judgement::Corrected, Some(verdict)) => (check.verdict, check.relation) = (verdict, None),
            (Judgement::Rejected, _) => (check.verdict, check.relation) = (Verdict::NotEnoughEvidence, None),
            _ => {}
        }
    }
}

/// Puts what was said of traces into them: a corrected relation, and no source where the finding was rejected.
pub fn correct_traces(extraction: &Extraction, traces: &mut [Trace]) {
    if extraction.reviews.is_empty() {
        return;
    }
    for trace in traces {
        let Some(said) = extraction.reviewed(Judged::Trace, trace.quote) else { continue };
        let named = said.new.as_deref().and_then(value_of::<Fidelity>);
        match (said.verdict, named) {
            (Judgement::Corrected, Some(relation)) if relation != Fidelity::NotFound => trace.relation = relation,
            (Judgement::Corrected, Some(_)) | (Judgement::Rejected, _) => {
                *trace = Trace {
                    quote: trace.quote,
                    quote_index: trace.quote_index,
                    marked: trace.marked,
                    attributed_to: trace.attributed_to.take(),
                    ..Trace::default()
                };
            }
            _ => {}
        }
    }
}

fn value_of<T: serde::de::DeserializeOwned>(name: &str) -> Option<T> {
    serde_json::from_value(serde_json::Value::String(name.to_owned())).ok()
}

/// Whether a judgement says what its kind of finding has.
fn fits(entry: &Entry) -> Result<(), ReviewError> {
    let said = &entry.reviewed;
    let unfit = |why: String| Err(ReviewError::Unfit(why));
    if said.by.trim().is_empty() {
        return unfit("who says so? Give a name with --by, or in SAYSO_REVIEWER".to_owned());
    }
    let new = said.new.as_deref().map(str::trim).filter(|new| !new.is_empty());
    if said.verdict != Judgement::Corrected {
        return Ok(());
    }
    let Some(new) = new else { return unfit("what is right instead? Give the corrected value".to_owned()) };
    match (entry.record, said.field.as_deref()) {
        (Judged::Quote, Some("speaker")) => Ok(()),
        (Judged::Check, Some("verdict")) if value_of::<Verdict>(new).is_some() => Ok(()),
        (Judged::Trace, Some("relation")) if value_of::<Fidelity>(new).is_some() => Ok(()),
        (record, field) => unfit(format!(
            "a {} has no {} `{new}`: of a quotation the speaker can be corrected, of a check the verdict, of a trace the relation",
            name_of(&record),
            field.unwrap_or("such field"),
        )),
    }
}

/// What sayso has of a finding: the speaker, the verdict, the relation.
pub fn old(reading: &ReadDocument, record: Judged, span: Span) -> Option<String> {
    let found = reading.extraction.as_ref();
    match record {
        Judged::Quote => {
            let quote = found.quotes.iter().find(|quote| quote.content.first() == Some(&span))?;
            Some(found.speakers.get(quote.speaker? as usize)?.name.clone())
        }
        Judged::Check => reading.checks.iter().find(|check| check.span == span).map(|check| name_of(&check.verdict)),
        Judged::Trace => reading.traces.iter().find(|trace| trace.quote == span).map(|trace| name_of(&trace.relation)),
        Judged::Figure | Judged::Claim => None,
    }
}

/// Now, as it is kept: to the second, in UTC.
pub fn now() -> String {
    jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::extract;

    fn said(verdict: Judgement, field: Option<&str>, new: Option<&str>) -> Reviewed {
        Reviewed {
            by: "Ana Brook".into(),
            at: "2031-05-02T09:12:44Z".into(),
            verdict,
            field: field.map(str::to_owned),
            old: None,
            new: new.map(str::to_owned),
            note: None,
        }
    }

    fn entry(document: &Document, record: Judged, reviewed: Reviewed) -> Entry {
        let found = extract(document);
        let (key, _, span) = Keys::all(document, &found).into_iter().find(|(_, kind, _)| *kind == record).unwrap();
        Entry { doc: document.id.clone(), record, key, words: span.of(&document.text).to_owned(), reviewed }
    }

    #[test]
    fn the_last_judgement_holds_and_none_is_lost() {
        let folder = tempfile::tempdir().unwrap();
        let document = Document::new("a.txt", "“It held,” said Tom Reyes.");
        let mut reviews = Reviews::read(folder.path()).unwrap();
        for name in ["Ada Brandt", "Wen Tarrow"] {
            reviews
                .add(entry(&document, Judged::Quote, said(Judgement::Corrected, Some("speaker"), Some(name))))
                .unwrap();
        }
        let mut found = extract(&document);
        let reviews = Reviews::read(folder.path()).unwrap();
        reviews.apply(&document, &mut found);
        assert_eq!(reviews.entries().len(), 2);
        assert_eq!(found.speakers[found.quotes[0].speaker.unwrap() as usize].name, "Wen Tarrow");
        assert_eq!(found.reviews[0].reviewed.new.as_deref(), Some("Wen Tarrow"));
        // Taken back, all is as it was found; another document is not touched.
        let mut reviews = reviews;
        reviews.add(entry(&document, Judged::Quote, said(Judgement::Withdrawn, None, None))).unwrap();
        let mut again = extract(&document);
        reviews.apply(&document, &mut again);
        assert_eq!(again, extract(&document));
        let other = Document::new("b.txt", document.text.clone());
        let mut found = extract(&other);
        reviews.apply(&other, &mut found);
        assert_eq!(found, extract(&other));
    }

    #[test]
    fn a_judgement_must_fit_its_finding() {
        let document = Document::new("a.txt", "“It held,” said Tom Reyes.");
        let fits = |reviewed| fits(&entry(&document, Judged::Quote, reviewed)).is_ok();
        assert!(fits(said(Judgement::Confirmed, None, None)));
        assert!(!fits(said(Judgement::Corrected, Some("speaker"), Some(" "))));
        assert!(!fits(said(Judgement::Corrected, Some("verdict"), Some("supported"))));
        assert!(!fits(Reviewed { by: String::new(), ..said(Judgement::Confirmed, None, None) }));
    }

    #[test]
    fn a_rejected_check_accuses_nobody() {
        let document = Document::new("a.txt", "The pier has 12 lamps.");
        let mut found = extract(&document);
        let span = found.figures[0].span;
        found.reviews.push(Review { record: Judged::Check, span, reviewed: said(Judgement::Rejected, None, None) });
        let mut checks = crate::check::check(&document, &found, &crate::check::Evidence::new()).unwrap();
        checks[0].verdict = Verdict::Contradicted;
        correct_checks(&found, &mut checks);
        assert_eq!(checks[0].verdict, Verdict::NotEnoughEvidence);
    }

    #[test]
    fn a_broken_line_is_named() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(FILE), "\n{\"by\":1}\n").unwrap();
        assert!(Reviews::read(folder.path()).unwrap_err().to_string().contains("line 2"));
    }
}
