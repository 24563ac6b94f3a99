//! The receipt of a search: what to cite it by.

use std::fmt;

use serde::Serialize;

use crate::index::IndexState;
use crate::query::Receipt;

/// A search, the state of the index, and the program: enough to repeat the
/// search and to cite it. Displayed as a block of lines.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SearchReceipt {
    /// What was searched for, and the counts.
    #[serde(flatten)]
    pub search: Receipt,
    /// The index that was searched.
    pub index: IndexState,
    /// The program's version.
    pub version: &'static str,
}

impl SearchReceipt {
    /// The receipt of a search by this version of the program.
    pub fn new(search: Receipt, index: IndexState) -> Self {
        SearchReceipt {
            search,
            index,
            version: env!("CARGO_PKG_VERSION"),
        }
    }
}

impl fmt::Display for SearchReceipt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let search = &self.search;
        writeln!(f, "query: {}", search.query)?;
        for expansion in &search.expansions {
            write!(f, "  {} stands for:", expansion.text)?;
            for (index, word) in expansion.words.iter().enumerate() {
                let comma = if index > 0 { "," } else { "" };
                write!(f, "{comma} {} ({})", word.word, word.documents)?;
            }
            if expansion.words.is_empty() {
                write!(f, " nothing in this index")?;
            }
            writeln!(f)?;
        }
        for filter in &search.filters {
            writeln!(
                f,
                "filter: {} (without it {} documents)",
                filter.filter, filter.total_without
            )?;
        }
        write!(f, "found: {} of {}", search.total, search.documents)?;
        writeln!(
            f,
            " documents, {} with all the words",
            search.total_all_words
        )?;
        if !search.filters.is_empty() {
            writeln!(f, "without filters: {}", search.total_without_filters)?;
        }
        write!(f, "index: {}", self.index.hash)?;
        if let Some(changed) = self.index.changed {
            write!(f, " of {changed}")?;
        }
        write!(f, "\nprogram: cables {}", self.version)
    }
}
