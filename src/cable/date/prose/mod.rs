//! Dates as people type them and as editions print them.
//!
//! A date is cut into [`Item`]s; what carries no meaning (weekdays, commas,
//! `of`, `circa`) is left out on the way. One or two [`Side`]s are then read
//! from the items, and what one side of a range leaves out is taken from the
//! other. Anything after that must be a time of day.

use jiff::civil::Date;

mod items;

use super::{DateErrorReason, DateInterval, Season, years};
use items::{Item, Part, items};

/// Reads one date or a range of them.
pub(super) fn parse(text: &str) -> Result<DateInterval, DateErrorReason> {
    let lower = text.to_lowercase();
    let unspaced: String = lower.chars().filter(|c| c.is_alphanumeric()).collect();
    if matches!(
        unspaced.as_str(),
        "undated" | "nd" | "nodate" | "dateunknown"
    ) {
        return Err(DateErrorReason::Undated);
    }
    let items = items(&lower)?;
    // `night of October 16, 1962`
    let items = match items.iter().position(|item| *item != Item::TimeWord) {
        Some(start) => &items[start..],
        None => return Err(DateErrorReason::Unreadable),
    };
    let mut at = 0;
    let left = side(items, &mut at).ok_or(DateErrorReason::Unreadable)?;
    if items.get(at) == Some(&Item::Dash) {
        let mut after = at + 1;
        if let Some(right) = side(items, &mut after)
            && is_time_of_day(&items[after..])
            && let Some((first, last)) = complete(left, right)
        {
            let (first, last) = (first.interval()?, last.interval()?);
            return DateInterval::range(first.earliest, last.latest)
                .ok_or(DateErrorReason::Reversed);
        }
    }
    if is_time_of_day(&items[at..]) {
        left.interval()
    } else {
        Err(DateErrorReason::Unreadable)
    }
}

/// One end of a range, or the whole date.
#[derive(Debug, Clone, Copy)]
enum Side {
    /// Complete in itself.
    Whole(DateInterval),
    /// As much as is written.
    Parts(Parts),
}

