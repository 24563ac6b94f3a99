//! Files to [`Cable`]s: finding files, telling formats and encodings apart,
//! and one reader a format.
//!
//! Every reader is a [`Format`]: bytes in, an iterator of cables out. A reader
//! holds at most one document in memory, and none larger than
//! [`Limits::document_bytes`].

mod tei;

pub use tei::Tei;

use std::io::BufRead;
use std::path::PathBuf;

use crate::cable::Cable;

/// A reader of one document format.
pub trait Format: Send + Sync {
    /// Reads `input`, UTF-8 text of the file that `source` names, as a stream
    /// of documents in the order of the file. An error is one line for the
    /// user; after it the stream may go on with the next document, or end
    /// where the rest cannot be read.
    fn read<'a>(
        &self,
        input: Box<dyn BufRead + Send + 'a>,
        source: &Source,
        limits: Limits,
    ) -> Box<dyn Iterator<Item = Result<Cable, IngestError>> + Send + 'a>;
}

/// The file that a reader reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Its path, for messages and for [`crate::cable::SourcePosition::file`].
    pub path: PathBuf,
    /// Its path relative to the folder that the user named, with `/` between
    /// the parts and without its extensions: the id of a one-document file.
    pub name: String,
    /// Its last part without extensions, the `STEM` of `STEM/LINE`.
    pub stem: String,
}

/// Bounds on what a reader holds in memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The most bytes of text that one document may have.
    pub document_bytes: usize,
    /// The most levels of nesting that a structured format may have.
    pub depth: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            document_bytes: 16 << 20,
            depth: 256,
        }
    }
}

/// Why a file, or a document of it, could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}:{line}: {reason}", .path.display())]
pub struct IngestError {
    /// The file.
    pub path: PathBuf,
    /// The line, from 1; 1 where the whole file is meant.
    pub line: u64,
    /// What is wrong and what to do, in one line.
    pub reason: String,
}
