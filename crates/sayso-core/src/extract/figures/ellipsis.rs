//! Numbers that leave out what their neighbours told: the unit of the figure before (`for twelve years … for thirty`) or of
//! the one behind (`20 and 22 percent`), or that they are hours (`at twenty past one … at two`).

use super::measure::POINT;
use super::nouns::Noun;
use super::numeral::{Expect, Form, Numeral};
use super::window::Window;
use crate::extract::{Figure, FigureKind};
use crate::language::figures::Class;
use crate::language::lists::List;
use crate::text::TokenKind;
use rust_decimal::Decimal;

impl Window<'_, '_> {
    /// A number alone that goes on in the unit of the figure before it: `in the past four weeks and could start within two`,
    /// `I asked for twelve years. I did not ask for thirty`; `wants €2 million; the council has offered half a million`.
    pub(super) fn same_unit(&self, figure: &mut Figure, numeral: &Numeral, out: &[Figure]) {
        let Some(last) = out.last().filter(|last| last.unit.is_some()) else { return };
        if self.of_a_share(numeral, out) {
            figure.span.end = self.byte_after(numeral.end);
            self.set_unit(figure, POINT);
            return;
        }
        if self.is_kind(numeral.end, TokenKind::Word) && !self.is(numeral.end, Class::YEAR_PREPOSITION) {
            return;
        }
        let begin = self.page.token_at(last.span.end.saturating_sub(1)) as usize;
        let stops = (begin..numeral.first).filter(|at| self.is_kind(*at, TokenKind::Stop)).count();
        let before = numeral.first.wrapping_sub(1);
        // "($14,400; 13,500 euros; 11,400)": a sum of another currency, whose sign was lost
        if last.kind == FigureKind::Money && self.is_kind(before, TokenKind::Semicolon) {
            if matches!(self.kind(numeral.end), Some(TokenKind::Close | TokenKind::Semicolon)) {
                figure.kind = FigureKind::Money;
                figure.unit_name = Some(super::measure::LOST.name.into());
            }
            return;
        }
        // "111 tons from Stell and 105 from Harrow"
        let joined = self.is(before, Class::AND) || self.is_kind(before, TokenKind::Comma);
        let same = joined
            && stops == 0
            && self.says(begin + 1, self.text(numeral.end))
            && self.is(numeral.end, Class::YEAR_PREPOSITION);
        let lead = self.page.token_at(last.span.start).wrapping_sub(1) as usize;
        let again = self.is(before, Class::AGAIN)
            && (self.says(before, "within") && stops == 0
                || self.says(lead, self.text(before)) && stops <= 1 && !self.is_kind(numeral.end, TokenKind::Word));
        match last.kind {
            FigureKind::Duration if again => {
                figure.iso = figure.value.map(|value| super::time::iso(value, self.entry(begin).code));
            }
            FigureKind::Money if stops == 0 && numeral.place >= Decimal::ONE_THOUSAND => {}
            FigureKind::Money | FigureKind::Quantity if same => {}
            _ => return,
        }
        figure.kind = last.kind;
        figure.unit.clone_from(&last.unit);
        figure.unit_name.clone_from(&last.unit_name);
    }

