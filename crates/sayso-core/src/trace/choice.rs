//! Which reading of a run is claimed: those in its candidate statements go in, with what else of the page speaks for a
//! statement; one comes out, or the reason why none does.

use super::attribution::{self, Attributed};
use super::relation::Reading;
use super::settings::Settings;
use super::sources::Sources;
use super::{Reason, Relation};
use crate::document::Document;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// What decides between readings.
pub(super) struct Choice<'a> {
    pub document: &'a Document,
    pub sources: &'a Sources,
    /// How many words of each statement the page quotes.
    pub weight: &'a BTreeMap<u32, u32>,
    /// Statements that something else of the page speaks for.
    pub support: &'a [u32],
    pub speaker: Option<&'a Attributed>,
    pub settings: &'a Settings,
}

impl Choice<'_> {
    /// The best reading that can be claimed, or why there is none. Statements that say the same in the same words are told
    /// apart by what else of them the page quotes, then by the nearer date.
    pub(super) fn best(&self, mut readings: Vec<Reading>) -> Result<Reading, Reason> {
        let half = readings.iter().any(|r| r.matched * 2 >= r.words && r.matched > 2);
        let mut why = if half { Reason::WeakMatch } else { Reason::NoMatch };
        readings.retain(|r| self.claimable(r));
        let kept = readings.len();
        readings.retain(|r| !self.another_mouth(r));
        if readings.len() < kept {
            why = Reason::AnotherMouth;
        }
        let best = readings.iter().map(|r| r.score).max().ok_or(why)?;
        readings
            .into_iter()
            .filter(|r| r.score + self.settings.tie >= best)
            .max_by_key(|r| {
                (self.weight.get(&r.statement).copied(), r.score, Reverse((self.days_apart(r), r.statement)))
            })
            .ok_or(why)
    }

    fn claimable(&self, reading: &Reading) -> bool {
        reading.stands_alone(self.sources.len(), self.settings)
            || (self.support.contains(&reading.statement) && reading.stands_supported(self.settings))
    }

    /// Whether changed words are said by somebody else, and too few to have been taken from the statement all the same.
    fn another_mouth(&self, reading: &Reading) -> bool {
        let points = reading.points_to_spare(self.sources.len(), self.settings).unwrap_or(0.0);
        reading.relation == Relation::Altered
            && points < self.settings.points_for_another_mouth
            && self.sources.statement(reading.statement).is_some_and(|statement| {
                let theirs = attribution::in_statement(&statement, &reading.source);
                let office = statement.document.publisher.as_deref();
                attribution::drift(self.speaker, theirs.as_ref(), office) == Some(true)
            })
    }

    fn days_apart(&self, reading: &Reading) -> u32 {
        let days = |statement: jiff::civil::Date| Some((statement - self.document.day()?).get_days().unsigned_abs());
        self.sources.statement(reading.statement).and_then(|s| s.document.day()).and_then(days).unwrap_or(u32::MAX)
    }
}

/// The statements that each speaker of a page issued about its date.
#[derive(Default)]
pub(super) struct Issued(BTreeMap<String, Vec<u32>>);

impl Issued {
    pub(super) fn by(
        &mut self,
        speaker: Option<&Attributed>,
        document: &Document,
        own: Option<u32>,
        sources: &Sources,
        settings: &Settings,
    ) -> Vec<u32> {
        let (Some(speaker), Some(day)) = (speaker, document.day()) else { return Vec::new() };
        let look = || {
            let mut found = sources.issued(&speaker.name, day, settings.days);
            found.retain(|number| Some(*number) != own);
            found
        };
        self.0.entry(speaker.name.clone()).or_insert_with(look).clone()
    }
}
