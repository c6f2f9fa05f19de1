//! What is read at a place of a page: a list of named readers, tried in this order. Each is a function from a window
//! and a place in it to what it read there; the first that reads something has the place. The parts that they share
//! (numerals, units, nouns, hedges) give values and add nothing.

use super::amounts::Amount;
use super::window::Window;
use crate::extract::Figure;

/// A reader: its name and what it reads. It adds the figures that begin at a place, and gives the next token to look at; none
/// where it reads nothing.
struct At {
    name: &'static str,
    read: fn(&Window, usize, &mut Vec<Figure>) -> Option<usize>,
}

/// A reader of a number that is read already, with its sign and unit.
struct Of {
    name: &'static str,
    read: fn(&Window, &Amount, &mut Vec<Figure>) -> Option<usize>,
}

/// Tried at every place where a figure may begin.
const AT: [At; 16] = [
    // a number among numbers
    At { name: "rows", read: |reader, at, out| reader.in_a_row(at, out) },
    // `$(3.2) million`
    At { name: "brackets", read: |reader, at, out| reader.bracketed(at, out) },
    // `USD1,700`, `Q3`, `FY2016`: words of letters and digits
    At { name: "codes", read: |reader, at, out| reader.coded(at, out) },
    // `in her thirties`, `in their late teens`
    At { name: "tens-of-life", read: |reader, at, out| reader.tens_of_life(at, out) },
    // `the under-16s`
    At { name: "age-groups", read: |reader, at, out| reader.age_group(at, out) },
    // `a year old`
    At { name: "one-unit-old", read: |reader, at, out| reader.one_old(at, out) },
    // `March 3, 2015`, `last week`, `10:30 p.m.`
    At { name: "times", read: |reader, at, out| reader.timed(at, out) },
    // `the last two books`, `second to last`
    At { name: "ranks", read: |reader, at, out| reader.relative_rank(at, out) },
    // `ranked No. 3`
    At { name: "numbered-ranks", read: |reader, at, out| reader.numbered_rank(at, out) },
    // `11th`, `twenty-first`
    At { name: "ordinals", read: |reader, at, out| reader.ordinal(at, out) },
    // `twice as many`
    At { name: "multiples", read: |reader, at, out| reader.multiple(at, out) },
    // `sixfold`
    At { name: "folds", read: |reader, at, out| reader.fold(at, out) },
    // `a mile from the light`
    At { name: "one-unit", read: |reader, at, out| reader.one_unit(at, out) },
    // `a pound fifty`
    At { name: "one-and-cents", read: |reader, at, out| reader.one_and_cents(at, out) },
    // `minus €3 billion`
    At { name: "negative-sums", read: |reader, at, out| reader.negative_sum(at, out) },
    // `22,24,26`, where the digits make no numeral; else a number, which the readers below tell
    At { name: "numbers", read: |reader, at, out| reader.number(at, out) },
];

/// Tried on every number, in this order. The last takes any number that is measured, the one before the last any that is not.
const OF: [Of; 16] = [
    // `6'2"`
    Of { name: "feet-and-inches", read: |reader, of, out| reader.feet_and_inches(of.bare()?, out) },
    // `at twenty past one … at two`
    Of { name: "hours", read: |reader, of, out| reader.bare_hour(of.bare()?, out) },
    // `62-year-old`, `aged 45`, `Mara Brandt, 45, said`
    Of { name: "ages", read: |reader, of, out| reader.aged(of.bare()?, of.measure, out) },
    // `three years`, `the past three months`
    Of { name: "durations", read: |reader, of, out| reader.lasting(of, out) },
    // `5 feet 2 inches`, `5-foot-10`
    Of { name: "inches", read: |reader, of, out| reader.with_inches(&of.numeral, of.measure, out) },
    // `10-15`, `between 5 and 7`, `$2.3 to $2.5 billion`
    Of { name: "ranges", read: |reader, of, out| reader.range(&of.numeral, of.prefix, of.measure, out) },
    // `from 24 to 15 months`
    Of { name: "changes", read: |reader, of, out| reader.fall_from(of.alone()?, out) },
    // `by 55-45 percent`
    Of { name: "shares-against", read: |reader, of, out| reader.against(of.alone()?, out) },
    // `10-to-1 odds`, `passed 51-50`
    Of { name: "sides", read: |reader, of, out| reader.sides(of.alone()?, out) },
    // `10x faster`
    Of { name: "times-as-much", read: |reader, of, out| reader.times_as_much(of.alone()?, out) },
    // `15 below zero`
    Of { name: "below-zero", read: |reader, of, out| reader.below_zero(of.alone()?, out) },
    // `percent of 10`
    Of { name: "percent-before", read: |reader, of, out| reader.percent_of(of.alone()?, out) },
    // `15 dollars and 45 cents`
    Of { name: "cents", read: |reader, of, out| reader.with_cents(&of.numeral, of.prefix, of.measure, out) },
    // `5 lbs 3 oz`
    Of { name: "weights", read: |reader, of, out| reader.with_lesser_weight(of, out) },
    // `12 boats`, and what is no figure: see [`rejections`](super::rejections)
    Of { name: "counts", read: |reader, of, out| Some(reader.count(*of.alone()?, out)) },
    // `5 km`, `$3.50 a gallon`, `40 percent`
    Of { name: "measures", read: |reader, of, out| Some(reader.measured_amount(of, out)) },
];

/// The names of all readers, in their order.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    AT.iter().map(|one| one.name).chain(OF.iter().map(|one| one.name))
}

impl Window<'_, '_> {
    /// Reads what begins at `at`; gives the next token to look at.
    pub(super) fn figure(&self, at: usize, out: &mut Vec<Figure>) -> usize {
        if self.token(at).is_some_and(|token| out.last().is_some_and(|last| token.start < last.span.end)) {
            return at + 1;
        }
        AT.iter().find_map(|one| (one.read)(self, at, out)).unwrap_or(at + 1)
    }

    /// Reads a number whose digits or words are told, by the first reader that knows it.
    pub(super) fn number_of(&self, of: &Amount, out: &mut Vec<Figure>) -> usize {
        OF.iter().find_map(|one| (one.read)(self, of, out)).unwrap_or(of.numeral.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn each_reader_has_a_name_of_its_own() {
        let mut seen = HashSet::new();
        assert!(names().all(|name| !name.is_empty() && seen.insert(name)));
    }
}
