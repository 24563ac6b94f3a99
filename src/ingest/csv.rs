//! Tables: a header row, then a cable a row.

use std::io::{self, BufRead, Cursor};

use csv_core::{ReadRecordResult, Reader as Parser, ReaderBuilder};

use super::fields::Field;
use super::lines::too_large;
use super::prose::one_line;
use super::values::{Fields, finish};
use super::{Format, IngestError, Limits, Source};
use crate::cable::Cable;

/// Comma-, semicolon- or tab-separated values with a header row. Which of the
/// three it is, the header row tells.
#[derive(Debug, Clone, Copy, Default)]
pub struct Csv;

impl Format for Csv {
    fn read<'a>(
        &self,
        input: Box<dyn BufRead + Send + 'a>,
        source: &Source,
        limits: Limits,
    ) -> Box<dyn Iterator<Item = Result<Cable, IngestError>> + Send + 'a> {
        Box::new(Reader {
            rows: Rows::new(input, limits.document_bytes),
            source: source.clone(),
            limits,
            header: Vec::new(),
            delivered: 0,
            unclosed: 0,
            state: State::Header,
        })
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Header,
    Rows,
    Ended,
}

struct Reader<'a> {
    rows: Rows<'a>,
    source: Source,
    limits: Limits,
    header: Vec<String>,
    delivered: u64,
    /// How many rows had a quote that is never closed.
    unclosed: usize,
    state: State,
}

impl Iterator for Reader<'_> {
    type Item = Result<Cable, IngestError>;

    fn next(&mut self) -> Option<Self::Item> {
        while self.state != State::Ended {
            let row = match self.rows.next() {
                Ok(Some(row)) => row,
                Ok(None) => {
                    let is_empty = self.state == State::Header;
                    self.state = State::Ended;
                    return is_empty.then(|| Err(self.error(1, "the file is empty")));
                }
                Err(error) => {
                    self.state = State::Ended;
                    return Some(Err(IngestError::unreadable(
                        &self.source,
                        self.rows.line,
                        &error,
                    )));
                }
            };
            match self.take(row) {
                Some(Ok(cable)) => {
                    self.delivered += 1;
                    return Some(Ok(cable));
                }
                Some(Err(error)) => return Some(Err(error)),
                None => {}
            }
        }
        None
    }
}

impl Reader<'_> {
    fn take(&mut self, row: Row) -> Option<Result<Cable, IngestError>> {
        let is_header = self.state == State::Header;
        let fields = match row.content {
            Content::Fields(fields) if is_header => {
                return self.take_header(row.line, fields).map(Err);
            }
            Content::Fields(fields) => fields,
            Content::TooLarge => {
                if is_header {
                    self.state = State::Ended;
                }
                return Some(Err(self.error(row.line, too_large("row", self.limits))));
            }
            Content::Unclosed => {
                const MOST: usize = 100;
                self.unclosed += 1;
                if is_header || self.unclosed >= MOST {
                    self.state = State::Ended;
                }
                let reason = "a quoted field that begins in this row is never closed; add the missing quote mark";
                return Some(Err(self.error(row.line, reason)));
            }
        };
        if fields.iter().all(|field| field.trim().is_empty()) {
            return None;
        }
        Some(self.cable(row.line, &fields))
    }

    fn take_header(&mut self, line: u64, fields: Vec<String>) -> Option<IngestError> {
        self.state = State::Rows;
        self.header = fields.iter().map(|name| one_line(name)).collect();
        let has_text = self.header.iter().any(|name| {
            matches!(
                Field::named(name),
                Some((
                    Field::Title | Field::Subject | Field::Body | Field::Summary,
                    _
                ))
            )
        });
        if has_text {
            return None;
        }
        self.state = State::Ended;
        let reason = "no column of the header row holds a text; name one of them text, body, title or summary";
        Some(self.error(line, reason))
    }

    fn cable(&self, line: u64, row: &[String]) -> Result<Cable, IngestError> {
        let columns = self.header.len();
        let beyond = row.get(columns..).unwrap_or_default();
        if row.len() < columns || beyond.iter().any(|field| !field.trim().is_empty()) {
            let reason = format!(
                "the row has {} fields, the header row {columns}; put fields with a delimiter, a quote mark or \
                 a line end in quotes",
                row.len()
            );
            return Err(self.error(line, reason));
        }
        let mut fields = Fields::default();
        for (at, (name, value)) in self.header.iter().zip(row).enumerate() {
            if name.is_empty() {
                fields.push(&format!("column {}", at + 1), value.as_str());
            } else {
                fields.push(name, value.as_str());
            }
        }
        finish(
            fields.into_cable(),
            &self.source,
            Some(line),
            self.delivered,
            || format!("{}/{line}", self.source.stem),
        )
    }

    fn error(&self, line: u64, reason: impl Into<String>) -> IngestError {
        IngestError::new(&self.source, line, reason)
    }
}

/// A row, and the line of the file that it begins on.
struct Row {
    line: u64,
    content: Content,
}

enum Content {
    Fields(Vec<String>),
    /// Larger than the limit, and skipped.
    TooLarge,
    /// The file ends within quotes. The next row is read from the next line.
    Unclosed,
}

/// The rows of an input, none of them held beyond a limit.
struct Rows<'a> {
    input: Box<dyn BufRead + Send + 'a>,
    limit: usize,
    /// Bytes that are to be read before the input.
    pending: Cursor<Vec<u8>>,
    parser: Option<Parser>,
    /// The line that is being read, from 1.
    line: u64,
}

