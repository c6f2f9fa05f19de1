//! Names in a text: runs of capitalised words with the title, role or apposition beside them.
//!
//! `Health Minister Ada Brandt, who …` → name `Ada Brandt`, role `Health Minister`.

use super::beside::beside;
use super::name::{CLOSED, Name, class, gender_of};
use super::stretches::Stretches;
use crate::document::RegionKind;
use crate::extract::quotes::elements::{is_given_month, is_particle};
use crate::language::WordId;
use crate::language::grammar::Class;
use crate::language::inflect::Ending;
use crate::language::inflect::Forms;
use crate::language::lists::List;
use crate::room;
use crate::text::tokens::Case;
use crate::text::{Page, Token, TokenKind};
use rustc_hash::FxHashSet;
use std::ops::Range;

/// Names of more words are cut.
const LONGEST: usize = 7;

/// The names of a page, in order. Headlines are left out: their capitals say nothing. Linear.
pub(super) fn find(page: &Page, stretches: &Stretches) -> Vec<Name> {
    let mut out = Vec::new();
    // Surnames that are words of time, too.
    let mut surnames: FxHashSet<WordId> = surnames_by_verbs(page);
    for (number, paragraph) in page.paragraphs.iter().enumerate() {
        if !matches!(
            paragraph.region,
            RegionKind::Body | RegionKind::Subhead | RegionKind::Caption | RegionKind::Dateline
        ) {
            continue;
        }
        let sentences = &page.sentences[paragraph.sentences.start as usize..paragraph.sentences.end as usize];
        let mut quoted = page.pairs_from(number, 0, 0).peekable();
        let mut at = paragraph.tokens.start;
        for sentence in sentences {
            let rest = page.tokens.get(at as usize..sentence.tokens.end as usize).unwrap_or_default();
            let first = rest.iter().position(|token| token.is_word() || token.kind == TokenKind::Number);
            let first = at + first.unwrap_or(rest.len()) as u32;
            while at < sentence.tokens.end {
                let rest = &page.tokens[at as usize..sentence.tokens.end as usize];
                let Some(next) = rest.iter().position(|token| token.case != Case::Lower) else {
                    at = sentence.tokens.end;
                    break;
                };
                let low = at;
                at += next as u32;
                // `alphaQuay AI`, `iQuay Trust`
                at -= u32::from(at > low && (is_small_camel(page, at - 1) || is_small_first(page, at - 1, first)));
                // `Brothers Tom and Piet Harle were there`
                if at == first && is_pair_of_kin(page, at) {
                    at += 1;
                }
                // `Meeting Ada at the quay, he said`
                if at == first && is_participle_before(page, at, paragraph.tokens.end) {
                    at += 1;
                }
                // `Says Brandt, “…”`
                if at == first && is_inverted_cue(page, at, paragraph.tokens.end) {
                    at += 1;
                }
                let mut end = run(page, at, paragraph.tokens.end);
                if end == at && is_surname_again(page, at, &surnames) {
                    end += 1;
                } else if end == at {
                    at += 1;
                    continue;
                } else if end > at + 1 && page.class(end - 1).has(Class::TIME) {
                    surnames.insert(page.word(end as usize - 1));
                }
                let (token, begins) = (page.tokens[at as usize], at <= first);
                while quoted.peek().is_some_and(|pair| pair.span.end <= token.start) {
                    quoted.next();
                }
                let inside = quoted.peek().is_some_and(|pair| pair.span.start <= token.start);
                // `Residents said`: a common noun that begins its sentence.
                let common = begins && end == at + 1 && class(page, &token).has(COMMON) && !is_joined_first(page, at);
                if !common && let Some(mut name) = name(page, at..end, paragraph.tokens.clone()) {
                    name.quoted = inside;
                    // `Harrow United boss Otto Lind`: the boss acts.
                    let next = page.tokens.get(end as usize);
                    let modifies = next.is_some_and(|next| {
                        next.case == Case::Lower
                            && class(page, next).has(Class::ROLE)
                            && !class(page, next).has(Class::CUE_VERB)
                    });
                    let before = sentence.tokens.start..at;
                    name.leads = (begins || leads(page, before.clone()) || is_fronted(page, before, end))
                        && !is_owner(page, end)
                        && !modifies;
                    name.stretch = stretches.at(page, number as u32, name.span.start);
                    room::expect(&mut out, (name.span.start as usize, page.text.len()));
                    out.push(name);
                }
                at = end;
            }
        }
    }
    call_by_given_role(page, &mut out);
    out
}

/// `Says Brandt, “…”`, `Added Ada Brandt, a director: “…”`: whether a verb that reports begins a sentence, right before the one who says
/// what stands in marks behind a comma or colon, and no other verb that reports stands between.
fn is_inverted_cue(page: &Page, at: u32, limit: u32) -> bool {
    const MOST: u32 = 24;
    let cue = page.class(at).has(Class::CUE_VERB) && !page.class(at).has(Class::CUE_NOUN);
    let named = page.tokens.get(at as usize + 1).is_some_and(|next| next.is_word() && next.is_capital());
    if !cue || !named {
        return false;
    }
    let mut between =
        (at + 2..limit.min(at + MOST)).take_while(|at| page.tokens[*at as usize].kind != TokenKind::Exclaim);
    let mark = between.find(|at| {
        page.tokens[*at as usize].kind == TokenKind::Mark
            || page.tokens[*at as usize].case == Case::Lower && page.class(*at).has(Class::CUE_VERB)
    });
    mark.is_some_and(|mark| {
        let before = page.tokens[mark as usize - 1].kind;
        page.tokens[mark as usize].kind == TokenKind::Mark && matches!(before, TokenKind::Comma | TokenKind::Colon)
    })
}

/// `alphaQuay AI`, `iQuay Trust`: whether a word with a capital inside stands there that no table has.
fn is_small_camel(page: &Page, at: u32) -> bool {
    let token = page.tokens[at as usize];
    let glued = at > 0 && page.glued(at as usize - 1);
    token.is_word()
        && token.case == Case::Lower
        && !token.word.is_known()
        && !glued
        && page.token_text(at).bytes().any(|byte| byte.is_ascii_uppercase())
}

/// `quaya Technology Partners, a firm, announced`: whether a word in small letters that no table has begins its sentence, or what
/// follows a dash, before two words with a capital.
fn is_small_first(page: &Page, at: u32, first: u32) -> bool {
    const SHORTEST: u32 = 3;
    let token = page.tokens[at as usize];
    let capital =
        |at: u32| page.tokens.get(at as usize).is_some_and(|token| token.is_word() && token.case == Case::Capital);
    let dash = |before: u32| matches!(page.tokens[before as usize].kind, TokenKind::Dash | TokenKind::Hyphen);
    token.is_word()
        && token.case == Case::Lower
        && !token.word.is_known()
        && token.end - token.start >= SHORTEST
        && (at == first && !page.glued(at as usize)
            || at.checked_sub(1).is_some_and(|before| dash(before) && !page.glued(before as usize)))
        && capital(at + 1)
        && capital(at + 2)
}

/// `Meeting Ada`: whether a form in -ing that nobody is called begins a sentence, right before somebody's first name or a country.
fn is_participle_before(page: &Page, at: u32, limit: u32) -> bool {
    const SHORTEST: u32 = 6;
    const NAMES: Class = Class::TITLE.with(Class::ROLE).with(Class::GROUP).with(Class::SUFFIX).with(Class::TIME);
    let people = &page.lexicon.people;
    let token = page.tokens[at as usize];
    let next = page.tokens.get(at as usize + 1).filter(|next| at + 1 < limit && next.case == Case::Capital);
    let name = || {
        next.is_some_and(|_| {
            let text = page.token_text(at + 1);
            people.first_name(text).is_some() || people.is_state(&[text])
        })
    };
    token.end - token.start >= SHORTEST && is_deed(page, at, NAMES) && name()
}

/// `Meeting`, `Clustering`: whether a form in -ing with a capital, of none of these classes, is nobody's name and no country's.
pub(super) fn is_deed(page: &Page, at: u32, named: Class) -> bool {
    let (token, text) = (&page.tokens[at as usize], page.token_text(at));
    let people = &page.lexicon.people;
    token.case == Case::Capital
        && !class(page, token).has(named)
        && page.lexicon.forms.ends(text, Ending::Gerund)
        && people.first_name(text).is_none()
        && !people.is_state(&[text])
}

