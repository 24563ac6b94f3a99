//! Dates of a bibliography.

use jiff::civil::Date;

use crate::cable::DateInterval;

/// One end of a date: a year, and a month and a day where they are known.
pub(in crate::export) type Parts = Vec<i32>;

/// A date with its precision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::export) enum When {
    /// A year, a month or a day.
    One(Parts),
    /// From one to the other; an end that is open is `None`.
    Span(Option<Parts>, Option<Parts>),
}

impl When {
    /// The parts in which [`DateInterval`] displays itself: it knows best
    /// whether days, months or years say it all.
    pub fn of(date: &DateInterval) -> When {
        let shown = date.to_string();
        match shown.split_once('/') {
            None => When::One(parts(&shown)),
            Some((first, last)) => When::Span(
                (date.earliest != Date::MIN).then(|| parts(first)),
                (date.latest != Date::MAX).then(|| parts(last)),
            ),
        }
    }

    /// The year, where there is only one.
    pub fn year(&self) -> Option<i32> {
        match self {
            When::One(parts) => parts.first().copied(),
            When::Span(first, last) => {
                let first = first.as_ref()?.first()?;
                (last.as_ref()?.first()? == first).then_some(*first)
            }
        }
    }
}

fn parts(iso: &str) -> Parts {
    let (sign, digits) = match iso.strip_prefix('-') {
        Some(digits) => (-1, digits),
        None => (1, iso),
    };
    let mut parts: Parts = digits.split('-').flat_map(str::parse).collect();
    if let Some(year) = parts.first_mut() {
        *year *= sign;
    }
    parts
}

/// `1962-10-31`, `1962-10` or `1962`, as ISO 8601 has it.
pub(in crate::export) fn iso(parts: &Parts) -> String {
    let mut text = String::new();
    for (index, part) in parts.iter().enumerate() {
        text.push_str(&match index {
            0 if *part < 0 => format!("-{:04}", part.abs()),
            0 => format!("{part:04}"),
            _ => format!("-{part:02}"),
        });
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_keep_their_precision() {
        for (text, when) in [
            ("1962", When::One(vec![1962])),
            ("1962-10", When::One(vec![1962, 10])),
            ("1962-10-31", When::One(vec![1962, 10, 31])),
            ("-0044-03-15", When::One(vec![-44, 3, 15])),
            ("1960/1969", When::Span(Some(vec![1960]), Some(vec![1969]))),
            ("1962-10-16/..", When::Span(Some(vec![1962, 10, 16]), None)),
        ] {
            let date = DateInterval::parse_iso(text).unwrap_or_else(|e| panic!("{e}"));
            assert_eq!(When::of(&date), when, "{text}");
            if let When::One(parts) = when {
                assert_eq!(iso(&parts), text);
            }
        }
    }
}
