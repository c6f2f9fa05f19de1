//! From the tree of a query to a query of tantivy. Where tantivy cannot say all of it (words outside quote marks, words
//! said by one speaker, words near each other), the compiled query lets through too much and never too little, and
//! [`super::super::hits`] decides on the stored text.

use super::super::entry::key_of;
use super::super::schema::Fields;
use super::super::words::folded;
use super::{Leaf, Node, Place, Scope, Seek, Tree, What};
use crate::index::inflect::forms;
use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, EmptyQuery, Occur, PhraseQuery, Query, RegexQuery, TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption, Term};

/// How much more a word of the title counts.
const TITLE: f32 = 1.5;

/// What plain words of a query mean to tantivy.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Plan {
    pub place: Place,
    /// Whether plain words hold only in a part of the text that tantivy does not know.
    pub confined: bool,
}

impl Plan {
    /// Whether tantivy says exactly what the leaf means.
    fn exact(self, leaf: &Leaf) -> bool {
        let said = match &leaf.what {
            What::Near(..) => false,
            What::Row(row) => row.len() == 1 || row.iter().all(|seek| matches!(seek, Seek::Forms(_))),
            What::Exactly(_) => true,
        };
        said && !(self.confined && leaf.scope == Scope::Given)
    }

    fn columns(self, fields: Fields, scope: Scope) -> Vec<(Field, f32)> {
        match (scope, self.place) {
            (Scope::Given, Place::Anywhere) if self.confined => vec![(fields.body, 1.0)],
            (Scope::Given, Place::Anywhere) => vec![(fields.body, 1.0), (fields.title, TITLE)],
            (Scope::Given, Place::Narration) | (Scope::Text, _) => vec![(fields.body, 1.0)],
            (Scope::Given, Place::Quotes) | (Scope::Quotes, _) => vec![(fields.quotes, 1.0)],
            (Scope::Given, Place::Headline) | (Scope::Headline, _) => vec![(fields.headline, 1.0), (fields.title, 1.0)],
            (Scope::Title, _) => vec![(fields.title, 1.0)],
            (Scope::Publisher, _) => vec![(fields.publisher, 1.0)],
            (Scope::Speaker, _) => vec![(fields.speakers, 1.0)],
            (Scope::Kind, _) => vec![(fields.kind, 1.0)],
            (Scope::Id, _) => vec![(fields.key, 1.0)],
        }
    }

    /// Whether tantivy's answer needs no second look.
    pub(crate) fn is_exact(self, tree: &Tree) -> bool {
        tree.leaves.iter().all(|leaf| self.exact(leaf))
    }
}

/// The query of tantivy for a tree; see the module for where it lets through too much.
pub(crate) fn compile(tree: &Tree, plan: Plan, fields: Fields) -> tantivy::Result<Box<dyn Query>> {
    node(&tree.root, tree, plan, fields)
}

fn node(part: &Node, tree: &Tree, plan: Plan, fields: Fields) -> tantivy::Result<Box<dyn Query>> {
    Ok(match part {
        Node::All => Box::new(AllQuery),
        Node::Nothing => Box::new(EmptyQuery),
        Node::Leaf(i) => leaf(&tree.leaves[*i], plan, fields)?,
        Node::Or(parts) => {
            let parts = parts.iter().map(|p| node(p, tree, plan, fields)).collect::<tantivy::Result<_>>()?;
            Box::new(BooleanQuery::union(parts))
        }
        Node::Not(_) => all_of(std::slice::from_ref(part), tree, plan, fields)?,
        Node::And(parts) => all_of(parts, tree, plan, fields)?,
    })
}

fn all_of(parts: &[Node], tree: &Tree, plan: Plan, fields: Fields) -> tantivy::Result<Box<dyn Query>> {
    let mut clauses = Vec::new();
    for part in parts {
        match part {
            Node::Not(inside) if is_exact(inside, tree, plan) => {
                clauses.push((Occur::MustNot, node(inside, tree, plan, fields)?))
            }
            Node::Not(_) => {}
            part => clauses.push((Occur::Must, node(part, tree, plan, fields)?)),
        }
    }
    if clauses.iter().all(|(occur, _)| *occur == Occur::MustNot) {
        clauses.push((Occur::Must, Box::new(AllQuery) as Box<dyn Query>));
    }
    Ok(Box::new(BooleanQuery::new(clauses)))
}

