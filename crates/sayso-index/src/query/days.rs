//! Dates in a query: a year, a month, a day, or a range of them. `2018` is the whole year, `[2018-03 TO 2019]` runs
//! from the first of March to the last of December, and `2018..` has no end.

use jiff::civil::Date;

/// The first and last day of a date or range. An error states what was found and at which byte.
pub(crate) fn range(text: &str) -> Result<(Option<Date>, Option<Date>), (usize, String)> {
    let inside = text.strip_prefix('[').and_then(|t| t.strip_suffix(']'));
    let (from, to, at) = match inside {
        Some(inside) => {
            let Some((from, to)) = inside.split_once(" TO ") else {
                return Err((0, "a range without TO".to_owned()));
            };
            (from, to, text.len() - to.len() - 1)
        }
        None => match text.split_once("..") {
            Some((from, to)) => (from, to, text.len() - to.len()),
            None => (text, text, 0),
        },
    };
    let open = |part: &str| matches!(part.trim(), "" | "*");
    if open(from) && open(to) {
        return Err((0, "a range without an end".to_owned()));
    }
    let wrong = |part: &str| format!("`{}`, which is no day", part.trim());
    let first = if open(from) {
        None
    } else {
        Some(day_range(from).ok_or_else(|| (usize::from(inside.is_some()), wrong(from)))?.0)
    };
    let last = if open(to) { None } else { Some(day_range(to).ok_or_else(|| (at, wrong(to)))?.1) };
    match (first, last) {
        (Some(first), Some(last)) if first > last => Err((0, "a range whose end is before its beginning".to_owned())),
        _ => Ok((first, last)),
    }
}

/// The first and the last day of `2018`, `2018-03` or `2018-03-31`. `None` for any other text.
pub fn day_range(text: &str) -> Option<(Date, Date)> {
    let mut parts = text.trim().split('-');
    let mut number = |digits: usize| -> Option<Option<i16>> {
        let Some(part) = parts.next() else { return Some(None) };
        let fits = part.len() == digits && part.bytes().all(|b| b.is_ascii_digit());
        if fits { part.parse().ok().map(Some) } else { None }
    };
    let (year, month, day) = (number(4)??, number(2)?, number(2)?);
    if parts.next().is_some() {
        return None;
    }
    match (month, day) {
        (None, _) => Some((Date::new(year, 1, 1).ok()?, Date::new(year, 12, 31).ok()?)),
        (Some(month), None) => {
            let first = Date::new(year, i8::try_from(month).ok()?, 1).ok()?;
            Some((first, first.last_of_month()))
        }
        (Some(month), Some(day)) => {
            let date = Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
            Some((date, date))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges() {
        for (text, from, to) in [
            ("2018", "2018-01-01", "2018-12-31"),
            ("2020-02", "2020-02-01", "2020-02-29"),
            ("2018-03-05", "2018-03-05", "2018-03-05"),
            ("[2018 TO 2019]", "2018-01-01", "2019-12-31"),
            ("[* TO 2019-06]", "", "2019-06-30"),
            ("2018..", "2018-01-01", ""),
            ("2018-05..2018-06-02", "2018-05-01", "2018-06-02"),
        ] {
            let day = |text: &str| (!text.is_empty()).then(|| text.parse::<Date>().unwrap());
            assert_eq!(range(text), Ok((day(from), day(to))), "{text}");
        }
        for (text, at) in [
            ("May", 0),
            ("2018-13", 0),
            ("[2018 2019]", 0),
            ("[2018 TO now]", 9),
            ("2018..x", 6),
            ("..", 0),
            ("2019..2018", 0),
        ] {
            assert_eq!(range(text).unwrap_err().0, at, "{text}");
        }
    }
}
