//! Words joined by hyphens.
//!
//! `co-operate` is indexed as `co`, `operate`, and, at the position of `co`,
//! as the compound `cooperate`. A compound's term ends in a mark that tells
//! how many positions it spans, so that a phrase goes on at the right word
//! after it: `"to cooperate with"` finds *to co-operate with*. The mark sorts
//! before every letter: in the dictionary a compound stands right after the
//! word that is spelled like it.

/// The most parts that are joined.
pub const MAX_PARTS: usize = 4;

/// Parts the spelling from the number of parts.
const MARK: char = '\u{1}';

/// Marks `joined`, the spelling without hyphens, as a compound of `parts`.
pub(super) fn mark(joined: &mut String, parts: usize) {
    joined.push(MARK);
    joined.extend(char::from_digit(parts as u32, 10));
}

/// The spelling of a term, and how many positions it spans: 1 for all but
/// compounds.
pub fn split(term: &str) -> (&str, u32) {
    match term.split_once(MARK) {
        Some((spelling, parts)) => (spelling, parts.parse().unwrap_or(1)),
        None => (term, 1),
    }
}

/// The terms of every compound that is spelled like `word`.
pub fn terms(word: &str) -> impl Iterator<Item = String> + '_ {
    (2..=MAX_PARTS).map(move |parts| {
        let mut term = word.to_owned();
        mark(&mut term, parts);
        term
    })
}
