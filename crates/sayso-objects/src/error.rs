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
    told.chars().take(LONGEST).collect()
}