fn is_exact(part: &Node, tree: &Tree, plan: Plan) -> bool {
    match part {
        Node::All | Node::Nothing => true,
        Node::Leaf(i) => plan.exact(&tree.leaves[*i]),
        Node::And(parts) | Node::Or(parts) => parts.iter().all(|p| is_exact(p, tree, plan)),
        Node::Not(inside) => is_exact(inside, tree, plan),
    }
}

fn leaf(leaf: &Leaf, plan: Plan, fields: Fields) -> tantivy::Result<Box<dyn Query>> {
    let mut parts: Vec<Box<dyn Query>> = Vec::new();
    for (field, boost) in plan.columns(fields, leaf.scope) {
        let query = match &leaf.what {
            What::Exactly(id) if leaf.scope == Scope::Id => {
                Box::new(TermQuery::new(Term::from_field_u64(field, key_of(id)), IndexRecordOption::Basic))
            }
            What::Exactly(value) => term(field, value),
            What::Row(row) => in_a_row(field, row)?,
            What::Near(row, _) => {
                let all = row.iter().map(|seek| seek_query(field, seek)).collect::<tantivy::Result<_>>()?;
                Box::new(BooleanQuery::intersection(all))
            }
        };
        parts.push(if boost == 1.0 { query } else { Box::new(BoostQuery::new(query, boost)) });
    }
    Ok(if parts.len() == 1 { parts.swap_remove(0) } else { Box::new(BooleanQuery::union(parts)) })
}

/// Words in a row, the last of which may be a beginning; that one is then sought anywhere (tantivy's phrases with an open
/// end give nothing beyond a fixed number of expansions).
fn in_a_row(field: Field, row: &[Seek]) -> tantivy::Result<Box<dyn Query>> {
    if let [seek] = row {
        return seek_query(field, seek);
    }
    let words: Vec<Term> = row.iter().filter_map(whole_word).map(|word| Term::from_field_text(field, word)).collect();
    if words.len() == row.len() {
        return Ok(Box::new(PhraseQuery::new(words)));
    }
    let open = row.iter().filter(|seek| whole_word(seek).is_none());
    let mut parts = open.map(|seek| seek_query(field, seek)).collect::<tantivy::Result<Vec<_>>>()?;
    match words.len() {
        0 => {}
        1 => parts.extend(row.iter().filter_map(whole_word).map(|word| term(field, word))),
        _ => parts.push(Box::new(PhraseQuery::new(words))),
    }
    Ok(if parts.len() == 1 { parts.swap_remove(0) } else { Box::new(BooleanQuery::intersection(parts)) })
}

fn whole_word(seek: &Seek) -> Option<&String> {
    match seek {
        Seek::Forms(forms) => forms.first(),
        Seek::Prefix(_) => None,
    }
}

fn seek_query(field: Field, seek: &Seek) -> tantivy::Result<Box<dyn Query>> {
    match seek {
        Seek::Forms(forms) => Ok(any_of(field, forms)),
        // A word has letters, digits, apostrophes and points; only the point means something to a pattern.
        Seek::Prefix(beginning) => {
            Ok(Box::new(RegexQuery::from_pattern(&format!("{}.*", beginning.replace('.', "\\.")), field)?))
        }
    }
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

/// The words of a name in a row; nothing where it has no word.
pub(crate) fn phrase_in(field: Field, name: &str) -> Box<dyn Query> {
    let mut words = folded(name);
    match words.len() {
        0 => Box::new(EmptyQuery),
        1 => term(field, &words.swap_remove(0)),
        _ => Box::new(PhraseQuery::new(words.iter().map(|word| Term::from_field_text(field, word)).collect())),
    }
}

/// Documents with figures that have all these words, in any form, in their nouns and units.
pub(crate) fn figure_terms(field: Field, words: &[String]) -> Box<dyn Query> {
    match words {
        [] => Box::new(AllQuery),
        words => Box::new(BooleanQuery::intersection(words.iter().map(|word| any_of(field, &forms(word))).collect())),
    }
}
