//! Text within XML 1.0, in content and in attributes.

/// How a character is written that means something else there, or that XML has no place for; none where it stands as it is.
pub(super) const fn escape(c: char) -> Option<&'static str> {
    Some(match c {
        '&' => "&amp;",
        '<' => "&lt;",
        '>' => "&gt;",
        '"' => "&quot;",
        '\n' => "&#10;",
        '\t' => "&#9;",
        '\u{fffe}' | '\u{ffff}' => "\u{fffd}",
        _ => return None,
    })
}