/// `Tom and Ada Harle own the inn`: whether a first name stands at `at`, joined to another name.
pub(super) fn is_joined_first(page: &Page, at: u32) -> bool {
    let first = |at: u32| page.lexicon.people.first_name(page.token_text(at)).is_some();
    page.tokens.len() > at as usize + 2 && matches!(page.token_text(at + 1), "and" | "&") && first(at) && first(at + 2)
}

/// Whether a word for kin at the head of its sentence stands before two first names: `Brothers Tom and Piet Harle`.
fn is_pair_of_kin(page: &Page, at: u32) -> bool {
    let capital = |at: u32| page.tokens.get(at as usize).is_some_and(|token| token.is_word() && token.is_capital());
    capital(at + 1)
        && capital(at + 3)
        && page.token_text(at + 2) == "and"
        && page.lexicon.lists.reads(List::KinPairs, page.token_text(at))
}

/// Words of time that stand twice before a verb that reports, as surnames do: `May said`, `May warned`.
fn surnames_by_verbs(page: &Page) -> FxHashSet<WordId> {
    let (mut once, mut twice) = (FxHashSet::default(), FxHashSet::default());
    for pair in page.tokens.windows(2) {
        let [name, verb] = pair else { continue };
        let modal = || class(page, name).has(Class::TIME) && class(page, name).has(Class::MODAL);
        if name.case == Case::Capital
            && verb.case == Case::Lower
            && modal()
            && class(page, verb).has(Class::CUE_VERB)
            && !once.insert(name.word)
        {
            twice.insert(name.word);
        }
    }
    twice
}

/// `Theresa May came. May said`: whether a word of time that is the surname of somebody who was named before stands where a name
/// stands: before a verb or behind one that reports.
fn is_surname_again(page: &Page, at: u32, surnames: &FxHashSet<WordId>) -> bool {
    if page.tokens[at as usize].case != Case::Capital || !surnames.contains(&page.word(at as usize)) {
        return false;
    }
    let small =
        |at: u32| page.tokens.get(at as usize).is_some_and(|token| token.is_word() && token.case == Case::Lower);
    let verb = |at: u32| {
        let past = page.class(at).has(Class::CUE_VERB) || page.lexicon.forms.ends(page.token_text(at), Ending::Past);
        small(at) && (past || page.class(at).has(Class::AUXILIARY))
    };
    let reports = at.checked_sub(1).is_some_and(|before| small(before) && page.class(before).has(Class::CUE_VERB));
    let led = at.checked_sub(1).is_some_and(|before| small(before) && page.class(before).has(Class::PREPOSITION));
    verb(at + 1) && !led || reports
}

/// Whether the words between a sentence's beginning and a name only say who is named: `The harbour chief,`, `Reyes’s sister`.
fn leads(page: &Page, before: Range<u32>) -> bool {
    const MOST: usize = 10;
    let verbs = Class::AUXILIARY.with(Class::RELATIVE).with(Class::SUBJECT);
    if before.is_empty() || before.len() > MOST {
        return false;
    }
    let tokens = &page.tokens[before.start as usize..before.end as usize];
    let opens = class(page, &tokens[0]).has(Class::DETERMINER.with(Class::POSSESSIVE)) || tokens[0].is_capital();
    let linked = tokens.last().is_some_and(|last| class(page, last).has(Class::PREPOSITION));
    if !opens || linked {
        return false;
    }
    let role = tokens.iter().any(|token| class(page, token).has(Class::ROLE) && token.case == Case::Lower);
    // `Rovers’ boss, Ada Brandt, has`
    let genitive = |token: &Token| {
        let mark = matches!(token.span().of(page.text), "'" | "’");
        mark && page.text[..token.start as usize].ends_with(['s', 'S'])
    };
    let is_verb = |token: &Token| {
        if genitive(token) {
            return false;
        }
        let class = class(page, token);
        class.has(verbs)
            || class.has(Class::CUE_VERB) && !class.has(Class::ROLE) && token.case == Case::Lower
            || matches!(token.kind, TokenKind::Mark | TokenKind::Colon | TokenKind::Semicolon | TokenKind::Dash)
            || token.case == Case::Lower && page.lexicon.forms.ends(&page.text[token.span().range()], Ending::Past)
    };
    // `Harle’s puppeteer, Ada Brandt, has`: whose the noun is tells as much as a role.
    let owned = tokens.iter().any(|token| token.kind == TokenKind::Clitic)
        && tokens.last().is_some_and(|last| last.kind == TokenKind::Comma)
        && tokens.iter().filter(|token| token.kind == TokenKind::Comma).count() == 1;
    (role || owned) && !tokens.iter().any(is_verb)
}

/// Whether a name that ends before `end` is the subject behind words that only open its sentence: `But Brandt`, `In the past four
/// months, Brandt has been`.
fn is_fronted(page: &Page, before: Range<u32>, end: u32) -> bool {
    const MOST: usize = 14;
    const LINKS: Class = Class::COORDINATOR.with(Class::CONJUNCT).with(Class::ADVERB);
    const OPENS: Class = Class::PREPOSITION.with(Class::SUBORDINATOR).with(Class::TIME);
    // Nothing opens the sentence, or too much, be the last of it `the`.
    if before.is_empty() || before.len() > MOST + 1 {
        return false;
    }
    let tokens = &page.tokens[before.start as usize..before.end as usize];
    // `The NBU has`
    let tokens = match tokens {
        [rest @ .., the] if the.span().of(page.text).eq_ignore_ascii_case("the") => rest,
        _ => tokens,
    };
    let is_link = |token: &Token| class(page, token).has(LINKS) || token.kind == TokenKind::Comma;
    let verb = |next: &Token| {
        let class = class(page, next);
        let past = || page.lexicon.forms.ends(next.span().of(page.text), Ending::Past) || class.has(Class::PAST);
        next.case == Case::Lower && next.is_word() && (class.has(Class::AUXILIARY.with(Class::CUE_VERB)) || past())
    };
    if tokens.len() > MOST || !page.tokens.get(end as usize).is_some_and(verb) {
        return false;
    }
    let adjunct = tokens.first().is_some_and(|first| class(page, first).has(OPENS))
        && tokens.last().is_some_and(|last| last.kind == TokenKind::Comma)
        && tokens.iter().all(|token| {
            token.is_word() || matches!(token.kind, TokenKind::Comma | TokenKind::Number | TokenKind::Hyphen)
        })
        && tokens.iter().filter(|token| token.kind == TokenKind::Comma).count() == 1;
    tokens.iter().all(is_link) || adjunct
}

/// `Brandt’s sister`: the name before a genitive does not act itself.
fn is_owner(page: &Page, end: u32) -> bool {
    page.tokens
        .get(end as usize)
        .is_some_and(|token| token.kind == TokenKind::Clitic && page.text[token.span().range()].ends_with(['s', 'S']))
        && page.tokens.get(end as usize + 1).is_some_and(|next| {
            next.is_word() && !class(page, next).has(Class::DETERMINER.with(Class::NEGATION).with(Class::ADVERB))
        })
}

const COMMON: Class = Class::ROLE
    .with(Class::ROLES)
    .with(Class::GROUPS)
    .with(Class::DOCUMENT)
    .with(Class::DOCUMENTS)
    .with(Class::CUE_VERB)
    .with(Class::CUE_NOUN)
    .with(Class::ADJECTIVE)
    .with(Class::UNNAMED);

/// No word that [`run`] asks for by itself has more letters.
const LONGEST_LINK: u32 = 3;

