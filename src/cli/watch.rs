//! `sayso watch PATH…`: reads folders and feeds on disk again and again, and reports what saved searches find in
//! documents that are new or changed; with `--check` and `--trace` also what is contradicted or altered in them. Documents
//! that another program adds to the index meanwhile count as new. What was reported once is not reported again, as it is in
//! the index from then on.

use super::Status;
use super::compared::{Beside, Found, Wanted};
use super::context::{Context, count, told};
use super::index::{Extra, Gone, update};
use super::query::Searches;
use crate::document::{Document, Kind};
use crate::index::bare;
use crate::index::{Index, IndexError, SearchQuery, Totals};
use crate::ledger::Line;
use crate::output::{Destination, OutputError};
use crate::record::Records;
use anyhow::{Context as _, bail};
use quick_xml::escape::escape;
use serde_json::json;
use std::collections::HashSet;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// Report what is new: index new files, and run the saved searches on them
#[derive(Debug, clap::Args)]
pub(super) struct WatchArgs {
    /// Files, folders and feeds [default: those of the index]
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// The saved searches to run [default: all]
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    pub saved: Vec<String>,
    /// Look once, then exit
    #[arg(long)]
    pub once: bool,
    /// The seconds between two looks
    #[arg(long, value_name = "SECONDS", default_value_t = 60, value_parser = clap::value_parser!(u64).range(1..))]
    pub every: u64,
    /// Keep an RSS file of the newest 100 hits
    #[arg(long, value_name = "FILE")]
    pub rss: Option<PathBuf>,
    #[command(flatten)]
    pub compare: Wanted,
}

/// Runs the command, until Ctrl-C or once. Exit status 1 where a single look found nothing.
pub(super) fn run(context: &Context, args: &WatchArgs) -> anyhow::Result<Status> {
    let index = Arc::new(Index::open_or_create(&context.index)?);
    let searches = Searches::read(&context.index)?;
    let names: Vec<String> = match args.saved.is_empty() {
        true => searches.list().map(|(name, _)| name.to_owned()).collect(),
        false => args.saved.clone(),
    };
    if names.is_empty() && !args.compare.any() {
        bail!(
            "no search is saved; `sayso search --save NAME QUERY` saves one, and --check or --trace compares what is new"
        );
    }
    let queries = names.iter().map(|name| Ok((name, searches.get(name)?.read(&context.words.aliases)?)));
    let queries: Vec<(&String, SearchQuery)> = queries.collect::<anyhow::Result<_>>()?;
    let paths = match args.paths.as_slice() {
        [] => index.sum().unwrap_or_default().sources.into_iter().map(PathBuf::from).collect(),
        paths => paths.to_vec(),
    };
    if paths.is_empty() {
        bail!("nothing to watch: name files or folders");
    }
    let mut next = index.next_number()?;
    loop {
        let update = match update(context, &index, &paths, Gone::Keep, &[Extra::Note]) {
            Err(error) if !args.once && is_locked(&error) => {
                context.warn(&format!("{}; looking again in {} s", told(&error), args.every));
                std::thread::sleep(Duration::from_secs(args.every));
                continue;
            }
            updated => updated?,
        };
        let mut found = 0;
        index.reload()?;
        let mut new = update.written;
        let known: HashSet<&str> = new.iter().map(String::as_str).collect();
        let others: Vec<String> =
            index.added_from(next)?.into_iter().filter(|id| !known.contains(id.as_str())).collect();
        new.extend(others);
        next = index.next_number()?;
        if !new.is_empty() {
            for (name, query) in &queries {
                let query = SearchQuery { only: Some(new.clone()), ..query.clone() };
                found += report(context, &index, name, &query, args.rss.as_deref())?;
            }
            if args.compare.any() {
                found += wrong(context, &index, &new, args)?;
            }
        }
        let (written, found_now) = (count(new.len(), "new document"), count(found as usize, "hit"));
        context.note(&format!("{written}, {found_now}"));
        if args.once {
            return Ok(if found == 0 { Status::Findings } else { Status::Done });
        }
        std::thread::sleep(Duration::from_secs(args.every));
    }
}

/// Whether another program writes to the index just now.
fn is_locked(error: &anyhow::Error) -> bool {
    matches!(error.downcast_ref::<IndexError>(), Some(IndexError::Locked { .. }))
}

/// Writes the hits of one search as JSON Lines, each with its search's name, and puts them on top of the RSS file.
fn report(
    context: &Context,
    index: &Index,
    name: &str,
    query: &SearchQuery,
    rss: Option<&Path>,
) -> anyhow::Result<u64> {
    let mut out = Vec::new();
    let mut items = String::new();
    let Totals { total, damaged } = index.search_each(query, |hit| -> anyhow::Result<()> {
        let records = Records::new(&hit.document, &hit.extraction, context.offsets);
        let mut value = serde_json::to_value(records.hit(&hit)).map_err(OutputError::from)?;
        value["search"] = json!(name);
        serde_json::to_writer(&mut out, &value).map_err(OutputError::from)?;
        out.push(b'\n');
        let words: Vec<String> = hit.places.iter().take(3).map(|place| hit.parts(place).concat()).collect();
        items.push_str(&item(name, &hit.document, &words.join(" … "), &format!("{name}/{}", hit.document.id)));
        Ok(())
    })?;
    damaged.iter().for_each(|what| context.warn(what));
    tell(&out, &items, rss)?;
    Ok(total)
}

