//! How long publishing and receiving take: `cargo run --release -p delivery --example pace -- [ENTRIES] [PARTNERS]`.
#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "a measurement that prints its result")]

#[path = "../tests/kit/mod.rs"]
mod kit;

use std::time::{Duration, Instant};

use delivery::publish::{Addressee, Release};
use kit::{Hoster, Issuer, addressee, at, edition, enclosure};

fn main() {
    let number = |place, usual| std::env::args().nth(place).map_or(usual, |text| text.parse().unwrap());
    let (entries, partners): (usize, usize) = (number(1, 1_000), number(2, 200));
    let issuer = Issuer::new(1);
    let edition = edition(12, entries);
    let hosters: Vec<Hoster> =
        (0..partners).map(|number| Hoster::of(&issuer, &format!("hoster-{number}"))).collect();
    let to = || -> Vec<Addressee> { hosters.iter().map(|one| addressee(one, 1)).collect() };

    let (publish, releases) = median(5, || issuer.publish_to(&edition, to()));
    println!("publish {entries} entries to {partners} partners: {publish:?}");

    // As large as a letter of two pages and a workbook are, and the same bytes for all.
    let letters = [enclosure("letter-nl.pdf", &[1; 60_000]), enclosure("list.xlsx", &[2; 150_000])];
    let with_letters = || {
        let mut to = to();
        to.iter_mut().for_each(|one| one.enclosures = letters.to_vec());
        issuer.publish_to(&edition, to)
    };
    println!("the same with 210 kB of enclosures each: {:?}", median(3, with_letters).0);

    let (pack, file) = median(9, || releases[0].one_file());
    println!("one delivery as one file of {} kB: {pack:?}", file.len() / 1_000);
    let receive = || {
        let source = delivery::source::OneFile::read(&file).unwrap();
        hosters[0].look(&source, at("2026-03-02")).unwrap()
    };
    println!("receive and verify {entries} entries: {:?}", median(9, receive).0);
    show_sizes(&releases[0]);
}

fn median<T>(times: usize, mut what: impl FnMut() -> T) -> (Duration, T) {
    let mut taken = Vec::new();
    let mut last = None;
    for _ in 0..times {
        let started = Instant::now();
        last = Some(what());
        taken.push(started.elapsed());
    }
    taken.sort_unstable();
    (taken[times / 2], last.unwrap())
}

fn show_sizes(release: &Release) {
    for (name, bytes) in release.files() {
        let short = name.rsplit_once('/').map_or(name.as_str(), |(_, file)| file);
        println!(
            "  {:>9} bytes  {}",
            bytes.len(),
            short.get(short.len().saturating_sub(32)..).unwrap_or(short)
        );
    }
}
