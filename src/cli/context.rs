//! The meaning of the shared flags: the location of the index, the form of the output, and what goes to standard error.

use super::args::GlobalArgs;
use super::cache::Cache;
use crate::compare::Words;
use crate::document::Kind;
use crate::extract::Options;
use crate::ingest::{Input, Limits, Names};
use crate::offsets::Offsets;
use crate::output::{Destination, Format, OutputError, Plan, Shape, Sink, shown};
use crate::reviews::Reviews;
use anstream::stream::IsTerminal;
use anyhow::Context as _;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::cell::Cell;
use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// The meaning of the shared flags.
#[derive(Clone, Debug)]
pub(super) struct Context {
    /// The folder of the index.
    pub index: PathBuf,
    /// The output format, if one was given.
    pub format: Option<Format>,
    /// The file to write to.
    pub output: Option<PathBuf>,
    /// What the parts of a folder of Parquet files have in common.
    #[cfg(feature = "parquet")]
    pub partition: Option<crate::output::PartBy>,
    /// The fields of records that are written; empty for all.
    pub only: Vec<String>,
    /// The unit of printed offsets.
    pub offsets: Offsets,
    /// The number of threads.
    pub jobs: usize,
    /// The kind that all documents are given, whatever their source says.
    pub kind: Option<Kind>,
    /// The names that people gave, and what they said of findings.
    pub words: Words,
    /// The alias file that was given.
    pub alias_file: Option<PathBuf>,
    /// The options for extraction.
    pub reader: Options,
    /// The treatment of unreadable documents.
    pub reading: Strictness,
    /// The amount of output on standard error.
    pub talk: Talk,
    /// The limits for a single file.
    pub limits: Limits,
    /// Additional names of columns and keys.
    pub names: Names,
    /// The folder of what earlier runs read, if it is used.
    pub cache: Option<PathBuf>,
    /// Where the documents that are being read may have been read before.
    pub kept: Cache,
}

/// The treatment of unreadable documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Strictness {
    /// Each is reported, skipped and counted.
    Lenient,
    /// The same, but the command fails at the end.
    Strict,
}

/// The amount of output on standard error.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Talk {
    /// Errors only.
    Errors,
    /// Errors and warnings.
    Warnings,
    /// Errors, warnings, summaries and progress.
    All,
}

impl Context {
    /// Reads the flags.
    pub(super) fn new(args: &GlobalArgs) -> anyhow::Result<Context> {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        Ok(Context {
            index: args.index.clone(),
            format: args.format.or_else(|| args.implied()),
            output: args.output.clone(),
            #[cfg(feature = "parquet")]
            partition: args.partition,
            only: args.only.clone(),
            offsets: args.offsets.into(),
            jobs: args.jobs.map_or(cores, usize::from),
            kind: args.kind.map(Kind::from),
            words: Words {
                aliases: Arc::new(super::aliases::load(args.aliases.as_deref(), &args.index)?),
                reviews: Arc::new(Reviews::read(&args.index).context("reading the reviews")?),
            },
            alias_file: args.aliases.clone(),
            reader: Options { model: args.model.into() },
            reading: if args.strict { Strictness::Strict } else { Strictness::Lenient },
            talk: match args.quiet {
                0 => Talk::All,
                1 => Talk::Warnings,
                _ => Talk::Errors,
            },
            limits: Limits {
                unpacked: args.max_unpacked,
                time: args.max_seconds.map(Duration::try_from_secs_f64).transpose().context("--max-seconds")?,
            },
            names: args.names()?,
            cache: if args.no_cache { None } else { super::cache::place() },
            kept: Cache::NONE,
        })
    }

    /// What is to be read.
    pub(super) fn input(&self, paths: Vec<PathBuf>) -> Input {
        Input { paths, kind: self.kind, limits: self.limits, names: self.names.clone() }
    }

    /// The plan for output of a shape. `default` is the format if none was given.
    pub(super) fn plan(&self, default: Format, shape: Shape) -> Result<Plan, OutputError> {
        Plan::new(self.format.unwrap_or(default), shape)?.only(&self.only)
    }

    /// Opens the destination of the output.
    pub(super) fn sink(&self, plan: &Plan) -> Result<Sink, OutputError> {
        if matches!(plan.format(), Format::Brat | Format::Xmi) {
            let why = "it is a folder of files: name it with -o DIR";
            let folder = self.output.clone().ok_or(OutputError::Unfit { format: plan.format().name(), why })?;
            return Sink::in_folder(plan.clone(), folder);
        }
        #[cfg(feature = "parquet")]
        if let (Some(by), Some(folder)) = (self.partition, &self.output) {
            if plan.format() != Format::Parquet {
                let why = "only Parquet is written in parts (--partition)";
                return Err(OutputError::Unfit { format: plan.format().name(), why });
            }
            return Sink::in_parts(plan.clone(), folder.clone(), by);
        }
        Sink::new(plan.clone(), Destination::open(self.output.as_deref())?)
    }

    /// Warns that something was skipped or looks wrong.
    pub(super) fn warn(&self, message: &str) {
        if self.talk >= Talk::Warnings {
            say("warning", message);
        }
    }

    /// Prints a summary line for people.
    pub(super) fn note(&self, message: &str) {
        if self.talk >= Talk::All {
            let _ = writeln!(anstream::stderr(), "{}", shown(message));
        }
    }

