//! A document for reading.

use std::io::{self, Write};
use std::ops::Range;

use cables::cable::Note;
use cables::export::{Mark, Piece, marks, metadata, pieces, push_page_mark};
use cables::query::Highlighted;

use super::terminal::{Look, Role};

/// Columns for the names of fields; a longer name moves its value.
const LABELS: usize = 16;

/// Columns before the text of a note.
const NOTES: usize = 4;

/// Writes a document: title, fields, summary, text, notes, citation.
pub fn write(document: &Highlighted, look: Look, out: &mut dyn Write) -> io::Result<()> {
    let cable = &document.cable;
    write_block(&cable.title, &document.title, Role::Heading, look, out)?;
    writeln!(out)?;
    for (label, value) in metadata(cable) {
        let lines = look.wrap(Role::Plain, value.trim(), &[], LABELS);
        let label = look.wrap(Role::Detail, &label, &[], 0).join(" ");
        let shown = textwrap::core::display_width(&label);
        let gap = LABELS.saturating_sub(shown).max(1);
        writeln!(out, "{label}{:gap$}{}", "", lines.join("\n"))?;
    }
    if let Some(summary) = &cable.summary {
        writeln!(out, "\n{}\n", look.paint(Role::Heading, "Summary"))?;
        write_block(summary, &document.summary, Role::Plain, look, out)?;
        writeln!(out, "\n{}", look.paint(Role::Heading, "Text"))?;
    }
    let marks = marks(cable);
    // One more paragraph than there are, for what comes after the last.
    for index in 0..=cable.body.len() {
        let text = cable.body.get(index).map_or("", |p| p.text.as_str());
        let here = marks.iter().copied();
        let here = here.filter(|(at, _)| at.paragraph as usize == index);
        let pieces = pieces(text, ranges(&document.body, index), here);
        let (text, matches) = with_marks(&pieces, &cable.notes);
        if !text.trim().is_empty() {
            writeln!(out)?;
            write_block(text.trim_end(), &matches, Role::Plain, look, out)?;
        }
    }
    if !cable.notes.is_empty() {
        writeln!(out, "\n{}\n", look.paint(Role::Heading, "Notes"))?;
    }
    for (index, note) in cable.notes.iter().enumerate() {
        let label = format!("[{}] ", note_label(note));
        let shift = label.len();
        let matches = ranges(&document.notes, index).iter();
        let matches: Vec<_> = matches.map(|m| m.start + shift..m.end + shift).collect();
        let text = format!("{label}{}", note.text);
        let lines = look.wrap(Role::Plain, &text, &matches, NOTES);
        writeln!(out, "{}", lines.join("\n"))?;
    }
    for source in [&cable.citation, &cable.url].into_iter().flatten() {
        writeln!(out)?;
        write_block(source, &[], Role::Plain, look, out)?;
    }
    Ok(())
}

fn ranges(all: &[Vec<Range<usize>>], index: usize) -> &[Range<usize>] {
    all.get(index).map_or(&[], Vec::as_slice)
}

fn write_block(
    text: &str,
    matches: &[Range<usize>],
    role: Role,
    look: Look,
    out: &mut dyn Write,
) -> io::Result<()> {
    writeln!(out, "{}", look.wrap(role, text, matches, 0).join("\n"))
}

/// The mark that a note is called by.
fn note_label(note: &Note) -> &str {
    note.label.as_deref().unwrap_or("*")
}

/// A paragraph with its marks written out, and where in it the matches are.
fn with_marks(pieces: &[Piece<'_>], notes: &[Note]) -> (String, Vec<Range<usize>>) {
    let mut text = String::new();
    let mut matches = Vec::new();
    for (index, piece) in pieces.iter().enumerate() {
        match *piece {
            Piece::Text(part) => text.push_str(part),
            Piece::Match(part) => {
                matches.push(text.len()..text.len() + part.len());
                text.push_str(part);
            }
            Piece::Mark(Mark::Page(label)) => {
                let mark = format!("[p. {label}]");
                push_page_mark(&mut text, &mark, pieces.get(index + 1));
            }
            Piece::Mark(Mark::Note(note)) => {
                let note = notes.get(note).map_or("*", note_label);
                text.push_str(&format!("[{note}]"));
            }
        }
    }
    (text, matches)
}
