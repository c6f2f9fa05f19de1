//! Every figure of a document beside every comparable figure of its statements, seen together: what one pair explains is
//! no rival of another. In `nine of the 146 petitions` the statement's 146 is taken, and does not speak against the nine.

use super::align::{Alignment, Grid};
use super::apart::{Apart, apart};
use super::candidates::Selected;
use super::compare::{Comparison, arithmetic, compare, digits};
use super::facts::{Facts, Place};
use super::features::{Features, feature};
use super::fit::{Fit, fit};
use super::framed::Framed;
use super::likeness::{Around, features, probability, relate};
use super::near::Near;
use super::slots::{self, Slots};
use super::statements::Statement;
use super::subject::{Holder, holders};
use super::{Relation, Settings};
use crate::document::{Region, RegionKind};
use crate::extract::{Extraction, Figure, FigureKind};
use crate::work::steps;
use rust_decimal::Decimal;
use rustc_hash::FxHashMap;
use std::cell::OnceCell;

/// A figure of a statement that may speak of the same thing, compared.
pub(super) struct Pair<'a> {
    pub statement: &'a Statement,
    /// Which of the statements compared.
    pub number: usize,
    /// Position in its figures.
    pub figure: usize,
    /// What brings it into the unit of the coverage's figure.
    pub factor: Decimal,
    pub features: Features,
    /// How likely the same thing is meant.
    pub likely: f32,
    pub comparison: Comparison,
    /// The coverage's figure and this one as they were compared: as what they are meant as.
    compared: [&'a Figure; 2],
    /// Whether another figure of the coverage has the value of this one.
    pub explained: bool,
    /// The same, whether or not the coverage's own has it, too.
    pub told_else: bool,
    /// Whether another figure of the coverage has the very value of this one, and not only one that rounds to it or covers it (as a
    /// year covers its days).
    pub told_exactly: bool,
    /// How close the words beside both are. All 0 in a headline, which has too few.
    pub alignment: Alignment,
    /// How much closer they are than beside the closest figure of the statement with another value.
    pub lead: f32,
    /// How much closer another figure of the coverage stands to the statement's.
    pub taken: f32,
    /// How near figures stand of which the two texts agree.
    pub near_agreed: f32,
    /// How near such figures stand in the same order on both sides.
    pub in_order: f32,
    /// The same of those before and after the two, whichever is less.
    pub flanked: f32,
    /// One by how many figures of its sentence may be what is meant, as nothing else in the coverage has their values.
    pub sole: f32,
    /// Of how many of the coverage's figures the statement has the value, from 0 to 1.
    pub accord: f32,
    /// The same of its other figures.
    pub accord_else: f32,
    sides: OnceCell<(Slots, Apart)>,
}

impl<'a> Pair<'a> {
    pub(super) fn theirs(&self) -> &'a Figure {
        &self.statement.extraction.figures[self.figure]
    }

    /// How the values compare, as text.
    pub(super) fn arithmetic(&self) -> String {
        arithmetic(self.compared[0], self.compared[1], self.factor)
    }

    /// The two side by side, slot by slot, and what parts them. A headline has too few words to tell a slot by: none is told
    /// there.
    pub(super) fn side_by_side(&self, claimed: Framed) -> &(Slots, Apart) {
        self.sides.get_or_init(|| match is_headline(claimed.extraction, claimed.facts, claimed.index) {
            true => Default::default(),
            false => self.whole(claimed),
        })
    }

    /// The same, whatever they stand in. Computed anew each time.
    pub(super) fn whole(&self, claimed: Framed) -> (Slots, Apart) {
        let theirs = Framed::of(self.statement, self.figure);
        let apart = apart(claimed, theirs);
        (slots::compare(claimed, theirs, &apart), apart)
    }

    /// The two side by side, slot by slot.
    pub(super) fn slots(&self, claimed: Framed) -> &Slots {
        &self.side_by_side(claimed).0
    }

    /// Whether it gives another value that nothing else in the coverage accounts for.
    pub(super) fn is_rival(&self) -> bool {
        self.comparison.relation == Relation::Differs && !self.comparison.agrees && !self.explained
    }
}

