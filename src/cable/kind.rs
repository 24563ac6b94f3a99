//! The kinds of diplomatic document.

use std::fmt;

use serde::{Deserialize, Serialize};

/// What sort of document a cable is, in the terms of diplomatic practice.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A telegram or cable.
    Telegram,
    /// An airgram: worded as a telegram, sent by pouch.
    Airgram,
    /// A despatch, or an instruction to a post, sent by pouch.
    Despatch,
    /// A memorandum that is not of a conversation.
    Memorandum,
    /// A memorandum of a conversation, by telephone or face to face.
    MemorandumOfConversation,
    /// A letter or a message between persons.
    Letter,
    /// A diplomatic note or an aide-mémoire.
    Note,
    /// A report, paper, study or estimate.
    Report,
    /// Minutes or notes of a meeting.
    Minutes,
    /// A note by the editors of a volume.
    EditorialNote,
    /// Anything else, and whatever the source does not tell.
    #[default]
    Other,
}

impl Kind {
    /// Every kind, in the order of the declaration.
    pub const ALL: [Kind; 11] = [
        Kind::Telegram,
        Kind::Airgram,
        Kind::Despatch,
        Kind::Memorandum,
        Kind::MemorandumOfConversation,
        Kind::Letter,
        Kind::Note,
        Kind::Report,
        Kind::Minutes,
        Kind::EditorialNote,
        Kind::Other,
    ];

    /// The name that people read and type, in lower case:
    /// `memorandum of conversation`.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Telegram => "telegram",
            Kind::Airgram => "airgram",
            Kind::Despatch => "despatch",
            Kind::Memorandum => "memorandum",
            Kind::MemorandumOfConversation => "memorandum of conversation",
            Kind::Letter => "letter",
            Kind::Note => "note",
            Kind::Report => "report",
            Kind::Minutes => "minutes",
            Kind::EditorialNote => "editorial note",
            Kind::Other => "other",
        }
    }

    /// The kind that a heading names: `Telegram From the Embassy in Cuba to
    /// the Department of State` is a telegram, `Memorandum of Telephone
    /// Conversation` a memorandum of conversation.
    ///
    /// The first word that names a kind decides, since what follows it are
    /// persons and subjects. A heading that only says who wrote to whom is
    /// [`Kind::Other`].
    pub fn from_heading(heading: &str) -> Kind {
        let lower = heading.to_lowercase();
        let words: Vec<&str> = lower
            .split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’')
            .filter(|word| !word.is_empty())
            .collect();
        for (at, word) in words.iter().enumerate() {
            let before = &words[..at];
            let after = &words[at + 1..];
            if let Some(kind) = kind_at(word, before, after) {
                return kind;
            }
        }
        Kind::Other
    }
}

/// The kind that `word` names between the words around it, if it names one.
fn kind_at(word: &str, before: &[&str], after: &[&str]) -> Option<Kind> {
    let previous = before.last().copied().unwrap_or_default();
    let next = after.first().copied().unwrap_or_default();
    Some(match word {
        "telegram" | "telegrams" | "cable" | "cables" | "cablegram" | "telex" => Kind::Telegram,
        "airgram" | "airgrams" => Kind::Airgram,
        "despatch" | "despatches" | "dispatch" | "dispatches" => Kind::Despatch,
        "instruction" | "instructions" if names_document(before, next) => Kind::Despatch,
        "memorandum" | "memoranda" | "memorandums" | "memo" => match occasion(after) {
            Some(kind) => kind,
            None => Kind::Memorandum,
        },
        "memcon" | "telcon" => Kind::MemorandumOfConversation,
        "letter" | "letters" | "message" | "messages" => Kind::Letter,
        "aide" if next.starts_with("mémoire") || next.starts_with("memoire") => Kind::Note,
        "note" if previous == "editorial" => Kind::EditorialNote,
        "note" if matches!(previous, "intelligence" | "staff") => Kind::Report,
        "note" | "notes" if occasion(after).is_some() || next == "on" => Kind::Minutes,
        "notes" if matches!(next, "from" | "of" | "taken") => Kind::Minutes,
        "note" if names_document(before, next) => Kind::Note,
        "minutes" | "verbatim" => Kind::Minutes,
        "record" | "transcript" | "summary" | "highlights" | "account" => {
            return occasion(after).or(match next {
                "of" if word == "record" => Some(Kind::Minutes),
                "record" | "minutes" | "notes" | "memorandum" => None,
                _ if word == "summary" && after.is_empty() => Some(Kind::Report),
                _ => None,
            });
        }
        "conversation" | "conversations" if before.iter().all(|w| *w == "telephone") => {
            Kind::MemorandumOfConversation
        }
        "report" | "paper" | "papers" | "study" | "estimate" | "analysis" | "survey"
        | "assessment" | "appraisal" | "review" | "brief" | "briefing"
            if names_document(before, next) =>
        {
            Kind::Report
        }
        "talking" if matches!(next, "points" | "paper") => Kind::Report,
        "policy" if next == "statement" => Kind::Report,
        _ => return None,
    })
}

