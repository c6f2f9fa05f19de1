//! A draft beside its sources: each quoted passage and each figure as a [`Finding`], with one [`Grade`] for both. A check
//! or a trace goes in; a row of a table, a test of JUnit or a result of SARIF comes out.

mod docx;
mod junit;
mod sarif;

pub use docx::{docx, is_commented};
pub use junit::junit;
pub use sarif::sarif;

use super::html::ReadDocument;
use super::words::{Listed, caveats};
use super::{Cell, Row, Tone, Where, edits as changes, flat, name_of};
use crate::check::{Check, EvidenceItem, Relation, Verdict};
use crate::document::Document;
use crate::extract::Confidence;
use crate::record::Library;
use crate::span::Span;
use crate::trace::{ChangeKind, Fidelity, Reason, Trace};
use serde::Serialize;
use std::borrow::Cow;

/// How a passage or a figure of a draft stands to the sources. None of them says what is true.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Grade {
    /// A source has it otherwise.
    Amiss,
    /// A source has nearly that, or sources disagree: to be read side by side.
    Review,
    /// No source tells.
    Open,
    /// A source has it.
    Sound,
    /// There is nothing to compare.
    None,
}

impl Grade {
    /// All, the gravest first, each with its name.
    pub const ALL: [(Grade, &str); 5] = [
        (Grade::Amiss, "amiss"),
        (Grade::Review, "review"),
        (Grade::Open, "open"),
        (Grade::Sound, "sound"),
        (Grade::None, "none"),
    ];

    /// The grade of a figure. What is contradicted with little confidence is to be read, not to be reported.
    pub fn of_check(check: &Check) -> Grade {
        use Relation::{BaseDiffers, BoundDropped, HedgeDropped, Stale, UnitDiffers};
        let lost = matches!(check.relation, Some(BoundDropped | HedgeDropped | Stale | BaseDiffers | UnitDiffers));
        match check.verdict {
            Verdict::Contradicted if check.confidence > Confidence::Low => Grade::Amiss,
            Verdict::Contradicted | Verdict::Conflicting => Grade::Review,
            Verdict::Supported if lost => Grade::Review,
            Verdict::Supported => Grade::Sound,
            Verdict::NotEnoughEvidence if lost || Listed::of(check) == Listed::OfElse => Grade::Review,
            Verdict::NotEnoughEvidence => Grade::Open,
            Verdict::NotCheckable => Grade::None,
        }
    }

    /// The grade of a quoted passage.
    pub fn of_trace(trace: &Trace) -> Grade {
        let grave = |change: &ChangeKind| matches!(change, ChangeKind::Figure | ChangeKind::Negation);
        match trace.relation {
            Fidelity::Altered | Fidelity::Spliced => Grade::Amiss,
            _ if trace.attribution_drift == Some(true) => Grade::Amiss,
            Fidelity::NotFound if of_another(trace).is_some() => Grade::Review,
            Fidelity::NotFound => Grade::Open,
            _ if trace.changes.iter().any(grave) || caveats(trace).next().is_some() => Grade::Review,
            Fidelity::Bracketed | Fidelity::Elided | Fidelity::Verbatim => Grade::Sound,
        }
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        Grade::ALL.iter().find(|(grade, _)| *grade == self).map_or("", |(_, name)| name)
    }

    const fn tone(self) -> Tone {
        match self {
            Grade::Amiss => Tone::Bad,
            Grade::Review => Tone::Warn,
            Grade::Sound => Tone::Good,
            Grade::Open | Grade::None => Tone::Dim,
        }
    }
}

/// Who says the words in a source that is not claimed because they are another's in the draft.
fn of_another(trace: &Trace) -> Option<&str> {
    trace.relayed_by.as_deref().filter(|_| trace.because.contains(&Reason::AnotherMouth))
}

/// One quoted passage or one figure of a draft.
#[derive(Clone, Debug)]
pub struct Finding<'a> {
    /// How it stands to the sources.
    pub grade: Grade,
    /// `quotation` or `figure`.
    pub subject: &'static str,
    /// The relation of a quotation, the verdict of a figure.
    pub verdict: String,
    /// The changes of a quotation, the relation of a figure.
    pub detail: Vec<String>,
    /// Its place in the draft.
    pub span: Span,
    /// The words of the draft, with what the source has otherwise in `[-struck-]{+put in+}`.
    pub words: String,
    /// One sentence: what was found.
    pub message: String,
    /// The place in the source.
    pub source: Option<(&'a Document, Span)>,
    /// The cell of a table, if that is the source.
    pub cell: Option<String>,
}

/// The names of the columns of [`Finding::row`].
pub const DRAFT_HEADER: [&str; 6] = ["where", "grade", "verdict", "detail", "source", "words"];

