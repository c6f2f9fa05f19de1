//! The bytes of an object, as a reader that waits for them.

use crate::error::ObjectError;
use crate::place::Shared;
use bytes::{Buf, Bytes};
use futures_util::StreamExt;
use futures_util::stream::BoxStream;
use std::io::{self, Read};
use std::sync::Arc;
use std::time::Duration;

/// So long may the next bytes take, with the tries to get them.
const WAIT: Duration = Duration::from_secs(120);

/// Bytes on their way from a store.
pub struct Body {
    shared: Arc<Shared>,
    stream: BoxStream<'static, object_store::Result<Bytes>>,
    chunk: Bytes,
}

impl Body {
    pub(crate) fn new(shared: Arc<Shared>, stream: BoxStream<'static, object_store::Result<Bytes>>) -> Body {
        Body { shared, stream, chunk: Bytes::new() }
    }
}

impl Read for Body {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        while self.chunk.is_empty() {
            let next = async { tokio::time::timeout(WAIT, self.stream.next()).await };
            match self.shared.block_on(next)? {
                None => return Ok(0),
                Some(chunk) => self.chunk = chunk.map_err(ObjectError::from)?,
            }
        }
        let length = out.len().min(self.chunk.len());
        self.chunk.copy_to_slice(&mut out[..length]);
        Ok(length)
    }
}
