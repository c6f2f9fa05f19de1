//! Reads a document as comparison sees it: [`Facts`].

use super::contexts::Contexts;
use super::facts::{FactWord, Facts, Place};
use super::frame::{self, tables};
use super::marks::{self, Mark};
use super::meant;
use super::similar;
use super::stems::{stem, stems};
use super::times::even_day;
use crate::document::{Document, Region, RegionKind};
use crate::extract::{Extraction, Figure, FigureKind};
use crate::hash::{SEED, step};
use crate::language;
use crate::language::lists::List;
use crate::span::Span;
use crate::text::Page;
use crate::words::{WordClass, key, words};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::HashMap;

impl Facts {
    /// Reads a document. Linear.
    pub(super) fn new(document: &Document, extraction: &Extraction) -> Self {
        let mut facts = Facts::begin(document, extraction);
        facts.finish(document, extraction);
        facts
    }

    /// Reads the words of a document and where its figures stand, which tells what it is about. Linear.
    pub(super) fn begin(document: &Document, extraction: &Extraction) -> Self {
        let text = document.text.as_str();
        let page = Page::new(document);
        let is_dateline = |r: &&Region| r.kind == RegionKind::Dateline;
        let datelines: Vec<Span> = page.regions.iter().filter(is_dateline).map(|r| r.span).collect();
        let mut read = Read::for_text(text.len());
        for sentence in &page.sentences {
            let paragraph = page.paragraphs.partition_point(|p| p.span.start <= sentence.span.start) as u32;
            read.sentence(text, sentence.span, paragraph, &datelines);
        }
        read.note_places();
        let headline_ends = |r: &Region| if r.kind == RegionKind::Headline { r.span.end } else { 0 };
        let lead_ends = page.regions.iter().map(headline_ends).max().unwrap_or(0);
        let questions = questions(&page);
        let asked = |f: &Figure| questions.iter().any(|question| question.contains(f.span));
        let place = |f: &Figure| {
            let place = place_of(text, &read.words, f);
            Place { lead: place.sentence == 0 || f.span.start < lead_ends, asked: asked(f), ..place }
        };
        let figures: Vec<Place> = extraction.figures.iter().map(place).collect();
        let meant = meant::all(&page, &extraction.figures, &figures, &read.words);
        let titled = is_title(text, &read);
        Facts { titled, ..read.facts(figures, meant) }
    }

    /// Reads what is said of the figures of a document, of which these facts were begun. Linear.
    pub(super) fn finish(&mut self, document: &Document, extraction: &Extraction) {
        let (text, facts) = (document.text.as_str(), self);
        facts.words.iter_mut().for_each(note_row);
        settle_openings(&mut facts.words, &facts.sentences);
        facts.year = year_of(document);
        facts.day = document.day().map(|d| even_day(d.year().into(), d.month().into(), d.day().into()));
        facts.frames = frame::frames(
            text,
            &extraction.figures,
            facts,
            facts.year,
            document.day().map(|day| i64::from(day.year())),
        );
        facts.contexts = Contexts::of(facts);
    }

    /// Reads one sentence, but for the frames of its figures; with the number of figures that stand before it. Linear in the
    /// sentence.
    pub(super) fn of_sentence(text: &str, extraction: &Extraction, sentence: Span) -> (Self, usize) {
        let first = extraction.figures.partition_point(|f| f.span.start < sentence.start);
        let last = extraction.figures.partition_point(|f| f.span.start < sentence.end).max(first);
        let within = &extraction.figures[first..last];
        let mut read = Read::for_text(sentence.len() as usize);
        read.sentence(text, sentence, 0, &[]);
        // Of the others nobody asks it.
        read.words.first_mut().into_iter().for_each(note_row);
        settle_openings(&mut read.words, &read.sentences);
        let figures = within.iter().map(|f| place_of(text, &read.words, f)).collect();
        (read.facts(figures, vec![None; within.len()]), first)
    }
}

/// So many letters of a name are kept.
const HEAD: usize = 5;

/// Sentences, read one after the other.
#[derive(Default)]
struct Read {
    words: Vec<FactWord>,
    places: FxHashMap<u64, Vec<u32>>,
    sentences: Vec<(u32, u32)>,
    paragraphs: Vec<u32>,
}

impl Read {
    /// With room for the words of a text of so many bytes.
    fn for_text(length: usize) -> Read {
        /// So many bytes has a word of prose, with the blank behind it.
        const WORD: usize = 5;
        Read { words: Vec::with_capacity(length / WORD), ..Read::default() }
    }

