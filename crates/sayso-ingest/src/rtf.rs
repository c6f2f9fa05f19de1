//! RTF: the text of the document without its formatting, paragraphs with blank lines between them. Bytes in `\'xx` are read
//! in the code page that the font at hand, else the document, names; `\u` numbers as UTF-16. Groups that are no text (tables
//! of fonts and styles, pictures, fields' instructions, deleted text of tracked changes) are left out. Linear in the file.

use super::date;
use super::error::ReadError;
use super::fields::Fields;
use super::source::Source;
use encoding_rs::Encoding;
use std::collections::HashMap;

/// Groups inside one another at most.
const DEPTH: usize = 1000;

/// Reads one file.
pub(super) fn read(source: &Source, bytes: Vec<u8>) -> Result<Fields<'static>, ReadError> {
    if !bytes.trim_ascii_start().starts_with(b"{\\rtf") {
        let why = "it does not begin with `{\\rtf`".to_owned();
        return Err(source.malformed(None, None, why, "give it the ending of what it is"));
    }
    let mut rtf = Rtf::new(&bytes);
    if !rtf.run() {
        return Err(ReadError::TooDeep { path: source.path.clone(), line: None, limit: DEPTH as u32 });
    }
    let text = rtf.out.trim_matches(['\n', ' ']).to_owned();
    if text.trim().is_empty() {
        return Err(source.no_text(None, "the document holds no text"));
    }
    let some = |text: String| Some(text.trim().to_owned()).filter(|t| !t.is_empty()).map(Into::into);
    Ok(Fields {
        title: some(rtf.title),
        byline: some(rtf.author),
        date: date::of_file(&text, rtf.changed.date(), rtf.created.date()).map(Into::into),
        text: Some(text.into()),
        ..Fields::default()
    })
}

/// Where letters go.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Text,
    Title,
    Author,
    Created,
    Changed,
    Fonts,
    Nowhere,
}

/// What a group sets and gives back at its end.
#[derive(Clone, Copy)]
struct Group {
    place: Place,
    encoding: &'static Encoding,
    /// How many letters stand after a `\u` for programs that cannot read it.
    fallback: u8,
    deleted: bool,
    font: i32,
}

#[derive(Default)]
struct Day {
    year: i32,
    month: i32,
    day: i32,
}

impl Day {
    fn date(&self) -> Option<String> {
        let sound = self.year > 1000 && (1..=12).contains(&self.month) && (1..=31).contains(&self.day);
        sound.then(|| format!("{:04}-{:02}-{:02}", self.year, self.month, self.day))
    }
}

struct Rtf<'b> {
    bytes: &'b [u8],
    at: usize,
    group: Group,
    groups: Vec<Group>,
    fonts: HashMap<i32, &'static Encoding>,
    /// Bytes of `\'xx` that are not decoded yet: some code pages have letters of two.
    pending: Vec<u8>,
    /// The first half of a pair of UTF-16.
    high: Option<u16>,
    /// Letters still to be passed over after a `\u`.
    skip: u8,
    out: String,
    title: String,
    author: String,
    created: Day,
    changed: Day,
}

