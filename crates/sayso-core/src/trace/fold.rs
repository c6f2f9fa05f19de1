//! Words folded once more for tracing, beyond [`crate::words`]: a number and its scale are one word (`1.5 million` is
//! `1,500,000`, `two hundred` is `200`), `per cent` is `percent`, and British spellings are read as American ones
//! (`language/en/spellings.tsv`), `okay` is `ok`, `Sen.` is `senator`, `gonna` is `going to` (`language/en/forms.tsv`), and
//! `November 8th` is `November 8`, and an amount of money is one word, however it is written (`£4`, `four pounds`). Places are kept: a word's span always holds it as written.

use super::lexicon;
use crate::language::{PerLanguage, tsv};
use crate::span::Span;
use crate::words::{self, NumberWord, Word, WordClass, key};
use std::collections::HashMap;

/// All words of the part of `text` that `within` marks.
pub(super) fn words(text: &str, within: Span) -> Vec<Word> {
    let mut all = spread(text, words::words(text, within));
    let spellings = SPELLINGS.compared();
    let mut kept = 0;
    let mut at = 0;
    while at < all.len() {
        let mut word = all[at];
        at += 1;
        if word.class == WordClass::Number {
            let taken = scaled(text, &mut word, &all[at..]);
            at += taken;
            if taken == 0 && kept > 0 && lexicon::month(all[kept - 1].span.of(text)).is_some() {
                day(text, &mut word);
            }
            match kept.checked_sub(1).map(|last| all[last]).filter(|sign| is_sign(text, *sign, word)) {
                Some(sign) => {
                    word = Word { span: sign.span.cover(word.span), key: money(word.key, sign.key), ..word };
                    kept -= 1;
                }
                None => at += usize::from(named_money(text, &mut word, all.get(at))),
            }
        } else if word.class == WordClass::Plain
            && is_one(word)
            && all.get(at).is_some_and(|next| scale(text, word, next))
        {
            // `a trillion dollars` is `1 trillion dollars`.
            let taken = scales(text, &mut word, Some("1".to_owned()), &all[at..]);
            word.class = WordClass::Number;
            at += taken;
            at += usize::from(named_money(text, &mut word, all.get(at)));
        } else if word.class == WordClass::Plain {
            match word.span.of(text) {
                per if per.eq_ignore_ascii_case("per") && is_cent(text, word, all.get(at)) => {
                    word.span = word.span.cover(all[at].span);
                    word.key = const { key("percent") };
                    at += 1;
                }
                written => {
                    if let Some(key) = spellings.key(written) {
                        word.key = key;
                    }
                }
            }
        }
        all[kept] = word;
        kept += 1;
    }
    all.truncate(kept);
    all
}

/// The signs of money that are words of their own, by the last words of their currencies' names: `$` by `dollars`, `£` by
/// `pounds`.
static SIGNS: PerLanguage<HashMap<u64, u64>> = PerLanguage::new(|language| {
    let is_sign = |form: &&str| form.chars().count() == 1 && !form.contains(char::is_alphanumeric) && is_word(form);
    tsv::rows(language.tables.units.currencies)
        .filter_map(|row| {
            let sign = key(row.list(3).find(is_sign)?);
            let names: Vec<u64> = row.list(2).filter_map(|name| name.rsplit(' ').next()).map(key).collect();
            Some(names.into_iter().map(move |name| (name, sign)))
        })
        .flatten()
        .collect()
});

/// Whether a character is a sign of money that is read as a word.
pub(super) const fn is_money(c: char) -> bool {
    matches!(c, '$' | '€' | '£' | '¥')
}

/// Whether a sign is read as a word.
fn is_word(sign: &str) -> bool {
    !words::words(sign, Span::at(0, sign.len())).is_empty()
}

/// Whether a word is the sign of money that stands before a number.
fn is_sign(text: &str, sign: Word, number: Word) -> bool {
    adjoins(text, sign, &number) && SIGNS.compared().values().any(|known| *known == sign.key)
}

