//! A finding as a card to share: a small page, and the same as a picture (SVG), with the words, who said them where, what the
//! statement has, and the address of the finding. The words are the document's, character for character.

use super::addresses::finding_address;
use super::files::Picture;
use super::finding::of_key;
use super::library::LibraryError;
use super::{Library, broken, lost, shown};
use crate::check::Verdict;
use crate::output::day_of;
use crate::output::html::{self, ReadDocument};
use crate::output::words::{Listed, edit};
use crate::review::Judged;
use crate::span::Span;
use axum::response::{IntoResponse, Response};
use minijinja::context;
use minijinja::value::Serde;
use serde::Serialize;

/// The width of a line of the words, in characters.
const LINE: usize = 58;

/// Most lines of the words; what is longer ends in an ellipsis, outside the words.
const LINES: usize = 9;

/// A line of the picture.
#[derive(Serialize)]
struct Row {
    class: &'static str,
    y: usize,
    text: String,
}

/// What a card says.
struct Card {
    label: String,
    tone: &'static str,
    words: String,
    who: String,
    theirs: Option<(String, String)>,
}

/// The card of a finding.
pub(super) fn page(library: &Library, key: &str, id: &str) -> Response {
    let (id, as_picture) = match id.strip_suffix(".svg") {
        Some(plain) => (plain, true),
        None => (id, false),
    };
    let read = || -> Result<Response, LibraryError> {
        let Some(reading) = library.reading(id)? else {
            return Ok(lost(&format!("There is no document {id} in the index"), ""));
        };
        let Some((record, span)) = of_key(&reading, key) else {
            return Ok(lost("The finding is no longer in the document", &super::address(id)));
        };
        let card = card(library, &reading, record, span);
        let (rows, height) = rows(&card);
        let address = finding_address(key, id);
        let values = context! {
            rows => Serde(rows), height, tone => card.tone, label => card.label, address,
            picture_address => format!("/card/{key}/{}.svg", crate::output::encoded(id)), svg_only => as_picture,
        };
        let drawn = html::render("card.html", values);
        Ok(match (as_picture, drawn) {
            (true, Ok(picture)) => Picture(picture).into_response(),
            (_, drawn) => shown(drawn),
        })
    };
    read().unwrap_or_else(|error| broken(&error))
}

fn card(library: &Library, reading: &ReadDocument, record: Judged, span: Span) -> Card {
    let (document, found) = (&reading.document, &reading.extraction);
    let outlet = [document.publisher.as_deref().or(document.title.as_deref()), day_of(document)];
    let place = outlet.into_iter().flatten().collect::<Vec<_>>().join(", ");
    let words = span.of(&document.text).to_owned();
    let speaker = |n: Option<u32>| found.speakers.get(n? as usize).map(|speaker| speaker.name.clone());
    let statement = |id: &str| library.sources.get(id);
    let named = |one: &crate::document::Document| one.title.clone().unwrap_or_else(|| one.id.clone());
    match record {
        Judged::Check => {
            let check = reading.checks.iter().find(|check| check.span == span);
            let listed = check.map(Listed::of);
            let tone = listed.and_then(|listed| html::group_heading(&listed.name())).map_or("mute", |(_, tone)| tone);
            // What no source speaks of has nothing beside it.
            let told =
                !matches!(listed, None | Some(Listed::Under(Verdict::NotEnoughEvidence | Verdict::NotCheckable)));
            let evidence = check.filter(|_| told).and_then(|check| check.evidence.first());
            let theirs = evidence.and_then(|item| {
                let one = library.evidence.statement(&item.doc)?.1;
                Some((item.sentence.or(item.span)?.of(&one.text).to_owned(), named(&one)))
            });
            let sentence = check.and_then(|check| check.sentence).unwrap_or(span);
            let label = listed.map_or("A figure", Listed::label);
            Card {
                label: format!("{words}: {}", label.to_lowercase()),
                tone,
                words: sentence.of(&document.text).to_owned(),
                who: place,
                theirs,
            }
        }
        Judged::Trace => {
            let trace = reading.traces.iter().find(|trace| trace.quote == span);
            let name = trace.map(|trace| crate::output::name_of(&trace.relation)).unwrap_or_default();
            let tone = html::group_heading(&name).map_or("mute", |(_, tone)| tone);
            let theirs = trace.and_then(|trace| {
                let one = statement(trace.statement.as_deref()?)?;
                let words: Vec<&str> = trace.source.iter().map(|span| span.of(&one.text)).collect();
                Some((words.join(" … "), named(&one)))
            });
            let said_by = trace.and_then(|trace| trace.attributed_to.clone());
            let who = [said_by, Some(place)].into_iter().flatten().filter(|one| !one.is_empty());
            Card {
                label: trace.map_or_else(String::new, |trace| format!("{name}: {}", edit(trace.relation))),
                tone,
                words,
                who: who.collect::<Vec<_>>().join(", "),
                theirs,
            }
        }
        Judged::Quote => {
            let quote = found.quotes.iter().find(|quote| quote.content.first() == Some(&span));
            let who = [quote.and_then(|quote| speaker(quote.speaker)), Some(place)].into_iter().flatten();
            let who = who.filter(|one| !one.is_empty()).collect::<Vec<_>>().join(", ");
            Card { label: "A quotation".to_owned(), tone: "note", words, who, theirs: None }
        }
        Judged::Figure | Judged::Claim => {
            Card { label: crate::output::name_of(&record), tone: "note", words, who: place, theirs: None }
        }
    }
}

/// The lines of a text, broken at spaces.
fn lines(text: &str) -> Vec<String> {
    let (mut lines, mut line) = (Vec::new(), String::new());
    for word in text.split_whitespace() {
        if !line.is_empty() && line.chars().count() + 1 + word.chars().count() > LINE {
            lines.push(std::mem::take(&mut line));
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    lines.push(line);
    if lines.len() > LINES {
        lines.truncate(LINES);
        lines.push("[…]".to_owned());
    }
    lines
}

/// The lines of the picture, and its height.
fn rows(card: &Card) -> (Vec<Row>, usize) {
    let (mut rows, mut y) = (Vec::new(), 110);
    let mut push = |class: &'static str, text: String, step: usize| {
        rows.push(Row { class, y, text });
        y += step;
    };
    push("label", card.label.clone(), 62);
    lines(&card.words).into_iter().for_each(|line| push("words", line, 46));
    push("who", card.who.clone(), 62);
    if let Some((words, who)) = &card.theirs {
        push("label", "The statement".to_owned(), 48);
        lines(words).into_iter().for_each(|line| push("theirs", line, 40));
        push("who", who.clone(), 62);
    }
    (rows, y.max(420) + 40)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_broken_at_spaces_and_none_is_lost() {
        let text = "We will build the bridge again, and we will build it higher than before, whatever it costs us.";
        let broken = lines(text);
        assert!(broken.len() > 1 && broken.iter().all(|line| line.chars().count() <= LINE));
        assert_eq!(broken.join(" "), text);
        let long = lines(&"word ".repeat(400));
        assert_eq!((long.len(), long.last().map(String::as_str)), (LINES + 1, Some("[…]")));
    }
}
