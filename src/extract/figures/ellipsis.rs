//! Numbers that leave out what their neighbours told: the unit of the figure before (`for twelve years … for thirty`) or of
//! the one behind (`20 and 22 percent`), or that they are hours (`at twenty past one … at two`).

use super::measure::POINT;
use super::numeral::{Expect, Form, Numeral};
use super::reader::Reader;
use crate::extract::{Figure, FigureKind};
use crate::lexicon::figures::Class;
use crate::text::TokenKind;
use rust_decimal::Decimal;

impl Reader<'_, '_> {
    /// A number alone that goes on in the unit of the figure before it: `in the past four weeks and could start within two`,
    /// `I asked for twelve years. I did not ask for thirty`; `wants €2 million; the council has offered half a million`.
    pub fn same_unit(&self, figure: &mut Figure, numeral: &Numeral, out: &[Figure]) {
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
        let lead = self.page.token_at(last.span.start).wrapping_sub(1) as usize;
        let again = self.is(before, Class::AGAIN)
            && (self.says(before, "within") && stops == 0
                || self.says(lead, self.text(before)) && stops <= 1 && !self.is_kind(numeral.end, TokenKind::Word));
        match last.kind {
            FigureKind::Duration if again => {
                figure.iso = figure.value.map(|value| super::time::iso(value, self.entry(begin).code));
            }
            FigureKind::Money if stops == 0 && numeral.place >= Decimal::ONE_THOUSAND => {}
            _ => return,
        }
        figure.kind = last.kind;
        figure.unit.clone_from(&last.unit);
        figure.unit_name.clone_from(&last.unit_name);
    }

    /// `from 52% to 61%, up nine points`: whether points are those of a percentage before them in the sentence.
    pub fn of_a_share(&self, numeral: &Numeral, out: &[Figure]) -> bool {
        let points = self.says_any(numeral.end, &["points", "point"]);
        let Some(last) = out.last().filter(|last| points && last.kind == FigureKind::Percent) else { return false };
        let begin = self.page.token_at(last.span.end.saturating_sub(1)) as usize;
        (begin..numeral.first).all(|at| !self.is_kind(at, TokenKind::Stop))
    }

    /// `10, 20 and 30 percent`, `five and ten miles`: a number alone that has the unit of those after it.
    pub fn unit_ahead(&self, figure: &mut Figure, numeral: &Numeral) {
        const MOST: usize = 4;
        let mut end = numeral.end;
        if figure.unit.is_some() || numeral.form == Form::Many {
            return;
        }
        for _ in 0..MOST {
            let joined = self.is_kind(end, TokenKind::Comma) || self.says_any(end, &["and", "or"]);
            let both = self.is_kind(end, TokenKind::Comma) && self.says_any(end + 1, &["and", "or"]);
            let next = end + if both { 2 } else { 1 };
            if !joined || !(self.is_kind(next, TokenKind::Number) || self.is(next, Class::CARDINAL)) {
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
                let last = self.is_kind(end, TokenKind::Word) || both;
                if last && !measure.unit.is_money() && measure.unit.dimension != "time" {
                    self.set_unit(figure, measure.unit);
                }
                return;
            }
            end = after.end;
        }
    }

    /// `The warning went out at twenty past one, the water came at two`, `when the bell rang two`: an hour that only what
    /// stands before it tells. It is the next one after the hour that was told before.
    pub fn bare_hour(&self, numeral: &Numeral, out: &mut Vec<Figure>) -> Option<usize> {
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
