//! `cables show`: one document.

use std::io::Write;

use cables::export::{Bibtex, CableFormat, Csl, Json, Markdown, Ris, visible_line};
use cables::query::{QueryError, highlight};
use clap::{Args, ValueEnum};

use super::terminal::{self, Look};
use super::{Global, Status, complain, document, refused};

/// Read one document, with its notes and where it comes from
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct ShowCommand {
    /// The document's identifier, as "search" prints it
    #[arg(value_name = "ID")]
    id: String,
    /// Highlight what this query matches
    #[arg(long, value_name = "QUERY")]
    query: Option<String>,
    /// The form of the output
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
}

const EXAMPLES: &str = "\
In the text, [p. 218] is where a page of the printed edition begins, and [3] is
where note 3 is called.

Examples:
  cables show frus1961-63v12/d93
  cables show wilson/112639 --query '\"F. Castro\"'
  cables show wilson/112639 --format markdown > gromyko.md
  cables show wilson/112639 --format bibtex >> sources.bib
  cables show wilson/112639 --color always | less -R";

/// The form of the output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For reading
    Text,
    /// The whole document as a JSON object
    Json,
    /// For notes and websites
    Markdown,
    /// A citation for LaTeX
    Bibtex,
    /// A citation for Zotero, EndNote and the like
    Ris,
    /// A citation for Zotero and Pandoc, as CSL-JSON
    Csl,
}

impl Format {
    /// The writer of the format; text for reading has none.
    fn export(self) -> Option<&'static dyn CableFormat> {
        match self {
            Format::Text => None,
            Format::Json => Some(&Json),
            Format::Markdown => Some(&Markdown),
            Format::Bibtex => Some(&Bibtex),
            Format::Ris => Some(&Ris),
            Format::Csl => Some(&Csl),
        }
    }
}

impl ShowCommand {
    /// Prints the document.
    pub fn run(&self, global: &Global) -> anyhow::Result<Status> {
        let snapshot = global.open()?.snapshot()?;
        let query = self.query.as_deref().map(str::trim);
        let found = highlight(&snapshot, &self.id, query);
        let found = found.map_err(|error: QueryError| refused(error, query.unwrap_or_default()))?;
        let Some(found) = found else {
            let mut line = format!("cables: no document {:?}", self.id);
            let alike = snapshot.ids_like(&self.id, 3)?;
            if !alike.is_empty() {
                line.push_str(&format!("; did you mean {}?", alike.join(" or ")));
            }
            complain(&visible_line(&line));
            return Ok(Status::Nothing);
        };
        let mut out = terminal::output();
        match self.format.export() {
            Some(format) => format.write(&found, &mut out)?,
            None => document::write(&found, Look::of_output(global.color), &mut out)?,
        }
        out.flush()?;
        Ok(Status::Done)
    }
}
