//! The terms of a snapshot: which there are, in how many documents.

use std::collections::BTreeMap;

use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocSet, SegmentReader, TERMINATED, TantivyError, Term};

use super::plan::{LeafTerm, Place};
use crate::analysis::{compound, stem};
use crate::index::{IN_SMALL_LETTERS, IndexError, Snapshot};

/// The least share of the documents with a name that print it as names are
/// printed: the others have it at a sentence's beginning or in a heading.
const NAME_SHARE: f64 = 0.25;

/// The greatest share of the documents with a name that print it in small
/// letters: slips, and `rusk` the biscuit.
const SMALL_SHARE: f64 = 0.1;

/// Offices, which have capitals like names but are words: *Ambassadors* are
/// found by *ambassador*.
const OFFICES: [&str; 40] = [
    "ambassador",
    "ambassadors",
    "attache",
    "attaches",
    "chairman",
    "chancellor",
    "chancellors",
    "chief",
    "chiefs",
    "commander",
    "commanders",
    "commissioner",
    "commissioners",
    "consul",
    "consuls",
    "consulate",
    "consulates",
    "counselor",
    "counselors",
    "delegate",
    "delegates",
    "director",
    "directors",
    "embassy",
    "embassies",
    "general",
    "generals",
    "governor",
    "governors",
    "legation",
    "legations",
    "minister",
    "ministers",
    "president",
    "presidents",
    "secretary",
    "secretaries",
    "senator",
    "senators",
    "premier",
];

/// How many letters an inflected form may have beyond the stem.
const LONGEST_ENDING: usize = 9;

/// How many first letters the forms of a word have in common, at least.
const SHORTEST_PREFIX: usize = 3;

/// Looks terms up in one snapshot.
pub(super) struct Vocabulary<'a> {
    snapshot: &'a Snapshot,
}

/// A question that would need more terms than allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TooMany {
    /// How many terms there are.
    pub found: usize,
}

impl<'a> Vocabulary<'a> {
    pub fn new(snapshot: &'a Snapshot) -> Self {
        Vocabulary { snapshot }
    }

    /// The field whose dictionary a place's words stand in.
    pub fn field(&self, place: Place) -> Field {
        match place {
            Place::Text | Place::Section(_) => self.snapshot.fields().text,
            Place::Property(property) => self.snapshot.fields().property(property),
        }
    }

    /// In how many documents `term` stands.
    pub fn documents(&self, field: Field, term: &str) -> Result<u64, IndexError> {
        let term = Term::from_field_text(field, term);
        let mut documents = 0;
        for segment in self.snapshot.searcher().segment_readers() {
            let inverted = segment.inverted_index(field)?;
            let found = inverted.get_term_info(&term).map_err(TantivyError::from)?;
            let Some(info) = found else { continue };
            documents += match segment.has_deletes() {
                false => u64::from(info.doc_freq),
                true => alive_documents(segment, &term)?,
            };
        }
        Ok(documents)
    }

    /// The word as written, and the compounds that are spelled like it.
    pub fn as_written(&self, field: Field, word: &str) -> Result<Vec<LeafTerm>, IndexError> {
        let mut terms = Vec::new();
        for term in std::iter::once(word.to_owned()).chain(compound::terms(word)) {
            let documents = self.documents(field, &term)?;
            if documents > 0 {
                terms.push(leaf_term(term, documents));
            }
        }
        Ok(terms)
    }

    /// The word and its inflected forms that this vocabulary has: the words
    /// of one stem. A name is not inflected, nor is another word inflected to
    /// a name: *Castro* does not find *Castros*, *dull* not *Dulles*.
    pub fn inflected(&self, field: Field, word: &str) -> Result<Vec<LeafTerm>, IndexError> {
        let wanted = stem(word);
        let mut forms = self.as_written(field, word)?;
        let inflectable = word.bytes().all(|byte| byte.is_ascii_lowercase()) && word.len() > 2;
        if !inflectable || self.is_name(field, word)? {
            return Ok(forms);
        }
        let common = wanted
            .bytes()
            .zip(word.bytes())
            .take_while(|(a, b)| a == b)
            .count();
        // *dying* is of *die*: a prefix of one letter would be half the dictionary.
        let prefix = &word[..common.max(word.len().min(SHORTEST_PREFIX))];
        let candidates = self.with_prefix(field, prefix)?;
        for (term, documents) in candidates {
            let (spelling, _) = compound::split(&term);
            let known = forms.iter().any(|form| form.term == term);
            if known || spelling.len() > wanted.len() + LONGEST_ENDING || stem(spelling) != wanted {
                continue;
            }
            if spelling == word || !self.is_name(field, spelling)? {
                forms.push(leaf_term(term, documents));
            }
        }
        Ok(forms)
    }

