//! Compiles the tree of a query to an [`Operator`], which [`super::windows`] walks. The compiled query finds exactly what
//! the tree means, so no document needs to be read to decide whether it matches.

use super::super::entry::key_of;
use super::super::schema::Fields;
use super::super::tokenizers::is_small;
use super::super::zones::{Confine, Within};
use super::leaf::{LeafQuery, Terms};
use super::slots::Shape;
use super::windows::{Operator, Side};
use super::{FigureTest, Leaf, Node, Place, Scope, SearchQuery, Seek, Tree, What};
use jiff::civil::Date;
use sayso_core::document::day_number;
use sayso_core::text::folding::folded;
use std::ops::Bound;
use std::sync::Arc;
use tantivy::query::{AllQuery, EmptyQuery, PhraseQuery, Query, RangeQuery, TermQuery};
use tantivy::schema::{Field, IndexRecordOption, Term};

/// The weight of a word in the title, relative to one in the text.
const TITLE: f32 = 1.5;

/// How the plain words of a query are searched for.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    /// The places in the text where they may match.
    pub within: Within,
    /// Whether they may match in the title too.
    pub title: bool,
    speaker: Option<Arc<[Vec<String>]>>,
}

impl Plan {
    /// The plan for plain words that follows from the conditions of a query.
    pub(crate) fn of(query: &SearchQuery) -> Plan {
        let part = match (query.place, query.speaker.is_some()) {
            (Place::Anywhere, false) => Confine::Anywhere,
            (Place::Anywhere, true) => Confine::Said,
            (Place::Quotes, false) => Confine::Quotes,
            (Place::Quotes, true) => Confine::SaidInQuotes,
            (Place::Narration, _) => Confine::Narration,
            (Place::Headline, _) => Confine::Headline,
        };
        let within = Within { part, claims: query.claims };
        Plan {
            within,
            title: !query.claims && matches!(part, Confine::Anywhere | Confine::Headline),
            speaker: query.speaker.is_some().then(|| query.speaker_names().into()),
        }
    }

    /// The places in the text where words of a leaf may match. `None` if its scope is not the text.
    pub(crate) fn within(&self, scope: Scope) -> Option<Within> {
        let part = |part| Some(Within { part, claims: false });
        match scope {
            Scope::Given => Some(self.within),
            Scope::Text => part(Confine::Anywhere),
            Scope::Quotes => part(Confine::Quotes),
            Scope::Narration => part(Confine::Narration),
            Scope::Headline => part(Confine::Headline),
            _ => None,
        }
    }

    /// Whether words of a leaf may match in the title.
    pub(crate) fn in_title(&self, scope: Scope) -> bool {
        matches!(scope, Scope::Title | Scope::Headline) || scope == Scope::Given && self.title
    }

    fn columns(&self, fields: Fields, scope: Scope) -> Vec<(Field, f32, Within)> {
        let mut columns = Vec::with_capacity(2);
        columns.extend(self.within(scope).map(|within| (fields.body, 1.0, within)));
        if self.in_title(scope) {
            let boost = if self.within(scope).is_some_and(Within::is_anywhere) { TITLE } else { 1.0 };
            columns.push((fields.title, boost, Within::default()));
        }
        let other = match scope {
            Scope::Publisher => Some(fields.publisher),
            Scope::Speaker => Some(fields.speakers),
            Scope::Kind => Some(fields.kind),
            Scope::Id => Some(fields.key),
            _ => None,
        };
        columns.extend(other.map(|field| (field, 1.0, Within::default())));
        columns
    }

    fn leaf(
        &self,
        fields: Fields,
        (field, boost): (Field, f32),
        row: Vec<Terms>,
        shape: Shape,
        within: Within,
    ) -> Operator {
        let speaker = self.speaker.clone().filter(|_| within.asks_who()).map(|names| (fields.speakers, names));
        Operator::Leaf(LeafQuery { field, row: row.into(), shape, within, speaker }, boost)
    }

    /// The documents that have such a figure in a place where plain words may match.
    pub(crate) fn figure(&self, test: &FigureTest, fields: Fields) -> Operator {
        let row = test.keys().into_iter().map(|keys| Terms::Figures(keys, test.clone())).collect();
        self.leaf(fields, (fields.figures, 1.0), row, Shape::Together, self.within)
    }
}

