//! The passages of a document that show why it was found.

use std::ops::Range;

use super::highlight::{Mark, Marks, WordRanges, merged};
use super::plan::Leaf;
use crate::analysis::Analyzer;
use crate::index::{Follows, POSITION_GAP, Property, Section, StoredCable};

/// A passage of a document, with what matched in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snippet {
    /// Where it stands: a section, or the field that it is the value of.
    pub field: String,
    /// The passage in one line. `…` where the text goes on.
    pub text: String,
    /// What matched: byte ranges of `text`, in order, apart.
    pub highlights: Vec<Range<usize>>,
}

/// About how many characters a word takes with the space after it; only to
/// choose a window before the text is read.
const CHARACTERS_A_WORD: usize = 6;

/// The sign of an omission.
const ELLIPSIS: &str = "…";

/// The best passages of a document, at most `count`, each of about `width`
/// characters. There is always one, if the document has any text.
pub(super) fn snippets(
    stored: &StoredCable,
    leaves: &[&Leaf],
    marks: &Marks,
    count: usize,
    width: usize,
) -> Vec<Snippet> {
    let mut snippets = Vec::new();
    let mut analyzer = Analyzer::new();
    let words = (width / CHARACTERS_A_WORD).max(1) as u32;
    for window in windows(stored, leaves, &marks.text, words, count) {
        snippets.extend(passage(stored, &mut analyzer, &marks.text, window, width));
    }
    for (property, mark) in &marks.properties {
        if snippets.len() < count {
            let snippet = value(stored, &mut analyzer, *property, *mark);
            snippets.extend(snippet.filter(|snippet| !snippets.contains(snippet)));
        }
    }
    if snippets.is_empty() && count > 0 {
        snippets.extend(opening(stored, width));
    }
    snippets
}

/// A choice of marks that are shown together.
#[derive(Debug, Clone, Copy)]
struct Window {
    first: usize,
    last: usize,
    worth: f32,
}

/// The best windows of `words` positions, apart from one another, best first.
fn windows(
    stored: &StoredCable,
    leaves: &[&Leaf],
    marks: &[Mark],
    words: u32,
    count: usize,
) -> Vec<Window> {
    let section_of = |mark: &Mark| {
        let after = stored
            .units()
            .partition_point(|unit| unit.first_position <= mark.span.start);
        after
            .checked_sub(1)
            .map(|index| stored.units()[index].section)
    };
    let mut found: Vec<Window> = Vec::new();
    for (first, mark) in marks.iter().enumerate() {
        let Some(section) = section_of(mark) else {
            continue;
        };
        let limit = mark.span.start + words.min(POSITION_GAP);
        let mut met = vec![false; leaves.len()];
        let mut worth = 0.0;
        let mut last = first;
        for (index, next) in marks.iter().enumerate().skip(first) {
            if index > first && next.span.end > limit || section_of(next) != Some(section) {
                break;
            }
            // A second occurrence shows little that the first did not.
            let share = if met[next.leaf] { 0.05 } else { 1.0 };
            worth += share * leaves[next.leaf].idf;
            met[next.leaf] = true;
            last = index;
        }
        // Words close together say more than words far apart.
        let spread = marks[last].span.end.saturating_sub(mark.span.start) as f32;
        worth *= 1.0 - 0.2 * (spread / words as f32).min(1.0);
        worth *= preference(section);
        found.push(Window { first, last, worth });
    }
    // Stable: of equal windows the first in the document.
    found.sort_by(|a, b| b.worth.total_cmp(&a.worth));
    let mut chosen: Vec<Window> = Vec::new();
    for window in found {
        if chosen.len() == count {
            break;
        }
        let (start, end) = (marks[window.first].span.start, marks[window.last].span.end);
        let apart = chosen.iter().all(|other| {
            let (from, to) = (marks[other.first].span.start, marks[other.last].span.end);
            end + words <= from || to + words <= start
        });
        if apart {
            chosen.push(window);
        }
    }
    chosen
}

