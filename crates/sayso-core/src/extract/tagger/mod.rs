//! A learned reader of reported words, where the rules end: a small convolutional network over the elements of a
//! segment. First it asks of each element whether it is the head of a cue; then, for each that may be one, whether it
//! reports, whose words they are and where they stand. What the rules found is among its inputs.
//!
//! It reads only segments that hold a word which has been a cue, or a finding of the rules, and never touches a
//! quotation in marks that the rules gave to a cue. The words of its inputs are in [`input`], its numbers in
//! [`weights`], its arithmetic in [`rows`](super::network::rows), its training in `training/tagger.py` and `MODELS.md`.
//!
//! Method: dilated convolutions after Strubell and others (2017), <https://arxiv.org/abs/1702.02098>; cues first, then
//! content and source for each cue, after Pareti and others (2013), <https://aclanthology.org/D13-1101>.

pub mod decode;
pub mod input;
pub mod weights;

use super::QuoteReason;
use super::network::levels::{Levels, Work};
use super::network::rows::{Rows, weigh};
use super::network::spare::Spare;
use super::network::sums::{Job, Vectors, widest};
use super::network::tables::WeightsError;
use super::quotes::Revise;
use super::quotes::elements::{Element, Elements};
use super::quotes::phrases::may_speak;
use super::quotes::possible::may_be_clause;
use super::quotes::predicates::is_clause;
use super::quotes::segment::Attribution;
use super::quotes::things::tells_in_clause;
use super::quotes::verb_group::is_gerund;
use crate::language::grammar::Class;
use crate::language::inflect::{Ending, Forms};
use crate::language::lists::List;
use crate::language::reporting::{Frame, Mode, Takes};
use crate::language::{Language, PerLanguage, Words};
use crate::text::tokens::Case;
use std::borrow::Cow;
use std::ops::Range;
use weights::{FAR, Weights};

/// Segments of more elements are left to the rules.
const LONGEST: usize = 160;

/// A word that was a cue less often, of 255, is not asked about where the rules found nothing.
const ASKED: u8 = 64;

/// An element scored lower, as a log-odds, is not asked about where the rules found nothing.
const GATE: f32 = 0.0;

/// The mark of the head of a cue that the rules found.
const HEAD: u8 = 1 << 5;

/// The network.
#[derive(Debug)]
pub struct Tagger {
    weights: Weights,
    spare: Spare<[Work; 2]>,
    /// Log-odds from which a cue that no rule knows is believed.
    pub found: f32,
    /// The same where no words in marks are reported.
    pub bare: f32,
    /// Log-odds below which a finding of the rules is dropped.
    pub dropped: f32,
    /// Log-odds from which a finding of the rules may be of high confidence.
    pub sure: f32,
}

/// What the network says of one cue.
#[derive(Clone, Debug)]
struct Answer {
    /// The finding of the rules that has this cue.
    rule: Option<usize>,
    head: usize,
    /// Log-odds that it reports.
    score: f32,
    /// What it reports: asked only where no rule found the cue, and it is believed.
    found: Option<Attribution>,
}

