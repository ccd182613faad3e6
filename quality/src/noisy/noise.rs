//! What happens to a company name on its way into a customer base.

use super::words::{COUNTRIES, EXTRA_WORDS, FORMS_OF_COUNTRIES, LEGAL_FORMS, SHORT_FORMS};
use crate::random::Random;

/// One way in which a name is written differently.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Noise {
    Typo,
    DroppedWord,
    SwappedWords,
    ShortForm,
    LegalFormChanged,
    LegalFormDropped,
    JoinedWords,
    SplitWord,
    Dressing,
    Truncated,
    ExtraWord,
    Place,
    Two,
}

impl Noise {
    pub const ALL: &[Self] = &[
        Self::Typo,
        Self::DroppedWord,
        Self::SwappedWords,
        Self::ShortForm,
        Self::LegalFormChanged,
        Self::LegalFormDropped,
        Self::JoinedWords,
        Self::SplitWord,
        Self::Dressing,
        Self::Truncated,
        Self::ExtraWord,
        Self::Place,
        Self::Two,
    ];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Typo => "typo",
            Self::DroppedWord => "dropped word",
            Self::SwappedWords => "swapped words",
            Self::ShortForm => "short form",
            Self::LegalFormChanged => "legal form changed",
            Self::LegalFormDropped => "legal form dropped",
            Self::JoinedWords => "joined words",
            Self::SplitWord => "split word",
            Self::Dressing => "accents, case, punctuation",
            Self::Truncated => "truncated",
            Self::ExtraWord => "extra word",
            Self::Place => "place added",
            Self::Two => "two of these",
        }
    }

    /// The name with this noise, or nothing if the name gives no hold for it.
    pub fn apply(self, name: &str, country: &str, random: &mut Random) -> Option<String> {
        let words: Vec<&str> = name.split_whitespace().collect();
        let noisy = match self {
            Self::Typo => typo(&words, random),
            Self::DroppedWord => dropped_word(&words, random),
            Self::SwappedWords => swapped_words(&words, random),
            Self::ShortForm => short_form(&words),
            Self::LegalFormChanged => legal_form_changed(&words, country, random),
            Self::LegalFormDropped => legal_form_dropped(&words),
            Self::JoinedWords => joined_words(&words, random),
            Self::SplitWord => split_word(&words, random),
            Self::Dressing => Some(dressing(name, random)),
            Self::Truncated => truncated(name, random),
            Self::ExtraWord => Some(format!("{name} {}", random.one_of(EXTRA_WORDS))),
            Self::Place => Some(place(name, country, random)),
            Self::Two => two(name, country, random),
        }?;
        (noisy != name && !noisy.trim().is_empty()).then_some(noisy)
    }
}