/// The key of an amount of money.
const fn money(number: u64, sign: u64) -> u64 {
    number.rotate_left(29) ^ sign
}

/// Takes the name of a currency behind a number into it.
fn named_money(text: &str, word: &mut Word, next: Option<&Word>) -> bool {
    let sign = next.filter(|next| adjoins(text, *word, next)).and_then(|next| SIGNS.compared().get(&next.key));
    if let Some((next, sign)) = next.zip(sign) {
        *word = Word { span: word.span.cover(next.span), key: money(word.key, *sign), ..*word };
    }
    sign.is_some()
}

/// The number of an amount, whatever it is an amount of.
pub(super) fn number(text: &str, amount: Word) -> u64 {
    let mut inside = words::words(text, amount.span);
    let Some(first) = inside.iter().position(|word| word.class == WordClass::Number) else { return amount.key };
    let (head, rest) = inside.split_at_mut(first + 1);
    scaled(text, &mut head[first], rest);
    head[first].key
}

/// Whether `next` is the `cent` of `per cent`.
fn is_cent(text: &str, per: Word, next: Option<&Word>) -> bool {
    next.is_some_and(|next| next.span.of(text).eq_ignore_ascii_case("cent") && adjoins(text, per, next))
}

/// Whether `next` is parted from `word` by a space or hyphen at most.
fn adjoins(text: &str, word: Word, next: &Word) -> bool {
    matches!(&text[word.span.end as usize..next.span.start as usize], "" | " " | "-" | "\u{a0}")
}

/// The zeros that a scale adds, which may stand at the digits (`5bn`); `m` is a scale only after a sign of money.
fn zeros(scale: &str, glued: bool, money: bool) -> Option<usize> {
    match scale.to_ascii_lowercase().as_str() {
        "bn" if glued => Some(9),
        "m" if glued && money => Some(6),
        other => NumberWord::zeros(other).map(|zeros| zeros as usize),
    }
}

/// Takes the scales that follow a number into it; gives how many there were.
fn scaled(text: &str, word: &mut Word, rest: &[Word]) -> usize {
    scales(text, word, None, rest)
}

/// The same, where the digits of the number may be known.
fn scales(text: &str, word: &mut Word, mut digits: Option<String>, rest: &[Word]) -> usize {
    let mut taken = 0;
    while let Some(next) = rest.get(taken) {
        let glued = word.span.end == next.span.start;
        // `5m` is five metres as likely as five million; after a currency sign it is money.
        let money = text[..word.span.start as usize].ends_with(is_money);
        let Some(zeros) = zeros(next.span.of(text), glued, money).filter(|_| adjoins(text, *word, next)) else { break };
        let Some(plain) = digits.take().or_else(|| plain_digits(word.span.of(text))) else { break };
        let shifted = shift(&plain, zeros);
        word.span = word.span.cover(next.span);
        word.key = key(&shifted);
        digits = Some(shifted);
        taken += 1;
    }
    taken
}

/// Whether a word is `a` or `an`.
fn is_one(word: Word) -> bool {
    word.key == const { key("a") } || word.key == const { key("an") }
}

/// Whether `next` is a scale of a hundred and more that adjoins `word`.
fn scale(text: &str, word: Word, next: &Word) -> bool {
    NumberWord::zeros(&next.span.of(text).to_ascii_lowercase()).is_some_and(|zeros| zeros >= 2)
        && adjoins(text, word, next)
}

/// `8th` and `eighth` after a month are `8`.
fn day(text: &str, word: &mut Word) {
    let written = word.span.of(text).to_ascii_lowercase();
    let digits: String = written.chars().take_while(char::is_ascii_digit).collect();
    let value = match digits.parse::<u64>() {
        Ok(value) => Some(value),
        Err(_) => NumberWord::of(&written).map(|number| number.value),
    };
    if let Some(value) = value.filter(|value| (1..=31).contains(value)) {
        word.key = key(&value.to_string());
    }
}