/// The end of the run of name words that begins at `at`; `at` where none does.
fn run(page: &Page, at: u32, limit: u32) -> u32 {
    let is_name = |index: u32| {
        page.tokens.get(index as usize).is_some_and(|token| {
            token.kind == TokenKind::Word
                && token.case != Case::Lower
                && (!class(page, token).has(CLOSED) || token.case == Case::Upper && token.end - token.start > 1)
        })
    };
    // `said Will Tell`: a first name that is a modal, inside a sentence.
    let is_will = |index: u32| {
        let token = &page.tokens[index as usize];
        let class = class(page, token);
        let inner = || {
            let Some(before) = index.checked_sub(1).map(|at| page.tokens[at as usize]) else { return false };
            // `Sen. Will Tell`
            let stop = u32::from(before.kind == TokenKind::Stop);
            let titled = index > stop && page.class(index - 1 - stop).has(Class::TITLE);
            before.is_word() && before.case == Case::Lower
                || before.kind == TokenKind::Comma
                || titled && !page.word(index as usize + 1).is_known()
        };
        token.case == Case::Capital
            && class.has(Class::MODAL)
            && !class.has(Class::TIME)
            && is_name(index + 1)
            && inner()
    };
    let is_month = |index: u32| is_given_month(page, index) && (is_name(index + 1) || is_particle(page, index + 1));
    // `Quay News  Ada Brandt said`: a gap in the line parts a credit from the story.
    let parted = |index: u32| {
        let gap =
            page.text.get(page.tokens[index as usize - 1].end as usize..page.tokens[index as usize].start as usize);
        gap.is_some_and(|gap| gap.len() > 1 && gap.bytes().all(|byte| byte == b' '))
    };
    // `Theresa May`, `Mrs May`: what else is a word of time can be a surname behind a name or title.
    let is_surname = |index: u32| {
        let token = &page.tokens[index as usize];
        let before = &page.tokens[index as usize - 1];
        let titled = || class(page, before).has(Class::TITLE);
        // `Nora Long came`, `Mrs Still came`: an adverb behind a first name or a title.
        let given = || page.lexicon.people.first_name(page.token_text(index - 1)).is_some();
        let small = || page.tokens.get(index as usize + 1).is_none_or(|next| !next.is_capital());
        if token.case == Case::Capital && class(page, token).has(Class::ADVERB) {
            return before.case == Case::Capital && before.kind == TokenKind::Word && (titled() || given()) && small();
        }
        let number = || page.tokens.get(index as usize + 1).is_some_and(|next| next.kind == TokenKind::Number);
        token.case == Case::Capital
            && class(page, token).has(Class::TIME)
            && class(page, token).has(Class::MODAL)
            && !number()
            && before.case == Case::Capital
            && (titled() || !before.word.is_known())
    };
    // `David A. Brandt`: the letter is no article.
    let is_initial = |index: u32| {
        let letter = page.tokens[index as usize];
        let stop = page.tokens.get(index as usize + 1).is_some_and(|stop| {
            stop.kind == TokenKind::Stop && stop.start == letter.end && index + 2 < limit && is_name(index + 2)
        });
        stop && letter.is_capital()
            && letter.end - letter.start == 1
            && page.tokens[index as usize - 1].case == Case::Capital
    };
    let mut end = at;
    while end < limit && (end - at) < LONGEST as u32 * 2 {
        if end > at && parted(end) {
            break;
        }
        let small = || is_small_camel(page, end) || is_small_first(page, end, end);
        let first = || is_will(end) || is_month(end) || small() && is_name(end + 1);
        let token = page.tokens[end as usize];
        let capital = token.case != Case::Lower;
        if capital && (is_name(end) || end > at && (is_surname(end) || is_initial(end) || is_will(end)))
            || end == at && first()
        {
            end += 1;
            continue;
        }
        // Most runs end at a plain word: those that a name goes on behind are short (`of`, `and`, `the`) or particles.
        let plain = token.kind == TokenKind::Word && !capital && token.end - token.start > LONGEST_LINK;
        if end == at || plain && !is_particle(page, end) {
            break;
        }
        let glued = page.tokens[end as usize - 1].end == token.start;
        // `Office of the Governor`
        let body = Class::GROUP.with(Class::SUFFIX);
        if page.token_text(end) == "of"
            && class(page, &page.tokens[end as usize - 1]).has(body)
            && page.tokens.get(end as usize + 1).is_some_and(|next| next.span().of(page.text) == "the")
            && end + 2 < limit
            && is_name(end + 2)
        {
            end += 3;
            continue;
        }
        // `Consumers’ League`, `Sector 12 Residents’ Forum`
        let counted = u32::from(token.kind == TokenKind::Number);
        if let Some(body) = owned_by_many(page, at, end + 2 * counted, limit) {
            end = body + 1;
            continue;
        }
        if let Some(nickname) = nickname(page, end) {
            end = nickname;
            continue;
        }
        if page.token_text(end) == "and"
            && end + 1 < limit
            && is_name(end + 1)
            && (is_subject_pair(page, at..end, end + 1, limit) || is_body_pair(page, at..end, end + 1, limit))
        {
            end += 2;
            continue;
        }
        // `Lenn X-ray Observatory`
        let letter = page.tokens[end as usize - 1];
        let rest = page.tokens.get(end as usize + 1).filter(|rest| rest.is_word() && rest.start == token.end);
        if token.kind == TokenKind::Hyphen
            && glued
            && letter.is_capital()
            && letter.end - letter.start == 1
            && rest.is_some_and(|rest| rest.case == Case::Lower)
            && end + 2 < limit
            && is_name(end + 2)
        {
            end += 2;
            continue;
        }
        // `Farid el-Deeb`
        let article = matches!(page.token_text(end), "al" | "el");
        let hyphen = page.tokens.get(end as usize + 1).filter(|next| next.kind == TokenKind::Hyphen && end + 2 < limit);
        if article && hyphen.is_some() && is_name(end + 2) {
            end += 3;
            continue;
        }
        // `Harrat-ul-Lorn`, `Quay-e-Dar`
        if token.kind == TokenKind::Hyphen && is_linked_by_particle(page, end, limit) && is_name(end + 3) {
            end += 4;
            continue;
        }
        // `Organisation for the Prohibition of Weapons`, `Court of Appeals for the Harrow Circuit`
        let court = || (at..end).any(|at| page.lexicon.lists.reads(List::Hearings, page.token_text(at)));
        if page.token_text(end) == "for"
            && (page.class(end - 1).has(Class::GROUP) || court())
            && page.tokens.get(end as usize + 1).is_some_and(|next| next.span().of(page.text) == "the")
            && end + 2 < limit
            && is_name(end + 2)
        {
            end += 3;
            continue;
        }
        // `Sail It Again Boats`
        let small = |at: u32, loose: Class| {
            const FIRM: Class = Class::TIME.with(Class::DETERMINER).with(Class::PREPOSITION).with(Class::FIRST);
            let token = page.tokens.get(at as usize).filter(|token| at < limit && token.case == Case::Capital);
            token.is_some_and(|token| class(page, token).has(loose) && !class(page, token).has(FIRM))
        };
        if small(end, Class::SUBJECT.with(Class::OBJECT)) {
            let over = end + 1 + u32::from(small(end + 1, Class::ADVERB));
            if over < limit && is_name(over) {
                end = over;
                continue;
            }
        }
        // `Committee to Protect Harbours`
        if page.token_text(end) == "to"
            && page.class(end - 1).has(Class::GROUP)
            && !page.lexicon.people.any_body.contains(page.word(end as usize - 1))
            && end + 1 < limit
            && is_name(end + 1)
        {
            end += 2;
            continue;
        }
        // `Department for Roads, Boats and Quays`, `Administration of Quay Safety, Inspection, and Tides`
        if token.kind == TokenKind::Comma
            && is_body_of(page, at..end)
            && let Some(last) = listed_subjects(page, end, limit)
        {
            end = last + 1;
            continue;
        }
        // `Harle, Lind & Brandt`
        if token.kind == TokenKind::Comma
            && end == at + 1
            && is_firm(page, at, limit)
            && [2, 4].into_iter().all(|on| is_name(at + on))
        {
            end += 4;
            continue;
        }
        // `Department for Exiting the Union`
        if page.token_text(end) == "the"
            && page.lexicon.forms.ends(page.token_text(end - 1), Ending::Gerund)
            && end > at + 2
            && page.token_text(end - 2) == "for"
            && page.class(end - 3).has(Class::GROUP)
            && end + 1 < limit
            && is_name(end + 1)
        {
            end += 2;
            continue;
        }
        // `Kim Jong-un`, but not `the Harrow Bay-led talks`
        if token.kind == TokenKind::Hyphen && is_syllable_next(page, at, end, limit) {
            end += 2;
            continue;
        }
        let joins = match token.kind {
            TokenKind::Stop => glued && is_abbreviated(page, end - 1),
            // `Society for the Prevention of Cruelty to Animals`
            TokenKind::Word if page.token_text(end) == "to" => {
                let next = page.tokens.get(end as usize + 1).filter(|_| end + 1 < limit);
                let many = next.is_some_and(|next| {
                    next.word.is_known() && page.lexicon.forms.ends(page.token_text(end + 1), Ending::ClearPlural)
                });
                many && end > at + 2 && page.token_text(end - 2) == "of" && is_body_for(page, at..end)
            }
            // `Organization for Migration`, `Committee on Harbours`
            TokenKind::Word if matches!(page.token_text(end), "for" | "on") => {
                let body = page.class(end - 1).has(Class::GROUP.with(Class::GROUPS).with(Class::SUFFIX));
                let any = page.lexicon.people.any_body.contains(page.word(end as usize - 1));
                body && !(any && page.token_text(end) == "on")
            }
            TokenKind::Hyphen => glued && page.glued(end as usize),
            TokenKind::Clitic => is_office_next(page, end),
            _ => is_particle(page, end),
        };
        let will = || token.kind == TokenKind::Stop && end + 1 < limit && is_will(end + 1);
        // `Ada van der Brandt`, but not `Bank of la Harle`
        let second = || {
            end + 2 < limit
                && is_particle(page, end)
                && is_particle(page, end + 1)
                && !(says(page, end, "of") || says(page, end, "&"))
                && is_name(end + 2)
        };
        if !joins || !(is_name(end + 1) || will() || second()) {
            break;
        }
        end += 1;
    }
    end
}

