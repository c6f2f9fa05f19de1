//! The fields of a document as JSON keys, YAML front matter and table columns name them, read leniently: numbers stand
//! for their digits, lists of names are joined, an object stands for its `name`, and keys that are not known are
//! passed over. The text itself must be a string.

use sayso_core::document::Layout;
use serde::de::{self, Deserialize, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;
use std::sync::LazyLock;

/// What a record says of a document. Strings borrow from the record where nothing in them is escaped.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Fields<'a> {
    pub(super) id: Option<Cow<'a, str>>,
    pub(super) kind: Option<Cow<'a, str>>,
    pub(super) title: Option<Cow<'a, str>>,
    pub(super) text: Option<Cow<'a, str>>,
    pub(super) date: Option<Cow<'a, str>>,
    pub(super) publisher: Option<Cow<'a, str>>,
    pub(super) byline: Option<Cow<'a, str>>,
    pub(super) speaker: Option<Cow<'a, str>>,
    pub(super) url: Option<Cow<'a, str>>,
    pub(super) lang: Option<Cow<'a, str>>,
    pub(super) about: Vec<String>,
    /// Whether it has a key `record` or `doc`, as extracted records and hand-made ones have.
    pub(super) is_record: bool,
    /// Pages, times and parts, where the format has them.
    pub(super) layout: Layout,
    /// For each field one more than the rank of the name that it came from; 0 where it is not set.
    pub(super) ranks: [u8; FIELDS],
}

/// The name of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Field {
    Id,
    Kind,
    Title,
    Text,
    Date,
    Publisher,
    Byline,
    Speaker,
    Url,
    Lang,
    About,
    Record,
    Other,
}

/// How many fields there are.
const FIELDS: usize = Field::Other as usize + 1;

/// What a name stands for, and how far it is believed: of two names of one field the lower rank counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Named {
    pub(super) field: Field,
    pub(super) rank: u8,
}

/// The rank of a name that the user gave, of sayso's own names, and of the first teaser.
const USER: u8 = 0;
pub(super) const OWN: u8 = 1;
const TEASER: u8 = 100;

impl Named {
    /// Whether it names a text in full, and no teaser.
    pub(super) fn is_text(self) -> bool {
        self.field == Field::Text && self.rank < TEASER
    }
}

/// The table of names, normalised.
fn table() -> &'static HashMap<&'static str, Named> {
    static TABLE: LazyLock<HashMap<&'static str, Named>> = LazyLock::new(|| {
        let lines = include_str!("names.tsv").lines().filter(|line| !line.starts_with('#'));
        lines
            .flat_map(|line| {
                let mut parts = line.split('\t');
                let (field, first) = match parts.next().unwrap_or_default() {
                    "teaser" => (Field::Text, TEASER),
                    name => (Field::own(name), OWN),
                };
                parts.zip(first..).map(move |(name, rank)| (name, Named { field, rank }))
            })
            .collect()
    });
    &TABLE
}

