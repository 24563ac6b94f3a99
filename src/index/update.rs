//! Bringing an index up to date with files.
//!
//! Files are taken in batches of bounded size. Within a batch every core reads
//! and analyses files of its own; tantivy's threads write. Each batch ends in
//! one commit, which changes the documents and the record of their files
//! together: a run that is killed loses at most its last batch.

mod budget;
mod file;

use std::collections::HashSet;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use serde::Serialize;
use tantivy::directory::error::LockError;
use tantivy::merge_policy::LogMergePolicy;
use tantivy::{IndexWriter, TantivyError, Term};

use super::{CommitPayload, FORMAT_VERSION, Index, IndexError, SourceRecord, Sources, sources};
use crate::ingest::{FormatName, Found, IngestError, Limits, Skipped, walk};
use budget::{Budget, Budgeted};
use file::{Claims, Outcome, Reading};

/// The least memory that the writer can work in: tantivy's 15 MB for each of
/// its threads, and what the readers hold.
pub const LEAST_MEMORY: usize = 64 << 20;

/// How many bytes of files make a batch.
const BATCH_BYTES: u64 = 256 << 20;

/// How many files make a batch, however small.
const BATCH_FILES: usize = 20_000;

/// What to index and how.
#[derive(Debug, Clone)]
pub struct UpdateOptions {
    /// The format of all files, if they are not to be told apart.
    pub format: Option<FormatName>,
    /// Whether to drop the documents of files that are gone.
    pub prune: bool,
    /// About how many bytes of memory to use.
    pub memory: usize,
    /// How many threads to read with; `None` for one a core.
    pub threads: Option<usize>,
    /// Bounds on one document.
    pub limits: Limits,
}

impl Default for UpdateOptions {
    fn default() -> Self {
        UpdateOptions {
            format: None,
            prune: false,
            memory: 256 << 20,
            threads: None,
            limits: Limits::default(),
        }
    }
}

/// What an update did.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct UpdateSummary {
    /// Files found.
    pub files: u64,
    /// Files that were not in the index.
    pub added: u64,
    /// Files whose documents were replaced.
    pub updated: u64,
    /// Files that are as they were.
    pub unchanged: u64,
    /// Files that are gone and whose documents were dropped.
    pub removed: u64,
    /// Files of which something could not be read, or that could not be found.
    pub failed: u64,
    /// Documents that were written.
    pub documents: u64,
    /// Bytes of the files that were read.
    pub bytes: u64,
    /// How long it took, in seconds.
    pub seconds: f64,
    /// What was passed over; not part of the contract's shape.
    #[serde(skip)]
    pub skipped: SkippedFiles,
}

/// What an update passed over.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct SkippedFiles {
    /// As told by the walk.
    pub walk: Skipped,
    /// Files that are no text.
    pub binary: u64,
}

/// Watches an update, from several threads.
pub trait Observer: Sync {
    /// So many files of so many bytes are to be read.
    fn planned(&self, files: u64, bytes: u64);
    /// A file is done.
    fn done(&self, path: &Path, bytes: u64);
    /// A file was told to be of this format and encoding.
    fn opened(&self, path: &Path, format: FormatName, encoding: &str);
    /// Something could not be read. The rest goes on.
    fn failed(&self, error: &IngestError);
}

/// Watches nothing.
impl Observer for () {
    fn planned(&self, _: u64, _: u64) {}
    fn done(&self, _: &Path, _: u64) {}
    fn opened(&self, _: &Path, _: FormatName, _: &str) {}
    fn failed(&self, _: &IngestError) {}
}

