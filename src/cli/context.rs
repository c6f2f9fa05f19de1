//! The meaning of the shared flags: the location of the index, the form of the output, and what goes to standard error.

use super::args::GlobalArgs;
use super::cache::Cache;
use crate::document::Kind;
use crate::extract::Options;
use crate::extract::aliases::Aliases;
use crate::ingest::{Input, Limits, Names};
use crate::offsets::Offsets;
use crate::output::{Destination, Format, OutputError, Plan, Shape, Sink, shown};
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
    /// The unit of printed offsets.
    pub offsets: Offsets,
    /// The number of threads.
    pub jobs: usize,
    /// The kind that all documents are given, whatever their source says.
    pub kind: Option<Kind>,
    /// The aliases from the alias file.
    pub aliases: Arc<Aliases>,
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
            format: args.format,
            output: args.output.clone(),
            offsets: args.offsets.into(),
            jobs: args.jobs.map_or(cores, usize::from),
            kind: args.kind.map(Kind::from),
            aliases: Arc::new(super::aliases::load(args.aliases.as_deref(), &args.index)?),
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
        Plan::new(self.format.unwrap_or(default), shape)
    }

    /// Opens the destination of the output.
    pub(super) fn sink(&self, plan: &Plan) -> Result<Sink, OutputError> {
        if plan.format() == Format::Brat {
            let why = "it is a folder of files: name it with -o DIR";
            let folder = self.output.clone().ok_or(OutputError::Unfit { format: "brat", why })?;
            return Sink::in_folder(plan.clone(), folder);
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

    /// A progress line that shows counts on standard error. It appears only on a terminal to which nothing else is
    /// written, and not for work that is done at once.
    pub(super) fn progress(&self, what: &'static str, format: Format) -> Progress {
        let writes_there = self.output.is_none() && std::io::stdout().is_terminal() && format != Format::Table;
        let wanted = self.talk == Talk::All && std::io::stderr().is_terminal() && !writes_there;
        let bar = ProgressBar::hidden();
        if let Ok(style) = ProgressStyle::with_template("{spinner} {msg} {human_pos} documents, {per_sec}, {elapsed}") {
            bar.set_style(style);
        }
        bar.set_message(what);
        Progress { bar, since: Instant::now(), waits: Cell::new(wanted) }
    }
}

/// A progress line. It appears with the first document after half a second.
pub(super) struct Progress {
    bar: ProgressBar,
    since: Instant,
    /// Whether it is wanted but not shown yet.
    waits: Cell<bool>,
}

impl Progress {
    /// Counts one more document.
    pub(super) fn inc(&self) {
        if self.waits.get() && self.since.elapsed() > Duration::from_millis(500) {
            self.waits.set(false);
            self.bar.set_draw_target(ProgressDrawTarget::stderr_with_hz(10));
        }
        self.bar.inc(1);
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
