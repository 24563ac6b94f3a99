//! What a query of a small language should find, by its definition: no
//! index, no parser, a look at every word of every document.

use std::fmt;

/// The words that documents are made of.
pub const WORDS: [&str; 9] = [
    "castro",
    "missile",
    "missiles",
    "peace",
    "negotiating",
    "negotiations",
    "co-operate",
    "cooperate",
    "operate",
];

/// Forms of one word, for words that stand alone.
const INFLECTED: [[&str; 2]; 2] = [["missile", "missiles"], ["negotiating", "negotiations"]];

/// The sections that have words, in the order of the index.
pub const SECTIONS: [&str; 4] = ["title", "summary", "body", "notes"];

/// A text that phrases do not leave.
pub type Stream = Vec<&'static str>;

/// A document: for each of [`SECTIONS`] its texts.
#[derive(Debug, Clone)]
pub struct Document {
    pub id: String,
    pub sections: [Vec<Stream>; 4],
}

/// A question. [`fmt::Display`] gives it in the query language.
#[derive(Debug, Clone)]
pub enum Question {
    /// A word as typed, which may have a hyphen.
    Word(&'static str),
    Prefix(&'static str),
    Wildcard(&'static str),
    Fuzzy(&'static str, u8),
    /// Words, the last perhaps a prefix, and the slop.
    Phrase(Vec<&'static str>, bool, u32),
    /// A section, and one of the above.
    In(usize, Box<Question>),
    Not(Box<Question>),
    And(Vec<Question>),
    Or(Vec<Question>),
    Side(Vec<(Sign, Question)>),
}

/// What stands before a term.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Sign {
    None,
    Plus,
    Minus,
}

/// How a document meets a question.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Meeting {
    pub is_hit: bool,
    /// How many of the juxtaposed terms it has, and of how many.
    pub met: usize,
    pub wanted: usize,
}

impl Question {
    /// How `document` meets the question as a whole.
    pub fn meeting(&self, document: &Document) -> Meeting {
        match self {
            Question::Side(terms) => Side::of(terms).meeting(document),
            other => Meeting {
                is_hit: other.is_met(document),
                ..Meeting::default()
            },
        }
    }

    fn is_met(&self, document: &Document) -> bool {
        match self {
            Question::Not(question) => !question.is_met(document),
            Question::And(questions) => questions.iter().all(|q| q.is_met(document)),
            Question::Or(questions) => questions.iter().any(|q| q.is_met(document)),
            Question::Side(terms) => Side::of(terms).meeting(document).is_hit,
            Question::In(section, question) => {
                let (readings, slop) = question.readings();
                let mut streams = document.sections[*section].iter();
                streams.any(|stream| readings.iter().any(|slots| has(stream, slots, slop)))
            }
            leaf => {
                let (readings, slop) = leaf.readings();
                let mut streams = document.sections.iter().flatten();
                streams.any(|stream| readings.iter().any(|slots| has(stream, slots, slop)))
            }
        }
    }

    /// The sequences of words that a leaf may be met by, and its slop.
    fn readings(&self) -> (Vec<Vec<Slot>>, u32) {
        let one = |slot| (vec![vec![slot]], 0);
        match self {
            Question::Word(word) => (readings_of(&[word], false, true), 0),
            Question::Prefix(prefix) => one(Slot::Prefix(prefix)),
            Question::Wildcard(pattern) => one(Slot::Wildcard(pattern)),
            Question::Fuzzy(word, distance) => one(Slot::Fuzzy(word, *distance)),
            Question::Phrase(words, is_prefix, slop) => {
                (readings_of(words, *is_prefix, false), *slop)
            }
            other => panic!("{other} is no leaf"),
        }
    }
}

/// Juxtaposed terms, sorted out.
struct Side<'a> {
    required: Vec<&'a Question>,
    wanted: Vec<&'a Question>,
    excluded: Vec<&'a Question>,
}

impl<'a> Side<'a> {
    fn of(terms: &'a [(Sign, Question)]) -> Self {
        let mut side = Side {
            required: Vec::new(),
            wanted: Vec::new(),
            excluded: Vec::new(),
        };
        for (sign, question) in terms {
            match (sign, question) {
                (Sign::None, Question::Not(question)) => side.excluded.push(question),
                (Sign::None, question) => side.wanted.push(question),
                (Sign::Plus, question) => side.required.push(question),
                (Sign::Minus, question) => side.excluded.push(question),
            }
        }
        // Terms in brackets that nothing else stands beside are the question.
        let alone = match (side.required.as_slice(), side.wanted.as_slice()) {
            ([Question::Side(terms)], []) | ([], [Question::Side(terms)]) => Some(terms),
            _ => None,
        };
        if let Some(terms) = alone {
            let inner = Side::of(terms);
            side.required = inner.required;
            side.wanted = inner.wanted;
            side.excluded.extend(inner.excluded);
        }
        side
    }

    fn meeting(&self, document: &Document) -> Meeting {
        let count =
            |questions: &[&Question]| questions.iter().filter(|q| q.is_met(document)).count();
        let met = count(&self.wanted);
        let is_hit = count(&self.required) == self.required.len()
            && count(&self.excluded) == 0
            && (met > 0 || !self.required.is_empty() || self.wanted.is_empty());
        Meeting {
            is_hit,
            met,
            wanted: self.wanted.len(),
        }
    }
}

/// What can stand in one place of a phrase.
#[derive(Debug, Clone, Copy)]
enum Slot {
    Word(&'static str),
    Inflected(&'static str),
    Prefix(&'static str),
    Wildcard(&'static str),
    Fuzzy(&'static str, u8),
}

impl Slot {
    fn is(self, word: &str) -> bool {
        match self {
            Slot::Word(wanted) => word == wanted,
            Slot::Inflected(wanted) => {
                let forms = INFLECTED.iter().find(|forms| forms.contains(&wanted));
                word == wanted || forms.is_some_and(|forms| forms.contains(&word))
            }
            Slot::Prefix(prefix) => word.starts_with(prefix),
            Slot::Wildcard(pattern) => is_like(pattern.as_bytes(), word.as_bytes()),
            Slot::Fuzzy(wanted, distance) => {
                word[..1] == wanted[..1]
                    && distance_of(wanted.as_bytes(), word.as_bytes()) <= usize::from(distance)
            }
        }
    }
}

/// A word with a hyphen is read as its parts and as one word.
fn readings_of(words: &[&'static str], is_prefix: bool, inflected: bool) -> Vec<Vec<Slot>> {
    let mut readings: Vec<Vec<Slot>> = vec![Vec::new()];
    for (index, word) in words.iter().enumerate() {
        let whole = |word| match inflected {
            true => Slot::Inflected(word),
            false => Slot::Word(word),
        };
        let ways: Vec<Vec<Slot>> = match *word {
            prefix if is_prefix && index + 1 == words.len() => vec![vec![Slot::Prefix(prefix)]],
            "co-operate" => vec![
                vec![Slot::Word("co"), Slot::Word("operate")],
                vec![whole("cooperate")],
            ],
            word => vec![vec![whole(word)]],
        };
        let longer = |before: &Vec<Slot>| -> Vec<Vec<Slot>> {
            ways.iter()
                .map(|way| [before.as_slice(), way].concat())
                .collect()
        };
        readings = readings.iter().flat_map(longer).collect();
    }
    readings
}

/// The words of a text with their places and lengths: `co-operate` is two,
/// and one of two places.
fn placed(stream: &Stream) -> Vec<(i64, i64, &'static str)> {
    let mut placed = Vec::new();
    let mut at = 0;
    for word in stream {
        if *word == "co-operate" {
            placed.extend([(at, 2, "cooperate"), (at, 1, "co"), (at + 1, 1, "operate")]);
            at += 2;
        } else {
            placed.push((at, 1, *word));
            at += 1;
        }
    }
    placed
}

/// Whether the words stand in the text: one after the other, or by Lucene's
/// rule of slop, at different places pᵢ of which max(pᵢ − i) − min(pᵢ − i) is
/// at most the slop.
fn has(stream: &Stream, slots: &[Slot], slop: u32) -> bool {
    let words = placed(stream);
    let mut chosen: Vec<(i64, i64)> = Vec::new();
    search(&words, slots, slop, &mut chosen)
}

fn search(
    words: &[(i64, i64, &str)],
    slots: &[Slot],
    slop: u32,
    chosen: &mut Vec<(i64, i64)>,
) -> bool {
    let Some((slot, rest)) = slots.split_first() else {
        return true;
    };
    for (at, length, _) in words.iter().filter(|(_, _, word)| slot.is(word)) {
        chosen.push((*at, *length));
        let shifts = (0..).zip(chosen.iter()).map(|(index, (at, _))| at - index);
        let spread = shifts.clone().max().unwrap_or(0) - shifts.min().unwrap_or(0);
        let (last, before) = chosen.split_last().expect("a choice");
        let fits = match slop {
            0 => before
                .last()
                .is_none_or(|before| before.0 + before.1 == last.0),
            slop => spread <= i64::from(slop) && before.iter().all(|other| other.0 != last.0),
        };
        if fits && search(words, rest, slop, chosen) {
            return true;
        }
        chosen.pop();
    }
    false
}

fn is_like(pattern: &[u8], word: &[u8]) -> bool {
    match (pattern, word) {
        ([], []) => true,
        ([b'*', rest @ ..], _) if is_like(rest, word) => true,
        ([b'*', ..], [_, after @ ..]) => is_like(pattern, after),
        ([b'?', rest @ ..], [_, after @ ..]) => is_like(rest, after),
        ([sign, rest @ ..], [letter, after @ ..]) => sign == letter && is_like(rest, after),
        _ => false,
    }
}

/// Insertions, deletions, replacements and exchanges of neighbours, no letter
/// touched twice.
fn distance_of(a: &[u8], b: &[u8]) -> usize {
    let mut rows = vec![vec![0; b.len() + 1]; a.len() + 1];
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            rows[i][j] = match (i, j) {
                (0, other) | (other, 0) => other,
                _ => {
                    let replaced = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
                    let mut least = replaced.min(rows[i - 1][j] + 1).min(rows[i][j - 1] + 1);
                    if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                        least = least.min(rows[i - 2][j - 2] + 1);
                    }
                    least
                }
            };
        }
    }
    rows[a.len()][b.len()]
}

impl fmt::Display for Question {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let joined = |f: &mut fmt::Formatter<'_>, questions: &[Question], between: &str| {
            let parts: Vec<String> = questions.iter().map(|q| format!("({q})")).collect();
            f.write_str(&parts.join(between))
        };
        match self {
            Question::Word(word) => write!(f, "{word}"),
            Question::Prefix(prefix) => write!(f, "{prefix}*"),
            Question::Wildcard(pattern) => write!(f, "{pattern}"),
            Question::Fuzzy(word, distance) => write!(f, "{word}~{distance}"),
            Question::Phrase(words, is_prefix, slop) => {
                let star = if *is_prefix { "*" } else { "" };
                write!(f, "\"{}\"{star}", words.join(" "))?;
                match slop {
                    0 => Ok(()),
                    slop => write!(f, "~{slop}"),
                }
            }
            Question::In(section, question) => write!(f, "{}:{question}", SECTIONS[*section]),
            Question::Not(question) => write!(f, "NOT ({question})"),
            Question::And(questions) => joined(f, questions, " AND "),
            Question::Or(questions) => joined(f, questions, " OR "),
            Question::Side(terms) => {
                let term = |(sign, question): &(Sign, Question)| {
                    let sign = match sign {
                        Sign::None => "",
                        Sign::Plus => "+",
                        Sign::Minus => "-",
                    };
                    format!("{sign}({question})")
                };
                let terms: Vec<String> = terms.iter().map(term).collect();
                f.write_str(&terms.join(" "))
            }
        }
    }
}
