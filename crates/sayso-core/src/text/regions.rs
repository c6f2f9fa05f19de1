//! The regions of a page: headline, subhead, byline, dateline, caption, credit, body and boilerplate. They are
//! recognized by a paragraph's position, its form and a few phrases ([`crate::language::page`]). A paragraph without
//! evidence for another region is body.

use super::tokens::{Case, Token, TokenKind};
use super::{Page, Paragraph};
use crate::document::{Document, Kind, Region, RegionKind};
use crate::language::grammar::Class;
use crate::language::lists::List;
use crate::language::page::{LineClass, LinePlace};
use crate::span::Span;

/// The maximum length of a headline in bytes.
const HEADLINE_MOST: u32 = 220;
/// The maximum length of a caption, a credit or a line of boilerplate in bytes.
const LINE_MOST: u32 = 160;
/// The number of tokens within which the dash of a dateline must occur.
const DATELINE_MOST: usize = 24;
/// The maximum number of paragraphs in the head of a page.
const HEAD_MOST: usize = 12;

/// Sets the region of each paragraph, and the page's list of regions.
pub fn find(page: &mut Page, document: &Document) {
    let mut kinds = kinds(page, document);
    // What the file itself states takes precedence over the form of a paragraph.
    for (paragraph, kind) in page.paragraphs.iter().zip(&mut kinds) {
        *kind = document.layout.part(paragraph.span.start).unwrap_or(*kind);
    }
    let mut dateline = None;
    for (paragraph, kind) in page.paragraphs.iter_mut().zip(&kinds) {
        paragraph.region = *kind;
    }
    if let Some(first) = page.paragraphs.iter().find(|paragraph| paragraph.region == RegionKind::Body) {
        dateline = dateline_of(page, first).map(|span| (first.span, span));
    }
    let parts = document.layout.parts.as_slice();
    let part = |at: u32| {
        let last = parts.partition_point(|part| part.span.start <= at).checked_sub(1)?;
        (parts[last].span.end > at).then_some(last)
    };
    // Lines of body follow one another in one region; so do the lines of what the file states to be one part.
    let joins = |last: &Region, paragraph: &Paragraph| {
        let within = part(last.span.start);
        last.kind == paragraph.region
            && (paragraph.region == RegionKind::Body || within.is_some() && within == part(paragraph.span.start))
    };
    let mut regions: Vec<Region> = Vec::new();
    for paragraph in &page.paragraphs {
        let mut span = paragraph.span;
        if let Some((of, line)) = dateline
            && of == paragraph.span
        {
            regions.push(Region { kind: RegionKind::Dateline, span: line });
            span = Span::new(line.end, span.end).trim(page.text);
        }
        match regions.last_mut() {
            Some(last) if joins(last, paragraph) => last.span.end = span.end,
            _ if span.is_empty() => {}
            _ => regions.push(Region { kind: paragraph.region, span }),
        }
    }
    page.regions = regions;
}

fn kinds(page: &Page, document: &Document) -> Vec<RegionKind> {
    let paragraphs = &page.paragraphs;
    let mut kinds = vec![RegionKind::Body; paragraphs.len()];
    if paragraphs.len() < 2 {
        return kinds;
    }
    // The head ends at the first paragraph that reads as part of the story.
    let mut at = 0;
    if is_headline(page, &paragraphs[0], document) {
        kinds[0] = RegionKind::Headline;
        at = 1;
        if is_subhead(page, &paragraphs[1]) && paragraphs.len() > 2 {
            kinds[1] = RegionKind::Subhead;
            at = 2;
        }
    }
    let head = at.max(1);
    for i in at..paragraphs.len().min(HEAD_MOST) {
        match line_class(page, &paragraphs[i]) {
            Some(kind) => kinds[i] = kind,
            None if head > 0 && kinds[0] == RegionKind::Headline && is_byline(page, &paragraphs[i]) => {
                kinds[i] = RegionKind::Byline;
            }
            None if ends_as_story(page, &paragraphs[i]) => break,
            None => {}
        }
    }
    // A short line next to a picture credit is the caption.
    for i in 0..paragraphs.len() {
        if kinds[i] == RegionKind::Credit {
            for beside in [i.checked_sub(1), Some(i + 1)].into_iter().flatten() {
                if kinds.get(beside) == Some(&RegionKind::Body) && is_line(page, &paragraphs[beside]) {
                    kinds[beside] = RegionKind::Caption;
                    break;
                }
            }
        }
    }
    // Lines inside the story, and the foot of the page.
    let body = head.min(paragraphs.len());
    let mut tail = false;
    for i in body..paragraphs.len() {
        if kinds[i] != RegionKind::Body {
            continue;
        }
        tail |= document.kind == Kind::Statement && is_tail(page, &paragraphs[i]) || is_end_sign(page, &paragraphs[i]);
        match line_class(page, &paragraphs[i]) {
            Some(kind) => kinds[i] = kind,
            None if tail => kinds[i] = RegionKind::Boilerplate,
            None => {}
        }
    }
    kinds
}

