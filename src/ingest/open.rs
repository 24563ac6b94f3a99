//! From a file that was found to its cables: decompress, decode, tell the
//! format, read.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::path::Path;
use std::sync::Arc;

use super::compression::decompress;
use super::encoding::{Decoding, decode, utf_16_without_mark};
use super::{FormatName, Found, IngestError, Limits, Source, detect};
use crate::cable::Cable;

/// A file that is being read.
pub struct Opened {
    /// Its documents, in the order of the file.
    pub cables: Box<dyn Iterator<Item = Result<Cable, IngestError>> + Send>,
    /// The format that it is read in.
    pub format: FormatName,
    /// Its encoding, and what could not be decoded: both are settled only when
    /// the documents have been read.
    pub decoding: Arc<Decoding>,
}

/// What opening a file comes to.
pub enum Opening {
    /// It is a text.
    Text(Opened),
    /// It is no text, and was found in a folder: it is passed over, and worth
    /// counting.
    Binary,
}

/// Opens a file that [`super::walk`] has found, in `format`, or in the one
/// that [`super::detect`] tells.
///
/// # Errors
///
/// Where the file cannot be read, is in no known format, or, if the user named
/// it, is no text.
pub fn open(
    found: &Found,
    format: Option<FormatName>,
    limits: Limits,
) -> Result<Opening, IngestError> {
    let source = &found.source;
    let unreadable = |error: io::Error| IngestError::unreadable(source, 1, &error);
    let file = File::open(&found.path).map_err(unreadable)?;
    let mut bytes = decompress(BufReader::with_capacity(64 << 10, file)).map_err(unreadable)?;
    let mut head = Vec::new();
    bytes
        .by_ref()
        .take(1 << 10)
        .read_to_end(&mut head)
        .map_err(unreadable)?;
    if is_binary(&head) {
        return if found.named {
            Err(IngestError::new(source, 1, advice(&head, &source.path)))
        } else {
            Ok(Opening::Binary)
        };
    }
    let (mut input, decoding) = decode(Cursor::new(head).chain(bytes)).map_err(unreadable)?;
    let format = match format {
        Some(format) => format,
        None => told_by_head(&mut input, source)?,
    };
    Ok(Opening::Text(Opened {
        cables: format.reader().read(input, source, limits),
        format,
        decoding,
    }))
}

fn told_by_head(
    input: &mut Box<dyn BufRead + Send>,
    source: &Source,
) -> Result<FormatName, IngestError> {
    let head = input
        .fill_buf()
        .map_err(|error| IngestError::unreadable(source, 1, &error))?;
    let head = String::from_utf8_lossy(head);
    if head.trim().is_empty() && head.len() < 1 << 10 {
        return Err(IngestError::new(source, 1, "the file is empty"));
    }
    detect(&head, &source.path).map_err(|reason| IngestError::new(source, 1, reason))
}

/// What files begin with that have no NUL byte early on, or that deserve their
/// own advice.
const PDF: &[u8] = b"%PDF-";
const ZIP: &[u8] = b"PK\x03\x04";
const OLE: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0];
const RTF: &[u8] = b"{\\rtf";
const OTHER_KINDS: [&[u8]; 10] = [
    b"\x89PNG",
    b"GIF8",
    b"\xff\xd8\xff",
    b"II*\0",
    b"MM\0*",
    b"%!PS-Adobe",
    b"BZh",
    b"7z\xbc\xaf",
    b"\xfd7zXZ",
    b"Rar!",
];

/// Whether a file that begins with `head` is no text.
fn is_binary(head: &[u8]) -> bool {
    let known = [PDF, ZIP, OLE, RTF].iter().chain(&OTHER_KINDS);
    if known.into_iter().any(|magic| head.starts_with(magic)) {
        return true;
    }
    let is_utf_16 = head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff");
    head.contains(&0) && !is_utf_16 && utf_16_without_mark(head).is_none()
}

/// What to do with a binary file.
fn advice(head: &[u8], path: &Path) -> String {
    let extension = detect::extension(path);
    let what = if head.starts_with(PDF) {
        "a PDF file; extract its text with pdftotext FILE"
    } else if head.starts_with(OLE)
        || matches!(
            extension.as_str(),
            "docx" | "odt" | "pptx" | "xlsx" | "epub"
        )
    {
        "a word processor's file; convert it with pandoc FILE -o FILE.md or save it as text"
    } else if head.starts_with(RTF) {
        "an RTF file; convert it with pandoc FILE -o FILE.md or save it as text"
    } else if head.starts_with(ZIP) {
        "a ZIP archive; unpack it and index the folder"
    } else if head.starts_with(b"BZh") || head.starts_with(b"\xfd7zXZ") {
        "a compressed file; unpack it first (gzip and zstd are read as they are)"
    } else if OTHER_KINDS[..5].iter().any(|magic| head.starts_with(magic)) {
        "an image; read its text out with an OCR program such as tesseract"
    } else {
        "a binary file; only texts can be indexed"
    };
    what.to_owned()
}
