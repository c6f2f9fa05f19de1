//! Names of people, compared: whether two may name one person.
//!
//! `CLINTON`, `Sec. Clinton` and `Hillary Rodham Clinton` may; `Bill Clinton` and `Hillary Clinton` may not, nor
//! `Donald Trump Jr.` and `Donald J. Trump`.

use super::lexicon::is_common;
use crate::language::lists::List;
use crate::language::{self, grammar::Class};

/// A person's name in parts, folded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Name {
    first: Vec<String>,
    last: String,
    suffix: Option<String>,
}

impl Name {
    /// Reads a name with its titles.
    pub(super) fn new(written: &str) -> Name {
        let lexicon = &language::compared().lexicon;
        let title = |word: &str| {
            lexicon.grammar.class(lexicon.words.get(word)).has(Class::TITLE) || is_common(&word.to_lowercase())
        };
        let mut words: Vec<String> = written
            .split(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’' | '-'))
            .filter(|word| !word.is_empty())
            .map(|word| word.trim_end_matches("'s").trim_end_matches("’s"))
            .map(str::to_owned)
            .collect();
        while words.len() > 1 && title(&words[0]) {
            words.remove(0);
        }
        let mut words: Vec<String> = words.iter().map(|word| fold(word)).collect();
        let suffix = words.pop_if(|word| lexicon.lists.has(List::Generations, word));
        let last = words.pop().unwrap_or_default();
        Name { first: words, last, suffix }
    }

    /// The surname, or the only name, folded.
    pub(super) fn last(&self) -> &str {
        &self.last
    }

    /// Whether it is a surname alone.
    pub(super) fn is_bare(&self) -> bool {
        self.first.is_empty()
    }

    /// Whether two names may be one person's: one surname, and first names that do not part them.
    pub(super) fn may_be(&self, other: &Name) -> bool {
        if self.last.is_empty() || self.last != other.last {
            return false;
        }
        let (Some(one), Some(two)) = (self.first.first(), other.first.first()) else { return true };
        let initial =
            one.chars().next() == two.chars().next() && (one.chars().count() == 1 || two.chars().count() == 1);
        let lexicon = &language::compared().lexicon;
        let short = || lexicon.people.same_first_name(lexicon.words.get(one), lexicon.words.get(two));
        let shared = || self.first.iter().any(|name| name.chars().count() > 1 && other.first.contains(name));
        self.suffix == other.suffix && (initial || shared() || short())
    }
}

/// Lower case, without apostrophes and accents.
fn fold(word: &str) -> String {
    word.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).map(crate::words::base).collect()
}

/// Whether a name names who issued a statement.
pub(super) fn is_issuer(name: &str, issuer: &str) -> bool {
    shares(&telling(name), &telling(issuer))
}

/// The words of a name that tell it from others.
pub(super) fn telling(name: &str) -> Vec<String> {
    words_of(name).filter(|w| !is_common(w)).collect()
}

/// The words of a name in small letters, without genitives and single letters.
pub(super) fn words_of(name: &str) -> impl Iterator<Item = String> + use<'_> {
    name.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’')
        .map(|w| w.trim_end_matches("'s").trim_end_matches("’s").to_lowercase())
        .filter(|w| w.chars().count() > 1)
}

/// Whether two names share a word.
pub(super) fn shares(ours: &[String], theirs: &[String]) -> bool {
    ours.iter().any(|w| theirs.contains(w))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_one_and_of_two() {
        for (one, other, may_be) in [
            ("HALE", "Mira Hale", true),
            ("Mayor Mira Hale", "M. Hale", true),
            ("Mira Jane Hale", "Jane Hale", true),
            ("Tom Hale", "Mira Hale", false),
            ("Tom Hale Jr.", "Tom Hale", false),
            ("Tom Hale Jr.", "Hale", true),
            ("O'MARRA", "Ada O’Marra", true),
            ("Mike Weir", "Michael Weir", true),
            ("José Peña", "JOSE PENA", true),
            ("Hale", "Hall", false),
        ] {
            assert_eq!(Name::new(one).may_be(&Name::new(other)), may_be, "{one} / {other}");
        }
    }
}
