//! What is shown of a hit: which passage, how it is cut, what is highlighted.

use cables::analysis::{Analyzer, compound};
use cables::query::{SearchOptions, highlight};
use proptest::prelude::*;
use serde_json::json;

use super::support::{Corpus, all_hits, bracketed, highlighted, in_brackets};

/// A body of one paragraph, which begins and ends far from its middle.
fn around(middle: &str) -> String {
    let filler = "Nothing of note was said about the weather in those days. ";
    format!(
        "{}{middle} {}",
        filler.repeat(8),
        filler.repeat(8).trim_end()
    )
}

fn one(body: &str) -> Corpus {
    Corpus::of_bodies(&[body])
}

#[test]
fn a_snippet_begins_at_a_sentence_and_is_cut_between_words() {
    let corpus = one(&around(
        "Castro met Mr. Rusk at noon. They spoke of missiles.",
    ));
    assert_eq!(
        corpus.snippets("rusk", 1, 60),
        ["body: … Castro met Mr. [Rusk] at noon. They spoke of missiles. Nothing …"]
    );
    assert_eq!(
        corpus.snippets("rusk", 1, 20),
        ["body: … met Mr. [Rusk] at …"]
    );
    assert_eq!(
        corpus.snippets("missiles", 1, 36),
        ["body: … They spoke of [missiles]. Nothing of …"]
    );
    assert_eq!(
        corpus.snippets("castro", 1, 30),
        ["body: … [Castro] met Mr. Rusk at noon. …"]
    );
}

#[test]
fn an_ellipsis_stands_only_where_text_goes_on() {
    let corpus = one("Castro met Rusk.");
    assert_eq!(corpus.snippets("rusk", 1, 80), ["body: Castro met [Rusk]."]);
    let corpus = Corpus::of(&[json!({
        "id": "1", "title": "Untitled", "summary": "A meeting.",
        "body": ["First of all.", "Castro met Rusk.", "Last of all."], "notes": ["See there."],
    })]);
    assert_eq!(corpus.snippets("first", 1, 80), ["body: [First] of all. …"]);
    assert_eq!(
        corpus.snippets("castro", 1, 80),
        ["body: … [Castro] met Rusk. …"]
    );
    assert_eq!(corpus.snippets("last", 1, 80), ["body: … [Last] of all."]);
    assert_eq!(
        corpus.snippets("\"rusk last\"", 1, 80),
        ["body: … Castro met [Rusk. Last] of all."]
    );
    assert_eq!(corpus.snippets("meeting", 1, 80), ["summary: A [meeting]."]);
    assert_eq!(corpus.snippets("there", 1, 80), ["notes: See [there]."]);
}

#[test]
fn the_passage_with_the_most_words_wins() {
    let filler = "Nothing of note was said about the weather. ".repeat(12);
    let corpus = one(&format!(
        "Cuba. {filler}Cuba again and Cuba. {filler}The missile base in Cuba was seen. {filler}Missile."
    ));
    assert_eq!(
        corpus.snippets("missile cuba base", 1, 60),
        ["body: … The [missile] [base] in [Cuba] was seen. Nothing of note was said …"]
    );
}

#[test]
fn a_phrase_is_highlighted_as_one_and_its_words_elsewhere_are_not() {
    let corpus = one("Castro spoke. F. Castro’s statement by F. Rusk. F. Castro, too.");
    assert_eq!(
        corpus.snippet("\"F. Castro\""),
        "Castro spoke. [F. Castro’s] statement by F. Rusk. [F. Castro], too."
    );
    assert_eq!(
        corpus.snippet("\"statement rusk\"~2"),
        "Castro spoke. F. Castro’s [statement by F. Rusk]. F. Castro, too."
    );
    assert_eq!(
        corpus.snippet("\"F. Cas\"* -nothing"),
        "Castro spoke. [F. Castro’s] statement by F. Rusk. [F. Castro], too."
    );
}

#[test]
fn words_are_highlighted_as_printed() {
    let body = "Negotiating at the Élysée, the U. S. S. R. offered to co-operate; the ﬁnal irreconcil-\nability.";
    let corpus = one(body);
    let snippet = |query: &str| corpus.snippet(query);
    assert!(snippet("negotiations").starts_with("[Negotiating] at"));
    assert!(snippet("elysee").contains("the [Élysée], the"));
    assert!(snippet("USSR").contains("the [U. S. S. R]. offered"));
    assert!(snippet("cooperate").contains("to [co-operate]; the"));
    assert!(snippet("\"to cooperate the\"").contains("[to co-operate; the] ﬁnal"));
    assert!(snippet("final").contains("the [ﬁnal] "));
    assert!(snippet("irreconcilability").ends_with("[irreconcil-ability]."));
    assert!(snippet("negot*").starts_with("[Negotiating]"));
    assert!(snippet("elisee~1").contains("[Élysée]"));
}

