//! The English tables.

use super::Tables;
use super::figures::FigureTables;
use super::units::UnitTables;

/// All tables in `src/language/en/`.
pub(super) const TABLES: Tables = Tables {
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
    claim_words: include_str!("en/claim_words.tsv"),
    grammar: include_str!("en/grammar.tsv"),
    cues: include_str!("en/cues.tsv"),
    irregular: include_str!("en/irregular.tsv"),
    nominals: include_str!("en/nominals.tsv"),
    adjectives: include_str!("en/adjectives.tsv"),
    roles: include_str!("en/roles.tsv"),
    groups: include_str!("en/groups.tsv"),
    documents: include_str!("en/documents.tsv"),
    titles: include_str!("en/titles.tsv"),
    demonyms: include_str!("en/demonyms.tsv"),
    sites: include_str!("en/sites.tsv"),
    states: include_str!("en/states.tsv"),
    suffixes: include_str!("en/suffixes.tsv"),
    nicknames: include_str!("en/nicknames.tsv"),
    first_names: include_str!("en/first_names.tsv"),
    prompts: include_str!("en/prompts.tsv"),
    turn_labels: include_str!("en/turn_labels.tsv"),
    lesser: include_str!("en/lesser.tsv"),
};
