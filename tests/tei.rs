//! The TEI reader on small volumes. All their persons, places, files and
//! events are invented.

use std::io::{BufReader, Cursor};
use std::path::PathBuf;

use cables::cable::{BodyPosition, Cable, DatePrecision, Kind, Party};
use cables::ingest::{Format, IngestError, Limits, Source, Tei};

const HEADER: &str = r##"<?xml version="1.0" encoding="UTF-8"?>
<TEI xmlns="http://www.tei-c.org/ns/1.0" xmlns:frus="http://history.state.gov/frus/ns/1.0">
<teiHeader><fileDesc><titleStmt>
<title type="complete">Invented Relations of Freedonia, 1930,
    Volume I, Sylvania</title>
<title type="series">Invented Relations</title>
<editor role="primary">Ada Alpha</editor>
<editor role="primary">Bob Beta</editor>
<editor role="primary">Cy Gamma</editor>
<editor role="general">Not Cited</editor>
</titleStmt><publicationStmt>
<publisher>United States Government Printing Office</publisher>
<pubPlace>Washington</pubPlace><date>1950</date>
<idno type="isbn-10">123</idno><idno type="frus">frus1930v01</idno>
</publicationStmt></fileDesc></teiHeader>
<text><front><pb n="IX"/>
<div type="section" xml:id="terms"><head>Terms</head><list type="terms">
<item><hi rend="strong"><term xml:id="t_FSC1">FSC</term>,</hi> Freedonian Security
    Council</item></list></div>
<div type="section" xml:id="persons"><head>Persons</head><list type="names">
<item><hi rend="strong"><persName xml:id="p_FR1">Firefly, Rufus T.</persName>,</hi> President</item>
<item><persName xml:id="p_TV1">Trentino, Vera</persName>, Jr., Ambassador</item>
</list></div></front>
<body><div type="compilation"><head>Sylvania<note n="1">Not a heading.</note></head>
<div type="chapter"><head>The Crisis</head>
<pb n="7"/>
"##;

const FOOTER: &str = "</div></div></body></text></TEI>\n";

fn volume(documents: &str) -> String {
    format!("{HEADER}{documents}{FOOTER}")
}

fn read_with(text: &str, limits: Limits) -> Vec<Result<Cable, IngestError>> {
    let source = Source {
        path: PathBuf::from("volumes/made-up.xml"),
        name: "made-up".to_owned(),
        stem: "made-up".to_owned(),
    };
    // A small buffer lets every token span two reads.
    let input = BufReader::with_capacity(7, Cursor::new(text.to_owned()));
    Tei.read(Box::new(input), &source, limits).collect()
}

fn read(text: &str) -> Vec<Result<Cable, IngestError>> {
    read_with(text, Limits::default())
}

fn one(document: &str) -> Cable {
    let mut results = read(&volume(document));
    assert_eq!(results.len(), 1, "{results:?}");
    results.remove(0).expect("the document can be read")
}

/// A document of paragraphs and whatever else stands between the tags.
fn body(inner: &str) -> Cable {
    one(&format!(
        r#"<div type="document" xml:id="d1" n="1"><head>1. Letter</head>{inner}</div>"#
    ))
}

fn paragraphs(cable: &Cable) -> Vec<&str> {
    cable.body.iter().map(|p| p.text.as_str()).collect()
}

fn extras<'a>(cable: &'a Cable, name: &str) -> Vec<&'a str> {
    let all = cable.extras.iter().chain(&cable.context);
    let named = all.filter(|extra| extra.name == name);
    named.map(|extra| extra.value.as_str()).collect()
}

fn error(result: &Result<Cable, IngestError>) -> String {
    match result {
        Ok(cable) => panic!("{} was read", cable.id),
        Err(error) => error.to_string(),
    }
}

fn party(name: &str, office: Option<&str>) -> Option<Party> {
    Some(Party {
        name: name.to_owned(),
        office: office.map(str::to_owned),
    })
}

fn at(paragraph: u32, offset: u32) -> BodyPosition {
    BodyPosition { paragraph, offset }
}

