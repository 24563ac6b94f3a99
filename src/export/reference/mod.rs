//! What a bibliography says of a document, for all formats that reference
//! managers read: they differ in spelling, never in what they say.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::metadata::pages;
use crate::cable::{Cable, Kind};

mod archive;
mod date;
mod name;

pub(super) use date::{Parts, When, iso};
pub(super) use name::Name;

/// The sort of an item, by the types of Zotero's own schema that have the
/// fields which such a document needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    /// Correspondence; the only type with a recipient.
    Letter,
    /// A report, paper or estimate.
    Report,
    /// A part of an edited volume, written by its editors.
    Section,
    /// A record in an archive that was sent to nobody; unlike `document`, the
    /// type has a genre.
    Manuscript,
}

/// A document as an item of a bibliography. Every text is one line, without
/// control characters and never empty.
#[derive(Debug)]
pub(super) struct Reference {
    pub key: String,
    pub sort: Sort,
    pub title: String,
    pub author: Option<Name>,
    pub recipient: Option<Name>,
    pub date: Option<When>,
    /// The kind of document; none where the source does not tell.
    pub genre: Option<&'static str>,
    pub number: Option<String>,
    pub archive: Option<String>,
    /// Box, file or record group within the archive.
    pub archive_location: Option<String>,
    /// The title of the volume, or what it is called for short.
    pub container: Option<String>,
    pub pages: Option<String>,
    pub url: Option<String>,
    pub language: Option<String>,
    /// The document's identifier in the index.
    pub id: String,
    pub summary: Option<String>,
    pub subjects: Vec<String>,
    /// The citation as the publisher words it.
    pub citation: Option<String>,
    /// Labels and values that no item type has a field for.
    pub details: Vec<(&'static str, String)>,
}

impl Reference {
    /// The item that a cable is. Nothing is in it that the source lacks: the
    /// place of writing, for one, is no place of publication.
    pub fn of(cable: &Cable) -> Reference {
        let text = |value: &Option<String>| value.as_deref().and_then(line);
        let source = cable.archive.as_deref().and_then(line);
        let source = source.map(|note| archive::split(&note)).unwrap_or_default();
        let citation = text(&cable.citation);
        let volume = text(&cable.volume);
        let number = text(&cable.number);
        let from = cable.sender.as_ref().and_then(|p| line(&p.to_string()));
        let to = cable.addressee.as_ref().and_then(|p| line(&p.to_string()));
        let pages = pages(cable).as_deref().and_then(line);
        let details = [
            ("From", from),
            ("To", to),
            ("Written at", text(&cable.place)),
            ("Date as printed", text(&cable.date_text)),
            ("Classification", text(&cable.classification)),
            ("Volume", volume.clone()),
            ("Document", number.clone()),
            (
                "Printed on",
                pages.as_ref().map(|pages| format!("p. {pages}")),
            ),
            ("Source note", source.remarks),
        ];
        let details = details.into_iter();
        Reference {
            key: key(&cable.id),
            sort: sort(cable),
            title: line(&cable.title).unwrap_or_else(|| cable.id.clone()),
            author: cable.sender.as_ref().and_then(|p| Name::of(p, cable)),
            recipient: cable.addressee.as_ref().and_then(|p| Name::of(p, cable)),
            date: cable.date.as_ref().map(When::of),
            genre: (cable.kind != Kind::Other).then(|| cable.kind.name()),
            archive: source.archive,
            archive_location: source.location,
            container: volume_title(citation.as_deref(), number.as_deref()).or(volume),
            number,
            pages,
            url: text(&cable.url),
            language: text(&cable.language),
            id: line(&cable.id).unwrap_or_default(),
            summary: text(&cable.summary),
            subjects: cable.subjects.iter().filter_map(|s| line(s)).collect(),
            citation,
            details: details
                .filter_map(|(label, value)| Some((label, value?)))
                .collect(),
        }
    }

