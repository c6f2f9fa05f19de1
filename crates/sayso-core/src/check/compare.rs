//! Two figures side by side, in exact decimal arithmetic. A number as written stands for an interval: `79%` for all
//! that rounds to it, `at least 40` for all from 40 on, `about 300` for what is near. Two figures agree where the
//! intervals do as news would have it, and the relation says how.

use super::Relation;
use super::marks::{self, Mark};
use crate::extract::{Figure, FigureKind, Op};
use rust_decimal::Decimal;

/// How two figures stand to one another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Comparison {
    pub relation: Relation,
    /// Whether the source states what the coverage says.
    pub agrees: bool,
}

/// `factor` brings the second figure into the unit of the first. None where one of them has no value to compare.
pub(super) fn compare(ours: &Figure, theirs: &Figure, factor: Decimal) -> Option<Comparison> {
    judge(ours, theirs, factor, |_| ())
}

/// The arithmetic of a comparison, as text. Few of those that are made are shown.
pub(super) fn arithmetic(ours: &Figure, theirs: &Figure, factor: Decimal) -> String {
    let mut out = String::new();
    judge(ours, theirs, factor, |text| out = text());
    out
}

/// Compares two figures, and gives the text for that to `show`.
fn judge(
    ours: &Figure,
    theirs: &Figure,
    factor: Decimal,
    mut show: impl FnMut(&dyn Fn() -> String),
) -> Option<Comparison> {
    if matches!(ours.kind, FigureKind::Date | FigureKind::Time) || theirs.kind == FigureKind::Date {
        return dates(ours, theirs, show);
    }
    let claimed = ours.value?;
    if let Some(slip) = unit_slip(ours, theirs, factor, &mut show) {
        return slip;
    }
    let scale = |v: Decimal| v.checked_mul(factor);
    let (low, high) = (scale(theirs.value?)?, theirs.high.and_then(scale));
    let stated = || match theirs.value.filter(|_| factor != Decimal::ONE) {
        None => low.normalize().to_string(),
        Some(value) => format!("{} × {} = {}", value.normalize(), short(factor), short(low)),
    };
    let mut told = |relation, agrees, text: &dyn Fn() -> String| {
        show(text);
        Some(Comparison { relation, agrees })
    };
    if let Some(our_high) = ours.high {
        let same = claimed == low && Some(our_high) == high;
        let (relation, sign) = if same { (Relation::Equal, "=") } else { (Relation::Differs, "≠") };
        let stated = || high.map_or_else(stated, |h| format!("{}–{}", stated(), h.normalize()));
        return told(relation, same, &|| {
            format!("{}–{} {sign} {}", claimed.normalize(), our_high.normalize(), stated())
        });
    }
    // One end of a range is what headlines like best: `up to 40` of 30 to 40.
    let at_end = high.is_some_and(|h| h == claimed) || low == claimed;
    // But `more than 40` is none.
    let beyond = high.is_some_and(|high| match ours.op {
        Op::More | Op::AtLeast => claimed == high,
        Op::Less | Op::AtMost => claimed == low,
        Op::Equal | Op::About | Op::Range => false,
    });
    if at_end && beyond {
        return told(Relation::WithinBound, false, &|| {
            format!("{} {} at the end of {}", sign_of(ours.op), claimed.normalize(), stated())
        });
    }
    if at_end {
        let relation = match () {
            () if !is_plain(ours) || is_plain(theirs) => Relation::Equal,
            () if matches!(theirs.op, Op::About | Op::Equal | Op::Range) => Relation::HedgeDropped,
            () => Relation::BoundDropped,
        };
        return told(relation, true, &|| format!("{} = {}", claimed.normalize(), stated()));
    }
    if let Some(high) = high {
        let inside = low < claimed && claimed < high;
        let relation = if inside { Relation::WithinBound } else { Relation::Differs };
        let sign = if inside { "in" } else { "not in" };
        return told(relation, false, &|| format!("{} {sign} {}–{}", claimed.normalize(), stated(), high.normalize()));
    }
    if is_some_or_many(theirs) {
        let inside = low <= claimed && low.checked_mul(Decimal::TEN).is_none_or(|end| claimed < end);
        let (relation, sign) = if inside { (Relation::WithinBound, "≥") } else { (Relation::Differs, "≠") };
        return told(relation, false, &|| format!("{} {sign} {}", claimed.normalize(), stated()));
    }
    if let Some(relation) = bounded(ours, claimed, low) {
        return told(relation, true, &|| format!("{} {} {}", stated(), sign_of(ours.op), claimed.normalize()));
    }
    // A converted value has no last place of its own.
    let precision = theirs.precision.filter(|_| factor == Decimal::ONE);
    let converted;
    let theirs = match factor == Decimal::ONE {
        true => theirs,
        false => {
            converted = scaled(theirs, factor);
            &converted
        }
    };
    if rounds(ours, claimed, low, precision) || is_cut(ours, claimed, low, precision) {
        return told(Relation::Rounded, true, &|| format!("{} ≈ {}", claimed.normalize(), stated()));
    }
    if stands_for_near_ones(theirs, claimed, low) && rounds(theirs, low, claimed, ours.precision) {
        return told(Relation::Rounded, true, &|| format!("{} ≈ {}", claimed.normalize(), stated()));
    }
    // `Up to 15 minutes` is another limit than *up to 50 minutes*.
    let limit = |figure: &Figure| matches!(figure.op, Op::Less | Op::AtMost);
    if limit(ours) && limit(theirs) {
        return told(Relation::Differs, false, &|| format!("{} ≠ {}", claimed.normalize(), stated()));
    }
    // `More than 300` is true of 400, too, though little is said by it.
    if holds(ours, claimed, low) && claimed.checked_mul(Decimal::from(5)).is_none_or(|end| low < end) {
        return told(Relation::WithinBound, false, &|| {
            format!("{} {} {}", stated(), sign_of(ours.op), claimed.normalize())
        });
    }
    // `At least five` leaves six open: neither stated nor denied.
    if let Some(sign) = leaves_open(ours, theirs, claimed, low) {
        return told(Relation::WithinBound, false, &|| format!("{} {sign} {}", claimed.normalize(), stated()));
    }
    // `3.4 million` may be 3.45 cut off: the source says less than the coverage, and nothing else.
    if is_cut(theirs, low, claimed, ours.precision) {
        return told(Relation::WithinBound, false, &|| format!("{} ≈ {}", claimed.normalize(), stated()));
    }
    // The source's may be the coverage's, rounded.
    if is_round(theirs) && rounds(theirs, low, claimed, ours.precision) {
        return told(Relation::WithinBound, false, &|| format!("{} ≈ {}", claimed.normalize(), stated()));
    }
    told(Relation::Differs, false, &|| format!("{} ≠ {}", claimed.normalize(), stated()))
}

