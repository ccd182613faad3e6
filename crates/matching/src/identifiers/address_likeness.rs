//! How alike two cleaned addresses are.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use watchlist::Strength;

use super::address::Parts;
use super::lists::{COMMON_STREETS, lines};
use super::text::edits;

/// Streets at least this alike (share of equal letters) count as one.
const SAME_STREET: f32 = 0.75;

/// What of two addresses agrees.
#[derive(Clone, Copy)]
pub(super) struct Agreement {
    pub(super) postcode: bool,
    /// One digit differs or two are swapped, in codes of one length.
    pub(super) similar_postcode: bool,
    pub(super) city: bool,
    pub(super) similar_city: bool,
    /// The house numbers of the side that gives fewer all stand on the other side.
    pub(super) numbers: bool,
    /// Likeness of the streets, 0..=1. Not looked at where nothing else agrees.
    pub(super) street: f32,
}

/// Compares two addresses part by part.
pub(super) fn agreement(left: Parts<'_>, right: Parts<'_>) -> Agreement {
    let both = |a: &str, b: &str| !a.is_empty() && !b.is_empty();
    let slip = |a: &str, b: &str, budget| both(a, b) && a != b && edits(a, b, budget).is_some();
    let (postcode, city) = (
        both(left.postcode, right.postcode) && left.postcode == right.postcode,
        both(left.city, right.city) && left.city == right.city,
    );
    let len = left.postcode.len();
    let similar_postcode = len >= 4 && len == right.postcode.len() && slip(left.postcode, right.postcode, 1);
    let similar_city = slip(left.city, right.city, left.city.len().min(right.city.len()).min(8) / 4);
    let numbers = same_numbers(left, right);
    let looked_at =
        postcode || city || similar_postcode || similar_city || numbers && !left.numbers.is_empty();
    let street = if looked_at { street(left.street, right.street) } else { 0.0 };
    Agreement { postcode, similar_postcode, city, similar_city, numbers, street }
}

impl Agreement {
    pub(super) fn similar_street(&self) -> bool {
        self.street >= SAME_STREET
    }

    /// Whether both are one address, and how much that says. Needs the same street and house number,
    /// and the same postcode or, where a side has none, the same city.
    pub(super) fn one_address(&self, left: Parts<'_>, right: Parts<'_>) -> Option<(Strength, f32)> {
        let missing = usize::from(left.postcode.is_empty()) + usize::from(right.postcode.is_empty());
        let place = self.postcode || missing > 0 && self.city;
        if !place || !self.numbers || !self.similar_street() {
            return None;
        }
        let numberless = left.numbers.is_empty();
        // Without a house number only a long and well kept text is one address.
        if numberless && (self.street < 0.9 || left.street.len().min(right.street.len()) < 12) {
            return None;
        }
        match missing {
            0 if numberless => Some((Strength::Weak, 3.6)),
            0 => Some((Strength::Weak, 4.8)),
            1 => Some((Strength::Weak, 4.0)),
            // Every town has a main street: where both left the postcode out, it names no place of its
            // own. Where a country has none, street, number and city are the whole address.
            _ if (is_common_street(left.street) || is_common_street(right.street))
                && !self.whole_without_postcode(left, right) =>
            {
                Some((Strength::NonDistinctive, 2.5))
            }
            _ => Some((Strength::Weak, 3.7)),
        }
    }
}

impl Agreement {
    fn whole_without_postcode(&self, left: Parts<'_>, right: Parts<'_>) -> bool {
        let has_none = |parts: Parts<'_>| parts.country.is_some_and(|country| !country.has_postcodes());
        has_none(left) && has_none(right)
    }
}

fn same_numbers(left: Parts<'_>, right: Parts<'_>) -> bool {
    let (few, many) = if left.numbers.len() <= right.numbers.len() { (left, right) } else { (right, left) };
    few.numbers.is_empty() == many.numbers.is_empty() && few.numbers.iter().all(|n| many.numbers.contains(n))
}

/// Whether the words that name a street are such as nearly every town has.
fn is_common_street(street: &str) -> bool {
    let words = Words::of(street);
    words
        .names
        .iter()
        .all(|name| COMMON_STREETS.contains(name) || name.starts_with(|c: char| c.is_ascii_digit()))
}

/// Share of letters that two street names have in common, 0..=1, in words that are equal but for slips.
pub(super) fn street(left: &str, right: &str) -> f32 {
    if left.is_empty() || right.is_empty() {
        return 0.0;
    }
    if left == right {
        return 1.0;
    }
    let (left_words, right_words) = (Words::of(left), Words::of(right));
    let aligned = left_words.likeness(&right_words);
    if aligned >= SAME_STREET || left.len().abs_diff(right.len()) > 6 {
        return aligned;
    }
    // Words joined or split, or slips in several words.
    let (left, right) = (left.replace(' ', ""), right.replace(' ', ""));
    let len = left.len().max(right.len());
    let whole = match edits(&left, &right, 2) {
        Some(slips) if len >= 4 * (slips + 1) => 1.0 - 0.06 * slips as f32,
        _ => 0.0,
    };
    aligned.max(whole)
}

