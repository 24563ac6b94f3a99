//! Dates as intervals of days.

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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct DateInterval {
    /// The earliest day that it can have been.
    pub earliest: jiff::civil::Date,
    /// The latest day that it can have been; never before `earliest`.
    pub latest: jiff::civil::Date,
    /// How much the source told.
    pub precision: DatePrecision,
}

/// Why a text is not a date.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{text:?} is not a date; write it as 1962, 1962-10, 1962-10-16 or October 16, 1962")]
pub struct DateError {
    /// What was to be read.
    pub text: String,
}

impl DateInterval {
    /// One day.
    pub fn day(day: jiff::civil::Date) -> Self {
        DateInterval {
            earliest: day,
            latest: day,
            precision: DatePrecision::Day,
        }
    }

    /// A month of a year.
    pub fn month(year: i16, month: i8) -> Option<Self> {
        let earliest = jiff::civil::Date::new(year, month, 1).ok()?;
        Some(DateInterval {
            earliest,
            latest: earliest.last_of_month(),
            precision: DatePrecision::Month,
        })
    }

    /// A year.
    pub fn year(year: i16) -> Option<Self> {
        let earliest = jiff::civil::Date::new(year, 1, 1).ok()?;
        Some(DateInterval {
            earliest,
            latest: earliest.last_of_year(),
            precision: DatePrecision::Year,
        })
    }

    /// From one day to another.
    pub fn range(earliest: jiff::civil::Date, latest: jiff::civil::Date) -> Option<Self> {
        (earliest <= latest).then_some(DateInterval {
            earliest,
            latest,
            precision: DatePrecision::Range,
        })
    }

    /// Reads `1962`, `1962-10`, `1962-10-16`, with a time after any of them.
    pub fn parse_iso(text: &str) -> Result<DateInterval, DateError> {
        let error = || DateError {
            text: text.to_owned(),
        };
        let date = text.split('T').next().unwrap_or_default();
        let mut parts = date.split('-');
        let year = parts.next().and_then(|year| year.parse().ok());
        let year: i16 = year.ok_or_else(error)?;
        let mut number = || {
            parts
                .next()
                .map(|part| part.get(..2).unwrap_or(part).parse::<i8>())
        };
        match (number(), number()) {
            (None, None) => DateInterval::year(year),
            (Some(Ok(month)), None) => DateInterval::month(year, month),
            (Some(Ok(month)), Some(Ok(day))) => jiff::civil::Date::new(year, month, day)
                .ok()
                .map(DateInterval::day),
            _ => None,
        }
        .ok_or_else(error)
    }
}
