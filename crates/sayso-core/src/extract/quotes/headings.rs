//! The label at a paragraph's beginning that may open a turn of a transcript: `REAR ADM. TOMAS KEEL, HARBOUR ANALYST:`,
//! `Senator BREW:`, `Government senators:`, `Ada Brandt:`, `Q.`. Its name, its role, its notes in brackets and its look;
//! whether it opens a turn is for the page to tell ([`super::turns`]).

use crate::document::RegionKind;
use crate::extract::SpeakerKind;
use crate::language::figures::Class as Figures;
use crate::language::grammar::Class;
use crate::language::lists::List;
use crate::language::people::Label;
use crate::text::{Page, Token, TokenKind};
use std::ops::Range;

/// A label has at most so many tokens, with its role and notes.
const LONGEST: u32 = 32;

/// A word in capitals of so many letters or fewer may be an acronym.
const ACRONYM: usize = 3;

/// A name has at most so many words.
const NAME_MOST: usize = 8;

/// How a label is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    /// `TILDA OKAFOR`
    Upper,
    /// `Senator BREW`, `The PRESIDENT`
    Titled,
    /// `Government senators`, `An hon. Member`
    Many,
    /// `Tilda Okafor`: any paragraph may begin so.
    Plain,
    /// `chair`, `the clerk`, in small letters throughout.
    Small,
    /// `old tess`, in small letters throughout and of any words: a label only where two such come back.
    Low,
}

/// A label, as tokens of the page.
#[derive(Clone, Debug)]
pub(super) struct Heading {
    /// Its paragraph.
    pub paragraph: usize,
    /// All before the colon.
    pub label: Range<u32>,
    /// Up to the first comma or bracket.
    named: Range<u32>,
    /// After the first comma, up to a bracket.
    pub role: Option<Range<u32>>,
    /// The colon.
    pub colon: u32,
    /// Where the words begin.
    pub words: u32,
    /// Where they end in its paragraph: at its end, or at the next label.
    pub end: u32,
    /// How it is written.
    pub look: Look,
    /// What the table of labels says of it.
    pub class: Option<Label>,
    /// Whether plain words follow: no whole quotation, no `@handle`.
    pub opens: bool,
    /// Whether signs of Markdown for bold stand before it.
    pub is_bold: bool,
    /// Whether a time without brackets stands before it, and whether it is the first hour of a recording.
    pub clock: Option<bool>,
}

/// Where the parts of a label end.
#[derive(Default)]
struct Bounds {
    colon: u32,
    /// Its first comma.
    comma: Option<u32>,
    /// Its first bracket.
    note: Option<u32>,
    /// The first bracket behind the comma.
    role_note: Option<u32>,
}

/// Words that no label in Title Case holds.
const NEVER: Class =
    Class::SUBJECT.with(Class::QUESTION).with(Class::TIME).with(Class::BE).with(Class::MODAL).with(Class::HAVE);

/// What may stand in a label with a small letter.
const SMALL: Class = Class::PREPOSITION.with(Class::COORDINATOR).with(Class::DETERMINER);

/// Nouns of a label that names nobody: `Government senators`.
const NOUNS: Class = Class::ROLE.with(Class::ROLES).with(Class::GROUP).with(Class::GROUPS);

/// The label that begins a paragraph of the body; none where none does.
pub(super) fn heading(page: &Page, number: usize) -> Option<Heading> {
    let first = page.paragraphs[number].tokens.start;
    heading_at(page, number, first)
}

/// The labels behind the one that begins a paragraph, each at the beginning of a sentence: `DW: Why? Ada Brandt: I was ill. DW:
/// And then?` Linear: a label is short.
pub(super) fn inner(page: &Page, opening: &Heading) -> Vec<Heading> {
    let end = page.paragraphs[opening.paragraph].tokens.end;
    let kind = |at: u32| page.tokens[at as usize].kind;
    let ends = [TokenKind::Stop, TokenKind::Exclaim, TokenKind::Ellipsis, TokenKind::Mark, TokenKind::Close];
    let mut out = Vec::new();
    let mut at = opening.words + 1;
    while at < end {
        let token = page.tokens[at as usize];
        let begins = token.kind == TokenKind::Word && token.is_capital() && ends.contains(&kind(at - 1));
        match begins.then(|| heading_at(page, opening.paragraph, at)).flatten() {
            Some(found) if found.words < end => {
                at = found.words;
                out.push(found);
            }
            _ => at += 1,
        }
    }
    out
}

