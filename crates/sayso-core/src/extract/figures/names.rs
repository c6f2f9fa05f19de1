//! What is no figure, though it looks like one. Each rule has a name ([`NoFigure`]), so that a reader can be told why a
//! number was left out.

use super::numeral::{Form, Numeral};
use super::reader::Reader;
use crate::language::figures::Class;
use crate::text::TokenKind;
use rust_decimal::Decimal;

/// Why a number is no figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NoFigure {
    /// `5G`, `747s`, `24703L202`: letters hang on it that are no unit.
    Letters,
    /// `COVID-19`, `F-16`: it hangs on a word.
    Hung,
    /// `Flight 93`, `Section 4`, `No. 4`, `#12`, `§ 3`
    Label,
    /// `Apollo 11`: a name stands before it, and nothing that it counts behind it.
    Name,
    /// `555-1234`, `1-222-2222`
    Phone,
    /// `9/11`, `24/7`, `2+2`
    Slash,
    /// `210 Hope Drive`
    Address,
    /// `3-1`: a score.
    Score,
    /// `1. `, `2) ` at the start of a line.
    ListNumber,
    /// `31 February`
    Day,
    /// `the one`, `no one`, `one of the`, `one another`
    One,
}

impl Reader<'_, '_> {
    /// Why `numeral`, which no unit follows, is no figure; none where it is one.
    pub(super) fn no_figure(&self, numeral: &Numeral, counts: bool) -> Option<NoFigure> {
        let (first, end) = (numeral.first, numeral.end);
        let before = first.wrapping_sub(1);
        // `Air Force One`
        let called = self.is(before, Class::LABEL.or(Class::LABEL_CAPITAL)) && self.capital(before);
        if called && self.capital(first) && self.says(first, "one") {
            return Some(NoFigure::Name);
        }
        // `Verity One Ltd`, `the Magnificent Seven`
        let alone = numeral.form == Form::Words && end == first + 1;
        let owned = self.is_kind(before, TokenKind::Clitic) && self.named(before.wrapping_sub(1));
        if alone && self.capital(first) && (!counts || self.says(first, "one")) && (owned || self.named(before)) {
            return Some(NoFigure::Name);
        }
        // `the Gang of Eight`, `the Five Eyes`, `the “Four Asian Tigers”`
        let mark = self.is_kind(before, TokenKind::Mark);
        let lead = if mark { before.wrapping_sub(1) } else { before };
        let inside = self.is(lead, Class::DETERMINER.or(Class::OF)) && !self.capital(lead);
        let gang = alone && self.is(before, Class::OF) && self.capital(before.wrapping_sub(1)) && self.capital(first);
        let noun = self.capital(end) && self.in_phrase(end) && !self.title_case(first);
        if gang || alone && inside && self.capital(first) && noun {
            return Some(NoFigure::Name);
        }
        if self.says(first, "one") && end == first + 1 {
            return self.one(first, end).then_some(NoFigure::One);
        }
        if numeral.form == Form::Words || numeral.form == Form::Share || numeral.form == Form::Ratio {
            // `an inline-four engine`
            let brand = self.capital(first) && self.is_kind(before.wrapping_sub(1), TokenKind::Number);
            let hyphen = self.inner_hyphen(before) && (brand || self.is_kind(before.wrapping_sub(1), TokenKind::Word));
            if hyphen && alone && !self.is(before.wrapping_sub(1), Class::CARDINAL.or(Class::AND).or(Class::PART)) {
                return Some(NoFigure::Hung);
            }
            let label = self.is(before, Class::LABEL) && !counts && numeral.form == Form::Words;
            return label.then_some(NoFigure::Label);
        }
        if self.glued(end.wrapping_sub(1)) && self.is_kind(end, TokenKind::Word) {
            return Some(NoFigure::Letters);
        }
        // `agent 007`, `0800 1111`: an amount has no leading zero
        let zero = self.text(first).len() > 1 && self.text(first).starts_with('0') && !numeral.value.is_zero();
        // "the Series 2025-3 bond"
        let year = before.wrapping_sub(1);
        let series =
            !counts && self.inner_hyphen(before) && self.text(year).len() == 4 && self.is_kind(year, TokenKind::Number);
        if numeral.form == Form::Plain && (zero || series) {
            return Some(NoFigure::Label);
        }
        // `on 31 February`: a day that no calendar has
        if numeral.form == Form::Plain && self.is(end, Class::MONTH) && self.capital(end) && !self.glued(end - 1) {
            return Some(NoFigure::Day);
        }
        if self.in_brackets(first, end, counts) || self.lettered(first, end) {
            return Some(NoFigure::ListNumber);
        }
        if self.street(end) || self.post_code(first) {
            return Some(NoFigure::Address);
        }
        if self.glued(end.wrapping_sub(1))
            && matches!(self.text(end), "/" | "+")
            && self.glued(end)
            && self.is_kind(end + 1, TokenKind::Number)
        {
            return Some(NoFigure::Slash);
        }
        if self.glued(before) {
            match self.kind(before) {
                Some(TokenKind::Word) => return Some(NoFigure::Hung),
                Some(TokenKind::Hyphen)
                    if self.glued(before.wrapping_sub(1)) && self.is_kind(before.wrapping_sub(1), TokenKind::Word) =>
                {
                    return Some(NoFigure::Hung);
                }
                Some(TokenKind::Symbol)
                    if matches!(self.text(before), "/" | "+")
                        && self.glued(before.wrapping_sub(1))
                        && self.is_kind(before.wrapping_sub(1), TokenKind::Number) =>
                {
                    return Some(NoFigure::Slash);
                }
                // "PM2.5"
                Some(TokenKind::Stop)
                    if self.glued(before.wrapping_sub(1))
                        && self.is_kind(before.wrapping_sub(1), TokenKind::Word)
                        && self.text(before.wrapping_sub(1)).ends_with(|c: char| c.is_ascii_digit()) =>
                {
                    return Some(NoFigure::Hung);
                }
                // "XJ1500+0154"
                Some(TokenKind::Symbol)
                    if self.text(before) == "+"
                        && self.glued(before.wrapping_sub(1))
                        && self.is_kind(before.wrapping_sub(1), TokenKind::Word) =>
                {
                    return Some(NoFigure::Hung);
                }
                Some(TokenKind::Symbol)
                    if matches!(self.text(before), "#" | "§" | "@" | "&" | "=" | "_" | "\\" | "^") =>
                {
                    return Some(NoFigure::Label);
                }
                _ => {}
            }
        }
        // "Item # 12"; a line that begins with "#" is a heading.
        let heading = || self.is_heading_mark(before);
        if self.text(before) == "§" || self.text(before) == "#" && !heading() {
            return Some(NoFigure::Label);
        }
        // `the Group of 7`, `the G20` aside.
        if self.is(before, Class::OF)
            && self.says(before.wrapping_sub(1), "group")
            && self.capital(before.wrapping_sub(1))
        {
            return Some(NoFigure::Name);
        }
        if self.phone(first, end) {
            return Some(NoFigure::Phone);
        }
        if self.list_number(first, end) {
            return Some(NoFigure::ListNumber);
        }
        // "Event 3: a seminar", at the head of a line
        let head = self.is_kind(before, TokenKind::Word) && !self.is_kind(before.wrapping_sub(1), TokenKind::Word);
        if head && self.is_kind(end, TokenKind::Colon) && self.capital(before) && end == first + 1 {
            return Some(NoFigure::Label);
        }
        // "Form 10-Q", "the 7-Eleven"
        let brand = self.is(end + 1, Class::CARDINAL) && !self.title_case(end + 1);
        if self.inner_hyphen(end) && self.capital(end + 1) && (self.text(end + 1).len() == 1 || brand) {
            return Some(NoFigure::Letters);
        }
        // "Article 206.6", "section 4.2", "Patent No. 11,315,150"; "phase 3"
        let decimal = numeral.form == Form::Digits && end == first + 1;
        if (numeral.form == Form::Plain || decimal) && self.label(before, counts) {
            return Some(NoFigure::Label);
        }
        if self.score(first, end) && !counts {
            return Some(NoFigure::Score);
        }
        // "the Inc. 5000 debut": the full stop is the name's.
        let short = self.is_kind(before, TokenKind::Stop)
            && self.glued(before.wrapping_sub(1))
            && self.page.sentence_at(self.byte(first)).is_some_and(|sentence| sentence.span.start < self.byte(before));
        let name = if short { before.wrapping_sub(1) } else { before };
        if numeral.form == Form::Plain && !counts && self.named(name) {
            return Some(NoFigure::Name);
        }
        None
    }

