//! Takes out what belongs to the pages and not to the list: numbers, headers and footers.

use std::collections::HashMap;
use watchlist::Phrase;

use super::super::gathering::Gathering;
use super::super::problem::shown;
use super::lines::Line;

/// Lines that far from a page break may be a header or footer.
const NEAR_A_BREAK: usize = 3;

pub(super) fn removed(lines: Vec<Line>, gathering: &mut Gathering) -> Vec<Line> {
    let repeated = repeated_near_breaks(&lines);
    let mut listed: HashMap<String, ()> = HashMap::new();
    let mut kept = Vec::with_capacity(lines.len());
    for line in lines {
        let pattern = pattern(&line.text);
        let is_furniture =
            is_page_number(&line.text) || (!line.text.is_empty() && repeated.contains_key(&pattern));
        if !is_furniture {
            kept.push(line);
        } else if listed.insert(pattern, ()).is_none() && !is_page_number(&line.text) {
            let expected = Phrase::new("an entry or a value", "een vermelding of een waarde");
            let hint = Phrase::new(
                "it comes back on several pages and was taken for a page header or footer",
                "het komt op meer pagina’s terug en is gehouden voor een kop- of voettekst",
            );
            gathering.problem(line.at(), shown(&line.text), expected, hint);
        }
    }
    kept
}

/// `3`, `- 3 -`, `3 / 7`, `Pagina 3 van 7`, `Page 3 of 7`, `Blad 3`.
fn is_page_number(text: &str) -> bool {
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower
        .split(|c: char| c.is_whitespace() || matches!(c, '-' | '/' | '\u{2013}' | '|'))
        .filter(|w| !w.is_empty())
        .collect();
    let is_number = |word: &&str| word.len() <= 4 && word.bytes().all(|byte| byte.is_ascii_digit());
    match words.as_slice() {
        ["pagina" | "page" | "blad" | "p." | "pag.", number] => is_number(number),
        ["pagina" | "page" | "blad" | "p." | "pag.", number, "van" | "of" | "uit", all] => {
            is_number(number) && is_number(all)
        }
        [number, "van" | "of", all] => is_number(number) && is_number(all),
        // A lone number can be the number of an entry whose text stands on the next line only with a mark behind it.
        [number] => is_number(number),
        [number, all] => text.contains('/') && is_number(number) && is_number(all),
        _ => false,
    }
}

/// The patterns of lines that stand near two or more page breaks.
fn repeated_near_breaks(lines: &[Line]) -> HashMap<String, usize> {
    let filled: Vec<&Line> = lines.iter().filter(|line| !line.text.is_empty() || line.page_break).collect();
    let is_break = |line: &Line| line.page_break || is_page_number(&line.text);
    let breaks: Vec<usize> = (0..filled.len()).filter(|&index| is_break(filled[index])).collect();
    let mut counts: HashMap<String, usize> = HashMap::new();
    let mut counted_to = 0;
    for &place in &breaks {
        let (from, to) = (
            place.saturating_sub(NEAR_A_BREAK).max(counted_to),
            (place + NEAR_A_BREAK + 1).min(filled.len()),
        );
        counted_to = to.max(counted_to);
        for line in filled.get(from..to).unwrap_or_default() {
            if may_be_furniture(&line.text) {
                *counts.entry(pattern(&line.text)).or_default() += 1;
            }
        }
    }
    counts.retain(|_, count| *count >= 2);
    counts
}

/// Values never are: the same domain may well stand near two page breaks.
fn may_be_furniture(text: &str) -> bool {
    !text.is_empty()
        && !text.contains(['@', ':', '\t'])
        && super::super::scan::scan(text).is_empty()
        && text.split_whitespace().count() >= 2
}

/// A line with its numbers taken out, so that `Annex, page 2` and `Annex, page 3` are the same.
fn pattern(text: &str) -> String {
    text.chars().filter(|c| !c.is_ascii_digit()).flat_map(char::to_lowercase).collect()
}
