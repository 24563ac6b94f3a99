//! Hits and documents for other programs: **one file a format** behind one
//! small trait, to any writer.

mod bibtex;
mod csl;
mod csv;
mod hit;
mod ids;
mod json;
mod jsonl;
mod markdown;
mod metadata;
mod pieces;
mod reference;
mod ris;
mod visible;

pub use bibtex::Bibtex;
pub use csl::Csl;
pub use csv::Csv;
pub use ids::Ids;
pub use json::Json;
pub use jsonl::Jsonl;
pub use markdown::Markdown;
pub use metadata::metadata;
pub use pieces::{Mark, Piece, marks, pieces, push_page_mark};
pub use ris::Ris;
pub use visible::{visible, visible_line};

use std::io::{self, Write};

use crate::query::{Highlighted, Receipt, SearchResult};

/// What was asked, and what was found.
#[derive(Debug, Clone, Copy)]
pub struct Answer<'a> {
    /// The query as it was typed.
    pub query: &'a str,
    /// What was found.
    pub result: &'a SearchResult,
    /// What to cite it by, if that was asked for.
    pub receipt: Option<&'a Receipt>,
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

/// A form in which one document is written.
pub trait CableFormat {
    /// Writes a document, with what a query matched in it if the format can
    /// say that.
    ///
    /// # Errors
    ///
    /// When `out` cannot be written to.
    fn write(&self, document: &Highlighted, out: &mut dyn Write) -> io::Result<()>;
}
