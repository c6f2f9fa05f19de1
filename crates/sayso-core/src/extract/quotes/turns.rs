//! Transcripts and interviews: paragraphs that begin with `NAME:` are the words of that name, without marks.
//!
//! `GOVERNOR BRANDT: We have closed the bridge.` → direct, cue `:`, source `GOVERNOR BRANDT`. Each label is read first
//! ([`heading`]); then the page decides whether its labels make a transcript, for `Harrow: the bridge is closed` is no
//! speech ([`find`]). A paragraph between two turns goes on with the first of them, unless something else begins there.
//! Who a label means is told by the other labels ([`whose`]): after `ADA BRANDT, MAYOR:`, `BRANDT:` is Ada Brandt.

use super::headings::{Heading, Look, heading};
use super::{Found, Link};
use crate::document::RegionKind;
use crate::extract::{QuoteKind, QuoteReason, SpeakerKind};
use crate::language::grammar::Class;
use crate::language::inflect::Ending;
use crate::language::people::Label;
use crate::span::Span;
use crate::text::{Page, TokenKind};
use rustc_hash::{FxHashMap, FxHashSet};

/// So many labelled paragraphs, of which two share a label, make a transcript.
const TRANSCRIPT: usize = 3;

/// What a label tells of its speaker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Whose {
    /// A word of the table of labels: `Q`, `A`.
    Label(Label),
    /// A name, as the fullest label of that speaker has it.
    Named {
        /// The name there.
        name: Span,
        /// The name in this turn's own label.
        own: Span,
        /// The role there.
        role: Option<Span>,
    },
    /// Somebody or several without a name: `UNIDENTIFIED MALE`, `Government senators`.
    Unnamed {
        /// One or several.
        kind: SpeakerKind,
        /// The words for them.
        own: Span,
    },
    /// An office, or what else the story tells of: `The PRESIDENT`, without its article.
    Described(Span),
    /// A surname that two of the transcript bear.
    Shared,
}

/// Puts the turns of the page among what was found, in the order of the text; what was found inside them is marked so, and
/// what only said that they are quoted is dropped.
pub fn insert<'f>(page: &Page, found: impl Iterator<Item = Found> + 'f) -> Box<dyn Iterator<Item = Found> + 'f> {
    let (turns, all) = find(page);
    if turns.is_empty() {
        return Box::new(found);
    }
    let whose = whose(page, &turns);
    let page_shouts = !page.text.contains(char::is_lowercase);
    let mut out = Vec::with_capacity(turns.len());
    let mut found = found.peekable();
    for (i, (turn, whose)) in turns.iter().zip(whose).enumerate() {
        let next = turns.get(i + 1).map(|next| next.paragraph);
        let ends = |number: usize| all.binary_search(&number).is_ok() || is_direction(page, number, page_shouts);
        let Some(one) = whole(page, turn, whose, next, ends) else { continue };
        let (first, last) = (one.paragraph, one.last_paragraph);
        let hull = page.paragraphs[first as usize].span.start..page.paragraphs[last as usize].span.end;
        while let Some(mut other) = found.next_if(|other| other.paragraph < first) {
            // `A transcript follows:` / `“BRANDT: It is safe.`: the marks hold turns.
            other.content.retain(|span| span.start < hull.start);
            if !other.content.is_empty() {
                out.push(other);
            }
        }
        let within = Span::new(hull.start, hull.end);
        let (words, colon) = (one.content[0].start, one.cue);
        out.push(one);
        while let Some(other) = found.next_if(|other| other.paragraph <= last) {
            let inner = other.content.iter().all(|span| span.start >= words) && other.cue != colon;
            if inner && is_kept(page, &other) {
                out.push(Found { inside: other.inside.or(Some(within)), ..other });
            }
        }
    }
    Box::new(out.into_iter().chain(found))
}

