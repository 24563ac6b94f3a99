//! Bringing an index up to date, through the public API. All documents here
//! are invented.

mod changes;
mod failures;
#[cfg(unix)]
mod links;
mod moves;
mod prune;
mod record_file;
mod refusals;

use std::collections::BTreeMap;
use std::fs::{self, File, FileTimes};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::{Duration, SystemTime};

use cables::index::update::{Observer, UpdateOptions, UpdateSummary, update};
use cables::index::{Index, SourceRecord};
use cables::ingest::{FormatName, IngestError};
use tempfile::TempDir;

/// A folder with a corpus and an index.
struct Place {
    folder: TempDir,
    index: Index,
}

/// Keeps what could not be read.
#[derive(Default)]
struct Failures(Mutex<Vec<String>>);

impl Observer for Failures {
    fn planned(&self, _: u64, _: u64) {}
    fn done(&self, _: &Path, _: u64) {}
    fn opened(&self, _: &Path, _: FormatName, _: &str) {}
    fn failed(&self, error: &IngestError) {
        self.0.lock().expect("a lock").push(error.to_string());
    }
}

impl Place {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        fs::create_dir(folder.path().join("corpus")).expect("a folder");
        let index = Index::open_or_create(&folder.path().join("index")).expect("an index");
        Place { folder, index }
    }

    fn at(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn corpus(&self) -> PathBuf {
        self.at("corpus")
    }

    /// Writes a file of the corpus with an old time, as files mostly have.
    fn write(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.corpus().join(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("folders");
        fs::write(&path, content).expect("a file");
        age(&path, 3600);
        path
    }

    /// Writes a JSON Lines file with a document for each pair.
    fn write_documents(&self, name: &str, documents: &[(&str, &str)]) -> PathBuf {
        let line = |(id, body): &(&str, &str)| {
            serde_json::json!({"id": id, "title": "An invented cable", "body": body}).to_string()
                + "\n"
        };
        self.write(name, documents.iter().map(line).collect::<String>())
    }

    fn try_update(&self, paths: &[PathBuf], prune: bool) -> (UpdateSummary, Vec<String>) {
        let failures = Failures::default();
        let options = UpdateOptions {
            prune,
            ..UpdateOptions::default()
        };
        let mut summary =
            update(&self.index, paths, &options, &failures).expect("the index can be written");
        summary.seconds = 0.0;
        let failures = failures.0.into_inner().expect("a lock");
        (summary, failures)
    }

    /// Brings the index up to date with the corpus, of which all can be read.
    #[track_caller]
    fn update(&self) -> UpdateSummary {
        let (summary, failures) = self.try_update(&[self.corpus()], false);
        assert_eq!(failures, [""; 0]);
        summary
    }

    #[track_caller]
    fn prune(&self) -> UpdateSummary {
        let (summary, failures) = self.try_update(&[self.corpus()], true);
        assert_eq!(failures, [""; 0]);
        summary
    }

    /// The first paragraph of each of these documents that the index has.
    fn bodies(&self, ids: &[&str]) -> BTreeMap<String, String> {
        let snapshot = self.index.snapshot().expect("a snapshot");
        let mut bodies = BTreeMap::new();
        for &id in ids {
            if let Some(cable) = snapshot.cable(id).expect("a document") {
                bodies.insert(id.to_owned(), cable.body[0].text.clone());
            }
        }
        assert_eq!(snapshot.documents(), bodies.len() as u64, "{bodies:?}");
        bodies
    }

    #[track_caller]
    fn holds(&self, documents: &[(&str, &str)]) {
        let ids: Vec<&str> = documents.iter().map(|(id, _)| *id).collect();
        let expected: BTreeMap<String, String> = documents
            .iter()
            .map(|(id, body)| ((*id).to_owned(), (*body).to_owned()))
            .collect();
        assert_eq!(self.bodies(&ids), expected);
    }

    fn record(&self, path: &Path) -> Option<SourceRecord> {
        let path = path.to_string_lossy().into_owned();
        let mut sources = self.index.sources().expect("the record");
        sources.0.remove(&path)
    }

    /// The names of the records of source files in the index folder.
    fn record_files(&self) -> Vec<String> {
        let entries = fs::read_dir(self.index.folder()).expect("a folder");
        let mut names: Vec<String> = entries
            .map(|entry| entry.expect("an entry").file_name())
            .map(|name| name.to_string_lossy().into_owned())
            .filter(|name| name.starts_with("sources-"))
            .collect();
        names.sort();
        names
    }
}

/// Sets the time of a file's last change to so many seconds ago.
fn age(path: &Path, seconds: u64) {
    set_time(path, SystemTime::now() - Duration::from_secs(seconds));
}

fn set_time(path: &Path, time: SystemTime) {
    let file = File::options().write(true).open(path).expect("a file");
    let times = FileTimes::new().set_modified(time);
    file.set_times(times).expect("a time");
}
