//! The bytes of a file on their way to the XML parser: lines counted, and no
//! single run of text longer than a document may be.

use std::io::{self, BufRead, Read};

/// A reader that counts lines and bounds what the parser buffers at once.
///
/// The parser gathers a run of text whole before anyone can refuse it, so the
/// rest of an overlong run is left out here, up to the next markup.
pub(super) struct Input<R> {
    inner: R,
    /// Line feeds consumed so far.
    newlines: u64,
    /// Bytes that the parser took since the last event.
    taken: usize,
    /// The most that it may take for one event.
    most: usize,
    /// Whether anything was left out of the current event.
    cut: bool,
}

impl<R: BufRead> Input<R> {
    pub(super) fn new(inner: R, most: usize) -> Self {
        Input {
            inner,
            newlines: 0,
            taken: 0,
            most,
            cut: false,
        }
    }

    /// The line, from 1, that the next byte stands on.
    pub(super) fn line(&self) -> u64 {
        self.newlines + 1
    }

    /// Begins another event; tells whether the last one was cut short.
    pub(super) fn next_event(&mut self) -> bool {
        self.taken = 0;
        std::mem::take(&mut self.cut)
    }

    /// Drops input up to the next `<`.
    fn skip_to_markup(&mut self) -> io::Result<()> {
        self.cut = true;
        loop {
            let available = self.inner.fill_buf()?;
            let markup = available.iter().position(|byte| *byte == b'<');
            let length = markup.unwrap_or(available.len());
            self.newlines += newlines(&available[..length]);
            let ended = markup.is_some() || available.is_empty();
            self.inner.consume(length);
            if ended {
                return Ok(());
            }
        }
    }
}

impl<R: BufRead> Read for Input<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let available = self.fill_buf()?;
        let length = available.len().min(buffer.len());
        buffer[..length].copy_from_slice(&available[..length]);
        self.consume(length);
        Ok(length)
    }
}

impl<R: BufRead> BufRead for Input<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.taken > self.most {
            if self.taken > self.most.saturating_mul(2) {
                return Err(io::Error::other("a tag or comment without an end"));
            }
            self.skip_to_markup()?;
        }
        self.inner.fill_buf()
    }

    fn consume(&mut self, length: usize) {
        // The parser consumes only what it was shown, so this shows it again
        // without reading.
        if let Ok(available) = self.inner.fill_buf() {
            let length = length.min(available.len());
            self.newlines += newlines(&available[..length]);
        }
        self.taken = self.taken.saturating_add(length);
        self.inner.consume(length);
    }
}

/// The number of line feeds in `bytes`.
pub(super) fn newlines(bytes: &[u8]) -> u64 {
    // Blocks that a byte can count keep this in vector registers.
    bytes
        .chunks(192)
        .map(|block| {
            u64::from(
                block
                    .iter()
                    .map(|byte| u8::from(*byte == b'\n'))
                    .sum::<u8>(),
            )
        })
        .sum()
}
