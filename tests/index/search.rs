//! Queries and what they find, as tables.

use crate::made::{Made, bridge, put_all};
use proptest::prelude::*;
use sayso::document::{Kind, RegionKind};
use sayso::index::{FigureTest, Hits, Index, IndexError, Place, SearchQuery};
use tempfile::TempDir;

const STATEMENT: &str = "statements/bridge.txt";
const HERALD: &str = "coverage/herald.txt";
const POST: &str = "coverage/post.txt";

fn made() -> (TempDir, Index) {
    let dir = tempfile::tempdir().unwrap();
    put_all(dir.path(), &bridge());
    let index = Index::open(dir.path()).unwrap();
    (dir, index)
}

fn ids(hits: &Hits) -> Vec<&str> {
    let mut ids: Vec<&str> = hits.hits.iter().map(|hit| hit.document.id.as_str()).collect();
    ids.sort_unstable();
    ids
}

/// The words lit in a document, joined by bars.
fn lit(hits: &Hits, id: &str) -> String {
    let hit = hits.hits.iter().find(|hit| hit.document.id == id).unwrap();
    hit.places.iter().map(|place| place.span.of(&hit.document.text)).collect::<Vec<_>>().join("|")
}

/// An index of one document a language.
fn spoken(texts: &[(&str, Option<&str>, &str)]) -> (TempDir, Index) {
    let dir = tempfile::tempdir().unwrap();
    let made: Vec<Made> = texts
        .iter()
        .map(|(id, lang, text)| {
            let mut document = sayso::Document::new(*id, *text);
            document.lang = lang.map(str::to_owned);
            let extraction = sayso::extract(&document);
            Made(document, extraction)
        })
        .collect();
    put_all(dir.path(), &made);
    let index = Index::open(dir.path()).unwrap();
    (dir, index)
}

#[test]
fn words_are_sought_in_the_forms_of_the_languages_of_the_index() {
    let german = ("d", Some("de-AT"), "Die Brücken bei Tarn sind sicher. Dies sagten die Häuser am Ufer.");
    let french = ("f", Some("fr"), "Les ministres ont décidé que les ponts seraient réparés.");
    let english = ("e", None, "The ministers decided that the bridges would be repaired. He died.");
    for (texts, query, expected) in [
        (&[german, french, english][..], "brücke", vec!["d"]),
        (&[german, french, english], "haus", vec!["d"]),
        (&[german, french, english], "=haus", vec![]),
        (&[german, french, english], "\"brücke\"", vec![]),
        (&[german, french, english], "décider", vec!["f"]),
        (&[german, french, english], "réparer", vec!["f"]),
        (&[german, french, english], "minister", vec!["e"]),
        (&[german, french, english], "ministre", vec!["f"]),
        (&[german, french, english], "bridge", vec!["e"]),
        // English inflects nothing where nothing is English.
        (&[english], "die", vec!["e"]),
        (&[french], "bridge", vec![]),
        (&[french], "pont", vec!["f"]),
        // Without a document in a language its words have one form.
        (&[english], "brücke", vec![]),
    ] {
        let (_dir, index) = spoken(texts);
        assert_eq!(ids(&index.search(&SearchQuery::new(query)).unwrap()), expected, "{query}");
    }
    let (_dir, index) = spoken(&[german, french]);
    let hits = index.search(&SearchQuery::new("haus OR brücke")).unwrap();
    assert_eq!(lit(&hits, "d"), "Brücken|Häuser");
}

