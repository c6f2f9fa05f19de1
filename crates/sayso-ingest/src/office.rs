//! Documents of word processors (DOCX, ODT) and electronic books (EPUB): zips of XML. The text is that of the paragraphs,
//! headings and list items, with blank lines between them; a row of a table is a line, tabs between its cells; footnotes
//! follow at the end. Tracked changes count as accepted: what was deleted is left out, what was inserted is there.

use super::archive::{beside, part};
use super::date;
use super::error::ReadError;
use super::fields::Fields;
use super::html;
use super::source::Source;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::io::Cursor;
use zip::ZipArchive;

type Archive = ZipArchive<Cursor<Vec<u8>>>;

/// Elements open inside one another at most.
const DEPTH: usize = 512;

/// Reads a DOCX.
pub(super) fn docx(source: &Source, bytes: Vec<u8>) -> Result<Fields<'static>, ReadError> {
    let mut archive = open(source, bytes)?;
    let body = match part(source, &mut archive, "_rels/.rels")?.map(|rels| target(&text_of(&rels), "/officeDocument")) {
        Some(Some(name)) => name,
        _ => "word/document.xml".to_owned(),
    };
    let Some(document) = part(source, &mut archive, &body)? else {
        return Err(broken(source, "it holds no `word/document.xml`"));
    };
    let mut flow = Flow::read(source, &text_of(&document), docx_role)?;
    for notes in ["footnotes.xml", "endnotes.xml"] {
        if let Some(notes) = part(source, &mut archive, &beside(&body, notes))? {
            flow.paragraphs.append(&mut Flow::read(source, &text_of(&notes), docx_role)?.paragraphs);
        }
    }
    let about =
        part(source, &mut archive, "docProps/core.xml")?.map(|xml| Meta::read(&text_of(&xml))).unwrap_or_default();
    fields(source, flow, about)
}

/// Reads an ODT.
pub(super) fn odt(source: &Source, bytes: Vec<u8>) -> Result<Fields<'static>, ReadError> {
    let mut archive = open(source, bytes)?;
    let Some(content) = part(source, &mut archive, "content.xml")? else {
        return Err(broken(source, "it holds no `content.xml`"));
    };
    let flow = Flow::read(source, &text_of(&content), odt_role)?;
    let about = part(source, &mut archive, "meta.xml")?.map(|xml| Meta::read(&text_of(&xml))).unwrap_or_default();
    fields(source, flow, about)
}

/// Reads an EPUB: its chapters in reading order.
pub(super) fn epub(source: &Source, bytes: Vec<u8>) -> Result<Fields<'static>, ReadError> {
    let mut archive = open(source, bytes)?;
    let container = part(source, &mut archive, "META-INF/container.xml")?.map(|xml| text_of(&xml)).unwrap_or_default();
    let package =
        attributes(&container, "rootfile", &["full-path"]).into_iter().next().map(|mut found| found.remove(0));
    let Some(package) = package.filter(|name| !name.is_empty()) else {
        return Err(broken(source, "it does not name its contents (`META-INF/container.xml`)"));
    };
    let Some(contents) = part(source, &mut archive, &package)?.map(|xml| text_of(&xml)) else {
        return Err(broken(source, "its contents are missing"));
    };
    let items = attributes(&contents, "item", &["id", "href", "properties"]);
    let mut chapters = Vec::new();
    for reference in attributes(&contents, "itemref", &["idref"]) {
        let item = items.iter().find(|item| item[0] == reference[0] && !item[2].split(' ').any(|p| p == "nav"));
        let Some(item) = item else { continue };
        let name = beside(&package, &percent(&item[1]));
        if let Some(chapter) = part(source, &mut archive, &name)? {
            chapters.push(html::fragment(&text_of(&chapter)));
        }
        source.meter.in_time().map_err(|over| source.over(over))?;
    }
    chapters.retain(|chapter| !chapter.trim().is_empty());
    let flow = Flow { paragraphs: chapters, ..Flow::default() };
    fields(source, flow, Meta::read(&contents))
}

fn open(source: &Source, bytes: Vec<u8>) -> Result<Archive, ReadError> {
    if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        let why = "it is encrypted, or an Office document of the time before 2007".to_owned();
        return Err(source.malformed(None, None, why, "save it without a password as .docx or .odt"));
    }
    ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(source, &format!("it is damaged ({error})")))
}

fn broken(source: &Source, why: &str) -> ReadError {
    source.malformed(None, None, why.to_owned(), "open and save it again in the program that made it")
}

/// The text of an XML part, which is UTF-8 or UTF-16.
fn text_of(bytes: &[u8]) -> String {
    super::decode::decode(bytes.to_vec(), super::decode::declared_in_html).text
}