/// Whether a figure stands in a headline, or in a text that is one, as headlines are collected.
pub(super) fn is_headline(extraction: &Extraction, facts: &Facts, figure: usize) -> bool {
    let span = extraction.figures[figure].span;
    let headline = |r: &Region| matches!(r.kind, RegionKind::Headline | RegionKind::Subhead) && r.span.contains(span);
    facts.sentences.len() == 1 || facts.titled || extraction.regions.iter().any(headline)
}

/// For each figure of the coverage its pairs, the likeliest first.
pub(super) fn all<'a>(
    extraction: &'a Extraction,
    facts: &'a Facts,
    found: &'a Selected,
    settings: &Settings,
) -> Vec<Vec<Pair<'a>>> {
    let near: Vec<Option<Near>> = found.statements.iter().map(|statement| Near::of(statement)).collect();
    let count = extraction.figures.len();
    let most = (TOGETHER / count.max(1)).clamp(LEAST, MOST);
    let mut all: Vec<Vec<Pair>> =
        (0..count).map(|figure| pairs(Framed { extraction, facts, index: figure }, found, &near, most)).collect();
    let together = Together::new(&all, extraction, facts);
    for (i, list) in all.iter_mut().enumerate() {
        for pair in list.iter_mut() {
            pair.told_else = together.explains(pair, i);
            pair.told_exactly = together.explains_exactly(pair, i);
            pair.explained = !pair.comparison.agrees && pair.told_else;
            pair.features[feature::ANCHOR] =
                together.anchors(pair, i, facts).max(same_person(extraction, facts, i, pair));
        }
        let mut seen: Vec<(&mut Features, bool, bool)> =
            list.iter_mut().map(|p| (&mut p.features, p.comparison.agrees, p.explained)).collect();
        relate(&mut seen);
        list.iter_mut().for_each(|p| p.likely = probability(&p.features, settings));
        list.sort_by(|a, b| b.likely.total_cmp(&a.likely));
    }
    align(&mut all, extraction, facts, found);
    accord(&mut all, &together.told);
    near_agreed(&mut all, &together.told, facts);
    all.iter_mut().for_each(|list| sole(list));
    all
}

/// Tells each pair of a story how close the words beside both are.
fn align(all: &mut [Vec<Pair>], extraction: &Extraction, facts: &Facts, found: &Selected) {
    let grids: Vec<OnceCell<Grid>> = found.statements.iter().map(|_| OnceCell::new()).collect();
    let mut backs: FxHashMap<(usize, usize), [(f32, usize); 2]> = FxHashMap::default();
    for (figure, list) in all.iter_mut().enumerate() {
        if is_headline(extraction, facts, figure) {
            continue;
        }
        for pair in list.iter_mut() {
            let grid = grids[pair.number].get_or_init(|| Grid::new(facts, &pair.statement.facts));
            pair.alignment = grid.align(figure, pair.figure, &neighbours(pair.statement, pair.figure));
            steps(1);
            if pair.features[feature::CROSS] <= 0.0 {
                let two = backs.entry((pair.number, pair.figure)).or_insert([(0.0, usize::MAX); 2]);
                let back = pair.alignment.back;
                if back > two[0].0 {
                    *two = [(back, figure), two[0]];
                } else if back > two[1].0 {
                    two[1] = (back, figure);
                }
            }
        }
        lead(list);
    }
    for (figure, list) in all.iter_mut().enumerate() {
        for pair in list.iter_mut() {
            let two = backs.get(&(pair.number, pair.figure)).copied().unwrap_or_default();
            let other = two.iter().find(|(_, by)| *by != figure).map_or(0.0, |(back, _)| *back);
            pair.taken = other - pair.alignment.back;
        }
    }
}

/// The figures of one kind that stand near one of a statement, in its paragraph.
fn neighbours(statement: &Statement, figure: usize) -> Vec<usize> {
    /// How far, in sentences, another figure may stand, and how many are looked at on each side.
    const SPAN: u32 = 1;
    const MOST: usize = 8;
    let facts = &statement.facts;
    let kind = |i: usize| statement.extraction.figures[i].kind;
    let here = facts.figures[figure];
    let near = |i: &usize| {
        let there = facts.figures[*i];
        kind(*i) == kind(figure)
            && there.sentence.abs_diff(here.sentence) <= SPAN
            && facts.paragraphs.get(there.sentence as usize) == facts.paragraphs.get(here.sentence as usize)
    };
    let (from, to) = (figure.saturating_sub(MOST), (figure + MOST + 1).min(facts.figures.len()));
    (from..to).filter(|i| *i != figure).filter(near).collect()
}

