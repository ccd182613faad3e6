//! The features of two names: everything that the score of a pair of names is made of.
//!
//! One table for organisations and persons; the two kinds have weights of their own (`model.rs`).
//! `quality features` writes these values for the labelled sets, `quality/fit.py` fits the weights.

use super::align::{Agreement, Alignment, align};
use super::clean::{CleanName, Token};
use super::fold::Script;
use super::lexicon::WordClass;
use super::sound;
use crate::distance;
use crate::party::PartyKind;

/// How many features a pair of names has.
pub const COUNT: usize = 49;

/// Values of the features, in the order of [`NAMES`].
pub type Values = [f32; COUNT];

/// Names of the features, as `quality/fit.py` and the weights file know them.
pub const NAMES: [&str; COUNT] = [
    "bias",
    "covered_less",
    "covered_less_over_60",
    "covered_less_over_80",
    "covered_less_over_95",
    "covered_more",
    "covered_more_over_80",
    "covered_more_over_95",
    "told",
    "other_words_both",
    "other_words_less",
    "other_words_more",
    "number_differs",
    "number_on_one_side",
    "place_differs",
    "place_on_one_side",
    "legal_form_same",
    "legal_form_differs",
    "legal_form_on_one_side",
    "letters",
    "letters_over_70",
    "letters_over_85",
    "letters_sorted",
    "same_words",
    "same_joined",
    "unequal_share",
    "worst_likeness",
    "first_word",
    "last_word",
    "one_word_of_many",
    "acronym",
    "across_scripts",
    "across_scripts_likeness",
    "across_scripts_over_70",
    "only_usual_words",
    "more_words",
    "nickname",
    "initial",
    "beginning",
    "conflicts",
    "branch_differs",
    "usual_differs_one_side",
    "typos",
    "short_name",
    "across_alphabets",
    "across_alphabets_likeness",
    "surname_differs",
    "typos_between_known_words",
    "typos_of_known_words",
];

const fn at(name: &str) -> usize {
    let mut place = 0;
    while place < COUNT {
        if same(NAMES[place].as_bytes(), name.as_bytes()) {
            return place;
        }
        place += 1;
    }
    panic!("no such feature")
}

const fn same(a: &[u8], b: &[u8]) -> bool {
    if a.len() != b.len() {
        return false;
    }
    let mut place = 0;
    while place < a.len() {
        if a[place] != b[place] {
            return false;
        }
        place += 1;
    }
    true
}

macro_rules! put {
    ($values:ident, $name:literal, $value:expr) => {{
        const PLACE: usize = at($name);
        $values[PLACE] = $value;
    }};
}

/// What was seen when two names were compared.
pub struct Compared {
    pub alignment: Alignment,
    pub values: Values,
}

/// Compares two names with at least one word each.
pub fn compare(a: &CleanName, b: &CleanName) -> Compared {
    let alignment = align(a, b);
    let mut values = [0.0; COUNT];
    put!(values, "bias", 1.0);
    coverage(a, b, &alignment, &mut values);
    rest(a, b, &alignment, &mut values);
    legal_forms(a, b, &mut values);
    letters(a, b, &mut values);
    shape(a, b, &alignment, &mut values);
    scripts(a, b, &mut values);
    Compared { alignment, values }
}

const fn over(value: f32, from: f32) -> f32 {
    if value > from { (value - from) / (1.0 - from) } else { 0.0 }
}

fn weight_of(tokens: &[Token], first: u8, more: u8) -> f32 {
    tokens[first as usize..=(first + more) as usize].iter().map(|token| token.weight).sum()
}

