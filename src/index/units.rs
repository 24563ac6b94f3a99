//! A document's text in units: what is analysed, stored and shown apart.

use std::cell::Cell;

use unicode_segmentation::UnicodeSegmentation;

use super::schema::{Property, Section};
use crate::analysis::Analyzer;
use crate::cable::{Cable, Extra};

/// The most bytes of one unit. A longer paragraph is several units, so that
/// showing a passage of it costs no more than showing one of a short one. Only
/// where the words themselves leave no place to part it is a unit longer.
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
    let mut parting = Parting::default();
    let mut add = |section: Section, label, text, follows| {
        parting.push(&mut units, section, label, text, follows);
    };
    if !cable.title.is_empty() {
        add(Section::Title, "title", &cable.title, Follows::Apart);
    }
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
    let looked_up = Cell::new(0);
    let printed = |value: &str| {
        looked_up.set(looked_up.get() + 1);
        looked_up.get() <= MOST_LOOKED_UP
            && (has_words(&cable.title, value)
                || cable
                    .archive
                    .as_ref()
                    .is_some_and(|a| a != value && has_words(a, value))
                || cable.body.iter().any(|p| has_words(&p.text, value)))
    };
    let of_source = |value: &str| cable.extras.iter().any(|e| has_words(&e.value, value));
    let mut details = Vec::new();
    let mut add = |label: &str, value: &str| {
        details.push(Detail {
            label: label.to_owned(),
            value: value.to_owned(),
        });
    };
    let wanted = |value: &str| !value.trim().is_empty() && !printed(value) && !of_source(value);
    for (label, value) in [("date", &cable.date_text), ("place", &cable.place)] {
        if let Some(value) = value.as_ref().filter(|value| wanted(value)) {
            add(label, value);
        }
    }
    for (label, party) in [("sender", &cable.sender), ("addressee", &cable.addressee)] {
        // The heading prints a party's office apart from the name.
        if let Some(party) = party.as_ref().filter(|party| wanted(&party.name)) {
            add(label, &party.to_string());
        }
    }
    for property in [
        Property::Classification,
        Property::Archive,
        Property::Language,
        Property::Subject,
    ] {
        for value in property.values(cable).iter().filter(|value| wanted(value)) {
            add(property.name(), value);
        }
    }
    for Extra { name, value } in &cable.extras {
        if !value.trim().is_empty() && !printed(value) {
            add(name, value);
        }
    }
    details
}

/// How many values are looked for in the text. More are taken as not printed:
/// each costs a pass over a text that may be as large as the limits allow.
const MOST_LOOKED_UP: u32 = 256;

/// Whether `text` prints `value` as words of their own: `Iran` is not in
/// `Iranian`.
fn has_words(text: &str, value: &str) -> bool {
    // At the edge of a sign there is no word to go on.
    let goes_on = |edge: Option<char>, beside: Option<char>| {
        edge.is_some_and(char::is_alphanumeric) && beside.is_some_and(char::is_alphanumeric)
    };
    text.match_indices(value).any(|(at, value)| {
        let (before, after) = (&text[..at], &text[at + value.len()..]);
        !goes_on(value.chars().next(), before.chars().next_back())
            && !goes_on(value.chars().next_back(), after.chars().next())
    })
}

/// Finds where a long text can be parted so that each part analysed alone
/// gives the words of the whole.
#[derive(Default)]
struct Parting {
    analyzer: Analyzer,
    whole: Vec<Word>,
    parts: Vec<Word>,
}

/// All that analysis tells of a term but the term: its length stands for it,
/// for the same bytes of the same text are compared.
#[derive(PartialEq, Eq)]
struct Word {
    term_bytes: usize,
    position: u32,
    start: usize,
    end: usize,
    as_name: bool,
}

/// How far around a place its words can depend on each other.
const SURROUNDINGS: usize = 256;

/// How many places are tried on either side of the limit.
const TRIES: usize = 64;

