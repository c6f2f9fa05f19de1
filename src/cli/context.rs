//! What the shared flags mean: where the index is, how output is written, what goes to standard error.

use super::args::GlobalArgs;
use crate::document::Kind;
use crate::extract::Options;
use crate::extract::aliases::Aliases;
use crate::ingest::{Input, Limits, Names};
use crate::output::{Destination, Format, OutputError, Plan, Shape, Sink, shown};
use crate::span::Offsets;
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
    /// The format, where one was asked for.
    pub format: Option<Format>,
    /// The file to write to.
    pub output: Option<PathBuf>,
    /// What offsets count.
    pub offsets: Offsets,
    /// Threads.
    pub jobs: usize,
    /// The kind that every document is taken for.
    pub kind: Option<Kind>,
    /// Who is who by the alias file.
    pub aliases: Arc<Aliases>,
    /// The alias file that was named.
    pub alias_file: Option<PathBuf>,
    /// How documents are extracted.
    pub reader: Options,
    /// What an unreadable document does.
    pub reading: Reading,
    /// What goes to standard error.
    pub talk: Talk,
    /// What one file may cost.
    pub limits: Limits,
    /// Names of columns and keys beside the usual ones.
    pub names: Names,
}

/// What an unreadable document does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reading {
    /// It is named, skipped and counted.
    Lenient,
    /// The same, and the command fails at its end.
    Strict,
}

/// How much goes to standard error.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Talk {
    /// Errors.
    Errors,
    /// And warnings.
    Warnings,
    /// And summaries and progress.
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
            reading: if args.strict { Reading::Strict } else { Reading::Lenient },
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
        })
    }

    /// What is to be read.
    pub(super) fn input(&self, paths: Vec<PathBuf>) -> Input {
        Input { paths, kind: self.kind, limits: self.limits, names: self.names.clone() }
    }

    /// How output of a shape looks; `default` where no format was asked for.
    pub(super) fn plan(&self, default: Format, shape: Shape) -> Result<Plan, OutputError> {
        Plan::new(self.format.unwrap_or(default), shape)
    }

    /// Opens what is written to.
    pub(super) fn sink(&self, plan: &Plan) -> Result<Sink, OutputError> {
        if plan.format() == Format::Brat {
            let why = "it is a folder of files: name it with -o DIR";
            let folder = self.output.clone().ok_or(OutputError::Unfit { format: "brat", why })?;
            return Sink::in_folder(plan.clone(), folder);
        }
        Sink::new(plan.clone(), Destination::open(self.output.as_deref())?)
    }

    /// Names something that was skipped or looks wrong.
    pub(super) fn warn(&self, message: &str) {
        if self.talk >= Talk::Warnings {
            say("warning", message);
        }
    }

    /// A line that sums up, for people.
    pub(super) fn note(&self, message: &str) {
        if self.talk >= Talk::All {
            let _ = writeln!(anstream::stderr(), "{}", shown(message));
        }
    }

    /// A progress line: counts on standard error while work goes on, where that is a terminal and nothing else is
    /// written there meanwhile. Work that is done at once shows none.
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

/// A progress line, shown from the first document after half a second on.
pub(super) struct Progress {
    bar: ProgressBar,
    since: Instant,
    /// Whether it is wanted and not shown yet.
    waits: Cell<bool>,
}

impl Progress {
    /// One document more.
    pub(super) fn inc(&self) {
        if self.waits.get() && self.since.elapsed() > Duration::from_millis(500) {
            self.waits.set(false);
            self.bar.set_draw_target(ProgressDrawTarget::stderr_with_hz(10));
        }
        self.bar.inc(1);
    }

    /// Writes something else to standard error meanwhile.
    pub(super) fn suspend(&self, write: impl FnOnce()) {
        self.bar.suspend(write);
    }

    /// Takes the line away.
    pub(super) fn end(&self) {
        self.bar.finish_and_clear();
    }
}

/// One line on standard error, `error: …` or `warning: …`.
pub(super) fn say(label: &str, message: &str) {
    let (bold, reset) = match label {
        "error" => (anstyle::AnsiColor::Red.on_default().bold(), anstyle::Reset),
        _ => (anstyle::AnsiColor::Yellow.on_default().bold(), anstyle::Reset),
    };
    let message = shown(message).replace('\n', " ");
    // Nobody is left to hear where standard error is closed.
    let _ = writeln!(anstream::stderr(), "{bold}{label}:{reset} {message}");
}

/// `1 quotation`, `2 quotations`.
pub(super) fn count(n: usize, one: &str) -> String {
    let many = if n == 1 { "" } else { "s" };
    format!("{n} {one}{many}")
}
