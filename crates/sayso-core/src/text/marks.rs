//! Quote marks, paired. Glyphs say little by themselves (straight marks, apostrophes, `„…“`, `»…«`, marks lost or
//! doubled by an editor), so each mark is read by its glyph, by what stands at its sides and by what is open.
//!
//! All is decided within a paragraph, so that nothing lost in one spoils the next; [`join()`] then tells which pairs run
//! on into the next paragraph, where the opening mark is by custom repeated.

mod join;
mod strokes;

pub use self::join::join;
use self::strokes::{Ahead, Stroke};
use super::tokens::{Token, TokenKind};
use crate::language::Lexicon;
use crate::language::grammar::Class;
use crate::language::lists::List;
use crate::span::Span;

/// A pair of quote marks, or one that lacks its fellow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair {
    /// The opening mark's token; none where the words go on from the paragraph before without a repeated mark.
    pub open: Option<u32>,
    /// The closing mark's token.
    pub close: Option<u32>,
    /// From the opening mark to the closing one, both included; without one, to where the words are taken to end.
    pub span: Span,
    /// The glyphs.
    pub style: Style,
    /// How many pairs it stands in.
    pub depth: u8,
    /// How it ends.
    pub end: End,
    /// Whether its words go on from those of a pair before it that was left open on purpose.
    pub goes_on: bool,
}

/// Families of glyphs that open and close one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Style {
    /// `“ ” „ ‟`, LaTeX's two backquotes and two apostrophes
    Double,
    /// `"`
    Straight,
    /// `‘ ’ ‚`
    Single,
    /// `'`
    StraightSingle,
    /// `« » ‹ ›`
    Guillemet,
    /// `「 」 『 』`
    Corner,
}

impl Style {
    /// Whether it is of a single stroke, as nested quotations have it.
    pub const fn is_single(self) -> bool {
        matches!(self, Style::Single | Style::StraightSingle)
    }
}

/// How a pair ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// By its closing mark.
    Closed,
    /// Left open at the paragraph's end, and the next paragraph opens again.
    Continues,
    /// Left open, and opened again in the same paragraph.
    Reopened,
    /// Its closing mark is lost: it ends with the paragraph.
    Lost,
}

/// What the glyph allows.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Glyph {
    Opens,
    Closes,
    Either,
}

/// Which way a mark leans by its neighbours.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lean {
    Opens,
    Closes,
    Neither,
}

fn glyph(text: &str) -> (Style, Glyph) {
    match text {
        "“" | "„" | "‟" | "``" | ",," => (Style::Double, Glyph::Opens),
        "”" | "''" | "’’" => (Style::Double, Glyph::Closes),
        "‘’" => (Style::Double, Glyph::Either),
        "‘" | "‚" | "‛" | "`" => (Style::Single, Glyph::Opens),
        "’" => (Style::Single, Glyph::Closes),
        // `the members"?rights`: see `damage`.
        "'" | "\"?" => (Style::StraightSingle, Glyph::Either),
        "«" | "‹" | "<<" => (Style::Guillemet, Glyph::Opens),
        "»" | "›" | ">>" => (Style::Guillemet, Glyph::Closes),
        "「" | "『" => (Style::Corner, Glyph::Opens),
        "」" | "』" => (Style::Corner, Glyph::Closes),
        _ => (Style::Straight, Glyph::Either),
    }
}

/// The marks of one paragraph, and what is open.
struct Marks<'t> {
    text: &'t str,
    tokens: &'t [Token],
    lexicon: &'t Lexicon,
    first: usize,
    /// Positions of the marks in `tokens`.
    at: Vec<usize>,
    /// What each mark does, where it is of a single stroke.
    strokes: Vec<Stroke>,
    /// What closes each mark, where it is of a single stroke.
    ahead: Vec<Ahead>,
    /// The marks of a single stroke that were typed for a double one.
    mistyped: Vec<bool>,
    /// The first of the marks that surely closes.
    first_close: usize,
    /// The style of the mark that opens the next paragraph.
    repeated: Option<Style>,
    /// Positions, in `out`, of pairs that are open.
    open: Vec<usize>,
}

