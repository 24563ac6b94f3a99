//! Dates as intervals of days.
//!
//! A source that says `October 1962` says that the day was one of thirty-one.
//! So every date is a first and a last day, and a search compares those. The
//! `iso` module reads what programs write, `prose` what people do.

mod iso;
mod prose;

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// How much of a date is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DatePrecision {
    /// The day.
    Day,
    /// The month and year.
    Month,
    /// The year alone.
    Year,
    /// Something else with a beginning and an end.
    Range,
}

/// A span of whole days, both ends included, in the proleptic Gregorian
/// calendar, with the precision in which the source gave it.
///
/// The constructors keep one value for one span: a range that happens to be a
/// whole day, month or year has the precision of that day, month or year, so
/// that `October 1-31, 1962` equals `October 1962`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct DateInterval {
    /// The earliest day that it can have been.
    pub earliest: Date,
    /// The latest day that it can have been; never before `earliest`.
    pub latest: Date,
    /// How much the source told.
    pub precision: DatePrecision,
}

/// Why a text is not a date.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{text:?} {reason}")]
pub struct DateError {
    /// What was to be read.
    pub text: String,
    /// What is wrong with it.
    pub reason: DateErrorReason,
}

/// The ways in which a text fails to be a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DateErrorReason {
    /// Not in any form that is read.
    #[error("is not a date; write it as 1962, 1962-10, 1962-10-16 or October 16, 1962")]
    Unreadable,
    /// A day or a month that the calendar lacks, as `1962-02-30`.
    #[error("is not a date: the calendar has no such day")]
    NoSuchDay,
    /// A month or a day without a year.
    #[error("is not a date: it has no year")]
    NoYear,
    /// A range that ends before it begins.
    #[error("is not a range of dates: it ends before it begins")]
    Reversed,
    /// The source says that there is no date: `undated`, `n.d.`.
    #[error("says that there is no date")]
    Undated,
}

impl DateInterval {
    /// The whole of one day.
    pub fn day(day: Date) -> Self {
        DateInterval {
            earliest: day,
            latest: day,
            precision: DatePrecision::Day,
        }
    }

    /// The whole of a month, from 1 for January; `None` if there is no such
    /// month, or if the year is outside of -9999 to 9999.
    pub fn month(year: i16, month: i8) -> Option<Self> {
        let first = Date::new(year, month, 1).ok()?;
        Some(DateInterval {
            earliest: first,
            latest: first.last_of_month(),
            precision: DatePrecision::Month,
        })
    }

    /// The whole of a year; `None` outside of -9999 to 9999. Year 0 is the
    /// year before year 1, as in ISO 8601.
    pub fn year(year: i16) -> Option<Self> {
        let first = Date::new(year, 1, 1).ok()?;
        Some(DateInterval {
            earliest: first,
            latest: first.last_of_year(),
            precision: DatePrecision::Year,
        })
    }

    /// All days from the first to the last, both included; `None` if the last
    /// is before the first.
    ///
    /// The precision is that of a day, month or year where the range is
    /// exactly one. [`Date::MIN`] and [`Date::MAX`] stand for an open end.
    pub fn range(earliest: Date, latest: Date) -> Option<Self> {
        if latest < earliest {
            return None;
        }
        let precision = if earliest == latest {
            DatePrecision::Day
        } else if earliest == latest.first_of_month() && latest == latest.last_of_month() {
            DatePrecision::Month
        } else if earliest == latest.first_of_year() && latest == latest.last_of_year() {
            DatePrecision::Year
        } else {
            DatePrecision::Range
        };
        Some(DateInterval {
            earliest,
            latest,
            precision,
        })
    }

