//! Sets what was told on the calendar: relative dates against the document's date, `yesterday` in somebody's words against
//! the day on which they were said, an hour alone against the day that the story is at, `a year earlier` against the
//! quarter or day that was named before.

use super::super::placed;
use super::when::SEASONS;
use super::{Open, Scale, Side, When, when};
use crate::document::{Document, Kind};
use crate::extract::{Figure, FigureKind, Quote, QuoteKind};
use crate::language::figures::Class;
use crate::language::inflect::Ending;
use crate::language::lists::List;
use crate::span::Span;
use crate::text::tokens::Token;
use crate::text::{Page, TokenKind};
use jiff::ToSpan;
use jiff::civil::Date;

/// How many paragraphs, and how many figures, behind its day an hour may stand.
const HOURS_REACH: (u32, usize) = (4, 12);
/// How many figures behind a date `the day` may point back to it.
const DAY_REACH: usize = 40;
/// How many figures behind a Friday `the previous Friday` may stand.
const WEEKDAY_REACH: usize = 12;
/// How many figures behind a date `the following year` may stand.
const AFTER_REACH: usize = 4;
/// How many tokens before a figure are looked at for what its sentence says.
const SENTENCE_REACH: usize = 40;
/// How long a date is that tells its day.
const FULL: usize = 10;

