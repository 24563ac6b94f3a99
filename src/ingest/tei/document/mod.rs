//! One document on its way from markup to a [`Cable`]: elements open and
//! close, text flows into the body, a note, the heading or the dateline.

mod elements;

use quick_xml::events::BytesStart;

use super::dateline::Dateline;
use super::flow::Flow;
use super::front::page_label;
use super::heading::{End, Heading};
use super::markup::{attribute, local_attribute};
use super::mentions::Mentions;
use crate::cable::{BodyPosition, DateInterval, Extra, Note, PageBreak, Paragraph};

/// A document whose division is still open.
pub(super) struct Document {
    /// Its identifier in the volume, from `xml:id`.
    pub(super) id: Option<String>,
    pub(super) number: Option<String>,
    pub(super) language: Option<String>,
    pub(super) line: u64,
    pub(super) ordinal: u64,
    /// Headings of the divisions around it.
    pub(super) chapters: Vec<Extra>,
    pub(super) heading: Heading,
    pub(super) dateline: Dateline,
    /// Days from the attributes of its division.
    pub(super) div_date: Option<DateInterval>,
    /// The first date that the heading marks: editorial heads say there when a
    /// conversation was, and have no dateline.
    pub(super) heading_days: Option<DateInterval>,
    pub(super) body: Vec<Paragraph>,
    pub(super) notes: Vec<Note>,
    pub(super) pages: Vec<PageBreak>,
    pub(super) mentions: Mentions,
    pub(super) subjects: Vec<String>,
    pub(super) extras: Vec<Extra>,
    /// The source note.
    pub(super) archive: Option<String>,
    /// A classification above the text.
    pub(super) marking: Option<String>,
    /// Whether a line above the text numbers it as a despatch: `No. 12`.
    pub(super) numbered: bool,
    /// The first thing wrong with it: the document is then read to its end
    /// without being kept.
    failure: Option<(u64, String)>,
    /// The paragraph that is being read.
    paragraph: Flow,
    /// Texts apart from the body that are being read, innermost last.
    apart: Vec<(Apart, Flow)>,
    frames: Vec<Frame>,
    /// How many of the frames are cells of tables.
    cells: usize,
    /// How many are elements that are left out.
    ignored: usize,
    /// How many are attachments.
    attachments: usize,
    /// Whether the next block continues the paragraph, as an item its label.
    joined: bool,
    /// Bytes of text taken.
    bytes: usize,
}

/// A text apart from the body.
enum Apart {
    Heading,
    Note(Note),
    Source,
    Dateline,
    PageCount,
}

/// An open element and what its end completes.
enum Frame {
    Inline,
    Block,
    Ignored,
    Attachment,
    Apart,
    Label,
    Cell,
    Row {
        cells: usize,
    },
    List(List),
    ListHead {
        joins: bool,
    },
    Item {
        list: List,
        paragraph: usize,
        offset: usize,
    },
    Opener,
    OpenerSeg {
        offset: usize,
    },
    Place {
        start: usize,
    },
    Date {
        start: usize,
        days: Option<DateInterval>,
    },
    Time,
    Person {
        start: usize,
        id: Option<String>,
        end: Option<End>,
    },
    Gloss {
        start: usize,
        end: Option<End>,
    },
}

/// What a list lists.
#[derive(Clone, Copy, PartialEq, Eq)]
enum List {
    Subjects,
    Participants,
    /// Something under a heading of its own, such as references.
    Headed,
    Plain,
}

impl Document {
    /// Begins a document at its `div`.
    pub(super) fn open(div: &BytesStart, line: u64, ordinal: u64) -> Self {
        let own = |name| attribute(div, name).map(|value| value.trim().to_owned());
        let day = |name| {
            let value = local_attribute(div, name)?;
            DateInterval::parse_iso(value.trim()).ok()
        };
        let div_date = match (day("doc-dateTime-min"), day("doc-dateTime-max")) {
            (Some(min), Some(max)) => spanning(min, max),
            (one, other) => one.or(other),
        };
        Document {
            id: own("xml:id").filter(|id| !id.is_empty()),
            number: own("n").filter(|number| !number.is_empty()),
            language: own("xml:lang").or(own("lang")),
            line,
            ordinal,
            chapters: Vec::new(),
            heading: Heading::default(),
            dateline: Dateline::default(),
            div_date,
            heading_days: None,
            body: Vec::new(),
            notes: Vec::new(),
            pages: Vec::new(),
            mentions: Mentions::default(),
            subjects: Vec::new(),
            extras: Vec::new(),
            archive: None,
            marking: None,
            numbered: false,
            failure: None,
            paragraph: Flow::default(),
            apart: Vec::new(),
            frames: Vec::new(),
            cells: 0,
            ignored: 0,
            attachments: 0,
            joined: false,
            bytes: 0,
        }
    }

