//! Which folder of `src/` may use which: the flow of data, one way.

use std::fs;
use std::path::{Path, PathBuf};

/// What one folder, or one file, may import of the crate.
struct Layer {
    /// Its path under `src/`, without `.rs`.
    folder: &'static str,
    /// The paths within the crate that it may name, besides its own.
    may_use: &'static [&'static str],
    /// Whether it may name the search library.
    tantivy: bool,
}

/// Innermost first within a parent: the first that fits a file is its layer.
/// A folder that is not there yet has its rule already.
const LAYERS: [Layer; 9] = [
    Layer {
        folder: "cable",
        may_use: &[],
        tantivy: false,
    },
    Layer {
        folder: "analysis",
        may_use: &[],
        tantivy: false,
    },
    Layer {
        folder: "ingest",
        may_use: &["cable"],
        tantivy: false,
    },
    Layer {
        folder: "index",
        may_use: &["cable", "ingest", "analysis"],
        tantivy: true,
    },
    Layer {
        folder: "query/syntax",
        may_use: &["cable"],
        tantivy: false,
    },
    Layer {
        folder: "query",
        may_use: &["cable", "analysis", "index"],
        tantivy: true,
    },
    Layer {
        folder: "export",
        may_use: &["cable", "query"],
        tantivy: false,
    },
    Layer {
        folder: "cli",
        may_use: &["cable", "analysis", "ingest", "index", "query", "export"],
        tantivy: false,
    },
    Layer {
        folder: "main",
        may_use: &["cli"],
        tantivy: false,
    },
];

impl Layer {
    fn of(file: &Path) -> Option<&'static Layer> {
        let module = file.with_extension("");
        LAYERS.iter().find(|layer| module.starts_with(layer.folder))
    }

    /// Whether a path within the crate, as `index::update`, is its own or one
    /// that it may use.
    fn admits(&self, path: &str) -> bool {
        let own = self.folder.replace('/', "::");
        let within = |folder: &str| {
            path.strip_prefix(folder)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
        };
        within(&own) || self.may_use.iter().any(|folder| within(folder))
    }
}

/// What breaks the rules in a file at `path` under `src/`, by lines.
fn offences(path: &Path, source: &str) -> Vec<String> {
    let Some(layer) = Layer::of(path) else {
        return vec![format!("{}: of no layer; add it to LAYERS", path.display())];
    };
    let code = without_comments_and_strings(source);
    let mut offences = Vec::new();
    let mut tell = |at: usize, what: &str| {
        let line = 1 + code[..at].matches('\n').count();
        offences.push(format!("{}:{line}: {what}", path.display()));
    };
    // The binary's modules know the library by its name.
    for start in ["crate", "cables"] {
        for at in words(&code, start) {
            let Some(rest) = code[at + start.len()..].trim_start().strip_prefix("::") else {
                continue;
            };
            for used in leaves(rest) {
                if !layer.admits(&used) {
                    tell(at, &format!("{} may not use {used}", layer.folder));
                }
            }
        }
    }
    // Enough `super`s lead out of a folder as `crate` does.
    let folders = path.with_extension("").components().count();
    let is_root = path.file_stem().is_some_and(|stem| stem == "mod");
    let depth = folders - usize::from(is_root);
    for at in words(&code, "super") {
        let follows_super = code[..at].trim_end().ends_with("super::");
        let mut rest = &code[at..];
        let mut supers = 0;
        while let Some(after) = rest.strip_prefix("super") {
            supers += 1;
            rest = after
                .trim_start()
                .strip_prefix("::")
                .unwrap_or_default()
                .trim_start();
        }
        if follows_super || supers != depth || rest.starts_with(')') {
            continue;
        }
        for used in leaves(rest) {
            // In a module within the file, `super` may be the file itself.
            let is_folder = LAYERS
                .iter()
                .any(|layer| used.split("::").next() == Some(layer.folder));
            if is_folder && !layer.admits(&used) {
                tell(at, &format!("{} may not use {used}", layer.folder));
            }
        }
    }
    if !layer.tantivy {
        for at in words(&code, "tantivy") {
            tell(at, &format!("{} may not name tantivy", layer.folder));
        }
    }
    offences
}

/// Where `word` stands in `code` as a word of its own.
fn words<'a>(code: &'a str, word: &'a str) -> impl Iterator<Item = usize> + 'a {
    let in_a_word = |c: char| c.is_alphanumeric() || c == '_';
    code.match_indices(word)
        .map(|(at, _)| at)
        .filter(move |at| !code[..*at].ends_with(in_a_word))
        .filter(move |at| !code[at + word.len()..].starts_with(in_a_word))
}

/// The paths that begin `tree`, with each of a group in braces:
/// `a::{b, c::d}; …` gives `a::b` and `a::c::d`.
fn leaves(tree: &str) -> Vec<String> {
    let mut path = String::new();
    let mut rest = tree.trim_start();
    loop {
        if let Some(group) = rest.strip_prefix('{') {
            return group_items(group)
                .into_iter()
                .flat_map(leaves)
                .map(|leaf| format!("{path}{leaf}"))
                .collect();
        }
        let end = rest
            .find(|c: char| !c.is_alphanumeric() && c != '_')
            .unwrap_or(rest.len());
        path.push_str(&rest[..end]);
        match rest[end..].trim_start().strip_prefix("::") {
            Some(after) => {
                path.push_str("::");
                rest = after.trim_start();
            }
            None => return vec![path.trim_end_matches("::").to_owned()],
        }
    }
}

