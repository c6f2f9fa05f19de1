//! Which rows of a table a text names, and which of them a figure belongs to: the only one of its sentence; else the
//! nearest before it with no other figure between; else the only one of the text. Of rows that are listed (`Eastmark, Hollin
//! and Tarn`) none is nearer than the others: figures belong to them where as many are listed, one each in order.

use super::names::{is_whole, makes_another, name_key};
use super::{Table, hash};
use crate::check::facts::Facts;
use crate::check::marks::{self, Mark};
use crate::document::Document;
use crate::extract::{Extraction, FigureKind};
use crate::language;
use crate::language::lists::List;
use crate::span::Span;
use std::ops::Range;

/// The keys of tables that a text names.
pub(in crate::check) struct Rows {
    /// For each table, in the order of the text.
    mentions: Vec<Vec<Mention>>,
    /// For each the sentences that name something else by the key of a row: `Upper Lenn` beside `Lenn`.
    others: Vec<Vec<u32>>,
}

#[derive(Clone, Copy, Debug)]
struct Mention {
    from: u32,
    to: u32,
    sentence: u32,
    /// The first row with this key.
    row: u32,
    cased: bool,
    /// Whether it goes on a list that the mention before belongs to.
    listed: bool,
}

/// The row a figure belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Named {
    pub row: u32,
    /// Whether the figure's own sentence names it, or the one before, and it is no row of all others together.
    pub in_sentence: bool,
    /// Whether the text writes it as the table does, with its large letters.
    pub cased: bool,
    /// The words that name it.
    pub words: (u32, u32),
}

impl Rows {
    /// Looks for the keys of all tables in one pass over the words; of keys that overlap the longest counts.
    pub(crate) fn find(tables: &[Table], document: &Document, facts: &Facts) -> Rows {
        let keys: Vec<u64> = match tables.is_empty() {
            true => Vec::new(),
            false => facts.words.iter().map(|w| name_key(&document.text, w.span, w.key)).collect(),
        };
        let (mentions, others) = tables
            .iter()
            .map(|table| {
                let mut out: Vec<Mention> = Vec::new();
                let mut others: Vec<u32> = Vec::new();
                let mut at = 0;
                while at < facts.words.len() {
                    let Some((row, len, cased)) = table.key_at(document, facts, &keys, at) else {
                        at += 1;
                        continue;
                    };
                    let place = at..at + len;
                    at += len;
                    let sentence = facts.words[place.start].sentence;
                    let lists =
                        |last: &&Mention| last.sentence == sentence && joins(document, facts, last, place.start);
                    let listed = out.last().filter(lists).is_some();
                    if facts.words[place.start].dateline {
                        continue;
                    }
                    if is_part_of_name(document, facts, &keys, &place, listed) {
                        others.push(sentence);
                        continue;
                    }
                    let (from, to) = (place.start as u32, place.end as u32);
                    out.push(Mention { from, to, sentence, row, cased, listed });
                }
                (out, others)
            })
            .unzip();
        Rows { mentions, others }
    }