/// Inside somebody's own words, only what is given to somebody by name or role, or quoted with a cue.
fn is_kept(page: &Page, one: &Found) -> bool {
    let Some(source) = one.source else { return false };
    let word = page.word(page.token_at(source.start) as usize);
    let class = page.lexicon.grammar.class(word);
    let own = class.has(Class::FIRST) || matches!(source.of(page.text), "you" | "You");
    one.cue.is_some()
        && (one.kind == QuoteKind::Direct || !own && one.kind != QuoteKind::Indirect || is_named(page, source))
}

/// Whether a source names somebody: by a capital or a possessive.
fn is_named(page: &Page, source: Span) -> bool {
    let tokens = page.token_at(source.start)..page.token_at(source.end);
    let first = page.class(tokens.start);
    let pronoun = first.has(Class::SUBJECT.with(Class::RELATIVE).with(Class::OBJECT)) && tokens.len() == 1;
    !pronoun
        && (first.has(Class::POSSESSIVE)
            || tokens.into_iter().skip(1).any(|at| page.tokens[at as usize].is_capital())
            || first == Class::default())
}

/// The turn with the paragraphs that go on with it, up to the one of the next turn; none where it has no words. `ends`
/// tells which paragraphs go on with nothing.
fn whole(
    page: &Page,
    turn: &Heading,
    whose: Whose,
    next: Option<usize>,
    ends: impl Fn(usize) -> bool,
) -> Option<Found> {
    let here = &page.paragraphs[turn.paragraph];
    let mut content = Vec::new();
    if turn.words < here.tokens.end {
        content.push(page.span_of(turn.words..here.tokens.end));
    }
    let mut last = turn.paragraph;
    let limit = next.unwrap_or(page.paragraphs.len());
    for number in turn.paragraph + 1..limit {
        let tokens = &page.paragraphs[number].tokens;
        let open = next.is_none() && !(content.is_empty() || is_spoken(page, tokens));
        if open || ends(number) {
            break;
        }
        content.push(page.paragraphs[number].span);
        last = number;
    }
    (!content.is_empty()).then(|| Found {
        paragraph: turn.paragraph as u32,
        last_paragraph: last as u32,
        kind: QuoteKind::Direct,
        content,
        cue: Some(page.span_of(turn.colon..turn.colon + 1)),
        source: Some(page.span_of(turn.label.clone())),
        addressee: None,
        because: vec![QuoteReason::Transcript],
        balanced: true,
        link: Link::Own,
        goes_on: false,
        inside: None,
        turn: Some(whose),
        doubtful: false,
    })
}

/// Whether a paragraph is nobody's words: a stage direction in brackets or in capitals (`BEGIN VIDEO CLIP`), `Government
/// senators interjecting—`, a rule, or what is no part of the story. Capitals tell nothing on a page that has no others.
fn is_direction(page: &Page, number: usize, page_shouts: bool) -> bool {
    let paragraph = &page.paragraphs[number];
    let tokens = &page.tokens[paragraph.tokens.start as usize..paragraph.tokens.end as usize];
    let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else { return true };
    let aside = first.kind == TokenKind::Open || matches!(first.span().of(page.text), "*" | "_" | "#" | ">");
    // `OPPOSITION MEMBERS INTERJECTING.`
    let word = tokens.iter().rev().find(|token| token.kind != TokenKind::Stop).is_some_and(|token| token.is_word());
    let shouted = word
        && !page_shouts
        && tokens.iter().filter(|token| token.is_word()).count() > 1
        && !paragraph.span.of(page.text).contains(char::is_lowercase);
    let noise = last.kind == TokenKind::Dash
        && tokens.len() >= 3
        && tokens.len() < 10
        && page.lexicon.forms.ends(tokens[tokens.len() - 2].span().of(page.text), Ending::Gerund)
        && first.is_capital();
    // `Q    Who pays?`: a label without its colon.
    let gap = tokens.get(1).is_some_and(|next| next.start > first.end + 1);
    let asks = gap && first.end - first.start == 1 && page.lexicon.people.label(first.word) == Some(Label::Asks);
    paragraph.region != RegionKind::Body || aside || shouted || noise || asks
}

