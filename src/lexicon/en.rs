//! The English tables.

use super::Tables;

/// All of them, as they stand in `src/lexicon/en/`.
pub const TABLES: Tables = Tables {
    abbreviations: include_str!("en/abbreviations.tsv"),
    starters: include_str!("en/starters.tsv"),
    furniture: include_str!("en/furniture.tsv"),
};