/// The label that begins at token `from` of a paragraph of the body; none where none does.
fn heading_at(page: &Page, number: usize, from: u32) -> Option<Heading> {
    let paragraph = &page.paragraphs[number];
    if !matches!(paragraph.region, RegionKind::Body | RegionKind::Subhead | RegionKind::Headline) {
        return None;
    }
    let end = paragraph.tokens.end;
    // Captions of television: `>> ADA BRANDT: It is safe.`
    let mut first = from + (from..end).take_while(|at| page.token_text(*at) == ">").count() as u32;
    let from = first;
    // Bold in Markdown: `**Ada Brandt:** It is safe.`
    let bold = |at: u32| at < end && matches!(page.token_text(at), "*" | "_");
    while bold(first) {
        first += 1;
    }
    let is_bold = first > from;
    // `* Low cost: …` is an item of a list.
    if is_bold && page.tokens.get(first as usize).is_some_and(|next| next.start > page.tokens[first as usize - 1].end) {
        return None;
    }
    // `“BRANDT: It is safe.`: a transcript that somebody quotes.
    let quoted = first < end && page.tokens[first as usize].kind == TokenKind::Mark;
    first += u32::from(quoted);
    // `[00:01:20] ADA BRANDT: …`
    let timed = behind_clock(page, first, end);
    let clock = (timed > first && page.tokens[first as usize].kind == TokenKind::Number)
        .then(|| page.token_text(first).bytes().all(|byte| byte == b'0'));
    first = behind_line_number(page, timed, end);
    let low = low_colon(page, first, end);
    let lower = || low.map(|colon| Bounds { colon, ..Bounds::default() });
    let Bounds { colon, comma, note, role_note } = bounds(page, first, end).or_else(lower)?;
    let mut words = colon + 1;
    while bold(words) {
        words += 1;
    }
    let starts = page.tokens.get(words as usize).filter(|_| words < end);
    let whole_quotation = starts.is_some_and(|token| token.kind == TokenKind::Mark)
        && page.tokens[end as usize - 1].kind == TokenKind::Mark;
    let glued = starts.is_some_and(|token| token.start == page.tokens[colon as usize].end);
    let handle = starts.is_some_and(|token| matches!(page.token_text(words), "@" | "#") || token.kind == TokenKind::Address)
            // `[https://…](https://…)`
            || starts.is_some_and(|token| token.kind == TokenKind::Open)
                && page.tokens.get(words as usize + 1).is_some_and(|next| next.kind == TokenKind::Address);
    if glued || hangs_on(page, first, colon) {
        return None;
    }
    let (named, role) = match note.and_then(|open| holder(page, first, open..colon)) {
        Some(holder) => (holder, note.map(|open| first..open)),
        None => {
            let role = comma.map(|comma| comma + 1..role_note.unwrap_or(colon)).filter(|role| !role.is_empty());
            (first..comma.unwrap_or(colon).min(note.unwrap_or(colon)).max(first + 1), role)
        }
    };
    let class = class(page, &named);
    // `A:` of an interview is an article, too.
    let look = look(page, &named).or(class.map(|_| Look::Plain)).or(low.map(|_| Look::Low));
    let look = look.filter(|look| !quoted || *look == Look::Upper)?;
    Some(Heading {
        paragraph: number,
        label: first..colon.max(first + 1),
        named,
        colon,
        words,
        end,
        opens: !whole_quotation && !handle && !is_clause(page, words..end, look, role.as_ref()),
        role,
        look,
        class,
        is_bold,
        clock,
    })
}

/// `About Quay Ltd:`, `Dear Mr Lind:`: whether a label of several words begins with a preposition or a salutation, and no name does
/// so.
fn hangs_on(page: &Page, first: u32, colon: u32) -> bool {
    let name = page.lexicon.people.first_name(page.token_text(first)).is_some()
        || page.lexicon.lists.reads(List::NameParticles, page.token_text(first));
    let goes_on = first + 1 < colon && page.tokens[first as usize + 1].kind == TokenKind::Word;
    let greets = page.lexicon.lists.reads(List::Salutations, page.token_text(first));
    (greets || page.class(first).has(Class::PREPOSITION)) && goes_on && !name
}

/// `Quay Ltd, led by Ada Brandt, asks one thing: what if it floats?`: a label in Title Case with a role, before a small letter, is the
/// beginning of a sentence.
fn is_clause(page: &Page, words: Range<u32>, look: Look, role: Option<&Range<u32>>) -> bool {
    let small = |at: u32| page.tokens[at as usize].kind == TokenKind::Word && !page.tokens[at as usize].is_capital();
    look == Look::Plain && role.is_some() && !words.is_empty() && small(words.start)
}

/// The colon behind one to three words in small letters that begin a paragraph and can be a name, before a sentence: `old tess:
/// She ate it.` Behind the first a word may have a capital, and digits may stand before it: `dj 2Tess`.
fn low_colon(page: &Page, first: u32, end: u32) -> Option<u32> {
    const MOST: u32 = 4;
    let word = |at: &u32| {
        let token = page.tokens[*at as usize];
        let article = *at == first && page.lexicon.lists.has(List::Articles, page.token_text(*at));
        let number = is_count(page, *at);
        match token.kind {
            TokenKind::Word if *at == first && token.is_capital() => false,
            TokenKind::Word if may_be_first_name(page, page.token_text(*at)) => true,
            TokenKind::Word => article || number && *at > first || !page.class(*at).has(NEVER.with(SMALL)),
            TokenKind::Number => *at > first,
            // `dave & raj`
            _ => *at > first && page.token_text(*at) == "&",
        }
    };
    let colon = first + (first..end.min(first + MOST)).take_while(word).count() as u32;
    let opens = |at: u32| {
        let token = page.tokens[at as usize];
        token.is_capital() || matches!(token.kind, TokenKind::Mark | TokenKind::Ellipsis | TokenKind::Open)
    };
    let closes = colon > first && colon + 1 < end && page.tokens[colon as usize].kind == TokenKind::Colon;
    // A page that has next to no capitals: `tess: welcome back.`
    let plain = || page.tokens[colon as usize + 1].is_word() && is_in_small_letters(page);
    (closes && (opens(colon + 1) || plain())).then_some(colon)
}

/// Whether more than half of the first sentences of the page begin with a small letter, as in transcripts that leave capitals out.
fn is_in_small_letters(page: &Page) -> bool {
    const SENTENCES: usize = 40;
    let first = |sentence: &crate::text::Sentence| page.tokens.get(sentence.tokens.start as usize).copied();
    let begun = page.sentences.iter().take(SENTENCES).filter_map(first).filter(|token| token.is_word());
    let capitals = begun.clone().filter(|token| token.is_capital()).count();
    capitals * 2 < begun.count()
}

/// `june`, `will`: whether somebody may be called so, whatever else the word means.
fn may_be_first_name(page: &Page, word: &str) -> bool {
    page.lexicon.people.first_name(word).is_some() || page.lexicon.lists.has(List::GivenMonths, word)
}

/// `The Minister for Rivers (Mr Otto Lind)`: the name behind an office, in brackets that close the label.
fn holder(page: &Page, first: u32, note: Range<u32>) -> Option<Range<u32>> {
    let inner = note.start + 1..note.end.checked_sub(1)?;
    let closed = page.tokens[inner.end as usize].kind == TokenKind::Close;
    let titled = !inner.is_empty() && page.class(inner.start).has(Class::TITLE);
    (closed && titled && inner.len() > 1 && page.class(first).has(Class::DETERMINER)).then_some(inner)
}