#[test]
fn operators() {
    let (_dir, index) = made();
    for (query, expected) in [
        ("bridge", vec![HERALD, STATEMENT]),
        ("BRIDGE", vec![HERALD, STATEMENT]),
        ("bridges", vec![HERALD, STATEMENT]),
        ("\"bridges\"", vec![]),
        ("repair", vec![POST, STATEMENT]),
        ("\"repair\"", vec![POST]),
        ("bridge repairs", vec![STATEMENT]),
        ("bridge AND repairs", vec![STATEMENT]),
        ("bridge OR repair", vec![HERALD, POST, STATEMENT]),
        ("bridge NOT repairs", vec![HERALD]),
        ("bridge -repairs", vec![HERALD]),
        ("+bridge -repairs", vec![HERALD]),
        ("-bridge", vec![POST]),
        ("NOT (bridge OR repair)", vec![]),
        ("toll AND (crews OR varga)", vec![HERALD, POST]),
        ("crews OR varga AND petition", vec![HERALD, POST]),
        ("(crews OR varga) bridge", vec![HERALD]),
        ("\"old mill bridge\"", vec![HERALD, STATEMENT]),
        ("“Old Mill bridge”", vec![HERALD, STATEMENT]),
        ("\"mill old\"", vec![]),
        ("\"mill old\"~2", vec![HERALD, STATEMENT]),
        ("\"bridge monday\"", vec![]),
        ("\"bridge monday\"~2", vec![HERALD]),
        ("\"bridge monday\"~5", vec![HERALD, STATEMENT]),
        ("\"mill mill\"~3", vec![]),
        ("didn't", vec![HERALD, STATEMENT]),
        ("\"we didn’t choose\"", vec![HERALD, STATEMENT]),
        ("commut*", vec![HERALD]),
        ("c*mm?ters", vec![HERALD]),
        ("*utters", vec![]),
        ("*uters", vec![HERALD]),
        ("brigde", vec![]),
        ("brigde~", vec![HERALD, STATEMENT]),
        ("brigdes~2", vec![HERALD, STATEMENT]),
        ("=bridges", vec![]),
        ("=bridge", vec![HERALD, STATEMENT]),
        ("bridge?", vec![HERALD, STATEMENT]),
        ("\"clos* on mon*\"", vec![HERALD]),
        ("\"didn’t ch?ose this\"", vec![HERALD, STATEMENT]),
        ("\"close* for a toll\"", vec![]),
        ("\"mon* clos*\"~3", vec![HERALD]),
        // A phrase is often pasted: marks beside stars are marks, and the question mark at the end is one too.
        ("\"**Old Mill** bridge?\"", vec![HERALD, STATEMENT]),
        ("\"bridge clos*\"", vec![HERALD]),
        ("narration:toll", vec![POST]),
        ("date:2021", vec![HERALD, STATEMENT]),
        ("bridge date:2021-03-02..", vec![HERALD]),
        ("date:[2021-02 TO 2021-03-01]", vec![STATEMENT]),
        ("NOT date:2021", vec![POST]),
        ("petition NOT narration:toll", vec![HERALD]),
        ("\"old mi*\"", vec![HERALD, STATEMENT]),
        ("u.s.", vec![HERALD]),
        ("\"us\"", vec![]),
        ("cafe CAFÉ", vec![HERALD]),
        ("41,000", vec![HERALD]),
        ("41000", vec![HERALD]),
        ("2.4", vec![STATEMENT]),
        ("title:tempers", vec![POST]),
        ("title:(tempers OR cracks)", vec![HERALD, POST]),
        ("tempers", vec![POST]),
        ("text:tempers", vec![]),
        ("headline:cracks", vec![HERALD]),
        ("publisher:\"bay post\"", vec![POST]),
        ("publisher:herald bridge", vec![HERALD]),
        ("speaker:varga", vec![HERALD]),
        ("speaker:\"dana holt\" -kind:statement", vec![HERALD]),
        ("kind:statement", vec![STATEMENT]),
        ("id:coverage/post.txt", vec![POST]),
        ("id:\"coverage/post.txt\"", vec![POST]),
        ("quotes:toll", vec![HERALD]),
        ("bridge & repairs", vec![STATEMENT]),
        ("*", vec![HERALD, POST, STATEMENT]),
        ("", vec![HERALD, POST, STATEMENT]),
        ("zebra", vec![]),
    ] {
        let hits = index.search(&SearchQuery::new(query)).unwrap_or_else(|e| panic!("{query}: {e}"));
        assert_eq!(ids(&hits), expected, "{query}");
        assert_eq!(hits.total as usize, expected.len(), "{query}");
    }
}

