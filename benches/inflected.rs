//! What finding inflected words costs, by four layouts of the index.
//!
//! `cargo bench --bench inflected -- FOLDER` indexes the texts of a folder in
//! each layout with plain tantivy and prints the size of the inverted index
//! and the time of keyword queries. Without a folder it takes `seeds/`.
//!
//! - `expanded`: every word once; a keyword is the union of the words of its
//!   stem. What Cables does.
//! - `second field`: a field of stems beside it, with frequencies alone.
//! - `second field, positions`: the same, so that stems can be highlighted.
//! - `stacked`: stems in the same field at the position of their words.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Instant;

use cables::analysis::{Analyzer, stem};
use cables::ingest::{Limits, Opening, open, walk};
use tantivy::collector::{Count, TopDocs};
use tantivy::query::{BooleanQuery, Occur, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{PreTokenizedString, Token};
use tantivy::{Index, Term};

/// Single words, one inflected in many ways, one in few.
const KEYWORDS: [&str; 12] = [
    "negotiating",
    "missile",
    "quarantine",
    "policy",
    "government",
    "agreement",
    "treaty",
    "discuss",
    "sugar",
    "inspection",
    "berlin",
    "reform",
];

const LAYOUTS: [&str; 4] = [
    "expanded",
    "second field",
    "second field, positions",
    "stacked",
];

/// How often each query runs; the median counts.
const RUNS: usize = 51;

/// Marks a stem in the stacked layout.
const STEM: &str = "=";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments = std::env::args().skip(1);
    let mut folders: Vec<PathBuf> = arguments
        .filter(|argument| !argument.starts_with("--"))
        .map(PathBuf::from)
        .collect();
    if folders.is_empty() {
        folders.push("seeds".into());
    }
    let texts = texts(&folders);
    let bytes: usize = texts.iter().map(String::len).sum();
    println!("{} documents, {bytes} bytes of text", texts.len());
    println!(
        "{:25} {:>12} {:>14} {:>12}",
        "layout", "index bytes", "bytes of text", "median us"
    );
    for layout in LAYOUTS {
        let folder = tempfile::tempdir()?;
        let (schema, words, stems) = schema(layout);
        let index = Index::create_in_dir(folder.path(), schema)?;
        let mut writer = index.writer_with_num_threads(1, 256 << 20)?;
        let mut forms: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for text in &texts {
            let mut document = tantivy::TantivyDocument::new();
            for (field, value) in values(layout, text, words, stems, &mut forms) {
                document.add_pre_tokenized_text(field, value);
            }
            writer.add_document(document)?;
        }
        writer.commit()?;
        let segments = index.searchable_segment_ids()?;
        if segments.len() > 1 {
            writer.merge(&segments).wait()?;
        }
        writer.wait_merging_threads()?;
        let searcher = index.reader()?.searcher();
        let mut medians: Vec<f64> = KEYWORDS
            .iter()
            .map(|word| {
                let query = query(layout, word, words, stems, &forms);
                let mut times: Vec<f64> = (0..RUNS)
                    .map(|_| {
                        let start = Instant::now();
                        let top = TopDocs::with_limit(10).order_by_score();
                        let found = searcher.search(query.as_ref(), &(top, Count));
                        std::hint::black_box(found.map(|(hits, count)| (hits.len(), count)).ok());
                        start.elapsed().as_secs_f64() * 1e6
                    })
                    .collect();
                times.sort_by(f64::total_cmp);
                times[RUNS / 2]
            })
            .collect();
        medians.sort_by(f64::total_cmp);
        let size = inverted_bytes(folder.path())?;
        println!(
            "{layout:25} {size:>12} {:>14.3} {:>12.1}",
            size as f64 / bytes.max(1) as f64,
            medians[KEYWORDS.len() / 2]
        );
    }
    Ok(())
}

/// The bodies of all documents.
fn texts(folders: &[PathBuf]) -> Vec<String> {
    let mut texts = Vec::new();
    for found in walk(folders).flatten() {
        if let Ok(Opening::Text(opened)) = open(&found, None, Limits::default()) {
            for cable in opened.cables.flatten() {
                let paragraphs = cable.body.into_iter().map(|paragraph| paragraph.text);
                texts.push(paragraphs.collect::<Vec<_>>().join("\n"));
            }
        }
    }
    texts
}

fn schema(layout: &str) -> (Schema, Field, Field) {
    let options = |record| {
        let indexing = TextFieldIndexing::default().set_index_option(record);
        TextOptions::default().set_indexing_options(indexing)
    };
    let stems = match layout {
        "second field, positions" => IndexRecordOption::WithFreqsAndPositions,
        _ => IndexRecordOption::WithFreqs,
    };
    let mut builder = Schema::builder();
    let words = builder.add_text_field("words", options(IndexRecordOption::WithFreqsAndPositions));
    let stems = builder.add_text_field("stems", options(stems));
    (builder.build(), words, stems)
}

fn values(
    layout: &str,
    text: &str,
    words: Field,
    stems: Field,
    forms: &mut BTreeMap<String, Vec<String>>,
) -> Vec<(Field, PreTokenizedString)> {
    let mut in_words = Vec::new();
    let mut in_stems = Vec::new();
    Analyzer::new().analyze(text, 0, |token| {
        let of_text = |text: String| Token {
            position: token.position as usize,
            text,
            ..Token::default()
        };
        let stem = stem(token.term);
        let known = forms.entry(stem.clone()).or_default();
        if !known.iter().any(|form| form == token.term) {
            known.push(token.term.to_owned());
        }
        in_words.push(of_text(token.term.to_owned()));
        match layout {
            "stacked" => in_words.push(of_text(format!("{STEM}{stem}"))),
            "expanded" => {}
            _ => in_stems.push(of_text(stem)),
        }
    });
    let value = |tokens| PreTokenizedString {
        text: String::new(),
        tokens,
    };
    vec![(words, value(in_words)), (stems, value(in_stems))]
}

fn query(
    layout: &str,
    word: &str,
    words: Field,
    stems: Field,
    forms: &BTreeMap<String, Vec<String>>,
) -> Box<dyn Query> {
    let stem = stem(word);
    let term = |field, text: &str| -> Box<dyn Query> {
        let term = Term::from_field_text(field, text);
        Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs))
    };
    match layout {
        "expanded" => {
            let forms = forms.get(&stem).into_iter().flatten();
            let terms = forms.map(|form| (Occur::Should, term(words, form)));
            Box::new(BooleanQuery::new(terms.collect()))
        }
        "stacked" => term(words, &format!("{STEM}{stem}")),
        _ => term(stems, &stem),
    }
}

/// Bytes of dictionaries, postings and positions.
fn inverted_bytes(folder: &std::path::Path) -> std::io::Result<u64> {
    let mut bytes = 0;
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let extension = path.extension().unwrap_or_default();
        if extension == "idx" || extension == "pos" || extension == "term" {
            bytes += path.metadata()?.len();
        }
    }
    Ok(bytes)
}