/// Where the label begins behind the number of its line: `12 Q. Did you?`; `first` where none stands there.
fn behind_line_number(page: &Page, first: u32, end: u32) -> u32 {
    let kind = |at: u32| page.tokens.get(at as usize).filter(|_| at < end).map(|token| token.kind);
    // `Q12 Chair: Who pays?`: a question of a committee has its number before the label.
    let name = |at: u32| kind(at) == Some(TokenKind::Word) && page.tokens[at as usize].is_capital();
    if name(first) && name(first + 1) && is_numbered_question(page.token_text(first), page) {
        return first + 1;
    }
    if kind(first) != Some(TokenKind::Number) {
        return first;
    }
    let word = first + 1 + u32::from(kind(first + 1) == Some(TokenKind::Stop));
    let asks = kind(word) == Some(TokenKind::Word)
        && matches!(page.lexicon.people.label(page.word(word as usize)), Some(Label::Asks | Label::Answers));
    // `3. Mrs Ada Voll (Quay): What steps will he take?`
    let listed = kind(first + 1) == Some(TokenKind::Stop)
        && kind(word) == Some(TokenKind::Word)
        && page.class(word).has(Class::TITLE)
        && page.tokens[word as usize].is_capital();
    if asks || listed { word } else { first }
}

/// `Q Will it open?`: the letter of those who ask, alone before a question or a bracket, as the briefings of governments have it.
fn is_bare_question(page: &Page, at: u32, end: u32) -> bool {
    let asks = page.lexicon.people.label(page.word(at as usize)) == Some(Label::Asks);
    let Some(next) = page
        .tokens
        .get(at as usize + 1)
        .filter(|next| at + 1 < end && asks && next.start > page.tokens[at as usize].end)
    else {
        return false;
    };
    const MOST: u32 = 256;
    let open = next.kind == TokenKind::Open;
    let sentence = next.kind == TokenKind::Word && next.is_capital();
    page.tokens[at as usize].is_capital()
        && (open || sentence && (at + 1..end.min(at + MOST)).any(|at| page.token_text(at) == "?"))
}

/// `Q12`: the letter of those who ask, with digits.
fn is_numbered_question(word: &str, page: &Page) -> bool {
    let letter = word.trim_end_matches(|c: char| c.is_ascii_digit());
    letter.len() == 1
        && letter.len() < word.len()
        && page.lexicon.people.label(page.lexicon.words.get(letter)) == Some(Label::Asks)
}

/// Whether a paragraph begins with what can be a label, though it is read as none: words in capitals, or a few in Title
/// Case, before a colon. No turn goes on over it.
pub(super) fn is_strange(page: &Page, number: usize, page_shouts: bool) -> bool {
    const WORDS: usize = 4;
    let tokens = page.paragraphs[number].tokens.clone();
    let Some(colon) =
        tokens.clone().take(LONGEST as usize).find(|at| page.tokens[*at as usize].kind == TokenKind::Colon)
    else {
        return false;
    };
    let spaced = colon + 1 < tokens.end && page.tokens[colon as usize + 1].start > page.tokens[colon as usize].end;
    let words: Vec<Token> = (tokens.start..colon)
        .map(|at| page.tokens[at as usize])
        .filter(|token| token.kind == TokenKind::Word)
        .collect();
    let upper = !page_shouts && words.iter().take(2).all(|token| is_upper(page, token));
    let title = words.len() <= WORDS && words.iter().all(|token| token.is_capital());
    spaced && !words.is_empty() && (upper || title)
}

/// Whether a paragraph begins with a headline in capitals, before a colon: `MAYOR AND BOARD AT ODDS OVER QUAY: The board …`.
pub(super) fn is_shouted_headline(page: &Page, number: usize) -> bool {
    const WORDS: usize = 5;
    let tokens = page.paragraphs[number].tokens.clone();
    let mut before = tokens.take(LONGEST as usize).map(|at| page.tokens[at as usize]);
    let mut words = 0;
    before.find_map(|token| match token.kind {
        TokenKind::Colon => Some(words >= WORDS),
        TokenKind::Word if !is_upper(page, &token) => Some(false),
        TokenKind::Word => {
            words += 1;
            None
        }
        _ => None,
    }) == Some(true)
}

/// Whether a label goes on behind the initial before `from`: `A. KOLL: …`, and not `A. I did.`
fn is_initial(page: &Page, from: u32, end: u32) -> bool {
    const MOST: u32 = 8;
    let mut named = false;
    for at in from..end.min(from + MOST) {
        let token = page.tokens[at as usize];
        match token.kind {
            TokenKind::Colon => return named,
            TokenKind::Comma | TokenKind::Open if named && is_upper(page, &page.tokens[at as usize - 1]) => {
                return true;
            }
            TokenKind::Word if token.is_capital() => {
                let shouted = is_upper(page, &token) && token.end - token.start > 1;
                named |= shouted || !token.word.is_known();
            }
            TokenKind::Stop | TokenKind::Hyphen | TokenKind::Clitic => {}
            _ => return false,
        }
    }
    false
}

/// Where the label begins behind a time that begins at `first`, in brackets or plain (`01:20 Ada Brandt: …`); `first` where none
/// does.
fn behind_clock(page: &Page, first: u32, end: u32) -> u32 {
    const MOST: u32 = 16;
    let kind = |at: u32| page.tokens[at as usize].kind;
    if first < end && kind(first) == TokenKind::Number {
        let glued = |at: &u32| {
            matches!(kind(*at), TokenKind::Number | TokenKind::Colon)
                && page.tokens[*at as usize].start == page.tokens[*at as usize - 1].end
        };
        let behind = first + 1 + (first + 1..end).take_while(glued).count() as u32;
        let clock = behind > first + 2 && kind(behind - 1) == TokenKind::Number;
        return if clock && behind < end && kind(behind) == TokenKind::Word { behind } else { first };
    }
    if first >= end || kind(first) != TokenKind::Open {
        return first;
    }
    let close = (first + 1..end.min(first + MOST)).find(|at| kind(*at) == TokenKind::Close);
    let clock = |at: u32| !matches!(kind(at), TokenKind::Word | TokenKind::Open | TokenKind::Mark);
    match close {
        Some(close) if close > first + 1 && (first + 1..close).all(clock) && close + 1 < end => close + 1,
        _ => first,
    }
}

