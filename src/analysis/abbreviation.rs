//! Abbreviations in dots, and those that look like another word.
//!
//! `U.S.` must not drown in the pronoun *us*, nor `W.H.O.` in *who*. An
//! abbreviation whose letters spell a common English word therefore keeps its
//! dots in the index: `u.s`. Without dots only capitals tell (`US`), and only
//! for the few that are printed so. What is typed in small letters, `us`,
//! is either: [`readings`].

use super::fold::fold_into;

/// English words of function that dotted letters can spell.
const SPELLED: [&str; 27] = [
    "a", "al", "am", "an", "as", "at", "be", "by", "do", "go", "he", "his", "i", "if", "in", "is",
    "it", "me", "my", "no", "of", "on", "or", "so", "us", "we", "who",
];

/// Those among them that are printed without dots also, and their terms.
const UNDOTTED: [(&str, &str); 2] = [("us", "u.s"), ("who", "w.h.o")];

/// Appends the term of letters with full stops, as `U. S. S. R`.
pub(super) fn dotted(printed: &str, term: &mut String) {
    let start = term.len();
    let letters: String = printed.chars().filter(|c| c.is_alphabetic()).collect();
    fold_into(&letters, term);
    if SPELLED.contains(&&term[start..]) {
        let spelled: Vec<String> = term[start..].chars().map(String::from).collect();
        term.truncate(start);
        term.push_str(&spelled.join("."));
    }
}

/// The term of an abbreviation printed in capitals without dots, where its
/// folded form `term` is another word's.
pub(super) fn undotted(printed: &str, term: &str) -> Option<&'static str> {
    let capitals = !printed.chars().any(char::is_lowercase);
    let (_, marked) = UNDOTTED.iter().find(|(word, _)| *word == term)?;
    capitals.then_some(*marked)
}

/// The other term that a word typed in small letters can mean: for `us` also
/// the country. Capitals and dots, `US` or `U.S.`, ask for the country alone.
pub fn readings(term: &str) -> Option<&'static str> {
    let (_, marked) = UNDOTTED.iter().find(|(word, _)| *word == term)?;
    Some(marked)
}
