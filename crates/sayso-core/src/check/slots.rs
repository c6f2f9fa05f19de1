//! Two figures side by side, slot by slot: is it the same subject, place, base, period, kind of fact; did it move the same
//! way; is it bounded alike? Each slot is *same*, *different* or *not told*, with the words on both sides that tell it. Values
//! play no part here; what follows from the slots is told by `verdict::table`.
//!
//! A slot is called different only where both sides tell it and what they tell excludes one another: two names where each side
//! has one, words of one set of `contrasts.tsv`, two stages of one family of `facts.tsv`. What one side leaves out is not told.

use super::apart::Apart;
use super::frame::{self, Band, Frame, Move, tables};
use super::framed::{Framed, is_open, is_put_down};
use super::marks::{self, Mark};
use super::similar::{alike, cosine};
use crate::extract::clause::Tense;
use crate::extract::{Figure, FigureKind, Op};
use crate::language::lists::List;
use crate::span::Span;
use crate::words::is_in;
use serde::{Deserialize, Serialize};
use std::cell::OnceCell;

/// What two figures are compared in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum SlotName {
    /// Who or what it is about.
    Subject,
    /// Where.
    Place,
    /// Of which whole it is a part.
    Base,
    /// When, or for how long.
    Period,
    /// What kind of fact: done or planned, sought or granted.
    Kind,
    /// Which way something moved.
    Direction,
    /// Whether it is denied.
    Polarity,
    /// How the value is bounded.
    Bound,
    /// How exact it is said to be.
    Hedge,
}

/// How two figures stand to one another in a slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum SlotState {
    /// Both tell it, and tell the same.
    Same,
    /// Both tell it, and what they tell excludes one another.
    Different,
    /// One of them leaves it open.
    NotTold,
}

/// A slot of two figures, compared.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Slot {
    /// Which.
    pub name: SlotName,
    /// How the two stand to one another in it.
    pub state: SlotState,
    /// The word of the coverage that tells it.
    pub ours: Option<Span>,
    /// The word of the statement that tells it.
    pub theirs: Option<Span>,
    /// From 0 to 1: how sure that is.
    pub sure: f32,
}

/// The slots of two figures. Those that neither tells are left out.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Slots(pub Vec<Slot>);

impl Slots {
    /// The surest slot that is different; those that tell what else is meant go before those that tell how it is put.
    pub(super) fn different(&self) -> Option<&Slot> {
        let different = self.0.iter().filter(|slot| slot.state == SlotState::Different);
        different.max_by(|a, b| a.sure.total_cmp(&b.sure).then(b.name.cmp(&a.name)))
    }

    /// Whether no slot but this one is different.
    pub(super) fn differs_only_in(&self, name: SlotName) -> bool {
        self.0.iter().all(|slot| slot.state != SlotState::Different || slot.name == name)
    }
}

/// Compares two figures in every slot.
pub(super) fn compare(ours: Framed, theirs: Framed, apart: &Apart) -> Slots {
    let mut out = Vec::new();
    let subject = stronger(subject(ours, theirs), named_apart(ours, theirs, apart));
    out.extend(stronger(subject, of_ages(ours, theirs)));
    out.extend(whole(ours, theirs));
    out.extend(rank(ours, theirs));
    out.extend(direction(ours, theirs));
    let (polarity, kind) = (polarity(ours, theirs), kind(ours, theirs));
    let (denied, kind) = match kind {
        Some(slot) if slot.name == SlotName::Polarity => (stronger(polarity, Some(slot)), None),
        kind => (polarity, kind),
    };
    out.extend(denied);
    out.extend(kind);
    out.extend(stronger(period(ours, theirs), timed_apart(ours, theirs, apart)));
    out.extend(bound(ours, theirs));
    // Where one word tells both, it is the kind of fact that differs: `arrested` and `charged`.
    let kind = out.iter().find(|s| s.name == SlotName::Kind && s.state == SlotState::Different).and_then(|s| s.ours);
    out.retain(|s| s.name != SlotName::Subject || s.state == SlotState::Same || kind.is_none() || s.ours != kind);
    Slots(out)
}

/// The surer of two that differ; one that differs goes before one that is the same.
fn stronger(one: Option<Slot>, other: Option<Slot>) -> Option<Slot> {
    let rank = |slot: &Slot| if slot.state == SlotState::Different { slot.sure } else { 0.0 };
    match (one, other) {
        (Some(a), Some(b)) => Some(if rank(&a) >= rank(&b) { a } else { b }),
        (a, b) => a.or(b),
    }
}

