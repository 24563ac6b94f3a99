//! Bytes of any encoding to UTF-8, in pieces.

use std::io::{self, BufRead, Read};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{DecoderResult, Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// How many bytes are decoded, and looked at to tell the encoding, at a time.
const CHUNK: usize = 64 << 10;

/// How a file is being decoded, as far as it has been read.
#[derive(Debug, Default)]
pub struct Decoding {
    encoding: OnceLock<&'static Encoding>,
    replaced: AtomicU64,
}

impl Decoding {
    /// The encoding's name, as `UTF-8` or `windows-1252`. A file that has had
    /// nothing but ASCII is in UTF-8.
    pub fn encoding(&self) -> &'static str {
        self.encoding
            .get()
            .map_or(UTF_8.name(), |encoding| encoding.name())
    }

    /// How many faulty byte sequences have been read as U+FFFD.
    pub fn replaced(&self) -> u64 {
        self.replaced.load(Ordering::Relaxed)
    }
}

/// `input` as UTF-8 without a byte order mark.
///
/// The encoding is, in this order: what a byte order mark says; UTF-16 where
/// the bytes read as text in it; what an XML declaration says; UTF-8 where the
/// bytes are UTF-8, or nearly; what an HTML `meta` element says; a guess by the
/// letters' frequencies. It is settled at the first piece of 64 KiB that has
/// more than ASCII, and stays: what cannot be decoded further on becomes
/// U+FFFD and is counted.
///
/// # Errors
///
/// Where the first bytes cannot be read.
pub fn decode<'a>(
    input: impl Read + Send + 'a,
) -> io::Result<(Box<dyn BufRead + Send + 'a>, Arc<Decoding>)> {
    let report = Arc::new(Decoding::default());
    let mut reader = Reader {
        input,
        raw: Vec::with_capacity(CHUNK),
        text: String::new(),
        at: 0,
        decoder: None,
        ended: false,
        fault: None,
        report: Arc::clone(&report),
    };
    reader.read_chunk()?;
    reader.settle_by_head();
    reader.decode_chunk();
    Ok((Box::new(reader), report))
}

struct Reader<R> {
    input: R,
    raw: Vec<u8>,
    text: String,
    at: usize,
    /// `None` as long as all bytes are ASCII.
    decoder: Option<encoding_rs::Decoder>,
    ended: bool,
    /// Why no more bytes can be read.
    fault: Option<io::Error>,
    report: Arc<Decoding>,
}

impl<R: Read> Reader<R> {
    fn read_chunk(&mut self) -> io::Result<()> {
        self.raw.clear();
        if let Some(fault) = self.fault.take() {
            self.ended = true;
            return Err(fault);
        }
        let wanted = CHUNK as u64;
        let read = self.input.by_ref().take(wanted).read_to_end(&mut self.raw);
        match read {
            Ok(length) => {
                self.ended = length < CHUNK;
                Ok(())
            }
            // What came before the fault is still read.
            Err(error) if !self.raw.is_empty() => {
                self.fault = Some(error);
                Ok(())
            }
            Err(error) => {
                self.ended = true;
                Err(error)
            }
        }
    }

    /// Settles the encoding where the first bytes tell it.
    fn settle_by_head(&mut self) {
        if let Some((encoding, mark)) = Encoding::for_bom(&self.raw) {
            self.raw.drain(..mark);
            self.settle(encoding);
        } else if let Some(encoding) = utf_16_without_mark(&self.raw) {
            self.settle(encoding);
        } else if let Some(encoding) = declared(&self.raw)
            && (encoding != UTF_8 || is_nearly_utf_8(&self.raw))
        {
            self.settle(encoding);
        }
    }

    fn settle(&mut self, encoding: &'static Encoding) {
        self.decoder = Some(encoding.new_decoder_without_bom_handling());
        let _ = self.report.encoding.set(encoding);
    }

    fn decode_chunk(&mut self) {
        self.text.clear();
        self.at = 0;
        if self.decoder.is_none() {
            if let Ok(text) = std::str::from_utf8(&self.raw)
                && text.is_ascii()
            {
                self.text.push_str(text);
                return;
            }
            self.settle(guess(&self.raw));
        }
        let Some(decoder) = &mut self.decoder else {
            return;
        };
        let mut read = 0;
        loop {
            let rest = &self.raw[read..];
            let room = decoder
                .max_utf8_buffer_length_without_replacement(rest.len())
                .unwrap_or(rest.len());
            self.text.reserve(room.max(16));
            let (result, consumed) =
                decoder.decode_to_string_without_replacement(rest, &mut self.text, self.ended);
            read += consumed;
            match result {
                DecoderResult::InputEmpty => break,
                DecoderResult::OutputFull => {}
                DecoderResult::Malformed(..) => {
                    self.text.push('\u{fffd}');
                    self.report.replaced.fetch_add(1, Ordering::Relaxed);
                }
            }
        }
    }
}

