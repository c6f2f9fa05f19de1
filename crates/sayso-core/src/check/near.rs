//! Which figures of a long statement may speak of the same thing as one of the coverage: those of about its value, and those
//! that stand among its rarer words. A short statement has all its figures compared; of a long one (a table in words, a
//! text made to take time) each figure of the coverage is compared with so many at most, so that the whole stays linear.

use super::framed::Framed;
use super::statements::Statement;
use crate::extract::Figure;
use crate::work::steps;
use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

/// A statement with more figures than this is long.
const LONG: usize = 512;
/// How many figures of about the same value are compared.
const ALIKE: usize = 128;
/// How many that stand among the same words.
const AMONG: usize = 512;

/// The figures of a long statement, by value and by word.
pub(super) struct Near {
    values: Vec<(Decimal, u32)>,
    dates: FxHashMap<String, Vec<u32>>,
    /// By each telling stem of their sentences.
    stems: FxHashMap<u64, Vec<u32>>,
}

impl Near {
    /// None where the statement is short. Linear in its words and figures.
    pub(super) fn of(statement: &Statement) -> Option<Near> {
        let figures = &statement.extraction.figures;
        if figures.len() <= LONG {
            return None;
        }
        let mut values: Vec<(Decimal, u32)> =
            figures.iter().zip(0..).filter_map(|(f, i)| Some((f.value?, i))).collect();
        values.sort_unstable();
        let (mut dates, mut stems): (FxHashMap<String, Vec<u32>>, FxHashMap<u64, Vec<u32>>) = Default::default();
        for (i, figure) in (0..).zip(figures) {
            if let Some(year) = year(figure) {
                dates.entry(year.to_owned()).or_default().push(i);
            }
        }
        let mut first = 0;
        for (sentence, (from, to)) in (0..).zip(&statement.facts.sentences) {
            // The figures stand in the order of the text, and so do the sentences.
            let places = &statement.facts.figures[first..];
            let skipped = places.iter().take_while(|place| place.sentence < sentence).count();
            let here = places[skipped..].iter().take_while(|place| place.sentence == sentence).count();
            first += skipped;
            let mut words: Vec<u64> =
                statement.facts.words[*from as usize..*to as usize].iter().map(|w| w.stem).collect();
            words.sort_unstable();
            words.dedup();
            for stem in words.into_iter().filter(|stem| *stem != 0) {
                let held = stems.entry(stem).or_default();
                // Of a word that stands everywhere the first places are enough.
                let room = AMONG.saturating_sub(held.len());
                held.extend((first as u32..(first + here) as u32).take(room));
            }
            first += here;
        }
        Some(Near { values, dates, stems })
    }

    /// The figures to compare with one of the coverage, in order.
    pub(super) fn candidates(&self, claimed: Framed) -> Vec<u32> {
        let mut out = Vec::with_capacity(ALIKE + AMONG);
        for figure in [claimed.figure(), claimed.meant()] {
            if let Some(value) = figure.value {
                self.about(value, &mut out);
            }
        }
        if let Some(year) = year(claimed.figure()) {
            out.extend(self.dates.get(year).into_iter().flatten().take(ALIKE));
        }
        let mut lists: Vec<&Vec<u32>> =
            claimed.facts.around(claimed.place()).filter_map(|(s, _)| self.stems.get(&s)).collect();
        lists.sort_by_key(|list| list.len());
        out.extend(lists.into_iter().flatten().take(AMONG));
        steps(out.len());
        out.sort_unstable();
        out.dedup();
        out
    }

    /// Those nearest in value, half of them on each side.
    fn about(&self, value: Decimal, out: &mut Vec<u32>) {
        let at = self.values.partition_point(|(other, _)| *other < value);
        let (from, to) = (at.saturating_sub(ALIKE / 2), (at + ALIKE / 2).min(self.values.len()));
        out.extend(self.values[from..to].iter().map(|(_, figure)| figure));
    }
}

fn year(figure: &Figure) -> Option<&str> {
    figure.iso.as_deref()?.get(..4)
}
