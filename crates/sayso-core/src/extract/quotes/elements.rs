//! A paragraph as the rules read it: its tokens, with each top-level quotation and each short aside in brackets folded
//! into one element, cut into segments that end where a sentence of the narrator ends.
//!
//! `“It rained. It poured,” said Brandt (D-OH).` → one segment: chunk, `said`, `Brandt`, aside, stop.

use crate::language::grammar::Class;
use crate::language::inflect::{Ending, Endings};
use crate::language::lists::{List, Lists};
use crate::language::people::Prompt;
use crate::language::{Lexicon, WordId};
use crate::span::Span;
use crate::text::sentences::LONGEST;
use crate::text::tokens::Case;
use crate::text::{End, Page, Pair, Token, TokenKind};
use crate::work::steps;
use std::cell::OnceCell;
use std::ops::Range;

/// What an element is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ElementKind {
    /// A token of its own kind.
    Token(TokenKind),
    /// Quoted words with their marks: position in [`Elements::chunks`].
    Chunk(u16),
    /// A few words in brackets.
    Aside,
}

/// One element.
#[derive(Clone, Copy, Debug)]
pub struct Element {
    /// What it is.
    pub kind: ElementKind,
    /// Its first token.
    pub token: u32,
    /// One past its last token.
    pub end: u32,
    /// The word, where it is one.
    pub word: WordId,
    /// The word's classes.
    pub class: Class,
    /// How the word is written.
    pub case: Case,
    /// How it ends, whatever it is.
    endings: Endings,
}

impl Element {
    /// Whether it is this kind of token.
    pub fn is(&self, kind: TokenKind) -> bool {
        self.kind == ElementKind::Token(kind)
    }

    /// Whether it is quoted words, a coordinator, or a mark that parts clauses.
    fn parts(&self) -> bool {
        use TokenKind::{Colon, Comma, Dash, Semicolon};
        self.has(Class::COORDINATOR)
            || matches!(self.kind, ElementKind::Chunk(_) | ElementKind::Token(Colon | Comma | Dash | Semicolon))
    }

    /// Whether it is a word.
    pub fn is_word(&self) -> bool {
        self.is(TokenKind::Word)
    }

    /// Whether it is a word with a capital.
    pub fn is_capital(&self) -> bool {
        self.is_word() && self.case != Case::Lower
    }

    /// Whether it is quoted words.
    pub fn is_chunk(&self) -> bool {
        matches!(self.kind, ElementKind::Chunk(_))
    }

    /// Whether the classes share one with `class`.
    pub fn has(&self, class: Class) -> bool {
        self.class.has(class)
    }
}

/// The last thing inside the marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tail {
    /// A word.
    Open,
    /// A comma.
    Comma,
    /// A full stop.
    Stop,
    /// `!`, `?`, `…` or a dash.
    Other,
}

/// Quoted words.
#[derive(Clone, Copy, Debug)]
pub struct Chunk {
    /// Its element.
    at: u32,
    /// With the marks.
    pub span: Span,
    /// How it ends.
    pub end: End,
    /// Whether it goes on from the paragraph before.
    pub goes_on: bool,
    /// How many words it holds.
    pub words: u32,
    /// Whether its first word has a capital.
    pub capital: bool,
    /// Its last token.
    pub tail: Tail,
    /// Whether its marks are of a single stroke.
    pub single: bool,
}

/// A paragraph made ready for the rules.
pub struct Elements<'p> {
    /// Where it stands.
    pub page: &'p Page<'p>,
    /// Its position in the page.
    pub paragraph: usize,
    /// In order.
    pub all: Vec<Element>,
    /// The narrator's sentences, as ranges of `all`.
    pub segments: Vec<Range<usize>>,
    /// Quoted words.
    pub chunks: Vec<Chunk>,
    /// For each element the first from there on that is no plain word; made when it is first asked for.
    parts: OnceCell<Vec<u32>>,
}