/// Gives every date and time its value, and every other figure the period that its sentence names last before it. The
/// document's day is its own; where it has none, a date is sought in a line of its head (`Published 16 March 2025`).
pub(in crate::extract::figures) fn place(page: &Page, document: &Document, quotes: &[Quote], figures: &mut [Figure]) {
    // A page of numbers alone is done with.
    if figures.iter().all(|figure| figure.iso.is_none()) {
        return;
    }
    share_years(page, figures);
    let opened: Vec<bool> = figures.iter().map(|figure| open_date(figure).is_some()).collect();
    let day = document.day().or_else(|| own_day(page, figures));
    // The quarter that was named last, with its paragraph: "a year earlier" after it means the same quarter.
    let mut quarter: Option<(String, u32)> = None;
    let (mut hours, mut spoken) = (Vec::new(), Vec::new());
    for i in 0..figures.len() {
        let rank = figures[i].kind == FigureKind::Ordinal;
        let Some(iso) = figures[i].iso.take_if(|_| !rank) else { continue };
        let paragraph = paragraph_of(page, &figures[i]);
        let near = quarter.as_ref().filter(|(_, place)| paragraph - place <= 6).map(|(value, _)| value.as_str());
        let told = figures[i].span.of(page.text);
        let when = When::decode(&iso);
        let beside = when.as_ref().and_then(|when| day_beside(page, &figures[i..], when, day));
        let value = match (when, near) {
            _ if beside.is_some() => beside,
            (Some(When::Open(open @ Open::Shift(Scale::Year, _), _)), _)
                if !open.names_its_year(told) && of_that_day(page, &figures[i]) =>
            {
                let named = figures[..i].iter().rev().take(DAY_REACH).find_map(full_day);
                named.and_then(|date| date.checked_sub(1.year()).ok()).map(|date| date.to_string())
            }
            (Some(When::Open(Open::Named(scale), tail)), _) if scale != Scale::Quarter => {
                let named = figures[..i].iter().rev().take(DAY_REACH).find_map(|figure| of_that_name(scale, figure));
                // "the same month last year": where no month was named, of the document's.
                let own =
                    || day.filter(|_| !tail.is_empty()).map(|day| format!("{:04}-{:02}", day.year(), day.month()));
                named.or_else(own).and_then(|value| when::finish(&value, &tail))
            }
            (Some(When::Open(Open::Shift(scale, 1), _)), _) if told_after(told) => {
                let day_told = |figure: &&Figure| {
                    scale != Scale::Day || full_day(figure).is_some() && !day_of_speech(page, figure)
                };
                let mut near = figures[..i].iter().rev().take(AFTER_REACH).filter(day_told);
                after_that(scale, near.find_map(|figure| figure.iso.as_deref())).or_else(|| placed(&iso, day))
            }
            (Some(When::Open(Open::Day(month, number, side), tail)), _)
                if tail.is_empty() && matches!(side, Side::Near | Side::Past) =>
            {
                let story = told_year(page, &figures[..i]).and_then(|told| soon_after(told, month, number));
                story.map(|day| day.to_string()).or_else(|| placed(&iso, day))
            }
            // "down from the previous Friday", behind another Friday
            (Some(When::Open(Open::Weekday(..), _)), _) if told_before(told) => {
                let own: Option<Date> = placed(&iso, day).and_then(|value| value.get(..10)?.parse().ok());
                let same = |date: &Date| own.is_some_and(|own| own.weekday() == date.weekday() && *date <= own);
                let named = figures[..i].iter().rev().take(WEEKDAY_REACH).filter_map(full_day).find(same);
                named.and_then(|date| date.checked_sub(1.week()).ok()).or(own).map(|date| date.to_string())
            }
            (Some(When::Open(Open::Shift(scale, -1), _)), _) if told_before(told) => {
                let sentence = sentence_of(page, &figures[i]).map_or(0, |sentence| sentence.start);
                let near = figures[..i].iter().rev().take(AFTER_REACH).filter(|figure| figure.span.start >= sentence);
                let named =
                    near.filter(|figure| figure.kind == FigureKind::Date).find_map(|figure| figure.iso.as_deref());
                before_that(scale, named).or_else(|| placed(&iso, day))
            }
            (Some(When::Open(open, _)), Some(near)) if day.is_some() && !open.names_its_year(told) => {
                when::same_quarter(near, open).or_else(|| placed(&iso, day))
            }
            (Some(When::Open(Open::Shift(Scale::Day, 0), tail)), _) if is_hour(&tail) => {
                hours.push(i);
                Some(tail)
            }
            (Some(When::Open(Open::Shift(Scale::Day, _), _)), _) if direct(quotes, &figures[i]).is_some() => {
                spoken.push((i, iso));
                None
            }
            _ => placed(&iso, day),
        };
        figures[i].iso = value.map(|value| match is_said_of_this(page, &figures[..i], told, &value) {
            true => when::finish(&value, "@Y-1").unwrap_or(value),
            false => value,
        });
        if let Some(iso) = figures[i].iso.as_deref().filter(|iso| iso.len() == 7 && iso.as_bytes()[5] == b'Q') {
            // Only what is past can be compared with.
            let again = quarter.as_ref().is_some_and(|(value, _)| iso < value.as_str());
            let ahead = day.is_some_and(|day| iso > format!("{:04}-Q{}", day.year(), (day.month() + 2) / 3).as_str());
            if !again && !ahead {
                quarter = Some((iso.to_owned(), paragraph));
            }
        }
    }
    order_spans(page, figures, &opened);
    if !spoken.is_empty() {
        let days = days_of_quotes(page, document, day, quotes, figures);
        for (i, iso) in spoken {
            let said = direct(quotes, &figures[i]).and_then(|quote| days[quote as usize]);
            figures[i].iso = placed(&iso, said.or(day));
        }
    }
    let first = if hours.is_empty() { None } else { first_day(page, quotes, figures) };
    for i in hours {
        if of_any_day(page, &figures[i]) {
            continue;
        }
        let spoken = spoken_day(page, quotes, figures, i).or(first).or(day);
        // Without any day the hour alone is no point in time.
        figures[i].iso = figures[i].iso.take().and_then(|hour| spoken.map(|day| format!("{day}{hour}")));
    }
    let mut period: Option<(u32, Span, String)> = None;
    for i in 0..figures.len() {
        let after = dated_after(page, figures, i);
        let figure = &mut figures[i];
        let sentence = sentence_of(page, figure).map_or(0, |sentence| sentence.start);
        if after.is_some() {
            figure.as_of = after;
        } else if figure.kind == FigureKind::Date {
            period = figure
                .iso
                .clone()
                .filter(|iso| iso.as_bytes()[0].is_ascii_digit())
                .map(|iso| (sentence, figure.span, iso));
        } else if let Some((place, date, iso)) = &period
            && *place == sentence
            && !is_of_the_saying(quotes, figure, *date, iso)
        {
            figure.as_of = Some(iso.clone());
        }
    }
}

