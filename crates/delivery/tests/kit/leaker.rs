//! Somebody who passes on a part of the list and does not copy it cleanly.
#![allow(
    dead_code,
    unreachable_pub,
    clippy::unwrap_used,
    reason = "shared by tests and examples, which are programs of their own"
)]

use delivery::PartnerId;
use delivery::mark::{Leak, Marker};
use watchlist::Edition;

#[path = "mutate.rs"]
mod mutate;
use mutate::Numbers;

pub fn partners(count: usize) -> Vec<PartnerId> {
    (0..count).map(|number| PartnerId::new(format!("partner-{number}")).unwrap()).collect()
}

pub struct Leaker<'a> {
    marker: &'a Marker,
    edition: &'a Edition,
    pub numbers: Numbers,
}

impl<'a> Leaker<'a> {
    pub fn new(marker: &'a Marker, edition: &'a Edition, seed: u64) -> Self {
        Self { marker, edition, numbers: Numbers(seed) }
    }

    /// Some entries of a partner's copy: one note in five is left out, one word in twelve is missing, and
    /// one in twelve has a wrong letter.
    pub fn leak(&mut self, partner: &PartnerId, entries: usize) -> Leak {
        let marked = self.marker.mark(&self.quarter(entries), partner);
        Leak::new(
            marked
                .entries
                .iter()
                .map(|entry| {
                    let note = entry.note.clone().unwrap_or_default();
                    let note = if self.numbers.below(5) == 0 { String::new() } else { self.retype(&note) };
                    (entry.id.clone(), note)
                })
                .collect::<Vec<_>>(),
        )
    }

    /// That many entries of the edition, chosen by chance.
    pub fn quarter(&mut self, entries: usize) -> Edition {
        let mut part = self.edition.clone();
        while part.entries.len() > entries {
            let place = self.numbers.below(part.entries.len());
            part.entries.swap_remove(place);
        }
        part
    }

    fn retype(&mut self, note: &str) -> String {
        let mut words = Vec::new();
        for word in note.split(' ') {
            match self.numbers.below(12) {
                0 => {}
                1 => words.push(self.slip(word)),
                _ => words.push(word.to_owned()),
            }
        }
        words.join(" ")
    }

    fn slip(&mut self, word: &str) -> String {
        let mut letters: Vec<char> = word.chars().collect();
        let place = self.numbers.below(letters.len());
        letters[place] = char::from(b'a' + self.numbers.below(26) as u8);
        letters.into_iter().collect()
    }
}
