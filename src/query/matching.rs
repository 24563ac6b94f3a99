//! Which positions of a document meet a phrase.
//!
//! Whatever needs to know, ranking, snippets, highlights, asks here, so that
//! what is shown is what matched.

use crate::analysis::compound;

/// A range of positions that meets a word or a phrase, half-open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// Position of the first word.
    pub start: u32,
    /// Position after the last word.
    pub end: u32,
}

/// A position at which a slot of a phrase is met, and how many positions the
/// term there spans.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Occurrence {
    /// The position.
    pub position: u32,
    /// The number of positions, at least 1.
    pub length: u32,
}

/// The spans in which the slots follow one another directly. The occurrences
/// of each slot are in order of position; so are the spans, without
/// repetition.
pub fn phrase(slots: &[Vec<Occurrence>]) -> Vec<Span> {
    let Some((first, others)) = slots.split_first() else {
        return Vec::new();
    };
    let mut spans: Vec<Span> = first
        .iter()
        .map(|occurrence| Span {
            start: occurrence.position,
            end: occurrence.position + occurrence.length,
        })
        .collect();
    for slot in others {
        // A compound may end where a later word does: order by end again.
        spans.sort_unstable_by_key(|span| (span.end, span.start));
        let mut next = Vec::new();
        let mut from = 0;
        for span in &spans {
            from += slot[from..].partition_point(|o| o.position < span.end);
            let here = slot[from..].iter().take_while(|o| o.position == span.end);
            next.extend(here.map(|occurrence| Span {
                start: span.start,
                end: occurrence.position + occurrence.length,
            }));
        }
        spans = next;
        if spans.is_empty() {
            break;
        }
    }
    spans.sort_unstable();
    spans.dedup();
    spans
}

/// The spans in which the slots are met by different positions, near one
/// another: where every slot's displacement, its position less its place in
/// the phrase, is taken, the largest is at most `slop` more than the smallest.
///
/// This is the rule of Lucene's `SloppyPhraseMatcher`
/// (<https://lucene.apache.org/core/9_0_0/core/org/apache/lucene/search/PhraseQuery.Builder.html#setSlop(int)>):
/// two words exchanged cost 2. Spans are in order, each the tightest for its
/// smallest displacement.
pub fn near(slots: &[Vec<Occurrence>], slop: u32) -> Vec<Span> {
    if slots.is_empty() || slots.iter().any(Vec::is_empty) {
        return Vec::new();
    }
    let displaced: Vec<Vec<Candidate>> = (0..)
        .zip(slots)
        .map(|(place, slot)| {
            let candidate = |occurrence: &Occurrence| Candidate {
                displacement: i64::from(occurrence.position) - place,
                occurrence: *occurrence,
            };
            slot.iter().map(candidate).collect()
        })
        .collect();
    let mut lefts: Vec<i64> = displaced.iter().flatten().map(|c| c.displacement).collect();
    lefts.sort_unstable();
    lefts.dedup();
    let mut spans = Vec::new();
    let mut windows = vec![0..0; displaced.len()];
    for left in lefts {
        for (window, slot) in windows.iter_mut().zip(&displaced) {
            let (mut start, mut end) = (window.start, window.end);
            while slot.get(start).is_some_and(|c| c.displacement < left) {
                start += 1;
            }
            while slot
                .get(end)
                .is_some_and(|c| c.displacement <= left + i64::from(slop))
            {
                end += 1;
            }
            *window = start..end.max(start);
        }
        if windows.iter().any(|window| window.is_empty()) {
            continue;
        }
        let candidates: Vec<&[Candidate]> = displaced
            .iter()
            .zip(&windows)
            .map(|(slot, window)| &slot[window.clone()])
            .collect();
        if let Some(span) = tightest(&candidates, left) {
            spans.push(span);
        }
    }
    spans.sort_unstable();
    spans.dedup();
    spans
}

#[derive(Debug, Clone, Copy)]
struct Candidate {
    displacement: i64,
    occurrence: Occurrence,
}

/// The span of an assignment of different positions to all slots in which
/// some slot's displacement is `left`, the others' as near to it as can be.
fn tightest(candidates: &[&[Candidate]], left: i64) -> Option<Span> {
    // A slot with as many positions as there are slots can always be given
    // one of its own; terms of several lengths can share a position. More
    // candidates than that change nothing.
    let enough = candidates.len() * compound::MAX_PARTS;
    let nearest = candidates.iter().filter_map(|slot| slot.first());
    let mut right = nearest.map(|candidate| candidate.displacement).max()?;
    let mut within: Vec<&[Candidate]> = Vec::with_capacity(candidates.len());
    let chosen = loop {
        within.clear();
        let mut next = None;
        for slot in candidates {
            let slot = &slot[..slot.len().min(enough)];
            let (near, far) = slot.split_at(slot.partition_point(|c| c.displacement <= right));
            within.push(near);
            let further = far.first().map(|candidate| candidate.displacement);
            next = next.into_iter().chain(further).min();
        }
        match assign(&within) {
            Some(chosen) => break chosen,
            None => right = next?,
        }
    };
    let uses_left = chosen
        .iter()
        .any(|candidate| candidate.displacement == left);
    let positions = chosen.iter().map(|c| c.occurrence.position);
    let ends = chosen
        .iter()
        .map(|c| c.occurrence.position + c.occurrence.length);
    let (start, end) = (positions.min()?, ends.max()?);
    uses_left.then_some(Span { start, end })
}

/// One candidate for each slot, no two at one position: a matching in a
/// bipartite graph by augmenting paths (Kuhn 1955).
fn assign(slots: &[&[Candidate]]) -> Option<Vec<Candidate>> {
    let mut taken: Vec<(u32, usize, Candidate)> = Vec::new(); // position, slot
    for slot in 0..slots.len() {
        let mut tried = Vec::new();
        if !place(slots, slot, &mut taken, &mut tried) {
            return None;
        }
    }
    Some(
        taken
            .into_iter()
            .map(|(_, _, candidate)| candidate)
            .collect(),
    )
}

fn place(
    slots: &[&[Candidate]],
    slot: usize,
    taken: &mut Vec<(u32, usize, Candidate)>,
    tried: &mut Vec<u32>,
) -> bool {
    for candidate in slots[slot] {
        let position = candidate.occurrence.position;
        if tried.contains(&position) {
            continue;
        }
        tried.push(position);
        match taken.iter().position(|(held, _, _)| *held == position) {
            None => {
                taken.push((position, slot, *candidate));
                return true;
            }
            Some(index) => {
                let holder = taken[index].1;
                if place(slots, holder, taken, tried) {
                    // The holder has moved; its old place is now this slot's.
                    taken[index] = (position, slot, *candidate);
                    return true;
                }
            }
        }
    }
    false
}