fn tokens<'p>(page: &'p Page, paragraph: &Paragraph) -> &'p [Token] {
    &page.tokens[paragraph.tokens.start as usize..paragraph.tokens.end as usize]
}

/// Whether the paragraph ends as a sentence does.
fn ends_as_story(page: &Page, paragraph: &Paragraph) -> bool {
    tokens(page, paragraph)
        .iter()
        .rev()
        .find(|token| !matches!(token.kind, TokenKind::Mark | TokenKind::Close))
        .is_some_and(|token| {
            matches!(token.kind, TokenKind::Stop | TokenKind::Exclaim | TokenKind::Colon | TokenKind::Ellipsis)
                || page.text[token.span().range()].ends_with('.')
        })
}

/// Whether it is a short line that does not end like a sentence.
fn is_line(page: &Page, paragraph: &Paragraph) -> bool {
    paragraph.span.len() <= LINE_MOST && !ends_as_story(page, paragraph)
}

fn is_headline(page: &Page, paragraph: &Paragraph, document: &Document) -> bool {
    let text = paragraph.span.of(page.text);
    if let Some(title) = &document.title {
        let bare = |text: &str| text.trim().trim_start_matches('#').trim().trim_end_matches('.').to_string();
        if bare(title) == bare(text) {
            return true;
        }
    }
    if paragraph.span.len() > HEADLINE_MOST {
        return false;
    }
    text.starts_with("# ")
        || (!ends_as_story(page, paragraph) && !is_byline(page, paragraph) && document.title.is_none())
}

fn is_subhead(page: &Page, paragraph: &Paragraph) -> bool {
    let words = tokens(page, paragraph).iter().filter(|token| token.is_word()).count();
    let text = paragraph.span.of(page.text);
    words >= 5
        && paragraph.span.len() <= HEADLINE_MOST
        && !ends_as_story(page, paragraph)
        && !is_byline(page, paragraph)
        && line_class(page, paragraph).is_none()
        && !text.starts_with(['-', '*', '•'])
        && dateline_of(page, paragraph).is_none()
}

/// Whether the line is a byline: `By Ada Brandt, Staff Writer`.
fn is_byline(page: &Page, paragraph: &Paragraph) -> bool {
    let [first, second, ..] = tokens(page, paragraph) else { return false };
    let by = first.span().of(page.text);
    is_line(page, paragraph)
        && (by.eq_ignore_ascii_case("by") && second.is_capital())
        && !tokens(page, paragraph).iter().any(|token| token.kind == TokenKind::Mark)
}

