//! What is asked of two figures to tell whether they are of one thing, whatever their values.

use crate::check::Relation;
use crate::check::facts::{FactWord, Facts};
use crate::check::features::{COUNTERPART, feature};
use crate::check::frame::Move;
use crate::check::framed::Framed;
use crate::check::pairs::Pair;
use crate::check::similar::alike;
use crate::check::statements::Statement;
use crate::check::subject::names_the_same;
use crate::extract::{Extraction, Figure, FigureKind, Op};

/// A figure beside all of its pairs: what the features of one of them are measured by.
pub(super) struct Beside<'c, 'a, 'p> {
    claimed: Framed<'c>,
    pairs: &'p [Pair<'a>],
    cover: Best,
    back: Best,
    near: Best,
}

impl<'c, 'a, 'p> Beside<'c, 'a, 'p> {
    pub(super) fn new(claimed: Framed<'c>, pairs: &'p [Pair<'a>]) -> Self {
        let best = |measure: fn(&Pair) -> f32| Best::of(pairs.iter().map(measure));
        let (cover, back, near) = (best(|p| p.alignment.cover), best(|p| p.alignment.back), best(beside));
        Beside { claimed, pairs, cover, back, near }
    }

    /// The features of a pair, in the order of `features::COUNTERPART_NAMES`.
    pub(super) fn of(&self, pair: &Pair) -> [f32; COUNTERPART] {
        let claimed = self.claimed;
        let lead =
            [self.cover.lead(pair.alignment.cover), self.back.lead(pair.alignment.back), self.near.lead(beside(pair))];
        let foreign = f32::from(is_foreign(claimed, pair.statement));
        let mut out = [0.0; COUNTERPART];
        let told = words(claimed, pair).into_iter().chain(kinds(claimed, pair)).chain(around(claimed, pair));
        let own = of_figure(claimed, self.pairs.len());
        let told = told.chain(frames(claimed, pair)).chain(lead).chain([foreign, pair.accord_else]).chain(own);
        out.iter_mut().zip(told).for_each(|(slot, value)| *slot = value);
        out
    }
}

/// How much a pair is worth a look, by what is known of it already.
pub(super) fn worth(pair: &Pair) -> f32 {
    let same = pair.features[feature::SAME];
    pair.alignment.cover + beside(pair) + (pair.near_agreed + same) / 2.0 + pair.sole * 0.3
}

fn beside(pair: &Pair) -> f32 {
    pair.features[feature::NEAR]
}

/// The two largest of some numbers.
struct Best(f32, f32);

impl Best {
    fn of(values: impl Iterator<Item = f32>) -> Self {
        values.fold(
            Best(0.0, 0.0),
            |best, value| if value > best.0 { Best(value, best.0) } else { Best(best.0, best.1.max(value)) },
        )
    }

