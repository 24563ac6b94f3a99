//! Where in a stored document a plan's words and phrases are.

use std::ops::Range;

use tantivy::DocAddress;

use super::cursor::LeafCursor;
use super::matching::Span;
use super::plan::{Leaf, Place, Plan};
use super::ranking::Scoring;
use crate::analysis::{Analyzer, compound};
use crate::index::{IndexError, Property, StoredCable};

/// A place in a document's text that meets one of a plan's leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Mark {
    /// The positions.
    pub span: Span,
    /// Index of the leaf among the plan's.
    pub leaf: usize,
}

/// All places in one document that meet leaves.
#[derive(Debug, Default)]
pub(super) struct Marks {
    /// In the text, in order of position.
    pub text: Vec<Mark>,
    /// In the values of properties.
    pub properties: Vec<(Property, Mark)>,
}

impl Marks {
    /// Finds the marks of a document. This is the matcher that ranking uses.
    /// In a document that does not meet the plan, every leaf is marked.
    pub fn find(
        plan: &Plan,
        address: DocAddress,
        scoring: &Scoring<'_>,
    ) -> Result<Self, IndexError> {
        let searcher = scoring.snapshot.searcher();
        let segment = searcher.segment_reader(address.segment_ord);
        let spans = |leaf: &Leaf| LeafCursor::spans_in(address.doc_id, leaf, segment, scoring);
        let leaves = plan.leaves();
        let mut found = Vec::with_capacity(leaves.len());
        for leaf in &leaves {
            found.push(spans(leaf)?);
        }
        let mut meeting = Meeting {
            is_found: found.iter().map(|spans| !spans.is_empty()).collect(),
            next: 0,
            shown: Vec::new(),
            meets: &|leaf| spans(leaf).map(|spans| !spans.is_empty()),
        };
        if meeting.of(plan)? == Some(false) {
            meeting.shown = (0..leaves.len()).collect();
        }
        let mut marks = Marks::default();
        for index in meeting.shown {
            for &span in &found[index] {
                let mark = Mark { span, leaf: index };
                match leaves[index].place {
                    Place::Property(property) => marks.properties.push((property, mark)),
                    Place::Text | Place::Section(_) => marks.text.push(mark),
                }
            }
        }
        marks.text.sort_unstable();
        Ok(marks)
    }
}

/// Which leaves of a plan show why a document meets it: in
/// `(missiles AND peace) OR cuba` not the missiles of a document without
/// peace.
struct Meeting<'a> {
    /// For each of the plan's leaves, whether the document has it.
    is_found: Vec<bool>,
    /// The leaf that comes next, in the order of [`Plan::leaves`].
    next: usize,
    /// The leaves that show why.
    shown: Vec<usize>,
    /// Whether the document has a leaf that excludes.
    meets: &'a dyn Fn(&Leaf) -> Result<bool, IndexError>,
}

impl Meeting<'_> {
    /// Whether the document meets a part of the plan; `None` where that takes
    /// more than words to tell. Adds the leaves that show it.
    fn of(&mut self, plan: &Plan) -> Result<Option<bool>, IndexError> {
        let before = self.shown.len();
        let meets = match plan {
            Plan::Leaf(_) => {
                self.shown.push(self.next);
                self.next += 1;
                Some(self.is_found[self.next - 1])
            }
            Plan::And(plans) => all(&self.each(plans)?),
            Plan::Or(plans) => any(&self.each(plans)?),
            Plan::Group(group) => {
                let required = all(&self.each(&group.required)?);
                let wanted = any(&self.each(&group.wanted)?);
                let is_optional = !group.required.is_empty() || group.wanted.is_empty();
                let mut conditions = vec![required];
                if !is_optional {
                    conditions.push(wanted);
                }
                for plan in &group.excluded {
                    conditions.push(self.lacks(plan)?);
                }
                all(&conditions)
            }
            Plan::Boost(plan, _) => self.of(plan)?,
            Plan::Not(plan) => self.lacks(plan)?,
            Plan::All => Some(true),
            Plan::Nothing => Some(false),
            Plan::Dated { .. } | Plan::HasDate | Plan::HasValue(_) | Plan::HasText(_) => None,
        };
        if meets == Some(false) {
            self.shown.truncate(before);
        }
        Ok(meets)
    }

    fn each(&mut self, plans: &[Plan]) -> Result<Vec<Option<bool>>, IndexError> {
        plans.iter().map(|plan| self.of(plan)).collect()
    }

    /// Whether the document does not meet a part that excludes.
    fn lacks(&self, plan: &Plan) -> Result<Option<bool>, IndexError> {
        let leaves = plan.leaves();
        let is_found = leaves
            .into_iter()
            .map(self.meets)
            .collect::<Result<_, _>>()?;
        let mut inner = Meeting {
            is_found,
            next: 0,
            shown: Vec::new(),
            meets: self.meets,
        };
        Ok(inner.of(plan)?.map(|meets| !meets))
    }
}

