//! The program as its users run it: one file a command, on the seed and on
//! small fixtures of invented documents.

mod bench;
mod citations;
mod help;
mod index;
mod receipt;
mod search;
mod show;
mod stats;
mod terminal;

use std::path::{Path, PathBuf};
use std::process::Output;

use assert_cmd::Command;
use tempfile::TempDir;

/// The program, as built for the tests.
fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cables"));
    // What the person who runs the tests has set must not matter.
    for variable in [
        "CABLES_INDEX",
        "NO_COLOR",
        "CLICOLOR",
        "CLICOLOR_FORCE",
        "COLUMNS",
    ] {
        command.env_remove(variable);
    }
    command
}

/// A folder of its own, in which the program runs.
struct Desk {
    folder: TempDir,
}

/// What a run of the program came to.
#[derive(Debug, PartialEq, Eq)]
struct Run {
    status: Option<i32>,
    stdout: String,
    stderr: String,
}

impl Desk {
    fn new() -> Desk {
        let folder = TempDir::new().expect("a temporary folder");
        Desk { folder }
    }

    /// A desk with the seed in its index.
    fn with_seed() -> Desk {
        let desk = Desk::new();
        assert_eq!(desk.run(&["index", &seeds()]).status, Some(0));
        desk
    }

    /// A desk with invented letters in its index.
    fn with_letters() -> Desk {
        let desk = Desk::new();
        desk.write("letters.jsonl", LETTERS);
        assert_eq!(desk.run(&["index", "letters.jsonl"]).status, Some(0));
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        let path = self.path(name);
        let parent = path.parent().expect("a folder");
        std::fs::create_dir_all(parent).expect("the folder can be made");
        std::fs::write(path, content).expect("the file can be written");
    }

    /// The program with arguments, to be run in the folder.
    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = program();
        command.current_dir(self.folder.path()).args(arguments);
        command
    }

    fn run(&self, arguments: &[&str]) -> Run {
        Run::of(self.command(arguments).output().expect("the program runs"))
    }

    /// What a run that succeeds prints.
    fn stdout(&self, arguments: &[&str]) -> String {
        let run = self.run(arguments);
        assert_eq!(run.status, Some(0), "{run:?}");
        run.stdout
    }

    /// What a run that succeeds prints, read as JSON.
    fn json(&self, arguments: &[&str]) -> serde_json::Value {
        serde_json::from_str(&self.stdout(arguments)).expect("JSON")
    }

    /// The ids that a search finds, in order.
    fn ids(&self, arguments: &[&str]) -> Vec<String> {
        let arguments = [&["search", "--format", "ids"], arguments].concat();
        let run = self.run(&arguments);
        assert_ne!(run.status, Some(2), "{run:?}");
        run.stdout.lines().map(str::to_owned).collect()
    }
}

impl Run {
    fn of(output: Output) -> Run {
        Run {
            status: output.status.code(),
            stdout: String::from_utf8(output.stdout).expect("UTF-8"),
            stderr: String::from_utf8(output.stderr).expect("UTF-8"),
        }
    }
}

/// The folder of the seed.
fn seeds() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds");
    path.display().to_string()
}

/// Invented documents, none of which any archive has.
const LETTERS: &str = concat!(
    r#"{"id":"inv/1","title":"Telegram From the Legation in Freedonia to the Ministry","kind":"telegram","date":"1931-05-02","place":"Freedonia City","from":"Legation in Freedonia","to":"Ministry","volume":"inv","classification":"Secret","persons":["Rufus T. Firefly"],"body":"Invented. The harbour works at Sylvania are finished. Firefly asks for tugboats."}"#,
    "\n",
    r#"{"id":"inv/2","title":"Letter From the Minister to the Legation","kind":"letter","date":"1931-06","place":"Sylvania","volume":"inv","body":"Invented. No tugboats can be spared this year. The harbour must wait."}"#,
    "\n",
    r#"{"id":"inv/3","title":"Memorandum","kind":"memorandum","date":"some time in spring","body":"Invented. Somebody saw a tugboat."}"#,
    "\n",
    r#"{"id":"inv/4","title":"Fishing Report","body":"Invented. Herring were plentiful."}"#,
    "\n",
);
