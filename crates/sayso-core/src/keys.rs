//! How a finding is known again: by its words and the sentence around them, not by its position, so that it is found after
//! the document was read anew.

use crate::document::Document;
use crate::found::Extraction;
use crate::hash::hash_of;
use crate::review::Judged;
use crate::span::Span;
use crate::trace::quoted_words;
use std::collections::HashMap;

/// The keys of a document's findings: made of the kind, the document's id, the sentence, the words, and which of several
/// alike it is. The same while these stay, whatever else changes.
pub struct Keys<'d> {
    document: &'d Document,
    sentences: Vec<Span>,
    seen: HashMap<u64, u32>,
}

impl<'d> Keys<'d> {
    /// Of a document, whose sentences are read.
    pub fn new(document: &'d Document) -> Self {
        let sentences = crate::text::Page::new(document).sentences.iter().map(|sentence| sentence.span).collect();
        Keys { document, sentences, seen: HashMap::new() }
    }

    /// The sentence around a place.
    pub fn sentence(&self, span: Span) -> Span {
        let after = self.sentences.partition_point(|sentence| sentence.start <= span.start);
        match after.checked_sub(1).map(|n| self.sentences[n]) {
            Some(sentence) if sentence.end > span.start => sentence.cover(span),
            _ => span,
        }
    }

    /// The key of the next finding of a kind. Findings of one kind must come in the order of the text.
    pub fn next(&mut self, record: Judged, span: Span) -> String {
        let text = |span: Span| self.document.text.get(span.range()).unwrap_or_default();
        let sentence = self.sentence(span);
        let within = span.start.saturating_sub(sentence.start).to_le_bytes();
        let parts = [self.document.id.as_bytes(), text(sentence).as_bytes(), text(span).as_bytes(), &within];
        let letter = [record.letter() as u8];
        let bytes = letter.iter().chain(parts.into_iter().flat_map(|part| part.iter().chain(&[0xff])));
        let key = hash_of(bytes.copied());
        let nth = self.seen.entry(key).or_default();
        *nth += 1;
        match *nth {
            1 => format!("{key:016x}"),
            nth => format!("{key:016x}-{nth}"),
        }
    }

    /// The keys of all findings of an extraction, in the order of their lists; a check has that of its figure, a trace that
    /// of its run of quoted words.
    pub fn all(document: &'d Document, extraction: &Extraction) -> Vec<(String, Judged, Span)> {
        let mut keys = Keys::new(document);
        let mut found: Vec<(Judged, Span)> = Vec::new();
        for quote in &extraction.quotes {
            found.extend(quote.content.first().map(|span| (Judged::Quote, *span)));
            found.extend(quoted_words(document, quote).into_iter().map(|span| (Judged::Trace, span)));
        }
        for figure in &extraction.figures {
            found.extend([(Judged::Figure, figure.span), (Judged::Check, figure.span)]);
        }
        found.extend(extraction.claims.iter().map(|claim| (Judged::Claim, claim.span)));
        found.sort_by_key(|(record, span)| (*record, span.start, span.end));
        found.dedup();
        found.into_iter().map(|(record, span)| (keys.next(record, span), record, span)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract;

    #[test]
    fn a_finding_is_known_by_its_words_wherever_they_stand() {
        let keys = |text: &str| {
            let document = Document::new("d", text);
            Keys::all(&document, &extract(&document))
                .into_iter()
                .filter(|(_, record, _)| *record == Judged::Quote)
                .collect::<Vec<_>>()
        };
        let one = keys("“It held,” said Ada Brandt.\n");
        let moved = keys("Rain fell all night.\n\n“It held,” said Ada Brandt.\n");
        assert_eq!((one.len(), &one[0].0), (1, &moved[0].0));
        assert_ne!(one[0].2, moved[0].2);
        // Other words around it make it another finding, and of two alike each has its own key.
        assert_ne!(one[0].0, keys("“It held,” said Tom Reyes.\n")[0].0);
        let twice = keys("“It held,” said Ada Brandt.\n\n“It held,” said Ada Brandt.\n");
        assert_eq!((&twice[0].0, twice[1].0.as_str()), (&one[0].0, format!("{}-2", one[0].0).as_str()));
    }
}
