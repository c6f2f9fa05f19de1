//! A learned reader of reported words, where the rules end: a small convolutional network over the elements of a
//! segment. First it asks of each element whether it is the head of a cue; then, for each that may be one, whether it
//! reports, whose words they are and where they stand. What the rules found is among its inputs.
//!
//! It reads only segments that hold a word which has been a cue, or a finding of the rules, and never touches a
//! quotation in marks that the rules gave to a cue. The words of its inputs are in [`input`], its numbers in
//! [`weights`], its arithmetic in [`network`] (whole numbers: the same result on every machine), its training in
//! `training/tagger.py` and `MODELS.md`.
//!
//! Method: dilated convolutions after Strubell and others (2017), <https://arxiv.org/abs/1702.02098>; cues first, then
//! content and source for each cue, after Pareti and others (2013), <https://aclanthology.org/D13-1101>.

pub mod decode;
pub mod input;
pub mod network;
pub mod weights;

use super::QuoteReason;
use super::quotes::segment::Attribution;
use super::quotes::view::View;
use crate::lexicon;
use crate::lexicon::grammar::Class;
use network::{Rows, weigh};
use std::ops::Range;
use std::sync::OnceLock;
use weights::{FAR, Weights, WeightsError};

/// Segments of more elements are left to the rules.
const LONGEST: usize = 160;

/// A word that was a cue less often, of 255, starts no reading.
const STARTS: u8 = 102;

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
    /// Log-odds from which a cue that no rule knows is believed.
    pub found: f32,
    /// Log-odds below which a finding of the rules is dropped.
    pub dropped: f32,
}

/// What the network says of one cue.
#[derive(Clone, Debug)]
struct Answer {
    head: usize,
    /// Log-odds that it reports.
    score: f32,
    content: Vec<Range<usize>>,
    source: Option<Range<usize>>,
    cue: Range<usize>,
}

/// The English tagger; none where its weights are damaged, which a test rules out.
pub fn english() -> Option<&'static Tagger> {
    static TAGGER: OnceLock<Option<Tagger>> = OnceLock::new();
    TAGGER.get_or_init(|| Tagger::new(include_bytes!("../../lexicon/en/tagger.bin")).ok()).as_ref()
}

impl Tagger {
    /// Reads weights.
    ///
    /// # Errors
    /// See [`Weights::read`].
    pub fn new(bytes: &[u8]) -> Result<Self, WeightsError> {
        let weights = Weights::read(bytes, &lexicon::english().words)?;
        Ok(Tagger { weights, found: 2.0, dropped: 0.0 })
    }

    /// The attributions of `segment`, given those of the rules: indirect ones are kept or dropped, others are
    /// added. Linear in the segment for each of its possible cues.
    pub fn revise(&self, view: &View, segment: &Range<usize>, rules: Vec<Attribution>) -> Vec<Attribution> {
        if segment.len() > LONGEST || segment.len() < 3 {
            return rules;
        }
        let given = Given::new(view, &rules);
        let mut words = Vec::with_capacity(segment.len());
        let mut may = given.asks;
        for at in segment.clone() {
            let word = input::word(view, at);
            let row = self.weights.row(view.word(at), &word);
            may |= self.weights.cueness(row) >= STARTS && !given.cues.iter().any(|cue| cue.contains(&at));
            words.push((row, word));
        }
        if !may {
            return rules;
        }
        let answers = self.ask(view, segment, &words, &rules, &given);
        self.merge(view, segment, rules, &given, answers)
    }

    /// Reads the segment once, then once more for each element that may be a cue's head.
    fn ask(
        &self,
        view: &View,
        segment: &Range<usize>,
        words: &[(u16, std::borrow::Cow<str>)],
        rules: &[Attribution],
        given: &Given,
    ) -> Vec<Answer> {
        let marks = self.rule_marks(segment, words, rules);
        let mut rows = Rows::new(segment.len());
        let mut spare = Vec::new();
        for (i, (row, word)) in words.iter().enumerate() {
            let mut sum = self.weights.embed(*row, word);
            input::traits(view, segment.start + i).for_each(|it| self.weights.traits.add(it, &mut sum));
            (0..weights::RULE_MARKS)
                .filter(|mark| marks[i] & (1 << mark) != 0)
                .for_each(|mark| self.weights.rule.add(mark, &mut sum));
            rows.set(i, &sum);
        }
        for layer in &self.weights.reading {
            rows.pass(layer, &mut spare);
        }
        (0..segment.len())
            .filter(|i| match given.cue_at(segment.start + *i) {
                Some(settled) => !settled && marks[*i] & HEAD != 0,
                None => self.weights.cueness(words[*i].0) >= ASKED && weigh(rows.row(*i), &self.weights.head) >= GATE,
            })
            .map(|head| self.answer(segment, head, &rows, &mut spare, rules))
            .collect()
    }

