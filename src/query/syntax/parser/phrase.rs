//! Words between quotes.

use super::Parser;
use super::term::{Char, pattern_of, text_of, unescape};
use crate::query::syntax::tree::{Node, NodeKind, Phrase, PhrasePart, Span};

/// The quotes that close what one opens, as printed in English, German, French
/// and as people mix them.
fn closing_quotes(open: char) -> &'static [char] {
    match open {
        '"' => &['"'],
        '«' => &['»'],
        '»' => &['«'],
        _ => &['”', '“'],
    }
}

impl Parser<'_> {
    /// Reads a phrase with its suffixes. `None` if the quote is never closed:
    /// only it is read then; `Some(None)` if there is nothing in the phrase.
    pub(super) fn phrase(&mut self) -> Option<Option<Node>> {
        let start = self.at;
        let open = self.peek()?;
        self.skip(open);
        let closing = closing_quotes(open);
        let (mut chars, end) = if self.unclosed.contains(&open) {
            (Vec::new(), self.text.len())
        } else {
            unescape(self.text, self.at, |c| closing.contains(&c))
        };
        let Some(close) = self.text[end..].chars().next() else {
            if !self.unclosed.contains(&open) {
                self.unclosed.push(open);
            }
            let message = format!("{open} is never closed and is left out; add one or remove it");
            self.problem(start, start + open.len_utf8(), message);
            return None;
        };
        self.at = end + close.len_utf8();
        let mut slop = None;
        let mut boost = None;
        loop {
            match self.peek() {
                Some('*') => {
                    // `"nuclear tes"*`, as in Quickwit and Tantivy
                    chars.push(Char {
                        c: '*',
                        escaped: false,
                        at: self.at,
                    });
                    self.at += 1;
                }
                Some('~') if slop.is_none() => slop = self.slop_suffix(),
                Some('^') if boost.is_none() => boost = self.boost_suffix(),
                _ => break,
            }
        }
        let parts = self.parts_of(&chars);
        if parts.is_empty() {
            let end = self.at;
            self.problem(
                start,
                end,
                "this phrase is empty and left out; put words between the quotes",
            );
            return Some(None);
        }
        let kind = NodeKind::Phrase(Phrase { parts, slop });
        Some(self.term(start, kind, boost))
    }

    /// Reads `~5`. Where it has no number, it is read over.
    fn slop_suffix(&mut self) -> Option<u32> {
        let start = self.at;
        let behind = &self.rest()[1..];
        let digits = behind
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(behind.len());
        self.at += 1 + digits;
        let end = self.at;
        let number = &behind[..digits];
        if number.is_empty() {
            self.problem(
                start,
                end,
                "~ is left out; behind a phrase it needs a number of words, as in \"a b\"~5",
            );
            return None;
        }
        let slop = number.parse().ok();
        if slop.is_none() {
            let message = format!("~{number} is too far; it is read as ~{}", u32::MAX);
            self.problem(start, end, message);
        }
        slop.or(Some(u32::MAX))
    }

    /// Cuts what is in a phrase into runs of plain words and words with
    /// wildcards.
    fn parts_of(&mut self, chars: &[Char]) -> Vec<PhrasePart> {
        let is_wild = wild(chars);
        let mut parts = Vec::new();
        // The run of plain words that is not yet in `parts`.
        let mut run: Option<(usize, usize)> = None;
        let mut at = 0;
        while at < chars.len() {
            if chars[at].c.is_whitespace() {
                at += 1;
                continue;
            }
            let start = at;
            while at < chars.len() && !chars[at].c.is_whitespace() {
                at += 1;
            }
            let word = &chars[start..at];
            let pattern = if is_wild[start..at].contains(&true) {
                let pattern = pattern_of(word.iter().zip(is_wild[start..at].iter().copied()));
                if pattern.is_none() {
                    let span = self.span_of(word);
                    self.problem(
                        span.start,
                        span.end,
                        "a wildcard alone in a phrase is read as text; \
                         to allow words between, write \"a b\"~1",
                    );
                }
                pattern
            } else {
                None
            };
            match pattern {
                None => run = Some((run.map_or(start, |(first, _)| first), at)),
                Some(pattern) => {
                    if let Some((first, end)) = run.take() {
                        parts.push(self.text_part(&chars[first..end]));
                    }
                    let span = self.span_of(word);
                    parts.push(PhrasePart::Wildcard { span, pattern });
                }
            }
        }
        if let Some((first, end)) = run {
            parts.push(self.text_part(&chars[first..end]));
        }
        parts
    }

    fn text_part(&self, chars: &[Char]) -> PhrasePart {
        PhrasePart::Text {
            span: self.span_of(chars),
            text: text_of(chars),
        }
    }

    fn span_of(&self, chars: &[Char]) -> Span {
        let (Some(first), Some(last)) = (chars.first(), chars.last()) else {
            return Span::default();
        };
        let backslash = usize::from(last.escaped);
        Span::new(first.at, last.at + backslash + last.c.len_utf8())
    }
}

/// Which characters are wildcards. A question mark is one only directly before
/// a letter, a digit or another wildcard: at the end of a word it is
/// punctuation.
fn wild(chars: &[Char]) -> Vec<bool> {
    let mut is_wild = vec![false; chars.len()];
    let mut next_counts = false;
    for (at, char) in chars.iter().enumerate().rev() {
        is_wild[at] = char.is('*') || (char.is('?') && next_counts);
        next_counts = is_wild[at] || char.c.is_alphanumeric();
    }
    is_wild
}
