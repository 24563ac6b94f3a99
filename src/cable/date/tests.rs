//! What is read as a date, and as which.

use jiff::civil::{Date, date};
use proptest::prelude::*;

use super::{DateErrorReason, DateInterval, DatePrecision};

/// A text and the interval that it is, as `Display` writes it.
const READ: &[(&str, &str)] = &[
    // ISO 8601 and EDTF
    ("1962", "1962"),
    ("1962-10", "1962-10"),
    ("1962-10-16", "1962-10-16"),
    ("19621016", "1962-10-16"),
    ("1962-10-16T14:30:00Z", "1962-10-16"),
    ("1962-10-16T14:30-05:00", "1962-10-16"),
    ("1962-10-16 14:30", "1962-10-16"),
    ("1962-10-16/1962-10-28", "1962-10-16/1962-10-28"),
    ("1962-10-16/1962-11", "1962-10-16/1962-11-30"),
    ("1960/1969", "1960/1969"),
    ("1962-01-01/1962-12-31", "1962"),
    ("1962-10-01/1962-10-31", "1962-10"),
    ("../1962", "../1962"),
    ("1962/..", "1962/.."),
    ("1962/", "1962/.."),
    ("1962-10-16/..", "1962-10-16/.."),
    ("1962-10?", "1962-10"),
    ("1962~", "1962"),
    ("?1962-10%", "1962-10"),
    ("196X", "1960/1969"),
    ("19XX", "1900/1999"),
    ("1962-XX-XX", "1962"),
    ("1962-10-XX", "1962-10"),
    ("1962-21", "1962-03/1962-05"),
    ("1962-24", "1962-12/1963-02"),
    ("-0044-03-15", "-0044-03-15"),
    // in words
    ("Oct 1962", "1962-10"),
    ("October 1962", "1962-10"),
    ("October, 1962.", "1962-10"),
    ("October 16, 1962", "1962-10-16"),
    ("Oct. 16, 1962", "1962-10-16"),
    ("OCTOBER 16 1962", "1962-10-16"),
    ("16 October 1962", "1962-10-16"),
    ("16 Oct 62", "1962-10-16"),
    ("16th of October, 1962", "1962-10-16"),
    ("October 3rd, 1962", "1962-10-03"),
    ("1962 October 16", "1962-10-16"),
    ("1962, Sept. 1", "1962-09-01"),
    ("Oct 62", "1962-10"),
    ("October '62", "1962-10"),
    ("Wednesday, October 31, 1962", "1962-10-31"),
    ("Sat 27 Oct 1962", "1962-10-27"),
    ("[October 3, 1962]", "1962-10-03"),
    ("October [3], 1962", "1962-10-03"),
    ("[1960?]", "1960"),
    ("circa 1960", "1960"),
    ("ca. 1960", "1960"),
    ("c. 1960", "1960"),
    ("c.1960", "1960"),
    ("October 1, 1899", "1899-10-01"),
    // with a time of day
    ("September 26, 1962—7 p.m.", "1962-09-26"),
    ("July 10, 1963-5 p.m.", "1963-07-10"),
    ("July 20, 1964, 3:35 p.m.", "1964-07-20"),
    ("July 20, 1964, 7-9 p.m.", "1964-07-20"),
    ("July 20, 1964, 7:30–9 p.m.", "1964-07-20"),
    ("July 20, 1964, 7.30 p.m.", "1964-07-20"),
    ("September 26, 1962, noon", "1962-09-26"),
    ("September 26, 1962—midnight.", "1962-09-26"),
    ("October 27, 1962, 1600 hours", "1962-10-27"),
    ("October 27, 1962, 0130Z", "1962-10-27"),
    ("October 27, 1962, 8 p.m. EST", "1962-10-27"),
    ("night of October 26, 1962", "1962-10-26"),
    (
        "October 16–17, 1962, 9 p.m.–2 a.m.",
        "1962-10-16/1962-10-17",
    ),
    // in figures
    ("31.X.62", "1962-10-31"),
    ("31. X. 1962", "1962-10-31"),
    ("31.10.1962", "1962-10-31"),
    ("1.2.63", "1963-02-01"),
    ("10/31/1962", "1962-10-31"),
    ("10/31/62", "1962-10-31"),
    ("2/1/1963", "1963-02-01"),
    ("31/10/1962", "1962-10-31"),
    ("1962/10/31", "1962-10-31"),
    ("10-31-1962", "1962-10-31"),
    ("10/1962", "1962-10"),
    ("1962/10", "1962-10"),
    ("1962-1", "1962-01"),
    ("1962-1-5", "1962-01-05"),
    ("10.1962", "1962-10"),
    ("172035Z OCT 62", "1962-10-17"),
    ("172035Z October 1962", "1962-10-17"),
    ("DTG 172035Z OCT 62", "1962-10-17"),
    // ranges
    ("October 16-28, 1962", "1962-10-16/1962-10-28"),
    ("16–28 October 1962", "1962-10-16/1962-10-28"),
    ("October 16/17, 1962", "1962-10-16/1962-10-17"),
    ("October 16 and 17, 1962", "1962-10-16/1962-10-17"),
    ("between October 16 and 28, 1962", "1962-10-16/1962-10-28"),
    (
        "from October 16 to October 28, 1962",
        "1962-10-16/1962-10-28",
    ),
    ("October 16–November 2, 1962", "1962-10-16/1962-11-02"),
    ("16 October-2 November 1962", "1962-10-16/1962-11-02"),
    ("October 16, 1962–January 3, 1963", "1962-10-16/1963-01-03"),
    ("October 16, 1962–November 2", "1962-10-16/1962-11-02"),
    ("10/16/1962-10/28/1962", "1962-10-16/1962-10-28"),
    ("1962-10-16 to 1962-10-28", "1962-10-16/1962-10-28"),
    ("October 1-31, 1962", "1962-10"),
    ("October-November 1962", "1962-10/1962-11"),
    ("October 1962-January 1963", "1962-10/1963-01"),
    ("1961-62", "1961/1962"),
    ("1961–1963", "1961/1963"),
    ("1912-13", "1912/1913"),
    ("1920–24", "1920/1924"),
    ("1962/63", "1962/1963"),
    ("1898–99", "1898/1899"),
    // longer times
    ("spring 1961", "1961-03/1961-05"),
    ("Summer of 1961", "1961-06/1961-08"),
    ("fall 1961", "1961-09/1961-11"),
    ("winter 1961", "1961-12/1962-02"),
    ("winter 1961–62", "1961-12/1962-02"),
    ("winter of 1961/1962", "1961-12/1962-02"),
    ("1960s", "1960/1969"),
    ("the 1960's", "1960/1969"),
    ("'60s", "1960/1969"),
    ("early 1960s", "1960/1963"),
    ("mid-1960s", "1964/1966"),
    ("late 1960s", "1967/1969"),
    ("mid-1961", "1961-05/1961-08"),
    ("early October 1962", "1962-10-01/1962-10-10"),
    ("mid-October 1962", "1962-10-11/1962-10-20"),
    ("late October 1962", "1962-10-21/1962-10-31"),
    ("early to mid October 1962", "1962-10-01/1962-10-20"),
    ("late 1961–early 1962", "1961-09/1962-04"),
];

