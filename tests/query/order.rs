//! The order of hits, what is counted, what is left out.

use cables::cable::DateInterval;
use cables::query::{QueryError, SearchOptions, Sort};
use serde_json::{Value, json};

use super::support::{Corpus, all_hits, ids};

fn dated(id: &str, date: &str, body: &str) -> Value {
    json!({"id": id, "title": "Untitled", "date": date, "body": body})
}

/// Cables of all precisions; the ids say when.
fn archive() -> Corpus {
    Corpus::of(&[
        dated("d-1962-10-16", "1962-10-16", "missile"),
        dated("b-1962-10-28", "1962-10-28", "missile missile"),
        dated("a-1962-10-28", "1962-10-28", "missile missile"),
        dated("m-1962-10", "1962-10", "missile"),
        dated("y-1962", "1962", "missile"),
        dated("y-1963", "1963", "missile"),
        json!({"id": "undated", "title": "Untitled", "body": "missile"}),
        json!({"id": "also-undated", "title": "Untitled", "body": "missile"}),
    ])
}

fn date(text: &str) -> Option<DateInterval> {
    Some(DateInterval::parse(text).expect("a date"))
}

fn by(sort: Sort) -> SearchOptions {
    SearchOptions { sort, ..all_hits() }
}

#[test]
fn all_of_the_words_come_first_whatever_their_weight() {
    let corpus = Corpus::of_bodies(&[
        "zanzibar zanzibar zanzibar zanzibar",
        "zanzibar common and more and more and more and more and more and more",
        "common word",
        "nothing",
    ]);
    let result = corpus.search("zanzibar common");
    assert_eq!(ids(&result), "1 0 2");
    assert_eq!((result.total, result.total_all_words), (3, 1));
    let all: Vec<bool> = result.hits.iter().map(|hit| hit.all_words).collect();
    assert_eq!(all, [true, false, false]);
    let result = corpus.search("zanzibar common word");
    assert_eq!((result.total, result.total_all_words), (3, 0));
}

#[test]
fn all_words_can_be_asked_for() {
    let corpus = Corpus::of_bodies(&["alpha beta", "alpha", "beta", "alpha beta gamma"]);
    let options = SearchOptions {
        all_words: true,
        ..all_hits()
    };
    assert_eq!(ids(&corpus.search_with("alpha gamma", &options)), "3");
    assert_eq!(corpus.search("alpha gamma").total_all_words, 1);
}

/// What is only put in brackets asks for the same.
#[test]
fn brackets_and_weights_around_the_whole_change_no_order() {
    let corpus = Corpus::of_bodies(&[
        "alpha alpha alpha",
        "alpha beta and some more",
        "gamma",
        "beta gamma",
    ]);
    let plain = corpus.search("alpha beta");
    assert_eq!(ids(&plain), "1 0 3");
    assert_eq!(plain.total_all_words, 1);
    for query in [
        "(alpha beta)",
        "(alpha beta)^3",
        "+(alpha beta)",
        "((alpha beta)^2)^2",
        "(alpha beta) -delta",
    ] {
        let result = corpus.search(query);
        assert_eq!(ids(&result), "1 0 3", "{query}");
        assert_eq!(result.total_all_words, 1, "{query}");
    }
    let result = corpus.search("(alpha beta) -gamma");
    assert_eq!((ids(&result).as_str(), result.total_all_words), ("1 0", 1));
}

#[test]
fn a_weight_raises_the_clause_it_stands_at() {
    let corpus = Corpus::of_bodies(&["alpha", "beta", "gamma"]);
    assert_eq!(corpus.ids("alpha^2 beta"), "0 1");
    assert_eq!(corpus.ids("alpha beta^2"), "1 0");
    assert_eq!(corpus.ids("alpha OR (beta^3)"), "1 0");
    assert_eq!(corpus.ids("alpha^0 beta"), "1 0");
}

/// A word with a hyphen is no more worth in the one spelling than in the other.
#[test]
fn both_spellings_of_a_compound_score_alike() {
    let corpus = Corpus::of_bodies(&["they co-operate", "they x y cooperate"]);
    let score = |query: &str| {
        let result = corpus.search(query);
        let of = |id: &str| {
            result
                .hits
                .iter()
                .find(|hit| hit.cable.id == id)
                .map(|hit| hit.score)
        };
        (of("0"), of("1"))
    };
    let (with, without) = score("co-operate");
    assert_eq!(with, without);
}

#[test]
fn hits_are_in_the_order_of_dates_both_ways_with_undated_last() {
    let archive = archive();
    assert_eq!(
        ids(&archive.search_with("missile", &by(Sort::Date))),
        "y-1962 m-1962-10 d-1962-10-16 a-1962-10-28 b-1962-10-28 y-1963 also-undated undated"
    );
    assert_eq!(
        ids(&archive.search_with("missile", &by(Sort::DateDescending))),
        "y-1963 a-1962-10-28 b-1962-10-28 d-1962-10-16 m-1962-10 y-1962 also-undated undated"
    );
}

#[test]
fn equal_hits_are_in_the_order_of_dates_then_of_ids() {
    let corpus = Corpus::of(&[
        dated("c", "1962-10-28", "missile"),
        dated("b", "1962-10-28", "missile"),
        dated("d", "1962-10-16", "missile"),
        dated("a", "1963-01-01", "missile"),
        dated("z", "1963-01-01", "missile missile"),
    ]);
    assert_eq!(corpus.ids("missile"), "z d b c a");
}

