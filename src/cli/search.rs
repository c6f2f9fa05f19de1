//! `sayso search QUERY`: where words, figures and speakers stand.

use super::Status;
use super::context::{Context, count};
use super::query::{QueryArgs, Searches};
use super::source;
use crate::index::{By, Index, SearchQuery, Totals};
use crate::output::{Chunk, Destination, Format, Look, OutputError, Plan, Row, Shape, Sink, Where, hit_row, shown};
use crate::record::{Hit, HitPlace};
use crate::record::{RecordKind, Records};
use crate::span::Span;
use anyhow::bail;
use std::io::Write;
use std::ops::Range;

/// Search the index
#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
The query: words are sought in any regular form, =word in this form alone; \"words in a row\" as they stand, \"near \
words\"~2 up to two steps apart; AND, OR, NOT, +must, -must-not, (groups); begin*, w?ld*rds, mispelt~ (mispelt~2 for two \
letters); and in a field: title:, headline:, text:, quotes:, narration:, publisher:, speaker:, kind:, id:, \
date:2018-03..2019, date:[2018 TO 2019].

A figure: '>40000 retweets', '3%', '10..20 km', '$5 million', '$1m..'.")]
pub(super) struct SearchArgs {
    #[command(flatten)]
    pub query: QueryArgs,
    /// Show at most N documents [default: 20 in a table, all in other formats]
    #[arg(short = 'n', long, value_name = "N", conflicts_with = "all")]
    pub limit: Option<usize>,
    /// Show every document
    #[arg(long)]
    pub all: bool,
    /// Skip the first N documents
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub offset: usize,
    /// Show at most N places in each document [default: all]
    #[arg(long, value_name = "N")]
    pub places: Option<usize>,
    /// Show whole lines, with N lines before and after
    #[arg(short = 'C', long, value_name = "LINES")]
    pub context: Option<usize>,
    /// Show only the number of places in each document
    #[arg(short, long, conflicts_with_all = ["context", "names"])]
    pub count: bool,
    /// Show only the paths of the documents (ids, where a file holds several)
    #[arg(short = 'l', long, conflicts_with = "context")]
    pub names: bool,
    /// Count the documents by publisher, speaker or month
    #[arg(long, value_name = "WHAT", value_enum)]
    pub by: Option<ByName>,
    /// Save the search under a name
    #[arg(long, value_name = "NAME")]
    pub save: Option<String>,
    /// Run a saved search
    #[arg(long, value_name = "NAME", conflicts_with = "save")]
    pub saved: Option<String>,
    /// List the saved searches
    #[arg(long)]
    pub list_saved: bool,
    /// Ask an index of Elasticsearch, OpenSearch or Quickwit that `sayso export` filled
    #[cfg(feature = "remote")]
    #[arg(long, value_name = "URL", conflicts_with = "by")]
    pub url: Option<String>,
}

impl SearchArgs {
    /// The engine to ask.
    fn url(&self) -> Option<&str> {
        #[cfg(feature = "remote")]
        return self.url.as_deref();
        #[cfg(not(feature = "remote"))]
        None
    }
}

/// The values of `--by`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum ByName {
    /// The publisher
    Publisher,
    /// Each speaker who is quoted
    Speaker,
    /// The month
    Month,
}

/// What is shown of a hit in plain text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Show {
    /// A line for each place.
    Places,
    /// The lines with places, and so many around.
    Lines(usize),
    /// How many places.
    Count,
    /// That it is there.
    Name,
}

/// Runs the command.
pub(super) fn run(context: &Context, args: &SearchArgs) -> anyhow::Result<Status> {
    if args.list_saved {
        return list(context);
    }
    let asked = match &args.saved {
        Some(_) if !args.query.is_empty() => bail!("--saved takes its query with it; leave the other one out"),
        Some(name) => Searches::read(&context.index)?.get(name)?,
        None => args.query.clone(),
    };
    if asked.is_empty() {
        bail!("nothing to search for: give words, --speaker, --figure or --like; --help tells the rest");
    }
    let query = asked.read(&context.words.aliases)?;
    let format = context.format.unwrap_or(Format::Table);
    let limit = match args.limit {
        Some(limit) => limit,
        None if args.all || format != Format::Table => usize::MAX,
        None => 20,
    };
    if let Some(by) = args.by {
        return facets(context, &source::open(context)?, &query, by, limit);
    }
    let places = args.places.unwrap_or(usize::MAX);
    let show = match (args.context, args.count, args.names) {
        (Some(lines), ..) => Show::Lines(lines),
        (_, true, _) => Show::Count,
        (.., true) => Show::Name,
        _ => Show::Places,
    };
    let query = SearchQuery { limit, offset: args.offset, places, ..query };
    let status = match args.url() {
        #[cfg(feature = "remote")]
        Some(url) => print(context, &super::elsewhere::gathered(context, url, &query)?.index, &query, show)?,
        _ => print(context, &source::open(context)?, &query, show)?,
    };
    if let Some(name) = &args.save {
        Searches::read(&context.index)?.save(&context.index, name, &asked)?;
        context.note(&format!("saved as {name}: `sayso search --saved {name}` and `sayso watch` do it again"));
    }
    Ok(status)
}

