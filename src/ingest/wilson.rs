//! Documents of the Wilson Center Digital Archive, saved as text: a date and a
//! title in bold, then sections under bold labels.

use std::io::BufRead;
use std::iter;

use super::fields::Field;
use super::lines::read_whole;
use super::prose::{block, one_line, paragraphs, unix_lines};
use super::values::{Fields, finish};
use super::{Format, IngestError, Limits, Source};
use crate::cable::{Cable, DateInterval, Extra, Paragraph, Party};

/// A document of the Wilson Center Digital Archive, one a file.
#[derive(Debug, Clone, Copy, Default)]
pub struct Wilson;

impl Format for Wilson {
    fn read<'a>(
        &self,
        input: Box<dyn BufRead + Send + 'a>,
        source: &Source,
        limits: Limits,
    ) -> Box<dyn Iterator<Item = Result<Cable, IngestError>> + Send + 'a> {
        let source = source.clone();
        Box::new(iter::once_with(move || {
            let text = read_whole(input, &source, limits)?;
            finish(cable(&text), &source, None, 0, || source.stem.clone())
        }))
    }
}

/// Whether `text` begins as these documents do.
pub(super) fn is_wilson(text: &str) -> bool {
    let labels: Vec<&str> = text
        .lines()
        .filter_map(label)
        .map(|(name, _)| name)
        .collect();
    labels.len() >= 2
        && labels
            .iter()
            .any(|name| matches!(*name, "Citation" | "Contents"))
}

/// A section of the document: its label and the lines below.
struct Section<'t> {
    label: &'t str,
    text: String,
}

fn cable(text: &str) -> Cable {
    let text = unix_lines(text);
    let (preamble, sections) = divide(&text);
    let mut fields = Fields::default();
    let mut contents = String::new();
    for section in sections {
        if is_contents(section.label) {
            contents.push_str(&section.text);
            contents.push_str("\n\n");
        } else {
            let text = without_markup(&section.text);
            // A list has an item a line.
            let is_list = matches!(
                Field::named(section.label),
                Some((Field::Subjects | Field::Persons, _))
            );
            fields.push(section.label, if is_list { text } else { block(&text) });
        }
    }
    let author_label = fields
        .names()
        .find(|name| matches!(Field::named(name), Some((Field::Sender, _))))
        .map(str::to_owned);
    let has_from = fields.names().any(|name| name.eq_ignore_ascii_case("From"));
    let has_to = fields.has(Field::Addressee);
    let mut cable = fields.into_cable();
    take_preamble(&mut cable, &preamble);
    take_contents(&mut cable, &contents);
    take_citation(&mut cable);
    let (sender, addressee) = Party::pair_from_heading(&cable.title);
    if !has_to && addressee.is_some() {
        cable.addressee = addressee;
    }
    // The title names who sent it; the authors that a cataloguer lists are
    // kept beside him.
    if !has_from && sender.is_some() && cable.sender != sender {
        if let (Some(author), Some(name)) = (cable.sender.take(), author_label) {
            let value = author.to_string();
            cable.extras.push(Extra { name, value });
        }
        cable.sender = sender;
    }
    cable
}

/// The paragraphs before the first label, and the labelled sections. After the
/// contents only the labels that this archive uses begin a section, for a text
/// has bold lines of its own.
fn divide(text: &str) -> (Vec<Paragraph>, Vec<Section<'_>>) {
    let mut preamble = String::new();
    let mut sections: Vec<Section> = Vec::new();
    let mut in_contents = false;
    for line in text.split('\n') {
        let found = label(line).filter(|(name, _)| !in_contents || is_archive_label(name));
        if let Some((name, value)) = found {
            in_contents |= is_contents(name);
            sections.push(Section {
                label: name,
                text: value.to_owned(),
            });
        } else {
            let text = sections
                .last_mut()
                .map_or(&mut preamble, |section| &mut section.text);
            text.push('\n');
            text.push_str(line);
        }
    }
    (paragraphs(&preamble), sections)
}

/// Label and value of a line such as `**Summary:**`; a value may follow.
fn label(line: &str) -> Option<(&str, &str)> {
    const LONGEST: usize = 48;
    let (name, value) = line.trim().strip_prefix("**")?.split_once("**")?;
    let name = match name.trim().strip_suffix(':') {
        Some(name) => name,
        None => {
            let name = name.trim();
            value.strip_prefix(':').map(|_| name)?
        }
    };
    let value = value.strip_prefix(':').unwrap_or(value);
    (!name.is_empty() && name.len() <= LONGEST).then_some((name, value.trim()))
}

fn is_contents(label: &str) -> bool {
    matches!(Field::named(label), Some((Field::Body, _)))
}

fn is_archive_label(label: &str) -> bool {
    matches!(
        label,
        "Citation"
            | "Summary"
            | "Original Language"
            | "Contents"
            | "Author(s)"
            | "Creator"
            | "Credits"
            | "Rights"
            | "Subjects Discussed"
            | "Persons Mentioned"
            | "People Mentioned"
            | "Geographic subjects"
            | "Geographic Subjects"
            | "Document Number"
            | "Document ID"
            | "Publisher"
            | "Original Archive"
            | "Original Uploaded Date"
    )
}

