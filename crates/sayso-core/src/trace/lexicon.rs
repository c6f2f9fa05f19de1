//! Words that matter when a quotation is laid beside its source (`language/en/quoted_words.tsv`): those that soften what
//! is said, those that tell nobody apart, and the beginnings that deny a word.

use crate::language::figures::Class;
use crate::language::lists::List;
use crate::language::reporting::Mode;
use crate::language::{self, PerLanguage, tsv};
use crate::words::{base, key};
use std::collections::{HashMap, HashSet};

static CLASSES: PerLanguage<[HashSet<&'static str>; 8]> = PerLanguage::new(|language| {
    let of = |class: &str| {
        let rows = tsv::rows(language.tables.trace.quoted_words);
        rows.filter(|row| row.list(1).any(|one| one == class)).map(|row| row.cell(0)).collect()
    };
    [
        of("hedge"),
        of("common"),
        of("voice"),
        of("condition"),
        of("mouth"),
        of("supposed"),
        of("doubtful"),
        of("hearsay"),
    ]
});

/// Whether a word softens what is said: `may`, `about`, `reportedly`.
pub(super) fn is_hedge(written: &str) -> bool {
    CLASSES.compared()[0].contains(written.to_lowercase().as_str())
}

/// Whether a word makes what was said depend on something: `unless`, `if`.
pub(super) fn is_condition(written: &str) -> bool {
    CLASSES.compared()[3].contains(written.to_lowercase().as_str())
}

/// Whether two words before a clause soften all of it: `thought to`, `risk that`, `I hear`.
pub(super) fn softens(first: &str, second: &str) -> bool {
    let [.., supposed, doubtful, hearsay] = CLASSES.compared();
    let (one, two) = (first.to_lowercase(), second.to_lowercase());
    let (one, two) = (one.as_str(), two.as_str());
    match two {
        "to" => supposed.contains(one),
        "that" | "of" => doubtful.contains(one),
        _ => is_own_voice(first) && hearsay.contains(two),
    }
}

/// Whether a word means the speaker: `I`, `we`.
pub(super) fn is_own_voice(written: &str) -> bool {
    language::compared().lexicon.lists.has(List::OwnVoices, written)
}

/// Whether a word is a form of a verb that says whose words or thoughts a clause holds, and does not show that it is so:
/// `say`, `thinks`, not `shows`.
pub(super) fn reports(written: &str) -> bool {
    /// Almost always an attribution: `know` is none, as what is known is so.
    const SURE: u8 = 3;
    let lexicon = &language::compared().lexicon;
    let mut frames = lexicon.reporting.verb(lexicon.words.get(&written.to_lowercase()));
    let told = |mode: Mode| matches!(mode, Mode::Speech | Mode::Thought);
    frames.any(|(frame, _)| frame.rest.is_empty() && frame.strength == SURE && told(frame.mode))
}

/// Whether a lower-case word stands in many names and titles: `office`, `spokesman`, `the`.
pub(super) fn is_common(word: &str) -> bool {
    CLASSES.compared()[1].contains(word) || is_voice(word)
}

/// Whether a lower-case word joins an office with who speaks for it: `spokesman`, `for`.
pub(super) fn is_voice(word: &str) -> bool {
    CLASSES.compared()[2].contains(word) || is_mouth(word)
}

/// Whether a lower-case word names one who speaks for another: `spokesman`.
pub(super) fn is_mouth(word: &str) -> bool {
    CLASSES.compared()[4].contains(word)
}

/// What a word does in a stage direction (`language/en/stage_words.tsv`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    /// It begins or ends a direction: `applause`, `crosstalk`.
    Told,
    /// Something begins to be played.
    Opens,
    /// It ends.
    Closes,
    /// It stands beside the others.
    With,
}

struct StageWords {
    stage: HashMap<&'static str, Stage>,
    anyone: HashSet<&'static str>,
}

static STAGE: PerLanguage<StageWords> = PerLanguage::new(|language| {
    let mut words = StageWords { stage: HashMap::new(), anyone: HashSet::new() };
    for row in tsv::rows(language.tables.trace.stage_words) {
        for class in row.list(1) {
            let stage = match class {
                "stage" => Stage::Told,
                "opens" => Stage::Opens,
                "closes" => Stage::Closes,
                "with" => Stage::With,
                _ => {
                    words.anyone.insert(row.cell(0));
                    continue;
                }
            };
            words.stage.insert(row.cell(0), stage);
        }
    }
    words
});

/// What a word does in a stage direction; none of one that stands in none.
pub(super) fn stage(word: &str) -> Option<Stage> {
    STAGE.compared().stage.get(word.to_lowercase().as_str()).copied()
}

/// The number of the month that a word names.
pub(super) fn month(word: &str) -> Option<i8> {
    dated(word, Class::MONTH)
}

/// The number of the weekday that a word names, from Monday, which is 1.
pub(super) fn weekday(word: &str) -> Option<i8> {
    dated(word, Class::WEEKDAY)
}

fn dated(word: &str, class: Class) -> Option<i8> {
    let lexicon = &language::compared().lexicon;
    let entry = lexicon.figures.entry(lexicon.words.get(word));
    entry.is(class).then_some(entry.time)
}

