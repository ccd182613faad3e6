//! From a name as written, in any script, to folded Latin words.
//!
//! Folding is lossy on purpose: case, accents, look-alike letters, width and script are gone.
//! The raw name is kept beside it for every person who reads a reason.

use icu_normalizer::DecomposingNormalizerBorrowed;

/// The scripts that a name was written in, as far as comparison cares.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Script {
    #[default]
    Latin,
    Cyrillic,
    Greek,
    /// Scripts that leave most vowels out.
    Abjad,
    Kana,
    Han,
    Hangul,
    Other,
}

impl Script {
    /// Whether the script writes every vowel with a letter of its own.
    pub const fn alphabet(self) -> bool {
        matches!(self, Self::Latin | Self::Cyrillic | Self::Greek)
    }
}

/// What one character does to the word under way.
enum Step {
    /// Ends the word.
    Break,
    /// Belongs to the word but leaves nothing (apostrophes, marks, zero-width and direction characters).
    Skip,
    /// `&`, `+` and `%`: a word of its own.
    Symbol(&'static str),
    Letter(Script),
}

/// Folds `text` and hands each word (lower-case ASCII letters and digits) to `word`, with its script.
///
/// `scratch` is a buffer that callers keep, so that the per-customer path does not allocate.
pub fn words(text: &str, scratch: &mut Scratch, mut word: impl FnMut(&str, Script)) {
    if text.is_ascii() {
        ascii_words(text, &mut scratch.out, &mut word);
    } else {
        unicode_words(text, scratch, &mut word);
    }
}

/// Buffers that are used again and again.
#[derive(Default)]
pub struct Scratch {
    chars: Vec<(char, Script)>,
    out: String,
}

fn ascii_words(text: &str, out: &mut String, word: &mut impl FnMut(&str, Script)) {
    out.clear();
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'0'..=b'9' => out.push(byte as char),
            b'A'..=b'Z' => out.push((byte | 0x20) as char),
            b'\'' | b'`' => {}
            b'.' if out.len() == 1 && !out.as_bytes()[0].is_ascii_digit() => flush(out, Script::Latin, word),
            b'&' | b'+' | b'%' => {
                flush(out, Script::Latin, word);
                word(if byte == b'%' { "percent" } else { "and" }, Script::Latin);
            }
            _ => flush(out, Script::Latin, word),
        }
    }
    flush(out, Script::Latin, word);
}

fn flush(out: &mut String, script: Script, word: &mut impl FnMut(&str, Script)) {
    if !out.is_empty() {
        word(out, script);
        out.clear();
    }
}

fn unicode_words(text: &str, scratch: &mut Scratch, word: &mut impl FnMut(&str, Script)) {
    let Scratch { chars, out } = scratch;
    chars.clear();
    let normalizer = DecomposingNormalizerBorrowed::new_nfkd();
    for composed in normalizer.normalize_iter(text.chars()) {
        for character in composed.to_lowercase() {
            match step(character) {
                Step::Letter(script) => chars.push((character, script)),
                Step::Skip => {}
                Step::Symbol(name) => {
                    flush_chars(chars, out, word);
                    word(name, Script::Latin);
                }
                Step::Break => flush_chars(chars, out, word),
            }
        }
    }
    flush_chars(chars, out, word);
}

fn step(character: char) -> Step {
    if character.is_ascii_alphanumeric() {
        return Step::Letter(Script::Latin);
    }
    match character {
        '\'' | '`' | '\u{2019}' | '\u{2018}' | '\u{5f3}' | '\u{5f4}' => Step::Skip,
        // Soft hyphen, zero-width and direction characters: they hide in names to defeat comparison.
        '\u{ad}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2069}'
        | '\u{feff}' => Step::Skip,
        // Modifier letters stand for a soft sign or a glottal stop.
        '\u{2b0}'..='\u{2ff}' => Step::Skip,
        '&' | '+' => Step::Symbol("and"),
        '%' => Step::Symbol("percent"),
        '\u{300}'..='\u{36f}' => Step::Skip,
        // Voiced marks of kana come apart under NFKD; `kana` puts them back.
        '\u{3099}' | '\u{309a}' | '\u{30fc}' => Step::Letter(Script::Kana),
        // Arabic and Hebrew vowel points, tatweel.
        '\u{591}'..='\u{5c7}' | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{640}' => {
            Step::Skip
        }
        '\u{400}'..='\u{52f}' => Step::Letter(Script::Cyrillic),
        '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}' => Step::Letter(Script::Greek),
        '\u{590}'..='\u{6ff}' | '\u{750}'..='\u{77f}' | '\u{8a0}'..='\u{8ff}'
            if character.is_alphabetic() =>
        {
            Step::Letter(Script::Abjad)
        }
        '\u{3041}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' if character.is_alphabetic() => {
            Step::Letter(Script::Kana)
        }
        '\u{1100}'..='\u{11ff}' | '\u{ac00}'..='\u{d7ff}' => Step::Letter(Script::Hangul),
        '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' => {
            Step::Letter(Script::Han)
        }
        _ if character.is_alphabetic() => {
            if ('\u{c0}'..='\u{2af}').contains(&character) || ('\u{1e00}'..='\u{1eff}').contains(&character) {
                Step::Letter(Script::Latin)
            } else {
                Step::Letter(Script::Other)
            }
        }
        _ if character.is_numeric() => Step::Letter(Script::Other),
        _ => Step::Break,
    }
}

