//! `/records.jsonl`: the records of one document after the other, as fast as they are taken; no more than one document's
//! stand in memory.

use super::Library;
use crate::record::Records;
use axum::body::{Bytes, HttpBody};
use http_body::Frame;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

/// The lines that are still to be sent.
pub(super) struct Lines {
    library: Arc<Library>,
    next: usize,
}

impl Lines {
    /// All of a library.
    pub(super) fn of(library: Arc<Library>) -> Lines {
        Lines { library, next: 0 }
    }
}

impl HttpBody for Lines {
    type Data = Bytes;
    type Error = serde_json::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, serde_json::Error>>> {
        let library = Arc::clone(&self.library);
        while let Some(reading) = library.readings.get(self.next) {
            self.next += 1;
            let mut lines = Vec::new();
            for record in Records::new(&reading.document, &reading.extraction, library.offsets).all() {
                if let Err(error) = serde_json::to_writer(&mut lines, &record) {
                    return Poll::Ready(Some(Err(error)));
                }
                lines.push(b'\n');
            }
            if !lines.is_empty() {
                return Poll::Ready(Some(Ok(Frame::data(lines.into()))));
            }
        }
        Poll::Ready(None)
    }
}
