//! Reading one file into the index.

use std::collections::{BTreeMap, HashMap};
use std::hash::{BuildHasher, RandomState};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::SystemTime;

use tantivy::{IndexWriter, Term};

use super::budget::{Budget, Budgeted, lock};
use super::{Observer, Planned, UpdateOptions, nanoseconds};
use crate::cable::Cable;
use crate::index::document::Encoder;
use crate::index::{Index, IndexError, Snapshot, SourceRecord};
use crate::ingest::{IngestError, Opening, content_hash, open};

/// How many times its text a document on its way takes in memory: the text,
/// its terms, its stored form.
const SIZE_ON_THE_WAY: usize = 4;

/// What reading one file came to.
pub(super) enum Outcome {
    /// It is what it was.
    Unchanged(SourceRecord),
    /// It is no text.
    Binary,
    /// Its documents were written, all or some.
    Read(SourceRecord),
}

/// Which file has which id, so that no two documents share one.
pub(super) struct Claims {
    /// The state before the run.
    snapshot: Snapshot,
    hasher: RandomState,
    /// Files of this run by hashes of the ids that they gave.
    given: Mutex<HashMap<u64, PathBuf>>,
}

/// Where an id belongs.
enum Claim {
    /// No document has it.
    Free,
    /// An earlier document has it that is to be replaced.
    Replaces,
    /// Another file has it.
    Taken(PathBuf),
}

impl Claims {
    pub fn new(snapshot: Snapshot) -> Self {
        Claims {
            snapshot,
            hasher: RandomState::new(),
            given: Mutex::new(HashMap::new()),
        }
    }

    /// Claims an id for a file. A file that is gone has no claim.
    fn claim(&self, id: &str, path: &Path) -> Result<Claim, IndexError> {
        let hash = self.hasher.hash_one(id);
        if let Some(other) = lock(&self.given).get(&hash) {
            return Ok(Claim::Taken(other.clone()));
        }
        let mut claim = Claim::Free;
        if let Some(earlier) = self.snapshot.find(id)? {
            claim = Claim::Replaces;
            let stored = self.snapshot.stored(earlier)?;
            let owner = Path::new(&stored.head().source.file);
            if owner != path && owner.exists() {
                return Ok(Claim::Taken(owner.to_owned()));
            }
        }
        match lock(&self.given).insert(hash, path.to_owned()) {
            // Another thread came first.
            Some(other) => Ok(Claim::Taken(other)),
            None => Ok(claim),
        }
    }
}

/// Reads files, one after the other.
pub(super) struct Reading<'a> {
    index: &'a Index,
    writer: &'a IndexWriter<Budgeted>,
    claims: &'a Claims,
    budget: &'a Budget,
    options: &'a UpdateOptions,
    observer: &'a dyn Observer,
    encoder: Encoder,
}

impl<'a> Reading<'a> {
    pub fn new(
        index: &'a Index,
        writer: &'a IndexWriter<Budgeted>,
        claims: &'a Claims,
        budget: &'a Budget,
        options: &'a UpdateOptions,
        observer: &'a dyn Observer,
    ) -> Self {
        Reading {
            index,
            writer,
            claims,
            budget,
            options,
            observer,
            encoder: Encoder::new(index.fields.clone()),
        }
    }