/// The words of a street: what names it, and what kind of street it is.
struct Words<'a> {
    names: Vec<&'a str>,
    kinds: Vec<(&'a str, u8)>,
}

impl<'a> Words<'a> {
    fn of(street: &'a str) -> Self {
        let (mut names, mut kinds) = (Vec::new(), Vec::new());
        for word in street.split(' ') {
            if let Some(&kind) = KINDS.words.get(word) {
                kinds.push((word, kind));
            } else if let Some((name, kind)) = KINDS.split_end(word) {
                names.push(name);
                kinds.push((&word[name.len()..], kind));
            } else {
                names.push(word);
            }
        }
        Self { names, kinds }
    }

    fn likeness(&self, other: &Self) -> f32 {
        let mut free: Vec<&str> = other.names.clone();
        let mut unmatched = Vec::new();
        let (mut shared, mut slips) = (0, 0.0);
        for &name in &self.names {
            let best = free
                .iter()
                .enumerate()
                .filter_map(|(at, other)| Some((edits(name, other, budget(name, other))?, at)))
                .min();
            match best {
                Some((slip, at)) => {
                    shared += name.len() + free.swap_remove(at).len();
                    slips += 0.05 * slip as f32;
                }
                None => unmatched.push(name),
            }
        }
        let lost = self.lost(&unmatched, other) + other.lost(&free, self);
        if shared == 0 {
            return 0.0;
        }
        let kinds = if self.contradicts(other) { 0.3 } else { 0.0 };
        (shared as f32 / (shared + lost) as f32 - slips - kinds).max(0.0)
    }

    /// Letters of words that the other side lacks; a misspelt word for the kind of street is none.
    fn lost(&self, unmatched: &[&str], other: &Self) -> usize {
        let misspelt = |word: &str| {
            self.kinds.len() < other.kinds.len()
                && other
                    .kinds
                    .iter()
                    .any(|(kind, _)| edits(word, kind, 2).is_some_and(|slips| slips * 3 <= kind.len()))
        };
        unmatched.iter().filter(|word| !misspelt(word)).map(|word| word.len()).sum()
    }

    /// Both sides say what kind of street it is, and not the same.
    fn contradicts(&self, other: &Self) -> bool {
        let shares = |(_, kind): &(&str, u8)| other.kinds.iter().any(|(_, theirs)| theirs == kind);
        !self.kinds.is_empty() && !other.kinds.is_empty() && !self.kinds.iter().any(shares)
    }
}

/// Slips allowed between two words of a street.
fn budget(left: &str, right: &str) -> usize {
    match left.len().max(right.len()) {
        0..4 => 0,
        4..7 => 1,
        _ => 2,
    }
}

/// Words for kinds of street, and endings of longer words that say the same.
struct Kinds {
    words: FxHashMap<&'static str, u8>,
    ends: Vec<(&'static str, u8)>,
}

impl Kinds {
    /// `dorps` of `dorpsstraat`. At least three letters must be left.
    fn split_end<'w>(&self, word: &'w str) -> Option<(&'w str, u8)> {
        self.ends.iter().find_map(|&(end, kind)| {
            let name = word.strip_suffix(end)?;
            (name.len() >= 3).then_some((name, kind))
        })
    }
}

static KINDS: LazyLock<Kinds> = LazyLock::new(|| {
    let (mut words, mut ends) = (FxHashMap::default(), Vec::new());
    for (kind, line) in lines(include_str!("../../data/identifiers/street_types.txt")).enumerate() {
        for word in line.split(' ') {
            match word.strip_prefix('*') {
                Some(end) => ends.push((end, kind as u8)),
                None => drop(words.insert(word, kind as u8)),
            }
        }
    }
    ends.sort_by_key(|(end, _)| std::cmp::Reverse(end.len()));
    Kinds { words, ends }
});

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(left: &str, right: &str, expected: bool) {
        assert_eq!(street(left, right) >= SAME_STREET, expected, "{left} / {right}: {}", street(left, right));
    }

    #[test]
    fn one_street_written_in_two_ways() {
        check("main street", "main st", true);
        check("main street", "main atreet", true);
        check("pr mira", "p mira", true);
        check("prospekt mira", "pr mira", true);
        check("nevskiy pr", "nevskij prospekt", true);
        check("hauptstrasse", "hauptstr", true);
        check("dorpsstraat", "dorpsstr", true);
        check("shosse kashirskoe", "kashirskoe sh", true);
        check("herengracht", "heerengracht", true);
        check("sadovaya chernogryazskaya", "sadovayachernogryazskaya", true);
    }

    #[test]
    fn two_streets_that_share_a_word() {
        check("main street", "oak street", false);
        check("oak street", "oak avenue", false);
        check("station road", "church road", false);
        check("ul pushkina", "ul lenina", false);
        check("kerkstraat", "schoolstraat", false);
    }
}
