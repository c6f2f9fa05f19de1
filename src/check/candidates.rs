//! Which statements, and which of their figures, may speak of the same thing as a figure of coverage: by what is named,
//! by rare words shared, by kind and unit. Values play no part here.

use super::compare::is_fraction;
use super::facts::Facts;
use super::settings::Settings;
use crate::document::Document;
use crate::extract::{Extraction, Figure, FigureKind};
use crate::lexicon;
use jiff::civil::Date;
use rust_decimal::Decimal;
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, OnceLock};

/// Statements with an index of their stems.
#[derive(Default)]
pub(super) struct Statements {
    all: Vec<Statement>,
    by_id: HashMap<String, u32>,
    /// For each stem the statements that have it, in order.
    postings: HashMap<u64, Vec<u32>>,
    /// The length of each statement, once all are there.
    norms: OnceLock<Vec<f32>>,
}

/// A statement, read.
pub(super) struct Statement {
    pub document: Arc<Document>,
    pub extraction: Arc<Extraction>,
    pub facts: Facts,
}

/// Statements to compare a document with.
pub(super) struct Found<'a> {
    pub statements: Vec<&'a Statement>,
    /// For each of them the sentences that it was found for; none where it is for all.
    only: Vec<Option<Vec<u32>>>,
    /// Who says that the document is about them.
    pub choice: Choice,
}

/// Who says that a document is about a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Choice {
    /// The document itself (`about`).
    Named,
    /// Whoever gave so few to compare it with.
    Given,
    /// We do, who found them among many.
    Ours,
}

impl Statements {
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    pub fn add(&mut self, document: Arc<Document>, extraction: Arc<Extraction>) {
        let number = self.all.len() as u32;
        let facts = Facts::new(&document, &extraction);
        self.norms.take();
        for stem in facts.places.keys() {
            self.postings.entry(*stem).or_default().push(number);
        }
        self.by_id.insert(document.id.clone(), number);
        self.all.push(Statement { document, extraction, facts });
    }

