//! Readers of every format but TEI, through the public API. All documents
//! here but the seed are invented.

use std::io::Cursor;
use std::path::PathBuf;

use cables::cable::{BodyPosition, Cable, Kind, Party};
use cables::ingest::{Csv, Format, Html, Jsonl, Limits, Markdown, Source, Text, Wilson};
use proptest::prelude::*;

fn source() -> Source {
    Source {
        path: PathBuf::from("box/invented.txt"),
        name: "box/invented".to_owned(),
        stem: "invented".to_owned(),
    }
}

fn read_within(format: &dyn Format, text: &[u8], limits: Limits) -> Vec<Result<Cable, String>> {
    format
        .read(Box::new(Cursor::new(text.to_vec())), &source(), limits)
        .map(|cable| cable.map_err(|error| error.to_string()))
        .collect()
}

fn read(format: &dyn Format, text: &str) -> Vec<Result<Cable, String>> {
    read_within(format, text.as_bytes(), Limits::default())
}

/// The only document of a text.
#[track_caller]
fn one(format: &dyn Format, text: &str) -> Cable {
    let mut cables = read(format, text);
    assert_eq!(cables.len(), 1, "{cables:?}");
    cables.remove(0).expect("a document")
}

/// The only error of a text.
#[track_caller]
fn failure(format: &dyn Format, text: &str) -> String {
    let mut cables = read(format, text);
    assert_eq!(cables.len(), 1, "{cables:?}");
    cables.remove(0).expect_err("an error")
}

fn body(cable: &Cable) -> Vec<&str> {
    cable.body.iter().map(|p| p.text.as_str()).collect()
}

fn extras(cable: &Cable) -> Vec<(&str, &str)> {
    let pairs = cable.extras.iter();
    pairs.map(|e| (e.name.as_str(), e.value.as_str())).collect()
}

fn party(name: &str, office: &str) -> Option<Party> {
    Some(Party {
        name: name.to_owned(),
        office: (!office.is_empty()).then(|| office.to_owned()),
    })
}

mod wilson {
    use super::*;

    const SEED: &str = include_str!("../seeds/000_cbaac17fe77df40f.txt");

    #[test]
    fn the_seed_fills_every_field() {
        let cable = one(&Wilson, SEED);
        assert_eq!(cable.id, "wilson/112639");
        assert_eq!(
            cable.title,
            "Cable from Soviet Foreign Minister Gromyko to USSR Ambassador to Cuba A.I. Alekseev (2)"
        );
        assert_eq!(cable.kind, Kind::Telegram);
        assert_eq!(cable.number, None);
        assert_eq!(
            cable.date.map(|d| d.earliest.to_string()).as_deref(),
            Some("1962-10-31")
        );
        assert_eq!(
            cable.date.map(|d| d.latest.to_string()).as_deref(),
            Some("1962-10-31")
        );
        assert_eq!(cable.date_text.as_deref(), Some("October 31, 1962"));
        assert_eq!(cable.place, None);
        assert_eq!(cable.sender, party("Gromyko", "Soviet Foreign Minister"));
        assert_eq!(
            cable.addressee,
            party("A.I. Alekseev", "USSR Ambassador to Cuba")
        );
        assert_eq!(
            cable.summary.as_deref(),
            Some(
                "Gromyko telling Alekseev to relay instructions to Castro, namely for Castro to take strides in \
                 normalizing relations with the US and other Latin American countries."
            )
        );
        assert_eq!(cable.body.len(), 6);
        assert_eq!(
            cable.body[0].text,
            "You should visit F. Castro and, after reference to these instructions, tell him the following."
        );
        assert_eq!(cable.body[5].text, "31.X.62 A. GROMYKO");
        assert_eq!(cable.notes, []);
        assert_eq!(cable.persons, []);
        assert_eq!(cable.subjects, Vec::<String>::new());
        assert_eq!(cable.classification, None);
        assert_eq!(
            cable.archive.as_deref(),
            Some(
                "Archive of Foreign Policy, Russian Federation (AVP RF), Moscow; copy obtained by NHK (Japanese \
                 Television), provided to CWIHP, and on file at National Security Archive, Washington, D.C.; \
                 translation by Vladimir Zaemsky."
            )
        );
        assert_eq!(cable.language.as_deref(), Some("Russian"));
        assert_eq!(cable.volume, None);
        assert_eq!(
            cable.citation.as_deref(),
            Some(
                "\"Cable from Soviet Foreign Minister Gromyko to USSR Ambassador to Cuba A.I. Alekseev (2)\", \
                 October 31, 1962, Wilson Center Digital Archive, Archive of Foreign Policy, Russian Federation \
                 (AVP RF), Moscow; copy obtained by NHK (Japanese Television), provided to CWIHP, and on file at \
                 National Security Archive, Washington, D.C.; translation by Vladimir Zaemsky"
            )
        );
        assert_eq!(
            cable.url.as_deref(),
            Some("https://wilson-center.drivingcreative.com/document/112639")
        );
        assert_eq!(extras(&cable), [("contents", "Translation - English")]);
    }