/// The tagger of a language; none where its weights are damaged, which a test rules out.
pub fn of(language: &'static Language) -> Option<&'static Tagger> {
    static TAGGERS: PerLanguage<Option<Tagger>> =
        PerLanguage::new(|language| Tagger::new(language.tables.tagger, &language.lexicon.words).ok());
    TAGGERS.of(language).as_ref()
}

impl Tagger {
    /// Reads weights for the words of a language.
    ///
    /// # Errors
    /// See [`Weights::read`].
    pub fn new(bytes: &[u8], words: &Words) -> Result<Self, WeightsError> {
        let weights = Weights::read(bytes, words)?;
        Ok(Tagger { weights, spare: Spare::default(), found: 1.0, bare: 1.0, dropped: 0.75, sure: 1.0 })
    }

    /// The tagger with its working space.
    pub fn ready(&self) -> Ready<'_> {
        let Weights { reading, asking, .. } = &self.weights;
        let [one, other] = self.spare.take();
        Ready { tagger: self, reading: Levels::new(reading, one), asking: Levels::new(asking, other) }
    }

    /// The rules' findings with the network's: see [`Ready::revise`].
    fn merge(
        &self,
        elements: &Elements,
        segment: &Range<usize>,
        rules: Vec<Attribution>,
        mut answers: Vec<Answer>,
    ) -> Vec<Attribution> {
        let mut out = Vec::with_capacity(rules.len() + answers.len());
        for (i, mut one) in rules.into_iter().enumerate() {
            // Where nothing was asked there is nothing against it.
            let asked = answers.iter().find(|answer| answer.rule == Some(i));
            let low = asked.filter(|answer| answer.score < self.sure.max(self.dropped));
            let doubted = low.filter(|_| !is_sure(elements, &one) && !is_heard(elements, &one));
            // Where the network is not sure, the finding is not of high confidence.
            one.doubtful |= doubted.is_some_and(|answer| answer.score < self.sure);
            if doubted.is_none_or(|answer| answer.score >= self.dropped) {
                out.push(one);
            }
        }
        answers.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.head.cmp(&b.head)));
        for found in answers.into_iter().filter_map(|answer| {
            let quoted = |found: &Attribution| found.content.iter().any(|piece| elements.has_chunk(piece.clone()));
            answer.found.filter(|found| (answer.score >= self.bare || quoted(found)) && is_report(elements, found))
        }) {
            let meets =
                |cue: &Range<usize>| found.cue.as_ref().is_some_and(|own| cue.start < own.end && own.start < cue.end);
            let claimed = out.iter().any(|one: &Attribution| {
                one.cue.as_ref().is_some_and(meets)
                    || one.content == found.content
                    || holds_same_chunk(elements, one, &found)
            });
            if !claimed {
                out.push(found);
            }
        }
        out.sort_by_key(|one| one.cue.as_ref().map_or(segment.start, |cue| cue.start));
        out
    }
}

/// The tagger with what it works in, for one segment after the other.
pub struct Ready<'t> {
    tagger: &'t Tagger,
    reading: Levels<'t>,
    asking: Levels<'t>,
}

impl Drop for Ready<'_> {
    fn drop(&mut self) {
        self.tagger.spare.give([self.reading.take_work(), self.asking.take_work()]);
    }
}

impl Revise for Ready<'_> {
    /// Keeps or drops indirect attributions of the rules, and adds others. Linear in the segment for each of its possible
    /// cues.
    fn revise(&mut self, elements: &Elements, segment: &Range<usize>, rules: Vec<Attribution>) -> Vec<Attribution> {
        let tagger = self.tagger;
        if segment.len() > LONGEST || segment.len() < 3 {
            return rules;
        }
        let starts = |at: usize| {
            tagger.weights.starts(elements.word(at), || input::word(elements, at))
                && !rules.iter().any(|one| one.has_cue(at))
        };
        if !rules.iter().any(|one| one.cue.is_some() && is_open(elements, one)) && !segment.clone().any(starts) {
            return rules;
        }
        let word = |at: usize| {
            let word = input::word(elements, at);
            (tagger.weights.row(elements.word(at), &word), word)
        };
        let words: Vec<_> = segment.clone().map(word).collect();
        let given = Given::new(segment, &rules, |i| tagger.weights.cueness(words[i].0));
        let asked = Asked { tagger, elements, segment, words: &words, rules: &rules, given: &given };
        let answers = asked.answers(&mut self.reading, &mut self.asking);
        tagger.merge(elements, segment, rules, answers)
    }
}

/// A segment that the network is asked about.
struct Asked<'a, 'p> {
    tagger: &'a Tagger,
    elements: &'a Elements<'p>,
    segment: &'a Range<usize>,
    /// The row and the letters of each element's word.
    words: &'a [(u16, Cow<'p, str>)],
    rules: &'a [Attribution],
    given: &'a Given,
}

