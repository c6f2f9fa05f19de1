//! Who speaks when in a statement: its text goes in, its [`Turns`] come out.
//!
//! In a transcript, a label at the beginning of a line (`MS. HALE:`, `Q:`, `>> Hale:`) begins a turn, and the turn goes on
//! over paragraphs, applause and asides until the next label. Labels, stage directions, captions and times are nobody's
//! words. All turns of one speaker make a *lane*: a passage is looked for in one lane, so that it can never be put
//! together of two people's words, while an interruption leaves it whole. What is played in the room (`(BEGIN VIDEO CLIP)`)
//! is marked: those words were said on another day.
//!
//! A statement without labels is one turn of one lane, whose speaker it does not name.

use super::lexicon::{Stage, is_anyone, stage};
use super::names::Name;
use crate::document::Document;
use crate::language::lists::List;
use crate::language::{self, people::Label};
use crate::span::Span;
use std::collections::HashMap;

/// Who speaks when.
#[derive(Debug, Default)]
pub(super) struct Turns {
    /// In the order of the text; at least one.
    pub turns: Vec<Turn>,
    /// Who speaks, in the order of first speaking.
    pub lanes: Vec<Lane>,
    /// What nobody says, in the order of the text: labels, stage directions, captions, times.
    pub nobody: Vec<Span>,
    /// What a transcriber set in round brackets, in the order of the text: it may be said or be his.
    pub asides: Vec<Span>,
}

/// The words of one speaker between two labels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Turn {
    /// What it holds, the label left out.
    pub span: Span,
    /// Whose it is: position in [`Turns::lanes`].
    pub lane: u32,
    /// The label; none where nobody is named.
    pub label: Option<Span>,
    /// It is played, not said: a recording.
    pub played: bool,
}

/// All turns of one speaker.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Lane {
    /// As the first label has it; none of one whom no label names (`Q`, `AUDIENCE`).
    pub name: Option<String>,
}

impl Turns {
    /// Reads a statement. Linear in its length.
    pub(super) fn new(document: &Document) -> Turns {
        let text = document.text.as_str();
        let lines = lines(text);
        let labels = labels(document, &lines);
        let spoken = !labels.is_empty();
        let mut turns = Turns::default();
        let mut lanes = Lanes::default();
        let mut marks = Marks::new(text, spoken);
        for line in &lines {
            if is_clock(line.of(text)) || is_direction(line.of(text)) && (spoken || all_stage(line.of(text))) {
                marks.nobody.push(*line);
            }
        }
        let first = labels.first().map_or(text.len() as u32, |label| label.line.start);
        if text[..first as usize].contains(char::is_alphanumeric) {
            let lane = lanes.unnamed();
            turns.turns.push(Turn { span: Span::new(0, first), lane, label: None, played: false });
        }
        for (i, label) in labels.iter().enumerate() {
            let end = labels.get(i + 1).map_or(text.len() as u32, |next| next.line.start);
            let lane = lanes.of(label.name.of(text), label.class, document);
            let span = Span::new(label.line.end, end);
            turns.turns.push(Turn { span, lane, label: Some(label.name), played: false });
            marks.nobody.push(label.line);
        }
        if turns.turns.is_empty() {
            let lane = lanes.unnamed();
            turns.turns.push(Turn { span: Span::at(0, text.len()), lane, label: None, played: false });
        }
        for turn in &mut turns.turns {
            let begun = marks.played.partition_point(|played| played.start <= turn.span.start);
            turn.played = begun.checked_sub(1).is_some_and(|last| turn.span.start <= marks.played[last].end);
        }
        marks.nobody.sort_by_key(|span| (span.start, span.end));
        turns.lanes = lanes.lanes;
        turns.nobody = marks.nobody;
        turns.asides = marks.asides;
        turns
    }

    /// Whether it is a transcript: somebody is named who speaks.
    pub(super) fn is_transcript(&self) -> bool {
        self.turns.iter().any(|turn| turn.label.is_some())
    }
}

