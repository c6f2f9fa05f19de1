//! What is no figure, though it looks like one: a list of named rules, each a short function over a number and its
//! neighbours. `sayso figures --rejected` prints what they refused.
//!
//! `Flight 93`, `COVID-19`, `555-0142`, `1. Open the lid`

use super::numeral::{Expect, Form, Numeral};
use super::window::{Rejected, Window};
use crate::language::figures::Class;
use crate::language::lists::List;
use crate::text::TokenKind;
use rust_decimal::Decimal;

/// A reason to refuse a number.
pub(super) struct Rejection {
    /// Its name, as `--rejected` prints it.
    pub name: &'static str,
    /// What it refuses, in a few words.
    pub about: &'static str,
    holds: fn(&Window, &Candidate) -> bool,
}

/// A number that no unit follows, and what stands beside it.
pub(super) struct Candidate<'n> {
    numeral: &'n Numeral,
    /// Its first token.
    first: usize,
    /// One past its last token.
    end: usize,
    /// The token before it.
    before: usize,
    /// Whether it counts a noun.
    counts: bool,
}

const fn rule(name: &'static str, about: &'static str, holds: fn(&Window, &Candidate) -> bool) -> Rejection {
    Rejection { name, about, holds }
}

/// Asked of every number.
const ANY: [Rejection; 5] = [
    rule("name", "a number word with a capital inside a name: `Air Force One`", word_of_a_name),
    rule("name", "a number word with a capital behind a name: `Verity One Ltd`", word_behind_a_name),
    rule("name", "a group that is called by its number: `the Gang of Eight`", gang),
    rule("title", "a title of its own: `40 Under 40`", under_itself),
    rule("pressure", "a pressure of blood: `140 over 90`", pressure),
];

/// Asked of the word `one` alone, and nothing else is.
const ONE: [Rejection; 2] = [
    rule("pronoun", "`one` that stands for a person or thing: `the one`, `no one`", pronoun),
    rule("idiom", "`one` of no count: `at one point`, `on one hand`", one_of_no_count),
];

/// Asked of numbers in words, shares and ratios.
const WORDS: [Rejection; 5] = [
    rule("hung", "it hangs on a word: `COVID-19`, `F-16`, `PM2.5`", digits_hung),
    rule("label", "a fraction behind a label: `Phase 2/3`", label_of_a_fraction),
    rule("thread", "the part of a thread, in brackets: `(1/3)`", part_of_a_thread),
    rule("hung", "a number word that hangs on a word: `an inline-four engine`", word_hung),
    rule("label", "a number word behind a label: `phase two`", word_label),
];

