//! What each element does to its document when it opens and when it closes.

use quick_xml::events::BytesStart;

use super::{Apart, Document, Frame, List, spanning};
use crate::cable::{DateInterval, Extra, Note};
use crate::ingest::tei::heading::End;
use crate::ingest::tei::markup::{Tag, attribute, target};
use crate::ingest::tei::source_note;

impl Document {
    /// Enters an element.
    pub(in crate::ingest::tei) fn start(&mut self, start: &BytesStart) {
        let tag = Tag::of(start);
        let frame = if self.ignored > 0 {
            self.ignored += 1;
            Frame::Ignored
        } else {
            self.enter(tag, start)
        };
        self.frames.push(frame);
    }

    /// Enters an element that is not left out.
    fn enter(&mut self, tag: Tag, start: &BytesStart) -> Frame {
        let at = self.flow().len();
        match tag {
            Tag::Ignored => {
                self.ignored += 1;
                Frame::Ignored
            }
            Tag::Inline | Tag::Term => Frame::Inline,
            Tag::LineBreak => {
                self.flow().space();
                Frame::Inline
            }
            Tag::PageBreak => {
                self.break_page(start);
                Frame::Inline
            }
            Tag::Head if self.frames.is_empty() && !self.heading.is_read() => {
                self.begin_block();
                self.set_apart(Apart::Heading)
            }
            Tag::Head => {
                self.begin_block();
                let list = self.list();
                let joins = matches!(list, Some(List::Subjects | List::Headed));
                if list.is_some() {
                    Frame::ListHead { joins }
                } else {
                    Frame::Block
                }
            }
            Tag::Note => self.enter_note(start),
            Tag::Dateline
                if self.attachments == 0 && self.apart.is_empty() && !self.dateline.is_dated() =>
            {
                self.begin_block();
                self.dateline.begin();
                self.set_apart(Apart::Dateline)
            }
            Tag::Place if self.in_dateline() => Frame::Place { start: at },
            Tag::Date if self.in_dateline() => Frame::Date {
                start: at,
                days: days(start),
            },
            Tag::Time if self.in_dateline() => Frame::Time,
            Tag::Date if self.in_heading() => {
                self.heading_days = self.heading_days.or_else(|| days(start));
                Frame::Inline
            }
            Tag::Place | Tag::Date | Tag::Time => Frame::Inline,
            Tag::PageCount => {
                self.begin_block();
                self.set_apart(Apart::PageCount)
            }
            Tag::Person => Frame::Person {
                start: at,
                id: attribute(start, "corresp").map(|id| target(&id).to_owned()),
                end: self.end_of_correspondence(start),
            },
            Tag::Gloss => {
                for name in ["target", "corresp"] {
                    if let Some(term) = attribute(start, name) {
                        self.mentions.term(target(&term));
                    }
                }
                Frame::Gloss {
                    start: at,
                    end: self.end_of_correspondence(start),
                }
            }
            Tag::List => {
                self.begin_block();
                Frame::List(match attribute(start, "type").as_deref() {
                    Some("subject") => List::Subjects,
                    Some("participants") => List::Participants,
                    Some("to" | "from" | "references" | "reference") => List::Headed,
                    _ => List::Plain,
                })
            }
            Tag::Item => {
                let list = self.list().unwrap_or(List::Plain);
                self.begin_block();
                let offset = self.paragraph.len();
                let paragraph = self.body.len();
                Frame::Item {
                    list,
                    paragraph,
                    offset,
                }
            }
            Tag::Label => {
                self.begin_block();
                Frame::Label
            }
            Tag::Row => {
                self.begin_block();
                Frame::Row { cells: 0 }
            }
            Tag::Cell => {
                self.enter_cell();
                Frame::Cell
            }
            Tag::Opener => {
                self.begin_block();
                Frame::Opener
            }
            Tag::Seg if matches!(self.frames.last(), Some(Frame::Opener)) => {
                self.begin_block();
                Frame::OpenerSeg {
                    offset: self.paragraph.len(),
                }
            }
            Tag::Seg => Frame::Inline,
            Tag::Attachment => {
                self.begin_block();
                self.attachments += 1;
                Frame::Attachment
            }
            Tag::Block | Tag::Div | Tag::Dateline => {
                self.begin_block();
                Frame::Block
            }
        }
    }

    fn enter_note(&mut self, start: &BytesStart) -> Frame {
        self.flow().interrupt();
        let source = attribute(start, "type").as_deref() == Some("source");
        let nested = self
            .apart
            .iter()
            .any(|(apart, _)| !matches!(apart, Apart::Heading));
        if source && self.archive.is_none() && self.attachments == 0 && !nested {
            return self.set_apart(Apart::Source);
        }
        let above = self
            .apart
            .iter()
            .any(|(apart, _)| matches!(apart, Apart::Heading | Apart::Dateline | Apart::Source));
        let label = attribute(start, "n").map(|label| label.trim().to_owned());
        self.set_apart(Apart::Note(Note {
            label: label.filter(|label| !label.is_empty()),
            text: String::new(),
            anchor: (!above).then(|| self.position()),
        }))
    }

    fn enter_cell(&mut self) {
        self.cells += 1;
        if let Some(Frame::Row { cells }) = self.frames.last_mut() {
            *cells += 1;
            if *cells > 1 {
                self.flow().next_cell();
            }
        }
    }

