//! The document that comes with the program, which is not invented.

use std::path::Path;
use std::sync::OnceLock;

use cables::query::highlight;

use super::support::{Corpus, Writing};

fn seed() -> &'static Corpus {
    static SEED: OnceLock<Corpus> = OnceLock::new();
    SEED.get_or_init(|| {
        let mut writing = Writing::new();
        writing.update_from(&Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds"));
        writing.done()
    })
}

#[test]
fn it_is_found_as_the_first_issue_asks() {
    for query in [
        "\"F. Castro\"",
        "\"F. Castro's statement\"",
        "castro normalization",
        "sender:gromyko addressee:alekseev",
        "date:1962-10",
        "date:1962-10-31",
        "language:russian",
        "id:wilson/112639",
        "irreconcilability",
    ] {
        let result = seed().search(query);
        assert_eq!((result.total, result.total_all_words), (1, 1), "{query}");
        assert_eq!(result.hits[0].cable.id, "wilson/112639", "{query}");
        assert_eq!(result.problems, [], "{query}");
    }
    for query in [
        "\"Castro F.\"",
        "\"normalization\"",
        "sender:alekseev",
        "date:1962-11",
    ] {
        assert_eq!(seed().search(query).total, 0, "{query}");
    }
}

#[test]
fn its_snippets_show_what_was_asked() {
    let start = "You should visit [F. Castro] and, after reference to these instructions, tell him the following.";
    let snippet = seed().snippet("\"F. Castro\"");
    assert!(snippet.starts_with(start), "{snippet}");
    assert!(
        seed()
            .snippet("\"F. Castro's statement\"")
            .contains("[F. Castro's statement] of 28 October.")
    );
    assert!(seed().snippet("castro normalization").contains("[normaliz"));
}

#[test]
fn the_whole_of_it_is_highlighted() {
    let shown = highlight(
        &seed().snapshot,
        "wilson/112639",
        Some("\"F. Castro\" cuba"),
    );
    let shown = shown.expect("an answer").expect("a document");
    let texts: Vec<&str> = shown
        .body
        .iter()
        .zip(&shown.cable.body)
        .flat_map(|(ranges, paragraph)| ranges.iter().map(|range| &paragraph.text[range.clone()]))
        .collect();
    assert_eq!(
        texts,
        ["F. Castro", "Cuba", "F. Castro's", "Cuba's", "Cuba's"]
    );
    assert_eq!(shown.body.len(), shown.cable.body.len());
    assert!(
        highlight(&seed().snapshot, "wilson/1", None)
            .expect("an answer")
            .is_none()
    );
}
