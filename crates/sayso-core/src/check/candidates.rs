//! Which statements may speak of what coverage speaks of: by what it names itself, else by rarer words and names that both
//! have, and by their dates.

use super::facts::Facts;
use super::settings::Settings;
use super::statements::{Holders, Statement, Statements};
use crate::document::{Document, day_number};
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Statements to compare a document with.
pub(super) struct Selected {
    pub statements: Vec<Arc<Statement>>,
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

impl Selected {
    /// The statements that a document names; else those that speak of what it speaks of, by the names and rarer words that
    /// both have and by their dates. Of many statements some share words by chance: the more there are, the more is asked.
    pub(super) fn new(document: &Document, facts: &Facts, statements: &Statements, settings: &Settings) -> Selected {
        let own = statements.number(&document.id);
        let day = document.day().map(day_number);
        let possible = |s: u32| Some(s) != own && in_time(day, statements.day(s), settings);
        let mut chosen: BTreeMap<u32, Option<Vec<u32>>> = BTreeMap::new();
        let choice = match statements.doublings() {
            _ if !document.about.is_empty() => Choice::Named,
            few if few <= FEW => Choice::Given,
            _ => Choice::Ours,
        };
        if choice == Choice::Named {
            let named = document.about.iter().filter_map(|id| statements.number(id)).filter(|s| Some(*s) != own);
            chosen.extend(named.map(|s| (s, None)));
        } else {
            let holders = statements.holders(document, facts);
            let ranked = resembling(document, statements, &holders, &possible, settings);
            chosen.extend(ranked.into_iter().map(|s| (s, None)));
            for (s, sentence) in by_sentence(facts, statements, &holders, &possible, settings) {
                if let Some(sentences) = chosen.entry(s).or_insert_with(|| Some(Vec::new())) {
                    // What stands beside it may go on with it.
                    sentences.extend([sentence.saturating_sub(1), sentence, sentence + 1]);
                }
            }
        }
        let read = chosen.into_iter().filter_map(|(s, only)| Some((statements.get(s)?, only)));
        let (statements, only) = read.unzip();
        Selected { statements, only, choice }
    }

    /// Whether a statement was found for the sake of some sentences alone, and speaks of something else than the document.
    pub(super) fn is_loose(&self, number: usize) -> bool {
        self.only[number].is_some()
    }

    /// The statements that a figure of a sentence may be compared with, with their positions.
    pub(super) fn of_sentence(&self, sentence: u32) -> impl Iterator<Item = (usize, &Statement)> + '_ {
        let for_it = move |only: &Option<Vec<u32>>| only.as_ref().is_none_or(|list| list.contains(&sentence));
        let all = self.statements.iter().zip(&self.only).enumerate();
        all.filter(move |(_, (_, only))| for_it(only)).map(|(n, (statement, _))| (n, statement.as_ref()))
    }
}

/// The possible statements that resemble a document most: by the cosine of the angle between their words, each weighed by
/// how few statements have it (Salton and Buckley, Term-weighting approaches, 1988), and by their dates.
fn resembling(
    document: &Document,
    statements: &Statements,
    holders: &Holders,
    possible: &dyn Fn(u32) -> bool,
    settings: &Settings,
) -> Vec<u32> {
    let day = document.day().map(day_number);
    let close = |s: u32| closeness(day, statements.day(s));
    let mut votes = vec![0.0f32; statements.len()];
    for (stem, holder) in holders.telling() {
        let weight = holders.weight(stem).powi(2);
        holder.iter().for_each(|s| votes[*s as usize] += weight);
    }
    let found = (0..).zip(votes).filter(|(s, vote)| *vote > 0.0 && possible(*s));
    let least = settings.resemblance * statements.doublings() / DOUBLINGS;
    let mut ranked: Vec<(u32, f32)> = statements.resemblance(holders, found.collect(), &close);
    ranked.retain(|(_, resemblance)| *resemblance >= least);
    ranked.iter_mut().for_each(|(s, resemblance)| *resemblance *= close(*s));
    ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let best = ranked.first().map_or(0.0, |r| r.1);
    ranked.retain(|r| r.1 >= settings.beside_best * best);
    ranked.truncate(settings.statements);
    ranked.into_iter().map(|(s, _)| s).collect()
}

