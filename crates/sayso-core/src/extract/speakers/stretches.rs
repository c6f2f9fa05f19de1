//! How far two places of a text are from each other, for one who asks whom a pronoun or a role there means: in paragraphs.
//! A paragraph that is longer than one is written, such as an article that lost its line breaks, counts as several: every few
//! of its sentences are a stretch of their own.

use crate::text::{Page, Paragraph};

/// A paragraph of more sentences counts as several.
const LONG: u32 = 8;
/// How many sentences of it are one stretch: about as many as a paragraph of the news has.
const STRETCH: u32 = 3;

/// Numbers the stretches of a page, in order.
#[derive(Debug, Default)]
pub struct Stretches {
    /// The number of each paragraph's first stretch; empty where no paragraph is long, and each is one stretch.
    first: Vec<u32>,
}

impl Stretches {
    /// Counts the sentences of each paragraph.
    pub(super) fn of(page: &Page) -> Self {
        if !page.paragraphs.iter().any(is_long) {
            return Stretches::default();
        }
        let mut next = 0;
        let first = page.paragraphs.iter().map(|paragraph| {
            let here = next;
            next += if is_long(paragraph) { sentences(paragraph).div_ceil(STRETCH) } else { 1 };
            here
        });
        Stretches { first: first.collect() }
    }

    /// The stretch of byte `at` in paragraph `number`; where the byte stands outside of it, the nearest of the paragraph.
    pub fn at(&self, page: &Page, number: u32, at: u32) -> u32 {
        let (Some(first), Some(paragraph)) =
            (self.first.get(number as usize), page.paragraphs.get(number as usize).filter(|one| is_long(one)))
        else {
            return self.first.get(number as usize).copied().unwrap_or(number);
        };
        let own = &page.sentences[paragraph.sentences.start as usize..paragraph.sentences.end as usize];
        let before = own.partition_point(|sentence| sentence.span.start <= at).saturating_sub(1) as u32;
        first + before / STRETCH
    }
}

fn sentences(paragraph: &Paragraph) -> u32 {
    paragraph.sentences.end - paragraph.sentences.start
}

fn is_long(paragraph: &Paragraph) -> bool {
    sentences(paragraph) > LONG
}