/// Whether words are somebody's own by their look: they say `I`, `we` or `you`, or they ask.
fn is_spoken(page: &Page, tokens: &std::ops::Range<u32>) -> bool {
    tokens.clone().any(|at| {
        let word = page.word(at as usize);
        page.lexicon.grammar.class(word).has(Class::FIRST)
            || matches!(page.lexicon.words.text(word), "you" | "your")
            || page.tokens[at as usize].kind == TokenKind::Exclaim && page.token_text(at).contains('?')
    })
}

/// The turns of the page, and the paragraphs that begin with a label of any kind.
fn find(page: &Page) -> (Vec<Heading>, Vec<usize>) {
    let mut turns: Vec<Heading> = (0..page.paragraphs.len()).filter_map(|number| heading(page, number)).collect();
    let all = turns.iter().map(|turn| turn.paragraph).collect();
    turns.retain(|turn| turn.class != Some(Label::Nobody));
    let mut counts: FxHashMap<String, usize> = FxHashMap::default();
    for turn in &turns {
        *counts.entry(turn.key(page)).or_default() += 1;
    }
    let repeats = |turn: &Heading| counts.get(&turn.key(page)) > Some(&1);
    // A first turn without a full stop looks like a headline.
    turns.retain(|turn| page.paragraphs[turn.paragraph].region != RegionKind::Headline || repeats(turn));
    // A surname that is a word, too, is somebody’s where a fuller label has it.
    let known: FxHashSet<String> =
        turns.iter().filter(|turn| turn.is_somebody(page)).map(|turn| turn.key(page)).collect();
    let is_somebody = |turn: &Heading| known.contains(&turn.key(page));
    match layout(page, &turns, &counts) {
        Layout::Transcript => turns.retain(|turn| turn.look != Look::Plain || is_somebody(turn) || repeats(turn)),
        Layout::Other { labelled, asked } => turns.retain(|turn| {
            labelled && turn.look != Look::Plain && turn.class.is_none() && is_somebody(turn)
                || asked && turn.class.is_some()
        }),
    }
    (turns, all)
}

/// What the labels of a page make of it.
enum Layout {
    /// Turns of several people who come back.
    Transcript,
    /// No transcript.
    Other {
        /// A name in capitals or bold stands before somebody's words.
        labelled: bool,
        /// It has questions and answers (`Q:`, `A:`).
        asked: bool,
    },
}

/// Whether a page with these turns is a transcript, or holds labelled words or an interview. `counts` has how often each label
/// comes.
fn layout(page: &Page, turns: &[Heading], counts: &FxHashMap<String, usize>) -> Layout {
    let spoken = |turn: &Heading| is_spoken(page, &(turn.words..page.paragraphs[turn.paragraph].tokens.end));
    let firm = turns.iter().all(|turn| turn.look != Look::Plain || turn.class.is_some() || turn.is_titled(page));
    let speaking = turns.iter().filter(|turn| spoken(turn)).count();
    let spoken_enough = speaking * if firm { turns.len() } else { 4 } >= turns.len() && speaking > 0;
    // Two of one surname count as two.
    let names: FxHashSet<Vec<String>> =
        turns.iter().map(|turn| turn.name_words(page)).filter(|name| name.len() > 1).collect();
    let repeated = counts.len().max(names.len()) > 1 && counts.values().any(|count| *count > 1);
    let faq = is_faq(page, turns);
    // `Senator BREW:`, `The PRESIDENT:`: titles and roles tell as much as words of one's own.
    let ranked = turns.iter().filter(|turn| turn.is_titled(page) || turn.is_office(page)).count();
    let spoken_enough = spoken_enough || firm && ranked * 2 >= turns.len();
    if turns.len() >= TRANSCRIPT && repeated && spoken_enough && !faq {
        return Layout::Transcript;
    }
    Layout::Other {
        labelled: turns.iter().any(|turn| turn.look != Look::Plain && turn.is_somebody(page) && spoken(turn)),
        asked: !faq && turns.iter().any(|turn| turn.class == Some(Label::Asks)),
    }
}