#[test]
fn places_of_words() {
    let (_dir, index) = made();
    for (query, place, expected) in [
        ("toll", Place::Anywhere, vec![HERALD, POST]),
        ("toll", Place::Quotes, vec![HERALD]),
        ("toll", Place::Narration, vec![POST]),
        ("toll", Place::Headline, vec![POST]), // the title's
        ("bridge", Place::Headline, vec![HERALD, STATEMENT]),
        ("crack", Place::Headline, vec![HERALD]),
        ("bridge", Place::Quotes, vec![STATEMENT]),
        ("bridge", Place::Narration, vec![HERALD]),
        ("repairs", Place::Narration, vec![POST, STATEMENT]),
        // The smallest words are not in the column of quoted words.
        ("this", Place::Quotes, vec![HERALD, STATEMENT]),
        ("of", Place::Quotes, vec![HERALD]),
        ("of", Place::Narration, vec![HERALD]),
        ("on", Place::Narration, vec![HERALD]),
        ("at", Place::Narration, vec![POST]),
        ("NOT toll", Place::Narration, vec![HERALD, STATEMENT]),
        ("closure", Place::Narration, vec![POST]), // reported, not quoted
        ("\"tough going\"", Place::Quotes, vec![POST]),
        ("\"was tough\"", Place::Quotes, vec![]),
        ("\"was tough\"", Place::Narration, vec![]), // half of it is quoted
        ("\"lightly mayor\"", Place::Anywhere, vec![HERALD]),
        ("\"lightly mayor\"", Place::Quotes, vec![]),
        ("\"lightly mayor\"", Place::Narration, vec![]),
        ("petition AND NOT toll", Place::Narration, vec![HERALD]),
    ] {
        let hits = index.search(&SearchQuery { place, ..SearchQuery::new(query) }).unwrap();
        assert_eq!(ids(&hits), expected, "{query} in {place:?}");
        assert_eq!(hits.total as usize, expected.len());
    }
}

#[test]
fn words_in_one_mouth() {
    let (_dir, index) = made();
    for (query, speaker, place, expected) in [
        ("toll", "Varga", Place::Anywhere, vec![HERALD]),
        ("toll", "Holt", Place::Anywhere, vec![]),
        ("toll", "Holt", Place::Quotes, vec![]),
        ("toll", "Holt", Place::Narration, vec![POST]),
        ("lightly", "dana holt", Place::Quotes, vec![HERALD, STATEMENT]),
        ("closure", "Holt", Place::Anywhere, vec![POST]),
        ("closure", "Holt", Place::Quotes, vec![]),
        ("cost", "Holt", Place::Anywhere, vec![STATEMENT]), // she issued it
        ("cost", "Holt", Place::Quotes, vec![]),
        ("", "Varga", Place::Anywhere, vec![HERALD]),
    ] {
        let hits =
            index.search(&SearchQuery { place, speaker: Some(speaker.into()), ..SearchQuery::new(query) }).unwrap();
        assert_eq!(ids(&hits), expected, "{query} by {speaker} in {place:?}");
        assert!(hits.hits.iter().all(|hit| hit.places_total > 0));
    }
    for (others, expected) in [(vec![], vec![]), (vec!["Nobody".to_owned(), "Varga".to_owned()], vec![HERALD])] {
        let speaker = Some("the ferryman".into());
        let hits = index.search(&SearchQuery { speaker, speaker_aliases: others, ..SearchQuery::new("toll") }).unwrap();
        assert_eq!(ids(&hits), expected);
    }
}

