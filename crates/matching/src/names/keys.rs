//! Keys that two names must share to be a hit, and so the keys of the index.
//!
//! The score itself demands an anchor: two words that agree well, one of them among the heaviest
//! words of its name, or two names that are nearly one string. Each such agreement implies a
//! common key, so an index over the keys loses no pair above the threshold (`tests` and the
//! property test of `screening` hold this).

use super::align::{Agreement, Alignment, Skeleton, edit_budget};
use super::clean::{CleanName, Token, Word};
use super::fold::Script;
use crate::distance;
use crate::party::PartyKind;

/// A key, and whether it comes from one of the heaviest words of its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    pub hash: u64,
    pub heavy: bool,
}

/// Kinds of keys; they never meet across kinds.
mod space {
    pub(super) const WORD: u64 = 1;
    pub(super) const NUMBER: u64 = 2;
    pub(super) const SYNONYM: u64 = 3;
    pub(super) const PLACE: u64 = 4;
    pub(super) const FAMILY: u64 = 5;
    pub(super) const FIRST: u64 = 6;
    pub(super) const LAST: u64 = 7;
    pub(super) const SKELETON: u64 = 8;
    pub(super) const WHOLE: u64 = 9;
    pub(super) const FOREIGN: u64 = 10;
    pub(super) const LATIN: u64 = 11;
}

/// Share of a name's weight that its light words may hold together.
const LIGHT_SHARE: f32 = 0.5;

/// Letters of the first and last part of a long word.
const PART: usize = 4;

/// Words from this length on have keys for their parts.
const LONG: usize = 7;

/// Whole names have keys for one edit from [`SHORTEST_WHOLE`] to [`LONGEST_WHOLE`] letters.
const SHORTEST_WHOLE: usize = 5;
const LONGEST_WHOLE: usize = 28;

/// Bit i: word i is one of the heaviest, without which less than half of the name's weight is left.
pub fn heavy(name: &CleanName) -> u32 {
    let mut left = name.weight;
    let mut chosen = 0u32;
    while chosen == 0 || left >= LIGHT_SHARE * name.weight {
        let next = name
            .tokens
            .iter()
            .enumerate()
            .filter(|(place, _)| chosen & (1 << place) == 0)
            .max_by(|(i, x), (j, y)| x.weight.total_cmp(&y.weight).then(j.cmp(i)));
        let Some((place, token)) = next else { break };
        chosen |= 1 << place;
        left -= token.weight;
    }
    chosen
}

/// Whether two names share something that the index finds.
pub fn anchored(a: &CleanName, b: &CleanName, alignment: &Alignment) -> bool {
    let (heavy_a, heavy_b) = (heavy(a), heavy(b));
    let bits = |first: u8, more: u8| ((1u32 << (more + 1)) - 1) << first;
    let by_word = alignment.pairs().iter().any(|pair| {
        let heavy = heavy_a & bits(pair.a, pair.a_more) != 0 || heavy_b & bits(pair.b, pair.b_more) != 0;
        heavy
            && (pair.a_more + pair.b_more > 0
                || found(&a.tokens[pair.a as usize], &b.tokens[pair.b as usize], pair.agreement))
    });
    by_word || nearly_one_string(a, b)
}

fn found(a: &Token, b: &Token, agreement: Agreement) -> bool {
    match agreement {
        Agreement::Exact
        | Agreement::Number
        | Agreement::Joined
        | Agreement::Sound
        | Agreement::Synonym
        | Agreement::Nickname => true,
        Agreement::Typo => one_edit(a, b) || shared_part(a, b),
        Agreement::Vowels => {
            let (x, y) = (Skeleton::of(a.sound.bytes()), Skeleton::of(b.sound.bytes()));
            x.bytes().len() > 1 && x.bytes() == y.bytes()
        }
        Agreement::AcrossScripts => {
            let (x, y) = (Skeleton::of(a.sound.bytes()), Skeleton::of(b.sound.bytes()));
            let shorter = x.bytes().len().min(y.bytes().len());
            (shorter > 1 && x.bytes() == y.bytes())
                || (shorter > 2 && distance::osa(x.bytes(), y.bytes()) < 2)
        }
        Agreement::Beginning | Agreement::Initial => false,
    }
}

fn one_edit(a: &Token, b: &Token) -> bool {
    let near = |x: &[u8], y: &[u8]| x.len().min(y.len()) > 3 && distance::osa(x, y) < 2;
    near(a.text.bytes(), b.text.bytes()) || near(a.sound.bytes(), b.sound.bytes())
}

fn shared_part(a: &Token, b: &Token) -> bool {
    let (x, y) = (a.sound.bytes(), b.sound.bytes());
    x.len() >= LONG
        && y.len() >= LONG
        && (x[..PART] == y[..PART] || x[x.len() - PART..] == y[y.len() - PART..])
}

