//! Edit distances on folded words, bit-parallel.
//!
//! Optimal string alignment after Hyyrö, "A Bit-Vector Algorithm for Computing Levenshtein and
//! Damerau Edit Distances" (2003); longest common subsequence after Hyyrö, "Bit-Parallel LCS-length
//! Computation Revisited" (2004). Words hold only `a-z0-9`, so 36 masks are enough.

const SYMBOLS: usize = 36;

/// Which mask a byte has.
static SYMBOL: [u8; 256] = {
    let mut table = [0u8; 256];
    let mut byte = 0;
    while byte < 256 {
        let place = if byte >= b'a' as usize {
            byte - b'a' as usize
        } else {
            26 + (byte as u8).wrapping_sub(b'0') as usize
        };
        table[byte] = (place % SYMBOLS) as u8;
        byte += 1;
    }
    table
};

fn symbol(byte: u8) -> usize {
    usize::from(SYMBOL[usize::from(byte)])
}

/// A set of the letters and digits in a word, for a cheap bound on any edit distance.
pub fn letters(word: &[u8]) -> u64 {
    word.iter().fold(0, |set, byte| set | 1 << symbol(*byte))
}

/// Both words without what they begin and end with alike: neither distance sees it.
fn without_common_ends<'a>(a: &'a [u8], b: &'a [u8]) -> (&'a [u8], &'a [u8]) {
    let begin = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[begin..], &b[begin..]);
    let end = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    (&a[..a.len() - end], &b[..b.len() - end])
}

/// Where each symbol stands in a word of at most 64 letters.
fn places(word: &[u8]) -> [u64; SYMBOLS] {
    let mut masks = [0u64; SYMBOLS];
    for (place, byte) in word.iter().enumerate() {
        masks[symbol(*byte)] |= 1 << place;
    }
    masks
}

/// Optimal string alignment distance: insertions, deletions, changes and swaps of neighbours.
/// Words longer than 64 letters are cut there.
pub fn osa(a: &[u8], b: &[u8]) -> u32 {
    let (a, b) = without_common_ends(&a[..a.len().min(64)], &b[..b.len().min(64)]);
    if a.is_empty() || b.is_empty() {
        return (a.len() + b.len()) as u32;
    }
    let masks = places(a);
    let last = 1u64 << (a.len() - 1);
    let (mut vp, mut vn, mut d0, mut before) = (!0u64, 0u64, 0u64, 0u64);
    let mut distance = a.len() as u32;
    for byte in b {
        let matches = masks[symbol(*byte)];
        let swap = ((!d0 & matches) << 1) & before;
        d0 = ((((matches & vp).wrapping_add(vp)) ^ vp) | matches | vn) | swap;
        let hp = vn | !(d0 | vp);
        let hn = d0 & vp;
        distance += u32::from(hp & last != 0);
        distance -= u32::from(hn & last != 0);
        let hp = (hp << 1) | 1;
        vp = (hn << 1) | !(d0 | hp);
        vn = hp & d0;
        before = matches;
    }
    distance
}

/// Whether [`osa`] is at most 1, without counting further.
pub fn one_edit(a: &[u8], b: &[u8]) -> bool {
    let (a, b) = (&a[..a.len().min(64)], &b[..b.len().min(64)]);
    if a.len().abs_diff(b.len()) > 1 {
        return false;
    }
    match without_common_ends(a, b) {
        ([], [] | [_]) | ([_], [] | [_]) => true,
        ([a, b], [c, d]) => a == d && b == c,
        _ => false,
    }
}

/// Length of the longest common subsequence; words longer than 128 letters are cut there.
pub fn common_letters(a: &[u8], b: &[u8]) -> u32 {
    let (whole, b) = (&a[..a.len().min(128)], &b[..b.len().min(128)]);
    let (a, b) = without_common_ends(whole, b);
    let at_ends = (whole.len() - a.len()) as u32;
    if a.is_empty() || b.is_empty() {
        return at_ends;
    }
    at_ends + if a.len() <= 64 { common_in_one_word(a, b) } else { common_in_two_words(a, b) }
}

fn common_in_one_word(a: &[u8], b: &[u8]) -> u32 {
    let masks = places(a);
    let mut row = !0u64;
    for byte in b {
        let hit = row & masks[symbol(*byte)];
        row = row.wrapping_add(hit) | row.wrapping_sub(hit);
    }
    (!row).count_ones().min(a.len() as u32)
}

fn common_in_two_words(a: &[u8], b: &[u8]) -> u32 {
    let mut masks = [0u128; SYMBOLS];
    for (place, byte) in a.iter().enumerate() {
        masks[symbol(*byte)] |= 1 << place;
    }
    let mut row = !0u128;
    for byte in b {
        let hit = row & masks[symbol(*byte)];
        row = row.wrapping_add(hit) | row.wrapping_sub(hit);
    }
    (!row).count_ones().min(a.len() as u32)
}

