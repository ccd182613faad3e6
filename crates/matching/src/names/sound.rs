//! How a folded word sounds: one spelling for what different transliterations write differently.
//!
//! `Aleksey`, `Alexei` and `Алексей` become the same; so do `Volosovik` and `Volosovyk`.
//! The rules follow the usual Latin spellings of Slavic, Greek and Arabic names and the way Latin
//! words are written in Cyrillic and back.

/// Appends the sound form of a folded `word` (lower-case ASCII) to `out`.
pub fn sound(word: &[u8], out: &mut Vec<u8>) {
    let start = out.len();
    let mut place = 0;
    while place < word.len() {
        let rest = &word[place..];
        let (eaten, code): (usize, &[u8]) = match rest {
            [b's', b'h', b'c', b'h', ..] => (4, b"x"),
            // "tech" is written "tekh" after it went through Cyrillic.
            [b't', b'e', b'c', b'h', ..] => (4, b"teh"),
            [b't', b's', b'c', b'h', ..] => (4, b"x"),
            [b's', b'c', b'h', ..] | [b't', b'c', b'h', ..] => (3, b"x"),
            [b'd', b'z', b'h', ..] => (3, b"j"),
            [b's', b'h', ..] | [b'c', b'h', ..] | [b'c', b'z', ..] => (2, b"x"),
            [b'z', b'h', ..] | [b'd', b'j', ..] => (2, b"j"),
            [b'k', b'h', ..] => (2, b"h"),
            [b'p', b'h', ..] => (2, b"f"),
            [b't', b'h', ..] => (2, b"t"),
            [b'g', b'h', ..] => (2, b"g"),
            [b'c', b'k', ..] => (2, b"k"),
            [b't', b's', ..] | [b't', b'z', ..] => (2, b"z"),
            [b'o', b'u', ..] | [b'o', b'o', ..] => (2, b"u"),
            [b'e', b'e', ..] => (2, b"i"),
            [b'o', b'e', ..] => (2, b"o"),
            [b'u', b'e', ..] => (2, b"u"),
            [b'a', b'e', ..] => (2, b"a"),
            [b'y', b'e', ..] if place == 0 => (2, b"e"),
            [b'y', b'o', ..] if place == 0 || !vowel(word[place - 1]) => (2, b"o"),
            [b'x', ..] => (1, b"ks"),
            [b'q', b'u', ..] => (2, b"kv"),
            [b'c', ..] | [b'q', ..] => (1, b"k"),
            [b'w', ..] => (1, b"v"),
            [b'y', ..] => (1, b"i"),
            [other, ..] => (1, std::slice::from_ref(other)),
            [] => break,
        };
        for letter in code {
            if out.len() == start || out.last() != Some(letter) || letter.is_ascii_digit() {
                out.push(*letter);
            }
        }
        place += eaten;
    }
}

pub(crate) const fn vowel(letter: u8) -> bool {
    matches!(letter, b'a' | b'e' | b'i' | b'o' | b'u' | b'y')
}

/// Groups of letters that scripts mix up; 0 for vowels, 99 for digits.
pub(crate) const fn group(letter: u8) -> u8 {
    match letter {
        b'a' | b'e' | b'i' | b'o' | b'u' | b'y' => 0,
        b'b' | b'p' | b'f' | b'v' | b'w' => 1,
        b'k' | b'g' | b'h' | b'q' | b'c' => 2,
        b'd' | b't' => 3,
        b's' | b'z' | b'x' | b'j' => 4,
        b'l' | b'r' => 5,
        b'm' | b'n' => 6,
        _ => 99,
    }
}

/// Likeness 0..1 of two words in sound form that come from different scripts.
///
/// An edit distance in which vowels are cheap (scripts leave them out or add them) and letters of
/// one group nearly agree. Costs are divided by the length of the longer word, vowels counting a third.
pub fn likeness_across_scripts(a: &[u8], b: &[u8]) -> f32 {
    const WIDEST: usize = 64;
    let mut sides = [[0u8; WIDEST]; 2];
    let [left, right] = &mut sides;
    let (left, right) = (symbols(a, left), symbols(b, right));
    let length = |word: &[u8]| word.iter().map(|letter| DROP[*letter as usize]).sum::<u16>();
    let longest = length(left).max(length(right));
    if longest == 0 {
        return 0.0;
    }
    let mut row = [0u16; WIDEST + 1];
    for (place, letter) in right.iter().enumerate() {
        row[place + 1] = row[place] + DROP[*letter as usize];
    }
    for letter in left {
        let (change, drop) = (&CHANGE[*letter as usize], DROP[*letter as usize]);
        let mut diagonal = row[0];
        row[0] += drop;
        let mut before = row[0];
        for (cell, other) in row[1..].iter_mut().zip(right) {
            let here =
                (diagonal + change[*other as usize]).min(*cell + drop).min(before + DROP[*other as usize]);
            diagonal = *cell;
            *cell = here;
            before = here;
        }
    }
    (1.0 - f32::from(row[right.len()]) / f32::from(longest)).max(0.0)
}

/// Letters `a` to `z` as 0 to 25, digits as 26 to 35; what the words are made of.
const SYMBOLS: usize = 36;

fn symbols<'s>(word: &[u8], out: &'s mut [u8; 64]) -> &'s [u8] {
    let length = word.len().min(out.len());
    for (symbol, letter) in out.iter_mut().zip(word) {
        *symbol = if letter.is_ascii_digit() { 26 + letter - b'0' } else { letter.wrapping_sub(b'a') % 26 };
    }
    &out[..length]
}

/// What a letter costs that the other side lacks, in twentieths.
const DROP: [u16; SYMBOLS] = {
    let mut costs = [20; SYMBOLS];
    let mut symbol = 0;
    while symbol < SYMBOLS {
        costs[symbol] = match letter(symbol) {
            b'a' | b'e' | b'i' | b'o' | b'u' | b'y' => 7,
            b'h' => 10,
            _ => 20,
        };
        symbol += 1;
    }
    costs
};

/// What a letter costs for another, in twentieths.
const CHANGE: [[u16; SYMBOLS]; SYMBOLS] = {
    let mut costs = [[0; SYMBOLS]; SYMBOLS];
    let mut left = 0;
    while left < SYMBOLS {
        let mut right = 0;
        while right < SYMBOLS {
            costs[left][right] = change_cost(letter(left), letter(right));
            right += 1;
        }
        left += 1;
    }
    costs
};

const fn letter(symbol: usize) -> u8 {
    if symbol < 26 { b'a' + symbol as u8 } else { b'0' + (symbol - 26) as u8 }
}

const fn change_cost(left: u8, right: u8) -> u16 {
    if left == right {
        return 0;
    }
    match (group(left), group(right)) {
        (0, 0) => 4,
        (0, 1) if matches!(right, b'v' | b'w') => 10,
        (1, 0) if matches!(left, b'v' | b'w') => 10,
        (99, _) | (_, 99) => 24,
        (same, other) if same == other => 8,
        (2, 4) | (4, 2) | (3, 4) | (4, 3) => 14,
        _ => 24,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(left: &str, right: &str) {
        let of = |word: &str| {
            let mut out = Vec::new();
            sound(word.as_bytes(), &mut out);
            String::from_utf8(out).unwrap()
        };
        assert_eq!(of(left), of(right));
    }

    #[test]
    fn transliterations_of_one_name_sound_alike() {
        check("aleksey", "alexei");
        check("dmitry", "dmitrii");
        check("yevgeniy", "evgeny");
        check("khosting", "hosting");
        check("volosovik", "volosovyk");
        check("cloud", "kloud");
    }
}
