//! Fields, and what only a field has: ranges and comparisons.

use super::term::{text_of, unescape};
use super::{Group, Parser, is_quote};
use crate::query::syntax::tree::{Bound, Node, NodeKind, Span};

impl Parser<'_> {
    /// Reads `title:` and returns the name, if it is that of a field.
    pub(super) fn field(&mut self) -> Option<String> {
        const LONGEST: usize = 64;
        let rest = self.rest();
        let end = rest
            .bytes()
            .take(LONGEST)
            .position(|b| !(b.is_ascii_alphanumeric() || b == b'_' || b == b'-'))?;
        let name = &rest[..end];
        if !name.starts_with(|c: char| c.is_ascii_alphabetic()) || !rest[end..].starts_with(':') {
            return None;
        }
        let known = self.fields.iter().find(|f| f.eq_ignore_ascii_case(name));
        let behind = self.at + end + 1;
        if let Some(field) = known {
            self.at = behind;
            return Some((*field).to_owned());
        }
        let start = self.at;
        let told = self.problems.len();
        self.problem(
            start,
            behind,
            format!("{name} is no field and is read as text; to say so, write {name}\\:"),
        );
        let suggestion = self.nearest_field(name);
        if let Some(problem) = self.problems.get_mut(told) {
            problem.suggestion = suggestion;
        }
        None
    }

    /// The field whose name differs least, if it differs little.
    fn nearest_field(&self, name: &str) -> Option<String> {
        let name = name.to_ascii_lowercase();
        let most = if name.len() < 4 { 1 } else { 2 };
        self.fields
            .iter()
            .map(|field| (edits(&name, field), field))
            .filter(|(edits, _)| *edits <= most)
            .min_by_key(|(edits, _)| *edits)
            .map(|(_, field)| format!("{field}:"))
    }

    /// Reads what stands behind the colon of a field.
    pub(super) fn value(&mut self, name: String) -> Option<Node> {
        let colon = self.at;
        let start = colon - name.len() - 1;
        let value = loop {
            self.skip_space();
            let next = self.peek();
            if next.is_none_or(|c| c == ')') || self.peek_operator().is_some() {
                let message = format!(
                    "{name}: has no value and is read as text; \
                     for all documents that have one, write {name}:*"
                );
                self.problem(start, colon, message);
                self.at = colon;
                let kind = NodeKind::Word(self.text[start..colon].to_owned());
                return self.term(start, kind, None);
            }
            break match next {
                Some('(') => match self.group() {
                    Group::Ignored => continue,
                    Group::Read(node) => node,
                },
                Some(quote) if is_quote(quote) => match self.phrase() {
                    Some(node) => node,
                    None => continue,
                },
                Some('[' | '{') => match self.range() {
                    Some(node) => node,
                    None => self.word(true),
                },
                Some('<' | '>') => self.comparison(),
                _ => self.word(true),
            };
        }?;
        let span = Span::new(start, self.at);
        let value = Box::new(value);
        Some(Node::new(span, NodeKind::Field { name, value }))
    }

    /// Reads `[a TO b]`. If it is none, nothing is read, and its bracket will
    /// be told of as text.
    fn range(&mut self) -> Option<Option<Node>> {
        let start = self.at;
        self.at += 1;
        let range = self.bounds(start);
        if range.is_none() {
            self.at = start;
        }
        let (lower, upper) = range?;
        let boost = self.boost_suffix();
        let kind = match (lower, upper) {
            (Bound::Open, Bound::Open) => NodeKind::Exists,
            (lower, upper) => NodeKind::Range { lower, upper },
        };
        Some(self.term(start, kind, boost))
    }

    fn bounds(&mut self, start: usize) -> Option<(Bound, Bound)> {
        let lower = self.bound()?;
        self.skip_space();
        let behind_to = self.rest().strip_prefix("TO")?;
        if !behind_to.starts_with(char::is_whitespace) {
            return None;
        }
        self.at += "TO".len();
        let upper = self.bound()?;
        self.skip_space();
        let close = self.peek().filter(|c| matches!(c, ']' | '}'))?;
        self.skip(close);
        let bound = |value: Option<String>, is_included: bool| match value {
            None => Bound::Open,
            Some(value) if is_included => Bound::Included(value),
            Some(value) => Bound::Excluded(value),
        };
        let is_lower_included = self.text[start..].starts_with('[');
        Some((bound(lower, is_lower_included), bound(upper, close == ']')))
    }

    /// Reads one end of a range: `Some(None)` for `*`. It may have several
    /// words, as `October 16, 1962`: up to `TO` or a bracket.
    fn bound(&mut self) -> Option<Option<String>> {
        self.skip_space();
        let start = self.at;
        if self.peek() == Some('"') {
            let (chars, end) = unescape(self.text, start + 1, |c| matches!(c, '"'));
            self.at = end + 1;
            return (end < self.text.len()).then(|| Some(text_of(&chars)));
        }
        let is_end = |c: char| matches!(c, '[' | ']' | '{' | '}' | '"');
        let (mut chars, mut end) = unescape(self.text, start, is_end);
        let separator = chars.windows(4).position(|four| {
            let is_space = |at: usize| four[at].c.is_whitespace() && !four[at].escaped;
            is_space(0) && four[1].is('T') && four[2].is('O') && is_space(3)
        });
        if let Some(separator) = separator {
            end = chars[separator].at;
            chars.truncate(separator);
        }
        self.at = end;
        let value = text_of(&chars);
        match value.trim() {
            "" => None,
            "*" if chars.iter().all(|char| !char.escaped) => Some(None),
            value => Some(Some(value.to_owned())),
        }
    }

    /// Reads `>=1962`, `<1962` and the like.
    fn comparison(&mut self) -> Option<Node> {
        let start = self.at;
        let rest = self.rest();
        let is_less = rest.starts_with('<');
        let is_included = rest[1..].starts_with('=');
        self.at += 1 + usize::from(is_included);
        let sign = &self.text[start..self.at];
        self.skip_space();
        let next = self.peek();
        if next.is_none_or(|c| matches!(c, '(' | ')')) {
            let end = start + sign.len();
            let message =
                format!("{sign} has nothing to compare with and is read as text; add a value");
            self.problem(start, end, message);
            self.at = end;
            return self.term(start, NodeKind::Word(sign.to_owned()), None);
        }
        let compared = match next {
            Some(quote) if is_quote(quote) => self.phrase()??,
            _ => self.word(false)?,
        };
        let value = self.text_of_value(&compared);
        let bound = if is_included {
            Bound::Included(value)
        } else {
            Bound::Excluded(value)
        };
        let (lower, upper) = if is_less {
            (Bound::Open, bound)
        } else {
            (bound, Bound::Open)
        };
        Some(Node {
            span: Span::new(start, self.at),
            boost: compared.boost,
            kind: NodeKind::Range { lower, upper },
        })
    }

    /// A value as typed, without its quotes.
    fn text_of_value(&self, node: &Node) -> String {
        match &node.kind {
            NodeKind::Word(text) | NodeKind::Fuzzy { text, .. } => text.clone(),
            NodeKind::Phrase(phrase) => phrase.text(),
            _ => self.text[node.span.start..node.span.end].to_owned(),
        }
    }
}

/// Levenshtein's distance, in bytes.
fn edits(a: &str, b: &str) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.bytes().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.bytes().enumerate() {
            let substituted = diagonal + usize::from(x != y);
            diagonal = row[j + 1];
            row[j + 1] = substituted.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}
