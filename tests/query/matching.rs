//! The two rules of phrases against the definitions they implement.

use cables::query::matching::{Occurrence, Span, near, phrase};
use proptest::collection::btree_set;
use proptest::prelude::*;

/// Every choice of one occurrence a slot.
fn choices(slots: &[Vec<Occurrence>]) -> Vec<Vec<Occurrence>> {
    slots.iter().fold(vec![Vec::new()], |chosen, slot| {
        let longer = |before: &Vec<Occurrence>| {
            let before = before.clone();
            slot.iter().map(move |next| {
                let mut all = before.clone();
                all.push(*next);
                all
            })
        };
        chosen.iter().flat_map(longer).collect()
    })
}

fn span(choice: &[Occurrence]) -> Span {
    Span {
        start: choice.iter().map(|o| o.position).min().unwrap_or(0),
        end: choice
            .iter()
            .map(|o| o.position + o.length)
            .max()
            .unwrap_or(0),
    }
}

/// The smallest and the largest displacement of a choice.
fn displacements(choice: &[Occurrence]) -> (i64, i64) {
    let each = (0..)
        .zip(choice)
        .map(|(place, o)| i64::from(o.position) - place);
    (each.clone().min().unwrap_or(0), each.max().unwrap_or(0))
}

fn are_near(choice: &[Occurrence], slop: u32) -> bool {
    let mut positions: Vec<u32> = choice.iter().map(|o| o.position).collect();
    positions.sort_unstable();
    positions.dedup();
    let (smallest, largest) = displacements(choice);
    positions.len() == choice.len() && largest - smallest <= i64::from(slop)
}

fn follow(choice: &[Occurrence]) -> bool {
    choice
        .windows(2)
        .all(|two| two[0].position + two[0].length == two[1].position)
}

/// Slots with few positions, so that words collide; some are compounds.
fn slots(most: usize) -> impl Strategy<Value = Vec<Vec<Occurrence>>> {
    let slot = btree_set(
        (
            0u32..12,
            prop_oneof![4 => Just(1u32), 1 => Just(2), 1 => Just(3)],
        ),
        0..6,
    );
    let slot = slot.prop_map(|set| {
        let occurrence = |(position, length)| Occurrence { position, length };
        set.into_iter().map(occurrence).collect::<Vec<_>>()
    });
    let repeat = any::<bool>();
    (prop::collection::vec(slot, 1..=most), repeat).prop_map(|(mut slots, repeat)| {
        if repeat {
            let first = slots[0].clone();
            *slots.last_mut().expect("a slot") = first;
        }
        slots
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(700) })]

    #[test]
    fn words_follow_one_another(slots in slots(4)) {
        let mut wanted: Vec<Span> =
            choices(&slots).iter().filter(|choice| follow(choice)).map(|choice| span(choice)).collect();
        wanted.sort_unstable();
        wanted.dedup();
        prop_assert_eq!(phrase(&slots), wanted);
    }

    #[test]
    fn words_are_near_by_the_rule_of_lucene(slots in slots(4), slop in 0u32..7) {
        let all = choices(&slots);
        let wanted: Vec<&Vec<Occurrence>> =
            all.iter().filter(|choice| are_near(choice, slop)).collect();
        let found = near(&slots, slop);
        prop_assert_eq!(found.is_empty(), wanted.is_empty());
        for span_found in &found {
            prop_assert!(wanted.iter().any(|choice| span(choice) == *span_found));
        }
        prop_assert!(found.windows(2).all(|two| two[0] < two[1]));
        // The tightest choice of all is found for its smallest displacement.
        let width = |choice: &&&Vec<Occurrence>| {
            let (smallest, largest) = displacements(choice);
            largest - smallest
        };
        if let Some(tightest) = wanted.iter().min_by_key(width) {
            let as_tight = wanted.iter().filter(|choice| width(choice) == width(&tightest));
            prop_assert!(as_tight.map(|choice| span(choice)).any(|span| found.contains(&span)));
        }
    }

    /// Each text that is a hit for one slop is a hit for every larger one.
    #[test]
    fn more_slop_finds_no_less(slots in slots(4), slop in 0u32..6) {
        let (tight, loose) = (near(&slots, slop), near(&slots, slop + 1));
        prop_assert!(tight.is_empty() || !loose.is_empty());
    }
}

fn words(text: &str, wanted: &str) -> Vec<Vec<Occurrence>> {
    let of = |word: &str| {
        let here = (0..)
            .zip(text.split(' '))
            .filter(|(_, other)| *other == word);
        here.map(|(position, _)| Occurrence {
            position,
            length: 1,
        })
        .collect()
    };
    wanted.split(' ').map(of).collect()
}

#[track_caller]
fn is_near(text: &str, wanted: &str, slop: u32) -> bool {
    !near(&words(text, wanted), slop).is_empty()
}

#[test]
fn what_tantivy_gets_wrong() {
    // Three words: an exchange costs 2.
    assert!(!is_near("a c b", "a b c", 1));
    assert!(is_near("a c b", "a b c", 2));
    // Four words.
    assert!(is_near("a e b c b d", "a b c d", 2));
    // One word does not stand for two.
    assert!(!is_near("a", "a a", 1));
    assert!(is_near("a b a", "a a", 1));
    assert!(!is_near("a b b a", "a a", 1));
}

/// A word of half the text, thousands of times, must not take time in
/// proportion to the product of anything.
#[test]
fn many_occurrences_take_time_in_proportion() {
    let every = |step: u32, from: u32| -> Vec<Occurrence> {
        let at = |index| Occurrence {
            position: index * step + from,
            length: 1,
        };
        (0..50_000).map(at).collect()
    };
    let start = std::time::Instant::now();
    let slots = [every(200, 0), every(200, 1), every(200, 150), every(200, 0)];
    assert!(near(&slots, 127).is_empty());
    let slots = [every(1, 0), every(1, 0), every(1, 0), every(140, 0)];
    assert!(!near(&slots, 127).is_empty());
    let slots = [every(2, 0), every(2, 1), every(2, 0)];
    assert!(!near(&slots, 127).is_empty());
    assert!(!phrase(&[every(2, 0), every(2, 1)]).is_empty());
    assert!(start.elapsed().as_secs() < 5, "{:?}", start.elapsed());
}
