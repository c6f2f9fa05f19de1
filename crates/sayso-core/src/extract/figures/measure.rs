//! What a number is measured in: percent, money, units. A unit may stand behind (`5 km`, `six-mile`, `40 percent`,
//! `35 lakh rupees`) or, for money, in front (`US$ 5m`, `GBP 350`).

use super::numeral::{Expect, Form, Numeral};
use super::window::Window;
use crate::language::figures::Class;
use crate::language::lists::List;
use crate::language::units::Unit;
use crate::text::TokenKind;
use rust_decimal::Decimal;

/// The share units.
pub(super) const PERCENT: Unit = Unit { code: "percent", name: "percent", dimension: "share", factor: Decimal::ONE };
pub(super) const POINT: Unit =
    Unit { code: "percentage-point", name: "percentage point", dimension: "share", factor: Decimal::ONE };
const BASIS_POINT: Unit = Unit { code: "basis-point", name: "basis point", dimension: "share", factor: Decimal::ONE };

/// What a sum is in whose sign was lost.
pub(super) const LOST: Unit = Unit { code: "", name: "unknown currency", dimension: "money", factor: Decimal::ONE };

/// How many lines a picture has that is called by them: `720p`.
const PICTURES: [Decimal; 5] = [
    Decimal::from_parts(240, 0, 0, false, 0),
    Decimal::from_parts(360, 0, 0, false, 0),
    Decimal::from_parts(480, 0, 0, false, 0),
    Decimal::from_parts(720, 0, 0, false, 0),
    Decimal::from_parts(1080, 0, 0, false, 0),
];

/// A unit and how far it reaches.
#[derive(Clone, Copy)]
pub(super) struct Measure {
    /// The unit.
    pub unit: Unit,
    /// One past its last token.
    pub end: usize,
    /// One past its last byte.
    pub last: u32,
}

/// A currency sign in front of a number.
#[derive(Clone, Copy)]
pub(super) struct Prefix {
    /// The currency.
    pub unit: Unit,
    /// The first byte of the sign, or of a minus before it.
    pub start: u32,
    /// Whether a minus stands before the sign.
    pub negative: bool,
}

impl Prefix {
    /// Whether the sign was lost, so that nobody knows the currency.
    pub(super) fn is_lost(&self) -> bool {
        self.unit.name == LOST.name
    }
}

impl Window<'_, '_> {
    /// The currency sign or code right before the numeral that begins at token `at`.
    pub(super) fn prefix(&self, at: usize) -> Option<Prefix> {
        if self.is_kind(at, TokenKind::Word) {
            return self.code_prefix(at);
        }
        let before = at.wrapping_sub(1);
        // `€-3 billion`
        if matches!(self.text(before), "-" | "−") && self.glued(before) && self.glued(before.wrapping_sub(1)) {
            let inner = self.sign_that_ends(before.wrapping_sub(1))?;
            return Some(Prefix { negative: true, ..inner });
        }
        self.sign_that_ends(before).or_else(|| self.lost_sign(before))
    }

    /// `�12.9m`, `?3,750`: a mark that stands where the sign of a currency was before the text was damaged. Which, nobody knows.
    fn lost_sign(&self, at: usize) -> Option<Prefix> {
        let text = self.text(at);
        let open = self.is_kind(at.wrapping_sub(1), TokenKind::Open);
        let mark = text == "\u{fffd}" || text == "?" && (open || self.gap(at.wrapping_sub(1)) == " ");
        let free = open || !self.glued(at.wrapping_sub(1));
        (mark && free && self.glued(at)).then(|| Prefix { unit: LOST, start: self.byte(at), negative: false })
    }