    /// Reads a file and hands its documents to the writer.
    pub fn read(&mut self, planned: &Planned) -> Result<Outcome, IndexError> {
        let found = &planned.found;
        let read = nanoseconds(SystemTime::now());
        let mut record = SourceRecord {
            path: planned.path.clone(),
            size: found.size,
            modified: planned.modified,
            read,
            hash: String::new(),
            documents: 0,
            whole: true,
            readings: vec![read],
        };
        match content_hash(&found.path) {
            Ok(hash) => record.hash = hash.to_string(),
            Err(error) => {
                let reason = format!("cannot be read: {error}");
                return Ok(Outcome::Read(self.unreadable(planned, record, &reason)));
            }
        }
        if let Some(earlier) = &planned.earlier
            && earlier.whole
            && earlier.hash == record.hash
            && earlier.size == record.size
        {
            let (documents, readings) = (earlier.documents, earlier.readings.clone());
            return Ok(Outcome::Unchanged(SourceRecord {
                documents,
                readings,
                ..record
            }));
        }
        match open(found, self.options.format, self.options.limits) {
            Ok(Opening::Binary) => return Ok(Outcome::Binary),
            Ok(Opening::Text(opened)) => {
                let mut taken = BTreeMap::new();
                for cable in opened.cables {
                    match cable {
                        Ok(cable) => self.write(cable, planned, &mut record, &mut taken)?,
                        Err(error) => {
                            record.whole = false;
                            self.observer.failed(&error);
                        }
                    }
                }
                self.tell_taken(planned, taken, &mut record);
                let encoding = opened.decoding.encoding();
                self.observer
                    .opened(&found.source.path, opened.format, encoding);
            }
            Err(error) => {
                record.whole = false;
                self.observer.failed(&error);
            }
        }
        if let Some(earlier) = &planned.earlier {
            if record.whole {
                for origin in earlier.origins() {
                    let term = Term::from_field_text(self.index.fields.origin, &origin);
                    self.writer.delete_term(term);
                }
            } else {
                record.readings.extend(&earlier.readings);
            }
        }
        Ok(Outcome::Read(record))
    }

    fn unreadable(
        &self,
        planned: &Planned,
        mut record: SourceRecord,
        reason: &str,
    ) -> SourceRecord {
        self.observer.failed(&IngestError {
            path: planned.found.source.path.clone(),
            line: 1,
            reason: reason.to_owned(),
        });
        record.whole = false;
        if let Some(earlier) = &planned.earlier {
            record.readings.extend(&earlier.readings);
        }
        record
    }

    /// Writes one document, unless its id is another file's.
    fn write(
        &mut self,
        mut cable: Cable,
        planned: &Planned,
        record: &mut SourceRecord,
        taken: &mut BTreeMap<PathBuf, Taken>,
    ) -> Result<(), IndexError> {
        match self.claims.claim(&cable.id, &planned.found.path)? {
            Claim::Taken(other) => {
                let first = Taken {
                    id: cable.id,
                    line: cable.source.line.unwrap_or(1),
                    count: 0,
                };
                taken.entry(other).or_insert(first).count += 1;
                return Ok(());
            }
            Claim::Replaces => {
                let term = Term::from_field_text(self.index.fields.key, &cable.id);
                self.writer.delete_term(term);
            }
            Claim::Free => {}
        }
        cable.source.file.clone_from(&planned.path);
        let body: usize = cable
            .body
            .iter()
            .map(|paragraph| paragraph.text.len())
            .sum();
        let notes: usize = cable.notes.iter().map(|note| note.text.len()).sum();
        let share = self.budget.take((body + notes) * SIZE_ON_THE_WAY);
        let document = self.encoder.encode(cable, &record.origin())?;
        self.writer.add_document(Budgeted {
            document,
            _share: share,
        })?;
        record.documents += 1;
        Ok(())
    }

    /// One line for each other file that has ids of this one.
    fn tell_taken(
        &self,
        planned: &Planned,
        taken: BTreeMap<PathBuf, Taken>,
        record: &mut SourceRecord,
    ) {
        for (other, Taken { id, line, count }) in taken {
            let documents = match count {
                1 => format!("the id {id}"),
                _ => format!("the id {id}, and {} more,", count - 1),
            };
            let reason = if other == planned.found.path {
                format!("{documents} stands in this file more than once; only the first is indexed")
            } else {
                format!(
                    "{documents} is that of a document in {}; give it another id, or remove one \
                     of the two files",
                    other.display()
                )
            };
            record.whole = false;
            self.observer.failed(&IngestError {
                path: planned.found.source.path.clone(),
                line,
                reason,
            });
        }
    }
}

/// Documents whose ids another file has.
struct Taken {
    /// The first such id, and where it stands.
    id: String,
    line: u64,
    count: u64,
}
