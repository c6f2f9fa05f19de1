//! Who is who by a person's word: an alias file overrides what the text alone tells of names and kinds.
//!
//! ```toml
//! [[speaker]]
//! name = "Juno Reyes"
//! aliases = ["Hartwell", "the singer"]
//! kind = "person"
//! wikidata = "Q100"
//! ```
//!
//! A quotation whose source reads like a name or alias of the file is that speaker's, whatever was found; so is one whose
//! speaker was found under such a name. It is applied to what was extracted, so that a file can change without a document
//! being read again.

use super::{Confidence, Extraction, How, Quote, QuoteReason, Speaker, SpeakerKind};
use crate::document::Document;
use crate::language;
use crate::language::lists::List;
use rustc_hash::FxHashMap;
use serde::Deserialize;

/// The speakers of an alias file.
///
/// ```
/// use sayso_core::{Aliases, Document, extract};
/// let aliases = Aliases::read("[[speaker]]\nname = \"Juno Reyes\"\naliases = [\"the singer\"]\n")?;
/// let document = Document::new("d", "“I am late,” the singer said.");
/// let mut extraction = extract(&document);
/// aliases.apply(&document, &mut extraction);
/// assert_eq!(extraction.speakers[0].name, "Juno Reyes");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Aliases {
    entries: Vec<Entry>,
    /// By folded name or alias.
    by_name: FxHashMap<String, usize>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    name: String,
    #[serde(default)]
    aliases: Vec<String>,
    kind: Option<SpeakerKind>,
    wikidata: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    speaker: Vec<toml::Spanned<Entry>>,
}

/// What is wrong with an alias file.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("line {line}: {message}")]
pub struct AliasError {
    /// The line, from 1.
    pub line: usize,
    /// What was found there, and what was expected.
    pub message: String,
}

impl Aliases {
    /// Reads the text of an alias file.
    pub fn read(text: &str) -> Result<Aliases, AliasError> {
        let line_of = |at: usize| text.get(..at).map_or(1, |before| before.matches('\n').count() + 1);
        let error = |at: usize, message: String| Err(AliasError { line: line_of(at), message });
        let file: File = match toml::from_str(text) {
            Ok(file) => file,
            Err(wrong) => return error(wrong.span().map_or(0, |span| span.start), wrong.message().replace('\n', " ")),
        };
        let mut out = Aliases::default();
        for spanned in file.speaker {
            let at = spanned.span().start;
            let entry = spanned.into_inner();
            if entry.name.trim().is_empty() {
                return error(at, "a speaker without a name; write name = \"…\"".to_owned());
            }
            if let Some(id) = &entry.wikidata
                && !(id.starts_with('Q') && id.len() > 1 && id[1..].bytes().all(|byte| byte.is_ascii_digit()))
            {
                return error(at, format!("wikidata = \"{id}\" is no Wikidata id; one looks like \"Q42\""));
            }
            let number = out.entries.len();
            for name in entry.aliases.iter().chain([&entry.name]) {
                match out.by_name.insert(fold(name), number) {
                    Some(other) if other != number => {
                        let first = &out.entries[other].name;
                        return error(
                            at,
                            format!("\"{name}\" is given to {} and to {first}; give it to one", entry.name),
                        );
                    }
                    _ => {}
                }
            }
            out.entries.push(entry);
        }
        Ok(out)
    }

    /// Whether there is no speaker in it.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The other names of whoever the file knows by this name or alias, in its order; none of others.
    pub fn others(&self, name: &str) -> Vec<String> {
        let Some(entry) = self.by_name.get(&fold(name)).map(|number| &self.entries[*number]) else { return Vec::new() };
        let all = [&entry.name].into_iter().chain(&entry.aliases);
        all.filter(|other| fold(other) != fold(name)).cloned().collect()
    }

    /// Gives the quotations of a document to the speakers that the file names.
    pub fn apply(&self, document: &Document, extraction: &mut Extraction) {
        if self.is_empty() || extraction.quotes.is_empty() {
            return;
        }
        let old = std::mem::take(&mut extraction.speakers);
        // Where each speaker that was found goes, by its name or a mention that the file knows.
        let known: Vec<Option<usize>> = old
            .iter()
            .map(|speaker| {
                let mentions = speaker.aliases.iter().filter_map(|span| document.text.get(span.range()));
                std::iter::once(speaker.name.as_str()).chain(mentions).find_map(|name| self.find(name))
            })
            .collect();
        let mut places: FxHashMap<Place, u32> = FxHashMap::default();
        for quote in &mut extraction.quotes {
            let own =
                quote.source.and_then(|span| document.text.get(span.range())).and_then(|source| self.find(source));
            let before = quote.speaker;
            let entry = own.or_else(|| known.get(before? as usize).copied().flatten());
            let place = match (entry, before) {
                (Some(entry), _) => Place::Entry(entry),
                (None, Some(before)) => Place::Old(before),
                (None, None) => continue,
            };
            if let (Some(entry), true) = (entry, own.is_some()) {
                quote.how = if self.is_name(entry, document, quote) { How::Named } else { How::Alias };
                quote.confidence = Confidence::High;
            }
            if entry.is_some() && !quote.because.contains(&QuoteReason::AliasFile) {
                quote.because.push(QuoteReason::AliasFile);
            }
            let speakers = &mut extraction.speakers;
            let at = *places.entry(place).or_insert_with(|| {
                speakers.push(self.speaker(place, before.and_then(|at| old.get(at as usize))));
                speakers.len() as u32 - 1
            });
            quote.speaker = Some(at);
            let speaker = &mut speakers[at as usize];
            speaker.quotes += 1;
            speaker.words += super::speakers::words_of(document, quote);
            let mentions = before
                .and_then(|at| old.get(at as usize))
                .filter(|_| own.is_none() || entry == before.and_then(|at| known[at as usize]));
            for span in mentions
                .map_or(&[][..], |one| &one.aliases)
                .iter()
                .copied()
                .chain(quote.source.filter(|_| own.is_some()))
            {
                if !speaker.aliases.iter().any(|other| other.overlaps(span)) {
                    speaker.aliases.push(span);
                }
            }
        }
        extraction.speakers.iter_mut().for_each(|speaker| speaker.aliases.sort());
        for claim in &mut extraction.claims {
            if let Some(quote) = claim.quote.and_then(|at| extraction.quotes.get(at as usize)) {
                claim.speaker = quote.speaker;
            }
            for reporter in &mut claim.attribution {
                if let Some(quote) = reporter.quote.and_then(|at| extraction.quotes.get(at as usize)) {
                    reporter.speaker = quote.speaker;
                }
            }
        }
    }