    #[test]
    fn every_line_of_the_seed_is_in_some_field() {
        let cable = one(&Wilson, SEED);
        let kept = serde_json::to_string(&cable)
            .expect("JSON")
            .replace("\\\"", "\"");
        for line in SEED.lines() {
            let line = line.trim().trim_matches('*');
            let is_label =
                ["Citation:", "Summary:", "Original Language:", "Contents:"].contains(&line);
            let line = line.trim_start_matches("[Source:").trim_end_matches(']');
            for word in line
                .split_whitespace()
                .map(|word| word.trim_matches(['<', '>']))
            {
                assert!(
                    is_label || kept.contains(word),
                    "{word:?} of {line:?} is lost"
                );
            }
        }
    }

    #[test]
    fn other_labels_go_to_their_fields_or_are_kept() {
        let cable = one(
            &Wilson,
            "**undated**\n\n**Memorandum of Conversation**\n\n**Document Number:** 7\n\n**Author(s):**\n\n\
             Doe, Jane\n\n**Persons Mentioned:**\n\n• Roe, Richard\n• Poe, Paul\n\n**Subjects Discussed:**\n\n\
             Kites; Ropes\n\n**Rights:**\n\nNobody's.\n\n**Citation:**\n\n\"X\", Wilson Center Digital Archive, \
             Box 1. http://example.org/document/55-a-slug\n\n**Contents:**\n\nOriginal Scan\n\n**Doe:** No\\*.\n\n\
             Closing.\n",
        );
        assert_eq!(cable.id, "wilson/55");
        assert_eq!(
            (cable.date, cable.date_text.as_deref()),
            (None, Some("undated"))
        );
        assert_eq!(cable.kind, Kind::MemorandumOfConversation);
        assert_eq!(cable.number.as_deref(), Some("7"));
        assert_eq!(cable.sender, party("Doe, Jane", ""));
        let persons: Vec<&str> = cable.persons.iter().map(|p| p.name.as_str()).collect();
        assert_eq!(persons, ["Roe, Richard", "Poe, Paul"]);
        assert_eq!(cable.subjects, ["Kites", "Ropes"]);
        assert_eq!(cable.archive.as_deref(), Some("Box 1."));
        assert_eq!(
            cable.citation.as_deref(),
            Some("\"X\", Wilson Center Digital Archive, Box 1.")
        );
        assert_eq!(
            extras(&cable),
            [("Rights", "Nobody's."), ("contents", "Original Scan")]
        );
        assert_eq!(body(&cable), ["Doe: No*.", "Closing."]);
    }

    #[test]
    fn bold_marks_around_nothing_are_no_paragraph() {
        let cable = one(&Wilson, "Title\n\n**\n\nMore\n");
        assert_eq!(body(&cable), ["More"]);
    }

    #[test]
    fn without_a_number_the_id_is_the_files_stem() {
        let text = "**1962**\n\n**Report**\n\n**Citation:**\n\nNone <https://example.org/document/a-slug-1962>\n";
        assert_eq!(one(&Wilson, text).id, "invented");
    }
}

mod text {
    use super::*;

