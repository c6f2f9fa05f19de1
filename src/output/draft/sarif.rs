//! SARIF 2.1.0 (OASIS), which editors and code review show beside the lines: a result for each finding. What a source has
//! otherwise fails; what no source tells is `open`; what a source has passes.

use super::{Finding, Grade};
use crate::document::Document;
use crate::output::{Where, encoded};
use crate::span::Span;
use serde_json::{Value, json};

/// The log of some drafts.
pub fn sarif(drafts: &[(&Document, Vec<Finding>)]) -> Value {
    let mut rules: Vec<String> = Vec::new();
    let mut results = Vec::new();
    for (document, findings) in drafts {
        let draft = Placed::new(document);
        for finding in findings {
            let rule = format!("{}/{}", finding.subject, finding.verdict);
            let index = rules.iter().position(|one| *one == rule).unwrap_or_else(|| {
                rules.push(rule.clone());
                rules.len() - 1
            });
            let (kind, level) = match finding.grade {
                Grade::Amiss => ("fail", "error"),
                Grade::Review => ("fail", "warning"),
                Grade::Open => ("open", "none"),
                Grade::Sound => ("pass", "none"),
                Grade::None => ("notApplicable", "none"),
            };
            let mut result = json!({
                "ruleId": rule,
                "ruleIndex": index,
                "kind": kind,
                "level": level,
                "message": {"text": finding.message},
                "locations": [{"physicalLocation": draft.at(finding.span)}],
                "properties": {"grade": finding.grade, "detail": finding.detail, "words": finding.words},
            });
            if let Some((source, span)) = finding.source {
                let at = Placed::new(source).at(span);
                result["relatedLocations"] =
                    json!([{"id": 1, "message": {"text": "the source"}, "physicalLocation": at}]);
            }
            results.push(result);
        }
    }
    let rules: Vec<Value> =
        rules.iter().map(|rule| json!({"id": rule, "shortDescription": {"text": about(rule)}})).collect();
    json!({
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {"name": "sayso", "version": env!("CARGO_PKG_VERSION"), "rules": rules}},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    })
}

/// A document with its lines and its file.
struct Placed<'a> {
    document: &'a Document,
    lines: Where<'a>,
}

impl<'a> Placed<'a> {
    fn new(document: &'a Document) -> Self {
        Placed { document, lines: Where::new(document) }
    }

    /// A `physicalLocation`: with lines and columns where the file holds the text, and no line can be named else (a DOCX, a
    /// PDF).
    fn at(&self, span: Span) -> Value {
        let file = self.lines.file();
        let name = if file.holds { &file.name } else { self.document.path.as_ref().unwrap_or(&file.name) };
        let uri = json!({"uri": encoded(&name.replace('\\', "/"))});
        if !file.holds {
            return json!({"artifactLocation": uri});
        }
        let (line, column) = self.lines.line(span.start);
        let (last, after) = self.lines.line(span.end);
        let words = self.document.text.get(span.range()).unwrap_or_default();
        json!({
            "artifactLocation": uri,
            "region": {
                "startLine": line, "startColumn": column,
                "endLine": last, "endColumn": after,
                "snippet": {"text": words},
            },
        })
    }
}

/// What a rule says.
fn about(rule: &str) -> &'static str {
    match rule {
        "quotation/verbatim" => "A source has the same words in order",
        "quotation/elided" => "Words are left out at an ellipsis",
        "quotation/bracketed" => "A word is replaced or joined by an editor's brackets",
        "quotation/spliced" => "Passages that are not adjacent are run together with no mark",
        "quotation/altered" => "Words are substituted, dropped or added with no mark",
        "quotation/not-found" => "No source holds the quoted words",
        "figure/supported" => "A source states the figure",
        "figure/contradicted" => "A source states another value for the same thing",
        "figure/conflicting" => "Sources state different values",
        "figure/not-enough-evidence" => "No source speaks of the figure with enough confidence",
        _ => "Nothing about the figure can be compared",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_lines_of_the_file_and_what_no_line_can_be_named_of_has_none() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a b.txt");
        let text = "One.\n“É held.”\n";
        std::fs::write(&path, format!("---\nid: a\n---\n{text}")).unwrap();
        let document = Document { path: Some(path.display().to_string()), ..Document::new("a", text) };
        let finding = Finding {
            grade: Grade::Open,
            subject: "quotation",
            verdict: "not-found".into(),
            detail: Vec::new(),
            span: Span::at(8, 16),
            words: "É held.".into(),
            message: "m".into(),
            source: None,
            cell: None,
        };
        let drafts = [(&document, vec![finding])];
        let log = sarif(&drafts);
        let result = &log["runs"][0]["results"][0];
        assert_eq!((result["kind"].as_str(), result["level"].as_str()), (Some("open"), Some("none")));
        let at = &result["locations"][0]["physicalLocation"];
        assert!(at["artifactLocation"]["uri"].as_str().is_some_and(|uri| uri.ends_with("a%20b.txt")));
        assert_eq!(at["region"]["startLine"], 5);
        assert_eq!((&at["region"]["startColumn"], &at["region"]["endColumn"]), (&json!(2), &json!(9)));
        assert_eq!(at["region"]["snippet"]["text"], "É held.");
        std::fs::remove_file(&path).unwrap();
        assert!(sarif(&drafts)["runs"][0]["results"][0]["locations"][0]["physicalLocation"].get("region").is_none());
    }
}
