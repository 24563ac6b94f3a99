//! `cables index`.

use super::{Desk, LETTERS, seeds};

#[test]
fn the_seed_is_indexed_and_summed_up_on_stderr() {
    let desk = Desk::new();
    let run = desk.run(&["index", &seeds()]);
    assert_eq!((run.status, run.stdout.as_str()), (Some(0), ""));
    let line = run.stderr;
    assert!(
        line.starts_with("indexed 1 file, 1 document, 2.4 kB in "),
        "{line}"
    );
    assert!(line.ends_with("; 0 failed\n"), "{line}");
    assert!(desk.path("index").join("meta.json").is_file());
}

#[test]
fn json_has_the_keys_of_the_contract_in_order() {
    let desk = Desk::new();
    let object = desk.json(&["index", "--json", &seeds()]);
    let object = object.as_object().expect("an object");
    let keys: Vec<&str> = object.keys().map(String::as_str).collect();
    assert_eq!(
        keys,
        [
            "files",
            "added",
            "updated",
            "unchanged",
            "removed",
            "failed",
            "documents",
            "bytes",
            "seconds"
        ]
    );
    assert_eq!(object["documents"], 1);
    assert_eq!(object["bytes"], 2395);
    assert!(object["seconds"].as_f64().is_some_and(|s| s > 0.0));
    assert_eq!(desk.run(&["index", "--json", &seeds()]).stderr, "");
}

#[test]
fn files_are_read_again_only_when_they_changed() {
    let desk = Desk::new();
    desk.write("in/a.txt", "Invented. Herring.");
    desk.write("in/b.txt", "Invented. Tugboats.");
    let counts = |arguments: &[&str]| {
        let object = desk.json(&[&["index", "--json", "in"], arguments].concat());
        ["added", "updated", "unchanged", "removed"].map(|key| object[key].as_u64())
    };
    assert_eq!(counts(&[]), [2, 0, 0, 0].map(Some));
    assert_eq!(counts(&[]), [0, 0, 2, 0].map(Some));
    desk.write("in/a.txt", "Invented. Herring again.");
    std::fs::remove_file(desk.path("in/b.txt")).expect("removed");
    assert_eq!(counts(&[]), [0, 1, 0, 0].map(Some));
    assert_eq!(desk.ids(&["tugboats"]), ["b"]);
    assert_eq!(counts(&["--prune"]), [0, 0, 1, 1].map(Some));
    assert_eq!(desk.ids(&["tugboats"]), [""; 0]);
}

#[test]
fn a_file_that_fails_is_one_line_and_status_2_and_the_rest_is_indexed() {
    let desk = Desk::new();
    desk.write("in/good.jsonl", LETTERS);
    desk.write(
        "in/bad.jsonl",
        "{\"id\":\"bad/1\",\"body\":\"Invented.\"}\n{\"id\":\n",
    );
    desk.write("in/.hidden", "Invented.");
    desk.write("in/binary", [0u8, 1, 2, 0, 0, 0, 255]);
    let run = desk.run(&["index", "in", "absent"]);
    assert_eq!((run.status, run.stdout.as_str()), (Some(2), ""));
    let lines: Vec<&str> = run.stderr.lines().collect();
    let [absent, bad, summary] = lines[..] else {
        panic!("{lines:?}");
    };
    assert_eq!(absent, "absent:1: no such file or folder");
    assert!(bad.starts_with("in/bad.jsonl:2: "), "{bad}");
    assert!(
        summary.contains("5 documents")
            && summary.ends_with("; 2 failed; skipped 1 hidden, 1 binary"),
        "{summary}"
    );
    assert_eq!(desk.ids(&["herring"]), ["inv/4"]);
    assert_eq!(desk.ids(&["id:bad/1"]), ["bad/1"]);
}

#[test]
fn quiet_prints_failures_alone_and_verbose_formats_and_encodings() {
    let desk = Desk::new();
    desk.write("latin.txt", b"Invented. D\xe9tente und \xdcbersee.");
    let run = desk.run(&["-q", "index", "latin.txt", "absent"]);
    assert_eq!(run.stderr, "absent:1: no such file or folder\n");
    desk.write("letters.jsonl", LETTERS);
    let run = desk.run(&["index", "-v", "letters.jsonl"]);
    assert!(run.stderr.starts_with("letters.jsonl: jsonl, UTF-8\n"));
    let run = desk.run(&["index", "-v", "--format", "text", "letters.jsonl"]);
    assert!(run.stderr.contains("1 file unchanged"), "{}", run.stderr);
}

