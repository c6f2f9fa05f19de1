//! What can be typed: every command with its flags, and the flags that all commands share.

use super::{
    check, claims, completions, diff, export, extract, figures, fsck, index, man, mcp, quotes, report, review, search,
    serve, speakers, text, trace, verify, watch,
};
use crate::document::Kind;
use crate::extract::{Confidence, Model};
use crate::ingest::Names;
use crate::offsets::Offsets;
use crate::output::{Format, shown};
use clap::builder::styling::{AnsiColor, Styles};
use clap::{ArgAction, Parser, Subcommand};
use std::io::Write;
use std::path::PathBuf;

impl clap::ValueEnum for Format {
    fn value_variants<'a>() -> &'a [Self] {
        const VARIANTS: [Format; Format::ALL.len()] = {
            let mut all = [Format::Table; Format::ALL.len()];
            let mut i = 0;
            while i < all.len() {
                all[i] = Format::ALL[i].0;
                i += 1;
            }
            all
        };
        &VARIANTS
    }

    fn to_possible_value(&self) -> Option<clap::builder::PossibleValue> {
        let (_, name, help) = Format::ALL.iter().find(|(format, ..)| format == self)?;
        Some(clap::builder::PossibleValue::new(*name).help(*help))
    }
}

const STYLES: Styles = Styles::styled()
    .header(AnsiColor::Green.on_default().bold())
    .usage(AnsiColor::Green.on_default().bold())
    .literal(AnsiColor::Cyan.on_default().bold())
    .placeholder(AnsiColor::Cyan.on_default());

/// On whose say-so? Quotations, speakers, figures and claims in news, joined to the official statements they come from.
#[derive(Debug, Parser)]
#[command(name = "sayso", version, styles = STYLES, propagate_version = true, infer_subcommands = true, max_term_width = 100)]
#[command(after_help = "\
Exit status: 0 done (search: found; check and trace: nothing amiss), 1 nothing found of what was asked for \
(search; lists with --speaker, --kind, --unit …), or findings with --fail-on, 2 an error, or an index that is damaged.\nOptions of every command: sayso help options. The first steps: sayso report FOLDER, then sayso serve.\nA verdict never says that something is true: it says what a named source states.")]
pub(super) struct Args {
    #[command(flatten)]
    pub global: GlobalArgs,
    #[command(subcommand)]
    pub command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Build or update the index: documents and what is found in them
    Index(index::IndexArgs),
    /// Search the index: words, phrases, speakers, figures, each hit with its place
    Search(search::SearchArgs),
    /// Who said what, with the place of every word
    Quotes(quotes::QuotesArgs),
    /// Who is quoted, and how much
    Speakers(speakers::SpeakersArgs),
    /// Numbers, percentages, money, ages and dates, with what they count
    Figures(figures::FiguresArgs),
    /// Sentences that can be checked, the worthiest first
    Claims(claims::ClaimsArgs),
    /// Every record of every document
    Extract(extract::ExtractArgs),
    /// Documents for a search engine: Elasticsearch, OpenSearch, Quickwit
    Export(export::ExportArgs),
    /// The text of documents as it is read, to see what was kept of a page or file
    Text(text::TextArgs),
    /// Figures beside statements and reference tables: supported, contradicted, or not to be told
    Check(check::CheckArgs),
    /// Quotations beside the official text: verbatim, elided, spliced, altered
    Trace(trace::TraceArgs),
    /// A draft before it is printed: every quotation and figure in it beside the sources
    Verify(verify::VerifyArgs),
    /// One quotation and one statement side by side
    Diff(diff::DiffArgs),
    /// The whole on one page: who said what, statements, checks, traces, figures, texts
    Report(report::ReportArgs),
    /// The same page over the index, to explore in a browser, on loopback
    Serve(serve::ServeArgs),
    /// Answer an assistant's questions about the index (MCP), with the place of every word
    Mcp(mcp::McpArgs),
    /// Confirm, correct or reject a finding; list what was said of findings
    Review(review::ReviewArgs),
    /// Report what saved searches find in new documents
    Watch(watch::WatchArgs),
    /// Prove the index: every file sound, every span equal to its text; or repair it
    Fsck(fsck::FsckArgs),
    /// The JSON Schema of the records
    Schema,
    /// Completions for a shell
    Completions(completions::CompletionsArgs),
    /// The manual: one page, or a page for each command into a folder
    Man(man::ManArgs),
}

impl Command {
    /// Whether it writes records or rows, in the format that the ending of `-o FILE` names where there is no `--format`.
    pub(super) fn lists(&self) -> bool {
        use Command::*;
        matches!(
            self,
            Quotes(_)
                | Speakers(_)
                | Figures(_)
                | Claims(_)
                | Extract(_)
                | Check(_)
                | Trace(_)
                | Search(_)
                | Diff(_)
                | Verify(_)
                | Review(_)
        )
    }

