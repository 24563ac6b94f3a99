//! Why a document ranks where it does, and what a question was taken for.

use std::collections::BTreeMap;

use serde::Serialize;
use tantivy::DocAddress;

use super::cursor::{self, LeafCursor};
use super::plan::{Group, LeafTerm, Plan};
use super::ranking::Scoring;
use crate::analysis::compound;
use crate::index::IndexError;

/// A word or phrase of a question, and the words of the index that meet it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Expansion {
    /// As typed, with its field.
    pub text: String,
    /// The words, the most frequent first. None: no document has it.
    pub words: Vec<ExpandedWord>,
}

/// A word of the index.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ExpandedWord {
    /// The word, folded.
    pub word: String,
    /// How many documents have it, in whichever way it is hyphenated.
    pub documents: u64,
}

impl Expansion {
    pub(super) fn new(text: &str, terms: &[LeafTerm]) -> Self {
        let mut words: BTreeMap<&str, u64> = BTreeMap::new();
        for term in terms {
            let (spelling, _) = compound::split(&term.term);
            *words.entry(spelling).or_default() += term.documents;
        }
        let mut words: Vec<ExpandedWord> = words
            .into_iter()
            .map(|(word, documents)| ExpandedWord {
                word: word.to_owned(),
                documents,
            })
            .collect();
        words.sort_by(|a, b| b.documents.cmp(&a.documents).then(a.word.cmp(&b.word)));
        Expansion {
            text: text.to_owned(),
            words,
        }
    }
}

/// What one clause of a question adds to a document's score. The scores of
/// all clauses, in order, add up to the document's.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Contribution {
    /// What it adds.
    pub score: f32,
    /// The words and phrases of the clause that the document has.
    pub found: Vec<Found>,
}

/// A word or phrase that a document has.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Found {
    /// As typed, with its field.
    pub text: String,
    /// How many times the document has it.
    pub times: usize,
    /// How rare it is: its inverse document frequency, weights aside.
    pub rarity: f32,
}

/// What each clause of the plan's root adds to the score of a document.
pub(super) fn explain(
    plan: &Plan,
    address: DocAddress,
    scoring: &Scoring<'_>,
) -> Result<Vec<Contribution>, IndexError> {
    let searcher = scoring.snapshot.searcher();
    let segment = searcher.segment_reader(address.segment_ord);
    let clauses: Vec<&Plan> = match plan {
        Plan::Group(Group {
            required, wanted, ..
        }) => required.iter().chain(wanted).collect(),
        plan => vec![plan],
    };
    let mut contributions = Vec::new();
    for clause in clauses {
        // A date or the presence of a field adds nothing.
        if clause.leaves().is_empty() {
            continue;
        }
        let mut cursor = cursor::open(clause, segment, scoring)?;
        if cursor.doc() < address.doc_id {
            cursor.seek(address.doc_id);
        }
        if cursor.doc() != address.doc_id {
            continue;
        }
        let mut found = Vec::new();
        for leaf in clause.leaves() {
            let spans = LeafCursor::spans_in(address.doc_id, leaf, segment, scoring)?;
            if !spans.is_empty() {
                found.push(Found {
                    text: leaf.label.clone(),
                    times: spans.len(),
                    rarity: leaf.idf,
                });
            }
        }
        contributions.push(Contribution {
            score: cursor.score(),
            found,
        });
    }
    Ok(contributions)
}
