//! Units of measure and currencies, as found in the text after (or before) a number. The longest form that ends at a
//! word boundary wins.
//!
//! ```
//! use sayso_core::language;
//! let units = &language::of(None).lexicon.units;
//! let (length, unit) = units.word("miles per hour, police said").unwrap();
//! assert_eq!((length, unit.code, unit.name), (14, "[mi_i]/h", "mile per hour"));
//! ```

use super::lists::{List, Lists};
use super::tsv;
use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

/// The texts of both tables. The comment of each field names the table's columns.
pub struct UnitTables {
    /// `name`, `ucum`, `dimension`, `factor`, `forms`, `symbols`.
    pub units: &'static str,
    /// `code`, `name`, `names`, `symbols`, `code_use`.
    pub currencies: &'static str,
}

/// A unit of measure or a currency.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Unit {
    /// The UCUM or ISO 4217 code. Empty if the name alone does not identify the country (`franc`).
    pub code: &'static str,
    /// Its English name.
    pub name: &'static str,
    /// The quantity that it measures: `length`, `mass`, `time` …, `money`.
    pub dimension: &'static str,
    /// The value of one unit in the first unit of its dimension; 1 for currencies.
    pub factor: Decimal,
}

impl Unit {
    /// Whether it is a currency.
    pub fn is_money(&self) -> bool {
        self.dimension == "money"
    }
}

/// Where a form may occur.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Use {
    Free,
    /// Only directly after a number. For currency codes and letters that are also words.
    Glued,
}

type Forms = FxHashMap<&'static str, Vec<(&'static str, u16, Use)>>;

/// All units and currencies.
pub struct Units {
    units: Vec<Unit>,
    /// Forms that are words, in lower case, by their first word, longest first.
    words: FxHashMap<String, Vec<(String, u16)>>,
    /// Symbols, exactly as written, by their first character.
    symbols: Forms,
    /// Currency signs and codes, exactly as written, by their first character.
    signs: Forms,
    /// Single letters that are a currency's sign before a sum: `R2.5 million`.
    letters: Vec<(&'static str, u16)>,
    by_code: FxHashMap<&'static str, u16>,
    /// The names of coins of which a hundred make one of a currency.
    minor: Vec<&'static str>,
}

impl Units {
    /// Reads both tables.
    pub fn new(tables: &UnitTables, lists: &Lists) -> Self {
        let mut all = Units {
            units: Vec::new(),
            words: FxHashMap::default(),
            symbols: Forms::default(),
            signs: Forms::default(),
            letters: Vec::new(),
            by_code: FxHashMap::default(),
            minor: Vec::new(),
        };
        for row in tsv::rows(tables.units) {
            let factor = row.cell(3).parse().unwrap_or(Decimal::ONE);
            let at = all.push(Unit { code: row.cell(1), name: row.cell(0), dimension: row.cell(2), factor });
            row.list(4).for_each(|form| all.add_word(form, at));
            row.list(5).for_each(|form| add(&mut all.symbols, form, at, Use::Free));
        }
        for row in tsv::rows(tables.currencies) {
            let unit = Unit { code: row.cell(0), name: row.cell(1), dimension: "money", factor: Decimal::ONE };
            let at = all.push(unit);
            row.list(2).for_each(|form| all.add_word(form, at));
            if row.cell(4).starts_with("minor") {
                all.minor.push(row.cell(1));
            }
            let way = if row.cell(4).ends_with("word") { Use::Glued } else { Use::Free };
            let letters = |form: &str| form.bytes().all(|byte| byte.is_ascii_alphabetic());
            let alone = |form: &&str| form.len() == 1 && form.bytes().all(|byte| byte.is_ascii_uppercase());
            all.letters.extend(row.list(3).filter(alone).map(|form| (form, at)));
            let signs = row.list(3).filter(|form| !alone(form));
            signs.for_each(|form| add(&mut all.signs, form, at, if letters(form) { way } else { Use::Free }));
            if row.cell(0).len() == 3 && !lists.has(List::UnwrittenCodes, row.cell(0)) {
                add(&mut all.signs, row.cell(0), at, way);
            }
        }
        all.words.values_mut().for_each(|list| list.sort_by_key(|(form, _)| std::cmp::Reverse(form.len())));
        for map in [&mut all.symbols, &mut all.signs] {
            map.values_mut().for_each(|list| list.sort_by_key(|(form, ..)| std::cmp::Reverse(form.len())));
        }
        all
    }