impl Parting {
    fn push<'a>(
        &mut self,
        units: &mut Vec<Unit<'a>>,
        section: Section,
        label: &'a str,
        text: &'a str,
        mut follows: Follows,
    ) {
        let mut rest = text;
        loop {
            let (piece, after) = rest.split_at(self.unit_end(rest));
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

    /// Where to end a unit that begins with `text`: where there is white space
    /// if possible, and beyond the limit if words are that long.
    fn unit_end(&mut self, text: &str) -> usize {
        if text.len() <= MAX_UNIT_BYTES {
            return text.len();
        }
        let limit = text.floor_char_boundary(MAX_UNIT_BYTES);
        let spaces = text[..limit]
            .char_indices()
            .rev()
            .filter(|(_, sign)| sign.is_whitespace())
            .map(|(at, sign)| at + sign.len_utf8());
        for at in spaces.take(TRIES) {
            if self.parts_words(text, at) {
                return at;
            }
        }
        let near = text.floor_char_boundary(limit - SURROUNDINGS);
        for (at, _) in text[near..].split_word_bound_indices().skip(1).take(TRIES) {
            if self.parts_words(text, near + at) {
                return near + at;
            }
        }
        // A table of initials, a line of code: tried ever more seldom.
        let mut at = limit;
        while at < text.len() {
            let bound = text[at..].split_word_bound_indices().nth(1);
            let Some((bound, _)) = bound else { break };
            if self.parts_words(text, at + bound) {
                return at + bound;
            }
            at = text.floor_char_boundary(at + bound.max(at / 16));
        }
        text.len()
    }

    /// Whether the words around `at` are the same when it parts the text.
    fn parts_words(&mut self, text: &str, at: usize) -> bool {
        let is_hyphen = |c: char| matches!(c, '-' | '\u{ad}' | '\u{2010}' | '\u{2011}');
        let joined = text[..at].trim_end().ends_with(is_hyphen)
            || text[at..].trim_start().starts_with(is_hyphen);
        if joined {
            // How many words a hyphen joins may not be seen from here.
            return false;
        }
        let start = text.floor_char_boundary(at.saturating_sub(SURROUNDINGS));
        let end = text.floor_char_boundary(at + SURROUNDINGS);
        self.whole.clear();
        see(&mut self.analyzer, &text[start..end], 0, 0, &mut self.whole);
        self.parts.clear();
        let next = see(&mut self.analyzer, &text[start..at], 0, 0, &mut self.parts);
        let offset = at - start;
        see(
            &mut self.analyzer,
            &text[at..end],
            offset,
            next,
            &mut self.parts,
        );
        self.whole == self.parts
    }
}

/// Appends the words of `text`, which begins at `offset`; the first is at
/// position `first`. Returns the position after the last.
fn see(
    analyzer: &mut Analyzer,
    text: &str,
    offset: usize,
    first: u32,
    words: &mut Vec<Word>,
) -> u32 {
    analyzer.analyze(text, first, |token| {
        words.push(Word {
            term_bytes: token.term.len(),
            position: token.position,
            start: offset + token.start,
            end: offset + token.end,
            as_name: token.as_name,
        });
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    type Words = Vec<(String, u32, String, bool)>;

    fn words(analyzer: &mut Analyzer, text: &str, first: u32, words: &mut Words) -> u32 {
        analyzer.analyze(text, first, |token| {
            let printed = text[token.start..token.end].to_owned();
            words.push((
                token.term.to_owned(),
                token.position,
                printed,
                token.as_name,
            ));
        })
    }

    fn cut(text: &str) -> Vec<Unit<'_>> {
        let mut units = Vec::new();
        Parting::default().push(&mut units, Section::Body, "body", text, Follows::Apart);
        units
    }

    /// Cuts a text and holds the units' words to those of the whole.
    #[track_caller]
    fn check(text: &str) -> Vec<Unit<'_>> {
        let units = cut(text);
        assert_eq!(units.iter().map(|unit| unit.text).collect::<String>(), text);
        let mut analyzer = Analyzer::new();
        let (mut whole, mut parts) = (Words::new(), Words::new());
        let all = words(&mut analyzer, text, 0, &mut whole);
        let mut next = 0;
        for unit in &units {
            next = words(&mut analyzer, unit.text, next, &mut parts);
        }
        // Not assert_eq: thousands of words would be printed.
        let differing = whole.iter().zip(&parts).find(|(one, other)| one != other);
        assert_eq!(differing, None);
        assert_eq!((whole.len(), all), (parts.len(), next));
        units
    }

    #[test]
    fn a_unit_of_sentences_ends_at_a_space_within_the_limit() {
        let text = "The ambassador said that Castro would not agree. ".repeat(1000);
        for unit in check(&text) {
            assert!(unit.text.len() <= MAX_UNIT_BYTES);
            assert!(unit.text.ends_with(' '));
        }
    }

    #[test]
    fn texts_without_good_places_keep_their_words() {
        for piece in [
            "x",
            "ab-",
            "A. B. ",
            "N. S. K. and ",
            "co-\noperate-",
            "US WHO ",
            "1 2 3 ",
            "中国",
            "ｶﾀｶﾅ",
            "กำลัง",
            "का",
            "e\u{301}",
            " \u{301}\u{903}",
            "a\u{ad}\n",
            "U-2's ",
            "\u{1f1e8}\u{1f1fa}",
            "711.00/5-1262;",
            "http://a.b/",
            "\"",
            "\u{200d}",
        ] {
            check(&piece.repeat(20_000 / piece.len()));
        }
    }

    #[test]
    fn a_text_of_ideographs_has_units_within_the_limit() {
        let text = "中国大使说".repeat(4000);
        assert!(
            check(&text)
                .iter()
                .all(|unit| unit.text.len() <= MAX_UNIT_BYTES)
        );
    }

    #[test]
    fn a_value_is_printed_only_as_words() {
        for (text, value, printed) in [
            ("The Iranian oil", "Iran", false),
            ("The Iranian oil of Iran", "Iran", true),
            ("in Rome.", "Rome", true),
            ("Romero", "Rome", false),
            ("(Secret)", "Secret", true),
            ("Top Secret; Priority", "Top Secret", true),
            ("É", "", true),
            ("l'État", "État", true),
            ("No. 12", "No. 1", false),
        ] {
            assert_eq!(has_words(text, value), printed, "{text}: {value}");
        }
    }

    #[test]
    fn a_place_within_another_word_is_a_detail() {
        let mut cable = Cable {
            place: Some("Iran".to_owned()),
            body: vec!["Invented: the Iranian oil.".into()],
            ..Cable::default()
        };
        let values = |cable: &Cable| -> Vec<String> {
            details(cable)
                .into_iter()
                .map(|detail| detail.value)
                .collect()
        };
        assert_eq!(values(&cable), ["Iran"]);
        cable.body.push("Invented: in Iran.".into());
        assert_eq!(values(&cable), [""; 0]);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(96))]

        #[test]
        fn parting_a_text_changes_no_word(
            pieces in prop::collection::vec(
                prop_oneof![
                    6 => "[a-z]{1,9}",
                    2 => "[A-Z][a-z]{0,6}",
                    2 => "[A-Z]\\.",
                    1 => "US|WHO|U\\.S\\.|'s|’s|[0-9]{1,5}",
                    1 => "[a-z]{100,400}",
                    1 => "\\PC{1,4}",
                ],
                1..60,
            ),
            joins in prop::collection::vec(
                prop_oneof![
                    Just(" "), Just(" "), Just(" "), Just(", "), Just(". "), Just("-"), Just("-\n"),
                    Just("\u{ad}\n"), Just(""), Just(" \u{301}"), Just("\u{2003}"), Just(".")
                ],
                1..40,
            ),
            bytes in 4000usize..14_000,
        ) {
            // Of different lengths, so that the cycle meets the limit anywhere.
            let mut text = String::new();
            for (piece, join) in pieces.iter().cycle().zip(joins.iter().cycle()) {
                text.push_str(piece);
                text.push_str(join);
                if text.len() > bytes {
                    break;
                }
            }
            check(&text);
        }
    }
}
