//! Citations, read back by parsers that know nothing of the program: BibTeX
//! by a crate, RIS by one written here from the specification, CSL-JSON by the
//! rules of its schema.

use biblatex::{Bibliography, ChunksExt, Entry};
use serde_json::{Value, json};

use super::Desk;

/// Invented documents with everything that an escape can get wrong.
const PAPERS: &str = concat!(
    r##"{"id":"inv/é_1","title":"Telegram From the Élysée & \"Co_Op\" {50% of #1} to the Ministry ~ x^2 \\ $5 -- end","kind":"telegram","date":"1931-05-02","date_text":"May 2, 1931","place":"Freedonia City","from":"R.T. Firefly","to":"Ministry of Plans, Sylvania","number":"7","volume":"inv1","archive":"Source: Invented Archive, Box 7, Folder A_1. Secret; Niact.","citation":"Invented Relations & Co., 1931, Volume I, Document 7.","url":"https://example.org/a_b%20c?x=1&y={2}#z","language":"French","classification":"Secret","subjects":["Harbours","Tugs & barges"],"summary":"Invented: 100% of it.","body":"Invented tugboat."}"##,
    "\n",
    r#"{"id":"inv/2","title":"Report","kind":"report","date":"1931-05-02/1931-06-09","body":"Invented tugboat."}"#,
    "\n",
    r#"{"id":"inv/3","title":"Minutes","kind":"minutes","date":"some time in spring","body":"Invented tugboat."}"#,
    "\n",
    r#"{"id":"inv/4","title":"Editorial Note","kind":"editorial note","date":"1931-05","volume":"inv1","body":"Invented tugboat."}"#,
    "\n",
    r#"{"id":"inv/5","title":"A Letter","kind":"letter","date":"1931","from":"Legation, and its Staff","body":"Invented tugboat."}"#,
    "\n",
    r#"{"id":"inv/6","title":"Notes","date":"1930/1939","body":"Invented tugboat."}"#,
    "\n",
    r#"{"id":"inv/7","title":"Aide","date":"1931-05-02/..","body":"Invented tugboat."}"#,
    "\n",
);

const TITLE: &str =
    r#"Telegram From the Élysée & "Co_Op" {50% of #1} to the Ministry ~ x^2 \ $5 -- end"#;

fn desk() -> Desk {
    let desk = Desk::new();
    desk.write("papers.jsonl", PAPERS);
    desk.stdout(&["-q", "index", "papers.jsonl"]);
    desk
}

fn all(desk: &Desk, format: &str) -> String {
    desk.stdout(&["search", "tugboat", "--format", format])
}

