//! The two ends of a correspondence.

use std::fmt;

use serde::{Deserialize, Serialize};

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
