//! The query language through its public interface: what is read as which
//! tree, what is told of malformed queries, and that trees survive a way
//! through text and back.

use std::time::{Duration, Instant};

use cables::query::syntax::{
    Bound, Clause, MAX_CLAUSES, MAX_DEPTH, Node, NodeKind, Occur, Options, PatternPart, Phrase,
    PhrasePart, Problem, Query, Span, parse,
};
use proptest::prelude::*;

const FIELDS: &[&str] = &[
    "title",
    "summary",
    "body",
    "notes",
    "sender",
    "addressee",
    "place",
    "archive",
    "person",
    "kind",
    "volume",
    "language",
    "classification",
    "id",
    "date",
];

fn options(strict: bool) -> Options<'static> {
    Options {
        strict,
        fields: FIELDS,
    }
}

/// Reads leniently: the tree, and the problems as places with messages.
fn read(text: &str) -> (Query, Vec<Problem>) {
    let parsed = parse(text, &options(false)).expect("lenient reading takes every text");
    (parsed.query, parsed.problems)
}

/// A tree in brackets, without spans.
fn outline(query: &Query) -> String {
    query.root.as_ref().map(outline_node).unwrap_or_default()
}

fn outline_node(node: &Node) -> String {
    let all = |nodes: &[Node]| nodes.iter().map(outline_node).collect::<Vec<_>>().join(" ");
    let bare = match &node.kind {
        NodeKind::Words(clauses) => {
            let clauses: Vec<String> = clauses
                .iter()
                .map(|Clause { occur, node }| {
                    let sign = match occur {
                        Occur::Should => "",
                        Occur::Must => "+",
                        Occur::MustNot => "-",
                    };
                    format!("{sign}{}", outline_node(node))
                })
                .collect();
            format!("(words {})", clauses.join(" "))
        }
        NodeKind::And(nodes) => format!("(and {})", all(nodes)),
        NodeKind::Or(nodes) => format!("(or {})", all(nodes)),
        NodeKind::Not(node) => format!("(not {})", outline_node(node)),
        NodeKind::Field { name, value } => format!("(in {name} {})", outline_node(value)),
        NodeKind::Word(text) => format!("{text:?}"),
        NodeKind::Wildcard(pattern) => format!("(wild {})", outline_pattern(pattern)),
        NodeKind::Fuzzy { text, distance } => format!("(fuzzy {text:?} {distance})"),
        NodeKind::Phrase(phrase) => {
            let parts: Vec<String> = phrase
                .parts
                .iter()
                .map(|part| match part {
                    PhrasePart::Text { text, .. } => format!("{text:?}"),
                    PhrasePart::Wildcard { pattern, .. } => {
                        format!("(wild {})", outline_pattern(pattern))
                    }
                })
                .collect();
            let slop = phrase.slop.map(|slop| format!(" ~{slop}"));
            format!("(phrase {}{})", parts.join(" "), slop.unwrap_or_default())
        }
        NodeKind::Near { operands, distance } => format!("(near {distance} {})", all(operands)),
        NodeKind::Range { lower, upper } => {
            let lower = match lower {
                Bound::Included(value) => format!(">={value:?}"),
                Bound::Excluded(value) => format!(">{value:?}"),
                Bound::Open => "*".to_owned(),
            };
            let upper = match upper {
                Bound::Included(value) => format!("<={value:?}"),
                Bound::Excluded(value) => format!("<{value:?}"),
                Bound::Open => "*".to_owned(),
            };
            format!("(range {lower} {upper})")
        }
        NodeKind::Exists => "exists".to_owned(),
        NodeKind::Missing => "missing".to_owned(),
    };
    match node.boost {
        Some(boost) => format!("{bare}^{boost:?}"),
        None => bare,
    }
}

fn outline_pattern(pattern: &[PatternPart]) -> String {
    let parts: Vec<String> = pattern
        .iter()
        .map(|part| match part {
            PatternPart::Literal(text) => format!("{text:?}"),
            PatternPart::Any => "*".to_owned(),
            PatternPart::One => "?".to_owned(),
        })
        .collect();
    parts.join("")
}

