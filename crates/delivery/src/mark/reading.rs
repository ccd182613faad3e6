//! Which choices stand in a text that may have been retyped, shortened or changed.

use super::Wording;

/// The choice at each place, or `None` where no alternative stands in the text or more than one.
///
/// Capitals, punctuation and line breaks do not matter; in longer words one wrong, missing or extra letter
/// is passed over.
pub fn read(wording: &Wording, text: &str) -> Vec<Option<usize>> {
    let words = words(text);
    wording.choices().map(|alternatives| only_one(alternatives, &words)).collect()
}

fn only_one(alternatives: &[String], text: &[String]) -> Option<usize> {
    let mut found = alternatives.iter().enumerate().filter(|(_, one)| stands_in(&words(one), text));
    let (first, _) = found.next()?;
    found.next().is_none().then_some(first)
}

/// Whether no alternative can be taken for another one.
pub(super) fn alternatives_differ(alternatives: &[String]) -> bool {
    let all: Vec<Vec<String>> = alternatives.iter().map(|one| words(one)).collect();
    let differ = |a: usize, b: usize| a == b || !stands_in(&all[a], &all[b]);
    let places = 0..all.len();
    all.iter().all(|one| !one.is_empty()) && places.clone().all(|a| places.clone().all(|b| differ(a, b)))
}

fn words(text: &str) -> Vec<String> {
    text.split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

fn stands_in(phrase: &[String], text: &[String]) -> bool {
    !phrase.is_empty()
        && text
            .windows(phrase.len())
            .any(|part| part.iter().zip(phrase).all(|(word, wanted)| alike(word, wanted)))
}

fn alike(word: &str, wanted: &str) -> bool {
    // Short words are too close to each other to forgive a letter.
    word == wanted
        || (wanted.len() >= 5 && word.len().abs_diff(wanted.len()) <= 4 && one_edit_apart(word, wanted))
}

/// Whether one letter more, less or other makes the words equal.
fn one_edit_apart(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let (short, long) = if a.len() <= b.len() { (&a, &b) } else { (&b, &a) };
    let start = short.iter().zip(long).take_while(|(x, y)| x == y).count();
    let end = short[start..].iter().rev().zip(long[start..].iter().rev()).take_while(|(x, y)| x == y).count();
    let rest = (short.len() - start - end, long.len() - start - end);
    matches!(rest, (0, 1) | (1, 1) | (0, 0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[Option<usize>]) {
        let wording = Wording::parse("It is {seldom|rarely} seen {in the harbour|at the quay}.").unwrap();
        assert_eq!(read(&wording, text), expected);
    }

    #[test]
    fn choices_are_read_from_what_was_written() {
        check("It is rarely seen in the harbour.", &[Some(1), Some(0)]);
        check("IT IS SELDOM\n  SEEN: AT THE QUAY", &[Some(0), Some(1)]);
    }

    #[test]
    fn a_slip_of_the_pen_is_forgiven() {
        check("It is rarly seen in the habour.", &[Some(1), Some(0)]);
        check("It is seldomm seen in teh harbour.", &[Some(0), None]);
    }

    #[test]
    fn what_is_gone_or_unclear_says_nothing() {
        check("", &[None, None]);
        check("It is seldom or rarely seen.", &[None, None]);
    }
}
