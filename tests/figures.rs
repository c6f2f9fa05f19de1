//! The specification of figures: every line of `tests/figures/*.tsv` is a sentence and what must be found in it.
//!
//! A line is `sentence TAB expected`. `expected` lists the figures in order, parted by ` ; `, each as its words, then
//! `key=value` pairs: `kind`, `value`, `high`, `unit`, `noun` (lemma), `op`, `change`, `iso`, `hedge`, `of`. Words and
//! pairs are parted by ` | `. `-` expects no figure at all. The document's date is 2017-10-03, a Tuesday.
//! A file whose name begins with `no-` ignores dates.

use proptest::prelude::*;
use sayso::extract::{Base, Change, Figure, FigureKind, Op};
use sayso::{Document, extract};

fn figures(text: &str) -> Vec<Figure> {
    let mut document = Document::new("d", text);
    document.date = Some("2017-10-03".into());
    extract(&document).figures
}

fn field(figure: &Figure, text: &str, key: &str) -> String {
    let name = |value: serde_json::Value| value.as_str().unwrap_or("").to_owned();
    match key {
        "kind" => serde_json::to_value(figure.kind).map(name).unwrap_or_default(),
        "value" => figure.value.map(|value| value.to_string()).unwrap_or_default(),
        "high" => figure.high.map(|value| value.to_string()).unwrap_or_default(),
        "precision" => figure.precision.map(|value| value.to_string()).unwrap_or_default(),
        "unit" => figure.unit.as_deref().unwrap_or("").to_owned(),
        "name" => figure.unit_name.as_deref().unwrap_or("").to_owned(),
        "noun" => figure.noun_lemma.clone().unwrap_or_default(),
        "op" => serde_json::to_value(figure.op).map(name).unwrap_or_default(),
        "change" => {
            figure.change.map(|change| if change == Change::Up { "up" } else { "down" }.to_owned()).unwrap_or_default()
        }
        "as_of" => figure.as_of.clone().unwrap_or_default(),
        "quote" => figure.quote.map(|quote| format!("#{quote}")).unwrap_or_default(),
        "iso" => figure.iso.clone().unwrap_or_default(),
        "hedge" => figure.hedge.map(|span| span.of(text).to_owned()).unwrap_or_default(),
        "number" => figure.number.of(text).to_owned(),
        "of" => match figure.of {
            Some(Base::Words(span)) => span.of(text).to_owned(),
            Some(Base::Figure(at)) => format!("#{at}"),
            None => String::new(),
        },
        other => panic!("no such key: {other}"),
    }
}

/// What is wrong with a line; none where it holds.
fn judge(sentence: &str, expected: &str) -> Option<String> {
    let found = figures(sentence);
    let told: Vec<&str> = found.iter().map(|figure| figure.span.of(sentence)).collect();
    if expected == "-" {
        return (!found.is_empty()).then(|| format!("expected none, found {told:?}"));
    }
    let wanted: Vec<&str> = expected.split(" ; ").collect();
    if wanted.len() != found.len() {
        return Some(format!("expected {} figures, found {told:?}", wanted.len()));
    }
    for (want, figure) in wanted.iter().zip(&found) {
        let mut parts = want.split(" | ");
        let words = parts.next().unwrap_or("");
        if words != figure.span.of(sentence) {
            return Some(format!("expected {words:?}, found {told:?}"));
        }
        for pair in parts {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            let got = field(figure, sentence, key);
            if got != value {
                return Some(format!("{words:?}: {key} is {got:?}, not {value:?}"));
            }
        }
    }
    None
}

#[test]
fn every_line_of_the_specification_holds() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/figures");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let (mut lines, mut wrong) = (0, Vec::new());
    for path in files {
        let table = std::fs::read_to_string(&path).unwrap();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        for (number, line) in table.lines().enumerate() {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            lines += 1;
            let fault = match line.split_once('\t') {
                Some((sentence, expected)) => {
                    judge(sentence, expected.trim()).map(|fault| format!("{sentence:?}: {fault}"))
                }
                None => Some("no tab".to_owned()),
            };
            wrong.extend(fault.map(|fault| format!("{name}:{}: {fault}", number + 1)));
        }
    }
    assert!(lines >= 400, "only {lines} lines");
    assert!(wrong.is_empty(), "{} of {lines} lines fail:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn what_does_not_fit_has_no_value() {
    for text in [
        "1e999",
        "9".repeat(100).as_str(),
        "10^999",
        "0^-1",
        "1/0",
        &"9,".repeat(500),
        "-0",
        "2.5^64 and 9e28 and 9e29",
    ] {
        for figure in figures(text) {
            assert!(figure.value.is_none_or(|value| value.abs().to_string().len() <= 31), "{text}");
        }
    }
    assert!(figures("It cost 1e999 dollars.").is_empty());
    let million = "7".repeat(1_000_000);
    assert!(figures(&million).iter().all(|figure| figure.value.is_none()));
}

#[test]
fn nothing_is_worth_less_than_nothing_at_zero() {
    for text in ["-0 boats", "−0.0 boats", "minus zero boats", "-0%"] {
        for figure in figures(text) {
            assert_ne!(figure.value.map(|value| value.to_string().starts_with('-')), Some(true), "{text}");
        }
    }
}

#[test]
fn dates_that_no_calendar_has_are_no_dates() {
    for text in ["on 31 February 2015", "on 13/13/2013", "on 2015-02-30", "on February 31", "on 99/99/2099"] {
        let dates = figures(text).into_iter().filter(|figure| {
            figure.kind == FigureKind::Date && figure.iso.as_deref().is_some_and(|iso| iso.len() == 10)
        });
        assert_eq!(dates.count(), 0, "{text}");
    }
}

#[test]
fn digits_of_other_scripts_are_left_alone() {
    assert!(figures("٣٤ and ५६ and 三").is_empty());
    assert_eq!(figures("1٣ left")[0].op, Op::Equal);
}

proptest! {
    /// Any text: nothing panics, spans stand on character boundaries, in order, without overlap, numbers inside them.
    #[test]
    fn spans_hold(text in "([0-9]{1,9}|one|two|hundred|million|and|a|half|of|the|last|next|past|percent|\\$|€|%|-|–|,|\\.|/|\\^|e|year|years|old|ago|March|Friday|third|quarters?|between|to|more than|o'clock|[ \n]|é|½|\\PC){0,60}") {
        let mut end = 0;
        for figure in figures(&text) {
            prop_assert!(text.get(figure.span.range()).is_some());
            prop_assert!(figure.span.contains(figure.number), "{:?}", figure);
            prop_assert!(figure.span.start >= end, "overlap in {:?}", text);
            prop_assert!(!figure.span.is_empty());
            prop_assert!(figure.iso.as_deref().is_none_or(|iso| !iso.starts_with('~')));
            if let (Some(low), Some(high)) = (figure.value, figure.high) {
                prop_assert!(low < high);
            }
            end = figure.span.end;
        }
    }
}
