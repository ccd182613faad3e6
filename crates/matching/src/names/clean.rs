//! A name in the form that is compared.

use super::align::Skeleton;
use super::fold::{self, Scratch, Script};
use super::keys;
use super::lexicon::{LegalForm, WordClass, lexicon, weight_of_unknown};
use super::sound;
use crate::distance;
use crate::party::{NameRole, PartyKind};

/// A short word in place. Names with longer ones are cut into several: see `fold_in_order`.
#[derive(Clone, Copy, Eq)]
pub struct Word {
    length: u8,
    bytes: [u8; Self::WIDEST],
}

/// Most words differ in length or in their first eight letters: one look at each tells them apart.
impl PartialEq for Word {
    fn eq(&self, other: &Self) -> bool {
        self.length == other.length
            && self.head() == other.head()
            && (self.length <= 8 || self.bytes[8..] == other.bytes[8..])
    }
}

impl Word {
    pub const WIDEST: usize = 39;

    pub fn new(word: &[u8]) -> Self {
        let length = word.len().min(Self::WIDEST);
        let mut bytes = [0; Self::WIDEST];
        bytes[..length].copy_from_slice(&word[..length]);
        Self { length: length as u8, bytes }
    }

    pub fn bytes(&self) -> &[u8] {
        &self.bytes[..self.length as usize]
    }

    /// The first eight letters, blank ones 0.
    pub(super) fn head(&self) -> u64 {
        let [a, b, c, d, e, f, g, h, ..] = self.bytes;
        u64::from_le_bytes([a, b, c, d, e, f, g, h])
    }

    pub fn text(&self) -> &str {
        std::str::from_utf8(self.bytes()).unwrap_or("")
    }

    pub const fn len(&self) -> usize {
        self.length as usize
    }

    pub const fn is_empty(&self) -> bool {
        self.length == 0
    }
}

/// One word of a cleaned name.
#[derive(Clone, Copy)]
pub struct Token {
    pub text: Word,
    pub sound: Word,
    /// 0..1, how much the word tells.
    pub weight: f32,
    /// 0..1, how much it tells as a part of a person's name: many firms are called `William` or `Souza`.
    pub person_weight: f32,
    pub class: WordClass,
    pub script: Script,
    pub synonym: u32,
    pub place: u16,
    pub number: i32,
    pub given_name: bool,
    /// Whether the corpora know the word.
    pub known: bool,
    /// Up to three families of given names; `u16::MAX` for none.
    pub families: [u16; 3],
    /// The letters of its sound, and those that are written, as sets: `gats` and `gast` sound of other letters.
    pub(crate) letters: u64,
    pub(crate) written_letters: u64,
    /// The consonants of its sound: most words of another script are told apart by them.
    pub(crate) bones: Skeleton,
    /// Whether it mixes letters with digits, so that one may stand for the other: `c10ud`.
    pub(crate) mixed: bool,
    /// Where the word's own part stands: `mix` of `mixinfo`, `secu` of `secuhost`.
    core: (u8, u8),
}

impl Token {
    /// The word without the usual word that it begins or ends with.
    pub(crate) fn core(&self) -> &[u8] {
        &self.text.bytes()[self.core.0 as usize..][..self.core.1 as usize]
    }

    /// The usual word that was left out of [`Token::core`]; empty where there is none.
    pub(crate) fn affix(&self) -> &[u8] {
        let (start, length) = (self.core.0 as usize, self.core.1 as usize);
        if start > 0 { &self.text.bytes()[..start] } else { &self.text.bytes()[length..] }
    }
}

/// Names longer than this are cut: nobody is called like that, and work stays bounded.
pub const MOST_TOKENS: usize = 16;

