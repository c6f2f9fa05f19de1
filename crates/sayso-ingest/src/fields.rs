//! The fields of a document as JSON keys, YAML front matter and table columns name them, read leniently: numbers stand
//! for their digits, lists of names are joined, an object stands for its `name`, and keys that are not known are
//! passed over. The text itself must be a string.

use serde::de::{self, Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::borrow::Cow;
use std::fmt;

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
}

/// The name of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    Id,
    Kind,
    Title,
    Text,
    Body,
    Date,
    Publisher,
    Byline,
    Author,
    Speaker,
    Url,
    Lang,
    About,
    Record,
    Other,
}

impl Field {
    /// The field of that name; `author` stands for `byline` and `body` for `text` where these are not given.
    pub(super) fn of(name: &str) -> Field {
        match name {
            "id" => Field::Id,
            "kind" => Field::Kind,
            "title" => Field::Title,
            "text" => Field::Text,
            "body" => Field::Body,
            "date" => Field::Date,
            "publisher" => Field::Publisher,
            "byline" => Field::Byline,
            "author" => Field::Author,
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
    /// Takes a value in. A value of white space alone is none.
    pub(super) fn set(&mut self, field: Field, value: Cow<'a, str>) {
        if !matches!(field, Field::Text | Field::Body) && value.trim().is_empty() {
            return;
        }
        match field {
            Field::Id => self.id = Some(value),
            Field::Kind => self.kind = Some(value),
            Field::Title => self.title = Some(value),
            Field::Text => self.text = Some(value),
            Field::Body if self.text.is_none() => self.text = Some(value),
            Field::Date => self.date = Some(value),
            Field::Publisher => self.publisher = Some(value),
            Field::Byline => self.byline = Some(value),
            Field::Author if self.byline.is_none() => self.byline = Some(value),
            Field::Speaker => self.speaker = Some(value),
            Field::Url => self.url = Some(value),
            Field::Lang => self.lang = Some(value),
            Field::About => self.about = split(&value),
            Field::Record => self.is_record = true,
            Field::Body | Field::Author | Field::Other => {}
        }
    }
}

/// Ids in one string: between commas where there are any, else between white space.
fn split(ids: &str) -> Vec<String> {
    let parts: Vec<&str> =
        if ids.contains([',', ';']) { ids.split([',', ';']).collect() } else { ids.split_whitespace().collect() };
    parts.iter().map(|id| id.trim()).filter(|id| !id.is_empty()).map(str::to_string).collect()
}

impl<'de> Deserialize<'de> for Fields<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Record)
    }
}

struct Record;

impl<'de> Visitor<'de> for Record {
    type Value = Fields<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object with a document's fields")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Fields<'de>, A::Error> {
        let mut fields = Fields::default();
        let mut seen = 0u32;
        while let Some(Key(field)) = map.next_key()? {
            if field == Field::Other {
                map.next_value::<IgnoredAny>()?;
                continue;
            }
            // A second `text` could only be read by dropping the first.
            let bit = 1 << field as u32;
            if seen & bit != 0 && field != Field::Record {
                return Err(de::Error::custom(format_args!("the field `{field:?}` stands there twice")));
            }
            seen |= bit;
            match (field, map.next_value::<Loose<'de>>()?) {
                (Field::Record, _) => fields.is_record = true,
                (_, Loose::None) => {}
                (_, Loose::Text(value)) => fields.set(field, value),
                (Field::Text | Field::Body, _) => return Err(de::Error::custom("the text is no string")),
                (_, Loose::Scalar(value)) => fields.set(field, value.into()),
                (Field::About, Loose::Many(values)) => fields.about = values,
                (_, Loose::Many(values)) => fields.set(field, values.join(", ").into()),
            }
        }
        Ok(fields)
    }

    fn visit_unit<E: de::Error>(self) -> Result<Fields<'de>, E> {
        Ok(Fields::default())
    }
}

struct Key(Field);

impl<'de> Deserialize<'de> for Key {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Name;
        impl Visitor<'_> for Name {
            type Value = Key;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a field name")
            }
            fn visit_str<E: de::Error>(self, name: &str) -> Result<Key, E> {
                Ok(Key(Field::of(name)))
            }
        }
        deserializer.deserialize_str(Name)
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
        let mut found = Loose::None;
        while let Some(key) = map.next_key::<Cow<'_, str>>()? {
            if key == "name" {
                found = map.next_value()?;
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
    fn splits_ids() {
        for (ids, wanted) in
            [("s1 s2", vec!["s1", "s2"]), ("a b, c", vec!["a b", "c"]), (" s1 ", vec!["s1"]), (",", vec![])]
        {
            let mut fields = Fields::default();
            fields.set(Field::About, ids.into());
            assert_eq!(fields.about, wanted);
        }
    }
}
