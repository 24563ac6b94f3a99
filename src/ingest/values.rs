//! Named values to the fields of a [`Cable`].

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::fields::{Field, normal_name};
use super::prose::{block, has_letters, one_line, paragraphs};
use super::{IngestError, Source};
use crate::cable::{
    BodyPosition, Cable, DateInterval, Extra, Kind, Note, PageBreak, Paragraph, Party, Person,
    SourcePosition,
};

/// A document as a list of named values in the order of its source.
#[derive(Debug, Default)]
pub(crate) struct Fields {
    pairs: Vec<(String, Value)>,
}

impl Fields {
    /// Adds a value; one that says nothing is left out.
    pub(crate) fn push(&mut self, name: &str, value: impl Into<Value>) {
        let value = value.into();
        let empty = match &value {
            Value::Null => true,
            Value::String(text) => text.trim().is_empty(),
            Value::Array(items) => items.is_empty(),
            Value::Object(entries) => entries.is_empty(),
            Value::Bool(_) | Value::Number(_) => false,
        };
        // Where another run found the document says nothing of this one.
        let is_position = from_json::<SourcePosition>(&value).is_some();
        if !empty && !is_position {
            self.pairs.push((name.to_owned(), value));
        }
    }

    /// Whether a value of `field` is there.
    pub(crate) fn has(&self, field: Field) -> bool {
        self.pairs
            .iter()
            .any(|(name, _)| Field::named(name).is_some_and(|(found, _)| found == field))
    }

    /// The names of the values, in their order.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.pairs.iter().map(|(name, _)| name.as_str())
    }

    /// A cable with every value in its field, or among the extras by its own
    /// name.
    pub(crate) fn into_cable(self) -> Cable {
        let mut cable = Cable::default();
        let named: Vec<Option<(Field, usize)>> = self
            .pairs
            .iter()
            .map(|(name, value)| Field::named(name).filter(|(field, _)| fits(*field, value)))
            .collect();
        let has_title = named
            .iter()
            .flatten()
            .any(|(field, _)| *field == Field::Title);
        let has_url = named
            .iter()
            .flatten()
            .any(|(field, _)| *field == Field::Url);
        let best = |field: Field| {
            (0..named.len())
                .filter_map(|at| {
                    named[at]
                        .filter(|(found, _)| *found == field)
                        .map(|(_, rank)| (rank, at))
                })
                .min()
                .map(|(_, at)| at)
        };
        // The body comes first: what points into it is checked against it.
        let body = best(Field::Body);
        if let Some(at) = body {
            cable.body = body_of(&self.pairs[at].1);
        }
        for (at, (name, value)) in self.pairs.iter().enumerate() {
            let taken = match named[at] {
                None => false,
                Some((Field::Subject, _)) if has_title || value.is_array() => {
                    cable.subjects.extend(list(value, &[';']));
                    true
                }
                Some((Field::Subject, _)) if best(Field::Subject) == Some(at) => {
                    cable.title = line_of(value);
                    true
                }
                Some((Field::Subjects, _)) => {
                    cable.subjects.extend(list(value, separators(name)));
                    true
                }
                Some((Field::Persons, _)) => {
                    cable.persons.extend(persons(value));
                    true
                }
                Some((Field::Notes, _)) => {
                    cable.notes.extend(notes(value, &cable.body));
                    true
                }
                Some((field @ (Field::Extras | Field::Context), _)) => {
                    extras(value).is_some_and(|extras| {
                        match field {
                            Field::Context => cable.context.extend(extras),
                            _ => cable.extras.extend(extras),
                        }
                        true
                    })
                }
                Some((Field::Id, _))
                    if line_of(value).contains("://") && !has_url && cable.url.is_none() =>
                {
                    cable.url = Some(line_of(value));
                    true
                }
                Some((field, _)) if best(field) == Some(at) => set(&mut cable, field, value),
                Some(_) => false,
            };
            if !taken {
                cable.extras.push(Extra {
                    name: name.clone(),
                    value: text_of(value),
                });
            }
        }
        cable
    }
}

/// Whether a value of this shape can be what its name says.
fn fits(field: Field, value: &Value) -> bool {
    match field {
        Field::Notes | Field::Persons | Field::Body | Field::Pages => match value {
            Value::Array(_) => true,
            other => !other.is_object(),
        },
        Field::Sender | Field::Addressee | Field::Date => true,
        _ => !value.is_object(),
    }
}

