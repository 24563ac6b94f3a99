//! A process that is killed while it indexes leaves an index in a state that
//! it committed. All documents here are invented.
#![cfg(unix)]

use std::collections::BTreeMap;
use std::collections::hash_map::RandomState;
use std::fs::{self, File};
use std::hash::BuildHasher;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use cables::index::Index;
use cables::index::update::{UpdateOptions, update};

/// Names the folder to work in to the process that is to be killed.
const CHILD: &str = "CABLES_TEST_CRASH_FOLDER";

const FILES: u64 = 5;
const DOCUMENTS: u64 = 3;
const KILLS: u64 = 20;

/// The version of each file that is there.
type State = BTreeMap<u64, u64>;

/// What one step does to the files; one update follows, so one commit.
enum Step {
    /// A file gets a new version, and only it is indexed.
    One(u64),
    /// All files get one.
    All,
    /// A file goes and is pruned.
    Remove(u64),
}

fn step(number: u64) -> Step {
    match number % 6 {
        3 => Step::All,
        5 => Step::Remove(number % FILES),
        _ => Step::One(number % FILES),
    }
}

/// The files and their versions after so many steps.
fn state(steps: u64) -> State {
    let mut state = State::new();
    for number in 1..=steps {
        match step(number) {
            Step::One(file) => drop(state.insert(file, number)),
            Step::All => state.extend((0..FILES).map(|file| (file, number))),
            Step::Remove(file) => drop(state.remove(&file)),
        }
    }
    state
}

fn file(folder: &Path, file: u64) -> PathBuf {
    folder.join(format!("corpus/{file}.jsonl"))
}

fn write(folder: &Path, number: u64, version: u64) {
    let line = |document| {
        format!("{{\"id\": \"{number}-{document}\", \"title\": \"T\", \"body\": \"{version}\"}}\n")
    };
    let content: String = (0..DOCUMENTS).map(line).collect();
    fs::write(file(folder, number), content).expect("a file");
}

/// How many steps are done, by the log of the process that was killed.
fn logged(folder: &Path) -> u64 {
    fs::metadata(folder.join("log")).map_or(0, |log| log.len())
}

/// Takes step after step until killed, and logs each that is committed.
#[test]
fn child() {
    let Some(folder) = std::env::var_os(CHILD).map(PathBuf::from) else {
        return;
    };
    let mut log = File::options();
    log.append(true).create(true);
    let mut log = log.open(folder.join("log")).expect("a log");
    let index = Index::open_or_create(&folder.join("index")).expect("an index");
    for number in logged(&folder) + 1.. {
        let mut options = UpdateOptions::default();
        let mut path = folder.join("corpus");
        match step(number) {
            Step::One(one) => {
                write(&folder, one, number);
                path = file(&folder, one);
            }
            Step::All => (0..FILES).for_each(|file| write(&folder, file, number)),
            Step::Remove(gone) => {
                // It may be gone already, by this step before a kill.
                let _ = fs::remove_file(file(&folder, gone));
                options.prune = true;
            }
        }
        update(&index, &[path], &options, &()).expect("an update");
        log.write_all(b".").expect("logged");
    }
}

/// The versions of the documents in the index, each file's as one.
fn committed(folder: &Path) -> State {
    let index = Index::open(&folder.join("index")).expect("an index");
    let snapshot = index.snapshot().expect("a state");
    let mut state = State::new();
    for number in 0..FILES {
        let versions: Vec<Option<u64>> = (0..DOCUMENTS)
            .map(|document| {
                let id = format!("{number}-{document}");
                let cable = snapshot.cable(&id).expect("a document")?;
                Some(cable.body[0].text.parse().expect("a version"))
            })
            .collect();
        assert!(
            versions.iter().all(|version| *version == versions[0]),
            "file {number} is in the index in part: {versions:?}"
        );
        state.extend(versions[0].map(|version| (number, version)));
    }
    assert_eq!(snapshot.documents(), state.len() as u64 * DOCUMENTS);
    let recorded = index.sources().expect("the record of files").0;
    let mut files: Vec<PathBuf> = recorded.into_keys().map(PathBuf::from).collect();
    files.sort();
    let expected: Vec<PathBuf> = state.keys().map(|&number| file(folder, number)).collect();
    assert_eq!(files, expected);
    state
}

#[test]
fn a_killed_run_leaves_a_committed_state() {
    let temporary = tempfile::tempdir().expect("a folder");
    let folder = fs::canonicalize(temporary.path()).expect("a path");
    fs::create_dir(folder.join("corpus")).expect("a folder");
    Index::open_or_create(&folder.join("index")).expect("an index");
    for kill in 0..KILLS {
        let before = logged(&folder);
        let mut child = Command::new(std::env::current_exe().expect("this program"))
            .args(["--exact", "child", "--nocapture"])
            .env(CHILD, &folder)
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("a process");
        // Any moment will do; where the run is then differs from test to test.
        // Every other time a step is waited for, however slow the disk.
        let mut patience = 5000;
        while logged(&folder) < before + kill % 2 && patience > 0 {
            std::thread::sleep(Duration::from_millis(5));
            patience -= 5;
        }
        let moment = RandomState::new().hash_one(kill) % 400;
        std::thread::sleep(Duration::from_millis(moment));
        // To kill is SIGKILL here: nothing is tidied up.
        child.kill().expect("killed");
        let output = child.wait_with_output().expect("the end");
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(!errors.contains("panicked"), "{errors}");
        let after = logged(&folder);
        assert!(after >= before);
        let found = committed(&folder);
        assert!(
            [after, after + 1].map(state).contains(&found),
            "kill {kill} after step {after}: {found:?} is none of {:?}, {:?}",
            state(after),
            state(after + 1)
        );
    }
    assert!(logged(&folder) >= KILLS / 2, "too slow to say anything");

    // What was killed does not hinder what comes after.
    let index = Index::open(&folder.join("index")).expect("an index");
    let version = u64::MAX;
    (0..FILES).for_each(|file| write(&folder, file, version));
    let paths = [folder.join("corpus")];
    update(&index, &paths, &UpdateOptions::default(), &()).expect("an update");
    assert_eq!(
        committed(&folder),
        (0..FILES).map(|file| (file, version)).collect()
    );
    let entries = fs::read_dir(folder.join("index")).expect("a folder");
    let records = entries.filter(|entry| {
        let name = entry.as_ref().expect("an entry").file_name();
        name.to_string_lossy().starts_with("sources-")
    });
    assert_eq!(records.count(), 1);
}