    /// Whether the two have a day in common: this one *may* have been in the
    /// other.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.earliest <= other.latest && other.earliest <= self.latest
    }

    /// Whether all days of this one are in the other: this one *certainly* was
    /// in the other.
    pub fn within(&self, outer: &Self) -> bool {
        outer.earliest <= self.earliest && self.latest <= outer.latest
    }

    /// Reads ISO 8601 and what EDTF (ISO 8601-2) adds to it on its level 1.
    ///
    /// `1962`, `1962-10`, `1962-10-16`, `19621016`, each with a time after a
    /// `T`, which is dropped; intervals `1962-10-16/1962-10-28`, with `..` or
    /// nothing for an open end; `1962-21` to `1962-24` for the seasons from
    /// spring; `196X` and `1962-10-XX` for unknown digits. The marks for
    /// doubt and approximation, `?`, `~` and `%`, are read over: the interval
    /// stays what it is without them.
    pub fn parse_iso(text: &str) -> Result<Self, DateError> {
        iso::parse(text.trim()).map_err(|reason| DateError::new(text, reason))
    }

    /// Reads a date as people type it and as editions print it, in English.
    ///
    /// Everything that [`parse_iso`](Self::parse_iso) reads, and:
    ///
    /// - `October 16, 1962`, `16 Oct. 1962`, `1962 October 16`, `Oct 1962`,
    ///   with or without weekday, brackets and time of day;
    /// - `October 16-28, 1962`, `October 16-November 2, 1962`, `1961-62`, with
    ///   a hyphen, a dash, or `to`, `through`, `and`, `or`;
    /// - `31.10.1962` and `31.X.62` (day first), `10/31/1962` (month first, as
    ///   Americans write, unless only the other order makes a date);
    /// - `172035Z OCT 62`, the date-time group of a telegram;
    /// - `spring 1961` (March to May, and so on; winter begins in the December
    ///   of its year), `1960s`;
    /// - `early`, `mid`, `late`: the thirds of a year (four months each) or of
    ///   a month (days 1-10, 11-20, 21-end); of a decade, the years 0-3, 4-6
    ///   and 7-9;
    /// - `circa 1960`, `[1960?]`: the year itself, for nothing tells how far
    ///   off it may be.
    ///
    /// A year of two digits is in the twentieth century.
    pub fn parse(text: &str) -> Result<Self, DateError> {
        let bare = text.trim().trim_matches(['[', ']', '(', ')', ',']).trim();
        let bare = match bare.strip_suffix('.') {
            // `1962/..` ends in an open end, not in a full stop.
            Some(rest) if !rest.ends_with('.') => rest,
            _ => bare,
        };
        iso::parse(bare)
            .or_else(|reason| match reason {
                DateErrorReason::Unreadable => prose::parse(bare),
                certain => Err(certain),
            })
            .map_err(|reason| DateError::new(text, reason))
    }
}

impl fmt::Display for DateInterval {
    /// ISO 8601, shortened to what is known: `1962`, `1962-10`, `1962-10-16`;
    /// other ranges as an EDTF interval of years, months or days, whichever
    /// says it all: `1960/1969`, `1961-03/1961-05`, `1962-10-16/1962-10-28`.
    /// An open end is `..`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (first, last) = (self.earliest, self.latest);
        let unit = match self.precision {
            DatePrecision::Range => {
                let open = (first == Date::MIN, last == Date::MAX);
                if (open.0 || first == first.first_of_year())
                    && (open.1 || last == last.last_of_year())
                {
                    DatePrecision::Year
                } else if (open.0 || first == first.first_of_month())
                    && (open.1 || last == last.last_of_month())
                {
                    DatePrecision::Month
                } else {
                    DatePrecision::Day
                }
            }
            known => return write_shortened(f, first, known),
        };
        if first == Date::MIN {
            f.write_str("..")?;
        } else {
            write_shortened(f, first, unit)?;
        }
        f.write_str("/")?;
        if last == Date::MAX {
            f.write_str("..")
        } else {
            write_shortened(f, last, unit)
        }
    }
}

/// Writes a date down to its day, month or year.
fn write_shortened(f: &mut fmt::Formatter<'_>, date: Date, unit: DatePrecision) -> fmt::Result {
    let sign = if date.year() < 0 { "-" } else { "" };
    write!(f, "{sign}{:04}", date.year().unsigned_abs())?;
    if matches!(unit, DatePrecision::Year) {
        return Ok(());
    }
    write!(f, "-{:02}", date.month())?;
    if matches!(unit, DatePrecision::Month) {
        return Ok(());
    }
    write!(f, "-{:02}", date.day())
}

impl DateError {
    fn new(text: &str, reason: DateErrorReason) -> Self {
        DateError {
            text: text.to_owned(),
            reason,
        }
    }
}

/// The seasons of the northern half of the world, in the order of EDTF.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Season {
    Spring,
    Summer,
    Autumn,
    Winter,
}

impl Season {
    /// Three whole months. Winter is the one that *begins* in the year, in
    /// December: EDTF numbers it last, and editions print `winter 1961-62`.
    fn of(self, year: i16) -> Option<DateInterval> {
        let first_month = match self {
            Season::Spring => 3,
            Season::Summer => 6,
            Season::Autumn => 9,
            Season::Winter => 12,
        };
        let (last_year, last_month) = match self {
            Season::Winter => (year.checked_add(1)?, 2),
            _ => (year, first_month + 2),
        };
        let first = DateInterval::month(year, first_month)?;
        let last = DateInterval::month(last_year, last_month)?;
        DateInterval::range(first.earliest, last.latest)
    }
}

/// The years from the first to the last.
fn years(first: i16, last: i16) -> Result<DateInterval, DateErrorReason> {
    let first = DateInterval::year(first).ok_or(DateErrorReason::NoSuchDay)?;
    let last = DateInterval::year(last).ok_or(DateErrorReason::NoSuchDay)?;
    DateInterval::range(first.earliest, last.latest).ok_or(DateErrorReason::Reversed)
}

#[cfg(test)]
mod tests;
