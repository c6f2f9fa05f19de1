//! What a column measures, read from its header: `unemployment_rate_percent_2025` is about *unemployment* and *rate*, in
//! percent, of 2025; `GDP (US$ millions)` is money, to be taken times a million.

use super::super::stems::stem;
use crate::span::Span;
use crate::words::words;
use rust_decimal::Decimal;
use std::collections::HashMap;

/// A column's header, understood.
#[derive(Clone, Debug)]
pub(super) struct Header {
    /// As the table has it.
    pub name: String,
    /// The words that say what is measured, in order.
    pub topics: Vec<Topic>,
    /// What the column's numbers are multiplied with.
    pub scale: Decimal,
    /// The year that it names.
    pub period: Option<String>,
    /// Whether it holds shares or rates in a hundred.
    pub percent: bool,
    /// Whether it holds money.
    pub money: bool,
    /// Phrases that stand for it, as keys of words; from the table's sidecar.
    pub aliases: Vec<Vec<u64>>,
}

/// A word of a header.
#[derive(Clone, Debug)]
pub(super) struct Topic {
    /// As written, in lower case.
    pub word: String,
    pub stem: u64,
    /// How well it tells this column from the others.
    pub weight: f32,
    /// If it is an acronym of words of another header: their stems.
    pub stands_for: Vec<u64>,
}

impl Header {
    /// Reads all headers of a table together: a word that many have says less.
    pub fn all<'h>(names: impl Iterator<Item = &'h str>) -> Vec<Header> {
        let mut headers: Vec<Header> = names.map(Header::read).collect();
        let mut count: HashMap<u64, u32> = HashMap::new();
        headers.iter().flat_map(|h| &h.topics).for_each(|t| *count.entry(t.stem).or_default() += 1);
        let all = headers.len() as f32;
        let sequences: Vec<Vec<(String, u64)>> =
            headers.iter().map(|h| h.topics.iter().map(|t| (t.word.clone(), t.stem)).collect()).collect();
        for topic in headers.iter_mut().flat_map(|h| &mut h.topics) {
            topic.weight = (1.0 + all / count[&topic.stem] as f32).ln();
            topic.stands_for = sequences.iter().find_map(|s| spelled(&topic.word, s)).unwrap_or_default();
        }
        headers
    }

    fn read(name: &str) -> Header {
        let mut header = Header {
            name: name.to_owned(),
            topics: Vec::new(),
            scale: Decimal::ONE,
            period: None,
            percent: name.contains('%'),
            money: name.contains(['$', '€', '£', '¥']),
            aliases: Vec::new(),
        };
        for word in split(name) {
            match word.as_str() {
                "percent" | "percentage" | "pct" | "share" => header.percent = true,
                "usd" | "eur" | "gbp" | "dollar" | "dollars" | "euro" | "euros" | "pounds" => header.money = true,
                "thousand" | "thousands" | "000s" | "000" => header.scale = Decimal::ONE_THOUSAND,
                "million" | "millions" | "mn" => header.scale = Decimal::from(1_000_000),
                "billion" | "billions" | "bn" => header.scale = Decimal::from(1_000_000_000),
                _ if is_year(&word) => header.period = Some(word),
                _ => {
                    let stem = stem(&word);
                    if stem != 0 {
                        header.topics.push(Topic { word, stem, weight: 1.0, stands_for: Vec::new() });
                    }
                }
            }
        }
        header
    }

    /// Whether a share or rate may stand in it.
    pub fn may_be_rate(&self) -> bool {
        const RATES: [&str; 6] = ["rate", "growth", "ratio", "inflation", "prevalence", "proportion"];
        self.percent || self.topics.iter().any(|t| RATES.contains(&t.word.as_str()))
    }
}

/// A phrase as keys of its words.
pub(super) fn phrase(text: &str) -> Vec<u64> {
    words(text, Span::at(0, text.len())).iter().map(|w| w.key).collect()
}

fn is_year(word: &str) -> bool {
    word.len() == 4 && word.parse::<u16>().is_ok_and(|y| (1800..2200).contains(&y))
}

/// The words of a header, in lower case: parted by what is no letter or digit, and where a small letter meets a capital.
fn split(name: &str) -> Vec<String> {
    let mut out = vec![String::new()];
    let mut small = false;
    for c in name.chars() {
        let starts = !c.is_alphanumeric() || (small && c.is_uppercase());
        if starts && out.last().is_some_and(|w| !w.is_empty()) {
            out.push(String::new());
        }
        if c.is_alphanumeric()
            && let Some(word) = out.last_mut()
        {
            word.extend(c.to_lowercase());
        }
        small = c.is_lowercase();
    }
    out.retain(|w| !w.is_empty());
    out
}

/// The stems of the neighbouring words whose first letters spell an acronym.
fn spelled(acronym: &str, words: &[(String, u64)]) -> Option<Vec<u64>> {
    let letters: Vec<char> = acronym.chars().collect();
    if !(2..=5).contains(&letters.len()) {
        return None;
    }
    words
        .windows(letters.len())
        .find(|w| w.iter().zip(&letters).all(|((word, _), l)| word.starts_with(*l)))
        .map(|w| w.iter().map(|(_, stem)| *stem).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_understood() {
        let all = Header::all(
            [
                "unemployment_rate_percent_2025",
                "GDP (US$ millions)",
                "households2024",
                "consumerPriceIndex",
                "cpi_growth",
            ]
            .into_iter(),
        );
        let words = |i: usize| all[i].topics.iter().map(|t| t.word.as_str()).collect::<Vec<_>>();
        assert_eq!(words(0), ["unemployment", "rate"]);
        assert_eq!((all[0].percent, all[0].period.as_deref()), (true, Some("2025")));
        assert_eq!((words(1), all[1].money, all[1].scale), (vec!["gdp"], true, Decimal::from(1_000_000)));
        assert_eq!(words(3), ["consumer", "price", "index"]);
        assert_eq!(all[4].topics[0].stands_for.len(), 3);
    }
}