/// The items of a group whose brace is open, up to its closing brace.
fn group_items(group: &str) -> Vec<&str> {
    let mut items = Vec::new();
    let (mut depth, mut start) = (0, 0);
    for (at, sign) in group.char_indices() {
        match sign {
            '{' => depth += 1,
            '}' if depth > 0 => depth -= 1,
            ',' | '}' if depth == 0 => {
                items.push(group[start..at].trim());
                start = at + 1;
                if sign == '}' {
                    break;
                }
            }
            _ => {}
        }
    }
    items.retain(|item| !item.is_empty());
    items
}

/// The source with comments and the insides of string literals blanked, line
/// ends kept. Character literals of quotes are known; raw strings are taken
/// for plain ones, which can only blank too little of them.
fn without_comments_and_strings(source: &str) -> String {
    let mut code = String::with_capacity(source.len());
    let mut rest = source;
    let blank = |text: &str, code: &mut String| {
        code.extend(text.chars().map(|c| if c == '\n' { '\n' } else { ' ' }));
    };
    while let Some(sign) = rest.chars().next() {
        let length = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |end| end + 2)
        } else if let Some(raw) = rest.strip_prefix("r#\"") {
            raw.find("\"#").map_or(rest.len(), |end| end + 5)
        } else if sign == '"' {
            string_end(rest)
        } else if rest.starts_with("'\"'") {
            3
        } else if rest.starts_with("'\\\"'") {
            4
        } else {
            code.push(sign);
            rest = &rest[sign.len_utf8()..];
            continue;
        };
        blank(&rest[..length], &mut code);
        rest = &rest[length..];
    }
    code
}

/// One past the closing quote of the string literal that `text` begins with.
fn string_end(text: &str) -> usize {
    let mut escaped = false;
    for (at, sign) in text.char_indices().skip(1) {
        match sign {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

fn rust_files(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            rust_files(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

#[test]
fn imports_go_one_way() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    rust_files(&src, &mut files);
    assert!(files.len() > 30, "{} files", files.len());
    files.sort();
    let mut broken = Vec::new();
    for file in files {
        let path = file.strip_prefix(&src).expect("a path under src");
        // The list of the crate's modules.
        if path != Path::new("lib.rs") {
            let source = fs::read_to_string(&file).expect("a source file");
            broken.extend(offences(path, &source));
        }
    }
    assert!(broken.is_empty(), "\n{}", broken.join("\n"));
}

mod checker {
    use super::*;

    #[track_caller]
    fn check(path: &str, source: &str, expected: &[&str]) {
        let found = offences(Path::new(path), source);
        assert_eq!(found, expected, "{path}: {source}");
    }

    #[test]
    fn an_import_against_the_flow_is_found() {
        check(
            "cable/party.rs",
            "use std::fmt;\nuse crate::index::Index;\n",
            &["cable/party.rs:2: cable may not use index::Index"],
        );
        check(
            "query/search.rs",
            "fn f() { crate::ingest::walk(&[]); }",
            &["query/search.rs:1: query may not use ingest::walk"],
        );
        check(
            "query/syntax/tree.rs",
            "use crate::{cable::{Cable, Kind}, query::{lower::Lower, syntax::Tree}};",
            &["query/syntax/tree.rs:1: query/syntax may not use query::lower::Lower"],
        );
        check(
            "main.rs",
            "fn main() { cables::cli::run(); cables::index::Index::open(); }",
            &["main.rs:1: main may not use index::Index::open"],
        );
        check(
            "cli/search.rs",
            "use cables::query::Query; use crate::cli::hits; use cables::nowhere;",
            &["cli/search.rs:1: cli may not use nowhere"],
        );
        check(
            "ingest/tei/mod.rs",
            "use super::super::query::Query;",
            &["ingest/tei/mod.rs:1: ingest may not use query::Query"],
        );
        check(
            "cable/mod.rs",
            "pub(super) use super::{ingest, cable::Kind};",
            &["cable/mod.rs:1: cable may not use ingest"],
        );
        check(
            "cable/mod.rs",
            "use crate::*;",
            &["cable/mod.rs:1: cable may not use "],
        );
    }

    #[test]
    fn tantivy_is_named_in_two_folders_alone() {
        let source = "\nfn f(error: tantivy::TantivyError) {}";
        check("index/mod.rs", source, &[]);
        check("query/lower.rs", source, &[]);
        for folder in [
            "cli",
            "export",
            "ingest",
            "cable",
            "analysis",
            "query/syntax",
        ] {
            let expected = format!("{folder}/x.rs:2: {folder} may not name tantivy");
            check(&format!("{folder}/x.rs"), source, &[&expected]);
        }
    }

    #[test]
    fn what_is_admitted_and_what_is_no_code_passes() {
        check(
            "index/update/file.rs",
            "use crate::ingest::open; use crate::cable::Cable;",
            &[],
        );
        check(
            "index/update/file.rs",
            "use super::super::Index; use super::budget;",
            &[],
        );
        check(
            "cable/mod.rs",
            "mod tests { use super::*; use super::Cable; }",
            &[],
        );
        check("ingest/csv.rs", "pub(in crate::ingest) fn f() {}", &[]);
        check("export/ris.rs", "use crate::query::Hit;", &[]);
        check(
            "cable/kind.rs",
            "/// See `crate::index` and tantivy.\nlet s = \"crate::query\";",
            &[],
        );
        check(
            "cable/kind.rs",
            "pub(crate) fn tantivy_like() { let q = '\"'; /* crate::cli */ }",
            &[],
        );
    }

    #[test]
    fn a_file_of_no_layer_is_told() {
        check(
            "lucene/mod.rs",
            "",
            &["lucene/mod.rs: of no layer; add it to LAYERS"],
        );
        check(
            "cablesque.rs",
            "",
            &["cablesque.rs: of no layer; add it to LAYERS"],
        );
    }
}
