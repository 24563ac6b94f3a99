//! `cables search`: ranked hits.

use std::io::{IsTerminal, Write};
use std::path::PathBuf;

use cables::cable::DateInterval;
use cables::export::{
    Answer, Bibtex, Csl, Csv, HitFormat, Ids, Json, Jsonl, Markdown, Ris, visible_line,
};
use cables::index::QueryField;
use cables::query::{SearchOptions, SearchResult, Sort, receipt, search};
use clap::{Args, ValueEnum};

use super::figures::{counted, duration, grouped};
use super::terminal::{self, Look};
use super::{Global, Status, complain, hits, index, refused};

/// Find documents by words, phrases, fields and dates
///
/// Documents with all the words come first; those with some of them follow,
/// below a line that says so.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct SearchCommand {
    /// What to look for; several arguments are one query
    #[arg(value_name = "QUERY")]
    query: Vec<String>,
    /// How many hits to print
    #[arg(short = 'n', long, value_name = "N", default_value_t = 10)]
    limit: usize,
    /// How many hits to leave out before the first
    #[arg(long, value_name = "N", default_value_t = 0)]
    offset: usize,
    /// The order of the hits
    #[arg(
        long,
        value_name = "ORDER",
        default_value = "relevance",
        allow_hyphen_values = true
    )]
    sort: Order,
    /// Only documents of this date or later, as 1962, 1962-10 or 1962-10-16
    #[arg(long, value_name = "DATE", value_parser = DateInterval::parse)]
    after: Option<DateInterval>,
    /// Only documents of this date or earlier
    #[arg(long, value_name = "DATE", value_parser = DateInterval::parse)]
    before: Option<DateInterval>,
    /// Only documents with this value in a field; may be repeated
    #[arg(long = "filter", value_name = "FIELD:VALUE", value_parser = parse_filter)]
    filters: Vec<(String, String)>,
    /// Only documents with all the words
    #[arg(long)]
    all: bool,
    /// Refuse a query that is not quite right, instead of making the best of it
    #[arg(long)]
    strict: bool,
    /// Print only how many documents there are, with any of the words unless
    /// --all is given
    #[arg(long)]
    count: bool,
    /// Say of each hit what its score is made of
    #[arg(long)]
    explain: bool,
    /// Say what a footnote needs: the query as understood, counts with and
    /// without each filter, the state of the index
    #[arg(long)]
    receipt: bool,
    /// How many passages to print of a document
    #[arg(long, value_name = "N", default_value_t = 1)]
    snippets: usize,
    /// About how many characters long a passage is
    #[arg(long, value_name = "CHARS", default_value_t = 240)]
    snippet_width: usize,
    /// The form of the output
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
    /// First bring the index up to date with this file or folder; may be
    /// repeated
    #[arg(long, value_name = "PATH")]
    corpus: Vec<PathBuf>,
}

const EXAMPLES: &str = "\
The query language:
  castro khrushchev           documents with both words first, then with either
  \"exact phrase\"              these words as written, in this order
  \"near phrase\"~5             these words with up to 5 moves between them
  +castro -kennedy            must have; must not have
  cuba AND (turkey OR italy)  AND, OR, NOT and brackets
  missile* mis?ile            beginnings of words; a single unknown letter
  kruschev~1                  a word with up to one letter wrong
  sender:gromyko              in one field: title, summary, body, notes, sender,
                              addressee, place, archive, person, kind, volume,
                              language, classification, subject, context, number,
                              id
  date:1962-10                a date: a year, a month or a day
  date:[1962-10-16 TO 1962-10-28], date:>=1962, date:none
  volume:*                    the field has any value

Examples (the outer quotes are for the shell):
  cables search '\"Soviet Ambassador\" missiles'
  cables search castro --after 1962-10-16 --before 1962-10-28 --sort date
  cables search 'sender:gromyko addressee:alekseev'
  cables search --filter place:Moscow --filter kind:telegram
  cables search -- -castro khrushchev
  cables search missiles -n 1000 --format csv > missiles.csv
  cables search missiles -n 1000 --format ris > missiles.ris
  cables search missiles --corpus ~/frus
  cables search missiles --after 1962 --receipt > hits.txt 2> footnote.txt";

/// The order of hits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Order {
    /// The best first
    #[value(name = "relevance")]
    Relevance,
    /// The earliest first
    #[value(name = "date")]
    Date,
    /// The latest first
    #[value(name = "-date")]
    DateDescending,
}

/// The form of the output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For reading
    Text,
    /// One JSON object
    Json,
    /// A JSON object a hit, each on a line
    Jsonl,
    /// A table for a spreadsheet
    Csv,
    /// Identifiers alone, each on a line
    Ids,
    /// A list for notes and websites
    Markdown,
    /// Citations for LaTeX
    Bibtex,
    /// Citations for Zotero, EndNote and the like
    Ris,
    /// Citations for Zotero and Pandoc, as CSL-JSON
    Csl,
}

