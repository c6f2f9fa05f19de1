//! UIMA CAS in XMI (OASIS UIMA 1.0; the form of Apache UIMA), which INCEpTION, DKPro and `dkpro-cassis` read: the text as the
//! subject of analysis, an annotation for each piece, in UTF-16 code units. `TypeSystem.xml` beside the documents names the
//! types. A control character, which XML has no place for, is a space there, so that every place stays.

use super::marked::{LABELS, Marked};
use super::xml::escape;
use crate::document::Document;
use crate::offsets::{OffsetMap, Offsets};
use std::fmt::Write;

/// The name of the file with the types.
pub(super) const TYPES: &str = "TypeSystem.xml";

/// The types, as a description of UIMA.
pub(super) fn types() -> String {
    let feature = |name: &str, range: &str| {
        format!(
            "<featureDescription><name>{name}</name><description/><rangeTypeName>{range}</rangeTypeName></featureDescription>"
        )
    };
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<typeSystemDescription xmlns=\"http://uima.apache.org/resourceSpecifier\"><types>\n",
    );
    for label in LABELS {
        let features = match label {
            "Quote" => feature("piece", "uima.cas.Integer") + &feature("saidBy", "sayso.Source"),
            _ => String::new(),
        };
        // Writing to a string cannot fail.
        let _ = writeln!(
            out,
            "<typeDescription><name>sayso.{label}</name><description/><supertypeName>uima.tcas.Annotation</supertypeName>\
             <features>{features}</features></typeDescription>"
        );
    }
    out + "</types></typeSystemDescription>\n"
}

/// A document with its annotations. The pieces of a quotation are numbered from 0.
pub(super) fn cas(document: &Document, found: &Marked) -> String {
    /// The number of the subject of analysis.
    const SOFA: usize = 1;
    let places = OffsetMap::new(&document.text, Offsets::Utf16);
    // The first piece of each mark, by its number in the list.
    let mut numbers = Vec::with_capacity(found.marks.len());
    let mut next = SOFA + 1;
    for mark in &found.marks {
        numbers.push(next);
        next += mark.pieces.len();
    }
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<xmi:XMI xmlns:xmi=\"http://www.omg.org/XMI\" \
         xmlns:cas=\"http:///uima/cas.ecore\" xmlns:sayso=\"http:///sayso.ecore\" xmi:version=\"2.0\">\n<cas:NULL xmi:id=\"0\"/>\n",
    );
    let mut members = String::new();
    for (mark, first) in found.marks.iter().zip(&numbers) {
        for (n, piece) in mark.pieces.iter().enumerate() {
            let id = first + n;
            let _ = write!(
                out,
                "<sayso:{} xmi:id=\"{id}\" sofa=\"{SOFA}\" begin=\"{}\" end=\"{}\"",
                mark.label,
                places.at(piece.start),
                places.at(piece.end)
            );
            if mark.label == "Quote" {
                let _ = write!(out, " piece=\"{n}\"");
            }
            if let Some(source) = mark.by.and_then(|by| numbers.get(by)) {
                let _ = write!(out, " saidBy=\"{source}\"");
            }
            out.push_str("/>\n");
            let _ = write!(members, "{}{id}", if members.is_empty() { "" } else { " " });
        }
    }
    let _ = write!(
        out,
        "<cas:Sofa xmi:id=\"{SOFA}\" sofaNum=\"1\" sofaID=\"_InitialView\" mimeType=\"text\" sofaString=\"{}\"/>\n\
         <cas:View sofa=\"{SOFA}\" members=\"{members}\"/>\n</xmi:XMI>\n",
        attribute(&document.text)
    );
    out
}

/// A text as an attribute holds it, each code unit at its place.
fn attribute(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 16);
    for c in text.chars() {
        match (escape(c), c) {
            (Some(written), _) => out.push_str(written),
            (None, '\r') => out.push_str("&#13;"),
            (None, c) if c < ' ' => out.push(' '),
            (None, c) => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::extract;

    #[test]
    fn annotations_cover_their_words_in_utf16() {
        let text = "Rain 𝄞 fell. “No ferry will sail,” said Tomas <Reed>.\n“We have 3,200 people,” he added.\u{1}";
        let document = Document::new("a", text);
        let found = Marked::of(&extract(&document), &|_, _| true);
        let cas = cas(&document, &found);
        let units: Vec<u16> = text.encode_utf16().collect();
        let value = |line: &str, name: &str| -> usize {
            line.split(&format!(" {name}=\"")).nth(1).unwrap().split('"').next().unwrap().parse().unwrap()
        };
        let words = |line: &str| String::from_utf16(&units[value(line, "begin")..value(line, "end")]).unwrap();
        let quotes: Vec<&str> = cas.lines().filter(|line| line.starts_with("<sayso:Quote ")).collect();
        assert_eq!(words(quotes[0]), "“No ferry will sail,”");
        let source = format!("xmi:id=\"{}\"", value(quotes[0], "saidBy"));
        let source = cas.lines().find(|line| line.starts_with("<sayso:Source ") && line.contains(&source)).unwrap();
        assert!(words(source).starts_with("Tomas"), "{source}");
        // The text is whole: every unit has its place, and none is what XML forbids.
        assert!(cas.contains("Tomas &lt;Reed&gt;.&#10;“We") && cas.contains("added. \"/>"), "{cas}");
        assert_eq!(types().matches("<typeDescription>").count(), LABELS.len());
    }
}
