//! `cables completions`: what makes a shell complete arguments.

use std::io::Write;

use clap::{Args, CommandFactory};
use clap_complete::{Shell, generate};

use super::{Cli, Status, terminal};

/// Print the completions for a shell
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct CompletionsCommand {
    /// The shell
    #[arg(value_name = "SHELL")]
    shell: Shell,
}

const EXAMPLES: &str = "\
Examples:
  cables completions bash > ~/.local/share/bash-completion/completions/cables
  cables completions zsh > ~/.zfunc/_cables
  cables completions fish > ~/.config/fish/completions/cables.fish";

impl CompletionsCommand {
    /// Prints the script.
    pub fn run(&self) -> anyhow::Result<Status> {
        // Written to memory first: the generator cannot say that a pipe is
        // closed.
        let mut script = Vec::new();
        generate(self.shell, &mut Cli::command(), "cables", &mut script);
        let mut out = terminal::output();
        out.write_all(&script)?;
        out.flush()?;
        Ok(Status::Done)
    }
}
