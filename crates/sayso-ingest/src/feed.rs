//! Feeds: RSS (0.9x, 1.0, 2.0) and Atom. Every item is a document: its headline, a blank line, and its text, whose HTML is
//! read as a page's is. What an item leaves out is taken from the feed: the publisher is the feed's title, the language
//! the feed's. The id is the item's own (`guid`, `id`), else its link: a feed that is fetched again has other items on
//! top, and each stays the same document.
//!
//! ```xml
//! <rss version="2.0"><channel><title>Pier Post</title>
//!   <item><title>No ferry</title><guid>pp-1</guid><description>&lt;p&gt;“No,” she said.&lt;/p&gt;</description></item>
//! </channel></rss>
//! ```
//! is one document, `pp-1`, of the publisher `Pier Post` and the text `No ferry`, a blank line, `“No,” she said.`.

use super::decode::{self, Damage};
use super::error::ReadError;
use super::fields::Fields;
use super::source::{Origin, Source};
use super::stream::Stream;
use super::{html, reader};
use quick_xml::NsReader;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::{Namespace, ResolveResult};
use sayso_core::document::Document;
use std::collections::VecDeque;

/// The title of the feed that `sayso watch --rss` keeps: its items are findings, no documents.
const WATCH: &str = "sayso watch";

/// Reads the items of a feed.
pub(super) struct FeedItems {
    stream: Option<Stream>,
    items: VecDeque<Item>,
    /// What kept the rest of the feed from being read.
    trouble: Option<ReadError>,
    /// Bytes that are no text, anywhere in the feed, and the encoding that they are not.
    damage: Option<(Damage, &'static str)>,
    given: u64,
    line: u64,
}

impl FeedItems {
    /// The items of `stream`.
    pub(super) fn new(stream: Stream) -> FeedItems {
        FeedItems { stream: Some(stream), items: VecDeque::new(), trouble: None, damage: None, given: 0, line: 1 }
    }

    /// Reads the feed. `None` where a walk passes it over.
    fn open(&mut self, source: &Source, stream: Stream) -> Option<()> {
        let bytes = match source.whole(stream) {
            Ok(bytes) => bytes,
            Err(error) => {
                self.trouble = Some(error);
                return Some(());
            }
        };
        let decoded = decode::decode(bytes, decode::declared_in_html);
        self.damage = decoded.damage.map(|damage| (damage, decoded.encoding));
        let mut scan = Scan::new(&decoded.text);
        let ended = scan.run();
        match ended {
            Err(Stop::NoFeed(_)) if source.found == Origin::Walked => {
                source.pass_over("XML that is no feed");
                return None;
            }
            Err(Stop::NoFeed(root)) => {
                let why =
                    if root.is_empty() { "no XML element".to_owned() } else { format!("XML whose root is <{root}>") };
                self.trouble = Some(source.malformed(None, None, why, "the feeds that are read are RSS and Atom"));
            }
            Err(Stop::Broken { why, at }) => {
                let (line, column) = place(&decoded.text, at);
                let help = "what stands before it was read; fetch the feed again";
                self.trouble = Some(source.malformed(Some(line), Some(column), why, help));
            }
            Ok(()) if source.found == Origin::Walked && scan.publisher.as_deref() == Some(WATCH) => {
                source.pass_over("feed of sayso");
                return None;
            }
            Ok(()) if scan.items.is_empty() => self.trouble = Some(source.no_text(None, "the feed has no items")),
            Ok(()) => {}
        }
        self.items = scan.finish();
        Some(())
    }

    fn document(&self, source: &Source, item: Item) -> Result<Document, ReadError> {
        let line = Some(item.line);
        match (&self.damage, item.text()) {
            (Some((damage, encoding)), Some(text)) if text.contains('\u{fffd}') => {
                Err(source.damaged(None, damage.clone(), encoding))
            }
            (_, Some(text)) => source.document(item.fields(text), Some(self.given), line),
            (_, None) => Err(source.no_text(line, "the item has neither a description nor content")),
        }
    }
}

impl reader::Reader for FeedItems {
    fn next(&mut self, source: &Source) -> Option<Result<Document, ReadError>> {
        if let Some(stream) = self.stream.take() {
            self.open(source, stream)?;
        }
        match self.items.pop_front() {
            Some(item) => {
                self.given += 1;
                self.line = item.line;
                Some(self.document(source, item))
            }
            None => self.trouble.take().map(Err),
        }
    }

