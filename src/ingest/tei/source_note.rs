//! What a source note tells: the file, the markings, who drafted.
//!
//! `Source: Department of State, Central Files, 737.00/3–1962. Secret;
//! Priority. Drafted by Smith and cleared by Jones.`

/// Words that begin a classification, in lower case.
const MARKINGS: &[&str] = &[
    "top secret",
    "secret",
    "confidential",
    "restricted",
    "unclassified",
    "limited official use",
    "official use only",
    "for official use only",
    "no classification marking",
    "sensitive",
    "eyes only",
    "personal and confidential",
    "personal and secret",
    "strictly confidential",
];

/// Abbreviations after whose period a sentence goes on.
const ABBREVIATIONS: &[&str] = &[
    "Mr", "Mrs", "Dr", "Gen", "Col", "Maj", "Capt", "Lt", "Adm", "No", "Nos", "Vol", "vol", "St",
    "Sec", "pp", "p", "Jr", "Sr", "Cong", "Rept", "ed", "eds", "cf", "Amb",
];

/// The note without the word `Source` that it opens with.
pub(super) fn without_lead(note: &str) -> &str {
    note.strip_prefix("Source:").unwrap_or(note).trim_start()
}

/// The markings of the first sentence that consists of them.
pub(super) fn classification(note: &str) -> Option<String> {
    sentences(note)
        .map(marking_part)
        .find(|sentence| sentence.len() <= 120 && is_marking(sentence))
        .map(str::to_owned)
}

/// A sentence up to what some notes let follow without a period.
fn marking_part(sentence: &str) -> &str {
    let end = [" Drafted ", " Received at ", " Repeated to "]
        .iter()
        .filter_map(|words| sentence.find(words))
        .min()
        .unwrap_or(sentence.len());
    sentence[..end].trim_end_matches(['.', ',', ' '])
}

/// The sentences that say who drafted, cleared and approved.
pub(super) fn drafting(note: &str) -> Option<String> {
    let drafting: Vec<&str> = sentences(note)
        .filter(|sentence| sentence.starts_with("Drafted ") || sentence.starts_with("Cleared "))
        .collect();
    (!drafting.is_empty()).then(|| drafting.join(" "))
}

/// The classification in a marking above the text, printed in small capitals:
/// `secret us urgent` is `Secret; US Urgent`.
pub(super) fn heading_classification(text: &str) -> Option<String> {
    let lower = text.to_lowercase();
    let marking = MARKINGS.iter().find(|marking| {
        lower
            .strip_prefix(*marking)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', ';', ',']))
    })?;
    let rest = lower[marking.len()..].trim_start_matches([' ', ';', ',']);
    let mut classification = capitalised(marking);
    if !rest.is_empty() {
        classification.push_str("; ");
        classification.push_str(&capitalised(rest));
    }
    (classification.len() <= 60).then_some(classification)
}

fn capitalised(words: &str) -> String {
    let mut text = String::with_capacity(words.len());
    for word in words.split(' ') {
        if !text.is_empty() {
            text.push(' ');
        }
        let initial = match word {
            "us" | "niact" => word.len(),
            "and" => 0,
            _ => word.chars().next().map_or(0, char::len_utf8),
        };
        text.push_str(&word[..initial].to_uppercase());
        text.push_str(&word[initial..]);
    }
    text
}

fn is_marking(sentence: &str) -> bool {
    MARKINGS.iter().any(|marking| {
        let Some(start) = sentence.get(..marking.len()) else {
            return false;
        };
        let rest = &sentence[marking.len()..];
        start.eq_ignore_ascii_case(marking)
            && start.starts_with(char::is_uppercase)
            && (rest.is_empty()
                || rest.starts_with(['.', ';', ',', '-', '–', '—', '/', ':'])
                || rest.strip_prefix(' ').is_some_and(|rest| {
                    rest.starts_with(char::is_uppercase) || rest.starts_with(['[', '('])
                }))
    })
}

/// The sentences of a note, each with its period.
fn sentences(note: &str) -> impl Iterator<Item = &str> {
    let mut rest = note.trim();
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let end = rest
            .match_indices(". ")
            .find(|(at, _)| ends_sentence(&rest[..*at], &rest[at + 2..]))
            .map_or(rest.len(), |(at, _)| at + 1);
        let sentence = &rest[..end];
        rest = rest[end..].trim_start();
        Some(sentence)
    })
}

/// Whether a period between `before` and `after` ends a sentence.
fn ends_sentence(before: &str, after: &str) -> bool {
    let word = before
        .rsplit([' ', '(', '.', '–'])
        .next()
        .unwrap_or_default();
    let initial = word.chars().count() == 1 && word.starts_with(char::is_uppercase);
    let goes_on = after.starts_with(|c: char| c.is_lowercase() || c == ',');
    // `Part I. Secret` ends there; initials do not, nor does `U.S.`.
    let alone = before.len() == word.len() || before[..before.len() - word.len()].ends_with(' ');
    let goes_on_with_name = initial && !(alone && is_marking(marking_part(after)));
    !goes_on_with_name && !goes_on && !ABBREVIATIONS.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_tell_classification_and_drafting() {
        let note = "Source: Department of Freedonia, Central Files, 9.9/1–1962. Top Secret; \
                    Niact; Limit Distribution. Drafted by J. B. Smith and cleared with Mr. Jones. \
                    Repeated to Sylvania.";
        assert_eq!(
            classification(note).as_deref(),
            Some("Top Secret; Niact; Limit Distribution")
        );
        assert_eq!(
            drafting(note).as_deref(),
            Some("Drafted by J. B. Smith and cleared with Mr. Jones.")
        );
        assert!(without_lead(note).starts_with("Department of Freedonia, Central"));
    }

    #[test]
    fn other_sentences_are_no_classification() {
        assert_eq!(
            classification("Source: Files, 1. Secretary Smith saw it."),
            None
        );
        assert_eq!(
            classification("Source: Files, Part I. Secret."),
            Some("Secret".to_owned())
        );
        assert_eq!(
            classification("Source: Library. No classification marking. Smith saw it."),
            Some("No classification marking".to_owned())
        );
        assert_eq!(drafting("Source: Files."), None);
    }

    #[test]
    fn small_capitals_become_words() {
        for (text, expected) in [
            ("secret us urgent", Some("Secret; US Urgent")),
            ("TOP SECRET", Some("Top Secret")),
            ("confidential", Some("Confidential")),
            ("secretariat", None),
            ("No. 12", None),
        ] {
            assert_eq!(heading_classification(text).as_deref(), expected);
        }
    }
}
