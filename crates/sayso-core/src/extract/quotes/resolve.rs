//! From paragraphs to the document: quotations that run over paragraphs are joined ([`super::join`]), a headline's are linked to the body's,
//! and each is given to its speaker.

use super::join::join;
use super::{Found, Link};
use super::{repeats, turns};
use crate::document::{Document, Kind, RegionKind};
use crate::extract::speakers::question::Asked;
use crate::extract::speakers::resolve::{Last, Origin, Verdict, Who};
use crate::extract::speakers::{Resolver, list};
use crate::extract::{Confidence, How, Quote, QuoteKind, QuoteReason, Speaker};
use crate::language;
use crate::language::grammar::Class;
use crate::language::inflect::Ending;
use crate::language::lists::List;
use crate::language::reporting::{Mode, Takes};
use crate::room;
use crate::span::Span;
use crate::text::{Page, TokenKind};

/// Joins what [`super::scan`] found and tells who speaks.
pub fn resolve(page: &Page, document: &Document, found: impl IntoIterator<Item = Found>) -> (Vec<Quote>, Vec<Speaker>) {
    let mut found = turns::insert(page, join(found.into_iter())).peekable();
    if found.peek().is_none() {
        return (Vec::new(), Vec::new());
    }
    let (resolver, mut quotes, whose) = attributed(page, document, found, false);
    let speakers = list(page, resolver, &mut quotes, &whose);
    (quotes, speakers)
}

/// What the resolution asked of pronouns and roles, with the names of those who may be meant: for training.
pub fn asked(page: &Page, document: &Document, found: impl IntoIterator<Item = Found>) -> Vec<(Asked, Vec<String>)> {
    let found = turns::insert(page, join(found.into_iter()));
    let (mut resolver, ..) = attributed(page, document, found, true);
    let all = resolver.watch.take().unwrap_or_default();
    let names = |asked: &Asked| {
        let names = asked.all.iter().map(|one| match one.who {
            Who::Named(at) => resolver.roster.entities[at as usize].name.clone(),
            Who::Unnamed(at) => resolver.unnamed[at as usize].name.clone(),
        });
        names.collect()
    };
    all.into_iter().map(|asked| (names(&asked), asked)).map(|(names, asked)| (asked, names)).collect()
}

/// The quotations with who says each; what is asked on the way is kept where it is `watched`.
fn attributed<'p>(
    page: &'p Page<'p>,
    document: &Document,
    found: impl Iterator<Item = Found>,
    watched: bool,
) -> (Resolver<'p>, Vec<Quote>, Vec<Option<Who>>) {
    let mut resolver = Resolver::new(page, origin(document));
    resolver.watch = watched.then(Vec::new);
    let mut whose: Vec<Option<Who>> = Vec::new();
    let mut quotes: Vec<Quote> = Vec::new();
    // The last direct quotation: position and last paragraph.
    let mut spoken: Option<(usize, u32)> = None;
    // The quotations that the present one stands in, with their speakers.
    let mut speaking: Vec<(Span, Option<Who>)> = Vec::new();
    for mut one in found {
        let hull = hull(page, &one);
        let mut quote = quote(page, &mut one);
        room::expect(&mut quotes, (hull.end as usize, page.text.len()));
        speaking
            .retain(|(span, _)| one.inside.is_some_and(|inside| inside.start >= span.start && inside.end <= span.end));
        resolver.enter_words(one.inside, speaking.last().and_then(|(_, who)| *who));
        resolver.hear(&quote.content, quote.kind == QuoteKind::Direct, quote.addressee);
        let verdict = match one.source {
            Some(source) if one.turn.is_some() => {
                one.turn.as_ref().map_or(Verdict::NONE, |whose| resolver.turn(source, whose))
            }
            Some(source) => match resolver.source(source, one.paragraph) {
                verdict if is_near(&quote) && !resolver.may_be_human(verdict.who) => same_as(spoken, &whose),
                verdict => verdict,
            },
            None if one.link != Link::Own && is_issued(document, &one, spoken) => issuer(&mut resolver),
            None if one.link == Link::Own => Verdict::NONE,
            None => match implicit(&one, spoken, &quotes, &whose, &mut quote) {
                Verdict::NONE => match reported(page, &one, &quotes, &whose, &mut quote) {
                    Verdict::NONE => introduced(page, &resolver, &one, &mut quote),
                    verdict => verdict,
                },
                verdict => verdict,
            },
        };
        if is_rubric(page, &resolver, &one, &quote, verdict) {
            continue;
        }
        settle(page, &mut quote, verdict);
        if one.doubtful {
            quote.confidence = quote.confidence.min(Confidence::Medium);
        }
        if one.kind != QuoteKind::Indirect {
            speaking.push((hull, verdict.who));
        }
        if one.inside.is_some() {
            whose.push(verdict.who);
            quotes.push(quote);
            continue;
        }
        if let Some(who) = verdict.who
            && quote.region == RegionKind::Body
        {
            let at = one.source.or(quote.content.first().copied()).map_or(0, |span| span.start);
            let end = one.source.map_or(0, |source| source.start).max(hull.end.saturating_sub(1));
            let stretch = resolver.roster.stretches.at(page, one.last_paragraph, end);
            resolver.spoke(Last { who, at, stretch });
        }
        if one.kind != QuoteKind::Indirect && quote.region == RegionKind::Body {
            spoken = Some((quotes.len(), one.last_paragraph));
        }
        whose.push(verdict.who);
        quotes.push(quote);
    }
    room::trim(&mut quotes);
    retell(page, &resolver, &mut quotes, &whose);
    repeats::link(page, &mut quotes, &mut whose);
    (resolver, quotes, whose)
}