#[test]
fn only_what_matched_is_highlighted() {
    let corpus = one("Cuba and missiles.");
    assert_eq!(corpus.snippet("cuba -peace"), "[Cuba] and missiles.");
    assert_eq!(
        corpus.snippet("cuba title:missiles"),
        "[Cuba] and missiles."
    );
    assert_eq!(corpus.snippet("body:missiles"), "Cuba and [missiles].");
    // A branch that the document does not meet is no reason to show it.
    assert_eq!(
        corpus.snippet("(missiles AND peace) OR cuba"),
        "[Cuba] and missiles."
    );
    assert_eq!(
        corpus.snippet("cuba (+peace missiles)"),
        "[Cuba] and missiles."
    );
    assert_eq!(
        corpus.snippet("cuba (missiles -and)"),
        "[Cuba] and missiles."
    );
}

#[test]
fn several_snippets_are_apart() {
    let middle = "Castro spoke of the missiles then. ";
    let corpus = one(&around(&around(&format!(
        "{middle}{} {middle}",
        around("Castro again.")
    ))));
    let snippets = corpus.snippets("castro missiles", 3, 50);
    assert_eq!(
        snippets,
        [
            "body: … [Castro] spoke of the [missiles] then. Nothing of note …",
            "body: … [Castro] spoke of the [missiles] then. Nothing of note …",
            "body: … [Castro] again. Nothing of note was said about the …",
        ]
    );
    let corpus = one(&"Castro spoke. ".repeat(40));
    let snippets = corpus.snippets("castro", 9, 60);
    let words: usize = snippets
        .iter()
        .map(|snippet| snippet.matches("Castro").count())
        .sum();
    assert!(snippets.len() > 3 && words <= 40, "{snippets:?}");
}

#[test]
fn other_places_are_named() {
    let corpus = Corpus::of(&[json!({
        "id": "1", "title": "Telegram on Cuba", "from": "Andrei Gromyko, Minister", "to": "Alekseev",
        "persons": ["Rodion Malinovsky"], "place": "Moscow", "date": "1962-10-16",
        "body": "The text.", "notes": ["One note.", "Another note."], "Translator": "Somebody Else",
    })]);
    for (query, wanted) in [
        ("cuba", "title: Telegram on [Cuba]"),
        ("another", "notes: [Another] note."),
        ("sender:gromyko", "sender: Andrei [Gromyko], Minister"),
        (
            "sender:(gromyko AND minister)",
            "sender: Andrei [Gromyko], [Minister]",
        ),
        ("person:malinovsky", "person: Rodion [Malinovsky]"),
        ("place:moscow", "place: [Moscow]"),
        ("moscow", "place: [Moscow]"),
        ("somebody", "Translator: [Somebody] Else"),
        ("date:1962-10", "body: The text."),
        ("*", "body: The text."),
        ("-nothing", "body: The text."),
    ] {
        assert_eq!(corpus.snippets(query, 1, 80), [wanted], "{query}");
    }
    let hit = corpus.search("\"telegram on\" cuba").hits.remove(0);
    assert_eq!(hit.title_highlights, [0..11, 12..16]);
    let snippets = corpus.snippets("sender:gromyko text cuba", 5, 80);
    assert_eq!(snippets.len(), 3, "{snippets:?}");
}

#[test]
fn a_long_value_is_cut_too() {
    let archive = around("National Archives of Cuba.");
    let corpus =
        Corpus::of(&[json!({"id": "1", "title": "Untitled", "body": "x", "archive": archive})]);
    let snippet = corpus.snippets("archive:cuba", 1, 50).remove(0);
    assert_eq!(
        snippet,
        "archive: … National Archives of [Cuba]. Nothing of note was …"
    );
}

#[test]
fn a_document_of_a_title_alone_has_a_snippet() {
    let corpus = Corpus::of(&[json!({"id": "1", "title": "Telegram on Cuba"})]);
    assert_eq!(corpus.snippets("*", 1, 80), ["title: Telegram on Cuba"]);
    assert_eq!(
        corpus.snippets("telegram", 1, 80),
        ["title: [Telegram] on Cuba"]
    );
}

/// A paragraph is stored in pieces; nobody must see where.
#[test]
fn a_huge_paragraph_is_one_text() {
    let words: Vec<String> = (0..9000).map(|number| format!("word{number}")).collect();
    let corpus = one(&words.join(" "));
    for number in (100..8900).step_by(7) {
        let wanted = format!(
            "body: … word{} word{} [word{number}] word{} word{} …",
            number - 2,
            number - 1,
            number + 1,
            number + 2
        );
        let width = wanted.len() - "body: … [] …".len();
        let found = corpus
            .snippets(&format!("word{number}"), 1, width)
            .remove(0);
        let lengths_differ = [10, 100, 1000]
            .iter()
            .any(|ten| (number - 2..number + 3).contains(ten));
        assert!(lengths_differ || found == wanted, "{found}");
    }
    let shown = highlight(
        &corpus.snapshot,
        "0",
        Some("word5000 \"word7000 word7001\""),
    );
    let shown = shown.expect("an answer").expect("a document");
    let marked: Vec<&str> = shown.body[0]
        .iter()
        .map(|r| &shown.cable.body[0].text[r.clone()])
        .collect();
    assert_eq!(marked, ["word5000", "word7000 word7001"]);
}

