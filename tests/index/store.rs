//! Round trips, upserts, unchanged documents, pruning, locks, folders that are no index.

use crate::made::{Made, bridge, day_of_statement, put_all};
use proptest::prelude::*;
use sayso::document::{Document, Kind};
use sayso::extract::{Extraction, Model, Op};
use sayso::index::{Filter, Index, IndexError, Put, WriterOptions};
use std::fs;
use std::path::PathBuf;

fn all(index: &Index, filter: &Filter) -> Vec<(Document, Extraction)> {
    index.documents(filter).unwrap().collect::<Result<_, _>>().unwrap()
}

fn ids(index: &Index, filter: &Filter) -> Vec<String> {
    all(index, filter).into_iter().map(|(document, _)| document.id).collect()
}

#[test]
fn what_is_put_comes_out_in_order() {
    let dir = tempfile::tempdir().unwrap();
    let made = bridge();
    let summary = put_all(dir.path(), &made);
    assert_eq!((summary.added, summary.documents), (3, 3));
    let index = Index::open(dir.path()).unwrap();
    let stored = all(&index, &Filter::default());
    for (Made(document, extraction), (d, e)) in made.iter().zip(&stored) {
        assert_eq!((document, extraction), (d, e));
        assert_eq!(index.get(&document.id).unwrap().unwrap().0, *document);
    }
    assert_eq!(stored.len(), 3);
    assert!(index.get("elsewhere").unwrap().is_none());
}

#[test]
fn order_is_that_of_first_insertion_whatever_comes_later() {
    let dir = tempfile::tempdir().unwrap();
    put_all(dir.path(), &bridge());
    let mut changed = bridge().swap_remove(0);
    changed.0.text.push_str(" Thank you.");
    let summary = put_all(dir.path(), &[Made::new("later", "More."), changed]);
    assert_eq!((summary.added, summary.updated, summary.documents), (1, 1, 4));
    let index = Index::open(dir.path()).unwrap();
    let order = ids(&index, &Filter::default());
    assert_eq!(order, ["statements/bridge.txt", "coverage/herald.txt", "coverage/post.txt", "later"]);
    assert!(index.get("statements/bridge.txt").unwrap().unwrap().0.text.ends_with("Thank you."));
}

#[test]
fn threads_change_nothing() {
    let many: Vec<Document> =
        (0..500).map(|i| Document::new(format!("d{i}"), format!("word{} bridge {}", i % 7, "x ".repeat(i)))).collect();
    let found = [1, 2, 4].map(|threads| {
        let dir = tempfile::tempdir().unwrap();
        let index = Index::open_or_create(dir.path()).unwrap();
        let mut writer = index.writer(&WriterOptions { threads, ..Default::default() }).unwrap();
        many.iter().for_each(|d| assert_eq!(writer.put(d, &Extraction::default()).unwrap(), Put::Added));
        writer.commit().unwrap();
        let hits = index.search(&sayso::index::SearchQuery::new("bridge word3")).unwrap();
        let ranked: Vec<_> = hits.hits.into_iter().map(|hit| (hit.document.id, hit.score)).collect();
        (ids(&index, &Filter::default()), hits.total, ranked)
    });
    assert_eq!(found[0].0.len(), 500);
    assert_eq!(found[0], found[1]);
    assert_eq!(found[0], found[2]);
}

#[test]
fn unchanged_documents_are_told_apart() {
    let dir = tempfile::tempdir().unwrap();
    let made = bridge();
    put_all(dir.path(), &made);
    let index = Index::open(dir.path()).unwrap();
    let mut writer = index.writer(&Default::default()).unwrap();
    assert!(writer.is_unchanged(&made[0].0));
    let mut renamed = made[1].0.clone();
    renamed.title = Some("Another".into());
    assert!(!writer.is_unchanged(&renamed));
    assert!(!writer.is_unchanged(&Document::new("new", "text")));
    assert_eq!(writer.put(&made[0].0, &made[0].1).unwrap(), Put::Unchanged);
    assert_eq!(writer.put(&renamed, &made[1].1).unwrap(), Put::Updated);
    let again = writer.put(&renamed, &made[1].1).unwrap();
    assert_eq!(again, Put::Unchanged);
    let summary = writer.commit().unwrap();
    assert_eq!((summary.added, summary.updated, summary.unchanged, summary.documents), (0, 1, 1, 3));
    assert_eq!(index.get(&renamed.id).unwrap().unwrap().0.title.as_deref(), Some("Another"));
}

