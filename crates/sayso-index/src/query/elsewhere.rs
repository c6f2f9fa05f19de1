//! A query as another engine takes it: the query language of Elasticsearch, which OpenSearch and Quickwit speak as well,
//! over the fields that `sayso export` writes.
//!
//! What an engine cannot decide (whether words stand between quote marks, who says them, what a figure counts) is left out
//! of the question, so that its answer has every document that the query means, and more; a local index of the answer then
//! decides. [`wider`] gives such a question. It never excludes a document that the query finds.

use super::super::error::IndexError;
use super::super::inflect;
use super::pattern::Pattern;
use super::{Leaf, Node, Scope, SearchQuery, Seek, Sort, Tree, What, parse};
use serde_json::{Value, json};

/// The engines that can be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Backend {
    /// Elasticsearch or OpenSearch.
    Elastic,
    /// The part of Elasticsearch's language that Quickwit takes.
    Quickwit,
}

impl Backend {
    const fn name(self) -> &'static str {
        match self {
            Backend::Elastic => "Elasticsearch",
            Backend::Quickwit => "Quickwit",
        }
    }

    /// The field with the words of the publisher's name.
    const fn publisher(self) -> &'static str {
        match self {
            Backend::Elastic => "publisher.words",
            Backend::Quickwit => "publisher",
        }
    }
}

/// The body of a `_search` request whose answer has every document that the query means. The error names what the engine
/// cannot be asked for.
///
/// ```
/// use sayso_index::{Backend, SearchQuery, wider};
/// let body = wider(&SearchQuery::new("\"bridge repair\""), Backend::Elastic).unwrap();
/// assert!(body["query"].to_string().contains("match_phrase"));
/// ```
pub fn wider(query: &SearchQuery, backend: Backend) -> Result<Value, IndexError> {
    if query.like.is_some() {
        return Err(refused(backend, "documents like another one", "search for its words"));
    }
    if query.added_from.is_some() {
        return Err(refused(backend, "documents by when they were added", "narrow by their days"));
    }
    let tree = parse(&query.text, &|word| Ok(inflect::forms(word)))?;
    let words = Question { tree: &tree, backend }.node(&tree.root)?;
    let mut must = vec![words.query];
    if let Some(name) = &query.speaker {
        let names = std::iter::once(name).chain(&query.speaker_aliases);
        must.push(any(names.map(|name| any(["text", "speaker"].map(|field| all_words(field, name)).into())).collect()));
    }
    must.extend(query.publisher.as_ref().map(|name| json!({"match_phrase": {backend.publisher(): {"query": name}}})));
    must.extend(query.kind.map(|kind| is("kind", kind.name())));
    must.extend(query.only.as_ref().map(|ids| any(ids.iter().map(|id| is("id", id)).collect())));
    if query.since.is_some() || query.until.is_some() {
        must.push(days(query.since, query.until));
    }
    must.retain(|part| *part != everything());
    if must.is_empty() && (query.figure.is_some() || query.claims) {
        let what = "figures or claims in all documents";
        return Err(refused(backend, what, "add words, a speaker, a publisher or days"));
    }
    let sort = match query.sort {
        Sort::Score => json!(["_score"]),
        Sort::Newest => json!([{"date": {"order": "desc"}}]),
        Sort::Oldest => json!([{"date": {"order": "asc"}}]),
        Sort::Publisher => json!([{"publisher": {"order": "asc"}}]),
    };
    Ok(json!({"query": all(must), "sort": sort}))
}

fn refused(backend: Backend, what: &str, help: &'static str) -> IndexError {
    IndexError::TooMuch { found: format!("asks {} for {what}, which it cannot answer", backend.name()), help }
}

fn everything() -> Value {
    json!({"match_all": {}})
}

fn is(field: &str, value: &str) -> Value {
    json!({"term": {field: {"value": value}}})
}

fn all(mut parts: Vec<Value>) -> Value {
    match parts.len() {
        0 => everything(),
        1 => parts.swap_remove(0),
        _ => json!({"bool": {"must": parts}}),
    }
}

fn any(mut parts: Vec<Value>) -> Value {
    match parts.len() {
        1 => parts.swap_remove(0),
        _ => json!({"bool": {"should": parts, "minimum_should_match": 1}}),
    }
}

