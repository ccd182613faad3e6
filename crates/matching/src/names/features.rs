//! The features of two names: everything that the score of a pair of names is made of.
//!
//! One table for organisations and persons; the two kinds have models of their own (`model.rs`).
//! `quality features` writes these values for the labelled sets, `quality/fit.py` fits the models.
//! Every feature is the same whichever of the two names comes first.

use super::align::{Agreement, Alignment, Pair};
use super::clean::{CleanName, Token};
use super::fold::Script;
use super::lexicon::{USUAL, WordClass};
use super::slips;
use super::sound;
use crate::distance;
use crate::party::PartyKind;

/// How many features a pair of names has.
pub const COUNT: usize = 61;

/// Room for the values, so much that a place in it needs no check where the trees are walked.
pub const ROOM: usize = 64;
const _: () = assert!(COUNT <= ROOM);

/// Values of the features, in the order of [`NAMES`]; what is beyond them is 0.
pub type Values = [f32; ROOM];

/// Names of the features, as `quality/fit.py` and the files of the models know them.
pub const NAMES: [&str; COUNT] = [
    "covered_less",
    "covered_more",
    "told",
    "told_best",
    "told_second",
    "best_length",
    "best_known",
    "core_length",
    "core_edits",
    "told_exactly",
    "unequal_share",
    "worst_likeness",
    "other_words_both",
    "other_words_heaviest",
    "other_words_less",
    "other_words_more",
    "other_words_known",
    "other_words_alike",
    "own_word",
    "conflicts",
    "other_words_count",
    "number_differs",
    "number_on_one_side",
    "place_differs",
    "place_on_one_side",
    "branch_differs",
    "usual_differs_one_side",
    "legal_form",
    "letters",
    "edits_spoken",
    "edits_told",
    "same_start",
    "same_end",
    "shorter",
    "longer",
    "words_less",
    "words_more",
    "pairs",
    "turned",
    "same_words",
    "same_joined",
    "first_word",
    "last_word",
    "first_weight",
    "last_weight",
    "surname_differs",
    "acronym",
    "nickname",
    "initial",
    "beginning",
    "typos",
    "typos_of_known_words",
    "slips",
    "slips_of_name",
    "begins",
    "before_form",
    "own_words",
    "best_as_person",
    "person_word",
    "scripts",
    "across_scripts_likeness",
];

/// The place of a feature in [`NAMES`]; a name that is none does not compile.
pub(crate) const fn at(name: &str) -> usize {
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
pub(super) struct Compared {
    pub(super) alignment: Alignment,
    pub(super) values: Values,
}

/// The two names in the one order in which they are compared, so that both orders give the same.
pub(super) fn in_order<'a>(a: &'a CleanName, b: &'a CleanName) -> (&'a CleanName, &'a CleanName) {
    let order = |name: &'a CleanName| (name.joined.as_slice(), name.tokens.len());
    if order(a) <= order(b) { (a, b) } else { (b, a) }
}

/// Compares two names with at least one word each, in the order of [`in_order`], whose words were aligned.
pub(super) fn compare(a: &CleanName, b: &CleanName, alignment: Alignment) -> Compared {
    let mut values = [0.0; ROOM];
    agreement(a, b, &alignment, &mut values);
    rest(a, b, &alignment, &mut values);
    put!(values, "legal_form", legal_forms(a, b));
    let spoken = letters(a, b, &mut values);
    shape(a, b, &alignment, &mut values);
    ends(a, b, &alignment, &mut values);
    scripts(a, b, spoken, &mut values);
    Compared { alignment, values }
}

fn weight_of(tokens: &[Token], first: u8, more: u8) -> f32 {
    tokens[first as usize..=(first + more) as usize].iter().map(|token| token.weight).sum()
}

const fn flag(on: bool) -> f32 {
    if on { 1.0 } else { 0.0 }
}

/// What the pairs of words tell together.
#[derive(Default)]
struct Told {
    in_a: f32,
    in_b: f32,
    best: f32,
    second: f32,
    best_length: f32,
    best_known: f32,
    best_as_person: f32,
    core_length: f32,
    core_edits: f32,
    exactly: f32,
    unequal: f32,
    worst: f32,
    person_word: f32,
    nicknames: f32,
    initials: f32,
    beginnings: f32,
    typos: f32,
    typos_of_known: f32,
    slips: f32,
}