/// Indexes the files that `paths` are or hold: new and changed ones are read,
/// each replacing its earlier documents, the others are left.
///
/// A file that cannot be read, or not to its end, is told to `observer`; its
/// earlier documents stay, but for those that it gave again. It will be tried
/// again.
///
/// # Errors
///
/// [`IndexError::Busy`] when another process writes; others when the index
/// itself fails. What was committed before stays.
pub fn update(
    index: &Index,
    paths: &[PathBuf],
    options: &UpdateOptions,
    observer: &dyn Observer,
) -> Result<UpdateSummary, IndexError> {
    let start = Instant::now();
    let cores = || std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let threads = options.threads.unwrap_or_else(cores).max(1);
    let memory = options.memory.max(LEAST_MEMORY);
    let mut update = Update {
        index,
        writer: writer(index, threads, memory)?,
        options,
        observer,
        threads,
        budget: Budget::new(memory / 8),
        claims: Claims::new(index.snapshot()?),
        sources: index.sources()?,
        changed: index.payload()?.is_none(),
        summary: UpdateSummary::default(),
    };
    let (planned, seen) = update.plan(paths);
    observer.planned(
        planned.len() as u64,
        planned.iter().map(|file| file.found.size).sum(),
    );
    let mut rest = planned.as_slice();
    while !rest.is_empty() {
        let (batch, after) = rest.split_at(batch_end(rest));
        update.read_batch(batch)?;
        update.commit()?;
        rest = after;
    }
    if options.prune {
        update.prune(paths, &seen);
    }
    update.commit()?;
    let Update {
        writer,
        mut summary,
        ..
    } = update;
    // While the writer has its lock: the next writer's record, on disk before
    // its commit, would look like an old one.
    index.remove_old_sources()?;
    writer.wait_merging_threads()?;
    summary.seconds = start.elapsed().as_secs_f64();
    Ok(summary)
}

fn writer(
    index: &Index,
    threads: usize,
    memory: usize,
) -> Result<IndexWriter<Budgeted>, IndexError> {
    // Half for the writers' buffers: what they flush is held a second time.
    let most = memory / 2 / MEMORY_A_WRITER;
    let writers = threads.clamp(1, 8).min(most.max(1));
    // Opened anew, for the list of tantivy's files is read when it is opened,
    // and another run may have been killed since.
    let current = Index::open(&index.folder)?;
    let writer = current.tantivy.writer_with_num_threads(writers, memory / 2);
    let writer = writer.map_err(|error| match error {
        TantivyError::LockFailure(LockError::LockBusy, _) => IndexError::Busy(index.folder.clone()),
        TantivyError::LockFailure(LockError::IoError(error), _) => IndexError::Io {
            path: index.folder.clone(),
            error: std::io::Error::new(error.kind(), error.to_string()),
        },
        other => other.into(),
    })?;
    let mut policy = LogMergePolicy::default();
    // Without this a document replaced stays on disk until chance merges it.
    policy.set_del_docs_ratio_before_merge(0.2);
    writer.set_merge_policy(Box::new(policy));
    // Tantivy counts its stamps from the last commit on, and refuses to write
    // a file of deletions that a killed run has left under the same stamp.
    writer.garbage_collect_files().wait()?;
    Ok(writer)
}

/// Tantivy's least for one thread, in bytes.
const MEMORY_A_WRITER: usize = 16 << 20;

/// A file that is to be read.
struct Planned {
    found: Found,
    /// The canonical path, to be shared by all its documents.
    identity: Arc<Path>,
    /// The same as the record knows the file.
    path: String,
    /// Time of the last change, in nanoseconds since 1970.
    modified: i128,
    /// The record of earlier readings.
    earlier: Option<SourceRecord>,
}

/// How many of the files make the next batch.
fn batch_end(files: &[Planned]) -> usize {
    let mut bytes = 0;
    for (index, file) in files.iter().take(BATCH_FILES).enumerate() {
        bytes += file.found.size;
        if bytes >= BATCH_BYTES {
            return index + 1;
        }
    }
    files.len().min(BATCH_FILES)
}

