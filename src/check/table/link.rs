//! A figure beside a cell: the row that its sentence names, the column that its words name, and what the two say of one
//! another. Where the periods cannot be compared, a different value is no contradiction.

use super::Table;
use super::headers::{Header, Topic};
use super::measures;
use super::rows::{Named, Rows};
use crate::check::compare::compare;
use crate::check::facts::{FactWord, Facts, Place};
use crate::check::{Check, CheckReason, Evidence, EvidenceItem, EvidenceKind, Relation, Settings, Verdict};
use crate::document::Document;
use crate::extract::{Extraction, Figure, FigureKind};
use crate::span::Span;
use rust_decimal::Decimal;

/// A cell that a figure may speak of.
struct Link {
    row: u32,
    column: usize,
    /// How well the header is matched, from 0 to 1.
    score: f32,
    named: Named,
    value: Decimal,
}

/// How the period of the cell stands to that of the sentence.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Period {
    Same,
    Other,
    Unknown,
    /// Neither names one, or the cell is of the year of the coverage and the sentence names none.
    Current,
}

/// Adds what tables say to the check of the figure at `index`.
pub(in crate::check) fn check(
    check: &mut Check,
    document: &Document,
    extraction: &Extraction,
    facts: &Facts,
    index: usize,
    rows: &Rows,
    evidence: &Evidence,
) {
    let figure = &extraction.figures[index];
    if matches!(figure.kind, FigureKind::Date | FigureKind::Time | FigureKind::Ordinal | FigureKind::Ratio) {
        return;
    }
    let Some(claimed) = figure.value else { return };
    for (t, table) in evidence.tables.iter().enumerate() {
        let Some(named) = rows.of(t, extraction, facts, index) else { continue };
        let years = years(extraction, facts, index);
        let now = document.day().map(|day| day.year().to_string());
        let words = Words { document, facts, index, figure };
        let Some(link) = find(table, named, &words, claimed, &years, now.as_deref(), &evidence.settings) else {
            continue;
        };
        let period = period(table, &link, &years, now.as_deref());
        match stale(table, &link, figure, &years) {
            Some(older) if period != Period::Other => take_stale(check, table, &link, older),
            _ => decide(check, table, &link, figure, period),
        }
    }
}

/// The years that the figure's sentence, or the figure itself, names.
fn years(extraction: &Extraction, facts: &Facts, index: usize) -> Vec<String> {
    let sentence = facts.figures[index].sentence;
    let year = |iso: &str| iso.get(..4).filter(|y| y.bytes().all(|b| b.is_ascii_digit())).map(str::to_owned);
    let own = extraction.figures[index].as_of.as_deref().and_then(year);
    if let Some(own) = own {
        return vec![own];
    }
    let dated = |i: &usize| facts.figures[*i].sentence == sentence && extraction.figures[*i].kind == FigureKind::Date;
    let from = facts.figures.partition_point(|p| p.sentence < sentence);
    let all = (from..facts.figures.len()).take_while(|i| facts.figures[*i].sentence <= sentence).filter(dated);
    all.filter_map(|i| year(extraction.figures[i].iso.as_deref()?)).collect()
}

/// The best column for a figure in its row: by the words of the sentence, else by those just before; of columns that
/// differ only in their period that of the sentence, else the newest that the coverage can know.
fn find(
    table: &Table,
    named: Named,
    words: &Words,
    claimed: Decimal,
    years: &[String],
    now: Option<&str>,
    settings: &Settings,
) -> Option<Link> {
    let newest = |row: &u32| table.body.period(*row).map(|p| (years.iter().any(|year| year == p), p));
    let row = table.body.like(named.row).max_by_key(newest)?;
    // A key that is a common word in the text is meant only where the column is clear.
    let least = if named.cased { settings.column } else { CERTAIN };
    let own = words.sentence();
    let before = words.before();
    for (sentence, trust) in [(own, 1.0), (before, settings.column_before)] {
        let mut best: Option<(Link, bool, Option<&String>)> = None;
        for (c, header) in table.columns.iter().enumerate() {
            let Some(value) = table.body.value(row, c) else { continue };
            if !words.kind_fits(header) || !magnitude_fits(header, claimed, value, settings.table_factor) {
                continue;
            }
            let score = trust * words.matches(sentence, header, &table.columns, named);
            let period = header.period.as_ref();
            let said = period.is_some_and(|p| years.contains(p));
            if score < least || (period.map(String::as_str) > now && now.is_some() && !said) {
                continue;
            }
            let link = Link { row, column: c, score: score.min(1.0), named, value };
            let rank = |s: f32, said: bool| if said { s + 0.1 } else { s };
            let better = best.as_ref().is_none_or(|(b, b_said, b_period)| {
                let (new, old) = (rank(score, said), rank(b.score, *b_said));
                new > old || new == old && period > *b_period
            });
            if better {
                best = Some((link, said, period));
            }
        }
        if let Some((link, ..)) = best {
            return Some(link);
        }
    }
    None
}