/// Two names, each beside its figure and not beside the other.
fn named_apart(ours: Framed, theirs: Framed, apart: &Apart) -> Option<Slot> {
    let name = |of: Framed| {
        let near = of.frame().near.iter().filter(|n| n.share >= 0.7 && of.word(n.word).name);
        near.max_by(|a, b| a.close.total_cmp(&b.close)).map(|n| n.word)
    };
    (apart.names >= SAID)
        .then(|| different(SlotName::Place, ours.span(name(ours)), theirs.span(name(theirs)), apart.names))
}

/// Those of one age, and those of another: `over-50s` of *under-30s*. Where the statement tells no age of its figure, of another one
/// near by.
fn of_ages(ours: Framed, theirs: Framed) -> Option<Slot> {
    const APART: f32 = 0.85;
    const ELSEWHERE: f32 = 0.6;
    let here = ours.frame().band?;
    let is_of = |there: Band| here.low == there.low && here.high == there.high;
    let told = |there: Band, sure| {
        different(SlotName::Subject, ours.span(Some(here.word)), theirs.span(Some(there.word)), sure)
    };
    match theirs.frame().band.filter(|there| here.sure || there.sure) {
        Some(there) if is_of(there) => {
            Some(same(SlotName::Subject, ours.span(Some(here.word)), theirs.span(Some(there.word))))
        }
        Some(there) => Some(told(there, APART)),
        None => {
            let others = neighbours(theirs).filter_map(|other| other.frame().band);
            others.filter(|there| (here.sure || there.sure) && is_of(*there)).map(|there| told(there, ELSEWHERE)).next()
        }
    }
}

/// Two times, or an older one told as today's.
fn timed_apart(ours: Framed, theirs: Framed, apart: &Apart) -> Option<Slot> {
    let (a, b) = (ours.figure().span, theirs.figure().span);
    (apart.time > 0.0).then(|| different(SlotName::Period, Some(a), Some(b), apart.time))
}

/// What stands closer than this to a figure is said of it.
const SAID: f32 = 0.3;

fn different(name: SlotName, ours: Option<Span>, theirs: Option<Span>, sure: f32) -> Slot {
    Slot { name, state: SlotState::Different, ours, theirs, sure }
}

fn same(name: SlotName, ours: Option<Span>, theirs: Option<Span>) -> Slot {
    Slot { name, state: SlotState::Same, ours, theirs, sure: 1.0 }
}

/// All of them, of whom the statement does not say so: `all 450 jobs` of *450 jobs are affected*, `6 percent of all riders` of
/// *6 percent of those checked*.
fn whole(ours: Framed, theirs: Framed) -> Option<Slot> {
    let word = all_of(ours, theirs.frame().whole)?;
    let there = theirs.facts.figures[theirs.index];
    let (from, to) = theirs.facts.sentences.get(there.sentence as usize).copied()?;
    let said =
        (from..to).any(|i| marks::is(theirs.word(i).key, Mark::Whole) || marks::is(theirs.word(i).key, Mark::Entire));
    (!said).then(|| different(SlotName::Base, ours.span(Some(word)), Some(theirs.figure().span), 0.7))
}

/// The word that makes a figure one of all: right before it, or right behind `of`. `In all 40` is a sum, but where the 40 are known to
/// be a whole.
fn all_of(of: Framed, whole: bool) -> Option<u32> {
    let place = of.facts.figures[of.index];
    let word = |at: u32| of.facts.words.get(at as usize).filter(|w| w.sentence == place.sentence);
    let says = |at: u32, words: &[&str]| word(at).is_some_and(|w| words.iter().any(|x| w.key == crate::words::key(x)));
    let listed = |at: u32, list: List| word(at).is_some_and(|w| is_in(w.key, list));
    let mut at = place.from.checked_sub(1)?;
    while at > 0 && listed(at, List::BeforeCounted) {
        at -= 1;
    }
    let led = says(at, &["all"]) && (whole || !(at > 0 && listed(at - 1, List::BeforeInAll)));
    if led {
        return Some(at);
    }
    (says(place.to, &["of"]) && says(place.to + 1, &["all", "every"])).then_some(place.to + 1)
}

/// The same place in two orders: `the second-dearest` of *the second-strongest increase*.
fn rank(ours: Framed, theirs: Framed) -> Option<Slot> {
    if ours.figure().kind != FigureKind::Ordinal || theirs.figure().kind != FigureKind::Ordinal {
        return None;
    }
    let (here, there) = (superlative(ours)?, superlative(theirs)?);
    (!are_one_order(ours, here, theirs, there))
        .then(|| different(SlotName::Subject, ours.span(Some(here)), theirs.span(Some(there)), 0.6))
}

