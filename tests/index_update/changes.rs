//! What an update reads and what it leaves.

use crate::*;

#[test]
fn new_changed_unchanged_and_gone_files_are_told_apart() {
    let place = Place::new();
    let a = place.write_documents("a.jsonl", &[("a", "one"), ("a2", "two")]);
    place.write_documents("sub/b.jsonl", &[("b", "three")]);
    let summary = place.update();
    assert_eq!((summary.files, summary.added, summary.documents), (2, 2, 3));
    assert_eq!(place.record(&a).expect("a record").documents, 2);

    let summary = place.update();
    assert_eq!(
        (summary.unchanged, summary.documents, summary.bytes),
        (2, 0, 0)
    );

    place.write_documents("a.jsonl", &[("a", "one, corrected"), ("a3", "new")]);
    let summary = place.update();
    assert_eq!(
        (summary.updated, summary.unchanged, summary.documents),
        (1, 1, 2)
    );
    place.holds(&[("a", "one, corrected"), ("a3", "new"), ("b", "three")]);

    fs::remove_file(&a).expect("removed");
    assert_eq!(place.update().removed, 0);
    place.holds(&[("a", "one, corrected"), ("a3", "new"), ("b", "three")]);
    assert_eq!(place.prune().removed, 1);
    place.holds(&[("b", "three")]);
    assert_eq!(place.record(&a), None);
}

#[test]
fn an_unchanged_file_is_not_opened() {
    let place = Place::new();
    let path = place.write_documents("a.jsonl", &[("a", "one")]);
    place.update();
    let time = fs::metadata(&path)
        .expect("metadata")
        .modified()
        .expect("a time");
    let content = fs::read_to_string(&path).expect("a file");
    // What no honest program does: other content, same size and time.
    fs::write(&path, content.replace("one", "two")).expect("a file");
    set_time(&path, time);
    let before = place.record(&path);
    assert_eq!(place.update().unchanged, 1);
    assert_eq!(place.record(&path), before);
    place.holds(&[("a", "one")]);
}

#[test]
fn a_new_time_alone_changes_no_document() {
    let place = Place::new();
    let path = place.write_documents("a.jsonl", &[("a", "one")]);
    place.update();
    let before = place.record(&path).expect("a record");
    age(&path, 60);
    let summary = place.update();
    assert_eq!((summary.unchanged, summary.documents), (1, 0));
    let after = place.record(&path).expect("a record");
    assert_ne!(before.modified, after.modified);
    assert_eq!(before.readings, after.readings);
    // The documents are still known by their first reading.
    place.write_documents("a.jsonl", &[("b", "two")]);
    assert_eq!(place.update().updated, 1);
    place.holds(&[("b", "two")]);
}

/// The clock of a file system can be too coarse to show a second change.
#[test]
fn a_change_right_after_the_reading_is_seen() {
    let place = Place::new();
    let path = place.write_documents("a.jsonl", &[("a", "one")]);
    let now = SystemTime::now();
    set_time(&path, now);
    place.update();
    let content = fs::read_to_string(&path).expect("a file");
    fs::write(&path, content.replace("one", "two")).expect("a file");
    set_time(&path, now);
    assert_eq!(place.update().updated, 1);
    place.holds(&[("a", "two")]);
}

#[test]
fn a_time_to_come_does_not_hide_a_change() {
    let place = Place::new();
    let path = place.write_documents("a.jsonl", &[("a", "one")]);
    let to_come = SystemTime::now() + Duration::from_secs(86_400);
    set_time(&path, to_come);
    place.update();
    let content = fs::read_to_string(&path).expect("a file");
    fs::write(&path, content.replace("one", "two")).expect("a file");
    set_time(&path, to_come);
    assert_eq!(place.update().updated, 1);
    place.holds(&[("a", "two")]);
    assert_eq!(place.update().unchanged, 1);
}

#[test]
fn a_file_grows_and_shrinks() {
    let place = Place::new();
    let all = [("a", "one"), ("b", "two"), ("c", "three")];
    for count in [1, 3, 2, 3, 1] {
        place.write_documents("a.jsonl", &all[..count]);
        place.update();
        place.holds(&all[..count]);
    }
}

#[test]
fn the_index_in_the_corpus_is_no_part_of_it() {
    let place = Place::new();
    place.write_documents("a.jsonl", &[("a", "one")]);
    for _ in 0..2 {
        let (summary, failures) = place.try_update(&[place.folder.path().to_owned()], true);
        assert_eq!(failures, [""; 0]);
        assert_eq!(summary.files, 1);
        place.holds(&[("a", "one")]);
    }
}
