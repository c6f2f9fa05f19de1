//! No path is quadratic: texts of many shapes, each at n and at eight times n, take no more than 8^1.15 times the steps. Steps
//! are counted (`sayso_core::work`), not timed, so a slow machine changes nothing; a release counts none and tries nothing.
#![allow(missing_docs, clippy::unwrap_used)]

use sayso_core::check::{Evidence, Table, check};
use sayso_core::document::Document;
use sayso_core::extract::{InOrder, Model, Options, extract_by};
use sayso_core::trace::{Sources, trace};
use sayso_core::work::counted;
use std::sync::Arc;

/// The growth that is allowed, as an exponent.
const MOST: f64 = 1.15;

fn read(text: &str) -> (Arc<Document>, Arc<sayso_core::Extraction>) {
    let document = Document::new("d", text);
    let extraction = extract_by(&document, &Options { model: Model::Rules }, &InOrder);
    (Arc::new(document), Arc::new(extraction))
}

/// Fails where eight times the size takes more than its share of steps.
fn grows(shape: &str, n: usize, steps: impl Fn(usize) -> u64) {
    if !cfg!(debug_assertions) {
        return;
    }
    let (once, eight) = (steps(n), steps(8 * n));
    assert!(once > 100, "{shape}: {once} steps: it is not counted");
    let exponent = (eight as f64 / once as f64).ln() / 8f64.ln();
    println!("{shape}: {once} steps, {eight} at eight times the size: exponent {exponent:.2}");
    assert!(exponent <= MOST, "{shape}: exponent {exponent:.2}");
}

#[test]
fn extraction_is_linear_in_texts_of_every_shape() {
    let shapes: [(&str, &str); 19] = [
        ("said", "said "),
        ("said that", "he said that "),
        ("names that say", "Ada Brandt said that Tom Reyes said that it rained. "),
        ("marks", "\""),
        ("marks and words", "“it ‘is” so’ "),
        ("quotations", "“It rained for days,” said Ada Brandt, the mayor.\n\n"),
        ("open quotations", "“It rained and it rained.\n\n"),
        ("numbers", "1 "),
        ("groups", "123 "),
        ("numerals", "one hundred and "),
        ("scales", "million "),
        ("hyphens", "twenty-"),
        ("ranges", "1-"),
        ("fractions", "3 1/2 "),
        ("shares", "3 percent of the "),
        ("dates", "3 May 2020, "),
        ("times", "10 years ago in 2010 "),
        ("capitals", "Brandt Reyes "),
        ("brackets", "( [ "),
    ];
    for (shape, unit) in shapes {
        grows(shape, 16_000 / unit.len(), |n| counted(|| read(&unit.repeat(n))).1);
    }
}

#[test]
fn the_pairs_of_n_figures_against_n_are_linear() {
    let story = |n: usize, more: usize| -> String {
        (0..n).map(|i| format!("The town of Hollin counted {} boats in its harbour. ", i * 7 + 1000 + more)).collect()
    };
    // The statement is long at both sizes.
    grows("n figures against n", 600, |n| {
        let (statement, facts) = read(&story(n, 0));
        let (document, extraction) = read(&story(n, 3));
        let mut evidence = Evidence::new();
        evidence.add_statement(Arc::new(Document { id: "s".into(), ..(*statement).clone() }), facts);
        counted(|| check(&document, &extraction, &evidence)).1
    });
}

/// A table of so many columns.
fn wide(columns: usize) -> Table {
    use sayso_core::check::{Line, Rows, Sidecar, TableError};
    struct Made(Vec<Vec<String>>);
    impl Rows for Made {
        fn next(&mut self, line: &mut Line) -> Result<bool, TableError> {
            let Some(row) = self.0.pop() else { return Ok(false) };
            line.fill(1, row.iter().map(|cell| cell.as_str().into()));
            Ok(true)
        }
    }
    let row = |name: &str, cell: &dyn Fn(usize) -> String| -> Vec<String> {
        std::iter::once(name.to_owned()).chain((0..columns).map(cell)).collect()
    };
    let header = row("town", &|n| format!("boats of kind{n}"));
    let rows = ["Hollin", "Veil", "Tarn"].map(|name| row(name, &|n| (n + 40).to_string()));
    let mut rows = Made(rows.into_iter().chain([header]).collect());
    Table::from_rows("wide.csv".as_ref(), None, &mut rows, 0, &Sidecar::default()).unwrap().0
}

#[test]
fn a_wide_table_is_linear_in_its_columns() {
    let (document, extraction) = read("Hollin had 45 boats of kind5. Veil had 60 boats of kind20.");
    grows("columns", 500, |n| {
        counted(|| {
            let mut evidence = Evidence::new();
            evidence.add_table(wide(n));
            check(&document, &extraction, &evidence)
        })
        .1
    });
}

#[test]
fn a_long_quotation_is_traced_in_linear_time() {
    for (shape, word) in [("other words", 5_000usize), ("the same words", 3)] {
        grows(shape, 1_000, |n| {
            let mut state = 1u64;
            let words: Vec<String> = (0..n)
                .map(|_| {
                    state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
                    format!("word{}", (state >> 33) as usize % word)
                })
                .collect();
            let (statement, facts) = read(&words.join(" "));
            let (document, extraction) = read(&format!("“{}” said Ada Brandt.", words.join(" ")));
            let mut sources = Sources::new();
            sources.add(Arc::new(Document { id: "s".into(), ..(*statement).clone() }), facts);
            counted(|| trace(&document, &extraction, &sources)).1
        });
    }
}