/// The older column of the same measure that has what the coverage gives as today's.
fn stale(table: &Table, link: &Link, figure: &Figure, years: &[String]) -> Option<usize> {
    let header = &table.columns[link.column];
    let newest = header.period.as_ref()?;
    let agrees = |c: usize| {
        let value = table.body.value(link.row, c)?;
        Some(compare(figure, &as_figure(value, &table.columns[c], figure), Decimal::ONE)?.relation == Relation::Equal)
    };
    let same_measure = |h: &Header| {
        h.topics.len() == header.topics.len() && h.topics.iter().zip(&header.topics).all(|(a, b)| a.stem == b.stem)
    };
    if !years.is_empty() || !link.named.in_sentence || agrees(link.column)? {
        return None;
    }
    let older = |c: &usize| table.columns[*c].period.as_ref().is_some_and(|p| p < newest);
    (0..table.columns.len()).find(|c| older(c) && same_measure(&table.columns[*c]) && agrees(*c) == Some(true))
}

fn take_stale(check: &mut Check, table: &Table, link: &Link, older: usize) {
    let older = Link { column: older, value: table.body.value(link.row, older).unwrap_or_default(), ..*link };
    let period = |l: &Link| table.columns[l.column].period.clone().unwrap_or_default();
    // A statement that gives the value itself is newer than a column.
    if check.verdict == Verdict::Supported && check.relation == Some(Relation::Equal) {
        return;
    }
    check.verdict = Verdict::Contradicted;
    check.relation = Some(Relation::Stale);
    check.computation = Some(format!(
        "{} is of {}; of {} it is {}",
        older.value.normalize(),
        period(&older),
        period(link),
        link.value.normalize()
    ));
    check.evidence = vec![item(table, link), item(table, &older)];
    check.because.retain(|r| *r == CheckReason::About);
    check.because.extend([CheckReason::RowNamed, CheckReason::ColumnNamed, CheckReason::OtherPeriod]);
}

/// Whether a value lies near enough to be another value of the same thing. Rates may be anything.
fn magnitude_fits(header: &Header, claimed: Decimal, value: Decimal, factor: f32) -> bool {
    if header.may_be_rate() || claimed.is_zero() || value.is_zero() {
        return true;
    }
    let factor = Decimal::try_from(factor).unwrap_or(Decimal::TEN);
    let (a, b) = (claimed.abs(), value.abs());
    a.checked_mul(factor).is_none_or(|m| m >= b) && b.checked_mul(factor).is_none_or(|m| m >= a)
}

/// Words that make a part of a whole: a figure for `women` is none for the population.
const PARTS: [&str; 20] = [
    "male", "female", "men", "women", "boys", "girls", "youth", "urban", "rural", "adult", "adults", "child", "under",
    "infant", "foreign", "native", "black", "white", "males", "females",
];

/// The words around a figure.
struct Words<'a> {
    document: &'a Document,
    facts: &'a Facts,
    index: usize,
    figure: &'a Figure,
}