/// Whether a word of a label names nobody: `UNIDENTIFIED`, `AUDIENCE`.
pub(super) fn is_anyone(word: &str) -> bool {
    STAGE.compared().anyone.contains(word.to_lowercase().as_str())
}

static OCCASIONS: PerLanguage<HashMap<&'static str, &'static str>> = PerLanguage::new(|language| {
    tsv::rows(language.tables.trace.occasions).map(|row| (row.cell(0), row.cell(1))).collect()
});

/// The kinds of occasion that a text names (`debate`, `interview`), each with its place.
pub(super) fn occasions(text: &str) -> Vec<(u32, &'static str)> {
    let table = OCCASIONS.compared();
    let mut out = Vec::new();
    let mut last: Option<(usize, String)> = None;
    let mut at = 0;
    for word in text.split(|c: char| !c.is_alphanumeric()) {
        let lower = word.to_lowercase();
        let two = last.as_ref().map(|(start, before)| (*start, [before.as_str(), " ", &lower].concat()));
        let pair = two.and_then(|(start, pair)| Some((start, *table.get(pair.as_str())?)));
        let found = pair.or_else(|| Some((at, *table.get(lower.as_str())?)));
        out.extend(found.map(|(start, kind)| (start as u32, kind)));
        last = (!lower.is_empty()).then_some((at, lower));
        at += word.len();
        at += text[at..].chars().next().map_or(0, char::len_utf8);
    }
    out
}

static EMPTY: PerLanguage<HashSet<u64>> = PerLanguage::new(|language| {
    let rows = tsv::rows(language.tables.empty_words);
    rows.flat_map(|row| row.cell(0).split_whitespace().collect::<Vec<_>>()).map(key).collect()
});

/// Whether the key of a word is that of one that tells little: `the`, `would`, `said`.
pub(super) fn is_empty(word: u64) -> bool {
    EMPTY.compared().contains(&word)
}

/// Whether two names sound alike, so that one is a spelling of the other: `Katie` and `Katy`, `Sadiq` and `Sadik`.
pub(super) fn sound_alike(a: &str, b: &str) -> bool {
    let capital = |word: &str| language::compared().lexicon.forms.is_capital(word) && word.chars().count() >= 4;
    capital(a) && capital(b) && sounds(a) == sounds(b)
}

/// A name as it sounds: letters that are said alike are one, doubled ones single, silent ones left out.
fn sounds(name: &str) -> String {
    let lower = name.to_lowercase().replace("ph", "f").replace("ck", "k").replace("ie", "i").replace("ey", "i");
    let mut out = String::new();
    for c in lower.chars().filter(|c| c.is_alphanumeric()).map(base) {
        let c = match c {
            'y' => 'i',
            'c' | 'q' => 'k',
            'z' => 's',
            'h' => continue,
            c => c,
        };
        if !out.ends_with(c) {
            out.push(c);
        }
    }
    out
}

/// Whether one of two words is the other with a beginning that denies it: `safe` and `unsafe`, `legal` and `illegal`.
pub(super) fn denies(a: &str, b: &str) -> bool {
    language::compared().lexicon.forms.denies(&a.to_lowercase(), &b.to_lowercase())
}

/// Whether two words look like forms of one: they share a beginning, and each has an ending that is inflection.
pub(super) fn inflects(a: &str, b: &str) -> bool {
    language::compared().lexicon.forms.are_forms(&a.to_lowercase(), &b.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_and_denials() {
        for (a, b, denied, inflected) in [
            ("safe", "unsafe", true, false),
            ("Legal", "illegal", true, false),
            ("possible", "impossible", true, false),
            ("cost", "costs", false, true),
            ("inspect", "inspected", false, true),
            ("carry", "carries", false, true),
            ("boat", "ship", false, false),
            ("late", "later", false, false),
            ("form", "inform", false, false),
        ] {
            assert_eq!((denies(a, b), inflects(a, b)), (denied, inflected), "{a} {b}");
        }
    }

    #[test]
    fn occasions_are_told_by_one_word_or_two() {
        let kinds = |text: &str| occasions(text).into_iter().map(|(_, kind)| kind).collect::<Vec<_>>();
        assert_eq!(kinds("Speech, Rally, Northhaven"), ["speech", "speech"]);
        assert_eq!(kinds("at a town hall, after the debate"), ["hall", "debate"]);
        assert_eq!(kinds("in the town, in the hall"), [] as [&str; 0]);
    }

    #[test]
    fn the_table_is_in_order() {
        let rows = || tsv::rows(crate::language::compared().tables.trace.quoted_words);
        let words: Vec<_> = rows().map(|row| row.cell(0)).collect();
        assert!(words.windows(2).all(|w| w[0] < w[1]));
        let classes: usize = rows().map(|row| row.list(1).count()).sum();
        assert!(is_hedge("May") && !is_hedge("will") && is_common("office"));
        assert_eq!(CLASSES.compared().iter().map(HashSet::len).sum::<usize>(), classes);
    }
}
