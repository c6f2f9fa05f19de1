//! The sample corpus, end to end, through the real binary: every span is its text, files and standard input and the
//! index give the same records at any number of threads, the report is made, and what was planted is found.
//!
//! Gold is `corpus/gold/`. What we do not find yet is listed, case by case, in `misses.tsv`; the test fails where a
//! case is lost, and also where one is won and the list was not shortened. `SAYSO_BLESS=1 cargo test --test corpus`
//! writes the list anew; read the difference as carefully as code.

use sayso::ingest::{Input, documents};
use serde_json::Value;
use std::collections::{BTreeSet, HashMap};
use std::error::Error;
use std::path::Path;
use std::process::{Command, Stdio};

type Outcome = Result<(), Box<dyn Error>>;

/// Runs `sayso` in the project's folder and gives its standard output.
fn sayso(args: &[&str]) -> Result<String, Box<dyn Error>> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sayso"));
    command.current_dir(env!("CARGO_MANIFEST_DIR")).env("NO_COLOR", "1").args(args).stdin(Stdio::null());
    let output = command.output()?;
    let err = String::from_utf8_lossy(&output.stderr);
    assert!(matches!(output.status.code(), Some(0 | 1)), "{args:?}: {err}");
    Ok(String::from_utf8(output.stdout)?)
}

fn records(text: &str) -> Result<Vec<Value>, Box<dyn Error>> {
    Ok(text.lines().map(serde_json::from_str).collect::<Result<_, _>>()?)
}

fn gold(name: &str) -> Result<Vec<Value>, Box<dyn Error>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/gold").join(format!("{name}.jsonl"));
    records(&std::fs::read_to_string(path)?)
}

/// The texts of the corpus by id.
fn texts() -> HashMap<String, String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let found = documents(Input { paths: vec![path], ..Input::default() });
    found.filter_map(Result::ok).map(|document| (document.id, document.text)).collect()
}

/// Every `{start, end, text}` in a record, with the document that it is a place of.
fn spans<'v>(value: &'v Value, doc: &'v str, out: &mut Vec<(&'v str, u64, u64, &'v str)>) {
    match value {
        Value::Object(fields) => {
            let doc = fields.get("doc").and_then(Value::as_str).unwrap_or(doc);
            if let (Some(start), Some(end), Some(text)) =
                (fields.get("start"), fields.get("end"), fields.get("text").and_then(Value::as_str))
            {
                out.push((doc, start.as_u64().unwrap_or(u64::MAX), end.as_u64().unwrap_or(u64::MAX), text));
            }
            fields.values().for_each(|value| spans(value, doc, out));
        }
        Value::Array(list) => list.iter().for_each(|value| spans(value, doc, out)),
        _ => {}
    }
}

#[test]
fn every_span_is_its_text_in_every_unit() -> Outcome {
    let texts = texts();
    for unit in ["chars", "bytes", "utf16"] {
        let found = records(&sayso(&["extract", "corpus", "--offsets", unit])?)?;
        let mut count = 0;
        for record in &found {
            let mut all = Vec::new();
            spans(record, "", &mut all);
            for (doc, start, end, text) in all {
                let whole = &texts[doc];
                let (start, end) = (start as usize, end as usize);
                let there = match unit {
                    "bytes" => whole[start..end].to_string(),
                    "chars" => whole.chars().skip(start).take(end - start).collect(),
                    _ => String::from_utf16(&whole.encode_utf16().skip(start).take(end - start).collect::<Vec<_>>())?,
                };
                assert_eq!(there, text, "{doc} {start}..{end} in {unit}");
                count += 1;
            }
        }
        assert!(count > 3000, "only {count} spans");
    }
    Ok(())
}