/// Asked of numbers in digits, in this order.
const DIGITS: [Rejection; 31] = [
    rule("letters", "letters hang on it that are no unit: `5G`, `747s`", letters_behind),
    rule("code", "a part of a code: `10.1007/s10118-024`", inside_a_code),
    rule("leading-zero", "an amount has no leading zero: `agent 007`", leading_zero),
    rule("series", "the second number of a series: `the Series 2025-3 bond`", series),
    rule("day", "a day that no calendar has: `31 February`", impossible_day),
    rule("clause", "a place in a text or law: `(1)`, `501(c)(3)`", clause_number),
    rule("address", "a house or post code: `210 Hope Drive`, `CA 90277`", address),
    rule("slash", "joined by a slash or plus: `9/11`, `24/7`, `110/70`", slash_behind),
    rule("mail", "a part of an address for mail: `pier.40@harrow.example`", before_at),
    rule("name", "a model or a movement: `the Arden 737-800`, `the 5 Tides Movement`", model),
    rule("hung", "it hangs on a word: `COVID-19`, `F-16`, `PM2.5`", hung),
    rule("slash", "joined by a slash or plus: `9/11`, `2+2`", slash_before),
    rule("label", "behind a sign for a label: `#12`, `§ 3`, `@7`", sign_before),
    rule("name", "a group of states: `the Group of 7`", group_of),
    rule("phone", "a number to call, or a part of one", phone),
    rule("phone", "a short number that words are sent to: `text HELP to 60606`", texted),
    rule("frequency", "where a radio sends: `98.5 FM`", frequency),
    rule("address", "a part of a street: `the 400 block of Mill Street`", block),
    rule("hours", "the hours of a day's work: `a 9-to-5 job`", day_of_work),
    rule("calibre", "what a gun is called by: `a .38 revolver`", calibre),
    rule("list", "the number of an item: `1. Open the lid`", list_number),
    rule("label", "the head of a line: `Event 3: a seminar`", head_of_a_line),
    rule("letters", "a form or brand: `Form 10-Q`, `7-Eleven`", lettered_brand),
    rule("label", "behind a word that labels: `Flight 93`, `No. 4`", labelled),
    rule("clock", "an hour at the head of a line: `19.30 Polling stations`", hour_at_the_head),
    rule("score", "a score: `3-1`", score),
    rule("version", "the version of a thing with a name: `Opera 8.0`", version),
    rule("name", "the number of a thing with a name: `Apollo 11`", number_of_a_name),
    rule("name", "a name with a full stop: `the Inc. 5000`", number_of_a_short_name),
    rule("label", "joined to another label or number of a name: `Routes 4, 7 and 11`", joined_to_a_label),
    rule("coordinate", "minutes of a place on the map: `41° 17'`", coordinate),
];

/// The names of all rules, each once, in the order in which they are asked.
pub(super) fn names() -> Vec<&'static str> {
    let mut names: Vec<&'static str> = Vec::new();
    for rule in ANY.iter().chain(&ONE).chain(&WORDS).chain(&DIGITS) {
        if !names.contains(&rule.name) {
            names.push(rule.name);
        }
    }
    names
}

impl Window<'_, '_> {
    /// Why `numeral`, which no unit follows, is no figure; none where it is one. `counts`: a plural noun follows.
    pub(super) fn no_figure(&self, numeral: &Numeral, counts: bool) -> Option<&'static Rejection> {
        let (first, end) = (numeral.first, numeral.end);
        let candidate = Candidate { numeral, first, end, before: first.wrapping_sub(1), counts };
        let asked = |rules: &'static [Rejection]| rules.iter().find(|rule| (rule.holds)(self, &candidate));
        let words = matches!(numeral.form, Form::Words | Form::Share | Form::Ratio);
        let found = asked(&ANY).or_else(|| match () {
            () if self.says(first, "one") && end == first + 1 => asked(&ONE),
            () if words => asked(&WORDS),
            () => asked(&DIGITS),
        });
        if let Some(rule) = found {
            self.refuse(Rejected { span: numeral.span, rule: rule.name, about: rule.about });
        }
        found
    }

    /// Whether the number is one word.
    fn is_one_word(&self, this: &Candidate) -> bool {
        this.numeral.form == Form::Words && this.end == this.first + 1
    }
}

/// `Air Force One`
fn word_of_a_name(window: &Window, this: &Candidate) -> bool {
    let called = window.is(this.before, Class::LABEL.or(Class::LABEL_CAPITAL)) && window.capital(this.before);
    called && window.capital(this.first) && window.says(this.first, "one")
}

/// `Verity One Ltd`, `the Magnificent Seven`
fn word_behind_a_name(window: &Window, this: &Candidate) -> bool {
    let owned = window.is_kind(this.before, TokenKind::Clitic) && window.named(this.before.wrapping_sub(1));
    window.is_one_word(this)
        && window.capital(this.first)
        && (!this.counts || window.says(this.first, "one"))
        && (owned || window.named(this.before))
}

