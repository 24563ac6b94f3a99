//! The `cables` binary: parse, run, exit status.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run(&cli::arguments())
}
