//! A hit as programs read it: the shape that JSON and JSON Lines share.

use serde::Serialize;

use crate::query::{Contribution, Hit, Snippet};

/// A hit with every key of the contract, absent values included, and with its
/// explanation where that was asked for.
#[derive(Debug, Serialize)]
pub(super) struct HitRecord<'a> {
    rank: usize,
    id: &'a str,
    score: f32,
    title: &'a str,
    kind: &'static str,
    number: Option<&'a str>,
    date: Option<String>,
    date_text: Option<&'a str>,
    place: Option<&'a str>,
    sender: Option<String>,
    addressee: Option<String>,
    classification: Option<&'a str>,
    archive: Option<&'a str>,
    citation: Option<&'a str>,
    url: Option<&'a str>,
    language: Option<&'a str>,
    volume: Option<&'a str>,
    file: &'a str,
    persons: Vec<&'a str>,
    snippets: Vec<SnippetRecord<'a>>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    explanation: &'a [Contribution],
}

#[derive(Debug, Serialize)]
struct SnippetRecord<'a> {
    field: &'a str,
    text: &'a str,
    /// Half-open byte offsets into `text`.
    highlights: Vec<[usize; 2]>,
}

impl<'a> From<&'a Hit> for HitRecord<'a> {
    fn from(hit: &'a Hit) -> Self {
        let cable = &hit.cable;
        HitRecord {
            rank: hit.rank,
            id: &cable.id,
            score: hit.score,
            title: &cable.title,
            kind: cable.kind.name(),
            number: cable.number.as_deref(),
            date: cable.date.map(|date| date.to_string()),
            date_text: cable.date_text.as_deref(),
            place: cable.place.as_deref(),
            sender: cable.sender.as_ref().map(ToString::to_string),
            addressee: cable.addressee.as_ref().map(ToString::to_string),
            classification: cable.classification.as_deref(),
            archive: cable.archive.as_deref(),
            citation: cable.citation.as_deref(),
            url: cable.url.as_deref(),
            language: cable.language.as_deref(),
            volume: cable.volume.as_deref(),
            file: &cable.source.file,
            persons: cable.persons.iter().map(|p| p.name.as_str()).collect(),
            snippets: hit.snippets.iter().map(SnippetRecord::from).collect(),
            explanation: &hit.explanation,
        }
    }
}

impl<'a> From<&'a Snippet> for SnippetRecord<'a> {
    fn from(snippet: &'a Snippet) -> Self {
        let highlights = snippet.highlights.iter();
        SnippetRecord {
            field: &snippet.field,
            text: &snippet.text,
            highlights: highlights.map(|range| [range.start, range.end]).collect(),
        }
    }
}
