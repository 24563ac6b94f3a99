//! Every line of the query language, by what it finds.

use cables::query::{MAX_EXPANSIONS, QueryError, SearchOptions};
use serde_json::json;

use super::support::{Corpus, all_hits, body_of, ids};

/// Invented cables; each id hints at what it is for.
fn archive() -> Corpus {
    Corpus::of(&[
        json!({
            "id": "frus1962x/d1", "title": "Telegram From the Embassy in Cuba to the Department of State",
            "date": "1962-10-16", "place": "Havana", "volume": "frus1962x", "language": "English",
            "classification": "Secret; Priority", "archive": "National Archives, RG 59",
            "persons": ["Fidel Castro", "Andrei Gromyko"], "number": "12",
            "summary": "Missiles were seen.",
            "body": "Castro told Khrushchev of the missile. A nuclear test was made near the sea.",
            "notes": ["See the quarantine."],
        }),
        json!({
            "id": "frus1962x/d2", "title": "Letter on Cuba", "date": "1962-10-28", "kind": "letter",
            "from": "Nikita Khrushchev", "to": "John F. Kennedy", "volume": "frus1962x",
            "language": "Russian", "body": "Nuclear testing and missiles. The mistletoe was green.",
        }),
        json!({
            "id": "wilson/7", "title": "Memorandum", "date": "1963", "place": "Moscow",
            "body": "Castro wrote. Kruschev answered. None of it was said to Fidel.",
        }),
        json!({"id": "plain", "title": "Untitled", "body": "the sea near a nuclear and a test"}),
    ])
}

#[track_caller]
fn finds(queries: &[(&str, &str)]) {
    let archive = archive();
    for (query, wanted) in queries {
        let result = archive.search(query);
        assert_eq!(result.problems, [], "{query}");
        assert_eq!(archive.found(query), *wanted, "{query}");
    }
}

#[test]
fn words_and_operators() {
    finds(&[
        ("castro", "frus1962x/d1 wilson/7"),
        ("castro khrushchev", "frus1962x/d1 frus1962x/d2 wilson/7"),
        ("+castro -khrushchev", "wilson/7"),
        ("castro AND khrushchev", "frus1962x/d1"),
        ("castro && khrushchev", "frus1962x/d1"),
        ("castro OR mistletoe", "frus1962x/d1 frus1962x/d2 wilson/7"),
        ("castro || mistletoe", "frus1962x/d1 frus1962x/d2 wilson/7"),
        ("castro NOT khrushchev", "wilson/7"),
        ("castro AND NOT khrushchev", "wilson/7"),
        ("castro !khrushchev", "wilson/7"),
        ("(castro OR sea) AND nuclear", "frus1962x/d1 plain"),
        ("+nuclear castro", "frus1962x/d1 frus1962x/d2 plain"),
        ("mistletoe OR NOT nuclear", "frus1962x/d2 wilson/7"),
        ("NOT nuclear", "wilson/7"),
        ("-nuclear", "wilson/7"),
        ("-nuclear -castro", ""),
        ("nuclear (NOT castro)", "frus1962x/d2 plain"),
        ("*", "frus1962x/d1 frus1962x/d2 plain wilson/7"),
        ("nosuchword", ""),
        ("castro AND nosuchword", ""),
        ("castro nosuchword", "frus1962x/d1 wilson/7"),
        ("castro^2", "frus1962x/d1 wilson/7"),
        (
            "(castro khrushchev)^2",
            "frus1962x/d1 frus1962x/d2 wilson/7",
        ),
    ]);
    assert_eq!(
        archive().ids("castro khrushchev").split(' ').next(),
        Some("frus1962x/d1")
    );
}

#[test]
fn phrases() {
    finds(&[
        ("\"nuclear test\"", "frus1962x/d1"),
        ("“nuclear test”", "frus1962x/d1"),
        ("\"test nuclear\"", ""),
        ("\"nuclear test\"~2", "frus1962x/d1 plain"),
        ("\"test nuclear\"~3", "frus1962x/d1"),
        ("\"test nuclear\"~4", "frus1962x/d1 plain"),
        ("\"nuclear test\"~0", "frus1962x/d1"),
        ("nuclear NEAR/2 test", "frus1962x/d1 frus1962x/d2 plain"),
        ("nuclear NEAR/2 \"test\"", "frus1962x/d1 plain"),
        ("\"nuclear tes\"*", "frus1962x/d1 frus1962x/d2"),
        ("\"nuclear tes*\"", "frus1962x/d1 frus1962x/d2"),
        ("\"nuc* test\"~2", "frus1962x/d1 plain"),
        ("\"nuclear\"", "frus1962x/d1 frus1962x/d2 plain"),
        // As written.
        ("\"missile\"", "frus1962x/d1"),
        ("+\"missile\"", "frus1962x/d1"),
        ("missile", "frus1962x/d1 frus1962x/d2"),
        ("\"nuclear tests\"", ""),
        // Not from one section to the next, however much slop.
        ("\"cuba nuclear\"~127", ""),
        ("\"seen castro\"~127", ""),
        ("\"sea quarantine\"~127", ""),
    ]);
}

