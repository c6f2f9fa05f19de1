//! From lines to a text: furniture of the pages set apart, lines joined to paragraphs, also over the end of a page.

use super::lines::{Line, median};
use sayso_core::document::{Layout, Region, RegionKind};
use sayso_core::span::Span;
use std::collections::{HashMap, HashSet};

/// What the pages come to.
pub(super) struct Made {
    pub(super) text: String,
    pub(super) layout: Layout,
    /// The first line or lines of the largest letters on the first page.
    pub(super) title: Option<String>,
}

/// A page's head and foot, as shares of its height.
const HEAD: f32 = 0.12;
const FOOT: f32 = 0.88;
/// A title is larger than the usual letters by this factor.
const LARGER: f32 = 1.2;

/// The text of pages.
pub(super) fn compose(pages: &[Vec<Line>]) -> Made {
    let furniture = furniture(pages);
    let words = Words::new(pages);
    let usual = median(pages.iter().flatten().map(|line| line.size));
    let mut out = Text { words: &words, text: String::new(), layout: Layout::default(), waiting: Vec::new() };
    let mut last: Option<Line> = None;
    for (number, page) in pages.iter().enumerate() {
        let mut begun = false;
        let blocks = Block::of(page);
        for line in page {
            if furniture.contains(&(number, line.y.to_bits(), line.text.as_str())) {
                out.waiting.push(line.text.clone());
                continue;
            }
            let same_page = begun;
            let joined = last.as_ref().is_some_and(|last| match same_page {
                true if last.block == line.block => goes_on(last, line, &blocks[&line.block]),
                _ => goes_over(last, line),
            });
            if !joined {
                out.paragraph();
            }
            let at = out.line(&line.text, joined);
            if !begun {
                begun = true;
                out.layout.pages.push(at);
            }
            last = Some(line.clone());
        }
        if !begun {
            out.layout.pages.push(out.text.len() as u32);
        }
    }
    out.paragraph();
    let kept = out.text.trim_end().len();
    out.text.truncate(kept);
    let end = kept as u32;
    out.layout.pages.iter_mut().for_each(|page| *page = (*page).min(end));
    Made { title: title(pages, usual), text: out.text, layout: out.layout }
}

/// The text in the making.
struct Text<'w> {
    words: &'w Words,
    text: String,
    layout: Layout,
    /// Furniture that was met and waits for the end of the paragraph.
    waiting: Vec<String>,
}

impl Text<'_> {
    /// Ends a paragraph, and lets out what waits.
    fn paragraph(&mut self) {
        for line in std::mem::take(&mut self.waiting) {
            self.blank();
            let start = self.text.len();
            self.text.push_str(&line);
            let region = Region { kind: RegionKind::Boilerplate, span: Span::at(start, self.text.len()) };
            self.layout.parts.push(region);
        }
        self.blank();
    }

    fn blank(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push_str("\n\n");
        }
    }

    /// Writes a line; gives the byte where it begins.
    fn line(&mut self, line: &str, joined: bool) -> u32 {
        if joined {
            match self.words.divided(&self.text, line) {
                Some(true) => {
                    let hyphen = self.text.chars().next_back().map_or(0, char::len_utf8);
                    self.text.truncate(self.text.len() - hyphen);
                    self.text.push('\u{ad}');
                }
                Some(false) => {}
                None if self.text.ends_with(['—', '/']) => {}
                None => self.text.push(' '),
            }
        }
        let at = self.text.len() as u32;
        self.text.push_str(line);
        at
    }
}

/// How a block of lines is set.
struct Block {
    left: f32,
    right: f32,
    /// The usual distance between two lines.
    leading: f32,
}

impl Block {
    fn of(lines: &[Line]) -> HashMap<usize, Block> {
        let mut blocks: HashMap<usize, (f32, f32, Vec<f32>, f32)> = HashMap::new();
        for line in lines {
            let block = blocks.entry(line.block).or_insert((f32::MAX, 0.0, Vec::new(), f32::NAN));
            if line.y > block.3 {
                block.2.push(line.y - block.3);
            }
            *block = (block.0.min(line.left), block.1.max(line.right), std::mem::take(&mut block.2), line.y);
        }
        let block = |(left, right, distances, _): (f32, f32, Vec<f32>, f32)| Block {
            left,
            right,
            leading: median(distances.into_iter()),
        };
        blocks.into_iter().map(|(number, found)| (number, block(found))).collect()
    }
}

/// Whether a line goes on with the paragraph of the one above it in its block.
fn goes_on(last: &Line, line: &Line, block: &Block) -> bool {
    let size = last.size.max(line.size);
    let distance = line.y - last.y;
    let sized = (last.size - line.size).abs() > size * 0.12;
    let far = distance > block.leading.max(size) * 1.35 || distance <= 0.0;
    let indented = line.left > last.left + size * 0.7 && line.left > block.left + size * 0.7;
    // A line that breaks off well before the right edge ended on purpose, if the next word had room.
    let word = line.text.split(' ').next().unwrap_or_default().chars().count() as f32;
    let short = block.right - last.right > (word + 2.0) * size * 0.55
        && (ends(&last.text) || block.right - last.right > (block.right - block.left) * 0.3);
    let divided = last.text.ends_with(['-', '\u{ad}', '‐']) && line.text.starts_with(char::is_lowercase);
    let short = short && !divided;
    let table = last.text.contains('\t') || line.text.contains('\t');
    !(sized || far || indented || short || table || is_item(&line.text))
}

