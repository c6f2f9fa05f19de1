//! The verdict on one figure: its pairs go in, a `Check` comes out. Likeness decides what is evidence, arithmetic decides
//! what it says, and where likeness is low the verdict is that there is not enough.

use super::candidates::{Choice, Found, Statement};
use super::compare::scale_slip;
use super::derived;
use super::likeness::{Claimed, feature};
use super::marks::{self, Mark};
use super::pairs::{Pair, digits};
use super::subject::{Holder, holders, is_foreign};
use super::{Check, CheckReason, Evidence, EvidenceItem, EvidenceKind, Relation, Settings, Verdict};
use crate::document::Document;
use crate::extract::{Base, Figure, FigureKind};
use crate::span::Span;
use crate::words::key;
use rust_decimal::Decimal;

/// How many pieces of evidence are shown.
const SHOWN: usize = 4;

/// What a figure is judged by.
#[derive(Clone, Copy)]
pub(super) struct Case<'c, 'a> {
    pub document: &'c Document,
    pub claimed: Claimed<'c>,
    /// The pairs of every figure of the document.
    pub all: &'c [Vec<Pair<'a>>],
    pub found: &'c Found<'a>,
    pub evidence: &'c Evidence,
}

impl<'c, 'a> Case<'c, 'a> {
    fn pairs(&self) -> &'c [Pair<'a>] {
        &self.all[self.claimed.figure]
    }

    fn ours(&self) -> &'c Figure {
        &self.claimed.extraction.figures[self.claimed.figure]
    }

    fn settings(&self) -> &'c Settings {
        &self.evidence.settings
    }
}

/// Checks a figure against statements.
pub(super) fn statements(case: Case) -> Check {
    let figure = case.ours();
    let mut check = Check {
        figure: Some(case.claimed.figure as u32),
        claim: None,
        span: figure.span,
        claimed: figure.value,
        verdict: Verdict::NotEnoughEvidence,
        relation: None,
        evidence: Vec::new(),
        computation: None,
        because: Vec::new(),
    };
    if figure.value.is_none() && figure.iso.as_deref().is_none_or(is_vague) {
        check.verdict = Verdict::NotCheckable;
        check.because.push(CheckReason::NoValue);
        return check;
    }
    if case.found.statements.is_empty() {
        check.because.push(CheckReason::NoSource);
        return check;
    }
    if case.found.choice == Choice::Named {
        check.because.push(CheckReason::About);
    }
    let settled = supported(case, &mut check)
        || derivation(case, &mut check)
        || slipped(case, &mut check)
        || contradicted(case, &mut check);
    if !settled {
        leave_open(case, &mut check);
    }
    check
}

/// Whether a time is no point in time: `now`, `recently`, `in future` (TIMEX3 values).
fn is_vague(iso: &str) -> bool {
    iso.ends_with("_REF")
}

/// The likeliest figure with an agreeing value that may be the same thing.
fn agreeing<'c, 'a>(case: Case<'c, 'a>) -> Option<&'c Pair<'a>> {
    case.pairs().iter().find(|p| p.comparison.agrees && !is_of_another(case, p))
}

fn rival<'c, 'a>(case: Case<'c, 'a>) -> Option<&'c Pair<'a>> {
    // Where the age of the person is at hand, that of another is no rival.
    let same = |p: &&Pair| is_age(case, p) && holder(case, p) == Holder::Same;
    let known = agreeing(case).is_some_and(|p| same(&p));
    case.pairs().iter().find(|p| p.is_rival() && (!known || same(p)))
}

/// Whether two ages are those of two people.
fn is_of_another(case: Case, pair: &Pair) -> bool {
    is_age(case, pair) && holder(case, pair) == Holder::Different
}

fn is_age(case: Case, pair: &Pair) -> bool {
    let aged = |figure: &Figure, age_like: bool| figure.kind == FigureKind::Age || age_like;
    aged(case.ours(), case.claimed.place().age_like)
        || aged(pair.theirs(), pair.statement.facts.figures[pair.figure].age_like)
}

