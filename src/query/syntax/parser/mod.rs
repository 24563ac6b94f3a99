//! Reading a query: what binds what. The terms are read in `term`, `value` and
//! `phrase`.
//!
//! A parser by recursive descent, one function a level of the table in
//! [the module's documentation](super). It looks ahead by a bounded number of
//! characters, or remembers that looking was in vain, so it is linear in the
//! length of the query; and it recurses for brackets alone, to [`MAX_DEPTH`].

mod phrase;
mod term;
mod token;
mod value;

use super::problem::Problem;
use super::tree::{Clause, Node, NodeKind, Occur, Query, Span};
use token::{Operator, ends_word};
pub(super) use token::{is_quote, operator_of};

/// How deep brackets may be nested. Those beyond are read over.
pub const MAX_DEPTH: usize = 64;

/// How many terms a query may have, as in Lucene. Those beyond are left out.
pub const MAX_CLAUSES: usize = 1024;

/// How many problems are told; nobody reads more.
const MAX_PROBLEMS: usize = 32;

/// How to read a query.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options<'a> {
    /// Whether the first problem is an error.
    pub strict: bool,
    /// The names of the fields; they are recognised in capitals too.
    pub fields: &'a [&'a str],
}

/// A query and what was wrong with it.
#[derive(Debug, Clone, PartialEq)]
pub struct Parsed {
    /// What was understood.
    pub query: Query,
    /// What was not, in the order of the text.
    pub problems: Vec<Problem>,
}

/// Reads a query.
///
/// # Errors
///
/// Only if `options.strict`: the problem that stands first in the text.
/// Otherwise every text is a query.
pub fn parse(text: &str, options: &Options<'_>) -> Result<Parsed, Problem> {
    let mut parser = Parser {
        text,
        at: 0,
        fields: options.fields,
        problems: Vec::new(),
        depth: 0,
        ignored_brackets: 0,
        clauses: 0,
        told_clauses: false,
        told_depth: false,
        unclosed: Vec::new(),
    };
    let root = parser.words();
    let mut problems = parser.problems;
    problems.sort_by_key(|problem| problem.span.start);
    if options.strict && !problems.is_empty() {
        return Err(problems.swap_remove(0));
    }
    let text = text.to_owned();
    Ok(Parsed {
        query: Query { text, root },
        problems,
    })
}

struct Parser<'a> {
    text: &'a str,
    /// The byte that is read next.
    at: usize,
    fields: &'a [&'a str],
    problems: Vec<Problem>,
    /// How many brackets are open.
    depth: usize,
    /// How many open brackets are beyond [`MAX_DEPTH`].
    ignored_brackets: usize,
    /// How many terms were read.
    clauses: usize,
    told_clauses: bool,
    told_depth: bool,
    /// Opening quotes of which a later one is known to be nowhere closed.
    unclosed: Vec<char>,
}

/// An operand with the prefix that it had.
struct Operand {
    /// Where its prefix begins.
    start: usize,
    occur: Occur,
    /// Whether it is made of several by `AND`.
    is_and: bool,
    node: Node,
}

impl Operand {
    /// As a term among others.
    fn into_clause(self) -> Clause {
        // What stands beside an `AND` is required, as in Lucene.
        let occur = if self.is_and { Occur::Must } else { self.occur };
        Clause {
            occur,
            node: self.node,
        }
    }

    /// As an operand of `AND` or `OR`, where a ban is a negation.
    fn into_node(self) -> Node {
        match self.occur {
            Occur::Should | Occur::Must => self.node,
            Occur::MustNot => {
                let span = Span::new(self.start, self.node.span.end);
                Node::new(span, NodeKind::Not(Box::new(self.node)))
            }
        }
    }
}

/// From the beginning of the first to the end of the last.
fn span_of(operands: &[Operand]) -> Span {
    match (operands.first(), operands.last()) {
        (Some(first), Some(last)) => Span::new(first.start, last.node.span.end),
        _ => Span::default(),
    }
}

