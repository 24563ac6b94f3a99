//! Finding and opening files, through the public API. All documents here are
//! invented.

use std::fs;
use std::io::{Cursor, Read as _, Write};
use std::path::{Path, PathBuf};

use cables::cable::Cable;
use cables::ingest::{
    ContentHash, FormatName, Found, IngestError, Limits, Opening, content_hash, decode, detect,
    open, walk,
};
use proptest::prelude::*;
use tempfile::TempDir;

fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("folders");
        fs::write(path, bytes).expect("a file");
    }
    folder
}

fn find(path: &Path) -> Vec<Result<Found, IngestError>> {
    walk(&[path.to_owned()]).collect()
}

fn names(path: &Path) -> Vec<String> {
    find(path)
        .into_iter()
        .flatten()
        .map(|found| found.source.name)
        .collect()
}

/// The format and the encoding of a file, and its documents.
type Read = (FormatName, &'static str, Vec<Result<Cable, String>>);

/// What reading the file at `path` gives, its errors without the folder.
fn read(path: &Path) -> Result<Read, String> {
    let plain = |error: IngestError| format!("{}: {}", error.line, error.reason);
    let found = find(path).remove(0).map_err(plain)?;
    match open(&found, None, Limits::default()).map_err(plain)? {
        Opening::Text(opened) => {
            let cables = opened.cables.map(|cable| cable.map_err(plain)).collect();
            Ok((opened.format, opened.decoding.encoding(), cables))
        }
        Opening::Binary => Err("binary".to_owned()),
    }
}

#[track_caller]
fn title(path: &Path) -> (FormatName, &'static str, String) {
    let (format, encoding, mut cables) = read(path).expect("a text");
    let cable = cables.remove(0).expect("a document");
    (format, encoding, cable.title)
}

mod walking {
    use super::*;

    #[test]
    fn files_come_in_order_and_no_ignore_file_counts() {
        let folder = folder(&[
            ("b.txt", b"x"),
            (".gitignore", b"*.txt\nsub\n"),
            (".hidden/in.txt", b"x"),
            (".ignore", b"*"),
            ("a/Telegram No. 5", b"x"),
            ("a/1962.10.03.txt.gz", b"x"),
            ("sub/c.md", b"x"),
        ]);
        fs::create_dir(folder.path().join(".git")).expect("a folder");
        let mut found = walk(&[folder.path().to_owned()]);
        let names: Vec<String> = found.by_ref().flatten().map(|f| f.source.name).collect();
        assert_eq!(names, ["a/1962.10.03", "a/Telegram No. 5", "b", "sub/c"]);
        assert_eq!(found.skipped().hidden, 4);
    }

    #[test]
    fn a_named_file_is_read_whatever_its_name() {
        let folder = folder(&[(".secret.txt", b"x")]);
        let found = find(&folder.path().join(".secret.txt"))
            .remove(0)
            .expect("a file");
        assert_eq!(
            (found.source.name.as_str(), found.named, found.size),
            (".secret", true, 1)
        );
        assert!(found.path.is_absolute());
    }

    #[test]
    fn a_path_that_is_not_there_is_an_error_and_the_next_is_read() {
        let folder = folder(&[("a.txt", b"x")]);
        let missing = folder.path().join("missing");
        let mut found = walk(&[missing.clone(), folder.path().to_owned()]);
        let error = found.next().expect("an item").expect_err("an error");
        assert_eq!(
            error.to_string(),
            format!("{}:1: no such file or folder", missing.display())
        );
        assert!(found.next().expect("an item").is_ok());
    }

    #[cfg(unix)]
    #[test]
    fn links_are_followed_once_and_loops_end() {
        use std::os::unix::fs::symlink;
        let folder = folder(&[("a/x.txt", b"x")]);
        let at = |name: &str| folder.path().join(name);
        symlink(folder.path(), at("a/loop")).expect("a link");
        symlink(at("a/x.txt"), at("again.txt")).expect("a link");
        symlink(at("nothing"), at("dangling")).expect("a link");
        let mut walk = walk(&[folder.path().to_owned()]);
        let (files, errors): (Vec<_>, Vec<_>) = walk.by_ref().partition(Result::is_ok);
        assert_eq!(files.len(), 1);
        let errors: Vec<String> = errors
            .into_iter()
            .filter_map(|e| e.err())
            .map(|e| e.to_string())
            .collect();
        assert_eq!(
            errors,
            [
                format!(
                    "{}:1: a symbolic link to the folder {} that it is in; it is not followed",
                    at("a/loop").display(),
                    folder.path().display()
                ),
                format!("{}:1: a symbolic link to nothing", at("dangling").display()),
            ]
        );
        assert_eq!(walk.skipped().repeated, 1);
    }

    #[cfg(unix)]
    #[test]
    fn pipes_and_sockets_are_never_opened() {
        let folder = folder(&[("a.txt", b"x")]);
        let _socket =
            std::os::unix::net::UnixListener::bind(folder.path().join("socket")).expect("a socket");
        let fifo = folder.path().join("fifo");
        let made = std::process::Command::new("mkfifo").arg(&fifo).status();
        let special = 1 + u64::from(made.is_ok_and(|status| status.success()));
        let mut found = walk(&[folder.path().to_owned()]);
        assert_eq!(found.by_ref().count(), 1);
        assert_eq!(found.skipped().special, special);
        if special == 2 {
            let error = find(&fifo).remove(0).expect_err("an error");
            assert_eq!(
                error.reason,
                "a pipe, socket or device, not a file; copy what it gives into a file"
            );
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_file_that_may_not_be_read_is_an_error() {
        use std::os::unix::fs::PermissionsExt;
        let folder = folder(&[("a.txt", b"x")]);
        let path = folder.path().join("a.txt");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o0)).expect("permissions");
        if fs::File::open(&path).is_ok() {
            return; // The superuser may read everything.
        }
        assert_eq!(read(&path).expect_err("an error"), "1: permission denied");
    }
}

mod formats {
    use super::*;

    #[test]
    fn contents_tell_the_format_before_the_name() {
        for (name, text, format) in [
            (
                "a.txt",
                "<?xml version='1.0'?>\n<?x y?><!-- c -->\n<TEI xmlns='x'>",
                FormatName::Tei,
            ),
            (
                "a.xml",
                "<!DOCTYPE TEI [<!ENTITY a \"<b>\">]>\n<tei:TEI>",
                FormatName::Tei,
            ),
            ("a.txt", "\n<!DOCTYPE html>\n<p>x", FormatName::Html),
            ("a", "<html lang=en>", FormatName::Html),
            ("a.html", "plain", FormatName::Html),
            ("a.txt", "{\"a\":1}\n{\"a\":2}\n", FormatName::Jsonl),
            ("a.jsonl", "oops\n", FormatName::Jsonl),
            (
                "a.md",
                "**Citation:**\n\nx\n\n**Contents:**\n",
                FormatName::Wilson,
            ),
            (
                "a.csv",
                "a,b\nx,\"\n**Citation:**\n**Contents:**\"\n",
                FormatName::Csv,
            ),
            ("a.tsv.gz", "a\tb", FormatName::Csv),
            ("a.md", "{see below}\n", FormatName::Markdown),
            ("a.txt", "{see below}\n", FormatName::Text),
            ("a", "text", FormatName::Text),
        ] {
            assert_eq!(detect(text, Path::new(name)), Ok(format), "{name}: {text}");
        }
    }

    #[test]
    fn what_no_reader_reads_is_named() {
        assert_eq!(
            detect("<?xml version='1.0'?><feed/>", Path::new("a.xml")),
            Err(
                "an XML file that is not TEI: its first element is <feed>; convert it to TEI, HTML or text"
                    .to_owned()
            )
        );
        for text in ["[\n{\"a\":1}\n]", "{\n  \"a\": 1\n}"] {
            assert_eq!(
                detect(text, Path::new("a.json")),
                Err(
                    "a JSON document; Cables reads JSON Lines, one object a line: convert it with jq -c '.[]' FILE"
                        .to_owned()
                )
            );
        }
    }

    #[test]
    fn names_are_read_back() {
        for format in FormatName::ALL {
            assert_eq!(format.name().parse(), Ok(format));
        }
        assert_eq!(
            "pdf"
                .parse::<FormatName>()
                .expect_err("an error")
                .to_string(),
            "\"pdf\" is not a format; the formats are tei, wilson, text, markdown, html, jsonl and csv"
        );
    }

    #[test]
    fn binary_files_are_passed_over_unless_they_are_named() {
        let folder = folder(&[
            ("a.pdf", b"%PDF-1.4\nx"),
            ("b.docx", b"PK\x03\x04\0\0word"),
            ("c.bin", b"MZ\0\0"),
        ]);
        for found in find(folder.path()) {
            let opening = open(&found.expect("a file"), None, Limits::default());
            assert!(matches!(opening, Ok(Opening::Binary)));
        }
        let error = |name: &str| read(&folder.path().join(name)).expect_err("an error");
        assert_eq!(
            error("a.pdf"),
            "1: a PDF file; extract its text with pdftotext FILE"
        );
        assert_eq!(
            error("b.docx"),
            "1: a word processor's file; convert it with pandoc FILE -o FILE.md or save it as text"
        );
        assert_eq!(
            error("c.bin"),
            "1: a binary file; only texts can be indexed"
        );
    }

    #[test]
    fn an_empty_file_is_an_error() {
        let folder = folder(&[("a.txt", b""), ("b.txt", b"\xef\xbb\xbf \n")]);
        for name in ["a.txt", "b.txt"] {
            assert_eq!(
                read(&folder.path().join(name)).expect_err("an error"),
                "1: the file is empty"
            );
        }
    }
}

mod compression {
    use super::*;
    use flate2::Compression;
    use flate2::write::GzEncoder;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(bytes).expect("compressed");
        encoder.finish().expect("compressed")
    }

    #[test]
    fn gzip_and_zstandard_are_read_through() {
        let zstd = zstd::encode_all(Cursor::new(b"# Title\n\nText\n"), 1).expect("compressed");
        let mut two = gzip(b"title,text\n");
        two.extend(gzip(b"Title,Text\n"));
        let folder = folder(&[("a.csv.gz", &two), ("b.md.zst", &zstd)]);
        assert_eq!(
            title(&folder.path().join("a.csv.gz")),
            (FormatName::Csv, "UTF-8", "Title".to_owned())
        );
        assert_eq!(
            title(&folder.path().join("b.md.zst")),
            (FormatName::Markdown, "UTF-8", "Title".to_owned())
        );
        assert_eq!(names(folder.path()), ["a", "b"]);
    }

    #[test]
    fn a_file_that_was_cut_off_is_an_error_after_what_can_be_read() {
        let mut lines = String::new();
        for number in 0..20_000_u64 {
            let noise = ContentHash::of(&number.to_le_bytes());
            lines.push_str(&format!(
                "{{\"title\":\"Telegram {number}\",\"noise\":\"{noise}\"}}\n"
            ));
        }
        let whole = gzip(lines.as_bytes());
        let folder = folder(&[
            ("a.jsonl.gz", &whole[..whole.len() / 2]),
            ("b.txt.gz", &whole[..40]),
        ]);
        let (_, _, cables) = read(&folder.path().join("a.jsonl.gz")).expect("a text");
        let (read_cables, errors): (Vec<_>, Vec<_>) = cables.into_iter().partition(Result::is_ok);
        assert!(read_cables.len() > 1_000);
        let errors: Vec<String> = errors.into_iter().filter_map(|e| e.err()).collect();
        assert_eq!(errors.len(), 1, "{errors:?}");
        let end = "cannot be read: the gzip data end too early; the file was cut off, copy or download it again";
        assert!(errors[0].ends_with(end), "{errors:?}");
        let error = read(&folder.path().join("b.txt.gz")).expect_err("an error");
        assert_eq!(error, format!("1: {end}"));
    }
}

