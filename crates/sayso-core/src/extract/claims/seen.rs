//! What the words of a sentence tell of its claim: flags, gathered on the same walk that scores it.

use crate::language::claims::{ClaimClass, ClaimWords};
use crate::text::Token;
use crate::text::tokens::Case;

/// Words seen in a sentence or clause.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Seen {
    classes: ClaimClass,
    superlative: bool,
    /// A word in -ed stands there: beside a present `is` it is a participle (`the fish caught is sold`).
    participle: bool,
    /// How many words since `the`, `its` or a genitive.
    since_the: u8,
    /// The class of the word before.
    before: ClaimClass,
    /// How many words compare.
    comparisons: u32,
    /// The word before is `may`, `might` or `could` (or `not` behind one), and which.
    modal: Option<Modal>,
    /// How many words since `is` or `are`.
    since_is: u8,
    /// The word before is `expected` or the like, behind `is`.
    awaited: bool,
    /// The word before is the `to` behind such a word.
    leads: bool,
    /// `if` stands before: `could` behind it tells of a case, not of what is to come.
    conditional: bool,
    /// What is forecast: `may grow`, `is expected to close`.
    forecast: bool,
    /// It asks.
    pub question: bool,
    /// A word with a capital stands in it that does not begin it.
    pub named: bool,
}

/// A modal that waits for its verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Modal {
    /// `may`, `might`
    May,
    /// `could`: with `not`, it tells of the past
    Could,
}

impl Seen {
    /// Looks at a word; `first` where it begins the sentence.
    #[inline]
    pub(super) fn word(&mut self, words: &ClaimWords, token: &Token, class: ClaimClass, text: &[u8], first: bool) {
        if class == ClaimClass::default() && !self.waits() {
            self.plain_word(token, text, first);
        } else {
            self.telling_word(words, token, class, text, first);
        }
    }

    /// Whether what the words before tell depends on the next.
    fn waits(&self) -> bool {
        self.leads || self.awaited || self.modal.is_some()
    }

    /// A word of no class, for which nothing waits, tells by its capital and its ending alone: [`Seen::telling_word`] would find
    /// the same. Most words are of this kind.
    fn plain_word(&mut self, token: &Token, text: &[u8], first: bool) {
        self.named |= !first && token.is_capital();
        self.participle |= text.len() > 3 && text.ends_with(b"ed");
        self.superlative |= (1..4).contains(&self.since_the) && text.len() > 5 && text.ends_with(b"est");
        self.since_the = self.since_the.saturating_add(u8::from(self.since_the > 0));
        self.since_is = self.since_is.saturating_add(u8::from(self.since_is > 0));
        self.before = ClaimClass::default();
    }

    fn telling_word(&mut self, words: &ClaimWords, token: &Token, class: ClaimClass, text: &[u8], first: bool) {
        // `the US` is not `us`, `IS` not `is`.
        let own = match token.case == Case::Upper && text.len() > 1 {
            true => class.without(ClaimClass::FIRST_PERSON.or(ClaimClass::PRESENT)),
            false => class,
        };
        self.classes = self.classes.or(own);
        self.named |= !first && token.is_capital() && !own.is(ClaimClass::FIRST_PERSON);
        self.participle |= !class.is(ClaimClass::PAST) && words.is_past(token.word, text);
        // `the largest`, `its two largest`, `Harrow's oldest`; not `at most`, `most people`.
        let ends = text.len() > 5 && text.ends_with(b"est") && !class.is(ClaimClass::POSITIVE);
        self.superlative |= (ends || class.is(ClaimClass::SUPERLATIVE)) && (1..4).contains(&self.since_the);
        // `rather than` compares nothing.
        let multiple = self.before.is(ClaimClass::MULTIPLE) && class.is(ClaimClass::COMPARED);
        self.comparisons +=
            u32::from(class.is(ClaimClass::COMPARISON) && !self.before.is(ClaimClass::INSTEAD) || multiple);
        let the = class.is(ClaimClass::DEFINITE.or(ClaimClass::POSSESSOR));
        self.since_the = if the { 1 } else { self.since_the.saturating_add(u8::from(self.since_the > 0)) };
        self.look_ahead(class, token, text);
        self.before = class;
    }

    /// Tells what is forecast: `may grow`, `is expected to close`; not `may have grown`, `could not come`, `May`.
    fn look_ahead(&mut self, class: ClaimClass, token: &Token, text: &[u8]) {
        let negated = class.is(ClaimClass::NEGATION);
        self.conditional |= class.is(ClaimClass::CONDITIONAL);
        // "is going to Harrow" tells of a place.
        let leads = std::mem::take(&mut self.leads);
        let place = class.is(ClaimClass::ARTICLE.or(ClaimClass::DEFINITE).or(ClaimClass::POSSESSOR));
        self.forecast |= leads && token.case == Case::Lower && !place;
        self.leads = self.awaited && text.eq_ignore_ascii_case(b"to");
        match self.modal {
            Some(Modal::May) if negated => return,
            Some(modal) => {
                let case = modal == Modal::Could && (negated || self.conditional);
                self.forecast |= !class.is(ClaimClass::HAVE) && !case;
                self.modal = None;
            }
            None => {}
        }
        if class.is(ClaimClass::MODAL) && token.case != Case::Capital {
            self.modal = Some(if text.eq_ignore_ascii_case(b"could") { Modal::Could } else { Modal::May });
        }
        const NEAR: u8 = 3;
        self.awaited =
            class.is(ClaimClass::AWAITED) && (1..=NEAR).contains(&self.since_is) || class.is(ClaimClass::INTENDS);
        let is = class.is(ClaimClass::PRESENT.or(ClaimClass::SEEMS));
        self.since_is = if is { 1 } else { self.since_is.saturating_add(u8::from(self.since_is > 0)) };
    }

    /// `will`
    pub(super) fn future(&self) -> bool {
        self.classes.is(ClaimClass::FUTURE) || self.forecast
    }

    /// `should`
    pub(super) fn opinion(&self) -> bool {
        self.classes.is(ClaimClass::OPINION)
    }

    /// How many words like `than` there are.
    pub(super) fn comparisons(&self) -> u32 {
        self.comparisons
    }

    /// `we`
    pub(super) fn first_person(&self) -> bool {
        self.classes.is(ClaimClass::FIRST_PERSON)
    }

    /// A word that tells what a share is a share of.
    pub(super) fn rate(&self) -> bool {
        self.classes.is(ClaimClass::RATE)
    }

    /// `the most`, `the highest`
    pub(super) fn superlative(&self) -> bool {
        self.superlative
    }

    /// `was`, `opened`
    pub(super) fn past(&self) -> bool {
        self.classes.is(ClaimClass::PAST) || self.participle && !self.classes.is(ClaimClass::PRESENT)
    }

    /// `climbed`: whether a word of rise or fall stands there
    pub(super) fn moves(&self) -> bool {
        self.classes.is(ClaimClass::MOVES)
    }

    /// `comment`: whether a word stands there for what those leave who say nothing
    pub(super) fn silent_act(&self) -> bool {
        self.classes.is(ClaimClass::SILENT_ACT)
    }

    /// `would`: in reported speech, what was `will`
    pub(super) fn would(&self) -> bool {
        self.classes.is(ClaimClass::WOULD)
    }
}

/// Whether a word ends as the past of most verbs does: a property that is learned.
pub(super) fn ends_as_past(word: &[u8]) -> bool {
    word.len() > 4 && word.ends_with(b"ed")
}