/// Compares new articles with the statements, and reports what is wrong: contradicted figures, altered quotations.
fn wrong(context: &Context, index: &Arc<Index>, written: &[String], args: &WatchArgs) -> anyhow::Result<u64> {
    let beside = Beside::new(context, index, Vec::new(), args.compare)?;
    let (mut out, mut items, mut total) = (Vec::new(), String::new(), 0);
    for id in written {
        let Some((document, mut extraction)) = index.get(id)?.filter(|(one, _)| one.kind == Kind::Article) else {
            continue;
        };
        context.words.apply(&document, &mut extraction);
        let findings = beside.findings(context, &document, &extraction)?;
        for one in findings.into_iter().filter(Found::is_wrong) {
            let (group, Some(Line { key, mut finding, .. })) = (one.group, one.line) else { continue };
            finding["search"] = json!(group);
            finding["key"] = json!(key);
            serde_json::to_writer(&mut out, &finding).map_err(OutputError::from)?;
            out.push(b'\n');
            let words = ["/sentence/text", "/quote/text", "/span/text"];
            let words = words.iter().find_map(|place| finding.pointer(place)?.as_str()).unwrap_or_default();
            items.push_str(&item(&group, &document, words, &format!("{group}/{key}")));
            total += 1;
        }
    }
    tell(&out, &items, args.rss.as_deref())?;
    Ok(total)
}

/// Puts items on top of the RSS file, or prints the lines where there is none.
fn tell(out: &[u8], items: &str, rss: Option<&Path>) -> anyhow::Result<()> {
    if out.is_empty() {
        return Ok(());
    }
    match rss {
        Some(path) => feed(path, items).with_context(|| format!("writing {}", path.display()))?,
        None => {
            let mut place = Destination::open(None)?;
            place.write(out)?;
            place.finish()?;
        }
    }
    Ok(())
}

const BEGIN: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\"><channel>\n<title>sayso watch</title>\n\
    <link>https://localhost/</link>\n<description>What saved searches found</description>\n";
const END: &str = "</channel></rss>\n";
const ITEM: &str = "<item>";

/// Puts items in front of those of the file, at once or not at all; a hundred stay.
fn feed(path: &Path, items: &str) -> anyhow::Result<()> {
    let before = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => String::new(),
        Err(e) => return Err(e.into()),
    };
    let old = match (before.strip_prefix(BEGIN).and_then(|rest| rest.strip_suffix(END)), before.is_empty()) {
        (Some(old), _) => old,
        (None, true) => "",
        (None, false) => bail!("it is there, and no RSS file of sayso's; name another"),
    };
    let all = format!("{items}{old}");
    let kept: String = all.split_inclusive("</item>\n").take(100).collect();
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file = tempfile::NamedTempFile::new_in(folder).map_err(bare)?;
    write!(file, "{BEGIN}{kept}{END}")?;
    file.persist(path)?;
    Ok(())
}

/// An item of the feed: what was found in a document, and the name by which a reader knows it again.
fn item(search: &str, document: &Document, words: &str, name: &str) -> String {
    let title = document.title.as_deref().unwrap_or(&document.id);
    let mut item = format!("{ITEM}<title>{}</title>", escaped(&format!("{search}: {title}")));
    if let Some(url) = document.url.as_deref().filter(|url| is_of_the_web(url)) {
        item.push_str(&format!("<link>{}</link>", escaped(url)));
    }
    item.push_str(&format!("<description>{}</description>", escaped(words)));
    if let Some(day) = document.day() {
        item.push_str(&format!("<pubDate>{}</pubDate>", day.strftime("%a, %d %b %Y 00:00:00 GMT")));
    }
    item.push_str(&format!("<guid isPermaLink=\"false\">{}</guid></item>\n", escaped(name)));
    item
}

/// Whether an address is one that a reader of the feed may open: a page, and no script.
fn is_of_the_web(url: &str) -> bool {
    let scheme = url.split_once("://").map(|(scheme, _)| scheme);
    scheme.is_some_and(|scheme| ["http", "https"].iter().any(|known| scheme.eq_ignore_ascii_case(known)))
}

/// As XML takes it: the five characters by name; control characters, and those that XML has no place for, left out.
fn escaped(text: &str) -> String {
    let allowed = |c: &char| matches!(c, '\n' | '\t') || !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}');
    let shown: String = text.chars().filter(allowed).collect();
    escape(shown).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_feed_has_the_newest_on_top_and_a_hundred_items() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("found.xml");
        let item = |n: usize| format!("{ITEM}<title>{n}</title></item>\n");
        for n in 0..103 {
            feed(&path, &item(n)).unwrap();
        }
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.starts_with(BEGIN) && text.ends_with(END));
        assert_eq!(text.matches(ITEM).count(), 100);
        assert!(text.find("<title>102</title>") < text.find("<title>3</title>") && !text.contains("<title>2</title>"));
    }

    #[test]
    fn another_file_is_not_written_over() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("notes.xml");
        fs::write(&path, "mine").unwrap();
        assert!(feed(&path, "").is_err());
        assert_eq!(fs::read_to_string(&path).unwrap(), "mine");
    }

    #[test]
    fn titles_are_escaped() {
        assert_eq!(escaped("a<b & \"c\"\u{1}"), "a&lt;b &amp; &quot;c&quot;");
        assert_eq!(escaped("]]>\u{fffe}x\u{ffff}\u{9b}\u{85}\u{b}y\u{10ffff}"), "]]&gt;xy\u{10ffff}");
    }

    #[test]
    fn a_link_leads_to_a_page() {
        for (url, page) in [
            ("https://paper.example/a?b=1", true),
            ("HTTP://paper.example", true),
            ("javascript:alert(1)", false),
            ("javascript://paper.example/%0aalert(1)", false),
            ("data:text/html,<script>", false),
            ("file:///etc/passwd", false),
            (" https://paper.example", false),
            ("paper.example", false),
        ] {
            assert_eq!(is_of_the_web(url), page, "{url}");
        }
    }
}
