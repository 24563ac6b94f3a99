//! Which format a file is in: by its contents, then by its name.

use std::fmt;
use std::path::Path;
use std::str::FromStr;

use serde_json::Value;

use super::{Csv, Format, Html, Jsonl, Markdown, Tei, Text, Wilson, wilson};

/// The formats that can be read, by the names that users give them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FormatName {
    /// TEI XML, as the volumes of *Foreign Relations of the United States*.
    Tei,
    /// Documents of the Wilson Center Digital Archive.
    Wilson,
    /// Plain text.
    Text,
    /// Markdown.
    Markdown,
    /// HTML.
    Html,
    /// JSON Lines.
    Jsonl,
    /// Comma-, semicolon- or tab-separated values.
    Csv,
}

impl FormatName {
    /// Every format.
    pub const ALL: [FormatName; 7] = [
        FormatName::Tei,
        FormatName::Wilson,
        FormatName::Text,
        FormatName::Markdown,
        FormatName::Html,
        FormatName::Jsonl,
        FormatName::Csv,
    ];

    /// The name that users type.
    pub fn name(self) -> &'static str {
        match self {
            FormatName::Tei => "tei",
            FormatName::Wilson => "wilson",
            FormatName::Text => "text",
            FormatName::Markdown => "markdown",
            FormatName::Html => "html",
            FormatName::Jsonl => "jsonl",
            FormatName::Csv => "csv",
        }
    }

    /// The reader of the format.
    pub fn reader(self) -> &'static dyn Format {
        match self {
            FormatName::Tei => &Tei,
            FormatName::Wilson => &Wilson,
            FormatName::Text => &Text,
            FormatName::Markdown => &Markdown,
            FormatName::Html => &Html,
            FormatName::Jsonl => &Jsonl,
            FormatName::Csv => &Csv,
        }
    }
}

impl fmt::Display for FormatName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A text names no format.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a format; the formats are tei, wilson, text, markdown, html, jsonl and csv")]
pub struct UnknownFormat(String);

impl FromStr for FormatName {
    type Err = UnknownFormat;

    /// Reads a format's name or usual file extension.
    fn from_str(text: &str) -> Result<Self, UnknownFormat> {
        Ok(match text.to_lowercase().as_str() {
            "tei" | "xml" => FormatName::Tei,
            "wilson" => FormatName::Wilson,
            "text" | "txt" => FormatName::Text,
            "markdown" | "md" => FormatName::Markdown,
            "html" | "htm" | "xhtml" => FormatName::Html,
            "jsonl" | "ndjson" => FormatName::Jsonl,
            "csv" | "tsv" => FormatName::Csv,
            _ => return Err(UnknownFormat(text.to_owned())),
        })
    }
}

/// The format of the file at `path` whose text begins with `head`.
///
/// # Errors
///
/// The reason, for the user, why a text cannot be read in any format.
pub fn detect(head: &str, path: &Path) -> Result<FormatName, String> {
    let extension = extension(path);
    let extension = extension.as_str();
    let text = head.trim_start();
    if let Some(element) = first_element(text) {
        let local = element.rsplit(':').next().unwrap_or_default();
        if matches!(local, "TEI" | "teiCorpus" | "TEI.2") {
            return Ok(FormatName::Tei);
        }
        if local.eq_ignore_ascii_case("html") {
            return Ok(FormatName::Html);
        }
        if text.starts_with("<?xml") || extension == "xml" {
            return Err(format!(
                "an XML file that is not TEI: its first element is <{element}>; convert it to TEI, HTML or text"
            ));
        }
        if is_html_element(local) && !matches!(extension, "md" | "markdown") {
            return Ok(FormatName::Html);
        }
    } else if text.starts_with("<?xml") || extension == "xml" {
        return match ["<TEI", "<teiCorpus", ":TEI"]
            .iter()
            .any(|name| head.contains(name))
        {
            true => Ok(FormatName::Tei),
            false => Err("an XML file that is not TEI; convert it to TEI, HTML or text".to_owned()),
        };
    }
    if starts_with_html_doctype(text) {
        return Ok(FormatName::Html);
    }
    if begins_with_object(text) {
        return Ok(FormatName::Jsonl);
    }
    match extension {
        "jsonl" | "ndjson" => return Ok(FormatName::Jsonl),
        "json" => {
            return Err(
                "a JSON document; Cables reads JSON Lines, one object a line: convert it with jq -c '.[]' FILE"
                    .to_owned(),
            );
        }
        "csv" | "tsv" | "tab" => return Ok(FormatName::Csv),
        _ => {}
    }
    if wilson::is_wilson(text) {
        return Ok(FormatName::Wilson);
    }
    Ok(match extension {
        "md" | "markdown" | "mkd" | "mdown" => FormatName::Markdown,
        "html" | "htm" | "xhtml" => FormatName::Html,
        _ => FormatName::Text,
    })
}

