//! Findings under headings: those of one verdict or one relation stand together, the gravest first.

use super::limits::Limits;
use serde::Serialize;

/// What stands above findings of one kind.
#[derive(Clone, Copy, Debug, Serialize)]
pub(super) struct Heading {
    /// The kind in words.
    pub label: &'static str,
    /// What it means.
    pub note: &'static str,
    /// Its colour.
    pub tone: &'static str,
    /// Whether the page shows it folded.
    pub folded: bool,
}

/// The findings of one kind.
#[derive(Debug, Serialize)]
pub(super) struct Group<T> {
    name: String,
    #[serde(flatten)]
    heading: Heading,
    /// How many there are.
    total: usize,
    /// Those that are shown.
    items: Vec<T>,
}

/// The group of some findings; none where there is no finding. `item` makes what is shown of a finding.
pub(super) fn group<F, T>(
    name: String,
    heading: Heading,
    found: &[F],
    limits: &Limits,
    item: impl Fn(&F) -> T,
) -> Option<Group<T>> {
    let most = if heading.folded { limits.folded } else { limits.findings };
    let items = found.iter().take(most).map(item).collect();
    (!found.is_empty()).then_some(Group { name, heading, total: found.len(), items })
}
