//! Which stretches of a sentence assert something, and whose they are: what a quotation holds, what the narrator adds to
//! it, and clauses that each tell an amount of their own.
//!
//! `Smith said the port would close, but exports fell 3 percent.` → `the port would close` (Smith), `exports fell 3
//! percent` (the narrator).

use super::is_amount;
use crate::extract::{Figure, Quote, QuoteKind};
use crate::language::figures::Class as Words;
use crate::language::grammar::Class;
use crate::language::inflect::Ending;
use crate::language::lists::List;
use crate::span::Span;
use crate::text::{Page, Sentence, TokenKind};
use std::ops::Range;

/// Fewer words than this make no clause, whatever they are.
const LEAST_WORDS: u32 = 3;
/// So many words between quote marks make one, even where no verb is known among them.
const SURELY: u32 = 6;

/// A stretch of a sentence.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct ClaimPart {
    /// Positions in [`Page::tokens`].
    pub tokens: Range<u32>,
    /// The quotation that it stands in: position in the list of quotations.
    pub quote: Option<u32>,
}

/// The pieces of quotations around the sentence at hand, outermost first where they start together.
pub(super) struct Voices {
    pieces: Vec<(Span, u32)>,
    next: usize,
    /// Those that reach into the sentence.
    pub here: Vec<(Span, u32)>,
}

impl Voices {
    /// Puts all pieces in order. `n log n` in their number.
    pub(super) fn new(quotes: &[Quote]) -> Self {
        let each =
            |(at, quote): (usize, &Quote)| quote.content.iter().map(|piece| (*piece, at as u32)).collect::<Vec<_>>();
        let mut pieces: Vec<(Span, u32)> = quotes.iter().enumerate().flat_map(each).collect();
        pieces.sort_by_key(|(span, at)| (span.start, std::cmp::Reverse(span.end), *at));
        Voices { pieces, next: 0, here: Vec::new() }
    }

    /// Goes on to a sentence, which must not stand before the last one.
    pub(super) fn enter(&mut self, sentence: Span) {
        self.here.retain(|(span, _)| span.end > sentence.start);
        while let Some(piece) = self.pieces.get(self.next).filter(|(span, _)| span.start < sentence.end) {
            if piece.0.end > sentence.start {
                self.here.push(*piece);
            }
            self.next += 1;
        }
    }

    /// The quotations that hold more than half of `span`, outermost first.
    pub(super) fn around(&self, span: Span) -> impl Iterator<Item = u32> {
        let mut covered: Vec<(u32, u32)> = Vec::new();
        for (piece, quote) in self.here.iter().filter(|(piece, _)| piece.overlaps(span)) {
            let length = piece.end.min(span.end) - piece.start.max(span.start);
            match covered.iter_mut().find(|(known, _)| known == quote) {
                Some((_, sum)) => *sum += length,
                None => covered.push((*quote, length)),
            }
        }
        covered.into_iter().filter(move |(_, sum)| sum * 2 > span.len()).map(|(quote, _)| quote)
    }
}

/// What a token is to the one who tells the sentence.
#[derive(Clone, Copy, PartialEq)]
enum Role {
    /// The narrator's own word.
    Own,
    /// The narrator's, naming who is quoted.
    Source,
    /// It says that something was said, or to whom.
    Frame,
    /// Somebody's words.
    Quoted,
}