    /// `Of the 84 dams, 40 are unsafe`, `nine judges; four were named last year`, `hundreds of them`: a number alone, before a verb
    /// or a pronoun, counts what the figure before it counted, in its own sentence or the one before. `the two are friends` does not.
    pub(super) fn same_noun(&self, figure: &mut Figure, numeral: &Numeral, out: &[Figure]) {
        const REACH: usize = 3;
        const NEAR: u32 = 40;
        if figure.unit.is_some()
            || figure.noun.is_some()
            || !matches!(figure.kind, FigureKind::Number | FigureKind::Ratio)
        {
            return;
        }
        let before = numeral.first.wrapping_sub(1);
        // "from 108 seats to 90", "a fall in deaths from 586 to 489"
        let from = |last: &Figure| {
            let first = self.page.token_at(last.number.start).wrapping_sub(1) as usize;
            self.says(first, "from") && last.noun.is_some() && numeral.span.start < last.span.end + NEAR
        };
        let change = self.says(before, "to") && out.iter().rev().take(2).any(from);
        // "compared with 764 in May", "up from seven", "against 12"
        let way = before.wrapping_sub(1);
        let compared = self.is(before, Class::AGAINST)
            || self.says_any(before, &["to", "with"]) && self.says(way, "compared")
            || self.says(before, "from") && self.is(way, Class::UP.or(Class::DOWN));
        let ends = !self.is_kind(numeral.end, TokenKind::Word) || self.is(numeral.end, Class::STOP.or(Class::AND));
        let change = change || compared && ends;
        let told = self.total_of(numeral).or_else(|| self.falling(numeral)).or_else(|| self.collective(numeral));
        if let Some(noun) = told {
            figure.noun = Some(noun.span);
            figure.noun_lemma = Some(noun.lemma);
            return;
        }
        let of = self.is(numeral.end, Class::OF) && self.is(numeral.end + 1, Class::THOSE);
        // "40 people were killed and 12 injured", "of 40 boats, 12 sank"
        let joined = self.is(before, Class::AND)
            || matches!(self.kind(before), Some(TokenKind::Comma | TokenKind::Semicolon | TokenKind::Stop));
        // "it lost 31 boats in May and seven in June", "it has 27 mills, 86 with two wheels"
        let preposition = self.is(numeral.end, Class::YEAR_PREPOSITION) || self.says(numeral.end, "with");
        // "500 carts a day, or 150,000 a year"
        let rate = self.says(before, "or") && self.is(numeral.end, Class::ARTICLE.or(Class::PER));
        let aside = joined && preposition && !self.is_kind(before, TokenKind::Stop);
        let done = rate
            || joined
                && (self.is(numeral.end, Class::HARMED)
                    || self.is_past_verb(numeral.end) && numeral.value != Decimal::ONE);
        // "killed 46 people and injured 128", "Stell has 6,800 boats and Harrow has 7,000"
        let harmed = self.is(before, Class::HARMED) && self.is_past_verb(before) && !self.says(before, "arrested");
        let done = done || ends && (harmed || self.has_too(numeral, out));
        let clause = self.is(numeral.end, Class::AUXILIARY) || self.is(numeral.end, Class::PARTICIPLE) || done;
        // "51 votes to 49"
        let change = change || self.is_other_side(numeral, out);
        let told = change || of || clause;
        if !(told || aside) || self.is(before, Class::DETERMINER) || self.says_any(before, &["all", "both"]) {
            return;
        }
        let sentence = self.page.sentence_at(numeral.span.start);
        let Some(start) = sentence.map(|sentence| sentence.span.start) else { return };
        // What a preposition alone joins goes on in its own sentence.
        let floor = match told {
            true => self.page.sentence_at(start.saturating_sub(2)).map_or(start, |before| before.span.start),
            false => start,
        };
        let counted = |last: &&Figure| {
            let noun = last.noun.map(|noun| self.page.token_at(noun.start) as usize);
            last.kind == FigureKind::Number && noun.is_some_and(|noun| self.is_plural(noun)) && last.unit.is_none()
        };
        // A number far larger counts something else: "it has 12 pages; 65 million have fled".
        let fits = |last: &Figure| {
            let most = last.value.and_then(|value| value.checked_mul(Decimal::ONE_HUNDRED));
            most.is_none_or(|most| numeral.value <= most)
        };
        let counted = |last: &&Figure| counted(last) && fits(last);
        let near = out.iter().rev().take(REACH).take_while(|last| last.span.start >= floor);
        if let Some(last) = near.into_iter().find(counted) {
            figure.noun = last.noun;
            figure.noun_lemma.clone_from(&last.noun_lemma);
        }
    }

