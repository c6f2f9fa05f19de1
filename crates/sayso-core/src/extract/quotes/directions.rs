//! Paragraphs of a transcript that are nobody's words: stage directions, noise, rules and what was on the screen. Behind some
//! the speaker goes on (`Laughter.`, `Honourable members interjecting`), behind others somebody else may be heard (`BEGIN VIDEO
//! CLIP`).

use crate::document::RegionKind;
use crate::language::grammar::Class;
use crate::language::inflect::Ending;
use crate::language::lists::List;
use crate::language::people::Label;
use crate::text::{Page, Token, TokenKind};
use std::ops::Range;

/// What a paragraph without a speaker does to the turn before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    /// The speaker may go on behind it.
    Aside,
    /// The turn ends.
    Break,
}

/// The most words of a line that tells what happens.
const LINE: usize = 9;

/// What the paragraph is, if it is nobody's words. Capitals tell nothing on a page that has no others.
pub(super) fn direction(page: &Page, number: usize, page_shouts: bool) -> Option<Direction> {
    let paragraph = &page.paragraphs[number];
    let tokens = &page.tokens[paragraph.tokens.start as usize..paragraph.tokens.end as usize];
    let Some(first) = tokens.first().filter(|_| paragraph.region == RegionKind::Body) else {
        return Some(Direction::Break);
    };
    let words: Vec<&Token> = tokens.iter().filter(|token| token.kind == TokenKind::Word).collect();
    // `OPPOSITION MEMBERS INTERJECTING.`
    let shouted = !page_shouts && words.len() > 1 && !paragraph.span.of(page.text).contains(char::is_lowercase);
    let ruled = matches!(first.span().of(page.text), "*" | "_" | "#" | ">");
    let bracket = first.kind == TokenKind::Open;
    let played = || words.iter().any(|token| page.lexicon.lists.reads(List::PlayedWords, token.span().of(page.text)));
    // `Q    Who pays?`: a label without its colon.
    let gap = tokens.get(1).is_some_and(|next| next.start > first.end + 1);
    let asks = gap && first.end - first.start == 1 && page.lexicon.people.label(first.word) == Some(Label::Asks);
    if shouted && !bracket && is_noise(page, &words) {
        Some(Direction::Aside)
    } else if shouted || ruled || asks || bracket && played() {
        Some(Direction::Break)
    } else {
        let line = bracket || is_dash_noise(page, tokens) || is_noise(page, &words) || is_event(page, tokens, &words);
        line.then_some(Direction::Aside)
    }
}

/// Where a turn's own words begin behind a note in brackets that tells how they are said: `(shouting) Stop!`, `[laughs] We won.` What
/// an editor puts in for words of the speaker's is none: `[The ferry] is late`, `[Mr] Sand left`.
pub(super) fn behind_note(page: &Page, words: Range<u32>) -> u32 {
    const LONGEST: u32 = 12;
    let kind = |at: u32| page.tokens[at as usize].kind;
    let within = words.start + 1..words.end.min(words.start + LONGEST);
    if words.is_empty() || kind(words.start) != TokenKind::Open {
        return words.start;
    }
    let Some(close) = within.clone().find(|at| kind(*at) == TokenKind::Close) else { return words.start };
    let insertion = Class::DETERMINER.with(Class::TITLE).with(Class::POSSESSIVE).with(Class::SUBJECT);
    let note = close > within.start
        && page.tokens[within.start as usize].is_word()
        && !page.class(within.start).has(insertion);
    let begins = close + 1 < words.end && !page.glued(close as usize) && {
        page.tokens[close as usize + 1].is_capital() || kind(close + 1) == TokenKind::Mark
    };
    if note && begins { close + 1 } else { words.start }
}

/// `Mr Sand interjecting—`
fn is_dash_noise(page: &Page, tokens: &[Token]) -> bool {
    let [first, .., verb, last] = tokens else { return false };
    last.kind == TokenKind::Dash && tokens.len() <= LINE && first.is_capital() && is_gerund(page, verb)
}

/// `Honourable members interjecting`, `Members rising in their places`: who they are, then what they do, without a finite verb.
fn is_noise(page: &Page, words: &[&Token]) -> bool {
    const SEVERAL: Class = Class::ROLES.with(Class::GROUPS);
    const FINITE: Class = Class::AUXILIARY.with(Class::FIRST);
    let class = |token: &Token| page.lexicon.grammar.class(token.word);
    // `Several hon. Members rose—`
    let acts = |verb: &Token| page.lexicon.lists.reads(List::MemberActs, verb.span().of(page.text));
    let does = |pair: &[&Token]| class(pair[0]).has(SEVERAL) && (is_gerund(page, pair[1]) || acts(pair[1]));
    words.len() <= LINE
        && words.first().is_some_and(|first| first.is_capital())
        && words.windows(2).take(4).any(does)
        && !words.iter().any(|token| class(token).has(FINITE))
}

fn is_gerund(page: &Page, token: &Token) -> bool {
    page.lexicon.forms.ends(token.span().of(page.text), Ending::Gerund)
}

/// `Laughter.`, `The bell rang.`, `Question put.`
fn is_event(page: &Page, tokens: &[Token], words: &[&Token]) -> bool {
    let class = |token: &&Token| page.lexicon.grammar.class(token.word);
    let said = words.iter().any(|token| class(token).has(Class::FIRST.with(Class::SECOND)))
        || tokens.iter().any(|token| matches!(token.kind, TokenKind::Mark | TokenKind::Exclaim));
    if said || words.is_empty() || words.len() > LINE || !words[0].is_capital() {
        return false;
    }
    let label = |token: &&Token| page.lexicon.people.label(token.word) == Some(Label::Nobody);
    let noise = label(&words[0]) && words.iter().all(|token| label(token) || class(token).has(Class::COORDINATOR));
    let has = |list, token: &Token| page.lexicon.lists.reads(list, token.span().of(page.text));
    let passes = |token: &&&Token| class(token).has(Class::BE.with(Class::HAVE));
    let happens = |at: usize| {
        let verb = words[at + 1..].iter().find(|token| !passes(token));
        has(List::StageThings, words[at]) && verb.is_some_and(|verb| has(List::StageActs, verb))
    };
    noise || (0..words.len().min(3)).any(happens)
}
