//! Dates as sources write them, to ISO 8601 where only one reading is possible.
//!
//! ISO 8601 stays as it is; `Tue, 03 Mar 2026 09:15:00 +0100` (RFC 2822), `March 3, 2026`, `3 Mar. 2026`, `2026/03/03`,
//! `20260303` and `25/12/2026` are turned; `03/04/2026` could be two days and is refused.

use jiff::civil::Date;

/// The ISO form, or `None` where the date cannot be told for sure. Linear in the length.
pub(super) fn iso(written: &str) -> Option<String> {
    let written = written.trim();
    if is_iso(written) {
        return Some(written.to_string());
    }
    if let Some((day, time)) = compact(written) {
        return Some(format!("{day}T{}:{}:{}Z", &time[..2], &time[2..4], &time[4..6]));
    }
    if let Ok(time) = jiff::fmt::rfc2822::parse(written) {
        return Some(time.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string());
    }
    let numbers = |sep: char| {
        written.split(sep).map(|n| n.parse::<i16>().ok().filter(|_| n.len() <= 4)).collect::<Option<Vec<_>>>()
    };
    let date = if written.len() == 8 && written.bytes().all(|b| b.is_ascii_digit()) {
        day(written[..4].parse().ok()?, written[4..6].parse().ok()?, written[6..].parse().ok()?)
    } else if let Some(parts) = ['/', '.', '-'].into_iter().find_map(|s| numbers(s).filter(|p| p.len() == 3)) {
        match parts[..] {
            [y, m, d] if y > 999 => day(y, m, d),
            [a, b, y] if y > 999 && a > 12 => day(y, b, a),
            [a, b, y] if y > 999 && b > 12 => day(y, a, b),
            [a, b, y] if y > 999 && a == b => day(y, a, b),
            _ => None,
        }
    } else {
        in_words(written)
    };
    date.map(|d| d.to_string())
}

/// The instant at which the template of python-docx was made: every file that it writes says so, whenever it was written.
const TEMPLATE: &str = "2013-12-23T23:15:00Z";
/// So many lines at the beginning of a text may be a date's; such a line, and a dateline, has so many letters at most.
const LINES: usize = 12;
const LONGEST: usize = 90;

/// The date of a document in a file that says when it was saved (`changed`) and made (`created`). Both are weak: a form
/// was made years before it was filled in, and a page may be printed long after it was published. So a day that the text
/// itself prints goes first, then the last saving.
pub(super) fn of_file(text: &str, changed: Option<String>, created: Option<String>) -> Option<String> {
    printed(text).or_else(|| [changed, created].into_iter().flatten().find(|date| date != TEMPLATE))
}

/// The day that the first lines of a text print: as a line of its own, behind a label (`Issued: 3 March 2026`), behind a
/// place (`Ostrelle, 3 March 2026`), or in a dateline. A day inside a sentence is none. Linear in the first lines.
fn printed(text: &str) -> Option<String> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.take(LINES).find_map(|line| {
        let heads = [" — ", " – ", " -- "].iter().filter_map(|dash| line.split_once(dash)).map(|(head, _)| head);
        let dateline = heads.min_by_key(|head| head.len()).filter(|head| head.len() <= LONGEST && is_capitals(head));
        match dateline {
            // The agency stands in brackets behind the day.
            Some(head) => behind_a_comma(head.split('(').next().unwrap_or_default()),
            None if line.len() <= LONGEST => whole_day(line).or_else(|| labelled(line)).or_else(|| placed(line)),
            None => None,
        }
    })
}

/// A day and nothing else. Digits alone may be any number.
fn whole_day(written: &str) -> Option<String> {
    let written = written.trim().trim_end_matches('.');
    let signs = written.chars().any(|c| !c.is_ascii_digit());
    // A word with a colon is a label, or a time.
    let label =
        written.split_whitespace().any(|word| word.contains(':') && !word.contains(|c: char| c.is_ascii_digit()));
    iso(written).filter(|date| signs && !label && date.len() >= 10)
}

