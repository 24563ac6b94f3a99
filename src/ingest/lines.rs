//! Reading a line, or a whole document, within [`Limits`].

use std::io::{self, BufRead, Read};

use super::{IngestError, Limits, Source};

/// A line of a file, without its end.
pub(crate) enum Line {
    /// Its text.
    Text(String),
    /// It was longer than the limit, and has been skipped.
    TooLong,
}

/// The lines of an input, none of them held beyond a limit.
pub(crate) struct Lines<'a> {
    input: Box<dyn BufRead + Send + 'a>,
    limit: usize,
    /// The line that was read last, from 1; 0 before the first.
    number: u64,
}

impl<'a> Lines<'a> {
    /// Lines of at most `limit` bytes.
    pub(crate) fn new(input: Box<dyn BufRead + Send + 'a>, limit: usize) -> Self {
        Lines {
            input,
            limit,
            number: 0,
        }
    }

    /// The number of the line that was read last, from 1.
    pub(crate) fn number(&self) -> u64 {
        self.number
    }

    /// The next line; `None` at the end of the input.
    pub(crate) fn next(&mut self) -> io::Result<Option<Line>> {
        let mut held = Vec::new();
        let mut too_long = false;
        let mut begun = false;
        loop {
            let buffer = match self.input.fill_buf() {
                Ok(buffer) => buffer,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => {
                    self.number += 1;
                    return Err(error);
                }
            };
            if buffer.is_empty() {
                break;
            }
            begun = true;
            let end = buffer.iter().position(|&byte| byte == b'\n');
            let piece = &buffer[..end.unwrap_or(buffer.len())];
            if !too_long && held.len() + piece.len() <= self.limit {
                held.extend_from_slice(piece);
            } else {
                too_long = true;
                held = Vec::new();
            }
            let consumed = end.map_or(buffer.len(), |end| end + 1);
            self.input.consume(consumed);
            if end.is_some() {
                break;
            }
        }
        if !begun {
            return Ok(None);
        }
        self.number += 1;
        Ok(Some(if too_long {
            Line::TooLong
        } else {
            Line::Text(lossy(held))
        }))
    }
}

/// The whole of `input` as one text.
///
/// # Errors
///
/// Where the input cannot be read, is larger than a document may be, or has
/// nothing but white space.
pub(crate) fn read_whole(
    input: Box<dyn BufRead + Send + '_>,
    source: &Source,
    limits: Limits,
) -> Result<String, IngestError> {
    let mut bytes = Vec::new();
    let bound = u64::try_from(limits.document_bytes)
        .unwrap_or(u64::MAX)
        .saturating_add(1);
    input
        .take(bound)
        .read_to_end(&mut bytes)
        .map_err(|error| IngestError::unreadable(source, 1, &error))?;
    if bytes.len() > limits.document_bytes {
        return Err(IngestError::new(source, 1, too_large("document", limits)));
    }
    let text = lossy(bytes);
    if text.trim().is_empty() {
        return Err(IngestError::new(source, 1, "the file is empty"));
    }
    Ok(text)
}

/// What to say of a `what` that is beyond the limit.
pub(crate) fn too_large(what: &str, limits: Limits) -> String {
    let bytes = limits.document_bytes;
    let size = if bytes >= 1 << 20 && bytes.is_multiple_of(1 << 20) {
        format!("{} MiB", bytes >> 20)
    } else {
        format!("{bytes} bytes")
    };
    format!("the {what} is larger than {size}; split it into its documents")
}

fn lossy(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes)
        .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}