    fn answer(
        &self,
        segment: &Range<usize>,
        head: usize,
        read: &Rows,
        spare: &mut Vec<i16>,
        rules: &[Attribution],
    ) -> Answer {
        let own = rules.iter().find(|one| one.cue.as_ref().is_some_and(|cue| cue.contains(&(segment.start + head))));
        let mut rows = Rows::new(read.count());
        for i in 0..read.count() {
            let mut sum = read.values(i);
            let away = (i as isize - head as isize).clamp(-(FAR as isize), FAR as isize) + FAR as isize;
            self.weights.distance.add(away as usize, &mut sum);
            if i == head {
                sum.iter_mut().zip(&self.weights.mark).for_each(|(sum, mark)| *sum += mark);
            }
            if let Some(own) = own {
                let at = segment.start + i;
                let inside = |els: &Option<Range<usize>>| els.as_ref().is_some_and(|els| els.contains(&at));
                let bits = [
                    own.content.iter().any(|piece| piece.start == at),
                    own.content.iter().any(|piece| piece.contains(&at)),
                    inside(&own.source),
                    inside(&own.cue),
                    true,
                ];
                (0..bits.len()).filter(|k| bits[*k]).for_each(|k| self.weights.own.add(k, &mut sum));
            }
            rows.set(i, &sum);
        }
        for layer in &self.weights.asking {
            rows.pass(layer, spare);
        }
        let scores: Vec<[f32; 5]> =
            (0..rows.count()).map(|i| std::array::from_fn(|k| weigh(rows.row(i), &self.weights.out[k]))).collect();
        Answer {
            head: segment.start + head,
            score: weigh(rows.row(head), &self.weights.valid),
            content: decode::pieces(&scores, segment.start),
            source: decode::best_run(&scores, 3, segment.start),
            cue: decode::around(&scores, 4, head, segment.start),
        }
    }

    /// For each element, as bits, what the rules found there.
    fn rule_marks(
        &self,
        segment: &Range<usize>,
        words: &[(u16, std::borrow::Cow<str>)],
        rules: &[Attribution],
    ) -> Vec<u8> {
        let mut marks = vec![0_u8; segment.len()];
        let mut set = |els: Range<usize>, bit: u8| {
            for at in els {
                if let Some(mark) = at.checked_sub(segment.start).and_then(|i| marks.get_mut(i)) {
                    *mark |= 1 << bit;
                }
            }
        };
        for one in rules {
            let Some(cue) = one.cue.clone().filter(|cue| !cue.is_empty()) else { continue };
            for piece in one.content.iter().filter(|piece| !piece.is_empty()) {
                set(piece.clone(), 1);
                set(piece.start..piece.start + 1, 0);
                set(piece.end - 1..piece.end, 2);
            }
            if let Some(source) = one.source.clone() {
                set(source, 3);
            }
            set(cue.clone(), 4);
            let cueness = |at: usize| {
                let row = at.checked_sub(segment.start).and_then(|i| words.get(i)).map_or(0, |(row, _)| *row);
                self.weights.cueness(row)
            };
            if let Some(head) = cue.max_by_key(|at| cueness(*at)) {
                set(head..head + 1, 5);
            }
        }
        marks
    }

