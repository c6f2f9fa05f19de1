//! What the page says of the occasion on which words were said: its date, the names beside a quotation, places and
//! programmes, weekdays. A document of the coverage goes in; a [`PageFacts`] answers questions about it.

use super::attribution::Voice;
use super::lexicon;
use super::names::Name;
use crate::document::Document;
use crate::language;
use crate::span::Span;
use crate::words::base;
use jiff::civil::{Date, Weekday};
use std::collections::HashSet;

/// A document of the coverage, ready to be asked.
pub(super) struct PageFacts<'a> {
    document: &'a Document,
    day: Option<Date>,
    /// Its words that begin with a capital or are a word in capitals, folded, in the order of the text.
    capitals: Vec<(u32, String)>,
    /// All of them and those of its headline.
    anywhere: HashSet<String>,
    /// The kinds of occasion that it names, in the order of the text.
    occasions: Vec<(u32, &'static str)>,
    /// The one kind that its headline names.
    about: Option<&'static str>,
}

/// How far before a quotation, and after it, what stands there is beside it; in bytes.
const BEFORE: u32 = 500;
const AFTER: u32 = 300;

impl<'a> PageFacts<'a> {
    /// Reads a document. Linear in its length.
    pub(super) fn new(document: &'a Document) -> Self {
        let capitals = capitals(&document.text);
        let headline = document.title.as_deref().map(self::capitals).unwrap_or_default();
        let anywhere = capitals.iter().chain(&headline).map(|(_, word)| word.clone()).collect();
        let titled = document.title.as_deref().map(lexicon::occasions).unwrap_or_default();
        let about = titled.first().map(|(_, kind)| *kind).filter(|one| titled.iter().all(|(_, kind)| kind == one));
        let occasions = lexicon::occasions(&document.text);
        PageFacts { day: document.day(), capitals, anywhere, occasions, about, document }
    }

    /// How many days after a statement the page appeared; negative where it came first. None where a date is not known.
    pub(super) fn days_since(&self, statement: &Document) -> Option<i32> {
        Some((self.day? - statement.day()?).get_days())
    }

    /// The date of the page.
    pub(super) fn day(&self) -> Option<Date> {
        self.day
    }

    /// How near to a quotation somebody is named.
    pub(super) fn names(&self, name: &str, quote: Span) -> Voice {
        let name = Name::new(name);
        let is = |word: &str| word == name.last();
        if self.beside(quote).any(is) {
            return Voice::Beside;
        }
        if self.anywhere.contains(name.last()) { Voice::OnPage } else { Voice::Absent }
    }