    /// Whether the documents print the word as a name, hardly ever otherwise.
    fn is_name(&self, field: Field, word: &str) -> Result<bool, IndexError> {
        if OFFICES.contains(&word) {
            return Ok(false);
        }
        let names = self.snapshot.fields().names;
        let as_name = self.documents(names, word)? as f64;
        if as_name == 0.0 {
            return Ok(false);
        }
        let all = self.documents(field, word)? as f64;
        let in_small_letters = self.documents(names, &format!("{word}{IN_SMALL_LETTERS}"))? as f64;
        Ok(as_name >= NAME_SHARE * all && in_small_letters < SMALL_SHARE * all)
    }

    /// The terms that begin with `prefix`, each with its documents.
    pub fn with_prefix(
        &self,
        field: Field,
        prefix: &str,
    ) -> Result<BTreeMap<String, u64>, IndexError> {
        let mut terms = BTreeMap::new();
        for segment in self.snapshot.searcher().segment_readers() {
            let inverted = segment.inverted_index(field)?;
            let mut range = inverted.terms().range().ge(prefix.as_bytes());
            if let Some(after) = after_prefix(prefix.as_bytes()) {
                range = range.lt(after);
            }
            let mut stream = range.into_stream().map_err(TantivyError::from)?;
            while stream.advance() {
                let Ok(term) = std::str::from_utf8(stream.key()) else {
                    continue;
                };
                let documents = match segment.has_deletes() {
                    false => u64::from(stream.value().doc_freq),
                    true => alive_documents(segment, &Term::from_field_text(field, term))?,
                };
                if documents > 0 {
                    *terms.entry(term.to_owned()).or_default() += documents;
                }
            }
        }
        Ok(terms)
    }

    /// The terms whose spelling meets `accepts`, among those that begin with
    /// `prefix`; at most `limit`.
    pub fn accepted(
        &self,
        field: Field,
        prefix: &str,
        limit: usize,
        mut accepts: impl FnMut(&str) -> bool,
    ) -> Result<Result<Vec<LeafTerm>, TooMany>, IndexError> {
        let terms = self.with_prefix(field, prefix)?;
        let found: Vec<LeafTerm> = terms
            .into_iter()
            .filter(|(term, _)| accepts(compound::split(term).0))
            .map(|(term, documents)| leaf_term(term, documents))
            .collect();
        Ok(if found.len() > limit {
            Err(TooMany { found: found.len() })
        } else {
            Ok(found)
        })
    }
}

fn leaf_term(term: String, documents: u64) -> LeafTerm {
    let (_, length) = compound::split(&term);
    LeafTerm {
        term,
        length,
        documents,
    }
}

/// The least byte string that is greater than all that begin with `prefix`.
fn after_prefix(prefix: &[u8]) -> Option<Vec<u8>> {
    let mut after = prefix.to_vec();
    while let Some(last) = after.pop() {
        if last < u8::MAX {
            after.push(last + 1);
            return Some(after);
        }
    }
    None
}

/// How many documents of the segment that are not deleted have the term. The
/// dictionary counts deleted ones until a merge; a score must not show that.
fn alive_documents(segment: &SegmentReader, term: &Term) -> Result<u64, IndexError> {
    let inverted = segment.inverted_index(term.field())?;
    let postings = inverted
        .read_postings(term, IndexRecordOption::Basic)
        .map_err(TantivyError::from)?;
    let Some(mut postings) = postings else {
        return Ok(0);
    };
    let mut alive = 0;
    while postings.doc() != TERMINATED {
        alive += u64::from(!segment.is_deleted(postings.doc()));
        postings.advance();
    }
    Ok(alive)
}
