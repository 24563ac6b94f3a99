//! Persons and abbreviations that the markup of a document names.

use std::collections::{HashMap, HashSet};

use super::authority::Authority;
use crate::cable::{Extra, Person};

/// The most forms of one name that are kept; no printed document comes near.
const MOST_FORMS: usize = 256;

/// What a document has mentioned so far, each once.
#[derive(Debug, Default)]
pub(super) struct Mentions {
    persons: Vec<Person>,
    /// Places in `persons` by identifier, or by form where there is none.
    known: HashMap<String, usize>,
    terms: Vec<String>,
    seen: HashSet<String>,
    /// Persons of the source note, with the place where each name ends.
    suspended: Vec<(Option<String>, String, usize)>,
}

impl Mentions {
    /// Notes a person by the printed form of the name.
    ///
    /// Without an identifier a name counts from two words on: a lone surname
    /// is most often another mention of someone identified elsewhere, and
    /// would be a second person beside him.
    pub(super) fn person(&mut self, id: Option<&str>, form: &str) {
        if form.is_empty() || (id.is_none() && !form.contains(' ')) {
            return;
        }
        // Identifiers hold no space and such forms do: the two cannot clash.
        let key = id.unwrap_or(form);
        if let Some(person) = self.known.get(key).and_then(|at| self.persons.get_mut(*at)) {
            let forms = &mut person.forms;
            if forms.len() < MOST_FORMS && !forms.iter().any(|known| known == form) {
                forms.push(form.to_owned());
            }
            return;
        }
        self.known.insert(key.to_owned(), self.persons.len());
        self.persons.push(Person {
            name: form.to_owned(),
            id: id.map(str::to_owned),
            forms: vec![form.to_owned()],
        });
    }

    /// Notes an abbreviation by its identifier.
    pub(super) fn term(&mut self, id: &str) {
        if !self.seen.contains(id) {
            self.seen.insert(id.to_owned());
            self.terms.push(id.to_owned());
        }
    }

    /// Holds back a person until the text after the name is known.
    pub(super) fn suspend(&mut self, id: Option<String>, form: String, end: usize) {
        self.suspended.push((id, form, end));
    }

    /// Decides on the persons held back: `Kennedy` before `Library` is a
    /// building, not a person of the document.
    pub(super) fn resume(&mut self, text: &str) {
        for (id, form, end) in std::mem::take(&mut self.suspended) {
            let after = text.get(end..).unwrap_or_default().trim_start();
            let collection = [
                "Library",
                "Presidential",
                "Papers",
                "Files",
                "Project",
                "Tapes",
            ];
            if !collection.iter().any(|word| after.starts_with(word)) {
                self.person(id.as_deref(), &form);
            }
        }
    }

    /// The persons, by their names in the volume's list as far as it has
    /// them.
    pub(super) fn persons(&mut self, authority: &Authority) -> Vec<Person> {
        let mut persons = std::mem::take(&mut self.persons);
        for person in &mut persons {
            if let Some(name) = person.id.as_deref().and_then(|id| authority.person(id)) {
                name.clone_into(&mut person.name);
            }
        }
        persons
    }

    /// The abbreviations that the volume's list explains.
    pub(super) fn abbreviations(&self, authority: &Authority) -> impl Iterator<Item = Extra> {
        let values = self.terms.iter().filter_map(|id| authority.term(id));
        values.map(|value| Extra {
            name: "abbreviation".to_owned(),
            value: value.to_owned(),
        })
    }
}
