//! Running text out of XML: white space folded, words joined across inline
//! markup exactly as they stand.

/// White space seen since the last character.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Space {
    #[default]
    None,
    /// A line break next to a tag, or a space before a note. It parts words
    /// but may only be the indentation of the XML, so punctuation swallows it.
    Soft,
    /// A space of the text itself.
    Hard,
}

/// Text that grows piece by piece. It never begins with white space and holds
/// no run of it; what trails is dropped unless a word follows.
#[derive(Debug, Default)]
pub(super) struct Flow {
    text: String,
    space: Space,
}

impl Flow {
    /// The text so far.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Its length in bytes, which is where the last word ends.
    pub(super) fn len(&self) -> usize {
        self.text.len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// The text from `start` on, without the white space before it.
    pub(super) fn since(&self, start: usize) -> &str {
        self.text.get(start..).unwrap_or_default().trim_start()
    }

    /// Takes the text out and leaves the flow empty.
    pub(super) fn take(&mut self) -> String {
        self.space = Space::None;
        std::mem::take(&mut self.text)
    }

    /// Parts what comes from what was, as at a line break.
    pub(super) fn space(&mut self) {
        self.space = Space::Hard;
    }

    /// Something that is no part of this text stands here: punctuation after
    /// it belongs to the word before it.
    pub(super) fn interrupt(&mut self) {
        self.space = self.space.min(Space::Soft);
    }

    /// Begins another cell of a table's row.
    pub(super) fn next_cell(&mut self) {
        self.space();
        self.push("|");
        self.space();
    }

    /// Ends a table's row, whose last cells may be empty.
    pub(super) fn end_row(&mut self) {
        let length = self.text.trim_end_matches(" |").len();
        self.text.truncate(length);
        if self.text == "|" {
            self.text.clear();
        }
    }

    /// Adds the text of one XML text node.
    pub(super) fn push(&mut self, text: &str) {
        let bytes = text.as_bytes();
        let mut at = 0;
        loop {
            let (start, broken) = skip_space(bytes, at);
            if start > at {
                let beside_tag = at == 0 || start == bytes.len();
                let space = if broken && beside_tag {
                    Space::Soft
                } else {
                    Space::Hard
                };
                self.space = self.space.max(space);
            }
            if start == bytes.len() {
                return;
            }
            at = word_end(bytes, start);
            let words = &text[start..at];
            self.part(words);
            self.text.push_str(words);
        }
    }

    /// Writes the space due before `words`.
    fn part(&mut self, words: &str) {
        let due = match std::mem::take(&mut self.space) {
            Space::None => false,
            Space::Hard => true,
            Space::Soft => !self.text.ends_with(['(', '[', '“']) && !clings(words),
        };
        if due && !self.text.is_empty() {
            self.text.push(' ');
        }
    }
}

/// Whether `words` begin with punctuation that stands close to the word before
/// it. The spaced periods of an omission do not.
fn clings(words: &str) -> bool {
    words.starts_with([',', ';', ':', '!', '?', ')', ']'])
        || (words.starts_with('.') && !words.starts_with(". ."))
}

/// Where white space from `at` on ends, and whether it holds a line feed.
fn skip_space(bytes: &[u8], mut at: usize) -> (usize, bool) {
    let mut broken = false;
    while let Some(length) = space_length(bytes, at) {
        broken |= bytes[at] == b'\n';
        at += length;
    }
    (at, broken)
}

/// Where the run of words from `at` on ends: before white space other than a
/// single space between words.
fn word_end(bytes: &[u8], mut at: usize) -> usize {
    while let Some(byte) = bytes.get(at) {
        match byte {
            b' ' if matches!(bytes.get(at + 1), Some(0x21..=0x7f)) => at += 2,
            0x21..=0xc1 => at += 1,
            _ if space_length(bytes, at).is_some() => break,
            _ => at += 1,
        }
    }
    at
}

/// The length of the white-space character at `at`, if there is one. The
/// no-break and the wide spaces of print are spaces here.
fn space_length(bytes: &[u8], at: usize) -> Option<usize> {
    match bytes.get(at..)? {
        [b' ' | b'\n' | b'\t' | b'\r', ..] => Some(1),
        [0xc2, 0xa0 | 0x85, ..] => Some(2),
        [0xe2, 0x80, 0x80..=0x8a | 0xa8 | 0xa9 | 0xaf, ..]
        | [0xe2, 0x81, 0x9f, ..]
        | [0xe3, 0x80, 0x80, ..] => Some(3),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::Flow;

    fn joined(pieces: &[&str]) -> String {
        let mut flow = Flow::default();
        for piece in pieces {
            flow.push(piece);
        }
        flow.take()
    }

    #[test]
    fn white_space_folds_and_punctuation_stands_close() {
        assert_eq!(joined(&["  one\n   two\t three  "]), "one two three");
        assert_eq!(
            joined(&["in Freedonia (", "\n  ", "Smith", "\n ", ") to"]),
            "in Freedonia (Smith) to"
        );
        assert_eq!(
            joined(&["the", "\n  ", "end", "\n  ", ", he said"]),
            "the end, he said"
        );
        assert_eq!(joined(&["went", "\n ", ". . . and"]), "went . . . and");
        assert_eq!(joined(&["MACV", "'s view"]), "MACV's view");
        assert_eq!(joined(&["a\u{a0}b\u{2003}é c–d"]), "a b é c–d");
        assert_eq!(joined(&["é", " ", "è"]), "é è");
        assert_eq!(joined(&["\n "]), "");
    }

    #[test]
    fn a_note_leaves_no_space() {
        let mut flow = Flow::default();
        flow.push("the Pact ");
        flow.interrupt();
        flow.push(", which");
        flow.interrupt();
        flow.push(" ended");
        assert_eq!(flow.text(), "the Pact, which ended");
    }
}