/// `Wednesday (Oct. 11)`, `Wednesday – Oct. 11`: the day right behind a weekday, if it falls on it.
fn day_beside(page: &Page, figures: &[Figure], when: &When, day: Option<Date>) -> Option<String> {
    let When::Open(Open::Weekday(weekday, _), tail) = when else { return None };
    let [own, next, ..] = figures else { return None };
    let joined = matches!(between(page, own, next), "(" | "–" | "—" | "-");
    if !joined || next.kind != FigureKind::Date || !tail.is_empty() {
        return None;
    }
    let value = placed(next.iso.as_deref()?, day)?;
    let found: Date = value.parse().ok()?;
    (found.weekday().to_monday_one_offset() == *weekday).then_some(value)
}

/// `Announced on Tuesday that 12 boats were lost`: whether a day or week stands outside the reported words that hold the figure. It
/// tells when somebody spoke; a year or month may be that of the figures (`the 2023 survey found that 75 percent …`).
fn is_of_the_saying(quotes: &[Quote], figure: &Figure, date: Span, iso: &str) -> bool {
    let day = iso.len() >= FULL || iso.contains('W');
    let quote = figure.quote.and_then(|quote| quotes.get(quote as usize));
    day && quote.is_some_and(|quote| !quote.content.iter().any(|piece| piece.contains(date)))
}

/// The date right behind a figure or what it counts: `from 586 deaths in 2014 to 489 the following year`.
fn dated_after(page: &Page, figures: &[Figure], at: usize) -> Option<String> {
    const LONGEST: usize = 40;
    let (figure, next) = (figures.get(at)?, figures.get(at + 1)?);
    let timed = |figure: &Figure| matches!(figure.kind, FigureKind::Date | FigureKind::Time | FigureKind::Duration);
    if timed(figure) || next.kind != FigureKind::Date {
        return None;
    }
    let end = figure.noun.map_or(0, |noun| noun.end).clamp(figure.span.end, next.span.start);
    let gap = page.text.get(end as usize..next.span.start as usize).filter(|gap| gap.len() <= LONGEST)?.trim();
    let adjacent = gap.is_empty() && !next.span.of(page.text).starts_with(|c: char| c.is_ascii_digit());
    // "7 million tonnes landed in 1988", "7 million tonnes were landed in 1988"
    let mut words = gap.split(' ').peekable();
    let is = |word: &str| page.lexicon.figures.entry(page.lexicon.words.get(word)).is(Class::BE.or(Class::AUXILIARY));
    while words.next_if(|word| is(word)).is_some() {}
    words.next_if(|word| is_participle(page, word));
    let mut words = words.peekable();
    let some = words.peek().is_some();
    let leads = some && words.all(|word| page.lexicon.lists.has(List::AfterFigure, word));
    let iso = next.iso.clone().filter(|iso| iso.starts_with(|c: char| c.is_ascii_digit()))?;
    (adjacent || leads).then_some(iso)
}

/// Whether one word says what was done to the things before it: `landed`, `sold`, `built`.
fn is_participle(page: &Page, word: &str) -> bool {
    let class = page.lexicon.figures.entry(page.lexicon.words.get(word));
    !word.contains(' ')
        && (page.lexicon.forms.ends(word, Ending::Past) || class.is(Class::PARTICIPLE))
        && !class.is(Class::ING_NOUN)
}

