//! HTML: what its head says of the document, and the readable text.
//!
//! The text is taken from the tokens of the HTML standard's tokenizer. No tree
//! is built: a page's nesting, however deep or broken, costs nothing.

use std::cell::RefCell;
use std::io::BufRead;
use std::iter;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};

use super::fields::Field;
use super::lines::read_whole;
use super::prose::{flush, one_line, paragraphs};
use super::values::{Fields, finish};
use super::{Format, IngestError, Limits, Source};
use crate::cable::{Cable, Extra, Paragraph};

/// HTML, one document a file. Nothing that a page refers to is fetched.
#[derive(Debug, Clone, Copy, Default)]
pub struct Html;

impl Format for Html {
    fn read<'a>(
        &self,
        input: Box<dyn BufRead + Send + 'a>,
        source: &Source,
        limits: Limits,
    ) -> Box<dyn Iterator<Item = Result<Cable, IngestError>> + Send + 'a> {
        let source = source.clone();
        Box::new(iter::once_with(move || {
            let text = read_whole(input, &source, limits)?;
            if has_endless_tag(&text) {
                let reason = "the page has a tag without end; mend it or save the page as text";
                return Err(IngestError::new(&source, 1, reason));
            }
            finish(cable(&text), &source, None, 0, || source.name.clone())
        }))
    }
}

fn cable(text: &str) -> Cable {
    let page = page(text);
    let has_title = page.meta.has(Field::Title);
    let mut cable = page.meta.into_cable();
    cable.body = page.body;
    let head_title = page.title;
    match page.heading {
        Some((at, heading)) if !has_title || cable.title == heading => {
            cable.title = heading;
            if at < cable.body.len() {
                cable.body.remove(at);
            }
        }
        _ => {}
    }
    if cable.title.is_empty() {
        cable.title = head_title;
    } else if !head_title.is_empty() && head_title != cable.title {
        cable.extras.push(Extra {
            name: "title".to_owned(),
            value: head_title,
        });
    }
    cable
}

/// The readable paragraphs of a piece of HTML; where a tag has no end, all of it.
pub(super) fn paragraphs_of(html: &str) -> Vec<Paragraph> {
    if has_endless_tag(html) {
        return paragraphs(html);
    }
    page(html).body
}

/// Whether something that begins as a tag goes on for thousands of attributes.
/// The tokenizer compares each of them with all before it, which takes hours
/// where a page has lost a `>`.
fn has_endless_tag(html: &str) -> bool {
    const MOST: usize = 2_000;
    let bytes = html.as_bytes();
    let mut at = 0;
    while let Some(found) = bytes[at..]
        .windows(2)
        .position(|pair| pair[0] == b'<' && pair[1].is_ascii_alphabetic())
    {
        at += found + 1;
        let mut attributes = 0;
        while let Some(&byte) = bytes.get(at) {
            at += 1;
            match byte {
                b'>' => break,
                b' ' | b'\n' | b'\t' | b'\r' | b'\x0c' | b'/' => attributes += 1,
                b'=' => {
                    let value = bytes[at..].trim_ascii_start();
                    if let Some(quote @ (b'"' | b'\'')) = value.first() {
                        let skipped = bytes.len() - at - value.len() + 1;
                        let length = value[1..].iter().position(|byte| byte == quote);
                        at = length.map_or(bytes.len(), |length| at + skipped + length + 1);
                        attributes += 1;
                    }
                }
                _ => {}
            }
            if attributes > MOST {
                return true;
            }
        }
    }
    false
}

/// What a page holds.
#[derive(Default)]
struct Page {
    meta: Fields,
    /// What its `title` element says.
    title: String,
    /// Its first `h1`, and which paragraph of the body that is.
    heading: Option<(usize, String)>,
    body: Vec<Paragraph>,
}

fn page(text: &str) -> Page {
    let input = BufferQueue::default();
    input.push_back(StrTendril::from_slice(text));
    let tokenizer = Tokenizer::new(Reader::default(), TokenizerOpts::default());
    // The tokenizer returns early only where a script would run.
    while !input.is_empty() {
        let _ = tokenizer.feed(&input);
    }
    tokenizer.end();
    let mut state = tokenizer.sink.0.take();
    state.flush();
    // An element that is never closed hides nothing: whoever wrote the page
    // saw its text.
    if state.hidden.is_some_and(|(name, _)| !is_raw(&name)) {
        state.page.body.extend(paragraphs(&state.hidden_text));
    }
    state.page.title = one_line(&state.page.title);
    state.page
}

/// Receives the tokens.
#[derive(Default)]
struct Reader(RefCell<State>);

#[derive(Default)]
struct State {
    page: Page,
    current: String,
    /// The element whose text is no part of the document, and how many of its
    /// name are open.
    hidden: Option<(String, usize)>,
    hidden_text: String,
    in_title: bool,
    preformatted: usize,
    in_heading: bool,
    cells: usize,
}

