//! The words that people read for what records name: the same on the terminal, on the pages and in the report.

use super::names::name_of;
use crate::check::{Check, CheckReason, Relation, Verdict};
use crate::extract::{Confidence, Figure, How};
use crate::trace::{self, ChangeKind, Reason};

/// What a checked figure is listed under: its verdict, but for the same number that the source says of something else, which
/// is no support and no contradiction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Listed {
    /// By its verdict.
    Under(Verdict),
    /// The number stands in the source, of another subject, place, period, base or kind, or denied.
    OfElse,
}

impl Listed {
    /// All, the gravest first.
    pub const ALL: [Listed; 6] = [
        Listed::Under(Verdict::Contradicted),
        Listed::Under(Verdict::Conflicting),
        Listed::OfElse,
        Listed::Under(Verdict::Supported),
        Listed::Under(Verdict::NotEnoughEvidence),
        Listed::Under(Verdict::NotCheckable),
    ];

    /// That of a check.
    pub fn of(check: &Check) -> Listed {
        use Relation::*;
        let of_else =
            check.relation.is_some_and(|r| r.is_elsewhere() || matches!(r, DirectionDiffers | Negated | HedgeDropped));
        match check.verdict {
            Verdict::NotEnoughEvidence if of_else => Listed::OfElse,
            verdict => Listed::Under(verdict),
        }
    }

    /// How grave it is, from 0, the gravest.
    pub fn severity(self) -> usize {
        Listed::ALL.iter().position(|one| *one == self).unwrap_or(Listed::ALL.len())
    }

    /// Its name in links and lists.
    pub fn name(self) -> String {
        match self {
            Listed::Under(verdict) => name_of(&verdict),
            Listed::OfElse => "of-something-else".to_owned(),
        }
    }

    /// What it says, as a sentence without its full stop.
    pub const fn label(self) -> &'static str {
        match self {
            Listed::OfElse => "The same number, said of something else",
            Listed::Under(Verdict::Contradicted) => "The source states another value",
            Listed::Under(Verdict::Conflicting) => "Sources state different values",
            Listed::Under(Verdict::Supported) => "The source states it",
            Listed::Under(Verdict::NotEnoughEvidence) => "No source speaks of it",
            Listed::Under(Verdict::NotCheckable) => "Nothing to compare",
        }
    }
}

/// The name, in links and lists, of the quotations whose words are another's in the statement.
pub const OTHER_SPEAKER: &str = "other-speaker";

/// How grave a trace is, from 0, the gravest.
pub fn severity(trace: &trace::Trace) -> usize {
    use trace::Fidelity::*;
    let drift = matches!(trace.attribution_drift, Some(true));
    match trace.relation {
        Altered => 0,
        Spliced => 1,
        NotFound => 7,
        _ if drift => 2,
        _ if caveats(trace).next().is_some() => 3,
        Bracketed => 4,
        Elided => 5,
        Verbatim => 6,
    }
}

/// The reasons of a trace for which a reader should see both texts, whatever the relation.
pub fn caveats(trace: &trace::Trace) -> impl Iterator<Item = Reason> {
    trace.because.iter().copied().filter(|reason| caveat(*reason).is_some())
}

/// What a reader should know of words that are the same, in a few words; none for a reason that only tells why a statement
/// is claimed or not.
pub const fn caveat(reason: Reason) -> Option<&'static str> {
    Some(match reason {
        Reason::HedgeLost => "a word that softened it is lost",
        Reason::HedgeAdded => "a word that softens it was put in",
        Reason::ConditionLost => "its condition is cut off",
        Reason::FrameLost => "cut off: others are said to say so",
        Reason::QuotedInPart => "the statement quotes fewer of the words",
        Reason::DatedLater => "the statement is dated after the page",
        Reason::Narration => "said by the statement itself, not by this speaker",
        Reason::LongMatch
        | Reason::NamedStatement
        | Reason::QuotedElsewhere
        | Reason::SameSpeakerAndDate
        | Reason::TooShort
        | Reason::NoMatch
        | Reason::WeakMatch
        | Reason::AnotherMouth
        | Reason::Unsure
        | Reason::Spelling
        | Reason::Contraction
        | Reason::NumberForm
        | Reason::Inflection => return None,
    })
}