/// The table of forms: what one written word is compared as.
static FORMS: PerLanguage<HashMap<u64, (u64, Option<u64>)>> = PerLanguage::new(|language| {
    let rows = tsv::rows(language.tables.trace.forms);
    rows.filter_map(|row| {
        let mut forms = row.cell(1).split(' ').map(key);
        Some((key(row.cell(0)), (forms.next()?, forms.next())))
    })
    .collect()
});

/// `e-mail`, `e -mail` and `email` are one word: a lone `e` with a hyphen begins the next.
fn electronic(text: &str, all: Vec<Word>) -> Vec<Word> {
    const E: u64 = key("e");
    if !all.iter().any(|word| word.key == E) {
        return all;
    }
    let mut out: Vec<Word> = Vec::with_capacity(all.len());
    for word in all {
        let joins = |e: &Word| {
            let gap = text.get(e.span.end as usize..word.span.start as usize).unwrap_or_default();
            e.key == E && gap.len() <= 3 && gap.trim() == "-" && word.class == WordClass::Plain
        };
        match out.last_mut().filter(|last| joins(last)) {
            Some(e) => {
                e.key = key(&["e", &word.span.of(text).to_lowercase()].concat());
                e.span = e.span.cover(word.span);
            }
            None => out.push(word),
        }
    }
    out
}

/// Words in the form in which they are compared; one that stands for two becomes two, cut in its middle.
fn spread(text: &str, all: Vec<Word>) -> Vec<Word> {
    let all = electronic(text, all);
    let table = FORMS.compared();
    if !all.iter().any(|word| table.contains_key(&word.key)) {
        return all;
    }
    let mut out = Vec::with_capacity(all.len() + 4);
    for word in all {
        match table.get(&word.key).filter(|_| word.class == WordClass::Plain) {
            None => out.push(word),
            Some((one, None)) => out.push(Word { key: *one, ..word }),
            Some((one, Some(two))) => {
                let written = word.span.of(text);
                let cut = written.char_indices().nth(written.chars().count() / 2).map_or(0, |(i, _)| i as u32);
                let middle = word.span.start + cut;
                out.push(Word { span: Span::new(word.span.start, middle), key: *one, ..word });
                out.push(Word { span: Span::new(middle, word.span.end), key: *two, ..word });
            }
        }
    }
    out
}

/// The digits of a numeral or number word, without separators; none of an ordinal or what cannot be read.
fn plain_digits(written: &str) -> Option<String> {
    let digits: String = written.chars().filter(|c| *c != ',').collect();
    let digits = match NumberWord::of(&written.to_ascii_lowercase()) {
        Some(word) if word.ordinal => return None,
        Some(word) => word.value.to_string(),
        None => digits,
    };
    digits.bytes().all(|b| b.is_ascii_digit() || b == b'.').then_some(digits)
}

/// A decimal times a power of ten.
fn shift(digits: &str, zeros: usize) -> String {
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let moved = fraction.len().min(zeros);
    let mut out = format!("{whole}{}{}", &fraction[..moved], "0".repeat(zeros - moved));
    let rest = fraction[moved..].trim_end_matches('0');
    if !rest.is_empty() {
        out.push('.');
        out.push_str(rest);
    }
    let plain = out.trim_start_matches('0');
    if plain.is_empty() || plain.starts_with('.') { format!("0{plain}") } else { plain.to_owned() }
}

static SPELLINGS: PerLanguage<Spellings> = PerLanguage::new(|language| Spellings::new(language.tables.trace.spellings));

/// The table of spellings, in the order of the first.
struct Spellings {
    rows: Vec<(&'static str, &'static str)>,
    /// Whether a row begins with two letters: most words are told by that to be spelled in one way only.
    begins: [bool; 26 * 26],
}