/// Possible statements that share most of the words of a sentence with a figure, each with that sentence: an article may
/// take one figure from a statement about something else than itself.
fn by_sentence(
    facts: &Facts,
    statements: &Statements,
    holders: &Holders,
    possible: &dyn Fn(u32) -> bool,
    settings: &Settings,
) -> Vec<(u32, u32)> {
    /// So many words must be shared.
    const WORDS: usize = 4;
    /// So many statements are looked at for one sentence.
    const LOOKS: usize = 3;
    let doublings = (statements.doublings() - FEW).max(0.0);
    let share = (settings.shared_in_sentence + settings.shared_per_doubling * doublings).min(1.0);
    let mut sentences: Vec<u32> = facts.figures.iter().map(|p| p.sentence).collect();
    sentences.dedup();
    let mut out = Vec::new();
    // For each statement the weight of the words that it shares with a sentence, and which have any.
    let (mut votes, mut voted) = (vec![0.0f32; statements.len()], Vec::new());
    for sentence in sentences {
        let (from, to) = facts.sentences.get(sentence as usize).copied().unwrap_or_default();
        let mut stems: Vec<u64> = facts.words[from as usize..to as usize].iter().map(|w| w.stem).collect();
        stems.retain(|stem| holders.has(*stem));
        stems.sort_unstable();
        stems.dedup();
        let all: f32 = stems.iter().map(|stem| holders.weight(*stem)).sum();
        // What many have votes for nobody, and may still be shared.
        let mut rest = all;
        for stem in &stems {
            let Some(list) = holders.list(*stem).filter(|list| list.len() <= MOST_POSTINGS) else { continue };
            let weight = holders.weight(*stem);
            rest -= weight;
            for s in list {
                let vote = &mut votes[*s as usize];
                if *vote == 0.0 {
                    voted.push(*s);
                }
                *vote += weight;
            }
        }
        let mut votes: Vec<(u32, f32)> = voted.drain(..).map(|s| (s, std::mem::take(&mut votes[s as usize]))).collect();
        votes.retain(|(_, vote)| vote + rest >= share * all);
        votes.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let shared = |s: u32| {
            let statement = statements.get(s)?;
            let shared = stems.iter().filter(|stem| statement.facts.has(**stem));
            let (weight, words) = shared.fold((0.0, 0), |(w, n), stem| (w + holders.weight(*stem), n + 1));
            (words >= WORDS && weight >= share * all).then_some((s, weight))
        };
        let enough = votes.into_iter().take(LOOKS).filter_map(|(s, _)| shared(s));
        let best = enough.max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)));
        out.extend(best.filter(|(s, _)| possible(*s)).map(|(s, _)| (s, sentence)));
    }
    out
}

/// A word that more statements than this have finds no statement for a sentence.
const MOST_POSTINGS: usize = 4096;

/// So many doublings of one statement make many: some thousand.
const DOUBLINGS: f32 = 10.0;

/// The same for few: up to sixteen were chosen by hand.
const FEW: f32 = 4.0;

/// How many days coverage comes after a statement; none where either day is not known.
pub(super) fn days_after(coverage: Option<Date>, statement: Option<Date>) -> Option<i32> {
    apart(coverage.map(day_number), statement.map(day_number))
}

/// The same of days since 1970-01-01.
fn apart(coverage: Option<i32>, statement: Option<i32>) -> Option<i32> {
    Some(coverage? - statement?)
}

/// Whether coverage can be of a statement by their days: it comes after it, or out beside it, and not years later.
fn in_time(coverage: Option<i32>, statement: Option<i32>, settings: &Settings) -> bool {
    apart(coverage, statement).is_none_or(|days| (-settings.days_before..=settings.days_after).contains(&days))
}

/// How much the days speak for a statement: coverage comes after it, and mostly soon.
fn closeness(coverage: Option<i32>, statement: Option<i32>) -> f32 {
    match apart(coverage, statement) {
        Some(days) if days < -1 => 0.3,
        Some(days) if days <= 14 => 1.25,
        Some(days) if days <= 60 => 1.1,
        _ => 1.0,
    }
}
