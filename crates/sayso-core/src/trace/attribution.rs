//! Whose words they are: on the side of the coverage, on the side of the statement, and whether the two agree.
//!
//! Names alone tell it between two full names ([`drift`]). Where the coverage has a surname, a role or a spokesman, the
//! statement's own speakers tell whom it means ([`between`]). What a statement says in its own words is nobody's who is
//! quoted in it: it may be given to who issued it, to a head or a spokesman ([`of_narration`]).

use super::lexicon::{is_mouth, is_voice};
use super::names::{Name, shares, telling, words_of};
use super::relation::Match;
use super::sources::Statement;
use super::spoken::Spoken;
use crate::document::Document;
use crate::extract::{Confidence, Extraction, How, Quote, QuoteKind, Speaker, SpeakerKind};
use crate::language;
use crate::language::grammar::Class;
use crate::language::lists::List;
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
    /// The role that the text gives to the name (`mayor of Dunster`).
    pub role: Option<String>,
    /// A pronoun or a role stands for the name, and the text tells whose it is.
    pub resolved: bool,
}

impl Attributed {
    /// A person of whom only the name is known.
    pub(super) fn person(name: &str) -> Self {
        Attributed { kind: SpeakerKind::Person, sure: true, ..Attributed::unknown(name) }
    }

    /// A name of whatever it is.
    fn unknown(name: &str) -> Self {
        Attributed {
            name: name.to_owned(),
            kind: SpeakerKind::Unknown,
            mention: None,
            sure: false,
            bare: false,
            role: None,
            resolved: false,
        }
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

/// How words of a statement's own stand to the mouth that the coverage puts them into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Narration {
    /// It may speak for who issued the statement, or nothing is told of it.
    Issuer,
    /// The statement does not say that he speaks for it.
    Unsure,
    /// One of many whom the statement quotes beside its own words.
    Other,
}

/// Whether the coverage gives a statement's own words to who issued it. A body, a spokesman and the one holder of an office
/// may speak for it; one of many (`a fisherman`) does not, and of another named person nothing tells that he does.
pub(super) fn of_narration(ours: Option<&Attributed>, statement: &Statement, source: &[Span]) -> Narration {
    let Some(ours) = ours else { return Narration::Issuer };
    let document = &statement.document;
    // A sentence that names him may be one that only lost its marks.
    if is_named_in_sentence(&ours.name, &document.text, source) {
        return Narration::Issuer;
    }
    let issuers =
        || document.speaker.iter().chain(&document.publisher).flat_map(|name| telling(name)).collect::<Vec<_>>();
    let speaks = |words: &str| words_of(words).any(|word| is_mouth(&word)) || shares(&telling(words), &issuers());
    let cast = Cast::of(statement);
    let meant = cast.meant(ours);
    if !ours.is_person() && meant.is_none()
        || [Some(&ours.name), ours.mention.as_ref(), ours.role.as_ref()]
            .into_iter()
            .flatten()
            .any(|words| speaks(words))
    {
        return Narration::Issuer;
    }
    match meant {
        Some(one) if one.role.as_deref().is_some_and(speaks) => Narration::Issuer,
        Some(one) if cast.is_one_of_many(one) => Narration::Other,
        Some(one) if one.role.is_some() => Narration::Issuer,
        _ => Narration::Unsure,
    }
}

/// Whether the sentence of a passage names somebody, by surname at least.
fn is_named_in_sentence(name: &str, text: &str, source: &[Span]) -> bool {
    let (Some(first), Some(last)) = (source.first(), source.last()) else { return false };
    let (before, after) = (text.get(..first.start as usize), text.get(last.end as usize..));
    let (before, after) = (before.unwrap_or_default(), after.unwrap_or_default());
    let ends = |c: char| matches!(c, '.' | '!' | '?' | '\n');
    let from = before.rfind(ends).map_or(0, |at| at + 1);
    let to = after.find(ends).unwrap_or(after.len());
    let name = Name::new(name);
    words_of(&before[from..]).chain(words_of(&after[..to])).any(|word| word == name.last())
}

/// Those whom a statement names as speakers.
struct Cast<'a> {
    text: &'a str,
    speakers: &'a [Speaker],
}

impl<'a> Cast<'a> {
    fn of(statement: &'a Statement) -> Self {
        Cast { text: &statement.document.text, speakers: &statement.extraction().speakers }
    }

    fn people(&self) -> impl Iterator<Item = &'a Speaker> {
        self.speakers.iter().filter(|speaker| speaker.kind == SpeakerKind::Person)
    }

    /// The one person who has this name, as the statement itself joins names.
    fn named(&self, name: &str) -> Option<&'a Speaker> {
        self.people().find(|speaker| speaker.name == name)
    }

    /// Whom the coverage means, if only one of them can be meant: by name, by surname, or by the role that the statement
    /// gives to one of them (`the mayor`).
    fn meant(&self, ours: &Attributed) -> Option<&'a Speaker> {
        let name = Name::new(&ours.name);
        let named = ours.is_person() || language::compared().lexicon.forms.is_capital(&ours.name) && name.is_bare();
        let definite = ours.mention.as_deref().is_none_or(|mention| !is_indefinite(mention));
        let is = |speaker: &&Speaker| match named {
            true => name.may_be(&Name::new(&speaker.name)),
            false => {
                let holds = |role: &String| holds(role, &ours.name);
                ours.kind == SpeakerKind::Anonymous && definite && speaker.role.as_ref().is_some_and(holds)
            }
        };
        let mut found = self.people().filter(is);
        found.next().filter(|_| found.next().is_none())
    }

    /// Whether the statement introduces somebody as one of many: `Bob Lowe, a fisherman`.
    fn is_one_of_many(&self, speaker: &Speaker) -> bool {
        let introduced = |alias: &Span| {
            let after = self.text.get(alias.end as usize..).unwrap_or_default();
            after.strip_prefix(',').is_some_and(is_indefinite)
        };
        speaker.aliases.iter().any(introduced)
    }
}

