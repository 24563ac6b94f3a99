//! A table for spreadsheets.

use std::borrow::Cow;
use std::io::{self, Write};

use super::{Answer, HitFormat};
use crate::query::Hit;

/// A header and a row a hit, as RFC 4180 has it, in UTF-8.
///
/// Spreadsheets take a cell for a formula when it begins with `=`, `+`, `-`,
/// `@`, a tab or a carriage return, and a formula out of somebody's file can
/// send the table elsewhere. Such a cell is written with a `'` before it.
pub struct Csv;

/// The columns, which stay as they are; new ones go to the end.
const COLUMNS: [&str; 19] = [
    "rank",
    "id",
    "score",
    "title",
    "kind",
    "number",
    "date",
    "date_text",
    "place",
    "sender",
    "addressee",
    "classification",
    "archive",
    "citation",
    "url",
    "language",
    "volume",
    "file",
    "snippet",
];

impl HitFormat for Csv {
    fn write(&self, answer: &Answer<'_>, out: &mut dyn Write) -> io::Result<()> {
        let mut table = csv::Writer::from_writer(out);
        table.write_record(COLUMNS).map_err(io_error)?;
        for hit in &answer.result.hits {
            let row = row(hit);
            let cells = row.iter().map(|cell| harmless(cell));
            for cell in cells {
                table.write_field(cell.as_bytes()).map_err(io_error)?;
            }
            table.write_record(None::<&[u8]>).map_err(io_error)?;
        }
        table.flush()
    }
}

fn row(hit: &Hit) -> [Cow<'_, str>; COLUMNS.len()] {
    let cable = &hit.cable;
    let text =
        |value: &'_ Option<String>| -> Cow<'_, str> { value.clone().unwrap_or_default().into() };
    let sender = cable.sender.as_ref().map(ToString::to_string);
    let addressee = cable.addressee.as_ref().map(ToString::to_string);
    let snippet = hit.snippets.first().map(|snippet| snippet.text.as_str());
    [
        hit.rank.to_string().into(),
        cable.id.as_str().into(),
        hit.score.to_string().into(),
        cable.title.as_str().into(),
        cable.kind.name().into(),
        text(&cable.number),
        cable
            .date
            .map(|date| date.to_string())
            .unwrap_or_default()
            .into(),
        text(&cable.date_text),
        text(&cable.place),
        sender.unwrap_or_default().into(),
        addressee.unwrap_or_default().into(),
        text(&cable.classification),
        text(&cable.archive),
        text(&cable.citation),
        text(&cable.url),
        text(&cable.language),
        text(&cable.volume),
        cable.source.file.as_str().into(),
        snippet.unwrap_or_default().into(),
    ]
}

/// The cell such that no spreadsheet runs it.
fn harmless(cell: &str) -> Cow<'_, str> {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{cell}").into()
    } else {
        cell.into()
    }
}

fn io_error(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

#[cfg(test)]
mod tests {
    use super::harmless;

    #[test]
    fn formulas_are_text() {
        for (cell, written) in [
            ("=HYPERLINK(\"x\")", "'=HYPERLINK(\"x\")"),
            ("+1", "'+1"),
            ("-1", "'-1"),
            ("@x", "'@x"),
            ("\tx", "'\tx"),
            ("\rx", "'\rx"),
            ("1-1", "1-1"),
            ("", ""),
        ] {
            assert_eq!(harmless(cell), written);
        }
    }
}
