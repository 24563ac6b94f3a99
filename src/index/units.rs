//! A document's text in units: what is analysed, stored and shown apart.

use super::schema::{Property, Section};
use crate::cable::Cable;

/// The most bytes of one unit. A longer paragraph is several units, so that
/// showing a passage of it costs no more than showing one of a short one.
const MAX_UNIT_BYTES: usize = 4096;

/// How many positions lie between texts that are not read on from one to the
/// next: two sections, two notes. Larger than any slop, so that no phrase
/// spans two of them.
pub const POSITION_GAP: u32 = 128;

/// How a unit follows the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Follows {
    /// As a text of its own, [`POSITION_GAP`] positions further.
    Apart,
    /// As the next paragraph of the same text: a phrase may span both.
    AsParagraph,
    /// In the same paragraph.
    Within,
}

/// One unit of a document's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Unit<'a> {
    pub section: Section,
    /// What the unit is: the section, or the field that a detail prints.
    pub label: &'a str,
    pub follows: Follows,
    pub text: &'a str,
}

/// A field of the document that its other sections do not print.
pub(super) struct Detail {
    label: String,
    value: String,
}

impl Detail {
    /// The name of the field.
    pub fn into_label(self) -> String {
        self.label
    }
}

/// The units of a document, in the order of [`Section::ALL`].
pub(super) fn units<'a>(cable: &'a Cable, details: &'a [Detail]) -> Vec<Unit<'a>> {
    let mut units = Vec::new();
    let mut add = |section: Section, label, text, follows| {
        push(&mut units, section, label, text, follows);
    };
    add(Section::Title, "title", &cable.title, Follows::Apart);
    if let Some(summary) = &cable.summary {
        add(Section::Summary, "summary", summary, Follows::Apart);
    }
    for (index, paragraph) in cable.body.iter().enumerate() {
        let follows = match index {
            0 => Follows::Apart,
            _ => Follows::AsParagraph,
        };
        add(Section::Body, "body", &paragraph.text, follows);
    }
    for note in &cable.notes {
        add(Section::Notes, "notes", &note.text, Follows::Apart);
    }
    for Detail { label, value } in details {
        add(Section::Details, label, value, Follows::Apart);
    }
    units
}

/// The fields that the other sections do not print already: to count a place
/// or a subject twice would rank the document by its layout.
pub(super) fn details(cable: &Cable) -> Vec<Detail> {
    let printed = |value: &str| {
        cable.title.contains(value) || cable.body.iter().any(|p| p.text.contains(value))
    };
    let mut details = Vec::new();
    let mut add = |label: &str, value: &str| {
        if !value.trim().is_empty() && !printed(value) {
            details.push(Detail {
                label: label.to_owned(),
                value: value.to_owned(),
            });
        }
    };
    add("date", cable.date_text.as_deref().unwrap_or_default());
    for (label, party) in [("sender", &cable.sender), ("addressee", &cable.addressee)] {
        // The heading prints a party's office apart from the name.
        if let Some(party) = party.as_ref().filter(|party| !printed(&party.name)) {
            add(label, &party.to_string());
        }
    }
    for property in [
        Property::Place,
        Property::Classification,
        Property::Archive,
        Property::Language,
        Property::Subject,
    ] {
        for value in property.values(cable) {
            add(property.name(), &value);
        }
    }
    for extra in &cable.extras {
        add(&extra.name, &extra.value);
    }
    details
}

fn push<'a>(
    units: &mut Vec<Unit<'a>>,
    section: Section,
    label: &'a str,
    text: &'a str,
    mut follows: Follows,
) {
    let mut rest = text;
    loop {
        let (piece, after) = rest.split_at(unit_end(rest));
        units.push(Unit {
            section,
            label,
            follows,
            text: piece,
        });
        if after.is_empty() {
            return;
        }
        (rest, follows) = (after, Follows::Within);
    }
}

/// Where to end a unit that begins with `text`: after white space that parts
/// two whole words, so that each unit analysed alone gives the same terms.
fn unit_end(text: &str) -> usize {
    if text.len() <= MAX_UNIT_BYTES {
        return text.len();
    }
    let limit = text.floor_char_boundary(MAX_UNIT_BYTES);
    let parts_words = |&at: &usize| {
        let before = text[..at].trim_end_matches(|c: char| !c.is_alphanumeric());
        let hyphen = text[..at]
            .trim_end()
            .ends_with(['-', '\u{ad}', '\u{2010}', '\u{2011}']);
        let mut last = before.chars().rev().take_while(|c| c.is_alphanumeric());
        !hyphen && last.nth(1).is_some()
    };
    let mut spaces = text[..limit]
        .char_indices()
        .rev()
        .filter(|(_, sign)| sign.is_whitespace())
        .map(|(at, sign)| at + sign.len_utf8());
    let first = spaces.clone().next();
    spaces.find(parts_words).or(first).unwrap_or(limit)
}
