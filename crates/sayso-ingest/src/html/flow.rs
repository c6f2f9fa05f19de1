//! The text of a parsed page in paragraphs, with the parts that its elements tell (captions, credits, furniture), and how
//! deep a page is nested; without recursion.

use dom_smoothie::Readability;
use sayso_core::document::{Region, RegionKind};
use sayso_core::span::Span;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

/// White space folded to single spaces, as in HTML: no-break spaces are not white space.
pub(super) fn words(text: &str) -> String {
    let words: Vec<&str> = text.split(|c: char| c.is_ascii_whitespace()).filter(|w| !w.is_empty()).collect();
    words.join(" ")
}

/// How a tag shapes the text around it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    Inline,
    /// Stands in paragraphs of its own.
    Block,
    /// Breaks the line.
    Break,
    /// A cell of a table.
    Cell,
    /// Is not shown.
    Hidden,
}

fn shape(tag: &str) -> Shape {
    match tag {
        "script" | "style" | "template" | "noscript" | "head" | "svg" | "iframe" | "object" | "select" | "textarea" => {
            Shape::Hidden
        }
        "br" => Shape::Break,
        "td" | "th" => Shape::Cell,
        "p" | "div" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "article" | "section" | "main" | "header"
        | "footer" | "aside" | "nav" | "figure" | "figcaption" | "blockquote" | "pre" | "ul" | "ol" | "li" | "dl"
        | "dt" | "dd" | "table" | "tr" | "caption" | "hr" | "form" | "fieldset" | "address" | "details" | "summary"
        | "body" => Shape::Block,
        _ => Shape::Inline,
    }
}

/// What an element is by its name, class and id, where it is no story.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum BlockKind {
    Caption,
    Credit,
    Furniture,
    /// No part of the page's text.
    Out,
}

/// A part of more bytes is no caption, credit or furniture: the story may stand in it.
const PART: usize = 700;

/// What an element tells.
fn part(tag: &str, class: Option<&str>, id: Option<&str>) -> Option<BlockKind> {
    static CLASSES: LazyLock<HashMap<&str, BlockKind>> = LazyLock::new(|| {
        let lines = include_str!("classes.tsv").lines().filter(|line| !line.starts_with('#'));
        let kind = |name: &str| match name {
            "caption" => BlockKind::Caption,
            "credit" => BlockKind::Credit,
            "furniture" => BlockKind::Furniture,
            _ => BlockKind::Out,
        };
        lines.filter_map(|line| line.split_once('\t')).map(|(name, word)| (word, kind(name))).collect()
    });
    match tag {
        "figcaption" => return Some(BlockKind::Caption),
        "nav" => return Some(BlockKind::Furniture),
        "body" | "html" | "article" | "main" => return None,
        _ => {}
    }
    let names = [class, id].into_iter().flatten();
    names.flat_map(|names| names.split(|c: char| !c.is_ascii_alphanumeric())).find_map(|word| {
        if word.len() < 5 || word.len() > 20 {
            return None;
        }
        CLASSES.get(word.to_ascii_lowercase().as_str()).copied()
    })
}

/// A text and the parts in it that are no story.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Flowed {
    pub(super) text: String,
    pub(super) parts: Vec<Region>,
    /// Bytes of it that stand in links.
    pub(super) linked: usize,
}

impl Flowed {
    /// How many bytes of it are story.
    pub(super) fn story(&self) -> usize {
        self.text.len() - self.parts.iter().map(|part| part.span.len() as usize).sum::<usize>()
    }
}

/// The text below the first element that `selector` finds, paragraphs with blank lines between them.
pub(super) fn paragraphs(page: &Readability, selector: &str) -> String {
    flowed(page, selector).text
}

/// The same with its parts. Without recursion.
pub(super) fn flowed(page: &Readability, selector: &str) -> Flowed {
    let found = page.doc.select_single(selector);
    let mut out = Flow::default();
    let Some(root) = found.nodes().first() else { return Flowed::default() };
    // What the elements around the present place tell, and whether they are links.
    let mut around: Vec<(Option<(usize, BlockKind)>, bool)> = Vec::new();
    let mut elements = 0usize;
    let mut next = root.first_child();
    let mut level = 0usize;
    while let Some(node) = next {
        let shape = node.node_name().map_or(Shape::Inline, |name| shape(&name));
        if node.is_text() {
            let (part, link) = around.last().copied().unwrap_or_default();
            out.within(&node.text(), part, link);
        } else if shape != Shape::Hidden {
            out.edge(shape);
        }
        let child = if shape == Shape::Hidden || node.is_text() { None } else { node.first_child() };
        if child.is_some() {
            level += 1;
            elements += 1;
            let (outer, link) = around.last().copied().unwrap_or_default();
            let name = node.node_name();
            let name = name.as_deref().unwrap_or_default();
            let told = || part(name, node.attr("class").as_deref(), node.attr("id").as_deref());
            around.push((outer.or_else(|| told().map(|part| (elements, part))), link || name == "a"));
            next = child;
            continue;
        }
        let mut at = node;
        next = loop {
            out.edge(match at.node_name().map_or(Shape::Inline, |name| self::shape(&name)) {
                Shape::Block => Shape::Block,
                _ => Shape::Inline,
            });
            if let Some(sibling) = at.next_sibling() {
                break Some(sibling);
            }
            match at.parent() {
                Some(parent) if level > 0 => {
                    level -= 1;
                    around.pop();
                    at = parent;
                }
                _ => break None,
            }
        };
    }
    out.finish()
}

