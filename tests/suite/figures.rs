//! Figures and dates: `tests/suite/figures/*.txt`. A case expects all figures of its text, in order.
//!
//! A figure is `figure: its words`, then any of `kind`, `value`, `high`, `precision`, `unit`, `name` (of the unit), `noun`
//! (its lemma), `op`, `change`, `iso`, `as_of`, `hedge`, `number`, `of` (words, or `#0` for the first figure), `quote`. An
//! empty value says that there is none.

use super::case::{Case, name, run};
use proptest::prelude::*;
use sayso::extract::{Base, Change, Figure, FigureKind, Op};
use sayso::{Document, extract};

fn figures(text: &str) -> Vec<Figure> {
    let mut document = Document::new("d", text);
    document.date = Some("2017-10-03".into());
    extract(&document).figures
}

fn field(figure: &Figure, text: &str, key: &str) -> String {
    match key {
        "kind" => name(figure.kind),
        "value" => figure.value.map(|value| value.to_string()).unwrap_or_default(),
        "high" => figure.high.map(|value| value.to_string()).unwrap_or_default(),
        "precision" => figure.precision.map(|value| value.to_string()).unwrap_or_default(),
        "unit" => figure.unit.as_deref().unwrap_or("").to_owned(),
        "name" => figure.unit_name.as_deref().unwrap_or("").to_owned(),
        "noun" => figure.noun_lemma.clone().unwrap_or_default(),
        "op" => name(figure.op),
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

fn judge(case: &Case) -> Result<(), String> {
    let document = case.document();
    let text = &document.text;
    let found = extract(document).figures;
    let read: Vec<&str> = found.iter().map(|figure| figure.span.of(text)).collect();
    if case.wanted.len() != found.len() {
        return Err(format!("expected {} figures, found {read:?}", case.wanted.len()));
    }
    for (want, figure) in case.wanted.iter().zip(&found) {
        if want.words != figure.span.of(text) {
            return Err(format!("expected {:?}, found {read:?}", want.words));
        }
        for (key, value) in &want.fields {
            let got = field(figure, text, key);
            if got != *value {
                return Err(format!("{:?}: {key} is {got:?}, not {value:?}", want.words));
            }
        }
    }
    Ok(())
}

#[test]
fn every_case_of_figures_holds() {
    run("figures", 900, judge);
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
