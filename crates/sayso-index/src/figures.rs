//! Figures as terms of the index. A figure can be found by several words: what it counts, its unit, and the empty word
//! for "any figure". Each gives a term of that word, the value and its bound, at the position of the figure's first
//! word in the text. Values are written so that terms sort as numbers: `>40000 retweets` reads the terms from
//! `retweets 40000` on. All conditions on a figure (value, unit, what it counts, where it is) are tested on one figure
//! without reading the document.
//!
//! `52,300 retweets` gives three terms at its position: `` with `p␣523`, and `retweets` and `retweet` with the same.

use rust_decimal::Decimal;
use sayso_core::extract::{Figure, FigureKind, Op};
use sayso_core::text::folding::next_word;
use std::ops::Range;

/// Separates the parts of a term. It sorts below every character in them.
const POINT: u8 = 1;
/// As [`POINT`], for a value that is a range. There are few ranges, and a search reads all of them.
const SPREAD: u8 = 2;

/// In the value of the column, [`AT`] separates a term from its position and [`NEXT`] follows the position.
pub(crate) const AT: char = '\u{1e}';
pub(crate) const NEXT: char = '\u{1d}';

/// The key of the figures with a unit. No word contains `=`.
pub(crate) fn unit_key(unit: &str) -> String {
    format!("={}", unit.to_lowercase())
}

/// The key of every figure.
pub(crate) const ANY: &str = "";

/// The value of the column `figures`: terms with their positions. `numbers` has the number of each figure's first word.
pub(crate) fn column(text: &str, figures: &[Figure], numbers: &[u32]) -> String {
    let mut value = String::new();
    let mut order: Vec<usize> = (0..figures.len().min(numbers.len())).collect();
    order.sort_by_key(|i| numbers[*i]);
    let mut end = String::new();
    // The places in the value of the current figure's keys.
    let mut keys: Vec<Range<usize>> = Vec::new();
    for i in order {
        end.clear();
        if !ending(&figures[i], &mut end) {
            continue;
        }
        end.push(AT);
        end.push_str(&numbers[i].to_string());
        end.push(NEXT);
        keys.clear();
        each_key(&figures[i], text, |key| {
            if keys.iter().all(|place| &value[place.clone()] != key) {
                keys.push(value.len()..value.len() + key.len());
                value.push_str(key);
                value.push_str(&end);
            }
        });
    }
    value
}

/// Calls `take` with each key of a figure (see the module). A key may come twice.
fn each_key(figure: &Figure, text: &str, mut take: impl FnMut(&str)) {
    take(ANY);
    each_word(figure, text, &mut take);
    if let Some(unit) = figure.unit.as_deref() {
        take(&unit_key(unit));
    }
    if figure.kind == FigureKind::Percent || figure.unit.as_deref() == Some("percentage-point") {
        take(&unit_key("percent"));
    }
}

/// Calls `take` with each folded word by which a figure may be found: those of its noun, its lemma, its unit and the
/// unit's name.
fn each_word(figure: &Figure, text: &str, mut take: impl FnMut(&str)) {
    let noun = figure.noun.and_then(|span| text.get(span.range()));
    let parts = [noun, figure.noun_lemma.as_deref(), figure.unit.as_deref(), figure.unit_name.as_deref()];
    let mut word = String::new();
    for part in parts.into_iter().flatten() {
        let mut at = 0;
        while let Some((_, end)) = next_word(part, at, &mut word) {
            take(&word);
            at = end;
        }
    }
}

/// The words that [`each_word`] gives.
pub(crate) fn words(figure: &Figure, text: &str) -> Vec<String> {
    let mut words = Vec::new();
    each_word(figure, text, |word| words.push(word.to_owned()));
    words
}

/// Appends the part that follows the key in a figure's terms. Returns `false` for dates, times and figures without a
/// value.
fn ending(figure: &Figure, out: &mut String) -> bool {
    let low = figure.value.filter(|_| !matches!(figure.kind, FigureKind::Date | FigureKind::Time));
    let (Some(low), Some(op)) = (low, OPS.iter().position(|op| *op == figure.op)) else { return false };
    let (op, point) = (char::from(b'a' + op as u8), char::from(POINT));
    out.push(char::from(if figure.high.is_some() { SPREAD } else { POINT }));
    sortable(low, out);
    out.push(point);
    out.push(op);
    if let Some(high) = figure.high {
        sortable(high, out);
    }
    true
}

const OPS: [Op; 7] = [Op::Equal, Op::About, Op::Less, Op::AtMost, Op::More, Op::AtLeast, Op::Range];

/// A value and its bound, read from a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stated {
    pub low: Decimal,
    pub high: Option<Decimal>,
    pub op: Op,
}

