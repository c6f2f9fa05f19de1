//! Zones: the parts of a text to which a search can be restricted, as ranges of word numbers. A zone is text between
//! quote marks, reported speech (each with its speaker), the headline, or a claim. The index keeps the zones of each
//! document in a column of numbers, so that "word 41 is in a quotation of the second speaker" is decided without
//! reading the document. When a hit is shown, the zones are computed again from the stored text and extraction. Both
//! use [`zones`], so the two cannot disagree.
//!
//! A word belongs to a span when they share a byte. `The mayor said, “We agree.”` has the zone 3..5, quoted.

use sayso_core::document::{Document, Kind, RegionKind};
use sayso_core::extract::{Extraction, QuoteKind};
use sayso_core::span::Span;
use sayso_core::text::numbering::Numbering;
use std::ops::Range;

/// The kind of a zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ZoneKind {
    /// A piece of a quotation between quote marks.
    Quoted,
    /// A piece of a quotation outside quote marks: reported speech.
    Reported,
    /// Headline or subhead.
    Headline,
    /// A claim.
    Claim,
}

/// A range of words in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Zone {
    /// The number of its first word.
    pub from: u32,
    /// The number after its last word.
    pub to: u32,
    pub part: ZoneKind,
    /// The speaker of the words: see [`who_of`].
    pub who: u16,
}

/// No speaker, or an unknown one.
pub(crate) const NOBODY: u16 = 0;
/// The issuer of a statement, who is the speaker of all of it that is attributed to nobody else.
pub(crate) const ISSUER: u16 = u16::MAX;
/// The speaker whom a document names in its metadata, if it is not a statement.
pub(crate) const NAMED: u16 = u16::MAX - 1;

/// The number of a speaker (a position in [`Extraction::speakers`]) in zones and in the column `speakers`. After the
/// first 65,000 speakers of a document, the rest count as [`NOBODY`].
pub(crate) fn who_of(speaker: Option<u32>) -> u16 {
    speaker.and_then(|s| u16::try_from(s + 1).ok()).filter(|who| *who < NAMED).unwrap_or(NOBODY)
}

/// The maximum length of a zone in words. A longer one is split into several that overlap by [`OVERLAP`] words.
const LONGEST: u32 = (1 << 15) - 1;
const OVERLAP: u32 = 1024;

impl Zone {
    /// The zone as a number: 30 bits for the first word, 16 for the speaker, 15 for the length, 3 for the kind.
    fn pack(self) -> u64 {
        let length = u64::from((self.to - self.from).min(LONGEST));
        u64::from(self.from) << 34 | u64::from(self.who) << 18 | length << 3 | self.part as u64
    }

    /// The inverse of [`Zone::pack`].
    pub(crate) fn unpack(number: u64) -> Zone {
        let from = (number >> 34) as u32;
        let part = [ZoneKind::Quoted, ZoneKind::Reported, ZoneKind::Headline, ZoneKind::Claim][(number & 3) as usize];
        Zone { from, to: from + (number >> 3 & 0x7fff) as u32, part, who: (number >> 18) as u16 }
    }

    fn holds(&self, first: u32, last: u32) -> bool {
        self.from <= first && last < self.to
    }

    fn touches(&self, first: u32, last: u32) -> bool {
        self.from <= last && first < self.to
    }
}

/// The zones of a text as numbers for the index. Zones that are too long are split.
pub(crate) fn packed(zones: &[Zone]) -> Vec<u64> {
    let mut numbers = Vec::with_capacity(zones.len());
    for zone in zones {
        let mut rest = *zone;
        while rest.to - rest.from > LONGEST {
            numbers.push(Zone { to: rest.from + LONGEST, ..rest }.pack());
            rest.from += LONGEST - OVERLAP;
        }
        numbers.push(rest.pack());
    }
    numbers
}

/// The result of [`zones`].
pub(crate) struct Zoned {
    /// The zones, those of headlines first.
    pub zones: Vec<Zone>,
    /// The text between quote marks: runs of whole words, in order and without overlap.
    pub quoted: Vec<Span>,
    /// For each figure, the number of its first word.
    pub figures: Vec<u32>,
}

