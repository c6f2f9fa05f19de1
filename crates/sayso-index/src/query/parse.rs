//! Parses a query by recursive descent over its characters. NOT binds more tightly than AND, and AND more tightly than
//! OR. Adjacent words are joined by AND.
//!
//! `title:toll -"bridge repair"~2` gives AND(title:toll, NOT NEAR(bridge repair, 2)).

use super::super::error::IndexError;
use super::days::range;
use super::pattern::{LONGEST, Pattern};
use super::{Leaf, Node, Scope, Seek, Tree, What};
use sayso_core::document::Kind;
use sayso_core::text::folding::folded;

/// The maximum nesting depth. A query that is nested more deeply is refused.
const DEEPEST: usize = 64;

/// The names of fields, with alternative names.
const FIELDS: [(&str, Scope); 14] = [
    ("title", Scope::Title),
    ("headline", Scope::Headline),
    ("text", Scope::Text),
    ("body", Scope::Text),
    ("quotes", Scope::Quotes),
    ("quote", Scope::Quotes),
    ("narration", Scope::Narration),
    ("publisher", Scope::Publisher),
    ("speaker", Scope::Speaker),
    ("kind", Scope::Kind),
    ("id", Scope::Id),
    ("doc", Scope::Id),
    ("date", Scope::Date),
    ("day", Scope::Date),
];

/// A function that gives the forms of a word that may match it, the word itself first.
pub(crate) type Forms<'f> = &'f dyn Fn(&str) -> Result<Vec<String>, IndexError>;

/// Parses a query. An error names the column at which parsing stopped. Linear in the query.
pub(crate) fn parse(query: &str, forms: Forms) -> Result<Tree, IndexError> {
    let mut parser = Parser { query, forms, at: 0, depth: 0, leaves: Vec::new() };
    let root = if query.trim().is_empty() { Node::All } else { parser.any(Scope::Given)? };
    parser.skip_space();
    if parser.at < query.len() {
        return Err(parser.error(
            parser.at,
            "a `)` that closes nothing",
            "take it out, or put quote marks around what is meant as it stands",
        ));
    }
    if root == Node::Nothing {
        return Err(parser.error(0, "no word to search for", "a word has letters or digits"));
    }
    Ok(Tree { root, leaves: parser.leaves })
}

struct Parser<'q, 'f> {
    query: &'q str,
    forms: Forms<'f>,
    at: usize,
    depth: usize,
    leaves: Vec<Leaf>,
}

