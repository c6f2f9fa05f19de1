//! An object that is being written. A short one goes in one request, a long one in parts that become an object at the end.

use crate::error::ObjectError;
use crate::place::Shared;
use object_store::buffered::BufWriter;
use object_store::path::Path;
use std::io::{self, Write};
use std::sync::Arc;
use tokio::io::AsyncWriteExt;

/// The bytes of a part: the fewest that S3 takes.
const PART: usize = 5 << 20;
/// So many parts are on their way at once.
const AT_ONCE: usize = 4;

/// Writes an object, which is there from [`Upload::finish`] on. One that is dropped before leaves nothing.
pub struct Upload {
    shared: Arc<Shared>,
    /// None once it was finished.
    writer: Option<BufWriter>,
}

impl Upload {
    pub(crate) fn new(shared: Arc<Shared>, key: Path) -> Upload {
        let writer = BufWriter::with_capacity(shared.store.clone(), key, PART).with_max_concurrency(AT_ONCE);
        Upload { shared, writer: Some(writer) }
    }

    /// Makes the object of what was written.
    pub fn finish(mut self) -> Result<(), io::Error> {
        match self.writer.take() {
            // What goes wrong here takes the parts back.
            Some(mut writer) => self.shared.block_on(writer.shutdown()).map_err(told),
            None => Ok(()),
        }
    }
}

impl Write for Upload {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.writer {
            Some(writer) => self.shared.block_on(writer.write(bytes)).map_err(told),
            None => Err(io::ErrorKind::BrokenPipe.into()),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Drop for Upload {
    fn drop(&mut self) {
        if let Some(writer) = &mut self.writer {
            // Parts that stay behind are no object, and the store's own rules remove them.
            let _ = self.shared.block_on(writer.abort());
        }
    }
}

/// The error of the store, without what stands around it.
fn told(error: io::Error) -> io::Error {
    match error.downcast::<object_store::Error>() {
        Ok(theirs) => ObjectError::from(theirs).into(),
        Err(other) => other,
    }
}
