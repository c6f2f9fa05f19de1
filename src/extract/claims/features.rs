//! What the scorer sees of a sentence. The same visitor serves the program and, through `examples/claim_features.rs`,
//! the training script, so that both always agree.

use crate::extract::{Figure, FigureKind};
use crate::lexicon::WordId;
use crate::lexicon::claims::ClaimClass;
use crate::text::tokens::Case;
use crate::text::{Page, Sentence, TokenKind};

/// One thing seen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Feature<'t> {
    /// A word, as written.
    Word(WordId, &'t str),
    /// Two words in a row.
    Pair(WordId, &'t str, WordId, &'t str),
    /// A property, by name.
    Property(&'static str),
}

/// Calls `see` with every feature of the sentence that holds `figures`. Linear, no allocation.
pub fn each_feature<'d>(page: &Page<'d>, sentence: &Sentence, figures: &[Figure], mut see: impl FnMut(Feature<'d>)) {
    see(Feature::Property("bias"));
    let range = sentence.tokens.start as usize..sentence.tokens.end as usize;
    let (mut words, mut capitals, mut past) = (0u32, 0u32, 0u32);
    let mut last: Option<(WordId, &'d str)> = None;
    for token in &page.tokens[range] {
        let text = token.span().of(page.text);
        match token.kind {
            TokenKind::Word | TokenKind::Clitic => {
                words += 1;
                if token.case != Case::Lower && words > 1 && text.len() > 1 {
                    capitals += 1;
                }
                if text.len() > 4 && text.ends_with("ed") {
                    past += 1;
                }
                see(Feature::Word(token.word, text));
                if let Some((before, written)) = last {
                    see(Feature::Pair(before, written, token.word, text));
                } else {
                    see(Feature::Property(if words == 1 {
                        opening(page.lexicon.claim_words.class(token.word))
                    } else {
                        "after-mark"
                    }));
                }
                last = Some((token.word, text));
            }
            TokenKind::Exclaim => {
                see(Feature::Property(if text.contains('?') { "question" } else { "exclaim" }));
                last = None;
            }
            TokenKind::Mark => {}
            _ => last = None,
        }
    }
    see(Feature::Property(bucket(
        words,
        &[(3, "words-3"), (6, "words-6"), (10, "words-10"), (15, "words-15"), (22, "words-22"), (32, "words-32")],
        "words-more",
    )));
    see(Feature::Property(bucket(
        capitals,
        &[(0, "capitals-0"), (1, "capitals-1"), (2, "capitals-2"), (4, "capitals-4")],
        "capitals-more",
    )));
    see(Feature::Property(bucket(past, &[(0, "past-0"), (1, "past-1"), (2, "past-2")], "past-more")));
    let (mut plain, mut dates) = (0u32, 0u32);
    for figure in figures {
        see(Feature::Property(kind_name(figure.kind)));
        match figure.kind {
            FigureKind::Date | FigureKind::Time => dates += 1,
            _ => plain += 1,
        }
        if figure.change.is_some() {
            see(Feature::Property("change"));
        }
        if figure.hedge.is_some() {
            see(Feature::Property("hedge"));
        }
        if figure.noun.is_some() {
            see(Feature::Property("counted"));
        }
        if figure.iso.as_deref().is_some_and(|iso| iso.len() == 4) {
            see(Feature::Property("year"));
        }
    }
    see(Feature::Property(bucket(plain, &[(0, "figures-0"), (1, "figures-1"), (2, "figures-2")], "figures-more")));
    see(Feature::Property(bucket(dates, &[(0, "dates-0"), (1, "dates-1")], "dates-more")));
}

/// From 0 to 1: how much the sentence is worth a check.
pub(super) fn score(page: &Page, sentence: &Sentence, figures: &[Figure]) -> f32 {
    let weights = &page.lexicon.claims;
    let mut sum = 0.0;
    each_feature(page, sentence, figures, |feature| {
        sum += match feature {
            Feature::Word(word, _) => weights.word(word),
            Feature::Pair(one, _, two, _) => weights.pair(one, two),
            Feature::Property(name) => weights.property(name),
        }
    });
    1.0 / (1.0 + (-sum).exp())
}

/// The first of the limits that `count` does not exceed.
fn bucket(count: u32, limits: &[(u32, &'static str)], more: &'static str) -> &'static str {
    limits.iter().find(|(limit, _)| count <= *limit).map_or(more, |(_, name)| name)
}

/// How the sentence opens.
fn opening(class: ClaimClass) -> &'static str {
    match () {
        () if class.is(ClaimClass::FIRST_PERSON) => "opens-first-person",
        () if class.is(ClaimClass::SECOND_PERSON) => "opens-second-person",
        () if class.is(ClaimClass::THIRD_PERSON.or(ClaimClass::POSSESSOR)) => "opens-third-person",
        () if class.is(ClaimClass::POINTING.or(ClaimClass::THERE)) => "opens-pointing",
        () if class.is(ClaimClass::CONJUNCTION) => "opens-conjunction",
        () if class.is(ClaimClass::QUESTION_WORD) => "opens-question-word",
        () if class.is(ClaimClass::ARTICLE) => "opens-article",
        () if class.is(ClaimClass::PREPOSITION) => "opens-preposition",
        () if class.is(ClaimClass::ADDRESS) => "opens-address",
        () => "opens-other",
    }
}

const fn kind_name(kind: FigureKind) -> &'static str {
    match kind {
        FigureKind::Number => "number",
        FigureKind::Percent => "percent",
        FigureKind::Money => "money",
        FigureKind::Quantity => "quantity",
        FigureKind::Age => "age",
        FigureKind::Ordinal => "ordinal",
        FigureKind::Ratio => "ratio",
        FigureKind::Date => "date",
        FigureKind::Time => "time",
        FigureKind::Duration => "duration",
    }
}