/// A label at the beginning of a line.
struct Labelled {
    /// From the beginning of the line to the colon, included.
    line: Span,
    /// The words that name somebody.
    name: Span,
    class: Option<Label>,
    upper: bool,
}

/// The lines of a text that hold anything, without white space around them.
fn lines(text: &str) -> Vec<Span> {
    let mut out = Vec::new();
    let mut at = 0;
    for line in text.split('\n') {
        let start = at + line.len() - line.trim_start().len();
        let end = at + line.trim_end().len();
        if start < end {
            out.push(Span::at(start, end));
        }
        at += line.len() + 1;
    }
    out
}

/// The labels of a transcript, in order; none where the text is no transcript.
fn labels(document: &Document, lines: &[Span]) -> Vec<Labelled> {
    let text = document.text.as_str();
    let mut found: Vec<Labelled> = lines.iter().filter_map(|line| label(text, *line)).collect();
    let key = |one: &Labelled| last_name(one.name.of(text));
    let mut upper: HashMap<String, usize> = HashMap::new();
    let mut title: HashMap<String, usize> = HashMap::new();
    for one in &found {
        *if one.upper { &mut upper } else { &mut title }.entry(key(one)).or_default() += 1;
    }
    // `BACKGROUND:` heads a part of a release once; those who speak speak again.
    let several = upper.values().sum::<usize>() >= 3;
    let again = upper.values().any(|n| *n > 1);
    let named = || upper.len() > 3 && found.iter().any(|one| one.upper && is_somebody(one.name.of(text)));
    let upper_counts = several && (again || named());
    let speech = speech(document, lines);
    let alternates = title.values().filter(|n| **n > 1).count() > 1;
    found.retain(|one| match one.upper {
        true => upper_counts || speech.is_some(),
        // `Harrow: the bridge is closed` is no turn; where the page goes on like that, it is.
        false => {
            let often = title.get(&key(one)).is_some_and(|n| *n > 1);
            let known = upper_counts && (upper.contains_key(&key(one)) || often && is_somebody(one.name.of(text)));
            known || alternates && often && (one.class.is_some() || is_somebody(one.name.of(text)))
        }
    });
    if found.is_empty() {
        found.extend(speech);
    }
    found
}

/// The one label of a speech, before its first line: the name of a person or of who issued the text, where somebody speaks
/// of himself and to others in what follows; or any label, where he does so often.
fn speech(document: &Document, lines: &[Span]) -> Option<Labelled> {
    /// Of so many words one is `I`, `we` or `you`.
    const SPOKEN: usize = 50;
    let text = document.text.as_str();
    let first = lines.iter().find(|line| !is_direction(line.of(text)))?;
    let one = label(text, *first).filter(|one| one.upper && !one.name.of(text).contains(','))?;
    let (all, own) = first_person(&text[one.line.end as usize..]);
    let name = one.name.of(text);
    let often = own > 2 && own * SPOKEN >= all;
    let issuer = || document.speaker.as_deref().is_some_and(|issuer| Name::new(issuer).may_be(&Name::new(name)));
    (often || issuer() || own > 0 && is_full_name(name)).then_some(one)
}

/// How many words a text has, and how many of them are of the first or second person and not quoted from others.
fn first_person(text: &str) -> (usize, usize) {
    use language::grammar::Class;
    let lexicon = &language::compared().lexicon;
    let of_us = |word: &str| lexicon.grammar.class(lexicon.words.get(word)).has(Class::FIRST);
    let is_own = |word: &str| lexicon.lists.has(List::Listeners, word) || of_us(word);
    let (mut all, mut own, mut quoted) = (0, 0, false);
    let mut begun = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        if c.is_alphanumeric() {
            begun = begun.or(Some(at));
            continue;
        }
        if let Some(start) = begun.take() {
            all += 1;
            own += usize::from(!quoted && is_own(&text[start..at]));
        }
        quoted = match c {
            '“' => true,
            '”' | '\n' => false,
            '"' => !quoted,
            _ => quoted,
        };
    }
    (all, own)
}