/// The year, month or day of a date, where it tells that much: what `that year` points back to.
fn of_that_name(scale: Scale, figure: &Figure) -> Option<String> {
    let iso = figure.iso.as_deref().filter(|_| matches!(figure.kind, FigureKind::Date | FigureKind::Time))?;
    let length = match scale {
        Scale::Year => 4,
        Scale::Month => 7,
        _ => 10,
    };
    let found = iso.get(..length)?;
    found.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-').then(|| found.to_owned())
}

/// The quotation in somebody's own words that a figure stands in.
fn direct(quotes: &[Quote], figure: &Figure) -> Option<u32> {
    figure.quote.filter(|quote| quotes.get(*quote as usize).is_some_and(|quote| quote.kind != QuoteKind::Indirect))
}

/// The day that a date or time names in full or with its hour.
fn full_day(figure: &Figure) -> Option<Date> {
    let told = matches!(figure.kind, FigureKind::Date | FigureKind::Time);
    figure.iso.as_deref().filter(|_| told)?.get(..10)?.parse().ok()
}

/// On which day each quotation was said, as far as the page tells: the day told with its own cue (`said on Saturday`), else
/// the one told with a quotation before it. An article that tells it of none, and that names nothing later than the day
/// before its own, prints what was said that day.
fn days_of_quotes(
    page: &Page,
    document: &Document,
    day: Option<Date>,
    quotes: &[Quote],
    figures: &[Figure],
) -> Vec<Option<Date>> {
    let narrated = |figure: &&Figure| direct(quotes, figure).is_none();
    let mut last = None;
    let mut days: Vec<Option<Date>> = quotes
        .iter()
        .map(|quote| {
            last =
                told_with_cue(page, quotes, quote, figures).filter(|date| day.is_none_or(|day| *date <= day)).or(last);
            last
        })
        .collect();
    if last.is_none() && document.kind == Kind::Article {
        let body = figures
            .iter()
            .filter(narrated)
            .filter(|figure| !(in_head(page, figure) && figure.kind == FigureKind::Date));
        let latest = body.filter_map(full_day).filter(|date| Some(*date) <= day).max();
        let eve = latest.filter(|date| date.tomorrow().ok() == day);
        days.fill(eve);
    }
    days
}

/// The day that is told after a quotation's cue in the cue's sentence, if nothing between them begins a clause of its own.
fn told_with_cue(page: &Page, quotes: &[Quote], quote: &Quote, figures: &[Figure]) -> Option<Date> {
    let cue = quote.cue?;
    let sentence = page.sentence_at(cue.start)?.span;
    let from = figures.partition_point(|figure| figure.span.start < cue.end);
    let found = figures[from..].iter().take_while(|figure| figure.span.start < sentence.end);
    let inside = |figure: &Figure| quote.content.iter().any(|piece| piece.contains(figure.span));
    let figure = found.into_iter().find(|figure| full_day(figure).is_some() && !inside(figure))?;
    let (first, last) = (page.token_at(cue.end) as usize, page.token_at(figure.span.start) as usize);
    let clause = page.tokens[first..last].iter().any(|token| page.lexicon.figures.entry(token.word).is(Class::CLAUSE));
    full_day(figure).filter(|_| !clause && direct(quotes, figure).is_none())
}

/// The first day that the story names, not counting its head, when somebody spoke, and what stands in anybody's words.
fn first_day(page: &Page, quotes: &[Quote], figures: &[Figure]) -> Option<Date> {
    let told =
        |figure: &&Figure| !day_of_speech(page, figure) && direct(quotes, figure).is_none() && !in_head(page, figure);
    figures.iter().filter(told).find_map(full_day)
}