fn nearly_one_string(a: &CleanName, b: &CleanName) -> bool {
    let (x, y) = (whole(a), whole(b));
    x == y
        || (x.len().min(y.len()) >= SHORTEST_WHOLE
            && x.len().max(y.len()) <= LONGEST_WHOLE
            && distance::osa(x, y) < 2)
}

fn whole(name: &CleanName) -> &[u8] {
    &name.joined_sound
}

/// Which side of the index keys are for: some are only put in, some only looked up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    Store,
    LookUp,
}

/// Hands every key of a name to `keep`. The same key may come twice.
pub fn keys(name: &CleanName, purpose: Use, mut keep: impl FnMut(Key)) {
    if name.tokens.is_empty() {
        return;
    }
    let heavy = heavy(name);
    for (place, token) in name.tokens.iter().enumerate() {
        word_keys(token, name.kind == PartyKind::Person, purpose, heavy & (1 << place) != 0, &mut keep);
    }
    for (place, pair) in name.tokens.windows(2).enumerate() {
        let heavy = heavy & (0b11 << place) != 0;
        let mut joined = [0u8; 2 * Word::WIDEST];
        for (first, second) in [(pair[0].text, pair[1].text), (pair[0].sound, pair[1].sound)] {
            let length = first.len() + second.len();
            joined[..first.len()].copy_from_slice(first.bytes());
            joined[first.len()..length].copy_from_slice(second.bytes());
            keep(Key { hash: hash(space::WORD, &joined[..length]), heavy });
        }
    }
    let whole = whole(name);
    keep(Key { hash: hash(space::WHOLE, whole), heavy: true });
    if (SHORTEST_WHOLE..=LONGEST_WHOLE).contains(&whole.len()) {
        one_letter_less(whole, |shorter| keep(Key { hash: hash(space::WHOLE, shorter), heavy: true }));
    }
}

fn word_keys(token: &Token, person: bool, purpose: Use, heavy: bool, keep: &mut impl FnMut(Key)) {
    let mut put = |space: u64, bytes: &[u8]| keep(Key { hash: hash(space, bytes), heavy });
    let (text, sound) = (token.text.bytes(), token.sound.bytes());
    put(space::WORD, text);
    if edit_budget(text.len() + 1) > 0 {
        one_letter_less(text, |shorter| put(space::WORD, shorter));
    }
    if sound != text {
        put(space::WORD, sound);
        if edit_budget(sound.len() + 1) > 0 {
            one_letter_less(sound, |shorter| put(space::WORD, shorter));
        }
    }
    if token.number >= 0 {
        put(space::NUMBER, &token.number.to_le_bytes());
    }
    if token.synonym != 0 {
        put(space::SYNONYM, &token.synonym.to_le_bytes());
    }
    if token.place != 0 {
        put(space::PLACE, &token.place.to_le_bytes());
    }
    for family in token.families.iter().filter(|family| **family != u16::MAX) {
        put(space::FAMILY, &family.to_le_bytes());
    }
    if sound.len() >= LONG {
        put(space::FIRST, &sound[..PART]);
        put(space::LAST, &sound[sound.len() - PART..]);
    }
    let skeleton = Skeleton::of(sound);
    let bones = skeleton.bytes();
    if bones.len() < 2 {
        return;
    }
    // Persons meet persons by their consonants.
    if person {
        put(space::SKELETON, bones);
    }
    // Words of different scripts meet by nearly the same consonants; Latin words do not meet each other here.
    let mut put_near = |space: u64| {
        put(space, bones);
        if bones.len() > 2 {
            one_letter_less(bones, |fewer| put(space, fewer));
        }
    };
    let latin = token.script == Script::Latin;
    match purpose {
        Use::Store => put_near(if latin { space::LATIN } else { space::FOREIGN }),
        Use::LookUp => {
            put_near(space::FOREIGN);
            if !latin {
                put_near(space::LATIN);
            }
        }
    }
}

fn one_letter_less(word: &[u8], mut keep: impl FnMut(&[u8])) {
    let mut shorter = [0u8; 64];
    let length = word.len().min(64);
    for skipped in 0..length {
        if skipped > 0 && word[skipped] == word[skipped - 1] {
            continue;
        }
        shorter[..skipped].copy_from_slice(&word[..skipped]);
        shorter[skipped..length - 1].copy_from_slice(&word[skipped + 1..length]);
        keep(&shorter[..length - 1]);
    }
}

fn hash(space: u64, bytes: &[u8]) -> u64 {
    let mut state = space.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ bytes.len() as u64;
    for chunk in bytes.chunks(8) {
        let mut word = [0u8; 8];
        word[..chunk.len()].copy_from_slice(chunk);
        state = (state.rotate_left(23) ^ u64::from_le_bytes(word)).wrapping_mul(0xff51_afd7_ed55_8ccd);
        state ^= state >> 32;
    }
    state ^ (state >> 29)
}
