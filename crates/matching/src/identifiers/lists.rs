//! Word lists: values that point to nobody. The words are data files, each with its origin.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

macro_rules! words {
    ($file:literal) => {
        LazyLock::new(|| lines(include_str!(concat!("../../data/identifiers/", $file))).collect())
    };
}

type Words = LazyLock<FxHashSet<&'static str>>;

pub(super) static FREEMAIL: Words = words!("freemail_domains.txt");
pub(super) static DISPOSABLE: Words = words!("disposable_domains.txt");
pub(super) static SHARED_DOMAINS: Words = words!("shared_domains.txt");
pub(super) static GENERIC_WORDS: Words = words!("generic_words.txt");
pub(super) static ROLE_NAMES: Words = words!("role_names.txt");
pub(super) static SHARED_HANDLES: Words = words!("shared_handles.txt");
pub(super) static ADDRESS_NOISE: Words = words!("address_noise.txt");

/// Endings of domain labels, longest first, so that `hosting` is tried before `ing` words shorter than it.
pub(super) static DOMAIN_ENDINGS: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let mut endings: Vec<_> = lines(include_str!("../../data/identifiers/domain_endings.txt")).collect();
    endings.sort_by_key(|ending| std::cmp::Reverse(ending.len()));
    endings
});

/// The lines of a data file without comments and blanks.
pub(super) fn lines(file: &'static str) -> impl Iterator<Item = &'static str> {
    file.lines().map(str::trim_end).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// Whether a text can be cut into generic words from end to end, as `infocloud` or `webhost24`.
/// Digits at the end do not make it a name.
pub(super) fn is_generic(text: &str) -> bool {
    let text = text.trim_end_matches(|c: char| c.is_ascii_digit());
    if text.len() > 40 || !text.is_ascii() {
        return false;
    }
    // reachable[i]: the first i bytes are generic words.
    let mut reachable = [false; 41];
    reachable[0] = true;
    for end in 1..=text.len() {
        reachable[end] = (0..end).any(|start| reachable[start] && GENERIC_WORDS.contains(&text[start..end]));
    }
    reachable[text.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn generic_labels_are_told_from_names() {
        let check = |text: &str, expected: bool| assert_eq!(is_generic(text), expected, "{text}");
        check("infocloud", true);
        check("webhost24", true);
        check("cloudsolutions", true);
        check("orchardnine", false);
        check("vedimar", false);
        check("", true);
    }
}
