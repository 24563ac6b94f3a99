//! Finding the files under the paths that a user names.

use std::collections::{HashSet, VecDeque};
use std::fs::{self, FileType, Metadata};
use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::SystemTime;

use ignore::{DirEntry, WalkBuilder};

use super::{IngestError, Source, describe, detect};

/// A file to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Its identity: the absolute path without symbolic links.
    pub path: PathBuf,
    /// Its names for messages and for ids. The path is the one it was found
    /// by, so that a message says what the user typed.
    pub source: Source,
    /// Its size in bytes, compressed if the file is.
    pub size: u64,
    /// When it was last changed, where the system tells.
    pub modified: Option<SystemTime>,
    /// Whether the user named the file itself, not a folder that has it.
    pub named: bool,
}

/// What was passed over, in numbers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Skipped {
    /// Files and folders whose names begin with a full stop.
    pub hidden: u64,
    /// What is no file: pipes, sockets, devices.
    pub special: u64,
    /// Files that had been found before, by another path.
    pub repeated: u64,
}

/// Finds the files that `paths` are or have in them, in the order of `paths`
/// and within a folder by name.
///
/// Symbolic links are followed, hidden files and folders passed over unless
/// they are named themselves, and no file is opened. An ignore file of a
/// version control system means nothing here.
pub fn walk(paths: &[PathBuf]) -> Walk {
    Walk {
        roots: paths.iter().cloned().collect(),
        current: None,
        seen: HashSet::new(),
        hidden: Arc::new(AtomicU64::new(0)),
        skipped: Skipped::default(),
    }
}

/// The iterator that [`walk`] returns. An error is one line for the user, and
/// the rest is found all the same.
pub struct Walk {
    roots: VecDeque<PathBuf>,
    current: Option<(PathBuf, ignore::Walk)>,
    seen: HashSet<PathBuf>,
    hidden: Arc<AtomicU64>,
    skipped: Skipped,
}

impl Walk {
    /// What has been passed over so far.
    pub fn skipped(&self) -> Skipped {
        Skipped {
            hidden: self.hidden.load(Ordering::Relaxed),
            ..self.skipped
        }
    }

    fn begin(&self, root: &Path) -> ignore::Walk {
        let hidden = Arc::clone(&self.hidden);
        WalkBuilder::new(root)
            .standard_filters(false)
            .follow_links(true)
            .sort_by_file_path(|one, other| one.cmp(other))
            .filter_entry(move |entry| {
                let is_hidden =
                    entry.depth() > 0 && entry.file_name().as_encoded_bytes().starts_with(b".");
                hidden.fetch_add(u64::from(is_hidden), Ordering::Relaxed);
                !is_hidden
            })
            .build()
    }

    fn entry(&mut self, root: &Path, entry: &DirEntry) -> Option<Result<Found, IngestError>> {
        let kind = entry.file_type()?;
        if kind.is_dir() {
            return None;
        }
        self.file(root, entry.path(), entry.depth() == 0)
    }

    fn file(
        &mut self,
        root: &Path,
        path: &Path,
        named: bool,
    ) -> Option<Result<Found, IngestError>> {
        let metadata = match fs::metadata(path) {
            Ok(metadata) => metadata,
            Err(error) => return Some(Err(failure(path, &describe(&error)))),
        };
        if !metadata.is_file() {
            self.skipped.special += 1;
            return named.then(|| Err(failure(path, &no_file(metadata.file_type()))));
        }
        let identity = match fs::canonicalize(path) {
            Ok(identity) => identity,
            Err(error) => return Some(Err(failure(path, &describe(&error)))),
        };
        if !self.seen.insert(identity.clone()) {
            self.skipped.repeated += 1;
            return None;
        }
        Some(Ok(found(root, path, identity, &metadata, named)))
    }
}

impl Iterator for Walk {
    type Item = Result<Found, IngestError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let Some((root, mut walk)) = self.current.take() else {
                let root = self.roots.pop_front()?;
                match fs::metadata(&root) {
                    // The walk follows a folder; a file needs none.
                    Ok(metadata) if metadata.is_dir() => {
                        let walk = self.begin(&root);
                        self.current = Some((root, walk));
                    }
                    _ => {
                        if let Some(file) = self.file(&root, &root, true) {
                            return Some(file);
                        }
                    }
                }
                continue;
            };
            let Some(entry) = walk.next() else {
                continue;
            };
            let item = match entry {
                Ok(entry) => self.entry(&root, &entry),
                Err(error) => Some(Err(walk_failure(&root, &error))),
            };
            self.current = Some((root, walk));
            if item.is_some() {
                return item;
            }
        }
    }
}

fn found(root: &Path, path: &Path, identity: PathBuf, metadata: &Metadata, named: bool) -> Found {
    let file_name = path
        .file_name()
        .or_else(|| identity.file_name())
        .unwrap_or_default()
        .to_string_lossy();
    let stem = detect::stem(&file_name).to_owned();
    let folder = path
        .parent()
        .and_then(|folder| folder.strip_prefix(root).ok());
    let mut name = String::new();
    if !named {
        for part in folder.into_iter().flat_map(Path::components) {
            if let Component::Normal(part) = part {
                name.push_str(&part.to_string_lossy());
                name.push('/');
            }
        }
    }
    name.push_str(&stem);
    Found {
        path: identity,
        source: Source {
            path: path.to_owned(),
            name,
            stem,
        },
        size: metadata.len(),
        modified: metadata.modified().ok(),
        named,
    }
}

fn failure(path: &Path, reason: &str) -> IngestError {
    IngestError {
        path: path.to_owned(),
        line: 1,
        reason: reason.to_owned(),
    }
}

fn no_file(kind: FileType) -> String {
    let what = if kind.is_dir() {
        "a folder"
    } else {
        "a pipe, socket or device"
    };
    format!("{what}, not a file; copy what it gives into a file")
}

/// An error of the walk as a line about the path that it came upon.
fn walk_failure(root: &Path, error: &ignore::Error) -> IngestError {
    match error {
        ignore::Error::WithPath { path, err } => walk_failure(path, err),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => {
            walk_failure(root, err)
        }
        ignore::Error::Loop { ancestor, child } => failure(
            child,
            &format!(
                "a symbolic link to the folder {} that it is in; it is not followed",
                ancestor.display()
            ),
        ),
        ignore::Error::Io(error) => failure(root, &link_or_io(root, error)),
        other => failure(root, &format!("cannot be read: {other}")),
    }
}

fn link_or_io(path: &Path, error: &io::Error) -> String {
    if error.kind() == io::ErrorKind::NotFound && path.is_symlink() {
        "a symbolic link to nothing".to_owned()
    } else {
        describe(error)
    }
}