    /// The currency sign or code whose last token is at `before`.
    pub(super) fn sign_that_ends(&self, before: usize) -> Option<Prefix> {
        let token = self.token(before)?;
        if !matches!(token.kind, TokenKind::Symbol | TokenKind::Word | TokenKind::Stop)
            || !matches!(self.gap(before), "" | " " | "\u{a0}" | "\u{202f}" | "\u{2009}")
        {
            return None;
        }
        if token.kind == TokenKind::Word
            && !(token.is_capital()
                || self.page.lexicon.lists.has(List::LowerCodes, self.text(before))
                || self.text(before).len() <= 2 && self.glued(before))
        {
            return None;
        }
        if token.kind == TokenKind::Stop && !self.glued(before.wrapping_sub(1)) {
            return None;
        }
        let floor = self.byte(self.start);
        let from = floor.max(token.end.saturating_sub(12)) as usize;
        let from = (from..=token.end as usize).find(|i| self.page.text.is_char_boundary(*i))?;
        let text = &self.page.text[from..token.end as usize];
        let (length, unit) = self.units.sign_before(text)?;
        let mut start = token.end - length as u32;
        let mut unit = *unit;
        if unit.code == "USD" && length == 1 {
            // `c $ 16.4`, `hk $ 10`: a sign whose letters stand apart.
            let letters = before.wrapping_sub(1);
            let code = match self.text(letters).to_ascii_lowercase().as_str() {
                "c" | "cad" => "CAD",
                "hk" => "HKD",
                "nz" => "NZD",
                "nt" => "TWD",
                // "gave us $40": only where the sign stands apart from its number too.
                "us" | "u.s." | "u.s" if self.text(letters) != "us" || !self.glued(before) => "USD",
                _ => "",
            };
            // `usd$ 15`, `Mxn$15`
            let name = self.text(letters);
            let upper = name.to_ascii_uppercase();
            let hung = self.glued(letters) && name.len() == 3;
            let code = if hung && self.units.sign_before(&upper).is_some() { upper.as_str() } else { code };
            let found = self.units.code(code).filter(|unit| unit.is_money());
            let people = || self.dollar_of(letters).filter(|_| self.gap(letters) == " ");
            if let Some(found) = found.or_else(people) {
                unit = *found;
                start = self.byte(letters);
            }
        }
        let sign = self.token_at(start, before).wrapping_sub(1);
        let negative = self.is_minus(sign) && self.byte_after(sign) == start && !self.glued(sign.wrapping_sub(1));
        if negative {
            start = self.byte(sign);
        }
        Some(Prefix { unit, start, negative })
    }

    /// `Canadian $40`, `a Jamaican $5 note`: the dollar of the people whose adjective is at `at`.
    fn dollar_of(&self, at: usize) -> Option<&Unit> {
        let people = self.text(at).to_ascii_lowercase();
        if !(people.ends_with("an") || people.ends_with("ese")) {
            return None;
        }
        self.units.word(&format!("{people} dollar")).map(|(_, unit)| unit).filter(|unit| unit.is_money())
    }

    /// `$400 million CAD`, `$12 million Canadian`, `$5m (AUD)`: whose dollars a sum is in that ends before token `end`. An
    /// adjective before a noun is the noun's (`a $12 million Canadian mine`).
    pub(super) fn whose_dollars(&self, prefix: Prefix, end: usize) -> Option<Measure> {
        let plain = prefix.unit.code == "USD" && self.page.text.as_bytes().get(prefix.start as usize) == Some(&b'$');
        let open = self.is_kind(end, TokenKind::Open) && self.is_kind(end + 2, TokenKind::Close);
        let at = if open { end + 1 } else { end };
        if !plain || !self.capital(at) || self.gap(end.wrapping_sub(1)) != " " {
            return None;
        }
        let code = || self.units.code(self.text(at)).filter(|unit| unit.name.ends_with("dollar"));
        let people = || self.dollar_of(at).filter(|_| !self.in_phrase(at + 1));
        let unit = *code().or_else(people)?;
        // What stands in brackets is no part of the sum's words.
        let (end, last) = if open { (end, self.byte_after(end - 1)) } else { (at + 1, self.byte_after(at)) };
        Some(Measure { unit, end, last })
    }

    /// The token that begins at byte `start`, at or before `at`.
    pub(super) fn token_at(&self, start: u32, mut at: usize) -> usize {
        while at > self.start && self.byte(at) > start {
            at -= 1;
        }
        at
    }

    /// What the numeral is measured in, as told by what follows it.
    pub(super) fn measure(&self, numeral: &Numeral) -> Option<Measure> {
        self.share_unit(numeral).or_else(|| self.unit_word(numeral)).or_else(|| self.unit_symbol(numeral))
    }