/// A day behind a word that says what it is the day of.
fn labelled(line: &str) -> Option<String> {
    const LABELS: [&str; 12] = [
        "date",
        "dated",
        "day",
        "issued",
        "issued on",
        "published",
        "published on",
        "posted",
        "posted on",
        "release date",
        "date of issue",
        "date of publication",
    ];
    let (label, rest) = line.split_once(':')?;
    let label = label.trim().to_lowercase();
    LABELS.contains(&label.as_str()).then(|| whole_day(rest)).flatten()
}

/// A day behind a place of a few words, each with a capital.
fn placed(line: &str) -> Option<String> {
    let (place, _) = line.split_once(MARKS)?;
    let words: Vec<&str> = place.split_whitespace().collect();
    let named = words.len() <= 4 && words.iter().all(|word| word.chars().next().is_some_and(char::is_uppercase));
    named.then(|| behind_a_comma(line)).flatten()
}

/// What stands between a place and a day.
const MARKS: [char; 3] = [',', '|', '·'];

/// The day that is all of what follows one of [`MARKS`].
fn behind_a_comma(line: &str) -> Option<String> {
    line.match_indices(MARKS).find_map(|(at, mark)| whole_day(&line[at + mark.len()..]))
}

/// Whether a text begins with a word in capitals, as the place of a dateline.
fn is_capitals(text: &str) -> bool {
    let word = text.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    word.chars().count() > 1 && word.chars().all(char::is_uppercase)
}

/// `20260303T091500Z`, of ISO 8601 without its marks.
fn compact(written: &str) -> Option<(Date, &str)> {
    let (date, time) = written.strip_suffix('Z')?.split_once('T')?;
    let digits = |s: &str, n: usize| s.len() == n && s.bytes().all(|b| b.is_ascii_digit());
    if !digits(date, 8) || !digits(time, 6) {
        return None;
    }
    day(date[..4].parse().ok()?, date[4..6].parse().ok()?, date[6..].parse().ok()?).map(|day| (day, time))
}

/// `2026`, `2026-03`, `2026-03-03`, and the last with a time after `T` or a space.
fn is_iso(s: &str) -> bool {
    let bytes = s.as_bytes();
    let digits = |from: usize, to: usize| bytes.get(from..to).is_some_and(|b| b.iter().all(u8::is_ascii_digit));
    match bytes.len() {
        4 => digits(0, 4),
        7 => digits(0, 4) && bytes[4] == b'-' && digits(5, 7) && ("01"..="12").contains(&&s[5..]),
        _ => {
            let Some(Ok(_)) = s.get(..10).filter(|_| digits(0, 4)).map(str::parse::<Date>) else { return false };
            bytes.len() == 10
                || matches!(bytes[10], b'T' | b't' | b' ')
                    && digits(11, 13)
                    && bytes[13..].iter().all(|b| b.is_ascii_digit() || b":.,+-Zz ".contains(b))
        }
    }
}

/// A day of the calendar.
fn day(year: i16, month: i16, day: i16) -> Option<Date> {
    Date::new(year, month.try_into().ok()?, day.try_into().ok()?).ok()
}

