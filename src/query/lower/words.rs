//! The words of a query as slots of a phrase.

use crate::analysis::{self, Analyzer, compound};
use crate::query::plan::{LeafTerm, Path, Slot};
use crate::query::syntax::PatternPart;

/// The most sequences that one phrase with hyphens is searched in. Beyond, a
/// hyphen is searched as written only.
const MAX_PATHS: usize = 16;

/// A word of a phrase, and the terms that can stand for it.
#[derive(Debug, Clone)]
pub(super) struct Word {
    /// The folded word.
    pub text: String,
    /// How many places of the phrase it fills: more than one for the spelling
    /// without hyphens of a compound.
    pub length: u32,
    place: u32,
    /// The terms of the vocabulary; empty until looked up.
    pub terms: Vec<LeafTerm>,
}

/// The words of a phrase by their places.
#[derive(Debug, Clone, Default)]
pub(super) struct Slots {
    words: Vec<Word>,
    length: u32,
}

/// The words of typed text. What was typed in small letters and can be an
/// abbreviation is given as both.
pub(super) fn analyze(text: &str) -> Slots {
    let mut words = Vec::new();
    let length = Analyzer::new().analyze(text, 0, |token| {
        let (spelling, length) = compound::split(token.term);
        let mut add = |text: &str| {
            words.push(Word {
                text: text.to_owned(),
                length,
                place: token.position,
                terms: Vec::new(),
            });
        };
        add(spelling);
        if let Some(other) = analysis::readings(spelling) {
            add(other);
        }
    });
    Slots { words, length }
}

impl Slots {
    /// One slot that any of these terms can fill.
    pub fn of_terms(terms: Vec<LeafTerm>) -> Self {
        Slots {
            words: vec![Word {
                text: String::new(),
                length: 1,
                place: 0,
                terms,
            }],
            length: 1,
        }
    }

    /// How many places there are.
    pub fn length(&self) -> u32 {
        self.length
    }

    /// Every word, for looking up its terms.
    pub fn all(&mut self) -> impl Iterator<Item = &mut Word> {
        self.words.iter_mut()
    }

    /// Adds the words of `next` after these.
    pub fn append(&mut self, next: Slots) {
        let shift = self.length;
        self.words.extend(next.words.into_iter().map(|mut word| {
            word.place += shift;
            word
        }));
        self.length += next.length;
    }

    /// The terms, each once, and the sequences of slots from the first place
    /// to the last. A sequence with a slot that no term fills is left out.
    pub fn into_paths(self) -> (Vec<LeafTerm>, Vec<Path>) {
        let mut terms: Vec<LeafTerm> = Vec::new();
        // For each place the slots that begin there, by their lengths.
        let mut starting: Vec<Vec<(u32, Slot)>> = vec![Vec::new(); self.length as usize];
        for word in self.words {
            let slots = &mut starting[word.place as usize];
            let index = match slots.iter().position(|(length, _)| *length == word.length) {
                Some(index) => index,
                None => {
                    slots.push((word.length, Slot::new()));
                    slots.len() - 1
                }
            };
            for term in word.terms {
                let known = terms.iter().position(|other| other.term == term.term);
                let known = known.unwrap_or_else(|| {
                    terms.push(term);
                    terms.len() - 1
                });
                if !slots[index].1.contains(&known) {
                    slots[index].1.push(known);
                }
            }
        }
        let mut open = vec![(0, Path::new())];
        let mut paths = Vec::new();
        while let Some((place, path)) = open.pop() {
            if place == self.length {
                paths.push(path);
                continue;
            }
            for (length, slot) in starting[place as usize]
                .iter()
                .filter(|(_, s)| !s.is_empty())
            {
                if *length == 1 || open.len() + paths.len() < MAX_PATHS {
                    let mut longer = path.clone();
                    longer.push(slot.clone());
                    open.push((place + length, longer));
                }
            }
        }
        (terms, paths)
    }
}

/// The pattern folded as words are, without the signs that no term has.
pub(super) fn fold_pattern(pattern: &[PatternPart]) -> Vec<PatternPart> {
    let fold = |literal: &String| {
        let folded = analysis::fold(literal);
        let letters: Vec<char> = folded.chars().collect();
        let kept = letters.iter().enumerate().filter(|(index, letter)| {
            let digit = |at: Option<usize>| {
                at.and_then(|at| letters.get(at))
                    .is_some_and(|c| c.is_numeric())
            };
            letter.is_alphanumeric()
                || **letter == '\''
                || (**letter == '.' && digit(index.checked_sub(1)) && digit(Some(index + 1)))
        });
        kept.map(|(_, letter)| *letter).collect::<String>()
    };
    let folded = pattern.iter().map(|part| match part {
        PatternPart::Literal(literal) => PatternPart::Literal(fold(literal)),
        other => other.clone(),
    });
    folded
        .filter(|part| *part != PatternPart::Literal(String::new()))
        .collect()
}

/// Whether a whole word is as the pattern says. Takes time in proportion to
/// the word's length times the pattern's: only the last `*` is ever widened.
pub(super) fn matches_pattern(pattern: &[PatternPart], word: &str) -> bool {
    #[derive(Clone, Copy, PartialEq)]
    enum Sign {
        Letter(char),
        One,
        Any,
    }
    let mut signs = Vec::new();
    for part in pattern {
        match part {
            PatternPart::Literal(literal) => signs.extend(literal.chars().map(Sign::Letter)),
            PatternPart::One => signs.push(Sign::One),
            PatternPart::Any => signs.push(Sign::Any),
        }
    }
    let letters: Vec<char> = word.chars().collect();
    let (mut sign, mut letter) = (0, 0);
    let mut last_any = None;
    while letter < letters.len() {
        match signs.get(sign) {
            Some(Sign::Any) => {
                last_any = Some((sign + 1, letter));
                sign += 1;
            }
            Some(&wanted) if wanted == Sign::One || wanted == Sign::Letter(letters[letter]) => {
                sign += 1;
                letter += 1;
            }
            _ => match &mut last_any {
                Some((after, from)) => {
                    *from += 1;
                    (sign, letter) = (*after, *from);
                }
                None => return false,
            },
        }
    }
    signs[sign..].iter().all(|sign| *sign == Sign::Any)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn pattern(text: &str) -> Vec<PatternPart> {
        let part = |sign: char| match sign {
            '*' => PatternPart::Any,
            '?' => PatternPart::One,
            letter => PatternPart::Literal(letter.to_string()),
        };
        text.chars().map(part).collect()
    }

    fn naive(pattern: &[char], word: &[char]) -> bool {
        match (pattern.split_first(), word.split_first()) {
            (None, None) => true,
            (Some((&'*', rest)), None) => naive(rest, word),
            (Some((&'*', rest)), Some((_, after))) => naive(rest, word) || naive(pattern, after),
            (Some((&'?', rest)), Some((_, after))) => naive(rest, after),
            (Some((wanted, rest)), Some((letter, after))) => wanted == letter && naive(rest, after),
            _ => false,
        }
    }

    proptest! {
        #[test]
        fn patterns_match_as_defined(signs in "[ab*?]{0,6}", word in "[ab]{0,8}") {
            let (p, w): (Vec<char>, Vec<char>) = (signs.chars().collect(), word.chars().collect());
            prop_assert_eq!(matches_pattern(&pattern(&signs), &word), naive(&p, &w));
        }
    }
}
