//! The quoted words of a quotation, with an editor's marks among them: a quotation goes in, its [`Run`]s come out, one
//! for each unbroken stretch between quote marks. `“Ms. [Hale] is … safe”` is one run of four words; `Hale` is bracketed
//! and an ellipsis stands before `safe`.

use super::fold::words;
use crate::document::Document;
use crate::extract::{Quote, QuoteKind, QuoteReason};
use crate::span::Span;
use crate::words::{Word, key};

/// Unbroken quoted words.
pub(super) struct Run {
    /// From the first to the last word, quote marks and end punctuation excluded.
    pub span: Span,
    /// Position of the quotation; none where the words are no quotation.
    pub quote: Option<u32>,
    /// Its words.
    pub words: Vec<Quoted>,
}

impl Run {
    /// The keys of its words: equal for runs that say the same.
    pub(super) fn keys(&self) -> Vec<u64> {
        self.words.iter().map(|quoted| quoted.word.key).collect()
    }

    /// Its stretches of `text` that no bracket and no mark of omission interrupts.
    pub(super) fn pieces<'t>(&self, text: &'t str) -> Vec<&'t str> {
        let mut pieces: Vec<Span> = Vec::new();
        let mut joins = false;
        for quoted in &self.words {
            match pieces.last_mut() {
                _ if quoted.bracketed => {}
                Some(last) if joins && quoted.mark == Mark::None => *last = last.cover(quoted.word.span),
                _ => pieces.push(quoted.word.span),
            }
            joins = !quoted.bracketed;
        }
        pieces.into_iter().map(|piece| piece.of(text)).collect()
    }
}

/// A word between quote marks.
#[derive(Clone, Copy, Debug)]
pub(super) struct Quoted {
    pub word: Word,
    /// It, or part of it (`[T]he`), stands in an editor's brackets.
    pub bracketed: bool,
    /// It stands in round brackets, which may be an editor's or the speaker's.
    pub aside: bool,
    /// What stands before it.
    pub mark: Mark,
}

/// A mark of omission.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Mark {
    None,
    /// `--`: may be a dash, may be an omission.
    Weak,
    /// `…`, `...`, `. . .`, `[…]`, `* * *`.
    Ellipsis,
}

/// The runs of a direct or mixed quotation; none of an indirect one.
pub(super) fn runs(document: &Document, quote: &Quote, number: Option<u32>) -> Vec<Run> {
    if quote.kind == QuoteKind::Indirect {
        return Vec::new();
    }
    let text = document.text.as_str();
    let turn = quote.because.contains(&QuoteReason::Transcript);
    let stretches = |c: &Span| match turn.then(|| unopened(text, *c)).flatten() {
        Some(whole) => vec![whole],
        None => between_marks(text, *c),
    };
    let mut inner: Vec<Span> = quote.content.iter().flat_map(stretches).collect();
    if inner.is_empty() && quote.kind == QuoteKind::Direct {
        inner.clone_from(&quote.content);
    }
    inner.into_iter().filter_map(|span| run(text, span, number)).collect()
}

/// A turn whose label stands behind the opening mark (`“BRANDT: It held.”`): all before its closing mark.
fn unopened(text: &str, content: Span) -> Option<Span> {
    let inside = content.of(text);
    let end = inside.char_indices().next_back().filter(|(_, c)| double_mark(*c).is_some())?.0;
    let alone = !inside[..end].contains(|c| double_mark(c).is_some());
    alone.then(|| Span::at(content.start as usize, content.start as usize + end))
}

/// The stretches between quote marks inside `content`.
pub(super) fn between_marks(text: &str, content: Span) -> Vec<Span> {
    let inside = content.of(text);
    let double = inside.contains(|c| double_mark(c).is_some()) || inside.contains("``");
    // ‘He says “no”’: the outer marks are single, and what is quoted inside has a source of its own.
    let single =
        inside.starts_with(['‘', '\'', '‹']) && inside.ends_with(['’', '\'', '›']) && !inside.starts_with("''");
    let mut out = match (single, double) {
        // ‘safe’, ‘sensible’ and ‘overdue’
        (true, _) => Some(single_stretches(text, content))
            .filter(|all| all.len() > 1)
            .unwrap_or_else(|| outer_marks(text, content)),
        (false, true) => Vec::new(),
        (false, false) => single_stretches(text, content),
    };
    if double {
        out.extend(double_stretches(text, content));
    }
    out
}