/// What a document says of itself.
fn fields(source: &Source, flow: Flow, about: Meta) -> Result<Fields<'static>, ReadError> {
    let text = [flow.paragraphs, flow.notes].concat().join("\n\n");
    if text.trim().is_empty() {
        return Err(source.no_text(None, "the document holds no text"));
    }
    // `Microsoft Word - draft.doc` is the name of a file that was printed.
    let named = about.title.filter(|title| !title.starts_with("Microsoft Word - "));
    let title = flow.title.or(named).or(flow.heading);
    Ok(Fields {
        title: title.map(Into::into),
        date: date::of_file(&text, about.changed, about.created).map(Into::into),
        text: Some(text.into()),
        byline: about.author.map(Into::into),
        lang: about.lang.map(Into::into),
        ..Fields::default()
    })
}

/// What an element is to the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    /// A paragraph, heading or list item.
    Paragraph,
    /// Holds the letters of a paragraph. Where a format has such an element, letters outside it are none.
    Letters,
    /// Not part of the text, with all that is in it.
    Hidden,
    /// A footnote: its paragraphs follow at the end.
    Note,
    Row,
    Cell,
    /// Stands for these letters.
    Sign(&'static str),
    /// Spaces, as many as the attribute `c` says.
    Spaces,
    /// Names the style of its paragraph.
    Style,
    Other,
}

fn docx_role(name: &str) -> Role {
    match name {
        "p" => Role::Paragraph,
        "t" => Role::Letters,
        // The placeholders of the separator lines are notes too, and hold nothing.
        "del" | "moveFrom" | "Fallback" | "instrText" | "delText" | "rPr" | "drawingML" => Role::Hidden,
        "tr" => Role::Row,
        "tc" => Role::Cell,
        "tab" | "ptab" => Role::Sign("\t"),
        "br" | "cr" => Role::Sign("\n"),
        "noBreakHyphen" => Role::Sign("\u{2011}"),
        "softHyphen" => Role::Sign("\u{ad}"),
        "pStyle" => Role::Style,
        _ => Role::Other,
    }
}

fn odt_role(name: &str) -> Role {
    match name {
        "p" | "h" => Role::Paragraph,
        "tracked-changes" | "annotation" | "note-citation" | "title" | "desc" | "forms" | "sequence-decls" => {
            Role::Hidden
        }
        "note-body" => Role::Note,
        "table-row" => Role::Row,
        "table-cell" => Role::Cell,
        "tab" => Role::Sign("\t"),
        "line-break" => Role::Sign("\n"),
        "s" => Role::Spaces,
        _ => Role::Other,
    }
}

/// Paragraphs in the making.
#[derive(Default)]
struct Flow {
    paragraphs: Vec<String>,
    notes: Vec<String>,
    title: Option<String>,
    heading: Option<String>,
    /// Paragraphs that are open, one inside another where a text box stands in one; and whether it is a title or heading.
    open: Vec<(String, Option<bool>)>,
    /// Rows that are open: the cells so far, and the paragraphs of the cell.
    rows: Vec<(Vec<String>, Vec<String>)>,
    in_note: usize,
    in_letters: usize,
}

impl Flow {
    fn read(source: &Source, xml: &str, role: fn(&str) -> Role) -> Result<Flow, ReadError> {
        let mut reader = Reader::from_str(xml);
        reader.config_mut().allow_dangling_amp = true;
        let mut flow = Flow::default();
        let strict = role("t") == Role::Letters;
        let mut roles: Vec<Role> = Vec::new();
        let mut hidden = 0usize;
        loop {
            let event =
                reader.read_event().map_err(|error| broken(source, &format!("its XML is damaged ({error})")))?;
            match event {
                Event::Start(tag) => {
                    if roles.len() >= DEPTH {
                        return Err(ReadError::TooDeep { path: source.path.clone(), line: None, limit: DEPTH as u32 });
                    }
                    let role = role(tag.local_name().as_ref());
                    hidden += usize::from(role == Role::Hidden);
                    if hidden == 0 {
                        flow.begin(role, &tag);
                    }
                    roles.push(role);
                }
                Event::Empty(tag) if hidden == 0 => {
                    let role = role(tag.local_name().as_ref());
                    flow.begin(role, &tag);
                    flow.end(role);
                }
                Event::End(_) => {
                    let role = roles.pop().unwrap_or(Role::Other);
                    if hidden == 0 {
                        flow.end(role);
                    }
                    hidden -= usize::from(role == Role::Hidden);
                }
                Event::Text(text) if hidden == 0 => flow.letters(&text.xml10_content(), strict),
                Event::CData(text) if hidden == 0 => flow.letters(&text.xml10_content(), strict),
                Event::GeneralRef(reference) if hidden == 0 => {
                    let name = reference.xml10_content();
                    let known = quick_xml::escape::resolve_xml_entity(&name).map(str::to_owned);
                    let known = known.or_else(|| reference.resolve_char_ref().ok().flatten().map(String::from));
                    flow.letters(&known.unwrap_or_default(), strict);
                }
                Event::Eof => return Ok(flow),
                _ => {}
            }
        }
    }

