//! What a search may take. A command line may ask for anything; whoever answers strangers sets a [`Budget`], and a search
//! that would need more is refused by name.

use super::{SearchQuery, Seek, Tree, What};
use crate::error::IndexError;
use std::time::{Duration, Instant};

/// What a search may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Budget {
    /// How long the query may be, in bytes.
    pub length: usize,
    /// How many words it may have.
    pub words: usize,
    /// How many of them may be known in part (`rep*`, `brigde~`): each is held against every word of the index.
    pub patterns: usize,
    /// When the search must have ended.
    pub until: Instant,
}

impl Budget {
    /// As much as a page in a browser needs, and a time from now.
    pub fn small(time: Duration) -> Budget {
        Budget { length: 1000, words: 64, patterns: 4, until: Instant::now() + time }
    }
}

/// What tantivy's errors are called that stand for a search whose time is up.
pub(crate) const TIME_IS_UP: &str = "the time of the search is up";

/// An error once the time is up.
pub(crate) fn in_time(until: Option<Instant>) -> tantivy::Result<()> {
    match until.is_some_and(|until| Instant::now() > until) {
        true => Err(tantivy::TantivyError::SystemError(TIME_IS_UP.to_owned())),
        false => Ok(()),
    }
}

impl SearchQuery {
    /// Whether it is short enough to be read at all.
    pub(crate) fn is_short_enough(&self) -> Result<(), IndexError> {
        let Some(Budget { length, .. }) = self.budget.filter(|budget| self.text.len() > budget.length) else {
            return Ok(());
        };
        let found = format!("has {} characters where {length} are allowed", self.text.chars().count());
        Err(IndexError::TooMuch { found, help: "ask for less at once" })
    }

    /// Whether what was read of it asks for no more than is allowed.
    pub(crate) fn allows(&self, tree: &Tree) -> Result<(), IndexError> {
        let Some(budget) = self.budget else { return Ok(()) };
        let rows = tree.leaves.iter().filter_map(|leaf| match &leaf.what {
            What::Row(row) | What::Near(row, _) => Some(row),
            What::Exactly(_) | What::Days(..) => None,
        });
        let words = tree.leaves.len().max(rows.clone().map(Vec::len).sum());
        let patterns = rows.flatten().filter(|seek| matches!(seek, Seek::Pattern(_))).count();
        let (found, help) = match () {
            _ if words > budget.words => {
                (format!("has {words} words where {} are allowed", budget.words), "ask for less at once")
            }
            _ if patterns > budget.patterns => (
                format!("has {patterns} words that are known in part where {} are allowed", budget.patterns),
                "write some of them out",
            ),
            _ => return Ok(()),
        };
        Err(IndexError::TooMuch { found, help })
    }

    /// When it must have ended.
    pub(crate) fn until(&self) -> Option<Instant> {
        self.budget.map(|budget| budget.until)
    }
}