/// Sets each pair beside the closest one with another value. Those with the value of a figure are one beside the others.
fn lead(list: &mut [Pair]) {
    let value = |p: &Pair| p.theirs().value;
    let rivals = |p: &Pair| p.features[feature::CROSS] <= 0.0;
    let mut best: [(f32, Option<Decimal>, bool); 2] = [(0.0, None, false); 2];
    for pair in list.iter().filter(|p| rivals(p)) {
        let own = (pair.alignment.share, value(pair), pair.comparison.agrees);
        let same = |other: &(f32, Option<Decimal>, bool)| own.1 == other.1 || own.2 && other.2;
        if own.0 > best[0].0 {
            best = if same(&best[0]) { [own, best[1]] } else { [own, best[0]] };
        } else if own.0 > best[1].0 && !same(&best[0]) {
            best[1] = own;
        }
    }
    for pair in list.iter_mut() {
        let (own, agrees) = (value(pair), pair.comparison.agrees);
        let other = best.iter().find(|b| !(b.1 == own || b.2 && agrees)).map_or(0.0, |b| b.0);
        pair.lead = pair.alignment.share - other;
    }
}

/// A figure of which the texts agree, near one of the coverage: how near, how many figures on, and where the statement has it.
struct Agreed {
    close: f32,
    on: isize,
    number: usize,
    figure: usize,
}

/// Tells every pair how near figures stand of which the texts agree, from 0 to 1.
fn near_agreed(all: &mut [Vec<Pair>], told: &FxHashMap<usize, Vec<(usize, usize)>>, ours: &Facts) {
    /// How many figures on either side are looked at.
    const REACH: usize = 3;
    for i in 0..all.len() {
        let near = (i.saturating_sub(REACH)..all.len().min(i + REACH + 1)).filter(|j| *j != i);
        let anchors: Vec<Agreed> = near
            .flat_map(|j| {
                let close = 1.0 / (1.0 + ours.figures[i].sentence.abs_diff(ours.figures[j].sentence) as f32);
                let on = j as isize - i as isize;
                let there = told.get(&j).into_iter().flatten();
                there.map(move |(number, figure)| Agreed { close, on, number: *number, figure: *figure })
            })
            .collect();
        all[i].iter_mut().for_each(|pair| stand_near(pair, &anchors));
    }
}

/// How near some figures of which the texts agree stand to one of a statement, and in which order.
fn stand_near(pair: &mut Pair, anchors: &[Agreed]) {
    let facts = &pair.statement.facts;
    let here = facts.figures[pair.figure].sentence;
    let (mut before, mut after) = (0.0f32, 0.0f32);
    for anchor in anchors.iter().filter(|a| a.number == pair.number && a.figure != pair.figure) {
        let close = anchor.close / (1.0 + facts.figures[anchor.figure].sentence.abs_diff(here) as f32);
        pair.near_agreed = pair.near_agreed.max(close);
        let on = anchor.figure as isize - pair.figure as isize;
        if on.signum() == anchor.on.signum() {
            let close = close / on.unsigned_abs().max(anchor.on.unsigned_abs()) as f32;
            let side = if on < 0 { &mut before } else { &mut after };
            *side = side.max(close);
        }
    }
    pair.in_order = before.max(after);
    pair.flanked = before.min(after);
}

/// Tells each pair whether its figure is the only one of its sentence that may be meant.
fn sole(list: &mut [Pair]) {
    let place = |p: &Pair| (p.number, p.statement.facts.figures[p.figure].sentence);
    let may = |p: &Pair| p.features[feature::CROSS] <= 0.0 && !p.told_else;
    let mut counts: FxHashMap<(usize, u32), u32> = FxHashMap::default();
    for pair in list.iter().filter(|p| may(p)) {
        *counts.entry(place(pair)).or_default() += 1;
    }
    for pair in list.iter_mut().filter(|p| may(p)) {
        pair.sole = counts.get(&place(pair)).map_or(0.0, |count| 1.0 / *count as f32);
    }
}

