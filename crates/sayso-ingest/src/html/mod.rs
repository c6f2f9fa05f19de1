//! Web pages: the headline, a blank line, and the article's paragraphs with blank lines between them; title, byline,
//! date, publisher, language and address into their fields.
//!
//! The page's own data (JSON-LD of schema.org: `articleBody`, `headline`, `datePublished`, `author`, `publisher`) are
//! believed first. The article is found by dom_smoothie (a port of Mozilla's Readability), which leaves menus, lists of links
//! and other furniture out; where it finds none, the text is that of the page's body. White space is folded as a
//! browser folds it; no-break spaces stay.

mod declared;
pub(super) mod flow;

use super::error::ReadError;
use super::fields::Fields;
use super::source::{Origin, Source};
use declared::Article;
use dom_smoothie::{Config, Readability};
pub(super) use flow::fragment;
use flow::{Flowed, OPEN, densest, depth, flowed, is_marked_up, open_tags, words};
use sayso_core::document::{Layout, Region};
use sayso_core::span::Span;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Character references between two tags, and words in one tag, above which a page is not parsed, for the same reason.
const REFERENCES: usize = 20_000;
const ATTRIBUTES: usize = 4_000;
/// Depth up to which the article is looked for; dom_smoothie calls itself for each level.
const DEPTH: usize = 256;
/// Elements up to which the article is looked for.
const ELEMENTS: usize = 300_000;

/// Reads one decoded page. A report that sayso wrote is passed over where a walk met it.
pub(super) fn read(source: &Source, html: String) -> Result<Option<Fields<'static>>, ReadError> {
    if open_tags(&html) > OPEN {
        return Err(ReadError::TooDeep { path: source.path.clone(), line: None, limit: OPEN });
    }
    let (references, attributes) = densest(&html);
    for (found, limit, what) in
        [(references, REFERENCES, "character references in one stretch"), (attributes, ATTRIBUTES, "words in one tag")]
    {
        if found > limit {
            let why = format!("{found} {what}, where a page has a few");
            return Err(source.malformed(None, None, why, "save its text as .txt"));
        }
    }
    let config = || {
        Some(Config { disable_json_ld: true, max_elements_to_parse: ELEMENTS, keep_classes: true, ..Config::default() })
    };
    let Ok(mut page) = Readability::new(html, None, config()) else {
        return Err(source.no_text(None, "no page was found"));
    };
    let attribute = |selector: &str, name: &str| {
        let value = page.doc.select_single(selector).attr(name).map(|v| v.trim().to_string());
        value.filter(|v| !v.is_empty())
    };
    if source.found == Origin::Walked
        && attribute("meta[name='generator']", "content").is_some_and(|g| g.starts_with("sayso"))
    {
        source.pass_over("report of sayso");
        return Ok(None);
    }
    let about = Article::declared(&page);
    let meta = page.get_article_metadata(None);
    let url = attribute("link[rel='canonical']", "href").or_else(|| attribute("meta[property='og:url']", "content"));
    let lang = attribute("html", "lang");
    let time = attribute("time[datetime]", "datetime");
    let headings = page.doc.select("h1");
    let only_heading = (headings.nodes().len() == 1).then(|| words(&headings.text()));
    let headline =
        [about.headline, only_heading, Some(words(&meta.title))].into_iter().flatten().find(|h| !h.is_empty());

    let whole = flowed(&page, "body");
    let marked = container(&page);
    let grabbed = if depth(&page) > DEPTH { None } else { article(source, &mut page) };
    let grabbed = match (grabbed, marked) {
        (Some(grabbed), Some(marked)) if grabbed.story() * 5 < marked.story() * 4 => Some(marked),
        (grabbed, _) => grabbed,
    };
    let body = match (about.body, grabbed) {
        (Some(body), Some(grabbed)) if better(&grabbed.text, &body) => grabbed,
        (Some(body), _) => Flowed { text: body, ..Flowed::default() },
        (None, grabbed) => grabbed.filter(|g| !g.text.is_empty()).unwrap_or(whole),
    };
    if body.text.is_empty() {
        return Err(source.no_text(None, "the page shows no text"));
    }
    if about.paid && body.text.len() < STUB {
        source.note("page behind a paywall, of which only the beginning is there");
    }
    let length = body.text.len();
    let text = with_headline(headline.as_deref(), body.text);
    let layout = Layout { parts: shifted(body.parts, text.len() - length), ..Layout::default() };
    let some = |value: Option<String>| value.filter(|v| !v.trim().is_empty()).map(Into::into);
    Ok(Some(Fields {
        title: some(headline),
        text: Some(text.into()),
        date: some(about.date.or(meta.published_time).or(time)),
        publisher: some(about.publisher.or(meta.site_name)),
        byline: some(about.byline.or(meta.byline)),
        url: some(url.or(about.url)),
        lang: some(lang.or(about.lang)),
        layout,
        ..Fields::default()
    }))
}

