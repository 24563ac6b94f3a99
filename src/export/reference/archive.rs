//! A source note taken apart: archive, place within it, remarks.

/// What a source note says. The three, put together, are the whole note.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Source {
    /// The holding archive and collection, without numbers.
    pub archive: Option<String>,
    /// Record group, box, file: from the first part with a number on.
    pub location: Option<String>,
    /// What follows the sentence: classification, drafting, distribution.
    pub remarks: Option<String>,
}

/// Takes a note in one line apart. Archives are named from the whole to the
/// part, `Archive, Collection, Box 7`, so the location is what begins with the
/// first part that has a digit. Without one all is the archive, but for what
/// follows a semicolon: how the copy was come by.
pub(super) fn split(note: &str) -> Source {
    let note = note.strip_prefix("Source:").unwrap_or(note).trim();
    let (place, remarks) = match sentence_end(note) {
        Some(end) => (&note[..end], &note[end + 1..]),
        None => (note.strip_suffix('.').unwrap_or(note), ""),
    };
    let filled = |text: &str| {
        let text = text.trim();
        (!text.is_empty()).then(|| text.to_owned())
    };
    let cuts = place.char_indices().filter(|(_, c)| matches!(c, ',' | ';'));
    let cuts: Vec<usize> = cuts.map(|(at, _)| at).collect();
    let numbered = cuts.iter().enumerate().find(|(index, at)| {
        let end = cuts.get(index + 1).copied().unwrap_or(place.len());
        place[**at..end].contains(|c: char| c.is_ascii_digit())
    });
    let (archive, location, remarks) = match (numbered, place.find(';')) {
        (Some((_, at)), _) => (&place[..*at], &place[at + 1..], remarks),
        (None, Some(at)) => (&place[..at], "", &note[at + 1..]),
        (None, None) => (place, "", remarks),
    };
    Source {
        archive: filled(archive),
        location: filled(location),
        remarks: filled(remarks),
    }
}

/// How a sentence begins that says how secret a document was, which is what
/// mostly follows its place in the archive.
const CLASSIFICATIONS: [&str; 6] = [
    "Secret",
    "Top Secret",
    "Confidential",
    "Unclassified",
    "Limited Official Use",
    "Official Use Only",
];

/// The full stop that ends the first sentence. One after a short word, as in
/// `Vol. II` or `f. 3`, ends nothing unless a classification follows.
fn sentence_end(note: &str) -> Option<usize> {
    let stops = note.match_indices(". ").map(|(at, _)| at);
    stops.into_iter().find(|at| {
        let word = note[..*at].rsplit(' ').next().unwrap_or_default();
        let whole = word.chars().count() > 3 || word.contains(|c: char| c.is_ascii_digit());
        let inner = word.contains('.') && !word.contains(|c: char| c.is_ascii_digit());
        let next = &note[at + 2..];
        CLASSIFICATIONS.iter().any(|text| next.starts_with(text))
            || whole && !inner && next.starts_with(char::is_uppercase)
    })
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn the_place_in_an_archive_begins_with_a_number() {
        for (note, archive, location, remarks) in [
            (
                "Source: Invented Archive, Cabinet Papers, Box 7. Secret; Niact.",
                "Invented Archive, Cabinet Papers",
                "Box 7",
                "Secret; Niact.",
            ),
            (
                "Invented Archive, RG 9, Central Files, 111.2/3–31",
                "Invented Archive",
                "RG 9, Central Files, 111.2/3–31",
                "",
            ),
            (
                "Invented Archive, Vol. II, f. 3, No. 5.",
                "Invented Archive, Vol. II",
                "f. 3, No. 5",
                "",
            ),
            (
                "Invented Archive, Firefly Papers, Cabinet, Trentino A. Top Secret.",
                "Invented Archive, Firefly Papers, Cabinet, Trentino A",
                "",
                "Top Secret.",
            ),
            (
                "Archive of Freedonia (AF), Freedonia City; copy given by the author.",
                "Archive of Freedonia (AF), Freedonia City",
                "",
                "copy given by the author.",
            ),
        ] {
            let source = split(note);
            assert_eq!(source.archive.unwrap_or_default(), archive);
            assert_eq!(source.location.unwrap_or_default(), location);
            assert_eq!(source.remarks.unwrap_or_default(), remarks);
        }
    }
}
