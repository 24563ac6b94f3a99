//! The query language through its public interface: what is read as which
//! tree, what is told of malformed queries, and that trees survive a way
//! through text and back.

mod cases;
mod limits;
mod properties;

use cables::query::syntax::{
    Bound, Clause, Node, NodeKind, Occur, Options, PatternPart, PhrasePart, Problem, Query, parse,
};

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
