//! Keys that two names must share to be a hit, and so the keys of the index.
//!
//! The score itself demands an anchor: two words that agree well, one of them among the heaviest
//! words of its name, or two names that are nearly one string. Each such agreement implies a
//! common key, so an index over the keys loses no pair above the threshold (`tests` and the
//! property test of `screening` hold this).

use super::align::{Agreement, Alignment, Skeleton, agree, align, as_read, edit_budget, joins, read_alike};
use super::clean::{CleanName, Token, Word};
use super::features::in_order;
use super::fold::Script;
use super::lexicon::USUAL;
use super::mistyped_form;
use super::slips;
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
    pub(super) const WRITTEN: u64 = 12;
    pub(super) const WHOLE_FOREIGN: u64 = 13;
    pub(super) const WHOLE_LATIN: u64 = 14;
    pub(super) const READ: u64 = 15;
    pub(super) const BEGINNING: u64 = 16;
    pub(super) const INNER: u64 = 17;
}

/// Share of a name's weight that its light words may hold together.
const LIGHT_SHARE: f32 = 0.5;

/// Letters of the first and last part of a long word.
const PART: usize = 4;

/// Words from this length on have keys for their parts.
const LONG: usize = 7;

/// The heaviest words of their names have keys for two edits, if they have so many letters: shorter ones may
/// not have two, and longer ones nearly always share a part.
const TWICE: std::ops::RangeInclusive<usize> = 8..=14;

/// Whole names have keys for one edit from [`SHORTEST_WHOLE`] to [`LONGEST_WHOLE`] letters.
const SHORTEST_WHOLE: usize = 5;
const LONGEST_WHOLE: usize = 28;