fn coverage(a: &CleanName, b: &CleanName, alignment: &Alignment, values: &mut Values) {
    let (mut in_a, mut in_b, mut unequal, mut worst, mut usual) = (0.0, 0.0, 0.0, 1.0f32, 0.0f32);
    let (mut nicknames, mut initials, mut beginnings, mut typos) = (0.0, 0.0, 0.0, 0.0);
    let (mut known_both, mut known_one) = (0.0, 0.0);
    for pair in alignment.pairs() {
        let (left, right) =
            (weight_of(&a.tokens, pair.a, pair.a_more), weight_of(&b.tokens, pair.b, pair.b_more));
        in_a += left * pair.likeness;
        in_b += right * pair.likeness;
        let weight = left.max(right);
        if !matches!(pair.agreement, Agreement::Exact | Agreement::Joined | Agreement::Number) {
            unequal += left.min(right);
            if weight > 0.4 {
                worst = worst.min(pair.likeness);
            }
        }
        usual = usual.max(left.min(right));
        match pair.agreement {
            Agreement::Nickname => nicknames += 1.0,
            Agreement::Initial => initials += 1.0,
            Agreement::Beginning => beginnings += weight,
            Agreement::Typo | Agreement::Vowels => {
                typos += 1.0;
                // A word that the corpora know is seldom a mistyped other one.
                let known = (a.tokens[pair.a as usize].known, b.tokens[pair.b as usize].known);
                known_both += f32::from(u8::from(known.0 && known.1)) * weight;
                known_one += f32::from(u8::from(known.0 != known.1)) * weight;
            }
            _ => {}
        }
    }
    let share_a = in_a / a.weight.max(0.05);
    let share_b = in_b / b.weight.max(0.05);
    let (less, more) = (share_a.min(share_b).min(1.0), share_a.max(share_b).min(1.0));
    put!(values, "covered_less", less);
    put!(values, "covered_less_over_60", over(less, 0.6));
    put!(values, "covered_less_over_80", over(less, 0.8));
    put!(values, "covered_less_over_95", over(less, 0.95));
    put!(values, "covered_more", more);
    put!(values, "covered_more_over_80", over(more, 0.8));
    put!(values, "covered_more_over_95", over(more, 0.95));
    put!(values, "told", (1.0 + in_a.min(in_b)).ln());
    put!(values, "unequal_share", unequal / a.weight.min(b.weight).max(0.2));
    put!(values, "worst_likeness", 1.0 - worst);
    put!(values, "only_usual_words", if usual < 0.45 { 1.0 - usual / 0.45 } else { 0.0 });
    put!(values, "nickname", nicknames);
    put!(values, "initial", initials);
    put!(values, "beginning", beginnings);
    put!(values, "typos", typos);
    put!(values, "typos_between_known_words", known_both);
    put!(values, "typos_of_known_words", known_one);
}

/// The words that found no partner.
#[derive(Default)]
struct Rest {
    heaviest: f32,
    sum: f32,
    count: f32,
    number: bool,
    place: bool,
    branch: bool,
    usual: bool,
}

fn rest_of(tokens: &[Token], used: u32) -> Rest {
    let mut rest = Rest::default();
    for (place, token) in tokens.iter().enumerate() {
        if used & (1 << place) != 0 || token.class == WordClass::Stop {
            continue;
        }
        rest.heaviest = rest.heaviest.max(token.weight);
        rest.sum += token.weight;
        rest.count += 1.0;
        rest.number |= token.number >= 0;
        rest.place |= token.place != 0;
        rest.branch |= matches!(token.class, WordClass::Branch | WordClass::OrganisationType);
        rest.usual |= matches!(token.class, WordClass::Business | WordClass::Hosting);
    }
    rest
}

fn rest(a: &CleanName, b: &CleanName, alignment: &Alignment, values: &mut Values) {
    let (a, b) = (rest_of(&a.tokens, alignment.used_a), rest_of(&b.tokens, alignment.used_b));
    let flag = |on: bool| if on { 1.0 } else { 0.0 };
    put!(values, "other_words_both", a.heaviest.min(b.heaviest));
    put!(values, "other_words_less", a.sum.min(b.sum).min(3.0));
    put!(values, "other_words_more", a.sum.max(b.sum).min(4.0));
    put!(values, "number_differs", flag(a.number && b.number));
    put!(values, "number_on_one_side", flag(a.number != b.number));
    put!(values, "place_differs", flag(a.place && b.place));
    put!(values, "place_on_one_side", flag(a.place != b.place));
    put!(values, "branch_differs", flag((a.branch && (b.branch || b.usual)) || (a.usual && b.branch)));
    put!(values, "usual_differs_one_side", flag((a.usual || a.branch) != (b.usual || b.branch)));
    put!(values, "conflicts", a.count.min(b.count).min(3.0));
}

fn legal_forms(a: &CleanName, b: &CleanName, values: &mut Values) {
    match (a.legal_form, b.legal_form) {
        (Some(left), Some(right)) if left.code == right.code => put!(values, "legal_form_same", 1.0),
        // "LLC" is what an OOO, a BV or a GmbH is called in English.
        (Some(left), Some(right)) if left.class == right.class && (left.english || right.english) => {}
        (Some(left), Some(right)) if left.class == right.class => put!(values, "legal_form_differs", 0.5),
        (Some(_), Some(_)) => put!(values, "legal_form_differs", 1.0),
        (None, None) => {}
        _ => put!(values, "legal_form_on_one_side", 1.0),
    }
}

