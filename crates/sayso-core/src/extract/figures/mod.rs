//! Figures and dates: every number of a text with its value, what it counts or measures, how it is put, and when. A page
//! goes in, [`Figure`]s come out, in the order of the text.
//!
//! One pass over the tokens stops only at digits, signs for fractions and the trigger words of the lexicon; at each such
//! place a small grammar reads a time expression ([`time`]) or else a numeral ([`numeral`], [`words`]) and what stands
//! around it: the unit ([`measure`]), the counted noun ([`nouns`]), the hedge and the direction ([`hedges`]). Whatever
//! only looks like a figure is told by a named rule ([`names`]). No rule looks further than a few tokens.
//!
//! `more than 40,000 new retweets` → 40000, noun *retweets*, op `>`; `the past three months` → `P3M`.

mod ages;
mod amounts;
mod bases;
mod compound;
mod digits;
mod ellipsis;
mod hedges;
mod measure;
mod names;
mod nouns;
mod numeral;
mod ordinals;
mod ranges;
mod ranks;
mod reader;
mod shares;
mod sides;
mod time;
mod words;

pub use nouns::singular;

use crate::document::Document;
use crate::extract::{Figure, FigureKind, Op, Quote};
use crate::language::figures::Class;
use crate::span::Span;
use crate::text::{Page, TokenKind};
use numeral::Numeral;
use reader::Reader;
use rust_decimal::Decimal;
use std::ops::Range;
use time::{Timed, When};

/// Appends all figures within `tokens` (whole sentences) to `out`, in order. Linear; nothing is allocated for a place
/// that turns out to be no figure. Relative dates are left open for [`resolve`].
pub fn scan(page: &Page, tokens: Range<usize>, out: &mut Vec<Figure>) {
    // Nothing is read across the edge of a paragraph: a window is one paragraph, or what of it lies within `tokens`.
    let from = page.paragraphs.partition_point(|paragraph| paragraph.tokens.end as usize <= tokens.start);
    for paragraph in &page.paragraphs[from..] {
        let start = tokens.start.max(paragraph.tokens.start as usize);
        let end = tokens.end.min(paragraph.tokens.end as usize);
        if start >= end {
            break;
        }
        scan_window(page, start, end, out);
    }
}

fn scan_window(page: &Page, start: usize, end: usize, out: &mut Vec<Figure>) {
    let (words, units) = (&page.lexicon.figures, &page.lexicon.units);
    let reader = Reader { page, words, units, start, end };
    let mut at = start;
    while at < end {
        let token = &page.tokens[at];
        let stops = match token.kind {
            TokenKind::Number => true,
            TokenKind::Word => words.triggers.contains(token.word) || reader.is_coded(at),
            TokenKind::Symbol => page.text.as_bytes()[token.start as usize] >= 0xc2,
            TokenKind::Stop => reader.is_decimal_point(at),
            _ => false,
        };
        if !stops {
            at += 1;
            continue;
        }
        let before = out.len();
        at = reader.figure(at, out).max(at + 1);
        // Two readings of one place: the first stands.
        if let [.., last, new] = &out[..out.len().min(before + 1)]
            && out.len() > before
            && new.span.start < last.span.end
        {
            out.truncate(before);
        }
    }
}

/// What the numeral that begins at a place of a page says, and the last place that it writes: 3 of `Three years ago`.
pub fn numeral_at(page: &Page, at: u32) -> Option<(Decimal, Decimal)> {
    let paragraph = page.paragraph_at(at)?;
    let (start, end) = (paragraph.tokens.start as usize, paragraph.tokens.end as usize);
    let reader = Reader { page, words: &page.lexicon.figures, units: &page.lexicon.units, start, end };
    let first = start + page.tokens.get(start..end)?.partition_point(|token| token.start < at);
    reader.numeral(first, numeral::Expect::Any).map(|numeral| (numeral.value, numeral.place))
}

/// What needs the whole document: relative dates are set against [`Document::day`] or the day on which they were spoken,
/// shares joined with their bases. The figures are those that [`scan`] found on this page, in order, each with the
/// quotation that it stands in.
pub fn resolve(page: &Page, document: &Document, quotes: &[Quote], figures: &mut [Figure]) {
    time::place(page, document, quotes, figures);
    bases::join(page, figures);
}

