//! Whose words they are: on the side of the coverage, on the side of the statement, and whether the two agree.

use super::lexicon::{is_common, is_voice};
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
        .filter(|q| q.content.iter().any(|c| c.contains(place)))
        .min_by_key(|q| q.length())
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

/// Whether two attributions differ. Names that share a telling word (a surname, the name of an office) agree, and so do
/// the two sides of one office: who issued the statement and the body that published it. They differ only where both are
/// names of persons.
pub(super) fn drift(
    coverage: Option<&Attributed>,
    statement: Option<&Attributed>,
    office: Option<&str>,
) -> Option<bool> {
    let (coverage, statement) = (coverage?, statement?);
    let (ours, theirs) = (telling(&coverage.name), telling(&statement.name));
    if shares(&ours, &theirs) {
        return Some(false);
    }
    let person = |a: &Attributed, words: &[String]| match a.kind {
        SpeakerKind::Person => true,
        SpeakerKind::Unknown => {
            words.len() >= 2 && a.name.split_whitespace().all(|w| w.starts_with(char::is_uppercase))
        }
        _ => false,
    };
    let ours_is_person = person(coverage, &ours);
    if !ours_is_person && office.is_some_and(|office| one_side(&coverage.name, office)) {
        return Some(false);
    }
    (ours_is_person && person(statement, &theirs)).then_some(true)
}

fn shares(ours: &[String], theirs: &[String]) -> bool {
    ours.iter().any(|w| theirs.contains(w))
}

/// Whether a source is the office that published a statement, or speaks for it: `the Governor’s office`, `a Harbour Board
/// spokesman`. All words of the shorter name that are no articles or prepositions stand in the other.
fn one_side(source: &str, office: &str) -> bool {
    let content = |name: &str| -> Vec<String> { names(name).filter(|w| !is_voice(w)).collect() };
    let (source, office) = (content(source), content(office));
    let (short, long) = if source.len() <= office.len() { (source, office) } else { (office, source) };
    !short.is_empty() && short.iter().all(|w| long.contains(w)) && short.iter().any(|w| w != "office")
}

/// Whether a name names who issued a statement.
pub(super) fn is_issuer(name: &str, issuer: &str) -> bool {
    shares(&telling(name), &telling(issuer))
}

/// The words of a name that tell it from others.
pub(super) fn telling(name: &str) -> Vec<String> {
    names(name).filter(|w| !is_common(w)).collect()
}

fn names(name: &str) -> impl Iterator<Item = String> + use<'_> {
    name.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’')
        .map(|w| w.trim_end_matches("'s").trim_end_matches("’s").to_lowercase())
        .filter(|w| w.chars().count() > 1)
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
            (a("the harbour office", Organization), a("Mira Holt", Person), Some(false)),
            (a("a spokesman for the Harbour Office", Anonymous), a("Mira Holt", Person), Some(false)),
            (a("the town council", Organization), a("Mira Holt", Person), None),
            (a("the office", Organization), a("Mira Holt", Person), None),
            (a("the Harbour Office", Organization), a("Harbour Office", Unknown), Some(false)),
        ] {
            assert_eq!(
                drift(Some(&ours), Some(&theirs), Some("Harbour Office")),
                want,
                "{} / {}",
                ours.name,
                theirs.name
            );
        }
        assert_eq!(drift(None, Some(&a("Mira Holt", Person)), None), None);
    }
}
