//! What the analyzer makes of text: a published table of cases, and the
//! properties that everything built on it relies on.

use cables::analysis::{Analyzer, compound, stem};
use proptest::prelude::*;

/// The terms of a text as `position:term`, compounds with `+parts`.
fn terms(text: &str) -> String {
    let mut out = Vec::new();
    Analyzer::new().analyze(text, 0, |token| {
        let (spelling, parts) = compound::split(token.term);
        let mark = if parts > 1 {
            format!("+{parts}")
        } else {
            String::new()
        };
        out.push(format!("{}:{spelling}{mark}", token.position));
    });
    out.join(" ")
}

#[track_caller]
fn same(a: &str, b: &str) {
    assert_eq!(terms(a), terms(b), "{a:?} and {b:?}");
}

#[test]
fn one_form_for_what_people_type_differently() {
    same("Castro's", "castro");
    same("Castro’s", "Castro");
    same("CASTRO'S", "castro");
    same("U.S.S.R.", "USSR");
    same("U. S. S. R.", "USSR");
    same("U.\nS.\nS.\nR.", "USSR");
    same("N.S. Khrushchev", "N. S. Khrushchev");
    same("“quarantine”", "\"quarantine\"");
    same("don’t", "don't");
    same("irrecon\u{ad}cilability", "irreconcilability");
    same("ﬁnal", "final");
    same("Ｆｉｄｅｌ", "fidel");
    same("Élysée", "Elysee");
    same("Hruščov", "hruscov");
    same("E\u{301}lyse\u{301}e", "elysee");
    same(
        "Kekkonen, Jørgensen, Łódź, Straße",
        "kekkonen jorgensen lodz strasse",
    );
    same("1,234,567 tons", "1234567 tons");
    same("6 p. m.", "6 p.m.");
}

#[test]
fn words_are_cut_where_a_reader_cuts_them() {
    assert_eq!(
        terms("You should visit F. Castro and"),
        "0:you 1:should 2:visit 3:f 4:castro 5:and"
    );
    assert_eq!(terms("31.X.62 A. GROMYKO"), "0:31 1:x 2:62 3:a 4:gromyko");
    assert_eq!(terms("711.00/3–1562"), "0:711.00 1:3 2:1562");
    assert_eq!(terms("Subject:Cuba"), "0:subject 1:cuba");
    assert_eq!(terms("_Department_ of State"), "0:department 1:of 2:state");
    assert_eq!(
        terms("to be or not to be"),
        "0:to 1:be 2:or 3:not 4:to 5:be"
    );
    assert_eq!(terms("the Hague, Sept. 11"), "0:the 1:hague 2:sept 3:11");
    assert_eq!(terms("left.He went"), "0:left 1:he 2:went");
    assert_eq!(
        terms("November 27,1962, 1,5"),
        "0:november 1:27 2:1962 3:1 4:5"
    );
    assert_eq!(
        terms("10,000,000 or 1962,105"),
        "0:10000000 1:or 2:1962 3:105"
    );
    assert_eq!(terms("… — ! ?"), "");
}

#[test]
fn the_country_is_not_the_pronoun() {
    assert_eq!(terms("U.S. policy"), "0:u.s 1:policy");
    assert_eq!(terms("U. S. policy"), "0:u.s 1:policy");
    assert_eq!(terms("the US policy"), "0:the 1:u.s 2:policy");
    assert_eq!(terms("U.S.Government"), "0:u.s 1:government");
    assert_eq!(terms("told us that"), "0:told 1:us 2:that");
    assert_eq!(
        terms("PLEASE TELL US WHAT HE SAID"),
        "0:please 1:tell 2:u.s 2:us 3:what 4:he 5:said"
    );
    assert_eq!(terms("at 9 a.m. I am"), "0:at 1:9 2:a.m 3:i 4:am");
    assert_eq!(terms("the WHO, who"), "0:the 1:w.h.o 2:who");
}

#[test]
fn hyphens_join_and_part() {
    assert_eq!(
        terms("to co-operate with"),
        "0:to 1:co 1:cooperate+2 2:operate 3:with"
    );
    assert_eq!(
        terms("irreconcil-\nability"),
        "0:irreconcil 0:irreconcilability+2 1:ability"
    );
    assert_eq!(
        terms("irreconcil-\r\n   ability"),
        "0:irreconcil 0:irreconcilability+2 1:ability"
    );
    assert_eq!(
        terms("irreconcil\u{ad}\nability"),
        "0:irreconcil 0:irreconcilability+2 1:ability"
    );
    assert_eq!(
        terms("F-16 and U-2's"),
        "0:f 0:f16+2 1:16 2:and 3:u 3:u2+2 4:2"
    );
    assert_eq!(terms("in 1955-57"), "0:in 1:1955 2:57");
    assert_eq!(terms("a - b"), "0:a 1:b");
    assert_eq!(terms("moon—sun"), "0:moon 1:sun");
    assert_eq!(terms("a-b-c-d-e"), "0:a 1:b 2:c 3:d 4:e");
}

/// The terms that a text prints as names.
fn names(text: &str) -> Vec<String> {
    let mut names = Vec::new();
    Analyzer::new().analyze(text, 0, |token| {
        if token.as_name {
            names.push(token.term.to_owned());
        }
    });
    names
}

#[test]
fn names_are_told_by_their_print() {
    assert_eq!(names("Missiles came. He told Castro."), ["castro"]);
    assert_eq!(
        names("as Mr. Cooper said to Senator Cooper"),
        ["mr", "cooper", "senator", "cooper"]
    );
    assert_eq!(
        names("asked the Embassy, the Soviet Embassy. The Embassy"),
        [""; 0]
    );
    assert_eq!(names("Guided Missile Systems"), [""; 0]);
}

#[test]
fn stems_follow_snowball() {
    assert_eq!(stem("negotiations"), stem("negotiating"));
    assert_eq!(stem("normalization"), stem("normalize"));
    assert_eq!(stem("ёлка"), "ёлка");
}

proptest! {
    /// A word's offsets cut the original at that word: analysing the cut
    /// alone gives the term again, at the boundaries of characters.
    #[test]
    fn offsets_cut_the_original(text in "(\\PC|[a-zA-Z.' -]){0,80}") {
        let mut tokens = Vec::new();
        Analyzer::new().analyze(&text, 7, |token| {
            tokens.push((token.term.to_owned(), token.position, token.start, token.end));
        });
        let mut before = (7, 0);
        for (term, position, start, end) in tokens {
            prop_assert!(start < end);
            let printed = text.get(start..end).expect("offsets on character boundaries");
            prop_assert!(position >= before.0 && position <= before.0 + 1);
            prop_assert!(start >= before.1 || position == before.0);
            before = (position, start);
            let mut again = Vec::new();
            // What comes after initials makes them initials.
            Analyzer::new().analyze(&format!("{printed}."), 0, |token| again.push(token.term.to_owned()));
            prop_assert!(again.contains(&term) || printed.to_lowercase() == "us" || printed.to_lowercase() == "who",
                "{printed:?} gives {again:?}, not {term:?}");
        }
    }

    /// Positions go on where the text before ended.
    #[test]
    fn positions_continue(a in "[a-z -]{0,30}", b in "[a-z -]{0,30}") {
        let mut analyzer = Analyzer::new();
        let after = analyzer.analyze(&a, 0, |_| ());
        let end = analyzer.analyze(&b, after, |_| ());
        prop_assert_eq!(end, after + analyzer.analyze(&b, 0, |_| ()));
    }
}
