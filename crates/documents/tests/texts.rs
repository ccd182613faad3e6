//! Both languages say the same things, and nothing in them is missing or idle.
#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use documents::{Language, Texts};

const EN: &str = include_str!("../locales/en.ftl");
const NL: &str = include_str!("../locales/nl.ftl");

/// Keys with the names of the values that each text uses.
fn keys(source: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut keys: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut current = String::new();
    for line in source.lines().filter(|line| !line.starts_with('#')) {
        if let Some((key, _)) =
            line.split_once(" =").filter(|_| line.starts_with(|one: char| one.is_ascii_lowercase()))
        {
            current = key.to_owned();
            assert!(keys.insert(current.clone(), BTreeSet::new()).is_none(), "{key} is there twice");
        }
        for (place, _) in line.match_indices('$') {
            let name: String = line[place + 1..]
                .chars()
                .take_while(|one| one.is_ascii_alphanumeric() || *one == '_')
                .collect();
            keys.get_mut(&current).unwrap().insert(name);
        }
    }
    keys
}

/// All source and template text.
fn sources(folder: &Path) -> String {
    let mut all = String::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        all += &if path.is_dir() { sources(&path) } else { fs::read_to_string(&path).unwrap() };
    }
    all
}

#[test]
fn both_languages_have_the_same_keys_and_values() {
    let (mut en, mut nl) = (keys(EN), keys(NL));
    // Each language writes a date its own way.
    en.remove("date");
    nl.remove("date");
    assert_eq!(en, nl);
}

#[test]
fn no_key_is_idle_or_missing() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = sources(&root.join("src")) + &sources(&root.join("templates"));
    let keys = keys(EN);

    let idle: Vec<&String> = keys.keys().filter(|key| !text.contains(&format!("\"{key}\""))).collect();
    assert!(idle.is_empty(), "texts that nobody shows: {idle:?}");

    for call in [".get(\"", ".number(\"", ".with(\""] {
        for (place, _) in text.match_indices(call) {
            let key = text[place + call.len()..].split('"').next().unwrap();
            let ours =
                key.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
            assert!(!ours || keys.contains_key(key), "a text is missing: {key}");
        }
    }
}

#[test]
fn every_text_can_be_read() {
    for (language, source) in [(Language::En, EN), (Language::Nl, NL)] {
        let texts = Texts::of(language);
        for (key, values) in keys(source) {
            let given: Vec<_> = values.iter().map(|name| (name.as_str(), 2_u64.into())).collect();
            let shown = texts.with(&key, &given);
            // A missing text is shown by its key; some words are their own key.
            assert!(shown != key || !key.contains('-'), "{key} cannot be read");
            assert!(!shown.contains(['{', '}']), "{key}: {shown}");
            assert!(!shown.contains('\u{2068}'), "{key} has isolation marks");
        }
    }
}

#[test]
fn plurals_and_numbers_follow_the_language() {
    let shown = |language, hits: u64, customers: u64| {
        Texts::of(language).with("outcome", &[("hits", hits.into()), ("customers", customers.into())])
    };
    assert_eq!(shown(Language::En, 1, 1), "1 hit in 1 customer");
    assert_eq!(shown(Language::En, 0, 12_345), "0 hits in 12,345 customers");
    assert_eq!(shown(Language::Nl, 1, 12_345), "1 treffer bij 12.345 klanten");
    assert!(Texts::of(Language::Nl).number("outcome-cannot-tell", 0).starts_with("Van elke klant"));
}

#[test]
fn tags_choose_a_language() {
    assert_eq!(Language::from_tag("nl_NL.UTF-8"), Some(Language::Nl));
    assert_eq!(Language::from_tag("EN-gb"), Some(Language::En));
    assert_eq!(Language::from_tag("de"), None);
}
