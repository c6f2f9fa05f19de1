//! What one file may cost: bytes that it unpacks to, archives inside one another, seconds. And what was left unread on the
//! way, counted by kind, so that nothing is passed over in silence.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::io::{self, BufRead, Read};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// What one file may cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes that a compressed file or an archive may unpack to, all of it together.
    pub unpacked: u64,
    /// Time that reading one file may take; none is no limit.
    pub time: Option<Duration>,
}

impl Default for Limits {
    /// 2 GiB, and no limit of time.
    fn default() -> Self {
        Limits { unpacked: 2 << 30, time: None }
    }
}

/// How deep archives may stand inside one another.
pub(super) const NESTED: u8 = 3;

/// What one file has cost so far; shared by all that is inside it.
#[derive(Debug)]
pub(super) struct Meter {
    limits: Limits,
    unpacked: AtomicU64,
    /// Time spent in reading, in nanoseconds, up to `since`.
    spent: AtomicU64,
    since: Mutex<Option<Instant>>,
}

impl Meter {
    pub(super) fn new(limits: Limits) -> Meter {
        Meter { limits, unpacked: AtomicU64::new(0), spent: AtomicU64::new(0), since: Mutex::new(None) }
    }

    /// Runs a piece of the reading, whose time counts.
    pub(super) fn timed<T>(&self, work: impl FnOnce() -> T) -> T {
        if self.limits.time.is_none() {
            return work();
        }
        let begun = Instant::now();
        *self.since.lock().unwrap_or_else(PoisonError::into_inner) = Some(begun);
        let result = work();
        *self.since.lock().unwrap_or_else(PoisonError::into_inner) = None;
        self.spent.fetch_add(begun.elapsed().as_nanos() as u64, Ordering::Relaxed);
        result
    }

    /// Whether the time is not up yet.
    pub(super) fn in_time(&self) -> Result<(), Over> {
        let Some(most) = self.limits.time else { return Ok(()) };
        let running = self.since.lock().unwrap_or_else(PoisonError::into_inner).map_or(Duration::ZERO, |s| s.elapsed());
        let spent = Duration::from_nanos(self.spent.load(Ordering::Relaxed)) + running;
        if spent > most { Err(Over::Time(most)) } else { Ok(()) }
    }

    /// Counts bytes that were unpacked.
    pub(super) fn unpack(&self, bytes: u64) -> Result<(), Over> {
        let all = self.unpacked.fetch_add(bytes, Ordering::Relaxed) + bytes;
        if all > self.limits.unpacked { Err(Over::Unpacked(self.limits.unpacked)) } else { self.in_time() }
    }
}

/// A limit that was passed; travels inside an [`io::Error`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Over {
    /// Bytes.
    #[error("unpacks to more than {0} bytes")]
    Unpacked(u64),
    /// Time.
    #[error("takes more than {} seconds", .0.as_secs_f32())]
    Time(Duration),
}

impl From<Over> for io::Error {
    fn from(over: Over) -> Self {
        io::Error::other(over)
    }
}

/// Bytes that are counted as they pass.
pub(super) struct Guarded<R> {
    inner: R,
    meter: std::sync::Arc<Meter>,
}

impl<R> Guarded<R> {
    pub(super) fn new(inner: R, meter: &std::sync::Arc<Meter>) -> Guarded<R> {
        Guarded { inner, meter: std::sync::Arc::clone(meter) }
    }

    /// What is counted.
    pub(super) fn into_inner(self) -> R {
        self.inner
    }
}

impl<R: Read> Read for Guarded<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(out)?;
        self.meter.unpack(n as u64)?;
        Ok(n)
    }
}

/// A reader of which several hold the end; each reads on where the last stopped.
pub(super) struct Shared<R>(std::sync::Arc<Mutex<R>>);

impl<R> Clone for Shared<R> {
    fn clone(&self) -> Self {
        Shared(std::sync::Arc::clone(&self.0))
    }
}

impl<R> Shared<R> {
    pub(super) fn new(inner: R) -> Shared<R> {
        Shared(std::sync::Arc::new(Mutex::new(inner)))
    }

    /// Works on the reader.
    pub(super) fn with<T>(&self, work: impl FnOnce(&mut R) -> T) -> T {
        work(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl<R: Read> Read for Shared<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        self.with(|inner| inner.read(out))
    }
}

/// Passes over `bytes`, or to the end.
pub(super) fn skip(reader: &mut impl BufRead, mut bytes: u64) -> io::Result<()> {
    while bytes > 0 {
        let have = reader.fill_buf()?.len().min(usize::try_from(bytes).unwrap_or(usize::MAX));
        if have == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        reader.consume(have);
        bytes -= have as u64;
    }
    Ok(())
}

/// Files by the reason why they were not read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Groups(BTreeMap<String, usize>);

impl Groups {
    /// Counts one.
    pub(super) fn add(&mut self, what: &str) {
        // A folder may hold endings without number; those past the first hundred are one group.
        match self.0.get_mut(what) {
            Some(count) => *count += 1,
            None => {
                let what = if self.0.len() < 100 { what } else { "other files" };
                *self.0.entry(what.to_owned()).or_default() += 1;
            }
        }
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.0.values().sum()
    }
}

/// The name of a group as it stands behind a number: its first word in the plural, where that is a noun.
fn number(what: &str, count: usize) -> Cow<'_, str> {
    const NOUNS: [&str; 7] = ["list", "table", "report", "feed", "page", "PDF", "answer"];
    let (first, rest) = what.split_once(' ').unwrap_or((what, ""));
    match (count, first) {
        (2.., "index") => format!("indexes {rest}").into(),
        (2.., noun) if NOUNS.contains(&noun) => format!("{noun}s {rest}").into(),
        _ => what.into(),
    }
}

impl fmt::Display for Groups {
    /// `37 .jpg, 12 .docx`, the largest group first.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut groups: Vec<_> = self.0.iter().collect();
        groups.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
        for (i, (what, count)) in groups.iter().enumerate() {
            write!(f, "{}{count} {}", if i == 0 { "" } else { ", " }, number(what, **count))?;
        }
        Ok(())
    }
}

/// What a folder or an archive holds that was not read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Skips {
    /// Of kinds that are not read.
    pub(super) unread: Groups,
    /// Read far enough to see that they are no documents.
    pub(super) passed: Groups,
    /// Read with a gap.
    pub(super) noted: Groups,
}

impl Skips {
    pub(super) fn is_empty(&self) -> bool {
        *self == Skips::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_are_told_the_largest_first() {
        let mut groups = Groups::default();
        [".docx", ".jpg", ".jpg"].iter().for_each(|what| groups.add(what));
        assert_eq!((groups.to_string().as_str(), groups.count()), ("2 .jpg, 1 .docx", 3));
        ["list of records", "list of records", "report of sayso"].iter().for_each(|what| groups.add(what));
        assert_eq!(groups.to_string(), "2 .jpg, 2 lists of records, 1 .docx, 1 report of sayso");
    }

    #[test]
    fn a_meter_refuses_what_is_above_it() {
        let meter = Meter::new(Limits { unpacked: 10, time: None });
        assert_eq!((meter.unpack(10), meter.unpack(1)), (Ok(()), Err(Over::Unpacked(10))));
        let meter = Meter::new(Limits { unpacked: 10, time: Some(Duration::ZERO) });
        let late = meter.timed(|| {
            std::thread::sleep(Duration::from_millis(2));
            meter.in_time()
        });
        assert_eq!(late, Err(Over::Time(Duration::ZERO)));
    }
}
