//! Transcripts and interviews: paragraphs that begin with `NAME:` are the words of that name, without marks.
//!
//! `GOVERNOR BRANDT: We have closed the bridge.` → direct, cue `:`, source `GOVERNOR BRANDT`. Each label is read first
//! ([`heading`]); then the page decides whether its labels make a transcript, for `Harrow: the bridge is closed` is no
//! speech ([`find`]). A paragraph between two turns goes on with the first of them, unless something else begins there.
//! Who a label means is told by the other labels ([`whose`]): after `ADA BRANDT, MAYOR:`, `BRANDT:` is Ada Brandt.

use super::Found;
use super::calls;
use super::court::{self, Court, Witness};
use super::directions::{self, Direction, direction};
use super::guests::{self, Guest};
use super::headings::{Heading, heading, inner, is_shouted_headline, is_strange};
use super::interviews;
use super::whose::Whose;
use crate::document::RegionKind;
use crate::extract::{QuoteKind, SpeakerKind};
use crate::language::grammar::Class;
use crate::language::people::Label;
use crate::span::Span;
use crate::text::{Page, TokenKind};
use rustc_hash::{FxHashMap, FxHashSet};
use std::ops::Range;

/// So many labelled paragraphs, of which two share a label, make a transcript.
const TRANSCRIPT: usize = 3;

/// Puts the turns of the page among what was found, in the order of the text; what was found inside them is marked so, and
/// what only said that they are quoted is dropped.
pub fn insert<'f>(page: &Page, found: impl Iterator<Item = Found> + 'f) -> Box<dyn Iterator<Item = Found> + 'f> {
    let Script { turns, all, court, guests } = find(page);
    if turns.is_empty() {
        let called = calls::turns(page);
        let told = if called.is_empty() { interviews::answers(page) } else { called };
        return if told.is_empty() { Box::new(found) } else { merge(page, told, found) };
    }
    let whose = whose(page, &turns, &court, &guests);
    let page_shouts = !page.text.contains(char::is_lowercase);
    let wholes = turns.iter().zip(whose).enumerate().filter_map(|(i, (turn, whose))| {
        let next = turns.get(i + 1).map(|next| next.paragraph);
        let between = |number: usize| match all.binary_search(&number) {
            Ok(_) => Some(Direction::Break),
            Err(_) if is_strange(page, number, page_shouts) => Some(Direction::Break),
            Err(_) => direction(page, number, page_shouts),
        };
        whole(page, turn, whose, next, between)
    });
    // `HOUSE OF HARROW: ORAL ANSWERS` above a transcript names what follows.
    let headlines: FxHashSet<u32> = (0..page.paragraphs.len() as u32)
        .filter(|at| page.paragraphs[*at as usize].region == RegionKind::Headline)
        .collect();
    let titled = move |one: &Found| {
        let label = one.cue.is_none_or(|cue| cue.end - cue.start == 1);
        label && one.kind == QuoteKind::Indirect && headlines.contains(&one.paragraph)
    };
    let turns = wholes.collect();
    merge(page, turns, found.filter(move |one| !titled(one)))
}

/// The places where the turns end of which the next begins in the same paragraph; the end of the text for others.
fn ends(turns: &[Found]) -> Vec<u32> {
    let next = |pair: &[Found]| {
        let label = pair[1].source.filter(|_| pair[1].paragraph == pair[0].last_paragraph);
        label.map_or(u32::MAX, |label| label.start)
    };
    turns.windows(2).map(next).chain([u32::MAX]).collect()
}

