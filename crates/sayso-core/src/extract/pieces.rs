//! A long document is cut between paragraphs into pieces of about [`PIECE`], which are worked on a few at a time: what the
//! pieces give is joined before more of them begin, so that it does not stand in memory twice.

use super::Runner;
use crate::room::Share;
use crate::span::Span;
use std::ops::Range;

/// How many bytes of text, at least, the pieces of a long document have.
pub const PIECE: u32 = 256 << 10;

/// The pieces of a document.
pub(super) struct Pieces {
    /// Their paragraphs, and where the text of each ends.
    all: Vec<(Range<usize>, usize)>,
}

impl Pieces {
    /// Cuts the paragraphs into runs of at least `least` bytes (the last may be shorter).
    pub(super) fn of(spans: &[Span], least: u32) -> Pieces {
        let mut all = Vec::new();
        let mut begin = 0;
        for (i, span) in spans.iter().enumerate() {
            if span.end - spans[begin].start >= least {
                all.push((begin..i + 1, span.end as usize));
                begin = i + 1;
            }
        }
        if let Some(last) = spans.last().filter(|_| begin < spans.len()) {
            all.push((begin..spans.len(), last.end as usize));
        }
        Pieces { all }
    }

    /// Gives the paragraphs of each piece to `job`, and what it makes of them to `join`, in order, with how much of the text
    /// has been read then. Ends with the first error.
    pub(super) fn each<T: Send, E>(
        &self,
        runner: &impl Runner,
        job: impl Fn(Range<usize>) -> T + Sync + Send,
        mut join: impl FnMut(T, Share) -> Result<(), E>,
    ) -> Result<(), E> {
        let whole = self.all.last().map_or(0, |(_, end)| *end);
        for some in self.all.chunks(runner.at_once().max(1)) {
            let made = runner.map(some.len(), |i| job(some[i].0.clone()));
            for (one, (_, end)) in made.into_iter().zip(some) {
                join(one, (*end, whole))?;
            }
        }
        Ok(())
    }
}
