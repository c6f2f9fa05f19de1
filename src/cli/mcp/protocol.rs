//! The Model Context Protocol as far as a server of tools needs it: JSON-RPC 2.0, one message a line. Both ways to begin
//! are known: the handshake of the versions until 2025-11-25 (`initialize`), and since 2026-07-28 `server/discover`, where
//! each request names its version.
//!
//! It is written out here because it is this little: the crate `rmcp` would bring thirteen more crates, an asynchronous
//! runtime among them, for one line in and one line out.

use super::tools;
use serde_json::{Value, json};
use std::io::{self, BufRead, Read, Write};

/// The versions that begin with a handshake, the newest last.
const HANDSHAKE: [&str; 4] = ["2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25"];
/// The version in which each request stands alone.
const MODERN: &str = "2026-07-28";
/// Where a request names its version.
const VERSION: &str = "io.modelcontextprotocol/protocolVersion";
/// Where an answer names the server.
const SERVER: &str = "io.modelcontextprotocol/serverInfo";

/// The longest message.
const LONGEST: u64 = 4 << 20;

/// What JSON-RPC and the protocol call errors.
const PARSE: i32 = -32700;
const REQUEST: i32 = -32600;
const METHOD: i32 = -32601;
const PARAMETERS: i32 = -32602;
const UNSUPPORTED: i32 = -32022;

/// How an assistant is to use the answers.
const INSTRUCTIONS: &str = "\
sayso knows official statements and the coverage of them. Before you quote anybody, call verify_quotation and quote only what it \
shows as `source`, with the document and the link. Where it says not-found, do not give the words to anybody. A verdict says what a \
named document states; it never says that something is true.";

/// A result, as JSON, or an error.
type Outcome = Result<String, Failure>;

/// An error of the protocol.
struct Failure {
    code: i32,
    message: String,
    data: Option<Value>,
}

impl Failure {
    fn new(code: i32, message: impl Into<String>) -> Failure {
        Failure { code, message: message.into(), data: None }
    }
}

/// Answers until the input ends or nobody reads the output any more. `call` answers one question: JSON, or what is wrong;
/// nothing where there is no such tool.
pub(super) fn answer(
    input: &mut impl BufRead,
    output: &mut impl Write,
    call: impl Fn(&str, Value) -> Option<Result<String, String>>,
) -> io::Result<()> {
    let mut line = Vec::new();
    loop {
        line.clear();
        if input.by_ref().take(LONGEST).read_until(b'\n', &mut line)? == 0 {
            return Ok(());
        }
        let reply = if line.len() as u64 == LONGEST && line.last() != Some(&b'\n') {
            skip_line(input)?;
            Some(written(
                &Value::Null,
                Err(Failure::new(REQUEST, format!("the message is longer than {LONGEST} bytes"))),
            ))
        } else {
            reply(&line, &call)
        };
        let Some(reply) = reply else { continue };
        let sent =
            output.write_all(reply.as_bytes()).and_then(|()| output.write_all(b"\n")).and_then(|()| output.flush());
        match sent {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => return Ok(()),
            sent => sent?,
        }
    }
}

/// Reads past the end of a line.
fn skip_line(input: &mut impl BufRead) -> io::Result<()> {
    loop {
        let bytes = input.fill_buf()?;
        let (used, done) = match bytes.iter().position(|byte| *byte == b'\n') {
            Some(at) => (at + 1, true),
            None => (bytes.len(), bytes.is_empty()),
        };
        input.consume(used);
        if done {
            return Ok(());
        }
    }
}

