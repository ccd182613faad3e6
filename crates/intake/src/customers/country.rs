//! Countries as customer tables write them, into ISO 3166-1 alpha-2.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

/// Every name by its key, and all codes.
static COUNTRIES: LazyLock<(FxHashMap<String, &'static str>, FxHashSet<&'static str>)> =
    LazyLock::new(|| {
        let mut names = FxHashMap::default();
        let mut codes = FxHashSet::default();
        let lines = include_str!("../../data/countries.tsv").lines().filter(|line| !line.starts_with('#'));
        for (code, all) in lines.filter_map(|line| line.split_once('\t')) {
            codes.insert(code);
            for name in all.split('|') {
                names.insert(key(name), code);
            }
        }
        (names, codes)
    });

/// The alpha-2 code of a country, or the text itself where no country is known by it.
pub(super) fn code(text: &str) -> &str {
    let (names, codes) = &*COUNTRIES;
    if codes.contains(text) {
        return text;
    }
    if text.len() == 2
        && let Some(code) = codes.get(text.to_ascii_uppercase().as_str())
    {
        return code;
    }
    if let Some(code) = names.get(&key(text)) {
        return code;
    }
    // `Netherlands (NL)`, `NL - Nederland`.
    let without = text.split(['(', '[']).next().unwrap_or(text);
    names.get(&key(without)).copied().unwrap_or(text)
}

/// Letters only, without accents, in lower case; other scripts in Latin letters, the same on both sides.
fn key(name: &str) -> String {
    any_ascii::any_ascii(name)
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|sign| sign.to_ascii_lowercase())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn countries_are_known_by_many_names() {
        for (text, expected) in [
            ("NL", "NL"),
            ("nl", "NL"),
            ("Nederland", "NL"),
            ("The Netherlands", "NL"),
            ("VK", "GB"),
            ("UK", "GB"),
            ("Verenigd Koninkrijk", "GB"),
            ("Deutschland", "DE"),
            ("Belgie", "BE"),
            ("België", "BE"),
            ("EL", "GR"),
            ("Россия", "RU"),
            ("Russian Federation", "RU"),
            ("Niger", "NE"),
            ("Nigeria", "NG"),
            ("DEU", "DE"),
            ("Netherlands (NL)", "NL"),
            ("Atlantis", "Atlantis"),
        ] {
            assert_eq!(code(text), expected, "{text}");
        }
    }
}