/// Pairs the marks of the paragraph that `tokens` holds from `first` on; appends to `out` in the order of their first
/// mark. Linear but for the depth of nesting, which is bounded.
pub fn pair(text: &str, tokens: &[Token], first: usize, lexicon: &Lexicon, out: &mut Vec<Pair>) {
    let at: Vec<usize> = (first..tokens.len()).filter(|i| tokens[*i].kind == TokenKind::Mark).collect();
    if at.is_empty() {
        return;
    }
    let (strokes, ahead, mistyped, open) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let (first_close, repeated) = (usize::MAX, None);
    let mut marks = Marks { text, tokens, lexicon, first, at, strokes, ahead, mistyped, first_close, repeated, open };
    marks.look_ahead();
    let begin = out.len();
    let mut later = Later::new(&marks);
    for i in 0..marks.at.len() {
        later.pass(&marks, i);
        marks.read(i, &later, begin, out);
    }
    let end = tokens.last().map_or(0, |token| token.end);
    for i in std::mem::take(&mut marks.open) {
        out[i].span.end = end;
        drop_doubled(&mut out[begin..], i - begin);
    }
    out[begin..].sort_by_key(|pair| (pair.span.start, std::cmp::Reverse(pair.span.end)));
}

/// `"“It rained,” she said.`: an open mark glued to another that is closed was typed twice; its pair becomes empty.
fn drop_doubled(pairs: &mut [Pair], at: usize) {
    let twice = pairs[at];
    let doubled =
        |pair: &Pair| pair.open.is_some() && pair.open == twice.open.map(|mark| mark + 1) && pair.end == End::Closed;
    if twice.style.is_single() || !pairs.iter().any(|pair| doubled(pair) && !pair.style.is_single()) {
        return;
    }
    pairs[at].span.end = twice.span.start;
    for inner in pairs.iter_mut().skip(at + 1).filter(|inner| inner.depth > twice.depth) {
        inner.depth -= 1;
    }
}

/// A cue verb stands at most so many tokens before the mark of what it reports.
const CUE_NEAR: usize = 8;

/// How deep pairs may stand in one another; deeper marks are passed over.
const DEEPEST: usize = 6;

/// What is still to come of each style in the paragraph.
struct Later {
    opens: [u32; 6],
    closes: [u32; 6],
    /// Straight marks with a space at both sides.
    apart: u32,
}

impl Later {
    fn new(marks: &Marks) -> Self {
        let mut later = Later { opens: [0; 6], closes: [0; 6], apart: 0 };
        for i in 0..marks.at.len() {
            later.count(marks, i, 1);
        }
        later
    }

    fn count(&mut self, marks: &Marks, i: usize, by: i32) {
        let at = marks.at[i];
        let (style, glyph) = glyph(marks.tokens[at].span().of(marks.text));
        let (opens, closes) = match style.is_single() {
            true => (marks.strokes[i] == Stroke::Opens, marks.strokes[i] == Stroke::Closes),
            false => match (glyph, marks.lean(at)) {
                (Glyph::Opens, _) | (Glyph::Either, Lean::Opens) => (true, false),
                (Glyph::Closes, _) | (Glyph::Either, Lean::Closes) => (false, true),
                (Glyph::Either, Lean::Neither) => (false, false),
            },
        };
        let (opens, slot) = match marks.mistyped[i] {
            true => (true, Style::Straight as usize),
            false => (opens, style as usize),
        };
        if style == Style::Straight && !opens && !closes && !marks.glued_before(at) && !marks.glued_after(at) {
            self.apart = self.apart.wrapping_add_signed(by);
        }
        let count = if opens { &mut self.opens[slot] } else { &mut self.closes[slot] };
        if opens || closes {
            *count = count.wrapping_add_signed(by);
        }
    }

    fn pass(&mut self, marks: &Marks, i: usize) {
        self.count(marks, i, -1);
    }

    /// Whether more marks of this style close than open, with those that are open already.
    fn is_nested(&self, style: Style, waiting: u32) -> bool {
        self.closes[style as usize] > self.opens[style as usize] + waiting
    }
}