/// Whether a number is so round that it may stand for another: *21,000* for 20,914.
fn is_round(figure: &Figure) -> bool {
    const DIGITS: usize = 2;
    figure.value.is_some_and(|value| value >= Decimal::ONE_THOUSAND) && digits(figure) <= DIGITS
}

/// A figure with its last place in another unit: `about 61 percent` as a part of one is exact to a hundredth.
fn scaled(figure: &Figure, factor: Decimal) -> Figure {
    let precision = figure.precision.and_then(|place| place.checked_mul(factor));
    Figure { precision, ..figure.clone() }
}

/// Whether a bound of the source leaves a value open, and the sign for it: as far as a fifth of it, beyond that it is another.
fn leaves_open(ours: &Figure, theirs: &Figure, claimed: Decimal, low: Decimal) -> Option<&'static str> {
    let within = || claimed.checked_sub(low).is_some_and(|off| off.abs() <= low.abs() * Decimal::new(2, 1));
    // `Over 26 million` and `over 20 million` can both be true.
    let both = |floor: bool| match (ours.op, floor) {
        (Op::More | Op::AtLeast, true) | (Op::Less | Op::AtMost, false) => true,
        _ => within(),
    };
    match theirs.op {
        Op::More | Op::AtLeast if claimed > low => Some(sign_of(theirs.op)).filter(|_| both(true)),
        Op::Less | Op::AtMost if claimed < low => Some(sign_of(theirs.op)).filter(|_| both(false)),
        _ => None,
    }
}

