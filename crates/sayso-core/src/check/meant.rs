//! What a figure is meant as, where it is not what it is read as: a length of time of `three years ago`, a share of `one train in
//! 50`, percent of the second number of `47.9 percent (52.6)`, which leaves its unit out.

use super::facts::{FactWord, Place};
use crate::extract::figures::numeral_at;
use crate::extract::{Figure, FigureKind};
use crate::language::lists::List;
use crate::text::Page;
use crate::words::{is_in, key};
use rust_decimal::Decimal;

/// What the figures of a page are meant as; none where they are what they are read as. Linear.
pub(super) fn all(page: &Page, figures: &[Figure], places: &[Place], words: &[FactWord]) -> Vec<Option<Figure>> {
    let mut out: Vec<Option<Figure>> = figures.iter().map(|f| length(page, f)).collect();
    let scene = Scene { page, figures, places, words };
    for i in 0..figures.len() {
        if out[i].is_some() {
            continue;
        }
        if let Some(share) = scene.every_nth(i) {
            out[i] = Some(share);
        } else if let Some(j) = scene.whole_of_share(i) {
            let share = scene.share(i, j);
            (out[i], out[j]) = (share.clone(), share);
        } else if let Some(of) = scene.unit_from(i, &out) {
            out[i] = Some(measured_as(&figures[i], out[of].as_ref().unwrap_or(&figures[of])));
        }
    }
    out
}

/// The length of time that a date is told by, where it is told by one: `458 million years ago`.
fn length(page: &Page, figure: &Figure) -> Option<Figure> {
    const AGO: &str = "ago";
    let written = figure.span.of(page.text);
    let from = written.len().checked_sub(AGO.len()).filter(|_| figure.kind == FigureKind::Date)?;
    written.get(from..).filter(|end| end.eq_ignore_ascii_case(AGO))?;
    let (value, place) = numeral_at(page, figure.number.start)?;
    let rest = page.text.get(figure.number.end as usize..figure.span.end as usize)?;
    let (_, unit) = page.lexicon.units.word(rest.trim_start_matches([' ', '-', '\u{a0}']))?;
    Some(Figure {
        kind: FigureKind::Duration,
        value: Some(value),
        precision: Some(place),
        unit: Some(unit.code.into()),
        iso: None,
        ..figure.clone()
    })
}

/// A number in the measure of another.
fn measured_as(figure: &Figure, other: &Figure) -> Figure {
    Figure { kind: other.kind, unit: other.unit.clone(), unit_name: other.unit_name.clone(), ..figure.clone() }
}

struct Scene<'s> {
    page: &'s Page<'s>,
    figures: &'s [Figure],
    places: &'s [Place],
    words: &'s [FactWord],
}

