//! Word lists: values that point to nobody. The words are data files, each with its origin.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

macro_rules! words {
    ($file:literal) => {
        LazyLock::new(|| lines(include_str!(concat!("../../data/identifiers/", $file))).collect())
    };
}

type Words = LazyLock<FxHashSet<&'static str>>;

pub(super) static GENERIC_WORDS: Words = words!("generic_words.txt");
pub(super) static ROLE_NAMES: Words = words!("role_names.txt");
pub(super) static SHARED_HANDLES: Words = words!("shared_handles.txt");
pub(super) static COMMON_STREETS: Words = words!("common_streets.txt");
pub(super) static ADDRESS_NOISE: Words = words!("address_noise.txt");

/// What a domain of the lists is used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SharedAs {
    Mail,
    ThrowAwayMail,
    Service,
}

static SHARED: LazyLock<FxHashMap<&'static str, SharedAs>> = LazyLock::new(|| {
    let files = [
        (SharedAs::Service, include_str!("../../data/identifiers/shared_domains.txt")),
        (SharedAs::Mail, include_str!("../../data/identifiers/freemail_domains.txt")),
        (SharedAs::ThrowAwayMail, include_str!("../../data/identifiers/disposable_domains.txt")),
    ];
    files.into_iter().flat_map(|(used_as, file)| lines(file).map(move |domain| (domain, used_as))).collect()
});

/// Whether a host, or the registrable domain above it, is shared by very many parties.
pub(super) fn shared_as(host: &str, registrable: &str) -> Option<SharedAs> {
    let found = SHARED.get(registrable).copied();
    if host == registrable { found } else { found.or_else(|| SHARED.get(host).copied()) }
}

/// Endings of domain labels by their last letter, longest first, so that `webhost` is tried before `host`.
static ENDINGS: LazyLock<[Vec<&'static str>; 256]> = LazyLock::new(|| {
    let mut endings = [const { Vec::new() }; 256];
    for ending in lines(include_str!("../../data/identifiers/domain_endings.txt")) {
        if let Some(&last) = ending.as_bytes().last() {
            endings[usize::from(last)].push(ending);
        }
    }
    endings.iter_mut().for_each(|some| some.sort_by_key(|ending| std::cmp::Reverse(ending.len())));
    endings
});

/// The hosting words that a label may end in, longest first.
pub(super) fn endings_like(label: &str) -> &'static [&'static str] {
    label.as_bytes().last().map_or(&[], |&last| ENDINGS[usize::from(last)].as_slice())
}

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
