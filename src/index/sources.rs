//! The record of the files that an index was made from.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::IndexError;

/// What tells that a file is the one that was indexed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceRecord {
    /// Canonical absolute path.
    pub path: String,
    /// The absolute path by which it was found, which links can make another.
    #[serde(default)]
    pub found: String,
    /// Size in bytes.
    pub size: u64,
    /// Time of the last change, in nanoseconds since 1970; 0 where the file
    /// system does not tell.
    pub modified: i128,
    /// When the file was read, likewise. A change within the resolution of a
    /// file system's clock could leave size and time as they were.
    pub read: i128,
    /// Hash of the whole content, in hexadecimal digits.
    pub hash: String,
    /// How many documents it gave.
    pub documents: u64,
    /// Whether all of it could be read. If not, the next run tries again.
    pub whole: bool,
    /// The times of the readings that documents in the index come from: one,
    /// or more after readings that were not whole.
    pub readings: Vec<i128>,
}

/// Two seconds: the coarsest clock of a file system in use, that of FAT.
const CLOCK_NANOSECONDS: i128 = 2_000_000_000;

impl SourceRecord {
    /// Whether a file of this size and time is surely the one recorded.
    pub fn is_surely(&self, size: u64, modified: i128) -> bool {
        self.whole
            && self.size == size
            && self.modified == modified
            && modified != 0
            && self.read - modified > CLOCK_NANOSECONDS
    }

    /// The key under which the index keeps the documents of this reading.
    pub(super) fn origin(&self) -> String {
        format!("{}\n{}", self.path, self.read)
    }

    /// The keys of all readings that documents may be left of.
    pub(super) fn origins(&self) -> impl Iterator<Item = String> + '_ {
        self.readings
            .iter()
            .map(|reading| format!("{}\n{reading}", self.path))
    }
}

const PREFIX: &str = "sources-";
const SUFFIX: &str = ".jsonl.zst";

/// The name of the record after the one called `current`: never its own, for
/// until the commit the index still needs that one. What a killed run left
/// under the new name belongs to no commit.
pub(super) fn next_file_name(current: Option<&str>) -> String {
    let number = current
        .and_then(|name| name.strip_prefix(PREFIX)?.strip_suffix(SUFFIX))
        .and_then(|number| number.parse().ok())
        .map_or(0, |number: u64| number.wrapping_add(1));
    format!("{PREFIX}{number}{SUFFIX}")
}

/// Whether a file of the index folder is such a record.
pub(super) fn is_record(name: &str) -> bool {
    name.starts_with(PREFIX) && name.ends_with(SUFFIX)
}

/// The files by their paths.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sources(pub BTreeMap<String, SourceRecord>);

impl Sources {
    pub(super) fn load(path: &Path) -> Result<Self, IndexError> {
        let damaged = |error: io::Error| {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            IndexError::Damaged(format!("{name}: {error}"))
        };
        let file = File::open(path).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => damaged(error),
            _ => IndexError::Io {
                path: path.to_owned(),
                error,
            },
        })?;
        let decoder = zstd::Decoder::new(file).map_err(damaged)?;
        let mut sources = BTreeMap::new();
        for line in BufReader::new(decoder).lines() {
            let record: SourceRecord = serde_json::from_str(&line.map_err(damaged)?)?;
            sources.insert(record.path.clone(), record);
        }
        Ok(Sources(sources))
    }

    /// Writes the record to a new file, on disk when this returns.
    pub(super) fn save(&self, path: &Path) -> Result<(), IndexError> {
        let save = || -> io::Result<()> {
            let mut encoder = zstd::Encoder::new(BufWriter::new(File::create(path)?), 1)?;
            for record in self.0.values() {
                serde_json::to_writer(&mut encoder, record)?;
                encoder.write_all(b"\n")?;
            }
            let file = encoder
                .finish()?
                .into_inner()
                .map_err(|error| error.into_error())?;
            file.sync_all()
        };
        save().map_err(|error| IndexError::Io {
            path: path.to_owned(),
            error,
        })
    }
}
