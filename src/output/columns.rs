//! The columns of tables: one row of cells for each finding, by kind of record. The longest cell comes last, so that
//! the others stay aligned in a pipe.

use super::names::name_of;
use super::{OnDisk, Shape, words};
use crate::check::{Check, Verdict};
use crate::document::Document;
use crate::extract::{Base, Claim, Confidence, Extraction, Figure, Op, Quote, QuoteKind, Speaker};
use crate::record::{Hit, HitPlace};
use crate::record::{Library, RecordKind, Time, decimal};
use crate::review::Judged;
use crate::span::Span;
use crate::trace::{Fidelity, Trace};
use std::cell::OnceCell;
use std::fmt::Write;

/// A row of a table.
pub type Row = Vec<Cell>;

/// One cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// The text.
    pub text: String,
    /// The colour on a terminal.
    pub tone: Tone,
    /// Whether it is right-aligned, as numbers are.
    pub right: bool,
    /// Whether it is a count.
    pub counts: bool,
}

/// The colours of a table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// The default colour.
    #[default]
    Plain,
    /// Less important.
    Dim,
    /// More important.
    Strong,
    /// A name.
    Name,
    /// A good result.
    Good,
    /// A result that needs attention.
    Warn,
    /// A bad result.
    Bad,
}

impl Cell {
    /// A cell with text.
    pub fn plain(text: impl Into<String>) -> Cell {
        Cell { text: text.into(), tone: Tone::Plain, right: false, counts: false }
    }

    /// A cell with a number.
    pub fn number(number: impl ToString) -> Cell {
        Cell { text: number.to_string(), tone: Tone::Plain, right: true, counts: true }
    }

    /// The same cell in another colour.
    pub fn tone(self, tone: Tone) -> Cell {
        Cell { tone, ..self }
    }
}

/// Converts places in one document to `path:line:column`, as editors and compilers write them: every output that names a
/// line names it so.
pub struct Where<'a> {
    document: &'a Document,
    /// The first byte of each line.
    lines: Vec<u32>,
    /// Where it stands on disk, once that was asked.
    file: OnceCell<OnDisk>,
}

impl<'a> Where<'a> {
    /// Finds the lines of a document.
    pub fn new(document: &'a Document) -> Self {
        let breaks = memchr::memchr_iter(b'\n', document.text.as_bytes()).map(|at| at as u32 + 1);
        Where { document, lines: std::iter::once(0).chain(breaks).collect(), file: OnceCell::new() }
    }

    /// Where the document stands on disk.
    pub(crate) fn file(&self) -> &OnDisk {
        self.file.get_or_init(|| OnDisk::of(self.document))
    }

    /// The line and the column (in characters) of a byte, both from 1: of the file, where that holds the text behind other
    /// lines.
    pub fn line(&self, byte: u32) -> (usize, usize) {
        let line = self.lines.partition_point(|start| *start <= byte).max(1);
        let start = self.lines[line - 1] as usize;
        let end = self.document.text.floor_char_boundary(byte as usize);
        (line + self.file().before, self.document.text.get(start..end).map_or(0, |text| text.chars().count()) + 1)
    }

    /// The cell for a place: `PATH:LINE:COLUMN`, `PATH:PAGE:LINE` if the document has pages, `PATH:TIME` if it has times.
    pub fn cell(&self, byte: u32) -> Cell {
        let ((line, column), name) = (self.line(byte), &self.file().name);
        let layout = &self.document.layout;
        if let Some(page) = layout.page(byte) {
            let (first, _) = self.line(layout.pages.get(page as usize - 1).copied().unwrap_or_default());
            return Cell::plain(format!("{name}:{page}:{}", line + 1 - first)).tone(Tone::Dim);
        }
        if let Some(millis) = layout.millis(byte) {
            return Cell::plain(format!("{name}:{}", Time(millis))).tone(Tone::Dim);
        }
        Cell::plain(format!("{name}:{line}:{column}")).tone(Tone::Dim)
    }

    fn text(&self, span: Span) -> &'a str {
        self.document.text.get(span.range()).unwrap_or_default()
    }
}

