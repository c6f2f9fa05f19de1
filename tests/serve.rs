//! The page in a browser, asked by other than a browser: strangers are refused, no query keeps others waiting, and Ctrl-C
//! ends it.
#![cfg(all(unix, feature = "serve"))]
#![allow(missing_docs, clippy::unwrap_used)]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const SAYSO: &str = env!("CARGO_BIN_EXE_sayso");

struct Server {
    child: Child,
    address: String,
}

impl Server {
    /// Serves an index of a few documents.
    fn start(folder: &Path) -> Server {
        std::fs::create_dir(folder.join("articles")).unwrap();
        Server::start_with(folder)
    }

    /// Serves an index of a few documents and those that are in the folder already.
    fn start_with(folder: &Path) -> Server {
        let articles = folder.join("articles");
        for n in 0..40 {
            let words: Vec<String> = (0..400).map(|i| format!("word{}", (n * 397 + i * 31) % 9000)).collect();
            let text = format!("“The bridge is safe,” said Ada Brandt, the mayor. {}", words.join(" "));
            std::fs::write(articles.join(format!("{n}.txt")), text).unwrap();
        }
        Server::over(folder, &articles)
    }

    /// Serves an index of what is in a folder.
    fn over(folder: &Path, articles: &Path) -> Server {
        Server::of(folder, articles, &[], &["--port", "0"])
    }

    /// Serves an index of what is in a folder, made and served with these flags.
    fn of(folder: &Path, articles: &Path, making: &[&str], serving: &[&str]) -> Server {
        let index = folder.join("index");
        let sayso = |command: &[&str]| {
            let mut sayso = Command::new(SAYSO);
            sayso.args(command).args(["--model", "rules", "--index"]).arg(&index);
            sayso
        };
        let make = [&["index", "-q", articles.to_str().unwrap()], making].concat();
        assert!(sayso(&make).status().unwrap().success());
        let mut child =
            sayso(&[&["serve"], serving].concat()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        let lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let address = lines.map_while(Result::ok).find_map(|line| {
            let rest = line.split_once("http://")?.1;
            Some(rest.split_once('/')?.0.to_owned())
        });
        Server { child, address: address.unwrap() }
    }

    /// The status of an answer to a question by POST, and its JSON.
    fn post(&self, path: &str, headers: &str, body: &str) -> (u16, serde_json::Value) {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let (host, length) = (&self.address, body.len());
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nContent-Length: {length}\r\n{headers}\r\n"
        );
        stream.write_all(head.as_bytes()).unwrap();
        // What is refused is not read to the end.
        let _ = stream.write_all(body.as_bytes());
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        let answer = String::from_utf8_lossy(&answer).into_owned();
        let body = answer.split_once("\r\n\r\n").map(|(_, body)| body).unwrap_or_default();
        (answer[9..12].parse().unwrap(), serde_json::from_str(body).unwrap_or_default())
    }

    /// Sends a form.
    fn send(&self, path: &str, form: &str, headers: &str) -> (u16, String) {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let (host, length) = (&self.address, form.len());
        write!(
            stream,
            "POST {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nContent-Length: {length}\r\n{headers}\r\n{form}"
        )
        .unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let answer = String::from_utf8_lossy(&answer).into_owned();
        (answer[9..12].parse().unwrap(), answer)
    }