mod encodings {
    use super::*;

    fn decoded(bytes: &[u8]) -> (String, &'static str, u64) {
        let (mut input, decoding) = decode(Cursor::new(bytes.to_vec())).expect("decoded");
        let mut text = String::new();
        input.read_to_string(&mut text).expect("UTF-8");
        (text, decoding.encoding(), decoding.replaced())
    }

    fn utf_16(text: &str, little: bool) -> Vec<u8> {
        let units = text.encode_utf16();
        units
            .flat_map(|unit| {
                if little {
                    unit.to_le_bytes()
                } else {
                    unit.to_be_bytes()
                }
            })
            .collect()
    }

    #[test]
    fn byte_order_marks_and_utf_16_without_one() {
        assert_eq!(decoded(b"\xef\xbb\xbfa"), ("a".to_owned(), "UTF-8", 0));
        assert_eq!(decoded(b"\xff\xfea\0"), ("a".to_owned(), "UTF-16LE", 0));
        assert_eq!(decoded(b"\xfe\xff\0a"), ("a".to_owned(), "UTF-16BE", 0));
        let text = "Telegram. Телеграмма из Москвы, 1962 г.\r\n";
        assert_eq!(
            decoded(&utf_16(text, true)),
            (text.to_owned(), "UTF-16LE", 0)
        );
        assert_eq!(
            decoded(&utf_16(text, false)),
            (text.to_owned(), "UTF-16BE", 0)
        );
    }

