//! Whose words they are: on the side of the coverage, on the side of the statement, and whether the two agree.

use super::lexicon::is_voice;
use super::names::{Name, shares, telling, words_of};
use super::relation::Match;
use super::sources::Statement;
use super::spoken::Spoken;
use crate::document::Document;
use crate::extract::{Confidence, Extraction, How, Quote, QuoteKind, SpeakerKind};
use crate::language;
use crate::span::Span;

/// A name and what it names.
#[derive(Clone, Debug)]
pub(super) struct Attributed {
    pub name: String,
    pub kind: SpeakerKind,
    /// The words that name the source where it is quoted (`Hale spokesman Tom Weir`).
    pub mention: Option<String>,
    /// The text itself says so, by name.
    pub sure: bool,
    /// The label of the turn gives a surname alone.
    pub bare: bool,
}

impl Attributed {
    /// A person of whom only the name is known.
    pub(super) fn person(name: &str) -> Self {
        Attributed { name: name.to_owned(), kind: SpeakerKind::Person, mention: None, sure: true, bare: false }
    }

    /// A name of whatever it is.
    fn unknown(name: &str) -> Self {
        Attributed { name: name.to_owned(), kind: SpeakerKind::Unknown, mention: None, sure: false, bare: false }
    }

    /// Whether it is a person's name.
    fn is_person(&self) -> bool {
        match self.kind {
            SpeakerKind::Person => true,
            SpeakerKind::Unknown => {
                telling(&self.name).len() >= 2
                    && self.name.split_whitespace().all(|w| language::compared().lexicon.forms.is_capital(w))
            }
            _ => false,
        }
    }
}

/// How the speaker on the page stands to the one in the statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Voice {
    /// They are the same, or of one side.
    Same,
    /// The page names nobody that can be compared, and the statement's speaker beside the quotation.
    Beside,
    /// The same, elsewhere on the page.
    OnPage,
    /// It cannot be told.
    Unknown,
    /// The page does not name the statement's speaker.
    Absent,
    /// It likely means somebody else, and names the statement's speaker elsewhere.
    Unlikely,
    /// The transcript names nobody (`Q`, `AUDIENCE`).
    Nobody,
    /// The page names somebody else.
    Other,
    /// It says so plainly.
    PlainlyOther,
}

/// To whom the coverage gives a quotation: the speaker that was found, else the words that name the source.
pub(super) fn in_coverage(document: &Document, extraction: &Extraction, quote: Option<u32>) -> Option<Attributed> {
    speaker_of(document, extraction, extraction.quotes.get(quote? as usize)?)
}

/// Whose words they are in a statement: those of the turn's speaker in a transcript, else of who is quoted there or issued
/// it.
pub(super) fn of_reading(statement: &Statement, spoken: &Spoken, reading: &Match) -> Option<Attributed> {
    let turn = spoken.turns.turns.get(reading.turn as usize);
    let label = || Some(turn?.label?.of(&statement.document.text));
    match spoken.speaker(reading.lane) {
        Some(name) => Some(Attributed {
            bare: label().is_some_and(|label| Name::new(label).is_bare()),
            ..Attributed::person(name)
        }),
        None if spoken.turns.is_transcript() => None,
        None => in_statement(statement, &reading.source),
    }
}

/// Whose words a statement makes them: who is quoted there, else who issued it.
fn in_statement(statement: &Statement, source: &[Span]) -> Option<Attributed> {
    let document = &statement.document;
    let place = *source.first()?;
    let extraction = statement.extraction();
    // What is only reported there is in the writer's words.
    let said = |q: &&Quote| q.kind != QuoteKind::Indirect && q.content.iter().any(|c| c.contains(place));
    let holding = statement.quotes_at(place.start).filter(said);
    let quoted = holding.min_by_key(|q| q.length()).and_then(|q| speaker_of(document, extraction, q));
    quoted.or_else(|| document.speaker.as_deref().map(Attributed::unknown))
}

fn speaker_of(document: &Document, extraction: &Extraction, quote: &Quote) -> Option<Attributed> {
    let mention = quote.source.and_then(|source| document.text.get(source.range())).map(str::to_owned);
    let speaker = quote.speaker.and_then(|s| extraction.speakers.get(s as usize));
    if let Some(s) = speaker {
        // A pronoun, a role and a quotation without a source of its own may mean another.
        let sure = quote.confidence == Confidence::High && matches!(quote.how, How::Named | How::Alias);
        return Some(Attributed { name: s.name.clone(), kind: s.kind, mention, sure, bare: false });
    }
    mention.map(|words| Attributed { mention: Some(words.clone()), ..Attributed::unknown(&words) })
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
    let (ours, theirs) = (Name::new(&coverage.name), Name::new(&statement.name));
    let persons = coverage.is_person() && statement.is_person();
    if persons && ours.last() == theirs.last() {
        let same = ours.may_be(&theirs);
        // `CLINTON` after `BILL CLINTON` may be his turn or another's.
        return (same || !statement.bare).then_some(!same);
    }
    if shares(&telling(&coverage.name), &telling(&statement.name)) {
        return Some(false);
    }
    // `Hale spokesman Tom Weir` speaks for Hale.
    if coverage.mention.as_deref().is_some_and(|mention| speaks_for(mention, &theirs)) {
        return Some(false);
    }
    if !coverage.is_person() && office.is_some_and(|office| one_side(&coverage.name, office)) {
        return Some(false);
    }
    persons.then_some(true)
}

/// Whether the words that name a source name somebody's voice: `a spokeswoman for Hale`.
fn speaks_for(mention: &str, name: &Name) -> bool {
    let mut words = words_of(mention);
    words_of(mention).any(|word| is_voice(&word)) && words.any(|word| word == name.last())
}

/// Whether a source is the office that published a statement, or speaks for it: `the Governor’s office`, `a Harbour Board
/// spokesman`. All words of the shorter name that are no articles or prepositions stand in the other.
fn one_side(source: &str, office: &str) -> bool {
    let content = |name: &str| -> Vec<String> { words_of(name).filter(|w| !is_voice(w)).collect() };
    let (source, office) = (content(source), content(office));
    let (short, long) = if source.len() <= office.len() { (source, office) } else { (office, source) };
    !short.is_empty() && short.iter().all(|w| long.contains(w)) && short.iter().any(|w| w != "office")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drift_is_told_only_between_persons() {
        let a = |name: &str, kind| Attributed { name: name.into(), kind, mention: None, sure: true, bare: false };
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
            (a("Mira Holt", Person), a("HOLT", Person), Some(false)),
            (a("Mira Holt", Person), a("TOM HOLT", Person), Some(true)),
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