    /// The status and the whole of an answer.
    fn ask(&self, path: &str, headers: &str) -> (u16, String) {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let host = &self.address;
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{headers}\r\n").unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let answer = String::from_utf8_lossy(&answer).into_owned();
        (answer[9..12].parse().unwrap(), answer)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn strangers_and_long_queries_are_refused_and_ctrl_c_ends_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut server = Server::start(folder.path());
    assert_eq!(server.ask("/", "").0, 200);
    let (status, page) = server.ask("/search?q=bridge", "");
    assert!(status == 200 && page.contains("40 document"), "{page}");
    for headers in
        ["Sec-Fetch-Site: cross-site\r\n", "Origin: https://news.example\r\n", "Sec-Fetch-Site: same-site\r\n"]
    {
        assert_eq!(server.ask("/search?q=bridge", headers).0, 403, "{headers}");
    }
    assert_eq!(server.ask("/search?q=bridge", "Sec-Fetch-Site: same-origin\r\n").0, 200);
    let (_, lines) = server.ask("/records.jsonl", "");
    assert_eq!(lines.matches("\"record\":\"document\"").count(), 40);
    // Too long, of too many words, with too many of which only a part is known.
    for query in ["brigde~+".repeat(5_000), "a+".repeat(100), "wor*+".repeat(9)] {
        let (status, page) = server.ask(&format!("/search?q={query}"), "");
        assert!(status == 200 && page.contains("are allowed") || status == 414 || status == 431, "{status} {page}");
    }
    // Hostile queries at once, connections that say nothing, and pages meanwhile.
    let silent: Vec<TcpStream> = (0..10).map(|_| TcpStream::connect(&server.address).unwrap()).collect();
    std::thread::scope(|scope| {
        let server = &server;
        for _ in 0..20 {
            scope.spawn(move || server.ask("/search?q=*a*+*b*+*c*+wor~2", ""));
        }
        for _ in 0..10 {
            assert_eq!(server.ask("/", "").0, 200);
        }
    });
    drop(silent);
    let asked = Instant::now();
    let interrupted = Command::new("kill").args(["-INT", &server.child.id().to_string()]).status().unwrap();
    assert!(interrupted.success());
    while server.child.try_wait().unwrap().is_none() {
        assert!(asked.elapsed() < Duration::from_secs(20), "Ctrl-C does not end it");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn every_page_is_an_address_and_no_text_becomes_markup() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("articles")).unwrap();
    let hostile = "<script>alert(1)</script>\n\n“The \"bridge\" <b>is</b> safe & sound,” said Ada Brandt, the mayor.\n";
    std::fs::write(folder.path().join("articles/a&b <i>.txt"), hostile).unwrap();
    let server = Server::start_with(folder.path());
    let (status, home) = server.ask("/", "");
    assert!(status == 200 && home.contains("<b>41</b> document"), "{home}");
    assert!(home.contains("href=\"/speaker/Ada%20Brandt\""), "{home}");
    let links: Vec<&str> = home.split("href=\"/doc/").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert_eq!(links.len(), 25);
    for link in links {
        let (status, page) = server.ask(&format!("/doc/{link}"), "");
        assert!(status == 200 && !page.contains("<script>alert") && !page.contains("<b>is</b>"), "{link}");
        let (status, lines) = server.ask(&format!("/doc/{link}?format=jsonl"), "");
        assert!(status == 200 && lines.contains("\"record\":\"quote\""), "{link}");
    }
    let (_, first) = server.ask("/search?kind=article", "");
    assert!(first.contains("href=\"/search?kind=article&page=2\"") && !first.contains("rel=\"prev\""), "{first}");
    let (_, second) = server.ask("/search?kind=article&page=2", "");
    assert!(second.contains("26 to 41 are shown") && !second.contains("rel=\"next\""), "{second}");
    assert!(server.ask("/search?kind=rumour", "").1.contains("article, statement, reference"));
    assert!(server.ask("/search?q=bridge&since=soon", "").1.contains("is not a day"));
    assert!(server.ask("/search?q=bridge&in=quotes&since=2031-05", "").1.contains("Nothing matches"));
    let (_, hits) = server.ask("/search.csv?q=bridge&in=quotes", "");
    assert!(hits.contains("text/csv") && hits.matches("\nhit,").count() == 41, "{hits}");
    let (_, hits) = server.ask("/search?q=bridge&format=json", "");
    assert!(hits.contains("application/json") && hits.contains("\"record\":\"hit\""), "{hits}");
    assert!(server.ask("/home.json", "").1.contains("\"total\": 41"));
    assert!(server.ask("/search?q=nowhere", "").1.contains("Nothing matches"));
    assert_eq!(server.ask("/doc/nowhere", "").0, 404);
    assert!(server.ask("/report", "").1.contains("Ada Brandt"));
}

#[test]
fn programs_are_answered_with_records_and_told_what_is_wrong() {
    const JSON: &str = "Content-Type: application/json\r\n";
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path());
    let ask = |path: &str, body: serde_json::Value| server.post(path, JSON, &body.to_string());
    let text = "“The bridge will open in May,” said Ada Brandt 🎉. It has 12 lamps.";