/// The reply to a message; none to a notification, a reply, or an empty line.
fn reply(line: &[u8], call: &impl Fn(&str, Value) -> Option<Result<String, String>>) -> Option<String> {
    if line.trim_ascii().is_empty() {
        return None;
    }
    let message: Value = match serde_json::from_slice(line) {
        Ok(message) => message,
        Err(error) => return Some(written(&Value::Null, Err(Failure::new(PARSE, format!("no JSON: {error}"))))),
    };
    let Some(object) = message.as_object() else {
        return Some(written(&Value::Null, Err(Failure::new(REQUEST, "one message a line, as a JSON object"))));
    };
    let Some(method) = object.get("method").and_then(Value::as_str) else {
        // A reply to a request that was never made.
        let is_reply = object.contains_key("result") || object.contains_key("error");
        let id = object.get("id").unwrap_or(&Value::Null);
        return (!is_reply).then(|| written(id, Err(Failure::new(REQUEST, "the message names no method"))));
    };
    let id = object.get("id")?;
    let nothing = Value::Null;
    let parameters = object.get("params").unwrap_or(&nothing);
    Some(written(id, outcome(method, parameters, call)))
}

fn outcome(method: &str, parameters: &Value, call: &impl Fn(&str, Value) -> Option<Result<String, String>>) -> Outcome {
    let version = parameters.get("_meta").and_then(|meta| meta.get(VERSION));
    let modern = version.is_some();
    if let Some(version) = version.filter(|version| version.as_str() != Some(MODERN)) {
        let data = json!({"supported": [MODERN], "requested": version});
        return Err(Failure { data: Some(data), ..Failure::new(UNSUPPORTED, "Unsupported protocol version") });
    }
    // Tools are the same as long as the program runs.
    let cached = json!({"resultType": "complete", "ttlMs": 3_600_000, "cacheScope": "private"});
    let with = |mut result: Value, more: &Value| {
        if let (Some(result), Some(more)) = (result.as_object_mut(), more.as_object().filter(|_| modern)) {
            result.extend(more.clone());
        }
        result.to_string()
    };
    match method {
        "initialize" => {
            let asked = parameters.get("protocolVersion").and_then(Value::as_str);
            let version = HANDSHAKE.iter().find(|known| Some(**known) == asked).unwrap_or(&HANDSHAKE[3]);
            Ok(json!({
                "protocolVersion": version, "capabilities": {"tools": {}}, "serverInfo": server(),
                "instructions": INSTRUCTIONS,
            })
            .to_string())
        }
        "server/discover" => {
            let found = json!({
                "supportedVersions": [MODERN], "capabilities": {"tools": {}}, "instructions": INSTRUCTIONS,
                "_meta": {SERVER: server()},
            });
            Ok(with(found, &cached))
        }
        "ping" => Ok(with(json!({}), &json!({"resultType": "complete"}))),
        "tools/list" => Ok(with(json!({"tools": tools::list()}), &cached)),
        "tools/call" => {
            let name = parameters.get("name").and_then(Value::as_str);
            let name = name.ok_or_else(|| Failure::new(PARAMETERS, "params.name: which tool?"))?;
            let arguments = parameters.get("arguments").cloned().unwrap_or_else(|| json!({}));
            let answer = call(name, arguments);
            let answer = answer.ok_or_else(|| {
                let names: Vec<&str> = tools::names().collect();
                Failure::new(PARAMETERS, format!("there is no tool {name}; there are {}", names.join(", ")))
            })?;
            Ok(called(&answer, modern))
        }
        other => Err(Failure::new(METHOD, format!("there is no method {other}"))),
    }
}

/// The result of a tool. What is wrong with a question is told to the assistant, which may ask better.
fn called(answer: &Result<String, String>, modern: bool) -> String {
    let (text, structured, failed) = match answer {
        Ok(answer) => (answer, format!(",\"structuredContent\":{answer}"), false),
        Err(error) => (error, String::new(), true),
    };
    let text = Value::from(text.as_str());
    let kind = if modern { ",\"resultType\":\"complete\"" } else { "" };
    format!("{{\"content\":[{{\"type\":\"text\",\"text\":{text}}}]{structured},\"isError\":{failed}{kind}}}")
}

fn server() -> Value {
    json!({"name": "sayso", "title": "sayso: on whose say-so?", "version": env!("CARGO_PKG_VERSION")})
}

