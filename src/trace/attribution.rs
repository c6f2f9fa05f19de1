//! Whose words they are: on the side of the coverage, on the side of the statement, and whether the two agree.

use super::sources::Statement;
use crate::document::Document;
use crate::extract::{Extraction, Quote, SpeakerKind};
use crate::span::Span;

/// A name and what it names.
pub(super) struct Attributed {
    pub name: String,
    pub kind: SpeakerKind,
}

/// To whom the coverage gives a quotation: the speaker that was found, else the words that name the source.
pub(super) fn in_coverage(document: &Document, extraction: &Extraction, quote: u32) -> Option<Attributed> {
    speaker_of(document, extraction, extraction.quotes.get(quote as usize)?)
}

/// Whose words a statement makes them: who is quoted there, else who issued it.
pub(super) fn in_statement(statement: &Statement, source: &[Span]) -> Option<Attributed> {
    let document = &statement.document;
    let place = *source.first()?;
    let quoted = statement
        .extraction
        .quotes
        .iter()
        .find(|q| q.content.iter().any(|c| c.contains(place)))
        .and_then(|q| speaker_of(document, &statement.extraction, q));
    let issuer = || document.speaker.clone().map(|name| Attributed { name, kind: SpeakerKind::Unknown });
    quoted.or_else(issuer)
}

fn speaker_of(document: &Document, extraction: &Extraction, quote: &Quote) -> Option<Attributed> {
    let speaker = quote.speaker.and_then(|s| extraction.speakers.get(s as usize));
    if let Some(s) = speaker {
        return Some(Attributed { name: s.name.clone(), kind: s.kind });
    }
    let words = document.text.get(quote.source?.range())?;
    Some(Attributed { name: words.to_owned(), kind: SpeakerKind::Unknown })
}

/// Words of a name that tell nobody apart.
const COMMON: [&str; 30] = [
    "the",
    "a",
    "an",
    "of",
    "for",
    "and",
    "from",
    "mr",
    "mrs",
    "ms",
    "dr",
    "sen",
    "rep",
    "gov",
    "president",
    "minister",
    "prime",
    "secretary",
    "mayor",
    "governor",
    "senator",
    "office",
    "statement",
    "spokesman",
    "spokeswoman",
    "spokesperson",
    "official",
    "department",
    "ministry",
    "press",
];

/// Whether two attributions differ. Names that share a telling word (a surname, the name of an office) agree, which
/// makes a spokesperson and the office one side. They differ only where both are names of persons.
pub(super) fn drift(coverage: Option<&Attributed>, statement: Option<&Attributed>) -> Option<bool> {
    let (coverage, statement) = (coverage?, statement?);
    let (ours, theirs) = (telling(&coverage.name), telling(&statement.name));
    if ours.iter().any(|w| theirs.contains(w)) {
        return Some(false);
    }
    let person = |a: &Attributed, words: &[String]| match a.kind {
        SpeakerKind::Person => true,
        SpeakerKind::Unknown => {
            words.len() >= 2 && a.name.split_whitespace().all(|w| w.starts_with(char::is_uppercase))
        }
        _ => false,
    };
    (person(coverage, &ours) && person(statement, &theirs)).then_some(true)
}

fn telling(name: &str) -> Vec<String> {
    name.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’')
        .map(|w| w.trim_end_matches("'s").trim_end_matches("’s").to_lowercase())
        .filter(|w| w.chars().count() > 1 && !COMMON.contains(&w.as_str()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drift_is_told_only_between_persons() {
        let a = |name: &str, kind| Attributed { name: name.into(), kind };
        use SpeakerKind::*;
        for (ours, theirs, want) in [
            (a("Mira Holt", Person), a("Mira Holt", Person), Some(false)),
            (a("Holt", Person), a("Mayor Mira Holt", Unknown), Some(false)),
            (a("a spokesperson for Holt", Anonymous), a("Mira Holt", Person), Some(false)),
            (a("Mira Holt", Person), a("Tomas Weir", Person), Some(true)),
            (a("the harbour office", Organization), a("Mira Holt", Person), None),
            (a("the Harbour Office", Organization), a("Harbour Office", Unknown), Some(false)),
        ] {
            assert_eq!(drift(Some(&ours), Some(&theirs)), want, "{} / {}", ours.name, theirs.name);
        }
        assert_eq!(drift(None, Some(&a("Mira Holt", Person))), None);
    }
}
