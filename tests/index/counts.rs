//! Counts: what a phrase finds is what an independent scan of the folded text finds; counts by publisher and month.

use crate::made::{Made, bridge, put_all};
use crate::scan;
use sayso::index::{By, Index, SearchQuery};
use std::collections::HashSet;

/// Texts out of few words, with all that folding is for: capitals, accents, curly and straight marks, dashes, possessives.
fn texts() -> Vec<String> {
    const WORDS: [&str; 14] = [
        "harbour",
        "Harbour",
        "harbour's",
        "harbour’s",
        "CAFÉ",
        "cafe",
        "tie-break",
        "“ferry",
        "ferry”",
        "ferry",
        "didn’t",
        "didn't",
        "na\u{ef}ve",
        "toll",
    ];
    const BETWEEN: [&str; 8] = [" ", " ", " ", ", ", " — ", "\n", ". ", "–"];
    let mut state = 7_u64;
    let mut next = |n: usize| {
        state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (state >> 33) as usize % n
    };
    (0..400)
        .map(|_| {
            (0..5 + next(60)).map(|_| format!("{}{}", WORDS[next(WORDS.len())], BETWEEN[next(BETWEEN.len())])).collect()
        })
        .collect()
}

#[test]
fn two_hundred_phrases_are_found_as_by_a_scan() {
    let texts = texts();
    let read: Vec<Vec<String>> = texts.iter().map(|text| scan::words(text)).collect();
    let dir = tempfile::tempdir().unwrap();
    put_all(dir.path(), &texts.iter().enumerate().map(|(i, t)| Made::new(&format!("d{i}"), t)).collect::<Vec<_>>());
    let index = Index::open(dir.path()).unwrap();
    let mut seen = HashSet::new();
    for (i, words) in read.iter().enumerate() {
        let phrases = words.windows(2 + i % 3).filter(|w| seen.len() < 200 && seen.insert(w.to_vec()));
        for phrase in phrases.take(2).map(<[String]>::to_vec).collect::<Vec<_>>() {
            let expected = read.iter().filter(|text| scan::holds(text, &phrase)).count();
            let query = SearchQuery {
                limit: usize::MAX,
                places: usize::MAX,
                ..SearchQuery::new(format!("\"{}\"", phrase.join(" ")))
            };
            let hits = index.search(&query).unwrap();
            assert_eq!(hits.total as usize, expected, "{phrase:?}");
            assert_eq!(hits.hits.len(), expected);
            for hit in &hits.hits {
                let lit = hit.places.iter().map(|place| place.span.of(&hit.document.text));
                lit.for_each(|lit| assert_eq!(scan::words(lit), phrase));
                assert!(hit.places_total > 0);
            }
        }
    }
    assert!(seen.len() >= 200, "{}", seen.len());
}

#[test]
fn counts_by_publisher_speaker_and_month() {
    let dir = tempfile::tempdir().unwrap();
    put_all(dir.path(), &bridge());
    let index = Index::open(dir.path()).unwrap();
    let shown = |query: &str, by| {
        let counts = index.count(&SearchQuery::new(query), by).unwrap();
        counts.iter().map(|(name, n)| format!("{} {n}", name.as_deref().unwrap_or("-"))).collect::<Vec<_>>().join(", ")
    };
    assert_eq!(shown("", By::Publisher), "Bay Post 1, City of Harrow Bay 1, The Harrow Herald 1");
    assert_eq!(shown("bridge", By::Publisher), "City of Harrow Bay 1, The Harrow Herald 1");
    assert_eq!(shown("", By::Month), "2021-03 2, - 1");
    assert_eq!(shown("", By::Speaker), "Dana Holt 2, Holt 1, Piet Varga 1, repair crews 1");
    assert_eq!(shown("zebra", By::Speaker), "");
}