/// Writes one word in Latin letters.
///
/// A word that mixes Latin with Cyrillic or Greek letters is taken for Latin in disguise: its
/// look-alike letters are read as what they look like.
fn flush_chars(chars: &mut Vec<(char, Script)>, out: &mut String, word: &mut impl FnMut(&str, Script)) {
    if chars.is_empty() {
        return;
    }
    out.clear();
    let is = |wanted: Script| {
        chars.iter().any(|(character, script)| *script == wanted && character.is_alphabetic())
    };
    let disguised = is(Script::Latin) && (is(Script::Cyrillic) || is(Script::Greek));
    let mut main = Script::Latin;
    let mut place = 0;
    while place < chars.len() {
        let (character, script) = chars[place];
        if script != Script::Latin && !disguised {
            main = script;
        }
        if disguised && let Some(latin) = look_alike(character) {
            out.push(latin);
            place += 1;
            continue;
        }
        match script {
            Script::Latin => latin(character, out),
            Script::Cyrillic => out.push_str(cyrillic(character)),
            Script::Greek => greek(character, chars.get(place + 1).map(|next| next.0), out, &mut place),
            Script::Kana => kana(character, out),
            _ => push_ascii(character, out),
        }
        place += 1;
    }
    chars.clear();
    flush(out, main, word);
}

fn latin(character: char, out: &mut String) {
    match character {
        'a'..='z' | '0'..='9' => out.push(character),
        // As Azerbaijani passports write it.
        'ə' => out.push('a'),
        'ß' => out.push_str("ss"),
        'ø' => out.push('o'),
        'đ' | 'ð' => out.push('d'),
        'ł' => out.push('l'),
        'ı' => out.push('i'),
        'æ' => out.push_str("ae"),
        'œ' => out.push_str("oe"),
        'þ' => out.push_str("th"),
        _ => push_ascii(character, out),
    }
}

fn push_ascii(character: char, out: &mut String) {
    out.extend(
        any_ascii::any_ascii_char(character)
            .bytes()
            .filter(u8::is_ascii_alphanumeric)
            .map(|byte| byte.to_ascii_lowercase() as char),
    );
}

/// Cyrillic and Greek letters that look like a Latin one (after lower-casing).
fn look_alike(character: char) -> Option<char> {
    Some(match character {
        'а' | 'α' => 'a',
        'в' | 'β' => 'b',
        'с' | 'ϲ' => 'c',
        'ԁ' => 'd',
        'е' | 'ё' | 'ε' => 'e',
        'һ' => 'h',
        'н' | 'η' => 'h',
        'і' | 'ї' | 'ι' => 'i',
        'ј' => 'j',
        'к' | 'κ' => 'k',
        'м' | 'μ' => 'm',
        'ո' => 'n',
        'о' | 'ο' => 'o',
        'р' | 'ρ' => 'p',
        'ѕ' => 's',
        'т' | 'τ' => 't',
        'υ' => 'u',
        'ν' => 'v',
        'ѡ' | 'ԝ' => 'w',
        'х' | 'χ' => 'x',
        'у' | 'ү' => 'y',
        'ζ' => 'z',
        _ => return None,
    })
}

/// Russian, Ukrainian, Bulgarian and Serbian letters in the common English way.
const fn cyrillic(character: char) -> &'static str {
    match character {
        'а' => "a",
        'б' => "b",
        'в' => "v",
        'г' | 'ґ' => "g",
        'д' => "d",
        'е' | 'э' => "e",
        'є' => "ye",
        'ё' => "yo",
        'ж' => "zh",
        'з' | 'ѕ' => "z",
        'и' | 'і' | 'ї' => "i",
        'й' => "y",
        'ј' => "y",
        'к' | 'қ' => "k",
        'л' => "l",
        'љ' => "ly",
        'м' => "m",
        'н' | 'ң' => "n",
        'њ' => "ny",
        'о' | 'ө' => "o",
        'п' => "p",
        'р' => "r",
        'с' => "s",
        'т' => "t",
        'у' | 'ў' | 'ү' | 'ұ' => "u",
        'ф' => "f",
        'х' | 'һ' | 'ҳ' => "kh",
        'ц' => "ts",
        'ч' | 'ћ' => "ch",
        'ш' => "sh",
        'щ' => "shch",
        'ы' => "y",
        'ю' => "yu",
        'я' => "ya",
        'ђ' => "dzh",
        'џ' => "dzh",
        'ғ' => "g",
        'ә' => "a",
        _ => "",
    }
}

