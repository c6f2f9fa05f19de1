//! Bytes to UTF-8: byte-order marks first, then strict UTF-8, then what the page declares, then a guess from the bytes
//! (chardetng, the detector of Firefox). Nothing but the byte-order mark is taken away and nothing is replaced in
//! silence: bytes that cannot be decoded come back as [`Damage`].

use super::stream::Stream;
use encoding_rs::{DecoderResult, Encoding, MACINTOSH, UTF_8, UTF_16BE, UTF_16LE};
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

/// The encoding of a stream's beginning, where that is not UTF-8.
pub(super) fn usual(stream: &Stream) -> Option<&'static Encoding> {
    match std::str::from_utf8(stream.head()) {
        Err(e) if e.error_len().is_some() || stream.is_short() => Some(guess(stream.head())).filter(|e| *e != UTF_8),
        _ => None,
    }
}

/// The encoding of a record that is not UTF-8: that of the file's beginning, else a guess; none where it is UTF-8, sound or
/// damaged. Rows that come from several programs have several encodings.
pub(super) fn of_record(bytes: &[u8], usual: Option<&'static Encoding>) -> Option<&'static Encoding> {
    if std::str::from_utf8(bytes).is_ok() {
        return None;
    }
    let likely = guess(bytes);
    (likely != UTF_8).then(|| usual.unwrap_or(likely))
}

/// UTF-32, which its byte-order mark tells: the text, and where it breaks.
fn utf32(bytes: &[u8]) -> Option<Decoded> {
    let (read, encoding): (fn([u8; 4]) -> u32, _) = match bytes {
        [0xff, 0xfe, 0, 0, ..] => (u32::from_le_bytes, "UTF-32LE"),
        [0, 0, 0xfe, 0xff, ..] => (u32::from_be_bytes, "UTF-32BE"),
        _ => return None,
    };
    let mut text = String::with_capacity(bytes.len() / 4);
    let mut damage = None;
    for (i, unit) in bytes[4..].chunks(4).enumerate() {
        let letter = <[u8; 4]>::try_from(unit).ok().and_then(|unit| char::from_u32(read(unit)));
        if letter.is_none() && damage.is_none() {
            damage = Some(Damage::new(bytes, 4 + i * 4, Some(unit.len())));
        }
        text.push(letter.unwrap_or('\u{fffd}'));
    }
    Some(Decoded { text, encoding, damage })
}

/// Finds the encoding that a format names inside itself.
pub(super) type Declared = fn(&[u8]) -> Option<&'static Encoding>;

/// Decodes a whole file. `declared` finds the encoding that the format names inside itself.
pub(super) fn decode(mut bytes: Vec<u8>, declared: Declared) -> Decoded {
    if let Some(decoded) = utf32(&bytes) {
        return decoded;
    }
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

/// Decodes a whole file whose encoding stands beside it; where its bytes are not of that encoding, as [`decode`] does.
pub(super) fn decode_as(bytes: Vec<u8>, encoding: &'static Encoding) -> Decoded {
    if encoding != UTF_8
        && unicode(&bytes).is_none()
        && let Some(text) = encoding.decode_without_bom_handling_and_without_replacement(&bytes)
    {
        return Decoded { text: text.into_owned(), encoding: encoding.name(), damage: None };
    }
    decode(bytes, declared_in_html)
}

/// Gives a stream of lines or records as UTF-8: byte-order marks are left out, UTF-16 and UTF-32 are recoded. Other bytes
/// pass as they are, and the reader of the record tells what they are.
pub(super) fn recode(mut stream: Stream) -> (Stream, &'static str) {
    for (mark, encoding) in [([0xff, 0xfe, 0, 0], "UTF-32LE"), ([0, 0, 0xfe, 0xff], "UTF-32BE")] {
        if stream.head().starts_with(&mark) {
            stream.skip(4);
            return (
                stream.through(|s| Wide { stream: s, big: encoding == "UTF-32BE", out: [0; 4], at: 4, end: 4 }),
                encoding,
            );
        }
    }
    let encoding = match unicode(stream.head()) {
        Some((encoding, mark)) => {
            stream.skip(mark);
            encoding
        }
        None => UTF_8,
    };
    if encoding == UTF_8 {
        return (stream, UTF_8.name());
    }
    (stream.through(|s| Recoder::new(s, encoding)), encoding.name())
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
    if is_macintosh(bytes) {
        return MACINTOSH;
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, chardetng::Utf8Detection::Deny)
}

/// Whether bytes are Mac Roman, which no detector of the web knows: by its curly marks, `’` between letters (where
/// windows-1252 has `Õ` in the midst of small letters) and `“` `”` at the ends of words (`Ò`, `Ó`), and by having none of the marks of windows-1252.
fn is_macintosh(bytes: &[u8]) -> bool {
    let small = |at: Option<&u8>| at.is_some_and(u8::is_ascii_lowercase);
    let letter = |at: Option<&u8>| at.is_some_and(u8::is_ascii_alphabetic);
    let space = |at: Option<&u8>| at.is_none_or(|b| b.is_ascii_whitespace() || b"([".contains(b));
    let (mut mac, mut windows) = (0, 0);
    for (i, b) in bytes.iter().enumerate().filter(|(_, b)| **b >= 0x80) {
        let (before, after) = (i.checked_sub(1).and_then(|i| bytes.get(i)), bytes.get(i + 1));
        match b {
            0xd5 if small(before) && (small(after) || space(after)) => mac += 1,
            0xd2 if space(before) && letter(after) => mac += 1,
            0xd3 if !space(before) && (space(after) || after.is_some_and(u8::is_ascii_punctuation)) => mac += 1,
            0x91..=0x94 => windows += 1,
            _ => {}
        }
    }
    mac > 0 && windows == 0
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
    if unicode(head).is_some() || head.starts_with(&[0, 0, 0xfe, 0xff]) {
        return None;
    }
    if memchr::memchr(0, head).is_some() {
        return Some("NUL bytes");
    }
    let control = head.iter().filter(|b| **b < 0x20 && !b"\t\n\r\x0b\x0c\x1b\x08".contains(b)).count();
    (control * 10 > head.len()).then_some("control bytes")
}

/// Reads UTF-32 as UTF-8.
struct Wide {
    stream: Stream,
    big: bool,
    out: [u8; 4],
    at: usize,
    end: usize,
}

impl Read for Wide {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let mut written = 0;
        while written < to.len() {
            if self.at == self.end {
                let mut unit = [0; 4];
                if self.stream.fill_buf()?.is_empty() {
                    break;
                }
                self.stream.read_exact(&mut unit)?;
                let number = if self.big { u32::from_be_bytes(unit) } else { u32::from_le_bytes(unit) };
                let letter = char::from_u32(number)
                    .ok_or_else(|| io::Error::new(io::ErrorKind::InvalidData, NotText("UTF-32")))?;
                (self.at, self.end) = (0, letter.encode_utf8(&mut self.out).len());
            }
            let n = (&self.out[self.at..self.end]).read(&mut to[written..])?;
            self.at += n;
            written += n;
        }
        Ok(written)
    }
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

    fn read(bytes: &[u8]) -> Decoded {
        decode(bytes.to_vec(), declared_in_html)
    }

    #[test]
    fn decodes_what_it_meets() {
        let curly = "He said “no” – café\r\n";
        let utf16 = |swap: fn(u16) -> [u8; 2], s: &str| s.encode_utf16().flat_map(swap).collect::<Vec<u8>>();
        let utf32 = |swap: fn(u32) -> [u8; 4], s: &str| s.chars().map(u32::from).flat_map(swap).collect::<Vec<u8>>();
        let cases: [(Vec<u8>, &str, &str); 10] = [
            ([b"\xff\xfe\0\0".to_vec(), utf32(u32::to_le_bytes, curly)].concat(), curly, "UTF-32LE"),
            ([b"\0\0\xfe\xff".to_vec(), utf32(u32::to_be_bytes, curly)].concat(), curly, "UTF-32BE"),
            (
                b"He said \xd2no\xd3 and didn\xd5t wait at the caf\x8e".to_vec(),
                "He said “no” and didn’t wait at the café",
                "macintosh",
            ),
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
        let (stream, name) = recode(Stream::test(bytes));
        assert_eq!(name, "UTF-16LE");
        assert_eq!(stream.slurp(u64::MAX - 1).unwrap().unwrap(), text.as_bytes());
        let wide: Vec<u8> =
            [0xfeff].into_iter().chain(text.chars().map(u32::from)).flat_map(u32::to_be_bytes).collect();
        let (stream, name) = recode(Stream::test(wide));
        assert_eq!(name, "UTF-32BE");
        assert_eq!(stream.slurp(u64::MAX - 1).unwrap().unwrap(), text.as_bytes());
    }
}