/// Text in the making.
#[derive(Default)]
struct Flow {
    text: String,
    /// What is due before the next word: nothing, a space, a line break or a blank line.
    due: &'static str,
    /// What was told by which element, and for which bytes.
    parts: Vec<(usize, BlockKind, Range<usize>)>,
    linked: usize,
}

impl Flow {
    /// Takes in a text node that stands in a part or a link.
    fn within(&mut self, text: &str, part: Option<(usize, BlockKind)>, link: bool) {
        let before = self.text.len();
        self.text(text);
        if self.text.len() == before {
            return;
        }
        let added = &self.text[before..];
        let start = before + (added.len() - added.trim_start_matches(|c: char| c.is_ascii_whitespace()).len());
        let end = self.text.len();
        if link {
            self.linked += end - start;
        }
        if let Some((element, part)) = part {
            match self.parts.last_mut() {
                Some((last, _, range)) if *last == element => range.end = end,
                _ => self.parts.push((element, part, start..end)),
            }
        }
    }

    /// The text without what is out, and the parts that are short enough to be some.
    fn finish(mut self) -> Flowed {
        self.text.truncate(self.text.trim_end_matches(|c: char| c.is_ascii_whitespace()).len());
        let whole = self.text.len();
        let mut flowed = Flowed { linked: self.linked, ..Flowed::default() };
        let mut at = 0;
        for (_, part, range) in self.parts {
            let kind = match part {
                BlockKind::Out if range.len() * 2 < whole => {
                    flowed.text.push_str(&self.text[at..range.start]);
                    let kept = flowed.text.trim_end_matches(|c: char| c.is_ascii_whitespace()).len();
                    flowed.text.truncate(kept);
                    at = range.end;
                    continue;
                }
                BlockKind::Caption => RegionKind::Caption,
                BlockKind::Credit => RegionKind::Credit,
                BlockKind::Furniture | BlockKind::Out => RegionKind::Boilerplate,
            };
            if range.len() > PART || range.len() * 2 > whole {
                continue;
            }
            flowed.text.push_str(&self.text[at..range.end]);
            at = range.end;
            let end = flowed.text.len();
            flowed.parts.push(Region { kind, span: Span::at(end - range.len(), end) });
        }
        flowed.text.push_str(&self.text[at..]);
        // What stood around a part that is out.
        let begin = flowed.text.len() - flowed.text.trim_start_matches(|c: char| c.is_ascii_whitespace()).len();
        flowed.text.drain(..begin);
        for part in &mut flowed.parts {
            part.span = Span::new(part.span.start - begin as u32, part.span.end - begin as u32);
        }
        flowed.text.truncate(flowed.text.trim_end_matches(|c: char| c.is_ascii_whitespace()).len());
        flowed
    }

    /// Takes in a text node.
    fn text(&mut self, text: &str) {
        for (i, word) in text.split(|c: char| c.is_ascii_whitespace()).enumerate() {
            if i > 0 && self.due.is_empty() {
                self.due = " ";
            }
            if !word.is_empty() {
                if !self.text.is_empty() {
                    self.text.push_str(self.due);
                }
                self.text.push_str(word);
                self.due = "";
            }
        }
    }

    /// Takes in the edge of an element.
    fn edge(&mut self, shape: Shape) {
        match shape {
            Shape::Block => self.due = "\n\n",
            Shape::Break if self.due == "\n" => self.due = "\n\n",
            Shape::Break if self.due != "\n\n" => self.due = "\n",
            Shape::Cell if self.due.is_empty() => self.due = " ",
            _ => {}
        }
    }
}

/// The depth of the parsed page. Without recursion; linear in the nodes.
pub(super) fn depth(page: &Readability) -> usize {
    let (mut level, mut deepest) = (0usize, 0);
    let mut next = page.doc.root().first_child();
    while let Some(node) = next {
        if let Some(child) = node.first_child() {
            level += 1;
            deepest = deepest.max(level);
            next = Some(child);
            continue;
        }
        let mut at = node;
        next = loop {
            if let Some(sibling) = at.next_sibling() {
                break Some(sibling);
            }
            match at.parent() {
                Some(parent) if level > 0 => {
                    level -= 1;
                    at = parent;
                }
                _ => break None,
            }
        };
    }
    deepest
}

