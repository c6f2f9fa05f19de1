//! Paragraphs: the lines of a text or, where lines were wrapped by hand, its blocks of lines. A text of many wrapped lines is
//! wrapped as a whole; in any other a block is, if one of its lines breaks off before a word in lower case. What is longer
//! than any paragraph is cut, so that no stage holds a whole text at once.

use crate::span::Span;

/// The minimum length of a hand-wrapped line in bytes; [`WRAP_MOST`] is the maximum.
const WRAP_LEAST: usize = 45;
/// The maximum length of a hand-wrapped line in bytes.
const WRAP_MOST: usize = 120;

/// A longer paragraph, in bytes, is cut at the end of a sentence: nobody wrote it so, and what is read of a paragraph takes
/// ten times its room while it is read.
pub const LONGEST: usize = 256 << 10;

/// The paragraphs of `text`, without surrounding white space. Two linear passes.
pub fn split(text: &str) -> Vec<Span> {
    let lines: Vec<Span> = lines(text).map(|line| line.trim(text)).collect();
    let wrapped = is_wrapped(text, &lines);
    let mut out: Vec<Span> = Vec::with_capacity(lines.len());
    for block in lines.split(|line| line.is_empty()) {
        match block {
            [first, .., last] if wrapped || is_wrapped_block(text, block) => {
                cut(text, Span::new(first.start, last.end), &mut out);
            }
            lines => lines.iter().for_each(|line| cut(text, *line, &mut out)),
        }
    }
    out
}

/// Appends a paragraph, in parts if it is longer than [`LONGEST`]. Linear.
fn cut(text: &str, mut span: Span, out: &mut Vec<Span>) {
    while span.len() as usize > LONGEST {
        let end = part_end(span.of(text)) as u32;
        out.push(Span::new(span.start, span.start + end).trim(text));
        span = Span::new(span.start + end, span.end).trim(text);
    }
    out.push(span);
}

/// Where the first part of a long paragraph ends: behind a sentence, else behind a word, else anywhere, within the last
/// bytes that it may have.
fn part_end(text: &str) -> usize {
    const LOOK: usize = 16 << 10;
    let most = text.floor_char_boundary(LONGEST);
    let near = &text[text.floor_char_boundary(most - LOOK)..most];
    let gaps = || near.match_indices(char::is_whitespace).map(|(at, _)| at).rev().filter(|at| *at > 0);
    let ends = |at: &usize| {
        let next = near[*at..].trim_start().chars().next();
        near[..*at].trim_end_matches(['"', '”', '’', ')', '\'']).ends_with(['.', '!', '?'])
            && next.is_some_and(|next| !next.is_lowercase())
    };
    most - near.len() + gaps().find(ends).or_else(|| gaps().next()).unwrap_or(near.len())
}

/// The lines of `text` without their terminators (`\n`, `\r\n`, a lone `\r`, U+2028, U+2029).
fn lines(text: &str) -> impl Iterator<Item = Span> {
    let mut at = 0;
    std::iter::from_fn(move || {
        if at >= text.len() {
            return None;
        }
        let rest = &text.as_bytes()[at..];
        let start = at;
        let mut from = 0;
        loop {
            match memchr::memchr3(b'\n', b'\r', 0xe2, &rest[from..]) {
                None => {
                    at = text.len();
                    return Some(Span::at(start, at));
                }
                Some(i) if rest[from + i] != 0xe2 => {
                    at = start + from + i + 1;
                    return Some(Span::at(start, at - 1));
                }
                Some(i) if matches!(rest.get(from + i..from + i + 3), Some([0xe2, 0x80, 0xa8 | 0xa9])) => {
                    at = start + from + i + 3;
                    return Some(Span::at(start, at - 3));
                }
                Some(i) => from += i + 1,
            }
        }
    })
}

/// Whether the lines were wrapped by hand. True if most of the lines that have a successor in the same block are as
/// wide as a page, and the successor continues in the middle of a sentence.
fn is_wrapped(text: &str, lines: &[Span]) -> bool {
    let (mut inner, mut soft) = (0usize, 0usize);
    for pair in lines.windows(2) {
        let (line, next) = (pair[0].of(text).trim_end(), pair[1].of(text).trim_start());
        if line.trim().is_empty() || next.is_empty() {
            continue;
        }
        inner += 1;
        let open = !line.ends_with(['.', '!', '?', '"', '”', '’', ':']);
        let lower = next.starts_with(char::is_lowercase) && !begins_with_label(next);
        soft += usize::from((WRAP_LEAST..=WRAP_MOST).contains(&line.len()) && (open || lower));
    }
    inner >= 3 && soft * 10 >= inner * 6
}

