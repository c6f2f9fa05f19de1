//! What the scorer sees of a sentence. The same visitor serves the program and, through `examples/claim_features.rs`,
//! the training script, so that both always agree.

use super::seen::{Seen, ends_as_past};
use crate::extract::{Figure, FigureKind};
use crate::language::claims::{ClaimClass, ClaimWeights, Property, Weighed};
use crate::text::tokens::Case;
use crate::text::{Page, Sentence, Token, TokenKind};

/// One thing seen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Feature {
    /// A word.
    Word(Token),
    /// Two words in a row.
    Pair(Token, Token),
    /// A property, by name.
    Property(Property),
}

/// Calls `see` with every feature of the sentence that holds `figures`. Linear, no allocation.
pub fn each_feature(page: &Page, sentence: &Sentence, figures: &[Figure], see: impl FnMut(Feature)) {
    walk(page, sentence, figures, &mut Each(see));
}

/// Who is shown the features of a sentence, in order.
trait See {
    /// A word, with the one before it, if the two stand in a row.
    fn word(&mut self, word: Token, before: Option<Token>);

    /// A property.
    fn property(&mut self, name: Property);
}

/// Shows each feature to a function.
struct Each<F>(F);

impl<F: FnMut(Feature)> See for Each<F> {
    fn word(&mut self, word: Token, before: Option<Token>) {
        self.0(Feature::Word(word));
        if let Some(before) = before {
            self.0(Feature::Pair(before, word));
        }
    }

    fn property(&mut self, name: Property) {
        self.0(Feature::Property(name));
    }
}

/// The same; gives what else the one look at the words has told.
fn walk(page: &Page, sentence: &Sentence, figures: &[Figure], see: &mut impl See) -> Seen {
    see.property(const { Property::named("bias") });
    let range = sentence.tokens.start as usize..sentence.tokens.end as usize;
    let (mut words, mut capitals, mut past) = (0u32, 0u32, 0u32);
    let mut last: Option<Token> = None;
    let mut seen = Seen::default();
    for (at, token) in page.tokens[range].iter().enumerate() {
        let text = &page.text.as_bytes()[token.span().range()];
        match token.kind {
            TokenKind::Word | TokenKind::Clitic => {
                words += 1;
                if token.case != Case::Lower && words > 1 && text.len() > 1 {
                    capitals += 1;
                }
                past += u32::from(ends_as_past(text));
                let class = page.lexicon.claim_words.class(token.word);
                seen.word(&page.lexicon.claim_words, token, class, text, at == 0);
                see.word(*token, last);
                if last.is_none() {
                    see.property(if words == 1 { opening(class) } else { const { Property::named("after-mark") } });
                }
                last = Some(*token);
            }
            TokenKind::Exclaim => {
                seen.question |= text.contains(&b'?');
                see.property(if text.contains(&b'?') {
                    const { Property::named("question") }
                } else {
                    const { Property::named("exclaim") }
                });
                last = None;
            }
            TokenKind::Mark => {}
            _ => last = None,
        }
    }
    see.property(bucket(
        words,
        const {
            &[
                (3, Property::named("words-3")),
                (6, Property::named("words-6")),
                (10, Property::named("words-10")),
                (15, Property::named("words-15")),
                (22, Property::named("words-22")),
                (32, Property::named("words-32")),
            ]
        },
        const { Property::named("words-more") },
    ));
    see.property(bucket(
        capitals,
        const {
            &[
                (0, Property::named("capitals-0")),
                (1, Property::named("capitals-1")),
                (2, Property::named("capitals-2")),
                (4, Property::named("capitals-4")),
            ]
        },
        const { Property::named("capitals-more") },
    ));
    see.property(bucket(
        past,
        const { &[(0, Property::named("past-0")), (1, Property::named("past-1")), (2, Property::named("past-2"))] },
        const { Property::named("past-more") },
    ));
    let (mut plain, mut dates) = (0u32, 0u32);
    for figure in figures {
        see.property(kind_name(figure.kind));
        match figure.kind {
            FigureKind::Date | FigureKind::Time => dates += 1,
            _ => plain += 1,
        }
        if figure.change.is_some() {
            see.property(const { Property::named("change") });
        }
        if figure.hedge.is_some() {
            see.property(const { Property::named("hedge") });
        }
        // The noun of a sum was not yet told when the weights were learned.
        if figure.noun.is_some() && figure.kind != FigureKind::Money {
            see.property(const { Property::named("counted") });
        }
        if figure.iso.as_deref().is_some_and(|iso| iso.len() == 4) {
            see.property(const { Property::named("year") });
        }
    }
    see.property(bucket(
        plain,
        const { &[(0, Property::named("figures-0")), (1, Property::named("figures-1")), (2, Property::named("figures-2"))] },
        const { Property::named("figures-more") },
    ));
    see.property(bucket(
        dates,
        const { &[(0, Property::named("dates-0")), (1, Property::named("dates-1"))] },
        const { Property::named("dates-more") },
    ));
    seen
}