/// A text and why it is no date.
const REFUSED: &[(&str, DateErrorReason)] = &[
    ("", DateErrorReason::Unreadable),
    ("/", DateErrorReason::Unreadable),
    ("Havana", DateErrorReason::Unreadable),
    ("October 16, 1962, Havana", DateErrorReason::Unreadable),
    ("16", DateErrorReason::Unreadable),
    ("123456", DateErrorReason::Unreadable),
    ("1962-02-30", DateErrorReason::NoSuchDay),
    ("1962-13", DateErrorReason::NoSuchDay),
    ("February 29, 1962", DateErrorReason::NoSuchDay),
    ("13/13/1962", DateErrorReason::NoSuchDay),
    ("October 16", DateErrorReason::NoYear),
    ("October", DateErrorReason::NoYear),
    ("October 16, 10 p.m.", DateErrorReason::NoYear),
    ("1962-10-28/1962-10-16", DateErrorReason::Reversed),
    ("October 28-16, 1962", DateErrorReason::Reversed),
    ("undated", DateErrorReason::Undated),
    ("[Undated.]", DateErrorReason::Undated),
    ("n.d.", DateErrorReason::Undated),
];

#[test]
fn dates_are_read() {
    for (text, expected) in READ {
        let read = DateInterval::parse(text).map(|interval| interval.to_string());
        assert_eq!(read.as_deref(), Ok(*expected), "{text:?}");
    }
}

#[test]
fn what_is_no_date_is_refused_with_its_reason() {
    for (text, reason) in REFUSED {
        let read = DateInterval::parse(text).map_err(|error| error.reason);
        assert_eq!(read, Err(*reason), "{text:?}");
    }
}

#[test]
fn prose_is_no_iso() {
    for text in [
        "October 16, 1962",
        "16.10.1962",
        "10/16/1962",
        "undated",
        "1962-1",
    ] {
        assert!(DateInterval::parse_iso(text).is_err(), "{text:?}");
    }
}

