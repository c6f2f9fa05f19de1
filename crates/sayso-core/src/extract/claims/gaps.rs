//! What must be pinned down before a claim can be checked: where, when, of what, and who `it` is. The sentence itself may
//! tell, the sentence before, the dateline or the document's date; a rise or fall needs a period of its own.

use super::is_amount;
use crate::document::{Document, RegionKind};
use crate::extract::{Base, Figure, FigureKind, Missing, Quote, Speaker, SpeakerKind};
use crate::language::claims::ClaimClass;
use crate::language::grammar::Class;
use crate::language::lists::List;
use crate::span::Span;
use crate::text::tokens::Case;
use crate::text::{Page, Token, TokenKind};
use std::ops::Range;

/// What a sentence and those before it tell.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Told {
    /// A name stands there.
    pub named: bool,
    /// A date or period stands there.
    pub dated: bool,
}

/// What holds for the whole document.
pub(super) struct Gaps<'a> {
    page: &'a Page<'a>,
    quotes: &'a [Quote],
    /// The document's day is known, or its dateline tells it.
    dated: bool,
    /// A dateline tells a place.
    placed: bool,
    /// The mentions of those who are quoted, in order, with their positions.
    mentions: Vec<(Span, u32)>,
    speakers: &'a [Speaker],
}

/// What is asked of one claim.
pub(super) struct Asked<'a> {
    /// Its tokens.
    pub tokens: &'a Range<u32>,
    /// Its figures.
    pub figures: &'a [Figure],
    /// The quotation that it stands in.
    pub quote: Option<u32>,
    /// Whether it tells of a rise or fall by an amount.
    pub change: bool,
    /// Whether a word in it tells what a share is a share of.
    pub rate: bool,
    /// Whether it says `we` or `I`.
    pub first_person: bool,
    /// What its sentence tells.
    pub here: Told,
    /// What the sentence before tells.
    pub before: Told,
    /// Where the two sentences before begin.
    pub since: u32,
}

