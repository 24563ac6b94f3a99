//! The two ends of a correspondence, and how headings name them.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::heading::{
    in_parentheses, is_address, is_name, is_office, name_start, phrases, trim, without_article,
};

/// A sender or an addressee: a person, an office, or a person in an office.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Party {
    /// The person, as printed: `A.I. Alekseev`. Also the name of a post or an
    /// agency that acts as a whole: `Embassy in France`.
    pub name: String,
    /// The office that the person held: `USSR Ambassador to Cuba`.
    pub office: Option<String>,
}

impl fmt::Display for Party {
    /// `A.I. Alekseev (USSR Ambassador to Cuba)`, or the name alone.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.office {
            Some(office) => write!(f, "{} ({office})", self.name),
            None => f.write_str(&self.name),
        }
    }
}

impl Party {
    /// Sender and addressee as a heading names them, without any markup:
    ///
    /// - `Telegram From the Embassy in France to the Department of State`,
    /// - `The Ambassador in Egypt (Tuck) to the Secretary of State`,
    /// - `Memorandum by the Director (Smith)`, `Memorandum for the President`,
    /// - `Cable from Foreign Minister Gromyko to Ambassador Alekseev (2)`,
    ///   where `(2)` numbers the cables of the day.
    ///
    /// Records of conversations and meetings have no sender; a place or date
    /// after the addressee is no part of him.
    pub fn pair_from_heading(heading: &str) -> (Option<Party>, Option<Party>) {
        let (sender, addressee) = phrases(heading);
        (
            sender.and_then(Party::from_phrase),
            addressee.and_then(Party::from_phrase),
        )
    }

    /// A person and his office out of one phrase of a heading: `the
    /// Ambassador in Egypt (Tuck)`, `President Kennedy`, `Robert Hormats of
    /// the National Security Council Staff`. What does not come apart is a
    /// name as a whole.
    pub fn from_phrase(phrase: &str) -> Option<Party> {
        let phrase = trim(phrase);
        let bare = without_article(phrase);
        if bare.is_empty() {
            return None;
        }
        let articled = bare.len() != phrase.len();
        if !articled
            && let Some((name, office)) = bare.split_once(", ")
            && is_name(name)
            && is_office(without_article(office))
        {
            return Some(Party::new(name, office));
        }
        if let Some((office, name)) = in_parentheses(bare) {
            return Some(Party::new(name, office));
        }
        if !articled {
            let words: Vec<&str> = bare.split(' ').collect();
            if let Some(at) = name_start(&words) {
                return Some(Party::new(&words[at..].join(" "), &words[..at].join(" ")));
            }
            for mark in [", ", " of the "] {
                if let Some((name, office)) = bare.split_once(mark)
                    && is_name(name)
                {
                    return Some(Party::new(name, office));
                }
            }
        }
        Some(Party::new(bare, ""))
    }

    /// `name`, a part of `phrase` that markup has told apart, with the rest of
    /// the phrase as the office.
    pub fn from_marked(phrase: &str, name: &str) -> Party {
        let phrase = trim(phrase);
        let name = trim(name);
        let office = match phrase.rfind(name) {
            Some(at) => {
                let before = phrase[..at].trim_end_matches(['(', '[', ' ']);
                let before = without_article(trim(before));
                let after = phrase[at + name.len()..].trim_start_matches([')', ']', ',', ' ']);
                let after = after.strip_prefix("of ").unwrap_or(after);
                // A form of address is no office; that stands after the name.
                if before.eq_ignore_ascii_case("the") || before.is_empty() || is_address(before) {
                    without_article(after)
                } else {
                    before
                }
            }
            None => "",
        };
        Party::new(name, office)
    }

