//! What stands beside a name and says who that is: a role before it (`co-founder Ada`), an apposition after it (`Ada Brandt,
//! the mayor of Harrow,`), a noun for a body.

use super::name::{CLOSED, Name, class, gender_of};
use crate::language::grammar::Class;
use crate::language::lists::List;
use crate::text::tokens::Case;
use crate::text::{Page, TokenKind};
use std::ops::Range;

/// The role of `The harbour chief, Mara Quellin,`: the tokens between the determiner and the comma before the name.
fn role_before_comma(page: &Page, name: u32, first: u32) -> Option<Range<u32>> {
    let token = |at: u32| page.tokens[at as usize];
    let comma = name.checked_sub(1).filter(|at| *at > first && token(*at).kind == TokenKind::Comma)?;
    let head = token(comma - 1);
    if !class(page, &head).has(Class::ROLE) || head.case != Case::Lower {
        return None;
    }
    let begin = (first..comma)
        .rev()
        .take(6)
        .find(|at| !page.tokens[*at as usize].is_word() || class(page, &token(*at)).has(CLOSED))?;
    let opens = class(page, &token(begin)).has(Class::DETERMINER.with(Class::POSSESSIVE));
    (opens && begin + 1 < comma).then_some(begin + 1..comma)
}

/// Gives a name the role of the tokens `role`, which ends in its noun.
fn tell_role(page: &Page, name: &mut Name, role: Range<u32>) {
    let noun = page.tokens[role.end as usize - 1];
    name.person = true;
    name.body = false;
    name.role_words.push(noun.word);
    name.gender = name.gender.or(gender_of(class(page, &noun)));
    name.role = name.role.or(Some(page.span_of(role)));
}

/// Whether a role with its `of` and a noun for a body stand right before a name: `member of the Harrow parliament`.
fn is_behind_office(page: &Page, name: u32, floor: u32) -> bool {
    const MOST: u32 = 7;
    let small = |at: u32| page.tokens[at as usize].is_word() && page.tokens[at as usize].case == Case::Lower;
    if !small(name - 1) || !page.class(name - 1).has(Class::GROUP) {
        return false;
    }
    let low = floor.max(name.saturating_sub(MOST));
    let words = (low..name - 1).rev().take_while(|at| page.tokens[*at as usize].is_word());
    words
        .into_iter()
        .filter(|at| *at > low && page.lexicon.lists.has(List::OfficeLinks, page.token_text(*at)))
        .any(|of| small(of - 1) && page.class(of - 1).has(Class::ROLE))
}