    fn line(&self) -> Option<u64> {
        Some(self.line)
    }
}

/// An item as the feed has it.
#[derive(Default)]
struct Item {
    line: u64,
    id: Option<String>,
    link: Option<String>,
    title: Option<String>,
    /// Its text in full, and what is said of it.
    content: Option<String>,
    summary: Option<String>,
    published: Option<String>,
    updated: Option<String>,
    authors: Vec<String>,
    publisher: Option<String>,
    lang: Option<String>,
}

impl Item {
    /// Headline, blank line and text; none where there is no text.
    fn text(&self) -> Option<String> {
        let body = self.content.as_ref().or(self.summary.as_ref())?;
        Some(html::with_headline(self.title.as_deref(), body.clone()))
    }

    fn fields(self, text: String) -> Fields<'static> {
        let id = self.id.or_else(|| self.link.clone());
        Fields {
            id: id.clone().map(Into::into),
            title: self.title.map(Into::into),
            text: Some(text.into()),
            date: self.published.or(self.updated).map(Into::into),
            publisher: self.publisher.map(Into::into),
            byline: (!self.authors.is_empty()).then(|| self.authors.join(", ").into()),
            url: self.link.or_else(|| id.filter(|id| id.starts_with("http"))).map(Into::into),
            lang: self.lang.map(Into::into),
            ..Fields::default()
        }
    }
}

/// Where a name comes from.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Space {
    /// RSS, which has no name space, or Atom.
    Feed,
    /// Dublin Core.
    Core,
    /// `content:encoded`.
    Content,
    /// Media, iTunes and whatever else.
    Other,
}

impl Space {
    fn of(resolved: &ResolveResult) -> Space {
        match resolved {
            ResolveResult::Unbound => Space::Feed,
            ResolveResult::Bound(Namespace(uri)) => match *uri {
                "http://www.w3.org/2005/Atom" | "http://purl.org/atom/ns#" | "http://purl.org/rss/1.0/" => Space::Feed,
                uri if uri.starts_with("http://backend.userland.com/") => Space::Feed,
                "http://purl.org/dc/elements/1.1/" | "http://purl.org/dc/terms/" => Space::Core,
                "http://purl.org/rss/1.0/modules/content/" => Space::Content,
                _ => Space::Other,
            },
            ResolveResult::Unknown(prefix) => match prefix.as_str() {
                "dc" | "dcterms" => Space::Core,
                "content" => Space::Content,
                _ => Space::Other,
            },
        }
    }
}

/// Where in the feed the scan stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Level {
    /// `rss`, `rdf:RDF`.
    Root,
    /// `channel`, or the root of an Atom feed.
    Channel,
    /// `item`, `entry`.
    Item,
    /// An Atom `source` in an entry: the feed that it comes from.
    Source,
    /// `author`, `contributor` of Atom.
    Person,
}

/// Why a scan ended early.
enum Stop {
    /// The root is another.
    NoFeed(String),
    /// The XML is broken.
    Broken {
        why: String,
        /// The byte.
        at: usize,
    },
}

/// One pass over a feed.
struct Scan<'t> {
    xml: NsReader<&'t [u8]>,
    text: &'t str,
    /// Whether the root of a feed was met.
    begun: bool,
    levels: Vec<Level>,
    items: VecDeque<Item>,
    item: Item,
    publisher: Option<String>,
    lang: Option<String>,
    /// Bytes whose lines are counted, and the lines.
    counted: (usize, u64),
}

