//! What was changed on the way from a statement to a quotation, as people take it in: neighbouring steps of the edit script
//! are one change, and so are changes between which a word or two happen to be the same. The records keep the script as it is.

use crate::span::Span;
use crate::trace::{EditOp, OpKind, Trace};

/// A run of words: the same on both sides, or changed as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edit {
    /// Whether both sides have the same words.
    pub same: bool,
    /// Where in the coverage; empty where the quotation has nothing.
    pub new: Span,
    /// Where in the statement; empty where the statement has nothing.
    pub old: Span,
    /// Whether the words stand between two passages that the quotation joins.
    pub omitted: bool,
}

/// So many words that are the same do not part two changes.
const ISLAND: usize = 2;

/// The edits of a trace, in the order of the quotation; `theirs` is the text of its statement.
pub fn edits(theirs: &str, trace: &Trace) -> Vec<Edit> {
    let mut edits: Vec<Edit> = Vec::with_capacity(trace.ops.len());
    for op in &trace.ops {
        let next = of(op, trace);
        match edits.last_mut() {
            Some(last)
                if !last.same && !next.same && last.omitted == next.omitted && follows(theirs, last.old, next.old) =>
            {
                *last = joined(*last, next);
            }
            _ => edits.push(next),
        }
    }
    if let Some(first) = edits.first_mut().filter(|first| {
        first.new.start == trace.quote.start && !first.same && !first.new.is_empty() && !first.old.is_empty()
    }) {
        first.old.start = clause_start(theirs, first.old.start);
    }
    // A word or two between two longer changes is chance: `not intend to` of `She does not intend to`.
    let mut whole: Vec<Edit> = Vec::with_capacity(edits.len());
    for edit in edits {
        whole.push(edit);
        let [.., before, island, after] = whole.as_slice() else { continue };
        let changed = words(theirs, before.old) + words(theirs, after.old);
        let small = words(theirs, island.old) <= ISLAND && 2 * words(theirs, island.old) < changed;
        let near = follows(theirs, before.old, island.old) && follows(theirs, island.old, after.old);
        let changes = !before.same && island.same && !after.same;
        if changes && small && near && !before.omitted && !after.omitted {
            let one = joined(joined(*before, *island), *after);
            whole.truncate(whole.len() - 3);
            whole.push(one);
        }
    }
    whole
}

/// Where the sentence begins that a place stands in, if a few words before it: the first words of a quotation stand for those
/// of the sentence. Else the place itself.
fn clause_start(theirs: &str, at: u32) -> u32 {
    const FEW: usize = 6;
    let before = theirs.get(..at as usize).unwrap_or_default();
    let start = before.rfind(['.', '!', '?', '\n', ':', ';']).map_or(0, |end| end + 1);
    let words = &before[start..];
    let start = start + (words.len() - words.trim_start_matches(|c: char| !c.is_alphanumeric()).len());
    if words.split_whitespace().count() <= FEW { start as u32 } else { at }
}

fn of(op: &EditOp, trace: &Trace) -> Edit {
    Edit {
        same: op.kind == OpKind::Equal,
        new: op.quote,
        old: op.source,
        omitted: op.kind == OpKind::Delete && trace.omitted.iter().any(|span| span.overlaps(op.source)),
    }
}

/// Whether one place of the statement goes on where the other ends.
fn follows(theirs: &str, first: Span, second: Span) -> bool {
    let between = theirs.get(first.end as usize..second.start as usize);
    between.is_some_and(|text| !text.chars().any(char::is_alphanumeric))
}

fn joined(first: Edit, second: Edit) -> Edit {
    let cover = |a: Span, b: Span| match (a.is_empty(), b.is_empty()) {
        (true, _) => b,
        (_, true) => a,
        _ => a.cover(b),
    };
    Edit { same: false, new: cover(first.new, second.new), old: cover(first.old, second.old), omitted: first.omitted }
}

fn words(text: &str, span: Span) -> usize {
    text.get(span.range()).map_or(0, |words| words.split_whitespace().count())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Steps as `=same`, `-gone`, `+come`, with the texts that they make.
    fn script(steps: &[&str]) -> (String, String, Trace) {
        let (mut ours, mut theirs, mut trace) = (String::new(), String::new(), Trace::default());
        for step in steps {
            let (sign, words) = step.split_at(1);
            let put = |text: &mut String, is: bool| {
                if !is {
                    return Span::at(text.len(), text.len());
                }
                if !text.is_empty() {
                    text.push(' ');
                }
                let start = text.len();
                text.push_str(words);
                Span::at(start, text.len())
            };
            let kind = match sign {
                "=" => OpKind::Equal,
                "-" => OpKind::Delete,
                _ => OpKind::Insert,
            };
            let (quote, source) = (put(&mut ours, sign != "-"), put(&mut theirs, sign != "+"));
            trace.ops.push(EditOp { kind, quote, source });
        }
        (ours, theirs, trace)
    }

    fn told(steps: &[&str]) -> Vec<String> {
        let (ours, theirs, trace) = script(steps);
        let text = |text: &str, span: Span| text.get(span.range()).unwrap().to_owned();
        let told = |edit: &Edit| match edit.same {
            true => text(&ours, edit.new),
            false => format!("[-{}-]{{+{}+}}", text(&theirs, edit.old), text(&ours, edit.new)),
        };
        edits(&theirs, &trace).iter().map(told).collect()
    }

    #[test]
    fn a_change_is_shown_whole() {
        assert_eq!(
            told(&["-She does", "-not intend to", "+They", "=stay"]),
            ["[-She does not intend to-]{+They+}", "stay"]
        );
        assert_eq!(told(&["-She", "=does", "-not intend to", "=stay"]), ["[-She does not intend to-]{+does+}", "stay"]);
    }

    #[test]
    fn the_first_words_of_a_quotation_stand_for_those_of_the_sentence() {
        let theirs = "It rained. She does not intend to run again.";
        let place = |words: &str| theirs.find(words).map(|at| Span::at(at, at + words.len())).unwrap();
        let op = |kind, quote, source| EditOp { kind, quote, source };
        let ops = vec![
            op(OpKind::Replace, Span::at(0, 8), place("intend to")),
            op(OpKind::Equal, Span::at(9, 18), place("run again")),
        ];
        let edits = edits(theirs, &Trace { ops, ..Trace::default() });
        assert_eq!(edits[0].old, place("She does not intend to"));
        // A sentence that begins far before is not dragged in.
        assert_eq!(clause_start("one two three four five six seven eight", 34), 34);
    }

    #[test]
    fn words_that_were_kept_part_two_changes() {
        let steps = ["-two", "+three", "=boats of the harbour were", "-lost", "+found"];
        assert_eq!(told(&steps), ["[-two-]{+three+}", "boats of the harbour were", "[-lost-]{+found+}"]);
        // As many kept as changed: they are what the reader looks for.
        assert_eq!(told(&["-old", "=ferry line", "-now"]), ["[-old-]{++}", "ferry line", "[-now-]{++}"]);
    }
}
