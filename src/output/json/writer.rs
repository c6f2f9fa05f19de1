//! A serde serializer for records: compact JSON, written to memory. It can assume what serde_json cannot: the names of
//! fields and variants come from our code and need no escapes, and the output never fails.

use super::strings;
use serde::ser::{Error, Impossible, Serialize, SerializeSeq, SerializeStruct, SerializeTuple, Serializer};
use serde_json::Error as JsonError;

/// Writes one value.
pub(super) struct Writer<'o> {
    /// The output.
    pub out: &'o mut Vec<u8>,
}

/// A list or an object that is not yet complete.
pub(super) struct Open<'o> {
    out: &'o mut Vec<u8>,
    /// Whether it is still empty.
    first: bool,
    end: u8,
}

impl<'o> Open<'o> {
    fn new(out: &'o mut Vec<u8>, begin: u8, end: u8) -> Self {
        out.push(begin);
        Open { out, first: true, end }
    }

    fn next(&mut self) {
        if !self.first {
            self.out.push(b',');
        }
        self.first = false;
    }

    fn element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), JsonError> {
        self.next();
        value.serialize(Writer { out: self.out })
    }

    fn close(self) {
        self.out.push(self.end);
    }
}

/// The name of a field with what parts it from the value before and after; `first` where no field stands before it.
/// Compiled where the name is known, so that all of it is one copy of known length.
#[inline(always)]
fn key(out: &mut Vec<u8>, first: bool, key: &'static str) {
    const MOST: usize = 32;
    let length = key.len();
    if length + 4 > MOST {
        if !first {
            out.push(b',');
        }
        name(out, key);
        out.push(b':');
        return;
    }
    let mut whole = [0; MOST];
    whole[..2].copy_from_slice(b",\"");
    whole[2..2 + length].copy_from_slice(key.as_bytes());
    whole[2 + length..4 + length].copy_from_slice(b"\":");
    out.extend_from_slice(&whole[usize::from(first)..4 + length]);
}

/// A name of ours between quote marks.
fn name(out: &mut Vec<u8>, name: &str) {
    out.reserve(name.len() + 3);
    out.push(b'"');
    out.extend_from_slice(name.as_bytes());
    out.push(b'"');
}

impl SerializeSeq for Open<'_> {
    type Ok = ();
    type Error = JsonError;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), JsonError> {
        self.element(value)
    }

    fn end(self) -> Result<(), JsonError> {
        self.close();
        Ok(())
    }
}

impl SerializeTuple for Open<'_> {
    type Ok = ();
    type Error = JsonError;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), JsonError> {
        self.element(value)
    }

    fn end(self) -> Result<(), JsonError> {
        self.close();
        Ok(())
    }
}

impl SerializeStruct for Open<'_> {
    type Ok = ();
    type Error = JsonError;

    #[inline(always)]
    fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result<(), JsonError> {
        self::key(self.out, self.first, key);
        self.first = false;
        value.serialize(Writer { out: self.out })
    }

    fn end(self) -> Result<(), JsonError> {
        self.close();
        Ok(())
    }
}

/// The error for a type that no record contains.
fn foreign<T>(what: &str) -> Result<T, JsonError> {
    Err(JsonError::custom(format_args!("no record holds {what}")))
}

impl<'o> Serializer for Writer<'o> {
    type Ok = ();
    type Error = JsonError;
    type SerializeSeq = Open<'o>;
    type SerializeTuple = Open<'o>;
    type SerializeStruct = Open<'o>;
    type SerializeTupleStruct = Impossible<(), JsonError>;
    type SerializeTupleVariant = Impossible<(), JsonError>;
    type SerializeMap = Impossible<(), JsonError>;
    type SerializeStructVariant = Impossible<(), JsonError>;

    fn serialize_bool(self, value: bool) -> Result<(), JsonError> {
        self.out.extend_from_slice(if value { b"true" } else { b"false" });
        Ok(())
    }

    fn serialize_i8(self, value: i8) -> Result<(), JsonError> {
        self.serialize_i64(value.into())
    }

    fn serialize_i16(self, value: i16) -> Result<(), JsonError> {
        self.serialize_i64(value.into())
    }

    fn serialize_i32(self, value: i32) -> Result<(), JsonError> {
        self.serialize_i64(value.into())
    }

    fn serialize_i64(self, value: i64) -> Result<(), JsonError> {
        if value < 0 {
            self.out.push(b'-');
        }
        self.serialize_u64(value.unsigned_abs())
    }

    fn serialize_u8(self, value: u8) -> Result<(), JsonError> {
        self.serialize_u64(value.into())
    }

    fn serialize_u16(self, value: u16) -> Result<(), JsonError> {
        self.serialize_u64(value.into())
    }

    fn serialize_u32(self, value: u32) -> Result<(), JsonError> {
        self.serialize_u64(value.into())
    }

    fn serialize_u64(self, value: u64) -> Result<(), JsonError> {
        strings::number(self.out, value);
        Ok(())
    }

    fn serialize_f32(self, value: f32) -> Result<(), JsonError> {
        serde_json::to_writer(self.out, &value)
    }

    fn serialize_f64(self, value: f64) -> Result<(), JsonError> {
        serde_json::to_writer(self.out, &value)
    }

    fn serialize_char(self, value: char) -> Result<(), JsonError> {
        self.serialize_str(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, value: &str) -> Result<(), JsonError> {
        strings::write(self.out, value);
        Ok(())
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<(), JsonError> {
        foreign("bytes")
    }

    fn serialize_none(self) -> Result<(), JsonError> {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), JsonError> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), JsonError> {
        self.out.extend_from_slice(b"null");
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), JsonError> {
        self.serialize_unit()
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<(), JsonError> {
        name(self.out, variant);
        Ok(())
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result<(), JsonError> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<(), JsonError> {
        foreign("a variant with its name outside")
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Open<'o>, JsonError> {
        Ok(Open::new(self.out, b'[', b']'))
    }

    fn serialize_tuple(self, _: usize) -> Result<Open<'o>, JsonError> {
        Ok(Open::new(self.out, b'[', b']'))
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Self::SerializeTupleStruct, JsonError> {
        foreign("a struct without names")
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, JsonError> {
        foreign("a variant without names")
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Self::SerializeMap, JsonError> {
        foreign("a map")
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Open<'o>, JsonError> {
        Ok(Open::new(self.out, b'{', b'}'))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, JsonError> {
        foreign("a variant with its name outside")
    }
}
