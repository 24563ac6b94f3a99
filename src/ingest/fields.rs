//! The one table of names for front matter, `meta` elements, JSON keys, CSV
//! columns and the labels of archives.

use super::prose::one_line;

/// What a named value can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Field {
    Id,
    Title,
    Subject,
    Body,
    Summary,
    Sender,
    Addressee,
    Date,
    DateText,
    Place,
    Number,
    Kind,
    Classification,
    Archive,
    Language,
    Volume,
    Citation,
    Url,
    Subjects,
    Persons,
    Notes,
    Pages,
    Extras,
    Context,
}

/// The names of each field, the surest first: where a document has several of
/// a field with room for one, the first of the table wins, and the others are
/// kept as extras.
const NAMES: &[(Field, &[&str])] = &[
    (
        Field::Id,
        &[
            "id",
            "identifier",
            "document id",
            "doc id",
            "docid",
            "uid",
            "guid",
        ],
    ),
    (
        Field::Title,
        &[
            "title",
            "headline",
            "heading",
            "document title",
            "name",
            "og title",
        ],
    ),
    (Field::Subject, &["subject"]),
    (
        Field::Body,
        &[
            "body",
            "text",
            "content",
            "contents",
            "full text",
            "fulltext",
            "body text",
            "message",
            "transcription",
            "transcript",
        ],
    ),
    (
        Field::Summary,
        &["summary", "abstract", "description", "og description"],
    ),
    (
        Field::Sender,
        &[
            "from",
            "sender",
            "author",
            "authors",
            "author s",
            "creator",
            "creators",
            "byline",
            "drafted by",
        ],
    ),
    (
        Field::Addressee,
        &[
            "to",
            "addressee",
            "addressees",
            "recipient",
            "recipients",
            "addressed to",
        ],
    ),
    (
        Field::Date,
        &[
            "date",
            "date sent",
            "sent",
            "document date",
            "dated",
            "created",
            "date created",
            "issued",
            "written",
            "publication date",
        ],
    ),
    (Field::DateText, &["date text"]),
    (
        Field::Place,
        &[
            "place",
            "location",
            "origin",
            "sent from",
            "place of writing",
        ],
    ),
    (
        Field::Number,
        &[
            "number",
            "no",
            "document number",
            "telegram number",
            "cable number",
        ],
    ),
    (
        Field::Kind,
        &["kind", "type", "document type", "doc type", "genre"],
    ),
    (
        Field::Classification,
        &[
            "classification",
            "original classification",
            "security classification",
        ],
    ),
    (
        Field::Archive,
        &[
            "archive",
            "repository",
            "original archive",
            "source note",
            "source",
        ],
    ),
    (
        Field::Language,
        &["original language", "language", "languages", "lang"],
    ),
    (
        Field::Volume,
        &["volume", "collection", "collections", "series"],
    ),
    (
        Field::Citation,
        &["citation", "cite as", "bibliographic citation"],
    ),
    (
        Field::Url,
        &["url", "link", "uri", "permalink", "href", "og url"],
    ),
    (
        Field::Subjects,
        &[
            "subjects",
            "subjects discussed",
            "subject terms",
            "topics",
            "tags",
            "tag",
            "keywords",
            "keyword",
            "geographic subjects",
        ],
    ),
    (
        Field::Persons,
        &[
            "persons",
            "people",
            "persons mentioned",
            "people mentioned",
            "names",
            "participants",
        ],
    ),
    (Field::Notes, &["notes", "footnotes", "endnotes"]),
    (Field::Pages, &["pages", "page"]),
    (Field::Extras, &["extras"]),
    (Field::Context, &["context"]),
];

impl Field {
    /// The field that a source calls `name`, and how far down its names stand
    /// in the table.
    pub(crate) fn named(name: &str) -> Option<(Field, usize)> {
        let name = normal_name(name);
        NAMES.iter().find_map(|(field, names)| {
            let rank = names.iter().position(|known| *known == name)?;
            Some((*field, rank))
        })
    }
}

/// `name` in lower case, its words a space apart, without the prefix of Dublin
/// Core or of a citation index.
pub(crate) fn normal_name(name: &str) -> String {
    let lower = name.trim().to_lowercase();
    let lower = ["dcterms.", "dcterms:", "dc.", "dc:", "citation_"]
        .iter()
        .find_map(|prefix| lower.strip_prefix(prefix))
        .unwrap_or(&lower);
    let spaced: String = lower
        .chars()
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .collect();
    one_line(&spaced)
}
