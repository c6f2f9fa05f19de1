//! Rows that show what coverage did with statements, and rows that compare one quotation with its statement.

use super::columns::{Cell, Row, Tone, Where, relation_tone};
use super::names::name_of;
use crate::document::Document;
use crate::record::{OutletRecord, RenderingRecord, ReuseRecord, SentenceRecord, UseRecord};
use crate::trace::{Fidelity, OpKind, Trace};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// The row of a reused passage.
pub fn reuse_row(at: &Where, start: u32, record: &ReuseRecord) -> Row {
    vec![
        at.cell(start),
        Cell::number(record.words),
        Cell { right: true, ..Cell::plain(percent(record.share)) },
        Cell::plain(record.statement).tone(Tone::Dim),
        Cell::plain(record.span.text),
    ]
}

/// The row of a sentence: how often it is used, how, and by whom.
pub fn sentence_row(record: &SentenceRecord) -> Row {
    let mut ways: BTreeMap<Option<Fidelity>, usize> = BTreeMap::new();
    for one in &record.uses {
        *ways.entry(one.relation).or_default() += 1;
    }
    let worst = ways.keys().next_back().map_or(Tone::Dim, |relation| tone(*relation));
    let ways: Vec<String> = ways.iter().rev().map(|(relation, n)| format!("{n} {}", way(*relation))).collect();
    vec![
        Cell::plain(record.doc).tone(Tone::Dim),
        Cell::number(record.used),
        Cell::plain(if record.used == 0 { "nobody".to_owned() } else { ways.join(", ") }).tone(worst),
        Cell::plain(who(&record.uses)).tone(Tone::Name),
        Cell::plain(record.span.text).tone(if record.used == 0 { Tone::Dim } else { Tone::Plain }),
    ]
}

/// The row of an outlet.
pub fn outlet_row(record: &OutletRecord) -> Row {
    let faithful = record.faithful.map_or("-".to_owned(), percent);
    vec![
        Cell::number(record.documents),
        Cell::number(record.found),
        Cell { right: true, ..Cell::plain(faithful) },
        Cell::number(record.altered).tone(if record.altered > 0 { Tone::Bad } else { Tone::Plain }),
        Cell::number(record.spliced).tone(if record.spliced > 0 { Tone::Warn } else { Tone::Plain }),
        Cell::number(record.not_found),
        Cell::number(record.left_out).tone(Tone::Dim),
        Cell::number(record.drifts).tone(if record.drifts > 0 { Tone::Bad } else { Tone::Plain }),
        Cell::number(record.quoted_words),
        Cell::number(record.longest),
        Cell { right: true, ..Cell::plain(percent(record.reused_share)) },
        Cell::number(record.sentences.len()),
        Cell::plain(record.publisher.unwrap_or("?")).tone(Tone::Name),
    ]
}

/// The row of a wording.
pub fn rendering_row(record: &RenderingRecord) -> Row {
    let day = |date: Option<&str>| Cell::plain(date.and_then(|d| d.get(..10)).unwrap_or("?"));
    let changes: Vec<String> = record.changes.iter().map(name_of).collect();
    let relation = [way(record.relation), changes.join(" ")].join(" ");
    vec![
        Cell::plain(record.doc).tone(Tone::Dim),
        day(record.first),
        day(record.last),
        Cell::number(record.uses.len()),
        Cell::plain(relation.trim_end()).tone(tone(record.relation)),
        Cell::plain(who(&record.uses)).tone(Tone::Name),
        Cell::plain(record.wording),
    ]
}

/// The outlets that used something, each once, earliest first.
fn who(uses: &[UseRecord]) -> String {
    let mut names: Vec<&str> = Vec::new();
    for one in uses {
        let name = one.publisher.unwrap_or(one.doc);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names.join(", ")
}

fn way(relation: Option<Fidelity>) -> String {
    relation.map_or("unmarked".to_owned(), |relation| name_of(&relation))
}

const fn tone(relation: Option<Fidelity>) -> Tone {
    match relation {
        Some(relation) => relation_tone(relation),
        None => Tone::Dim,
    }
}

fn percent(share: f64) -> String {
    format!("{:.0}%", share * 100.0)
}

/// One side of a comparison.
#[derive(Clone, Copy, Debug)]
pub struct Side<'a> {
    /// The document.
    pub document: &'a Document,
    /// Its name in the heading.
    pub name: &'a str,
}

/// The columns of a comparison.
pub fn diff_header() -> Vec<Cow<'static, str>> {
    ["quotation", "edit", "statement"].map(Cow::Borrowed).to_vec()
}

/// A quotation and its statement side by side: a heading, then one row for each step of the edit.
pub fn diff_rows(ours: Side, theirs: Side, trace: &Trace) -> Vec<Row> {
    let changes: Vec<String> = trace.changes.iter().map(name_of).collect();
    let relation = [name_of(&trace.relation), changes.join(" ")].join(" ");
    let mut rows = vec![vec![
        Cell::plain(ours.name).tone(Tone::Dim),
        Cell::plain(relation.trim_end()).tone(relation_tone(trace.relation)),
        Cell::plain(theirs.name).tone(Tone::Dim),
    ]];
    for op in &trace.ops {
        let new = ours.document.text.get(op.quote.range()).unwrap_or_default();
        let old = theirs.document.text.get(op.source.range()).unwrap_or_default();
        let (sign, new_tone, old_tone) = match op.kind {
            OpKind::Equal => ("=", Tone::Plain, Tone::Plain),
            OpKind::Replace => ("~", Tone::Good, Tone::Bad),
            OpKind::Insert => ("+", Tone::Good, Tone::Plain),
            OpKind::Delete => ("-", Tone::Plain, Tone::Bad),
        };
        let omitted = op.kind == OpKind::Delete && trace.omitted.iter().any(|span| span.overlaps(op.source));
        let old_tone = if omitted { Tone::Warn } else { old_tone };
        rows.push(vec![
            Cell::plain(if op.kind == OpKind::Delete { "" } else { new }).tone(new_tone),
            Cell::plain(if omitted { "…" } else { sign }).tone(Tone::Dim),
            Cell::plain(if op.kind == OpKind::Insert { "" } else { old }).tone(old_tone),
        ]);
    }
    rows
}
