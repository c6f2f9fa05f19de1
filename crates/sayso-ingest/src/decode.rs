//! Bytes to UTF-8: byte-order marks first, then strict UTF-8, then what the page declares, then a guess from the bytes
//! (chardetng, the detector of Firefox). Nothing but the byte-order mark is taken away and nothing is replaced in
//! silence: bytes that cannot be decoded come back as [`Damage`].

use super::stream::Stream;
use encoding_rs::{DecoderResult, Encoding, UTF_8, UTF_16BE, UTF_16LE};
use std::io::{self, BufRead, Read};

/// A decoded text.
#[derive(Debug)]
pub(super) struct Decoded {
    /// The text; U+FFFD stands for what `damage` tells of.
    pub(super) text: String,
    /// The encoding that the bytes had.
    pub(super) encoding: &'static str,
    /// The first bytes that are not of that encoding.
    pub(super) damage: Option<Damage>,
}

/// Bytes that are no text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Damage {
    /// Where, from 0.
    pub(super) at: usize,
    /// The bytes, in hexadecimal.
    pub(super) found: String,
}

impl Damage {
    /// What stands at `at` in `bytes`.
    pub(super) fn new(bytes: &[u8], at: usize, len: Option<usize>) -> Damage {
        let end = len.map_or(bytes.len(), |n| at + n).min(bytes.len());
        let found: Vec<String> = bytes[at.min(end)..end].iter().take(4).map(|b| format!("{b:02x}")).collect();
        Damage { at, found: found.join(" ") }
    }
}

/// Finds the encoding that a format names inside itself.
pub(super) type Declared = fn(&[u8]) -> Option<&'static Encoding>;

/// Decodes a whole file. `declared` finds the encoding that the format names inside itself.
pub(super) fn decode(mut bytes: Vec<u8>, declared: Declared) -> Decoded {
    if let Some((encoding, mark)) = unicode(&bytes) {
        if encoding == UTF_8 {
            bytes.drain(..mark);
        } else {
            let (text, bad) = encoding.decode_without_bom_handling(&bytes[mark..]);
            let damage = bad.then(|| Damage { at: mark, found: "an unpaired surrogate".into() });
            return Decoded { text: text.into_owned(), encoding: encoding.name(), damage };
        }
    }
    let (bytes, at, len) = match String::from_utf8(bytes) {
        Ok(text) => return Decoded { text, encoding: UTF_8.name(), damage: None },
        Err(error) => {
            let (at, len) = (error.utf8_error().valid_up_to(), error.utf8_error().error_len());
            (error.into_bytes(), at, len)
        }
    };
    let damage = Damage::new(&bytes, at, len);
    if let Some(encoding) = declared(&bytes).filter(|e| *e != UTF_8)
        && let Some(text) = encoding.decode_without_bom_handling_and_without_replacement(&bytes)
    {
        return Decoded { text: text.into_owned(), encoding: encoding.name(), damage: None };
    }
    let encoding = guess(&bytes);
    let (text, bad) = encoding.decode_without_bom_handling(&bytes);
    Decoded { text: text.into_owned(), encoding: encoding.name(), damage: bad.then_some(damage) }
}

/// Gives a stream of lines or records as UTF-8: byte-order marks are left out and UTF-16 is recoded. With
/// [`Legacy::Guess`], a beginning that is not UTF-8 decides for another encoding; else such bytes pass as they are
/// and the reader of the line reports them.
pub(super) fn recode(mut stream: Stream, legacy: Legacy) -> (Stream, &'static str) {
    let encoding = match unicode(stream.head()) {
        Some((encoding, mark)) => {
            stream.skip(mark);
            encoding
        }
        None => match std::str::from_utf8(stream.head()) {
            Err(e) if legacy == Legacy::Guess && (e.error_len().is_some() || stream.is_short()) => guess(stream.head()),
            _ => UTF_8,
        },
    };
    if encoding == UTF_8 {
        return (stream, UTF_8.name());
    }
    (stream.through(|s| Recoder::new(s, encoding)), encoding.name())
}

/// Whether an encoding that a stream does not declare is guessed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Legacy {
    /// By its beginning.
    Guess,
    /// No: what is not UTF-8 is an error of its line.
    Refuse,
}