#[test]
fn nothing_is_contradicted_that_was_not_planted() -> Outcome {
    // The gold of a page knows no offsets.
    let place = |check: &Value| Some((check["doc"].as_str()?.to_owned(), check["span"]["text"].as_str()?.to_owned()));
    let contradicted = |check: &&Value| check["verdict"] == "contradicted";
    let gold =
        records(&std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/gold/checks.jsonl"))?)?;
    let planted: BTreeSet<_> = gold.iter().filter(contradicted).filter_map(place).collect();
    let found = records(&sayso(&["check", "corpus", "--format", "jsonl"])?)?;
    let invented: Vec<&Value> =
        found.iter().filter(contradicted).filter(|c| place(c).is_none_or(|p| !planted.contains(&p))).collect();
    assert!(invented.is_empty(), "{invented:#?}");
    assert!(planted.len() >= 20);
    Ok(())
}

#[test]
fn threads_standard_input_and_the_index_make_no_difference() -> Outcome {
    let one = sayso(&["extract", "corpus", "-j1"])?;
    assert_eq!(one, sayso(&["extract", "corpus", "-j2"])?);
    assert_eq!(one, sayso(&["extract", "corpus", "-j5"])?);

    let file = "corpus/articles/tpa/tpa-2025.jsonl";
    let input = std::fs::File::open(Path::new(env!("CARGO_MANIFEST_DIR")).join(file))?;
    let mut command = Command::new(env!("CARGO_BIN_EXE_sayso"));
    let output = command.args(["quotes", "-", "--format", "jsonl", "-q"]).stdin(input).output()?;
    assert_eq!(String::from_utf8(output.stdout)?, sayso(&["quotes", file, "--format", "jsonl", "-q"])?);

    let folder = tempfile::tempdir()?;
    let index = folder.path().join("index");
    let index = index.to_str().ok_or("a strange temporary folder")?;
    sayso(&["index", "corpus", "--index", index])?;
    for command in ["quotes", "speakers", "figures", "claims"] {
        let files = sayso(&[command, "corpus", "--format", "jsonl"])?;
        assert!(!files.is_empty());
        assert_eq!(files, sayso(&[command, "--index", index, "--format", "jsonl"])?, "{command}");
    }
    assert!(sayso(&["fsck", "--index", index]).is_ok());
    Ok(())
}

#[test]
fn claims_are_ranked_by_their_worth() -> Outcome {
    let worth = |claim: &Value| claim["check_worthy"].as_f64().unwrap_or(-1.0);
    let mut claims = records(&sayso(&["claims", "corpus", "--format", "jsonl"])?)?;
    assert_eq!(claims, records(&sayso(&["claims", "corpus", "--format", "jsonl", "--sort", "text"])?)?);
    assert!(!claims.is_sorted_by(|a, b| worth(a) >= worth(b)), "the order of the text is no ranking");
    // A stable sort: equal ones stay in the order of the text.
    claims.sort_by(|a, b| worth(b).total_cmp(&worth(a)));
    let ranked = sayso(&["claims", "corpus", "--format", "jsonl", "--sort", "worth"])?;
    assert_eq!(records(&ranked)?, claims);
    for threads in ["-j1", "-j5"] {
        let top = sayso(&["claims", "corpus", "--format", "jsonl", "--top", "7", threads])?;
        assert!(ranked.starts_with(&top) && top.lines().count() == 7, "{top}");
    }
    // Tables are ranked unasked. Columns of the plain one are as wide as what is shown, so its lines may differ.
    for (format, head) in [("table", 1), ("csv", 1), ("md", 2)] {
        let table = sayso(&["claims", "corpus", "--format", format])?;
        assert_eq!(table, sayso(&["claims", "corpus", "--format", format, "--sort", "worth"])?);
        let top = sayso(&["claims", "corpus", "--format", format, "--top"])?;
        assert_eq!(top.lines().count(), head + 10, "{top}");
        assert!(format == "table" || table.starts_with(&top), "{top}");
    }
    let least = claims.iter().filter(|claim| worth(claim) >= 0.9).count();
    let worthy = records(&sayso(&["claims", "corpus", "--format", "jsonl", "--min", "0.9"])?)?;
    assert!(least < claims.len() && worthy.len() == least && worthy.iter().all(|claim| worth(claim) >= 0.9));
    Ok(())
}

#[test]
fn the_report_is_one_page_that_needs_nothing_else() -> Outcome {
    let folder = tempfile::tempdir()?;
    let name = |file: &str| folder.path().join(file).to_string_lossy().into_owned();
    let (index, page) = (name("index"), name("report.html"));
    let summary = sayso(&["report", "corpus", "--index", &index, "-o", &page])?;
    for words in ["26 articles, 8 statements, 3 tables", "Ines Calloran", "contradicted", "altered"] {
        assert!(summary.contains(words), "no {words:?} in:\n{summary}");
    }
    let html = std::fs::read_to_string(&page)?;
    assert!(html.contains("“I watched it twice,”") && !html.contains("src=\"http") && !html.contains("<link"));
    // A second run extracts nothing anew and comes to the same.
    assert_eq!(summary, sayso(&["report", "corpus", "--index", &index, "-o", &page])?);
    assert_eq!(html, std::fs::read_to_string(&page)?);
    Ok(())
}

/// What a gold record and a found one must share: the words, place by place.
fn words(value: &Value) -> Vec<(Option<u64>, &str)> {
    let one = |span: &'_ Value| span["start"].as_u64();
    match value {
        Value::Array(list) => list.iter().map(|span| (one(span), span["text"].as_str().unwrap_or(""))).collect(),
        Value::Object(_) => vec![(one(value), value["text"].as_str().unwrap_or(""))],
        _ => Vec::new(),
    }
}

/// Whether found words are the gold ones; gold of pages has no offsets, and then the text alone counts.
fn same(gold: &Value, found: &Value) -> bool {
    let (gold, found) = (words(gold), words(found));
    gold.len() == found.len() && gold.iter().zip(&found).all(|(g, f)| g.1 == f.1 && (g.0.is_none() || g.0 == f.0))
}

/// Whether two spans overlap (or, without offsets, one text holds the other).
fn meets(gold: &Value, found: &Value) -> bool {
    match (gold["start"].as_u64(), found["start"].as_u64()) {
        (Some(start), Some(other)) => {
            start < found["end"].as_u64().unwrap_or(0) && other < gold["end"].as_u64().unwrap_or(0)
        }
        _ => {
            let (gold, found) = (gold["text"].as_str().unwrap_or(" "), found["text"].as_str().unwrap_or(""));
            found.contains(gold) || gold.contains(found)
        }
    }
}

/// How far the ends of two spans are apart: of a quotation and the one inside it the nearer is meant.
fn apart(gold: &Value, found: &Value) -> u64 {
    let end = |name: &str| gold[name].as_u64().unwrap_or(0).abs_diff(found[name].as_u64().unwrap_or(0));
    if gold["start"].is_null() { 0 } else { end("start") + end("end") }
}

/// The words that make a name: `Silverline Ferries spokesperson` is `spokesperson for Silverline Ferries`.
fn name_words(name: &str) -> Vec<String> {
    let name = name.to_lowercase().replace(['’', '\''], "’").replace("’s ", " ");
    let words = name.split_whitespace().filter(|word| !matches!(*word, "a" | "an" | "the" | "of" | "for" | "in"));
    let mut words: Vec<String> = words.map(str::to_owned).collect();
    words.sort();
    words
}

/// Why each quotation that is not found is not. A line of the list begins like the miss that it explains.
fn reasons() -> Result<Vec<(String, String)>, Box<dyn std::error::Error>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/reasons.tsv");
    let text = std::fs::read_to_string(&path)?;
    let rows = text.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).skip(1);
    Ok(rows.filter_map(|row| row.rsplit_once('\t')).map(|(miss, why)| (format!("{miss}\t"), why.to_owned())).collect())
}

