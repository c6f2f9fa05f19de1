//! The thresholds of checking.

use super::features::{DERIVED, ELSEWHERE, FEATURES, FOUND, OTHER, SAME};

/// When two figures are taken to speak of the same thing, and when that is enough for a verdict. The defaults ask much
/// before they contradict: a false alarm costs a newsroom more than a miss.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// Weights of the features of `likeness`, in their order: constant, shared words near both, noun the same (or
    /// another), words after, words before, place in the statement, same kind, bare number, kinds that can stand for one
    /// another, same change (or the opposite), date, age, margin over figures with other values, nearest of all, words
    /// beside one near the other, words of the sentence shared, value repeated; other figures of both sentences that agree
    /// and digits of the value, which speak in stories only, of which no labelled set is at hand, and are set by hand; of
    /// figures with other values: how early one stands, whether one counts the same, or stands after the same word. All
    /// others were fitted by `training/check.py`.
    pub likeness: [f32; FEATURES],
    /// Weights by which a figure of a story with an agreeing value is taken to be the same thing, in the order of
    /// `features::SAME_NAMES`; fitted by `training/story.py`.
    pub same: [f32; SAME],
    /// The same for one with another value, in the order of `features::OTHER_NAMES`; fitted by `training/counterpart.py`.
    pub other: [f32; OTHER],
    /// Weights by which a derivation is taken to be meant, in the order of `features::DERIVED_NAMES`; fitted by
    /// `training/derived.py`.
    pub derived: [f32; DERIVED],
    /// Weights by which a figure with an agreeing value is taken to be the same thing, where we found its statement among many,
    /// in the order of `features::FOUND_NAMES`; fitted by `training/found.py`.
    pub found: [f32; FOUND],
    /// Weights by which the same number is taken to be said of something else, in the order of `features::ELSEWHERE_NAMES`; fitted by
    /// `training/elsewhere.py`.
    pub elsewhere: [f32; ELSEWHERE],
    /// How likely that must be to be told. Default 0.1.
    pub elsewhere_least: f32,
    /// How likely that must be for *supported*. Default 0.7.
    pub found_least: f32,
    /// The same, where the statement has the value of many of the page's figures. Default 0.4.
    pub found_in_told: f32,
    /// How likely the same thing must be meant in a story for *supported*. Default 0.6.
    pub stated: f32,
    /// How likely in a story for another value to be *contradicted*. Default 0.45.
    pub denied: f32,
    /// How likely the same thing must be meant for *supported*. Default 0.5.
    pub supported: f32,
    /// How likely the same thing must be meant for *contradicted*. Default 0.75.
    pub contradicted: f32,
    /// How much likelier another figure with another value may be before an equal one is no support. Default 0.33.
    pub rival: f32,
    /// The same for a figure of a story. Default 0.45.
    pub rival_in_story: f32,
    /// How likely an equal figure may be the same thing for another value still to be *contradicted*. Default 0.3.
    pub stray: f32,
    /// Across what factor two values may lie apart and still contradict one another. Default 10.
    pub factor: f32,
    /// How likely the same thing must be meant for a figure to be shown where there is not enough evidence. Default 0.3.
    pub shown: f32,
    /// How many statements are compared where a document names none. Default 8.
    pub statements: usize,
    /// How much of a thousand statements one must resemble a document that names none, from 0 to 1; of fewer, less.
    /// Default 0.15.
    pub resemblance: f32,
    /// How many days coverage that names no statement may come before one. Default 7.
    pub days_before: i32,
    /// How many days it may come after. Default 400.
    pub days_after: i32,
    /// How many days it may come after a statement that speaks against it. Default 14.
    pub days_against: i32,
    /// What share of the best statement's score another must have where none is named. Default 0.4.
    pub beside_best: f32,
    /// What share of the rarer words of a sentence with a figure a statement must have to be compared for its sake. Default
    /// 0.5.
    pub shared_in_sentence: f32,
    /// How much that share grows each time that the statements, from sixteen on, double. Default 0.04.
    pub shared_per_doubling: f32,
    /// How likely the same thing must be meant for the same number of another unit, or on another scale, to be
    /// *contradicted*. Default 0.45.
    pub slip: f32,
    /// Across what factor a table's value may lie from a claimed one and still be taken for the same thing. Default 10.
    pub table_factor: f32,
    /// How well a column's header must be matched by the words around a figure, from 0 to 1. Default 0.5.
    pub column: f32,
    /// What words of the sentences before count for against those of the figure's own. Default 0.7.
    pub column_before: f32,
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            likeness: [
                0.07, 0.08, 0.18, 0.41, 0.83, 3.06, 0.48, 0.42, -0.83, 0.17, 0.52, 2.16, 1.87, 0.79, 0.0, 0.52, 0.0,
                1.2, 1.0, -2.27, -0.94, -0.65,
            ],
            same: [
                1.27, -1.12, -0.06, 0.01, -0.90, 1.36, 1.39, -0.01, 0.58, -0.61, -1.81, -0.81, -1.51, -1.64, -1.10,
                -0.64, -0.45, -0.38, -4.24, -1.82, -0.99, -2.61, -3.84, -0.93, 0.77, 0.42, -0.03, 1.13, 0.31, 0.36,
                0.66, -0.19, 0.38, -1.22, 0.42,
            ],
            other: [
                0.35, 0.71, -2.16, 6.27, 2.35, 0.22, 0.31, 0.17, -0.50, -3.09, 1.98, 0.02, -0.22, -0.44, 3.04, 2.43,
                -3.30, -2.69, 2.58, 0.73, -0.44, 0.62, 0.88, -0.16, 2.92, 0.06, -0.62, -1.18, -0.31,
            ],
            derived: [
                -3.38, 1.94, 0.23, 0.24, 1.05, 1.30, 1.25, -0.27, 0.97, -0.37, 1.57, 1.37, 0.17, -1.20, -1.47, -0.12,
                -0.74, -1.35, 0.14, 0.09, -1.04, -0.62, 1.37, 0.20, 0.28, 0.30, -0.16, -2.42, 0.13, -0.97, 1.75,
            ],
            found: [
                -1.26, 0.71, 1.68, 0.93, -0.20, 1.45, 1.16, 0.86, -0.61, 1.88, 0.52, 1.31, -0.79, -1.29, -0.55, -1.07,
                -1.01, 0.67, -0.86, -0.94, 0.07, 0.81,
            ],
            elsewhere: [
                -1.92, 1.35, 1.92, 1.81, -1.29, -0.56, 0.26, 1.79, -1.79, -1.86, -1.91, -0.34, -0.78, -0.57, -0.49,
                0.24, -1.66, -0.56,
            ],
            elsewhere_least: 0.1,
            found_least: 0.7,
            found_in_told: 0.4,
            stated: 0.6,
            denied: 0.45,
            supported: 0.5,
            contradicted: 0.75,
            rival: 0.33,
            rival_in_story: 0.45,
            stray: 0.3,
            factor: 10.0,
            shown: 0.3,
            statements: 8,
            resemblance: 0.15,
            days_before: 7,
            days_after: 400,
            days_against: 14,
            beside_best: 0.4,
            shared_in_sentence: 0.5,
            shared_per_doubling: 0.04,
            slip: 0.45,
            table_factor: 10.0,
            column: 0.5,
            column_before: 0.7,
        }
    }
}
