//! The inflected forms of an English word, by rule. It takes a word of a query and gives the word and its regular
//! inflections. Stemming the text instead would make indexing six times as expensive and lose the exact word. Forms
//! that are not words do no harm, because the index does not contain them.
//!
//! `vote` gives `vote votes voted voting`; `cities` gives `cities city` and some forms that are not words.

use sayso_core::language::inflect;

/// Words that look inflected but are not, or whose stem is a different word.
const WHOLE: [&str; 26] = [
    "always",
    "bring",
    "during",
    "evening",
    "ever",
    "king",
    "morning",
    "news",
    "nothing",
    "perhaps",
    "politics",
    "red",
    "series",
    "sing",
    "something",
    "species",
    "spring",
    "string",
    "thing",
    "thus",
    "united",
    "various",
    "wing",
    "does",
    "lies",
    "anything",
];

/// The word itself, then its other forms, each once. `word` must be folded. A word that is not three or more ASCII
/// letters has no other forms.
pub(crate) fn forms(word: &str) -> Vec<String> {
    let mut all = vec![word.to_owned()];
    if word.len() < 3 || !word.bytes().all(|b| b.is_ascii_lowercase()) || WHOLE.contains(&word) {
        return all;
    }
    let mut add = |form: String| {
        if !all.contains(&form) {
            all.push(form);
        }
    };
    for base in bases(word) {
        // `ban` gives `banned`. The shared rules leave doubled letters to a table of exceptions.
        let stem = if doubles(&base) { format!("{base}{}", &base[base.len() - 1..]) } else { base.clone() };
        for form in [inflect::plural(&base), inflect::past(&stem), inflect::gerund(&stem)] {
            add(form);
        }
        add(base);
    }
    all
}

/// The possible base forms of a word. A word without an inflectional ending is its own base.
fn bases(word: &str) -> Vec<String> {
    if let Some(stem) = word.strip_suffix("ies").filter(|s| s.len() >= 2) {
        return vec![format!("{stem}y"), format!("{stem}ie")];
    }
    if word.ends_with('s') && !["ss", "us", "is"].iter().any(|end| word.ends_with(end)) && word.len() >= 4 {
        let stem = &word[..word.len() - 1];
        let hissing = stem.strip_suffix('e').filter(|s| inflect::hisses(s));
        return [Some(stem), hissing].into_iter().flatten().map(str::to_owned).collect();
    }
    let stem = word.strip_suffix("ing").or_else(|| word.strip_suffix("ed")).filter(|s| s.len() >= 3 && has_vowel(s));
    let Some(stem) = stem else { return vec![word.to_owned()] };
    if let Some(short) = stem.strip_suffix('i') {
        return vec![format!("{short}y")];
    }
    let bytes = stem.as_bytes();
    let last = bytes[bytes.len() - 1];
    let doubled = bytes[bytes.len() - 2] == last && !is_vowel(last);
    if doubled && !matches!(last, b's' | b'l' | b'z' | b'f') {
        return vec![stem[..stem.len() - 1].to_owned()];
    }
    match (doubled, doubles(stem)) {
        (true, _) => vec![stem.to_owned(), stem[..stem.len() - 1].to_owned()],
        (false, true) => vec![format!("{stem}e")],
        (false, false) => vec![stem.to_owned(), format!("{stem}e")],
    }
}

fn is_vowel(byte: u8) -> bool {
    matches!(byte, b'a' | b'e' | b'i' | b'o' | b'u')
}

fn has_vowel(word: &str) -> bool {
    word.bytes().any(|b| is_vowel(b) || b == b'y')
}

/// Whether the last letter doubles before an ending: true of one syllable of consonant, vowel, consonant (`ban`,
/// `plan`).
fn doubles(base: &str) -> bool {
    let b = base.as_bytes();
    let n = b.len();
    n >= 3
        && !is_vowel(b[n - 1])
        && !matches!(b[n - 1], b'w' | b'x' | b'y')
        && is_vowel(b[n - 2])
        && b[..n - 2].iter().all(|c| !is_vowel(*c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widens_by_rule() {
        for (word, expected) in [
            ("vote", "votes voted voting"),
            ("votes", "vote voted voting"),
            ("voted", "vote votes voting"),
            ("ban", "bans banned banning"),
            ("banned", "ban bans"),
            ("city", "cities"),
            ("cities", "city"),
            ("churches", "church"),
            ("denied", "deny denies denying"),
            ("walking", "walk walked walks"),
            ("passed", "pass passes"),
            ("agree", "agrees agreed agreeing"),
        ] {
            let all = forms(word);
            assert_eq!(all[0], word);
            for form in expected.split(' ') {
                assert!(all.iter().any(|f| f == form), "{word}: {form} not in {all:?}");
            }
        }
    }

    #[test]
    fn leaves_alone_what_bears_no_ending() {
        for (word, wrong) in [
            ("news", "new"),
            ("united", "unit"),
            ("rated", "rat"),
            ("this", "thi"),
            ("campus", "campu"),
            ("glass", "glas"),
            ("u.s", "u.ss"),
            ("1200", "1200s"),
            ("us", "uss"),
            ("string", "str"),
        ] {
            assert!(!forms(word).iter().any(|f| f == wrong), "{word} gave {wrong}");
        }
    }
}