    /// Whether nothing but `#` stands before the mark in its paragraph.
    fn is_heading_mark(&self, at: usize) -> bool {
        let begin = self.page.paragraph_at(self.byte(at)).map_or(self.start, |p| p.tokens.start as usize);
        at < begin + 6 && (begin..at).all(|i| self.text(i) == "#")
    }

    /// `Flight 93`, `No. 4`, `phase 3`, `Stage IV` aside.
    fn label(&self, before: usize, counts: bool) -> bool {
        let word = match self.kind(before) {
            Some(TokenKind::Stop | TokenKind::Colon) => before.wrapping_sub(1),
            Some(TokenKind::Word) => before,
            _ => return false,
        };
        let entry = self.entry(word);
        let any = entry.is(Class::LABEL) && (!counts || self.capital(word) || entry.is(Class::LABEL_SURE));
        // "Class 4 premiums", but "Area 40 residents" at the head of a sentence
        let inside = self.is_kind(word.wrapping_sub(1), TokenKind::Word) && !self.title_case(word);
        any || entry.is(Class::LABEL_CAPITAL) && self.capital(word) && (!counts || inside)
    }

    /// A capitalised word that is in none of the closed classes stands before it.
    pub(super) fn named(&self, before: usize) -> bool {
        let closed = Class::STOP.or(Class::DETERMINER).or(Class::YEAR_PREPOSITION).or(Class::HEDGE_END).or(Class::AND);
        let closed =
            closed.or(Class::MONTH).or(Class::ANCHOR).or(Class::UP).or(Class::DOWN).or(Class::FEW).or(Class::OF);
        self.is_kind(before, TokenKind::Word)
            && self.capital(before)
            && !self.is(before, closed)
            && !self.title_case(before)
    }

