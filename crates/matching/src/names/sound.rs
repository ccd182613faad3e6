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
    let a = &a[..a.len().min(WIDEST)];
    let b = &b[..b.len().min(WIDEST)];
    let length = |word: &[u8]| word.iter().map(|letter| drop_cost(*letter)).sum::<f32>();
    let longest = length(a).max(length(b));
    if longest == 0.0 {
        return 0.0;
    }
    let mut row = [0f32; WIDEST + 1];
    for (place, letter) in b.iter().enumerate() {
        row[place + 1] = row[place] + drop_cost(*letter);
    }
    for left in a {
        let mut diagonal = row[0];
        row[0] += drop_cost(*left);
        for (place, right) in b.iter().enumerate() {
            let change = diagonal + change_cost(*left, *right);
            diagonal = row[place + 1];
            let skip = (row[place + 1] + drop_cost(*left)).min(row[place] + drop_cost(*right));
            row[place + 1] = change.min(skip);
        }
    }
    (1.0 - row[b.len()] / longest).max(0.0)
}

const fn drop_cost(letter: u8) -> f32 {
    match letter {
        b'a' | b'e' | b'i' | b'o' | b'u' | b'y' => 0.35,
        b'h' => 0.5,
        _ => 1.0,
    }
}

fn change_cost(left: u8, right: u8) -> f32 {
    if left == right {
        return 0.0;
    }
    match (group(left), group(right)) {
        (0, 0) => 0.2,
        (0, 1) if matches!(right, b'v' | b'w') => 0.5,
        (1, 0) if matches!(left, b'v' | b'w') => 0.5,
        (same, other) if same == other && same != 99 => 0.4,
        (2, 4) | (4, 2) => 0.7,
        (3, 4) | (4, 3) => 0.7,
        _ => 1.2,
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
