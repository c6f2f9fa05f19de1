//! Which reading of a run is claimed, and how sure that is: the readings in its candidate statements go in, with what else
//! of the page speaks for a statement; a [`Claim`] comes out, or the reason why none does.
//!
//! Words alone seldom tell a source: people say the same on many days, and others read it back. So each reading gets
//! points for what its words tell ([`Evidence::words`]), for who says them on both sides ([`Evidence::voice`]), and for the
//! occasion ([`Evidence::occasion`]): the days between, what the page says of place and weekday, and what else of the
//! statement it quotes. Nothing is quoted before it is said. The most points win; how many they are is the confidence.

use super::attribution::{self, Attributed, Narration, Voice};
use super::page::PageFacts;
use super::relation::Match;
use super::reported;
use super::settings::Settings;
use super::sources::{Sources, Statement};
use super::{Desk, Fidelity, Reason};
use crate::extract::Confidence;
use crate::span::Span;
use std::cmp::Ordering;
use std::collections::BTreeMap;

/// How many points each piece of evidence is worth. A word of meaning in a row of equal words has 1.5, an empty one 0.5.
mod points {
    /// The row of equal words counts up to here: nobody says so many in the same order twice by chance.
    pub(super) const MOST_WORDS: f32 = 14.0;
    /// An equal word outside the longest row.
    pub(super) const LOOSE_WORD: f32 = 0.3;
    /// Words were changed; and each of them; and all of them beside a long row.
    pub(super) const ALTERED: f32 = -2.0;
    pub(super) const EDIT: f32 = -1.2;
    pub(super) const MOST_EDITS: f32 = -5.0;
    /// Another statement of that day has the words as they are.
    pub(super) const LESS_EXACT: f32 = -4.0;
    /// Passages are joined over a gap.
    pub(super) const SPLICED: f32 = -2.0;
    /// The statement's speaker is the page's; is named beside the quotation; or elsewhere on the page.
    pub(super) const SAME: f32 = 4.0;
    pub(super) const BESIDE: f32 = 2.0;
    pub(super) const ON_PAGE: f32 = 0.0;
    /// He is named nowhere; the page likely means another, and names him elsewhere; it names another, or does so plainly.
    pub(super) const ABSENT: f32 = -3.0;
    pub(super) const UNLIKELY: f32 = -2.0;
    pub(super) const OTHER: f32 = -6.0;
    pub(super) const PLAINLY_OTHER: f32 = -8.0;
    /// It names another, but the words are all there, and nobody else can be meant.
    pub(super) const SWAPPED: f32 = -1.0;
    /// Nobody is named who says it, where others are.
    pub(super) const NOBODY: f32 = -4.0;
    /// A recording: it was said on another day. Words that he reports of somebody.
    pub(super) const PLAYED: f32 = -2.0;
    pub(super) const REPORTED: f32 = -4.0;
    /// Days from the statement to the page: the same news; the week; the month; longer; and the wrong way round.
    pub(super) const NEWS: f32 = 3.0;
    pub(super) const WEEK: f32 = 1.5;
    pub(super) const MONTH: f32 = -1.5;
    pub(super) const LONG_AGO: f32 = -3.0;
    pub(super) const TOO_SOON: f32 = -5.0;
    /// The page names a place or programme of the statement's title; beside the quotation.
    pub(super) const PLACE: f32 = 1.0;
    pub(super) const PLACE_BESIDE: f32 = 2.0;
    /// The weekday beside the quotation is that of the statement; is another.
    pub(super) const WEEKDAY: f32 = 2.0;
    pub(super) const OTHER_WEEKDAY: f32 = -2.0;
    /// The one kind of occasion beside the quotation is that of the statement's title; is another.
    pub(super) const KIND: f32 = 1.0;
    pub(super) const OTHER_KIND: f32 = -2.0;
    /// It is older than that, and its month stands beside the quotation.
    pub(super) const SAME_MONTH: f32 = 4.0;
    /// Another month stands there; and the words were changed, too.
    pub(super) const OTHER_MONTH: f32 = -3.0;
    pub(super) const ALTERED_IN_OTHER_MONTH: f32 = -8.0;
    /// The page quotes the statement elsewhere; at length.
    pub(super) const QUOTED: f32 = 1.5;
    pub(super) const QUOTED_AT_LENGTH: f32 = 3.0;
    /// The page names the statement.
    pub(super) const NAMED: f32 = 8.0;
    /// Each halving of the number of statements below eight: who names one statement means it. Each doubling above.
    pub(super) const HALVING: f32 = 1.5;
    pub(super) const DOUBLING: f32 = -0.25;
}

