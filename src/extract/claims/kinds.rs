//! What a claim asserts, what spoke for it, and what it leaves open. Plain rules over the sentence's words and figures.

use crate::extract::{Base, ClaimKind, ClaimReason, Figure, FigureKind, Missing, Quote};
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
        let text = token.span().of(page.text);
        if token.kind == TokenKind::Exclaim {
            seen.question |= text.contains('?');
        }
        if !token.is_word() {
            continue;
        }
        let is = |list: &[&str]| list.iter().any(|word| text.eq_ignore_ascii_case(word));
        let entry = page.lexicon.figures.entry(token.word);
        seen.moving |= entry.is(Class::UP.or(Class::DOWN));
        seen.past |= text.len() > 4 && text.ends_with("ed") || is(&["was", "were", "had", "did"]);
        seen.named |= i > 0 && token.is_capital() && !is(&["i", "i'm"]);
        if text.len() > 12 {
            continue;
        }
        seen.future |= is(&["will", "'ll", "’ll", "shall", "won't", "won’t", "forecast", "projected", "predicts"]);
        seen.opinion |= is(&[
            "should",
            "must",
            "believe",
            "think",
            "hope",
            "feel",
            "ought",
            "terrible",
            "great",
            "wrong",
            "right",
            "unfair",
            "wonderful",
        ]);
        seen.comparison |= is(&["than", "compared", "versus", "twice", "double", "triple", "equal"]);
        seen.superlative |= is(&["most", "least", "best", "worst", "record"])
            || text.len() > 5
                && text.ends_with("est")
                && !is(&[
                    "interest",
                    "request",
                    "protest",
                    "forest",
                    "harvest",
                    "invest",
                    "honest",
                    "suggest",
                    "arrest",
                    "contest",
                    "northwest",
                    "southwest",
                    "midwest",
                ]);
        seen.first_person |= is(&["i", "we", "my", "our", "us", "me"]);
        seen.pronoun |= i == 0 && is(&["it", "they", "this", "that", "these", "those", "he", "she"]);
    }
    seen
}