    #[test]
    fn title_date_and_paragraphs() {
        let cable = one(
            &Text,
            "Telegram from the Embassy in Freedonia\nto the Department of Kites\nOctober 3, 1962\n\nThe mis-\nsiles \
             are\r\ngone.\n\n\nEnd.\n",
        );
        assert_eq!(
            cable.title,
            "Telegram from the Embassy in Freedonia to the Department of Kites"
        );
        assert_eq!(cable.date_text.as_deref(), Some("October 3, 1962"));
        assert_eq!(body(&cable), ["The mis-\nsiles are gone.", "End."]);
        assert_eq!(cable.id, "box/invented");
        assert_eq!(cable.kind, Kind::Telegram);
    }

    #[test]
    fn header_lines_fill_fields() {
        let cable = one(
            &Text,
            "From: Jane Doe (Consul)\nTo: Ministry of Kites\nDate: 3 Oct 62\nSubject: Ropes,\n  old and new\n\
             X-Box: 12\n\nThe ropes are short.\n",
        );
        assert_eq!(cable.title, "Ropes, old and new");
        assert_eq!(cable.sender, party("Jane Doe", "Consul"));
        assert_eq!(cable.addressee, party("Ministry of Kites", ""));
        assert_eq!(
            cable.date.map(|d| d.earliest.to_string()).as_deref(),
            Some("1962-10-03")
        );
        assert_eq!(extras(&cable), [("X-Box", "12")]);
        assert_eq!(body(&cable), ["The ropes are short."]);
    }

    #[test]
    fn a_conversation_is_no_front_matter() {
        let cable = one(&Text, "Doe: Good day.\nRoe: Good night.\n");
        assert_eq!(cable.title, "Doe: Good day.");
        assert_eq!(body(&cable), ["Roe: Good night."]);
    }

    #[test]
    fn a_long_first_paragraph_is_no_title_and_nothing_is_doubled() {
        let line = "you should then visit the minister and tell him ".repeat(3);
        let cable = one(&Text, &format!("{line}\n{line}\n"));
        assert_eq!(cable.title, "");
        assert_eq!(cable.body.len(), 1);
        assert_eq!(cable.body[0].text.matches("minister").count(), 6);
    }

    #[test]
    fn what_has_no_text_is_an_error() {
        assert_eq!(
            failure(&Text, " \n\n"),
            "box/invented.txt:1: the file is empty"
        );
        assert_eq!(
            failure(&Text, "1 2 3\n"),
            "box/invented.txt:1: the document has no text: there is no letter in its title and body"
        );
        let limits = Limits {
            document_bytes: 8,
            ..Limits::default()
        };
        assert_eq!(
            read_within(&Text, b"more than eight", limits),
            [Err(
                "box/invented.txt:1: the document is larger than 8 bytes; split it into its documents".to_owned()
            )]
        );
    }
}

mod markdown {
    use super::*;

    #[test]
    fn front_matter_headings_lists_tables_and_footnotes() {
        let cable = one(
            &Markdown,
            "---\ntitle: Telegram 5\ndate: 1962-10-03\ntags: [kites, ropes]\nbox: {no: 3}\n---\n# Telegram 5\n\nThe \
             *old*\nropes[^a] broke.\n\n3. one\n4. two\n\n| a | b |\n|---|---|\n| c | d |\n\n## Close\n\n<div>Raw \
             &amp; ready</div>\n\n[^a]: Of hemp.\n",
        );
        assert_eq!(cable.title, "Telegram 5");
        assert_eq!(
            cable.date.map(|d| d.earliest.to_string()).as_deref(),
            Some("1962-10-03")
        );
        assert_eq!(cable.subjects, ["kites", "ropes"]);
        assert_eq!(extras(&cable), [("box", "{\"no\":3}")]);
        assert_eq!(
            body(&cable),
            [
                "The old ropes broke.",
                "3. one",
                "4. two",
                "a | b",
                "c | d",
                "Close",
                "Raw & ready"
            ]
        );
        assert_eq!(cable.notes.len(), 1);
        assert_eq!(cable.notes[0].label.as_deref(), Some("a"));
        assert_eq!(cable.notes[0].text, "Of hemp.");
        let at = BodyPosition {
            paragraph: 0,
            offset: 13,
        };
        assert_eq!(cable.notes[0].anchor, Some(at));
    }

    #[test]
    fn yaml_that_is_none_is_read_by_its_lines() {
        let cable = one(
            &Markdown,
            "---\ntitle: Telegram: the ropes\nbox: [1\n---\nText.\n",
        );
        assert_eq!(cable.title, "Telegram: the ropes");
        assert_eq!(extras(&cable), [("box", "[1")]);
        assert_eq!(body(&cable), ["Text."]);
    }