/// The day of an hour that stands alone: the one its own sentence names, or the last that was named shortly before. What
/// was named in somebody else's words does not count.
fn spoken_day(page: &Page, quotes: &[Quote], figures: &[Figure], hour: usize) -> Option<Date> {
    let voice = direct(quotes, &figures[hour]);
    // "kept in hospital overnight" names no day.
    let named = |figure: &Figure| !figure.span.of(page.text).eq_ignore_ascii_case("overnight");
    let heard = |figure: &Figure| (voice.is_some() || direct(quotes, figure).is_none()) && named(figure);
    let day = |figure: &Figure| full_day(figure).filter(|_| heard(figure));
    let sentence = sentence_of(page, &figures[hour])?;
    let after = figures[hour + 1..].iter().take_while(|figure| figure.span.start < sentence.end);
    let before = figures[..hour].iter().rev();
    let paragraph = paragraph_of(page, &figures[hour]);
    // "at 06:40 on Friday, 14 March"
    const ON: u32 = 5;
    let end = figures[hour].span.end;
    if let Some(named) = figures.get(hour + 1).filter(|next| next.span.start <= end + ON).and_then(day) {
        return Some(named);
    }
    // "the authority said on Saturday" tells when it spoke, not when what it spoke of happened.
    let before = before.filter(|figure| !day_of_speech(page, figure));
    let near = before.clone().take(HOURS_REACH.1);
    let inside = near.clone().take_while(|figure| figure.span.start >= sentence.start).find_map(day);
    inside
        .or_else(|| after.take(HOURS_REACH.1).find_map(day))
        .or_else(|| near.take_while(|figure| paragraph - paragraph_of(page, figure) <= HOURS_REACH.0).find_map(day))
}

/// Whether the day is told of a verb of speech right before it: `said on Saturday`, `told reporters Friday`.
fn day_of_speech(page: &Page, figure: &Figure) -> bool {
    const REACH: usize = 3;
    let first = page.token_at(figure.span.start) as usize;
    let words = page.tokens[first.saturating_sub(REACH)..first].iter().rev();
    words
        .take_while(|token| token.kind == TokenKind::Word)
        .any(|token| page.lexicon.figures.entry(token.word).is(Class::SPEECH))
}

/// Whether an hour is one of every day: `telephone between 10am and noon`, `open from 9 a.m.`. Its sentence, or the words
/// between quote marks that it stands in, begins with an order, or holds a word for what is done again and again.
fn of_any_day(page: &Page, figure: &Figure) -> bool {
    let tokens = sentence_before(page, figure);
    let class = |at: usize| page.lexicon.figures.entry(tokens[at].word);
    let begins =
        |at: usize| at == 0 || !matches!(tokens[at - 1].kind, TokenKind::Word | TokenKind::Clitic | TokenKind::Number);
    (0..tokens.len()).any(|at| class(at).is(Class::HABIT) || class(at).is(Class::ORDER) && begins(at))
}

/// The day shortly before in the text that was told with its year, if nothing told the day at hand since.
fn told_year(page: &Page, before: &[Figure]) -> Option<Date> {
    let told = before.iter().rev().take(AFTER_REACH).find_map(|figure| full_day(figure).map(|day| (day, figure)));
    told.filter(|(day, figure)| figure.span.of(page.text).contains(&format!("{:04}", day.year()))).map(|(day, _)| day)
}

/// `On November 24, 2015 … On November 28`: the day of that number which follows another within two months.
fn soon_after(day: Date, month: i8, number: i8) -> Option<Date> {
    const SOON: i32 = 62;
    let of = |by: i16| Date::new(day.year().checked_add(by)?, month, number).ok();
    [0, 1]
        .into_iter()
        .filter_map(of)
        .find(|next| day.until(*next).is_ok_and(|gap| (1..=SOON).contains(&gap.get_days())))
}

/// `the following year`, `the next day`: what comes after the time that was told before.
fn told_after(words: &str) -> bool {
    words.contains("following") || words.eq_ignore_ascii_case("the next day")
}

/// `the previous year`, `the preceding month`: what comes before the time that was told before it.
fn told_before(words: &str) -> bool {
    words.contains("previous")
        || words.contains("preceding")
        || words.strip_prefix("the ").is_some_and(|rest| rest.ends_with(" before"))
}