/// Whether a label is a person's whole name, with or without a title: two words and more, of which the last is no common
/// word, and no place.
fn is_full_name(label: &str) -> bool {
    let lexicon = &language::compared().lexicon;
    let words: Vec<String> = plain_words(label).map(str::to_owned).collect();
    let named = words.last().is_some_and(|word| !lexicon.words.get(word).is_known());
    words.len() >= 2 && named && !lexicon.people.is_state(&words)
}

/// Whether a label can be a name: it has a word that no table of common words knows, or one that is a title.
fn is_somebody(label: &str) -> bool {
    use language::grammar::Class;
    let lexicon = &language::compared().lexicon;
    plain_words(label).any(|word| {
        let id = lexicon.words.get(word);
        !id.is_known() || lexicon.grammar.class(id).has(Class::TITLE.with(Class::ROLE))
    })
}

/// The words of a label, without dots and what stands in brackets.
fn plain_words(label: &str) -> impl Iterator<Item = &str> {
    let end = label.find(['(', '[']).unwrap_or(label.len());
    label[..end].split(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’' | '-')).filter(|word| !word.is_empty())
}

fn last_name(label: &str) -> String {
    let end = label.find([',', '(', '[']).unwrap_or(label.len());
    plain_words(&label[..end]).last().unwrap_or_default().to_lowercase()
}

/// The label that begins a line.
fn label(text: &str, line: Span) -> Option<Labelled> {
    const LONGEST: usize = 64;
    const WORDS: usize = 7;
    let whole = line.of(text);
    let lead = lead(whole);
    let rest = &whole[lead..];
    let limit = rest.char_indices().nth(LONGEST).map_or(rest.len(), |(i, _)| i);
    // `Q    When?`, `Q. When?`: one letter needs no colon.
    let (named, colon) = match rest[..limit].find(':') {
        Some(colon) => (colon, colon + 1),
        None => single(rest)?,
    };
    let name = rest[..named].trim_end_matches(['*', '_', ' ']);
    let after = rest[colon..].trim_start_matches(['*', '_']);
    let spaced = after.is_empty() || after.starts_with(char::is_whitespace);
    let begins = language::compared().lexicon.forms.is_capital(name);
    if !spaced || !begins || name.contains(['"', '“', '”', '?', '!', ';']) && !name.ends_with("(?)") {
        return None;
    }
    // What follows a comma or stands in brackets describes who it is.
    let end = name.find([',', '(', '[']).unwrap_or(name.len());
    let words: Vec<&str> = plain_words(&name[..end]).collect();
    let lexicon = &language::compared().lexicon;
    let small = |word: &str| lexicon.lists.has(List::LabelParticles, word);
    let capital = |word: &&str| lexicon.forms.is_capital(word) || word.starts_with(char::is_numeric) || small(word);
    if words.is_empty() || words.len() > WORDS || !words.iter().all(capital) {
        return None;
    }
    let shouted = |word: &&str| {
        let lower = word.chars().filter(|c| c.is_lowercase()).count();
        lower == 0 || small(word) || lower <= 2 && (word.starts_with("Mc") || word.starts_with("Mac"))
    };
    let title = |word: &&str| lexicon.grammar.class(lexicon.words.get(word)).has(language::grammar::Class::TITLE);
    let upper = words.iter().all(|word| shouted(word) || title(word)) && words.iter().any(shouted);
    let class = lexicon.people.label(lexicon.words.get(words[0])).filter(|_| words.len() <= 2);
    // `WHERE: the new pier`: a heading.
    let never = language::grammar::Class::QUESTION.with(language::grammar::Class::TIME);
    let heading = words.len() == 1 && class.is_none() && lexicon.grammar.class(lexicon.words.get(words[0])).has(never);
    if class == Some(Label::Nobody) || heading {
        return None;
    }
    let start = line.start as usize + lead;
    Some(Labelled {
        line: Span::at(line.start as usize, start + rest.len() - after.len()),
        name: Span::at(start, start + name.len()),
        class,
        upper,
    })
}

/// `Q.` or `Q` with white space after it.
fn single(rest: &str) -> Option<(usize, usize)> {
    let after = rest.strip_prefix(['Q', 'A'])?;
    let gap = after.strip_prefix('.').unwrap_or(after);
    let wide = after.starts_with('.') || gap.starts_with("  ") || gap.starts_with('\t');
    (wide && gap.starts_with(char::is_whitespace)).then_some((1, rest.len() - gap.len()))
}

/// How many bytes at the beginning of a line come before a label: `>> `, `**`, `[00:12:31] `.
fn lead(line: &str) -> usize {
    let mut rest = line;
    loop {
        let next = rest.trim_start_matches(['>', '*', '_', '-', '–', '—', '#', ' ', '\t', '\u{a0}']);
        let next = match next.chars().next() {
            Some(open @ ('[' | '(')) => {
                let close = if open == '[' { ']' } else { ')' };
                match next.find(close) {
                    Some(end) if is_clock(&next[1..end]) => &next[end + 1..],
                    _ => next,
                }
            }
            Some(c) if c.is_ascii_digit() => {
                let end = next.find(|c: char| !c.is_ascii_digit() && !matches!(c, ':' | '.')).unwrap_or(next.len());
                if is_clock(&next[..end]) { &next[end..] } else { next }
            }
            _ => next,
        };
        if next.len() == rest.len() {
            return line.len() - rest.len();
        }
        rest = next;
    }
}

/// Whether a stretch is a time of a recording or of captions: `00:12:31`, `00:00:01,000 --> 00:00:04,000`.
fn is_clock(text: &str) -> bool {
    text.contains(':')
        && text.chars().all(|c| c.is_ascii_digit() || c.is_whitespace() || matches!(c, ':' | '.' | ',' | '-' | '>'))
        && text.chars().filter(char::is_ascii_digit).count() >= 3
}

/// Whether a line without brackets is a stage direction: `APPLAUSE`.
fn is_direction(line: &str) -> bool {
    let letters = line.chars().any(char::is_alphabetic);
    letters && !line.chars().any(char::is_lowercase) && directs(line)
}

/// Whether words are a stage direction: the first or the last is one, and they are few; or all of them stand beside such.
fn directs(text: &str) -> bool {
    const MOST: usize = 10;
    let words: Vec<&str> =
        text.split(|c: char| !c.is_alphanumeric() && c != '-').filter(|word| !word.is_empty()).collect();
    let told = |word: &&&str| stage(word).is_some_and(|stage| stage != Stage::With);
    let (Some(first), Some(last)) = (words.first(), words.last()) else { return false };
    words.len() <= MOST && (told(&first) || told(&last) || words.iter().all(|word| stage(word).is_some()))
}

fn is_number(word: &str) -> bool {
    word.chars().all(|c| c.is_ascii_digit())
}

/// Whether all words are those of stage directions, which a text that is no transcript seldom has: `(Laughter and applause.)`.
fn all_stage(text: &str) -> bool {
    let stages: Vec<Option<Stage>> =
        text.split(|c: char| !c.is_alphanumeric() && c != '-').filter(|word| !word.is_empty()).map(stage).collect();
    stages.iter().all(Option::is_some) && stages.contains(&Some(Stage::Told))
}

/// What stands in brackets.
struct Marks {
    nobody: Vec<Span>,
    asides: Vec<Span>,
    played: Vec<Span>,
}

impl Marks {
    /// Reads the brackets of a text; in a transcript (`spoken`) all that stands in square ones is the transcriber's, and
    /// what stands in capitals in round ones.
    fn new(text: &str, spoken: bool) -> Marks {
        const LONGEST: usize = 240;
        let mut marks = Marks { nobody: Vec::new(), asides: Vec::new(), played: Vec::new() };
        let mut playing: Option<u32> = None;
        let mut from = 0;
        while let Some(open) = text[from..].find(['(', '[']).map(|i| from + i) {
            let Some(end) = closing(text, open, LONGEST) else {
                from = open + 1;
                continue;
            };
            from = end;
            let span = Span::at(open, end);
            let inside = text[open..end].trim_matches(|c: char| !c.is_alphanumeric());
            let capitals = !inside.chars().any(char::is_lowercase);
            let square = text[open..].starts_with('[') || text[open + 1..].trim_start().starts_with('[');
            let direction =
                if spoken { directs(inside) || inside.is_empty() || is_clock(inside) } else { all_stage(inside) };
            if direction || spoken && (capitals || square) {
                marks.nobody.push(span);
            } else if spoken {
                marks.asides.push(span);
            }
            let first = inside.split_whitespace().next().and_then(stage);
            let shows = inside.split_whitespace().skip(1).any(|word| stage(word).is_some());
            match first.filter(|_| shows && direction) {
                Some(Stage::Opens) => playing = playing.or(Some(span.end)),
                Some(Stage::Closes) => {
                    if let Some(start) = playing.take() {
                        marks.played.push(Span::new(start, span.start));
                    }
                }
                _ => {}
            }
        }
        marks
    }
}

/// Where the bracket that opens at `open` is closed, the mark included, brackets inside it left alone; at most `longest`
/// bytes on and on the same line.
fn closing(text: &str, open: usize, longest: usize) -> Option<usize> {
    let mut depth = 0;
    for (i, c) in text[open..].char_indices().take_while(|(i, _)| *i <= longest) {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth -= 1,
            '\n' => return None,
            _ => {}
        }
        if depth == 0 {
            return Some(open + i + c.len_utf8());
        }
    }
    None
}

