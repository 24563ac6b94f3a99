//! A cable to its document in the index, and back.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};

use serde::{Deserialize, Serialize};
use tantivy::TantivyDocument;
use tantivy::schema::Value;

use super::IndexError;
use super::schema::{Fields, IN_SMALL_LETTERS, Property, Section};
use super::tokens::TermStream;
use super::units::{Detail, Follows, POSITION_GAP, Unit, details, units};
use crate::analysis::Analyzer;
use crate::cable::{Cable, DateInterval};

/// Days since 1970-01-01, as the date columns hold them.
pub fn day_number(date: jiff::civil::Date) -> i64 {
    const EPOCH: jiff::civil::Date = jiff::civil::date(1970, 1, 1);
    EPOCH.duration_until(date).as_secs() / (24 * 60 * 60)
}

/// Makes index documents. Keeps the analyzer's buffers between them.
pub(super) struct Encoder {
    fields: Fields,
    analyzer: Analyzer,
    hasher: RandomState,
}

/// The stored cable without its longer texts.
#[derive(Serialize, Deserialize)]
struct StoredHead {
    cable: Cable,
    /// The labels of the details, in order.
    labels: Vec<String>,
}

/// What is stored of a unit besides its text, in 32-bit numbers.
const LAYOUT_NUMBERS: usize = 4;

impl Encoder {
    pub fn new(fields: Fields) -> Self {
        Encoder {
            fields,
            analyzer: Analyzer::new(),
            hasher: RandomState::new(),
        }
    }

    /// The document of `cable`, which came from the file version `origin`.
    pub fn encode(
        &mut self,
        mut cable: Cable,
        origin: &str,
    ) -> Result<TantivyDocument, IndexError> {
        let mut document = TantivyDocument::new();
        let details = details(&cable);
        self.add_text(&mut document, &units(&cable, &details));
        self.add_properties(&mut document, &cable);
        document.add_text(self.fields.key, &cable.id);
        document.add_text(self.fields.origin, origin);
        if let Some(DateInterval {
            earliest, latest, ..
        }) = cable.date
        {
            document.add_i64(self.fields.earliest, day_number(earliest));
            document.add_i64(self.fields.latest, day_number(latest));
        }
        let labels = details.into_iter().map(Detail::into_label).collect();
        for paragraph in &mut cable.body {
            paragraph.text.clear();
        }
        for note in &mut cable.notes {
            note.text.clear();
        }
        let head = serde_json::to_vec(&StoredHead { cable, labels })?;
        document.add_bytes(self.fields.stored_cable, &head);
        Ok(document)
    }