    /// `and Harrow has 7,000`, behind `Stell has 6,800 boats`: whether the number ends a clause with the verb that stands before the
    /// figure before it, in one sentence.
    fn has_too(&self, numeral: &Numeral, out: &[Figure]) -> bool {
        let verb = numeral.first.wrapping_sub(1);
        let Some(last) = out.last().filter(|last| last.kind == FigureKind::Number) else { return false };
        let first = self.page.token_at(last.span.start).wrapping_sub(1) as usize;
        let sentence = self.page.sentence_at(numeral.span.start);
        self.listed(verb, List::HavingVerbs)
            && self.says(first, self.text(verb))
            && sentence.is_some_and(|sentence| sentence.span.start <= last.span.start)
    }

    /// Whether a verb of the past stands at `at`: `sank`, `injured`.
    pub(super) fn is_past_verb(&self, at: usize) -> bool {
        let Some(token) = self.token(at).filter(|token| token.kind == TokenKind::Word) else { return false };
        let text = token.span().of(self.page.text).as_bytes();
        self.page.lexicon.claim_words.is_past(token.word, text) && !self.is(at, Class::ING_NOUN)
    }

    /// Whether a number after `to` is the other side of what was counted right before it: `by 51 votes to 49`, `260 points to 60`,
    /// `34 votes to Brandt's 20`.
    fn is_other_side(&self, numeral: &Numeral, out: &[Figure]) -> bool {
        /// Names may stand between: `to the mayor's 20`.
        const OWNER: usize = 4;
        let before = numeral.first.wrapping_sub(1);
        let owned = self.is_kind(before, TokenKind::Clitic);
        let to = match owned {
            true => (1..=OWNER).map(|back| before.wrapping_sub(back)).find(|at| self.says(*at, "to")),
            false => self.says(before, "to").then_some(before),
        };
        let ends = !self.is_kind(numeral.end, TokenKind::Word) || self.is(numeral.end, Class::STOP.or(Class::AND));
        let (Some(to), Some(last)) = (to.filter(|_| ends), out.last()) else { return false };
        let counted = last.noun.is_some_and(|noun| noun.end == self.byte_after(to.wrapping_sub(1)));
        let fewer = last.value.is_some_and(|value| numeral.value < value);
        counted && fewer && last.kind == FigureKind::Number
    }

    /// `the number of wrecks rose to 14`, `put the toll of missing sailors at nine`: what the total before a number is of.
    fn total_of(&self, numeral: &Numeral) -> Option<Noun> {
        const REACH: usize = 16;
        const HEDGES: usize = 3;
        let mut before = numeral.first.wrapping_sub(1);
        let floor = before.saturating_sub(HEDGES);
        while before > floor && self.is(before, Class::HEDGE_END) && !self.is(before, Class::STOOD) {
            before -= 1;
        }
        let ends = !self.is_kind(numeral.end, TokenKind::Word) || self.is(numeral.end, Class::STOP.or(Class::AND));
        if !ends || !self.is(before, Class::STOOD) {
            return None;
        }
        let clause = |at: &usize| {
            matches!(self.kind(*at), Some(TokenKind::Word | TokenKind::Clitic | TokenKind::Hyphen))
                && !self.is(*at, Class::CARDINAL)
        };
        let head = (1..REACH).map(|back| before.wrapping_sub(back)).take_while(clause);
        let of = head.into_iter().find(|at| self.is(*at, Class::TOTAL) && self.is(at + 1, Class::OF))? + 1;
        self.counted(of, false).filter(|noun| self.is_plural(noun.end - 1) && noun.end <= before)
    }

    /// `a fall in deaths from 586 in 2014 to 489`
    fn falling(&self, numeral: &Numeral) -> Option<Noun> {
        const REACH: usize = 8;
        let from = numeral.first.wrapping_sub(1);
        if !self.says(from, "from") {
            return None;
        }
        let to = (numeral.end..numeral.end + REACH)
            .take_while(|at| matches!(self.kind(*at), Some(TokenKind::Word | TokenKind::Number)))
            .any(|at| self.says(at, "to"));
        let ends = !self.is_kind(numeral.end, TokenKind::Word) || self.is(numeral.end, Class::STOP);
        if to && ends { self.noun_before(from) } else { None }
    }