    /// The row of table `table` that figure `index` belongs to.
    pub(super) fn of(
        &self,
        table: &Table,
        number: usize,
        extraction: &Extraction,
        facts: &Facts,
        index: usize,
    ) -> Option<Named> {
        let mentions = &self.mentions[number];
        let place = facts.figures[index];
        let first = mentions.partition_point(|m| m.sentence < place.sentence);
        let own: &[Mention] = &mentions[first..];
        let own = &own[..own.partition_point(|m| m.sentence == place.sentence)];
        let named = |m: &Mention, in_sentence| {
            let in_sentence = in_sentence && !is_whole(table.body.name(m.row));
            Some(Named { row: m.row, in_sentence, cased: m.cased, words: (m.from, m.to) })
        };
        match own {
            [] => {
                if self.others[number].binary_search(&place.sentence).is_ok() {
                    return None;
                }
                // `In Dunmoor … . The rate in the district is …`; where another name stands, it may be of that.
                let alone = !names_something(facts, place.sentence);
                let last = mentions[..first].last().filter(|m| place.sentence - m.sentence == 1);
                let of_last = |m: &&Mention| Some(m.sentence) == last.map(|l| l.sentence);
                if let Some(last) = last.filter(|l| mentions[..first].iter().filter(of_last).all(|m| m.row == l.row)) {
                    return named(last, alone);
                }
                let (head, rest) = mentions.split_first()?;
                rest.iter().all(|m| m.row == head.row).then(|| named(head, false)).flatten()
            }
            [first, rest @ ..] if rest.iter().all(|m| m.row == first.row) => named(first, true),
            many => {
                let before = many.iter().rposition(|m| m.to <= place.from)?;
                let begins = (0..=before).rev().find(|i| !many[*i].listed)?;
                let counted = |i: &usize| !matches!(extraction.figures[*i].kind, FigureKind::Date | FigureKind::Time);
                let after = facts.figures.partition_point(|p| p.from < many[before].to);
                if begins < before {
                    let list = listed_with(facts, after, index, &counted);
                    let ordered = list.as_ref().is_some_and(|list| list.len() == before + 1 - begins);
                    let matched = ordered && is_matched(facts, many[begins].from as usize, list.as_ref()?);
                    let at = list?.iter().position(|i| *i == index)?;
                    return matched.then(|| named(&many[begins + at], true)).flatten();
                }
                (!(after..index).any(|i| counted(&i))).then(|| named(&many[before], true)).flatten()
            }
        }
    }

    /// The other rows that a sentence names after some word of it.
    pub(super) fn after(&self, number: usize, sentence: u32, word: u32) -> impl Iterator<Item = u32> + '_ {
        let mentions = &self.mentions[number];
        let first = mentions.partition_point(|m| m.sentence < sentence);
        let own = mentions[first..].iter().take_while(move |m| m.sentence == sentence);
        own.filter(move |m| m.from >= word).map(|m| m.row)
    }
}

/// Figures that are listed one after the other, parted by commas or one word, `index` among them; the first is figure `from`.
fn listed_with(facts: &Facts, from: usize, index: usize, counted: &dyn Fn(&usize) -> bool) -> Option<Vec<usize>> {
    /// `percent and`
    const APART: u32 = 2;
    let mut list: Vec<usize> = Vec::new();
    let own = facts.figures[index].sentence;
    for i in (from..facts.figures.len()).take_while(|i| facts.figures[*i].sentence == own).filter(counted) {
        let apart = list.last().map_or(0, |last| facts.figures[i].from.saturating_sub(facts.figures[*last].to));
        if apart > APART {
            if list.contains(&index) {
                break;
            }
            list.clear();
        }
        list.push(i);
    }
    list.contains(&index).then_some(list)
}

/// Whether the words from one on to those just behind a list of figures say that two lists go together.
fn is_matched(facts: &Facts, from: usize, list: &[usize]) -> bool {
    const BEHIND: usize = 3;
    let Some(last) = list.last() else { return false };
    let to = (facts.figures[*last].to as usize + BEHIND).min(facts.words.len());
    facts.words[from.min(to)..to].iter().any(|w| marks::is(w.key, Mark::Matched))
}

/// Whether nothing but a comma or `and` stands between a mention and the word at `at`.
fn joins(document: &Document, facts: &Facts, last: &Mention, at: usize) -> bool {
    let words = &facts.words;
    let gap = Span { start: words[last.to as usize - 1].span.end, end: words[at].span.start };
    let between = gap.of(&document.text).trim_matches([' ', ',', ';']).to_lowercase();
    between.is_empty() || language::compared().lexicon.lists.has(List::BetweenRows, &between)
}