/// What stands between a single mark that begins the content and one that ends it, or the end.
fn outer_marks(text: &str, content: Span) -> Vec<Span> {
    let inside = content.of(text);
    let Some(rest) = inside.strip_prefix(['‘', '‹', '\'']) else { return Vec::new() };
    let inner = rest.strip_suffix(['’', '›', '\'']).unwrap_or(rest);
    let start = content.start as usize + inside.len() - rest.len();
    vec![Span::at(start, start + inner.len())]
}

/// The stretches between single curly marks inside other words: `to ‘expect delays’ on the route`. A mark that may be a
/// genitive (`the farmers’ union`) closes only where no other does.
fn single_stretches(text: &str, content: Span) -> Vec<Span> {
    let inside = content.of(text);
    let mut out = Vec::new();
    let mut from = 0;
    while let Some(open) = inside[from..].find('‘').map(|i| from + i + '‘'.len_utf8()) {
        let limit = inside[open..].find('‘').map_or(inside.len(), |i| open + i);
        let ends = || {
            inside[open..limit]
                .match_indices('’')
                .map(|(i, _)| open + i)
                .filter(|at| !inside[at + '’'.len_utf8()..].starts_with(char::is_alphanumeric))
        };
        let close = closing(inside, ends).unwrap_or(limit);
        out.push(Span::at(content.start as usize + open, content.start as usize + close));
        from = close;
    }
    if out.is_empty() {
        out = straight_stretches(text, content);
    }
    if out.is_empty() { outer_marks(text, content) } else { out }
}

/// Of the marks that may close a stretch the first that is no genitive of a plural (`the farmers’ union`), else the first.
fn closing<I: Iterator<Item = usize>>(inside: &str, ends: impl Fn() -> I) -> Option<usize> {
    ends().find(|at| !inside[..*at].ends_with('s')).or_else(|| ends().next())
}

/// The stretches between straight single marks: `to 'expect delays' on the route`. An apostrophe opens none, for it is glued to a
/// word before it or has no fellow (`'til dawn`); nor do the marks around a single letter (`rock 'n' roll`).
fn straight_stretches(text: &str, content: Span) -> Vec<Span> {
    const MARK: char = '\'';
    let inside = content.of(text);
    // ''He said 'no' to it'': two for a double mark
    if inside.contains("''") {
        return Vec::new();
    }
    let before = |at: usize| inside[..at].chars().next_back();
    let after = |at: usize| inside[at + 1..].chars().next();
    let opens = |at: &usize| {
        before(*at).is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '[' | '—' | '–'))
            && after(*at).is_some_and(|c| c.is_alphanumeric() || c == '[' || c == '…')
    };
    let closes =
        |at: &usize| before(*at).is_some_and(|c| !c.is_whitespace()) && after(*at).is_none_or(|c| !c.is_alphanumeric());
    let marks: Vec<usize> = inside.match_indices(MARK).map(|(at, _)| at).collect();
    let mut out = Vec::new();
    let mut next = 0;
    while let Some(open) = marks[next..].iter().position(opens).map(|i| next + i) {
        let rest = &marks[open + 1..];
        let rest = &rest[..rest.iter().position(opens).unwrap_or(rest.len())];
        let Some(close) = closing(inside, || rest.iter().copied().filter(closes)) else {
            next = open + 1;
            continue;
        };
        let inner = &inside[marks[open] + 1..close];
        if inner.chars().filter(|c| c.is_alphanumeric()).nth(1).is_some() {
            out.push(Span::at(content.start as usize + marks[open] + 1, content.start as usize + close));
        }
        next = marks.partition_point(|at| *at <= close);
    }
    out
}