/// The longest stretch without a tag, counted in character references, and the longest tag, counted in words: parsers take
/// quadratic time for either.
pub(super) fn densest(html: &str) -> (usize, usize) {
    let (mut references, mut words) = ((0, 0), (0, 0));
    let mut inside = false;
    let mut blank = true;
    for byte in html.bytes() {
        match byte {
            b'<' | b'>' => {
                inside = byte == b'<';
                (references.0, words.0) = (0, 0);
            }
            b'&' => references.0 += 1,
            _ if inside && blank && !byte.is_ascii_whitespace() => words.0 += 1,
            _ => {}
        }
        blank = byte.is_ascii_whitespace();
        references.1 = references.1.max(references.0);
        words.1 = words.1.max(words.0);
    }
    (references.1, words.1)
}

/// How many tags are open at once at most, told without parsing. Tags that close by themselves do not count, and an end
/// tag closes only what was opened.
pub(super) fn open_tags(html: &str) -> u32 {
    const ALONE: [&str; 29] = [
        "area", "base", "body", "br", "col", "dd", "dt", "embed", "head", "hr", "html", "img", "input", "li", "link",
        "meta", "optgroup", "option", "p", "param", "source", "tbody", "td", "tfoot", "th", "thead", "tr", "track",
        "wbr",
    ];
    let bytes = html.as_bytes();
    let mut opened: Vec<(&[u8], u32)> = Vec::new();
    let (mut open, mut most) = (0u32, 0u32);
    let mut at = 0;
    // Of many comments, scripts and styles that are never closed only the first is looked for to the end.
    let (mut unclosed, mut never_ends) = (false, [false; 2]);
    while let Some(found) = memchr::memchr(b'<', &bytes[at..]) {
        at += found + 1;
        let closes = bytes.get(at) == Some(&b'/');
        at += usize::from(closes);
        let rest = &bytes[at..];
        if rest.starts_with(b"!--") {
            let end = if unclosed { None } else { memchr::memmem::find(rest, b"-->") };
            unclosed = end.is_none();
            at += end.unwrap_or(0);
            continue;
        }
        let len = rest.iter().take(12).take_while(|b| b.is_ascii_alphanumeric()).count();
        let name = &rest[..len];
        let is = |other: &str| name.eq_ignore_ascii_case(other.as_bytes());
        if !name.first().is_some_and(u8::is_ascii_alphabetic) || ALONE.iter().any(|alone| is(alone)) {
            continue;
        }
        if is("script") || is("style") {
            let never = &mut never_ends[usize::from(is("style"))];
            let end = if closes || *never { None } else { raw(&rest[len..], name) };
            *never |= !closes && end.is_none();
            at += end.map_or(0, |n| len + n);
            continue;
        }
        // Pages have few kinds of tags; those past the first hundred count as never closed.
        let kind = opened.iter().position(|(other, _)| other.eq_ignore_ascii_case(name));
        match (closes, kind) {
            (true, Some(kind)) if opened[kind].1 > 0 => {
                opened[kind].1 -= 1;
                open -= 1;
            }
            (true, _) => {}
            (false, kind) => {
                match kind {
                    Some(kind) => opened[kind].1 += 1,
                    None if opened.len() < 100 => opened.push((name, 1)),
                    None => {}
                }
                open += 1;
                most = most.max(open);
            }
        }
    }
    most
}

/// Where the element `name`, whose content is not markup, ends.
fn raw(content: &[u8], name: &[u8]) -> Option<usize> {
    memchr::memmem::find_iter(content, b"</")
        .find(|n| content[n + 2..].get(..name.len()).is_some_and(|end| end.eq_ignore_ascii_case(name)))
}

/// Tags open inside one another above which a page is not parsed: parsers take quadratic time from there.
pub(super) const OPEN: u32 = 512;

/// The paragraphs of a piece of HTML, with blank lines between them; a text without tags and references as it is.
pub(crate) fn fragment(html: &str) -> String {
    if !is_marked_up(html) || open_tags(html) > OPEN {
        return html.to_string();
    }
    Readability::new(html, None, None).map_or_else(|_| html.to_string(), |page| paragraphs(&page, "body"))
}

/// Whether a text looks as if it holds tags or character references.
pub(super) fn is_marked_up(text: &str) -> bool {
    text.contains('<') && text.contains("</") || text.contains("<br") || text.contains('&') && text.contains(';')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_open_tags() {
        for (html, open) in [
            ("", 0),
            ("<p>a<p>b<li>c<br>", 0),
            ("<div><b>x</b></div><div>", 2),
            ("<DIV></div><div></div>", 1),
            ("<div></x><div></x>", 2),
            ("<script>'<div><div>'</SCRIPT><i>", 1),
            ("<!-- <div><div> --><i>", 1),
            ("<!-- <div><div>", 2),
            ("a < b << 3 </ <", 0),
            ("<", 0),
        ] {
            assert_eq!(open_tags(html), open, "{html}");
        }
    }
}
