//! A document as Markdown.

use std::collections::HashSet;
use std::io::{self, Write};
use std::ops::Range;

use super::{
    Answer, CableFormat, HitFormat, Mark, Piece, marks, metadata, pieces, push_page_mark, visible,
    visible_line,
};
use crate::cable::Note;
use crate::query::{Highlighted, Hit, Snippet};

/// A document as CommonMark with the footnotes of GitHub's dialect: for a
/// person's notes, hence with control characters made visible. What a query
/// matched is in bold. Hits as a list, an item each, with their passages
/// quoted.
pub struct Markdown;

impl HitFormat for Markdown {
    fn write(&self, answer: &Answer<'_>, out: &mut dyn Write) -> io::Result<()> {
        for (index, hit) in answer.result.hits.iter().enumerate() {
            if index > 0 {
                writeln!(out)?;
            }
            write_hit(hit, out)?;
        }
        Ok(())
    }
}

/// The title with the date, the citation with the address, then what matched.
fn write_hit(hit: &Hit, out: &mut dyn Write) -> io::Result<()> {
    let cable = &hit.cable;
    let flat = |text: &str| plain(text, &[]).replace('\n', " ");
    let date = cable.date.map(|date| date.to_string());
    let date = date.or_else(|| cable.date_text.clone());
    let date = date.unwrap_or_else(|| "undated".to_owned());
    writeln!(
        out,
        "- **{}**, {}\\",
        escaped(&visible_line(cable.title.trim())),
        flat(&date)
    )?;
    let citation = cable.citation.as_deref().unwrap_or(&cable.id);
    match cable.url.as_deref().and_then(destination) {
        Some(url) => writeln!(out, "  [{}](<{url}>)", flat(citation))?,
        None => writeln!(out, "  {}", flat(citation))?,
    }
    for Snippet {
        text, highlights, ..
    } in &hit.snippets
    {
        writeln!(out, "\n  > {}", plain(text, highlights).replace('\n', " "))?;
    }
    Ok(())
}

/// The address such that it ends where it ends; `None` if it is none that a
/// browser may follow out of a stranger's file.
fn destination(url: &str) -> Option<String> {
    let web = url.starts_with("https://") || url.starts_with("http://");
    let mut safe = String::with_capacity(url.len());
    for character in url.trim().chars() {
        match character {
            '<' => safe.push_str("%3C"),
            '>' => safe.push_str("%3E"),
            '\\' => safe.push_str("%5C"),
            c if c.is_whitespace() || c.is_control() => safe.push_str("%20"),
            c => safe.push(c),
        }
    }
    web.then_some(safe)
}

impl CableFormat for Markdown {
    fn write(&self, document: &Highlighted, out: &mut dyn Write) -> io::Result<()> {
        let cable = &document.cable;
        let labels = note_labels(&cable.notes);
        let title = plain(&cable.title, &document.title);
        let title = title.replace('\n', " ");
        let on_title = cable.notes.iter().zip(&labels);
        let on_title = on_title.filter(|(note, _)| note.anchor.is_none());
        let calls: String = on_title.map(|(_, label)| format!("[^{label}]")).collect();
        writeln!(out, "# {title}{calls}\n")?;
        for (label, value) in metadata(cable) {
            let value = plain(&value, &[]).replace('\n', " ");
            writeln!(out, "- **{}:** {value}", escaped(&visible_line(&label)))?;
        }
        if let Some(summary) = &cable.summary {
            let summary = plain(summary, &document.summary);
            writeln!(out, "\n## Summary\n\n{summary}\n\n## Text")?;
        }
        let marks = marks(cable);
        // One more paragraph than there are, for what comes after the last.
        for index in 0..=cable.body.len() {
            let text = cable.body.get(index).map_or("", |p| p.text.as_str());
            let here = marks.iter().copied();
            let here = here.filter(|(at, _)| at.paragraph as usize == index);
            let pieces = pieces(text, ranges(&document.body, index), here);
            let paragraph = block(&pieces, &labels);
            if !paragraph.is_empty() {
                writeln!(out, "\n{paragraph}")?;
            }
        }
        for (index, note) in cable.notes.iter().enumerate() {
            let text = plain(&note.text, ranges(&document.notes, index));
            // What belongs to a footnote is indented.
            let text = text.replace('\n', "\n    ");
            writeln!(out, "\n[^{}]: {text}", labels[index])?;
        }
        if cable.citation.is_some() || cable.url.is_some() {
            writeln!(out, "\n---")?;
        }
        if let Some(citation) = &cable.citation {
            writeln!(out, "\n{}", plain(citation, &[]))?;
        }
        if let Some(url) = &cable.url {
            writeln!(out, "\n{}", plain(url, &[]))?;
        }
        Ok(())
    }
}