/// Whether a description begins with an article that means one of many.
fn is_indefinite(words: &str) -> bool {
    let first = words.split_whitespace().next().unwrap_or_default();
    let lists = &language::compared().lexicon.lists;
    lists.reads(List::Articles, first) && !first.eq_ignore_ascii_case("the")
}

/// Whether who has a role may be called so: the same office, with no more told of it (`the mayor` of `mayor of Dunster`).
fn holds(role: &str, called: &str) -> bool {
    let parts = |words: &str| -> (Vec<String>, Vec<String>) {
        let lists = &language::compared().lexicon.lists;
        let words: Vec<String> = words
            .split(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’' | '-'))
            .filter(|word| !word.is_empty())
            .map(str::to_lowercase)
            .filter(|word| !lists.has(List::Articles, word))
            .collect();
        let end = words.iter().position(|word| is_voice(word) && !is_mouth(word)).unwrap_or(words.len());
        (words[..end].to_vec(), words[end..].to_vec())
    };
    let ((role, of), (called, said)) = (parts(role), parts(called));
    !called.is_empty() && role == called && said.iter().all(|word| of.contains(word))
}

/// Whether two attributions differ, as far as names tell it ([`drift`]) or the statement's own speakers do: the coverage
/// means another of them than the one whose words they are there.
pub(super) fn between(
    coverage: Option<&Attributed>,
    theirs: Option<&Attributed>,
    statement: &Statement,
) -> Option<bool> {
    drift(coverage, theirs, statement.document.publisher.as_deref()).or_else(|| in_cast(coverage?, theirs?, statement))
}

/// The same for a statement that may be a transcript: there names alone tell it.
pub(super) fn differ(
    coverage: Option<&Attributed>,
    theirs: Option<&Attributed>,
    statement: &Statement,
    transcript: bool,
) -> Option<bool> {
    match transcript {
        true => drift(coverage, theirs, statement.document.publisher.as_deref()),
        false => between(coverage, theirs, statement),
    }
}

fn in_cast(ours: &Attributed, theirs: &Attributed, statement: &Statement) -> Option<bool> {
    let cast = Cast::of(statement);
    let them = cast.named(&theirs.name)?;
    if let Some(us) = cast.meant(ours) {
        return Some(us.name != them.name);
    }
    let role = them.role.as_deref()?;
    if ours.kind == SpeakerKind::Anonymous && holds(role, &ours.name) {
        return Some(false);
    }
    // A spokesman speaks for a body; one of many, of whom nothing joins him to it, is not its voice.
    let content = |words: &str| -> Vec<String> { words_of(words).filter(|word| !is_voice(word)).collect() };
    let speaks = |words: &str| words_of(words).any(|word| is_mouth(&word));
    let apart = !speaks(role) && !shares(&content(&ours.name), &content(role)) && cast.is_one_of_many(them);
    (ours.kind == SpeakerKind::Anonymous && speaks(&ours.name) && apart).then_some(true)
}

/// Whether the statement itself names, as another of its speakers, the one whom the coverage means.
pub(super) fn is_other_of_cast(ours: Option<&Attributed>, theirs: Option<&Attributed>, statement: &Statement) -> bool {
    let (Some(ours), Some(theirs)) = (ours, theirs) else { return false };
    let cast = Cast::of(statement);
    cast.named(&theirs.name).zip(cast.meant(ours)).is_some_and(|(them, us)| them.name != us.name)
}

/// Whether the pronoun that stands for a speaker in the coverage cannot mean somebody: `she` of `Bob Lowe`.
pub(super) fn is_of_other_gender(ours: &Attributed, theirs: &Attributed) -> bool {
    let lexicon = &language::compared().lexicon;
    let Some(mention) = ours.mention.as_deref() else { return false };
    let pronoun = lexicon.grammar.class(lexicon.words.get(&mention.to_lowercase()));
    let told = theirs.name.split_whitespace().next().and_then(|first| lexicon.people.first_name(first));
    let conflict = |one: Class, other: Class| pronoun.has(one) && told.is_some_and(|told| told.has(other));
    pronoun.has(Class::SUBJECT) && (conflict(Class::MALE, Class::FEMALE) || conflict(Class::FEMALE, Class::MALE))
}

fn speaker_of(document: &Document, extraction: &Extraction, quote: &Quote) -> Option<Attributed> {
    let mention = quote.source.and_then(|source| document.text.get(source.range())).map(str::to_owned);
    let speaker = quote.speaker.and_then(|s| extraction.speakers.get(s as usize));
    if let Some(s) = speaker {
        // A pronoun, a role and a quotation without a source of its own may mean another.
        let sure = quote.confidence == Confidence::High && matches!(quote.how, How::Named | How::Alias);
        let resolved = quote.confidence >= Confidence::Medium && matches!(quote.how, How::Pronoun | How::Role);
        let role = s.role.clone();
        return Some(Attributed { kind: s.kind, mention, sure, role, resolved, ..Attributed::unknown(&s.name) });
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
        let a = |name: &str, kind| Attributed { kind, ..Attributed::person(name) };
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
