//! What the tagger sees of an element: its word, the word's ending, and a few traits.

use crate::extract::network::words::fold;
use crate::extract::quotes::elements::{ElementKind, Elements, Tail};
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
pub fn word<'p>(elements: &Elements<'p>, at: usize) -> Cow<'p, str> {
    match elements.all[at].kind {
        ElementKind::Chunk(_) => Cow::Borrowed("\"\""),
        ElementKind::Aside => Cow::Borrowed("()"),
        ElementKind::Token(TokenKind::Number) => Cow::Borrowed("0"),
        ElementKind::Token(TokenKind::Word | TokenKind::Clitic) => fold(elements.text(at)),
        ElementKind::Token(TokenKind::Dash) => Cow::Borrowed("-"),
        ElementKind::Token(TokenKind::Ellipsis) => Cow::Borrowed("..."),
        ElementKind::Token(_) => Cow::Borrowed(elements.text(at)),
    }
}

/// The traits of an element, as numbers under [`TRAITS`]: its word classes, how it is written, what kind of token it
/// is, and for quoted words how they begin and end.
pub fn traits(elements: &Elements, at: usize) -> impl Iterator<Item = usize> + use<> {
    let el = elements.all[at];
    let mut bits = el.class.0 & ((1 << KINDS) - 1);
    let mut set = |bit: usize| bits |= 1 << bit;
    match el.kind {
        ElementKind::Chunk(_) => {
            set(KINDS);
            if let Some(chunk) = elements.chunk(at) {
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
        ElementKind::Aside => set(KINDS + 10),
        ElementKind::Token(kind) => set(KINDS + 11 + kind as usize),
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