#[test]
fn the_last_of_one_id_in_a_run_stays() {
    let dir = tempfile::tempdir().unwrap();
    put_all(dir.path(), &[Made::new("a", "first"), Made::new("b", "other"), Made::new("a", "second")]);
    let index = Index::open(dir.path()).unwrap();
    assert_eq!(ids(&index, &Filter::default()), ["a", "b"]);
    assert_eq!(index.get("a").unwrap().unwrap().0.text, "second");
}

#[test]
fn a_run_that_changes_nothing_writes_nothing() {
    let dir = tempfile::tempdir().unwrap();
    put_all(dir.path(), &bridge());
    let before = fs::read(dir.path().join("meta.json")).unwrap();
    let summary = put_all(dir.path(), &bridge());
    assert_eq!((summary.unchanged, summary.documents), (3, 3));
    assert_eq!(fs::read(dir.path().join("meta.json")).unwrap(), before);
}

#[test]
fn prunes_what_is_gone_under_the_roots_only() {
    let dir = tempfile::tempdir().unwrap();
    put_all(dir.path(), &bridge());
    let index = Index::open(dir.path()).unwrap();
    let kept = bridge().swap_remove(1);
    for (roots, deleted) in
        [(vec!["elsewhere"], 0), (vec!["cover"], 0), (vec!["./coverage/../coverage"], 1), (vec!["coverage"], 0)]
    {
        let mut writer = index.writer(&Default::default()).unwrap();
        assert!(writer.is_unchanged(&kept.0));
        let roots: Vec<PathBuf> = roots.into_iter().map(PathBuf::from).collect();
        assert_eq!(writer.prune(&roots).unwrap(), deleted, "{roots:?}");
        writer.commit().unwrap();
    }
    assert_eq!(ids(&index, &Filter::default()), ["statements/bridge.txt", "coverage/herald.txt"]);
    let mut writer = index.writer(&Default::default()).unwrap();
    assert_eq!(writer.prune(&["statements/bridge.txt".into()]).unwrap(), 1);
    assert_eq!(writer.commit().unwrap().documents, 1);
}

#[test]
fn filters() {
    let dir = tempfile::tempdir().unwrap();
    put_all(dir.path(), &bridge());
    let index = Index::open(dir.path()).unwrap();
    let (statement, herald, post) = ("statements/bridge.txt", "coverage/herald.txt", "coverage/post.txt");
    let day = day_of_statement();
    for (filter, expected) in [
        (Filter { kind: Some(Kind::Statement), ..Default::default() }, vec![statement]),
        (Filter { publisher: Some("harrow herald".into()), ..Default::default() }, vec![herald]),
        (Filter { publisher: Some("herald harrow".into()), ..Default::default() }, vec![]),
        (Filter { publisher: Some("—".into()), ..Default::default() }, vec![]),
        (Filter { since: Some(day), ..Default::default() }, vec![statement, herald]),
        (Filter { since: Some(day.tomorrow().unwrap()), ..Default::default() }, vec![herald]),
        (Filter { until: Some(day), ..Default::default() }, vec![statement]),
        (Filter { since: Some(day), until: Some(day.yesterday().unwrap()), ..Default::default() }, vec![]),
        (Filter { speaker: Some("DANA HOLT".into()), ..Default::default() }, vec![statement, herald]),
        (Filter { speaker: Some("Holt".into()), ..Default::default() }, vec![statement, herald, post]),
        (Filter { speaker: Some("Varga".into()), kind: Some(Kind::Statement), ..Default::default() }, vec![]),
    ] {
        assert_eq!(ids(&index, &filter), expected, "{filter:?}");
    }
}

#[test]
fn a_second_writer_is_told_so_and_the_first_goes_on() {
    let dir = tempfile::tempdir().unwrap();
    let index = Index::open_or_create(dir.path()).unwrap();
    let mut first = index.writer(&Default::default()).unwrap();
    let error = Index::open(dir.path()).unwrap().writer(&Default::default()).err().unwrap();
    assert!(matches!(error, IndexError::Locked { .. }), "{error}");
    assert!(error.to_string().contains(&dir.path().display().to_string()), "{error}");
    assert!(error.to_string().contains(&format!("process {}", std::process::id())), "{error}");
    first.put(&Document::new("a", "text"), &Extraction::default()).unwrap();
    assert_eq!(first.commit().unwrap().documents, 1);
    assert!(index.writer(&Default::default()).is_ok());
}

#[test]
fn a_writer_that_is_dropped_leaves_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let index = Index::open_or_create(dir.path()).unwrap();
    let mut writer = index.writer(&Default::default()).unwrap();
    writer.put(&Document::new("a", "text"), &Extraction::default()).unwrap();
    drop(writer);
    assert!(Index::open(dir.path()).unwrap().is_empty());
}

