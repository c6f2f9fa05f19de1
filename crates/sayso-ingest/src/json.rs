//! JSON: one object, an array of objects, or objects one after another over any number of lines. The brackets are
//! followed first, so that memory holds one object at a time, and an object that is no document does not end the file.

use super::error::ReadError;
use super::format;
use super::jsonl::parse;
use super::source::{Found, Source};
use super::stream::Stream;
use sayso_core::document::Document;
use std::io::{self, BufRead};

/// Reads the objects of a JSON file.
pub(super) struct Reader {
    values: Values,
    records: u64,
    done: bool,
    /// What comes after the first object, which had to be looked for to know whether the first is the only one.
    next: Option<Result<Document, ReadError>>,
}

impl Reader {
    /// The objects of `stream`, each of at most `limit` bytes.
    pub(super) fn new(stream: Stream, limit: usize) -> Reader {
        Reader { values: Values::new(stream, limit), records: 0, done: false, next: None }
    }

    fn value(&mut self, source: &Source) -> Option<Result<Document, ReadError>> {
        if self.done {
            return None;
        }
        let found = self.values.advance();
        let line = self.values.first;
        match found {
            Ok(Next::None) => {
                self.done = true;
                return None;
            }
            Err(error) => {
                self.done = true;
                return Some(Err(source.broken(error, Some(self.values.line), self.values.stream.compressed())));
            }
            _ => self.records += 1,
        }
        if matches!(found, Ok(Next::TooLong)) {
            return Some(Err(source.too_long(Some(line))));
        }
        Some(parse(source, &self.values.buffer, line).and_then(|fields| {
            let number = (self.values.in_array || self.records > 1).then_some(self.records);
            source.document(fields, number, Some(line))
        }))
    }
}

impl format::Reader for Reader {
    fn next(&mut self, source: &Source) -> Option<Result<Document, ReadError>> {
        if let Some(next) = self.next.take() {
            return Some(next);
        }
        let begins = self.records == 0;
        let mut first = self.value(source)?;
        if begins && source.found == Found::Walked && is_other_data(&first) {
            self.done = true;
            source.pass_over("JSON whose first value is no document");
            return None;
        }
        if begins && !self.values.in_array {
            self.next = self.value(source);
            if let (Some(_), Ok(document)) = (&self.next, &mut first) {
                let alone = source.document(text_only(), None, None).map(|d| d.id).unwrap_or_default();
                if document.id == alone {
                    document.id += "#1";
                }
            }
        }
        Some(first)
    }

    fn line(&self) -> Option<u64> {
        Some(self.values.first)
    }
}

/// Whether a first value is settings, records or other sound JSON that stands among documents.
fn is_other_data(first: &Result<Document, ReadError>) -> bool {
    match first {
        Err(ReadError::NoText { .. }) => true,
        Err(ReadError::Malformed { why, .. }) => why.starts_with("invalid type"),
        _ => false,
    }
}

/// Fields that take every default.
fn text_only() -> super::fields::Fields<'static> {
    super::fields::Fields { text: Some("-".into()), ..Default::default() }
}

/// What [`Values::advance`] found.
#[derive(Debug, PartialEq, Eq)]
enum Next {
    /// The end.
    None,
    /// A value, in [`Values::buffer`].
    Held,
    /// A value above the limit.
    TooLong,
}

/// The values at the top of a JSON file, or in the array that it is.
struct Values {
    stream: Stream,
    buffer: Vec<u8>,
    limit: usize,
    in_array: bool,
    /// The line reached, and the one on which the value in `buffer` begins.
    line: u64,
    first: u64,
}

impl Values {
    fn new(stream: Stream, limit: usize) -> Values {
        Values { stream, buffer: Vec::new(), limit, in_array: false, line: 1, first: 1 }
    }

