//! What tells that a number belongs to a name, a label, an address or a list: questions that the [rejections](mod@super::rejections)
//! ask of its neighbours.

use super::window::Window;
use crate::language::figures::Class;
use crate::language::inflect::Ending;
use crate::language::lists::List;
use crate::text::TokenKind;
use rust_decimal::Decimal;

impl Window<'_, '_> {
    /// Whether nothing but `#` stands before the mark in its paragraph.
    pub(super) fn is_heading_mark(&self, at: usize) -> bool {
        let begin = self.page.paragraph_at(self.byte(at)).map_or(self.start, |p| p.tokens.start as usize);
        at < begin + 6 && (begin..at).all(|i| self.text(i) == "#")
    }

    /// `Flight 93`, `No. 4`, `phase 3`, `Stage IV` aside.
    pub(super) fn label(&self, before: usize, counts: bool) -> bool {
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
        // "iOS"
        let inner = self.text(before).bytes().skip(1).any(|byte| byte.is_ascii_uppercase());
        self.is_kind(before, TokenKind::Word)
            && (self.capital(before) || inner)
            && !self.is(before, closed)
            && !self.title_case(before)
    }

    /// Whether the words around are all written large, as in a headline (`Ferry Fire Kills 20`): there a capital makes
    /// no name. Short words do not count, and few words tell nothing.
    pub(super) fn title_case(&self, at: usize) -> bool {
        let words = (at.saturating_sub(12)..at + 12)
            .filter(|i| self.is_kind(*i, TokenKind::Word) && self.is_content(*i))
            .map(|i| self.capital(i));
        let (large, small) = words.fold((0, 0), |(l, s), capital| if capital { (l + 1, s) } else { (l, s + 1) });
        small == 0 && large >= 3
    }

    /// Whether a headline would write the word large: a long one, or one of three letters that is in no closed class.
    fn is_content(&self, at: usize) -> bool {
        let small = Class::SMALL.or(Class::AND).or(Class::DETERMINER).or(Class::YEAR_PREPOSITION).or(Class::BE);
        let length = self.text(at).len();
        length > 3 || length == 3 && !self.is(at, small)
    }