/// From how many points on a reading is claimed, by confidence.
pub(super) const LOW: f32 = 3.0;
pub(super) const MEDIUM: f32 = 5.5;
pub(super) const HIGH: f32 = 10.0;

/// What decides between readings.
pub(super) struct Choice<'a> {
    pub page: &'a PageFacts<'a>,
    pub sources: &'a Sources,
    /// How many words of each statement the page quotes elsewhere.
    pub weight: &'a BTreeMap<u32, u32>,
    /// The statements that the page names.
    pub named: &'a [u32],
    pub speaker: Option<&'a Attributed>,
    /// The quoted words.
    pub quote: Span,
    pub settings: &'a Settings,
}

/// A reading that is claimed.
pub(super) struct Claim {
    pub reading: Match,
    pub confidence: Confidence,
    pub why: Reason,
    /// Who says the words in the statement.
    pub theirs: Option<Attributed>,
    /// They stand there whole, and can be from nowhere else.
    pub whole: bool,
    /// The statement says them in its own words, beside those of people whom it quotes.
    pub narrated: bool,
    /// The statement is a transcript.
    pub transcript: bool,
}

/// What came of a choice.
pub(super) struct Chosen {
    pub claim: Result<Claim, Reason>,
    /// Who reads the words back, where another is their speaker.
    pub relayed_by: Option<String>,
}

/// What speaks for a reading and against it, in points.
#[derive(Clone, Debug)]
pub(super) struct Evidence {
    pub words: f32,
    pub voice: f32,
    pub occasion: f32,
    pub size: f32,
    /// How the two speakers stand to each other.
    pub agreement: Voice,
    /// Days from the statement to the page.
    pub days: Option<i32>,
    /// The page itself speaks for this statement: by place, by weekday, by what else it quotes.
    pub confirmed: bool,
    /// The page quotes it elsewhere at length.
    pub at_length: bool,
    /// It is a recording that is played.
    pub played: bool,
    /// One word or two that the speaker says there more than once.
    pub repeated: bool,
    /// All of the words stand there, and nothing but the mouth speaks against it: of few statements the one that has them,
    /// or one that names whom the page means, too.
    pub whole: bool,
    /// The statement says them in its own words.
    pub narrated: bool,
    /// It says them otherwise, and the page implies that they are of one who does not speak for it: they are likelier his own.
    pub unsaid: bool,
    /// The statement is a transcript.
    pub transcript: bool,
}

impl Evidence {
    pub(super) fn total(&self) -> f32 {
        self.words + self.voice + self.occasion + self.size
    }
}

struct Weighed {
    reading: Match,
    theirs: Option<Attributed>,
    evidence: Evidence,
}