    fn sentence(&mut self, text: &str, span: Span, paragraph: u32, datelines: &[Span]) {
        let from = self.words.len();
        let sentence = self.sentences.len() as u32;
        for word in words(text, span) {
            let written = word.span.of(text);
            let plain = word.class == WordClass::Plain;
            let label = plain && is_label(text, word.span, span);
            let (stem, base) = match plain {
                _ if label => (word.key, word.key),
                true => stems(written),
                false => (0, 0),
            };
            let name = label || plain && language::compared().lexicon.forms.is_capital(written);
            let dateline = datelines.iter().any(|line| line.contains(word.span));
            let head = if name { head_of(written) } else { 0 };
            self.words.push(FactWord {
                head,
                span: word.span,
                key: word.key,
                class: word.class,
                stem,
                base,
                row: None,
                light: false,
                change: false,
                contrasted: false,
                sentence,
                name,
                dateline,
            });
        }
        settle_names(&mut self.words[from..], span.of(text));
        self.sentences.push((from as u32, self.words.len() as u32));
        self.paragraphs.push(paragraph);
    }

    /// Notes where each telling stem stands.
    fn note_places(&mut self) {
        for (at, word) in self.words.iter().enumerate().filter(|(_, word)| word.stem != 0) {
            self.places.entry(word.stem).or_default().push(at as u32);
        }
    }

    fn facts(self, figures: Vec<Place>, meant: Vec<Option<Figure>>) -> Facts {
        let Read { words, places, sentences, paragraphs } = self;
        let (frames, contexts) = (Vec::new(), Contexts::default());
        Facts {
            words,
            figures,
            meant,
            places,
            sentences,
            paragraphs,
            frames,
            contexts,
            year: None,
            day: None,
            titled: false,
        }
    }
}

/// Whether a text is one line, as headlines are, and has no stop at its end: `Brothers Vanished in 2010. Box May Hold Clues`.
fn is_title(text: &str, read: &Read) -> bool {
    const SENTENCES: usize = 3;
    const WORDS: usize = 20;
    let line = text.trim_end();
    read.sentences.len() <= SENTENCES && read.words.len() <= WORDS && !line.contains('\n') && !line.ends_with('.')
}

/// The key of the first letters of a name.
fn head_of(name: &str) -> u64 {
    let first = name.bytes().take(HEAD);
    if first.clone().all(|byte| byte.is_ascii()) {
        return first.fold(SEED, |hash, byte| step(hash, byte.to_ascii_lowercase()));
    }
    key(&name.chars().take(HEAD).collect::<String>().to_lowercase())
}

/// Whether a capital letter tells one of several things from the others: `B wing`, `group C`. No initial (`J. Weir`), no first word
/// of a sentence, and not `I`.
fn is_label(text: &str, word: Span, sentence: Span) -> bool {
    let letter = matches!(word.of(text).as_bytes(), [letter] if letter.is_ascii_uppercase() && *letter != b'I');
    let behind = text.as_bytes().get(word.end as usize);
    // `A` is an article wherever a word follows.
    let article = word.of(text) == "A" && behind == Some(&b' ');
    letter && !article && word.start > sentence.start && matches!(behind, Some(b' ' | b',' | b';' | b')') | None)
}

/// Looks up the vector of a word that tells something, and the tables that every comparison asks for it.
fn note_row(word: &mut FactWord) {
    word.row = if word.stem == 0 { None } else { similar::row(word.base) };
    word.light = marks::is(word.key, Mark::Light) || marks::is_base(word.base, Mark::Light);
    word.change = tables::is_change(word.key);
    word.contrasted = tables::sets(word.base).is_some();
}

/// Where a figure stands among words.
fn place_of(text: &str, words: &[FactWord], figure: &Figure) -> Place {
    let from = words.partition_point(|w| w.span.end <= figure.span.start) as u32;
    let to = (words.partition_point(|w| w.span.start < figure.span.end) as u32).max(from);
    let sentence = words.get(from as usize).map_or(0, |w| w.sentence);
    // What a sum is (`a £3m grant`) has too many words for it to tell two sums apart.
    let counted = figure.noun_lemma.as_deref().filter(|_| figure.kind != FigureKind::Money);
    let noun = counted.and_then(|n| n.split_whitespace().last()).map_or(0, stem);
    let age_like = figure.kind == FigureKind::Number && noun == 0 && stands_as_age(text, figure.span);
    Place { from, to, sentence, noun, age_like, asked: false, lead: false }
}