/// `the Gang of Eight`, `the Five Eyes`, `the “Four Asian Tigers”`
fn gang(window: &Window, this: &Candidate) -> bool {
    if !window.is_one_word(this) || !window.capital(this.first) {
        return false;
    }
    let before = this.before;
    let lead = if window.is_kind(before, TokenKind::Mark) { before.wrapping_sub(1) } else { before };
    // "at Five Points"
    let inside = window.is(lead, Class::DETERMINER.or(Class::OF).or(Class::YEAR_PREPOSITION).or(Class::STOP))
        && !window.capital(lead);
    let noun = || window.capital(this.end) && window.in_phrase(this.end) && !window.title_case(this.first);
    // "the Gang of Eight", "the News at One"
    let joint = window.is(before, Class::OF) || window.says(before, "at");
    joint && window.capital(before.wrapping_sub(1)) || inside && noun()
}

fn pronoun(window: &Window, this: &Candidate) -> bool {
    window.one(this.first, this.end)
}

/// `at one point`, `at one time`, `on one hand`
fn one_of_no_count(window: &Window, this: &Candidate) -> bool {
    let ends = !window.is_kind(this.end + 1, TokenKind::Word) || window.is(this.end + 1, Class::STOP);
    ends && window.says_any(this.before, &["at", "on"]) && window.listed(this.end, List::OneIdioms)
}

/// `an inline-four engine`
fn word_hung(window: &Window, this: &Candidate) -> bool {
    let word = this.before.wrapping_sub(1);
    let brand = window.capital(this.first) && window.is_kind(word, TokenKind::Number);
    let hyphen = window.inner_hyphen(this.before) && (brand || window.is_kind(word, TokenKind::Word));
    let joined = window.is(word, Class::CARDINAL.or(Class::AND).or(Class::PART)) || window.says(word, "sub");
    hyphen && window.is_one_word(this) && !joined
}

/// `phase two`
fn word_label(window: &Window, this: &Candidate) -> bool {
    window.is(this.before, Class::LABEL) && !this.counts && this.numeral.form == Form::Words
}

/// `P2.5 million`: a numeral of words that begins with digits.
fn digits_hung(window: &Window, this: &Candidate) -> bool {
    window.is_kind(this.first, TokenKind::Number) && hung(window, this)
}

/// `a Phase 2/3 study`, `Phase 1/2a`
fn label_of_a_fraction(window: &Window, this: &Candidate) -> bool {
    this.numeral.form == Form::Share && is_slashed(window, this) && window.label(this.before, this.counts)
}

/// `(1/3)`
fn part_of_a_thread(window: &Window, this: &Candidate) -> bool {
    is_slashed(window, this)
        && window.is_kind(this.before, TokenKind::Open)
        && window.is_kind(this.end, TokenKind::Close)
}

/// `1/3`
fn is_slashed(window: &Window, this: &Candidate) -> bool {
    this.end == this.first + 3 && window.text(this.first + 1) == "/"
}

/// `5G`, `747s`; not `50ish`
fn letters_behind(window: &Window, this: &Candidate) -> bool {
    !window.says(this.end, "ish") && window.glued(this.end.wrapping_sub(1)) && window.is_kind(this.end, TokenKind::Word)
}

/// `10.1007/s10118-024-3199-0`, `FCC/1/1976-44-01`: a chain without white space in which letters stand behind a slash, or
/// that begins as digital identifiers of documents do.
fn inside_a_code(window: &Window, this: &Candidate) -> bool {
    const LONGEST: usize = 12;
    let marks = |at: usize| match window.kind(at) {
        Some(TokenKind::Symbol) => matches!(window.text(at), "/" | "_" | "="),
        Some(TokenKind::Hyphen | TokenKind::Stop | TokenKind::Colon | TokenKind::Open | TokenKind::Close) => true,
        _ => false,
    };
    let part = |at: usize| window.is_kind(at, TokenKind::Word) || window.is_kind(at, TokenKind::Number);
    if window.text(this.first).starts_with("10.") && window.text(this.end) == "/" && window.glued(this.end) {
        return window.glued(this.first) && window.text(this.first).len() >= 7;
    }
    let mut slash = false;
    let mut at = this.first;
    for _ in 0..LONGEST {
        if at <= window.start || !window.glued(at - 1) || !(marks(at - 1) || part(at - 1)) {
            return false;
        }
        at -= 1;
        slash |= window.text(at) == "/";
        if slash && part(at) && window.text(at).bytes().any(|byte| byte.is_ascii_alphabetic()) && at + 2 < this.first {
            return true;
        }
        if window.text(at) == "/" && window.text(at.wrapping_sub(1)).starts_with("10.") {
            return true;
        }
    }
    false
}