/// Date, title, and whatever else stands before the first label.
fn take_preamble(cable: &mut Cable, preamble: &[Paragraph]) {
    for paragraph in preamble {
        let line = one_line(&without_markup(&paragraph.text));
        let date = DateInterval::parse(&line).ok();
        if line.is_empty() {
            continue;
        }
        if cable.date_text.is_none() && (date.is_some() || is_undated(&line)) {
            cable.date = date;
            cable.date_text = Some(line);
        } else if cable.title.is_empty() {
            cable.title = line;
        } else {
            cable.body.push(Paragraph::from(line));
        }
    }
    // Two bold lines are date and title, though the date be past reading.
    if cable.date_text.is_none()
        && let [first, second, ..] = preamble
        && is_bold(&first.text)
        && is_bold(&second.text)
        && let [title, rest @ ..] = cable.body.as_slice()
    {
        let title = title.text.clone();
        cable.body = rest.to_vec();
        cable.date_text = Some(std::mem::replace(&mut cable.title, title));
    }
}

fn is_bold(paragraph: &str) -> bool {
    paragraph.starts_with("**") && paragraph.ends_with("**")
}

fn is_undated(line: &str) -> bool {
    let line = line.trim_matches(['[', ']', '(', ')', '.']).to_lowercase();
    matches!(
        line.as_str(),
        "undated" | "no date" | "n.d" | "nd" | "date unknown" | "not dated"
    )
}

/// The text proper, the line that says which version it is, and the note on
/// its source at the end.
fn take_contents(cable: &mut Cable, contents: &str) {
    let mut body = paragraphs(&without_markup(contents));
    if let Some(first) = body.first()
        && names_version(&first.text)
    {
        let value = body.remove(0).text;
        cable.extras.push(Extra {
            name: "contents".to_owned(),
            value,
        });
    }
    if cable.archive.is_none()
        && let Some(at) = body
            .iter()
            .rposition(|paragraph| source_note(&paragraph.text).is_some())
    {
        let note = body.remove(at);
        cable.archive = source_note(&note.text).map(one_line);
    }
    cable.body.extend(body);
}

/// Whether a line tells which version of the document follows, as
/// `Translation - English` or `Original Scan`.
fn names_version(line: &str) -> bool {
    const LONGEST: usize = 60;
    let first = line.split([' ', '-', ':']).next().unwrap_or_default();
    line.len() <= LONGEST
        && !line.ends_with(['.', '?', '!', ','])
        && line.split_whitespace().count() <= 5
        && matches!(
            first,
            "Translation"
                | "Transcript"
                | "Transcription"
                | "Original"
                | "Scan"
                | "Scanned"
                | "Typescript"
                | "Audio"
        )
}

/// What `[Source: …]` says.
fn source_note(paragraph: &str) -> Option<&str> {
    let inside = paragraph.strip_prefix('[')?.strip_suffix(']')?;
    ["Source:", "Sources:", "SOURCE:"]
        .iter()
        .find_map(|word| inside.strip_prefix(word))
        .map(str::trim)
}

/// Takes the link out of the citation: the document's address, and in it its
/// number. The archive comes from the citation where no note tells it.
fn take_citation(cable: &mut Cable) {
    let Some(citation) = cable.citation.clone() else {
        return;
    };
    if let Some((before, link, after)) = last_link(&citation) {
        if cable.id.is_empty()
            && let Some(number) = document_number(link)
        {
            cable.id = format!("wilson/{number}");
        }
        if cable.url.is_none() {
            cable.url = Some(link.to_owned());
            cable.citation = Some(one_line(&format!("{before} {after}")));
        }
    } else if let Some(number) = cable.url.as_deref().and_then(document_number)
        && cable.id.is_empty()
    {
        cable.id = format!("wilson/{number}");
    }
    if cable.archive.is_none()
        && let Some(citation) = &cable.citation
        && let Some((_, archive)) = citation.split_once("Digital Archive, ")
    {
        cable.archive = Some(archive.trim().to_owned());
    }
}

/// The last link of `text`, within `<>` or bare, and the text around it.
fn last_link(text: &str) -> Option<(&str, &str, &str)> {
    let at = text.rfind("https://").or_else(|| text.rfind("http://"))?;
    let (before, link) = text.split_at(at);
    let end = link
        .find(|c: char| c.is_whitespace() || matches!(c, '>' | '<' | ')' | ']' | '"'))
        .unwrap_or(link.len());
    let (link, after) = link.split_at(end);
    match (before.strip_suffix('<'), after.strip_prefix('>')) {
        (Some(before), Some(after)) => Some((before, link, after)),
        _ => {
            let bare = link.trim_end_matches(['.', ',', ';']);
            Some((before, bare, after))
        }
    }
}

/// The number of a document in its address: `112639` in
/// `…/document/112639`, `…/document/112639-a-slug` and `…/document/112639/x`.
fn document_number(url: &str) -> Option<&str> {
    let (_, rest) = url.split_once("/document/")?;
    let end = rest
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(rest.len());
    let is_whole = matches!(
        rest[end..].chars().next(),
        None | Some('-' | '/' | '.' | '?' | '#')
    );
    (end > 0 && is_whole).then(|| &rest[..end])
}

/// `text` without the marks of bold type and the backslashes that keep other
/// characters from being marks.
fn without_markup(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        match (c, characters.peek()) {
            ('*', Some('*')) => {
                characters.next();
            }
            ('\\', Some(next)) if next.is_ascii_punctuation() => {
                plain.extend(characters.next());
            }
            _ => plain.push(c),
        }
    }
    plain
}