/// `Society for the Prevention of Cruelty`: whether a run is a body with `for` and what it is for.
fn is_body_for(page: &Page, run: Range<u32>) -> bool {
    (run.start + 1..run.end).any(|at| says(page, at, "for") && page.class(at - 1).has(Class::GROUP))
}

/// `Department for Roads`, `Administration of Quay Safety`: whether a run is a body with a word or two of what it is for.
fn is_body_of(page: &Page, run: Range<u32>) -> bool {
    let link = |at: &u32| *at > run.start && matches!(page.token_text(*at), "of" | "for");
    let of = run.clone().rev().take(3).find(link);
    of.is_some_and(|of| {
        let two = of + 2 < run.end;
        let public = page.lexicon.people.public.contains(page.word(of as usize - 1));
        page.class(of - 1).has(Class::GROUP) && (!two || public && (of + 1..run.end).all(|at| is_subject(page, at)))
    })
}

/// Whether the word at `at` has a capital and may tell what a body is for: nobody's name, and no place.
fn is_subject(page: &Page, at: u32) -> bool {
    let text = page.token_text(at);
    let people = &page.lexicon.people;
    page.tokens[at as usize].is_capital()
        && people.first_name(text).is_none()
        && !people.is_state(&[text])
        && !page.class(at).has(Class::TITLE)
}

/// `, Boats and Quays`, `, Inspection, and Tides`: the last word of a list of what a body is for that goes on behind the comma at `comma`,
/// of one word each, the last behind `and` with no other capital behind it.
fn listed_subjects(page: &Page, comma: u32, limit: u32) -> Option<u32> {
    const MOST: u32 = 6;
    let kind = |at: u32| page.tokens.get(at as usize).filter(|_| at < limit).map(|token| token.kind);
    let mut at = comma + 1;
    for _ in 0..MOST {
        if at + 2 >= limit || !is_subject(page, at) {
            return None;
        }
        let and = at + 1 + u32::from(kind(at + 1) == Some(TokenKind::Comma));
        if and + 1 < limit && matches!(page.token_text(and), "and" | "&") {
            let last = and + 1;
            let more = kind(last + 1) == Some(TokenKind::Word) && page.tokens[last as usize + 1].is_capital();
            return (is_subject(page, last) && !more).then_some(last);
        }
        at = and;
        kind(at - 1).filter(|kind| *kind == TokenKind::Comma)?;
    }
    None
}

/// `Harle, Lind & Brandt`: whether three surnames and an ampersand stand at `at`, the name of a firm.
fn is_firm(page: &Page, at: u32, limit: u32) -> bool {
    const NO_SURNAME: Class = Class::TITLE
        .with(Class::ROLE)
        .with(Class::ROLES)
        .with(Class::GROUP)
        .with(Class::GROUPS)
        .with(Class::SUFFIX)
        .with(Class::SITE)
        .with(Class::TIME);
    let one = |at: u32| {
        let text = page.token_text(at);
        let token = &page.tokens[at as usize];
        token.case == Case::Capital && !class(page, token).has(NO_SURNAME) && !page.lexicon.people.is_state(&[text])
    };
    let alone = at.checked_sub(1).is_none_or(|before| {
        let before = &page.tokens[before as usize];
        before.kind != TokenKind::Comma && !before.is_capital()
    });
    let sign =
        at + 4 < limit && page.tokens[at as usize + 1].kind == TokenKind::Comma && page.token_text(at + 3) == "&";
    let next = || page.tokens.get(at as usize + 5).is_some_and(|next| next.is_word() && next.is_capital());
    sign && alone && [0, 2, 4].into_iter().all(|on| one(at + on)) && !next()
}

/// `Harrat-ul-Lorn`: whether a short word that the language does not have stands between the hyphen at `hyphen` and another.
fn is_linked_by_particle(page: &Page, hyphen: u32, limit: u32) -> bool {
    const LONGEST: u32 = 3;
    if hyphen + 3 >= limit {
        return false;
    }
    let [one, link, other, next] = [hyphen, hyphen + 1, hyphen + 2, hyphen + 3].map(|at| page.tokens[at as usize]);
    let glued = page.tokens[hyphen as usize - 1].end == one.start
        && one.end == link.start
        && link.end == other.start
        && other.end == next.start;
    const CLOSED: Class = Class::FUNCTION.with(Class::DETERMINER).with(Class::PREPOSITION).with(Class::COORDINATOR);
    glued
        && other.kind == TokenKind::Hyphen
        && link.is_word()
        && link.case == Case::Lower
        && link.end - link.start <= LONGEST
        && !class(page, &link).has(CLOSED)
}

/// Whether a small syllable of a name stands behind the hyphen at `hyphen`, in the run that begins at `at`: no noun follows
/// that it would be an adjective to.
fn is_syllable_next(page: &Page, at: u32, hyphen: u32, limit: u32) -> bool {
    const MOST: u32 = 5;
    let piece = hyphen + 1;
    let token = |at: u32| page.tokens.get(at as usize).filter(|_| at < limit);
    let Some(small) = token(piece).filter(|small| small.is_word() && small.case == Case::Lower) else { return false };
    let glued = page.tokens[hyphen as usize - 1].end == page.tokens[hyphen as usize].start
        && page.tokens[hyphen as usize].end == small.start;
    const VERBS: Class = Class::CUE_VERB.with(Class::FUNCTION);
    let free = token(piece + 1).is_none_or(|next| !next.is_word() || next.is_capital() || class(page, next).has(VERBS));
    // `Chan-jo Lund`
    let first = hyphen - at == 1
        && !page.tokens[at as usize].word.is_known()
        && token(piece + 1).is_some_and(|next| next.is_word() && next.is_capital());
    // `Yun Duk-min`: a short word of a table may be a syllable, too.
    let plain = !small.word.is_known() || small.end - small.start <= 3 && class(page, small) == Class::default();
    // `Min-jun Lund spoke`, `Min-jun agreed`
    let syllable = |at: u32| page.lexicon.lists.reads(List::NameSyllables, page.token_text(at));
    if glued && syllable(hyphen - 1) && syllable(piece) {
        return true;
    }
    (hyphen - at >= 2 && free || first)
        && plain
        && glued
        && small.end - small.start < MOST
        && !class(page, small).has(Class::PAST)
}

/// `Pete “Bosun” Halloran`, `Juno (Hartwell) Reyes`: where the name goes on after another name in marks or brackets.
fn nickname(page: &Page, open: u32) -> Option<u32> {
    const WORDS: u32 = 3;
    let is_name = |at: u32| {
        page.tokens.get(at as usize).is_some_and(|token| {
            token.kind == TokenKind::Word && token.case != Case::Lower && !class(page, token).has(CLOSED)
        })
    };
    let closing = match page.tokens.get(open as usize)?.kind {
        TokenKind::Mark => TokenKind::Mark,
        TokenKind::Open => TokenKind::Close,
        _ => return None,
    };
    let close = (open + 1..=open + 1 + WORDS).find(|at| !is_name(*at))?;
    // `Quay Ltd (QL) CEO Ada Brandt`: an abbreviation of what stands before.
    let short = |at: u32| page.tokens[at as usize].case == Case::Upper && page.token_text(at).len() > 1;
    if closing == TokenKind::Close && (open + 1..close).all(short) && !short(open.saturating_sub(1)) {
        return None;
    }
    (close > open + 1 && page.tokens.get(close as usize)?.kind == closing && is_name(close + 1)).then_some(close + 1)
}

