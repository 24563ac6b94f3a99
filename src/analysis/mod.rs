//! Text to terms, with the position and the byte range of each.
//!
//! The same analysis runs over documents and over what people type, so that
//! two spellings meet exactly when they are given one term here. What it does,
//! in order:
//!
//! 1. Words by [UAX #29](https://www.unicode.org/reports/tr29/), split further
//!    at a full stop, colon or underscore that joins longer words
//!    (`Subject:Cuba` is two words, `711.00` is one).
//! 2. Dotted letters are one word, with or without spaces: `U.S.S.R.`,
//!    `U. S. S. R.` and `USSR` give `ussr`; `N.S.` and `N. S.` give `ns`.
//!    Where the letters spell an English word (`U.S.`, `a.m.`), the term keeps
//!    its dots: [`readings`].
//! 3. The possessive `'s` goes; letters are folded: [`fold`].
//! 4. Words joined by a hyphen, also one at a line's end, are given as their
//!    parts and, beside the first part, as one [`compound`] word.
//!
//! No word is dropped, however frequent. Offsets always cut the original text
//! at a printed word.

mod abbreviation;
pub mod compound;
mod fold;
mod stem;
mod words;

pub use abbreviation::readings;
pub use fold::fold;
pub use stem::stem;

use words::{Shape, Word};

/// The longest term in bytes; what is longer is cut there, in documents and
/// in queries alike, so that nothing becomes unfindable.
pub const MAX_TERM_BYTES: usize = 120;

/// How many words before a name can belong to it.
const NAME_WORDS: usize = 4;

/// Titles whose full stop ends no sentence.
const TITLES: [&str; 18] = [
    "Mr", "Mrs", "Miss", "Messrs", "Dr", "Prof", "Gen", "Col", "Maj", "Capt", "Lt", "Adm", "Amb",
    "Gov", "Sen", "Rep", "Rev", "St",
];

/// Words after which a common word can have a capital: `the Government`.
const DETERMINERS: [&str; 22] = [
    "the", "a", "an", "this", "that", "these", "those", "his", "her", "its", "our", "your", "my",
    "their", "no", "any", "each", "every", "both", "all", "some", "other",
];

/// One term of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token<'a> {
    /// The folded term. A compound carries its mark: see [`compound::split`].
    pub term: &'a str,
    /// Place in the sequence of words, from 0. Several terms can share one.
    pub position: u32,
    /// First byte of the printed word in the analysed text.
    pub start: usize,
    /// One past its last byte. A possessive `'s` is inside.
    pub end: usize,
    /// Whether it is printed as names are: with a capital in the middle of a
    /// sentence, and not after an article.
    pub as_name: bool,
}

/// Turns texts into terms. Keeps its buffers from one text to the next.
#[derive(Debug, Default)]
pub struct Analyzer {
    words: Vec<Word>,
    term: String,
    joined: String,
}

impl Analyzer {
    /// A new analyzer.
    pub fn new() -> Self {
        Self::default()
    }