impl Words<'_> {
    fn sentence(&self) -> &[FactWord] {
        let sentence = self.facts.figures[self.index].sentence;
        let (from, to) = self.facts.sentences.get(sentence as usize).copied().unwrap_or_default();
        &self.facts.words[from as usize..to as usize]
    }

    /// The sentences just before that of the figure, with it.
    fn before(&self) -> &[FactWord] {
        const BACK: u32 = 3;
        let sentence = self.facts.figures[self.index].sentence;
        let (_, to) = self.facts.sentences.get(sentence as usize).copied().unwrap_or_default();
        let first = sentence.saturating_sub(BACK);
        let (from, _) = self.facts.sentences.get(first as usize).copied().unwrap_or_default();
        &self.facts.words[from as usize..to as usize]
    }

    /// Whether a column of this unit can hold a figure of this kind.
    fn kind_fits(&self, header: &Header) -> bool {
        let percent_said =
            || self.sentence().iter().any(|w| matches!(w.span.of(&self.document.text), "%" | "percent" | "Percent"));
        match self.figure.kind {
            FigureKind::Percent => header.may_be_rate(),
            FigureKind::Money => !header.percent,
            FigureKind::Number if header.percent => percent_said() || self.figure.noun.is_none(),
            _ => true,
        }
    }

    /// The share of a header's words, by weight, that the sentence has; less where it has words of other headers.
    fn matches(&self, sentence: &[FactWord], header: &Header, all: &[Header], named: Named) -> f32 {
        let place = self.facts.figures[self.index];
        if self.is_part(self.sentence(), place, header) {
            return 0.0;
        }
        let has = |topic: &Topic| self.has(sentence, topic);
        let (Some(first), total) = (header.topics.first(), header.topics.iter().map(|t| t.weight).sum::<f32>()) else {
            return 0.0;
        };
        let matched: f32 = header.topics.iter().filter(|t| has(t)).map(|t| t.weight).sum();
        let stands =
            |phrase: &Vec<u64>| sentence.windows(phrase.len()).any(|w| w.iter().zip(phrase).all(|(w, k)| w.key == *k));
        if header.aliases.iter().any(stands) {
            return 1.0;
        }
        // `Home to 4,000 people`: what the phrase beside the figure says goes before what else the sentence speaks of.
        let (from, to) = (place.from as usize, place.to as usize);
        if header.topics.len() == 1 && measures::beside(&self.facts.words, from, to, first.stem) {
            return 1.0;
        }
        let own = |t: &Topic| header.topics.iter().any(|o| o.stem == t.stem || o.stands_for.contains(&t.stem));
        let key = |t: &Topic| {
            let (from, to) = named.words;
            self.facts.words[from as usize..to as usize].iter().any(|w| w.stem == t.stem)
        };
        // Another measure is named and this one is not: `GDP per capita` is no `gni_per_capita`.
        let other_head = all.iter().filter_map(|h| h.topics.first()).any(|t| !own(t) && !key(t) && has(t));
        if !has(first) && other_head {
            return 0.0;
        }
        let mut foreign: Vec<(u64, f32)> = all
            .iter()
            .flat_map(|h| &h.topics)
            .filter(|t| !own(t) && !key(t) && has(t))
            .map(|t| (t.stem, t.weight))
            .collect();
        foreign.sort_by_key(|f| f.0);
        foreign.dedup_by_key(|f| f.0);
        let foreign: f32 = foreign.iter().map(|f| f.1).sum();
        (matched - 0.5 * foreign) / total + 0.25 * f32::from(has(first))
    }

    /// Whether a word that makes a part of the whole stands beside the figure or beside a word of the header.
    fn is_part(&self, sentence: &[FactWord], place: Place, header: &Header) -> bool {
        const NEAR: usize = 2;
        let (from, _) = self.facts.sentences.get(place.sentence as usize).copied().unwrap_or_default();
        let at = (place.from.saturating_sub(from)) as usize;
        sentence.iter().enumerate().any(|(i, word)| {
            let lower = word.span.of(&self.document.text).to_lowercase();
            if !PARTS.contains(&lower.as_str()) || header.topics.iter().any(|t| t.word == lower) {
                return false;
            }
            let beside = &sentence[i.saturating_sub(NEAR)..(i + NEAR + 1).min(sentence.len())];
            i.abs_diff(at) <= NEAR + 1 || beside.iter().any(|w| header.topics.iter().any(|t| t.stem == w.stem))
        })
    }

    /// Whether a sentence has a header's word, what it stands for, or the words whose first letters it is.
    fn has(&self, sentence: &[FactWord], topic: &Topic) -> bool {
        if sentence.iter().any(|w| w.stem == topic.stem) || measures::says(sentence, topic.stem) {
            return true;
        }
        let known = topic.stands_for.iter().filter(|s| sentence.iter().any(|w| w.stem == **s)).count();
        if known >= 2 {
            return true;
        }
        let letters = topic.word.len();
        let initial = |w: &FactWord| w.span.of(&self.document.text).chars().next().map(|c| c.to_ascii_lowercase());
        (2..=5).contains(&letters)
            && sentence.windows(letters).any(|w| w.iter().map(initial).eq(topic.word.chars().map(Some)))
    }
}

