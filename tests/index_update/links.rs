//! Symbolic links.

use crate::*;
use std::os::unix::fs::symlink;

#[test]
fn a_linked_corpus_is_updated_and_pruned_by_either_path() {
    let place = Place::new();
    let path = place.write_documents("a.jsonl", &[("a", "one")]);
    let link = place.at("link");
    symlink(place.corpus(), &link).expect("a link");
    let (summary, _) = place.try_update(std::slice::from_ref(&link), false);
    assert_eq!(summary.added, 1);
    assert_eq!(place.update().unchanged, 1);
    fs::remove_file(path).expect("removed");
    let (summary, _) = place.try_update(&[link], true);
    assert_eq!(summary.removed, 1);
    place.holds(&[]);
}

#[test]
fn a_file_behind_a_link_in_the_corpus_is_pruned() {
    let place = Place::new();
    let outside = place.at("outside");
    fs::create_dir(&outside).expect("a folder");
    place.write_documents("a.jsonl", &[("a", "one")]);
    fs::rename(place.corpus().join("a.jsonl"), outside.join("a.jsonl")).expect("renamed");
    symlink(&outside, place.corpus().join("link")).expect("a link");
    assert_eq!(place.update().added, 1);
    fs::remove_file(outside.join("a.jsonl")).expect("removed");
    assert_eq!(place.prune().removed, 1);
    place.holds(&[]);
}

#[test]
fn a_folder_that_is_gone_is_pruned_by_the_path_that_was_linked() {
    let place = Place::new();
    place.write_documents("sub/a.jsonl", &[("a", "one")]);
    place.write_documents("b.jsonl", &[("b", "two")]);
    let link = place.at("link");
    symlink(place.corpus(), &link).expect("a link");
    place.update();
    fs::remove_dir_all(place.corpus().join("sub")).expect("removed");
    let (summary, failures) = place.try_update(&[link.join("sub")], true);
    assert_eq!((summary.removed, summary.failed, failures.len()), (1, 1, 1));
    place.holds(&[("b", "two")]);
}
