//! What a column measures, read from its header: `unemployment_rate_percent_2025` is about *unemployment* and *rate*, in
//! percent, of 2025; `GDP (US$ millions)` is money, to be taken times a million; `length_m` is in metres.

use super::super::marks::{self, Mark};
use super::super::stems::stem;
use crate::language;
use crate::language::lists::List;
use crate::language::units::Unit;
use crate::span::Span;
use crate::words::{key, words};
use crate::work::steps;
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
    /// The year that it names; of two the later.
    pub period: Option<String>,
    /// Whether it holds shares or rates in a hundred.
    pub percent: bool,
    /// Whether it holds money.
    pub money: bool,
    /// Its unit or currency, where it names one.
    pub unit: Option<&'static Unit>,
    /// Whether it names a unit of time.
    timed: bool,
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
    /// Whether no other column has it.
    pub own: bool,
    /// Whether it says how something was measured, not what: `total`, `rate`.
    pub manner: bool,
    /// If it is an acronym of words of another header: their stems.
    pub stands_for: Vec<u64>,
}

impl Header {
    /// Reads all headers of a table together: a word that many have says less.
    pub(super) fn all<'h>(names: impl Iterator<Item = &'h str>) -> Vec<Header> {
        /// What a word that says how something was measured weighs beside one that says what.
        const MANNER: f32 = 0.25;
        let mut headers: Vec<Header> = names.map(Header::read).collect();
        let mut count: HashMap<u64, u32> = HashMap::new();
        headers.iter().flat_map(|h| &h.topics).for_each(|t| *count.entry(t.stem).or_default() += 1);
        // Columns of several years are one measure.
        let mut measures: Vec<Vec<u64>> = headers.iter().map(Header::stems).collect();
        measures.sort_unstable();
        measures.dedup();
        let mut holders: HashMap<u64, u32> = HashMap::new();
        measures.iter().flatten().for_each(|stem| *holders.entry(*stem).or_default() += 1);
        let all = headers.len() as f32;
        let acronyms = acronyms(&headers);
        for header in &mut headers {
            let what = header.topics.iter().any(|t| !t.manner);
            for topic in &mut header.topics {
                topic.weight = (1.0 + all / count[&topic.stem] as f32).ln();
                topic.own = holders[&topic.stem] == 1;
                topic.stands_for = acronyms.get(&topic.word).cloned().unwrap_or_default();
                topic.manner &= what;
                if topic.manner {
                    topic.weight *= MANNER;
                }
            }
        }
        headers
    }

    /// The stems of its words, in order.
    fn stems(&self) -> Vec<u64> {
        self.topics.iter().map(|t| t.stem).collect()
    }

    /// Whether two columns measure the same, if of different years.
    pub(super) fn is_same_measure(&self, other: &Header) -> bool {
        self.topics.len() == other.topics.len() && self.topics.iter().zip(&other.topics).all(|(a, b)| a.stem == b.stem)
    }

    fn read(name: &str) -> Header {
        let mut header = Header {
            name: name.to_owned(),
            topics: Vec::new(),
            scale: Decimal::ONE,
            period: None,
            percent: name.contains('%'),
            money: name.contains(is_sign),
            unit: None,
            timed: false,
            aliases: Vec::new(),
        };
        let parts = split(name);
        let money = header.money || parts.iter().any(|part| currency(part).is_some());
        let lengthy = parts.iter().any(|part| marks::is(key(part), Mark::Lengthy));
        let lists = &language::compared().lexicon.lists;
        let mut per = false;
        let mut at = 0;
        while at < parts.len() {
            let (word, base) = (parts[at].as_str(), std::mem::replace(&mut per, false));
            at += 1;
            match word {
                _ if lists.has(List::HeaderShares, word) => header.percent = true,
                "per" => per = true,
                _ if lists.has(List::HeaderTimes, word) => {
                    header.timed = true;
                    header.topics.extend(Topic::of(word).map(|topic| Topic { manner: true, ..topic }));
                }
                _ if is_year(word) => header.period = header.period.take().max(Some(word.to_owned())),
                // `2019/20`, `per 100,000`: no thing and no scale.
                _ if base && is_number(word) || header.period.is_some() && word.len() <= 2 && is_number(word) => {}
                "m" if lengthy && !money => header.unit = unit_of("m").map(|found| found.1),
                _ if at > 1 && scale_of(word).is_some() => header.scale = scale_of(word).unwrap_or(Decimal::ONE),
                _ if is_number(word) => {}
                _ if currency(word).is_some() => {
                    header.money = true;
                    header.unit = header.unit.or(currency(word).flatten());
                }
                _ => match (at > 1).then(|| unit_of(&parts[at - 1..].join(" "))).flatten() {
                    // `per km2` is a density, and no length.
                    Some((words, _)) if base => at += words - 1,
                    Some((words, unit)) => {
                        header.unit = header.unit.or(Some(unit));
                        at += words - 1;
                    }
                    None => header.topics.extend(Topic::of(word)),
                },
            }
        }
        if header.money && header.unit.is_none() {
            header.unit = name.find(is_sign).and_then(|at| {
                // `US$`
                let letters = name[..at].bytes().rev().take_while(u8::is_ascii_uppercase).count();
                let signed = |from: usize| language::compared().lexicon.units.sign(&name[from..]).map(|(_, unit)| unit);
                [at - letters, at].into_iter().find_map(signed)
            });
        }
        header
    }

    /// Whether a share or rate may stand in it.
    pub(super) fn may_be_rate(&self) -> bool {
        self.percent || self.topics.iter().any(|t| marks::is(key(&t.word), Mark::Rate))
    }

    /// Whether it measures time: `life expectancy`, `waiting time`.
    pub(super) fn is_time(&self) -> bool {
        self.timed || self.topics.iter().any(|t| marks::is(key(&t.word), Mark::Timed))
    }

    /// Whether it tells of changes.
    pub(super) fn is_change(&self) -> bool {
        self.topics.iter().any(|t| marks::is(key(&t.word), Mark::Changing))
    }
}

