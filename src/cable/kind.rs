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
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