/// Documents whose field has all words of a name.
fn all_words(field: &str, name: &str) -> Value {
    json!({"match": {field: {"query": name, "operator": "and"}}})
}

fn days(from: Option<jiff::civil::Date>, to: Option<jiff::civil::Date>) -> Value {
    let mut bounds = serde_json::Map::new();
    bounds.extend(from.map(|day| ("gte".to_owned(), json!(day.to_string()))));
    bounds.extend(to.map(|day| ("lte".to_owned(), json!(day.to_string()))));
    json!({"range": {"date": bounds}})
}

/// A part of the question, and whether it finds just what the query means.
struct Part {
    query: Value,
    exact: bool,
}

struct Question<'q> {
    tree: &'q Tree,
    backend: Backend,
}

impl Question<'_> {
    fn node(&self, node: &Node) -> Result<Part, IndexError> {
        let parts = |nodes: &[Node]| nodes.iter().map(|node| self.node(node)).collect::<Result<Vec<Part>, _>>();
        Ok(match node {
            Node::All => Part { query: everything(), exact: true },
            Node::Nothing => Part { query: json!({"match_none": {}}), exact: true },
            Node::Leaf(n) => self.leaf(&self.tree.leaves[*n])?,
            Node::And(nodes) => {
                let parts = parts(nodes)?;
                let exact = parts.iter().all(|part| part.exact);
                let queries = parts.into_iter().map(|part| part.query).filter(|query| *query != everything());
                Part { query: all(queries.collect()), exact }
            }
            Node::Or(nodes) => {
                let parts = parts(nodes)?;
                let exact = parts.iter().all(|part| part.exact);
                Part { query: any(parts.into_iter().map(|part| part.query).collect()), exact }
            }
            // Less than what is meant may be left out only where the engine knows what is meant.
            Node::Not(inside) => match self.node(inside)? {
                Part { query, exact: true } => Part { query: json!({"bool": {"must_not": [query]}}), exact: true },
                Part { .. } => Part { query: everything(), exact: false },
            },
        })
    }

    fn leaf(&self, leaf: &Leaf) -> Result<Part, IndexError> {
        let query = match &leaf.what {
            What::Days(from, to) => days(*from, *to),
            What::Exactly(value) => is(if leaf.scope == Scope::Id { "id" } else { "kind" }, value),
            What::Row(row) | What::Near(row, _) => {
                let slop = if let What::Near(_, slop) = leaf.what { slop } else { 0 };
                let publisher = [self.backend.publisher()];
                let fields: &[&str] = match leaf.scope {
                    Scope::Title => &["title"],
                    Scope::Publisher => &publisher,
                    Scope::Speaker => &["text", "speaker"],
                    Scope::Text | Scope::Quotes | Scope::Narration => &["text"],
                    _ => &["title", "text"],
                };
                let rows = fields.iter().map(|field| self.row(field, row, slop));
                any(rows.collect::<Result<_, _>>()?)
            }
        };
        // Forms and glyphs are folded otherwise there, so that no part of the text is known for certain.
        let exact = matches!(leaf.what, What::Days(..) | What::Exactly(_));
        Ok(Part { query, exact })
    }

    /// Words in a row, in one field.
    fn row(&self, field: &str, row: &[Seek], slop: u32) -> Result<Value, IndexError> {
        if let [seek] = row {
            return self.word(field, seek);
        }
        let plain: Option<Vec<&str>> = row
            .iter()
            .map(|seek| match seek {
                Seek::Forms(forms) if forms.len() == 1 => Some(forms[0].as_str()),
                _ => None,
            })
            .collect();
        if let Some(words) = plain {
            return Ok(json!({"match_phrase": {field: {"query": words.join(" "), "slop": slop}}}));
        }
        // In any order: the local index sees to the order.
        Ok(all(row.iter().map(|seek| self.word(field, seek)).collect::<Result<_, _>>()?))
    }

    fn word(&self, field: &str, seek: &Seek) -> Result<Value, IndexError> {
        Ok(match (seek, self.backend) {
            (Seek::Forms(forms), _) => json!({"match": {field: {"query": forms.join(" "), "operator": "or"}}}),
            (Seek::Pattern(Pattern::Prefix(begun)), Backend::Elastic) => json!({"prefix": {field: {"value": begun}}}),
            (Seek::Pattern(Pattern::Prefix(begun)), Backend::Quickwit) => {
                json!({"match_phrase_prefix": {field: {"query": begun}}})
            }
            (Seek::Pattern(Pattern::Wild(pattern)), Backend::Elastic) => {
                json!({"wildcard": {field: {"value": pattern}}})
            }
            (Seek::Pattern(Pattern::Fuzzy(word, edits)), Backend::Elastic) => {
                json!({"fuzzy": {field: {"value": word, "fuzziness": edits, "max_expansions": 1000}}})
            }
            (Seek::Pattern(_), Backend::Quickwit) => {
                return Err(refused(self.backend, "words known in part", "write the beginning of the word and `*`"));
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn asked(text: &str, backend: Backend) -> String {
        wider(&SearchQuery::new(text), backend).unwrap()["query"].to_string()
    }

    #[test]
    fn a_question_is_as_wide_as_the_query() {
        use Backend::{Elastic, Quickwit};
        let cases = [
            ("", Elastic, r#"{"match_all":{}}"#),
            ("text:=bridges", Elastic, r#"{"match":{"text":{"operator":"or","query":"bridges"}}}"#),
            ("title:\"Bridge repair\"~2", Elastic, r#"{"match_phrase":{"title":{"query":"bridge repair","slop":2}}}"#),
            ("text:rep*", Elastic, r#"{"prefix":{"text":{"value":"rep"}}}"#),
            ("text:rep*", Quickwit, r#"{"match_phrase_prefix":{"text":{"query":"rep"}}}"#),
            ("quotes:r?p", Elastic, r#"{"wildcard":{"text":{"value":"r?p"}}}"#),
            ("text:brigde~", Elastic, r#"{"fuzzy":{"text":{"fuzziness":1,"max_expansions":1000,"value":"brigde"}}}"#),
            (
                "kind:statement date:2031-05",
                Quickwit,
                r#"{"bool":{"must":[{"term":{"kind":{"value":"statement"}}},{"range":{"date":{"gte":"2031-05-01","lte":"2031-05-31"}}}]}}"#,
            ),
            ("-kind:statement", Elastic, r#"{"bool":{"must_not":[{"term":{"kind":{"value":"statement"}}}]}}"#),
            // Words that must not be there exclude nothing: the engine folds them otherwise.
            ("kind:article -text:=toll", Elastic, r#"{"term":{"kind":{"value":"article"}}}"#),
            ("publisher:gull", Elastic, r#"{"match":{"publisher.words":{"operator":"or","query":"gull"#),
        ];
        for (text, backend, expected) in cases {
            let question = asked(text, backend);
            assert!(question.starts_with(expected), "{text}: {question}");
        }
    }

    #[test]
    fn conditions_narrow_it() {
        let query = SearchQuery {
            speaker: Some("Dana Holt".into()),
            publisher: Some("The Gull".into()),
            since: Some(date(2031, 5, 2)),
            sort: Sort::Newest,
            ..SearchQuery::new("text:=bridge")
        };
        let body = wider(&query, Backend::Elastic).unwrap();
        let parts = body["query"]["bool"]["must"].as_array().unwrap();
        assert_eq!(parts.len(), 4);
        assert_eq!(parts[1]["bool"]["should"][0]["match"]["text"]["operator"], "and");
        assert_eq!(parts[2]["match_phrase"]["publisher.words"]["query"], "The Gull");
        assert_eq!(parts[3]["range"]["date"]["gte"], "2031-05-02");
        assert_eq!(body["sort"][0]["date"]["order"], "desc");
    }

    #[test]
    fn what_cannot_be_asked_is_refused_by_name() {
        let told = |query: SearchQuery, backend| wider(&query, backend).unwrap_err().to_string();
        let like = SearchQuery { like: Some("a".into()), ..SearchQuery::default() };
        assert!(told(like, Backend::Elastic).contains("Elasticsearch for documents like another one"));
        assert!(told(SearchQuery::new("r?p"), Backend::Quickwit).contains("Quickwit for words known in part"));
        let figure = SearchQuery { claims: true, ..SearchQuery::default() };
        assert!(told(figure, Backend::Elastic).contains("figures or claims in all documents"));
        assert!(told(SearchQuery::new("(a"), Backend::Elastic).contains("never closed"));
    }
}