/// Whether both ranks are told by superlatives of one order.
pub(super) fn is_one_order(ours: Framed, theirs: Framed) -> bool {
    superlative(ours).zip(superlative(theirs)).is_some_and(|(here, there)| are_one_order(ours, here, theirs, there))
}

/// Whether both are told by one superlative, or by two of size: words alike (`strongest`, `dearest`) may be of two orders.
pub(super) fn is_same_order(ours: Framed, theirs: Framed) -> bool {
    let size = |w: &super::facts::FactWord| marks::is(w.key, Mark::Most);
    superlative(ours).zip(superlative(theirs)).is_some_and(|(here, there)| {
        let (a, b) = (ours.word(here), theirs.word(there));
        a.base == b.base || size(a) && size(b)
    })
}

fn are_one_order(ours: Framed, here: u32, theirs: Framed, there: u32) -> bool {
    let (a, b) = (ours.word(here), theirs.word(there));
    let size = |w: &super::facts::FactWord| marks::is(w.key, Mark::Most);
    alike(a, b) >= 0.6 || size(a) && size(b)
}

/// The superlative that a rank is of.
fn superlative(of: Framed) -> Option<u32> {
    let place = of.facts.figures[of.index];
    (place.from..place.to + 2).find(|i| {
        let word = of.facts.words.get(*i as usize).filter(|w| w.sentence == place.sentence);
        word.is_some_and(|w| marks::is(w.key, Mark::Ranks) && marks::is(w.key, Mark::Superlative))
    })
}

/// Which way something moved: by words of both, or by the older value that the statement sets beside its own.
fn direction(ours: Framed, theirs: Framed) -> Option<Slot> {
    let (a, b) = (ours.frame(), theirs.frame());
    if theirs.figure().kind == FigureKind::Ordinal {
        return None;
    }
    let implied = implied_move(theirs);
    // A date is put off or brought forward; it does not rise.
    let dated = matches!(ours.figure().kind, FigureKind::Date | FigureKind::Time);
    for way in Move::ALL.into_iter().filter(|way| !dated || matches!(way, Move::Late | Move::Soon)) {
        let (here, other) = (a.moves[way as usize], way.opposite());
        if here.close < SAID || a.moves(other) >= here.close {
            continue;
        }
        let there = b.moves[other as usize];
        if there.close > SAID && b.moves(way) < there.close {
            return Some(different(
                SlotName::Direction,
                ours.span(here.word),
                theirs.span(there.word),
                here.close.min(there.close),
            ));
        }
        if b.moves(way) > SAID && b.moves(way) > there.close {
            return Some(same(SlotName::Direction, ours.span(here.word), theirs.span(b.moves[way as usize].word)));
        }
        // `A year earlier` is no way up or down.
        let told = |(moved, _): &(Move, Span)| *moved == way || *moved == other;
        if let Some((moved, span)) = implied.filter(|_| b.moves(way) < SAID && there.close < SAID).filter(told) {
            let (name, sure) = (SlotName::Direction, here.close);
            return Some(if moved == way {
                same(name, ours.span(here.word), Some(span))
            } else {
                different(name, ours.span(here.word), Some(span), sure)
            });
        }
    }
    None
}

/// Which way a figure moved from the older one that is set beside it (`87.6 percent, compared with 85.1 percent in 2022`), or to the
/// newer one where it is the older.
fn implied_move(of: Framed) -> Option<(Move, Span)> {
    let figure = of.figure();
    let (other, is_older) = beside_older(of)?;
    let (now, then) = if is_older { (figure.value?, other.value?) } else { (other.value?, figure.value?) };
    (now != then).then_some((if now > then { Move::Up } else { Move::Down }, other.span))
}