    /// Groups of digits joined by hyphens, three of them, or three and four digits.
    pub(super) fn phone(&self, first: usize, end: usize) -> bool {
        let joined = |at: usize| self.inner_hyphen(at) && self.is_kind(at + 1, TokenKind::Number);
        let behind = |at: usize| self.inner_hyphen(at) && self.is_kind(at.wrapping_sub(1), TokenKind::Number);
        let length = |at: usize| self.text(at).len();
        let after = joined(end);
        let before = behind(first.wrapping_sub(1));
        // "ISBN 978-1665308755"
        let two = after && length(first) == 3 && (length(end + 1) == 4 || length(end + 1) > 6)
            || before && (length(first) == 4 || length(first) > 6) && length(first - 2) == 3;
        // "714-639-DECO"
        let spelled = behind(first.wrapping_sub(1)) && self.inner_hyphen(end) && self.acronym(end + 1);
        let three = spelled || after && joined(end + 2) || before && behind(first.wrapping_sub(3)) || after && before;
        // "(01632) 960983"
        let open = first.wrapping_sub(2);
        let trunk = self.is_kind(first.wrapping_sub(1), TokenKind::Close)
            && self.is_kind(open, TokenKind::Number)
            && self.text(open).starts_with('0')
            && self.is_kind(open.wrapping_sub(1), TokenKind::Open)
            && length(first) >= 4;
        // "+44 (0)161 496 0752"
        let trunk = trunk
            || self.is_kind(first.wrapping_sub(1), TokenKind::Close)
                && self.glued(first.wrapping_sub(1))
                && self.text(open) == "0"
                && self.is_kind(open.wrapping_sub(1), TokenKind::Open);
        let zero = |at: usize| length(at) > 1 && self.text(at).starts_with('0') && !self.text(at).contains('.');
        let dialled = (after || before) && (zero(first) || before && zero(first - 2));
        // "(516) 555-0142"
        let area = length(first) == 3
            && self.is_kind(first.wrapping_sub(1), TokenKind::Open)
            && self.is_kind(end, TokenKind::Close)
            && self.is_kind(end + 1, TokenKind::Number)
            && self.inner_hyphen(end + 2);
        // "(516) 555 0142": the number is any of the three
        let spaced_area = (1..=4).any(|back| self.is_area_call(first.wrapping_sub(back)));
        let area = area || spaced_area;
        // "+1 (516) 555-0142"
        let plus = first.wrapping_sub(1);
        let country = self.text(plus) == "+"
            && self.glued(plus)
            && !self.glued(plus.wrapping_sub(1))
            && (self.is_kind(end, TokenKind::Open) && self.is_kind(end + 1, TokenKind::Number)
                || self.is_kind(end, TokenKind::Number) && self.text(end).matches('.').count() == 2);
        // "called 911"
        // "1800 666 111", "1850 24 24 24": the number of a line that costs nothing, and what follows it
        let free = |at: usize| {
            self.listed(at, List::FreeLines)
                && self.gap(at) == " "
                && self.is_kind(at + 1, TokenKind::Number)
                && (self.text(at + 1).len() == 6 || self.is_kind(at + 2, TokenKind::Number) && self.gap(at + 1) == " ")
        };
        if (0..=3).any(|back| free(first.wrapping_sub(back))) {
            return true;
        }
        // "connect to 911", "a 911 outage"; but "911 boats sank"
        let hung =
            self.glued(end.wrapping_sub(1)) && !matches!(self.kind(end), Some(TokenKind::Stop | TokenKind::Comma));
        let nine = self.text(first) == "911" && !self.is_plural(end) && !hung;
        let nine = nine && !(self.in_phrase(end) && self.is_plural(end + 1));
        let emergency = nine
            || self.listed(first, List::EmergencyNumbers)
                && ((1..3).any(|back| self.is(first.wrapping_sub(back), Class::DIAL))
                    || self.listed(end, List::AfterEmergency)
                    || !self.in_phrase(end) && self.nearest(first, end, Class::DIAL).is_some());
        emergency || trunk || two || three || dialled || area || country || self.spaced_groups(first)
    }