/// One unit before a date, if that date tells the unit.
fn before_that(scale: Scale, iso: Option<&str>) -> Option<String> {
    let iso = iso?;
    match scale {
        Scale::Year => {
            let year: i16 = iso.get(..4)?.parse().ok()?;
            Some(format!("{:04}", year.checked_sub(1)?))
        }
        Scale::Month => {
            let first: Date = format!("{}-01", iso.get(..7)?).parse().ok()?;
            let last = first.checked_sub(1.month()).ok()?;
            Some(format!("{:04}-{:02}", last.year(), last.month()))
        }
        Scale::Day => Some(iso.get(..10)?.parse::<Date>().ok()?.yesterday().ok()?.to_string()),
        _ => None,
    }
}

/// One unit after a date, if that date tells the unit.
fn after_that(scale: Scale, iso: Option<&str>) -> Option<String> {
    let iso = iso?;
    let year: i16 = iso.get(..4)?.parse().ok()?;
    let date = || iso.get(..10)?.parse::<Date>().ok();
    match scale {
        Scale::Year => Some(format!("{:04}", year.checked_add(1)?)),
        Scale::Month => {
            let first: Date = format!("{}-01", iso.get(..7)?).parse().ok()?;
            let next = first.checked_add(1.month()).ok()?;
            Some(format!("{:04}-{:02}", next.year(), next.month()))
        }
        Scale::Day => Some(date()?.tomorrow().ok()?.to_string()),
        Scale::Week => {
            let week = date()?.checked_add(1.week()).ok()?.iso_week_date();
            Some(format!("{:04}-W{:02}", week.year(), week.week()))
        }
        _ => None,
    }
}

/// Whether a day was pointed at before the figure in its sentence: `on the day of the count, against 9,430 a year before`.
fn of_that_day(page: &Page, figure: &Figure) -> bool {
    let says =
        |token: &Token, words: &[&str]| words.iter().any(|word| token.span().of(page.text).eq_ignore_ascii_case(word));
    let tokens = sentence_before(page, figure);
    tokens.windows(2).any(|two| says(&two[0], &["the", "that"]) && says(&two[1], &["day"]))
}

/// What stands before the figure in its sentence, as far as it is near.
fn sentence_before<'p>(page: &'p Page, figure: &Figure) -> &'p [Token] {
    let Some(sentence) = sentence_of(page, figure) else { return &[] };
    let last = page.token_at(figure.span.start) as usize;
    let first = (page.token_at(sentence.start) as usize).max(last.saturating_sub(SENTENCE_REACH));
    page.tokens.get(first..last).unwrap_or_default()
}

fn sentence_of(page: &Page, figure: &Figure) -> Option<Span> {
    page.sentence_at(figure.span.start).map(|sentence| sentence.span)
}

fn paragraph_of(page: &Page, figure: &Figure) -> u32 {
    page.paragraphs_to(figure.span.start) as u32
}

/// Whether `last spring` stands behind a `this spring` that is the same: it is then the one of the year before.
fn is_said_of_this(page: &Page, before: &[Figure], told: &str, value: &str) -> bool {
    let season = value.len() == 7 && SEASONS.iter().any(|code| value.ends_with(code));
    let this = |figure: &Figure| {
        figure.iso.as_deref() == Some(value)
            && figure.span.of(page.text).get(..5).is_some_and(|word| word.eq_ignore_ascii_case("this "))
    };
    season && told.starts_with("last") && before.iter().rev().take(DAY_REACH).any(this)
}

/// `T06:40`, `T06:40Z`
fn is_hour(tail: &str) -> bool {
    tail.trim_end_matches('Z').len() == 6 && tail.as_bytes()[1].is_ascii_digit()
}

