//! Figures in a query: `>40000 retweets`, `3..5 percent`, `$75 million`, `~1.2m people`. A condition has a bound, a
//! value with its scale, and words for the unit or for what is counted. One figure of a document must satisfy all of
//! it.

use super::super::figures::{ANY, Stated, unit_key, words};
use super::super::inflect::forms;
use crate::IndexError;
use rust_decimal::Decimal;
use sayso_core::extract::{Figure, FigureKind, Op};
use sayso_core::text::folding::folded;

/// A condition on a figure, parsed by [`FigureTest::parse`].
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct FigureTest {
    /// How values are compared. [`Op::Range`] includes both ends.
    pub op: Op,
    /// The value, or the lower end of a range. `None` for a range without a lower end.
    pub value: Option<Decimal>,
    /// The upper end of a range. `None` for a range without an upper end.
    pub high: Option<Decimal>,
    /// The unit: an ISO 4217 code or `percent`.
    pub unit: Option<String>,
    /// Folded words. Each must be in the noun, the unit or the unit's name, in some form.
    pub words: Vec<String>,
}

/// Currency signs.
const CURRENCIES: [(&str, &str); 9] = [
    ("US$", "USD"),
    ("C$", "CAD"),
    ("A$", "AUD"),
    ("$", "USD"),
    ("€", "EUR"),
    ("£", "GBP"),
    ("¥", "JPY"),
    ("₹", "INR"),
    ("₩", "KRW"),
];

/// Scales that are written as separate words.
const SCALES: [(&str, i64); 12] = [
    ("hundred", 100),
    ("thousand", 1_000),
    ("million", 1_000_000),
    ("mln", 1_000_000),
    ("mn", 1_000_000),
    ("m", 1_000_000),
    ("billion", 1_000_000_000),
    ("bn", 1_000_000_000),
    ("b", 1_000_000_000),
    ("trillion", 1_000_000_000_000),
    ("tn", 1_000_000_000_000),
    ("k", 1_000),
];

/// Bounds. Longer signs come first.
const BOUNDS: [(&str, Op); 10] = [
    (">=", Op::AtLeast),
    ("≥", Op::AtLeast),
    ("=>", Op::AtLeast),
    ("<=", Op::AtMost),
    ("≤", Op::AtMost),
    ("=<", Op::AtMost),
    (">", Op::More),
    ("<", Op::Less),
    ("~", Op::About),
    ("=", Op::Equal),
];

impl FigureTest {
    /// Parses a bound (none means equal); a value with its scale (`40000`, `40,000`, `40k`, `1.5 million`) or a range
    /// (`3..5`, `$1m..`, `..5`); and any number of words for the unit or noun. `$`, `€`, `£` and `%` stand for their
    /// units. A single letter is a scale only directly after the number: `5m` is five million, `5 m` is five metres.
    pub fn parse(text: &str) -> Result<FigureTest, IndexError> {
        let mut reader = FigureParser { text, at: 0, unit: None };
        reader.skip_space();
        let op = BOUNDS.iter().find(|(sign, _)| reader.take(sign)).map_or(Op::Equal, |(_, op)| *op);
        let low = reader.value()?;
        let range = reader.take("..") || reader.take("…");
        let high = if range { reader.value()? } else { None };
        if low.is_none() && high.is_none() {
            return Err(reader.error(
                "no number",
                "write a bound, a number and what is counted: '>40000 retweets', '3..5 percent', '$1m..'",
            ));
        }
        if range && op != Op::Equal {
            return Err(reader.error("a bound and a range", "write one of them: '>3 percent' or '3..5 percent'"));
        }
        if let (Some(low), Some(high)) = (low, high)
            && low > high
        {
            return Err(reader.error("a range whose end is below its beginning", "write the lower value first"));
        }
        let mut words = folded(&text[reader.at..]);
        words.retain(|word| match word.as_str() {
            "percent" | "pct" => {
                reader.unit = Some("percent".to_owned());
                false
            }
            "of" | "the" | "per" => false,
            _ => true,
        });
        Ok(FigureTest { op: if range { Op::Range } else { op }, value: low, high, unit: reader.unit, words })
    }

    /// The index keys of matching figures. A figure matches if it has at least one key from each group.
    pub(crate) fn keys(&self) -> Vec<Vec<String>> {
        let mut groups: Vec<Vec<String>> = self.words.iter().map(|word| forms(word)).collect();
        groups.extend(self.unit.as_deref().map(|unit| vec![unit_key(unit)]));
        if groups.is_empty() {
            groups.push(vec![ANY.to_owned()]);
        }
        groups
    }