impl Choice<'_> {
    /// The best reading that can be claimed, or why there is none.
    pub(super) fn best(&self, readings: Vec<Match>) -> Chosen {
        let half = readings.iter().any(|r| r.matched * 2 >= r.words && r.matched > 2);
        let mut why = if half { Reason::WeakMatch } else { Reason::NoMatch };
        let mut weighed: Vec<Weighed> = readings.into_iter().filter_map(|reading| self.weigh(reading)).collect();
        prefer_exact(&mut weighed);
        weighed.sort_by(order);
        let relayed_by = self.relayed_by(&weighed);
        let mut found = None;
        for (i, one) in weighed.iter().enumerate() {
            match self.confidence(one, &weighed) {
                Ok(confidence) if confidence >= self.settings.min_confidence => {
                    found = Some((i, confidence));
                    break;
                }
                Ok(_) => why = Reason::Unsure,
                Err(reason) if i == 0 => why = reason,
                Err(_) => {}
            }
            // Of few words the next best is a guess.
            if one.reading.words <= FEW_WORDS {
                break;
            }
        }
        let claim = found.map(|(i, confidence)| {
            let one = weighed.swap_remove(i);
            let why = self.reason(&one);
            let Evidence { whole, narrated, transcript, .. } = one.evidence;
            Claim { reading: one.reading, confidence, why, theirs: one.theirs, whole, narrated, transcript }
        });
        Chosen { claim: claim.ok_or(why), relayed_by }
    }

    /// What speaks for a reading; none where the statement came after the page.
    fn weigh(&self, reading: Match) -> Option<Weighed> {
        let statement = self.sources.statement(reading.statement)?;
        let spoken = self.sources.spoken(reading.statement, &statement);
        let days = self.page.days_since(&statement.document);
        let named = self.named.contains(&reading.statement);
        let early = days.is_some_and(|days| days < -self.settings.early_days);
        if early && !named && !self.settings.any_date {
            return None;
        }
        // Who is quoted in a release is found out only where enough of the words are there to matter.
        let few = (self.sources.len() as f32) < FEW;
        let slight = reading.unbroken < reading.words.min(SLIGHT) && !(few && self.is_near(&reading));
        let theirs = if slight { None } else { attribution::of_reading(&statement, &spoken, &reading) };
        let transcript = spoken.turns.is_transcript();
        let agreement = self.agreement(theirs.as_ref(), &statement, transcript);
        let whole = !slight && !transcript && self.is_whole(&reading, theirs.as_ref(), &statement);
        let voice = match agreement {
            Voice::Other | Voice::PlainlyOther | Voice::Unlikely if whole => points::SWAPPED,
            Voice::Same => points::SAME,
            Voice::Beside => points::BESIDE,
            Voice::OnPage => points::ON_PAGE,
            Voice::Unknown => 0.0,
            Voice::Absent => points::ABSENT,
            Voice::Unlikely => points::UNLIKELY,
            Voice::Nobody => points::NOBODY,
            Voice::Other => points::OTHER,
            Voice::PlainlyOther => points::PLAINLY_OTHER,
        };
        let turn = spoken.turns.turns.get(reading.turn as usize);
        let played = turn.is_some_and(|turn| turn.played);
        let reported = transcript
            && agreement != Voice::Same
            && turn.is_some_and(|turn| reported::is_reported(&statement.document.text, turn.span, &reading.source));
        let (occasion, confirmed) = self.occasion(&reading, &statement, theirs.as_ref(), days, named);
        let narrated = !slight && !transcript && statement.is_narration(&reading.source);
        let evidence = Evidence {
            words: words_told(&reading),
            voice: voice + if played { points::PLAYED } else { 0.0 } + if reported { points::REPORTED } else { 0.0 },
            occasion,
            size: size(self.sources.len()),
            agreement,
            days,
            confirmed,
            at_length: self.quoted(reading.statement) >= self.settings.quoted_at_length,
            played,
            repeated: reading.words <= 2 && spoken.says_again(reading.lane, &reading.source),
            whole,
            narrated,
            unsaid: narrated
                && self.speaker.is_some_and(|ours| !ours.sure && !ours.resolved)
                && reading.relation >= Fidelity::Spliced
                && attribution::of_narration(self.speaker, &statement, &reading.source) != Narration::Issuer,
            transcript,
        };
        Some(Weighed { reading, theirs, evidence })
    }

    /// Whether a release holds all of the words, so many that tell something, and they can hardly be from elsewhere: it is
    /// one of few that somebody chose, or names whom the page means as another of its speakers.
    fn is_whole(&self, reading: &Match, theirs: Option<&Attributed>, statement: &Statement) -> bool {
        const FEWEST: u32 = 4;
        let exact = reading.relation < Fidelity::Spliced && reading.matched == reading.words;
        let told = reading.words >= FEWEST && reading.unbroken * 2 >= reading.words && reading.anchor >= LONG;
        let few = (self.sources.len() as f32) < FEW;
        exact && told && (few || attribution::is_other_of_cast(self.speaker, theirs, statement))
    }

    /// How the speaker on the page stands to the one in the statement.
    fn agreement(&self, theirs: Option<&Attributed>, statement: &Statement, transcript: bool) -> Voice {
        let Some(theirs) = theirs else {
            return if transcript { Voice::Nobody } else { Voice::Unknown };
        };
        let beside = || self.page.names(&theirs.name, self.quote);
        match self.speaker {
            Some(ours) => match attribution::differ(Some(ours), Some(theirs), statement, transcript) {
                Some(false) => Voice::Same,
                Some(true) if ours.sure => Voice::PlainlyOther,
                // Who is quoted is no more than likely: one named beside it, or elsewhere, may have said it.
                Some(true) => match beside() {
                    Voice::Beside if transcript => Voice::OnPage,
                    Voice::Beside | Voice::OnPage => Voice::Unlikely,
                    _ => Voice::Other,
                },
                None if transcript => beside(),
                None => Voice::Unknown,
            },
            None if transcript => beside(),
            None => Voice::Unknown,
        }
    }

    /// What the days between, the page's words and its other quotations say; and whether the page itself confirms the
    /// occasion.
    fn occasion(
        &self,
        reading: &Match,
        statement: &Statement,
        theirs: Option<&Attributed>,
        days: Option<i32>,
        named: bool,
    ) -> (f32, bool) {
        let mut told = match days {
            None => 0.0,
            // Who hands over a statement means it, whatever its date.
            Some(days) if days < 0 && self.settings.any_date => 0.0,
            Some(days) if days < 0 => points::TOO_SOON,
            Some(days @ 0..=2) => points::NEWS - 0.2 * days as f32,
            Some(days @ 3..=7) => points::WEEK - 0.1 * days as f32,
            Some(8..=31) => points::MONTH,
            Some(_) => points::LONG_AGO,
        };
        let mut confirmed = named;
        if named {
            told += points::NAMED;
        }
        let recent = days.is_none_or(|days| (-self.settings.early_days..=31).contains(&days));
        let place = self.page.place(&statement.document, theirs.map(|t| t.name.as_str()), self.quote);
        if let Some(beside) = place {
            told += if beside { points::PLACE_BESIDE } else { points::PLACE };
            confirmed |= beside && recent;
        }
        if let Some(days) = days.filter(|days| (0..=7).contains(days))
            && let Some(same) = self.page.weekday(&statement.document, self.quote)
        {
            told += match same {
                true => points::WEEKDAY,
                false if days > 1 => points::OTHER_WEEKDAY,
                false => 0.0,
            };
            confirmed |= same;
        }
        if let Some(same) = self.page.kind(&statement.document, self.quote) {
            told += if same { points::KIND } else { points::OTHER_KIND };
        }
        if days.is_some_and(|days| days > 7)
            && let Some(same) = self.page.month(&statement.document, self.quote)
        {
            told += match same {
                true => points::SAME_MONTH,
                false if reading.relation < Fidelity::Spliced => points::OTHER_MONTH,
                false => points::ALTERED_IN_OTHER_MONTH,
            };
            confirmed |= same;
        }
        let quoted = self.quoted(reading.statement);
        if quoted >= self.settings.quoted_at_length {
            told += points::QUOTED_AT_LENGTH;
            confirmed = true;
        } else if quoted > 0 {
            told += points::QUOTED;
        }
        (told, confirmed)
    }

    /// How many words of a statement the page quotes elsewhere.
    fn quoted(&self, statement: u32) -> u32 {
        self.weight.get(&statement).copied().unwrap_or(0)
    }

    /// How sure a claim would be, or why it is none.
    fn confidence(&self, one: &Weighed, all: &[Weighed]) -> Result<Confidence, Reason> {
        let (reading, evidence) = (&one.reading, &one.evidence);
        let named = self.named.contains(&reading.statement);
        self.has_the_voice(reading, evidence, named)?;
        if !self.has_the_words(reading, evidence, named) {
            return Err(Reason::WeakMatch);
        }
        let total = evidence.total();
        let sure = match total {
            total if total >= HIGH => Confidence::High,
            total if total >= MEDIUM => Confidence::Medium,
            total if total >= LOW => Confidence::Low,
            _ => return Err(Reason::WeakMatch),
        };
        // Said on more than one day, and nothing tells which.
        let rival = |other: &Weighed| {
            other.reading.statement != reading.statement
                && other.evidence.days != evidence.days
                && other.evidence.total() + CLOSE >= total
        };
        let unsure = !evidence.confirmed && all.iter().any(rival);
        Ok(if unsure { sure.min(Confidence::Medium) } else { sure })
    }

    /// Whether enough of the words are there, for as much as else is known.
    fn has_the_words(&self, reading: &Match, evidence: &Evidence, named: bool) -> bool {
        let words = reading.words;
        let whole = reading.matched == words && reading.unbroken == words;
        let near = evidence.days.is_none_or(|days| (0..=self.settings.days as i32).contains(&days));
        let same = evidence.agreement == Voice::Same;
        let unknown = evidence.agreement == Voice::Unknown;
        let altered = reading.relation == Fidelity::Altered;
        match words {
            0 => false,
            1..=4 if named => whole,
            1 => whole && evidence.at_length && near && same && reading.anchor > 1.0 && !evidence.repeated,
            2 => whole && evidence.confirmed && near && same && reading.anchor >= 2.0 && !evidence.repeated,
            3 => {
                whole
                    && (same && near && self.tells(reading, evidence)
                        || evidence.confirmed && (unknown || evidence.agreement == Voice::Beside))
            }
            _ if self.is_near(reading) && same && near => true,
            // What is quoted there must be most of it.
            _ if reading.because.contains(&Reason::QuotedInPart)
                && !(reading.covers(MOSTLY) && reading.unbroken >= self.settings.unbroken) =>
            {
                false
            }
            // Few words of which some are others, and what is left is in every text; or others' words, half changed.
            _ if altered && words <= SEVERAL && reading.told.0 < LONG => false,
            _ if altered && unknown && !reading.covers(MOSTLY) && reading.unbroken < FIRM_ROW => false,
            _ if altered && (evidence.words < FIRM || is_shuffled(reading)) && !reading.covers(MOSTLY) => false,
            _ if named || evidence.confirmed && (same || unknown) => {
                reading.covers(self.settings.coverage_supported)
                    && reading.unbroken >= self.settings.unbroken.min(words.div_ceil(2))
            }
            _ => {
                let told = same || evidence.confirmed || unknown || evidence.agreement == Voice::Beside && near;
                reading.covers(self.settings.coverage)
                    && reading.unbroken >= self.settings.unbroken
                    && (!altered || told)
                    && (evidence.confirmed || self.tells(reading, evidence))
            }
        }
    }

    /// Whether one passage of one of few statements has nearly all of the words, and they tell something: a word or two were
    /// left out, put in or changed, however short the rows between them.
    fn is_near(&self, reading: &Match) -> bool {
        const MOST: u32 = 2;
        let few = (self.sources.len() as f32) < FEW;
        let passage = reading.source.len() == 1 && reading.omitted.is_empty();
        few && passage && reading.edits <= MOST && reading.covers(MOSTLY) && reading.told.0 >= LONG
    }

    /// Whether the words alone tell the occasion, where nothing else on the page does: people say the same on many days, and
    /// the longer ago a day is, the more days have come since on which it may have been said again. Words that were changed
    /// must be nearly all there, in a long row.
    fn tells(&self, reading: &Match, evidence: &Evidence) -> bool {
        // Who names few statements means them; but what was changed may be from another day still.
        let recent = evidence.days.is_none_or(|days| days <= FAR);
        if (self.sources.len() as f32) < FEW && (recent || reading.relation < Fidelity::Altered) {
            return true;
        }
        /// What a row of equal words must tell, of the news, the week, the month, and before.
        const ROWS: [f32; 4] = [3.5, 6.0, 8.0, 9.0];
        const FRESH: i32 = 1;
        let long = reading.unbroken >= self.settings.drift_words;
        let fresh = evidence.days.is_none_or(|days| days <= FRESH);
        if reading.words < SEVERAL && !(fresh && reading.anchor >= 4.5) {
            return false;
        }
        let age = match evidence.days {
            None => return true,
            Some(..=2) => 0,
            Some(3..=7) => 1,
            Some(8..=FAR) => 2,
            Some(_) if long => 3,
            Some(_) => return false,
        };
        let firm = long || reading.covers(NEARLY_ALL) && reading.unbroken >= FIRM_ROW;
        let whole = reading.relation < Fidelity::Spliced;
        (long || !evidence.played) && reading.anchor >= ROWS[age] && (whole || firm)
    }

    /// Whether the words may be that speaker's. What the page plainly gives to another is claimed only where so many words
    /// are the same that it cannot be chance, and the statement's speaker has no part in the page.
    fn has_the_voice(&self, reading: &Match, evidence: &Evidence, named: bool) -> Result<(), Reason> {
        let least = self.settings.drift_words;
        let exact = reading.relation < Fidelity::Spliced && reading.matched == reading.words;
        // At an ellipsis the row breaks off, and is none the shorter for it.
        let long = exact && (reading.unbroken >= least || reading.matched >= least && reading.unbroken * 2 >= least);
        let of_week = evidence.days.is_none_or(|days| (0..=self.settings.days as i32).contains(&days));
        // Of a statement that the page quotes at length, so many words are no chance, changed or not.
        let much = evidence.at_length && reading.matched >= least && reading.covers(NEARLY_ALL);
        match evidence.agreement {
            _ if evidence.whole => Ok(()),
            _ if evidence.unsaid && reading.unbroken < least => Err(Reason::AnotherMouth),
            Voice::Other | Voice::PlainlyOther if !named && !long && !much => Err(Reason::AnotherMouth),
            Voice::Unlikely if !(named || of_week || evidence.confirmed) => Err(Reason::AnotherMouth),
            Voice::Nobody if !named && !evidence.confirmed && !long => Err(Reason::AnotherMouth),
            _ => Ok(()),
        }
    }

    /// Who reads the words back, where the page gives them to another: the best reading in which somebody else says all.
    fn relayed_by(&self, weighed: &[Weighed]) -> Option<String> {
        const FEWEST: u32 = 4;
        self.speaker?;
        let says_all = |one: &&Weighed| {
            let reading = &one.reading;
            reading.words >= FEWEST && reading.matched == reading.words && reading.unbroken == reading.words
        };
        let other =
            |one: &&Weighed| matches!(one.evidence.agreement, Voice::Other | Voice::PlainlyOther | Voice::Unlikely);
        let by = weighed.iter().filter(says_all).find(other)?;
        by.theirs.as_ref().map(|theirs| theirs.name.clone())
    }

    fn reason(&self, one: &Weighed) -> Reason {
        match () {
            () if self.named.contains(&one.reading.statement) => Reason::NamedStatement,
            () if one.reading.anchor >= LONG => Reason::LongMatch,
            () if self.weight.contains_key(&one.reading.statement) => Reason::QuotedElsewhere,
            () => Reason::SameSpeakerAndDate,
        }
    }
}

