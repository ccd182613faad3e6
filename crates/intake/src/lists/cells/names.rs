//! Names in a cell or a line: the name itself, and those that follow `a.k.a.`, `voorheen` and the like.

use watchlist::NameKind;

use super::super::fields;
use super::{Manner, pieces};

/// What stands between a name and other names, in lower case, longest first.
const MARKERS: &[(&str, NameKind)] = &[
    ("formerly known as", NameKind::Previous),
    ("also known as", NameKind::Alias),
    ("tevens bekend als", NameKind::Alias),
    ("ook bekend onder de naam", NameKind::Alias),
    ("ook bekend onder", NameKind::Alias),
    ("ook bekend als", NameKind::Alias),
    ("ook genaamd", NameKind::Alias),
    ("handelend onder de naam", NameKind::Alias),
    ("h.o.d.n.", NameKind::Alias),
    ("trading as", NameKind::Alias),
    ("bekend als", NameKind::Alias),
    ("known as", NameKind::Alias),
    ("formerly", NameKind::Previous),
    ("voorheen", NameKind::Previous),
    ("f/k/a", NameKind::Previous),
    ("f.k.a.", NameKind::Previous),
    ("fka", NameKind::Previous),
    ("alias", NameKind::Alias),
    ("a.k.a.", NameKind::Alias),
    ("a.k.a", NameKind::Alias),
    ("a/k/a", NameKind::Alias),
    ("aka", NameKind::Alias),
    ("d/b/a", NameKind::Alias),
    ("dba", NameKind::Alias),
    ("t/a", NameKind::Alias),
];

/// The names in a text. `kind` is that of the first; names after a marker have that of the marker.
pub(in super::super) fn names_in(kind: NameKind, text: &str, manner: Manner) -> Vec<(NameKind, String)> {
    let mut names = Vec::new();
    let mut kind = kind;
    let mut rest = text;
    loop {
        let marker = find_marker(rest);
        let head = marker.map_or(rest, |(start, _, _)| &rest[..start]);
        add_names(kind, head, manner, &mut names);
        let Some((_, end, next)) = marker else { return names };
        rest = rest[end..].trim_start_matches([':', ' ', '.']);
        kind = next;
    }
}

/// The first marker that stands as words of its own: its bytes and what it announces.
fn find_marker(text: &str) -> Option<(usize, usize, NameKind)> {
    // Only ASCII is folded, so that places in the folded text are places in the text.
    let lower = text.to_ascii_lowercase();
    let stands_alone = |start: usize, end: usize| {
        !lower[..start].ends_with(char::is_alphanumeric) && !lower[end..].starts_with(char::is_alphanumeric)
    };
    let places = MARKERS.iter().filter_map(|(marker, kind)| {
        let start = lower.find(marker)?;
        let end = start + marker.len();
        stands_alone(start, end).then_some((start, end, *kind))
    });
    // Of markers at the same place the longest says more.
    places.min_by_key(|(start, end, _)| (*start, usize::MAX - *end))
}

fn add_names(kind: NameKind, text: &str, manner: Manner, names: &mut Vec<(NameKind, String)>) {
    let aliases_in_prose = manner == Manner::Prose && kind != NameKind::Primary;
    for piece in pieces::outside_brackets(text, &[';', '\n', '|']) {
        let parts = if aliases_in_prose { by_commas(&piece) } else { vec![piece.as_str()] };
        for part in parts {
            let name = tidied(part);
            if name.chars().any(char::is_alphanumeric) {
                names.push((kind, name.to_owned()));
            }
        }
    }
}

/// The parts between commas and `en`; a legal form after a comma stays with its name.
fn by_commas(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut start = 0;
    for (place, separator) in text.match_indices([',', ' ']) {
        if place < start {
            continue;
        }
        let after = &text[place + separator.len()..];
        let joins = separator == " "
            && ["en ", "and ", "of ", "or ", "/ ", "& "].iter().any(|word| after.starts_with(word));
        let is_form = after.split_whitespace().next().is_some_and(fields::is_legal_form);
        if separator == "," && !is_form {
            parts.push(&text[start..place]);
            start = place + 1;
        } else if joins && !after.starts_with("& ") && is_list(text) {
            parts.push(&text[start..place]);
            start = place + 1 + after.find(' ').unwrap_or(0);
        }
    }
    parts.push(&text[start..]);
    parts
}

/// `A, B en C` is a list; the `and` in `Orchard and Quay` belongs to a name.
fn is_list(text: &str) -> bool {
    text.contains(',')
}

/// A name without the quotes, brackets and marks around it.
fn tidied(text: &str) -> &str {
    let around = |c: char| {
        c.is_whitespace()
            || matches!(
                c,
                '"' | '\'' | ',' | ':' | '\u{201c}'..='\u{201f}' | '\u{2018}' | '\u{201a}' | '-' | '\u{2013}'
            )
    };
    let mut name = text.trim_matches(around);
    let unpaired =
        |open: char, close: char, name: &str| name.matches(open).count() != name.matches(close).count();
    if unpaired('(', ')', name) {
        name = name.trim_start_matches(')').trim_end_matches('(').trim_matches(around);
        name =
            if unpaired('(', ')', name) { name.trim_start_matches('(').trim_end_matches(')') } else { name };
    }
    name.trim_matches(around)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let names = names_in(NameKind::Primary, text, Manner::Prose);
        let shown: Vec<String> = names.iter().map(|(kind, name)| format!("{kind:?} {name}")).collect();
        assert_eq!(shown.join(" | "), expected);
    }

    #[test]
    fn names_after_a_marker_are_aliases() {
        check(
            "Orchard Nine (a.k.a. \"O9\", Orchard9 en O-Nine)",
            "Primary Orchard Nine | Alias O9 | Alias Orchard9 | Alias O-Nine",
        );
        check(
            "Orchard Nine, ook bekend als Quay 90; voorheen Kade, Inc.",
            "Primary Orchard Nine | Alias Quay 90 | Previous Kade, Inc.",
        );
        check("ORCHARD, Anna f/k/a QUAY", "Primary ORCHARD, Anna | Previous QUAY");
    }

    #[test]
    fn a_marker_within_a_word_is_none() {
        check("Akara Alaska Aliasing Ltd.", "Primary Akara Alaska Aliasing Ltd.");
        check("Orchard and Quay", "Primary Orchard and Quay");
        check("Медиа Кадэ", "Primary Медиа Кадэ");
    }
}