/// Puts `turns` among what was found, in the order of the text.
fn merge<'f>(
    page: &Page,
    turns: Vec<Found>,
    found: impl Iterator<Item = Found> + 'f,
) -> Box<dyn Iterator<Item = Found> + 'f> {
    let mut out = Vec::with_capacity(turns.len());
    let mut found = found.peekable();
    let ends = ends(&turns);
    for (one, end) in turns.into_iter().zip(ends) {
        let (first, last) = (one.paragraph, one.last_paragraph);
        let hull = page.paragraphs[first as usize].span.start..page.paragraphs[last as usize].span.end;
        while let Some(mut other) = found.next_if(|other| other.paragraph < first) {
            // `A transcript follows:` / `“BRANDT: It is safe.`: the marks hold turns.
            other.content.retain(|span| span.start < hull.start);
            if !other.content.is_empty() {
                out.push(other);
            }
        }
        // A turn within a paragraph stands from its label to the next.
        let begin = if end < hull.end { one.source.map_or(hull.start, |label| label.start) } else { hull.start };
        let within = Span::new(begin.max(hull.start), hull.end.min(end));
        let (words, colon) = (one.content[0].start, one.cue);
        out.push(one);
        let here = |other: &Found| other.content.first().is_none_or(|span| span.start < end);
        while let Some(other) = found.next_if(|other| other.paragraph <= last && here(other)) {
            let parts = other.content.iter().chain(other.source.as_ref());
            let inner = other.content.iter().all(|span| span.start >= words)
                && (colon.is_none() || other.cue != colon)
                && parts.clone().all(|span| span.start < end);
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

/// The turn with the paragraphs that go on with it, up to the one of the next turn; none where it has no words. `between`
/// tells which paragraphs are nobody's.
fn whole(
    page: &Page,
    turn: &Heading,
    whose: Whose,
    next: Option<usize>,
    between: impl Fn(usize) -> Option<Direction>,
) -> Option<Found> {
    let mut content = Vec::new();
    if turn.words < turn.end {
        // `**Q: When did it begin?**`
        let bold = |at: &u32| turn.is_bold && matches!(page.token_text(*at), "*" | "_");
        let end = turn.end - (turn.words..turn.end).rev().take_while(bold).count() as u32;
        let end = end.max(turn.words + 1);
        content.push(page.span_of(directions::behind_note(page, turn.words..end)..end));
    }
    let mut last = turn.paragraph;
    let limit = next.unwrap_or(page.paragraphs.len());
    let mut aside = false;
    for number in turn.paragraph + 1..limit {
        let tokens = &page.paragraphs[number].tokens;
        match between(number) {
            Some(Direction::Break) => break,
            Some(Direction::Aside) => {
                aside = true;
                continue;
            }
            None => {}
        }
        if (turn.is_loose() || turn.is_initials(page)) && is_narrated(page, tokens) {
            aside = true;
            continue;
        }
        // Behind an aside, and behind the last label, the words must tell that somebody says them.
        let doubtful = next.is_none() && !content.is_empty() || aside;
        if doubtful && !is_spoken(page, tokens) {
            break;
        }
        content.push(page.paragraphs[number].span);
        last = number;
    }
    (!content.is_empty()).then(|| Found {
        cue: Some(page.span_of(turn.colon..turn.colon + 1)),
        ..Found::turn(turn.paragraph..last + 1, content, page.span_of(turn.label.clone()), whose)
    })
}

/// Whether words are somebody's own by their look: they say `I`, `we` or `you`, or they ask.
fn is_spoken(page: &Page, tokens: &Range<u32>) -> bool {
    tokens.clone().any(|at| {
        let word = page.word(at as usize);
        page.lexicon.grammar.class(word).has(Class::FIRST)
            || matches!(page.lexicon.words.text(word), "you" | "your")
            || page.tokens[at as usize].kind == TokenKind::Exclaim && page.token_text(at).contains('?')
    })
}

/// Whether a turn's words outside quote marks are somebody's own by their look.
fn speaks(page: &Page, turn: &Heading) -> bool {
    own_parts(page, turn.paragraph, turn.words..turn.end).any(|part| is_spoken(page, &part))
}

/// Those of some tokens of a paragraph that stand in no pair of marks, as stretches.
fn own_parts(page: &Page, number: usize, tokens: Range<u32>) -> impl Iterator<Item = Range<u32>> {
    let paragraph = &page.paragraphs[number];
    let pairs = page.pairs[paragraph.pairs.start as usize..paragraph.pairs.end as usize].iter();
    let within = tokens.clone();
    let pairs = pairs.filter(move |pair| pair.depth == 0 && pair.open.is_some_and(|open| within.contains(&open)));
    let mut at = tokens.start;
    let mut parts: Vec<Range<u32>> = Vec::new();
    for (open, close) in pairs.filter_map(|pair| pair.open.zip(pair.close)) {
        parts.push(at..open.max(at));
        at = at.max(close + 1);
    }
    parts.push(at..tokens.end.max(at));
    parts.into_iter()
}

/// Whether a narrator tells what others say in a turn's words: there are marks, and outside them a verb that reports, and nothing
/// that somebody says of himself.
fn is_told(page: &Page, turn: &Heading) -> bool {
    tells(page, turn.paragraph, turn.words..turn.end)
}

/// Whether a narrator tells what others say in some tokens of a paragraph.
fn tells(page: &Page, number: usize, tokens: Range<u32>) -> bool {
    let mut parts = own_parts(page, number, tokens);
    let parts: Vec<Range<u32>> = parts.by_ref().collect();
    let reports = |part: &Range<u32>| part.clone().any(|at| page.class(at).has(Class::CUE_VERB));
    parts.len() > 1 && parts.iter().any(reports) && !parts.iter().any(|part| is_spoken(page, part))
}

/// Whether a narrator tells what others say in some paragraph.
fn is_story(page: &Page) -> bool {
    (0..page.paragraphs.len()).any(|at| tells(page, at, page.paragraphs[at].tokens.clone()))
}

/// Whether paragraphs of the page begin with headlines in capitals, as those of a digest of news do. A label that is somebody's by its form
/// may be as long: `BRIG. GEN. TOMAS KEEL, DEPUTY COMMANDER:`.
fn is_digest(page: &Page, turns: &[Heading]) -> bool {
    let people: FxHashSet<usize> =
        turns.iter().filter(|turn| turn.is_person_by_form(page)).map(|turn| turn.paragraph).collect();
    let shouted = page.text.contains(char::is_lowercase);
    let mut heads = (0..page.paragraphs.len()).filter(|at| !people.contains(at) && is_shouted_headline(page, *at));
    shouted && heads.nth(1).is_some()
}

/// Whether a label in capitals is where the story was written: `NEW HARROW: “It is safe,” Ada Brandt told the court.` The words behind
/// it tell what others say, or it may be a place and such words follow it; in a story (`story`) nobody speaks behind such a label who
/// does not say `I`, `we` or `you`.
fn is_dateline(page: &Page, turn: &Heading, all: &[usize], story: bool) -> bool {
    let next = all.get(all.partition_point(|at| *at <= turn.paragraph)).copied().unwrap_or(page.paragraphs.len());
    let follows = || (turn.paragraph + 1..next).any(|at| tells(page, at, page.paragraphs[at].tokens.clone()));
    is_told(page, turn)
        || turn.is_place(page)
        || !turn.is_person_by_form(page) && (story && !speaks(page, turn) || follows())
}

/// `He gets up to make tea.`: a paragraph of an interview in which the writer tells what somebody does.
fn is_narrated(page: &Page, tokens: &Range<u32>) -> bool {
    const SOMEBODY: Class = Class::MALE.with(Class::FEMALE);
    let class = page.class(tokens.start);
    let does = class.has(Class::SUBJECT) && class.has(SOMEBODY) && page.tokens[tokens.start as usize].is_capital();
    let stops = tokens.clone().filter(|at| page.tokens[*at as usize].kind == TokenKind::Stop).count();
    let marked = tokens.clone().any(|at| page.tokens[at as usize].kind == TokenKind::Mark);
    let second = tokens.clone().any(|at| page.class(at).has(Class::SECOND));
    does && stops == 1 && !marked && !second && !is_spoken(page, tokens)
}

/// Drops labels in small letters that may be any words, but where two of them come back: `height: …` is of a list.
fn drop_low(page: &Page, turns: &mut Vec<Heading>) {
    let mut counts: FxHashMap<String, usize> = FxHashMap::default();
    for turn in turns.iter().filter(|turn| turn.is_small()) {
        *counts.entry(turn.label_words(page)).or_default() += 1;
    }
    let back = counts.values().filter(|count| **count > 1).count();
    turns.retain(|turn| !turn.is_low() || back > 1);
}

/// What a page has of a transcript.
struct Script {
    /// Its turns.
    turns: Vec<Heading>,
    /// The paragraphs that begin with a label of any kind.
    all: Vec<usize>,
    /// Who asks and who is a witness, where it is a court's.
    court: Court,
    /// Whom it introduces before the first label.
    guests: Vec<Guest>,
}

/// The turns of the page with what is told of their speakers.
fn find(page: &Page) -> Script {
    let mut turns = split(page, (0..page.paragraphs.len()).filter_map(|number| heading(page, number)).collect());
    if turns.is_empty() {
        return Script { turns, all: Vec::new(), court: Court::default(), guests: Vec::new() };
    }
    let answered = |label: Label| turns.iter().any(|turn| turn.class == Some(label));
    let court = court::read(page, turns[0].paragraph, answered(Label::Asks) && answered(Label::Answers));
    let mut all: Vec<usize> = turns.iter().map(|turn| turn.paragraph).chain(court.paragraphs()).collect();
    all.sort_unstable();
    all.dedup();
    turns.retain(|turn| {
        turn.opens && turn.class != Some(Label::Nobody) && !turn.is_headline(page) && !court.has(turn.paragraph)
    });
    drop_low(page, &mut turns);
    // `Q Branch is where they build, isn't it?`: a letter without its stop asks where another does.
    if turns.iter().filter(|turn| turn.is_bare()).take(2).count() == 1 {
        turns.retain(|turn| !turn.is_bare());
    }
    // `Coasts:` above a list
    let heads_list = |turn: &Heading| {
        let next = turn.paragraph + 1;
        turn.words >= turn.end
            && (next >= page.paragraphs.len() || direction(page, next, false) == Some(Direction::Break))
    };
    // `09:30 Opening: …`: a programme, where no recording begins with its first hour.
    let recorded = turns.iter().find_map(|turn| turn.clock).unwrap_or(true);
    turns.retain(|turn| !heads_list(turn) && (recorded || turn.clock.is_none() || !turn.is_loose()));
    let guests = turns.first().map_or_else(Vec::new, |first| guests::before(page, first.paragraph));
    turns.retain(|turn| turn.class.is_some() || !turn.is_small_word(page) || guests::named(&guests, &turn.key(page)));
    let counts = counts(page, &turns);
    let repeats = |turn: &Heading| counts.get(&turn.key(page)) > Some(&1);
    // A first turn without a full stop looks like a headline.
    turns.retain(|turn| page.paragraphs[turn.paragraph].region != RegionKind::Headline || repeats(turn));
    // A surname that is a word, too, is somebody’s where a fuller label has it.
    let known: FxHashSet<String> =
        turns.iter().filter(|turn| turn.is_somebody(page)).map(|turn| turn.key(page)).collect();
    // `CALLER 4`, where another caller comes back
    let series: FxHashSet<String> =
        turns.iter().filter(|turn| repeats(turn)).filter_map(|turn| turn.series(page)).collect();
    let is_somebody = |turn: &Heading| {
        known.contains(&turn.key(page))
            || guests::named(&guests, &turn.key(page))
            || turn.series(page).is_some_and(|series_of| series.contains(&series_of))
    };
    let mut story = None;
    let digest = !turns.is_empty() && is_digest(page, &turns);
    match layout(page, &turns, &counts, &guests, &court) {
        Layout::Transcript if digest => turns.clear(),
        Layout::Transcript => turns.retain(|turn| {
            let asks = turn.class == Some(Label::Asks);
            asks || !turn.is_loose() || is_somebody(turn) || repeats(turn)
        }),
        Layout::Other { labelled, asked } => turns.retain(|turn| {
            let story = *story.get_or_insert_with(|| is_story(page));
            labelled
                && !digest
                && turn.is_shouted()
                && turn.is_full(page)
                && turn.class.is_none()
                && is_somebody(turn)
                && !is_dateline(page, turn, &all, story)
                || asked && turn.class.is_some()
        }),
    }
    Script { turns, all, court, guests }
}

/// How often each speaker's label comes: those of one last word, where they are of one name (`ADA BRANDT`, `BRANDT`); where they are of
/// several (`Risk Management`, `Client Management`), once.
fn counts(page: &Page, turns: &[Heading]) -> FxHashMap<String, usize> {
    let mut names: FxHashMap<String, FxHashMap<Vec<String>, usize>> = FxHashMap::default();
    for turn in turns {
        *names.entry(turn.key(page)).or_default().entry(turn.name_words(page)).or_default() += 1;
    }
    let count = |names: FxHashMap<Vec<String>, usize>| {
        let short = names.keys().min_by_key(|name| name.len());
        let short = short.is_some_and(|short| names.keys().all(|name| name.ends_with(short)));
        let most = names.values().copied().max().unwrap_or_default();
        if short { names.values().sum() } else { most }
    };
    names.into_iter().map(|(key, names)| (key, count(names))).collect()
}

/// Cuts the paragraphs that begin with a label and hold others at those: `DW: Why? Ada Brandt: I was ill. DW: And then?` Only where the
/// same labels come again, for any sentence may begin so; what stands alone between two of one label is one, too, if it is a name.
fn split(page: &Page, turns: Vec<Heading>) -> Vec<Heading> {
    let inner: Vec<Vec<Heading>> = turns.iter().map(|turn| inner(page, turn)).collect();
    if inner.iter().all(Vec::is_empty) {
        return turns;
    }
    let mut keys: FxHashMap<String, usize> = FxHashMap::default();
    for turn in turns.iter().chain(inner.iter().flatten()) {
        *keys.entry(turn.key(page)).or_default() += 1;
    }
    let back = |turn: &Heading| keys.get(&turn.key(page)) > Some(&1);
    let mut out = Vec::with_capacity(turns.len());
    for (mut turn, inner) in turns.into_iter().zip(inner) {
        let cut = inner.iter().any(&back) && back(&turn);
        let own: Vec<Option<String>> = inner.iter().map(|one| back(one).then(|| one.key(page))).collect();
        let mut before = turn.key(page);
        let mut kept = Vec::new();
        for (at, one) in inner.into_iter().enumerate().filter(|_| cut) {
            let next = own[at..].iter().flatten().next();
            let between = next == Some(&before) && !one.is_single(page) && one.role.is_none();
            if own[at].is_some() || between {
                before = one.key(page);
                kept.push(one);
            }
        }
        for mut next in kept {
            turn.end = next.label.start;
            std::mem::swap(&mut turn, &mut next);
            out.push(next);
        }
        out.push(turn);
    }
    out
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
fn layout(
    page: &Page,
    turns: &[Heading],
    counts: &FxHashMap<String, usize>,
    guests: &[Guest],
    court: &Court,
) -> Layout {
    let spoken = |turn: &Heading| speaks(page, turn);
    let told = turns.iter().filter(|turn| is_told(page, turn)).count();
    let firm = turns.iter().all(|turn| !turn.is_loose() || turn.class.is_some() || turn.is_titled(page));
    let speaking = turns.iter().filter(|turn| spoken(turn)).count();
    let spoken_enough = speaking * if firm { turns.len() } else { 4 } >= turns.len() && speaking > 0;
    // Two of one surname count as two.
    let names: FxHashSet<Vec<String>> =
        turns.iter().map(|turn| turn.name_words(page)).filter(|name| name.len() > 1).collect();
    let several = counts.len().max(names.len()) > 1;
    let named: FxHashSet<String> = turns
        .iter()
        .filter(|turn| turn.is_single(page))
        .map(|turn| turn.key(page))
        .filter(|name| guests::named(guests, name))
        .collect();
    let introduced = named.len() > 1;
    let repeated = several && (introduced || counts.values().any(|count| *count > 1));
    let low = turns.iter().any(Heading::is_low) && turns.iter().all(Heading::is_small);
    let people = introduced || low || turns.iter().any(|turn| turn.is_person(page)) || is_dialogue(page, turns, counts);
    // `King: Tom Abel`, `Lorne: Ferry back`: the lines of a list end no sentence.
    let closed = turns.iter().filter(|turn| is_closed(page, turn)).count();
    let whole = turns.iter().any(|turn| !turn.is_loose()) || closed * 3 >= turns.len() * 2;
    let faq = court.is_empty() && is_faq(page, turns);
    // `Senator BREW:`, `The PRESIDENT:`: titles and roles tell as much as words of one's own.
    let ranked = turns.iter().filter(|turn| turn.is_titled(page) || turn.is_office(page)).count();
    let known = introduced && turns.iter().all(|turn| guests::named(guests, &turn.key(page)));
    // `ADA BRANDT, CORRESPONDENT:`, who comes back
    let presented =
        turns.iter().any(|turn| turn.is_shouted() && turn.role.is_some() && counts.get(&turn.key(page)) > Some(&1));
    let ranked = firm && (ranked * 2 >= turns.len() || known || presented);
    let (spoken_enough, people) = (spoken_enough || ranked, people || ranked);
    if turns.len() >= TRANSCRIPT && told * 2 < turns.len() && repeated && spoken_enough && people && whole && !faq {
        return Layout::Transcript;
    }
    let answers = |turn: &Heading| match turn.class {
        Some(label) => label == Label::Answers,
        None => turn.is_person(page) || turn.is_shouted() && turn.is_somebody(page),
    };
    Layout::Other {
        labelled: turns
            .iter()
            .any(|turn| turn.is_shouted() && turn.is_full(page) && turn.is_somebody(page) && spoken(turn)),
        // `Question 1: How satisfied are you?`: the questions of a form, which nobody answers.
        asked: !faq && turns.iter().any(|turn| turn.class == Some(Label::Asks)) && turns.iter().any(answers),
    }
}

/// Whether a turn ends as a sentence does or breaks off.
fn is_closed(page: &Page, turn: &Heading) -> bool {
    let bold = |at: &u32| turn.is_bold && matches!(page.token_text(*at), "*" | "_");
    let last = (turn.words..turn.end).rev().skip_while(bold).map(|at| page.tokens[at as usize].kind);
    let mut last = last.skip_while(|kind| matches!(kind, TokenKind::Mark | TokenKind::Close));
    let ends = [TokenKind::Stop, TokenKind::Exclaim, TokenKind::Ellipsis, TokenKind::Dash];
    last.next().is_none_or(|kind| ends.contains(&kind))
}

/// Whether labels that may be those of any list (`Price:`, `Aries:`) are of people who talk: two of them come again where there
/// are more than three turns, and under two of them somebody says `I` or `we`, or asks.
fn is_dialogue(page: &Page, turns: &[Heading], counts: &FxHashMap<String, usize>) -> bool {
    let words = |turn: &Heading| turn.words..turn.end;
    // `Aries: You will meet a stranger.`: nobody is there who speaks.
    let myself = turns.iter().any(|turn| words(turn).any(|at| page.class(at).has(Class::FIRST)));
    let talks = |turn: &&Heading| is_spoken(page, &words(turn));
    let talking: FxHashSet<String> = turns.iter().filter(talks).map(|turn| turn.key(page)).collect();
    let back = counts.values().filter(|count| **count > 1).count();
    myself && talking.len() > 1 && (turns.len() == TRANSCRIPT || back > 1)
}

/// Questions and answers that nobody asked or gave: no answer says `I`, nobody has a name, and no introduction tells of a talk with
/// somebody. `How do I pay?` is no interviewer's.
fn is_faq(page: &Page, turns: &[Heading]) -> bool {
    let own = |turn: &Heading| (turn.words..turn.end).any(|at| page.class(at).has(Class::FIRST));
    let introduced = || {
        let first = turns.first().map_or(0, |turn| turn.paragraph);
        !turns.iter().filter(|turn| turn.class == Some(Label::Asks)).any(own) && interviews::is_introduced(page, first)
    };
    // `Where: …`, `Bring: …`: of a list
    let nobody = |turn: &Heading| turn.class.is_some() || turn.is_loose() && !turn.is_person(page);
    turns.iter().all(nobody)
        && turns.iter().any(|turn| turn.class.is_some())
        && !turns.iter().filter(|turn| turn.class != Some(Label::Asks)).any(own)
        && !introduced()
}

/// What each turn's label tells of its speaker, by all of them: a surname goes to the one before who has it, or to a guest.
fn whose(page: &Page, turns: &[Heading], court: &Court, guests: &[Guest]) -> Vec<Whose> {
    // Who has been introduced by a name of two words and more: its words in lower case, and the turn.
    let names: Vec<Vec<String>> = turns.iter().map(|turn| turn.name_words(page)).collect();
    let mut full: Vec<(&[String], usize)> = Vec::new();
    // `The DEPUTY SPEAKER` is no fuller name of `The SPEAKER`.
    let office = |at: usize, words: &[String]| {
        turns[at].is_office(page) && words.first().is_some_and(|first| page.lexicon.people.first_name(first).is_none())
    };
    for (at, words) in names.iter().enumerate().filter(|(at, words)| words.len() > 1 && !office(*at, words)) {
        // `Ada & Tess` are not Tess.
        if turns[at].is_joined(page) {
            continue;
        }
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
    // `THE WITNESS: Yes.`, who answers the questions, too
    let is_witness = |turn: &&Heading| !court.is_empty() && turn.is_witness(page);
    let witness = turns.iter().find(is_witness).map(|turn| page.span_of(turn.own_words(page)));
    let tell = |(here, turn): (usize, &Heading)| {
        let words = &names[here];
        if let Some(label) = turn.class {
            return examined(page, court, turn, label, witness);
        }
        if let Some(kind) = turn.unnamed(page) {
            return Whose::Unnamed { kind, own: page.span_of(turn.own_words(page)) };
        }
        if turn.is_low()
            || turn.is_office(page) && !words.iter().any(|word| by_last.contains_key(word.as_str()) && words.len() == 1)
        {
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
            ([], []) if guests::named(guests, name) => match guests::only(guests, name) {
                Some(guest) => Whose::Named { name: guest.span, own: page.span_of(turn.name(page)), role: None },
                None => Whose::Shared,
            },
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

/// Whose a question or an answer is: in a court, the last examiner's and the witness's, who may be told by the label `witness` alone.
fn examined(page: &Page, court: &Court, turn: &Heading, label: Label, witness: Option<Span>) -> Whose {
    if court.is_empty() {
        return Whose::Label(label);
    }
    let named = |name: Range<u32>| {
        let name = page.span_of(name);
        Whose::Named { name, own: name, role: None }
    };
    match label {
        Label::Asks => {
            let own = page.span_of(turn.own_words(page));
            court.examiner(turn.paragraph).map_or(Whose::Unnamed { kind: SpeakerKind::Anonymous, own }, named)
        }
        Label::Answers => match court.witness(turn.paragraph) {
            Some(Witness::Name(name)) => named(name.clone()),
            Some(Witness::Line(at)) => Whose::Witness(Some(page.paragraphs[*at].span)),
            None => witness.map_or(Whose::Witness(None), Whose::Described),
        },
        Label::Nobody | Label::Somebody => Whose::Label(label),
    }
}