impl<'b> Rtf<'b> {
    fn new(bytes: &'b [u8]) -> Rtf<'b> {
        let group =
            Group { place: Place::Text, encoding: encoding_rs::WINDOWS_1252, fallback: 1, deleted: false, font: -1 };
        Rtf {
            bytes,
            at: 0,
            group,
            groups: Vec::new(),
            fonts: HashMap::new(),
            pending: Vec::new(),
            high: None,
            skip: 0,
            out: String::new(),
            title: String::new(),
            author: String::new(),
            created: Day::default(),
            changed: Day::default(),
        }
    }

    /// Reads all; false where groups are nested too deep.
    fn run(&mut self) -> bool {
        while let Some(byte) = self.bytes.get(self.at).copied() {
            self.at += 1;
            match byte {
                b'{' => {
                    self.flush();
                    if self.groups.len() >= DEPTH {
                        return false;
                    }
                    self.groups.push(self.group);
                    self.skip = 0;
                }
                b'}' => {
                    self.flush();
                    self.skip = 0;
                    match self.groups.pop() {
                        Some(group) => self.group = group,
                        None => break,
                    }
                    if self.groups.is_empty() {
                        break;
                    }
                }
                b'\\' => self.control(),
                b'\r' | b'\n' => {}
                _ if self.skip > 0 => self.skip -= 1,
                0x80.. => self.pending.push(byte),
                _ => {
                    self.flush();
                    self.put(byte as char);
                }
            }
        }
        self.flush();
        true
    }

    /// Reads what follows a backslash.
    fn control(&mut self) {
        let Some(byte) = self.bytes.get(self.at).copied() else { return };
        if !byte.is_ascii_alphabetic() {
            self.at += 1;
            if byte == b'\'' {
                let digits = self.bytes.get(self.at..self.at + 2).and_then(|d| std::str::from_utf8(d).ok());
                if let Some(byte) = digits.and_then(|d| u8::from_str_radix(d, 16).ok()) {
                    self.at += 2;
                    if self.skip > 0 { self.skip -= 1 } else { self.pending.push(byte) }
                }
                return;
            }
            self.flush();
            match byte {
                _ if self.skip > 0 => self.skip -= 1,
                b'~' => self.put('\u{a0}'),
                b'_' => self.put('\u{2011}'),
                b'-' => self.put('\u{ad}'),
                b'*' => self.group.place = if self.at < 3 { self.group.place } else { self.star() },
                b'\r' | b'\n' => self.paragraph(),
                b'\\' | b'{' | b'}' => self.put(byte as char),
                _ => {}
            }
            return;
        }
        let rest = &self.bytes[self.at..];
        let length = rest.iter().take(32).take_while(|b| b.is_ascii_alphabetic()).count();
        let name = &rest[..length];
        let sign = usize::from(rest.get(length) == Some(&b'-'));
        let digits = rest[length + sign..].iter().take(10).take_while(|b| b.is_ascii_digit()).count();
        let number =
            std::str::from_utf8(&rest[length..length + sign + digits]).ok().and_then(|n| n.parse::<i32>().ok());
        self.at += length + if digits > 0 { sign + digits } else { 0 };
        if self.bytes.get(self.at) == Some(&b' ') {
            self.at += 1;
        }
        if name == b"bin" {
            self.at = (self.at + number.unwrap_or(0).max(0) as usize).min(self.bytes.len());
            return;
        }
        if name == b"u" {
            return self.unicode(number.unwrap_or(0));
        }
        self.flush();
        self.word(name, number);
    }

    /// `\*` begins a group that only some programs know: none of those that hold text but footnotes and shapes.
    fn star(&self) -> Place {
        let rest = &self.bytes[self.at..];
        let known = [&b"\\shptxt"[..], b"\\shpinst", b"\\footnote"].iter().any(|name| rest.starts_with(name));
        if known { self.group.place } else { Place::Nowhere }
    }

    fn unicode(&mut self, number: i32) {
        self.flush_bytes();
        self.skip = self.group.fallback;
        let unit = number.rem_euclid(65536) as u16;
        match (self.high.take(), unit) {
            (None, 0xd800..=0xdbff) => self.high = Some(unit),
            (high, unit) => {
                let units = high.into_iter().chain([unit]);
                char::decode_utf16(units).for_each(|letter| self.put(letter.unwrap_or('\u{fffd}')));
            }
        }
    }

    fn word(&mut self, name: &[u8], number: Option<i32>) {
        let on = number != Some(0);
        match name {
            b"par" | b"sect" | b"page" => self.paragraph(),
            b"row" => self.put('\n'),
            b"line" => self.put('\n'),
            b"tab" | b"cell" | b"nestcell" => self.put('\t'),
            b"emdash" => self.put('—'),
            b"endash" => self.put('–'),
            b"lquote" => self.put('‘'),
            b"rquote" => self.put('’'),
            b"ldblquote" => self.put('“'),
            b"rdblquote" => self.put('”'),
            b"bullet" => self.put('•'),
            b"emspace" => self.put('\u{2003}'),
            b"enspace" => self.put('\u{2002}'),
            b"ansicpg" => self.group.encoding = number.and_then(code_page).unwrap_or(self.group.encoding),
            b"mac" => self.group.encoding = encoding_rs::MACINTOSH,
            b"uc" => self.group.fallback = number.unwrap_or(1).clamp(0, 9) as u8,
            b"deleted" => self.group.deleted = on,
            b"v" => self.group.deleted = on,
            b"f" | b"af" => self.font(number.unwrap_or(0)),
            b"fcharset" if self.group.place == Place::Fonts => {
                if let Some(encoding) = number.and_then(charset) {
                    self.fonts.insert(self.group.font, encoding);
                }
            }
            b"fonttbl" => self.group.place = Place::Fonts,
            b"title" => self.group.place = Place::Title,
            b"author" => self.group.place = Place::Author,
            b"creatim" => self.group.place = Place::Created,
            b"revtim" => self.group.place = Place::Changed,
            b"info" | b"colortbl" | b"stylesheet" | b"pict" | b"object" | b"fldinst" | b"header" | b"footer"
            | b"headerl" | b"headerr" | b"headerf" | b"footerl" | b"footerr" | b"footerf" | b"ftnsep" | b"ftnsepc"
            | b"listtable" | b"listoverridetable" | b"revtbl" | b"xe" | b"tc" | b"themedata" | b"datastore"
            | b"generator" | b"pntext" => {
                self.group.place = Place::Nowhere;
            }
            b"yr" => self.day(|day, n| day.year = n, number),
            b"mo" => self.day(|day, n| day.month = n, number),
            b"dy" => self.day(|day, n| day.day = n, number),
            _ => {}
        }
    }

    /// A part of the day that its group is about.
    fn day(&mut self, set: impl FnOnce(&mut Day, i32), number: Option<i32>) {
        match self.group.place {
            Place::Created => set(&mut self.created, number.unwrap_or(0)),
            Place::Changed => set(&mut self.changed, number.unwrap_or(0)),
            _ => {}
        }
    }

    /// Letters of the font `number` come.
    fn font(&mut self, number: i32) {
        self.group.font = number;
        if self.group.place != Place::Fonts
            && let Some(encoding) = self.fonts.get(&number)
        {
            self.group.encoding = encoding;
        }
    }

    fn paragraph(&mut self) {
        if self.group.place == Place::Text && !self.group.deleted {
            let kept = self.out.trim_end_matches(' ').len();
            self.out.truncate(kept);
            if !self.out.is_empty() && !self.out.ends_with("\n\n") {
                self.out.push_str(if self.out.ends_with('\n') { "\n" } else { "\n\n" });
            }
        }
    }

    fn put(&mut self, letter: char) {
        if self.group.deleted {
            return;
        }
        match self.group.place {
            Place::Text => self.out.push(letter),
            Place::Title => self.title.push(letter),
            Place::Author => self.author.push(letter),
            _ => {}
        }
    }

    /// Writes what is pending.
    fn flush(&mut self) {
        self.flush_bytes();
        if self.high.take().is_some() {
            self.put('\u{fffd}');
        }
    }

    fn flush_bytes(&mut self) {
        if self.pending.is_empty() {
            return;
        }
        let bytes = std::mem::take(&mut self.pending);
        let text = self.group.encoding.decode_without_bom_handling(&bytes).0.into_owned();
        text.chars().for_each(|letter| self.put(letter));
    }
}

/// The encoding of a Windows code page.
fn code_page(number: i32) -> Option<&'static Encoding> {
    let label = match number {
        10000 => "macintosh".to_owned(),
        932 => "shift_jis".to_owned(),
        936 => "gbk".to_owned(),
        949 => "euc-kr".to_owned(),
        950 => "big5".to_owned(),
        65001 => "utf-8".to_owned(),
        number => format!("windows-{number}"),
    };
    Encoding::for_label(label.as_bytes())
}