    /// The statements that a document names; else those that speak of what it speaks of, by the names and rarer words that
    /// both have and by their dates. Of many statements some share words by chance: the more there are, the more is asked.
    pub fn for_document(&self, document: &Document, facts: &Facts, settings: &Settings) -> Found<'_> {
        let own = self.by_id.get(&document.id).copied();
        let named: Vec<u32> =
            document.about.iter().filter_map(|id| self.by_id.get(id).copied()).filter(|n| Some(*n) != own).collect();
        if !document.about.is_empty() {
            return Found { only: vec![None; named.len()], statements: self.get(&named), choice: Choice::Named };
        }
        let day = document.day();
        let possible = |s: u32| {
            let statement = &self.all[s as usize].document;
            Some(s) != own && in_time(day, statement.day(), settings)
        };
        let mut ranked = self.resembling(facts);
        let least = settings.resemblance * self.doublings() / DOUBLINGS;
        ranked.retain(|(s, resemblance)| *resemblance >= least && possible(*s));
        for (s, resemblance) in &mut ranked {
            *resemblance *= closeness(day, self.all[*s as usize].document.day());
        }
        ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let best = ranked.first().map_or(0.0, |r| r.1);
        ranked.retain(|r| r.1 >= settings.beside_best * best);
        ranked.truncate(settings.statements);
        let mut chosen: BTreeMap<u32, Option<Vec<u32>>> = ranked.into_iter().map(|(s, _)| (s, None)).collect();
        for (s, sentence) in self.by_sentence(facts, settings).into_iter().filter(|(s, _)| possible(*s)) {
            if let Some(sentences) = chosen.entry(s).or_insert_with(|| Some(Vec::new())) {
                // What stands beside it may go on with it.
                sentences.extend([sentence.saturating_sub(1), sentence, sentence + 1]);
            }
        }
        let (numbers, only): (Vec<u32>, Vec<_>) = chosen.into_iter().unzip();
        let choice = if self.doublings() <= FEW { Choice::Given } else { Choice::Ours };
        Found { statements: self.get(&numbers), only, choice }
    }

    /// How much each statement resembles a document: the cosine of the angle between their words, each weighed by how few
    /// statements have it (Salton and Buckley, Term-weighting approaches, 1988). Only those that share a telling word.
    fn resembling(&self, facts: &Facts) -> Vec<(u32, f32)> {
        let total = self.all.len() as f32;
        let mut votes = vec![0.0f32; self.all.len()];
        let mut norm = 0.0;
        let mut stems: Vec<&u64> = facts.places.keys().collect();
        stems.sort_unstable();
        for stem in stems {
            let list = self.postings.get(stem).map_or(&[][..], Vec::as_slice);
            let weight = self.weight(list.len()).powi(2);
            norm += weight;
            // What most statements have tells none of them from the others.
            if list.len() <= 64 || (list.len() as f32) < total / 4.0 {
                list.iter().for_each(|s| votes[*s as usize] += weight);
            }
        }
        let norms = self.norms.get_or_init(|| self.norms());
        let found = (0..).zip(votes).filter(|(_, vote)| *vote > 0.0);
        found.map(|(s, vote)| (s, vote / (norm.sqrt() * norms[s as usize]))).collect()
    }

    /// How often one statement must double to be as many as there are.
    fn doublings(&self) -> f32 {
        (self.all.len() as f32).log2()
    }

    /// How much a stem tells that so many statements have.
    fn weight(&self, holders: usize) -> f32 {
        ((1.0 + self.all.len() as f32) / holders.max(1) as f32).ln()
    }

    /// The length of each statement, as a vector of its words.
    fn norms(&self) -> Vec<f32> {
        let of = |statement: &Statement| {
            let mut stems: Vec<&u64> = statement.facts.places.keys().collect();
            stems.sort_unstable();
            let weights = stems.iter().map(|stem| self.weight(self.postings.get(stem).map_or(0, Vec::len)).powi(2));
            weights.sum::<f32>().sqrt()
        };
        self.all.iter().map(of).collect()
    }

    /// Statements that share most of the words of a sentence with a figure: an article may take one figure from a
    /// statement about something else than itself.
    fn by_sentence(&self, facts: &Facts, settings: &Settings) -> Vec<(u32, u32)> {
        /// So many words must be shared.
        const WORDS: usize = 4;
        let share =
            (settings.shared_in_sentence + settings.shared_per_doubling * (self.doublings() - FEW).max(0.0)).min(1.0);
        let mut sentences: Vec<u32> = facts.figures.iter().map(|p| p.sentence).collect();
        sentences.dedup();
        let mut out = Vec::new();
        for sentence in sentences {
            let (from, to) = facts.sentences.get(sentence as usize).copied().unwrap_or_default();
            let mut stems: Vec<u64> = facts.words[from as usize..to as usize].iter().map(|w| w.stem).collect();
            stems.sort_unstable();
            stems.dedup();
            let mut votes: HashMap<u32, (f32, usize)> = HashMap::new();
            let mut possible = 0.0;
            for list in stems.iter().filter_map(|stem| self.postings.get(stem)) {
                let weight = self.weight(list.len());
                possible += weight;
                for s in list.iter().take(MOST_POSTINGS) {
                    let vote = votes.entry(*s).or_default();
                    *vote = (vote.0 + weight, vote.1 + 1);
                }
            }
            let enough = |v: &(f32, usize)| v.1 >= WORDS && v.0 >= share * possible;
            let best =
                votes.into_iter().filter(|(_, v)| enough(v)).max_by(|a, b| a.1.0.total_cmp(&b.1.0).then(b.0.cmp(&a.0)));
            out.extend(best.map(|(s, _)| (s, sentence)));
        }
        out
    }

    fn get(&self, numbers: &[u32]) -> Vec<&Statement> {
        numbers.iter().map(|n| &self.all[*n as usize]).collect()
    }
}

impl<'a> Found<'a> {
    /// Whether a statement was found for the sake of some sentences alone, and speaks of something else than the document.
    pub fn is_loose(&self, number: usize) -> bool {
        self.only[number].is_some()
    }