/// The Unicode encoding that a byte-order mark, or the pattern of NUL bytes in UTF-16, shows; with the mark's length.
fn unicode(bytes: &[u8]) -> Option<(&'static Encoding, usize)> {
    if let Some(found) = Encoding::for_bom(bytes) {
        return Some(found);
    }
    // Text in UTF-16 without a mark: of the first characters most are below U+0100, so every other byte is NUL.
    let head = &bytes[..bytes.len().min(512) & !1];
    if head.len() < 8 {
        return None;
    }
    let nuls = |from: usize| head.iter().skip(from).step_by(2).filter(|b| **b == 0).count() * 2;
    match (nuls(0) * 10 > head.len() * 7, nuls(1) * 10 > head.len() * 7) {
        (true, false) if nuls(1) == 0 => Some((UTF_16BE, 0)),
        (false, true) if nuls(0) == 0 => Some((UTF_16LE, 0)),
        _ => None,
    }
}

/// The likeliest encoding of bytes that are not valid UTF-8. It is UTF-8 all the same where long valid sequences
/// outweigh the bad bytes: a text that was cut or patched; in other encodings these hardly come about.
fn guess(bytes: &[u8]) -> &'static Encoding {
    let (mut good, mut bad) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().map(|c| [0, 0, 1, 4, 8][c.len_utf8()]).sum::<usize>();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    if good > 3 * bad {
        return UTF_8;
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, chardetng::Utf8Detection::Deny)
}

/// The encoding that an HTML page declares: `<meta charset=…>`, `<meta … content="…; charset=…">`, or the XML
/// declaration (HTML Standard, 13.2.3.2, simplified: the first `charset` or `encoding` in the first 4096 bytes).
pub(super) fn declared_in_html(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(4096)].to_ascii_lowercase();
    ["charset", "encoding"].iter().find_map(|name| {
        memchr::memmem::find_iter(head, name).find_map(|at| {
            let rest = head[at + name.len()..].trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
            let rest = rest.strip_prefix(b"\"").or(rest.strip_prefix(b"'")).unwrap_or(rest);
            let len = rest.iter().position(|b| !(b.is_ascii_alphanumeric() || b"-_:.".contains(b)))?;
            Encoding::for_label(&rest[..len])
        })
    })
}

/// For a format that declares nothing.
pub(super) fn undeclared(_: &[u8]) -> Option<&'static Encoding> {
    None
}

/// What the beginning of a file shows it to be, if not text.
pub(super) fn binary(head: &[u8]) -> Option<&'static str> {
    const MAGIC: [(&[u8], &str); 14] = [
        (b"%PDF-", "the mark of a PDF"),
        (b"PK\x03\x04", "the mark of a ZIP archive or Office document"),
        (b"\x89PNG", "the mark of a PNG image"),
        (b"\xff\xd8\xff", "the mark of a JPEG image"),
        (b"GIF8", "the mark of a GIF image"),
        (b"RIFF", "the mark of a sound, film or WebP image"),
        (b"\x7fELF", "the mark of a program"),
        (b"\xd0\xcf\x11\xe0", "the mark of an old Office document"),
        (b"PAR1", "the mark of a Parquet table"),
        (b"BZh9", "bzip2 data"),
        (b"\xfd7zXZ", "xz data"),
        (b"7z\xbc\xaf", "the mark of a 7z archive"),
        (b"SQLite format 3", "the mark of an SQLite database"),
        (b"{\\rtf", "the mark of an RTF document"),
    ];
    if let Some((_, name)) = MAGIC.iter().find(|(magic, _)| head.starts_with(magic)) {
        return Some(name);
    }
    if unicode(head).is_some() {
        return None;
    }
    if memchr::memchr(0, head).is_some() {
        return Some("NUL bytes");
    }
    let control = head.iter().filter(|b| **b < 0x20 && !b"\t\n\r\x0b\x0c\x1b\x08".contains(b)).count();
    (control * 10 > head.len()).then_some("control bytes")
}

/// Reads another encoding as UTF-8.
struct Recoder {
    stream: Stream,
    decoder: encoding_rs::Decoder,
    out: Vec<u8>,
    at: usize,
    done: bool,
}

