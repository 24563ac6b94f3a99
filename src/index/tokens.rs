//! Analysed text on its way into tantivy.
//!
//! Tantivy takes a field's value as one string and calls a tokenizer for it.
//! Here the analysis is done before, on the thread that reads the file and
//! for each paragraph apart, since positions decide also what is stored. The
//! string handed over is the stream of terms itself; the registered tokenizer
//! reads it back without copying a term twice.
//!
//! Each term is followed by one sign: [`NEXT`] when the following term stands
//! one position further, [`SAME`] when it stands at the same one, or [`JUMP`],
//! the distance in decimal digits and [`JUMP`] again. No term contains a
//! control character of these.

use std::fmt::Write;

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

const NEXT: u8 = b'\n';
const SAME: u8 = b'\r';
const JUMP: u8 = b'\x0b';

/// Collects the terms of a field.
#[derive(Debug, Default)]
pub(super) struct TermStream {
    encoded: String,
    /// Position of the term that came last.
    last: Option<u32>,
    count: u64,
}

impl TermStream {
    /// Appends a term; positions never fall.
    pub fn push(&mut self, term: &str, position: u32) {
        match position - self.last.unwrap_or(0) {
            _ if self.last.is_none() && position == 0 => {}
            0 => self.encoded.push(SAME as char),
            1 => self.encoded.push(NEXT as char),
            distance => {
                let jump = JUMP as char;
                // Writing to a string does not fail.
                let _ = write!(self.encoded, "{jump}{distance}{jump}");
            }
        }
        self.encoded.push_str(term);
        self.last = Some(position);
        self.count += 1;
    }

    /// How many terms there are.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// The string to hand to tantivy.
    pub fn into_encoded(self) -> String {
        self.encoded
    }
}

/// Reads what a [`TermStream`] wrote.
#[derive(Debug, Clone, Default)]
pub(super) struct TermTokenizer {
    token: Token,
}

impl Tokenizer for TermTokenizer {
    type TokenStream<'a> = Terms<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Terms<'a> {
        self.token.position = 0;
        Terms {
            rest: text,
            token: &mut self.token,
        }
    }
}

/// The terms of one field's value.
pub(super) struct Terms<'a> {
    rest: &'a str,
    token: &'a mut Token,
}

impl TokenStream for Terms<'_> {
    fn advance(&mut self) -> bool {
        let bytes = self.rest.as_bytes();
        let mut start = 0;
        match bytes.first() {
            None => return false,
            Some(&NEXT) => {
                self.token.position += 1;
                start = 1;
            }
            Some(&SAME) => start = 1,
            Some(&JUMP) => {
                let mut distance = 0;
                start = 1;
                while let Some(digit) = bytes.get(start).filter(|&&byte| byte != JUMP) {
                    distance = distance * 10 + usize::from(digit - b'0');
                    start += 1;
                }
                self.token.position += distance;
                start += 1;
            }
            Some(_) => {}
        }
        let length = bytes[start..]
            .iter()
            .position(|byte| matches!(*byte, NEXT | SAME | JUMP))
            .unwrap_or(bytes.len() - start);
        self.token.text.clear();
        self.token.text.push_str(&self.rest[start..start + length]);
        self.rest = &self.rest[start + length..];
        true
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_written_is_read(tokens in prop::collection::vec(("[a-zё\u{1}]{1,8}", 0u32..300), 0..40)) {
            let mut position = 0;
            let mut stream = TermStream::default();
            let mut written = Vec::new();
            for (term, distance) in tokens {
                position += distance;
                stream.push(&term, position);
                written.push((term, position as usize));
            }
            let encoded = stream.into_encoded();
            let mut tokenizer = TermTokenizer::default();
            let mut terms = tokenizer.token_stream(&encoded);
            let mut read = Vec::new();
            while terms.advance() {
                read.push((terms.token().text.clone(), terms.token().position));
            }
            prop_assert_eq!(read, written);
        }
    }
}
