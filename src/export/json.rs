//! JSON: one object with all hits, or a whole document.

use std::io::{self, Write};

use serde::Serialize;

use super::hit::HitRecord;
use super::{Answer, CableFormat, HitFormat};
use crate::query::{Highlighted, Receipt};

/// Hits as one JSON object on one line: what was asked, how much there is, and
/// `hits`. A document as the object that [`crate::cable::Cable`] serializes to.
pub struct Json;

#[derive(Serialize)]
struct AnswerRecord<'a> {
    query: &'a str,
    total: u64,
    total_all_words: u64,
    /// Every document is counted, always.
    total_is_exact: bool,
    /// Microseconds.
    took_us: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    receipt: Option<&'a Receipt>,
    hits: Vec<HitRecord<'a>>,
}

impl HitFormat for Json {
    fn write(&self, answer: &Answer<'_>, out: &mut dyn Write) -> io::Result<()> {
        let result = answer.result;
        let record = AnswerRecord {
            query: answer.query,
            total: result.total,
            total_all_words: result.total_all_words,
            total_is_exact: true,
            took_us: result.took.as_micros().try_into().unwrap_or(u64::MAX),
            receipt: answer.receipt,
            hits: result.hits.iter().map(HitRecord::from).collect(),
        };
        serde_json::to_writer(&mut *out, &record)?;
        writeln!(out)
    }
}

impl CableFormat for Json {
    fn write(&self, document: &Highlighted, out: &mut dyn Write) -> io::Result<()> {
        serde_json::to_writer_pretty(&mut *out, &document.cable)?;
        writeln!(out)
    }
}