#[test]
fn wildcards_and_fuzzy_words() {
    finds(&[
        ("missile*", "frus1962x/d1 frus1962x/d2"),
        ("mis*le", "frus1962x/d1"),
        ("mis?ile", "frus1962x/d1"),
        ("mis*", "frus1962x/d1 frus1962x/d2"),
        ("*toe", "frus1962x/d2"),
        ("MISTLE*", "frus1962x/d2"),
        ("kruschev~1", "wilson/7"),
        ("kruschev~2", "frus1962x/d1 frus1962x/d2 wilson/7"),
        ("kruschev~", "frus1962x/d1 frus1962x/d2 wilson/7"),
        ("castor~1", "frus1962x/d1 wilson/7"),
        ("title:cub?", "frus1962x/d1 frus1962x/d2"),
        ("volume:frus*", "frus1962x/d1 frus1962x/d2"),
    ]);
}

#[test]
fn fields() {
    finds(&[
        ("title:cuba", "frus1962x/d1 frus1962x/d2"),
        ("TITLE:Cuba", "frus1962x/d1 frus1962x/d2"),
        ("title:\"in Cuba\"", "frus1962x/d1"),
        ("title:castro", ""),
        ("summary:missiles", "frus1962x/d1"),
        ("summary:castro", ""),
        ("body:missile", "frus1962x/d1 frus1962x/d2"),
        ("body:(castro AND sea)", "frus1962x/d1"),
        ("body:cuba", ""),
        ("body:\"nuclear test\"~2", "frus1962x/d1 plain"),
        ("notes:quarantine", "frus1962x/d1"),
        ("body:quarantine", ""),
        ("sender:khrushchev", "frus1962x/d2"),
        ("sender:kennedy", ""),
        ("addressee:kennedy", "frus1962x/d2"),
        ("addressee:\"John F. Kennedy\"", "frus1962x/d2"),
        ("sender:khrushchev addressee:kennedy", "frus1962x/d2"),
        ("place:havana", "frus1962x/d1"),
        ("archive:\"National Archives\"", "frus1962x/d1"),
        ("person:gromyko", "frus1962x/d1"),
        ("person:\"castro andrei\"~127", ""),
        ("kind:telegram", "frus1962x/d1"),
        ("kind:letter", "frus1962x/d2"),
        ("volume:frus1962x", "frus1962x/d1 frus1962x/d2"),
        ("language:russian", "frus1962x/d2"),
        ("classification:secret", "frus1962x/d1"),
        ("number:12", "frus1962x/d1"),
        ("id:frus1962x/d2", "frus1962x/d2"),
        ("id:wilson*", "wilson/7"),
        ("volume:*", "frus1962x/d1 frus1962x/d2"),
        ("volume:none", "plain wilson/7"),
        ("summary:*", "frus1962x/d1"),
        ("notes:*", "frus1962x/d1"),
        ("title:*", "frus1962x/d1 frus1962x/d2 plain wilson/7"),
        ("sender:*", "frus1962x/d1 frus1962x/d2"),
        ("title:\"none\"", ""),
        ("body:\"none\"", "wilson/7"),
        ("-kind:telegram +castro", "wilson/7"),
    ]);
}

#[test]
fn dates() {
    finds(&[
        ("date:1962-10", "frus1962x/d1 frus1962x/d2"),
        ("date:1962", "frus1962x/d1 frus1962x/d2"),
        ("date:1962-10-16", "frus1962x/d1"),
        ("date:1963-05-05", "wilson/7"),
        ("date:[1962-10-16 TO 1962-10-27]", "frus1962x/d1"),
        (
            "date:[1962-10-16 TO 1962-10-28]",
            "frus1962x/d1 frus1962x/d2",
        ),
        ("date:{1962-10-16 TO 1962-10-28]", "frus1962x/d2"),
        ("date:[1962-10-16 TO 1962-10-28}", "frus1962x/d1"),
        ("date:[* TO 1962-10-20]", "frus1962x/d1"),
        ("date:>=1962", "frus1962x/d1 frus1962x/d2 wilson/7"),
        ("date:>1962", "wilson/7"),
        ("date:<1963", "frus1962x/d1 frus1962x/d2"),
        ("date:<=1962-10-16", "frus1962x/d1"),
        ("date:\"October 16, 1962\"", "frus1962x/d1"),
        ("date:none", "plain"),
        ("date:*", "frus1962x/d1 frus1962x/d2 wilson/7"),
        ("nuclear date:none", "plain"),
        ("castro AND date:1962", "frus1962x/d1"),
        ("castro khrushchev date:1962", "frus1962x/d1 frus1962x/d2"),
        ("castro date:1963", "wilson/7"),
        (
            "castro (-castro -khrushchev)",
            "frus1962x/d1 plain wilson/7",
        ),
        ("castro (date:1963 OR date:none)", "wilson/7"),
        ("castro date:1962^2 volume:*", "frus1962x/d1"),
        ("+castro +date:1963", "wilson/7"),
        ("castro -date:1963", "frus1962x/d1"),
    ]);
}

