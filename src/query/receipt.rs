//! What a footnote needs to say of a search, and a colleague to repeat it.

use serde::Serialize;

use super::explain::Expansion;
use super::question::Question;
use super::ranking::{Scoring, rank};
use super::search::{QueryError, SearchOptions};
use crate::index::Snapshot;

/// A search with its counts.
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
    /// How many documents the index holds.
    pub documents: u64,
}

/// A filter and what it leaves out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FilterReceipt {
    /// The filter, as a query would word it.
    pub filter: String,
    /// How many documents meet the query and all other filters.
    pub total_without: u64,
}

/// Counts what a search finds, with each filter and without.
///
/// # Errors
///
/// As [`super::search`].
pub fn receipt(
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
    for (index, filter) in filter_texts(options).into_iter().enumerate() {
        let mut others = question.filters.clone();
        others.remove(index);
        filters.push(FilterReceipt {
            filter,
            total_without: count(&others)?.total,
        });
    }
    Ok(Receipt {
        query: question.query.to_string(),
        expansions: question.expansions,
        filters,
        total: with_all.total,
        total_all_words: with_all.total_all_words,
        total_without_filters: count(&[])?.total,
        documents: snapshot.documents(),
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