    /// Analyses the units and adds their words and their stored form.
    fn add_text(&mut self, document: &mut TantivyDocument, units: &[Unit<'_>]) {
        let mut stream = TermStream::default();
        let mut names = NameEvidence::new(&self.hasher);
        let mut layout = Vec::with_capacity(units.len() * LAYOUT_NUMBERS * 4);
        let mut text = String::new();
        let mut starts = [0; Section::ALL.len()];
        let mut section = Section::Title;
        let mut position = 0;
        for (index, unit) in units.iter().enumerate() {
            if index > 0 && unit.follows == Follows::Apart {
                position += POSITION_GAP;
            }
            if unit.section != section {
                // Sections without text begin where the next one does.
                for start in &mut starts[section as usize + 1..=unit.section as usize] {
                    *start = position;
                }
                section = unit.section;
            }
            let first = position;
            position = self.analyzer.analyze(unit.text, first, |token| {
                stream.push(token.term, token.position);
                if matches!(unit.section, Section::Summary | Section::Body) {
                    let printed = &unit.text[token.start..token.end];
                    names.see(token.term, token.as_name, printed);
                }
            });
            let follows = unit.follows as u32;
            for number in [
                unit.section as u32 | follows << 8,
                unit.text.len() as u32,
                first,
                position - first,
            ] {
                layout.extend_from_slice(&number.to_le_bytes());
            }
            text.push_str(unit.text);
        }
        // Sections without text at the end begin after every position.
        for start in &mut starts[section as usize + 1..] {
            *start = u32::MAX;
        }
        document.add_u64(self.fields.terms, stream.count());
        document.add_text(self.fields.text, stream.into_encoded());
        document.add_text(self.fields.names, names.into_encoded());
        for (field, start) in self.fields.starts.iter().zip(&starts[1..]) {
            document.add_u64(*field, u64::from(*start));
        }
        document.add_bytes(self.fields.stored_layout, &layout);
        document.add_bytes(self.fields.stored_text, text.as_bytes());
    }

    fn add_properties(&mut self, document: &mut TantivyDocument, cable: &Cable) {
        for property in Property::ALL {
            let mut values = property.values(cable);
            if property == Property::Person {
                values.extend(cable.persons.iter().flat_map(|person| person.forms.clone()));
            }
            let mut stream = TermStream::default();
            let mut position = 0;
            for value in &values {
                position = self.analyzer.analyze(value, position, |token| {
                    stream.push(token.term, token.position);
                });
                position += POSITION_GAP;
            }
            if stream.count() > 0 {
                document.add_text(self.fields.property(property), stream.into_encoded());
            }
        }
        for (property, column) in &self.fields.values {
            for value in property.column_values(cable) {
                document.add_text(*column, &value);
            }
        }
    }
}

/// How a document prints its words: as names, with a capital in the middle of
/// a sentence, or in small letters.
struct NameEvidence<'a> {
    hasher: &'a RandomState,
    /// By hash of the term: the term, and whether it is in small letters
    /// anywhere.
    seen: HashMap<u64, (String, bool)>,
}

impl<'a> NameEvidence<'a> {
    fn new(hasher: &'a RandomState) -> Self {
        NameEvidence {
            hasher,
            seen: HashMap::new(),
        }
    }

    fn see(&mut self, term: &str, as_name: bool, printed: &str) {
        let in_small_letters = !as_name && printed.starts_with(char::is_lowercase);
        if as_name || in_small_letters {
            let (_, small) = self
                .seen
                .entry(self.hasher.hash_one(term))
                .or_insert_with(|| (term.to_owned(), false));
            *small |= in_small_letters;
        }
    }

    fn into_encoded(self) -> String {
        let mut stream = TermStream::default();
        for (mut term, in_small_letters) in self.seen.into_values() {
            if in_small_letters {
                term.push(IN_SMALL_LETTERS);
            }
            stream.push(&term, 0);
        }
        stream.into_encoded()
    }
}

/// A document as the index stores it, before it is put together again.
#[derive(Debug)]
pub struct StoredCable {
    cable: Cable,
    labels: Vec<String>,
    units: Vec<StoredUnit>,
    text: String,
}

/// A unit of stored text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StoredUnit {
    /// The section it belongs to.
    pub section: Section,
    /// How it follows the unit before.
    pub follows: Follows,
    /// Its first byte in the document's stored text.
    pub start: usize,
    /// One past its last byte.
    pub end: usize,
    /// The position of its first word.
    pub first_position: u32,
    /// How many positions it has.
    pub positions: u32,
}

