//! Numbers as tables write them: `1,680`, `1 680`, `$4.2bn`, `12.5 %`, `(3.1)`, `42*`, `17 [b]`, `n/a`.

use crate::language;
use crate::language::lists::List;
use rust_decimal::Decimal;

/// What a cell holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Cell {
    /// Nothing, or a sign for nothing.
    Empty,
    /// A number.
    Number { value: Decimal, unit: CellUnit },
    /// Something else.
    Text,
}

/// A unit written in the cell itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CellUnit {
    None,
    Percent,
    Money(char),
}

/// How a table writes its numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Style {
    /// `1,204.5`
    #[default]
    Points,
    /// `1.204,5`
    Commas,
}

impl Style {
    /// Told by some cells: a comma before one or two digits, or four and more, is a decimal comma if no cell has a decimal
    /// point. A comma before three digits may be either, and is a separator.
    pub(super) fn of<'c>(cells: impl Iterator<Item = &'c str>) -> Style {
        let (mut commas, mut points) = (0, 0);
        for cell in cells {
            let digits = cell.trim_start_matches(|c: char| !c.is_ascii_digit());
            let digits = digits.trim_end_matches(|c: char| !c.is_ascii_digit());
            let decimal = |mark: char| {
                let (whole, fraction) = digits.rsplit_once(mark)?;
                let plain = fraction.len() != 3 && fraction.bytes().all(|b| b.is_ascii_digit());
                (plain && !whole.contains(mark)).then_some(())
            };
            commas += usize::from(decimal(',').is_some());
            points += usize::from(decimal('.').is_some());
        }
        if commas > 0 && points == 0 { Style::Commas } else { Style::Points }
    }
}

/// Reads a cell.
pub(super) fn read(cell: &str, style: Style) -> Cell {
    if style == Style::Points
        && let Some(value) = plain(cell)
    {
        return Cell::Number { value, unit: CellUnit::None };
    }
    let lists = &language::compared().lexicon.lists;
    let is_nothing = |text: &str| text.is_empty() || lists.reads(List::EmptyCells, text);
    let mut rest = without_notes(cell.trim());
    if is_nothing(cell.trim()) || is_nothing(rest) {
        return Cell::Empty;
    }
    let mut unit = CellUnit::None;
    let mut negative = false;
    if let Some(inner) = rest.strip_prefix('(').and_then(|r| r.strip_suffix(')')) {
        negative = true;
        rest = inner.trim();
    }
    if let Some(r) = rest.strip_prefix(['-', '−', '–']) {
        negative = true;
        rest = r.trim_start();
    }
    rest = rest.strip_prefix('+').unwrap_or(rest).trim_start();
    rest = rest.strip_prefix("US").filter(|r| r.starts_with('$')).unwrap_or(rest);
    if let Some(sign) = rest.chars().next().filter(|c| matches!(c, '$' | '€' | '£' | '¥')) {
        unit = CellUnit::Money(sign);
        rest = rest[sign.len_utf8()..].trim_start();
    }
    for ending in lists.words(List::PercentEndings) {
        if let Some(r) = rest.strip_suffix(*ending) {
            unit = CellUnit::Percent;
            rest = r.trim_end();
        }
    }
    if let Some(sign) = rest.chars().next_back().filter(|c| matches!(c, '$' | '€' | '£' | '¥')) {
        unit = CellUnit::Money(sign);
        rest = rest[..rest.len() - sign.len_utf8()].trim_end();
    }
    let (rest, scale) = scaled(rest);
    match number(rest, style).and_then(|v| v.checked_mul(scale)) {
        Some(value) => Cell::Number { value: if negative { -value } else { value }, unit },
        None => Cell::Text,
    }
}

/// A number without anything else, as most cells are.
fn plain(cell: &str) -> Option<Decimal> {
    // Longer ones are left to what rounds them.
    if cell.len() >= 19 || !cell.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let (mut digits, mut scale) = (0i64, None);
    for byte in cell.bytes() {
        match byte {
            b'0'..=b'9' => {
                digits = digits * 10 + i64::from(byte - b'0');
                scale = scale.map(|places| places + 1);
            }
            b'.' if scale.is_none() => scale = Some(0),
            _ => return None,
        }
    }
    Some(Decimal::new(digits, scale.unwrap_or(0)))
}