/// How much the sentence is worth a check, as log-odds; and what was seen of its words. What its words say counts as
/// their mean, less for few words.
pub(super) fn score(page: &Page, sentence: &Sentence, figures: &[Figure]) -> (f32, Seen) {
    /// A sentence of so many words counts half of their sum.
    const HALF: f32 = 8.0;
    let weights = &page.lexicon.claims;
    let tokens = &page.tokens[sentence.tokens.start as usize..sentence.tokens.end as usize];
    let mut before = Weighed::default();
    for token in tokens {
        let this = weights.of(token.word);
        weights.expect(before, this);
        before = this;
    }
    let mut sums = Sums { weights, own: 0.0, told: 0.0, words: 0.0, last: Weighed::default() };
    let seen = walk(page, sentence, figures, &mut sums);
    (sums.own + sums.told / (1.0 + sums.words / HALF), seen)
}

/// Adds up weights.
struct Sums<'w> {
    weights: &'w ClaimWeights,
    /// Those of properties.
    own: f32,
    /// Those of words and pairs.
    told: f32,
    /// How many words were seen.
    words: f32,
    /// The last of them.
    last: Weighed,
}

impl See for Sums<'_> {
    #[inline]
    fn word(&mut self, word: Token, before: Option<Token>) {
        let this = self.weights.of(word.word);
        self.told += self.weights.word(this);
        self.words += 1.0;
        if before.is_some() {
            self.told += self.weights.pair(self.last, this);
        }
        self.last = this;
    }

    #[inline]
    fn property(&mut self, name: Property) {
        self.own += self.weights.property(name);
    }
}

/// How much the sentence that holds `figures` is worth a check by the regression alone, as log-odds. Linear.
pub fn regression(page: &Page, sentence: &Sentence, figures: &[Figure]) -> f32 {
    score(page, sentence, figures).0
}

/// The first of the limits that `count` does not exceed.
fn bucket(count: u32, limits: &[(u32, Property)], more: Property) -> Property {
    limits.iter().find(|(limit, _)| count <= *limit).map_or(more, |(_, name)| *name)
}

/// The feature that tells how a sentence opens. `class`: that of its first word.
fn opening(class: ClaimClass) -> Property {
    match () {
        () if class.is(ClaimClass::FIRST_PERSON) => const { Property::named("opens-first-person") },
        () if class.is(ClaimClass::SECOND_PERSON) => const { Property::named("opens-second-person") },
        () if class.is(ClaimClass::THIRD_PERSON.or(ClaimClass::POSSESSOR)) => {
            const { Property::named("opens-third-person") }
        }
        () if class.is(ClaimClass::POINTING.or(ClaimClass::THERE)) => const { Property::named("opens-pointing") },
        () if class.is(ClaimClass::CONJUNCTION) => const { Property::named("opens-conjunction") },
        () if class.is(ClaimClass::QUESTION_WORD) => const { Property::named("opens-question-word") },
        () if class.is(ClaimClass::ARTICLE) => const { Property::named("opens-article") },
        () if class.is(ClaimClass::PREPOSITION) => const { Property::named("opens-preposition") },
        () if class.is(ClaimClass::ADDRESS) => const { Property::named("opens-address") },
        () => const { Property::named("opens-other") },
    }
}

const fn kind_name(kind: FigureKind) -> Property {
    match kind {
        FigureKind::Number => const { Property::named("number") },
        FigureKind::Percent => const { Property::named("percent") },
        FigureKind::Money => const { Property::named("money") },
        FigureKind::Quantity => const { Property::named("quantity") },
        FigureKind::Age => const { Property::named("age") },
        FigureKind::Ordinal => const { Property::named("ordinal") },
        FigureKind::Ratio => const { Property::named("ratio") },
        FigureKind::Date => const { Property::named("date") },
        FigureKind::Time => const { Property::named("time") },
        FigureKind::Duration => const { Property::named("duration") },
    }
}