/// `The agency said that Kim had called the test “a success”`: the words in marks are Kim's, whose report stands inside the agency's, so
/// the agency's quotes nothing itself.
fn retell(page: &Page, resolver: &Resolver, quotes: &mut [Quote], whose: &[Option<Who>]) {
    const NEAR: usize = 4;
    let marks = |span: Span| {
        let tokens = page.token_at(span.start)..page.token_at(span.end);
        tokens.into_iter().filter(|at| page.tokens[*at as usize].kind == TokenKind::Mark)
    };
    // `hopes that voters respond to the “positive” campaign`: only who surely says something has the words.
    let says = |cue: Span| {
        let mut tokens = page.token_at(cue.start)..page.token_at(cue.end);
        let open = tokens.clone().any(|at| page.class(at).has(Class::MODAL));
        !open
            && tokens.any(|at| {
                page.lexicon.reporting.verb(page.word(at as usize)).any(|(frame, _)| {
                    let words = frame.takes.has(Takes::QUOTATION.with(Takes::CLAUSE));
                    frame.mode == Mode::Speech && frame.strength >= 3 && words
                })
            })
    };
    for at in 0..quotes.len() {
        let outer = &quotes[at];
        if outer.kind != QuoteKind::Mixed || outer.cue.is_none() || whose[at].is_none() {
            continue;
        }
        let within = |span: Span| outer.content.iter().any(|own| own.start <= span.start && span.end <= own.end);
        let near = at.saturating_sub(NEAR)..quotes.len().min(at + NEAR + 1);
        let inner: Vec<Span> = near
            .filter(|other| *other != at && whose[*other].is_some() && whose[*other] != whose[at])
            .filter(|other| {
                let one = &quotes[*other];
                one.kind != QuoteKind::Indirect
                    && one.confidence == Confidence::High
                    && one.how != How::Pronoun
                    && resolver.may_be_human(whose[*other])
                    && one.cue.is_some_and(|cue| within(cue) && says(cue))
                    && one.content.iter().all(|span| within(*span) && !outer.content.contains(span))
            })
            .flat_map(|other| quotes[other].content.iter().copied())
            .collect();
        let theirs = |mark: u32| {
            let start = page.tokens[mark as usize].start;
            inner.iter().any(|span| span.start <= start && start < span.end)
        };
        if !inner.is_empty() && outer.content.iter().all(|span| marks(*span).all(theirs)) {
            quotes[at].kind = QuoteKind::Indirect;
            quotes[at].because.retain(|reason| *reason != QuoteReason::Fragment);
        }
    }
}

