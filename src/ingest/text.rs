//! Plain text: front matter, a title, paragraphs.

use std::io::BufRead;
use std::iter;

use super::fields::Field;
use super::front;
use super::lines::read_whole;
use super::prose::{one_line, paragraphs, push_line, unix_lines};
use super::values::finish;
use super::{Format, IngestError, Limits, Source};
use crate::cable::{Cable, DateInterval};

/// Plain text, one document a file.
///
/// Lines of `Key: value` at the top, or YAML between lines of `---`, describe
/// the document. Without a title there, the first line is the title, unless it
/// is long or runs on into the next; a date that stands alone before or after
/// it is the document's date.
#[derive(Debug, Clone, Copy, Default)]
pub struct Text;

impl Format for Text {
    fn read<'a>(
        &self,
        input: Box<dyn BufRead + Send + 'a>,
        source: &Source,
        limits: Limits,
    ) -> Box<dyn Iterator<Item = Result<Cable, IngestError>> + Send + 'a> {
        let source = source.clone();
        Box::new(iter::once_with(move || {
            let text = read_whole(input, &source, limits)?;
            finish(cable(&text), &source, None, 0, || source.name.clone())
        }))
    }
}

fn cable(text: &str) -> Cable {
    let text = unix_lines(text);
    let (fields, mut rest) = front::split(&text);
    let has_title = fields.has(Field::Title) || fields.has(Field::Subject);
    let has_date = fields.has(Field::Date);
    let mut cable = fields.into_cable();
    let mut take_date = |rest: &mut &str| {
        if !has_date
            && cable.date.is_none()
            && let Some((date, text, after)) = date_line(rest)
        {
            cable.date = Some(date);
            cable.date_text = Some(text);
            *rest = after;
        }
    };
    take_date(&mut rest);
    let mut title = None;
    if !has_title && let Some((line, after)) = title_lines(rest) {
        title = Some(line);
        rest = after;
        take_date(&mut rest);
    }
    if let Some(title) = title {
        cable.title = title;
    }
    cable.body.extend(paragraphs(rest));
    cable
}

/// A date that fills the first line of `text`, with what follows it.
fn date_line(text: &str) -> Option<(DateInterval, String, &str)> {
    let (line, rest) = first_line(text);
    let line = one_line(line);
    // A number alone may be any number.
    if line.chars().all(|c| c.is_ascii_digit()) {
        return None;
    }
    let date = DateInterval::parse(&line).ok()?;
    Some((date, line, rest))
}

/// The title at the beginning of `text`, with what follows it.
fn title_lines(text: &str) -> Option<(String, &str)> {
    const LONGEST: usize = 200;
    let (line, mut rest) = first_line(text);
    let mut title = one_line(line);
    loop {
        let (next, after) = rest.split_once('\n').unwrap_or((rest, ""));
        if !runs_on(&title, next.trim()) {
            break;
        }
        push_line(&mut title, &one_line(next));
        rest = after;
        if title.len() > LONGEST * 4 {
            return None;
        }
    }
    (!title.is_empty() && title.chars().count() <= LONGEST).then(|| (title.replace('\n', ""), rest))
}

/// The first line of `text` that is not blank, and what follows it.
fn first_line(text: &str) -> (&str, &str) {
    let text = text.trim_start();
    text.split_once('\n').unwrap_or((text, ""))
}

/// Whether a sentence or a phrase goes on from one line to the next.
fn runs_on(line: &str, next: &str) -> bool {
    const JOINING: [&str; 15] = [
        "a",
        "an",
        "and",
        "at",
        "by",
        "concerning",
        "for",
        "from",
        "in",
        "of",
        "on",
        "regarding",
        "the",
        "to",
        "with",
    ];
    if next.is_empty() || line.is_empty() {
        return false;
    }
    let last = line.rsplit(' ').next().unwrap_or_default().to_lowercase();
    next.starts_with(char::is_lowercase)
        || line.ends_with([',', '-'])
        || JOINING.contains(&last.as_str())
}
