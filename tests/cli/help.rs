//! What the program says of itself. A change of the help shows here, to be
//! read before it is kept.

use insta::assert_snapshot;

use super::Desk;

#[test]
fn help_of_the_program_and_each_command() {
    let desk = Desk::new();
    let mut help = desk.stdout(&["--help"]);
    for command in [
        "index",
        "search",
        "show",
        "stats",
        "bench",
        "completions",
        "man",
    ] {
        help.push_str(&format!("\n---------- cables {command} --help\n\n"));
        help.push_str(&desk.stdout(&[command, "--help"]));
    }
    // clap leaves spaces where a paragraph is empty.
    let lines: Vec<&str> = help.lines().map(str::trim_end).collect();
    assert_snapshot!("help", lines.join("\n"));
}

#[test]
fn without_a_command_the_help_is_shown_as_an_error() {
    let run = Desk::new().run(&[]);
    assert_eq!((run.status, run.stdout.as_str()), (Some(2), ""));
    assert!(run.stderr.contains("Usage: cables"), "{}", run.stderr);
}

#[test]
fn every_shell_has_completions() {
    let desk = Desk::new();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = desk.stdout(&["completions", shell]);
        assert!(script.contains("snippet-width"), "{shell}");
    }
    assert_eq!(desk.run(&["completions", "tcsh"]).status, Some(2));
}

#[test]
fn manual_pages_name_their_command() {
    let desk = Desk::new();
    assert!(desk.stdout(&["man"]).contains(".TH cables 1"));
    let page = desk.stdout(&["man", "search"]);
    assert!(page.contains(".TH cables-search 1"));
    assert!(page.contains("The query language"));
    let run = desk.run(&["man", "serch"]);
    assert_eq!(run.status, Some(2));
    assert!(
        run.stderr
            .starts_with("cables: no command \"serch\"; the commands are index, search")
    );
}
