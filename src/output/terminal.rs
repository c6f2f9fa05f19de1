//! What a document must not do to a terminal: move the cursor, clear the screen, fill the clipboard, ring, turn the
//! direction of writing. Control characters are shown as pictures of themselves (`␛` for ESC); what is written to a file or a
//! pipe as data keeps them.
//!
//! [`shown`] is for text of a document in what people read. [`cleaned`] is the last step before a terminal, whatever the
//! format: it lets line breaks, tabs and the colours of sayso pass, and nothing else.

use std::borrow::Cow;

/// Text as a terminal may show it, with its line breaks and tabs.
pub fn shown(text: &str) -> Cow<'_, str> {
    // Nearly all text is clean: bytes tell where to look closer.
    let suspect = |byte: u8| byte < b' ' && !matches!(byte, b'\n' | b'\t') || matches!(byte, 0x7f | 0xc2 | 0xe2);
    if !text.bytes().any(suspect) || !text.chars().any(|c| picture(c).is_some()) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.replace("\r\n", "\n").chars().map(|c| picture(c).unwrap_or(c)).collect())
}

/// What is shown in the place of a character that a terminal would obey.
fn picture(c: char) -> Option<char> {
    match c {
        '\n' | '\t' => None,
        // The pictures of the control characters stand in their order (U+2400 on).
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)),
        '\u{7f}' => Some('\u{2421}'),
        // The controls of ISO 6429 beyond ASCII, and what turns the direction of writing.
        '\u{80}'..='\u{9f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => Some(char::REPLACEMENT_CHARACTER),
        _ => None,
    }
}

/// Bytes on their way to a terminal: as [`shown`], but colours (`ESC [ … m`) pass where they are wanted. What is no UTF-8 is
/// replaced.
pub fn cleaned(bytes: &[u8], colours: bool) -> Vec<u8> {
    const ESCAPE: char = '\u{1b}';
    let text = String::from_utf8_lossy(bytes);
    let mut out = String::with_capacity(text.len());
    let mut rest: &str = &text;
    while let Some(at) = rest.find(ESCAPE) {
        out.push_str(&shown(&rest[..at]));
        rest = &rest[at..];
        let length = colour(rest).filter(|_| colours);
        match length {
            Some(length) => out.push_str(&rest[..length]),
            None => out.push('␛'),
        }
        rest = &rest[length.unwrap_or(ESCAPE.len_utf8())..];
    }
    out.push_str(&shown(rest));
    out.into_bytes()
}

/// The length of a colour's code that begins the text: `ESC [`, numbers, `m`.
fn colour(text: &str) -> Option<usize> {
    let code = text.strip_prefix("\u{1b}[")?;
    let end = code.find(|c: char| !c.is_ascii_digit() && c != ';')?;
    code[end..].starts_with('m').then_some(2 + end + 1)
}

/// A path or an id as a part of a URL: what is not unreserved (RFC 3986, 2.3) or a slash is percent-encoded; the slashes too,
/// where a part is `.`, `..` or, behind the first, empty.
pub fn encoded(id: &str) -> String {
    use std::fmt::Write;
    // Browsers resolve such parts of a path before they ask; a slash that is encoded is none to them.
    let resolved = id.split('/').enumerate().any(|(at, part)| matches!(part, "." | "..") || at > 0 && part.is_empty());
    let mut out = String::with_capacity(id.len());
    for byte in id.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => out.push(byte as char),
            b'/' if !resolved => out.push('/'),
            // Writing to a string cannot fail.
            _ => drop(write!(out, "%{byte:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Titles that do something to a terminal that obeys them.
    const HOSTILE: [&str; 12] = [
        "clipboard \u{1b}]52;c;cm0gLXJmIH4=\u{7}",
        "clear \u{1b}[2J\u{1b}[H",
        "C1 clear \u{9b}2J",
        "C1 string \u{9d}52;c;eA==\u{9c}",
        "title \u{1b}]0;owned\u{1b}\\",
        "bell \u{7}",
        "back \u{8}\u{8}\u{8}",
        "over\rwritten",
        "shift \u{e}\u{f}",
        "turned \u{202e}txt.exe",
        "isolated \u{2066}abc\u{2069}",
        "delete \u{7f} vertical \u{b} form \u{c} next \u{85}",
    ];

    #[test]
    fn no_control_character_is_left() {
        for text in HOSTILE {
            let harmless = |text: &str| text.chars().all(|c| picture(c).is_none());
            assert!(!harmless(text) && harmless(&shown(text)), "{text:?}");
            for colours in [false, true] {
                let cleaned = String::from_utf8(cleaned(text.as_bytes(), colours)).unwrap();
                assert!(harmless(&cleaned), "{text:?} {cleaned:?}");
            }
        }
    }

    #[test]
    fn what_is_harmless_stays() {
        for text in ["plain", "é — “so” …\n\tnext", "עברית‏ and العربية", "𝄞 \u{200b}\u{a0}"]
        {
            assert!(matches!(shown(text), Cow::Borrowed(same) if same == text), "{text:?}");
        }
        assert_eq!(shown("a\r\nb\u{1b}[31m"), "a\nb␛[31m");
    }

    #[test]
    fn our_colours_pass_and_nothing_like_them() {
        for (text, colours, expected) in [
            ("\u{1b}[1;31mx\u{1b}[0m", true, "\u{1b}[1;31mx\u{1b}[0m"),
            ("\u{1b}[1;31mx\u{1b}[0m", false, "␛[1;31mx␛[0m"),
            ("\u{1b}[31\u{1b}[0m", true, "␛[31\u{1b}[0m"),
            ("\u{1b}[2J", true, "␛[2J"),
            ("\u{1b}[31", true, "␛[31"),
        ] {
            assert_eq!(String::from_utf8(cleaned(text.as_bytes(), colours)).unwrap(), expected, "{text:?}");
        }
        assert_eq!(cleaned(b"\xff", true), "\u{fffd}".as_bytes());
    }

    #[test]
    fn ids_become_parts_of_urls() {
        assert_eq!(encoded("articles/a b?é#1.txt"), "articles/a%20b%3F%C3%A9%231.txt");
        assert_eq!((encoded("a/../b"), encoded("/a/b")), ("a%2F..%2Fb".into(), "/a/b".into()));
    }
}
