//! What is said about a document, as labels and values for people.

use crate::cable::{Cable, Extra};

/// The fields of a cable that have a value, but for its title, its texts, its
/// citation and its url; the labels in the words of historians. Repeated
/// fields of the source are one.
pub fn metadata(cable: &Cable) -> Vec<(String, String)> {
    let date = match (&cable.date, &cable.date_text) {
        (Some(date), Some(text)) => Some(format!("{date} ({text})")),
        (Some(date), None) => Some(date.to_string()),
        (None, text) => text.clone(),
    };
    let position = match cable.source.line {
        Some(line) => format!("{}, line {line}", cable.source.file),
        None => cable.source.file.clone(),
    };
    let persons = cable.persons.iter().map(|person| person.name.as_str());
    let persons: Vec<&str> = persons.collect();
    let fields = [
        ("Id", Some(cable.id.clone())),
        ("Kind", Some(cable.kind.name().to_owned())),
        ("Number", cable.number.clone()),
        ("Date", date),
        ("Place", cable.place.clone()),
        ("From", cable.sender.as_ref().map(ToString::to_string)),
        ("To", cable.addressee.as_ref().map(ToString::to_string)),
        ("Classification", cable.classification.clone()),
        ("Language", cable.language.clone()),
        ("Subjects", Some(cable.subjects.join("; "))),
        ("Persons", Some(persons.join("; "))),
        ("Volume", cable.volume.clone()),
        ("Pages", pages(cable)),
        ("Archive", cable.archive.clone()),
    ];
    let fields = fields.map(|(label, value)| (label.to_owned(), value.unwrap_or_default()));
    let mut extras: Vec<(String, String)> = Vec::new();
    let extras_shown = cable.extras.iter().filter(|extra| says_more(extra, cable));
    for extra in extras_shown.chain(&cable.context) {
        match extras.last_mut() {
            Some((name, values)) if *name == extra.name => {
                values.push_str("; ");
                values.push_str(&extra.value);
            }
            _ => extras.push((extra.name.clone(), extra.value.clone())),
        }
    }
    let file = [("File".to_owned(), position)];
    let all = fields.into_iter().chain(extras).chain(file);
    all.filter(|(_, value)| !value.is_empty()).collect()
}

/// Whether a field of the source tells anything beside place and date, which
/// are shown already: most datelines do not.
fn says_more(extra: &Extra, cable: &Cable) -> bool {
    let mut rest = extra.value.clone();
    for shown in [&cable.place, &cable.date_text].into_iter().flatten() {
        rest = rest.replacen(shown.as_str(), "", 1);
    }
    rest.contains(char::is_alphanumeric)
}

/// The first and the last page of the printed edition.
pub(super) fn pages(cable: &Cable) -> Option<String> {
    let first = &cable.pages.first()?.label;
    let last = &cable.pages.last()?.label;
    Some(if first == last {
        first.clone()
    } else {
        format!("{first}–{last}")
    })
}