    /// Suggests what to type next, on a terminal.
    pub(super) fn hint(&self, message: &str) {
        if self.talk >= Talk::All && std::io::stderr().is_terminal() {
            let dim = anstyle::Effects::DIMMED;
            let style = anstyle::Style::new().effects(dim);
            let _ = writeln!(anstream::stderr(), "{style}{}{style:#}", shown(message));
        }
    }

    /// A progress line that shows counts on standard error. It appears only on a terminal to which nothing else is
    /// written, and not for work that is done at once.
    pub(super) fn progress(&self, what: &'static str, format: Format) -> Progress {
        let writes_there = self.output.is_none() && std::io::stdout().is_terminal() && !matches!(format, Format::Table);
        let wanted = self.talk == Talk::All && std::io::stderr().is_terminal() && !writes_there;
        let bar = ProgressBar::hidden();
        if let Ok(style) = ProgressStyle::with_template("{spinner} {msg} {prefix}") {
            bar.set_style(style);
        }
        bar.set_message(what);
        Progress {
            bar,
            since: Instant::now(),
            waits: Cell::new(wanted),
            seen: Cell::new((0, 0)),
            total: Cell::new(None),
        }
    }
}

/// An error with its causes, each said once: what a library's error says already is not repeated behind it.
pub(super) fn told(error: &anyhow::Error) -> String {
    let mut out = String::new();
    for cause in error.chain().map(ToString::to_string).filter(|cause| !cause.is_empty()) {
        if out.contains(&cause) {
            continue;
        }
        if !out.is_empty() {
            out.push_str(": ");
        }
        out.push_str(&cause);
    }
    out
}

/// A progress line. It appears with the first document after half a second.
pub(super) struct Progress {
    bar: ProgressBar,
    since: Instant,
    /// Whether it is wanted but not shown yet.
    waits: Cell<bool>,
    /// Documents and bytes of text.
    seen: Cell<(u64, u64)>,
    /// How many documents there are, where that is known.
    total: Cell<Option<u64>>,
}

impl Progress {
    /// Says how many documents there are.
    pub(super) fn expect(&self, documents: u64) {
        self.total.set(Some(documents));
    }

    /// Counts one more document, of so many bytes of text.
    pub(super) fn inc(&self, bytes: usize) {
        let (documents, text) = self.seen.get();
        self.seen.set((documents + 1, text + bytes as u64));
        if self.waits.get() && self.since.elapsed() > Duration::from_millis(500) {
            self.waits.set(false);
            self.bar.set_draw_target(ProgressDrawTarget::stderr_with_hz(10));
        }
        if !self.waits.get() && !self.bar.is_hidden() {
            self.bar.set_prefix(progressed(self.seen.get(), self.total.get(), self.since.elapsed()));
        }
        self.bar.tick();
    }

    /// Hides the line while `write` writes to standard error.
    pub(super) fn suspend(&self, write: impl FnOnce()) {
        self.bar.suspend(write);
    }

    /// Removes the line.
    pub(super) fn end(&self) {
        self.bar.finish_and_clear();
    }
}

/// `1,200 of 18,000 documents, 5 MB, 3 MB a second, 2 min left`.
fn progressed((documents, bytes): (u64, u64), total: Option<u64>, since: Duration) -> String {
    let megabytes = bytes as f64 / 1e6;
    let seconds = since.as_secs_f64().max(0.001);
    let mut line = match total {
        Some(total) => format!("{documents} of {total} documents"),
        None => format!("{documents} documents"),
    };
    if bytes > 0 {
        line.push_str(&format!(", {megabytes:.1} MB, {:.1} MB a second", megabytes / seconds));
    }
    if let Some(left) = total.and_then(|total| total.checked_sub(documents)).filter(|_| documents > 0) {
        let left = (left as f64 * seconds / documents as f64).ceil() as u64;
        let left = if left < 90 { format!("{left} s") } else { format!("{} min", left.div_ceil(60)) };
        line.push_str(&format!(", {left} left"));
    }
    line
}

/// Prints a line on standard error: `error: …` or `warning: …`.
pub(super) fn say(label: &str, message: &str) {
    let (bold, reset) = match label {
        "error" => (anstyle::AnsiColor::Red.on_default().bold(), anstyle::Reset),
        _ => (anstyle::AnsiColor::Yellow.on_default().bold(), anstyle::Reset),
    };
    let message = shown(message).replace('\n', " ");
    // If standard error is closed, nobody reads the message.
    let _ = writeln!(anstream::stderr(), "{bold}{label}:{reset} {message}");
}

/// `1 quotation`, `2 quotations`.
pub(super) fn count(n: usize, one: &str) -> String {
    let many = if n == 1 { "" } else { "s" };
    format!("{n} {one}{many}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn progress_says_how_much_and_how_long() {
        let told = |seen, total| progressed(seen, total, Duration::from_secs(10));
        assert_eq!(told((200, 5_000_000), None), "200 documents, 5.0 MB, 0.5 MB a second");
        assert_eq!(told((200, 0), Some(1000)), "200 of 1000 documents, 40 s left");
        assert_eq!(told((10, 0), Some(1000)), "10 of 1000 documents, 17 min left");
    }
}