/// What a relation of a trace means, in a few words.
pub const fn edit(relation: trace::Fidelity) -> &'static str {
    use trace::Fidelity::*;
    match relation {
        Altered => "words substituted, dropped or added with no mark",
        Spliced => "passages that are not adjacent, run together with no mark",
        Bracketed => "a word replaced or joined by an editor’s [brackets]",
        Elided => "words left out at an ellipsis, as it says",
        Verbatim => "the same words in order",
        NotFound => "in none of the statements at hand",
    }
}

/// A sort of change in words.
pub const fn change(change: ChangeKind) -> &'static str {
    match change {
        ChangeKind::Figure => "a figure changed",
        ChangeKind::Negation => "a negation came or went",
        ChangeKind::Word => "a word changed",
        ChangeKind::Dropped => "words dropped",
        ChangeKind::Added => "words added",
        ChangeKind::Case => "capital letters",
        ChangeKind::Glyph => "spelling of marks or numbers",
    }
}

/// A relation of a check in words.
pub const fn relation(relation: Relation) -> &'static str {
    match relation {
        Relation::Equal => "equal",
        Relation::Rounded => "rounded",
        Relation::WithinBound => "within the bound",
        Relation::BoundDropped => "bound dropped",
        Relation::HedgeDropped => "hedge dropped",
        Relation::Derived => "derived",
        Relation::Differs => "differs",
        Relation::UnitDiffers => "another unit",
        Relation::BaseDiffers => "another base",
        Relation::Stale | Relation::OtherPeriod => "another period",
        Relation::DirectionDiffers => "the other way",
        Relation::Negated => "denied",
        Relation::OtherSubject => "of something else",
        Relation::OtherPlace => "another place",
        Relation::OtherBase => "a part, or another whole",
        Relation::OtherKind => "another kind of fact",
    }
}

/// A reason of a check in words.
pub const fn why(reason: CheckReason) -> &'static str {
    match reason {
        CheckReason::About => "the article names the statement",
        CheckReason::SameNoun => "the same thing is counted",
        CheckReason::SharedWords => "the words around agree",
        CheckReason::SameUnit => "the same unit",
        CheckReason::SameChange => "the same direction",
        CheckReason::OtherChange => "the other direction",
        CheckReason::OtherThing => "the value counts something else there",
        CheckReason::NoEqualValue => "the value stands nowhere in the source",
        CheckReason::NoComparable => "nothing of its kind in the source",
        CheckReason::OtherPeriod => "another period",
        CheckReason::PeriodUnknown => "the period of the reference is not known",
        CheckReason::RowNamed => "the row is named in the text",
        CheckReason::ColumnNamed => "the column’s words stand in the text",
        CheckReason::Computed => "reached by arithmetic",
        CheckReason::NoValue => "no value to compare",
        CheckReason::NoSource => "no source to look in",
        CheckReason::NoClaim => "the number names something, or ranks nothing",
        CheckReason::Repeated => "the story says it, too",
        CheckReason::UnsureStatement => "whether the article is about the statement cannot be told",
    }
}

/// How a speaker is known, in words.
pub const fn how(how: How) -> &'static str {
    match how {
        How::Named => "by name",
        How::Alias => "by another form of the name",
        How::Pronoun => "by a pronoun",
        How::Role => "by a role",
        How::Implicit => "goes on from the quotation before",
        How::None => "not found",
    }
}

/// A confidence in a word.
pub const fn confidence(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::High => "high",
        Confidence::Medium => "medium",
        Confidence::Low => "low",
    }
}

