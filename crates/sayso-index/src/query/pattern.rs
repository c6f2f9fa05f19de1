//! Patterns for words: prefixes (`repair*`), wildcards (`re?air*s`), and words that differ by one or two letters
//! (`brigde~`). A pattern is an automaton over the bytes of a folded word. The index runs it over its dictionary and
//! the highlighter over the words of a text, so a search highlights what it finds.

use tantivy_fst::Automaton;

/// A pattern for one folded word.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Pattern {
    /// Any word with this prefix.
    Prefix(String),
    /// `*` stands for any number of letters, `?` for one.
    Wild(String),
    /// Any word that differs from this one by at most this many edits: a letter inserted, deleted, replaced, or swapped
    /// with its neighbour.
    Fuzzy(String, u8),
}

/// A state of the automaton.
#[derive(Clone, Copy, Debug)]
pub(crate) enum State {
    /// The number of matched bytes of the prefix. `None` after a mismatch.
    Prefix(Option<usize>),
    /// The set of positions in the pattern at which the automaton may be.
    Wild(u128),
    /// For zero, one and two edits: the set of numbers of bytes of the word that may have been matched, and the subset
    /// after which the next two bytes are being swapped.
    Fuzzy([u128; EDITS], [u128; EDITS]),
}

/// The number of edit counts: zero, one and two.
const EDITS: usize = 3;

/// The maximum length of a pattern. The parser refuses longer ones.
pub(crate) const LONGEST: usize = 100;

impl Pattern {
    /// Whether a folded word matches.
    pub(crate) fn fits(&self, word: &str) -> bool {
        match self {
            Pattern::Prefix(beginning) => word.starts_with(beginning.as_str()),
            _ => {
                let mut state = self.start();
                for byte in word.bytes() {
                    state = self.accept(&state, byte);
                    if !self.can_match(&state) {
                        return false;
                    }
                }
                self.is_match(&state)
            }
        }
    }
}

/// The set that contains every number of matched bytes of a word.
fn whole(word: &str) -> u128 {
    (2 << word.len().min(LONGEST)) - 1
}

/// Adds the positions that are reachable over stars without reading a byte.
fn past_stars(pattern: &[u8], mut places: u128) -> u128 {
    for (i, byte) in pattern.iter().enumerate() {
        if *byte == b'*' && places >> i & 1 == 1 {
            places |= 1 << (i + 1);
        }
    }
    places
}

impl Automaton for Pattern {
    type State = State;

    fn start(&self) -> State {
        match self {
            Pattern::Prefix(_) => State::Prefix(Some(0)),
            Pattern::Wild(pattern) => State::Wild(past_stars(pattern.as_bytes(), 1)),
            // Letters deleted at the start.
            Pattern::Fuzzy(word, edits) => {
                let met = |edit: usize| if edit <= usize::from(*edits) { ((2 << edit) - 1) & whole(word) } else { 0 };
                State::Fuzzy([met(0), met(1), met(2)], [0; EDITS])
            }
        }
    }

    fn is_match(&self, state: &State) -> bool {
        match (self, state) {
            (Pattern::Prefix(beginning), State::Prefix(met)) => *met == Some(beginning.len()),
            (Pattern::Wild(pattern), State::Wild(places)) => places >> pattern.len().min(127) & 1 == 1,
            (Pattern::Fuzzy(word, _), State::Fuzzy(met, _)) => {
                met.iter().any(|met| met >> word.len().min(127) & 1 == 1)
            }
            _ => false,
        }
    }

    fn can_match(&self, state: &State) -> bool {
        match (self, state) {
            (_, State::Prefix(met)) => met.is_some(),
            (_, State::Wild(places)) => *places != 0,
            (_, State::Fuzzy(met, swapping)) => met.iter().chain(swapping).any(|set| *set != 0),
        }
    }

    fn will_always_match(&self, state: &State) -> bool {
        matches!(self, Pattern::Prefix(_)) && self.is_match(state)
    }

