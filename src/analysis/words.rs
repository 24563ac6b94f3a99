//! Where the words of a text are.

use unicode_segmentation::UnicodeSegmentation;

/// How a word is made up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// Letters and digits.
    Plain,
    /// Single letters, each with its full stop: `U.S.S.R`, `N. S`.
    Dotted,
}

/// The byte range of a printed word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Word {
    pub start: usize,
    pub end: usize,
    pub shape: Shape,
}

/// Appends the words of `text` to `words`.
pub(super) fn split(text: &str, words: &mut Vec<Word>) {
    for (start, segment) in text.unicode_word_indices() {
        let joined = segment
            .bytes()
            .any(|byte| matches!(byte, b'.' | b':' | b'_' | b';' | b','));
        if !joined {
            words.push(Word {
                start,
                end: start + segment.len(),
                shape: Shape::Plain,
            });
            continue;
        }
        split_segment(start, segment, words);
    }
    join_possessives(text, words);
    join_initials(text, words);
}

/// Splits a UAX #29 word at signs that join words, not letters or digits.
fn split_segment(offset: usize, segment: &str, words: &mut Vec<Word>) {
    let mut start = 0;
    let mut after_initial = false;
    for (at, sign) in segment.char_indices() {
        let splits = match sign {
            ':' | '_' | ';' => true,
            '.' => !is_between_digits(segment, at),
            ',' => !is_of_thousands(segment, at),
            _ => false,
        };
        if splits {
            let initial = push_piece(offset + start, &segment[start..at], after_initial, words);
            after_initial = initial && sign == '.';
            start = at + sign.len_utf8();
        }
    }
    push_piece(offset + start, &segment[start..], after_initial, words);
}

/// Appends a piece of a word, one letter after an initial to that initial.
/// Returns whether the piece is an initial.
fn push_piece(start: usize, piece: &str, after_initial: bool, words: &mut Vec<Word>) -> bool {
    let mut letters = piece.chars();
    let single = letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none();
    if let Some(initials) = words.last_mut().filter(|_| single && after_initial) {
        initials.end = start + piece.len();
        initials.shape = Shape::Dotted;
        return true;
    }
    // What is left may begin with a mark that no word begins with.
    words.extend(piece.unicode_word_indices().map(|(at, word)| Word {
        start: start + at,
        end: start + at + word.len(),
        shape: Shape::Plain,
    }));
    single
}

/// Whether the comma at `at` groups the digits of one number: `1,234` is a
/// number, `27,1962` a day and a year that were set too close.
fn is_of_thousands(segment: &str, at: usize) -> bool {
    let digits = |part: &str| part.chars().take_while(char::is_ascii_digit).count();
    let before = segment[..at].chars().rev().take_while(char::is_ascii_digit);
    digits(&segment[at + 1..]) == 3 && matches!(before.count(), 1..=3)
}

fn is_between_digits(segment: &str, at: usize) -> bool {
    let before = segment[..at].chars().next_back();
    let after = segment[at + 1..].chars().next();
    before.is_some_and(char::is_numeric) && after.is_some_and(char::is_numeric)
}

/// Joins the possessive `s` of a number, `U-2's`, to it: UAX #29 parts them.
fn join_possessives(text: &str, words: &mut Vec<Word>) {
    words.dedup_by(|next, word| {
        let possessive = matches!(&text[next.start..next.end], "s" | "S")
            && without_possessive(&text[word.start..next.end]).len() == word.end - word.start;
        if possessive {
            word.end = next.end;
        }
        possessive
    });
}

/// Joins initials printed with spaces, `N. S.`, into one dotted word.
fn join_initials(text: &str, words: &mut Vec<Word>) {
    let single = |word: Word| -> Option<char> {
        let mut printed = text[word.start..word.end].chars();
        let letter = printed.next().filter(|letter| letter.is_alphabetic())?;
        (word.shape == Shape::Plain && printed.next().is_none()).then_some(letter)
    };
    let mut kept = 0;
    let mut index = 0;
    while index < words.len() {
        let mut word = words[index];
        index += 1;
        if let Some(first) = single(word) {
            while let Some(&next) = words.get(index) {
                let follows = single(next)
                    .is_some_and(|letter| letter.is_uppercase() == first.is_uppercase());
                let stopped = text[next.end..].starts_with('.');
                if !follows || !stopped || !is_stop_and_space(&text[word.end..next.start]) {
                    break;
                }
                word.end = next.end;
                word.shape = Shape::Dotted;
                index += 1;
            }
        }
        words[kept] = word;
        kept += 1;
    }
    words.truncate(kept);
}

fn is_stop_and_space(between: &str) -> bool {
    between
        .strip_prefix('.')
        .is_some_and(|space| space.chars().all(char::is_whitespace))
}

/// Whether `between` two words is a hyphen that joins them, which may end a
/// line. A soft hyphen at a line's end belongs to the word `before` it.
pub(super) fn is_hyphen(before: &str, between: &str) -> bool {
    let is_hyphen = |c: char| matches!(c, '-' | '\u{2010}' | '\u{2011}' | '\u{ad}');
    let mut rest = between.chars();
    let line_end = match rest.next() {
        Some(first) if is_hyphen(first) => rest.as_str(),
        Some(_) if before.ends_with('\u{ad}') => between,
        _ => return false,
    };
    line_end.is_empty() || (line_end.contains('\n') && line_end.trim().is_empty())
}

/// The word without the possessive ending, in whichever apostrophe.
pub(super) fn without_possessive(word: &str) -> &str {
    let Some(stem) = word.strip_suffix(['s', 'S']) else {
        return word;
    };
    match stem.strip_suffix(['\'', '\u{2019}', '\u{2bc}', '\u{ff07}', '\u{2018}']) {
        Some(owner) if !owner.is_empty() => owner,
        _ => word,
    }
}