/// The value that a statement sets beside a figure, and whether it is the older of the two.
pub(super) fn beside_older<'a>(of: Framed<'a>) -> Option<(&'a Figure, bool)> {
    const OLDER: f32 = 0.7;
    const NOW: f32 = 0.5;
    let figure = of.figure();
    let place = of.facts.figures[of.index];
    let earlier = |i: usize| of.facts.frames[i].earlier.close;
    let own = earlier(of.index);
    let parted = |i: usize| own < NOW && earlier(i) >= OLDER || own >= OLDER && earlier(i) < NOW;
    let dated = |i: usize| matches!(of.extraction.figures[i].kind, FigureKind::Date | FigureKind::Time);
    let own_sentence = |i: &usize| of.facts.figures[*i].sentence == place.sentence;
    let measured_alike = |i: &usize| {
        let other = &of.extraction.figures[*i];
        let one_kind = other.kind == figure.kind && other.unit == figure.unit;
        !dated(*i) && (one_kind || frame::is_bare(other) || frame::is_bare(figure))
    };
    // What is measured in another way stands between: `87 percent came within six minutes, against 85 percent`.
    let ahead = (of.index + 1..of.extraction.figures.len()).take_while(own_sentence).find(measured_alike);
    let back = (0..of.index).rev().take_while(own_sentence).find(measured_alike);
    let other = [ahead, back].into_iter().flatten().find(|i| parted(*i))?;
    Some((&of.extraction.figures[other], own < NOW))
}

/// Whether the statement denies what the coverage asserts.
fn polarity(ours: Framed, theirs: Framed) -> Option<Slot> {
    let (a, b) = (ours.frame().denied, theirs.frame().denied);
    match (a.close > 0.2, b.close > SAID) {
        (false, true) => Some(different(SlotName::Polarity, Some(ours.figure().span), theirs.span(b.word), b.close)),
        (true, true) => Some(same(SlotName::Polarity, ours.span(a.word), theirs.span(b.word))),
        (false, false) => asserted(ours, theirs),
        _ => None,
    }
}

/// Whether the coverage asserts of its figure what the statement's sentence denies, though not of the figure: `The totals include the
/// 1.4 percent` of *1.4 percent were missed; the figures above do not include them*.
fn asserted(ours: Framed, theirs: Framed) -> Option<Slot> {
    const ALIKE: f32 = 0.6;
    const SURE: f32 = 0.85;
    const SHARE: f32 = 0.5;
    let denied = &theirs.frame().negated;
    if denied.is_empty() {
        return None;
    }
    let told = |of: Framed, word: u32| of.frame().negated.contains(&word);
    let near = ours.frame().near.iter().filter(|n| n.share >= SHARE && !told(ours, n.word) && !is_light(ours, n.word));
    let held = theirs.frame().near.iter().filter(|n| n.share >= SHARE && !told(theirs, n.word));
    let held: Vec<u32> = held.map(|n| n.word).collect();
    let clash = near.filter_map(|n| {
        let like = |word: &u32| alike(ours.word(n.word), theirs.word(*word));
        let (sure, word) = denied.iter().map(|w| (like(w), *w)).max_by(|a, b| a.0.total_cmp(&b.0))?;
        (sure >= ALIKE && !held.iter().any(|w| like(w) >= ALIKE)).then_some((sure, n.word, word))
    });
    let (sure, here, there) = clash.max_by(|a, b| a.0.total_cmp(&b.0))?;
    Some(different(SlotName::Polarity, ours.span(Some(here)), theirs.span(Some(there)), sure * SURE))
}

/// What kind of fact: two stages of one family; or something planned, sought or allowed at most that the coverage tells as done.
fn kind(ours: Framed, theirs: Framed) -> Option<Slot> {
    let (a, b) = (ours.frame(), theirs.frame());
    let close = |frame: &Frame, stage: tables::Stage, family: tables::Family| {
        frame.facts.iter().find(|f| f.family == family && f.stage == stage).map_or(0.0, |f| f.close)
    };
    let top = |frame: &Frame, family: tables::Family| {
        frame.facts.iter().filter(|f| f.family == family).max_by(|x, y| x.close.total_cmp(&y.close)).copied()
    };
    for there in b.facts.iter().filter(|f| f.close >= SAID && !matches!(f.family.name(), "plan" | "limit")) {
        let Some(there) = top(b, there.family) else { continue };
        let Some(here) = top(a, there.family).filter(|f| f.close >= SAID) else { continue };
        // `The suspicion was confirmed` tells a further stage than *suspected cases*.
        let further = a.facts.iter().find(|f| {
            f.family == there.family
                && (f.stage.name(), there.stage.name()) == ("confirm", "suspect")
                && f.close >= SAID
                && close(b, f.stage, f.family) <= 0.0
        });
        if let Some(further) = further.filter(|_| here.stage == there.stage) {
            let sure = further.close.min(there.close);
            return Some(different(SlotName::Kind, ours.span(Some(further.word)), theirs.span(Some(there.word)), sure));
        }
        if here.stage == there.stage {
            return Some(same(SlotName::Kind, ours.span(Some(here.word)), theirs.span(Some(there.word))));
        }
        if close(a, there.stage, there.family) < 0.25 && close(b, here.stage, there.family) < 0.25 {
            return Some(different(
                SlotName::Kind,
                ours.span(Some(here.word)),
                theirs.span(Some(there.word)),
                here.close.min(there.close),
            ));
        }
    }
    open(ours, theirs)
}

