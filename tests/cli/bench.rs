//! `cables bench`.

use serde_json::Value;

use super::Desk;

#[test]
fn figures_by_kind_and_for_all() {
    let desk = Desk::with_seed();
    desk.write(
        "queries.tsv",
        "word\tcastro\nword\tgromyko\nphrase\t\"F. Castro\"\n\n",
    );
    let out = desk.stdout(&["bench", "queries.tsv", "--json", "--runs", "2"]);
    let figures: Vec<Value> = serde_json::from_str(&out).unwrap();
    let kinds: Vec<_> = figures
        .iter()
        .map(|row| (row["kind"].as_str(), row["queries"].as_u64()))
        .collect();
    assert_eq!(
        kinds,
        [
            (Some("phrase"), Some(1)),
            (Some("word"), Some(2)),
            (Some("all"), Some(3))
        ]
    );
    for row in &figures {
        let (p50, p95, p99) = (&row["p50_us"], &row["p95_us"], &row["p99_us"]);
        assert!(
            p50.as_f64() > Some(0.0)
                && p50.as_f64() <= p95.as_f64()
                && p95.as_f64() <= p99.as_f64()
        );
        assert!(row["qps"].as_f64() > Some(0.0));
    }
}

#[test]
fn a_query_that_cannot_be_answered_names_its_line() {
    let desk = Desk::with_seed();
    desk.write("queries.tsv", "castro\ndate:yesterday\n");
    let run = desk.run(&["bench", "queries.tsv"]);
    assert_eq!(run.status, Some(2));
    assert!(
        run.stderr.starts_with("cables: queries.tsv:2: "),
        "{}",
        run.stderr
    );
    assert_eq!(desk.run(&["bench", "absent.tsv"]).status, Some(2));
}