    /// Gives every term of `text` to `sink`, in order of position, the first
    /// word at position `first`. Returns the position after the last word.
    pub fn analyze(&mut self, text: &str, first: u32, mut sink: impl FnMut(Token<'_>)) -> u32 {
        self.words.clear();
        words::split(text, &mut self.words);
        let mut position = first;
        let mut index = 0;
        while index < self.words.len() {
            let chain = self.chain(text, index);
            for part in index..index + chain {
                self.emit(text, part, position, &mut sink);
                if part == index && chain > 1 {
                    self.emit_joined(text, index..index + chain, position, &mut sink);
                }
                position += 1;
            }
            index += chain;
        }
        position
    }

    /// How many words from `index` on are joined by hyphens; 1 for a word
    /// that stands alone.
    fn chain(&self, text: &str, index: usize) -> usize {
        let mut end = index;
        while let Some(next) = self.words.get(end + 1) {
            let word = self.words[end];
            let between = &text[word.end..next.start];
            if !words::is_hyphen(&text[word.start..word.end], between) {
                break;
            }
            end += 1;
        }
        end - index + 1
    }

    fn emit(&mut self, text: &str, index: usize, position: u32, sink: &mut impl FnMut(Token<'_>)) {
        let word = self.words[index];
        let printed = &text[word.start..word.end];
        self.term.clear();
        let mut also = None;
        match word.shape {
            Shape::Dotted => abbreviation::dotted(printed, &mut self.term),
            Shape::Plain => {
                fold::fold_into(words::without_possessive(printed), &mut self.term);
                if let Some(marked) = abbreviation::undotted(printed, &self.term) {
                    // In a text all in capitals `US` may be either word.
                    let shouted = self.is_shouted(text, index);
                    also = shouted.then(|| self.term.clone());
                    self.term.clear();
                    self.term.push_str(marked);
                }
            }
        }
        if self.term.is_empty() {
            // Signs alone, as a lone combining mark, still are a printed word.
            self.term
                .extend(printed.chars().flat_map(char::to_lowercase));
        }
        cut(&mut self.term);
        let token = Token {
            term: &self.term,
            position,
            start: word.start,
            end: word.end,
            as_name: self.as_name(text, index),
        };
        sink(token);
        if let Some(term) = also {
            sink(Token {
                term: &term,
                ..token
            });
        }
    }

    fn emit_joined(
        &mut self,
        text: &str,
        range: std::ops::Range<usize>,
        position: u32,
        sink: &mut impl FnMut(Token<'_>),
    ) {
        let parts = range.len();
        let words = &self.words[range];
        if parts > compound::MAX_PARTS || words.iter().any(|word| word.shape == Shape::Dotted) {
            return;
        }
        self.joined.clear();
        for word in words {
            let printed = words::without_possessive(&text[word.start..word.end]);
            fold::fold_into(printed, &mut self.joined);
        }
        // Ranges of numbers, `1955-57`, are not one number.
        if !self.joined.chars().any(char::is_alphabetic) {
            return;
        }
        cut(&mut self.joined);
        compound::mark(&mut self.joined, parts);
        sink(Token {
            term: &self.joined,
            position,
            start: words[0].start,
            end: words[parts - 1].end,
            as_name: false,
        });
    }

    /// Goes back over the words in capitals before it to the word in small
    /// letters that the name follows: `told Mr. Cooper`, `to Senator Cooper`.
    /// After an article even a common word has a capital in diplomatic prose,
    /// `the Embassy`; at a sentence's beginning every word has.
    fn as_name(&self, text: &str, index: usize) -> bool {
        let printed = |word: &Word| &text[word.start..word.end];
        let word = &self.words[index];
        if !printed(word).starts_with(char::is_uppercase) {
            return false;
        }
        let mut after = word;
        for before in self.words[..index].iter().rev().take(NAME_WORDS) {
            let between = &text[before.end..after.start];
            let before_printed = printed(before);
            let titled = TITLES.contains(&before_printed);
            let rest = between
                .strip_prefix('.')
                .filter(|_| titled)
                .unwrap_or(between);
            let runs_on = rest.chars().all(|c| c.is_whitespace() || c == ',');
            if !runs_on {
                return false;
            }
            if before_printed.starts_with(char::is_lowercase) {
                return !DETERMINERS.contains(&before_printed);
            }
            if !before_printed.starts_with(char::is_uppercase) {
                return false;
            }
            after = before;
        }
        false
    }

    /// Whether the words on both sides are printed in capitals throughout.
    fn is_shouted(&self, text: &str, index: usize) -> bool {
        let capitals = |word: &Word| {
            let printed = &text[word.start..word.end];
            printed.chars().filter(|c| c.is_alphabetic()).count() > 1
                && !printed.chars().any(char::is_lowercase)
        };
        let before = index.checked_sub(1).and_then(|i| self.words.get(i));
        let after = self.words.get(index + 1);
        match (before, after) {
            (Some(before), Some(after)) => capitals(before) && capitals(after),
            (Some(only), None) | (None, Some(only)) => capitals(only),
            (None, None) => false,
        }
    }
}

/// Cuts a term to [`MAX_TERM_BYTES`] on a character boundary.
fn cut(term: &mut String) {
    if term.len() > MAX_TERM_BYTES {
        term.truncate(term.floor_char_boundary(MAX_TERM_BYTES));
    }
}
