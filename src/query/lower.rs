//! A syntax tree to a plan, in one place.

mod words;

use super::QueryError;
use super::explain::Expansion;
use super::plan::{Group, Leaf, Path, Place, Plan};
use super::ranking::idf;
use super::syntax::{
    Bound, Clause, Node, NodeKind, Occur, PatternPart, Phrase, PhrasePart, Problem, Span,
};
use super::vocabulary::Vocabulary;
use crate::cable::DateInterval;
use crate::index::{POSITION_GAP, QueryField, Snapshot, day_number};
use words::{Slots, Word};

/// The most terms that one word with wildcards or one fuzzy word may stand
/// for.
pub const MAX_EXPANSIONS: usize = 2000;

/// Lowers syntax trees for one snapshot, and collects what its author should
/// know.
pub(super) struct Lowering<'a> {
    vocabulary: Vocabulary<'a>,
    documents: u64,
    /// The text that the spans of the tree lie in.
    text: &'a str,
    /// Warnings, by their place in the query.
    pub problems: Vec<Problem>,
    /// Each word and phrase with what it was looked up as, in order.
    pub expansions: Vec<Expansion>,
}

impl<'a> Lowering<'a> {
    /// Lowers trees whose spans lie in `text`.
    pub fn new(snapshot: &'a Snapshot, text: &'a str) -> Self {
        Lowering {
            vocabulary: Vocabulary::new(snapshot),
            documents: snapshot.documents(),
            text,
            problems: Vec::new(),
            expansions: Vec::new(),
        }
    }

    /// The plan of a tree; `None` when nothing in it can be searched for.
    pub fn lower(&mut self, node: &Node) -> Result<Option<Plan>, QueryError> {
        self.node(node, QueryField::Text)
    }

    /// The plan of `field:value` as given outside a query.
    pub fn filter(&mut self, field: QueryField, value: &str) -> Result<Plan, QueryError> {
        let phrase = Phrase {
            parts: vec![PhrasePart::Text {
                span: Span::new(0, value.len()),
                text: value.to_owned(),
            }],
            slop: None,
        };
        let kind = match value {
            "*" => NodeKind::Exists,
            "none" => NodeKind::Missing,
            _ => NodeKind::Phrase(phrase),
        };
        let node = Node::new(Span::new(0, value.len()), kind);
        Ok(self.node(&node, field)?.unwrap_or(Plan::Nothing))
    }

    fn node(&mut self, node: &Node, field: QueryField) -> Result<Option<Plan>, QueryError> {
        let plan = self.kind(node, field)?;
        Ok(match node.boost {
            Some(factor) => plan.map(|plan| Plan::Boost(Box::new(plan), factor)),
            None => plan,
        })
    }

    fn kind(&mut self, node: &Node, field: QueryField) -> Result<Option<Plan>, QueryError> {
        let span = node.span;
        match &node.kind {
            NodeKind::Words(clauses) => self.group(clauses, field),
            NodeKind::And(nodes) => Ok(self.all(nodes, field)?.map(Plan::And)),
            NodeKind::Or(nodes) => Ok(self.all(nodes, field)?.map(Plan::Or)),
            NodeKind::Not(node) => {
                let plan = self.node(node, field)?;
                Ok(plan.map(|plan| Plan::Not(Box::new(plan))))
            }
            NodeKind::Field { name, value } => match QueryField::from_name(name) {
                Some(field) => self.node(value, field),
                None => Err(QueryError::UnknownField(name.clone())),
            },
            NodeKind::Exists => Ok(Some(exists(field))),
            NodeKind::Missing => Ok(Some(Plan::Not(Box::new(exists(field))))),
            NodeKind::Range { lower, upper } => self.range(span, lower, upper, field).map(Some),
            NodeKind::Word(text) => match self.place(field) {
                Some(place) => self.word(span, text, place),
                None => self.date(span, text).map(Some),
            },
            NodeKind::Phrase(phrase) => match self.place(field) {
                Some(place) => {
                    let slots = self.phrase(phrase, place)?;
                    let slop = self.slop(span, phrase.slop.unwrap_or(0));
                    self.leaf(span, slots, place, slop)
                }
                None => {
                    let texts = phrase.parts.iter().filter_map(|part| match part {
                        PhrasePart::Text { text, .. } => Some(text.as_str()),
                        PhrasePart::Wildcard { .. } => None,
                    });
                    let text = texts.collect::<Vec<_>>().join(" ");
                    self.date(span, &text).map(Some)
                }
            },
            NodeKind::Wildcard(pattern) => {
                let place = self.word_place(span, field)?;
                let slots = self.wildcard(span, pattern, place)?;
                self.leaf(span, slots, place, 0)
            }
            NodeKind::Fuzzy { text, distance } => {
                let place = self.word_place(span, field)?;
                let slots = self.fuzzy(span, text, *distance, place)?;
                self.leaf(span, slots, place, 0)
            }
            NodeKind::Near { operands, distance } => {
                let place = self.word_place(span, field)?;
                let mut slots = Slots::default();
                for operand in operands {
                    slots.append(self.operand(operand, place)?);
                }
                let slop = self.slop(span, *distance);
                self.leaf(span, slots, place, slop)
            }
        }
    }

