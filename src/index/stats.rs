//! What an index holds, in numbers.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Serialize;
use tantivy::termdict::TermMerger;
use tantivy::{DocAddress, SegmentReader};

use super::{FORMAT_VERSION, Index, IndexError, Property, Snapshot, column, day_number};
use crate::cable::{DateErrorReason, DateInterval};

/// What an index holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Statistics {
    /// Documents.
    pub documents: u64,
    /// Documents of each kind.
    pub by_kind: BTreeMap<String, u64>,
    /// Documents of each volume; those of none are not counted here.
    pub by_volume: BTreeMap<String, u64>,
    /// The first day that a document can date from.
    pub earliest: Option<Date>,
    /// The last such day.
    pub latest: Option<Date>,
    /// Documents without a date.
    pub undated: u64,
    /// Those of them that print a date which could not be read.
    pub unreadable_dates: u64,
    /// Files that were read, with or without documents.
    pub files: u64,
    /// Bytes of those files.
    pub file_bytes: u64,
    /// Bytes of the index on disk.
    pub index_bytes: u64,
    /// Different terms of the text, those of documents replaced since the last
    /// merge included.
    pub terms: u64,
    /// The version of the index format.
    pub format: u32,
}

impl Index {
    /// Counts what the index holds, from columns but for the documents without
    /// a date, which are read.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    pub fn statistics(&self) -> Result<Statistics, IndexError> {
        let snapshot = self.snapshot()?;
        let sources = self.sources()?;
        let mut statistics = Statistics {
            documents: snapshot.documents(),
            files: sources.0.len() as u64,
            file_bytes: sources.0.values().map(|record| record.size).sum(),
            index_bytes: self.bytes_on_disk()?,
            terms: terms(&snapshot)?,
            format: FORMAT_VERSION,
            ..Statistics::default()
        };
        let mut days: Option<(i64, i64)> = None;
        for (ordinal, segment) in (0..).zip(snapshot.searcher().segment_readers()) {
            count(segment, Property::Kind, &mut statistics.by_kind)?;
            count(segment, Property::Volume, &mut statistics.by_volume)?;
            let first = segment.fast_fields().i64("earliest")?;
            let last = segment.fast_fields().i64("latest")?;
            // The ends of the calendar stand for an open end.
            let (least, most) = (day_number(Date::MIN), day_number(Date::MAX));
            for doc in segment.doc_ids_alive() {
                let (Some(first), Some(last)) = (first.first(doc), last.first(doc)) else {
                    statistics.undated += 1;
                    let stored = snapshot.stored(DocAddress::new(ordinal, doc))?;
                    let printed = stored.head().date_text.as_deref();
                    let unreadable = printed.is_some_and(|text| !says_undated(text));
                    statistics.unreadable_dates += u64::from(unreadable);
                    continue;
                };
                for day in [first, last] {
                    if day != least && day != most {
                        let (from, to) = days.unwrap_or((day, day));
                        days = Some((from.min(day), to.max(day)));
                    }
                }
            }
        }
        statistics.earliest = days.and_then(|(from, _)| date(from));
        statistics.latest = days.and_then(|(_, to)| date(to));
        Ok(statistics)
    }

    fn bytes_on_disk(&self) -> Result<u64, IndexError> {
        let sum = || -> std::io::Result<u64> {
            let mut bytes = 0;
            for entry in std::fs::read_dir(&self.folder)? {
                let metadata = entry?.metadata()?;
                if metadata.is_file() {
                    bytes += metadata.len();
                }
            }
            Ok(bytes)
        };
        sum().map_err(|error| IndexError::Io {
            path: self.folder.clone(),
            error,
        })
    }
}

/// The day of a number that [`day_number`] gave.
fn date(day: i64) -> Option<Date> {
    let epoch = jiff::civil::date(1970, 1, 1);
    epoch
        .checked_add(jiff::SignedDuration::from_hours(day * 24))
        .ok()
}

/// Adds to `counts` how many documents of a segment have each value.
fn count(
    segment: &SegmentReader,
    property: Property,
    counts: &mut BTreeMap<String, u64>,
) -> Result<(), IndexError> {
    let Some(column) = segment.fast_fields().str(column(property))? else {
        return Ok(());
    };
    let mut by_ordinal = vec![0; column.num_terms()];
    for doc in segment.doc_ids_alive() {
        for ordinal in column.term_ords(doc) {
            if let Some(count) = by_ordinal.get_mut(ordinal as usize) {
                *count += 1;
            }
        }
    }
    for (ordinal, count) in (0..).zip(by_ordinal) {
        if count > 0 {
            let mut value = String::new();
            column
                .ord_to_str(ordinal, &mut value)
                .map_err(tantivy::TantivyError::from)?;
            *counts.entry(value).or_default() += count;
        }
    }
    Ok(())
}

/// How many different terms the text has.
fn terms(snapshot: &Snapshot) -> Result<u64, IndexError> {
    let field = snapshot.fields().text;
    let segments = snapshot.searcher().segment_readers();
    let inverted = segments
        .iter()
        .map(|segment| segment.inverted_index(field))
        .collect::<tantivy::Result<Vec<_>>>()?;
    let streams = inverted
        .iter()
        .map(|inverted| inverted.terms().stream())
        .collect::<std::io::Result<Vec<_>>>()
        .map_err(tantivy::TantivyError::from)?;
    let mut merged = TermMerger::new(streams);
    let mut terms = 0;
    while merged.advance() {
        terms += 1;
    }
    Ok(terms)
}

/// Whether a printed date says that there is none.
fn says_undated(text: &str) -> bool {
    let read = DateInterval::parse(text);
    read.is_err_and(|error| error.reason == DateErrorReason::Undated)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_numbered_there_and_back() {
        for day in [
            jiff::civil::date(1962, 10, 31),
            jiff::civil::date(1970, 1, 1),
            Date::MIN,
            Date::MAX,
        ] {
            assert_eq!(date(day_number(day)), Some(day));
        }
    }
}
