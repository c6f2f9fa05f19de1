//! Pictures as numbers that templates draw: SVG made by hand, with a title on every mark and a label for those who do not see
//! it. Shades differ by more than colour alone: counts and relations stand in the titles and in the text beside.

use crate::trace::Fidelity;
use serde::Serialize;
use std::collections::BTreeMap;

/// How often something is said, by row and month.
#[derive(Debug, Default, Serialize)]
pub struct Grid {
    /// The months from the first to the last, without a gap.
    months: Vec<Month>,
    rows: Vec<GridRow>,
    width: usize,
    height: usize,
    label: String,
}

#[derive(Debug, Serialize)]
struct Month {
    name: String,
    x: usize,
    /// Whether the name is written: the first, and each January.
    shown: bool,
}

#[derive(Debug, Serialize)]
struct GridRow {
    name: String,
    y: usize,
    total: u64,
    cells: Vec<GridCell>,
}

#[derive(Debug, Serialize)]
struct GridCell {
    x: usize,
    shade: f64,
    title: String,
}

/// The side of a month, and the room for the names on the left.
const SIDE: usize = 22;
const LEFT: usize = 170;
/// So many months at most: the latest.
const MOST: usize = 48;

impl Grid {
    /// Of the counts by row and month (`2031-05`); none where nothing has a month. `what` is counted.
    pub fn new(what: &str, counts: &[(String, BTreeMap<String, u64>)]) -> Option<Grid> {
        let all = || counts.iter().flat_map(|(_, months)| months.keys());
        let (first, last) = (number(all().min()?)?, number(all().max()?)?);
        let first = first.max(last.saturating_sub(MOST - 1));
        let most = counts.iter().flat_map(|(_, months)| months.values()).max().copied().unwrap_or(1).max(1);
        let months: Vec<Month> = (first..=last)
            .map(|n| Month { name: name(n), x: LEFT + (n - first) * SIDE, shown: n == first || n.is_multiple_of(12) })
            .collect();
        let rows: Vec<GridRow> = counts
            .iter()
            .enumerate()
            .map(|(at, (row, counts))| GridRow {
                name: row.clone(),
                y: 20 + at * SIDE,
                total: counts.values().sum(),
                cells: counts
                    .iter()
                    .filter_map(|(month, count)| {
                        let n = number(month)?.checked_sub(first)?;
                        Some(GridCell {
                            x: LEFT + n * SIDE,
                            shade: 0.25 + 0.75 * *count as f64 / most as f64,
                            title: format!("{row}, {month}: {count}"),
                        })
                    })
                    .collect(),
            })
            .collect();
        let told: Vec<String> = rows.iter().map(|row| format!("{} {}", row.name, row.total)).collect();
        Some(Grid {
            width: LEFT + (months.len() * SIDE).max(60),
            height: 20 + rows.len() * SIDE,
            label: format!("{what} by month, from {} to {}: {}", name(first), name(last), told.join(", ")),
            months,
            rows,
        })
    }
}

/// A month as a number.
fn number(month: &str) -> Option<usize> {
    let (year, month) = month.split_once('-')?;
    Some(year.parse::<usize>().ok()? * 12 + month.parse::<usize>().ok()?.checked_sub(1)?)
}

fn name(number: usize) -> String {
    format!("{:04}-{:02}", number / 12, number % 12 + 1)
}

/// A statement's sentences side by side: used faithfully, changed, or by nobody.
#[derive(Debug, Serialize)]
pub struct Strip {
    parts: Vec<StripPart>,
    label: String,
}

#[derive(Debug, Serialize)]
struct StripPart {
    x: f64,
    width: f64,
    tone: &'static str,
    shade: f64,
    title: String,
    anchor: String,
}

impl Strip {
    /// Of sentences: the words of each (how wide it is), how often it is used, the gravest relation, its anchor.
    pub fn new(sentences: &[(usize, usize, Option<Fidelity>, String)]) -> Strip {
        let all: usize = sentences.iter().map(|(words, ..)| (*words).max(1)).sum();
        let most = sentences.iter().map(|(_, uses, ..)| *uses).max().unwrap_or(1).max(1);
        let mut x = 0.0;
        let parts: Vec<StripPart> = sentences
            .iter()
            .enumerate()
            .map(|(n, (words, uses, worst, anchor))| {
                let width = 100.0 * (*words).max(1) as f64 / all.max(1) as f64;
                x += width;
                let tone = match (uses, worst) {
                    (0, _) => "mute",
                    (_, Some(Fidelity::Altered)) => "bad",
                    (_, Some(Fidelity::Spliced)) => "warn",
                    _ => "good",
                };
                let how = match (uses, worst) {
                    (0, _) => "used by nobody".to_owned(),
                    (uses, Some(worst)) => format!("used {uses} times, gravest: {}", crate::output::name_of(worst)),
                    (uses, None) => format!("used {uses} times without quote marks"),
                };
                StripPart {
                    x: x - width,
                    width: (width - 0.15).max(width * 0.6),
                    tone,
                    shade: if *uses == 0 { 0.35 } else { 0.45 + 0.55 * *uses as f64 / most as f64 },
                    title: format!("Sentence {}: {how}", n + 1),
                    anchor: anchor.clone(),
                }
            })
            .collect();
        let count = |tone| parts.iter().filter(|part| part.tone == tone).count();
        let label = format!(
            "{} sentences: {} used as they are, {} altered, {} spliced, {} used by nobody",
            parts.len(),
            count("good"),
            count("bad"),
            count("warn"),
            count("mute")
        );
        Strip { parts, label }
    }
}

/// Where a day stands between two others, in percent of a line with room at both ends.
pub fn along(day: jiff::civil::Date, first: jiff::civil::Date, last: jiff::civil::Date) -> f64 {
    let days = |from: jiff::civil::Date| (day - from).get_days() as f64;
    let all = (last - first).get_days() as f64;
    if all <= 0.0 { 50.0 } else { 3.0 + 94.0 * days(first) / all }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_have_no_gap_and_the_latest_are_shown() {
        let counts = |months: &[(&str, u64)]| months.iter().map(|(m, n)| ((*m).to_owned(), *n)).collect();
        let grid = Grid::new("Documents", &[("Gull".into(), counts(&[("2030-11", 2), ("2031-02", 4)]))]).unwrap();
        assert_eq!(
            grid.months.iter().map(|m| m.name.as_str()).collect::<Vec<_>>(),
            ["2030-11", "2030-12", "2031-01", "2031-02"]
        );
        assert_eq!(grid.rows[0].cells.iter().map(|c| c.shade).collect::<Vec<_>>(), [0.625, 1.0]);
        assert!(grid.label.contains("Gull 6"));
        let long = Grid::new("Documents", &[("Gull".into(), counts(&[("1990-01", 1), ("2031-02", 4)]))]).unwrap();
        assert_eq!((long.months.len(), long.rows[0].cells.len()), (MOST, 1));
        assert!(Grid::new("Documents", &[]).is_none());
    }

    #[test]
    fn a_strip_tells_the_gravest_use_of_each_sentence() {
        let strip = Strip::new(&[
            (10, 0, None, "s0".into()),
            (30, 2, Some(Fidelity::Altered), "s1".into()),
            (10, 1, Some(Fidelity::Verbatim), "s2".into()),
        ]);
        assert_eq!(strip.parts.iter().map(|part| part.tone).collect::<Vec<_>>(), ["mute", "bad", "good"]);
        assert_eq!(strip.label, "3 sentences: 1 used as they are, 1 altered, 0 spliced, 1 used by nobody");
        assert!((strip.parts[1].x - 20.0).abs() < 1e-9);
    }
}
