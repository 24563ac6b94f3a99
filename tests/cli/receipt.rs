//! `search --explain` and `search --receipt`.

use serde_json::{Value, json};

use super::Desk;

#[test]
fn an_explanation_adds_up_to_the_score() {
    let desk = Desk::with_seed();
    let found = desk.json(&[
        "search",
        "castro normalization \"F. Castro\"",
        "--explain",
        "--format",
        "json",
    ]);
    let hit = &found["hits"][0];
    let clauses = hit["explanation"].as_array().expect("an explanation");
    let texts: Vec<&Value> = clauses
        .iter()
        .map(|clause| &clause["found"][0]["text"])
        .collect();
    assert_eq!(
        texts,
        [
            &json!("castro"),
            &json!("normalization"),
            &json!("\"F. Castro\"")
        ]
    );
    // In single precision and in this order, as the score itself is made.
    let sum: f32 = clauses
        .iter()
        .map(|clause| clause["score"].as_f64().unwrap() as f32)
        .sum();
    assert_eq!(
        Some(f64::from(sum)),
        hit["score"].as_f64().map(|score| f64::from(score as f32))
    );
    let text = desk.stdout(&["search", "castro", "--explain"]);
    assert!(
        text.contains("\n     score ") && text.contains(" for castro "),
        "{text}"
    );
    let plain = desk.json(&["search", "castro", "--format", "json"]);
    assert_eq!(plain["hits"][0].get("explanation"), None);
}

#[test]
fn a_receipt_counts_with_and_without_each_filter() {
    let desk = Desk::with_letters();
    let arguments = [
        "search",
        "harbour zzzz",
        "--filter",
        "volume:inv",
        "--after",
        "1931-06",
        "--receipt",
        "--format",
        "json",
    ];
    let receipt = desk.json(&arguments)["receipt"].clone();
    let of = |more: &[&str]| -> Value {
        let arguments = [&["search", "harbour zzzz", "--format", "json"], more].concat();
        let run = desk.run(&arguments);
        let found: Value = serde_json::from_str(&run.stdout).unwrap();
        found["total"].clone()
    };
    assert_eq!(receipt["query"], "harbour zzzz");
    assert_eq!(
        receipt["expansions"][1],
        json!({"text": "zzzz", "words": []})
    );
    assert_eq!(
        receipt["filters"],
        json!([
            {"filter": "date:[1931-06 TO *]", "total_without": of(&["--filter", "volume:inv"])},
            {"filter": "volume:inv", "total_without": of(&["--after", "1931-06"])},
        ])
    );
    assert_eq!(receipt["total_without_filters"], of(&[]));
    assert_eq!(receipt["documents"], 4);
    assert_eq!(receipt["version"], env!("CARGO_PKG_VERSION"));
    assert_eq!(receipt["index"]["hash"].as_str().map(str::len), Some(64));
    // Repeated, it says the same.
    assert_eq!(desk.json(&arguments)["receipt"], receipt);
}

#[test]
fn a_receipt_of_text_goes_beside_the_hits() {
    let desk = Desk::with_seed();
    let run = desk.run(&["search", "normalization", "--receipt"]);
    let lines: Vec<&str> = run.stderr.lines().collect();
    assert_eq!(lines[0], "query: normalization");
    assert_eq!(
        lines[1],
        "  normalization stands for: normalize (1), normalizing (1)"
    );
    assert_eq!(lines[2], "found: 1 of 1 documents, 1 with all the words");
    assert!(lines[3].starts_with("index: "), "{lines:?}");
    assert!(!run.stdout.contains("index: "));
}
