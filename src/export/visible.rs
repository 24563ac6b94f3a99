//! Text of unknown origin, made safe to look at.
//!
//! A document may hold characters that a terminal obeys instead of printing:
//! escape sequences that move the cursor or change the window, overrides that
//! turn the order of letters around. Text for people shows something in their
//! place; formats for programs have them as they are.

use std::borrow::Cow;
use std::ops::Range;

/// What is shown in place of a character, if it is not shown itself.
fn substitute(character: char) -> Option<char> {
    match character {
        '\n' | '\t' => None,
        // The pictures of control characters stand in their order.
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(character)),
        '\u{7f}' => Some('\u{2421}'),
        '\u{80}'..='\u{9f}'
        // Embeddings, overrides and isolates of the direction of writing.
        | '\u{202a}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}' => Some('\u{fffd}'),
        // Line and paragraph separators, which some terminals obey.
        '\u{2028}' | '\u{2029}' => Some(' '),
        _ => None,
    }
}

/// The text with control characters shown as visible ones, and byte ranges of
/// it moved along. Newlines and tabs stay.
pub fn visible<'a>(text: &'a str, ranges: &[Range<usize>]) -> (Cow<'a, str>, Vec<Range<usize>>) {
    if !text.chars().any(|c| substitute(c).is_some()) {
        return (text.into(), ranges.to_vec());
    }
    let mut shown = String::with_capacity(text.len());
    let mut moved = ranges.to_vec();
    for (at, character) in text.char_indices() {
        for (range, moved) in ranges.iter().zip(&mut moved) {
            if range.start == at {
                moved.start = shown.len();
            }
            if range.end == at {
                moved.end = shown.len();
            }
        }
        shown.push(substitute(character).unwrap_or(character));
    }
    for (range, moved) in ranges.iter().zip(&mut moved) {
        if range.end == text.len() {
            moved.end = shown.len();
        }
    }
    (shown.into(), moved)
}

/// The text in one line: [`visible`], with newlines and tabs as spaces.
pub fn visible_line(text: &str) -> Cow<'_, str> {
    let (shown, _) = visible(text, &[]);
    if shown.contains(['\n', '\t']) {
        shown.replace(['\n', '\t'], " ").into()
    } else {
        shown
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_would_obey_is_shown_instead() {
        let (shown, _) = visible("\u{1b}[31mred\r\u{7f}\u{9b}2J\u{202e}txt\u{2069}", &[]);
        assert_eq!(shown, "␛[31mred␍␡\u{fffd}2J\u{fffd}txt\u{fffd}");
        assert_eq!(visible_line("one\ntwo\tthree"), "one two three");
    }

    #[test]
    fn ranges_move_with_the_text() {
        let text = "\u{1}ab\u{1}c";
        let (shown, ranges) = visible(text, &[1..3, 3..5]);
        let parts: Vec<&str> = ranges.into_iter().map(|range| &shown[range]).collect();
        assert_eq!(parts, ["ab", "␁c"]);
    }

    #[test]
    fn ordinary_text_of_any_script_stays() {
        let text = "Хрущёв\n古巴\tمرحبا\u{200f}";
        assert!(matches!(visible(text, &[]), (Cow::Borrowed(_), _)));
    }
}