    /// The smallest and the largest single value that can match.
    pub(crate) fn bounds(&self) -> (Option<Decimal>, Option<Decimal>) {
        match (self.op, self.value) {
            (Op::Range, low) => (low, self.high),
            (_, None) => (None, None),
            (Op::Equal, value) => (value, value),
            (Op::About, Some(value)) => {
                let width = value.abs() / Decimal::from(20);
                (value.checked_sub(width), value.checked_add(width))
            }
            (Op::More | Op::AtLeast, value) => (value, None),
            (Op::Less | Op::AtMost, value) => (None, value),
        }
    }

    /// Whether a value from the index matches.
    pub(crate) fn fits(&self, stated: Stated) -> bool {
        self.value_fits(stated.low, stated.high, stated.op)
    }

    /// Whether a figure in `text` matches. A figure without a value never does. For a comparison, a bounded figure
    /// counts as what it claims: `more than 40,000` is above 40000, and `at least 40,000` is not, because it may be
    /// exactly that. An equality or range tests the number as stated.
    pub fn matches(&self, figure: &Figure, text: &str) -> bool {
        let Some(value) = figure.value else { return false };
        if matches!(figure.kind, FigureKind::Date | FigureKind::Time) {
            return false;
        }
        self.value_fits(value, figure.high, figure.op) && self.unit_fits(figure) && self.words_fit(figure, text)
    }

    fn value_fits(&self, low: Decimal, high: Option<Decimal>, op: Op) -> bool {
        let high = high.unwrap_or(low);
        let above = !matches!(op, Op::Less | Op::AtMost);
        let below = !matches!(op, Op::More | Op::AtLeast);
        let Some(value) = self.value else { return self.high.is_some_and(|end| below && high <= end) };
        match self.op {
            Op::Equal => low == value || high == value,
            Op::About => (low - value).abs() <= value.abs() / Decimal::from(20),
            Op::More => above && (low > value || op == Op::More && low == value),
            Op::AtLeast => above && low >= value,
            Op::Less => below && (high < value || op == Op::Less && high == value),
            Op::AtMost => below && high <= value,
            Op::Range => match self.high {
                Some(end) => value <= low && high <= end,
                None => above && low >= value,
            },
        }
    }

    fn unit_fits(&self, figure: &Figure) -> bool {
        self.unit.as_deref().is_none_or(|wanted| {
            figure.unit.as_deref().is_some_and(|unit| {
                unit.eq_ignore_ascii_case(wanted) || wanted == "percent" && unit == "percentage-point"
            }) || wanted == "percent" && figure.kind == FigureKind::Percent
        })
    }

    fn words_fit(&self, figure: &Figure, text: &str) -> bool {
        let there = words(figure, text);
        self.words.iter().all(|word| forms(word).iter().any(|form| there.contains(form)))
    }
}

struct FigureParser<'t> {
    text: &'t str,
    at: usize,
    unit: Option<String>,
}

