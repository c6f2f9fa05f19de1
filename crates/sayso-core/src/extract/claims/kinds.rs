//! What a claim asserts and what spoke for it. Plain rules over its words and figures.

use super::is_amount;
use super::seen::Seen;
use crate::extract::{ClaimKind, ClaimReason, Figure, FigureKind};
use crate::language::claims::ClaimClass;
use crate::language::lists::List;
use crate::text::{Page, TokenKind};
use std::ops::Range;

/// Whether the sentence says that somebody said it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reported {
    /// It does not.
    No,
    /// In quote marks.
    InMarks,
    /// In the narrator's words.
    InOtherWords,
}

/// What a part of a sentence tells.
pub(super) struct Judged {
    /// What it asserts.
    pub kind: ClaimKind,
    /// Why it is worth a check, or not.
    pub because: Vec<ClaimReason>,
    /// Whether it tells of a rise or a fall by an amount.
    pub change: bool,
    /// Whether it tells of a rise or a fall without an amount: `attacks have increased`.
    pub moves: bool,
    /// Whether it only tells that somebody says nothing: `declined to comment`.
    pub silent: bool,
}

/// Judges the words `tokens`, of which `seen` tells, with the figures in them.
pub(super) fn judge(page: &Page, tokens: &Range<u32>, seen: &Seen, figures: &[Figure], reported: Reported) -> Judged {
    let amounts = figures.iter().any(is_amount);
    // `now` and `recently` date nothing.
    let told = |figure: &Figure| figure.iso.as_deref().is_some_and(|iso| iso.contains(|c: char| c.is_ascii_digit()));
    let dated = figures.iter().any(|figure| matches!(figure.kind, FigureKind::Date | FigureKind::Time) && told(figure));
    let future = seen.future() || seen.would() && reported == Reported::InOtherWords;
    let change =
        figures.iter().any(|figure| figure.change.is_some()) || amounts && seen.moves() && is_moving(page, tokens);
    let rank = seen.superlative() || figures.iter().any(|figure| is_rank(page, figure));
    // `more than 40 boats` bounds a number, `more boats than men` compares.
    let bounds = figures.iter().filter_map(|figure| figure.hedge).filter(|hedge| hedge.of(page.text).ends_with("than"));
    let comparison = seen.comparisons() > bounds.count() as u32;
    let kind = match () {
        () if future => ClaimKind::Prediction,
        () if change => ClaimKind::Trend,
        () if comparison => ClaimKind::Comparison,
        () if rank && !figures.iter().any(|figure| is_amount(figure) && figure.kind != FigureKind::Number) => {
            ClaimKind::Rank
        }
        () if amounts => ClaimKind::Quantity,
        () if seen.opinion() => ClaimKind::Opinion,
        () if dated => ClaimKind::Date,
        () if reported != Reported::No => ClaimKind::Quotation,
        () => ClaimKind::Other,
    };
    let counted = figures.iter().any(|figure| is_amount(figure) && (figure.unit.is_some() || figure.noun.is_some()));
    let because = [
        (!figures.is_empty(), ClaimReason::Figure),
        (counted, ClaimReason::Counted),
        (change, ClaimReason::Change),
        (comparison, ClaimReason::Comparison),
        (rank, ClaimReason::Rank),
        (dated, ClaimReason::Dated),
        (seen.named, ClaimReason::Named),
        (seen.past(), ClaimReason::Past),
        (future, ClaimReason::Future),
        (seen.first_person(), ClaimReason::FirstPerson),
        (seen.question, ClaimReason::Question),
        (seen.opinion(), ClaimReason::Opinion),
    ];
    let because = because.iter().filter(|(holds, _)| *holds).map(|(_, reason)| *reason).collect();
    let moves = !amounts && seen.moves() && is_moving(page, tokens);
    Judged { kind, because, change, moves, silent: seen.silent_act() && is_silent(page, tokens) }
}

/// Whether an ordinal tells a place in an order: `the third-largest`, `its first`, `12th`; not `first occupied`, `last May`.
fn is_rank(page: &Page, figure: &Figure) -> bool {
    if figure.kind != FigureKind::Ordinal || figure.value.is_none() {
        return false;
    }
    let at = page.token_at(figure.span.start);
    let before = at.checked_sub(1).map(|before| page.tokens[before as usize]);
    let digits = figure.span.of(page.text).starts_with(|c: char| c.is_ascii_digit());
    digits
        || before.is_some_and(|token| {
            let class = page.lexicon.grammar.class(token.word);
            use crate::language::grammar::Class as Word;
            token.kind == TokenKind::Clitic
                || token.span().of(page.text).eq_ignore_ascii_case("the")
                || class.has(Word::POSSESSIVE)
        })
}

/// `declined to comment`, `does not discuss pending cases`: that somebody says nothing.
fn is_silent(page: &Page, tokens: &Range<u32>) -> bool {
    const NEAR: u32 = 2;
    let lists = &page.lexicon.lists;
    tokens.clone().any(|at| {
        let before = at.saturating_sub(NEAR).max(tokens.start)..at;
        let bytes = |at: u32| &page.text.as_bytes()[page.tokens[at as usize].span().range()];
        lists.reads(List::SilentActs, bytes(at)) && before.into_iter().any(|at| lists.reads(List::Silences, bytes(at)))
    })
}

/// Whether a verb of rise or fall stands there: `Prices climbed to 40 euros`; not `up to 40`, `growth of`.
fn is_moving(page: &Page, tokens: &Range<u32>) -> bool {
    tokens.clone().skip(1).any(|at| {
        let token = page.tokens[at as usize];
        let next = page.tokens.get(at as usize + 1).filter(|_| at + 1 < tokens.end);
        token.is_word()
            && page.lexicon.claim_words.class(token.word).is(ClaimClass::MOVES)
            && page.lexicon.claim_words.is_past(token.word, page.token_text(at).as_bytes())
            && next.is_none_or(|next| {
                page.lexicon.lists.has(List::AfterChange, next.span().of(page.text))
                    || !next.is_word() && next.kind != TokenKind::Number
            })
    })
}
