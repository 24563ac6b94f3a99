//! Cables to a tantivy index on disk, and back.
//!
//! An [`Index`] is a folder. [`update`](update::update) brings it up to date
//! with files; a [`Snapshot`] reads one committed state of it. Nothing here
//! knows of query syntax, and nothing prints.

mod document;
mod schema;
mod snapshot;
mod sources;
mod stats;
mod tokens;
mod units;
pub mod update;

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use tantivy::directory::MmapDirectory;
use tantivy::directory::error::{OpenDirectoryError, OpenReadError};

use crate::ingest::ContentHash;

pub use document::{StoredCable, StoredUnit, day_number};
pub use schema::{Property, QueryField, Section};
pub use snapshot::Snapshot;
pub use sources::{SourceRecord, Sources};
pub use stats::Statistics;
pub use units::{Follows, POSITION_GAP};

pub(crate) use schema::{Fields, IN_SMALL_LETTERS, column};

/// The version of the index format. An index of another version is refused,
/// never read as if it were of this one.
pub const FORMAT_VERSION: u32 = 1;

/// Why an index cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum IndexError {
    /// There is no index in the folder.
    #[error("no index in {}; make one with: cables index PATH", .0.display())]
    Absent(PathBuf),
    /// The folder holds an index that this program did not make.
    #[error("{} holds an index that is not of Cables; name another folder with --index", .0.display())]
    Foreign(PathBuf),
    /// The index was made by another version of the format.
    #[error(
        "the index in {} has format {found}, this program reads format {FORMAT_VERSION}; \
         delete the folder's content and index again", .folder.display()
    )]
    OtherFormat {
        /// The folder of the index.
        folder: PathBuf,
        /// The version that it says it has.
        found: u32,
    },
    /// Another process is writing.
    #[error("another process is writing to the index in {}; wait until it is done", .0.display())]
    Busy(PathBuf),
    /// Something stored is not what was written.
    #[error("the index is damaged: {0}; delete the folder's content and index again")]
    Damaged(String),
    /// A file of the index could not be read or written.
    #[error("{}: {error}", .path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        error: std::io::Error,
    },
    /// The search library failed.
    #[error("the index failed: {0}")]
    Tantivy(tantivy::TantivyError),
}

impl From<tantivy::TantivyError> for IndexError {
    fn from(error: tantivy::TantivyError) -> Self {
        match error {
            tantivy::TantivyError::DataCorruption(damage) => {
                // It quotes the file, however long.
                let damage = format!("{damage:?}");
                let end = damage.find(['\n', '\r']).unwrap_or(damage.len());
                let end = damage.floor_char_boundary(end.min(160));
                IndexError::Damaged(damage[..end].to_owned())
            }
            tantivy::TantivyError::OpenReadError(OpenReadError::IoError { io_error, filepath }) => {
                IndexError::Io {
                    path: filepath,
                    error: std::io::Error::new(io_error.kind(), io_error.to_string()),
                }
            }
            tantivy::TantivyError::OpenReadError(OpenReadError::IncompatibleIndex(_)) => {
                IndexError::Damaged("one of its files is not of this version, or cut".to_owned())
            }
            other => IndexError::Tantivy(other),
        }
    }
}

impl From<serde_json::Error> for IndexError {
    fn from(error: serde_json::Error) -> Self {
        IndexError::Damaged(error.to_string())
    }
}

/// What a commit says of itself, stored with it by tantivy in one file, so
/// that documents and the record of their files change together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct CommitPayload {
    /// [`FORMAT_VERSION`] of the program that wrote it.
    cables_format: u32,
    /// Name of the file in the index folder with the record of source files.
    sources: String,
    /// When it was made, to the second.
    #[serde(default)]
    committed: Option<jiff::Timestamp>,
}

/// The part of a commit's payload that every version of the format has.
#[derive(Deserialize)]
struct CommitVersion {
    cables_format: u32,
}

/// An index folder.
#[derive(Debug, Clone)]
pub struct Index {
    folder: PathBuf,
    tantivy: tantivy::Index,
    fields: Fields,
}

impl Index {
    /// Opens the index in `folder`.
    ///
    /// # Errors
    ///
    /// [`IndexError::Absent`] when there is none, [`IndexError::OtherFormat`]
    /// or [`IndexError::Foreign`] when it is not one that this program can
    /// read.
    pub fn open(folder: &Path) -> Result<Index, IndexError> {
        if !folder.join("meta.json").is_file() {
            return Err(IndexError::Absent(folder.to_owned()));
        }
        let tantivy = tantivy::Index::open(directory(folder)?)?;
        Self::checked(folder, tantivy)
    }

