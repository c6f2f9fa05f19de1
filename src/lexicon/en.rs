//! The English tables.

use super::figures::FigureTables;
use super::units::UnitTables;
use super::Tables;

/// All of them, as they stand in `src/lexicon/en/`.
pub const TABLES: Tables = Tables {
    abbreviations: include_str!("en/abbreviations.tsv"),
    starters: include_str!("en/starters.tsv"),
    furniture: include_str!("en/furniture.tsv"),
    figures: FigureTables {
        numbers: include_str!("en/numbers.tsv"),
        time: include_str!("en/time_words.tsv"),
        particles: include_str!("en/particles.tsv"),
        hedges: include_str!("en/hedges.tsv"),
        changes: include_str!("en/changes.tsv"),
        labels: include_str!("en/labels.tsv"),
        nouns: include_str!("en/nouns.tsv"),
    },
    units: UnitTables { units: include_str!("en/units.tsv"), currencies: include_str!("en/currencies.tsv") },
    claim_weights: include_str!("en/claim_weights.tsv"),
};
