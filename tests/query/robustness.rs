//! Odd questions, and documents that would be slow to answer from.

use std::sync::OnceLock;
use std::time::{Duration, Instant};

use cables::query::{QueryError, SearchOptions, highlight};
use proptest::prelude::*;
use serde_json::json;

use super::support::{Corpus, all_hits, body_of};

fn small() -> &'static Corpus {
    static SMALL: OnceLock<Corpus> = OnceLock::new();
    SMALL.get_or_init(|| {
        Corpus::of(&[
            json!({
                "id": "a", "title": "The U.S. and Cuba's co-operation", "date": "1962-10",
                "summary": "Élysée", "from": "N.S. Khrushchev", "volume": "frus1962-v1",
                "body": ["a b a co-operate\nb 3.14 a-b-a-b-a-b", "古巴 b’s ﬁnal a"],
                "notes": ["a", "b a\u{ad}b"], "persons": ["A. B. Castro"],
            }),
            json!({"id": "b/1", "title": "A", "body": "b"}),
        ])
    })
}

/// Pieces that mean something to the language or to the analysis.
fn odd_query() -> impl Strategy<Value = String> {
    let pieces = [
        "a",
        "b",
        "co-operate",
        "us",
        "U.S.",
        "a-b",
        "a-b-a-b",
        "古",
        "ﬁ",
        "\u{301}",
        "\u{ad}",
        "\u{1}",
        "\u{0}",
        "\"",
        "\"",
        "“",
        "”",
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        " ",
        " ",
        " ",
        "AND ",
        "OR ",
        "NOT ",
        "NEAR/3 ",
        "TO ",
        "+",
        "-",
        "!",
        "~",
        "~2",
        "~0",
        "~1",
        "~200",
        "^",
        "^2",
        "^0",
        "*",
        "?",
        ":",
        "title:",
        "body:",
        "sender:",
        "volume:",
        "id:",
        "notes:",
        "date:",
        "1962",
        "1962-13-45",
        "none",
        "\\",
        "'",
        "’s",
        ".",
        "…",
        "<",
        ">=",
        "&&",
        "||",
        "%",
        "_",
        "\n",
        "9".repeat(130).leak(),
    ];
    let piece = prop_oneof![
        20 => prop::sample::select(pieces.to_vec()).prop_map(str::to_owned),
        1 => "\\PC{0,4}",
    ];
    prop::collection::vec(piece, 0..14).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(1000) })]

    /// No question ends the program, and each that is answered is answered
    /// consistently, with highlights that can be cut.
    #[test]
    fn no_question_does_harm(query in odd_query(), width in 0usize..60, count in 0usize..4, strict: bool) {
        let options = SearchOptions { snippet_width: width, snippets: count, strict, ..all_hits() };
        match small().try_search(&query, &options) {
            Ok(result) => {
                prop_assert_eq!(result.total as usize, result.hits.len());
                prop_assert!(result.total_all_words <= result.total);
                for hit in &result.hits {
                    prop_assert!(hit.snippets.len() <= count);
                    prop_assert!(count == 0 || !hit.snippets.is_empty());
                    for snippet in &hit.snippets {
                        let mut end = 0;
                        for range in &snippet.highlights {
                            prop_assert!(end <= range.start && range.start < range.end);
                            prop_assert!(snippet.text.get(range.clone()).is_some());
                            end = range.end;
                        }
                    }
                    prop_assert!(hit.title_highlights.iter().all(|r| hit.cable.title.get(r.clone()).is_some()));
                    let whole = highlight(&small().snapshot, &hit.cable.id, Some(&query)).expect("an answer");
                    let whole = whole.expect("a document");
                    for (ranges, paragraph) in whole.body.iter().zip(&whole.cable.body) {
                        prop_assert!(ranges.iter().all(|r| paragraph.text.get(r.clone()).is_some()));
                    }
                }
            }
            Err(QueryError::Problem(problem)) => prop_assert!(query.get(problem.span.start..problem.span.end).is_some()),
            Err(other) => prop_assert!(false, "{}", other),
        }
    }
}

fn seconds(corpus: &Corpus, query: &str) -> Duration {
    let start = Instant::now();
    let options = SearchOptions {
        snippets: 3,
        ..all_hits()
    };
    assert_eq!(corpus.search_with(query, &options).total, 1, "{query}");
    start.elapsed()
}

/// In debug builds too: these take milliseconds unless something is squared.
#[test]
fn a_word_fifty_thousand_times_is_no_burden() {
    let text = "alpha beta ".repeat(50_000) + "omega";
    let paragraphs: Vec<&str> = vec!["alpha beta gamma."; 5_000];
    let corpora = [
        Corpus::of(&[body_of("one", &text)]),
        Corpus::of(&[json!({"id": "many", "title": "Untitled", "body": paragraphs})]),
    ];
    for corpus in &corpora {
        for query in [
            "alpha beta",
            "\"beta alpha\"~3",
            "\"alpha alpha beta\"~127",
            "alp* OR *eta",
        ] {
            let took = seconds(corpus, query);
            assert!(took < Duration::from_secs(8), "{query} took {took:?}");
        }
        let start = Instant::now();
        let id = if corpus.snapshot.cable("one").expect("an answer").is_some() {
            "one"
        } else {
            "many"
        };
        highlight(&corpus.snapshot, id, Some("alpha beta")).expect("an answer");
        assert!(
            start.elapsed() < Duration::from_secs(8),
            "{:?}",
            start.elapsed()
        );
    }
}

#[test]
fn long_questions_are_answered() {
    let words: Vec<String> = (0..3000).map(|number| format!("w{number}")).collect();
    let corpus = Corpus::of(&[body_of("long", &words.join(" "))]);
    let start = Instant::now();
    assert_eq!(corpus.search(&words.join(" ")).total, 1);
    assert_eq!(
        corpus
            .search(&format!("\"{}\"", words[..500].join(" ")))
            .total,
        1
    );
    assert_eq!(
        corpus
            .search(&format!("\"{}\"~5", words[..60].join(" ")))
            .total,
        1
    );
    assert_eq!(corpus.search(&words[..200].join("-")).total, 1);
    assert_eq!(corpus.search(&"(".repeat(5000)).total, 0);
    assert_eq!(corpus.search(&"w1~2 ".repeat(20)).total, 1);
    assert!(
        start.elapsed() < Duration::from_secs(10),
        "{:?}",
        start.elapsed()
    );
}
