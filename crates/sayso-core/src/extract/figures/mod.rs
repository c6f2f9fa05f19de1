//! Figures and dates: every number of a text with its value, what it counts or measures, how it is put, and when. A page
//! goes in, [`Figure`]s come out, in the order of the text.
//!
//! One pass over the tokens stops only at digits, signs for fractions and the trigger words of the lexicon; at each such
//! place the named readers of [`mod@readers`] are tried in their order. They read a time expression ([`time`]) or else a numeral
//! ([`numeral`], [`words`]) and what stands around it: the unit ([`measure`]), the counted noun ([`nouns`]), the hedge and the direction ([`hedges`]). Whatever
//! only looks like a figure is told by a named rule ([`names`]). No rule looks further than a few tokens.
//!
//! `more than 40,000 new retweets` → 40000, noun *retweets*, op `>`; `the past three months` → `P3M`.

mod ages;
mod amounts;
mod bases;
mod brackets;
mod codes;
mod compound;
mod digits;
mod ellipsis;
mod hedges;
mod measure;
mod names;
mod nouns;
mod numeral;
mod ordinals;
mod pounds;
mod ranges;
mod ranks;
mod readers;
mod rejections;
mod rows;
mod shares;
mod sides;
mod sums;
mod time;
mod window;
mod words;

use crate::document::Document;
use crate::extract::{Figure, FigureKind, Op, Quote};
use crate::language::figures::Class;
use crate::language::lists::List;
use crate::room;
use crate::span::Span;
use crate::text::{Page, Token, TokenKind};
use hedges::Bound;
use numeral::Numeral;
use rust_decimal::Decimal;
use std::ops::Range;
use time::{Timed, When};
pub use window::Rejected;
use window::Window;

/// Appends all figures within `tokens` (whole sentences) to `out`, in order. Linear; nothing is allocated for a place
/// that turns out to be no figure. Relative dates are left open for [`resolve`]. Stops when `out` holds more than `most`.
pub fn scan(page: &Page, tokens: Range<usize>, most: usize, out: &mut Vec<Figure>) {
    scan_noting(page, tokens, most, out, None);
}

/// The names of the rules by which numbers are refused.
pub fn rejections() -> Vec<&'static str> {
    rejections::names()
}

/// The names of the readers of figures, in the order in which they are tried.
pub fn readers() -> Vec<&'static str> {
    readers::names().collect()
}

/// The numbers of a page that are no figures, in the order of the text, each with the rule that refused it. Linear: the page
/// is scanned once more.
pub fn rejected(page: &Page) -> Vec<Rejected> {
    let (refused, mut figures) = (window::Refused::default(), Vec::new());
    scan_noting(page, 0..page.tokens.len(), usize::MAX, &mut figures, Some(&refused));
    let mut all = refused.into_inner();
    all.sort_by_key(|one| (one.span.start, one.span.end));
    all.dedup_by_key(|one| one.span);
    // What one rule refused and another reads is a figure.
    let mut next = 0;
    all.retain(|one| {
        while figures.get(next).is_some_and(|figure| figure.span.end <= one.span.start) {
            next += 1;
        }
        !figures.get(next).is_some_and(|figure| figure.span.overlaps(one.span))
    });
    all
}

fn scan_noting(
    page: &Page,
    tokens: Range<usize>,
    most: usize,
    out: &mut Vec<Figure>,
    refused: Option<&window::Refused>,
) {
    // Nothing is read across the edge of a paragraph: a window is one paragraph, or what of it lies within `tokens`.
    let from = page.paragraphs.partition_point(|paragraph| paragraph.tokens.end as usize <= tokens.start);
    for paragraph in &page.paragraphs[from..] {
        let start = tokens.start.max(paragraph.tokens.start as usize);
        let end = tokens.end.min(paragraph.tokens.end as usize);
        if start >= end {
            break;
        }
        scan_window(Window::new(page, start, end).noting(refused), &tokens, most, out);
    }
}

