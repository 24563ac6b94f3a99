//! TEI as the series *Foreign Relations of the United States* writes it: a
//! volume a file, its documents `<div type="document">` at any depth.
//!
//! The file is read in one pass with one document in memory. Text outside the
//! documents (prefaces, tables of contents, the index) is not indexed; the
//! header and the lists of persons and abbreviations complete the documents.
//! Of what stands in a document only the encoders' remarks (`frus:uh-oh`) and
//! the names of image files (`frus:file`, `frus:pdf`) are left out.

mod authority;
mod dateline;
mod document;
mod flow;
mod front;
mod heading;
mod input;
mod markup;
mod mentions;
mod source_note;

use std::collections::VecDeque;
use std::io::BufRead;
use std::path::PathBuf;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::{Format, IngestError, Limits, Source};
use crate::cable::{Cable, Extra, Kind, SourcePosition};
use document::Document;
use front::Front;
use input::{Input, newlines};
use markup::{Tag, attribute};

/// The least that a run of text may measure whatever the limits, since tags
/// and comments are bounded by it too.
const LEAST_RUN: usize = 1 << 16;

/// The reader of TEI volumes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tei;

impl Format for Tei {
    fn read<'a>(
        &self,
        input: Box<dyn BufRead + Send + 'a>,
        source: &Source,
        limits: Limits,
    ) -> Box<dyn Iterator<Item = Result<Cable, IngestError>> + Send + 'a> {
        let most = limits.document_bytes.max(LEAST_RUN);
        Box::new(Volume {
            reader: Reader::from_reader(Input::new(input, most)),
            buffer: Vec::new(),
            path: source.path.clone(),
            file: source.path.display().to_string(),
            stem: source.stem.clone(),
            limits,
            front: Front::default(),
            documents: Vec::new(),
            depth: 0,
            ordinal: 0,
            ready: VecDeque::new(),
            over: false,
        })
    }
}

/// A volume that is being read.
struct Volume<R: BufRead> {
    reader: Reader<Input<R>>,
    buffer: Vec<u8>,
    path: PathBuf,
    file: String,
    stem: String,
    limits: Limits,
    front: Front,
    /// The open documents: one, or more where one stands within another.
    documents: Vec<Document>,
    /// How many elements are open.
    depth: usize,
    /// How many documents have begun.
    ordinal: u64,
    ready: VecDeque<Result<Cable, IngestError>>,
    over: bool,
}

impl<R: BufRead> Iterator for Volume<R> {
    type Item = Result<Cable, IngestError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(result) = self.ready.pop_front() {
                return Some(result);
            }
            if self.over {
                return None;
            }
            let mut buffer = std::mem::take(&mut self.buffer);
            buffer.clear();
            self.step(&mut buffer);
            self.buffer = buffer;
        }
    }
}