/// The words and reasons of `one` move into its quotation.
fn quote(page: &Page, one: &mut Found) -> Quote {
    Quote {
        cue: one.cue,
        source: one.source,
        addressee: one.addressee,
        region: page.paragraphs[one.paragraph as usize].region,
        insertions: insertions(page, one),
        balanced: one.balanced,
        because: std::mem::take(&mut one.because),
        ..Quote::new(one.kind, std::mem::take(&mut one.content))
    }
}

fn settle(page: &Page, quote: &mut Quote, verdict: Verdict) {
    quote.how = verdict.how;
    quote.confidence = verdict.confidence;
    if let Some(reason) = verdict.reason
        && !quote.because.contains(&reason)
    {
        quote.because.push(reason);
    }
    // A source borrowed from another clause is one step further from the text.
    let borrowed = quote.source.zip(quote.cue).is_some_and(|(source, cue)| {
        let (low, high) = (source.end.min(cue.end), source.start.max(cue.start));
        high > low + 80
    });
    // `…, calling it late`, `what Brandt calls late`: whose words they are is told by the clause around.
    let cue = quote.cue.map_or("", |cue| cue.of(page.text));
    let gerund = |word: Option<&str>| word.is_some_and(|word| page.lexicon.forms.ends(word, Ending::Gerund));
    let loose = gerund(cue.split(' ').next_back()) || gerund(cue.split(' ').next());
    let colon = cue == ":" && !quote.because.contains(&QuoteReason::Transcript);
    // `Brandt came to the bridge. “It is late.”`: no word says that it is Brandt's.
    let near = quote.cue.is_none() && quote.because.contains(&QuoteReason::SameParagraph);
    let learned = quote.because.contains(&QuoteReason::Learned) && quote.kind == QuoteKind::Indirect;
    if borrowed || learned || colon || near || loose && quote.kind != QuoteKind::Indirect {
        quote.confidence = quote.confidence.min(Confidence::Medium);
    }
    if is_unsaid(page, quote) {
        quote.confidence = Confidence::Low;
        quote.because.push(QuoteReason::NotSaid);
    }
}

/// `did not say that`, `Nobody says that`, `may say that`: whether an indirect report is denied or only supposed. `did not say why` asks.
fn is_unsaid(page: &Page, quote: &Quote) -> bool {
    let Some(cue) = quote.cue.filter(|_| quote.kind == QuoteKind::Indirect) else { return false };
    let lists = &page.lexicon.lists;
    let reads = |list, at: u32| lists.reads(list, page.token_text(at));
    let asks = quote.content.first().is_some_and(|piece| {
        let first = page.class(page.token_at(piece.start));
        first.has(Class::QUESTION)
    });
    let tokens = page.token_at(cue.start)..page.token_at(cue.end);
    let denied = tokens.clone().any(|at| {
        let next = page.tokens.get(at as usize + 1).is_some();
        page.class(at).has(Class::NEGATION) && !(next && reads(List::NotOnly, at + 1))
    });
    let supposed = tokens.clone().any(|at| reads(List::Supposing, at));
    let nobody = quote.source.is_some_and(|source| reads(List::Nobody, page.token_at(source.start)));
    !asks && (denied || supposed || nobody)
}

/// Whether words behind a colon in a headline are nobody's: `Harrow: the bridge is late`. What stands before the colon speaks
/// where the story names it as one who acts, or by a title, a role or two words.
fn is_rubric(page: &Page, resolver: &Resolver, one: &Found, quote: &Quote, verdict: Verdict) -> bool {
    let heads = matches!(quote.region, RegionKind::Headline | RegionKind::Subhead);
    let colon = one.cue.is_some_and(|cue| cue.of(page.text) == ":");
    let Some(source) = one.source.filter(|_| heads && colon && one.kind == QuoteKind::Indirect) else { return false };
    let tokens = page.token_at(source.start)..page.token_at(source.end);
    // `Best actor: Tom Abel`, `MARKET STREET: Shops to close`
    if is_mere_name(page, &tokens, quote) || tokens.clone().last().is_some_and(|at| page.class(at).has(Class::SITE)) {
        return true;
    }
    const SPEAKS: Class =
        Class::ROLE.with(Class::ROLES).with(Class::GROUP).with(Class::GROUPS).with(Class::TITLE).with(Class::DOCUMENT);
    if tokens.clone().any(|at| page.class(at).has(SPEAKS)) {
        return false;
    }
    match verdict.who {
        Some(Who::Named(at)) => {
            let entity = &resolver.roster.entities[at as usize];
            let mut named = resolver.roster.after(source.end).filter(|mention| mention.entity == at);
            page.lexicon.people.is_state(&entity.words)
                || !named.any(|mention| {
                    let next = page.tokens.get(page.token_at(mention.span.end) as usize);
                    let label = next.is_some_and(|next| next.kind == TokenKind::Colon);
                    !label && (mention.leads || mention.quoted)
                }) && tokens.len() < 2
        }
        _ => tokens.len() < 2,
    }
}