#[test]
fn file_names_cannot_speak_to_the_terminal() {
    let desk = Desk::new();
    desk.write("a\u{1b}[2Jb.jsonl", "{");
    let run = desk.run(&["-q", "index", "a\u{1b}[2Jb.jsonl"]);
    assert!(run.stderr.starts_with("a␛[2Jb.jsonl:1: "), "{}", run.stderr);
}

#[test]
fn wrong_usage_is_refused_with_what_to_do() {
    let desk = Desk::new();
    for (arguments, words) in [
        (vec!["index"], "<PATH>..."),
        (
            vec!["index", "--memory", "1M", "x"],
            "1M is too little to work in; give at least 64M",
        ),
        (
            vec!["index", "--memory", "much", "x"],
            "\"much\" is not a size; write it as 512K, 256M or 2G",
        ),
        (vec!["index", "--threads", "0", "x"], "from 1 to 1024"),
        (vec!["index", "--format", "pdf", "x"], "jsonl"),
        (vec!["index", "-q", "-v", "x"], "cannot be used with"),
    ] {
        let run = desk.run(&arguments);
        assert_eq!(run.status, Some(2), "{arguments:?}");
        assert!(run.stderr.contains(words), "{arguments:?}: {}", run.stderr);
    }
    assert!(!desk.path("index").exists());
}

#[test]
fn a_document_larger_than_allowed_is_refused() {
    let desk = Desk::new();
    desk.write("large.txt", "Invented words. ".repeat(1000));
    let run = desk.run(&["index", "--max-document", "8K", "large.txt"]);
    assert_eq!(run.status, Some(2));
    assert!(run.stderr.starts_with("large.txt:1: "), "{}", run.stderr);
}

#[test]
fn the_index_folder_is_an_option_or_of_the_environment() {
    let desk = Desk::new();
    assert_eq!(
        desk.run(&["--index", "one", "index", &seeds()]).status,
        Some(0)
    );
    assert_eq!(
        desk.run(&["search", "castro", "--index", "one"]).status,
        Some(0)
    );
    let mut search = desk.command(&["search", "castro", "--format", "ids"]);
    search.env("CABLES_INDEX", "one");
    search.assert().success().stdout("wilson/112639\n");
    let run = desk.run(&["search", "castro"]);
    assert_eq!(run.status, Some(2));
    assert_eq!(
        run.stderr,
        "cables: no index in index; make one with: cables index PATH\n"
    );
}

#[test]
fn what_was_indexed_and_is_gone_is_pruned_without_a_complaint() {
    let desk = Desk::new();
    desk.write("papers/one.txt", "Invented letter\n\nAbout herring.\n");
    desk.write("two.txt", "Invented letter\n\nAbout tugboats.\n");
    assert_eq!(desk.run(&["index", "papers", "two.txt"]).status, Some(0));
    std::fs::remove_dir_all(desk.path("papers")).unwrap();
    let run = desk.run(&["index", "--prune", "papers", "two.txt", "--json"]);
    assert_eq!((run.status, run.stderr.as_str()), (Some(0), ""));
    assert_eq!(desk.ids(&["invented"]), ["two"]);
    // What never was is a mistake.
    assert_eq!(desk.run(&["index", "--prune", "paper"]).status, Some(2));
}

#[test]
fn an_empty_variable_is_as_none() {
    let desk = Desk::with_seed();
    let mut command = desk.command(&["search", "castro", "--count"]);
    command
        .env("CABLES_INDEX", "")
        .assert()
        .success()
        .stdout("1\n");
}

#[cfg(unix)]
#[test]
fn an_index_can_be_shared() {
    use std::os::unix::fs::PermissionsExt;
    let desk = Desk::with_seed();
    let mode = |name: &str| {
        let path = desk.path("index").join(name);
        std::fs::metadata(path).unwrap().permissions().mode() & 0o777
    };
    desk.write("plain", "");
    let usual = std::fs::metadata(desk.path("plain"))
        .unwrap()
        .permissions()
        .mode()
        & 0o777;
    assert_eq!((mode("meta.json"), mode(".managed.json")), (usual, usual));
}