/// The parts of a sentence, in order; linear in its tokens and the quotations in it. `figures` are the sentence's.
pub(super) fn of(
    page: &Page,
    sentence: &Sentence,
    voices: &Voices,
    quotes: &[Quote],
    figures: &[Figure],
) -> Vec<ClaimPart> {
    let all = sentence.tokens.clone();
    if voices.here.is_empty() {
        return clauses(page, all, figures).map(|tokens| ClaimPart { tokens, quote: None }).collect();
    }
    let range = |span: Span| {
        let from = page.token_at(span.start).max(all.start);
        let to = (from..all.end).find(|at| page.tokens[*at as usize].start >= span.end).unwrap_or(all.end);
        from..to
    };
    let mut roles = vec![Role::Own; all.len()];
    let mut mark = |span: Span, role: Role| {
        range(span).for_each(|at| roles[(at - all.start) as usize] = role);
    };
    let mut parts = Vec::new();
    // What is no clause (`they hoped for rain`) stays with the narrator.
    let mut told = outermost(&voices.here, sentence.span);
    told.retain(|(span, at)| asserts(page, &trimmed(page, range(*span)), quotes[*at as usize].kind));
    for (_, at) in &told {
        let quote = &quotes[*at as usize];
        quote.source.into_iter().for_each(|span| mark(span, Role::Source));
        [quote.cue, quote.addressee].into_iter().flatten().for_each(|span| mark(span, Role::Frame));
    }
    for (span, quote) in &told {
        mark(*span, Role::Quoted);
        let tokens = trimmed(page, range(*span));
        parts.extend(clauses(page, tokens, figures).map(|tokens| ClaimPart { tokens, quote: Some(*quote) }));
    }
    let mut narrated = Vec::new();
    let mut at = 0;
    while at < roles.len() {
        let free = |at: &usize| matches!(roles[*at], Role::Own | Role::Source);
        let end = (at..roles.len()).find(|k| !free(k)).unwrap_or(roles.len());
        let run = at..end;
        at = end.max(at + 1);
        let own = run.clone().filter(|k| roles[*k] == Role::Own && is_word(page, all.start + *k as u32)).count() as u32;
        let tokens = trimmed(page, all.start + run.start as u32..all.start + run.end as u32);
        let adds = holds_amount(page, &tokens, figures) || own > LEAST_WORDS && is_clause(page, &tokens);
        if !adds || tokens.is_empty() {
            continue;
        }
        // What goes on from somebody's words with no subject of its own belongs to them.
        let goes_on =
            run.start > 0 && run.clone().all(|k| roles[k] == Role::Own) && !has_subject(page, tokens.start, tokens.end);
        match parts.iter_mut().rfind(|part| part.tokens.end <= tokens.start).filter(|_| goes_on) {
            Some(before) if holds_amount(page, &tokens, figures) => before.tokens.end = tokens.end,
            Some(_) => {}
            None => {
                let own = clauses(page, tokens, figures).map(|tokens| ClaimPart { tokens, quote: None });
                narrated.extend(own);
            }
        }
    }
    // Only scraps: `Brandt called it “a mistake”` is one claim.
    if told.is_empty() {
        let whole = sentence.span.trim(page.text);
        return vec![ClaimPart { tokens: all, quote: voices.around(whole).last() }];
    }
    parts.append(&mut narrated);
    parts.sort_by_key(|part| part.tokens.start);
    parts
}

/// The pieces that stand in no other quotation's, those of one quotation joined where only its cue stands between.
fn outermost(here: &[(Span, u32)], sentence: Span) -> Vec<(Span, u32)> {
    let mut out: Vec<(Span, u32)> = Vec::with_capacity(here.len());
    for (span, quote) in here {
        let span = Span::new(span.start.max(sentence.start), span.end.min(sentence.end));
        // In order, and none over another: those that end before it need no look.
        let mut near = out.iter().rev().take_while(|(other, _)| other.end > span.start);
        if span.is_empty() || near.any(|(other, at)| at != quote && other.overlaps(span)) {
            continue;
        }
        match out.last_mut().filter(|(_, at)| at == quote) {
            Some((last, _)) => *last = last.cover(span),
            None => out.push((span, *quote)),
        }
    }
    out
}

/// A range of tokens cut where clauses begin that tell amounts of their own.
fn clauses(page: &Page, tokens: Range<u32>, figures: &[Figure]) -> impl Iterator<Item = Range<u32>> {
    let mut out = Vec::with_capacity(1);
    let mut start = tokens.start;
    let inside = |range: &Range<u32>| {
        let span = page.span_of(range.clone());
        figures.iter().filter(|figure| is_amount(figure) && span.contains(figure.span)).count()
    };
    if inside(&tokens) > 1 {
        for at in tokens.start..tokens.end {
            let Some(begin) = opens(page, at, tokens.end) else { continue };
            let (left, right) = (start..at, begin..tokens.end);
            let each = [&left, &right].iter().all(|range| inside(range) > 0 && is_clause(page, range));
            if each && has_subject(page, begin, tokens.end) {
                out.push(left);
                start = begin;
            }
        }
    }
    out.push(start..tokens.end);
    out.into_iter()
}

/// Whether a clause may begin behind the comma or semicolon at `at`, and where: `, while imports …`, `; imports …`.
fn opens(page: &Page, at: u32, end: u32) -> Option<u32> {
    let next = (at + 1 < end).then(|| page.tokens[at as usize + 1])?;
    let joins = next.is_word() && {
        let class = page.lexicon.grammar.class(next.word);
        class.has(Class::COORDINATOR) || page.lexicon.lists.has(List::ContrastWords, page.token_text(at + 1))
    };
    match page.tokens[at as usize].kind {
        TokenKind::Semicolon => Some(at + 1 + u32::from(joins)),
        TokenKind::Comma if joins => Some(at + 2),
        _ => None,
    }
}

