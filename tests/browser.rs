//! The pages in a real browser: Chromium without a window, driven over WebDriver (W3C). Ignored where there is no
//! `chromedriver`; `.ci/run` installs it and runs them with `--ignored`.
//!
//! A person searches, opens a document, clicks a quotation, corrects its speaker, and sees it on the command line. No text of
//! a document runs as a script, nothing is loaded from elsewhere, and the pages keep to a phone's width.
#![cfg(all(unix, feature = "serve"))]
#![allow(missing_docs, clippy::unwrap_used)]

use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const SAYSO: &str = env!("CARGO_BIN_EXE_sayso");

/// A process that ends with the test.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A browser with one window.
struct Browser {
    port: String,
    session: String,
    _driver: Running,
}

/// The key under which WebDriver names an element.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

impl Browser {
    fn start() -> Browser {
        let mut driver =
            Command::new("chromedriver").arg("--port=0").stdout(Stdio::piped()).spawn().expect("chromedriver");
        let mut lines = BufReader::new(driver.stdout.take().unwrap()).lines();
        let port = lines.by_ref().map_while(Result::ok).find_map(|line| {
            let rest = line.split_once("successfully on port ")?.1;
            Some(rest.trim_end_matches(|c: char| !c.is_ascii_digit()).to_owned())
        });
        // It goes on writing, and nobody must close the pipe.
        std::thread::spawn(move || lines.for_each(drop));
        let mut browser = Browser { port: port.unwrap(), session: String::new(), _driver: Running(driver) };
        let arguments = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"];
        let options = json!({"args": arguments});
        let wanted = json!({"capabilities": {"alwaysMatch": {
            "goog:chromeOptions": options, "goog:loggingPrefs": {"performance": "ALL", "browser": "ALL"},
        }}});
        let answer = browser.ask("POST", "/session", &wanted);
        browser.session = answer["sessionId"].as_str().unwrap().to_owned();
        browser
    }