    let (status, found) = ask("/api/extract", serde_json::json!({"text": text}));
    let records = found["records"].as_array().unwrap();
    assert_eq!((status, records[0]["record"].as_str()), (200, Some("document")));
    let span = &records.iter().find(|one| one["record"] == "figure" && one["value"] == "12").unwrap()["span"];
    let at = |name: &str| span[name].as_u64().unwrap() as usize;
    assert_eq!(text.chars().skip(at("start")).take(at("end") - at("start")).collect::<String>(), "12");

    let statement = serde_json::json!({"id": "s", "text": "The bridge will open in June. It has 12 lamps."});
    let question = serde_json::json!({"article": {"text": text, "about": ["s"]}, "against": [statement]});
    let (_, traced) = ask("/api/trace", question.clone());
    assert_eq!(
        (&traced["records"][0]["record"], &traced["records"][0]["relation"]),
        (&"trace".into(), &"altered".into())
    );
    assert_eq!(traced["documents"][0]["id"], "s");
    let (_, checked) = ask("/api/check", question);
    assert!(checked["records"].as_array().unwrap().iter().any(|one| one["verdict"] == "supported"), "{checked}");

    let (_, hits) = ask("/api/search", serde_json::json!({"query": "bridge", "limit": 3}));
    assert_eq!((hits["total"].as_u64(), hits["hits"].as_array().unwrap().len()), (Some(40), 3));
    let link = hits["hits"][0]["link"].as_str().unwrap();
    assert_eq!(server.ask(link, "").0, 200, "{link}");

    let wrong = |path: &str, headers: &str, body: &str| {
        let (status, fault) = server.post(path, headers, body);
        (status, fault["error"].as_str().unwrap_or_default().to_owned())
    };
    for (body, status) in [("{", 400), ("{\"texd\":\"a\"}", 400), ("{\"text\":\" \"}", 400), ("[]", 400)] {
        let (got, why) = wrong("/api/extract", JSON, body);
        assert!(got == status && !why.is_empty(), "{body}: {got} {why}");
    }
    assert_eq!(wrong("/api/search", JSON, "{\"query\":\"a AND (\"}").0, 400);
    assert!(wrong("/api/search", JSON, " []").1.contains("no JSON object"));
    // A form of another page can send this.
    assert_eq!(wrong("/api/search", "Content-Type: text/plain\r\n", "{}").0, 415);
    let stranger = format!("{JSON}Origin: https://news.example\r\n");
    assert_eq!(server.post("/api/search", &stranger, "{}").0, 403);
    assert_eq!(wrong("/api/extract", JSON, &format!("{{\"text\":\"{}\"}}", "a ".repeat(3 << 20))).0, 413);
    assert_eq!(server.ask("/api/extract", "").0, 405);

    let (status, description) = server.ask("/api/openapi.json", "");
    assert!(status == 200 && description.contains("\"/api/trace\""));
}

/// The first link that begins so, on a page.
fn link<'p>(page: &'p str, begins: &str) -> &'p str {
    let at = page.find(&format!("href=\"{begins}")).unwrap_or_else(|| panic!("no link {begins}: {page}"));
    page[at + 6..].split('"').next().unwrap()
}

