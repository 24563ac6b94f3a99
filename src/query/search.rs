//! The search itself: text in, hits out.

use std::ops::Range;
use std::time::{Duration, Instant};

use super::explain::{Contribution, Expansion, explain};
use super::highlight::{Marks, by_unit};
use super::plan::Plan;
use super::question::Question;
use super::ranking::{Ranked, Scoring, Sort, rank};
use super::snippet::{Snippet, snippets};
use super::syntax::{Problem, Query, Span};
use crate::cable::{Cable, DateInterval};
use crate::index::{IndexError, QueryField, Section, Snapshot};

/// Why a search has no answer.
#[derive(Debug, thiserror::Error)]
pub enum QueryError {
    /// Something in the query cannot be searched for.
    #[error("{0}")]
    Problem(#[from] Problem),
    /// A filter cannot be searched for.
    #[error("the filter {}: {}", .0.filter, .0.problem)]
    Filter(FilterProblem),
    /// A filter names a field that there is not.
    #[error("no field {0:?}; the fields are {names}", names = QueryField::names().join(", "))]
    UnknownField(String),
    /// The index cannot be read.
    #[error(transparent)]
    Index(#[from] IndexError),
}

/// What is wrong with a filter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilterProblem {
    /// The filter as `field:value`.
    pub filter: String,
    /// What is wrong, and where in [`FilterProblem::filter`].
    pub problem: Problem,
}

impl FilterProblem {
    pub(super) fn new(name: &str, value: &str, mut problem: Problem) -> Self {
        let before = name.len() + 1;
        problem.span = Span::new(problem.span.start + before, problem.span.end + before);
        FilterProblem {
            filter: format!("{name}:{value}"),
            problem,
        }
    }
}

/// What to search for besides the query, and what to show.
#[derive(Debug, Clone)]
pub struct SearchOptions {
    /// How many hits to give.
    pub limit: usize,
    /// How many hits to leave out before the first.
    pub offset: usize,
    /// Their order.
    pub sort: Sort,
    /// Only documents that may date from this time or later.
    pub after: Option<DateInterval>,
    /// Only documents that may date from this time or earlier.
    pub before: Option<DateInterval>,
    /// Only documents with these values: field name and value.
    pub filters: Vec<(String, String)>,
    /// Only documents with all the words.
    pub all_words: bool,
    /// Refuse a query that is not quite right, instead of reading it as well
    /// as can be.
    pub strict: bool,
    /// How many snippets to give for a hit.
    pub snippets: usize,
    /// About how many characters each.
    pub snippet_width: usize,
    /// Whether to say of each hit what its score is made of.
    pub explain: bool,
}

impl Default for SearchOptions {
    fn default() -> Self {
        SearchOptions {
            limit: 10,
            offset: 0,
            sort: Sort::Relevance,
            after: None,
            before: None,
            filters: Vec::new(),
            all_words: false,
            strict: false,
            snippets: 1,
            snippet_width: 240,
            explain: false,
        }
    }
}

/// What a search found.
#[derive(Debug, Clone, PartialEq)]
pub struct SearchResult {
    /// The query as understood.
    pub query: Query,
    /// What was read leniently.
    pub problems: Vec<Problem>,
    /// What of the filters could not be searched for.
    pub filter_problems: Vec<FilterProblem>,
    /// What each word and phrase of the query was looked up as.
    pub expansions: Vec<Expansion>,
    /// How many documents meet the question.
    pub total: u64,
    /// How many of them have all of its words.
    pub total_all_words: u64,
    /// How many documents without a date meet the question and all filters but
    /// those of date; 0 where there are none.
    pub undated: u64,
    /// The hits, from the offset on, at most as many as the limit.
    pub hits: Vec<Hit>,
    /// How long it took, snippets included.
    pub took: Duration,
}

/// A document that was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// Its place in the result, from 1.
    pub rank: usize,
    /// Its score; 0 where hits are in the order of dates.
    pub score: f32,
    /// Whether it has all the words.
    pub all_words: bool,
    /// The document, without the text of its body and notes.
    pub cable: Cable,
    /// What matched in the title, in bytes.
    pub title_highlights: Vec<Range<usize>>,
    /// Passages that show why it was found.
    pub snippets: Vec<Snippet>,
    /// What its score is made of, if that was asked for.
    pub explanation: Vec<Contribution>,
}