/// The same number of another unit: `22 miles` of 22 kilometres, `$5 million` of €5 million, `1.3 percent` of 1.3
/// percentage points. `Some(None)` where the units cannot be compared and the numbers are not the same.
fn unit_slip(
    ours: &Figure,
    theirs: &Figure,
    factor: Decimal,
    show: &mut impl FnMut(&dyn Fn() -> String),
) -> Option<Option<Comparison>> {
    let share = |f: &Figure| f.kind == FigureKind::Percent;
    let points = share(ours) && is_points(theirs) || is_points(ours) && share(theirs);
    let (one, two) = (unit(ours, points)?, unit(theirs, points)?);
    let priced = ours.kind == FigureKind::Money && theirs.kind == FigureKind::Money;
    let shares = points || share(ours) && share(theirs);
    if one == two || !(priced || shares || factor != Decimal::ONE) {
        return None;
    }
    if ours.value != theirs.value || ours.high != theirs.high {
        return if priced || shares { Some(None) } else { None };
    }
    let value = ours.value?;
    show(&|| {
        let name = |f: &Figure, code: &str| f.unit_name.as_deref().unwrap_or(code).to_owned();
        let written = value.normalize();
        let mut text = format!("{written} {} ≠ {written} {}", name(ours, one), name(theirs, two));
        if let Some(converted) = Some(value).filter(|_| factor != Decimal::ONE).and_then(|v| v.checked_mul(factor)) {
            text += &format!(" = {} {}", short(converted), name(ours, one));
        }
        text
    });
    Some(Some(Comparison { relation: Relation::UnitDiffers, agrees: false }))
}

/// The code of a figure's unit; of points that may be those of a percentage, theirs.
fn unit(figure: &Figure, points: bool) -> Option<&str> {
    if points && is_points(figure) { Some(POINTS) } else { figure.unit.as_deref() }
}

/// The code of percentage points.
const POINTS: &str = "percentage-point";

/// A computed number to seven places, as arithmetic shows it.
pub(super) fn short(value: Decimal) -> Decimal {
    const PLACES: u32 = 7;
    value.round_sf(PLACES).unwrap_or(value).normalize()
}

/// Whether two values are the same digits on another scale: `€1.6 billion` of €1.6 million.
pub(super) fn scale_slip(ours: &Figure, theirs: &Figure) -> Option<Decimal> {
    let (a, b) = (ours.value?.abs(), theirs.value?.abs());
    let (small, large) = if a < b { (a, b) } else { (b, a) };
    if small.is_zero() || ours.high.is_some() || theirs.high.is_some() {
        return None;
    }
    let factor = large.checked_div(small)?;
    let thousands = [Decimal::ONE_THOUSAND, Decimal::from(1_000_000), Decimal::from(1_000_000_000)];
    thousands.contains(&factor).then_some(factor)
}

/// Whether what the source states lies inside the bound of the coverage, and near enough to be meant by it: `more than
/// 40` of 43, not of 430.
fn bounded(ours: &Figure, claimed: Decimal, stated: Decimal) -> Option<Relation> {
    if !holds(ours, claimed, stated) {
        return None;
    }
    let reach = match is_fraction(ours) {
        true => claimed.abs() / Decimal::from(4),
        false => {
            // `More than 300` of up to 400: the next number that is as round.
            let round = if claimed.is_integer() { last_place(claimed) } else { Decimal::ONE };
            let place = ours.precision.unwrap_or(Decimal::ONE).max(round.min(claimed.abs() / Decimal::TWO));
            place.max(claimed.abs() / Decimal::TEN)
        }
    };
    ((stated - claimed).abs() <= reach).then_some(Relation::WithinBound)
}

/// Whether a value lies inside the bound of the coverage.
fn holds(ours: &Figure, claimed: Decimal, stated: Decimal) -> bool {
    match ours.op {
        Op::More => stated > claimed,
        Op::AtLeast => stated >= claimed,
        Op::Less => stated < claimed,
        Op::AtMost => stated <= claimed,
        Op::Equal | Op::About | Op::Range => false,
    }
}

/// Whether a number is no number, but a size: `dozens`, `several thousand`. It lies from its value on, below ten times that.
pub(super) fn is_some_or_many(figure: &Figure) -> bool {
    figure.op == Op::AtLeast && figure.hedge.is_none() && figure.precision == figure.value
}

/// Whether a source that says `low` can mean `claimed`: `about 280` can be 278, `at least 280` can be 283, and `at least five`
/// is no six.
fn stands_for_near_ones(theirs: &Figure, claimed: Decimal, low: Decimal) -> bool {
    let round = low.is_integer() && last_place(low) > Decimal::ONE;
    match theirs.op {
        Op::About | Op::Range => true,
        Op::Equal => false,
        Op::More | Op::AtLeast => round && claimed > low,
        Op::Less | Op::AtMost => round && claimed < low,
    }
}

