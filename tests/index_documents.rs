//! Documents into an index and out again, through the public API. All
//! documents here but the one in `seeds/` are invented.

use std::fs;
use std::path::{Path, PathBuf};

use cables::cable::Cable;
use cables::index::Index;
use cables::index::update::{UpdateOptions, update};
use cables::ingest::{Limits, Opening, open, walk};
use proptest::prelude::*;
use tempfile::TempDir;

/// An index of files, and the folder that it is in.
fn index_of(paths: &[PathBuf]) -> (TempDir, Index) {
    let folder = tempfile::tempdir().expect("a folder");
    let index = Index::open_or_create(&folder.path().join("index")).expect("an index");
    let summary = update(&index, paths, &UpdateOptions::default(), &()).expect("an update");
    assert_eq!(summary.failed, 0);
    (folder, index)
}

/// What the readers make of files, with the file's path as the index has it.
fn read(paths: &[PathBuf]) -> Vec<Cable> {
    let mut cables = Vec::new();
    for found in walk(paths) {
        let found = found.expect("a file");
        match open(&found, None, Limits::default()).expect("a format") {
            Opening::Text(opened) => {
                for cable in opened.cables {
                    let mut cable = cable.expect("a document");
                    cable.source.file = found.path.to_string_lossy().into_owned();
                    cables.push(cable);
                }
            }
            Opening::Binary => panic!("binary"),
        }
    }
    cables
}

#[track_caller]
fn check(paths: &[PathBuf]) -> Vec<Cable> {
    let (_folder, index) = index_of(paths);
    let snapshot = index.snapshot().expect("a state");
    let cables = read(paths);
    assert_eq!(snapshot.documents(), cables.len() as u64);
    for cable in &cables {
        let stored = snapshot.cable(&cable.id).expect("a document");
        assert_eq!(stored.as_ref(), Some(cable));
    }
    assert_eq!(snapshot.cable("of no document").expect("no document"), None);
    cables
}

#[test]
fn the_seed_comes_out_as_it_was_read() {
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds");
    let cables = check(&[seeds]);
    assert!(cables.iter().any(|cable| cable.body.len() > 3));
}

/// Invented, in the form of a FRUS volume: notes, pages, persons, terms.
const TEI: &str = r##"<TEI xmlns="http://www.tei-c.org/ns/1.0" xmlns:frus="http://history.state.gov/frus/ns/1.0" xml:id="frus-invented">
<text><front><div xml:id="persons"><list><item><hi><persName xml:id="p_X1">Example, Ann</persName></hi>, invented person</item></list></div></front>
<body><div type="document" n="1" xml:id="d1" frus:doc-dateTime-min="1962-10-03T00:00:00-04:00" frus:doc-dateTime-max="1962-10-03T23:59:59-04:00">
<head>1. Telegram From the Embassy in Utopia to the Department of State<note n="1" type="source">Source: Invented Archive, Box 1. Secret.</note></head>
<opener><dateline><placeName>Utopia City</placeName>, <date when="1962-10-03">October 3, 1962</date></dateline></opener>
<p><pb n="218"/>The minister <persName corresp="#p_X1">Ann Example</persName> agreed.<note n="2">An invented note.</note></p>
<p/>
<p>Second paragraph.</p>
</div></body></text></TEI>
"##;

#[test]
fn a_tei_document_comes_out_as_it_was_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("frus-invented.xml");
    fs::write(&path, TEI).expect("a file");
    let cables = check(&[path]);
    assert!(!cables[0].notes.is_empty());
    assert!(!cables[0].persons.is_empty());
}

/// Words and signs of every kind, some paragraphs longer than a unit.
fn paragraph() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "\\PC{0,80}",
        2 => "[a-z ]{0,80}",
        1 => ("\\PC{1,12}", 400usize..1600).prop_map(|(piece, times)| piece.repeat(times)),
        1 => ("[a-zé中]{1,3}", 1000usize..4000).prop_map(|(piece, times)| piece.repeat(times)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn lines_of_json_come_out_as_they_were_read(
        documents in prop::collection::vec(
            (
                "\\PC{0,60}",
                prop::collection::vec(paragraph(), 1..6),
                prop::option::of("\\PC{1,20}"),
                prop::option::of(paragraph()),
            ),
            1..20,
        )
    ) {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("invented.jsonl");
        let lines = documents.iter().enumerate().map(|(number, (title, body, place, field))| {
            let line = serde_json::json!({
                "id": format!("é/{number}"),
                "title": format!("x{title}"),
                "body": format!("x\n\n{}", body.join("\n\n")),
                "place": place,
                "a field of no model": field,
            });
            line.to_string() + "\n"
        });
        fs::write(&path, lines.collect::<String>()).expect("a file");
        check(&[path]);
    }
}

#[test]
fn values_of_any_length_are_kept() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("invented.jsonl");
    let line = |length: usize| {
        let long = "y".repeat(length);
        let id = format!("i{}", "y".repeat(length.min(8000)));
        let subjects = [&long, "z"];
        let line = serde_json::json!({
            "id": id, "title": "T", "body": "b", "place": long, "subjects": subjects,
        });
        line.to_string() + "\n"
    };
    fs::write(&path, [200, 70_000].map(line).concat()).expect("a file");
    check(&[path]);
}
