//! Counting steps, so that a test can show that no path takes more than its share of a longer text: time would tell of
//! the machine. Only a build with debug assertions counts; in a release [`steps`] is nothing.

#[cfg(debug_assertions)]
thread_local! {
    static STEPS: std::cell::Cell<u64> = const { std::cell::Cell::new(0) };
}

/// Counts steps of the calling thread.
#[inline(always)]
pub fn steps(n: usize) {
    #[cfg(debug_assertions)]
    STEPS.with(|steps| steps.set(steps.get().wrapping_add(n as u64)));
    #[cfg(not(debug_assertions))]
    let _ = n;
}

/// What some work gives, and how many steps it took on the calling thread; 0 in a release.
pub fn counted<T>(work: impl FnOnce() -> T) -> (T, u64) {
    #[cfg(debug_assertions)]
    let before = STEPS.with(std::cell::Cell::get);
    let done = work();
    #[cfg(debug_assertions)]
    let taken = STEPS.with(std::cell::Cell::get).wrapping_sub(before);
    #[cfg(not(debug_assertions))]
    let taken = 0;
    (done, taken)
}