fn all(conditions: &[Option<bool>]) -> Option<bool> {
    match conditions.contains(&Some(false)) {
        true => Some(false),
        false => (!conditions.contains(&None)).then_some(true),
    }
}

fn any(conditions: &[Option<bool>]) -> Option<bool> {
    match conditions.contains(&Some(true)) {
        true => Some(true),
        false => (!conditions.contains(&None)).then_some(false),
    }
}

/// The byte ranges of words in texts that were analysed one after the other.
#[derive(Debug, Default)]
pub(super) struct WordRanges {
    /// Position, and the range in the text.
    words: Vec<(u32, Range<usize>)>,
}

impl WordRanges {
    /// Adds the words of a text that begins at position `first` and at byte
    /// `offset` of what the ranges are in.
    pub fn add(&mut self, analyzer: &mut Analyzer, text: &str, first: u32, offset: usize) {
        analyzer.analyze(text, first, |token| {
            let single = compound::split(token.term).1 == 1;
            let repeated = self
                .words
                .last()
                .is_some_and(|(at, _)| *at == token.position);
            if single && !repeated {
                let range = offset + token.start..offset + token.end;
                self.words.push((token.position, range));
            }
        });
    }

    /// The bytes from the first word of the span to its last; `None` when they
    /// are not all among the words.
    pub fn bytes(&self, span: Span) -> Option<Range<usize>> {
        let at = |position: u32| {
            let found = self.words.binary_search_by_key(&position, |(at, _)| *at);
            found.ok().map(|index| self.words[index].1.clone())
        };
        Some(at(span.start)?.start..at(span.end.checked_sub(1)?)?.end)
    }

    /// The words that lie in a range of bytes; `None` when there is none.
    pub fn within(&self, range: &Range<usize>) -> Option<Span> {
        let inside =
            |(_, word): &&(u32, Range<usize>)| range.start <= word.start && word.end <= range.end;
        let first = self.words.iter().find(inside)?;
        let last = self.words.iter().rfind(inside)?;
        Some(Span {
            start: first.0,
            end: last.0 + 1,
        })
    }
}

/// For each unit of the document, the byte ranges of its text to highlight,
/// in order and apart from one another. The marks are in order.
pub(super) fn by_unit(stored: &StoredCable, marks: &[Mark]) -> Vec<Vec<Range<usize>>> {
    let mut analyzer = Analyzer::new();
    let mut highlights = Vec::with_capacity(stored.units().len());
    let longest = marks.iter().map(|mark| mark.span.end - mark.span.start);
    let longest = longest.max().unwrap_or(0);
    for unit in stored.units() {
        let end = unit.first_position + unit.positions;
        // Marks are many and so are units: only those that can reach this one.
        let earliest = unit.first_position.saturating_sub(longest);
        let from = marks.partition_point(|mark| mark.span.start < earliest);
        let here = marks[from..]
            .iter()
            .take_while(|mark| mark.span.start < end)
            .filter(|mark| mark.span.end > unit.first_position);
        let mut words = WordRanges::default();
        let mut ranges = Vec::new();
        for mark in here {
            if words.words.is_empty() {
                words.add(&mut analyzer, stored.text(unit), unit.first_position, 0);
            }
            // A phrase may begin in one paragraph and end in the next.
            ranges.extend(words.bytes(Span {
                start: mark.span.start.max(unit.first_position),
                end: mark.span.end.min(end),
            }));
        }
        highlights.push(merged(ranges));
    }
    highlights
}

/// The ranges in order, those that overlap made one.
pub(super) fn merged(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_by_key(|range| (range.start, range.end));
    let mut merged: Vec<Range<usize>> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match merged.last_mut() {
            Some(last) if range.start < last.end => last.end = last.end.max(range.end),
            _ => merged.push(range),
        }
    }
    merged
}
