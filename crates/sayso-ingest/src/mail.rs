//! E-mail: single messages (`.eml`, the files of a Maildir, pages saved as `.mhtml`) and boxes of them (`.mbox`). A message
//! is a document: its subject, a blank line, its body (the plain part, unless the HTML says much more). Attachments of
//! formats that are read are documents of their own: `id` is that of the message, a slash and the name.
//!
//! Quoted history and the signature stay in the text and are told as parts of it ([`Layout::parts`]), so that what somebody
//! wrote last week is not laid in today's sender's mouth.

use super::error::ReadError;
use super::fields::Fields;
use super::html;
use super::reader::{Ending, Format, Held, Holder};
use super::source::{Given, Source};
use super::stream::{Line, Lines, Stream};
use mail_parser::{Address, Message, MessageParser, MessagePart, MimeHeaders, PartType};
use sayso_core::document::{Layout, Region, RegionKind};
use sayso_core::span::Span;
use std::collections::VecDeque;
use std::path::Path;

/// Whether bytes begin with the header of a message: two fields or more, one of which only messages have.
pub(super) fn is_message(head: &[u8]) -> bool {
    const TELLING: [&[u8]; 8] = [
        b"from",
        b"received",
        b"message-id",
        b"mime-version",
        b"return-path",
        b"delivered-to",
        b"x-mailer",
        b"subject",
    ];
    let (mut fields, mut telling) = (0, 0);
    for line in head.split(|b| *b == b'\n').map(<[u8]>::trim_ascii_end).take(60) {
        if line.is_empty() {
            return fields >= 2 && telling >= 2;
        }
        if line.starts_with(b" ") || line.starts_with(b"\t") {
            continue;
        }
        let Some(colon) = memchr::memchr(b':', line) else { return false };
        let name = line[..colon].to_ascii_lowercase();
        if name.is_empty() || !name.iter().all(|b| b.is_ascii_alphanumeric() || *b == b'-') {
            return false;
        }
        fields += 1;
        telling += usize::from(TELLING.contains(&name.as_slice()));
    }
    // The header goes on beyond what was looked at.
    telling >= 2
}

/// Whether a file stands where a Maildir keeps its messages.
pub(super) fn is_maildir(path: &Path) -> bool {
    let folder = path.parent();
    let named = folder.and_then(Path::file_name).is_some_and(|name| name == "cur" || name == "new");
    named && folder.and_then(Path::parent).is_some_and(|above| above.join("tmp").is_dir() || above.join("cur").is_dir())
}

/// The documents of a message.
pub(super) fn message(source: &Source, stream: Stream) -> Result<Box<dyn Holder>, ReadError> {
    let bytes = source.whole(stream)?;
    let pieces = pieces(source, &bytes)?;
    Ok(Box::new(Pieces(pieces)))
}

/// What is at hand already.
struct Pieces(VecDeque<Result<Held, ReadError>>);

impl Holder for Pieces {
    fn next(&mut self, _: &Source) -> Option<Result<Held, ReadError>> {
        self.0.pop_front()
    }
}

/// The message itself, and its attachments.
fn pieces(source: &Source, bytes: &[u8]) -> Result<VecDeque<Result<Held, ReadError>>, ReadError> {
    let Some(message) = MessageParser::default().parse(bytes).filter(|message| !message.headers().is_empty()) else {
        return Err(source.malformed(None, None, "no e-mail message".into(), "a message begins with its header"));
    };
    let fields = fields(source, &message)?;
    let mut pieces = VecDeque::new();
    let (id, date, byline) = (message.message_id(), fields.date.clone(), fields.byline.clone());
    pieces.push_back(match fields.text {
        // A message that only brings its attachments.
        None if message.attachment_count() > 0 => Ok(Held::Nothing),
        _ => source.document(fields, None, None).map(|document| Held::Document(Box::new(document))),
    });
    for (number, part) in message.attachments().enumerate() {
        let given = Given {
            date: date.as_deref().map(str::to_owned),
            byline: byline.as_deref().map(str::to_owned),
            ..Given::default()
        };
        pieces.push_back(attachment(source, bytes, part, number + 1, id, given));
    }
    Ok(pieces)
}

