//! `sayso search QUERY`: where words, figures and speakers stand.

use super::Status;
use super::args::KindName;
use super::context::{Context, count};
use crate::index::{FigureTest, Hit, HitPlace, Index, Place, SearchQuery};
use crate::output::{Chunk, Destination, Format, Look, Plan, Shape, Sink, Where, hit_row};
use crate::record::{RecordKind, Records};
use jiff::civil::Date;
use std::io::Write;

/// Search the index.
#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
The query: words are sought in any regular form; \"words in a row\" as they stand, \"near words\"~2 up to two steps \
apart; AND, OR, NOT, +must, -must-not, (groups), begin*; and in a field: title:, headline:, text:, quotes:, publisher:, \
speaker:, kind:, id:.

A figure: '>40000 retweets', '3%', '10..20 km', '$5 million'.")]
pub struct SearchArgs {
    /// Words, \"phrases\"~2, AND OR NOT, field:value; several are joined
    #[arg(value_name = "QUERY", required_unless_present_any = ["figure", "speaker"])]
    pub query: Vec<String>,
    /// Where the words stand
    #[arg(long = "in", value_name = "WHERE", value_enum)]
    pub place: Option<PlaceName>,
    /// Words said by this speaker
    #[arg(long, value_name = "NAME")]
    pub speaker: Option<String>,
    /// Documents with such a figure: '>40000 retweets'
    #[arg(long, value_name = "TEST", allow_hyphen_values = true)]
    pub figure: Option<String>,
    /// Of this day or later
    #[arg(long, value_name = "DAY")]
    pub since: Option<Date>,
    /// Of this day or earlier
    #[arg(long, value_name = "DAY")]
    pub until: Option<Date>,
    /// By this publisher
    #[arg(long, value_name = "NAME")]
    pub publisher: Option<String>,
    /// Of this kind
    #[arg(long, value_name = "KIND", value_enum)]
    pub kind: Option<KindName>,
    /// How many documents are shown at most
    #[arg(short = 'n', long, value_name = "N", default_value_t = 20)]
    pub limit: usize,
    /// How many documents are skipped first
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub offset: usize,
    /// How many places of a document are shown at most
    #[arg(long, value_name = "N", default_value_t = 100)]
    pub places: usize,
}

/// The values of `--in`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum PlaceName {
    /// Words spoken: between quote marks
    Quotes,
    /// Words of the reporter: outside quote marks
    Narration,
    /// Headline and subhead
    Headline,
}

/// Runs the command.
pub fn run(context: &Context, args: &SearchArgs) -> anyhow::Result<Status> {
    let format = context.format.unwrap_or(Format::Table);
    let header =
        if format == Format::Table { Vec::new() } else { vec!["where".into(), "publisher".into(), "context".into()] };
    let plan = Plan::with_header(format, Shape::One(RecordKind::Hit), header)?;
    let index = Index::open(&context.index)?;
    let query = SearchQuery {
        text: args.query.join(" "),
        place: match args.place {
            None => Place::Anywhere,
            Some(PlaceName::Quotes) => Place::Quotes,
            Some(PlaceName::Narration) => Place::Narration,
            Some(PlaceName::Headline) => Place::Headline,
        },
        speaker: args.speaker.clone(),
        figure: args.figure.as_deref().map(FigureTest::parse).transpose()?,
        since: args.since,
        until: args.until,
        publisher: args.publisher.clone(),
        kind: args.kind.map(Into::into),
        limit: args.limit,
        offset: args.offset,
        places: args.places,
    };
    let hits = index.search(&query)?;
    let place = Destination::open(context.output.as_deref())?;
    let look = Look::of(&place);
    let mut sink = Sink::new(plan.clone(), place)?;
    let mut places = 0;
    for hit in &hits.hits {
        places += hit.places_total;
        let mut chunk = Chunk::default();
        let records = Records::new(&hit.document, &hit.extraction, context.offsets);
        match format {
            Format::Table => show(&mut chunk, look, hit),
            Format::Md => {
                let at = Where::new(&hit.document);
                hit.places.iter().for_each(|place| plan.push_row(&mut chunk, hit_row(&at, hit, place)));
            }
            _ => plan.push(&mut chunk, &records.hit(hit), Vec::new)?,
        }
        sink.write(chunk)?;
    }
    sink.finish()?;
    let shown =
        if (hits.hits.len() as u64) < hits.total { format!(", {} shown", hits.hits.len()) } else { String::new() };
    context.note(&format!("{} in {}{shown}", count(places, "place"), count(hits.total as usize, "document")));
    Ok(if hits.total == 0 { Status::Findings } else { Status::Done })
}

/// A line for each place, as grep writes it: `id:line:column: the words around`, the match bold on a terminal.
fn show(chunk: &mut Chunk, look: Look, hit: &Hit) {
    let at = Where::new(&hit.document);
    let paint = look.paints();
    let (dim, bold, end) = if paint { ("\u{1b}[36m", "\u{1b}[1;31m", "\u{1b}[0m") } else { ("", "", "") };
    let mut out = Vec::new();
    for place in &hit.places {
        let (line, column) = at.line(place.span.start);
        let [before, found, after] = parts(hit, place);
        let id = &hit.document.id;
        // Writing to memory cannot fail.
        let _ = writeln!(out, "{dim}{id}:{line}:{column}:{end} {before}{bold}{found}{end}{after}");
    }
    if hit.places.is_empty() {
        let _ = writeln!(out, "{dim}{}:{end} {}", hit.document.id, hit.document.title.as_deref().unwrap_or_default());
    }
    let more = hit.places_total.saturating_sub(hit.places.len());
    if more > 0 {
        let _ = writeln!(out, "{dim}{}:{end} … {}", hit.document.id, count(more, "more place"));
    }
    chunk.bytes(&out, hit.places.len().max(1));
}

/// The context before the match, the match, the context after it.
fn parts<'a>(hit: &'a Hit, place: &HitPlace) -> [&'a str; 3] {
    let text = |from: u32, to: u32| hit.document.text.get(from as usize..to as usize).unwrap_or_default();
    let (context, span) = (place.context, place.span);
    [text(context.start, span.start), text(span.start, span.end), text(span.end, context.end)]
}