    #[test]
    fn toml_and_rules_and_no_front_matter() {
        let cable = one(
            &Markdown,
            "+++\ntitle = \"Ropes\"\ntags = [\"a\"]\n+++\nText.\n",
        );
        assert_eq!((cable.title.as_str(), cable.subjects.len()), ("Ropes", 1));
        let cable = one(&Markdown, "---\n\nText\n\n---\n\nmore\n");
        assert_eq!((cable.title.as_str(), body(&cable)), ("Text", vec!["more"]));
    }
}

mod html {
    use super::*;

    #[test]
    fn head_and_readable_text() {
        let cable = one(
            &Html,
            "<!doctype html><html><head><title>Ropes – Archive</title><meta name='DC.date' content='1962-10-03'>\
             <meta name=DC.creator content='Jane Doe'><meta name=viewport content=x><meta name=box content=3>\
             <style>p{}</style></head><body><nav>Home</nav><h1>Cable\non ropes</h1><p>One<br>line &eacute;&amp;</p>\
             <div>a<b>b</b>c<script>if (1<2) {'</p>'}</script></div><table><tr><td>x<td><p>y</table>Tail</body>",
        );
        assert_eq!(cable.title, "Cable on ropes");
        assert_eq!(cable.date_text.as_deref(), Some("1962-10-03"));
        assert_eq!(cable.sender, party("Jane Doe", ""));
        assert_eq!(extras(&cable), [("box", "3"), ("title", "Ropes – Archive")]);
        assert_eq!(body(&cable), ["One line é&", "abc", "x | y", "Tail"]);
    }

    #[test]
    fn an_element_that_is_never_closed_hides_nothing() {
        let cable = one(&Html, "<h1>T</h1><nav>menu <p>the text");
        assert_eq!(body(&cable), ["menu the text"]);
    }

    #[test]
    fn a_tag_without_end_is_an_error_and_a_long_value_is_none() {
        let words = "word ".repeat(5_000);
        let page = format!("<h1>T</h1><p title = \"{words}>\">Text</p><a {words}");
        assert_eq!(
            failure(&Html, &page),
            "box/invented.txt:1: the page has a tag without end; mend it or save the page as text"
        );
        let page = format!("<h1>T</h1><p title = \"{words}>\">Text</p>");
        assert_eq!(body(&one(&Html, &page)), ["Text"]);
    }

    #[test]
    fn nesting_costs_nothing() {
        let text = format!("{}deep", "<div><b>".repeat(300_000));
        assert_eq!(body(&one(&Html, &text)), ["deep"]);
    }
}

mod jsonl {
    use super::*;

    #[test]
    fn a_line_is_a_cable_and_a_bad_one_an_error() {
        let deep = "[".repeat(100_000);
        let read = read(
            &Jsonl,
            &format!(
                "{{\"title\":\"A\",\"text\":\"one\\n\\ntwo\",\"from\":\"x\",\"nested\":{{\"a\":[1]}},\"persons\":\"P; \
                 Q\",\"kind\":\"memcon\"}}\n\nnope\n[1]\n{{\"a\":{deep}\n{{\"id\":\"n/2\",\"subject\":\"B\",\
                 \"notes\":[\"n\"],\"date\":1962,\"author\":\"y\",\"source\":\"Box\"}}\n{{\"id\":\"n/3\"}}\n"
            ),
        );
        let first = read[0].as_ref().expect("a document");
        assert_eq!(
            (first.id.as_str(), first.title.as_str()),
            ("invented/1", "A")
        );
        assert_eq!(body(first), ["one", "two"]);
        assert_eq!(first.kind, Kind::MemorandumOfConversation);
        assert_eq!(extras(first), [("nested", "{\"a\":[1]}")]);
        assert_eq!(first.persons.len(), 2);
        assert_eq!((first.source.line, first.source.ordinal), (Some(1), 0));
        assert_eq!(
            read[1],
            Err("box/invented.txt:3: no JSON object: expected ident in column 2".to_owned())
        );
        assert!(
            matches!(&read[2], Err(e) if e.starts_with("box/invented.txt:4: a list is no JSON object; write each")),
            "{:?}",
            read[2]
        );
        assert!(
            matches!(&read[3], Err(e) if e.starts_with("box/invented.txt:5: no JSON object: it is nested too deep")),
            "{:?}",
            read[3]
        );
        let second = read[4].as_ref().expect("a document");
        assert_eq!((second.id.as_str(), second.title.as_str()), ("n/2", "B"));
        assert_eq!(second.archive.as_deref(), Some("Box"));
        assert_eq!(second.date_text.as_deref(), Some("1962"));
        assert_eq!(second.notes[0].text, "n");
        assert_eq!((second.source.line, second.source.ordinal), (Some(6), 1));
        assert!(
            matches!(&read[5], Err(e) if e.starts_with("box/invented.txt:7: the document has no text"))
        );
        assert_eq!(read.len(), 6);
    }

