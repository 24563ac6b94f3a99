//! The order of the hits: every parameter of it, and the best of a segment.
//!
//! A document's score is the sum over the words and phrases that it meets of
//!
//! ```text
//! idf · tf · (K1 + 1) / (tf + K1 · (1 − B + B · terms / mean terms))
//! ```
//!
//! the BM25 of Robertson and Zaragoza, *The Probabilistic Relevance
//! Framework: BM25 and Beyond* (2009), over the whole text as one field, with
//! `idf = ln(1 + (N − n + 0.5) / (n + 0.5))`. Title, summary, body and notes
//! weigh alike: in the baselines of `../shared/eval/README.md` a heading that
//! counts double ranks worse. Documents that
//! meet all of the words come before all that meet only some; ties go to the
//! earlier date, then to the lesser id, so that the order never depends on
//! segments. To put documents with more of the words first at every number of
//! them, not only at all, measured worse (`docs/performance.md`): one telling
//! word says more than two that are everywhere.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;

use tantivy::columnar::{Column, StrColumn};
use tantivy::{DocAddress, DocId, SegmentReader, TERMINATED};

use super::cursor::{self, Cursor, has_any};
use super::plan::{Group, Plan};
use crate::index::{IndexError, Snapshot};

/// How soon more of a word counts no more. Lucene's and tantivy's default,
/// within the range 0.8 to 1.2 that does best in the baselines of
/// `../shared/eval/README.md`.
const K1: f32 = 1.2;

/// How much a long document must have more of a word: 0 not at all, 1 in
/// proportion. In the same baselines 0.2 to 0.4 gains 0.017 nDCG@10 over the
/// usual 0.75: a long despatch is long because it says more, not because it
/// repeats itself.
const B: f32 = 0.3;

/// How often each word is required to count: the number of documents with it
/// by the number of all.
pub(super) fn idf(documents: u64, all: u64) -> f32 {
    // A union of forms can count a document twice.
    let with = documents.min(all) as f32;
    (1.0 + (all as f32 - with + 0.5) / (with + 0.5)).ln()
}

/// What scoring needs to know of the snapshot.
pub(super) struct Scoring<'a> {
    pub snapshot: &'a Snapshot,
    pub saturation: Saturation,
}

impl<'a> Scoring<'a> {
    pub fn new(snapshot: &'a Snapshot) -> Self {
        Scoring {
            snapshot,
            saturation: Saturation {
                mean_terms: snapshot.mean_terms(),
            },
        }
    }
}

/// How a frequency counts in a document of a length.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Saturation {
    mean_terms: f32,
}

impl Saturation {
    /// The factor of a term that stands `frequency` times among `terms`;
    /// between 0 and `K1 + 1`. Without a length, as in a short field, the
    /// mean one is assumed.
    pub fn of(self, frequency: f32, terms: Option<u32>) -> f32 {
        let relative = match terms {
            Some(terms) if self.mean_terms > 0.0 => terms as f32 / self.mean_terms,
            _ => 1.0,
        };
        let norm = K1 * (1.0 - B + B * relative);
        frequency * (K1 + 1.0) / (frequency + norm)
    }
}

/// The order in which hits are given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// The best first.
    #[default]
    Relevance,
    /// The earliest first, undated documents last.
    Date,
    /// The latest first, undated documents last.
    DateDescending,
}

/// A document of a result, before it is fetched.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Ranked {
    pub address: DocAddress,
    /// Whether it meets all of the wanted clauses.
    pub all_words: bool,
    pub score: f32,
    /// Days since 1970; `None` for an undated document.
    day: Option<i64>,
    id: String,
    sort: Sort,
}

impl Ranked {
    /// The order of the result: `Less` comes first.
    fn order(&self, other: &Self) -> Ordering {
        let undated_last = |day: Option<i64>| (day.is_none(), day);
        let by_date = undated_last(self.day).cmp(&undated_last(other.day));
        let by_words = other.all_words.cmp(&self.all_words);
        let by_relevance = by_words.then(other.score.total_cmp(&self.score));
        let by_id = self.id.cmp(&other.id);
        match self.sort {
            Sort::Relevance => by_relevance.then(by_date).then(by_id),
            Sort::Date => by_date.then(by_id),
            Sort::DateDescending => {
                let latest_first = |day: Option<i64>| (day.is_none(), Reverse(day));
                latest_first(self.day)
                    .cmp(&latest_first(other.day))
                    .then(by_id)
            }
        }
    }
}

