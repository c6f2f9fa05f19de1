//! The ids of words for which a rule looks at nearly every word of a text. Their letters stand in a table that is too large to
//! be at hand; a number is compared at once.

use super::{WordId, Words};

/// Words of English that rules ask for by themselves. In a language that lacks one, no word is it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Common {
    /// `in`: begins `in the words of Brandt`
    pub within: WordId,
    /// `only`: an adverb behind an auxiliary alone (`would only say`)
    pub only: WordId,
    /// `to`: before an infinitive
    pub to: WordId,
}

impl Common {
    /// Those of `words`.
    pub(super) fn new(words: &Words) -> Common {
        Common { within: words.get("in"), only: words.get("only"), to: words.get("to") }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn all_are_known() {
        let common = crate::language::of(None).lexicon.common;
        assert!([common.within, common.only, common.to].iter().all(|word| word.is_known()));
    }
}