/// The names of the columns.
pub(super) fn header(shape: Shape) -> &'static [&'static str] {
    match shape {
        Shape::Mixed => &["where", "record", "kind", "who or what", "text"],
        Shape::One(RecordKind::Document) => &["document", "kind", "date", "publisher", "length", "title"],
        Shape::One(RecordKind::Quote) => &["where", "speaker", "how", "sure", "kind", "cue", "quotation"],
        Shape::One(RecordKind::Speaker) => &["document", "quotes", "words", "kind", "speaker", "role"],
        Shape::One(RecordKind::Figure) => &["where", "kind", "value", "unit", "of what", "as written"],
        Shape::One(RecordKind::Claim) => &["where", "worth", "kind", "whose", "missing", "claim"],
        Shape::One(RecordKind::Hit) => &["where", "publisher", "context"],
        Shape::One(RecordKind::Check) => &["where", "verdict", "relation", "claimed", "stated", "by", "arithmetic"],
        Shape::One(RecordKind::Reuse) => &["where", "words", "share", "statement", "passage"],
        Shape::One(RecordKind::Sentence) => &["statement", "used", "how", "who", "sentence"],
        Shape::One(RecordKind::Outlet) => &[
            "articles",
            "passages",
            "faithful",
            "altered",
            "spliced",
            "not found",
            "unsure",
            "drift",
            "words",
            "longest",
            "reused",
            "sentences",
            "outlet",
        ],
        Shape::One(RecordKind::Rendering) => &["statement", "first", "last", "uses", "relation", "who", "wording"],
        Shape::One(RecordKind::Trace) => &["where", "relation", "changes", "said by", "statement", "quotation"],
    }
}

/// The row of the finding at `position` in the list of its kind. Empty if there is no such finding.
pub fn row(at: &Where, extraction: &Extraction, kind: RecordKind, position: usize) -> Row {
    let row = match kind {
        RecordKind::Document => Some(document(at.document)),
        RecordKind::Quote => extraction.quotes.get(position).map(|q| quote(at, extraction, q)),
        RecordKind::Speaker => extraction.speakers.get(position).map(|s| speaker(at, s)),
        RecordKind::Figure => extraction.figures.get(position).map(|f| figure(at, extraction, f)),
        RecordKind::Claim => extraction.claims.get(position).map(|c| claim(at, extraction, c)),
        _ => None,
    };
    row.unwrap_or_default()
}

/// The row of that finding in a table of several kinds.
pub fn mixed_row(at: &Where, extraction: &Extraction, kind: RecordKind, position: usize) -> Row {
    let row = row(at, extraction, kind, position);
    let cell = |n: usize| row.get(n).cloned().unwrap_or_else(|| Cell::plain(""));
    let (place, sort, what, text) = match kind {
        RecordKind::Document => (0, 1, 3, 5),
        RecordKind::Quote => (0, 4, 1, 6),
        RecordKind::Speaker => (0, 3, 4, 5),
        RecordKind::Figure => (0, 1, 2, 5),
        RecordKind::Claim => (0, 2, 3, 5),
        _ => (0, 1, 3, 5),
    };
    vec![cell(place), Cell::plain(kind.name()), cell(sort), cell(what), cell(text)]
}

fn document(document: &Document) -> Row {
    let text = |field: &Option<String>| Cell::plain(field.clone().unwrap_or_default());
    vec![
        Cell::plain(document.id.clone()).tone(Tone::Dim),
        Cell::plain(document.kind.name()),
        text(&document.date),
        text(&document.publisher),
        Cell::number(document.text.chars().count()),
        text(&document.title).tone(Tone::Strong),
    ]
}

fn quote(at: &Where, extraction: &Extraction, quote: &Quote) -> Row {
    let start = quote.content.first().map_or(0, |span| span.start);
    let tone = match quote.confidence {
        Confidence::High | Confidence::Medium => Tone::Name,
        Confidence::Low => Tone::Warn,
    };
    let speaker = quote.speaker.and_then(|s| extraction.speakers.get(s as usize));
    let pieces: Vec<&str> = quote.content.iter().map(|span| at.text(*span)).collect();
    let how = if corrected(extraction, quote) { "reviewed".to_owned() } else { name_of(&quote.how) };
    vec![
        at.cell(start),
        Cell::plain(speaker.map_or("?", |s| &s.name)).tone(tone),
        Cell::plain(how).tone(Tone::Dim),
        Cell::plain(words::confidence(quote.confidence)).tone(Tone::Dim),
        Cell::plain(quote_kind(quote.kind)),
        Cell::plain(quote.cue.map_or("", |span| at.text(span))).tone(Tone::Dim),
        Cell::plain(pieces.join(" … ")),
    ]
}

/// Whether a person said who says a quotation.
pub(super) fn corrected(extraction: &Extraction, quote: &Quote) -> bool {
    let said = quote.content.first().and_then(|span| extraction.reviewed(Judged::Quote, *span));
    said.is_some_and(|said| said.new.is_some())
}