    /// The details as one text, apart by `separator`.
    pub fn details_text(&self, separator: &str) -> Option<String> {
        let details = self.details.iter();
        let details: Vec<String> = details.map(|(l, v)| format!("{l}: {v}")).collect();
        (!details.is_empty()).then(|| details.join(separator))
    }
}

/// What has a recipient is a letter, whatever it calls itself, or the
/// recipient is lost.
fn sort(cable: &Cable) -> Sort {
    match cable.kind {
        Kind::Telegram | Kind::Airgram | Kind::Despatch | Kind::Letter => Sort::Letter,
        Kind::EditorialNote => Sort::Section,
        _ if cable.addressee.is_some() => Sort::Letter,
        Kind::Report => Sort::Report,
        _ => Sort::Manuscript,
    }
}

/// The text in one line, without control characters; `None` if nothing is
/// left.
pub(super) fn line(text: &str) -> Option<String> {
    let text: String = text
        .chars()
        .filter(|c| c.is_whitespace() || !c.is_control())
        .collect();
    let words: Vec<&str> = text.split_whitespace().collect();
    (!words.is_empty()).then(|| words.join(" "))
}

/// The volume's title out of a citation that ends with the document's number,
/// as those of *Foreign Relations of the United States* do: `Foreign Relations
/// …, Volume XII, eds. … (Washington: …), Document 93.`
fn volume_title(citation: Option<&str>, number: Option<&str>) -> Option<String> {
    let end = format!(", Document {}", number?);
    let mut title = citation?.trim_end_matches('.').strip_suffix(&end)?;
    let marks = [", ed. ", ", eds. "];
    if let Some(at) = marks.iter().find_map(|mark| title.find(mark)) {
        title = &title[..at];
    } else if title.ends_with(')')
        && let Some(at) = title.rfind(" (")
    {
        title = &title[..at];
    }
    line(title)
}

/// A citation key: ASCII that BibTeX and Pandoc both take, the same in every
/// export. Letters lose their accents, and what is no letter then becomes `_`
/// or its code.
fn key(id: &str) -> String {
    let mut key = String::with_capacity(id.len());
    for character in id.nfkd().filter(|c| !is_combining_mark(*c)) {
        match character {
            'a'..='z' | 'A'..='Z' | '0'..='9' | '-' | '.' | '_' => key.push(character),
            ascii if ascii.is_ascii() => key.push('_'),
            other => key.push_str(&format!("u{:x}", u32::from(other))),
        }
    }
    match key.starts_with(|c: char| c.is_ascii_alphanumeric()) {
        true => key,
        false => format!("cable{key}"),
    }
}

#[cfg(test)]
mod tests {
    use super::{key, line, volume_title};

    #[test]
    fn keys_are_ascii() {
        for (id, expected) in [
            ("frus1961-63v12/d93", "frus1961-63v12_d93"),
            ("lettres/Élysée 3", "lettres_Elysee_3"),
            ("письмо", "u43fu438u441u44cu43cu43e"),
            ("{a},b", "cable_a__b"),
            ("", "cable"),
        ] {
            assert_eq!(key(id), expected);
        }
    }

    #[test]
    fn texts_are_one_line() {
        assert_eq!(line(" a\r\nb\u{1b}\tc ").as_deref(), Some("a b c"));
        assert_eq!(line(" \n"), None);
    }

    #[test]
    fn a_citation_holds_the_title_of_its_volume() {
        let volume = "Invented Relations, 1931, Volume XCIX";
        for imprint in ["", ", ed. A. B (Sylvania: C, 1999)", " (Sylvania: C, 1999)"] {
            let citation = format!("{volume}{imprint}, Document 7.");
            let title = volume_title(Some(&citation), Some("7"));
            assert_eq!(title.as_deref(), Some(volume));
            assert_eq!(volume_title(Some(&citation), Some("8")), None);
        }
        assert_eq!(volume_title(None, Some("7")), None);
    }
}