#[test]
fn scripts_without_spaces_keep_the_width() {
    let text = "古巴导弹危机期间苏联大使会见了卡斯特罗并转达了指示".repeat(40);
    let corpus = one(&text);
    let snippet = corpus.snippets("\"卡斯特罗\"", 1, 20).remove(0);
    assert_eq!(
        snippet,
        "body: … 间苏联大使会见了[卡斯特罗]并转达了指示古巴 …"
    );
    let corpus = one("Посол посетил Ф. Кастро. Он передал указания.");
    assert_eq!(
        corpus.snippets("кастро", 1, 200),
        ["body: Посол посетил Ф. [Кастро]. Он передал указания."]
    );
}

#[test]
fn a_dash_at_a_line_end_is_no_hyphen() {
    let corpus = one("one --\ntwo irreconcil-\nability castro");
    assert_eq!(
        corpus.snippet("castro"),
        "one -- two irreconcil-ability [castro]"
    );
}

#[test]
fn show_highlights_the_whole_document() {
    let corpus = Corpus::of(&[json!({
        "id": "1", "title": "Cuba", "summary": "Of Cuba.", "place": "Havana, Cuba",
        "body": ["None.", "Of Cuba and Cuba's sea", "wall"], "notes": ["Cuba"],
    })]);
    let shown = |query| {
        let shown = highlight(&corpus.snapshot, "1", query).expect("an answer");
        let shown = shown.expect("a document");
        let cable = &shown.cable;
        let mut texts = vec![
            in_brackets(&cable.title, &shown.title),
            in_brackets(cable.summary.as_deref().unwrap_or_default(), &shown.summary),
        ];
        assert_eq!((shown.body.len(), shown.notes.len()), (3, 1));
        let body = cable.body.iter().zip(&shown.body);
        texts.extend(body.map(|(paragraph, ranges)| in_brackets(&paragraph.text, ranges)));
        let notes = cable.notes.iter().zip(&shown.notes);
        texts.extend(notes.map(|(note, ranges)| in_brackets(&note.text, ranges)));
        texts.join(" | ")
    };
    assert_eq!(
        shown(Some("cuba")),
        "[Cuba] | Of [Cuba]. | None. | Of [Cuba] and [Cuba's] sea | wall | [Cuba]"
    );
    // A phrase over two paragraphs is marked in both.
    assert_eq!(
        shown(Some("\"sea wall\"")),
        "Cuba | Of Cuba. | None. | Of Cuba and Cuba's [sea] | [wall] | Cuba"
    );
    // What is asked for besides words need not be met, to read a document.
    assert_eq!(
        shown(Some("+none +date:1963")),
        "Cuba | Of Cuba. | [None]. | Of Cuba and Cuba's sea | wall | Cuba"
    );
    let plain = "Cuba | Of Cuba. | None. | Of Cuba and Cuba's sea | wall | Cuba";
    assert_eq!(shown(None), plain);
    assert_eq!(shown(Some("nosuchword")), plain);
    assert_eq!(
        shown(Some("nosuchword AND wall")),
        plain.replace("wall", "[wall]")
    );
}

/// The words of a text as the analyzer sees them, without compounds.
fn terms(text: &str) -> Vec<String> {
    let mut terms = Vec::new();
    Analyzer::new().analyze(text, 0, |token| {
        if compound::split(token.term).1 == 1 {
            terms.push(token.term.to_owned());
        }
    });
    terms
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(24) })]

    /// What is highlighted is the phrase, each time, and every hit shows it.
    #[test]
    fn highlights_are_what_matched(
        bodies in prop::collection::vec(prop::collection::vec("[abc]|é|N\\. S\\.|c's|aaaaaaaaaaaaaa\\.", 1..120), 3..6),
        phrase in prop::collection::vec("[abce]|ns", 1..4),
        width in 10usize..120,
    ) {
        let bodies: Vec<String> = bodies.iter().map(|words| words.join(" ")).collect();
        let corpus = Corpus::of_bodies(&bodies.iter().map(String::as_str).collect::<Vec<_>>());
        let query = format!("\"{}\"", phrase.join(" "));
        let options = SearchOptions { snippets: 3, snippet_width: width, ..all_hits() };
        for hit in corpus.search_with(&query, &options).hits {
            prop_assert!(hit.snippets.iter().all(|snippet| !snippet.highlights.is_empty()));
            for marked in highlighted(&hit) {
                // Occurrences that overlap are marked as one.
                let marked = terms(&format!("{marked}."));
                prop_assert!(marked.len() >= phrase.len());
                prop_assert!(marked.starts_with(&phrase) && marked.ends_with(&phrase), "{:?}", marked);
            }
            for snippet in &hit.snippets {
                let phrase_width = 15 * phrase.len();
                prop_assert!(snippet.text.chars().count() <= width.max(phrase_width) + 8, "{}", bracketed(snippet));
            }
        }
    }
}