fn holder(case: Case, pair: &Pair) -> Holder {
    let there = pair.statement.facts.figures[pair.figure];
    holders(case.claimed.facts, case.claimed.place(), &pair.statement.facts, there)
}

/// A source states it; unless the coverage makes more of it than the source.
fn supported(case: Case, check: &mut Check) -> bool {
    let settings = case.settings();
    let Some(best) = agreeing(case) else { return false };
    let rival_likely = rival(case).map_or(0.0, |p| p.likely);
    // In a story figures stand close together, and another is likely, too; a headline has room for the one that matters.
    let slack = if case.claimed.place().lead { settings.rival } else { settings.rival_in_story };
    if best.likely < settings.supported || best.likely + slack < rival_likely {
        return false;
    }
    check.verdict = Verdict::Supported;
    show(check, best);
    if let Some(newer) = newer(case, best) {
        check.verdict = Verdict::Contradicted;
        check.relation = Some(Relation::Stale);
        check.computation = Some(newer_text(best, newer));
        check.because.push(CheckReason::OtherPeriod);
        check.evidence = items([newer, best].into_iter());
        return true;
    }
    check.evidence = items(case.pairs().iter().filter(|p| p.comparison.agrees && !is_of_another(case, p)));
    if let Some(grave) = other_base(case, best) {
        check.relation = Some(Relation::BaseDiffers);
        check.computation = Some(base_text(case, best));
        check.verdict = if grave { Verdict::Contradicted } else { Verdict::NotEnoughEvidence };
        return true;
    }
    // Another statement with another value for the same thing.
    let as_near = |p: &Pair| p.features[feature::NEAR] >= best.features[feature::NEAR];
    let elsewhere = |p: &Pair| !std::ptr::eq(p.statement, best.statement) && as_near(p);
    let sure = |p: &&Pair| p.is_rival() && elsewhere(p) && p.likely >= settings.contradicted && certain(case, p);
    let other = case.pairs().iter().find(sure);
    if let Some(other) = other {
        check.verdict = Verdict::Conflicting;
        check.evidence.truncate(SHOWN - 1);
        check.evidence.push(item(other));
    }
    true
}

