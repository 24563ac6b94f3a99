//! The fields of the index, once: what a field is called, what it holds, how
//! it is stored.
//!
//! The words of a document all stand in one inverted field, `text`, with one
//! sequence of positions: title, summary, body, notes, details. Ranking over
//! one merged field beats ranking over one a section, and a question for one
//! section is a question for a range of positions, which the columns
//! `*_at` give for each document.

use tantivy::schema::{
    FAST, Field, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions,
};

use crate::cable::Cable;

/// A part of a document's text that can be searched alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Section {
    /// The heading.
    Title,
    /// The abstract.
    Summary,
    /// The text proper.
    Body,
    /// Footnotes and endnotes.
    Notes,
    /// What the other fields print: place, date, archive and whatever a
    /// source has besides.
    Details,
}

impl Section {
    /// Every section, in the order of positions.
    pub const ALL: [Section; 5] = [
        Section::Title,
        Section::Summary,
        Section::Body,
        Section::Notes,
        Section::Details,
    ];

    /// The name in queries and in the `field` of a snippet.
    pub fn name(self) -> &'static str {
        match self {
            Section::Title => "title",
            Section::Summary => "summary",
            Section::Body => "body",
            Section::Notes => "notes",
            Section::Details => "details",
        }
    }
}

/// A property of a document that is searched and counted by its own values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Property {
    /// Who sent it, with the office.
    Sender,
    /// To whom, with the office.
    Addressee,
    /// Where it was written.
    Place,
    /// The holding archive or the source note.
    Archive,
    /// Persons that the source marks, by canonical name and printed form.
    Person,
    /// The kind of document.
    Kind,
    /// The volume or collection.
    Volume,
    /// The language of the original.
    Language,
    /// The classification.
    Classification,
    /// Subjects that the source assigns.
    Subject,
    /// What the publication says around the document.
    Context,
    /// The number in its series or volume.
    Number,
    /// The identifier.
    Id,
}

impl Property {
    /// Every property.
    pub const ALL: [Property; 13] = [
        Property::Sender,
        Property::Addressee,
        Property::Place,
        Property::Archive,
        Property::Person,
        Property::Kind,
        Property::Volume,
        Property::Language,
        Property::Classification,
        Property::Subject,
        Property::Context,
        Property::Number,
        Property::Id,
    ];

    /// The name in queries.
    pub fn name(self) -> &'static str {
        match self {
            Property::Sender => "sender",
            Property::Addressee => "addressee",
            Property::Place => "place",
            Property::Archive => "archive",
            Property::Person => "person",
            Property::Kind => "kind",
            Property::Volume => "volume",
            Property::Language => "language",
            Property::Classification => "classification",
            Property::Subject => "subject",
            Property::Context => "context",
            Property::Number => "number",
            Property::Id => "id",
        }
    }

    /// The values that `cable` has, as they are shown and counted.
    pub fn values(self, cable: &Cable) -> Vec<String> {
        let one = |value: Option<String>| value.into_iter().collect();
        match self {
            Property::Sender => one(cable.sender.as_ref().map(ToString::to_string)),
            Property::Addressee => one(cable.addressee.as_ref().map(ToString::to_string)),
            Property::Place => one(cable.place.clone()),
            Property::Archive => one(cable.archive.clone()),
            Property::Person => cable.persons.iter().map(|p| p.name.clone()).collect(),
            Property::Kind => vec![cable.kind.name().to_owned()],
            Property::Volume => one(cable.volume.clone()),
            Property::Language => one(cable.language.clone()),
            Property::Classification => one(cable.classification.clone()),
            Property::Subject => cable.subjects.clone(),
            Property::Context => cable
                .context
                .iter()
                .map(|extra| extra.value.clone())
                .collect(),
            Property::Number => one(cable.number.clone()),
            Property::Id => vec![cable.id.clone()],
        }
    }

    /// The values as the property's column holds them. A source note is
    /// counted by the archive that it begins with.
    pub(crate) fn column_values(self, cable: &Cable) -> Vec<String> {
        let mut values = self.values(cable);
        if self == Property::Archive {
            for value in &mut values {
                let end = value.find([',', ';', '\n']).unwrap_or(value.len());
                value.truncate(end);
            }
        }
        values
    }
}

/// What a field name in a query means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum QueryField {
    /// The whole text.
    Text,
    /// One section of it.
    Section(Section),
    /// A property.
    Property(Property),
    /// The date.
    Date,
}