    fn find(&self, name: &str) -> Option<usize> {
        self.by_name.get(&fold(name)).copied()
    }

    fn is_name(&self, entry: usize, document: &Document, quote: &Quote) -> bool {
        let source = quote.source.and_then(|span| document.text.get(span.range()));
        source.is_some_and(|source| fold(source) == fold(&self.entries[entry].name))
    }

    fn speaker(&self, place: Place, old: Option<&Speaker>) -> Speaker {
        let base = Speaker { aliases: Vec::new(), quotes: 0, words: 0, ..old.cloned().unwrap_or_default() };
        match place {
            Place::Old(_) => base,
            Place::Entry(at) => {
                let entry = &self.entries[at];
                let kind = entry.kind.unwrap_or(base.kind);
                Speaker { name: entry.name.clone(), kind, wikidata: entry.wikidata.clone(), ..base }
            }
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Place {
    Entry(usize),
    Old(u32),
}

/// Without an article, case and kind of apostrophe.
fn fold(name: &str) -> String {
    let name = name.trim().to_lowercase().replace('’', "'");
    let articles = language::compared().lexicon.lists.words(List::Articles);
    let without = |article: &&str| name.strip_prefix(*article)?.strip_prefix(' ');
    let bare = articles.iter().find_map(without).unwrap_or(&name);
    bare.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::extract;

    const FILE: &str = "[[speaker]]\nname = \"Ada Brandt\"\naliases = [\"the boss\", \"West\"]\nkind = \"person\"\nwikidata = \"Q7\"\n";

    fn read(text: &str, file: &str) -> (Document, Extraction) {
        let document = Document::new("d", text);
        let mut extraction = extract(&document);
        Aliases::read(file).unwrap().apply(&document, &mut extraction);
        (document, extraction)
    }

    #[test]
    fn names_of_the_file_become_one_speaker() {
        let text = "“It is safe,” said Ada Brandt. “It is open,” said West.\n\n“It is late,” the boss said. “It is dark,” said Otto Lind.";
        let (_, found) = read(text, FILE);
        let names: Vec<_> = found.speakers.iter().map(|one| (one.name.as_str(), one.quotes, one.words)).collect();
        assert_eq!(names, [("Ada Brandt", 3, 9), ("Otto Lind", 1, 3)]);
        assert_eq!(found.speakers[0].wikidata.as_deref(), Some("Q7"));
        assert!(found.quotes[..3].iter().all(|quote| quote.because.contains(&QuoteReason::AliasFile)));
        assert_eq!((found.quotes[1].how, found.quotes[1].confidence), (How::Alias, Confidence::High));
        assert!(!found.quotes[3].because.contains(&QuoteReason::AliasFile));
    }

    #[test]
    fn an_empty_file_changes_nothing() {
        let text = "“It is safe,” said Ada Brandt. “It is open,” she said.";
        let document = Document::new("d", text);
        assert_eq!(read(text, "").1, extract(&document));
        assert_eq!(read(text, "[[speaker]]\nname = \"Nobody Here\"\n").1, extract(&document));
    }

    #[test]
    fn errors_name_the_line() {
        for (file, line, words) in [
            ("[[speaker]]\nname = \"A\"\nnmae = 1\n", 3, "nmae"),
            ("[[speaker]]\nname = \"A\"\nkind = \"robot\"\n", 3, "robot"),
            ("\n\n[[speaker]]\nname = \" \"\n", 3, "without a name"),
            ("[[speaker]]\nname = \"A\"\nwikidata = \"7\"\n", 1, "Wikidata"),
            ("[[speaker]]\nname = \"A\"\n[[speaker]]\nname = \"B\"\naliases = [\"a\"]\n", 3, "give it to one"),
            ("name = \n", 1, ""),
        ] {
            let error = Aliases::read(file).unwrap_err();
            assert!(error.line == line && error.message.contains(words), "{file:?}: {error}");
        }
    }
}