    #[test]
    fn a_cable_written_as_json_is_read_back() {
        let mut cable = one(&Wilson, include_str!("../seeds/000_cbaac17fe77df40f.txt"));
        cable.notes.push(cables::cable::Note {
            label: Some("1".to_owned()),
            text: "A note.".to_owned(),
            anchor: Some(BodyPosition {
                paragraph: 5,
                offset: 2,
            }),
        });
        let json = serde_json::to_string(&cable).expect("JSON");
        let mut again = one(&Jsonl, &json);
        again.source = cable.source.clone();
        assert_eq!(again, cable);
    }

    #[test]
    fn a_position_outside_of_the_body_is_dropped() {
        let cable = one(
            &Jsonl,
            r#"{"text":"é","notes":[{"text":"n","anchor":{"paragraph":0,"offset":1}}],"pages":[{"label":"3","at":{"paragraph":9,"offset":0}}]}"#,
        );
        assert_eq!((cable.notes[0].anchor, cable.pages.len()), (None, 0));
    }

    #[test]
    fn a_line_beyond_the_limit_is_skipped() {
        let mut text = b"{\"text\":\"".to_vec();
        text.resize(70 << 20, b'x');
        text.extend_from_slice(b"\"}\n{\"text\":\"kept\"}\n");
        let limits = Limits {
            document_bytes: 1 << 20,
            ..Limits::default()
        };
        let read = read_within(&Jsonl, &text, limits);
        assert_eq!(
            read[0],
            Err(
                "box/invented.txt:1: the line is larger than 1 MiB; split it into its documents"
                    .to_owned()
            )
        );
        assert_eq!(body(read[1].as_ref().expect("a document")), ["kept"]);
        assert_eq!(read.len(), 2);
    }
}

mod csv {
    use super::*;

    #[test]
    fn a_row_is_a_cable() {
        let read = read(
            &Csv,
            "id;Title;Text;Box\r\n1;A;\"one\r\n\r\n\"\"two\"\"; x\";7\r\n\r\n2;B;only two\r\n;C;three;\r\n",
        );
        let first = read[0].as_ref().expect("a document");
        assert_eq!((first.id.as_str(), first.title.as_str()), ("1", "A"));
        assert_eq!(body(first), ["one", "\"two\"; x"]);
        assert_eq!(extras(first), [("Box", "7")]);
        assert_eq!(first.source.line, Some(2));
        assert_eq!(
            read[1],
            Err(
                "box/invented.txt:6: the row has 3 fields, the header row 4; put fields with a delimiter, a quote \
                 mark or a line end in quotes"
                    .to_owned()
            )
        );
        let third = read[2].as_ref().expect("a document");
        assert_eq!(
            (third.id.as_str(), third.source.line),
            ("invented/7", Some(7))
        );
        assert_eq!(third.source.ordinal, 1);
        assert_eq!(read.len(), 3);
    }

    #[test]
    fn a_lost_quote_costs_its_row_alone() {
        let read = read(&Csv, "title,text\nA,\"one\nB,two\nC,three");
        assert_eq!(
            read[0],
            Err(
                "box/invented.txt:2: a quoted field that begins in this row is never closed; add the missing quote \
                 mark"
                    .to_owned()
            )
        );
        let titles: Vec<_> = read[1..]
            .iter()
            .flatten()
            .map(|c| (c.title.as_str(), c.source.line))
            .collect();
        assert_eq!(titles, [("B", Some(3)), ("C", Some(4))]);
    }

