//! Words, with wildcards and suffixes.

use super::{Parser, ends_word};
use crate::query::syntax::tree::{Node, NodeKind, PatternPart};

/// A character of a query that stands for itself if it was escaped.
#[derive(Debug, Clone, Copy)]
pub(super) struct Char {
    pub(super) c: char,
    pub(super) escaped: bool,
    /// Where it stands, with its backslash.
    pub(super) at: usize,
}

impl Char {
    /// Whether it is this character in its role as an operator.
    pub(super) fn is(&self, operator: char) -> bool {
        self.c == operator && !self.escaped
    }

    pub(super) fn is_wild(&self) -> bool {
        self.is('*') || self.is('?')
    }
}

/// The characters of a text from `start` on, of which `is_end` is asked about
/// each that is not escaped. Also where they end.
pub(super) fn unescape(
    text: &str,
    start: usize,
    is_end: impl Fn(char) -> bool,
) -> (Vec<Char>, usize) {
    let mut read = Vec::new();
    let mut chars = text[start..].char_indices();
    while let Some((offset, c)) = chars.next() {
        let at = start + offset;
        if c == '\\'
            && let Some((_, c)) = chars.next()
        {
            read.push(Char {
                c,
                escaped: true,
                at,
            });
        } else if is_end(c) {
            return (read, at);
        } else {
            read.push(Char {
                c,
                escaped: false,
                at,
            });
        }
    }
    (read, text.len())
}

/// The text of characters, without escapes.
pub(super) fn text_of(chars: &[Char]) -> String {
    chars.iter().map(|char| char.c).collect()
}

/// The pieces of a word with wildcards; `None` if it is all wild.
pub(super) fn pattern_of<'c>(
    chars: impl IntoIterator<Item = (&'c Char, bool)>,
) -> Option<Vec<PatternPart>> {
    let mut parts: Vec<PatternPart> = Vec::new();
    let mut has_literal = false;
    for (char, is_wild) in chars {
        match (is_wild, char.c, parts.last_mut()) {
            (true, '*', Some(PatternPart::Any)) => {}
            (true, '*', _) => parts.push(PatternPart::Any),
            (true, _, _) => parts.push(PatternPart::One),
            (false, c, Some(PatternPart::Literal(text))) => text.push(c),
            (false, c, _) => {
                has_literal = true;
                parts.push(PatternPart::Literal(c.to_string()));
            }
        }
    }
    has_literal.then_some(parts)
}

/// What hangs on a word.
#[derive(Debug, Default)]
struct Suffixes {
    boost: Option<f32>,
    distance: Option<u8>,
}

impl Parser<'_> {
    /// Reads a word up to white space, a bracket or a quote.
    pub(super) fn word(&mut self, in_field: bool) -> Option<Node> {
        let start = self.at;
        let (chars, end) = unescape(self.text, start, ends_word);
        self.at = end;
        let (base, suffixes) = self.suffixes(&chars);
        let kind = match base {
            [only] if only.is('*') => NodeKind::Exists,
            [a, colon, b] if a.is('*') && colon.is(':') && b.is('*') => NodeKind::Exists,
            word if in_field && suffixes.distance.is_none() && is_plainly(word, "none") => {
                NodeKind::Missing
            }
            word => self.word_kind(word, &suffixes),
        };
        if suffixes.distance.is_some() && !matches!(kind, NodeKind::Fuzzy { .. }) {
            self.problem(
                start,
                end,
                "~ is left out: a word is either near in spelling or has wildcards; remove one",
            );
        }
        self.term(start, kind, suffixes.boost)
    }

    fn word_kind(&mut self, word: &[Char], suffixes: &Suffixes) -> NodeKind {
        self.tell_of_text_operators(word);
        let text = text_of(word);
        if word.iter().any(Char::is_wild) {
            let chars = word.iter().map(|char| (char, char.is_wild()));
            if let Some(pattern) = pattern_of(chars) {
                return NodeKind::Wildcard(pattern);
            }
            if let (Some(first), Some(last)) = (word.first(), word.last()) {
                let message = format!("{text} is all wildcards and read as text; add a letter");
                self.problem(first.at, last.at + last.c.len_utf8(), message);
            }
            return NodeKind::Word(text);
        }
        match suffixes.distance {
            Some(distance) => NodeKind::Fuzzy { text, distance },
            None => NodeKind::Word(text),
        }
    }

    /// Tells of operators that are text because of where they stand.
    fn tell_of_text_operators(&mut self, word: &[Char]) {
        let is_one =
            |char: &&Char| !char.escaped && matches!(char.c, '[' | ']' | '{' | '}' | '^' | '~');
        let Some(found) = word.iter().find(is_one) else {
            return;
        };
        let c = found.c;
        let advice = match c {
            '^' => "a boost is a number at the end of a word, as in cuba^2",
            '~' => "nearness in spelling is written at the end of a word, as in kruschev~1",
            _ => "a range is written behind a field, as in date:[1962-10-16 TO 1962-10-28]",
        };
        let message = format!("{c} is read as text; {advice}, and the sign itself \\{c}");
        self.problem(found.at, found.at + 1, message);
    }

    /// Takes `^2` and `~1`, in either order, off the end of a word. At least
    /// one character remains.
    fn suffixes<'c>(&mut self, chars: &'c [Char]) -> (&'c [Char], Suffixes) {
        let mut base = chars;
        let mut suffixes = Suffixes::default();
        loop {
            let digits = base
                .iter()
                .rev()
                .take_while(|char| char.is('.') || (!char.escaped && char.c.is_ascii_digit()))
                .count();
            let (before, number) = base.split_at(base.len() - digits);
            let Some((sign, rest)) = before.split_last() else {
                break;
            };
            if rest.is_empty() {
                break;
            }
            let number = text_of(number);
            if sign.is('^') && suffixes.boost.is_none() {
                let Some(boost) = boost_of(&number) else {
                    break;
                };
                suffixes.boost = Some(boost);
            } else if sign.is('~') && suffixes.distance.is_none() {
                suffixes.distance = Some(self.distance_of(sign.at, &number));
            } else {
                break;
            }
            base = rest;
        }
        (base, suffixes)
    }

    /// Lucene once took a similarity between 0 and 1; now as then 2 is the
    /// most that is of use.
    fn distance_of(&mut self, at: usize, number: &str) -> u8 {
        match number {
            "" | "2" => 2,
            "0" => 0,
            "1" => 1,
            _ => {
                let end = at + 1 + number.len();
                let message = format!("~{number} is read as ~2; a word may differ by 0, 1 or 2");
                self.problem(at, end, message);
                2
            }
        }
    }

    /// Reads `^2` behind a phrase or a group.
    pub(super) fn boost_suffix(&mut self) -> Option<f32> {
        let behind = self.rest().strip_prefix('^')?;
        let start = self.at;
        let digits = behind
            .find(|c: char| !c.is_ascii_digit() && c != '.')
            .unwrap_or(behind.len());
        self.at += 1 + digits;
        let boost = boost_of(&behind[..digits]);
        if boost.is_none() {
            let end = self.at;
            self.problem(
                start,
                end,
                "^ is left out; a boost is a number, as in \"cuba\"^2",
            );
        }
        boost
    }
}

/// Whether a word is this one, without escapes.
fn is_plainly(word: &[Char], text: &str) -> bool {
    word.iter().all(|char| !char.escaped) && word.iter().map(|char| char.c).eq(text.chars())
}

/// A finite number that is not negative.
fn boost_of(digits: &str) -> Option<f32> {
    let boost: f32 = digits.parse().ok()?;
    boost.is_finite().then_some(boost)
}
