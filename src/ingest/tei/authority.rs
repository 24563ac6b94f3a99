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
/// `John Smith, Jr.`, `Smith, General John (Jack), USA` as `General John
/// Smith (Jack), USA`; a name without a comma stays as it is.
pub(super) fn reading_order(name: &str) -> String {
    let name = name.trim().trim_end_matches([',', ';']);
    let mut parts = parts(name);
    let suffix = parts
        .iter()
        .position(|part| is_suffix(part))
        .map(|at| parts.remove(at));
    let mut parts = parts.into_iter();
    let Some(surname) = parts.next() else {
        return name.to_owned();
    };
    let mut ordered = match parts.next() {
        Some(given) => {
            // Between given name and surname another name would part them.
            let aside = given
                .find('(')
                .filter(|_| given.ends_with(')'))
                .unwrap_or(given.len());
            let (given, aside) = given.split_at(aside);
            [given.trim_end(), surname, aside].join(" ")
        }
        None => surname.to_owned(),
    };
    ordered.truncate(ordered.trim_end().len());
    if let Some(suffix) = suffix {
        let separator = if suffix.starts_with('I') { " " } else { ", " };
        ordered.push_str(separator);
        ordered.push_str(suffix);
    }
    for rest in parts {
        ordered.push_str(", ");
        ordered.push_str(rest);
    }
    ordered.trim_start().to_owned()
}

/// The parts of a name between commas outside parentheses.
fn parts(name: &str) -> Vec<&str> {
    let mut depth = 0_i32;
    let parts = name.split(|character| {
        match character {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        character == ',' && depth <= 0
    });
    parts
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect()
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
            (
                "Smith, General John, USA (ret.)",
                "General John Smith, USA (ret.)",
            ),
            ("Smith, John (Jack)", "John Smith (Jack)"),
            ("al-Smith (Smit, Smid), John", "John al-Smith (Smit, Smid)"),
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
