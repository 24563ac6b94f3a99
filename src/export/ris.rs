//! RIS, which every reference manager reads.

use std::io::{self, Write};

use super::reference::{Name, Reference, Sort, When, iso};
use super::{Answer, CableFormat, HitFormat};
use crate::query::Highlighted;

/// Records of RIS in UTF-8: a tag and a value a line, lines ending as the
/// specification of Research Information Systems has them, in CR LF.
///
/// Tags mean what they mean to Zotero's RIS translator: `A2` is the recipient
/// of a letter, `DB` the archive, `AN` the place in it, `CN` the call number,
/// `M3` the kind. What has no tag is in a note, `N1`.
pub struct Ris;

impl HitFormat for Ris {
    fn write(&self, answer: &Answer<'_>, out: &mut dyn Write) -> io::Result<()> {
        for hit in &answer.result.hits {
            write(&Reference::of(&hit.cable), out)?;
        }
        Ok(())
    }
}

impl CableFormat for Ris {
    fn write(&self, document: &Highlighted, out: &mut dyn Write) -> io::Result<()> {
        write(&Reference::of(&document.cable), out)
    }
}

fn write(reference: &Reference, out: &mut dyn Write) -> io::Result<()> {
    let sort = match reference.sort {
        Sort::Letter => "PCOMM",
        Sort::Report => "RPRT",
        Sort::Section => "CHAP",
        Sort::Manuscript => "MANSCPT",
    };
    let mut record = Record(out);
    record.line("TY", sort)?;
    record.line("ID", &reference.key)?;
    record.line("TI", &reference.title)?;
    record.name("AU", reference.author.as_ref())?;
    record.name("A2", reference.recipient.as_ref())?;
    if let Some(when) = &reference.date {
        if let Some(year) = when.year() {
            record.line("PY", &format!("{year:04}"))?;
        }
        record.line("DA", &date(when))?;
    }
    record.optional("M3", reference.genre)?;
    record.optional("M1", reference.number.as_deref())?;
    record.optional("T2", reference.container.as_deref())?;
    record.optional("DB", reference.archive.as_deref())?;
    record.optional("AN", reference.archive_location.as_deref())?;
    record.line("CN", &reference.id)?;
    record.optional("LA", reference.language.as_deref())?;
    record.optional("UR", reference.url.as_deref())?;
    record.optional("AB", reference.summary.as_deref())?;
    for subject in &reference.subjects {
        record.line("KW", subject)?;
    }
    record.optional("N1", reference.citation.as_deref())?;
    record.optional("N1", reference.details_text("; ").as_deref())?;
    record.line("ER", "")
}

struct Record<'a>(&'a mut dyn Write);

impl Record<'_> {
    fn line(&mut self, tag: &str, value: &str) -> io::Result<()> {
        write!(self.0, "{tag}  - {value}\r\n")
    }

    fn optional(&mut self, tag: &str, value: Option<&str>) -> io::Result<()> {
        value.map_or(Ok(()), |value| self.line(tag, value))
    }

    /// `Family,Given,Suffix`. A comma takes a name apart whatever it is, so
    /// that an office has semicolons in their place; the note has it as it is.
    fn name(&mut self, tag: &str, name: Option<&Name>) -> io::Result<()> {
        match name {
            Some(Name::Person {
                family,
                given,
                suffix,
            }) => {
                let given = given.as_deref().unwrap_or_default();
                let value = match suffix {
                    Some(suffix) => format!("{family},{given},{suffix}"),
                    None if given.is_empty() => family.clone(),
                    None => format!("{family},{given}"),
                };
                self.line(tag, &value)
            }
            Some(Name::Literal(name)) => self.line(tag, &name.replace(',', ";")),
            None => Ok(()),
        }
    }
}

/// `YYYY/MM/DD/`, with unknown parts left empty, as the specification has it.
/// Ranges are in words: it has no form for them, and Zotero takes a value
/// without slashes as it is.
fn date(when: &When) -> String {
    match when {
        When::One(parts) => {
            let part = |index: usize| parts.get(index).map(|part| format!("{part:02}"));
            let (month, day) = (part(1).unwrap_or_default(), part(2).unwrap_or_default());
            format!("{:04}/{month}/{day}/", parts.first().copied().unwrap_or(0))
        }
        When::Span(Some(first), Some(last)) => format!("{} to {}", iso(first), iso(last)),
        When::Span(Some(first), None) => format!("from {}", iso(first)),
        When::Span(None, Some(last)) => format!("until {}", iso(last)),
        When::Span(None, None) => "any time".to_owned(),
    }
}
