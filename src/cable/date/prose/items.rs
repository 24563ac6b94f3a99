//! The words and numbers of a date.

use std::iter::Peekable;
use std::str::CharIndices;

use jiff::civil::Date;

use super::Unit;
use crate::cable::date::{DateErrorReason, DateInterval, Season, years};

/// What a date is made of.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Item {
    /// A year, or a number of at most two digits.
    Number { value: i16, is_year: bool },
    /// A month or a season.
    Unit(Unit),
    /// `early`, `mid`, `late`.
    Part(Part),
    /// A date in figures, or a decade.
    Whole(DateInterval),
    /// Whatever stands between the ends of a range.
    Dash,
    /// `3:35`, `1600Z`.
    Clock,
    /// `p`, `m`, `noon`, `GMT`: what tells that a number is an hour.
    TimeWord,
}

/// A third, more or less, of a longer time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Early,
    Mid,
    Late,
}

/// Cuts a date, in lower case, into its items.
pub(super) fn items(text: &str) -> Result<Vec<Item>, DateErrorReason> {
    let mut items = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        if first.is_ascii_digit() {
            rest = figures(rest, &mut items)?;
        } else if first.is_alphabetic() {
            let end = end_of(rest, char::is_alphabetic);
            let (word, after) = rest.split_at(end);
            rest = after;
            push_word(word, &mut items)?;
            if items.last() == Some(&Item::Part(Part::Mid)) {
                rest = rest.trim_start_matches('-');
            }
        } else {
            rest = &rest[first.len_utf8()..];
            match first {
                '\'' | '’' | '‘' => {
                    // `October '62`
                    let end = end_of(rest, |c| c.is_ascii_digit());
                    if let (2, Ok(value)) = (end, rest[..end].parse::<i16>()) {
                        rest = &rest[end..];
                        push_year(1900 + value, &mut rest, &mut items)?;
                    }
                }
                '-' | '‐' | '‑' | '–' | '—' | '―' | '−' | '/' | '&' => {
                    push_dash(&mut items)
                }
                ',' | ';' | '.' | ':' | '[' | ']' | '(' | ')' | '?' | '~' | '%' | '"' | '“'
                | '”' => {}
                space if space.is_whitespace() => {}
                _ => return Err(DateErrorReason::Unreadable),
            }
        }
    }
    Ok(items)
}

/// Reads what begins with a digit and returns what is behind it.
fn figures<'t>(text: &'t str, items: &mut Vec<Item>) -> Result<&'t str, DateErrorReason> {
    let end = end_of_figures(text);
    let (run, mut rest) = text.split_at(end);
    let separator = run.chars().find(|c| !c.is_ascii_digit());
    let parts: Vec<&str> = run.split(|c: char| !c.is_ascii_digit()).collect();
    match (separator, parts.as_slice()) {
        (Some(':'), _) => items.push(Item::Clock),
        (Some('/' | '-'), [year, month, day]) if year.len() == 4 => {
            items.push(whole(value(year)?, value(month)?, value(day)?)?);
            rest = without_time(rest);
        }
        (Some('.'), [day, month, year]) => {
            items.push(whole(year_of(year)?, value(month)?, value(day)?)?);
        }
        (Some(_), [month, day, year]) => {
            let (year, month, day) = (year_of(year)?, value(month)?, value(day)?);
            items.push(whole(year, month, day).or_else(|_| whole(year, day, month))?);
        }
        (Some(_), [month, year]) if month.len() <= 2 && year.len() == 4 => {
            items.push(whole_month(value(year)?, value(month)?)?);
        }
        (Some('-'), [year, month])
            if year.len() == 4 && month.len() <= 2 && value(month)? <= 12 && !has_month(items) =>
        {
            items.push(whole_month(value(year)?, value(month)?)?);
        }
        (Some('/'), [year, month])
            if year.len() == 4 && month.len() == 2 && value(month)? <= value(year)? % 100 =>
        {
            items.push(whole_month(value(year)?, value(month)?)?);
        }
        (Some('/'), [month, year]) if month.len() <= 2 && value(year)? > 31 => {
            items.push(whole_month(year_of(year)?, value(month)?)?);
        }
        // `7.30 p.m.`
        (Some('.'), [_, _]) => items.push(Item::Clock),
        (Some(_), [first, second]) => {
            push_number(first, &mut "", items)?;
            push_dash(items);
            push_number(second, &mut rest, items)?;
        }
        (_, [digits]) => push_number(digits, &mut rest, items)?,
        _ => return Err(DateErrorReason::Unreadable),
    }
    Ok(rest)
}

