//! Which characters of two values differ, so that a reader sees at once what the program saw.

use crate::visible::is_unseen;

/// Longest middle part, in characters of both sides multiplied, that is compared character by character.
/// Beyond it everything between the common start and the common end counts as different.
const LARGEST_TABLE: usize = 40_000;

/// Values that share less than this part of the longer one have nothing worth marking: every character
/// would be marked, and marks would say nothing.
const LEAST_IN_COMMON: f64 = 0.35;

/// A run of characters that are equal on both sides, or that differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Run<'a> {
    pub(crate) text: &'a str,
    pub(crate) differs: bool,
}

/// How two characters are compared: as they are, or as a person reads them.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Case {
    Matters,
    Ignored,
}

/// Splits both values into runs. None if the values have too little in common.
pub(crate) fn runs<'a>(left: &'a str, right: &'a str, case: Case) -> Option<(Vec<Run<'a>>, Vec<Run<'a>>)> {
    let (left_characters, right_characters) = (characters(left, case), characters(right, case));
    let (mut left_common, mut right_common) = common(&left_characters, &right_characters);
    let shared = left_common.iter().filter(|common| **common).count();
    let longer = left_common.len().max(right_common.len());
    if (shared as f64) < LEAST_IN_COMMON * longer as f64 {
        return None;
    }
    drop_islands(&mut left_common);
    drop_islands(&mut right_common);
    let (mut left_runs, mut right_runs) = (cut(left, &left_common), cut(right, &right_common));
    if case == Case::Ignored {
        // In values as found, blanks and punctuation are habit; the cleaned ones below show what counts.
        for run in left_runs.iter_mut().chain(&mut right_runs) {
            run.differs &= run.text.chars().any(|one| one.is_alphanumeric() || is_unseen(one));
        }
    }
    Some((left_runs, right_runs))
}

fn characters(text: &str, case: Case) -> Vec<char> {
    match case {
        Case::Matters => text.chars().collect(),
        // The first character of the folded form is enough to tell whether two are the same letter.
        Case::Ignored => text.chars().map(|one| one.to_lowercase().next().unwrap_or(one)).collect(),
    }
}

/// Marks the characters of a longest common subsequence.
fn common(left: &[char], right: &[char]) -> (Vec<bool>, Vec<bool>) {
    let start = left.iter().zip(right).take_while(|(one, other)| one == other).count();
    let (left_rest, right_rest) = (&left[start..], &right[start..]);
    let end =
        left_rest.iter().rev().zip(right_rest.iter().rev()).take_while(|(one, other)| one == other).count();
    let (left_middle, right_middle) =
        (&left_rest[..left_rest.len() - end], &right_rest[..right_rest.len() - end]);

    let mut left_common = vec![true; left.len()];
    let mut right_common = vec![true; right.len()];
    left_common[start..start + left_middle.len()].fill(false);
    right_common[start..start + right_middle.len()].fill(false);
    if left_middle.len().saturating_mul(right_middle.len()) <= LARGEST_TABLE {
        for (one, other) in subsequence(left_middle, right_middle) {
            left_common[start + one] = true;
            right_common[start + other] = true;
        }
    }
    (left_common, right_common)
}

/// Places of a longest common subsequence on both sides.
fn subsequence(left: &[char], right: &[char]) -> Vec<(usize, usize)> {
    let width = right.len() + 1;
    // lengths[i * width + j]: longest common subsequence of left[i..] and right[j..].
    let mut lengths = vec![0_u16; (left.len() + 1) * width];
    for i in (0..left.len()).rev() {
        for j in (0..right.len()).rev() {
            lengths[i * width + j] = if left[i] == right[j] {
                lengths[(i + 1) * width + j + 1] + 1
            } else {
                lengths[(i + 1) * width + j].max(lengths[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j, mut places) = (0, 0, Vec::new());
    while i < left.len() && j < right.len() {
        if left[i] == right[j] {
            places.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if lengths[(i + 1) * width + j] >= lengths[i * width + j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    places
}

/// One equal character between two that differ is chance, and makes the marks hard to read.
fn drop_islands(common: &mut [bool]) {
    for place in 1..common.len().saturating_sub(1) {
        if !common[place - 1] && !common[place + 1] {
            common[place] = false;
        }
    }
}

fn cut<'a>(text: &'a str, common: &[bool]) -> Vec<Run<'a>> {
    let mut runs: Vec<Run<'a>> = Vec::new();
    let mut start = 0;
    let mut places = text.char_indices().zip(common).peekable();
    while let Some(((_, _), common)) = places.next() {
        let next = places.peek();
        if next.is_none_or(|(_, next_common)| *next_common != common) {
            let end = next.map_or(text.len(), |((place, _), _)| *place);
            runs.push(Run { text: &text[start..end], differs: !common });
            start = end;
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Differing runs are written in brackets.
    #[track_caller]
    fn check(left: &str, right: &str, expected: &str) {
        let shown = match runs(left, right, Case::Ignored) {
            None => "nothing in common".to_owned(),
            Some((left, right)) => format!("{} | {}", bracketed(&left), bracketed(&right)),
        };
        assert_eq!(shown, expected);
    }

    fn bracketed(runs: &[Run<'_>]) -> String {
        runs.iter()
            .map(|run| if run.differs { format!("[{}]", run.text) } else { run.text.to_owned() })
            .collect()
    }

    #[test]
    fn only_what_differs_is_marked() {
        check("orchard nine", "orchard nine", "orchard nine | orchard nine");
        check("Orchard Nine", "ORCHARD NINE", "Orchard Nine | ORCHARD NINE");
        check("orchard nine", "orchrad nine", "orch[a]rd nine | orchr[a]d nine");
        check("198.51.100.7", "198.51.100.0/24", "198.51.100.[7] | 198.51.100.[0/24]");
        check("kade 12", "kade 12 b", "kade 12 | kade 12[ b]");
    }

    #[test]
    fn punctuation_and_blanks_are_habit() {
        check(
            "noc@orchard.example",
            "noc[@]orchard[.]example",
            "noc@orchard.example | noc[@]orchard[.]example",
        );
        check("020 123", "020-123", "020 123 | 020-123");
        check("orchard", "or\u{200b}chard", "orchard | or[\u{200b}]chard");
    }

    #[test]
    fn a_letter_of_another_script_is_marked() {
        check("Orchard", "Оrchard", "[O]rchard | [О]rchard");
    }

    #[test]
    fn strangers_are_not_marked_at_all() {
        check("Boomgaard", "Бастион", "nothing in common");
        check("", "Quay", "nothing in common");
    }

    #[test]
    fn very_long_values_end_in_one_mark() {
        let (left, right) = (format!("a{}z", "bc".repeat(400)), format!("a{}z", "de".repeat(400)));
        assert!(runs(&left, &right, Case::Matters).is_none());
    }

    proptest::proptest! {
        #[test]
        fn nothing_is_lost(left in "\\PC{0,40}", right in "\\PC{0,40}") {
            if let Some((left_runs, right_runs)) = runs(&left, &right, Case::Ignored) {
                assert_eq!(left_runs.iter().map(|run| run.text).collect::<String>(), left);
                assert_eq!(right_runs.iter().map(|run| run.text).collect::<String>(), right);
            }
        }
    }
}
