//! Random questions to random documents, against the [`model`](super::model).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use cables::query::{Hit, SearchOptions, Sort};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::model::{Document, Question, SECTIONS, Sign, Stream, WORDS};
use super::support::{Corpus, Writing, all_hits, ids};

/// One set of documents, indexed in three ways.
struct Indexes {
    documents: Vec<Document>,
    /// In one segment.
    at_once: Corpus,
    /// In several segments, of which each has lost documents.
    in_segments: Corpus,
    /// By many runs, after which segments with deletions were merged.
    merged: Corpus,
}

const DOCUMENTS: usize = 80;

fn indexes() -> &'static Indexes {
    static INDEXES: OnceLock<Indexes> = OnceLock::new();
    INDEXES.get_or_init(|| {
        let mut random = Random(0x2545_F491_4F6C_DD1D);
        let mut documents = |from: usize| -> Vec<Document> {
            (from..from + DOCUMENTS)
                .map(|number| document(number, &mut random))
                .collect()
        };
        let (current, outdated, gone) = (documents(0), documents(0), documents(1000));
        let values = |documents: &[Document]| documents.iter().map(value).collect::<Vec<_>>();
        Indexes {
            at_once: Corpus::of(&values(&current)),
            in_segments: in_segments(&values(&current), &values(&outdated), &values(&gone)),
            merged: merged(&values(&current), &values(&outdated), &values(&gone)),
            documents: current,
        }
    })
}

/// Too few segments to be merged, and too few deletions in each.
fn in_segments(current: &[Value], outdated: &[Value], gone: &[Value]) -> Corpus {
    let mut writing = Writing::new();
    let parts = || current.chunks(20).zip(outdated.chunks(20)).enumerate();
    for (index, (part, old)) in parts() {
        writing.write(&format!("part{index}.jsonl"), &part[2..]);
        writing.write(&format!("changing{index}.jsonl"), &old[..2]);
        writing.write("gone.jsonl", &gone[..1]);
        writing.update();
    }
    for (index, (part, _)) in parts() {
        writing.write(&format!("changing{index}.jsonl"), &part[..2]);
    }
    writing.remove("gone.jsonl");
    writing.update();
    writing.done()
}

fn merged(current: &[Value], outdated: &[Value], gone: &[Value]) -> Corpus {
    let mut writing = Writing::new();
    let parts = || current.chunks(20).zip(outdated.chunks(20)).enumerate();
    for (index, (part, old)) in parts() {
        let name = format!("part{index}.jsonl");
        writing.write(&format!("stable{index}.jsonl"), &part[..8]);
        writing.write(&name, &old[8..]);
        writing.write("gone.jsonl", &gone[..5 * (index + 1)]);
        writing.update();
        writing.write(&name, &part[8..]);
        writing.update();
    }
    writing.remove("gone.jsonl");
    writing.update();
    writing.done()
}

/// Marsaglia's xorshift: the documents are the same in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit as u64) as usize
    }

    fn stream(&mut self, most: usize) -> Stream {
        (0..self.below(most + 1))
            .map(|_| WORDS[self.below(WORDS.len())])
            .collect()
    }
}

fn document(number: usize, random: &mut Random) -> Document {
    let mut title = random.stream(3);
    title.push("peace");
    let mut sections = [vec![title], Vec::new(), Vec::new(), Vec::new()];
    // Some are long: tantivy keeps the length of a long text only roughly.
    let body = if number.is_multiple_of(8) { 60 } else { 9 };
    for (section, most) in [(1, 4), (2, body), (3, 4), (3, 4)] {
        let stream = random.stream(most);
        if !stream.is_empty() {
            sections[section].push(stream);
        }
    }
    Document {
        id: format!("d{number}"),
        sections,
    }
}

