//! Full-text search for historical cables.

pub mod analysis;
pub mod cable;
pub mod export;
pub mod index;
pub mod ingest;
pub mod query;
