//! The documents with a word or a phrase.

use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, SegmentReader, TERMINATED, TantivyError, Term};

use super::{Cursor, SectionRange};
use crate::index::IndexError;
use crate::query::matching::{self, Occurrence, Span};
use crate::query::plan::{Leaf, Place, Slot};
use crate::query::ranking::{Saturation, Scoring};

/// The documents of a segment that have a leaf's words.
pub(crate) struct LeafCursor {
    paths: Vec<PathCursor>,
    section: Option<SectionRange>,
    norms: Option<FieldNormReader>,
    weight: f32,
    saturation: Saturation,
    doc: DocId,
}

impl LeafCursor {
    /// Opens a leaf over a segment, on its first document.
    pub fn open(
        leaf: &Leaf,
        segment: &SegmentReader,
        scoring: &Scoring<'_>,
    ) -> Result<Self, IndexError> {
        let mut cursor = Self::closed(leaf, segment, scoring, false)?;
        cursor.seek(0);
        Ok(cursor)
    }

    /// The spans in which one document meets a leaf, in order. Looks at no
    /// other document: the next one that meets a phrase may be far.
    pub fn spans_in(
        doc: DocId,
        leaf: &Leaf,
        segment: &SegmentReader,
        scoring: &Scoring<'_>,
    ) -> Result<Vec<Span>, IndexError> {
        let mut cursor = Self::closed(leaf, segment, scoring, true)?;
        cursor.doc = doc;
        for path in &mut cursor.paths {
            let is_here = path.seek_all(doc) == doc;
            path.doc = if is_here { doc } else { TERMINATED };
            if is_here {
                path.find(cursor.section.as_ref());
            }
        }
        Ok(cursor.spans())
    }

    /// A leaf over a segment, on no document yet. Only `with_positions` can a
    /// word alone tell its spans.
    fn closed(
        leaf: &Leaf,
        segment: &SegmentReader,
        scoring: &Scoring<'_>,
        with_positions: bool,
    ) -> Result<Self, IndexError> {
        let fields = scoring.snapshot.fields();
        let (field, section) = match leaf.place {
            Place::Text => (fields.text, None),
            Place::Section(section) => (fields.text, Some(SectionRange::open(segment, section)?)),
            Place::Property(property) => (fields.property(property), None),
        };
        let inverted = segment.inverted_index(field)?;
        // A word alone is met wherever it stands.
        let phrase = section.is_some() || leaf.paths.iter().any(|path| path.len() > 1);
        let record = match phrase || with_positions {
            true => IndexRecordOption::WithFreqsAndPositions,
            false => IndexRecordOption::WithFreqs,
        };
        let open_slot = |slot: &Slot| -> Result<SlotCursor, TantivyError> {
            let mut terms = Vec::with_capacity(slot.len());
            for &index in slot {
                let leaf_term = &leaf.terms[index];
                let term = Term::from_field_text(field, &leaf_term.term);
                if let Some(postings) = inverted.read_postings(&term, record)? {
                    terms.push((leaf_term.length, postings));
                }
            }
            Ok(SlotCursor::new(terms))
        };
        let mut paths = Vec::with_capacity(leaf.paths.len());
        for path in &leaf.paths {
            let slots = path.iter().map(open_slot).collect::<Result<Vec<_>, _>>()?;
            paths.push(PathCursor::new(slots, leaf.slop));
        }
        let norms = match leaf.place {
            Place::Text | Place::Section(_) => Some(segment.get_fieldnorms_reader(field)?),
            Place::Property(_) => None,
        };
        Ok(LeafCursor {
            paths,
            section,
            norms,
            weight: leaf.idf,
            saturation: scoring.saturation,
            doc: 0,
        })
    }

    /// The spans in which the document that the cursor stands on meets the
    /// leaf, in order.
    fn spans(&mut self) -> Vec<Span> {
        let mut spans: Vec<Span> = Vec::new();
        for path in self.paths.iter_mut().filter(|path| path.doc == self.doc) {
            if path.is_word() && self.section.is_none() {
                path.find(None);
            }
            spans.extend(&path.found);
        }
        spans.sort_unstable();
        spans.dedup();
        spans
    }

    /// How often the document meets the leaf. What meets several of its
    /// sequences, as *co-operate* does two, counts once.
    fn frequency(&mut self) -> u32 {
        if self.paths.len() > 1 {
            return self.spans().len() as u32;
        }
        let here = self.paths.iter().filter(|path| path.doc == self.doc);
        here.map(|path| match path.slots.as_slice() {
            [word] if self.section.is_none() => word.frequency(),
            _ => path.found.len() as u32,
        })
        .sum()
    }
}

impl Cursor for LeafCursor {
    fn doc(&self) -> DocId {
        self.doc
    }