/// A page that is told to be paid for and has fewer bytes is a stub.
const STUB: usize = 1500;
/// A page of more bytes is no short one: there the article is told from the rest by more than its element.
const SHORT: usize = 2000;

/// What the page itself marks as its article, where it is short and no list of links: short pages lose lists, quotations and
/// lines of a few words to the rules that find a long story among furniture.
fn container(page: &Readability) -> Option<Flowed> {
    let selector = ["[itemprop='articleBody']", "article", "main", "[role='main']"]
        .into_iter()
        .find(|selector| page.doc.select(selector).nodes().len() == 1)?;
    let found = flowed(page, selector);
    (found.text.len() <= SHORT && found.linked * 3 < found.text.len()).then_some(found)
}

/// Parts that stand so many bytes later.
fn shifted(parts: Vec<Region>, by: usize) -> Vec<Region> {
    let by = by as u32;
    parts.into_iter().map(|part| Region { span: Span::new(part.span.start + by, part.span.end + by), ..part }).collect()
}

/// A headline, a blank line and the text, unless the text begins with the headline itself.
pub(super) fn with_headline(headline: Option<&str>, body: String) -> String {
    match headline {
        Some(headline) if !same(headline, body.split("\n\n").next().unwrap_or_default()) => {
            format!("{headline}\n\n{body}")
        }
        _ => body,
    }
}

/// The same of HTML that was escaped once too often: what reads as tags after reading is read again.
pub(super) fn escaped_fragment(html: &str) -> String {
    let bare = |text: &str| {
        let inner = text.trim().strip_prefix("<![CDATA[")?.strip_suffix("]]>")?;
        Some(inner.to_owned())
    };
    let once = fragment(&bare(html).unwrap_or_else(|| html.to_owned()));
    let inner = bare(&once).unwrap_or(once);
    let begins = |tag: &str| {
        let rest = inner.trim_start().get(1..);
        rest.is_some_and(|rest| rest.starts_with(tag) && rest[tag.len()..].starts_with(['>', ' ', '/']))
    };
    const TAGS: [&str; 18] = [
        "p",
        "div",
        "a",
        "span",
        "b",
        "i",
        "em",
        "strong",
        "img",
        "h1",
        "h2",
        "h3",
        "ul",
        "ol",
        "blockquote",
        "br",
        "figure",
        "table",
    ];
    let again = inner.trim_start().starts_with('<') && TAGS.iter().any(|tag| begins(tag)) && inner.contains("</");
    if again { fragment(&inner) } else { inner }
}

/// A piece of HTML in one line.
pub(super) fn line(html: &str) -> String {
    words(&fragment(html))
}

/// The article's paragraphs as dom_smoothie finds them; `page` is changed by that. The library is not ours: if
/// it panics on a page, the page is read without it.
fn article(source: &Source, page: &mut Readability) -> Option<Flowed> {
    match catch_unwind(AssertUnwindSafe(|| page.parse().is_ok().then(|| flowed(page, "#readability-page-1")))) {
        Ok(found) => found,
        Err(_) => {
            log::warn!(
                "{}: the article could not be told from the page; all of the page's text is read",
                source.path.display()
            );
            None
        }
    }
}

/// Whether the page's paragraphs are to be read instead of its `articleBody`: that is a teaser, or holds no line break
/// where the page has paragraphs.
fn better(grabbed: &str, body: &str) -> bool {
    let (page, data) = (grabbed.len(), body.len());
    page > data * 3 / 2 || !body.contains('\n') && grabbed.contains('\n') && page * 5 > data * 4
}