/// A cleaned name.
#[derive(Clone)]
pub struct CleanName {
    pub kind: PartyKind,
    pub role: NameRole,
    pub tokens: Vec<Token>,
    /// All tokens without blanks.
    pub joined: Vec<u8>,
    /// As `joined`, without the words that people leave out most (`and`, `of`, `the`), where there are any.
    pub joined_short: Option<Box<[u8]>>,
    /// All sounds without blanks.
    pub joined_sound: Vec<u8>,
    /// Tokens in the order of the alphabet, with blanks.
    pub sorted: Vec<u8>,
    /// Key of all letters of the name as it was written, the legal form with them: the same for names that
    /// differ in blanks, case and signs alone.
    pub written: u64,
    pub legal_form: Option<LegalForm>,
    /// What the legal form was written as, without blanks.
    pub(super) form_word: Option<Word>,
    /// Words before a legal form that stands within the name, as in `Nordwind GmbH Hosting`: most often they
    /// are the whole name, and somebody added the rest. 0 where there is none.
    pub before_form: u8,
    pub weight: f32,
    /// Bit i: word i is one of the heaviest, which an anchor needs.
    pub heavy: u32,
    pub script: Script,
    /// Which of the raw names of its party this is.
    pub raw: u16,
}

/// Buffers for cleaning, kept by the caller between names.
#[derive(Default)]
pub struct Buffers {
    fold: Scratch,
    words: Vec<(Word, Script)>,
    sound: Vec<u8>,
    phrase: String,
}

/// Cleans `text`. Gives a name without tokens where nothing is left to compare.
pub fn clean(text: &str, kind: PartyKind, role: NameRole, raw: u16, buffers: &mut Buffers) -> CleanName {
    buffers.words.clear();
    fold_in_order(text, kind, buffers);
    let written = keys::of_written(buffers.words.iter().map(|(word, _)| word.bytes()));
    if kind != PartyKind::Person {
        join_single_letters(&mut buffers.words);
    }
    let (form, before_form) = if kind == PartyKind::Person {
        (None, 0)
    } else {
        take_legal_forms(&mut buffers.words, &mut buffers.phrase)
    };
    buffers.words.truncate(MOST_TOKENS);
    let kind = if kind == PartyKind::Unknown { guess(&buffers.words, form.is_some()) } else { kind };
    let mut tokens: Vec<Token> =
        buffers.words.iter().map(|(word, script)| token(*word, *script, kind, &mut buffers.sound)).collect();
    join_number_words(&mut tokens);
    assemble(tokens, written, kind, role, (form, before_form), raw)
}

/// A legal form, and what it was written as.
#[derive(Clone, Copy)]
struct FoundForm {
    form: LegalForm,
    word: Word,
}

impl FoundForm {
    fn new(form: LegalForm, phrase: &str) -> Self {
        let letters: Vec<u8> = phrase.bytes().filter(|byte| *byte != b' ').collect();
        Self { form, word: Word::new(&letters) }
    }
}

/// Words of the name, given names first: `LAST, First Middle` is turned round for persons. A word that is longer
/// than a [`Word`] is a whole name written without blanks: it goes on in the next word, so that no letter is lost.
/// In scripts without blanks it is cut.
fn fold_in_order(text: &str, kind: PartyKind, buffers: &mut Buffers) {
    let words = &mut buffers.words;
    let mut push = |word: &str, script: Script| {
        let most = if script.alphabet() { usize::MAX } else { 1 };
        words.extend(word.as_bytes().chunks(Word::WIDEST).take(most).map(|part| (Word::new(part), script)));
    };
    match text.split_once(',') {
        Some((last, first)) if kind == PartyKind::Person && !first.trim().is_empty() => {
            fold::words(first, &mut buffers.fold, &mut push);
            fold::words(last, &mut buffers.fold, &mut push);
        }
        _ => fold::words(text, &mut buffers.fold, &mut push),
    }
}