#[test]
fn half_known_dates_are_hits_when_they_may_be() {
    let archive = archive();
    let asked = |after: Option<&str>, before: Option<&str>| {
        let options = SearchOptions {
            after: after.and_then(date),
            before: before.and_then(date),
            ..all_hits()
        };
        ids(&archive.search_with("", &options))
    };
    assert_eq!(
        asked(Some("1962-10-20"), None),
        "y-1962 m-1962-10 a-1962-10-28 b-1962-10-28 y-1963"
    );
    assert_eq!(
        asked(None, Some("1962-10-16")),
        "y-1962 m-1962-10 d-1962-10-16"
    );
    assert_eq!(asked(Some("1963"), None), "y-1963");
    assert_eq!(asked(Some("1962-11"), Some("1962-12")), "y-1962");
    assert_eq!(asked(Some("1964"), None), "");
    assert_eq!(asked(None, Some("1961")), "");
}

#[test]
fn filters_admit_and_do_not_rank() {
    let corpus = Corpus::of(&[
        json!({"id": "a", "title": "Untitled", "body": "missile missile", "language": "Russian", "volume": "v1"}),
        json!({"id": "b", "title": "Untitled", "body": "missile", "language": "Russian", "volume": "v2"}),
        json!({"id": "c", "title": "Untitled", "body": "missile", "language": "French", "volume": "v1"}),
        json!({"id": "d", "title": "Untitled", "body": "peace", "language": "Russian"}),
    ]);
    let filtered = |query: &str, filters: &[(&str, &str)]| {
        let own = |(field, value): &(&str, &str)| (field.to_string(), value.to_string());
        let options = SearchOptions {
            filters: filters.iter().map(own).collect(),
            ..all_hits()
        };
        let result = corpus.search_with(query, &options);
        assert_eq!(result.total as usize, result.hits.len());
        ids(&result)
    };
    assert_eq!(filtered("missile", &[("language", "russian")]), "a b");
    assert_eq!(
        filtered("missile", &[("language", "russian"), ("volume", "v1")]),
        "a"
    );
    assert_eq!(filtered("", &[("language", "Russian")]), "a b d");
    assert_eq!(filtered("missile peace", &[("volume", "none")]), "d");
    assert_eq!(filtered("", &[("volume", "*")]), "a b c");
    assert_eq!(filtered("", &[("date", "1962")]), "");
    assert_eq!(filtered("", &[("date", "none")]), "a b c d");
    let plain = corpus.search("missile").hits;
    let options = SearchOptions {
        filters: vec![("volume".into(), "v1".into())],
        ..all_hits()
    };
    let narrowed = corpus.search_with("missile", &options).hits;
    assert_eq!(plain[0].score, narrowed[0].score);
}

#[test]
fn a_filter_on_no_field_is_an_error() {
    let corpus = Corpus::of_bodies(&["missile"]);
    let options = SearchOptions {
        filters: vec![("colour".into(), "red".into())],
        ..all_hits()
    };
    let error = corpus.try_search("missile", &options);
    assert!(matches!(error, Err(QueryError::UnknownField(name)) if name == "colour"));
}

#[test]
fn nothing_asked_finds_nothing_and_filters_alone_are_a_query() {
    let archive = archive();
    assert_eq!(archive.search("").total, 0);
    assert_eq!(archive.search("  ").total, 0);
    assert_eq!(archive.search("…").total, 0);
    let options = SearchOptions {
        filters: vec![("date".into(), "1963".into())],
        ..all_hits()
    };
    assert_eq!(ids(&archive.search_with("", &options)), "y-1963");
    assert_eq!(
        archive.ids("date:1962-10"),
        "y-1962 m-1962-10 d-1962-10-16 a-1962-10-28 b-1962-10-28"
    );
}

#[test]
fn pages_go_on_where_the_last_ended() {
    let archive = archive();
    let page = |limit, offset| {
        let options = SearchOptions {
            limit,
            offset,
            ..by(Sort::Date)
        };
        let result = archive.search_with("missile", &options);
        assert_eq!((result.total, result.total_all_words), (8, 8));
        let ranks: Vec<usize> = result.hits.iter().map(|hit| hit.rank).collect();
        (ids(&result), ranks)
    };
    assert_eq!(page(2, 0), ("y-1962 m-1962-10".into(), vec![1, 2]));
    assert_eq!(page(2, 2), ("d-1962-10-16 a-1962-10-28".into(), vec![3, 4]));
    assert_eq!(page(5, 7), ("undated".into(), vec![8]));
    for (limit, offset) in [
        (5, 8),
        (0, 0),
        (0, 3),
        (1, usize::MAX),
        (usize::MAX, usize::MAX),
    ] {
        assert_eq!(page(limit, offset), (String::new(), vec![]));
    }
    assert_eq!(page(usize::MAX, 0).1.len(), 8);
}

/// Whether any document of an index has a date must not matter.
#[test]
fn an_index_of_undated_documents_has_no_dates_to_find() {
    let corpus = Corpus::of_bodies(&["missile", "peace"]);
    assert_eq!(corpus.ids("date:1962"), "");
    assert_eq!(corpus.ids("date:*"), "");
    assert_eq!(corpus.ids("date:none"), "0 1");
    assert_eq!(corpus.ids("volume:*"), "");
    assert_eq!(ids(&corpus.search_with("missile", &by(Sort::Date))), "0");
}

#[test]
fn an_index_without_documents_answers() {
    let corpus = super::support::Writing::new().done();
    assert_eq!(corpus.search("castro").total, 0);
    assert_eq!(
        corpus
            .search("cas* castor~ \"a b\"~3 date:1962 title:x NOT y")
            .total,
        0
    );
    assert_eq!(corpus.search("*").total, 0);
}
