//! Objects of a store (`s3://bucket/folder/file`) and files of the web (`https://host/file`), read and written as files
//! are: an address goes in, blocking readers and writers come out. The only crate that knows `object_store` and TLS.
//!
//! - **An address** is read where somebody names it, and nothing else is ever reached: no redirect is followed, and the
//!   service that hands out the credentials of an instance is asked only where `AWS_METADATA_ENDPOINT` names it.
//! - **Settings** are the variables that the tools of S3 share: `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`,
//!   `AWS_SESSION_TOKEN`, `AWS_REGION`, `AWS_ENDPOINT_URL`, `AWS_SKIP_SIGNATURE`, `AWS_ALLOW_HTTP` and the others that
//!   [`object_store::aws`] lists. Nothing goes unencrypted unless `AWS_ALLOW_HTTP` is `true`.
//! - **A folder** holds the objects whose names begin with its own; they come in the order in which a walk meets files.
//! - **What is written** appears whole or not at all: in one request, or in parts that become an object at the end. What
//!   is dropped before is taken back.

mod address;
mod client;
mod error;
mod place;
mod read;
mod write;

pub use error::ObjectError;
pub use place::{Found, Place};
pub use read::Body;
pub use write::Upload;