#[test]
fn every_miss_among_quotations_has_its_reason() -> Outcome {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/misses.tsv");
    let known = std::fs::read_to_string(&path)?;
    let reasons = reasons()?;
    let misses: Vec<&str> =
        known.lines().filter(|line| line.starts_with("quote\t") || line.starts_with("speaker\t")).collect();
    let bare: Vec<&&str> = misses
        .iter()
        .filter(|miss| !reasons.iter().any(|(begin, why)| miss.starts_with(begin) && !why.is_empty()))
        .collect();
    assert!(bare.is_empty(), "say why in tests/corpus/reasons.tsv: {bare:#?}");
    let idle: Vec<&String> = reasons
        .iter()
        .map(|(begin, _)| begin)
        .filter(|begin| !misses.iter().any(|miss| miss.starts_with(begin.as_str())))
        .collect();
    assert!(idle.is_empty(), "no longer missed, take it from tests/corpus/reasons.tsv: {idle:#?}");
    Ok(())
}

/// Every edit that was planted in a quotation has its name, its sorts of change and its statement. What the extractor does
/// not take for a quotation cannot be traced; it stands in `misses.tsv`.
#[test]
fn planted_edits_are_named() -> Outcome {
    let found = records(&sayso(&["trace", "corpus", "--format", "jsonl"])?)?;
    let missed = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/misses.tsv"))?;
    let mut count = 0;
    for gold in gold("traces")? {
        let text = gold["quote"]["text"].as_str().unwrap_or("");
        let planted = gold["relation"] != "verbatim" && gold["relation"] != "not-found";
        let beginning: String = text.chars().take(60).collect();
        // What is abstained from is listed too.
        let open = |line: &str| line.ends_with("missed") || line.ends_with("\tnot-found");
        if !planted || missed.lines().any(|line| line.contains(&beginning) && open(line)) {
            continue;
        }
        let meets = |trace: &&Value| trace["doc"] == gold["doc"] && meets(&gold["quote"], &trace["quote"]);
        let meeting = found.iter().filter(meets);
        let trace = meeting
            .min_by_key(|trace| apart(&gold["quote"], &trace["quote"]))
            .ok_or_else(|| format!("not found: {text}"))?;
        assert_eq!(trace["relation"], gold["relation"], "{text}");
        assert_eq!(trace["statement"], gold["statement"], "{text}");
        let names = |value: &Value| value["changes"].as_array().cloned().unwrap_or_default();
        let told = names(trace);
        assert!(names(&gold).iter().all(|change| told.contains(change)), "{text}: {told:?}");
        count += 1;
    }
    assert!(count >= 13, "only {count} planted edits");
    Ok(())
}

