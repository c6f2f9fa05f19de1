//! Where the same number says something else: it is the older of two, a share of something else, or counts something else.

use super::certain::of_one_size;
use super::shown::items;
use crate::check::case::Case;
use crate::check::compare::{digits, is_fraction};
use crate::check::marks::{self, Mark};
use crate::check::pairs::Pair;
use crate::check::{Check, CheckReason, Relation, Verdict};
use crate::extract::{Base, Figure, FigureKind};
use crate::span::Span;
use crate::words::key;
use rust_decimal::Decimal;

/// The figure that the source sets against an older one, where the coverage gives the older as if it were today's.
pub(super) fn newer<'c, 'a>(case: Case<'c, 'a>, best: &Pair) -> Option<&'c Pair<'a>> {
    let place = |p: &Pair| p.statement.facts.figures[p.figure];
    let ours = case.ours();
    let here = case.claimed.place();
    let dated = is_fraction(ours) || ours.as_of.is_some() || ours.change.is_some() || says_when(case);
    if dated
        || !marks::is_older(&best.statement.facts, place(best))
        || marks::beside(case.claimed.facts, here, Mark::OlderBefore, 2, 0)
        || marks::beside(case.claimed.facts, here, Mark::OlderAfter, 6, 6)
    {
        return None;
    }
    let there = place(best).sentence;
    case.pairs().iter().find(|p| {
        p.is_rival()
            && std::ptr::eq(p.statement, best.statement)
            && place(p).sentence == there
            && p.theirs().kind == best.theirs().kind
            && p.theirs().unit == best.theirs().unit
            && of_one_size(ours, p, Decimal::TWO)
            && !marks::is_older(&p.statement.facts, place(p))
    })
}

/// Says that the coverage gives the older of two figures as if it were today's.
pub(super) fn show_newer(check: &mut Check, older: &Pair, newer: &Pair) {
    check.verdict = Verdict::Contradicted;
    check.relation = Some(Relation::Stale);
    check.computation = Some(newer_text(older, newer));
    check.because.push(CheckReason::OtherPeriod);
    check.evidence = items([newer, older].into_iter());
}

/// Says that the same number is of something else; `grave` as [`other_base`] tells it.
pub(super) fn show_base(case: Case, check: &mut Check, best: &Pair, grave: bool) {
    check.relation = Some(Relation::BaseDiffers);
    check.computation = Some(base_text(case, best));
    check.verdict = if grave { Verdict::Contradicted } else { Verdict::NotEnoughEvidence };
}

fn newer_text(older: &Pair, newer: &Pair) -> String {
    let text = |p: &Pair| p.theirs().number.of(&p.statement.document.text).to_owned();
    format!("{} is the older figure; the newer is {}", text(older), text(newer))
}

/// Whether the sentence names a year or day of its own.
fn says_when(case: Case) -> bool {
    let sentence = case.claimed.place().sentence;
    let facts = case.claimed.facts;
    let dated =
        |i: usize| facts.figures[i].sentence == sentence && case.claimed.extraction.figures[i].kind == FigureKind::Date;
    (0..facts.figures.len()).any(dated)
}

/// Whether the same number is a share of, or counts, something else in the source. True where that makes it wrong: a
/// share of part of a whole given as one of all, people counted as families. None where it does not.
pub(super) fn other_base(case: Case, best: &Pair) -> Option<bool> {
    let (ours, theirs) = (case.ours(), best.theirs());
    if ours.kind == FigureKind::Percent {
        let Some(Base::Words(span)) = ours.of else { return None };
        let part = is_of_part(best);
        let all =
            case.claimed.facts.words.iter().filter(|w| span.contains(w.span)).any(|w| marks::is(w.key, Mark::Whole));
        return (part && all).then_some(true);
    }
    let lemma = |f: &'_ Figure| f.noun_lemma.clone();
    let (a, b) = (lemma(ours), lemma(theirs));
    let is = |l: &Option<String>, mark| marks::lemma_is(l.as_deref(), mark);
    let crossed = is(&a, Mark::Household) && is(&b, Mark::Person) || is(&a, Mark::Person) && is(&b, Mark::Household);
    (ours.kind == FigureKind::Number && crossed && digits(ours) >= 2).then_some(true)
}

fn base_text(case: Case, best: &Pair) -> String {
    let (ours, theirs) = (case.ours(), best.theirs());
    let here = |span: Span| span.of(&case.document.text);
    let there = |span: Span| span.of(&best.statement.document.text);
    match (ours.noun, theirs.noun, ours.of) {
        (_, _, Some(Base::Words(base))) => {
            format!("{} of “{}”; in the source of a part of them", here(ours.span), here(base))
        }
        (Some(a), Some(b), _) => format!("{} {}, not {}", there(theirs.number), there(b), here(a)),
        _ => best.arithmetic(),
    }
}

/// Whether a share is one of people counted before: `79 percent of them …; an estimated 65 percent were under 30`.
fn is_of_part(pair: &Pair) -> bool {
    let figures = &pair.statement.extraction.figures;
    let sentence = |i: usize| pair.statement.facts.figures[i].sentence;
    let near = |i: &usize| sentence(pair.figure) - sentence(*i) <= 1;
    let mut shares = (0..=pair.figure).rev().take_while(near).filter(|i| figures[*i].kind == FigureKind::Percent);
    shares.any(|i| {
        let facts = &pair.statement.facts;
        let at = facts.figures[i].to as usize;
        let word = |n: usize| facts.words.get(at + n).map_or(0, |w| w.key);
        let of_them = word(0) == key("of") && [key("them"), key("these"), key("those")].contains(&word(1));
        of_them || matches!(figures[i].of, Some(Base::Figure(_)))
    })
}