/// `Sen`, `Mr`, `J`: what a full stop may follow inside a name.
fn is_abbreviated(page: &Page, at: u32) -> bool {
    let token = page.tokens[at as usize];
    token.end - token.start == 1
        || class(page, &token).has(Class::TITLE)
        || page.lexicon.abbreviations.class(token.word).is_some()
}

/// `Ministry of Science and Technology`: of what a body is, joined by `and` to one more word at `next`.
fn is_subject_pair(page: &Page, run: Range<u32>, next: u32, limit: u32) -> bool {
    let people = &page.lexicon.people;
    let of = run.clone().find(|at| matches!(page.token_text(*at), "of" | "for") && *at > run.start);
    let body = of.is_some_and(|of| page.class(of - 1).has(Class::GROUP.with(Class::GROUPS).with(Class::SUFFIX)));
    let place = of.is_some_and(|of| {
        let words: Vec<String> = (of + 1..run.end).map(|at| page.token_text(at).to_owned()).collect();
        people.is_state(&words)
    });
    let one = next + 1 >= limit || !page.tokens[next as usize + 1].is_capital();
    let text = page.token_text(next);
    let other = people.first_name(text).is_some()
        || people.is_state(&[text.to_owned()])
        || page.class(next).has(Class::TITLE.with(Class::ROLE).with(Class::GROUP).with(Class::SUFFIX));
    body && !place && one && !other
}

/// `the Health and Quality Authority`: known words before `and` that name no body of their own, and a body behind it.
fn is_body_pair(page: &Page, run: Range<u32>, next: u32, limit: u32) -> bool {
    const MOST: u32 = 3;
    const BODY: Class = Class::GROUP.with(Class::SUFFIX);
    let capital = |at: u32| at < limit && page.tokens[at as usize].is_capital() && page.tokens[at as usize].is_word();
    let before = run.start.checked_sub(1);
    let the = before.is_some_and(|at| {
        page.token_text(at).eq_ignore_ascii_case("the") || page.tokens[at as usize].kind == TokenKind::Clitic
    });
    let plain = |at: u32| {
        page.word(at as usize).is_known()
            && !page.class(at).has(BODY.with(Class::TITLE).with(Class::ROLE).with(Class::SITE))
    };
    let last = (next..next + MOST).take_while(|at| capital(*at)).last();
    the && run.len() <= MOST as usize
        && run.clone().all(plain)
        && last.is_some_and(|last| last > next && page.class(last).has(BODY) && plain(next))
}

/// Whether this word stands at `at`, letter by letter. Most words differ in length, which is told without a look at the text.
fn says(page: &Page, at: u32, word: &str) -> bool {
    let token = page.tokens[at as usize];
    (token.end - token.start) as usize == word.len() && page.token_text(at) == word
}

/// `Governor’s Office`: the owner of a body is a part of its name.
fn is_office_next(page: &Page, clitic: u32) -> bool {
    let body = page.tokens.get(clitic as usize + 1).map(|next| class(page, next));
    matches!(page.token_text(clitic), "’s" | "'s")
        && body.is_some_and(|class| class.has(Class::GROUP.with(Class::GROUPS).with(Class::SUFFIX)))
}

/// `Consumers’ League`, `Farmers' Action Group`: the noun for a body that ends a name, where the apostrophe at `mark` makes people in
/// the plural, with a capital, its owners: right behind it, or, where the plural is surely one of people, behind two words at most. The name
/// begins at `first`.
fn owned_by_many(page: &Page, first: u32, mark: u32, limit: u32) -> Option<u32> {
    const MOST: u32 = 3;
    const BODY: Class = Class::GROUP.with(Class::SUFFIX);
    let token = page.tokens.get(mark as usize).filter(|token| token.kind == TokenKind::Mark && mark < limit)?;
    let before = mark.checked_sub(1).filter(|before| page.glued(*before as usize) && !page.glued(mark as usize))?;
    let owners = page.tokens[before as usize];
    let text = page.token_text(before);
    // `the Rowers’ League`: a word that the language does not have, behind an article
    let named = |at: u32| page.lexicon.people.first_name(page.token_text(at)).is_some();
    let the = first.checked_sub(1).is_some_and(|at| page.token_text(at).eq_ignore_ascii_case("the"));
    let many = owners.is_capital()
        && (owners.word.is_known() || the && !(first..before).any(named))
        && !class(page, &owners).has(BODY.with(Class::GROUPS).with(Class::SITE))
        && page.lexicon.forms.ends(text, Ending::ClearPlural)
        && !named(before);
    if !many || !matches!(page.token_text(mark), "'" | "’") {
        return None;
    }
    let capital =
        |at: &u32| *at < limit && page.tokens[*at as usize].is_word() && page.tokens[*at as usize].is_capital();
    let body = (mark + 1..=mark + MOST).take_while(capital).find(|at| page.class(*at).has(BODY))?;
    // `Lobbyists’ Campaign Donations`
    let inner = page.class(body + 1) == Class::default() && capital(&(body + 1));
    let sure = class(page, &owners).has(Class::ROLES) || body == mark + 1;
    let paragraph = page.paragraphs_to(token.start).checked_sub(1)?;
    let closes = (0..2).any(|depth| {
        page.pairs_from(paragraph, depth, token.start).next().is_some_and(|pair| pair.span.end == token.end)
    });
    (sure && !inner && !closes).then_some(body)
}