/// Compiles a tree.
pub(crate) fn compile(tree: &Tree, plan: &Plan, fields: Fields) -> Operator {
    node(&tree.root, tree, plan, fields)
}

fn node(part: &Node, tree: &Tree, plan: &Plan, fields: Fields) -> Operator {
    let nodes = |parts: &[Node]| parts.iter().map(|part| node(part, tree, plan, fields)).collect();
    match part {
        Node::All => Operator::All,
        Node::Nothing => Operator::Nothing,
        Node::Leaf(i) => leaf(&tree.leaves[*i], plan, fields),
        Node::Or(parts) => Operator::Or(nodes(parts)),
        Node::And(parts) => Operator::And(nodes(parts)),
        Node::Not(inside) => Operator::And(vec![Operator::Not(Box::new(node(inside, tree, plan, fields)))]),
    }
}

fn leaf(leaf: &Leaf, plan: &Plan, fields: Fields) -> Operator {
    if let What::Days(from, to) = leaf.what {
        return Operator::Query(days(fields.day, from, to), 1.0);
    }
    let (mut words, mut parts) = (Vec::new(), Vec::new());
    for (field, boost, within) in plan.columns(fields, leaf.scope) {
        let of_field = |word: &str| (Term::from_field_text(field, word), boost);
        match &leaf.what {
            What::Exactly(id) if leaf.scope == Scope::Id => {
                words.push((Term::from_field_u64(field, key_of(id)), boost))
            }
            What::Exactly(value) => words.push(of_field(value)),
            What::Row(row) => match row.as_slice() {
                [Seek::Forms(forms)] if within.is_anywhere() => words.extend(forms.iter().map(|form| of_field(form))),
                [Seek::Forms(forms)] if within.is_by_marks() && !forms.iter().any(|form| is_small(form)) => {
                    let both = |form: &String| (of_field(form).0, Term::from_field_text(fields.quoted, form));
                    let side = if within.part == Confine::Quotes { Side::Inside } else { Side::Outside };
                    parts.push(Operator::Marked(forms.iter().map(both).collect(), side));
                }
                row => parts.push(plan.leaf(fields, (field, boost), terms(row), Shape::Row, within)),
            },
            What::Near(row, slop) => {
                parts.push(plan.leaf(fields, (field, boost), terms(row), Shape::Near(*slop), within));
            }
            What::Days(..) => {}
        }
    }
    if !words.is_empty() {
        parts.push(Operator::Words(words));
    }
    if parts.len() == 1 { parts.swap_remove(0) } else { Operator::Or(parts) }
}

fn terms(row: &[Seek]) -> Vec<Terms> {
    let of = |seek: &Seek| match seek {
        Seek::Forms(forms) => Terms::Forms(forms.clone()),
        Seek::Pattern(pattern) => Terms::Pattern(pattern.clone()),
    };
    row.iter().map(of).collect()
}

fn term(field: Field, word: &str) -> Box<dyn Query> {
    Box::new(TermQuery::new(Term::from_field_text(field, word), IndexRecordOption::WithFreqs))
}

/// The documents between these days, both included.
pub(crate) fn days(field: Field, from: Option<Date>, to: Option<Date>) -> Box<dyn Query> {
    let bound = |day: Option<Date>| {
        day.map_or(Bound::Unbounded, |day| Bound::Included(Term::from_field_i64(field, day_number(day).into())))
    };
    match (from, to) {
        (None, None) => Box::new(AllQuery),
        _ => Box::new(RangeQuery::new(bound(from), bound(to))),
    }
}

/// The documents that contain the words of a name in a row. A name without words matches nothing.
pub(crate) fn phrase_in(field: Field, name: &str) -> Box<dyn Query> {
    let mut words = folded(name);
    match words.len() {
        0 => Box::new(EmptyQuery),
        1 => term(field, &words.swap_remove(0)),
        _ => Box::new(PhraseQuery::new(words.iter().map(|word| Term::from_field_text(field, word)).collect())),
    }
}

/// The documents that share distinctive words with a text. Any of the words suffices.
pub(crate) fn alike(words: &[(String, f32)], field: Field) -> Operator {
    Operator::Words(words.iter().map(|(word, weight)| (Term::from_field_text(field, word), *weight)).collect())
}