    #[test]
    fn utf_16_of_odd_length_loses_its_last_byte_alone() {
        assert_eq!(
            decoded(b"\xff\xfea\0b"),
            ("a\u{fffd}".to_owned(), "UTF-16LE", 1)
        );
    }

    #[test]
    fn latin_1_is_guessed_and_declarations_are_honoured() {
        let text =
            "L'ambassadeur a été reçu à l'Élysée. Le ministère répète sa réponse précédente.";
        let bytes: Vec<u8> = text.chars().map(|c| c as u8).collect();
        assert_eq!(decoded(&bytes), (text.to_owned(), "windows-1252", 0));
        assert_eq!(
            decoded(b"<?xml version='1.0' encoding='koi8-r'?>\n\xeb"),
            (
                "<?xml version='1.0' encoding='koi8-r'?>\nК".to_owned(),
                "KOI8-R",
                0
            )
        );
        assert_eq!(decoded(b"<meta charset=koi8-r>\xeb").1, "KOI8-R");
    }

    #[test]
    fn the_encoding_is_told_where_ascii_ends() {
        let mut bytes = vec![b'a'; 200_000];
        bytes.extend("été à l'Élysée, très réservé".chars().map(|c| c as u8));
        let (text, encoding, _) = decoded(&bytes);
        assert_eq!(encoding, "windows-1252");
        assert!(text.ends_with("très réservé"));
    }

