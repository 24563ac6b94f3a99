//! The syntax tree of a query.

/// A query as it was understood.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Query {
    /// What was typed; all [`Span`]s are offsets into it.
    pub text: String,
    /// What it asks for; `None` if it asks for nothing.
    pub root: Option<Node>,
}

/// A part of the text of a query, in bytes, on character boundaries, half-open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// The byte behind the last.
    pub end: usize,
}

/// One thing that a query asks for.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// Where it stands, with its suffixes (`~1`, `^2`) but without round
    /// brackets around it.
    pub span: Span,
    /// The factor on its score, finite and not negative; `None` if none was
    /// typed. That of a field's value stands with the value.
    pub boost: Option<f32>,
    /// What it is.
    pub kind: NodeKind,
}

/// The kinds of [`Node`].
#[derive(Debug, Clone, PartialEq)]
pub enum NodeKind {
    /// Terms side by side, two or more. Not an `OR`: documents with all of
    /// the wishes come first, those with some of them follow.
    Words(Vec<Clause>),
    /// `a AND b`: all of the operands, two or more.
    And(Vec<Node>),
    /// `a OR b`: at least one of the operands, two or more.
    Or(Vec<Node>),
    /// `NOT a`: what the operand does not match.
    Not(Box<Node>),
    /// `title:a`: the value, sought in one field.
    Field {
        /// The field, as the caller of the parser spells it.
        name: String,
        /// What is sought in it.
        value: Box<Node>,
    },
    /// One word as typed, without escapes and not analysed: it may well be
    /// several to the index, or none.
    Word(String),
    /// `mis?ile`, `missile*`: one or more parts, not all of them wild.
    Wildcard(Vec<PatternPart>),
    /// `kruschev~1`: a word within some edits.
    Fuzzy {
        /// The word, as in [`NodeKind::Word`].
        text: String,
        /// The greatest number of edits: 0, 1 or 2. A bare `~` is 2, as in
        /// Lucene.
        distance: u8,
    },
    /// `"a b"`, `"a b"~5`.
    Phrase(Phrase),
    /// `a NEAR/5 b`: the operands in any order, with at most so many words
    /// between them as a phrase of that slop allows.
    Near {
        /// Two or more words, wildcards, fuzzy words or phrases.
        operands: Vec<Node>,
        /// The slop, in words.
        distance: u32,
    },
    /// `[a TO b]`, `>=a`: the values between two bounds. Only in a field, and
    /// never open at both ends.
    Range {
        /// The lower end.
        lower: Bound,
        /// The upper end.
        upper: Bound,
    },
    /// `*`: any value in the field; outside of a field, every document.
    Exists,
    /// `none`: no value in the field. Only directly in a field; the word itself
    /// is sought as `title:"none"`.
    Missing,
}

/// A term of [`NodeKind::Words`].
#[derive(Debug, Clone, PartialEq)]
pub struct Clause {
    /// Whether it is wished, required or forbidden.
    pub occur: Occur,
    /// The term.
    pub node: Node,
}

/// What a term among others asks of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Occur {
    /// `a`: better with it.
    Should,
    /// `+a`: only with it.
    Must,
    /// `-a`: only without it.
    MustNot,
}

/// A piece of a word with wildcards.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum PatternPart {
    /// Characters that stand for themselves; not empty, and never two in a
    /// row.
    Literal(String),
    /// `*`: any number of characters, also none; never two in a row.
    Any,
    /// `?`: exactly one character.
    One,
}

/// Words in a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phrase {
    /// Its words, in order; not empty.
    pub parts: Vec<PhrasePart>,
    /// How many moves of a word by one place are allowed (Lucene's slop);
    /// `None` if none was typed.
    pub slop: Option<u32>,
}

/// A piece of a [`Phrase`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PhrasePart {
    /// Words as typed, without escapes and not analysed, without surrounding
    /// white space; never two in a row.
    Text {
        /// Where they stand.
        span: Span,
        /// The words.
        text: String,
    },
    /// One word with wildcards.
    Wildcard {
        /// Where it stands.
        span: Span,
        /// Its pieces, as in [`NodeKind::Wildcard`].
        pattern: Vec<PatternPart>,
    },
}

/// One end of a range; values are as typed.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Bound {
    /// With the value itself: `[`, `]`, `>=`, `<=`.
    Included(String),
    /// Without the value itself: `{`, `}`, `>`, `<`.
    Excluded(String),
    /// `*`: no bound.
    Open,
}

impl Span {
    /// From one byte offset to another.
    pub fn new(start: usize, end: usize) -> Self {
        Span { start, end }
    }

    /// From the beginning of this one to the end of the other.
    pub fn to(self, last: Span) -> Self {
        Span::new(self.start, last.end)
    }
}

impl Node {
    /// A node without a boost.
    pub fn new(span: Span, kind: NodeKind) -> Self {
        Node {
            span,
            boost: None,
            kind,
        }
    }
}

impl Phrase {
    /// Its words in a row, with `*` and `?` for the wildcards: the phrase as
    /// typed, without quotes and escapes.
    pub fn text(&self) -> String {
        let mut words = Vec::with_capacity(self.parts.len());
        for part in &self.parts {
            words.push(match part {
                PhrasePart::Text { text, .. } => text.clone(),
                PhrasePart::Wildcard { pattern, .. } => {
                    pattern.iter().map(PatternPart::as_str).collect()
                }
            });
        }
        words.join(" ")
    }
}

impl PatternPart {
    /// The piece as typed, without escapes.
    pub fn as_str(&self) -> &str {
        match self {
            PatternPart::Literal(text) => text,
            PatternPart::Any => "*",
            PatternPart::One => "?",
        }
    }
}
