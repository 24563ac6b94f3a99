//! What holds of all texts and all trees.

use cables::query::syntax::{
    Bound, Clause, Node, NodeKind, Occur, PatternPart, Phrase, PhrasePart, Problem, Query, Span,
    parse,
};
use proptest::prelude::*;

use crate::{FIELDS, options, outline, read};

/// `text` and what it is read as have the same tree.
pub(crate) fn survives(text: &str) -> Result<(), TestCaseError> {
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

fn node(kind: NodeKind) -> Node {
    Node::new(Span::default(), kind)
}

fn any_text() -> BoxedStrategy<String> {
    prop_oneof![
        "[a-z]{1,4}",
        Just("AND".to_owned()),
        Just("NEAR/3".to_owned()),
        Just("none".to_owned()),
        Just("&&".to_owned()),
        r#"[-+!a-b~^*?:\\"“()\[\]{} .<>/é1]{1,5}"#,
    ]
    .boxed()
}

fn any_pattern() -> BoxedStrategy<Vec<PatternPart>> {
    (any_text(), any::<bool>(), "[a-z0-9]{1,3}", any::<bool>())
        .prop_map(|(first, any, last, open)| {
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
        })
        .boxed()
}

fn any_phrase() -> BoxedStrategy<NodeKind> {
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
        .boxed()
}

fn any_bound() -> BoxedStrategy<Bound> {
    prop_oneof![
        any_text().prop_map(Bound::Included),
        any_text().prop_map(Bound::Excluded)
    ]
    .boxed()
}

fn boosted(kind: impl Strategy<Value = NodeKind> + 'static) -> BoxedStrategy<Node> {
    let boost = prop::option::of(prop_oneof![Just(2.0f32), Just(0.5), 0.0f32..1e9]);
    (kind, boost)
        .prop_map(|(kind, boost)| Node {
            boost,
            ..node(kind)
        })
        .boxed()
}

fn any_word() -> BoxedStrategy<NodeKind> {
    prop_oneof![
        any_text().prop_map(NodeKind::Word),
        any_pattern().prop_map(NodeKind::Wildcard),
        (any_text(), 0u8..=2).prop_map(|(text, distance)| NodeKind::Fuzzy { text, distance }),
        any_phrase(),
    ]
    .boxed()
}

fn any_value() -> BoxedStrategy<NodeKind> {
    prop_oneof![
        4 => any_word(),
        1 => Just(NodeKind::Exists),
        1 => Just(NodeKind::Missing),
        1 => (any_bound(), any_bound()).prop_map(|(lower, upper)| NodeKind::Range { lower, upper }),
        1 => any_bound().prop_map(|lower| NodeKind::Range { lower, upper: Bound::Open }),
        1 => any_bound().prop_map(|upper| NodeKind::Range { lower: Bound::Open, upper }),
    ]
    .boxed()
}

fn any_node() -> BoxedStrategy<Node> {
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
    .boxed()
}

/// Texts of the pieces that queries are made of, in any order.
fn any_pieces() -> impl Strategy<Value = String> {
    const PIECES: &[&str] = &[
        "a", "b", "none", " ", " ", " ", "\"", "“", "”", "(", ")", "[", "]", "{", "}", "AND", "OR",
        "NOT", "&&", "||", "!", "+", "-", "NEAR/5", "TO", "*", "?", "~", "~1", "^", "^2", ":",
        "title:", "date:", "x:", ">", "<", ">=", "\\", ".", "'", "é", "0.5", "\n", "«", "»",
    ];
    prop::collection::vec(prop::sample::select(PIECES), 0..16).prop_map(|pieces| pieces.concat())
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
