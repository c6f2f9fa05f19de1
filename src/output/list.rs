//! Findings for people to read one by one: the place on a line, with outlet and date, and below it the words whole, wrapped
//! to the width, with who said them, the verdict or the relation. It is what a terminal shows (`--format list`).

use super::columns::{Cell, Row, Tone, Where, corrected, relation_tone, value};
use super::edits::edits;
use super::terminal::shown;
use super::words::{self, Listed};
use super::{day_of, name_of};
use crate::check::{Check, EvidenceItem, Verdict};
use crate::document::Document;
use crate::extract::{Base, Claim, Confidence, Extraction, Figure, Quote};
use crate::record::{Library, RecordKind, RenderingRecord, ReuseRecord, SentenceRecord, id};
use crate::review::{Judged, Review};
use crate::span::Span;
use crate::text::Page;
use crate::trace::Trace;

/// A finding: lines that are wrapped when it is known how wide they may be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Block(Vec<Line>);

/// Words with their colours, on a line of their own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Line {
    indent: usize,
    runs: Vec<(String, Tone)>,
}

impl Line {
    fn put(mut self, text: impl AsRef<str>, tone: Tone) -> Line {
        let text = shown(text.as_ref());
        self.runs.push((text.split_whitespace_kept(), tone));
        self
    }

    /// A part that stands behind two spaces; nothing where it is empty.
    fn and(self, text: impl AsRef<str>, tone: Tone) -> Line {
        match text.as_ref() {
            "" => self,
            text => self.put("  ", Tone::Plain).put(text, tone),
        }
    }
}

/// White space as it is shown on a line that is wrapped: runs with a line break are one space.
trait Flat {
    fn split_whitespace_kept(&self) -> String;
}

impl Flat for str {
    fn split_whitespace_kept(&self) -> String {
        let mut out = String::with_capacity(self.len());
        let mut rest = self;
        while let Some(start) = rest.find(['\n', '\t', '\r']) {
            // The white space around a break is one space.
            out.push_str(rest[..start].trim_end());
            out.push(' ');
            rest = rest[start..].trim_start();
        }
        out.push_str(rest);
        out
    }
}

const INDENT: usize = 2;

impl Block {
    fn line(mut self, line: Line) -> Block {
        if line.runs.iter().any(|(text, _)| !text.trim().is_empty()) {
            self.0.push(line);
        }
        self
    }

    fn indented(self, line: Line) -> Block {
        self.line(Line { indent: INDENT, ..line })
    }

    /// The block as text, in lines of at most `width` columns.
    pub(super) fn write(&self, out: &mut String, width: usize, colours: bool) {
        for line in &self.0 {
            wrap(out, line, width.max(20), colours);
        }
    }
}

/// The code that begins a colour.
const fn code(tone: Tone) -> &'static str {
    match tone {
        Tone::Plain => "",
        Tone::Dim => "\u{1b}[2m",
        Tone::Strong => "\u{1b}[1m",
        Tone::Good => "\u{1b}[32m",
        Tone::Warn => "\u{1b}[33m",
        Tone::Bad => "\u{1b}[31m",
        Tone::Name => "\u{1b}[36m",
    }
}

