//! Names of a bibliography.

use super::line;
use crate::cable::{Cable, Party};

/// Who wrote a document or received it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::export) enum Name {
    /// A person whose name has come apart.
    Person {
        family: String,
        given: Option<String>,
        suffix: Option<String>,
    },
    /// An office, a post, or a name whose parts are in doubt.
    Literal(String),
}

/// Forms of address that are no part of a name.
const ADDRESSES: [&str; 9] = [
    "Mr.", "Mrs.", "Miss", "Ms.", "Dr.", "Sir", "Lord", "M.", "Mme.",
];

const SUFFIXES: [&str; 5] = ["Jr.", "Jr", "Sr.", "II", "III"];

/// Surnames that commonly stand first, in the romanizations of the time. A
/// name that begins with one is left whole: whole is never wrong.
const OFTEN_FIRST: [&str; 26] = [
    "Chang", "Chen", "Chiang", "Chou", "Chu", "Deng", "Ho", "Hu", "Kim", "Le", "Li", "Lin", "Liu",
    "Mao", "Ngo", "Nguyen", "Pak", "Peng", "Pham", "Teng", "Vo", "Wang", "Yang", "Ye", "Zhou",
    "Zhu",
];

/// What belongs to the family name before it, in lower case.
const PARTICLES: [&str; 16] = [
    "al", "bin", "da", "de", "del", "den", "der", "di", "dos", "du", "el", "ibn", "la", "van",
    "von", "zu",
];

impl Name {
    /// The name of a party. Only what plainly is a person's is taken apart:
    /// it has an office beside it, or initials, or the source marks a person
    /// of that name. Offices and posts have one part, as the specification of
    /// CSL says of `literal` and Zotero of names in a single field.
    pub fn of(party: &Party, cable: &Cable) -> Option<Name> {
        let name = line(&party.name)?;
        let known = party.office.is_some()
            || has_initials(&name)
            || cable.persons.iter().any(|person| person.name == name);
        let person = if known { person(&name) } else { None };
        Some(person.unwrap_or(Name::Literal(name)))
    }
}

/// Whether the name begins with initials, as `A.I. Alekseev`.
fn has_initials(name: &str) -> bool {
    let mut words = name.split(' ');
    words.next().is_some_and(is_initials) && words.next().is_some()
}

/// `A.`, `N.S.`, `Yu.`: capitals with full stops.
fn is_initials(word: &str) -> bool {
    word.ends_with('.')
        && !ADDRESSES.contains(&word)
        && word
            .trim_end_matches('.')
            .split('.')
            .all(|part| part.starts_with(char::is_uppercase) && part.chars().count() <= 2)
}

/// A name in the order `given, initials, particles, family, suffix`; `None` if
/// it is not so simple.
fn person(name: &str) -> Option<Name> {
    let mut words: Vec<&str> = name.split(' ').collect();
    while words.len() > 1 && ADDRESSES.contains(&words[0]) {
        words.remove(0);
    }
    let mut suffix = None;
    if words.len() > 1 && words.last().is_some_and(|word| SUFFIXES.contains(word)) {
        suffix = words.pop().map(str::to_owned);
    }
    let (last, before) = words.split_last()?;
    let last = last.trim_end_matches(',');
    let plain = |word: &str| {
        word.chars()
            .all(|c| c.is_alphabetic() || matches!(c, '-' | '.' | '\'' | '’'))
    };
    // A part in lower case after a hyphen is a Chinese given name.
    let chinese = last
        .split('-')
        .skip(1)
        .any(|part| part.starts_with(char::is_lowercase));
    if !last.starts_with(char::is_uppercase) || !plain(last) || is_initials(last) || chinese {
        return None;
    }
    let given = before.len() - trailing_particles(before);
    let (given, particles) = before.split_at(given);
    if let Some((first, middle)) = given.split_first() {
        let simple = first.starts_with(char::is_uppercase)
            && plain(first)
            && middle.iter().all(|word| is_initials(word));
        if !simple || OFTEN_FIRST.contains(first) {
            return None;
        }
    }
    let family = [particles, &[last]].concat().join(" ");
    Some(Name::Person {
        family,
        given: (!given.is_empty()).then(|| given.join(" ")),
        suffix,
    })
}

/// How many particles, as `van der`, stand at the end.
fn trailing_particles(words: &[&str]) -> usize {
    let words = words.iter().rev();
    words.take_while(|word| PARTICLES.contains(word)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(name: &str, office: Option<&str>) -> String {
        let party = Party {
            name: name.to_owned(),
            office: office.map(str::to_owned),
        };
        match Name::of(&party, &Cable::default()) {
            Some(Name::Person {
                family,
                given,
                suffix,
            }) => format!(
                "{family}|{}|{}",
                given.unwrap_or_default(),
                suffix.unwrap_or_default()
            ),
            Some(Name::Literal(name)) => name,
            None => String::new(),
        }
    }

    #[test]
    fn only_plain_names_of_persons_come_apart() {
        let office = Some("Minister");
        for (name, office, expected) in [
            ("A.I. Alekseev", None, "Alekseev|A.I.|"),
            ("Smith", office, "Smith||"),
            ("Mr. John Q. Smith", office, "Smith|John Q.|"),
            ("John Smith, Jr.", office, "Smith|John|Jr."),
            ("Jan van der Berg", office, "van der Berg|Jan|"),
            ("Chou En-lai", office, "Chou En-lai"),
            ("Kim Invented", office, "Kim Invented"),
            ("Ana Flores Invented", office, "Ana Flores Invented"),
            ("[name not declassified]", office, "[name not declassified]"),
            ("John Smith", None, "John Smith"),
            ("Legation in Freedonia", None, "Legation in Freedonia"),
            ("Legation in Freedonia", office, "Legation in Freedonia"),
            (" ", None, ""),
        ] {
            assert_eq!(read(name, office), expected, "{name}");
        }
    }
}
