//! What an address names: a store, the object or folder in it, and how it is shown to people.

use crate::error::ObjectError;
use object_store::path::Path;
use url::Url;

/// An address that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Address {
    /// `s3://bucket/name`: the name is taken as it stands, `%` and spaces included.
    Bucket {
        /// The bucket.
        bucket: String,
        /// The object or folder.
        key: Path,
        /// Whether it ends in `/`, as the name of a folder does.
        folder: bool,
    },
    /// `https://host/file`.
    Web(Url),
}

impl Address {
    /// Reads an address.
    pub(crate) fn read(written: &str) -> Result<Address, ObjectError> {
        if let Some(rest) = written.strip_prefix("s3://").or_else(|| written.strip_prefix("s3a://")) {
            let (bucket, name) = rest.split_once('/').unwrap_or((rest, ""));
            if bucket.is_empty() {
                return Err(ObjectError::Asked("the bucket is missing, as in s3://bucket/folder".to_owned()));
            }
            let key = Path::parse(name).map_err(|error| ObjectError::Asked(error.to_string()))?;
            return Ok(Address::Bucket {
                bucket: bucket.to_owned(),
                key,
                folder: name.is_empty() || name.ends_with('/'),
            });
        }
        match Url::parse(written) {
            Ok(url) if url.scheme() == "https" && url.has_host() => Ok(Address::Web(url)),
            Ok(url) if url.scheme() == "http" => {
                Err(ObjectError::Asked("it is not encrypted; write https://, or fetch the file yourself".to_owned()))
            }
            Ok(url) => Err(ObjectError::Asked(format!(
                "{}:// is not read; addresses begin with s3:// or https://",
                url.scheme()
            ))),
            Err(error) => Err(ObjectError::Asked(format!("the address cannot be read: {error}"))),
        }
    }

    /// How it is shown: without a user's name, a password, or a query, which may be a signature.
    pub(crate) fn shown(&self) -> String {
        match self {
            Address::Bucket { bucket, key, .. } => format!("s3://{bucket}/{key}"),
            Address::Web(url) => {
                let mut url = url.clone();
                url.set_query(None);
                url.set_fragment(None);
                // Neither fails for an address with a host.
                let _ = url.set_username("");
                let _ = url.set_password(None);
                url.into()
            }
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_and_shown_without_secrets() {
        for (written, shown) in [
            ("s3://news/2031/a b%20c.txt", Ok("s3://news/2031/a b%20c.txt")),
            ("s3a://news/2031/", Ok("s3://news/2031")),
            ("s3://news", Ok("s3://news/")),
            ("https://ada:key@gull.example/a/?X-Signature=key#part", Ok("https://gull.example/a/")),
            ("s3:///a", Err("bucket is missing")),
            ("s3://news/a//b", Err("empty")),
            ("s3://news/../b", Err("..")),
            ("http://gull.example/a", Err("not encrypted")),
            ("gs://news/a", Err("gs:// is not read")),
            ("https://", Err("cannot be read")),
        ] {
            match (Address::read(written), shown) {
                (Ok(address), Ok(shown)) => assert_eq!(address.shown(), shown),
                (Err(error), Err(why)) => assert!(error.to_string().contains(why), "{written}: {error}"),
                (other, _) => panic!("{written}: {other:?}"),
            }
        }
        let folder = |written| matches!(Address::read(written), Ok(Address::Bucket { folder: true, .. }));
        assert!(folder("s3://news") && folder("s3://news/2031/") && !folder("s3://news/2031"));
    }
}
