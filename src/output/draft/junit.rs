//! JUnit XML: a suite for each draft, a test for each finding. What fails is named by the caller; what no source tells is
//! skipped, with the reason.

use super::super::xml::escape;
use super::super::{Where, flat, shown};
use super::{Finding, Grade};
use crate::document::Document;
use std::fmt::Write;

/// The tests of some drafts. `fails` says which findings fail. Linear.
pub fn junit(drafts: &[(&Document, Vec<Finding>)], fails: &dyn Fn(&Finding) -> bool) -> String {
    let mut suites = String::new();
    let (mut tests, mut failures, mut skipped) = (0, 0, 0);
    for (document, findings) in drafts {
        let at = Where::new(document);
        let failed = findings.iter().filter(|finding| fails(finding)).count();
        let left = findings.iter().filter(|finding| !fails(finding) && is_skipped(finding)).count();
        let name = xml(&document.id);
        // Writing to a string cannot fail.
        let _ = writeln!(
            suites,
            "  <testsuite name=\"{name}\" tests=\"{}\" failures=\"{failed}\" errors=\"0\" skipped=\"{left}\">",
            findings.len()
        );
        for finding in findings {
            case(&mut suites, document, &at, finding, fails(finding));
        }
        suites.push_str("  </testsuite>\n");
        (tests, failures, skipped) = (tests + findings.len(), failures + failed, skipped + left);
    }
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"sayso verify\" tests=\"{tests}\" \
         failures=\"{failures}\" errors=\"0\" skipped=\"{skipped}\">\n{suites}</testsuites>\n"
    )
}

const fn is_skipped(finding: &Finding) -> bool {
    matches!(finding.grade, Grade::Open | Grade::None)
}

fn case(out: &mut String, document: &Document, at: &Where, finding: &Finding, fails: bool) {
    let (line, column) = at.line(finding.span.start);
    let written = flat(document.text.get(finding.span.range()).unwrap_or_default());
    let _ = write!(
        out,
        "    <testcase classname=\"{}\" name=\"{line}:{column} {}: {}\" file=\"{}\" line=\"{line}\"",
        xml(&document.id),
        finding.subject,
        xml(&written),
        xml(document.path.as_deref().unwrap_or(&document.id)),
    );
    let (message, words) = (xml(&finding.message), xml(&finding.words));
    let _ = match (fails, finding.grade) {
        (true, _) => writeln!(
            out,
            ">\n      <failure type=\"{}\" message=\"{message}\">{words}</failure>\n    </testcase>",
            xml(&finding.verdict)
        ),
        (false, Grade::Open | Grade::None) => {
            writeln!(out, ">\n      <skipped message=\"{message}\"/>\n    </testcase>")
        }
        (false, Grade::Amiss | Grade::Review) => {
            writeln!(out, ">\n      <system-out>{message}\n{words}</system-out>\n    </testcase>")
        }
        (false, Grade::Sound) => writeln!(out, "/>"),
    };
}

/// Text as XML 1.0 may hold it, in content and in attributes. Control characters, which it may not hold, are shown as
/// pictures of themselves.
pub(super) fn xml(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in shown(text).chars() {
        match escape(c) {
            Some(written) => out.push_str(written),
            None => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::Span;

    #[test]
    fn what_xml_may_not_hold_is_shown_or_escaped() {
        assert_eq!(xml("a<b> & \"c\"\u{1b}\u{ffff}\n"), "a&lt;b&gt; &amp; &quot;c&quot;␛\u{fffd}&#10;");
    }

    #[test]
    fn a_test_fails_if_the_caller_says_so_and_is_skipped_if_no_source_tells() {
        let document = Document::new("d.txt", "“It held.” 12 boats.");
        let finding = |grade, start, end| Finding {
            grade,
            subject: "quotation",
            verdict: "altered".into(),
            detail: Vec::new(),
            span: Span::new(start, end),
            words: "It <held>".into(),
            message: "m".into(),
            source: None,
            cell: None,
        };
        let drafts = [(&document, vec![finding(Grade::Amiss, 3, 11), finding(Grade::Open, 15, 17)])];
        let out = junit(&drafts, &|finding| finding.grade == Grade::Amiss);
        assert!(out.contains("tests=\"2\" failures=\"1\" errors=\"0\" skipped=\"1\""), "{out}");
        assert!(out.contains("<failure type=\"altered\" message=\"m\">It &lt;held&gt;</failure>"), "{out}");
        assert!(junit(&drafts, &|_| false).contains("<system-out>"));
    }
}