fn value(document: &Document) -> Value {
    let text = |stream: &Stream| stream.join(" ");
    // A body in two paragraphs: a phrase may span them.
    let body: Vec<String> = document.sections[2]
        .iter()
        .flat_map(|stream| stream.chunks(4).map(|words| words.join(" ")))
        .collect();
    let notes: Vec<String> = document.sections[3].iter().map(text).collect();
    let mut value = json!({
        "id": document.id,
        "title": text(&document.sections[0][0]),
        "body": body,
        "notes": notes,
    });
    if let Some(summary) = document.sections[1].first() {
        value["summary"] = text(summary).into();
    }
    value
}

fn word() -> impl Strategy<Value = &'static str> {
    prop::sample::select(WORDS.to_vec())
}

fn leaf() -> impl Strategy<Value = Question> {
    let prefixes = vec!["c", "co", "m", "missile", "neg", "pea", "op"];
    let patterns = vec![
        "mis?iles", "*ate", "c*o", "?eace", "n*ti*s", "co*erate", "c?", "zz?",
    ];
    let sloppy = prop_oneof![2 => Just(0), 3 => 1u32..7];
    let phrase = (prop::collection::vec(word(), 1..5), sloppy, any::<bool>());
    let phrase = phrase.prop_map(|(mut words, slop, repeat)| {
        if repeat {
            let first = words[0];
            *words.last_mut().expect("a word") = first;
        }
        Question::Phrase(words, false, slop)
    });
    let prefix_phrase = (word(), prop::sample::select(prefixes.clone()), 0u32..4)
        .prop_map(|(word, prefix, slop)| Question::Phrase(vec![word, prefix], true, slop));
    let alone = WORDS
        .into_iter()
        .filter(|word| !word.contains('-'))
        .collect::<Vec<_>>();
    let leaf = prop_oneof![
        4 => word().prop_map(Question::Word),
        5 => phrase,
        1 => prefix_phrase,
        1 => prop::sample::select(prefixes).prop_map(Question::Prefix),
        1 => prop::sample::select(patterns).prop_map(Question::Wildcard),
        1 => (prop::sample::select(alone), 1u8..3).prop_map(|(word, d)| Question::Fuzzy(word, d)),
    ];
    (leaf, prop::option::weighted(0.3, 0..SECTIONS.len())).prop_map(|(leaf, section)| match section
    {
        Some(section) => Question::In(section, Box::new(leaf)),
        None => leaf,
    })
}

fn question() -> impl Strategy<Value = Question> {
    leaf().prop_recursive(3, 12, 4, |inner| {
        let several = || prop::collection::vec(inner.clone(), 2..4);
        let sign =
            prop_oneof![4 => Just(Sign::None), 1 => Just(Sign::Plus), 1 => Just(Sign::Minus)];
        prop_oneof![
            1 => inner.clone().prop_map(|question| Question::Not(Box::new(question))),
            2 => several().prop_map(Question::And),
            2 => several().prop_map(Question::Or),
            5 => prop::collection::vec((sign, inner.clone()), 2..4).prop_map(Question::Side),
        ]
    })
}

/// What has to be the same for every division into segments.
fn order(hits: &[Hit]) -> Vec<(String, u32, bool)> {
    let key = |hit: &Hit| (hit.cable.id.clone(), hit.score.to_bits(), hit.all_words);
    hits.iter().map(key).collect()
}

