//! Findings under headings: those of one verdict or one relation stand together, the gravest first.

use crate::output::name_of;
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
    items: Vec<T>,
}

/// The groups of `kinds`, in their order, that are not empty.
pub(super) fn groups<K: Copy + Serialize, T>(
    kinds: impl IntoIterator<Item = K>,
    heading: impl Fn(K) -> Heading,
    items: impl Fn(K) -> Vec<T>,
) -> Vec<Group<T>> {
    let group = |kind| Group { name: name_of(&kind), heading: heading(kind), items: items(kind) };
    kinds.into_iter().map(group).filter(|group| !group.items.is_empty()).collect()
}
