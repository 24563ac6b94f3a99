//! A tree back to text, in one form only, such that reading the text gives the
//! tree.

use std::fmt::{self, Write};

use super::parser::{is_quote, operator_of};
use super::tree::{Bound, Clause, Node, NodeKind, Occur, PatternPart, Phrase, PhrasePart, Query};

impl fmt::Display for Query {
    /// The query as understood, with brackets wherever operators mix.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.root {
            Some(root) => root.fmt(f),
            None => Ok(()),
        }
    }
}

impl fmt::Display for Node {
    /// The node as a query of its own.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.boost.is_some() {
            write_operand(f, self, false)
        } else {
            write_bare(f, self, false)
        }
    }
}

/// Whether a node is one term, which needs no brackets.
fn is_term(kind: &NodeKind) -> bool {
    match kind {
        NodeKind::Words(_)
        | NodeKind::And(_)
        | NodeKind::Or(_)
        | NodeKind::Not(_)
        | NodeKind::Near { .. } => false,
        NodeKind::Field { .. }
        | NodeKind::Word(_)
        | NodeKind::Wildcard(_)
        | NodeKind::Fuzzy { .. }
        | NodeKind::Phrase(_)
        | NodeKind::Range { .. }
        | NodeKind::Exists
        | NodeKind::Missing => true,
    }
}

/// Writes a node that stands among others, or directly in a field.
fn write_operand(f: &mut fmt::Formatter<'_>, node: &Node, in_field: bool) -> fmt::Result {
    let is_field = matches!(node.kind, NodeKind::Field { .. });
    let needs_brackets = !is_term(&node.kind) || (is_field && (node.boost.is_some() || in_field));
    if needs_brackets {
        f.write_char('(')?;
        write_bare(f, node, false)?;
        f.write_char(')')?;
    } else {
        write_bare(f, node, in_field)?;
    }
    match node.boost {
        Some(boost) => write!(f, "^{boost}"),
        None => Ok(()),
    }
}

/// Writes a node without its boost.
fn write_bare(f: &mut fmt::Formatter<'_>, node: &Node, in_field: bool) -> fmt::Result {
    match &node.kind {
        NodeKind::Words(clauses) => {
            for (i, Clause { occur, node }) in clauses.iter().enumerate() {
                if i > 0 {
                    f.write_char(' ')?;
                }
                match occur {
                    Occur::Should => {}
                    Occur::Must => f.write_char('+')?,
                    Occur::MustNot => f.write_char('-')?,
                }
                write_operand(f, node, false)?;
            }
            Ok(())
        }
        NodeKind::And(operands) => write_joined(f, operands, " AND "),
        NodeKind::Or(operands) => write_joined(f, operands, " OR "),
        NodeKind::Not(operand) => {
            f.write_str("NOT ")?;
            write_operand(f, operand, false)
        }
        NodeKind::Near { operands, distance } => {
            write_joined(f, operands, &format!(" NEAR/{distance} "))
        }
        NodeKind::Field { name, value } => {
            write!(f, "{name}:")?;
            write_operand(f, value, true)
        }
        NodeKind::Word(text) => write_word(f, text, in_field),
        NodeKind::Wildcard(pattern) => write_pattern(f, pattern),
        NodeKind::Fuzzy { text, distance } => {
            write_word(f, text, false)?;
            write!(f, "~{distance}")
        }
        NodeKind::Phrase(phrase) => write_phrase(f, phrase),
        NodeKind::Range { lower, upper } => {
            f.write_char(match lower {
                Bound::Excluded(_) => '{',
                _ => '[',
            })?;
            write_bound(f, lower)?;
            f.write_str(" TO ")?;
            write_bound(f, upper)?;
            f.write_char(match upper {
                Bound::Excluded(_) => '}',
                _ => ']',
            })
        }
        NodeKind::Exists => f.write_char('*'),
        NodeKind::Missing => f.write_str("none"),
    }
}