#[test]
fn figures() {
    let (_dir, index) = made();
    for (figure, query, expected, spans) in [
        (">40000 retweets", "", vec![HERALD], "52,300"),
        (">40000", "", vec![HERALD, STATEMENT], "41,000|52,300"),
        (">=41000 signatures", "", vec![HERALD], "41,000"),
        ("<10k retweets", "", vec![POST], "9,800"),
        ("$2m..$3m", "", vec![STATEMENT], "$2.4 million"),
        ("15%", "", vec![POST], "15 percent"),
        ("10..20 percent", "", vec![POST], "15 percent"),
        (">1 retweets", "toll", vec![HERALD, POST], ""),
        (">1 zebras", "", vec![], ""),
    ] {
        let figure = FigureTest::parse(figure).unwrap();
        let hits = index.search(&SearchQuery { figure: Some(figure.clone()), ..SearchQuery::new(query) }).unwrap();
        assert_eq!(ids(&hits), expected, "{figure:?}");
        assert!(hits.hits.iter().all(|hit| !hit.figures.is_empty()));
        if !spans.is_empty() {
            assert_eq!(lit(&hits, expected[0]), spans, "{figure:?}");
        }
    }
    let quoted =
        SearchQuery { figure: Some(FigureTest::parse(">1").unwrap()), place: Place::Quotes, ..Default::default() };
    assert_eq!(index.search(&quoted).unwrap().total, 0);
}

#[test]
fn lights_what_is_meant() {
    let (_dir, index) = made();
    for (query, id, expected) in [
        ("\"old mill bridge\" monday", HERALD, "Old Mill bridge|Monday"),
        ("bridge", HERALD, "Bridge|bridge"),
        ("didn't", HERALD, "didn’t"),
        ("toll -bridge", POST, "toll"),
        ("\"bridge monday\"~2", HERALD, "bridge closes on Monday"),
        ("commut*", HERALD, "commuters"),
        ("title:tempers", POST, ""),
        ("closes closure", HERALD, "closes|closes|closure"),
    ] {
        let hits = index.search(&SearchQuery::new(query)).unwrap();
        assert_eq!(lit(&hits, id), expected, "{query}");
    }
    let hits = index.search(&SearchQuery { places: 1, ..SearchQuery::new("bridge closure") }).unwrap();
    let hit = &hits.hits.iter().find(|hit| hit.document.id == HERALD).unwrap();
    assert_eq!((hit.places.len(), hit.places_total), (1, 3));
    assert_eq!(hit.title.iter().map(|s| s.of(hit.document.title.as_deref().unwrap())).collect::<Vec<_>>(), ["Bridge"]);
    assert_eq!(hit.places[0].region, RegionKind::Headline);
    assert_eq!(hit.places[0].context.of(&hit.document.text), "Bridge closes after cracks are found");
    let hits = index.search(&SearchQuery::new("toll guild")).unwrap();
    assert_eq!(hits.hits[0].places[0].in_quote, Some(1));
    assert_eq!(hits.hits[0].places[1].in_quote, None);
}

#[test]
fn limits_and_filters() {
    let (_dir, index) = made();
    let page =
        |limit, offset| index.search(&SearchQuery { limit, offset, ..SearchQuery::new("bridge OR toll") }).unwrap();
    let whole = page(10, 0);
    assert_eq!((whole.total, whole.hits.len()), (3, 3));
    assert!(whole.hits.windows(2).all(|pair| pair[0].score >= pair[1].score));
    for offset in 0..4 {
        let one = page(1, offset);
        assert_eq!(one.total, 3);
        assert_eq!(one.hits.first(), whole.hits.get(offset));
    }
    assert_eq!((page(0, 0).total, page(0, 0).hits.len()), (3, 0));
    assert_eq!(page(usize::MAX, usize::MAX).hits.len(), 0);
    let kind = index.search(&SearchQuery { kind: Some(Kind::Article), ..SearchQuery::new("bridge") }).unwrap();
    assert_eq!(ids(&kind), [HERALD]);
    let publisher = SearchQuery { publisher: Some("bay post".into()), since: None, ..SearchQuery::new("toll") };
    assert_eq!(ids(&index.search(&publisher).unwrap()), [POST]);
}

#[test]
fn equals_stand_in_the_order_of_insertion() {
    let dir = tempfile::tempdir().unwrap();
    let made: Vec<Made> = (0..30).map(|i| Made::new(&format!("d{i:02}"), "the same words in each")).collect();
    put_all(dir.path(), &made);
    let hits =
        Index::open(dir.path()).unwrap().search(&SearchQuery { limit: 30, ..SearchQuery::new("same words") }).unwrap();
    let order: Vec<&str> = hits.hits.iter().map(|hit| hit.document.id.as_str()).collect();
    assert!(order.is_sorted() && order.len() == 30);
}

