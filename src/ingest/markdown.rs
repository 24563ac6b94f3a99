//! Markdown: front matter, then CommonMark with tables and footnotes.

use std::collections::HashMap;
use std::io::BufRead;
use std::iter;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::html;
use super::lines::read_whole;
use super::prose::{flush, one_line, paragraphs, push_line, unix_lines};
use super::values::finish;
use super::{Format, IngestError, Limits, Source, front};
use crate::cable::{BodyPosition, Cable, Note, Paragraph};

/// Markdown, one document a file.
///
/// The title is that of the front matter, else the first heading of the first
/// level, else a heading that the text begins with. Footnotes are notes, with
/// the place that calls them.
#[derive(Debug, Clone, Copy, Default)]
pub struct Markdown;

impl Format for Markdown {
    fn read<'a>(
        &self,
        input: Box<dyn BufRead + Send + 'a>,
        source: &Source,
        limits: Limits,
    ) -> Box<dyn Iterator<Item = Result<Cable, IngestError>> + Send + 'a> {
        let source = source.clone();
        Box::new(iter::once_with(move || {
            let text = read_whole(input, &source, limits)?;
            finish(cable(&text), &source, None, 0, || source.name.clone())
        }))
    }
}

fn cable(text: &str) -> Cable {
    let text = unix_lines(text);
    let (fields, rest) = front::split(&text);
    let mut cable = fields.into_cable();
    let mut rendering = Rendering::new(&cable);
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH;
    for event in Parser::new_ext(rest, options) {
        rendering.take(event);
    }
    rendering.end(&mut cable);
    cable
}

/// A list that is open.
struct List {
    /// The number of its next item, if its items are numbered.
    next: Option<u64>,
}

/// Markdown on its way to paragraphs.
struct Rendering {
    title: Option<String>,
    title_is_fixed: bool,
    title_level: Option<pulldown_cmark::HeadingLevel>,
    body: Vec<Paragraph>,
    current: String,
    lists: Vec<List>,
    notes: Vec<Note>,
    /// The note that is being read, and its paragraphs.
    note: Option<(String, Vec<Paragraph>)>,
    /// Where each note is first called.
    calls: HashMap<String, BodyPosition>,
    html: String,
    cells: usize,
    /// A line has ended, and the next text begins a new one.
    line_ended: bool,
}

