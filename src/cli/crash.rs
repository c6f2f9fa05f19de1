//! A defect must not take the other documents with it: a panic is caught where it happens, named, and becomes an
//! error of one document.

use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook};

thread_local! {
    /// What the last panic of this thread said, and where; the payload alone does not tell the place.
    static LAST: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Keeps what a panic says instead of printing it.
pub(super) fn hook() {
    set_hook(Box::new(|info| {
        let report = info.to_string().replace('\n', " ");
        log::debug!("{report}");
        LAST.with(|last| last.replace(report));
    }));
}

/// Runs `work`; a panic gives its report.
pub(super) fn caught<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|payload| {
        let report = LAST.with(RefCell::take);
        let said = payload.downcast_ref::<String>().map(String::as_str).or(payload.downcast_ref::<&str>().copied());
        // A piece of a long document ran on another thread, whose report stayed there.
        if report.is_empty() { said.unwrap_or("a panic").to_owned() } else { report }
    })
}
