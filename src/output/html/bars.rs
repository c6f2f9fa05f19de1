//! Small charts as numbers that the template draws: bars as SVG rectangles, stacks of parts of a whole.

use super::checks;
use super::quotes::SpeakerItem;
use super::{ReadDocument, coverage, traces};
use crate::output::name_of;
use crate::output::words::Listed;
use crate::trace::Fidelity;
use serde::Serialize;

/// Horizontal bars.
#[derive(Debug, Serialize)]
pub(super) struct Chart {
    height: usize,
    bars: Vec<Bar>,
}

#[derive(Debug, Serialize)]
struct Bar {
    label: String,
    count: usize,
    width: f64,
    y: usize,
    anchor: String,
}

/// Parts of a whole, side by side.
#[derive(Debug, Serialize)]
pub(super) struct Stack {
    total: usize,
    parts: Vec<StackPart>,
}

#[derive(Debug, Serialize)]
struct StackPart {
    name: String,
    label: &'static str,
    tone: &'static str,
    count: usize,
    x: f64,
    width: f64,
}

/// The width of the drawings' coordinate system.
const WIDTH: f64 = 100.0;

/// The most quoted, eight at most.
pub(super) fn top(speakers: &[SpeakerItem]) -> Chart {
    const STEP: usize = 26;
    let named = speakers.iter().filter(|s| s.name.is_some()).take(8);
    let most = speakers.iter().filter(|s| s.name.is_some()).map(|s| s.count).max().unwrap_or(1).max(1);
    let bars: Vec<Bar> = named
        .enumerate()
        .map(|(n, speaker)| Bar {
            label: speaker.name.unwrap_or_default().to_owned(),
            count: speaker.count,
            width: WIDTH * speaker.count as f64 / most as f64,
            y: n * STEP,
            anchor: speaker.anchor.clone(),
        })
        .collect();
    Chart { height: bars.len() * STEP, bars }
}

/// Checks by what they are listed under.
pub(super) fn verdicts(readings: &[ReadDocument]) -> Stack {
    let all: Vec<Listed> = coverage(readings).flat_map(|(_, r)| r.checks.iter().map(Listed::of)).collect();
    stack(Listed::ALL.map(|listed| {
        let heading = checks::heading(listed);
        (listed.name(), heading.label, heading.tone, all.iter().filter(|one| **one == listed).count())
    }))
}

/// Traces by relation.
pub(super) fn relations(readings: &[ReadDocument]) -> Stack {
    use Fidelity::*;
    let all: Vec<Fidelity> = coverage(readings).flat_map(|(_, r)| r.traces.iter().map(|t| t.relation)).collect();
    stack([Altered, Spliced, Bracketed, Elided, Verbatim, NotFound].map(|relation| {
        let count = all.iter().filter(|r| **r == relation).count();
        (name_of(&relation), traces::heading(relation).label, traces::heading(relation).tone, count)
    }))
}

fn stack<const N: usize>(parts: [(String, &'static str, &'static str, usize); N]) -> Stack {
    let total: usize = parts.iter().map(|(.., count)| count).sum();
    let mut x = 0.0;
    let parts = parts.into_iter().filter(|(.., count)| *count > 0).map(|(name, label, tone, count)| {
        let width = WIDTH * count as f64 / total as f64;
        x += width;
        StackPart { name, label, tone, count, x: x - width, width }
    });
    Stack { total, parts: parts.collect() }
}