#[test]
fn what_was_planted_is_found() -> Outcome {
    let mut by_doc: HashMap<(String, String), Vec<Value>> = HashMap::new();
    let mut all = records(&sayso(&["extract", "corpus"])?)?;
    all.extend(records(&sayso(&["check", "corpus", "--format", "jsonl"])?)?);
    all.extend(records(&sayso(&["trace", "corpus", "--format", "jsonl"])?)?);
    for record in all {
        let name = |field: &str| record[field].as_str().unwrap_or("").to_owned();
        by_doc.entry((name("record"), name("doc"))).or_default().push(record);
    }
    let none = Vec::new();
    let found = |kind: &str, gold: &Value| {
        by_doc.get(&(kind.to_owned(), gold["doc"].as_str().unwrap_or("").to_owned())).unwrap_or(&none)
    };
    let text = |value: &Value| value["text"].as_str().unwrap_or("").chars().take(60).collect::<String>();
    let show = |value: &Value| value.as_str().unwrap_or("none").to_owned();
    let mut misses = vec![
        "# What `cargo test --test corpus` does not find yet of corpus/gold, and what it finds instead.".to_owned(),
        "record\tdoc\twords\tgold\tfound".to_owned(),
    ];
    let mut totals: Vec<(String, usize, usize)> = Vec::new();
    let mut tally = |name: String, miss: Option<String>| {
        let at = totals.iter().position(|total| total.0 == name).unwrap_or_else(|| {
            totals.push((name.clone(), 0, 0));
            totals.len() - 1
        });
        totals[at].1 += 1;
        match miss {
            None => totals[at].2 += 1,
            Some(line) => misses.push(line),
        }
    };
    for gold in gold("quotes")? {
        let list = found("quote", &gold);
        let kind = show(&gold["kind"]);
        let line = |what: &str, want: &str, got: &str| {
            Some(format!("{what}\t{}\t{}\t{want}\t{got}", show(&gold["doc"]), text(&gold["content"][0])))
        };
        let exact = list.iter().find(|quote| same(&gold["content"], &quote["content"]));
        tally(format!("quotes, {kind}"), exact.map_or_else(|| line("quote", &kind, "-"), |_| None));
        if let Some(quote) = exact {
            let (want, got) = (show(&gold["speaker"]["name"]), show(&quote["speaker"]["name"]));
            let same = name_words(&want) == name_words(&got);
            tally(format!("speakers, {kind}"), if same { None } else { line("speaker", &want, &got) });
        }
    }
    for gold in gold("figures")? {
        let kind = show(&gold["kind"]);
        let right = found("figure", &gold).iter().any(|figure| {
            // The gold's shares in words are rounded to four places.
            let rounded = |value: &Value| value.as_str()?.parse::<f64>().ok().map(|value| (value * 1e4).round());
            let share = show(&gold["kind"]) == "ratio";
            let agrees = |field: &str| {
                let close = share && field == "value" && rounded(&gold[field]) == rounded(&figure[field]);
                gold[field].is_null() || gold[field] == figure[field] || close
            };
            same(&gold["span"], &figure["span"]) && agrees("kind") && agrees("value") && agrees("iso")
        });
        let value = [show(&gold["value"]), show(&gold["iso"])].join(" ");
        let line = || Some(format!("figure\t{}\t{}\t{kind} {value}\t-", show(&gold["doc"]), text(&gold["span"])));
        tally(format!("figures, {kind}"), if right { None } else { line() });
    }
    for (name, record, place, field) in
        [("checks", "check", "span", "verdict"), ("traces", "trace", "quote", "relation")]
    {
        for gold in gold(name)? {
            let meeting = found(record, &gold).iter().filter(|one| meets(&gold[place], &one[place]));
            // The first check that meets the place; of quotations the nearest, as one may stand inside another.
            let got = meeting.min_by_key(|one| if record == "trace" { apart(&gold[place], &one[place]) } else { 0 });
            let got = got.map_or("missed".to_owned(), |one| show(&one[field]));
            let want = show(&gold[field]);
            let line = || Some(format!("{record}\t{}\t{}\t{want}\t{got}", show(&gold["doc"]), text(&gold[place])));
            tally(format!("{name}, {want}"), if want == got { None } else { line() });
        }
    }
    println!("{:<32} {:>5} {:>5}", "gold", "all", "found");
    totals.iter().for_each(|(name, all, found)| println!("{name:<32} {all:>5} {found:>5}"));
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/misses.tsv");
    let now = misses.join("\n") + "\n";
    if std::env::var_os("SAYSO_BLESS").is_some() {
        std::fs::write(&path, &now)?;
    }
    let known = std::fs::read_to_string(&path)?;
    let lost: Vec<&str> = now.lines().filter(|line| !known.lines().any(|other| other == *line)).collect();
    let won: Vec<&str> = known.lines().filter(|line| !now.lines().any(|other| other == *line)).collect();
    assert!(lost.is_empty(), "lost, or found in another way:\n{}", lost.join("\n"));
    assert!(won.is_empty(), "found now, take it from tests/corpus/misses.tsv:\n{}", won.join("\n"));
    Ok(())
}