/// So few words are in many statements.
const FEW_WORDS: u32 = 3;
/// Fewer words are said on many days, and must be fresh and tell as much as three words of meaning.
const SEVERAL: u32 = 6;
/// So few statements are a choice of somebody's.
const FEW: f32 = 8.0;
/// Fewer words in a row are in every text.
const SLIGHT: u32 = 4;
/// Changed words that tell less than this must be nearly all there, and this share of them is nearly all.
const FIRM: f32 = 4.0;
const MOSTLY: f32 = 0.75;
const NEARLY_ALL: f32 = 0.85;
/// So many words in a row are no chance, however many others were changed.
const LONG_ROW: u32 = 10;
/// So many words in a row are no chance where the rest was changed.
const FIRM_ROW: u32 = 6;
/// Two readings whose points differ by less are as likely.
const CLOSE: f32 = 1.0;
/// What was said so many days before is not news.
const FAR: i32 = 31;
/// What a row of equal words tells that is no chance by itself.
const LONG: f32 = 4.0;

/// Of one day's statements, one that has all the words as they are leaves none for those that have them otherwise.
fn prefer_exact(weighed: &mut [Weighed]) {
    const FEWEST: u32 = 6;
    let exact = |one: &Weighed| {
        let reading = &one.reading;
        reading.relation < Fidelity::Spliced && reading.matched == reading.words && reading.words >= FEWEST
    };
    let agrees = |one: &Weighed| !matches!(one.evidence.agreement, Voice::Other | Voice::PlainlyOther | Voice::Nobody);
    let days: Vec<i32> =
        weighed.iter().filter(|one| exact(one) && agrees(one)).filter_map(|one| one.evidence.days).collect();
    for one in weighed.iter_mut().filter(|one| one.reading.relation >= Fidelity::Spliced) {
        if one.evidence.days.is_some_and(|day| days.contains(&day)) {
            one.evidence.words += points::LESS_EXACT;
        }
    }
}

