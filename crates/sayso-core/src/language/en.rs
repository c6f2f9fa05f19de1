//! The English tables, and the forms of English words.

mod forms;

use super::figures::FigureTables;
use super::units::UnitTables;
use super::{CheckTables, Tables, TraceTables};

/// All tables in `src/language/en/`.
pub(super) const TABLES: Tables = Tables {
    forms: &forms::English,
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
    speaker_weights: include_str!("en/speaker_weights.tsv"),
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
    clause_words: include_str!("en/clause_words.tsv"),
    lists: include_str!("en/lists.tsv"),
    empty_words: include_str!("en/empty_words.tsv"),
    check: CheckTables {
        words: include_str!("en/check_words.tsv"),
        same_things: include_str!("en/same_things.tsv"),
        moves: include_str!("en/moves.tsv"),
        facts: include_str!("en/facts.tsv"),
        contrasts: include_str!("en/contrasts.tsv"),
        measures: include_str!("en/measures.tsv"),
        name_parts: include_str!("en/name_parts.tsv"),
        places: include_str!("en/places.tsv"),
        similar: include_bytes!("en/similar.bin"),
    },
    trace: TraceTables {
        forms: include_str!("en/forms.tsv"),
        spellings: include_str!("en/spellings.tsv"),
        quoted_words: include_str!("en/quoted_words.tsv"),
        stage_words: include_str!("en/stage_words.tsv"),
        occasions: include_str!("en/occasions.tsv"),
    },
    tagger: include_bytes!("en/tagger.bin"),
    claims: include_bytes!("en/claims.bin"),
};
