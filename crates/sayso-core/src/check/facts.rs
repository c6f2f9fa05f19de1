//! What comparison needs to know of a document: its words as stems with their places, its sentences, and where each
//! figure stands among them. `reading` reads them.

use super::contexts::Contexts;
use super::frame::Frame;
use crate::extract::Figure;
use crate::span::Span;
use crate::words::{Word, WordClass};
use rustc_hash::FxHashMap;

/// A document as comparison sees it.
pub(super) struct Facts {
    pub words: Vec<FactWord>,
    /// For each figure of the extraction, where it stands.
    pub figures: Vec<Place>,
    /// For each what it is meant as, where that is not what it is read as: three years of `three years ago`.
    pub meant: Vec<Option<Figure>>,
    /// Where each telling stem stands, in order.
    pub places: FxHashMap<u64, Vec<u32>>,
    /// The first and one past the last word of each sentence.
    pub sentences: Vec<(u32, u32)>,
    /// The paragraph of each sentence.
    pub paragraphs: Vec<u32>,
    /// For each figure of the extraction, what is said of it.
    pub frames: Vec<Frame>,
    /// The words beside the figures, as they are compared.
    pub contexts: Contexts,
    /// The year that the document is about.
    pub year: Option<i64>,
    /// The day of its date, as `times` counts days.
    pub day: Option<i64>,
    /// Whether it is a headline of more than one sentence: a short line without a stop at its end.
    pub titled: bool,
}

/// A word with what it tells.
#[derive(Clone, Copy, Debug)]
pub(super) struct FactWord {
    pub span: Span,
    /// As `Word::key`.
    pub key: u64,
    /// As `Word::class`.
    pub class: WordClass,
    /// Key of the stem; 0 where the word tells nothing.
    pub stem: u64,
    /// Key of its own stem, whatever words stand for it.
    pub base: u64,
    /// Key of its first five letters, which a name shares with what is named after it: `Corvenne`, `Corvennese`.
    pub head: u64,
    /// The row of its vector; none for a word that the table does not know.
    pub row: Option<u32>,
    pub sentence: u32,
    /// Whether it is written like a name. None of a sentence in which most words are.
    pub name: bool,
    /// Whether it stands in a dateline, and so is no subject of what follows.
    pub dateline: bool,
    /// Whether it says little of what a figure is of.
    pub light: bool,
    /// Whether it tells of a change.
    pub change: bool,
    /// Whether it stands in a set of words that exclude one another.
    pub contrasted: bool,
}

impl FactWord {
    /// The word alone.
    pub(super) const fn word(&self) -> Word {
        Word { span: self.span, key: self.key, class: self.class }
    }

    /// Whether it says little of what a figure is of, or tells of a change.
    pub(super) const fn is_light(&self) -> bool {
        self.light || self.change
    }
}

/// Where a figure stands among the words.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Place {
    /// First word of the figure.
    pub from: u32,
    /// One past its last word.
    pub to: u32,
    pub sentence: u32,
    /// Key of the stem of what is counted; 0 where nothing is named.
    pub noun: u64,
    /// Whether it stands as ages do in headlines: `dead at 65`, `Girl, 2, falls`.
    pub age_like: bool,
    /// Whether it stands in what a reporter asks: `QUESTION: We have heard 2,000.`
    pub asked: bool,
    /// Whether it stands in the headline or the first sentence, which tell what a statement begins with.
    pub lead: bool,
}

impl Facts {
    /// The sentence that a place stands in.
    pub(super) fn sentence_of(&self, span: Span) -> Option<Span> {
        let first = self.words.partition_point(|w| w.span.end <= span.start);
        let (from, to) = self.sentences.get(self.words.get(first)?.sentence as usize).copied()?;
        Some(self.words.get(from as usize)?.span.cover(self.words.get(to.checked_sub(1)? as usize)?.span))
    }

    /// The telling words of a figure's sentence, the figure's own left out, with how far each stands from it.
    pub(super) fn around(&self, place: Place) -> impl Iterator<Item = (u64, u32)> + '_ {
        let (from, to) = self.sentences.get(place.sentence as usize).copied().unwrap_or((0, 0));
        (from..to).filter(move |i| *i < place.from || *i >= place.to).filter_map(move |i| {
            let stem = self.words[i as usize].stem;
            (stem != 0).then(|| (stem, distance(place, i)))
        })
    }

    /// The next telling stems after (`ahead` > 0) a figure, at most `n` words on, in its sentence.
    pub(super) fn after(&self, place: Place, n: u32) -> impl Iterator<Item = u64> + Clone {
        (place.to..place.to + n).map_while(move |i| self.stem_in(place, i)).filter(|s| *s != 0)
    }

    /// The telling stems before a figure, nearest first, at most `n` words back, in its sentence.
    pub(super) fn before(&self, place: Place, n: u32) -> impl Iterator<Item = u64> + Clone {
        (1..=n).map_while(move |d| self.stem_in(place, place.from.checked_sub(d)?)).filter(|s| *s != 0)
    }

    fn stem_in(&self, place: Place, i: u32) -> Option<u64> {
        self.words.get(i as usize).filter(|w| w.sentence == place.sentence).map(|w| w.stem)
    }

    /// Whether a stem stands in a sentence.
    pub(super) fn holds(&self, sentence: u32, stem: u64) -> bool {
        let Some(&(from, to)) = self.sentences.get(sentence as usize) else { return false };
        let Some(places) = self.places.get(&stem) else { return false };
        places.get(places.partition_point(|p| *p < from)).is_some_and(|p| *p < to)
    }
}

/// Words between a place and a figure; 1 for its neighbours, 0 for its own words.
pub(super) const fn distance(place: Place, i: u32) -> u32 {
    if i < place.from { place.from - i } else { (i + 1).saturating_sub(place.to) }
}