/// `b v` becomes `bv`, and so do names that were spaced out letter by letter, digits too.
fn join_single_letters(words: &mut Vec<(Word, Script)>) {
    let single = |word: &Word| word.len() == 1;
    let letter = |word: &Word| word.bytes()[0].is_ascii_lowercase();
    if words.windows(2).all(|pair| !(single(&pair[0].0) && single(&pair[1].0))) {
        return;
    }
    let mut joined: Vec<(Word, Script)> = Vec::with_capacity(words.len());
    let mut place = 0;
    while place < words.len() {
        let mut run = words[place..].iter().take_while(|(word, _)| single(word)).count();
        if run < 4 {
            // Two numbers beside each other are two numbers.
            run = words[place..].iter().take_while(|(word, _)| single(word) && letter(word)).count();
        }
        if run > 1 {
            let letters: Vec<u8> =
                words[place..place + run].iter().map(|(word, _)| word.bytes()[0]).collect();
            joined.extend(letters.chunks(Word::WIDEST).map(|part| (Word::new(part), words[place].1)));
        } else {
            joined.push(words[place]);
        }
        place += run.max(1);
    }
    *words = joined;
}

/// Removes legal forms at the end, at the start and, where they can be nothing else, in between.
/// The last one removed at the end (the outermost) is the form of the party. Never leaves nothing.
/// Also says how many words stand before a form in between.
fn take_legal_forms(words: &mut Vec<(Word, Script)>, phrase: &mut String) -> (Option<FoundForm>, u8) {
    let lexicon = lexicon();
    let mut found: Option<FoundForm> = None;
    let mut at_end = |words: &mut Vec<(Word, Script)>, found: &mut Option<FoundForm>| {
        if words.last().is_none_or(|(word, _)| !lexicon.may_end_legal_form(word)) {
            return false;
        }
        let most = lexicon.longest_legal_form().min(words.len().saturating_sub(1));
        (1..=most).rev().any(|length| {
            let start = words.len() - length;
            join(&words[start..], phrase);
            let Some(form) = lexicon.legal_form(phrase).filter(|form| form.at_end) else { return false };
            words.truncate(start);
            found.get_or_insert_with(|| FoundForm::new(form, phrase));
            true
        })
    };
    while at_end(words, &mut found) {}
    if found.is_none()
        && words.len() > 1
        && let Some((form, word)) =
            words.last().and_then(|(word, _)| Some((lexicon.spoken_legal_form(word)?, *word)))
    {
        words.pop();
        found = Some(FoundForm { form, word });
        while at_end(words, &mut found) {}
    }
    let begins = words.first().is_some_and(|(word, _)| lexicon.may_begin_legal_form(word));
    let most = lexicon.longest_legal_form().min(words.len().saturating_sub(1));
    for length in (1..=most).rev().take_while(|_| begins) {
        join(&words[..length], phrase);
        if let Some(form) = lexicon.legal_form(phrase).filter(|form| form.at_start) {
            words.drain(..length);
            found.get_or_insert_with(|| FoundForm::new(form, phrase));
            break;
        }
    }
    let before_form = take_forms_between(words, phrase, &mut found);
    (found, before_form)
}

/// Removes the legal forms between other words; returns how many words stand before the first one.
fn take_forms_between(
    words: &mut Vec<(Word, Script)>,
    phrase: &mut String,
    found: &mut Option<FoundForm>,
) -> u8 {
    let (lexicon, mut place, mut before) = (lexicon(), 1, 0);
    while place < words.len() {
        if words[place].0.len() == 1 || !lexicon.may_begin_legal_form(&words[place].0) {
            place += 1;
            continue;
        }
        let most = lexicon.longest_legal_form().min(words.len() - place);
        let form = (1..=most).rev().find_map(|length| {
            join(&words[place..place + length], phrase);
            Some((length, lexicon.legal_form(phrase).filter(|form| !form.ambiguous)?))
        });
        if let Some((length, form)) = form {
            words.drain(place..place + length);
            found.get_or_insert_with(|| FoundForm::new(form, phrase));
            if before == 0 {
                before = place.min(MOST_TOKENS) as u8;
            }
        } else {
            place += 1;
        }
    }
    if usize::from(before) < words.len() { before } else { 0 }
}

fn join(words: &[(Word, Script)], phrase: &mut String) {
    phrase.clear();
    for (place, (word, _)) in words.iter().enumerate() {
        if place > 0 {
            phrase.push(' ');
        }
        phrase.push_str(word.text());
    }
}