/// `agent 007`, `0800 1111`
fn leading_zero(window: &Window, this: &Candidate) -> bool {
    let text = window.text(this.first);
    this.numeral.form == Form::Plain && text.len() > 1 && text.starts_with('0') && !this.numeral.value.is_zero()
}

/// `the Series 2025-3 bond`
fn series(window: &Window, this: &Candidate) -> bool {
    let year = this.before.wrapping_sub(1);
    this.numeral.form == Form::Plain
        && !this.counts
        && window.inner_hyphen(this.before)
        && window.text(year).len() == 4
        && window.is_kind(year, TokenKind::Number)
}

/// `on 31 February`
fn impossible_day(window: &Window, this: &Candidate) -> bool {
    this.numeral.form == Form::Plain
        && window.is(this.end, Class::MONTH)
        && window.capital(this.end)
        && !window.glued(this.end - 1)
}

/// `(1) a pipeline`, `403(b)`, `501(c)(3)`
fn clause_number(window: &Window, this: &Candidate) -> bool {
    window.in_brackets(this.first, this.end, this.counts) || window.lettered(this.first, this.end)
}

fn address(window: &Window, this: &Candidate) -> bool {
    // "Harrow, 75237.": a post code behind a town
    let town = this.before.wrapping_sub(1);
    let five = this.numeral.form == Form::Plain && window.text(this.first).len() == 5 && !this.counts;
    let behind_town = five
        && window.is_kind(this.before, TokenKind::Comma)
        && window.capital(town)
        && window.is_kind(town, TokenKind::Word)
        && matches!(window.kind(this.end), None | Some(TokenKind::Comma | TokenKind::Stop));
    behind_town || window.street(this.end) || window.post_code(this.first)
}

fn slash_behind(window: &Window, this: &Candidate) -> bool {
    window.glued(this.end.wrapping_sub(1))
        && matches!(window.text(this.end), "/" | "+")
        && window.glued(this.end)
        && window.is_kind(this.end + 1, TokenKind::Number)
}

/// `COVID-19`, `F-16`, `PM2.5`, `XJ1500+0154`; not `sub-8`
fn hung(window: &Window, this: &Candidate) -> bool {
    let before = this.before;
    let word = before.wrapping_sub(1);
    let joined = window.glued(word) && window.is_kind(word, TokenKind::Word) && !window.says(word, "sub");
    window.glued(before)
        && match window.kind(before) {
            Some(TokenKind::Word) => true,
            Some(TokenKind::Hyphen) => joined,
            Some(TokenKind::Stop) => joined && window.text(word).ends_with(|c: char| c.is_ascii_digit()),
            Some(TokenKind::Symbol) => joined && window.text(before) == "+",
            _ => false,
        }
}

fn slash_before(window: &Window, this: &Candidate) -> bool {
    let before = this.before;
    window.glued(before)
        && window.is_kind(before, TokenKind::Symbol)
        && matches!(window.text(before), "/" | "+")
        && window.glued(before.wrapping_sub(1))
        && (window.is_kind(before.wrapping_sub(1), TokenKind::Number)
            || window.capital(before.wrapping_sub(1))
            // "Phase 1b/2"
            || window.glued(before.wrapping_sub(2)) && window.is_kind(before.wrapping_sub(2), TokenKind::Number))
}