/// A month's name, a day and a year in any order, with weekday, time and zone around them. Any other word, or a second
/// candidate for a part, refuses.
fn in_words(s: &str) -> Option<Date> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    const AROUND: [&str; 24] = [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "at",
        "on",
        "of",
        "the",
        "am",
        "pm",
        "a",
        "p",
        "m",
        "utc",
        "gmt",
        "est",
        "edt",
        "cst",
        "cdt",
        "pst",
        "pdt",
    ];
    let (mut month, mut date, mut year) = (None, None, None);
    for word in s.split(|c: char| c.is_whitespace() || c == ',').filter(|w| !w.is_empty()) {
        let word = word.trim_end_matches('.').to_lowercase();
        let short =
            |name: &&str| name.starts_with(&word) && word.len() >= 3 || word == "sept" && **name == *"september";
        let number = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let slot = if let Some(m) = MONTHS.iter().position(short) {
            (&mut month, m as i16 + 1)
        } else if word.contains(':') || AROUND.contains(&word.as_str()) || AROUND[..7].iter().any(short) {
            continue;
        } else if number.len() == 4 && number == word {
            (&mut year, number.parse().ok()?)
        } else if (1..=2).contains(&number.len()) && ["", "st", "nd", "rd", "th"].contains(&&word[number.len()..]) {
            (&mut date, number.parse().ok()?)
        } else {
            return None;
        };
        if slot.0.replace(slot.1).is_some() {
            return None;
        }
    }
    day(year?, month?, date?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads_one_reading_only() {
        for (written, wanted) in [
            ("2026-03-03", Some("2026-03-03")),
            ("2026-03", Some("2026-03")),
            ("2026", Some("2026")),
            ("2026-03-03T09:15:00+01:00", Some("2026-03-03T09:15:00+01:00")),
            ("2026-03-03 09:15", Some("2026-03-03 09:15")),
            ("2026-03-03T09:15:00.000Z", Some("2026-03-03T09:15:00.000Z")),
            ("20260303", Some("2026-03-03")),
            ("2026/3/3", Some("2026-03-03")),
            ("Tue, 03 Mar 2026 09:15:00 +0100", Some("2026-03-03T09:15:00+01:00")),
            ("March 3, 2026", Some("2026-03-03")),
            ("Mar. 3rd, 2026", Some("2026-03-03")),
            ("Tuesday, 3 March 2026, 9:15 a.m.", None),
            ("Tuesday, 3 March 2026 at 9:15 am", Some("2026-03-03")),
            ("Sept. 30, 2026", Some("2026-09-30")),
            ("3 May 2026", Some("2026-05-03")),
            ("12/25/2026", Some("2026-12-25")),
            ("25.12.2026", Some("2026-12-25")),
            ("04/04/2026", Some("2026-04-04")),
            ("03/04/2026", None),
            ("3/4/26", None),
            ("2026-02-30", None),
            ("2026-13", None),
            ("March 2026", None),
            ("March 3 or 4, 2026", None),
            ("yesterday", None),
            ("", None),
            ("“”", None),
        ] {
            assert_eq!(iso(written).as_deref(), wanted, "{written}");
        }
    }

    #[test]
    fn a_printed_day_goes_before_the_days_of_the_file() {
        for (text, wanted) in [
            ("No ferry\n\n3 March 2026\n\nThe ferry stays in port.", Some("2026-03-03")),
            ("No ferry\nIssued: Tuesday, 3 March 2026\nThe ferry stays.", Some("2026-03-03")),
            ("No ferry\nCalder Bay, 3 March 2026\nThe ferry stays.", Some("2026-03-03")),
            ("No ferry\n\nCALDER BAY, March 3, 2026 (NRA) — The ferry stays.", Some("2026-03-03")),
            ("OSTRELLE | 3 March 2026", Some("2026-03-03")),
            ("No ferry\nDeadline: 3 March 2026\nThe ferry stays.", None),
            ("No ferry\nThe board met in Calder Bay, 3 March 2026.", None),
            ("The ferry of Calder Bay sank on 3 March 1926.", None),
            ("CALDER BAY, March 3 (NRA) — The ferry stays.", None),
            ("20260303\n2026\nNo ferry", None),
            ("", None),
        ] {
            assert_eq!(printed(text).as_deref(), wanted, "{text}");
        }
        let file = |text: &str, changed: Option<&str>, created: &str| {
            of_file(text, changed.map(str::to_owned), Some(created.to_owned()))
        };
        assert_eq!(file("No ferry.", Some("2026-03-05"), "2026-03-01").as_deref(), Some("2026-03-05"));
        assert_eq!(file("No ferry.", None, "2026-03-01").as_deref(), Some("2026-03-01"));
        assert_eq!(file("3 March 2026", Some("2026-03-05"), "2026-03-01").as_deref(), Some("2026-03-03"));
        assert_eq!(file("No ferry.", Some(TEMPLATE), TEMPLATE), None);
    }

    proptest! {
        #[test]
        fn printed_days_never_panic(text in "(\\PC|\n| — |, |: ){0,60}|[A-Z]{0,5}, [0-9/.: -]{0,12} — .{0,9}") {
            printed(&text);
        }

        #[test]
        fn never_panics(text in "\\PC{0,30}|[0-9/.: -]{0,12}|[0-9]{1,3}[a-zé“ ,.]{0,9}[0-9]{4}") {
            iso(&text);
        }
    }
}