/// Writes a line, wrapped at white space; what is longer than a line is cut.
fn wrap(out: &mut String, line: &Line, width: usize, colours: bool) {
    let letters: Vec<(char, Tone)> =
        line.runs.iter().flat_map(|(text, tone)| text.chars().map(move |c| (c, *tone))).collect();
    let mut indent = line.indent;
    let mut rest = letters.as_slice();
    loop {
        let room = width.saturating_sub(indent).max(8);
        let (mut used, mut end, mut space, mut part) = (0, 0, None, None);
        while end < rest.len() {
            let wide = super::table::width(rest[end].0.encode_utf8(&mut [0; 4]));
            if used + wide > room {
                break;
            }
            used += wide;
            end += 1;
            if rest[end - 1].0 == ' ' {
                if space == Some(end - 1) {
                    part = Some(end);
                }
                space = Some(end);
            }
        }
        // Before a part of its own, where what is left then fits; else between two words.
        let part = part.filter(|part| rest.len() - part <= width.saturating_sub(line.indent + 2 * INDENT));
        let cut = match (part, end) {
            (_, end) if end == rest.len() => end,
            (Some(part), _) => part,
            (None, end) if rest[end].0 == ' ' => end,
            (None, end) => space.unwrap_or(end.max(1)),
        };
        let shown = &rest[..cut];
        let kept = shown.iter().rposition(|(c, _)| *c != ' ').map_or(0, |at| at + 1);
        out.extend(std::iter::repeat_n(' ', indent));
        let mut tone = Tone::Plain;
        for (c, own) in &shown[..kept] {
            if colours && *own != tone {
                if tone != Tone::Plain {
                    out.push_str("\u{1b}[0m");
                }
                out.push_str(code(*own));
                tone = *own;
            }
            out.push(*c);
        }
        if tone != Tone::Plain && colours {
            out.push_str("\u{1b}[0m");
        }
        out.push('\n');
        rest = &rest[cut..];
        while rest.first().is_some_and(|(c, _)| *c == ' ') {
            rest = &rest[1..];
        }
        if rest.is_empty() {
            return;
        }
        // What goes on stands a little deeper where the line began at the edge.
        indent = line.indent.max(INDENT) + if line.indent == 0 { INDENT } else { 0 };
    }
}

/// Whether findings of a kind are shown like this; others are a table.
pub(super) const fn shows(kind: RecordKind) -> bool {
    use RecordKind::*;
    matches!(kind, Quote | Figure | Claim | Check | Trace | Reuse | Sentence | Rendering)
}

/// What a list needs of a document: where it stands on disk, its sentences.
pub struct TextView<'d> {
    at: Where<'d>,
    document: &'d Document,
    page: Page<'d>,
    /// What people said of its findings.
    reviews: Vec<Review>,
}

impl<'d> TextView<'d> {
    /// Of a document, whose file is looked for, and what people said of what was found in it.
    pub fn new(document: &'d Document, extraction: &Extraction) -> TextView<'d> {
        TextView { at: Where::new(document), document, page: Page::new(document), reviews: extraction.reviews.clone() }
    }

    /// What a person said of a finding; nothing where nobody did.
    fn judged(&self, record: Judged, span: Span) -> Line {
        let Some(review) = self.reviews.iter().find(|one| one.record == record && one.span == span) else {
            return Line::default();
        };
        let said = &review.reviewed;
        let was = match (&said.new, &said.old) {
            (Some(_), old) => format!("was: {}", old.as_deref().unwrap_or("nothing")),
            _ => String::new(),
        };
        Line::default()
            .put(format!("{} by {}", name_of(&said.verdict), said.by), Tone::Warn)
            .and(was, Tone::Dim)
            .and(said.note.as_deref().unwrap_or_default(), Tone::Dim)
    }

    /// The place on a line of its own: `path:line:column  outlet, date  id`, the id by which `sayso review` takes the finding.
    fn head(&self, byte: u32, finding: Option<(Judged, usize)>) -> Line {
        let line = Line::default().put(self.at.cell(byte).text, Tone::Strong).and(outlet(self.document), Tone::Dim);
        match finding {
            Some((record, position)) => line.and(id(&self.document.id, record.letter(), position), Tone::Dim),
            None => line,
        }
    }

    fn text(&self, span: Span) -> &'d str {
        self.document.text.get(span.range()).unwrap_or_default()
    }

    /// The sentence around a place with the words there in a colour.
    fn sentence(&self, span: Span, tone: Tone) -> Line {
        let after = self.page.sentences.partition_point(|sentence| sentence.span.start <= span.start);
        let around =
            after.checked_sub(1).map(|n| self.page.sentences[n].span).filter(|sentence| sentence.end > span.start);
        marked(&self.document.text, around.map_or(span, |sentence| sentence.cover(span)), span, tone)
    }
}

/// The words of `around`, those of `span` in a colour.
fn marked(text: &str, around: Span, span: Span, tone: Tone) -> Line {
    let of = |start: u32, end: u32| text.get(start as usize..end as usize).unwrap_or_default();
    Line::default()
        .put(of(around.start, span.start).trim_start(), Tone::Plain)
        .put(of(span.start, span.end), tone)
        .put(of(span.end, around.end).trim_end(), Tone::Plain)
}

