//! The public form of a frame: what a claim says of its first amount, slot by slot, each with the words that say it.

use super::tables::Move;
use super::{Frame, frame_at, said::Length};
use crate::check::facts::Facts;
use crate::document::Document;
use crate::extract::clause::{Clause, Reading, Tense};
use crate::extract::{Base, Claim, Extraction, Figure, FigureKind, Op};
use crate::language::lists::List;
use crate::span::Span;
use crate::words::is_in;

/// What a slot holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filled {
    /// In a normal form: `down`, `planned`, `EUR`; the words themselves where there is none.
    pub value: String,
    /// The words that say it; none where nothing does.
    pub span: Option<Span>,
}

/// What a claim says of its first amount. A slot that it leaves open is none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClaimFrame {
    /// Who or what it is about.
    pub subject: Option<Filled>,
    /// What is said of it: the verb with its auxiliaries.
    pub predicate: Option<Filled>,
    /// `up`, `down`, `later`, `sooner`.
    pub direction: Option<Filled>,
    /// `asserted` or `denied`.
    pub polarity: Option<Filled>,
    /// `happened`, `stated`, `planned`, `sought`, `limit`, `ordered`, `offered`, `suspected`.
    pub factuality: Option<Filled>,
    /// What is counted or measured.
    pub measure: Option<Filled>,
    /// Where.
    pub place: Option<Filled>,
    /// When, or for how long: an ISO period, `earlier`, `per month`.
    pub period: Option<Filled>,
    /// What a share is a share of.
    pub base: Option<Filled>,
    /// UCUM or ISO 4217 code.
    pub unit: Option<Filled>,
    /// `about`, `exactly`.
    pub hedge: Option<Filled>,
    /// `more`, `at-least`, `less`, `at-most`, `range`.
    pub bound: Option<Filled>,
}

/// The frame of a claim; none for one without an amount. Linear in its sentence.
pub fn frame_of(document: &Document, extraction: &Extraction, claim: &Claim) -> Option<ClaimFrame> {
    use FigureKind::{Date, Duration, Ordinal, Time};
    let is_amount = |i: &&u32| {
        let figure = extraction.figures.get(**i as usize);
        figure.is_some_and(|f| !matches!(f.kind, Date | Time | Duration | Ordinal))
    };
    let first = *claim.figures.iter().find(is_amount).or_else(|| claim.figures.first())? as usize;
    let text = document.text.as_str();
    let (facts, offset) = Facts::of_sentence(text, extraction, claim.sentence);
    let index = first.checked_sub(offset)?;
    let figure = &extraction.figures[first];
    let place = *facts.figures.get(index)?;
    let (frame, reading) = frame_at(text, &extraction.figures[offset..offset + facts.figures.len()], &facts, index);
    let (frame, reading) = (&frame, reading.unwrap_or_else(|| Reading::new(text, claim.sentence)));
    let told = |value: &str, word: Option<u32>| Filled {
        value: value.to_owned(),
        span: word.and_then(|w| facts.words.get(w as usize)).map(|w| w.span),
    };
    let words = |span: Span| Filled { value: span.of(text).to_owned(), span: Some(span) };
    let clause = reading.clause_of(place.from as usize);
    let part = |range: Option<std::ops::Range<usize>>| {
        let range = range?;
        let (from, to) =
            (reading.words.get(range.start)?.word.span, reading.words.get(range.end.checked_sub(1)?)?.word.span);
        Some(words(from.cover(to)))
    };
    let (subject, verb) = clause.map_or((None, None), |Clause { subject, verb, .. }| (subject, verb));
    Some(ClaimFrame {
        subject: part(subject),
        predicate: part(verb),
        direction: direction(frame).map(|(value, word)| told(value, word)),
        polarity: Some(match frame.denied.close > SAID {
            true => told("denied", frame.denied.word),
            false => told("asserted", None),
        }),
        factuality: Some(factuality(frame, &told)),
        measure: figure
            .noun
            .map(|span| Filled { value: figure.noun_lemma.clone().unwrap_or_default(), span: Some(span) }),
        place: where_it_is(&facts, frame).map(words),
        period: period(figure, frame, &told),
        base: figure.of.and_then(|base| match base {
            Base::Words(span) => Some(words(span)),
            Base::Figure(i) => {
                extraction.figures.get(i as usize).map(|f| words(f.noun.map_or(f.span, |noun| f.span.cover(noun))))
            }
        }),
        unit: figure.unit.as_deref().map(|unit| Filled { value: unit.to_owned(), span: Some(figure.span) }),
        hedge: hedge(figure, frame),
        bound: bound(figure),
    })
}

