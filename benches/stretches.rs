//! Each stretch of the way alone: analysis, reading, indexing, answering.
//!
//! Runs on invented documents, the same at every run, so that it needs no
//! corpus. `cables bench` measures questions on a real one.

use std::fmt::Write;
use std::path::Path;

use cables::analysis::Analyzer;
use cables::index::{Index, Snapshot, update};
use cables::ingest::{Limits, Opening, open, walk};
use cables::query::{SearchOptions, search};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

/// How many documents are invented.
const DOCUMENTS: u64 = 2_000;

/// How many words each has.
const WORDS: u64 = 400;

/// How many different words there are.
const VOCABULARY: u64 = 20_000;

/// Numbers that look random and are the same at every run: the SplitMix64 of
/// Steele, Lea and Flood, *Fast Splittable Pseudorandom Number Generators*
/// (2014).
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A word whose frequency falls with its rank, as Zipf found of language.
    fn word(&mut self) -> String {
        let share = (self.next() >> 11) as f64 / (1u64 << 53) as f64;
        let rank = ((VOCABULARY as f64).powf(share)) as u64;
        let mut rest = rank * 2_654_435_761 % 456_976 + 26;
        let mut word = String::new();
        while rest > 0 {
            word.push(char::from(b'a' + (rest % 26) as u8));
            rest /= 26;
        }
        word
    }

    fn text(&mut self) -> String {
        let mut text = String::new();
        for index in 0..WORDS {
            let word = self.word();
            let stop = if index % 17 == 16 { "." } else { "" };
            let _ = write!(text, "{word}{stop} ");
        }
        text
    }
}

/// Invented cables as JSON Lines.
fn write_corpus(path: &Path) -> std::io::Result<()> {
    let mut numbers = Numbers(1962);
    let mut lines = String::new();
    for id in 0..DOCUMENTS {
        let (year, month) = (1945 + id % 30, 1 + id % 12);
        let line = serde_json::json!({
            "id": format!("invented/{id}"),
            "title": format!("Invented telegram {id}"),
            "date": format!("{year}-{month:02}"),
            "body": numbers.text(),
        });
        let _ = writeln!(lines, "{line}");
    }
    std::fs::write(path, lines)
}

fn index(corpus: &Path, folder: &Path) -> Snapshot {
    let index = Index::open_or_create(folder).expect("an index");
    let options = update::UpdateOptions::default();
    update::update(&index, &[corpus.to_owned()], &options, &()).expect("documents");
    index.snapshot().expect("a committed state")
}

fn stretches(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().expect("a folder");
    let corpus = folder.path().join("invented.jsonl");
    write_corpus(&corpus).expect("a corpus");
    let bytes = corpus.metadata().expect("a corpus").len();

    let text = Numbers(7).text();
    let mut analyzer = Analyzer::new();
    let mut group = criterion.benchmark_group("analysis");
    group.throughput(Throughput::Bytes(text.len() as u64));
    group.bench_function("plain text", |bencher| {
        bencher.iter(|| {
            analyzer.analyze(&text, 0, |token| {
                std::hint::black_box(token.term.len());
            })
        });
    });
    group.finish();

    let mut group = criterion.benchmark_group("files");
    group.throughput(Throughput::Bytes(bytes)).sample_size(10);
    group.bench_function("read JSON Lines", |bencher| {
        bencher.iter(|| {
            let found = walk(std::slice::from_ref(&corpus))
                .flatten()
                .next()
                .expect("the corpus");
            match open(&found, None, Limits::default()) {
                Ok(Opening::Text(opened)) => opened.cables.flatten().count(),
                _ => 0,
            }
        });
    });
    group.bench_function("index JSON Lines", |bencher| {
        bencher.iter(|| {
            let folder = tempfile::tempdir().expect("a folder");
            index(&corpus, folder.path()).documents()
        });
    });
    group.finish();

    let snapshot = index(&corpus, &folder.path().join("index"));
    assert_eq!(snapshot.documents(), DOCUMENTS);
    let mut numbers = Numbers(11);
    let rare = numbers.word();
    let questions = [
        ("word", rare.clone()),
        (
            "words",
            format!("{rare} {} {}", numbers.word(), numbers.word()),
        ),
        ("phrase", "\"invented telegram\"".to_owned()),
        ("prefix", format!("{}*", &rare[..2])),
        ("date", "invented date:1962".to_owned()),
    ];
    let mut group = criterion.benchmark_group("answer with snippets");
    for (kind, question) in &questions {
        group.bench_function(*kind, |bencher| {
            let options = SearchOptions::default();
            bencher.iter(|| {
                search(&snapshot, question, &options)
                    .map(|found| found.total)
                    .ok()
            });
        });
    }
    group.finish();
}

criterion_group!(benches, stretches);
criterion_main!(benches);
