//! A table as a complete HTML page: well-formed, without scripts, for browsers, word processors and mail programs.

use super::{Cell, Row, Tone};

/// The page up to the first row. `caption` describes what the table lists.
pub(super) fn header<S: AsRef<str>>(out: &mut Vec<u8>, caption: &str, names: &[S]) {
    const HEAD: &str = "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
        <meta name=\"generator\" content=\"sayso\">\n<meta name=\"color-scheme\" content=\"light dark\">\n<title>";
    const STYLE: &str = "</title>\n<style>\nbody { font: 15px/1.45 system-ui, sans-serif; margin: 2rem; }\n\
        table { border-collapse: collapse; }\ncaption { font-weight: 600; text-align: left; padding: 0 0 .6rem; }\n\
        th, td { text-align: left; vertical-align: top; padding: .25rem .8rem .25rem 0; border-bottom: 1px solid #8884; }\n\
        td { white-space: pre-line; }\ntd.right { text-align: right; }\n.dim { opacity: .65; }\n\
        .strong, .name { font-weight: 600; }\n.good { color: #17803d; }\n.warn { color: #a15c00; }\n.bad { color: #c0262d; }\n\
        </style>\n</head>\n<body>\n<table>\n<caption>";
    out.extend_from_slice(HEAD.as_bytes());
    escape(out, caption);
    out.extend_from_slice(STYLE.as_bytes());
    escape(out, caption);
    out.extend_from_slice(b"</caption>\n<thead><tr>");
    for name in names {
        out.extend_from_slice(b"<th scope=\"col\">");
        escape(out, name.as_ref());
        out.extend_from_slice(b"</th>");
    }
    out.extend_from_slice(b"</tr></thead>\n<tbody>\n");
}

/// One row.
pub(super) fn row(out: &mut Vec<u8>, row: &Row) {
    out.extend_from_slice(b"<tr>");
    for cell in row {
        let class = class(cell);
        match class.is_empty() {
            true => out.extend_from_slice(b"<td>"),
            false => out.extend_from_slice(format!("<td class=\"{class}\">").as_bytes()),
        }
        escape(out, &cell.text);
        out.extend_from_slice(b"</td>");
    }
    out.extend_from_slice(b"</tr>\n");
}

/// The page after the last row.
pub(super) const FOOTER: &[u8] = b"</tbody>\n</table>\n</body>\n</html>\n";

fn class(cell: &Cell) -> &'static str {
    match (cell.right, cell.tone) {
        (true, _) => "right",
        (_, Tone::Plain) => "",
        (_, Tone::Dim) => "dim",
        (_, Tone::Strong) => "strong",
        (_, Tone::Name) => "name",
        (_, Tone::Good) => "good",
        (_, Tone::Warn) => "warn",
        (_, Tone::Bad) => "bad",
    }
}

/// Escapes text for HTML. Leaves out characters that HTML does not allow.
fn escape(out: &mut Vec<u8>, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.extend_from_slice(b"&amp;"),
            '<' => out.extend_from_slice(b"&lt;"),
            '>' => out.extend_from_slice(b"&gt;"),
            '"' => out.extend_from_slice(b"&quot;"),
            '\n' | '\t' => out.push(c as u8),
            c if c.is_control() => {}
            c => out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_html_would_read_is_escaped() {
        let mut out = Vec::new();
        header(&mut out, "claims <1>", &["a&b"]);
        row(&mut out, &vec![Cell::plain("<script>\u{7}"), Cell::number(4), Cell::plain("“x” \"y\"").tone(Tone::Bad)]);
        out.extend_from_slice(FOOTER);
        let page = String::from_utf8(out).unwrap();
        assert!(
            page.contains(
                "<caption>claims &lt;1&gt;</caption>\n<thead><tr><th scope=\"col\">a&amp;b</th></tr></thead>"
            )
        );
        let row =
            "<tr><td>&lt;script&gt;</td><td class=\"right\">4</td><td class=\"bad\">“x” &quot;y&quot;</td></tr>\n";
        assert!(page.contains(row), "{page}");
        for tag in ["html", "head", "body", "table", "caption", "thead", "tbody", "tr", "title", "style"] {
            let (open, close) = (page.matches(&format!("<{tag}")).count(), page.matches(&format!("</{tag}>")).count());
            let heads = if tag == "head" { page.matches("<header").count() } else { 0 };
            assert_eq!(open - heads, close, "{tag}");
        }
    }
}