/// The colon, the first comma and the first bracket of the label that begins at `first`.
fn bounds(page: &Page, first: u32, end: u32) -> Option<Bounds> {
    let (mut found, mut inside, mut words, mut numbered) = (Bounds::default(), false, 0, false);
    let mut long = false;
    for at in first..end.min(first + LONGEST) {
        let token = page.tokens[at as usize];
        match token.kind {
            TokenKind::Colon if words > 0 && !inside => {
                let named = !long || is_titled_behind(page, first..found.comma.unwrap_or(at));
                return named.then_some(Bounds { colon: at, ..found });
            }
            // `X (https://…) Note: …`
            TokenKind::Address => return None,
            TokenKind::Open if words > 0 => {
                inside = true;
                found.note = found.note.or(Some(at));
                found.role_note = found.role_note.or(found.comma.map(|_| at));
            }
            TokenKind::Close => inside = false,
            _ if inside => {}
            TokenKind::Word => {
                words += 1;
                let letter = token.end - token.start == 1;
                let single = words == 1 && at == first && letter;
                let stop = page.tokens.get(at as usize + 1).filter(|next| next.kind == TokenKind::Stop && at + 1 < end);
                // `Q. When?`, `Mr. HARBIN. I yield.`
                let begins = page.tokens.get(at as usize + 2).is_some_and(|next| next.is_capital() && at + 2 < end);
                let titled = words > 1
                    // `DR T. ABARA`
                    && !letter
                    && is_upper(page, &token)
                    && begins
                    && found.comma.is_none()
                    && page.class(first).has(Class::TITLE)
                    && !page.class(at).has(Class::TITLE);
                let asks = single && page.lexicon.people.label(token.word).is_some();
                if asks && is_bare_question(page, at, end) {
                    return Some(Bounds { colon: at, ..found });
                }
                let ranked = || begins && found.comma.is_none() && is_member(page, first, at);
                if stop.is_some() && (titled || asks && !is_initial(page, at + 2, end) || ranked()) {
                    return Some(Bounds { colon: at + 1, ..found });
                }
                long |= found.comma.is_none() && words > NAME_MOST && is_post(page, first);
                let count = if long { words.min(NAME_MOST) } else { words };
                // `HARROW, May 3, 2031 -- Quay Ltd: …`: a dateline.
                if found.comma.is_none() && !fits_name(page, at, count)
                    || found.comma.is_some() && page.class(at).has(Class::TIME) && token.is_capital()
                    // `Quay Ltd, a ferry firm, has found a name: …`: a clause.
                    || found.comma.is_some()
                        && !is_upper(page, &token)
                        && page.class(at).has(Class::BE.with(Class::HAVE).with(Class::MODAL))
                    // `The mayor, Ada Brandt, said: “…`: a cue.
                    || !token.is_capital() && page.lexicon.lists.has(List::SureCues, page.token_text(at))
                {
                    return None;
                }
            }
            TokenKind::Comma if words > 0 => found.comma = found.comma.or(Some(at)),
            TokenKind::Number if words > 0 => numbered = true,
            TokenKind::Stop | TokenKind::Hyphen | TokenKind::Clitic if words > 0 => {}
            // `QUAY PORT, April 16, 2024 /Wire/ -- Introduction:` is a dateline.
            TokenKind::Dash if found.comma.is_some() && !numbered => {}
            // `Ada Brandt – Chief Executive Officer:`
            TokenKind::Dash if words > 1 && page.tokens[at as usize - 1].end < token.start => found.comma = Some(at),
            // `DOCKERS' UNION`
            TokenKind::Mark if words > 0 && page.tokens[at as usize - 1].end == token.start => {}
            TokenKind::Mark if words > 0 && opens_nickname(page, at, end) => {}
            // `ADA BRANDT, HOST, "THE LONG TABLE":`
            TokenKind::Mark if found.comma.is_some() && is_upper(page, &page.tokens[first as usize]) => {}
            // `ADA BRANDT/REPORTER:`
            TokenKind::Symbol
                if words > 1 && page.token_text(at) == "/" && is_upper(page, &page.tokens[at as usize - 1]) =>
            {
                found.comma = found.comma.or(Some(at));
            }
            TokenKind::Symbol if words > 0 && matches!(page.token_text(at), "&" | "/" | "#" | "*" | "_") => {}
            _ => return None,
        }
    }
    None
}

/// Whether a label begins with a post, as one longer than a name may: `Deputy Spokesperson for the Board and Head of News Mr. Otto Lind:`.
fn is_post(page: &Page, first: u32) -> bool {
    const NEAR: u32 = 4;
    page.tokens[first as usize].is_capital()
        && (first..first + NEAR).any(|at| page.tokens.get(at as usize).is_some() && page.class(at).has(Class::ROLE))
}

/// Whether a title and a name of few words end some tokens: `… Mr. Otto Lind`.
fn is_titled_behind(page: &Page, named: Range<u32>) -> bool {
    const NAME: usize = 6;
    let title = named.clone().rev().take(NAME).find(|at| page.class(*at).has(Class::TITLE));
    title.is_some_and(|title| {
        title > named.start && (title + 1..named.end).any(|at| page.tokens[at as usize].is_capital())
    })
}