    /// How far one of them is before the best of the others.
    fn lead(&self, own: f32) -> f32 {
        own - if own >= self.0 { self.1 } else { self.0 }
    }
}

fn told(yes: bool) -> f32 {
    f32::from(yes)
}

/// What the words beside both have in common.
fn words(claimed: Framed, pair: &Pair) -> [f32; 14] {
    let theirs = Framed::of(pair.statement, pair.figure);
    let (a, f) = (pair.alignment, &pair.features);
    let noun = is_same_noun(claimed, pair);
    let nouns = [claimed, theirs].map(|of| of.frame().noun.is_some());
    [
        a.cover,
        a.share,
        a.lost,
        a.back,
        a.swapped,
        f[feature::NEAR],
        f[feature::SHARED],
        f[feature::AFTER],
        f[feature::BEFORE],
        f[feature::CROSSED],
        noun.max(0.0),
        (-noun).max(0.0),
        told(nouns[0] != nouns[1]),
        told(names_the_same(claimed.facts, claimed.place(), theirs.facts, theirs.place())),
    ]
}

/// How they go together by kind and unit. What is the same number of another unit goes together as if it were of the same.
fn kinds(claimed: Framed, pair: &Pair) -> [f32; 8] {
    let (ours, theirs) = (claimed.figure(), pair.theirs());
    let f = &pair.features;
    let slip = pair.comparison.relation == Relation::UnitDiffers;
    let length = |figure: &Figure| figure.iso.as_deref().map_or(0, str::len);
    let dated = |figure: &Figure| figure.kind == FigureKind::Date;
    let grain = dated(ours) && dated(theirs) && length(ours) == length(theirs);
    [
        f[feature::SAME].max(told(slip)),
        f[feature::BARE],
        if slip { 0.0 } else { f[feature::CROSS] },
        told(slip || ours.kind == theirs.kind && ours.unit == theirs.unit),
        f[feature::AGE],
        f[feature::CHANGE],
        told(grain),
        told(is_bounded(ours) == is_bounded(theirs)),
    ]
}

fn is_bounded(figure: &Figure) -> bool {
    !matches!(figure.op, Op::Equal | Op::About)
}

/// What stands around them.
fn around(claimed: Framed, pair: &Pair) -> [f32; 13] {
    let theirs = Framed::of(pair.statement, pair.figure);
    let there = listed(theirs.extraction, theirs.facts, theirs.index);
    let here = listed(claimed.extraction, claimed.facts, claimed.index);
    [
        pair.features[feature::ANCHOR].min(1.0),
        pair.near_agreed,
        pair.in_order,
        pair.flanked,
        pair.sole,
        told(pair.told_else),
        pair.taken,
        lost_name(claimed.facts, claimed.index, theirs.facts, theirs.index),
        lost_name(theirs.facts, theirs.index, claimed.facts, claimed.index),
        told(word_before(claimed).is_some() && word_before(claimed) == word_before(theirs)),
        told(word_after(claimed).is_some() && word_after(claimed) == word_after(theirs)),
        (here - there).abs(),
        (depth(claimed) - depth(theirs)).abs(),
    ]
}

/// How far down its text a figure stands, from 0 to 1.
fn depth(of: Framed) -> f32 {
    of.place().sentence as f32 / of.facts.sentences.len().max(1) as f32
}

/// What their frames have in common, and what parts them.
fn frames(claimed: Framed, pair: &Pair) -> [f32; 9] {
    let theirs = Framed::of(pair.statement, pair.figure);
    let (here, there) = (claimed.frame(), theirs.frame());
    let moves = |other: fn(Move) -> Move| {
        Move::ALL.into_iter().map(|way| here.moves(way).min(there.moves(other(way)))).fold(0.0, f32::max)
    };
    let rates = match (here.rate, there.rate) {
        (Some(a), Some(b)) => {
            if a.length == b.length {
                1.0
            } else {
                -1.0
            }
        }
        (None, None) => 0.0,
        _ => -0.5,
    };
    let years = match (here.year, there.year) {
        (Some(a), Some(b)) => {
            if a.year == b.year {
                1.0
            } else {
                -1.0
            }
        }
        _ => 0.0,
    };
    let facts = |same: bool| {
        let pairs = here.facts.iter().flat_map(|a| there.facts.iter().map(move |b| (a, b)));
        pairs
            .filter(|(a, b)| a.family == b.family && (a.stage == b.stage) == same)
            .map(|(a, b)| a.close.min(b.close))
            .fold(0.0, f32::max)
    };
    [
        told(claimed.tells_difference() != theirs.tells_difference()),
        (here.earlier.close - there.earlier.close).abs(),
        moves(|way| way),
        moves(Move::opposite),
        rates,
        years,
        facts(true),
        facts(false),
        (here.denied.close - there.denied.close).abs(),
    ]
}

/// What is asked of the figure of the coverage alone: how likely it is to have a counterpart at all.
fn of_figure(claimed: Framed, many: usize) -> [f32; 10] {
    let figure = claimed.figure();
    let is = |kinds: &[FigureKind]| told(kinds.contains(&figure.kind));
    [
        is(&[FigureKind::Date, FigureKind::Time]),
        is(&[FigureKind::Money]),
        is(&[FigureKind::Percent]),
        is(&[FigureKind::Duration, FigureKind::Age]),
        is(&[FigureKind::Quantity]),
        is(&[FigureKind::Ordinal]),
        told(claimed.frame().noun.is_some()),
        listed(claimed.extraction, claimed.facts, claimed.index),
        told(claimed.place().lead),
        (many as f32).ln_1p() / 4.0,
    ]
}

/// Whether the same thing is counted, from -1 to 1; 0 where one side names nothing.
pub(in crate::check) fn is_same_noun(claimed: Framed, pair: &Pair) -> f32 {
    let (a, b) = (&claimed.facts.frames[claimed.index], &pair.statement.facts.frames[pair.figure]);
    let (Some(here), Some(there)) = (a.noun, b.noun) else { return 0.0 };
    let like = alike(&claimed.facts.words[here as usize], &pair.statement.facts.words[there as usize]);
    (like * 2.0 - 0.6).clamp(-1.0, 1.0)
}

/// Whether a name beside the coverage's figure is none of the statement's.
pub(in crate::check) fn is_foreign(claimed: Framed, statement: &Statement) -> bool {
    const CLOSE: f32 = 0.1;
    const SHARE: f32 = 0.8;
    let facts = claimed.facts;
    let near = facts.frames[claimed.index].near.iter().filter(|n| n.close >= CLOSE && n.share >= SHARE);
    let mut names = near.map(|n| &facts.words[n.word as usize]).filter(|w| w.name);
    names.any(|w| !statement.facts.places.contains_key(&w.stem))
}

/// The word before a figure, in its sentence.
fn word_before(of: Framed) -> Option<u64> {
    neighbour(of, of.place().from.checked_sub(1)?)
}

fn word_after(of: Framed) -> Option<u64> {
    neighbour(of, of.place().to)
}

fn neighbour(of: Framed, at: u32) -> Option<u64> {
    of.facts.words.get(at as usize).filter(|w| w.sentence == of.place().sentence).map(|w| w.key)
}

/// How long the list is that a figure stands in: figures of its kind in its sentence, from 0 to 1.
pub(in crate::check) fn listed(extraction: &Extraction, facts: &Facts, figure: usize) -> f32 {
    const MANY: f32 = 4.0;
    let (kind, here) = (extraction.figures[figure].kind, facts.figures[figure].sentence);
    let from = facts.figures.partition_point(|p| p.sentence < here);
    let to = facts.figures.partition_point(|p| p.sentence <= here);
    let same = (from..to).filter(|i| *i != figure && extraction.figures[*i].kind == kind).count();
    (same as f32 / MANY).min(1.0)
}

/// How close a name stands to a figure of one text that the other text does not have near its own.
pub(in crate::check) fn lost_name(ours: &Facts, figure: usize, theirs: &Facts, other: usize) -> f32 {
    const CLOSE: f32 = 0.06;
    const SHARE: f32 = 0.7;
    /// So many sentences before the figure's, and one less after it, are near.
    const SPAN: usize = 2;
    let here = theirs.figures[other].sentence as usize;
    let first = theirs.sentences.get(here.saturating_sub(SPAN)).map_or(0, |s| s.0 as usize);
    let last = theirs.sentences.get(here + SPAN - 1).or(theirs.sentences.last()).map_or(0, |s| s.1 as usize);
    let around = theirs.words.get(first..last).unwrap_or_default();
    let says = |name: &FactWord| around.iter().any(|w| w.stem == name.stem || name.head != 0 && w.head == name.head);
    let near = ours.frames[figure].near.iter().filter(|n| n.close >= CLOSE && n.share >= SHARE);
    let names = near.map(|n| (&ours.words[n.word as usize], n.close)).filter(|(w, _)| w.name && !says(w));
    names.map(|(_, close)| (close + 0.3).min(1.0)).fold(0.0, f32::max)
}