/// The unit of a figure as people write it behind a number: `years`, `miles per hour`, `percent`; the code of a currency.
/// None where it has none.
pub fn unit(figure: &Figure) -> Option<String> {
    let code = figure.unit.as_deref()?;
    let is_currency = code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_uppercase());
    match figure.unit_name.as_deref() {
        _ if is_currency => Some(code.to_owned()),
        Some(name) if figure.value == Some(rust_decimal::Decimal::ONE) && figure.high.is_none() => {
            Some(name.to_owned())
        }
        Some(name) => Some(plural(name)),
        None => Some(code.to_owned()),
    }
}

/// The plural of a unit's name. The first words up to `per` carry it, of these the last; `degree` and `part` carry it
/// themselves.
fn plural(name: &str) -> String {
    let (head, rest) = match name.split_once(" per ") {
        Some((head, rest)) => (head, format!(" per {rest}")),
        None => (name, String::new()),
    };
    let (before, word, after) = match (head.split_once(' '), head.rsplit_once(' ')) {
        (Some((first, after)), _) if matches!(first, "degree" | "part") => ("", first, format!(" {after}")),
        (_, Some((before, last))) => (before, last, String::new()),
        _ => ("", head, String::new()),
    };
    let space = if before.is_empty() { "" } else { " " };
    format!("{before}{space}{}{after}{rest}", plural_word(word))
}

fn plural_word(word: &str) -> String {
    let vowel = |c: char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u');
    match word {
        "percent" | "hertz" | "kilohertz" | "megahertz" | "gigahertz" | "horsepower" | "Celsius" | "Fahrenheit" => {
            word.to_owned()
        }
        _ if word.ends_with("foot") => format!("{}feet", &word[..word.len() - 4]),
        _ if word.ends_with('s') && !word.ends_with("ss") => word.to_owned(),
        _ if word.ends_with("ch") || word.ends_with("ss") || word.ends_with('x') => format!("{word}es"),
        _ if word.ends_with('y') && !word[..word.len() - 1].ends_with(vowel) => {
            format!("{}ies", &word[..word.len() - 1])
        }
        _ => format!("{word}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_as_people_write_them() {
        for (name, written) in [
            ("year", "years"),
            ("mile", "miles"),
            ("mile per hour", "miles per hour"),
            ("square foot", "square feet"),
            ("inch", "inches"),
            ("century", "centuries"),
            ("day", "days"),
            ("degree Celsius", "degrees Celsius"),
            ("percentage point", "percentage points"),
            ("percent", "percent"),
            ("kilowatt hour", "kilowatt hours"),
            ("acre-foot", "acre-feet"),
        ] {
            assert_eq!(plural(name), written);
        }
    }

    #[test]
    fn what_differs_is_graver_than_what_agrees() {
        let order: Vec<usize> = Listed::ALL.iter().map(|one| one.severity()).collect();
        assert_eq!(order, [0, 1, 2, 3, 4, 5]);
        let trace = |relation, drift| trace::Trace { relation, attribution_drift: drift, ..trace::Trace::default() };
        assert!(
            severity(&trace(trace::Fidelity::Altered, None)) < severity(&trace(trace::Fidelity::Verbatim, Some(true)))
        );
        assert!(
            severity(&trace(trace::Fidelity::Verbatim, Some(true))) < severity(&trace(trace::Fidelity::Elided, None))
        );
        let cut = trace::Trace { because: vec![Reason::ConditionLost], ..trace(trace::Fidelity::Verbatim, None) };
        assert!(severity(&cut) < severity(&trace(trace::Fidelity::Bracketed, None)));
        assert_eq!(caveats(&cut).count(), 1);
        let same = trace::Trace { because: vec![Reason::LongMatch], ..trace(trace::Fidelity::Verbatim, None) };
        assert_eq!(caveats(&same).count(), 0);
    }
}