/// Bytes that a [`Recoder`] could not decode, inside an [`io::Error`].
#[derive(Debug, thiserror::Error)]
#[error("bytes that are not {0}; save the file as UTF-8")]
pub(super) struct NotText(&'static str);

impl Recoder {
    fn new(stream: Stream, encoding: &'static Encoding) -> Recoder {
        Recoder { stream, decoder: encoding.new_decoder_without_bom_handling(), out: Vec::new(), at: 0, done: false }
    }
}

impl Read for Recoder {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        while self.at == self.out.len() && !self.done {
            let input = self.stream.fill_buf()?;
            let last = input.is_empty();
            let room =
                self.decoder.max_utf8_buffer_length_without_replacement(input.len()).unwrap_or(input.len() * 3 + 16);
            self.out.resize(room, 0);
            let (result, read, written) = self.decoder.decode_to_utf8_without_replacement(input, &mut self.out, last);
            self.out.truncate(written);
            self.at = 0;
            self.stream.consume(read);
            if matches!(result, DecoderResult::Malformed(..)) {
                self.done = true;
                return Err(io::Error::new(io::ErrorKind::InvalidData, NotText(self.decoder.encoding().name())));
            }
            self.done = last;
        }
        let n = (&self.out[self.at..]).read(to)?;
        self.at += n;
        Ok(n)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    fn read(bytes: &[u8]) -> Decoded {
        decode(bytes.to_vec(), declared_in_html)
    }

    #[test]
    fn decodes_what_it_meets() {
        let curly = "He said “no” – café\r\n";
        let utf16 = |swap: fn(u16) -> [u8; 2], s: &str| s.encode_utf16().flat_map(swap).collect::<Vec<u8>>();
        let cases: [(Vec<u8>, &str, &str); 7] = [
            (curly.into(), curly, "UTF-8"),
            ([b"\xef\xbb\xbf", curly.as_bytes()].concat(), curly, "UTF-8"),
            ([b"\xff\xfe".to_vec(), utf16(u16::to_le_bytes, curly)].concat(), curly, "UTF-16LE"),
            ([b"\xfe\xff".to_vec(), utf16(u16::to_be_bytes, curly)].concat(), curly, "UTF-16BE"),
            (utf16(u16::to_le_bytes, "no mark here"), "no mark here", "UTF-16LE"),
            (
                b"He said \x93no\x94 at the caf\xe9 yesterday".to_vec(),
                "He said “no” at the café yesterday",
                "windows-1252",
            ),
            (b"<meta charset='iso-8859-2'>\xb1\xbf".to_vec(), "<meta charset='iso-8859-2'>ąż", "ISO-8859-2"),
        ];
        for (bytes, text, encoding) in cases {
            let decoded = read(&bytes);
            assert_eq!((decoded.text.as_str(), decoded.encoding, decoded.damage), (text, encoding, None));
        }
    }

    #[test]
    fn reports_damaged_utf8_instead_of_guessing() {
        let mut bytes = "“One,” she said. “Two,” he said. ".as_bytes().to_vec();
        let at = bytes.len();
        bytes.extend(b"\xe2\x80 three");
        let decoded = read(&bytes);
        assert_eq!(decoded.encoding, "UTF-8");
        assert_eq!(decoded.damage, Some(Damage { at, found: "e2 80".into() }));
    }

    #[test]
    fn finds_declarations() {
        for (page, name) in [
            ("<meta http-equiv=Content-Type content=\"text/html; charset=Windows-1251\">", Some("windows-1251")),
            ("<?xml version='1.0' encoding='Shift_JIS'?>", Some("Shift_JIS")),
            ("<META CharSet = \"utf-8\" >", Some("UTF-8")),
            ("<meta charset=nonsense>", None),
            ("no charset at all", None),
        ] {
            assert_eq!(declared_in_html(page.as_bytes()).map(Encoding::name), name, "{page}");
        }
    }

    #[test]
    fn knows_binary_from_text() {
        assert_eq!(binary(b"%PDF-1.7\n"), Some("the mark of a PDF"));
        assert_eq!(binary(b"a\0b and more text"), Some("NUL bytes"));
        assert_eq!(binary(&[1, 2, 3, 4, b'a']), Some("control bytes"));
        assert_eq!(binary("tabs\tand\r\nlines – ‘fine’".as_bytes()), None);
        assert_eq!(binary(b"\xff\xfea\0b\0"), None);
        assert_eq!(binary(b""), None);
    }

    #[test]
    fn recodes_streams() {
        let text = "id,text\n1,\"He said “no”\"\n".repeat(9000);
        let bytes: Vec<u8> = [0xfeffu16].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        let (stream, name) = recode(Stream::new(Cursor::new(bytes)).unwrap(), Legacy::Refuse);
        assert_eq!(name, "UTF-16LE");
        assert_eq!(stream.slurp(u64::MAX - 1).unwrap().unwrap(), text.as_bytes());
        let latin = b"id,text\n1,\"He said \x93no\x94 at the caf\xe9\"\n".to_vec();
        let (stream, name) = recode(Stream::new(Cursor::new(latin)).unwrap(), Legacy::Guess);
        assert_eq!(name, "windows-1252");
        assert_eq!(stream.slurp(999).unwrap().unwrap(), "id,text\n1,\"He said “no” at the café\"\n".as_bytes());
    }
}
