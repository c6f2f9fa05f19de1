//! The Model Context Protocol, spoken to the real program over its standard input and output: the handshake, the tools,
//! what is wrong, and 300 quotations of the sample corpus.
#![allow(missing_docs, clippy::unwrap_used)]

use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

struct Server {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    asked: u64,
}

impl Server {
    /// The server over the sample corpus, after the handshake.
    fn start() -> Server {
        let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
        let mut child = Command::new(env!("CARGO_BIN_EXE_sayso"))
            .args(["mcp", "-q", "--model", "rules"])
            .arg(corpus)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let (input, output) = (child.stdin.take().unwrap(), BufReader::new(child.stdout.take().unwrap()));
        let mut server = Server { child, input, output, asked: 0 };
        let hello = json!({"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "test", "version": "0"}});
        let welcome = server.ask("initialize", hello);
        assert_eq!(welcome["result"]["protocolVersion"], "2025-06-18", "{welcome}");
        assert!(welcome["result"]["capabilities"]["tools"].is_object());
        server.tell(&json!({"jsonrpc": "2.0", "method": "notifications/initialized"}));
        server
    }

    fn tell(&mut self, message: &Value) {
        writeln!(self.input, "{message}").unwrap();
    }

    fn ask(&mut self, method: &str, params: Value) -> Value {
        self.asked += 1;
        self.tell(&json!({"jsonrpc": "2.0", "id": self.asked, "method": method, "params": params}));
        let mut line = String::new();
        self.output.read_line(&mut line).unwrap();
        let reply: Value = serde_json::from_str(&line).unwrap();
        assert_eq!(reply["id"], self.asked, "{reply}");
        reply
    }

    /// The answer of a tool.
    fn call(&mut self, tool: &str, arguments: Value) -> Value {
        let mut result = self.ask("tools/call", json!({"name": tool, "arguments": arguments}))["result"].take();
        assert_eq!(result["isError"], false, "{tool} {arguments}: {result}");
        let text: Value = serde_json::from_str(result["content"][0]["text"].as_str().unwrap()).unwrap();
        assert_eq!(text, result["structuredContent"], "the text is the structure");
        result["structuredContent"].take()
    }

    /// What is wrong with a question.
    fn fault(&mut self, tool: &str, arguments: Value) -> String {
        let result = &self.ask("tools/call", json!({"name": tool, "arguments": arguments}))["result"];
        assert_eq!(result["isError"], true, "{result}");
        result["content"][0]["text"].as_str().unwrap().to_owned()
    }

    fn verdict(&mut self, text: &str) -> String {
        self.call("verify_quotation", json!({"text": text}))["verdict"].as_str().unwrap().to_owned()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Whether a span has the text that a document has at its offsets.
fn holds(texts: &mut BTreeMap<String, String>, server: &mut Server, id: &str, span: &Value) -> bool {
    let text = texts.entry(id.to_owned()).or_insert_with(|| {
        let (mut text, mut start) = (String::new(), json!(0));
        while !start.is_null() {
            let part = server.call("document", json!({"id": id, "start": start, "length": 20_000}));
            text.push_str(part["text"]["text"].as_str().unwrap());
            start = part["next"].clone();
        }
        text
    });
    let (start, end) = (span["start"].as_u64().unwrap() as usize, span["end"].as_u64().unwrap() as usize);
    text.chars().skip(start).take(end - start).eq(span["text"].as_str().unwrap().chars())
}

#[test]
fn every_tool_answers_with_places_and_tells_what_is_wrong() {
    let mut server = Server::start();
    let listed = server.ask("tools/list", json!({}));
    let names: Vec<&str> =
        listed["result"]["tools"].as_array().unwrap().iter().map(|tool| tool["name"].as_str().unwrap()).collect();
    let all = ["search", "quotes", "who_said", "verify_quotation", "check_figure", "statement_coverage", "document"];
    assert_eq!(names, all);
    let mut texts = BTreeMap::new();

    let found = server.call("search", json!({"query": "ferry", "kind": "statement", "limit": 2}));
    let hit = found["hits"][0].clone();
    let id = hit["doc"].as_str().unwrap().to_owned();
    assert!(holds(&mut texts, &mut server, &id, &hit["places"][0]["span"]), "{hit}");
    assert!(hit["link"].as_str().is_some_and(|link| !link.is_empty()));

    let said = server.call("quotes", json!({"speaker": "Quellin", "limit": 3}));
    assert_eq!(said["quotes"].as_array().unwrap().len(), 3);
    for quote in said["quotes"].as_array().unwrap().clone() {
        assert!(quote["speaker"]["name"].as_str().unwrap().contains("Quellin"), "{quote}");
        assert!(holds(&mut texts, &mut server, quote["doc"].as_str().unwrap(), &quote["content"][0]));
    }
    let next = server.call("quotes", json!({"speaker": "Quellin", "limit": 3, "offset": 3}));
    assert!(next["quotes"][0]["id"] != said["quotes"][0]["id"]);

    let who = server.call("who_said", json!({"text": "I do not need a medal"}));
    let passage = who["passages"][0].clone();
    assert_eq!(who["verdict"], "verbatim");
    assert!(holds(&mut texts, &mut server, passage["statement"].as_str().unwrap(), &passage["source"][0]));

    let checked = server.call(
        "check_figure",
        json!({"text": "Some 3,000 homes were without power in the Lenn valley.", "date": "2025-05-04"}),
    );
    assert!(checked["records"].as_array().unwrap().iter().any(|check| check["claimed"] == "3000"), "{checked}");

    let coverage = server.call("statement_coverage", json!({"statement": "budget-speech-2025", "limit": 5}));
    let uses = coverage["uses"][0].clone();
    assert!(uses["used"].as_u64().unwrap() > 0, "{coverage}");
    let one = &uses["uses"][0];
    assert!(holds(&mut texts, &mut server, one["doc"].as_str().unwrap(), &one["quote"]));

    assert!(server.fault("document", json!({"id": "nowhere"})).contains("no document nowhere"));
    assert!(server.fault("document", json!({})).contains("id"));
    assert!(server.fault("search", json!({"query": "a AND ("})).contains("query"));
    assert!(server.fault("search", json!({"querry": "a"})).contains("querry"));
    assert!(server.fault("search", json!({"query": "a", "since": "May"})).contains("is no day"));
    assert!(server.fault("verify_quotation", json!({"text": " … "})).contains("no word"));
    assert!(server.fault("verify_quotation", json!({"text": "word ".repeat(5_000)})).contains("allowed"));
    assert!(server.fault("statement_coverage", json!({"statement": "courier-2025-05-04-flood"})).contains("article"));
    // And it still answers.
    assert_eq!(server.ask("ping", json!({}))["result"], json!({}));
}

/// Passages of statements that are quoted in the corpus, and quotations in it: of 6 to 40 words, with no mark that cuts
/// them.
fn true_ones() -> Vec<String> {
    let gold = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/gold");
    let spans = |file: &str, field: &str| -> Vec<String> {
        let text = std::fs::read_to_string(gold.join(file)).unwrap();
        let records = text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
        let direct = records.filter(|record| record["kind"] != "indirect" && record["kind"] != "mixed");
        let pieces = direct.flat_map(|record| record[field].as_array().cloned().unwrap_or_default());
        pieces.map(|span| span["text"].as_str().unwrap_or_default().to_owned()).collect()
    };
    let mut found: Vec<String> = spans("traces.jsonl", "source")
        .into_iter()
        .chain(spans("quotes.jsonl", "content"))
        .map(|words| words.trim_matches(['“', '”', '‘', '’', '"']).to_owned())
        .filter(|words| {
            let count = words.split_whitespace().count();
            (6..=40).contains(&count) && !words.contains(['[', '…', '\n', '“', '”', '‘', '"', '—'])
        })
        .collect();
    found.sort();
    found.dedup();
    found
}

/// The same with one change that matters: a number, a negation, a word for another, a word too much, one too few.
fn altered(words: &str, n: usize) -> String {
    let mut all: Vec<String> = words.split(' ').map(str::to_owned).collect();
    let middle = all.len() / 2;
    if let Some(number) = all.iter().position(|word| word.chars().all(|c| c.is_ascii_digit()) && word.len() > 1) {
        all[number] = format!("9{}", all[number]);
        return all.join(" ");
    }
    if let Some(not) = all.iter().position(|word| word == "not") {
        all.remove(not);
        return all.join(" ");
    }
    match n % 3 {
        0 => all[middle] = "lantern".to_owned(),
        1 => all.insert(middle, "hardly".to_owned()),
        _ => _ = all.remove(middle),
    }
    all.join(" ")
}

/// Sentences that nobody in the corpus says, of its people and its matters.
fn invented() -> Vec<String> {
    const WHO: [&str; 5] = ["The ferry", "Our harbour", "The minister", "This council", "The river"];
    const WHAT: [&str; 5] = [
        "has never been closer to those who live beside it",
        "will be remembered for what it gave and not for what it took",
        "was always going to need more hands than money",
        "cannot go on as it did when my father worked there",
        "is nobody's enemy, whatever the papers like to say",
    ];
    const END: [&str; 4] = [
        "and I would say so to anyone who asks",
        "because the winter does not wait for a vote",
        "so let us stop counting and start mending",
        "and that is the last word you will hear from me",
    ];
    let all = WHO
        .iter()
        .flat_map(|who| WHAT.iter().flat_map(move |what| END.iter().map(move |end| format!("{who} {what}, {end}."))));
    all.collect()
}

#[test]
fn true_quotations_are_verbatim_altered_ones_altered_and_invented_ones_not_found() {
    let mut server = Server::start();
    let known: Vec<String> = true_ones().into_iter().take(100).collect();
    assert!(known.len() == 100, "{}", known.len());
    let mut wrong = Vec::new();
    for (n, words) in known.iter().enumerate() {
        let verdict = server.verdict(words);
        if verdict != "verbatim" {
            wrong.push(format!("true, {verdict}: {words}"));
        }
        let changed = altered(words, n);
        // Somebody may have said just that.
        if known.iter().any(|other| other.contains(&changed)) {
            continue;
        }
        let verdict = server.verdict(&changed);
        if !matches!(verdict.as_str(), "altered" | "spliced") {
            wrong.push(format!("altered, {verdict}: {changed}"));
        }
    }
    for words in invented() {
        let verdict = server.verdict(&words);
        if verdict != "not-found" {
            wrong.push(format!("invented, {verdict}: {words}"));
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}