/// How much a section's text is preferred: the heading is shown in any case.
fn preference(section: Section) -> f32 {
    match section {
        Section::Body => 1.0,
        Section::Summary => 0.95,
        Section::Notes => 0.6,
        Section::Details => 0.3,
        Section::Title => 0.1,
    }
}

/// The passage around a window's marks.
fn passage(
    stored: &StoredCable,
    analyzer: &mut Analyzer,
    marks: &[Mark],
    window: Window,
    width: usize,
) -> Option<Snippet> {
    let shown = &marks[window.first..=window.last];
    let start = shown.first()?.span.start;
    let end = shown.iter().map(|mark| mark.span.end).max()?;
    let units = stored.units();
    let first = units
        .partition_point(|unit| unit.first_position <= start)
        .checked_sub(1)?;
    let last = units
        .partition_point(|unit| unit.first_position < end)
        .checked_sub(1)?;
    let mut text = String::new();
    let mut words = WordRanges::default();
    for unit in &units[first..=last.max(first)] {
        if !text.is_empty() && unit.follows != Follows::Within {
            text.push(' ');
        }
        words.add(analyzer, stored.text(unit), unit.first_position, text.len());
        text.push_str(stored.text(unit));
    }
    let matched: Vec<Range<usize>> = marks
        .iter()
        .filter_map(|mark| words.bytes(mark.span))
        .collect();
    let centre = words.bytes(super::matching::Span { start, end })?;
    let cut = cut(&text, centre, width);
    // The section goes on outside of what was read.
    let before = first > 0 && units[first].follows != Follows::Apart;
    let after = units
        .get(last + 1)
        .is_some_and(|unit| unit.follows != Follows::Apart);
    Some(one_line(
        stored.label(first),
        &text,
        cut,
        &merged(matched),
        before,
        after,
    ))
}

/// The value of a property in which a mark is.
fn value(
    stored: &StoredCable,
    analyzer: &mut Analyzer,
    property: Property,
    mark: Mark,
) -> Option<Snippet> {
    let mut values = property.values(stored.head());
    if property == Property::Person {
        let persons = stored.head().persons.iter();
        values.extend(persons.flat_map(|person| person.forms.clone()));
    }
    let mut position = 0;
    for value in values {
        let mut words = WordRanges::default();
        words.add(analyzer, &value, position, 0);
        if let Some(highlight) = words.bytes(mark.span) {
            let all = 0..value.len();
            return Some(one_line(
                property.name(),
                &value,
                all,
                &[highlight],
                false,
                false,
            ));
        }
        position = analyzer.analyze(&value, position, |_| ()) + POSITION_GAP;
    }
    None
}

/// The beginning of the text, for a document that was found by its date or
/// by other fields.
fn opening(stored: &StoredCable, width: usize) -> Option<Snippet> {
    let preferred = [
        Section::Summary,
        Section::Body,
        Section::Notes,
        Section::Details,
    ];
    let of_section = |section| {
        let units = stored.units().iter().enumerate();
        units
            .clone()
            .find(move |(_, unit)| unit.section == section && !stored.text(unit).trim().is_empty())
    };
    let (index, unit) = preferred.into_iter().find_map(of_section)?;
    let text = stored.text(unit);
    let next = stored.units().get(index + 1);
    let after = next.is_some_and(|unit| unit.follows != Follows::Apart);
    let cut = cut(text, 0..0, width);
    Some(one_line(stored.label(index), text, cut, &[], false, after))
}