/// A name as it is compared: its letters and digits, in lower case.
fn normal(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Names of columns and keys beside the usual ones: `--field text=story`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names(Vec<(String, Field)>);

impl Names {
    /// Adds `FIELD=NAME`; an error says what is wrong with it.
    pub fn add(&mut self, mapping: &str) -> Result<(), String> {
        let (field, name) = mapping.split_once('=').ok_or_else(|| format!("`{mapping}` is not FIELD=NAME"))?;
        match Field::own(field.trim()) {
            Field::Other | Field::Record => Err(format!(
                "`{field}` is no field; there are id, kind, title, text, date, publisher, byline, speaker, url, lang, about"
            )),
            field => {
                self.0.push((normal(name), field));
                Ok(())
            }
        }
    }

    /// What a column or key of that name holds.
    pub(super) fn of(&self, name: &str) -> Named {
        let own = Field::own(name);
        if own != Field::Other && self.0.is_empty() {
            return Named { field: own, rank: OWN };
        }
        let name = normal(name);
        if let Some((_, field)) = self.0.iter().find(|(other, _)| *other == name) {
            return Named { field: *field, rank: USER };
        }
        if own != Field::Other {
            return Named { field: own, rank: OWN };
        }
        // `_id` beside `id` is another name, and gives way to it.
        let known = table().get(name.as_str());
        known.map_or(Named { field: Field::Other, rank: u8::MAX }, |named| Named {
            rank: named.rank.max(OWN + 1),
            ..*named
        })
    }
}

impl Field {
    /// The field that sayso calls so.
    fn own(name: &str) -> Field {
        match name {
            "id" => Field::Id,
            "kind" => Field::Kind,
            "title" => Field::Title,
            "text" => Field::Text,
            "date" => Field::Date,
            "publisher" => Field::Publisher,
            "byline" => Field::Byline,
            "speaker" => Field::Speaker,
            "url" => Field::Url,
            "lang" => Field::Lang,
            "about" => Field::About,
            "record" | "doc" => Field::Record,
            _ => Field::Other,
        }
    }
}

impl<'a> Fields<'a> {
    /// Takes a value in. A value of white space alone is none, and one of a lesser name gives way.
    pub(super) fn set(&mut self, named: Named, value: Cow<'a, str>) {
        let Named { field, rank } = named;
        let blank = value.trim().is_empty();
        if blank && (field != Field::Text || rank != OWN && rank != USER) || !self.takes(named) {
            return;
        }
        match field {
            Field::Id => self.id = Some(value),
            Field::Kind => self.kind = Some(value),
            Field::Title => self.title = Some(value),
            // Only what is called `text` or `body` is sure to be no markup.
            Field::Text if rank > OWN + 1 => self.text = Some(unmarked(value)),
            Field::Text => self.text = Some(value),
            Field::Date => self.date = Some(value),
            Field::Publisher => self.publisher = Some(value),
            Field::Byline => self.byline = Some(value),
            Field::Speaker => self.speaker = Some(value),
            Field::Url => self.url = Some(value),
            Field::Lang => self.lang = Some(value),
            Field::About => self.about = split(&value),
            Field::Record => self.is_record = true,
            Field::Other => return,
        }
        self.ranks[field as usize] = rank + 1;
    }

    /// Whether a value of that name counts beside what is there.
    fn takes(&self, named: Named) -> bool {
        let have = self.ranks[named.field as usize];
        have == 0 || named.rank < have - 1
    }

    /// Takes in what `inner`, an object inside, says and this does not: `_source`, `fields`, `attributes`.
    fn absorb(&mut self, inner: Fields<'a>) {
        let Fields { id, title, text, date, publisher, byline, url, lang, ranks, .. } = inner;
        let all = [
            (Field::Id, id),
            (Field::Title, title),
            (Field::Text, text),
            (Field::Date, date),
            (Field::Publisher, publisher),
            (Field::Byline, byline),
            (Field::Url, url),
            (Field::Lang, lang),
        ];
        for (field, value) in all {
            if let Some(value) = value {
                self.set(Named { field, rank: ranks[field as usize].saturating_sub(1).max(OWN) }, value);
            }
        }
    }
}

/// A text without the HTML that interfaces leave in it.
fn unmarked(value: Cow<'_, str>) -> Cow<'_, str> {
    let tags = ["</p>", "</div>", "<br", "<p>", "</a>", "</li>"];
    if tags.iter().any(|tag| value.contains(tag)) { super::html::flow::fragment(&value).into() } else { value }
}

/// Ids in one string: between commas where there are any, else between white space.
fn split(ids: &str) -> Vec<String> {
    let parts: Vec<&str> =
        if ids.contains([',', ';']) { ids.split([',', ';']).collect() } else { ids.split_whitespace().collect() };
    parts.iter().map(|id| id.trim()).filter(|id| !id.is_empty()).map(str::to_string).collect()
}

impl<'de> Deserialize<'de> for Fields<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Record(&Names::default()).deserialize(deserializer)
    }
}

/// Reads an object's fields by the names that count.
#[derive(Clone, Copy)]
pub(super) struct Record<'n>(pub(super) &'n Names);

