//! `/records.jsonl`: the records of one document after the other, as fast as they are taken; a few documents' at most
//! stand in memory.

use super::Library;
use super::library::LibraryError;
use crate::index::Filter;
use axum::body::{Bytes, HttpBody};
use http_body::Frame;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use tokio::sync::mpsc::{Receiver, Sender, channel};

/// So many documents are read ahead.
const AHEAD: usize = 4;

/// The lines that are still to be sent.
pub(super) struct Lines(Receiver<Result<Bytes, LibraryError>>);

impl Lines {
    /// All of a library, read on a thread of its own.
    pub(super) fn of(library: Arc<Library>) -> Lines {
        let (sender, receiver) = channel(AHEAD);
        tokio::task::spawn_blocking(move || {
            if let Err(error) = send(&library, &sender) {
                // Nobody may be left to hear it.
                drop(sender.blocking_send(Err(error)));
            }
        });
        Lines(receiver)
    }
}

/// Sends the lines of one document after the other, until nobody takes them any more.
fn send(library: &Library, sender: &Sender<Result<Bytes, LibraryError>>) -> Result<(), LibraryError> {
    for found in library.index.documents(&Filter::default())? {
        let (document, extraction) = found?;
        let reading = library.compared(document, extraction)?;
        if sender.blocking_send(Ok(library.lines(&reading)?.into())).is_err() {
            break;
        }
    }
    Ok(())
}

impl HttpBody for Lines {
    type Data = Bytes;
    type Error = LibraryError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, LibraryError>>> {
        self.0.poll_recv(context).map(|lines| lines.map(|lines| lines.map(Frame::data)))
    }
}
