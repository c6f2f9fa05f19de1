//! Numerals in digits, from the text of one token: `3,278`, `12,34,567.89`, `1.111,11`, `.25`. Exact, and checked: what
//! does not fit a decimal has no value.

use rust_decimal::Decimal;

/// A numeral and the place of its last digit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Digits {
    /// What it is worth.
    pub value: Decimal,
    /// 1 for `65`, 0.1 for `3.5`.
    pub place: Decimal,
    /// Whether it is digits alone, without separators.
    pub plain: bool,
}

/// Reads digits with separators of one style. None where the groups fit none (`22,24,26`, `10.12.2017`) or the value
/// does not fit.
pub(super) fn read(text: &str) -> Option<Digits> {
    if text.len() > 40 {
        return None;
    }
    if let Some(read) = read_short(text) {
        return Some(read);
    }
    let (whole, fraction, plain) = split(text)?;
    let mut value: i128 = 0;
    let digits = whole.bytes().chain(fraction.bytes()).filter(u8::is_ascii_digit);
    for digit in digits {
        value = value.checked_mul(10)?.checked_add(i128::from(digit - b'0'))?;
    }
    let scale = fraction.len() as u32;
    if scale > 20 {
        return None;
    }
    let value = Decimal::try_from_i128_with_scale(value, scale).ok()?;
    Some(Digits { value, place: Decimal::try_from_i128_with_scale(1, scale).ok()?, plain })
}

/// Reads in one pass what most numerals are: a few digits, in groups of three behind commas or not, and a decimal part. None for
/// all others, which may be numerals yet.
fn read_short(text: &str) -> Option<Digits> {
    const LONGEST: usize = 18;
    if text.len() > LONGEST {
        return None;
    }
    let (mut value, mut group, mut grouped, mut decimals) = (0u64, 0, false, None::<u32>);
    for byte in text.bytes() {
        match (byte, decimals.as_mut()) {
            (b'0'..=b'9', places) => {
                value = value * 10 + u64::from(byte - b'0');
                match places {
                    Some(places) => *places += 1,
                    None => group += 1,
                }
            }
            (b',', None) if group == 3 && grouped || (1..=3).contains(&group) && !grouped && value > 0 => {
                (grouped, group) = (true, 0);
            }
            (b'.', None) if group > 0 && (!grouped || group == 3) => decimals = Some(0),
            _ => return None,
        }
    }
    let ends = if grouped && decimals.is_none() { group == 3 } else { group > 0 && decimals != Some(0) };
    let scale = decimals.unwrap_or(0);
    ends.then(|| Digits {
        value: Decimal::from_i128_with_scale(i128::from(value), scale),
        place: Decimal::from_i128_with_scale(1, scale),
        plain: !grouped && decimals.is_none(),
    })
}

/// Reads `10,5` and `10,50` as decimals, as most of Europe writes them; only where what follows shows that it is one number.
pub(super) fn read_comma(text: &str) -> Option<Digits> {
    let (whole, fraction) = text.split_once(',')?;
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let fits = whole.len() <= 9 && fraction.len() <= 2 && digits(whole) && digits(fraction);
    if fits { read(&format!("{whole}.{fraction}")) } else { None }
}

/// The whole part (separators included), the fraction, and whether there were no separators.
fn split(text: &str) -> Option<(&str, &str, bool)> {
    let commas = text.bytes().filter(|b| *b == b',').count();
    let stops = text.bytes().filter(|b| *b == b'.').count();
    match (commas, stops) {
        (0, 0) => Some((text, "", true)),
        (0, 1) => text.split_once('.').map(|(whole, fraction)| (whole, fraction, false)),
        (0, _) => grouped(text, '.').then_some((text, "", false)),
        (_, 0) => grouped(text, ',').then_some((text, "", false)),
        (_, 1) if text.rfind('.') > text.rfind(',') => {
            let (whole, fraction) = text.split_once('.')?;
            grouped(whole, ',').then_some((whole, fraction, false))
        }
        (1, _) if text.rfind(',') > text.rfind('.') => {
            let (whole, fraction) = text.split_once(',')?;
            grouped(whole, '.').then_some((whole, fraction, false))
        }
        _ => None,
    }
}

/// Whether the groups are of three digits, or of two before a last one of three, as in India.
fn grouped(whole: &str, separator: char) -> bool {
    let mut groups = whole.split(separator);
    let Some(first) = groups.next() else { return false };
    let rest: Vec<&str> = groups.collect();
    let Some((last, inner)) = rest.split_last() else { return false };
    let head = (1..=3).contains(&first.len()) && (first.len() > 1 || first != "0");
    let west = inner.iter().all(|group| group.len() == 3);
    let india = separator == ',' && first.len() <= 2 && !inner.is_empty() && inner.iter().all(|group| group.len() == 2);
    head && last.len() == 3 && (west || india)
}

/// `base` to the power of a whole `exponent`; none where it does not fit.
pub(super) fn power(base: Decimal, exponent: i64) -> Option<Decimal> {
    if exponent.unsigned_abs() > 64 {
        return None;
    }
    let mut value = Decimal::ONE;
    for _ in 0..exponent.unsigned_abs() {
        value = value.checked_mul(base)?;
    }
    if exponent < 0 { Decimal::ONE.checked_div(value) } else { Some(value) }
}

/// The value of a vulgar fraction sign.
pub(super) fn vulgar(sign: &str) -> Option<Decimal> {
    let (over, under) = match sign {
        "½" => (1, 2),
        "⅓" => (1, 3),
        "⅔" => (2, 3),
        "¼" => (1, 4),
        "¾" => (3, 4),
        "⅕" => (1, 5),
        "⅖" => (2, 5),
        "⅗" => (3, 5),
        "⅘" => (4, 5),
        "⅙" => (1, 6),
        "⅚" => (5, 6),
        "⅐" => (1, 7),
        "⅛" => (1, 8),
        "⅜" => (3, 8),
        "⅝" => (5, 8),
        "⅞" => (7, 8),
        "⅑" => (1, 9),
        "⅒" => (1, 10),
        _ => return None,
    };
    Decimal::from(over).checked_div(Decimal::from(under))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn separators_of_every_style() {
        for (text, expected) in [
            ("65", Some("65")),
            ("3,278", Some("3278")),
            ("1,234.50", Some("1234.50")),
            ("1,234,567", Some("1234567")),
            ("12,3456", None),
            ("1234,567", None),
            ("0,500", None),
            ("0.05", Some("0.05")),
            ("1,23", None),
            ("12,34,567.89", Some("1234567.89")),
            ("1.111,11", Some("1111.11")),
            ("1.234.567", Some("1234567")),
            ("22,24,26", None),
            ("10.12.2017", None),
            ("0,5", None),
            ("99999999999999999999999999999999999999", None),
        ] {
            assert_eq!(read(text).map(|d| d.value.to_string()).as_deref(), expected, "{text}");
        }
        assert_eq!(read("3.50").unwrap().place.to_string(), "0.01");
    }

    #[test]
    fn powers_that_do_not_fit_have_no_value() {
        assert_eq!(power(Decimal::TEN, 6), Some(Decimal::from(1_000_000)));
        assert_eq!(power(Decimal::TEN, 999), None);
        assert_eq!(power(Decimal::ZERO, -1), None);
    }
}