impl Asked<'_, '_> {
    /// Reads the segment, and once more for each element that may be a cue's head; both as far as the answers depend on it.
    fn answers(&self, reading: &mut Levels, asking: &mut Levels) -> Vec<Answer> {
        let weights = &self.tagger.weights;
        let cueness = |i: usize| weights.cueness(self.words[i].0);
        let may = |i: &usize| self.given.rule[*i].is_none() && cueness(*i) >= ASKED;
        reading.reset(self.words.len());
        reading.want((0..self.words.len()).filter(may), |which, rows| widest(Enter { asked: self, which, rows }));
        let mut answers = Vec::new();
        for i in 0..self.words.len() {
            let rule = self.given.rule[i];
            let asked = match rule {
                Some(rule) => self.given.marks[i] & HEAD != 0 && is_open(self.elements, &self.rules[rule]),
                None => may(&i) && weigh(reading.top().row(i), std::array::from_ref(&weights.head))[0] >= GATE,
            };
            if asked {
                answers.push(self.answer(i, rule, reading, asking));
            }
        }
        answers
    }

    /// Asks about the element `head`, which is part of the cue of the finding `rule`.
    fn answer(&self, head: usize, rule: Option<usize>, reading: &mut Levels, asking: &mut Levels) -> Answer {
        let (elements, start) = (self.elements, self.segment.start);
        let weights = &self.tagger.weights;
        let own = rule.map(|rule| &self.rules[rule]);
        asking.reset(self.words.len());
        let mut ask = |wanted: Range<usize>, asking: &mut Levels| {
            asking.want(wanted, |which, rows| {
                reading.want(which.iter().copied(), |which, rows| widest(Enter { asked: self, which, rows }));
                widest(Look { asked: self, head, own, read: reading.top(), which, rows });
            });
        };
        ask(head..head + 1, asking);
        let [score] = weigh(asking.top().row(head), std::array::from_ref(&weights.valid));
        let found = (rule.is_none() && score >= self.tagger.found).then(|| {
            ask(0..self.words.len(), asking);
            let scores: Vec<[f32; 5]> = asking.top().all().iter().map(|row| weigh(row, &weights.out)).collect();
            Attribution {
                content: without_loose(elements, decode::pieces(&scores, start)),
                cue: Some(decode::around(&scores, 4, head, start)),
                // `Brandt is accused of`: whose accusation it is, is left open.
                source: decode::best_run(&scores, 3, start)
                    .filter(|source| source.start > start + head || !is_passive(elements, start + head)),
                because: vec![QuoteReason::Learned],
                ..Attribution::default()
            }
        });
        Answer { rule, head: start + head, score, found: found.filter(|found| !found.content.is_empty()) }
    }
}

/// What elements come in as.
struct Enter<'a> {
    asked: &'a Asked<'a, 'a>,
    which: &'a [usize],
    rows: &'a mut Rows,
}

impl Job for Enter<'_> {
    type Out = ();

    #[inline(always)]
    fn run<V: Vectors>(self, _: V) {
        let Enter { asked: Asked { tagger, elements, segment, words, given, .. }, which, rows } = self;
        let weights = &tagger.weights;
        for &i in which {
            let (row, word) = &words[i];
            let mut sum = weights.embed(*row, word);
            input::traits(elements, segment.start + i).for_each(|it| weights.traits.add(it, &mut sum));
            for mark in (0..weights::RULE_MARKS).filter(|mark| given.marks[i] & (1 << mark) != 0) {
                weights.rule.add(mark, &mut sum);
            }
            rows.set(i, &sum);
        }
    }
}

