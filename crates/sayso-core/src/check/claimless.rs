//! Figures that make no claim: numbers of telephones, dockets, statutes, rooms and models, list marks, addresses, `24/7`, a
//! weekday, an ordinal that ranks nothing, what stands in a dateline or below the story. They have no verdict and count in no
//! summary. The words that lead such numbers are in `check_words.tsv` (classes *label*, *street*, *ranks*).

use super::facts::Facts;
use super::marks::{self, Mark};
use crate::document::RegionKind;
use crate::extract::{Extraction, Figure, FigureKind};
use crate::language;
use crate::language::lists::List;
use crate::words::is_in;
use rust_decimal::Decimal;

/// Whether a figure of a document makes no claim.
pub(super) fn is_claimless(text: &str, extraction: &Extraction, facts: &Facts, index: usize) -> bool {
    let figure = &extraction.figures[index];
    let (start, end) = (figure.span.start as usize, figure.span.end as usize);
    let (Some(before), Some(after)) = (text.get(..start), text.get(end..)) else { return true };
    is_outside(extraction, figure)
        || is_joined(before, after, figure)
        || figure.noun.is_none() && is_labelled(before, facts, index)
        || is_listed(before, after, figure)
        || is_address(before, after, figure)
        || is_word_for_a_day(figure.span.of(text), figure) && !is_so_long_ago(facts, index)
        || ranks_nothing(facts, figure, index)
        || is_in_name(text, facts, figure, index)
        || is_of_statute(text, facts, figure, index)
}

/// The year in the name of a law: `the Harbour Act of 1933`.
fn is_of_statute(text: &str, facts: &Facts, figure: &Figure, index: usize) -> bool {
    let place = facts.figures[index];
    let back = |n: u32| place.from.checked_sub(n).and_then(|i| facts.words.get(i as usize));
    let (Some(act), Some(of)) = (back(2), back(1)) else { return false };
    let forms = &language::compared().lexicon.forms;
    figure.kind == FigureKind::Date
        && act.sentence == place.sentence
        && of.key == crate::words::key("of")
        && is_in(act.key, List::Statutes)
        && forms.is_capital(act.span.of(text))
}

/// The number of a name, `82 Harbour` in a text that writes so again and again: right before a word with a capital, in mid-sentence
/// and elsewhere.
fn is_in_name(text: &str, facts: &Facts, figure: &Figure, index: usize) -> bool {
    /// So often a name is written so.
    const OFTEN: usize = 3;
    let place = facts.figures[index];
    let bare = figure.kind == FigureKind::Number && figure.unit.is_none() && place.to == place.from + 1;
    let next = facts.words.get(place.to as usize).filter(|w| bare && w.sentence == place.sentence);
    let Some(next) = next.filter(|w| language::compared().lexicon.forms.is_capital(w.span.of(text))) else {
        return false;
    };
    let Some(number) = facts.words.get(place.from as usize) else { return false };
    let opens = |i: &usize| facts.words.get(i.wrapping_sub(1)).is_none_or(|w| w.sentence != facts.words[*i].sentence);
    let written = number.span.of(text).bytes().all(|b| b.is_ascii_digit());
    let same = |i: &usize| facts.words[*i].key == number.key && facts.words[*i + 1].key == next.key;
    let twins = || (0..facts.words.len().saturating_sub(1)).filter(same);
    written && twins().count() >= OFTEN && twins().any(|i| !opens(&i))
}

/// In the dateline, byline, a credit, or what a page says of itself.
fn is_outside(extraction: &Extraction, figure: &Figure) -> bool {
    let outside =
        |kind| matches!(kind, RegionKind::Dateline | RegionKind::Byline | RegionKind::Credit | RegionKind::Boilerplate);
    extraction.regions.iter().any(|region| outside(region.kind) && region.span.contains(figure.span))
}

/// A piece of a longer run of digits and marks: `(780) 435-5300`, `24/7`, `501(c)(3)`, `#24`, `TWSE: 2495)`.
fn is_joined(before: &str, after: &str, figure: &Figure) -> bool {
    if !matches!(
        figure.kind,
        FigureKind::Number | FigureKind::Ratio | FigureKind::Ordinal | FigureKind::Date | FigureKind::Time
    ) {
        return false;
    }
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let mut back = before.chars().rev();
    let mut ahead = after.chars();
    let (last, first) = (back.next(), ahead.next());
    let (before_last, second) = (back.next(), ahead.next());
    let dashed = matches!(last, Some('-' | '.' | '/')) && digit(before_last)
        || matches!(first, Some('-' | '/')) && digit(second);
    let numbered = before.trim_end().ends_with('#');
    let marked =
        numbered || matches!(last, Some('@' | '_' | '+' | '=' | '/')) || matches!(first, Some('@' | '_' | '='));
    let clause = first == Some('(') && second.is_some_and(|c| c.is_ascii_lowercase()) && ahead.next() == Some(')');
    let trimmed = before.trim_end();
    let ticker = trimmed.ends_with(':') && after.trim_start().starts_with(')') && {
        let name = trimmed.trim_end_matches(':').rsplit(['(', ' ']).next().unwrap_or_default();
        name.len() >= 2 && name.chars().all(|c| c.is_ascii_uppercase())
    };
    let dialled = trimmed.ends_with(')') && {
        let area = trimmed.trim_end_matches(')');
        let open = area.trim_end_matches(|c: char| c.is_ascii_digit());
        (2..=4).contains(&(area.len() - open.len())) && (open.is_empty() || open.ends_with('('))
    };
    // `+44 (0)7525 900971`: what goes before is a number to call from abroad.
    let abroad = trimmed.trim_end_matches(|c: char| c.is_ascii_digit() || " ()-.".contains(c)).ends_with('+')
        && trimmed.ends_with(|c: char| c.is_ascii_digit() || c == ')');
    dashed || marked || clause || ticker || dialled || abroad
}