/// Sets a field with room for one value; false where the value is none for
/// it, or where more of the value is worth keeping.
fn set(cable: &mut Cable, field: Field, value: &Value) -> bool {
    let line = line_of(value);
    match field {
        Field::Id if line.contains("://") => return false,
        Field::Id => cable.id = line,
        Field::Title => cable.title = line,
        Field::Summary => cable.summary = Some(block(&text_of(value))),
        Field::Sender => cable.sender = party(value),
        Field::Addressee => cable.addressee = party(value),
        Field::Date => {
            if let Some(interval) = from_json::<DateInterval>(value) {
                cable.date = Some(interval);
            } else {
                cable.date = cable.date.or(DateInterval::parse(&line).ok());
                cable.date_text.get_or_insert(line);
            }
        }
        Field::DateText => {
            cable.date = cable.date.or(DateInterval::parse(&line).ok());
            cable.date_text = Some(line);
        }
        Field::Place => cable.place = Some(line),
        Field::Number => cable.number = Some(line),
        Field::Kind => return set_kind(cable, &line),
        Field::Classification => cable.classification = Some(line),
        Field::Archive => cable.archive = Some(line),
        Field::Language => cable.language = Some(line),
        Field::Volume => cable.volume = Some(line),
        Field::Citation => cable.citation = Some(line),
        Field::Url => cable.url = Some(line),
        Field::Pages => return set_pages(cable, value, &line),
        Field::Body => {}
        Field::Subject
        | Field::Subjects
        | Field::Persons
        | Field::Notes
        | Field::Extras
        | Field::Context => {
            return false;
        }
    }
    true
}

/// Sets the kind; true where the kind says all that the name did.
fn set_kind(cable: &mut Cable, name: &str) -> bool {
    let plain = name.to_lowercase().replace(['-', '_'], " ");
    if let Some(kind) = Kind::ALL.into_iter().find(|kind| kind.name() == plain) {
        cable.kind = kind;
        return true;
    }
    cable.kind = Kind::from_heading(&plain);
    matches!(
        plain.as_str(),
        "cable" | "memcon" | "memo" | "dispatch" | "telcon" | "message"
    )
}

/// Sets where pages begin; true where that says all that the value did.
fn set_pages(cable: &mut Cable, value: &Value, line: &str) -> bool {
    if let Some(pages) = from_json::<Vec<PageBreak>>(value) {
        cable.pages = pages
            .into_iter()
            .filter(|page| is_in(&page.at, &cable.body))
            .collect();
        return true;
    }
    let label = line
        .split(['-', '–', '—', ',', ';', ' '])
        .find(|part| !part.is_empty());
    let label = match label {
        Some("p." | "pp." | "p" | "pp" | "page" | "pages") | None => return false,
        Some(label) => label,
    };
    cable.pages = vec![PageBreak {
        label: label.to_owned(),
        at: BodyPosition::default(),
    }];
    label == line
}

fn party(value: &Value) -> Option<Party> {
    if let Some(party) = from_json::<Party>(value) {
        return Some(party);
    }
    let line = line_of(value);
    if let Some((outside, inside)) = line
        .strip_suffix(')')
        .and_then(|line| line.split_once(" ("))
        && !inside.contains(['(', ')'])
        && !names_office(outside)
    {
        return Some(Party {
            name: outside.trim().to_owned(),
            office: Some(inside.trim().to_owned()),
        });
    }
    // After a comma stands an office or a given name; nothing tells which.
    if line.contains([';', ',']) && !line.ends_with(')') {
        return Some(Party {
            name: line,
            office: None,
        });
    }
    Party::from_phrase(&line)
}

/// Whether a phrase is an office, with whose holder in parentheses after it:
/// `The Ambassador in Freedonia (Doe)`, but not `Jane Doe (Ambassador)`.
fn names_office(phrase: &str) -> bool {
    const WORDS: [&str; 24] = [
        "the",
        "acting",
        "ambassador",
        "minister",
        "ministry",
        "secretary",
        "president",
        "consul",
        "consulate",
        "chargé",
        "director",
        "embassy",
        "legation",
        "mission",
        "department",
        "chairman",
        "premier",
        "assistant",
        "under",
        "deputy",
        "counselor",
        "representative",
        "chief",
        "head",
    ];
    phrase
        .split_whitespace()
        .any(|word| WORDS.contains(&word.to_lowercase().as_str()))
}

fn body_of(value: &Value) -> Vec<Paragraph> {
    match value {
        Value::Array(items) => items
            .iter()
            .flat_map(|item| paragraphs(&text_of(item)))
            .collect(),
        other => paragraphs(&text_of(other)),
    }
}

