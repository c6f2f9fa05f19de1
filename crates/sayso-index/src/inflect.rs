//! The forms of an English word of a query, by rule. Stemming the text instead would make indexing six times as expensive and lose
//! the exact word. Forms that are not words do no harm, because the index does not contain them.

use sayso_core::language;

/// A folded word, then its other forms, each once: `vote` gives `vote votes voted voting`.
pub(crate) fn forms(word: &str) -> Vec<String> {
    language::of(Some("en")).lexicon.forms.variants(word)
}