    #[test]
    fn reading_again_after_a_lost_quote_is_linear() {
        let mut text = "title,text\nlost,\"x\n".to_owned();
        for number in 0..200_000 {
            text.push_str(&format!("T{number},text\n"));
        }
        let begun = std::time::Instant::now();
        let read = read(&Csv, &text);
        assert_eq!(read.iter().filter(|row| row.is_ok()).count(), 200_000);
        assert!(begun.elapsed().as_secs() < 60);
    }

    #[test]
    fn tabs_a_named_delimiter_and_headers_without_a_text() {
        assert_eq!(one(&Csv, "title\ttext\nA, a\tb\n").title, "A, a");
        let cable = one(&Csv, "sep=|\ntitle|text\nA|b, c\n");
        assert_eq!((cable.title.as_str(), cable.source.line), ("A", Some(3)));
        assert_eq!(
            failure(&Csv, "a,b\n1,2\n"),
            "box/invented.txt:1: no column of the header row holds a text; name one of them text, body, title or \
             summary"
        );
        assert_eq!(
            failure(&Csv, "\n\n"),
            "box/invented.txt:1: the file is empty"
        );
    }

    #[test]
    fn a_row_beyond_the_limit_is_skipped() {
        let text = format!("title,text\nA,{}\nB,kept\n", "x".repeat(70 << 20));
        let limits = Limits {
            document_bytes: 1 << 10,
            ..Limits::default()
        };
        let read = read_within(&Csv, text.as_bytes(), limits);
        assert_eq!(
            read[0],
            Err("box/invented.txt:2: the row is larger than 1024 bytes; split it into its documents".to_owned())
        );
        assert_eq!(body(read[1].as_ref().expect("a document")), ["kept"]);
        assert_eq!(read.len(), 2);
    }
}

const READERS: [&dyn Format; 6] = [&Wilson, &Text, &Markdown, &Html, &Jsonl, &Csv];

/// Pieces of which every format makes something.
const PIECES: [&str; 32] = [
    "**Citation:**",
    "**Contents:**",
    "**",
    "---\n",
    "+++\n",
    "title: ",
    "From: x\n",
    "[^a]",
    "[^a]: ",
    "# ",
    "| a |\n|-|\n",
    "1. ",
    "> ",
    "\n",
    "\n\n",
    "\r",
    " ",
    "<p>",
    "</p>",
    "<nav>",
    "<title>",
    "<meta name=a content=b>",
    "<br>",
    "{\"a\":",
    "\"",
    ",",
    "[Source: ",
    "]",
    "é-\n",
    "word",
    "\u{fffd}",
    "http://x/document/1",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_reader_panics_on_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        for reader in READERS {
            read_within(reader, &bytes, Limits::default());
        }
    }

    #[test]
    fn plain_text_is_neither_lost_nor_doubled(lines in proptest::collection::vec("([a-zA-Z]{1,9} ){0,30}", 1..12)) {
        let text = format!("Beginning\n{}", lines.join("\n"));
        let cable = read(&Text, &text).remove(0).expect("a document");
        let kept = format!("{} {}", cable.title, body(&cable).join(" "));
        let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        prop_assert_eq!(words(&kept), words(&text));
    }

    #[test]
    fn what_readers_deliver_holds_together(pieces in proptest::collection::vec(0..PIECES.len(), 0..40), limit in 1_usize..400) {
        let text: String = pieces.into_iter().map(|at| PIECES[at]).collect();
        for reader in READERS {
            for limit in [limit, 1 << 20] {
                let limits = Limits { document_bytes: limit, ..Limits::default() };
                for cable in read_within(reader, text.as_bytes(), limits).into_iter().flatten() {
                    prop_assert!(!cable.id.is_empty());
                    prop_assert!(cable.body.iter().all(|p| !p.text.trim().is_empty()));
                    for anchor in cable.notes.iter().filter_map(|note| note.anchor) {
                        let at = anchor.paragraph as usize;
                        prop_assert!(at <= cable.body.len());
                        if let Some(paragraph) = cable.body.get(at) {
                            prop_assert!(paragraph.text.is_char_boundary(anchor.offset as usize));
                        }
                    }
                }
            }
        }
    }
}