/// Tells every pair how many of the coverage's figures its statement agrees with.
fn accord(all: &mut [Vec<Pair>], told: &FxHashMap<usize, Vec<(usize, usize)>>) {
    let mut counts: FxHashMap<usize, (u32, u32)> = FxHashMap::default();
    for (i, list) in all.iter().enumerate() {
        let mut statements: Vec<usize> = list.iter().map(|p| p.number).collect();
        statements.sort_unstable();
        statements.dedup();
        for number in statements {
            let agreed = told.get(&i).is_some_and(|list| list.iter().any(|(n, _)| *n == number));
            let (agrees, all) = counts.entry(number).or_default();
            *agrees += u32::from(agreed);
            *all += 1;
        }
    }
    for (i, list) in all.iter_mut().enumerate() {
        for pair in list.iter_mut() {
            let (agrees, all) = counts.get(&pair.number).copied().unwrap_or_default();
            let own = told.get(&i).is_some_and(|list| list.iter().any(|(n, _)| *n == pair.number));
            pair.accord = agrees as f32 / (all + 1) as f32;
            pair.accord_else = (agrees - u32::from(own)) as f32 / all.max(1) as f32;
        }
    }
}

fn pairs<'a>(claimed: Framed<'a>, found: &'a Selected, near: &[Option<Near>], most: usize) -> Vec<Pair<'a>> {
    let mut out = Vec::new();
    for (number, statement) in found.of_sentence(claimed.place().sentence) {
        let figures = match near.get(number).and_then(Option::as_ref) {
            Some(near) => near.candidates(claimed),
            None => (0..statement.extraction.figures.len() as u32).collect(),
        };
        let looked_up = || Around::of(claimed, &statement.facts);
        let mut around = None;
        for figure in figures.into_iter().map(|figure| figure as usize) {
            if statement.facts.figures[figure].asked {
                continue;
            }
            let Some((fit, factor, comparison, compared)) = beside(claimed, statement, figure) else { continue };
            let features = features(claimed, around.get_or_insert_with(looked_up), statement, figure, fit);
            if found.is_loose(number) && !tells_by_itself(claimed.figure(), &features) {
                continue;
            }
            out.push(Pair {
                statement,
                number,
                figure,
                factor,
                features,
                likely: 0.0,
                comparison,
                compared,
                explained: false,
                told_else: false,
                told_exactly: false,
                alignment: Alignment::default(),
                lead: 0.0,
                taken: 0.0,
                near_agreed: 0.0,
                in_order: 0.0,
                flanked: 0.0,
                sole: 0.0,
                accord: 0.0,
                accord_else: 0.0,
                sides: OnceCell::new(),
            });
        }
    }
    // Against long statements only those are kept that can decide: what agrees, and what stands among the same words.
    if out.len() > most {
        let near = |p: &Pair| p.features[feature::NEAR];
        out.sort_by(|a, b| b.comparison.agrees.cmp(&a.comparison.agrees).then(near(b).total_cmp(&near(a))));
        out.truncate(most);
    }
    out
}

