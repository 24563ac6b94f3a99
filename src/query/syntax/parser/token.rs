//! What tells terms and operators apart.

/// The operators in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::query::syntax) enum Operator {
    And,
    Or,
    Not,
    Near(u32),
}

/// The operator that a whole word is.
pub(in crate::query::syntax) fn operator_of(word: &str) -> Option<Operator> {
    match word {
        "AND" | "&&" => Some(Operator::And),
        "OR" | "||" => Some(Operator::Or),
        "NOT" => Some(Operator::Not),
        _ => {
            let distance = word.strip_prefix("NEAR/")?;
            let is_number = distance.bytes().all(|b| b.is_ascii_digit());
            let distance = distance.parse().ok().filter(|_| is_number)?;
            Some(Operator::Near(distance))
        }
    }
}

/// Whether a character is a double quote of any script.
pub(in crate::query::syntax) fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '«' | '»')
}

/// Whether a character ends a word, unless it is escaped.
pub(super) fn ends_word(c: char) -> bool {
    c.is_whitespace() || matches!(c, '(' | ')') || is_quote(c)
}
