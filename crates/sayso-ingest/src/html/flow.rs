//! The text of a parsed page in paragraphs, and how deep a page is nested, without recursion.

use dom_smoothie::Readability;

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

/// The text below the first element that `selector` finds, paragraphs with blank lines between them. Without recursion.
pub(super) fn paragraphs(page: &Readability, selector: &str) -> String {
    let found = page.doc.select_single(selector);
    let mut out = Flow::default();
    let Some(root) = found.nodes().first() else { return String::new() };
    let mut next = root.first_child();
    let mut level = 0usize;
    while let Some(node) = next {
        let shape = node.node_name().map_or(Shape::Inline, |name| shape(&name));
        if node.is_text() {
            out.text(&node.text());
        } else if shape != Shape::Hidden {
            out.edge(shape);
        }
        let child = if shape == Shape::Hidden || node.is_text() { None } else { node.first_child() };
        if child.is_some() {
            level += 1;
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
                    at = parent;
                }
                _ => break None,
            }
        };
    }
    out.text.truncate(out.text.trim_end_matches(|c: char| c.is_ascii_whitespace()).len());
    out.text
}

/// Text in the making.
#[derive(Default)]
struct Flow {
    text: String,
    /// What is due before the next word: nothing, a space, a line break or a blank line.
    due: &'static str,
}

impl Flow {
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