fn print(context: &Context, index: &Index, query: &SearchQuery, show: Show) -> anyhow::Result<Status> {
    let format = context.format.unwrap_or(Format::Table);
    let header =
        if format == Format::Table { Vec::new() } else { vec!["where".into(), "publisher".into(), "context".into()] };
    let plan = Plan::with_header(format, Shape::One(RecordKind::Hit), header)?.only(&context.only)?;
    let place = Destination::open(context.output.as_deref())?;
    let look = place.look();
    let mut sink = Sink::new(plan.clone(), place)?;
    let (mut places, mut titles, mut shown, mut hidden) = (0, 0, 0, 0);
    let Totals { total, damaged } = index.search_each(query, |hit| -> anyhow::Result<()> {
        shown += 1;
        places += hit.places.len();
        titles += usize::from(hit.is_in_title());
        hidden += hit.places_total - hit.places.len();
        let mut chunk = Chunk::default();
        match format {
            Format::Table => plain(&mut chunk, look, &hit, show),
            Format::Md | Format::Html => {
                let at = Where::new(&hit.document);
                if hit.shows_title() {
                    plan.push_row(&mut chunk, hit_row(&at, &hit, None));
                }
                hit.places.iter().for_each(|place| plan.push_row(&mut chunk, hit_row(&at, &hit, Some(place))));
            }
            _ => {
                let records = Records::new(&hit.document, &hit.extraction, context.offsets);
                plan.push(&mut chunk, &records.hit(&hit), Row::new)?;
            }
        }
        Ok(sink.write(chunk)?)
    })?;
    sink.finish()?;
    context.note(&summary((places, titles), hidden, (shown, damaged.len() as u64), total, query.offset as u64));
    source::left_out(context, &damaged)?;
    Ok(if total == 0 { Status::Findings } else { Status::Done })
}

/// What was printed, places in texts and in titles, and what was not.
fn summary(
    (places, titles): (usize, usize),
    hidden: usize,
    (shown, damaged): (u64, u64),
    total: u64,
    skipped: u64,
) -> String {
    let found = match (places, titles) {
        (_, 0) => count(places, "place"),
        (0, _) => count(titles, "title"),
        _ => format!("{} and {}", count(places, "place"), count(titles, "title")),
    };
    let mut line = format!("{found} in {}", count(shown as usize, "document"));
    let skipped = skipped.min(total);
    let met = shown + damaged + skipped;
    if met < total {
        line.push_str(&format!(
            "; {} not shown (cut by --limit; --all shows all)",
            count((total - met) as usize, "more document")
        ));
    }
    if damaged > 0 {
        line.push_str(&format!("; {} left out, for the index is damaged", count(damaged as usize, "more document")));
    }
    if hidden > 0 {
        line.push_str(&format!("; {} not shown (cut by --places)", count(hidden, "more place")));
    }
    if skipped > 0 {
        line.push_str(&format!("; {skipped} skipped by --offset"));
    }
    line
}

/// As grep writes it: `path:line:column: the words around`, the match bold on a terminal; the id for the path where the
/// file holds something else than the text.
fn plain(chunk: &mut Chunk, look: Look, hit: &Hit, show: Show) {
    let paint = look.paints();
    let (dim, bold, end) = if paint { ("\u{1b}[36m", "\u{1b}[1;31m", "\u{1b}[0m") } else { ("", "", "") };
    let at = Where::new(&hit.document);
    let name = shown(&at.file().name).into_owned();
    let mut out = Vec::new();
    // Writing to memory cannot fail.
    match show {
        Show::Name => _ = writeln!(out, "{dim}{name}{end}"),
        Show::Count => {
            let titles = usize::from(hit.is_in_title());
            _ = writeln!(out, "{dim}{name}:{end}{}", hit.places_total + titles);
        }
        Show::Places | Show::Lines(_) => {
            if hit.shows_title() {
                _ = write!(out, "{dim}{name}:{end} ");
                let title = hit.document.title.as_deref().unwrap_or_default();
                lit(&mut out, title, 0..title.len(), hit.title.iter().copied(), (bold, end));
                out.push(b'\n');
            }
            match show {
                Show::Lines(around) => lines(&mut out, hit, &name, &at, around, (dim, bold, end)),
                _ => hit.places.iter().for_each(|place| {
                    let (line, column) = at.line(place.span.start);
                    let [before, found, after] = hit.parts(place).map(shown);
                    _ = writeln!(out, "{dim}{name}:{line}:{column}:{end} {before}{bold}{found}{end}{after}");
                }),
            }
        }
    }
    chunk.bytes(&out, hit.places.len().max(1));
}