/// Splits a run into title, role and name, and looks at its sides.
fn name(page: &Page, run: Range<u32>, paragraph: Range<u32>) -> Option<Name> {
    // `“When do we sail?” Asked Bram Tull`
    let first = &page.tokens[run.start as usize];
    let asked = run.len() > 1
        && class(page, first).has(Class::CUE_VERB)
        && run.start > paragraph.start
        && page.tokens[run.start as usize - 1].kind == TokenKind::Mark
        && page.lexicon.reporting.verb(first.word).any(|(_, forms)| forms.has(Forms::PAST));
    // `Special Agent in Charge Ada Brandt`
    let charge = run.len() > 1
        && run.start > paragraph.start
        && page.token_text(run.start - 1) == "in"
        && page.lexicon.lists.has(List::InTitles, page.token_text(run.start));
    let run = run.start + u32::from(asked || charge)..run.end;
    let run = run.start + u32::from(is_behind_letters(page, run.clone()))..run.end;
    let mut start = run.start;
    let mut gender = None;
    let mut person = charge;
    let mut role_words = Vec::new();
    let token = |at: u32| page.tokens[at as usize];
    // Titles and roles at the beginning of the run.
    let mut last_role = None;
    let role_before = |at: u32| class(page, &token(at - 1)).has(Class::TITLE.with(Class::ROLE));
    // `Governor’s Office` is one name: its governor is no title.
    let owned = run.clone().any(|at| token(at).kind == TokenKind::Clitic);
    let head = if owned { 0 } else { run.len().saturating_sub(1) };
    for at in run.clone().take(head) {
        let class = class(page, &token(at));
        // `Chief of Staff General Brandt`: the title goes on behind `of`; `Bank of Lenn Governor Ada Brandt`: it follows.
        if at > run.start && is_particle(page, at) && (role_before(at) || says(page, at, "of")) {
            continue;
        }
        // `Office of Governor Brandt`: whose office it is.
        let inner = || at > run.start && says(page, at - 1, "of") && is_particle(page, at - 1);
        if last_role.is_none() && inner() {
            continue;
        }
        let title = class.has(Class::TITLE.with(Class::ROLE))
            && !is_given_name(page, at, &run, paragraph.start)
            && !is_first_syllable(page, at, run.end)
            && !is_middle_name(page, at, run.start)
            && !is_in_marks(page, at, run.start);
        if title && !is_particle_next(page, at, run.end) {
            last_role = Some(at);
            gender = gender_of(class).or(gender);
            if !is_courtesy(page, Some(at)) {
                role_words.push(page.lexicon.people.role_of(token(at).word));
            }
        } else if is_particle(page, at) {
            break;
        }
    }
    // `Mr and Mrs Tad Lind`: the first name is his.
    let before = |back: u32| run.start.checked_sub(back).filter(|at| *at >= paragraph.start);
    let joined = before(1).is_some_and(|at| matches!(page.token_text(at), "and" | "&"));
    let stop = before(2).is_some_and(|at| token(at).kind == TokenKind::Stop);
    let other = before(2 + u32::from(stop)).filter(|at| joined && class(page, &token(*at)).has(Class::TITLE));
    let other = other.and_then(|at| gender_of(class(page, &token(at))));
    let mut role = None;
    if let Some(first) = behind_body(page, run.clone()) {
        start = first;
        person = true;
    } else if let Some((office, first)) = behind_office(page, run.clone(), paragraph.start) {
        role = Some(page.span_of(office..first));
        role_words.push(page.lexicon.people.role_of(token(office_noun(page, office..first)).word));
        start = first;
        person = true;
    } else if let Some(last) = last_role {
        let next = last + 1 + u32::from(token(last + 1).kind == TokenKind::Stop);
        // `Inspector-General`; in `Mr-Brandt` the hyphen is a slip.
        let hyphen = next + 1 < run.end && token(next).kind == TokenKind::Hyphen;
        let compound = hyphen && class(page, &token(next + 1)).has(Class::ROLE.with(Class::TITLE));
        let next = next + u32::from(hyphen && !compound);
        // `the Justice Department`: a body's name, no title.
        // and `General Administration of Quays`
        let of = || matches!(page.token_text(next + 1), "of" | "for");
        let body = next < run.end
            && (next + 1 == run.end || last == run.start && of())
            && class(page, &token(next)).has(Class::GROUP)
            && page.word(next as usize).is_known();
        // `the Quay Diver Center`
        let the = run.start > paragraph.start && page.token_text(run.start - 1).eq_ignore_ascii_case("the");
        let house = the
            && last > run.start
            && next + 1 == run.end
            && !class(page, &token(last - 1)).has(Class::TITLE.with(Class::ROLE))
            && class(page, &token(next)).has(Class::GROUP.with(Class::SUFFIX))
            && page.word(next as usize).is_known();
        if body || house || is_body_of_role(page, last, next..run.end) {
            role_words.clear();
            gender = None;
        } else if next < run.end && !compound {
            role = Some(page.span_of(run.start..last + 1));
            start = next;
            person = true;
        }
    }
    if start == run.start
        && let Some(first) = behind_words(page, run.clone())
    {
        start = first;
    }
    // `Sen. Ada Brandt, R-Harrow,`: a party and a state.
    let tag = page.tokens.get(run.start as usize + 1).is_some_and(|next| next.kind == TokenKind::Hyphen)
        && token(run.start).end - token(run.start).start == 1
        && run.start > paragraph.start
        && matches!(page.tokens[run.start as usize - 1].kind, TokenKind::Comma | TokenKind::Open);
    if tag {
        return None;
    }
    // `READ MORE: The boats are late`
    let shouted = |at: u32| token(at).case == Case::Upper && page.word(at as usize).is_known();
    let colon = page.tokens.get(run.end as usize).is_some_and(|next| next.kind == TokenKind::Colon);
    if start >= run.end
        || !person && is_office(page, run.clone())
        || person && is_rest_of_office(page, run.start, start..run.end)
        || colon && run.len() > 1 && run.clone().all(shouted)
    {
        return None;
    }
    // `Minister for Roads Ada Brandt`, `Deputy Minister of Roads`: the office is no name.
    let linked = |at: u32| {
        page.tokens.get(at as usize).is_some_and(|_| page.lexicon.lists.has(List::OfficeLinks, page.token_text(at)))
    };
    let office = class(page, &token(start)).has(Class::TITLE.with(Class::ROLE)) && linked(start + 1);
    if office && (start + 1 == run.end || person) {
        return None;
    }
    // `Ada Brandt MP`, `the Tory MP`: letters for what somebody is.
    let letters =
        |at: u32| token(at).case == Case::Upper && class(page, &token(at)).has(Class::ROLE.with(Class::TITLE));
    let run = match run.end - start {
        2.. if letters(run.end - 1) => {
            let named = page.lexicon.people.first_name(page.token_text(start)).is_some();
            if run.end - start < 3 && !named {
                return None;
            }
            run.start..run.end - 1
        }
        // `a second Conservative MP`
        1 if person && letters(start) => return None,
        _ => run,
    };
    // `the South African president`
    let people = &page.lexicon.people;
    let adjective = run.end - start == 2
        && !person
        && people.is_demonym(page.token_text(run.end - 1))
        && people.first_name(page.token_text(start)).is_none()
        && page.tokens.get(run.end as usize).is_some_and(|next| next.is_word() && next.case == Case::Lower);
    if adjective {
        return None;
    }
    // `Australian Ada Brandt`, `Chinese officials`
    if page.lexicon.people.is_demonym(page.token_text(start)) && !person {
        let bodies = Class::SUFFIX.with(Class::GROUP).with(Class::GROUPS);
        match run.end - start {
            1 => return None,
            2 => {}
            // `the Syrian Observatory for Human Rights`
            _ => start += u32::from(!(start + 1..run.end).any(|at| class(page, &token(at)).has(bodies))),
        }
    }
    let run = run.start..person_of_place(page, start..run.end, person).min(before_own_office(page, start..run.end));
    let tokens = start..run.end;
    if person && !is_courtesy(page, last_role) {
        // `Health Minister` stays; a bare `Mr.` is no role.
    } else {
        role = None;
    }
    let single = tokens.len() == 1;
    // `Mr and Mrs Lind`: either.
    let gender = if other.is_some() { other.filter(|_| !single) } else { gender };
    // `its Director, Ada Brandt,`
    let owned = run.start > paragraph.start
        && (page.class(run.start - 1).has(Class::POSSESSIVE) || token(run.start - 1).kind == TokenKind::Clitic);
    if single && !person && owned && class(page, &token(start)).has(Class::ROLE.with(Class::TITLE)) {
        return None;
    }
    // `the India-China talks`
    let hyphen = tokens.clone().rev().find(|at| token(*at).kind == TokenKind::Hyphen);
    let state = |words: Range<u32>| {
        let words: Vec<&str> = words.map(|at| page.token_text(at)).collect();
        page.lexicon.people.is_state(&words)
    };
    if hyphen.is_some_and(|hyphen| state(tokens.start..hyphen) && state(hyphen + 1..tokens.end)) {
        return None;
    }
    // `the CEO`, `Quay’s CEO`
    if single && !person && token(start).case == Case::Upper && class(page, &token(start)).has(Class::ROLE) {
        return None;
    }
    // `JD.quay Inc, a firm in Harrow`: what a firm is by law is no name.
    if single && page.lexicon.lists.has(List::LegalForms, page.token_text(start)) {
        return None;
    }
    let last = if single { Class::default() } else { class(page, &token(run.end - 1)) };
    let has_of = tokens.clone().any(|at| says(page, at, "of"));
    let the = run.start > paragraph.start && page.token_text(run.start - 1).eq_ignore_ascii_case("the");
    // `the Brandt campaign`
    let the = the
        && !page
            .tokens
            .get(run.end as usize)
            .is_some_and(|_| page.lexicon.lists.has(List::PeopleOwned, page.token_text(run.end)));
    // `the Governor`: an office, whose holder the text may name elsewhere.
    let office = page.lexicon.people.role_of(token(start).word);
    if the && single && page.lexicon.people.offices.contains(office) {
        return None;
    }
    let inner = tokens.clone().skip(1).any(|at| class(page, &token(at)).has(Class::GROUP.with(Class::SUFFIX)));
    let body = !person
        && (last.has(Class::SUFFIX.with(Class::GROUP).with(Class::GROUPS))
            || has_of
            || the
            || inner
            || run.len() > 2 && page.token_text(run.end - 2) == "&"
            || token(run.end - 1).case == Case::Upper);
    let mut out = Name {
        span: page.span_of(tokens.clone()),
        tokens,
        role,
        role_words,
        gender,
        person,
        body,
        quoted: false,
        leads: false,
        stretch: 0,
    };
    beside(page, &mut out, run, paragraph);
    Some(out)
}

