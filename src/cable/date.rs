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