fn speaker(at: &Where, speaker: &Speaker) -> Row {
    vec![
        Cell::plain(at.document.id.clone()).tone(Tone::Dim),
        Cell::number(speaker.quotes),
        Cell::number(speaker.words),
        Cell::plain(name_of(&speaker.kind)),
        Cell::plain(speaker.name.clone()).tone(Tone::Name),
        Cell::plain(speaker.role.clone().unwrap_or_default()),
    ]
}

fn figure(at: &Where, extraction: &Extraction, figure: &Figure) -> Row {
    let mut what = figure.noun.map_or("", |span| at.text(span)).to_owned();
    let base = match figure.of {
        Some(Base::Figure(f)) => extraction.figures.get(f as usize).map_or("", |f| at.text(f.span)),
        Some(Base::Words(span)) => at.text(span),
        None => "",
    };
    if !base.is_empty() {
        let _ = write!(what, "{}of {base}", if what.is_empty() { "" } else { " " });
    }
    vec![
        at.cell(figure.span.start),
        Cell::plain(name_of(&figure.kind)),
        Cell { right: true, ..Cell::plain(value(figure)).tone(Tone::Strong) },
        Cell::plain(words::unit(figure).unwrap_or_default()),
        Cell::plain(what),
        Cell::plain(at.text(figure.hedge.map_or(figure.span, |hedge| hedge.cover(figure.span)))),
    ]
}

/// A figure's value as people write it: `>= 40`, `3–5`, `2017-10`.
pub fn value(figure: &Figure) -> String {
    let number = |value: Option<rust_decimal::Decimal>| value.map(decimal).unwrap_or_default();
    match (figure.value, &figure.iso) {
        (None, Some(iso)) => iso.clone(),
        _ if figure.high.is_some() => format!("{}–{}", number(figure.value), number(figure.high)),
        _ if figure.op == Op::Equal || figure.op == Op::Range => number(figure.value),
        _ => format!("{} {}", name_of(&figure.op), number(figure.value)),
    }
}

fn claim(at: &Where, extraction: &Extraction, claim: &Claim) -> Row {
    // The chain of sources that report the claim, outermost first.
    let whose: Vec<&str> = claim
        .attribution
        .iter()
        .map(|one| match one.speaker.and_then(|s| extraction.speakers.get(s as usize)) {
            Some(speaker) => speaker.name.as_str(),
            None => one.source.map_or("?", |span| at.text(span)),
        })
        .collect();
    let missing: Vec<String> = claim.missing.iter().map(name_of).collect();
    vec![
        at.cell(claim.span.start),
        Cell { right: true, ..Cell::plain(format!("{:.2}", claim.check_worthy)) },
        Cell::plain(name_of(&claim.kind)),
        Cell::plain(whose.join(" > ")).tone(Tone::Name),
        Cell::plain(missing.join(" ")).tone(Tone::Dim),
        Cell::plain(at.text(claim.span)),
    ]
}

/// The row of a check: the figure in the coverage, and the figure in the best evidence.
pub fn check_row(at: &Where, check: &Check, library: &Library) -> Row {
    let tone = match check.verdict {
        Verdict::Supported => Tone::Good,
        Verdict::Contradicted => Tone::Bad,
        Verdict::Conflicting => Tone::Warn,
        Verdict::NotEnoughEvidence | Verdict::NotCheckable => Tone::Dim,
    };
    let best = check.evidence.first();
    let stated = best.map_or("", |e| match e.span {
        Some(span) => library.spot(&e.doc, span).text,
        None => e.value.as_deref().unwrap_or_default(),
    });
    let by = best.map(|e| match (&e.table, &e.row, &e.column) {
        (Some(table), row, column) => {
            format!("{table}: {}, {}", row.as_deref().unwrap_or("?"), column.as_deref().unwrap_or("?"))
        }
        _ => e.doc.clone(),
    });
    let by = by.zip(best).map(|(name, e)| match e.span.zip(library.get(&e.doc)) {
        Some((span, document)) => Where::new(document).cell(span.start).text,
        None => name,
    });
    vec![
        at.cell(check.span.start),
        Cell::plain(name_of(&check.verdict)).tone(tone),
        Cell::plain(check.relation.map(|r| name_of(&r)).unwrap_or_default()),
        Cell::plain(at.text(check.span)).tone(Tone::Strong),
        Cell::plain(stated).tone(Tone::Strong),
        Cell::plain(by.unwrap_or_default()).tone(Tone::Dim),
        Cell::plain(check.computation.as_deref().unwrap_or_default()),
    ]
}

