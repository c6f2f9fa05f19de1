//! Where the quoted words stand: the stretches of the source that a quotation follows, and the edit script.

use super::place;
use crate::span::Span;
use crate::trace::align::Step;
use crate::trace::pieces::{Mark, Quoted};
use crate::trace::spoken::{Spoken, is_gap};
use crate::trace::{EditOp, OpKind};
use std::ops::Range;

/// Reads an alignment that was judged.
pub(super) struct Script<'a> {
    pub(super) quote: &'a [Quoted],
    pub(super) spoken: &'a Spoken,
    pub(super) steps: &'a [Step],
    pub(super) cues: &'a [u32],
}

impl Script<'_> {
    fn span(&self, p: u32) -> Span {
        self.spoken.words[p as usize].span
    }

    fn turn(&self, p: u32) -> u32 {
        self.spoken.places[p as usize].turn
    }

    fn is_cue(&self, p: u32) -> bool {
        self.cues.binary_search(&p).is_ok()
    }

    /// The stretches of the source that the quotation follows, in its order. A few words left out do not part them, an
    /// interruption does.
    pub(super) fn passages(&self) -> Vec<Span> {
        const PARTS: u32 = 3;
        let mut out: Vec<(u32, u32)> = Vec::new();
        for (i, step) in self.steps.iter().enumerate() {
            let Some(p) = place(*step) else { continue };
            let marked = self.quote[i].mark > Mark::None;
            match out.last_mut() {
                Some((_, to))
                    if self.turn(*to) == self.turn(p)
                        && !self.is_cue(*to + 1)
                        && (p == *to + 1 || (p > *to && p - *to <= PARTS && !marked)) =>
                {
                    *to = p;
                }
                _ => out.push((p, p)),
            }
        }
        out.into_iter().map(|(a, b)| self.span(a).cover(self.span(b))).collect()
    }

    /// The steps with neighbours of one kind joined, and deletions where the source goes on without the quotation. What
    /// nobody says stands in no step.
    pub(super) fn ops(&self) -> Vec<EditOp> {
        let mut out: Vec<EditOp> = Vec::new();
        let mut at: Option<u32> = None;
        for (i, step) in self.steps.iter().enumerate() {
            let quote = self.quote[i].word.span;
            let kind = match step {
                Step::Equal(_) => OpKind::Equal,
                Step::Replace(_) => OpKind::Replace,
                Step::Insert => OpKind::Insert,
            };
            let source = match (place(*step), at) {
                (Some(p), _) => self.span(p),
                (None, Some(p)) => Span::new(self.span(p).end, self.span(p).end),
                (None, None) => self.before_first(),
            };
            let mut joins = true;
            if let (Some(p), Some(last)) = (place(*step), at) {
                joins = p == last + 1 && !self.spoken.places[p as usize].parted;
                let here = out.last().map_or(quote.start, |op| op.quote.end);
                out.extend(self.missing(last + 1..p).into_iter().map(|source| EditOp {
                    kind: OpKind::Delete,
                    quote: Span::new(here, here),
                    source,
                }));
            }
            match out.last_mut() {
                Some(op) if op.kind == kind && joins => {
                    op.quote = op.quote.cover(quote);
                    op.source = op.source.cover(source);
                }
                _ => out.push(EditOp { kind, quote, source }),
            }
            at = place(*step).or(at);
        }
        out
    }

    /// The words of a stretch of the source, in one piece for each that nothing interrupts.
    fn missing(&self, places: Range<u32>) -> Vec<Span> {
        let mut out: Vec<Span> = Vec::new();
        let mut parted = true;
        for p in places {
            parted |= self.spoken.places[p as usize].parted;
            if is_gap(&self.spoken.words[p as usize]) || self.is_cue(p) {
                parted |= self.is_cue(p);
                continue;
            }
            match out.last_mut() {
                Some(last) if !parted => *last = last.cover(self.span(p)),
                _ => out.push(self.span(p)),
            }
            parted = false;
        }
        out
    }

    /// Where the first paired word stands.
    fn before_first(&self) -> Span {
        let first = self.steps.iter().find_map(|s| place(*s)).map_or(0, |p| self.span(p).start);
        Span::new(first, first)
    }
}