/// The record of an occasion that `of a …` after a word such as `memorandum`
/// makes of it.
fn occasion(after: &[&str]) -> Option<Kind> {
    if !matches!(after.first(), Some(&("of" | "on" | "from"))) {
        return None;
    }
    // An occasion's name comes at once; a later one belongs to the subject.
    after.iter().skip(1).take(5).find_map(|word| match *word {
        "conversation" | "conversations" | "interview" | "conference" => {
            Some(Kind::MemorandumOfConversation)
        }
        "discussion" | "discussions" | "meeting" | "meetings" => Some(Kind::Minutes),
        _ => None,
    })
}

/// Whether a word that also occurs in the names of offices, as `study` in
/// `Chairman of the Study Group`, is here the name of a document.
fn names_document(before: &[&str], next: &str) -> bool {
    let in_office_name = matches!(
        next,
        "group" | "committee" | "board" | "staff" | "mission" | "office" | "officer" | "program"
    );
    let after_correspondent = before
        .iter()
        .any(|word| matches!(*word, "to" | "from" | "by" | "for"));
    !in_office_name && !after_correspondent
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::Kind;

    #[test]
    fn headings_tell_their_kind() {
        for (heading, kind) in [
            (
                "Telegram From the Embassy in Freedonia to the Department of State",
                Kind::Telegram,
            ),
            ("93. Circular Telegram to All Posts", Kind::Telegram),
            ("Cable from Minister A to Ambassador B (2)", Kind::Telegram),
            ("Airgram From the Embassy to the Department", Kind::Airgram),
            ("Circular Airgram", Kind::Airgram),
            ("Despatch From the Legation", Kind::Despatch),
            ("Dispatch From Headquarters to the Station", Kind::Despatch),
            (
                "Instruction From the Department of State to All Posts",
                Kind::Despatch,
            ),
            ("Instructions for the Ambassador (Smith)", Kind::Despatch),
            ("Memorandum From A to B", Kind::Memorandum),
            (
                "Memorandum From the Director to the President on a Conversation",
                Kind::Memorandum,
            ),
            ("Information Memorandum From A to B", Kind::Memorandum),
            ("Memorandum for the Record", Kind::Memorandum),
            (
                "National Security Action Memorandum No. 9",
                Kind::Memorandum,
            ),
            ("Memorandum of Conversation", Kind::MemorandumOfConversation),
            (
                "Memorandum of a Conversation, Paris",
                Kind::MemorandumOfConversation,
            ),
            (
                "Memorandum of Telephone Conversation",
                Kind::MemorandumOfConversation,
            ),
            (
                "Transcript of a Telephone Conversation Between A and B",
                Kind::MemorandumOfConversation,
            ),
            (
                "Telephone Conversation Between A and B",
                Kind::MemorandumOfConversation,
            ),
            (
                "Memorandum of Discussion at the 900th Meeting of the Council",
                Kind::Minutes,
            ),
            ("Minutes of a Cabinet Meeting", Kind::Minutes),
            ("Notes of a Meeting", Kind::Minutes),
            ("Notes on a Meeting", Kind::Minutes),
            ("Record of Action by the Council", Kind::Minutes),
            ("Summary of the Discussion at the Meeting", Kind::Minutes),
            ("Summary Minutes of a Meeting", Kind::Minutes),
            ("Letter From A to B", Kind::Letter),
            ("Message From A to B", Kind::Letter),
            ("Note From the Freedonian Embassy", Kind::Note),
            (
                "Aide-Mémoire From the Department to the Embassy",
                Kind::Note,
            ),
            ("Intelligence Note From the Director", Kind::Report),
            ("Report by the Board", Kind::Report),
            ("Position Paper Prepared in the Department", Kind::Report),
            ("Special National Intelligence Estimate", Kind::Report),
            ("Editorial Note", Kind::EditorialNote),
            ("EDITORIAL NOTE", Kind::EditorialNote),
            (
                "The Ambassador in Freedonia (Smith) to the Secretary of State",
                Kind::Other,
            ),
            (
                "The Chairman of the Study Group (Smith) to the Secretary",
                Kind::Other,
            ),
            (
                "The Secretary to the Chairman of the Policy Review (Smith)",
                Kind::Other,
            ),
            ("Diary Entry by the President", Kind::Other),
            ("", Kind::Other),
        ] {
            assert_eq!(Kind::from_heading(heading), kind, "{heading}");
        }
    }
}