impl Told {
    fn add(&mut self, a: &CleanName, b: &CleanName, pair: &Pair) {
        let (left, right) =
            (weight_of(&a.tokens, pair.a, pair.a_more), weight_of(&b.tokens, pair.b, pair.b_more));
        let (less, more) = (left.min(right), left.max(right));
        self.in_a += left * pair.likeness;
        self.in_b += right * pair.likeness;
        let told = less * pair.likeness;
        if told > self.best {
            self.second = self.best;
            self.best = told;
            let (x, y) = (&a.tokens[pair.a as usize], &b.tokens[pair.b as usize]);
            self.best_length = x.text.len().min(y.text.len()) as f32;
            self.best_known = flag(x.known) + flag(y.known);
            self.best_as_person = x.person_weight.min(y.person_weight);
            (self.core_length, self.core_edits) = core(x, y, pair);
            let names = |name: &CleanName, place: u8| name.tokens[place as usize].given_name;
            self.person_word = flag(names(a, pair.a)) + flag(names(b, pair.b));
        } else {
            self.second = self.second.max(told);
        }
        if matches!(pair.agreement, Agreement::Exact | Agreement::Joined | Agreement::Number) {
            self.exactly += less;
        } else {
            self.unequal += less;
            if more > 0.4 {
                self.worst = self.worst.max(1.0 - pair.likeness);
            }
        }
        self.count(a, b, pair, more);
    }

    fn count(&mut self, a: &CleanName, b: &CleanName, pair: &Pair, weight: f32) {
        match pair.agreement {
            Agreement::Nickname => self.nicknames += 1.0,
            Agreement::Initial => self.initials += 1.0,
            Agreement::Beginning => self.beginnings += weight,
            Agreement::Typo | Agreement::Vowels => {
                self.typos += 1.0;
                let (x, y) = (&a.tokens[pair.a as usize].text, &b.tokens[pair.b as usize].text);
                self.slips += f32::from(slips::cost(x.bytes(), y.bytes()));
                // A word that the corpora know is seldom a mistyped other one.
                let known = flag(a.tokens[pair.a as usize].known) + flag(b.tokens[pair.b as usize].known);
                self.typos_of_known += known * weight;
            }
            _ => {}
        }
    }
}

/// Letters of what two words have besides a usual word that both begin or end with, and the edits
/// between them: `mixinfo` and `mininfo` differ in one of three letters.
fn core(a: &Token, b: &Token, pair: &Pair) -> (f32, f32) {
    let (x, y) = if a.affix() == b.affix() { (a.core(), b.core()) } else { (a.text.bytes(), b.text.bytes()) };
    let edits = if pair.a_more + pair.b_more > 0 || x == y { 0 } else { distance::osa(x, y) };
    (x.len().min(y.len()) as f32, (edits as f32).min(MOST_EDITS))
}

fn agreement(a: &CleanName, b: &CleanName, alignment: &Alignment, values: &mut Values) {
    let mut told = Told::default();
    alignment.pairs().iter().for_each(|pair| told.add(a, b, pair));
    let (share_a, share_b) = (told.in_a / a.weight.max(0.05), told.in_b / b.weight.max(0.05));
    put!(values, "covered_less", share_a.min(share_b).min(1.0));
    put!(values, "covered_more", share_a.max(share_b).min(1.0));
    put!(values, "told", told.in_a.min(told.in_b));
    put!(values, "told_best", told.best);
    put!(values, "told_second", told.second);
    put!(values, "best_length", told.best_length);
    put!(values, "best_known", told.best_known);
    put!(values, "best_as_person", told.best_as_person);
    put!(values, "core_length", told.core_length);
    put!(values, "core_edits", told.core_edits);
    put!(values, "told_exactly", told.exactly);
    put!(values, "unequal_share", told.unequal / a.weight.min(b.weight).max(0.2));
    put!(values, "worst_likeness", told.worst);
    put!(values, "person_word", told.person_word);
    put!(values, "nickname", told.nicknames);
    put!(values, "initial", told.initials);
    put!(values, "beginning", told.beginnings);
    put!(values, "typos", told.typos);
    put!(values, "typos_of_known_words", told.typos_of_known);
    put!(values, "slips", told.slips);
    put!(values, "pairs", alignment.pairs().len() as f32);
    put!(values, "turned", flag(turned(alignment)));
}

/// Whether two pairs of words stand in another order in the one name than in the other.
fn turned(alignment: &Alignment) -> bool {
    let pairs = alignment.pairs();
    pairs.iter().any(|first| pairs.iter().any(|second| first.a < second.a && first.b > second.b))
}

/// The words that found no partner.
#[derive(Default)]
struct Rest<'a> {
    heaviest: Option<&'a Token>,
    own: f32,
    own_words: f32,
    sum: f32,
    count: f32,
    number: bool,
    place: bool,
    branch: bool,
    usual: bool,
}

impl Rest<'_> {
    fn weight(&self) -> f32 {
        self.heaviest.map_or(0.0, |token| token.weight)
    }
}

/// Shorter words that found no partner are mistyped legal forms as often as words of the name's own.
const SHORTEST_OWN: usize = 4;

