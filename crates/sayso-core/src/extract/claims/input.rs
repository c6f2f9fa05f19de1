//! What the learned reader sees of a token: its word, and how it is written.

use crate::extract::network::words::fold;
use crate::text::tokens::Case;
use crate::text::{Page, Token, TokenKind};
use std::borrow::Cow;

/// How many ways of writing are told apart.
pub const WRITINGS: usize = 8;

/// The word of a token as the reader's vocabulary has it: small letters, straight apostrophes, `0` for numbers, one
/// sign for all dashes and one for all quote marks.
pub fn word<'p>(page: &'p Page, token: &Token) -> Cow<'p, str> {
    match token.kind {
        TokenKind::Word | TokenKind::Clitic => fold(token.span().of(page.text)),
        TokenKind::Number => Cow::Borrowed("0"),
        TokenKind::Dash | TokenKind::Hyphen => Cow::Borrowed("-"),
        TokenKind::Ellipsis => Cow::Borrowed("..."),
        TokenKind::Mark => Cow::Borrowed("\""),
        _ => Cow::Borrowed(token.span().of(page.text)),
    }
}

/// How a token is written, as a number under [`WRITINGS`]: a word small, with a capital or in capitals; a number as a
/// year, with a comma, with a point, of one or two digits, or longer.
pub fn writing(page: &Page, token: &Token) -> usize {
    if token.kind == TokenKind::Number {
        let text = token.span().of(page.text).as_bytes();
        return match text {
            [b'1', b'9', ..] | [b'2', b'0', ..] if text.len() == 4 && text.iter().all(u8::is_ascii_digit) => 3,
            _ if text.contains(&b',') => 4,
            _ if text.contains(&b'.') => 5,
            [_] | [_, _] => 6,
            _ => 7,
        };
    }
    match token.case {
        Case::Lower => 0,
        Case::Capital => 1,
        Case::Upper => 2,
    }
}
