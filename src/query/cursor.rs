//! A plan over one segment: its documents in order, their scores.

mod leaf;

use tantivy::columnar::{Column, StrColumn};
use tantivy::{DocId, SegmentReader, TERMINATED, TantivyError};

pub(super) use leaf::LeafCursor;

use super::plan::{Group, Plan};
use super::ranking::Scoring;
use crate::index::{IndexError, Section, column};

/// The documents of a segment that meet a condition, in ascending order.
pub(super) trait Cursor {
    /// The document it stands on; `TERMINATED` after the last.
    fn doc(&self) -> DocId;
    /// Goes to the next document.
    fn advance(&mut self) -> DocId {
        match self.doc() {
            TERMINATED => TERMINATED,
            doc => self.seek(doc + 1),
        }
    }
    /// Goes to the first document at or after `target`, never back.
    fn seek(&mut self, target: DocId) -> DocId;
    /// The score of the document it stands on.
    fn score(&mut self) -> f32;
    /// About how many documents it goes through.
    fn cost(&self) -> u64;
}

/// Opens a plan over a segment.
pub(super) fn open(
    plan: &Plan,
    segment: &SegmentReader,
    scoring: &Scoring<'_>,
) -> Result<Box<dyn Cursor>, IndexError> {
    let max_doc = segment.max_doc();
    let all = |plans: &[Plan]| -> Result<Vec<Box<dyn Cursor>>, IndexError> {
        plans
            .iter()
            .map(|plan| open(plan, segment, scoring))
            .collect()
    };
    let filter = |accepts: Box<dyn Fn(DocId) -> bool>| -> Box<dyn Cursor> {
        Box::new(Filter::new(max_doc, accepts))
    };
    Ok(match plan {
        Plan::All => filter(Box::new(|_| true)),
        Plan::Nothing => Box::new(Filter::new(0, |_| false)),
        Plan::Leaf(leaf) => Box::new(LeafCursor::open(leaf, segment, scoring)?),
        Plan::Dated { earliest, latest } => {
            let columns = segment.fast_fields();
            let (first, last) = (columns.i64("earliest")?, columns.i64("latest")?);
            let (from, to) = (*earliest, *latest);
            filter(Box::new(move |doc| {
                first.first(doc).is_some_and(|day| day <= to)
                    && last.first(doc).is_some_and(|day| day >= from)
            }))
        }
        Plan::HasDate => {
            let first: Column<i64> = segment.fast_fields().i64("earliest")?;
            filter(Box::new(move |doc| first.first(doc).is_some()))
        }
        Plan::HasValue(property) => match segment.fast_fields().str(column(*property))? {
            Some(values) => filter(Box::new(move |doc| has_value(&values, doc))),
            None => Box::new(Filter::new(0, |_| false)),
        },
        Plan::HasText(section) => {
            let range = SectionRange::open(segment, *section)?;
            filter(Box::new(move |doc| {
                let range = range.positions(doc);
                !range.is_empty()
            }))
        }
        Plan::And(plans) => Box::new(Intersection::new(all(plans)?)),
        Plan::Or(plans) => Box::new(Union::new(all(plans)?)),
        Plan::Not(plan) => {
            let everything = filter(Box::new(|_| true));
            Box::new(Exclusion::new(
                everything,
                vec![open(plan, segment, scoring)?],
            ))
        }
        Plan::Group(Group {
            required,
            wanted,
            filters,
            excluded,
        }) => {
            let wanted = all(wanted)?;
            let included: Box<dyn Cursor> = match (required.is_empty(), wanted.is_empty()) {
                (true, true) => filter(Box::new(|_| true)),
                (true, false) => Box::new(Union::new(wanted)),
                (false, _) => Box::new(Optional::new(Intersection::new(all(required)?), wanted)),
            };
            let included = match filters.is_empty() {
                true => included,
                false => {
                    let mut cursors = vec![included];
                    cursors.extend(all(filters)?);
                    Box::new(Intersection::new(cursors))
                }
            };
            match excluded.is_empty() {
                true => included,
                false => Box::new(Exclusion::new(included, all(excluded)?)),
            }
        }
        Plan::Boost(plan, factor) => Box::new(Boosted {
            cursor: open(plan, segment, scoring)?,
            factor: *factor,
        }),
    })
}

