//! Reading one file into the index.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::hash::{BuildHasher, RandomState};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::SystemTime;

use tantivy::{IndexWriter, Term};

use super::budget::{Budget, Budgeted, lock};
use super::{Observer, Planned, UpdateOptions, is_gone, nanoseconds};
use crate::cable::Cable;
use crate::index::document::Encoder;
use crate::index::{Index, IndexError, Snapshot, SourceRecord};
use crate::ingest::{IngestError, Opening, content_hash, open};

/// How many times its text a document on its way takes in memory: the text,
/// its terms, its stored form.
const SIZE_ON_THE_WAY: usize = 4;

/// The longest id, longer than any path: tantivy drops a key of 64 KB, and its
/// document could never be found nor replaced.
const MAX_ID_BYTES: usize = 8 << 10;

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
    /// Files of this run by hashes of the ids that they gave: what a run holds
    /// of each of its documents.
    given: Mutex<HashMap<u64, Arc<Path>>>,
    /// Files that are gone and of whose ids others gave some.
    bereft: Mutex<HashSet<String>>,
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
            bereft: Mutex::new(HashSet::new()),
        }
    }

    /// The files that lost documents to others since this was last asked.
    pub fn take_bereft(&self) -> HashSet<String> {
        std::mem::take(&mut lock(&self.bereft))
    }

    /// Claims an id for a file. A file that is gone has no claim.
    fn claim(&self, id: &str, path: &Arc<Path>) -> Result<Claim, IndexError> {
        let hash = self.hasher.hash_one(id);
        if let Some(other) = lock(&self.given).get(&hash) {
            return Ok(Claim::Taken(other.to_path_buf()));
        }
        let mut claim = Claim::Free;
        let mut bereft = None;
        if let Some(earlier) = self.snapshot.find(id)? {
            claim = Claim::Replaces;
            let stored = self.snapshot.stored(earlier)?;
            let owner = Path::new(&stored.head().source.file);
            if owner != path.as_ref() {
                if !is_gone(owner) {
                    return Ok(Claim::Taken(owner.to_owned()));
                }
                bereft = Some(stored.head().source.file.clone());
            }
        }
        match lock(&self.given).entry(hash) {
            // Another thread came first.
            Entry::Occupied(other) => return Ok(Claim::Taken(other.get().to_path_buf())),
            Entry::Vacant(free) => free.insert(Arc::clone(path)),
        };
        lock(&self.bereft).extend(bereft);
        Ok(claim)
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
        let mut read = nanoseconds(SystemTime::now());
        // Where the clock stands still or was set back, two readings must not
        // pass for one: the earlier one's documents are dropped by its time.
        let earlier_readings = planned.earlier.iter().flat_map(|earlier| &earlier.readings);
        while earlier_readings.clone().any(|&earlier| earlier == read) {
            read += 1;
        }
        let mut record = SourceRecord {
            path: planned.path.clone(),
            found: std::path::absolute(&found.source.path).map_or_else(
                |_| planned.path.clone(),
                |path| path.to_string_lossy().into_owned(),
            ),
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
                return self.unreadable(planned, record, reason);
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
        // Whether what it does not give is no longer in it.
        let mut to_the_end = true;
        match open(found, self.options.format, self.options.limits) {
            Ok(Opening::Binary) if self.has_earlier(planned)? => {
                let reason = "is no longer text; its earlier documents stay until it is removed";
                return self.unreadable(planned, record, reason.to_owned());
            }
            Ok(Opening::Binary) => return Ok(Outcome::Binary),
            Ok(Opening::Text(opened)) => {
                let mut taken = BTreeMap::new();
                for cable in opened.cables {
                    match cable {
                        Ok(cable) => self.write(cable, planned, &mut record, &mut taken)?,
                        Err(error) => {
                            to_the_end = false;
                            self.observer.failed(&error);
                        }
                    }
                }
                record.whole &= to_the_end;
                self.tell_taken(planned, taken, &mut record);
                let encoding = opened.decoding.encoding();
                self.observer
                    .opened(&found.source.path, opened.format, encoding);
            }
            Err(error) => {
                to_the_end = false;
                record.whole = false;
                self.observer.failed(&error);
            }
        }
        if !to_the_end {
            self.keep_earlier(planned, &mut record)?;
        } else if let Some(earlier) = &planned.earlier {
            for origin in earlier.origins() {
                let term = Term::from_field_text(self.index.fields.origin, &origin);
                self.writer.delete_term(term);
            }
        }
        Ok(Outcome::Read(record))
    }

    fn unreadable(
        &self,
        planned: &Planned,
        mut record: SourceRecord,
        reason: String,
    ) -> Result<Outcome, IndexError> {
        self.observer.failed(&IngestError {
            path: planned.found.source.path.clone(),
            line: 1,
            reason,
        });
        record.whole = false;
        self.keep_earlier(planned, &mut record)?;
        Ok(Outcome::Read(record))
    }

    /// Whether the index has documents of earlier readings.
    fn has_earlier(&self, planned: &Planned) -> Result<bool, IndexError> {
        for origin in planned.earlier.iter().flat_map(SourceRecord::origins) {
            if self.claims.snapshot.has_origin(&origin)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Records the earlier readings that documents are left of. The others are
    /// forgotten, or a file that fails in every run would make them ever more.
    fn keep_earlier(&self, planned: &Planned, record: &mut SourceRecord) -> Result<(), IndexError> {
        let Some(earlier) = &planned.earlier else {
            return Ok(());
        };
        for (reading, origin) in earlier.readings.iter().zip(earlier.origins()) {
            if self.claims.snapshot.has_origin(&origin)? {
                record.readings.push(*reading);
            }
        }
        Ok(())
    }

    /// Writes one document, unless its id is another file's.
    fn write(
        &mut self,
        mut cable: Cable,
        planned: &Planned,
        record: &mut SourceRecord,
        taken: &mut BTreeMap<PathBuf, Taken>,
    ) -> Result<(), IndexError> {
        if cable.id.len() > MAX_ID_BYTES {
            record.whole = false;
            self.observer.failed(&IngestError {
                path: planned.found.source.path.clone(),
                line: cable.source.line.unwrap_or(1),
                reason: format!("the id is longer than {MAX_ID_BYTES} bytes; give a shorter one"),
            });
            return Ok(());
        }
        match self.claims.claim(&cable.id, &planned.identity)? {
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
        let share = self.budget.take(text_bytes(&cable) * SIZE_ON_THE_WAY);
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

/// The bytes of all texts of a document that can be long or many.
fn text_bytes(cable: &Cable) -> usize {
    let body = cable.body.iter().map(|paragraph| paragraph.text.len());
    let notes = cable.notes.iter().map(|note| note.text.len());
    let extras = cable.extras.iter().chain(&cable.context);
    let extras = extras.map(|extra| extra.value.len());
    let subjects = cable.subjects.iter().map(String::len);
    let persons = cable.persons.iter().map(|person| person.name.len());
    let single = [&cable.summary, &cable.archive, &cable.citation];
    let single = single.into_iter().flatten().map(String::len);
    let lists: usize = body
        .chain(notes)
        .chain(extras)
        .chain(subjects)
        .chain(persons)
        .sum();
    lists + single.sum::<usize>() + cable.title.len()
}
