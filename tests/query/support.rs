//! A small index to ask, made as users make one: files, `update`, `search`.

use std::fs;
use std::ops::Range;
use std::path::Path;

use cables::index::update::{UpdateOptions, UpdateSummary, update};
use cables::index::{Index, Snapshot};
use cables::query::{Hit, QueryError, SearchOptions, SearchResult, Snippet, search};
use serde_json::{Value, json};
use tempfile::TempDir;

/// An index with the files it was made from.
pub struct Corpus {
    folder: TempDir,
    pub snapshot: Snapshot,
}

impl Corpus {
    /// One file of JSON Lines with these documents.
    pub fn of(documents: &[Value]) -> Corpus {
        let mut writing = Writing::new();
        writing.write("documents.jsonl", documents);
        writing.update();
        writing.done()
    }

    /// Documents that are a body each, with the ids `0`, `1`, …
    pub fn of_bodies(bodies: &[&str]) -> Corpus {
        let document = |(id, body): (usize, &&str)| body_of(&id.to_string(), body);
        Corpus::of(&bodies.iter().enumerate().map(document).collect::<Vec<_>>())
    }

    pub fn try_search(
        &self,
        query: &str,
        options: &SearchOptions,
    ) -> Result<SearchResult, QueryError> {
        search(&self.snapshot, query, options)
    }

    #[track_caller]
    pub fn search_with(&self, query: &str, options: &SearchOptions) -> SearchResult {
        match self.try_search(query, options) {
            Ok(result) => result,
            Err(error) => panic!("{query}: {error}"),
        }
    }

    #[track_caller]
    pub fn search(&self, query: &str) -> SearchResult {
        self.search_with(query, &all_hits())
    }

    /// The ids of the hits, in their order, a space apart.
    #[track_caller]
    pub fn ids(&self, query: &str) -> String {
        ids(&self.search(query))
    }

    /// The ids of all hits, sorted, a space apart.
    #[track_caller]
    pub fn found(&self, query: &str) -> String {
        let mut ids: Vec<String> = self
            .search(query)
            .hits
            .into_iter()
            .map(|hit| hit.cable.id)
            .collect();
        ids.sort();
        ids.join(" ")
    }

    /// The one snippet of the one hit, with its highlights in brackets.
    #[track_caller]
    pub fn snippet(&self, query: &str) -> String {
        let result = self.search(query);
        assert_eq!(result.hits.len(), 1, "hits of {query}");
        bracketed(&result.hits[0].snippets[0])
    }

    /// All snippets of the first hit, `field: text` with brackets.
    #[track_caller]
    pub fn snippets(&self, query: &str, count: usize, width: usize) -> Vec<String> {
        let options = SearchOptions {
            snippets: count,
            snippet_width: width,
            ..all_hits()
        };
        let hit = self.search_with(query, &options).hits.remove(0);
        let line = |snippet: &Snippet| format!("{}: {}", snippet.field, bracketed(snippet));
        hit.snippets.iter().map(line).collect()
    }
}

/// An index in the making.
pub struct Writing {
    folder: TempDir,
    index: Index,
}

impl Writing {
    pub fn new() -> Writing {
        let folder = tempfile::tempdir().expect("a folder");
        fs::create_dir(folder.path().join("files")).expect("a folder");
        let index = Index::open_or_create(&folder.path().join("index")).expect("an index");
        Writing { folder, index }
    }

    /// Writes a file of JSON Lines, in place of the one of that name.
    pub fn write(&self, name: &str, documents: &[Value]) {
        let lines: Vec<String> = documents.iter().map(Value::to_string).collect();
        let path = self.folder.path().join("files").join(name);
        fs::write(path, lines.join("\n")).expect("a file");
    }

    pub fn remove(&self, name: &str) {
        fs::remove_file(self.folder.path().join("files").join(name)).expect("a file");
    }

    /// Brings the index up to date with the files.
    pub fn update(&mut self) -> UpdateSummary {
        let files = self.folder.path().join("files");
        self.update_from(&files)
    }

    /// Indexes what is elsewhere.
    pub fn update_from(&mut self, path: &Path) -> UpdateSummary {
        let options = UpdateOptions {
            prune: true,
            threads: Some(1),
            ..UpdateOptions::default()
        };
        let summary = update(&self.index, &[path.to_owned()], &options, &()).expect("an update");
        assert_eq!(summary.failed, 0);
        summary
    }

    pub fn done(self) -> Corpus {
        Corpus {
            snapshot: self.index.snapshot().expect("a snapshot"),
            folder: self.folder,
        }
    }
}

impl Corpus {
    /// The folder under which files and index are.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }
}

/// A document that is little but a body.
pub fn body_of(id: &str, body: &str) -> Value {
    json!({"id": id, "title": "Untitled", "body": body})
}

/// Every hit, with one snippet.
pub fn all_hits() -> SearchOptions {
    SearchOptions {
        limit: 10_000,
        ..SearchOptions::default()
    }
}

/// The ids of the hits in order.
pub fn ids(result: &SearchResult) -> String {
    let ids: Vec<&str> = result
        .hits
        .iter()
        .map(|hit| hit.cable.id.as_str())
        .collect();
    ids.join(" ")
}

/// The text of a snippet with its highlights in square brackets.
pub fn bracketed(snippet: &Snippet) -> String {
    in_brackets(&snippet.text, &snippet.highlights)
}

/// A text with ranges of it in square brackets.
pub fn in_brackets(text: &str, ranges: &[Range<usize>]) -> String {
    let mut text = text.to_owned();
    for range in ranges.iter().rev() {
        text.insert(range.end, ']');
        text.insert(range.start, '[');
    }
    text
}

/// What is highlighted in a hit's snippets.
pub fn highlighted(hit: &Hit) -> Vec<&str> {
    hit.snippets
        .iter()
        .flat_map(|snippet| {
            snippet
                .highlights
                .iter()
                .map(|range| &snippet.text[range.clone()])
        })
        .collect()
}