    fn begin(&mut self, role: Role, tag: &BytesStart<'_>) {
        match role {
            Role::Paragraph => {
                let style = value(tag, "style-name");
                let heading = (tag.local_name().as_ref() == "h").then_some(false);
                self.open.push((String::new(), style.as_deref().and_then(styled).or(heading)));
            }
            Role::Letters => self.in_letters += 1,
            Role::Note => self.in_note += 1,
            Role::Row => self.rows.push(Default::default()),
            Role::Sign(letters) => self.put(letters),
            Role::Spaces => {
                let count = value(tag, "c").and_then(|c| c.parse().ok()).unwrap_or(1usize);
                (0..count.min(200)).for_each(|_| self.put(" "));
            }
            Role::Style => {
                if let (Some((_, kind)), Some(style)) = (self.open.last_mut(), value(tag, "val")) {
                    *kind = styled(&style);
                }
            }
            Role::Cell | Role::Hidden | Role::Other => {}
        }
    }

    fn end(&mut self, role: Role) {
        match role {
            Role::Paragraph => {
                let Some((text, kind)) = self.open.pop() else { return };
                let text = text.trim_matches([' ', '\t', '\n']).to_owned();
                if text.is_empty() {
                    return;
                }
                match kind {
                    Some(true) if self.title.is_none() => self.title = Some(flat(&text)),
                    Some(false) if self.heading.is_none() => self.heading = Some(flat(&text)),
                    _ => {}
                }
                if self.in_note > 0 {
                    self.notes.push(text);
                } else if let Some((_, cell)) = self.rows.last_mut() {
                    cell.push(text);
                } else {
                    self.paragraphs.push(text);
                }
            }
            Role::Letters => self.in_letters = self.in_letters.saturating_sub(1),
            Role::Note => self.in_note = self.in_note.saturating_sub(1),
            Role::Cell => {
                if let Some((cells, cell)) = self.rows.last_mut() {
                    let text = std::mem::take(cell).join(" ");
                    cells.push(text);
                }
            }
            Role::Row => {
                let Some((cells, _)) = self.rows.pop() else { return };
                if cells.iter().all(String::is_empty) {
                    return;
                }
                let line = cells.join("\t").trim_end().to_owned();
                match self.rows.last_mut() {
                    Some((_, cell)) => cell.push(line),
                    None => self.paragraphs.push(line),
                }
            }
            _ => {}
        }
    }

    /// Takes in letters between tags.
    fn letters(&mut self, text: &str, strict: bool) {
        if strict {
            if self.in_letters > 0 {
                self.put(text);
            }
            return;
        }
        // White space is folded where the format has elements for more of it.
        let Some((open, _)) = self.open.last_mut() else { return };
        for letter in text.chars() {
            match letter {
                ' ' | '\t' | '\n' | '\r' if open.is_empty() || open.ends_with([' ', '\t', '\n']) => {}
                ' ' | '\t' | '\n' | '\r' => open.push(' '),
                letter => open.push(letter),
            }
        }
    }

    fn put(&mut self, letters: &str) {
        if let Some((open, _)) = self.open.last_mut() {
            open.push_str(letters);
        }
    }
}

/// Whether a style is that of a title (`true`) or a heading.
fn styled(style: &str) -> Option<bool> {
    let style = style.to_ascii_lowercase();
    match style.as_str() {
        "title" => Some(true),
        _ if style.starts_with("heading") => Some(false),
        _ => None,
    }
}

fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The value of an attribute, whatever its prefix.
fn value(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = tag.attributes().flatten().find(|a| a.key.local_name().as_ref() == name)?;
    Some(super::feed::characters(&found.value))
}

/// For each element of that name, the values of the attributes; empty where one is missing.
fn attributes(xml: &str, element: &str, names: &[&str]) -> Vec<Vec<String>> {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_end_names = false;
    let mut all = Vec::new();
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag) | Event::Empty(tag)) if tag.local_name().as_ref() == element => {
                all.push(names.iter().map(|name| value(&tag, name).unwrap_or_default()).collect());
            }
            Ok(Event::Eof) | Err(_) => return all,
            _ => {}
        }
    }
}

/// The target of the relationship whose type ends so, from the root of the package.
fn target(rels: &str, kind: &str) -> Option<String> {
    let all = attributes(rels, "Relationship", &["Type", "Target"]);
    let found = all.into_iter().find(|one| one[0].ends_with(kind))?;
    Some(found[1].trim_start_matches('/').to_owned())
}