impl QueryField {
    /// Every name that a query can use before a colon.
    pub fn names() -> Vec<&'static str> {
        let sections = Section::ALL.iter().map(|section| section.name());
        let properties = Property::ALL.iter().map(|property| property.name());
        sections.chain(properties).chain(["date"]).collect()
    }

    /// The field of that name.
    pub fn from_name(name: &str) -> Option<QueryField> {
        let section = Section::ALL.iter().find(|section| section.name() == name);
        let property = Property::ALL.iter().find(|p| p.name() == name);
        match (section, property) {
            (Some(section), _) => Some(QueryField::Section(*section)),
            (_, Some(property)) => Some(QueryField::Property(*property)),
            _ if name == "date" => Some(QueryField::Date),
            _ => None,
        }
    }
}

/// The name under which this crate's token stream is registered.
pub(crate) const TOKENIZER: &str = "cables";

/// Ends a term of the field `names` that is printed in small letters.
pub(crate) const IN_SMALL_LETTERS: char = '\u{2}';

/// The tantivy fields.
#[derive(Debug, Clone)]
pub(crate) struct Fields {
    /// Every word of the text, with frequencies and positions.
    pub text: Field,
    /// How the document prints its words, documents alone: the word where it
    /// is only a name, with [`IN_SMALL_LETTERS`] where it is not. It keeps
    /// names from being inflected.
    pub names: Field,
    /// The words of each property, with positions, in the order of
    /// [`Property::ALL`].
    pub properties: Vec<Field>,
    /// The values of each property but the id, as columns for counting and
    /// for `field:*`, in the same order.
    pub values: Vec<(Property, Field)>,
    /// The id, whole: for replacing and fetching, and a column to break ties.
    pub key: Field,
    /// The version of the source file that the document came from.
    pub origin: Field,
    /// First day that the date can mean, in days since 1970-01-01; absent for
    /// undated documents.
    pub earliest: Field,
    /// Last such day.
    pub latest: Field,
    /// Number of terms in `text`, for the exact mean length.
    pub terms: Field,
    /// Position at which each section of [`Section::ALL`] but the first
    /// begins.
    pub starts: Vec<Field>,
    /// The cable without its longer texts, as JSON.
    pub stored_cable: Field,
    /// The table of the stored text's units.
    pub stored_layout: Field,
    /// The units' text, one after the other.
    pub stored_text: Field,
}

impl Fields {
    /// The schema of this version of the index format, and its fields.
    pub fn new() -> (Schema, Fields) {
        let mut builder = Schema::builder();
        let fields = Fields {
            text: builder.add_text_field("text", words(IndexRecordOption::WithFreqsAndPositions)),
            names: builder.add_text_field("names", words(IndexRecordOption::Basic)),
            properties: Property::ALL
                .iter()
                .map(|property| {
                    let options = words(IndexRecordOption::WithFreqsAndPositions);
                    builder.add_text_field(property.name(), options)
                })
                .collect(),
            values: Property::ALL
                .into_iter()
                .filter(|property| *property != Property::Id)
                .map(|property| (property, builder.add_text_field(column(property), values())))
                .collect(),
            key: builder.add_text_field("key", STRING | FAST),
            origin: builder.add_text_field("origin", STRING),
            earliest: builder.add_i64_field("earliest", FAST),
            latest: builder.add_i64_field("latest", FAST),
            terms: builder.add_u64_field("terms", FAST),
            starts: Section::ALL[1..]
                .iter()
                .map(|section| builder.add_u64_field(&format!("{}_at", section.name()), FAST))
                .collect(),
            stored_cable: builder.add_bytes_field("cable", STORED),
            stored_layout: builder.add_bytes_field("layout", STORED),
            stored_text: builder.add_bytes_field("stored_text", STORED),
        };
        (builder.build(), fields)
    }

    /// The field with the words of a property.
    pub fn property(&self, property: Property) -> Field {
        self.properties[property as usize]
    }
}

/// The name of the column that holds a property's values.
pub(crate) fn column(property: Property) -> &'static str {
    match property {
        Property::Sender => "sender_value",
        Property::Addressee => "addressee_value",
        Property::Place => "place_value",
        Property::Archive => "archive_value",
        Property::Person => "person_value",
        Property::Kind => "kind_value",
        Property::Volume => "volume_value",
        Property::Language => "language_value",
        Property::Classification => "classification_value",
        Property::Subject => "subject_value",
        Property::Context => "context_value",
        Property::Number => "number_value",
        Property::Id => "key",
    }
}

fn values() -> TextOptions {
    FAST.into()
}

fn words(record: IndexRecordOption) -> TextOptions {
    TextOptions::default().set_indexing_options(
        TextFieldIndexing::default()
            .set_tokenizer(TOKENIZER)
            .set_index_option(record)
            .set_fieldnorms(record != IndexRecordOption::Basic),
    )
}