fn has_value(values: &StrColumn, doc: DocId) -> bool {
    values.ords().first(doc).is_some()
}

/// The positions of a section in each document of a segment.
pub(super) struct SectionRange {
    start: Option<Column<u64>>,
    end: Option<Column<u64>>,
}

impl SectionRange {
    pub fn open(segment: &SegmentReader, section: Section) -> Result<Self, TantivyError> {
        let start_of = |index: usize| -> Result<Option<Column<u64>>, TantivyError> {
            match Section::ALL.get(index) {
                None | Some(Section::Title) => Ok(None),
                Some(section) => {
                    let name = format!("{}_at", section.name());
                    segment.fast_fields().u64(&name).map(Some)
                }
            }
        };
        Ok(SectionRange {
            start: start_of(section as usize)?,
            end: start_of(section as usize + 1)?,
        })
    }

    /// The half-open range of positions that the section has in `doc`.
    pub fn positions(&self, doc: DocId) -> std::ops::Range<u32> {
        let at = |column: &Option<Column<u64>>| column.as_ref().and_then(|c| c.first(doc));
        let start = at(&self.start).unwrap_or(0) as u32;
        let end = at(&self.end).map_or(u32::MAX, |end| end as u32);
        start..end
    }
}

/// The documents that a test accepts; they score nothing.
struct Filter<F> {
    accepts: F,
    doc: DocId,
    max_doc: DocId,
}

impl<F: Fn(DocId) -> bool> Filter<F> {
    fn new(max_doc: DocId, accepts: F) -> Self {
        let mut filter = Filter {
            accepts,
            doc: 0,
            max_doc,
        };
        filter.seek(0);
        filter
    }
}

impl<F: Fn(DocId) -> bool> Cursor for Filter<F> {
    fn doc(&self) -> DocId {
        self.doc
    }
    fn seek(&mut self, target: DocId) -> DocId {
        let found = (target..self.max_doc).find(|&doc| (self.accepts)(doc));
        self.doc = found.unwrap_or(TERMINATED);
        self.doc
    }
    fn score(&mut self) -> f32 {
        0.0
    }
    fn cost(&self) -> u64 {
        u64::from(self.max_doc)
    }
}

/// The documents of all cursors.
struct Intersection {
    /// The cheapest first: it leads.
    cursors: Vec<Box<dyn Cursor>>,
    /// For each cursor of the plan's order, its place in `cursors`, so that
    /// scores add up in one order whatever the segment.
    order: Vec<usize>,
    doc: DocId,
}

impl Intersection {
    fn new(cursors: Vec<Box<dyn Cursor>>) -> Self {
        let mut placed: Vec<(usize, Box<dyn Cursor>)> = cursors.into_iter().enumerate().collect();
        placed.sort_by_key(|(_, cursor)| cursor.cost());
        let mut order = vec![0; placed.len()];
        for (place, (original, _)) in placed.iter().enumerate() {
            order[*original] = place;
        }
        let mut intersection = Intersection {
            cursors: placed.into_iter().map(|(_, cursor)| cursor).collect(),
            order,
            doc: 0,
        };
        intersection.seek(0);
        intersection
    }
}

impl Cursor for Intersection {
    fn doc(&self) -> DocId {
        self.doc
    }
    fn seek(&mut self, target: DocId) -> DocId {
        let mut candidate = target;
        'candidates: loop {
            for cursor in &mut self.cursors {
                let doc = match cursor.doc() {
                    doc if doc < candidate => cursor.seek(candidate),
                    doc => doc,
                };
                if doc == TERMINATED {
                    self.doc = TERMINATED;
                    return TERMINATED;
                }
                if doc > candidate {
                    candidate = doc;
                    continue 'candidates;
                }
            }
            self.doc = if self.cursors.is_empty() {
                TERMINATED
            } else {
                candidate
            };
            return self.doc;
        }
    }
    fn score(&mut self) -> f32 {
        let cursors = &mut self.cursors;
        self.order.iter().map(|&place| cursors[place].score()).sum()
    }
    fn cost(&self) -> u64 {
        self.cursors.first().map_or(0, |cursor| cursor.cost())
    }
}