/// The figure that the source sets against an older one, where the coverage gives the older as if it were today's.
fn newer<'c, 'a>(case: Case<'c, 'a>, best: &Pair) -> Option<&'c Pair<'a>> {
    let place = |p: &Pair| p.statement.facts.figures[p.figure];
    let ours = case.ours();
    let here = case.claimed.place();
    let dated = ours.as_of.is_some() || ours.change.is_some() || says_when(case);
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
/// share of part of a whole given as one of all, people counted as families.
fn other_base(case: Case, best: &Pair) -> Option<bool> {
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
        _ => best.comparison.text.clone(),
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

fn derivation(case: Case, check: &mut Check) -> bool {
    let Some(derived) = derived::find(case) else { return false };
    check.verdict = Verdict::Supported;
    check.relation = Some(Relation::Derived);
    check.computation = Some(derived.computation);
    check.evidence = derived.evidence;
    check.because.push(CheckReason::Computed);
    true
}

/// The same number of another unit, or the same digits on another scale.
fn slipped(case: Case, check: &mut Check) -> bool {
    /// Digits that are not the same by chance.
    const DIGITS: usize = 2;
    let ours = case.ours();
    let elsewhere = |p: &Pair| agreeing(case).is_some_and(|a| a.likely + case.settings().rival >= p.likely);
    let slip = case.pairs().iter().filter(|p| !p.explained && !p.comparison.agrees).find(|p| {
        let unit = p.comparison.relation == Relation::UnitDiffers;
        let scale = digits(ours) >= DIGITS && ours.kind == p.theirs().kind && scale_slip(ours, p.theirs()).is_some();
        (unit || scale) && p.likely >= case.settings().slip && !elsewhere(p)
    });
    let Some(slip) = slip.filter(|p| is_same_subject(case, p)) else { return false };
    check.verdict = Verdict::Contradicted;
    show(check, slip);
    if let Some(factor) = scale_slip(ours, slip.theirs()) {
        check.computation = Some(format!("{}: a factor of {factor}", slip.comparison.text));
    }
    check.evidence = items([slip].into_iter());
    true
}

/// A source states another value for the same thing.
fn contradicted(case: Case, check: &mut Check) -> bool {
    let settings = case.settings();
    let sure = |p: &&Pair| p.is_rival() && p.likely >= settings.contradicted && certain(case, p);
    let Some(rival) = case.pairs().iter().find(sure) else { return false };
    // Where the value stands in a statement and may be meant there, another value is no contradiction.
    if agreeing(case).is_some_and(|a| a.likely > settings.stray || rival.features[feature::NOUN] <= 0.0) {
        return false;
    }
    check.verdict = Verdict::Contradicted;
    show(check, rival);
    check.because.push(CheckReason::NoEqualValue);
    check.evidence = items([rival].into_iter());
    true
}

fn leave_open(case: Case, check: &mut Check) {
    let agreeing = agreeing(case);
    check.because.push(match (agreeing, case.pairs()) {
        (Some(_), _) => CheckReason::OtherThing,
        (None, []) => CheckReason::NoComparable,
        (None, _) => CheckReason::NoEqualValue,
    });
    let worth_showing = |p: &&Pair| p.likely >= case.settings().shown;
    check.evidence = items(agreeing.into_iter().chain(rival(case)).filter(worth_showing));
}

/// The share of the words near a figure that must stand near the other too, for the words around to agree.
const SHARED: f32 = 0.2;

/// Whether the sentences can be about one thing: the statement knows the names, and the periods do not differ.
fn is_same_subject(case: Case, pair: &Pair) -> bool {
    let (ours, theirs) = (case.ours(), pair.theirs());
    let period = match (&ours.as_of, &theirs.as_of) {
        (Some(a), Some(b)) => a == b || a.starts_with(b.as_str()) || b.starts_with(a.as_str()),
        _ => true,
    };
    period && !is_of_another(case, pair) && !is_foreign(case.claimed.facts, case.claimed.place(), &pair.statement.facts)
}

/// Whether subject and unit are matched well enough to contradict: what is counted is the same, or the unit is one
/// that few things share and the words around agree, and the changes do not point in different ways.
fn certain(case: Case, pair: &Pair) -> bool {
    let (ours, theirs) = (case.ours(), pair.theirs());
    let features = &pair.features;
    let opposite = features[feature::CHANGE] < 0.0;
    let other_noun = features[feature::NOUN] < 0.0;
    let older = marks::is_older(&pair.statement.facts, pair.statement.facts.figures[pair.figure]);
    if opposite || other_noun || older || !is_same_subject(case, pair) {
        return false;
    }
    // A statement about something else than the page has the same subject only where it is named.
    if case.found.is_loose(pair.number) && !names_the_same(case, pair) {
        return false;
    }
    let common = common(case, pair);
    let anchored = features[feature::ANCHOR] > 0.0;
    let place = case.claimed.place();
    // A headline has few words; in a story as few may agree by chance.
    if !place.lead && !anchored && common < 2 {
        return false;
    }
    let shared = features[feature::NEAR] > SHARED || common >= 4;
    match ours.kind {
        FigureKind::Time | FigureKind::Ordinal => false,
        FigureKind::Date => is_same_year_slot(case, pair),
        _ if is_age(case, pair) => match holder(case, pair) {
            Holder::Same => true,
            Holder::Unnamed => shared && features[feature::NOUN] >= 0.0 && ours.kind == theirs.kind,
            Holder::Different | Holder::Unknown => false,
        },
        kind => {
            let united = ours.kind == theirs.kind && kind != FigureKind::Number && shared;
            let same_unit = kind != FigureKind::Duration || ours.unit == theirs.unit;
            // So much is counted in people that the noun alone says little.
            let people = marks::lemma_is(ours.noun_lemma.as_deref(), Mark::Person);
            let counted = features[feature::NOUN] > 0.0 && (shared || !people);
            let size = Decimal::try_from(case.settings().factor).unwrap_or(Decimal::TEN);
            (counted || united && same_unit) && of_one_size(ours, pair, size)
        }
    }
}

/// Whether a name stands in both sentences.
fn names_the_same(case: Case, pair: &Pair) -> bool {
    let (facts, here) = (case.claimed.facts, case.claimed.place().sentence);
    let there = pair.statement.facts.figures[pair.figure].sentence;
    let (from, to) = facts.sentences.get(here as usize).copied().unwrap_or_default();
    let mut names = facts.words[from as usize..to as usize].iter().filter(|w| w.name && w.stem != 0);
    names.any(|w| pair.statement.facts.holds(there, w.stem))
}

/// How many telling words the two sentences share, besides what is counted.
fn common(case: Case, pair: &Pair) -> usize {
    let (facts, place) = (case.claimed.facts, case.claimed.place());
    let there = pair.statement.facts.figures[pair.figure].sentence;
    let mut stems: Vec<u64> = facts.around(place).map(|(stem, _)| stem).filter(|s| *s != place.noun).collect();
    stems.sort_unstable();
    stems.dedup();
    stems.into_iter().filter(|s| pair.statement.facts.holds(there, *s)).count()
}

/// Whether two years stand in the same place: after the same word, in sentences that share more than it.
fn is_same_year_slot(case: Case, pair: &Pair) -> bool {
    let is_year = |f: &Figure| f.kind == FigureKind::Date && f.iso.as_ref().is_some_and(|iso| iso.len() == 4);
    let led = pair.features[feature::BEFORE] > 0.0;
    let alike = pair.features[feature::ANCHOR] > 0.0;
    is_year(case.ours()) && is_year(pair.theirs()) && led && alike
}

/// Whether the values are near enough to be two tellings of one thing: in `one of 3,278 people` the one and the 3,278
/// count people, and neither contradicts the other.
fn of_one_size(ours: &Figure, pair: &Pair, factor: Decimal) -> bool {
    let (Some(a), Some(b)) = (ours.value, pair.theirs().value) else { return true };
    let (a, b) = (a.abs(), b.abs());
    ours.unit != pair.theirs().unit
        || (a.checked_mul(factor).is_none_or(|m| m >= b) && b.checked_mul(factor).is_none_or(|m| m >= a))
}

/// Relation, arithmetic and reasons of the pair that decided.
fn show(check: &mut Check, pair: &Pair) {
    check.relation = Some(pair.comparison.relation);
    check.computation = Some(pair.comparison.text.clone());
    let f = &pair.features;
    for (holds, reason) in [
        (f[feature::NOUN] > 0.0, CheckReason::SameNoun),
        (f[feature::NEAR] > SHARED, CheckReason::SharedWords),
        (f[feature::SAME] > 0.0, CheckReason::SameUnit),
        (f[feature::CHANGE] > 0.0, CheckReason::SameChange),
        (f[feature::CHANGE] < 0.0, CheckReason::OtherChange),
    ] {
        if holds {
            check.because.push(reason);
        }
    }
}

fn items<'p, 'a: 'p>(pairs: impl Iterator<Item = &'p Pair<'a>>) -> Vec<EvidenceItem> {
    pairs.take(SHOWN).map(item).collect()
}

fn item(pair: &Pair) -> EvidenceItem {
    let figure = &pair.statement.extraction.figures[pair.figure];
    statement_item(pair.statement, figure, pair.likely)
}

/// A figure of a statement as evidence.
pub(super) fn statement_item(statement: &Statement, figure: &Figure, score: f32) -> EvidenceItem {
    EvidenceItem {
        doc: statement.document.id.clone(),
        span: Some(figure.span),
        kind: EvidenceKind::Statement,
        value: figure.value.map(|v| v.normalize().to_string()).or_else(|| figure.iso.clone()),
        table: None,
        row: None,
        column: None,
        score,
    }
}
