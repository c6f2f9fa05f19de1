//! What a claim asserts, what spoke for it, and what it leaves open. Plain rules over the sentence's words and figures.

use crate::extract::{Base, ClaimKind, ClaimReason, Figure, FigureKind, Missing, Quote};
use crate::lexicon::claims::ClaimClass;
use crate::lexicon::figures::Class;
use crate::text::{Page, Sentence, TokenKind};

/// Words seen in a sentence.
#[derive(Default)]
struct Seen {
    future: bool,
    opinion: bool,
    comparison: bool,
    superlative: bool,
    moving: bool,
    first_person: bool,
    question: bool,
    past: bool,
    named: bool,
    pronoun: bool,
}

/// The kind of a sentence's claim, its reasons and gaps.
pub(super) fn judge(
    page: &Page,
    sentence: &Sentence,
    figures: &[Figure],
    quotes: &[Quote],
) -> (ClaimKind, Vec<ClaimReason>, Vec<Missing>) {
    let seen = look(page, sentence);
    let amount = |figure: &&Figure| !matches!(figure.kind, FigureKind::Date | FigureKind::Time | FigureKind::Ordinal);
    let amounts = figures.iter().filter(amount).count();
    let dated = figures.iter().any(|figure| matches!(figure.kind, FigureKind::Date | FigureKind::Time));
    let change = figures.iter().any(|figure| figure.change.is_some()) || seen.moving && amounts > 0;
    let rank = seen.superlative || figures.iter().any(|figure| figure.kind == FigureKind::Ordinal);
    let kind = match () {
        () if seen.future => ClaimKind::Prediction,
        () if change => ClaimKind::Trend,
        () if seen.comparison => ClaimKind::Comparison,
        () if amounts > 0 => ClaimKind::Quantity,
        () if rank => ClaimKind::Rank,
        () if seen.opinion => ClaimKind::Opinion,
        () if dated => ClaimKind::Date,
        () if reports(sentence, quotes) => ClaimKind::Quotation,
        () => ClaimKind::Other,
    };
    let counted = figures.iter().any(|figure| figure.unit.is_some() || figure.noun.is_some());
    let because = [
        (!figures.is_empty(), ClaimReason::Figure),
        (counted, ClaimReason::Counted),
        (change, ClaimReason::Change),
        (seen.comparison, ClaimReason::Comparison),
        (rank, ClaimReason::Rank),
        (dated, ClaimReason::Dated),
        (seen.named, ClaimReason::Named),
        (seen.past, ClaimReason::Past),
        (seen.future, ClaimReason::Future),
        (seen.first_person, ClaimReason::FirstPerson),
        (seen.question, ClaimReason::Question),
        (seen.opinion, ClaimReason::Opinion),
    ];
    let share =
        |figure: &Figure| matches!(figure.kind, FigureKind::Percent | FigureKind::Ratio) && figure.change.is_none();
    let bare =
        figures.iter().any(|figure| share(figure) && !matches!(figure.of, Some(Base::Figure(_) | Base::Words(_))));
    let missing = [
        (amounts > 0 && !seen.named, Missing::Place),
        (amounts > 0 && !dated, Missing::Time),
        (bare, Missing::Base),
        (seen.pronoun, Missing::Referent),
    ];
    (kind, chosen(&because), chosen(&missing))
}

fn chosen<T: Copy>(list: &[(bool, T)]) -> Vec<T> {
    list.iter().filter(|(holds, _)| *holds).map(|(_, item)| *item).collect()
}

/// Whether the sentence reports a quotation that is not all of it.
fn reports(sentence: &Sentence, quotes: &[Quote]) -> bool {
    let after =
        quotes.partition_point(|quote| quote.content.first().is_some_and(|piece| piece.start < sentence.span.end));
    quotes[after.saturating_sub(2)..after].iter().any(|quote| quote.cue.is_some_and(|cue| sentence.span.contains(cue)))
}

fn look(page: &Page, sentence: &Sentence) -> Seen {
    let mut seen = Seen::default();
    let range = sentence.tokens.start as usize..sentence.tokens.end as usize;
    for (i, token) in page.tokens[range].iter().enumerate() {
        if token.kind == TokenKind::Exclaim {
            seen.question |= token.span().of(page.text).contains('?');
        }
        if !token.is_word() {
            continue;
        }
        let class = page.lexicon.claim_words.class(token.word);
        seen.moving |= page.lexicon.figures.entry(token.word).is(Class::UP.or(Class::DOWN));
        seen.future |= class.is(ClaimClass::FUTURE);
        seen.opinion |= class.is(ClaimClass::OPINION);
        seen.comparison |= class.is(ClaimClass::COMPARISON);
        seen.first_person |= class.is(ClaimClass::FIRST_PERSON);
        seen.named |= i > 0 && token.is_capital() && !class.is(ClaimClass::FIRST_PERSON);
        seen.pronoun |= i == 0 && class.is(ClaimClass::POINTING.or(ClaimClass::THIRD_PERSON));
        let text = &page.text.as_bytes()[token.span().range()];
        seen.past |= class.is(ClaimClass::PAST) || text.len() > 4 && text.ends_with(b"ed");
        seen.superlative |= class.is(ClaimClass::SUPERLATIVE)
            || text.len() > 5 && text.ends_with(b"est") && !class.is(ClaimClass::POSITIVE);
    }
    seen
}
