//! Items go in one by one, are mapped on several threads, and come out in the order in which they went in.
//!
//! Reading and writing stay on the calling thread; only the mapping is shared out, in batches of about
//! [`BATCH`] so that a thousand short documents cost no more to hand over than one long one. What is under way is
//! bounded in batches and in bytes: a slow first item holds the rest back instead of filling the memory.
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

/// How much weight (bytes of text) one batch gathers before it is handed to a thread.
pub const BATCH: usize = 256 << 10;

/// How much weight may be under way at a time; one item alone may weigh more.
const UNDER_WAY: usize = 48 << 20;

/// Why a stream came to an end before its items did.
#[derive(Debug, thiserror::Error)]
pub enum StreamError<E> {
    /// The sink refused an item.
    #[error(transparent)]
    Sink(E),
    /// The threads could not be started.
    #[error("starting {jobs} threads: {reason}; try a smaller -j")]
    Threads {
        /// How many were asked for.
        jobs: usize,
        /// What the system said.
        reason: String,
    },
    /// A batch never came back: its thread died.
    #[error("a worker thread died; this is a defect of sayso")]
    Lost,
}

/// Maps `items` on `jobs` threads and gives the results to `sink` in the order of the items.
///
/// `weight` says how much work an item is (bytes of text). With one job everything happens on the calling thread.
/// The first error of `sink` ends the work: nothing more is read, what is under way is dropped. `map` should not
/// panic; if it does, the panic goes on to the caller once the other threads are done.
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
                let results = catch_unwind(AssertUnwindSafe(|| batch.into_iter().map(map).collect::<Vec<T>>()));
                // The receiver is gone once the sink has refused an item: the result is wanted no more.
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

/// Runs the pieces of one long document on the pool of the thread that asks, or in order where that belongs to none.
struct OnThisPool;

impl Runner for OnThisPool {
    fn map<T: Send>(&self, count: usize, job: impl Fn(usize) -> T + Sync + Send) -> Vec<T> {
        if count < 2 || rayon::current_thread_index().is_none() {
            return InOrder.map(count, job);
        }
        (0..count).into_par_iter().map(job).collect()
    }
}

/// Extracts one document; a very long one by all threads of the pool on which this is called. One that would take more
/// memory than its length allows is an error.
pub fn extract(document: &Document, options: &Options) -> Result<Extraction, TooDense> {
    try_extract_by(document, options, &OnThisPool)
}

/// Takes items until they weigh a [`BATCH`] together.
fn gather<I>(items: &mut impl Iterator<Item = I>, weight: &impl Fn(&I) -> usize) -> (Vec<I>, usize) {
    let (mut batch, mut heavy) = (Vec::new(), 0);
    while heavy < BATCH {
        let Some(item) = items.next() else { break };
        heavy += weight(&item).max(64);
        batch.push(item);
    }
    (batch, heavy)
}

/// A finished batch: its number, its weight, its results or the panic that came instead.
type Batch<T> = (u64, usize, thread::Result<Vec<T>>);

/// The reorder buffer.
struct Order<T> {
    results: mpsc::Receiver<Batch<T>>,
    waiting: BTreeMap<u64, (usize, thread::Result<Vec<T>>)>,
    /// The number of the batch that the sink gets next.
    next: u64,
    /// How many batches were handed out.
    sent: u64,
    /// The weight of the batches that the sink has not had yet.
    weight: usize,
}

impl<T> Order<T> {
    /// Waits for the next batch in order and gives it to the sink.
    fn emit_next<E>(&mut self, sink: &mut impl FnMut(T) -> Result<(), E>) -> Result<(), StreamError<E>> {
        while !self.waiting.contains_key(&self.next) {
            let (number, heavy, batch) = self.results.recv().map_err(|_| StreamError::Lost)?;
            self.waiting.insert(number, (heavy, batch));
        }
        self.drain(sink)
    }

    /// Gives the sink what is ready, without waiting.
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