/// The outlet and the day of a document.
fn outlet(document: &Document) -> String {
    let day = day_of(document);
    [document.publisher.as_deref(), day].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// The finding at `position` in the list of its kind. Empty if there is no such finding.
pub fn block(reader: &TextView, extraction: &Extraction, kind: RecordKind, position: usize) -> Block {
    let block = match kind {
        RecordKind::Quote => extraction.quotes.get(position).map(|one| quote(reader, extraction, one, position)),
        RecordKind::Figure => extraction.figures.get(position).map(|one| figure(reader, extraction, one, position)),
        RecordKind::Claim => extraction.claims.get(position).map(|one| claim(reader, extraction, one, position)),
        _ => None,
    };
    block.unwrap_or_default()
}

/// How sure something is, where it is not all but certain.
fn unsure(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::High => "",
        Confidence::Medium => "likely",
        Confidence::Low => "unsure",
    }
}

fn quote(reader: &TextView, extraction: &Extraction, quote: &Quote, position: usize) -> Block {
    let speaker = quote.speaker.and_then(|s| extraction.speakers.get(s as usize));
    let who = match speaker {
        Some(speaker) => {
            let role = speaker.role.as_deref().map(|role| format!(", {role}")).unwrap_or_default();
            let tone = if quote.confidence == Confidence::Low { Tone::Warn } else { Tone::Name };
            let line = Line::default().put(&speaker.name, tone).put(role, Tone::Plain);
            let cue = quote.cue.map(|cue| format!("“{}”", reader.text(cue))).unwrap_or_default();
            let how = if corrected(extraction, quote) { "by review" } else { words::how(quote.how) };
            line.and(cue, Tone::Dim).and(how, Tone::Dim).and(unsure(quote.confidence), Tone::Warn)
        }
        None => Line::default().put("speaker not found", Tone::Warn),
    };
    let kind = match quote.kind {
        crate::extract::QuoteKind::Direct => String::new(),
        kind => name_of(&kind),
    };
    let mut said = Line::default();
    for (n, piece) in quote.content.iter().enumerate() {
        if n > 0 {
            said = said.put(" … ", Tone::Dim);
        }
        said = said.put(reader.text(*piece), Tone::Plain);
    }
    Block::default()
        .line(reader.head(quote.content.first().map_or(0, |span| span.start), Some((Judged::Quote, position))))
        .indented(who.and(kind, Tone::Dim))
        .indented(said)
        .indented(reader.judged(Judged::Quote, quote.content.first().copied().unwrap_or_default()))
}

/// A value as people write it: with its unit, thousands parted.
pub fn amount(figure: &Figure) -> String {
    let number = grouped(&value(figure));
    match (words::unit(figure), figure.unit.as_deref()) {
        (_, Some("percent")) => format!("{number}%"),
        (Some(unit), _) if figure.value.is_some() => format!("{number} {unit}"),
        _ => number,
    }
}