/// The last thing inside some quoted words.
/// `World War I`, `IS said`: whether the capitals at token `at`, elsewhere a pronoun or a verb, are a number or a name. A name of letters begins
/// its clause or stands behind a preposition; among other words in capitals it is none.
fn is_name_or_number(page: &Page, at: u32, first: u32) -> bool {
    const OPENS: Class = Class::PREPOSITION.with(Class::COORDINATOR).with(Class::SUBORDINATOR).with(Class::CUE_VERB);
    let token = |at: u32| page.tokens.get(at as usize).filter(|token| token.kind == TokenKind::Word);
    let before = at.checked_sub(1).filter(|before| *before >= first).and_then(token);
    let text = page.token_text(at);
    let lists = &page.lexicon.lists;
    if text == "I" {
        return before.is_some_and(|before| lists.has(List::NumberedThings, &page.text[before.span().range()]));
    }
    let shouted = |token: &Token| {
        let text = &page.text[token.span().range()];
        text.len() > 1 && !text.bytes().any(|byte| byte.is_ascii_lowercase())
    };
    lists.has(List::NamesOfLetters, text)
        && before.is_none_or(|before| page.lexicon.grammar.class(before.word).has(OPENS))
        && !before.is_some_and(shouted)
        && !token(at + 1).is_some_and(shouted)
}

/// `Department of Health`, `Ada van Brandt`: whether the token at `at` can stand small inside a name.
pub fn is_particle(page: &Page, at: u32) -> bool {
    page.lexicon.lists.has(List::NameParticles, page.token_text(at))
}

/// `April Brandt`, `said Jan Brandt`: whether the capital at token `at` is a month that is a first name here, right before
/// another capital. `in April Harrow`, `last June Harrow` and `2 May Harrow` speak of time.
pub fn is_given_month(page: &Page, at: u32) -> bool {
    const LEADS: Class = Class::PREPOSITION.with(Class::DETERMINER).with(Class::TIME).with(Class::SUBORDINATOR);
    let token = &page.tokens[at as usize];
    let capital = |at: u32| page.tokens.get(at as usize).is_some_and(|token| token.is_word() && token.is_capital());
    let particle = |at: u32| (at as usize) < page.tokens.len() && is_particle(page, at) && page.token_text(at) != "of";
    let surname = || {
        // `Jan van der Brandt`
        let last = (at + 1..at + 3).find(|at| !particle(*at)).unwrap_or(at + 3);
        capital(last) && !page.class(last).has(Class::TIME)
    };
    let led = || {
        let Some(before) = at.checked_sub(1) else { return false };
        page.tokens[before as usize].kind == TokenKind::Number || page.class(before).has(LEADS)
    };
    token.case == Case::Capital
        && page.lexicon.lists.reads(List::GivenMonths, page.token_text(at))
        && surname()
        && !led()
}

fn tail(page: &Page, inner: &[Token]) -> Tail {
    match inner.iter().rev().find(|token| token.kind != TokenKind::Mark).map(|token| token.kind) {
        Some(TokenKind::Comma) => Tail::Comma,
        Some(TokenKind::Stop) => Tail::Stop,
        Some(TokenKind::Exclaim | TokenKind::Ellipsis | TokenKind::Dash) => Tail::Other,
        Some(TokenKind::Word) if inner.last().is_some_and(|token| page.text[token.span().range()].ends_with('.')) => {
            Tail::Stop
        }
        _ => Tail::Open,
    }
}

/// Whether quoted words are the title of a work: `“Harbour of Hope”`: two words and more, all that are not small with
/// capitals, no full stop.
pub fn is_title(page: &Page, inner: &[Token]) -> bool {
    let tail = tail(page, inner);
    tail != Tail::Stop && tail != Tail::Other && is_in_capitals(page, inner)
}

/// Whether quoted words have capitals as a title does: two words and more, all that are not small.
fn is_in_capitals(page: &Page, inner: &[Token]) -> bool {
    let mut words = inner.iter().filter(|token| token.kind == TokenKind::Word);
    let capitals = words.clone().filter(|token| token.is_capital()).count();
    let first = words.next().is_some_and(|token| token.is_capital());
    first && (2..=8).contains(&capitals) && are_capitals(page, inner)
}