/// Questions and answers that nobody asked or gave: no answer says `I`, and nobody has a name.
fn is_faq(page: &Page, turns: &[Heading]) -> bool {
    let answers = turns.iter().filter(|turn| turn.class == Some(Label::Answers));
    let own = |turn: &Heading| {
        let tokens = turn.words..page.paragraphs[turn.paragraph].tokens.end;
        tokens.clone().any(|at| page.class(at).has(Class::FIRST))
    };
    turns.iter().all(|turn| turn.class.is_some()) && !answers.clone().any(own)
}

/// What each turn's label tells of its speaker, by all of them: a surname goes to the one before who has it.
fn whose(page: &Page, turns: &[Heading]) -> Vec<Whose> {
    // Who has been introduced by a name of two words and more: its words in lower case, and the turn.
    let names: Vec<Vec<String>> = turns.iter().map(|turn| turn.name_words(page)).collect();
    let mut full: Vec<(&[String], usize)> = Vec::new();
    for (at, words) in names.iter().enumerate().filter(|(_, words)| words.len() > 1) {
        if !full.iter().any(|(other, _)| *other == words.as_slice()) {
            full.push((words, at));
        }
    }
    let mut by_last: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
    let mut by_first: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
    let mut by_name: FxHashMap<&[String], usize> = FxHashMap::default();
    for (words, at) in &full {
        by_last.entry(words[words.len() - 1].as_str()).or_default().push(*at);
        by_first.entry(words[0].as_str()).or_default().push(*at);
        by_name.insert(words, *at);
    }
    let bearers = |name: &str| by_last.get(name).or_else(|| by_first.get(name)).map_or(&[][..], |list| list);
    // `LV` for `Lena Voss`
    let initials = |name: &str, here: usize| {
        let fits = |at: &&(&[String], usize)| {
            at.1 < here && at.0.iter().filter_map(|word| word.chars().next()).eq(name.chars())
        };
        let mut bearers = full.iter().filter(fits);
        bearers.next().filter(|_| bearers.next().is_none()).map(|(_, at)| *at)
    };
    let named = |turn: &Heading, at: usize| Whose::Named {
        name: page.span_of(turns[at].name(page)),
        own: page.span_of(turn.name(page)),
        role: turns[at].role.clone().map(|role| page.span_of(role)),
    };
    let tell = |(here, turn): (usize, &Heading)| {
        let words = &names[here];
        if let Some(label) = turn.class {
            return Whose::Label(label);
        }
        if let Some(kind) = turn.unnamed(page) {
            return Whose::Unnamed { kind, own: page.span_of(turn.own_words(page)) };
        }
        if turn.is_office(page) && !words.iter().any(|word| by_last.contains_key(word.as_str()) && words.len() == 1) {
            return Whose::Described(page.span_of(turn.own_words(page)));
        }
        let [name] = words.as_slice() else {
            // `St. John` for `JO-ANN ST. JOHN`
            let longer = |at: &usize| names[*at].len() > words.len() && names[*at].ends_with(words);
            let mut fuller = bearers(&words[words.len().saturating_sub(1)..].concat()).iter().copied().filter(longer);
            let fuller = fuller.next().filter(|_| fuller.next().is_none());
            return match fuller.as_ref().or_else(|| by_name.get(words.as_slice())) {
                Some(at) => named(turn, *at),
                None => named(turn, here),
            };
        };
        let before: Vec<usize> = bearers(name).iter().copied().filter(|at| *at < here).collect();
        match (before.as_slice(), bearers(name)) {
            ([at], _) | ([], [at]) => named(turn, *at),
            ([], []) if turn.is_initials(page) => match initials(name, here) {
                Some(at) => named(turn, at),
                None => named(turn, here),
            },
            ([], []) => named(turn, here),
            _ => Whose::Shared,
        }
    };
    turns.iter().enumerate().map(tell).collect()
}