/// Whether a line goes on with the paragraph at the end of another block or page.
fn goes_over(last: &Line, line: &Line) -> bool {
    let small = line.text.chars().next().is_some_and(char::is_lowercase);
    let sized = (last.size - line.size).abs() > last.size.max(line.size) * 0.12;
    small && !ends(&last.text) && !sized && !last.text.contains('\t')
}

/// Whether a line ends as a sentence does.
fn ends(text: &str) -> bool {
    text.trim_end_matches(['”', '"', '’', '\'', ')', ']', '»']).ends_with(['.', '!', '?', ':', '…'])
}

/// Whether a line begins with the mark of a list item.
fn is_item(text: &str) -> bool {
    let mut letters = text.chars();
    match letters.next() {
        Some('•' | '▪' | '●' | '■' | '◦' | '\u{f0b7}' | '➢' | '✓') => true,
        Some('-' | '–' | '*' | 'o') => {
            letters.next() == Some(' ')
                && !text.starts_with("– ")
                && text.chars().nth(2).is_some_and(char::is_uppercase)
        }
        Some(digit) if digit.is_ascii_digit() => {
            let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
            text.len() - rest.len() <= 2 && (rest.starts_with(". ") || rest.starts_with(") "))
        }
        _ => false,
    }
}

/// The words of the pages by which a hyphen at the end of a line is judged.
struct Words {
    whole: HashSet<String>,
    hyphened: HashSet<String>,
    /// Whether the pages divide words at all.
    divides: bool,
}

impl Words {
    fn new(pages: &[Vec<Line>]) -> Words {
        let mut words = Words { whole: HashSet::new(), hyphened: HashSet::new(), divides: false };
        let (mut lines, mut divided) = (0, 0);
        for line in pages.iter().flatten() {
            lines += 1;
            divided += usize::from(line.text.ends_with(['-', '\u{ad}', '‐']));
            for word in line.text.split(|c: char| !c.is_alphanumeric() && c != '-' && c != '‐') {
                let small = word.to_lowercase().replace('‐', "-");
                let bare = small.trim_matches('-');
                if bare.contains('-') {
                    words.hyphened.insert(bare.to_owned());
                } else if bare.len() > 3 && bare.len() == small.len() {
                    words.whole.insert(small);
                }
            }
        }
        words.divides = divided * 25 > lines;
        words
    }

    /// What the hyphen at the end of `text` is before `line`: `true` for one that only divides a word, `false` for one of
    /// the word itself; none where there is no hyphen.
    fn divided(&self, text: &str, line: &str) -> Option<bool> {
        let before = text.strip_suffix(['-', '\u{ad}', '‐'])?;
        let first: String =
            before.chars().rev().take_while(|c| c.is_alphabetic()).collect::<Vec<_>>().into_iter().rev().collect();
        let second: String = line.chars().take_while(|c| c.is_alphabetic()).collect();
        if first.is_empty() {
            // A dash: `the pier - closed`.
            return before.ends_with(|c: char| c.is_alphanumeric()).then_some(false);
        }
        if text.ends_with('\u{ad}') {
            return Some(true);
        }
        if !second.starts_with(char::is_lowercase) {
            return Some(false);
        }
        let (joined, kept) = (format!("{first}{second}").to_lowercase(), format!("{first}-{second}").to_lowercase());
        match (self.hyphened.contains(&kept), self.whole.contains(&joined)) {
            (true, false) => Some(false),
            (false, true) => Some(true),
            // A word that the line above this one already broke with a hyphen of its own (`state-of-the-`).
            _ if before.trim_end_matches(|c: char| c.is_alphabetic()).ends_with('-') => Some(false),
            _ => Some(self.divides),
        }
    }
}

/// The lines that are furniture, by page, place and text.
fn furniture(pages: &[Vec<Line>]) -> HashSet<(usize, u32, &str)> {
    // The same words at the same height of several pages, whatever numbers are in them.
    let plain = |text: &str| text.chars().map(|c| if c.is_ascii_digit() { '#' } else { c }).collect::<String>();
    let edge = |line: &Line| line.height < HEAD || line.height > FOOT;
    let place = |line: &Line| (plain(&line.text), (line.height * 50.0).round() as i32);
    let mut met: HashMap<(String, i32), HashSet<usize>> = HashMap::new();
    for (number, page) in pages.iter().enumerate() {
        for line in page.iter().filter(|line| edge(line)) {
            met.entry(place(line)).or_default().insert(number);
        }
    }
    let often = |line: &Line| {
        let (text, height) = place(line);
        // Rounding may part the same height in two.
        let seen: HashSet<usize> =
            (-1..=1).filter_map(|by| met.get(&(text.clone(), height + by))).flatten().copied().collect();
        seen.len() >= 2 && seen.len() * 5 >= pages.len() * 2
    };
    let mut found = HashSet::new();
    for (number, page) in pages.iter().enumerate() {
        for line in page {
            let numbered = pages.len() > 1 && edge(line) && is_page_number(&line.text);
            if line.furniture && edge(line) || numbered || edge(line) && often(line) {
                found.insert((number, line.y.to_bits(), line.text.as_str()));
            }
        }
    }
    found
}

