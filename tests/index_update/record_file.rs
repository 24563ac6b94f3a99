//! The record of source files and its life from commit to commit.

use crate::*;

/// A commit that only touches the record has tantivy's old stamp.
#[test]
fn a_commit_never_writes_over_the_record_of_the_one_before() {
    let place = Place::new();
    let path = place.write_documents("a.jsonl", &[("a", "one")]);
    place.update();
    let before = place.record_files();
    age(&path, 60);
    place.update();
    let after = place.record_files();
    assert_eq!((before.len(), after.len()), (1, 1));
    assert_ne!(before, after);
    assert_eq!(place.update().unchanged, 1);
}

#[test]
fn what_a_killed_run_left_is_written_over_or_removed() {
    let place = Place::new();
    place.write_documents("a.jsonl", &[("a", "one")]);
    place.update();
    for number in 0..4 {
        let path = place
            .index
            .folder()
            .join(format!("sources-{number}.jsonl.zst"));
        if !path.exists() {
            fs::write(path, "half").expect("a file");
        }
    }
    place.write_documents("b.jsonl", &[("b", "two")]);
    assert_eq!(place.update().added, 1);
    assert_eq!(place.record_files().len(), 1);
    assert_eq!(place.update().unchanged, 2);
    place.holds(&[("a", "one"), ("b", "two")]);
}

#[test]
fn a_reader_beside_a_writer_finds_a_whole_record() {
    let place = Place::new();
    let path = place.write_documents("a.jsonl", &[("a", "one")]);
    place.update();
    let stop = std::sync::atomic::AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            for seconds in 0..20 {
                age(&path, 100 + seconds);
                place.update();
            }
            stop.store(true, std::sync::atomic::Ordering::Relaxed);
        });
        while !stop.load(std::sync::atomic::Ordering::Relaxed) {
            assert_eq!(place.index.sources().expect("the record").0.len(), 1);
        }
    });
}

/// A run killed before its commit leaves the files of that commit.
#[test]
fn the_files_of_a_commit_that_never_was_do_not_hinder_the_next() {
    let place = Place::new();
    for number in 0..10 {
        place.write_documents(&format!("{number}.jsonl"), &[(&number.to_string(), "one")]);
    }
    let options = UpdateOptions {
        threads: Some(1),
        ..UpdateOptions::default()
    };
    update(&place.index, &[place.corpus()], &options, &()).expect("an update");
    let meta = place.index.folder().join("meta.json");
    let (committed, record) = (fs::read(&meta).expect("metadata"), place.record_files());
    let record = place.index.folder().join(&record[0]);
    let recorded = fs::read(&record).expect("a record");

    place.write_documents("3.jsonl", &[("3", "two")]);
    update(&place.index, &[place.corpus()], &options, &()).expect("an update");
    fs::write(&meta, committed).expect("metadata");
    fs::write(&record, recorded).expect("a record");

    let index = Index::open(place.index.folder()).expect("an index");
    let summary = update(&index, &[place.corpus()], &options, &()).expect("an update");
    assert_eq!((summary.updated, summary.unchanged), (1, 9));
    let snapshot = index.snapshot().expect("a state");
    assert_eq!(snapshot.documents(), 10);
}
