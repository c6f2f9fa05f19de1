//! The texts, character for character, with every finding marked and anchored where it stands.

use super::limits::Limits;
use super::{ReadDocument, Shelf, Source, anchor_of, coverage};
use crate::check::{Check, Verdict};
use crate::document::Kind;
use crate::output::words::Listed;
use crate::output::{name_of, words};
use crate::span::Span;
use crate::trace::{Fidelity, Trace};
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::BTreeSet;

/// A text in segments.
#[derive(Debug, Serialize)]
pub(super) struct TextItem<'a> {
    pub source: Source<'a>,
    byline: Option<&'a str>,
    url: Option<&'a str>,
    segments: Vec<Segment<'a>>,
}

/// A run of text under the same marks. Joined, the segments are the text.
#[derive(Debug, Default, Serialize)]
pub(super) struct Segment<'a> {
    /// The words.
    pub text: &'a str,
    class: String,
    /// The anchors of the findings that cover it.
    ids: String,
    /// The anchors of the findings that begin here.
    anchors: Vec<String>,
    title: String,
}

/// A place to mark.
pub(super) struct Mark {
    pub span: Span,
    pub class: &'static str,
    pub id: String,
    pub title: String,
}

/// All texts, coverage first. Where they have more than `limits` allows, those with the gravest findings are shown.
pub(super) fn all<'a>(shelf: &Shelf<'a>, limits: &Limits) -> Vec<TextItem<'a>> {
    let others = shelf.readings.iter().enumerate().filter(|(_, r)| r.document.kind != Kind::Article);
    let mut order: Vec<(usize, &ReadDocument)> = coverage(shelf.readings).chain(others).collect();
    let size = |reading: &ReadDocument| reading.document.text.len();
    if order.iter().map(|(_, reading)| size(reading)).fold(0, usize::saturating_add) > limits.texts {
        order.sort_by_cached_key(|(_, reading)| Reverse(grave(reading)));
        let mut left = limits.texts;
        order.retain(|(_, reading)| match left.checked_sub(size(reading)) {
            Some(rest) => {
                left = rest;
                true
            }
            None => false,
        });
    }
    order.into_iter().map(|(position, _)| one(shelf, position)).collect()
}

/// How many findings of a document a reader should look at first.
fn grave(reading: &ReadDocument) -> usize {
    let contradicted =
        |check: &&Check| matches!(Listed::of(check), Listed::Under(Verdict::Contradicted) | Listed::OfElse);
    let altered = |trace: &&Trace| matches!(trace.relation, Fidelity::Altered | Fidelity::Spliced);
    reading.checks.iter().filter(contradicted).count() + reading.traces.iter().filter(altered).count()
}

/// One text.
pub(super) fn one<'a>(shelf: &Shelf<'a>, position: usize) -> TextItem<'a> {
    marked(shelf, position, &marks(shelf, position))
}

/// One text with these marks.
pub(super) fn marked<'a>(shelf: &Shelf<'a>, position: usize, marks: &[Mark]) -> TextItem<'a> {
    let document = &shelf.readings[position].document;
    TextItem {
        source: shelf.source(position),
        byline: document.byline.as_deref(),
        url: document.url.as_deref().filter(|url| url.starts_with("http://") || url.starts_with("https://")),
        segments: segments(&document.text, marks),
    }
}

fn marks(shelf: &Shelf, position: usize) -> Vec<Mark> {
    let reading = &shelf.readings[position];
    let found = &reading.extraction;
    let mut marks = Vec::new();
    for (n, region) in found.regions.iter().enumerate() {
        let class = match region.kind {
            crate::document::RegionKind::Headline => "headline",
            crate::document::RegionKind::Subhead => "subhead",
            crate::document::RegionKind::Body => continue,
            _ => "furniture",
        };
        marks.push(Mark { span: region.span, class, id: anchor_of(position, 'r', n), title: name_of(&region.kind) });
    }
    for (n, quote) in found.quotes.iter().enumerate() {
        let speaker =
            quote.speaker.and_then(|s| found.speakers.get(s as usize)).map_or("speaker not found", |s| &s.name);
        let title = format!("{speaker} ({}, known {})", name_of(&quote.kind), words::how(quote.how));
        for span in &quote.content {
            let (id, title) = (anchor_of(position, 'q', n), title.clone());
            marks.push(Mark { span: *span, class: "quote", id, title });
        }
    }
    for trace in &reading.traces {
        let (Some((class, title)), Some(n)) = (traced(trace), trace.quote_index) else { continue };
        marks.push(Mark { span: trace.quote, class, id: anchor_of(position, 'q', n as usize), title });
    }
    for (n, figure) in found.figures.iter().enumerate() {
        let check = reading.checks.iter().find(|c| c.figure == Some(n as u32));
        let (class, title) = match check {
            Some(check) => {
                let heading = super::checks::heading(Listed::of(check));
                (figure_class(heading.tone), heading.label.to_owned())
            }
            None => ("figure", format!("{} {}", name_of(&figure.kind), crate::output::amount(figure))),
        };
        marks.push(Mark { span: figure.span, class, id: anchor_of(position, 'f', n), title });
    }
    marks
}

