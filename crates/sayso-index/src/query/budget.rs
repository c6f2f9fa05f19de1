//! Limits on searches. A command-line user may run any search. A server that answers strangers sets a [`Budget`], and a
//! search that would exceed it is refused with an explanation.

use super::{SearchQuery, Seek, Tree, What};
use crate::error::{IndexError, TIME_IS_UP};
use std::time::{Duration, Instant};

/// The limits of a search.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Budget {
    /// The maximum length of the query in bytes.
    pub length: usize,
    /// The maximum number of words.
    pub words: usize,
    /// The maximum number of patterns among the words (`rep*`, `brigde~`). Each is compared with every word of the
    /// index.
    pub patterns: usize,
    /// The time at which the search must end.
    pub until: Instant,
}

impl Budget {
    /// A budget that suits a page in a browser, with a time limit from now.
    pub fn small(time: Duration) -> Budget {
        Budget { length: 1000, words: 64, patterns: 4, until: Instant::now() + time }
    }
}

/// Returns an error once the time is up.
pub(crate) fn in_time(until: Option<Instant>) -> tantivy::Result<()> {
    match until.is_some_and(|until| Instant::now() > until) {
        true => Err(tantivy::TantivyError::SystemError(TIME_IS_UP.to_owned())),
        false => Ok(()),
    }
}

impl SearchQuery {
    /// Checks that the query is short enough to be parsed.
    pub(crate) fn is_short_enough(&self) -> Result<(), IndexError> {
        let Some(Budget { length, .. }) = self.budget.filter(|budget| self.text.len() > budget.length) else {
            return Ok(());
        };
        let found = format!("has {} characters where {length} are allowed", self.text.chars().count());
        Err(IndexError::TooMuch { found, help: "ask for less at once" })
    }

    /// Checks that the parsed query stays within the limits.
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

    /// The time at which the search must end.
    pub(crate) fn until(&self) -> Option<Instant> {
        self.budget.map(|budget| budget.until)
    }
}