/// Whether a month was read: in `July 10, 1963-5 p.m.` the 5 is an hour.
fn has_month(items: &[Item]) -> bool {
    items.iter().any(|item| matches!(item, Item::Unit(_)))
}

/// Where a run of digits with at most two separators, all alike, ends.
fn end_of_figures(text: &str) -> usize {
    let mut chars = text.char_indices().peekable();
    let mut end = skip_digits(&mut chars);
    let mut separator = None;
    for _ in 0..2 {
        let Some((_, c)) = chars.next() else { break };
        if !matches!(c, '.' | '/' | '-' | ':') || separator.is_some_and(|s| s != c) {
            break;
        }
        separator = Some(c);
        let after = skip_digits(&mut chars);
        if after == 0 {
            break;
        }
        end = after;
    }
    end
}

/// Skips digits; where they end, or 0 if there are none.
fn skip_digits(chars: &mut Peekable<CharIndices<'_>>) -> usize {
    let mut end = 0;
    while let Some((at, _)) = chars.next_if(|(_, c)| c.is_ascii_digit()) {
        end = at + 1;
    }
    end
}

/// A number alone, with what may hang on it: `1960s`, `16th`, `1600z`.
fn push_number(
    digits: &str,
    rest: &mut &str,
    items: &mut Vec<Item>,
) -> Result<(), DateErrorReason> {
    let end = end_of(rest, char::is_alphabetic);
    let suffix = &rest[..end];
    match (digits.len(), suffix) {
        (1 | 2, "st" | "nd" | "rd" | "th") => {
            *rest = &rest[end..];
            push_short(value(digits)?, items);
        }
        (2, "s") => push_year(1900 + value(digits)?, rest, items)?,
        (1 | 2, _) => push_short(value(digits)?, items),
        (4, zone) if zone.len() == 1 && zone != "s" => {
            *rest = &rest[end..];
            items.push(Item::Clock);
        }
        (4, _) => push_year(value(digits)?, rest, items)?,
        // The date-time group: day, hour, minute, zone.
        (6, zone) if zone.len() == 1 => {
            if value(&digits[2..4])? > 23 || value(&digits[4..])? > 59 {
                return Err(DateErrorReason::Unreadable);
            }
            *rest = &rest[end..];
            push_short(value(&digits[..2])?, items);
        }
        (8, "") => items.push(whole(
            value(&digits[..4])?,
            value(&digits[4..6])?,
            value(&digits[6..])?,
        )?),
        _ => return Err(DateErrorReason::Unreadable),
    }
    Ok(())
}

fn push_short(value: i16, items: &mut Vec<Item>) {
    items.push(Item::Number {
        value,
        is_year: false,
    });
}

/// A year, or a decade if an `s` follows.
fn push_year(value: i16, rest: &mut &str, items: &mut Vec<Item>) -> Result<(), DateErrorReason> {
    let behind = rest.strip_prefix(['\'', '’']).unwrap_or(rest);
    let is_decade =
        value % 10 == 0 && behind.starts_with('s') && end_of(behind, char::is_alphabetic) == 1;
    if is_decade {
        *rest = &behind[1..];
        items.push(Item::Whole(years(value, value.saturating_add(9))?));
    } else {
        items.push(Item::Number {
            value,
            is_year: true,
        });
    }
    Ok(())
}

/// Several in a row (`16 - to 28`) are one.
fn push_dash(items: &mut Vec<Item>) {
    if items.last() != Some(&Item::Dash) {
        items.push(Item::Dash);
    }
}