/// The lanes as their labels come.
#[derive(Default)]
struct Lanes {
    lanes: Vec<Lane>,
    by_label: HashMap<String, u32>,
    /// The lanes of each surname, with the name as it is held.
    by_last: HashMap<String, Vec<(Name, u32)>>,
    unnamed: Option<u32>,
}

impl Lanes {
    fn new_lane(&mut self, name: Option<String>) -> u32 {
        self.lanes.push(Lane { name });
        self.lanes.len() as u32 - 1
    }

    /// The lane of what comes before the first label.
    fn unnamed(&mut self) -> u32 {
        match self.unnamed {
            Some(lane) => lane,
            None => {
                let lane = self.new_lane(None);
                self.unnamed = Some(lane);
                lane
            }
        }
    }

    /// The lane of a label: `HALE`, `MS. HALE` and `MIRA HALE` are one, `TOM HALE` is another.
    fn of(&mut self, label: &str, class: Option<Label>, document: &Document) -> u32 {
        if let Some(lane) = self.by_label.get(label) {
            return *lane;
        }
        let end = label.find([',', '(', '[']).unwrap_or(label.len());
        let shown = label[..end].trim();
        let nobody = class == Some(Label::Asks) || plain_words(shown).all(|word| is_anyone(word) || is_number(word));
        let named = match class {
            Some(Label::Answers) => document.speaker.clone(),
            _ if nobody => None,
            _ => Some(shown.to_owned()),
        };
        let lane = match named {
            Some(named) => self.named(named),
            None => self.new_lane(None),
        };
        self.by_label.insert(label.to_owned(), lane);
        lane
    }

    /// The lane of a name: that of one who may bear it, else a new one.
    fn named(&mut self, named: String) -> u32 {
        let name = Name::new(&named);
        let alike = self.by_last.entry(name.last().to_owned()).or_default();
        // The name stays as it is first: who is `CLINTON` until `BILL CLINTON` is heard may be another.
        if let Some((_, lane)) = alike.iter().find(|(held, _)| held.may_be(&name)) {
            return *lane;
        }
        let lane = self.lanes.len() as u32;
        alike.push((name, lane));
        self.new_lane(Some(named))
    }
}