/// A cell without the marks of footnotes at its end: `*`, `†`, superscripts, `[a]`, `(b)`, `(1)`, `(est.)`, and the flags of
/// statistical offices (`12.3 b`, `45 p`).
fn without_notes(mut cell: &str) -> &str {
    let flags = language::compared().lexicon.lists.words(List::CellFlags);
    loop {
        let before = cell;
        cell = cell
            .trim_end_matches(['*', '†', '‡', '§', '¶', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹', '⁰'])
            .trim_end();
        for (open, close) in [('[', ']'), ('(', ')')] {
            if let Some(body) = cell.strip_suffix(close)
                && let Some(at) = body.rfind(open)
                && body[..at].contains(|c: char| c.is_ascii_digit())
            {
                cell = body[..at].trim_end();
            }
        }
        for flag in flags {
            let noted = cell.strip_suffix(*flag).and_then(|rest| rest.strip_suffix(' '));
            cell = noted.filter(|rest| rest.ends_with(|c: char| c.is_ascii_digit())).unwrap_or(cell);
        }
        if cell == before {
            return cell;
        }
    }
}

/// A number with its scale word taken off.
fn scaled(text: &str) -> (&str, Decimal) {
    const SCALES: [(&str, i64); 10] = [
        ("thousand", 1_000),
        ("million", 1_000_000),
        ("billion", 1_000_000_000),
        ("trillion", 1_000_000_000_000),
        ("mn", 1_000_000),
        ("bn", 1_000_000_000),
        ("tn", 1_000_000_000_000),
        ("k", 1_000),
        ("m", 1_000_000),
        ("b", 1_000_000_000),
    ];
    let lower = text.to_ascii_lowercase();
    for (word, scale) in SCALES {
        if lower.ends_with(word) {
            return (text[..text.len() - word.len()].trim_end(), Decimal::from(scale));
        }
    }
    (text, Decimal::ONE)
}

/// Digits with separators: commas, spaces or apostrophes every three digits (or as in India, `12,34,567`); full stops where
/// a comma is the point.
fn number(text: &str, style: Style) -> Option<Decimal> {
    if !text.starts_with(|c: char| c.is_ascii_digit() || c == '.' || c == ',' && style == Style::Commas) {
        return None;
    }
    if let Some((mantissa, exponent)) = text.split_once(['e', 'E'])
        && exponent.parse::<i32>().is_ok()
        && mantissa.parse::<f64>().is_ok()
    {
        return Decimal::from_scientific(text).ok();
    }
    let commas = style == Style::Commas || text.rfind(',') > text.rfind('.') && text.contains('.');
    let (group, point) = if commas { ('.', ',') } else { (',', '.') };
    let (whole, fraction) = text.split_once(point).unwrap_or((text, ""));
    let mut digits = String::with_capacity(text.len());
    let parts: Vec<&str> = whole.split([group, ' ', '\u{a0}', '\u{202f}', '\u{2009}', '\'', '’']).collect();
    for (i, part) in parts.iter().enumerate() {
        // The last group has three digits, those before it three or two, all alike.
        let last = i + 1 == parts.len();
        let grouped = i == 0 || part.len() == if last { 3 } else { parts[1].len().clamp(2, 3) };
        if !part.bytes().all(|b| b.is_ascii_digit()) || !grouped {
            return None;
        }
        digits.push_str(part);
    }
    if !fraction.is_empty() {
        if !fraction.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        digits.push('.');
        digits.push_str(fraction);
    }
    digits.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells() {
        let number = |v: &str, unit| Cell::Number { value: v.parse().unwrap(), unit };
        use CellUnit::*;
        for (text, want) in [
            ("1,680", number("1680", None)),
            ("1 680.5", number("1680.5", None)),
            ("12.5 %", number("12.5", Percent)),
            ("$4.2bn", number("4200000000.0", Money('$'))),
            ("42*", number("42", None)),
            ("17 [b]", number("17", None)),
            ("17¹", number("17", None)),
            ("(3.1)", number("-3.1", None)),
            ("−0.7", number("-0.7", None)),
            ("1.234,5", number("1234.5", None)),
            ("2.5e3", number("2500", None)),
            ("n/a", Cell::Empty),
            ("…", Cell::Empty),
            ("Eastmark", Cell::Text),
            ("1,68", Cell::Text),
            ("12 March", Cell::Text),
            ("12,34,567", number("1234567", None)),
            ("1’680", number("1680", None)),
            ("1\u{2009}680", number("1680", None)),
            ("(12)", number("-12", None)),
            ("(1.2%)", number("-1.2", Percent)),
            ("1,204 (est.)", number("1204", None)),
            ("204 (12%)", number("204", None)),
            ("12.3 b", number("12.3", None)),
            ("17 p*", number("17", None)),
            (":", Cell::Empty),
            ("n.a.", Cell::Empty),
            ("#N/A", Cell::Empty),
            ("(a)", Cell::Text),
            ("<5", Cell::Text),
            ("12–15", Cell::Text),
        ] {
            assert_eq!(read(text, Style::Points), want, "{text}");
        }
        for (text, want) in [("12,5", "12.5"), ("1.204,5", "1204.5"), ("1.204", "1204"), ("7", "7"), ("(3,1)", "-3.1")]
        {
            assert_eq!(read(text, Style::Commas), number(want, None), "{text}");
        }
    }

    #[test]
    fn decimal_commas_are_told_from_separators() {
        for (cells, style) in [
            (&["12,5", "1.204", "7"][..], Style::Commas),
            (&["1,204", "980"], Style::Points),
            (&["12,5", "3.25"], Style::Points),
            (&["€ 3,40", "(0,25) %"], Style::Commas),
            (&["1,204,000", "12 March, 2031"], Style::Points),
        ] {
            assert_eq!(Style::of(cells.iter().copied()), style, "{cells:?}");
        }
    }
}