impl Topic {
    fn of(word: &str) -> Option<Topic> {
        let stem = stem(word);
        let manner = marks::is(key(word), Mark::Manner);
        let topic = Topic { word: word.to_owned(), stem, weight: 1.0, own: false, manner, stands_for: Vec::new() };
        (stem != 0).then_some(topic)
    }
}

/// A phrase as keys of its words.
pub(super) fn phrase(text: &str) -> Vec<u64> {
    words(text, Span::at(0, text.len())).iter().map(|w| w.key).collect()
}

const fn is_sign(c: char) -> bool {
    matches!(c, '$' | '€' | '£' | '¥')
}

fn is_year(word: &str) -> bool {
    word.len() == 4 && word.parse::<u16>().is_ok_and(|y| (1800..2200).contains(&y))
}

fn is_number(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit()) && word.bytes().all(|b| b.is_ascii_digit() || b == b',')
}

/// What a word multiplies a column with.
fn scale_of(word: &str) -> Option<Decimal> {
    let lists = &language::compared().lexicon.lists;
    let scales = [
        (List::HeaderThousands, 1_000),
        (List::HeaderMillions, 1_000_000),
        (List::HeaderBillions, 1_000_000_000),
        (List::HeaderTrillions, 1_000_000_000_000i64),
    ];
    scales.into_iter().find(|(list, _)| lists.has(*list, word)).map(|(_, scale)| Decimal::from(scale))
}

/// The currency that a word of a header names; none of which where only that it is money is told.
fn currency(word: &str) -> Option<Option<&'static Unit>> {
    let lexicon = &language::compared().lexicon;
    let units = &lexicon.units;
    match word {
        _ if lexicon.lists.has(List::HeaderMoney, word) => Some(None),
        _ if word.len() == 3 => units.code(&word.to_uppercase()).filter(|unit| unit.is_money()).map(Some),
        _ => units.word(word).filter(|(len, unit)| *len == word.len() && unit.is_money()).map(|(_, unit)| Some(unit)),
    }
}