impl<'a> Gaps<'a> {
    /// Reads what the document tells of itself. Linear.
    pub(super) fn new(page: &'a Page<'a>, document: &Document, quotes: &'a [Quote], speakers: &'a [Speaker]) -> Self {
        let placed = page.regions.iter().any(|region| region.kind == RegionKind::Dateline);
        let each = |(at, speaker): (usize, &'a Speaker)| speaker.aliases.iter().map(move |span| (*span, at as u32));
        let mut mentions: Vec<(Span, u32)> = speakers.iter().enumerate().flat_map(each).collect();
        mentions.sort_unstable_by_key(|(span, at)| (span.start, *at));
        Gaps { page, quotes, dated: document.day().is_some(), placed, mentions, speakers }
    }

    /// What the claim leaves open, in a fixed order.
    pub(super) fn of(&self, asked: &Asked) -> Vec<Missing> {
        let amounts = asked.figures.iter().any(is_amount);
        // How old somebody is needs no place.
        let ages = asked.figures.iter().filter(|figure| is_amount(figure)).all(|figure| figure.kind == FigureKind::Age);
        let place = amounts && !ages && !(asked.here.named || asked.before.named || self.placed || self.signed(asked));
        let when = asked.here.dated || asked.before.dated;
        let time = amounts && !when && (asked.change || !self.dated);
        let share = |figure: &Figure| {
            matches!(figure.kind, FigureKind::Percent | FigureKind::Ratio)
                && figure.change.is_none()
                && !matches!(figure.of, Some(Base::Figure(_) | Base::Words(_)))
                && figure.noun.is_none()
                && figure.unit.as_deref() != Some("percentage-point")
        };
        let base =
            !asked.change && !asked.rate && asked.figures.iter().any(|figure| share(figure) && !self.is_of(figure));
        let referent = self.is_open(asked);
        [(place, Missing::Place), (time, Missing::Time), (base, Missing::Base), (referent, Missing::Referent)]
            .into_iter()
            .filter(|(holds, _)| *holds)
            .map(|(_, missing)| missing)
            .collect()
    }

    /// Whether `we` who speak are known by name: that tells where.
    fn signed(&self, asked: &Asked) -> bool {
        let quote = asked.quote.and_then(|at| self.quotes.get(at as usize));
        asked.first_person && quote.is_some_and(|quote| quote.speaker.is_some())
    }

    /// `33 percent of China's GDP`: the base follows, be it no plain noun.
    fn is_of(&self, figure: &Figure) -> bool {
        let at = self.page.token_at(figure.span.end) as usize;
        let next = self.page.tokens.get(at).map(|token| token.span().of(self.page.text));
        // `a 4 percent stake`, `4 percent higher than`
        next.is_some_and(|text| self.page.lexicon.lists.has(List::AfterShare, text))
    }

    /// Whether it begins with a pronoun that nothing near it resolves, or `we` are nobody known.
    fn is_open(&self, asked: &Asked) -> bool {
        let quote = asked.quote.and_then(|at| self.quotes.get(at as usize));
        if asked.first_person && quote.is_some_and(|quote| quote.speaker.is_none()) {
            return true;
        }
        let Some(at) = asked.tokens.clone().find(|at| self.page.tokens[*at as usize].is_word()) else { return false };
        let token = self.page.tokens[at as usize];
        let class = self.page.lexicon.claim_words.class(token.word);
        if !class.is(ClaimClass::POINTING.or(ClaimClass::THIRD_PERSON)) {
            return false;
        }
        let text = token.span().of(self.page.text).to_ascii_lowercase();
        match text.as_str() {
            "he" | "she" => !self.is_known(asked, token.span(), &[SpeakerKind::Person]),
            "it" if self.is_empty_subject(at, asked.tokens.end) => false,
            "it" => {
                let kinds = [SpeakerKind::Organization, SpeakerKind::Document, SpeakerKind::Group];
                !self.is_known(asked, token.span(), &kinds)
            }
            "they" => !self.is_known(asked, token.span(), &[SpeakerKind::Group, SpeakerKind::Organization]),
            // `This year`, `these ships`: no pronoun unless a verb follows.
            _ => self.is_pronoun(at + 1, asked.tokens.end),
        }
    }

    /// Whether the pronoun at `place` is the source of a quotation whose speaker is known, means the one whose words are
    /// reported, or one speaker of such a kind alone is named shortly before.
    fn is_known(&self, asked: &Asked, place: Span, kinds: &[SpeakerKind]) -> bool {
        // Sources stand near what they say: the quotations around the sentence are enough.
        let from = self
            .quotes
            .partition_point(|quote| quote.content.first().is_some_and(|piece| piece.start + 2000 < place.start));
        let near = self.quotes[from..]
            .iter()
            .take_while(|quote| quote.content.first().is_none_or(|piece| piece.start < place.end + 2000));
        let source = near.into_iter().any(|quote| quote.source == Some(place) && quote.speaker.is_some());
        let reported = asked.quote.and_then(|at| self.quotes.get(at as usize)).is_some_and(|quote| {
            quote.kind != crate::extract::QuoteKind::Direct && quote.speaker.is_some_and(|at| self.is(at, kinds))
        });
        let from = self.mentions.partition_point(|(span, _)| span.start < asked.since);
        let to = self.mentions.partition_point(|(span, _)| span.start < place.start);
        let mut named = self.mentions[from..to.max(from)].iter().map(|(_, at)| *at).filter(|at| self.is(*at, kinds));
        let alone = named.next().is_some_and(|first| named.all(|other| other == first));
        source || reported || alone
    }

    fn is(&self, speaker: u32, kinds: &[SpeakerKind]) -> bool {
        self.speakers.get(speaker as usize).is_some_and(|speaker| kinds.contains(&speaker.kind))
    }

    /// `it is clear that`, `it rained`, `it was in May that`: the word stands for nothing.
    fn is_empty_subject(&self, at: u32, end: u32) -> bool {
        let grammar = &self.page.lexicon.grammar;
        let verb = Class::BE.with(Class::HAVE).with(Class::MODAL).with(Class::NEGATION).with(Class::ADVERB);
        let mut words = (at + 1..end.min(at + 7)).map(|k| self.page.tokens[k as usize]);
        let skips = |token: &crate::text::Token| {
            token.kind == TokenKind::Clitic
                || token.is_word() && grammar.class(token.word).has(verb)
                || self.page.lexicon.lists.has(List::CleftFillers, token.span().of(self.page.text))
        };
        let Some(next) = words.find(|token| !skips(token)) else { return false };
        let class = self.page.lexicon.claim_words.class(next.word);
        // A cleft: `It was in May that …`, `It was Brandt who …`
        let cleft = class.is(ClaimClass::PREPOSITION)
            && words.any(|token| self.page.lexicon.lists.has(List::CleftWords, token.span().of(self.page.text)));
        class.is(ClaimClass::EMPTY_SUBJECT) || cleft
    }

    /// Whether what follows `this` or `that` shows that it stands alone.
    fn is_pronoun(&self, at: u32, end: u32) -> bool {
        let Some(next) = (at < end).then(|| self.page.tokens[at as usize]) else { return true };
        let class = self.page.lexicon.grammar.class(next.word);
        !next.is_word() && next.kind != TokenKind::Number
            || next.kind == TokenKind::Clitic
            || class.has(Class::AUXILIARY.with(Class::CUE_VERB)) && !class.has(Class::CUE_NOUN.with(Class::DOCUMENT))
    }
}

/// What a sentence tells: names, but for the first word where it is a common one; dates and periods.
pub(super) fn told(page: &Page, tokens: &Range<u32>, figures: &[Figure]) -> Told {
    let names = |token: &Token| {
        let own = || {
            page.lexicon.claim_words.class(token.word).is(ClaimClass::FIRST_PERSON)
                && (token.span().len() == 1 || token.case != Case::Upper)
        };
        token.is_capital() && !own()
    };
    let words = &page.tokens[tokens.start as usize..tokens.end as usize];
    let mut words = words.iter().filter(|token| token.kind == TokenKind::Word);
    let first = words.next().is_some_and(|first| names(first) && !first.word.is_known());
    let named = first || words.any(names);
    // `last year` in a document without a date, `now`: no day or year.
    let told = |iso: Option<&str>| iso.is_some_and(|iso| iso.contains(|c: char| c.is_ascii_digit()));
    let dated = figures.iter().any(|figure| {
        told(figure.as_of.as_deref())
            || matches!(figure.kind, FigureKind::Date | FigureKind::Duration) && told(figure.iso.as_deref())
    });
    Told { named, dated }
}