/// What stands closer than this to a figure is said of it.
const SAID: f32 = 0.3;

fn direction(frame: &Frame) -> Option<(&'static str, Option<u32>)> {
    let names = [(Move::Up, "up"), (Move::Down, "down"), (Move::Late, "later"), (Move::Soon, "sooner")];
    let (way, name) = names.into_iter().max_by(|a, b| frame.moves(a.0).total_cmp(&frame.moves(b.0)))?;
    let told = frame.moves[way as usize];
    (told.close > SAID).then_some((name, told.word))
}

fn factuality(frame: &Frame, told: &dyn Fn(&str, Option<u32>) -> Filled) -> Filled {
    let open = frame.facts.iter().filter(|f| f.close > 0.35).max_by(|a, b| a.close.total_cmp(&b.close));
    let name = open.and_then(|fact| {
        let name = match fact.stage.name() {
            "plan" => "planned",
            "ask" => "sought",
            "limit" => "limit",
            "order" => "ordered",
            "offer" => "offered",
            "suspect" => "suspected",
            _ => return None,
        };
        Some((name, fact.word))
    });
    match (name, frame.tense) {
        (Some((name, word)), _) => told(name, Some(word)),
        (None, Tense::Future) => told("planned", None),
        (None, Tense::Past) => told("happened", None),
        (None, Tense::Present) => told("stated", None),
    }
}

/// The name behind `in`, `at` or `near` that stands closest.
fn where_it_is(facts: &Facts, frame: &Frame) -> Option<Span> {
    let led = |word: u32| {
        let before = word.checked_sub(1).and_then(|w| facts.words.get(w as usize)).map_or(0, |w| w.key);
        is_in(before, List::BeforeLocation)
    };
    let names = frame.near.iter().filter(|n| n.close > 0.15 && facts.words[n.word as usize].name && led(n.word));
    let first = names.max_by(|a, b| a.close.total_cmp(&b.close))?.word as usize;
    let last = (first..facts.words.len()).take_while(|i| facts.words[*i].name).last()?;
    Some(facts.words[first].span.cover(facts.words[last].span))
}

fn period(figure: &Figure, frame: &Frame, told: &dyn Fn(&str, Option<u32>) -> Filled) -> Option<Filled> {
    if let Some(as_of) = &figure.as_of {
        return Some(told(as_of, None));
    }
    if let Some(rate) = frame.rate {
        let name = match rate.length {
            Length::Hour => "per hour",
            Length::Day => "per day",
            Length::Week => "per week",
            Length::Month => "per month",
            Length::Quarter => "per quarter",
            Length::Year => "per year",
        };
        return Some(told(name, Some(rate.word)));
    }
    (frame.earlier.close >= 0.45).then(|| told("earlier", frame.earlier.word))
}

fn hedge(figure: &Figure, frame: &Frame) -> Option<Filled> {
    match figure.op {
        Op::About => Some(Filled { value: "about".to_owned(), span: figure.hedge }),
        _ if frame.exact => Some(Filled { value: "exactly".to_owned(), span: figure.hedge }),
        _ => None,
    }
}

fn bound(figure: &Figure) -> Option<Filled> {
    let name = match figure.op {
        Op::More => "more",
        Op::AtLeast => "at-least",
        Op::Less => "less",
        Op::AtMost => "at-most",
        Op::Range => "range",
        Op::Equal | Op::About => return None,
    };
    Some(Filled { value: name.to_owned(), span: figure.hedge.or(Some(figure.span)) })
}
