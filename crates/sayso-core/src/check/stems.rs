//! Words brought down to what they share: `injuries`, `injured` and `hurt` are one. The language's stems, and a table of words
//! that news uses for one another (`language/en/same_things.tsv`).

use crate::language::{PerLanguage, compared};
use crate::words::key;
use rustc_hash::FxHashMap;
use std::borrow::Cow;

/// Keys of stems, joined by the table; 0 for words that tell nothing.
static KNOWN: PerLanguage<FxHashMap<u64, u64>> = PerLanguage::new(|language| {
    let mut map = FxHashMap::default();
    for row in rows(language.tables.check.same_things) {
        let mut first = None;
        for word in row.split('\t').flat_map(str::split_whitespace) {
            let stem = key(&strip(word));
            let first = *first.get_or_insert(stem);
            map.entry(stem).or_insert(first);
        }
    }
    for word in rows(language.tables.empty_words).flat_map(str::split_whitespace) {
        map.insert(key(&strip(word)), 0);
    }
    map
});

/// The words of each row of the table without their endings, by the key that they share.
static ROWS: PerLanguage<FxHashMap<u64, Vec<String>>> = PerLanguage::new(|language| {
    let words = |row: &str| {
        row.split('\t').flat_map(str::split_whitespace).map(|word| strip(word).into_owned()).collect::<Vec<_>>()
    };
    let known = KNOWN.of(language);
    let rows = rows(language.tables.check.same_things).map(words);
    rows.map(|words| (known.get(&key(&words[0])).copied().unwrap_or_default(), words)).collect()
});

fn rows(table: &'static str) -> impl Iterator<Item = &'static str> {
    table.lines().filter(|l| !l.starts_with('#') && !l.trim().is_empty()).skip(1)
}

/// The key of a word's stem, given in any case; 0 for one that tells nothing.
pub(super) fn stem(word: &str) -> u64 {
    stems(word).0
}

/// The key of a word's stem, joined with those of words that news uses for it, and that of its own; both 0 for a word that
/// tells nothing.
pub(super) fn stems(word: &str) -> (u64, u64) {
    let lower = lower(word);
    if lower.len() < 2 || lower.chars().nth(1).is_none() {
        return (0, 0);
    }
    let own = key(&strip(&lower));
    match KNOWN.compared().get(&own) {
        Some(0) => (0, 0),
        Some(joined) => (*joined, own),
        None => (own, own),
    }
}

/// A word in lower case.
fn lower(word: &str) -> Cow<'_, str> {
    let is_lower = word.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase());
    if is_lower { Cow::Borrowed(word) } else { Cow::Owned(word.to_lowercase()) }
}

/// The key of a word's own stem, given in any case, whatever words stand for it.
pub(super) fn base(word: &str) -> u64 {
    key(&strip(&word.to_lowercase()))
}

/// Whether two words of one stem are forms of one word, and not words that news uses for one another.
pub(super) fn is_same_word(one: &str, other: &str) -> bool {
    strip(&one.to_lowercase()) == strip(&other.to_lowercase())
}

/// The forms that a word and those of the same stem can have, in lower case: `ferry`, `ferries`; `hurt`, `injured`,
/// `injuries`. Some are no words, some may be missing.
pub(super) fn forms(word: &str) -> Vec<String> {
    let own = stem(word);
    let lower = word.to_lowercase();
    let alone = [strip(&lower).into_owned()];
    let bases = ROWS.compared().get(&own).map_or(&alone[..], Vec::as_slice);
    let mut forms = Vec::new();
    for base in bases {
        forms.extend(compared().lexicon.forms.of_stem(base));
    }
    forms.retain(|form| stem(form) == own);
    forms.sort_unstable();
    forms.dedup();
    forms
}

/// A lower-case word without its ending.
fn strip(word: &str) -> Cow<'_, str> {
    compared().lexicon.forms.stem(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_one_word_are_one() {
        for (a, b) in [
            ("ferries", "ferry"),
            ("Inspected", "inspects"),
            ("charging", "charged"),
            ("stopped", "stop"),
            ("classes", "class"),
            ("killed", "dead"),
            ("injuries", "hurt"),
            ("homes", "home"),
        ] {
            assert_eq!(stem(a), stem(b), "{a} {b}");
            assert_ne!(stem(a), 0, "{a}");
        }
        assert_ne!(stem("boat"), stem("boots"));
        assert_eq!(stem("the"), 0);
    }

    #[test]
    fn a_word_has_forms() {
        for (word, others) in [
            ("ferries", &["ferry", "ferries"][..]),
            ("Charged", &["charge", "charges", "charged", "charging"]),
            ("stop", &["stops", "stopped", "stopping"]),
            ("injuries", &["hurt", "injured", "injury"]),
        ] {
            let forms = forms(word);
            assert!(others.iter().all(|other| forms.iter().any(|form| form == other)), "{word}: {forms:?}");
            assert!(forms.iter().all(|form| stem(form) == stem(word)), "{word}: {forms:?}");
        }
    }

    #[test]
    fn tables_are_clean() {
        let mut seen = std::collections::HashMap::new();
        for (i, row) in rows(compared().tables.check.same_things).enumerate() {
            assert!(row.split_whitespace().count() > 1, "row {i} stands alone");
            for word in row.split_whitespace() {
                assert_eq!(word, word.to_lowercase());
                let old = seen.insert(strip(word), i);
                assert!(old.is_none_or(|o| o == i), "{word} stands in two rows");
            }
        }
        for word in rows(compared().tables.empty_words).flat_map(str::split_whitespace) {
            assert!(!seen.contains_key(&strip(word)), "{word} is in both tables");
        }
    }
}