/// Whether `rough` is `exact` with its last decimals cut off, as indices and amounts are told: `315 points` of 315.79.
fn is_cut(rough: &Figure, value: Decimal, exact: Decimal, exact_precision: Option<Decimal>) -> bool {
    /// So much in a hundred may be lost.
    const LOST: i64 = 4;
    let (Some(place), Some(finer)) = (rough.precision, exact_precision) else { return false };
    let rest = exact.abs() - value.abs();
    let allowed = || exact.abs().checked_div(Decimal::from(100 / LOST)).unwrap_or_default();
    let alike = exact.is_sign_negative() == value.is_sign_negative() && finer < place;
    is_plain(rough) && alike && rest >= Decimal::ZERO && rest < place && rest <= allowed()
}

/// Whether `exact` rounds to `rough` in the last place that `rough` writes. Zeros that end a whole number (`204,000`)
/// may be such places, as far as that makes little of the value; a hedge doubles what is let pass.
fn rounds(rough: &Figure, value: Decimal, exact: Decimal, exact_precision: Option<Decimal>) -> bool {
    if is_fraction(rough) {
        // `Two thirds` is said of what lies within a hundredth or so of it.
        let reach = if is_plain(rough) { Decimal::new(12, 3) } else { Decimal::new(25, 3) };
        return (value - exact).abs() <= reach;
    }
    let written = rough.precision.unwrap_or(Decimal::ONE);
    let zeros = if value.is_integer() && written >= Decimal::ONE { last_place(value) } else { written };
    if exact_precision.is_some_and(|p| p > written.max(zeros)) {
        return false;
    }
    let part = |percent: i64| value.abs() * Decimal::new(percent, 2);
    let off = (value - exact).abs();
    // `3 million` never rounds from less than three quarters of it.
    if off > part(25) {
        return false;
    }
    let reach = match is_plain(rough) {
        true => (written / Decimal::TWO).max(part(5).min(zeros / Decimal::TWO)),
        false => (written / Decimal::TWO).max(part(10).min(zeros)),
    };
    off <= reach
}

/// Whether a figure is a part of one: `a third`, `eight in ten`.
pub(super) fn is_fraction(figure: &Figure) -> bool {
    // A number without decimals is none.
    let small = figure.value.is_some_and(|v| v.scale() > 0 && v > Decimal::ZERO && v < Decimal::ONE);
    small && figure.high.is_none() && matches!(figure.kind, FigureKind::Number | FigureKind::Ratio)
}

/// Whether it is a number of points, which may be those of a percentage.
pub(super) fn is_points(figure: &Figure) -> bool {
    figure.kind == FigureKind::Number && marks::lemma_is(figure.noun_lemma.as_deref(), Mark::Point)
}

/// The last place of a whole number that holds no zero; 1 for a fraction.
fn last_place(value: Decimal) -> Decimal {
    /// No place is further up.
    const MOST: u32 = 12;
    let (mut rest, scale, mut zeros) = (value.mantissa().unsigned_abs(), value.scale(), 0);
    while let Some(less) = tenth(rest).filter(|_| rest != 0 && zeros < MOST + scale) {
        (rest, zeros) = (less, zeros + 1);
    }
    Decimal::from(10u64.pow(zeros.saturating_sub(scale)))
}

const fn sign_of(op: Op) -> &'static str {
    match op {
        Op::Equal => "=",
        Op::About => "≈",
        Op::Less => "<",
        Op::AtMost => "≤",
        Op::More => ">",
        Op::AtLeast => "≥",
        Op::Range => "in",
    }
}

/// Whether two dates that do not meet exclude one another: both are days, months, quarters, seasons; or one is a month, the other a day
/// of another. A month lies in no season or quarter for sure.
fn are_of_one_grain(ours: &str, theirs: &str) -> bool {
    const MONTH: usize = 7;
    let by =
        |iso: &str| iso.bytes().find(u8::is_ascii_alphabetic).map(|letter| if letter == b'F' { b'S' } else { letter });
    let calendar = by(ours).is_none() && by(theirs).is_none();
    let months = || ours.len().min(theirs.len()) == MONTH && ours.get(..MONTH) != theirs.get(..MONTH);
    ours.len() == theirs.len() && by(ours) == by(theirs) || calendar && months()
}