/// Whether the words behind a colon are nothing but a name: all have capitals, while what stands before has none but its first.
fn is_mere_name(page: &Page, source: &std::ops::Range<u32>, quote: &Quote) -> bool {
    const MOST: usize = 4;
    let capital = |at: u32| page.tokens[at as usize].is_capital();
    let words = |span: &Span| {
        let tokens = page.token_at(span.start)..page.token_at(span.end);
        tokens.filter(|at| page.tokens[*at as usize].kind == TokenKind::Word).collect::<Vec<u32>>()
    };
    let [content] = &quote.content[..] else { return false };
    let name = words(content);
    let small = source.clone().skip(1).any(|at| page.tokens[at as usize].is_word() && !capital(at));
    small && (2..=MOST).contains(&name.len()) && name.iter().all(|at| capital(*at))
}

/// Whether nothing but the sentence before tells whose a quotation is.
fn is_near(one: &Quote) -> bool {
    one.cue.is_none() && one.because.contains(&QuoteReason::SameParagraph)
}

/// Who spoke last in marks.
fn same_as(spoken: Option<(usize, u32)>, whose: &[Option<Who>]) -> Verdict {
    let who = spoken.and_then(|(at, _)| whose[at]);
    who.map_or(Verdict::NONE, |who| Verdict {
        who: Some(who),
        how: How::Implicit,
        confidence: Confidence::Low,
        reason: Some(QuoteReason::SameParagraph),
    })
}

/// A quotation with no source: it belongs to who spoke in the paragraph before.
fn implicit(
    one: &Found,
    spoken: Option<(usize, u32)>,
    quotes: &[Quote],
    whose: &[Option<Who>],
    quote: &mut Quote,
) -> Verdict {
    let Some((at, paragraph)) = spoken.filter(|(_, paragraph)| *paragraph + 1 >= one.paragraph) else {
        return Verdict::NONE;
    };
    if quote.region != RegionKind::Body {
        return Verdict::NONE;
    }
    let Some(who) = whose[at] else { return Verdict::NONE };
    quote.continues = Some(at as u32);
    // The mention that the speaker is carried over from.
    quote.source = quotes[at].source;
    let reason = if paragraph == one.paragraph { QuoteReason::SameParagraph } else { QuoteReason::WholeParagraph };
    let confidence = quotes[at].confidence.min(Confidence::Medium);
    Verdict { who: Some(who), how: How::Implicit, confidence, reason: Some(reason) }
}

/// The last sentence of the paragraph before a quotation's, where both are of the story.
fn sentence_before(page: &Page, one: &Found, quote: &Quote) -> Option<Span> {
    let before = &page.paragraphs[one.paragraph.checked_sub(1)? as usize];
    let story = before.region == RegionKind::Body && quote.region == RegionKind::Body;
    let last = before.sentences.clone().next_back().filter(|_| story)?;
    Some(page.span_of(page.sentences[last as usize].tokens.clone()))
}

/// A quotation with no source after a paragraph whose last sentence reports somebody's words without quoting: it is that
/// somebody's. `It warned residents to boil their water.` / `“Please stay away.”`
fn reported(page: &Page, one: &Found, quotes: &[Quote], whose: &[Option<Who>], quote: &mut Quote) -> Verdict {
    let Some(sentence) = sentence_before(page, one, quote) else { return Verdict::NONE };
    let inside = |span: &Span| sentence.start <= span.start && span.end <= sentence.end;
    let here = quotes.iter().zip(whose).rev().take_while(|(quote, _)| quote.content[0].end > sentence.start);
    let here = here.filter(|(quote, _)| quote.source.as_ref().is_some_and(inside));
    let Some((first, Some(who))) = here.last() else { return Verdict::NONE };
    quote.source = first.source;
    Verdict {
        who: Some(*who),
        how: How::Implicit,
        confidence: Confidence::Low,
        reason: Some(QuoteReason::WholeParagraph),
    }
}