/// Well-formed queries and their trees.
const WELL_FORMED: &[(&str, &str)] = &[
    ("", ""),
    ("  \t\n", ""),
    ("castro", r#""castro""#),
    ("castro khrushchev", r#"(words "castro" "khrushchev")"#),
    // signs
    ("+a -b", r#"(words +"a" -"b")"#),
    ("a !b", r#"(words "a" -"b")"#),
    ("+a", r#""a""#),
    ("-a", r#"(not "a")"#),
    ("a - b", r#"(words "a" "-" "b")"#),
    ("a -- b + c", r#"(words "a" "--" "b" "+" "c")"#),
    (
        "co-operate C++ Cuba!",
        r#"(words "co-operate" "C++" "Cuba!")"#,
    ),
    ("(-a +b)", r#"(words -"a" +"b")"#),
    (
        "-(a b) -\"c d\"",
        r#"(words -(words "a" "b") -(phrase "c d"))"#,
    ),
    // operators in words
    ("a AND b", r#"(and "a" "b")"#),
    ("a && b || c", r#"(or (and "a" "b") "c")"#),
    ("a OR b", r#"(or "a" "b")"#),
    ("a OR b OR c", r#"(or "a" "b" "c")"#),
    ("NOT a", r#"(not "a")"#),
    ("NOT NOT a", r#""a""#),
    ("a NOT b", r#"(words "a" -"b")"#),
    ("a AND NOT b", r#"(and "a" (not "b"))"#),
    ("a AND -b", r#"(and "a" (not "b"))"#),
    ("a OR NOT b", r#"(or "a" (not "b"))"#),
    ("a OR b AND c", r#"(or "a" (and "b" "c"))"#),
    ("a AND b OR c", r#"(or (and "a" "b") "c")"#),
    ("a b OR c d", r#"(words "a" (or "b" "c") "d")"#),
    ("a b AND c", r#"(words "a" +(and "b" "c"))"#),
    ("a (b AND c)", r#"(words "a" (and "b" "c"))"#),
    ("NOT a AND b", r#"(and (not "a") "b")"#),
    ("NOT (a AND b)", r#"(not (and "a" "b"))"#),
    ("a (NOT b)", r#"(words "a" (not "b"))"#),
    (
        "a and b or not c",
        r#"(words "a" "and" "b" "or" "not" "c")"#,
    ),
    (r"\AND a \OR", r#"(words "AND" "a" "OR")"#),
    ("ANDES NOTE", r#"(words "ANDES" "NOTE")"#),
    ("AT&T", r#""AT&T""#),
    // brackets
    ("(a)", r#""a""#),
    ("((a b) c)", r#"(words (words "a" "b") "c")"#),
    ("(a OR b)AND(c OR d)", r#"(and (or "a" "b") (or "c" "d"))"#),
    ("NOT(a)", r#"(not "a")"#),
    // phrases
    (r#""exact phrase""#, r#"(phrase "exact phrase")"#),
    ("“exact phrase”", r#"(phrase "exact phrase")"#),
    ("„exact phrase“", r#"(phrase "exact phrase")"#),
    ("«exact phrase»", r#"(phrase "exact phrase")"#),
    (r#""he said “no” to""#, r#"(phrase "he said “no” to")"#),
    (r#""near phrase"~5"#, r#"(phrase "near phrase" ~5)"#),
    (r#""a b"~0"#, r#"(phrase "a b" ~0)"#),
    (r#"'a b'"#, r#"(words "'a" "b'")"#),
    (
        r#""a AND (b) -c title:d""#,
        r#"(phrase "a AND (b) -c title:d")"#,
    ),
    (r#""say \"no\" \\""#, r#"(phrase "say \"no\" \\")"#),
    (r#"a"b c"d"#, r#"(words "a" (phrase "b c") "d")"#),
    (r#""nuclear tes*""#, r#"(phrase "nuclear" (wild "tes"*))"#),
    (r#""nuclear tes"*"#, r#"(phrase "nuclear" (wild "tes"*))"#),
    (r#""tes"*"#, r#"(phrase (wild "tes"*))"#),
    (r#""joh* doe"~2"#, r#"(phrase (wild "joh"*) "doe" ~2)"#),
    (
        r#""a b mis?ile* c d""#,
        r#"(phrase "a b" (wild "mis"?"ile"*) "c d")"#,
    ),
    (r#""what do you want?""#, r#"(phrase "what do you want?")"#),
    (r#""tes\*""#, r#"(phrase "tes*")"#),
    // near
    ("a NEAR/5 b", r#"(near 5 "a" "b")"#),
    ("a NEAR/5 b NEAR/5 c", r#"(near 5 "a" "b" "c")"#),
    (
        r#"tes* NEAR/3 "a b" AND c"#,
        r#"(and (near 3 (wild "tes"*) (phrase "a b")) "c")"#,
    ),
    ("-a NEAR/2 b c", r#"(words -(near 2 "a" "b") "c")"#),
    ("near NEAR NEAR/x", r#"(words "near" "NEAR" "NEAR/x")"#),
    // wildcards
    ("missile*", r#"(wild "missile"*)"#),
    ("mis?ile", r#"(wild "mis"?"ile")"#),
    ("*ile", r#"(wild *"ile")"#),
    ("a**b", r#"(wild "a"*"b")"#),
    (r"missile\*", r#""missile*""#),
    ("*", "exists"),
    ("*:*", "exists"),
    // nearness in spelling
    ("kruschev~", r#"(fuzzy "kruschev" 2)"#),
    ("kruschev~0", r#"(fuzzy "kruschev" 0)"#),
    ("kruschev~1", r#"(fuzzy "kruschev" 1)"#),
    ("kruschev~2", r#"(fuzzy "kruschev" 2)"#),
    ("kruschev~1^2", r#"(fuzzy "kruschev" 1)^2.0"#),
    ("kruschev^2~1", r#"(fuzzy "kruschev" 1)^2.0"#),
    // boosts
    ("a^2", r#""a"^2.0"#),
    ("1.5^0.5", r#""1.5"^0.5"#),
    (r#""a b"^2.5"#, r#"(phrase "a b")^2.5"#),
    (r#""a b"~3^2"#, r#"(phrase "a b" ~3)^2.0"#),
    (r#""a b"^2~3"#, r#"(phrase "a b" ~3)^2.0"#),
    ("(a b)^2", r#"(words "a" "b")^2.0"#),
    ("(a^2)^3", r#""a"^6.0"#),
    ("tes*^2", r#"(wild "tes"*)^2.0"#),
    // fields
    ("title:cuba", r#"(in title "cuba")"#),
    ("TITLE:Cuba", r#"(in title "Cuba")"#),
    (
        "title: cuba missile",
        r#"(words (in title "cuba") "missile")"#,
    ),
    (r#"title:"a b"~2^3"#, r#"(in title (phrase "a b" ~2)^3.0)"#),
    ("title:(a b)", r#"(in title (words "a" "b"))"#),
    (
        "title:(a AND body:b)^2",
        r#"(in title (and "a" (in body "b"))^2.0)"#,
    ),
    ("title:(a NEAR/5 b)", r#"(in title (near 5 "a" "b"))"#),
    (
        "-kind:telegram +place:Moscow",
        r#"(words -(in kind "telegram") +(in place "Moscow"))"#,
    ),
    ("title:cuba^2", r#"(in title "cuba"^2.0)"#),
    ("(title:cuba)^2", r#"(in title "cuba")^2.0"#),
    ("title:-a", r#"(in title "-a")"#),
    ("id:frus1961-63v12/d93", r#"(in id "frus1961-63v12/d93")"#),
    ("title:x:y", r#"(in title "x:y")"#),
    ("volume:*", "(in volume exists)"),
    ("date:none", "(in date missing)"),
    ("date:none~1", r#"(in date (fuzzy "none" 1))"#),
    (r"title:\none", r#"(in title "none")"#),
    ("none", r#""none""#),
    // ranges
    ("date:1962-10", r#"(in date "1962-10")"#),
    (
        "date:[1962-10-16 TO 1962-10-28]",
        r#"(in date (range >="1962-10-16" <="1962-10-28"))"#,
    ),
    ("date:{a TO b}", r#"(in date (range >"a" <"b"))"#),
    ("date:[a TO b}^2", r#"(in date (range >="a" <"b")^2.0)"#),
    ("date:[* TO b]", r#"(in date (range * <="b"))"#),
    ("date:{a TO *}", r#"(in date (range >"a" *))"#),
    ("date:[* TO *]", "(in date exists)"),
    (
        r#"date:[October 16, 1962 TO "October 28, 1962"]"#,
        r#"(in date (range >="October 16, 1962" <="October 28, 1962"))"#,
    ),
    ("date:>=1962", r#"(in date (range >="1962" *))"#),
    ("date:>1962", r#"(in date (range >"1962" *))"#),
    ("date:<1962-10", r#"(in date (range * <"1962-10"))"#),
    ("date:<= 1962", r#"(in date (range * <="1962"))"#),
    (
        r#"date:>="October 1962""#,
        r#"(in date (range >="October 1962" *))"#,
    ),
    (">=1962", r#"">=1962""#),
    // what is one word
    ("U.S.S.R. N.S.", r#"(words "U.S.S.R." "N.S.")"#),
    ("Castro's l’Europe", r#"(words "Castro's" "l’Europe")"#),
    (
        "711.00/3-1562 s/s 3:35",
        r#"(words "711.00/3-1562" "s/s" "3:35")"#,
    ),
    (r"a\ b \(c\)", r#"(words "a b" "(c)")"#),
    (r"title\:a", r#""title:a""#),
    (r"a\", r#""a\\""#),
    ("Куба ミサイル", r#"(words "Куба" "ミサイル")"#),
];

#[test]
fn well_formed_queries_have_their_trees_and_no_problems() {
    for (text, tree) in WELL_FORMED {
        let (query, problems) = read(text);
        assert_eq!(outline(&query), *tree, "{text:?}");
        assert_eq!(problems, [], "{text:?}");
        assert!(parse(text, &options(true)).is_ok(), "{text:?}");
    }
}

/// Malformed queries: the tree, and the text of each place that is told of.
const MALFORMED: &[(&str, &str, &[&str])] = &[
    // stray quotes and brackets
    (
        r#"castro "khrushchev cuba"#,
        r#"(words "castro" "khrushchev" "cuba")"#,
        &["\""],
    ),
    (r#"castro" cuba"#, r#"(words "castro" "cuba")"#, &["\""]),
    (
        r#""a b" c" d"#,
        r#"(words (phrase "a b") "c" "d")"#,
        &["\""],
    ),
    ("“castro cuba", r#"(words "castro" "cuba")"#, &["“"]),
    ("(a b", r#"(words "a" "b")"#, &["("]),
    ("a) b", r#"(words "a" "b")"#, &[")"]),
    ("a () b", r#"(words "a" "b")"#, &["()"]),
    (r#"a "" b"#, r#"(words "a" "b")"#, &["\"\""]),
    ("[sic] a", r#"(words "[sic]" "a")"#, &["["]),
    // operators without operands
    ("AND a", r#""a""#, &["AND"]),
    ("a OR", r#""a""#, &["OR"]),
    ("a AND OR b", r#"(or "a" "b")"#, &["AND"]),
    ("a (OR) b", r#"(words "a" "b")"#, &["OR"]),
    ("NOT", "", &["NOT"]),
    ("a NEAR/5", r#""a""#, &["NEAR/5"]),
    ("NEAR/5 a", r#""a""#, &["NEAR/5"]),
    ("+a OR b", r#"(or "a" "b")"#, &["+"]),
    (
        "a NEAR/5 (b c)",
        r#"(and "a" (words "b" "c"))"#,
        &["NEAR/5"],
    ),
    (
        "a NEAR/5 b NEAR/3 c",
        r#"(near 5 "a" "b" "c")"#,
        &["NEAR/3"],
    ),
    // suffixes
    ("kruschev~3", r#"(fuzzy "kruschev" 2)"#, &["~3"]),
    ("kruschev~0.8", r#"(fuzzy "kruschev" 2)"#, &["~0.8"]),
    ("krus*~1", r#"(wild "krus"*)"#, &["krus*~1"]),
    ("~5", r#""~5""#, &["~"]),
    ("a^", r#""a^""#, &["^"]),
    ("a^b", r#""a^b""#, &["^"]),
    (r#""a b"^ c"#, r#"(words (phrase "a b") "c")"#, &["^"]),
    (r#""a b"~"#, r#"(phrase "a b")"#, &["~"]),
    (
        r#""a b"~99999999999"#,
        r#"(phrase "a b" ~4294967295)"#,
        &["~99999999999"],
    ),
    ("**", r#""**""#, &["**"]),
    ("a ?", r#"(words "a" "?")"#, &["?"]),
    (r#""a * b""#, r#"(phrase "a * b")"#, &["*"]),
    // fields
    (
        "Subject: Cuba",
        r#"(words "Subject:" "Cuba")"#,
        &["Subject:"],
    ),
    ("http://x", r#""http://x""#, &["http:"]),
    ("title:", r#""title:""#, &["title:"]),
    ("(title:)", r#""title:""#, &["title:"]),
    ("title: AND a", r#"(and "title:" "a")"#, &["title:"]),
    ("date:[1962", r#"(in date "[1962")"#, &["["]),
    (
        "date:[1962 1963]",
        r#"(words (in date "[1962") "1963]")"#,
        &["[", "]"],
    ),
    (
        "date:[ TO 1963]",
        r#"(words (in date "[") "TO" "1963]")"#,
        &["[", "]"],
    ),
    ("date:>=", r#"(in date ">=")"#, &[">="]),
    (r#"title:"a"#, r#"(in title "a")"#, &["\""]),
];

#[test]
fn malformed_queries_are_read_and_their_problems_told_in_place() {
    for (text, tree, places) in MALFORMED {
        let (query, problems) = read(text);
        assert_eq!(outline(&query), *tree, "{text:?}");
        let told: Vec<&str> = problems
            .iter()
            .map(|Problem { span, .. }| &text[span.start..span.end])
            .collect();
        assert_eq!(told, *places, "{text:?}");
        assert_eq!(
            parse(text, &options(true)).as_ref(),
            Err(&problems[0]),
            "{text:?}"
        );
    }
}

#[test]
fn messages_are_one_line_in_lower_case_and_name_the_token() {
    for (text, _, _) in MALFORMED {
        for problem in read(text).1 {
            let message = problem.to_string();
            assert!(!message.contains('\n'), "{message}");
            assert!(!message.ends_with('.'), "{message}");
            assert!(message.contains(';'), "{message} says what to do");
        }
    }
}

#[test]
fn a_field_with_a_slip_is_recognised() {
    let (_, problems) = read("tilte:cuba");
    assert_eq!(
        problems[0].render("tilte:cuba"),
        "tilte:cuba\n^^^^^^ tilte is no field and is read as text; \
         to say so, write tilte\\: (did you mean title:?)"
    );
    assert_eq!(read("http://x").1[0].suggestion, None);
}

#[test]
fn spans_are_those_of_the_text() {
    let text = r#"é +title:"a tes*"~2 (b OR NOT c)"#;
    let (query, _) = read(text);
    let mut seen = Vec::new();
    walk(&query.root.expect("a tree"), &mut |span| {
        seen.push(&text[span.start..span.end]);
    });
    assert_eq!(
        seen,
        [
            r#"é +title:"a tes*"~2 (b OR NOT c"#,
            "é",
            r#"title:"a tes*"~2"#,
            r#""a tes*"~2"#,
            "a",
            "tes*",
            "b OR NOT c",
            "b",
            "NOT c",
            "c",
        ]
    );
}

fn walk(node: &Node, see: &mut impl FnMut(Span)) {
    see(node.span);
    match &node.kind {
        NodeKind::Words(clauses) => clauses.iter().for_each(|clause| walk(&clause.node, see)),
        NodeKind::And(nodes) | NodeKind::Or(nodes) => nodes.iter().for_each(|n| walk(n, see)),
        NodeKind::Near { operands, .. } => operands.iter().for_each(|n| walk(n, see)),
        NodeKind::Not(node) => walk(node, see),
        NodeKind::Field { value, .. } => walk(value, see),
        NodeKind::Phrase(phrase) => phrase.parts.iter().for_each(|part| match part {
            PhrasePart::Text { span, .. } | PhrasePart::Wildcard { span, .. } => see(*span),
        }),
        NodeKind::Word(_)
        | NodeKind::Wildcard(_)
        | NodeKind::Fuzzy { .. }
        | NodeKind::Range { .. }
        | NodeKind::Exists
        | NodeKind::Missing => {}
    }
}

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

/// `text` and what it is read as have the same tree.
fn survives(text: &str) -> Result<(), TestCaseError> {
    let (query, _) = read(text);
    let shown = query.to_string();
    let (again, problems) = read(&shown);
    prop_assert_eq!(
        outline(&again),
        outline(&query),
        "{:?} shown as {:?}",
        text,
        shown
    );
    let about_depth = |problem: &Problem| problem.message.contains("nested");
    prop_assert!(
        problems.iter().all(about_depth),
        "{:?} shown as {:?}: {:?}",
        text,
        shown,
        problems
    );
    Ok(())
}

#[test]
fn all_cases_survive_being_shown() {
    let well = WELL_FORMED.iter().map(|(text, _)| text);
    for text in well.chain(MALFORMED.iter().map(|(text, _, _)| text)) {
        survives(text).expect("the same tree");
    }
}

fn node(kind: NodeKind) -> Node {
    Node::new(Span::default(), kind)
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z]{1,4}",
        Just("AND".to_owned()),
        Just("NEAR/3".to_owned()),
        Just("none".to_owned()),
        Just("&&".to_owned()),
        r#"[-+!a-b~^*?:\\"“()\[\]{} .<>/é1]{1,5}"#,
    ]
}

fn any_pattern() -> impl Strategy<Value = Vec<PatternPart>> {
    (any_text(), any::<bool>(), "[a-z0-9]{1,3}", any::<bool>()).prop_map(
        |(first, any, last, open)| {
            let wild = if any {
                PatternPart::Any
            } else {
                PatternPart::One
            };
            let mut pattern = vec![
                PatternPart::Literal(first),
                wild,
                PatternPart::Literal(last),
            ];
            if open {
                pattern.push(PatternPart::Any);
            }
            pattern
        },
    )
}

fn any_phrase() -> impl Strategy<Value = NodeKind> {
    let pattern = any_pattern().prop_map(|mut pattern| {
        for part in &mut pattern {
            if let PatternPart::Literal(text) = part {
                *text = text.replace(char::is_whitespace, "_");
            }
        }
        pattern
    });
    let text = any_text().prop_map(|text| format!("_{text}_"));
    let span = Span::default();
    (
        text,
        prop::option::of(pattern),
        prop::option::of(any::<u32>()),
    )
        .prop_map(move |(text, pattern, slop)| {
            let mut parts = vec![PhrasePart::Text { span, text }];
            parts.extend(pattern.map(|pattern| PhrasePart::Wildcard { span, pattern }));
            NodeKind::Phrase(Phrase { parts, slop })
        })
}

fn any_bound() -> impl Strategy<Value = Bound> {
    prop_oneof![
        any_text().prop_map(Bound::Included),
        any_text().prop_map(Bound::Excluded)
    ]
}

fn boosted(node: impl Strategy<Value = NodeKind>) -> impl Strategy<Value = Node> {
    let boost = prop::option::of(prop_oneof![Just(2.0f32), Just(0.5), 0.0f32..1e9]);
    (node, boost).prop_map(|(kind, boost)| Node {
        boost,
        ..node_of(kind)
    })
}

fn node_of(kind: NodeKind) -> Node {
    node(kind)
}

fn any_word() -> impl Strategy<Value = NodeKind> {
    prop_oneof![
        any_text().prop_map(NodeKind::Word),
        any_pattern().prop_map(NodeKind::Wildcard),
        (any_text(), 0u8..=2).prop_map(|(text, distance)| NodeKind::Fuzzy { text, distance }),
        any_phrase(),
    ]
}

fn any_value() -> impl Strategy<Value = NodeKind> {
    prop_oneof![
        4 => any_word(),
        1 => Just(NodeKind::Exists),
        1 => Just(NodeKind::Missing),
        1 => (any_bound(), any_bound()).prop_map(|(lower, upper)| NodeKind::Range { lower, upper }),
        1 => any_bound().prop_map(|lower| NodeKind::Range { lower, upper: Bound::Open }),
        1 => any_bound().prop_map(|upper| NodeKind::Range { lower: Bound::Open, upper }),
    ]
}

fn any_node() -> impl Strategy<Value = Node> {
    let field = (0..FIELDS.len(), boosted(any_value())).prop_map(|(at, value)| NodeKind::Field {
        name: FIELDS[at].to_owned(),
        value: Box::new(value),
    });
    let near = (
        prop::collection::vec(boosted(any_word()), 2..4),
        any::<u32>(),
    )
        .prop_map(|(operands, distance)| NodeKind::Near { operands, distance });
    let leaf = boosted(prop_oneof![3 => any_word(), 1 => field, 1 => near]);
    leaf.prop_recursive(4, 24, 4, |inner| {
        let occur = prop_oneof![Just(Occur::Should), Just(Occur::Must), Just(Occur::MustNot)];
        let clause = (occur, inner.clone()).prop_map(|(occur, node)| Clause { occur, node });
        let many = prop::collection::vec(inner.clone(), 2..4);
        boosted(prop_oneof![
            prop::collection::vec(clause, 2..4).prop_map(NodeKind::Words),
            many.clone().prop_map(NodeKind::And),
            many.prop_map(NodeKind::Or),
            inner.clone().prop_map(|node| NodeKind::Not(Box::new(node))),
            inner.prop_map(|value| NodeKind::Field {
                name: "title".to_owned(),
                value: Box::new(value),
            }),
        ])
    })
}

/// Texts of the pieces that queries are made of, in any order.
fn any_pieces() -> impl Strategy<Value = String> {
    const PIECES: &[&str] = &[
        "a", "b", "none", " ", " ", " ", "\"", "“", "”", "(", ")", "[", "]", "{", "}", "AND", "OR",
        "NOT", "&&", "||", "!", "+", "-", "NEAR/5", "TO", "*", "?", "~", "~1", "^", "^2", ":",
        "title:", "date:", "x:", ">", "<", ">=", "\\", ".", "'", "é", "0.5", "\n", "«", "»",
    ];
    prop::collection::vec(prop::sample::select(PIECES), 0..16)
        .prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1024, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read_and_survives(text in ".{0,40}") {
        survives(&text)?;
    }

    #[test]
    fn any_pieces_are_read_and_survive(text in any_pieces()) {
        survives(&text)?;
    }

    #[test]
    fn trees_survive_being_shown(root in any_node()) {
        let query = Query { text: String::new(), root: Some(root) };
        let shown = query.to_string();
        let (again, problems) = read(&shown);
        prop_assert_eq!(outline(&again), outline(&query), "shown as {:?}", shown);
        prop_assert_eq!(problems, []);
    }

    #[test]
    fn strict_reading_refuses_just_what_lenient_reading_tells_of(text in any_pieces()) {
        let (_, problems) = read(&text);
        let strict = parse(&text, &options(true));
        prop_assert_eq!(strict.err(), problems.into_iter().next());
    }
}