/// Whether all words of some tokens have a capital but for the small ones of a title: `of`, `the`, `and`.
pub fn are_capitals(page: &Page, tokens: &[Token]) -> bool {
    const SMALL: Class = Class::PREPOSITION.with(Class::DETERMINER).with(Class::COORDINATOR);
    let mut words = tokens.iter().filter(|token| token.kind == TokenKind::Word);
    words.all(|token| token.is_capital() || page.lexicon.grammar.class(token.word).has(SMALL))
}

/// What the words before the mark at token `open` say of it: `the film`, `nicknamed,`.
pub fn prompt_before(page: &Page, open: u32) -> Option<Prompt> {
    const LONGEST: u32 = 4;
    let comma = open.checked_sub(1).is_some_and(|at| page.tokens[at as usize].kind == TokenKind::Comma);
    let open = open - u32::from(comma);
    (1..=LONGEST.min(open)).rev().find_map(|length| {
        let word = |i: usize| page.tokens.get((open - length) as usize + i).map_or(WordId::NONE, |token| token.word);
        let (found, prompt) = page.lexicon.people.prompts.longest(word)?;
        (found as u32 == length).then_some(*prompt)
    })
}

/// What a token is to a clause: a hyphen between spaces is a dash.
fn kind_of(page: &Page, at: u32) -> TokenKind {
    let token = page.tokens[at as usize];
    let spaced = token.kind == TokenKind::Hyphen
        && at > 0
        && page.tokens[at as usize - 1].end < token.start
        && page.tokens.get(at as usize + 1).is_some_and(|next| next.start > token.end);
    if spaced { TokenKind::Dash } else { token.kind }
}

/// After `the film`, `nicknamed`, `the word`, so many quoted tokens are no quotation.
const PROMPTED_MOST: usize = 6;

/// Asides of more tokens are read as text.
const ASIDE_MOST: usize = 12;

impl<'p> Elements<'p> {
    /// Reads one paragraph; linear in its tokens.
    pub fn new(page: &'p Page<'p>, paragraph: usize) -> Self {
        Self::at_depth(page, paragraph, page.paragraphs[paragraph].tokens.clone(), 0)
    }

    /// Reads the inside of quoted words, as if it were a paragraph.
    pub fn inside(page: &'p Page<'p>, paragraph: usize, tokens: Range<u32>) -> Self {
        Self::at_depth(page, paragraph, tokens, 1)
    }

    /// A part of a paragraph whose quote marks stand at `depth`: 0 outside all marks.
    pub fn at_depth(page: &'p Page<'p>, paragraph: usize, tokens: Range<u32>, depth: u8) -> Self {
        let all = Vec::with_capacity(tokens.len());
        let mut elements =
            Elements { page, paragraph, all, segments: Vec::new(), chunks: Vec::new(), parts: OnceCell::new() };
        elements.fill(tokens, depth);
        elements.cut();
        elements
    }

