//! What a volume says outside its documents: its header, its lists of persons
//! and abbreviations, and the headings of its chapters.

use quick_xml::events::BytesStart;

use super::authority::Authority;
use super::flow::Flow;
use super::markup::{Tag, attribute};
use crate::cable::Extra;

/// Everything that documents take from the volume around them.
#[derive(Debug, Default)]
pub(super) struct Front {
    /// The volume's identifier, from `idno type="frus"`.
    pub(super) id: Option<String>,
    pub(super) authority: Authority,
    /// The page that the text has come to.
    pub(super) page: Option<String>,
    /// Language of the volume, where it is declared.
    pub(super) language: Option<String>,
    title: Option<String>,
    editors: Vec<String>,
    place: Option<String>,
    publisher: Option<String>,
    year: Option<String>,
    /// Headings of the divisions that are open.
    chapters: Vec<Chapter>,
    /// Local names of the open elements that contain what is read here.
    open: Vec<Open>,
    /// What is being read, and how many elements were open before it.
    reading: Option<(usize, Field)>,
    flow: Flow,
    /// Bytes of text read into `flow`.
    bytes: usize,
}

#[derive(Debug)]
struct Chapter {
    /// Number of open elements that its division is.
    depth: usize,
    extra: Extra,
}

/// The elements around the place, as far as they matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Open {
    Header,
    Publication,
    Division,
    Note,
    Other,
}

#[derive(Debug, PartialEq)]
enum Field {
    Id,
    Title,
    Editor,
    Place,
    Publisher,
    Year,
    Heading,
    /// An item of a list of persons or abbreviations: the first name or term
    /// that has an identifier, and where it begins and ends in the item.
    Item(Option<Entry>),
}

#[derive(Debug, PartialEq)]
struct Entry {
    id: String,
    person: bool,
    depth: usize,
    start: usize,
    end: Option<usize>,
}

impl Front {
    /// Enters an element outside the documents.
    pub(super) fn start(&mut self, start: &BytesStart) {
        let tag = Tag::of(start);
        let depth = self.open.len();
        let parent = self.open.last().copied().unwrap_or(Open::Other);
        let name = start.local_name();
        let mut kind = Open::Other;
        match tag {
            Tag::Div => {
                kind = Open::Division;
                let name =
                    attribute(start, "type").map_or("chapter".into(), |kind| kind.into_owned());
                let value = String::new();
                let extra = Extra { name, value };
                self.chapters.push(Chapter { depth, extra });
            }
            Tag::Head if parent == Open::Division => self.read(depth, Field::Heading),
            Tag::Note => kind = Open::Note,
            Tag::LineBreak => self.flow.space(),
            Tag::PageBreak => self.page = page_label(start),
            Tag::Item => self.read(depth, Field::Item(None)),
            Tag::Person | Tag::Term => {
                if let Some((_, Field::Item(entry @ None))) = &mut self.reading
                    && let Some(id) = attribute(start, "xml:id")
                {
                    *entry = Some(Entry {
                        id: id.into_owned(),
                        person: tag == Tag::Person,
                        depth,
                        start: self.flow.len(),
                        end: None,
                    });
                }
            }
            _ => match name.as_ref() {
                "teiHeader" => kind = Open::Header,
                "publicationStmt" => kind = Open::Publication,
                "TEI" | "text" => {
                    let language = attribute(start, "xml:lang").or(attribute(start, "lang"));
                    self.language = language.map(|l| l.into_owned()).or(self.language.take());
                }
                _ if self.open.contains(&Open::Header) => self.start_field(start, depth),
                _ => {}
            },
        }
        if tag == Tag::Date && parent == Open::Publication {
            self.read(depth, Field::Year);
        }
        if parent == Open::Note {
            kind = Open::Note;
        }
        self.open.push(kind);
    }

    fn start_field(&mut self, start: &BytesStart, depth: usize) {
        let kind = attribute(start, "type");
        let publication = self.open.last() == Some(&Open::Publication);
        let field = match start.local_name().as_ref() {
            "idno" if kind.as_deref() == Some("frus") => Field::Id,
            "title" if kind.as_deref() == Some("complete") => Field::Title,
            "editor" if attribute(start, "role").as_deref() == Some("primary") => Field::Editor,
            "publisher" if publication => Field::Publisher,
            "pubPlace" if publication => Field::Place,
            _ => return,
        };
        self.read(depth, field);
    }

