//! `Quay is closing its yard. The club said so`: which body a bare noun means because the text tells that it is such, or because
//! it is the one that acted last.

use super::resolve::Resolver;
use super::roster::{LOOK_BACK, Mention, only};
use crate::extract::{Confidence, SpeakerKind};
use crate::language::grammar::Class;
use crate::language::inflect::Ending;
use crate::text::TokenKind;
use crate::text::tokens::Case;

/// Tokens of a sentence that are read for a pronoun behind a name.
const FAR: u32 = 40;

impl Resolver<'_> {
    /// Whom the noun at token `noun`, behind `the`, means before byte `at`: the body of which the text says that it is one, or whose
    /// name ends in the noun; else the only one that has acted in this stretch or the one before. Where more words stand before the
    /// noun (`modified`), it is a guess, and no other body may stand near. At most [`LOOK_BACK`] mentions are read, and so many times
    /// [`FAR`] tokens.
    pub(super) fn acting(&self, noun: u32, modified: bool, at: u32, stretch: u32) -> Option<(u32, Confidence)> {
        let page = self.page;
        let (text, word) = (page.token_text(noun), page.word(noun as usize));
        let open = |mention: &&Mention| {
            let first = self.roster.entities[mention.entity as usize].aliases.first();
            let wire = first.is_some_and(|first| self.is_between_slashes(*first));
            !mention.quoted && !wire && self.may_be_called(mention.entity)
        };
        let named = |mention: &&Mention| {
            let words = &self.roster.entities[mention.entity as usize].words;
            words.len() > 1 && words.last().is_some_and(|last| last.eq_ignore_ascii_case(text))
        };
        // `the Marrowby news agency said so. … the agency`: one that spoke under this noun already.
        let capital = |name: &str| name.bytes().any(|byte| byte.is_ascii_uppercase());
        if self.unnamed.iter().rev().take(LOOK_BACK).any(|one| one.noun == word && capital(&one.name)) {
            return None;
        }
        let before = || self.roster.before(at).take(LOOK_BACK).filter(open);
        if !modified && let Some(told) = before().find(|mention| named(mention) || self.is_told(mention, noun)) {
            return Some((told.entity, Confidence::Medium));
        }
        let people = &page.lexicon.people;
        if !people.acting.contains(word) || self.is_named_before(noun) {
            return None;
        }
        let wide = people.wide.contains(word);
        let fits = |mention: &&Mention| {
            let entity = &self.roster.entities[mention.entity as usize];
            let called = |word: &String| page.lexicon.grammar.class(page.lexicon.words.get(&word.to_lowercase()));
            // `Kell University` is no club.
            let other =
                entity.words.len() > 1 && entity.words.last().is_some_and(|last| called(last).has(Class::GROUP));
            !entity.state
                && !people.is_state(&entity.words)
                && (wide && !modified || self.may_trade(entity) && !other)
                && !self.is_located(mention)
                && !self.is_attribute(mention)
                && !self.is_outlet(mention, true)
        };
        let near: Vec<&Mention> = before().take_while(|mention| mention.stretch + 1 >= stretch).filter(fits).collect();
        let last = near.iter().find(|mention| self.acts(mention))?;
        // Who acted last goes before who only stands near, where something shows that it is a body.
        if self.shows_body(last.entity, at) {
            let other = |mention: &&&Mention| mention.entity != last.entity && self.acts(mention);
            let alone = !near.iter().any(|mention| other(&mention) && self.shows_body(mention.entity, at));
            let alone = alone && (!modified || only(near.iter().copied()).is_some());
            return alone.then_some((last.entity, if modified { Confidence::Low } else { Confidence::Medium }));
        }
        if modified {
            return None;
        }
        // Nothing shows what it is: then nothing else may be meant.
        let one = only(near.iter().copied())?;
        (!self.names_person(near.last()?.span.end, at)).then_some((one, Confidence::Low))
    }

    /// Whether a name begins its sentence, stands beside a cue, or stands between the comma behind what is fronted and a verb.
    fn acts(&self, mention: &Mention) -> bool {
        let page = self.page;
        let first = page.token_at(mention.span.start);
        let article = first.checked_sub(1).is_some_and(|at| self.class_at(at).has(Class::DETERMINER));
        let first = first - u32::from(article);
        let comma = first.checked_sub(1).is_some_and(|at| page.tokens[at as usize].kind == TokenKind::Comma);
        let next = self.behind_asides(page.token_at(mention.span.end));
        let verb = || {
            page.tokens.get(next as usize).is_some_and(|token| {
                let class = page.class(next);
                token.is_word()
                    && token.case == Case::Lower
                    && (class.has(Class::AUXILIARY.with(Class::PAST))
                        || class == Class::default()
                            && page.lexicon.forms.ends(page.token_text(next), Ending::ClearPlural))
            })
        };
        (mention.leads && !self.is_dated(next)) || self.reports(mention) || comma && verb()
    }

    /// `HARROW, March 2.`: whether a comma and a date stand at token `at`.
    fn is_dated(&self, at: u32) -> bool {
        let next = self.page.tokens.get(at as usize + 1);
        self.kind_at(at) == Some(TokenKind::Comma)
            && next.is_some_and(|next| next.is_capital() && self.class_at(at + 1).has(Class::TIME))
    }

    /// `the Rail and Dock (RAD) union`: whether the noun at token `noun` stands behind a name or a bracket before.
    fn is_named_before(&self, noun: u32) -> bool {
        const MOST: u32 = 400;
        let page = self.page;
        let word = page.word(noun as usize);
        word.is_known()
            && (noun.saturating_sub(MOST).max(1)..noun).any(|at| {
                let before = page.tokens[at as usize - 1];
                page.word(at as usize) == word
                    && page.tokens[at as usize].case == Case::Lower
                    && (before.kind == TokenKind::Close || before.is_capital() && self.is_inner_name(at - 1))
            })
    }

    /// `the Quay union`, but not `Insurance company` at the head of a sentence or `a Latvian bank`: whether the capital at token `at` is a
    /// name's.
    fn is_inner_name(&self, at: u32) -> bool {
        let page = self.page;
        let first = at.checked_sub(1).is_none_or(|before| !page.tokens[before as usize].is_word());
        !first && !page.class(at).has(Class::DETERMINER) && !page.lexicon.people.is_demonym(page.token_text(at))
    }

    /// `Quay, a customs agency, …`, `the customs agency Quay`: whether a name has the noun at token `noun` beside it, which tells what
    /// it is.
    fn is_told(&self, mention: &Mention, noun: u32) -> bool {
        const MOST: u32 = 8;
        let page = self.page;
        let word = page.word(noun as usize);
        // `the Quay government` is no Quay.
        let people = &page.lexicon.people;
        let beside = word.is_known() && (people.acting.contains(word) || people.outlets.contains(word));
        let before = page.token_at(mention.span.start).checked_sub(1);
        if beside
            && before.is_some_and(|at| page.word(at as usize) == word && self.kind_at(at) == Some(TokenKind::Word))
        {
            return true;
        }
        // `the Quay magazine`
        let small =
            |at: u32| page.tokens.get(at as usize).is_some_and(|token| token.is_word() && token.case == Case::Lower);
        let next = page.token_at(mention.span.end);
        let behind = (next..next + 2).take_while(|at| small(*at)).find(|at| page.word(*at as usize) == word);
        if beside && behind.is_some_and(|noun| !small(noun + 1) || self.class_at(noun + 1) != Class::default()) {
            return true;
        }
        let comma = self.behind_asides(next);
        let determined = |at: u32| (at as usize) < page.tokens.len() && self.class_at(at).has(Class::DETERMINER);
        let opens = self.kind_at(comma) == Some(TokenKind::Comma) && determined(comma + 1);
        let stops = |at: &u32| {
            let class = self.class_at(*at);
            !matches!(self.kind_at(*at), Some(TokenKind::Word | TokenKind::Hyphen | TokenKind::Clitic))
                || class.has(Class::PREPOSITION.with(Class::RELATIVE))
        };
        let limit = (comma + 2 + MOST).min(page.tokens.len() as u32);
        let end = (comma + 2..limit).find(stops);
        let cue = |at: u32| (at as usize) < page.tokens.len() && self.class_at(at).has(Class::CUE_VERB);
        opens
            && end.is_some_and(|end| {
                // `…, the agency said` begins another clause.
                let last = end - 1;
                page.word(last as usize) == word && word.is_known() && small(last) && !cue(end)
            })
    }

    /// Behind what stands in brackets at token `at`: `(NYSE: QUAY) (TSX: QY)`.
    fn behind_asides(&self, mut at: u32) -> u32 {
        const MOST: u32 = 12;
        while self.kind_at(at) == Some(TokenKind::Open) {
            let Some(close) = (at + 1..at + MOST).find(|at| self.kind_at(*at) == Some(TokenKind::Close)) else {
                return at;
            };
            at = close + 1;
        }
        at
    }

    /// Whether something before byte `at` shows that one is a body: its kind, the letters of an exchange, `which` behind its name, or
    /// `it` as the first pronoun behind it, where it begins the sentence.
    pub(super) fn shows_body(&self, entity: u32, at: u32) -> bool {
        let page = self.page;
        if self.roster.entities[entity as usize].kind == SpeakerKind::Organization {
            return true;
        }
        self.roster.before(at).take(LOOK_BACK).filter(|mention| mention.entity == entity).any(|mention| {
            let next = page.token_at(mention.span.end);
            let letters =
                self.kind_at(next) == Some(TokenKind::Open) && self.kind_at(next + 2) == Some(TokenKind::Colon);
            let which = self.kind_at(next) == Some(TokenKind::Comma)
                && (next + 1) < page.tokens.len() as u32
                && self.word_at(next + 1) == "which";
            let end = page.sentence_at(mention.span.start).map_or(next, |sentence| sentence.tokens.end);
            let own = || (next..end.min(next + FAR)).find(|at| self.is_third(*at));
            letters || which || mention.leads && own().is_some_and(|at| self.word_at(at).starts_with("it"))
        })
    }

    /// Whether a pronoun of the third person stands at token `at`, or `who`.
    fn is_third(&self, at: u32) -> bool {
        const PRONOUNS: Class = Class::SUBJECT.with(Class::OBJECT).with(Class::POSSESSIVE);
        let class = self.class_at(at);
        class.has(PRONOUNS) && !class.has(Class::DETERMINER.with(Class::FIRST).with(Class::SECOND).with(Class::UNNAMED))
            || self.word_at(at) == "its"
    }

    /// Whether `he`, `she` or `who` stands between two bytes.
    fn names_person(&self, from: u32, to: u32) -> bool {
        const MOST: u32 = 200;
        let page = self.page;
        let end = page.token_at(to);
        let first = page.token_at(from).max(end.saturating_sub(MOST));
        (first..end).any(|at| {
            super::name::gender_of(self.class_at(at)).is_some() && self.is_third(at) || self.word_at(at) == "who"
        })
    }
}