/// The zones of a document and the word numbers of its figures. One pass over the text.
pub(crate) fn zones(text: &str, extraction: &Extraction) -> Zoned {
    let numbering = Numbering::of(text);
    let (mut zones, mut quoted) = (Vec::new(), Vec::new());
    let mut put = |span: Span, part: ZoneKind, who: u16| {
        let Range { start: from, end: to } = numbering.numbers(span);
        if from < to {
            zones.push(Zone { from, to, part, who });
            if part == ZoneKind::Quoted {
                quoted.push(numbering.extent(span));
            }
        }
    };
    let headlines = extraction.regions.iter().filter(|r| matches!(r.kind, RegionKind::Headline | RegionKind::Subhead));
    headlines.for_each(|region| put(region.span, ZoneKind::Headline, NOBODY));
    for quote in &extraction.quotes {
        let who = who_of(quote.speaker);
        for span in &quote.content {
            let Some(piece) = text.get(span.range()) else { continue };
            let part = if is_quoted(quote.kind, piece) { ZoneKind::Quoted } else { ZoneKind::Reported };
            put(*span, part, who);
        }
    }
    extraction.claims.iter().for_each(|claim| put(claim.span, ZoneKind::Claim, NOBODY));
    let figures = extraction.figures.iter().map(|figure| numbering.numbers(figure.span).start).collect();
    Zoned { zones, quoted: joined(quoted), figures }
}

/// Sorts runs of words and merges those that share a word.
fn joined(mut runs: Vec<Span>) -> Vec<Span> {
    runs.sort_unstable();
    let mut joined: Vec<Span> = Vec::with_capacity(runs.len());
    for run in runs {
        match joined.last_mut() {
            Some(last) if run.start < last.end => last.end = last.end.max(run.end),
            _ => joined.push(run),
        }
    }
    joined
}

/// Whether a piece of a quotation is between quote marks. True for all pieces of a direct quotation, and for those of a
/// mixed one that start with a mark.
pub(crate) fn is_quoted(kind: QuoteKind, piece: &str) -> bool {
    match kind {
        QuoteKind::Direct => true,
        QuoteKind::Mixed => piece.starts_with(is_quote_mark),
        QuoteKind::Indirect => false,
    }
}

fn is_quote_mark(c: char) -> bool {
    "\"'“”„‟‘’‚«»‹›`´「『＂".contains(c)
}

/// The places at which the words of a query may match.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Within {
    pub part: Confine,
    /// Whether they must be in a claim.
    pub claims: bool,
}

/// The part of the text in which they must be: see [`Within`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Confine {
    #[default]
    Anywhere,
    /// Between quote marks.
    Quotes,
    /// Entirely outside quote marks.
    Narration,
    /// In the headline.
    Headline,
    /// In a quotation of the speaker who is searched for, or in a statement of theirs outside quotations of others.
    Said,
    /// Between quote marks, in a quotation of the speaker who is searched for.
    SaidInQuotes,
}

impl Within {
    /// Whether there is no restriction.
    pub(crate) fn is_anywhere(self) -> bool {
        self == Within::default()
    }

    /// Whether quote marks alone decide it.
    pub(crate) fn is_by_marks(self) -> bool {
        matches!(self.part, Confine::Quotes | Confine::Narration) && !self.claims
    }

    /// Whether it depends on the speaker.
    pub(crate) fn asks_who(self) -> bool {
        matches!(self.part, Confine::Said | Confine::SaidInQuotes)
    }

    /// The answer for every place of a document, if the kinds of its zones alone decide it. A text without a quotation
    /// is all narration and has nothing between quote marks.
    pub(crate) fn everywhere(self, zones: &[Zone]) -> Option<bool> {
        let has = |part: ZoneKind| zones.iter().any(|z| z.part == part);
        match self.part {
            _ if self.claims && !has(ZoneKind::Claim) => Some(false),
            Confine::Quotes | Confine::SaidInQuotes if !has(ZoneKind::Quoted) => Some(false),
            Confine::Headline if !has(ZoneKind::Headline) => Some(false),
            Confine::Narration if !self.claims && !has(ZoneKind::Quoted) => Some(true),
            _ => None,
        }
    }