/// An address without its `%20`.
fn percent(address: &str) -> String {
    let bytes = address.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = bytes.get(at + 1..at + 3).and_then(|h| std::str::from_utf8(h).ok());
        match hex.filter(|_| bytes[at] == b'%').and_then(|h| u8::from_str_radix(h, 16).ok()) {
            Some(byte) => {
                out.push(byte);
                at += 3;
            }
            None => {
                out.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// What a package says of its document (Dublin Core, and the names that OpenDocument adds).
#[derive(Default)]
struct Meta {
    title: Option<String>,
    author: Option<String>,
    created: Option<String>,
    changed: Option<String>,
    lang: Option<String>,
}

impl Meta {
    fn read(xml: &str) -> Meta {
        let mut reader = Reader::from_str(xml);
        reader.config_mut().allow_dangling_amp = true;
        reader.config_mut().check_end_names = false;
        let mut meta = Meta::default();
        let mut authors: Vec<String> = Vec::new();
        loop {
            match reader.read_event() {
                Ok(Event::Start(tag)) => {
                    let name = tag.local_name().as_ref().to_owned();
                    let known = [
                        "title",
                        "creator",
                        "initial-creator",
                        "created",
                        "creation-date",
                        "modified",
                        "date",
                        "language",
                    ];
                    if !known.contains(&name.as_str()) {
                        continue;
                    }
                    let Ok(raw) = reader.read_text(tag.name()) else { return meta };
                    let text = flat(&super::feed::characters(&raw.into_inner()));
                    if text.is_empty() {
                        continue;
                    }
                    match name.as_str() {
                        "title" => meta.title = meta.title.or(Some(text)),
                        "creator" => authors.push(text),
                        "initial-creator" => authors.insert(0, text),
                        "created" | "creation-date" => meta.created = meta.created.or(Some(text)),
                        "language" => meta.lang = meta.lang.or(Some(text)),
                        _ => meta.changed = meta.changed.or(Some(text)),
                    }
                }
                Ok(Event::Eof) | Err(_) => break,
                _ => {}
            }
        }
        authors.dedup();
        meta.author = (!authors.is_empty()).then(|| authors.join(", "));
        meta
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Setup;

    fn texts(xml: &str, role: fn(&str) -> Role) -> (Vec<String>, Vec<String>) {
        let source = Source::named("a.docx".into(), &Setup::test(999));
        let flow = Flow::read(&source, xml, role).unwrap();
        (flow.paragraphs, flow.notes)
    }

    #[test]
    fn tracked_changes_are_accepted() {
        let xml = r#"<w:document><w:body><w:p><w:pPr><w:pStyle w:val="Title"/><w:rPr><w:b/></w:rPr></w:pPr><w:r><w:t>A &amp; B</w:t></w:r></w:p>
            <w:p><w:r><w:t xml:space="preserve">“We </w:t></w:r><w:del><w:r><w:delText>may</w:delText></w:r></w:del><w:ins><w:r><w:t>will</w:t></w:r></w:ins><w:r><w:t xml:space="preserve"> not</w:t><w:br/><w:t>sail,” he said.</w:t></w:r></w:p>
            <w:tbl><w:tr><w:tc><w:p><w:r><w:t>Boats</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>12</w:t></w:r></w:p><w:p><w:r><w:t>old</w:t></w:r></w:p></w:tc></w:tr></w:tbl>
            <w:p><w:r><w:instrText>PAGE</w:instrText><w:t>End</w:t><w:noBreakHyphen/><w:t>piece.</w:t></w:r></w:p></w:body></w:document>"#;
        assert_eq!(
            texts(xml, docx_role).0,
            ["A & B", "“We will not\nsail,” he said.", "Boats\t12 old", "End\u{2011}piece."]
        );
    }

    #[test]
    fn open_document_folds_white_space_and_sets_notes_apart() {
        let xml = "<office:text><text:tracked-changes><text:p>Gone.</text:p></text:tracked-changes><text:h>A  title</text:h>
            <text:p>“No,”<text:s text:c=\"2\"/>she\n   said.<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>On Monday.</text:p></text:note-body></text:note></text:p></office:text>";
        assert_eq!(
            texts(xml, odt_role),
            (vec!["A title".into(), "“No,”  she said.".into()], vec!["On Monday.".into()])
        );
    }

    #[test]
    fn addresses_are_read() {
        assert_eq!(percent("a%20b%zz.html"), "a b%zz.html");
        let rels = r#"<Relationships><Relationship Type="http://x/officeDocument" Target="/word/document2.xml"/></Relationships>"#;
        assert_eq!(target(rels, "/officeDocument").as_deref(), Some("word/document2.xml"));
    }
}