    /// Opens the index in `folder`, or makes an empty one there.
    ///
    /// # Errors
    ///
    /// As [`Index::open`]; [`IndexError::Io`] when the folder cannot be made.
    pub fn open_or_create(folder: &Path) -> Result<Index, IndexError> {
        std::fs::create_dir_all(folder).map_err(|error| IndexError::Io {
            path: folder.to_owned(),
            error,
        })?;
        if folder.join("meta.json").is_file() {
            return Self::open(folder);
        }
        let (schema, _) = Fields::new();
        let tantivy = tantivy::Index::builder()
            .schema(schema)
            .open_or_create(directory(folder)?)?;
        Self::checked(folder, tantivy)
    }

    fn checked(folder: &Path, tantivy: tantivy::Index) -> Result<Index, IndexError> {
        let (schema, fields) = Fields::new();
        let index = Index {
            folder: folder.to_owned(),
            tantivy,
            fields,
        };
        let metas = index.tantivy.load_metas()?;
        match index.payload()? {
            // Made, but stopped before its first commit.
            None if !metas.segments.is_empty() => {
                return Err(IndexError::Foreign(folder.to_owned()));
            }
            _ if index.tantivy.schema() != schema => {
                return Err(IndexError::Foreign(folder.to_owned()));
            }
            _ => {}
        }
        let tokenizer = tokens::TermTokenizer::default();
        index
            .tantivy
            .tokenizers()
            .register(schema::TOKENIZER, tokenizer);
        Ok(index)
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The record of the files that the documents came from.
    ///
    /// # Errors
    ///
    /// When the record cannot be read.
    pub fn sources(&self) -> Result<Sources, IndexError> {
        let mut payload = self.payload()?;
        loop {
            let Some(CommitPayload { sources, .. }) = &payload else {
                return Ok(Sources::default());
            };
            let loaded = Sources::load(&self.folder.join(sources));
            // A writer that commits in between removes the record.
            let now = self.payload()?;
            if loaded.is_ok() || now == payload {
                return loaded;
            }
            payload = now;
        }
    }

    /// Removes the records of earlier commits.
    fn remove_old_sources(&self) -> Result<(), IndexError> {
        let current = self.payload()?.map(|payload| payload.sources);
        let io = |error| IndexError::Io {
            path: self.folder.clone(),
            error,
        };
        for entry in std::fs::read_dir(&self.folder).map_err(io)? {
            let entry = entry.map_err(io)?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if sources::is_record(&name) && Some(&name) != current.as_ref() {
                std::fs::remove_file(entry.path()).map_err(io)?;
            }
        }
        Ok(())
    }

    /// Gives the two files that tantivy keeps to their owner the permissions
    /// that a new file has, as the record of files: an index can be shared.
    fn share(&self, record: &str) -> Result<(), IndexError> {
        let usual = self.folder.join(record);
        for name in ["meta.json", ".managed.json"] {
            let path = self.folder.join(name);
            let shared = std::fs::metadata(&usual)
                .and_then(|usual| std::fs::set_permissions(&path, usual.permissions()));
            shared.map_err(|error| IndexError::Io { path, error })?;
        }
        Ok(())
    }

    fn payload(&self) -> Result<Option<CommitPayload>, IndexError> {
        let Some(payload) = self.tantivy.load_metas()?.payload else {
            return Ok(None);
        };
        let foreign = |_| IndexError::Foreign(self.folder.clone());
        // Of another version nothing but its number is known.
        let CommitVersion { cables_format } = serde_json::from_str(&payload).map_err(foreign)?;
        if cables_format != FORMAT_VERSION {
            return Err(IndexError::OtherFormat {
                folder: self.folder.clone(),
                found: cables_format,
            });
        }
        serde_json::from_str(&payload).map(Some).map_err(foreign)
    }
}

/// What names a state of an index in a footnote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct IndexState {
    /// Hash of the contents of all files that the index was made from, in
    /// hexadecimal digits: the same wherever the files lie.
    pub hash: String,
    /// When it last changed, in UTC; `None` where that was not recorded.
    pub changed: Option<jiff::Timestamp>,
}

impl Index {
    /// The state that was committed last.
    ///
    /// # Errors
    ///
    /// When the record of files cannot be read.
    pub fn state(&self) -> Result<IndexState, IndexError> {
        let changed = self.payload()?.and_then(|payload| payload.committed);
        let Sources(records) = self.sources()?;
        let mut hashes: Vec<&str> = records
            .values()
            .map(|record| record.hash.as_str())
            .collect();
        hashes.sort_unstable();
        let hash = ContentHash::of(hashes.join("\n").as_bytes()).to_string();
        Ok(IndexState { hash, changed })
    }
}

fn directory(folder: &Path) -> Result<MmapDirectory, IndexError> {
    MmapDirectory::open(folder).map_err(|error| match error {
        OpenDirectoryError::DoesNotExist(path) => IndexError::Absent(path),
        OpenDirectoryError::IoError { io_error, .. } => IndexError::Io {
            path: folder.to_owned(),
            error: std::io::Error::new(io_error.kind(), io_error.to_string()),
        },
        other => IndexError::Io {
            path: folder.to_owned(),
            error: std::io::Error::other(other.to_string()),
        },
    })
}
