//! How likely two figures speak of the same thing, whatever their values: the words around both, what is counted, the
//! direction of change, the place in the text. A logistic model over a dozen features (Cox 1958) whose weights are in
//! `Settings`; they were fitted by `training/check.py`.

use super::compare::digits;
use super::facts::{Facts, Place, distance};
use super::features::{Features, feature};
use super::fit::Fit;
use super::framed::Framed;
use super::settings::Settings;
use super::statements::Statement;
use crate::extract::{Figure, FigureKind};

/// The features of a pair.
pub(super) fn features(claimed: Framed, around: &Around, statement: &Statement, index: usize, fit: Fit) -> Features {
    let (ours, theirs) = (claimed.figure(), &statement.extraction.figures[index]);
    let (here, there) = (claimed.place(), statement.facts.figures[index]);
    let near = around.nearness(&statement.facts, there);
    let noun = match (here.noun, there.noun) {
        (0, _) | (_, 0) => 0.0,
        (a, b) if a == b => 1.0,
        _ => -1.0,
    };
    let change = match (ours.change, theirs.change) {
        (Some(a), Some(b)) if a == b => 1.0,
        (Some(_), Some(_)) => -1.0,
        _ => 0.0,
    };
    let fits = |f: Fit| f32::from(fit == f);
    let age = match (is_age(ours) || here.age_like, is_age(theirs) || there.age_like) {
        (true, true) => 1.0,
        (false, false) => 0.0,
        _ => -1.0,
    };
    [
        1.0,
        near,
        noun,
        f32::from(shares(claimed.facts.after(here, 2), statement.facts.after(there, 4))),
        f32::from(shares(claimed.facts.before(here, 2), statement.facts.before(there, 4))),
        // A headline tells what the statement begins with; a sentence of the story may tell anything.
        if here.lead { 1.0 / (1.0 + there.sentence as f32) } else { STORY },
        fits(Fit::Same),
        fits(Fit::Bare),
        fits(Fit::Cross),
        change,
        f32::from(matches!(ours.kind, FigureKind::Date | FigureKind::Time)),
        age,
        0.0,
        0.0,
        f32::from(crossed(claimed.facts, here, &statement.facts, there)),
        around.shared(&statement.facts, there),
        0.0,
        0.0,
        if here.lead { 0.0 } else { (digits(ours).saturating_sub(1) as f32 / 2.0).min(1.0) },
        0.0,
        0.0,
        0.0,
    ]
}

/// What stands for the place in the statement where the coverage tells nothing of it.
const STORY: f32 = 0.4;

/// Adds what only all pairs of a figure together tell: features, whether the values agree, whether the other value is
/// that of another figure.
pub(super) fn relate(pairs: &mut [(&mut Features, bool, bool)]) {
    // A figure of another kind is half a rival: `7K` may be money, but will hardly be a share.
    let near = |f: &Features| f[feature::NEAR] * if f[feature::CROSS] > 0.0 { 0.5 } else { 1.0 };
    let place = |f: &Features| if f[feature::CROSS] > 0.0 { 0.0 } else { f[feature::PLACE] };
    let noun = |f: &Features| f32::from(f[feature::NOUN] > 0.0);
    let rivals = || pairs.iter().filter(|p| !p.1 && !p.2).map(|p| &*p.0);
    let rival = rivals().map(near).fold(0.0, f32::max);
    let (places, nouns, befores) =
        (Best::of(rivals().map(place)), Best::of(rivals().map(noun)), Best::of(rivals().map(|f| f[feature::BEFORE])));
    let often = pairs.iter().filter(|p| p.1).count() as f32;
    for (features, agrees, explained) in pairs {
        let is_rival = !*agrees && !*explained;
        features[feature::MARGIN] = features[feature::NEAR] - rival;
        features[feature::TOP] = f32::from(features[feature::NEAR] >= rival);
        features[feature::RIVAL_PLACE] = places.beside(place(features), is_rival);
        features[feature::RIVAL_NOUN] = nouns.beside(noun(features), is_rival);
        features[feature::RIVAL_BEFORE] = befores.beside(features[feature::BEFORE], is_rival);
        if !*agrees {
            features[feature::DIGITS] = 0.0;
        } else {
            features[feature::OFTEN] = (often.ln() / 2.0).min(1.0);
        }
    }
}

