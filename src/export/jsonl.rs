//! JSON Lines.

use std::io::{self, Write};

use super::hit::HitRecord;
use super::{Answer, HitFormat};

/// A JSON object a hit, each on a line of its own.
pub struct Jsonl;

impl HitFormat for Jsonl {
    fn write(&self, answer: &Answer<'_>, out: &mut dyn Write) -> io::Result<()> {
        for hit in &answer.result.hits {
            serde_json::to_writer(&mut *out, &HitRecord::from(hit))?;
            writeln!(out)?;
        }
        Ok(())
    }
}