#[test]
fn a_stray_sign_is_text_with_a_warning_and_an_error_when_strict() {
    let archive = archive();
    let strict = SearchOptions {
        strict: true,
        ..all_hits()
    };
    for query in [
        "\"castro",
        "(castro",
        "castro)",
        "castro AND",
        "castro~9",
        "castro ()",
        "castro \"\"",
    ] {
        let result = archive.search(query);
        assert_eq!(ids(&result), archive.ids("castro"), "{query}");
        assert!(!result.problems.is_empty(), "{query}");
        let error = archive.try_search(query, &strict);
        assert!(matches!(error, Err(QueryError::Problem(_))), "{query}");
    }
}

#[test]
fn what_cannot_be_searched_is_said() {
    let archive = archive();
    for (query, words) in [
        ("date:yesterday", "yesterday"),
        ("date:[1962 TO soon]", "soon"),
        ("date:196*", "a date has no words"),
        ("title:[a TO b]", "only dates have ranges"),
    ] {
        match archive.try_search(query, &all_hits()) {
            Err(QueryError::Problem(problem)) => {
                assert!(problem.message.contains(words), "{query}: {problem}");
            }
            other => panic!("{query}: {other:?}"),
        }
    }
    for query in ["…", "castro …", "castro -…", "castro AND …", "\"…\" castro"] {
        let result = archive.search(query);
        assert!(
            result.problems[0].message.contains("no letters or digits"),
            "{query}"
        );
        let without = if query.contains("castro") {
            archive.ids("castro")
        } else {
            String::new()
        };
        assert_eq!(ids(&result), without, "{query}");
    }
}

/// Signs that no word has stand for no word, not for every word.
#[test]
fn a_pattern_without_letters_is_told_and_left_out() {
    let archive = archive();
    for query in ["castro %*", "castro *-*", "castro \"…*\"", "castro -_?"] {
        let result = archive.search(query);
        assert_eq!(ids(&result), archive.ids("castro"), "{query}");
        assert_eq!(result.problems.len(), 1, "{query}");
    }
}

#[test]
fn a_pattern_for_too_many_words_is_refused() {
    let words: Vec<String> = (0..=MAX_EXPANSIONS)
        .map(|number| format!("x{number}"))
        .collect();
    let corpus = Corpus::of(&[body_of("many", &words.join(" "))]);
    let error = corpus
        .try_search("x*", &all_hits())
        .map(|result| ids(&result));
    assert!(matches!(error, Err(QueryError::Problem(p)) if p.message.contains("2001 words")));
    assert_eq!(corpus.ids("x19*"), "many");
}

#[test]
fn slop_beyond_the_gap_between_sections_is_cut_and_told() {
    let archive = archive();
    for query in [
        "\"nuclear test\"~128",
        "\"nuclear test\"~4294967295",
        "nuclear NEAR/500 \"test\"",
    ] {
        let result = archive.search(query);
        assert_eq!(archive.found(query), "frus1962x/d1 plain");
        assert!(result.problems[0].message.contains("127"), "{query}");
    }
}

#[test]
fn a_section_without_text_has_no_value() {
    let corpus = Corpus::of(&[
        json!({"id": "bare", "body": "Invented, without a heading."}),
        json!({"id": "headed", "title": "Invented heading", "language": "Ruritanian"}),
    ]);
    assert_eq!(corpus.ids("title:*"), "headed");
    assert_eq!(corpus.ids("body:*"), "bare");
    assert_eq!(corpus.ids("details:*"), "headed");
    assert_eq!(corpus.ids("notes:*"), "");
    assert_eq!(corpus.ids("title:none"), "bare");
}

#[test]
fn what_stands_around_a_document_is_found_only_when_asked_for() {
    let corpus = Corpus::of(&[json!({
        "id": "inner", "body": "Invented. Herring were counted.",
        "context": [{"name": "chapter", "value": "The Sylvanian Question"}],
    })]);
    assert_eq!(corpus.ids("sylvanian"), "");
    assert_eq!(corpus.ids("context:sylvanian herring"), "inner");
    assert_eq!(corpus.ids("context:\"the sylvanian question\""), "inner");
}