fn rest_of(tokens: &[Token], used: u32) -> Rest<'_> {
    let mut rest = Rest::default();
    for (place, token) in tokens.iter().enumerate() {
        if used & (1 << place) != 0 || token.class == WordClass::Stop {
            continue;
        }
        if rest.heaviest.is_none_or(|heaviest| token.weight > heaviest.weight) {
            rest.heaviest = Some(token);
        }
        rest.sum += token.weight;
        rest.count += 1.0;
        rest.number |= token.number >= 0;
        rest.place |= token.place != 0;
        rest.branch |= matches!(token.class, WordClass::Branch | WordClass::OrganisationType);
        rest.usual |= matches!(token.class, WordClass::Business | WordClass::Hosting);
        if token.class == WordClass::Ordinary
            && token.place == 0
            && token.number < 0
            && token.text.len() >= SHORTEST_OWN
        {
            rest.own = rest.own.max(token.weight);
            rest.own_words += 1.0;
        }
    }
    rest
}

fn rest(a: &CleanName, b: &CleanName, alignment: &Alignment, values: &mut Values) {
    let (a, b) = (rest_of(&a.tokens, alignment.used_a), rest_of(&b.tokens, alignment.used_b));
    put!(values, "other_words_both", a.weight().min(b.weight()));
    put!(values, "other_words_heaviest", a.weight().max(b.weight()));
    put!(values, "other_words_less", a.sum.min(b.sum).min(3.0));
    put!(values, "other_words_more", a.sum.max(b.sum).min(4.0));
    let known = |rest: &Rest<'_>| flag(rest.heaviest.is_some_and(|token| token.known));
    put!(values, "other_words_known", known(&a) + known(&b));
    if let (Some(left), Some(right)) = (a.heaviest, b.heaviest) {
        put!(values, "other_words_alike", distance::ratio(left.sound.bytes(), right.sound.bytes()));
    }
    put!(values, "own_word", a.own.max(b.own));
    put!(values, "own_words", a.own_words.max(b.own_words).min(4.0));
    put!(values, "conflicts", a.count.min(b.count).min(3.0));
    put!(values, "other_words_count", a.count.max(b.count).min(6.0));
    put!(values, "number_differs", flag(a.number && b.number));
    put!(values, "number_on_one_side", flag(a.number != b.number));
    put!(values, "place_differs", flag(a.place && b.place));
    put!(values, "place_on_one_side", flag(a.place != b.place));
    put!(values, "branch_differs", flag((a.branch && (b.branch || b.usual)) || (a.usual && b.branch)));
    put!(values, "usual_differs_one_side", flag((a.usual || a.branch) != (b.usual || b.branch)));
}

/// 1 the same, 0.5 no form on either side or one that translates the other, 0 on one side only,
/// -0.5 another form of the same class, -1 of another class.
fn legal_forms(a: &CleanName, b: &CleanName) -> f32 {
    match (a.legal_form, b.legal_form) {
        (Some(left), Some(right)) if left.code == right.code => 1.0,
        // "LLC" is what an OOO, a BV or a GmbH is called in English.
        (Some(left), Some(right)) if left.class == right.class && (left.english || right.english) => 0.5,
        (Some(left), Some(right)) if left.class == right.class => -0.5,
        (Some(_), Some(_)) => -1.0,
        (None, None) => 0.5,
        _ => 0.0,
    }
}

/// Edits beyond this many are all the same: other names.
const MOST_EDITS: f32 = 16.0;

/// Names with more edits than these were not mistyped.
const MOST_SLIPS: u32 = 3;

/// Stands for the slips of names that were not mistyped.
const FAR: f32 = 99.0;

/// Returns how alike the names sound.
fn letters(a: &CleanName, b: &CleanName, values: &mut Values) -> f32 {
    let (x, y) = (&a.joined_sound, &b.joined_sound);
    let sounds = distance::both(x, y);
    put!(values, "letters", distance::ratio(&a.joined, &b.joined).max(sounds.ratio));
    put!(values, "edits_spoken", (sounds.edits as f32).min(MOST_EDITS));
    put!(values, "edits_told", edits_told(a, b));
    let near = sounds.edits <= MOST_SLIPS;
    put!(values, "slips_of_name", if near { f32::from(slips::cost(&a.joined, &b.joined)) } else { FAR });
    let same = a.is_one_string_with(b) || (x == y && x.len() > 4);
    put!(values, "same_joined", flag(same));
    put!(values, "same_start", sounds.same_start.min(12) as f32);
    put!(values, "same_end", sounds.same_end.min(12) as f32);
    put!(values, "shorter", a.joined.len().min(b.joined.len()).min(40) as f32);
    put!(values, "longer", a.joined.len().max(b.joined.len()).min(40) as f32);
    sounds.ratio
}

