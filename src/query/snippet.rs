//! The passages of a document that show why it was found.

mod cut;

use std::ops::Range;

use super::highlight::{Mark, Marks, WordRanges, merged};
use super::matching::Span;
use super::plan::Leaf;
use crate::analysis::Analyzer;
use crate::index::{Follows, POSITION_GAP, Property, Section, StoredCable};
use cut::cut;

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
    if count == 0 {
        return Vec::new();
    }
    let mut analyzer = Analyzer::new();
    let mut snippets = passages(stored, &mut analyzer, leaves, &marks.text, count, width);
    if snippets.len() < count {
        values(
            stored,
            &mut analyzer,
            &marks.properties,
            width,
            &mut snippets,
        );
        snippets.truncate(count);
    }
    if snippets.is_empty() {
        snippets.extend(opening(stored, width));
    }
    snippets
}

/// The best passages around marks, apart from one another.
fn passages(
    stored: &StoredCable,
    analyzer: &mut Analyzer,
    leaves: &[&Leaf],
    marks: &[Mark],
    count: usize,
    width: usize,
) -> Vec<Snippet> {
    let words = (width / CHARACTERS_A_WORD).max(1) as u32;
    let mut snippets = Vec::new();
    let mut shown: Vec<Span> = Vec::new();
    for window in windows(stored, leaves, marks, words) {
        if snippets.len() == count {
            break;
        }
        let centre = window.span(marks);
        // What lies too near would show the same text again.
        let near = |other: &Span| {
            centre.start < other.end + words / 2 && other.start < centre.end + words / 2
        };
        if shown.iter().any(near) {
            continue;
        }
        let Some((snippet, span)) = passage(stored, analyzer, marks, window, width) else {
            continue;
        };
        if shown
            .iter()
            .all(|other| span.end <= other.start || other.end <= span.start)
        {
            snippets.push(snippet);
            shown.push(span);
        }
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

impl Window {
    /// From the first word of its marks to the last.
    fn span(self, marks: &[Mark]) -> Span {
        let shown = &marks[self.first..=self.last];
        let ends = shown.iter().map(|mark| mark.span.end);
        Span {
            start: marks[self.first].span.start,
            end: ends.max().unwrap_or_default(),
        }
    }
}

/// The windows of `words` positions that begin at each mark, best first.
fn windows(stored: &StoredCable, leaves: &[&Leaf], marks: &[Mark], words: u32) -> Vec<Window> {
    let units = stored.units();
    let section_of = |mark: &Mark| {
        let after = units.partition_point(|unit| unit.first_position <= mark.span.start);
        after.checked_sub(1).map(|index| units[index].section)
    };
    let sections: Vec<Option<Section>> = marks.iter().map(section_of).collect();
    let mut found: Vec<Window> = Vec::new();
    for (first, mark) in marks.iter().enumerate() {
        let Some(section) = sections[first] else {
            continue;
        };
        let limit = mark.span.start + words.min(POSITION_GAP);
        let mut met = vec![false; leaves.len()];
        let mut worth = 0.0;
        let mut last = first;
        for (index, next) in marks.iter().enumerate().skip(first) {
            if index > first && next.span.end > limit || sections[index] != Some(section) {
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
    found
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

/// The passage around a window's marks, and the words that it shows.
fn passage(
    stored: &StoredCable,
    analyzer: &mut Analyzer,
    marks: &[Mark],
    mut window: Window,
    width: usize,
) -> Option<(Snippet, Span)> {
    let centre = window.span(marks);
    let units = stored.units();
    let unit_of = |position| {
        let after = units.partition_point(|unit| unit.first_position <= position);
        after.checked_sub(1)
    };
    let (mut first, mut last) = (unit_of(centre.start)?, unit_of(centre.end.checked_sub(1)?)?);
    // A long paragraph is several units: there is text around this one.
    if units[first].follows == Follows::Within {
        first -= 1;
    }
    let continues = |index: usize| {
        units
            .get(index)
            .is_some_and(|unit| unit.follows == Follows::Within)
    };
    if continues(last + 1) {
        last += 1;
    }
    let mut text = String::new();
    let mut words = WordRanges::default();
    for unit in &units[first..=last] {
        if !text.is_empty() && unit.follows != Follows::Within {
            text.push(' ');
        }
        words.add(analyzer, stored.text(unit), unit.first_position, text.len());
        text.push_str(stored.text(unit));
    }
    let mut centre = words.bytes(centre)?;
    while window.first < window.last && text[centre.clone()].chars().count() > width {
        // Its words are longer than words are: fewer of them have to do.
        window.last -= 1;
        centre = words.bytes(window.span(marks))?;
    }
    let cut = cut(&text, centre, width);
    let shown = words.within(&cut)?;
    let from = marks.partition_point(|mark| mark.span.start < shown.start);
    // Those that are cut would, merged with others, take these away too.
    let matched = marks[from..]
        .iter()
        .take_while(|mark| mark.span.start < shown.end)
        .filter(|mark| mark.span.end <= shown.end)
        .filter_map(|mark| words.bytes(mark.span))
        .collect();
    // The section goes on outside of what was read.
    let before = first > 0 && units[first].follows != Follows::Apart;
    let after = units.get(last + 1);
    let after = after.is_some_and(|unit| unit.follows != Follows::Apart);
    let snippet = one_line(
        stored.label(first),
        &text,
        cut,
        &merged(matched),
        before,
        after,
    );
    Some((snippet, shown))
}

/// Adds the values of properties in which there are marks.
fn values(
    stored: &StoredCable,
    analyzer: &mut Analyzer,
    marks: &[(Property, Mark)],
    width: usize,
    snippets: &mut Vec<Snippet>,
) {
    let mut properties: Vec<Property> = marks.iter().map(|(property, _)| *property).collect();
    properties.dedup();
    for property in properties {
        let mut values = property.values(stored.head());
        if property == Property::Person {
            let persons = stored.head().persons.iter();
            values.extend(persons.flat_map(|person| person.forms.clone()));
        }
        let mut position = 0;
        for value in values {
            let mut words = WordRanges::default();
            words.add(analyzer, &value, position, 0);
            position = analyzer.analyze(&value, position, |_| ()) + POSITION_GAP;
            let of_property = marks.iter().filter(|(other, _)| *other == property);
            let here = of_property.filter_map(|(_, mark)| words.bytes(mark.span));
            let highlights = merged(here.collect());
            let Some(first) = highlights.first() else {
                continue;
            };
            let cut = cut(&value, first.clone(), width);
            let snippet = one_line(property.name(), &value, cut, &highlights, false, false);
            if !snippets.contains(&snippet) {
                snippets.push(snippet);
            }
        }
    }
}

/// The beginning of the text, for a document that was found by its date or
/// by other fields.
fn opening(stored: &StoredCable, width: usize) -> Option<Snippet> {
    let preferred = [
        Section::Summary,
        Section::Body,
        Section::Notes,
        Section::Details,
        Section::Title,
    ];
    let of_section = |section| {
        let units = stored.units().iter().enumerate();
        units
            .clone()
            .find(move |(_, unit)| unit.section == section && !stored.text(unit).trim().is_empty())
    };
    let (index, unit) = preferred.into_iter().find_map(of_section)?;
    let mut text = stored.text(unit).to_owned();
    let mut rest = stored.units()[index + 1..]
        .iter()
        .take_while(|unit| unit.follows != Follows::Apart)
        .peekable();
    // A telegram opens with its number and references, a paragraph each.
    while let Some(unit) = rest.next_if(|_| text.chars().count() < width) {
        if unit.follows != Follows::Within {
            text.push(' ');
        }
        text.push_str(stored.text(unit));
    }
    let after = rest.peek().is_some();
    let cut = cut(&text, 0..0, width);
    Some(one_line(stored.label(index), &text, cut, &[], false, after))
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

/// Whether the white space at `at` is of a line's end after a hyphen that
/// parts one word in two.
fn is_line_hyphen(text: &str, at: usize) -> bool {
    let (before, after) = (text[..at].trim_end(), text[at..].trim_start());
    let between = &text[before.len()..text.len() - after.len()];
    let word = before.strip_suffix(['-', '\u{2010}', '\u{2011}']);
    between.contains('\n')
        && word.is_some_and(|word| word.ends_with(char::is_alphanumeric))
        && after.starts_with(char::is_alphanumeric)
}