/// The region of a short line, from the phrase that it is or contains.
fn line_class(page: &Page, paragraph: &Paragraph) -> Option<RegionKind> {
    let list = tokens(page, paragraph);
    let short = paragraph.span.len() <= LINE_MOST && !(ends_as_story(page, paragraph) && list.len() > 8);
    if !short && paragraph.span.len() > LINE_MOST + HEADLINE_MOST {
        return None;
    }
    // `The post Ferry Line Names Chief appeared first on Harrow Today.`
    let mut led = false;
    let wordless = list.iter().all(|token| !token.is_word() && token.kind != TokenKind::Number);
    if short && (wordless || paragraph.span.of(page.text).starts_with('©')) {
        return Some(RegionKind::Boilerplate);
    }
    let words: Vec<usize> = (0..list.len()).filter(|i| list[*i].is_word()).collect();
    for (place, _) in words.iter().enumerate() {
        let word = |i: usize| words.get(place + i).map_or(Default::default(), |at| list[*at].word);
        let Some((length, (class, rule))) = page.lexicon.page.lines.longest(word) else { continue };
        let fits = match rule {
            LinePlace::Whole => short && place == 0 && length == words.len() && list.len() <= length + 3,
            LinePlace::Start => short && place == 0,
            LinePlace::Any => short,
            LinePlace::Lead => {
                led |= place == 0;
                false
            }
            LinePlace::Within => led,
        };
        if fits {
            return match class {
                LineClass::Credit => Some(RegionKind::Credit),
                LineClass::Furniture => Some(RegionKind::Boilerplate),
                LineClass::Tail => None,
            };
        }
    }
    None
}

/// Whether the line ends the story of a press release: `Media contact`, `Notes to editors`.
fn is_tail(page: &Page, paragraph: &Paragraph) -> bool {
    let list = tokens(page, paragraph);
    let words: Vec<_> = list.iter().filter(|token| token.is_word()).map(|token| token.word).collect();
    let found = page.lexicon.page.lines.longest(|i| words.get(i).copied().unwrap_or_default());
    paragraph.span.len() <= LINE_MOST
        && found.is_some_and(|(length, (class, place))| {
            *class == LineClass::Tail && (*place == LinePlace::Start || length == words.len())
        })
}

/// Whether the line marks the end of a release: `###`, `-30-`, `ENDS`.
fn is_end_sign(page: &Page, paragraph: &Paragraph) -> bool {
    page.lexicon.lists.has(List::EndSigns, paragraph.span.of(page.text))
}

/// The dateline at the start of a paragraph: a place in capitals, or an agency in brackets, before a dash, as in
/// `HARROW BAY, March 3 (NRA) —`.
fn dateline_of(page: &Page, paragraph: &Paragraph) -> Option<Span> {
    let list = tokens(page, paragraph);
    if let Some(end) = agency_in_slashes(page, list) {
        return Some(Span::new(list[0].start, end));
    }
    let dash = list
        .iter()
        .take(DATELINE_MOST)
        .position(|token| token.kind == TokenKind::Dash || is_free_hyphen(page, token))?;
    let head = &list[..dash];
    let first = head.first()?;
    let plain = head.iter().all(|token| {
        matches!(
            token.kind,
            TokenKind::Word
                | TokenKind::Number
                | TokenKind::Comma
                | TokenKind::Stop
                | TokenKind::Open
                | TokenKind::Close
                | TokenKind::Symbol
                | TokenKind::Hyphen
                | TokenKind::Colon
                | TokenKind::Address
        )
    });
    // In a paragraph all in capitals, capitals do not identify a place: the text must not contain a verb or an article.
    let large = !page.text[first.start as usize..list[dash].start as usize].bytes().any(|b| b.is_ascii_lowercase());
    let name = |token: &Token| {
        let class = page.lexicon.grammar.class(token.word);
        class == Class::default() || class.has(Class::TIME)
    };
    let place = first.end - first.start >= 3
        && (first.case == Case::Upper || first.is_capital() && large && head.iter().all(name));
    let agency = first.is_capital() && head.last()?.kind == TokenKind::Close && head.len() <= 14;
    (plain && (place || agency)).then(|| Span::new(first.start, list[dash].end))
}

