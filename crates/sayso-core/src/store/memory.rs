//! Statements in memory, as a store: documents with their findings go in; the words of their texts are indexed once. For tests,
//! and for programs that hold their statements anyhow. It answers as an index of the same statements does.

use super::{Effort, StatementStore, StoreError};
use crate::document::{Document, day_number};
use crate::extract::Extraction;
use crate::text::folding::folded;
use jiff::civil::Date;
use std::collections::{BTreeMap, HashMap};

/// How many words make a shingle.
const SHINGLE: usize = 3;

/// Statements in memory.
///
/// ```
/// use sayso_core::{Document, Evidence, MemoryStore, StatementStore, Verdict, check, extract};
/// use std::sync::Arc;
///
/// let statement = Document::new("report", "Inspectors looked at 42 boats in May.");
/// let found = extract(&statement);
/// let store: MemoryStore = [(statement, found)].into_iter().collect();
/// assert_eq!((store.len(), store.having("Boats")?), (1, vec![0]));
///
/// let article = Document::new("article", "Inspectors looked at 42 boats in May, the harbour board said.");
/// let checks = check(&article, &extract(&article), &Evidence::over(Arc::new(store)))?;
/// assert_eq!(checks[0].verdict, Verdict::Supported);
/// # Ok::<(), sayso_core::StoreError>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct MemoryStore {
    statements: Vec<(Document, Extraction)>,
    by_id: HashMap<String, u32>,
    /// The number of words of each statement.
    lengths: Vec<u32>,
    /// For each folded word, the statements that hold it and its place among their words, in order.
    places: HashMap<String, Vec<(u32, u32)>>,
}

impl FromIterator<(Document, Extraction)> for MemoryStore {
    fn from_iter<I: IntoIterator<Item = (Document, Extraction)>>(statements: I) -> Self {
        let mut store = MemoryStore::default();
        statements.into_iter().for_each(|(document, extraction)| store.add(document, extraction));
        store
    }
}

impl MemoryStore {
    /// Adds a statement with its findings. Linear in its text. Of two with the same id the later is found by it.
    pub fn add(&mut self, document: Document, extraction: Extraction) {
        let number = self.statements.len() as u32;
        let words = folded(&document.text);
        self.lengths.push(words.len() as u32);
        for (place, word) in words.into_iter().enumerate() {
            self.places.entry(word).or_default().push((number, place as u32));
        }
        self.by_id.insert(document.id.clone(), number);
        self.statements.push((document, extraction));
    }

    /// Where a folded word stands.
    fn places(&self, word: &str) -> &[(u32, u32)] {
        self.places.get(word).map_or(&[], Vec::as_slice)
    }

    /// The statements that hold a folded word, in order.
    fn holders(&self, word: &str) -> Vec<u32> {
        let mut numbers: Vec<u32> = self.places(word).iter().map(|(number, _)| *number).collect();
        numbers.dedup();
        numbers
    }

    /// The statements that hold some folded words in a row, in order.
    fn in_a_row(&self, words: &[String]) -> Vec<u32> {
        let Some((first, rest)) = words.split_first() else { return Vec::new() };
        let follows = |(number, place): &(u32, u32)| {
            let stands =
                |(i, word): (usize, &String)| self.places(word).binary_search(&(*number, place + 1 + i as u32)).is_ok();
            rest.iter().enumerate().all(stands).then_some(*number)
        };
        let mut numbers: Vec<u32> = self.places(first).iter().filter_map(follows).collect();
        numbers.dedup();
        numbers
    }
}

impl StatementStore for MemoryStore {
    fn len(&self) -> usize {
        self.statements.len()
    }

    fn get(&self, number: u32) -> Result<(Document, Extraction), StoreError> {
        Ok(self.statements[number as usize].clone())
    }

    fn number(&self, id: &str) -> Result<Option<u32>, StoreError> {
        Ok(self.by_id.get(id).copied())
    }

    fn day(&self, number: u32) -> Option<i32> {
        self.statements[number as usize].0.day().map(day_number)
    }

    fn length(&self, number: u32) -> u32 {
        self.lengths[number as usize]
    }