impl<'t> Scan<'t> {
    fn new(text: &'t str) -> Scan<'t> {
        let mut xml = NsReader::from_str(text);
        xml.config_mut().allow_dangling_amp = true;
        Scan {
            xml,
            text,
            begun: false,
            levels: Vec::new(),
            items: VecDeque::new(),
            item: Item::default(),
            publisher: None,
            lang: None,
            counted: (0, 1),
        }
    }

    /// The items, with what the feed says of all.
    fn finish(self) -> VecDeque<Item> {
        let whole = |item: Item| Item {
            publisher: item.publisher.or_else(|| self.publisher.clone()),
            lang: item.lang.or_else(|| self.lang.clone()),
            ..item
        };
        self.items.into_iter().map(whole).collect()
    }

    fn run(&mut self) -> Result<(), Stop> {
        loop {
            let at = self.xml.buffer_position() as usize;
            let (space, event) = match self.xml.read_resolved_event() {
                Ok((resolved, event)) => (Space::of(&resolved), event),
                Err(error) => return Err(self.broken(&error, at)),
            };
            match event {
                Event::Start(tag) => self.start(space, &tag, at)?,
                Event::Empty(tag) => self.empty(space, &tag)?,
                Event::End(_) => self.end(),
                Event::Eof if !self.begun => return Err(Stop::NoFeed(String::new())),
                Event::Eof if !self.levels.is_empty() => {
                    return Err(Stop::Broken { why: "the feed breaks off".to_owned(), at: self.text.len() });
                }
                Event::Eof => return Ok(()),
                _ => {}
            }
        }
    }

    /// What is wrong with the XML from the byte `at` on.
    fn broken(&self, error: &quick_xml::Error, at: usize) -> Stop {
        Stop::Broken { why: error.to_string(), at: at.max(self.xml.error_position() as usize) }
    }

    fn start(&mut self, space: Space, tag: &BytesStart, at: usize) -> Result<(), Stop> {
        let name = tag.local_name();
        let name = name.as_ref();
        let level = match (self.levels.last(), name) {
            (None, "rss" | "RDF") => Some(Level::Root),
            (None, "feed") if space == Space::Feed => Some(Level::Channel),
            (None, _) => return Err(Stop::NoFeed(tag.name().as_ref().to_owned())),
            (Some(Level::Root), "channel") => Some(Level::Channel),
            (Some(Level::Root | Level::Channel), "item" | "entry") if space == Space::Feed => {
                self.item = Item { line: self.line_of(at), lang: attribute(tag, "xml:lang"), ..Item::default() };
                Some(Level::Item)
            }
            (Some(Level::Item), "source") if attribute(tag, "url").is_none() && space == Space::Feed => {
                Some(Level::Source)
            }
            (Some(Level::Item), "author") if space == Space::Feed && self.is_person() => Some(Level::Person),
            _ => None,
        };
        if level == Some(Level::Channel) || level == Some(Level::Root) {
            self.lang = attribute(tag, "xml:lang").or(self.lang.take());
        }
        match level {
            Some(level) => {
                self.begun = true;
                self.levels.push(level);
            }
            None => {
                let raw = self.xml.read_text(tag.name()).map_err(|error| self.broken(&error, at))?.into_inner();
                self.field(space, tag, &raw);
            }
        }
        Ok(())
    }

    /// Whether the author that begins here has a name inside it, as Atom's do; RSS has the name itself.
    fn is_person(&self) -> bool {
        let inside = self.text[self.xml.buffer_position() as usize..].trim_start();
        inside.starts_with('<') && !(inside.starts_with("<!") || inside.starts_with("</"))
    }

    fn empty(&mut self, space: Space, tag: &BytesStart) -> Result<(), Stop> {
        match (self.levels.is_empty(), tag.local_name().as_ref()) {
            (true, "rss" | "RDF" | "feed") => self.begun = true,
            (true, _) => return Err(Stop::NoFeed(tag.name().as_ref().to_owned())),
            (false, _) => self.field(space, tag, ""),
        }
        Ok(())
    }

    fn end(&mut self) {
        if self.levels.pop() == Some(Level::Item) {
            self.items.push_back(std::mem::take(&mut self.item));
        }
    }

    /// Takes in an element that holds a value: its name and what stands in it, as written.
    fn field(&mut self, space: Space, tag: &BytesStart, raw: &str) {
        let Some(level) = self.levels.last().copied() else { return };
        let name = tag.local_name();
        let item = &mut self.item;
        let value = || Some(html::line(&characters(raw))).filter(|value| !value.is_empty());
        match (level, space, name.as_ref()) {
            (Level::Channel, Space::Feed, "title") => self.publisher = value().or(self.publisher.take()),
            (Level::Channel, Space::Feed | Space::Core, "language") => self.lang = value().or(self.lang.take()),
            (Level::Source, Space::Feed, "title") | (Level::Item, Space::Feed, "source") => {
                item.publisher = value().or(item.publisher.take());
            }
            (Level::Person, Space::Feed, "name") => item.authors.extend(value()),
            (Level::Item, Space::Feed, "author") => item.authors.extend(value().map(|author| mailbox(&author))),
            (Level::Item, Space::Core, "creator") => item.authors.extend(value()),
            (Level::Item, Space::Core, "publisher") => item.publisher = item.publisher.take().or_else(value),
            (Level::Item, Space::Feed, "title") => item.title = value(),
            (Level::Item, Space::Feed, "guid" | "id") => item.id = value(),
            (Level::Item, Space::Feed, "link") => {
                let rel = attribute(tag, "rel");
                let found = attribute(tag, "href").or_else(value);
                if rel.is_none_or(|rel| rel == "alternate") && item.link.is_none() {
                    item.link = found;
                }
            }
            (Level::Item, Space::Feed, "pubDate" | "published" | "issued") => item.published = value(),
            (Level::Item, Space::Core, "date" | "created" | "issued") => {
                item.published = item.published.take().or_else(value);
            }
            (Level::Item, Space::Feed, "updated" | "modified") => item.updated = value(),
            (Level::Item, Space::Content, "encoded") => item.content = written(raw, Markup::Html),
            (Level::Item, Space::Feed, "description") => item.summary = written(raw, Markup::Html),
            (Level::Item, Space::Feed, "content" | "summary") => {
                let found = match attribute(tag, "type").as_deref() {
                    Some("xhtml") => written(raw, Markup::Xhtml),
                    Some("html" | "text/html") => written(raw, Markup::Html),
                    _ => written(raw, Markup::None),
                };
                match name.as_ref() {
                    "content" => item.content = found,
                    _ => item.summary = found,
                }
            }
            _ => {}
        }
    }

    /// The line of a byte at or after the last one that was asked for.
    fn line_of(&mut self, at: usize) -> u64 {
        let (counted, lines) = self.counted;
        let lines = lines + memchr::memchr_iter(b'\n', &self.text.as_bytes()[counted..at]).count() as u64;
        self.counted = (at, lines);
        lines
    }
}

fn attribute(tag: &BytesStart, name: &str) -> Option<String> {
    let found = tag.try_get_attribute(name).ok()??;
    Some(characters(&found.value).trim().to_owned()).filter(|value| !value.is_empty())
}

/// The characters that XML has for what is written between two tags: sections of `CDATA` opened, references read. Tags and
/// references that XML does not know stay.
pub(super) fn characters(raw: &str) -> String {
    let mut xml = quick_xml::Reader::from_str(raw);
    xml.config_mut().allow_dangling_amp = true;
    xml.config_mut().check_end_names = false;
    let mut out = String::with_capacity(raw.len());
    loop {
        let before = xml.buffer_position() as usize;
        match xml.read_event() {
            Ok(Event::Text(text)) => out.push_str(&text.xml10_content()),
            Ok(Event::CData(text)) => out.push_str(&text.xml10_content()),
            Ok(Event::GeneralRef(reference)) => {
                let name = reference.xml10_content();
                let known = quick_xml::escape::resolve_xml_entity(&name).map(str::to_owned);
                let known = known.or_else(|| reference.resolve_char_ref().ok().flatten().map(String::from));
                out.push_str(&known.unwrap_or_else(|| format!("&{name};")));
            }
            Ok(Event::Eof) => return out,
            Ok(Event::Comment(_)) => {}
            Ok(_) => out.push_str(&raw[before..xml.buffer_position() as usize]),
            Err(_) => {
                out.push_str(&raw[before..]);
                return out;
            }
        }
    }
}

/// How a text is marked up.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Markup {
    None,
    /// HTML, written as characters.
    Html,
    /// HTML, written as XML.
    Xhtml,
}