    /// What a quantity whose unit ends at token `at` is reckoned by: `30 liters per day`, `5 g/day`. Common rates
    /// (`miles per hour`) are units of the table, and were read with the first.
    pub(super) fn rate(&self, at: usize) -> Option<Measure> {
        let of = at + 1;
        let rest = self.rest(self.byte(of));
        let found = match () {
            () if self.is(at, Class::PER) => self.units.word(rest),
            // "60 feet a minute"; not "2 inches a year earlier"
            () if self.is(at, Class::ARTICLE) && self.is(of, Class::UNIT) && !self.is(of + 1, Class::SHIFT) => {
                self.units.word(rest)
            }
            () if self.text(at) == "/" && self.glued(at) && self.glued(at.wrapping_sub(1)) => {
                self.units.word(rest).or_else(|| self.units.symbol(rest))
            }
            () => None,
        };
        // A rate of a rate would want brackets.
        let (length, unit) = found.filter(|(_, unit)| !unit.is_money() && !unit.code.contains(['/', '.']))?;
        let last = self.byte(of) + length as u32;
        Some(Measure { unit: *unit, end: self.token_from(of, last), last })
    }

    fn measured(&self, unit: Unit, end: usize) -> Measure {
        Measure { unit, end, last: self.byte_after(end - 1) }
    }

    /// `%`, `percent`, `per cent`, `percentage points`, `basis points`.
    fn share_unit(&self, numeral: &Numeral) -> Option<Measure> {
        let at = self.past_hyphen(numeral.end);
        let unit = match self.kind(at)? {
            TokenKind::Symbol if matches!(self.text(at), "%" | "％" | "٪") => {
                return Some(self.measured(PERCENT, at + 1));
            }
            TokenKind::Symbol if self.text(at) == "‰" => return None,
            TokenKind::Word => self.text(at),
            _ => return None,
        };
        let is = |word: &str| unit.eq_ignore_ascii_case(word);
        let hyphen = self.past_hyphen(at + 1);
        let points = self.is(hyphen, Class::POINTS);
        if is("percentage") || is("percentages") || is("percent") && points || is("per") && self.says(hyphen, "centage")
        {
            return Some(if points { self.measured(POINT, hyphen + 1) } else { self.measured(PERCENT, at + 1) });
        }
        if is("percent") || is("pct") || is("percents") || unit == "pc" {
            return Some(self.measured(PERCENT, at + 1));
        }
        if is("per") && self.says(hyphen, "cent") {
            return Some(self.measured(PERCENT, hyphen + 1));
        }
        if is("basis") && points {
            return Some(self.measured(BASIS_POINT, hyphen + 1));
        }
        // "a quarter point", "rose 3 points to 45%"
        let part = is("point") && numeral.form == Form::Words && numeral.value < Decimal::ONE;
        if part || (is("points") || is("point")) && self.points_of_percent(at + 1) {
            return Some(self.measured(POINT, at + 1));
        }
        // "up 0.5 pp", "rose 3 ppt"; "120 pp." are pages.
        let short = is("ppt") || is("ppts") || is("pps") || is("pp");
        if short && (numeral.place < Decimal::ONE || self.change(numeral.first, at, false).is_some()) {
            return Some(self.measured(POINT, at + 1));
        }
        (is("bps") && !self.is_kind(at + 1, TokenKind::Symbol)).then(|| self.measured(BASIS_POINT, at + 1))
    }

    /// `percent of 10`, with no number before it and nothing that the ten counts.
    pub(super) fn percent_before(&self, numeral: &Numeral) -> Option<usize> {
        let word = numeral.first.wrapping_sub(2);
        let per = self.says(word, "cent") && self.says(word.wrapping_sub(1), "per");
        let word = if per { word.wrapping_sub(1) } else { word };
        let told = self.is(numeral.first.wrapping_sub(1), Class::OF) && (per || self.listed(word, List::PercentsOf));
        let number = word.wrapping_sub(1);
        let free = !self.is_kind(number, TokenKind::Number) && !self.is(number, Class::CARDINAL.or(Class::MANY));
        let ends = self.token(numeral.end).is_none() || self.is_kind(numeral.end, TokenKind::Stop);
        (told && free && ends && !self.is(number, Class::SHARE.or(Class::FEW))).then_some(word)
    }

    /// `rose 3 points to 45%`, `fell two points, from 47 percent`: whether points that end at `at` are of a percentage.
    fn points_of_percent(&self, at: usize) -> bool {
        let to = if self.is_kind(at, TokenKind::Comma) { at + 1 } else { at };
        let number = to + 1;
        self.listed(to, List::TargetPrepositions)
            && self.is_kind(number, TokenKind::Number)
            && (self.text(number + 1) == "%"
                || self.says_any(number + 1, &["percent", "pct"])
                || self.says(number + 1, "per") && self.says(number + 2, "cent"))
    }

