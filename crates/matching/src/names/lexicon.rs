//! What is known of words: how rare they are, what they mean, what they are short for.
//!
//! Everything comes from the data files in `data/names`, each with its origin and licence at the top.
//! The files are folded the same way as names, so that they can be written as people write.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::clean::Word;
use super::fold::{self, Scratch};
use super::sound;
use crate::distance;

/// What a word is in a name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum WordClass {
    #[default]
    Ordinary,
    /// What many hosters call themselves: host, cloud, server ...
    Hosting,
    /// What many firms call themselves: group, holding, trading ...
    Business,
    /// What a firm does: bakkerij, transport, advocaten ...
    Branch,
    /// Kind of organisation: bank, university, ministry ...
    OrganisationType,
    /// Articles, prepositions, "and".
    Stop,
}

/// Words lighter than this are usual: host, cloud, group, bakery, Amsterdam. They never carry a hit.
pub(super) const USUAL: f32 = 0.45;

/// What the files say of one folded word.
#[derive(Clone, Copy, Debug)]
pub struct WordFacts {
    pub class: WordClass,
    /// 0..1, how much it tells in the name of an organisation.
    pub organisation_weight: f32,
    /// 0..1, how much it tells in the name of a person.
    pub person_weight: f32,
    /// Group of words that mean the same; 0 for none.
    pub synonym: u32,
    /// Place or country; 0 for none.
    pub place: u16,
    /// Value of a number word, roman or ordinal number; -1 for none.
    pub number: i32,
    pub given_name: bool,
}

impl WordFacts {
    /// Whether the word, as a part of a longer one, says nothing of whose it is: `host`, `net`, `info`.
    pub(crate) fn is_usual_in_compounds(&self) -> bool {
        matches!(self.class, WordClass::Hosting | WordClass::Business) && self.organisation_weight < USUAL
    }
}

/// Class of a legal form: forms of different classes or codes speak against.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LegalForm {
    /// Canonical code, as a number: equal for equivalent forms.
    pub code: u16,
    pub class: u8,
    /// The English way to write a limited company: used for the forms of all countries in translation.
    pub english: bool,
    /// Also a usual word: counts as a legal form only at its place in the name.
    pub ambiguous: bool,
    pub at_start: bool,
    pub at_end: bool,
}

pub struct Lexicon {
    words: FxHashMap<Box<[u8]>, WordFacts>,
    legal_forms: FxHashMap<Box<str>, LegalForm>,
    /// Long words that are a legal form at the end of a name, as they sound: `lymited`, `kompany`.
    spoken_legal_forms: FxHashMap<Box<[u8]>, LegalForm>,
    /// Legal forms of one word so long that a slip makes no other word of them.
    long_legal_forms: Vec<(Box<[u8]>, LegalForm)>,
    longest_legal_form: usize,
    /// Words with which a legal form begins and ends: most names have none at either end.
    first_words: Beginnings,
    last_words: Beginnings,
    nicknames: FxHashMap<Box<[u8]>, Box<[u16]>>,
}

/// A set of words by their first eight letters, as bits: it may take a word for one of its own, but never
/// misses one.
struct Beginnings(Vec<u64>);

impl Beginnings {
    /// Sixteen times the words that are in it.
    const BITS: u32 = 14;

    fn new() -> Self {
        Self(vec![0; 1 << (Self::BITS - u64::BITS.ilog2())])
    }

    fn place(word: &Word) -> (usize, u64) {
        let bit = word.head().wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (64 - Self::BITS);
        ((bit / 64) as usize, 1 << (bit % 64))
    }

    fn add(&mut self, word: &Word) {
        let (place, bit) = Self::place(word);
        self.0[place] |= bit;
    }

    fn may_hold(&self, word: &Word) -> bool {
        let (place, bit) = Self::place(word);
        self.0[place] & bit != 0
    }
}

/// The shipped lexicon, read once.
pub fn lexicon() -> &'static Lexicon {
    static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::read);
    &LEXICON
}

/// Names in the corpus that word counts come from; the first comment line of `frequencies.tsv` says the same.
const UNKNOWN_WORD: f32 = 1.0;

impl Lexicon {
    pub fn word(&self, word: &[u8]) -> Option<&WordFacts> {
        self.words.get(word)
    }

    /// Whether a legal form may begin with `word`. `false` is certain.
    pub(super) fn may_begin_legal_form(&self, word: &Word) -> bool {
        self.first_words.may_hold(word)
    }

    /// Whether a legal form may end with `word`. `false` is certain.
    pub(super) fn may_end_legal_form(&self, word: &Word) -> bool {
        self.last_words.may_hold(word)
    }

    /// Legal form written by `words`, joined with blanks.
    pub fn legal_form(&self, words: &str) -> Option<LegalForm> {
        self.legal_forms.get(words).copied()
    }

    /// Legal form that sounds like `word`, which is no other word that the corpora know.
    pub(super) fn spoken_legal_form(&self, word: &Word) -> Option<LegalForm> {
        if word.len() < SHORTEST_SPOKEN_FORM || self.words.contains_key(word.bytes()) {
            return None;
        }
        let mut spoken = Vec::with_capacity(Word::WIDEST);
        sound::sound(word.bytes(), &mut spoken);
        self.spoken_legal_forms
            .get(spoken.as_slice())
            .copied()
            .or_else(|| self.mistyped_legal_form(word.bytes()))
    }