    /// Whether the words from `first` to `last` are in a permitted place. `whos` are the numbers of the speaker who is
    /// searched for, in order.
    pub(crate) fn admits(self, zones: &[Zone], whos: &[u16], first: u32, last: u32) -> bool {
        let held = |part: ZoneKind| zones.iter().any(|z| z.part == part && z.holds(first, last));
        let theirs = |z: &&Zone| whos.binary_search(&z.who).is_ok();
        let said = |z: &&Zone| matches!(z.part, ZoneKind::Quoted | ZoneKind::Reported);
        let part = match self.part {
            Confine::Anywhere => true,
            Confine::Quotes => held(ZoneKind::Quoted),
            Confine::Headline => held(ZoneKind::Headline),
            Confine::Narration => !zones.iter().any(|z| z.part == ZoneKind::Quoted && z.touches(first, last)),
            Confine::Said => {
                let issued = whos.last() == Some(&ISSUER);
                zones.iter().filter(said).filter(theirs).any(|z| z.holds(first, last))
                    || issued && !zones.iter().filter(said).any(|z| !theirs(&z) && z.touches(first, last))
            }
            Confine::SaidInQuotes => {
                zones.iter().filter(theirs).any(|z| z.part == ZoneKind::Quoted && z.holds(first, last))
            }
        };
        part && (!self.claims || held(ZoneKind::Claim))
    }
}

/// The distance between the positions of two speakers' names in the column `speakers`: names start at 1024 × `who`.
pub(crate) const NAMES_OF_ONE: u32 = 1024;

/// In the value of the column, [`NEXT_NAME`] separates the names of one speaker, and [`NEXT_SPEAKER`] separates
/// speakers.
pub(crate) const NEXT_NAME: char = '\u{1e}';
pub(crate) const NEXT_SPEAKER: char = '\u{1d}';
/// Precede the name of a statement's issuer, and of the speaker whom another document names in its metadata.
pub(crate) const THE_ISSUER: char = '\u{1c}';
pub(crate) const NAMED_AS_SPEAKER: char = '\u{1f}';

/// The value of the column `speakers`: the names and mentions of each quoted speaker, in order, and at the end the
/// issuer or the speaker named in the metadata.
pub(crate) fn names(document: &Document, text: &str, extraction: &Extraction) -> String {
    let mut value = String::new();
    let push = |value: &mut String, name: &str| {
        value.push(NEXT_NAME);
        value.extend(name.chars().map(|c| if c.is_control() { ' ' } else { c }));
    };
    for speaker in &extraction.speakers {
        value.push(NEXT_SPEAKER);
        push(&mut value, &speaker.name);
        let mut seen: Vec<&str> = vec![&speaker.name];
        for mention in speaker.aliases.iter().filter_map(|span| text.get(span.range())) {
            if !seen.contains(&mention) {
                seen.push(mention);
                push(&mut value, mention);
            }
        }
    }
    if let Some(issuer) = &document.speaker {
        value.push(if document.kind == Kind::Statement { THE_ISSUER } else { NAMED_AS_SPEAKER });
        push(&mut value, issuer);
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_zone_is_read_back(from in 0u32..1 << 30, length in 1u32..LONGEST, who in 0u16.., part in 0usize..4) {
            let part = [ZoneKind::Quoted, ZoneKind::Reported, ZoneKind::Headline, ZoneKind::Claim][part];
            let zone = Zone { from, to: from + length, part, who };
            prop_assert_eq!(Zone::unpack(zone.pack()), zone);
        }
    }

    #[test]
    fn a_long_zone_is_cut_so_that_every_phrase_stands_in_a_piece() {
        let zone = Zone { from: 7, to: 100_000, part: ZoneKind::Quoted, who: 3 };
        let pieces: Vec<Zone> = packed(&[zone]).into_iter().map(Zone::unpack).collect();
        assert!(pieces.len() > 3);
        let within = Within { part: Confine::Quotes, claims: false };
        for first in 0..100_010 {
            let last = first + OVERLAP - 1;
            assert_eq!(within.admits(&pieces, &[], first, last), zone.holds(first, last), "{first}");
        }
    }
}
