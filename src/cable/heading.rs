//! Headings in plain words: which part names the sender, which the addressee,
//! and where in such a part the office ends and the name begins.

use super::Kind;

/// The parts of a heading that name the sender and the addressee.
pub(crate) fn phrases(heading: &str) -> (Option<&str>, Option<&str>) {
    let heading = without_sequence(without_number(heading.trim()));
    let heading = without_place_and_date(heading);
    let kind = Kind::from_heading(heading);
    if matches!(
        kind,
        Kind::MemorandumOfConversation | Kind::Minutes | Kind::EditorialNote
    ) {
        return (None, None);
    }
    let lead = |marker: &str| {
        outside_brackets(heading, marker)
            .next()
            .map(|at| (at, at + marker.len()))
    };
    if let Some((_, start)) = lead(" from ") {
        return at_to(&heading[start..]);
    }
    if let Some((_, start)) = lead(" by ") {
        return at_to(&heading[start..]);
    }
    if kind == Kind::Other {
        let (sender, addressee) = at_to(heading);
        // Without an addressee this is a title, not a correspondence.
        return addressee.map_or((None, None), |addressee| (sender, Some(addressee)));
    }
    for marker in [" for ", " to "] {
        if let Some((at, start)) = lead(marker) {
            let addressee = &heading[start..];
            let by_itself = heading[..at].split(' ').count() <= 3;
            let record = ["record", "file", "research"]
                .iter()
                .any(|word| addressee.to_lowercase().contains(word));
            return (None, (by_itself && !record).then_some(addressee));
        }
    }
    (None, None)
}

/// A sender and, after the right `to`, an addressee. The `to` of `Ambassador
/// to Guatemala` is not the right one while another follows.
fn at_to(text: &str) -> (Option<&str>, Option<&str>) {
    let takes_to = |at: usize| {
        let before = text[..at].rsplit(' ').next().unwrap_or_default();
        let before = before.trim_matches(|c: char| !c.is_alphanumeric() && c != ')');
        TAKES_TO
            .iter()
            .any(|word| before.eq_ignore_ascii_case(word))
    };
    // A comma ends an office that has a `to` within.
    let chosen = outside_brackets(text, ", to ")
        .next()
        .map(|at| at + 1)
        .or_else(|| outside_brackets(text, " to ").find(|at| !takes_to(*at)))
        .or_else(|| outside_brackets(text, " to ").last());
    let split = |at: usize, len: usize| (Some(&text[..at]), Some(&text[at + len..]));
    match chosen {
        Some(at) => split(at, " to ".len()),
        None => match outside_brackets(text, " for ").next() {
            Some(at) if text[..at].ends_with(')') => split(at, " for ".len()),
            _ => (Some(text), None),
        },
    }
}

/// Words of offices that take a `to` of their own.
const TAKES_TO: &[&str] = &[
    "Ambassador",
    "Assistant",
    "Adviser",
    "Advisor",
    "Deputy",
    "Representative",
    "Counselor",
    "Consultant",
    "Delegation",
    "Mission",
    "Minister",
    "Delegate",
    "Aide",
    "Observer",
    "Embassy",
    "Envoy",
    "Liaison",
    "Secretary-General",
    "Attaché",
    "Chargé",
];

/// Where `marker`, in any case, occurs outside `()` and `[]`.
fn outside_brackets<'a>(text: &'a str, marker: &'a str) -> impl Iterator<Item = usize> + 'a {
    let mut depth = 0_i32;
    text.bytes().enumerate().filter_map(move |(at, byte)| {
        match byte {
            b'(' | b'[' => depth += 1,
            b')' | b']' => depth -= 1,
            b' ' | b',' if depth == 0 => {
                let found = text.as_bytes().get(at..at + marker.len())?;
                return found.eq_ignore_ascii_case(marker.as_bytes()).then_some(at);
            }
            _ => {}
        }
        None
    })
}

/// The heading without `93. ` before it.
fn without_number(heading: &str) -> &str {
    let rest = heading.trim_start_matches(|c: char| c.is_ascii_digit());
    match rest.strip_prefix('.') {
        Some(rest) if rest.len() + 1 < heading.len() => rest.trim_start(),
        _ => heading,
    }
}