impl<'de> DeserializeSeed<'de> for Record<'_> {
    type Value = Fields<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Fields<'de>, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Record<'_> {
    type Value = Fields<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object with a document's fields")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Fields<'de>, A::Error> {
        let mut fields = Fields::default();
        let mut inner = Vec::new();
        let mut seen = 0u32;
        while let Some(key) = map.next_key::<Cow<'de, str>>()? {
            if matches!(key.as_ref(), "_source" | "fields" | "attributes") {
                inner.extend(map.next_value_seed(Inner(self))?);
                continue;
            }
            let named = self.0.of(&key);
            if named.field == Field::Other {
                map.next_value::<IgnoredAny>()?;
                continue;
            }
            // A second `text` could only be read by dropping the first.
            let bit = 1 << named.field as u32;
            if named.rank == OWN {
                if seen & bit != 0 && named.field != Field::Record {
                    return Err(de::Error::custom(format_args!("the field `{key}` stands there twice")));
                }
                seen |= bit;
            }
            match (named.field, map.next_value::<Loose<'de>>()?) {
                (Field::Record, _) => fields.is_record = true,
                (_, Loose::None) => {}
                (_, Loose::Text(value)) => fields.set(named, value),
                (Field::Text, _) if named.rank <= OWN + 1 => return Err(de::Error::custom("the text is no string")),
                (Field::Text, _) => {}
                (_, Loose::Scalar(value)) => fields.set(named, value.into()),
                (Field::About, Loose::Many(values)) => fields.about = values,
                (_, Loose::Many(values)) => fields.set(named, values.join(", ").into()),
            }
        }
        inner.into_iter().for_each(|inner| fields.absorb(inner));
        Ok(fields)
    }

    fn visit_unit<E: de::Error>(self) -> Result<Fields<'de>, E> {
        Ok(Fields::default())
    }
}

/// An object inside the record whose fields are the record's; anything else is passed over.
struct Inner<'n>(Record<'n>);

impl<'de> DeserializeSeed<'de> for Inner<'_> {
    type Value = Option<Fields<'de>>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Inner<'_> {
    type Value = Option<Fields<'de>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("anything")
    }
    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        self.0.visit_map(map).map(Some)
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(None)
    }
    fn visit_str<E: de::Error>(self, _: &str) -> Result<Self::Value, E> {
        Ok(None)
    }
    fn visit_bool<E: de::Error>(self, _: bool) -> Result<Self::Value, E> {
        Ok(None)
    }
    fn visit_i64<E: de::Error>(self, _: i64) -> Result<Self::Value, E> {
        Ok(None)
    }
    fn visit_u64<E: de::Error>(self, _: u64) -> Result<Self::Value, E> {
        Ok(None)
    }
    fn visit_f64<E: de::Error>(self, _: f64) -> Result<Self::Value, E> {
        Ok(None)
    }
    fn visit_unit<E: de::Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }
}

/// A value of whatever type.
enum Loose<'a> {
    None,
    Text(Cow<'a, str>),
    Scalar(String),
    Many(Vec<String>),
}

impl<'de> Deserialize<'de> for Loose<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Any)
    }
}

struct Any;