/// Every finding of a draft, in the order of the text.
pub fn findings<'a>(draft: &ReadDocument, sources: &Library<'a>) -> Vec<Finding<'a>> {
    let checks = draft.checks.iter().map(|check| of_check(&draft.document, check, sources));
    let traces = draft.traces.iter().map(|trace| of_trace(&draft.document, trace, sources));
    let mut all: Vec<Finding> = traces.chain(checks).collect();
    all.sort_by_key(|finding| (finding.span.start, finding.span.end));
    all
}

fn of_check<'a>(draft: &Document, check: &Check, sources: &Library<'a>) -> Finding<'a> {
    let verdict = name_of(&check.verdict);
    let best = check.evidence.first();
    let source = best.and_then(|item| Some((sources.get(&item.doc)?, item.span?)));
    let stated = best.map(|item| stated(item, source)).unwrap_or_default();
    let written = text(draft, check.span);
    let sentence = check.sentence.unwrap_or(check.span).cover(check.span);
    // An edit is shown where the source has it otherwise: not where it has the same in other writing or by arithmetic, nor
    // where what stands there may be of something else.
    let grade = Grade::of_check(check);
    let otherwise = matches!(grade, Grade::Amiss | Grade::Review) && Listed::of(check) != Listed::OfElse;
    let edited = match otherwise && !stated.is_empty() && stated != written {
        true => edit(&stated, written),
        false => format!("‹{written}›"),
    };
    let words = flat(&format!(
        "{}{edited}{}",
        text(draft, Span::new(sentence.start, check.span.start)),
        text(draft, Span::new(check.span.end, sentence.end))
    ));
    let cell = best.and_then(|item| item.table.as_ref().map(|table| (item, table))).map(|(item, table)| {
        format!("{table}: {}, {}", item.row.as_deref().unwrap_or("?"), item.column.as_deref().unwrap_or("?"))
    });
    let named = cell.clone().or_else(|| source.map(place));
    let told = match check.verdict {
        Verdict::Contradicted => "a source states another value",
        Verdict::Conflicting => "sources state different values",
        Verdict::Supported => "a source states it",
        Verdict::NotEnoughEvidence if check.relation.is_some() => "a source has the number, but says it otherwise",
        Verdict::NotEnoughEvidence => "no source speaks of it with enough confidence",
        Verdict::NotCheckable => "there is nothing to compare",
    };
    let relation = check.relation.map(|relation| name_of(&relation));
    let mut message = format!("‹{}› {verdict}: {told}", flat(written));
    if let Some(relation) = &relation {
        message.push_str(&format!(" ({relation})"));
    }
    if let Some(named) = named {
        message.push_str(&format!("; {named} has ‹{}›", flat(&stated)));
    }
    if let Some(computation) = &check.computation {
        message.push_str(&format!("; {computation}"));
    }
    Finding {
        grade,
        subject: "figure",
        verdict,
        detail: relation.into_iter().collect(),
        span: check.span,
        words,
        message,
        source,
        cell,
    }
}

fn of_trace<'a>(draft: &Document, trace: &Trace, sources: &Library<'a>) -> Finding<'a> {
    let statement = trace.statement.as_deref().and_then(|id| sources.get(id));
    let source = statement.and_then(|statement| {
        let whole = trace.source.first()?.cover(*trace.source.last()?);
        Some((statement, whole))
    });
    let drift = trace.attribution_drift == Some(true);
    let mut detail: Vec<String> = trace.changes.iter().map(name_of).collect();
    if drift {
        detail.push("attribution".to_owned());
    }
    let other = of_another(trace);
    if other.is_some() {
        detail.push(name_of(&Reason::AnotherMouth));
    }
    detail.extend(caveats(trace).map(|reason| name_of(&reason)));
    let mut words =
        statement.map_or_else(|| flat(text(draft, trace.quote)), |statement| edits(draft, statement, trace));
    // Whose words they are there, where the draft does not plainly say the same.
    let theirs = other.or(trace.statement_speaker.as_deref().filter(|_| trace.attribution_drift != Some(false)));
    if let Some(theirs) = theirs.filter(|theirs| trace.attributed_to.as_deref() != Some(theirs)) {
        let ours = trace.attributed_to.as_deref().filter(|_| drift || other.is_some());
        let by = ours.map_or_else(|| theirs.to_owned(), |ours| edit(theirs, ours));
        words.push_str(&format!(" — {by}"));
    }
    let verdict = name_of(&trace.relation);
    let told = match trace.relation {
        Fidelity::NotFound => "no source holds these words",
        Fidelity::Verbatim => "the same words in order",
        Fidelity::Elided => "words are left out at an ellipsis",
        Fidelity::Bracketed => "a word is an editor’s, in brackets",
        Fidelity::Spliced => "passages that are not adjacent are run together with no mark",
        Fidelity::Altered => "words are substituted, dropped or added with no mark",
    };
    let mut message = format!("{verdict}: {told}");
    if !detail.is_empty() {
        message.push_str(&format!(" ({})", detail.join(", ")));
    }
    if let Some(source) = source {
        message.push_str(&format!("; {} has “{}”", place(source), flat(text(source.0, source.1))));
    }
    let ours = trace.attributed_to.as_deref().unwrap_or("?");
    match theirs {
        Some(theirs) => message.push_str(&format!("; given to {ours}, said by {theirs}")),
        None if drift => message.push_str(&format!("; given to {ours}, in the source’s own words")),
        None => {}
    }
    Finding {
        grade: Grade::of_trace(trace),
        subject: "quotation",
        verdict,
        detail,
        span: trace.quote,
        words,
        message,
        source,
        cell: None,
    }
}