/// Whether the words from `first` to `last` are a label before a full stop: `Mr. HARBIN of Lenn.`, `The SPEAKER pro tempore.`
fn is_member(page: &Page, first: u32, last: u32) -> bool {
    let words = || (first..=last).filter(|at| page.tokens[*at as usize].kind == TokenKind::Word);
    let upper = |at: u32| is_upper(page, &page.tokens[at as usize]) && page.token_text(at).len() > 1;
    let Some(end) = words().rfind(|at| upper(*at)) else { return false };
    let mut behind = words().filter(|at| *at > end);
    let of = behind.next();
    if page.class(first).has(Class::TITLE) {
        let named = (first + 1..=end).any(|at| upper(at) && !page.class(at).has(Class::TITLE));
        let place = of.is_some_and(|of| page.lexicon.lists.has(List::MemberPlaces, page.token_text(of)));
        return named
            && place
            && behind.next().is_some()
            && words().filter(|at| Some(*at) > of).all(|at| page.tokens[at as usize].is_capital());
    }
    let office =
        page.class(first).has(Class::DETERMINER) && page.class(end).has(NOUNS.with(Class::TITLE)) && end > first;
    let all = words().filter(|at| *at > first && *at <= end).all(|at| page.tokens[at as usize].is_capital());
    let rest = (end + 1..=last).all(|at| page.lexicon.lists.has(List::ForATime, page.token_text(at)));
    office && all && rest
}

/// `DR. ‘MAC’ OSTER`: whether a capital word between marks begins at the mark `at`.
fn opens_nickname(page: &Page, at: u32, end: u32) -> bool {
    let within = page.tokens.get(at as usize..end as usize).unwrap_or_default();
    matches!(within, [open, name, close, ..] if name.is_capital() && close.kind == TokenKind::Mark
        && open.end == name.start && name.end == close.start)
}

/// Whether a word can stand in the name of a label, as its `count`-th word.
fn fits_name(page: &Page, at: u32, count: usize) -> bool {
    let token = page.tokens[at as usize];
    let class = page.class(at);
    let capital = token.is_capital() && (is_upper(page, &token) || !class.has(NEVER));
    let small = class.has(SMALL) && (count > 1 || token.is_capital());
    let noun = || {
        count > 1
            && (class.has(NOUNS.with(Class::TITLE).with(Class::ADJECTIVE)) || is_honour(page, at) || is_voice(page, at))
    };
    // `A voice from the gallery`
    let hangs = || {
        count > 2
            && page.class(at - 1).has(SMALL)
            && (at.saturating_sub(NAME_MOST as u32)..at).any(|before| is_voice(page, before))
    };
    let called = || {
        !token.is_capital()
            && (is_caller(page, at) || is_article_or_lesser(page, at) || is_small_title(page, at)
                || count > 1 && is_count(page, at) && is_caller(page, at - 1))
            // `mr brask`
            || count == 2 && is_small_title(page, at - 1) && !token.word.is_known()
    };
    // `Mr de Groot`, `The SPEAKER pro tempore`
    let for_a_time = || count > 2 && page.lexicon.lists.has(List::ForATime, page.token_text(at));
    let particle = || count > 1 && page.lexicon.lists.has(List::NameParticles, page.token_text(at));
    count <= NAME_MOST && (capital || small || noun() || called() || hangs() || particle() || for_a_time())
}

/// Whether it is a number in words: `two`.
fn is_count(page: &Page, at: u32) -> bool {
    page.lexicon.figures.entry(page.word(at as usize)).is(Figures::CARDINAL)
}

/// Whether it is a courtesy before `member`: `honourable`.
fn is_honour(page: &Page, at: u32) -> bool {
    page.lexicon.lists.reads(List::HonourWords, page.token_text(at))
}

/// Whether the table of labels has a word for those without a name: `voices`.
fn is_voice(page: &Page, at: u32) -> bool {
    page.lexicon.people.label(page.word(at as usize)) == Some(Label::Somebody)
}

/// `the`, `deputy`: what may stand before an office in small letters.
fn is_article_or_lesser(page: &Page, at: u32) -> bool {
    page.lexicon.lists.has(List::Articles, page.token_text(at))
        || page.lexicon.people.lesser.contains(page.word(at as usize))
}

/// Whether it is a title in small letters: `mr`.
fn is_small_title(page: &Page, at: u32) -> bool {
    page.class(at).has(Class::TITLE) && !page.tokens[at as usize].is_capital()
}

/// Whether a label may be this word in small letters: what somebody is, or a first name.
fn is_caller(page: &Page, at: u32) -> bool {
    let asks = matches!(page.lexicon.people.label(page.word(at as usize)), Some(Label::Asks | Label::Somebody));
    page.class(at).has(Class::ROLE)
        || asks && page.token_text(at).len() > 1
        || page.lexicon.people.first_name(page.token_text(at)).is_some()
}

/// Whether a label in small letters is nothing but what somebody is called: `chair`, `the deputy clerk`.
fn is_small(page: &Page, words: &[u32]) -> bool {
    const MOST: usize = 3;
    let before =
        |at: &u32| is_article_or_lesser(page, *at) || page.class(*at).has(Class::ADJECTIVE) || is_caller(page, *at);
    let [rest @ .., last] = words else { return false };
    let small = |at: &u32| !page.tokens[*at as usize].is_capital();
    let titled = matches!(rest, [title] if is_small_title(page, *title)) && !page.word(*last as usize).is_known();
    // `voice two`
    let numbered = rest.last().is_some_and(|head| is_caller(page, *head)) && is_count(page, *last);
    let called = (is_caller(page, *last) || numbered) && rest.iter().all(before);
    words.len() <= MOST && words.iter().all(small) && (called || titled)
}

/// Whether a word stands in capitals, but for the small letters of `McCOY`.
fn is_upper(page: &Page, token: &Token) -> bool {
    const PREFIX: usize = 3;
    let text = token.span().of(page.text);
    let lower = text.rfind(|c: char| c.is_lowercase());
    let capitals = text.chars().filter(|c| c.is_uppercase()).count();
    token.is_capital() && lower.is_none_or(|at| at < PREFIX && capitals > 2 && text.len() > at + 2)
}

