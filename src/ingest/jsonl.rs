//! JSON Lines: an object a line, each a cable.

use std::io::BufRead;

use serde_json::Value;

use super::lines::{Line, Lines, too_large};
use super::prose::one_line;
use super::values::{Fields, finish};
use super::{Format, IngestError, Limits, Source};
use crate::cable::Cable;

/// JSON Lines. A line that is no JSON object is an error, and the next is
/// read.
#[derive(Debug, Clone, Copy, Default)]
pub struct Jsonl;

impl Format for Jsonl {
    fn read<'a>(
        &self,
        input: Box<dyn BufRead + Send + 'a>,
        source: &Source,
        limits: Limits,
    ) -> Box<dyn Iterator<Item = Result<Cable, IngestError>> + Send + 'a> {
        Box::new(Reader {
            lines: Lines::new(input, limits.document_bytes),
            source: source.clone(),
            limits,
            delivered: 0,
            found: false,
            ended: false,
        })
    }
}

struct Reader<'a> {
    lines: Lines<'a>,
    source: Source,
    limits: Limits,
    delivered: u64,
    /// A line that is not blank has been read.
    found: bool,
    ended: bool,
}

impl Iterator for Reader<'_> {
    type Item = Result<Cable, IngestError>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.ended {
            let line = match self.lines.next() {
                Ok(Some(line)) => line,
                Ok(None) => {
                    self.ended = true;
                    return (!self.found)
                        .then(|| Err(IngestError::new(&self.source, 1, "the file is empty")));
                }
                Err(error) => {
                    self.ended = true;
                    let number = self.lines.number();
                    return Some(Err(IngestError::unreadable(&self.source, number, &error)));
                }
            };
            match line {
                Line::Text(text) if text.trim().is_empty() => {}
                Line::Text(text) => {
                    self.found = true;
                    let cable = self.cable(&text);
                    self.delivered += u64::from(cable.is_ok());
                    return Some(cable);
                }
                Line::TooLong => {
                    self.found = true;
                    let reason = too_large("line", self.limits);
                    return Some(Err(self.error(reason)));
                }
            }
        }
        None
    }
}

impl Reader<'_> {
    fn cable(&self, line: &str) -> Result<Cable, IngestError> {
        let entries = match serde_json::from_str(line) {
            Ok(Value::Object(entries)) => entries,
            Ok(other) => {
                let found = match other {
                    Value::Array(_) => "a list",
                    Value::String(_) => "a string",
                    Value::Number(_) => "a number",
                    Value::Bool(_) | Value::Null | Value::Object(_) => "a single value",
                };
                return Err(self.error(format!(
                    "{found} is no JSON object; write each document as one line {{\"title\": …, \"text\": …}}"
                )));
            }
            Err(error) => return Err(self.error(broken_json(&error))),
        };
        let mut fields = Fields::default();
        for (name, value) in entries {
            fields.push(&name, value);
        }
        let number = self.lines.number();
        finish(
            fields.into_cable(),
            &self.source,
            Some(number),
            self.delivered,
            || format!("{}/{number}", self.source.stem),
        )
    }

    fn error(&self, reason: String) -> IngestError {
        IngestError::new(&self.source, self.lines.number(), reason)
    }
}

/// What is wrong with a line, and in which column; the parser's own line
/// number is always 1 and would mislead.
fn broken_json(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let what = text.split(" at line ").next().unwrap_or_default();
    let what = one_line(what);
    let what = match what.as_str() {
        "recursion limit exceeded" => "it is nested too deep",
        other => other,
    };
    format!("no JSON object: {what} in column {}", error.column())
}
