//! The forms of English words, by rule: `argue` gives `argues argued arguing`, `reply` gives `replies replied replying`. `say`,
//! which has a row in `irregular.tsv`, gives `says said saying`.
//!
//! The rules follow Quirk et al., A Comprehensive Grammar of the English Language (1985), 3.5–3.10 and 5.79–5.81. No rule for a
//! verb's forms doubles a final consonant: verbs that double it are in `irregular.tsv`. The stems are those of a light stemmer
//! (endings of plural, past and participle, after Porter 1980, first steps).

use crate::language::inflect::{Case, Ending, Endings, Forms, WordForms};
use std::borrow::Cow;

/// English.
pub(super) struct English;

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

/// The ends of regular plurals from which `-es` is taken: `boxes`.
const SIBILANT_PLURALS: [&str; 5] = ["sses", "shes", "ches", "xes", "zzes"];

impl WordForms for English {
    fn case(&self, word: &str) -> Case {
        let bytes = word.as_bytes();
        let Some(first) = bytes.first() else { return Case::Lower };
        if first.is_ascii() {
            return match (first.is_ascii_uppercase(), bytes.len() > 1 && !bytes.iter().any(u8::is_ascii_lowercase)) {
                (false, _) => Case::Lower,
                (true, true) => Case::Upper,
                (true, false) => Case::Capital,
            };
        }
        match word.chars().next().is_some_and(char::is_uppercase) {
            false => Case::Lower,
            true if word.chars().count() > 1 && !word.chars().any(char::is_lowercase) => Case::Upper,
            true => Case::Capital,
        }
    }

    fn endings(&self, word: &[u8]) -> Endings {
        match word {
            [.., b's', b's'] => const { Endings::of(&[Ending::Plural]) },
            [.., b's'] => const { Endings::of(&[Ending::Plural, Ending::ClearPlural]) },
            [.., b'e', b'd'] => const { Endings::of(&[Ending::Past]) },
            [.., b'i', b'n', b'g'] => const { Endings::of(&[Ending::Gerund]) },
            [.., b'l', b'y'] => const { Endings::of(&[Ending::Adverb]) },
            [.., b'e', b'r'] => const { Endings::of(&[Ending::Comparative]) },
            [.., b'e', b's', b't'] => const { Endings::of(&[Ending::Superlative]) },
            _ => Endings::default(),
        }
    }

    fn looks_plural(&self, word: &str) -> bool {
        (word.len() > 3 || is_initials(word)) && word.ends_with(['s', 'S']) && !keeps_s(word)
    }

    fn looks_past(&self, word: &str) -> bool {
        let lower = word.starts_with(|c: char| c.is_ascii_lowercase());
        word.len() > 4 && word.ends_with("ed") && !word.ends_with("eed") && lower
    }

    fn ends_as_person(&self, word: &str) -> bool {
        const ENDINGS: [&str; 8] = ["ist", "ists", "ian", "ians", "man", "men", "woman", "women"];
        ENDINGS.iter().any(|ending| word.len() > ending.len() + 2 && word.ends_with(ending))
    }

    fn verb(&self, base: &str) -> Vec<(String, Forms)> {
        vec![
            (base.to_owned(), Forms::BASE),
            (self.plural(base), Forms::PRESENT),
            (past(base), Forms::PAST.with(Forms::PARTICIPLE)),
            (gerund(base), Forms::GERUND),
        ]
    }

    /// It is spelled like the third person of a verb.
    fn plural(&self, noun: &str) -> String {
        // `human` and `Roman` are no men.
        let man = noun.strip_suffix("man").filter(|root| !matches!(*root, "" | "hu" | "ro" | "ger"));
        match man {
            Some(root) => format!("{root}men"),
            None if ends_in_consonant_y(noun) => format!("{}ies", &noun[..noun.len() - 1]),
            None if hisses(noun) => format!("{noun}es"),
            None => format!("{noun}s"),
        }
    }

    fn singular(&self, word: &str) -> String {
        if is_initials(word) {
            return word[..2].to_lowercase();
        }
        let word = word.to_lowercase();
        let without = |cut: usize, add: &str| format!("{}{add}", &word[..word.len() - cut]);
        match () {
            () if word.len() < 4 || !word.ends_with('s') || keeps_s(&word) => word,
            () if word.ends_with("ies") && word.len() > 4 => without(3, "y"),
            () if SIBILANT_PLURALS.iter().any(|ending| word.ends_with(ending)) || word.ends_with("oes") => {
                without(2, "")
            }
            () => without(1, ""),
        }
    }

