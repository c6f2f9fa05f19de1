//! Words that are known in part: beginnings (`repair*`), wildcards (`re?air*s`), and words that differ by a letter or two
//! (`brigde~`). A pattern is an automaton over the bytes of a folded word; the index runs it over its dictionary and the
//! highlighter over the words of a text, so that what is found and what is lit agree.

use tantivy_fst::Automaton;

/// A pattern for one folded word.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Pattern {
    /// Any word that begins so.
    Prefix(String),
    /// `*` stands for any letters or none, `?` for one.
    Wild(String),
    /// Any word that so many letters put in, left out, replaced or swapped with their neighbour make of this one.
    Fuzzy(String, u8),
}

/// How far the automaton has come.
#[derive(Clone, Copy, Debug)]
pub(crate) enum State {
    /// Bytes of the prefix that were met; none after another byte.
    Prefix(Option<usize>),
    /// The places of the pattern at which it may stand, as a set.
    Wild(u128),
    /// For no edit, one and two: how many bytes of the word may have been met, as a set; and those after which the next two
    /// bytes are being swapped.
    Fuzzy([u128; EDITS], [u128; EDITS]),
}

/// No edit, one or two.
const EDITS: usize = 3;

/// Longer patterns are refused by the parser.
pub(crate) const LONGEST: usize = 100;

impl Pattern {
    /// Whether a folded word fits.
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

/// All counts of bytes of a word that may have been met.
fn whole(word: &str) -> u128 {
    (2 << word.len().min(LONGEST)) - 1
}

/// The places that stars let through without a byte.
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
            // What was left out at the beginning.
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
                // The later bytes of a wider character belong to the letter that `?` took.
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
            // After Wu and Manber, Fast Text Searching Allowing Errors (1992), with swaps.
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