    /// Whether the words around are all written large, as in a headline (`Ferry Fire Kills 20`): there a capital makes
    /// no name. Short words do not count, and few words tell nothing.
    pub(super) fn title_case(&self, at: usize) -> bool {
        let words = (at.saturating_sub(12)..at + 12)
            .filter(|i| self.is_kind(*i, TokenKind::Word) && self.text(*i).len() > 3)
            .map(|i| self.capital(i));
        let (large, small) = words.fold((0, 0), |(l, s), capital| if capital { (l + 1, s) } else { (l, s + 1) });
        small == 0 && large >= 3
    }

    /// Groups of digits joined by hyphens, three of them, or three and four digits.
    fn phone(&self, first: usize, end: usize) -> bool {
        let joined = |at: usize| self.inner_hyphen(at) && self.is_kind(at + 1, TokenKind::Number);
        let behind = |at: usize| self.inner_hyphen(at) && self.is_kind(at.wrapping_sub(1), TokenKind::Number);
        let length = |at: usize| self.text(at).len();
        let after = joined(end);
        let before = behind(first.wrapping_sub(1));
        // "ISBN 978-1665308755"
        let two = after && length(first) == 3 && (length(end + 1) == 4 || length(end + 1) > 6)
            || before && (length(first) == 4 || length(first) > 6) && length(first - 2) == 3;
        let three = after && joined(end + 2) || before && behind(first.wrapping_sub(3)) || after && before;
        let zero = |at: usize| length(at) > 1 && self.text(at).starts_with('0') && !self.text(at).contains('.');
        let dialled = (after || before) && (zero(first) || before && zero(first - 2));
        // "(516) 555-0142"
        let area = length(first) == 3
            && self.is_kind(first.wrapping_sub(1), TokenKind::Open)
            && self.is_kind(end, TokenKind::Close)
            && self.is_kind(end + 1, TokenKind::Number)
            && self.inner_hyphen(end + 2);
        // "+1 (516) 555-0142"
        let plus = first.wrapping_sub(1);
        let country = self.text(plus) == "+"
            && self.glued(plus)
            && !self.glued(plus.wrapping_sub(1))
            && self.is_kind(end, TokenKind::Open)
            && self.is_kind(end + 1, TokenKind::Number);
        // "called 911"
        let emergency = matches!(self.text(first), "911" | "999" | "112" | "000" | "101")
            && (1..3).any(|back| self.is(first.wrapping_sub(back), Class::DIAL));
        emergency || two || three || dialled || area || country || self.spaced_groups(first)
    }

