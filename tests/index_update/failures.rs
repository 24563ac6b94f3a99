//! Files that cannot be read, and ids that stand twice.

use crate::*;

const CUT: &str = "{\"id\":\"b\",\"bo";

#[test]
fn a_file_that_fails_keeps_what_it_does_not_give_again() {
    let place = Place::new();
    let path = place.write_documents("a.jsonl", &[("a", "one"), ("b", "two")]);
    place.update();
    let mut content = fs::read_to_string(&path)
        .expect("a file")
        .replace("one", "new");
    content.truncate(content.find('\n').expect("a line") + 1);
    place.write("a.jsonl", content + CUT);
    for _ in 0..5 {
        let (summary, failures) = place.try_update(&[place.corpus()], true);
        assert_eq!((summary.failed, summary.updated, failures.len()), (1, 0, 1));
        assert!(
            failures[0].starts_with(&format!("{}:2: ", path.display())),
            "{failures:?}"
        );
        place.holds(&[("a", "new"), ("b", "two")]);
    }
    let readings = place.record(&path).expect("a record").readings;
    assert!(readings.len() <= 3, "{readings:?}");
    place.write_documents("a.jsonl", &[("c", "three")]);
    assert_eq!(place.update().updated, 1);
    place.holds(&[("c", "three")]);
    fs::remove_file(&path).expect("removed");
    place.prune();
    place.holds(&[]);
}

#[test]
fn a_file_that_failed_is_pruned_with_all_its_readings() {
    let place = Place::new();
    let path = place.write_documents("a.jsonl", &[("a", "one"), ("b", "two")]);
    place.update();
    place.write("a.jsonl", format!("{{\"id\":\"c\",\"body\":\"x\"}}\n{CUT}"));
    place.try_update(&[place.corpus()], false);
    place.holds(&[("a", "one"), ("b", "two"), ("c", "x")]);
    fs::remove_file(&path).expect("removed");
    assert_eq!(place.prune().removed, 1);
    place.holds(&[]);
}

#[test]
fn a_file_that_becomes_empty_or_binary_fails_and_keeps_its_documents() {
    for content in ["", "\0\u{1}\0\0 no text"] {
        let place = Place::new();
        let path = place.write_documents("a.jsonl", &[("a", "one")]);
        place.update();
        place.write("a.jsonl", content);
        for _ in 0..2 {
            let (summary, failures) = place.try_update(&[place.corpus()], true);
            assert_eq!((summary.failed, failures.len()), (1, 1));
            place.holds(&[("a", "one")]);
        }
        place.write_documents("a.jsonl", &[("a", "back")]);
        assert_eq!(place.update().updated, 1);
        place.holds(&[("a", "back")]);
        fs::remove_file(path).expect("removed");
        assert_eq!(place.prune().removed, 1);
        place.holds(&[]);
    }
}

#[test]
fn a_binary_file_is_counted_and_not_recorded() {
    let place = Place::new();
    let path = place.write("a.txt", "");
    place.try_update(&[place.corpus()], false);
    assert!(place.record(&path).is_some());
    place.write("a.txt", "\0\0\0");
    let summary = place.update();
    assert_eq!((summary.skipped.binary, summary.failed), (1, 0));
    assert_eq!(place.record(&path), None);
}

#[test]
fn an_id_twice_in_a_file_counts_once() {
    let place = Place::new();
    let path = place.write_documents("a.jsonl", &[("a", "one"), ("b", "two"), ("a", "three")]);
    let (summary, failures) = place.try_update(&[place.corpus()], false);
    assert_eq!((summary.failed, summary.documents), (1, 2));
    assert_eq!(
        failures,
        [format!(
            "{}:3: the id a stands in this file more than once; only the first is indexed",
            path.display()
        )]
    );
    place.holds(&[("a", "one"), ("b", "two")]);
    // All of it was read: what is no longer in it goes.
    place.write_documents("a.jsonl", &[("a", "one"), ("a", "three")]);
    place.try_update(&[place.corpus()], false);
    place.holds(&[("a", "one")]);
}

#[test]
fn an_id_of_another_file_stays_with_that_file() {
    let place = Place::new();
    let a = place.write_documents("a.jsonl", &[("x", "of a")]);
    place.update();
    let b = place.write_documents("b.jsonl", &[("x", "of b"), ("y", "of b")]);
    for _ in 0..2 {
        let (summary, failures) = place.try_update(&[place.corpus()], false);
        assert_eq!((summary.failed, failures.len()), (1, 1));
        assert!(failures[0].starts_with(&format!("{}:1: the id x ", b.display())));
        assert!(failures[0].contains(&a.display().to_string()));
        place.holds(&[("x", "of a"), ("y", "of b")]);
    }
    fs::remove_file(a).expect("removed");
    place.prune();
    place.holds(&[("x", "of b"), ("y", "of b")]);
}

/// Tantivy keeps no key of 64 KB: the document could not be found.
#[test]
fn an_id_too_long_for_the_index_is_refused() {
    let place = Place::new();
    let long = "y".repeat(70_000);
    let path = place.write_documents("a.jsonl", &[("a", "one"), (&long, "two"), ("b", "three")]);
    let (summary, failures) = place.try_update(&[place.corpus()], false);
    assert_eq!((summary.failed, summary.documents), (1, 2));
    let expected = format!(
        "{}:2: the id is longer than 8192 bytes; give a shorter one",
        path.display()
    );
    assert_eq!(failures, [expected]);
    place.holds(&[("a", "one"), ("b", "three")]);
}