    /// One command of WebDriver.
    fn ask(&self, method: &str, path: &str, body: &Value) -> Value {
        let body = if method == "POST" { body.to_string() } else { String::new() };
        let mut stream = TcpStream::connect(format!("127.0.0.1:{}", self.port)).unwrap();
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        )
        .unwrap();
        // The driver leaves the connection open: its answer is as long as it says.
        let (mut reader, mut length, mut line) = (BufReader::new(stream), 0, String::new());
        while reader.read_line(&mut line).unwrap() > 2 {
            let header = line.to_ascii_lowercase();
            length = header.strip_prefix("content-length:").map_or(length, |rest| rest.trim().parse().unwrap());
            line.clear();
        }
        let mut answer = vec![0; length];
        reader.read_exact(&mut answer).unwrap();
        let value: Value = serde_json::from_slice(&answer).unwrap();
        assert!(value["value"].get("error").is_none(), "{path}: {value}");
        value["value"].clone()
    }

    fn post(&self, path: &str, body: Value) -> Value {
        self.ask("POST", &format!("/session/{}{path}", self.session), &body)
    }

    fn open(&self, url: &str) {
        self.post("/url", json!({"url": url}));
    }

    fn size(&self, width: u32) {
        self.post(
            "/goog/cdp/execute",
            json!({"cmd": "Emulation.setDeviceMetricsOverride", "params": {
                "width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 600,
            }}),
        );
    }

    fn run(&self, script: &str) -> Value {
        self.post("/execute/sync", json!({"script": script, "args": []}))
    }

    fn find(&self, css: &str) -> String {
        let found = self.post("/element", json!({"using": "css selector", "value": css}));
        found[ELEMENT].as_str().unwrap().to_owned()
    }

    /// Presses what a person sees. The page must not glide meanwhile.
    fn click(&self, css: &str) {
        self.post(
            "/goog/cdp/execute",
            json!({"cmd": "Emulation.setEmulatedMedia", "params": {
                "features": [{"name": "prefers-reduced-motion", "value": "reduce"}],
            }}),
        );
        let id = self.find(css);
        self.post(&format!("/element/{id}/click"), json!({}));
    }

    fn write(&self, css: &str, text: &str) {
        let id = self.find(css);
        self.post(&format!("/element/{id}/clear"), json!({}));
        self.post(&format!("/element/{id}/value"), json!({"text": text}));
    }

    fn keys(&self, text: &str) {
        let press =
            text.chars().flat_map(|c| [json!({"type": "keyDown", "value": c}), json!({"type": "keyUp", "value": c})]);
        self.post(
            "/actions",
            json!({"actions": [{"type": "key", "id": "keys", "actions": press.collect::<Vec<_>>()}]}),
        );
    }

    fn text(&self) -> String {
        self.run("return document.body.innerText").as_str().unwrap().to_owned()
    }

    /// Waits until a script tells true.
    fn until(&self, script: &str) {
        let since = Instant::now();
        while self.run(&format!("return !!({script})")) != json!(true) {
            assert!(since.elapsed() < Duration::from_secs(10), "never: {script}");
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// The addresses that pages asked for since this was last called.
    fn loaded(&self) -> Vec<String> {
        let log = self.post("/se/log", json!({"type": "performance"}));
        let entries = log.as_array().unwrap().iter().filter_map(|entry| entry["message"].as_str());
        let messages = entries.filter_map(|message| serde_json::from_str::<Value>(message).ok());
        let sent = messages.filter(|m| m["message"]["method"] == json!("Network.requestWillBeSent"));
        sent.filter_map(|m| m["message"]["params"]["request"]["url"].as_str().map(str::to_owned)).collect()
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // After a failure nobody must panic once more.
        if let Ok(mut stream) = TcpStream::connect(format!("127.0.0.1:{}", self.port)) {
            let _ = write!(
                stream,
                "DELETE /session/{} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n",
                self.session
            );
            let _ = stream.read(&mut [0; 64]);
        }
    }
}

/// Serves an index of some documents, one of them hostile.
fn serve(folder: &Path) -> (Running, String) {
    let hostile = "<script>window.owned=1</script><img src=x onerror=\"window.owned=1\">";
    let documents = [
        json!({"id": "gull", "kind": "article", "title": "The ferry stays", "publisher": "The Gull", "date": "2031-05-03",
            "text": "“The old ferry line will not close before winter,” said Ada Brandt, the mayor. Some 42 boats were counted.\n"}),
        json!({"id": "tern", "kind": "article", "title": "The ferry goes", "publisher": "The Tern", "date": "2031-05-09",
            "text": "“The old ferry line will close before winter,” said Ada Brandt, the mayor. Some 24 boats were counted.\n"}),
        json!({"id": format!("{hostile}\"'/../x?y#z"), "kind": "article", "title": hostile, "publisher": hostile, "date": "2031-05-04",
            "url": "javascript:window.owned=1", "byline": hostile,
            "text": format!("{hostile}\n\n“{hostile} is safe,” said Ada Brandt, the mayor. It cost $5 million.\n")}),
        json!({"id": "ferry", "kind": "statement", "title": "On the ferry", "speaker": "Ada Brandt", "date": "2031-05-02",
            "text": "The old ferry line will not close before winter. Some 42 boats were counted.\n"}),
    ];
    let lines: String = documents.iter().map(|document| format!("{document}\n")).collect();
    std::fs::write(folder.join("all.jsonl"), lines).unwrap();
    let sayso = |command: &[&str]| {
        let mut sayso = Command::new(SAYSO);
        sayso.args(command).args(["--model", "rules", "--index"]).arg(folder.join("index"));
        sayso
    };
    assert!(
        sayso(&["index", "-q", "--check", "--trace", folder.join("all.jsonl").to_str().unwrap()])
            .status()
            .unwrap()
            .success()
    );
    let mut child = sayso(&["serve", "--port", "0"]).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    let lines = BufReader::new(child.stderr.take().unwrap()).lines();
    let address =
        lines.map_while(Result::ok).find_map(|line| Some(line.split_once("http://")?.1.split_once('/')?.0.to_owned()));
    (Running(child), format!("http://{}", address.unwrap()))
}

/// What is wrong with a page for people who see little, have a small screen or no mouse: text of too little contrast (WCAG
/// 2.2, 1.4.3), fields and pictures without a name, things to press that are too small (2.5.8), sideways scrolling.
const FAULTS: &str = r#"
const rgb = (c) => (c.match(/[\d.]+/g) || []).map(Number);
const light = (c) => { const [r, g, b] = c.slice(0, 3).map((v) => { v /= 255; return v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; }); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
const over = (top, under) => { const a = top[3] ?? 1; return [0, 1, 2].map((i) => top[i] * a + under[i] * (1 - a)); };
const ground = (e) => { const layers = []; for (let x = e; x; x = x.parentElement) { const c = rgb(getComputedStyle(x).backgroundColor); if (c.length >= 3 && (c[3] ?? 1) > 0) { layers.push(c); if ((c[3] ?? 1) >= 1) break; } } let at = rgb(getComputedStyle(document.body).backgroundColor).slice(0, 3); for (const c of layers.reverse()) at = over(c, at); return at; };
const faults = [];
const visible = (e) => e.checkVisibility ? e.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true }) : true;
const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
const seen = new Set();
while (walk.nextNode()) {
  const e = walk.currentNode.parentElement;
  if (!walk.currentNode.textContent.trim() || seen.has(e) || !visible(e) || /SCRIPT|STYLE|OPTION|TITLE/i.test(e.tagName)) continue;
  seen.add(e);
  const style = getComputedStyle(e);
  const ink = e instanceof SVGElement ? style.fill : style.color;
  const back = ground(e), front = over(rgb(ink), back);
  const [a, b] = [light(front), light(back)].sort((x, y) => y - x);
  const big = parseFloat(style.fontSize) >= 24 || (parseFloat(style.fontSize) >= 18.6 && style.fontWeight >= 700);
  const ratio = (a + 0.05) / (b + 0.05);
  if (ratio < (big ? 3 : 4.5)) faults.push("contrast " + ratio.toFixed(2) + ": " + e.tagName + "." + e.className + " " + e.textContent.trim().slice(0, 40));
}
for (const e of document.querySelectorAll("input:not([type=hidden]), select, button, textarea")) {
  const name = e.getAttribute("aria-label") || e.labels?.[0]?.innerText || (e.tagName === "BUTTON" && e.innerText) || "";
  if (visible(e) && !name.trim()) faults.push("no name: " + e.outerHTML.slice(0, 80));
}
for (const e of document.querySelectorAll("svg")) if (!e.getAttribute("aria-label") && e.getAttribute("aria-hidden") !== "true") faults.push("no label: " + e.outerHTML.slice(0, 80));
for (const e of document.querySelectorAll("button, input:not([type=hidden]), select, summary")) {
  const box = e.getBoundingClientRect();
  if (visible(e) && box.height > 0 && box.height < 24) faults.push("small: " + box.height + " " + e.outerHTML.slice(0, 80));
}
if (!document.documentElement.lang) faults.push("no language");
if (document.documentElement.scrollWidth > innerWidth) faults.push("sideways scroll: " + document.documentElement.scrollWidth + " > " + innerWidth);
return faults;
"#;

