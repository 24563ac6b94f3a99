//! `cables stats`: what the index holds.

use std::io::{self, Write};

use cables::export::visible_line;
use cables::index::Statistics;
use clap::Args;

use super::figures::{bytes, grouped};
use super::terminal::{self, Look, Role};
use super::{Global, Status};

/// Tell what the index holds
///
/// Documents by kind and by volume, from when to when they date, and how large
/// the index is.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct StatsCommand {
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

const EXAMPLES: &str = "\
Documents whose date could not be read have a date as printed, but none that can
be searched for: \"cables search date:none\" lists them among the undated.

Examples:
  cables stats
  cables stats --json
  cables --index ~/cuba stats";

impl StatsCommand {
    /// Counts and prints.
    pub fn run(&self, global: &Global) -> anyhow::Result<Status> {
        let statistics = global.open()?.statistics()?;
        let mut out = terminal::output();
        if self.json {
            serde_json::to_writer(&mut out, &statistics)?;
            writeln!(out)?;
        } else {
            write(&statistics, Look::of_output(global.color), &mut out)?;
        }
        out.flush()?;
        Ok(Status::Done)
    }
}

fn write(statistics: &Statistics, look: Look, out: &mut dyn Write) -> io::Result<()> {
    let span = match (statistics.earliest, statistics.latest) {
        (Some(earliest), Some(latest)) => format!("{earliest} to {latest}"),
        _ => "none".to_owned(),
    };
    let undated = match statistics.unreadable_dates {
        0 => grouped(statistics.undated),
        unreadable => format!(
            "{}, of which {} with a date that could not be read",
            grouped(statistics.undated),
            grouped(unreadable)
        ),
    };
    let fields = [
        ("Documents", grouped(statistics.documents)),
        ("Dates", span),
        ("Undated", undated),
        (
            "Files",
            format!(
                "{} ({})",
                grouped(statistics.files),
                bytes(statistics.file_bytes)
            ),
        ),
        (
            "Index",
            format!(
                "{}, format {}",
                bytes(statistics.index_bytes),
                statistics.format
            ),
        ),
        ("Terms", grouped(statistics.terms)),
    ];
    for (label, value) in fields {
        let label = look.paint(Role::Detail, &format!("{label:<11}"));
        writeln!(out, "{label}{value}")?;
    }
    let mut kinds: Vec<_> = statistics.by_kind.iter().collect();
    // The most frequent first; of equals the first by name.
    kinds.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
    write_counts("By kind", &kinds, look, out)?;
    let volumes: Vec<_> = statistics.by_volume.iter().collect();
    write_counts("By volume", &volumes, look, out)
}

fn write_counts(
    heading: &str,
    counts: &[(&String, &u64)],
    look: Look,
    out: &mut dyn Write,
) -> io::Result<()> {
    if counts.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{}", look.paint(Role::Heading, heading))?;
    let width = counts.iter().map(|(_, count)| grouped(**count).len()).max();
    for (value, count) in counts {
        let count = grouped(**count);
        let value = visible_line(value);
        writeln!(out, "{count:>width$}  {value}", width = width.unwrap_or(0))?;
    }
    Ok(())
}