/// Whether a key is part of a longer name (`South Sudan`, `Guinea-Bissau`, `Belgrade, Serbia`), and so does not name its row.
fn is_part_of_name(document: &Document, facts: &Facts, keys: &[u64], place: &Range<usize>, listed: bool) -> bool {
    let words = &facts.words;
    let gap = |a: usize, b: usize| Span { start: words[a].span.end, end: words[b].span.start }.of(&document.text);
    let sentence = words[place.start].sentence;
    let forms = language::compared().lexicon.forms;
    let large = |i: usize| forms.is_capital(words[i].span.of(&document.text));
    let in_figure = |i: usize| {
        let at = facts.figures.partition_point(|p| p.to as usize <= i);
        facts.figures.get(at).is_some_and(|p| p.from as usize <= i)
    };
    if in_figure(place.start) {
        return true;
    }
    if let Some(next) = words.get(place.end).filter(|next| next.sentence == sentence) {
        let between = gap(place.end - 1, place.end);
        // `US$`, `U.S. dollars`
        let money = between.trim().is_empty() && is_currency(next.span.of(&document.text));
        if money || matches!(between, "-" | "–") && large(place.end) {
            return true;
        }
    }
    let Some(before) = place.start.checked_sub(1).filter(|b| words[*b].sentence == sentence && !listed) else {
        return false;
    };
    let opens = facts.sentences.get(sentence as usize).is_some_and(|s| s.0 as usize == before);
    let name = large(before) && words[before].stem != 0 && !in_figure(before);
    match gap(before, place.start).trim_end() {
        "" => makes_another(keys[before]) && large(before) || name && words[before].name && !opens,
        "-" => large(before),
        // Where it lies.
        "," => name && words[before].name && before > 0 && is_led(facts, before),
        _ => false,
    }
}

/// Whether a sentence has a name that is no day or month.
fn names_something(facts: &Facts, sentence: u32) -> bool {
    let (from, to) = facts.sentences.get(sentence as usize).copied().unwrap_or_default();
    let dated = |i: u32| {
        let at = facts.figures.partition_point(|p| p.to <= i);
        facts.figures.get(at).is_some_and(|p| p.from <= i)
    };
    (from..to).any(|i| facts.words[i as usize].name && facts.words[i as usize].stem != 0 && !dated(i))
}

fn is_currency(word: &str) -> bool {
    let units = &language::compared().lexicon.units;
    word.starts_with(['$', '€', '£', '¥']) || units.word(word).is_some_and(|(_, unit)| unit.is_money())
}

/// Whether a name stands after `of`, `in` and their like.
fn is_led(facts: &Facts, at: usize) -> bool {
    use crate::words::key;
    const LEADS: [u64; 6] = [key("of"), key("in"), key("at"), key("near"), key("from"), key("around")];
    let sentence = facts.words[at].sentence;
    let back = (0..at).rev().take(3).take_while(|i| facts.words[*i].sentence == sentence);
    back.into_iter().find(|i| !facts.words[*i].name).is_some_and(|i| LEADS.contains(&facts.words[i].key))
}

impl Table {
    /// The longest key that stands at a word, with the number of its words, and whether a key that is a name is one in
    /// the text. `keys` are those of the words of names.
    fn key_at(&self, document: &Document, facts: &Facts, keys: &[u64], at: usize) -> Option<(u32, usize, bool)> {
        let sentence = facts.words[at].sentence;
        let most = facts.words[at..].iter().take(self.longest).take_while(|w| w.sentence == sentence).count();
        let (row, len) =
            (1..=most).rev().find_map(|len| Some((self.body.find(hash(keys[at..at + len].iter().copied()))?, len)))?;
        let name = self.body.name(row);
        let written = facts.words[at].span.of(&document.text);
        let small = |text: &str| text.contains(char::is_lowercase);
        // A code is no word: `IT` is not `it`.
        if !small(name) && name.contains(char::is_alphabetic) && small(written) {
            return None;
        }
        let starts_large = |text: &str| language::compared().lexicon.forms.is_capital(text);
        Some((row, len, !starts_large(name) || starts_large(written)))
    }
}