impl Eq for Ranked {}
impl PartialOrd for Ranked {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Ranked {
    fn cmp(&self, other: &Self) -> Ordering {
        self.order(other)
    }
}

/// The first of a result, and how many there are.
#[derive(Debug, Default)]
pub(super) struct Ranking {
    /// In order.
    pub hits: Vec<Ranked>,
    /// All documents that meet the question.
    pub total: u64,
    /// Those that meet all of its wanted clauses.
    pub total_all_words: u64,
}

/// Finds the first `limit` documents that meet `plan` and all `filters`.
/// With `all_words`, only those that meet all wanted clauses.
pub(super) fn rank(
    plan: &Plan,
    filters: &[Plan],
    all_words: bool,
    sort: Sort,
    limit: usize,
    scoring: &Scoring<'_>,
) -> Result<Ranking, IndexError> {
    let group = match plan {
        Plan::Group(group) => group.clone(),
        plan => Group {
            required: vec![plan.clone()],
            ..Group::default()
        },
    };
    let mut best = Best {
        heap: BinaryHeap::new(),
        limit,
        sort,
    };
    let mut ranking = Ranking::default();
    for (ordinal, segment) in (0..).zip(scoring.snapshot.searcher().segment_readers()) {
        let mut clauses = Clauses::open(&group, filters, segment, scoring)?;
        let keys = Keys::open(segment)?;
        let wanted = group.wanted.len() as u32;
        while let Some(doc) = clauses.next() {
            if segment.is_deleted(doc) {
                continue;
            }
            let has_all = clauses.met(doc) == wanted;
            if all_words && !has_all {
                continue;
            }
            ranking.total += 1;
            ranking.total_all_words += u64::from(has_all);
            if limit > 0 {
                let score = match sort {
                    Sort::Relevance => clauses.score(doc),
                    Sort::Date | Sort::DateDescending => 0.0,
                };
                best.offer(has_all, score, DocAddress::new(ordinal, doc), &keys);
            }
        }
    }
    ranking.hits = best.heap.into_sorted_vec();
    Ok(ranking)
}

/// The clauses of a question over one segment.
struct Clauses {
    /// Required clauses, then filters. When there are none of the first, the
    /// wanted ones lead.
    required: Vec<Box<dyn Cursor>>,
    filters: Vec<Box<dyn Cursor>>,
    wanted: Vec<Box<dyn Cursor>>,
    excluded: Vec<Box<dyn Cursor>>,
    /// Where to look for the next document.
    target: DocId,
}

impl Clauses {
    fn open(
        group: &Group,
        filters: &[Plan],
        segment: &SegmentReader,
        scoring: &Scoring<'_>,
    ) -> Result<Self, IndexError> {
        let open = |plans: &[Plan]| -> Result<Vec<_>, IndexError> {
            plans
                .iter()
                .map(|plan| cursor::open(plan, segment, scoring))
                .collect()
        };
        let mut required = open(&group.required)?;
        let wanted = open(&group.wanted)?;
        if required.is_empty() && wanted.is_empty() {
            required.push(cursor::open(&Plan::All, segment, scoring)?);
        }
        Ok(Clauses {
            required,
            filters: open(&[&group.filters, filters].concat())?,
            wanted,
            excluded: open(&group.excluded)?,
            target: 0,
        })
    }

    /// The next document, deleted ones among them.
    fn next(&mut self) -> Option<DocId> {
        let mut candidate = self.target;
        'candidates: loop {
            if self.required.is_empty() {
                for cursor in &mut self.wanted {
                    if cursor.doc() < candidate {
                        cursor.seek(candidate);
                    }
                }
                candidate = self.wanted.iter().map(|cursor| cursor.doc()).min()?;
            }
            if candidate >= TERMINATED {
                return None;
            }
            for cursor in self.required.iter_mut().chain(&mut self.filters) {
                let doc = match cursor.doc() {
                    doc if doc < candidate => cursor.seek(candidate),
                    doc => doc,
                };
                if doc == TERMINATED {
                    return None;
                }
                if doc > candidate {
                    candidate = doc;
                    continue 'candidates;
                }
            }
            if has_any(&mut self.excluded, candidate) {
                candidate += 1;
                continue;
            }
            self.target = candidate + 1;
            return Some(candidate);
        }
    }

    /// How many of the wanted clauses `doc` meets.
    fn met(&mut self, doc: DocId) -> u32 {
        let mut met = 0;
        for cursor in &mut self.wanted {
            if cursor.doc() < doc {
                cursor.seek(doc);
            }
            met += u32::from(cursor.doc() == doc);
        }
        met
    }

    /// The score of `doc`, after [`Self::met`]. Clauses add up in the order of
    /// the question.
    fn score(&mut self, doc: DocId) -> f32 {
        let clauses = self.required.iter_mut().chain(&mut self.wanted);
        let here = clauses.filter(|cursor| cursor.doc() == doc);
        here.map(|cursor| cursor.score()).sum()
    }
}

/// The columns of a segment that decide ties.
struct Keys {
    day: Column<i64>,
    id: Option<StrColumn>,
}

impl Keys {
    fn open(segment: &SegmentReader) -> Result<Self, IndexError> {
        let columns = segment.fast_fields();
        Ok(Keys {
            day: columns.i64("earliest")?,
            id: columns.str("key")?,
        })
    }

    fn id(&self, doc: DocId) -> String {
        let mut id = String::new();
        if let Some(column) = &self.id
            && let Some(ordinal) = column.ords().first(doc)
        {
            // An id that cannot be read ranks as an empty one.
            let _ = column.ord_to_str(ordinal, &mut id);
        }
        id
    }
}

/// The best documents so far, the last of them on top.
struct Best {
    heap: BinaryHeap<Ranked>,
    limit: usize,
    sort: Sort,
}

impl Best {
    fn offer(&mut self, all_words: bool, score: f32, address: DocAddress, keys: &Keys) {
        let full = self.heap.len() >= self.limit;
        if let Some(worst) = self
            .heap
            .peek()
            .filter(|_| full && self.sort == Sort::Relevance)
        {
            // Most documents end here, without a look at date and id.
            let by_words = all_words.cmp(&worst.all_words);
            let behind = by_words.then(score.total_cmp(&worst.score)).is_lt();
            if behind {
                return;
            }
        }
        let mut ranked = Ranked {
            address,
            all_words,
            score,
            day: keys.day.first(address.doc_id),
            id: String::new(),
            sort: self.sort,
        };
        if let Some(worst) = self.heap.peek().filter(|_| full) {
            // An empty id comes before every other: behind even so is behind.
            if ranked.order(worst).is_gt() {
                return;
            }
        }
        ranked.id = keys.id(address.doc_id);
        self.heap.push(ranked);
        if self.heap.len() > self.limit {
            self.heap.pop();
        }
    }
}
