//! Which way something moved. A word of change belongs to the figure that is its amount (`fell by 8 percent`, `3 percent more`)
//! or the level that it leads to (`fell by 8 percent to 240`); one that has an amount of its own says nothing of others.

use super::tables::{Spot, moves as move_of};
use super::{Frame, Scene, Told};
use crate::extract::clause::Kind;
use crate::language;
use crate::language::inflect::Ending;
use crate::language::lists::List;
use crate::words::key;

/// For each direction the word that stands closest to a figure and moves it.
pub(super) fn moves(scene: &Scene, figure: usize, wide: &[(usize, f32)], earlier: &[Frame]) -> [Told; 4] {
    let mut out = [Told::default(); 4];
    for &(at, close) in wide {
        let Some((direction, spot)) = move_of(scene.key(at)) else { continue };
        let Some(close) = governs(scene, figure, at, close, spot) else { continue };
        let told = &mut out[direction as usize];
        if close > told.close {
            *told = Told { close, word: Some(scene.from + at as u32) };
        }
    }
    if out.iter().all(|told| told.close < OWN)
        && let Some(shared) = gapped(scene, figure, earlier)
    {
        return shared;
    }
    out
}

/// The move that a figure shares with the one before it, whose verb it leaves out: `butter rose by 14 percent and oil by 11`.
fn gapped(scene: &Scene, figure: usize, earlier: &[Frame]) -> Option<[Told; 4]> {
    const REACH: usize = 8;
    let place = scene.place(figure);
    let before = earlier.last().filter(|frame| frame.moves.iter().any(|told| told.close >= OWN))?;
    let end = scene.place(figure.checked_sub(1)?).end;
    let by = place.start > 0 && scene.key(place.start - 1) == key("by");
    if !by || end >= place.start || place.start - end > REACH {
        return None;
    }
    let joins = |at: usize| scene.is(at, Kind::And) || scene.reading.words[at].gap >= 0.7;
    let verb = |at: usize| {
        let kinds = [Kind::Past, Kind::Ed, Kind::Present, Kind::Perfect, Kind::Future];
        kinds.iter().any(|kind| scene.is(at, *kind)) || move_of(scene.key(at)).is_some()
    };
    ((end..place.start).any(joins) && !(end..place.start).any(verb)).then_some(before.moves)
}

/// How close a word of change is to a figure as to its own; none where it is another's, a bound or a particle.
fn governs(scene: &Scene, figure: usize, at: usize, close: f32, spot: Spot) -> Option<f32> {
    let place = scene.place(figure);
    let before = at < place.start;
    if before && spot == Spot::Comparative && is_bound(scene, at, place.start)
        || spot == Spot::Particle && !is_moved(scene, figure, at)
    {
        return None;
    }
    // `less than five minutes` bounds the minutes.
    if spot == Spot::Comparative && scene.is(at + 1, Kind::Than) && scene.figure_at(at + 2).is_some() {
        return None;
    }
    // `1,870 drops` counts drops.
    if at == place.end
        && language::compared().lexicon.forms.ends(scene.written(at), Ending::Plural)
        && spot == Spot::Verb
        && scene.all[figure].noun.is_some()
    {
        return None;
    }
    match owner(scene, at, spot) {
        Some(owner) if owner == figure => Some(close.max(OWN)),
        Some(owner) if is_level(scene, figure, owner, at) => Some(close.min(BESIDE)),
        Some(_) => None,
        None => Some(close.min(BESIDE)),
    }
}

/// How close the word of change is that a figure is the amount of.
pub(super) const OWN: f32 = 0.8;

/// How close one is at most that only stands beside it: `sank to 958`, `340,000 lost power`.
const BESIDE: f32 = 0.79;

/// `more than 40`, `over 40`
fn is_bound(scene: &Scene, at: usize, figure: usize) -> bool {
    at + 1 == figure || scene.is(at + 1, Kind::Than) && at + 3 >= figure
}

/// Whether `up`, `down` or `over` says that something moved: not in `tied up`, `made up 31 percent`.
fn is_moved(scene: &Scene, figure: usize, at: usize) -> bool {
    let place = scene.place(figure);
    if at > 0 && scene.reads(at - 1, List::BeforeMereParticle) {
        return false;
    }
    if scene.reads(at, List::AsideParticles) {
        return at == place.end && (scene.reads(at + 1, List::AfterMoved) || scene.reads(at + 2, List::AfterMoved));
    }
    scene.figure_at(at + 1).is_some()
        || at == place.end
        || scene.reads(at + 1, List::AfterMoved)
        || at > 0 && scene.reads(at - 1, List::BeforeMoved)
}

/// The figure that is a word's amount: `fell by about 8`, `8 percent more`.
fn owner(scene: &Scene, at: usize, spot: Spot) -> Option<usize> {
    let ahead = || {
        let mut next = at + 1;
        while next <= at + 3 {
            if let Some(figure) = scene.figure_at(next) {
                return Some(figure);
            }
            if !scene.reads(next, List::BeforeAmount) {
                return None;
            }
            next += 1;
        }
        None
    };
    // `8 percent more`, `8 more people`, `8 percent of them fewer`
    let behind = || {
        (at.saturating_sub(2)..=at).rev().find_map(|end| scene.figure_before(end).filter(|_| is_plain(scene, end, at)))
    };
    match spot {
        Spot::Comparative => behind().or_else(ahead),
        Spot::Verb | Spot::Particle => ahead(),
    }
}

/// Whether nothing but plain words stand between.
fn is_plain(scene: &Scene, from: usize, to: usize) -> bool {
    (from..to).all(|at| scene.reading.words[at].gap == 0.0 && scene.reading.words[at].breaks() == 0.0)
}

/// Whether a figure is the level that the word at `at` led to by its amount: `rose by 3 percent to 6,240`.
fn is_level(scene: &Scene, figure: usize, owner: usize, at: usize) -> bool {
    let (level, amount) = (scene.place(figure).start, scene.place(owner).clone());
    let led = (level.saturating_sub(3)..level).any(|i| scene.key(i) == key("to"));
    led && at < amount.start && amount.end <= level && level - amount.end <= 4
}
