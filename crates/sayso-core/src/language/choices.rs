//! The learned weights that tell whom a pronoun or a role means among those whom a text has named: one for each trait.
//! `training/speakers.py` produces them.

use super::tsv;

/// What can be told of one who may be meant, or of the words that ask: a set of names of [`Traits::NAMES`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Traits(u64);

impl Traits {
    /// The names of all traits, as in the table of weights.
    pub const NAMES: &[&str] = &[
        // What the rules say.
        "ruled-high",
        "ruled-medium",
        "ruled-low",
        // How many sentences ago the text named or heard the candidate.
        "named-0",
        "named-1",
        "named-2",
        "named-4",
        "named-8",
        "named-far",
        "named-last",
        // How it was named then.
        "subject",
        "subject-near",
        "leads",
        "behind-preposition",
        "owner",
        "agent",
        "modifier",
        "only-quoted",
        // Its speaking.
        "spoke-last",
        "spoke-before",
        "spoke-near",
        "spoke-once",
        "spoke-often",
        "floor",
        // What shows a person.
        "person",
        "first-name",
        "gender-told",
        "gender-likely",
        "gender-open",
        "unshown",
        "acronym",
        "common-words",
        "located",
        "unnamed",
        // Its place in the text.
        "times-1",
        "times-2",
        "times-4",
        "times-more",
        "topic",
        "alone",
        "named-next",
        "told",
        "told-before",
        "acts-on",
        "doubt",
        // Its role beside the one asked for.
        "role-same",
        "role-none",
        "role-other",
        "role-beside",
        "word-beside",
        "same-age",
        // The words that ask, where nobody may be meant.
        "none",
        "none-ruled",
        "none-office",
        "none-voice",
        "none-generic",
        "none-modified",
        "none-capital",
        "none-behind",
        "none-again",
        "none-age",
        "none-first",
    ];

    /// None.
    pub const NONE: Traits = Traits(0);

    /// The trait of this name; a name that is not in the list stops the compiler.
    pub const fn named(name: &str) -> Traits {
        let mut at = 0;
        while at < Self::NAMES.len() {
            if same(Self::NAMES[at].as_bytes(), name.as_bytes()) {
                return Traits(1 << at);
            }
            at += 1;
        }
        panic!("no such trait")
    }

    /// Adds `other` where `holds`.
    pub fn add(&mut self, other: Traits, holds: bool) {
        if holds {
            self.0 |= other.0;
        }
    }

    /// Both.
    pub const fn with(self, other: Traits) -> Traits {
        Traits(self.0 | other.0)
    }

    /// Whether it has one of `other`.
    pub const fn has(self, other: Traits) -> bool {
        self.0 & other.0 != 0
    }

    /// The positions of its names in [`Traits::NAMES`].
    pub fn positions(self) -> impl Iterator<Item = usize> {
        (0..Self::NAMES.len()).filter(move |at| self.0 >> at & 1 == 1)
    }
}

const fn same(one: &[u8], other: &[u8]) -> bool {
    if one.len() != other.len() {
        return false;
    }
    let mut at = 0;
    while at < one.len() {
        if one[at] != other[at] {
            return false;
        }
        at += 1;
    }
    true
}

/// What asks whom it means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asks {
    /// `he`, `she`
    Pronoun,
    /// `the minister`
    Role,
}

/// By how much the best must be ahead of the next to be sure, likely or worth a guess, in hundredths.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Leads {
    /// Sure.
    pub high: i32,
    /// Likely.
    pub medium: i32,
    /// A guess.
    pub low: i32,
}

/// The weights of one that asks, in hundredths of log-odds.
pub struct Weights {
    traits: [i32; Traits::NAMES.len()],
    /// How far ahead the best must be.
    pub leads: Leads,
}

impl Weights {
    const ZERO: Weights = Weights { traits: [0; Traits::NAMES.len()], leads: Leads { high: 0, medium: 0, low: 0 } };

    /// How well a candidate with these traits fits.
    pub fn of(&self, traits: Traits) -> i32 {
        traits.positions().map(|at| self.traits[at]).sum()
    }
}

/// The weights of all that ask.
pub struct ChoiceWeights {
    pronoun: Weights,
    role: Weights,
}

impl ChoiceWeights {
    /// Reads a table with the columns `trait`, `pronoun`, `role`; `high`, `medium` and `low` are the leads.
    pub fn new(table: &str) -> Self {
        let mut all = ChoiceWeights { pronoun: Weights::ZERO, role: Weights::ZERO };
        for row in tsv::rows(table) {
            for (column, weights) in [(1, &mut all.pronoun), (2, &mut all.role)] {
                let Ok(weight) = row.cell(column).parse::<i32>() else { continue };
                match row.cell(0) {
                    "high" => weights.leads.high = weight,
                    "medium" => weights.leads.medium = weight,
                    "low" => weights.leads.low = weight,
                    name => {
                        if let Some(at) = Traits::NAMES.iter().position(|other| *other == name) {
                            weights.traits[at] = weight;
                        }
                    }
                }
            }
        }
        all
    }

    /// Those of one.
    pub fn of(&self, asks: Asks) -> &Weights {
        match asks {
            Asks::Pronoun => &self.pronoun,
            Asks::Role => &self.role,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_weight_is_read() {
        const { assert!(Traits::NAMES.len() <= 64) };
        let table = super::super::en::TABLES.speaker_weights;
        let names: Vec<&str> = tsv::rows(table).map(|row| row.cell(0)).collect();
        for row in tsv::rows(table) {
            let known = Traits::NAMES.contains(&row.cell(0)) || matches!(row.cell(0), "high" | "medium" | "low");
            assert!(known && row.cell(1).parse::<i32>().is_ok() && row.cell(2).parse::<i32>().is_ok(), "{}", row.line);
        }
        assert!(Traits::NAMES.iter().all(|name| names.contains(name)));
        let weights = ChoiceWeights::new(table);
        for asks in [Asks::Pronoun, Asks::Role] {
            let leads = weights.of(asks).leads;
            assert!(leads.high > leads.medium && leads.medium >= leads.low && leads.low >= 0);
        }
    }
}
