//! Which rows of a table a text names, and which of them a figure belongs to: the only one of its sentence; else the
//! nearest before it with no other figure between; else the only one of the text.

use super::{Table, hash};
use crate::check::facts::Facts;
use crate::document::Document;
use crate::extract::{Extraction, FigureKind};

/// The keys of tables that a text names.
pub(in crate::check) struct Rows {
    /// For each table, in the order of the text.
    mentions: Vec<Vec<Mention>>,
}

#[derive(Clone, Copy, Debug)]
struct Mention {
    from: u32,
    to: u32,
    sentence: u32,
    /// The first row with this key.
    row: u32,
    cased: bool,
}

/// The row a figure belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Named {
    pub row: u32,
    /// Whether the figure's own sentence names it, or the one before.
    pub in_sentence: bool,
    /// Whether the text writes it as the table does, with its large letters.
    pub cased: bool,
    /// The words that name it.
    pub words: (u32, u32),
}

impl Rows {
    /// Looks for the keys of all tables in one pass over the words; of keys that overlap the longest counts.
    pub fn find(tables: &[Table], document: &Document, facts: &Facts) -> Rows {
        let mentions = tables
            .iter()
            .map(|table| {
                let mut out = Vec::new();
                let mut at = 0;
                while at < facts.words.len() {
                    match table.key_at(document, facts, at) {
                        Some((_, len, _)) if facts.words[at].dateline => at += len,
                        Some((row, len, cased)) => {
                            let (from, to) = (at as u32, (at + len) as u32);
                            out.push(Mention { from, to, sentence: facts.words[at].sentence, row, cased });
                            at += len;
                        }
                        None => at += 1,
                    }
                }
                out
            })
            .collect();
        Rows { mentions }
    }

    /// The row of table `table` that figure `index` belongs to.
    pub(super) fn of(&self, table: usize, extraction: &Extraction, facts: &Facts, index: usize) -> Option<Named> {
        let mentions = &self.mentions[table];
        let place = facts.figures[index];
        let first = mentions.partition_point(|m| m.sentence < place.sentence);
        let own: Vec<&Mention> = mentions[first..].iter().take_while(|m| m.sentence == place.sentence).collect();
        let named =
            |m: &Mention, in_sentence| Some(Named { row: m.row, in_sentence, cased: m.cased, words: (m.from, m.to) });
        match own.as_slice() {
            [] => {
                // `In Dunmoor … . The rate in the district is …`
                let last = mentions[..first].last().filter(|m| place.sentence - m.sentence == 1);
                let of_last = |m: &&Mention| Some(m.sentence) == last.map(|l| l.sentence);
                if let Some(last) = last.filter(|l| mentions[..first].iter().filter(of_last).all(|m| m.row == l.row)) {
                    return named(last, true);
                }
                let (head, rest) = mentions.split_first()?;
                rest.iter().all(|m| m.row == head.row).then(|| named(head, false)).flatten()
            }
            [first, rest @ ..] if rest.iter().all(|m| m.row == first.row) => named(first, true),
            many => {
                let before = many.iter().rev().find(|m| m.to <= place.from)?;
                let other = |i: usize| {
                    let p = facts.figures[i];
                    let counts = !matches!(extraction.figures[i].kind, FigureKind::Date | FigureKind::Time);
                    i != index && counts && p.from >= before.to && p.to <= place.from
                };
                let from = facts.figures.partition_point(|p| p.from < before.to);
                (!(from..index).any(other)).then(|| named(before, true)).flatten()
            }
        }
    }
}

impl Table {
    /// The longest key that stands at a word, with the number of its words, and whether a key that is a name is one in
    /// the text.
    fn key_at(&self, document: &Document, facts: &Facts, at: usize) -> Option<(u32, usize, bool)> {
        let sentence = facts.words[at].sentence;
        let most = facts.words[at..].iter().take(self.longest).take_while(|w| w.sentence == sentence).count();
        let (row, len) = (1..=most)
            .rev()
            .find_map(|len| Some((self.body.find(hash(facts.words[at..at + len].iter().map(|w| w.key)))?, len)))?;
        let starts_large = |text: &str| text.starts_with(char::is_uppercase);
        let cased = !starts_large(&self.body.name(row)) || starts_large(facts.words[at].span.of(&document.text));
        Some((row, len, cased))
    }
}