impl Spellings {
    fn new(table: &'static str) -> Self {
        let mut rows: Vec<(&str, &str)> = tsv::rows(table).map(|row| (row.cell(0), row.cell(1))).collect();
        rows.sort_unstable();
        let mut begins = [false; 26 * 26];
        rows.iter().filter_map(|row| pair(row.0)).for_each(|pair| begins[pair] = true);
        Spellings { rows, begins }
    }

    /// The key of a word in its other spelling; none where it has one only.
    fn key(&self, written: &str) -> Option<u64> {
        if !self.begins[pair(written)?] || !written.is_ascii() {
            return None;
        }
        let word = written.to_ascii_lowercase();
        let after = self.rows.partition_point(|row| row.0.trim_end_matches('.') <= word.as_str());
        // The row that begins the word stands a few rows before at most: those between begin in the same way.
        self.rows[..after].iter().rev().take(4).find_map(|(from, to)| match from.strip_suffix('.') {
            Some(whole) => (whole == word).then(|| key(to)),
            None => word.strip_prefix(from).map(|rest| key(&[*to, rest].concat())),
        })
    }
}

/// The number of a word's first two letters.
fn pair(word: &str) -> Option<usize> {
    let letter = |i: usize| {
        let b = word.as_bytes().get(i)?.to_ascii_lowercase();
        b.is_ascii_lowercase().then(|| usize::from(b - b'a'))
    };
    Some(letter(0)? * 26 + letter(1)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(text: &str) -> Vec<u64> {
        words(text, Span::at(0, text.len())).iter().map(|w| w.key).collect()
    }

    #[test]
    fn words_that_say_the_same_are_equal() {
        for (a, b) in [
            ("1.5 million crowns", "1,500,000 crowns"),
            ("two hundred boats", "200 boats"),
            ("two hundred thousand boats", "200,000 boats"),
            ("£5bn", "£5 billion"),
            ("$3m", "$3 million"),
            ("0.25 million", "250,000"),
            ("12 per cent of it", "12% of it"),
            ("the colour of the harbour", "the color of the harbor"),
            ("we organised and recognised", "we organized and recognized"),
            ("Travelling towards the centre", "traveling toward the center"),
            ("the programme", "the program"),
            ("Okay, Sen. Weir", "OK, Senator Weir"),
            ("on Nov. 8", "on November 8th"),
            ("a hundred boats", "100 boats"),
            ("we’re gonna sail", "we are going to sail"),
            ("your e -mails", "your emails"),
            ("an E-mail", "an email"),
            ("£4", "four pounds"),
            ("a £4 ticket", "a four-pound ticket"),
            ("4 euros", "€4"),
            ("$1 trillion", "a trillion dollars"),
        ] {
            assert_eq!(keys(a), keys(b), "{a} / {b}");
        }
    }

    #[test]
    fn words_that_differ_stay_apart() {
        for (a, b) in [
            ("5 million", "5 billion"),
            ("5 m", "5 million"),
            ("the tonne", "the ton"),
            ("two hundreds", "200"),
            ("labels", "labors"),
            ("£4", "four dollars"),
            ("£4", "£5"),
            ("£4", "4"),
        ] {
            assert_ne!(keys(a), keys(b), "{a} / {b}");
        }
    }

    #[test]
    fn each_spelling_is_reached_and_stands_once() {
        let mut seen = std::collections::HashSet::new();
        let rows: Vec<_> = tsv::rows(crate::language::compared().tables.trace.spellings).collect();
        assert!(rows.windows(2).all(|w| w[0].cell(0) < w[1].cell(0)), "the table is not in order");
        for row in rows {
            let (british, american) = (row.cell(0).trim_end_matches('.'), row.cell(1));
            assert!(seen.insert(british.to_owned()), "{british} stands twice");
            assert_eq!(SPELLINGS.compared().key(british), Some(key(american)), "{british}");
        }
    }
}
