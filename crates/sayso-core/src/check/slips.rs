//! Whether one number or date is a slip of the pen for another.

use super::compare::significant;
use super::framed::Framed;
use crate::extract::{Figure, FigureKind};
use rust_decimal::Decimal;

/// How alike two numbers are written, from 0 to 1: 1 where two digits have changed places, or one of many is another.
pub(super) fn slip_of_pen(ours: &Figure, theirs: &Figure) -> f32 {
    const DIGITS: usize = 2;
    /// So many other digits make it sure that one of them is a slip.
    const OTHERS: f32 = 3.0;
    let (Some(a), Some(b)) = (ours.value.map(significant), theirs.value.map(significant)) else { return 0.0 };
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if a.len() < DIGITS || a.len() != b.len() || a == b {
        return 0.0;
    }
    if is_swapped(a, b) {
        return 1.0;
    }
    let apart = (0..a.len()).filter(|i| a[*i] != b[*i]).count();
    if apart == 1 { ((a.len() - 1) as f32 / OTHERS).min(1.0) } else { 0.0 }
}

/// Whether a digit was lost or added: `16` of *6*, `4,600` of *46,000*; from 0 to 1, less for short numbers.
pub(super) fn slip_of_digit(ours: &Figure, theirs: &Figure) -> f32 {
    const LONG: usize = 2;
    let (Some(a), Some(b)) = (ours.value, theirs.value) else { return 0.0 };
    let (a, b) = if a < b { (a, b) } else { (b, a) };
    let (short, long) = (significant(a), significant(b));
    let sure = if short.len() >= LONG { 1.0 } else { 0.6 };
    if short == long {
        let zero = a.checked_mul(Decimal::TEN).is_some_and(|more| more == b);
        return if zero { sure } else { 0.0 };
    }
    let one_more = long.len() == short.len() + 1 && short.len() + 1 >= LONG;
    let without = |i: usize| long.bytes().take(i).chain(long.bytes().skip(i + 1)).eq(short.bytes());
    let sized = a.checked_mul(Decimal::ONE_HUNDRED).is_some_and(|most| b < most);
    if one_more && sized && (0..long.len()).any(without) { sure * 0.8 } else { 0.0 }
}

/// Whether two numbers of one length are the same but for two digits that changed places.
fn is_swapped(a: &[u8], b: &[u8]) -> bool {
    let apart: Vec<usize> = (0..a.len().min(b.len())).filter(|i| a[*i] != b[*i]).collect();
    matches!(apart[..], [x, y] if a[x] == b[y] && a[y] == b[x])
}

/// How alike two dates are written: 1 where the month or the year alone is another, and all else that both tell is the same; a little
/// less where the day is, as texts name many days of one month; half where only the month or year is left. Of two years 1 where two digits
/// changed places.
pub(super) fn slip_of_date(ours: &Figure, theirs: &Figure) -> f32 {
    let dated = |f: &Figure| f.kind == FigureKind::Date;
    let (Some(a), Some(b)) = (ours.iso.as_deref(), theirs.iso.as_deref()) else { return 0.0 };
    if !dated(ours) || !dated(theirs) || a.len() != b.len() || a == b {
        return 0.0;
    }
    const YEAR: usize = 4;
    if a.len() == YEAR {
        return f32::from(is_swapped(a.as_bytes(), b.as_bytes()));
    }
    let parts: Vec<bool> = a.split('-').zip(b.split('-')).map(|(x, y)| x == y).collect();
    match parts[..] {
        [true, false, true] | [false, true, true] => 1.0,
        [true, true, false] => 0.8,
        [true, false] | [false, true] => 0.5,
        _ => 0.0,
    }
}

/// Whether the same small word stands before two dates: `from 1 May`, *from 1 March*.
pub(super) fn is_led_alike(ours: Framed, theirs: Framed) -> bool {
    let dated = |of: Framed| of.figure().kind == FigureKind::Date;
    let before = |of: Framed| {
        let at = of.place().from.checked_sub(1)?;
        Some(of.word(at)).filter(|w| w.sentence == of.place().sentence).map(|w| w.key)
    };
    dated(ours) && dated(theirs) && before(ours).is_some() && before(ours) == before(theirs)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::compare::tests::figure;

    #[test]
    fn slips_of_the_pen() {
        let number = |value: &str| figure(FigureKind::Number, value);
        for (ours, theirs, pen, digit) in [
            ("6410", "6140", 1.0, 0.0),
            ("53", "35", 1.0, 0.0),
            ("4280", "4290", 2.0 / 3.0, 0.0),
            ("37", "27", 1.0 / 3.0, 0.0),
            ("37", "52", 0.0, 0.0),
            ("4600", "46000", 0.0, 1.0),
            ("16", "6", 0.0, 0.48),
            ("9", "6", 0.0, 0.0),
        ] {
            let (a, b) = (number(ours), number(theirs));
            assert!((slip_of_pen(&a, &b) - pen).abs() < 1e-5, "{ours} {theirs}");
            assert!((slip_of_digit(&a, &b) - digit).abs() < 1e-5, "{ours} {theirs}");
            assert!((slip_of_digit(&b, &a) - digit).abs() < 1e-5, "{ours} {theirs}");
        }
    }
}