/// The figures of a window, which is a part of the tokens `all`.
fn scan_window(window: Window, all: &Range<usize>, most: usize, out: &mut Vec<Figure>) {
    let (page, words) = (window.page, window.words);
    let mut at = window.start;
    while at < window.end && out.len() <= most {
        let stops = |(at, token): (usize, &Token)| match token.kind {
            TokenKind::Number => true,
            TokenKind::Word => words.triggers.contains(token.word) || token.is_capital() && window.is_coded(at),
            TokenKind::Symbol => page.text.as_bytes()[token.start as usize] >= 0xc2,
            TokenKind::Stop => window.is_decimal_point(at),
            _ => false,
        };
        let Some(next) = (at..window.end).zip(&page.tokens[at..window.end]).position(stops) else { break };
        at += next;
        room::expect(out, (at + 1 - all.start, all.len()));
        let before = out.len();
        at = window.figure(at, out).max(at + 1);
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
    let window = Window::new(page, start, end);
    let first = start + page.tokens.get(start..end)?.partition_point(|token| token.start < at);
    window.numeral(first, numeral::Expect::Any).map(|numeral| (numeral.value, numeral.place))
}

/// What needs the whole document: relative dates are set against [`Document::day`] or the day on which they were spoken,
/// shares joined with their bases. The figures are those that [`scan`] found on this page, in order, each with the
/// quotation that it stands in.
pub fn resolve(page: &Page, document: &Document, quotes: &[Quote], figures: &mut [Figure]) {
    time::place(page, document, quotes, figures);
    bases::join(page, figures);
}

impl Window<'_, '_> {
    /// Adds the time expression at `at`, if there is one; gives the next token.
    fn timed(&self, at: usize, out: &mut Vec<Figure>) -> Option<usize> {
        let timed = self.time(at)?;
        let end = timed.end;
        self.push_time(timed, out);
        Some(end)
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
            let hung = || self.bound_after(self.token_from(numeral.first, numeral.span.end));
            let bound =
                self.bound(timed.first, timed.end).or_else(|| self.bound(numeral.first, timed.end)).or_else(hung);
            let coarse = !self.is_clock_unit(numeral.end);
            let over = |bound: &Bound| self.page.token_at(bound.span.start) as usize;
            let bound = bound.filter(|bound| !(coarse && self.is_span_of_doing(over(bound), timed.end)));
            // "under 24-hour guard": a preposition
            let led = |bound: &Bound| self.listed(over(bound), List::BoundPrepositions);
            let bound = bound.filter(|bound| !(led(bound) && self.is_attribute(&numeral, timed.end)));
            figure.op = bound.as_ref().map_or_else(|| self.plain_op(timed.first, &numeral), |bound| bound.op);
            figure.hedge = bound.map(|bound| bound.span);
        }
        if let Some(numeral) = numeral.filter(|_| timed.kind == FigureKind::Duration) {
            figure.value = Some(numeral.value.normalize());
            figure.precision = Some(numeral.place.normalize());
            let written = |unit: usize| {
                let text = self.rest(self.byte(unit));
                self.units.word(text).or_else(|| self.units.symbol(text))
            };
            let unit = self.time_unit(numeral.end).and_then(written);
            if let Some((_, unit)) = unit {
                figure.unit = Some(unit.code.into());
                figure.unit_name = Some(unit.name.into());
            }
        }
        out.push(figure);
    }

    /// `24-hour guard`, `24 hour surveillance`: a length of time that tells of what kind the noun behind it is.
    fn is_attribute(&self, numeral: &Numeral, end: usize) -> bool {
        let unit = end.wrapping_sub(1);
        let hung = self.inner_hyphen(numeral.end) || numeral.value > Decimal::ONE && self.is(unit, Class::UNIT);
        hung && self.in_phrase(end)
    }

    /// Whether the unit behind a numeral that ends at `at` is an hour or less.
    fn is_clock_unit(&self, at: usize) -> bool {
        self.time_unit(at).is_some_and(|unit| self.entry(unit).code.starts_with('T'))
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
        let before = at.wrapping_sub(1);
        let begins = !self.glued(before)
            || matches!(self.kind(before), Some(TokenKind::Open | TokenKind::Mark | TokenKind::Symbol))
            || self.is_kind(before, TokenKind::Hyphen) && !self.glued(before.wrapping_sub(1));
        self.glued(at) && self.is_kind(at + 1, TokenKind::Number) && begins
    }
}

/// Sets open dates against the document's day; without one they have no value.
fn placed(iso: &str, day: Option<jiff::civil::Date>) -> Option<String> {
    match When::decode(iso) {
        Some(when) => when.place(day?),
        None => Some(iso.to_owned()),
    }
}
