//! The look of the terminal: colour, width, wrapped text with highlights.

use std::io::{self, BufWriter, IsTerminal, StdoutLock};
use std::ops::Range;

use anstream::{AutoStream, ColorChoice};
use anstyle::{AnsiColor, Style};
use cables::export::visible;
use clap::ValueEnum;
use textwrap::{Options, WordSplitter};

/// Wider lines are hard to read.
const WIDEST: usize = 100;

/// Narrower ones cannot be made sense of.
const NARROWEST: usize = 24;

/// When to use colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ColorWhen {
    /// On a terminal, unless the environment says otherwise
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// How text is shown.
#[derive(Debug, Clone, Copy)]
pub struct Look {
    /// Whether with colours.
    pub color: bool,
    /// The columns of a line.
    pub width: usize,
}

/// What a piece of text is, for its colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Ordinary text.
    Plain,
    /// The heading of a document.
    Heading,
    /// What is said about a document.
    Detail,
    /// An identifier, to be copied.
    Id,
}

/// What a query matches.
const MATCH: Style = AnsiColor::Red.on_default().bold();

impl Role {
    fn style(self) -> Style {
        match self {
            Role::Plain => Style::new(),
            Role::Heading => Style::new().bold(),
            Role::Detail => Style::new().dimmed(),
            Role::Id => AnsiColor::Cyan.on_default(),
        }
    }
}

/// Standard output, buffered. Who writes must flush.
pub fn output() -> BufWriter<StdoutLock<'static>> {
    BufWriter::new(io::stdout().lock())
}

impl Look {
    /// The look of standard output.
    pub fn of_output(when: ColorWhen) -> Look {
        let stdout = io::stdout();
        let color = match when {
            ColorWhen::Always => true,
            ColorWhen::Never => false,
            ColorWhen::Auto => AutoStream::choice(&stdout) != ColorChoice::Never,
        };
        let terminal = stdout
            .is_terminal()
            .then(terminal_size::terminal_size)
            .flatten();
        let width = terminal.map_or(WIDEST, |(columns, _)| usize::from(columns.0));
        Look {
            color,
            width: width.clamp(NARROWEST, WIDEST),
        }
    }

    /// The text in the colour of its role.
    pub fn paint(self, role: Role, text: &str) -> String {
        let style = role.style();
        if self.color && !text.is_empty() {
            format!("{style}{text}{style:#}")
        } else {
            text.to_owned()
        }
    }

    /// The lines of a text after `indent` columns, with what matched in
    /// colour, or without colours between asterisks. Control characters are
    /// made visible. The first line lacks the indent: what is before it is
    /// the caller's.
    pub fn wrap(
        self,
        role: Role,
        text: &str,
        highlights: &[Range<usize>],
        indent: usize,
    ) -> Vec<String> {
        let (mut text, mut highlights) = visible(text, highlights);
        if !self.color {
            text = starred(&text, &highlights).into();
            highlights.clear();
        }
        let columns = self.width.saturating_sub(indent).max(NARROWEST / 2);
        let options = Options::new(columns).word_splitter(WordSplitter::NoHyphenation);
        let mut lines = Vec::new();
        let mut read = 0;
        for line in textwrap::wrap(&text, options) {
            let start = read + text[read..].find(line.as_ref()).unwrap_or(0);
            read = start + line.len();
            let margin = if lines.is_empty() { 0 } else { indent };
            let line = self.painted(role, &text, start..read, &highlights);
            lines.push(format!("{:margin$}{line}", ""));
        }
        lines
    }

    /// A part of a text in colours.
    fn painted(
        self,
        role: Role,
        text: &str,
        part: Range<usize>,
        highlights: &[Range<usize>],
    ) -> String {
        let mut line = String::new();
        let mut at = part.start;
        for highlight in highlights {
            let start = highlight.start.max(at);
            let end = highlight.end.min(part.end);
            if start < end {
                line.push_str(&self.paint(role, &text[at..start]));
                line.push_str(&format!("{MATCH}{}{MATCH:#}", &text[start..end]));
                at = end;
            }
        }
        line.push_str(&self.paint(role, &text[at..part.end]));
        line
    }
}

/// The text with asterisks around what matched.
fn starred(text: &str, highlights: &[Range<usize>]) -> String {
    let mut starred = String::with_capacity(text.len() + 4 * highlights.len());
    let mut at = 0;
    for highlight in highlights {
        starred.push_str(&text[at..highlight.start]);
        starred.push_str("**");
        starred.push_str(&text[highlight.clone()]);
        starred.push_str("**");
        at = highlight.end;
    }
    starred.push_str(&text[at..]);
    starred
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: Look = Look {
        color: false,
        width: 24,
    };

    #[test]
    fn matches_stand_between_asterisks_and_count_for_the_width() {
        let lines = PLAIN.wrap(
            Role::Plain,
            "tell F. Castro the following",
            std::slice::from_ref(&(5..14)),
            4,
        );
        assert_eq!(lines, ["tell **F. Castro**", "    the following"]);
    }

    #[test]
    fn colours_end_on_their_line() {
        let look = Look {
            color: true,
            width: 24,
        };
        let lines = look.wrap(
            Role::Plain,
            "one two three four five six",
            std::slice::from_ref(&(8..23)),
            0,
        );
        let on = MATCH.render();
        let off = MATCH.render_reset();
        assert_eq!(
            lines,
            [
                format!("one two {on}three four five{off}"),
                " six".trim_start().to_owned()
            ]
        );
    }

    #[test]
    fn nothing_can_speak_to_the_terminal() {
        let lines = PLAIN.wrap(
            Role::Plain,
            "a\u{1b}[2Jb\u{202e}c d",
            std::slice::from_ref(&(9..10)),
            0,
        );
        assert_eq!(lines, ["a␛[2Jb\u{fffd}**c** d"]);
    }
}