/// Something that is not (yet) so, told as if it were.
fn open(ours: Framed, theirs: Framed) -> Option<Slot> {
    let (a, b) = (ours.frame(), theirs.frame());
    let is_hedged = matches!(ours.figure().op, Op::AtMost);
    let told_as_open = a.facts.iter().any(|f| is_open(f.stage.name()) && f.close >= 0.2)
        || a.told_before.iter().any(|(_, stage)| is_open(stage.name()));
    if told_as_open || is_hedged || a.tense == Tense::Future {
        return None;
    }
    let there = b
        .facts
        .iter()
        .filter(|f| is_open(f.stage.name()) && f.close > 0.35)
        .max_by(|x, y| x.close.total_cmp(&y.close))?;
    let counts = match there.stage.name() {
        "plan" => a.tense == Tense::Past,
        "limit" => there.close > 0.4,
        _ => true,
    };
    // What was refused, or came to nothing, is denied.
    let name = if is_put_down(there.stage.name()) { SlotName::Polarity } else { SlotName::Kind };
    counts.then(|| different(name, Some(ours.figure().span), theirs.span(Some(there.word)), there.close.min(0.9)))
}

/// Of another time: an older value told as today's; per month for per year.
fn period(ours: Framed, theirs: Framed) -> Option<Slot> {
    let (a, b) = (ours.frame(), theirs.frame());
    if let (Some(here), Some(there)) = (a.rate, b.rate)
        && here.length != there.length
    {
        return Some(different(SlotName::Period, ours.span(Some(here.word)), theirs.span(Some(there.word)), 0.95));
    }
    if let (Some(here), Some(there)) = (a.covers, b.covers)
        && here.months != there.months
    {
        return Some(different(SlotName::Period, ours.span(Some(here.word)), theirs.span(Some(there.word)), 0.8));
    }
    let dated = matches!(ours.figure().kind, FigureKind::Date | FigureKind::Time);
    if !dated && b.earlier.close >= 0.45 && a.earlier.close < 0.25 {
        return Some(different(
            SlotName::Period,
            Some(ours.figure().span),
            theirs.span(b.earlier.word),
            b.earlier.close,
        ));
    }
    if let (Some(here), Some(there)) = (a.year, b.year)
        && !dated
        && here.year != there.year
    {
        return Some(different(SlotName::Period, ours.span(Some(here.word)), theirs.span(Some(there.word)), 0.7));
    }
    if let (Some(here), Some(there)) = (a.since, b.since)
        && here.length != there.length
    {
        return Some(different(SlotName::Period, ours.span(Some(here.word)), theirs.span(Some(there.word)), 0.9));
    }
    (a.earlier.close >= 0.45 && b.earlier.close >= 0.45)
        .then(|| same(SlotName::Period, ours.span(a.earlier.word), theirs.span(b.earlier.word)))
}

/// Bounded the other way round, or exact where the source says about.
fn bound(ours: Framed, theirs: Framed) -> Option<Slot> {
    let (a, b) = (ours.figure(), theirs.figure());
    let spans = |f: &Figure| f.hedge.or(Some(f.span));
    let floor = |op| matches!(op, Op::More | Op::AtLeast);
    let ceiling = |op| matches!(op, Op::Less | Op::AtMost);
    // `could not see more than 400 metres` is a ceiling: a denied bound is the other one.
    let denied = |of: Framed| of.frame().denied.close > 0.2;
    let turned = denied(ours) != denied(theirs);
    if !turned && (floor(a.op) && ceiling(b.op) || ceiling(a.op) && floor(b.op)) {
        return Some(different(SlotName::Bound, spans(a), spans(b), 0.9));
    }
    // `At least 16,000` of *limited to 16,000*.
    const LIMITED: f32 = 0.5;
    let limit = theirs.frame().facts.iter().find(|f| f.stage.name() == "limit" && f.close >= LIMITED);
    if let Some(limit) = limit.filter(|_| !turned && floor(a.op)) {
        return Some(different(SlotName::Bound, spans(a), theirs.span(Some(limit.word)), limit.close));
    }
    if ours.frame().exact && b.op != Op::Equal {
        return Some(different(SlotName::Hedge, spans(a), spans(b), 0.9));
    }
    // `350 posts` of *up to 350 posts*.
    const DROPPED: f32 = 0.65;
    let dropped = a.op == Op::Equal && a.hedge.is_none() && ceiling(b.op) && a.value == b.value;
    dropped.then(|| different(SlotName::Hedge, spans(a), spans(b), DROPPED))
}