/// `#12`, `§ 3`, `Item # 12`; a line that begins with `#` is a heading.
fn sign_before(window: &Window, this: &Candidate) -> bool {
    let sign = window.text(this.before);
    let glued = window.glued(this.before)
        && window.is_kind(this.before, TokenKind::Symbol)
        && matches!(sign, "#" | "§" | "@" | "&" | "=" | "_" | "\\" | "^");
    glued || sign == "§" || sign == "#" && !window.is_heading_mark(this.before)
}

/// `the Group of 7`
fn group_of(window: &Window, this: &Candidate) -> bool {
    let group = this.before.wrapping_sub(1);
    window.is(this.before, Class::OF) && window.says(group, "group") && window.capital(group)
}

/// `40 Under 40`, `the Forty under 40 list`
fn under_itself(window: &Window, this: &Candidate) -> bool {
    let side = |at: usize| window.says_any(at, &["under", "over"]);
    let same = |at: usize| {
        let other = window.numeral(at, Expect::Any);
        other.is_some_and(|other| other.value == this.numeral.value && other.first == at)
    };
    let back = this.before.wrapping_sub(1);
    let whole = matches!(this.numeral.form, Form::Plain | Form::Words);
    whole && (side(this.end) && same(this.end + 1) || side(this.before) && same(back))
}

/// `a blood pressure of 140 over 90`: the first number, or the second.
fn pressure(window: &Window, this: &Candidate) -> bool {
    const REACH: usize = 10;
    let whole = |at: usize| window.is_kind(at, TokenKind::Number) && matches!(window.text(at).len(), 2 | 3);
    let over = |at: usize| window.says(at, "over") && whole(at + 1) && whole(at.wrapping_sub(1));
    let told = |at: &usize| window.says(*at, "pressure");
    (over(this.end) || over(this.before)) && (1..=REACH).map(|back| this.first.wrapping_sub(back)).any(|at| told(&at))
}

/// `pier.40@harrow.example`
fn before_at(window: &Window, this: &Candidate) -> bool {
    window.glued(this.end.wrapping_sub(1)) && window.text(this.end) == "@"
}

/// `the Arden 737-800`, behind a name and another number; `the 5 Tides Movement`, before two words with a capital.
fn model(window: &Window, this: &Candidate) -> bool {
    let number = this.before.wrapping_sub(1);
    let second = window.inner_hyphen(this.before)
        && window.is_kind(number, TokenKind::Number)
        && window.named(number.wrapping_sub(1));
    let movement = window.says(this.before, "the")
        && this.end == this.first + 1
        && !window.glued(this.first)
        && window.capital(this.end)
        && window.capital(this.end + 1)
        && !this.counts
        && this.numeral.value < Decimal::ONE_HUNDRED
        && !window.title_case(this.first);
    this.numeral.form == Form::Plain && (second || movement)
}

/// `555-0142`: a telephone number.
fn phone(window: &Window, this: &Candidate) -> bool {
    // "1 250 000": groups of three that make one number
    let grouped = this.numeral.form == Form::Digits && this.end > this.first + 1;
    let alone = !matches!(window.kind(this.before), Some(TokenKind::Number | TokenKind::Symbol | TokenKind::Close));
    // "on 046 -9036100"
    let area = window.text(this.before).starts_with('0') && window.is_kind(this.before, TokenKind::Number);
    let dialled = area && this.numeral.value.is_sign_negative() && window.text(this.first + 1).len() >= 5;
    dialled || !(grouped && alone) && window.phone(this.first, this.end)
}

/// `text HELP to 60606`
fn texted(window: &Window, this: &Candidate) -> bool {
    const REACH: usize = 5;
    let short = matches!(window.text(this.first).len(), 5 | 6) && this.numeral.form == Form::Plain;
    short
        && !this.counts
        && window.says_any(this.before, &["to", "at"])
        && (2..=REACH).any(|back| window.listed(this.first.wrapping_sub(back), List::TextVerbs))
}

