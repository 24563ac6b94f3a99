//! The place and date above a document.

use std::ops::Range;

use crate::cable::DateInterval;

/// What the document's datelines have told so far.
#[derive(Debug, Default)]
pub(super) struct Dateline {
    pub(super) place: Option<String>,
    pub(super) days: Option<DateInterval>,
    /// The date as printed.
    pub(super) text: Option<String>,
    /// The datelines as printed, to be quoted.
    pub(super) wordings: Vec<String>,
    place_at: Option<Range<usize>>,
    date_at: Option<Range<usize>>,
}

impl Dateline {
    /// Whether a date was found, so that later datelines are plain text.
    pub(super) fn is_dated(&self) -> bool {
        self.text.is_some()
    }

    pub(super) fn begin(&mut self) {
        self.place_at = None;
        self.date_at = None;
    }

    /// Notes a place name in the dateline; several make one place.
    pub(super) fn place(&mut self, start: usize, end: usize) {
        if self.date_at.is_none() {
            let start = self.place_at.as_ref().map_or(start, |place| place.start);
            self.place_at = Some(start..end);
        }
    }

    /// Notes a date in the dateline; the first tells the days.
    pub(super) fn date(&mut self, start: usize, end: usize, days: Option<DateInterval>) {
        match &mut self.date_at {
            Some(date) => date.end = end,
            None => {
                self.date_at = Some(start..end);
                self.days = days;
            }
        }
    }

    /// Notes the time of the day, which belongs to the printed date.
    pub(super) fn timed(&mut self, end: usize) {
        if let Some(date) = &mut self.date_at {
            date.end = end;
        }
    }

    /// Ends the dateline, whose whole text is `text`.
    pub(super) fn close(&mut self, text: &str) {
        if let Some(place) = self.place_at.take()
            && self.place.is_none()
        {
            let place = text.get(place.clone()).unwrap_or_default();
            let place = place.trim_matches([' ', ',', ';']);
            self.place = (!place.is_empty()).then(|| place.to_owned());
        }
        if let Some(mut date) = self.date_at.take() {
            let tail = text.get(date.end..).unwrap_or_default();
            let hour = tail.trim_end_matches(['.', ']', ' ']);
            if !hour.contains('[') && hour.contains(char::is_alphanumeric) && hour.len() <= 24 {
                // `, noon.` after the element is part of the date.
                date.end += hour.len();
            }
            let rest = text.get(date.end..).unwrap_or_default();
            let printed = text.get(date.clone()).unwrap_or_default();
            if rest.starts_with('.') && (printed.ends_with(".m") || printed.ends_with(". m")) {
                date.end += 1;
            }
            let printed = text.get(date.clone()).unwrap_or_default().trim();
            self.text = (!printed.is_empty()).then(|| printed.to_owned());
        }
        if !text.is_empty() {
            self.wordings.push(text.to_owned());
        }
    }
}