    /// The plural noun that ends before token `from`, where `from 108 to 90` begins: `seats from 108 to 90`, `jobs falling from …`.
    pub(super) fn noun_before(&self, from: usize) -> Option<Noun> {
        let before = from.wrapping_sub(1);
        let noun = if self.is(before, Class::UP.or(Class::DOWN)) { before.wrapping_sub(1) } else { before };
        let begins =
            self.page.sentence_at(self.byte(noun)).is_some_and(|sentence| sentence.span.start == self.byte(noun));
        let common = !self.capital(noun) || begins;
        let free = self.is_plural(noun) && self.in_phrase(noun) && common && !self.is(noun, Class::UNITS);
        free.then(|| self.noun(noun))
    }

    /// `from 52% to 61%, up nine points`: whether points are those of a percentage before them in the sentence.
    pub(super) fn of_a_share(&self, numeral: &Numeral, out: &[Figure]) -> bool {
        let points = self.is(numeral.end, Class::POINTS);
        let Some(last) = out.last().filter(|last| points && last.kind == FigureKind::Percent) else { return false };
        // "rose 1.2%, or 312 points", "fell 2 percent, losing 40 points": points of an index, as the share tells how much it moved
        let first = self.page.token_at(last.span.start) as usize;
        let level = self.is(first.wrapping_sub(1), Class::LEVEL);
        let put =
            self.bound(numeral.first, self.end).map_or(numeral.first, |b| self.page.token_at(b.span.start) as usize);
        let equal = self.says(put.wrapping_sub(1), "or") || self.is_kind(put.wrapping_sub(1), TokenKind::Open);
        if equal || last.change.is_some() && !level || numeral.value > Decimal::ONE_HUNDRED {
            return false;
        }
        let begin = self.page.token_at(last.span.end.saturating_sub(1)) as usize;
        (begin..numeral.first).all(|at| !self.is_kind(at, TokenKind::Stop))
    }

    /// `10, 20 and 30 percent`, `five and ten miles`: a number alone that has the unit of those after it.
    pub(super) fn unit_ahead(&self, figure: &mut Figure, numeral: &Numeral) {
        const MOST: usize = 4;
        let mut end = numeral.end;
        if figure.unit.is_some() {
            return;
        }
        for _ in 0..MOST {
            // "30 x 20 x 10 cm"
            // "a 10-by-12-foot room"
            let hung = self.inner_hyphen(end) && self.says(end + 1, "by") && self.inner_hyphen(end + 2);
            if hung {
                end += 1;
            }
            let by = hung || self.is_by(end);
            let joined = self.is_kind(end, TokenKind::Comma) || self.says_any(end, &["and", "or"]) || by;
            let both = self.is_kind(end, TokenKind::Comma) && self.says_any(end + 1, &["and", "or"]);
            let next = end + if both || hung { 2 } else { 1 };
            if !joined || !(self.is_kind(next, TokenKind::Number) || self.is(next, Class::CARDINAL.or(Class::MANY))) {
                return;
            }
            let Some(after) =
                self.numeral(next, Expect::Any).filter(|after| !matches!(after.form, Form::Share | Form::Ratio))
            else {
                return;
            };
            if self.time_unit(after.end).is_some() {
                return;
            }
            if let Some(measure) = self.measure(&after) {
                let last = self.is_kind(end, TokenKind::Word) || both || by;
                if last && !measure.unit.is_money() && measure.unit.dimension != "time" && numeral.form != Form::Many {
                    self.set_unit(figure, measure.unit);
                }
                return;
            }
            // "dozens or hundreds of patients", "12 and 15 voters"
            let noun = self.counted(after.end, false).filter(|noun| self.is_plural(noun.end - 1));
            if let Some(noun) = noun.filter(|_| after.form == numeral.form && self.no_figure(&after, true).is_none()) {
                figure.noun = Some(noun.span);
                figure.noun_lemma = Some(noun.lemma);
                return;
            }
            end = after.end;
        }
    }

