//! `cables stats`.

use insta::assert_snapshot;
use serde_json::json;

use super::Desk;

#[test]
fn json_counts_what_the_index_holds() {
    let desk = Desk::with_letters();
    let mut statistics = desk.json(&["stats", "--json"]);
    let index_bytes = statistics["index_bytes"].take();
    assert!(index_bytes.as_u64().is_some_and(|bytes| bytes > 1000));
    let file_bytes = statistics["file_bytes"].take();
    assert_eq!(file_bytes, super::LETTERS.len());
    let expected = json!({
        "documents": 4,
        "by_kind": {"letter": 1, "memorandum": 1, "report": 1, "telegram": 1},
        "by_volume": {"inv": 2},
        "earliest": "1931-05-02",
        "latest": "1931-06-30",
        "undated": 2,
        "unreadable_dates": 1,
        "files": 1,
        "file_bytes": null,
        "index_bytes": null,
        "terms": statistics["terms"],
        "format": 1,
    });
    assert_eq!(statistics.to_string(), expected.to_string());
}

#[test]
fn text_is_made_for_reading() {
    let desk = Desk::with_letters();
    let shown = desk.stdout(&["stats"]);
    // Sizes on disk are not the same everywhere.
    let shown: Vec<&str> = shown
        .lines()
        .filter(|line| !line.starts_with("Index"))
        .collect();
    assert_snapshot!(shown.join("\n"), @"
    Documents  4
    Dates      1931-05-02 to 1931-06-30
    Undated    2, of which 1 with a date that could not be read
    Files      1 (776 bytes)
    Terms      48

    By kind
    1  letter
    1  memorandum
    1  report
    1  telegram

    By volume
    2  inv
    ");
}

#[test]
fn without_an_index_there_is_nothing_to_count() {
    let desk = Desk::new();
    let run = desk.run(&["stats"]);
    assert_eq!(run.status, Some(2));
    assert_eq!(
        run.stderr,
        "cables: no index in index; make one with: cables index PATH\n"
    );
}