impl StoredCable {
    /// Reads a stored document.
    ///
    /// # Errors
    ///
    /// [`IndexError::Damaged`] when it is not what [`Encoder::encode`] wrote.
    pub(super) fn decode(fields: &Fields, document: &TantivyDocument) -> Result<Self, IndexError> {
        let bytes = |field| {
            let value = document.get_first(field);
            value.and_then(|value| value.as_bytes()).unwrap_or_default()
        };
        let StoredHead { cable, labels } = serde_json::from_slice(bytes(fields.stored_cable))?;
        let damaged = || IndexError::Damaged("a stored document is not whole".to_owned());
        let text = std::str::from_utf8(bytes(fields.stored_text)).map_err(|_| damaged())?;
        let mut units = Vec::new();
        let mut start = 0;
        for record in bytes(fields.stored_layout).chunks(LAYOUT_NUMBERS * 4) {
            let mut numbers = [0u32; LAYOUT_NUMBERS];
            for (number, bytes) in numbers.iter_mut().zip(record.chunks(4)) {
                *number = u32::from_le_bytes(bytes.try_into().map_err(|_| damaged())?);
            }
            let [kind, length, first_position, positions] = numbers;
            let section = *Section::ALL.get(kind as usize & 0xff).ok_or_else(damaged)?;
            let follows = [Follows::Apart, Follows::AsParagraph, Follows::Within];
            let end = start + length as usize;
            text.get(start..end).ok_or_else(damaged)?;
            units.push(StoredUnit {
                section,
                follows: *follows.get(kind as usize >> 8).ok_or_else(damaged)?,
                start,
                end,
                first_position,
                positions,
            });
            start = end;
        }
        Ok(StoredCable {
            cable,
            labels,
            units,
            text: text.to_owned(),
        })
    }

    /// The cable without the texts of its paragraphs and notes.
    pub fn head(&self) -> &Cable {
        &self.cable
    }

    /// The units, in the order of positions.
    pub fn units(&self) -> &[StoredUnit] {
        &self.units
    }

    /// The text of a unit.
    pub fn text(&self, unit: &StoredUnit) -> &str {
        &self.text[unit.start..unit.end]
    }

    /// What a unit is: its section's name, or the field that a detail prints.
    pub fn label(&self, index: usize) -> &str {
        let unit = &self.units[index];
        if unit.section != Section::Details {
            return unit.section.name();
        }
        let detail = self.units[..=index]
            .iter()
            .filter(|unit| unit.section == Section::Details && unit.follows != Follows::Within)
            .count();
        let label = detail
            .checked_sub(1)
            .and_then(|detail| self.labels.get(detail));
        label.map_or("details", String::as_str)
    }