    /// Whether it writes findings that are read one by one: a list on a terminal.
    pub(super) fn reads(&self) -> bool {
        use Command::*;
        matches!(self, Quotes(_) | Figures(_) | Claims(_) | Check(_) | Trace(_) | Diff(_))
    }

    /// The documents that a command works on, where it takes any and may take those of the index.
    pub(super) fn paths(&mut self) -> Option<&mut Vec<PathBuf>> {
        match self {
            Command::Quotes(args) => Some(&mut args.paths),
            Command::Speakers(args) => Some(&mut args.paths),
            Command::Figures(args) => Some(&mut args.paths),
            Command::Claims(args) => Some(&mut args.paths),
            Command::Extract(args) => Some(&mut args.paths),
            Command::Text(args) => Some(&mut args.paths),
            Command::Check(args) => Some(&mut args.paths),
            Command::Trace(args) => Some(&mut args.paths),
            Command::Report(args) => Some(&mut args.paths),
            Command::Export(args) if !args.mapping => Some(&mut args.paths),
            _ => None,
        }
    }
}

/// The flags that every command takes.
#[derive(Clone, Debug, clap::Args)]
#[command(next_help_heading = "Options for every command")]
pub(super) struct GlobalArgs {
    /// The folder of the index
    #[arg(long, global = true, value_name = "DIR", env = "SAYSO_INDEX", default_value = "index")]
    pub index: PathBuf,
    /// The output format [default: by the ending of -o, else a list on a terminal and a table elsewhere; extract: jsonl]
    #[arg(long, global = true, value_name = "FORMAT", value_enum)]
    pub format: Option<Format>,
    /// Write to a file; it appears whole or not at all
    #[arg(short, long, global = true, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Write Parquet into the folder -o, a part for each outlet or month
    #[cfg(feature = "parquet")]
    #[arg(long, global = true, value_name = "BY", value_enum, requires = "output")]
    pub partition: Option<crate::output::PartBy>,
    /// Write only these fields (jsonl, json, csv, xlsx): `doc,speaker.name,content.text`
    #[arg(long = "fields", global = true, value_name = "FIELD", value_delimiter = ',')]
    pub only: Vec<String>,
    /// The unit of offsets
    #[arg(long, global = true, value_name = "UNIT", value_enum, default_value = "chars")]
    pub offsets: OffsetUnit,
    /// The number of threads [default: the number of cores]
    #[arg(short, long, global = true, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub jobs: Option<u16>,
    /// Treat every document as this kind
    #[arg(long = "as", id = "as", global = true, value_name = "KIND", value_enum)]
    pub kind: Option<KindName>,
    /// A TOML file of `[[speaker]]` tables (name, aliases, kind, wikidata) that overrides the names found in the text.
    /// `sayso index --aliases FILE` keeps it with the index for later commands; an empty file removes it
    #[arg(long, global = true, value_name = "FILE")]
    pub aliases: Option<PathBuf>,
    /// The reader of reported words and claims: `rules` is much faster and finds less
    #[arg(long, global = true, value_name = "MODEL", value_enum, default_value = "tagger")]
    pub model: ModelName,
    /// The name of a column or key in your data: `--field text=story`; repeatable
    #[arg(long = "field", id = "field", global = true, value_name = "FIELD=NAME")]
    pub fields: Vec<String>,
    /// Skip a file that unpacks to more than this: bytes, or with K, M, G
    #[arg(long, global = true, value_name = "SIZE", default_value = "2G", value_parser = size)]
    pub max_unpacked: u64,
    /// Skip a file that takes longer to read
    #[arg(long, global = true, value_name = "SECONDS")]
    pub max_seconds: Option<f64>,
    /// Read statements anew: neither read nor write the cache of earlier runs (`$XDG_CACHE_HOME/sayso`, else `~/.cache/sayso`;
    /// at most 4 GB, the least used goes first)
    #[arg(long, global = true)]
    pub no_cache: bool,
    /// Exit with status 2 if a document cannot be read
    #[arg(long, global = true)]
    pub strict: bool,
    /// Hide progress and summaries; twice: warnings too
    #[arg(short, long, global = true, action = ArgAction::Count)]
    pub quiet: u8,
    /// Log what is done; twice: in detail
    #[arg(short, long, global = true, action = ArgAction::Count, conflicts_with = "quiet")]
    pub verbose: u8,
}

/// The units of `--offsets`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum OffsetUnit {
    /// Unicode code points, as Python counts
    Chars,
    /// Bytes of UTF-8
    Bytes,
    /// UTF-16 code units, as JavaScript and Java count
    Utf16,
}