/// What elements come in as when they are read, as `read` has them, with an eye on the element `head`; `own` is what the
/// rules found there.
struct Look<'a> {
    asked: &'a Asked<'a, 'a>,
    head: usize,
    own: Option<&'a Attribution>,
    read: &'a Rows,
    which: &'a [usize],
    rows: &'a mut Rows,
}

impl Job for Look<'_> {
    type Out = ();

    #[inline(always)]
    fn run<V: Vectors>(self, _: V) {
        let Look { asked, head, own, read, which, rows } = self;
        let weights = &asked.tagger.weights;
        for &i in which {
            let mut sum = read.values(i);
            let away = (i as isize - head as isize).clamp(-(FAR as isize), FAR as isize) + FAR as isize;
            weights.distance.add(away as usize, &mut sum);
            if i == head {
                sum.iter_mut().zip(&weights.mark).for_each(|(sum, mark)| *sum += mark);
            }
            if let Some(own) = own {
                let at = asked.segment.start + i;
                let bits = [
                    own.content.iter().any(|piece| piece.start == at),
                    own.content.iter().any(|piece| piece.contains(&at)),
                    own.source.as_ref().is_some_and(|source| source.contains(&at)),
                    own.has_cue(at),
                    true,
                ];
                (0..bits.len()).filter(|index| bits[*index]).for_each(|index| weights.own.add(index, &mut sum));
            }
            rows.set(i, &sum);
        }
    }
}