/// The heading without `(2)` after it.
fn without_sequence(heading: &str) -> &str {
    let inner = heading.strip_suffix(')').and_then(|rest| {
        let at = rest.rfind('(')?;
        let number = &rest[at + 1..];
        let digits = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
        digits.then(|| rest[..at].trim_end())
    });
    inner.unwrap_or(heading)
}

/// The heading up to `, at Paris` or `, Washington, October 3, 1962`.
fn without_place_and_date(heading: &str) -> &str {
    let mut end = heading.len();
    for (at, _) in heading.match_indices(", ") {
        let rest = &heading[at + 2..];
        let first = rest.split([' ', ',', '.']).next().unwrap_or_default();
        if MONTHS.contains(&first) || first == "undated" {
            end = at;
            break;
        }
    }
    let heading = &heading[..end];
    let place = [", at ", ", in "].iter().filter_map(|marker| {
        let at = heading.rfind(marker)?;
        // After a place the heading is over; an office's own `, in charge of
        // …` goes on with small letters.
        let rest = &heading[at + marker.len()..];
        let over =
            rest.len() < 40 && rest.starts_with(char::is_uppercase) && !rest.contains(" to ");
        over.then_some(at)
    });
    match place.min() {
        Some(at) => &heading[..at],
        None => heading,
    }
}