    #[test]
    fn a_faulty_byte_in_utf_8_costs_itself_alone() {
        let mut bytes = "Телеграмма ".repeat(20_000).into_bytes();
        bytes.push(0xe9);
        bytes.extend("конец".as_bytes());
        let (text, encoding, replaced) = decoded(&bytes);
        assert_eq!((encoding, replaced), ("UTF-8", 1));
        assert!(text.ends_with("\u{fffd}конец"));
    }

    proptest! {
        #[test]
        fn any_bytes_become_utf_8(bytes in proptest::collection::vec(any::<u8>(), 0..2000)) {
            decoded(&bytes);
        }

        #[test]
        fn utf_8_stays_as_it_is(text in "\\PC{0,300}") {
            let (read, _, replaced) = decoded(text.as_bytes());
            prop_assert_eq!((read, replaced), (text, 0));
        }

        #[test]
        fn detection_never_panics(text in "[<>!?a-zA-Z{}\\[\\]\" \n*:-]{0,80}") {
            for name in ["a.xml", "a.json", "a.txt"] {
                let _ = detect(&text, Path::new(name));
            }
        }
    }
}

#[test]
fn a_hash_tells_contents_apart_and_is_read_back() {
    let folder = folder(&[("a", b"one"), ("b", b"two")]);
    let hash = |name: &str| content_hash(&folder.path().join(name)).expect("a hash");
    assert_eq!(hash("a"), ContentHash::of(b"one"));
    assert_ne!(hash("a"), hash("b"));
    assert_eq!(hash("a").to_string().parse(), Ok(hash("a")));
    assert!(content_hash(&PathBuf::from("/nothing/here")).is_err());
}