/// How the name of a label is written; none where it is written like no label.
fn look(page: &Page, named: &Range<u32>) -> Option<Look> {
    let words = || named.clone().filter(|at| page.tokens[*at as usize].kind == TokenKind::Word);
    let token = |at: u32| page.tokens[at as usize];
    if words().next().is_some_and(|at| !token(at).is_capital()) {
        return is_small(page, &words().collect::<Vec<_>>()).then_some(Look::Small);
    }
    // `Per:`: a name that is a small word, too.
    let only = words().count() == 1;
    let particle = |at: u32| {
        let (lists, text) = (&page.lexicon.lists, page.token_text(at));
        !token(at).is_capital()
            && at > named.start
            && (lists.has(List::NameParticles, text) || lists.has(List::ForATime, text))
    };
    let counts = |at: &u32| only || (!page.class(*at).has(SMALL) && !particle(*at)) || page.class(*at).has(NOUNS);
    let last = words().rfind(counts)?;
    let small = words().filter(counts).any(|at| !token(at).is_capital());
    // `An hon. Member`, `Opposition Members`
    const SEVERAL: Class = Class::ROLES.with(Class::GROUPS);
    let is_known = |at: u32| page.word(at as usize).is_known() || is_honour(page, at);
    let known = words().count() > 1 && words().all(is_known);
    // `Members of the opposition`
    let several = page.class(last).has(SEVERAL) || known && page.class(named.start).has(SEVERAL);
    // `Audience member`
    let one = known && page.class(last).has(Class::ROLE) && !token(last).is_capital();
    let member = page.class(last).has(NOUNS) && page.class(named.start).has(Class::DETERMINER) || several && known || one
        // `Several voices`
        || words().any(|at| is_voice(page, at) && !token(at).is_capital());
    if words().filter(counts).all(|at| is_upper(page, &token(at))) {
        Some(Look::Upper)
    } else if small || member && !is_upper(page, &token(last)) {
        (several || member).then_some(Look::Many)
    } else if is_upper(page, &token(last)) && is_surname(page, named.start, last) {
        Some(Look::Titled)
    } else {
        Some(Look::Plain)
    }
}

/// Whether a last word in capitals is a surname, and no acronym: `Senator LEE`, `Ada BRANDT`, but not `Deposit ETH`.
fn is_surname(page: &Page, first: u32, last: u32) -> bool {
    let titled = page.class(first).has(Class::TITLE.with(Class::ROLE))
        || page.class(first).has(Class::DETERMINER) && page.class(last).has(NOUNS.with(Class::TITLE))
        || page.lexicon.people.first_name(page.token_text(first)).is_some();
    let length = page.token_text(last).chars().count();
    // `Get Rich with COINLY`
    let particle = |at: u32| page.lexicon.lists.has(List::NameParticles, page.token_text(at));
    let phrase = || (first + 1..last).any(|at| page.class(at).has(SMALL) && !particle(at));
    length > 1 && (titled || length > ACRONYM && !phrase())
}

/// What the table of labels says of a name: of its only word, or, where it holds nothing but known words, of its first or
/// last.
pub(super) fn class(page: &Page, named: &Range<u32>) -> Option<Label> {
    let words: Vec<u32> = named.clone().filter(|at| page.tokens[*at as usize].kind == TokenKind::Word).collect();
    let label = |at: &u32| {
        let numbered = page.token_text(*at).trim_end_matches(|c: char| c.is_ascii_digit());
        // `Q1`
        let word = if numbered.len() == 1 { page.lexicon.words.get(numbered) } else { page.word(*at as usize) };
        page.lexicon.people.label(word)
    };
    match words.as_slice() {
        [only] => label(only).filter(|label| *label != Label::Somebody),
        // `Q&A: the clockmaker`
        [asks, answers] if label(asks) == Some(Label::Asks) && label(answers) == Some(Label::Answers) => {
            Some(Label::Nobody)
        }
        [first, .., last] => {
            let known = words.iter().all(|at| page.word(*at as usize).is_known());
            let nobody = |at: &u32| label(at) == Some(Label::Nobody);
            // `A voice from the gallery`
            let voice = words.iter().any(|at| is_voice(page, *at));
            (known && !voice && (nobody(first) || nobody(last))).then_some(Label::Nobody)
        }
        [] => None,
    }
}

impl Heading {
    /// The name without titles before it and letters behind it: `TOMAS KEEL` of `REAR ADM. TOMAS KEEL`, `ADA BRANT` of `RT HON.
    /// ADA BRANT MP`.
    pub(super) fn name(&self, page: &Page) -> Range<u32> {
        let title = Class::TITLE.with(Class::ROLE).with(Class::DETERMINER);
        let mut words: Vec<u32> = self.words_of(page).collect();
        let mut end = self.named.end;
        while let [_, _, .., last] = words.as_slice()
            && page.lexicon.lists.has(List::LettersBehindNames, page.token_text(*last))
        {
            end = *last;
            words.pop();
        }
        // `Mr. BRANT of Lenn`
        let of = |at: &u32| page.lexicon.lists.has(List::MemberPlaces, page.token_text(*at));
        if page.tokens[self.colon as usize].kind == TokenKind::Stop
            && let Some(at) = words.iter().rposition(of).filter(|at| *at > 0)
        {
            end = words[at];
            words.truncate(at);
        }
        // `A. BRANT`
        let initial = |at: u32| page.token_text(at).len() == 1 && page.tokens[at as usize + 1].kind == TokenKind::Stop;
        let last = words.iter().rposition(|at| (page.class(*at).has(title) || is_honour(page, *at)) && !initial(*at));
        // `The Minister for Rivers`
        if self.post(page).is_some() {
            return self.own_words(page).start..self.named.end;
        }
        // `DR. ‘TIN’ OSTER`: with the mark that opens the nickname
        let marked = |at: u32| {
            let (mark, word) = (page.tokens[at as usize - 1], page.tokens[at as usize]);
            mark.kind == TokenKind::Mark && mark.end == word.start
        };
        match last.and_then(|last| words.get(last + 1)) {
            Some(first) => *first - u32::from(marked(*first))..end,
            None => self.named.start..end,
        }
    }

