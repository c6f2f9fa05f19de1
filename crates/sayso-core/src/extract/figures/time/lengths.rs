//! Lengths of time as TIMEX3 writes them.

use rust_decimal::Decimal;

/// `P3M`, `PT36H`, `P2Y6M`, `P20Y` for decades.
pub(in crate::extract::figures) fn iso(value: Decimal, letter: &str) -> String {
    let (scaled, letter) = match letter {
        "E" => (value.checked_mul(Decimal::TEN), "Y"),
        "C" => (value.checked_mul(Decimal::ONE_HUNDRED), "Y"),
        "L" => (value.checked_mul(Decimal::ONE_THOUSAND), "Y"),
        "F" => (value.checked_mul(Decimal::TWO), "W"),
        "N" => (Some(value), "WE"),
        other => (Some(value), other),
    };
    let value = scaled.unwrap_or(value).normalize();
    let whole = value.trunc();
    let half = value.fract();
    let finer = |unit: &str, per: i64| -> Option<String> {
        let part = half.checked_mul(Decimal::from(per))?;
        part.fract().is_zero().then(|| format!("{}{unit}", part.normalize()))
    };
    if !half.is_zero() {
        let parts = match letter {
            "Y" => finer("M", 12).map(|part| (format!("P{whole}Y{part}"), format!("P{part}"))),
            "TH" => finer("M", 60).map(|part| (format!("PT{whole}H{part}"), format!("PT{part}"))),
            "TM" => finer("S", 60).map(|part| (format!("PT{whole}M{part}"), format!("PT{part}"))),
            _ => None,
        };
        if let Some((both, alone)) = parts {
            return if whole.is_zero() { alone } else { both };
        }
    }
    match letter.strip_prefix('T') {
        Some(clock) => format!("PT{value}{clock}"),
        None => format!("P{value}{letter}"),
    }
}

/// `PXD`
pub(super) fn vague(letter: &str) -> String {
    match letter.strip_prefix('T') {
        Some(clock) => format!("PTX{clock}"),
        None => format!("PX{letter}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_in_iso() {
        for (value, letter, expected) in [
            ("3", "M", "P3M"),
            ("24", "TH", "PT24H"),
            ("2.5", "Y", "P2Y6M"),
            ("1.5", "TM", "PT1M30S"),
            ("2", "E", "P20Y"),
            ("0.5", "TH", "PT30M"),
        ] {
            assert_eq!(iso(value.parse().unwrap(), letter), expected);
        }
    }
}