#[test]
fn folders_that_are_no_index() {
    let dir = tempfile::tempdir().unwrap();
    let at = |name: &str| dir.path().join(name);
    assert!(matches!(Index::open(&at("nowhere")), Err(IndexError::Missing { .. })));
    assert!(matches!(Index::open(dir.path()), Err(IndexError::NotAnIndex { .. })));
    fs::write(at("article.txt"), "Text.").unwrap();
    for path in [dir.path().to_owned(), at("article.txt")] {
        assert!(matches!(Index::open_or_create(&path), Err(IndexError::NotAnIndex { .. })), "{path:?}");
    }
    fs::create_dir(at("fresh")).unwrap();
    fs::write(at("fresh/README.md"), "The index goes here.").unwrap();
    fs::write(at("fresh/.gitignore"), "*").unwrap();
    assert!(Index::open_or_create(&at("fresh")).unwrap().is_empty());
    // A kill between the manifest and the first commit.
    fs::create_dir(at("half")).unwrap();
    fs::copy(at("fresh/sayso.json"), at("half/sayso.json")).unwrap();
    assert!(Index::open_or_create(&at("half")).unwrap().is_empty());
}

#[test]
fn fsck_finds_what_is_amiss() {
    let dir = tempfile::tempdir().unwrap();
    let mut made = bridge();
    put_all(dir.path(), &made);
    let report = Index::open(dir.path()).unwrap().fsck().unwrap();
    assert!(report.is_sound(), "{report:?}");
    assert_eq!(report.documents, 3);
    assert!(report.spans > 20);

    let dir = tempfile::tempdir().unwrap();
    made[0].1.quotes[0].content[0].end = 4000;
    made[1].1.quotes[0].content[0].start += 1; // inside “
    made[1].1.quotes[0].speaker = Some(9);
    put_all(dir.path(), &made);
    let report = Index::open(dir.path()).unwrap().fsck().unwrap();
    let found: Vec<String> = report.problems.iter().map(|p| format!("{:?} {}", p.doc, p.what)).collect();
    assert_eq!(report.problems.len(), 3, "{found:?}");
    assert!(found.iter().any(|f| f.contains("4000")) && found.iter().any(|f| f.contains("speaker 9")), "{found:?}");
}

fn text() -> impl Strategy<Value = String> {
    "([a-zA-Z0-9 ,.“”\"'’\n\t$%éЖ東𝄞\u{0}-]|\\PC){0,200}"
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_document_comes_out_as_it_was_put(
        texts in proptest::collection::vec((text(), proptest::option::of(text()), proptest::option::of("[0-9-]{0,12}")), 1..6),
    ) {
        let dir = tempfile::tempdir().unwrap();
        let made: Vec<Made> = texts
            .into_iter()
            .enumerate()
            .map(|(i, (text, title, date))| {
                let about = vec![title.clone().unwrap_or_default()];
                let end = text.floor_char_boundary(5);
                let mut made = Made::new(&format!("{i}\u{0}é"), &format!("7 {text}")).figure("7 ", "7.50", Op::About, Some("m/s"), None);
                made.1.figures[0].span.end += end as u32;
                made.with(|d| (d.title, d.date, d.about) = (title, date, about))
            })
            .collect();
        put_all(dir.path(), &made);
        let index = Index::open(dir.path()).unwrap();
        let stored = all(&index, &Filter::default());
        prop_assert_eq!(stored.len(), made.len());
        for (Made(document, extraction), (d, e)) in made.iter().zip(&stored) {
            prop_assert_eq!(document, d);
            prop_assert_eq!(extraction, e);
        }
        prop_assert!(index.fsck().unwrap().is_sound());
    }
}

#[test]
fn another_model_reads_anew() {
    let folder = tempfile::tempdir().unwrap();
    let index = Index::open_or_create(folder.path()).unwrap();
    let document = Document::new("a", "A bridge.");
    for (model, unchanged) in [
        (Model::Rules, false),
        (Model::Rules, true),
        (Model::Tagger, false),
        (Model::Tagger, true),
        (Model::Rules, false),
    ] {
        let mut writer = index.writer(&WriterOptions { model, ..Default::default() }).unwrap();
        assert_eq!(writer.is_unchanged(&document), unchanged, "{model:?}");
        writer.put(&document, &Extraction::default()).unwrap();
        writer.commit().unwrap();
        assert_eq!(Index::open(folder.path()).unwrap().manifest().model(), model);
    }
}
