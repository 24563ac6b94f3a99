//! Dropping the documents of files that are gone.

use crate::*;

#[test]
fn files_outside_the_paths_stay() {
    let place = Place::new();
    let one = place.write_documents("one/a.jsonl", &[("a", "one")]);
    let two = place.write_documents("one-two/b.jsonl", &[("b", "two")]);
    place.update();
    fs::remove_file(one).expect("removed");
    fs::remove_file(two).expect("removed");
    let (summary, _) = place.try_update(&[place.corpus().join("one")], true);
    assert_eq!(summary.removed, 1);
    place.holds(&[("b", "two")]);
}

#[test]
fn a_file_that_became_a_folder_or_lost_its_folder_to_a_file_is_gone() {
    let place = Place::new();
    let a = place.write_documents("a.jsonl", &[("a", "one")]);
    let b = place.write_documents("sub/b.jsonl", &[("b", "two")]);
    place.update();
    fs::remove_file(&a).expect("removed");
    fs::create_dir(&a).expect("a folder");
    fs::remove_dir_all(b.parent().expect("a parent")).expect("removed");
    place.write_documents("sub", &[("c", "three")]);
    assert_eq!(place.prune().removed, 2);
    place.holds(&[("c", "three")]);
}