    /// A unit written as words.
    fn unit_word(&self, numeral: &Numeral) -> Option<Measure> {
        // "tens of thousands of dollars"
        let many = numeral.form == Form::Many && self.is(numeral.end, Class::OF);
        let at = if many { numeral.end + 1 } else { self.past_hyphen(numeral.end) };
        // "hundreds turn out"
        if numeral.form == Form::Many && !many {
            return None;
        }
        if !self.is_kind(at, TokenKind::Word) {
            return None;
        }
        let (length, unit) = self.units.word(self.rest(self.byte(at)))?;
        let last = self.byte(at) + length as u32;
        let end = self.token_from(at, last);
        let mut unit = *unit;
        if many && unit.dimension == "time" {
            return None;
        }
        let large = numeral.value >= Decimal::from(1_000_000);
        match unit.name {
            "pound" if self.says_any(at, &["pound", "pounds"]) && self.pounds_are_money(numeral, at, end) => {
                unit = *self.units.code("GBP")?;
            }
            "South Korean won" if length == 3 && numeral.value < Decimal::from(500) => return None,
            "German mark"
                if length <= 5
                    && !large
                    && !self.is(at.wrapping_sub(1), Class::SCALE)
                    && numeral.place >= Decimal::ONE =>
            {
                return None;
            }
            name if self.capital(at) && self.page.lexicon.lists.has(List::NameLikeUnits, name) => return None,
            "bit" if self.is(at + 1, Class::OF) => return None,
            "cup" if self.capital(at) => return None,
            _ => {}
        }
        Some(Measure { unit, end, last })
    }

    /// A unit or currency written as a sign or letters.
    fn unit_symbol(&self, numeral: &Numeral) -> Option<Measure> {
        let end = numeral.span.end;
        let rest = self.rest(end);
        // "20 (kg)", "20 <kg>"
        if let Some(inner) = rest.strip_prefix(" (").or_else(|| rest.strip_prefix(" <"))
            && let Some((length, unit)) = self.units.symbol(inner)
            && inner[length..].starts_with([')', '>'])
            && self.spaced(&inner[..length])
        {
            let last = end + length as u32 + 3;
            return Some(Measure { unit: *unit, end: self.token_from(numeral.end, last), last });
        }
        let (gap, hyphen) = match rest.chars().next()? {
            ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' => (rest.chars().next()?.len_utf8(), false),
            '-' => (1, true),
            _ => (0, false),
        };
        let text = &rest[gap..];
        if text.starts_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        if let Some(inch) = self.inch_mark(numeral) {
            return Some(inch);
        }
        if let Some((length, unit)) = self.units.sign(text) {
            let code = text[..length].starts_with(|c: char| c.is_ascii_alphabetic());
            let next = &text[length..];
            // `5 $10 notes`: the sign belongs to the number behind it.
            // and so it does in `two $ 20 notes`
            let apart = numeral.form == Form::Words && gap > 0;
            let next = if apart { next.trim_start_matches(' ') } else { next };
            let theirs = !code && next.starts_with(|c: char| c.is_ascii_digit());
            let word = code && gap > 0 && length < 3;
            let known = !code || gap == 0 || length == 3 && self.code_after_space(&text[..length]);
            // `50 million $HARB`: a token or share that is called so, and no dollars.
            let tagged = !code && gap > 0 && next.starts_with(|c: char| c.is_ascii_uppercase());
            // "720p": lines of a picture, not pence.
            let picture = unit.code == "GBX" && length == 1 && PICTURES.contains(&numeral.value);
            if !theirs && !tagged && !hyphen && !word && known && !picture {
                let last = end + (gap + length) as u32;
                return Some(Measure { unit: *unit, end: self.token_from(numeral.end, last), last });
            }
        }
        if let Some(found) = self.millions_code(numeral, text, gap) {
            return Some(found);
        }
        let (length, unit) = self.units.symbol(text)?;
        if gap > 0 && !self.spaced(&text[..length]) && !self.is_warmth(numeral, &text[..length]) {
            return None;
        }
        // "992 mb" of air, "250 mb" of data
        let air = numeral.value >= Decimal::from(850) && numeral.value < Decimal::from(1100);
        let unit = match self.units.code("MBy").filter(|_| &text[..length] == "mb" && !air) {
            Some(bytes) => bytes,
            None => unit,
        };
        // "a Boeing 747s fleet", "the 320s": models in the plural.
        let before = numeral.first.wrapping_sub(1);
        let model = self.capital(before) || self.is(before, Class::LABEL.or(Class::DETERMINER));
        if unit.name == "second" && gap == 0 && length == 1 && numeral.form == Form::Plain && model {
            return None;
        }
        // "5257 W Henrietta Rd", "12 C Street": a letter before a name.
        let named = gap > 0
            && length == 1
            && text[length..].strip_prefix(' ').is_some_and(|next| next.starts_with(|c: char| c.is_ascii_uppercase()));
        if named && text.starts_with(|c: char| c.is_ascii_uppercase()) {
            return None;
        }
        // "the 570GT": a name; a ship is of "40,000 GT".
        if unit.code == "{gross_ton}" && gap == 0 {
            return None;
        }
        if matches!(unit.code, "Cel" | "[degF]")
            && length == 1
            && (self.capital(numeral.first.wrapping_sub(1))
                || numeral.value > Decimal::from(150)
                || unit.code == "[degF]" && numeral.value < Decimal::from(20) && !self.is_cold(numeral))
        {
            return None;
        }
        let last = end + (gap + length) as u32;
        Some(Measure { unit: *unit, end: self.token_from(numeral.end, last), last })
    }