/// A word of the coverage that is closest to its figure, and how it is told.
#[derive(Clone, Copy)]
struct Clash {
    ours: u32,
    theirs: u32,
    sure: f32,
    names: bool,
    part: bool,
}

/// What it is about: a word of the coverage that the statement says of another figure, beside a word of its own there that
/// excludes it.
fn subject(ours: Framed, theirs: Framed) -> Option<Slot> {
    const LEAST: f32 = 0.25;
    // Both readers ask how well the statement's figure has a word, which takes all words beside it.
    let near = &ours.frame().near;
    let found: Vec<OnceCell<f32>> = near.iter().map(|_| OnceCell::new()).collect();
    let had = |at: usize| *found[at].get_or_init(|| has(theirs, ours, near[at].word));
    let rival = rivals(ours, theirs, had).filter(|c| c.sure > LEAST);
    let contrast = contrast(ours, theirs, had).filter(|c| c.sure > SAID);
    let clash = match (rival, contrast) {
        (Some(a), Some(b)) => Some(if a.sure >= b.sure { a } else { b }),
        (a, b) => a.or(b),
    };
    let Some(clash) = clash else { return shared(ours, theirs) };
    let led = |of: Framed, word: u32| is_in(word.checked_sub(1).map_or(0, |w| of.word(w).key), List::BeforePlaceName);
    let name = match () {
        () if clash.names && (led(ours, clash.ours) || led(theirs, clash.theirs)) => SlotName::Place,
        () if clash.part => SlotName::Base,
        () => SlotName::Subject,
    };
    Some(different(name, ours.span(Some(clash.ours)), theirs.span(Some(clash.theirs)), clash.sure))
}

/// The same thing counted, or a word close to both figures.
fn shared(ours: Framed, theirs: Framed) -> Option<Slot> {
    const ALIKE: f32 = 0.7;
    let (a, b) = (ours.frame(), theirs.frame());
    if let (Some(here), Some(there)) = (a.noun, b.noun)
        && alike(ours.word(here), theirs.word(there)) >= ALIKE
    {
        return Some(same(SlotName::Subject, ours.span(Some(here)), theirs.span(Some(there))));
    }
    let near = a.near.iter().filter(|n| n.close > SAID && n.share > ALIKE && !is_light(ours, n.word));
    let pair = near.flat_map(|x| b.near.iter().filter(|y| y.close > 0.2).map(move |y| (x.word, y.word)));
    let (here, there) = pair.into_iter().find(|(x, y)| alike(ours.word(*x), theirs.word(*y)) >= ALIKE)?;
    Some(same(SlotName::Subject, ours.span(Some(here)), theirs.span(Some(there))))
}

/// Words that say little of what a figure is of.
fn is_light(of: Framed, word: u32) -> bool {
    of.word(word).is_light()
}

/// How much two words exclude one another: two names, words of a set that parts them, or neighbours in meaning.
fn kin(one: (Framed, u32), two: (Framed, u32)) -> f32 {
    /// From this angle on two words may be kinds of one thing.
    const NEIGHBOURS: f32 = 0.4;
    let (a, b) = (one.0.word(one.1), two.0.word(two.1));
    match (a.name, b.name) {
        (true, true) => f32::from(a.base != b.base),
        (true, false) | (false, true) => 0.0,
        _ if a.base == b.base => 0.0,
        _ if a.contrasted && b.contrasted && tables::exclude(a.base, b.base) => 1.0,
        _ => Some(cosine(a, b)).filter(|c| *c >= NEIGHBOURS).unwrap_or(0.0),
    }
}

/// How well the figure of the statement has a word of the coverage: 1 for a word of its own clause.
fn has(theirs: Framed, ours: Framed, word: u32) -> f32 {
    let beside =
        theirs.frame().near.iter().map(|n| alike(ours.word(word), theirs.word(n.word)) * (n.share * 1.2).min(1.0));
    beside.fold(0.0, f32::max)
}

/// How far, in sentences, another figure of the statement may stand.
const SPAN: u32 = 1;

