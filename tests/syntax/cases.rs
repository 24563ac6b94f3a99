//! Queries, their trees, and the problems with them.

use cables::query::syntax::{Node, NodeKind, PhrasePart, Problem, Span, parse};

use crate::properties::survives;
use crate::{options, outline, read};

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
fn all_cases_survive_being_shown() {
    let well = WELL_FORMED.iter().map(|(text, _)| text);
    for text in well.chain(MALFORMED.iter().map(|(text, _, _)| text)) {
        survives(text).expect("the same tree");
    }
}
