//! What the ends of a quotation cut off or go past: a condition, a denial, whose words they are, and words that a release does not
//! quote.

use super::{DOUBLE, Judge, ends_sentence, opens};
use crate::span::Span;
use crate::trace::sources::Statement;
use crate::trace::spoken::is_gap;
use crate::trace::{ChangeKind, Reason, lexicon};
use crate::words::{self, Word, WordClass, key};
use std::ops::Range;

impl Judge<'_> {
    /// What the statement makes the quoted words depend on, and the quotation's end cuts off: `… unless the river rises`.
    pub(super) fn goes_on(&mut self, last: Option<u32>) {
        const WHOLE: usize = 4;
        let Some(last) = last.filter(|_| self.quote.len() >= WHOLE) else { return };
        let (here, next) = (self.source.get(last as usize), self.source.get(last as usize + 1));
        let Some((here, next)) = here.zip(next).filter(|(_, next)| !is_gap(next)) else { return };
        let gap = self.source_text.get(here.span.end as usize..next.span.start as usize);
        if gap.is_some_and(|gap| !ends_sentence(gap)) && lexicon::is_condition(next.span.of(self.source_text)) {
            self.because.push(Reason::ConditionLost);
        }
    }

    /// Whether words at an end of the quotation lie beyond what a release quotes: its marks open (or close) in the middle of a
    /// sentence, so it tells nothing of the words that the coverage has there. `right` is the first word that both have,
    /// `left` the last.
    pub(super) fn is_beyond(&mut self, own: Range<usize>, right: Option<u32>, left: Option<u32>) -> bool {
        let release = self.quote.len() > 1 && !self.spoken.turns.is_transcript();
        if own.is_empty() || !release || self.quote[own.clone()].iter().any(|q| q.bracketed) {
            return false;
        }
        let word = |p: Option<u32>| p.and_then(|p| self.source.get(p as usize)).filter(|word| !is_gap(word));
        let (before, after) = match (right, left) {
            (Some(p), _) => (word(p.checked_sub(1)), word(Some(p))),
            (_, Some(p)) => (word(Some(p)), word(Some(p + 1))),
            _ => return false,
        };
        let gap = before.zip(after).and_then(|(a, b)| self.source_text.get(a.span.end as usize..b.span.start as usize));
        let parts = gap.is_some_and(|gap| {
            let mark = gap.trim();
            mark.chars().count() == 1
                && mark.starts_with(DOUBLE)
                && match right {
                    Some(_) => gap.ends_with(DOUBLE),
                    None => gap.starts_with(DOUBLE),
                }
        });
        if parts {
            self.because.push(Reason::QuotedInPart);
        }
        parts
    }

    /// What stands before the quoted words in their sentence of the source, and is cut off: a condition (`If the frost
    /// holds, we will …`), a denial (`I do not think that …`), or that others are said to say so (`Some people say …`). What
    /// the coverage says itself beside the quotation is not cut off.
    pub(super) fn begins(&mut self, first: Option<u32>) {
        const WHOLE: usize = 4;
        const MOST: usize = 12;
        const NEAR: usize = 3;
        let Some(first) = first.filter(|_| self.quote.len() >= WHOLE) else { return };
        let parts = |p: usize| {
            let (a, b) = (self.source[p - 1].span.end as usize, self.source[p].span.start as usize);
            let between = self.source_text.get(a..b).unwrap_or_default();
            is_gap(&self.source[p - 1]) || ends_sentence(between) || between.contains(DOUBLE)
        };
        let mut from = first as usize;
        while from > 0 && first as usize - from < MOST && !parts(from) {
            from -= 1;
        }
        let before = &self.source[from..first as usize];
        let written = |word: &Word| word.span.of(self.source_text);
        let Some(last) = before.last() else { return };
        let beside = self.beside();
        let says = |key: u64| beside.iter().any(|word| word.key == key);
        let denies = |word: &&Word| word.class == WordClass::Negation;
        // A condition begins a clause.
        let begins = |i: usize| {
            let gap = i
                .checked_sub(1)
                .and_then(|b| self.source_text.get(before[b].span.end as usize..before[i].span.start as usize));
            gap.is_none_or(|gap| gap.contains([',', ';', '—', '–', '(']))
        };
        let condition = (0..before.len())
            .any(|i| lexicon::is_condition(written(&before[i])) && (i + 1 == before.len() || begins(i)));
        let conditioned = beside.iter().any(|word| lexicon::is_condition(word.span.of(self.text)));
        if condition && !conditioned {
            self.because.push(Reason::ConditionLost);
        }
        // `costs will double` of *there is a risk that costs will double*
        if let [.., one, two] = before
            && lexicon::softens(written(one), written(two))
            && !says(one.key)
            && !beside.iter().any(|word| lexicon::is_hedge(word.span.of(self.text)))
        {
            self.because.push(Reason::HedgeLost);
        }
        let denied = beside.iter().any(|word| word.class == WordClass::Negation);
        if denies(&last) && !denied {
            return self.changes.push(ChangeKind::Negation);
        }
        let frame = match last.key == const { key("that") } {
            true => &before[..before.len() - 1],
            false => before,
        };
        let Some((verb, subject)) = frame.split_last().filter(|(verb, _)| lexicon::reports(written(verb))) else {
            return;
        };
        let near = &subject[subject.len().saturating_sub(NEAR)..];
        if near.iter().any(|word| denies(&word)) {
            if !denied {
                self.changes.push(ChangeKind::Negation);
            }
        } else if near.last().is_some_and(|word| word.key != const { key("to") })
            && !near.iter().any(|word| lexicon::is_own_voice(written(word)))
            && !says(verb.key)
            && self.is_said(first)
        {
            self.because.push(Reason::FrameLost);
        }
    }

    /// Whether a word is somebody's in whose words a frame may stand: in a release that quotes people it stands between marks,
    /// or a frame before it only says whose words follow.
    fn is_said(&self, p: u32) -> bool {
        let before = self.source_text.get(..self.source[p as usize].span.start as usize).unwrap_or_default();
        let line = &before[before.rfind('\n').map_or(0, |at| at + 1)..];
        !self.release.is_some_and(Statement::quotes_people) || opens(line)
    }

    /// The words of the coverage beside the quotation, in its sentence.
    fn beside(&self) -> Vec<Word> {
        let (Some(first), Some(last)) = (self.quote.first(), self.quote.last()) else { return Vec::new() };
        let before = self.text.get(..first.word.span.start as usize).unwrap_or_default();
        let after = self.text.get(last.word.span.end as usize..).unwrap_or_default();
        let from = before.rfind(['.', '!', '?', '\n']).map_or(0, |at| at + 1);
        let to = after.find(['.', '!', '?', '\n']).unwrap_or(after.len());
        let mut out = words::words(self.text, Span::at(from, before.len()));
        out.extend(words::words(self.text, Span::at(last.word.span.end as usize, last.word.span.end as usize + to)));
        out
    }
}