/// Edits between what is left of both names without their usual words; -1 where one is all usual.
fn edits_told(a: &CleanName, b: &CleanName) -> f32 {
    let (mut left, mut right) = ([0u8; 64], [0u8; 64]);
    let (x, y) = (telling_letters(a, &mut left), telling_letters(b, &mut right));
    if x == 0 || y == 0 {
        return -1.0;
    }
    (distance::osa(&left[..x], &right[..y]) as f32).min(MOST_EDITS)
}

/// Writes the sounds of the telling words of a name to `out`; returns how many letters.
fn telling_letters(name: &CleanName, out: &mut [u8; 64]) -> usize {
    let mut length = 0;
    for token in name.tokens.iter().filter(|token| token.weight >= USUAL) {
        let sound = token.sound.bytes();
        let fits = sound.len().min(out.len() - length);
        out[length..length + fits].copy_from_slice(&sound[..fits]);
        length += fits;
    }
    length
}

fn shape(a: &CleanName, b: &CleanName, alignment: &Alignment, values: &mut Values) {
    let all = |used: u32, tokens: &[Token]| used.count_ones() as usize == tokens.len();
    let same_words = all(alignment.used_a, &a.tokens)
        && all(alignment.used_b, &b.tokens)
        && alignment.pairs().iter().all(|pair| pair.likeness > 0.93);
    put!(values, "same_words", flag(same_words));
    let (fewer, more) = (a.tokens.len().min(b.tokens.len()), a.tokens.len().max(b.tokens.len()));
    put!(values, "words_less", fewer.min(6) as f32);
    put!(values, "words_more", more.min(8) as f32);
    put!(values, "acronym", flag(acronym(a, b) || acronym(b, a)));
    put!(values, "begins", begins(&a.joined, &b.joined));
    let (used_a, used_b) = (alignment.used_a, alignment.used_b);
    put!(values, "before_form", flag(before_form(a, used_a, b, used_b) || before_form(b, used_b, a, used_a)));
}

/// Letters of the shorter name where the longer one begins with it, as names do that a field cut off; else 0.
fn begins(a: &[u8], b: &[u8]) -> f32 {
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    if short.len() < long.len() && long.starts_with(short) { short.len().min(40) as f32 } else { 0.0 }
}

/// Whether exactly the words of `name` that stand before a legal form within it are the other name, and what
/// stands behind has less of a name: `Nordwind GmbH Hosting` is `Nordwind GmbH` and a word that somebody added.
fn before_form(name: &CleanName, used: u32, other: &CleanName, used_of_other: u32) -> bool {
    let (before, behind) = name.tokens.split_at(usize::from(name.before_form).min(name.tokens.len()));
    let own = |token: &&Token| token.class == WordClass::Ordinary && token.place == 0;
    !before.is_empty()
        && used == (1 << before.len()) - 1
        && used_of_other.count_ones() as usize == other.tokens.len()
        && before.iter().map(|token| token.weight).sum::<f32>()
            > behind.iter().filter(own).map(|token| token.weight).sum()
}

/// What the first and the last words of both names say: the surname of a person, the brand of a firm.
fn ends(a: &CleanName, b: &CleanName, alignment: &Alignment, values: &mut Values) {
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
    put!(values, "surname_differs", flag(differs));
    put!(values, "first_word", likeness_of(0, 0));
    put!(values, "last_word", likeness_of(last_a, last_b));
    put!(values, "first_weight", a.tokens[0].weight.min(b.tokens[0].weight));
    put!(values, "last_weight", a.tokens[last_a].weight.min(b.tokens[last_b].weight));
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

fn scripts(a: &CleanName, b: &CleanName, spoken: f32, values: &mut Values) {
    put!(values, "scripts", which_scripts(a.script, b.script));
    let likeness = if a.script == b.script {
        1.0
    } else if a.script.alphabet() && b.script.alphabet() {
        spoken
    } else {
        across_scripts(a, b)
    };
    put!(values, "across_scripts_likeness", likeness);
}

/// 0 for one script; else a number for the script that leaves more open.
fn which_scripts(a: Script, b: Script) -> f32 {
    let openness = |script: Script| match script {
        Script::Latin => 0u8,
        Script::Greek => 1,
        Script::Cyrillic => 2,
        Script::Kana => 3,
        Script::Hangul => 4,
        Script::Han => 5,
        Script::Abjad => 6,
        Script::Other => 7,
    };
    if a == b { 0.0 } else { f32::from(openness(a).max(openness(b))) }
}

fn across_scripts(a: &CleanName, b: &CleanName) -> f32 {
    let likeness = sound::likeness_across_scripts(&a.joined_sound, &b.joined_sound);
    let east_asian = |script: Script| matches!(script, Script::Han | Script::Hangul | Script::Kana);
    if a.kind == PartyKind::Person && east_asian(a.script) != east_asian(b.script) {
        likeness.max(family_name_first(a, b))
    } else {
        likeness
    }
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