/// Gives a day or month without a year the year of the one that it is joined with: `from 14 June to 9 August 2024`,
/// `between March and June 2023`, `from 14 June 2024 to 9 August`.
fn share_years(page: &Page, figures: &mut [Figure]) {
    for i in (0..figures.len().saturating_sub(1)).rev() {
        share_distance(page, figures, i);
        let (Some(open), Some(told)) = (open_date(&figures[i]), told_date(&figures[i + 1])) else { continue };
        let gap = between(page, &figures[i], &figures[i + 1]);
        let list = [",", ", and", "and", "or", "&"].contains(&gap) && open.1.is_some() == told.2.is_some();
        if list || page.lexicon.lists.has(List::SpanJoins, gap) {
            // "from 20 December to 5 January 2024", "in December and January 2024"; but "in December and October 2024"
            let later = (open.0, open.1.unwrap_or(0)) > (told.1, told.2.unwrap_or(0));
            let turns = later && (!list || told.1 + 12 - open.0 <= TURN || led_between(page, &figures[i]));
            figures[i].iso = Some(dated(told.0 - i16::from(turns), open));
        }
    }
    for i in 1..figures.len() {
        let (Some(told), Some(open)) = (told_date(&figures[i - 1]), open_date(&figures[i])) else { continue };
        if page.lexicon.lists.has(List::SpanJoins, between(page, &figures[i - 1], &figures[i])) {
            let earlier = (open.0, open.1.unwrap_or(31)) < (told.1, told.2.unwrap_or(0));
            figures[i].iso = Some(dated(told.0 + i16::from(earlier), open));
        }
    }
}

/// How many months may lie between two of a list that stand on either side of a new year.
const TURN: i8 = 3;

/// Gives a day, month or quarter without a year the year of the one behind it that tells how far off it is: `from March to June
/// last year`, `between the first and the third quarter of 2024`.
fn share_distance(page: &Page, figures: &mut [Figure], i: usize) {
    let gap = between(page, &figures[i], &figures[i + 1]);
    let gap = gap.strip_suffix(" the").unwrap_or(gap);
    if !page.lexicon.lists.has(List::SpanJoins, gap) {
        return;
    }
    let opened = |figure: &Figure| figure.iso.as_deref().and_then(When::decode);
    let tail = String::new();
    let when = match (opened(&figures[i]), opened(&figures[i + 1])) {
        (Some(When::Open(Open::Month(first, _), none)), Some(When::Open(Open::MonthOfYear(last, by), _)))
            if none.is_empty() =>
        {
            When::Open(Open::MonthOfYear(first, by - i32::from(first > last)), tail)
        }
        (Some(When::Open(Open::Day(month, day, _), none)), Some(When::Open(Open::DayOfYear(to, last, by), _)))
            if none.is_empty() =>
        {
            When::Open(Open::DayOfYear(month, day, by - i32::from((month, day) > (to, last))), tail)
        }
        (Some(When::Open(Open::Quarter(rank @ 1..=4), _)), Some(When::Open(Open::QuarterOfYear(last, by), _)))
            if rank < last =>
        {
            When::Open(Open::QuarterOfYear(rank, by), tail)
        }
        (Some(When::Open(Open::Quarter(rank @ 1..=4), _)), None) => {
            let told = figures[i + 1].iso.as_deref().filter(|iso| iso.len() == 7 && iso.as_bytes()[5] == b'Q');
            match told.filter(|iso| iso[6..].parse::<i8>().is_ok_and(|last| rank < last)) {
                Some(iso) => When::value(format!("{}-Q{rank}", &iso[..4])),
                None => return,
            }
        }
        _ => return,
    };
    figures[i].iso = Some(when.encode());
}

/// Whether `between` stands right before a figure.
fn led_between(page: &Page, figure: &Figure) -> bool {
    let before = page.token_at(figure.span.start).checked_sub(1);
    before.is_some_and(|at| page.token_text(at).eq_ignore_ascii_case("between"))
}