fn push_word(word: &str, items: &mut Vec<Item>) -> Result<(), DateErrorReason> {
    let item = match word {
        "to" | "through" | "thru" | "until" | "till" | "and" | "or" => {
            push_dash(items);
            return Ok(());
        }
        "c" | "ca" | "circa" | "about" | "around" | "approximately" | "approx" | "probably"
        | "possibly" | "of" | "the" | "in" | "on" | "at" | "from" | "between" | "during"
        | "date" | "dated" | "dtg" => return Ok(()),
        "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday"
        | "mon" | "tue" | "tues" | "wed" | "thu" | "thur" | "thurs" | "fri" | "sat" | "sun" => {
            return Ok(());
        }
        "early" | "beginning" => Item::Part(Part::Early),
        "mid" | "middle" => Item::Part(Part::Mid),
        "late" | "end" => Item::Part(Part::Late),
        "a" | "p" | "m" | "am" | "pm" | "noon" | "midnight" | "morning" | "afternoon"
        | "evening" | "night" | "hours" | "hrs" | "z" | "gmt" | "utc" | "est" | "edt" | "cst"
        | "cdt" | "mst" | "mdt" | "pst" | "pdt" | "bst" | "cet" | "local" | "time" | "session" => {
            Item::TimeWord
        }
        "spring" => Item::Unit(Unit::Season(Season::Spring)),
        "summer" => Item::Unit(Unit::Season(Season::Summer)),
        "autumn" | "fall" => Item::Unit(Unit::Season(Season::Autumn)),
        "winter" => Item::Unit(Unit::Season(Season::Winter)),
        _ => Item::Unit(Unit::Month(
            month_of(word).ok_or(DateErrorReason::Unreadable)?,
        )),
    };
    items.push(item);
    Ok(())
}

/// The number of a month named in English or in Roman figures.
fn month_of(word: &str) -> Option<i8> {
    Some(match word {
        "january" | "jan" | "i" => 1,
        "february" | "feb" | "febr" | "ii" => 2,
        "march" | "mar" | "iii" => 3,
        "april" | "apr" | "iv" => 4,
        "may" | "v" => 5,
        "june" | "jun" | "vi" => 6,
        "july" | "jul" | "vii" => 7,
        "august" | "aug" | "viii" => 8,
        "september" | "sep" | "sept" | "ix" => 9,
        "october" | "oct" | "x" => 10,
        "november" | "nov" | "xi" => 11,
        "december" | "dec" | "xii" => 12,
        _ => return None,
    })
}

/// Without the `T14:00:00Z` that follows a date.
fn without_time(text: &str) -> &str {
    match text.strip_prefix('t') {
        Some(time) if time.starts_with(|c: char| c.is_ascii_digit()) => {
            let is_time = |c: char| c.is_ascii_digit() || matches!(c, ':' | '.' | '+' | '-' | 'z');
            &time[end_of(time, is_time)..]
        }
        _ => text,
    }
}

fn whole(year: i16, month: i16, day: i16) -> Result<Item, DateErrorReason> {
    let no_such_day = |_| DateErrorReason::NoSuchDay;
    let month = i8::try_from(month).map_err(no_such_day)?;
    let day = i8::try_from(day).map_err(no_such_day)?;
    Date::new(year, month, day)
        .map(|day| Item::Whole(DateInterval::day(day)))
        .map_err(|_| DateErrorReason::NoSuchDay)
}

fn whole_month(year: i16, month: i16) -> Result<Item, DateErrorReason> {
    i8::try_from(month)
        .ok()
        .and_then(|month| DateInterval::month(year, month))
        .map(Item::Whole)
        .ok_or(DateErrorReason::NoSuchDay)
}

/// A year of four digits, or of two, in the twentieth century.
fn year_of(digits: &str) -> Result<i16, DateErrorReason> {
    match digits.len() {
        2 => Ok(1900 + value(digits)?),
        4 => value(digits),
        _ => Err(DateErrorReason::Unreadable),
    }
}

fn value(digits: &str) -> Result<i16, DateErrorReason> {
    if digits.len() > 4 {
        return Err(DateErrorReason::Unreadable);
    }
    digits.parse().map_err(|_| DateErrorReason::Unreadable)
}

/// Where the characters of a kind end.
fn end_of(text: &str, is_inside: impl Fn(char) -> bool) -> usize {
    text.find(|c| !is_inside(c)).unwrap_or(text.len())
}