impl<'a> Parser<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn skip(&mut self, c: char) {
        self.at += c.len_utf8();
    }

    fn skip_space(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start().len();
    }

    fn problem(&mut self, start: usize, end: usize, message: impl Into<String>) {
        if self.problems.len() < MAX_PROBLEMS {
            self.problems.push(Problem {
                span: Span::new(start, end),
                message: message.into(),
                suggestion: None,
            });
        }
    }

    /// The operator in words that comes next, with its length.
    fn peek_operator(&self) -> Option<(Operator, usize)> {
        const LONGEST: usize = "NEAR/4294967295".len();
        let rest = self.rest();
        let end = rest
            .char_indices()
            .take(LONGEST + 1)
            .find(|(_, c)| ends_word(*c))
            .map_or(rest.len(), |(at, _)| at);
        if end > LONGEST {
            return None;
        }
        operator_of(&rest[..end]).map(|operator| (operator, end))
    }

    /// Reads over an operator if it is the next thing.
    fn take_operator(&mut self, wanted: impl Fn(Operator) -> bool) -> Option<(Operator, Span)> {
        self.skip_space();
        let (operator, length) = self.peek_operator().filter(|(found, _)| wanted(*found))?;
        let start = self.at;
        self.at += length;
        Some((operator, Span::new(start, self.at)))
    }

    fn dangling(&mut self, operator: Span, side: &str) {
        let token = &self.text[operator.start..operator.end];
        let message = format!(
            "{token} has nothing {side} and is left out; to seek the word itself, write \\{token}"
        );
        self.problem(operator.start, operator.end, message);
    }

    /// Reads everything up to the end or to the bracket that closes.
    fn words(&mut self) -> Option<Node> {
        let mut operands = Vec::new();
        loop {
            self.skip_space();
            let Some(next) = self.peek() else { break };
            if next == ')' {
                if self.ignored_brackets > 0 {
                    self.ignored_brackets -= 1;
                } else if self.depth > 0 {
                    break;
                } else {
                    let at = self.at;
                    self.problem(at, at + 1, ") closes nothing and is left out; remove it");
                }
                self.skip(next);
                continue;
            }
            if let Some((_, operator)) = self.take_operator(|found| found != Operator::Not) {
                self.dangling(operator, "before it");
                continue;
            }
            if let Some(operand) = self.alternatives() {
                operands.push(operand);
            }
        }
        if operands.len() < 2 {
            return operands.pop().map(Operand::into_node);
        }
        let span = span_of(&operands);
        let clauses = operands.into_iter().map(Operand::into_clause).collect();
        Some(Node::new(span, NodeKind::Words(clauses)))
    }

    /// `a OR b`
    fn alternatives(&mut self) -> Option<Operand> {
        let mut operands = vec![self.conjunction()?];
        while let Some((_, operator)) = self.take_operator(|found| found == Operator::Or) {
            match self.conjunction() {
                Some(operand) => operands.push(operand),
                None => self.dangling(operator, "behind it"),
            }
        }
        if operands.len() < 2 {
            return operands.pop();
        }
        for Operand { start, occur, .. } in &operands {
            if *occur == Occur::Must {
                self.problem(
                    *start,
                    start + 1,
                    "+ has no effect on one side of OR; remove it, or write AND",
                );
            }
        }
        Some(joined(operands, NodeKind::Or))
    }

    /// `a AND b`
    fn conjunction(&mut self) -> Option<Operand> {
        let mut operands = vec![self.prefixed()?];
        while let Some((_, operator)) = self.take_operator(|found| found == Operator::And) {
            match self.prefixed() {
                Some(operand) => operands.push(operand),
                None => self.dangling(operator, "behind it"),
            }
        }
        if operands.len() < 2 {
            return operands.pop();
        }
        Some(Operand {
            is_and: true,
            ..joined(operands, NodeKind::And)
        })
    }

    /// `+a`, `-a`, `NOT a`
    fn prefixed(&mut self) -> Option<Operand> {
        let mut is_negated = false;
        let mut is_required = false;
        let mut last = None;
        self.skip_space();
        let start = self.at;
        loop {
            if let Some((_, operator)) = self.take_operator(|found| found == Operator::Not) {
                is_negated = !is_negated;
                last = Some(operator);
                continue;
            }
            let Some(sign) = self.peek_sign() else { break };
            match sign {
                '+' => is_required = true,
                _ => is_negated = !is_negated,
            }
            last = Some(Span::new(self.at, self.at + 1));
            self.skip(sign);
        }
        let Some(node) = self.near() else {
            if let Some(operator) = last {
                self.dangling(operator, "behind it");
            }
            return None;
        };
        let occur = match (is_negated, is_required) {
            (true, _) => Occur::MustNot,
            (false, true) => Occur::Must,
            (false, false) => Occur::Should,
        };
        // Without a prefix, brackets around the node are not part of it.
        let start = if last.is_some() {
            start
        } else {
            node.span.start
        };
        Some(Operand {
            start,
            occur,
            is_and: false,
            node,
        })
    }

    /// `+`, `-` or `!`, if it stands where it is an operator.
    fn peek_sign(&self) -> Option<char> {
        let is_sign = |c: &char| matches!(c, '+' | '-' | '!');
        let mut chars = self.rest().chars();
        let sign = chars.next().filter(is_sign)?;
        let before = self.text[..self.at].chars().next_back();
        let is_at_beginning = before.is_none_or(|c| c.is_whitespace() || c == '(');
        let next = chars.next()?;
        let is_before_something = !next.is_whitespace() && next != ')' && !is_sign(&next);
        (is_at_beginning && is_before_something).then_some(sign)
    }

    /// `a NEAR/5 b`
    fn near(&mut self) -> Option<Node> {
        let first = self.primary()?;
        let mut operands = vec![first];
        let mut widest: Option<u32> = None;
        let mut operators = Span::default();
        while let Some((found, operator)) =
            self.take_operator(|found| matches!(found, Operator::Near(_)))
        {
            let Some(operand) = self.primary() else {
                self.dangling(operator, "behind it");
                continue;
            };
            operands.push(operand);
            let Operator::Near(distance) = found else {
                continue;
            };
            if widest.is_some_and(|widest| widest != distance) {
                self.problem(
                    operator.start,
                    operator.end,
                    "NEAR in a row takes one distance, and the greater is taken; \
                     use brackets and AND for several",
                );
            }
            operators = operator;
            widest = widest.max(Some(distance));
        }
        let Some(distance) = widest else {
            return operands.pop();
        };
        let span = match (operands.first(), operands.last()) {
            (Some(first), Some(last)) => first.span.to(last.span),
            _ => Span::default(),
        };
        let can_be_near = |node: &Node| {
            matches!(
                node.kind,
                NodeKind::Word(_)
                    | NodeKind::Wildcard(_)
                    | NodeKind::Fuzzy { .. }
                    | NodeKind::Phrase(_)
            )
        };
        if operands.iter().all(can_be_near) {
            return Some(Node::new(span, NodeKind::Near { operands, distance }));
        }
        self.problem(
            operators.start,
            operators.end,
            "NEAR joins words and phrases only and is read as AND; \
             for a field write title:(a NEAR/5 b)",
        );
        Some(Node::new(span, NodeKind::And(operands)))
    }

    /// One term, or a group in brackets.
    fn primary(&mut self) -> Option<Node> {
        loop {
            self.skip_space();
            let next = self.peek()?;
            if next == ')' || self.peek_operator().is_some() {
                return None;
            }
            if next == '(' {
                match self.group() {
                    Group::Ignored => continue,
                    Group::Read(node) => return node,
                }
            }
            if is_quote(next) {
                match self.phrase() {
                    Some(node) => return node,
                    None => continue,
                }
            }
            return match self.field() {
                Some(name) => self.value(name),
                None => self.word(false),
            };
        }
    }

    /// `(a b)^2`
    fn group(&mut self) -> Group {
        let open = self.at;
        self.at += 1;
        if self.depth >= MAX_DEPTH {
            self.ignored_brackets += 1;
            if !self.told_depth {
                self.told_depth = true;
                let message = format!(
                    "brackets are nested more than {MAX_DEPTH} deep; \
                     those further in are read over: use fewer"
                );
                self.problem(open, open + 1, message);
            }
            return Group::Ignored;
        }
        let problems = self.problems.len();
        self.depth += 1;
        let node = self.words();
        self.depth -= 1;
        if self.peek() == Some(')') {
            self.at += 1;
            if node.is_none() && self.problems.len() == problems {
                let end = self.at;
                self.problem(
                    open,
                    end,
                    "these brackets are empty and left out; remove them",
                );
            }
        } else {
            self.problem(open, open + 1, "( is never closed; add a ) or remove it");
        }
        let boost = self.boost_suffix();
        Group::Read(node.map(|mut node| {
            if let Some(factor) = boost {
                let product = node.boost.unwrap_or(1.0) * factor;
                node.boost = Some(product.min(f32::MAX));
            }
            node
        }))
    }

    /// A term, if the query may have one more.
    fn term(&mut self, start: usize, kind: NodeKind, boost: Option<f32>) -> Option<Node> {
        let span = Span::new(start, self.at);
        if self.clauses >= MAX_CLAUSES {
            if !self.told_clauses {
                self.told_clauses = true;
                let message = format!(
                    "a query has at most {MAX_CLAUSES} terms; \
                     this one and those behind it are left out"
                );
                self.problem(span.start, span.end, message);
            }
            return None;
        }
        self.clauses += 1;
        Some(Node { span, boost, kind })
    }
}

/// What came of an opening bracket.
enum Group {
    /// It is nested too deep; what follows belongs to the brackets around it.
    Ignored,
    /// A group, which may be empty.
    Read(Option<Node>),
}

/// Operands under one operator.
fn joined(operands: Vec<Operand>, kind: impl FnOnce(Vec<Node>) -> NodeKind) -> Operand {
    let span = span_of(&operands);
    let nodes = operands.into_iter().map(Operand::into_node).collect();
    Operand {
        start: span.start,
        occur: Occur::Should,
        is_and: false,
        node: Node::new(span, kind(nodes)),
    }
}