impl TokenSink for Reader {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut state = self.0.borrow_mut();
        match token {
            Token::CharacterTokens(text) => state.text(&text),
            Token::TagToken(tag) => {
                state.tag(&tag);
                if tag.kind == TagKind::StartTag {
                    return raw_text(&tag);
                }
            }
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

/// How the tokenizer reads on after a start tag: the contents of some elements
/// are no markup.
fn raw_text(tag: &Tag) -> TokenSinkResult<()> {
    match &*tag.name {
        "script" => TokenSinkResult::RawData(RawKind::ScriptData),
        "style" | "xmp" | "iframe" | "noembed" | "noframes" => {
            TokenSinkResult::RawData(RawKind::Rawtext)
        }
        "title" | "textarea" => TokenSinkResult::RawData(RawKind::Rcdata),
        "plaintext" => TokenSinkResult::Plaintext,
        _ => TokenSinkResult::Continue,
    }
}

/// Whether the element holds no markup, and ends at its end tag alone.
fn is_raw(name: &str) -> bool {
    matches!(name, "script" | "style" | "iframe" | "noembed" | "noframes")
}

impl State {
    fn text(&mut self, text: &str) {
        if self.hidden.is_some() {
            self.hidden_text.push_str(text);
        } else if self.in_title {
            self.page.title.push_str(text);
        } else if self.preformatted > 0 {
            self.current.push_str(text);
        } else {
            // Line ends of the file are spaces here; those of the text are
            // `br` elements.
            for c in text.chars() {
                self.current.push(if c.is_whitespace() { ' ' } else { c });
            }
        }
    }

    fn tag(&mut self, tag: &Tag) {
        let name: &str = &tag.name;
        let starts = tag.kind == TagKind::StartTag;
        if let Some((hidden, open)) = &mut self.hidden {
            if hidden == name && !(starts && tag.self_closing) {
                *open = if starts {
                    *open + 1
                } else {
                    open.saturating_sub(1)
                };
                if *open == 0 {
                    self.hidden = None;
                    self.hidden_text.clear();
                }
            }
            return;
        }
        match name {
            "meta" if starts => self.meta(tag),
            "title" => self.in_title = starts && self.page.title.is_empty(),
            "script" | "style" | "nav" | "template" | "iframe" | "noembed" | "noframes" | "svg"
            | "select" | "button"
                if starts && (is_raw(name) || !tag.self_closing) =>
            {
                self.flush();
                self.hidden = Some((name.to_owned(), 1));
            }
            "br" => self.current.push('\n'),
            "td" | "th" if starts => {
                if self.cells > 0 {
                    self.current.push_str(" | ");
                }
                self.cells += 1;
            }
            "tr" | "table" => {
                self.flush();
                self.cells = 0;
            }
            "pre" => {
                self.flush();
                self.preformatted = if starts {
                    self.preformatted + 1
                } else {
                    self.preformatted.saturating_sub(1)
                };
            }
            "h1" => {
                self.flush();
                self.in_heading = starts;
            }
            // The paragraphs of a cell are one line with the rest of its row.
            name if is_block(name) && self.cells > 0 => self.current.push(' '),
            name if is_block(name) => self.flush(),
            _ => {}
        }
    }

    fn meta(&mut self, tag: &Tag) {
        let value_of = |wanted: &str| {
            tag.attrs
                .iter()
                .find(|attribute| &*attribute.name.local == wanted)
                .map(|attribute| attribute.value.trim().to_owned())
        };
        let name = value_of("name").or_else(|| value_of("property"));
        if let (Some(name), Some(content)) = (name, value_of("content"))
            && !is_technical(&name)
        {
            self.page.meta.push(&name, content);
        }
    }

    fn flush(&mut self) {
        let text = std::mem::take(&mut self.current);
        let at = self.page.body.len();
        if self.in_heading || self.cells > 0 {
            flush(&mut one_line(&text), &mut self.page.body);
        } else {
            self.page.body.extend(paragraphs(&text));
        }
        if self.in_heading
            && self.page.heading.is_none()
            && let Some(heading) = self.page.body.get(at)
        {
            self.page.heading = Some((at, heading.text.clone()));
        }
    }
}

/// Whether the element makes a paragraph of what it holds.
fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "caption"
            | "center"
            | "dd"
            | "details"
            | "dialog"
            | "dir"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "head"
            | "header"
            | "hgroup"
            | "hr"
            | "html"
            | "legend"
            | "li"
            | "main"
            | "menu"
            | "ol"
            | "option"
            | "p"
            | "section"
            | "summary"
            | "tbody"
            | "tfoot"
            | "thead"
            | "ul"
    )
}

/// Whether a `meta` element speaks to programs, not of the document.
fn is_technical(name: &str) -> bool {
    let name = name.to_lowercase();
    matches!(
        name.as_str(),
        "viewport"
            | "robots"
            | "googlebot"
            | "generator"
            | "theme-color"
            | "color-scheme"
            | "referrer"
            | "format-detection"
            | "og:type"
            | "og:image"
            | "og:locale"
    ) || ["twitter:", "msapplication", "apple-", "csrf", "google-site"]
        .iter()
        .any(|prefix| name.starts_with(prefix))
}
