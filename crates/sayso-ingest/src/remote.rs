//! Addresses (`s3://bucket/folder`, `https://host/file`) among the paths that are read. `sayso-objects` fetches what they name;
//! a build without the feature `objects` says how to get it.

use super::error::ReadError;
use std::path::Path;

/// Whether a path is an address and no file: it begins with a scheme and `://`.
pub fn is_address(path: &Path) -> bool {
    let scheme = path.to_str().and_then(|written| written.split_once("://")).map(|(scheme, _)| scheme);
    scheme.is_some_and(|scheme| {
        scheme.starts_with(|c: char| c.is_ascii_lowercase())
            && scheme.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '+' | '-' | '.'))
    })
}

/// What stands at an address.
#[cfg(feature = "objects")]
pub(super) fn found(path: &Path) -> Result<sayso_objects::Found, ReadError> {
    let failed =
        |error: sayso_objects::ObjectError| ReadError::Address { path: path.to_owned(), why: error.to_string() };
    sayso_objects::Place::of(&path.to_string_lossy()).and_then(|place| place.look()).map_err(failed)
}

/// Why nothing can be read from an address.
#[cfg(not(feature = "objects"))]
pub(super) fn left_out(path: &Path) -> ReadError {
    ReadError::Address { path: path.to_owned(), why: LEFT_OUT.to_owned() }
}

/// What a build without the feature says of an address.
pub const LEFT_OUT: &str =
    "object storage is left out of this build; build sayso with `--features objects`, or copy the files here";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_begins_with_a_scheme() {
        for address in ["s3://news/a.txt", "https://gull.example/a", "http://gull.example", "gs://news"] {
            assert!(is_address(Path::new(address)), "{address}");
        }
        for path in ["-", "a/b.txt", "s3:/news", "://a", "C:\\news", "a b://c", "./s3://news", "2031://a"] {
            assert!(!is_address(Path::new(path)), "{path}");
        }
    }
}