/// Likeness 0..1 by common subsequence: twice its length over both lengths.
pub fn ratio(a: &[u8], b: &[u8]) -> f32 {
    let both = a.len().min(128) + b.len().min(128);
    if both == 0 { 0.0 } else { 2.0 * common_letters(a, b) as f32 / both as f32 }
}

/// Two whole names beside each other.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Both {
    /// As [`ratio`].
    pub ratio: f32,
    /// As [`osa`].
    pub edits: u32,
    /// Letters that both begin with.
    pub same_start: usize,
    /// Letters that both end with.
    pub same_end: usize,
}

/// Both distances in one walk over the letters. Names longer than 64 letters are cut there.
pub fn both(a: &[u8], b: &[u8]) -> Both {
    let (whole_a, whole_b) = (&a[..a.len().min(64)], &b[..b.len().min(64)]);
    let same_end = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    let same_start = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let (a, b) = without_common_ends(whole_a, whole_b);
    let at_ends = (whole_a.len() - a.len()) as u32;
    let (common, edits) =
        if a.is_empty() || b.is_empty() { (0, (a.len() + b.len()) as u32) } else { common_and_edits(a, b) };
    let length = whole_a.len() + whole_b.len();
    let ratio = if length == 0 { 0.0 } else { 2.0 * (at_ends + common) as f32 / length as f32 };
    Both { ratio, edits, same_start, same_end }
}

/// Longest common subsequence and [`osa`] of two words of 1 to 64 letters.
fn common_and_edits(a: &[u8], b: &[u8]) -> (u32, u32) {
    let masks = places(a);
    let last = 1u64 << (a.len() - 1);
    let (mut row, mut edits) = (!0u64, a.len() as u32);
    let (mut vp, mut vn, mut d0, mut before) = (!0u64, 0u64, 0u64, 0u64);
    for byte in b {
        let matches = masks[symbol(*byte)];
        let hit = row & matches;
        row = row.wrapping_add(hit) | row.wrapping_sub(hit);
        let swap = ((!d0 & matches) << 1) & before;
        d0 = ((((matches & vp).wrapping_add(vp)) ^ vp) | matches | vn) | swap;
        let hp = vn | !(d0 | vp);
        let hn = d0 & vp;
        edits += u32::from(hp & last != 0);
        edits -= u32::from(hn & last != 0);
        let hp = (hp << 1) | 1;
        vp = (hn << 1) | !(d0 | hp);
        vn = hp & d0;
        before = matches;
    }
    ((!row).count_ones().min(a.len() as u32), edits)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn osa_by_table(a: &[u8], b: &[u8]) -> u32 {
        let mut table = vec![vec![0u32; b.len() + 1]; a.len() + 1];
        for (i, row) in table.iter_mut().enumerate() {
            row[0] = i as u32;
        }
        for (j, cell) in table[0].iter_mut().enumerate() {
            *cell = j as u32;
        }
        for i in 1..=a.len() {
            for j in 1..=b.len() {
                let change = u32::from(a[i - 1] != b[j - 1]);
                let mut best =
                    (table[i - 1][j] + 1).min(table[i][j - 1] + 1).min(table[i - 1][j - 1] + change);
                if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                    best = best.min(table[i - 2][j - 2] + 1);
                }
                table[i][j] = best;
            }
        }
        table[a.len()][b.len()]
    }

    proptest! {
        #[test]
        fn the_bit_vectors_agree_with_the_table(a in "[a-d]{0,20}", b in "[a-d]{0,20}") {
            prop_assert_eq!(osa(a.as_bytes(), b.as_bytes()), osa_by_table(a.as_bytes(), b.as_bytes()));
        }

        #[test]
        fn one_edit_is_a_distance_of_one(a in "[a-c]{0,9}", b in "[a-c]{0,9}") {
            prop_assert_eq!(one_edit(a.as_bytes(), b.as_bytes()), osa_by_table(a.as_bytes(), b.as_bytes()) < 2);
        }

        #[test]
        fn the_common_letters_agree_with_the_table(a in "[a-d]{0,90}", b in "[a-d]{0,90}") {
            let (a, b) = (a.as_bytes(), b.as_bytes());
            let mut table = vec![vec![0u32; b.len() + 1]; a.len() + 1];
            for i in 1..=a.len() {
                for j in 1..=b.len() {
                    table[i][j] = if a[i - 1] == b[j - 1] {
                        table[i - 1][j - 1] + 1
                    } else {
                        table[i - 1][j].max(table[i][j - 1])
                    };
                }
            }
            prop_assert_eq!(common_letters(a, b), table[a.len()][b.len()]);
        }

        #[test]
        fn both_at_once_are_what_each_is_alone(a in "[a-d]{0,64}", b in "[a-d]{0,64}") {
            let (a, b) = (a.as_bytes(), b.as_bytes());
            let found = both(a, b);
            prop_assert_eq!((found.ratio, found.edits), (ratio(a, b), osa(a, b)));
        }

        #[test]
        fn a_word_is_wholly_common_with_itself(a in "[a-z0-9]{1,120}") {
            prop_assert!((ratio(a.as_bytes(), a.as_bytes()) - 1.0).abs() < 1e-6);
        }
    }
}