    /// The words of the name in lower case.
    pub(super) fn name_words(&self, page: &Page) -> Vec<String> {
        let name = self.name(page);
        let words = name.filter(|at| page.tokens[*at as usize].kind == TokenKind::Word);
        words.map(|at| page.token_text(at).to_lowercase()).collect()
    }

    /// What two labels of one speaker share: the last word of the name, and a number behind it (`SPEAKER 2`).
    pub(super) fn key(&self, page: &Page) -> String {
        // `Ada & Tess` are not Tess.
        if self.is_joined(page) || self.post(page).is_some() {
            return self.label_words(page);
        }
        let last = self.name_words(page).pop().unwrap_or_default();
        let number = self.named.clone().last().filter(|at| page.tokens[*at as usize].kind == TokenKind::Number);
        number.map_or(last.clone(), |at| format!("{last} {}", page.token_text(at)))
    }

    /// Whether neither stop nor colon closes it: `Q Will it open?`.
    pub(super) fn is_bare(&self) -> bool {
        self.colon == self.label.start
    }

    /// `Ada & Tess`, `jonas and petra`: whether it names two first names.
    pub(super) fn is_joined(&self, page: &Page) -> bool {
        let joins = |at: u32| matches!(page.token_text(at), "&" | "and");
        let words: Vec<u32> = self.named.clone().collect();
        matches!(words[..], [_, and, _] if joins(and)) && !self.is_shouted()
    }

    /// Whether it can be a speaker's: it has a title or role, or a word that no table knows.
    pub(super) fn is_somebody(&self, page: &Page) -> bool {
        let known = |at: u32| page.word(at as usize).is_known();
        self.is_small()
            || self
                .words_of(page)
                .any(|at| !known(at) || page.class(at).has(NOUNS.with(Class::TITLE)) || is_voice(page, at))
    }

    /// Whether it names a person in full or by title or role, in a page that has no other labels: `MAYOR ADA BRANDT:`, and
    /// not `FZF:` or `V2:`.
    pub(super) fn is_full(&self, page: &Page) -> bool {
        let words = self.words_of(page).count();
        let digits = self.named.clone().any(|at| page.token_text(at).contains(|c: char| c.is_ascii_digit()));
        let sum = self.named.clone().any(|at| page.token_text(at) == "&");
        let long = self.words_of(page).any(|at| page.token_text(at).chars().count() > ACRONYM);
        !digits && long && (words == 1 || !sum) || self.role.is_some()
    }

    /// Whether any list may begin so: `Price:`, `Lorne:`.
    pub(super) fn is_loose(&self) -> bool {
        matches!(self.look, Look::Plain | Look::Small | Look::Low)
    }

    /// Whether it is in small letters: `old tess`, `chair`.
    pub(super) fn is_small(&self) -> bool {
        matches!(self.look, Look::Small | Look::Low)
    }

    /// Whether it is in small letters and may be any words: `old tess`.
    pub(super) fn is_low(&self) -> bool {
        self.look == Look::Low
    }

    /// All words of the label in lower case.
    pub(super) fn label_words(&self, page: &Page) -> String {
        self.words_of(page).map(|at| page.token_text(at).to_lowercase()).collect::<Vec<_>>().join(" ")
    }

