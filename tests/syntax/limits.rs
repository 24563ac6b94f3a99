//! Queries that are too large.

use std::time::{Duration, Instant};

use cables::query::syntax::{MAX_CLAUSES, MAX_DEPTH, NodeKind, Span};

use crate::{outline, read};

#[test]
fn brackets_nest_to_a_limit() {
    let nested = |depth: usize| format!("{}a{}", "(".repeat(depth), ")".repeat(depth));
    let (query, problems) = read(&nested(MAX_DEPTH));
    assert_eq!((outline(&query).as_str(), problems.len()), (r#""a""#, 0));
    let (query, problems) = read(&format!("{} b", nested(MAX_DEPTH + 5)));
    assert_eq!(outline(&query), r#"(words "a" "b")"#);
    assert_eq!(problems.len(), 1);
    assert_eq!(problems[0].span, Span::new(MAX_DEPTH, MAX_DEPTH + 1));
}

#[test]
fn terms_are_counted() {
    let (query, problems) = read(&"a ".repeat(MAX_CLAUSES + 10));
    assert_eq!(problems.len(), 1);
    assert_eq!(problems[0].span.start, 2 * MAX_CLAUSES);
    let Some(NodeKind::Words(clauses)) = query.root.map(|root| root.kind) else {
        panic!("words");
    };
    assert_eq!(clauses.len(), MAX_CLAUSES);
}

#[test]
fn long_nonsense_is_read_in_linear_time() {
    let began = Instant::now();
    for piece in [
        "(",
        ")",
        "\"",
        "“",
        "\" “ ",
        "-",
        "- ",
        "NOT ",
        "a AND ",
        "a OR ",
        "AND ",
        "\\",
        "*",
        "~",
        "^",
        "a^1",
        "\"a\"^",
        "\"~",
        "title:",
        "date:[",
        "date:[\"",
        "date:[a TO ",
        "date:>",
        "(a ",
        "title:(",
        "a NEAR/5 ",
        "«",
        "»",
        "x:",
        "a:\"",
        "[",
        "\"\"",
        "\"a\"~~",
        "+(",
        "-\"",
        "?",
    ] {
        let text = piece.repeat(100_000);
        let (query, _) = read(&text);
        // Neither way may be too deep for the stack.
        let _ = query.to_string();
    }
    // Quadratic time would be hours.
    assert!(began.elapsed() < Duration::from_secs(60));
}
