//! Files of which no more than so much is read: one that never ends (a device, a pipe) is an error and no memory filled.

use std::io::{self, Read};
use std::path::Path;

/// Bytes up to a limit; an error beyond it.
pub(crate) struct Capped<R> {
    inner: R,
    limit: u64,
    left: u64,
}

impl<R: Read> Capped<R> {
    /// At most `limit` bytes of `inner`.
    pub(crate) fn new(inner: R, limit: u64) -> Capped<R> {
        Capped { inner, limit, left: limit }
    }
}

impl<R: Read> Read for Capped<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.left == 0 && !out.is_empty() {
            let more = self.inner.read(&mut [0])?;
            return match more {
                0 => Ok(0),
                _ => Err(io::Error::other(format!(
                    "it is longer than the {} MiB that it may have; split it",
                    self.limit >> 20
                ))),
            };
        }
        let room = out.len().min(usize::try_from(self.left).unwrap_or(usize::MAX));
        let read = self.inner.read(&mut out[..room])?;
        self.left -= read as u64;
        Ok(read)
    }
}

/// The text of a small file, of at most `limit` bytes.
pub fn read_small(path: &Path, limit: u64) -> io::Result<String> {
    let mut text = String::new();
    Capped::new(std::fs::File::open(path)?, limit).read_to_string(&mut text)?;
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_never_ends_is_an_error() {
        let mut read = Vec::new();
        let error = Capped::new(io::repeat(b'x'), 3 << 20).read_to_end(&mut read).unwrap_err();
        assert_eq!((read.len(), error.to_string().contains("3 MiB")), (3 << 20, true));
        for (bytes, limit, fits) in [(3, 3, true), (4, 3, false), (0, 0, true), (2, 3, true)] {
            let read = Capped::new(io::repeat(b'x').take(bytes), limit).read_to_end(&mut Vec::new());
            assert_eq!(read.is_ok(), fits, "{bytes} of {limit}");
        }
    }
}
