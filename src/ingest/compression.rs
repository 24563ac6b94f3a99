//! Compressed files are read through, by what they begin with.

use std::io::{self, BufRead, Read};

use flate2::bufread::MultiGzDecoder;

/// `input` decompressed if it is gzip or Zstandard, else as it is.
///
/// # Errors
///
/// Where the first bytes cannot be read.
pub(super) fn decompress<'a>(
    mut input: impl BufRead + Send + 'a,
) -> io::Result<Box<dyn Read + Send + 'a>> {
    let head = input.fill_buf()?;
    if head.starts_with(&[0x1f, 0x8b]) {
        Ok(Box::new(Decompressed {
            inner: MultiGzDecoder::new(input),
            name: "gzip",
        }))
    } else if head.starts_with(&[0x28, 0xb5, 0x2f, 0xfd]) {
        Ok(Box::new(Decompressed {
            inner: zstd::stream::read::Decoder::with_buffer(input)?,
            name: "zstd",
        }))
    } else {
        Ok(Box::new(input))
    }
}

/// A decompressor whose errors say what a user can make of them.
struct Decompressed<R> {
    inner: R,
    name: &'static str,
}

impl<R: Read> Read for Decompressed<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let name = self.name;
        self.inner.read(buffer).map_err(|error| match error.kind() {
            io::ErrorKind::Interrupted => error,
            io::ErrorKind::UnexpectedEof => io::Error::new(
                io::ErrorKind::UnexpectedEof,
                format!(
                    "the {name} data end too early; the file was cut off, copy or download it again"
                ),
            ),
            kind => io::Error::new(kind, format!("the {name} data are damaged ({error})")),
        })
    }
}
