//! The document model: one [`Cable`] for a telegram, a despatch, a memorandum,
//! a letter, whatever file format it was read from.
//!
//! Nothing here reads files or knows of an index. A format reader fills a
//! `Cable`; everything after it reads one.

mod date;
pub(crate) mod heading;
mod kind;
mod party;

pub use date::{DateError, DateErrorReason, DateInterval, DatePrecision};
pub use kind::Kind;
pub use party::Party;

use serde::{Deserialize, Serialize};

/// One historical document with everything its source says of it.
///
/// Absent values are `None` or empty, never an invented placeholder. All text
/// is Unicode with soft line wraps joined: what remains of line structure is
/// the division into paragraphs.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Cable {
    /// Stable, short, typable identifier, as `frus1961-63v12/d93`,
    /// `wilson/112639` or `letters/1962-10-03`. Unique in an index.
    pub id: String,
    /// The heading, without its number and its notes.
    pub title: String,
    /// What sort of document it is.
    pub kind: Kind,
    /// The document's number in its series or volume, as printed.
    pub number: Option<String>,
    /// When it was written; `None` for an undated document.
    pub date: Option<DateInterval>,
    /// The date as the source prints it, kept also where it cannot be read.
    pub date_text: Option<String>,
    /// Where it was written.
    pub place: Option<String>,
    /// Who sent it.
    pub sender: Option<Party>,
    /// To whom it was sent.
    pub addressee: Option<Party>,
    /// An editor's or archivist's abstract.
    pub summary: Option<String>,
    /// The text proper.
    pub body: Vec<Paragraph>,
    /// Footnotes and endnotes, apart from the body they hang on.
    pub notes: Vec<Note>,
    /// Persons whom the source itself marks, canonical names first.
    pub persons: Vec<Person>,
    /// Subjects that the source assigns.
    pub subjects: Vec<String>,
    /// Classification as the source gives it, as `Top Secret; Priority`.
    pub classification: Option<String>,
    /// The holding archive with file numbers, or the whole source note.
    pub archive: Option<String>,
    /// Language of the original.
    pub language: Option<String>,
    /// The volume or collection that the document was published in.
    pub volume: Option<String>,
    /// Where the pages of the printed edition begin in the body.
    pub pages: Vec<PageBreak>,
    /// The citation, as the publisher words it.
    pub citation: Option<String>,
    /// Address of the published document.
    pub url: Option<String>,
    /// What the source has and this model lacks, by the source's own names,
    /// in the order of the source.
    pub extras: Vec<Extra>,
    /// What the publication says around the document, not in it: the headings
    /// of its chapters, its list's explanations of abbreviations. Searched only
    /// when asked for.
    pub context: Vec<Extra>,
    /// The file that the document was read from, and where in it.
    pub source: SourcePosition,
}

/// One paragraph of a body.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Paragraph {
    /// Its text, without surrounding white space.
    pub text: String,
}

/// A footnote or endnote.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// The mark that it is called by, as `3` or `*`.
    pub label: Option<String>,
    /// Its text.
    pub text: String,
    /// Where in the body it is called; `None` for a note on the heading.
    pub anchor: Option<BodyPosition>,
}

/// A person whom the source marks in the document.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// The canonical name in reading order, as `Nikita S. Khrushchev`.
    pub name: String,
    /// The source's own identifier of the person, as `p_KNS1`.
    pub id: Option<String>,
    /// The forms in which this document prints the name, without repetition.
    pub forms: Vec<String>,
}

/// A place in a [`Cable::body`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct BodyPosition {
    /// Index of the paragraph, from 0. May equal the number of paragraphs,
    /// for what comes after the last.
    pub paragraph: u32,
    /// Byte offset into the paragraph's text, on a character boundary.
    pub offset: u32,
}

/// The beginning of a page of the printed edition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageBreak {
    /// The page's number or other label as printed, as `218` or `XIV`.
    pub label: String,
    /// Where the page begins. The page on which the document itself begins
    /// stands at the body's beginning.
    pub at: BodyPosition,
}

/// A field of the source that the model has no place for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extra {
    /// The source's own name for the field.
    pub name: String,
    /// Its value as text.
    pub value: String,
}

/// Where a document was read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourcePosition {
    /// Path of the file.
    pub file: String,
    /// Line of the file on which the document begins, from 1, where the
    /// format has lines worth naming.
    pub line: Option<u64>,
    /// How many documents of the file come before it.
    pub ordinal: u64,
}

impl From<&str> for Paragraph {
    fn from(text: &str) -> Self {
        Paragraph {
            text: text.to_owned(),
        }
    }
}
impl From<String> for Paragraph {
    fn from(text: String) -> Self {
        Paragraph { text }
    }
}