/// Roles in lower case before the name (`Mic co-founder Jake`) and appositions after it (`, the mayor of Harrow,`).
pub(super) fn beside(page: &Page, name: &mut Name, run: Range<u32>, paragraph: Range<u32>) {
    let class_at = |at: u32| class(page, &page.tokens[at as usize]);
    if run.start > paragraph.start
        && class_at(run.start - 1).has(Class::ROLE)
        && page.tokens[run.start as usize - 1].case == Case::Lower
    {
        let last = run.start - 1;
        let mut first = last;
        while first > paragraph.start && last - first < 6 {
            let before = page.tokens[first as usize - 1];
            let class = class_at(first - 1);
            let fits = before.kind == TokenKind::Word && !class.has(CLOSED)
                || before.kind == TokenKind::Hyphen
                    && first > paragraph.start + 1
                    && page.tokens[first as usize - 2].is_word();
            // `press secretary`
            let noun = class.has(Class::ROLE.with(Class::GROUP));
            if !fits || class.has(Class::CUE_VERB) && before.case == Case::Lower && !noun {
                break;
            }
            first -= 1;
        }
        name.person = true;
        name.body = false;
        name.role_words.push(page.tokens[last as usize].word);
        name.gender = name.gender.or(gender_of(class_at(last)));
        name.role = name.role.or(Some(page.span_of(first..last + 1)));
        return;
    }
    // `member of the Harrow parliament Ada Brandt`
    if run.start > paragraph.start
        && !name.person
        && run.len() > 1
        && is_behind_office(page, run.start, paragraph.start)
    {
        name.person = true;
        name.body = false;
        return;
    }
    // `the online magazine Lantern`: a body.
    if run.start > paragraph.start
        && !name.person
        && !(run.len() > 1 && page.lexicon.people.first_name(page.token_text(run.start)).is_some())
        && class_at(run.start - 1).has(Class::GROUP)
        && page.tokens[run.start as usize - 1].case == Case::Lower
    {
        name.body = true;
        name.role_words.push(page.tokens[run.start as usize - 1].word);
        return;
    }
    let comma = run.end;
    // `said his sister, Froukje Haan.`
    let ends = comma >= paragraph.end || page.tokens[comma as usize].kind == TokenKind::Stop;
    if ends
        && !name.body
        && let Some(role) = role_before_comma(page, run.start, paragraph.start)
        && class_at(role.start - 1).has(Class::POSSESSIVE)
    {
        tell_role(page, name, role);
        return;
    }
    if comma + 1 >= paragraph.end || page.tokens[comma as usize].kind != TokenKind::Comma {
        return;
    }
    // `the Justice Department, a spokesman said`: a body by its own last word.
    if name.body && !name.person && run.len() > 1 && class_at(run.end - 1).has(Class::GROUP.with(Class::SUFFIX)) {
        return;
    }
    // `Silverline Ferries, which owns the ship,`: no person.
    if page.token_text(comma + 1) == "which" && !name.person {
        name.body = true;
        return;
    }
    if let Some(role) = role_before_comma(page, run.start, paragraph.start) {
        tell_role(page, name, role);
        return;
    }
    let limit = paragraph.end.min(comma + 16);
    let stop = (comma + 1..limit).find(|at| {
        matches!(
            page.tokens[*at as usize].kind,
            TokenKind::Comma
                | TokenKind::Stop
                | TokenKind::Mark
                | TokenKind::Dash
                | TokenKind::Semicolon
                | TokenKind::Colon
                | TokenKind::Exclaim
        )
    });
    let stop = stop.unwrap_or(limit);
    // `Otto Lind’s lawyer, Ada Brandt, said her client was ill`: behind the verb another is told of.
    let verb = |at: u32| {
        let class = class_at(at);
        class.has(Class::CUE_VERB)
            && page.tokens[at as usize].case == Case::Lower
            && !class.has(Class::ROLE.with(Class::GROUP))
    };
    let head = (comma + 1..stop).take_while(|at| !verb(*at)).find(|at| {
        let class = class_at(*at);
        class.has(Class::ROLE)
            || class.has(Class::PREPOSITION.with(Class::BE).with(Class::HAVE).with(Class::MODAL).with(Class::RELATIVE))
    });
    let Some(head) = head.filter(|at| class_at(*at).has(Class::ROLE)) else { return };
    // `If we leave Harrow, the mayor said, …`: a clause, no apposition.
    let finite = |at: u32| verb(at) || class_at(at).has(Class::AUXILIARY);
    let mut behind = (head + 1..stop).take_while(|at| !class_at(*at).has(Class::RELATIVE.with(Class::SUBORDINATOR)));
    if behind.any(finite) {
        return;
    }
    let opens = class_at(comma + 1).has(Class::DETERMINER.with(Class::POSSESSIVE))
        || page.tokens[comma as usize + 1].case == Case::Lower
        || head == comma + 1
        || is_headed_by_body(page, run.clone(), comma + 1, head);
    // `Mr Brandt, your witness.`: whom somebody speaks to
    let told = class_at(comma + 1).has(Class::SECOND);
    if !opens || told || class_at(comma + 1).has(Class::COORDINATOR) {
        return;
    }
    let first = comma + 1 + u32::from(page.lexicon.lists.has(List::Articles, page.token_text(comma + 1)));
    // `co-author of “The Lock”`: a role does not end in what leads to a title.
    let loose = |at: u32| class_at(at).has(Class::PREPOSITION.with(Class::DETERMINER)) && at > head;
    let stop = (head..stop).rev().find(|at| !loose(*at)).map_or(stop, |last| last + 1);
    name.person = true;
    name.body = false;
    name.role_words.push(page.tokens[head as usize].word);
    name.gender = name.gender.or(gender_of(class_at(head)));
    name.role = name.role.or(Some(page.span_of(first..stop)));
}

/// `Ada Brandt, Quay Marine operations director, left`: whether the apposition from `first` on begins with a name in capitals and
/// goes on in small letters up to its role `head`, behind which no other name stands.
fn is_headed_by_body(page: &Page, run: Range<u32>, first: u32, head: u32) -> bool {
    let token = |at: u32| page.tokens.get(at as usize);
    let small = |at: u32| token(at).is_some_and(|token| token.is_word() && token.case == Case::Lower);
    let named = token(head + 1).is_some_and(|next| next.is_word() && next.is_capital());
    let words = (first..head).all(|at| token(at).is_some_and(|token| token.is_word()));
    run.len() > 1 && words && small(head) && !named
}
