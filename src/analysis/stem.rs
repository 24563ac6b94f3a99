//! English stems.

use frostem::{Algorithm, Stemmer};

/// The stem of a folded term by the English Snowball stemmer
/// (<https://snowballstem.org/algorithms/english/stemmer.html>). Terms with
/// anything but small English letters are their own stems.
pub fn stem(term: &str) -> String {
    if term.bytes().all(|byte| byte.is_ascii_lowercase()) {
        Stemmer::new(Algorithm::English).stem(term).into_owned()
    } else {
        term.to_owned()
    }
}
