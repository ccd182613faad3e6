//! How many mutated deliveries are accepted: `cargo run --release -p delivery --example mutations -- [COUNT]`.
#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "a measurement that prints its result")]

#[path = "../tests/kit/mod.rs"]
mod kit;
#[path = "../tests/kit/mutate.rs"]
mod mutate;

use std::collections::BTreeMap;
use std::time::Instant;

use delivery::source::OneFile;
use delivery::{Refusal, Trust};
use kit::{Hoster, Issuer, Key, at, edition, published};
use mutate::mutate;

fn main() {
    let count: u64 = std::env::args().nth(1).map_or(1_000_000, |count| count.parse().unwrap());
    let mut issuer = Issuer::new(1);
    let mut north = Hoster::of(&issuer, "hoster-north");
    let first = issuer.roots.current_file().to_vec();
    let signers = [Key::new(delivery::Role::Root, 100), Key::new(delivery::Role::Root, 102)];
    issuer.rotate(&signers.each_ref(), |_| ());
    north.trust = Trust::of_root(&first, north.id.clone(), published()).unwrap();
    let release = issuer.publish(&edition(12, 10), &north, 5);
    let other = issuer.publish(&edition(13, 10), &north, 6);
    let whole = release.one_file();
    let receive = |file: &[u8]| -> Result<(), Refusal> {
        north.look(&OneFile::read(file)?, at("2026-03-02")).map(|_| ())
    };
    receive(&whole).expect("the unchanged delivery is accepted");

    let started = Instant::now();
    let (mut tried, mut accepted) = (0_u64, 0_u64);
    let mut kinds = BTreeMap::<String, u64>::new();
    let mut refusals = BTreeMap::<String, u64>::new();
    for seed in 0.. {
        if tried == count {
            break;
        }
        let Some((mutation, file)) = mutate(release.files(), other.files(), &whole, seed) else { continue };
        tried += 1;
        *kinds.entry(format!("{mutation:?}")).or_default() += 1;
        match receive(&file) {
            Ok(()) => {
                accepted += 1;
                println!("accepted: {mutation:?} with seed {seed}");
            }
            Err(refusal) => {
                let name = format!("{refusal:?}");
                *refusals.entry(name.split([' ', '(']).next().unwrap_or_default().to_owned()).or_default() +=
                    1;
            }
        }
    }

    let seconds = started.elapsed().as_secs_f64();
    println!("delivery of {} bytes, {} files", whole.len(), release.files().len());
    println!("mutations: {tried}, accepted: {accepted}, {:.0} in a second", tried as f64 / seconds);
    println!("kinds: {kinds:?}");
    println!("refused as: {refusals:?}");
}