fn bare(word: &str) -> String {
    word.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn is_legal_form(word: &str) -> bool {
    LEGAL_FORMS.contains(&bare(word).as_str())
}

/// Places of the words that name the company.
fn core_places(words: &[&str]) -> Vec<usize> {
    (0..words.len())
        .filter(|place| !is_legal_form(words[*place]) && !bare(words[*place]).is_empty())
        .collect()
}

/// One wrong, missing, doubled or swapped letter, as fingers make them, in a word of at least five letters.
fn typo(words: &[&str], random: &mut Random) -> Option<String> {
    let mut places = core_places(words);
    places.retain(|place| words[*place].chars().count() >= 5);
    let place = *places.get(random.below(places.len()))?;
    let mut letters: Vec<char> = words[place].chars().collect();
    let at = 1 + random.below(letters.len() - 2);
    match random.below(4) {
        0 => letters[at] = neighbour_key(letters[at], random),
        1 => drop(letters.remove(at)),
        2 => letters.insert(at, letters[at]),
        _ => letters.swap(at, at + 1),
    }
    Some(with_word(words, place, &letters.into_iter().collect::<String>()))
}

fn neighbour_key(letter: char, random: &mut Random) -> char {
    const ROWS: &[&str] = &["qwertyuiop", "asdfghjkl", "zxcvbnm"];
    let lower = letter.to_ascii_lowercase();
    for row in ROWS {
        if let Some(at) = row.find(lower) {
            let to = if at == 0 || (at + 1 < row.len() && random.below(2) == 0) { at + 1 } else { at - 1 };
            let other = row.as_bytes()[to] as char;
            return if letter.is_uppercase() { other.to_ascii_uppercase() } else { other };
        }
    }
    'e'
}

/// Drops a word of the company's name other than the first; at least two words must stay.
fn dropped_word(words: &[&str], random: &mut Random) -> Option<String> {
    let places = core_places(words);
    if places.len() < 3 {
        return None;
    }
    let gone = places[1 + random.below(places.len() - 1)];
    Some(joined(words.iter().enumerate().filter(|(place, _)| *place != gone).map(|(_, word)| *word)))
}

fn swapped_words(words: &[&str], random: &mut Random) -> Option<String> {
    let places = core_places(words);
    if places.len() < 2 {
        return None;
    }
    let at = random.below(places.len() - 1);
    let mut swapped = words.to_vec();
    swapped.swap(places[at], places[at + 1]);
    Some(swapped.join(" "))
}

fn short_form(words: &[&str]) -> Option<String> {
    let changed = |word: &str| {
        let plain = bare(word);
        SHORT_FORMS.iter().find_map(|(long, short)| match plain.as_str() {
            written if written == *long => Some((*short).to_owned()),
            written if written == *short => Some((*long).to_owned()),
            _ => None,
        })
    };
    let place = (0..words.len()).find(|place| changed(words[*place]).is_some())?;
    let mut other = changed(words[place])?;
    if words[place].chars().next().is_some_and(char::is_uppercase) {
        other = capitalised(&other);
    }
    Some(with_word(words, place, &other))
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn legal_form_changed(words: &[&str], country: &str, random: &mut Random) -> Option<String> {
    let core = legal_form_dropped(words).unwrap_or_else(|| words.join(" "));
    let forms = FORMS_OF_COUNTRIES.iter().find(|(code, _)| *code == country || code.is_empty())?.1;
    Some(format!("{core} {}", random.one_of(forms)))
}

/// Drops the legal forms at the end, unless nothing but short words would stay.
fn legal_form_dropped(words: &[&str]) -> Option<String> {
    let last = words.iter().rposition(|word| !is_legal_form(word))?;
    let core = joined(words[..=last].iter().copied());
    let core = core.trim_end_matches(',').to_owned();
    (last + 1 < words.len() && core.chars().filter(|letter| letter.is_alphabetic()).count() >= 4)
        .then_some(core)
}

fn joined_words(words: &[&str], random: &mut Random) -> Option<String> {
    let mut places = core_places(words);
    places.retain(|place| place + 1 < words.len() && !is_legal_form(words[place + 1]));
    let at = *places.get(random.below(places.len()))?;
    let together = format!("{}{}", words[at], words[at + 1]);
    let rest = words.iter().copied().enumerate().filter(|(place, _)| *place != at + 1);
    Some(joined(rest.map(|(place, word)| if place == at { together.as_str() } else { word })))
}

/// Splits a long word, with a blank or a hyphen.
fn split_word(words: &[&str], random: &mut Random) -> Option<String> {
    let mut places = core_places(words);
    places.retain(|place| words[*place].chars().count() >= 7);
    let place = *places.get(random.below(places.len()))?;
    let letters: Vec<char> = words[place].chars().collect();
    let at = 3 + random.below(letters.len() - 5);
    let (left, right): (String, String) = (letters[..at].iter().collect(), letters[at..].iter().collect());
    let between = random.one_of(&[" ", "-"]);
    Some(with_word(words, place, &format!("{left}{between}{right}")))
}

/// Other case, accents and punctuation: nothing that a reader would call another name.
fn dressing(name: &str, random: &mut Random) -> String {
    const ACCENTS: &[(char, char)] =
        &[('a', 'á'), ('e', 'é'), ('i', 'í'), ('o', 'ö'), ('u', 'ü'), ('c', 'ç'), ('n', 'ñ')];
    let accented =
        |letter: char| ACCENTS.iter().find(|(plain, _)| *plain == letter).map_or(letter, |found| found.1);
    let mut text: String = match random.below(3) {
        0 => name.to_uppercase(),
        1 => name.to_lowercase(),
        _ => {
            let at = random.below(name.chars().count());
            name.chars()
                .enumerate()
                .map(|(place, letter)| if place >= at { accented(letter) } else { letter })
                .collect()
        }
    };
    match random.below(4) {
        0 => text = text.replace([',', '.'], ""),
        1 => text = format!("\"{text}\""),
        2 => text = text.replace(' ', "  "),
        _ => text = text.replace(' ', "-"),
    }
    text
}

/// Cut as a form with a short field does: between 60 and 85 % of the letters stay, at least eight.
fn truncated(name: &str, random: &mut Random) -> Option<String> {
    let letters: Vec<char> = name.chars().collect();
    let kept = letters.len() * (60 + random.below(26)) / 100;
    (kept >= 8).then(|| letters[..kept].iter().collect::<String>().trim_end().to_owned())
}

fn place(name: &str, country: &str, random: &mut Random) -> String {
    let known: Vec<_> = COUNTRIES.iter().filter(|(code, ..)| *code == country).collect();
    let (_, country, city) = known.first().copied().unwrap_or(&COUNTRIES[2]);
    match random.below(4) {
        0 => format!("{name} {country}"),
        1 => format!("{name} {city}"),
        2 => format!("{name} ({country})"),
        _ => format!("{name}, {city}"),
    }
}

/// Two different kinds of noise, one after the other.
fn two(name: &str, country: &str, random: &mut Random) -> Option<String> {
    let mut kinds: Vec<Noise> = Noise::ALL.iter().copied().filter(|noise| *noise != Noise::Two).collect();
    random.shuffle(&mut kinds);
    let mut text = name.to_owned();
    let mut applied = 0;
    for noise in kinds {
        if let Some(changed) = noise.apply(&text, country, random) {
            (text, applied) = (changed, applied + 1);
        }
        if applied == 2 {
            return Some(text);
        }
    }
    None
}

fn with_word(words: &[&str], at: usize, other: &str) -> String {
    joined(words.iter().enumerate().map(|(place, word)| if place == at { other } else { *word }))
}

fn joined<'a>(words: impl Iterator<Item = &'a str>) -> String {
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;

    #[test]
    fn each_noise_on_one_name() {
        let mut random = Random::new(7);
        let mut text = String::new();
        for noise in Noise::ALL {
            let noisy = noise.apply("Orchard Nine Communications Ltd", "GB", &mut random);
            writeln!(text, "{}: {}", noise.name(), noisy.as_deref().unwrap_or("-")).unwrap();
        }

        insta::assert_snapshot!(text);
    }

    #[test]
    fn a_name_without_hold_is_left() {
        assert_eq!(Noise::DroppedWord.apply("Orchard BV", "NL", &mut Random::new(1)), None);
        assert_eq!(Noise::SwappedWords.apply("Orchard BV", "NL", &mut Random::new(1)), None);
        assert_eq!(Noise::JoinedWords.apply("Orchard BV", "NL", &mut Random::new(1)), None);
    }
}