impl<'a> Rows<'a> {
    fn new(input: Box<dyn BufRead + Send + 'a>, limit: usize) -> Self {
        Rows {
            input,
            limit,
            pending: Cursor::default(),
            parser: None,
            line: 1,
        }
    }

    fn next(&mut self) -> io::Result<Option<Row>> {
        const MOST_FIELDS: usize = 1 << 16;
        let mut parser = match self.parser.take() {
            Some(parser) => parser,
            None => self.parser_for_header()?,
        };
        // The bytes of the row, kept to read them again after a lost quote.
        let mut raw: Vec<u8> = Vec::new();
        let mut output = vec![0; 1 << 10];
        let mut ends = vec![0; 32];
        let (mut output_len, mut ends_len) = (0, 0);
        let (mut too_large, mut newlines, mut leading) = (false, 0, None);
        let closed = loop {
            let pending = self.pending.fill_buf()?;
            let from_pending = !pending.is_empty();
            let chunk = if from_pending {
                pending
            } else {
                self.input.fill_buf()?
            };
            let at_end = chunk.is_empty();
            if at_end && raw.iter().all(|byte| matches!(byte, b'\r' | b'\n')) && !too_large {
                return Ok(None);
            }
            // A line end that nothing else can swallow tells whether the file
            // ended within quotes.
            let chunk = if at_end { b"\n".as_slice() } else { chunk };
            let (result, read, written, ended) =
                parser.read_record(chunk, &mut output[output_len..], &mut ends[ends_len..]);
            let piece = &chunk[..read];
            if leading.is_none()
                && let Some(at) = piece.iter().position(|byte| !matches!(byte, b'\r' | b'\n'))
            {
                leading = Some(newlines + count_lines(&piece[..at]));
            }
            newlines += count_lines(piece);
            if !too_large && raw.len() + read <= self.limit {
                raw.extend_from_slice(piece);
            } else {
                too_large = true;
                raw = Vec::new();
            }
            if from_pending {
                self.pending.consume(read);
            } else if !at_end {
                self.input.consume(read);
            }
            output_len += written;
            ends_len += ended;
            match result {
                ReadRecordResult::Record => break true,
                ReadRecordResult::InputEmpty if at_end => break false,
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull if too_large => output_len = 0,
                ReadRecordResult::OutputFull => output.resize(output.len() * 2, 0),
                ReadRecordResult::OutputEndsFull if too_large || ends.len() >= MOST_FIELDS => {
                    too_large = true;
                    ends_len = 0;
                }
                ReadRecordResult::OutputEndsFull => ends.resize(ends.len() * 2, 0),
                ReadRecordResult::End => return Ok(None),
            }
        };
        let line = self.line + leading.unwrap_or(0);
        self.line += newlines;
        let content = if too_large {
            Content::TooLarge
        } else if closed {
            let mut start = 0;
            let fields = ends[..ends_len].iter().map(|&end| {
                let field = output.get(start..end).unwrap_or_default();
                start = end;
                String::from_utf8_lossy(field).into_owned()
            });
            Content::Fields(fields.collect())
        } else {
            self.read_again_after_first_line(&raw, line);
            parser.reset();
            Content::Unclosed
        };
        self.parser = Some(parser);
        Ok(Some(Row { line, content }))
    }

    /// Puts back all but the first line of a row that began on `line`.
    fn read_again_after_first_line(&mut self, raw: &[u8], line: u64) {
        let start = raw
            .iter()
            .take_while(|byte| matches!(byte, b'\r' | b'\n'))
            .count();
        // The last byte is the line end that was added at the file's end.
        let row = &raw[start..raw.len().saturating_sub(1).max(start)];
        let rest = match row.iter().position(|&byte| byte == b'\n') {
            Some(end) => row[end + 1..].to_vec(),
            None => Vec::new(),
        };
        self.pending = Cursor::new(rest);
        self.line = line + 1;
    }

    /// A parser with the delimiter that the first line is full of. A first
    /// line `sep=;`, which spreadsheets write, names it and is read over.
    fn parser_for_header(&mut self) -> io::Result<Parser> {
        let head = self.input.fill_buf()?;
        let head = head.strip_prefix("\u{feff}".as_bytes()).unwrap_or(head);
        let line = head.split(|&byte| byte == b'\n').next().unwrap_or_default();
        let named = line
            .strip_prefix(b"sep=")
            .and_then(|rest| rest.first().copied())
            .filter(|byte| byte.is_ascii() && !matches!(byte, b'"' | b'\r' | b'\n'));
        let delimiter = named.unwrap_or_else(|| most_frequent(line));
        if named.is_some() {
            let length = (line.len() + 1).min(head.len());
            self.input.consume(length);
            self.line = 2;
        }
        Ok(ReaderBuilder::new().delimiter(delimiter).build())
    }
}

fn count_lines(bytes: &[u8]) -> u64 {
    bytes.iter().filter(|&&byte| byte == b'\n').count() as u64
}

/// The delimiter that a line has most of outside of quotes; a comma if it has
/// none.
fn most_frequent(line: &[u8]) -> u8 {
    let mut counts = [(b',', 0_usize), (b';', 0), (b'\t', 0)];
    let mut in_quotes = false;
    for &byte in line {
        in_quotes ^= byte == b'"';
        if let Some((_, count)) = counts.iter_mut().find(|(known, _)| *known == byte)
            && !in_quotes
        {
            *count += 1;
        }
    }
    let most = counts.iter().map(|(_, count)| *count).max().unwrap_or(0);
    counts
        .iter()
        .find(|(_, count)| *count == most)
        .map_or(b',', |(known, _)| *known)
}