/// The stretches between double marks. A repeated opening mark (a quotation that goes on in the next paragraph) ends
/// one stretch and begins the next; a missing closing mark is taken to be at the end.
fn double_stretches(text: &str, content: Span) -> Vec<Span> {
    let inside = content.of(text);
    let mut out = Vec::new();
    let mut open: Option<usize> = None;
    let mut skip = 0;
    for (i, c) in inside.char_indices() {
        if i < skip {
            continue;
        }
        let at = content.start as usize + i;
        let (side, width) = match c {
            '`' if inside[i..].starts_with("``") => (Side::Opens, 2),
            '\'' if open.is_some() && inside[i..].starts_with("''") => (Side::Closes, 2),
            _ => match double_mark(c) {
                Some(side) => (side, c.len_utf8()),
                None => continue,
            },
        };
        skip = i + width;
        match (side, open) {
            (Side::Opens, Some(start)) => {
                out.push(Span::at(start, at));
                open = Some(at + width);
            }
            (Side::Opens | Side::Either, None) => open = Some(at + width),
            (Side::Closes | Side::Either, Some(start)) => {
                out.push(Span::at(start, at));
                open = None;
            }
            (Side::Closes, None) => {}
        }
    }
    if let Some(start) = open {
        out.push(Span::at(start, content.end as usize));
    }
    out
}

#[derive(Clone, Copy)]
enum Side {
    Opens,
    Closes,
    Either,
}

const fn double_mark(c: char) -> Option<Side> {
    match c {
        '“' | '„' | '«' | '‟' => Some(Side::Opens),
        '”' | '»' => Some(Side::Closes),
        '"' | '＂' => Some(Side::Either),
        _ => None,
    }
}

/// The words of a stretch with the marks between them; none where it holds no word.
pub(super) fn run(text: &str, span: Span, quote: Option<u32>) -> Option<Run> {
    let plain = words(text, after_label(text, span));
    let mut quoted: Vec<Quoted> = Vec::with_capacity(plain.len());
    let mut inside = false;
    let mut round = false;
    let mut before = span.start;
    for word in plain {
        let gap = &text[before.min(word.span.start) as usize..word.span.start as usize];
        before = word.span.end;
        // `[T]he`, `custom[er]s`: a bracket in the middle of a word joins its parts.
        if matches!(gap, "[" | "]")
            && let Some(last) = quoted.last_mut()
            && !is_sic(text, word, last.word)
        {
            inside = gap == "[";
            last.word.span = last.word.span.cover(word.span);
            let letters: String = last.word.span.of(text).chars().filter(|c| !matches!(c, '[' | ']')).collect();
            last.word.key = words(&letters, Span::at(0, letters.len())).first().map_or(key(&letters), |w| w.key);
            last.bracketed = true;
            continue;
        }
        for c in gap.chars() {
            match c {
                '[' => inside = true,
                ']' => inside = false,
                '(' => round = true,
                ')' => round = false,
                _ => {}
            }
        }
        quoted.push(Quoted { word, bracketed: inside, aside: round, mark: mark(gap) });
    }
    let first = quoted.first()?.word.span;
    let last = quoted.last()?.word.span;
    let trimmed = first.cover(last);
    // Brackets, a question mark or an exclamation mark at the ends belong to the words.
    let start =
        text[span.start as usize..first.start as usize].rfind('[').map_or(first.start, |i| span.start + i as u32);
    let tail = &text[last.end as usize..span.end as usize];
    let end = tail.rfind([']', '?', '!', ')']).map_or(trimmed.end, |i| last.end + i as u32 + 1);
    Some(Run { span: Span::new(start, end), quote, words: quoted })
}

/// Where the words begin after a speaker's label within the marks: `CLINTON: We will`.
fn after_label(text: &str, span: Span) -> Span {
    const LONGEST: usize = 40;
    let inside = span.of(text);
    let Some(colon) = inside.find(':').filter(|colon| *colon <= LONGEST) else { return span };
    let label = &inside[..colon];
    let shouted = label.chars().filter(|c| c.is_uppercase()).count() >= 3 && !label.contains(char::is_lowercase);
    let spaced = inside[colon + 1..].starts_with(char::is_whitespace);
    let name = label.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '.' | '\'' | '’' | '-'));
    if shouted && spaced && name { Span::new(span.start + colon as u32 + 1, span.end) } else { span }
}

fn is_sic(text: &str, word: Word, last: Word) -> bool {
    let sic = |w: Word| w.span.of(text).eq_ignore_ascii_case("sic");
    sic(word) || sic(last)
}