    /// Declares the document unreadable for `reason`; the first stands.
    pub(super) fn fail(&mut self, line: u64, reason: String) {
        if self.failure.is_none() {
            self.failure = Some((line, reason));
            self.body = Vec::new();
            self.notes = Vec::new();
            self.paragraph = Flow::default();
        }
    }

    /// What is wrong with it, and on which line.
    pub(super) fn failure(&mut self) -> Option<(u64, String)> {
        self.failure.take()
    }

    pub(super) fn has_failed(&self) -> bool {
        self.failure.is_some()
    }

    /// How many elements are open in it.
    pub(super) fn depth(&self) -> usize {
        self.frames.len()
    }

    /// Counts `bytes` more of text and tells how much there is.
    pub(super) fn grow(&mut self, bytes: usize) -> usize {
        self.bytes = self.bytes.saturating_add(bytes);
        self.bytes
    }

    /// The page that the document begins on.
    pub(super) fn begin_on(&mut self, page: Option<&str>) {
        let label = page.map(str::to_owned);
        let at = BodyPosition::default();
        self.pages
            .extend(label.map(|label| PageBreak { label, at }));
    }

    /// Parts the text before another document from the text after it.
    pub(super) fn part(&mut self) {
        self.end_block();
    }

    /// Takes text.
    pub(super) fn text(&mut self, text: &str) {
        if self.ignored == 0 && self.failure.is_none() {
            if self.joined && !text.trim_ascii_start().is_empty() {
                self.joined = false;
            }
            self.flow().push(text);
        }
    }

    /// Ends the document's own text.
    pub(super) fn close(&mut self) {
        while !self.frames.is_empty() {
            self.end();
        }
        self.end_block();
        // The end of a table's row may have taken empty cells back.
        let notes = self
            .notes
            .iter_mut()
            .filter_map(|note| note.anchor.as_mut());
        for at in notes.chain(self.pages.iter_mut().map(|page| &mut page.at)) {
            let paragraph = self.body.get(at.paragraph as usize);
            let text = paragraph.map_or("", |paragraph| &paragraph.text);
            at.offset = floor(text, at.offset);
        }
    }

    fn set_apart(&mut self, apart: Apart) -> Frame {
        self.apart.push((apart, Flow::default()));
        Frame::Apart
    }

    fn flow(&mut self) -> &mut Flow {
        match self.apart.last_mut() {
            Some((_, flow)) => flow,
            None => &mut self.paragraph,
        }
    }

    fn in_dateline(&self) -> bool {
        matches!(self.apart.last(), Some((Apart::Dateline, _)))
    }

    fn in_heading(&self) -> bool {
        matches!(self.apart.last(), Some((Apart::Heading, _)))
    }

    fn end_of_correspondence(&self, start: &BytesStart) -> Option<End> {
        if !self.in_heading() {
            return None;
        }
        match attribute(start, "type").as_deref() {
            Some("from") => Some(End::Sender),
            Some("to") => Some(End::Addressee),
            _ => None,
        }
    }

    fn list(&self) -> Option<List> {
        match self.frames.last() {
            Some(Frame::List(list)) => Some(*list),
            _ => None,
        }
    }

    fn begin_block(&mut self) {
        if !std::mem::take(&mut self.joined) {
            self.end_block();
        }
    }

    fn end_block(&mut self) {
        self.joined = false;
        if self.cells > 0 || !self.apart.is_empty() {
            self.flow().space();
        } else {
            let text = self.paragraph.take();
            if !text.is_empty() {
                self.body.push(Paragraph { text });
            }
        }
    }

    /// Lets the next block continue the paragraph.
    fn join_next(&mut self) {
        self.flow().space();
        self.joined = true;
    }

    fn break_page(&mut self, start: &BytesStart) {
        let Some(label) = page_label(start).filter(|_| self.failure.is_none()) else {
            return;
        };
        self.grow(label.len() + size_of::<PageBreak>());
        let at = self.position();
        if at == BodyPosition::default() && self.frames.is_empty() && !self.heading.is_read() {
            // The document begins on this page, not on the one before.
            self.pages.clear();
        }
        self.pages.push(PageBreak { label, at });
    }

    fn position(&self) -> BodyPosition {
        let clamp = |value| u32::try_from(value).unwrap_or(u32::MAX);
        BodyPosition {
            paragraph: clamp(self.body.len()),
            offset: clamp(self.paragraph.len()),
        }
    }
}

/// The last character boundary of `text` at or before `offset`.
fn floor(text: &str, offset: u32) -> u32 {
    let mut at = (offset as usize).min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    u32::try_from(at).unwrap_or(offset)
}

/// The interval from the beginning of one to the end of another.
fn spanning(first: DateInterval, last: DateInterval) -> Option<DateInterval> {
    if first == last {
        return Some(first);
    }
    DateInterval::range(first.earliest, last.latest)
}