fn greek(character: char, next: Option<char>, out: &mut String, place: &mut usize) {
    let pair = match (character, next) {
        ('ο', Some('υ')) => "u",
        ('μ', Some('π')) => "b",
        ('ν', Some('τ')) => "d",
        ('γ', Some('κ' | 'γ')) => "g",
        ('ε' | 'ο', Some('ι')) => "i",
        ('α', Some('ι')) => "e",
        ('α', Some('υ')) => "av",
        ('ε', Some('υ')) => "ev",
        ('τ', Some('σ')) => "ts",
        _ => "",
    };
    if !pair.is_empty() {
        out.push_str(pair);
        *place += 1;
        return;
    }
    out.push_str(match character {
        'α' => "a",
        'β' => "v",
        'γ' => "g",
        'δ' => "d",
        'ε' => "e",
        'ζ' => "z",
        'η' | 'ι' | 'υ' => "i",
        'θ' => "th",
        'κ' => "k",
        'λ' => "l",
        'μ' => "m",
        'ν' => "n",
        'ξ' => "x",
        'ο' | 'ω' => "o",
        'π' => "p",
        'ρ' => "r",
        'σ' | 'ς' => "s",
        'τ' => "t",
        'φ' => "f",
        'χ' => "ch",
        'ψ' => "ps",
        _ => "",
    });
}

/// Kana by Hepburn; a small vowel joins the syllable before it, a voiced mark changes its consonant.
fn kana(character: char, out: &mut String) {
    match character {
        '\u{3099}' => voice(out),
        '\u{309a}' => {
            let vowel = out.pop().unwrap_or('a');
            while out.ends_with(['h', 'f']) {
                out.pop();
            }
            out.push('p');
            out.push(vowel);
        }
        // A long vowel adds nothing that other scripts would write.
        '\u{30fc}' | 'ッ' | 'っ' => {}
        'ァ' | 'ぁ' => small(out, "a"),
        'ィ' | 'ぃ' => small(out, "i"),
        'ゥ' | 'ぅ' => small(out, "u"),
        'ェ' | 'ぇ' => small(out, "e"),
        'ォ' | 'ぉ' => small(out, "o"),
        'ャ' | 'ゃ' => small(out, "ya"),
        'ュ' | 'ゅ' => small(out, "yu"),
        'ョ' | 'ょ' => small(out, "yo"),
        'ヴ' => out.push_str("vu"),
        _ => push_ascii(character, out),
    }
}

fn small(out: &mut String, vowel: &str) {
    if out.ends_with(['a', 'i', 'u', 'e', 'o']) {
        out.pop();
    }
    let palatal = out.ends_with("sh") || out.ends_with("ch") || out.ends_with('j');
    out.push_str(if palatal { vowel.trim_start_matches('y') } else { vowel });
}

fn voice(out: &mut String) {
    let vowel = out.pop().unwrap_or('u');
    let (cut, voiced) = if out.ends_with("sh") || out.ends_with("ch") {
        (2, "j")
    } else if out.ends_with("ts") {
        (2, "z")
    } else if out.ends_with('k') {
        (1, "g")
    } else if out.ends_with('s') {
        (1, "z")
    } else if out.ends_with('t') {
        (1, "d")
    } else if out.ends_with(['h', 'f']) {
        (1, "b")
    } else {
        (0, if vowel == 'u' { "v" } else { "" })
    };
    out.truncate(out.len() - cut);
    out.push_str(voiced);
    out.push(vowel);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, expected: &str) {
        let mut found = Vec::new();
        words(name, &mut Scratch::default(), |word, _| found.push(word.to_owned()));
        assert_eq!(found.join(" "), expected);
    }

    #[test]
    fn latin_names_lose_case_accents_and_marks() {
        check("Café Réseau B.V.", "cafe reseau b v");
        check("O'Brien & Søns", "obrien and sons");
        check("ＦＵＬＬ width", "full width");
    }

    #[test]
    fn other_scripts_become_latin() {
        check("ООО «Пример Хостинг»", "ooo primer khosting");
        check("Παράδειγμα", "paradigma");
        check("フョードル", "fyodoru");
        check("ジャネット", "janeto");
    }

    #[test]
    fn disguised_letters_are_read_as_what_they_look_like() {
        check("Nоrdwіnd", "nordwind");
        check("Exa\u{200b}mple\u{202e} Host", "example host");
    }
}