impl From<OffsetUnit> for Offsets {
    fn from(unit: OffsetUnit) -> Self {
        match unit {
            OffsetUnit::Chars => Offsets::Chars,
            OffsetUnit::Bytes => Offsets::Bytes,
            OffsetUnit::Utf16 => Offsets::Utf16,
        }
    }
}

/// What finds reported words and weighs claims.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum ModelName {
    /// The rules alone
    Rules,
    /// The rules, and learned readers where they end
    Tagger,
}

impl From<ModelName> for Model {
    fn from(name: ModelName) -> Self {
        match name {
            ModelName::Rules => Model::Rules,
            ModelName::Tagger => Model::Tagger,
        }
    }
}

/// The kinds of document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum KindName {
    /// Coverage
    Article,
    /// Official text
    Statement,
    /// Reference material
    Reference,
}

impl From<KindName> for Kind {
    fn from(kind: KindName) -> Self {
        match kind {
            KindName::Article => Kind::Article,
            KindName::Statement => Kind::Statement,
            KindName::Reference => Kind::Reference,
        }
    }
}

/// The values of `--min-confidence`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum ConfidenceName {
    /// A guess among several
    Low,
    /// Likely
    Medium,
    /// Stated by the text itself, or all but certain
    High,
}

impl From<ConfidenceName> for Confidence {
    fn from(name: ConfidenceName) -> Confidence {
        match name {
            ConfidenceName::Low => Confidence::Low,
            ConfidenceName::Medium => Confidence::Medium,
            ConfidenceName::High => Confidence::High,
        }
    }
}

/// Bytes as people write them: `500M`, `2G`, `2GiB`.
fn size(written: &str) -> Result<u64, String> {
    let digits = written.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let unit = match written[digits.len()..].to_ascii_uppercase().trim_end_matches('B').trim_end_matches('I') {
        "" => 0,
        "K" => 10,
        "M" => 20,
        "G" => 30,
        "T" => 40,
        other => return Err(format!("`{other}` is no unit; there are K, M, G and T")),
    };
    let number: u64 = digits.trim().parse().map_err(|_| format!("`{digits}` is no whole number"))?;
    number.checked_mul(1 << unit).ok_or_else(|| "too large".to_owned())
}

impl GlobalArgs {
    /// The format that `--partition` and `--fields` stand for, where none is given.
    pub(super) fn implied(&self) -> Option<Format> {
        #[cfg(feature = "parquet")]
        if self.partition.is_some() {
            return Some(Format::Parquet);
        }
        let named = self.output.as_deref().and_then(Format::of_path);
        (!self.only.is_empty()).then(|| named.unwrap_or(Format::Jsonl))
    }

    /// The names of columns and keys that were given.
    pub(super) fn names(&self) -> anyhow::Result<Names> {
        let mut names = Names::default();
        for mapping in &self.fields {
            names.add(mapping).map_err(|why| anyhow::anyhow!("--field: {why}"))?;
        }
        Ok(names)
    }

    /// Starts the log on standard error: `-v` what is being done, `-vv` in detail; `SAYSO_LOG` says more.
    pub(super) fn start_log(&self) {
        let level = match self.verbose {
            0 => log::LevelFilter::Off,
            1 => log::LevelFilter::Info,
            _ => log::LevelFilter::Debug,
        };
        let mut builder = env_logger::Builder::new();
        builder
            .filter_module("sayso", level)
            .parse_env("SAYSO_LOG")
            .format(|out, record| writeln!(out, "[{:<5}] {}", record.level(), shown(&record.args().to_string())));
        // A second logger can only be there in a test.
        let _ = builder.try_init();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn sizes() {
        for (written, bytes) in [("7", Ok(7)), ("2G", Ok(2 << 30)), ("500MiB", Ok(500 << 20)), ("1kb", Ok(1024))] {
            assert_eq!(size(written), bytes);
        }
        assert!(size("x").is_err() && size("3Q").is_err() && size("99999999999999T").is_err());
    }

    #[test]
    fn the_command_line_is_sound() {
        Args::command().debug_assert();
    }

    /// clap takes two flags of one id for one flag, and only ends in a panic when the command is run.
    #[test]
    fn no_command_has_a_flag_with_the_id_of_a_shared_one() {
        let command = Args::command();
        let shared: Vec<_> = command.get_arguments().map(|a| a.get_id().clone()).collect();
        for sub in command.get_subcommands() {
            for arg in sub.get_arguments() {
                assert!(!shared.contains(arg.get_id()), "{} --{}", sub.get_name(), arg.get_id());
            }
        }
    }
}