    /// `20 C`, `70 F` at the end of a phrase; in small letters only where the sentence speaks of degrees or the weather.
    fn is_warmth(&self, numeral: &Numeral, letter: &str) -> bool {
        let next = numeral.end + 1;
        let ends = !matches!(self.kind(next), Some(TokenKind::Word | TokenKind::Number | TokenKind::Hyphen))
            || self.is(next, Class::STOP.or(Class::AND));
        let hung = self.glued(numeral.end) && self.is_kind(next, TokenKind::Symbol);
        ends && !hung
            && match letter {
                "C" | "F" => true,
                "K" => self.nearest(numeral.first, numeral.end, Class::WARMTH).is_some(),
                "c" if numeral.value.is_sign_negative() => true,
                "c" | "f" => self.nearest(numeral.first, numeral.end, Class::WARMTH).is_some(),
                _ => false,
            }
    }

    /// `-4F`, `a low of 12F`: a few degrees, told by a minus or a word for warmth; not `a 13F filing`.
    fn is_cold(&self, numeral: &Numeral) -> bool {
        numeral.value.is_sign_negative() || self.nearest(numeral.first, numeral.end, Class::WARMTH).is_some()
    }

    /// `a board 10" long`, `a wall 6' high`: a quote mark after a number that tells an extent.
    fn inch_mark(&self, numeral: &Numeral) -> Option<Measure> {
        let mark = numeral.end;
        let code = match self.text(mark) {
            "\"" | "”" if self.is_kind(mark, TokenKind::Mark) => "[in_i]",
            "'" | "’" if self.glued(mark.wrapping_sub(1)) => "[ft_i]",
            _ => return None,
        };
        let told = self.is(mark + 1, Class::EXTENT) && !self.glued(mark);
        let unit = *self.units.code(code).filter(|_| told)?;
        Some(Measure { unit, end: mark + 1, last: self.byte_after(mark) })
    }

    /// Whether a currency code may stand behind a number after a space: not those that are words.
    fn code_after_space(&self, code: &str) -> bool {
        self.units.sign_before(code).is_some()
    }

    /// `30 MUSD`, `5 mEUR`, `15 kEUR`.
    fn millions_code(&self, numeral: &Numeral, text: &str, gap: usize) -> Option<Measure> {
        let code = text.strip_prefix(['M', 'm', 'k'])?;
        let scale = if text.starts_with('k') { Decimal::ONE_THOUSAND } else { Decimal::from(1_000_000) };
        let (length, unit) = self.units.sign(code)?;
        let letters = code.starts_with(|c: char| c.is_ascii_alphabetic());
        if letters && (length != 3 || !code.starts_with(|c: char| c.is_ascii_uppercase())) {
            return None;
        }
        let last = numeral.span.end + (gap + 1 + length) as u32;
        let mut unit = *unit;
        unit.factor = scale;
        Some(Measure { unit, end: self.token_from(numeral.end, last), last })
    }

    /// Whether a symbol may stand apart from its number: single letters are too often something else.
    fn spaced(&self, symbol: &str) -> bool {
        symbol.chars().count() > 1 && symbol != "in." || self.page.lexicon.lists.has(List::SpacedSymbols, symbol)
    }
}

/// What to expect of a numeral after a prefix.
pub(super) const fn expect(prefix: Option<Prefix>) -> Expect {
    if prefix.is_some() { Expect::Money } else { Expect::Any }
}