/// Whether the lines of one block were wrapped by hand: the last ends a sentence, at least one breaks off in the middle of one,
/// before a word in lower case, and at least half of those that have a successor end no sentence.
fn is_wrapped_block(text: &str, block: &[Span]) -> bool {
    let (mut inner, mut open, mut broken) = (0usize, 0usize, 0usize);
    for pair in block.windows(2) {
        let (line, next) = (pair[0].of(text), pair[1].of(text));
        inner += 1;
        let goes_on = !line.ends_with(['.', '!', '?', '"', '”', '’', ':', ';']);
        open += usize::from(goes_on);
        let goes_on_low = next.starts_with(char::is_lowercase) || line.len() >= WRAP_LEAST && begins_with_amount(next);
        broken += usize::from(goes_on && breaks_off(line) && goes_on_low);
    }
    let ends = block.last().is_some_and(|line| line.of(text).ends_with(['.', '!', '?', '"', '”', '’', '…', ')']));
    ends && broken > 0 && open * 2 >= inner
}

/// `old tess: The boat came back.`: whether a line begins with up to three words in small letters and a colon, before a capital.
fn begins_with_label(line: &str) -> bool {
    const MOST: usize = 3;
    let Some((label, rest)) = line.split_once(": ") else { return false };
    let small = |word: &str| word.chars().all(char::is_lowercase);
    let begins = rest.trim_start_matches(['"', '“', '‘', '\'']).starts_with(char::is_uppercase);
    begins && label.split(' ').take(MOST + 1).count() <= MOST && label.split(' ').all(small)
}

/// Whether a line begins with a number or a sum and goes on with words; `3. Open the lid` is an item.
fn begins_with_amount(line: &str) -> bool {
    let amount = line.trim_start_matches(['$', '£', '€']);
    let rest = amount.trim_start_matches(|c: char| c.is_ascii_digit() || c == ',' || c == '%');
    rest.len() < amount.len() && rest.starts_with(' ') && rest.trim_start().starts_with(char::is_lowercase)
}

/// Whether a line is of several words, the last of them in lower case, a number or followed by a comma.
fn breaks_off(line: &str) -> bool {
    let mut words = line.split_whitespace();
    let last = words.next_back().unwrap_or_default();
    let small =
        last.starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit() || matches!(c, '$' | '£' | '€' | '('));
    (small || last.ends_with(',')) && words.nth(1).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<&str> {
        split(text).into_iter().map(|span| span.of(text)).collect()
    }

    #[test]
    fn each_line_is_a_paragraph() {
        assert_eq!(texts("  One.\r\nTwo.\n\n\u{2028}Three — é\u{2029}Four"), ["One.", "Two.", "Three — é", "Four"]);
        assert!(texts(" \n\t\n").is_empty());
    }

    #[test]
    fn a_paragraph_longer_than_any_is_cut_behind_a_sentence() {
        let sentence = "The board counted 40 boats and 12 nets. ";
        let long = sentence.repeat(3 * LONGEST / sentence.len());
        let parts = texts(&long);
        assert!(parts.len() > 2 && parts.iter().all(|part| part.len() <= LONGEST && part.ends_with("nets.")));
        assert_eq!(parts.concat().len() + parts.len(), long.len());
        let words = "boat ".repeat(LONGEST);
        assert!(texts(&words).iter().all(|part| part.len() <= LONGEST && part.ends_with("boat")));
        assert_eq!(texts(&"é".repeat(LONGEST)).len(), 2);
        assert_eq!(texts(&long[..LONGEST]).len(), 1);
    }

    #[test]
    fn wrapped_lines_are_joined() {
        let text = "The harbour board met on Tuesday to hear how the new ferry\nwould be paid for, and by whom, and from which of the two\nfunds that the district keeps for the coast and its small\nports.\n\nNobody spoke against it, and the vote was taken before the\nclock struck nine.";
        assert_eq!(texts(text).len(), 2);
    }

    #[test]
    fn a_wrapped_block_is_joined_though_it_is_the_only_one() {
        assert_eq!(texts("The harbour board counted more\nthan 40 boats.\n\nNobody spoke.").len(), 2);
        assert_eq!(texts("The fund spent up to $40\nmillion, of which\nHarrow got most.\nIt closed.").len(), 1);
    }

    #[test]
    fn headings_and_lists_keep_their_lines() {
        for text in [
            "Ferry fire kills 20 in Harrow harbour\nby Ann Bell",
            "Fish\ncod\nherring",
            "What the board counted last year\nBoats\nCrates of fish\nNets",
            "The mill closed.\nits owner left.",
        ] {
            assert_eq!(texts(text).len(), text.lines().count(), "{text}");
        }
    }
}
