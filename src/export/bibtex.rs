//! BibTeX, for LaTeX.

use std::collections::HashSet;
use std::io::{self, Write};

use super::reference::{Name, Reference, Sort, When, iso};
use super::{Answer, CableFormat, HitFormat};
use crate::query::Highlighted;

/// Entries of BibTeX in UTF-8, with the fields of BibLaTeX, so that biber
/// reads ranges of dates; `year` and `month` are for styles before it.
///
/// Types are those that Zotero's own BibTeX translator uses: a letter is
/// `@misc`, a manuscript `@unpublished`. No field exists for a recipient or an
/// office; they are in `annote`, which Zotero makes a note of.
pub struct Bibtex;

impl HitFormat for Bibtex {
    fn write(&self, answer: &Answer<'_>, out: &mut dyn Write) -> io::Result<()> {
        let mut taken = HashSet::new();
        for (index, hit) in answer.result.hits.iter().enumerate() {
            let mut reference = Reference::of(&hit.cable);
            // Two ids that differ only in what a key cannot hold. A file with
            // one key twice is an error to BibTeX.
            while !taken.insert(reference.key.to_lowercase()) {
                reference.key.push_str("-again");
            }
            if index > 0 {
                writeln!(out)?;
            }
            write(&reference, out)?;
        }
        Ok(())
    }
}

impl CableFormat for Bibtex {
    fn write(&self, document: &Highlighted, out: &mut dyn Write) -> io::Result<()> {
        write(&Reference::of(&document.cable), out)
    }
}

fn write(reference: &Reference, out: &mut dyn Write) -> io::Result<()> {
    // Where the title of the volume belongs, by type.
    let (entry, container) = match reference.sort {
        Sort::Letter => ("misc", "howpublished"),
        Sort::Report => ("techreport", "series"),
        Sort::Section => ("incollection", "booktitle"),
        Sort::Manuscript => ("unpublished", "howpublished"),
    };
    let place = [&reference.archive, &reference.archive_location];
    let place: Vec<&str> = place.into_iter().flatten().map(String::as_str).collect();
    let place = place.join(", ");
    let subjects = reference.subjects.join(", ");
    let details = reference.details_text("; ");
    let text = |value: &Option<String>| value.as_deref().map(braced);
    let when = reference.date.as_ref();
    let fields = [
        // Twice in braces: no style may lower the capitals of a title.
        ("title", Some(format!("{{{}}}", braced(&reference.title)))),
        ("author", reference.author.as_ref().map(author)),
        ("date", when.map(|when| format!("{{{}}}", date(when)))),
        (
            "year",
            when.and_then(When::year).map(|y| format!("{{{y}}}")),
        ),
        ("month", when.and_then(month)),
        ("type", reference.genre.map(braced)),
        ("number", text(&reference.number)),
        (container, text(&reference.container)),
        ("pages", text(&reference.pages)),
        // Archive and call number together, as the manual of BibLaTeX says.
        ("library", (!place.is_empty()).then(|| braced(&place))),
        // Zotero's name for it: the call number.
        ("lccn", Some(braced(&reference.id))),
        ("language", text(&reference.language)),
        ("url", reference.url.as_deref().map(verbatim)),
        ("abstract", text(&reference.summary)),
        (
            "keywords",
            (!subjects.is_empty()).then(|| braced(&subjects)),
        ),
        ("note", text(&reference.citation)),
        ("annote", details.as_deref().map(braced)),
    ];
    writeln!(out, "@{entry}{{{},", reference.key)?;
    for (name, value) in fields {
        if let Some(value) = value {
            writeln!(out, "  {name} = {value},")?;
        }
    }
    writeln!(out, "}}")
}

fn author(name: &Name) -> String {
    match name {
        Name::Person {
            family,
            given,
            suffix,
        } => {
            let parts = [Some(family), suffix.as_ref(), given.as_ref()];
            // Without its own braces a family name with a particle would come
            // apart again.
            let parts = parts.into_iter().flatten().enumerate();
            let parts: Vec<String> = parts
                .map(|(index, part)| match index == 0 && part.contains(' ') {
                    true => braced(part),
                    false => escaped(part),
                })
                .collect();
            format!("{{{}}}", parts.join(", "))
        }
        // In its own braces a name is one part, commas and all.
        Name::Literal(name) => format!("{{{}}}", braced(name)),
    }
}

/// A date as BibLaTeX reads it: ISO 8601, with an open end left out.
fn date(when: &When) -> String {
    let end = |parts: &Option<_>| parts.as_ref().map(iso).unwrap_or_default();
    match when {
        When::One(parts) => iso(parts),
        When::Span(first, last) => format!("{}/{}", end(first), end(last)),
    }
}

/// The macro of a month, which styles translate.
fn month(when: &When) -> Option<String> {
    const MONTHS: [&str; 12] = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ];
    let When::One(parts) = when else { return None };
    let month = usize::try_from(*parts.get(1)?).ok()?;
    Some((*MONTHS.get(month.checked_sub(1)?)?).to_owned())
}

fn braced(text: &str) -> String {
    format!("{{{}}}", escaped(text))
}

/// The text such that TeX prints it. Braces are named, not escaped: BibTeX
/// counts them even after a backslash.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' | '%' | '$' | '#' | '_' => escaped.extend(['\\', character]),
            '{' => escaped.push_str("{\\textbraceleft}"),
            '}' => escaped.push_str("{\\textbraceright}"),
            '~' => escaped.push_str("{\\textasciitilde}"),
            '^' => escaped.push_str("{\\textasciicircum}"),
            '\\' => escaped.push_str("{\\textbackslash}"),
            // Two of them would become a dash.
            '-' if escaped.ends_with('-') => escaped.push_str("{}-"),
            other => escaped.push(other),
        }
    }
    escaped
}

/// An address, in which TeX reads nothing but braces; those and what no
/// address holds are written by their codes.
fn verbatim(url: &str) -> String {
    let mut safe = String::with_capacity(url.len() + 2);
    safe.push('{');
    for character in url.chars() {
        match character {
            '{' | '}' | '\\' | ' ' => {
                safe.push_str(&format!("%{:02X}", u32::from(character)));
            }
            other => safe.push(other),
        }
    }
    safe.push('}');
    safe
}