/// `between January and 21 December`, `from November to 3 March`: a span begins before it ends. `opened` tells the days and
/// months that were told without a year; the second of a pair was sought next to the day at hand, and the first goes with it.
fn order_spans(page: &Page, figures: &mut [Figure], opened: &[bool]) {
    for i in 0..figures.len().saturating_sub(1) {
        let (Some(first), Some(second)) = (told_date(&figures[i]), told_date(&figures[i + 1])) else { continue };
        let both = opened.get(i) == Some(&true) && opened.get(i + 1) == Some(&true);
        let day = |date: (i16, i8, Option<i8>), none: i8| (date.1, date.2.unwrap_or(none));
        if !both || first.0 < second.0 || (first.0, day(first, 0)) <= (second.0, day(second, 31)) {
            continue;
        }
        let lead = page.token_at(figures[i].span.start).checked_sub(1);
        let lead = lead.map_or("", |at| page.token_text(at));
        let gap = between(page, &figures[i], &figures[i + 1]);
        let spans = lead.eq_ignore_ascii_case("from") && page.lexicon.lists.has(List::SpanJoins, gap);
        if spans || lead.eq_ignore_ascii_case("between") && gap == "and" {
            let later = day(first, 0) > day(second, 31);
            figures[i].iso = Some(dated(second.0 - i16::from(later), (first.1, first.2)));
        }
    }
}

/// The words between two figures.
fn between<'p>(page: &'p Page, one: &Figure, two: &Figure) -> &'p str {
    page.text.get(one.span.end as usize..two.span.start as usize).unwrap_or_default().trim()
}

/// The month, and the day if it tells one, of a date without a year.
fn open_date(figure: &Figure) -> Option<(i8, Option<i8>)> {
    match figure.iso.as_deref().filter(|_| figure.kind == FigureKind::Date).and_then(When::decode)? {
        When::Open(Open::Day(month, day, _), tail) if tail.is_empty() || tail.starts_with("@S") => {
            Some((month, Some(day)))
        }
        When::Open(Open::Month(month, _), tail) if tail.is_empty() => Some((month, None)),
        _ => None,
    }
}

/// The year, month, and the day if it tells one, of a date in full.
fn told_date(figure: &Figure) -> Option<(i16, i8, Option<i8>)> {
    let iso = figure.iso.as_deref().filter(|_| figure.kind == FigureKind::Date)?;
    let (year, month) =
        (iso.get(..4)?.parse().ok()?, iso.get(5..7).filter(|_| iso.as_bytes()[4] == b'-')?.parse().ok()?);
    match iso.len() {
        7 => Some((year, month, None)),
        10 | 21 => Some((year, month, Some(iso.get(8..10)?.parse().ok()?))),
        _ => None,
    }
}

/// `2024-06`, `2024-06-14`
fn dated(year: i16, (month, day): (i8, Option<i8>)) -> String {
    match day {
        Some(day) => format!("{year:04}-{month:02}-{day:02}"),
        None => format!("{year:04}-{month:02}"),
    }
}

/// The first full date in a short line near the head of a page: `Published 16 March 2025`, `Issued 17 March 2025 by …`.
fn own_day(page: &Page, figures: &[Figure]) -> Option<Date> {
    let dates = figures.iter().take_while(|figure| paragraph_of(page, figure) <= HEAD);
    dates.filter(|figure| figure.kind == FigureKind::Date && in_head(page, figure)).find_map(full_day)
}

/// How many paragraphs can be the head of a page.
const HEAD: u32 = 12;

/// Whether a figure stands in a short line near the head of a page.
fn in_head(page: &Page, figure: &Figure) -> bool {
    const LENGTH: u32 = 100;
    let at = paragraph_of(page, figure);
    let line = at.checked_sub(1).and_then(|at| page.paragraphs.get(at as usize));
    at <= HEAD && line.is_some_and(|line| line.span.len() <= LENGTH)
}
