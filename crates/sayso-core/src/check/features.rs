//! The features by which two figures are taken to be of one thing: their names and numbers, in the order of the weights in
//! [`Settings`](super::Settings). `likeness` and `story` measure them.

/// How many features there are.
pub(super) const FEATURES: usize = 22;

/// What is compared of a pair of figures. Each from about -1 to 1.
pub(super) type Features = [f32; FEATURES];

/// Positions of the features that others ask for.
pub(super) mod feature {
    /// Words shared near both.
    pub(crate) const NEAR: usize = 1;
    /// What is counted is the same (1), another thing (-1).
    pub(crate) const NOUN: usize = 2;
    /// A word after one stands after the other.
    pub(crate) const AFTER: usize = 3;
    /// A word before one stands before the other.
    pub(crate) const BEFORE: usize = 4;
    /// How early in the statement it stands.
    pub(crate) const PLACE: usize = 5;
    /// The same kind and unit.
    pub(crate) const SAME: usize = 6;
    /// Kinds that can only stand for one another.
    pub(crate) const CROSS: usize = 8;
    /// Whether one is an age (-1), or both are (1).
    pub(crate) const AGE: usize = 11;
    /// A bare number that may be anything.
    pub(crate) const BARE: usize = 7;
    /// Whether words beside one stand near the other, on whichever side.
    pub(crate) const CROSSED: usize = 14;
    /// The same direction of change (1), the opposite (-1).
    pub(crate) const CHANGE: usize = 9;
    /// How much more of the claim's words stand near than near the best figure with another value.
    pub(crate) const MARGIN: usize = 12;
    /// Whether no figure with another value has more of them.
    pub(crate) const TOP: usize = 13;
    /// The share of the claim's words that the other figure's sentence has.
    pub(crate) const SHARED: usize = 15;
    /// How often the value stands in the statement.
    pub(crate) const OFTEN: usize = 16;
    /// Whether other figures of the two sentences agree, or both are ages of one person.
    pub(crate) const ANCHOR: usize = 17;
    /// How unlikely an equal value is by chance.
    pub(crate) const DIGITS: usize = 18;
    /// How early a figure of the same kind with another value stands.
    pub(crate) const RIVAL_PLACE: usize = 19;
    /// Whether one with another value counts the same.
    pub(crate) const RIVAL_NOUN: usize = 20;
    /// Whether one with another value stands after the same word.
    pub(crate) const RIVAL_BEFORE: usize = 21;
}

/// What is asked of a figure with an agreeing value.
pub(super) const SAME: usize = 35;

/// Its names, in the order of `Settings::same`.
pub(super) const SAME_NAMES: [&str; SAME] = [
    "one",
    "cover",
    "share",
    "lead",
    "lost",
    "back",
    "taken",
    "noun",
    "anchor",
    "ordinal",
    "time",
    "denied",
    "denying",
    "open",
    "stage",
    "done",
    "to-come",
    "open-ours",
    "turned",
    "other",
    "swapped",
    "bound",
    "hedge",
    "bounded",
    "bounded-ours",
    "same-direction",
    "rounded",
    "within-bound",
    "digits",
    "cross",
    "likely",
    "score",
    "lead-other",
    "likely-other",
    "none",
];

/// What is asked of one with another value.
pub(super) const OTHER: usize = 29;

/// Its names, in the order of `Settings::other`.
pub(super) const OTHER_NAMES: [&str; OTHER] = [
    "one",
    "digits",
    "ratio",
    "slip",
    "unit",
    "time",
    "denied",
    "turned",
    "other",
    "agreeing",
    "date",
    "same-direction",
    "bare",
    "open",
    "pen",
    "digit-lost",
    "stands",
    "derivable",
    "date-slip",
    "date-led",
    "foreign",
    "cross",
    "listed",
    "accord",
    "likely",
    "score",
    "lead",
    "told",
    "none",
];

/// What is asked of a figure to be the counterpart of one of coverage, whatever its value.
pub(super) const COUNTERPART: usize = 59;

/// Its names, in the order of the weights in `counterpart`.
pub(super) const COUNTERPART_NAMES: [&str; COUNTERPART] = [
    "cover",
    "share",
    "lost",
    "back",
    "swapped",
    "near",
    "shared",
    "after",
    "before",
    "crossed",
    "noun",
    "other-noun",
    "one-noun",
    "name",
    "same-kind",
    "bare",
    "cross",
    "same-unit",
    "age",
    "change",
    "grain",
    "bounded",
    "anchor",
    "near-agreed",
    "in-order",
    "flanked",
    "sole",
    "told-else",
    "taken",
    "lost-name",
    "lost-name-there",
    "led",
    "followed",
    "listed-apart",
    "depth-apart",
    "difference",
    "earlier",
    "same-move",
    "other-move",
    "rate",
    "year",
    "same-stage",
    "other-stage",
    "denied",
    "lead-cover",
    "lead-back",
    "lead-near",
    "foreign",
    "accord",
    "date",
    "money",
    "percent",
    "length",
    "quantity",
    "ordinal",
    "has-noun",
    "listed",
    "lead-sentence",
    "many",
];

/// What is asked of one with an agreeing value, in a statement that we found.
pub(super) const FOUND: usize = 22;

/// Its names, in the order of `Settings::found`.
pub(super) const FOUND_NAMES: [&str; FOUND] = [
    "one",
    "cover",
    "back",
    "lead",
    "lost",
    "anchor",
    "near-agreed",
    "accord",
    "shared",
    "common",
    "noun",
    "telling",
    "date",
    "duration",
    "ordinal",
    "rough",
    "other-kind",
    "named",
    "lost-name",
    "lost-name-there",
    "same",
    "led-alike",
];

/// What is asked of a number that is said of something else.
pub(super) const ELSEWHERE: usize = 18;

/// Its names, in the order of `Settings::elsewhere`.
pub(super) const ELSEWHERE_NAMES: [&str; ELSEWHERE] = [
    "one",
    "sure",
    "accord",
    "telling",
    "lost-name",
    "lost-name-there",
    "likely",
    "likely-other",
    "none",
    "but",
    "date",
    "ordinal",
    "age",
    "place",
    "period",
    "kind",
    "rough",
    "back",
];

/// What is asked of a derivation.
pub(super) const DERIVED: usize = 31;

/// Its names, in the order of `Settings::derived`.
pub(super) const DERIVED_NAMES: [&str; DERIVED] = [
    "one",
    "linked",
    "compared",
    "part",
    "asked",
    "words",
    "least",
    "digits",
    "exact",
    "others",
    "way",
    "told",
    "noun",
    "sum",
    "rest-of-three",
    "share",
    "complement",
    "change",
    "multiple",
    "quotient",
    "part-of",
    "product",
    "converted",
    "calendar",
    "base",
    "own",
    "small",
    "stands",
    "owned",
    "foreign",
    "step",
];
