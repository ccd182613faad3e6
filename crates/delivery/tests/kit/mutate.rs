//! Every way to change a delivery by one byte or one part, chosen by a number.
#![allow(
    dead_code,
    unreachable_pub,
    clippy::unwrap_used,
    reason = "shared by tests and examples, which are programs of their own"
)]

use delivery::container::{Files, pack};

/// What is done to a delivery.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mutation {
    /// One byte of the file gets another value.
    Byte,
    /// One byte is gone, stands twice, or changes its place with the next.
    ByteMissing,
    ByteRepeated,
    BytesSwapped,
    /// The file ends early or goes on.
    Cut,
    Longer,
    /// The same with whole parts, in an archive that is written well.
    PartMissing,
    PartsSwapped,
    PartFromOther,
    PartAdded,
    /// One byte of one part, in an archive that is written well: metadata are reached as often as large parts.
    ByteOfPart,
    /// A run of one archive block stands twice or is gone.
    BlockRepeated,
    BlockMissing,
}

use Mutation::*;

pub const ALL: &[Mutation] = &[
    Byte,
    ByteMissing,
    ByteRepeated,
    BytesSwapped,
    Cut,
    Longer,
    PartMissing,
    PartsSwapped,
    PartFromOther,
    PartAdded,
    ByteOfPart,
    BlockRepeated,
    BlockMissing,
];

/// A stream of numbers that is the same everywhere (SplitMix64).
pub struct Numbers(pub u64);

impl Numbers {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    pub fn below(&mut self, count: usize) -> usize {
        (self.next() % count as u64) as usize
    }
}

/// The file with one mutation, or `None` where it would change nothing.
///
/// `other` is the next delivery to the same partner, for parts that come from elsewhere.
pub fn mutate(files: &Files, other: &Files, whole: &[u8], seed: u64) -> Option<(Mutation, Vec<u8>)> {
    let mut numbers = Numbers(seed);
    let mutation = ALL[numbers.below(ALL.len())];
    let changed = match mutation {
        PartMissing | PartsSwapped | PartFromOther | PartAdded | ByteOfPart => {
            pack(&parts(mutation, files, other, &mut numbers))
        }
        _ => bytes(mutation, whole, &mut numbers),
    };
    (changed != whole).then_some((mutation, changed))
}

fn bytes(mutation: Mutation, whole: &[u8], numbers: &mut Numbers) -> Vec<u8> {
    let mut changed = whole.to_vec();
    let place = numbers.below(whole.len() - 1);
    let block = place / 512 * 512;
    match mutation {
        Byte => changed[place] ^= (numbers.below(255) + 1) as u8,
        ByteMissing => {
            changed.remove(place);
        }
        ByteRepeated => changed.insert(place, whole[place]),
        BytesSwapped => changed.swap(place, place + 1),
        Cut => changed.truncate(place),
        Longer => changed.extend(std::iter::repeat_n(numbers.below(2) as u8, numbers.below(2_000) + 1)),
        BlockRepeated => drop(changed.splice(block..block, whole[block..block + 512].to_vec())),
        BlockMissing => drop(changed.drain(block..block + 512)),
        _ => unreachable!("parts are changed elsewhere"),
    }
    changed
}

fn parts(mutation: Mutation, files: &Files, other: &Files, numbers: &mut Numbers) -> Files {
    let mut changed = files.clone();
    let names: Vec<&String> = files.keys().collect();
    let name = names[numbers.below(names.len())].clone();
    match mutation {
        PartMissing => drop(changed.remove(&name)),
        PartsSwapped => {
            let second = names[numbers.below(names.len())].clone();
            changed.insert(name.clone(), files[&second].clone());
            changed.insert(second, files[&name].clone());
        }
        PartFromOther => {
            let ending = name.split_once('.').map_or("", |(_, ending)| ending);
            let twin = other.iter().find(|(other, _)| other.ends_with(ending));
            let (twin, bytes) = twin.expect("both deliveries have the same kinds of parts");
            changed.remove(&name);
            // Under its own name, or under the one that is expected.
            let place = if numbers.below(2) == 0 { twin } else { &name };
            changed.insert(place.clone(), bytes.clone());
        }
        PartAdded => {
            let count = numbers.below(9) + 2;
            changed.insert(format!("metadata/{count}.root.json"), files[&name].clone());
        }
        ByteOfPart => {
            let bytes = changed.get_mut(&name).expect("the name is from the same files");
            let place = numbers.below(bytes.len());
            bytes[place] ^= (numbers.below(255) + 1) as u8;
        }
        _ => unreachable!("bytes are changed elsewhere"),
    }
    changed
}
