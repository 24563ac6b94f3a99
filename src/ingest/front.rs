//! What stands before a text and describes it: YAML between `---`, TOML
//! between `+++`, or lines of `Key: value` as at the head of a letter.

use serde_json::Value;

use super::fields::Field;
use super::values::Fields;

/// More than this is no front matter.
const MOST_BYTES: usize = 64 << 10;

/// Divides `text`, whose line ends are `\n`, into its front matter and the
/// rest. Without front matter the fields are empty and the rest is all.
pub(crate) fn split(text: &str) -> (Fields, &str) {
    between(text, "---", yaml)
        .or_else(|| between(text, "+++", toml))
        .or_else(|| header_lines(text))
        .unwrap_or_else(|| (Fields::default(), text))
}

/// Front matter between two lines of `fence`, the first of them the first of
/// the text.
fn between<'t>(
    text: &'t str,
    fence: &str,
    read: fn(&str) -> Option<Fields>,
) -> Option<(Fields, &'t str)> {
    let after = text
        .trim_start_matches(['\n', '\u{feff}'])
        .strip_prefix(fence)?;
    let (rest_of_fence, inside) = after.split_once('\n')?;
    if !rest_of_fence.trim().is_empty() {
        return None;
    }
    let mut at = 0;
    for line in inside.split_inclusive('\n') {
        let bare = line.trim_end();
        if bare == fence || (fence == "---" && bare == "...") {
            let fields = read(&inside[..at])?;
            return Some((fields, &inside[at + line.len()..]));
        }
        at += line.len();
        if at > MOST_BYTES {
            break;
        }
    }
    None
}

/// A YAML mapping. A title with a colon in it makes YAML invalid, yet people
/// write it: such front matter is read line by line.
fn yaml(text: &str) -> Option<Fields> {
    let mut fields = Fields::default();
    match serde_norway::from_str::<Value>(text) {
        Ok(Value::Object(entries)) => {
            for (name, value) in entries {
                fields.push(&name, value);
            }
            Some(fields)
        }
        Ok(Value::Null) => Some(fields),
        Ok(_) => None,
        Err(_) => {
            let mut lines = text
                .split('\n')
                .filter(|line| !line.trim().is_empty())
                .peekable();
            lines.peek()?;
            for line in lines {
                let (name, value) = line.split_once(':')?;
                fields.push(name.trim(), unquoted(value));
            }
            Some(fields)
        }
    }
}

/// TOML's `key = value` lines, which is what front matter is made of.
fn toml(text: &str) -> Option<Fields> {
    let mut fields = Fields::default();
    for line in text.split('\n') {
        let line = line.trim();
        if line.is_empty() || line.starts_with(['#', '[']) {
            continue;
        }
        let (name, value) = line.split_once('=')?;
        fields.push(unquoted(name).as_str(), {
            let value = value.trim();
            serde_json::from_str(value).unwrap_or_else(|_| Value::from(unquoted(value)))
        });
    }
    Some(fields)
}

fn unquoted(text: &str) -> String {
    let text = text.trim();
    for quote in ['"', '\''] {
        if let Some(inner) = text.strip_prefix(quote).and_then(|t| t.strip_suffix(quote)) {
            return inner.to_owned();
        }
    }
    text.to_owned()
}

/// `From: …`, `To: …` at the very top. A line that is indented goes on with
/// the one before it.
fn header_lines(text: &str) -> Option<(Fields, &str)> {
    let mut pairs: Vec<(String, String)> = Vec::new();
    let mut at = text.len() - text.trim_start().len();
    for line in text[at..].split_inclusive('\n') {
        let bare = line.trim_end();
        if let Some(last) = pairs.last_mut()
            && bare.starts_with([' ', '\t'])
        {
            last.1.push(' ');
            last.1.push_str(bare.trim());
        } else if let Some((name, value)) = header(bare) {
            pairs.push((name.to_owned(), value.to_owned()));
        } else {
            break;
        }
        at += line.len();
        if at > MOST_BYTES {
            return None;
        }
    }
    // In the record of a conversation, lines begin with a name and a colon.
    let known = pairs
        .iter()
        .filter(|(name, _)| Field::named(name).is_some())
        .count();
    if known == 0 || known * 2 < pairs.len() {
        return None;
    }
    let mut fields = Fields::default();
    for (name, value) in pairs {
        fields.push(&name, value);
    }
    Some((fields, &text[at..]))
}

/// Name and value of a header line; the body itself is none.
fn header(line: &str) -> Option<(&str, &str)> {
    const LONGEST_NAME: usize = 32;
    let (name, value) = line.split_once(':')?;
    let is_name = name.len() <= LONGEST_NAME
        && name.starts_with(char::is_alphabetic)
        && name.split(' ').count() <= 3
        && name
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '.' | '(' | ')'));
    let is_body = matches!(Field::named(name), Some((Field::Body | Field::Notes, _)));
    let is_apart = value.is_empty() || value.starts_with([' ', '\t']);
    (is_name && !is_body && is_apart).then(|| (name, value.trim()))
}