/// Searches a snapshot.
///
/// A query without words finds all that the filters admit, by date. An empty
/// query without filters finds nothing.
///
/// # Errors
///
/// [`QueryError::Problem`] for a query that cannot be answered: a date that
/// is none, a wildcard for too many words, under `strict` whatever is not of
/// the language.
pub fn search(
    snapshot: &Snapshot,
    query: &str,
    options: &SearchOptions,
) -> Result<SearchResult, QueryError> {
    let start = Instant::now();
    let question = Question::read(snapshot, query, options)?;
    let scoring = Scoring::new(snapshot);
    let ranking = rank(
        &question.plan,
        &question.filters,
        options.all_words,
        question.sort,
        options.limit.saturating_add(options.offset),
        &scoring,
    )?;
    let undated = question.count_undated(options, &scoring)?;
    let mut hits = Vec::new();
    let shown = ranking.hits.iter().enumerate().skip(options.offset);
    for (index, ranked) in shown {
        let mut hit = fetch(ranked, &question.plan, options, &scoring)?;
        hit.rank = index + 1;
        hits.push(hit);
    }
    Ok(SearchResult {
        query: question.query,
        problems: question.problems,
        filter_problems: question.filter_problems,
        expansions: question.expansions,
        total: ranking.total,
        total_all_words: ranking.total_all_words,
        undated,
        hits,
        took: start.elapsed(),
    })
}

/// A document with what a query matches in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Highlighted {
    /// The whole document.
    pub cable: Cable,
    /// In the title, in bytes.
    pub title: Vec<Range<usize>>,
    /// In the summary.
    pub summary: Vec<Range<usize>>,
    /// In each paragraph of the body.
    pub body: Vec<Vec<Range<usize>>>,
    /// In each note.
    pub notes: Vec<Vec<Range<usize>>>,
}

/// The document with an id, and what a query, if there is one, matches in it.
/// `None` when there is no such document.
///
/// # Errors
///
/// As [`search`].
pub fn highlight(
    snapshot: &Snapshot,
    id: &str,
    query: Option<&str>,
) -> Result<Option<Highlighted>, QueryError> {
    let Some(address) = snapshot.find(id)? else {
        return Ok(None);
    };
    let question = Question::read(
        snapshot,
        query.unwrap_or_default(),
        &SearchOptions::default(),
    )?;
    let marks = Marks::find(&question.plan, address, &Scoring::new(snapshot))?;
    let stored = snapshot.stored(address)?;
    let mut highlighted = Highlighted {
        cable: Cable::default(),
        title: Vec::new(),
        summary: Vec::new(),
        body: Vec::new(),
        notes: Vec::new(),
    };
    let mut offset = 0;
    for (unit, ranges) in stored.units().iter().zip(by_unit(&stored, &marks.text)) {
        let continues = unit.follows == crate::index::Follows::Within;
        // A long paragraph is several units.
        offset = if continues { offset } else { 0 };
        let shifted = ranges
            .into_iter()
            .map(move |range| range.start + offset..range.end + offset);
        offset += unit.end - unit.start;
        let texts = match unit.section {
            Section::Title => std::slice::from_mut(&mut highlighted.title),
            Section::Summary => std::slice::from_mut(&mut highlighted.summary),
            Section::Body | Section::Notes => {
                let texts = match unit.section {
                    Section::Body => &mut highlighted.body,
                    _ => &mut highlighted.notes,
                };
                if !continues {
                    texts.push(Vec::new());
                }
                texts.as_mut_slice()
            }
            Section::Details => continue,
        };
        if let Some(text) = texts.last_mut() {
            text.extend(shifted);
        }
    }
    highlighted.cable = stored.into_cable();
    Ok(Some(highlighted))
}

fn fetch(
    ranked: &Ranked,
    plan: &Plan,
    options: &SearchOptions,
    scoring: &Scoring<'_>,
) -> Result<Hit, IndexError> {
    let leaves = plan.leaves();
    let marks = Marks::find(plan, ranked.address, scoring)?;
    let stored = scoring.snapshot.stored(ranked.address)?;
    let title_units = stored
        .units()
        .iter()
        .filter(|unit| unit.section == Section::Title);
    let title_end = title_units
        .map(|unit| unit.first_position + unit.positions)
        .max();
    let marks_in_title = marks.text.iter().copied();
    let marks_in_title: Vec<_> = marks_in_title
        .filter(|mark| title_end.is_some_and(|end| mark.span.start < end))
        .collect();
    let title_highlights = by_unit(&stored, &marks_in_title)
        .into_iter()
        .next()
        .unwrap_or_default();
    let snippets = snippets(
        &stored,
        &leaves,
        &marks,
        options.snippets,
        options.snippet_width,
    );
    Ok(Hit {
        rank: 0,
        score: ranked.score,
        all_words: ranked.all_words,
        cable: stored.head().clone(),
        title_highlights,
        snippets,
        explanation: match options.explain {
            true => explain(plan, ranked.address, scoring)?,
            false => Vec::new(),
        },
    })
}
