//! A question to ranked hits with their snippets.
//!
//! The question is read ([`syntax`]), lowered to the terms of one
//! [`Snapshot`](crate::index::Snapshot), ranked, and only the hits that are shown are fetched.

mod cursor;
mod explain;
mod highlight;
mod lower;
pub mod matching;
mod plan;
mod question;
mod ranking;
mod receipt;
mod search;
mod snippet;
pub mod syntax;
mod vocabulary;

pub use explain::{Contribution, ExpandedWord, Expansion, Found};
pub use lower::MAX_EXPANSIONS;
pub use ranking::Sort;
pub use receipt::{FilterReceipt, Receipt, receipt};
pub use search::{
    FilterProblem, Highlighted, Hit, QueryError, SearchOptions, SearchResult, highlight, search,
};
pub use snippet::Snippet;