    fn stem<'w>(&self, word: &'w str) -> Cow<'w, str> {
        let ends = |end: &str, left: usize| word.ends_with(end) && word.len() >= end.len() + left;
        let cut = |n: usize| &word[..word.len() - n];
        let bears = matches!(word.as_bytes(), [.., b's' | b'd' | b'g']) && word.is_ascii();
        let stem = if !bears {
            word
        } else if ends("ies", 2) || ends("ied", 2) {
            // It ends in `y`, which leaves nothing more to cut.
            return Cow::Owned(cut(3).to_owned() + "y");
        } else if ends("sses", 1) || ends("shes", 2) || ends("ches", 2) || ends("xes", 2) {
            cut(2)
        } else if ends("s", 3) && !keeps_s(word) {
            cut(1)
        } else if ends("ing", 3) {
            undouble(cut(3))
        } else if ends("ed", 3) {
            undouble(cut(2))
        } else {
            word
        };
        Cow::Borrowed(stem.strip_suffix('e').filter(|short| short.len() >= 3).unwrap_or(stem))
    }

    fn of_stem(&self, stem: &str) -> Vec<String> {
        let mut forms: Vec<String> =
            ["", "e", "s", "es", "ed", "eed", "ing", "eing"].map(|end| format!("{stem}{end}")).into();
        match stem.as_bytes() {
            [head @ .., b'y'] => forms.extend(["ies", "ied"].map(|end| format!("{}{end}", &stem[..head.len()]))),
            [.., last] => forms.extend(["ed", "ing"].map(|end| format!("{stem}{}{end}", *last as char))),
            [] => {}
        }
        forms
    }

    /// `vote` gives `vote votes voted voting`; `cities` gives `cities city` and some forms that are not words. A word that is not
    /// three or more ASCII letters has no other forms.
    fn variants(&self, word: &str) -> Vec<String> {
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
            for form in [self.plural(&base), past(&stem), gerund(&stem)] {
                add(form);
            }
            add(base);
        }
        all
    }

    fn are_forms(&self, one: &str, other: &str) -> bool {
        const ENDINGS: [&str; 10] = ["", "s", "es", "d", "ed", "ing", "e", "ies", "ied", "y"];
        let same = one.chars().zip(other.chars()).take_while(|(x, y)| x == y);
        let shared: usize = same.map(|(c, _)| c.len_utf8()).sum();
        one != other && shared >= 3 && ENDINGS.contains(&&one[shared..]) && ENDINGS.contains(&&other[shared..])
    }

    fn denies(&self, one: &str, other: &str) -> bool {
        const SURE: [&str; 2] = ["un", "non"];
        // These deny adjectives; before other words they may say anything (`form`, `inform`).
        const LATIN: [&str; 5] = ["in", "im", "il", "ir", "dis"];
        const ADJECTIVES: [&str; 11] = ["able", "ible", "al", "ant", "ent", "ate", "ect", "ive", "ous", "ure", "ular"];
        let (short, long) = if one.len() < other.len() { (one, other) } else { (other, one) };
        let begins = |with: &[&str]| with.iter().any(|un| long.strip_prefix(un) == Some(short));
        short.len() >= 4 && (begins(&SURE) || (begins(&LATIN) && ADJECTIVES.iter().any(|end| short.ends_with(end))))
    }
}

/// `CDs`, `TVs`
fn is_initials(word: &str) -> bool {
    word.len() == 3 && word.ends_with('s') && word.as_bytes()[..2].iter().all(u8::is_ascii_uppercase)
}

/// Whether the -s at the end of a word is its own: `glass`, `bus`, `crisis`.
fn keeps_s(word: &str) -> bool {
    ["ss", "us", "is"].iter().any(|end| word.ends_with(end))
}

/// The regular past of a verb.
fn past(base: &str) -> String {
    match base.as_bytes() {
        [.., b'e'] => format!("{base}d"),
        _ if ends_in_consonant_y(base) => format!("{}ied", &base[..base.len() - 1]),
        _ => format!("{base}ed"),
    }
}