    /// Goes to the next value. An unfinished one at the end of the file is given as it is.
    fn advance(&mut self) -> io::Result<Next> {
        self.buffer.clear();
        self.buffer.shrink_to(16 << 20);
        let mut scan = Scan::default();
        let (mut begun, mut too_long) = (false, false);
        loop {
            let chunk = match self.stream.fill_buf() {
                Ok(chunk) => chunk,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            if chunk.is_empty() {
                break;
            }
            let mut at = 0;
            if !begun {
                let skipped = |b: u8| b.is_ascii_whitespace() || b == b',' || b == b']';
                while at < chunk.len() && !begun {
                    match chunk[at] {
                        b'[' if !self.in_array && self.buffer.is_empty() => self.in_array = true,
                        b if skipped(b) => self.line += u64::from(b == b'\n'),
                        _ => {
                            begun = true;
                            self.first = self.line;
                            break;
                        }
                    }
                    at += 1;
                }
            }
            let start = at;
            let ended = begun && scan.run(chunk, &mut at);
            let part = &chunk[start..at];
            self.line += memchr::memchr_iter(b'\n', part).count() as u64;
            if !too_long && self.buffer.len() + part.len() <= self.limit {
                self.buffer.extend_from_slice(part);
            } else {
                too_long = true;
                self.buffer = Vec::new();
            }
            self.stream.consume(at);
            if ended {
                break;
            }
        }
        Ok(match (begun, too_long) {
            (false, _) => Next::None,
            (true, false) => Next::Held,
            (true, true) => Next::TooLong,
        })
    }
}

/// Where in a value the scan stands, so that it can go on in the next chunk.
#[derive(Default)]
struct Scan {
    depth: usize,
    in_string: bool,
    escaped: bool,
}

impl Scan {
    /// Moves `at` past the value, or to the end of the chunk; tells whether the value ended.
    fn run(&mut self, chunk: &[u8], at: &mut usize) -> bool {
        while let Some(b) = chunk.get(*at) {
            if self.in_string {
                if self.escaped {
                    self.escaped = false;
                } else {
                    match memchr::memchr2(b'"', b'\\', &chunk[*at..]) {
                        None => {
                            *at = chunk.len();
                            return false;
                        }
                        Some(n) => {
                            *at += n;
                            self.escaped = chunk[*at] == b'\\';
                            self.in_string = self.escaped;
                        }
                    }
                }
                *at += 1;
                continue;
            }
            match b {
                b'"' => self.in_string = true,
                b'{' | b'[' => self.depth += 1,
                b'}' | b']' if self.depth > 1 => self.depth -= 1,
                b'}' | b']' => {
                    // The bracket that closes the value; a `]` after a bare number closes the array around it.
                    *at += usize::from(self.depth == 1 || *b == b'}');
                    return true;
                }
                b',' if self.depth == 0 => return true,
                b if self.depth == 0 && b.is_ascii_whitespace() => return true,
                _ => {}
            }
            *at += 1;
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use format::Reader as _;
    use std::io::{BufReader, Cursor};

    fn read(text: &str) -> Vec<Result<String, String>> {
        let source = Source::named("x.json".into(), None, 9999);
        let bytes = BufReader::with_capacity(3, Cursor::new(text.to_string().into_bytes()));
        let mut reader = Reader::new(Stream::new(bytes).unwrap(), 9999);
        std::iter::from_fn(|| reader.next(&source))
            .map(|r| r.map(|d| format!("{} {}", d.id, d.text)).map_err(|e| e.to_string()))
            .collect()
    }

    #[test]
    fn one_object_an_array_or_several() {
        assert_eq!(read("{\n \"text\": \"a } \\\" ]\"\n}\n"), [Ok("x.json a } \" ]".into())]);
        assert_eq!(read("{\"id\": 4, \"text\": \"a\"}"), [Ok("4 a".into())]);
        let two = [Ok("x.json#1 a".to_string()), Ok("x.json#2 b".to_string())];
        assert_eq!(read("[{\"text\": \"a\"},\n {\"text\": \"b\", \"x\": [[], {}]}]\n"), two);
        assert_eq!(read("{\"text\":\n \"a\"} {\"text\": \"b\"}"), two);
        assert_eq!(read("[{\"text\": \"a\"}]"), two[..1]);
        assert_eq!(read("[]"), []);
    }

    #[test]
    fn goes_on_after_a_bad_value_and_names_its_line() {
        let all = read("[\n{\"text\": \"a\"},\n7,\n{\"text\":\n nope},\n{\"text\": \"b\"}, {\"text\": \"cut");
        assert_eq!(all[0], Ok("x.json#1 a".into()));
        assert!(all[1].as_ref().unwrap_err().starts_with("x.json:3: "), "{all:?}");
        assert!(all[2].as_ref().unwrap_err().starts_with("x.json:5: this is not JSON"), "{all:?}");
        assert_eq!(all[3], Ok("x.json#4 b".into()));
        assert!(all[4].as_ref().unwrap_err().starts_with("x.json:6: the JSON is cut off"), "{all:?}");
        assert_eq!(all.len(), 5);
    }
}