#[test]
fn a_document_has_everything_its_markup_says() {
    let cable = one(r##"<div type="document" xml:id="d12" n="12">
    <head>12. Telegram From Ambassador <persName corresp="#p_TV1" type="from">Trentino</persName> to
        President <persName corresp="#p_FR1" type="to">Firefly</persName>
        <note n="1" type="source" xml:id="d12fn1">Source: <persName corresp="#p_FR1">Firefly</persName>
            Library, Files, 9.9/1–130. Top Secret;
            Niact. Drafted by R. U. Kidding and cleared by <persName corresp="#p_TV1">Trentino</persName>. Repeated to Klopstokia.</note>
    </head>
    <dateline><placeName>Sylvania City</placeName>, <date when="1930-04-01T16:00:00">April 1, 1930—4
        p.m.</date></dateline>
    <list type="subject"><head>SUBJECT</head><item>A loan</item></list>
    <p>The <gloss target="#t_FSC1">FSC</gloss> met<note n="2">In secret.</note>
        today, <persName corresp="#p_FR1">Rufus Firefly</persName> presiding.</p>
</div>"##);
    assert_eq!(cable.id, "frus1930v01/d12");
    assert_eq!(cable.number.as_deref(), Some("12"));
    assert_eq!(
        cable.title,
        "Telegram From Ambassador Trentino to President Firefly"
    );
    assert_eq!(cable.kind, Kind::Telegram);
    assert_eq!(cable.sender, party("Trentino", Some("Ambassador")));
    assert_eq!(cable.addressee, party("Firefly", Some("President")));
    assert_eq!(cable.place.as_deref(), Some("Sylvania City"));
    assert_eq!(cable.date_text.as_deref(), Some("April 1, 1930—4 p.m."));
    let date = cable.date.expect("the day is given");
    assert_eq!(date.earliest.to_string(), "1930-04-01");
    assert_eq!(date.precision, DatePrecision::Day);
    assert_eq!(cable.classification.as_deref(), Some("Top Secret; Niact"));
    assert_eq!(
        cable.archive.as_deref(),
        Some(
            "Firefly Library, Files, 9.9/1–130. Top Secret; Niact. Drafted by R. U. Kidding \
             and cleared by Trentino. Repeated to Klopstokia."
        )
    );
    assert_eq!(
        extras(&cable, "drafting"),
        ["Drafted by R. U. Kidding and cleared by Trentino."]
    );
    assert_eq!(extras(&cable, "compilation"), ["Sylvania"]);
    assert_eq!(extras(&cable, "chapter"), ["The Crisis"]);
    assert_eq!(
        extras(&cable, "abbreviation"),
        ["FSC = Freedonian Security Council"]
    );
    assert_eq!(cable.subjects, ["A loan"]);
    assert_eq!(
        paragraphs(&cable),
        [
            "SUBJECT: A loan",
            "The FSC met today, Rufus Firefly presiding."
        ]
    );
    assert_eq!(cable.notes.len(), 1);
    assert_eq!(cable.notes[0].label.as_deref(), Some("2"));
    assert_eq!(cable.notes[0].text, "In secret.");
    assert_eq!(cable.notes[0].anchor, Some(at(1, 11)));
    let persons: Vec<_> = (cable.persons.iter())
        .map(|p| (p.name.as_str(), p.id.as_deref(), p.forms.join("|")))
        .collect();
    assert_eq!(
        persons,
        [
            ("Vera Trentino, Jr.", Some("p_TV1"), "Trentino".to_owned()),
            (
                "Rufus T. Firefly",
                Some("p_FR1"),
                "Firefly|Rufus Firefly".to_owned()
            ),
        ]
    );
    assert_eq!(cable.volume.as_deref(), Some("frus1930v01"));
    assert_eq!(
        cable.url.as_deref(),
        Some("https://history.state.gov/historicaldocuments/frus1930v01/d12")
    );
    assert_eq!(
        cable.citation.as_deref(),
        Some(
            "Invented Relations of Freedonia, 1930, Volume I, Sylvania, eds. Ada Alpha, Bob Beta, \
             and Cy Gamma (Washington: Government Printing Office, 1950), Document 12."
        )
    );
    assert_eq!(cable.language, None);
    assert_eq!(cable.source.file, "volumes/made-up.xml");
    let head = HEADER.lines().count() as u64;
    assert_eq!(cable.source.line, Some(head + 1));
    assert_eq!(cable.source.ordinal, 0);
    assert_eq!(cable.pages[0].label, "7");
}

#[test]
fn an_older_volume_tells_kind_and_file_in_an_inline_note() {
    let cable = one(r##"<div type="document" xml:id="d4" n="4">
    <note rend="inline" type="source">860F.00/4–130: Telegram</note>
    <head><hi rend="italic">The Ambassador in Sylvania</hi> (<persName
            type="from">
            <hi rend="italic">Trentino</hi>
        </persName>) <hi rend="italic">to the <gloss type="to">Secretary of
            State</gloss>
        </hi>
    </head>
    <opener><dateline rendition="#right"><placeName>
        <hi rend="smallcaps">Sylvania City</hi>
        </placeName>, <date when="1930-04-02">April 2, 1930</date>.<lb/>[Received April 3.]</dateline>
        <seg rendition="#left"><hi rend="smallcaps">secret</hi><lb/>us urgent</seg></opener>
    <p>Text.</p>
    <closer><signed><hi rend="smallcaps">Trentino</hi></signed></closer></div>"##);
    assert_eq!(
        cable.title,
        "The Ambassador in Sylvania (Trentino) to the Secretary of State"
    );
    assert_eq!(cable.kind, Kind::Telegram);
    assert_eq!(cable.archive.as_deref(), Some("860F.00/4–130: Telegram"));
    assert_eq!(
        cable.sender,
        party("Trentino", Some("Ambassador in Sylvania"))
    );
    assert_eq!(cable.addressee, party("Secretary of State", None));
    assert_eq!(cable.classification.as_deref(), Some("Secret; US Urgent"));
    assert_eq!(cable.place.as_deref(), Some("Sylvania City"));
    assert_eq!(cable.date_text.as_deref(), Some("April 2, 1930"));
    assert_eq!(
        extras(&cable, "dateline"),
        ["Sylvania City, April 2, 1930. [Received April 3.]"]
    );
    assert_eq!(
        paragraphs(&cable),
        ["secret us urgent", "Text.", "Trentino"]
    );
}

#[test]
fn dates_keep_their_precision() {
    for (date, expected) in [
        (
            r#"when="1930-04""#,
            Some(("1930-04-01", "1930-04-30", DatePrecision::Month)),
        ),
        (
            r#"when="1930""#,
            Some(("1930-01-01", "1930-12-31", DatePrecision::Year)),
        ),
        (
            r#"from="1930-04-03" to="1930-04-05""#,
            Some(("1930-04-03", "1930-04-05", DatePrecision::Range)),
        ),
        (
            r#"notBefore="1930-04" notAfter="1930-06""#,
            Some(("1930-04-01", "1930-06-30", DatePrecision::Range)),
        ),
        (
            r#"from="1930-04-03T09:00:00" to="1930-04-03T11:00:00""#,
            Some(("1930-04-03", "1930-04-03", DatePrecision::Day)),
        ),
        (r#"when="1930-13-45""#, None),
        (r#"from="1930-04-05" to="1930-04-03""#, None),
        ("", None),
    ] {
        let cable = body(&format!(
            "<dateline><date {date}>as printed</date>.</dateline><p>Text.</p>"
        ));
        let interval = cable
            .date
            .map(|d| (d.earliest.to_string(), d.latest.to_string(), d.precision));
        let expected = expected.map(|(a, b, p)| (a.to_owned(), b.to_owned(), p));
        assert_eq!(interval, expected, "{date}");
        assert_eq!(cable.date_text.as_deref(), Some("as printed"), "{date}");
        assert_eq!(paragraphs(&cable), ["Text."]);
    }
}

#[test]
fn the_division_dates_a_document_whose_dateline_does_not() {
    let cable = one(
        r#"<div type="document" subtype="historical-document" xml:id="d2" n="2"
        frus:doc-dateTime-min="1930-05-01T00:00:00-05:00" frus:doc-dateTime-max="1930-05-01T23:59:59-05:00">
        <head>2. Paper</head><p>Text.</p></div>"#,
    );
    let date = cable.date.expect("the division gives the day");
    assert_eq!(date.earliest.to_string(), "1930-05-01");
    assert_eq!(date.precision, DatePrecision::Day);
    assert_eq!(cable.date_text, None);
    assert_eq!(cable.source.line, Some(HEADER.lines().count() as u64 + 1));
}

#[test]
fn the_dateline_may_close_the_document_and_an_attachment_has_its_own() {
    let cable = body(
        r#"<p>Text.</p>
        <frus:attachment><head>Attachment</head><opener><dateline><placeName>Elsewhere</placeName>,
        <date when="1929-01-01">January 1, 1929</date>.</dateline></opener><p>Older text.</p></frus:attachment>
        <closer><signed>Firefly</signed>
        <dateline><placeName>Home</placeName>, <date when="1930-04-09">April 9</date></dateline></closer>"#,
    );
    assert_eq!(cable.place.as_deref(), Some("Home"));
    assert_eq!(cable.date_text.as_deref(), Some("April 9"));
    assert_eq!(
        paragraphs(&cable),
        [
            "Text.",
            "Attachment",
            "Elsewhere, January 1, 1929.",
            "Older text.",
            "Firefly"
        ]
    );
}

#[test]
fn a_second_dateline_is_text() {
    let cable = body(
        r#"<dateline><placeName>Here</placeName>, undated.</dateline>
        <dateline><placeName>There</placeName>, <date when="1930-04-01">April 1</date>, <time>noon</time>.</dateline>
        <dateline>Later, <date when="1930-04-02">April 2</date>.</dateline>"#,
    );
    assert_eq!(cable.place.as_deref(), Some("Here"));
    assert_eq!(cable.date_text.as_deref(), Some("April 1, noon"));
    assert_eq!(paragraphs(&cable), ["Later, April 2."]);
}

#[test]
fn notes_leave_no_trace_in_the_body() {
    let cable = body(
        r#"<p>One<note n="2">First.</note> two <note n="3"><p>Second,</p><p>in two paragraphs.</p></note>, three
        <note n="*">Third.</note></p><p><note>Fourth</note>end.</p>"#,
    );
    assert_eq!(paragraphs(&cable), ["One two, three", "end."]);
    let notes: Vec<_> = (cable.notes.iter())
        .map(|n| (n.label.as_deref(), n.text.as_str(), n.anchor))
        .collect();
    assert_eq!(
        notes,
        [
            (Some("2"), "First.", Some(at(0, 3))),
            (Some("3"), "Second, in two paragraphs.", Some(at(0, 7))),
            (Some("*"), "Third.", Some(at(0, 14))),
            (None, "Fourth", Some(at(1, 0))),
        ]
    );
}

#[test]
fn a_note_on_the_heading_has_no_anchor() {
    let cable = one(
        r#"<div type="document" xml:id="d1" n="1"><head>1. Letter<note n="2">On
        the heading.</note> From A to B</head><p>Text.</p></div>"#,
    );
    assert_eq!(cable.title, "Letter From A to B");
    assert_eq!(cable.notes[0].anchor, None);
    assert_eq!(cable.notes[0].text, "On the heading.");
}

#[test]
fn pages_break_no_text() {
    let cable = body(
        r#"<p>One <pb n="8"/>two and exam<pb n="9"/>ple.</p><pb n="10"/><p>Three.</p><pb n="[11]"/>"#,
    );
    assert_eq!(paragraphs(&cable), ["One two and example.", "Three."]);
    let pages: Vec<_> = cable
        .pages
        .iter()
        .map(|p| (p.label.as_str(), p.at))
        .collect();
    assert_eq!(
        pages,
        [
            ("7", at(0, 0)),
            ("8", at(0, 3)),
            ("9", at(0, 16)),
            ("10", at(1, 0)),
            ("[11]", at(2, 0)),
        ]
    );
}

#[test]
fn a_document_that_opens_with_a_page_begins_on_it() {
    let results = read(&volume(
        r#"<div type="document" xml:id="d1"><pb n="8"/><head>1. Letter</head><p>A <pb n="9"/>b.</p></div>
        <div type="document" xml:id="d2"><head>2. Letter</head><p>C.</p></div>"#,
    ));
    let labels: Vec<Vec<_>> = (results.iter().flatten())
        .map(|cable| cable.pages.iter().map(|p| p.label.as_str()).collect())
        .collect();
    assert_eq!(labels, [vec!["8", "9"], vec!["9"]]);
    let numbers: Vec<_> = results
        .iter()
        .flatten()
        .map(|c| c.number.as_deref())
        .collect();
    assert_eq!(numbers, [Some("1"), Some("2")], "from the heading");
}

#[test]
fn lists_tables_and_quotes_stay_readable() {
    let cable = body(
        r#"<list type="participants"><head>PARTICIPANTS</head><item>Mr. Firefly</item><item>Mrs. Teasdale</item></list>
        <p>As follows: <list><label>1.</label><item>Peace</item><label>2.</label><item>Bread
        <list><item>white</item></list></item></list> and so on.</p>
        <table><row><cell>Year</cell><cell>Tons</cell></row>
        <row><cell/><cell><p>Five</p><p>six</p></cell><cell/></row><row><cell/><cell/></row></table>
        <quote rend="blockquote"><p>Hail, <del rend="strikethrough">hail</del><lb/>Freedonia.</p></quote>
        <postscript><p>P.S.</p></postscript><salute>Yours</salute>"#,
    );
    assert_eq!(
        paragraphs(&cable),
        [
            "PARTICIPANTS",
            "Mr. Firefly",
            "Mrs. Teasdale",
            "As follows:",
            "1. Peace",
            "2. Bread",
            "white",
            "and so on.",
            "Year | Tons",
            "| Five six",
            "Hail, hail Freedonia.",
            "P.S.",
            "Yours",
        ]
    );
    assert_eq!(
        extras(&cable, "participants"),
        ["Mr. Firefly", "Mrs. Teasdale"]
    );
}

#[test]
fn positions_stay_within_their_paragraphs() {
    let cable = body(
        r#"<table><row><cell>é</cell><cell><note n="2">Empty.</note><pb n="8"/></cell></row>
        <row><cell/><cell><pb n="9"/></cell></row></table><p>é</p>"#,
    );
    assert_eq!(paragraphs(&cable), ["é", "é"]);
    assert_eq!(cable.notes[0].anchor, Some(at(0, 2)));
    let pages: Vec<_> = cable.pages.iter().map(|p| p.at).collect();
    assert_eq!(pages, [at(0, 0), at(0, 2), at(1, 0)]);
}

#[test]
fn inline_markup_keeps_words_whole() {
    let cable = body(
        "<p><hi rend=\"italic\">Com</hi>ment: (<persName>\n   Trentino\n  </persName>)\n  <hi>said</hi>,\n \
         <gloss>MACF</gloss>’s A&amp;B &#233; &#x2003;x . . . .</p>",
    );
    assert_eq!(
        paragraphs(&cable),
        ["Comment: (Trentino) said, MACF’s A&B é x . . . ."]
    );
}

#[test]
fn persons_without_an_identifier_need_two_words() {
    let cable = body(
        r##"<p><persName>Margaret Dumont</persName>, <persName>Dumont</persName>,
        <persName corresp="#p_X">Chicolini</persName>, <persName>Margaret Dumont</persName></p>"##,
    );
    let persons: Vec<_> = (cable.persons.iter())
        .map(|p| (p.name.as_str(), p.id.as_deref()))
        .collect();
    assert_eq!(
        persons,
        [("Margaret Dumont", None), ("Chicolini", Some("p_X"))]
    );
}

#[test]
fn a_person_marked_as_the_wrong_end_is_not_believed() {
    let cable = one(r#"<div type="document" xml:id="d6" n="6">
        <head>6. Letter From Secretary of State <persName type="from">Firefly</persName> to the
        Ambassador (<persName type="from">Trentino</persName>)</head></div>"#);
    assert_eq!(cable.sender, party("Firefly", Some("Secretary of State")));
    assert_eq!(cable.addressee, party("Trentino", Some("Ambassador")));
}

#[test]
fn several_senders_are_one_party() {
    let cable = one(r#"<div type="document" xml:id="d6" n="6">
        <head>6. Memorandum From the Director (<persName type="from">Firefly</persName>) and the
        Chief (<persName type="from">Trentino</persName>) to the President</head></div>"#);
    assert_eq!(
        cable.sender,
        party("Firefly and Trentino", Some("Director"))
    );
    assert_eq!(cable.addressee, party("President", None));
}

#[test]
fn a_microfiche_supplement_is_a_heading() {
    let cable = one(r#"<div type="document" xml:id="d5" n="5">
        <head>5. Memorandum from Firefly to Trentino, April 2. A loan. Secret. 2 pp. Library.</head>
        <frus:page-count-according-to-citation>2</frus:page-count-according-to-citation>
        <frus:uh-oh>The scan is upside down.</frus:uh-oh>
        <frus:file path="a.tif"/><frus:pdf bytes="9"/></div>"#);
    assert_eq!(cable.kind, Kind::Memorandum);
    assert_eq!(cable.sender, party("Firefly", None));
    assert_eq!(cable.addressee, party("Trentino", None));
    assert_eq!(cable.classification.as_deref(), Some("Secret"));
    assert_eq!(cable.date, None);
    assert!(cable.body.is_empty());
    assert_eq!(extras(&cable, "page-count-according-to-citation"), ["2"]);
}

#[test]
fn a_document_within_a_document_is_its_own() {
    let results = read(&volume(
        r#"<div type="document" xml:id="d1" n="1"><head>1. Letter</head><p>Before.</p>
        <div type="document" xml:id="d2" n="2"><head>2. Report</head><p>Within.</p></div>
        <div type="enclosure"><head>Enclosure</head><p>After.</p></div></div>"#,
    ));
    let read: Vec<_> = (results.iter().flatten())
        .map(|c| (c.id.as_str(), paragraphs(c), c.source.ordinal))
        .collect();
    assert_eq!(
        read,
        [
            ("frus1930v01/d2", vec!["Within."], 1),
            ("frus1930v01/d1", vec!["Before.", "Enclosure", "After."], 0),
        ]
    );
}

#[test]
fn a_volume_without_a_header_goes_by_its_file() {
    let results =
        read("<TEI xml:lang=\"fr\"><text><div type=\"document\"><p>Texte.</p></div></text></TEI>");
    let cable = results[0].as_ref().expect("it can be read");
    assert_eq!(cable.id, "made-up/1");
    assert_eq!(cable.language.as_deref(), Some("fr"));
    assert_eq!((&cable.url, &cable.citation), (&None, &None));
    assert_eq!(cable.title, "");
}

const TWO: &str =
    "<div type=\"document\" xml:id=\"d1\"><head>1. Letter</head>\n<p>One.</p></div>\n";

#[test]
fn truncation_is_one_error_after_the_whole_documents() {
    let text = format!("{HEADER}{TWO}<div type=\"document\">\n<p>Two");
    let results = read(&text);
    assert_eq!(results.len(), 2);
    assert!(results[0].is_ok());
    let line = text.lines().count();
    assert_eq!(
        error(&results[1]),
        format!(
            "volumes/made-up.xml:{line}: the file ends before its last element does within the \
             document that begins on line {}, which is left out; it may be truncated",
            line - 1
        )
    );
}

#[test]
fn malformed_markup_is_one_error_with_its_line() {
    let text = volume(&format!("{TWO}<div type=\"document\"><p>Two</div>\n{TWO}"));
    let results = read(&text);
    assert_eq!(results.len(), 2);
    assert!(results[0].is_ok());
    let line = HEADER.lines().count() + 3;
    let message = error(&results[1]);
    let start =
        format!("volumes/made-up.xml:{line}: malformed XML, the rest of the file is left out: ");
    assert!(message.starts_with(&start), "{message}");
    assert!(!message.contains('\n'));
}

#[test]
fn an_unknown_entity_costs_its_document_only() {
    let results = read(&volume(&format!(
        "<div type=\"document\"><p>One.\n&bomb; two</p></div>{TWO}"
    )));
    assert_eq!(
        error(&results[0]),
        format!(
            "volumes/made-up.xml:{}: the entity &bomb; is not known and the document is left \
             out; write the character itself",
            HEADER.lines().count() + 2
        )
    );
    assert!(results[1].is_ok());

    let results = read(&volume(&format!(
        "<div type=\"document\"><p>A & B; C</p></div>{TWO}"
    )));
    assert!(
        error(&results[0])
            .ends_with("a & that begins no entity, the document is left out; write &amp;")
    );
    assert!(results[1].is_ok());
}

#[test]
fn declared_entities_are_not_expanded_and_nothing_is_fetched() {
    let text = volume(TWO).replace(
        "<TEI",
        "<!DOCTYPE TEI SYSTEM \"file:///etc/passwd\" [<!ENTITY a \"x\"><!ENTITY b \"&a;&a;\">]>\n<TEI",
    );
    let text = text.replace("One.", "&b;");
    assert!(error(&read(&text)[0]).contains("the entity &b; is not known"));
}

#[test]
fn a_document_beyond_the_limit_is_one_error() {
    let limits = Limits {
        document_bytes: 1000,
        ..Limits::default()
    };
    for length in [2_000, 70_000, 1_000_000] {
        let text = "word ".repeat(length / 5);
        let results = read_with(
            &volume(&format!(
                "{TWO}<div type=\"document\"><p>{text}</p><p>more</p></div>\n{TWO}"
            )),
            limits,
        );
        assert_eq!(results.len(), 3, "{length}");
        assert!(results[0].is_ok() && results[2].is_ok());
        assert_eq!(
            error(&results[1]),
            format!(
                "volumes/made-up.xml:{}: the document has more than 1000 bytes of text and is \
                 left out; divide it",
                HEADER.lines().count() + 3
            )
        );
    }
}

#[test]
fn nesting_beyond_the_limit_ends_the_file() {
    let deep = "<hi>".repeat(300);
    let results = read(&volume(&format!("{TWO}<div type=\"document\"><p>{deep}")));
    assert_eq!(results.len(), 2);
    assert_eq!(
        error(&results[1]),
        format!(
            "volumes/made-up.xml:{}: elements nested more than 256 deep, the rest of the file is \
             left out",
            HEADER.lines().count() + 3
        )
    );
}

#[test]
fn a_file_without_documents_says_so() {
    let results = read(&volume("<p>Nothing.</p>"));
    assert_eq!(results.len(), 1);
    assert_eq!(
        error(&results[0]),
        "volumes/made-up.xml:1: no <div type=\"document\"> in this TEI file; only volumes \
         divided into documents can be read"
    );
}

proptest::proptest! {
    /// Whatever the markup, the reader ends, without a panic, and with sound
    /// positions.
    #[test]
    fn no_markup_breaks_the_reader(
        parts in proptest::collection::vec(0..ELEMENTS.len() + TEXTS.len() + 20, 0..60),
        noise in ".{0,12}",
    ) {
        let mut text = String::from("<TEI><div type=\"document\">");
        let mut open = Vec::new();
        for part in parts {
            if let Some(element) = ELEMENTS.get(part) {
                text.push_str(&format!("<{element}>"));
                open.extend(element.split(' ').next());
            } else if let Some(piece) = TEXTS.get(part - ELEMENTS.len()) {
                text.push_str(piece);
            } else if let Some(name) = open.pop() {
                text.push_str(&format!("</{name}>"));
            }
        }
        while let Some(name) = open.pop() {
            text.push_str(&format!("</{name}>"));
        }
        text.push_str(&format!("{noise}</div></TEI>"));
        for cable in read(&text).iter().flatten() {
            let notes = cable.notes.iter().filter_map(|note| note.anchor);
            for at in notes.chain(cable.pages.iter().map(|page| page.at)) {
                let text = cable.body.get(at.paragraph as usize).map_or("", |p| &p.text);
                assert!(text.is_char_boundary(at.offset as usize));
            }
        }
    }

    #[test]
    fn no_heading_breaks_the_parties(
        words in proptest::collection::vec(proptest::sample::select(WORDS), 0..12),
        noise in ".{0,8}",
    ) {
        let _ = Party::pair_from_heading(&format!("{}{noise}", words.concat()));
        let _ = Kind::from_heading(&words.concat());
    }
}

const ELEMENTS: &[&str] = &[
    "p",
    "head",
    "note type=\"source\"",
    "note n=\"1\"",
    "dateline",
    "date when=\"1930\"",
    "time",
    "placeName",
    "table",
    "row",
    "cell",
    "list type=\"subject\"",
    "list type=\"participants\"",
    "item",
    "label",
    "persName corresp=\"#é\" type=\"from\"",
    "gloss type=\"to\"",
    "opener",
    "seg",
    "frus:attachment",
    "frus:file",
    "frus:page-count-according-to-citation",
    "div type=\"document\"",
];

const TEXTS: &[&str] = &[
    "<pb n=\"é\"/>",
    "<lb/>",
    "é",
    " ",
    "\n",
    "word",
    ".",
    "(",
    "1. ",
    "|",
    "&amp;",
    "\u{a0}",
];

const WORDS: &[&str] = &[
    " ",
    "Telegram",
    "From",
    "from",
    " to ",
    "the",
    "(",
    ")",
    "[",
    "é",
    ", ",
    "Ambassador",
    "Smith",
    " of ",
    "2",
    ".",
    "May",
    ", at ",
    "by",
    " for ",
    "Minister",
    "A.",
];