    /// The statements that a figure of a sentence may be compared with, with their positions.
    pub fn of_sentence(&self, sentence: u32) -> impl Iterator<Item = (usize, &'a Statement)> + '_ {
        let for_it = move |only: &Option<Vec<u32>>| only.as_ref().is_none_or(|list| list.contains(&sentence));
        let all = self.statements.iter().zip(&self.only).enumerate();
        all.filter(move |(_, (_, only))| for_it(only)).map(|(n, (statement, _))| (n, *statement))
    }
}

/// A word that more statements than this have tells little; only so many are looked at.
const MOST_POSTINGS: usize = 4096;

/// So many doublings of one statement make many: some thousand.
const DOUBLINGS: f32 = 10.0;

/// The same for few: up to sixteen were chosen by hand.
const FEW: f32 = 4.0;

/// How many days coverage comes after a statement; none where either day is not known.
pub(super) fn days_after(coverage: Option<Date>, statement: Option<Date>) -> Option<i32> {
    Some(statement?.until(coverage?).ok()?.get_days())
}

/// Whether coverage can be of a statement by their dates: it comes after it, or out beside it, and not years later.
fn in_time(coverage: Option<Date>, statement: Option<Date>, settings: &Settings) -> bool {
    days_after(coverage, statement).is_none_or(|days| (-settings.days_before..=settings.days_after).contains(&days))
}

/// How much the dates speak for a statement: coverage comes after it, and mostly soon.
fn closeness(coverage: Option<Date>, statement: Option<Date>) -> f32 {
    match days_after(coverage, statement) {
        Some(days) if days < -1 => 0.3,
        Some(days) if days <= 14 => 1.25,
        Some(days) if days <= 60 => 1.1,
        _ => 1.0,
    }
}

/// How two figures go together by kind and unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fit {
    /// The same kind, and unit if they have one.
    Same,
    /// A bare number that may be anything.
    Bare,
    /// Kinds that can stand for one another (an age and a number of years, a rank and a number).
    Cross,
}

/// How two figures go together, and the factor that brings the second into the unit of the first. None where they
/// cannot speak of the same thing.
pub(super) fn fit(ours: &Figure, theirs: &Figure) -> Option<(Fit, Decimal)> {
    use FigureKind::*;
    let one = |fit| Some((fit, Decimal::ONE));
    // `Eight in ten` and `79 percent`.
    match (is_fraction(ours), is_fraction(theirs)) {
        (true, false) if theirs.kind == Percent => return Some((Fit::Cross, Decimal::new(1, 2))),
        (false, true) if ours.kind == Percent => return Some((Fit::Cross, Decimal::ONE_HUNDRED)),
        (true, true) => return one(if ours.kind == theirs.kind { Fit::Same } else { Fit::Cross }),
        _ => {}
    }
    match (ours.kind, theirs.kind) {
        (Money, Money) => one(if same_or_unknown(ours, theirs) { Fit::Same } else { Fit::Cross }),
        (Percent, Percent) if ours.unit == theirs.unit => one(Fit::Same),
        (Percent, Percent) => one(Fit::Cross),
        (Quantity | Duration | Age, Quantity | Duration | Age) => {
            let factor = convert(ours, theirs)?;
            Some((if ours.kind == theirs.kind { Fit::Same } else { Fit::Cross }, factor))
        }
        (Date, Date) | (Time, Time) | (Ratio, Ratio) | (Ordinal, Ordinal) => one(Fit::Same),
        (Number, Number) => one(if ours.noun.is_none() { Fit::Bare } else { Fit::Same }),
        (Number, Ordinal) | (Ordinal, Number) => one(Fit::Cross),
        (Number, Age) if ours.noun.is_none() => one(Fit::Cross),
        (Age, Number) if theirs.noun.is_none() => one(Fit::Cross),
        (Number, Date) => one(Fit::Cross),
        (Number, Quantity | Duration | Money | Percent | Ratio) if ours.noun.is_none() => one(Fit::Cross),
        (Quantity | Duration, Number) if theirs.noun.is_none() => one(Fit::Cross),
        _ => None,
    }
}

fn same_or_unknown(ours: &Figure, theirs: &Figure) -> bool {
    ours.unit.is_none() || theirs.unit.is_none() || ours.unit == theirs.unit
}

/// The factor from the unit of `theirs` to that of `ours`, where they measure the same thing. Temperatures have no
/// factor and are only compared within one scale.
fn convert(ours: &Figure, theirs: &Figure) -> Option<Decimal> {
    let code = |f: &Figure| match (f.unit.as_deref(), f.kind) {
        (None, FigureKind::Age) => Some("a".to_owned()),
        (unit, _) => unit.map(str::to_owned),
    };
    let (ours, theirs) = (code(ours)?, code(theirs)?);
    if ours == theirs {
        return Some(Decimal::ONE);
    }
    let units = &lexicon::english().units;
    let (ours, theirs) = (units.code(&ours)?, units.code(&theirs)?);
    if ours.dimension != theirs.dimension || matches!(ours.dimension, "temperature" | "money") {
        return None;
    }
    theirs.factor.checked_div(ours.factor)
}