    /// Legal form that is one slip away from `word`: `limted`, `corporatoin`.
    fn mistyped_legal_form(&self, word: &[u8]) -> Option<LegalForm> {
        let near = |form: &[u8]| {
            (form.first() == word.first() || form.last() == word.last()) && distance::one_edit(form, word)
        };
        self.long_legal_forms.iter().find(|(form, _)| near(form)).map(|(_, form)| *form)
    }

    /// In words.
    pub const fn longest_legal_form(&self) -> usize {
        self.longest_legal_form
    }

    /// Families of given names that a word belongs to.
    pub fn name_families(&self, word: &[u8]) -> &[u16] {
        self.nicknames.get(word).map_or(&[], |families| families)
    }

    fn read() -> Self {
        let mut lexicon = Self {
            words: FxHashMap::default(),
            legal_forms: FxHashMap::default(),
            spoken_legal_forms: FxHashMap::default(),
            long_legal_forms: Vec::new(),
            longest_legal_form: 1,
            first_words: Beginnings::new(),
            last_words: Beginnings::new(),
            nicknames: FxHashMap::default(),
        };
        lexicon.read_frequencies(include_str!("../../data/names/frequencies.tsv"));
        lexicon.read_person_names(include_str!("../../data/names/given_names.tsv"), true);
        lexicon.read_person_names(include_str!("../../data/names/surnames.tsv"), false);
        lexicon.read_generic_words(include_str!("../../data/names/generic_words.tsv"));
        lexicon.read_synonyms(include_str!("../../data/names/synonyms.tsv"));
        lexicon.read_numbers(include_str!("../../data/names/numbers.tsv"));
        lexicon.read_places(include_str!("../../data/names/places.tsv"));
        lexicon.read_nicknames(include_str!("../../data/names/nicknames.tsv"));
        lexicon.read_legal_forms(include_str!("../../data/names/legal_forms.tsv"));
        lexicon
    }

    fn facts(&mut self, word: Box<str>) -> &mut WordFacts {
        let unknown = weight_of_unknown(word.as_bytes());
        self.words.entry(word.into_boxed_bytes()).or_insert(WordFacts {
            class: WordClass::Ordinary,
            organisation_weight: unknown,
            person_weight: unknown,
            synonym: 0,
            place: 0,
            number: -1,
            given_name: false,
        })
    }

    fn read_frequencies(&mut self, text: &'static str) {
        let names = text
            .lines()
            .next()
            .and_then(|line| {
                line.split(|c: char| !c.is_ascii_digit()).filter_map(|n| n.parse::<f32>().ok()).next()
            })
            .unwrap_or(100_000.0);
        for (word, mut rest) in rows(text) {
            let count: f32 = rest.next().and_then(|count| count.parse().ok()).unwrap_or(1.0);
            let weight = ((names / (count + 1.0)).ln() / names.ln()).clamp(0.05, 1.0);
            if let Some(word) = one_word(word) {
                let shortness = weight_of_unknown(word.as_bytes());
                self.facts(word).organisation_weight = weight.min(shortness);
            }
        }
    }

    fn read_person_names(&mut self, text: &'static str, given: bool) {
        for (word, mut rest) in rows(text) {
            let per_million: f32 = rest.next().and_then(|count| count.parse().ok()).unwrap_or(1.0);
            // A name of one in a thousand people tells half of what an unknown name tells.
            let weight = (1.0 - (per_million + 1.0).ln() / 14.0).clamp(0.2, 1.0);
            if let Some(word) = one_word(word) {
                let facts = self.facts(word);
                facts.person_weight = facts.person_weight.min(weight);
                facts.given_name |= given;
            }
        }
    }

    fn read_generic_words(&mut self, text: &'static str) {
        for (word, mut rest) in rows(text) {
            let class = match rest.next() {
                Some("hosting") => WordClass::Hosting,
                Some("business") => WordClass::Business,
                Some("branch") => WordClass::Branch,
                Some("orgtype") => WordClass::OrganisationType,
                Some("stop") => WordClass::Stop,
                _ => continue,
            };
            let says_nothing: f32 = rest.next().and_then(|weight| weight.parse().ok()).unwrap_or(0.7);
            if let Some(word) = one_word(word) {
                let facts = self.facts(word);
                facts.class = class;
                let most = match class {
                    WordClass::Stop => 0.03,
                    _ => (0.62 - 0.5 * says_nothing).clamp(0.1, 0.6),
                };
                facts.organisation_weight = facts.organisation_weight.min(most);
                if class == WordClass::Stop {
                    facts.person_weight = facts.person_weight.min(0.15);
                }
            }
        }
    }