    /// Whether a code of two letters stands behind its comma, as that of a state does: `LORNE, QY`.
    pub(super) fn is_place(&self, page: &Page) -> bool {
        let code = self.role.clone().map(|role| page.span_of(role).of(page.text));
        let code = code.is_some_and(|code| {
            let upper = code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_uppercase());
            upper && !page.lexicon.lists.has(List::LettersBehindNames, code)
        });
        let first = self.words_of(page).next();
        code && first.is_none_or(|at| page.lexicon.people.first_name(page.token_text(at)).is_none())
    }

    /// The label without its number, where it has one: `caller` of `CALLER 2`.
    pub(super) fn series(&self, page: &Page) -> Option<String> {
        let number = self.named.clone().last()?;
        (page.tokens[number as usize].kind == TokenKind::Number).then(|| self.label_words(page))
    }

    /// Whether its form tells that it names a person and no place: by a title, a role or a first name.
    pub(super) fn is_person_by_form(&self, page: &Page) -> bool {
        let first = self.words_of(page).next();
        self.role.is_some() && !self.is_place(page)
            || self.is_titled(page)
            || self.is_office(page)
            || first.is_some_and(|at| page.lexicon.people.first_name(page.token_text(at)).is_some())
    }

    /// Whether it is too long for a name: `QUAY FERRY DEAL HANGS BY A THREAD` is a headline.
    pub(super) fn is_headline(&self, page: &Page) -> bool {
        const MOST: usize = 4;
        // `QUAY FERRY DEAL HANGS BY A THREAD`: only a title or role stands before a name.
        let titled = self.words_of(page).any(|at| page.class(at).has(Class::TITLE.with(Class::ROLE)));
        let name = if titled { self.name(page) } else { self.named.clone() };
        let words =
            name.filter(|at| page.tokens[*at as usize].kind == TokenKind::Word && page.token_text(*at).len() > 1);
        // `SPACE IS LIMITED`
        let clause = self.words_of(page).any(|at| page.class(at).has(Class::BE));
        clause || self.look != Look::Many && !self.is_office(page) && words.count() > MOST
    }

    /// `THE WITNESS`: whether it is the one word for who answers in a court.
    pub(super) fn is_witness(&self, page: &Page) -> bool {
        self.words_of(page).last().is_some_and(|at| page.lexicon.lists.reads(List::SwornWords, page.token_text(at)))
            && self.is_office(page)
    }

    /// Whether it is a first name or a surname alone.
    pub(super) fn is_single(&self, page: &Page) -> bool {
        self.name_words(page).len() == 1
    }

    /// Whether it names somebody in capitals: `ADA BRANDT`, `Senator BREW`.
    pub(super) fn is_shouted(&self) -> bool {
        matches!(self.look, Look::Upper | Look::Titled)
    }

    /// Whether it is a preposition or its like: somebody's only where the page has a `Per Sand`.
    pub(super) fn is_small_word(&self, page: &Page) -> bool {
        self.words_of(page).all(|at| page.class(at).has(SMALL) && !page.class(at).has(NOUNS)) && !self.is_chorus(page)
    }

    /// Whether it stands for all who are there: `ALL`.
    fn is_chorus(&self, page: &Page) -> bool {
        let mut words = self.words_of(page).map(|at| page.token_text(at));
        let only = words.next().filter(|_| words.next().is_none());
        only.is_some_and(|word| page.lexicon.lists.has(List::ChorusLabels, word))
    }

    /// Whether its own words tell that it stands for somebody: a title, an office, a first name, a word of the table.
    pub(super) fn is_person(&self, page: &Page) -> bool {
        let first = self.words_of(page).next();
        !self.is_loose()
            || self.class.is_some()
            || self.is_titled(page)
            || self.is_office(page)
            || self.words_of(page).any(|at| is_voice(page, at))
            || first.is_some_and(|at| page.lexicon.people.first_name(page.token_text(at)).is_some())
    }

    /// Whether it begins with a title: `Mr Lind`, `Cllr Ada Brandt`.
    pub(super) fn is_titled(&self, page: &Page) -> bool {
        let name = self.name(page).start;
        let before = |at: u32| page.class(at).has(Class::TITLE);
        before(self.named.start) || (self.named.start..name).rev().take(2).any(before)
    }

    /// Whether it is a word of two or three capitals: `LV`.
    pub(super) fn is_initials(&self, page: &Page) -> bool {
        let mut words = self.words_of(page).map(|at| page.token_text(at));
        let only = words.next().filter(|_| words.next().is_none());
        only.is_some_and(|word| (2..=3).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_uppercase()))
    }

    /// Whether it is an office without a name: `The PRESIDENT`, `MAYOR`.
    pub(super) fn is_office(&self, page: &Page) -> bool {
        self.post(page).is_some()
            || self.words_of(page).all(|at| page.word(at as usize).is_known())
                && self.words_of(page).last().is_some_and(|at| page.class(at).has(NOUNS.with(Class::TITLE)))
    }

    /// The last word for what somebody is in an office that goes on behind it and has no name: `Minister` of `The Minister for Rivers`,
    /// `Secretary` of `Secretary of State for Wales`.
    pub(super) fn post(&self, page: &Page) -> Option<u32> {
        let words: Vec<u32> = self.words_of(page).collect();
        let goes_on = |pair: &[u32]| {
            page.class(pair[0]).has(Class::ROLE)
                && page.lexicon.lists.reads(List::MemberPlaces, page.token_text(pair[1]))
        };
        // `The SPEAKER pro tempore`
        let for_a_time = |at: u32| page.lexicon.lists.has(List::ForATime, page.token_text(at));
        let acting =
            words.windows(2).find(|pair| page.class(pair[0]).has(NOUNS.with(Class::TITLE)) && for_a_time(pair[1]));
        if let Some(pair) = acting {
            return Some(pair[0]);
        }
        let head = words.windows(2).position(goes_on)?;
        // `Deputy Head of the Press Section Mr. Otto Lind`, `Minister for Rivers Ada Brandt`
        let behind = words.get(head + 2..).unwrap_or_default();
        let first = |at: &u32| page.lexicon.people.first_name(page.token_text(*at)).is_some();
        let named =
            behind.iter().rev().skip(1).take(2).any(first) || behind.iter().any(|at| page.class(*at).has(Class::TITLE));
        let place = behind.last().is_some_and(|at| page.tokens[*at as usize].is_capital());
        (place && !named).then_some(words[head])
    }

    /// What a label without a name stands for: `UNIDENTIFIED MALE`, `CALLER 2`, `Government senators`.
    pub(super) fn unnamed(&self, page: &Page) -> Option<SpeakerKind> {
        // `Ada & Tess`
        if self.is_joined(page) {
            return Some(SpeakerKind::Group);
        }
        let first = *self.words_of(page).collect::<Vec<_>>().first()?;
        let numbered = self.named.clone().any(|at| page.tokens[at as usize].kind == TokenKind::Number);
        let unknown =
            self.words_of(page).any(|at| page.lexicon.people.label(page.word(at as usize)) == Some(Label::Somebody));
        let article = matches!(page.lexicon.words.text(page.word(first as usize)), "a" | "an");
        let several = Class::ROLES.with(Class::GROUPS);
        let one = article || !self.words_of(page).any(|at| page.class(at).has(several));
        match self.look {
            _ if self.is_chorus(page) => Some(SpeakerKind::Group),
            // `CALLER 2`, `MARLIN 417`
            _ if unknown || numbered => Some(SpeakerKind::Anonymous),
            Look::Many if one => Some(SpeakerKind::Anonymous),
            Look::Many => Some(SpeakerKind::Group),
            _ => None,
        }
    }

    /// The words of the label by which somebody without a name goes.
    pub(super) fn own_words(&self, page: &Page) -> Range<u32> {
        let article =
            page.lexicon.lists.reads(List::Articles, page.token_text(self.named.start)) && self.named.len() > 1;
        self.named.start + u32::from(article)..self.named.end
    }

    fn words_of<'p>(&self, page: &'p Page) -> impl Iterator<Item = u32> + use<'p> {
        let tokens = &page.tokens;
        self.named.clone().filter(move |at| tokens[*at as usize].kind == TokenKind::Word)
    }
}