/// Bit i: word i is one of the heaviest, without which less than half of the name's weight is left.
pub(super) fn heavy(tokens: &[Token], weight: f32) -> u32 {
    let mut left = weight;
    let mut chosen = 0u32;
    while chosen == 0 || left >= LIGHT_SHARE * weight {
        let next = tokens
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
    let bits = |first: u8, more: u8| ((1u32 << (more + 1)) - 1) << first;
    let by_word = alignment.pairs().iter().any(|pair| {
        let heavy = a.heavy & bits(pair.a, pair.a_more) != 0 || b.heavy & bits(pair.b, pair.b_more) != 0;
        let (left, right) = (&a.tokens[pair.a as usize], &b.tokens[pair.b as usize]);
        let both_heavy = a.heavy & (1 << pair.a) != 0 && b.heavy & (1 << pair.b) != 0;
        (heavy && (pair.a_more + pair.b_more > 0 || found(left, right, pair.agreement)))
            || (both_heavy && pair.agreement == Agreement::Typo && two_edits(left, right))
            || (left.script != right.script && bones_meet(left, right))
    });
    by_word || nearly_one_string(a, b) || one_sound_across_scripts(a, b)
}

/// Whether the score of two names must stay below the threshold, seen without working it out: no telling word
/// of the one agrees with a telling word of the other, none is written in two words there, they are not the
/// same letters, and not every word of the shorter one is in the longer one; persons are not anchored. Cheap,
/// as most names that share a usual word share nothing else.
pub fn hopeless(a: &CleanName, b: &CleanName) -> bool {
    if both_persons(a, b) {
        return strange_persons(a, b);
    }
    a.written != b.written
        && !a.is_one_string_with(b)
        && a.sorted != b.sorted
        && !telling_words_agree(a, b)
        && !joined_words_agree(a, b)
        && !all_words_agree(a, b)
        && !mistyped_form::found(a, b)
}

/// Whether two names of persons are not anchored, as most that share a key of the index are not.
pub fn strange_persons(a: &CleanName, b: &CleanName) -> bool {
    both_persons(a, b) && aligned(a, b, |a, b, alignment| !anchored(a, b, alignment))
}

fn both_persons(a: &CleanName, b: &CleanName) -> bool {
    a.kind == PartyKind::Person && b.kind == PartyKind::Person
}

/// What `told` says of two names with words and of how they are aligned, in the order in which they are scored.
fn aligned(a: &CleanName, b: &CleanName, told: impl Fn(&CleanName, &CleanName, &Alignment) -> bool) -> bool {
    if a.tokens.is_empty() || b.tokens.is_empty() {
        return false;
    }
    let (a, b) = in_order(a, b);
    told(a, b, &align(a, b))
}

/// Whether each of at least two words of the shorter name agrees with a word of the longer one.
fn all_words_agree(a: &CleanName, b: &CleanName) -> bool {
    let (fewer, more) = if a.tokens.len() <= b.tokens.len() { (a, b) } else { (b, a) };
    let one = |word: &Token| more.tokens.iter().any(|other| agree(word, other, false).is_some());
    // Of two equally long names either may have a word that stands in the other one twice.
    let other = |word: &Token| fewer.tokens.iter().any(|one| agree(word, one, false).is_some());
    fewer.tokens.len() > 1
        && (fewer.tokens.iter().all(one)
            || (fewer.tokens.len() == more.tokens.len() && more.tokens.iter().all(other)))
}

fn telling_words_agree(a: &CleanName, b: &CleanName) -> bool {
    let telling = |token: &&Token| token.weight >= USUAL;
    let mut left = a.tokens.iter().filter(telling);
    left.any(|left| b.tokens.iter().filter(telling).any(|right| agree(left, right, false).is_some()))
}

fn joined_words_agree(a: &CleanName, b: &CleanName) -> bool {
    let one_way = |split: &CleanName, whole: &CleanName| {
        (1..split.tokens.len()).any(|i| (0..whole.tokens.len()).any(|j| joins(split, i - 1, whole, j)))
    };
    one_way(a, b) || one_way(b, a)
}

fn found(a: &Token, b: &Token, agreement: Agreement) -> bool {
    match agreement {
        Agreement::Exact
        | Agreement::Number
        | Agreement::Joined
        | Agreement::Sound
        | Agreement::Synonym
        | Agreement::Nickname => true,
        Agreement::Typo => one_edit(a, b) || shared_part(a, b) || read_alike(a, b),
        Agreement::Vowels => a.bones.bytes().len() > 1 && a.bones.bytes() == b.bones.bytes(),
        Agreement::AcrossScripts => bones_meet(a, b),
        Agreement::Beginning => a.text.len().min(b.text.len()) >= PART,
        Agreement::Initial => false,
    }
}

/// Whether two words have nearly the same consonants. Names in another script are few, so that any
/// such word anchors two of them.
fn bones_meet(a: &Token, b: &Token) -> bool {
    let (x, y) = (a.bones.bytes(), b.bones.bytes());
    let shorter = x.len().min(y.len());
    (shorter > 1 && x == y) || (shorter > 2 && distance::one_edit(x, y))
}

fn one_edit(a: &Token, b: &Token) -> bool {
    let near = |x: &[u8], y: &[u8]| x.len().min(y.len()) > 3 && distance::one_edit(x, y);
    near(a.text.bytes(), b.text.bytes()) || near(a.sound.bytes(), b.sound.bytes())
}

/// Whether two long words are two edits apart, each of which fingers make: `khatibani` is not `khalidani`. Only the
/// heaviest words have keys for that, as they are many.
fn two_edits(a: &Token, b: &Token) -> bool {
    let (x, y) = (a.text.bytes(), b.text.bytes());
    TWICE.contains(&x.len())
        && TWICE.contains(&y.len())
        && distance::osa(x, y) <= 2
        && slips::cost(x, y) <= 2 * slips::LEFT_OUT
}

fn shared_part(a: &Token, b: &Token) -> bool {
    let (x, y) = (a.sound.bytes(), b.sound.bytes());
    x.len() >= LONG
        && y.len() >= LONG
        && (x[..PART] == y[..PART]
            || x[x.len() - PART..] == y[y.len() - PART..]
            || inner_parts(x).any(|left| inner_parts(y).any(|right| left == right)))
}

/// Parts of a very long word that stand within it, one letter to the left and to the right too: it may have edits
/// at both ends. None of a shorter word.
fn inner_parts(word: &[u8]) -> impl Iterator<Item = &[u8]> {
    let starts = if word.len() > *TWICE.end() { PART - 1..PART + 2 } else { 0..0 };
    let from_start = starts.clone().map(|start| &word[start..start + PART]);
    from_start.chain(starts.map(|end| &word[word.len() - end - PART..word.len() - end]))
}

fn nearly_one_string(a: &CleanName, b: &CleanName) -> bool {
    let (x, y) = (whole(a), whole(b));
    x == y
        || a.written == b.written
        || a.is_one_string_with(b)
        || written_as_one(a, b)
        || (x.len().min(y.len()) >= SHORTEST_WHOLE
            && x.len().max(y.len()) <= LONGEST_WHOLE
            && distance::one_edit(x, y))
}

fn whole(name: &CleanName) -> &[u8] {
    &name.joined_sound
}

/// Whether the letters of both names are the same in order, or with the last word of one put first:
/// a name written without blanks, surname first or last.
fn written_as_one(a: &CleanName, b: &CleanName) -> bool {
    a.joined.len() == b.joined.len()
        && (a.joined == b.joined || is_turned(a, &b.joined) || is_turned(b, &a.joined))
}

/// Whether `letters` are those of the name with its last word first.
fn is_turned(name: &CleanName, letters: &[u8]) -> bool {
    let Some(last) = name.tokens.last().filter(|_| name.tokens.len() > 1) else { return false };
    let start = name.joined.len() - last.text.len();
    letters.starts_with(last.text.bytes()) && letters.ends_with(&name.joined[..start])
}

/// Whether the consonants of two names in different scripts are nearly the same, in either order of
/// given name and surname. Scripts without blanks have no words to compare.
fn one_sound_across_scripts(a: &CleanName, b: &CleanName) -> bool {
    if a.script == b.script {
        return false;
    }
    let near = |x: &Skeleton, y: &Skeleton| {
        let (x, y) = (x.bytes(), y.bytes());
        let shorter = x.len().min(y.len());
        shorter >= SHORTEST_BONES && (x == y || (shorter > SHORTEST_BONES && distance::one_edit(x, y)))
    };
    let (left, right) = (bones_of_name(a), bones_of_name(b));
    left.iter().any(|x| right.iter().any(|y| near(x, y)))
}

/// Fewer consonants than these are in too many names.
const SHORTEST_BONES: usize = 2;

/// The consonants of a whole name as it stands, and with its last word first.
fn bones_of_name(name: &CleanName) -> [Skeleton; 2] {
    let straight = Skeleton::of(&name.joined_sound);
    let Some(last) = name.tokens.last().filter(|_| name.tokens.len() > 1) else {
        return [straight, straight];
    };
    let mut turned = [0u8; 2 * Word::WIDEST];
    let length = last.sound.len();
    turned[..length].copy_from_slice(last.sound.bytes());
    let before = &name.joined_sound[..name.joined_sound.len() - length];
    let fits = before.len().min(turned.len() - length);
    turned[length..length + fits].copy_from_slice(&before[..fits]);
    [straight, Skeleton::of(&turned[..length + fits])]
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
    let heavy = name.heavy;
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
    written_keys(name, &mut keep);
    sound_keys_of_name(name, purpose, &mut keep);
    let whole = whole(name);
    keep(Key { hash: hash(space::WHOLE, whole), heavy: true });
    if (SHORTEST_WHOLE..=LONGEST_WHOLE).contains(&whole.len()) {
        one_letter_less(space::WHOLE, whole, |key| keep(Key { hash: key, heavy: true }));
    }
}

/// The key of the letters of all `words` in a row.
pub(super) fn of_written<'a>(words: impl Iterator<Item = &'a [u8]>) -> u64 {
    let mut letters = [0u8; 4 * Word::WIDEST];
    let mut length = 0;
    for word in words {
        let fits = word.len().min(letters.len() - length);
        letters[length..length + fits].copy_from_slice(&word[..fits]);
        length += fits;
    }
    hash(space::WRITTEN, &letters[..length])
}

