//! The inflected forms of English verbs and nouns, by rule: `argue` gives `argues argued arguing`, `reply` gives
//! `replies replied replying`. `say`, which has a row in the table of exceptions, gives `says said saying`.
//!
//! The rules follow Quirk et al., A Comprehensive Grammar of the English Language (1985), 3.5–3.10 and 5.79–5.81. No
//! rule doubles a final consonant: verbs that double it are in `irregular.tsv`.

/// The forms that a verb can take, as a set of bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Forms(pub u8);

impl Forms {
    /// `say`
    pub const BASE: Forms = Forms(1);
    /// `says`
    pub const PRESENT: Forms = Forms(2);
    /// `said`
    pub const PAST: Forms = Forms(4);
    /// `has said`, `was said`
    pub const PARTICIPLE: Forms = Forms(8);
    /// `saying`
    pub const GERUND: Forms = Forms(16);

    /// Whether the two share a form.
    pub const fn has(self, other: Forms) -> bool {
        self.0 & other.0 != 0
    }

    /// The union of two sets.
    pub const fn with(self, other: Forms) -> Forms {
        Forms(self.0 | other.0)
    }
}

/// The regular forms of a verb, including its base form.
pub fn verb(base: &str) -> Vec<(String, Forms)> {
    vec![
        (base.to_owned(), Forms::BASE),
        (plural(base), Forms::PRESENT),
        (past(base), Forms::PAST.with(Forms::PARTICIPLE)),
        (gerund(base), Forms::GERUND),
    ]
}

/// The regular past of a verb.
pub fn past(base: &str) -> String {
    match base.as_bytes() {
        [.., b'e'] => format!("{base}d"),
        _ if ends_in_consonant_y(base) => format!("{}ied", &base[..base.len() - 1]),
        _ => format!("{base}ed"),
    }
}

/// The regular -ing form of a verb.
pub fn gerund(base: &str) -> String {
    match base.as_bytes() {
        [.., b'i', b'e'] => format!("{}ying", &base[..base.len() - 2]),
        [.., b'e', b'e'] | [.., b'o', b'e'] => format!("{base}ing"),
        [.., b'e'] => format!("{}ing", &base[..base.len() - 1]),
        _ => format!("{base}ing"),
    }
}

/// The plural of a noun. It is spelled like the third person of a verb.
pub fn plural(noun: &str) -> String {
    if let Some(stem) =
        noun.strip_suffix("man").filter(|stem| !stem.is_empty() && !matches!(*stem, "hu" | "ro" | "ger"))
    {
        return format!("{stem}men");
    }
    if ends_in_consonant_y(noun) {
        return format!("{}ies", &noun[..noun.len() - 1]);
    }
    match hisses(noun) {
        true => format!("{noun}es"),
        false => format!("{noun}s"),
    }
}

/// Whether a word takes `-es`: `box`, `church`.
pub fn hisses(word: &str) -> bool {
    ["s", "x", "z", "ch", "sh"].iter().any(|tail| word.ends_with(tail))
}

fn ends_in_consonant_y(word: &str) -> bool {
    matches!(word.as_bytes(), [.., before, b'y'] if !b"aeiou".contains(before))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verbs_follow_the_rules() {
        for (base, forms) in [
            ("argue", "argue argues argued arguing"),
            ("reply", "reply replies replied replying"),
            ("stress", "stress stresses stressed stressing"),
            ("voice", "voice voices voiced voicing"),
            ("agree", "agree agrees agreed agreeing"),
            ("convey", "convey conveys conveyed conveying"),
        ] {
            let found: Vec<String> = verb(base).into_iter().map(|(form, _)| form).collect();
            assert_eq!(found.join(" "), forms);
        }
    }

    #[test]
    fn nouns_follow_the_rules() {
        for (noun, expected) in [
            ("spokeswoman", "spokeswomen"),
            ("ally", "allies"),
            ("coach", "coaches"),
            ("aide", "aides"),
            ("human", "humans"),
        ] {
            assert_eq!(plural(noun), expected);
        }
    }
}
