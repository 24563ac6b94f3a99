//! Spellings that have to meet, and words that must not, through search.

use super::support::Corpus;

/// For texts `0`, `1`, …: what each query finds.
#[track_caller]
fn finds(texts: &[&str], queries: &[(&str, &str)]) {
    let corpus = Corpus::of_bodies(texts);
    for (query, wanted) in queries {
        assert_eq!(corpus.found(query), *wanted, "{query}");
    }
}

#[test]
fn possessives() {
    finds(
        &[
            "F. Castro's statement",
            "F. Castro’s statement",
            "F. Castro and a statement",
        ],
        &[
            ("castro", "0 1 2"),
            ("castro's", "0 1 2"),
            ("castro’s", "0 1 2"),
            ("\"F. Castro\"", "0 1 2"),
            ("\"F. Castro's statement\"", "0 1"),
            ("\"Castro F.\"", ""),
            ("\"Castro statement\"", "0 1"),
        ],
    );
}

#[test]
fn names_are_not_inflected() {
    finds(
        &[
            "when Castro spoke",
            "when Castros spoke",
            "when Rusk spoke",
            "when the Rusks spoke",
        ],
        &[
            ("castro", "0"),
            ("Castros", "1"),
            ("rusk", "2"),
            ("rusks", "3"),
            ("body:castro", "0"),
            ("speaking", ""),
        ],
    );
}

#[test]
fn abbreviations() {
    finds(
        &[
            "the U.S.S.R. replied",
            "the USSR replied",
            "the U. S. S. R. replied",
            "N.S. Khrushchev",
            "N. S. Khrushchev",
        ],
        &[
            ("USSR", "0 1 2"),
            ("ussr", "0 1 2"),
            ("U.S.S.R.", "0 1 2"),
            ("\"U. S. S. R. replied\"", "0 1 2"),
            ("\"the USSR replied\"", "0 1 2"),
            ("\"N.S. Khrushchev\"", "3 4"),
            ("\"N. S. Khrushchev\"", "3 4"),
            ("\"NS Khrushchev\"", "3 4"),
        ],
    );
}

#[test]
fn the_country_and_the_pronoun() {
    finds(
        &[
            "the U.S. answered",
            "the US answered",
            "tell us more",
            "THE US NAVY",
        ],
        &[
            ("U.S.", "0 1 3"),
            ("US", "0 1 3"),
            ("us", "0 1 2 3"),
            ("\"tell us\"", "2"),
            ("\"the U.S. answered\"", "0 1"),
            ("\"the us answered\"", "0 1"),
            ("\"tell US\"", ""),
        ],
    );
}

#[test]
fn hyphens() {
    finds(
        &[
            "to co-operate with",
            "to cooperate with",
            "to co operate with",
        ],
        &[
            ("co-operate", "0 1 2"),
            ("cooperate", "0 1"),
            ("\"co operate\"", "0 2"),
            ("\"to co-operate with\"", "0 1 2"),
            ("\"to cooperate with\"", "0 1"),
            ("\"to co operate with\"", "0 2"),
            ("\"cooperate with\"", "0 1"),
            ("\"to cooperate\"", "0 1"),
            ("\"with cooperate\"", ""),
            ("\"to with\"", ""),
            ("\"operate with\"", "0 2"),
            ("\"to cooperate with\"~2", "0 1"),
            ("body:\"to co-operate with\"", "0 1 2"),
            ("coop*", "0 1"),
            ("co-op*", "0 1"),
            ("cooperte~1", "0 1"),
        ],
    );
}

#[test]
fn line_ends_and_ligatures() {
    finds(
        &[
            "their irreconcil-\nability grew",
            "irreconcil\u{ad}ability",
            "the ﬁnal oﬀer",
            "the final offer",
        ],
        &[
            ("irreconcilability", "0 1"),
            ("\"their irreconcilability grew\"", "0"),
            ("\"final offer\"", "2 3"),
            ("ﬁnal", "2 3"),
            ("“ﬁnal oﬀer”", "2 3"),
        ],
    );
}

#[test]
fn accents_and_other_scripts() {
    finds(
        &["Élysée", "Elysee", "Куба и ракеты", "古巴导弹危机", "Łódź"],
        &[
            ("elysee", "0 1"),
            ("Élysée", "0 1"),
            ("E\u{301}lyse\u{301}e", "0 1"),
            ("куба", "2"),
            ("\"и РАКЕТЫ\"", "2"),
            ("古巴", "3"),
            ("\"导弹危机\"", "3"),
            ("lodz", "4"),
        ],
    );
}

#[test]
fn no_word_is_dropped() {
    finds(
        &[
            "to be or not to be, that is it",
            "be to not or be to",
            "On Sept. 11 in the Hague",
            "in Hague the",
        ],
        &[
            ("\"to be or not to be\"", "0"),
            ("\"Sept. 11\"", "2"),
            ("\"the Hague\"", "2"),
            ("the", "2 3"),
        ],
    );
}

#[test]
fn words_are_inflected_and_quoted_words_are_not() {
    finds(
        &[
            "they were negotiating",
            "the negotiations",
            "one negotiation",
            "a negotiator",
        ],
        &[
            ("negotiations", "0 1 2 3"),
            ("negotiating", "0 1 2 3"),
            ("\"negotiations\"", "1"),
            ("+\"negotiation\"", "2"),
            ("\"the negotiation\"", ""),
            ("body:negotiations", "0 1 2 3"),
            ("title:negotiations", ""),
        ],
    );
}
