//! Whom a page introduces before its first turn: `With Ola Brink and Per Sand`. A label that has one of their names is theirs.

use crate::document::RegionKind;
use crate::language::grammar::Class;
use crate::span::Span;
use crate::text::{Page, TokenKind};

/// So many paragraphs before the first label may introduce somebody.
const BEFORE: usize = 12;

/// A name has at most so many words.
const WORDS: usize = 3;

/// Somebody who is introduced by a name of two or three words.
pub(super) struct Guest {
    /// The name.
    pub span: Span,
    first: String,
    last: String,
}

/// The names of two and three words before paragraph `first`.
pub(super) fn before(page: &Page, first: usize) -> Vec<Guest> {
    let mut out: Vec<Guest> = Vec::new();
    for paragraph in &page.paragraphs[first.saturating_sub(BEFORE)..first] {
        // `Ola Brink Wins`: a headline goes on in capitals.
        let most = if is_head(paragraph.region) { WORDS - 1 } else { WORDS };
        for sentence in &page.sentences[paragraph.sentences.start as usize..paragraph.sentences.end as usize] {
            let mut run: Vec<u32> = Vec::new();
            for at in sentence.tokens.clone() {
                let token = page.tokens[at as usize];
                let class = page.class(at);
                // `With Ola Brink`, `Combining Brink`: what begins a sentence must be known for a first name.
                let known = page.lexicon.people.first_name(page.token_text(at)).is_some();
                let opens = !known && run.is_empty() && begins(page, at, sentence.tokens.start, paragraph.region);
                let title = class.has(Class::TITLE.with(Class::ROLE));
                let initial = token.kind == TokenKind::Stop && run.last().is_some_and(|last| is_letter(page, *last));
                if token.kind == TokenKind::Word && token.is_capital() && !opens && !title {
                    run.push(at);
                } else if !initial {
                    note(page, most, &mut run, &mut out);
                }
            }
            note(page, most, &mut run, &mut out);
        }
    }
    out
}

/// Whether a capital tells nothing: it begins a sentence or stands in a headline, but for one behind a small word or a preposition.
fn begins(page: &Page, at: u32, first: u32, region: RegionKind) -> bool {
    let Some(before) = at.checked_sub(1).filter(|_| at > first) else { return true };
    let token = page.tokens[before as usize];
    let led = token.kind == TokenKind::Word && (!token.is_capital() || page.class(before).has(Class::PREPOSITION))
        // `Guests: Nora Feld, baker; Sam Tiller, miller`
        || matches!(token.kind, TokenKind::Colon | TokenKind::Comma | TokenKind::Semicolon);
    !led && is_head(region)
}

fn is_head(region: RegionKind) -> bool {
    matches!(region, RegionKind::Headline | RegionKind::Subhead)
}

fn is_letter(page: &Page, at: u32) -> bool {
    page.token_text(at).len() == 1
}

/// Ends a run of capitals.
fn note(page: &Page, most: usize, run: &mut Vec<u32>, out: &mut Vec<Guest>) {
    if let [first, .., last] = run.as_slice()
        && run.len() <= most
    {
        let word = |at: u32| page.token_text(at).to_lowercase();
        let guest = Guest { span: page.span_of(*first..*last + 1), first: word(*first), last: word(*last) };
        if !out.iter().any(|other| other.first == guest.first && other.last == guest.last) {
            out.push(guest);
        }
    }
    run.clear();
}

/// Whether one of them has the name, in lower case.
pub(super) fn named(guests: &[Guest], name: &str) -> bool {
    guests.iter().any(|guest| guest.last == name || guest.first == name)
}

/// The only one who has it: as a surname, or else as a first name.
pub(super) fn only<'g>(guests: &'g [Guest], name: &str) -> Option<&'g Guest> {
    let by = |of: fn(&Guest) -> &str| {
        let fits: Vec<&Guest> = guests.iter().filter(|guest| of(guest) == name).collect();
        fits
    };
    let last = by(|guest| &guest.last);
    let fits = if last.is_empty() { by(|guest| &guest.first) } else { last };
    if let [guest] = fits[..] { Some(guest) } else { None }
}