/// An attachment as a file of its own.
fn attachment(
    source: &Source,
    bytes: &[u8],
    part: &MessagePart<'_>,
    number: usize,
    id: Option<&str>,
    given: Given,
) -> Result<Held, ReadError> {
    let media = part.content_type().map(|media| match &media.c_subtype {
        Some(subtype) => format!("{}/{subtype}", media.c_type),
        None => media.c_type.to_string(),
    });
    let name = part.attachment_name().map_or_else(|| format!("part {number}"), str::to_owned);
    let known = Format::of_path(Path::new(&name));
    let format = match media.as_deref().and_then(Format::of_media) {
        // The name says more than `text/plain` and `application/zip` do.
        Some(Format::Text | Format::Zip) | None => None,
        found => found,
    };
    if format.is_none() && matches!(known, Ending::Unknown(_)) {
        source.leave(&match Path::new(&name).extension() {
            Some(ending) => format!(".{} attached", ending.to_string_lossy()),
            None => format!("{} attached", media.as_deref().unwrap_or("file")),
        });
        return Ok(Held::Nothing);
    }
    let content = match &part.body {
        PartType::Text(text) | PartType::Html(text) => text.as_bytes().to_vec(),
        PartType::Binary(bytes) | PartType::InlineBinary(bytes) => bytes.to_vec(),
        PartType::Message(_) => {
            bytes.get(part.offset_body as usize..part.offset_end as usize).unwrap_or_default().to_vec()
        }
        PartType::Multipart(_) => return Ok(Held::Nothing),
    };
    let given = Given { id: id.map(|id| format!("{id}/{name}")), ..given };
    let inside = source.inside(&name, given);
    let stream = Stream::plain(std::io::Cursor::new(content));
    Ok(Held::File(Box::new(inside), stream, format))
}