fn persons(value: &Value) -> Vec<Person> {
    from_json::<Vec<Person>>(value).unwrap_or_else(|| {
        list(value, &[';', '\n'])
            .into_iter()
            .map(|name| Person {
                name,
                ..Person::default()
            })
            .collect()
    })
}

fn notes(value: &Value, body: &[Paragraph]) -> Vec<Note> {
    if let Some(mut notes) = from_json::<Vec<Note>>(value) {
        for note in &mut notes {
            note.anchor = note.anchor.filter(|anchor| is_in(anchor, body));
        }
        return notes;
    }
    let texts = match value {
        Value::Array(items) => items.iter().map(|item| block(&text_of(item))).collect(),
        other => vec![block(&text_of(other))],
    };
    texts
        .into_iter()
        .filter(|text| !text.is_empty())
        .map(|text| Note {
            text,
            ..Note::default()
        })
        .collect()
}

fn extras(value: &Value) -> Option<Vec<Extra>> {
    let list = serde_json::from_value(value.clone()).ok()?;
    Some(list)
}

/// Whether a position that was read from outside is one of this body's.
fn is_in(at: &BodyPosition, body: &[Paragraph]) -> bool {
    let paragraph = at.paragraph as usize;
    match body.get(paragraph) {
        Some(found) => found.text.is_char_boundary(at.offset as usize),
        None => paragraph == body.len() && at.offset == 0,
    }
}

/// A value that has the model's own shape, as this program writes it.
fn from_json<T: DeserializeOwned>(value: &Value) -> Option<T> {
    if value.is_object()
        || value
            .as_array()
            .is_some_and(|items| items.iter().all(Value::is_object))
    {
        serde_json::from_value(value.clone()).ok()
    } else {
        None
    }
}

/// What divides the values of a list: keywords are written with commas too.
fn separators(name: &str) -> &'static [char] {
    match normal_name(name).as_str() {
        "tags" | "tag" | "keywords" | "keyword" => &[';', '\n', ','],
        _ => &[';', '\n'],
    }
}

fn list(value: &Value, separators: &[char]) -> Vec<String> {
    match value {
        Value::Array(items) => items
            .iter()
            .map(line_of)
            .filter(|item| !item.is_empty())
            .collect(),
        other => text_of(other)
            .split(separators)
            .map(|item| one_line(item.trim().trim_start_matches(['•', '*', '·'])))
            .filter(|item| !item.is_empty())
            .collect(),
    }
}

fn line_of(value: &Value) -> String {
    one_line(&text_of(value))
}

/// A value as text: a string as it is, a list of plain values with semicolons,
/// anything else as JSON.
fn text_of(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items)
            if items
                .iter()
                .all(|item| !item.is_array() && !item.is_object()) =>
        {
            let texts: Vec<String> = items.iter().map(text_of).collect();
            texts.join("; ")
        }
        other => other.to_string(),
    }
}

/// Gives a cable that a reader has filled what its title and its file tell,
/// and checks that there is something to search in.
///
/// `line` is the one on which the document begins, `fallback_id` the id of a
/// document whose source gives none.
///
/// # Errors
///
/// Where the document has no text.
pub(crate) fn finish(
    mut cable: Cable,
    source: &Source,
    line: Option<u64>,
    ordinal: u64,
    fallback_id: impl FnOnce() -> String,
) -> Result<Cable, IngestError> {
    let has_text = has_letters(&cable.title)
        || cable
            .body
            .iter()
            .any(|paragraph| has_letters(&paragraph.text))
        || cable.summary.as_deref().is_some_and(has_letters)
        || cable.notes.iter().any(|note| has_letters(&note.text));
    if !has_text {
        let reason = "the document has no text: there is no letter in its title and body";
        return Err(IngestError::new(source, line.unwrap_or(1), reason));
    }
    if cable.id.is_empty() {
        cable.id = fallback_id();
    }
    let heading_kind = Kind::from_heading(&cable.title);
    if cable.kind == Kind::Other {
        cable.kind = heading_kind;
    }
    // Only the heading of a document names correspondents; any other title
    // may have the words "from" and "to".
    if heading_kind != Kind::Other && cable.sender.is_none() && cable.addressee.is_none() {
        (cable.sender, cable.addressee) = Party::pair_from_heading(&cable.title);
    }
    cable.source = SourcePosition {
        file: source.path.to_string_lossy().into_owned(),
        line,
        ordinal,
    };
    Ok(cable)
}
