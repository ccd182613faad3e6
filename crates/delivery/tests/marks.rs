//! The mark changes nothing but notes, and names a leaking partner or nobody.
#![allow(clippy::unwrap_used, reason = "what a test sets up must be there")]

mod kit;
#[path = "kit/leaker.rs"]
mod leaker;

use delivery::mark::{Language, Leak, MarkSecret, Marker, Tracer, Verdict, Wording};
use delivery::{ContentRoot, PartnerId, content};
use kit::edition;
use leaker::{Leaker, partners};
use proptest::prelude::*;

fn marker(seed: u8, language: Language) -> Marker {
    Marker::new(&MarkSecret::from_bytes([seed; 32]), Wording::shipped(language))
}

fn without_notes(edition: &watchlist::Edition) -> Vec<u8> {
    let mut plain = edition.clone();
    plain.entries.iter_mut().for_each(|entry| entry.note = None);
    content::bytes(&plain)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// Whatever the notes say, whoever receives: all but the notes is the same, byte for byte.
    #[test]
    fn what_has_an_effect_is_the_same_for_all_partners(
        seed in any::<u8>(),
        dutch in any::<bool>(),
        notes in proptest::collection::vec(proptest::option::of("\\PC{0,60}"), 1..12),
        ids in proptest::collection::vec("[a-z0-9-]{1,20}", 2..6),
        number in 1..1000_u32,
    ) {
        let marker = marker(seed, if dutch { Language::Dutch } else { Language::English });
        let mut plain = edition(number, notes.len());
        for (entry, note) in plain.entries.iter_mut().zip(notes) {
            entry.note = note;
        }
        for id in ids {
            let marked = marker.mark(&plain, &PartnerId::new(id).unwrap());
            prop_assert_eq!(without_notes(&marked), without_notes(&plain));
            prop_assert_eq!(ContentRoot::of(&marked), ContentRoot::of(&plain));
        }
    }

    /// Any change outside the notes changes the line that partners compare.
    #[test]
    fn an_effect_cannot_hide_from_the_content_root(entry in 0..5_usize, what in 0..7) {
        let plain = edition(12, 5);
        let mut other = plain.clone();
        let changed = &mut other.entries[entry];
        match what {
            0 => changed.names[0].text.push('x'),
            1 => changed.identifiers[1].value.push('x'),
            2 => changed.revision += 1,
            3 => changed.last_observed = Some(jiff::civil::date(2026, 2, 1)),
            4 => changed.status = watchlist::Status::Withdrawn,
            5 => changed.claims.bulletproof = Some("we ignore all abuse".to_owned()),
            _ => other.valid_until = Some(jiff::civil::date(2026, 7, 1)),
        }
        prop_assert_ne!(ContentRoot::of(&other), ContentRoot::of(&plain));
    }
}

/// 300 leaks of a quarter of 100 entries among 200 partners; the example `leaks` does 10,000 of each.
#[test]
fn the_leaking_partner_is_named_from_a_quarter_and_nobody_else() {
    for language in [Language::Dutch, Language::English] {
        let (marker, edition, partners) = (marker(3, language), edition(12, 100), partners(200));
        let tracer = Tracer::new(&marker, &edition, &partners);
        let mut leaker = Leaker::new(&marker, &edition, 7);
        for number in 0..300 {
            let culprit = &partners[number % partners.len()];

            let trace = tracer.trace(&leaker.leak(culprit, 25));

            assert_eq!(trace.verdict, Verdict::Named(culprit.clone()), "leak {number}: {trace:?}");
            assert_eq!(trace.entries, 25);
        }
    }
}

#[test]
fn somebody_elses_words_name_nobody() {
    let (marker, edition, partners) = (marker(3, Language::English), edition(12, 100), partners(200));
    let tracer = Tracer::new(&marker, &edition, &partners);
    // A partner who is not among the suspects, the issuer's own wording of another secret, and no notes at all.
    let stranger = PartnerId::new("stranger").unwrap();
    let other = self::marker(4, Language::English);
    for leak in [
        Leak::of_edition(&marker.mark(&edition, &stranger)),
        Leak::of_edition(&other.mark(&edition, &partners[3])),
        Leak::of_edition(&edition),
        Leak::default(),
    ] {
        assert_eq!(tracer.trace(&leak).verdict, Verdict::Unsure);
    }
}

#[test]
fn too_little_names_nobody() {
    let (marker, edition, partners) = (marker(3, Language::English), edition(12, 100), partners(200));
    let tracer = Tracer::new(&marker, &edition, &partners);
    let mut one = marker.mark(&edition, &partners[8]);
    one.entries.truncate(1);

    let trace = tracer.trace(&Leak::of_edition(&one));

    // One note has 17 places, at most 17 × ln 1.8 = 10.0; the threshold for 200 partners is 16.8.
    assert_eq!(trace.verdict, Verdict::Unsure);
    assert_eq!(trace.ranking[0].0, partners[8], "the right one leads, but does not pass");
}

#[test]
fn two_copies_mixed_name_both_or_nobody_else() {
    let (marker, edition, partners) = (marker(3, Language::English), edition(12, 100), partners(200));
    let tracer = Tracer::new(&marker, &edition, &partners);
    let (one, two) = (marker.mark(&edition, &partners[8]), marker.mark(&edition, &partners[9]));
    // Each note from one of the two copies.
    let mut mixed = one.clone();
    for (index, entry) in mixed.entries.iter_mut().enumerate().filter(|(index, _)| index % 2 == 0) {
        entry.note.clone_from(&two.entries[index].note);
    }

    let named = match tracer.trace(&Leak::of_edition(&mixed)).verdict {
        Verdict::Named(one) => vec![one],
        Verdict::Several(all) => all,
        Verdict::Unsure => vec![],
    };

    assert!(named.iter().all(|one| *one == partners[8] || *one == partners[9]), "{named:?}");
}

#[test]
fn a_copy_pasted_into_a_forum_is_enough() {
    let (marker, edition, partners) = (marker(3, Language::Dutch), edition(12, 100), partners(200));
    let tracer = Tracer::new(&marker, &edition, &partners);
    let marked = marker.mark(&edition, &partners[17]);
    let post: String = marked.entries[40..60]
        .iter()
        .map(|entry| format!("* {} --- {}\n\n", entry.title().to_uppercase(), entry.note.clone().unwrap()))
        .collect();

    let trace = tracer.trace(&Leak::of_text(&post, &edition));

    assert_eq!(trace.verdict, Verdict::Named(partners[17].clone()));
    assert_eq!(trace.entries, 20);
}
