//! What the tagger sees of an element: its word, the word's ending, and a few traits.

use crate::extract::network::words::fold;
use crate::extract::quotes::view::{Tail, View, What};
use crate::language::grammar::Class;
use crate::text::TokenKind;
use crate::text::tokens::Case;
use std::borrow::Cow;

/// How many traits there are.
pub const TRAITS: usize = 64;

/// The first trait that is no word class.
const KINDS: usize = 34;

/// The word of an element as the tagger's vocabulary has it: small letters, straight apostrophes, `0` for numbers,
/// `""` for quoted words, `()` for an aside.
pub fn word<'p>(view: &View<'p>, at: usize) -> Cow<'p, str> {
    match view.els[at].what {
        What::Chunk(_) => Cow::Borrowed("\"\""),
        What::Aside => Cow::Borrowed("()"),
        What::Token(TokenKind::Number) => Cow::Borrowed("0"),
        What::Token(TokenKind::Word | TokenKind::Clitic) => fold(view.text(at)),
        What::Token(TokenKind::Dash) => Cow::Borrowed("-"),
        What::Token(TokenKind::Ellipsis) => Cow::Borrowed("..."),
        What::Token(_) => Cow::Borrowed(view.text(at)),
    }
}

/// The traits of an element, as numbers under [`TRAITS`]: its word classes, how it is written, what kind of token it
/// is, and for quoted words how they begin and end.
pub fn traits(view: &View, at: usize) -> impl Iterator<Item = usize> + use<> {
    let el = view.els[at];
    let mut bits = el.class.0 & ((1 << KINDS) - 1);
    let mut set = |bit: usize| bits |= 1 << bit;
    match el.what {
        What::Chunk(_) => {
            set(KINDS);
            if let Some(chunk) = view.chunk(at) {
                match chunk.words {
                    0..=3 => set(KINDS + 1),
                    4..=8 => set(KINDS + 2),
                    _ => set(KINDS + 3),
                }
                if chunk.capital {
                    set(KINDS + 4);
                }
                match chunk.tail {
                    Tail::Open => set(KINDS + 5),
                    Tail::Comma => set(KINDS + 6),
                    Tail::Stop => set(KINDS + 7),
                    Tail::Other => set(KINDS + 8),
                }
                if chunk.goes_on {
                    set(KINDS + 9);
                }
            }
        }
        What::Aside => set(KINDS + 10),
        What::Token(kind) => set(KINDS + 11 + kind as usize),
    }
    match el.case {
        Case::Lower => {}
        Case::Capital => set(TRAITS - 1),
        Case::Upper => set(TRAITS - 2),
    }
    Bits(bits)
}

/// The positions of the bits that are set.
struct Bits(u64);

impl Iterator for Bits {
    type Item = usize;
    fn next(&mut self) -> Option<usize> {
        let bit = self.0.trailing_zeros() as usize;
        self.0 &= self.0.wrapping_sub(1);
        (bit < 64).then_some(bit)
    }
}

const _: () = assert!(Class::CUE_ADJECTIVE.0 < 1 << KINDS && KINDS + 11 + (TokenKind::Symbol as usize) < TRAITS - 2);
