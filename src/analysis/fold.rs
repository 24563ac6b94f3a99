//! One form for letters that people type differently.

use unicode_normalization::UnicodeNormalization;

/// Folds a word: compatibility characters to their plain forms (NFKD, so that
/// the ligature `ﬁ` is `fi` and full-width letters are letters), small letters,
/// no accents (`É` is `e`, `č` is `c`), letters with a stroke or a tail to the
/// letters that English prints for them (`ø` is `o`, `ß` is `ss`), invisible
/// characters such as the soft hyphen and the commas of numbers dropped,
/// every apostrophe straight.
///
/// Combining marks outside the block of Latin, Greek and Cyrillic accents
/// (U+0300 to U+036F) stay: in other scripts they are letters.
pub fn fold(word: &str) -> String {
    let mut folded = String::with_capacity(word.len());
    fold_into(word, &mut folded);
    folded
}

/// Appends the folded `word` to `folded`.
pub(super) fn fold_into(word: &str, folded: &mut String) {
    if word.is_ascii() {
        let kept = word.chars().filter(|&letter| letter != ',');
        folded.extend(kept.map(|letter| letter.to_ascii_lowercase()));
        return;
    }
    let plain = word
        .nfkd()
        .flat_map(char::to_lowercase)
        .filter(|&letter| !is_dropped(letter));
    for letter in plain.nfc() {
        match spelled(letter) {
            Some(letters) => folded.push_str(letters),
            None => folded.push(letter),
        }
    }
}

fn is_dropped(letter: char) -> bool {
    matches!(letter,
        '\u{300}'..='\u{36f}' // accents
        | ',' | '\u{ad}' // soft hyphen
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' // joiners, directions
        | '\u{2060}'..='\u{2064}' | '\u{feff}')
}

/// Letters that no decomposition reaches, as English prints them.
fn spelled(letter: char) -> Option<&'static str> {
    Some(match letter {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'ł' => "l",
        'đ' | 'ð' => "d",
        'þ' => "th",
        'ħ' => "h",
        'ı' => "i",
        'ŧ' => "t",
        '\u{2018}' | '\u{2019}' | '\u{2bc}' => "'",
        _ => return None,
    })
}