    fn push(&mut self, unit: Unit) -> u16 {
        let at = self.units.len() as u16;
        if !unit.code.is_empty() {
            self.by_code.entry(unit.code).or_insert(at);
        }
        self.units.push(unit);
        at
    }

    fn add_word(&mut self, form: &str, at: u16) {
        let form = form.to_lowercase();
        let first = form[..first_word(&form)].to_owned();
        let list = self.words.entry(first).or_default();
        if !list.iter().any(|(old, _)| *old == form) {
            list.push((form, at));
        }
    }

    /// Whether a unit is a coin of which a hundred make one of a currency: a cent, a penny.
    pub fn is_minor(&self, unit: &Unit) -> bool {
        self.minor.contains(&unit.name)
    }

    /// All units and currencies, in table order.
    pub fn all(&self) -> &[Unit] {
        &self.units
    }

    /// The unit with a UCUM or ISO 4217 code.
    pub fn code(&self, code: &str) -> Option<&Unit> {
        self.units.get(usize::from(*self.by_code.get(code)?))
    }

    /// The unit whose name starts `text`, and the length of the name in bytes. Takes the longest name that ends at a
    /// word boundary.
    pub fn word(&self, text: &str) -> Option<(usize, &Unit)> {
        let first = &text[..first_word(text)];
        if first.is_empty() || first.len() > 32 {
            return None;
        }
        let list = match first.bytes().all(|byte| byte.is_ascii_lowercase()) {
            true => self.words.get(first)?,
            false => self.words.get(first.to_lowercase().as_str())?,
        };
        list.iter().find_map(|(form, at)| {
            let length = matches(text, form)?;
            Some((length, &self.units[usize::from(*at)]))
        })
    }

    /// The unit whose symbol starts `text`, and the length of the symbol in bytes.
    pub fn symbol(&self, text: &str) -> Option<(usize, &Unit)> {
        self.written(&self.symbols, text, Use::Glued)
    }

    /// The currency whose sign or code starts `text`, and its length in bytes.
    pub fn sign(&self, text: &str) -> Option<(usize, &Unit)> {
        self.written(&self.signs, text, Use::Glued)
    }

    /// The currency that a single letter stands for, where nothing but a sum can follow it: `R2.5 million`.
    pub fn letter(&self, letter: &str) -> Option<&Unit> {
        let (_, at) = self.letters.iter().find(|(form, _)| *form == letter)?;
        self.units.get(usize::from(*at))
    }

    /// The currency whose sign or code ends `text`, with its length in bytes. Codes that are also words do not count.
    pub fn sign_before(&self, text: &str) -> Option<(usize, &Unit)> {
        let mut best: Option<(usize, &Unit)> = None;
        let floor = text.len().saturating_sub(8);
        for (at, _) in text.char_indices().rev().take_while(|(at, _)| *at >= floor) {
            if let Some((length, unit)) = self.written(&self.signs, &text[at..], Use::Free)
                && at + length == text.len()
                && !(text[at..].starts_with(char::is_alphabetic) && text[..at].ends_with(char::is_alphanumeric))
            {
                best = Some((length, unit));
            }
        }
        best
    }

