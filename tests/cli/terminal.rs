//! Colour, untrusted text, closed pipes.

use std::process::Stdio;

use super::Desk;

#[test]
fn colours_are_for_terminals_and_for_who_asks() {
    let desk = Desk::with_seed();
    let coloured = |arguments: &[&str], variables: &[(&str, &str)]| {
        let mut command = desk.command(&[&["search", "castro"], arguments].concat());
        command.envs(variables.iter().copied());
        let output = command.output().expect("the program runs");
        let text = String::from_utf8(output.stdout).expect("UTF-8");
        // Asterisks stand in for colours, never beside them.
        assert_ne!(text.contains("**"), text.contains('\u{1b}'), "{text}");
        text.contains('\u{1b}')
    };
    assert!(!coloured(&[], &[]));
    assert!(coloured(&[], &[("CLICOLOR_FORCE", "1")]));
    assert!(!coloured(
        &[],
        &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]
    ));
    assert!(coloured(&["--color", "always"], &[("NO_COLOR", "1")]));
    assert!(!coloured(&["--color", "never"], &[("CLICOLOR_FORCE", "1")]));
}

#[test]
fn documents_cannot_speak_to_the_terminal() {
    let desk = Desk::new();
    desk.write(
        "evil.jsonl",
        concat!(
            r#"{"id":"e\u001b[2J","title":"Invented \u001b]0;title\u0007","place":"\u202egnorw","#,
            r#""from":"\u009b1m","language":"\r","subjects":["\u001b"],"volume":"\u001bv","#,
            r#""summary":"sum\u001b[1m","odd\u001b":"\u001b","citation":"\u001b","#,
            r#""body":"herring \u001b[31m red","notes":["\u001bnote"]}"#
        ),
    );
    desk.stdout(&["index", "evil.jsonl"]);
    for arguments in [
        &["search", "herring"][..],
        &["search", "note"],
        &["search", "volume:v"],
        &["show", "e\u{1b}[2J", "--query", "herring"],
        &["show", "e\u{1b}[2J", "--format", "markdown"],
        &["stats"],
    ] {
        let run = desk.run(arguments);
        assert_eq!(run.status, Some(0), "{run:?}");
        let text = run.stdout + &run.stderr;
        let obeyed = text
            .chars()
            .find(|c| c.is_control() && *c != '\n' || ('\u{202a}'..='\u{202e}').contains(c));
        assert_eq!(obeyed, None, "{arguments:?}: {text:?}");
    }
    let cable = desk.json(&["show", "e\u{1b}[2J", "--format", "json"]);
    assert_eq!(cable["body"][0], "herring \u{1b}[31m red");
}

#[test]
fn a_closed_pipe_ends_the_program_quietly() {
    let desk = Desk::with_seed();
    for arguments in [
        &["search", "castro"][..],
        &["search", "castro", "--format", "json"],
        &["search", "castro", "--format", "jsonl"],
        &["search", "castro", "--format", "csv"],
        &["search", "castro", "--format", "ids"],
        &["search", "castro", "--count"],
        &["show", "wilson/112639"],
        &["show", "wilson/112639", "--format", "json"],
        &["show", "wilson/112639", "--format", "markdown"],
        &["stats"],
        &["completions", "bash"],
        &["man"],
    ] {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_cables"));
        command.current_dir(desk.folder.path()).args(arguments);
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program runs");
        drop(child.stdout.take());
        let output = child.wait_with_output().expect("the program ends");
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert_eq!(
            (output.status.code(), stderr.as_ref()),
            (Some(0), ""),
            "{arguments:?}"
        );
    }
}
