//! CSL-JSON, for Zotero, Pandoc and whatever cites by the Citation Style
//! Language.

use std::io::{self, Write};

use serde::Serialize;

use super::reference::{Name, Parts, Reference, Sort, When, iso};
use super::{Answer, CableFormat, HitFormat};
use crate::query::Highlighted;

/// An array of items by the schema `csl-data.json` of CSL 1.0.2, the types by
/// Zotero's mapping: a letter is `personal_communication`.
///
/// What Zotero's types have no field for stands after the citation in `note`,
/// a line each, which Zotero keeps as *Extra*.
pub struct Csl;

impl HitFormat for Csl {
    fn write(&self, answer: &Answer<'_>, out: &mut dyn Write) -> io::Result<()> {
        let hits = answer.result.hits.iter();
        let references: Vec<Reference> = hits.map(|hit| Reference::of(&hit.cable)).collect();
        write(&references, out)
    }
}

impl CableFormat for Csl {
    fn write(&self, document: &Highlighted, out: &mut dyn Write) -> io::Result<()> {
        write(&[Reference::of(&document.cable)], out)
    }
}

fn write(references: &[Reference], out: &mut dyn Write) -> io::Result<()> {
    let items: Vec<Item> = references.iter().map(Item::from).collect();
    serde_json::to_writer_pretty(&mut *out, &items)?;
    writeln!(out)
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Item<'a> {
    id: &'a str,
    r#type: &'static str,
    title: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    author: Vec<NameRecord<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    recipient: Vec<NameRecord<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    issued: Option<DateRecord<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    genre: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    container_title: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    page: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    archive: Option<&'a str>,
    #[serde(rename = "archive_location")]
    #[serde(skip_serializing_if = "Option::is_none")]
    archive_location: Option<&'a str>,
    call_number: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'a str>,
    #[serde(rename = "URL")]
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    r#abstract: Option<&'a str>,
    #[serde(skip_serializing_if = "String::is_empty")]
    keyword: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    note: String,
}

#[derive(Serialize)]
#[serde(untagged)]
enum NameRecord<'a> {
    Person {
        family: &'a str,
        #[serde(skip_serializing_if = "Option::is_none")]
        given: Option<&'a str>,
        #[serde(skip_serializing_if = "Option::is_none")]
        suffix: Option<&'a str>,
    },
    Literal {
        literal: &'a str,
    },
}

#[derive(Serialize)]
#[serde(untagged)]
enum DateRecord<'a> {
    Parts {
        #[serde(rename = "date-parts")]
        parts: Vec<&'a Parts>,
    },
    /// The schema has no parts for an open end.
    Literal { literal: String },
}

impl<'a> From<&'a Reference> for Item<'a> {
    fn from(reference: &'a Reference) -> Self {
        let note = [reference.citation.clone(), reference.details_text("\n")];
        let note: Vec<String> = note.into_iter().flatten().collect();
        Item {
            id: &reference.key,
            r#type: match reference.sort {
                Sort::Letter => "personal_communication",
                Sort::Report => "report",
                Sort::Section => "chapter",
                Sort::Manuscript => "manuscript",
            },
            title: &reference.title,
            author: reference.author.iter().map(NameRecord::from).collect(),
            recipient: reference.recipient.iter().map(NameRecord::from).collect(),
            issued: reference.date.as_ref().map(DateRecord::from),
            genre: reference.genre,
            number: reference.number.as_deref(),
            container_title: reference.container.as_deref(),
            page: reference.pages.as_deref(),
            archive: reference.archive.as_deref(),
            archive_location: reference.archive_location.as_deref(),
            call_number: &reference.id,
            language: reference.language.as_deref(),
            url: reference.url.as_deref(),
            r#abstract: reference.summary.as_deref(),
            keyword: reference.subjects.join(", "),
            note: note.join("\n"),
        }
    }
}

impl<'a> From<&'a Name> for NameRecord<'a> {
    fn from(name: &'a Name) -> Self {
        match name {
            Name::Person {
                family,
                given,
                suffix,
            } => NameRecord::Person {
                family,
                given: given.as_deref(),
                suffix: suffix.as_deref(),
            },
            Name::Literal(literal) => NameRecord::Literal { literal },
        }
    }
}

impl<'a> From<&'a When> for DateRecord<'a> {
    fn from(when: &'a When) -> Self {
        match when {
            When::One(parts) => DateRecord::Parts { parts: vec![parts] },
            When::Span(Some(first), Some(last)) => DateRecord::Parts {
                parts: vec![first, last],
            },
            When::Span(first, last) => {
                let end = |parts: &Option<_>| parts.as_ref().map_or("..".to_owned(), iso);
                DateRecord::Literal {
                    literal: format!("{}/{}", end(first), end(last)),
                }
            }
        }
    }
}