fn entry(desk: &Desk, id: &str) -> Entry {
    let text = desk.stdout(&["show", id, "--format", "bibtex"]);
    let parsed = Bibliography::parse(&text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    assert_eq!(parsed.len(), 1, "{text}");
    parsed.into_iter().next().expect("an entry")
}

/// The fields of an entry as text, without the markup.
fn fields(entry: &Entry) -> Vec<(&str, String)> {
    let fields = entry.fields.iter();
    fields
        .map(|(name, value)| (name.as_str(), value.format_verbatim()))
        .collect()
}

#[test]
fn bibtex_reads_back_as_it_was() {
    let entry = entry(&desk(), "inv/é_1");
    assert_eq!(entry.key, "inv_e_1");
    assert_eq!(entry.entry_type.to_string(), "misc");
    let expected = [
        ("abstract", "Invented: 100% of it."),
        (
            "annote",
            "From: R.T. Firefly; To: Ministry of Plans, Sylvania; Written at: Freedonia City; \
             Date as printed: May 2, 1931; Classification: Secret; Volume: inv1; Document: 7; \
             Source note: Secret; Niact.",
        ),
        ("author", "Firefly, R.T."),
        ("date", "1931-05-02"),
        ("howpublished", "Invented Relations & Co., 1931, Volume I"),
        ("keywords", "Harbours, Tugs & barges"),
        ("language", "French"),
        ("lccn", "inv/é_1"),
        ("library", "Invented Archive, Box 7, Folder A_1"),
        ("month", "May"),
        (
            "note",
            "Invented Relations & Co., 1931, Volume I, Document 7.",
        ),
        ("number", "7"),
        ("title", TITLE),
        ("type", "telegram"),
        ("url", "https://example.org/a_b%20c?x=1&y=%7B2%7D#z"),
        ("year", "1931"),
    ];
    let expected: Vec<_> = expected
        .map(|(name, value)| (name, value.to_owned()))
        .into();
    assert_eq!(fields(&entry), expected);
    let author = &entry.author().expect("authors")[0];
    assert_eq!(
        (author.name.as_str(), author.given_name.as_str()),
        ("Firefly", "R.T.")
    );
}

#[test]
fn bibtex_keeps_types_names_and_dates() {
    let desk = desk();
    let text = all(&desk, "bibtex");
    let parsed = Bibliography::parse(&text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    assert_eq!(parsed.len(), 7);
    for (id, kind, date) in [
        ("inv_2", "techreport", Some("1931-05-02/1931-06-09")),
        ("inv_3", "unpublished", None),
        ("inv_4", "incollection", Some("1931-05")),
        ("inv_5", "misc", Some("1931")),
        ("inv_6", "unpublished", Some("1930/1939")),
        ("inv_7", "unpublished", Some("1931-05-02/")),
    ] {
        let entry = parsed.get(id).unwrap_or_else(|| panic!("{id}"));
        assert_eq!(entry.entry_type.to_string(), kind, "{id}");
        let written = entry.get("date").map(ChunksExt::format_verbatim);
        assert_eq!(written.as_deref(), date, "{id}");
        if date.is_some() {
            assert!(entry.date().is_ok(), "{id}: {:?}", entry.date());
        }
    }
    let office = parsed.get("inv_5").and_then(|entry| entry.author().ok());
    let office = office.expect("authors");
    assert_eq!(office.len(), 1);
    assert_eq!(office[0].name, "Legation, and its Staff");
    let volume = parsed.get("inv_4").and_then(|entry| entry.get("booktitle"));
    assert_eq!(
        volume.map(ChunksExt::format_verbatim).as_deref(),
        Some("inv1")
    );
}

/// RIS by its specification: every line a tag, two spaces, a hyphen, a space
/// and a value, ended by CR LF; every record from TY to ER.
fn ris(text: &str) -> Vec<Vec<(String, String)>> {
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
    let mut records: Vec<Vec<(String, String)>> = Vec::new();
    let mut open = false;
    for line in text
        .strip_suffix("\r\n")
        .expect("a last line")
        .split("\r\n")
    {
        let (tag, value) = line.split_once("  - ").expect("a tag");
        let upper = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit();
        assert!(tag.len() == 2 && tag.chars().all(upper), "{line}");
        assert_eq!(tag == "TY", !open, "{line}");
        if tag == "TY" {
            records.push(Vec::new());
        }
        open = tag != "ER";
        assert_eq!(value.is_empty(), !open, "{line}");
        let record = records.last_mut().expect("a record");
        if open {
            record.push((tag.to_owned(), value.to_owned()));
        }
    }
    assert!(!open);
    records
}

#[test]
fn ris_reads_back_as_it_was() {
    let desk = desk();
    let records = ris(&desk.stdout(&["show", "inv/é_1", "--format", "ris"]));
    let expected = [
        ("TY", "PCOMM"),
        ("ID", "inv_e_1"),
        ("TI", TITLE),
        ("AU", "Firefly,R.T."),
        ("A2", "Ministry of Plans; Sylvania"),
        ("PY", "1931"),
        ("DA", "1931/05/02/"),
        ("M3", "telegram"),
        ("M1", "7"),
        ("T2", "Invented Relations & Co., 1931, Volume I"),
        ("DB", "Invented Archive"),
        ("AN", "Box 7, Folder A_1"),
        ("CN", "inv/é_1"),
        ("LA", "French"),
        ("UR", "https://example.org/a_b%20c?x=1&y={2}#z"),
        ("AB", "Invented: 100% of it."),
        ("KW", "Harbours"),
        ("KW", "Tugs & barges"),
        (
            "N1",
            "Invented Relations & Co., 1931, Volume I, Document 7.",
        ),
        (
            "N1",
            "From: R.T. Firefly; To: Ministry of Plans, Sylvania; Written at: Freedonia City; \
             Date as printed: May 2, 1931; Classification: Secret; Volume: inv1; Document: 7; \
             Source note: Secret; Niact.",
        ),
    ];
    let expected = expected.map(|(tag, value)| (tag.to_owned(), value.to_owned()));
    assert_eq!(records, [expected]);
}

#[test]
fn ris_keeps_types_and_dates() {
    let records = ris(&all(&desk(), "ris"));
    assert_eq!(records.len(), 7);
    for (id, kind, year, date) in [
        ("inv/2", "RPRT", "1931", "1931-05-02 to 1931-06-09"),
        ("inv/3", "MANSCPT", "", ""),
        ("inv/4", "CHAP", "1931", "1931/05//"),
        ("inv/5", "PCOMM", "1931", "1931///"),
        ("inv/6", "MANSCPT", "", "1930 to 1939"),
        ("inv/7", "MANSCPT", "", "from 1931-05-02"),
    ] {
        let is_it = |record: &&Vec<(String, String)>| record.contains(&("CN".into(), id.into()));
        let record = records.iter().find(is_it).expect("the record");
        let value = |tag: &str| {
            let found = record.iter().find(|(name, _)| name == tag);
            found.map_or("", |(_, value)| value.as_str())
        };
        assert_eq!((value("TY"), value("PY"), value("DA")), (kind, year, date));
    }
}

/// What the schema of CSL-JSON demands of an item, as far as the program
/// writes it: nothing but known properties, each of its type.
fn check_item(item: &Value) {
    const TEXTS: [&str; 14] = [
        "id",
        "type",
        "title",
        "genre",
        "number",
        "container-title",
        "page",
        "archive",
        "archive_location",
        "call-number",
        "language",
        "URL",
        "abstract",
        "note",
    ];
    for (name, value) in item.as_object().expect("an object") {
        match name.as_str() {
            "author" | "recipient" => {
                for person in value.as_array().expect("an array") {
                    let mut parts = person.as_object().expect("a name").iter();
                    let known = ["family", "given", "suffix", "literal"];
                    assert!(parts.all(|(k, v)| known.contains(&k.as_str()) && v.is_string()));
                }
            }
            "issued" => {
                let date = value.as_object().expect("a date");
                assert_eq!(date.len(), 1);
                if let Some(ends) = date.get("date-parts").and_then(Value::as_array) {
                    assert!((1..=2).contains(&ends.len()));
                    for parts in ends.iter().map(|end| end.as_array().expect("parts")) {
                        assert!((1..=3).contains(&parts.len()));
                        assert!(parts.iter().all(Value::is_i64));
                    }
                } else {
                    assert!(date["literal"].is_string());
                }
            }
            "keyword" => assert!(value.is_string()),
            text => assert!(TEXTS.contains(&text) && value.is_string(), "{text}"),
        }
    }
    assert!(item["id"].is_string() && item["type"].is_string());
}

#[test]
fn csl_says_everything() {
    let found = desk().json(&["show", "inv/é_1", "--format", "csl"]);
    check_item(&found[0]);
    let expected = json!([{
        "id": "inv_e_1",
        "type": "personal_communication",
        "title": TITLE,
        "author": [{"family": "Firefly", "given": "R.T."}],
        "recipient": [{"literal": "Ministry of Plans, Sylvania"}],
        "issued": {"date-parts": [[1931, 5, 2]]},
        "genre": "telegram",
        "number": "7",
        "container-title": "Invented Relations & Co., 1931, Volume I",
        "archive": "Invented Archive",
        "archive_location": "Box 7, Folder A_1",
        "call-number": "inv/é_1",
        "language": "French",
        "URL": "https://example.org/a_b%20c?x=1&y={2}#z",
        "abstract": "Invented: 100% of it.",
        "keyword": "Harbours, Tugs & barges",
        "note": "Invented Relations & Co., 1931, Volume I, Document 7.\nFrom: R.T. Firefly\n\
                 To: Ministry of Plans, Sylvania\nWritten at: Freedonia City\n\
                 Date as printed: May 2, 1931\nClassification: Secret\nVolume: inv1\n\
                 Document: 7\nSource note: Secret; Niact.",
    }]);
    assert_eq!(found, expected);
}

#[test]
fn csl_keeps_types_and_dates() {
    let desk = desk();
    let found: Value = serde_json::from_str(&all(&desk, "csl")).expect("JSON");
    let items = found.as_array().expect("an array");
    assert_eq!(items.len(), 7);
    items.iter().for_each(check_item);
    for (id, kind, issued) in [
        (
            "inv_2",
            "report",
            json!({"date-parts": [[1931, 5, 2], [1931, 6, 9]]}),
        ),
        ("inv_3", "manuscript", Value::Null),
        ("inv_4", "chapter", json!({"date-parts": [[1931, 5]]})),
        (
            "inv_5",
            "personal_communication",
            json!({"date-parts": [[1931]]}),
        ),
        (
            "inv_6",
            "manuscript",
            json!({"date-parts": [[1930], [1939]]}),
        ),
        ("inv_7", "manuscript", json!({"literal": "1931-05-02/.."})),
    ] {
        let item = items
            .iter()
            .find(|item| item["id"] == id)
            .expect("the item");
        assert_eq!((&item["type"], &item["issued"]), (&json!(kind), &issued));
    }
    let none = desk.run(&["search", "zeppelin", "--format", "csl"]);
    assert_eq!((none.status, none.stdout.as_str()), (Some(1), "[]\n"));
}

#[test]
fn two_documents_never_share_a_key() {
    let desk = Desk::new();
    let papers = ["a/b", "a_b", "A b"].map(|id| {
        format!("{{\"id\":\"{id}\",\"title\":\"Paper\",\"body\":\"Invented tugboat.\"}}\n")
    });
    desk.write("papers.jsonl", papers.concat());
    desk.stdout(&["-q", "index", "papers.jsonl"]);
    let parsed = Bibliography::parse(&all(&desk, "bibtex")).expect("no key is repeated");
    assert_eq!(parsed.len(), 3);
}

#[test]
fn a_list_of_hits_in_markdown() {
    let desk = desk();
    let found = desk.stdout(&[
        "search",
        "tugboat kind:telegram",
        "--all",
        "--format",
        "markdown",
    ]);
    insta::assert_snapshot!(found, @r#"
    - **Telegram From the Élysée \& "Co\_Op" {50% of #1} to the Ministry \~ x^2 \\ \$5 -- end**, 1931-05-02\
      [Invented Relations \& Co., 1931, Volume I, Document 7.](<https://example.org/a_b%20c?x=1&y={2}#z>)

      > Invented **tugboat**.
    "#);
}
