//! `cables index`: bringing the index up to date with files.

use std::io::Write;
use std::path::PathBuf;

use cables::index::Index;
use cables::index::update::{LEAST_MEMORY, UpdateOptions, UpdateSummary, update};
use cables::ingest::{FormatName, Limits};
use clap::Args;

use super::figures::{bytes, counted, duration, parse_size};
use super::progress::Progress;
use super::{Global, Status, terminal};

/// Read files and folders into the index
///
/// Folders are read with all that is in them. Only new and changed files are
/// read again; a changed one replaces its earlier documents. A file that
/// cannot be read is reported in one line, and the rest is indexed.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct IndexCommand {
    /// Files and folders to read
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Drop the documents of files under PATH that are gone
    #[arg(long)]
    prune: bool,
    /// Print what was done as one JSON object
    #[arg(long)]
    json: bool,
    /// Read all files as this format: tei, wilson, text, markdown, html,
    /// jsonl or csv
    #[arg(long, value_name = "FORMAT")]
    format: Option<FormatName>,
    /// About how much memory to use, as 256M or 1G
    #[arg(long, value_name = "SIZE", default_value = "256M", value_parser = parse_memory)]
    memory: usize,
    /// How many threads to read with [default: one a core]
    #[arg(long, value_name = "N", value_parser = parse_threads)]
    threads: Option<usize>,
    /// The most text that one document may have, as 16M
    #[arg(long, value_name = "SIZE", default_value = "16M", value_parser = parse_size)]
    max_document: usize,
}

const EXAMPLES: &str = "\
Examples:
  cables index ~/frus                       read a folder and all that is in it
  cables index letters.csv notes/           read several things
  cables index --prune ~/frus               also forget files that were deleted
  cables index --format text scans/         read every file as plain text
  cables index -v ~/frus                    tell the format and encoding of each file
  cables --index ~/cuba index ~/frus        keep the index in another folder";

fn parse_memory(text: &str) -> Result<usize, String> {
    let size = parse_size(text)?;
    if size < LEAST_MEMORY {
        let least = LEAST_MEMORY >> 20;
        return Err(format!(
            "{text} is too little to work in; give at least {least}M"
        ));
    }
    Ok(size)
}

fn parse_threads(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(threads @ 1..=1024) => Ok(threads),
        _ => Err("give a number from 1 to 1024".to_owned()),
    }
}

impl IndexCommand {
    /// Updates the index and says what was done.
    pub fn run(&self, global: &Global) -> anyhow::Result<Status> {
        let index = Index::open_or_create(&global.folder())?;
        let options = UpdateOptions {
            format: self.format,
            prune: self.prune,
            memory: self.memory,
            threads: self.threads,
            limits: Limits {
                document_bytes: self.max_document,
                ..Limits::default()
            },
        };
        let progress = Progress::new(global, true);
        let updated = update(&index, &self.paths, &options, &progress);
        progress.finish();
        let summary = updated?;
        if self.json {
            let mut out = terminal::output();
            serde_json::to_writer(&mut out, &summary)?;
            writeln!(out)?;
            out.flush()?;
        } else {
            global.inform(&in_words(&summary));
        }
        Ok(match summary.failed {
            0 => Status::Done,
            _ => Status::Partial,
        })
    }
}

/// Brings the index up to date with `paths` before a search, without a word
/// unless words are wanted. What cannot be read is told.
pub fn refresh(paths: &[PathBuf], global: &Global) -> anyhow::Result<()> {
    let index = Index::open_or_create(&global.folder())?;
    let progress = Progress::new(global, global.verbose);
    let updated = update(&index, paths, &UpdateOptions::default(), &progress);
    progress.finish();
    let summary = updated?;
    if global.verbose {
        global.inform(&in_words(&summary));
    }
    Ok(())
}

/// What was done, in one line.
fn in_words(summary: &UpdateSummary) -> String {
    let read = summary.added + summary.updated;
    let mut line = format!(
        "indexed {}, {}, {} in {}",
        counted(read, "file", "files"),
        counted(summary.documents, "document", "documents"),
        bytes(summary.bytes),
        duration(std::time::Duration::from_secs_f64(summary.seconds)),
    );
    if summary.bytes > 0 && summary.seconds > 0.0 {
        let rate = bytes((summary.bytes as f64 / summary.seconds) as u64);
        line.push_str(&format!(" ({rate}/s)"));
    }
    line.push_str(&format!("; {} failed", summary.failed));
    for (count, what) in [
        (summary.unchanged, "unchanged"),
        (summary.removed, "removed"),
    ] {
        if count > 0 {
            line.push_str(&format!("; {} {what}", counted(count, "file", "files")));
        }
    }
    let walk = summary.skipped.walk;
    let skipped: Vec<String> = [
        (walk.hidden, "hidden"),
        (summary.skipped.binary, "binary"),
        (walk.special, "special"),
        (walk.repeated, "repeated"),
    ]
    .into_iter()
    .filter(|(count, _)| *count > 0)
    .map(|(count, what)| format!("{count} {what}"))
    .collect();
    if !skipped.is_empty() {
        line.push_str(&format!("; skipped {}", skipped.join(", ")));
    }
    line
}

#[cfg(test)]
mod tests {
    use cables::index::update::SkippedFiles;
    use cables::ingest::Skipped;

    use super::*;

    #[test]
    fn the_summary_says_what_happened_and_no_more() {
        let mut summary = UpdateSummary {
            files: 30,
            added: 30,
            documents: 9717,
            bytes: 93_500_000,
            seconds: 12.3,
            ..UpdateSummary::default()
        };
        assert_eq!(
            in_words(&summary),
            "indexed 30 files, 9,717 documents, 93.5 MB in 12.3 s (7.6 MB/s); 0 failed"
        );
        summary.added = 0;
        summary.updated = 1;
        summary.unchanged = 28;
        summary.failed = 1;
        summary.skipped = SkippedFiles {
            walk: Skipped {
                hidden: 2,
                ..Skipped::default()
            },
            binary: 1,
        };
        assert_eq!(
            in_words(&summary),
            "indexed 1 file, 9,717 documents, 93.5 MB in 12.3 s (7.6 MB/s); 1 failed; \
             28 files unchanged; skipped 2 hidden, 1 binary"
        );
    }

    #[test]
    fn too_little_memory_is_refused_with_what_would_do() {
        assert_eq!(
            parse_memory("1M"),
            Err("1M is too little to work in; give at least 64M".to_owned())
        );
        assert_eq!(parse_memory("64M"), Ok(64 << 20));
    }
}
