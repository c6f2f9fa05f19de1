//! What is counted: the head noun after a number, past adjectives (`more than 40,000 new retweets` → retweets), and its
//! singular. There is no tagger at this place: the head is the first plural noun in reach, the last where several follow
//! one another; where none is, the word next to the number.

use super::window::Window;
use crate::language::figures::Class;
use crate::language::inflect::Ending;
use crate::language::lists::List;
use crate::span::Span;
use crate::text::TokenKind;

/// A counted noun.
pub(super) struct Noun {
    /// Its place.
    pub span: Span,
    /// Its singular, lower case.
    pub lemma: String,
    /// One past its token.
    pub end: usize,
}

/// What a word such as `last` makes a date of.
const PERIODS: Class = Class::UNIT.or(Class::MONTH).or(Class::SEASON).or(Class::WEEKDAY);

/// How many tokens the head may stand away.
const REACH: usize = 8;

impl Window<'_, '_> {
    /// Whether the word is a plural noun, or a noun that is counted without a plural ending.
    pub(super) fn is_plural(&self, at: usize) -> bool {
        let entry = self.entry(at);
        if entry.is(Class::PLURAL) {
            return true;
        }
        let text = self.text(at);
        if self.compound_plural(at).is_some() {
            return true;
        }
        self.page.lexicon.forms.looks_plural(text)
            && self.is_kind(at, TokenKind::Word)
            && !entry.is(Class::NO_PLURAL.or(Class::STOP).or(Class::WEEKDAY))
    }

    /// `gunmen`, `stepchildren`: the irregular plural that ends a compound, and its singular.
    fn compound_plural(&self, at: usize) -> Option<(&'static str, &'static str)> {
        let text = self.text(at);
        let last = text.as_bytes().last()?.to_ascii_lowercase();
        if !self.words.endings_end(last) || !self.is_kind(at, TokenKind::Word) || self.is(at, Class::NO_PLURAL) {
            return None;
        }
        let fits = |(plural, _): &&(&str, &str)| {
            text.len() > plural.len()
                && text.as_bytes()[text.len() - plural.len()..].eq_ignore_ascii_case(plural.as_bytes())
        };
        self.words.endings.iter().find(fits).copied()
    }

    /// Whether a noun phrase may go on at `at`.
    pub(super) fn in_phrase(&self, at: usize) -> bool {
        // "10 US troops" are not ours.
        self.is_kind(at, TokenKind::Word) && (!self.is(at, Class::STOP) || self.text(at) == "US")
    }

    /// `seven lives`, `two separate works`: a plural that is elsewhere a verb, where a noun is due.
    fn plural_for_sure(&self, at: usize) -> bool {
        self.is(at, Class::PLURAL) && self.is(at, Class::STOP) && !self.inner_hyphen(at + 1)
    }

    /// The noun that a number which ends before token `at` counts.
    pub(super) fn counted(&self, at: usize, one: bool) -> Option<Noun> {
        let mut at = at;
        if self.inner_hyphen(at) {
            // `a 300-page report`, `a three-judge panel`
            let noun = at + 1;
            // "the 2,500-strong crowd"
            if self.says(noun, "strong") {
                // "the 60,000-strong seal colony", but "the 2,500-strong crowd sang"
                let alone = self.is_past_verb(noun + 2) || !self.in_phrase(noun + 2);
                let head = if alone { Some(self.noun(noun + 1)) } else { self.head(noun + 1, true) };
                return head.filter(|_| self.in_phrase(noun + 1));
            }
            // "four-spoke", "five-run": a verb elsewhere; "two-to-one" and "four-and-a-half" go on.
            let small = Class::YEAR_PREPOSITION.or(Class::ARTICLE).or(Class::DETERMINER).or(Class::AND).or(Class::OF);
            let word = self.is_kind(noun, TokenKind::Word)
                && (self.in_phrase(noun) || !self.inner_hyphen(noun + 1) && !self.is(noun, small));
            return word.then(|| self.noun(noun));
        }
        // `12 of the 15 members`, `five of his friends`, `one of 3,278 people`: the noun after the "of".
        if self.is(at, Class::OF) {
            at += 1;
            // "two of them", "two of these were": what was counted before.
            if self.is(at, Class::THOSE) && !(self.is(at, Class::DETERMINER) && self.in_phrase(at + 1)) {
                return None;
            }
            if self.is(at, Class::DETERMINER) || self.is(at, Class::STOP) && !self.plural_for_sure(at) {
                at += 1;
            }
            // "40 of its own boats", "12 of the other towns"
            if self.listed(at, List::CountedOn) && self.in_phrase(at + 1) {
                at += 1;
            }
            // "14 of the last 15 sessions"
            let number = |at: usize| self.is_kind(at, TokenKind::Number) || self.is(at, Class::CARDINAL);
            if self.is(at, Class::RANK.or(Class::ANCHOR).or(Class::ORDINAL)) && number(at + 1) {
                at += 1;
            }
            // "33 of the council's 150 seats": the noun that the second number counts.
            let owner = (at..at + 4).find(|at| self.is_kind(*at, TokenKind::Clitic));
            if let Some(owner) = owner.filter(|owner| number(owner + 1)) {
                at = owner + 1;
            }
            if number(at) {
                at = self.numeral(at, super::numeral::Expect::Any)?.end;
            }
            return self.head(at, false);
        }
        if let Some(after) = self.past_amount(at) {
            return self.head(after, one);
        }
        if self.listed(at, List::CountedOn) && !self.says(at + 1, "than") {
            at += 1;
        }
        self.head(at, one)
    }

