//! A volume's lists of persons and of abbreviations.

use std::collections::HashMap;

/// Names and expansions by the `xml:id` that documents refer to.
#[derive(Debug, Default)]
pub(super) struct Authority {
    persons: HashMap<String, String>,
    terms: HashMap<String, String>,
    bytes: usize,
}

impl Authority {
    /// The name of a person in reading order.
    pub(super) fn person(&self, id: &str) -> Option<&str> {
        self.persons.get(id).map(String::as_str)
    }

    /// `NSC = National Security Council`.
    pub(super) fn term(&self, id: &str) -> Option<&str> {
        self.terms.get(id).map(String::as_str)
    }

    /// Bytes held so far.
    pub(super) fn bytes(&self) -> usize {
        self.bytes
    }

    /// Takes a person from an item of the list: the marked name and what the
    /// item says after it.
    pub(super) fn add_person(&mut self, id: String, name: &str, after: &str) {
        let name = reading_order(&with_suffix(name, after));
        self.bytes += id.len() + name.len();
        self.persons.entry(id).or_insert(name);
    }

    /// Takes an abbreviation and what the item says after it.
    pub(super) fn add_term(&mut self, id: String, term: &str, after: &str) {
        let term = term.trim_end_matches([',', ' ']);
        let expansion = after
            .trim_start_matches([',', ':', '—', '–', '-', ' ', ';'])
            .trim_end_matches([';', ' ']);
        if !expansion.is_empty() {
            let value = format!("{term} = {expansion}");
            self.bytes += id.len() + value.len();
            self.terms.entry(id).or_insert(value);
        }
    }
}

/// The name with a `Jr.` that the list's markup left outside.
fn with_suffix(name: &str, after: &str) -> String {
    let name = name.trim_end_matches([',', ';', ' ']);
    let next = after
        .trim_start_matches([',', ' '])
        .split([',', ' ', ';'])
        .next()
        .unwrap_or_default();
    if is_suffix(next) && !name.ends_with(next) {
        format!("{name}, {next}")
    } else {
        name.to_owned()
    }
}

fn is_suffix(part: &str) -> bool {
    matches!(part, "Jr." | "Jr" | "Sr." | "Sr" | "II" | "III" | "IV")
}

/// `Khrushchev, Nikita S.` as `Nikita S. Khrushchev`, `Smith, John, Jr.` as
/// `John Smith, Jr.`; a name without a comma stays as it is.
pub(super) fn reading_order(name: &str) -> String {
    let name = name.trim().trim_end_matches([',', ';']);
    let mut parts: Vec<&str> = name.split(',').map(str::trim).collect();
    parts.retain(|part| !part.is_empty());
    let suffix = parts
        .iter()
        .position(|part| is_suffix(part))
        .map(|at| parts.remove(at));
    let mut ordered = match parts.as_slice() {
        [surname, rest @ ..] => {
            let mut words = rest.to_vec();
            words.push(surname);
            words.join(" ")
        }
        [] => return name.to_owned(),
    };
    if let Some(suffix) = suffix {
        let separator = if suffix.starts_with('I') { " " } else { ", " };
        ordered.push_str(separator);
        ordered.push_str(suffix);
    }
    ordered
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_turn_to_reading_order() {
        for (listed, name) in [
            ("Khrushchev, Nikita S.", "Nikita S. Khrushchev"),
            ("Castro Ruz, Fidel", "Fidel Castro Ruz"),
            ("Alemann, Dr. Roberto T.", "Dr. Roberto T. Alemann"),
            ("Smith, John, Jr.", "John Smith, Jr."),
            ("Smith, Jr., John", "John Smith, Jr."),
            ("Smith, John, III", "John Smith III"),
            ("Abbes, “Johnny” Garcia", "“Johnny” Garcia Abbes"),
            ("Chou En-lai", "Chou En-lai"),
            ("U Nu,", "U Nu"),
        ] {
            assert_eq!(reading_order(listed), name);
        }
    }

    #[test]
    fn items_complete_their_names() {
        let mut authority = Authority::default();
        authority.add_person("p_1".into(), "Smith, Alfred L.", ", Jr., Deputy Assistant");
        authority.add_term("t_1".into(), "NSC,", ", National Security Council;");
        assert_eq!(authority.person("p_1"), Some("Alfred L. Smith, Jr."));
        assert_eq!(
            authority.term("t_1"),
            Some("NSC = National Security Council")
        );
        assert_eq!(authority.term("t_2"), None);
    }
}