/// The encoding of a font's character set (`\fcharset`, RTF specification 1.9.1).
fn charset(number: i32) -> Option<&'static Encoding> {
    code_page(match number {
        77 => 10000,
        128 => 932,
        129 => 949,
        134 => 936,
        136 => 950,
        161 => 1253,
        162 => 1254,
        163 => 1258,
        177 => 1255,
        178 => 1256,
        186 => 1257,
        204 => 1251,
        222 => 874,
        238 => 1250,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Setup;
    use proptest::prelude::*;

    fn file(rtf: &[u8]) -> Result<Fields<'static>, String> {
        read(&Source::named("a.rtf".into(), &Setup::test(9999)), rtf.to_vec()).map_err(|e| e.to_string())
    }

    #[test]
    fn letters_in_every_way_of_writing_them() {
        let rtf = br"{\rtf1\ansi\ansicpg1252\uc1{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset204 Arial;}}{\info{\title No ferry}{\author Ana Brook}{\creatim\yr2026\mo3\dy3\hr9}}{\header Page}
\pard \ldblquote No ferry will sail,\rdblquote  said the mayor\rquote s office \'96 again.\par
\f1 \'cd\'e5\'f2\f0 , \u8220?yes\u8221?, \u-10180?\u-9138? {\*\unknown hidden}{\deleted gone}\{ok\}\par }";
        let fields = file(rtf).unwrap();
        assert_eq!(
            fields.text.as_deref(),
            Some(
                "“No ferry will sail,” said the mayor’s office – again.\n\nНет, “yes”, 🍎 {ok}"
                    .replace('🍎', "\u{1f04e}")
                    .as_str()
            )
        );
        assert_eq!(
            (fields.title.as_deref(), fields.byline.as_deref(), fields.date.as_deref()),
            (Some("No ferry"), Some("Ana Brook"), Some("2026-03-03"))
        );
    }

    #[test]
    fn what_is_none_says_so() {
        assert!(file(b"just text").unwrap_err().contains("does not begin with"));
        assert!(file(b"{\\rtf1 }").unwrap_err().contains("holds no text"));
        assert!(file(["{\\rtf1 ", &"{".repeat(5000)].concat().as_bytes()).unwrap_err().contains("nested"));
    }

    proptest! {
        #[test]
        fn soup_never_panics(parts in proptest::collection::vec(r"\\(u-?[0-9]{1,6}|'[0-9a-z]{0,2}|par|bin[0-9]{0,12}|uc[0-9]|f1|\*|[a-z]{1,40}-?[0-9]*)|[{}]|[a-z ]|\\", 0..60)) {
            let _ = file(format!("{{\\rtf1{}", parts.concat()).as_bytes());
        }
    }
}
