//! Where to begin and to end a passage.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

/// How many characters before the reach of a passage are looked at, to tell
/// whether a sentence begins right there.
const LOOK_BACK: usize = 8;

/// How many signs directly behind the centre are shown, room or not.
const PUNCTUATION: usize = 4;

/// The part of `text`, of about `width` characters, to show around `centre`:
/// from the beginning of a sentence where one is near, never within a word.
/// What is at the centre is shown whole, however long.
pub(super) fn cut(text: &str, centre: Range<usize>, width: usize) -> Range<usize> {
    let used = text[centre.clone()].chars().count();
    let room = width.saturating_sub(used);
    let before = back(text, centre.start, room / 2);
    let mut start = if text[..before].trim().is_empty() {
        0
    } else {
        let sentence = sentence_start(text, before..centre.start);
        sentence.unwrap_or_else(|| word_start(text, before..centre.start))
    };
    if text[..start].trim().is_empty() {
        start = 0;
    }
    let room = room.saturating_sub(text[start..centre.start].chars().count());
    start..word_end(text, centre.end, room)
}

/// The place `count` characters before `at`.
fn back(text: &str, at: usize, count: usize) -> usize {
    let before = text[..at].char_indices().rev().take(count);
    before.last().map_or(at, |(start, _)| start)
}

/// The first place from the range's start to its end, both included, at which
/// a sentence begins.
fn sentence_start(text: &str, range: Range<usize>) -> Option<usize> {
    let from = back(text, range.start, LOOK_BACK);
    let mut after_stop = false;
    let mut word_length = 0;
    // Where the word at hand begins, with its opening quotes and brackets.
    let mut opened = None;
    for (at, sign) in text[from..].char_indices() {
        let at = from + at;
        let begins = text[..at].ends_with(char::is_whitespace);
        if at > range.end && (begins || opened.is_none()) {
            return None;
        }
        if sign.is_whitespace() {
            opened = None;
            continue;
        }
        if begins {
            opened = Some(at);
        }
        if sign.is_alphanumeric() {
            let start = match text[..at].chars().next_back() {
                Some('。' | '！' | '？') => Some(at),
                _ => opened.take().filter(|_| after_stop && sign.is_uppercase()),
            };
            if let Some(start) = start.filter(|start| range.start <= *start && *start <= range.end)
            {
                return Some(start);
            }
            let goes_on = text[..at].ends_with(char::is_alphanumeric);
            word_length = if goes_on { word_length + 1 } else { 1 };
            after_stop = false;
        } else if matches!(sign, '.' | '?' | '!') {
            // `F. Castro` and `Mr. Rusk` do not begin a sentence.
            after_stop = sign != '.' || word_length > 3;
        }
    }
    None
}

/// The first place in the range at which a word begins: behind white space, or
/// in a script that has none between words. The range's end begins one.
fn word_start(text: &str, range: Range<usize>) -> usize {
    let safe = text[..range.start].rfind(char::is_whitespace).unwrap_or(0);
    let words = text[safe..range.end].split_word_bound_indices();
    let begins = |(at, word): (usize, &str)| {
        let at = safe + at;
        let is_behind_space = text[..at].ends_with(char::is_whitespace) && !word.trim().is_empty();
        (at >= range.start && (is_behind_space || is_unspaced(word))).then_some(at)
    };
    words.filter_map(begins).next().unwrap_or(range.end)
}