    /// The lexicon.
    pub fn lexicon(&self) -> &'static Lexicon {
        self.page.lexicon
    }

    /// Where an element stands in the text; empty past the end.
    fn place(&self, at: usize) -> Range<usize> {
        let Some(el) = self.all.get(at) else { return 0..0 };
        let first = self.page.tokens[el.token as usize];
        // Nearly all are one token.
        let end = if el.end == el.token + 1 { first.end } else { self.page.tokens[el.end as usize - 1].end };
        first.start as usize..end as usize
    }

    /// The text of an element.
    pub fn text(&self, at: usize) -> &'p str {
        &self.page.text[self.place(at)]
    }

    /// Whether an element is this word of the lexicon, in small letters of ASCII. Most words differ in length, which is told
    /// without a look at the text.
    pub fn says(&self, at: usize, word: &str) -> bool {
        let Some(el) = self.all.get(at).filter(|el| el.word.is_known()) else { return false };
        let token = self.page.tokens[el.token as usize];
        (token.end - token.start) as usize == word.len()
            && is_small(&self.page.text.as_bytes()[token.span().range()], word.as_bytes())
    }

    /// The short lists of words of its language.
    pub fn lists(&self) -> &'static Lists {
        &self.lexicon().lists
    }

    /// Whether the words of an element, as written, are in a list.
    pub fn is_in(&self, at: usize, list: List) -> bool {
        self.lists().has(list, &self.page.text.as_bytes()[self.place(at)])
    }

    /// Whether the last word of an element has an ending.
    pub fn ends(&self, at: usize, ending: Ending) -> bool {
        self.all.get(at).is_some_and(|el| el.endings.has(ending))
            && !(ending == Ending::Past && self.is_in(at, List::NounsInEd))
    }

    /// Whether a comma is the last thing inside an element in marks: `the daily “Harbour News,” Brandt said`.
    pub fn ends_in_comma(&self, at: usize) -> bool {
        let Some(el) = self.all.get(at).filter(|el| el.end > el.token + 2) else { return false };
        self.page.tokens[el.end as usize - 2].kind == TokenKind::Comma
    }

    /// The place of some elements.
    pub fn span(&self, range: Range<usize>) -> Span {
        match self.all.get(range) {
            Some([first, .., last] | [first @ last]) => self.page.span_of(first.token..last.end),
            _ => Span::default(),
        }
    }

    /// The segment that ends before another begins.
    pub fn segment_before(&self, segment: &Range<usize>) -> Option<&Range<usize>> {
        let next = self.segments.partition_point(|other| other.end <= segment.start);
        self.segments.get(next.checked_sub(1)?)
    }

    /// The chunk at an element.
    pub fn chunk(&self, at: usize) -> Option<&Chunk> {
        match self.all.get(at)?.kind {
            ElementKind::Chunk(number) => self.chunks.get(usize::from(number)),
            _ => None,
        }
    }

    /// The tokens inside the marks of the quoted words at an element, with a mark that is lost or not.
    pub fn inner(&self, at: usize) -> &'p [Token] {
        let Some(el) = self.all.get(at) else { return &[] };
        let tokens = &self.page.tokens[el.token as usize..el.end as usize];
        let mark = |token: Option<&Token>| usize::from(token.is_some_and(|token| token.kind == TokenKind::Mark));
        let (first, last) = (mark(tokens.first()), mark(tokens.last()));
        tokens.get(first..tokens.len().saturating_sub(last)).unwrap_or(&[])
    }

    /// The first quoted words among some elements. Logarithmic.
    pub fn first_chunk(&self, range: Range<usize>) -> Option<usize> {
        let next = self.chunks.partition_point(|chunk| (chunk.at as usize) < range.start);
        self.chunks.get(next).map(|chunk| chunk.at as usize).filter(|at| *at < range.end)
    }

    /// The last quoted words among some elements. Logarithmic.
    pub fn last_chunk(&self, range: Range<usize>) -> Option<usize> {
        let next = self.chunks.partition_point(|chunk| (chunk.at as usize) < range.end);
        self.chunks[..next].last().map(|chunk| chunk.at as usize).filter(|at| *at >= range.start)
    }

    /// Whether there are quoted words among some elements. Logarithmic.
    pub fn has_chunk(&self, range: Range<usize>) -> bool {
        self.first_chunk(range).is_some()
    }

    /// The first of some elements, of which one is before, that parts clauses or may: quoted words and what stands right
    /// behind them, a coordinator, a mark. The end of the range where all are plain words.
    pub fn next_part(&self, range: Range<usize>) -> usize {
        // Most clauses are short: what all elements know is made for a long one.
        const SHORT: usize = 48;
        let parts = |at: usize| self.all[at].parts() || self.all[at - 1].is_chunk();
        if range.len() <= SHORT {
            return range.clone().find(|at| parts(*at)).unwrap_or(range.end);
        }
        let next = self.parts.get_or_init(|| {
            let mut next = vec![self.all.len() as u32; self.all.len()];
            for at in (1..self.all.len()).rev() {
                next[at] = if parts(at) { at as u32 } else { next.get(at + 1).copied().unwrap_or(next[at]) };
            }
            next
        });
        (next[range.start] as usize).min(range.end)
    }

    /// The word of an element; none past the end.
    pub fn word(&self, at: usize) -> WordId {
        steps(1);
        self.all.get(at).map_or(WordId::NONE, |el| el.word)
    }

    /// Whether an element has a class.
    pub fn has(&self, at: usize, class: Class) -> bool {
        steps(1);
        self.all.get(at).is_some_and(|el| el.has(class))
    }

    /// Whether an element is a token of this kind.
    pub fn is(&self, at: usize, kind: TokenKind) -> bool {
        steps(1);
        self.all.get(at).is_some_and(|el| el.is(kind))
    }

    fn fill(&mut self, tokens: Range<u32>, depth: u8) {
        let page = self.page;
        let begin = page.tokens.get(tokens.start as usize).map_or(u32::MAX, |token| token.start);
        let mut pairs = page.pairs_from(self.paragraph, depth, begin).peekable();
        let (grammar, forms, text) = (&page.lexicon.grammar, page.lexicon.forms, page.text.as_bytes());
        let mut at = tokens.start;
        while at < tokens.end {
            // Most tokens stand before, between and behind the pairs.
            let pair = pairs.peek().map_or(u32::MAX, |pair| pair.span.start);
            let rest = &page.tokens[at as usize..tokens.end as usize];
            let stops = |token: &Token| token.kind == TokenKind::Open || token.start >= pair;
            let run = rest.iter().position(stops).unwrap_or(rest.len());
            self.all.extend(rest[..run].iter().zip(at..).map(|(token, at)| {
                let short = token.end - token.start <= 2 && token.is_capital();
                let word = if short && is_name_or_number(page, at, tokens.start) { WordId::NONE } else { token.word };
                let kind = if token.kind == TokenKind::Hyphen { kind_of(page, at) } else { token.kind };
                let (kind, mut class) = (ElementKind::Token(kind), grammar.class(word));
                if class.has(Class::TIME) && is_given_month(page, at) {
                    class = Class::default();
                }
                let endings = forms.endings(&text[token.span().range()]);
                Element { kind, token: at, end: at + 1, word, class, case: token.case, endings }
            }));
            at += run as u32;
            let Some(token) = rest.get(run) else { break };
            while pairs.peek().is_some_and(|pair| pair.span.end <= token.start) {
                pairs.next();
            }
            if let Some(pair) = pairs.peek().filter(|pair| pair.span.start <= token.start) {
                let end = page.token_at(pair.span.end).clamp(at + 1, tokens.end);
                self.push_chunk(pair, at..end);
                at = end;
                continue;
            }
            let end = self.aside(at, tokens.end);
            if end > at + 1 {
                self.push(ElementKind::Aside, at..end);
            } else {
                self.push(ElementKind::Token(kind_of(page, at)), at..at + 1);
            }
            at = end;
        }
    }

    fn push(&mut self, kind: ElementKind, tokens: Range<u32>) {
        let first = self.page.tokens[tokens.start as usize];
        let (word, case) = match kind {
            ElementKind::Token(_) => (first.word, first.case),
            _ => (WordId::NONE, Case::Lower),
        };
        let class = self.page.lexicon.grammar.class(word);
        let endings = self.page.lexicon.forms.endings(self.page.span_of(tokens.clone()).of(self.page.text).as_bytes());
        self.all.push(Element { kind, token: tokens.start, end: tokens.end, word, class, case, endings });
    }

    fn push_chunk(&mut self, pair: &Pair, tokens: Range<u32>) {
        let inner = tokens.start + u32::from(pair.open.is_some())..tokens.end - u32::from(pair.close.is_some());
        let range = inner.start.min(inner.end) as usize..inner.end as usize;
        let inner = &self.page.tokens[range];
        let words = inner.iter().filter(|token| token.kind == TokenKind::Word || token.kind == TokenKind::Number);
        let tail = tail(self.page, inner);
        let short = tail == Tail::Open && inner.len() <= PROMPTED_MOST;
        let name = short && prompt_before(self.page, tokens.start).is_some();
        // `in his book, “Harbour of Hope.”`
        let stopped = || {
            let before = tokens.start.checked_sub(1).filter(|_| tail == Tail::Stop && is_in_capitals(self.page, inner));
            before.is_some() && prompt_before(self.page, tokens.start) == Some(Prompt::Title)
        };
        if (name || is_title(self.page, inner) && !self.is_spoken(&tokens, tail) || stopped()) && self.in_body() {
            return self.push(ElementKind::Aside, tokens);
        }
        let Ok(number) = u16::try_from(self.chunks.len()) else { return self.push(ElementKind::Aside, tokens) };
        let capital = inner.iter().find(|token| token.is_word()).is_some_and(|token| token.is_capital());
        let chunk = Chunk {
            at: self.all.len() as u32,
            span: pair.span,
            end: pair.end,
            goes_on: pair.goes_on,
            words: words.count() as u32,
            capital,
            tail,
            single: pair.style.is_single(),
        };
        self.chunks.push(chunk);
        self.push(ElementKind::Chunk(number), tokens);
    }

    /// `“Your Honor,” I said`: capitals that begin a sentence before somebody and a cue are no title.
    fn is_spoken(&self, tokens: &Range<u32>, tail: Tail) -> bool {
        const MOST: u32 = 4;
        let page = self.page;
        let class = |at: u32| page.class(at);
        let begins = self.all.last().is_none_or(|last| last.is(TokenKind::Stop) || last.is(TokenKind::Exclaim));
        let next = page.tokens.get(tokens.end as usize);
        let somebody = next.is_some_and(|next| next.is_capital() || class(tokens.end).has(Class::SUBJECT));
        let name = |at: &u32| page.tokens.get(*at as usize).is_some_and(|token| token.is_capital());
        let cue = (tokens.end + 1..tokens.end + MOST).find(|at| !name(at));
        begins
            && tail == Tail::Comma
            && somebody
            && cue.is_some_and(|at| (at as usize) < page.tokens.len() && class(at).has(Class::CUE_VERB))
    }

    fn in_body(&self) -> bool {
        use crate::document::RegionKind::{Headline, Subhead};
        !matches!(self.page.paragraphs[self.paragraph].region, Headline | Subhead)
    }

    /// The end of the aside that opens at `at`, or `at + 1`.
    fn aside(&self, at: u32, end: u32) -> u32 {
        let tokens = &self.page.tokens[at as usize..end as usize];
        if tokens[0].kind != TokenKind::Open {
            return at + 1;
        }
        let inside = tokens.iter().take(ASIDE_MOST).skip(1);
        for (i, token) in inside.enumerate() {
            match token.kind {
                TokenKind::Close => return at + i as u32 + 2,
                TokenKind::Open | TokenKind::Mark => break,
                _ => {}
            }
        }
        at + 1
    }

    /// Segments end with the sentences that end between elements.
    fn cut(&mut self) {
        let Some(first) = self.all.first().map(|el| el.token) else { return };
        let sentences = self.page.paragraphs[self.paragraph].sentences.clone();
        let sentences = &self.page.sentences[sentences.start as usize..sentences.end as usize];
        let sentences = &sentences[sentences.partition_point(|sentence| sentence.tokens.end <= first)..];
        let mut ends = sentences.iter().map(|sentence| sentence.tokens.end);
        let mut next = ends.next().unwrap_or(u32::MAX);
        let (mut begin, count) = (0, self.all.len());
        for (at, element) in self.all.iter().enumerate() {
            let mut ends_here = false;
            while next <= element.end {
                ends_here = next == element.end;
                next = ends.next().unwrap_or(u32::MAX);
            }
            if ends_here || at + 1 == count || at + 1 - begin == LONGEST {
                self.segments.push(begin..at + 1);
                begin = at + 1;
            }
        }
        self.rejoin();
        self.part_links();
    }

    /// `READ MORE: Why the boats are late In a letter, Brandt said so.` is two segments.
    fn part_links(&mut self) {
        let cuts = |segment: &Range<usize>| self.link_end(segment);
        let Some(first) = self.segments.iter().position(|segment| cuts(segment).is_some()) else { return };
        let rest: Vec<Range<usize>> = self.segments[first..]
            .iter()
            .flat_map(|segment| {
                let end = cuts(segment).unwrap_or(segment.end);
                [segment.start..end, end..segment.end]
            })
            .filter(|segment| !segment.is_empty())
            .collect();
        self.segments.truncate(first);
        self.segments.extend(rest);
    }

    /// `“Why?” Brandt asked.` is one segment, though a sentence seems to end at the mark.
    fn rejoin(&mut self) {
        let mut segments = std::mem::take(&mut self.segments);
        let joins = |last: &Range<usize>, next: &Range<usize>| {
            next.end - last.start <= LONGEST
                && (self.is_signed(last, next) || self.ends_in_cry(last) && !self.is_led_in(last) && self.is_tag(next))
        };
        segments.dedup_by(|next, last| {
            let joined = joins(last, next);
            if joined {
                last.end = next.end;
            }
            joined
        });
        self.segments = segments;
    }

    /// `“It is safe.” – Ada Brandt`
    fn is_signed(&self, segment: &Range<usize>, next: &Range<usize>) -> bool {
        let dash = self.is(next.start, TokenKind::Dash) || self.is(next.start, TokenKind::Hyphen);
        dash && self.all[segment.end - 1].is_chunk() && self.all.get(next.start + 1).is_some_and(Element::is_capital)
    }

    fn ends_in_cry(&self, segment: &Range<usize>) -> bool {
        self.chunk(segment.end - 1).is_some_and(|chunk| chunk.tail == Tail::Other)
    }

    /// `Brandt asked: “Why?”`, `I said, “Why?”`: whether a cue before the quoted words that end a segment reports them.
    fn is_led_in(&self, segment: &Range<usize>) -> bool {
        let Some(mark) = segment.end.checked_sub(2).filter(|mark| *mark > segment.start) else { return false };
        let colon = self.is(mark, TokenKind::Colon);
        let cue = if colon || self.is(mark, TokenKind::Comma) { mark - 1 } else { mark };
        self.has(cue, Class::CUE_VERB) && (colon || !self.has(cue, Class::CUE_NOUN))
            || colon && self.has(mark - 1, Class::OBJECT)
    }

    /// Whether a segment is no more than a source and a cue, in any order: short, with a cue verb, and not begun by
    /// quoted words.
    fn is_tag(&self, segment: &Range<usize>) -> bool {
        let words = &self.all[segment.clone()];
        let Some(verb) = words.iter().take(16).position(|el| el.has(Class::CUE_VERB)) else { return false };
        let next = words.get(verb + 1);
        !words[0].is_chunk()
            && next.is_none_or(|next| {
                // `“…?” Brandt told reporters`
                verb <= 3 && words[0].is_capital()
                    || next.is(TokenKind::Stop)
                    || next.is(TokenKind::Comma)
                    || next.is_capital()
                    || next.class == Class::default()
                        && self.lexicon().forms.ends(self.page.token_text(next.token), Ending::Adverb)
                    || next.has(Class::PREPOSITION.with(Class::DETERMINER).with(Class::OBJECT))
            })
    }
}

/// Whether a word is `word`, which is in small letters of ASCII. Most differ in their first letter.
#[inline]
fn is_small(text: &[u8], word: &[u8]) -> bool {
    let first = text.first().map(u8::to_ascii_lowercase);
    first == word.first().copied() && text.eq_ignore_ascii_case(word)
}

/// The word of an element.
pub fn word<'v>(elements: &Elements<'v>, at: usize) -> &'v str {
    match elements.word(at) {
        WordId::NONE => "",
        id => elements.lexicon().words.text(id),
    }
}