/// The text of an element.
fn written(raw: &str, markup: Markup) -> Option<String> {
    let text = match markup {
        Markup::None => characters(raw),
        Markup::Html => html::escaped_fragment(&characters(raw)),
        Markup::Xhtml => html::fragment(raw),
    };
    Some(text.trim_matches(|c: char| c.is_ascii_whitespace()).to_owned()).filter(|text| !text.is_empty())
}

/// The name of an RSS author: `ana@pier.example (Ana Brook)`.
fn mailbox(author: &str) -> String {
    let name = author.split_once('(').and_then(|(address, rest)| Some((address, rest.strip_suffix(')')?)));
    name.filter(|(address, _)| address.contains('@')).map_or(author, |(_, name)| name).trim().to_owned()
}

/// Line and column of a byte.
fn place(text: &str, at: usize) -> (u64, u64) {
    let before = &text.as_bytes()[..at.min(text.len())];
    let begins = memchr::memrchr(b'\n', before).map_or(0, |newline| newline + 1);
    (memchr::memchr_iter(b'\n', before).count() as u64 + 1, (before.len() - begins) as u64 + 1)
}

#[cfg(test)]
mod tests {
    use super::reader::Reader as _;
    use super::*;
    use proptest::prelude::*;

    fn read(feed: &str) -> Vec<Result<Document, String>> {
        let source = Source::named("news.xml".into(), &crate::source::Setup::test(1 << 20));
        let mut reader = FeedItems::new(Stream::test(feed.as_bytes().to_vec()));
        std::iter::from_fn(|| reader.next(&source)).map(|found| found.map_err(|e| e.to_string())).collect()
    }

