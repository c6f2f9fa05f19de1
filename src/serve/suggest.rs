//! What may be meant by a search that is being typed: the names of speakers and publishers whose words begin so.

use super::Library;
use super::library::LibraryError;
use crate::index::{By, SearchQuery};
use crate::text::folding::folded;
use serde::Serialize;

/// So many names of each kind are known, the most frequent.
const NAMES: usize = 5_000;

/// So many are suggested.
const SUGGESTED: usize = 8;

/// A name that can be searched for.
#[derive(Clone, Debug)]
pub(super) struct Name {
    name: String,
    /// The folded words of the name.
    words: Vec<String>,
    /// The field of the query language.
    field: &'static str,
    documents: u64,
}

/// A suggestion.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Suggestion {
    /// The whole query with the name in it.
    query: String,
    /// What it finds.
    label: String,
}

/// The names of an index. Reads only columns, once a run.
pub(super) fn names(library: &Library) -> Result<Vec<Name>, LibraryError> {
    let mut names = Vec::new();
    for (by, field) in [(By::Speaker, "speaker"), (By::Publisher, "publisher")] {
        let counted = library.index.count(&SearchQuery::default(), by)?.into_iter();
        let name = |(name, documents): (Option<String>, u64)| {
            let name = name?;
            Some(Name { words: folded(&name), name, field, documents })
        };
        names.extend(counted.filter_map(name).take(NAMES));
    }
    Ok(names)
}

/// What the last word of a query may begin, the most frequent first.
pub(super) fn suggested(names: &[Name], typed: &str) -> Vec<Suggestion> {
    let (before, last) = match typed.rfind(char::is_whitespace) {
        Some(at) => (typed[..at].trim(), &typed[at..]),
        None => ("", typed),
    };
    let Some(begun) = folded(last).pop().filter(|word| word.chars().count() > 1) else { return Vec::new() };
    // A field or a phrase is being typed, and not a name.
    if last.contains([':', '"']) || before.matches('"').count() % 2 == 1 {
        return Vec::new();
    }
    let fits = |name: &&Name| name.words.iter().any(|word| word.starts_with(&begun));
    let mut found: Vec<&Name> = names.iter().filter(fits).collect();
    found.sort_by_key(|name| std::cmp::Reverse(name.documents));
    let suggestion = |name: &Name| {
        let plain = name.name.replace(['"', '\\'], " ");
        let space = if before.is_empty() { "" } else { " " };
        Suggestion {
            query: format!("{before}{space}{}:\"{}\"", name.field, plain.trim()),
            label: format!("{}, {} of {}", name.name, name.field, name.documents),
        }
    };
    found.into_iter().take(SUGGESTED).map(suggestion).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_word_is_completed_and_the_rest_stays() {
        let name = |name: &str, documents, field| Name { name: name.to_owned(), words: folded(name), field, documents };
        let names = [
            name("Dana Holt", 3, "speaker"),
            name("Tom \"Dan\" Reyes", 9, "speaker"),
            name("The Dawn", 2, "publisher"),
        ];
        let of = |typed: &str| -> Vec<String> { suggested(&names, typed).into_iter().map(|one| one.query).collect() };
        assert_eq!(of("bridge DAN"), ["bridge speaker:\"Tom  Dan  Reyes\"", "bridge speaker:\"Dana Holt\""]);
        assert_eq!(of("hol"), ["speaker:\"Dana Holt\""]);
        assert_eq!(of("daw"), ["publisher:\"The Dawn\""]);
        // Too little, a field, within a phrase, a word that no name begins with.
        for typed in ["", "d", "speaker:da", "\"safe da", "olt", "   "] {
            assert!(of(typed).is_empty(), "{typed}");
        }
    }
}