#[test]
fn errors_name_the_column() {
    let (_dir, index) = made();
    for (query, column, found) in [
        ("bridge AND", 8, "AND with nothing after"),
        ("AND bridge", 1, "AND with nothing before"),
        ("bridge OR", 10, "nothing to search for"),
        ("OR bridge", 1, "OR with nothing before"),
        ("(bridge", 1, "never closed"),
        ("bridge)", 7, "closes nothing"),
        ("é \"bridge", 3, "quote mark that is never closed"),
        ("colour:red", 1, "unknown field `colour`"),
        ("title:", 1, "nothing after it"),
        ("kind:poem", 6, "unknown kind"),
        ("re?air-*s", 7, "in a word with a wildcard"),
        ("bridge~9", 7, "`~`"),
        ("tie-break~", 10, "not one word"),
        ("date:May", 6, "which is no day"),
        ("toll date:[2018 TO x]", 20, "which is no day"),
        ("date:[2018", 6, "`[` that is never closed"),
        ("\"a * b\"", 4, "`*` for a whole word"),
        ("\"a b\"~x", 6, "`~` without a number"),
        ("bridge - toll", 8, "`-` with nothing"),
        ("bridge NOT", 8, "NOT with nothing"),
        ("…", 1, "no word"),
        ("\"…\"", 1, "phrase without a word"),
        ("()", 2, "nothing to search for"),
    ] {
        match index.search(&SearchQuery::new(query)) {
            Err(IndexError::Query { column: at, found: what, help, .. }) => {
                assert!(what.contains(found), "{query}: {what}");
                assert_eq!(at, column, "{query}: {what}");
                assert!(!help.is_empty());
            }
            other => panic!("{query}: {other:?}"),
        }
    }
    assert!(index.search(&SearchQuery::new("(".repeat(100_000))).is_err());
    assert!(index.search(&SearchQuery::new("-".repeat(100_000) + "a")).is_err());
}

fn contains(text: &[&str], phrase: &[&str]) -> bool {
    text.windows(phrase.len()).any(|row| row == phrase)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    /// Phrases are found as an independent scan finds them, and every hit shows its place.
    #[test]
    fn phrases_are_found_as_by_a_scan(
        texts in proptest::collection::vec(proptest::collection::vec("[abc]", 1..20), 1..8),
        phrases in proptest::collection::vec(proptest::collection::vec("[abc]", 2..4), 1..6),
    ) {
        let dir = tempfile::tempdir().unwrap();
        let made: Vec<Made> = texts.iter().enumerate().map(|(i, t)| Made::new(&format!("d{i}"), &t.join(" "))).collect();
        put_all(dir.path(), &made);
        let index = Index::open(dir.path()).unwrap();
        for phrase in &phrases {
            let words: Vec<&str> = phrase.iter().map(String::as_str).collect();
            let expected = texts.iter().filter(|t| contains(&t.iter().map(String::as_str).collect::<Vec<_>>(), &words)).count();
            let hits = index.search(&SearchQuery::new(format!("\"{}\"", words.join(" ")))).unwrap();
            prop_assert_eq!(hits.total as usize, expected);
            for hit in &hits.hits {
                prop_assert!(hit.places_total > 0);
                prop_assert_eq!(hit.places[0].span.of(&hit.document.text), words.join(" "));
            }
        }
    }

    #[test]
    fn no_query_panics(query in "([a-c\"“() :~*+-]|AND|OR|NOT|title|é|\\PC){0,40}") {
        let (_dir, index) = made();
        let _ = index.search(&SearchQuery::new(&query));
        let _ = FigureTest::parse(&query);
    }

    #[test]
    fn no_figure_panics(query in "[<>=~$€%0-9kmbn., -]{0,30}") {
        let _ = FigureTest::parse(&query);
    }
}
