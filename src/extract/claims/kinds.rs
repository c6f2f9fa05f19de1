//! What a claim asserts, what spoke for it, and what it leaves open. Plain rules over the sentence's words and figures.

use super::seen::{Seen, is_moving};
use crate::extract::{Base, ClaimKind, ClaimReason, Figure, FigureKind, Missing, Quote};
use crate::text::{Page, Sentence};

/// The kind of a sentence's claim, its reasons and gaps.
pub(super) fn judge(
    page: &Page,
    sentence: &Sentence,
    seen: &Seen,
    figures: &[Figure],
    quotes: &[Quote],
) -> (ClaimKind, Vec<ClaimReason>, Vec<Missing>) {
    let amount = |figure: &&Figure| !matches!(figure.kind, FigureKind::Date | FigureKind::Time | FigureKind::Ordinal);
    let amounts = figures.iter().filter(amount).count();
    let dated = figures.iter().any(|figure| matches!(figure.kind, FigureKind::Date | FigureKind::Time));
    let change = figures.iter().any(|figure| figure.change.is_some()) || amounts > 0 && is_moving(page, sentence);
    let rank = seen.superlative() || figures.iter().any(|figure| figure.kind == FigureKind::Ordinal);
    let kind = match () {
        () if seen.future() => ClaimKind::Prediction,
        () if change => ClaimKind::Trend,
        () if seen.comparison() => ClaimKind::Comparison,
        () if amounts > 0 => ClaimKind::Quantity,
        () if rank => ClaimKind::Rank,
        () if seen.opinion() => ClaimKind::Opinion,
        () if dated => ClaimKind::Date,
        () if reports(sentence, quotes) => ClaimKind::Quotation,
        () => ClaimKind::Other,
    };
    let counted = figures.iter().any(|figure| figure.unit.is_some() || figure.noun.is_some());
    let because = [
        (!figures.is_empty(), ClaimReason::Figure),
        (counted, ClaimReason::Counted),
        (change, ClaimReason::Change),
        (seen.comparison(), ClaimReason::Comparison),
        (rank, ClaimReason::Rank),
        (dated, ClaimReason::Dated),
        (seen.named, ClaimReason::Named),
        (seen.past(), ClaimReason::Past),
        (seen.future(), ClaimReason::Future),
        (seen.first_person(), ClaimReason::FirstPerson),
        (seen.question, ClaimReason::Question),
        (seen.opinion(), ClaimReason::Opinion),
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