/// `a survey has found that`, `the council stipulated that`: whether the grammar alone tells that a finding of the rules reports:
/// a verb that does little else, or a text that finds, with a subject and a clause behind `that`.
fn is_sure(elements: &Elements, one: &Attribution) -> bool {
    const TEXTS: Class = Class::DOCUMENT.with(Class::DOCUMENTS);
    let (Some(cue), Some(source), Some(first)) = (&one.cue, &one.source, one.content.first()) else { return false };
    // `a study that found that`
    let relative = source.len() == 1 && source.start > 0 && elements.says(source.start, "that");
    let meant = source.start - usize::from(relative)..source.end;
    let text = elements.all[meant].iter().any(|el| el.has(TEXTS));
    let that = one.because.contains(&QuoteReason::ThatClause);
    let parts = |at: &usize| elements.is(*at, crate::text::TokenKind::Comma) || elements.has(*at, Class::COORDINATOR);
    let part = first.clone().find(parts).unwrap_or(first.end);
    let bare = one.because.contains(&QuoteReason::BareClause)
        && !elements.has(first.start, Class::QUESTION)
        && is_clause(elements, first.start, part);
    // `claims` behind a subject and before `that` or a clause is no noun.
    let speaks = relative || may_speak(elements, source);
    let behind = source.end == cue.start && speaks;
    let finite = that && source.end == cue.start || bare && behind;
    // `orders that targeted women`: what a thing does.
    let relative_verb = elements.ends(first.start, Ending::Past)
        || elements.ends(first.start, Ending::ClearPlural) && elements.has(first.start + 1, Class::DETERMINER);
    let reports = |at: usize| {
        let verb = elements.has(at, Class::CUE_VERB) && (finite || !elements.has(at, Class::CUE_NOUN));
        verb && has_frame(elements, at, |frame| match frame.mode {
            Mode::Speech => {
                frame.strength >= if that && !relative_verb { 2 } else { 3 } && frame.takes.has(Takes::THAT)
            }
            Mode::Showing => text && frame.strength >= 2 && frame.takes.has(Takes::THAT),
            Mode::Thought | Mode::Will => false,
        })
    };
    // `a survey found 75 percent of owners were tired`
    let counted =
        text && (first.start..first.end.min(first.start + 2)).any(|at| elements.is(at, crate::text::TokenKind::Number));
    let clause = counted && is_clause(elements, first.start, first.end);
    // `Brandt said the wells hold 40 litres`
    let plain = one.because.contains(&QuoteReason::BareClause)
        && cue.clone().any(|at| elements.is_in(at, List::SureCues))
        && may_be_clause(elements, first.start, first.end);
    // `asked residents to stay away`
    let asks = |at: usize| {
        let takes = Takes::INFINITIVE.0 | Takes::ADDRESSEE.0;
        let asks = |frame: &Frame| frame.mode == Mode::Speech && frame.strength >= 3 && frame.takes.0 & takes == takes;
        has_frame(elements, at, asks)
    };
    let asked = one.addressee.is_some()
        && elements.says(first.start, "to")
        && elements.all[cue.clone()].iter().all(|el| !el.has(Class::AUXILIARY))
        && cue.clone().any(asks);
    // `called on residents to stay away`
    let called = elements.says(cue.end - 1, "on")
        && cue.len() > 1
        && (first.start + 1..first.end).any(|at| elements.says(at, "to"))
        && has_frame(elements, cue.end - 2, |frame| {
            frame.mode == Mode::Speech && frame.with.contains(&elements.word(cue.end - 1))
        });
    // `claiming 20 boats were lost`
    let claims = |at: usize| {
        let only = |frame: &Frame| frame.strength >= 3 && !frame.takes.has(Takes::NOUN.with(Takes::COMPLEMENT));
        elements.ends(at, Ending::Gerund) && !elements.has(at, Class::CUE_NOUN) && has_frame(elements, at, only)
    };
    let claimed = bare && cue.clone().any(claims);
    // What a verb of speech takes beside a clause with `that`.
    let takes = |frame: &Frame, what: Takes| {
        frame.mode == Mode::Speech && frame.takes.has(what) && frame.takes.has(Takes::THAT)
    };
    // `also denies taking it`
    let denies = |frame: &Frame| frame.strength >= 3 && takes(frame, Takes::GERUND);
    let denied = behind && is_gerund(elements, first.start) && cue.clone().any(|at| has_frame(elements, at, denies));
    // `also pledged to help`, `had claimed to be late`, but not `claims to islands`
    let vows =
        |frame: &Frame| frame.strength >= 2 && takes(frame, Takes::INFINITIVE) && !frame.takes.has(Takes::ADDRESSEE);
    let vowed = behind
        && elements.says(first.start, "to")
        && !elements.ends(first.start + 1, Ending::ClearPlural)
        && !cue.clone().any(|at| elements.has(at, Class::MODAL))
        && cue.clone().any(|at| has_frame(elements, at, vows));
    let told = (that || clause || plain || claimed || bare && behind) && cue.clone().any(reports);
    let told =
        (told || vowed || denied) && elements.text(cue.start) != "to" && !elements.has(first.start, Class::AUXILIARY);
    (asked || called || told) && !elements.has(source.start, Class::FIRST.with(Class::SECOND))
}

/// Whether the verb at `at` has a frame that fits.
fn has_frame(elements: &Elements, at: usize, fits: impl Fn(&Frame) -> bool) -> bool {
    elements.lexicon().reporting.verb(elements.word(at)).any(|(frame, _)| fits(frame))
}

/// `residents were asked to stay away`: whether a verb in the past that surely asks for something stands behind whom it is asked of,
/// or a court hears it: `an inquest in Lenn has heard that he left`.
fn is_heard(elements: &Elements, one: &Attribution) -> bool {
    let (Some(cue), Some(told)) = (&one.cue, one.content.last()) else { return false };
    if one.source.is_some() || one.addressee.is_none() && one.content.len() < 2 {
        return false;
    }
    if let Some(hearer) = &one.addressee
        && crate::extract::quotes::segment::is_hearing(elements, hearer, cue.end - 1)
    {
        return true;
    }
    let asks = |at: usize| {
        has_frame(elements, at, |frame| {
            frame.mode == Mode::Speech && frame.takes.has(Takes::ADDRESSEE) && frame.strength >= 2
        })
    };
    crate::extract::quotes::predicates::goal_at(elements, told.start).is_some()
        && elements.has(cue.start, Class::BE)
        && elements.is_in(cue.start, List::PastAuxiliaries)
        && cue.clone().any(asks)
}