    /// `24 full-time and 12 part-time clerks`: a number with adjectives alone counts what the number that `and` joins to it counts.
    pub(super) fn noun_ahead(&self, figure: &mut Figure, numeral: &Numeral) {
        const ADJECTIVES: usize = 4;
        if figure.unit.is_some() || figure.noun.is_some() || figure.kind != FigureKind::Number {
            return;
        }
        let phrase = |at: &usize| self.in_phrase(*at) && !self.is_plural(*at) || self.inner_hyphen(*at);
        let and = numeral.end + (numeral.end..numeral.end + ADJECTIVES).take_while(phrase).count();
        let next = and + 1;
        let number = self.is_kind(next, TokenKind::Number) || self.is(next, Class::CARDINAL);
        let joined = and > numeral.end && (self.is(and, Class::AND) || self.says(and, "or")) && number;
        let after = joined.then(|| self.numeral(next, Expect::Any)).flatten();
        let after = after.filter(|after| self.measure(after).is_none() && self.in_phrase(after.end));
        let noun = after.and_then(|after| self.counted(after.end, false)).filter(|noun| self.is_plural(noun.end - 1));
        // What both are told of stands behind an adjective of its own: "12 part-time clerks"; in "24 fell and 12 boats sank" none does.
        let own = after.zip(noun.as_ref()).is_some_and(|(after, noun)| noun.end > after.end + 1);
        let verb = (numeral.end..and).any(|at| self.is_past_verb(at) && !self.inner_hyphen(at.wrapping_sub(1)));
        if let Some(noun) = noun.filter(|_| own && !verb) {
            figure.noun = Some(noun.span);
            figure.noun_lemma = Some(noun.lemma);
        }
    }

    /// Whether the token joins the sides of something measured: `30 x 20 cm`, `30 × 20 cm`.
    pub(super) fn is_by(&self, at: usize) -> bool {
        self.page.lexicon.lists.has(List::ByWords, self.text(at)) && self.is_kind(at + 1, TokenKind::Number)
    }

    /// `a staff of 12,000`, `a crowd of 500`: the people or things that a number alone is the count of.
    pub(super) fn collective(&self, numeral: &Numeral) -> Option<Noun> {
        let first = self.bound(numeral.first, self.end);
        let first = first.map_or(numeral.first, |bound| self.page.token_at(bound.span.start) as usize);
        let of = first.wrapping_sub(1);
        let noun = of.wrapping_sub(1);
        (self.is(of, Class::OF) && self.is(noun, Class::COLLECTIVE)).then(|| self.noun(noun))
    }

    /// `The warning went out at twenty past one, the water came at two`, `when the bell rang two`: an hour that only what
    /// stands before it tells. It is the next one after the hour that was told before.
    pub(super) fn bare_hour(&self, numeral: &Numeral, out: &mut Vec<Figure>) -> Option<usize> {
        const BELL_REACH: usize = 6;
        const HOUR_REACH: u32 = 100;
        let before = numeral.first.wrapping_sub(1);
        let hour: u8 = u8::try_from(numeral.value).ok().filter(|hour| (1..=12).contains(hour))?;
        if let Some(timed) = self.hour_before_hour(numeral.first, hour) {
            self.push_time(timed, out);
            return Some(numeral.end);
        }
        if self.is_kind(numeral.end, TokenKind::Word) || numeral.end != numeral.first + 1 || self.glued(before) {
            return None;
        }
        let struck = self.is(before, Class::STRIKE)
            && (1..=BELL_REACH).any(|back| self.is(before.wrapping_sub(back), Class::BELL));
        let told = out.last().filter(|last| {
            last.kind == FigureKind::Time && self.says(before, "at") && last.span.end + HOUR_REACH > numeral.span.start
        });
        if !struck && told.is_none() || self.is_kind(numeral.end, TokenKind::Symbol) {
            return None;
        }
        let past = told.and_then(super::time::hour_of).unwrap_or(0);
        let hour = if hour < past && hour + 12 >= past && hour < 12 { hour + 12 } else { hour };
        let timed = super::time::Timed::hour(numeral.first, numeral.end, hour)?;
        self.push_time(timed, out);
        Some(numeral.end)
    }
}
