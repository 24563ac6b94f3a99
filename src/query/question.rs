//! A question as read for one snapshot.

use super::explain::Expansion;
use super::lower::{Lowering, dated};
use super::plan::Plan;
use super::ranking::{Scoring, Sort, rank};
use super::search::{FilterProblem, QueryError, SearchOptions};
use super::syntax::{self, Problem, Query};
use crate::index::{IndexError, QueryField, Snapshot};

/// A query with its filters, lowered.
pub(super) struct Question {
    pub query: Query,
    pub problems: Vec<Problem>,
    pub filter_problems: Vec<FilterProblem>,
    /// What each word and phrase was looked up as.
    pub expansions: Vec<Expansion>,
    pub plan: Plan,
    pub filters: Vec<Plan>,
    pub sort: Sort,
}

impl Question {
    /// Reads a query and the filters of the options.
    pub fn read(
        snapshot: &Snapshot,
        text: &str,
        options: &SearchOptions,
    ) -> Result<Self, QueryError> {
        let names = QueryField::names();
        let parsed = syntax::parse(
            text,
            &syntax::Options {
                strict: options.strict,
                fields: &names,
            },
        )?;
        let mut lowering = Lowering::new(snapshot, text);
        let plan = match &parsed.query.root {
            Some(node) => lowering.lower(node)?,
            None => None,
        };
        let mut problems = parsed.problems;
        problems.append(&mut lowering.problems);
        let expansions = lowering.expansions;
        let mut filters = Vec::new();
        let mut filter_problems = Vec::new();
        if options.after.is_some() || options.before.is_some() {
            filters.push(dated(options.after, options.before));
        }
        for (name, value) in &options.filters {
            let field = QueryField::from_name(name);
            let field = field.ok_or_else(|| QueryError::UnknownField(name.clone()))?;
            let mut lowering = Lowering::new(snapshot, value);
            let filter = lowering.filter(field, value);
            filters.push(filter.map_err(|error| match error {
                QueryError::Problem(problem) => {
                    QueryError::Filter(FilterProblem::new(name, value, problem))
                }
                other => other,
            })?);
            let problems = lowering.problems.into_iter();
            filter_problems
                .extend(problems.map(|problem| FilterProblem::new(name, value, problem)));
        }
        let (plan, sort) = match plan {
            Some(plan) => (plan.unwrapped(), options.sort),
            None if filters.is_empty() => (Plan::Nothing, options.sort),
            None if options.sort == Sort::Relevance => (Plan::All, Sort::Date),
            None => (Plan::All, options.sort),
        };
        Ok(Question {
            query: parsed.query,
            problems,
            filter_problems,
            expansions,
            plan,
            filters,
            sort,
        })
    }

    /// How many documents without a date the filters of date alone leave out.
    pub fn count_undated(
        &self,
        options: &SearchOptions,
        scoring: &Scoring<'_>,
    ) -> Result<u64, IndexError> {
        if options.after.is_none() && options.before.is_none() {
            return Ok(0);
        }
        let mut filters = self.filters.clone();
        // The dates come first.
        filters[0] = Plan::Not(Box::new(Plan::HasDate));
        let counted = rank(
            &self.plan,
            &filters,
            options.all_words,
            self.sort,
            0,
            scoring,
        )?;
        Ok(counted.total)
    }
}