/// A message to the other side.
fn written(id: &Value, outcome: Outcome) -> String {
    match outcome {
        Ok(result) => format!("{{\"jsonrpc\":\"2.0\",\"id\":{id},\"result\":{result}}}"),
        Err(Failure { code, message, data }) => {
            let mut error = json!({"code": code, "message": message});
            if let (Some(error), Some(data)) = (error.as_object_mut(), data) {
                error.insert("data".to_owned(), data);
            }
            json!({"jsonrpc": "2.0", "id": id, "error": error}).to_string()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(messages: &str) -> Vec<Value> {
        let mut output = Vec::new();
        let call = |name: &str, arguments: Value| match name {
            "echo" => Some(Ok(arguments.to_string())),
            "fail" => Some(Err("a \"reason\"\n".to_owned())),
            _ => None,
        };
        answer(&mut messages.as_bytes(), &mut output, call).unwrap();
        String::from_utf8(output).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    #[test]
    fn the_handshake_takes_a_version_that_both_know() {
        for (asked, taken) in [("2025-06-18", "2025-06-18"), ("2031-01-01", "2025-11-25")] {
            let message =
                json!({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"protocolVersion": asked}});
            assert_eq!(ask(&message.to_string())[0]["result"]["protocolVersion"], taken);
        }
    }

    #[test]
    fn a_request_that_names_its_version_needs_no_handshake() {
        let request = |version: &str| {
            json!({"jsonrpc": "2.0", "id": "a", "method": "server/discover", "params": {"_meta": {VERSION: version}}})
                .to_string()
        };
        let found = &ask(&request(MODERN))[0];
        assert_eq!((&found["id"], &found["result"]["resultType"]), (&json!("a"), &json!("complete")));
        assert_eq!(ask(&request("2031-01-01"))[0]["error"]["data"]["supported"], json!([MODERN]));
    }

    #[test]
    fn notifications_replies_and_empty_lines_have_no_reply() {
        let silent = "\n{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}\n{\"jsonrpc\":\"2.0\",\"id\":3,\"result\":{}}\n";
        assert_eq!(ask(silent), Vec::<Value>::new());
    }

    #[test]
    fn what_is_no_request_is_an_error_and_the_next_one_is_answered() {
        let found = ask("{\n[]\n{\"id\":1}\n{\"id\":2,\"method\":\"nothing\"}\n{\"id\":3,\"method\":\"ping\"}\n");
        let codes: Vec<&Value> = found.iter().map(|reply| &reply["error"]["code"]).collect();
        assert_eq!(codes, [&json!(PARSE), &json!(REQUEST), &json!(REQUEST), &json!(METHOD), &Value::Null]);
        assert_eq!(found[4]["result"], json!({}));
    }

    #[test]
    fn a_message_without_end_is_refused_and_passed_over() {
        let found = ask(&format!("{}\n{{\"id\":3,\"method\":\"ping\"}}\n", "x".repeat(LONGEST as usize + 7)));
        assert_eq!((found.len(), &found[0]["error"]["code"], &found[1]["id"]), (2, &json!(REQUEST), &json!(3)));
    }

    #[test]
    fn answers_are_text_and_structure_and_faults_are_told() {
        let call = |name: &str| {
            json!({"id": 1, "method": "tools/call", "params": {"name": name, "arguments": {"a": 1}}}).to_string()
        };
        let good = &ask(&call("echo"))[0]["result"];
        assert_eq!((&good["structuredContent"]["a"], &good["isError"]), (&json!(1), &json!(false)));
        assert_eq!(good["content"][0]["text"], "{\"a\":1}");
        let bad = &ask(&call("fail"))[0]["result"];
        assert_eq!((&bad["content"][0]["text"], &bad["isError"]), (&json!("a \"reason\"\n"), &json!(true)));
        assert!(ask(&call("other"))[0]["error"]["message"].as_str().unwrap().contains("verify_quotation"));
    }
}