/// Whether a finding fits what its cue can take: not what the tables say reports nothing (`wants to leave`, `learned that`), no
/// name alone, and no part of a sentence that ends between a subject and its verb. What labels tell is held to it before it is taught, too.
pub fn is_report(elements: &Elements, found: &Attribution) -> bool {
    let (Some(cue), Some(first), Some(last)) = (&found.cue, found.content.first(), found.content.last()) else {
        return false;
    };
    let quoted = found.content.iter().any(|piece| elements.has_chunk(piece.clone()));
    // `… if she would stay on she | said`
    let next = elements.all.get(last.end);
    let cut = last.len() > 1
        && elements.has(last.end - 1, Class::SUBJECT)
        && next.is_some_and(|next| next.has(Class::CUE_VERB.with(Class::BE).with(Class::HAVE).with(Class::MODAL)));
    // `said Fisher`
    let name = found.content.len() == 1
        && first.len() <= 2
        && elements.all[first.clone()].iter().all(|el| !el.is_word() || el.is_capital());
    // `I think`, `you know`: the writer's own.
    let own = found
        .source
        .as_ref()
        .is_some_and(|source| source.len() == 1 && elements.has(source.start, Class::FIRST.with(Class::SECOND)));
    quoted && !is_in_name(elements, found, cue)
        || !cut
            && !is_in_name(elements, found, cue)
            && !name
            && !own
            && !is_torn(elements, last)
            && !is_thing(elements, found)
            && may_report(elements, cue, first.start)
}

/// `the band, Says Who Else, plays`: whether a cue is a word with a capital within a sentence of the story, before another; one with
/// a source may be of a headline, if it is not all in capitals.
fn is_in_name(elements: &Elements, found: &Attribution, cue: &Range<usize>) -> bool {
    let body = elements.page.paragraphs[elements.paragraph].region == crate::document::RegionKind::Body;
    let capital = |at: usize| elements.all.get(at).is_some_and(Element::is_capital);
    let inside = cue.start > 0 && {
        let before = &elements.all[cue.start - 1];
        before.is_word() || before.is(crate::text::TokenKind::Comma)
    };
    let named = found.source.is_none() || elements.all[cue.start].case == Case::Upper;
    body && inside && named && cue.len() == 1 && capital(cue.start) && capital(cue.end)
}

/// Whether a piece ends within a noun phrase: `the town’s new | council`.
fn is_torn(elements: &Elements, piece: &Range<usize>) -> bool {
    let noun = |at: usize| {
        elements.all.get(at).is_some_and(|el| el.is_word() && !el.is_capital() && el.class == Class::default())
            && !elements.ends(at, Ending::Gerund)
            && !elements.ends(at, Ending::Past)
            && !elements.ends(at, Ending::Adverb)
    };
    let last = piece.end - 1;
    let doing = elements.ends(last, Ending::Gerund) && last > piece.start && elements.has(last - 1, Class::DETERMINER);
    let before = doing
        || elements.has(last, Class::ADJECTIVE.with(Class::DETERMINER))
        || noun(last) && !elements.ends(last, Ending::Plural)
        || elements.all[last].is_capital();
    before && noun(piece.end) && !elements.ends(piece.end, Ending::ClearPlural)
}

/// Whether some word of a cue can take what begins at `start`, as far as the tables know it.
fn may_report(elements: &Elements, cue: &Range<usize>, start: usize) -> bool {
    let reporting = &elements.lexicon().reporting;
    let infinitive = elements.text(start) == "to";
    let mut known = false;
    for at in cue.clone() {
        let word = elements.word(at);
        let verbs = reporting.verb(word).map(|(frame, _)| frame);
        for frame in verbs.chain(reporting.noun(word)).chain(reporting.adjective(word)) {
            known = true;
            let takes = frame.takes.0 != 0 || !frame.with.is_empty();
            if takes && (!infinitive || frame.takes.has(Takes::INFINITIVE)) {
                return true;
            }
        }
    }
    !known
}