/// Dates agree where one names the other's day, month or year: the coverage may say less than the source.
fn dates(ours: &Figure, theirs: &Figure, mut show: impl FnMut(&dyn Fn() -> String)) -> Option<Comparison> {
    /// A century or decade covers so much that it says nothing of a day.
    const YEAR: usize = 4;
    let year;
    let ours = match (&ours.iso, ours.value) {
        (Some(iso), _) => iso.as_str(),
        (None, Some(value)) if value >= Decimal::ONE_THOUSAND && value.is_integer() => {
            year = value.normalize().to_string();
            &year
        }
        _ => return None,
    };
    let named;
    let theirs = match (&theirs.iso, theirs.value) {
        (Some(iso), _) => iso.as_str(),
        (None, Some(value)) if ours.len() == 4 && value >= Decimal::ONE_THOUSAND && value.is_integer() => {
            named = value.normalize().to_string();
            &named
        }
        _ => return None,
    };
    let mut told = |relation, agrees, sign: &str| {
        show(&|| format!("{ours} {sign} {theirs}"));
        Some(Comparison { relation, agrees })
    };
    if ours == theirs {
        told(Relation::Equal, true, "=")
    } else if theirs.starts_with(ours) && ours.len() >= YEAR {
        told(Relation::Rounded, true, "covers")
    } else if are_of_one_grain(ours, theirs) {
        told(Relation::Differs, false, "≠")
    } else {
        None
    }
}

/// Whether a figure is given without a bound or hedge.
pub(super) const fn is_plain(figure: &Figure) -> bool {
    matches!(figure.op, Op::Equal) && figure.hedge.is_none()
}

/// How many digits a value has that are not zeros at its ends: 3 for `$1.35 million`.
pub(super) fn digits(figure: &Figure) -> usize {
    let Some(value) = figure.value.filter(|_| figure.kind != FigureKind::Ratio) else { return 0 };
    significant_digits(value).checked_ilog10().map_or(0, |last| last as usize + 1)
}

/// The digits of a value without zeros at its ends: `135` for `$1.35 million`.
pub(super) fn significant(value: Decimal) -> String {
    match significant_digits(value) {
        0 => String::new(),
        digits => digits.to_string(),
    }
}

/// The same as a number; 0 for none.
fn significant_digits(value: Decimal) -> u128 {
    let mut rest = value.mantissa().unsigned_abs();
    while let Some(less) = tenth(rest).filter(|_| rest != 0) {
        rest = less;
    }
    rest
}