/// What an unnamed kind of name looks like: two to four words with a known given name are a person.
fn guess(words: &[(Word, Script)], has_legal_form: bool) -> PartyKind {
    let lexicon = lexicon();
    let facts = |word: &Word| lexicon.word(word.bytes());
    let person = !has_legal_form
        && (2..=4).contains(&words.len())
        && words.iter().any(|(word, _)| facts(word).is_some_and(|facts| facts.given_name))
        && words.iter().all(|(word, _)| {
            facts(word).is_none_or(|facts| facts.class == WordClass::Ordinary || facts.given_name)
        });
    if person { PartyKind::Person } else { PartyKind::Organisation }
}

fn token(word: Word, script: Script, kind: PartyKind, buffer: &mut Vec<u8>) -> Token {
    let lexicon = lexicon();
    buffer.clear();
    sound::sound(word.bytes(), buffer);
    let person = kind == PartyKind::Person;
    let sound = Word::new(buffer);
    let facts = lexicon.word(word.bytes());
    let unknown = weight_of_unknown(word.bytes());
    let weight =
        facts.map_or(unknown, |facts| if person { facts.person_weight } else { facts.organisation_weight });
    let weight = if person && is_patronymic(word.text()) { weight.min(PATRONYMIC) } else { weight };
    let mut families = [u16::MAX; 3];
    if person {
        for (slot, family) in families.iter_mut().zip(lexicon.name_families(word.bytes())) {
            *slot = *family;
        }
    }
    Token {
        text: word,
        sound,
        weight,
        person_weight: facts.map_or(unknown, |facts| facts.person_weight),
        class: facts.map_or(WordClass::Ordinary, |facts| facts.class),
        script,
        synonym: facts.map_or(0, |facts| if person { 0 } else { facts.synonym }),
        place: facts.map_or(0, |facts| facts.place),
        number: number(&word).unwrap_or_else(|| facts.map_or(-1, |facts| facts.number)),
        given_name: facts.is_some_and(|facts| facts.given_name),
        known: facts.is_some(),
        families,
        letters: distance::letters(buffer),
        written_letters: distance::letters(word.bytes()),
        bones: Skeleton::of(sound.bytes()),
        mixed: mixes_letters_and_digits(word.bytes()),
        core: if person || facts.is_some() { (0, word.len() as u8) } else { core(word.text()) },
    }
}

fn mixes_letters_and_digits(word: &[u8]) -> bool {
    word.len() > 3 && word.iter().any(u8::is_ascii_digit) && word.iter().any(u8::is_ascii_lowercase)
}

/// Where the own part of an unknown word stands: start and length. The longest usual word at its end or
/// beginning is left out, if something stays.
fn core(word: &str) -> (u8, u8) {
    const SHORTEST_AFFIX: usize = 3;
    const SHORTEST_CORE: usize = 2;
    let length = word.len();
    let usual =
        |part: &str| lexicon().word(part.as_bytes()).is_some_and(|facts| facts.is_usual_in_compounds());
    for affix in (SHORTEST_AFFIX..=length.saturating_sub(SHORTEST_CORE)).rev() {
        if usual(&word[length - affix..]) {
            return (0, (length - affix) as u8);
        }
        if usual(&word[..affix]) {
            return (affix as u8, (length - affix) as u8);
        }
    }
    (0, length as u8)
}

/// A father's name tells as little as a second given name.
const PATRONYMIC: f32 = 0.3;

/// Whether a word ends as East Slavic patronymics do. South Slavic surnames end in `-ic`, which stays.
fn is_patronymic(word: &str) -> bool {
    const ENDINGS: &[&str] =
        &["vich", "vych", "vitch", "vitsch", "witsch", "vicz", "ovna", "evna", "ivna", "ichna"];
    word.len() > 6 && ENDINGS.iter().any(|ending| word.ends_with(ending))
}