    /// `+44 20 7946 0000`, `020 7946 0000`: groups of plain digits parted by spaces, after a plus or with a leading zero.
    fn spaced_groups(&self, at: usize) -> bool {
        let group =
            |at: usize| self.is_kind(at, TokenKind::Number) && self.text(at).bytes().all(|b| b.is_ascii_digit());
        let (mut first, mut last) = (at, at);
        while first + 6 > at && group(first.wrapping_sub(1)) && self.gap(first - 1) == " " {
            first -= 1;
        }
        while last < at + 6 && group(last + 1) && self.gap(last) == " " {
            last += 1;
        }
        let plus = first.wrapping_sub(1);
        let abroad = self.text(plus) == "+" && self.glued(plus) && !self.glued(plus.wrapping_sub(1));
        let zero = |at: usize| self.text(at).len() > 1 && self.text(at).starts_with('0');
        let dialled = (first..=last).any(zero);
        // "0800 1111"
        let short = last > first && zero(first) && self.text(first).len() > 2 && self.text(first + 1).len() > 2;
        abroad && last > first || short || dialled && last > first + 1
    }

    /// `3-1`, `21-17`: two small numbers joined by a hyphen, the larger first, or ranges that count nothing.
    fn score(&self, first: usize, end: usize) -> bool {
        let small = |at: usize| {
            self.is_kind(at, TokenKind::Number)
                && self.text(at).len() <= 3
                && self.text(at).bytes().all(|b| b.is_ascii_digit())
        };
        let joint = |at: usize| {
            self.is_kind(at, TokenKind::Hyphen) && self.glued(at) && self.glued(at.wrapping_sub(1))
                || self.is_kind(at, TokenKind::Dash) && self.glued(at) && self.glued(at.wrapping_sub(1))
        };
        small(first) && (joint(end) && small(end + 1) || joint(first.wrapping_sub(1)) && small(first.wrapping_sub(2)))
    }

    /// `1. Open the lid`, `2) Close it`: at the start of the window, with a capital after it; or so at the beginning of a
    /// sentence, where nothing else ends after one number.
    fn list_number(&self, first: usize, end: usize) -> bool {
        let before = first.wrapping_sub(1);
        let inside = matches!(self.kind(before), Some(TokenKind::Stop | TokenKind::Colon)) && !self.glued(before);
        if inside
            && self.is_kind(first, TokenKind::Number)
            && self.text(first).len() <= 2
            && self.glued(end - 1)
            && self.is_kind(end, TokenKind::Stop)
            && self.capital(end + 1)
        {
            return true;
        }
        let begins = first == self.start
            || self.page.paragraph_at(self.byte(first)).is_some_and(|p| p.tokens.start as usize == first);
        begins
            && self.text(first).len() <= 2
            && self.glued(end - 1)
            && (self.is_kind(end, TokenKind::Stop) || self.text(end) == ")")
            && (self.token(end + 1).is_some() || first > self.start)
    }

