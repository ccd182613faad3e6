//! Which words of two names belong together, and how they agree.

use super::clean::{CleanName, MOST_TOKENS, Token, Word};
use super::fold::Script;
use super::sound::{self, group, vowel};
use crate::distance;
use crate::party::PartyKind;

/// How two words agree, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Agreement {
    Exact,
    /// Same number in words, digits or roman.
    Number,
    /// Two words here, one word there.
    Joined,
    /// Same sound under different transliterations.
    Sound,
    /// Same meaning or abbreviation.
    Synonym,
    /// Forms of one given name.
    Nickname,
    /// Within the edit budget of its length.
    Typo,
    /// Same consonants; vowels differ as transliterations do.
    Vowels,
    /// Similar sound, written in different scripts.
    AcrossScripts,
    /// One is the beginning of the other.
    Beginning,
    /// One is the first letter of the other.
    Initial,
}

/// Words `a` (and `a_more` following ones) of the one name agree with `b` (and `b_more`) of the other.
#[derive(Clone, Copy, Debug)]
pub struct Pair {
    pub a: u8,
    pub a_more: u8,
    pub b: u8,
    pub b_more: u8,
    /// 0..1.
    pub likeness: f32,
    pub agreement: Agreement,
}

/// The words that belong together. Each word is in at most one pair.
#[derive(Clone, Copy)]
pub struct Alignment {
    pairs: [Pair; MOST_TOKENS],
    length: u8,
    /// Bit i: word i of the name is in a pair.
    pub used_a: u32,
    pub used_b: u32,
}

const NO_PAIR: Pair = Pair { a: 0, a_more: 0, b: 0, b_more: 0, likeness: 0.0, agreement: Agreement::Initial };

impl Alignment {
    pub fn pairs(&self) -> &[Pair] {
        &self.pairs[..self.length as usize]
    }

    fn take(&mut self, pair: Pair) {
        let bits = |first: u8, more: u8| ((1u32 << (more + 1)) - 1) << first;
        let (bits_a, bits_b) = (bits(pair.a, pair.a_more), bits(pair.b, pair.b_more));
        if self.used_a & bits_a != 0 || self.used_b & bits_b != 0 || self.length as usize == MOST_TOKENS {
            return;
        }
        self.used_a |= bits_a;
        self.used_b |= bits_b;
        self.pairs[self.length as usize] = pair;
        self.length += 1;
    }
}

/// Aligns the words of two names: equal words first, then joined and split ones, then by likeness.
pub fn align(a: &CleanName, b: &CleanName) -> Alignment {
    let mut alignment = Alignment { pairs: [NO_PAIR; MOST_TOKENS], length: 0, used_a: 0, used_b: 0 };
    let persons = a.kind == PartyKind::Person && b.kind == PartyKind::Person;
    equal_words(a, b, &mut alignment);
    joined_words(a, b, &mut alignment);
    similar_words(a, b, persons, &mut alignment);
    alignment
}

fn equal_words(a: &CleanName, b: &CleanName, alignment: &mut Alignment) {
    for (i, left) in a.tokens.iter().enumerate() {
        for (j, right) in b.tokens.iter().enumerate() {
            if left.letters == right.letters && alignment.used_b & (1 << j) == 0 && left.text == right.text {
                alignment.take(Pair {
                    a: i as u8,
                    b: j as u8,
                    likeness: 1.0,
                    agreement: Agreement::Exact,
                    ..NO_PAIR
                });
                break;
            }
        }
    }
}

fn joined_words(a: &CleanName, b: &CleanName, alignment: &mut Alignment) {
    let (all_a, all_b) = ((1u32 << a.tokens.len()) - 1, (1u32 << b.tokens.len()) - 1);
    if alignment.used_a == all_a || alignment.used_b == all_b {
        return;
    }
    for i in 0..a.tokens.len().saturating_sub(1) {
        for j in 0..b.tokens.len() {
            if alignment.used_a & (3 << i) == 0 && alignment.used_b & (1 << j) == 0 && joins(a, i, b, j) {
                alignment.take(Pair {
                    a: i as u8,
                    a_more: 1,
                    b: j as u8,
                    b_more: 0,
                    likeness: 0.97,
                    agreement: Agreement::Joined,
                });
            }
        }
    }
    for j in 0..b.tokens.len().saturating_sub(1) {
        for i in 0..a.tokens.len() {
            if alignment.used_b & (3 << j) == 0 && alignment.used_a & (1 << i) == 0 && joins(b, j, a, i) {
                alignment.take(Pair {
                    a: i as u8,
                    a_more: 0,
                    b: j as u8,
                    b_more: 1,
                    likeness: 0.97,
                    agreement: Agreement::Joined,
                });
            }
        }
    }
}