fn check(question: &Question) -> Result<(), TestCaseError> {
    let Indexes {
        documents,
        at_once,
        in_segments,
        merged,
    } = indexes();
    let query = question.to_string();
    let options = SearchOptions {
        snippets: 0,
        ..all_hits()
    };
    let result = at_once.search_with(&query, &options);
    prop_assert!(
        result.problems.is_empty(),
        "{}: {:?}",
        query,
        result.problems
    );

    let meetings: BTreeMap<&str, _> = documents
        .iter()
        .map(|document| (document.id.as_str(), question.meeting(document)))
        .filter(|(_, meeting)| meeting.is_hit)
        .collect();
    let found: BTreeSet<&str> = result
        .hits
        .iter()
        .map(|hit| hit.cable.id.as_str())
        .collect();
    let wanted: BTreeSet<&str> = meetings.keys().copied().collect();
    let missed: Vec<_> = wanted.difference(&found).collect();
    let wrong: Vec<_> = found.difference(&wanted).collect();
    prop_assert!(
        missed.is_empty() && wrong.is_empty(),
        "{query}: missed {missed:?}, wrong {wrong:?}"
    );
    prop_assert_eq!(result.total, meetings.len() as u64);
    prop_assert_eq!(result.hits.len(), meetings.len());
    let all = meetings
        .values()
        .filter(|meeting| meeting.met == meeting.wanted)
        .count();
    prop_assert_eq!(result.total_all_words, all as u64, "{}", &query);

    let mut most = usize::MAX;
    for (rank, hit) in (1..).zip(&result.hits) {
        let meeting = meetings[hit.cable.id.as_str()];
        prop_assert_eq!(hit.rank, rank);
        prop_assert_eq!(hit.all_words, meeting.met == meeting.wanted);
        prop_assert!(
            meeting.met <= most,
            "{} has more words than one before it",
            hit.cable.id
        );
        most = meeting.met;
    }

    let options = SearchOptions {
        limit: 12,
        ..options
    };
    for corpus in [in_segments, merged] {
        let other = corpus.search_with(&query, &options);
        let first = order(&result.hits[..other.hits.len()]);
        prop_assert_eq!(first, order(&other.hits), "{}", &query);
        prop_assert_eq!(
            (result.total, result.total_all_words),
            (other.total, other.total_all_words)
        );
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(100) })]

    #[test]
    fn a_word_or_phrase_finds_what_it_should(question in leaf()) {
        check(&question)?;
    }

    #[test]
    fn a_question_finds_what_it_should(question in question()) {
        check(&question)?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(25) })]

    #[test]
    fn pages_are_parts_of_the_whole(question in question(), limit in 0usize..9, offset in 0usize..90) {
        let query = question.to_string();
        for sort in [Sort::Relevance, Sort::DateDescending] {
            let options = SearchOptions { sort, snippets: 0, ..all_hits() };
            let whole = indexes().in_segments.search_with(&query, &options);
            let options = SearchOptions { limit, offset, ..options };
            let page = indexes().in_segments.search_with(&query, &options);
            let part: Vec<_> = whole.hits.into_iter().skip(offset).take(limit).collect();
            prop_assert_eq!(page.hits, part);
            prop_assert_eq!(page.total, whole.total);
        }
    }

    /// `--all` gives the documents that come first without it.
    #[test]
    fn all_words_are_the_first_hits(question in question()) {
        let query = question.to_string();
        let options = SearchOptions { snippets: 0, ..all_hits() };
        let whole = indexes().at_once.search_with(&query, &options);
        let options = SearchOptions { all_words: true, ..options };
        let all = indexes().at_once.search_with(&query, &options);
        prop_assert_eq!(all.total, whole.total_all_words);
        prop_assert_eq!(all.hits, whole.hits[..all.total as usize].to_vec());
    }
}

#[test]
fn the_indexes_are_as_the_tests_suppose() {
    let Indexes {
        at_once,
        in_segments,
        merged,
        ..
    } = indexes();
    for corpus in [at_once, in_segments, merged] {
        assert_eq!(corpus.snapshot.documents(), DOCUMENTS as u64);
        assert_eq!(ids(&corpus.search("*")), ids(&at_once.search("*")));
    }
    let segments = |corpus: &Corpus| {
        let files = std::fs::read_dir(corpus.folder().join("index")).expect("a folder");
        let names = files.map(|file| file.expect("a file").file_name());
        let stores = names.filter(|name| name.to_string_lossy().ends_with(".store"));
        stores.count()
    };
    assert_eq!(segments(at_once), 1);
    assert_eq!(segments(in_segments), 5);
}
