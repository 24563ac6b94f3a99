//! The elements of TEI that mean something to the reader, and their
//! attributes.

use std::borrow::Cow;

use quick_xml::events::BytesStart;

/// An element, by what the reader does with it. Prefixes do not matter: the
/// volumes have used two namespaces under the prefix `frus`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tag {
    Attachment,
    Cell,
    Date,
    Dateline,
    Div,
    Gloss,
    Head,
    Item,
    Label,
    LineBreak,
    List,
    Note,
    PageBreak,
    PageCount,
    Person,
    Place,
    Row,
    Seg,
    Term,
    Time,
    /// Parts the text before it from the text after it.
    Block,
    Opener,
    /// Remarks of the encoders and names of image files: no text of the
    /// document.
    Ignored,
    /// Anything else: its text belongs to the text around it.
    Inline,
}

impl Tag {
    pub(super) fn of(start: &BytesStart) -> Tag {
        match start.local_name().as_ref() {
            "attachment" => Tag::Attachment,
            "cell" => Tag::Cell,
            "date" => Tag::Date,
            "dateline" => Tag::Dateline,
            "div" => Tag::Div,
            "gloss" => Tag::Gloss,
            "head" => Tag::Head,
            "item" => Tag::Item,
            "label" => Tag::Label,
            "lb" => Tag::LineBreak,
            "list" => Tag::List,
            "note" => Tag::Note,
            "pb" => Tag::PageBreak,
            "page-count-according-to-citation" => Tag::PageCount,
            "persName" => Tag::Person,
            "placeName" => Tag::Place,
            "row" => Tag::Row,
            "seg" => Tag::Seg,
            "term" => Tag::Term,
            "time" => Tag::Time,
            "opener" => Tag::Opener,
            "p" | "ab" | "closer" | "signed" | "salute" | "postscript" | "quote" | "table"
            | "byline" | "epigraph" | "trailer" | "argument" | "lg" | "l" | "sp" | "speaker"
            | "figDesc" | "listPerson" | "address" | "addrLine" | "floatingText" | "body" => {
                Tag::Block
            }
            "file" | "pdf" | "uh-oh" | "graphic" | "index" => Tag::Ignored,
            _ => Tag::Inline,
        }
    }
}

/// The value of an attribute, by its whole name.
pub(super) fn attribute<'a>(start: &'a BytesStart, name: &str) -> Option<Cow<'a, str>> {
    find(start, |key| key == name)
}

/// The value of an attribute, by its name without a prefix.
pub(super) fn local_attribute<'a>(start: &'a BytesStart, name: &str) -> Option<Cow<'a, str>> {
    find(start, |key| key.rsplit(':').next() == Some(name))
}

fn find<'a>(start: &'a BytesStart, mut is_it: impl FnMut(&str) -> bool) -> Option<Cow<'a, str>> {
    let mut attributes = start.attributes();
    let found = attributes
        .with_checks(false)
        .flatten()
        .find(|attribute| is_it(attribute.key.as_ref()))?;
    if !found.value.contains('&') {
        return Some(found.value);
    }
    // A value with an entity of a document type stays as it is written.
    match quick_xml::escape::unescape(&found.value) {
        Ok(text) => Some(Cow::Owned(text.into_owned())),
        Err(_) => Some(Cow::Owned(found.value.into_owned())),
    }
}

/// The identifier that a reference such as `#p_KNS1` points to.
pub(super) fn target(reference: &str) -> &str {
    reference.rsplit('#').next().unwrap_or(reference)
}