/// `the NBU Ada Brandt`: whether letters that a body goes by stand before a whole name.
fn is_behind_letters(page: &Page, run: Range<u32>) -> bool {
    const LETTERS: u32 = 3;
    const BODY: Class = Class::GROUP.with(Class::GROUPS).with(Class::SUFFIX).with(Class::SITE);
    if run.len() != 3 {
        return false;
    }
    let [letters, first, last] = [run.start, run.start + 1, run.start + 2].map(|at| page.tokens[at as usize]);
    letters.case == Case::Upper
        && letters.end - letters.start >= LETTERS
        && !class(page, &letters).has(Class::TITLE.with(Class::ROLE))
        && first.case == Case::Capital
        && page.lexicon.people.first_name(page.token_text(run.start + 1)).is_some()
        && last.case == Case::Capital
        && !last.word.is_known()
        && !class(page, &last).has(BODY)
}

/// Whether a run of capitals is no name but an office: `Chief Executive`, `the President of Ireland`.
fn is_office(page: &Page, run: Range<u32>) -> bool {
    // A word alone is none.
    if run.len() < 2 {
        return false;
    }
    let class_at = |at: u32| class(page, &page.tokens[at as usize]);
    let of = run.clone().find(|at| says(page, *at, "of"));
    let office = run.start..of.unwrap_or(run.end);
    let Some(last) = office.clone().last().filter(|_| office.len() > 1 || of.is_some()) else { return false };
    let people = &page.lexicon.people;
    let noun = page.word(last as usize);
    let top = people.offices.contains(noun) || people.tops.contains(noun) || class_at(last).has(Class::TITLE);
    let told = |at: u32| class_at(at).has(Class::TITLE.with(Class::ROLE).with(Class::ADJECTIVE));
    if top && office.clone().all(told) {
        return true;
    }
    // `the Defense Minister`: what the office is of, in a word that the language has.
    let of_what = |at: u32| {
        let text = page.token_text(at);
        page.word(at as usize).is_known() && people.first_name(text).is_none() && !people.is_demonym(text)
    };
    let nation = |at: u32| people.is_demonym(page.token_text(at));
    // `Turkish Minister`
    of.is_none()
        && office.len() == 2
        && people.offices.contains(noun)
        && (of_what(office.start) || nation(office.start))
}

/// `Deputy Permanent Representative`, `Executive Director`: whether what follows a title at `first` is no name but the rest of an
/// office or of a body (`General Administration`).
fn is_rest_of_office(page: &Page, first: u32, rest: Range<u32>) -> bool {
    const ROLE: Class = Class::ROLE.with(Class::TITLE);
    let people = &page.lexicon.people;
    let known = |at: u32| page.word(at as usize).is_known() && people.first_name(page.token_text(at)).is_none();
    if rest.is_empty() || !rest.clone().all(known) {
        return false;
    }
    let last = page.word(rest.end as usize - 1);
    if rest.len() > 1 {
        return page.class(rest.end - 1).has(ROLE);
    }
    let Some(before) = rest.start.checked_sub(1).filter(|at| *at >= first) else { return false };
    let word = page.word(before as usize);
    // `Chief Scientist`, but `Director Baker`
    let loose = page.class(before).has(Class::ADJECTIVE) || people.lesser.contains(word);
    let top = people.offices.contains(last) || people.tops.contains(last);
    page.tokens[rest.start as usize].case == Case::Capital
        && (loose && page.class(rest.start).has(ROLE.with(Class::GROUP)) || people.tops.contains(word) && top)
}

/// `Minister of Health Ada Brandt`, `head of the Lenn Institute Ada Brandt`: where an office with an `of` begins, and where in
/// the run a person's name begins behind it. A first name tells where, or two words that no table has behind one that a
/// table has.
fn behind_office(page: &Page, run: Range<u32>, floor: u32) -> Option<(u32, u32)> {
    const MOST: u32 = 8;
    let people = &page.lexicon.people;
    if run.len() < 3 {
        return None;
    }
    let named =
        |at: u32| people.first_name(page.token_text(at)).is_some() || people.is_short_name(page.word(at as usize));
    let capital = |at: u32| page.tokens[at as usize].is_capital();
    let starts = |at: &u32| named(*at) && !named(at - 1) && !is_particle(page, at - 1) && capital(*at);
    let known = |at: u32| page.word(at as usize).is_known();
    let unknown = |at: u32| capital(at) && !known(at);
    let links = |at: u32| {
        let lists = &page.lexicon.lists;
        lists.has(List::OfficeLinks, page.token_text(at)) || lists.has(List::OfficePlaces, page.token_text(at))
    };
    // `envoy for Lenn Zbig de Lund`
    let pair = (run.start + 1..run.end - 1).rev().find(|at| !is_particle(page, *at)).unwrap_or(run.end - 2);
    // `Minister for Roads Zbig Lund`, `Mayor of Harrow Zbig Lund`: one word for what the office is of.
    let before = |text: &str| run.start > floor + 2 && page.token_text(run.start - 1) == text;
    // `of Energy and Mines`, `of the NBU`
    let outer = before("and") && links(run.start - 3) || before("the") && links(run.start - 2);
    let one = pair - 1 == run.start && run.start > floor && (links(run.start - 1) || outer)
        || pair >= run.start + 2 && links(pair - 2);
    let plain = unknown(pair) && unknown(run.end - 1) && capital(pair - 1) && (known(pair - 1) || one);
    let first = (run.start + 1..run.end - 1).find(starts).or_else(|| plain.then_some(pair))?;
    // The last `of` before it that follows an office; only words stand between.
    let low = floor.max(first.saturating_sub(MOST));
    // `Minister for Roads, Boats and Quays Ada Brandt`
    let inner = |at: &u32| page.tokens[*at as usize].is_word() || page.tokens[*at as usize].kind == TokenKind::Comma;
    let words = (low..first).rev().take_while(inner);
    let office = |at: u32| {
        let noun = page.word(at as usize);
        people.offices.contains(noun)
            || people.tops.contains(noun)
            || page.class(at).has(Class::TITLE.with(Class::ROLE)) && page.tokens[at as usize].is_capital()
    };
    let of = words.filter(|at| *at > low && links(*at) && office(*at - 1)).last()?;
    let begin = (low..of - 1)
        .rev()
        .take_while(|at| page.tokens[*at as usize].is_word() && !page.class(*at).has(CLOSED.with(Class::CUE_VERB)));
    Some((begin.last().unwrap_or(of - 1), first))
}

/// `the Interior Ministry Ada Brandt`: where a person's name begins behind that of a body, by its first name.
fn behind_body(page: &Page, run: Range<u32>) -> Option<u32> {
    let first = run.end.checked_sub(2).filter(|first| *first > run.start)?;
    let body = page.class(first - 1).has(Class::GROUP) && !page.class(first + 1).has(Class::GROUP.with(Class::SUFFIX));
    let named = page.lexicon.people.first_name(page.token_text(first)).is_some();
    let plain = page.tokens[run.start as usize..run.end as usize].iter().all(|token| token.is_word());
    (body && named && plain && !page.word(first as usize + 1).is_known()).then_some(first)
}

/// `Licensed Diver Ada Lorn`, `Reaction Ada Lorn`: where a person's name begins behind words with a capital that the language has:
/// a first name, and behind it, at the end of the run, a word that no table has, or any behind a word for who acts.
fn behind_words(page: &Page, run: Range<u32>) -> Option<u32> {
    const BODY: Class = Class::GROUP.with(Class::GROUPS).with(Class::SUFFIX).with(Class::SITE);
    let people = &page.lexicon.people;
    let first = run.end.checked_sub(2).filter(|first| *first > run.start)?;
    let word = |at: u32| page.tokens[at as usize];
    let named = |at: u32| people.first_name(page.token_text(at)).is_some();
    let plain = |at: u32| {
        let text = page.token_text(at);
        word(at).is_word()
            && word(at).case == Case::Capital
            && page.word(at as usize).is_known()
            && !named(at)
            && !people.is_short_name(page.word(at as usize))
            && !people.is_demonym(text)
            && !people.is_state(&[text])
            && !is_particle(page, at)
    };
    let last = run.end - 1;
    // What is told by classes and capitals comes first.
    if word(last).case != Case::Capital || page.class(last).has(BODY) || page.class(first).has(BODY) || !named(first) {
        return None;
    }
    // `Minister for Roads-Ada Lorn`: a hyphen that stands for a lost space
    let before = first - 1;
    let slip = before > run.start && word(before).kind == TokenKind::Hyphen;
    let before = before - u32::from(slip);
    let role = || {
        page.class(before).has(Class::ROLE.with(Class::ROLES).with(Class::TITLE))
            || page.lexicon.forms.ends_as_person(page.token_text(before))
    };
    let surname = !word(last).word.is_known() || role();
    let short = page.class(before).has(Class::ADJECTIVE) || page.token_text(before).len() < 5;
    let plain = |at: u32| plain(at) || at > run.start && word(at).kind == TokenKind::Hyphen;
    (!short && surname && (run.start..first).all(plain)).then_some(first)
}

