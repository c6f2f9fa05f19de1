//! The lines of a court's transcript that tell whose its questions and answers are: `BY MR HALE:`, `CROSS-EXAMINATION BY MS
//! TARN`, `PIET DOLE, sworn`.

use crate::language::grammar::Class;
use crate::language::lists::List;
use crate::text::{Page, TokenKind};
use std::ops::Range;

/// A line has at most so many tokens.
const LINE: usize = 18;

/// So many paragraphs before the first label may name the witness.
const BEFORE: usize = 12;

/// Who asks and who swears, by paragraph, in order.
#[derive(Default)]
pub(super) struct Court {
    examiners: Vec<(usize, Range<u32>)>,
    witnesses: Vec<(usize, Witness)>,
}

/// What a line tells of its witness.
#[derive(Clone)]
pub(super) enum Witness {
    /// The name in capitals that it begins with.
    Name(Range<u32>),
    /// The line, which names somebody.
    Line(usize),
}

/// Reads the lines of `page` from a little before paragraph `first`, which has its first label; `asked` tells whether it has
/// questions and answers. Linear.
pub(super) fn read(page: &Page, first: usize, asked: bool) -> Court {
    let mut court = Court::default();
    for number in first.saturating_sub(BEFORE)..page.paragraphs.len() {
        if let Some(name) = examiner(page, number) {
            court.examiners.push((number, name));
        } else if let Some(witness) = witness(page, number) {
            court.witnesses.push((number, witness));
        }
    }
    // Without an examiner or questions it is a story in which somebody is sworn in.
    let sworn = asked && court.witnesses.first().is_some_and(|(number, _)| *number < first);
    if court.examiners.is_empty() && !sworn { Court::default() } else { court }
}

impl Court {
    /// Whether the page has no such lines.
    pub(super) fn is_empty(&self) -> bool {
        self.examiners.is_empty() && self.witnesses.is_empty()
    }

    /// The paragraphs that are such lines.
    pub(super) fn paragraphs(&self) -> impl Iterator<Item = usize> {
        self.examiners.iter().map(|(number, _)| *number).chain(self.witnesses.iter().map(|(number, _)| *number))
    }

    /// Whether the paragraph is such a line.
    pub(super) fn has(&self, number: usize) -> bool {
        self.examiners.binary_search_by_key(&number, |(at, _)| *at).is_ok()
            || self.witnesses.binary_search_by_key(&number, |(at, _)| *at).is_ok()
    }

    /// The name of whoever asks in paragraph `number`.
    pub(super) fn examiner(&self, number: usize) -> Option<Range<u32>> {
        let next = self.examiners.partition_point(|(at, _)| *at < number);
        self.examiners.get(next.checked_sub(1)?).map(|(_, name)| name.clone())
    }

    /// Whoever answers in paragraph `number`.
    pub(super) fn witness(&self, number: usize) -> Option<&Witness> {
        let next = self.witnesses.partition_point(|(at, _)| *at < number);
        self.witnesses.get(next.checked_sub(1)?).map(|(_, witness)| witness)
    }
}

/// The name in `BY MR HALE:`; a title stands before it.
fn examiner(page: &Page, number: usize) -> Option<Range<u32>> {
    let paragraph = &page.paragraphs[number];
    let tokens = paragraph.tokens.clone();
    if tokens.len() > LINE {
        return None;
    }
    let lists = &page.lexicon.lists;
    let by = tokens.clone().find(|at| page.token_text(*at).eq_ignore_ascii_case("by"))?;
    let opens = by == tokens.start || (tokens.start..by).any(|at| lists.reads(List::Examinations, page.token_text(at)));
    let colon = page.tokens[tokens.end as usize - 1].kind == TokenKind::Colon;
    let shouted = !paragraph.span.of(page.text).contains(char::is_lowercase);
    let mut first = by + 1;
    let end = tokens.end - u32::from(colon);
    while first < end && (page.class(first).has(Class::TITLE) || page.tokens[first as usize].kind == TokenKind::Stop) {
        first += 1;
    }
    // `BY MS. TARN-HALE:`
    let sign = |at: u32| matches!(page.tokens[at as usize].kind, TokenKind::Stop | TokenKind::Hyphen);
    let name = |at: u32| page.tokens[at as usize].is_capital() || sign(at);
    // `Examined by MS ROSS`
    let caps = (first..end).all(|at| is_upper(page, at) || sign(at));
    (opens && (colon || shouted || caps) && first > by + 1 && first < end && (first..end).all(name))
        .then_some(first..end)
}

/// Whether a word is all in capitals.
fn is_upper(page: &Page, at: u32) -> bool {
    page.token_text(at).chars().all(char::is_uppercase)
}

/// `PIET DOLE, sworn`, `MR PIET DOLE (affirmed)`, `The witness, Ada Lorne, took the stand.`
fn witness(page: &Page, number: usize) -> Option<Witness> {
    let tokens = page.paragraphs[number].tokens.clone();
    let sworn = |at: u32| page.lexicon.lists.reads(List::SwornWords, page.token_text(at));
    let kind = |at: u32| page.tokens[at as usize].kind;
    let spoken = |at: u32| page.class(at).has(Class::FIRST.with(Class::SECOND)) || kind(at) == TokenKind::Colon;
    if tokens.len() > LINE || !tokens.clone().any(sworn) || tokens.clone().any(spoken) {
        return None;
    }
    let parts = |at: &u32| matches!(kind(*at), TokenKind::Comma | TokenKind::Open);
    let end = tokens.clone().find(parts).unwrap_or(tokens.start);
    let upper = |at: u32| kind(at) == TokenKind::Stop || is_upper(page, at);
    let title = |at: &u32| page.class(*at).has(Class::TITLE) || kind(*at) == TokenKind::Stop;
    let name = (tokens.start..end).find(|at| !title(at)).unwrap_or(end)..end;
    let named = name.len() > 1 && name.clone().all(upper) && !page.class(tokens.start).has(Class::DETERMINER);
    Some(if named { Witness::Name(name) } else { Witness::Line(number) })
}
