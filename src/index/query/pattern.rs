//! Words that are known in part: beginnings (`repair*`), wildcards (`re?air*s`), and words that differ by a letter or two
//! (`brigde~`). A pattern is an automaton over the bytes of a folded word; the index runs it over its dictionary and the
//! highlighter over the words of a text, so that what is found and what is lit agree.

use std::sync::Arc;
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
#[derive(Clone, Debug)]
pub(crate) enum State {
    /// Bytes of the prefix that were met; none after another byte.
    Prefix(Option<usize>),
    /// The places of the pattern at which it may stand, as a set.
    Wild(u128),
    /// The row of least edits so far, the row before it, and the byte between.
    Fuzzy(Arc<(Vec<u8>, Vec<u8>, u8)>),
}

/// Longer patterns are cut by the parser.
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
            Pattern::Fuzzy(word, _) => {
                let row: Vec<u8> = (0..=word.len().min(LONGEST) as u8).collect();
                State::Fuzzy(Arc::new((row, Vec::new(), 0)))
            }
        }
    }

    fn is_match(&self, state: &State) -> bool {
        match (self, state) {
            (Pattern::Prefix(beginning), State::Prefix(met)) => *met == Some(beginning.len()),
            (Pattern::Wild(pattern), State::Wild(places)) => places >> pattern.len().min(127) & 1 == 1,
            (Pattern::Fuzzy(_, edits), State::Fuzzy(rows)) => rows.0.last().is_some_and(|least| least <= edits),
            _ => false,
        }
    }

    fn can_match(&self, state: &State) -> bool {
        match (self, state) {
            (_, State::Prefix(met)) => met.is_some(),
            (_, State::Wild(places)) => *places != 0,
            (Pattern::Fuzzy(_, edits), State::Fuzzy(rows)) => rows.0.iter().chain(&rows.1).any(|least| least <= edits),
            _ => false,
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
            (Pattern::Fuzzy(word, _), State::Fuzzy(rows)) => {
                let (row, before, last) = &**rows;
                let word = &word.as_bytes()[..row.len() - 1];
                let mut next = vec![row[0].saturating_add(1)];
                for (i, expected) in word.iter().enumerate() {
                    let replaced = row[i].saturating_add(u8::from(*expected != byte));
                    let mut least = replaced.min(row[i + 1].saturating_add(1)).min(next[i].saturating_add(1));
                    if i > 0 && !before.is_empty() && *expected == *last && word[i - 1] == byte {
                        least = least.min(before[i - 1].saturating_add(1));
                    }
                    next.push(least);
                }
                State::Fuzzy(Arc::new((next, row.clone(), byte)))
            }
            (_, state) => state.clone(),
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
        ] {
            assert_eq!(pattern.fits(word), fits, "{pattern:?} {word}");
        }
    }
}