    /// The rules' findings with the network's: see [`Tagger::revise`].
    fn merge(
        &self,
        view: &View,
        segment: &Range<usize>,
        rules: Vec<Attribution>,
        given: &Given,
        mut answers: Vec<Answer>,
    ) -> Vec<Attribution> {
        let mut out = Vec::with_capacity(rules.len() + answers.len());
        for one in rules {
            let inside = |answer: &&Answer| one.cue.as_ref().is_some_and(|cue| cue.contains(&answer.head));
            // Where nothing was asked there is nothing against it.
            if answers.iter().find(inside).is_none_or(|answer| answer.score >= self.dropped) {
                out.push(one);
            }
        }
        answers.retain(|answer| {
            answer.score >= self.found && !answer.content.is_empty() && given.cue_at(answer.head).is_none()
        });
        answers.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.head.cmp(&b.head)));
        for answer in answers {
            let claimed = out.iter().any(|one| {
                one.cue.as_ref().is_some_and(|cue| cue.start < answer.cue.end && answer.cue.start < cue.end)
                    || one.content == answer.content
                    || holds_same_chunk(view, one, &answer)
            });
            if !claimed {
                out.push(added(view, answer));
            }
        }
        out.sort_by_key(|one| one.cue.as_ref().map_or(segment.start, |cue| cue.start));
        out
    }
}

/// The cues that the rules found in a segment.
struct Given {
    cues: Vec<Range<usize>>,
    /// Of each, whether the network is not asked about it: it reports quoted words, or words to come.
    settled: Vec<bool>,
    /// Whether it is asked about any.
    asks: bool,
}

impl Given {
    fn new(view: &View, rules: &[Attribution]) -> Self {
        let is_settled = |one: &Attribution| {
            one.awaits || one.content.iter().flat_map(Clone::clone).any(|at| view.els[at].is_chunk())
        };
        let cued = || rules.iter().filter(|one| one.cue.is_some());
        let settled: Vec<bool> = cued().map(is_settled).collect();
        Given {
            cues: cued().filter_map(|one| one.cue.clone()).collect(),
            asks: settled.iter().any(|settled| !settled),
            settled,
        }
    }

    /// Whether the cue at an element is settled; none where the rules found no cue there.
    fn cue_at(&self, at: usize) -> Option<bool> {
        self.cues.iter().position(|cue| cue.contains(&at)).map(|i| self.settled[i])
    }
}

/// Whether quoted words would be given away twice.
fn holds_same_chunk(view: &View, one: &Attribution, answer: &Answer) -> bool {
    let chunks = |pieces: &[Range<usize>]| -> Vec<usize> {
        pieces.iter().flat_map(Clone::clone).filter(|at| view.els[*at].is_chunk()).collect()
    };
    let mine = chunks(&answer.content);
    !mine.is_empty() && chunks(&one.content).iter().any(|at| mine.contains(at))
}

fn added(view: &View, answer: Answer) -> Attribution {
    Attribution {
        content: without_that(view, answer.content),
        cue: Some(answer.cue),
        source: answer.source,
        because: vec![QuoteReason::Learned],
        ..Attribution::default()
    }
}

/// `that`, which introduces a clause, is no part of what was said.
fn without_that(view: &View, mut content: Vec<Range<usize>>) -> Vec<Range<usize>> {
    if let Some(first) = content.first_mut()
        && first.len() > 1
        && view.text(first.start).eq_ignore_ascii_case("that")
        && view.has(first.start, Class::RELATIVE)
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
        assert!(english().is_some());
    }

    #[test]
    fn damaged_weights_are_told() {
        let whole = include_bytes!("../../lexicon/en/tagger.bin");
        let longer = [whole.as_slice(), b"!"].concat();
        for bytes in
            [&whole[..0], &whole[..7], &whole[1..], &whole[..whole.len() / 2], &whole[..whole.len() - 1], &longer]
        {
            assert!(Tagger::new(bytes).is_err(), "{} bytes", bytes.len());
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
                    Officials floated the idea that the ferry could be replaced by a tunnel.";
        let document = Document::new("d", text);
        let page = crate::text::Page::new(&document);
        let mut tagger = Tagger::new(include_bytes!("../../lexicon/en/tagger.bin")).unwrap();
        (tagger.found, tagger.dropped) = (-99.0, -99.0);
        let scan = |tagger| {
            let mut found = Vec::new();
            crate::extract::quotes::scan(&page, 0..page.paragraphs.len(), tagger, &mut found);
            found
        };
        let (rules, learned) = (scan(None), scan(Some(&tagger)));
        assert!(learned.len() > rules.len(), "{learned:?}");
        assert!(learned.iter().any(|quote| quote.because.contains(&QuoteReason::Learned)));
        for span in learned.iter().flat_map(|quote| quote.content.iter().chain(&quote.cue).chain(&quote.source)) {
            assert!(!span.of(text).is_empty());
        }
    }
}