/// What a message says of itself.
fn fields(source: &Source, message: &Message<'_>) -> Result<Fields<'static>, ReadError> {
    let subject =
        message.subject().map(|s| s.split_whitespace().collect::<Vec<_>>().join(" ")).filter(|s| !s.is_empty());
    let page = message.header_raw("Snapshot-Content-Location").map(|url| url.trim().to_owned());
    if page.is_some()
        || source.path.extension().is_some_and(|e| e.eq_ignore_ascii_case("mht") || e.eq_ignore_ascii_case("mhtml"))
    {
        return saved_page(source, message, page);
    }
    let body = body(message);
    if body.as_ref().is_some_and(|(text, _)| text.contains('\u{fffd}'))
        && !message.raw_message().windows(3).any(|w| w == "\u{fffd}".as_bytes())
    {
        let why = "the message holds bytes that are not of the character set that it names".to_owned();
        return Err(source.malformed(None, None, why, "save it again from the mail program"));
    }
    let from = message.from().and_then(|from| match from {
        Address::List(list) => list.first(),
        Address::Group(groups) => groups.first().and_then(|group| group.addresses.first()),
    });
    let byline = from.and_then(|from| from.name.as_deref().or(from.address.as_deref())).map(str::trim);
    let mut layout = Layout::default();
    let text = body.map(|(body, is_html)| {
        let text = html::with_headline(subject.as_deref(), body);
        let answered = subject.as_deref().is_none_or(|s| !s.to_ascii_lowercase().starts_with("fw"));
        layout.parts = parts(&text, is_html, answered);
        text.into()
    });
    Ok(Fields {
        id: message.message_id().map(|id| id.to_owned().into()),
        title: subject.map(Into::into),
        text,
        date: message.date().filter(|date| date.is_valid()).map(|date| date.to_rfc3339().into()),
        byline: byline.filter(|b| !b.is_empty()).map(|b| b.to_owned().into()),
        layout,
        ..Fields::default()
    })
}

/// A page that a browser saved with its pictures as one message.
fn saved_page(source: &Source, message: &Message<'_>, url: Option<String>) -> Result<Fields<'static>, ReadError> {
    let Some(PartType::Html(page)) =
        message.parts.iter().map(|p| &p.body).find(|body| matches!(body, PartType::Html(_)))
    else {
        return Err(source.no_text(None, "the saved page holds no HTML"));
    };
    let mut fields = html::read(source, page.to_string())?.unwrap_or_default();
    fields.url = fields.url.or(url.map(Into::into));
    Ok(fields)
}

/// The text of a message, and whether it was HTML.
fn body(message: &Message<'_>) -> Option<(String, bool)> {
    let plain: Vec<&str> = message
        .text_bodies()
        .filter_map(|part| match &part.body {
            PartType::Text(text) => Some(text.trim_end()),
            _ => None,
        })
        .filter(|text| !text.is_empty())
        .collect();
    let pages: Vec<String> = message
        .html_bodies()
        .filter_map(|part| match &part.body {
            PartType::Html(page) => Some(html::fragment(page)),
            _ => None,
        })
        .filter(|text| !text.trim().is_empty())
        .collect();
    let (plain, page) = (plain.join("\n\n"), pages.join("\n\n"));
    let words = |text: &str| text.split_whitespace().count();
    match (plain.is_empty(), page.is_empty()) {
        (true, true) => None,
        (false, true) => Some((plain, false)),
        (true, false) => Some((page, true)),
        // `Your program cannot show HTML.` is no body.
        (false, false) if words(&plain) * 2 < words(&page) => Some((page, true)),
        (false, false) => Some((plain, false)),
    }
}

/// The rows of `mail.tsv` of a class.
fn phrases(class: &'static str) -> impl Iterator<Item = &'static str> {
    let lines = include_str!("mail.tsv").lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(move |line| line.split_once('\t').filter(|(name, _)| *name == class).map(|(_, phrase)| phrase))
}

/// Quoted history and signature, as places of the text. In plain text history has `>` before its lines; in HTML it is all
/// that follows its introduction. Linear in the text.
fn parts(text: &str, is_html: bool, answered: bool) -> Vec<Region> {
    let mut parts: Vec<Region> = Vec::new();
    let mut add = |start: usize, end: usize| match parts.last_mut() {
        Some(last) if text[last.span.end as usize..start].trim().is_empty() => last.span.end = end as u32,
        _ => parts.push(Region { kind: RegionKind::Boilerplate, span: Span::at(start, end) }),
    };
    let end = text.trim_end().len();
    let mut lines: Vec<(usize, &str)> = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        lines.push((at, line.trim_end()));
        at += line.len();
    }
    let mut signed = false;
    for (number, (start, line)) in lines.iter().enumerate() {
        let bare = line.trim_start();
        let small = bare.to_lowercase();
        let own = lines[1.min(number)..number].iter().any(|(_, line)| !line.trim().is_empty());
        if bare.starts_with('>') {
            add(*start, start + line.len());
            signed = false;
        } else if phrases("wrote").any(|phrase| small.ends_with(phrase))
            && introduces(bare, &lines[number + 1..], is_html)
        {
            // The introduction may run over two lines.
            let begin = match number.checked_sub(1).map(|before| lines[before]) {
                Some((start, before)) if before.trim_start().starts_with("On ") && !bare.starts_with("On ") => start,
                _ => *start,
            };
            if is_html {
                add(begin, end);
                return parts;
            }
            add(begin, start + line.len());
        } else if own
            && answered
            && (phrases("history").any(|phrase| small.starts_with(phrase)) || is_header_block(&lines[number..]))
        {
            add(*start, end);
            return parts;
        } else if *line == "--" || text[*start..].starts_with("-- \n") || text[*start..].starts_with("-- \r\n") {
            signed = true;
            add(*start, start + line.len());
        } else if signed && !bare.is_empty() {
            add(*start, start + line.len());
        }
    }
    parts
}

/// Whether a line introduces quoted history: the next line that is not blank has `>` before it; in HTML, which has none, the
/// line itself tells a date, as mail programs write it (`On 3 Mar 2026, at 09:15, Ada Brandt wrote:`).
fn introduces(line: &str, after: &[(usize, &str)], is_html: bool) -> bool {
    let next = after.iter().map(|(_, line)| line.trim_start()).find(|line| !line.is_empty());
    let dated = line.len() < 200 && line.bytes().filter(u8::is_ascii_digit).count() >= 3;
    next.is_some_and(|next| next.starts_with('>') || is_html && dated)
}

/// Whether lines are the header that Outlook puts before an answered message: `From:`, then `Sent:` or `Date:`, then `To:`.
fn is_header_block(lines: &[(usize, &str)]) -> bool {
    let mut names =
        lines.iter().take(6).filter_map(|(_, line)| line.trim_start_matches('*').split_once(':')).map(|(n, _)| n);
    names.next() == Some("From") && lines[0].1.trim_start_matches('*').starts_with("From:") && {
        let rest: Vec<&str> = names.collect();
        (rest.contains(&"Sent") || rest.contains(&"Date")) && rest.contains(&"To")
    }
}

/// The messages of a box, which each begin with a line `From ADDRESS DATE`.
struct Mbox {
    lines: Lines,
    number: u64,
    begun: bool,
    done: bool,
    limit: usize,
}

/// Reads a box.
pub(super) fn mbox(stream: Stream, limit: usize) -> Box<dyn Holder> {
    Box::new(Mbox { lines: Lines::new(stream, limit), number: 0, begun: false, done: false, limit })
}

/// Whether a line begins a message: `From `, and a time of day in it.
fn begins_message(line: &[u8]) -> bool {
    line.starts_with(b"From ")
        && line.windows(5).any(|w| w[2] == b':' && [0, 1, 3, 4].iter().all(|i| w[*i].is_ascii_digit()))
}

impl Holder for Mbox {
    fn next(&mut self, source: &Source) -> Option<Result<Held, ReadError>> {
        let mut bytes = Vec::new();
        let (mut blank, mut too_long) = (true, false);
        let first = self.lines.number();
        while !self.done {
            match self.lines.advance() {
                Err(error) => {
                    self.done = true;
                    return Some(Err(source.broken(error, Some(self.lines.number()), self.lines.compressed())));
                }
                Ok(None) => self.done = true,
                Ok(Some(line)) => {
                    let text = self.lines.bytes();
                    if blank && begins_message(text) {
                        if std::mem::replace(&mut self.begun, true) {
                            break;
                        }
                        continue;
                    }
                    blank = text.trim_ascii().is_empty();
                    // `>From` was written for `From` at the beginning of a line.
                    let quoted = text.iter().position(|b| *b != b'>').unwrap_or(0);
                    let text = if quoted > 0 && text[quoted..].starts_with(b"From ") { &text[1..] } else { text };
                    too_long |= line == Line::TooLong || bytes.len() + text.len() > self.limit;
                    if !too_long {
                        bytes.extend_from_slice(text);
                        bytes.push(b'\n');
                    }
                }
            }
        }
        if bytes.trim_ascii().is_empty() && !too_long {
            return None;
        }
        self.number += 1;
        if too_long {
            return Some(Err(source.too_long(Some(first))));
        }
        let part = source.part(self.number);
        Some(Ok(Held::File(Box::new(part), Stream::plain(std::io::Cursor::new(bytes)), Some(Format::Mail))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Setup;

    fn read(name: &str, bytes: &str) -> Vec<Result<sayso_core::document::Document, String>> {
        let source = Source::named(name.into(), &Setup::test(1 << 20));
        let mut reader =
            super::super::format::inside(&source, Stream::test(bytes.as_bytes().to_vec()), None).unwrap().unwrap();
        std::iter::from_fn(|| reader.next(&source)).map(|d| d.map_err(|e| e.to_string())).collect()
    }

    const NOTE: &str = "From: Ada Brandt <ada@pier.example>\nTo: desk@post.example\nSubject: =?utf-8?q?The_pier_=E2=80=93_again?=\nDate: Tue, 3 Mar 2026 09:15:00 +0100\nMessage-ID: <n1@pier.example>\nMIME-Version: 1.0\n";

    #[test]
    fn a_message_is_a_document_with_parts() {
        let body = "Content-Type: text/plain; charset=utf-8\n\n“No ferry will sail,” the mayor said.\n\nOn Mon, 2 Mar 2026, Tom Reyes wrote:\n> Will it sail?\n> Tom\n\nBest,\nAda\n-- \nAda Brandt, Pier Office\n";
        let found = read("n.eml", &format!("{NOTE}{body}"));
        let note = found[0].as_ref().unwrap();
        assert_eq!((note.id.as_str(), note.title.as_deref()), ("n1@pier.example", Some("The pier – again")));
        assert_eq!(
            (note.date.as_deref(), note.byline.as_deref()),
            (Some("2026-03-03T09:15:00+01:00"), Some("Ada Brandt"))
        );
        assert!(note.text.starts_with("The pier – again\n\n“No ferry will sail,” the mayor said.\n"));
        let parts: Vec<&str> = note.layout.parts.iter().map(|part| part.span.of(&note.text)).collect();
        assert_eq!(
            parts,
            ["On Mon, 2 Mar 2026, Tom Reyes wrote:\n> Will it sail?\n> Tom", "--\nAda Brandt, Pier Office"]
                .map(|p| p.replace("--\n", "-- \n"))
        );
    }

    #[test]
    fn the_best_part_and_the_attachments() {
        let body = "Content-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: multipart/alternative; boundary=y\n\n--y\nContent-Type: text/plain\n\nNo HTML.\n--y\nContent-Type: text/html; charset=utf-8\n\n<p>“It will sail,” <b>said</b> Ada Brandt on Monday.</p><p>The pier is open again.</p>\n--y--\n--x\nContent-Type: text/markdown; name=\"release.md\"\nContent-Disposition: attachment; filename=\"release.md\"\n\n# Open\n\nIt is open.\n--x\nContent-Type: image/png\nContent-Disposition: attachment; filename=\"logo.png\"\nContent-Transfer-Encoding: base64\n\niVBORw0K\n--x--\n";
        let found = read("n.eml", &format!("{NOTE}{body}"));
        let texts: Vec<(&str, &str)> =
            found.iter().map(|d| d.as_ref().unwrap()).map(|d| (d.id.as_str(), d.text.trim())).collect();
        assert_eq!(
            texts,
            [
                (
                    "n1@pier.example",
                    "The pier – again\n\n“It will sail,” said Ada Brandt on Monday.\n\nThe pier is open again."
                ),
                ("n1@pier.example/release.md", "# Open\n\nIt is open."),
            ]
        );
    }

    #[test]
    fn a_box_holds_messages() {
        let two = format!(
            "From a@b Tue Mar  3 09:15:00 2026\n{NOTE}\nOne.\n>From here on, no.\n\nFrom now on this is text.\n\nFrom a@b Tue Mar  3 09:16:00 2026\nFrom: b@c\nSubject: Two\n\nText.\n"
        );
        let found = read("in.mbox", &two);
        let first = found[0].as_ref().unwrap();
        assert!(first.text.ends_with("One.\nFrom here on, no.\n\nFrom now on this is text."), "{:?}", first.text);
        assert_eq!(found[1].as_ref().unwrap().id, "in.mbox#2");
    }

    #[test]
    fn history_is_told_apart() {
        let told = |text: &str, is_html, answered| -> Vec<String> {
            parts(text, is_html, answered).iter().map(|p| p.span.of(text).to_owned()).collect()
        };
        let outlook = "S\n\nYes.\n\nFrom: Ada\nSent: Monday\nTo: Tom\nSubject: x\n\nNo?";
        assert_eq!(told(outlook, false, true), ["From: Ada\nSent: Monday\nTo: Tom\nSubject: x\n\nNo?"]);
        assert!(told(outlook, false, false).is_empty());
        assert_eq!(
            told("S\n\nYes.\n\nOn 2 March 2026 Ada wrote:\n\nNo?\n\nAda", true, true),
            ["On 2 March 2026 Ada wrote:\n\nNo?\n\nAda"]
        );
        for is_html in [false, true] {
            assert!(told("S\n\nIn her book she wrote:\n\nNo ship will sail.", is_html, true).is_empty());
        }
        assert!(told("From: Ada\n\nA pier.", false, true).is_empty());
    }
}