/// The class of traced words and what is said of them: the relation, and what a reader should know beside it; none where no
/// source has them.
pub(super) fn traced(trace: &Trace) -> Option<(&'static str, String)> {
    let heading = super::traces::heading(trace.relation);
    let caveats: Vec<&str> = words::caveats(trace).filter_map(words::caveat).collect();
    let class = match heading.tone {
        "bad" => "traced-bad",
        "warn" => "traced-warn",
        "good" | "note" if !caveats.is_empty() => "traced-warn",
        "good" | "note" => "traced-good",
        _ => return None,
    };
    Some((class, [&[heading.label], &caveats[..]].concat().join("; ")))
}

/// The class of a figure whose check has a tone.
pub(super) fn figure_class(tone: &str) -> &'static str {
    match tone {
        "bad" => "figure bad",
        "warn" => "figure warn",
        "good" => "figure good",
        _ => "figure",
    }
}

/// Cuts a text where marks begin and end. Marks may nest and cross.
fn segments<'a>(text: &'a str, marks: &[Mark]) -> Vec<Segment<'a>> {
    let fits = |mark: &&Mark| !mark.span.is_empty() && text.get(mark.span.range()).is_some();
    let marks: Vec<&Mark> = marks.iter().filter(fits).collect();
    let mut starts: Vec<usize> = (0..marks.len()).collect();
    let mut ends = starts.clone();
    starts.sort_by_key(|n| marks[*n].span.start);
    ends.sort_by_key(|n| marks[*n].span.end);
    let mut cuts: Vec<u32> =
        marks.iter().flat_map(|m| [m.span.start, m.span.end]).chain([0, text.len() as u32]).collect();
    cuts.sort_unstable();
    cuts.dedup();
    let (mut begun, mut ended, mut open, mut seen) = (0, 0, BTreeSet::new(), BTreeSet::new());
    let mut segments = Vec::new();
    for cut in cuts.windows(2) {
        while ended < ends.len() && marks[ends[ended]].span.end <= cut[0] {
            open.remove(&ends[ended]);
            ended += 1;
        }
        let mut segment = Segment { text: &text[cut[0] as usize..cut[1] as usize], ..Segment::default() };
        while begun < starts.len() && marks[starts[begun]].span.start <= cut[0] {
            let mark = marks[starts[begun]];
            open.insert(starts[begun]);
            // The second piece of a quotation has the anchor of the first.
            if seen.insert(mark.id.as_str()) {
                segment.anchors.push(mark.id.clone());
            }
            begun += 1;
        }
        for mark in open.iter().map(|n| marks[*n]) {
            for (field, value) in [(&mut segment.class, mark.class), (&mut segment.ids, mark.id.as_str())] {
                // The trace of quoted words has the anchor of its quotation.
                if field.split(' ').any(|one| one == value) {
                    continue;
                }
                if !field.is_empty() {
                    field.push(' ');
                }
                field.push_str(value);
            }
            if !mark.title.is_empty() {
                segment.title.clone_from(&mark.title);
            }
        }
        segments.push(segment);
    }
    segments
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn segments_joined_are_the_text(text in "[a-zé“” \n]{0,60}", spans in prop::collection::vec((0u32..70, 0u32..20), 0..8)) {
            let marks: Vec<Mark> = spans
                .iter()
                .map(|(start, len)| Mark {
                    span: Span::new(*start, start + len),
                    class: "quote",
                    id: format!("m{start}-{len}"),
                    title: String::new(),
                })
                .collect();
            let joined: String = segments(&text, &marks).iter().map(|s| s.text).collect();
            prop_assert_eq!(joined, text);
        }
    }

    #[test]
    fn crossing_marks_share_a_segment() {
        let mark = |start, end, id: &str| Mark {
            span: Span::new(start, end),
            class: "quote",
            id: id.into(),
            title: String::new(),
        };
        let cut = segments("abcdef", &[mark(0, 4, "one"), mark(2, 6, "two")]);
        let seen: Vec<_> = cut.iter().map(|s| (s.text, s.ids.as_str(), s.anchors.join(","))).collect();
        assert_eq!(
            seen,
            [("ab", "one", "one".to_owned()), ("cd", "one two", "two".to_owned()), ("ef", "two", String::new())]
        );
    }
}