/// Whether two lines have the same letters and digits.
fn same(a: &str, b: &str) -> bool {
    let letters = |s: &str| s.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    a == b || letters(a) == letters(b)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn page(html: &str) -> Result<Fields<'static>, String> {
        let source = Source::named("a.html".into(), &crate::source::Setup::test(9 << 20));
        read(&source, html.to_string()).map(Option::unwrap_or_default).map_err(|e| e.to_string())
    }

    /// Three paragraphs long enough for Readability to take them for an article.
    fn story() -> [String; 3] {
        [
            "The harbour master of Port Ellery said on Monday that “no ferry will sail”&nbsp;before the new pier &amp; ramp are safe, a week after the storm.",
            "“We have 3,200 people waiting,” said Tomas Reed, the town’s mayor, and he asked the county for two more boats, more crews and an earlier start.",
            "The county, which owns four of the six vessels, answered that it would decide within days, and that nobody had been left without a way home.",
        ]
        .map(str::to_string)
    }

    #[test]
    fn leaves_furniture_out_and_keeps_every_character() {
        let [a, b, c] = story();
        let html = format!(
            "<!DOCTYPE html><html lang=en-GB><head><title>No ferry yet | Pier Post</title>
             <link rel=canonical href=https://pier.example/ferry><meta property='og:site_name' content='Pier Post'>
             <meta property='article:published_time' content='2026-03-03T08:00:00Z'><meta name=author content='Ana Brook'></head>
             <body><nav><ul><li><a href=/>Home</a><li><a href=/x>Weather</a></ul></nav><div class=content><h1>No ferry  yet</h1>
             <p>{a}</p><p>{b}\n <b>Twice</b>, he <i>said</i>.</p><p>{c}</p></div><div class=footer><a href=/t>Terms</a></div>
             <script>var a = '<div>';</script></body></html>"
        );
        let fields = page(&html).unwrap();
        let a = a.replace("&nbsp;", "\u{a0}").replace("&amp;", "&");
        assert_eq!(fields.text.as_deref(), Some(format!("No ferry yet\n\n{a}\n\n{b} Twice, he said.\n\n{c}").as_str()));
        assert_eq!(fields.title.as_deref(), Some("No ferry yet"));
        assert_eq!(fields.url.as_deref(), Some("https://pier.example/ferry"));
        assert_eq!(fields.publisher.as_deref(), Some("Pier Post"));
        assert_eq!(fields.byline.as_deref(), Some("Ana Brook"));
        assert_eq!(fields.date.as_deref(), Some("2026-03-03T08:00:00Z"));
        assert_eq!(fields.lang.as_deref(), Some("en-GB"));
    }

    #[test]
    fn believes_what_the_page_declares() {
        let html = r#"<html><head><title>x</title><script type="application/ld+json">
            {"@context": "https://schema.org", "@graph": [{"@type": "WebSite", "name": "Pier Post"},
             {"@type": ["NewsArticle"], "headline": "Ferry &amp; fog", "articleBody": "“No,” he said.\nTwo &lt; three.\n\nEnd.",
              "datePublished": "2026-03-03", "author": [{"name": "Ana Brook"}, {"name": "Li Sand"}], "publisher": {"name": "Pier Post"}}]}
            </script></head><body><p>Menu</p></body></html>"#;
        let fields = page(html).unwrap();
        assert_eq!(fields.text.as_deref(), Some("Ferry & fog\n\n“No,” he said.\n\nTwo < three.\n\nEnd."));
        assert_eq!(fields.byline.as_deref(), Some("Ana Brook, Li Sand"));
        assert_eq!(fields.publisher.as_deref(), Some("Pier Post"));
        assert_eq!(fields.date.as_deref(), Some("2026-03-03"));
    }

    #[test]
    fn prefers_paragraphs_to_a_body_in_one_line() {
        let [a, b, c] = story();
        let line = [&a, &b, &c].map(|p| p.replace("&nbsp;", " ").replace("&amp;", "&")).join(" ");
        let data = serde_json::json!({"@type": "NewsArticle", "headline": "No ferry", "articleBody": line});
        let html = format!(
            "<html><head><script type='application/ld+json'>{data}</script></head><body><article><p>{a}</p><p>{b}</p><p>{c}</p></article></body></html>"
        );
        assert_eq!(page(&html).unwrap().text.unwrap().split("\n\n").count(), 4);
    }

    #[test]
    #[ignore = "open: a cookie banner is kept"]
    fn captions_and_furniture_are_told_apart() {
        let [a, b, c] = story();
        let html = format!(
            "<body><div id=cookie-banner>We use cookies.</div><article><h1>No ferry</h1><p>{a}</p><figure><img src=x><figcaption>The pier. <span class=photo-credit>Ida Moss</span></figcaption></figure>
             <p>{b}</p><div class=related-stories><a href=/1>The old pier</a></div><p>{c}</p><p class=copyright>© 2026 Pier Post</p></article><div id=comments><p>First!</p></div></body>"
        );
        let fields = page(&html).unwrap();
        let text = fields.text.unwrap();
        assert!(!text.contains("cookies") && !text.contains("First!"), "{text}");
        let told: Vec<(&str, &str)> = fields
            .layout
            .parts
            .iter()
            .map(|p| {
                (
                    p.span.of(&text),
                    if p.kind == sayso_core::document::RegionKind::Caption { "caption" } else { "other" },
                )
            })
            .collect();
        assert!(told.contains(&("The pier. Ida Moss", "caption")), "{told:?} {text}");
    }

    #[test]
    fn short_pages_keep_what_they_hold() {
        let html = "<body><nav><a href=/>Home</a></nav><article><h1>Quay wall</h1><p>The wall stands, and nobody pays for it.</p><div>A short line<div>“We pay,” said Mara Quay.</div>A tail</div>
            <ul><li>“First the stones,” Kray said.</li><li>Then the lime</li></ul><blockquote>“Never,” wrote Lise Horn.</blockquote></article><footer>Terms</footer></body>";
        let text = page(html).unwrap().text.unwrap();
        assert_eq!(
            text,
            "Quay wall\n\nThe wall stands, and nobody pays for it.\n\nA short line\n\n“We pay,” said Mara Quay.\n\nA tail\n\n“First the stones,” Kray said.\n\nThen the lime\n\n“Never,” wrote Lise Horn."
        );
    }

    #[test]
    fn escaped_twice_is_read_twice() {
        for (html, text) in [
            ("<![CDATA[<p>“Open,” she said.</p>]]>", "“Open,” she said."),
            (
                "&lt;p&gt;“Shut,” said the &lt;a href=&#34;x&#34;&gt;warden&lt;/a&gt;.&lt;/p&gt;",
                "“Shut,” said the warden.",
            ),
            ("<p>“The flow was &lt; 40 litres.”</p>", "“The flow was < 40 litres.”"),
            ("<p>Write &lt;p&gt; before it and &lt;/p&gt; after.</p>", "Write <p> before it and </p> after."),
        ] {
            assert_eq!(escaped_fragment(html), text);
        }
    }

    #[test]
    fn reads_the_body_where_no_article_is_found() {
        assert_eq!(page("<p>One<br>two<p>Three <td>four").unwrap().text.as_deref(), Some("One\ntwo\n\nThree four"));
        assert_eq!(page("just words &eacute; &#8220;").unwrap().text.as_deref(), Some("just words é “"));
        assert!(page("<html><body><script>1</script></body></html>").unwrap_err().contains("shows no text"));
    }

    #[test]
    fn nesting_is_bounded() {
        assert!(page(&"<div>".repeat(200_000)).unwrap_err().contains("nested more than 512 deep"));
        let deep = format!("{}<p>word</p>{}", "<div>".repeat(500), "</div>".repeat(500));
        assert_eq!(page(&deep).unwrap().text.as_deref(), Some("word"));
        let nested = format!("{}<p>{}</p>{}", "<div>".repeat(240), story()[1], "</div>".repeat(240));
        assert_eq!(page(&nested).unwrap().text.as_deref(), Some(story()[1].as_str()));
        let many = "<p>a <b>b</b> <i>c".repeat(400);
        assert!(page(&many).is_ok());
    }

    #[test]
    fn what_parsers_take_quadratic_time_for_is_refused_by_name() {
        let attributes = |n: usize| (0..n).map(|n| format!(" a{n}=1")).collect::<String>();
        for (html, refused) in [
            (format!("<p{}>word</p>", attributes(5_000)), true),
            (format!("<p{}>word</p>", attributes(300)), false),
            (format!("<p>word {}</p>", "&".repeat(30_000)), true),
            (format!("<p>word {}</p>", "&amp; ".repeat(30_000)), true),
            ("<p>one &amp; two &#8220;three&#8221;</p>".repeat(3_000), false),
        ] {
            let read = page(&html);
            assert_eq!(read.is_err(), refused, "{:.60}", html);
            assert!(read.is_ok() || read.is_err_and(|e| e.contains("where a page has a few")));
        }
        // A comment that is never closed, many times.
        let _ = open_tags(&"<!-- ".repeat(200_000));
    }

    #[test]
    fn soup_that_grows_when_parsed_takes_no_long_time() {
        let begun = std::time::Instant::now();
        let formats: String = (0..500).map(|n| format!("<font size={n}>")).collect();
        for soup in [
            format!("{formats}{}", "<p>x".repeat(2000)),
            "<div></x>".repeat(100_000),
            format!("{}{}", "<b>".repeat(400), "<div></b>".repeat(90)),
            "<table><tr><td>".repeat(150) + &"</div>x".repeat(20_000),
            "a<br><br>b".repeat(20_000),
            "<ul><li>a</ul>".repeat(10_000),
            "<a href=x>".repeat(500) + &"<p>word, and word, and word</p>".repeat(500),
        ] {
            let _ = page(&soup);
            eprintln!("{:?}", begun.elapsed());
        }
        assert!(begun.elapsed().as_secs() < 60, "{:?}", begun.elapsed());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(300))]
        #[test]
        fn tag_soup_never_panics(parts in proptest::collection::vec("</?(p|div|b|table|td|tr|a|ul|li|h1|article|script|svg|math|template|select|title|br|form|span)( class=\"(x|ad|body)\")?>|[a-z“”é&;#< ]{1,9}|<!--|-->|&(amp|#x41|bogus);|<script type='application/ld\\+json'>\\{\"@type\":\"Article\"", 0..40)) {
            let html = parts.concat();
            if let Ok(fields) = page(&html) {
                prop_assert!(!fields.text.unwrap_or_default().is_empty());
            }
        }
    }
}