    /// Where an amount ends that stands between a count and its noun: `two $20 notes`, `three €4 million boats`, `six 10-pound
    /// balls`, `eight million 250ml bottles`.
    fn past_amount(&self, at: usize) -> Option<usize> {
        /// A sign may be several tokens: `US`, `$`.
        const SIGN: usize = 3;
        if self.is_kind(at, TokenKind::Number) {
            if !self.glued(at) {
                return None;
            }
            let number = self.numeral(at, super::numeral::Expect::Any)?;
            let mut end = number.end;
            if !self.inner_hyphen(end) {
                return self.measure(&number).map(|measure| measure.end);
            }
            while self.inner_hyphen(end) {
                end += 2;
            }
            return Some(end);
        }
        if !self.is_kind(at, TokenKind::Symbol) && !self.capital(at) {
            return None;
        }
        let number =
            (at..at + SIGN).find(|at| self.is_kind(*at, TokenKind::Number) || self.code_prefix(*at).is_some())?;
        self.prefix(number).filter(|prefix| prefix.start == self.byte(at))?;
        Some(self.numeral(number, super::numeral::Expect::Money)?.end)
    }

    /// What was measured, after the "of" at `of`: `350 tons of frozen fish`, `two cups of rice`. It need be no plural.
    pub(super) fn measured_stuff(&self, of: usize) -> Option<Noun> {
        let at = if self.is(of + 1, Class::DETERMINER.or(Class::STOP)) { of + 2 } else { of + 1 };
        if self.is_kind(at, TokenKind::Number) || self.is(at, Class::CARDINAL) {
            return self.counted(of, false);
        }
        self.head(at, true)
    }