    /// The whole cable.
    pub fn into_cable(mut self) -> Cable {
        let mut paragraphs = self
            .cable
            .body
            .iter_mut()
            .map(|paragraph| &mut paragraph.text);
        let mut notes = self.cable.notes.iter_mut().map(|note| &mut note.text);
        let mut text: Option<&mut String> = None;
        for unit in &self.units {
            let next = match unit.section {
                Section::Body => &mut paragraphs as &mut dyn Iterator<Item = &mut String>,
                Section::Notes => &mut notes,
                _ => continue,
            };
            if unit.follows != Follows::Within {
                text = next.next();
            }
            if let Some(text) = &mut text {
                text.push_str(&self.text[unit.start..unit.end]);
            }
        }
        self.cable
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cable::{
        BodyPosition, Extra, Note, PageBreak, Paragraph, Party, Person, SourcePosition,
    };
    use proptest::prelude::*;

    fn text() -> impl Strategy<Value = String> {
        prop_oneof![
            2 => Just(String::new()),
            6 => "\\PC{0,60}",
            2 => "[ \n\r\t\u{b}\u{0}a-c]{0,30}",
            // Longer than a unit, with and without spaces, signs of 1 to 4 bytes.
            1 => ("\\PC{1,9}", 500usize..3000).prop_map(|(piece, times)| piece.repeat(times)),
            1 => "(a|é|中|\u{1f1fa}){4090,4110}",
        ]
    }

    fn at() -> impl Strategy<Value = BodyPosition> {
        (0u32..9, 0u32..9).prop_map(|(paragraph, offset)| BodyPosition { paragraph, offset })
    }

    fn some_text() -> impl Strategy<Value = Option<String>> {
        prop::option::of(text())
    }

    prop_compose! {
        fn texts()(
            title in text(),
            summary in some_text(),
            body in prop::collection::vec(text().prop_map(Paragraph::from), 0..6),
            notes in prop::collection::vec(
                (some_text(), text(), prop::option::of(at()))
                    .prop_map(|(label, text, anchor)| Note { label, text, anchor }),
                0..5,
            ),
            extras in prop::collection::vec(
                (text(), text()).prop_map(|(name, value)| Extra { name, value }), 0..5
            ),
            subjects in prop::collection::vec(text(), 0..3),
        ) -> Cable {
            Cable { title, summary, body, notes, extras, subjects, ..Cable::default() }
        }
    }

    prop_compose! {
        fn cable()(
            texts in texts(),
            id in text(),
            date in prop::option::of((-4000i16..4000, -4000i16..4000)),
            fields in prop::collection::vec(some_text(), 8),
            parties in prop::collection::vec(
                prop::option::of((text(), some_text())
                    .prop_map(|(name, office)| Party { name, office })), 2
            ),
            persons in prop::collection::vec(
                (text(), some_text(), prop::collection::vec(text(), 0..3))
                    .prop_map(|(name, id, forms)| Person { name, id, forms }),
                0..3,
            ),
            pages in prop::collection::vec(
                (text(), at()).prop_map(|(label, at)| PageBreak { label, at }), 0..3
            ),
            line in prop::option::of(any::<u64>()),
        ) -> Cable {
            let date = date.and_then(|(one, other)| {
                let day = |days| jiff::civil::date(1970, 1, 1)
                    .checked_add(jiff::Span::new().days(days)).ok();
                let (one, other) = (day(one)?, day(other)?);
                DateInterval::range(one.min(other), one.max(other))
            });
            let mut fields = fields.into_iter();
            let mut field = || fields.next().flatten();
            let mut parties = parties.into_iter();
            Cable {
                id,
                date,
                number: field(),
                date_text: field(),
                place: field(),
                classification: field(),
                archive: field(),
                language: field(),
                volume: field(),
                citation: field(),
                sender: parties.next().flatten(),
                addressee: parties.next().flatten(),
                persons,
                pages,
                source: SourcePosition { file: "invented".to_owned(), line, ordinal: 3 },
                ..texts
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]

        #[test]
        fn every_cable_is_decoded_as_it_was(cable in cable()) {
            let (_, fields) = Fields::new();
            let mut encoder = Encoder::new(fields.clone());
            let document = encoder.encode(cable.clone(), "invented\n1").expect("a document");
            let stored = StoredCable::decode(&fields, &document).expect("what was stored");
            let mut position = 0;
            for (index, unit) in stored.units().iter().enumerate() {
                prop_assert!(!stored.label(index).is_empty() || unit.section == Section::Details);
                prop_assert!(unit.first_position >= position);
                position = unit.first_position + unit.positions;
            }
            prop_assert_eq!(stored.into_cable(), cable);
        }

        #[test]
        fn damage_is_an_error_or_another_cable_but_no_panic(
            cable in texts(),
            cuts in prop::collection::vec((0usize..3, 0usize..400, any::<u8>()), 1..4),
        ) {
            let (_, fields) = Fields::new();
            let mut encoder = Encoder::new(fields.clone());
            let document = encoder.encode(cable, "invented\n1").expect("a document");
            let stored = [fields.stored_cable, fields.stored_layout, fields.stored_text];
            let mut damaged = TantivyDocument::new();
            for (number, field) in stored.into_iter().enumerate() {
                let value = document.get_first(field).expect("a value");
                let mut bytes = value.as_bytes().expect("bytes").to_owned();
                for (_, at, byte) in cuts.iter().filter(|(which, ..)| *which == number) {
                    match bytes.get_mut(*at) {
                        Some(changed) => *changed = *byte,
                        None => bytes.truncate(bytes.len() / 2),
                    }
                }
                damaged.add_bytes(field, &bytes);
            }
            if let Ok(stored) = StoredCable::decode(&fields, &damaged) {
                for (index, unit) in stored.units().iter().enumerate() {
                    let _ = (stored.label(index), stored.text(unit));
                }
                let _ = stored.into_cable();
            }
        }
    }
}