    /// Leaves the innermost element.
    pub(in crate::ingest::tei) fn end(&mut self) {
        let Some(frame) = self.frames.pop() else {
            return;
        };
        match frame {
            Frame::Inline | Frame::Time => {
                if matches!(frame, Frame::Time) && self.in_dateline() {
                    let end = self.flow().len();
                    self.dateline.timed(end);
                }
            }
            Frame::Ignored => self.ignored -= 1,
            Frame::Block | Frame::List(_) | Frame::Opener => self.end_block(),
            Frame::Attachment => {
                self.attachments -= 1;
                self.end_block();
            }
            Frame::Apart => self.close_apart(),
            Frame::Label => self.join_next(),
            Frame::Cell => {
                self.cells -= 1;
                self.flow().space();
            }
            Frame::Row { .. } => {
                self.flow().end_row();
                self.end_block();
            }
            Frame::ListHead { joins: true } if !self.flow().is_empty() => {
                let flow = self.flow();
                if !flow.text().ends_with([':', '.', '—', '-', '–']) {
                    flow.push(":");
                }
                self.join_next();
            }
            Frame::ListHead { .. } => self.end_block(),
            Frame::Item {
                list,
                paragraph,
                offset,
            } => {
                self.list_item(list, paragraph, offset);
                self.end_block();
            }
            Frame::OpenerSeg { offset } => {
                let text = self.paragraph.since(offset);
                if self.attachments == 0 {
                    self.numbered |= is_despatch_number(text);
                    if self.marking.is_none() {
                        self.marking = source_note::heading_classification(text);
                    }
                }
                self.end_block();
            }
            Frame::Place { start } => {
                let end = self.flow().len();
                self.dateline.place(start, end);
            }
            Frame::Date { start, days } => {
                let end = self.flow().len();
                self.dateline.date(start, end, days);
            }
            Frame::Person { start, id, end } => self.end_person(start, id, end),
            Frame::Gloss { start, end } => {
                if let Some(end) = end {
                    let text = self.flow().since(start).to_owned();
                    self.heading.mark(end, false, text);
                }
            }
        }
    }

    fn end_person(&mut self, start: usize, id: Option<String>, end: Option<End>) {
        let in_source = matches!(self.apart.last(), Some((Apart::Source, _)));
        let flow = match self.apart.last() {
            Some((_, flow)) => flow,
            None => &self.paragraph,
        };
        let form = flow.since(start);
        if let Some(end) = end {
            self.heading.mark(end, true, form.to_owned());
        }
        if in_source {
            // What follows tells later whether this names a collection.
            self.mentions.suspend(id, form.to_owned(), flow.len());
        } else {
            self.mentions.person(id.as_deref(), form);
        }
    }

    fn list_item(&mut self, list: List, paragraph: usize, offset: usize) {
        if !self.apart.is_empty() || !matches!(list, List::Subjects | List::Participants) {
            return;
        }
        let mut text = String::new();
        let done = self.body.iter().skip(paragraph).map(|p| p.text.as_str());
        for (at, part) in done.chain([self.paragraph.text()]).enumerate() {
            let part = if at == 0 {
                part.get(offset..).unwrap_or_default()
            } else {
                part
            };
            if !text.is_empty() && !part.is_empty() {
                text.push(' ');
            }
            text.push_str(part.trim());
        }
        if text.is_empty() {
        } else if list == List::Subjects {
            self.subjects.push(text);
        } else {
            let name = "participants".to_owned();
            self.extras.push(Extra { name, value: text });
        }
    }

    fn close_apart(&mut self) {
        let Some((apart, mut flow)) = self.apart.pop() else {
            return;
        };
        match apart {
            Apart::Heading => self.heading.read(flow.take()),
            Apart::Source => {
                let text = flow.take();
                self.mentions.resume(&text);
                let text = source_note::without_lead(&text);
                self.archive = (!text.is_empty()).then(|| text.to_owned());
            }
            Apart::Note(mut note) => {
                note.text = flow.take();
                if !note.text.is_empty() {
                    self.notes.push(note);
                }
            }
            Apart::Dateline => self.dateline.close(&flow.take()),
            Apart::PageCount => {
                let name = "page-count-according-to-citation".to_owned();
                let value = flow.take();
                if !value.is_empty() {
                    self.extras.push(Extra { name, value });
                }
            }
        }
    }
}

/// The days that a `date` element means.
fn days(date: &BytesStart) -> Option<DateInterval> {
    let day = |name| {
        let value = attribute(date, name)?;
        DateInterval::parse_iso(value.trim()).ok()
    };
    day("when").or_else(|| {
        [("from", "to"), ("notBefore", "notAfter")]
            .into_iter()
            .find_map(|(first, last)| match (day(first), day(last)) {
                (Some(first), Some(last)) => spanning(first, last),
                (one, other) => one.or(other),
            })
    })
}

/// `No. 385`, the line above a despatch.
fn is_despatch_number(text: &str) -> bool {
    let number = text.strip_prefix("No.").or(text.strip_prefix("no."));
    number.is_some_and(|number| {
        let number = number.trim_start();
        !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
    })
}