/// The part of `text`, of about `width` characters, to show around `centre`:
/// from the beginning of a sentence where one is near, never within a word.
fn cut(text: &str, centre: Range<usize>, width: usize) -> Range<usize> {
    let used = text[centre.clone()].chars().count();
    let room = width.saturating_sub(used);
    let before = &text[..centre.start];
    let earliest = before.char_indices().rev().take(room / 2).last();
    let earliest = earliest.map_or(centre.start, |(at, _)| at);
    let mut start = if earliest == 0 {
        0
    } else {
        // The first sentence that begins in reach, else the first word.
        let sentences = sentence_starts(text, earliest..centre.start);
        sentences.unwrap_or_else(|| next_word(text, earliest, centre.start))
    };
    if text[..start].trim().is_empty() {
        start = 0;
    }
    let shown = text[start..centre.end].chars().count();
    let rest = &text[centre.end..];
    let room = width.saturating_sub(shown);
    let end = match rest.char_indices().nth(room) {
        None => text.len(),
        Some((length, _)) => {
            let whole = rest[..length].rfind(char::is_whitespace);
            centre.end + whole.unwrap_or_else(|| word_end(rest))
        }
    };
    start..end.max(centre.end)
}

fn word_end(text: &str) -> usize {
    text.find(char::is_whitespace).unwrap_or(text.len())
}

fn next_word(text: &str, from: usize, to: usize) -> usize {
    let space = text[from..to].find(char::is_whitespace);
    space.map_or(from, |at| {
        let after = &text[from + at..to];
        from + at + (after.len() - after.trim_start().len())
    })
}

/// The first place within the range at which a sentence begins.
fn sentence_starts(text: &str, range: Range<usize>) -> Option<usize> {
    let mut after_stop = false;
    let mut word_length = 0;
    for (at, sign) in text[range.clone()].char_indices() {
        if sign.is_whitespace() {
            continue;
        }
        let begins = text[..range.start + at].ends_with(char::is_whitespace);
        if after_stop && begins && sign.is_uppercase() {
            return Some(range.start + at);
        }
        if sign.is_alphanumeric() {
            word_length = if begins { 1 } else { word_length + 1 };
            after_stop = false;
        } else if matches!(sign, '.' | '?' | '!') {
            // `F. Castro` and `Mr. Rusk` do not begin a sentence.
            after_stop = sign != '.' || word_length > 3;
        }
    }
    None
}

/// A part of a text in one line, with its highlights.
fn one_line(
    field: &str,
    text: &str,
    cut: Range<usize>,
    highlights: &[Range<usize>],
    before: bool,
    after: bool,
) -> Snippet {
    let mut line = String::new();
    let mut ranges: Vec<Range<usize>> = Vec::new();
    if before || cut.start > 0 {
        line.push_str(ELLIPSIS);
        line.push(' ');
    }
    let mut inside = highlights
        .iter()
        .filter(|range| cut.start <= range.start && range.end <= cut.end)
        .peekable();
    let mut open = None;
    for (at, sign) in text[cut.clone()].char_indices() {
        let at = cut.start + at;
        if let Some(start) = open.take_if(|_| inside.peek().is_some_and(|range| at >= range.end)) {
            ranges.push(start..line.len());
            inside.next();
        }
        if open.is_none() && inside.peek().is_some_and(|range| range.start == at) {
            open = Some(line.len());
        }
        if !sign.is_whitespace() {
            line.push(sign);
        } else if !line.is_empty() && !line.ends_with(' ') && !is_line_hyphen(text, at) {
            line.push(' ');
        }
    }
    if let Some(start) = open {
        ranges.push(start..line.len());
    }
    let kept = line.trim_end().len();
    line.truncate(kept);
    if after || !text[cut.end..].trim().is_empty() {
        line.push(' ');
        line.push_str(ELLIPSIS);
    }
    Snippet {
        field: field.to_owned(),
        text: line,
        highlights: ranges,
    }
}

/// Whether the white space at `at` comes after a hyphen at a line's end, the
/// two parts of one word.
fn is_line_hyphen(text: &str, at: usize) -> bool {
    text[..at].trim_end().ends_with('-') && text[at..].starts_with(['\n', '\r'])
}
