//! Identifiers alone.

use std::io::{self, Write};

use super::{Answer, HitFormat};

/// The identifier of each hit on a line of its own.
pub struct Ids;

impl HitFormat for Ids {
    fn write(&self, answer: &Answer<'_>, out: &mut dyn Write) -> io::Result<()> {
        for hit in &answer.result.hits {
            writeln!(out, "{}", hit.cable.id)?;
        }
        Ok(())
    }
}
