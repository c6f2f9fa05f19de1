//! What a row is called: the words of its key as a text may write them, and the other names that it goes by. `Saint Orla`
//! is `St. Orla`, `Côte Verte` is `Cote Verte`, `Republic of Veil` is `Veil`, and `Côte d’Ivoire` is `Ivory Coast`
//! (`language/en/name_parts.tsv`, `places.tsv`).

use super::hash;
use crate::language::{PerLanguage, tsv};
use crate::span::Span;
use crate::text::folding::folded;
use crate::words::{Word, key, words};
use rustc_hash::{FxHashMap, FxHashSet};

/// What `name_parts.tsv` says.
#[derive(Default)]
struct Parts {
    /// The word that stands for each.
    same: FxHashMap<u64, u64>,
    before: Phrases,
    after: Phrases,
    whole: FxHashSet<u64>,
    part: FxHashSet<u64>,
}

/// Phrases by their outer word, longest first: the first of those before a name, the last of those after it.
type Phrases = FxHashMap<u64, Vec<Vec<u64>>>;

static TABLE: PerLanguage<Parts> = PerLanguage::new(|language| {
    let mut parts = Parts::default();
    for row in tsv::rows(language.tables.check.name_parts) {
        let phrases = row.cell(1).split(',').map(keys_of);
        match row.cell(0) {
            "same" => {
                let words: Vec<u64> = phrases.flatten().collect();
                parts.same.extend(words.iter().skip(1).map(|word| (*word, words[0])));
            }
            "before" => phrases.for_each(|p| parts.before.entry(p[0]).or_default().push(p)),
            "after" => phrases.for_each(|p| parts.after.entry(p[p.len() - 1]).or_default().push(p)),
            "part" => parts.part.extend(phrases.flatten()),
            _ => parts.whole.extend(phrases.map(|p| hash(p.into_iter()))),
        }
    }
    let longest = |list: &mut Vec<Vec<u64>>| list.sort_by_key(|p| std::cmp::Reverse(p.len()));
    parts.before.values_mut().chain(parts.after.values_mut()).for_each(longest);
    parts
});

fn keys_of(phrase: &str) -> Vec<u64> {
    words(phrase, Span::at(0, phrase.len())).iter().map(|word| word.key).collect()
}

/// The key of a word of a name, equal for the ways in which it is written.
pub(super) fn name_key(text: &str, word: Span, own: u64) -> u64 {
    let written = word.of(text);
    let plain = match written.is_ascii() {
        true => own,
        false => folded(written).first().map_or(own, |word| key(word)),
    };
    TABLE.compared().same.get(&plain).copied().unwrap_or(plain)
}

/// The words of a row's key, without an article and without what stands in brackets.
pub(super) fn fold(name: &str) -> Vec<u64> {
    spelled(name).into_iter().map(|word| word.key).collect()
}

/// The same, with their places.
fn spelled(name: &str) -> Vec<Word> {
    let bare = name.split(['(', '[']).next().unwrap_or(name);
    let mut found = words(bare, Span::at(0, bare.len()));
    found.iter_mut().for_each(|word| word.key = name_key(bare, word.span, word.key));
    if found.len() > 1 && found[0].key == const { key("the") } {
        found.remove(0);
    }
    found
}

/// A name without what it goes with or without, where it has some: `Veil` of `Republic of Veil`, and of `Veil, Republic of`.
/// `folded` are its words as [`fold`] gives them.
pub(super) fn shorter<'n>(name: &'n str, folded: &[u64]) -> Option<&'n str> {
    let (first, last) = (folded.first()?, folded.last()?);
    let (before, after) = (TABLE.compared().before.get(first), TABLE.compared().after.get(last));
    let comma = name.find(',');
    // Of a million names hardly any goes on here.
    if before.is_none() && after.is_none() && comma.is_none() {
        return None;
    }
    let longer = |p: &&Vec<u64>| folded.len() > p.len();
    let leads = before.and_then(|list| list.iter().filter(longer).find(|p| folded.starts_with(p)));
    let ends = after.and_then(|list| list.iter().filter(longer).find(|p| folded.ends_with(p)));
    let (from, to) = match (leads, ends) {
        (Some(phrase), _) => (phrase.len(), folded.len()),
        (None, Some(phrase)) => (0, folded.len() - phrase.len()),
        (None, None) => {
            let tail = fold(&name[comma? + 1..]);
            let inverted = TABLE.compared().before.get(tail.first()?).is_some_and(|list| list.contains(&tail));
            return name.get(..comma?).filter(|_| inverted).map(str::trim);
        }
    };
    let found = spelled(name);
    let article = usize::from(to - from > 1 && folded[from] == const { key("the") });
    let (start, end) = (found.get(from + article)?.span.start, found.get(to - 1)?.span.end);
    name.get(start as usize..end as usize)
}

/// Whether a row of this name is made of all others.
pub(super) fn is_whole(name: &str) -> bool {
    TABLE.compared().whole.contains(&hash(fold(name).into_iter()))
}

/// Whether a word makes another name of the one that follows it: `Upper Lenn` is not `Lenn`.
pub(super) fn makes_another(word: u64) -> bool {
    TABLE.compared().part.contains(&word)
}

/// The names of countries and territories, those of one thing together.
pub(super) fn places() -> impl Iterator<Item = Vec<&'static str>> {
    tsv::rows(crate::language::compared().tables.check.places).map(|row| row.list(0).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_name_in_many_spellings() {
        for (a, b) in [
            ("Saint Orla", "St. Orla"),
            ("Côte Verte", "Cote Verte"),
            ("The Marches", "marches"),
            ("Hollin & Tarn", "Hollin and Tarn"),
            ("Veil [b]", "Veil"),
            ("Mt Arden (new)", "Mount Arden"),
        ] {
            assert_eq!(fold(a), fold(b), "{a} {b}");
        }
        assert_ne!(fold("Saint Orla"), fold("Orla"));
    }

    #[test]
    fn titles_of_places_may_be_left_out() {
        for (name, short) in [
            ("Republic of Veil", Some("Veil")),
            ("Republic of the Marches", Some("Marches")),
            ("Veil, Republic of", Some("Veil")),
            ("Hollin County", Some("Hollin")),
            ("Silverline Ferries Ltd", Some("Silverline Ferries")),
            ("Veil", None),
            ("County", None),
            ("Upper Lenn", None),
            ("Lenn Bridge", None),
        ] {
            assert_eq!(shorter(name, &fold(name)), short, "{name}");
        }
        assert!(is_whole("Total") && is_whole("Grand total") && !is_whole("Total Oil"));
    }

    #[test]
    fn the_tables_are_clean() {
        let mut seen = FxHashSet::default();
        for names in places() {
            assert!(names.len() > 1, "{names:?}");
            names.iter().for_each(|name| assert!(seen.insert(*name), "{name} stands twice"));
        }
        for row in tsv::rows(crate::language::compared().tables.check.name_parts) {
            assert!(["same", "before", "after", "whole", "part"].contains(&row.cell(0)), "line {}", row.line);
            assert!(row.cell(1).split(',').all(|p| !keys_of(p).is_empty()), "line {}", row.line);
        }
    }
}