    fn head(&self, from: usize, one: bool) -> Option<Noun> {
        // "eight fewer than in 2012"
        if self.says(from + 1, "than") && self.listed(from, List::CountedOn) {
            return None;
        }
        let mut last_word = None;
        let mut first = from;
        for at in from..from + REACH {
            if self.inner_hyphen(at) {
                continue;
            }
            if self.is_kind(at, TokenKind::Comma) && at > from && !one && self.adjective_list(at) {
                continue;
            }
            // "active and retired members"; "15 of the mayor's aides"; "50 'urgent' cases"
            if at > from && !one && (self.joins_adjectives(at) || self.possessive(at))
                || self.quoted_adjective(from, at)
            {
                // "15% of the town's total trade": not of the town
                if self.possessive(at) {
                    (first, last_word) = (at + 1, None);
                }
                continue;
            }
            // The first part of a compound, whatever it is elsewhere: "all-time", "two-bedroom".
            if self.inner_hyphen(at + 1) && self.is_kind(at, TokenKind::Word) {
                continue;
            }
            // Its last part is no head where the phrase goes on.
            let compound = self.inner_hyphen(at.wrapping_sub(1)) && at > from;
            if compound && self.in_phrase(at + 1) && !self.is_plural(at) {
                continue;
            }
            // "16 live cartridges": a verb elsewhere
            if at == from
                && !one
                && self.is(at, Class::STOP)
                && self.is(at, Class::ADJECTIVE.or(Class::HARMED))
                && self.plural_near(at + 1)
            {
                continue;
            }
            // "80,000 last year"
            if at == from && self.is(at, Class::ANCHOR) && self.is(at + 1, PERIODS) {
                break;
            }
            // "40 newly built boats"
            if at > from && !one && self.adverb(at - 1) && self.is_past_verb(at) && self.plural_near(at + 1) {
                continue;
            }
            // "a quarter of the output comes from here"
            if self.is(at, Class::VERB) && !self.is(at, Class::PLURAL) {
                break;
            }
            // "two boys' schools"
            if at > from && self.owns_next(at - 1, from) {
                continue;
            }
            if !one && self.owns_next(at, from) {
                (first, last_word) = (at + 2, None);
                continue;
            }
            if !one && self.plural_for_sure(at) {
                return Some(self.noun(at));
            }
            if !self.in_phrase(at) || (at > from && self.is(at, Class::CARDINAL)) {
                break;
            }
            // "6,000 Yazidis fled"
            if !one && at == from && self.is_people(at) {
                let text = self.text(at);
                return Some(Noun { lemma: text[..text.len() - 1].to_lowercase(), ..self.noun(at) });
            }
            if !one && self.is_plural(at) {
                let mut head = at;
                if self.in_phrase(at + 1)
                    && self.is_plural(at + 1)
                    && self.gap(at) == " "
                    // "14 times earnings"
                    && !self.says(at, "times")
                    // "five ways companies can save"
                    && !self.listed(at, List::ReducedHeads)
                    && !self.is(at + 1, Class::VERB)
                    // "two opinions Roberts wrote"
                    && (self.capital(at) || !self.capital(at + 1) || self.acronym(at + 1))
                {
                    head = at + 1;
                }
                return Some(self.noun(head));
            }
            // "one official", at the end of a phrase, is a noun; "one official record" is not.
            let alone = one && last_word.is_none() && !self.in_phrase(at + 1) && !self.inner_hyphen(at + 1);
            // "the third floor", "a quarter of the first batch"
            let rank = self.is(at, Class::ORDINAL) && self.in_phrase(at + 1) && !one;
            let adjective = self.adverb(at) || rank || self.is(at, Class::ADJECTIVE) && !alone;
            if (!self.capital(at) || self.capital(from) || self.acronym(at)) && !adjective {
                last_word = Some(at);
            }
            // "one man shot", but "the second monthly reading", "a first “wholly independent” survey".
            let quoted = self.closes_quoted(at + 1) && at < from + 4;
            // "one bleach bottle saves enough power", but "one human rights lawyer"
            let counts_one = || one && self.says(from.wrapping_sub(1), "one") && self.is_kind(at + 2, TokenKind::Word);
            let verb =
                counts_one() && self.is_plural(at + 1) && (!self.in_phrase(at + 2) || self.is(at + 2, Class::FEW));
            if one && !adjective && !quoted && (verb || self.ends_singular(at + 1) || self.is(at + 1, Class::VERB)) {
                break;
            }
        }
        match last_word {
            // "one focused on the harbour": no noun.
            Some(at) if one && at == from && self.participle(at) && !self.in_phrase(at + 1) => None,
            Some(at) if one => Some(self.noun(at)),
            // No plural in reach: only a word right beside the number is taken.
            Some(_)
                if self.in_phrase(first)
                    && !self.capital(first)
                    && !self.adverb(first)
                    && !self.participle(first)
                    && !self.is(first, Class::ADJECTIVE) =>
            {
                Some(self.noun(first))
            }
            _ => None,
        }
    }

    /// `Yazidis`, `Iraqis`: people whose name ends like a word in the singular, where no noun of theirs follows.
    fn is_people(&self, at: usize) -> bool {
        let text = self.text(at);
        self.capital(at) && text.len() > 5 && text.ends_with("is") && !self.in_phrase(at + 1)
    }

    /// Whether a plural noun stands at `at` or behind one word of its phrase.
    fn plural_near(&self, at: usize) -> bool {
        self.in_phrase(at) && (self.is_plural(at) || self.in_phrase(at + 1) && self.is_plural(at + 1))
    }