/// Whether words `i` and `i + 1` of `split`, written as one, sound like word `j` of `whole`.
pub(crate) fn joins(split: &CleanName, i: usize, whole: &CleanName, j: usize) -> bool {
    let (first, second, one) = (&split.tokens[i], &split.tokens[i + 1], &whole.tokens[j]);
    let same = |first: &Word, second: &Word, one: &Word| {
        // The lengths first: they tell nearly all words apart.
        one.len() > 3
            && first.len() + second.len() == one.len()
            && one.bytes().starts_with(first.bytes())
            && one.bytes().ends_with(second.bytes())
    };
    same(&first.text, &second.text, &one.text) || same(&first.sound, &second.sound, &one.sound)
}

fn similar_words(a: &CleanName, b: &CleanName, persons: bool, alignment: &mut Alignment) {
    let left = |tokens: &[Token], used: u32| tokens.len() - used.count_ones() as usize;
    match left(&a.tokens, alignment.used_a) * left(&b.tokens, alignment.used_b) {
        0 => {}
        1..=12 => similar_among::<12>(a, b, persons, alignment),
        _ => similar_among::<{ MOST_TOKENS * 4 }>(a, b, persons, alignment),
    }
}

/// The best `MOST` pairs of words that are left: room for few where there are few costs less.
fn similar_among<const MOST: usize>(a: &CleanName, b: &CleanName, persons: bool, alignment: &mut Alignment) {
    let mut found = [(0f32, NO_PAIR); MOST];
    let mut count = 0;
    for (i, left) in a.tokens.iter().enumerate() {
        if alignment.used_a & (1 << i) != 0 {
            continue;
        }
        for (j, right) in b.tokens.iter().enumerate() {
            if alignment.used_b & (1 << j) != 0 || count == found.len() {
                continue;
            }
            if let Some((likeness, agreement)) = agree(left, right, persons) {
                // Nearer places first among equals, so that the result does not depend on chance.
                let nearness = 0.001 * (MOST_TOKENS as f32 - (i as f32 - j as f32).abs());
                found[count] = (
                    likeness * (left.weight + right.weight) + nearness,
                    Pair { a: i as u8, b: j as u8, likeness, agreement, ..NO_PAIR },
                );
                count += 1;
            }
        }
    }
    let found = &mut found[..count];
    found.sort_by(|(x, p), (y, q)| {
        y.total_cmp(x).then((p.a + p.b, p.a.abs_diff(p.b), p.a).cmp(&(q.a + q.b, q.a.abs_diff(q.b), q.a)))
    });
    for (_, pair) in found.iter() {
        alignment.take(*pair);
    }
}

/// How two different words agree, if they do.
pub fn agree(a: &Token, b: &Token, persons: bool) -> Option<(f32, Agreement)> {
    if a.text == b.text {
        return Some((1.0, Agreement::Exact));
    }
    if a.number >= 0 && b.number >= 0 {
        return (a.number == b.number).then_some((0.97, Agreement::Number));
    }
    if a.synonym != 0 && a.synonym == b.synonym {
        return Some((0.94, Agreement::Synonym));
    }
    if a.sound == b.sound && a.sound.len() > 1 {
        return Some((0.96, Agreement::Sound));
    }
    if persons && a.families.iter().any(|family| *family != u16::MAX && b.families.contains(family)) {
        return Some((0.88, Agreement::Nickname));
    }
    if a.place != 0 && a.place == b.place {
        return Some((0.85, Agreement::Synonym));
    }
    if a.text.len() == 1 || b.text.len() == 1 {
        let initial = persons && a.text.bytes().first() == b.text.bytes().first();
        return initial.then_some((0.5, Agreement::Initial));
    }
    if a.script != b.script
        && let Some(agreed) = across_scripts(a, b)
    {
        return Some(agreed);
    }
    if read_alike(a, b) {
        return Some((READ_ALIKE, Agreement::Typo));
    }
    if let Some(agreed) = typo(a, b, persons) {
        return Some(agreed);
    }
    if persons && let Some(agreed) = vowels(a, b) {
        return Some(agreed);
    }
    beginning(a, b)
}

/// How two words of different scripts agree.
fn across_scripts(a: &Token, b: &Token) -> Option<(f32, Agreement)> {
    // Without a consonant group in common order there is nothing to measure.
    let (x, y) = (a.bones.bytes(), b.bones.bytes());
    let most = 1 + x.len().max(y.len()) / 3;
    if x.len().abs_diff(y.len()) > most || distance::osa(x, y) as usize > most {
        return None;
    }
    let likeness = sound::likeness_across_scripts(a.sound.bytes(), b.sound.bytes());
    // Alphabets with vowels leave less open than scripts without.
    let least = if a.script.alphabet() && b.script.alphabet() { 0.74 } else { 0.6 };
    (likeness >= least).then_some((0.95 * likeness, Agreement::AcrossScripts))
}