/// Whether a finding is about a thing and no words: `known for its bread`, `named Ida Koll as its head`. Its content is no
/// clause, and its verb takes none but one.
fn is_thing(elements: &Elements, found: &Attribution) -> bool {
    let (Some(cue), Some(first), Some(last)) = (&found.cue, found.content.first(), found.content.last()) else {
        return false;
    };
    let mut inside = found.content.iter().flat_map(Clone::clone);
    let words = inside.any(|at| elements.all[at].is_chunk())
        || elements.text(first.start) == "to"
        || is_clause(elements, first.start, last.end);
    let topic = elements.is_in(cue.end - 1, List::TopicPrepositions);
    let names = |at: usize| {
        let mut frames = elements.lexicon().reporting.verb(elements.word(at)).map(|(frame, _)| frame);
        frames.any(|frame| {
            let named = frame.takes.has(Takes::NOUN) || !frame.with.is_empty();
            let bare = topic || frame.takes.has(Takes::TOPIC);
            frame.strength >= 2 && named && (!bare || tells_in_clause(elements, Some(frame), first))
        })
    };
    let verb = elements.all[cue.clone()].iter().any(|el| el.has(Class::CUE_VERB));
    !words && verb && !cue.clone().any(names)
}

/// Whether the cue's head is a participle behind a form of `be`.
fn is_passive(elements: &Elements, head: usize) -> bool {
    let before = (0..head).rev().find(|at| !super::quotes::verb_group::is_adverb(elements, *at));
    let verb = |(_, forms): (&crate::language::reporting::Frame, Forms)| forms.has(Forms::PARTICIPLE);
    before.is_some_and(|at| elements.has(at, Class::BE))
        && elements.lexicon().reporting.verb(elements.word(head)).any(verb)
}

/// Whether the network is asked about a finding of the rules: one of quoted words, or of words to come, is settled.
fn is_open(elements: &Elements, one: &Attribution) -> bool {
    !one.awaits && !one.content.iter().any(|piece| elements.has_chunk(piece.clone()))
}

/// What the rules found in a segment, by its elements.
struct Given {
    /// As bits: first element of a content, content, last element, source, cue, the cue's head.
    marks: Vec<u8>,
    /// The finding whose cue it is part of.
    rule: Vec<Option<usize>>,
}

impl Given {
    /// `cueness` tells of an element how often it is a cue; the highest of a cue is its head.
    fn new(segment: &Range<usize>, rules: &[Attribution], cueness: impl Fn(usize) -> u8) -> Self {
        let mut given = Given { marks: vec![0; segment.len()], rule: vec![None; segment.len()] };
        for (number, one) in rules.iter().enumerate() {
            let Some(cue) = one.cue.clone().filter(|cue| !cue.is_empty()) else { continue };
            let inside = |range: &Range<usize>| {
                range.start.max(segment.start) - segment.start
                    ..range.end.clamp(segment.start, segment.end) - segment.start
            };
            let mut set = |range: Range<usize>, bit: u8| inside(&range).for_each(|i| given.marks[i] |= 1 << bit);
            for piece in one.content.iter().filter(|piece| !piece.is_empty()) {
                set(piece.clone(), 1);
                set(piece.start..piece.start + 1, 0);
                set(piece.end - 1..piece.end, 2);
            }
            if let Some(source) = one.source.clone() {
                set(source, 3);
            }
            set(cue.clone(), 4);
            if let Some(head) = inside(&cue).max_by_key(|i| cueness(*i)) {
                set(segment.start + head..segment.start + head + 1, 5);
            }
            inside(&cue).for_each(|i| given.rule[i] = given.rule[i].or(Some(number)));
        }
        given
    }
}