/// The names of the columns of [`drift_row`].
pub const DRIFT_HEADER: [&str; 6] = ["official", "stated at", "outlet", "written", "changed", "where"];

/// The row of a figure in coverage, below the statement's figure that it reproduces: who writes it, how, and what
/// changed.
pub fn drift_row(at: &Where, check: &Check, library: &Library) -> Option<Row> {
    use crate::check::Relation::*;
    let official = check.evidence.first()?;
    let document = library.get(&official.doc)?;
    let (changed, tone) = match check.relation? {
        Equal => ("nothing", Tone::Good),
        Rounded => ("rounding", Tone::Plain),
        WithinBound => ("bound", Tone::Plain),
        BoundDropped => ("bound dropped", Tone::Warn),
        HedgeDropped => ("hedge dropped", Tone::Warn),
        Derived => ("computed", Tone::Plain),
        Differs => ("value", Tone::Bad),
        UnitDiffers => ("unit", Tone::Bad),
        BaseDiffers => ("base", Tone::Bad),
        Stale => ("period", Tone::Bad),
        DirectionDiffers => ("direction", Tone::Bad),
        Negated => ("denial", Tone::Bad),
        OtherSubject => ("subject", Tone::Warn),
        OtherPlace => ("place", Tone::Warn),
        OtherPeriod => ("period", Tone::Warn),
        OtherBase => ("base", Tone::Warn),
        OtherKind => ("kind of fact", Tone::Warn),
    };
    Some(vec![
        Cell::plain(library.spot(&official.doc, official.span?).text).tone(Tone::Strong),
        Where::new(document).cell(official.span?.start),
        Cell::plain(at.document.publisher.as_deref().unwrap_or(&at.document.id)).tone(Tone::Name),
        Cell::plain(at.text(check.span)).tone(Tone::Strong),
        Cell::plain(changed).tone(tone),
        at.cell(check.span.start),
    ])
}

/// The row of a trace.
pub fn trace_row(at: &Where, trace: &Trace) -> Row {
    let mut changes: Vec<String> = trace.changes.iter().map(name_of).collect();
    if trace.attribution_drift == Some(true) {
        changes.push("attribution".to_owned());
    }
    changes.extend(words::caveats(trace).map(|reason| name_of(&reason)));
    vec![
        at.cell(trace.quote.start),
        Cell::plain(name_of(&trace.relation)).tone(relation_tone(trace.relation)),
        Cell::plain(changes.join(" ")),
        Cell::plain(trace.attributed_to.as_deref().unwrap_or("?")).tone(Tone::Name),
        Cell::plain(trace.statement.as_deref().unwrap_or_default()).tone(Tone::Dim),
        Cell::plain(at.text(trace.quote)),
    ]
}

/// The colour of a relation.
pub(super) const fn relation_tone(relation: Fidelity) -> Tone {
    match relation {
        Fidelity::Verbatim | Fidelity::Elided => Tone::Good,
        Fidelity::Bracketed => Tone::Plain,
        Fidelity::Spliced => Tone::Warn,
        Fidelity::Altered => Tone::Bad,
        Fidelity::NotFound => Tone::Dim,
    }
}

/// The row of one place of a search hit. Without a place, the row of the hit's title.
pub fn hit_row(at: &Where, hit: &Hit, place: Option<&HitPlace>) -> Row {
    let document = &hit.document;
    let (cell, words) = match place {
        Some(place) => (at.cell(place.span.start), at.text(place.context)),
        None => (Cell::plain(&at.file().name), document.title.as_deref().unwrap_or_default()),
    };
    vec![cell, Cell::plain(document.publisher.as_deref().unwrap_or_default()), Cell::plain(words)]
}

const fn quote_kind(kind: QuoteKind) -> &'static str {
    match kind {
        QuoteKind::Direct => "direct",
        QuoteKind::Indirect => "indirect",
        QuoteKind::Mixed => "mixed",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_count_lines_and_characters() {
        let document = Document::new("a.txt", "one\n“é” two\r\nend");
        let at = Where::new(&document);
        for (needle, place) in [("one", (1, 1)), ("“", (2, 1)), ("two", (2, 5)), ("end", (3, 1))] {
            assert_eq!(at.line(document.text.find(needle).unwrap() as u32), place, "{needle}");
        }
        assert_eq!(at.cell(0).text, "a.txt:1:1");
        assert_eq!(at.line(999).0, 3);
    }
}