impl<R: BufRead> Volume<R> {
    /// Reads one event.
    fn step(&mut self, buffer: &mut Vec<u8>) {
        if self.reader.get_mut().next_event() {
            self.too_large();
        }
        match self.reader.read_event_into(buffer) {
            Ok(Event::Text(text)) => self.text(&text),
            Ok(Event::CData(text)) => self.text(&text),
            Ok(Event::Start(start)) => self.start(&start),
            Ok(Event::Empty(start)) => {
                self.start(&start);
                self.end();
            }
            Ok(Event::End(_)) => self.end(),
            Ok(Event::GeneralRef(reference)) => match resolve(&reference) {
                Some(character) => self.text(character.encode_utf8(&mut [0; 4])),
                None => self.unknown_entity(&reference),
            },
            Ok(Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_)) => {}
            Ok(Event::Eof) => self.eof(),
            Err(error) => {
                let reason = match &error {
                    quick_xml::Error::Io(error) => format!("cannot be read further: {error}"),
                    error => format!("malformed XML, the rest of the file is left out: {error}"),
                };
                self.stop(reason);
            }
        }
    }

    fn line(&self) -> u64 {
        self.reader.get_ref().line()
    }

    fn error(&self, line: u64, reason: String) -> IngestError {
        IngestError {
            path: self.path.clone(),
            line,
            reason: one_line(reason),
        }
    }

    /// Gives the rest of the file up.
    fn stop(&mut self, reason: String) {
        let error = self.error(self.line(), reason);
        self.ready.push_back(Err(error));
        self.documents.clear();
        self.over = true;
    }

    fn eof(&mut self) {
        if self.depth > 0 {
            let within = match self.documents.last() {
                Some(document) => format!(
                    " within the document that begins on line {}, which is left out",
                    document.line
                ),
                None => String::new(),
            };
            self.stop(format!(
                "the file ends before its last element does{within}; it may be truncated"
            ));
        } else if self.ordinal == 0 {
            let reason = "no <div type=\"document\"> in this TEI file; \
                          only volumes divided into documents can be read";
            let error = self.error(1, reason.to_owned());
            self.ready.push_back(Err(error));
        }
        self.over = true;
    }

    fn start(&mut self, start: &BytesStart) {
        self.depth += 1;
        if self.depth > self.limits.depth {
            self.stop(format!(
                "elements nested more than {} deep, the rest of the file is left out",
                self.limits.depth
            ));
            return;
        }
        if Tag::of(start) == Tag::Div && attribute(start, "type").as_deref() == Some("document") {
            self.open_document(start);
            return;
        }
        match self.documents.last_mut() {
            Some(document) => {
                if Tag::of(start) == Tag::PageBreak {
                    self.front.page = front::page_label(start);
                }
                document.start(start);
            }
            None => self.front.start(start),
        }
    }

    fn open_document(&mut self, start: &BytesStart) {
        let line = self.line() - newlines(start.as_bytes()).min(self.line() - 1);
        let mut document = Document::open(start, line, self.ordinal);
        self.ordinal += 1;
        document.begin_on(self.front.page.as_deref());
        document.chapters = self.front.chapters();
        if let Some(outer) = self.documents.last_mut() {
            outer.part();
        }
        self.documents.push(document);
    }

    fn end(&mut self) {
        self.depth = self.depth.saturating_sub(1);
        match self.documents.last_mut() {
            Some(document) if document.depth() > 0 => document.end(),
            Some(_) => {
                if let Some(document) = self.documents.pop() {
                    let result = self.finish(document);
                    self.ready.push_back(result);
                }
            }
            None => self.front.end(self.limits.document_bytes),
        }
    }

    fn text(&mut self, text: &str) {
        let Some(document) = self.documents.last_mut() else {
            self.front.text(text, self.limits.document_bytes);
            return;
        };
        if document.has_failed() {
            return;
        }
        if document.grow(text.len()) > self.limits.document_bytes {
            self.too_large();
        } else {
            document.text(text);
        }
    }

    fn too_large(&mut self) {
        let most = self.limits.document_bytes;
        if let Some(document) = self.documents.last_mut() {
            let line = document.line;
            document.fail(
                line,
                format!(
                    "the document has more than {most} bytes of text and is left out; divide it"
                ),
            );
        }
    }

    fn unknown_entity(&mut self, name: &str) {
        let line = self.line();
        if let Some(document) = self.documents.last_mut() {
            let reason = if name.contains(|c: char| c.is_whitespace()) {
                "a & that begins no entity, the document is left out; write &amp;".to_owned()
            } else {
                format!(
                    "the entity &{name}; is not known and the document is left out; \
                     write the character itself"
                )
            };
            document.fail(line, reason);
        }
    }

    /// Makes a cable of a document that has ended.
    fn finish(&self, mut document: Document) -> Result<Cable, IngestError> {
        document.close();
        if let Some((line, reason)) = document.failure() {
            return Err(self.error(line, reason));
        }
        let volume = self.front.id.as_deref().unwrap_or(&self.stem);
        let number = document.number.take().or(document.heading.number.take());
        let local = document.id.take();
        let url = (local.as_ref().filter(|_| self.front.id.is_some()))
            .map(|id| format!("https://history.state.gov/historicaldocuments/{volume}/{id}"));
        // A document without an identifier still needs a stable one.
        let local = local.unwrap_or_else(|| format!("{}", document.ordinal + 1));
        let (sender, addressee) = document.heading.parties();
        let note = document.archive.as_deref().unwrap_or_default();
        let drafting = source_note::drafting(note);
        let classification = source_note::classification(note)
            .or(document.marking.take())
            // A microfiche supplement describes the whole document in a heading.
            .or_else(|| source_note::classification(&document.heading.title));
        let kind = kind(&document);
        let citation = self.front.citation(number.as_deref());
        let authority = &self.front.authority;

        let mut context = std::mem::take(&mut document.chapters);
        context.extend(document.mentions.abbreviations(authority));
        let mut extras = std::mem::take(&mut document.extras);
        let extra = |name: &str, value| Extra {
            name: name.to_owned(),
            value,
        };
        extras.extend(drafting.map(|value| extra("drafting", value)));
        let wordings = document.dateline.wordings.drain(..);
        extras.extend(wordings.map(|value| extra("dateline", value)));

        Ok(Cable {
            id: format!("{volume}/{local}"),
            kind,
            number,
            date: document
                .dateline
                .days
                .or(document.heading_days)
                .or(document.div_date),
            date_text: document.dateline.text,
            place: document.dateline.place,
            sender,
            addressee,
            summary: None,
            body: document.body,
            notes: document.notes,
            persons: document.mentions.persons(authority),
            subjects: document.subjects,
            classification,
            archive: document.archive,
            language: document.language.or(self.front.language.clone()),
            volume: Some(volume.to_owned()),
            pages: document.pages,
            citation,
            url,
            extras,
            context,
            title: document.heading.title,
            source: SourcePosition {
                file: self.file.clone(),
                line: Some(document.line),
                ordinal: document.ordinal,
            },
        })
    }
}

/// The kind that the heading names, or else the file number, whose last part
/// is often `Telegram` in the older volumes, or else the line `No. 12`.
fn kind(document: &Document) -> Kind {
    let kind = Kind::from_heading(&document.heading.title);
    if kind != Kind::Other {
        return kind;
    }
    let after_file = document
        .archive
        .as_deref()
        .and_then(|note| note.rsplit_once(':'));
    match after_file {
        Some((_, after)) if after.len() <= 40 && Kind::from_heading(after) != Kind::Other => {
            Kind::from_heading(after)
        }
        _ if document.numbered => Kind::Despatch,
        _ => Kind::Other,
    }
}

/// The character that a reference means, of those that need no document type.
fn resolve(reference: &quick_xml::events::BytesRef) -> Option<char> {
    match &**reference {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => reference.resolve_char_ref().ok().flatten(),
    }
}

fn one_line(reason: String) -> String {
    if reason.contains(['\n', '\r']) {
        reason.split_whitespace().collect::<Vec<_>>().join(" ")
    } else {
        reason
    }
}