    fn new(name: &str, office: &str) -> Party {
        let office = trim(office);
        let office = without_article(office.strip_prefix("of ").unwrap_or(office));
        Party {
            name: trim(name).to_owned(),
            office: (!office.is_empty()).then(|| office.to_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Party;

    fn read(heading: &str) -> (String, String) {
        let show = |party: Option<Party>| {
            party.map_or("-".to_owned(), |party| {
                format!("{}|{}", party.name, party.office.unwrap_or_default())
            })
        };
        let (sender, addressee) = Party::pair_from_heading(heading);
        (show(sender), show(addressee))
    }

    #[test]
    fn headings_name_sender_and_addressee() {
        for (heading, sender, addressee) in [
            (
                "Cable from Soviet Foreign Minister Gromyko to USSR Ambassador to Cuba A.I. Alekseev (2)",
                "Gromyko|Soviet Foreign Minister",
                "A.I. Alekseev|USSR Ambassador to Cuba",
            ),
            (
                "7. Telegram From the Embassy in Freedonia to the Department of State",
                "Embassy in Freedonia|",
                "Department of State|",
            ),
            (
                "The Ambassador in Freedonia (Smith) to the Secretary of State",
                "Smith|Ambassador in Freedonia",
                "Secretary of State|",
            ),
            (
                "Letter From the Ambassador to Freedonia (Smith) to the Assistant Secretary of State for Public Affairs (Jones)",
                "Smith|Ambassador to Freedonia",
                "Jones|Assistant Secretary of State for Public Affairs",
            ),
            (
                "Memorandum From Secretary of State Smith to President Jones",
                "Smith|Secretary of State",
                "Jones|President",
            ),
            (
                "Memorandum From John Smith of the Freedonian Affairs Staff to the President’s Assistant (Jones)",
                "John Smith|Freedonian Affairs Staff",
                "Jones|President’s Assistant",
            ),
            (
                "Mr. John Smith, Deputy to the Chief of Staff, to the Director of the Office (Jones), at Paris",
                "Mr. John Smith|Deputy to the Chief of Staff",
                "Jones|Director of the Office",
            ),
            ("Memorandum by the Director (Smith)", "Smith|Director", "-"),
            (
                "Memorandum by Mr. John Smith, Deputy to the Secretary (Roe), to the Director (Jones)",
                "Mr. John Smith|Deputy to the Secretary (Roe)",
                "Jones|Director",
            ),
            (
                "Memorandum by John Smith, Assistant for Plans to the Secretary, to the Chief ([name not declassified])",
                "John Smith|Assistant for Plans to the Secretary",
                "[name not declassified]|Chief",
            ),
            (
                "Memorandum by Mr. John Smith, of the Office of Plans",
                "Mr. John Smith|Office of Plans",
                "-",
            ),
            ("Memorandum for the President", "-", "President|"),
            ("Memorandum for the Record", "-", "-"),
            (
                "Letter to the Secretary of State",
                "-",
                "Secretary of State|",
            ),
            (
                "Memorandum from Smith to Jones, April 13, 1961. Aid to the Freedonians.",
                "Smith|",
                "Jones|",
            ),
            (
                "Telegram from Ambassador to the United States Ivan Ivanov to the Foreign Ministry",
                "Ivan Ivanov|Ambassador to the United States",
                "Foreign Ministry|",
            ),
            ("Memorandum of Conversation, by Mr. Smith", "-", "-"),
            ("Editorial Note", "-", "-"),
            ("Paper Prepared in the Department", "-", "-"),
            ("", "-", "-"),
        ] {
            let expected = (sender.to_owned(), addressee.to_owned());
            assert_eq!(read(heading), expected, "{heading}");
        }
    }

    #[test]
    fn marked_names_leave_the_office() {
        let party = Party::from_marked("the Ambassador in Freedonia (Smith)", "Smith");
        assert_eq!(party.to_string(), "Smith (Ambassador in Freedonia)");
        let party = Party::from_marked("the Embassy in Freedonia", "Embassy in Freedonia");
        assert_eq!(party.to_string(), "Embassy in Freedonia");
        let party = Party::from_marked("Mr. John Smith, of the Staff", "John Smith");
        assert_eq!(party.to_string(), "John Smith (Staff)");
        let party = Party::from_marked("John Smith of the Staff", "John Smith");
        assert_eq!(party.to_string(), "John Smith (Staff)");
    }
}
