//! A document's heading: number, title, kind, sender and addressee.

use crate::cable::Party;
use crate::cable::heading::phrases;

/// An end of a correspondence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    Sender,
    Addressee,
}

/// What the heading says.
#[derive(Debug, Default)]
pub(super) struct Heading {
    /// The heading without its number and its notes.
    pub(super) title: String,
    /// The number that it begins with.
    pub(super) number: Option<String>,
    read: bool,
    marks: Vec<Mark>,
}

/// Words that the source marks as sender or addressee.
#[derive(Debug)]
struct Mark {
    end: End,
    /// Whether they name a person, and not a post or an agency.
    person: bool,
    text: String,
}

impl Heading {
    /// Whether the heading is over.
    pub(super) fn is_read(&self) -> bool {
        self.read
    }

    /// Notes that `text` is marked as an end of the correspondence.
    pub(super) fn mark(&mut self, end: End, person: bool, text: String) {
        if !text.is_empty() {
            self.marks.push(Mark { end, person, text });
        }
    }

    /// Takes the whole text of the heading.
    pub(super) fn read(&mut self, text: String) {
        self.read = true;
        match split_number(&text) {
            Some((number, title)) => {
                self.number = Some(number.to_owned());
                self.title = title.to_owned();
            }
            None => self.title = text,
        }
    }

    /// Sender and addressee, from the markup as far as it goes.
    pub(super) fn parties(&self) -> (Option<Party>, Option<Party>) {
        let (sender, addressee) = phrases(&self.title);
        (
            self.party(End::Sender, sender),
            self.party(End::Addressee, addressee),
        )
    }

    fn party(&self, end: End, phrase: Option<&str>) -> Option<Party> {
        let mut marks = self.marks.iter().filter(|mark| mark.end == end);
        let persons: Vec<&str> = (marks.clone())
            .filter(|mark| mark.person)
            .map(|mark| mark.text.as_str())
            // Some heads mark both persons as the same end.
            .filter(|name| phrase.is_none_or(|phrase| phrase.contains(name)))
            .collect();
        let first = match persons.first() {
            Some(person) => *person,
            None => match marks.next() {
                Some(mark) => mark.text.as_str(),
                None => return phrase.and_then(Party::from_phrase),
            },
        };
        let Some(phrase) = phrase.filter(|phrase| phrase.contains(first)) else {
            return Some(Party {
                name: first.to_owned(),
                office: None,
            });
        };
        match persons.as_slice() {
            [] => Party::from_phrase(phrase),
            [person] => Some(Party::from_marked(phrase, person)),
            [person, others @ ..] => {
                // The words before the first name are its office; the others'
                // cannot be told apart.
                let mut party = Party::from_marked(phrase, person);
                for other in others {
                    party.name.push_str(" and ");
                    party.name.push_str(other);
                }
                Some(party)
            }
        }
    }
}

/// `93. Telegram` as number and title. A heading that is a number alone has
/// none.
fn split_number(text: &str) -> Option<(&str, &str)> {
    let (number, title) = text.split_once('.')?;
    let digits = number.trim_end_matches(|c: char| c.is_ascii_uppercase());
    let numbered = !digits.is_empty()
        && digits.bytes().all(|byte| byte.is_ascii_digit())
        && number.len() - digits.len() <= 1;
    let title = title.trim_start();
    (numbered && !title.is_empty() && !title.starts_with(|c: char| c.is_ascii_digit()))
        .then_some((number, title))
}