    fn written<'u>(&'u self, forms: &Forms, text: &str, most: Use) -> Option<(usize, &'u Unit)> {
        let first = text.chars().next()?;
        let list = forms.get(&text[..first.len_utf8()])?;
        list.iter().find_map(|(form, at, way)| {
            let free = *way == Use::Free || most == Use::Glued;
            // Most differ in the last byte, which is at hand.
            if text.as_bytes().get(form.len().wrapping_sub(1)) != form.as_bytes().last() || !text.starts_with(form) {
                return None;
            }
            let ends = !form.ends_with(char::is_alphanumeric) || !text[form.len()..].starts_with(char::is_alphanumeric);
            // A full stop after a number may end the sentence. Before a number ("Rs. 500") it is part of the sign.
            let stop = form.ends_with('.') && most == Use::Glued && !text[form.len()..].starts_with([' ', ',']);
            (free && ends && !stop).then(|| (form.len(), &self.units[usize::from(*at)]))
        })
    }
}

fn add(forms: &mut Forms, form: &'static str, at: u16, way: Use) {
    let Some(first) = form.chars().next() else { return };
    forms.entry(&form[..first.len_utf8()]).or_default().push((form, at, way));
}

/// The length of the run of letters that starts `text`.
fn first_word(text: &str) -> usize {
    text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len())
}

/// The length of `form` at the start of `text`, ignoring ASCII case. A space in `form` matches one white-space
/// character, a line break too, or a hyphen (`square-mile`). `None` if a letter follows.
fn matches(text: &str, form: &str) -> Option<usize> {
    let mut rest = text.chars();
    for expected in form.chars() {
        let found = rest.next()?;
        let same = match expected {
            ' ' => found.is_whitespace() || found == '-',
            _ => found == expected || found.to_lowercase().eq([expected]),
        };
        if !same {
            return None;
        }
    }
    let length = text.len() - rest.as_str().len();
    (!rest.as_str().starts_with(char::is_alphanumeric)).then_some(length)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::en;
    use std::collections::HashSet;

    #[test]
    fn every_row_is_whole() {
        let mut seen = HashSet::new();
        for row in tsv::rows(en::TABLES.units.units) {
            assert!(row.cell(3).parse::<Decimal>().is_ok(), "line {}: {}", row.line, row.cell(3));
            assert!(!row.cell(1).is_empty() && !row.cell(2).is_empty(), "line {}", row.line);
            assert!(seen.insert(row.cell(0)), "line {}: {} stands twice", row.line, row.cell(0));
        }
        let mut codes = HashSet::new();
        for row in tsv::rows(en::TABLES.units.currencies) {
            let code = row.cell(0);
            assert!(code.is_empty() || code.len() == 3, "line {}: {code}", row.line);
            assert!(code.is_empty() || codes.insert((code, row.cell(1))), "line {}: {code} stands twice", row.line);
            assert!(row.list(2).next().is_some(), "line {}: no name", row.line);
        }
        assert!(codes.len() > 170);
    }

    #[test]
    fn signs_and_words_are_found_where_they_end() {
        let units = &crate::language::of(None).lexicon.units;
        let word = |text: &str| units.word(text).map(|(length, unit)| (length, unit.code));
        assert_eq!(word("square miles of"), Some((12, "[smi_us]")));
        assert_eq!(word("Miles,"), Some((5, "[mi_i]")));
        assert_eq!(word("milestone"), None);
        assert_eq!(word("éclairs"), None);
        let sign = |text: &str| units.sign_before(text).map(|(length, unit)| (length, unit.code));
        assert_eq!(sign("cost US$"), Some((3, "USD")));
        assert_eq!(sign("cost HK$"), Some((3, "HKD")));
        assert_eq!(sign("of GBP"), Some((3, "GBP")));
        assert_eq!(sign("at the TOP"), None);
        assert_eq!(units.symbol("km/h.").map(|(length, unit)| (length, unit.code)), Some((4, "km/h")));
        assert_eq!(units.symbol("lbs.").map(|(length, _)| length), Some(3));
    }
}