/// `3`, `- 3 -`, `Page 3 of 12`.
fn is_page_number(text: &str) -> bool {
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let number = |word: &str| word.len() <= 4 && word.bytes().all(|b| b.is_ascii_digit());
    let numbers = words.iter().filter(|w| number(w)).count();
    let known = |word: &&str| {
        matches!(word.to_lowercase().as_str(), "page" | "of" | "p" | "pg" | "seite" | "von" | "página" | "de" | "sur")
    };
    (1..=2).contains(&numbers) && words.iter().all(|word| number(word) || known(word))
}

/// The first lines of the largest letters on the first page, where they are larger than the usual ones.
fn title(pages: &[Vec<Line>], usual: f32) -> Option<String> {
    let page = pages.first()?;
    let head: Vec<&Line> = page
        .iter()
        .filter(|line| line.height < 0.55 && line.text.chars().filter(|c| c.is_alphabetic()).count() > 3)
        .collect();
    let largest = head.iter().map(|line| line.size).fold(0.0, f32::max);
    if largest < usual * LARGER {
        return None;
    }
    let begin = head.iter().position(|line| line.size >= largest * 0.97)?;
    let lines: Vec<&str> =
        head[begin..].iter().take_while(|line| line.size >= largest * 0.97).map(|line| line.text.as_str()).collect();
    let title = lines.join(" ");
    (title.chars().count() <= 220).then_some(title)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str, left: f32, y: f32) -> Line {
        let right = left + text.chars().count() as f32 * 5.0;
        Line { text: text.into(), left, right, y, size: 10.0, height: y / 800.0, block: 0, furniture: false }
    }

    fn page(lines: &[(&str, f32)]) -> Vec<Line> {
        lines.iter().map(|(text, y)| line(text, 50.0, *y)).collect()
    }

    #[test]
    #[ignore = "open: a short last paragraph joins the page before"]
    fn lines_join_to_paragraphs_and_over_pages() {
        let pages = [
            page(&[
                ("Harbour Office", 20.0),
                ("“No ferry will sail,” the mayor of the town of Port El-", 100.0),
                ("lery said on Monday, and Port Ellery has well-", 112.0),
                ("known storms; a well-known harbour.", 124.0),
                ("The county owns the boats of Port Ellery and that it", 150.0),
                ("Page 1 of 2", 780.0),
            ]),
            page(&[("Harbour Office", 20.0), ("will decide.", 100.0), ("End.", 150.0), ("Page 2 of 2", 780.0)]),
        ];
        let made = compose(&pages);
        assert_eq!(
            made.text,
            "Harbour Office\n\n“No ferry will sail,” the mayor of the town of Port El\u{ad}lery said on Monday, and Port Ellery has well-known storms; a well-known harbour.\n\nThe county owns the boats of Port Ellery and that it will decide.\n\nPage 1 of 2\n\nHarbour Office\n\nEnd.\n\nPage 2 of 2"
        );
        let parts: Vec<&str> = made.layout.parts.iter().map(|part| part.span.of(&made.text)).collect();
        assert_eq!(parts, ["Harbour Office", "Page 1 of 2", "Harbour Office", "Page 2 of 2"]);
        let at = made.text.find("will decide").unwrap() as u32;
        assert_eq!((made.layout.page(at - 1), made.layout.page(at)), (Some(1), Some(2)));
    }

    #[test]
    fn a_hyphen_is_kept_where_nothing_says_that_it_divides() {
        let made = compose(&[page(&[
            ("the harbour is a state-of-the-", 100.0),
            ("art pier and a pre-", 112.0),
            ("war quay of stone.", 124.0),
        ])]);
        assert!(made.text.starts_with("the harbour is a state-of-the-art pier"), "{}", made.text);
        let made = compose(&[page(&[("a pre-", 100.0), ("War quay", 112.0)])]);
        assert_eq!(made.text, "a pre-War quay");
    }

    #[test]
    fn page_numbers() {
        for (text, is) in [
            ("3", true),
            ("– 12 –", true),
            ("Page 3 of 12", true),
            ("3/12", true),
            ("12 boats", false),
            ("2026", true),
            ("", false),
        ] {
            assert_eq!(is_page_number(text), is, "{text}");
        }
    }
}
