//! The TEI reader against what another program read from thirty volumes.
//!
//! Needs `../shared/corpora`; without it the test says so and passes.

use std::collections::{BTreeMap, HashMap};
use std::fs::{self, File};
use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;

use cables::cable::{Cable, DatePrecision};
use cables::ingest::{Format, Limits, Source, Tei};

/// What the reference tells of a document, by column.
const COLUMNS: [&str; 4] = ["number", "title", "date", "place"];

#[test]
fn documents_agree_with_the_reference() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let shared = root.join("../shared/corpora");
    let Ok(reference) = fs::read_to_string(shared.join("reference.tsv")) else {
        println!("skipped: no {}", shared.display());
        return;
    };
    let Some(volumes) = unpacked(root, &shared) else {
        println!("skipped: cannot unpack {}", shared.display());
        return;
    };
    let manifest = fs::read_to_string(shared.join("manifest.tsv")).expect("a manifest");

    let read = read_all(&volumes);
    for line in manifest.lines().skip(1) {
        let cells: Vec<&str> = line.split('\t').collect();
        let count = read
            .values()
            .filter(|(volume, _)| volume == cells[0])
            .count();
        assert_eq!(count.to_string(), cells[1], "documents of {}", cells[0]);
    }

    let mut total = 0_usize;
    let mut differences: BTreeMap<(&str, &str), Vec<String>> = BTreeMap::new();
    let mut wrong = [0_usize; COLUMNS.len()];
    for line in reference.lines().skip(1) {
        total += 1;
        let mut cells = line.split('\t');
        let id = cells.next().expect("an id");
        let Some((_, ours)) = read.get(id) else {
            panic!("{id} was not read");
        };
        for (column, (theirs, ours)) in cells.zip(ours).enumerate() {
            let (theirs, ours) = (fold(theirs), fold(ours));
            if theirs != ours {
                wrong[column] += 1;
                differences
                    .entry((COLUMNS[column], class(&theirs, &ours)))
                    .or_default()
                    .push(format!("{id}: {theirs:?}, here {ours:?}"));
            }
        }
    }
    assert_eq!(total, read.len(), "ids");
    for ((column, class), examples) in &differences {
        println!("{column}, {class}: {}", examples.len());
        examples
            .iter()
            .take(5)
            .for_each(|example| println!("    {example}"));
    }
    for (column, wrong) in COLUMNS.iter().zip(wrong) {
        println!("{column}: {} of {total} agree", total - wrong);
        assert!(wrong * 100 <= total, "{column}: {wrong} of {total} differ");
    }
}

/// The folder of the volumes, unpacked where it is not yet.
fn unpacked(root: &Path, shared: &Path) -> Option<PathBuf> {
    let corpora = root.join("target/corpora");
    let volumes = corpora.join("frus");
    if !volumes.is_dir() {
        fs::create_dir_all(&corpora).ok()?;
        let status = Command::new("tar")
            .arg("-xJf")
            .arg(shared.join("frus.tar.xz"))
            .arg("-C")
            .arg(&corpora)
            .status()
            .ok()?;
        if !status.success() {
            return None;
        }
    }
    Some(volumes)
}

type Row = (String, [String; COLUMNS.len()]);

/// Every document's volume and columns, by id.
fn read_all(volumes: &Path) -> HashMap<String, Row> {
    let entries = fs::read_dir(volumes).expect("the volumes");
    let files = Mutex::new(
        entries
            .flatten()
            .map(|entry| entry.path())
            .collect::<Vec<_>>(),
    );
    let read = Mutex::new(HashMap::new());
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                loop {
                    let next = files.lock().expect("no thread panics").pop();
                    let Some(path) = next else { break };
                    let rows = read_volume(path);
                    read.lock().expect("no thread panics").extend(rows);
                }
            });
        }
    });
    read.into_inner().expect("no thread panics")
}

fn read_volume(path: PathBuf) -> Vec<(String, Row)> {
    let stem = path
        .file_stem()
        .expect("a name")
        .to_string_lossy()
        .into_owned();
    let input = BufReader::with_capacity(1 << 16, File::open(&path).expect("a readable file"));
    let source = Source {
        path,
        name: stem.clone(),
        stem: stem.clone(),
    };
    let mut ordinal = 0;
    Tei.read(Box::new(input), &source, Limits::default())
        .map(|result| {
            let cable = result.expect("the corpus has no faults");
            assert_eq!(cable.source.ordinal, ordinal);
            ordinal += 1;
            check(&cable);
            (cable.id.clone(), (stem.clone(), columns(&cable)))
        })
        .collect()
}

/// What holds of every document, whatever it says.
fn check(cable: &Cable) {
    let id = &cable.id;
    let tidy = |text: &str| {
        assert_eq!(text.trim(), text, "{id}");
        assert!(!text.is_empty(), "{id}");
        assert!(!text.contains("  ") && !text.contains('\n'), "{id}: {text}");
    };
    cable
        .body
        .iter()
        .for_each(|paragraph| tidy(&paragraph.text));
    cable.notes.iter().for_each(|note| tidy(&note.text));
    let anchors = cable.notes.iter().filter_map(|note| note.anchor);
    for at in anchors.chain(cable.pages.iter().map(|page| page.at)) {
        let text = match cable.body.get(at.paragraph as usize) {
            Some(paragraph) => paragraph.text.as_str(),
            None => "",
        };
        assert!(at.paragraph as usize <= cable.body.len(), "{id}");
        assert!(text.is_char_boundary(at.offset as usize), "{id}");
    }
    assert!(cable.pages.is_sorted_by_key(|page| page.at), "{id}");
}

fn columns(cable: &Cable) -> [String; COLUMNS.len()] {
    let date = cable.date.map(|date| {
        let day = date.earliest.to_string();
        let length = match date.precision {
            DatePrecision::Day | DatePrecision::Range => "1930-04-01".len(),
            DatePrecision::Month => "1930-04".len(),
            DatePrecision::Year => "1930".len(),
        };
        day[..length].to_owned()
    });
    [
        cable.number.clone().unwrap_or_default(),
        cable.title.clone(),
        date.unwrap_or_default(),
        cable.place.clone().unwrap_or_default(),
    ]
}

/// The text with white space folded, and without any around punctuation.
fn fold(text: &str) -> String {
    let mut folded = String::new();
    let mut space = false;
    for character in text.chars() {
        if character.is_whitespace() {
            space = true;
            continue;
        }
        let between_words = folded.ends_with(char::is_alphanumeric) && character.is_alphanumeric();
        if std::mem::take(&mut space) && between_words {
            folded.push(' ');
        }
        folded.push(character);
    }
    folded
}

/// What sort of difference this is.
fn class(theirs: &str, ours: &str) -> &'static str {
    match (theirs, ours) {
        ("", _) => "only here",
        (_, "") => "only in the reference",
        (theirs, ours) if theirs.ends_with(ours) => "longer at the beginning in the reference",
        (theirs, ours) if theirs.starts_with(ours) => "longer at the end in the reference",
        (theirs, ours) if ours.starts_with(theirs) => "longer at the end here",
        _ => "other",
    }
}