#[test]
fn errors_name_the_text() {
    let error = DateInterval::parse("1962-02-30").expect_err("February has no 30th");
    assert_eq!(
        error.to_string(),
        "\"1962-02-30\" is not a date: the calendar has no such day"
    );
}

#[test]
fn a_range_that_is_a_unit_has_its_precision() {
    let precision = |first, last| DateInterval::range(first, last).map(|range| range.precision);
    let first = date(1962, 10, 1);
    assert_eq!(precision(first, first), Some(DatePrecision::Day));
    assert_eq!(
        precision(first, date(1962, 10, 31)),
        Some(DatePrecision::Month)
    );
    assert_eq!(
        precision(first, date(1962, 11, 30)),
        Some(DatePrecision::Range)
    );
    assert_eq!(
        precision(date(1962, 1, 1), date(1962, 12, 31)),
        Some(DatePrecision::Year)
    );
    assert_eq!(precision(date(1962, 10, 2), first), None);
}

#[test]
fn certain_and_possible_are_told_apart() {
    let month = DateInterval::parse("October 1962").expect("a month");
    let crisis = DateInterval::parse("October 16-28, 1962").expect("a range");
    let november = DateInterval::parse("November 1962").expect("a month");
    assert!(crisis.within(&month) && crisis.overlaps(&month));
    assert!(!month.within(&crisis) && month.overlaps(&crisis));
    assert!(!month.overlaps(&november) && month.within(&month));
}

fn any_date() -> impl Strategy<Value = Date> {
    (-9999i16..=9999, 1i8..=12, 1i8..=31).prop_map(|(year, month, day)| {
        Date::new(year, month, day).unwrap_or_else(|_| date(year, month, 28))
    })
}

fn any_interval() -> impl Strategy<Value = DateInterval> {
    prop_oneof![
        any_date().prop_map(DateInterval::day),
        (-9999i16..=9999, 1i8..=12).prop_filter_map("a month", |(y, m)| DateInterval::month(y, m)),
        (-9999i16..=9999).prop_filter_map("a year", DateInterval::year),
        (any_date(), any_date()).prop_filter_map("a range", |(a, b)| {
            DateInterval::range(a.min(b), a.max(b))
        }),
        any_date().prop_filter_map("a range", |day| DateInterval::range(Date::MIN, day)),
        any_date().prop_filter_map("a range", |day| DateInterval::range(day, Date::MAX)),
        (any_date(), any_date()).prop_filter_map("months", |(a, b)| {
            DateInterval::range(a.min(b).first_of_month(), a.max(b).last_of_month())
        }),
        (any_date(), any_date()).prop_filter_map("years", |(a, b)| {
            DateInterval::range(a.min(b).first_of_year(), a.max(b).last_of_year())
        }),
    ]
}

/// Texts of the pieces that dates are made of, in any order.
fn any_pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("October"),
        Just("oct"),
        Just("X"),
        Just("16"),
        Just("28"),
        Just("1962"),
        Just("62"),
        Just("9999"),
        Just("0000"),
        Just("-"),
        Just("–"),
        Just("/"),
        Just("."),
        Just(","),
        Just(" "),
        Just(" "),
        Just("T"),
        Just("Z"),
        Just("winter"),
        Just("early"),
        Just("mid-"),
        Just("1960s"),
        Just("'"),
        Just("s"),
        Just("p.m."),
        Just("3:35"),
        Just("172035Z"),
        Just("~"),
        Just("?"),
        Just("["),
        Just(".."),
        Just("é"),
        Just("99999999"),
        Just("XX"),
    ];
    prop::collection::vec(piece, 0..10).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn reading_never_panics_and_ends_never_cross(text in ".{0,40}") {
        if let Ok(interval) = DateInterval::parse(&text) {
            prop_assert!(interval.earliest <= interval.latest);
        }
        let _ = DateInterval::parse_iso(&text);
    }

    #[test]
    fn pieces_of_dates_never_panic(text in any_pieces()) {
        if let Ok(interval) = DateInterval::parse(&text) {
            prop_assert!(interval.earliest <= interval.latest);
            prop_assert_eq!(DateInterval::parse(&interval.to_string()), Ok(interval));
        }
    }

    #[test]
    fn what_is_written_is_read_back(interval in any_interval()) {
        let text = interval.to_string();
        prop_assert_eq!(DateInterval::parse_iso(&text), Ok(interval));
        prop_assert_eq!(DateInterval::parse(&text), Ok(interval));
    }
}