impl Scene<'_> {
    fn key(&self, at: u32, sentence: u32) -> u64 {
        self.words.get(at as usize).filter(|w| w.sentence == sentence).map_or(0, |w| w.key)
    }

    /// The number that a small one is a share of: 50 of `one train in 50`, ten of `three dollars in every ten`.
    fn whole_of_share(&self, part: usize) -> Option<usize> {
        /// So many words may name what is counted.
        const REACH: u32 = 3;
        const SMALL: i64 = 10;
        const LARGE: i64 = 1000;
        let whole = part + 1;
        let (a, b) = (&self.figures[part], self.figures.get(whole)?);
        let (here, there) = (self.places[part], self.places[whole]);
        let (few, many) = (a.value?, b.value?);
        let counts = matches!(a.kind, FigureKind::Number | FigureKind::Money | FigureKind::Quantity);
        let plain = here.sentence == there.sentence && counts && a.high.is_none() && b.high.is_none();
        let small = few >= Decimal::ONE && few < many && many <= Decimal::from(LARGE) && many.is_integer();
        if !plain || !small || !matches!(b.kind, FigureKind::Number | FigureKind::Money) {
            return None;
        }
        let mut at = there.from.checked_sub(1)?;
        let every = is_in(self.key(at, here.sentence), List::EveryOfShare);
        if every {
            at = at.checked_sub(1)?;
        }
        let led = self.key(at, here.sentence) == key("in");
        let near = at >= here.to && at - here.to <= REACH;
        // What is counted last has a number of its own: `two people in 12 cars`.
        let alone = every || b.noun.is_none() && few <= Decimal::from(SMALL) && b.kind == FigureKind::Number;
        let gap = self.page.text.get(a.span.end as usize..b.span.start as usize)?;
        (led && near && alone && !gap.contains([',', ';', ':', '(', '.'])).then_some(whole)
    }

    /// One in so many: `every seventh lorry`.
    fn every_nth(&self, index: usize) -> Option<Figure> {
        const MOST: i64 = 20;
        let (figure, here) = (&self.figures[index], self.places[index]);
        let of = figure.value.filter(|v| *v >= Decimal::TWO && *v <= Decimal::from(MOST))?;
        let every = here.from.checked_sub(1).is_some_and(|at| self.key(at, here.sentence) == key("every"));
        let counts = figure.kind == FigureKind::Ordinal && figure.noun.is_some() && every;
        counts.then(|| {
            Some(Figure {
                kind: FigureKind::Ratio,
                value: Some(Decimal::ONE.checked_div(of)?),
                precision: Some(Decimal::new(1, 2)),
                ..Figure::new(FigureKind::Ratio, figure.span, figure.number)
            })
        })?
    }

    /// A part over its whole, bounded as the part is.
    fn share(&self, part: usize, whole: usize) -> Option<Figure> {
        let (a, b) = (&self.figures[part], &self.figures[whole]);
        let value = a.value?.checked_div(b.value?)?;
        Some(Figure {
            kind: FigureKind::Ratio,
            value: Some(value),
            precision: Some(Decimal::new(1, 2)),
            op: a.op,
            hedge: a.hedge,
            ..Figure::new(FigureKind::Ratio, a.span.cover(b.span), a.number)
        })
    }

    /// The figure whose unit a bare number shares: it stands in brackets behind it (`14.8 percent … (11.3)`), or is set beside
    /// it (`1.4 billion crowns instead of 1.15 billion`).
    fn unit_from(&self, index: usize, told: &[Option<Figure>]) -> Option<usize> {
        /// Two values of one thing lie within this factor.
        const FACTOR: i64 = 50;
        let (figure, here) = (&self.figures[index], self.places[index]);
        let value = figure.value.filter(|v| *v > Decimal::ZERO)?;
        if figure.kind != FigureKind::Number || figure.noun.is_some() {
            return None;
        }
        let measured = |f: &Figure| !matches!(f.kind, FigureKind::Date | FigureKind::Time | FigureKind::Ordinal);
        let of = (0..index)
            .rev()
            .take_while(|i| self.places[*i].sentence == here.sentence)
            .find(|i| measured(&self.figures[*i]))?;
        let other = told[of].as_ref().unwrap_or(&self.figures[of]);
        let unit =
            matches!(other.kind, FigureKind::Percent | FigureKind::Money | FigureKind::Quantity | FigureKind::Duration);
        let its = other.value.filter(|v| unit && *v > Decimal::ZERO)?;
        let factor = Decimal::from(FACTOR);
        let near =
            value.checked_mul(factor).is_none_or(|v| v >= its) && its.checked_mul(factor).is_none_or(|v| v >= value);
        (near && (self.in_brackets(figure, other) || self.set_beside(here, self.places[of]))).then_some(of)
    }

    /// Whether a figure stands in brackets that open behind another, alone or behind a label: `(52.6)`, `(2022: 171 million)`.
    fn in_brackets(&self, figure: &Figure, other: &Figure) -> bool {
        const LABEL: usize = 30;
        let text = self.page.text;
        let between = text.get(other.span.end as usize..figure.span.start as usize).unwrap_or_default();
        let Some(open) = between.rfind('(') else { return false };
        let label = between[open + 1..].trim();
        let behind = text.get(figure.span.end as usize..).unwrap_or_default().trim_start();
        let labelled = label.ends_with(':') && label.len() < LABEL;
        (label.is_empty() || labelled) && behind.starts_with([')', ';', ','])
    }

    /// Whether a figure is set beside another as its older or planned value: `against 9.7`, `instead of 1.15 billion`.
    fn set_beside(&self, here: Place, other: Place) -> bool {
        const REACH: u32 = 12;
        let before = |back: u32| here.from.checked_sub(back).map_or(0, |at| self.key(at, here.sentence));
        let led = is_in(before(1), List::BeforeOlderValue)
            || is_in(before(2), List::BeforeOlderValue) && is_in(before(1), List::ArticlesOfValue);
        led && here.from >= other.to && here.from - other.to <= REACH
    }
}
