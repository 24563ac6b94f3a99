//! The command line: arguments, one file a command, the look of the terminal.

mod bench;
mod completions;
mod document;
mod figures;
mod hits;
mod index;
mod man;
mod progress;
mod search;
mod show;
mod stats;
mod terminal;

use std::ffi::OsString;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use cables::export::visible_line;
use cables::index::Index;
use cables::query::QueryError;
use clap::{Args, Parser, Subcommand};

use terminal::ColorWhen;

/// Full-text search for historical cables
///
/// Cables reads telegrams, despatches, memoranda and letters from TEI XML
/// (Foreign Relations of the United States), Wilson Center text, plain text,
/// Markdown, HTML, JSON Lines and CSV, and finds them again by their words,
/// phrases, persons, places and dates.
#[derive(Debug, Parser)]
#[command(name = "cables", version, max_term_width = 100, after_help = EXAMPLES)]
pub struct Cli {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: Command,
}

const EXAMPLES: &str = "\
Examples:
  cables index ~/frus                       read a folder of documents
  cables search '\"F. Castro\"'               find a phrase
  cables search castro khrushchev           find words
  cables show wilson/112639                 read a document
  cables help search                        the query language

Exit status: 0 something found or done; 1 nothing found; 2 wrong usage or a failure.";

/// The flags that every command has.
#[derive(Debug, Args)]
struct Global {
    /// The folder of the index; else that of the environment variable
    /// CABLES_INDEX, else "index"
    #[arg(long, global = true, value_name = "DIR", display_order = 100)]
    index: Option<PathBuf>,
    /// When to use colours
    ///
    /// With "auto" there are colours on a terminal, unless NO_COLOR is set.
    #[arg(
        long,
        global = true,
        value_name = "WHEN",
        default_value = "auto",
        display_order = 101
    )]
    color: ColorWhen,
    /// Print fewer messages
    #[arg(
        short,
        long,
        global = true,
        conflicts_with = "verbose",
        display_order = 102
    )]
    quiet: bool,
    /// Print more messages
    #[arg(short, long, global = true, display_order = 103)]
    verbose: bool,
}

#[derive(Debug, Subcommand)]
enum Command {
    Index(index::IndexCommand),
    Search(Box<search::SearchCommand>),
    Show(show::ShowCommand),
    Stats(stats::StatsCommand),
    Bench(bench::BenchCommand),
    Completions(completions::CompletionsCommand),
    Man(man::ManCommand),
}

/// How a command ended, if not by an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Status {
    /// Something was found or done.
    Done,
    /// Nothing was found.
    Nothing,
    /// The work was done, but for files that could not be read.
    Partial,
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> ExitCode {
        ExitCode::from(match status {
            Status::Done => 0,
            Status::Nothing => 1,
            Status::Partial => 2,
        })
    }
}

/// The arguments of the process. Ends the process when they are wrong, or ask
/// for help.
pub fn arguments() -> Cli {
    Cli::parse_from(spared(std::env::args_os()))
}

/// The arguments with a space before each that begins with a hyphen but is a
/// query and no flag, as `-castro cuba`: so the parser takes it for what it is.
fn spared(arguments: impl Iterator<Item = OsString>) -> impl Iterator<Item = OsString> {
    let mut flags_may_come = true;
    arguments.map(move |argument| {
        flags_may_come &= argument != "--";
        match argument.to_str() {
            Some(text) if flags_may_come && is_query(text) => format!(" {text}").into(),
            _ => argument,
        }
    })
}

/// Whether an argument cannot be a flag, since it has a space.
fn is_query(argument: &str) -> bool {
    argument.starts_with('-') && !argument.starts_with("--") && argument.contains(' ')
}

/// Runs a command, prints its error if it has one, and says how to exit.
pub fn run(cli: &Cli) -> ExitCode {
    let global = &cli.global;
    let result = match &cli.command {
        Command::Index(command) => command.run(global),
        Command::Search(command) => command.run(global),
        Command::Show(command) => command.run(global),
        Command::Stats(command) => command.run(global),
        Command::Bench(command) => command.run(global),
        Command::Completions(command) => command.run(),
        Command::Man(command) => command.run(),
    };
    match result {
        Ok(status) => status.into(),
        Err(error) if is_closed_pipe(&error) => Status::Done.into(),
        Err(error) => {
            complain(&format!("cables: {}", visible_line(&format!("{error:#}"))));
            ExitCode::from(2)
        }
    }
}

/// Whether the reader of the output went away, as `head` does.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        let kind = cause.downcast_ref::<io::Error>().map(io::Error::kind);
        kind == Some(io::ErrorKind::BrokenPipe)
    })
}

/// Prints a line to standard error. Where that is closed, nobody wants it.
fn complain(line: &str) {
    let _ = writeln!(io::stderr().lock(), "{line}");
}

impl Global {
    /// The folder of the index. An empty variable is as none.
    fn folder(&self) -> PathBuf {
        let of_environment = || {
            let folder = std::env::var_os("CABLES_INDEX");
            folder
                .filter(|folder| !folder.is_empty())
                .map(PathBuf::from)
        };
        let given = self.index.clone().or_else(of_environment);
        given.unwrap_or_else(|| "index".into())
    }

    fn open(&self) -> anyhow::Result<Index> {
        Ok(Index::open(&self.folder())?)
    }

    /// Prints to standard error unless that is not wanted.
    fn inform(&self, line: &str) {
        if !self.quiet {
            complain(line);
        }
    }
}

/// The error of a query that cannot be answered. What is wrong is printed with
/// the place in the query marked, as warnings are.
fn refused(error: QueryError, query: &str) -> anyhow::Error {
    match error {
        QueryError::Problem(problem) => {
            complain(&problem.render(query));
            anyhow::anyhow!("the query cannot be answered")
        }
        QueryError::Filter(wrong) => {
            complain(&wrong.problem.render(&wrong.filter));
            anyhow::anyhow!("the filter cannot be applied")
        }
        other => other.into(),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_definition_of_arguments_is_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn only_what_has_a_space_is_a_query() {
        let arguments = [
            "-castro cuba",
            "-n",
            "-n5",
            "--filter=place:New York",
            "--",
            "-a b",
        ];
        let spared: Vec<OsString> = spared(arguments.map(OsString::from).into_iter()).collect();
        assert_eq!(spared[0], " -castro cuba");
        assert_eq!(spared[1..], arguments.map(OsString::from)[1..]);
    }
}