/// `98.5 FM`, `1210 AM`
fn frequency(window: &Window, this: &Candidate) -> bool {
    let long = matches!(window.text(this.end), "AM" | "A.M.") && this.numeral.value >= Decimal::from(500);
    long || window.text(this.end) == "FM"
}

/// `the 400 block of Mill Street`
fn block(window: &Window, this: &Candidate) -> bool {
    window.says(this.end, "block")
        && window.is(this.end + 1, Class::OF)
        && window.capital(this.end + 2)
        && this.numeral.value >= Decimal::ONE_HUNDRED
}

/// `a 9-to-5 job`
fn day_of_work(window: &Window, this: &Candidate) -> bool {
    let hours = |one: usize, two: usize| window.text(one) == "9" && window.text(two) == "5";
    let joined =
        |to: usize| window.says(to, "to") && window.inner_hyphen(to.wrapping_sub(1)) && window.inner_hyphen(to + 1);
    joined(this.end + 1) && hours(this.first, this.end + 3)
        || joined(this.first.wrapping_sub(2)) && hours(this.first.wrapping_sub(4), this.first)
}

/// `a .38 revolver`
fn calibre(window: &Window, this: &Candidate) -> bool {
    let next = window.past_hyphen(this.end);
    window.is_kind(this.first, TokenKind::Stop) && window.listed(next, List::Guns)
}

fn list_number(window: &Window, this: &Candidate) -> bool {
    window.list_number(this.first, this.end)
}

/// `Event 3: a seminar`
fn head_of_a_line(window: &Window, this: &Candidate) -> bool {
    window.is_kind(this.end, TokenKind::Colon)
        && window.is_kind(this.before, TokenKind::Word)
        && !window.is_kind(this.before.wrapping_sub(1), TokenKind::Word)
        && window.capital(this.before)
        && this.end == this.first + 1
}

/// `Form 10-Q`, `the 7-Eleven`, `19-RC-364040`
fn lettered_brand(window: &Window, this: &Candidate) -> bool {
    let next = this.end + 1;
    window.inner_hyphen(this.end)
        && window.capital(next)
        && (window.text(next).len() == 1
            // "case 19-RC-364040"
            || window.acronym(next) && window.inner_hyphen(next + 1) && window.is_kind(next + 2, TokenKind::Number)
            || window.is(next, Class::CARDINAL) && !window.title_case(next))
}

/// `Article 206.6`, `section 4.2`, `Patent No. 11,315,150`, `phase 3`
fn labelled(window: &Window, this: &Candidate) -> bool {
    // "Lot 9B"
    let lettered = this.end == this.first + 2 && window.glued(this.first) && window.is(this.first + 1, Class::SHORT);
    let decimal = this.numeral.form == Form::Digits && (this.end == this.first + 1 || lettered);
    (this.numeral.form == Form::Plain || decimal) && window.label(this.before, this.counts)
}

/// `19.30 Polling stations`: hours and minutes that begin a paragraph, before a capital.
fn hour_at_the_head(window: &Window, this: &Candidate) -> bool {
    let begins = window
        .page
        .paragraph_at(window.byte(this.first))
        .is_some_and(|paragraph| paragraph.tokens.start as usize == this.first);
    let hour = |text: &str| {
        let (hour, minute) = text.split_once('.')?;
        let (hour, full): (u8, u8) = (hour.parse().ok()?, minute.parse().ok()?);
        (hour < 24 && full < 60 && minute.len() == 2).then_some(())
    };
    // "21.40 – Green Party gains": the time of an entry, at the head of its sentence
    let dash =
        matches!(window.kind(this.end), Some(TokenKind::Dash | TokenKind::Hyphen)) && window.capital(this.end + 1);
    let starts = begins || dash && !matches!(window.kind(this.before), Some(TokenKind::Word | TokenKind::Comma));
    let headed = window.capital(this.end) || dash;
    starts && headed && this.end == this.first + 1 && hour(window.text(this.first)).is_some()
}

