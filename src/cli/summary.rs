//! The summary that `report` prints on the terminal: counts, the most quoted speakers, each finding with its two
//! figures, altered quotations, and statements that nobody quoted.

use super::context::count;
use super::speakers::{add, joined, known};
use super::standings::ranked;
use crate::check::{Check, Verdict};
use crate::document::{Document, Kind};
use crate::output::html::ReadDocument;
use crate::output::{Look, cleaned, edits, flat, name_of, shown};
use crate::span::Span;
use crate::trace::{Fidelity, Trace};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// The maximum number of findings of a kind to show. The page shows all of them.
const SHOWN: usize = 12;

/// The summary.
pub(super) fn of(readings: &[ReadDocument], tables: usize, look: Look) -> String {
    let mut summary = Summary { out: String::new(), look };
    summary.counts(readings, tables);
    summary.speakers(readings);
    summary.checks(readings);
    summary.traces(readings);
    summary.silent(readings);
    String::from_utf8_lossy(&cleaned(summary.out.as_bytes(), look.paints())).into_owned()
}

struct Summary {
    out: String,
    look: Look,
}

/// How a piece of the summary is displayed on a terminal.
#[derive(Clone, Copy)]
enum Paint {
    Heading,
    Bad,
    Good,
    Dim,
}

impl Summary {
    fn paint(&self, paint: Paint, text: &str) -> String {
        let code = match paint {
            Paint::Heading => "1",
            Paint::Bad => "31",
            Paint::Good => "32",
            Paint::Dim => "2",
        };
        if self.look.paints() { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
    }

    fn line(&mut self, text: &str) {
        self.out.push_str(text);
        self.out.push('\n');
    }

    fn heading(&mut self, text: &str) {
        let text = self.paint(Paint::Heading, text);
        self.line("");
        self.line(&text);
    }

    fn dim(&self, text: &str) -> String {
        self.paint(Paint::Dim, text)
    }

    fn counts(&mut self, readings: &[ReadDocument], tables: usize) {
        let kind = |kind| readings.iter().filter(|r| r.document.kind == kind).count();
        let all = |of: fn(&ReadDocument) -> usize| readings.iter().map(of).sum();
        // Quotations are those of the coverage where there is any; figures and claims are those of all texts.
        let articles = kind(Kind::Article);
        let of = if articles > 0 && articles < readings.len() { " in the articles" } else { "" };
        let whole = if of.is_empty() { "" } else { " in all" };
        let text = format!(
            "{}, {}, {}: {}{of}, {}, {}{whole}",
            count(articles, "article"),
            count(kind(Kind::Statement), "statement"),
            count(tables, "table"),
            count(ReadDocument::quoting(readings).map(|r| r.extraction.quotes.len()).sum(), "quotation"),
            count(all(|r| r.extraction.figures.len()), "figure"),
            count(all(|r| r.extraction.claims.len()), "claim"),
        );
        self.line(&text);
    }

    fn speakers(&mut self, readings: &[ReadDocument]) {
        let mut standings = BTreeMap::new();
        for reading in ReadDocument::quoting(readings) {
            for (at, speaker) in reading.extraction.speakers.iter().enumerate() {
                let (name, one) = known(&reading.document, &reading.extraction, at, speaker);
                add(&mut standings, name, one);
            }
        }
        let ranked = ranked(joined(standings), |known| &known.standing);
        if ranked.is_empty() {
            return;
        }
        self.heading("Quoted most");
        for (name, known) in ranked.into_iter().take(8) {
            let standing = known.standing;
            let role = known.role.map(|role| format!("  {}", shown(&role))).unwrap_or_default();
            let places = self.dim(&format!("in {}{role}", count(standing.documents as usize, "document")));
            self.line(&format!("{:>5}  {}  {places}", standing.quotes, shown(&name)));
        }
    }

    fn checks(&mut self, readings: &[ReadDocument]) {
        use Verdict::*;
        let all: Vec<(&Document, &Check)> =
            readings.iter().flat_map(|r| r.checks.iter().map(|c| (r.document.as_ref(), c))).collect();
        if all.is_empty() {
            return;
        }
        let number = |verdict| all.iter().filter(|(_, c)| c.verdict == verdict).count();
        let parts = [Contradicted, Conflicting, Supported, NotEnoughEvidence, NotCheckable]
            .map(|verdict| format!("{} {}", number(verdict), name_of(&verdict)));
        self.heading(&format!("Figures checked: {}", parts.join(", ")));
        let weighty = |c: &Check| {
            matches!(c.verdict, Contradicted | Conflicting)
                || c.relation
                    .is_some_and(|r| matches!(name_of(&r).as_str(), "hedge-dropped" | "bound-dropped" | "stale"))
        };
        let mut findings: Vec<_> = all.into_iter().filter(|(_, c)| weighty(c)).collect();
        findings.sort_by_key(|(_, c)| !matches!(c.verdict, Contradicted | Conflicting));
        for (document, check) in findings.iter().take(SHOWN) {
            let text = self.finding(readings, document, check);
            self.line(&text);
        }
        self.more(findings.len());
    }

    fn finding(&self, readings: &[ReadDocument], document: &Document, check: &Check) -> String {
        let paint = if check.verdict == Verdict::Supported { Paint::Dim } else { Paint::Bad };
        let name = match (check.verdict, check.relation) {
            (Verdict::Conflicting, _) | (_, None) => name_of(&check.verdict),
            (_, Some(relation)) => name_of(&relation),
        };
        let verdict = self.paint(paint, &format!("{name:13}"));
        let mut text = format!("  {verdict} {} ", quoted(document, check.span));
        let _ = write!(text, "{}", self.dim(&outlet(document)));
        if let Some(best) = check.evidence.first() {
            let stated = best.span.and_then(|span| {
                readings.iter().find(|r| r.document.id == best.doc).map(|r| quoted(&r.document, span))
            });
            let stated = stated.or_else(|| best.value.clone()).unwrap_or_default();
            let place = match (&best.table, &best.row, &best.column) {
                (Some(table), Some(row), Some(column)) => format!("({table}: {row}, {column})"),
                _ => format!("({})", best.doc),
            };
            let _ = write!(text, "  |  {stated} {}", self.dim(&place));
        }
        text
    }

    fn traces(&mut self, readings: &[ReadDocument]) {
        use Fidelity::*;
        let all: Vec<(&Document, &Trace)> =
            readings.iter().flat_map(|r| r.traces.iter().map(|t| (r.document.as_ref(), t))).collect();
        if all.is_empty() {
            return;
        }
        let number = |relation| all.iter().filter(|(_, t)| t.relation == relation).count();
        let parts = [Altered, Spliced, Bracketed, Elided, Verbatim, NotFound]
            .map(|relation| format!("{} {}", number(relation), name_of(&relation)));
        self.heading(&format!("Quoted passages traced: {}", parts.join(", ")));
        let findings: Vec<_> = all
            .iter()
            .filter(|(_, t)| matches!(t.relation, Altered | Spliced) || t.attribution_drift == Some(true))
            .collect();
        for (document, trace) in findings.iter().take(SHOWN) {
            let text = self.traced(readings, document, trace);
            self.line(&text);
        }
        self.more(findings.len());
    }

    fn traced(&self, readings: &[ReadDocument], document: &Document, trace: &Trace) -> String {
        let name = match trace.relation {
            Fidelity::Altered | Fidelity::Spliced => name_of(&trace.relation),
            _ => "attribution".to_owned(),
        };
        let verdict = self.paint(Paint::Bad, &format!("{name:13}"));
        let statement = trace.statement.as_deref().unwrap_or("?");
        let mut text = format!("  {verdict} {} ", quoted(document, trace.quote));
        let _ = write!(text, "{}", self.dim(&format!("{} from {statement}", outlet(document))));
        if trace.attribution_drift == Some(true) {
            let (to, by) = (trace.attributed_to.as_deref(), trace.statement_speaker.as_deref());
            let _ = write!(text, "\n{:16}given to {}, said by {}", "", to.unwrap_or("?"), by.unwrap_or("?"));
        }
        let official = readings.iter().find(|r| Some(r.document.id.as_str()) == trace.statement.as_deref());
        let theirs = official.map_or("", |r| r.document.text.as_str());
        for edit in edits(theirs, trace).into_iter().filter(|edit| !edit.same) {
            let old = theirs.get(edit.old.range()).unwrap_or_default();
            let new = document.text.get(edit.new.range()).unwrap_or_default();
            let old =
                if old.is_empty() { String::new() } else { self.paint(Paint::Bad, &format!("[-{}-]", line(old))) };
            let new =
                if new.is_empty() { String::new() } else { self.paint(Paint::Good, &format!("{{+{}+}}", line(new))) };
            let _ = write!(text, "\n{:16}{old}{new}", "");
        }
        text
    }

    fn silent(&mut self, readings: &[ReadDocument]) {
        let used: BTreeSet<&str> =
            readings.iter().flat_map(|r| &r.traces).filter_map(|t| t.statement.as_deref()).collect();
        let silent: Vec<&Document> = readings
            .iter()
            .map(|r| r.document.as_ref())
            .filter(|d| d.kind == Kind::Statement && !used.contains(d.id.as_str()))
            .collect();
        if silent.is_empty() || readings.iter().all(|r| r.document.kind != Kind::Article) {
            return;
        }
        self.heading("Statements that nobody quoted");
        for document in silent.iter().take(SHOWN) {
            let title = document.title.as_deref().unwrap_or_default();
            let by = self.dim(&outlet(document));
            self.line(&format!("  {}  {} {by}", shown(&document.id), shown(title)));
        }
        self.more(silent.len());
    }

    fn more(&mut self, all: usize) {
        if all > SHOWN {
            let text = self.dim(&format!("  … {} more on the page", all - SHOWN));
            self.line(&text);
        }
    }
}

/// The publisher and the date of a document, in brackets.
fn outlet(document: &Document) -> String {
    let name = shown(document.publisher.as_deref().unwrap_or(&document.id));
    match document.date.as_deref().and_then(|date| date.get(..10)) {
        Some(day) => format!("({name}, {day})"),
        None => format!("({name})"),
    }
}

/// The words of a span, on one line.
fn quoted(document: &Document, span: Span) -> String {
    format!("‹{}›", line(document.text.get(span.range()).unwrap_or_default()))
}

/// Words on one line, harmless to a terminal.
fn line(text: &str) -> String {
    shown(&flat(text)).into_owned()
}