    /// `seven hungry, tired horses`: an adjective stands on either side of the comma.
    fn adjective_list(&self, comma: usize) -> bool {
        self.in_phrase(comma + 1)
            && !self.capital(comma - 1)
            && !self.capital(comma + 1)
            && !self.is_plural(comma - 1)
            && self.is_plural(comma + 2)
    }

    /// `active and retired members`: a coordinator between two adjectives of one plural noun.
    pub(super) fn joins_adjectives(&self, at: usize) -> bool {
        self.says_any(at, &["and", "or"])
            && self.is_kind(at - 1, TokenKind::Word)
            && !self.is_plural(at - 1)
            && !self.says(at - 1, "dead")
            && self.in_phrase(at + 1)
            && !self.is(at + 1, Class::FEW.or(Class::CARDINAL))
            && !self.is_plural(at + 1)
            && (at + 2..at + 7)
                .take_while(|at| self.in_phrase(*at) || self.inner_hyphen(*at) || self.inner_hyphen(*at - 1))
                .any(|at| self.is_plural(at))
    }

    /// `'s` after a word of the phrase, with more of the phrase behind it.
    pub(super) fn possessive(&self, at: usize) -> bool {
        self.is_kind(at, TokenKind::Clitic) && self.ends(at, Ending::Plural) && self.in_phrase(at + 1)
    }

    /// `two boys’ schools`, `two of Briles’ players`: an apostrophe right behind a plural that says whose or what kind the counted are,
    /// with more of the phrase behind it. In `the two countries’ relations` the countries are counted.
    fn owns_next(&self, at: usize, from: usize) -> bool {
        let whose = self.capital(at) && at == from && self.is(from.wrapping_sub(1), Class::OF);
        (whose || self.listed(at, List::KindOwners))
            && self.is_plural(at)
            && self.glued(at)
            && matches!(self.text(at + 1), "'" | "’")
            && !self.glued(at + 1)
            && self.in_phrase(at + 2)
    }

    /// A quote mark around the first words of the phrase: `50 "urgent" cases`.
    fn quoted_adjective(&self, from: usize, at: usize) -> bool {
        let closes = |at: usize| self.closes_quoted(at);
        self.is_kind(from, TokenKind::Mark)
            && (at == from && (closes(at + 2) || closes(at + 3)) || at > from && at <= from + 3 && closes(at))
    }

    /// A quote mark between two words of one phrase.
    fn closes_quoted(&self, at: usize) -> bool {
        self.is_kind(at, TokenKind::Mark)
            && self.in_phrase(at.wrapping_sub(1))
            && self.in_phrase(at + 1)
            && !self.glued(at)
            && self.glued(at.wrapping_sub(1))
    }

    /// `PHEV`: capitals alone make a noun, not a name's first word.
    pub(super) fn acronym(&self, at: usize) -> bool {
        let text = self.text(at);
        text.len() > 1 && text.bytes().all(|byte| byte.is_ascii_uppercase())
    }

    pub(super) fn adverb(&self, at: usize) -> bool {
        self.ends(at, Ending::Adverb) && !self.is(at, Class::ING_NOUN)
    }

    pub(super) fn participle(&self, at: usize) -> bool {
        self.regular_participle(at) || self.is(at, Class::PARTICIPLE)
    }

    /// `striking`, `named`; not `building`, `breed`.
    fn regular_participle(&self, at: usize) -> bool {
        let text = self.text(at);
        text.len() > 4
            && (self.ends(at, Ending::Gerund) || self.ends(at, Ending::Past))
            && !self.is(at, Class::ING_NOUN)
    }

    fn ends_singular(&self, at: usize) -> bool {
        self.regular_participle(at) || !self.in_phrase(at)
    }

    /// The word there, as a counted noun.
    pub(super) fn noun(&self, at: usize) -> Noun {
        let span = Span::new(self.byte(at), self.byte_after(at));
        let entry = self.entry(at);
        let text = self.text(at);
        let lemma = match (entry.lemma, self.compound_plural(at)) {
            ("", Some((plural, one))) => format!("{}{one}", text[..text.len() - plural.len()].to_lowercase()),
            ("", None) => self.page.lexicon.forms.singular(text),
            (lemma, _) => lemma.to_owned(),
        };
        Noun { span, lemma, end: at + 1 }
    }
}