impl Format {
    /// The writer of the format; text for reading has none.
    fn export(self) -> Option<&'static dyn HitFormat> {
        match self {
            Format::Text => None,
            Format::Json => Some(&Json),
            Format::Jsonl => Some(&Jsonl),
            Format::Csv => Some(&Csv),
            Format::Ids => Some(&Ids),
            Format::Markdown => Some(&Markdown),
            Format::Bibtex => Some(&Bibtex),
            Format::Ris => Some(&Ris),
            Format::Csl => Some(&Csl),
        }
    }
}

fn parse_filter(text: &str) -> Result<(String, String), String> {
    let names = || QueryField::names().join(", ");
    let Some((field, value)) = text.split_once(':') else {
        return Err(format!(
            "write it as FIELD:VALUE; the fields are {}",
            names()
        ));
    };
    let field = field.trim().to_lowercase();
    if QueryField::from_name(&field).is_none() {
        return Err(format!("no field {field:?}; the fields are {}", names()));
    }
    Ok((field, value.trim().to_owned()))
}

impl SearchCommand {
    /// Searches and prints what was found.
    pub fn run(&self, global: &Global) -> anyhow::Result<Status> {
        let query = self.query.join(" ");
        let query = query.trim();
        if query.is_empty() && !self.has_filters() {
            anyhow::bail!("nothing to search for; give a query, a --filter or a date");
        }
        for path in &self.corpus {
            if !path.exists() {
                anyhow::bail!("{}: no such file or folder", path.display());
            }
        }
        if !self.corpus.is_empty() {
            index::refresh(&self.corpus, global)?;
        }
        let opened = global.open()?;
        let snapshot = opened.snapshot()?;
        if snapshot.documents() == 0 {
            anyhow::bail!(
                "the index in {} holds no documents; add some with: cables index PATH",
                opened.folder().display()
            );
        }
        let options = self.options();
        let found = search(&snapshot, query, &options);
        let result = found.map_err(|error| refused(error, query))?;
        for problem in &result.problems {
            global.inform(&problem.render(query));
        }
        for wrong in &result.filter_problems {
            global.inform(&wrong.problem.render(&wrong.filter));
        }
        if result.undated > 0 {
            let undated = counted(result.undated, "document", "documents");
            global.inform(&format!(
                "{undated} without a date left out; list them with --filter date:none"
            ));
        }
        let receipt = match self.receipt {
            true => Some(receipt(&opened, &snapshot, query, &options)?),
            false => None,
        };
        self.print(
            global,
            Answer {
                query,
                result: &result,
                receipt: receipt.as_ref(),
            },
        )?;
        Ok(match result.total {
            0 => Status::Nothing,
            _ => Status::Done,
        })
    }

    fn has_filters(&self) -> bool {
        self.after.is_some() || self.before.is_some() || !self.filters.is_empty()
    }

    fn options(&self) -> SearchOptions {
        SearchOptions {
            limit: if self.count { 0 } else { self.limit },
            offset: self.offset,
            sort: match self.sort {
                Order::Relevance => Sort::Relevance,
                Order::Date => Sort::Date,
                Order::DateDescending => Sort::DateDescending,
            },
            after: self.after,
            before: self.before,
            filters: self.filters.clone(),
            all_words: self.all,
            strict: self.strict,
            snippets: self.snippets,
            snippet_width: self.snippet_width,
            explain: self.explain,
        }
    }

    fn print(&self, global: &Global, answer: Answer<'_>) -> anyhow::Result<()> {
        let result = answer.result;
        let mut out = terminal::output();
        if self.count {
            writeln!(out, "{}", result.total)?;
        } else if let Some(format) = self.format.export() {
            format.write(&answer, &mut out)?;
        } else {
            let look = Look::of_output(global.color);
            hits::write(result, self.sort == Order::Relevance, look, &mut out)?;
            out.flush()?;
            // Beside the hits only where a person sees both.
            if result.hits.is_empty() || global.verbose || std::io::stdout().is_terminal() {
                global.inform(&self.summary(result));
            }
        }
        out.flush()?;
        // JSON has it inside.
        if let Some(receipt) = answer
            .receipt
            .filter(|_| self.count || self.format != Format::Json)
        {
            for line in receipt.to_string().lines() {
                complain(&visible_line(line));
            }
        }
        Ok(())
    }

    /// How many documents there are, in one line.
    fn summary(&self, result: &SearchResult) -> String {
        if result.total == 0 {
            return "no documents found".to_owned();
        }
        let mut line = counted(result.total, "document", "documents");
        if result.total_all_words < result.total {
            let all = grouped(result.total_all_words);
            line.push_str(&format!(", {all} with all the words"));
        }
        line.push_str(&format!(" ({})", duration(result.took)));
        let next = self.offset.saturating_add(result.hits.len());
        if result.hits.is_empty() {
            line.push_str("; none that far, lower --offset");
        } else if (next as u64) < result.total {
            line.push_str(&format!("; more with --offset {next}"));
        }
        line
    }
}
