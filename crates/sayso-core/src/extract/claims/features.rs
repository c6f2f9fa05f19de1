//! What the scorer sees of a sentence. The same visitor serves the program and, through `examples/claim_features.rs`,
//! the training script, so that both always agree.

use super::seen::{Seen, ends_as_past};
use crate::extract::{Figure, FigureKind};
use crate::language::claims::{ClaimClass, Property};
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
    walk(page, sentence, figures, see);
}

/// The same; gives what else the one look at the words has told.
fn walk(page: &Page, sentence: &Sentence, figures: &[Figure], mut see: impl FnMut(Feature)) -> Seen {
    see(Feature::Property(const { Property::named("bias") }));
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
                see(Feature::Word(*token));
                if let Some(before) = last {
                    see(Feature::Pair(before, *token));
                } else {
                    see(Feature::Property(if words == 1 {
                        opening(class)
                    } else {
                        const { Property::named("after-mark") }
                    }));
                }
                last = Some(*token);
            }
            TokenKind::Exclaim => {
                seen.question |= text.contains(&b'?');
                see(Feature::Property(if text.contains(&b'?') {
                    const { Property::named("question") }
                } else {
                    const { Property::named("exclaim") }
                }));
                last = None;
            }
            TokenKind::Mark => {}
            _ => last = None,
        }
    }
    see(Feature::Property(bucket(
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
    )));
    see(Feature::Property(bucket(
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
    )));
    see(Feature::Property(bucket(
        past,
        const { &[(0, Property::named("past-0")), (1, Property::named("past-1")), (2, Property::named("past-2"))] },
        const { Property::named("past-more") },
    )));
    let (mut plain, mut dates) = (0u32, 0u32);
    for figure in figures {
        see(Feature::Property(kind_name(figure.kind)));
        match figure.kind {
            FigureKind::Date | FigureKind::Time => dates += 1,
            _ => plain += 1,
        }
        if figure.change.is_some() {
            see(Feature::Property(const { Property::named("change") }));
        }
        if figure.hedge.is_some() {
            see(Feature::Property(const { Property::named("hedge") }));
        }
        // The noun of a sum was not yet told when the weights were learned.
        if figure.noun.is_some() && figure.kind != FigureKind::Money {
            see(Feature::Property(const { Property::named("counted") }));
        }
        if figure.iso.as_deref().is_some_and(|iso| iso.len() == 4) {
            see(Feature::Property(const { Property::named("year") }));
        }
    }
    see(Feature::Property(bucket(
        plain,
        const { &[(0, Property::named("figures-0")), (1, Property::named("figures-1")), (2, Property::named("figures-2"))] },
        const { Property::named("figures-more") },
    )));
    see(Feature::Property(bucket(
        dates,
        const { &[(0, Property::named("dates-0")), (1, Property::named("dates-1"))] },
        const { Property::named("dates-more") },
    )));
    seen
}

/// How much the sentence is worth a check, as log-odds; and what was seen of its words. What its words say counts as
/// their mean, less for few words.
pub(super) fn score(page: &Page, sentence: &Sentence, figures: &[Figure]) -> (f32, Seen) {
    /// A sentence of so many words counts half of their sum.
    const HALF: f32 = 8.0;
    let weights = &page.lexicon.claims;
    let tokens = &page.tokens[sentence.tokens.start as usize..sentence.tokens.end as usize];
    for pair in tokens.windows(2) {
        weights.expect(pair[0].word, pair[1].word);
    }
    let (mut own, mut told, mut words) = (0.0, 0.0, 0.0);
    let seen = walk(page, sentence, figures, |feature| match feature {
        Feature::Word(token) => {
            told += weights.word(token.word);
            words += 1.0;
        }
        Feature::Pair(one, two) => told += weights.pair(one.word, two.word),
        Feature::Property(name) => own += weights.property(name),
    });
    (own + told / (1.0 + words / HALF), seen)
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