/// `forty four` and `forty 4` are the number 44.
fn join_number_words(tokens: &mut Vec<Token>) {
    let mut place = 0;
    while place + 1 < tokens.len() {
        let (tens, units) = (tokens[place].number, tokens[place + 1].number);
        let spelled = tokens[place].text.bytes().first().is_some_and(u8::is_ascii_lowercase);
        if spelled && (20..=90).contains(&tens) && tens % 10 == 0 && (1..=9).contains(&units) {
            tokens[place].number = tens + units;
            tokens.remove(place + 1);
        }
        place += 1;
    }
}

fn number(word: &Word) -> Option<i32> {
    let digits = word.len() < 9 && word.bytes().iter().all(u8::is_ascii_digit);
    if digits { word.text().parse().ok() } else { None }
}

fn assemble(
    tokens: Vec<Token>,
    written: u64,
    kind: PartyKind,
    role: NameRole,
    (form, before_form): (Option<FoundForm>, u8),
    raw: u16,
) -> CleanName {
    let length = tokens.iter().map(|token| token.text.len() + 1).sum();
    let mut joined = Vec::with_capacity(length);
    let mut joined_sound = Vec::with_capacity(length);
    for token in &tokens {
        joined.extend_from_slice(token.text.bytes());
        joined_sound.extend_from_slice(token.sound.bytes());
    }
    let joined_short = short_of(&tokens);
    let mut order: [u8; MOST_TOKENS] = std::array::from_fn(|place| place as u8);
    order[..tokens.len()]
        .sort_unstable_by(|a, b| tokens[*a as usize].text.bytes().cmp(tokens[*b as usize].text.bytes()));
    let mut sorted = Vec::with_capacity(length);
    for place in &order[..tokens.len()] {
        if !sorted.is_empty() {
            sorted.push(b'z');
        }
        sorted.extend_from_slice(tokens[*place as usize].text.bytes());
    }
    let script =
        tokens.iter().map(|token| token.script).find(|script| *script != Script::Latin).unwrap_or_default();
    let weight = tokens.iter().map(|token| token.weight).sum();
    let heavy = keys::heavy(&tokens, weight);
    CleanName {
        kind,
        role,
        tokens,
        joined,
        joined_short,
        joined_sound,
        sorted,
        written,
        legal_form: form.map(|form| form.form),
        form_word: form.map(|form| form.word),
        before_form,
        weight,
        heavy,
        script,
        raw,
    }
}

/// All tokens without blanks and without the words that people leave out most, where that leaves anything out.
fn short_of(tokens: &[Token]) -> Option<Box<[u8]>> {
    let left_out = |token: &&Token| matches!(token.text.bytes(), b"and" | b"of" | b"the");
    let (out, all) = (tokens.iter().filter(left_out).count(), tokens.len());
    (0 < out && out < all).then(|| {
        tokens.iter().filter(|token| !left_out(token)).flat_map(|token| token.text.bytes()).copied().collect()
    })
}

impl CleanName {
    /// The name without one of its words, which is the legal form of `other` with a slip in it.
    pub(super) fn with_form_of(&self, other: &Self, place: usize) -> Self {
        let mut tokens = self.tokens.clone();
        tokens.remove(place);
        let form = other.legal_form.zip(other.form_word).map(|(form, word)| FoundForm { form, word });
        assemble(tokens, self.written, self.kind, self.role, (form, self.before_form), self.raw)
    }

    /// Whether the letters of both names are the same, `and`, `of` and `the` aside.
    pub(crate) fn is_one_string_with(&self, other: &Self) -> bool {
        self.joined == other.joined || {
            let short = |name: &Self| name.joined_short.is_some();
            (short(self) || short(other)) && self.shorter() == other.shorter()
        }
    }

    fn shorter(&self) -> &[u8] {
        self.joined_short.as_deref().unwrap_or(&self.joined)
    }

    /// The cleaned name as a person reads it.
    pub fn text(&self) -> String {
        self.tokens.iter().map(|token| token.text.text()).collect::<Vec<_>>().join(" ")
    }
}
