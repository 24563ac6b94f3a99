//! A question in the terms of an index: what the syntax tree is lowered to.
//!
//! A [`Plan`] names terms of one snapshot's vocabulary. It knows no syntax and
//! no segment; [`super::cursor`] runs it over each.

use crate::index::{Property, Section};

/// A condition on documents.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Plan {
    /// Every document.
    All,
    /// No document.
    Nothing,
    /// Documents with a word or a phrase.
    Leaf(Leaf),
    /// Documents whose date may lie within these days, both included.
    Dated { earliest: i64, latest: i64 },
    /// Documents that have a date.
    HasDate,
    /// Documents that have a value of a property.
    HasValue(Property),
    /// Documents whose section has any text.
    HasText(Section),
    /// Documents that meet all.
    And(Vec<Plan>),
    /// Documents that meet any.
    Or(Vec<Plan>),
    /// Documents that do not meet it.
    Not(Box<Plan>),
    /// What juxtaposed words mean.
    Group(Group),
    /// A condition whose score counts this much.
    Boost(Box<Plan>, f32),
}

/// Juxtaposed clauses: documents that meet all `required` and `filters`, none
/// of `excluded`, and, where nothing is required, at least one of `wanted`, if
/// there are any. Those that meet all of `wanted` rank first.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Group {
    pub required: Vec<Plan>,
    pub wanted: Vec<Plan>,
    /// Conditions that no score tells more or less of, as a date.
    pub filters: Vec<Plan>,
    pub excluded: Vec<Plan>,
}

/// Where a leaf's words are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Place {
    /// Anywhere in the text.
    Text,
    /// In one section of the text.
    Section(Section),
    /// In the values of a property.
    Property(Property),
}

/// A word or a phrase.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Leaf {
    /// As typed, for explanations.
    pub label: String,
    pub place: Place,
    /// The terms of the vocabulary that it may be met by.
    pub terms: Vec<LeafTerm>,
    /// The sequences of words that meet it. There is more than one where a
    /// word with a hyphen may also be met by the word without.
    pub paths: Vec<Path>,
    /// How far the words of a path may be moved, together; 0 for as written.
    pub slop: u32,
    /// How much rarer than every document the leaf is: the sum of its slots'
    /// inverse document frequencies.
    pub idf: f32,
}

/// The slots of a phrase in order; one slot for a word.
pub(super) type Path = Vec<Slot>;

/// Indices into [`Leaf::terms`] of the terms that can stand here.
pub(super) type Slot = Vec<usize>;

/// A term of the vocabulary.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct LeafTerm {
    /// As it stands in the dictionary.
    pub term: String,
    /// How many positions it spans.
    pub length: u32,
    /// In how many documents it stands.
    pub documents: u64,
}

impl Plan {
    /// Whether it only admits or refuses: it has no words that could rank.
    pub fn is_filter(&self) -> bool {
        match self {
            Plan::All
            | Plan::Dated { .. }
            | Plan::HasDate
            | Plan::HasValue(_)
            | Plan::HasText(_) => true,
            Plan::And(plans) | Plan::Or(plans) => plans.iter().all(Plan::is_filter),
            Plan::Group(group) => {
                let words = group.required.iter().chain(&group.wanted);
                words.chain(&group.excluded).all(Plan::is_filter)
            }
            Plan::Not(plan) | Plan::Boost(plan, _) => plan.is_filter(),
            Plan::Nothing | Plan::Leaf(_) => false,
        }
    }

    /// The words and phrases that a matching document shows: all but those
    /// that exclude.
    pub fn leaves(&self) -> Vec<&Leaf> {
        let mut leaves = Vec::new();
        self.collect_leaves(&mut leaves);
        leaves
    }

    /// The same plan with the juxtaposed words of the question at its root,
    /// where ranking counts how many of them a document meets: also those
    /// of `(a b)^2`, `+(a b)` and `(a b) -c`.
    pub fn unwrapped(self) -> Plan {
        match self {
            Plan::Boost(plan, factor) => match plan.unwrapped() {
                Plan::Group(group) => Plan::Group(group.boosted(factor)),
                other => Plan::Boost(Box::new(other), factor),
            },
            Plan::Group(mut group) => {
                let alone = match (group.required.len(), group.wanted.len()) {
                    (1, 0) => &mut group.required,
                    (0, 1) => &mut group.wanted,
                    _ => return Plan::Group(group),
                };
                match alone.remove(0).unwrapped() {
                    Plan::Group(mut inner) => {
                        inner.filters.append(&mut group.filters);
                        inner.excluded.append(&mut group.excluded);
                        Plan::Group(inner)
                    }
                    other => {
                        alone.push(other);
                        Plan::Group(group)
                    }
                }
            }
            other => other,
        }
    }

    fn collect_leaves<'a>(&'a self, leaves: &mut Vec<&'a Leaf>) {
        match self {
            Plan::Leaf(leaf) => leaves.push(leaf),
            Plan::And(plans) | Plan::Or(plans) => {
                plans.iter().for_each(|plan| plan.collect_leaves(leaves));
            }
            Plan::Group(group) => {
                let shown = group.required.iter().chain(&group.wanted);
                shown.for_each(|plan| plan.collect_leaves(leaves));
            }
            Plan::Boost(plan, _) => plan.collect_leaves(leaves),
            Plan::All
            | Plan::Nothing
            | Plan::Dated { .. }
            | Plan::HasDate
            | Plan::HasValue(_)
            | Plan::HasText(_)
            | Plan::Not(_) => {}
        }
    }
}

impl Group {
    /// The group with every score in it multiplied.
    fn boosted(mut self, factor: f32) -> Group {
        for plan in self.required.iter_mut().chain(&mut self.wanted) {
            let inner = std::mem::replace(plan, Plan::Nothing);
            *plan = Plan::Boost(Box::new(inner), factor);
        }
        self
    }
}
