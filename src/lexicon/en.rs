//! The English tables.

use super::Tables;

/// All of them, as they stand in `src/lexicon/en/`.
pub const TABLES: Tables = Tables {
    abbreviations: include_str!("en/abbreviations.tsv"),
    starters: include_str!("en/starters.tsv"),
    furniture: include_str!("en/furniture.tsv"),
    grammar: include_str!("en/grammar.tsv"),
    cues: include_str!("en/cues.tsv"),
    irregular: include_str!("en/irregular.tsv"),
    nominals: include_str!("en/nominals.tsv"),
    adjectives: include_str!("en/adjectives.tsv"),
    roles: include_str!("en/roles.tsv"),
    groups: include_str!("en/groups.tsv"),
    documents: include_str!("en/documents.tsv"),
    titles: include_str!("en/titles.tsv"),
    suffixes: include_str!("en/suffixes.tsv"),
    nicknames: include_str!("en/nicknames.tsv"),
    prompts: include_str!("en/prompts.tsv"),
};