impl Marks<'_> {
    fn glued_before(&self, at: usize) -> bool {
        at > self.first && self.tokens[at - 1].end == self.tokens[at].start
    }

    fn glued_after(&self, at: usize) -> bool {
        self.tokens.get(at + 1).is_some_and(|next| next.start == self.tokens[at].end)
    }

    fn lean(&self, at: usize) -> Lean {
        let opens_after = |kind| {
            matches!(kind, TokenKind::Open | TokenKind::Dash | TokenKind::Hyphen | TokenKind::Colon | TokenKind::Symbol)
        };
        let before = self.glued_before(at).then(|| self.tokens[at - 1]);
        let after = self.glued_after(at).then(|| self.tokens[at + 1]);
        let text = self.text;
        let mark_leans = |token: Token| glyph(token.span().of(text)).1;
        match (before, after) {
            (None, Some(_)) => Lean::Opens,
            (Some(_), None) => Lean::Closes,
            (None, None) => Lean::Neither,
            (Some(before), Some(after)) => match (before.kind, after.kind) {
                (TokenKind::Mark, _) if mark_leans(before) == Glyph::Opens => Lean::Opens,
                (_, TokenKind::Mark) if mark_leans(after) == Glyph::Closes => Lean::Closes,
                (kind, TokenKind::Word | TokenKind::Number | TokenKind::Ellipsis) if opens_after(kind) => Lean::Opens,
                (kind, _) if opens_after(kind) && after.kind == TokenKind::Mark => Lean::Opens,
                (_, TokenKind::Mark) => Lean::Neither,
                (TokenKind::Mark, TokenKind::Word | TokenKind::Number) => Lean::Opens,
                (_, TokenKind::Word | TokenKind::Number) => Lean::Neither,
                _ => Lean::Closes,
            },
        }
    }

    /// The innermost open pair of `style`, as a position in `open`.
    fn innermost(&self, style: Style, out: &[Pair]) -> Option<usize> {
        self.open.iter().rposition(|i| out[*i].style == style)
    }

    fn read(&mut self, i: usize, later: &Later, begin: usize, out: &mut Vec<Pair>) {
        let at = self.at[i];
        let (style, glyph) = glyph(self.tokens[at].span().of(self.text));
        let lean = self.lean(at);
        let open = self.innermost(style, out);
        let more = later.closes[style as usize];
        match style {
            Style::Single | Style::StraightSingle => self.read_stroke(i, style, open, later, out),
            Style::Straight => match (lean, open) {
                _ if self.is_inches(at, open) => {}
                (Lean::Closes | Lean::Neither, Some(open)) => {
                    let open = self.outermost(open, at, style, later, out);
                    self.finish(open, at, out);
                }
                (Lean::Opens, None) => self.start(at, style, out),
                (Lean::Opens, Some(open)) => self.again(open, at, style, later, out),
                (Lean::Neither, None) if more > 0 => self.start(at, style, out),
                // `" It rained, " said Brandt`
                (Lean::Neither, None) if later.apart > 0 && !self.glued_before(at) => self.start(at, style, out),
                (Lean::Neither, None) => {}
                // `“…," she said`: a hand that mixes its glyphs.
                (Lean::Closes, None) => {
                    let single = self.innermost(Style::StraightSingle, out);
                    match self.innermost(Style::Double, out).or(single) {
                        Some(open) if self.after_end(at) => self.finish(open, at, out),
                        _ => self.tail(at, style, begin, out),
                    }
                }
            },
            _ => match (glyph, open) {
                (Glyph::Opens, None) if lean == Lean::Closes && style == Style::Double => {
                    // „…“: the German closing mark; or a mark typed the wrong way round.
                    self.tail(at, style, begin, out);
                }
                (Glyph::Opens, Some(open)) if lean == Lean::Closes => self.finish(open, at, out),
                (Glyph::Opens, None) => self.start(at, style, out),
                (Glyph::Opens, Some(open)) => self.again(open, at, style, later, out),
                (_, Some(_)) if lean == Lean::Opens && more > 0 && self.after_end(at) => self.start(at, style, out),
                (_, Some(open)) => self.finish(open, at, out),
                // ”…”: both marks alike, or »…«.
                (_, None) if lean == Lean::Opens => self.start(at, style, out),
                (_, None) => match self.innermost(Style::Straight, out) {
                    // `"…,” she said`, `that it was "late''. She left.`
                    Some(open)
                        if later.closes[Style::Straight as usize] == 0
                            || self.after_end(at)
                            || lean == Lean::Closes =>
                    {
                        self.finish(open, at, out);
                    }
                    _ => match self.innermost(Style::Single, out) {
                        // `‘…,” she said`
                        Some(open) if later.closes[Style::Single as usize] == 0 && self.after_end(at) => {
                            self.finish(open, at, out);
                        }
                        _ => self.tail(at, style, begin, out),
                    },
                },
            },
        }
    }

    /// `` `It rained,' said Brandt``, `''It rained,' said Brandt`: closes what another glyph opened and nothing else closes.
    fn finish_other(&mut self, at: usize, style: Style, later: &Later, out: &mut [Pair]) {
        let others = [Style::Single, Style::Double];
        let open = others.into_iter().filter(|other| *other != style && later.closes[*other as usize] == 0);
        let open = open.filter_map(|other| self.innermost(other, out)).max();
        if let Some(open) = open.filter(|_| self.after_end(at)) {
            self.finish(open, at, out);
        }
    }

    /// `'It is late," she said`: whether a mark that begins a sentence was typed for the double mark that closes next.
    fn is_mistyped(&self, i: usize) -> bool {
        let at = self.at[i];
        let (style, _) = glyph(self.tokens[at].span().of(self.text));
        let capital = self.tokens.get(at + 1).is_some_and(|next| next.is_capital());
        if style != Style::StraightSingle || !capital || self.strokes[i] != Stroke::Opens || !self.is_led_in(at) {
            return false;
        }
        let next =
            (i + 1..self.at.len()).find(|next| self.strokes[*next] != Stroke::Apostrophe || self.is_straight(*next));
        next.is_some_and(|next| {
            let close = self.at[next];
            self.is_straight(next) && self.lean(close) == Lean::Closes && self.after_end(close)
        })
    }

    /// `"I thought, "It is late," she said.`: the pair that the mark at `at` closes, of those of `style` that are open: the first,
    /// where a tag stands behind the mark and no more of them close later than open. Else the one at `open`.
    fn outermost(&self, open: usize, at: usize, style: Style, later: &Later, out: &[Pair]) -> usize {
        let spare = later.closes[style as usize] > later.opens[style as usize];
        if spare || !self.after_end(at) || !self.is_before_tag(at) {
            return open;
        }
        self.open.iter().position(|i| out[*i].style == style).unwrap_or(open)
    }

    /// Whether a reporting verb stands behind the mark at `at`, alone or behind a name or pronoun.
    fn is_before_tag(&self, at: usize) -> bool {
        const FEW: usize = 3;
        let word = |at: usize| self.tokens.get(at).filter(|token| token.is_word());
        let says = |token: &Token| self.lexicon.lists.has(List::SureCues, token.span().of(self.text));
        let somebody = |token: &Token| token.is_capital() || self.lexicon.grammar.class(token.word).has(Class::SUBJECT);
        let Some(first) = word(at + 1) else { return false };
        says(first) || somebody(first) && (at + 2..at + 2 + FEW).map_while(word).any(says)
    }

    fn is_straight(&self, i: usize) -> bool {
        glyph(self.tokens[self.at[i]].span().of(self.text)).0 == Style::Straight
    }

    /// Whether the mark begins somebody's words although nothing closes them in the paragraph: they run on into the next
    /// one, or their closing mark is lost.
    fn begins_speech(&self, i: usize, style: Style) -> bool {
        let at = self.at[i];
        let capital = self.tokens.get(at + 1).is_some_and(|next| next.is_capital());
        if at == self.first {
            return capital || style == Style::Single || self.repeated == Some(style);
        }
        let cued = || {
            let said = self.tokens[self.first.max(at.saturating_sub(CUE_NEAR))..at].iter();
            said.clone().any(|token| self.lexicon.grammar.class(token.word).has(Class::CUE_VERB))
        };
        // `‘It was late,’ he told the court, ‘but it’s my boat.`: a quotation that a tag has broken goes on in small letters.
        let broken = self.first_close < i && self.tokens[at - 1].kind == TokenKind::Comma && cued();
        if broken && (style == Style::Single || self.repeated == Some(style)) {
            return true;
        }
        let led_in = match self.tokens[at - 1].kind {
            TokenKind::Colon => true,
            TokenKind::Comma => cued(),
            // `She met the press. ‘It is late.`: a glyph that only opens, where a sentence begins.
            _ => self.first_close < i || style == Style::Single && self.is_led_in(at),
        };
        capital && self.is_led_in(at) && (led_in || self.repeated == Some(style))
    }

    /// Whether a mark stands where somebody's words can begin: first, or behind punctuation.
    fn is_led_in(&self, at: usize) -> bool {
        at == self.first || self.after_end(at) || matches!(self.tokens[at - 1].kind, TokenKind::Colon | TokenKind::Dash)
    }

    /// The style of the mark that opens the next paragraph.
    fn next_opens(&self) -> Option<Style> {
        let end = self.tokens.last().map_or(0, |token| token.end as usize);
        let next = self.text.get(end..)?.trim_start();
        let mark = next.chars().next()?.len_utf8();
        let (style, opens) = glyph(&next[..mark]);
        let opening = style.is_single() && opens != Glyph::Closes && next[mark..].starts_with(char::is_alphanumeric);
        opening.then_some(style)
    }

    fn start(&mut self, at: usize, style: Style, out: &mut Vec<Pair>) {
        if self.open.len() >= DEEPEST {
            return;
        }
        let depth = self.open.len() as u8;
        self.open.push(out.len());
        let span = self.tokens[at].span();
        out.push(Pair { open: Some(at as u32), close: None, span, style, depth, end: End::Lost, goes_on: false });
    }

    /// Closes the pair at `open[place]`; what was opened inside it and not closed goes away as stray.
    fn finish(&mut self, place: usize, at: usize, out: &mut [Pair]) {
        let pair = &mut out[self.open[place]];
        pair.close = Some(at as u32);
        pair.span.end = self.tokens[at].end;
        pair.end = End::Closed;
        let end = self.tokens[at].start;
        for inner in self.open.drain(place..).skip(1) {
            out[inner].span.end = end.max(out[inner].span.end);
        }
    }

    /// Whether the token before `at` ends a sentence.
    fn after_end(&self, at: usize) -> bool {
        at > self.first
            && matches!(
                self.tokens[at - 1].kind,
                TokenKind::Stop | TokenKind::Exclaim | TokenKind::Ellipsis | TokenKind::Comma
            )
    }

    /// A mark that opens while its own style is open: a quotation in the quotation where enough marks close later, else
    /// a repeated mark (paragraphs run together) or a lost closing mark.
    fn again(&mut self, open: usize, at: usize, style: Style, later: &Later, out: &mut Vec<Pair>) {
        let slot = style as usize;
        let waiting = self.open.iter().filter(|i| out[**i].style == style).count() as u32;
        let more = later.closes[slot] > later.opens[slot] + waiting && self.balances(at, style, waiting);
        if more || waiting == 1 && self.closes_twice(at, style) {
            self.start(at, style, out);
            return;
        }
        let previous = self.open[open];
        let reopened = self.after_end(at);
        out[previous].span.end = self.tokens[at - 1].end.max(out[previous].span.end);
        out[previous].end = if reopened { End::Reopened } else { End::Lost };
        self.open.truncate(open);
        self.start(at, style, out);
        if let Some(last) = out.last_mut() {
            last.goes_on = reopened;
        }
    }

    /// Whether the straight marks behind `at`, which opens while `waiting` are open, close all of them soon: a paragraph that holds a
    /// whole story may lack a mark far from here.
    fn balances(&self, at: usize, style: Style, waiting: u32) -> bool {
        const SOON: usize = 12;
        if style != Style::Straight {
            return true;
        }
        let mut open = waiting + 1;
        self.straight_behind(at).take(SOON).any(|at| {
            match self.lean(at) {
                Lean::Opens => open += 1,
                Lean::Closes => open -= 1,
                Lean::Neither => {}
            }
            open == 0
        })
    }

    /// `"Because "Harrow" is a book, people ask," she said`: whether the next two straight marks behind `at` close, the second
    /// behind punctuation, and the mark at `at` stands in a sentence.
    fn closes_twice(&self, at: usize, style: Style) -> bool {
        // Words within words are few, and the words around them end soon.
        const INNER: usize = 12;
        const OUTER: usize = 80;
        if style != Style::Straight || self.after_end(at) {
            return false;
        }
        let mut straight = self.straight_behind(at);
        let mut closes = || straight.next().filter(|at| self.lean(*at) == Lean::Closes);
        let inner = closes().filter(|close| close - at <= INNER);
        inner.is_some() && closes().is_some_and(|close| close - at <= OUTER && self.after_end(close))
    }

    /// The straight marks behind the token at `at`, in order.
    fn straight_behind(&self, at: usize) -> impl Iterator<Item = usize> {
        let from = self.at.partition_point(|other| *other <= at);
        (from..self.at.len()).filter(|i| self.is_straight(*i)).map(|i| self.at[i])
    }

    /// A closing mark with nothing open: the words may have begun in the paragraph before ([`join`] decides).
    fn tail(&mut self, at: usize, style: Style, begin: usize, out: &mut Vec<Pair>) {
        if out.len() > begin || style.is_single() {
            return;
        }
        let span = Span::new(self.tokens[self.first].start, self.tokens[at].end);
        out.push(Pair { open: None, close: Some(at as u32), span, style, depth: 0, end: End::Closed, goes_on: true });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;
    use crate::text::Page;
    use proptest::prelude::*;

    fn pairs(text: &str) -> Vec<(String, End, u8)> {
        let document = Document::new("d", text);
        let page = Page::new(&document);
        let shown = page.pairs.iter().filter(|pair| !pair.span.is_empty());
        shown.map(|pair| (pair.span.of(text).to_string(), pair.end, pair.depth)).collect()
    }

    fn shown(text: &str) -> Vec<String> {
        pairs(text).into_iter().map(|pair| pair.0).collect()
    }

    #[test]
    fn every_style_is_paired() {
        for (text, expected) in [
            ("“Yes,” he said. “No.”", vec!["“Yes,”", "“No.”"]),
            ("\"Yes,\" he said. \"No.\"", vec!["\"Yes,\"", "\"No.\""]),
            ("‘It’s the workers’ pay,’ he said.", vec!["‘It’s the workers’ pay,’"]),
            ("'It's fine,' he said.", vec!["'It's fine,'"]),
            ("«Oui,» dit-il. »Ja«, sagte er.", vec!["«Oui,»", "»Ja«"]),
            ("„Ja“, sagte er.", vec!["„Ja“"]),
            ("``Yes,'' he said.", vec!["``Yes,''"]),
            ("”Ja”, sa han.", vec!["”Ja”"]),
            ("the board—\"a club\"—met (\"again\").", vec!["\"a club\"", "\"again\""]),
            ("“He said ‘go’ and left,” she said.", vec!["“He said ‘go’ and left,”", "‘go’"]),
            ("\"Yes,” he said.", vec!["\"Yes,”"]),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn apostrophes_and_inches_are_no_marks() {
        for text in
            ["the workers’ pay and the boys' club", "rock ’n’ roll of the ’90s", "He is 6'2\" tall.", "give 'em hell"]
        {
            assert_eq!(shown(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn a_quotation_runs_on_over_paragraphs() {
        let text = "“One,” he said. “Two.\n\n“Three.\n\n“Four.”\n\nFive “six”.";
        let found: Vec<End> = pairs(text).into_iter().map(|pair| pair.1).collect();
        assert_eq!(found, [End::Closed, End::Continues, End::Continues, End::Closed, End::Closed]);
        let bare = "“One.\n\nTwo,” he said.";
        assert_eq!(shown(bare), ["“One.", "Two,”"]);
    }

    #[test]
    fn a_lost_mark_spoils_its_paragraph_alone() {
        assert_eq!(pairs("“One, he said.\n\nTwo “three”.")[1].0, "“three”");
        assert_eq!(shown("One,” he said.\n\nTwo “three”."), ["One,”", "“three”"]);
        assert_eq!(shown("One,” of two.\n\nTwo “three”."), ["“three”"]);
        let reopened = pairs("“One went by. “Two went by,” he said.");
        assert_eq!((reopened[0].0.as_str(), reopened[0].1), ("“One went by.", End::Reopened));
        assert_eq!(reopened[1].0, "“Two went by,”");
    }

    proptest! {
        #[test]
        fn mark_soup_never_panics(text in "[“”\"'‘’«»„`a-z .,?\n\\[(-]{0,120}") {
            let document = Document::new("d", text.as_str());
            let page = Page::new(&document);
            for pair in &page.pairs {
                prop_assert!(pair.span.start <= pair.span.end && pair.span.end as usize <= text.len());
                let _ = pair.span.of(&text);
                prop_assert!(page.paragraph_at(pair.span.start).is_some());
            }
        }
    }
}
