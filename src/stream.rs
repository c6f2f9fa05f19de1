//! An ordered parallel map: items go in one by one, are mapped on several threads, and come out in their original
//! order.
//!
//! ReadDocument and writing stay on the calling thread; only the mapping runs on other threads, in batches of about
//! [`BATCH`], so that a thousand short documents cost no more to hand over than one long one. The work in progress is
//! limited in batches and in bytes: a slow first item holds back the rest and does not let them fill the memory.
//!
//! ```
//! let mut seen = Vec::new();
//! let sink = |square| { seen.push(square); Ok::<(), ()>(()) };
//! sayso::stream::ordered(2, 1..=4, |_| 1, |n| n * n, sink).unwrap();
//! assert_eq!(seen, [1, 4, 9, 16]);
//! ```

use crate::document::Document;
use crate::extract::{Extraction, InOrder, Options, Runner, TooDense, try_extract_by};
use rayon::iter::{IntoParallelIterator, ParallelIterator};
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::mpsc;
use std::thread;

/// The weight (bytes of text) that a batch must reach before it is handed to a thread.
pub const BATCH: usize = 256 << 10;

/// The maximum weight of the work in progress. A single item may weigh more.
const UNDER_WAY: usize = 48 << 20;

/// A stream ended before its items did.
#[derive(Debug, thiserror::Error)]
pub enum StreamError<E> {
    /// The sink returned an error.
    #[error(transparent)]
    Sink(E),
    /// The threads could not be started.
    #[error("starting {jobs} threads: {reason}; try a smaller -j")]
    Threads {
        /// The number of threads that was requested.
        jobs: usize,
        /// The error of the operating system.
        reason: String,
    },
    /// A batch never came back, because its thread died.
    #[error("a worker thread died; this is a defect of sayso")]
    Lost,
}

/// Maps `items` on `jobs` threads and passes the results to `sink` in the order of the items.
///
/// `weight` is the amount of work in an item (bytes of text). With one job, everything runs on the calling thread. The
/// first error of `sink` ends the work: no more items are read, and work in progress is dropped. `map` should not
/// panic; if it does, the panic is propagated to the caller once the other threads have finished.
pub fn ordered<I: Send, T: Send, E>(
    jobs: usize,
    items: impl IntoIterator<Item = I>,
    weight: impl Fn(&I) -> usize,
    map: impl Fn(I) -> T + Sync,
    mut sink: impl FnMut(T) -> Result<(), E>,
) -> Result<(), StreamError<E>> {
    if jobs <= 1 {
        return items.into_iter().try_for_each(|item| sink(map(item))).map_err(StreamError::Sink);
    }
    ordered_some(jobs, items, weight, |batch| batch.into_iter().map(&map).collect(), sink)
}

/// [`ordered`], for a `map` that takes the items of a batch together and gives their results in the same order.
///
/// ```
/// let mut seen = Vec::new();
/// let sink = |double| { seen.push(double); Ok::<(), ()>(()) };
/// sayso::stream::ordered_some(2, 1..=4, |_| 1, |some| some.iter().map(|n| n * 2).collect(), sink).unwrap();
/// assert_eq!(seen, [2, 4, 6, 8]);
/// ```
pub fn ordered_some<I: Send, T: Send, E>(
    jobs: usize,
    items: impl IntoIterator<Item = I>,
    weight: impl Fn(&I) -> usize,
    map: impl Fn(Vec<I>) -> Vec<T> + Sync,
    mut sink: impl FnMut(T) -> Result<(), E>,
) -> Result<(), StreamError<E>> {
    if jobs <= 1 {
        let mut items = items.into_iter();
        loop {
            let (batch, _) = gather(&mut items, &weight);
            if batch.is_empty() {
                return Ok(());
            }
            map(batch).into_iter().try_for_each(&mut sink).map_err(StreamError::Sink)?;
        }
    }
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(jobs)
        .thread_name(|n| format!("sayso-{n}"))
        .build()
        .map_err(|e| StreamError::Threads { jobs, reason: e.to_string() })?;
    let map = &map;
    pool.in_place_scope_fifo(|scope| {
        let (done, results) = mpsc::channel();
        let mut order = Order { results, waiting: BTreeMap::new(), next: 0, sent: 0, weight: 0 };
        let mut items = items.into_iter();
        loop {
            let (batch, heavy) = gather(&mut items, &weight);
            if batch.is_empty() {
                break;
            }
            while order.sent - order.next >= jobs as u64 * 3 || (order.weight > 0 && order.weight + heavy > UNDER_WAY) {
                order.emit_next(&mut sink)?;
            }
            let (number, done) = (order.sent, done.clone());
            order.sent += 1;
            order.weight += heavy;
            scope.spawn_fifo(move |_| {
                let results = catch_unwind(AssertUnwindSafe(|| map(batch)));
                // The receiver is gone if the sink has returned an error. Then nobody needs the result.
                let _ = done.send((number, heavy, results));
            });
            order.emit_ready(&mut sink)?;
        }
        drop(done);
        while order.next < order.sent {
            order.emit_next(&mut sink)?;
        }
        Ok(())
    })
}

/// Runs the pieces of one long document on the current thread pool, or in order if there is none.
struct OnThisPool;