/// The year that a document is about: the last that its title names, else the one that its text names most often, its own
/// where it names none.
fn year_of(document: &Document) -> Option<i64> {
    let years = |text: &str| -> Vec<i64> {
        text.split(|c: char| !c.is_ascii_alphanumeric()).filter_map(frame::is_year).collect()
    };
    if let Some(year) = document.title.as_deref().and_then(|title| years(title).into_iter().max()) {
        return Some(year);
    }
    let own = document.day().map(|day| i64::from(day.year()));
    let mut counts: HashMap<i64, u32> = HashMap::new();
    years(&document.text).into_iter().for_each(|year| *counts.entry(year).or_default() += 1);
    // Of two that it names as often it is about the one that has been.
    let been = |year: i64| own.is_none_or(|own| year <= own);
    let most = counts.into_iter().max_by_key(|(year, count)| (*count, been(*year), *year)).map(|(year, _)| year);
    match (most, own, document.kind) {
        (Some(most), _, crate::document::Kind::Statement) => Some(most),
        (_, Some(own), _) => Some(own),
        (most, None, _) => most,
    }
}

/// Words that open a sentence are large whatever they are, and in the title case of headlines nearly all are: there a
/// large letter tells nothing.
fn settle_names(sentence: &mut [FactWord], text: &str) {
    let plain = sentence.iter().filter(|w| w.stem != 0).count();
    let large = sentence.iter().filter(|w| w.stem != 0 && w.name).count();
    let stops = text.trim_end_matches(['"', '”', '’', '*', ')']).ends_with('.');
    if plain > 2 && large * 10 > plain * if stops { 8 } else { 6 } {
        sentence.iter_mut().for_each(|w| w.name = false);
    }
}

/// A word that opens a sentence is a name where it is one elsewhere, or stands before one.
fn settle_openings(words: &mut [FactWord], sentences: &[(u32, u32)]) {
    let opens = |i: usize, w: &FactWord| sentences.get(w.sentence as usize).is_some_and(|s| s.0 as usize == i);
    let inner = words.iter().enumerate().filter(|(i, w)| w.name && !opens(*i, w));
    let known: FxHashSet<u64> = inner.map(|(_, w)| w.stem).collect();
    for &(from, to) in sentences {
        let (from, to) = (from as usize, to as usize);
        let followed = from + 1 < to && words[from + 1].name;
        if let Some(first) = words.get_mut(from).filter(|_| from < to) {
            // A word that no text but names has is one.
            first.name &= followed || known.contains(&first.stem) || first.stem != 0 && first.row.is_none();
        }
    }
}

/// What is asked in the turns of those who ask. A list of questions and answers that gives both in one paragraph (`Q: How many came?
/// Some 300.`) is known by a turn that is followed by the next question, or by nothing: there only the question is asked.
fn questions(page: &Page) -> Vec<Span> {
    let text = page.text;
    let turn = |at: usize| page.paragraphs.get(at).is_some_and(|p| is_question_turn(p.span.of(text)));
    let turns = (0..page.paragraphs.len()).filter(|at| turn(*at));
    let spans = turns.map(|at| {
        let span = page.paragraphs[at].span;
        let answered = at + 1 == page.paragraphs.len() || turn(at + 1);
        let end = span.of(text).rfind('?').filter(|_| answered).map(|end| span.start + end as u32 + 1);
        Span { end: end.unwrap_or(span.end), ..span }
    });
    spans.collect()
}

/// Whether a paragraph is a turn of somebody who asks.
fn is_question_turn(paragraph: &str) -> bool {
    let first = paragraph.split(|c: char| !c.is_alphabetic()).find(|w| !w.is_empty()).unwrap_or_default();
    let turn = paragraph.chars().take(60).any(|c| c == ':');
    turn && language::compared().lexicon.lists.reads(List::Askers, first)
}

/// Whether `at`, `age` or `aged` stands before a number of at most three digits, or commas on both sides, or it is all
/// that somebody is (`Ms Weir is 63 and …`).
fn stands_as_age(text: &str, span: Span) -> bool {
    let lists = &language::compared().lexicon.lists;
    let before = text[..span.start as usize].trim_end();
    let after = &text[span.end as usize..];
    let word = before.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    let led = lists.reads(List::BeforeAge, word);
    let alone = before.ends_with(',') && after.starts_with([',', '.', ';', ')']);
    let ends = after.trim_start_matches(' ').is_empty()
        || after.starts_with(['\n', ',', '.', ';', ')', '?', '!', '"', '”', '’']);
    let is = lists.reads(List::BeingOfAge, word) && (ends || after.starts_with(" and "));
    span.len() <= 3 && (led || alone || is)
}