/// Where a dateline ends that names its agency between slashes: `ALMERE, May 4. /NRA/.`
fn agency_in_slashes(page: &Page, list: &[Token]) -> Option<u32> {
    let written = |token: &Token| &page.text[token.start as usize..token.end as usize];
    let head = &list[..list.len().min(DATELINE_MOST)];
    let found =
        head.windows(3).position(|w| written(&w[0]) == "/" && written(&w[2]) == "/" && w[1].case == Case::Upper)?;
    let placed = head.first()?.case == Case::Upper && found > 0;
    let stop = list.get(found + 3).filter(|token| token.kind == TokenKind::Stop);
    placed.then(|| stop.unwrap_or(&list[found + 2]).end)
}

/// Whether a hyphen between spaces is used as a dash.
fn is_free_hyphen(page: &Page, token: &Token) -> bool {
    let bytes = page.text.as_bytes();
    token.kind == TokenKind::Hyphen
        && token.start > 0
        && bytes[token.start as usize - 1] == b' '
        && bytes.get(token.end as usize) == Some(&b' ')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn regions(document: &Document) -> Vec<(RegionKind, &str)> {
        let page = Page::new(document);
        page.regions.iter().map(|region| (region.kind, region.span.of(&document.text))).collect()
    }

    #[test]
    fn a_page_as_the_web_has_it() {
        let text = "Harbour Board Shuts Pier, Then Opens It Again\n\n“I saw the crack,” the engineer tells Ida Moss of how it began\n\nida moss\nGetty Images\n\nBy Tom Reyes\n\nCALDER BAY, March 3 (NRA) — The board met.\n\nIt voted.\n\nComments";
        let document = Document::new("d", text);
        assert_eq!(
            regions(&document),
            [
                (RegionKind::Headline, "Harbour Board Shuts Pier, Then Opens It Again"),
                (RegionKind::Subhead, "“I saw the crack,” the engineer tells Ida Moss of how it began"),
                (RegionKind::Caption, "ida moss"),
                (RegionKind::Credit, "Getty Images"),
                (RegionKind::Byline, "By Tom Reyes"),
                (RegionKind::Dateline, "CALDER BAY, March 3 (NRA) —"),
                (RegionKind::Body, "The board met.\n\nIt voted."),
                (RegionKind::Boilerplate, "Comments"),
            ]
        );
    }

    #[test]
    fn an_agency_between_slashes_ends_a_dateline() {
        let text = "The Board Met\n\nALMERE, May 4. /NRA/. The board met. It voted/abstained.";
        let wanted = [
            (RegionKind::Headline, "The Board Met"),
            (RegionKind::Dateline, "ALMERE, May 4. /NRA/."),
            (RegionKind::Body, "The board met. It voted/abstained."),
        ];
        assert_eq!(regions(&Document::new("d", text)), wanted);
        assert_eq!(regions(&Document::new("d", "The board met. It and/OR/nobody voted.")).len(), 1);
    }

    #[test]
    fn what_the_file_tells_goes_first() {
        let mut document =
            Document::new("d", "The board met.\n\nOn Monday Tom wrote:\n> It will not meet.\n\nIt voted.");
        let span = Span::at(16, 57);
        document.layout.parts.push(Region { kind: RegionKind::Boilerplate, span });
        let wanted = [
            (RegionKind::Body, "The board met."),
            (RegionKind::Boilerplate, "On Monday Tom wrote:\n> It will not meet."),
            (RegionKind::Body, "It voted."),
        ];
        assert_eq!(regions(&document), wanted);
    }

    #[test]
    fn a_plain_story_is_all_body() {
        let document = Document::new("d", "The board met on Tuesday.\n\nIt voted — twice.");
        assert_eq!(regions(&document).len(), 1);
    }

    #[test]
    fn a_release_ends_at_its_contact() {
        let mut document = Document::new("d", "A Title\n\nThe board met.\n\nMedia contact:\n\nAda Brandt, 555 0100");
        document.kind = Kind::Statement;
        let found: Vec<RegionKind> = regions(&document).into_iter().map(|region| region.0).collect();
        assert_eq!(found, [RegionKind::Headline, RegionKind::Body, RegionKind::Boilerplate, RegionKind::Boilerplate]);
    }
}