#[test]
#[ignore = "needs chromedriver; .ci/run installs it"]
fn search_open_click_correct_and_see_it_on_the_command_line() {
    let folder = tempfile::tempdir().unwrap();
    let (_server, address) = serve(folder.path());
    let browser = Browser::start();
    browser.size(1280);
    browser.open(&address);
    // Names that a word may begin are suggested.
    browser.write("input[name=q]", "bran");
    browser.until("document.querySelector('#suggested option')?.value === 'speaker:\"Ada Brandt\"'");
    browser.run("document.querySelector('input[name=q]').value = ''");
    browser.write("input[name=q]", "ferry");
    browser.click("form.ask button");
    browser.until("document.body.innerText.includes('The ferry goes')");
    browser.click("a[href='/doc/tern']");
    browser.until("document.querySelector('.body .quote')");
    // The side panel says who, how that is known, and what the statement has.
    browser.click(".body .quote");
    browser.until("!document.getElementById('panel').hidden");
    let panel = browser.run("return document.getElementById('panel').innerText");
    let panel = panel.as_str().unwrap();
    assert!(panel.contains("Ada Brandt") && panel.contains("by name") && panel.contains("not"), "{panel}");
    // The keyboard does the same.
    browser.keys("\u{e00c}");
    browser.until("document.getElementById('panel').hidden");
    browser.keys("j");
    browser.until("!document.getElementById('panel').hidden");
    browser.keys("?");
    browser.until("document.getElementById('keys').open");
    browser.keys("\u{e00c}/");
    browser.until("document.activeElement.id === 'filter'");
    // What was compared once is listed, and a finding of a list has a card.
    browser.open(&address);
    browser.click("a[href='/findings/altered?page=1']");
    browser.until("document.body.innerText.includes('The old ferry line will close before winter')");
    browser.click("main a[href^='/q/']");
    browser.until("document.querySelector('a[href^=\"/card/\"]')");
    browser.click("a[href^='/card/']");
    browser.until("document.querySelector('svg text.words')");
    assert!(browser.text().contains("altered"));
    // Beside the statement: both sides of a shared place are lit, and the texts scroll together.
    browser.open(&format!("{address}/doc/tern"));
    browser.click("a[href^='/beside/']");
    browser.until("document.querySelectorAll('.side .lit').length === 2");
    browser.run(
        "document.querySelectorAll('.side').forEach((e, n) => { const b = e.querySelector('.body'); b.style.paddingTop = n ? '3000px' : '6000px'; b.style.paddingBottom = '4000px'; })",
    );
    browser.run("const e = document.querySelector('.side'); e.dispatchEvent(new Event('wheel')); e.scrollTop = 5900");
    let level = "const [a, b] = [...document.querySelectorAll('.side .lit')].map((e) => e.getBoundingClientRect().top); return Math.abs(a - b) < 2";
    browser.until(&format!("(() => {{ {level} }})()"));
    // The correction.
    browser.open(&format!("{address}/doc/tern"));
    browser.click(".body .quote");
    browser.until("!document.getElementById('panel').hidden");
    browser.click("#panel .row a[href^='/q/']");
    browser.until("document.querySelector('form.review')");
    browser.write("form.review input[name=new]", "Wen Tarrow");
    browser.write("form.review input[name=by]", "Ana Brook");
    browser.click("form.review button[value=corrected]");
    browser.until("document.body.innerText.includes('corrected')");
    assert!(browser.text().contains("Wen Tarrow"));
    let out = Command::new(SAYSO)
        .args(["quotes", "-q", "--format", "list", "--index"])
        .arg(folder.path().join("index"))
        .output()
        .unwrap();
    let out = String::from_utf8(out.stdout).unwrap();
    assert!(out.contains("Wen Tarrow"), "{out}");
}