fn ranges(all: &[Vec<Range<usize>>], index: usize) -> &[Range<usize>] {
    all.get(index).map_or(&[], Vec::as_slice)
}

/// A label for each note: as printed where it is unique and of letters and
/// digits, which is what footnotes admit.
fn note_labels(notes: &[Note]) -> Vec<String> {
    let mut taken = HashSet::new();
    let labels = notes.iter().enumerate().map(|(index, note)| {
        let printed = note.label.as_deref().unwrap_or_default();
        let fits = !printed.is_empty() && printed.chars().all(char::is_alphanumeric);
        let mut label = match fits {
            true => printed.to_owned(),
            false => format!("note-{}", index + 1),
        };
        while !taken.insert(label.clone()) {
            label.push_str("-again");
        }
        label
    });
    labels.collect()
}

/// A text without marks.
fn plain(text: &str, matches: &[Range<usize>]) -> String {
    block(&pieces(text, matches, []), &[])
}

/// Pieces of a paragraph as Markdown.
fn block(pieces: &[Piece<'_>], note_labels: &[String]) -> String {
    let mut block = String::new();
    for (index, piece) in pieces.iter().enumerate() {
        match *piece {
            Piece::Text(text) => block.push_str(&escaped(&visible(text, &[]).0)),
            Piece::Match(text) => {
                // Bold cannot begin or end with a space.
                let inner = text.trim();
                let lead = &text[..text.len() - text.trim_start().len()];
                let trail = &text[text.trim_end().len()..];
                let inner = escaped(&visible(inner, &[]).0);
                block.push_str(&match inner.is_empty() {
                    true => text.to_owned(),
                    false => format!("{lead}**{inner}**{trail}"),
                });
            }
            Piece::Mark(Mark::Page(label)) => {
                let mark = format!("\\[p. {}\\]", escaped(&visible_line(label)));
                push_page_mark(&mut block, &mark, pieces.get(index + 1));
            }
            Piece::Mark(Mark::Note(note)) => {
                if let Some(label) = note_labels.get(note) {
                    block.push_str(&format!("[^{label}]"));
                }
            }
        }
    }
    let lines: Vec<String> = block.trim().lines().map(not_a_block).collect();
    lines.join("\n")
}

/// The text with what is markup in Markdown taken for itself.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        if matches!(
            character,
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '|' | '~' | '$'
        ) {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}

/// The line without what at its beginning makes a heading, a list, a rule or
/// code of it.
fn not_a_block(line: &str) -> String {
    let line = line.trim_start();
    let digits = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let after = digits.strip_prefix(['.', ')']);
    let is_item = after.is_some_and(|after| after.is_empty() || after.starts_with(' '));
    let is_number = digits.len() < line.len() && is_item;
    if is_number {
        let number = &line[..line.len() - digits.len()];
        format!("{number}\\{digits}")
    } else if line.starts_with(['#', '+', '-', '=']) {
        format!("\\{line}")
    } else {
        line.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_no_markup() {
        for (text, written) in [
            ("a *b* [c](d) <e>", "a \\*b\\* \\[c\\](d) \\<e\\>"),
            ("# no heading", "\\# no heading"),
            ("- no list\n  + nor this", "\\- no list\n\\+ nor this"),
            ("31. X. 62", "31\\. X. 62"),
            ("31.X.62", "31.X.62"),
            ("    no code", "no code"),
        ] {
            assert_eq!(plain(text, &[]), written);
        }
        assert_eq!(
            plain("visit F. Castro and", std::slice::from_ref(&(5..15))),
            "visit **F. Castro** and"
        );
    }

    #[test]
    fn note_labels_are_unique() {
        let notes = ["1", "1", "*", ""].map(|label| Note {
            label: Some(label.to_owned()),
            ..Note::default()
        });
        assert_eq!(note_labels(&notes), ["1", "1-again", "note-3", "note-4"]);
    }
}