/// The regular -ing form of a verb.
fn gerund(base: &str) -> String {
    match base.as_bytes() {
        [.., b'i', b'e'] => format!("{}ying", &base[..base.len() - 2]),
        [.., b'e', b'e'] | [.., b'o', b'e'] => format!("{base}ing"),
        [.., b'e'] => format!("{}ing", &base[..base.len() - 1]),
        _ => format!("{base}ing"),
    }
}

/// Whether a word takes `-es`: `box`, `church`.
fn hisses(word: &str) -> bool {
    ["s", "x", "z", "ch", "sh"].iter().any(|tail| word.ends_with(tail))
}

fn ends_in_consonant_y(word: &str) -> bool {
    matches!(word.as_bytes(), [.., before, b'y'] if !b"aeiou".contains(before))
}

/// The possible base forms of a word. A word without an inflectional ending is its own base.
fn bases(word: &str) -> Vec<String> {
    if let Some(stem) = word.strip_suffix("ies").filter(|s| s.len() >= 2) {
        return vec![format!("{stem}y"), format!("{stem}ie")];
    }
    if word.ends_with('s') && !keeps_s(word) && word.len() >= 4 {
        let stem = &word[..word.len() - 1];
        let hissing = stem.strip_suffix('e').filter(|s| hisses(s));
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

/// `stopp` is `stop`; `kill` stays, as do `pass` and `buzz`.
fn undouble(stem: &str) -> &str {
    let bytes = stem.as_bytes();
    if let [.., a, b] = bytes
        && a == b
        && !matches!(b, b'l' | b's' | b'z' | b'a' | b'e' | b'o')
        && bytes.len() > 3
    {
        // A letter whose two last bytes are one is of ASCII.
        return stem.strip_suffix(char::from(*b)).unwrap_or(stem);
    }
    stem
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
            let found: Vec<String> = English.verb(base).into_iter().map(|(form, _)| form).collect();
            assert_eq!(found.join(" "), forms);
        }
    }

    #[test]
    fn some_words_have_an_ending() {
        for word in ["boats", "glass", "argued", "arguing", "sharply", "higher", "highest"] {
            assert!(English.endings(word.as_bytes()) != Endings::default(), "{word}");
        }
        assert!(English.endings(b"also") == Endings::default());
        assert!(English.ends("glass", Ending::Plural) && !English.ends("glass", Ending::ClearPlural));
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
            assert_eq!(English.plural(noun), expected);
        }
    }

    #[test]
    fn regular_plurals_have_a_singular() {
        for (plural, expected) in [
            ("retweets", "retweet"),
            ("companies", "company"),
            ("classes", "class"),
            ("boxes", "box"),
            ("churches", "church"),
            ("houses", "house"),
            ("heroes", "hero"),
            ("gas", "gas"),
            ("bus", "bus"),
            ("glass", "glass"),
            ("CDs", "cd"),
        ] {
            assert_eq!(English.singular(plural), expected);
        }
    }

    #[test]
    fn capitals_tell_names() {
        for (word, case) in [
            ("Harrow", Case::Capital),
            ("US", Case::Upper),
            ("I", Case::Capital),
            ("iPhone", Case::Lower),
            ("Örebro", Case::Capital),
            ("ÅÄÖ", Case::Upper),
            ("", Case::Lower),
        ] {
            assert_eq!(English.case(word), case, "{word}");
        }
    }

    #[test]
    fn forms_and_denials() {
        for (a, b, denied, inflected) in [
            ("safe", "unsafe", true, false),
            ("legal", "illegal", true, false),
            ("possible", "impossible", true, false),
            ("cost", "costs", false, true),
            ("inspect", "inspected", false, true),
            ("carry", "carries", false, true),
            ("boat", "ship", false, false),
            ("late", "later", false, false),
            ("form", "inform", false, false),
        ] {
            assert_eq!((English.denies(a, b), English.are_forms(a, b)), (denied, inflected), "{a} {b}");
        }
    }

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
            let all = English.variants(word);
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
            assert!(!English.variants(word).iter().any(|f| f == wrong), "{word} gave {wrong}");
        }
    }
}