    /// Whether `(516) 555 0142` begins at `open`.
    fn is_area_call(&self, open: usize) -> bool {
        let digits = |at: usize, most: usize| self.is_kind(at, TokenKind::Number) && self.text(at).len() == most;
        self.is_kind(open, TokenKind::Open)
            && digits(open + 1, 3)
            && self.is_kind(open + 2, TokenKind::Close)
            && digits(open + 3, 3)
            && digits(open + 4, 4)
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
    pub(super) fn score(&self, first: usize, end: usize) -> bool {
        let small = |at: usize| {
            self.is_kind(at, TokenKind::Number)
                && self.text(at).len() <= 3
                && self.text(at).bytes().all(|b| b.is_ascii_digit())
        };
        let joint = |at: usize| {
            self.is_kind(at, TokenKind::Hyphen) && self.glued(at) && self.glued(at.wrapping_sub(1))
                || self.is_kind(at, TokenKind::Dash) && self.glued(at) && self.glued(at.wrapping_sub(1))
        };
        // "6:4, 7:6": sets, or the year of a norm: "ISO 55001:2024"
        let colon = |at: usize| self.text(at) == ":" && self.glued(at) && self.glued(at.wrapping_sub(1));
        let sets = colon(end) && self.is_kind(end + 1, TokenKind::Number)
            || colon(first.wrapping_sub(1)) && self.is_kind(first.wrapping_sub(2), TokenKind::Number);
        sets || small(first)
            && (joint(end) && small(end + 1) || joint(first.wrapping_sub(1)) && small(first.wrapping_sub(2)))
    }

    /// `1. Open the lid`, `2) Close it`: at the start of the window, with a capital after it; or so at the beginning of a
    /// sentence, where nothing else ends after one number.
    pub(super) fn list_number(&self, first: usize, end: usize) -> bool {
        let before = first.wrapping_sub(1);
        let inside = matches!(self.kind(before), Some(TokenKind::Stop | TokenKind::Colon)) && !self.glued(before);
        if inside
            && self.is_kind(first, TokenKind::Number)
            && self.text(first).len() <= 2
            && self.glued(end - 1)
            && (self.is_kind(end, TokenKind::Stop) || self.text(end) == ")")
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
    pub(super) fn in_brackets(&self, first: usize, end: usize, counts: bool) -> bool {
        self.is_kind(first.wrapping_sub(1), TokenKind::Open)
            && self.is_kind(end, TokenKind::Close)
            && self.is_kind(first, TokenKind::Number)
            && self.text(first).len() <= 2
            && !counts
    }

    /// `403(b)`, `501(c)(3)`: a place in a law.
    pub(super) fn lettered(&self, first: usize, end: usize) -> bool {
        let close = first.wrapping_sub(2);
        self.is_kind(first, TokenKind::Number)
            && (self.glued(end - 1)
                && self.is_kind(end, TokenKind::Open)
                && self.is_kind(end + 2, TokenKind::Close)
                && self.text(end + 1).len() == 1
                || self.is_kind(close, TokenKind::Close) && self.glued(close) && self.is_kind(end, TokenKind::Close))
    }

    /// `210 Hope Drive`, `109 N. Fort Harrison Ave.`, `4410 NW 57th Terrace`: up to four words with capitals or ranks, the last
    /// of them a kind of street.
    pub(super) fn street(&self, end: usize) -> bool {
        let short = |at: usize| self.is_kind(at, TokenKind::Stop) && self.text(at.wrapping_sub(1)).len() <= 2;
        let ranked = |at: usize| {
            self.is_kind(at, TokenKind::Number) && self.glued(at) && self.listed(at + 1, List::OrdinalEndings)
        };
        // "44, Mill Road"
        let end = if self.is_kind(end, TokenKind::Comma) && self.capital(end + 1) { end + 1 } else { end };
        (end..end + 6)
            .take_while(|at| self.capital(*at) || short(*at) || ranked(*at) || ranked(at.wrapping_sub(1)))
            .skip(1)
            .any(|at| self.is(at, Class::STREET) && self.capital(at))
    }

    /// `Redondo Beach, CA 90277`: five digits after the letters of a state.
    pub(super) fn post_code(&self, at: usize) -> bool {
        let state = at.wrapping_sub(1);
        let letters = self.text(state).len() == 2 && self.text(state).bytes().all(|byte| byte.is_ascii_uppercase());
        let digits = self.text(at).len() == 5 && self.text(at).bytes().all(|byte| byte.is_ascii_digit());
        letters && digits && self.is_kind(state.wrapping_sub(1), TokenKind::Comma)
    }

    /// `one` that stands for a person or a thing spoken of.
    pub(super) fn one(&self, at: usize, end: usize) -> bool {
        let before = self.entry(at.wrapping_sub(1));
        if self.says(end, "another") {
            return true;
        }
        // "the only one who came", but "only one came", "the only one witness".
        let only = self.says(at.wrapping_sub(1), "only")
            && self.is(at.wrapping_sub(2), Class::DETERMINER)
            && !self.in_phrase(end);
        // "how does one find it", "so can one tell"
        let asked = self.listed(at.wrapping_sub(1), List::BeforePronoun);
        if before.is(Class::POINTING)
            || only
            || asked
            || self.inner_hyphen(end)
            || self.inner_hyphen(at.wrapping_sub(1))
        {
            return true;
        }
        // "one ends up poorer", "one never knows": whoever it may be. A noun after it would be singular.
        let verb = if self.ends(end, Ending::Adverb) || self.says(end, "never") { end + 1 } else { end };
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
    let year = if plain { i16::try_from(value).ok()? } else { return None };
    (1000..=2100).contains(&year).then_some(year)
}