/// A run in progress.
struct Update<'a> {
    index: &'a Index,
    writer: IndexWriter<Budgeted>,
    options: &'a UpdateOptions,
    observer: &'a dyn Observer,
    threads: usize,
    budget: Budget,
    claims: Claims,
    sources: Sources,
    /// Whether anything is to be committed.
    changed: bool,
    summary: UpdateSummary,
}

impl Update<'_> {
    /// Whether a path that is no more was a file, or a folder with files, of an
    /// earlier run.
    fn was_read(&self, path: &Path) -> bool {
        let gone =
            std::fs::symlink_metadata(path).is_err_and(|error| error.kind() == ErrorKind::NotFound);
        let Some(path) = std::path::absolute(path).ok().filter(|_| gone) else {
            return false;
        };
        let Sources(records) = &self.sources;
        records
            .keys()
            .any(|known| Path::new(known).starts_with(&path))
    }

    /// The files that must be read, and the canonical paths of all.
    fn plan(&mut self, paths: &[PathBuf]) -> (Vec<Planned>, HashSet<String>) {
        let mut planned = Vec::new();
        let mut seen = HashSet::new();
        let mut files = walk(paths);
        let own_folder = canonical(&self.index.folder);
        for found in files.by_ref() {
            let found = match found {
                Ok(found) => found,
                // What is gone is to be dropped, not to be complained of.
                Err(error) if self.options.prune && self.was_read(&error.path) => continue,
                Err(error) => {
                    self.observer.failed(&error);
                    self.summary.failed += 1;
                    continue;
                }
            };
            // An index in the corpus is no part of it.
            if own_folder
                .as_deref()
                .is_some_and(|own| found.path.starts_with(own))
            {
                continue;
            }
            self.summary.files += 1;
            let path = found.path.to_string_lossy().into_owned();
            seen.insert(path.clone());
            let modified = found.modified.map_or(0, nanoseconds);
            let earlier = self.sources.0.get(&path).cloned();
            let unchanged = |record: &SourceRecord| record.is_surely(found.size, modified);
            if earlier.as_ref().is_some_and(unchanged) {
                self.summary.unchanged += 1;
                continue;
            }
            planned.push(Planned {
                identity: found.path.as_path().into(),
                found,
                path,
                modified,
                earlier,
            });
        }
        self.summary.skipped.walk = files.skipped();
        (planned, seen)
    }

    /// Reads the files of a batch on all threads and hands their documents to
    /// the writer.
    fn read_batch(&mut self, batch: &[Planned]) -> Result<(), IndexError> {
        let next = AtomicUsize::new(0);
        let stopped = AtomicBool::new(false);
        let outcomes: Mutex<Vec<(&Planned, Outcome)>> = Mutex::new(Vec::new());
        let read = || -> Result<(), IndexError> {
            let mut reading = Reading::new(
                self.index,
                &self.writer,
                &self.claims,
                &self.budget,
                self.options,
                self.observer,
            );
            while !stopped.load(Ordering::Relaxed) {
                let Some(planned) = batch.get(next.fetch_add(1, Ordering::Relaxed)) else {
                    break;
                };
                let outcome = reading.read(planned)?;
                self.observer
                    .done(&planned.found.source.path, planned.found.size);
                budget::lock(&outcomes).push((planned, outcome));
            }
            Ok(())
        };
        std::thread::scope(|scope| {
            let readers: Vec<_> = (0..self.threads.min(batch.len()))
                .map(|_| {
                    scope.spawn(|| {
                        let result = read();
                        if result.is_err() {
                            stopped.store(true, Ordering::Relaxed);
                        }
                        result
                    })
                })
                .collect();
            readers
                .into_iter()
                .map(|reader| match reader.join() {
                    Ok(result) => result,
                    Err(panic) => std::panic::resume_unwind(panic),
                })
                .collect::<Result<Vec<()>, IndexError>>()
        })?;
        let outcomes = outcomes
            .into_inner()
            .unwrap_or_else(|poisoned| poisoned.into_inner());
        for (planned, outcome) in outcomes {
            self.record(planned, outcome);
        }
        for path in self.claims.take_bereft() {
            // Should the file come back as it was, it must be read again.
            if let Some(record) = self.sources.0.get_mut(&path) {
                record.whole = false;
            }
        }
        Ok(())
    }

    fn record(&mut self, planned: &Planned, outcome: Outcome) {
        let known = planned.earlier.is_some();
        let record = match outcome {
            Outcome::Binary => {
                self.summary.skipped.binary += 1;
                self.changed |= self.sources.0.remove(&planned.path).is_some();
                return;
            }
            Outcome::Unchanged(record) => {
                self.summary.unchanged += 1;
                record
            }
            Outcome::Read(record) => {
                self.summary.documents += record.documents;
                self.summary.bytes += planned.found.size;
                match (record.whole, known) {
                    (false, _) => self.summary.failed += 1,
                    (true, true) => self.summary.updated += 1,
                    (true, false) => self.summary.added += 1,
                }
                record
            }
        };
        self.changed = true;
        self.sources.0.insert(planned.path.clone(), record);
    }

    /// Drops the documents of files under `paths` that are gone.
    fn prune(&mut self, paths: &[PathBuf], seen: &HashSet<String>) {
        let absolute = |path: &PathBuf| std::path::absolute(path).ok();
        let mut roots: Vec<PathBuf> = paths.iter().filter_map(absolute).collect();
        roots.extend(paths.iter().filter_map(|path| canonical(path)));
        let is_under = |path: &str| roots.iter().any(|root| Path::new(path).starts_with(root));
        let Sources(records) = std::mem::take(&mut self.sources);
        for (path, record) in records {
            let concerned = is_under(&path) || is_under(&record.found);
            if seen.contains(&path) || !concerned || !is_gone(Path::new(&path)) {
                self.sources.0.insert(path, record);
                continue;
            }
            for origin in record.origins() {
                let term = Term::from_field_text(self.index.fields.origin, &origin);
                self.writer.delete_term(term);
            }
            self.summary.removed += 1;
            self.changed = true;
        }
    }

    /// Makes what was written and recorded so far the state of the index.
    fn commit(&mut self) -> Result<(), IndexError> {
        if !std::mem::take(&mut self.changed) {
            return Ok(());
        }
        let current = self.index.payload()?.map(|payload| payload.sources);
        let mut commit = self.writer.prepare_commit()?;
        let payload = CommitPayload {
            cables_format: FORMAT_VERSION,
            sources: sources::next_file_name(current.as_deref()),
            committed: jiff::Timestamp::from_second(jiff::Timestamp::now().as_second()).ok(),
        };
        self.sources
            .save(&self.index.folder.join(&payload.sources))?;
        commit.set_payload(&serde_json::to_string(&payload)?);
        commit.commit()?;
        self.index.share(&payload.sources)
    }
}

/// Whether no file has this canonical path any more: it was removed, or moved
/// and a link left in its place. What cannot be told, as on a disk that does
/// not answer or in a folder that is closed to us, is not gone.
fn is_gone(path: &Path) -> bool {
    match std::fs::canonicalize(path) {
        Ok(now) => now != path || !now.is_file(),
        Err(error) => matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory),
    }
}

/// The path without symbolic links, as far as its folders exist.
fn canonical(path: &Path) -> Option<PathBuf> {
    let absolute = std::path::absolute(path).ok()?;
    absolute.ancestors().find_map(|folder| {
        let rest = absolute.strip_prefix(folder).ok()?;
        let folder = std::fs::canonicalize(folder).ok()?;
        // To join nothing would append a slash.
        Some(match rest.as_os_str().is_empty() {
            true => folder,
            false => folder.join(rest),
        })
    })
}

fn nanoseconds(time: SystemTime) -> i128 {
    match time.duration_since(UNIX_EPOCH) {
        Ok(since) => since.as_nanos() as i128,
        Err(before) => -(before.duration().as_nanos() as i128),
    }
}