/// The last place, at most `room` characters behind `from`, at which a word
/// ends. Punctuation directly at `from` is taken along.
fn word_end(text: &str, from: usize, room: usize) -> usize {
    let rest = &text[from..];
    let Some((limit, _)) = rest.char_indices().nth(room) else {
        return text.len();
    };
    let space = rest[limit..].find(char::is_whitespace);
    let looked_at = &rest[..space.map_or(rest.len(), |space| limit + space)];
    let ends = |(at, word): (usize, &str)| {
        let end = at + word.len();
        let is_before_space = rest[end..].chars().next().is_none_or(char::is_whitespace);
        (end <= limit && (is_before_space || is_unspaced(word))).then_some(end)
    };
    // A line without spaces may be a book: only so much of it is segmented.
    let few = looked_at
        .char_indices()
        .nth(room + 64)
        .map_or(looked_at.len(), |(at, _)| at);
    let last = looked_at[..few].split_word_bound_indices();
    let last = last.filter_map(ends).next_back();
    let is_punctuation = |c: &char| !c.is_whitespace() && !c.is_alphanumeric();
    let punctuation = rest.chars().take_while(is_punctuation).take(PUNCTUATION);
    let punctuation = punctuation.map(char::len_utf8).sum();
    from + last.unwrap_or_default().max(punctuation)
}

/// Whether a word is of a script that is written without spaces: its letters
/// have no case, and stand each for itself.
fn is_unspaced(word: &str) -> bool {
    let mut letters = word.chars();
    let caseless = |c: char| c.is_alphabetic() && !c.is_lowercase() && !c.is_uppercase();
    letters.next().is_some_and(caseless) && letters.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn shown<'a>(text: &'a str, centre: &str, width: usize) -> &'a str {
        let at = text.find(centre).expect("the centre");
        &text[cut(text, at..at + centre.len(), width)]
    }

    #[test]
    fn a_passage_begins_at_a_sentence_in_reach() {
        let text = "One is here. Two is there. Three met Mr. F. Rusk at noon and went on.";
        assert_eq!(
            shown(text, "Rusk", 48),
            "Three met Mr. F. Rusk at noon and went on."
        );
        assert_eq!(shown(text, "Rusk", 24), "Mr. F. Rusk at noon and");
        assert_eq!(shown(text, "Three", 30), "Three met Mr. F. Rusk at noon");
        let quoted = "One ended here. “Two is there,” said three of them.";
        assert_eq!(
            shown(quoted, "there", 40),
            "“Two is there,” said three of them."
        );
        assert_eq!(shown(quoted, "Two", 30), "“Two is there,” said three of");
    }

    #[test]
    fn no_word_is_cut() {
        assert_eq!(shown("alpha beta gamma delta", "gamma", 13), "gamma delta");
        assert_eq!(shown("alpha beta gamma delta", "gamma", 0), "gamma");
        assert_eq!(shown("alpha (beta), gamma", "beta", 4), "beta),");
        assert_eq!(
            shown("see a/very/long/path/castro/and/more here", "castro", 12),
            "castro/"
        );
    }

    #[test]
    fn scripts_without_spaces_are_cut_between_words() {
        let text = "古巴导弹危机期间苏联大使会见了卡斯特罗并转达了指示和问候";
        assert_eq!(shown(text, "卡", 9), "使会见了卡斯特罗并");
        assert_eq!(shown("好。古巴导弹危机期间", "弹", 9), "古巴导弹危机期间");
    }

    proptest! {
        #[test]
        fn width_is_kept(text in "[a-zA-Z古é.“ -]{0,80}", from in 0usize..80, length in 0usize..10, width in 0usize..60) {
            let places: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
            let start = places[from.min(places.len() - 1)];
            let end = places[(from + length).min(places.len() - 1)];
            let part = cut(&text, start..end, width);
            prop_assert!(part.start <= start && end <= part.end);
            let longest = width.max(text[start..end].chars().count()) + 4;
            prop_assert!(text[part.clone()].trim().chars().count() <= longest);
            let parts_word = |at: usize| {
                let ascii = |c: char| c.is_ascii_alphabetic();
                text[..at].ends_with(ascii) && text[at..].starts_with(ascii)
            };
            prop_assert!(part.start == start || !parts_word(part.start));
            prop_assert!(part.end == end || !parts_word(part.end));
        }
    }
}
