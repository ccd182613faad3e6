//! How likely fingers make one word out of another.
//!
//! An edit distance in which what fingers do is cheap: the key beside the right one, a letter twice or once too
//! few, two letters in the wrong order. `nordwimd` for `nordwind` is a slip, `nordgind` is another word.

/// Letters that are looked at; what stands behind them is hardly ever where two names differ.
const WIDEST: usize = 40;

/// What an edit costs. Only their order matters: the fitted trees find what a sum of them means.
pub(super) const SLIP: u8 = 1;
pub(super) const LEFT_OUT: u8 = 2;
const OTHER_LETTER: u8 = 4;

/// Cost of the cheapest edits between two words of `a-z0-9`.
pub(super) fn cost(a: &[u8], b: &[u8]) -> u8 {
    let begin = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let end = a[begin..].iter().rev().zip(b[begin..].iter().rev()).take_while(|(x, y)| x == y).count();
    // One letter before what differs stays, so that a doubled letter is seen.
    let from = begin.saturating_sub(1);
    between(&a[from..a.len() - end], &b[from..b.len() - end])
}

fn between(a: &[u8], b: &[u8]) -> u8 {
    let (a, b) = (&a[..a.len().min(WIDEST)], &b[..b.len().min(WIDEST)]);
    let mut two_before = [0u8; WIDEST + 1];
    let mut before = [0u8; WIDEST + 1];
    for place in 0..b.len() {
        before[place + 1] = before[place] + left_out(b, place);
    }
    for (i, x) in a.iter().enumerate() {
        let mut row = [0u8; WIDEST + 1];
        row[0] = before[0] + left_out(a, i);
        for (j, y) in b.iter().enumerate() {
            let mut best = before[j] + changed(*x, *y);
            best = best.min(before[j + 1] + left_out(a, i)).min(row[j] + left_out(b, j));
            if i > 0 && j > 0 && *x == b[j - 1] && a[i - 1] == *y {
                best = best.min(two_before[j - 1] + SLIP);
            }
            row[j + 1] = best;
        }
        two_before = before;
        before = row;
    }
    before[b.len()]
}

fn changed(x: u8, y: u8) -> u8 {
    match x == y {
        true => 0,
        false if neighbours(x, y) => SLIP,
        false => OTHER_LETTER,
    }
}

/// A letter that stands beside its like is one that was typed twice.
fn left_out(word: &[u8], place: usize) -> u8 {
    if place > 0 && word[place - 1] == word[place] { SLIP } else { LEFT_OUT }
}

/// Rows of the usual keyboard; each is moved to the right of the one above by about half a key.
const ROWS: [&[u8]; 4] = [b"1234567890", b"qwertyuiop", b"asdfghjkl", b"zxcvbnm"];

fn neighbours(x: u8, y: u8) -> bool {
    let (Some((row_x, at_x)), Some((row_y, at_y))) = (key(x), key(y)) else { return false };
    match row_x.abs_diff(row_y) {
        0 => at_x.abs_diff(at_y) == 1,
        1 => {
            let (upper, lower) = if row_x < row_y { (at_x, at_y) } else { (at_y, at_x) };
            upper == lower || upper == lower + 1
        }
        _ => false,
    }
}

fn key(letter: u8) -> Option<(u8, u8)> {
    KEYS[usize::from(letter)]
}

/// Row and place of each key.
static KEYS: [Option<(u8, u8)>; 256] = {
    let mut keys = [None; 256];
    let mut row = 0;
    while row < ROWS.len() {
        let mut place = 0;
        while place < ROWS[row].len() {
            keys[ROWS[row][place] as usize] = Some((row as u8, place as u8));
            place += 1;
        }
        row += 1;
    }
    keys
};

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(left: &str, right: &str, expected: u8) {
        assert_eq!(cost(left.as_bytes(), right.as_bytes()), expected, "{left} / {right}");
        assert_eq!(cost(right.as_bytes(), left.as_bytes()), expected, "{right} / {left}");
    }

    #[test]
    fn what_fingers_do_is_cheap() {
        check("nordwind", "nordwind", 0);
        check("nordwind", "nordwimd", SLIP);
        check("nordwind", "nordwnid", SLIP);
        check("nordwind", "norddwind", SLIP);
        check("nordwind", "nordwid", LEFT_OUT);
        check("nordwind", "nordgind", OTHER_LETTER);
        check("nordwind", "nordxwimd", LEFT_OUT + SLIP);
    }
}
