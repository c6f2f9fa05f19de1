//! What goes wrong with an address: a cause that a person can act on, without the address, which the caller names.

use std::error::Error;
use std::io;

/// The longest cause that is told.
const LONGEST: usize = 300;

/// Why an address cannot be read or written. The message does not name the address.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ObjectError {
    /// The address, or a setting, cannot be used as it is.
    #[error("{0}")]
    Asked(String),
    /// Nothing is there.
    #[error("there is no such object or folder; check the spelling of bucket and name")]
    NotFound,
    /// The store does not let us.
    #[error("the store refuses access ({0}); check the credentials and what they allow")]
    Refused(String),
    /// The store, or the way there, reported something else.
    #[error("{0}")]
    Store(String),
    /// The parts that connect could not be started.
    #[error("starting the connection: {0}")]
    Start(#[from] io::Error),
}

impl From<object_store::Error> for ObjectError {
    fn from(error: object_store::Error) -> ObjectError {
        use object_store::Error as Theirs;
        match &error {
            Theirs::NotFound { .. } => ObjectError::NotFound,
            Theirs::PermissionDenied { .. } => ObjectError::Refused("403".to_owned()),
            Theirs::Unauthenticated { .. } => ObjectError::Refused("401".to_owned()),
            _ => ObjectError::Store(root_of(&error)),
        }
    }
}

impl From<ObjectError> for io::Error {
    fn from(error: ObjectError) -> io::Error {
        let kind = match &error {
            ObjectError::NotFound => io::ErrorKind::NotFound,
            ObjectError::Refused(_) => io::ErrorKind::PermissionDenied,
            ObjectError::Start(source) => source.kind(),
            ObjectError::Asked(_) | ObjectError::Store(_) => io::ErrorKind::Other,
        };
        io::Error::new(kind, error)
    }
}

/// What is at the bottom of an error, on one line. The layers above it repeat addresses, which may hold secrets.
pub(crate) fn root_of(error: &(dyn Error + 'static)) -> String {
    let mut root = error;
    while let Some(deeper) = root.source() {
        root = deeper;
    }
    let told = root.to_string().split_whitespace().collect::<Vec<_>>().join(" ");
    without_markup(&told).chars().take(LONGEST).collect()
}

/// An answer without its markup: of the XML of a store the code and the message, of a page nothing.
fn without_markup(told: &str) -> String {
    let (plain, markup) = told.split_at(told.find('<').unwrap_or(told.len()));
    let element = |name: &str| {
        let (_, rest) = markup.split_once(&format!("<{name}>"))?;
        rest.split_once('<').map(|(text, _)| text)
    };
    let plain =
        plain.trim_end_matches([':', ' ']).replace("Server returned non-2xx status code:", "the server answers");
    [Some(plain.as_str()), element("Code"), element("Message")].into_iter().flatten().collect::<Vec<_>>().join(": ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_told_without_its_markup() {
        for (answer, told) in [
            (
                "Server returned non-2xx status code: 404 Not Found: <?xml?><Error><Code>NoSuchBucket</Code><Message>It is not there</Message></Error>",
                "the server answers 404 Not Found: NoSuchBucket: It is not there",
            ),
            ("Server returned non-2xx status code: 503 Busy: <!doctype html><p>Later", "the server answers 503 Busy"),
            ("Connection refused (os error 111)", "Connection refused (os error 111)"),
        ] {
            assert_eq!(without_markup(answer), told);
        }
    }
}