/// The figures of the statement that stand near one, in its paragraph.
fn neighbours(theirs: Framed) -> impl Iterator<Item = Framed> {
    let here = theirs.facts.figures[theirs.index];
    let paragraph = theirs.facts.paragraphs.get(here.sentence as usize).copied();
    let near = move |i: &usize| {
        let there = theirs.facts.figures[*i];
        let date = matches!(theirs.extraction.figures[*i].kind, FigureKind::Date | FigureKind::Time);
        *i != theirs.index
            && !date
            && there.sentence.abs_diff(here.sentence) <= SPAN
            && theirs.facts.paragraphs.get(there.sentence as usize).copied() == paragraph
    };
    let from = theirs.facts.figures.partition_point(|p| p.sentence + SPAN < here.sentence);
    let to = theirs.facts.figures.partition_point(|p| p.sentence <= here.sentence + SPAN);
    (from..to).filter(near).map(move |index| Framed { index, ..theirs })
}

/// The clearest word that stands close to the coverage's figure and, in the statement, to another figure than this one.
fn rivals(ours: Framed, theirs: Framed, had: impl Fn(usize) -> f32) -> Option<Clash> {
    const MINE: f32 = 0.8;
    const CLOSE: f32 = 0.06;
    const ITS: f32 = 0.85;
    let others: Vec<(Framed, Vec<u32>)> = neighbours(theirs).map(|other| (other, beside_value(ours, other))).collect();
    let mut best: Option<Clash> = None;
    if others.is_empty() {
        return None;
    }
    for (at, near) in (0..).zip(&ours.frame().near).filter(|(_, n)| n.close >= CLOSE && n.share >= MINE) {
        if is_light(ours, near.word) {
            continue;
        }
        let had = had(at);
        if had >= ITS {
            continue;
        }
        let floor = if ours.word(near.word).name || near.close > 0.2 { 0.35 } else { 0.18 };
        let mine = (near.close * 1.5 + floor).min(1.0) * (1.0 - had * 0.7);
        // `190,000 cups of water at 32 points`: the water is the other figure's here, too.
        for (other, _) in others.iter().filter(|(_, shared)| !shared.contains(&near.word)) {
            if let Some(clash) = rival(ours, theirs, *other, near.word, mine)
                && best.is_none_or(|b| clash.sure > b.sure)
            {
                best = Some(clash);
            }
        }
    }
    best
}

/// The words that stand beside the value of a figure of the statement in the coverage's sentence, too.
fn beside_value(ours: Framed, other: Framed) -> Vec<u32> {
    const BESIDE: f32 = 0.4;
    let (value, sentence) = (other.figure(), ours.place().sentence);
    let first = ours.facts.figures.partition_point(|p| p.sentence < sentence);
    let last = ours.facts.figures.partition_point(|p| p.sentence <= sentence);
    let same = |i: &usize| {
        let figure = &ours.extraction.figures[*i];
        *i != ours.index && figure.kind == value.kind && figure.value.is_some() && figure.value == value.value
    };
    let near = (first..last).filter(same).flat_map(|i| &ours.facts.frames[i].near);
    near.filter(|n| n.share >= BESIDE).map(|n| n.word).collect()
}

/// Whether a word of the coverage is said of another figure of the statement, and what of this one excludes it.
fn rival(ours: Framed, theirs: Framed, other: Framed, word: u32, mine: f32) -> Option<Clash> {
    const ALIKE: f32 = 0.55;
    const ITS: f32 = 0.7;
    let (s, r) = (theirs.frame(), other.frame());
    let own_start = theirs.facts.figures[theirs.index].from;
    let sentence = |f: Framed| f.facts.figures[f.index].sentence;
    let mut best: Option<Clash> = None;
    for near in r.near.iter().filter(|n| n.close >= 0.06 && n.share >= 0.8 && s.share_of(n.word) <= ITS) {
        let like = alike(ours.word(word), theirs.word(near.word));
        if like < ALIKE {
            continue;
        }
        let counter = counterpart(ours, theirs, other, near.word)
            .or_else(|| parallel(theirs, other, near.word).map(|word| (word, PARALLEL)));
        if counter.is_none() {
            let aside = s.near.iter().any(|n| n.word == near.word && n.aside);
            let before = near.word < own_start && !aside;
            let topic = ours.frame().noun == Some(word) && s.noun.is_none();
            let far = sentence(other) != sentence(theirs) && !theirs.word(near.word).name;
            if before || topic || far {
                continue;
            }
        }
        let clear = counter.map_or(0.6, |(_, kin)| 0.6 + 0.4 * kin);
        let sure = mine * like * (near.close * 1.5 + 0.3).min(1.0) * clear;
        if best.is_none_or(|b| sure > b.sure) {
            let shown = counter.map_or(near.word, |(word, _)| word);
            let names = ours.word(word).name && theirs.word(shown).name;
            best = Some(Clash { ours: word, theirs: shown, sure, names, part: counter.is_none() });
        }
    }
    best
}