/// The noun of an office with an `of`.
fn office_noun(page: &Page, office: Range<u32>) -> u32 {
    office
        .clone()
        .find(|at| *at > office.start && page.lexicon.lists.has(List::OfficeLinks, page.token_text(*at)))
        .map_or(office.start, |of| of - 1)
}

/// `Mayor Ada Brandt of Harrow`: the end of the person's own name, where a place or body follows it.
fn person_of_place(page: &Page, name: Range<u32>, person: bool) -> u32 {
    let Some(of) = name.clone().find(|at| says(page, *at, "of")) else { return name.end };
    let last = &page.tokens[of as usize - 1];
    let bodies = Class::GROUP.with(Class::GROUPS).with(Class::SUFFIX).with(Class::DOCUMENT).with(Class::ROLE);
    let own = of - name.start;
    // `Otto Thomas of Quayratings`: a word that the language has is a surname behind a first name.
    let first = || page.lexicon.people.first_name(page.token_text(name.start)).is_some();
    let surname = own > 1 && (!last.word.is_known() || own == 2 && first());
    // `Organisation for the Prohibition of Weapons`
    let human = !is_body_for(page, name.start..of) && (person && own > 0 || surname && !class(page, last).has(bodies));
    if human { of } else { name.end }
}

/// `Ada Brandt Sales Manager at Quay Gas`, `Ada CEO of Quay Gas`: the end of the name whose bearer's office stands behind it without a comma:
/// two words or more, of which the last runs something, or letters, or one such word before what it is of.
fn before_own_office(page: &Page, name: Range<u32>) -> u32 {
    let people = &page.lexicon.people;
    if people.first_name(page.token_text(name.start)).is_none() {
        return name.end;
    }
    let of = name.clone().find(|at| *at > name.start && matches!(page.token_text(*at), "of" | "for"));
    let end = of.unwrap_or(name.end);
    let last = end - 1;
    let linked = of.is_some() || page.tokens.get(end as usize).is_some_and(|_| page.token_text(end) == "at");
    let top = |at: u32| {
        let noun = page.word(at as usize);
        people.tops.contains(noun) || people.offices.contains(noun)
    };
    let letters = |at: u32| page.tokens[at as usize].case == Case::Upper && page.class(at).has(Class::ROLE);
    if letters(last) && linked && last > name.start {
        return last;
    }
    let known = |at: &u32| {
        let plain = page.word(*at as usize).is_known() && people.first_name(page.token_text(*at)).is_none();
        plain || !page.tokens[*at as usize].is_word()
    };
    let first = (name.start + 2..end).rev().take_while(known).last().unwrap_or(end);
    // `Otto C. Baker`
    let first = (first..end).find(|at| page.tokens[*at as usize].is_word()).unwrap_or(end);
    let many = end.saturating_sub(first) > 1;
    let office = || page.class(last).has(Class::ROLE.with(Class::TITLE));
    if first < end && (many && office() || linked && top(last)) { first } else { name.end }
}

/// `the UN General Assembly`, `the Harrow Patient Safety Agency`: whether the words behind a role that is no courtesy end as the
/// name of a body does, and are nobody's: none is a first name.
fn is_body_of_role(page: &Page, role: u32, rest: Range<u32>) -> bool {
    let Some(last) = rest.clone().last().map(|last| page.tokens[last as usize]) else { return false };
    let named = page.lexicon.people.first_name(page.token_text(rest.start)).is_some();
    let body = class(page, &last).has(Class::SUFFIX) && last.case == Case::Capital;
    // `President Church`
    let top = rest.len() == 1 && !class(page, &page.tokens[role as usize]).has(Class::ADJECTIVE);
    // `Taoiseach. Appeal Court`, `Client Trust Drives Harrow Partners`: two lines.
    let plain = |at: u32| {
        let several = at + 1 < rest.end && page.lexicon.forms.ends(page.token_text(at), Ending::ClearPlural);
        page.word(at as usize).is_known() && !several
    };
    let parted = page.tokens[role as usize + 1].kind == TokenKind::Stop;
    body && !named && !top && !parted && !is_courtesy(page, Some(role)) && rest.clone().all(plain)
}

fn is_particle_next(page: &Page, at: u32, end: u32) -> bool {
    at + 1 < end && is_particle(page, at + 1)
}

/// `Mr.` and its like name no role.
fn is_courtesy(page: &Page, at: Option<u32>) -> bool {
    at.is_some_and(|at| {
        page.lexicon.lists.has(List::CourtesyTitles, page.lexicon.words.text(page.tokens[at as usize].word))
    })
}

/// `Pete “Bosun” Halloran`: whether a word stands right between marks or brackets in the run that begins at `first`.
fn is_in_marks(page: &Page, at: u32, first: u32) -> bool {
    let opens = |at: u32| matches!(page.tokens[at as usize].kind, TokenKind::Mark | TokenKind::Open);
    at > first && opens(at - 1) && page.glued(at as usize - 1)
}

/// `Ada Miller Brandt`: whether a word for what somebody is stands behind a first name in the run that begins at `first`.
fn is_middle_name(page: &Page, at: u32, first: u32) -> bool {
    at > first
        && page.lexicon.lists.reads(List::GivenRoles, page.token_text(at))
        && page.lexicon.people.first_name(page.token_text(at - 1)).is_some()
}

/// `Dean Brandt spoke`, `said Hunter Lind`: a word for what somebody is before a surname is the first name where nobody of the page
/// has another before that surname.
fn call_by_given_role(page: &Page, found: &mut [Name]) {
    let given = |name: &Name| {
        let before = name.tokens.start.checked_sub(1)?;
        let alone = name.tokens.len() == 1 && name.person && name.role.is_some_and(|role| role.end <= name.span.start);
        let role = page.tokens[before as usize];
        let own = role.case == Case::Capital && page.lexicon.lists.reads(List::GivenRoles, page.token_text(before));
        (alone && own && !page.word(name.tokens.start as usize).is_known()).then_some(before)
    };
    if !found.iter().any(|name| given(name).is_some()) {
        return;
    }
    let whole = found.iter().filter(|name| name.tokens.len() > 1);
    let surnames: FxHashSet<&str> = whole.map(|name| page.token_text(name.tokens.end - 1)).collect();
    for name in found.iter_mut() {
        if let Some(before) = given(name).filter(|_| !surnames.contains(page.token_text(name.tokens.start))) {
            name.tokens = before..name.tokens.end;
            name.span = page.span_of(name.tokens.clone());
            name.role = None;
            name.role_words.clear();
        }
    }
}

/// `Lund Man-ho`: whether a word is the first syllable of a given name, whose next stands in small letters behind a hyphen.
fn is_first_syllable(page: &Page, at: u32, end: u32) -> bool {
    let hyphen = at + 1 < end && page.tokens[at as usize + 1].kind == TokenKind::Hyphen && page.glued(at as usize + 1);
    hyphen && at + 2 < end && page.tokens[at as usize + 2].case == Case::Lower
}

/// `economist Dean Baker`, `Dean Foster, editor of the Gazette`: whether a title is a given name: one surname stands behind it,
/// and another title or role stands right before it or behind the comma.
fn is_given_name(page: &Page, at: u32, run: &Range<u32>, first: u32) -> bool {
    const ROLES: Class = Class::ROLE.with(Class::TITLE);
    let word = |at: u32| page.tokens.get(at as usize).is_some_and(|token| token.is_word());
    if at + 2 != run.end || !page.lexicon.lists.has(List::GivenTitles, page.token_text(at)) {
        return false;
    }
    let before = at > first && word(at - 1) && page.class(at - 1).has(ROLES);
    let comma = page.tokens.get(run.end as usize).is_some_and(|token| token.kind == TokenKind::Comma);
    let open = page.class(run.end + 1).has(Class::DETERMINER);
    before || comma && !open && word(run.end + 1) && page.class(run.end + 1).has(ROLES)
}