#[test]
#[ignore = "needs chromedriver; .ci/run installs it"]
fn no_text_runs_and_nothing_is_loaded_from_elsewhere() {
    let folder = tempfile::tempdir().unwrap();
    let (_server, address) = serve(folder.path());
    let browser = Browser::start();
    for path in
        ["/", "/search?q=safe", "/search?q=%3Cscript%3Ewindow.owned%3D1%3C/script%3E", "/report", "/findings/supported"]
    {
        browser.open(&format!("{address}{path}"));
        assert_eq!(browser.run("return window.owned === undefined"), json!(true), "{path}");
    }
    browser.open(&format!("{address}/search?q=safe"));
    let links = browser.run("return [...document.querySelectorAll('main h3 a')].map((a) => a.href)");
    for link in links.as_array().unwrap().iter().filter_map(Value::as_str) {
        browser.open(link);
        browser.until("document.querySelector('.body')");
        assert_eq!(browser.run("return window.owned === undefined"), json!(true), "{link}");
        let more = "return [...document.querySelectorAll('a[href^=\"/q/\"], a[href^=\"/speaker/\"]')].slice(0, 4).map((a) => a.href)";
        for link in browser.run(more).as_array().unwrap().iter().filter_map(Value::as_str) {
            browser.open(link);
            assert_eq!(
                browser.run("return window.owned === undefined && document.title !== ''"),
                json!(true),
                "{link}"
            );
        }
        assert_eq!(
            browser.run("return [...document.links].every((a) => !a.href.startsWith('javascript:'))"),
            json!(true)
        );
    }
    let elsewhere: Vec<String> = browser
        .loaded()
        .into_iter()
        .filter(|url| !url.starts_with(&address) && !url.starts_with("data:") && !url.starts_with("chrome"))
        .collect();
    assert!(elsewhere.is_empty(), "{elsewhere:?}");
}