impl Rendering {
    fn new(cable: &Cable) -> Self {
        Rendering {
            title: (!cable.title.is_empty()).then(|| cable.title.clone()),
            title_is_fixed: !cable.title.is_empty(),
            title_level: None,
            body: cable.body.clone(),
            current: String::new(),
            lists: Vec::new(),
            notes: Vec::new(),
            note: None,
            calls: HashMap::new(),
            html: String::new(),
            cells: 0,
            line_ended: false,
        }
    }

    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(&tag),
            Event::End(tag) => self.finish(tag),
            Event::Text(text)
            | Event::Code(text)
            | Event::InlineMath(text)
            | Event::DisplayMath(text) => {
                self.push(&text);
            }
            Event::SoftBreak | Event::HardBreak => self.line_ended = true,
            Event::Rule => self.flush(),
            Event::Html(html) => self.html.push_str(&html),
            Event::InlineHtml(html) => {
                if html.starts_with("<br") {
                    self.line_ended = true;
                }
            }
            Event::FootnoteReference(label) => {
                let at = BodyPosition {
                    paragraph: u32::try_from(self.body.len()).unwrap_or(u32::MAX),
                    offset: u32::try_from(self.current.len()).unwrap_or(u32::MAX),
                };
                if self.note.is_none() {
                    self.calls.entry(label.to_string()).or_insert(at);
                }
            }
            Event::TaskListMarker(done) => self.push(if done { "[x] " } else { "[ ] " }),
        }
    }

    fn start(&mut self, tag: &Tag<'_>) {
        match tag {
            // The first paragraph of an item follows its number.
            Tag::Paragraph if is_item_number(&self.current) => {}
            Tag::Paragraph => self.flush(),
            Tag::List(first) => {
                self.flush();
                self.lists.push(List { next: *first });
            }
            Tag::Item => {
                self.flush();
                if let Some(List { next: Some(number) }) = self.lists.last_mut() {
                    self.current = format!("{number}. ");
                    *number = number.saturating_add(1);
                }
            }
            Tag::TableHead | Tag::TableRow => {
                self.flush();
                self.cells = 0;
            }
            Tag::TableCell => {
                if self.cells > 0 {
                    self.current.push_str(" | ");
                }
                self.cells += 1;
            }
            Tag::FootnoteDefinition(label) => {
                self.flush();
                self.note = Some((label.to_string(), Vec::new()));
            }
            Tag::Heading { .. }
            | Tag::BlockQuote(_)
            | Tag::CodeBlock(_)
            | Tag::HtmlBlock
            | Tag::Table(_) => {
                self.flush();
            }
            _ => {}
        }
    }

    fn finish(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(level) => self.heading(level),
            TagEnd::List(_) => {
                self.flush();
                self.lists.pop();
            }
            TagEnd::HtmlBlock => {
                let html = std::mem::take(&mut self.html);
                let read = html::paragraphs_of(&html);
                self.target().extend(read);
            }
            TagEnd::CodeBlock => {
                let code = std::mem::take(&mut self.current);
                self.target().extend(paragraphs(&code));
            }
            TagEnd::FootnoteDefinition => {
                self.flush();
                if let Some((label, read)) = self.note.take() {
                    let texts: Vec<String> =
                        read.into_iter().map(|paragraph| paragraph.text).collect();
                    self.notes.push(Note {
                        label: Some(label),
                        text: texts.join("\n\n"),
                        anchor: None,
                    });
                }
            }
            TagEnd::Paragraph
            | TagEnd::Item
            | TagEnd::BlockQuote(_)
            | TagEnd::TableHead
            | TagEnd::TableRow => {
                self.flush();
            }
            _ => {}
        }
    }

    fn push(&mut self, text: &str) {
        if std::mem::take(&mut self.line_ended) {
            let text = text.trim_start();
            let end = self.current.trim_end().len();
            self.current.truncate(end);
            push_line(&mut self.current, text);
        } else {
            self.current.push_str(text);
        }
    }

    fn heading(&mut self, level: pulldown_cmark::HeadingLevel) {
        let text = one_line(&self.current);
        let repeats_title = self.title.as_deref() == Some(text.as_str()) && self.body.is_empty();
        let is_first = self.title.is_none() && self.body.is_empty();
        let is_higher = level == pulldown_cmark::HeadingLevel::H1
            && self.title_level.is_none_or(|known| known > level);
        let in_text = self.note.is_some() || !self.lists.is_empty();
        if in_text || text.is_empty() || self.title_is_fixed && !repeats_title {
            self.flush();
        } else if repeats_title {
            self.forget_calls();
            self.current.clear();
        } else if is_first || is_higher {
            self.forget_calls();
            // What stood as the title goes back to where it was.
            if let Some(title) = self.title.replace(text) {
                self.body.insert(0, Paragraph::from(title));
                for at in self.calls.values_mut() {
                    at.paragraph += 1;
                }
            }
            self.title_level = Some(level);
            self.current.clear();
        } else {
            self.flush();
        }
    }

    /// Forgets what the paragraph that is being read calls: the title is no
    /// part of the body.
    fn forget_calls(&mut self) {
        let here = self.body.len();
        self.calls.retain(|_, at| (at.paragraph as usize) < here);
    }

    /// Makes a short first paragraph the title of a text without headings.
    fn title_from_body(&mut self) {
        const LONGEST: usize = 200;
        if self.title.is_some()
            || self.body.len() < 2
            || self.body[0].text.chars().count() > LONGEST
        {
            return;
        }
        self.title = Some(one_line(&self.body.remove(0).text));
        self.calls.retain(|_, at| at.paragraph > 0);
        for at in self.calls.values_mut() {
            at.paragraph -= 1;
        }
    }

    fn target(&mut self) -> &mut Vec<Paragraph> {
        match &mut self.note {
            Some((_, paragraphs)) => paragraphs,
            None => &mut self.body,
        }
    }

    fn flush(&mut self) {
        self.line_ended = false;
        let mut current = std::mem::take(&mut self.current);
        flush(&mut current, self.target());
    }

    fn end(mut self, cable: &mut Cable) {
        self.flush();
        self.title_from_body();
        for note in &mut self.notes {
            note.anchor = note
                .label
                .as_ref()
                .and_then(|label| self.calls.get(label))
                .copied();
        }
        let at_end = BodyPosition {
            paragraph: u32::try_from(self.body.len()).unwrap_or(u32::MAX),
            offset: 0,
        };
        for note in &mut self.notes {
            note.anchor =
                note.anchor
                    .map(|anchor| match self.body.get(anchor.paragraph as usize) {
                        Some(paragraph)
                            if paragraph.text.is_char_boundary(anchor.offset as usize) =>
                        {
                            anchor
                        }
                        Some(paragraph) => BodyPosition {
                            offset: u32::try_from(paragraph.text.len()).unwrap_or(u32::MAX),
                            ..anchor
                        },
                        None => at_end,
                    });
        }
        if let Some(title) = self.title {
            cable.title = title;
        }
        cable.body = self.body;
        cable.notes.extend(self.notes);
    }
}

/// Whether `text` is the number of a list's item and nothing else.
fn is_item_number(text: &str) -> bool {
    text.strip_suffix(". ").is_some_and(|number| {
        !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
    })
}