/// Whether a subject and its verb begin at `at`: a noun phrase of a few words without prepositions, then a verb.
/// `, and imports fell 3 percent`; not `, and melon seeds since his father sent 12`.
fn has_subject(page: &Page, at: u32, end: u32) -> bool {
    const LONGEST: u32 = 7;
    for k in at..end.min(at + LONGEST) {
        let token = page.tokens[k as usize];
        let class = page.lexicon.grammar.class(token.word);
        if k > at && is_verb(page, k) {
            return true;
        }
        let of = page.token_text(k) == "of" || page.token_text(k) == "in";
        let inside = matches!(
            token.kind,
            TokenKind::Word | TokenKind::Number | TokenKind::Symbol | TokenKind::Hyphen | TokenKind::Clitic
        );
        let stops = Class::PREPOSITION.with(Class::SUBORDINATOR).with(Class::RELATIVE).with(Class::COORDINATOR);
        if !inside || class.has(stops) && !(of && k > at) || k == at && is_verb(page, k) {
            return false;
        }
    }
    false
}

/// Whether a verb stands there that can be the clause's own, or a pronoun that needs one.
pub(super) fn is_clause(page: &Page, tokens: &Range<u32>) -> bool {
    let subject =
        |at: u32| page.lexicon.grammar.class(page.tokens[at as usize].word).has(Class::SUBJECT) && at + 1 < tokens.end;
    tokens.clone().any(|at| subject(at) || at > tokens.start && is_verb(page, at))
}

/// Whether a word is known as a verb.
fn is_verb(page: &Page, at: u32) -> bool {
    let verb = Class::AUXILIARY.with(Class::CUE_VERB);
    let token = page.tokens[at as usize];
    let text = page.token_text(at).as_bytes();
    token.kind == TokenKind::Clitic && !text.ends_with(b"s")
        || token.is_word()
            && (page.lexicon.grammar.class(token.word).has(verb)
                || page.lexicon.figures.entry(token.word).is(Words::UP.or(Words::DOWN))
                || page.lexicon.claim_words.is_past(token.word, text)
                || takes_object(page, at))
}

/// `the mill employs 300 people`: a small word in -s right before a number, an article or a pronoun.
fn takes_object(page: &Page, at: u32) -> bool {
    let text = page.token_text(at);
    let class = |at: u32| page.class(at);
    let next = page.tokens.get(at as usize + 1);
    let object = Class::DETERMINER.with(Class::POSSESSIVE).with(Class::OBJECT);
    text.len() > 3
        && page.lexicon.forms.ends(text, Ending::ClearPlural)
        && text.starts_with(|c: char| c.is_ascii_lowercase())
        && !class(at).has(Class::FUNCTION.with(Class::DETERMINER).with(Class::ADVERB).with(Class::TIME))
        && next.is_some_and(|next| next.kind == TokenKind::Number || class(at + 1).has(object))
}

/// Whether the words between marks are no scrap, and the words that are reported a clause: not `to open in May`.
fn asserts(page: &Page, tokens: &Range<u32>, kind: QuoteKind) -> bool {
    let words = tokens.clone().filter(|at| is_word(page, *at)).count() as u32;
    let first = if tokens.is_empty() { "" } else { page.token_text(tokens.start) };
    let infinite = first == "to"
        || page.lexicon.forms.ends(first, Ending::Gerund) && first.starts_with(|c: char| c.is_lowercase());
    let clause = words >= LEAST_WORDS && is_clause(page, tokens);
    match kind {
        QuoteKind::Direct => clause || words >= SURELY,
        _ => clause && !infinite,
    }
}

fn holds_amount(page: &Page, tokens: &Range<u32>, figures: &[Figure]) -> bool {
    let span = page.span_of(tokens.clone());
    figures.iter().any(|figure| is_amount(figure) && span.contains(figure.span))
}

fn is_word(page: &Page, at: u32) -> bool {
    matches!(page.tokens[at as usize].kind, TokenKind::Word | TokenKind::Number)
}

/// Without marks, commas, stops and conjunctions at its ends.
fn trimmed(page: &Page, mut tokens: Range<u32>) -> Range<u32> {
    use TokenKind::{Colon, Comma, Dash, Ellipsis, Mark, Semicolon, Stop};
    let kind = |at: u32| page.tokens[at as usize].kind;
    let joins = |at: u32| {
        let token = page.tokens[at as usize];
        token.is_word()
            && (page.lexicon.grammar.class(token.word).has(Class::COORDINATOR)
                || page.lexicon.lists.has(List::ClauseEnds, page.token_text(at)))
    };
    while tokens.start < tokens.end
        && (matches!(kind(tokens.start), Comma | Dash | Mark | Colon | Semicolon | Stop | Ellipsis)
            || joins(tokens.start))
    {
        tokens.start += 1;
    }
    while tokens.start < tokens.end
        && (matches!(kind(tokens.end - 1), Comma | Dash | Mark | Colon | Semicolon) || joins(tokens.end - 1))
    {
        tokens.end -= 1;
    }
    tokens
}