fn written_keys(name: &CleanName, keep: &mut impl FnMut(Key)) {
    keep(Key { hash: name.written, heavy: true });
    let mut put = |letters: &[u8]| keep(Key { hash: hash(space::WRITTEN, letters), heavy: true });
    put(&name.joined);
    if let Some(short) = &name.joined_short {
        put(short);
    }
    if let Some(last) = name.tokens.last().filter(|_| name.tokens.len() > 1) {
        let mut turned = Vec::with_capacity(name.joined.len());
        turned.extend_from_slice(last.text.bytes());
        turned.extend_from_slice(&name.joined[..name.joined.len() - last.text.len()]);
        put(&turned);
    }
}

fn sound_keys_of_name(name: &CleanName, purpose: Use, keep: &mut impl FnMut(Key)) {
    let latin = name.script == Script::Latin;
    for bones in bones_of_name(name) {
        let bones = bones.bytes();
        if bones.len() < SHORTEST_BONES {
            continue;
        }
        let mut put = |space: u64| {
            keep(Key { hash: hash(space, bones), heavy: true });
            if bones.len() > SHORTEST_BONES {
                one_letter_less(space, bones, |fewer| keep(Key { hash: fewer, heavy: true }));
            }
        };
        match purpose {
            Use::Store => put(if latin { space::WHOLE_LATIN } else { space::WHOLE_FOREIGN }),
            Use::LookUp => {
                put(space::WHOLE_FOREIGN);
                if !latin {
                    put(space::WHOLE_LATIN);
                }
            }
        }
    }
}

