//! One committed state of an index, for reading.

use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocAddress, DocSet, ReloadPolicy, Searcher, TERMINATED, Term};

use super::{Fields, Index, IndexError, StoredCable};
use crate::cable::Cable;

/// A committed state of an index. Writers do not disturb it.
#[derive(Clone)]
pub struct Snapshot {
    searcher: Searcher,
    fields: Fields,
    mean_terms: f32,
}

/// How many letters may be wrong in an id that resembles another.
const FARTHEST_ID: usize = 3;

impl Index {
    /// The state that was committed last.
    ///
    /// # Errors
    ///
    /// When a file of the index cannot be opened.
    pub fn snapshot(&self) -> Result<Snapshot, IndexError> {
        let reader = self
            .tantivy
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .try_into()?;
        let searcher = reader.searcher();
        let mean_terms = mean_terms(&searcher)?;
        Ok(Snapshot {
            searcher,
            fields: self.fields.clone(),
            mean_terms,
        })
    }
}

impl Snapshot {
    /// How many documents there are.
    pub fn documents(&self) -> u64 {
        self.searcher.num_docs()
    }

    /// The cable with this id.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    pub fn cable(&self, id: &str) -> Result<Option<Cable>, IndexError> {
        match self.find(id)? {
            Some(address) => Ok(Some(self.stored(address)?.into_cable())),
            None => Ok(None),
        }
    }

    /// Up to `count` ids that resemble `id`, the most alike first: what may
    /// have been meant. Where the id names a volume, only ids of that volume
    /// are considered, if there are any.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    pub fn ids_like(&self, id: &str, count: usize) -> Result<Vec<String>, IndexError> {
        let mut ids = Vec::new();
        if let Some((volume, _)) = id.rsplit_once('/') {
            ids = self.ids_from(&format!("{volume}/"))?;
        }
        if ids.is_empty() {
            ids = self.ids_from("")?;
        }
        let mut alike: Vec<(usize, String)> = ids
            .into_iter()
            .map(|other| (strsim::osa_distance(id, &other), other))
            .filter(|(distance, _)| *distance <= FARTHEST_ID)
            .collect();
        alike.sort();
        let mut meant = Vec::new();
        for (_, other) in alike {
            if meant.len() == count {
                break;
            }
            // The dictionary keeps ids of deleted documents for a while.
            if self.find(&other)?.is_some() {
                meant.push(other);
            }
        }
        Ok(meant)
    }

    /// The ids that begin so.
    fn ids_from(&self, prefix: &str) -> Result<Vec<String>, IndexError> {
        let mut ids = Vec::new();
        for segment in self.searcher.segment_readers() {
            let inverted = segment.inverted_index(self.fields.key)?;
            let terms = inverted.terms().range().ge(prefix);
            let mut terms = terms.into_stream().map_err(tantivy::TantivyError::from)?;
            while terms.advance() && terms.key().starts_with(prefix.as_bytes()) {
                ids.push(String::from_utf8_lossy(terms.key()).into_owned());
            }
        }
        ids.sort();
        ids.dedup();
        Ok(ids)
    }

    /// Where the document with this id is.
    pub(crate) fn find(&self, id: &str) -> Result<Option<DocAddress>, IndexError> {
        self.first_with(self.fields.key, id)
    }

    /// Whether any document came from this version of a file.
    pub(super) fn has_origin(&self, origin: &str) -> Result<bool, IndexError> {
        Ok(self.first_with(self.fields.origin, origin)?.is_some())
    }

    fn first_with(&self, field: Field, value: &str) -> Result<Option<DocAddress>, IndexError> {
        let term = Term::from_field_text(field, value);
        for (ordinal, segment) in (0..).zip(self.searcher.segment_readers()) {
            let inverted = segment.inverted_index(field)?;
            let postings = inverted
                .read_postings(&term, IndexRecordOption::Basic)
                .map_err(tantivy::TantivyError::from)?;
            let Some(mut postings) = postings else {
                continue;
            };
            let mut doc = postings.doc();
            while doc != TERMINATED {
                if !segment.is_deleted(doc) {
                    return Ok(Some(DocAddress::new(ordinal, doc)));
                }
                doc = postings.advance();
            }
        }
        Ok(None)
    }

    /// The document at an address, as stored.
    pub(crate) fn stored(&self, address: DocAddress) -> Result<StoredCable, IndexError> {
        StoredCable::decode(&self.fields, &self.searcher.doc(address)?)
    }

    /// For queries.
    pub(crate) fn searcher(&self) -> &Searcher {
        &self.searcher
    }

    pub(crate) fn fields(&self) -> &Fields {
        &self.fields
    }

    /// The mean number of terms of a document's text.
    pub(crate) fn mean_terms(&self) -> f32 {
        self.mean_terms
    }
}

/// The exact mean length of the documents that are not deleted: segments and
/// merges must not show in a score. The number of tokens that a segment itself
/// tells is an estimate once it was merged of segments with deletions.
fn mean_terms(searcher: &Searcher) -> Result<f32, IndexError> {
    let mut terms = 0;
    for segment in searcher.segment_readers() {
        let lengths = segment.fast_fields().u64("terms")?;
        let alive = (0..segment.max_doc()).filter(|&doc| !segment.is_deleted(doc));
        terms += alive.filter_map(|doc| lengths.first(doc)).sum::<u64>();
    }
    Ok(terms as f32 / searcher.num_docs().max(1) as f32)
}
