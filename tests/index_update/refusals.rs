//! Indexes that cannot be used.

use cables::index::{FORMAT_VERSION, IndexError};

use crate::*;

#[test]
fn no_index_is_absent() {
    let folder = tempfile::tempdir().expect("a folder");
    assert!(matches!(
        Index::open(folder.path()),
        Err(IndexError::Absent(_))
    ));
    let missing = folder.path().join("missing");
    assert!(matches!(Index::open(&missing), Err(IndexError::Absent(_))));
}

#[test]
fn a_second_writer_is_refused_and_the_first_goes_on() {
    struct Second<'a>(&'a Place, Mutex<Vec<Result<UpdateSummary, IndexError>>>);
    impl Observer for Second<'_> {
        fn planned(&self, _: u64, _: u64) {
            let index = Index::open(self.0.index.folder()).expect("an index");
            let second = update(&index, &[], &UpdateOptions::default(), &());
            self.1.lock().expect("a lock").push(second);
        }
        fn done(&self, _: &Path, _: u64) {}
        fn opened(&self, _: &Path, _: FormatName, _: &str) {}
        fn failed(&self, _: &IngestError) {}
    }
    let place = Place::new();
    place.write_documents("a.jsonl", &[("a", "one")]);
    let second = Second(&place, Mutex::default());
    let options = UpdateOptions::default();
    update(&place.index, &[place.corpus()], &options, &second).expect("an update");
    let refused = second.1.into_inner().expect("a lock").remove(0);
    let error = refused.expect_err("a refusal");
    assert!(matches!(error, IndexError::Busy(_)), "{error}");
    assert!(!error.to_string().contains('\n'));
    place.holds(&[("a", "one")]);
}

/// Rewrites the payload of the last commit.
fn set_payload(place: &Place, payload: &str) {
    let path = place.index.folder().join("meta.json");
    let meta = fs::read_to_string(&path).expect("metadata");
    let mut meta: serde_json::Value = serde_json::from_str(&meta).expect("JSON");
    meta["payload"] = payload.into();
    fs::write(path, meta.to_string()).expect("metadata");
}

fn reopen(place: &Place) -> Result<Index, IndexError> {
    let created = Index::open_or_create(place.index.folder());
    let opened = Index::open(place.index.folder());
    assert_eq!(created.is_ok(), opened.is_ok());
    opened
}

#[test]
fn another_format_is_named_whatever_else_it_says() {
    let place = Place::new();
    place.write_documents("a.jsonl", &[("a", "one")]);
    place.update();
    let next = FORMAT_VERSION + 1;
    for rest in ["", ", \"sources\": \"x\"", ", \"sources\": [1]"] {
        set_payload(&place, &format!("{{\"cables_format\": {next}{rest}}}"));
        match reopen(&place) {
            Err(IndexError::OtherFormat { found, .. }) => assert_eq!(found, next),
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn an_index_of_another_program_is_foreign() {
    let place = Place::new();
    place.write_documents("a.jsonl", &[("a", "one")]);
    place.update();
    for payload in ["", "{}", "not ours", "{\"cables_format\": \"1\"}"] {
        set_payload(&place, payload);
        assert!(
            matches!(reopen(&place), Err(IndexError::Foreign(_))),
            "{payload}"
        );
    }

    let folder = tempfile::tempdir().expect("a folder");
    let schema = tantivy::schema::Schema::builder().build();
    tantivy::Index::create_in_dir(folder.path(), schema).expect("an index");
    assert!(matches!(
        Index::open(folder.path()),
        Err(IndexError::Foreign(_))
    ));
}

#[test]
fn an_index_without_a_commit_is_empty() {
    let place = Place::new();
    assert_eq!(place.index.sources().expect("the record").0.len(), 0);
    assert_eq!(
        reopen(&place)
            .expect("an index")
            .snapshot()
            .expect("a state")
            .documents(),
        0
    );
}

#[test]
fn a_damaged_record_is_told_and_the_documents_are_still_read() {
    let place = Place::new();
    place.write_documents("a.jsonl", &[("a", "one")]);
    place.update();
    let record = place.index.folder().join(&place.record_files()[0]);
    let whole = fs::read(&record).expect("the record");
    let damages: [&dyn Fn(); 4] = [
        &|| fs::write(&record, &whole[..whole.len() / 2]).expect("written"),
        &|| fs::write(&record, b"no record").expect("written"),
        &|| fs::write(&record, zstd::encode_all(&b"{}\n"[..], 1).expect("bytes")).expect("written"),
        &|| fs::remove_file(&record).expect("removed"),
    ];
    for damage in damages {
        damage();
        let error = place.index.sources().expect_err("damage");
        assert!(matches!(error, IndexError::Damaged(_)), "{error:?}");
        let updated = update(&place.index, &[], &UpdateOptions::default(), &());
        assert!(
            matches!(updated, Err(IndexError::Damaged(_))),
            "{updated:?}"
        );
        place.holds(&[("a", "one")]);
    }
}

#[test]
fn damaged_metadata_is_an_error() {
    let place = Place::new();
    fs::write(place.index.folder().join("meta.json"), "{\"segm").expect("written");
    let error = reopen(&place).expect_err("damage");
    assert!(matches!(error, IndexError::Damaged(_)), "{error:?}");
}

#[cfg(unix)]
#[test]
fn an_index_that_cannot_be_written_is_not_called_busy() {
    use std::os::unix::fs::PermissionsExt;
    let place = Place::new();
    let lock = place.index.folder().join(".tantivy-writer.lock");
    fs::create_dir(&lock).expect("what cannot be opened as a file, even by root");
    fs::set_permissions(&lock, fs::Permissions::from_mode(0o555)).expect("permissions");
    let error = update(&place.index, &[], &UpdateOptions::default(), &());
    assert!(matches!(error, Err(IndexError::Io { .. })), "{error:?}");
}