fn letters(a: &CleanName, b: &CleanName, values: &mut Values) {
    let written = distance::ratio(&a.joined, &b.joined);
    let spoken = distance::ratio(&a.joined_sound, &b.joined_sound);
    let likeness = written.max(spoken);
    put!(values, "letters", likeness);
    put!(values, "letters_over_70", over(likeness, 0.7));
    put!(values, "letters_over_85", over(likeness, 0.85));
    put!(values, "letters_sorted", distance::ratio(&a.sorted, &b.sorted));
    let same = a.joined == b.joined || (a.joined_sound == b.joined_sound && a.joined_sound.len() > 4);
    put!(values, "same_joined", if same { 1.0 } else { 0.0 });
    let shorter = a.joined.len().min(b.joined.len()) as f32;
    put!(values, "short_name", over(1.0 - shorter / 12.0, 0.0));
}

fn shape(a: &CleanName, b: &CleanName, alignment: &Alignment, values: &mut Values) {
    let likeness_of = |i: usize, j: usize| {
        alignment
            .pairs()
            .iter()
            .find(|pair| {
                (pair.a as usize..=(pair.a + pair.a_more) as usize).contains(&i)
                    && (pair.b as usize..=(pair.b + pair.b_more) as usize).contains(&j)
            })
            .map_or(0.0, |pair| pair.likeness)
    };
    let (last_a, last_b) = (a.tokens.len() - 1, b.tokens.len() - 1);
    // The surname stands last (or first, where family names come first); that neither end has a
    // partner means that only given names agree.
    let end_used = |used: u32, last: usize| used & (1 << last) != 0 && (last == 0 || used & 1 != 0);
    let differs = !end_used(alignment.used_a, last_a) && !end_used(alignment.used_b, last_b);
    put!(values, "surname_differs", if differs { 1.0 } else { 0.0 });
    put!(values, "first_word", likeness_of(0, 0));
    put!(values, "last_word", likeness_of(last_a, last_b));
    let all = |used: u32, tokens: &[Token]| used.count_ones() as usize == tokens.len();
    let same_words = all(alignment.used_a, &a.tokens)
        && all(alignment.used_b, &b.tokens)
        && alignment.pairs().iter().all(|pair| pair.likeness > 0.93);
    put!(values, "same_words", if same_words { 1.0 } else { 0.0 });
    let (fewer, more) = (a.tokens.len().min(b.tokens.len()), a.tokens.len().max(b.tokens.len()));
    put!(values, "one_word_of_many", if fewer == 1 && more > 1 { 1.0 } else { 0.0 });
    put!(values, "more_words", ((more - fewer) as f32 / 4.0).min(1.5));
    put!(values, "acronym", if acronym(a, b) || acronym(b, a) { 1.0 } else { 0.0 });
}

/// Whether the single word of `short` is made of the first letters of `long`.
fn acronym(short: &CleanName, long: &CleanName) -> bool {
    let [one] = short.tokens.as_slice() else { return false };
    if long.tokens.len() < 3 || one.text.len() < 3 {
        return false;
    }
    let first = |token: &Token| token.text.bytes().first().copied().unwrap_or(0);
    let all = long.tokens.iter().map(first);
    let without_stops = long.tokens.iter().filter(|token| token.class != WordClass::Stop).map(first);
    all.eq(one.text.bytes().iter().copied()) || without_stops.eq(one.text.bytes().iter().copied())
}

fn scripts(a: &CleanName, b: &CleanName, values: &mut Values) {
    if a.script == b.script {
        return;
    }
    if a.script.alphabet() && b.script.alphabet() {
        put!(values, "across_alphabets", 1.0);
        put!(values, "across_alphabets_likeness", distance::ratio(&a.joined_sound, &b.joined_sound));
        return;
    }
    let likeness = sound::likeness_across_scripts(&a.joined_sound, &b.joined_sound);
    let turned = if a.kind == PartyKind::Person
        && matches!(a.script, Script::Han | Script::Hangul | Script::Kana)
            != matches!(b.script, Script::Han | Script::Hangul | Script::Kana)
    {
        family_name_first(a, b)
    } else {
        0.0
    };
    let likeness = likeness.max(turned);
    put!(values, "across_scripts", 1.0);
    put!(values, "across_scripts_likeness", likeness);
    put!(values, "across_scripts_over_70", over(likeness, 0.7));
}

/// East Asian names put the family name first: compares with the last word moved to the front.
fn family_name_first(a: &CleanName, b: &CleanName) -> f32 {
    let turned = |name: &CleanName| {
        let mut sound = Vec::with_capacity(name.joined_sound.len());
        if let Some((last, before)) = name.tokens.split_last() {
            sound.extend_from_slice(last.sound.bytes());
            before.iter().for_each(|token| sound.extend_from_slice(token.sound.bytes()));
        }
        sound
    };
    let (latin, other) = if a.script == Script::Latin { (a, b) } else { (b, a) };
    sound::likeness_across_scripts(&turned(latin), &other.joined_sound)
}