impl Runner for OnThisPool {
    fn map<T: Send>(&self, count: usize, job: impl Fn(usize) -> T + Sync + Send) -> Vec<T> {
        if count < 2 || rayon::current_thread_index().is_none() {
            return InOrder.map(count, job);
        }
        (0..count).into_par_iter().map(job).collect()
    }

    fn at_once(&self) -> usize {
        // Two for each thread, so that none waits long for the slowest.
        rayon::current_thread_index().map_or(1, |_| 2 * rayon::current_num_threads())
    }
}

/// Extracts one document. A very long one uses all threads of the current pool. Returns an error for a document that
/// would take more memory than its length allows.
pub fn extract(document: &Document, options: &Options) -> Result<Extraction, TooDense> {
    try_extract_by(document, options, &OnThisPool)
}

/// Extracts some documents, as [`extract`] does each of them, in less time: see [`crate::extract::extract_some`].
pub fn extract_some(documents: &[&Document], options: &Options) -> Vec<Result<Extraction, TooDense>> {
    crate::extract::extract_some(documents, options, &OnThisPool)
}

/// Takes items until they weigh at least a [`BATCH`] together.
fn gather<I>(items: &mut impl Iterator<Item = I>, weight: &impl Fn(&I) -> usize) -> (Vec<I>, usize) {
    let (mut batch, mut heavy) = (Vec::new(), 0);
    while heavy < BATCH {
        let Some(item) = items.next() else { break };
        heavy += weight(&item).max(64);
        batch.push(item);
    }
    (batch, heavy)
}

/// A finished batch: its number, its weight, and its results or the panic of its thread.
type Batch<T> = (u64, usize, thread::Result<Vec<T>>);

/// The reorder buffer.
struct Order<T> {
    results: mpsc::Receiver<Batch<T>>,
    waiting: BTreeMap<u64, (usize, thread::Result<Vec<T>>)>,
    /// The number of the batch that goes to the sink next.
    next: u64,
    /// The number of batches that were handed out.
    sent: u64,
    /// The weight of the batches that have not reached the sink.
    weight: usize,
}

impl<T> Order<T> {
    /// Waits for the next batch in order and passes it to the sink.
    fn emit_next<E>(&mut self, sink: &mut impl FnMut(T) -> Result<(), E>) -> Result<(), StreamError<E>> {
        while !self.waiting.contains_key(&self.next) {
            let (number, heavy, batch) = self.results.recv().map_err(|_| StreamError::Lost)?;
            self.waiting.insert(number, (heavy, batch));
        }
        self.drain(sink)
    }

    /// Passes the batches that are ready to the sink, without waiting.
    fn emit_ready<E>(&mut self, sink: &mut impl FnMut(T) -> Result<(), E>) -> Result<(), StreamError<E>> {
        while let Ok((number, heavy, batch)) = self.results.try_recv() {
            self.waiting.insert(number, (heavy, batch));
        }
        self.drain(sink)
    }

    fn drain<E>(&mut self, sink: &mut impl FnMut(T) -> Result<(), E>) -> Result<(), StreamError<E>> {
        while let Some((heavy, batch)) = self.waiting.remove(&self.next) {
            self.next += 1;
            self.weight -= heavy;
            let batch = batch.unwrap_or_else(|panic| resume_unwind(panic));
            batch.into_iter().try_for_each(&mut *sink).map_err(StreamError::Sink)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn batches_keep_the_order(
            items in prop::collection::vec(0usize..600_000, 0..60), jobs in 1usize..5
        ) {
            let mut seen = Vec::new();
            let work = |some: Vec<usize>| some.into_iter().map(|n| n + 1).collect();
            ordered_some(jobs, items.clone(), |n| *n, work, |n| { seen.push(n); Ok::<(), ()>(()) }).unwrap();
            prop_assert_eq!(seen, items.iter().map(|n| n + 1).collect::<Vec<_>>());
        }

        #[test]
        fn order_is_that_of_the_items_at_any_number_of_jobs(
            items in prop::collection::vec(0usize..600_000, 0..60), jobs in 1usize..5
        ) {
            let mut seen = Vec::new();
            let work = |n: usize| { if n.is_multiple_of(3) { std::thread::yield_now() }; n + 1 };
            ordered(jobs, items.clone(), |n| *n, work, |n| { seen.push(n); Ok::<(), ()>(()) }).unwrap();
            prop_assert_eq!(seen, items.iter().map(|n| n + 1).collect::<Vec<_>>());
        }
    }

    #[test]
    #[should_panic(expected = "the fifth")]
    fn a_panic_goes_on_to_the_caller() {
        let work = |n: usize| if n == 5 { panic!("the fifth") } else { n };
        let _ = ordered(2, 0..100, |_| BATCH, work, |_| Ok::<(), ()>(()));
    }

    #[test]
    fn an_error_of_the_sink_ends_the_reading() {
        for jobs in [1, 2, 4] {
            let mut read = 0usize;
            let items = std::iter::from_fn(|| {
                read += 1;
                (read < 10_000).then_some(read)
            });
            let result = ordered(jobs, items, |_| BATCH, |n| n, |n| if n == 5 { Err("full") } else { Ok(()) });
            assert!(matches!(result, Err(StreamError::Sink("full"))), "{jobs}");
            assert!(read < 5 + 4 * jobs + 2, "read {read} items with {jobs} jobs");
        }
    }
}