impl<'de> Visitor<'de> for Any {
    type Value = Loose<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string, a number or a list")
    }
    fn visit_borrowed_str<E: de::Error>(self, s: &'de str) -> Result<Self::Value, E> {
        Ok(Loose::Text(Cow::Borrowed(s)))
    }
    fn visit_str<E: de::Error>(self, s: &str) -> Result<Self::Value, E> {
        Ok(Loose::Text(Cow::Owned(s.to_string())))
    }
    fn visit_string<E: de::Error>(self, s: String) -> Result<Self::Value, E> {
        Ok(Loose::Text(Cow::Owned(s)))
    }
    fn visit_bool<E: de::Error>(self, b: bool) -> Result<Self::Value, E> {
        Ok(Loose::Scalar(b.to_string()))
    }
    fn visit_i64<E: de::Error>(self, n: i64) -> Result<Self::Value, E> {
        Ok(Loose::Scalar(n.to_string()))
    }
    fn visit_u64<E: de::Error>(self, n: u64) -> Result<Self::Value, E> {
        Ok(Loose::Scalar(n.to_string()))
    }
    fn visit_f64<E: de::Error>(self, n: f64) -> Result<Self::Value, E> {
        Ok(Loose::Scalar(n.to_string()))
    }
    fn visit_unit<E: de::Error>(self) -> Result<Self::Value, E> {
        Ok(Loose::None)
    }
    fn visit_none<E: de::Error>(self) -> Result<Self::Value, E> {
        Ok(Loose::None)
    }
    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(Any)
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        let mut values = Vec::new();
        while let Some(value) = seq.next_element::<Loose<'de>>()? {
            match value {
                Loose::None => {}
                Loose::Text(s) => values.push(s.into_owned()),
                Loose::Scalar(s) => values.push(s),
                Loose::Many(more) => values.extend(more),
            }
        }
        Ok(Loose::Many(values))
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        // What objects for a name or a text call it; the first of these counts.
        const CALLED: [&str; 6] = ["name", "main", "original", "rendered", "site", "title"];
        let mut found = Loose::None;
        let mut best = CALLED.len();
        while let Some(key) = map.next_key::<Cow<'_, str>>()? {
            if let Some(place) = CALLED.iter().position(|called| key == *called).filter(|place| *place < best) {
                found = map.next_value()?;
                best = if matches!(found, Loose::None) { best } else { place };
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn json(line: &str) -> Result<Fields<'_>, String> {
        serde_json::from_str(line).map_err(|e| e.to_string())
    }

    #[test]
    fn reads_leniently() {
        let fields = json(
            r#"{"id": 7, "title": null, "x": {"text": [1]}, "byline": [{"name": "Ana Brook"}, "Lee"], "about": ["s 1", 2],
                "author": "not used", "date": 2026, "body": "a \"b\"", "url": "  ", "publisher": {"name": "The Pier"}}"#,
        )
        .unwrap();
        assert_eq!(fields.id.as_deref(), Some("7"));
        assert_eq!(fields.title, None);
        assert_eq!(fields.byline.as_deref(), Some("Ana Brook, Lee"));
        assert_eq!(fields.about, ["s 1", "2"]);
        assert_eq!(fields.date.as_deref(), Some("2026"));
        assert_eq!(fields.text.as_deref(), Some("a \"b\""));
        assert_eq!(fields.url, None);
        assert_eq!(fields.publisher.as_deref(), Some("The Pier"));
        assert!(!fields.is_record);
    }

    #[test]
    fn text_wins_over_body_and_must_be_a_string() {
        assert_eq!(json(r#"{"body": "b", "text": "t"}"#).unwrap().text.as_deref(), Some("t"));
        assert_eq!(json(r#"{"text": "t", "body": "b"}"#).unwrap().text.as_deref(), Some("t"));
        assert!(matches!(json(r#"{"text": "t"}"#).unwrap().text, Some(Cow::Borrowed("t"))));
        assert!(json(r#"{"text": 3}"#).unwrap_err().contains("no string"));
        assert!(json(r#"{"text": "a", "text": "b"}"#).unwrap_err().contains("twice"));
        assert!(json("[1]").is_err());
    }

    #[test]
    fn names_of_other_programs_are_known() {
        let fields = json(
            r#"{"source": {"id": null, "name": "Pier Post"}, "author": "Ana Brook", "headline": {"main": "No ferry"}, "summary": "Short.",
                "publishedAt": "2026-03-03T08:00:00Z", "content": {"rendered": "<p>“No,” she said.</p><p>End.</p>"}, "webUrl": "https://p.example/1"}"#,
        )
        .unwrap();
        assert_eq!(fields.text.as_deref(), Some("“No,” she said.\n\nEnd."));
        assert_eq!((fields.publisher.as_deref(), fields.title.as_deref()), (Some("Pier Post"), Some("No ferry")));
        assert_eq!(
            (fields.date.as_deref(), fields.url.as_deref()),
            (Some("2026-03-03T08:00:00Z"), Some("https://p.example/1"))
        );
        let hit = json(r#"{"_id": "7", "_source": {"body": "b", "title": "t"}, "fields": [1]}"#).unwrap();
        assert_eq!((hit.text.as_deref(), hit.title.as_deref()), (Some("b"), Some("t")));
        assert_eq!(json(r#"{"description": "d"}"#).unwrap().text.as_deref(), Some("d"));
        assert_eq!(json(r#"{"_id": "o", "id": "7", "text": "t"}"#).unwrap().id.as_deref(), Some("7"));
    }

    #[test]
    fn the_user_names_a_column() {
        let mut names = Names::default();
        names.add("text=Story so far").unwrap();
        assert_eq!(names.of("story_so_far"), Named { field: Field::Text, rank: USER });
        assert_eq!(names.of("text"), Named { field: Field::Text, rank: OWN });
        assert!(names.add("words=x").unwrap_err().contains("no field"));
        assert!(names.add("text").is_err());
    }

    #[test]
    fn every_name_stands_once() {
        let rows = include_str!("names.tsv").lines().filter(|line| !line.starts_with('#'));
        let names: Vec<&str> = rows.flat_map(|line| line.split('\t').skip(1)).collect();
        assert_eq!(names.len(), table().len());
        assert!(names.iter().all(|name| normal(name) == **name));
    }

    #[test]
    fn splits_ids() {
        for (ids, wanted) in
            [("s1 s2", vec!["s1", "s2"]), ("a b, c", vec!["a b", "c"]), (" s1 ", vec!["s1"]), (",", vec![])]
        {
            let mut fields = Fields::default();
            fields.set(Named { field: Field::About, rank: OWN }, ids.into());
            assert_eq!(fields.about, wanted);
        }
    }
}
