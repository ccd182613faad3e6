//! Whether what was said is what the page shows: `[..]` stands for any words of a line, a line `...` for any lines.

/// Compares whole outputs; nothing may be left over on either side.
pub(super) fn matches(shown: &[String], said: &[&str]) -> bool {
    match shown.split_first() {
        None => said.is_empty(),
        Some((first, rest)) if first == "..." => (0..=said.len()).any(|skip| matches(rest, &said[skip..])),
        Some((first, rest)) => said.split_first().is_some_and(|(line, others)| {
            matches_line(first.trim_end(), line.trim_end()) && matches(rest, others)
        }),
    }
}

fn matches_line(shown: &str, said: &str) -> bool {
    let Some((before, after)) = shown.split_once("[..]") else { return shown == said };
    let Some(rest) = said.strip_prefix(before) else { return false };
    let mut ends = rest.char_indices().map(|(end, _)| end).chain([rest.len()]);
    ends.any(|end| matches_line(after, &rest[end..]))
}

#[test]
fn wildcards_stand_for_what_changes_and_for_nothing_else() {
    check("", "", true);
    check("a\nb", "a\nb", true);
    check("a", "a\nb", false);
    check("a\nb", "a", false);
    check("...", "", true);
    check("...\nc", "a\nb\nc", true);
    check("...\nc", "a\nc\nd", false);
    check("hash [..], size 5", "hash 12ab, size 5", true);
    check("hash [..], size 5", "hash 12ab, size 6", false);
    check("[..] é [..]", "x é é y", true);
    check("[..]", "a\nb", false);
}

#[track_caller]
fn check(shown: &str, said: &str, expected: bool) {
    let lines: Vec<String> = shown.lines().map(str::to_owned).collect();
    let found = matches(&lines, &said.lines().collect::<Vec<_>>());
    assert_eq!(found, expected, "shown {shown:?}, said {said:?}");
}