/// The documents of any cursor.
struct Union {
    cursors: Vec<Box<dyn Cursor>>,
    doc: DocId,
}

impl Union {
    fn new(cursors: Vec<Box<dyn Cursor>>) -> Self {
        let mut union = Union { cursors, doc: 0 };
        union.doc = union.least();
        union
    }
    fn least(&self) -> DocId {
        self.cursors
            .iter()
            .map(|cursor| cursor.doc())
            .min()
            .unwrap_or(TERMINATED)
    }
}

impl Cursor for Union {
    fn doc(&self) -> DocId {
        self.doc
    }
    fn seek(&mut self, target: DocId) -> DocId {
        for cursor in &mut self.cursors {
            if cursor.doc() < target {
                cursor.seek(target);
            }
        }
        self.doc = self.least();
        self.doc
    }
    fn score(&mut self) -> f32 {
        sum_on(self.doc, &mut self.cursors)
    }
    fn cost(&self) -> u64 {
        self.cursors.iter().map(|cursor| cursor.cost()).sum()
    }
}

fn sum_on(doc: DocId, cursors: &mut [Box<dyn Cursor>]) -> f32 {
    let on_doc = cursors.iter_mut().filter(|cursor| cursor.doc() == doc);
    on_doc.map(|cursor| cursor.score()).sum()
}

/// The documents of one cursor; others add to their scores.
struct Optional {
    required: Intersection,
    wanted: Vec<Box<dyn Cursor>>,
}

impl Optional {
    fn new(required: Intersection, wanted: Vec<Box<dyn Cursor>>) -> Self {
        Optional { required, wanted }
    }
}

impl Cursor for Optional {
    fn doc(&self) -> DocId {
        self.required.doc()
    }
    fn seek(&mut self, target: DocId) -> DocId {
        self.required.seek(target)
    }
    fn score(&mut self) -> f32 {
        let doc = self.doc();
        for cursor in &mut self.wanted {
            if cursor.doc() < doc {
                cursor.seek(doc);
            }
        }
        self.required.score() + sum_on(doc, &mut self.wanted)
    }
    fn cost(&self) -> u64 {
        self.required.cost()
    }
}

/// The documents of one cursor that none of others has.
pub(super) struct Exclusion {
    included: Box<dyn Cursor>,
    excluded: Vec<Box<dyn Cursor>>,
}

impl Exclusion {
    fn new(included: Box<dyn Cursor>, excluded: Vec<Box<dyn Cursor>>) -> Self {
        let mut exclusion = Exclusion { included, excluded };
        exclusion.settle();
        exclusion
    }
    fn settle(&mut self) -> DocId {
        loop {
            let doc = self.included.doc();
            let out = doc != TERMINATED && has_any(&mut self.excluded, doc);
            if !out {
                return doc;
            }
            self.included.advance();
        }
    }
}

/// Whether any cursor has the document.
pub(super) fn has_any(cursors: &mut [Box<dyn Cursor>], doc: DocId) -> bool {
    cursors.iter_mut().any(|cursor| {
        if cursor.doc() < doc {
            cursor.seek(doc);
        }
        cursor.doc() == doc
    })
}

impl Cursor for Exclusion {
    fn doc(&self) -> DocId {
        self.included.doc()
    }
    fn seek(&mut self, target: DocId) -> DocId {
        self.included.seek(target);
        self.settle()
    }
    fn score(&mut self) -> f32 {
        self.included.score()
    }
    fn cost(&self) -> u64 {
        self.included.cost()
    }
}

/// Another cursor's documents at other scores.
struct Boosted {
    cursor: Box<dyn Cursor>,
    factor: f32,
}

impl Cursor for Boosted {
    fn doc(&self) -> DocId {
        self.cursor.doc()
    }
    fn seek(&mut self, target: DocId) -> DocId {
        self.cursor.seek(target)
    }
    fn score(&mut self) -> f32 {
        self.cursor.score() * self.factor
    }
    fn cost(&self) -> u64 {
        self.cursor.cost()
    }
}
