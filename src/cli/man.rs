//! `cables man`: the manual page.

use std::io::Write;

use clap::{Args, CommandFactory};
use clap_mangen::Man;

use super::{Cli, Status, terminal};

/// Print the manual page
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct ManCommand {
    /// The command whose page to print, instead of that of the program
    #[arg(value_name = "COMMAND")]
    command: Option<String>,
}

const EXAMPLES: &str = "\
Examples:
  cables man | man -l -
  cables man search | man -l -
  cables man > ~/.local/share/man/man1/cables.1";

impl ManCommand {
    /// Prints the page.
    pub fn run(&self) -> anyhow::Result<Status> {
        let mut program = Cli::command();
        // Gives each command its global flags and its full name.
        program.build();
        let command = match &self.command {
            None => program,
            Some(name) => {
                let found = program.find_subcommand(name).cloned();
                found.ok_or_else(|| {
                    let names = program.get_subcommands().map(clap::Command::get_name);
                    let names: Vec<&str> = names.collect();
                    anyhow::anyhow!("no command {name:?}; the commands are {}", names.join(", "))
                })?
            }
        };
        let mut page = Vec::new();
        Man::new(command).render(&mut page)?;
        let mut out = terminal::output();
        out.write_all(&page)?;
        out.flush()?;
        Ok(Status::Done)
    }
}