    fn all(&mut self, nodes: &[Node], field: QueryField) -> Result<Option<Vec<Plan>>, QueryError> {
        let mut plans = Vec::with_capacity(nodes.len());
        for node in nodes {
            plans.extend(self.node(node, field)?);
        }
        Ok((!plans.is_empty()).then_some(plans))
    }

    fn group(&mut self, clauses: &[Clause], field: QueryField) -> Result<Option<Plan>, QueryError> {
        let mut group = Group::default();
        for clause in clauses {
            let Some(plan) = self.node(&clause.node, field)? else {
                continue;
            };
            match (clause.occur, plan) {
                // What is wished to be absent ranks nothing: it is required.
                (Occur::Should, Plan::Not(plan)) => group.excluded.push(*plan),
                (Occur::MustNot, plan) => group.excluded.push(plan),
                (Occur::Must, plan) => group.required.push(plan),
                // A date beside words is there to narrow them.
                (Occur::Should, plan) if plan.is_filter() => group.filters.push(plan),
                (Occur::Should, plan) => group.wanted.push(plan),
            }
        }
        Ok((group != Group::default()).then_some(Plan::Group(group)))
    }

    /// Where a field's words are looked for; `None` for the date.
    fn place(&self, field: QueryField) -> Option<Place> {
        match field {
            QueryField::Text => Some(Place::Text),
            QueryField::Section(section) => Some(Place::Section(section)),
            QueryField::Property(property) => Some(Place::Property(property)),
            QueryField::Date => None,
        }
    }

    fn word_place(&self, span: Span, field: QueryField) -> Result<Place, QueryError> {
        let only_words = || {
            QueryError::from(Problem {
                span,
                message: "a date has no words to search; write date:1962-10 or \
                          date:[1962-10-16 TO 1962-10-28]"
                    .to_owned(),
                suggestion: None,
            })
        };
        self.place(field).ok_or_else(only_words)
    }

    fn date(&mut self, span: Span, text: &str) -> Result<Plan, QueryError> {
        let date = read_date(span, text)?;
        Ok(dated(Some(date), Some(date)))
    }

    fn range(
        &mut self,
        span: Span,
        lower: &Bound,
        upper: &Bound,
        field: QueryField,
    ) -> Result<Plan, QueryError> {
        if field != QueryField::Date {
            return Err(QueryError::from(Problem {
                span,
                message: "only dates have ranges: date:[1962-10-16 TO 1962-10-28]".to_owned(),
                suggestion: None,
            }));
        }
        let earliest = match lower {
            Bound::Open => i64::MIN,
            Bound::Included(text) => day_number(read_date(span, text)?.earliest),
            Bound::Excluded(text) => day_number(read_date(span, text)?.latest) + 1,
        };
        let latest = match upper {
            Bound::Open => i64::MAX,
            Bound::Included(text) => day_number(read_date(span, text)?.latest),
            Bound::Excluded(text) => day_number(read_date(span, text)?.earliest) - 1,
        };
        Ok(Plan::Dated { earliest, latest })
    }

    fn slop(&mut self, span: Span, slop: u32) -> u32 {
        let most = POSITION_GAP - 1;
        if slop > most {
            self.problems.push(Problem {
                span,
                message: format!("words at most {most} apart are searched for"),
                suggestion: None,
            });
        }
        slop.min(most)
    }

    fn word(&mut self, span: Span, text: &str, place: Place) -> Result<Option<Plan>, QueryError> {
        let slots = self.plain(text, place, true)?;
        self.leaf(span, slots, place, 0)
    }

    /// The slots of text: inflected when it is a word alone, as written
    /// otherwise.
    fn plain(&self, text: &str, place: Place, inflect: bool) -> Result<Slots, QueryError> {
        let field = self.vocabulary.field(place);
        let in_text = matches!(place, Place::Text | Place::Section(_));
        let mut words = words::analyze(text);
        let length = words.length();
        for word in words.all() {
            // The parts of a typed compound stand as written.
            word.terms = match inflect && in_text && word.length == length {
                true => self.vocabulary.inflected(field, &word.text)?,
                false => self.vocabulary.as_written(field, &word.text)?,
            };
        }
        Ok(words)
    }

    fn phrase(&mut self, phrase: &Phrase, place: Place) -> Result<Slots, QueryError> {
        let mut slots = Slots::default();
        for part in &phrase.parts {
            slots.append(match part {
                PhrasePart::Text { text, .. } => self.plain(text, place, false)?,
                PhrasePart::Wildcard { span, pattern } => self.wildcard(*span, pattern, place)?,
            });
        }
        Ok(slots)
    }