/// The parts of a date that are written out.
#[derive(Debug, Clone, Copy, Default)]
struct Parts {
    part: Option<Part>,
    year: Option<i16>,
    unit: Option<Unit>,
    /// A number of at most two digits: a day, or else, as on the right of
    /// `1961-62`, the end of a year.
    short: Option<i16>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unit {
    Month(i8),
    Season(Season),
}

/// Reads one side from `at` on and moves `at` behind it.
fn side(items: &[Item], at: &mut usize) -> Option<Side> {
    let mut parts = Parts::default();
    if let Some(Item::Part(part)) = items.get(*at) {
        parts.part = Some(*part);
        *at += 1;
    }
    match *items.get(*at)? {
        Item::Whole(interval) => {
            *at += 1;
            return match parts.part {
                None => Some(Side::Whole(interval)),
                Some(part) => part.of(interval).map(Side::Whole),
            };
        }
        Item::Unit(unit) => {
            *at += 1;
            parts.unit = Some(unit);
            read_day_and_year(items, at, &mut parts);
        }
        Item::Number {
            value,
            is_year: true,
        } => {
            *at += 1;
            parts.year = Some(value);
            if let Some(Item::Unit(unit)) = items.get(*at) {
                *at += 1;
                parts.unit = Some(*unit);
                if let Some(day) = short_number(items, *at) {
                    *at += 1;
                    parts.short = Some(day);
                }
            }
        }
        Item::Number { value, .. } => {
            *at += 1;
            parts.short = Some(value);
            if let Some(Item::Unit(unit)) = items.get(*at) {
                *at += 1;
                parts.unit = Some(*unit);
            }
            read_year(items, at, &mut parts);
        }
        // `early to mid October 1962`: the left side says no more.
        Item::Dash if parts.part.is_some() => {}
        _ => return None,
    }
    Some(Side::Parts(parts))
}

/// After a month: `16, 1962`, `16`, `1962` or `62`.
fn read_day_and_year(items: &[Item], at: &mut usize, parts: &mut Parts) {
    if let Some(value) = short_number(items, *at)
        && value <= 31
    {
        parts.short = Some(value);
        *at += 1;
    }
    read_year(items, at, parts);
    if let (Some(Unit::Season(Season::Winter)), Some(year)) = (parts.unit, parts.year)
        && items.get(*at) == Some(&Item::Dash)
        && let Some(Item::Number { value, is_year }) = items.get(*at + 1)
    {
        // `winter 1961-62` names one winter by both of its years.
        let next = year.saturating_add(1);
        if *value == (if *is_year { next } else { next.rem_euclid(100) }) {
            *at += 2;
        }
    }
}

/// A year, if there is one and it is not the hour of a time of day.
fn read_year(items: &[Item], at: &mut usize, parts: &mut Parts) {
    if let Some(Item::Number { value, is_year }) = items.get(*at) {
        if *is_year {
            parts.year = Some(*value);
            *at += 1;
        } else if parts.unit.is_some() && items.get(*at + 1) != Some(&Item::TimeWord) {
            parts.year = Some(1900 + value);
            *at += 1;
        }
    }
}

/// A number of one or two digits.
fn short_number(items: &[Item], at: usize) -> Option<i16> {
    match items.get(at) {
        Some(Item::Number {
            value,
            is_year: false,
        }) => Some(*value),
        _ => None,
    }
}

/// Gives each side what only the other has; `None` if the two make no range.
fn complete(left: Side, right: Side) -> Option<(Side, Side)> {
    let (Side::Parts(mut first), Side::Parts(mut last)) = (left, right) else {
        let is_complete = |side: &Side| match side {
            Side::Whole(_) => true,
            Side::Parts(parts) => parts.year.is_some(),
        };
        return (is_complete(&left) && is_complete(&right)).then_some((left, right));
    };
    match (first.year, last.year) {
        // `October 16-28, 1962`, `16-28 October 1962`, `October-November 1962`
        (None, _) => {
            first.year = last.year;
            if first.unit.is_none() {
                let says_something = first.short.is_some() || first.part.is_some();
                if !says_something || (first.short.is_some() && last.short.is_none()) {
                    return None;
                }
                first.unit = last.unit;
            } else if last.unit.is_none() {
                // Without a day on the left, the right is no day either.
                first.short?;
                last.short?;
                last.unit = first.unit;
            }
        }
        (Some(year), None) => {
            if last.unit.is_some() {
                last.year = Some(year);
            } else {
                // `1961-62`
                let is_bare = first.unit.is_none() && first.short.is_none();
                let end = last.short.take().filter(|_| is_bare)?;
                last.year = Some(year - year.rem_euclid(100) + end);
            }
        }
        (Some(_), Some(_)) => {
            if last.unit.is_none() && last.short.is_some() {
                return None;
            }
        }
    }
    Some((Side::Parts(first), Side::Parts(last)))
}

impl Side {
    fn interval(self) -> Result<DateInterval, DateErrorReason> {
        match self {
            Side::Whole(interval) => Ok(interval),
            Side::Parts(parts) => parts.interval(),
        }
    }
}

impl Parts {
    fn interval(self) -> Result<DateInterval, DateErrorReason> {
        let Some(year) = self.year else {
            return Err(match self.unit {
                Some(_) => DateErrorReason::NoYear,
                None => DateErrorReason::Unreadable,
            });
        };
        let whole = match (self.unit, self.short) {
            (Some(Unit::Month(month)), Some(day)) => {
                let day = i8::try_from(day).map_err(|_| DateErrorReason::NoSuchDay)?;
                Date::new(year, month, day).ok().map(DateInterval::day)
            }
            (Some(Unit::Month(month)), None) => DateInterval::month(year, month),
            (Some(Unit::Season(season)), None) => season.of(year),
            (None, None) => DateInterval::year(year),
            (_, Some(_)) => return Err(DateErrorReason::Unreadable),
        };
        let whole = whole.ok_or(DateErrorReason::NoSuchDay)?;
        match self.part {
            None => Ok(whole),
            Some(part) => part.of(whole).ok_or(DateErrorReason::Unreadable),
        }
    }
}

/// Whether nothing follows, or a time of day: `, 3:35 p.m.`, `-7 p.m.`,
/// `, 7-9 p.m.`, `, noon`.
fn is_time_of_day(items: &[Item]) -> bool {
    let may_be_time = |item: &Item| {
        matches!(
            item,
            Item::Dash | Item::Number { .. } | Item::Clock | Item::TimeWord
        )
    };
    items.is_empty()
        || (items.iter().all(may_be_time)
            && items
                .iter()
                .any(|item| matches!(item, Item::Clock | Item::TimeWord)))
}

impl Part {
    /// This part of a month, a year or a decade; `None` of anything else.
    fn of(self, whole: DateInterval) -> Option<DateInterval> {
        use super::DatePrecision::{Day, Month, Range, Year};
        let (year, month) = (whole.earliest.year(), whole.earliest.month());
        match whole.precision {
            Month => {
                let last_day = whole.latest.day();
                let (first, last) = match self {
                    Part::Early => (1, 10),
                    Part::Mid => (11, 20),
                    Part::Late => (21, last_day),
                };
                let first = Date::new(year, month, first).ok()?;
                DateInterval::range(first, Date::new(year, month, last).ok()?)
            }
            Year => {
                let (first, last) = match self {
                    Part::Early => (1, 4),
                    Part::Mid => (5, 8),
                    Part::Late => (9, 12),
                };
                let first = DateInterval::month(year, first)?.earliest;
                DateInterval::range(first, DateInterval::month(year, last)?.latest)
            }
            Range if Ok(whole) == years(year, year.saturating_add(9)) => {
                let (first, last) = match self {
                    Part::Early => (0, 3),
                    Part::Mid => (4, 6),
                    Part::Late => (7, 9),
                };
                years(year + first, year + last).ok()
            }
            Day | Range => None,
        }
    }
}
