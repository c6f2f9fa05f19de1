//! JSON Lines: one object a line, read in one buffer that is used again, so that memory holds one line whatever the
//! file's length. A bad line is an error of its own; the next line is read.

use super::decode::Damage;
use super::error::ReadError;
use super::fields::{Fields, Record};
use super::reader;
use super::source::{Origin, Source};
use super::stream::{Line, Lines, Stream};
use sayso_core::document::Document;
use serde::de::DeserializeSeed;

/// Reads one object a line.
pub(super) struct JsonLines {
    lines: Lines,
    /// Lines that are not blank so far: the numbers of default ids.
    records: u64,
    done: bool,
}

impl JsonLines {
    /// The objects of `stream`, each on a line of at most `limit` bytes.
    pub(super) fn new(stream: Stream, limit: usize) -> JsonLines {
        JsonLines { lines: Lines::new(stream, limit), records: 0, done: false }
    }
}

impl reader::Reader for JsonLines {
    fn next(&mut self, source: &Source) -> Option<Result<Document, ReadError>> {
        while !self.done {
            let line = match self.lines.advance() {
                Ok(Some(line)) => line,
                Ok(None) => break,
                Err(error) => {
                    self.done = true;
                    return Some(Err(source.broken(error, Some(self.lines.number()), self.lines.compressed())));
                }
            };
            let number = self.lines.number();
            if line == Line::TooLong {
                self.records += 1;
                return Some(Err(source.too_long(Some(number))));
            }
            let bytes = self.lines.bytes();
            if bytes.iter().all(u8::is_ascii_whitespace) {
                continue;
            }
            self.records += 1;
            let fields = match parse(source, bytes, number) {
                Ok(fields) => fields,
                Err(error) => return Some(Err(error)),
            };
            if fields.text.is_none() && fields.is_record && self.records == 1 && source.found == Origin::Walked {
                source.pass_over("list of records");
                break;
            }
            return Some(source.document(fields, Some(self.records), Some(number)));
        }
        self.done = true;
        None
    }

    fn line(&self) -> Option<u64> {
        Some(self.lines.number())
    }
}

/// How deep serde_json follows brackets.
const DEPTH: u32 = 128;

/// The fields of the object in `bytes`, which begin on line `first` of the file.
pub(super) fn parse<'a>(source: &Source, bytes: &'a [u8], first: u64) -> Result<Fields<'a>, ReadError> {
    let object = std::str::from_utf8(bytes).map_err(|e| {
        let before = &bytes[..e.valid_up_to()];
        let line = first + memchr::memchr_iter(b'\n', before).count() as u64;
        let start = memchr::memrchr(b'\n', before).map_or(0, |n| n + 1);
        let damage = Damage::new(&bytes[start..], e.valid_up_to() - start, e.error_len());
        source.damaged(Some(line), damage, "UTF-8")
    })?;
    let mut json = serde_json::Deserializer::from_str(object);
    let read = Record(&source.run.names).deserialize(&mut json).and_then(|fields| json.end().map(|()| fields));
    read.map_err(|e| {
        let line = first + (e.line() as u64).saturating_sub(1);
        let told = e.to_string();
        let why = told.split(" at line ").next().unwrap_or_default();
        if why.starts_with("recursion limit") {
            return ReadError::TooDeep { path: source.path.clone(), line: Some(line), limit: DEPTH };
        }
        let why = match why {
            _ if e.is_eof() => format!("the JSON is cut off ({why})"),
            _ if e.is_syntax() => format!("this is not JSON ({why})"),
            _ => why.to_string(),
        };
        let column = (e.column() > 0).then_some(e.column() as u64);
        source.malformed(Some(line), column, why, "a record is one JSON object with the document's fields, whole")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Setup;
    use reader::Reader as _;

    fn read(bytes: impl AsRef<[u8]>, limit: usize) -> Vec<Result<String, String>> {
        let source = Source::named("x.jsonl".into(), &Setup::test(limit));
        let mut reader = JsonLines::new(Stream::test(bytes.as_ref().to_vec()), limit);
        std::iter::from_fn(|| reader.next(&source)).map(|r| r.map(|d| d.id).map_err(|e| e.to_string())).collect()
    }

    #[test]
    fn goes_on_after_each_kind_of_bad_line() {
        let all = read(
            b"{\"text\": \"a\"}\r\n\n{\"id\": \"b\", \"text\": \"b\"}\n{\"text\": \"cut\n{\"text\": \"caf\xe9\"}\n[1]\n{\"title\": \"t\"}\n{\"text\": \"\"}\n{\"text\": \"end\"}",
            999,
        );
        let wanted: Vec<Result<&str, &str>> = vec![
            Ok("x.jsonl#1"),
            Ok("b"),
            Err(
                "x.jsonl:4: the JSON is cut off (EOF while parsing a string) at column 13; a record is one JSON object with the document's fields, whole",
            ),
            Err("x.jsonl:5: byte 14 of the line is not UTF-8 (e9); save the file as UTF-8"),
            Err("x.jsonl:6: invalid type: sequence, expected an object with a document's fields at column 0"),
            Err(
                "x.jsonl:7: there is no text; a document needs its words in a field `text` (or `body`); --field text=NAME names another",
            ),
            Err("x.jsonl:8: the text is empty"),
            Ok("x.jsonl#8"),
        ];
        for (found, wanted) in all.iter().zip(&wanted) {
            match (found, wanted) {
                (Ok(id), Ok(wanted)) => assert_eq!(id, wanted),
                (Err(told), Err(wanted)) if wanted.contains("x.jsonl:6") => {
                    assert!(told.starts_with("x.jsonl:6: invalid type"), "{told}")
                }
                (Err(told), Err(wanted)) => assert_eq!(told, wanted),
                other => panic!("{other:?}"),
            }
        }
        assert_eq!(all.len(), wanted.len());
    }

    #[test]
    fn long_lines_and_deep_ones_are_named() {
        let deep = format!(
            "{{\"x\": {}1{}, \"about\": {}1{}}}\n",
            "[".repeat(500),
            "]".repeat(500),
            "[".repeat(200),
            "]".repeat(200)
        );
        let all = read(format!("{{\"text\": \"{}\"}}\n{deep}{{\"text\": \"c\"}}\n", "a".repeat(3000)), 2900);
        assert_eq!(
            all[0].as_ref().unwrap_err(),
            "x.jsonl:1: longer than the 0 MiB that one document may have; split it"
        );
        assert_eq!(
            all[1].as_ref().unwrap_err(),
            "x.jsonl:2: nested more than 128 deep; flatten it, or save its text as .txt"
        );
        assert_eq!(all[2].as_ref().unwrap(), "x.jsonl#3");
    }
}