fn word_keys(token: &Token, person: bool, purpose: Use, heavy: bool, keep: &mut impl FnMut(Key)) {
    let mut put = |key: u64| keep(Key { hash: key, heavy });
    let (text, sound) = (token.text.bytes(), token.sound.bytes());
    put(hash(space::WORD, text));
    if edit_budget(text.len() + 1) > 0 {
        one_letter_less(space::WORD, text, &mut put);
    }
    if heavy && TWICE.contains(&text.len()) {
        two_letters_less(space::WORD, text, &mut put);
    }
    if sound != text {
        put(hash(space::WORD, sound));
        if edit_budget(sound.len() + 1) > 0 {
            one_letter_less(space::WORD, sound, &mut put);
        }
    }
    put(hash(space::READ, as_read(text).bytes()));
    if text.len() >= PART && token.script == Script::Latin {
        put(hash(space::BEGINNING, &text[..PART]));
    }
    if token.number >= 0 {
        put(hash(space::NUMBER, &token.number.to_le_bytes()));
    }
    if token.synonym != 0 {
        put(hash(space::SYNONYM, &token.synonym.to_le_bytes()));
    }
    if token.place != 0 {
        put(hash(space::PLACE, &token.place.to_le_bytes()));
    }
    for family in token.families.iter().filter(|family| **family != u16::MAX) {
        put(hash(space::FAMILY, &family.to_le_bytes()));
    }
    if sound.len() >= LONG {
        put(hash(space::FIRST, &sound[..PART]));
        put(hash(space::LAST, &sound[sound.len() - PART..]));
        inner_parts(sound).for_each(|part| put(hash(space::INNER, part)));
    }
    let bones = token.bones.bytes();
    if bones.len() < 2 {
        return;
    }
    // Persons meet persons by their consonants.
    if person {
        put(hash(space::SKELETON, bones));
    }
    // Words of different scripts meet by nearly the same consonants; Latin words do not meet each other here.
    let mut put_near = |space: u64| {
        keep(Key { hash: hash(space, bones), heavy: true });
        if bones.len() > 2 {
            one_letter_less(space, bones, |fewer| keep(Key { hash: fewer, heavy: true }));
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

/// Hands over the hash of `word` with each of its letters left out.
///
/// Nearly all words fit into 16 bytes, where leaving out a letter is a shift.
fn one_letter_less(space: u64, word: &[u8], mut keep: impl FnMut(u64)) {
    let length = word.len().min(64);
    let skips = |place: &usize| *place == 0 || word[*place] != word[*place - 1];
    if length <= 16 {
        let packed = packed(word);
        for skipped in (0..length).filter(skips) {
            let before = (1u128 << (8 * skipped)) - 1;
            keep(hash_packed(space, (packed & before) | ((packed >> 8) & !before), length - 1));
        }
        return;
    }
    let mut shorter = [0u8; 64];
    shorter[..length - 1].copy_from_slice(&word[1..length]);
    for skipped in 0..length {
        if skipped > 0 {
            shorter[skipped - 1] = word[skipped - 1];
        }
        if skips(&skipped) {
            keep(hash(space, &shorter[..length - 1]));
        }
    }
}

/// Hands over the hash of `word`, of at most 16 letters, with each two of its letters left out.
fn two_letters_less(space: u64, word: &[u8], mut keep: impl FnMut(u64)) {
    let without = |letters: u128, place: usize| {
        let before = (1u128 << (8 * place)) - 1;
        (letters & before) | ((letters >> 8) & !before)
    };
    let whole = packed(word);
    for first in 1..word.len() {
        let shorter = without(whole, first);
        for second in 0..first {
            keep(hash_packed(space, without(shorter, second), word.len() - 2));
        }
    }
}

fn packed(word: &[u8]) -> u128 {
    let mut bytes = [0u8; 16];
    bytes[..word.len()].copy_from_slice(word);
    u128::from_le_bytes(bytes)
}

/// [`hash`] of a word of at most 16 bytes.
fn hash_packed(space: u64, word: u128, length: usize) -> u64 {
    let mut state = start(space, length);
    if length > 0 {
        state = step(state, word as u64);
    }
    if length > 8 {
        state = step(state, (word >> 64) as u64);
    }
    state ^ (state >> 29)
}

fn hash(space: u64, bytes: &[u8]) -> u64 {
    if bytes.len() <= 16 {
        return hash_packed(space, packed(bytes), bytes.len());
    }
    let mut state = start(space, bytes.len());
    for chunk in bytes.chunks(8) {
        let mut word = [0u8; 8];
        word[..chunk.len()].copy_from_slice(chunk);
        state = step(state, u64::from_le_bytes(word));
    }
    state ^ (state >> 29)
}

const fn start(space: u64, length: usize) -> u64 {
    space.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ length as u64
}

const fn step(state: u64, word: u64) -> u64 {
    let state = (state.rotate_left(23) ^ word).wrapping_mul(0xff51_afd7_ed55_8ccd);
    state ^ (state >> 32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::names::{Buffers, clean, model};
    use crate::party::NameRole;
    use proptest::prelude::*;

    const WORDS: &[&str] = &[
        "cloud",
        "clouds",
        "host",
        "hosting",
        "group",
        "media",
        "solutions",
        "amsterdam",
        "bank",
        "tech",
        "technologies",
        "44",
        "forty",
        "four",
        "de",
        "nordwind",
        "nordwinde",
        "nord",
        "wind",
        "orchard",
        "jan",
        "pieter",
        "peter",
        "облако",
        "нордвинд",
        "ltd",
        "x",
        "cloudhosting",
        "hostcloud",
        "groupe",
        "mediagroup",
    ];

    fn name() -> impl Strategy<Value = (String, PartyKind)> {
        let kind = prop::sample::select(vec![PartyKind::Organisation, PartyKind::Person, PartyKind::Unknown]);
        (prop::collection::vec(prop::sample::select(WORDS), 1..5).prop_map(|words| words.join(" ")), kind)
    }

    fn cleaned((text, kind): &(String, PartyKind)) -> CleanName {
        clean(text, *kind, NameRole::Own, 0, &mut Buffers::default())
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 3_000, ..ProptestConfig::default() })]

        #[test]
        fn what_is_hopeless_stays_below_the_threshold(a in name(), b in name()) {
            let (a, b) = (cleaned(&a), cleaned(&b));
            if hopeless(&a, &b) {
                let score = model::score(&a, &b);
                prop_assert!(score.is_none_or(|score| score.log_odds <= model::UNANCHORED));
            }
        }

        /// The words are written out one by one and hashed as every other.
        #[test]
        fn leaving_out_a_letter_gives_the_key_of_the_shorter_word(word in "[a-c]{1,40}") {
            let mut keys = Vec::new();
            one_letter_less(space::WORD, word.as_bytes(), |key| keys.push(key));
            let mut expected = Vec::new();
            for place in 0..word.len() {
                if place > 0 && word.as_bytes()[place] == word.as_bytes()[place - 1] {
                    continue;
                }
                let shorter = [&word[..place], &word[place + 1..]].concat();
                expected.push(hash(space::WORD, shorter.as_bytes()));
            }
            prop_assert_eq!(keys, expected);
        }
    }
}
