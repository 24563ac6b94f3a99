//! Files that move, and the documents that they take along.

use crate::*;

fn rename(place: &Place, from: &str, to: &str) {
    fs::rename(place.corpus().join(from), place.corpus().join(to)).expect("renamed");
}

#[test]
fn a_file_moved_keeps_its_documents_whenever_the_old_record_goes() {
    let documents = [("a", "one"), ("b", "two")];
    for prune_at_once in [true, false] {
        let place = Place::new();
        place.write_documents("old.jsonl", &documents);
        place.update();
        rename(&place, "old.jsonl", "new.jsonl");
        let summary = match prune_at_once {
            true => place.prune(),
            false => place.update(),
        };
        assert_eq!(summary.added, 1);
        place.holds(&documents);
        place.prune();
        place.holds(&documents);
        assert_eq!(place.index.sources().expect("the record").0.len(), 1);
    }
}

/// The record of the old path is of the same size and time as the file
/// that has come back, but its documents were dropped with the new path.
#[test]
fn a_file_moved_there_and_back_keeps_its_documents() {
    let documents = [("a", "one"), ("b", "two")];
    let place = Place::new();
    place.write_documents("old.jsonl", &documents);
    place.update();
    rename(&place, "old.jsonl", "new.jsonl");
    place.update();
    rename(&place, "new.jsonl", "old.jsonl");
    place.prune();
    place.holds(&documents);
    place.prune();
    place.holds(&documents);
}

#[test]
fn a_file_that_was_divided_gives_its_documents_to_the_parts() {
    let place = Place::new();
    let old = place.write_documents("all.jsonl", &[("a", "one"), ("b", "two")]);
    place.update();
    fs::remove_file(old).expect("removed");
    place.write_documents("a.jsonl", &[("a", "one")]);
    place.update();
    place.holds(&[("a", "one"), ("b", "two")]);
    place.write_documents("b.jsonl", &[("b", "two")]);
    place.prune();
    place.holds(&[("a", "one"), ("b", "two")]);
}

#[cfg(unix)]
#[test]
fn a_file_moved_away_and_linked_to_is_the_moved_one() {
    let place = Place::new();
    let old = place.write_documents("a.jsonl", &[("a", "one")]);
    place.update();
    let new = place.at("elsewhere.jsonl");
    fs::rename(&old, &new).expect("renamed");
    std::os::unix::fs::symlink(&new, &old).expect("a link");
    place.prune();
    place.holds(&[("a", "one")]);
    assert_eq!(place.record(&old), None);
    assert!(place.record(&new).is_some());
}