    /// Whether the page names a place, person or programme that the title of a statement names, the speaker's own name left
    /// out; and if so whether beside the quotation.
    pub(super) fn place(&self, statement: &Document, speaker: Option<&str>, quote: Span) -> Option<bool> {
        let title = statement.title.as_deref()?;
        let own: Vec<String> = speaker.map(|name| fold_words(name).collect()).unwrap_or_default();
        let lexicon = &language::compared().lexicon;
        let names: Vec<String> = title
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| word.chars().count() >= 4 && word.chars().all(char::is_alphabetic))
            .filter(|word| !lexicon.words.get(word).is_known())
            .map(fold)
            .filter(|word| !own.contains(word))
            .collect();
        if names.is_empty() {
            return None;
        }
        if self.beside(quote).any(|word| names.iter().any(|name| name == word)) {
            return Some(true);
        }
        names.iter().any(|name| self.anywhere.contains(name)).then_some(false)
    }

    /// Whether the one weekday beside a quotation is that of a statement; none where there is not one.
    pub(super) fn weekday(&self, statement: &Document, quote: Span) -> Option<bool> {
        let day = statement.day()?;
        let named = self.beside(quote).filter_map(lexicon::weekday);
        let mut told: Vec<Weekday> = named.filter_map(|day| Weekday::from_monday_one_offset(day).ok()).collect();
        told.sort_by_key(|day| day.to_monday_zero_offset());
        told.dedup();
        match told.as_slice() {
            [one] => Some(*one == day.weekday()),
            _ => None,
        }
    }

    /// Whether the one kind of occasion that is named beside a quotation, or else in the headline, is that of a statement's
    /// title; none where there is not one, or the title names none.
    pub(super) fn kind(&self, statement: &Document, quote: Span) -> Option<bool> {
        let of = lexicon::occasions(statement.title.as_deref()?);
        let (from, to) = self.around(quote);
        let first = self.occasions.partition_point(|(at, _)| *at < from);
        let beside = self.occasions[first..].iter().take_while(|(at, _)| *at < to);
        let mut kinds: Vec<&str> =
            beside.filter(|(at, _)| *at < quote.start || *at >= quote.end).map(|(_, kind)| *kind).collect();
        kinds.sort_unstable();
        kinds.dedup();
        let one = match kinds.as_slice() {
            [one] => *one,
            [] => self.about?,
            _ => return None,
        };
        (!of.is_empty()).then(|| of.iter().any(|(_, kind)| *kind == one))
    }

    /// Whether the month of a statement is the only one that is named beside a quotation, or the `last month` there; none
    /// where no month is told, or one that may lie ahead (`the election in November`).
    pub(super) fn month(&self, statement: &Document, quote: Span) -> Option<bool> {
        /// The months before the page's that a bare name means: further back, it is as likely to lie ahead.
        const PAST: i32 = 9;
        let said = statement.day()?;
        // Not one of a year before the last: `in October` is that before the page.
        let months = |day: Date| i32::from(day.year()) * 12 + i32::from(day.month());
        let page = self.day?;
        let ago = months(page) - months(said);
        // `May` is more often a verb.
        let mut named: Vec<i8> = self.beside(quote).filter_map(lexicon::month).filter(|month| *month != 5).collect();
        named.sort_unstable();
        named.dedup();
        let (from, to) = self.around(quote);
        let text = self.document.text.as_str();
        let beside = |what: &str| text.get(from as usize..to as usize).is_some_and(|beside| beside.contains(what));
        match named.as_slice() {
            [one] if *one == said.month() && (0..12).contains(&ago) => Some(true),
            [one] => {
                let told = (i32::from(page.month()) - i32::from(*one)).rem_euclid(12);
                (told <= PAST && told != ago).then_some(false)
            }
            [] if beside("last month") => Some(ago == 1),
            _ => None,
        }
    }

    /// The words with a capital beside a quotation, its own left out.
    fn beside(&self, quote: Span) -> impl Iterator<Item = &str> {
        let (from, to) = self.around(quote);
        let start = self.capitals.partition_point(|(at, _)| *at < from);
        let end = self.capitals.partition_point(|(at, _)| *at < to);
        let words = self.capitals[start..end.max(start)].iter();
        words.filter(move |(at, _)| *at < quote.start || *at >= quote.end).map(|(_, word)| word.as_str())
    }

    /// From where to where it is beside a quotation: not beyond the paragraph before it, nor after the end of its own.
    fn around(&self, quote: Span) -> (u32, u32) {
        let text = self.document.text.as_str();
        let is_end = |at: &u32| text.as_bytes()[*at as usize] == b'\n';
        let far = quote.start.saturating_sub(BEFORE);
        let mut from = (far..quote.start).rev().filter(is_end).nth(2).unwrap_or(far);
        let far = (text.len() as u32).min(quote.end.saturating_add(AFTER));
        let mut to = (quote.end..far).find(is_end).unwrap_or(far);
        while !text.is_char_boundary(from as usize) {
            from += 1;
        }
        while !text.is_char_boundary(to as usize) {
            to -= 1;
        }
        (from, to)
    }
}

fn capitals(text: &str) -> Vec<(u32, String)> {
    let mut out = Vec::new();
    let mut at = 0;
    for word in text.split(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’')) {
        if language::compared().lexicon.forms.is_capital(word) {
            out.push((at as u32, fold(word)));
        }
        at += word.len();
        at += text[at..].chars().next().map_or(0, char::len_utf8);
    }
    out
}

fn fold_words(name: &str) -> impl Iterator<Item = String> + use<'_> {
    name.split(|c: char| !c.is_alphanumeric()).map(fold).filter(|word| !word.is_empty())
}

/// Lower case, without accents, apostrophes and a genitive's ending.
fn fold(word: &str) -> String {
    let word = ["'s", "’s", "'S", "’S"].iter().find_map(|end| word.strip_suffix(end)).unwrap_or(word);
    word.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).map(base).collect()
}