/// The two largest of some numbers, none below 0.
struct Best(f32, f32);

impl Best {
    fn of(values: impl Iterator<Item = f32>) -> Self {
        values.fold(Best(0.0, 0.0), |best, value| match value {
            v if v > best.0 => Best(v, best.0),
            v => Best(best.0, best.1.max(v)),
        })
    }

    /// The largest, but for one's own where it is among them.
    fn beside(&self, own: f32, among: bool) -> f32 {
        if among && own >= self.0 { self.1 } else { self.0 }
    }
}

fn is_age(figure: &Figure) -> bool {
    figure.kind == FigureKind::Age
}

/// Whether a word that stands beside one figure, before or after, stands near the other, after or before: `kills 20`
/// and `20 people dead`.
fn crossed(ours: &Facts, here: Place, theirs: &Facts, there: Place) -> bool {
    let near = theirs.before(there, 6).chain(theirs.after(there, 6));
    shares(ours.before(here, 2).chain(ours.after(here, 2)), near)
}

/// From 0 to 1.
pub(super) fn probability(features: &Features, settings: &Settings) -> f32 {
    let sum: f32 = features.iter().zip(&settings.likeness).map(|(f, w)| f * w).sum();
    1.0 / (1.0 + (-sum).exp())
}

/// The telling words around a figure of the coverage, looked up in a statement once for all its figures.
pub(super) struct Around<'s> {
    /// Of each that the statement has, how much it counts, and where it stands there.
    known: Vec<(f32, &'s [u32])>,
    /// How much they count together.
    weight: f32,
    /// How many there are, known or not.
    all: usize,
}

impl<'s> Around<'s> {
    /// Near words and rare ones count more.
    pub(super) fn of(claimed: Framed, theirs: &'s Facts) -> Around<'s> {
        let mut out = Around { known: Vec::new(), weight: 0.0, all: 0 };
        for (stem, away) in claimed.facts.around(claimed.place()) {
            out.all += 1;
            let Some(places) = theirs.places.get(&stem) else { continue };
            let weight = 1.0 / ((1.0 + away as f32 / 4.0) * (1.0 + (places.len() as f32).ln()));
            out.weight += weight;
            out.known.push((weight, places.as_slice()));
        }
        out
    }

    /// The share of the words that stand near another figure. Words that the statement does not have say nothing either way:
    /// headlines have words of their own.
    fn nearness(&self, theirs: &Facts, there: Place) -> f32 {
        let sum = self.known.iter().fold(0.0, |sum, (weight, places)| sum + weight * closest(theirs, places, there));
        if self.weight == 0.0 { 0.0 } else { sum / self.weight }
    }

    /// The share of the words that the other figure's sentence has.
    fn shared(&self, theirs: &Facts, there: Place) -> f32 {
        let (from, to) = theirs.sentences.get(there.sentence as usize).copied().unwrap_or_default();
        let stands = |places: &[u32]| places.get(places.partition_point(|p| *p < from)).is_some_and(|p| *p < to);
        let has = self.known.iter().filter(|(_, places)| stands(places)).count();
        if self.all == 0 { 0.0 } else { has as f32 / self.all as f32 }
    }
}

/// How close the nearest of some places is: 1 beside the figure, less with distance, little in another sentence.
fn closest(facts: &Facts, places: &[u32], there: Place) -> f32 {
    let at = places.partition_point(|p| *p < there.from);
    let neighbours = [at.checked_sub(1), Some(at)].into_iter().flatten().filter_map(|i| places.get(i));
    neighbours
        .map(|p| {
            let away = 1.0 / (1.0 + distance(there, *p) as f32 / 6.0);
            match facts.words[*p as usize].sentence.abs_diff(there.sentence) {
                0 => away,
                1 => away * 0.5,
                _ => 0.0,
            }
        })
        .fold(0.0, f32::max)
}

fn shares(mut ours: impl Iterator<Item = u64>, theirs: impl Iterator<Item = u64> + Clone) -> bool {
    ours.any(|s| theirs.clone().any(|t| t == s))
}
