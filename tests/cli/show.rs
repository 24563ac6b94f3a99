//! `cables show`.

use insta::assert_snapshot;

use super::{Desk, seeds};

/// An invented volume with one document: notes, pages, persons.
const VOLUME: &str = r##"<?xml version="1.0" encoding="UTF-8"?>
<TEI xmlns="http://www.tei-c.org/ns/1.0" xmlns:frus="http://history.state.gov/frus/ns/1.0" xml:id="frus1931v99">
<teiHeader><fileDesc><titleStmt><title type="complete">Invented Relations of Freedonia, 1931, Volume XCIX</title></titleStmt></fileDesc></teiHeader>
<text><body><div type="compilation" xml:id="comp1"><head>Harbours</head>
<div type="document" n="7" xml:id="d7">
<pb n="41" xml:id="pg_41"/>
<head>7. Telegram From the Legation in Freedonia to the Ministry<note n="1" xml:id="d7fn1" type="source">Source: Invented Archive, Box 7. Secret.</note></head>
<opener><dateline><placeName>Freedonia City</placeName>, <date when="1931-05-02">May 2, 1931</date>.</dateline></opener>
<p>The harbour works are finished,<note n="2" xml:id="d7fn2">Not printed. The tugboats were sold.</note> and the Minister
asks for <pb n="42" xml:id="pg_42"/>tugboats before the summer.</p>
<p>There are none.</p>
</div></div></body></text></TEI>
"##;

fn with_volume() -> Desk {
    let desk = Desk::new();
    desk.write("frus1931v99.xml", VOLUME);
    assert_eq!(
        desk.run(&["-q", "index", "frus1931v99.xml"]).status,
        Some(0)
    );
    desk
}

/// The output without the path of the temporary folder.
fn without_folder(desk: &Desk, text: &str) -> String {
    let folder = desk.folder.path().canonicalize().expect("it is there");
    text.replace(&folder.display().to_string(), "DIR")
}

