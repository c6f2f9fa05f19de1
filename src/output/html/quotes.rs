//! Who said what: quotations under the name of their speaker, over all documents.

use super::limits::Limits;
use super::{Shelf, Source, anchor_of, quoting, text, traces};
use crate::document::RegionKind;
use crate::extract::{Confidence, Quote, Speaker, SpeakerKind};
use crate::output::name_of;
use crate::people;
use crate::review::{Judged, Reviewed};
use crate::trace::Fidelity;
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

/// One speaker.
#[derive(Debug, Serialize)]
pub(super) struct SpeakerItem<'a> {
    /// None gathers the quotations whose speaker was not found.
    pub name: Option<&'a str>,
    /// Its place on the page.
    pub anchor: String,
    /// Its own page.
    page: Option<String>,
    /// How many quotations.
    pub count: usize,
    kind: Option<String>,
    role: Option<&'a str>,
    outlets: usize,
    quotes: Vec<QuoteItem<'a>>,
}

#[derive(Debug, Serialize)]
struct QuoteItem<'a> {
    pieces: Vec<&'a str>,
    link: Option<String>,
    reviewed: Option<&'a Reviewed>,
    kind: String,
    how: String,
    unsure: bool,
    region: Option<String>,
    cue: Option<&'a str>,
    mention: Option<&'a str>,
    source: Source<'a>,
    anchor: String,
    traces: Vec<Chip>,
}

/// What became of the words, in one word.
#[derive(Debug, Serialize)]
struct Chip {
    label: &'static str,
    tone: &'static str,
    anchor: String,
}

/// A quotation with its document's position and its number there.
type Placed<'a> = (usize, usize, &'a Quote);

/// All who are quoted.
#[derive(Debug, Serialize)]
pub(super) struct Speakers<'a> {
    /// How many are named.
    pub total: usize,
    /// Those that are shown, most quoted first; quotations without a speaker come last.
    pub items: Vec<SpeakerItem<'a>>,
}

/// The speakers of one document, with all their quotations.
pub(super) fn by_speaker_of<'a>(shelf: &Shelf<'a>, position: usize) -> Speakers<'a> {
    of_readings(shelf, &[position], &BTreeMap::new(), &Limits::NONE)
}

/// The speakers of the coverage: who is quoted in several articles stands there once.
pub(super) fn by_speaker<'a>(shelf: &Shelf<'a>, limits: &Limits) -> Speakers<'a> {
    let which: Vec<usize> = quoting(shelf.readings).map(|(position, _)| position).collect();
    let speakers = which.iter().flat_map(|position| &shelf.readings[*position].extraction.speakers);
    let known = |s: &'a Speaker| (s.name.as_str(), people::Known { kind: s.kind, role: s.role.as_deref() });
    let names = people::shown(speakers.map(known));
    of_readings(shelf, &which, &names, limits)
}

/// `names` has the name to show for those that are shown by another.
fn of_readings<'a>(
    shelf: &Shelf<'a>,
    which: &[usize],
    names: &BTreeMap<&'a str, &'a str>,
    limits: &Limits,
) -> Speakers<'a> {
    let name_of_speaker = |speaker: &'a Speaker| names.get(speaker.name.as_str()).copied().unwrap_or(&speaker.name);
    let mut order: Vec<(Option<&'a Speaker>, Vec<Placed<'a>>)> = Vec::new();
    let mut places: HashMap<Option<&'a str>, usize> = HashMap::new();
    for &position in which {
        let reading = &shelf.readings[position];
        for (number, quote) in reading.extraction.quotes.iter().enumerate() {
            let speaker = quote.speaker.and_then(|s| reading.extraction.speakers.get(s as usize));
            let place = *places.entry(speaker.map(name_of_speaker)).or_insert_with(|| {
                order.push((speaker, Vec::new()));
                order.len() - 1
            });
            let (known, quotes) = &mut order[place];
            if known.is_some_and(|s| s.kind == SpeakerKind::Unknown || s.role.is_none())
                && speaker.is_some_and(|s| s.role.is_some())
            {
                *known = speaker;
            }
            quotes.push((position, number, quote));
        }
    }
    order.sort_by_key(|(speaker, quotes)| (speaker.is_none(), Reverse(quotes.len())));
    let total = places.keys().filter(|name| name.is_some()).count();
    let shown = order.into_iter().enumerate().filter(|(n, (speaker, _))| *n < limits.speakers || speaker.is_none());
    let items = shown.map(|(n, (speaker, quotes))| SpeakerItem {
        name: speaker.map(name_of_speaker),
        anchor: format!("who{n}"),
        page: speaker.and_then(|s| shelf.speakers.get(name_of_speaker(s)).cloned()),
        count: quotes.len(),
        kind: speaker.map(|s| name_of(&s.kind)),
        role: speaker.and_then(|s| s.role.as_deref()),
        outlets: outlets(shelf, &quotes),
        quotes: quotes
            .iter()
            .take(limits.quotes)
            .map(|(position, n, quote)| item(shelf, *position, *n, quote))
            .collect(),
    });
    Speakers { total, items: items.collect() }
}

fn outlets(shelf: &Shelf, quotes: &[Placed]) -> usize {
    let publisher = |position: &usize| shelf.readings[*position].document.publisher.as_deref();
    let mut names: Vec<&str> = quotes.iter().filter_map(|(position, ..)| publisher(position)).collect();
    names.sort_unstable();
    names.dedup();
    names.len()
}

fn item<'a>(shelf: &Shelf<'a>, position: usize, number: usize, quote: &'a Quote) -> QuoteItem<'a> {
    let reading = &shelf.readings[position];
    let document = &reading.document;
    let of = |span| text(document, span);
    let mut traced: Vec<_> = (0..)
        .zip(&reading.traces)
        .filter(|(_, t): &(usize, _)| t.quote_index == Some(number as u32) && t.relation != Fidelity::NotFound)
        .collect();
    traced.dedup_by_key(|(_, t)| t.relation);
    let first = quote.content.first().copied().unwrap_or_default();
    QuoteItem {
        link: shelf.finding(position, Judged::Quote, first),
        reviewed: reading.extraction.reviewed(Judged::Quote, first),
        pieces: quote.content.iter().map(|span| of(*span)).collect(),
        kind: name_of(&quote.kind),
        how: crate::output::words::how(quote.how).to_owned(),
        unsure: quote.confidence == Confidence::Low,
        region: (quote.region != RegionKind::Body).then(|| name_of(&quote.region)),
        cue: quote.cue.map(of),
        mention: quote.source.map(of),
        source: shelf.source(position),
        anchor: anchor_of(position, 'q', number),
        traces: traced
            .into_iter()
            .map(|(n, t)| Chip {
                label: traces::heading(t.relation).label,
                tone: traces::heading(t.relation).tone,
                anchor: anchor_of(position, 't', n),
            })
            .collect(),
    }
}