/// Two figures that can speak of the same thing, compared as what they are meant as. Dates that are told by a length of time
/// (`three years ago`) are so where one of them is no known day: with `three years`, and with one another.
fn beside<'a>(
    claimed: Framed<'a>,
    statement: &'a Statement,
    figure: usize,
) -> Option<(Fit, Decimal, Comparison, [&'a Figure; 2])> {
    steps(1);
    let (ours, theirs) = (claimed.figure(), &statement.extraction.figures[figure]);
    let compared = |ours: &'a Figure, theirs: &'a Figure| {
        let (fit, factor) = fit(ours, theirs)?;
        Some((fit, factor, compare(ours, theirs, factor)?, [ours, theirs]))
    };
    let meant = statement.facts.meant[figure].as_ref();
    let other = meant.is_some() || claimed.facts.meant[claimed.index].is_some();
    if !other || ours.iso.is_some() && theirs.iso.is_some() && ours.kind == theirs.kind {
        return compared(ours, theirs);
    }
    compared(claimed.meant(), meant.unwrap_or(theirs)).or_else(|| compared(ours, theirs))
}

/// Whether a pair says something where nothing but a sentence is shared: a small number that counts nothing is in all
/// statements.
fn tells_by_itself(ours: &Figure, features: &Features) -> bool {
    const NEAR: f32 = 0.2;
    features[feature::NEAR] > NEAR && (digits(ours) >= 2 || features[feature::NOUN] > 0.0)
}

/// How many pairs of a figure are kept; where a document has very many figures, fewer of each.
const MOST: usize = 256;
const LEAST: usize = 16;
const TOGETHER: usize = 1 << 17;

/// Which figures of the coverage have the value of which of a statement, and in which sentences.
#[derive(Default)]
struct Together {
    by_figure: FxHashMap<(usize, usize), Vec<usize>>,
    /// Those of them that are neither rounded nor bounds.
    exactly: FxHashMap<(usize, usize), Vec<usize>>,
    /// By our sentence, the statement and its sentence: pairs of positions.
    by_sentence: FxHashMap<(u32, usize, u32), Vec<(usize, usize)>>,
    /// By our figure, if it is no small number: the statement and its figure.
    told: FxHashMap<usize, Vec<(usize, usize)>>,
}

impl Together {
    fn new(all: &[Vec<Pair>], extraction: &Extraction, facts: &Facts) -> Self {
        /// A smaller number may be the same by chance.
        const LARGE: i64 = 20;
        let mut out = Together::default();
        for (i, list) in all.iter().enumerate() {
            for pair in list.iter().filter(|p| p.comparison.agrees && is_telling(&extraction.figures[i], p)) {
                let large = extraction.figures[i].value.is_none_or(|v| v >= LARGE.into() || !v.is_integer());
                out.by_figure.entry((pair.number, pair.figure)).or_default().push(i);
                if !matches!(pair.comparison.relation, Relation::Rounded | Relation::WithinBound) {
                    out.exactly.entry((pair.number, pair.figure)).or_default().push(i);
                }
                if large {
                    out.told.entry(i).or_default().push((pair.number, pair.figure));
                }
                let there = pair.statement.facts.figures[pair.figure].sentence;
                let place = (facts.figures[i].sentence, pair.number, there);
                out.by_sentence.entry(place).or_default().push((i, pair.figure));
            }
        }
        out
    }

    fn explains(&self, pair: &Pair, ours: usize) -> bool {
        is_another(&self.by_figure, pair, ours)
    }

    fn explains_exactly(&self, pair: &Pair, ours: usize) -> bool {
        is_another(&self.exactly, pair, ours)
    }

    /// 1 where other figures of both sentences agree.
    fn anchors(&self, pair: &Pair, ours: usize, facts: &Facts) -> f32 {
        let there = pair.statement.facts.figures[pair.figure].sentence;
        let list = self.by_sentence.get(&(facts.figures[ours].sentence, pair.number, there));
        f32::from(list.is_some_and(|list| list.iter().any(|(i, f)| *i != ours && *f != pair.figure)))
    }
}

/// Whether another figure of the coverage than ours is held to agree with that of a pair.
fn is_another(held: &FxHashMap<(usize, usize), Vec<usize>>, pair: &Pair, ours: usize) -> bool {
    held.get(&(pair.number, pair.figure)).is_some_and(|list| list.iter().any(|i| *i != ours))
}

/// More than another figure that agrees: the ages of one person.
fn same_person(extraction: &Extraction, facts: &Facts, ours: usize, pair: &Pair) -> f32 {
    let (here, there) = (facts.figures[ours], pair.statement.facts.figures[pair.figure]);
    let aged = |figure: &Figure, place: Place| figure.kind == FigureKind::Age || place.age_like;
    let ages = aged(&extraction.figures[ours], here) && aged(pair.theirs(), there);
    let same = ages && holders(facts, here, &pair.statement.facts, there) == Holder::Same;
    if same { 2.0 } else { 0.0 }
}

/// Whether an agreement is more than chance: many digits, or the same thing counted, or words shared.
fn is_telling(ours: &Figure, pair: &Pair) -> bool {
    const NEAR: f32 = 0.15;
    let features = &pair.features;
    let small = matches!(ours.kind, FigureKind::Time | FigureKind::Ordinal)
        || ours.kind == FigureKind::Date && ours.iso.as_ref().is_none_or(|iso| iso.len() != 4);
    !small
        && (pair.comparison.relation == Relation::Equal && ours.unit.is_some() && ours.kind != FigureKind::Age
            || digits(ours) >= 3
            || features[feature::NEAR] > NEAR
            || features[feature::NOUN] > 0.0)
        && features[feature::NOUN] >= 0.0
}