    fn read_synonyms(&mut self, text: &'static str) {
        for (place, (canonical, variants)) in rows(text).enumerate() {
            let group = place as u32 + 1;
            let words: Vec<Box<str>> =
                std::iter::once(canonical).chain(variants).filter_map(one_word).collect();
            let lightest = words
                .iter()
                .filter_map(|word| self.words.get(word.as_bytes()))
                .map(|facts| facts.organisation_weight)
                .fold(UNKNOWN_WORD, f32::min);
            for word in words {
                let facts = self.facts(word);
                if facts.synonym == 0 {
                    facts.synonym = group;
                }
                // A translation of a usual word is usual too, though the corpus may not hold it.
                facts.organisation_weight = facts.organisation_weight.min(lightest + 0.15);
            }
        }
    }

    fn read_numbers(&mut self, text: &'static str) {
        for (value, words) in rows(text) {
            let Ok(value) = value.parse::<i32>() else { continue };
            for word in words.filter_map(one_word) {
                // "i" and other single letters are initials more often than numbers.
                if word.len() > 1 {
                    self.facts(word).number = value;
                }
            }
        }
    }

    fn read_places(&mut self, text: &'static str) {
        for (place, (_, names)) in rows(text).enumerate() {
            for word in names.filter_map(one_word) {
                let facts = self.facts(word);
                if facts.place == 0 {
                    facts.place = place as u16 + 1;
                }
                facts.organisation_weight = facts.organisation_weight.min(0.6);
            }
        }
    }

    fn read_nicknames(&mut self, text: &'static str) {
        let mut families: FxHashMap<Box<str>, Vec<u16>> = FxHashMap::default();
        for (place, (canonical, variants)) in rows(text).enumerate() {
            for word in std::iter::once(canonical).chain(variants).filter_map(one_word) {
                let of_word = families.entry(word).or_default();
                if !of_word.contains(&(place as u16)) {
                    of_word.push(place as u16);
                }
            }
        }
        self.nicknames =
            families.into_iter().map(|(word, families)| (word.into_boxed_bytes(), families.into())).collect();
    }

    fn read_legal_forms(&mut self, text: &'static str) {
        let mut codes: FxHashMap<&'static str, u16> = FxHashMap::default();
        for (form, mut rest) in rows(text) {
            let (Some(code_name), position) = (rest.next(), rest.next().unwrap_or("end")) else { continue };
            let class = match rest.next() {
                Some("limited") => 1,
                Some("public") => 2,
                Some("partnership") => 3,
                Some("sole") => 4,
                Some("foundation") => 5,
                _ => 0,
            };
            let ambiguous = rest.next() == Some("ambiguous");
            let next = codes.len() as u16 + 1;
            let code = *codes.entry(code_name).or_insert(next);
            let english = matches!(code_name, "LLC" | "LTD" | "LIMITED" | "CO");
            let form_of = LegalForm {
                code,
                class,
                english,
                ambiguous,
                at_start: position != "end",
                at_end: position != "start",
            };
            let folded = merged_words(form);
            let (Some(first), Some(last)) = (folded.first(), folded.last()) else { continue };
            self.first_words.add(&Word::new(first.as_bytes()));
            self.last_words.add(&Word::new(last.as_bytes()));
            self.longest_legal_form = self.longest_legal_form.max(folded.len());
            if let [word] = folded.as_slice()
                && word.len() >= SHORTEST_SPOKEN_FORM
                && form_of.at_end
                && !form_of.ambiguous
            {
                let mut spoken = Vec::new();
                sound::sound(word.as_bytes(), &mut spoken);
                self.spoken_legal_forms.entry(spoken.into()).or_insert(form_of);
                if word.len() >= SHORTEST_MISTYPED_FORM {
                    self.long_legal_forms.push((word.as_bytes().into(), form_of));
                }
            }
            self.legal_forms.entry(folded.join(" ").into()).or_insert(form_of);
        }
    }
}

/// Shorter forms sound like too many other words.
const SHORTEST_SPOKEN_FORM: usize = 5;

/// A slip in a shorter form makes another word of it too often.
const SHORTEST_MISTYPED_FORM: usize = 7;

/// Short words tell less: many names share them by chance.
pub(crate) fn weight_of_unknown(word: &[u8]) -> f32 {
    match word.len() {
        0 | 1 => 0.25,
        2 => 0.5,
        3 => 0.7,
        4 => 0.85,
        5 => 0.93,
        _ => UNKNOWN_WORD,
    }
}

fn rows(text: &'static str) -> impl Iterator<Item = (&'static str, std::str::Split<'static, char>)> {
    text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()).filter_map(|line| {
        let mut cells = line.split('\t');
        cells.next().map(|first| (first, cells))
    })
}

/// The folded form of `text` if it is one word.
fn one_word(text: &str) -> Option<Box<str>> {
    let words = merged_words(text);
    match words.as_slice() {
        [word] => Some(word.as_str().into()),
        _ => None,
    }
}

/// Folds and joins runs of single letters, as names of organisations are cleaned.
fn merged_words(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut open = false;
    fold::words(text, &mut Scratch::default(), |word, _| {
        let single = word.len() == 1 && !word.as_bytes()[0].is_ascii_digit();
        match found.last_mut() {
            Some(last) if single && open => last.push_str(word),
            _ => found.push(word.to_owned()),
        }
        open = single;
    });
    found
}