/// What the text between two words marks.
fn mark(gap: &str) -> Mark {
    if gap.len() < 2 {
        return Mark::None;
    }
    let count = |c: char| gap.matches(c).count();
    if gap.contains('…') || count('.') >= 3 || count('*') >= 3 {
        return Mark::Ellipsis;
    }
    if gap.contains("--") || gap.contains("..") { Mark::Weak } else { Mark::None }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inner(text: &str) -> Vec<&str> {
        between_marks(text, Span::at(0, text.len())).into_iter().map(|s| s.of(text)).collect()
    }

    #[test]
    fn a_turn_in_marks_ends_before_the_closing_one() {
        let whole = |text: &'static str| Some(unopened(text, Span::at(0, text.len()))?.of(text));
        assert_eq!(whole("It held.”"), Some("It held."));
        assert_eq!(whole("It held."), None);
        assert_eq!(whole("“It held.”"), None);
    }

    #[test]
    fn stretches_between_marks() {
        for (text, want) in [
            ("“The ferry is late.”", vec!["The ferry is late."]),
            ("\"The ferry\" that was \"late\"", vec!["The ferry", "late"]),
            ("that the ferry was “late”", vec!["late"]),
            ("“First paragraph.\n\n“Second.”", vec!["First paragraph.\n\n", "Second."]),
            ("‘It’s late’", vec!["It’s late"]),
            ("to ‘expect delays’ on the farmers’ route", vec!["expect delays"]),
            ("that ‘the farmers’ union will not pay’ for it", vec!["the farmers’ union will not pay"]),
            ("was ‘late’ and ‘poor’", vec!["late", "poor"]),
            ("‘late’, ‘poor’ and ‘old’", vec!["late", "poor", "old"]),
            ("to 'expect delays' on the farmers' route", vec!["expect delays"]),
            ("that 'the farmers' union will not pay' for it", vec!["the farmers' union will not pay"]),
            ("'safe', 'sound' and 'old'", vec!["safe", "sound", "old"]),
            ("'It's late'", vec!["It's late"]),
            ("''He said 'no' to it''", vec!["'He said 'no' to it'"]),
            ("rock 'n' roll 'til dawn", vec![]),
            ("the farmers' union of the '90s", vec![]),
            ("“He said ‘no’ to it”", vec!["He said ‘no’ to it"]),
            ("``The ferry''", vec!["The ferry"]),
            ("‘He said “no” to it’", vec!["He said “no” to it", "no"]),
            ("“never closed", vec!["never closed"]),
            ("no marks at all", vec![]),
        ] {
            assert_eq!(inner(text), want, "{text}");
        }
    }

    fn of(text: &str) -> Run {
        run(text, Span::at(0, text.len()), None).unwrap()
    }

    #[test]
    fn marks_of_omission_in_all_forms() {
        for text in [
            "safe … again",
            "safe... again",
            "safe . . . again",
            "safe […] again",
            "safe [. . .] again",
            "safe * * * again",
        ] {
            let run = of(text);
            assert_eq!(run.words.len(), 2, "{text}");
            assert_eq!(run.words[1].mark, Mark::Ellipsis, "{text}");
        }
        assert_eq!(of("safe -- again").words[1].mark, Mark::Weak);
        assert_eq!(of("safe. Again").words[1].mark, Mark::None);
    }

    #[test]
    fn brackets() {
        let run = of("[the pilot’s] boat, [T]he old [one]");
        let bracketed: Vec<bool> = run.words.iter().map(|w| w.bracketed).collect();
        assert_eq!(bracketed, [true, true, true, false, true, false, true]);
        assert_eq!(run.span.of("[the pilot’s] boat, [T]he old [one]"), "[the pilot’s] boat, [T]he old [one]");
        assert_eq!(run.words[4].word.key, key("the"));
        assert_eq!(of("the commutation[sic] of").words[1].word.key, key("commutation"));
    }

    #[test]
    fn end_punctuation_is_no_part() {
        let span = |t: &str| of(t).span.of(t).to_owned();
        assert_eq!(span(" The ferry is late,"), "The ferry is late");
        assert_eq!(span("Is it late?"), "Is it late?");
        assert_eq!(span("… it is late …"), "it is late");
    }
}