fn score(window: &Window, this: &Candidate) -> bool {
    // "Wanderers 3-1 Harrow Athletic"
    let sides = || {
        let joined = window.is_kind(this.before, TokenKind::Dash) || window.is_kind(this.before, TokenKind::Hyphen);
        let (first, end) = if joined { (this.before - 1, this.end) } else { (this.first, this.end + 2) };
        window.named(first.wrapping_sub(1)) && window.named(end)
    };
    (!this.counts || sides()) && window.score(this.first, this.end)
}

/// `Opera 8.0`, `Web 3.0`: one decimal, behind a name within a sentence.
fn version(window: &Window, this: &Candidate) -> bool {
    let tenths = this.numeral.place == Decimal::new(1, 1) && this.numeral.value < Decimal::ONE_HUNDRED;
    // "USB 3.0 ports", "the SMB 3.0 protocols"
    let edition = window.acronym(this.before) && window.text(this.first).ends_with(".0");
    this.numeral.form == Form::Digits
        && this.end == this.first + 1
        && tenths
        && (!this.counts || edition)
        && !begins_sentence(window, this.before)
        && window.named(this.before)
}

fn begins_sentence(window: &Window, at: usize) -> bool {
    window.page.sentence_at(window.byte(at)).is_some_and(|sentence| sentence.span.start == window.byte(at))
}

/// `Apollo 11`
fn number_of_a_name(window: &Window, this: &Candidate) -> bool {
    this.numeral.form == Form::Plain && !this.counts && window.named(this.before)
}

/// `Routes 4, 7 and 11`, `Buses 4 and 11`: the later ones of a list of labels, which rise.
fn joined_to_a_label(window: &Window, this: &Candidate) -> bool {
    let list = window.is_kind(this.before, TokenKind::Comma);
    let joint = list || window.is(this.before, Class::AND) || window.says(this.before, "or");
    let first = if joint && window.is_kind(this.before.wrapping_sub(1), TokenKind::Comma) {
        this.before.wrapping_sub(2)
    } else {
        this.before.wrapping_sub(1)
    };
    if !joint || this.counts || this.numeral.form != Form::Plain || !window.is_kind(first, TokenKind::Number) {
        return false;
    }
    let Some(numeral) = window.numeral(first, Expect::Any).filter(|numeral| numeral.end == first + 1) else {
        return false;
    };
    let rises = numeral.form == Form::Plain && numeral.value < this.numeral.value;
    let before = first.wrapping_sub(1);
    let other = Candidate { numeral: &numeral, first, end: numeral.end, before, counts: false };
    let free = !window.is_kind(this.end, TokenKind::Word)
        || window.is(this.end, Class::STOP.or(Class::AND).or(Class::BE).or(Class::AUXILIARY))
        || window.is_past_verb(this.end);
    // "Routes 7, 8 and 12"
    let goes_on = window.is(this.end, Class::AND) || window.is_kind(this.end, TokenKind::Comma);
    let listed = !list || goes_on && window.is_kind(this.end + 1, TokenKind::Number);
    let called = labelled(window, &other) || listed && number_of_a_name(window, &other);
    rises && free && (called || joined_to_a_label(window, &other))
}

/// `the Inc. 5000 debut`: the full stop is the name's.
fn number_of_a_short_name(window: &Window, this: &Candidate) -> bool {
    let before = this.before;
    let short = window.is_kind(before, TokenKind::Stop)
        && window.glued(before.wrapping_sub(1))
        && window
            .page
            .sentence_at(window.byte(this.first))
            .is_some_and(|sentence| sentence.span.start < window.byte(before));
    this.numeral.form == Form::Plain && !this.counts && short && window.named(before.wrapping_sub(1))
}

/// `41° 17' S`: minutes behind degrees.
fn coordinate(window: &Window, this: &Candidate) -> bool {
    let minutes = matches!(window.text(this.end), "'" | "’" | "′") && window.glued(this.end - 1);
    minutes && matches!(window.text(this.before), "°" | "º")
}