/// A number that a word names, and that counts nothing: `Section 27`, `Room 204`, `Flight 1561`, `No. 5`.
fn is_labelled(before: &str, facts: &Facts, index: usize) -> bool {
    let place = facts.figures[index];
    let Some(word) = place.from.checked_sub(1).and_then(|i| facts.words.get(i as usize)) else { return false };
    let near = word.sentence == place.sentence && before.len() as u32 - word.span.end <= 3;
    near && marks::is(word.key, Mark::Label) && !before[word.span.end as usize..].contains([',', ';'])
}

/// The mark of a list: a small number that opens a line, with a stop or bracket behind it.
fn is_listed(before: &str, after: &str, figure: &Figure) -> bool {
    let opens = before.is_empty() || before.trim_end_matches([' ', '(', '*', '•', '-']).ends_with('\n');
    let small = figure.kind == FigureKind::Number && figure.span.len() <= 2;
    let closes =
        after.starts_with(". ") || after.starts_with(") ") || after.starts_with(".\n") || after.trim().is_empty();
    opens && small && closes
}

/// `295 Front Street`, `Edmonton, AB 60606`, `P.O. Box 12`.
fn is_address(before: &str, after: &str, figure: &Figure) -> bool {
    if figure.kind != FigureKind::Number {
        return false;
    }
    let words: Vec<&str> = after.split_whitespace().take(4).collect();
    let named = words.first().is_some_and(|w| {
        language::compared().lexicon.forms.is_capital(w) || w.starts_with(|c: char| c.is_ascii_digit())
    });
    let street = |w: &&str| marks::is(crate::words::key(&w.trim_matches(['.', ',']).to_lowercase()), Mark::Street);
    let state = before.trim_end().rsplit([' ', ',']).next().unwrap_or_default();
    let code = state.len() == 2 && state.chars().all(|c| c.is_ascii_uppercase()) && figure.span.len() == 5;
    named && words.iter().skip(1).any(street) || code
}

/// `Saturday`, `today`, `Tuesday night`: which day that is can agree by chance alone. A month is told for its own sake: `since March`.
fn is_word_for_a_day(written: &str, figure: &Figure) -> bool {
    matches!(figure.kind, FigureKind::Date | FigureKind::Time)
        && !written.bytes().any(|b| b.is_ascii_digit())
        && !names_month(written, figure)
}

/// `March`, `the end of June`, `March next year`; not `this month`.
fn names_month(written: &str, figure: &Figure) -> bool {
    let lists = &language::compared().lexicon.lists;
    let names_none = |word: &str| lists.reads(List::Periods, word) && word != "year";
    figure.is_month() && !written.split_whitespace().any(names_none)
}

/// `Three years ago`: a length of time, told in words.
fn is_so_long_ago(facts: &Facts, index: usize) -> bool {
    let length = facts.meant[index].as_ref().and_then(|meant| meant.value);
    length.is_some_and(|value| value > Decimal::ONE)
}

/// `first` as in `they first met` and `the first lady`, the number in `the 9th Circuit`.
fn ranks_nothing(facts: &Facts, figure: &Figure, index: usize) -> bool {
    if figure.kind != FigureKind::Ordinal || figure.iso.is_some() {
        return false;
    }
    let place = facts.figures[index];
    let ranked = marks::beside(facts, place, Mark::Ranks, 3, 3);
    if marks::beside(facts, place, Mark::Named, 0, 1) {
        return true;
    }
    match figure.noun {
        None => !ranked,
        Some(noun) => {
            let word = facts.words.iter().find(|w| noun.contains(w.span));
            word.is_some_and(|w| w.name) && !ranked
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;
    use crate::extract::extract;

    /// Which figures of a text make no claim, and which do.
    fn parted(text: &str) -> (Vec<String>, Vec<String>) {
        let document = Document::new("d", text);
        let extraction = extract(&document);
        let facts = Facts::new(&document, &extraction);
        let (none, some): (Vec<usize>, Vec<usize>) =
            (0..extraction.figures.len()).partition(|i| is_claimless(text, &extraction, &facts, *i));
        let written =
            |list: Vec<usize>| list.into_iter().map(|i| extraction.figures[i].span.of(text).to_owned()).collect();
        (written(none), written(some))
    }

    /// What extraction refuses is no figure at all.
    #[test]
    fn numbers_that_only_name_something_make_no_claim() {
        for text in [
            "Readers can call (555) 435-5300 for help.",
            "The desk is open 24/7 for all.",
            "Send pictures to WhatsApp: +44 (0)7525 900871 or SMS: 61124 at any hour.",
            "It is a 501(c)(3) body.",
            "The hearing is in Room 204 of the court.",
            "They appealed under Section 27 of the act.",
            "The shop stands at 295 Front Street in Torvik.",
            "It falls under the Torvik Harbour Act of 1933 as it is.",
            "Ask for the picture by its ID# 48-493 in the shop.",
            "The first lady thanked the first responders.",
        ] {
            assert_eq!(parted(text).1, Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn counts_sums_and_ranks_make_claims() {
        for text in [
            "The fire hurt 14 people.",
            "Fares rose by 3 percent.",
            "The board ordered 24 trains at $7 million each.",
            "Torvik has the third-highest rents of the coast.",
            "It was the first bridge of its kind.",
            "Between 30 and 40 boats were lost.",
        ] {
            assert_eq!(parted(text).0, Vec::<String>::new(), "{text}");
        }
    }
}
