//! What the page says of the occasion on which words were said: its date, the names beside a quotation, places and
//! programmes, weekdays. A document of the coverage goes in; a [`PageFacts`] answers questions about it.

use super::attribution::Voice;
use super::names::Name;
use crate::document::Document;
use crate::language;
use crate::span::Span;
use crate::words::base;
use jiff::civil::{Date, Weekday};

/// A document of the coverage, ready to be asked.
pub(super) struct PageFacts<'a> {
    document: &'a Document,
    day: Option<Date>,
    /// Its words that begin with a capital or are a word in capitals, folded, in the order of the text.
    capitals: Vec<(u32, String)>,
    /// Those of its headline that the text has not.
    headline: Vec<String>,
}

/// How far before a quotation, and after it, what stands there is beside it; in bytes.
const BEFORE: u32 = 500;
const AFTER: u32 = 300;

impl<'a> PageFacts<'a> {
    /// Reads a document. Linear in its length.
    pub(super) fn new(document: &'a Document) -> Self {
        let headline = document.title.as_deref().map(capitals).unwrap_or_default();
        PageFacts {
            day: document.day(),
            capitals: capitals(&document.text),
            headline: headline.into_iter().map(|(_, word)| word).collect(),
            document,
        }
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
        let elsewhere = self.capitals.iter().any(|(_, word)| is(word)) || self.headline.iter().any(|word| is(word));
        if elsewhere { Voice::OnPage } else { Voice::Absent }
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
        let anywhere = self.capitals.iter().map(|(_, word)| word).chain(&self.headline);
        anywhere.into_iter().any(|word| names.contains(word)).then_some(false)
    }

    /// Whether the one weekday beside a quotation is that of a statement; none where there is not one.
    pub(super) fn weekday(&self, statement: &Document, quote: Span) -> Option<bool> {
        let day = statement.day()?;
        let mut told: Vec<Weekday> = self.beside(quote).filter_map(weekday).collect();
        told.sort_by_key(|day| day.to_monday_zero_offset());
        told.dedup();
        match told.as_slice() {
            [one] => Some(*one == day.weekday()),
            _ => None,
        }
    }

    /// The words with a capital beside a quotation, its own left out.
    fn beside(&self, quote: Span) -> impl Iterator<Item = &str> {
        let text = self.document.text.as_str();
        // Not beyond the paragraph before it, nor the one after.
        let before = text[..quote.start as usize].rmatch_indices('\n').nth(2).map_or(0, |(i, _)| i as u32);
        let after =
            text[quote.end as usize..].match_indices('\n').next().map_or(text.len(), |(i, _)| quote.end as usize + i);
        let from = before.max(quote.start.saturating_sub(BEFORE));
        let to = (after as u32).min(quote.end.saturating_add(AFTER));
        let start = self.capitals.partition_point(|(at, _)| *at < from);
        let end = self.capitals.partition_point(|(at, _)| *at < to);
        let words = self.capitals[start..end.max(start)].iter();
        words.filter(move |(at, _)| *at < quote.start || *at >= quote.end).map(|(_, word)| word.as_str())
    }
}

fn weekday(word: &str) -> Option<Weekday> {
    Some(match word {
        "monday" => Weekday::Monday,
        "tuesday" => Weekday::Tuesday,
        "wednesday" => Weekday::Wednesday,
        "thursday" => Weekday::Thursday,
        "friday" => Weekday::Friday,
        "saturday" => Weekday::Saturday,
        "sunday" => Weekday::Sunday,
        _ => return None,
    })
}

fn capitals(text: &str) -> Vec<(u32, String)> {
    let mut out = Vec::new();
    let mut at = 0;
    for word in text.split(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’')) {
        if word.starts_with(char::is_uppercase) {
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
