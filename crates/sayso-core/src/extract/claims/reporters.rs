//! Who is said to have said it: the chain from the first who reports to the one whose words they are.
//!
//! `The article says that the video says that 40 left.` → the article, then the video.

use super::parts::Voices;
use crate::extract::quotes::elements::Elements;
use crate::extract::quotes::segment;
use crate::extract::{How, Quote, Reporter, Speaker};
use crate::language::grammar::Class;
use crate::span::Span;
use crate::text::Page;
use std::cell::OnceCell;
use std::collections::HashMap;
use std::ops::Range;

/// The speakers of a page by their names and mentions; put in order when the first is asked for, as most pages ask for
/// none.
pub(super) struct Names<'p> {
    page: &'p Page<'p>,
    speakers: &'p [Speaker],
    first: OnceCell<HashMap<String, u32>>,
}

impl<'p> Names<'p> {
    /// Those of `speakers`.
    pub(super) fn new(page: &'p Page<'p>, speakers: &'p [Speaker]) -> Self {
        Names { page, speakers, first: OnceCell::new() }
    }

    /// The first speaker who is called so, whatever the case of the letters.
    fn of(&self, words: &str) -> Option<u32> {
        let first = self.first.get_or_init(|| {
            let mut first = HashMap::new();
            for (speaker, at) in self.speakers.iter().zip(0..) {
                let mentions = speaker.aliases.iter().map(|alias| alias.of(self.page.text));
                for name in mentions.chain([speaker.name.as_str()]) {
                    first.entry(name.to_ascii_lowercase()).or_insert(at);
                }
            }
            first
        });
        first.get(&words.to_ascii_lowercase()).copied()
    }
}

/// The reporters of a part of a sentence, outermost first. Linear in its tokens.
pub(super) fn of(
    page: &Page,
    paragraph: usize,
    tokens: &Range<u32>,
    voices: &Voices,
    quotes: &[Quote],
    names: &Names,
) -> Vec<Reporter> {
    let span = page.span_of(tokens.clone());
    let mut chain: Vec<Reporter> = voices
        .around(span)
        .map(|at| {
            let quote = &quotes[at as usize];
            Reporter { speaker: quote.speaker, source: quote.source, how: quote.how, quote: Some(at) }
        })
        .collect();
    if chain.is_empty() {
        return chain;
    }
    let told: Vec<Span> = chain.iter().filter_map(|one| quotes[one.quote? as usize].cue).collect();
    if let Some(source) = inner(page, paragraph, tokens, &told, span) {
        let words = source.of(page.text);
        let pronoun = page.lexicon.grammar.class(page.word(page.token_at(source.start) as usize)).has(Class::SUBJECT)
            && !words.contains(' ');
        let speaker = if pronoun { None } else { names.of(words) };
        let how = if pronoun { How::Pronoun } else { How::Named };
        chain.push(Reporter { speaker, source: Some(source), how, quote: None });
    }
    chain.shrink_to_fit();
    chain
}

/// Of a part of more tokens it is not told who reports inside it: people do not write such sentences.
const LONGEST: usize = 300;

/// The source of a report within reported words, where the report holds most of them or their end: `the report found that 12 of 40
/// wells were dry`. None where the speaker reports himself.
fn inner(page: &Page, paragraph: usize, tokens: &Range<u32>, told: &[Span], span: Span) -> Option<Span> {
    const CUES: Class = Class::CUE_VERB.with(Class::ACCORDING);
    let told_by = |at: u32| told.iter().any(|cue| cue.contains(page.tokens[at as usize].span()));
    if tokens.len() > LONGEST || !tokens.clone().any(|at| page.class(at).has(CUES) && !told_by(at)) {
        return None;
    }
    // Inside quote marks their fellows stand one level down.
    let marked = page.pairs_from(paragraph, 0, span.start).next().is_some_and(|pair| pair.span.contains(span));
    let elements = Elements::at_depth(page, paragraph, tokens.clone(), u8::from(marked));
    for segment in &elements.segments {
        for one in segment::read(&elements, segment) {
            let (Some(source), Some(cue)) = (&one.source, &one.cue) else { continue };
            let held: u32 = one.content.iter().map(|piece| elements.span(piece.clone()).len()).sum();
            let last = one.content.last().map_or(0, |piece| elements.span(piece.clone()).end);
            let own = elements.has(source.start, Class::FIRST);
            let most = held * 2 > span.len() || held * 3 > span.len() && last + 2 >= span.end;
            if own || !most || told.contains(&elements.span(cue.clone())) {
                continue;
            }
            return Some(elements.span(source.clone()));
        }
    }
    None
}
