//! The words of a statement in the order in which they are compared: lane by lane, each speaker's turns one after the
//! other, without the words that nobody says.
//!
//! Where a turn goes on after an interruption the words stand side by side, so that `We will build --` … `-- the pier`
//! is one passage. Between turns that do not go on stands a *gap*: a word that equals none, over which a passage can
//! only leap.

use super::fold::words;
use super::names::telling;
use super::turns::{Turn, Turns};
use crate::document::Document;
use crate::language;
use crate::language::lists::List;
use crate::span::Span;
use crate::words::{Word, WordClass};
use std::ops::Range;

/// A statement's words, ready to be compared.
#[derive(Debug, Default)]
pub(super) struct Spoken {
    /// Lane by lane.
    pub words: Vec<Word>,
    /// Where each word stands.
    pub places: Vec<Place>,
    /// The words of each lane.
    pub lanes: Vec<Range<u32>>,
    /// Who speaks when.
    pub turns: Turns,
}

/// Where a word of a statement stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Place {
    /// Its turn: position in [`Turns::turns`].
    pub turn: u32,
    /// It can be left out without a change: a sound of hesitation, a transcriber's aside.
    pub free: bool,
    /// Something that the speaker does not say stands before it.
    pub parted: bool,
}

/// The key of the word between two turns.
const GAP: u64 = 0;

/// Between two turns of one speaker so many words of others are an interruption.
const INTERRUPTION: usize = 12;
/// The same where the speaker is cut off or goes on with an ellipsis.
const CUT_OFF: usize = 40;

impl Spoken {
    /// Reads a statement. Linear in its length.
    pub(super) fn new(document: &Document) -> Spoken {
        let text = document.text.as_str();
        let turns = Turns::new(document);
        let mut by_turn: Vec<Vec<(Word, Place)>> = Vec::with_capacity(turns.turns.len());
        let mut nobody = turns.nobody.iter().copied().peekable();
        let mut asides = Within::new(&turns.asides);
        for (number, turn) in turns.turns.iter().enumerate() {
            let mut found = Vec::new();
            let mut at = turn.span.start;
            let mut take = |from: u32, to: u32, found: &mut Vec<(Word, Place)>| {
                for (i, word) in words(text, Span::new(from, to.max(from))).into_iter().enumerate() {
                    let free = asides.holds(word.span) || is_hesitation(word.span.of(text));
                    found.push((word, Place { turn: number as u32, free, parted: i == 0 }));
                }
            };
            while let Some(mark) = nobody.next_if(|mark| mark.start < turn.span.end) {
                if mark.end > at {
                    take(at, mark.start, &mut found);
                    at = at.max(mark.end);
                }
            }
            take(at.min(turn.span.end), turn.span.end, &mut found);
            by_turn.push(found);
        }
        let mut out = Spoken { words: Vec::new(), places: Vec::new(), lanes: Vec::new(), turns };
        for lane in 0..out.turns.lanes.len() as u32 {
            let begin = out.words.len() as u32;
            let mut last: Option<usize> = None;
            for number in 0..by_turn.len() {
                if out.turns.turns[number].lane != lane || by_turn[number].is_empty() {
                    continue;
                }
                if last.is_some_and(|last| !goes_on(text, &out.turns.turns, &by_turn, last, number)) {
                    out.gap(number);
                }
                last = Some(number);
                let (words, places): (Vec<Word>, Vec<Place>) = by_turn[number].iter().copied().unzip();
                out.words.extend(words);
                out.places.extend(places);
            }
            out.lanes.push(begin..out.words.len() as u32);
            out.gap(0);
        }
        out
    }

    fn gap(&mut self, turn: usize) {
        let at = self.words.last().map_or(0, |word| word.span.end);
        self.words.push(Word { span: Span::new(at, at), key: GAP, class: WordClass::Plain });
        self.places.push(Place { turn: turn as u32, free: false, parted: true });
    }

    /// The lane of a word: position in [`Spoken::lanes`].
    pub(super) fn lane(&self, word: u32) -> usize {
        self.lanes.partition_point(|lane| lane.end <= word)
    }

    /// Whether a speaker says the words of a passage more than once.
    pub(super) fn says_again(&self, lane: usize, source: &[Span]) -> bool {
        let (Some(lane), Some(passage)) = (self.lanes.get(lane), source.first()) else { return false };
        let words = &self.words[lane.start as usize..lane.end as usize];
        let said: Vec<u64> = words.iter().filter(|w| passage.contains(w.span)).map(|w| w.key).collect();
        !said.is_empty()
            && words.windows(said.len()).filter(|w| w.iter().map(|w| w.key).eq(said.iter().copied())).count() > 1
    }

    /// Whether one of those who speak has a name that ends in this folded word.
    pub(super) fn names(&self, surname: &str) -> bool {
        let mut names = self.turns.lanes.iter().filter_map(|lane| telling(lane.name.as_ref()?).pop());
        names.any(|last| last == surname)
    }

    /// Who speaks in a lane; none where nobody is named.
    pub(super) fn speaker(&self, lane: usize) -> Option<&str> {
        self.turns.lanes.get(lane)?.name.as_deref()
    }
}

/// Whether a word is the gap between two turns.
pub(super) const fn is_gap(word: &Word) -> bool {
    word.key == GAP
}

/// Whether a turn goes on from an earlier one of the same speaker: little was said in between.
fn goes_on(text: &str, turns: &[Turn], words: &[Vec<(Word, Place)>], earlier: usize, later: usize) -> bool {
    let between: usize = words[earlier + 1..later].iter().map(Vec::len).sum();
    let (before, after) = (turns[earlier].span.of(text).trim_end(), turns[later].span.of(text).trim_start());
    let open = before.ends_with(['-', '–', '—', '…']) || before.ends_with("...");
    let resumes = after.starts_with(['-', '–', '—', '…']) || after.starts_with("...");
    between <= if open || resumes { CUT_OFF } else { INTERRUPTION }
}

fn is_hesitation(written: &str) -> bool {
    language::compared().lexicon.lists.reads(List::Hesitations, written)
}

/// Whether spans asked for in order stand in one of a list of spans in order.
struct Within<'a> {
    spans: &'a [Span],
    next: usize,
}

impl<'a> Within<'a> {
    fn new(spans: &'a [Span]) -> Self {
        Within { spans, next: 0 }
    }

    fn holds(&mut self, span: Span) -> bool {
        while self.spans.get(self.next).is_some_and(|one| one.end <= span.start) {
            self.next += 1;
        }
        self.spans.get(self.next).is_some_and(|one| one.contains(span))
    }
}
