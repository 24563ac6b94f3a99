//! Hits for reading.

use std::io::{self, Write};

use cables::export::visible_line;
use cables::index::Section;
use cables::query::{Hit, SearchResult, Snippet};

use super::terminal::{Look, Role};

/// Stands between the hits that have all the words and the others.
const DIVIDER: &str = "-- with some of the words --";

/// Writes the hits. In the order of relevance a line divides those that have
/// all the words from the others.
pub fn write(
    result: &SearchResult,
    divided: bool,
    look: Look,
    out: &mut dyn Write,
) -> io::Result<()> {
    let last = result.hits.last().map_or(0, |hit| hit.rank);
    let margin = last.to_string().len() + 2;
    let mut all_words = true;
    for (index, hit) in result.hits.iter().enumerate() {
        if index > 0 {
            writeln!(out)?;
        }
        if divided && all_words && !hit.all_words {
            writeln!(out, "{}\n", look.paint(Role::Detail, DIVIDER))?;
            all_words = false;
        }
        write_hit(hit, margin, look, out)?;
    }
    Ok(())
}

fn write_hit(hit: &Hit, margin: usize, look: Look, out: &mut dyn Write) -> io::Result<()> {
    let cable = &hit.cable;
    let number = format!("{}.", hit.rank);
    write!(out, "{number:>width$} ", width = margin - 1)?;
    let title = match cable.title.trim() {
        "" => vec![look.paint(Role::Detail, "(no title)")],
        _ => look.wrap(Role::Heading, &cable.title, &hit.title_highlights, margin),
    };
    writeln!(out, "{}", title.join("\n"))?;

    let date = match (&cable.date, &cable.date_text) {
        (Some(date), _) => date.to_string(),
        (None, Some(text)) => visible_line(text).into_owned(),
        (None, None) => "undated".to_owned(),
    };
    let mut details = vec![date];
    details.extend(
        cable
            .place
            .as_deref()
            .map(|place| visible_line(place).into_owned()),
    );
    let id = look.paint(Role::Id, &visible_line(&cable.id));
    let details = look.paint(Role::Detail, &format!(" · {}", details.join(" · ")));
    writeln!(out, "{:margin$}{id}{details}", "")?;

    let parties = match (&cable.sender, &cable.addressee) {
        (Some(sender), Some(addressee)) => format!("{sender} → {addressee}"),
        (Some(sender), None) => format!("from {sender}"),
        (None, Some(addressee)) => format!("to {addressee}"),
        (None, None) => String::new(),
    };
    for (index, line) in look
        .wrap(Role::Detail, &parties, &[], margin)
        .iter()
        .enumerate()
    {
        if index == 0 && line.is_empty() {
            break;
        }
        let indent = if index == 0 { margin } else { 0 };
        writeln!(out, "{:indent$}{line}", "")?;
    }
    for snippet in &hit.snippets {
        // The title is shown with its highlights already.
        if snippet.field != Section::Title.name() {
            write_snippet(snippet, margin + 2, look, out)?;
        }
    }
    write_explanation(hit, margin + 2, look, out)
}

/// The score as a sum, a line a clause.
fn write_explanation(hit: &Hit, indent: usize, look: Look, out: &mut dyn Write) -> io::Result<()> {
    if hit.explanation.is_empty() {
        return Ok(());
    }
    writeln!(out, "{:indent$}score {}", "", hit.score)?;
    for clause in &hit.explanation {
        let found: Vec<String> = clause
            .found
            .iter()
            .map(|found| {
                let times = if found.times == 1 { "time" } else { "times" };
                let text = visible_line(&found.text);
                format!("{text} {} {times}, rarity {}", found.times, found.rarity)
            })
            .collect();
        let text = format!("+ {} for {}", clause.score, found.join("; "));
        let lines = look.wrap(Role::Detail, &text, &[], indent + 2);
        writeln!(out, "{:indent$}  {}", "", lines.join("\n"))?;
    }
    Ok(())
}

fn write_snippet(
    snippet: &Snippet,
    indent: usize,
    look: Look,
    out: &mut dyn Write,
) -> io::Result<()> {
    let label = match snippet.field.as_str() {
        "body" => String::new(),
        field => format!("{}: ", visible_line(field)),
    };
    let shift = label.len();
    let text = format!("{label}{}", snippet.text);
    let shifted = snippet.highlights.iter();
    let highlights: Vec<_> = shifted
        .map(|range| range.start + shift..range.end + shift)
        .collect();
    let lines = look.wrap(Role::Plain, &text, &highlights, indent);
    writeln!(out, "{:indent$}{}", "", lines.join("\n"))
}