    fn spread(&self, word: &str) -> Result<f32, StoreError> {
        Ok(self.having(word)?.len() as f32 / self.len().max(1) as f32)
    }

    fn having(&self, word: &str) -> Result<Vec<u32>, StoreError> {
        Ok(match folded(word).as_slice() {
            [word] => self.holders(word),
            _ => Vec::new(),
        })
    }

    fn holding(&self, pieces: &[&str], effort: Effort) -> Result<Vec<(u32, f32)>, StoreError> {
        let mut shingles: Vec<(u64, Vec<String>)> = Vec::new();
        for piece in pieces {
            let words = folded(piece);
            for shingle in words.windows(SHINGLE.min(words.len().max(1))) {
                let cost = shingle.iter().map(|word| self.holders(word).len() as u64).min().unwrap_or(0);
                if cost > 0 {
                    shingles.push((cost, shingle.to_vec()));
                }
            }
        }
        shingles.sort();
        shingles.dedup();
        let mut weights: BTreeMap<u32, f32> = BTreeMap::new();
        let mut spent = 0;
        for (n, (cost, words)) in shingles.into_iter().take(effort.shingles).enumerate() {
            spent += cost;
            if n > 0 && spent > effort.postings {
                break;
            }
            let holders = self.in_a_row(&words);
            let weight = 1.0 / (1.0 + holders.len() as f32).log2();
            holders.into_iter().for_each(|number| *weights.entry(number).or_default() += weight);
        }
        Ok(weights.into_iter().collect())
    }

    fn issued(&self, speaker: &str, since: Date, until: Date) -> Result<Vec<u32>, StoreError> {
        let asked = folded(speaker);
        let by = |document: &Document| {
            let issuer = document.speaker.as_deref().map(folded).unwrap_or_default();
            !asked.is_empty() && issuer.windows(asked.len()).any(|words| words == asked)
        };
        let then = |document: &Document| document.day().is_some_and(|day| since <= day && day <= until);
        let all = self.statements.iter().zip(0u32..);
        Ok(all.filter(|((document, _), _)| by(document) && then(document)).map(|(_, number)| number).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn store() -> MemoryStore {
        let said = |id: &str, date: &str, text: &str| {
            let document = Document::new(id, text);
            let document =
                Document { date: Some(date.to_owned()), speaker: Some("Mira Holt, mayor".to_owned()), ..document };
            (document, Extraction::default())
        };
        let texts = [
            ("a", "2031-05-01", "The harbour will not close before winter."),
            ("b", "2031-06-01", "Winter came early. The harbour closed."),
        ];
        texts.into_iter().map(|(id, date, text)| said(id, date, text)).collect()
    }

    #[test]
    fn statements_are_found_by_word_and_by_id() {
        let store = store();
        assert_eq!(store.having("Winter").unwrap(), [0, 1]);
        assert_eq!(store.having("two words").unwrap(), [] as [u32; 0]);
        assert_eq!((store.spread("closed").unwrap(), store.spread("boat").unwrap()), (0.5, 0.0));
        assert_eq!((store.number("b").unwrap(), store.number("c").unwrap()), (Some(1), None));
        assert_eq!((store.length(0), store.get(1).unwrap().0.id.as_str()), (7, "b"));
    }

    #[test]
    fn rare_phrases_tell_more() {
        let store = store();
        let effort = Effort { shingles: 10, postings: 100 };
        let found = store.holding(&["the harbour will not close"], effort).unwrap();
        assert_eq!(found.iter().map(|(number, _)| *number).collect::<Vec<_>>(), [0]);
        assert_eq!(store.holding(&["harbour the will"], effort).unwrap(), []);
    }

    #[test]
    fn statements_are_found_by_speaker_and_day() {
        let store = store();
        let day = |text: &str| text.parse::<Date>().unwrap();
        assert_eq!(store.issued("Mira Holt", day("2031-05-01"), day("2031-05-31")).unwrap(), [0]);
        assert_eq!(store.issued("Holt Mira", day("2031-05-01"), day("2031-06-30")).unwrap(), [] as [u32; 0]);
    }
}