impl<'q> Parser<'q, '_> {
    fn error(&self, at: usize, found: impl Into<String>, help: impl Into<String>) -> IndexError {
        let column = self.query[..at].chars().count() + 1;
        IndexError::Query { query: self.query.to_owned(), column, found: found.into(), help: help.into() }
    }

    fn rest(&self) -> &'q str {
        &self.query[self.at..]
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn skip_space(&mut self) {
        self.at = self.query.len() - self.rest().trim_start().len();
    }

    /// Consumes an operator: the name in capitals, as a separate word.
    fn operator(&mut self, name: &str) -> bool {
        self.skip_space();
        let taken = self
            .rest()
            .strip_prefix(name)
            .is_some_and(|after| after.chars().next().is_none_or(|c| c.is_whitespace() || c == '('));
        if taken {
            self.at += name.len();
        }
        taken
    }

    fn any(&mut self, scope: Scope) -> Result<Node, IndexError> {
        let mut parts = vec![self.all(scope)?];
        while self.operator("OR") {
            parts.push(self.all(scope)?);
        }
        Ok(join(parts, Node::Or))
    }

    fn all(&mut self, scope: Scope) -> Result<Node, IndexError> {
        let start = self.at;
        let mut parts = Vec::new();
        let mut waiting = None;
        loop {
            self.skip_space();
            let before = self.at;
            if self.operator("AND") {
                if parts.is_empty() || waiting.is_some() {
                    return Err(self.error(
                        before,
                        "AND with nothing before it",
                        "write a word on each side, or put it into quote marks",
                    ));
                }
                waiting = Some(before);
                continue;
            }
            if self.peek().is_none_or(|c| c == ')') || self.sees_or() {
                break;
            }
            parts.push(self.one(scope)?);
            waiting = None;
        }
        match waiting {
            Some(at) => Err(self.error(
                at,
                "AND with nothing after it",
                "write a word on each side, or put it into quote marks",
            )),
            None if parts.is_empty() => {
                let found = if self.sees_or() { "OR with nothing before it" } else { "nothing to search for" };
                Err(self.error(self.at.max(start), found, "a word, a \"phrase\" or a (group) belongs here"))
            }
            None => Ok(join(parts, Node::And)),
        }
    }

    fn sees_or(&mut self) -> bool {
        let before = self.at;
        let seen = self.operator("OR");
        self.at = before;
        seen
    }

    fn one(&mut self, scope: Scope) -> Result<Node, IndexError> {
        let before = self.at;
        let sign = self.peek();
        let negated = self.operator("NOT") || sign == Some('-');
        if matches!(sign, Some('-' | '+')) {
            self.at += 1;
            if self.peek().is_none_or(char::is_whitespace) {
                let help = "write it before a word without a space, or leave it out";
                return Err(self.error(before, format!("`{}` with nothing after it", sign.unwrap_or_default()), help));
            }
        }
        if !negated {
            return self.operand(scope);
        }
        self.skip_space();
        if self.peek().is_none_or(|c| c == ')') || self.sees_or() {
            return Err(self.error(
                before,
                "NOT with nothing after it",
                "write the word that must not be there after it",
            ));
        }
        self.deeper(before)?;
        let inside = self.one(scope)?;
        self.depth -= 1;
        Ok(Node::Not(Box::new(inside)))
    }

    fn deeper(&mut self, at: usize) -> Result<(), IndexError> {
        self.depth += 1;
        match self.depth > DEEPEST {
            true => Err(self.error(at, "a query nested too deep", "search in several steps")),
            false => Ok(()),
        }
    }

    fn operand(&mut self, scope: Scope) -> Result<Node, IndexError> {
        let start = self.at;
        match self.peek() {
            Some('(') => {
                self.at += 1;
                self.deeper(start)?;
                let inside = self.any(scope)?;
                self.depth -= 1;
                self.skip_space();
                if self.peek() != Some(')') {
                    return Err(self.error(start, "a `(` that is never closed", "close it with `)`"));
                }
                self.at += 1;
                Ok(inside)
            }
            Some(mark) if closing(mark).is_some() => self.phrase(scope),
            _ => self.word(scope),
        }
    }

    /// Parses `"…"`, `“…”` or `«…»`, with an optional `~2`.
    fn phrase(&mut self, scope: Scope) -> Result<Node, IndexError> {
        let start = self.at;
        let open = self.peek().unwrap_or('"');
        self.at += open.len_utf8();
        let inside = self.rest();
        let Some(length) = inside.find(|c| closing(open).is_some_and(|ends| ends.contains(&c))) else {
            return Err(self.error(start, "a quote mark that is never closed", "close it, or take it out"));
        };
        self.at += length + inside[length..].chars().next().map_or(0, char::len_utf8);
        let row = self.row(start + open.len_utf8(), &inside[..length])?;
        let slop = self.slop()?;
        if matches!(scope, Scope::Kind | Scope::Id) {
            return self.exactly(scope, start, &inside[..length]);
        }
        if scope == Scope::Date {
            let help = "write it without quote marks: date:2018, date:[2018 TO 2019-05-31]";
            return Err(self.error(start, "quote marks around a day", help));
        }
        if row.is_empty() {
            return Err(self.error(start, "a phrase without a word", "a word has letters or digits"));
        }
        Ok(self.leaf(scope, if slop == 0 || row.len() < 2 { What::Row(row) } else { What::Near(row, slop) }))
    }

    /// The words of a phrase. Each stands for itself or is a pattern (`"borrow* for thi?gs"`). Doubled stars, and stars
    /// beside other marks, count as punctuation, because phrases are often pasted.
    fn row(&self, start: usize, phrase: &str) -> Result<Vec<Seek>, IndexError> {
        let mut row = Vec::new();
        for piece in phrase.split_whitespace() {
            let at = start + (piece.as_ptr().addr() - phrase.as_ptr().addr());
            let bare = piece.trim_matches(|c: char| !c.is_alphanumeric() && c != '*');
            if bare == "*" {
                let help = "write \"these words\"~2 for words with others between them";
                return Err(self.error(at, "`*` for a whole word in a phrase", help));
            }
            let known_in_part = bare.contains(['*', '?'])
                && !bare.contains("**")
                && bare.contains(char::is_alphanumeric)
                && bare.chars().all(|c| c.is_alphanumeric() || matches!(c, '*' | '?' | '\'' | '’'));
            match known_in_part {
                true => row.extend(self.partly(at, bare)?),
                false => row.extend(exact(piece)),
            }
        }
        Ok(row)
    }

    /// The words of a piece without white space. One of them may be a prefix or contain wildcards.
    fn partly(&self, start: usize, text: &str) -> Result<Vec<Seek>, IndexError> {
        // A question mark at the end belongs to a question that was typed as is.
        let text = text.trim_end_matches('?');
        let body = text.trim_end_matches('*');
        if body.contains(['*', '?']) {
            return Ok(vec![Seek::Pattern(self.wild(start, text)?)]);
        }
        let mut row = exact(body);
        if text.ends_with('*') {
            begin_only(&mut row);
        }
        Ok(row)
    }

    fn slop(&mut self) -> Result<u32, IndexError> {
        let start = self.at;
        let Some(after) = self.rest().strip_prefix('~') else { return Ok(0) };
        let digits = after.len() - after.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        self.at += 1 + digits;
        match after[..digits].parse() {
            Ok(slop @ 0..=1000) => Ok(slop),
            _ => Err(self.error(
                start,
                "`~` without a number up to 1000",
                "write \"these words\"~3 for words at most three steps out of place",
            )),
        }
    }

    fn word(&mut self, scope: Scope) -> Result<Node, IndexError> {
        let start = self.at;
        if scope == Scope::Date {
            return self.days();
        }
        let ends = |c: char| c.is_whitespace() || matches!(c, '(' | ')') || closing(c).is_some();
        let text = &self.rest()[..self.rest().find(ends).unwrap_or(self.rest().len())];
        if let Some((name, after)) = text.split_once(':')
            && !matches!(scope, Scope::Kind | Scope::Id)
            && !name.is_empty()
            && name.chars().all(|c| c.is_ascii_alphabetic())
        {
            return self.field(name, after.is_empty());
        }
        self.at += text.len();
        if matches!(scope, Scope::Kind | Scope::Id) {
            return self.exactly(scope, start, text);
        }
        if text == "*" {
            return Ok(Node::All);
        }
        if let Some(word) = text.strip_prefix('=').filter(|word| !word.is_empty()) {
            let row = exact(word);
            return Ok(if row.is_empty() { Node::Nothing } else { self.leaf(scope, What::Row(row)) });
        }
        if let Some(tilde) = text.find('~') {
            return self.fuzzy(scope, start, text, tilde);
        }
        let mut row = self.partly(start, text)?;
        if let [Seek::Forms(alone)] = row.as_mut_slice() {
            *alone = (self.forms)(&alone[0])?;
        }
        if row.is_empty() {
            return Ok(Node::Nothing);
        }
        Ok(self.leaf(scope, What::Row(row)))
    }

    /// Parses `brigde~` or `brigde~2`.
    fn fuzzy(&mut self, scope: Scope, start: usize, text: &str, tilde: usize) -> Result<Node, IndexError> {
        let help = "write word~ for words that differ by one letter, word~2 for two; \"these words\"~3 for near words";
        let edits = match &text[tilde + 1..] {
            "" | "1" => 1,
            "2" => 2,
            _ => return Err(self.error(start + tilde, "`~` after a word with something other than 1 or 2", help)),
        };
        let mut words = folded(&text[..tilde]);
        match words.len() {
            1 if words[0].len() <= LONGEST => {
                let word = words.swap_remove(0);
                Ok(self.leaf(scope, What::Row(vec![Seek::Pattern(Pattern::Fuzzy(word, edits))])))
            }
            _ => Err(self.error(start + tilde, "`~` after something that is not one word", help)),
        }
    }

    /// Parses `re?air*s`.
    fn wild(&self, start: usize, text: &str) -> Result<Pattern, IndexError> {
        let mut pattern = String::new();
        for (i, c) in text.char_indices() {
            match c {
                '*' if pattern.ends_with('*') => {}
                '*' | '?' => pattern.push(c),
                c => match folded(c.encode_utf8(&mut [0; 4])).as_slice() {
                    [letter] => pattern.push_str(letter),
                    _ if matches!(c, '\'' | '’' | '.') => pattern.push(if c == '.' { '.' } else { '\'' }),
                    _ => {
                        let help = "letters, digits, * and ? may stand in one: re?air*s";
                        return Err(self.error(start + i, format!("`{c}` in a word with a wildcard"), help));
                    }
                },
            }
        }
        if pattern.len() > LONGEST || !pattern.contains(|c| !matches!(c, '*' | '?')) {
            let help = "write one letter or more, and at most a hundred: re?air*s";
            return Err(self.error(start, "a wildcard without a word, or too long a one", help));
        }
        Ok(Pattern::Wild(pattern))
    }

    /// Parses `2018`, `2018-03..2019` or `[2018 TO 2019]` after `date:`.
    fn days(&mut self) -> Result<Node, IndexError> {
        let start = self.at;
        let rest = self.rest();
        let length = match rest.starts_with('[') {
            true => rest.find(']').map(|at| at + 1),
            false => Some(rest.find(|c: char| c.is_whitespace() || c == ')').unwrap_or(rest.len())),
        };
        let Some(length) = length else {
            return Err(self.error(start, "a `[` that is never closed", "close it with `]`: date:[2018 TO 2019]"));
        };
        self.at += length;
        match range(&rest[..length]) {
            Ok((from, to)) => Ok(self.leaf(Scope::Date, What::Days(from, to))),
            Err((at, found)) => Err(self.error(
                start + at,
                found,
                "write a year, a month or a day, or a range: date:2018, date:2018-03..2019, date:[2018 TO 2019-05-31]",
            )),
        }
    }

    fn field(&mut self, name: &str, bare: bool) -> Result<Node, IndexError> {
        let start = self.at;
        let Some((_, scope)) = FIELDS.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)) else {
            let known = "title, headline, text, quotes, narration, publisher, speaker, kind, id and date";
            return Err(self.error(
                start,
                format!("the unknown field `{name}`"),
                format!("the fields are {known}; quote marks take a colon as it stands"),
            ));
        };
        self.at += name.len() + 1;
        if bare && self.peek().is_none_or(|c| c.is_whitespace() || c == ')') {
            return Err(self.error(
                start,
                format!("`{name}:` with nothing after it"),
                format!("write {name}:word or {name}:\"some words\""),
            ));
        }
        self.operand(*scope)
    }

    fn exactly(&mut self, scope: Scope, start: usize, value: &str) -> Result<Node, IndexError> {
        let kinds = [Kind::Article, Kind::Statement, Kind::Reference].map(Kind::name);
        if scope == Scope::Kind && !kinds.contains(&value) {
            return Err(self.error(
                start,
                format!("the unknown kind `{value}`"),
                format!("the kinds are {}", kinds.join(", ")),
            ));
        }
        Ok(self.leaf(scope, What::Exactly(value.to_owned())))
    }

    fn leaf(&mut self, scope: Scope, what: What) -> Node {
        self.leaves.push(Leaf { scope, what });
        Node::Leaf(self.leaves.len() - 1)
    }
}

/// The marks that can close a phrase opened by `open`.
fn closing(open: char) -> Option<&'static [char]> {
    match open {
        '"' | '“' | '”' | '„' | '＂' => Some(&['"', '“', '”', '＂']),
        '«' | '»' => Some(&['«', '»']),
        _ => None,
    }
}

/// The words of a piece of the query, each without other forms. A piece that splits into several words (`tie-breaking`)
/// is a phrase.
fn exact(text: &str) -> Vec<Seek> {
    folded(text).into_iter().map(|word| Seek::Forms(vec![word])).collect()
}

/// Turns the last word of a row into a prefix.
fn begin_only(row: &mut [Seek]) {
    if let Some(last) = row.last_mut()
        && let Seek::Forms(forms) = last
    {
        *last = Seek::Pattern(Pattern::Prefix(forms.swap_remove(0)));
    }
}

/// Joins nodes. A single node stays as it is; nodes without words are dropped.
fn join(mut parts: Vec<Node>, many: fn(Vec<Node>) -> Node) -> Node {
    parts.retain(|part| *part != Node::Nothing && *part != Node::Not(Box::new(Node::Nothing)));
    match parts.len() {
        0 => Node::Nothing,
        1 => parts.swap_remove(0),
        _ => many(parts),
    }
}