/// A quotation with no source after a paragraph in which nobody speaks: it belongs to whoever begins that paragraph's last
/// sentence by name. `Brandt praised the crew.` / `“They did not sleep.”`
fn introduced(page: &Page, resolver: &Resolver, one: &Found, quote: &mut Quote) -> Verdict {
    let Some(sentence) = sentence_before(page, one, quote) else { return Verdict::NONE };
    let mention = resolver.roster.mentions_in(sentence).find(|mention| mention.leads && !mention.quoted);
    let Some(mention) = mention else { return Verdict::NONE };
    quote.source = Some(mention.span);
    Verdict {
        who: Some(Who::Named(mention.entity)),
        how: How::Implicit,
        confidence: Confidence::Low,
        reason: Some(QuoteReason::WholeParagraph),
    }
}

fn origin(document: &Document) -> Origin {
    let outlet = document.publisher.clone().filter(|_| document.kind != Kind::Statement);
    Origin { author: author(document), outlet, title: document.title.clone() }
}

/// Whose text it is: the issuer of a statement, the one writer of anything else.
fn author(document: &Document) -> Option<String> {
    if document.kind == Kind::Statement {
        let issuer = || document.publisher.clone().filter(|name| !is_wire(document, name));
        return document.speaker.clone().or_else(issuer);
    }
    let byline = document.byline.as_deref()?.trim();
    let name = byline.strip_prefix("By ").unwrap_or(byline).split([',', '|']).next()?.trim();
    let words: Vec<&str> = name.split_whitespace().collect();
    let forms = language::of(document.lang.as_deref()).lexicon.forms;
    let named = words.iter().all(|word| forms.is_capital(word));
    (named && (2..=4).contains(&words.len())).then(|| name.to_owned())
}

/// Whether a publisher only passes on the releases of others: `Harbour Newswire`, `24-7PressRelease`.
fn is_wire(document: &Document, name: &str) -> bool {
    let bare: String = name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    let lists = &language::of(document.lang.as_deref()).lexicon.lists;
    lists.words(List::ReleaseWires).iter().any(|wire| bare.ends_with(wire))
}

/// Whether a statement's own issuer says what stands there without a source: nobody spoke right before.
fn is_issued(document: &Document, one: &Found, spoken: Option<(usize, u32)>) -> bool {
    document.kind == Kind::Statement && spoken.is_none_or(|(_, paragraph)| paragraph + 1 < one.paragraph)
}

fn issuer(resolver: &mut Resolver) -> Verdict {
    resolver.narrator().map_or(Verdict::NONE, |who| Verdict {
        who: Some(who),
        how: How::Implicit,
        confidence: Confidence::Medium,
        reason: Some(QuoteReason::Issuer),
    })
}

/// All that a quotation reaches over: whole paragraphs where it is a turn.
fn hull(page: &Page, one: &Found) -> Span {
    if one.because.contains(&QuoteReason::Transcript) {
        let (first, last) = (one.paragraph as usize, one.last_paragraph as usize);
        return Span::new(page.paragraphs[first].span.start, page.paragraphs[last].span.end);
    }
    let ends = one.content.first().zip(one.content.last());
    ends.map_or(Span::default(), |(first, last)| Span::new(first.start, last.end))
}

/// An editor's `[insertions]` in quoted words.
fn insertions(page: &Page, one: &Found) -> Vec<Span> {
    if one.kind == QuoteKind::Indirect {
        return Vec::new();
    }
    let mut out = Vec::new();
    for piece in &one.content {
        let mut open = None;
        for at in page.token_at(piece.start)..page.token_at(piece.end) {
            let token = page.tokens[at as usize];
            let text = token.span().of(page.text);
            match token.kind {
                TokenKind::Open if text == "[" => open = Some(token.start),
                TokenKind::Close if text == "]" => {
                    if let Some(start) = open.take() {
                        out.push(Span::new(start, token.end));
                    }
                }
                _ => {}
            }
        }
    }
    out
}