    fn operand(&mut self, node: &Node, place: Place) -> Result<Slots, QueryError> {
        match &node.kind {
            NodeKind::Word(text) => self.plain(text, place, true),
            NodeKind::Phrase(phrase) => self.phrase(phrase, place),
            NodeKind::Wildcard(pattern) => self.wildcard(node.span, pattern, place),
            NodeKind::Fuzzy { text, distance } => self.fuzzy(node.span, text, *distance, place),
            _ => Err(QueryError::from(Problem {
                span: node.span,
                message: "NEAR stands between words and phrases".to_owned(),
                suggestion: None,
            })),
        }
    }

    fn wildcard(
        &mut self,
        span: Span,
        pattern: &[PatternPart],
        place: Place,
    ) -> Result<Slots, QueryError> {
        let pattern = words::fold_pattern(pattern);
        let has_letters = |part: &PatternPart| matches!(part, PatternPart::Literal(_));
        if !pattern.iter().any(has_letters) {
            // `%*` would stand for every word.
            return Ok(Slots::default());
        }
        let prefix = match pattern.first() {
            Some(PatternPart::Literal(literal)) => literal.clone(),
            _ => String::new(),
        };
        let field = self.vocabulary.field(place);
        let found = self
            .vocabulary
            .accepted(field, &prefix, MAX_EXPANSIONS, |word| {
                words::matches_pattern(&pattern, word)
            })?;
        let found = found.map_err(|too_many| too_many_terms(span, too_many.found))?;
        Ok(Slots::of_terms(found))
    }

    fn fuzzy(
        &mut self,
        span: Span,
        text: &str,
        distance: u8,
        place: Place,
    ) -> Result<Slots, QueryError> {
        let field = self.vocabulary.field(place);
        let mut slots = words::analyze(text);
        for Word { text, terms, .. } in slots.all() {
            // As in Lucene's practice the first letter is taken as right.
            let first: String = text.chars().take(1).collect();
            let found = self
                .vocabulary
                .accepted(field, &first, MAX_EXPANSIONS, |word| {
                    strsim::osa_distance(text, word) <= usize::from(distance)
                })?;
            *terms = found.map_err(|too_many| too_many_terms(span, too_many.found))?;
        }
        Ok(slots)
    }

    /// The leaf of slots; `None`, with a warning, when the text had no words.
    fn leaf(
        &mut self,
        span: Span,
        slots: Slots,
        place: Place,
        slop: u32,
    ) -> Result<Option<Plan>, QueryError> {
        if slots.length() == 0 {
            self.problems.push(Problem {
                span,
                message: "has no letters or digits, so it is not searched for".to_owned(),
                suggestion: None,
            });
            return Ok(None);
        }
        let (terms, paths) = slots.into_paths();
        let text = self.text.get(span.start..span.end).unwrap_or_default();
        let label = match place {
            Place::Text => text.to_owned(),
            Place::Section(section) => format!("{}:{text}", section.name()),
            Place::Property(property) => format!("{}:{text}", property.name()),
        };
        self.expansions.push(Expansion::new(&label, &terms));
        if paths.is_empty() {
            return Ok(Some(Plan::Nothing));
        }
        let rarity = |path: &Path| -> f32 {
            let slot = |slot: &Vec<usize>| {
                idf(
                    slot.iter().map(|&term| terms[term].documents).sum(),
                    self.documents,
                )
            };
            path.iter().map(slot).sum()
        };
        let idf = paths.iter().map(rarity).fold(f32::INFINITY, f32::min);
        Ok(Some(Plan::Leaf(Leaf {
            label,
            place,
            terms,
            paths,
            slop,
            idf,
        })))
    }
}

/// The plan of dates that may lie in or after one interval, and in or before
/// another.
pub(super) fn dated(after: Option<DateInterval>, before: Option<DateInterval>) -> Plan {
    Plan::Dated {
        earliest: after.map_or(i64::MIN, |date| day_number(date.earliest)),
        latest: before.map_or(i64::MAX, |date| day_number(date.latest)),
    }
}

fn read_date(span: Span, text: &str) -> Result<DateInterval, QueryError> {
    DateInterval::parse(text).map_err(|error| {
        QueryError::from(Problem {
            span,
            message: error.to_string(),
            suggestion: None,
        })
    })
}

fn exists(field: QueryField) -> Plan {
    match field {
        QueryField::Text => Plan::All,
        QueryField::Section(section) => Plan::HasText(section),
        QueryField::Property(property) => Plan::HasValue(property),
        QueryField::Date => Plan::HasDate,
    }
}

fn too_many_terms(span: Span, found: usize) -> QueryError {
    QueryError::from(Problem {
        span,
        message: format!(
            "stands for {found} words, more than {MAX_EXPANSIONS}; write more of its letters"
        ),
        suggestion: None,
    })
}