/// The ranges of terms to read for a key: those for values from `low` to `high`, and those for all ranges. The ends are
/// exclusive.
pub(crate) fn stretches(key: &str, low: Option<Decimal>, high: Option<Decimal>) -> [(Vec<u8>, Vec<u8>); 2] {
    let of = |mark: u8, value: Option<Decimal>| {
        let mut term = key.to_owned();
        term.push(char::from(mark));
        if let Some(value) = value {
            sortable(value, &mut term);
        }
        term.into_bytes()
    };
    let mut end = match high {
        Some(_) => of(POINT, high),
        None => of(SPREAD, None),
    };
    if high.is_some() {
        end.push(SPREAD);
    }
    [(of(POINT, low), end), (of(SPREAD, None), of(SPREAD + 1, None))]
}

/// Reads the value and bound from a term of `key`.
pub(crate) fn stated(key: &str, term: &[u8]) -> Option<Stated> {
    let rest = std::str::from_utf8(term.get(key.len() + 1..)?).ok()?;
    let (low, rest) = rest.split_once(char::from(POINT))?;
    let op = OPS.get(usize::from(rest.bytes().next()?.checked_sub(b'a')?)).copied()?;
    let high = if rest.len() > 1 { Some(value(&rest[1..])?) } else { None };
    Some(Stated { low: value(low)?, high, op })
}

/// A number above every exponent of ten that a [`Decimal`] can have.
const EXPONENTS: i32 = 64;

/// Appends a number as text that sorts as the number does: `n`, `o` or `p` for its sign, a letter for its magnitude,
/// then its digits. For a negative number, letter and digits are inverted, so that they sort in reverse.
fn sortable(number: Decimal, out: &mut String) {
    if number.is_zero() {
        out.push('o');
        return;
    }
    let all = number.mantissa().unsigned_abs().to_string();
    let digits = all.trim_end_matches('0');
    let magnitude = all.len() as i32 - number.scale() as i32;
    let letter = |m: i32| char::from((EXPONENTS + m).clamp(3, 126) as u8);
    if number.is_sign_positive() {
        out.push('p');
        out.push(letter(magnitude));
        out.push_str(digits);
        return;
    }
    out.push('n');
    out.push(letter(-magnitude));
    out.extend(digits.bytes().map(|b| char::from(b'0' + b'9' - b)));
    out.push('~');
}

/// Reads what [`sortable`] wrote.
fn value(text: &str) -> Option<Decimal> {
    let (sign, rest) = text.split_at_checked(1)?;
    if sign == "o" {
        return Some(Decimal::ZERO);
    }
    let letter = i32::from(rest.bytes().next()?) - EXPONENTS;
    let digits = rest.get(1..)?;
    let (digits, magnitude) = match sign {
        "p" => (digits.to_owned(), letter),
        _ => {
            let turned = digits.strip_suffix('~')?.bytes().map(|b| char::from(b'0' + b'9' - b.min(b'9')));
            (format!("-{}", turned.collect::<String>()), -letter)
        }
    };
    let scale = digits.trim_start_matches('-').len() as i32 - magnitude;
    let whole: i128 = digits.parse().ok()?;
    match scale {
        0.. => Decimal::try_from_i128_with_scale(whole, scale as u32).ok(),
        _ => {
            let power = 10_i128.checked_pow(scale.unsigned_abs())?;
            Decimal::try_from_i128_with_scale(whole.checked_mul(power)?, 0).ok()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_order_of_terms_is_that_of_numbers(
            a in -1_000_000_000_000_i64..1_000_000_000_000, b in -2_000_i64..2_000, places in (0u32..28, 0u32..6)
        ) {
            let (a, b) = (Decimal::new(a, places.0), Decimal::new(b, places.1));
            let written = |number: Decimal| {
                let mut text = String::new();
                sortable(number, &mut text);
                text
            };
            prop_assert_eq!(written(a).cmp(&written(b)), a.cmp(&b), "{} {}", a, b);
            for number in [a, b] {
                prop_assert_eq!(value(&written(number)), Some(number));
            }
        }
    }

    #[test]
    fn what_is_written_is_read_back() {
        for (low, high, op) in [("52300", None, Op::Equal), ("-3.5", None, Op::About), ("3", Some("5.25"), Op::Range)] {
            let decimal = |text: &str| text.parse::<Decimal>().unwrap();
            let mut figure = Figure::new(FigureKind::Number, sayso_core::Span::at(0, 1), sayso_core::Span::at(0, 1));
            (figure.value, figure.high, figure.op) = (Some(decimal(low)), high.map(decimal), op);
            let mut term = "retweets".to_owned();
            assert!(ending(&figure, &mut term));
            let expected = Stated { low: decimal(low), high: high.map(decimal), op };
            assert_eq!(stated("retweets", term.as_bytes()), Some(expected));
            let [points, spread] = stretches("retweets", Some(decimal(low)), Some(decimal(low)));
            let (from, to) = if high.is_some() { spread } else { points };
            assert!(from.as_slice() <= term.as_bytes() && term.as_bytes() < to.as_slice(), "{low}");
        }
    }
}
