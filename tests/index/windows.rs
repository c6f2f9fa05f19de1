//! Many short documents, so that a query is walked in several windows and several segments, some of them with deleted
//! documents: what is found is what one finds by asking each document.

use crate::made::Made;
use sayso::index::{Index, Place, SearchQuery, WriterOptions};

const DOCUMENTS: usize = 36_000;

/// The document of a number: which words it has, outside and inside of quote marks, hangs on what divides the number.
fn document(i: usize) -> Made {
    let when = |divisor: usize, word: &'static str| if i.is_multiple_of(divisor) { word } else { "other" };
    let outside = [when(2, "pier pier"), when(3, "toll"), when(7, "ferry lane"), when(9001, "lantern")].join(" ");
    let inside = [when(6, "toll"), when(5, "quay"), when(4001, "beacon")].join(" ");
    let said = format!("“{inside}”");
    Made::new(&format!("d{i}"), &format!("{outside}. {said} Ada Brandt said.")).said(&said, "Ada Brandt", "Ada Brandt")
}

fn deleted(i: usize) -> bool {
    i % 10 == 4
}

#[test]
fn what_is_found_is_what_each_document_says() {
    let dir = tempfile::tempdir().unwrap();
    let index = Index::open_or_create(dir.path()).unwrap();
    for half in [0..DOCUMENTS / 2, DOCUMENTS / 2..DOCUMENTS] {
        let mut writer = index.writer(&WriterOptions { memory: 64 << 20, ..Default::default() }).unwrap();
        for i in half {
            let Made(document, extraction) = document(i);
            writer.put(&document, &extraction).unwrap();
        }
        writer.commit().unwrap();
    }
    let mut writer = index.writer(&Default::default()).unwrap();
    (0..DOCUMENTS).filter(|i| deleted(*i)).for_each(|i| assert!(writer.delete(&format!("d{i}"))));
    writer.commit().unwrap();

    let by = |divisor: usize| move |i: usize| i.is_multiple_of(divisor);
    let (two, three, five, six, seven) = (by(2), by(3), by(5), by(6), by(7));
    let (rare, beacon) = (by(9001), by(4001));
    type Says<'a> = Box<dyn Fn(usize) -> bool + 'a>;
    let cases: Vec<(&str, Place, Says)> = vec![
        ("pier", Place::Anywhere, Box::new(two)),
        ("said", Place::Anywhere, Box::new(|_| true)),
        ("toll", Place::Anywhere, Box::new(three)),
        ("toll", Place::Quotes, Box::new(six)),
        ("toll", Place::Narration, Box::new(three)),
        ("quay", Place::Narration, Box::new(|_| false)),
        ("quay", Place::Quotes, Box::new(five)),
        ("other", Place::Quotes, Box::new(|i| !(six(i) && five(i) && beacon(i)))),
        ("other", Place::Narration, Box::new(|i| !(two(i) && three(i) && seven(i) && rare(i)))),
        ("pier toll", Place::Anywhere, Box::new(six)),
        ("pier quay -toll", Place::Anywhere, Box::new(|i| two(i) && five(i) && !three(i))),
        ("-pier", Place::Anywhere, Box::new(|i| !two(i))),
        ("lantern pier", Place::Anywhere, Box::new(|i| rare(i) && two(i))),
        ("lantern OR beacon", Place::Anywhere, Box::new(|i| rare(i) || beacon(i))),
        ("(lantern OR beacon) pier", Place::Anywhere, Box::new(|i| (rare(i) || beacon(i)) && two(i))),
        ("(lantern pier) OR (beacon toll)", Place::Anywhere, Box::new(|i| rare(i) && two(i) || beacon(i) && three(i))),
        ("lantern toll", Place::Narration, Box::new(|i| rare(i) && three(i))),
        ("beacon toll", Place::Quotes, Box::new(|i| beacon(i) && six(i))),
        ("\"ferry lane\"", Place::Anywhere, Box::new(seven)),
        ("\"ferry lane\" beacon", Place::Anywhere, Box::new(|i| seven(i) && beacon(i))),
        ("\"pier toll\"", Place::Anywhere, Box::new(six)),
        ("\"toll quay\"", Place::Quotes, Box::new(|i| six(i) && five(i))),
        ("\"toll quay\"", Place::Narration, Box::new(|_| false)),
        ("lan* pier", Place::Anywhere, Box::new(|i| (rare(i) || seven(i)) && two(i))),
        ("beacom~", Place::Anywhere, Box::new(beacon)),
        ("*", Place::Anywhere, Box::new(|_| true)),
    ];
    for (text, place, says) in cases {
        let there: Vec<usize> = (0..DOCUMENTS).filter(|i| !deleted(*i) && says(*i)).collect();
        let found = index.search(&SearchQuery { place, limit: 7, ..SearchQuery::new(text) }).unwrap();
        assert_eq!(found.total, there.len() as u64, "{text} {place:?}");
        assert_eq!(found.hits.len(), there.len().min(7), "{text} {place:?}");
        for hit in &found.hits {
            let i: usize = hit.document.id[1..].parse().unwrap();
            assert!(there.contains(&i), "{text} {place:?} {i}");
            assert!(!hit.places.is_empty() || text.starts_with(['-', '*']), "{text} {place:?} {i}");
        }
        assert!(found.hits.windows(2).all(|pair| pair[0].score >= pair[1].score), "{text}");
    }
}