    fn seek(&mut self, target: DocId) -> DocId {
        let section = self.section.as_ref();
        let docs = self
            .paths
            .iter_mut()
            .map(|path| match path.doc < target || !path.settled {
                true => path.seek(target, section),
                false => path.doc,
            });
        self.doc = docs.min().unwrap_or(TERMINATED);
        self.doc
    }

    fn score(&mut self) -> f32 {
        let frequency = self.frequency() as f32;
        let terms = self.norms.as_ref().map(|norms| norms.fieldnorm(self.doc));
        self.weight * self.saturation.of(frequency, terms)
    }

    fn cost(&self) -> u64 {
        self.paths.iter().map(PathCursor::cost).sum()
    }
}

/// The documents with one sequence of words.
struct PathCursor {
    slots: Vec<SlotCursor>,
    /// The slots from the rarest on: the first leads.
    order: Vec<usize>,
    slop: u32,
    doc: DocId,
    /// Whether `doc` has been established.
    settled: bool,
    /// The spans in `doc`, where they had to be found.
    found: Vec<Span>,
}

impl PathCursor {
    fn new(slots: Vec<SlotCursor>, slop: u32) -> Self {
        let mut order: Vec<usize> = (0..slots.len()).collect();
        order.sort_by_key(|&slot| slots[slot].cost);
        PathCursor {
            slots,
            order,
            slop,
            doc: 0,
            settled: false,
            found: Vec::new(),
        }
    }

    fn cost(&self) -> u64 {
        self.order
            .first()
            .map_or(0, |&rarest| self.slots[rarest].cost)
    }

    fn seek(&mut self, target: DocId, section: Option<&SectionRange>) -> DocId {
        self.settled = true;
        let mut candidate = target;
        loop {
            self.doc = self.seek_all(candidate);
            if self.doc == TERMINATED || self.meets(section) {
                return self.doc;
            }
            candidate = self.doc + 1;
        }
    }

    /// The first document at or after `target` that has all the words.
    fn seek_all(&mut self, target: DocId) -> DocId {
        let mut candidate = target;
        'candidates: loop {
            for &slot in &self.order {
                let doc = self.slots[slot].seek(candidate);
                if doc == TERMINATED {
                    return TERMINATED;
                }
                if doc > candidate {
                    candidate = doc;
                    continue 'candidates;
                }
            }
            return if self.order.is_empty() {
                TERMINATED
            } else {
                candidate
            };
        }
    }

    fn is_word(&self) -> bool {
        self.slots.len() == 1
    }

    /// Whether the words stand as they should in the document.
    fn meets(&mut self, section: Option<&SectionRange>) -> bool {
        if self.is_word() && section.is_none() {
            return true;
        }
        self.find(section);
        !self.found.is_empty()
    }

    fn find(&mut self, section: Option<&SectionRange>) {
        let occurrences: Vec<Vec<Occurrence>> = self
            .slots
            .iter_mut()
            .map(|slot| slot.occurrences())
            .collect();
        self.found = match self.slop {
            0 => matching::phrase(&occurrences),
            slop => matching::near(&occurrences, slop),
        };
        if let Some(section) = section {
            let range = section.positions(self.doc);
            self.found
                .retain(|span| range.start <= span.start && span.end <= range.end);
        }
    }
}

/// The documents with any of the terms that can stand in one place.
struct SlotCursor {
    /// Length in positions, and postings.
    terms: Vec<(u32, SegmentPostings)>,
    doc: DocId,
    cost: u64,
}

impl SlotCursor {
    fn new(terms: Vec<(u32, SegmentPostings)>) -> Self {
        let cost = terms
            .iter()
            .map(|(_, postings)| u64::from(postings.doc_freq()))
            .sum();
        let mut slot = SlotCursor {
            terms,
            doc: 0,
            cost,
        };
        slot.doc = slot.least();
        slot
    }

    fn least(&self) -> DocId {
        let docs = self.terms.iter().map(|(_, postings)| postings.doc());
        docs.min().unwrap_or(TERMINATED)
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc < target {
            for (_, postings) in &mut self.terms {
                if postings.doc() < target {
                    postings.seek(target);
                }
            }
            self.doc = self.least();
        }
        self.doc
    }

    fn frequency(&self) -> u32 {
        let here = self
            .terms
            .iter()
            .filter(|(_, postings)| postings.doc() == self.doc);
        here.map(|(_, postings)| postings.term_freq()).sum()
    }

    fn occurrences(&mut self) -> Vec<Occurrence> {
        let mut occurrences = Vec::new();
        let mut positions = Vec::new();
        for (length, postings) in &mut self.terms {
            if postings.doc() == self.doc {
                postings.positions(&mut positions);
                occurrences.extend(positions.iter().map(|&position| Occurrence {
                    position,
                    length: *length,
                }));
            }
        }
        occurrences.sort_unstable();
        occurrences
    }
}