    fn accept(&self, state: &State, byte: u8) -> State {
        match (self, state) {
            (Pattern::Prefix(beginning), State::Prefix(Some(met))) => {
                State::Prefix(match beginning.as_bytes().get(*met) {
                    None => Some(*met),
                    Some(expected) => (*expected == byte).then_some(met + 1),
                })
            }
            (Pattern::Wild(pattern), State::Wild(places)) => {
                let pattern = pattern.as_bytes();
                // The continuation bytes of a multi-byte character belong to the letter that `?` matched.
                let inside = byte & 0xc0 == 0x80;
                let mut next = 0;
                for (i, expected) in pattern.iter().enumerate().filter(|(i, _)| places >> i & 1 == 1) {
                    match expected {
                        b'*' => next |= 1 << i,
                        b'?' if inside => {}
                        b'?' => next |= 1 << (i + 1),
                        expected if *expected == byte => next |= 1 << (i + 1),
                        _ => {}
                    }
                }
                if inside {
                    let after_any = (1..=pattern.len()).filter(|i| pattern[i - 1] == b'?' && places >> i & 1 == 1);
                    next |= after_any.fold(0, |set, i| set | 1 << i);
                }
                State::Wild(past_stars(pattern, next))
            }
            // From Wu and Manber, Fast Text Searching Allowing Errors (1992), extended with swaps.
            (Pattern::Fuzzy(word, edits), State::Fuzzy(met, swapping)) => {
                let here = word.bytes().zip(0..).fold(0_u128, |set, (b, i)| set | u128::from(b == byte) << i);
                let (mut next, mut half) = ([0; EDITS], [0; EDITS]);
                for edit in 0..=usize::from(*edits) {
                    next[edit] = (met[edit] & here) << 1;
                    if edit > 0 {
                        let put_in = met[edit - 1];
                        let (replaced, left_out) = (met[edit - 1] << 1, next[edit - 1] << 1);
                        next[edit] |= put_in | replaced | left_out | (swapping[edit] & here) << 2;
                        half[edit] = met[edit - 1] & (here >> 1);
                    }
                    next[edit] &= whole(word);
                }
                State::Fuzzy(next, half)
            }
            (_, state) => *state,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_fit() {
        let (prefix, wild) = (|t: &str| Pattern::Prefix(t.into()), |t: &str| Pattern::Wild(t.into()));
        let fuzzy = |t: &str, edits| Pattern::Fuzzy(t.into(), edits);
        for (pattern, word, fits) in [
            (prefix("rep"), "repair", true),
            (prefix("repair"), "rep", false),
            (wild("re*r"), "repair", true),
            (wild("re*r"), "repairs", false),
            (wild("rep??r"), "repair", true),
            (wild("rep?r"), "repair", false),
            (wild("*pair*"), "repaired", true),
            (wild("b?d"), "bжd", true),
            (wild("b?d"), "bжжd", false),
            (wild("b?жd"), "bяжd", true),
            (fuzzy("bridge", 1), "brigde", true),
            (fuzzy("bridge", 1), "bridges", true),
            (fuzzy("bridge", 1), "bride", true),
            (fuzzy("bridge", 1), "brides", false),
            (fuzzy("bridge", 2), "brides", true),
            (fuzzy("bridge", 1), "fridge", true),
            (fuzzy("bridge", 1), "bridge", true),
            (fuzzy("bridge", 1), "ridge", true),
            (fuzzy("bridge", 1), "rbidge", true),
            (fuzzy("bridge", 1), "idge", false),
            (fuzzy("bridge", 2), "idge", true),
            (fuzzy("bridge", 1), "birgde", false),
            (fuzzy("bridge", 2), "birgde", true),
            (fuzzy("bridge", 2), "xridgyz", false),
            (fuzzy("bridge", 2), "abridged", true),
            (fuzzy("abcd", 2), "badc", true),
            (fuzzy("abcd", 1), "badc", false),
            (fuzzy("at", 2), "", true),
        ] {
            assert_eq!(pattern.fits(word), fits, "{pattern:?} {word}");
        }
    }
}