    fn read(&mut self, depth: usize, field: Field) {
        self.flow.take();
        self.bytes = 0;
        self.reading = Some((depth, field));
    }

    /// Takes text outside the documents; of one field no more than `most`
    /// bytes.
    pub(super) fn text(&mut self, text: &str, most: usize) {
        if self.reading.is_some()
            && self.open.last() != Some(&Open::Note)
            && self.bytes.saturating_add(text.len()) <= most
        {
            self.bytes += text.len();
            self.flow.push(text);
        }
    }

    /// Leaves an element outside the documents.
    pub(super) fn end(&mut self, most: usize) {
        self.open.pop();
        let depth = self.open.len();
        match &mut self.reading {
            Some((at, _)) if *at == depth => {
                if let Some((_, field)) = self.reading.take() {
                    self.finish(field, most);
                }
            }
            Some((_, Field::Item(Some(entry)))) if entry.depth == depth && entry.end.is_none() => {
                entry.end = Some(self.flow.len());
            }
            _ => {}
        }
        if self
            .chapters
            .last()
            .is_some_and(|chapter| chapter.depth == depth)
        {
            self.chapters.pop();
        }
    }

    fn finish(&mut self, field: Field, most: usize) {
        let text = self.flow.take();
        if text.is_empty() {
            return;
        }
        match field {
            Field::Id => self.id = Some(text),
            Field::Title => self.title = Some(text),
            Field::Editor => self.editors.push(text),
            Field::Place => self.place = Some(text),
            Field::Publisher => self.publisher = Some(text),
            Field::Year => self.year = Some(text),
            Field::Heading => {
                if let Some(chapter) = self.chapters.last_mut()
                    && chapter.extra.value.is_empty()
                {
                    chapter.extra.value = text;
                }
            }
            Field::Item(Some(entry)) if self.authority.bytes() < most => {
                let end = entry.end.unwrap_or(text.len());
                let name = text.get(entry.start..end).unwrap_or_default().trim();
                let after = text.get(end..).unwrap_or_default();
                if entry.person {
                    self.authority.add_person(entry.id, name, after);
                } else {
                    self.authority.add_term(entry.id, name, after);
                }
            }
            Field::Item(_) => {}
        }
    }

    /// The headings of the divisions around a document, outermost first.
    pub(super) fn chapters(&self) -> Vec<Extra> {
        let headed = self.chapters.iter().filter(|c| !c.extra.value.is_empty());
        headed.map(|chapter| chapter.extra.clone()).collect()
    }

    /// The citation of a document in the form of the publisher's own site.
    pub(super) fn citation(&self, number: Option<&str>) -> Option<String> {
        let mut citation = self.title.clone()?;
        match self.editors.as_slice() {
            [] => {}
            [one] => citation.extend([", ed. ", one]),
            [one, two] => citation.extend([", eds. ", one, " and ", two]),
            [first @ .., last] => {
                citation.push_str(", eds. ");
                citation.push_str(&first.join(", "));
                citation.extend([", and ", last]);
            }
        }
        let publisher = self.publisher.as_deref().map(|publisher| {
            // The site shortens the printer's name so.
            publisher
                .strip_prefix("United States ")
                .unwrap_or(publisher)
        });
        let mut imprint = [self.place.as_deref(), publisher]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(": ");
        if let Some(year) = &self.year {
            if !imprint.is_empty() {
                imprint.push_str(", ");
            }
            imprint.push_str(year);
        }
        if !imprint.is_empty() {
            citation.extend([" (", &imprint, ")"]);
        }
        if let Some(number) = number {
            citation.extend([", Document ", number]);
        }
        citation.push('.');
        Some(citation)
    }
}

/// The label of a page, without the brackets of a page that prints none.
pub(super) fn page_label(start: &BytesStart) -> Option<String> {
    let label = attribute(start, "n")?;
    let label = label.trim();
    (!label.is_empty()).then(|| label.to_owned())
}