const MONTHS: &[&str] = &[
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

pub(super) fn trim(text: &str) -> &str {
    trim_end(text.trim_start_matches([' ', ',', ';', ':']))
}

fn trim_end(text: &str) -> &str {
    text.trim_end_matches([' ', ',', ';', ':'])
}

pub(super) fn without_article(phrase: &str) -> &str {
    ["the ", "The ", "a ", "A ", "an ", "An "]
        .iter()
        .find_map(|article| phrase.strip_prefix(article))
        .unwrap_or(phrase)
}

/// `Ambassador in Egypt (Tuck)` as office and name.
pub(super) fn in_parentheses(phrase: &str) -> Option<(&str, &str)> {
    let open = phrase.rfind('(')?;
    let close = open + phrase[open..].find(')')?;
    let name = phrase[open + 1..close].trim();
    let office = phrase[..open].trim();
    // What follows is a rank or a department of the same office.
    let at_end = trim(&phrase[close + 1..]).is_empty();
    let first = name.split(' ').next().unwrap_or_default();
    let is_name =
        first.starts_with(|c: char| c.is_uppercase() || c == '[') || PARTICLES.contains(&first);
    (at_end && !office.is_empty() && is_name).then_some((office, name))
}

/// Index of the first word of the person's name after the words of an office
/// such as `Soviet Foreign Minister` or `USSR Ambassador to Cuba`.
pub(super) fn name_start(words: &[&str]) -> Option<usize> {
    let last_office = words.iter().rposition(|word| {
        let word = word.trim_end_matches(',');
        OFFICES
            .iter()
            .any(|office| word.eq_ignore_ascii_case(office))
    })?;
    let mut at = last_office + 1;
    if words[last_office].ends_with(',') {
        // `Robert West, Deputy`: the name stood before.
        return None;
    }
    while matches!(
        words.get(at),
        Some(&("of" | "in" | "to" | "for" | "at" | "and"))
    ) {
        at += 1;
        if matches!(words.get(at), Some(&("the" | "The"))) {
            at += 1;
        }
        // A complement is one word, and more where its words go together.
        while matches!(words.get(at), Some(word) if GOES_ON.contains(word)) {
            at += 1;
        }
        at += 1;
        while matches!(words.get(at), Some(word) if ENDS_COMPLEMENT.contains(word)) {
            at += 1;
        }
    }
    let name = words.get(at..)?;
    let capitalised = |word: &&str| {
        word.starts_with(|c: char| c.is_uppercase() || c == '“' || c == '"')
            || PARTICLES.contains(word)
            || word.starts_with("al-")
    };
    let plain = !name
        .iter()
        .any(|word| ENDS_COMPLEMENT.contains(word) || word.contains('('));
    (!name.is_empty() && name.len() <= 5 && name.iter().all(capitalised) && plain).then_some(at)
}

/// Whether the words begin as an office does, or as a part of one.
pub(super) fn is_office(text: &str) -> bool {
    let mut words = text.split([' ', ',']);
    let first = words.next().unwrap_or_default();
    let second = words.next().unwrap_or_default();
    [first, second].iter().any(|word| {
        OFFICES
            .iter()
            .any(|office| word.eq_ignore_ascii_case(office))
    })
}

/// Whether the words can be a person's name: two to five capitalised words
/// without any that belongs to offices or agencies.
pub(super) fn is_name(text: &str) -> bool {
    let words: Vec<&str> = text.split(' ').collect();
    (2..=5).contains(&words.len())
        && words.iter().all(|word| {
            (word.starts_with(char::is_uppercase) || PARTICLES.contains(word))
                && !ENDS_COMPLEMENT.contains(word)
                && !GOES_ON.contains(word)
                && !OFFICES
                    .iter()
                    .any(|office| word.eq_ignore_ascii_case(office))
        })
}

/// Whether `word` addresses a person without saying an office.
pub(super) fn is_address(word: &str) -> bool {
    matches!(
        word,
        "Mr." | "Mrs." | "Miss" | "Ms." | "Dr." | "Sir" | "Lord" | "M." | "Mme."
    )
}

const PARTICLES: &[&str] = &[
    "de", "da", "di", "del", "der", "van", "von", "bin", "ibn", "el", "al", "la", "du", "y", "dos",
];

const OFFICES: &[&str] = &[
    "Secretary",
    "Minister",
    "Ambassador",
    "President",
    "Chairman",
    "Director",
    "Premier",
    "Chancellor",
    "General",
    "Admiral",
    "Marshal",
    "Colonel",
    "Major",
    "Captain",
    "Lieutenant",
    "Commander",
    "Representative",
    "Assistant",
    "Deputy",
    "Adviser",
    "Advisor",
    "Counselor",
    "Counsellor",
    "Chargé",
    "Consul",
    "Chief",
    "Senator",
    "Congressman",
    "Governor",
    "Attorney",
    "Administrator",
    "Commissioner",
    "King",
    "Prince",
    "Emperor",
    "Leader",
    "Member",
    "Head",
    "Officer",
    "Attaché",
    "Delegate",
    "Envoy",
    "Comptroller",
    "Justice",
    "Judge",
    "Professor",
    "Pope",
    "Cardinal",
    "Shah",
    "Prime",
    "Vice",
    "Comrade",
];

/// Words that are never the whole of a complement: `United`, then `States`.
const GOES_ON: &[&str] = &[
    "United",
    "Soviet",
    "South",
    "North",
    "East",
    "West",
    "Eastern",
    "Western",
    "Southern",
    "Northern",
    "Saudi",
    "New",
    "Great",
    "Dominican",
    "El",
    "Costa",
    "Sri",
    "Far",
    "Near",
    "Middle",
    "Central",
    "Latin",
    "Inter-American",
    "European",
    "African",
    "Asian",
    "American",
    "National",
    "International",
    "Political",
    "Economic",
    "Public",
    "Foreign",
    "Security",
    "Military",
    "People’s",
    "People's",
    "German",
    "Democratic",
    "Federal",
    "Central",
    "Policy",
];

/// Words that end a complement of several words.
const ENDS_COMPLEMENT: &[&str] = &[
    "States",
    "Kingdom",
    "Union",
    "Republic",
    "Nations",
    "Affairs",
    "Germany",
    "Korea",
    "Vietnam",
    "Viet-Nam",
    "Africa",
    "America",
    "Arabia",
    "Zealand",
    "Britain",
    "Rica",
    "Salvador",
    "Lanka",
    "Party",
    "Committee",
    "Council",
    "Staff",
    "Agency",
    "Department",
    "Ministry",
    "Government",
    "Army",
    "Navy",
    "Force",
    "Bureau",
    "Office",
    "Embassy",
    "Division",
    "Commission",
    "Forces",
    "Board",
    "Group",
    "Mission",
    "Delegation",
    "Headquarters",
    "Operations",
    "Plans",
];
