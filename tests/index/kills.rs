//! A process that writes without pause is killed at random points, a dozen times in each test run and a hundred times with
//! `SAYSO_KILLS=100 cargo test --test index kills`: what was committed is there, nothing half-written is seen, the next
//! run completes. Readers beside a writer see whole commits.

use sayso::document::Document;
use sayso::extract::Extraction;
use sayso::index::{Filter, Index, SearchQuery, WriterOptions};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

const FOLDER: &str = "SAYSO_TEST_KILLED_FOLDER";
/// Documents of each run; every run writes all of them anew, deletes one and adds one.
const DOCUMENTS: usize = 40;

/// Not a test by itself: the child, which commits run after run until it is killed.
#[test]
#[ignore = "run by the test below"]
fn child_commits_forever() {
    let Some(dir) = std::env::var_os(FOLDER) else { return };
    let index = Index::open_or_create(Path::new(&dir)).unwrap();
    let mut run = index
        .search(&SearchQuery { limit: 1, ..SearchQuery::default() })
        .unwrap()
        .hits
        .first()
        .map_or(0, |hit| of(&hit.document));
    loop {
        run += 1;
        write(&index, run);
        println!("\ncommitted {run}");
    }
}

fn write(index: &Index, run: usize) {
    let mut writer = index.writer(&WriterOptions { memory: 15_000_000, threads: 2, ..Default::default() }).unwrap();
    for i in 0..DOCUMENTS {
        let text = format!("run {run} {}", "words of no matter ".repeat(1 + (i * run) % 50));
        writer.put(&Document::new(format!("d{i}"), text), &Extraction::default()).unwrap();
    }
    writer.put(&Document::new(format!("only{run}"), format!("run {run}")), &Extraction::default()).unwrap();
    writer.delete(&format!("only{}", run - 1));
    writer.commit().unwrap();
}

/// The run that wrote a document.
fn of(document: &Document) -> usize {
    document.text.split(' ').nth(1).unwrap().parse().unwrap()
}

#[test]
fn kills_at_random_points_lose_nothing() {
    let kills = std::env::var("SAYSO_KILLS").ok().and_then(|n| n.parse().ok()).unwrap_or(100);
    let dir = tempfile::tempdir().unwrap();
    let index = Index::open_or_create(dir.path()).unwrap();
    write(&index, 1);
    let mut state = u64::from(std::process::id()) | 1;
    let mut last = 1;
    for kill in 0..kills {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "kills::child_commits_forever", "--ignored", "--nocapture", "--test-threads=1"])
            .env(FOLDER, dir.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        let wait = Duration::from_micros(state >> 33 & 0x7ffff);
        // Half of the kills come at a random moment, which may be before the first commit; half soon after a commit.
        let reader = std::thread::spawn(move || {
            lines.map_while(Result::ok).filter_map(|l| l.strip_prefix("committed ")?.parse::<usize>().ok()).last()
        });
        std::thread::sleep(wait);
        child.kill().unwrap();
        child.wait().unwrap();
        let said = reader.join().unwrap().unwrap_or(last).max(last);
        let index = Index::open(dir.path()).unwrap();
        let there: Vec<Document> = index.documents(&Filter::default()).unwrap().map(|d| d.unwrap().0).collect();
        assert_eq!(there.len(), DOCUMENTS + 1, "kill {kill}");
        let run = of(&there[0]);
        assert!(run == said || run == said + 1, "kill {kill}: run {run} is there, {said} was committed");
        assert!(there.iter().all(|document| of(document) == run), "kill {kill}: two runs are mixed");
        let report = index.fsck().unwrap();
        assert!(report.is_sound(), "kill {kill}: {report:?}");
        last = run;
    }
    write(&Index::open(dir.path()).unwrap(), last + 1);
    let index = Index::open(dir.path()).unwrap();
    assert_eq!(index.search(&SearchQuery::new(format!("\"run {}\"", last + 1))).unwrap().total as usize, DOCUMENTS + 1);
}

#[test]
fn readers_see_whole_commits_while_a_writer_works() {
    let dir = tempfile::tempdir().unwrap();
    let writing = Index::open_or_create(dir.path()).unwrap();
    write(&writing, 1);
    let reading = Index::open(dir.path()).unwrap();
    std::thread::scope(|scope| {
        let writer = scope.spawn(|| (2..8).for_each(|run| write(&writing, run)));
        let mut looks = 0;
        while !writer.is_finished() || looks == 0 {
            reading.reload().unwrap();
            let all = SearchQuery { limit: usize::MAX, ..SearchQuery::new("run") };
            let hits = reading.search(&all).unwrap();
            assert_eq!(hits.hits.len(), DOCUMENTS + 1);
            let run = of(&hits.hits[0].document);
            assert!(hits.hits.iter().all(|hit| of(&hit.document) == run));
            looks += 1;
        }
    });
}