/// The most points first; of readings that have as many, the nearer in time; of what was said long ago, the first that said
/// it; then the earlier in the list.
fn order(a: &Weighed, b: &Weighed) -> Ordering {
    let days = |one: &Weighed| match one.evidence.days {
        Some(days) if days > FAR => i32::MAX - days,
        Some(days) => days.abs(),
        None => i32::MAX,
    };
    b.evidence
        .total()
        .total_cmp(&a.evidence.total())
        .then(days(a).cmp(&days(b)))
        .then((a.reading.statement, a.reading.lane).cmp(&(b.reading.statement, b.reading.lane)))
}

/// What the number of statements says: in many there is more that is alike by chance.
fn size(statements: usize) -> f32 {
    let doublings = (statements.max(1) as f32 / FEW).log2();
    doublings * if doublings < 0.0 { -points::HALVING } else { points::DOUBLING }
}

/// What the words of a reading tell.
fn words_told(reading: &Match) -> f32 {
    let loose = reading.matched.saturating_sub(reading.unbroken) as f32 * points::LOOSE_WORD;
    let told = (reading.anchor + loose).min(points::MOST_WORDS);
    let edits = reading.edits as f32 * points::EDIT;
    // A long row stays what it is, whatever else of a long quotation was changed.
    let edits = if reading.unbroken >= LONG_ROW { edits.max(points::MOST_EDITS) } else { edits };
    told + match reading.relation {
        Fidelity::Altered => points::ALTERED + edits,
        Fidelity::Spliced => points::SPLICED,
        _ => 0.0,
    }
}

/// The statements that each speaker of a page issued about its date.
#[derive(Default)]
pub(super) struct Issued(BTreeMap<String, Vec<u32>>);

impl Issued {
    pub(super) fn by(&mut self, speaker: Option<&Attributed>, desk: &Desk) -> Vec<u32> {
        let (Some(speaker), Some(day)) = (speaker, desk.page.day()) else { return Vec::new() };
        let look = || {
            let mut found = desk.sources.issued(&speaker.name, day, desk.settings.days);
            found.retain(|number| Some(*number) != desk.own);
            found
        };
        self.0.entry(speaker.name.clone()).or_insert_with(look).clone()
    }
}

/// Whether the passages do not stand in the statement in the order of the quotation: such words are rather those of another
/// who said much the same.
fn is_shuffled(reading: &Match) -> bool {
    reading.source.windows(2).any(|two| two[1].start < two[0].start)
}
