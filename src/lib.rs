//! Full-text search for historical cables.

pub mod cable;
pub mod ingest;
pub mod query;