impl Reader<'_, '_> {
    /// Reads what begins at `at`; gives the next token to look at.
    fn figure(&self, at: usize, out: &mut Vec<Figure>) -> usize {
        if self.token(at).is_some_and(|token| out.last().is_some_and(|last| token.start < last.span.end)) {
            return at + 1;
        }
        if self.is_kind(at, TokenKind::Word) && self.is_coded(at) {
            return self.coded(at, out);
        }
        if let Some(end) = self.tens_of_life(at, out).or_else(|| self.age_group(at, out)) {
            return end;
        }
        if let Some(timed) = self.time(at) {
            let end = timed.end;
            self.push_time(timed, out);
            return end;
        }
        if let Some(end) = self.relative_rank(at, out).or_else(|| self.ordinal(at, out)) {
            return end;
        }
        if let Some(end) = self.multiple(at, out).or_else(|| self.one_unit(at, out)) {
            return end;
        }
        self.amount(at, out)
    }

    /// Adds a time expression, cut where it would run into the figure before it.
    fn push_time(&self, timed: Timed, out: &mut Vec<Figure>) {
        // "the last few weeks": what was read as a rank belongs to the time.
        if out.last().is_some_and(|last| {
            last.kind == FigureKind::Ordinal && last.iso.is_some() && last.span.start >= self.byte(timed.first)
        }) {
            out.pop();
        }
        let floor = out.last().map_or(0, |last| last.span.end);
        let mut first = timed.first;
        while self.byte(first) < floor && first + 1 < timed.end {
            first += 1;
        }
        let span = Span::new(self.byte(first), self.byte_after(timed.end.wrapping_sub(1)));
        let iso = Some(timed.when.encode());
        let numeral = timed.numeral.filter(|numeral| span.contains(numeral.span));
        let mut figure = Figure { iso, ..Figure::new(timed.kind, span, numeral.map_or(span, |numeral| numeral.span)) };
        if let Some(numeral) = timed.numeral {
            // "nearly forty years", "more than two years ago"
            let bound = self.bound(timed.first, timed.end).or_else(|| self.bound(numeral.first, timed.end));
            figure.op = bound.as_ref().map_or_else(|| self.plain_op(timed.first, &numeral), |bound| bound.op);
            figure.hedge = bound.map(|bound| bound.span);
        }
        if let Some(numeral) = numeral.filter(|_| timed.kind == FigureKind::Duration) {
            figure.value = Some(numeral.value.normalize());
            figure.precision = Some(numeral.place.normalize());
            let unit = self.time_unit(numeral.end).and_then(|unit| self.units.word(self.rest(self.byte(unit))));
            if let Some((_, unit)) = unit {
                figure.unit = Some(unit.code.into());
                figure.unit_name = Some(unit.name.into());
            }
        }
        out.push(figure);
    }

    /// How a length of time is put that no hedge bounds: `the past two decades` is a round span, as nobody reckons back
    /// from today by decades or centuries to the day.
    fn plain_op(&self, first: usize, numeral: &Numeral) -> Op {
        let coarse = self.time_unit(numeral.end).is_some_and(|unit| matches!(self.entry(unit).code, "E" | "C"));
        let from_now = (first..numeral.first).any(|at| self.is(at, Class::ANCHOR));
        if coarse && from_now { Op::About } else { Op::Equal }
    }

    /// `.25`: a full stop that begins a number.
    fn is_decimal_point(&self, at: usize) -> bool {
        self.glued(at) && self.is_kind(at + 1, TokenKind::Number) && !self.glued(at.wrapping_sub(1))
    }

    /// `USD115`, `FY2016`, `Q3`: one to three capital letters and digits in one word.
    fn is_coded(&self, at: usize) -> bool {
        let text = self.text(at).as_bytes();
        let [first, .., last] = text else { return false };
        if !last.is_ascii_digit() || !first.is_ascii_uppercase() {
            return false;
        }
        let letters = text.iter().take_while(|byte| byte.is_ascii_uppercase()).count();
        match letters {
            1 => text.len() == 2 && matches!(first, b'Q' | b'H'),
            2 => text.starts_with(b"FY"),
            3 => text[3].is_ascii_digit(),
            _ => false,
        }
    }

    /// Reads such a word; gives the next token.
    fn coded(&self, at: usize, out: &mut Vec<Figure>) -> usize {
        match self.coded_period(at) {
            Some(timed) => {
                let end = timed.end;
                self.push_time(timed, out);
                end
            }
            None => self.code_number(at, out),
        }
    }
}

/// Sets open dates against the document's day; without one they have no value.
fn placed(iso: &str, day: Option<jiff::civil::Date>) -> Option<String> {
    match When::decode(iso) {
        Some(when) => when.place(day?),
        None => Some(iso.to_owned()),
    }
}
