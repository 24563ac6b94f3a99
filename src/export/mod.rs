//! Hits and documents for other programs: **one file a format** behind one
//! small trait, to any writer.

mod csv;
mod hit;
mod ids;
mod json;
mod jsonl;
mod visible;

pub use csv::Csv;
pub use ids::Ids;
pub use json::Json;
pub use jsonl::Jsonl;
pub use visible::{visible, visible_line};

use std::io::{self, Write};

use crate::query::SearchResult;

/// What was asked, and what was found.
#[derive(Debug, Clone, Copy)]
pub struct Answer<'a> {
    /// The query as it was typed.
    pub query: &'a str,
    /// What was found.
    pub result: &'a SearchResult,
}

/// A form in which hits are written.
pub trait HitFormat {
    /// Writes the hits of an answer.
    ///
    /// # Errors
    ///
    /// When `out` cannot be written to.
    fn write(&self, answer: &Answer<'_>, out: &mut dyn Write) -> io::Result<()>;
}