/// The extension of a file in lower case, that of a compression taken off.
pub(super) fn extension(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let name = without_extension(&name, is_compression);
    let (_, extension) = split_extension(name);
    extension.to_lowercase()
}

/// A file's name without the extensions of its format and of a compression.
/// What follows the last full stop of `Telegram No. 5` or `1962.10.03` is
/// none.
pub(super) fn stem(name: &str) -> &str {
    let name = without_extension(name, is_compression);
    without_extension(name, |extension| {
        extension.len() <= 8
            && extension.starts_with(|c: char| c.is_ascii_alphabetic())
            && extension.bytes().all(|byte| byte.is_ascii_alphanumeric())
    })
}

fn is_compression(extension: &str) -> bool {
    matches!(extension.to_lowercase().as_str(), "gz" | "zst" | "zstd")
}

fn without_extension(name: &str, is_extension: impl Fn(&str) -> bool) -> &str {
    let (stem, extension) = split_extension(name);
    if is_extension(extension) { stem } else { name }
}

fn split_extension(name: &str) -> (&str, &str) {
    match name.rsplit_once('.') {
        Some((stem, extension)) if !stem.is_empty() => (stem, extension),
        _ => (name, ""),
    }
}

/// The name of the first element of a text that begins with markup.
fn first_element(text: &str) -> Option<&str> {
    let mut rest = text;
    loop {
        rest = rest.trim_start().strip_prefix('<')?;
        let end = if rest.starts_with('?') {
            "?>"
        } else if rest.starts_with("!--") {
            "-->"
        } else if rest.starts_with('!') {
            // A document type may have declarations in brackets.
            let bracket = rest.find('[').unwrap_or(rest.len());
            let close = rest.find('>').unwrap_or(rest.len());
            if bracket < close { "]>" } else { ">" }
        } else {
            break;
        };
        rest = rest.split_once(end)?.1;
    }
    let end = rest
        .find(|c: char| !c.is_alphanumeric() && !matches!(c, ':' | '-' | '_' | '.'))
        .unwrap_or(rest.len());
    (end > 0 && rest.starts_with(char::is_alphabetic)).then(|| &rest[..end])
}

fn starts_with_html_doctype(text: &str) -> bool {
    text.get(..14)
        .is_some_and(|start| start.eq_ignore_ascii_case("<!doctype html"))
}

fn is_html_element(name: &str) -> bool {
    matches!(
        name.to_ascii_lowercase().as_str(),
        "head"
            | "body"
            | "div"
            | "p"
            | "h1"
            | "h2"
            | "h3"
            | "table"
            | "meta"
            | "title"
            | "article"
            | "section"
            | "main"
            | "pre"
            | "span"
            | "center"
            | "font"
    )
}

/// Whether the first line is a JSON object, or the beginning of one too long
/// for what is seen of the file.
fn begins_with_object(text: &str) -> bool {
    if !text.starts_with('{') {
        return false;
    }
    match text.split_once('\n') {
        Some((line, _)) => matches!(serde_json::from_str(line), Ok(Value::Object(_))),
        None => match serde_json::from_str::<Value>(text) {
            Ok(value) => value.is_object(),
            Err(error) => error.is_eof() && text[1..].trim_start().starts_with('"'),
        },
    }
}