impl Finding<'_> {
    /// The row of the finding, in the draft that `at` knows the lines of.
    pub fn row(&self, at: &Where) -> Row {
        let source = self.cell.clone().or_else(|| self.source.map(place)).unwrap_or_default();
        vec![
            at.cell(self.span.start),
            Cell::plain(self.grade.name()).tone(self.grade.tone()),
            Cell::plain(self.verdict.clone()).tone(self.grade.tone()),
            Cell::plain(self.detail.join(" ")),
            Cell::plain(source).tone(Tone::Dim),
            Cell::plain(self.words.clone()),
        ]
    }

    /// Whether one of `names` is its grade, its verdict or a detail of it.
    pub fn is_one_of(&self, names: &[String]) -> bool {
        let named = |name: &str| names.iter().any(|one| one == name);
        named(self.grade.name()) || named(&self.verdict) || self.detail.iter().any(|detail| named(detail))
    }
}

/// `PATH:LINE:COLUMN` of a place in a source.
fn place((document, span): (&Document, Span)) -> String {
    Where::new(document).cell(span.start).text
}

/// What a piece of evidence has: the words of a statement, or the value of a cell.
fn stated(item: &EvidenceItem, source: Option<(&Document, Span)>) -> String {
    let value = || item.value.clone().unwrap_or_default();
    source.map_or_else(value, |(document, span)| text(document, span).to_owned())
}

/// The quoted words as the draft has them, marks and brackets included, with the edit from the statement's.
fn edits(draft: &Document, statement: &Document, trace: &Trace) -> String {
    let mut out = String::new();
    let mut at = trace.quote.start;
    for one in changes(&statement.text, trace) {
        let (old, new) = (text(statement, one.old), text(draft, one.new));
        let gap = text(draft, Span::new(at, one.new.start.max(at)));
        out.push_str(gap);
        at = at.max(one.new.end);
        if one.same {
            parted(&mut out, new);
        } else {
            parted(&mut out, &edit(old, new));
        }
    }
    out.push_str(text(draft, Span::new(at, trace.quote.end.max(at))));
    flat(&out)
}

/// Puts words behind others, with a space where neither has one.
fn parted(out: &mut String, words: &str) {
    let joins = |c: char| c.is_alphanumeric() || matches!(c, '[' | '{' | ']' | '}' | ',' | '.' | ';');
    let open = out.ends_with("-]") || out.ends_with("+}") || words.starts_with("[-") || words.starts_with("{+");
    if open && out.ends_with(joins) && !out.ends_with('[') {
        out.push(' ');
    }
    out.push_str(words);
}

fn edit(old: &str, new: &str) -> String {
    let old = if old.is_empty() { Cow::Borrowed("") } else { format!("[-{old}-]").into() };
    let new = if new.is_empty() { Cow::Borrowed("") } else { format!("{{+{new}+}}").into() };
    format!("{old}{new}")
}

fn text(document: &Document, span: Span) -> &str {
    document.text.get(span.range()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_source_has_otherwise_is_amiss_and_what_none_has_is_open() {
        let trace = |relation, changes: &[ChangeKind], drift| Trace {
            relation,
            changes: changes.to_vec(),
            attribution_drift: drift,
            ..Trace::default()
        };
        for (trace, grade) in [
            (trace(Fidelity::Altered, &[ChangeKind::Word], None), Grade::Amiss),
            (trace(Fidelity::Verbatim, &[], Some(true)), Grade::Amiss),
            (trace(Fidelity::Verbatim, &[], Some(false)), Grade::Sound),
            (trace(Fidelity::Verbatim, &[ChangeKind::Case], None), Grade::Sound),
            (trace(Fidelity::Elided, &[ChangeKind::Negation], None), Grade::Review),
            (trace(Fidelity::NotFound, &[], None), Grade::Open),
        ] {
            assert_eq!(Grade::of_trace(&trace), grade, "{trace:?}");
        }
    }

    #[test]
    fn the_edit_is_shown_from_the_source_to_the_draft() {
        assert_eq!(edit("open", "shut"), "[-open-]{+shut+}");
        assert_eq!(edit("", "soon"), "{+soon+}");
        assert_eq!(edit("not", ""), "[-not-]");
    }
}