impl<R: Read> Read for Reader<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let available = self.fill_buf()?;
        let length = available.len().min(buffer.len());
        buffer[..length].copy_from_slice(&available[..length]);
        self.consume(length);
        Ok(length)
    }
}

impl<R: Read> BufRead for Reader<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        while self.at >= self.text.len() && !self.ended {
            self.read_chunk()?;
            self.decode_chunk();
        }
        Ok(&self.text.as_bytes()[self.at..])
    }

    fn consume(&mut self, amount: usize) {
        self.at = (self.at + amount).min(self.text.len());
    }
}

/// The encoding of bytes that are not all ASCII.
fn guess(bytes: &[u8]) -> &'static Encoding {
    if is_nearly_utf_8(bytes) {
        return UTF_8;
    }
    if let Some(encoding) = meta_charset(bytes) {
        return encoding;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Deny)
}

/// Whether the bytes are UTF-8, but for a few that were damaged or pasted in:
/// a text in another encoding has hardly any of the sequences of UTF-8.
fn is_nearly_utf_8(bytes: &[u8]) -> bool {
    const GOOD_PER_FAULT: usize = 10;
    let (mut good, mut faults) = (0, 0);
    let mut chunks = bytes.utf8_chunks().peekable();
    while let Some(chunk) = chunks.next() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        // A character may be cut in two by the end of the bytes.
        let cut =
            chunks.peek().is_none() && chunk.invalid().first().is_some_and(|byte| *byte >= 0xc2);
        faults += usize::from(!chunk.invalid().is_empty() && !cut);
        if cut && bytes.len() < CHUNK {
            faults += 1;
        }
    }
    faults * GOOD_PER_FAULT <= good
}

/// UTF-16 that no byte order mark announces: spaces and line ends are there,
/// and nothing that a text does not have.
pub(super) fn utf_16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    const LOOKED_AT: usize = 4 << 10;
    let bytes = &bytes[..bytes.len().min(LOOKED_AT)];
    if bytes.len() < 4 || !bytes.contains(&0) {
        return None;
    }
    [(UTF_16LE, 0), (UTF_16BE, 1)]
        .into_iter()
        .find_map(|(encoding, low)| {
            let units = bytes
                .chunks_exact(2)
                .map(|pair| u16::from_le_bytes([pair[low], pair[1 - low]]));
            let count = bytes.len() / 2;
            let mut ascii = 0;
            for character in char::decode_utf16(units) {
                match character {
                    Ok(c) if c.is_ascii_control() && !c.is_ascii_whitespace() => return None,
                    Ok('\u{e000}'..='\u{f8ff}' | '\u{ff00}' | '\u{fff0}'..='\u{ffff}') => {
                        return None;
                    }
                    Ok(c) => ascii += usize::from(c.is_ascii()),
                    Err(_) => return None,
                }
            }
            // A stray NUL in a text of bytes makes few of these.
            (ascii * 10 >= count).then_some(encoding)
        })
}

/// The encoding in an XML declaration at the beginning of the bytes.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(256)];
    let declaration = head.trim_ascii_start().strip_prefix(b"<?xml")?;
    let end = declaration.windows(2).position(|pair| pair == b"?>")?;
    labelled(&declaration[..end], b"encoding")
}

/// The encoding in a `meta` element of a page.
fn meta_charset(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(4 << 10)];
    let lower = head.to_ascii_lowercase();
    let meta = lower.windows(5).position(|window| window == b"<meta")?;
    labelled(&lower[meta..], b"charset")
}

/// The encoding whose label follows `name=`, if it has ASCII as its first
/// half: else the declaration could not have been read.
fn labelled(bytes: &[u8], name: &[u8]) -> Option<&'static Encoding> {
    let at = bytes
        .windows(name.len())
        .position(|window| window == name)?;
    let rest = bytes[at + name.len()..]
        .trim_ascii_start()
        .strip_prefix(b"=")?;
    let rest = rest.trim_ascii_start();
    let rest = rest
        .strip_prefix(b"\"")
        .or_else(|| rest.strip_prefix(b"'"))
        .unwrap_or(rest);
    let end = rest
        .iter()
        .position(|byte| !byte.is_ascii_alphanumeric() && !b"-_:.".contains(byte))
        .unwrap_or(rest.len());
    Encoding::for_label(&rest[..end]).filter(|encoding| encoding.is_ascii_compatible())
}
