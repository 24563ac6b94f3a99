//! ISO 8601, and EDTF (ISO 8601-2) on its level 1.

use jiff::civil::Date;

use super::{DateErrorReason, DateInterval, Season, years};

/// Reads one date or an interval of two. What has another form altogether is
/// [`DateErrorReason::Unreadable`]; anything else is certain.
pub(super) fn parse(text: &str) -> Result<DateInterval, DateErrorReason> {
    let Some((first, last)) = text.split_once('/') else {
        return single(text);
    };
    let is_open = |end: &str| end.is_empty() || end == "..";
    if first.is_empty() && last.is_empty() {
        return Err(DateErrorReason::Unreadable);
    }
    let earliest = if is_open(first) {
        Date::MIN
    } else {
        single(first)?.earliest
    };
    let latest = if is_open(last) {
        Date::MAX
    } else {
        single(last)?.latest
    };
    DateInterval::range(earliest, latest).ok_or(DateErrorReason::Reversed)
}

/// Reads one date, of whatever precision.
fn single(text: &str) -> Result<DateInterval, DateErrorReason> {
    let (date, time) = match text.split_once(['T', 't']) {
        Some((date, time)) => (date, Some(time)),
        None => (text, None),
    };
    if time.is_some_and(|time| !is_time(time)) {
        return Err(DateErrorReason::Unreadable);
    }
    let is_mark = |c: char| matches!(c, '?' | '~' | '%');
    let date = date.trim_end_matches(is_mark).trim_start_matches(is_mark);
    let (sign, unsigned) = match date.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, date),
    };
    if unsigned.len() == 8 && unsigned.bytes().all(|b| b.is_ascii_digit()) {
        let (year, month, day) = (&unsigned[..4], &unsigned[4..6], &unsigned[6..]);
        return day_of(sign * number(year)?, number(month)?, number(day)?);
    }
    let mut parts = unsigned.split('-').map(|part| part.trim_matches(is_mark));
    let year = parts.next().unwrap_or_default();
    let (month, day) = (parts.next(), parts.next());
    if parts.next().is_some() {
        return Err(DateErrorReason::Unreadable);
    }
    let month = month.map(component).transpose()?;
    let day = day.map(component).transpose()?;
    let Some(year) = whole_year(year)?.map(|year| sign * year) else {
        // Of a year with unknown digits nothing more can be known.
        return match (month.flatten(), day.flatten()) {
            (None, None) if sign > 0 => year_with_unknown_digits(year),
            _ => Err(DateErrorReason::Unreadable),
        };
    };
    match (month, day) {
        (None | Some(None), None | Some(None)) => {
            DateInterval::year(year).ok_or(DateErrorReason::NoSuchDay)
        }
        (None | Some(None), Some(Some(_))) => Err(DateErrorReason::Unreadable),
        (Some(Some(month @ 21..=24)), None) => {
            let season = match month {
                21 => Season::Spring,
                22 => Season::Summer,
                23 => Season::Autumn,
                _ => Season::Winter,
            };
            season.of(year).ok_or(DateErrorReason::NoSuchDay)
        }
        // `1961-62` is a pair of years in print, and no month.
        (Some(Some(other @ 13..)), None) if other > year.rem_euclid(100) => {
            Err(DateErrorReason::Unreadable)
        }
        (Some(Some(month)), None | Some(None)) => {
            let month = i8::try_from(month).map_err(|_| DateErrorReason::NoSuchDay)?;
            DateInterval::month(year, month).ok_or(DateErrorReason::NoSuchDay)
        }
        (Some(Some(month)), Some(Some(day))) => day_of(year, month, day),
    }
}

/// Four digits; `None` where some are unknown.
fn whole_year(text: &str) -> Result<Option<i16>, DateErrorReason> {
    if text.len() != 4 {
        return Err(DateErrorReason::Unreadable);
    }
    if text.bytes().all(|b| b.is_ascii_digit()) {
        return number(text).map(Some);
    }
    Ok(None)
}

/// `196X` and `19XX`: digits, then the marks of unknown ones.
fn year_with_unknown_digits(text: &str) -> Result<DateInterval, DateErrorReason> {
    let known = text.trim_end_matches(['X', 'x', 'u']);
    let size: i16 = match (known.len(), text.len() - known.len()) {
        (3, 1) => 10,
        (2, 2) => 100,
        _ => return Err(DateErrorReason::Unreadable),
    };
    let first = number(known)? * size;
    years(first, first + size - 1)
}

/// Two digits; `None` where they are unknown.
fn component(text: &str) -> Result<Option<i16>, DateErrorReason> {
    if text.len() != 2 {
        return Err(DateErrorReason::Unreadable);
    }
    if matches!(text, "XX" | "xx" | "uu") {
        return Ok(None);
    }
    number(text).map(Some)
}

/// At most four ASCII digits, and nothing else.
fn number(digits: &str) -> Result<i16, DateErrorReason> {
    if digits.is_empty() || digits.len() > 4 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Err(DateErrorReason::Unreadable);
    }
    digits.parse().map_err(|_| DateErrorReason::Unreadable)
}

fn day_of(year: i16, month: i16, day: i16) -> Result<DateInterval, DateErrorReason> {
    let month = i8::try_from(month).map_err(|_| DateErrorReason::NoSuchDay)?;
    let day = i8::try_from(day).map_err(|_| DateErrorReason::NoSuchDay)?;
    Date::new(year, month, day)
        .map(DateInterval::day)
        .map_err(|_| DateErrorReason::NoSuchDay)
}

/// Whether a text may be a time of day with its zone. The model holds days, so
/// that it looks like one is enough.
fn is_time(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
        && text.bytes().all(|b| {
            b.is_ascii_digit() || matches!(b, b':' | b'.' | b',' | b'+' | b'-' | b'Z' | b'z')
        })
}