/// A number with its thousands parted by commas; anything else as it is.
fn grouped(number: &str) -> String {
    let mut out = String::with_capacity(number.len() + 4);
    let mut rest = number;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let (before, from) = rest.split_at(start);
        let length = from.find(|c: char| !c.is_ascii_digit()).unwrap_or(from.len());
        let (digits, after) = from.split_at(length);
        out.push_str(before);
        // Digits behind a point, and those of a date, stay as they are.
        let plain = digits.len() < 5 || before.ends_with('.') || before.ends_with('-') || after.starts_with('-');
        for (n, digit) in digits.chars().enumerate() {
            if !plain && n > 0 && (digits.len() - n).is_multiple_of(3) {
                out.push(',');
            }
            out.push(digit);
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

fn figure(reader: &TextView, extraction: &Extraction, figure: &Figure, position: usize) -> Block {
    let base = match figure.of {
        Some(Base::Figure(f)) => extraction.figures.get(f as usize).map_or("", |f| reader.text(f.span)),
        Some(Base::Words(span)) => reader.text(span),
        None => "",
    };
    let mut what = figure.noun.map_or(String::new(), |noun| reader.text(noun).to_owned());
    if !base.is_empty() {
        what.push_str(if what.is_empty() { "of " } else { " of " });
        what.push_str(base);
    }
    let whose = figure.quote.and_then(|q| extraction.quotes.get(q as usize)).and_then(|quote| quote.speaker);
    let whose = whose.and_then(|s| extraction.speakers.get(s as usize)).map_or("", |speaker| &speaker.name);
    let line =
        Line::default().put(amount(figure), Tone::Strong).and(what, Tone::Name).and(name_of(&figure.kind), Tone::Dim);
    let line = if whose.is_empty() { line } else { line.and(format!("says {whose}"), Tone::Dim) };
    Block::default()
        .line(reader.head(figure.span.start, Some((Judged::Figure, position))))
        .indented(line)
        .indented(reader.sentence(figure.hedge.map_or(figure.span, |hedge| hedge.cover(figure.span)), Tone::Strong))
        .indented(reader.judged(Judged::Figure, figure.span))
}

fn claim(reader: &TextView, extraction: &Extraction, claim: &Claim, position: usize) -> Block {
    let whose: Vec<&str> = claim
        .attribution
        .iter()
        .map(|one| match one.speaker.and_then(|s| extraction.speakers.get(s as usize)) {
            Some(speaker) => speaker.name.as_str(),
            None => one.source.map_or("?", |span| reader.text(span)),
        })
        .collect();
    let whose = if whose.is_empty() { "the narrator".to_owned() } else { whose.join(", reported by ") };
    let missing: Vec<String> = claim.missing.iter().map(name_of).collect();
    let open = if missing.is_empty() { String::new() } else { format!("leaves open: {}", missing.join(", ")) };
    Block::default()
        .line(reader.head(claim.span.start, Some((Judged::Claim, position))))
        .indented(
            Line::default()
                .put(format!("worth {:.2}", claim.check_worthy), Tone::Strong)
                .and(name_of(&claim.kind), Tone::Dim)
                .and(whose, Tone::Name)
                .and(open, Tone::Warn),
        )
        .indented(marked(&reader.document.text, claim.span, claim.span, Tone::Plain))
        .indented(reader.judged(Judged::Claim, claim.span))
}

/// The finding of a check: the verdict, both sentences, the arithmetic.
pub fn check_block(reader: &TextView, check: &Check, position: usize, library: &Library) -> Block {
    let listed = Listed::of(check);
    let tone = match listed {
        Listed::Under(Verdict::Contradicted) => Tone::Bad,
        Listed::Under(Verdict::Conflicting) | Listed::OfElse => Tone::Warn,
        Listed::Under(Verdict::Supported) => Tone::Good,
        _ => Tone::Dim,
    };
    let verdict = Line::default()
        .put(name_of(&check.verdict), tone)
        .and(check.relation.map(words::relation).unwrap_or_default(), tone)
        .and(listed.label().to_lowercase(), Tone::Dim)
        .and(format!("confidence {}", words::confidence(check.confidence)), Tone::Dim);
    let mut block = Block::default()
        .line(reader.head(check.span.start, Some((Judged::Check, position))))
        .indented(verdict)
        .indented(reader.sentence(check.span, if tone == Tone::Dim { Tone::Strong } else { tone }));
    for item in check.evidence.iter().take(2) {
        block = block.line(Line { indent: 2 * INDENT, ..evidence(item, library) });
    }
    let sum = check.computation.as_deref().unwrap_or_default();
    let why: Vec<&str> = match check.verdict {
        Verdict::NotEnoughEvidence | Verdict::NotCheckable => {
            check.because.iter().map(|one| words::why(*one)).collect()
        }
        _ => Vec::new(),
    };
    block
        .indented(Line::default().put(sum, Tone::Plain))
        .indented(Line::default().put(why.join("; "), Tone::Dim))
        .indented(reader.judged(Judged::Check, check.span))
}

fn evidence(item: &EvidenceItem, library: &Library) -> Line {
    if let (Some(table), row, column) = (&item.table, &item.row, &item.column) {
        return Line::default().put(item.value.as_deref().unwrap_or_default(), Tone::Strong).and(
            format!("{table}: {}, {}", row.as_deref().unwrap_or("?"), column.as_deref().unwrap_or("?")),
            Tone::Dim,
        );
    }
    let (Some(document), Some(span)) = (library.get(&item.doc), item.span) else {
        return Line::default().put(&item.doc, Tone::Dim);
    };
    let around = item.sentence.map_or(span, |sentence| sentence.cover(span));
    let place = Where::new(document).cell(span.start).text;
    marked(&document.text, around, span, Tone::Strong).and(place, Tone::Dim).and(outlet(document), Tone::Dim)
}

/// The finding of a trace: the relation, who says it on both sides, the words with what was changed.
pub fn trace_block(reader: &TextView, trace: &Trace, position: usize, statement: Option<&Document>) -> Block {
    let tone = relation_tone(trace.relation);
    let changes: Vec<&str> = trace.changes.iter().map(|one| words::change(*one)).collect();
    let what = if changes.is_empty() { words::edit(trace.relation).to_owned() } else { changes.join(", ") };
    let what = [what].into_iter().chain(words::caveats(trace).filter_map(words::caveat).map(str::to_owned));
    let what = what.collect::<Vec<_>>().join("; ");
    let head = Line::default().put(name_of(&trace.relation), tone).and(what, Tone::Dim).and(
        trace.confidence.map(|one| format!("confidence {}", words::confidence(one))).unwrap_or_default(),
        Tone::Dim,
    );
    let mut block =
        Block::default().line(reader.head(trace.quote.start, Some((Judged::Trace, position)))).indented(head);
    if trace.attribution_drift == Some(true) {
        let (to, by) = (trace.attributed_to.as_deref(), trace.statement_speaker.as_deref());
        let line = format!("given to {}, said by {}", to.unwrap_or("?"), by.unwrap_or("?"));
        block = block.indented(Line::default().put(line, Tone::Bad));
    }
    block = block.indented(edited(reader.document, trace, statement));
    let by = trace.attributed_to.as_deref().unwrap_or("speaker not found");
    let line = Line::default().put("— ", Tone::Dim).put(by, Tone::Name);
    let line = match (statement, trace.source.first()) {
        (Some(statement), Some(first)) => line
            .and(format!("from {}", Where::new(statement).cell(first.start).text), Tone::Dim)
            .and(outlet(statement), Tone::Dim),
        _ => line,
    };
    block.line(Line { indent: 2 * INDENT, ..line }).indented(reader.judged(Judged::Trace, trace.quote))
}

fn edited(document: &Document, trace: &Trace, statement: Option<&Document>) -> Line {
    let ours = |start: u32, end: u32| document.text.get(start as usize..end as usize).unwrap_or_default();
    let Some(theirs) = statement.filter(|_| !trace.ops.is_empty()).map(|statement| statement.text.as_str()) else {
        return Line::default().put(ours(trace.quote.start, trace.quote.end), Tone::Plain);
    };
    let mut line = Line::default();
    let mut done = trace.quote.start;
    for edit in edits(theirs, trace) {
        // What stands between the words of two steps: spaces, marks, the ellipsis.
        let start = if edit.new.is_empty() { done } else { edit.new.start.max(done) };
        line = line.put(ours(done, start), Tone::Plain);
        done = start.max(edit.new.end).max(done);
        if edit.same {
            line = line.put(ours(start, done), Tone::Plain);
            continue;
        }
        let old = theirs.get(edit.old.range()).unwrap_or_default();
        if !old.is_empty() {
            let before = line.runs.iter().rev().find_map(|(text, _)| text.chars().next_back());
            let space = if before.is_some_and(char::is_alphanumeric) { " " } else { "" };
            let tone = if edit.omitted { Tone::Warn } else { Tone::Bad };
            line = line.put(format!("{space}[-{}-]", old.trim()), tone);
        }
        if !edit.new.is_empty() {
            line = line.put(format!("{{+{}+}}", ours(start, done)), Tone::Good);
        } else if document.text.get(done as usize..).is_some_and(|rest| rest.starts_with(char::is_alphanumeric)) {
            line = line.put(" ", Tone::Plain);
        }
    }
    line.put(ours(done, trace.quote.end), Tone::Plain)
}

/// One quotation beside its statement: who is compared with what, and the whole change.
pub fn diff_block(ours: (&Document, &str), theirs: (&Document, &str), trace: &Trace) -> Block {
    let changes: Vec<&str> = trace.changes.iter().map(|one| words::change(*one)).collect();
    let line = Line::default()
        .put(ours.1, Tone::Strong)
        .and(name_of(&trace.relation), relation_tone(trace.relation))
        .and(changes.join(", "), Tone::Dim);
    let by = trace.statement_speaker.as_deref().unwrap_or_default();
    let place = match trace.source.first() {
        Some(first) => Where::new(theirs.0).cell(first.start).text,
        None => theirs.1.to_owned(),
    };
    let from = match by {
        "" => Line::default().put(format!("— {place}"), Tone::Dim),
        by => Line::default().put("— ", Tone::Dim).put(by, Tone::Name).and(place, Tone::Dim),
    };
    Block::default()
        .line(line)
        .indented(edited(ours.0, trace, Some(theirs.0)))
        .line(Line { indent: 2 * INDENT, ..from })
}

/// A passage that repeats a statement without marks.
pub fn reuse_block(reader: &TextView, start: u32, record: &ReuseRecord) -> Block {
    let words = format!("{} words, {:.0}% of the article", record.words, record.share * 100.0);
    Block::default()
        .line(reader.head(start, None))
        .indented(Line::default().put(words, Tone::Strong).and(format!("from {}", record.statement), Tone::Dim))
        .indented(Line::default().put(record.span.text, Tone::Plain))
}

/// A sentence of a statement with who used it: what its row says.
pub fn sentence_block(record: &SentenceRecord, row: &Row) -> Block {
    let cell = |n: usize| row.get(n).map(|cell: &Cell| (cell.text.clone(), cell.tone)).unwrap_or_default();
    let ((how, tone), (who, _)) = (cell(2), cell(3));
    let place = format!("{}, character {}", record.doc, record.span.start);
    Block::default()
        .line(Line::default().put(place, Tone::Dim))
        .indented(Line::default().put(how, tone).and(who, Tone::Name))
        .indented(Line::default().put(record.span.text, if record.used == 0 { Tone::Dim } else { Tone::Plain }))
}

/// A wording of a sentence with how it spread: what its row says.
pub fn rendering_block(record: &RenderingRecord, row: &Row) -> Block {
    let cell = |n: usize| row.get(n).map(|cell: &Cell| (cell.text.clone(), cell.tone)).unwrap_or_default();
    let ((first, _), (last, _), (relation, tone), (who, _)) = (cell(1), cell(2), cell(4), cell(5));
    let days = if first == last { first } else { format!("{first} to {last}") };
    Block::default()
        .line(
            Line::default()
                .put(record.doc, Tone::Dim)
                .and(days, Tone::Strong)
                .and(format!("× {}", record.uses.len()), Tone::Dim),
        )
        .indented(Line::default().put(relation, tone).and(who, Tone::Name))
        .indented(Line::default().put(record.wording, Tone::Plain))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrapped(line: Line, width: usize, colours: bool) -> String {
        let mut out = String::new();
        wrap(&mut out, &line, width, colours);
        out
    }

    #[test]
    fn lines_are_wrapped_at_white_space() {
        let line = |text: &str| Line { indent: 2, ..Line::default() }.put(text, Tone::Plain);
        assert_eq!(wrapped(line("one two three four"), 12, false), "  one two\n  three four\n");
        assert_eq!(wrapped(line("one\n\ntwo"), 40, false), "  one two\n");
        assert_eq!(wrapped(line("verdict  what it is  how sure"), 24, false), "  verdict  what it is\n  how sure\n");
        assert_eq!(wrapped(line("abcdefghijklmnop"), 10, false), "  abcdefgh\n  ijklmnop\n");
        assert_eq!(
            wrapped(Line::default().put("a/long/path/of/a/file:1:1", Tone::Plain), 24, false),
            "a/long/path/of/a/file:1:\n    1\n"
        );
    }

    #[test]
    fn colours_end_with_the_line() {
        let line = Line::default().put("red words", Tone::Bad).put(" plain", Tone::Plain);
        assert_eq!(wrapped(line.clone(), 20, true), "\u{1b}[31mred words\u{1b}[0m plain\n");
        assert_eq!(wrapped(line, 20, false), "red words plain\n");
    }

    #[test]
    fn numbers_are_parted_and_dates_are_not() {
        for (number, shown) in [
            ("12000000", "12,000,000"),
            ("2017", "2017"),
            ("2017-10-04", "2017-10-04"),
            ("1200.50001", "1200.50001"),
            (">= 40000", ">= 40,000"),
            ("10000–20000", "10,000–20,000"),
        ] {
            assert_eq!(grouped(number), shown);
        }
    }
}
