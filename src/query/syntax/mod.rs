//! The query language: its syntax tree, its parser, and the way back to text.
//!
//! It is Lucene's classic query syntax as users know it, and knows neither a
//! schema nor an engine: words stand in the tree as they were typed, and are
//! analysed when the tree is lowered.
//!
//! # How operators bind
//!
//! From the tightest:
//!
//! 1. a field, `~`, `^`: `title:castro~1^2`
//! 2. `NEAR/5`
//! 3. `+`, `-`, `!`, `NOT`, before one operand
//! 4. `AND`, `&&`
//! 5. `OR`, `||`
//! 6. standing side by side
//!
//! So `a b OR c d` is `a (b OR c) d`: alternatives for one word are what `OR`
//! among words is typed for. Lucene knows no levels but marks the operands of
//! `AND` as required; hence `a b AND c` here is `a +(b AND c)`, while in
//! `a (b AND c)` the bracketed group is one wish among others, as there.
//!
//! # What is text
//!
//! `-`, `+` and `!` are operators only at the beginning of a term: behind white
//! space or a bracket, and directly before something. Operators in words are
//! in capitals. A word goes on to the next white space, round bracket or
//! double quote: `U.S.S.R.`, `Castro's` and `711.00/3-1562` are words. A name
//! with a colon is a field only if the caller knows the field. A backslash
//! makes text of any character. In a phrase `?` is a wildcard only directly
//! before a letter, a digit or another wildcard, for sentences end in it.
//!
//! # Example
//!
//! ```
//! use cables::query::syntax::{Options, parse};
//!
//! let options = Options { strict: false, fields: &["title", "date"] };
//! let parsed = parse("Title:cuba missile* -date:none", &options)?;
//! assert_eq!(parsed.query.to_string(), "title:cuba missile* -date:none");
//! assert!(parsed.problems.is_empty());
//! # Ok::<(), cables::query::syntax::Problem>(())
//! ```

mod display;
mod parser;
mod problem;
mod tree;

pub use parser::{MAX_CLAUSES, MAX_DEPTH, Options, Parsed, parse};
pub use problem::Problem;
pub use tree::{
    Bound, Clause, Node, NodeKind, Occur, PatternPart, Phrase, PhrasePart, Query, Span,
};