/// The unit whose name or symbol begins some words of a header, with how many words it takes.
fn unit_of(text: &str) -> Option<(usize, &'static Unit)> {
    let units = &language::compared().lexicon.units;
    let whole = |len: usize| text[len..].is_empty() || text[len..].starts_with(' ');
    let found = units.word(text).filter(|(len, _)| whole(*len)).or_else(|| {
        // Symbols of one letter are too many things.
        units.symbol(text).filter(|(len, unit)| whole(*len) && (*len > 1 || unit.code == "m"))
    });
    let (len, unit) = found.filter(|(_, unit)| !unit.is_money() && unit.dimension != "time")?;
    Some((text[..len].split(' ').count(), unit))
}

/// The words of a header, in lower case: parted by what is no letter or digit, and where a small letter meets a capital.
/// Commas inside numbers stay.
fn split(name: &str) -> Vec<String> {
    let mut out = vec![String::new()];
    let mut small = false;
    let mut chars = name.chars().peekable();
    while let Some(c) = chars.next() {
        let digit = |c: char| c.is_ascii_digit();
        let inside = out.last().is_some_and(|w| w.ends_with(digit)) && chars.peek().is_some_and(|c| digit(*c));
        let kept = c.is_alphanumeric() || c == ',' && inside;
        let starts = !kept || (small && c.is_uppercase());
        if starts && out.last().is_some_and(|w| !w.is_empty()) {
            out.push(String::new());
        }
        if kept && let Some(word) = out.last_mut() {
            word.extend(c.to_lowercase());
        }
        small = c.is_lowercase();
    }
    out.retain(|w| !w.is_empty());
    out
}

/// For each acronym that the first letters of neighbouring words of a header spell, their stems; those that come first.
fn acronyms(headers: &[Header]) -> HashMap<String, Vec<u64>> {
    let mut out: HashMap<String, Vec<u64>> = HashMap::new();
    for size in 2..=5 {
        for words in headers.iter().flat_map(|header| header.topics.windows(size)) {
            steps(size);
            let letters: String = words.iter().filter_map(|topic| topic.word.chars().next()).collect();
            out.entry(letters).or_insert_with(|| words.iter().map(|topic| topic.stem).collect());
        }
    }
    out
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

    #[test]
    fn units_scales_and_years_of_headers() {
        let million = Decimal::from(1_000_000);
        for (name, topics, scale, unit, period) in [
            ("Population (thousands), 2019", vec!["population"], Decimal::ONE_THOUSAND, None, Some("2019")),
            ("Population ('000)", vec!["population"], Decimal::ONE_THOUSAND, None, None),
            ("GDP, current US$ bn", vec!["gdp", "current"], Decimal::from(1_000_000_000), Some("USD"), None),
            ("spending_eur_million_2025", vec!["spending"], million, Some("EUR"), Some("2025")),
            ("Turnover 2019/20 (£m)", vec!["turnover"], million, Some("GBP"), Some("2019")),
            ("Deaths per 100,000", vec!["deaths"], Decimal::ONE, None, None),
            ("length_m", vec!["length"], Decimal::ONE, Some("m"), None),
            ("Passengers (m)", vec!["passengers"], million, None, None),
            ("Area (sq km)", vec!["area"], Decimal::ONE, Some("km2"), None),
            ("area_km2", vec!["area"], Decimal::ONE, Some("km2"), None),
            ("People per km2", vec!["people"], Decimal::ONE, None, None),
            ("Weight, kg", vec!["weight"], Decimal::ONE, Some("kg"), None),
            ("Miles of road", vec!["miles", "road"], Decimal::ONE, None, None),
        ] {
            let header = &Header::all([name].into_iter())[0];
            let words: Vec<&str> = header.topics.iter().map(|t| t.word.as_str()).collect();
            let code = header.unit.map(|unit| unit.code);
            assert_eq!((words, header.scale, code, header.period.as_deref()), (topics, scale, unit, period), "{name}");
        }
    }

    #[test]
    fn what_says_how_something_was_measured_weighs_less() {
        let all = Header::all(["total_rainfall", "total", "rainfall_days"].into_iter());
        let topic = |h: usize, t: usize| (all[h].topics[t].manner, all[h].topics[t].own);
        assert_eq!((topic(0, 0), topic(1, 0), topic(2, 1)), ((true, false), (false, false), (true, true)));
        assert!(all[0].topics[0].weight < all[0].topics[1].weight);
    }
}
