//! What is wrong with a query, said to its author.

use std::fmt;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::Span;

/// A place where a query is not what the language asks for. A warning when
/// reading leniently, an error when reading strictly.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The place.
    pub span: Span,
    /// What is wrong and what to do about it: lower case, one line.
    pub message: String,
    /// What to write in the place instead, where that can be guessed.
    pub suggestion: Option<String>,
}

impl Problem {
    /// The query with carets under the place, and the message beside them.
    /// Columns are those of a terminal.
    pub fn render(&self, query: &str) -> String {
        let line: String = query.chars().map(on_one_line).collect();
        let width_of = |start: usize, end: usize| -> usize {
            query
                .char_indices()
                .filter(|(at, _)| (start..end).contains(at))
                .map(|(_, c)| on_one_line(c).width().unwrap_or(0))
                .sum()
        };
        let indent = width_of(0, self.span.start).min(line.width());
        let carets = width_of(self.span.start, self.span.end).max(1);
        format!("{line}\n{:indent$}{} {self}", "", "^".repeat(carets))
    }
}

impl fmt::Display for Problem {
    /// The message, with the suggestion.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        match &self.suggestion {
            Some(suggestion) => write!(f, " (did you mean {suggestion}?)"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Problem {}

/// Line breaks, tabs and other control characters would spoil the columns.
fn on_one_line(c: char) -> char {
    if c.is_control() { ' ' } else { c }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(start: usize, end: usize) -> Problem {
        Problem {
            span: Span::new(start, end),
            message: "no such thing".to_owned(),
            suggestion: None,
        }
    }

    #[test]
    fn carets_stand_under_the_place() {
        assert_eq!(problem(2, 4).render("a bc d"), "a bc d\n  ^^ no such thing");
    }

    #[test]
    fn columns_are_those_of_a_terminal() {
        // Two wide characters of three bytes, and an accent of its own.
        assert_eq!(problem(6, 7).render("古巴x"), "古巴x\n    ^ no such thing");
        assert_eq!(
            problem(3, 4).render("e\u{301}x"),
            "e\u{301}x\n ^ no such thing"
        );
        assert_eq!(problem(2, 3).render("\t\nx"), "  x\n  ^ no such thing");
    }

    #[test]
    fn a_place_behind_the_end_has_a_caret_too() {
        assert_eq!(problem(1, 1).render("a"), "a\n ^ no such thing");
        assert_eq!(problem(9, 9).render("a"), "a\n ^ no such thing");
    }
}
