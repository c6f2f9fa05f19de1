//! From the tree of a query to a query of tantivy. What tantivy's own queries can say (words, phrases of exact words,
//! boolean operators) is left to them, as they are fast; the rest is walked by [`super::leaf`]. The compiled query finds
//! exactly what the tree means: no document is read to decide.

use super::super::entry::{day_number, key_of};
use super::super::schema::Fields;
use super::super::words::folded;
use super::super::zones::{Confine, Within};
use super::leaf::{LeafQuery, Terms};
use super::slots::Shape;
use super::{FigureTest, Leaf, Node, Place, Scope, SearchQuery, Seek, Tree, What};
use jiff::civil::Date;
use std::ops::Bound;
use std::sync::Arc;
use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, EmptyQuery, Occur, PhraseQuery, Query, RangeQuery, TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption, Term};

/// How much more a word of the title counts.
const TITLE: f32 = 1.5;

/// What plain words of a query mean.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    /// Where in the text they must stand.
    pub within: Within,
    /// Whether the title will do too.
    pub title: bool,
    speaker: Option<Arc<[Vec<String>]>>,
}

impl Plan {
    /// What the conditions of a query make of plain words.
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
            speaker: query.speaker.as_deref().map(|name| vec![folded(name)].into()),
        }
    }

    /// Where words of a leaf must stand in the text; none where its scope is not the text.
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

    /// Whether words of a leaf may stand in the title.
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

    fn leaf(&self, fields: Fields, field: Field, row: Vec<Terms>, shape: Shape, within: Within) -> Box<dyn Query> {
        let speaker = self.speaker.clone().filter(|_| within.asks_who()).map(|names| (fields.speakers, names));
        Box::new(LeafQuery { field, row: row.into(), shape, within, speaker })
    }

    /// Documents with such a figure, in the place where plain words must stand.
    pub(crate) fn figure(&self, test: &FigureTest, fields: Fields) -> Box<dyn Query> {
        let row = test.keys().into_iter().map(|keys| Terms::Figures(keys, test.clone())).collect();
        self.leaf(fields, fields.figures, row, Shape::Together, self.within)
    }
}

/// The query of tantivy for a tree.
pub(crate) fn compile(tree: &Tree, plan: &Plan, fields: Fields) -> tantivy::Result<Box<dyn Query>> {
    node(&tree.root, tree, plan, fields)
}

fn node(part: &Node, tree: &Tree, plan: &Plan, fields: Fields) -> tantivy::Result<Box<dyn Query>> {
    Ok(match part {
        Node::All => Box::new(AllQuery),
        Node::Nothing => Box::new(EmptyQuery),
        Node::Leaf(i) => leaf(&tree.leaves[*i], plan, fields),
        Node::Or(parts) => {
            let parts = parts.iter().map(|p| node(p, tree, plan, fields)).collect::<tantivy::Result<_>>()?;
            Box::new(BooleanQuery::union(parts))
        }
        Node::Not(_) => all_of(std::slice::from_ref(part), tree, plan, fields)?,
        Node::And(parts) => all_of(parts, tree, plan, fields)?,
    })
}

fn all_of(parts: &[Node], tree: &Tree, plan: &Plan, fields: Fields) -> tantivy::Result<Box<dyn Query>> {
    let mut clauses = Vec::new();
    for part in parts {
        match part {
            Node::Not(inside) => clauses.push((Occur::MustNot, node(inside, tree, plan, fields)?)),
            part => clauses.push((Occur::Must, node(part, tree, plan, fields)?)),
        }
    }
    if clauses.iter().all(|(occur, _)| *occur == Occur::MustNot) {
        clauses.push((Occur::Must, Box::new(AllQuery) as Box<dyn Query>));
    }
    Ok(Box::new(BooleanQuery::new(clauses)))
}

fn leaf(leaf: &Leaf, plan: &Plan, fields: Fields) -> Box<dyn Query> {
    let mut parts: Vec<Box<dyn Query>> = Vec::new();
    if let What::Days(from, to) = leaf.what {
        return days(fields.day, from, to);
    }
    for (field, boost, within) in plan.columns(fields, leaf.scope) {
        let query = match &leaf.what {
            What::Exactly(id) if leaf.scope == Scope::Id => {
                Box::new(TermQuery::new(Term::from_field_u64(field, key_of(id)), IndexRecordOption::Basic))
            }
            What::Exactly(value) => term(field, value),
            What::Row(row) => match simple(field, row).filter(|_| within.is_anywhere()) {
                Some(query) => query,
                None => plan.leaf(fields, field, terms(row), Shape::Row, within),
            },
            What::Near(row, slop) => plan.leaf(fields, field, terms(row), Shape::Near(*slop), within),
            What::Days(..) => continue,
        };
        parts.push(if boost == 1.0 { query } else { Box::new(BoostQuery::new(query, boost)) });
    }
    if parts.len() == 1 { parts.swap_remove(0) } else { Box::new(BooleanQuery::union(parts)) }
}

/// A row that tantivy can say: one word, or exact words one after the other.
fn simple(field: Field, row: &[Seek]) -> Option<Box<dyn Query>> {
    if let [Seek::Forms(forms)] = row {
        return Some(any_of(field, forms));
    }
    let exact = |seek: &Seek| match seek {
        Seek::Forms(forms) if forms.len() == 1 => Some(Term::from_field_text(field, &forms[0])),
        _ => None,
    };
    let words: Vec<Term> = row.iter().map(exact).collect::<Option<_>>()?;
    (words.len() > 1).then(|| Box::new(PhraseQuery::new(words)) as Box<dyn Query>)
}

fn terms(row: &[Seek]) -> Vec<Terms> {
    let of = |seek: &Seek| match seek {
        Seek::Forms(forms) => Terms::Forms(forms.clone()),
        Seek::Pattern(pattern) => Terms::Pattern(pattern.clone()),
    };
    row.iter().map(of).collect()
}

fn any_of(field: Field, forms: &[String]) -> Box<dyn Query> {
    match forms {
        [one] => term(field, one),
        many => Box::new(BooleanQuery::union(many.iter().map(|form| term(field, form)).collect())),
    }
}

fn term(field: Field, word: &str) -> Box<dyn Query> {
    Box::new(TermQuery::new(Term::from_field_text(field, word), IndexRecordOption::WithFreqs))
}

/// Documents of these days, both taken in.
pub(crate) fn days(field: Field, from: Option<Date>, to: Option<Date>) -> Box<dyn Query> {
    let bound = |day: Option<Date>| {
        day.map_or(Bound::Unbounded, |day| Bound::Included(Term::from_field_i64(field, day_number(day))))
    };
    match (from, to) {
        (None, None) => Box::new(AllQuery),
        _ => Box::new(RangeQuery::new(bound(from), bound(to))),
    }
}

/// The words of a name in a row; nothing where it has no word.
pub(crate) fn phrase_in(field: Field, name: &str) -> Box<dyn Query> {
    let mut words = folded(name);
    match words.len() {
        0 => Box::new(EmptyQuery),
        1 => term(field, &words.swap_remove(0)),
        _ => Box::new(PhraseQuery::new(words.iter().map(|word| Term::from_field_text(field, word)).collect())),
    }
}

/// Documents that share telling words with a text: its rarest words for how often it uses them, any of which will do.
pub(crate) fn alike(words: &[(String, f32)], field: Field) -> Box<dyn Query> {
    let clauses = words
        .iter()
        .map(|(word, weight)| (Occur::Should, Box::new(BoostQuery::new(term(field, word), *weight)) as Box<dyn Query>));
    Box::new(BooleanQuery::new(clauses.collect()))
}