/// How much two phrases of one list exclude one another.
const PARALLEL: f32 = 0.5;

/// The word that stands in the list where a word of another figure stands: the stock of *by track defects in 41 percent, by rolling
/// stock in 24 percent*. Both are led by one preposition, the second right behind a comma or `and`.
fn parallel(theirs: Framed, other: Framed, word: u32) -> Option<u32> {
    const PHRASE: u32 = 4;
    let (here, there) = (theirs.place(), other.place());
    let first = theirs.facts.sentences.get(here.sentence as usize)?.0;
    if there.sentence != here.sentence || there.to > here.from || word >= there.from {
        return None;
    }
    let key = |i: u32| theirs.word(i).key;
    let led = (word.saturating_sub(PHRASE).max(first)..word).rev().find(|i| is_in(key(*i), List::BeforeListed))?;
    let again = (there.to..here.from).find(|i| key(*i) == key(led))?;
    // A comma leaves more than a blank. `Up 9 percent in a single year` goes on with no list.
    let comma = there.to > 0 && theirs.word(there.to).span.start > theirs.word(there.to - 1).span.end + 1;
    let joined = comma || (there.to..again).any(|i| key(i) == crate::words::key("and"));
    let closed = joined && (there.to..again).all(|i| !is_in(key(i), List::BeforeListed));
    let next = (again + 1..here.from).rev().find(|i| theirs.word(*i).stem != 0)?;
    (closed && again - there.to <= PHRASE).then_some(next)
}

/// A word of this figure's own that excludes one of another figure, and that the coverage does not have beside its figure.
fn counterpart(ours: Framed, theirs: Framed, other: Framed, word: u32) -> Option<(u32, f32)> {
    const ITS: f32 = 0.7;
    let r = other.frame();
    let own = theirs.frame().near.iter().filter(|n| n.close >= 0.1 && n.share >= 0.8 && r.share_of(n.word) <= ITS);
    let kept = own.filter_map(|n| {
        let kin = kin((theirs, word), (theirs, n.word));
        (kin > 0.0 && !says(ours, theirs, n.word)).then_some((n.word, kin))
    });
    kept.max_by(|a, b| a.1.total_cmp(&b.1))
}

/// Whether the coverage has a word of the statement beside its figure.
fn says(ours: Framed, theirs: Framed, word: u32) -> bool {
    ours.frame().near.iter().any(|n| n.share >= 0.5 && alike(ours.word(n.word), theirs.word(word)) >= 0.7)
}

/// Words right beside both figures that exclude one another by the table: `the average fine` of *the highest fine*. An age is somebody's
/// whatever else is said of him. Where both moved opposite ways, too, one turns the other back: `14 million more are uninsured` of *14
/// million fewer are insured*.
fn contrast(ours: Framed, theirs: Framed, had: impl Fn(usize) -> f32) -> Option<Clash> {
    const CLOSE: f32 = 0.2;
    let (a, b) = (ours.frame(), theirs.frame());
    let age = |of: Framed| of.figure().kind == FigureKind::Age || of.place().age_like;
    let turned = Move::ALL.into_iter().any(|way| {
        let there = way.opposite();
        a.moves(way) > SAID && a.moves(way) > a.moves(there) && b.moves(there) > SAID && b.moves(there) > b.moves(way)
    });
    if age(ours) || age(theirs) || turned {
        return None;
    }
    let mut best: Option<Clash> = None;
    let parts = |of: Framed, word: u32| of.word(word).contrasted && !of.word(word).name;
    for (at, x) in (0..).zip(&a.near).filter(|(_, n)| n.close >= CLOSE && n.share >= 0.8 && parts(ours, n.word)) {
        if had(at) >= 0.7 {
            continue;
        }
        for y in b.near.iter().filter(|n| n.close >= 0.25 && n.share >= 0.8 && parts(theirs, n.word)) {
            if !tables::exclude(ours.word(x.word).base, theirs.word(y.word).base) || says(ours, theirs, y.word) {
                continue;
            }
            let sure = (x.close + 0.3).min(1.0) * (y.close + 0.3).min(1.0);
            if best.is_none_or(|b| sure > b.sure) {
                best = Some(Clash { ours: x.word, theirs: y.word, sure, names: false, part: false });
            }
        }
    }
    best
}