/// A tenth of a number, where that is a whole one. Numbers that fill more than 64 bits are rare, and slow to divide.
fn tenth(number: u128) -> Option<u128> {
    match u64::try_from(number) {
        Ok(number) => number.is_multiple_of(10).then_some(u128::from(number / 10)),
        Err(_) => number.is_multiple_of(10).then_some(number / 10),
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A bare figure as tests need it.
    pub(in crate::check) fn figure(kind: FigureKind, value: &str) -> Figure {
        let value: Decimal = value.parse().unwrap();
        Figure {
            value: Some(value),
            precision: Some(Decimal::new(1, value.scale())),
            ..Figure::new(kind, Default::default(), Default::default())
        }
    }

    fn with(op: Op, value: &str) -> Figure {
        Figure { op, ..figure(FigureKind::Number, value) }
    }

    #[test]
    fn relations() {
        use Op::{About, AtLeast, Equal, Less, More};
        use Relation::{BoundDropped, Differs, HedgeDropped, Rounded, WithinBound};
        for (ours, theirs, relation, agrees) in [
            (with(Equal, "14"), with(Equal, "14"), Relation::Equal, true),
            (with(Equal, "14"), with(AtLeast, "14"), BoundDropped, true),
            (with(AtLeast, "14"), with(AtLeast, "14"), Relation::Equal, true),
            (with(Equal, "300"), with(About, "300"), HedgeDropped, true),
            (with(Equal, "3.2"), with(Equal, "3.17"), Rounded, true),
            (with(Equal, "1300000"), with(Equal, "1346350"), Rounded, true),
            (with(Equal, "1300000"), with(Equal, "1396350"), Differs, false),
            (with(More, "40000"), with(Equal, "40312"), WithinBound, true),
            (with(More, "40000"), with(Equal, "400312"), Differs, false),
            (with(Less, "50"), with(Equal, "48"), WithinBound, true),
            // The source says less than the coverage: not stated, but not `about 280` either.
            (with(Equal, "278"), with(About, "280"), Rounded, true),
            (with(Equal, "278"), with(Equal, "280"), Differs, false),
            (with(Equal, "13"), with(Equal, "14"), Differs, false),
            // Cut off, not rounded; but not where much is lost.
            (with(Equal, "315"), with(Equal, "315.79"), Rounded, true),
            (with(Equal, "5.2"), with(Equal, "5.29"), Rounded, true),
            (with(Equal, "1"), with(Equal, "1.9"), Differs, false),
            (with(Equal, "316"), with(Equal, "315.2"), Differs, false),
            // A bound lets pass what lies inside it, and no other small number.
            (with(Equal, "6"), with(AtLeast, "5"), WithinBound, false),
            (with(Equal, "60"), with(AtLeast, "5"), Differs, false),
            (with(Less, "15"), with(Less, "50"), Differs, false),
            (with(Equal, "283"), with(AtLeast, "280"), Rounded, true),
            (with(Equal, "277"), with(AtLeast, "280"), Differs, false),
        ] {
            let got = compare(&ours, &theirs, Decimal::ONE).unwrap();
            assert_eq!((got.relation, got.agrees), (relation, agrees), "{}", arithmetic(&ours, &theirs, Decimal::ONE));
        }
    }

    #[test]
    fn dozens_are_no_twelve() {
        let dozens = Figure { op: Op::AtLeast, precision: Some(Decimal::from(12)), ..figure(FigureKind::Number, "12") };
        for (ours, relation) in [("52", Relation::WithinBound), ("12", Relation::Equal), ("400", Relation::Differs)] {
            let got = compare(&with(Op::Equal, ours), &dozens, Decimal::ONE).unwrap();
            assert!(got.relation == relation || ours == "12" && got.agrees, "{ours}: {got:?}");
        }
    }

    #[test]
    fn ranges_and_dates() {
        let range = Figure { high: Some(Decimal::from(40)), op: Op::Range, ..figure(FigureKind::Number, "30") };
        assert!(compare(&with(Op::AtMost, "40"), &range, Decimal::ONE).unwrap().agrees);
        assert!(!compare(&with(Op::Equal, "35"), &range, Decimal::ONE).unwrap().agrees);
        let date = |iso: &str| Figure { value: None, iso: Some(iso.into()), ..figure(FigureKind::Date, "0") };
        assert!(compare(&date("2021"), &date("2021-03-04"), Decimal::ONE).unwrap().agrees);
        assert!(!compare(&date("2021"), &date("2022"), Decimal::ONE).unwrap().agrees);
        assert_eq!(compare(&date("2021-03"), &date("2021"), Decimal::ONE), None);
    }

    #[test]
    fn units_are_converted_and_shown() {
        let [ours, theirs] = ["8", "5"].map(|value| figure(FigureKind::Quantity, value));
        let factor = "1.609344".parse().unwrap();
        assert_eq!(compare(&ours, &theirs, factor).unwrap().relation, Relation::Rounded);
        assert_eq!(arithmetic(&ours, &theirs, factor), "8 ≈ 5 × 1.609344 = 8.04672");
    }

    proptest! {
        #[test]
        fn what_is_rounded_agrees(value in 1_000i64..10_000_000, places in 1u32..3) {
            let unit = 10i64.pow(places);
            let rounded = (value + unit / 2) / unit * unit;
            let got = compare(&with(Op::Equal, &rounded.to_string()), &with(Op::Equal, &value.to_string()), Decimal::ONE).unwrap();
            prop_assert!(got.agrees, "{got:?}");
        }

        #[test]
        fn what_lies_further_off_does_not(value in 10_000i64..10_000_000, off in 1i64..9) {
            // The last digit written is 1 to 9, so that no place is rounded away.
            let exact = value / 10 * 10 + off;
            let got = compare(&with(Op::Equal, &(exact + 1).to_string()), &with(Op::Equal, &exact.to_string()), Decimal::ONE).unwrap();
            prop_assert_eq!(got.agrees, false);
        }
    }
}