/// Whether quoted words would be given away twice.
fn holds_same_chunk(elements: &Elements, one: &Attribution, other: &Attribution) -> bool {
    let chunks = |one: &Attribution| -> Vec<usize> {
        one.content.iter().flat_map(Clone::clone).filter(|at| elements.all[*at].is_chunk()).collect()
    };
    let mine = chunks(other);
    !mine.is_empty() && chunks(one).iter().any(|at| mine.contains(at))
}

/// `that`, which introduces a clause, is no part of what was said, nor is an `and` at its end.
fn without_loose(elements: &Elements, mut content: Vec<Range<usize>>) -> Vec<Range<usize>> {
    const LOOSE: Class = Class::COORDINATOR.with(Class::DETERMINER).with(Class::SUBORDINATOR);
    if let Some(last) = content.last_mut() {
        while last.len() > 1
            && elements.has(last.end - 1, LOOSE)
            && !elements.has(last.end - 1, Class::SUBJECT.with(Class::OBJECT).with(Class::UNNAMED))
        {
            last.end -= 1;
        }
    }
    if let Some(first) = content.first_mut()
        && first.len() > 1
        && elements.text(first.start).eq_ignore_ascii_case("that")
        && elements.has(first.start, Class::RELATIVE)
    {
        first.start += 1;
    }
    content
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;
    use crate::extract::{InOrder, Model, Options, extract_by};

    fn quotes(text: &str, model: Model) -> Vec<crate::extract::Quote> {
        let options = Options { model };
        extract_by(&Document::new("d", text), &options, &InOrder).quotes
    }

    #[test]
    fn its_weights_are_sound() {
        assert!(of(crate::language::of(None)).is_some());
    }

    #[test]
    fn damaged_weights_are_told() {
        let Language { tables, lexicon, .. } = crate::language::of(None);
        let whole = tables.tagger;
        let longer = [whole, b"!"].concat();
        for bytes in
            [&whole[..0], &whole[..7], &whole[1..], &whole[..whole.len() / 2], &whole[..whole.len() - 1], &longer]
        {
            assert!(Tagger::new(bytes, &lexicon.words).is_err(), "{} bytes", bytes.len());
        }
    }

    #[test]
    fn quoted_words_stay_with_their_cue() {
        let text =
            "“The bridge is safe,” Brandt told the council on Tuesday. “Nobody will close it.”\n\n“We knew,” she said.";
        assert_eq!(quotes(text, Model::Tagger), quotes(text, Model::Rules));
    }

    #[test]
    fn a_credulous_one_finds_more_and_keeps_inside_the_text() {
        let text = "The mayor was adamant that the bridge would be open again before the winter. \
                    It was the harbour chief’s contention that nobody had been told about the crack. \
                    Residents were left in no doubt that the old quay would go. \
                    Officials floated the idea that the ferry could be replaced by a tunnel. \
                    Sailors expressed their concerns over the effects of the wall. He elaborated that the port had a plan.";
        let document = Document::new("d", text);
        let page = crate::text::Page::new(&document);
        let mut tagger = Tagger::new(page.language.tables.tagger, &page.lexicon.words).unwrap();
        (tagger.found, tagger.bare, tagger.dropped) = (-99.0, -99.0, -99.0);
        let scan = |second: Option<&mut dyn Revise>| {
            let mut found = Vec::new();
            crate::extract::quotes::scan(&page, 0..page.paragraphs.len(), usize::MAX, second, &mut found);
            found
        };
        let (rules, learned) = (scan(None), scan(Some(&mut tagger.ready())));
        assert!(learned.len() > rules.len(), "{learned:?}");
        assert!(learned.iter().any(|quote| quote.because.contains(&QuoteReason::Learned)));
        for span in learned.iter().flat_map(|quote| quote.content.iter().chain(&quote.cue).chain(&quote.source)) {
            assert!(!span.of(text).is_empty());
        }
    }
}