impl FigureParser<'_> {
    fn error(&self, found: &str, help: &str) -> IndexError {
        let column = self.text[..self.at].chars().count() + 1;
        IndexError::Query { query: self.text.to_owned(), column, found: found.to_owned(), help: help.to_owned() }
    }

    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn skip_space(&mut self) {
        self.at = self.text.len() - self.rest().trim_start().len();
    }

    fn take(&mut self, sign: &str) -> bool {
        let taken = self.rest().starts_with(sign);
        if taken {
            self.at += sign.len();
        }
        taken
    }

    /// Parses a number with currency, scale and percent sign. `None` if no number starts here.
    fn value(&mut self) -> Result<Option<Decimal>, IndexError> {
        self.skip_space();
        let start = self.at;
        if let Some((_, code)) = CURRENCIES.iter().find(|(sign, _)| self.take(sign)) {
            self.unit = Some((*code).to_owned());
            self.skip_space();
        }
        let negative = self.take("-") || self.take("−");
        let digits = self.rest().len() - self.rest().trim_start_matches(|c: char| c.is_ascii_digit() || c == ',').len();
        let fraction = match self.rest()[digits..].strip_prefix('.') {
            Some(after) if after.starts_with(|c: char| c.is_ascii_digit()) => {
                1 + after.len() - after.trim_start_matches(|c: char| c.is_ascii_digit()).len()
            }
            _ => 0,
        };
        let number = self.rest()[..digits + fraction].replace(',', "");
        if number.is_empty() {
            self.at = start;
            return Ok(None);
        }
        let Ok(number) = number.parse::<Decimal>() else {
            return Err(self.error("a number that is too long", "write it with a scale: 40 trillion"));
        };
        self.at += digits + fraction;
        let scaled = self.scale().and_then(|scale| number.checked_mul(Decimal::from(scale)));
        let Some(number) = scaled else {
            return Err(self.error("a number that is too large", "write one below 10^28"));
        };
        self.skip_space();
        if self.take("%") {
            self.unit = Some("percent".to_owned());
        }
        self.skip_space();
        Ok(Some(if negative { -number } else { number }))
    }

    /// The scale after a number: 1 if there is none, `None` on overflow.
    fn scale(&mut self) -> Option<i64> {
        let mut scale = 1_i64;
        loop {
            let touching = self.rest().len() == self.rest().trim_start().len();
            let rest = self.rest().trim_start();
            let word = &rest[..rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len())];
            let known = SCALES.iter().find(|(name, _)| name.eq_ignore_ascii_case(word) && (name.len() > 1 || touching));
            let Some((_, factor)) = known.filter(|_| !word.is_empty()) else { return Some(scale) };
            scale = scale.checked_mul(*factor)?;
            self.at = self.text.len() - rest.len() + word.len();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sayso_core::span::Span;

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn reads_tests() {
        for (text, op, value, high, unit, words) in [
            (">40000 retweets", Op::More, "40000", "", "", "retweets"),
            ("40,000", Op::Equal, "40000", "", "", ""),
            (">= 40k people", Op::AtLeast, "40000", "", "", "people"),
            ("~1.5 million", Op::About, "1500000", "", "", ""),
            ("79%", Op::Equal, "79", "", "percent", ""),
            ("3..5 percent", Op::Range, "3", "5", "percent", ""),
            ("$75 million", Op::Equal, "75000000", "", "USD", ""),
            ("$1m..", Op::Range, "1000000", "", "USD", ""),
            ("..5 jobs", Op::Range, "", "5", "", "jobs"),
            ("<5 m", Op::Less, "5", "", "", "m"),
            ("£2 hundred thousand", Op::Equal, "200000", "", "GBP", ""),
            ("-3.5 °C", Op::Equal, "-3.5", "", "", "c"),
            ("5.", Op::Equal, "5", "", "", ""),
        ] {
            let test = FigureTest::parse(text).unwrap_or_else(|e| panic!("{text}: {e}"));
            let shown = |d: Option<Decimal>| d.map(|d| d.normalize().to_string()).unwrap_or_default();
            assert_eq!(test.op, op, "{text}");
            assert_eq!((shown(test.value).as_str(), shown(test.high).as_str()), (value, high), "{text}");
            assert_eq!(
                (test.unit.as_deref().unwrap_or_default(), test.words.join(" ").as_str()),
                (unit, words),
                "{text}"
            );
        }
    }

    #[test]
    fn says_what_is_wrong() {
        for (text, found) in [
            ("many retweets", "no number"),
            ("", "no number"),
            (">3..5", "a bound and a range"),
            ("5..3", "a range whose end"),
            ("99999999999999999999999999999999999", "too long"),
            ("9999999999999999 trillion trillion", "too large"),
        ] {
            let error = FigureTest::parse(text).unwrap_err().to_string();
            assert!(error.contains(found), "{text}: {error}");
        }
    }

    #[test]
    fn compares_what_is_claimed() {
        let text = "retweets";
        for (test, low, high, op, fits) in [
            (">40000 retweets", "40001", None, Op::Equal, true),
            (">40000 retweets", "40000", None, Op::Equal, false),
            (">40000 retweets", "40000", None, Op::More, true),
            (">40000 retweets", "40000", None, Op::AtLeast, false),
            (">=40000 retweet", "40000", None, Op::AtLeast, true),
            (">40000 retweets", "90000", None, Op::Less, false),
            ("<50000 retweets", "50000", None, Op::Less, true),
            ("<50000 retweets", "40000", Some("60000"), Op::Range, false),
            ("40000 retweets", "40000", None, Op::More, true),
            ("60000 retweets", "40000", Some("60000"), Op::Range, true),
            ("40000..50000", "45000", None, Op::About, true),
            ("40000..50000", "45000", Some("51000"), Op::Range, false),
            ("40000..", "39999", None, Op::Equal, false),
            ("~40000", "41000", None, Op::Equal, true),
            ("~40000", "45000", None, Op::Equal, false),
            (">1 likes", "40000", None, Op::Equal, false),
            (">1 percent", "40000", None, Op::Equal, false),
        ] {
            let figure = Figure {
                kind: FigureKind::Number,
                span: Span::at(0, 8),
                number: Span::at(0, 8),
                value: Some(decimal(low)),
                high: high.map(decimal),
                op,
                hedge: None,
                change: None,
                unit: None,
                unit_name: None,
                noun: Some(Span::at(0, 8)),
                noun_lemma: Some("retweet".to_owned()),
                of: None,
                iso: None,
                as_of: None,
                precision: None,
                quote: None,
            };
            assert_eq!(FigureTest::parse(test).unwrap().matches(&figure, text), fits, "{test} on {low} {op:?}");
        }
    }
}