#[test]
fn a_document_is_shown_with_its_notes_pages_and_origin() {
    let desk = with_volume();
    let shown = desk.stdout(&["show", "frus1931v99/d7", "--query", "tugboats"]);
    assert_snapshot!(without_folder(&desk, &shown), @"
    Telegram From the Legation in Freedonia to the Ministry

    Id              frus1931v99/d7
    Kind            telegram
    Number          7
    Date            1931-05-02 (May 2, 1931)
    Place           Freedonia City
    From            Legation in Freedonia
    To              Ministry
    Classification  Secret
    Volume          frus1931v99
    Pages           41–42
    Archive         Invented Archive, Box 7. Secret.
    compilation     Harbours
    File            DIR/frus1931v99.xml, line 5

    [p. 41] The harbour works are finished,[2] and the Minister asks for [p. 42] **tugboats** before the
    summer.

    There are none.

    Notes

    [2] Not printed. The **tugboats** were sold.

    Invented Relations of Freedonia, 1931, Volume XCIX, Document 7.
    ");
}

#[test]
fn markdown_has_footnotes() {
    let desk = with_volume();
    let shown = desk.stdout(&["show", "frus1931v99/d7", "--format", "markdown"]);
    assert_snapshot!(without_folder(&desk, &shown), @r#"
    # Telegram From the Legation in Freedonia to the Ministry

    - **Id:** frus1931v99/d7
    - **Kind:** telegram
    - **Number:** 7
    - **Date:** 1931-05-02 (May 2, 1931)
    - **Place:** Freedonia City
    - **From:** Legation in Freedonia
    - **To:** Ministry
    - **Classification:** Secret
    - **Volume:** frus1931v99
    - **Pages:** 41–42
    - **Archive:** Invented Archive, Box 7. Secret.
    - **compilation:** Harbours
    - **File:** DIR/frus1931v99.xml, line 5

    \[p. 41\] The harbour works are finished,[^2] and the Minister asks for \[p. 42\] tugboats before the summer.

    There are none.

    [^2]: Not printed. The tugboats were sold.

    ---

    Invented Relations of Freedonia, 1931, Volume XCIX, Document 7.
    "#);
}

#[test]
fn every_field_of_the_seed_is_shown() {
    let desk = Desk::with_seed();
    let shown = desk.stdout(&["show", "wilson/112639", "--query", "\"F. Castro\""]);
    let shown = shown.replace(&seeds(), "seeds");
    assert_snapshot!(shown, @r#"
    Cable from Soviet Foreign Minister Gromyko to USSR Ambassador to Cuba A.I. Alekseev (2)

    Id              wilson/112639
    Kind            telegram
    Date            1962-10-31 (October 31, 1962)
    From            Gromyko (Soviet Foreign Minister)
    To              A.I. Alekseev (USSR Ambassador to Cuba)
    Language        Russian
    Archive         Archive of Foreign Policy, Russian Federation (AVP RF), Moscow; copy obtained by NHK
                    (Japanese Television), provided to CWIHP, and on file at National Security Archive,
                    Washington, D.C.; translation by Vladimir Zaemsky.
    contents        Translation - English
    File            seeds/000_cbaac17fe77df40f.txt

    Summary

    Gromyko telling Alekseev to relay instructions to Castro, namely for Castro to take strides in
    normalizing relations with the US and other Latin American countries.

    Text

    You should visit **F. Castro** and, after reference to these instructions, tell him the following.

    Currently there is a lessening in military tension created around Cuba. But on the diplomatic field
    we have to accomplish a crucial stage in order to consolidate the achieved success and to bind the
    Americans by commitments ensuing from the exchange of messages between N.S. Khrushchev and Kennedy
    and **F. Castro's** statement of 28 October.

    We consider that under current conditions we and you should display self-restraint in our official
    declarations and statements and also in the press, in order to not to give the aggressors a pretext
    to blame our side for irreconcilability and intractability. We must hold to a firm, but constructive
    stand. We would like it to be taken into account in your statements, too. It would be good if you in
    your appearances underline Cuba's readiness to normalize diplomatic and economic relations with the
    USA and countries of Latin America. It should also be repeated what you have declared more than once
    about Cuba's devotion to the cause of peace, to the UN principles, among them non-interference of
    states into the internal affairs of each other.

    All of this is needed, of course, not for the aggressors' ears, but for international public
    opinion.

    Telegraph the implementation of these instructions.

    31.X.62 A. GROMYKO

    "Cable from Soviet Foreign Minister Gromyko to USSR Ambassador to Cuba A.I. Alekseev (2)", October
    31, 1962, Wilson Center Digital Archive, Archive of Foreign Policy, Russian Federation (AVP RF),
    Moscow; copy obtained by NHK (Japanese Television), provided to CWIHP, and on file at National
    Security Archive, Washington, D.C.; translation by Vladimir Zaemsky

    https://wilson-center.drivingcreative.com/document/112639
    "#);
}

#[test]
fn json_is_the_whole_document() {
    let desk = with_volume();
    let cable = desk.json(&["show", "frus1931v99/d7", "--format", "json"]);
    assert_eq!(cable["id"], "frus1931v99/d7");
    assert_eq!(cable["date"]["earliest"], "1931-05-02");
    assert_eq!(cable["body"][1], "There are none.");
    assert_eq!(cable["pages"][1]["label"], "42");
    assert_eq!(cable["source"]["ordinal"], 0);
}

#[test]
fn an_unknown_id_is_told_with_what_may_have_been_meant() {
    let desk = with_volume();
    let run = desk.run(&["show", "frus1931v99/d8"]);
    assert_eq!((run.status, run.stdout.as_str()), (Some(1), ""));
    assert_eq!(
        run.stderr,
        "cables: no document \"frus1931v99/d8\"; did you mean frus1931v99/d7?\n"
    );
    let run = desk.run(&["show", "nothing-like-it"]);
    assert_eq!(run.status, Some(1));
    assert_eq!(run.stderr, "cables: no document \"nothing-like-it\"\n");
}

#[test]
fn a_query_that_cannot_be_answered_is_an_error() {
    let desk = Desk::with_seed();
    let run = desk.run(&["show", "wilson/112639", "--query", "date:yesterday"]);
    assert_eq!((run.status, run.stdout.as_str()), (Some(2), ""));
    assert!(
        run.stderr.starts_with("date:yesterday\n     ^^^^^^^^^ "),
        "{}",
        run.stderr
    );
}