    /// `(1) a pipeline, (2) a mine`: a small number alone in brackets, where it counts nothing.
    fn in_brackets(&self, first: usize, end: usize, counts: bool) -> bool {
        self.is_kind(first.wrapping_sub(1), TokenKind::Open)
            && self.is_kind(end, TokenKind::Close)
            && self.is_kind(first, TokenKind::Number)
            && self.text(first).len() <= 2
            && !counts
    }

    /// `403(b)`, `501(c)(3)`: a place in a law.
    fn lettered(&self, first: usize, end: usize) -> bool {
        let close = first.wrapping_sub(2);
        self.is_kind(first, TokenKind::Number)
            && (self.glued(end - 1)
                && self.is_kind(end, TokenKind::Open)
                && self.is_kind(end + 2, TokenKind::Close)
                && self.text(end + 1).len() == 1
                || self.is_kind(close, TokenKind::Close) && self.glued(close) && self.is_kind(end, TokenKind::Close))
    }

    /// `210 Hope Drive`, `109 N. Fort Harrison Ave.`: up to four words with capitals, the last of them a kind of street.
    fn street(&self, end: usize) -> bool {
        let short = |at: usize| self.is_kind(at, TokenKind::Stop) && self.text(at.wrapping_sub(1)).len() <= 2;
        (end..end + 6)
            .take_while(|at| self.capital(*at) || short(*at))
            .skip(1)
            .any(|at| self.is(at, Class::STREET) && self.capital(at))
    }

    /// `Redondo Beach, CA 90277`: five digits after the letters of a state.
    fn post_code(&self, at: usize) -> bool {
        let state = at.wrapping_sub(1);
        let letters = self.text(state).len() == 2 && self.text(state).bytes().all(|byte| byte.is_ascii_uppercase());
        let digits = self.text(at).len() == 5 && self.text(at).bytes().all(|byte| byte.is_ascii_digit());
        letters && digits && self.is_kind(state.wrapping_sub(1), TokenKind::Comma)
    }

    /// `one` that stands for a person or a thing spoken of.
    fn one(&self, at: usize, end: usize) -> bool {
        let before = self.entry(at.wrapping_sub(1));
        if self.says(end, "another") {
            return true;
        }
        // "the only one who came", but "only one came", "the only one witness".
        let only = self.says(at.wrapping_sub(1), "only")
            && self.is(at.wrapping_sub(2), Class::DETERMINER)
            && !self.in_phrase(end);
        if before.is(Class::POINTING) || only || self.inner_hyphen(end) || self.inner_hyphen(at.wrapping_sub(1)) {
            return true;
        }
        // "one ends up poorer", "one never knows": whoever it may be. A noun after it would be singular.
        let verb = if self.text(end).ends_with("ly") || self.says(end, "never") { end + 1 } else { end };
        if self.is_plural(verb) && !self.is(verb, Class::PLURAL) && !self.is_kind(verb + 1, TokenKind::Hyphen) {
            return true;
        }
        if self.is(end, Class::OF) {
            let next = end + 1;
            return !(self.is_kind(next, TokenKind::Number) || self.is(next, Class::CARDINAL));
        }
        let next = self.entry(end);
        let counted = self.is_kind(end, TokenKind::Word) && (!next.is(Class::STOP) || next.is(Class::ANCHOR))
            || self.says_any(end, &["more", "other"]);
        let hedged = before.is(Class::HEDGE_END) && !self.is_kind(end, TokenKind::Clitic);
        !(counted || hedged)
    }
}

/// Whether a number could be a year: a whole number of four digits from 1000 to 2100.
pub(super) fn year(text: &str, value: Decimal) -> Option<i16> {
    let plain = text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    let year = i16::try_from(value).ok().filter(|_| plain)?;
    (1000..=2100).contains(&year).then_some(year)
}
