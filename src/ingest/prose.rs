//! Lines of text to paragraphs.

use std::borrow::Cow;

use crate::cable::Paragraph;

/// Divides `text` into paragraphs at its blank lines, and joins the lines of
/// each.
///
/// A text without any blank line, whose lines are too long to have been
/// wrapped, has a paragraph a line.
pub(crate) fn paragraphs(text: &str) -> Vec<Paragraph> {
    let text = unix_lines(text);
    let text = text.trim_matches(char::is_whitespace);
    let line_is_paragraph = is_unwrapped(text);
    let mut paragraphs = Vec::new();
    let mut current = String::new();
    for line in text.split('\n') {
        let line = one_line(line);
        if !line.is_empty() {
            push_line(&mut current, &line);
        }
        if line.is_empty() || line_is_paragraph {
            flush(&mut current, &mut paragraphs);
        }
    }
    flush(&mut current, &mut paragraphs);
    paragraphs
}

/// Moves what `current` holds to the end of `paragraphs`.
pub(crate) fn flush(current: &mut String, paragraphs: &mut Vec<Paragraph>) {
    let text = current.trim();
    if !text.is_empty() {
        paragraphs.push(Paragraph::from(text));
    }
    current.clear();
}

/// Joins a line to the paragraph before it.
///
/// A word that was divided by a hyphen keeps the hyphen and the line's end:
/// whether the hyphen belongs to the word is for the analysis to tell.
pub(crate) fn push_line(paragraph: &mut String, line: &str) {
    if paragraph.ends_with('\u{ad}') || paragraph.is_empty() {
        paragraph.push_str(line);
        return;
    }
    let divided = divides_word(paragraph) && line.starts_with(char::is_lowercase);
    paragraph.push(if divided { '\n' } else { ' ' });
    paragraph.push_str(line);
}

/// Whether `text` ends in a letter and a hyphen.
fn divides_word(text: &str) -> bool {
    text.strip_suffix(['-', '\u{2010}'])
        .is_some_and(|word| word.ends_with(char::is_alphabetic))
}

/// `text` with every run of white space as one space, and none around it.
pub(crate) fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

/// `text` as paragraphs within one string, a blank line between them.
pub(crate) fn block(text: &str) -> String {
    let paragraphs: Vec<String> = paragraphs(text).into_iter().map(|p| p.text).collect();
    paragraphs.join("\n\n")
}

/// `text` with every line end, of whatever system, as `\n`; a page's end is a
/// line's end too.
pub(crate) fn unix_lines(text: &str) -> Cow<'_, str> {
    const ENDS: [char; 5] = ['\r', '\u{b}', '\u{c}', '\u{2028}', '\u{85}'];
    if text.contains(ENDS) {
        Cow::Owned(text.replace("\r\n", "\n").replace(ENDS, "\n"))
    } else {
        Cow::Borrowed(text)
    }
}

/// Whether the ends of the lines are those of paragraphs: no blank line
/// divides the text, and a line that is not the last is longer than any width
/// that people wrap to.
fn is_unwrapped(text: &str) -> bool {
    const WIDEST: usize = 200;
    let mut lines = text.split('\n').peekable();
    let mut long = false;
    while let Some(line) = lines.next() {
        if line.trim().is_empty() {
            return false;
        }
        long |= lines.peek().is_some() && line.len() > WIDEST && line.chars().count() > WIDEST;
    }
    long
}

/// Whether a reader would find a letter in `text`.
pub(crate) fn has_letters(text: &str) -> bool {
    text.chars().any(char::is_alphabetic)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<String> {
        paragraphs(text).into_iter().map(|p| p.text).collect()
    }

    #[test]
    fn blank_lines_divide_paragraphs_and_wraps_are_joined() {
        assert_eq!(
            texts("One\ntwo.\r\n\r\nThree \n \t\n four"),
            ["One two.", "Three", "four"]
        );
    }

    #[test]
    fn a_divided_word_keeps_its_hyphen_and_its_line_end() {
        assert_eq!(texts("the mis-\nsiles"), ["the mis-\nsiles"]);
        assert_eq!(texts("Anglo-\nAmerican"), ["Anglo- American"]);
        assert_eq!(texts("1961-\nabout"), ["1961- about"]);
    }

    #[test]
    fn lines_too_long_to_be_wrapped_are_paragraphs() {
        let long = "word ".repeat(60);
        let long = long.trim();
        assert_eq!(texts(&format!("{long}\n{long}")), [long, long]);
        assert_eq!(texts(&format!("{long}\n{long}\n\nx")).len(), 2);
    }
}
