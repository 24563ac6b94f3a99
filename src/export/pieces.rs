//! The text of a body with what hangs on it: what matched, where notes are
//! called, where pages begin.

use std::ops::Range;

use crate::cable::{BodyPosition, Cable};

/// Something at a place in the body that is no part of its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark<'a> {
    /// A page of the printed edition begins; its label.
    Page(&'a str),
    /// A note is called; its index among [`Cable::notes`].
    Note(usize),
}

/// A part of a paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Text as it is.
    Text(&'a str),
    /// Text that a query matches.
    Match(&'a str),
    /// A mark between texts.
    Mark(Mark<'a>),
}

/// The marks of a cable's body in order of their places.
pub fn marks(cable: &Cable) -> Vec<(BodyPosition, Mark<'_>)> {
    let pages = cable.pages.iter();
    let mut marks: Vec<_> = pages
        .map(|page| (page.at, Mark::Page(&page.label)))
        .collect();
    let notes = cable.notes.iter().enumerate();
    marks.extend(notes.filter_map(|(index, note)| Some((note.anchor?, Mark::Note(index)))));
    // Stable: at one place the page begins first.
    marks.sort_by_key(|(at, _)| *at);
    marks
}

/// A text in pieces: cut at the ends of what matched, `matches` in order and
/// apart, and at the marks, of which only the offsets count. A match is cut in
/// two where a mark is within it.
pub fn pieces<'a>(
    text: &'a str,
    matches: &[Range<usize>],
    marks: impl IntoIterator<Item = (BodyPosition, Mark<'a>)>,
) -> Vec<Piece<'a>> {
    let mut pieces = Vec::new();
    let mut at = 0;
    for (place, mark) in marks {
        let mut place = (place.offset as usize).clamp(at, text.len());
        while !text.is_char_boundary(place) {
            place += 1;
        }
        add_text(text, at..place, matches, &mut pieces);
        pieces.push(Piece::Mark(mark));
        at = place;
    }
    add_text(text, at..text.len(), matches, &mut pieces);
    pieces
}

/// Adds a part of the text, cut at the ends of what matched.
fn add_text<'a>(
    text: &'a str,
    part: Range<usize>,
    matches: &[Range<usize>],
    pieces: &mut Vec<Piece<'a>>,
) {
    let mut at = part.start;
    for found in matches {
        let (start, end) = (found.start.max(at), found.end.min(part.end));
        if start < end {
            if at < start {
                pieces.push(Piece::Text(&text[at..start]));
            }
            pieces.push(Piece::Match(&text[start..end]));
            at = end;
        }
    }
    if at < part.end {
        pieces.push(Piece::Text(&text[at..part.end]));
    }
}

/// Adds the mark of a page, such as `[p. 218]`, to a text that goes on with
/// `next`: apart from the words around it, unless the page begins within a
/// word.
pub fn push_page_mark(text: &mut String, mark: &str, next: Option<&Piece<'_>>) {
    let next = match next {
        Some(Piece::Text(next) | Piece::Match(next)) => next,
        _ => " ",
    };
    let goes_on = !next.starts_with(char::is_whitespace);
    let follows = !text.is_empty() && !text.ends_with(char::is_whitespace);
    if follows && !goes_on {
        text.push(' ');
    }
    text.push_str(mark);
    if goes_on && !follows {
        text.push(' ');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_marks_stand_apart_from_words() {
        for (before, next, written) in [
            ("", "We must", "[p. 2] "),
            ("and so", " we must", "and so [p. 2]"),
            ("and so ", "we must", "and so [p. 2] "),
            ("irrecon", "cilable", "irrecon[p. 2]"),
        ] {
            let mut text = before.to_owned();
            push_page_mark(&mut text, "[p. 2]", Some(&Piece::Text(next)));
            assert_eq!(text, written);
        }
    }

    #[test]
    fn a_text_is_cut_at_matches_and_marks() {
        let at = |offset| BodyPosition {
            paragraph: 0,
            offset,
        };
        let marks = [
            (at(0), Mark::Page("218")),
            (at(6), Mark::Note(0)),
            (at(99), Mark::Note(1)),
        ];
        assert_eq!(
            pieces("Castro said so", std::slice::from_ref(&(0..11)), marks),
            [
                Piece::Mark(Mark::Page("218")),
                Piece::Match("Castro"),
                Piece::Mark(Mark::Note(0)),
                Piece::Match(" said"),
                Piece::Text(" so"),
                Piece::Mark(Mark::Note(1)),
            ]
        );
    }

    #[test]
    fn a_mark_within_a_character_comes_after_it() {
        let at = BodyPosition {
            paragraph: 0,
            offset: 1,
        };
        let pieces = pieces("é", &[], [(at, Mark::Note(0))]);
        assert_eq!(pieces, [Piece::Text("é"), Piece::Mark(Mark::Note(0))]);
    }
}