fn period(table: &Table, link: &Link, years: &[String], now: Option<&str>) -> Period {
    let own = table.columns[link.column].period.as_deref().or(table.body.period(link.row));
    match (own, years) {
        (None, []) => Period::Current,
        (Some(own), []) if Some(own) == now => Period::Current,
        (None, _) | (_, []) => Period::Unknown,
        (Some(own), years) if years.iter().any(|year| year == own) => Period::Same,
        _ => Period::Other,
    }
}

/// How well row and column must be matched to contradict.
const CERTAIN: f32 = 0.8;

fn decide(check: &mut Check, table: &Table, link: &Link, figure: &Figure, period: Period) {
    let header = &table.columns[link.column];
    let cell = as_figure(link.value, header, figure);
    let Some(comparison) = compare(figure, &cell, Decimal::ONE) else { return };
    let certain = link.score >= CERTAIN && link.named.in_sentence && matches!(period, Period::Same | Period::Current);
    let (verdict, relation) = match period {
        Period::Other if !comparison.agrees => (Verdict::NotEnoughEvidence, Relation::Stale),
        _ if comparison.agrees => (Verdict::Supported, comparison.relation),
        _ if certain => (Verdict::Contradicted, comparison.relation),
        _ => (Verdict::NotEnoughEvidence, comparison.relation),
    };
    if period == Period::Unknown && comparison.relation != Relation::Equal && !link.named.in_sentence {
        return;
    }
    check.evidence.push(item(table, link));
    use Verdict::{Conflicting, Contradicted, Supported};
    let (verdict, takes) = match (check.verdict, verdict) {
        (Supported, Contradicted) | (Contradicted, Supported) | (Conflicting, _) => (Conflicting, false),
        (Supported | Contradicted, _) => (check.verdict, false),
        (_, new) => (new, true),
    };
    check.verdict = verdict;
    if takes {
        // What statements have does not bear on it: it did not settle anything.
        check.evidence.retain(|e| e.kind == EvidenceKind::Table);
        check.relation = Some(relation);
        check.computation = Some(comparison.text);
        check.because.retain(|r| *r != CheckReason::NoSource);
    }
    let reasons = [
        (true, CheckReason::RowNamed),
        (true, CheckReason::ColumnNamed),
        (period == Period::Unknown, CheckReason::PeriodUnknown),
        (period == Period::Other, CheckReason::OtherPeriod),
    ];
    check.because.extend(reasons.iter().filter(|r| r.0).map(|r| r.1));
    check.because.dedup();
}

fn item(table: &Table, link: &Link) -> EvidenceItem {
    EvidenceItem {
        doc: table.name.clone(),
        span: None,
        kind: EvidenceKind::Table,
        value: Some(link.value.normalize().to_string()),
        table: Some(table.name.clone()),
        row: Some(table.body.key(link.row).to_owned()),
        column: Some(table.columns[link.column].name.clone()),
        score: link.score,
    }
}

/// A cell as a figure, to be compared like one. Shares that a column holds as fractions are brought to percent.
fn as_figure(value: Decimal, header: &Header, like: &Figure) -> Figure {
    let fraction = like.kind == FigureKind::Percent
        && !header.percent
        && value.abs() <= Decimal::ONE
        && like.value.is_some_and(|v| v.abs() > Decimal::TEN);
    Figure {
        value: Some(if fraction { value * Decimal::ONE_HUNDRED } else { value }),
        unit: like.unit.clone(),
        precision: Some(Decimal::new(1, value.scale())),
        ..Figure::new(like.kind, Span::default(), Span::default())
    }
}
