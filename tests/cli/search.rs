//! `cables search`.

use insta::assert_snapshot;
use serde_json::{Value, json};

use super::{Desk, LETTERS, seeds};

#[test]
fn the_seed_is_found_by_what_issue_2_asks_for() {
    let desk = Desk::with_seed();
    for query in [
        "\"F. Castro\"",
        "\"F. Castro's statement\"",
        "castro normalization",
        "sender:gromyko addressee:alekseev",
        "date:1962-10",
        "language:russian",
    ] {
        assert_eq!(desk.ids(&[query]), ["wilson/112639"], "{query}");
    }
    let run = desk.run(&["search", "\"Castro F.\""]);
    assert_eq!((run.status, run.stdout.as_str()), (Some(1), ""));
    assert_eq!(run.stderr, "no documents found\n");
}

#[test]
fn a_hit_is_made_for_reading() {
    let desk = Desk::with_seed();
    assert_snapshot!(desk.stdout(&["search", "\"F. Castro\""]), @"
    1. Cable from Soviet Foreign Minister Gromyko to USSR Ambassador to Cuba A.I. Alekseev (2)
       wilson/112639 · 1962-10-31
       Gromyko (Soviet Foreign Minister) → A.I. Alekseev (USSR Ambassador to Cuba)
         You should visit **F. Castro** and, after reference to these instructions, tell him the
         following. …
    ");
}

#[test]
fn a_line_divides_hits_with_all_the_words_from_those_with_some() {
    let desk = Desk::with_letters();
    assert_snapshot!(desk.stdout(&["search", "tugboats", "harbour"]), @"
    1. Letter From the Minister to the Legation
       inv/2 · 1931-06 · Sylvania
       Minister → Legation
         Invented. No **tugboats** can be spared this year. The **harbour** must wait.

    2. Telegram From the Legation in Freedonia to the Ministry
       inv/1 · 1931-05-02 · Freedonia City
       Legation in Freedonia → Ministry
         Invented. The **harbour** works at Sylvania are finished. Firefly asks for **tugboats**.

    -- with some of the words --

    3. Memorandum
       inv/3 · some time in spring
         Invented. Somebody saw a **tugboat**.
    ");
    assert_eq!(desk.ids(&["tugboats harbour", "--all"]).len(), 2);
}

#[test]
fn what_matched_in_another_field_is_named() {
    let desk = Desk::with_letters();
    assert_snapshot!(desk.stdout(&["search", "classification:secret"]), @"
    1. Telegram From the Legation in Freedonia to the Ministry
       inv/1 · 1931-05-02 · Freedonia City
       Legation in Freedonia → Ministry
         classification: **Secret**
    ");
}

#[test]
fn a_snippet_that_repeats_the_title_is_left_out() {
    let desk = Desk::with_letters();
    assert_snapshot!(desk.stdout(&["search", "fishing"]), @"
    1. **Fishing** Report
       inv/4 · undated
    ");
}

#[test]
fn filters_alone_list_what_they_admit_by_date() {
    let desk = Desk::with_letters();
    assert_eq!(desk.ids(&["--filter", "volume:inv"]), ["inv/1", "inv/2"]);
    let latest_first = ["--filter", "volume:inv", "--sort", "-date"];
    assert_eq!(desk.ids(&latest_first), ["inv/2", "inv/1"]);
    assert_eq!(desk.ids(&["--after", "1931-06"]), ["inv/2"]);
    assert_eq!(desk.ids(&["--before", "May 1931"]), ["inv/1"]);
    assert_eq!(
        desk.ids(&["tugboats", "--filter", "Place:freedonia"]),
        ["inv/1"]
    );
    let run = desk.run(&["search", "--filter", "office:x"]);
    assert_eq!(run.status, Some(2));
    assert!(
        run.stderr
            .contains("no field \"office\"; the fields are title, summary,"),
        "{}",
        run.stderr
    );
    let run = desk.run(&["search"]);
    assert_eq!(run.status, Some(2));
    assert_eq!(
        run.stderr,
        "cables: nothing to search for; give a query, a --filter or a date\n"
    );
}

#[test]
fn a_query_may_begin_with_a_hyphen() {
    let desk = Desk::with_letters();
    assert_eq!(desk.ids(&["-harbour tugboats"]), ["inv/3"]);
    assert_eq!(desk.ids(&["--", "-harbour", "tugboats"]), ["inv/3"]);
    let run = desk.run(&["search", "tugboats", "-castro"]);
    assert_eq!(run.status, Some(2));
    assert!(run.stderr.contains("use '-- -c"), "{}", run.stderr);
}

#[test]
fn count_limit_and_offset() {
    let desk = Desk::with_letters();
    assert_eq!(desk.stdout(&["search", "tugboat", "--count"]), "3\n");
    let run = desk.run(&["search", "zeppelin", "--count"]);
    assert_eq!((run.status, run.stdout.as_str()), (Some(1), "0\n"));
    let all = desk.ids(&["tugboat"]);
    assert_eq!(
        desk.ids(&["tugboat", "-n", "1", "--offset", "1"]),
        all[1..2]
    );
    assert_eq!(desk.ids(&["tugboat", "--offset", "99"]), [""; 0]);
    let most = usize::MAX.to_string();
    assert_eq!(desk.ids(&["tugboat", "--limit", &most]), all);
}

#[test]
fn lenient_reading_warns_and_strict_reading_refuses() {
    let desk = Desk::with_letters();
    let run = desk.run(&["search", "tugboats \"harbour", "--format", "ids"]);
    assert_eq!(run.status, Some(0));
    assert_snapshot!(run.stderr, @r#"
    tugboats "harbour
             ^ " is never closed and is left out; add one or remove it
    "#);
    let quiet = desk.run(&["-q", "search", "tugboats \"harbour", "--format", "ids"]);
    assert_eq!((quiet.stdout, quiet.stderr.as_str()), (run.stdout, ""));
    let strict = desk.run(&["search", "--strict", "tugboats \"harbour"]);
    assert_eq!((strict.status, strict.stdout.as_str()), (Some(2), ""));
    assert_snapshot!(strict.stderr, @r#"
    tugboats "harbour
             ^ " is never closed and is left out; add one or remove it
    cables: the query cannot be answered
    "#);
}

#[test]
fn what_is_wrong_with_a_filter_is_shown_in_the_filter() {
    let desk = Desk::with_letters();
    let run = desk.run(&["search", "tugboats", "--filter", "date:soon"]);
    assert_eq!((run.status, run.stdout.as_str()), (Some(2), ""));
    assert_snapshot!(run.stderr, @r#"
    date:soon
         ^^^^ "soon" is not a date; write it as 1962, 1962-10, 1962-10-16 or October 16, 1962
    cables: the filter cannot be applied
    "#);
    let run = desk.run(&["search", "tugboats", "--filter", "place:!"]);
    assert_eq!((run.status, run.stdout.as_str()), (Some(1), ""));
    assert_snapshot!(run.stderr, @r"
    place:!
          ^ has no letters or digits, so it is not searched for
    no documents found
    ");
}

#[test]
fn json_is_that_of_the_contract() {
    let desk = Desk::with_seed();
    let mut found = desk.json(&["search", "\"F. Castro\"", "--format", "json"]);
    let took = found["took_us"].take();
    assert!(took.is_u64());
    let score = found["hits"][0]["score"].take();
    assert!(score.as_f64().is_some_and(|score| score > 0.0));
    let citation = found["hits"][0]["citation"].take();
    assert!(
        citation
            .as_str()
            .is_some_and(|text| text.starts_with("\"Cable from"))
    );
    let archive = found["hits"][0]["archive"].take();
    assert!(
        archive
            .as_str()
            .is_some_and(|text| text.starts_with("Archive of"))
    );
    let file = found["hits"][0]["file"].take();
    assert!(file.as_str().is_some_and(|path| path.ends_with("f.txt")));
    let expected = json!({
        "query": "\"F. Castro\"",
        "total": 1,
        "total_all_words": 1,
        "total_is_exact": true,
        "took_us": null,
        "hits": [{
            "rank": 1,
            "id": "wilson/112639",
            "score": null,
            "title": "Cable from Soviet Foreign Minister Gromyko to USSR Ambassador to Cuba \
                      A.I. Alekseev (2)",
            "kind": "telegram",
            "number": null,
            "date": "1962-10-31",
            "date_text": "October 31, 1962",
            "place": null,
            "sender": "Gromyko (Soviet Foreign Minister)",
            "addressee": "A.I. Alekseev (USSR Ambassador to Cuba)",
            "classification": null,
            "archive": null,
            "citation": null,
            "url": "https://wilson-center.drivingcreative.com/document/112639",
            "language": "Russian",
            "volume": null,
            "file": null,
            "persons": [],
            "snippets": [{
                "field": "body",
                "text": "You should visit F. Castro and, after reference to these \
                         instructions, tell him the following. …",
                "highlights": [[17, 26]],
            }],
        }],
    });
    // Compared as text: the order of keys is part of what people see.
    assert_eq!(found.to_string(), expected.to_string());
}

#[test]
fn jsonl_has_the_hits_of_json_a_line_each() {
    let desk = Desk::with_letters();
    let whole = desk.json(&["search", "tugboat harbour", "--format", "json"]);
    let lines = desk.stdout(&["search", "tugboat harbour", "--format", "jsonl"]);
    let lines: Vec<Value> = lines
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    assert_eq!(whole["hits"], Value::Array(lines));
    assert_eq!(whole["total"], 3);
    assert_eq!(whole["total_all_words"], 2);
    let hits = whole["hits"].as_array().expect("an array");
    let first_letter = hits.iter().find(|hit| hit["id"] == "inv/1");
    let persons = first_letter.map(|hit| &hit["persons"]);
    assert_eq!(persons, Some(&json!(["Rufus T. Firefly"])));
    let run = desk.run(&["search", "zeppelin", "--format", "json"]);
    assert_eq!(run.status, Some(1));
    let none: Value = serde_json::from_str(&run.stdout).expect("JSON");
    assert_eq!(none["hits"], json!([]));
}

#[test]
fn scores_read_back_as_they_were() {
    let desk = Desk::with_letters();
    let hits = desk.json(&["search", "tugboat", "--format", "json"]);
    let table = desk.stdout(&["search", "tugboat", "--format", "csv"]);
    let mut table = csv::Reader::from_reader(table.as_bytes());
    for (index, row) in table.records().enumerate() {
        let row = row.expect("a row");
        let score: f32 = row[2].parse().expect("a number");
        assert_eq!(
            Some(f64::from(score)),
            hits["hits"][index]["score"]
                .as_f64()
                .map(|s| f64::from(s as f32))
        );
    }
}

#[test]
fn csv_is_a_table_that_no_spreadsheet_runs() {
    let desk = Desk::new();
    desk.write(
        "formula.jsonl",
        r#"{"id":"f","title":"=HYPERLINK(\"x\")","place":"A, \"B\"","body":"Invented."}"#,
    );
    desk.stdout(&["index", "formula.jsonl"]);
    let table = desk.stdout(&["search", "invented", "--format", "csv"]);
    let mut rows = csv::Reader::from_reader(table.as_bytes());
    let header: Vec<String> = rows
        .headers()
        .expect("a header")
        .iter()
        .map(str::to_owned)
        .collect();
    assert_eq!(
        header.join(","),
        "rank,id,score,title,kind,number,date,date_text,place,sender,addressee,classification,\
         archive,citation,url,language,volume,file,snippet"
    );
    let row = rows.records().next().expect("a row").expect("of cells");
    assert_eq!(&row[3], "'=HYPERLINK(\"x\")");
    assert_eq!(&row[8], "A, \"B\"");
    assert_eq!(&row[18], "Invented.");
}

#[test]
fn snippets_are_as_many_and_as_wide_as_asked_for() {
    let desk = Desk::with_seed();
    let snippets = |arguments: &[&str]| {
        let arguments = [&["search", "castro", "--format", "json"], arguments].concat();
        let found = desk.json(&arguments);
        found["hits"][0]["snippets"]
            .as_array()
            .cloned()
            .unwrap_or_default()
    };
    assert_eq!(snippets(&["--snippets", "0"]).len(), 0);
    let two = snippets(&["--snippets", "2", "--snippet-width", "60"]);
    assert_eq!(two.len(), 2);
    for snippet in two {
        let text = snippet["text"].as_str().unwrap_or_default();
        assert!(text.chars().count() < 80, "{text}");
    }
}

#[test]
fn a_corpus_is_indexed_before_the_search() {
    let desk = Desk::new();
    let run = desk.run(&["search", "castro", "--corpus", &seeds(), "--format", "ids"]);
    assert_eq!(
        (run.status, run.stdout.as_str()),
        (Some(0), "wilson/112639\n")
    );
    assert_eq!(run.stderr, "");
    desk.write("letters.jsonl", LETTERS);
    let both = [
        "search",
        "castro tugboat",
        "--corpus",
        &seeds(),
        "--corpus",
        "letters.jsonl",
    ];
    let run = desk.run(&[&both[..], &["-v", "--count"]].concat());
    assert_eq!(run.stdout, "4\n");
    assert!(
        run.stderr
            .starts_with("letters.jsonl: jsonl, UTF-8\nindexed 1 file,"),
        "{}",
        run.stderr
    );
    let run = desk.run(&["search", "tugboat", "--corpus", "absent", "--count"]);
    assert_eq!((run.status, run.stdout.as_str()), (Some(2), ""));
    assert_eq!(run.stderr, "cables: absent: no such file or folder\n");
}

#[test]
fn the_query_language_of_the_contract_is_understood() {
    let desk = Desk::with_letters();
    for (query, ids) in [
        ("+tugboat -herring", vec!["inv/1", "inv/2", "inv/3"]),
        ("herring OR firefly", vec!["inv/1", "inv/4"]),
        ("tugboats AND NOT (asks OR saw)", vec!["inv/2"]),
        ("\"tugboats can be spared\"", vec!["inv/2"]),
        ("\"tugboats spared\"~5", vec!["inv/2"]),
        ("plenti*", vec!["inv/4"]),
        ("h?rring", vec!["inv/4"]),
        ("\"harbour wor\"*", vec!["inv/1"]),
        ("hering~1", vec!["inv/4"]),
        ("title:fishing", vec!["inv/4"]),
        ("body:fishing", vec![]),
        ("place:sylvania", vec!["inv/2"]),
        ("person:firefly", vec!["inv/1"]),
        ("kind:letter", vec!["inv/2"]),
        ("volume:inv classification:secret", vec!["inv/1", "inv/2"]),
        ("id:inv/3", vec!["inv/3"]),
        ("date:1931-06", vec!["inv/2"]),
        ("date:[1931-05-01 TO 1931-05-31]", vec!["inv/1"]),
        ("date:>=1931-05-03", vec!["inv/2"]),
        ("date:none", vec!["inv/3", "inv/4"]),
        ("date:*", vec!["inv/1", "inv/2"]),
        ("volume:*", vec!["inv/1", "inv/2"]),
        ("herring^2 firefly", vec!["inv/4", "inv/1"]),
    ] {
        let mut found = desk.ids(&[query]);
        if !query.contains('^') {
            found.sort();
        }
        assert_eq!(found, ids, "{query}");
    }
}

#[test]
fn documents_without_a_date_are_not_left_out_in_silence() {
    let desk = Desk::with_letters();
    let run = desk.run(&["search", "tugboat", "--after", "1931-06", "--count"]);
    assert_eq!(run.stdout, "1\n");
    assert_eq!(
        run.stderr,
        "1 document without a date left out; list them with --filter date:none\n"
    );
}

#[test]
fn an_index_without_documents_finds_nothing_out() {
    let desk = Desk::new();
    assert_eq!(desk.run(&["index", "absent"]).status, Some(2));
    let run = desk.run(&["search", "castro"]);
    assert_eq!(run.status, Some(2));
    assert_eq!(
        run.stderr,
        "cables: the index in index holds no documents; add some with: cables index PATH\n"
    );
}
