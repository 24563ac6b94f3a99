//! What a footnote needs to say of a search, and a colleague to repeat it.

use std::fmt;

use serde::Serialize;

use super::explain::Expansion;
use super::question::Question;
use super::ranking::{Scoring, rank};
use super::search::{QueryError, SearchOptions};
use crate::index::{Index, IndexState, Snapshot};

/// A search with its counts, the state of the index, and the program: enough
/// to repeat the search and to cite it. Displayed as a block of lines.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Receipt {
    /// The query as understood.
    pub query: String,
    /// What each of its words and phrases was looked up as.
    pub expansions: Vec<Expansion>,
    /// Each filter, in the order of its flag, dates first.
    pub filters: Vec<FilterReceipt>,
    /// How many documents meet the query and all filters.
    pub total: u64,
    /// How many of them have all of its words.
    pub total_all_words: u64,
    /// How many meet the query, whatever the filters.
    pub total_without_filters: u64,
    /// How many documents without a date the filters of date alone leave out.
    pub undated: u64,
    /// How many documents the index holds.
    pub documents: u64,
    /// The index that was searched.
    pub index: IndexState,
    /// The program's version.
    pub version: &'static str,
}

/// A filter and what it leaves out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FilterReceipt {
    /// The filter, as a query would word it.
    pub filter: String,
    /// How many documents meet the query and all other filters.
    pub total_without: u64,
}

/// Counts what a search of a snapshot of `index` finds, with each filter and
/// without.
///
/// # Errors
///
/// As [`super::search`].
pub fn receipt(
    index: &Index,
    snapshot: &Snapshot,
    query: &str,
    options: &SearchOptions,
) -> Result<Receipt, QueryError> {
    let question = Question::read(snapshot, query, options)?;
    let scoring = Scoring::new(snapshot);
    let count = |filters: &[_]| {
        rank(
            &question.plan,
            filters,
            options.all_words,
            question.sort,
            0,
            &scoring,
        )
    };
    let with_all = count(&question.filters)?;
    let mut filters = Vec::new();
    for (place, filter) in filter_texts(options).into_iter().enumerate() {
        let mut others = question.filters.clone();
        others.remove(place);
        filters.push(FilterReceipt {
            filter,
            total_without: count(&others)?.total,
        });
    }
    Ok(Receipt {
        query: question.query.to_string(),
        expansions: question.expansions.clone(),
        filters,
        total: with_all.total,
        total_all_words: with_all.total_all_words,
        total_without_filters: count(&[])?.total,
        undated: question.count_undated(options, &scoring)?,
        documents: snapshot.documents(),
        index: index.state()?,
        version: env!("CARGO_PKG_VERSION"),
    })
}

/// The filters in words, as many and in the order as [`Question`] has them.
fn filter_texts(options: &SearchOptions) -> Vec<String> {
    let mut texts = Vec::new();
    let bound = |date: Option<crate::cable::DateInterval>| {
        date.map_or("*".to_owned(), |date| date.to_string())
    };
    if options.after.is_some() || options.before.is_some() {
        let (after, before) = (bound(options.after), bound(options.before));
        texts.push(format!("date:[{after} TO {before}]"));
    }
    let named = options.filters.iter();
    texts.extend(named.map(|(field, value)| format!("{field}:{value}")));
    texts
}

impl fmt::Display for Receipt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "query: {}", self.query)?;
        for expansion in &self.expansions {
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
        for filter in &self.filters {
            writeln!(
                f,
                "filter: {} (without it {} documents)",
                filter.filter, filter.total_without
            )?;
        }
        write!(f, "found: {} of {}", self.total, self.documents)?;
        writeln!(f, " documents, {} with all the words", self.total_all_words)?;
        if self.undated > 0 {
            writeln!(f, "left out by date: {} without a date", self.undated)?;
        }
        if !self.filters.is_empty() {
            writeln!(f, "without filters: {}", self.total_without_filters)?;
        }
        write!(f, "index: {}", self.index.hash)?;
        if let Some(changed) = self.index.changed {
            write!(f, " of {changed}")?;
        }
        write!(f, "\nprogram: cables {}", self.version)
    }
}