#[test]
#[ignore = "needs chromedriver; .ci/run installs it"]
fn pages_are_legible_named_and_keep_to_the_width() {
    let folder = tempfile::tempdir().unwrap();
    let (_server, address) = serve(folder.path());
    let browser = Browser::start();
    let mut wrong = Vec::new();
    browser.open(&format!("{address}/doc/tern"));
    let finding = browser.run("return document.querySelector('a[href^=\"/q/\"]').getAttribute('href')");
    for scheme in ["light", "dark"] {
        browser.post("/goog/cdp/execute", json!({"cmd": "Emulation.setEmulatedMedia", "params": {
            "features": [{"name": "prefers-color-scheme", "value": scheme}, {"name": "prefers-reduced-motion", "value": "reduce"}],
        }}));
        for width in [1280, 390] {
            browser.size(width);
            let finding = finding.as_str().unwrap();
            for path in [
                "/",
                "/search?q=ferry",
                "/search?q=nowhere",
                "/doc/tern",
                "/doc/ferry",
                "/beside/tern?with=ferry",
                "/statement/ferry",
                "/speaker/Ada%20Brandt",
                "/outlet/The%20Tern",
                "/speaker/Nobody",
                "/doc/nowhere",
                "/report",
                "/findings/altered",
                "/findings/spliced",
                finding,
                &finding.replacen("/q/", "/card/", 1),
            ] {
                browser.open(&format!("{address}{path}"));
                let faults = browser.run(FAULTS);
                let faults = faults.as_array().unwrap().iter().filter_map(Value::as_str);
                wrong.extend(faults.map(|fault| format!("{path} {scheme} {width}: {fault}")));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The bytes of base64, without line ends (RFC 4648).
fn decoded(text: &str) -> Vec<u8> {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let bits = text.bytes().filter_map(|byte| SIGNS.iter().position(|sign| *sign == byte));
    let (mut out, mut held, mut count) = (Vec::new(), 0u32, 0);
    for six in bits {
        held = held << 6 | six as u32;
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push((held >> count) as u8);
        }
    }
    out
}

#[test]
#[ignore = "needs chromedriver; .ci/run installs it"]
fn the_report_of_the_sample_corpus_prints_on_twenty_pages() {
    let folder = tempfile::tempdir().unwrap();
    let report = folder.path().join("report.html");
    let mut sayso = Command::new(SAYSO);
    sayso.args(["report", "-q", concat!(env!("CARGO_MANIFEST_DIR"), "/corpus"), "-o"]).arg(&report);
    assert!(sayso.stdout(Stdio::null()).status().unwrap().success());
    assert!(std::fs::metadata(&report).unwrap().len() < 1_000_000);
    let browser = Browser::start();
    browser.open(&format!("file://{}", report.display()));
    let printed = browser.post("/print", json!({}));
    let pdf = decoded(printed.as_str().unwrap());
    let pages = pdf.windows(12).filter(|at| at.starts_with(b"/Type /Page") && !at.ends_with(b"s")).count();
    assert!((5..=20).contains(&pages), "{pages} pages");
}
