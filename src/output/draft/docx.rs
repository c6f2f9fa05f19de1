//! A draft as a DOCX (Office Open XML, ECMA-376) with a comment for each finding, at the words that it is about. The text is
//! the draft's as it was read, a paragraph a line; its look is not kept.

use super::{Finding, Grade, junit};
use crate::document::Document;
use std::fmt::Write as _;
use std::io::{self, Cursor, Write as _};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/comments.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"/></Types>"#;

const PACKAGE: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"#;

const PARTS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments" Target="comments.xml"/></Relationships>"#;

const NAMES: &str = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main""#;

/// Whether a finding has a comment where none was asked for: what a reader has to look at.
pub fn is_commented(finding: &Finding) -> bool {
    matches!(finding.grade, Grade::Amiss | Grade::Review | Grade::Open)
}

/// The drafts, one behind the other, with their comments. Linear but for the sorting of the findings.
pub fn docx(drafts: &[(&Document, Vec<Finding>)]) -> io::Result<Vec<u8>> {
    let (mut body, mut comments, mut next) = (String::new(), String::new(), 0);
    for (document, findings) in drafts {
        if let Some(title) = document.title.as_deref().filter(|_| drafts.len() > 1) {
            paragraph(&mut body, &run(title));
        }
        written(&mut body, &document.text, findings, next);
        for finding in findings {
            comment(&mut comments, finding, next);
            next += 1;
        }
    }
    let head = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#;
    let document = format!("{head}\n<w:document {NAMES}><w:body>{body}</w:body></w:document>");
    let comments = format!("{head}\n<w:comments {NAMES}>{comments}</w:comments>");
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in [
        ("[Content_Types].xml", TYPES),
        ("_rels/.rels", PACKAGE),
        ("word/document.xml", &document),
        ("word/_rels/document.xml.rels", PARTS),
        ("word/comments.xml", &comments),
    ] {
        out.start_file(name, SimpleFileOptions::default())?;
        out.write_all(text.as_bytes())?;
    }
    Ok(out.finish()?.into_inner())
}

fn run(text: &str) -> String {
    format!(r#"<w:r><w:t xml:space="preserve">{}</w:t></w:r>"#, junit::xml(text))
}

fn paragraph(out: &mut String, inside: &str) {
    // Writing to a string cannot fail.
    let _ = write!(out, "<w:p>{inside}</w:p>");
}

/// The text, with marks where comments begin and end. `first` is the number of the first.
fn written(out: &mut String, text: &str, findings: &[Finding], first: usize) {
    // A comment ends before another begins at the same place.
    let mut marks: Vec<(usize, bool, usize)> = Vec::with_capacity(2 * findings.len());
    for (n, finding) in findings.iter().enumerate() {
        marks.push((finding.span.start as usize, true, first + n));
        marks.push((finding.span.end as usize, false, first + n));
    }
    marks.sort_unstable();
    let mut marks = marks.into_iter().peekable();
    let mut at = 0;
    for line in text.split('\n') {
        let end = at + line.len();
        let mut inside = String::new();
        let mut from = at;
        while let Some((place, begins, n)) = marks.next_if(|(place, ..)| *place <= end) {
            if place > from {
                inside += &run(&text[from..place]);
                from = place;
            }
            let _ = match begins {
                true => write!(inside, r#"<w:commentRangeStart w:id="{n}"/>"#),
                false => {
                    write!(inside, r#"<w:commentRangeEnd w:id="{n}"/><w:r><w:commentReference w:id="{n}"/></w:r>"#)
                }
            };
        }
        if from < end {
            inside += &run(text[from..end].trim_end_matches('\r'));
        }
        // Lines between paragraphs are empty.
        if !inside.is_empty() {
            paragraph(out, &inside);
        }
        at = end + 1;
    }
}

fn comment(out: &mut String, finding: &Finding, number: usize) {
    let _ = write!(out, r#"<w:comment w:id="{number}" w:author="sayso" w:initials="s">"#);
    paragraph(out, &run(&format!("{}: {}", finding.grade.name(), finding.message)));
    if let Some((source, span)) = finding.source {
        let words = source.text.get(span.range()).unwrap_or_default();
        let named = source.title.as_deref().unwrap_or(&source.id);
        paragraph(out, &run(&format!("{named}: {words}")));
    }
    out.push_str("</w:comment>");
}