/// Whole lines with what matches in them, each with the column of its first match, and lines around.
fn lines(out: &mut Vec<u8>, hit: &Hit, name: &str, at: &Where, around: usize, (dim, bold, end): (&str, &str, &str)) {
    let text = hit.document.text.as_str();
    let before = at.file().before;
    let starts: Vec<usize> = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
    let line_of = |byte: u32| starts.partition_point(|start| *start <= byte as usize) - 1;
    let mut next = 0;
    let last_line = starts.len() - 1;
    let wanted = |line: usize| {
        hit.places.iter().any(|p| {
            let found = line_of(p.span.start);
            found.saturating_sub(around) <= line && line <= found + around
        })
    };
    for line in (0..=last_line).filter(|line| wanted(*line)) {
        if next > 0 && line > next {
            _ = writeln!(out, "--");
        }
        next = line + 1;
        let from = starts[line];
        let to = starts.get(line + 1).map_or(text.len(), |next| next - 1);
        let here: Vec<&HitPlace> = hit.places.iter().filter(|p| line_of(p.span.start) == line).collect();
        let Some(first) = here.first() else {
            _ = writeln!(
                out,
                "{dim}{name}-{}-{end} {}",
                line + 1 + before,
                shown(text[from..to].trim_end_matches('\r'))
            );
            continue;
        };
        let (number, column) = at.line(first.span.start);
        _ = write!(out, "{dim}{name}:{number}:{column}:{end} ");
        lit(out, text, from..to, here.iter().map(|place| place.span), (bold, end));
        out.push(b'\n');
    }
}

/// A line, the `range` of a text, with the places in it bold.
fn lit(out: &mut Vec<u8>, text: &str, range: Range<usize>, places: impl Iterator<Item = Span>, (bold, end): Paint) {
    let mut done = range.start;
    for place in places {
        let (start, stop) = (place.start as usize, (place.end as usize).min(range.end));
        _ = write!(out, "{}{bold}{}{end}", shown(&text[done..start]), shown(&text[start..stop.max(start)]));
        done = stop.max(start);
    }
    _ = write!(out, "{}", shown(text[done..range.end.max(done)].trim_end_matches('\r')));
}

/// What turns bold on and off.
type Paint<'p> = (&'p str, &'p str);

/// `--by`: the counts with small bars, or as JSON Lines.
fn facets(context: &Context, index: &Index, query: &SearchQuery, by: ByName, limit: usize) -> anyhow::Result<Status> {
    let (what, name) = match by {
        ByName::Publisher => (By::Publisher, "publisher"),
        ByName::Speaker => (By::Speaker, "speaker"),
        ByName::Month => (By::Month, "month"),
    };
    let mut counts = index.count(query, what)?;
    let all = counts.len();
    counts.truncate(limit);
    let mut out = Vec::new();
    match context.format.unwrap_or(Format::Table) {
        Format::Table => {
            let most = counts.iter().map(|(_, n)| *n).max().unwrap_or(1);
            let digits = most.to_string().len();
            for (value, n) in &counts {
                writeln!(out, "{n:>digits$} {} {}", bar(*n, most), shown(value.as_deref().unwrap_or("(none)")))?;
            }
        }
        Format::Jsonl => {
            for (value, n) in &counts {
                serde_json::to_writer(&mut out, &serde_json::json!({name: value, "documents": n}))
                    .map_err(OutputError::from)?;
                out.push(b'\n');
            }
        }
        Format::Csv => {
            let mut writer = csv::Writer::from_writer(&mut out);
            writer.write_record([name, "documents"])?;
            for (value, n) in &counts {
                writer.write_record([value.as_deref().unwrap_or_default(), &n.to_string()])?;
            }
            writer.flush()?;
        }
        other => bail!("--by writes table, jsonl or csv, not {}", other.name()),
    }
    let mut place = Destination::open(context.output.as_deref())?;
    place.write(&out)?;
    place.finish()?;
    let mut line = count(counts.len(), name);
    if counts.len() < all {
        line.push_str(&format!("; {} more not shown (cut by --limit; --all shows all)", all - counts.len()));
    }
    context.note(&line);
    Ok(if counts.is_empty() { Status::Findings } else { Status::Done })
}

/// Twenty cells, filled to an eighth.
fn bar(n: u64, most: u64) -> String {
    const CELLS: u64 = 20;
    let eighths = (n * CELLS * 8).div_ceil(most.max(1));
    let (full, rest) = (eighths / 8, eighths % 8);
    let part = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"][rest as usize];
    let bar = format!("{}{part}", "█".repeat(full as usize));
    format!("{bar:<20}")
}

fn list(context: &Context) -> anyhow::Result<Status> {
    let searches = Searches::read(&context.index)?;
    let mut out = String::new();
    for (name, arguments) in searches.list() {
        out.push_str(&format!("{name}: {arguments}\n"));
    }
    let mut place = Destination::open(context.output.as_deref())?;
    place.write(out.as_bytes())?;
    place.finish()?;
    Ok(if out.is_empty() { Status::Findings } else { Status::Done })
}