/// Two articles about a statement; one of them lost a word.
fn ferry(folder: &Path) {
    for (place, text) in [
        (
            "all/articles/gull.md",
            "---\npublisher: The Gull\ndate: 2031-05-03\n---\n“The old ferry line will not close before winter,” said Ada Brandt, the mayor.\n",
        ),
        (
            "all/articles/tern.md",
            "---\npublisher: The Tern\ndate: 2031-05-09\n---\n“The old ferry line will close before winter,” said Ada Brandt, the mayor.\n",
        ),
        (
            "all/statements/ferry.md",
            "---\nspeaker: Ada Brandt\ndate: 2031-05-02\ntitle: The ferry\n---\nThe old ferry line will not close before winter. All crews will be paid in full.\n",
        ),
    ] {
        let path = folder.join(place);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
}

#[test]
fn findings_are_compared_once_and_listed() {
    let folder = tempfile::tempdir().unwrap();
    ferry(folder.path());
    let all = folder.path().join("all");
    let server = Server::of(folder.path(), &all, &["--check", "--trace"], &["--port", "0"]);
    let (_, home) = server.ask("/", "");
    assert!(home.contains("2 articles compared") && home.contains("/findings/altered?page=1"), "{home}");
    let (_, page) = server.ask("/findings/altered?page=1", "");
    assert!(page.contains("<b>1</b> finding") && page.contains("/doc/articles/tern.md"), "{page}");
    assert!(page.contains("The old ferry line will not close before winter"), "{page}");
    let (_, page) = server.ask("/findings/verbatim", "");
    assert!(page.contains("/doc/articles/gull.md") && !page.contains("tern.md"), "{page}");
    let (_, rows) = server.ask("/findings/altered.csv", "");
    assert!(rows.contains("doc,title,publisher") && rows.contains("articles/tern.md,"), "{rows}");
    let (_, lines) = server.ask("/findings/altered.json", "");
    assert!(lines.contains("\"relation\": \"altered\""), "{lines}");
    assert_eq!(server.ask("/findings/no-such-list", "").0, 404);
    assert_eq!(server.ask("/findings/..%2Fsayso", "").0, 404);
    // The finding as a card, and as a picture that stands alone.
    let finding = link(&server.ask("/findings/altered?page=1", "").1, "/q/").to_owned();
    let (status, card) = server.ask(&finding.replacen("/q/", "/card/", 1), "");
    assert!(status == 200 && card.contains("<svg") && card.contains("altered: "), "{card}");
    let (_, picture) = server.ask(&format!("{}.svg", finding.replacen("/q/", "/card/", 1)), "");
    assert!(picture.contains("image/svg+xml") && !picture.contains("<html"), "{picture}");
    assert!(picture.contains("The old ferry line will close before winter"), "{picture}");
    // The names that a word may begin.
    let (_, names) = server.ask("/suggest.json?q=ferry+bra", "");
    assert!(names.contains(r#""query":"ferry speaker:\"Ada Brandt\"""#), "{names}");
    assert!(server.ask("/suggest.json?q=zz", "").1.ends_with("[]"));
    drop(server);
    // What was compared before the index changed says so, and an index that was never compared says how.
    std::fs::write(all.join("articles/new.md"), "Rain fell on Monday, and 12 boats stayed in.\n").unwrap();
    let server = Server::over(folder.path(), &all);
    assert!(server.ask("/", "").1.contains("The index has changed since"));
    let other = tempfile::tempdir().unwrap();
    let server = Server::start(other.path());
    assert!(server.ask("/", "").1.contains("sayso index --check --trace"));
    assert_eq!(server.ask("/findings/altered", "").0, 404);
}

#[test]
fn what_another_program_adds_is_shown_and_told_as_new() {
    let folder = tempfile::tempdir().unwrap();
    ferry(folder.path());
    let all = folder.path().join("all");
    let server = Server::of(folder.path(), &all, &["--check", "--trace"], &["--port", "0"]);
    let told = |page: &str| page.contains("New since your last visit");
    // On the first visit nothing is new, and the browser is told how far the index goes.
    let (_, home) = server.ask("/", "");
    assert!(!told(&home) && home.to_lowercase().contains("set-cookie: seen=3."), "{home}");
    // Findings that were kept since the last visit are new; documents are not.
    let (_, home) = server.ask("/", "Cookie: seen=3.1.3.1\r\n");
    assert!(told(&home) && home.contains("no document was added"), "{home}");
    assert!(home.contains("/findings/altered?page=1&since=1\">1 more: altered"), "{home}");
    assert!(server.ask("/findings/altered?since=1", "").1.contains("<b>1</b> finding"));
    assert!(server.ask("/findings/altered?since=99999999999", "").1.contains("<b>0</b> findings"));
    // Another program adds an article while the pages are open.
    std::fs::write(all.join("articles/new.md"), "---\ntitle: Rain fell\n---\nRain fell on Monday.\n").unwrap();
    let mut index = Command::new(SAYSO);
    index.args(["index", "-q", "--model", "rules", "--index"]).arg(folder.path().join("index")).arg(&all);
    assert!(index.status().unwrap().success());
    let until = Instant::now() + Duration::from_secs(30);
    while server.ask("/doc/articles/new.md", "").0 != 200 {
        assert!(Instant::now() < until, "the new article is never shown");
        std::thread::sleep(Duration::from_millis(100));
    }
    let (_, home) = server.ask("/", "Cookie: seen=3.1.3.1\r\n");
    assert!(told(&home) && home.contains("<b>1</b> document added") && home.contains("Rain fell"), "{home}");
    let (_, found) = server.ask("/search?sort=date&added=3", "");
    assert!(found.contains("Rain fell") && !found.contains("gull.md"), "{found}");
}

#[test]
fn a_figure_of_a_statement_has_its_renderings() {
    let folder = tempfile::tempdir().unwrap();
    let write = |place: &str, text: &str| {
        let path = folder.path().join("all").join(place);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    let about = "about: [statements/quay.md]";
    write(
        "statements/quay.md",
        "---\ndate: 2031-05-02\n---\nSome 1,240 boats were counted on the ferry quay in April.\n",
    );
    write(
        "articles/gull.md",
        &format!(
            "---\npublisher: The Gull\ndate: 2031-05-03\n{about}\n---\nThe quay is full.\n\nSome 1,240 boats were counted on the ferry quay in April.\n"
        ),
    );
    write(
        "articles/tern.md",
        &format!(
            "---\npublisher: The Tern\ndate: 2031-05-03\n{about}\n---\nThe quay is full.\n\nSome 1,420 boats were counted on the ferry quay in April.\n"
        ),
    );
    let server = Server::over(folder.path(), &folder.path().join("all"));
    let (_, page) = server.ask("/doc/statements/quay.md", "");
    let told =
        page.match_indices("href=\"/q/").map(|(at, _)| page[at + 6..].split('"').next().unwrap()).any(|figure| {
            let (_, page) = server.ask(figure, "");
            page.contains("How it was told") && page.contains("The Gull") && page.contains(">1,420</b>")
        });
    assert!(told, "{page}");
}

#[test]
fn two_texts_stand_side_by_side() {
    let folder = tempfile::tempdir().unwrap();
    ferry(folder.path());
    let server = Server::over(folder.path(), &folder.path().join("all"));
    let (_, page) = server.ask("/doc/articles/tern.md", "");
    let beside = link(&page, "/beside/").to_owned();
    let (status, page) = server.ask(&beside, "");
    // What both share is marked on both sides.
    assert!(status == 200 && page.contains("2 places in common"), "{page}");
    assert_eq!((page.matches("data-ids=\"p0\"").count(), page.matches("p0 p1").count()), (2, 2), "{page}");
    assert_eq!(server.ask("/beside/articles/tern.md?with=nothing", "").0, 404);
}

#[test]
fn a_network_is_answered_only_behind_the_gate() {
    let folder = tempfile::tempdir().unwrap();
    ferry(folder.path());
    let (all, file) = (folder.path().join("all"), folder.path().join("token"));
    let token = "5d1c0c61a7e94f1e";
    std::fs::write(&file, format!("{token}\n")).unwrap();
    let serving = ["--listen", "127.0.0.1:0", "--token-file", file.to_str().unwrap()];
    let server = Server::of(folder.path(), &all, &[], &serving);
    assert_eq!(server.ask("/", "").0, 401);
    let (status, answer) = server.ask("/", "Accept: text/html\r\n");
    assert!(status == 303 && answer.contains("location: /login"), "{answer}");
    assert_eq!(server.ask("/records.jsonl", "Authorization: Bearer 5d1c0c61a7e94f1f\r\n").0, 401);
    assert_eq!(server.ask("/records.jsonl", &format!("Authorization: Bearer {token}\r\n")).0, 200);
    assert!(server.ask("/login", "").1.contains("name=\"token\""));
    assert_eq!(server.send("/login", "token=wrong", "").0, 403);
    assert_eq!(server.send("/login", &format!("token={token}"), "Origin: https://news.example\r\n").0, 403);
    let (status, answer) = server.send("/login", &format!("token={token}"), "");
    assert!(status == 303 && answer.contains("HttpOnly; SameSite=Strict"), "{answer}");
    let cookie = answer.split("set-cookie: ").nth(1).unwrap().split(';').next().unwrap();
    assert!(server.ask("/", &format!("Cookie: {cookie}\r\n")).1.contains("Ways in"));
    // A token that anybody guesses, and an address without a token, open nothing.
    std::fs::write(&file, "secret").unwrap();
    let tried = |flags: &[&str]| {
        let mut sayso = Command::new(SAYSO);
        sayso.arg("serve").args(flags).arg("--index").arg(folder.path().join("index"));
        sayso.output().unwrap()
    };
    let out = tried(&serving);
    assert!(!out.status.success() && String::from_utf8_lossy(&out.stderr).contains("fewer than 16 characters"));
    assert!(!tried(&["--listen", "127.0.0.1:0"]).status.success());
}

#[test]
fn a_speaker_an_outlet_and_a_statement_have_pages() {
    let folder = tempfile::tempdir().unwrap();
    ferry(folder.path());
    std::fs::write(
        folder.path().join("all/articles/crow.md"),
        "---\npublisher: The Crow\n---\n“We counted 42 boats,” said Tom Reyes, the harbour master. “They are old,” Reyes said.\n",
    )
    .unwrap();
    let server = Server::over(folder.path(), &folder.path().join("all"));
    // The figures of a speaker: the words that hold them, and the records.
    let (_, page) = server.ask("/speaker/Tom%20Reyes?figures=true", "");
    assert!(page.contains("We counted 42 boats") && page.contains(">42 boats</a>"), "{page}");
    assert!(!page.contains("They are old"), "{page}");
    let (_, rows) = server.ask("/speaker/Tom%20Reyes.csv?figures=true", "");
    assert_eq!(rows.matches("\nfigure,").count(), 1, "{rows}");
    let (_, page) = server.ask("/speaker/Ada%20Brandt", "");
    assert!(
        page.contains("<b>2</b> documents quote") && page.contains("2031-05") && page.contains(">altered<"),
        "{page}"
    );
    let (_, rows) = server.ask("/speaker/Ada%20Brandt.csv", "");
    assert!(rows.matches("\nquote,").count() == 2, "{rows}");
    let (_, page) = server.ask("/outlet/The%20Tern", "");
    assert!(page.contains("<b>1</b> document in the index") && page.contains("1 altered"), "{page}");
    let (_, page) = server.ask("/statement/statements/ferry.md", "");
    assert!(
        page.contains("2 articles have words") && page.contains("− not") && page.contains("class=\"strip\""),
        "{page}"
    );
    assert!(page.contains("How it spread") && page.contains("<circle"), "{page}");
    let (_, records) = server.ask("/statement/statements/ferry.md?format=json", "");
    assert!(records.contains("\"record\":\"sentence\"") && records.contains("\"relation\":\"altered\""), "{records}");
    assert_eq!(server.ask("/outlet/Nobody", "").0, 200);
    assert!(server.ask("/speaker/Nobody", "").1.contains("No document of the index quotes anybody of this name"));
    // A finding has an address of its own, made of its words.
    let (_, page) = server.ask("/doc/articles/tern.md", "");
    let finding = link(&page, "/q/").to_owned();
    let (status, page) = server.ask(&finding, "");
    assert!(status == 200 && page.contains("Your name"), "{page}");
    assert_eq!(server.ask("/q/0000000000000000/articles/tern.md", "").0, 404);
}

#[test]
fn a_judgement_is_kept_and_applied() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path());
    let (_, page) = server.ask("/doc/1.txt", "");
    let (_, rows) = page.split_once("id=\"speakers\"").unwrap();
    let finding = link(rows, "/q/").to_owned();
    let (_, page) = server.ask(&finding, "");
    let token = page.split("name=\"token\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let key = finding.split('/').nth(2).unwrap();
    let form = |token: &str, new: &str| {
        format!("token={token}&doc=1.txt&key={key}&verdict=corrected&new={new}&by=Ana+Brook&note=heard")
    };
    assert_eq!(server.send("/review", &form("0", "Tom+Reyes"), "").0, 403);
    assert_eq!(server.send("/review", &form(token, "Tom+Reyes"), "Origin: https://news.example\r\n").0, 403);
    assert_eq!(server.send("/review", &form(token, ""), "").0, 400);
    assert!(!folder.path().join("index/reviews.jsonl").exists());
    assert_eq!(server.send("/review", &form(token, "Tom+Reyes"), "").0, 303);
    let (_, page) = server.ask("/doc/1.txt", "");
    assert!(page.contains("Tom Reyes") && page.contains("corrected by Ana Brook"), "{page}");
    // And on the command line.
    let out = Command::new(SAYSO)
        .args(["quotes", "-q", "--format", "jsonl", "--speaker", "reyes", "--index"])
        .arg(folder.path().join("index"))
        .output()
        .unwrap();
    let out = String::from_utf8(out.stdout).unwrap();
    assert!(out.contains("\"reviewed\":{\"by\":\"Ana Brook\"") && out.contains("\"old\":\"Ada Brandt\""), "{out}");
}

#[test]
fn a_full_report_is_a_folder_whose_pages_lead_to_each_other() {
    let folder = tempfile::tempdir().unwrap();
    ferry(folder.path());
    let out = folder.path().join("all pages");
    let mut report = Command::new(SAYSO);
    report.args(["report", "--full", "-q", "--model", "rules"]).arg(folder.path().join("all"));
    let done = report.arg("-o").arg(&out).arg("--index").arg(folder.path().join("index")).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let read = |path: &str| std::fs::read_to_string(out.join(path)).unwrap();
    assert!(read("index.html").contains("href=\"contents.html\""));
    let list = read("contents.html");
    assert!(list.contains("<b>3</b> documents") && list.contains("1 to look at"), "{list}");
    // What is wrong comes first, and every link of a page leads to a file that is there.
    assert!(list.find("tern.md") < list.find("gull.md"), "{list}");
    let pages = ["index.html", "contents.html", "documents/0.html", "documents/1.html", "documents/2.html"];
    for page in pages {
        let text = read(page);
        let links = text.split("href=\"").skip(1).map(|rest| rest.split('"').next().unwrap());
        for link in links.filter(|link| !link.starts_with('#') && !link.starts_with("http")) {
            assert!(out.join(page).parent().unwrap().join(link).exists(), "{page}: {link}");
        }
    }
    assert!(pages.iter().skip(2).any(|page| read(page).contains("<del>not</del>")));
}