/// Operands of `AND` and `OR` may be negated without brackets.
fn write_joined(f: &mut fmt::Formatter<'_>, operands: &[Node], operator: &str) -> fmt::Result {
    for (i, operand) in operands.iter().enumerate() {
        if i > 0 {
            f.write_str(operator)?;
        }
        if matches!(operand.kind, NodeKind::Not(_)) && operand.boost.is_none() {
            write_bare(f, operand, false)?;
        } else {
            write_operand(f, operand, false)?;
        }
    }
    Ok(())
}

/// Writes a word so that it is read as one word and nothing else.
fn write_word(f: &mut fmt::Formatter<'_>, text: &str, in_field: bool) -> fmt::Result {
    let is_reserved = operator_of(text).is_some()
        || (in_field && text == "none")
        || text.starts_with(['+', '-', '!', '<', '>']);
    if is_reserved && !text.starts_with(is_special) {
        f.write_char('\\')?;
    }
    write_escaped(f, text, is_special)
}

fn write_pattern(f: &mut fmt::Formatter<'_>, pattern: &[PatternPart]) -> fmt::Result {
    for (i, part) in pattern.iter().enumerate() {
        match part {
            PatternPart::Literal(text) if i == 0 => {
                if text.starts_with(['+', '-', '!', '<', '>']) {
                    f.write_char('\\')?;
                }
                write_escaped(f, text, is_special)?;
            }
            PatternPart::Literal(text) => write_escaped(f, text, is_special)?,
            PatternPart::Any => f.write_char('*')?,
            PatternPart::One => f.write_char('?')?,
        }
    }
    Ok(())
}

fn write_phrase(f: &mut fmt::Formatter<'_>, phrase: &Phrase) -> fmt::Result {
    f.write_char('"')?;
    for (i, part) in phrase.parts.iter().enumerate() {
        if i > 0 {
            f.write_char(' ')?;
        }
        match part {
            PhrasePart::Text { text, .. } => {
                let mut chars = text.chars().peekable();
                while let Some(c) = chars.next() {
                    let is_wild =
                        c == '?' && chars.peek().is_some_and(|next| next.is_alphanumeric());
                    if is_wild || matches!(c, '"' | '\\' | '*') {
                        f.write_char('\\')?;
                    }
                    f.write_char(c)?;
                }
            }
            PhrasePart::Wildcard { pattern, .. } => {
                for part in pattern {
                    match part {
                        PatternPart::Literal(text) => {
                            write_escaped(f, text, |c| matches!(c, '"' | '\\' | '*' | '?'))?;
                        }
                        PatternPart::Any => f.write_char('*')?,
                        PatternPart::One => f.write_char('?')?,
                    }
                }
            }
        }
    }
    f.write_char('"')?;
    match phrase.slop {
        Some(slop) => write!(f, "~{slop}"),
        None => Ok(()),
    }
}

fn write_bound(f: &mut fmt::Formatter<'_>, bound: &Bound) -> fmt::Result {
    let (Bound::Included(value) | Bound::Excluded(value)) = bound else {
        return f.write_char('*');
    };
    let is_plain =
        !value.is_empty() && value != "*" && value != "TO" && !value.contains(is_special);
    if is_plain {
        return f.write_str(value);
    }
    f.write_char('"')?;
    write_escaped(f, value, |c| matches!(c, '"' | '\\'))?;
    f.write_char('"')
}

fn write_escaped(
    f: &mut fmt::Formatter<'_>,
    text: &str,
    needs_escape: impl Fn(char) -> bool,
) -> fmt::Result {
    for c in text.chars() {
        if needs_escape(c) {
            f.write_char('\\')?;
        }
        f.write_char(c)?;
    }
    Ok(())
}

/// The characters that end a word or mean something within it.
fn is_special(c: char) -> bool {
    is_quote(c)
        || c.is_whitespace()
        || matches!(
            c,
            '\\' | '(' | ')' | '[' | ']' | '{' | '}' | ':' | '^' | '~' | '*' | '?'
        )
}