/// Edits that a word of this length may have before it is another word.
///
/// Three-letter words have no budget: one change makes another word of them too often.
pub const fn edit_budget(length: usize) -> u32 {
    match length {
        0..=3 => 0,
        4..=7 => 1,
        8..=12 => 2,
        _ => 3,
    }
}

fn typo(a: &Token, b: &Token, persons: bool) -> Option<(f32, Agreement)> {
    let (shorter, longer) = order(a.text.len(), b.text.len());
    let budget = edit_budget(shorter.max(if persons { shorter } else { longer - 1 }));
    if budget == 0 || (longer - shorter) as u32 > budget + 1 {
        return None;
    }
    let too_far = |x: u64, y: u64| (x ^ y).count_ones() > 2 * budget;
    if too_far(a.letters, b.letters) && too_far(a.written_letters, b.written_letters) {
        return None;
    }
    if digits(a.text.bytes()).ne(digits(b.text.bytes())) {
        return None;
    }
    let written = distance::osa(a.text.bytes(), b.text.bytes());
    let spoken = distance::osa(a.sound.bytes(), b.sound.bytes());
    let edits = written.min(spoken);
    if edits > budget {
        return None;
    }
    // Edits that the sound does not show count half.
    let silent = written.saturating_sub(spoken) as f32 / 2.0;
    let mut likeness = 1.0 - (edits as f32 + silent.min(1.0)) / longer as f32;
    if a.text.bytes()[0] != b.text.bytes()[0] {
        likeness -= 0.05;
    }
    Some((likeness, Agreement::Typo))
}

/// Likeness of words that a machine or a person took for each other by the look of their letters.
const READ_ALIKE: f32 = 0.9;

/// Whether two words of which one mixes letters with digits look the same: `c10ud` and `cloud`.
pub(crate) fn read_alike(a: &Token, b: &Token) -> bool {
    (a.mixed || b.mixed) && a.text.len() == b.text.len() && as_read(a.text.bytes()) == as_read(b.text.bytes())
}

/// A word with every digit as the letter that it looks like, and `i` as `l`.
pub(crate) fn as_read(word: &[u8]) -> Word {
    let mut read = [0u8; Word::WIDEST];
    let length = word.len().min(read.len());
    for (to, from) in read.iter_mut().zip(word) {
        *to = match from {
            b'0' => b'o',
            b'1' | b'i' => b'l',
            b'3' => b'e',
            b'4' => b'a',
            b'5' => b's',
            b'7' => b't',
            b'8' => b'b',
            b'9' => b'g',
            other => *other,
        };
    }
    Word::new(&read[..length])
}

fn order(a: usize, b: usize) -> (usize, usize) {
    (a.min(b), a.max(b))
}

fn digits(word: &[u8]) -> impl Iterator<Item = &u8> {
    word.iter().filter(|byte| byte.is_ascii_digit())
}

/// Letters of the vowels as a set, in the numbering of [`distance::letters`].
const VOWELS: u64 = (1 << 0) | (1 << 4) | (1 << 8) | (1 << 14) | (1 << 20) | (1 << 24);

/// Words in the names of persons that differ in vowels alone.
fn vowels(a: &Token, b: &Token) -> Option<(f32, Agreement)> {
    if (a.letters ^ b.letters) & !VOWELS != 0 || a.bones.bytes() != b.bones.bytes() {
        return None;
    }
    let likeness = sound::likeness_across_scripts(a.sound.bytes(), b.sound.bytes());
    (likeness >= 0.75).then_some((0.92 * likeness, Agreement::Vowels))
}

/// The consonants of a word in sound form as digits of their groups, repeated ones once.
#[derive(Clone, Copy)]
pub(crate) struct Skeleton {
    length: u8,
    groups: [u8; Word::WIDEST],
}

impl Skeleton {
    pub(crate) fn of(sound: &[u8]) -> Self {
        let mut skeleton = Self { length: 0, groups: [0; Word::WIDEST] };
        for letter in sound.iter().filter(|letter| !vowel(**letter)) {
            let group = b'0' + group(*letter).min(9);
            if skeleton.bytes().last() != Some(&group) && (skeleton.length as usize) < skeleton.groups.len() {
                skeleton.groups[skeleton.length as usize] = group;
                skeleton.length += 1;
            }
        }
        skeleton
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        &self.groups[..self.length as usize]
    }
}

fn beginning(a: &Token, b: &Token) -> Option<(f32, Agreement)> {
    // Words that begin alike have their first three letters in common.
    if (a.text.head() ^ b.text.head()) & 0xff_ffff != 0 {
        return None;
    }
    let (short, long) = if a.text.len() < b.text.len() { (a, b) } else { (b, a) };
    let begins = short.text.len() > 2 && long.text.bytes().starts_with(short.text.bytes());
    let share = short.text.len() as f32 / long.text.len() as f32;
    let latin = a.script == Script::Latin && b.script == Script::Latin;
    (begins && latin).then_some((0.4 + 0.4 * share, Agreement::Beginning))
}
