//! What is said of a figure: the result of reading its clause.

use super::tables::{Family, Stage};
use crate::extract::clause::Tense;
use rust_decimal::Decimal;

/// A telling word of the figure's sentence.
#[derive(Clone, Copy, Debug)]
pub(in crate::check) struct Near {
    /// Position in [`Facts::words`](crate::check::facts::Facts::words).
    pub word: u32,
    /// How close it stands.
    pub close: f32,
    /// The same beside the figure of the sentence that it stands closest to: 1 for that one.
    pub share: f32,
    /// Whether it is said of another figure, or of something else, that the sentence tells side by side with this one.
    pub aside: bool,
}

/// Something with how close it stands to the figure, and the word that tells it.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::check) struct Told {
    pub close: f32,
    /// Position in [`Facts::words`](crate::check::facts::Facts::words).
    pub word: Option<u32>,
}

/// What is said of a figure.
#[derive(Clone, Debug, Default)]
pub(in crate::check) struct Frame {
    pub near: Vec<Near>,
    /// The telling words of the sentence before, in the same paragraph.
    pub before: Vec<u32>,
    pub moves: [Told; 4],
    pub facts: Vec<Fact>,
    /// The stages that the sentence before tells, in the same paragraph: `Six are suspected. Of the six, two …`.
    pub told_before: Vec<(Family, Stage)>,
    pub denied: Told,
    /// Whether anything in its sentence is denied.
    pub denying: bool,
    /// The telling words that its sentence denies: `reached` of `was not reached`.
    pub negated: Vec<u32>,
    pub tense: Tense,
    /// Whether it is of an earlier time than what the text is about.
    pub earlier: Told,
    pub rate: Option<Rate>,
    /// The year that its clause names: `in 2030`, `this year`.
    pub year: Option<Year>,
    /// From what a change is told: `than a year ago`, `than in the second quarter`.
    pub since: Option<Rate>,
    /// Whether it is said to be exact: `exactly`, `to the letter`.
    pub exact: bool,
    /// The word for what is counted.
    pub noun: Option<u32>,
    /// Whether it is the whole of which its sentence tells a part: `four of the nine`.
    pub whole: bool,
    /// The ages of those whom it counts.
    pub band: Option<Band>,
    /// How long the time is that it is for.
    pub covers: Option<Covered>,
    /// Whether `by` stands right before it: the amount of a difference.
    pub by: bool,
}

/// A stage of a family of facts, as a word beside a figure tells it.
#[derive(Clone, Copy, Debug)]
pub(in crate::check) struct Fact {
    pub family: Family,
    pub stage: Stage,
    pub close: f32,
    /// Position in [`Facts::words`](crate::check::facts::Facts::words).
    pub word: u32,
}

/// A year, and the word that names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::check) struct Year {
    pub year: i64,
    /// Position in [`Facts::words`](crate::check::facts::Facts::words).
    pub word: u32,
}

/// The time that an amount is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::check) struct Rate {
    pub length: Length,
    /// The word for it: position in [`Facts::words`](crate::check::facts::Facts::words).
    pub word: u32,
}

/// A length of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::check) enum Length {
    Hour,
    Day,
    Week,
    Month,
    Quarter,
    Year,
}

impl Length {
    /// How many of these are in a longer one, as news counts.
    pub(in crate::check) fn parts_of(self, longer: Length) -> Option<u16> {
        use Length::*;
        Some(match (self, longer) {
            (Hour, Day) => 24,
            (Day, Week) => 7,
            (Day, Month) => 30,
            (Day, Year) => 365,
            (Week, Year) => 52,
            (Month, Quarter) => 3,
            (Month, Year) => 12,
            (Quarter, Year) => 4,
            _ => return None,
        })
    }
}

/// The ages of those whom a figure counts: `under 15`, `65 and over`, `one to four`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::check) struct Band {
    pub low: Option<Decimal>,
    pub high: Option<Decimal>,
    /// Whether it is told as an age, and not as a bare range.
    pub sure: bool,
    pub close: f32,
    /// Position in [`Facts::words`](crate::check::facts::Facts::words).
    pub word: u32,
}

/// A length of time that something is reported for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::check) struct Covered {
    pub months: u16,
    /// Position in [`Facts::words`](crate::check::facts::Facts::words).
    pub word: u32,
}