    const RSS: &str = r#"<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:media="http://search.example/mrss/"><channel>
  <title>Pier &amp; Post</title><language>en-GB</language><image><title>Logo</title></image>
  <item>
    <title><![CDATA[No ferry before May, says Holt&#8217;s board]]></title>
    <link>https://pier.example/1</link><guid isPermaLink="false">pp-1</guid>
    <pubDate>Tue, 03 Mar 2026 09:15:00 +0100</pubDate><author>ana@pier.example (Ana Brook)</author>
    <media:title>A photo</media:title><media:content url="https://pier.example/1.jpg"/>
    <description>A teaser.</description>
    <content:encoded><![CDATA[<p>&#8220;No ferry will sail,&#8221; said Mira Holt.</p>
<p>Some 42 boats &amp; barges wait.</p>]]></content:encoded>
  </item>
  <item><title>A bell rang</title><link>https://pier.example/2</link><dc:creator>Tom Weir</dc:creator>
    <dc:date>2026-03-04</dc:date><description>&lt;b&gt;Twice&lt;/b&gt;, they said.</description></item>
  <item><title>Nothing to read</title></item>
</channel></rss>"#;

    #[test]
    fn rss_items_are_documents() {
        let found = read(RSS);
        let one = found[0].as_ref().unwrap();
        assert_eq!(one.id, "pp-1");
        assert_eq!(one.title.as_deref(), Some("No ferry before May, says Holt’s board"));
        assert_eq!(
            one.text,
            "No ferry before May, says Holt’s board\n\n“No ferry will sail,” said Mira Holt.\n\n\
             Some 42 boats & barges wait."
        );
        assert_eq!(one.date.as_deref(), Some("2026-03-03T09:15:00+01:00"));
        assert_eq!((one.byline.as_deref(), one.publisher.as_deref()), (Some("Ana Brook"), Some("Pier & Post")));
        assert_eq!((one.url.as_deref(), one.lang.as_deref()), (Some("https://pier.example/1"), Some("en-GB")));
        let two = found[1].as_ref().unwrap();
        assert_eq!((two.id.as_str(), two.byline.as_deref()), ("https://pier.example/2", Some("Tom Weir")));
        assert_eq!((two.text.as_str(), two.date.as_deref()), ("A bell rang\n\nTwice, they said.", Some("2026-03-04")));
        let three = found[2].as_ref().unwrap_err();
        assert!(three.starts_with("news.xml:16: the item has neither a description nor content"), "{three}");
        assert_eq!(found.len(), 3);
    }

    #[test]
    fn atom_entries_are_documents() {
        let feed = r#"<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title type="text">Harbour Board</title>
            <link href="https://board.example/"/><updated>2026-03-05T00:00:00Z</updated>
            <entry><id>tag:board.example,2026:7</id><title type="html">Ferries &amp;amp; piers</title>
              <link rel="self" href="https://board.example/7.atom"/><link href="https://board.example/7?a=1&amp;b=2"/>
              <author><name>Mira Holt</name><email>m@board.example</email></author><author><name>Ana Brook</name></author>
              <published>2026-03-04T08:00:00Z</published><updated>2026-03-05T08:00:00Z</updated>
              <summary>Short.</summary>
              <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Two <em>ferries</em>.</p><p>1 &lt; 2</p></div></content>
            </entry>
            <entry><title>Taken over</title><id>8</id><updated>2026-03-06T08:00:00Z</updated>
              <source><title>Weather Office</title><id>w</id></source><content>a &lt; b</content></entry></feed>"#;
        let found = read(feed);
        let one = found[0].as_ref().unwrap();
        assert_eq!(
            (one.id.as_str(), one.url.as_deref()),
            ("tag:board.example,2026:7", Some("https://board.example/7?a=1&b=2"))
        );
        assert_eq!(one.text, "Ferries & piers\n\nTwo ferries.\n\n1 < 2");
        assert_eq!(one.byline.as_deref(), Some("Mira Holt, Ana Brook"));
        assert_eq!(one.date.as_deref(), Some("2026-03-04T08:00:00Z"));
        let two = found[1].as_ref().unwrap();
        assert_eq!((two.id.as_str(), two.publisher.as_deref()), ("8", Some("Weather Office")));
        assert_eq!((two.text.as_str(), two.lang.as_deref()), ("Taken over\n\na < b", Some("en")));
    }

    #[test]
    fn rss_1_has_its_items_beside_the_channel() {
        let feed = r#"<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
            xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>Old Post</title><items/></channel>
            <item rdf:about="y"><title>Late</title><link>https://old.example/y</link><description>It is late.</description>
            <dc:date>2026-03-03</dc:date></item></rdf:RDF>"#;
        let found = read(feed);
        let one = found[0].as_ref().unwrap();
        assert_eq!((one.id.as_str(), one.publisher.as_deref()), ("https://old.example/y", Some("Old Post")));
        assert_eq!((one.text.as_str(), found.len()), ("Late\n\nIt is late.", 1));
    }

    #[test]
    fn what_is_no_feed_or_broken_says_so() {
        let item = "<item><guid>1</guid><description>One &amp; two & three.</description></item>";
        for (feed, good, error) in [
            ("<urlset><url/></urlset>".to_owned(), 0, "news.xml: XML whose root is <urlset>; the feeds that are read"),
            ("plain words".to_owned(), 0, "news.xml: no XML element; the feeds that are read"),
            ("<rss><channel/></rss>".to_owned(), 0, "news.xml: the feed has no items"),
            (format!("<rss>\n<channel>{item}<item><title>cut o"), 1, "news.xml:2: "),
            (format!("<rss>\n<channel>{item}</channel>"), 1, "news.xml:2: the feed breaks off"),
            (format!("<rss>\n<channel>{item}\n</item></channel></rss>"), 1, "news.xml:3: "),
        ] {
            let found = read(&feed);
            let texts: Vec<&str> = found.iter().flatten().map(|d| d.text.as_str()).collect();
            assert_eq!(texts, vec!["One & two & three."; good], "{feed}");
            let last = found.last().unwrap().as_ref().unwrap_err();
            assert!(last.starts_with(error), "{last}");
        }
    }

    proptest! {
        /// Whatever is cut or put in, nothing panics, and every document has the text of an item.
        #[test]
        fn damaged_feeds_are_read_as_far_as_they_go(at in 0..RSS.len(), len in 0usize..40, put in "(<|>|&|</|<!\\[CDATA\\[|item|\\PC){0,6}") {
            let start = RSS.floor_char_boundary(at);
            let end = RSS.floor_char_boundary((at + len).min(RSS.len())).max(start);
            let feed = format!("{}{put}{}", &RSS[..start], &RSS[end..]);
            prop_assert!(read(&feed).iter().flatten().all(|document| !document.text.is_empty()));
        }
    }
}
