//! How often a leak names its partner, and how often an innocent one:
//! `cargo run --release -p delivery --example leaks -- [LEAKS]`.
#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "a measurement that prints its result")]

#[path = "../tests/kit/mod.rs"]
mod kit;
#[path = "../tests/kit/leaker.rs"]
mod leaker;

use delivery::PartnerId;
use delivery::mark::{Language, MarkSecret, Marker, Tracer, Verdict, Wording};
use kit::edition;
use leaker::{Leaker, partners};

const PARTNERS: usize = 200;
const ENTRIES: usize = 100;

fn main() {
    let leaks: usize = std::env::args().nth(1).map_or(10_000, |count| count.parse().unwrap());
    println!("{leaks} leaks of each kind, {ENTRIES} entries, {PARTNERS} partners, damaged copies");
    for language in [Language::Dutch, Language::English] {
        for part in [25, 10, 5, 3] {
            measure(language, part, leaks);
        }
    }
}

/// Leaks by partners who are among the suspects, and as many by one who is not.
fn measure(language: Language, part: usize, leaks: usize) {
    let marker = Marker::new(&MarkSecret::from_bytes([11; 32]), Wording::shipped(language));
    let edition = edition(12, ENTRIES);
    let partners = partners(PARTNERS);
    let tracer = Tracer::new(&marker, &edition, &partners);
    let mut leaker = Leaker::new(&marker, &edition, 5);
    let (mut named, mut wrong, mut unsure, mut accused) = (0, 0, 0, 0);
    for number in 0..leaks {
        let culprit = &partners[number % PARTNERS];
        match tracer.trace(&leaker.leak(culprit, part)).verdict {
            Verdict::Named(one) if one == *culprit => named += 1,
            Verdict::Unsure => unsure += 1,
            Verdict::Named(_) | Verdict::Several(_) => wrong += 1,
        }
        let stranger = PartnerId::new(format!("stranger-{number}")).unwrap();
        if tracer.trace(&leaker.leak(&stranger, part)).verdict != Verdict::Unsure {
            accused += 1;
        }
    }
    println!(
        "{language:?}, {part} entries: named {named}, unsure {unsure}, wrong {wrong}; \
         of strangers' leaks an innocent was named in {accused}"
    );
}
