//! Both languages say the same things, and nothing in them is missing or idle.
#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use letters::Templates;
use watchlist::IdentifierKind;

const EN: &str = include_str!("../locales/en.ftl");
const NL: &str = include_str!("../locales/nl.ftl");

/// Keys with the names of the values that each text uses.
fn keys(source: &str) -> BTreeMap<&str, Vec<&str>> {
    let lines = source.lines().filter(|line| !line.starts_with('#'));
    let mut keys = BTreeMap::new();
    for (key, text) in lines.filter_map(|line| line.split_once(" = ")) {
        let values = text.split("{ $").skip(1).map(|rest| rest.split(' ').next().unwrap()).collect();
        assert!(keys.insert(key, values).is_none(), "{key} is there twice");
    }
    keys
}

fn sources(folder: &Path) -> String {
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    paths
        .map(|path| if path.is_dir() { sources(&path) } else { fs::read_to_string(&path).unwrap() })
        .collect()
}

#[test]
fn both_languages_have_the_same_words() {
    assert_eq!(keys(EN), keys(NL));
}

#[test]
fn no_word_is_idle_or_missing() {
    let text = sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"));
    let keys = keys(EN);
    for kind in IdentifierKind::ALL {
        let key = format!("identifier-{}", kind.wire_name().replace('_', "-"));
        assert!(keys.contains_key(key.as_str()), "{key} is missing");
    }
    for key in keys.keys().filter(|key| !key.starts_with("identifier-")) {
        assert!(text.contains(&format!("\"{key}\"")), "{key} is idle");
    }
}

/// What a template asks for: names after `#`, and its headings, lists and conditions.
fn skeleton(name: &str) -> Vec<String> {
    let text = Templates::shipped_text(name).unwrap();
    let mut found = Vec::new();
    for line in text.lines().filter(|line| !line.starts_with("//")) {
        if line.starts_with("= ") || line.starts_with("== ") || line.starts_with("/ ") {
            found.push(line.split(' ').next().unwrap().to_owned());
        }
        let values = line.split('#').skip(1).map(|rest| {
            rest.chars()
                .take_while(|sign| sign.is_ascii_alphanumeric() || "._".contains(*sign))
                .collect::<String>()
        });
        found.extend(
            values.map(|value| value.trim_end_matches('.').to_owned()).filter(|value| !value.is_empty()),
        );
    }
    found.sort();
    found
}

#[test]
fn both_letters_have_the_same_parts_and_values() {
    assert_eq!(skeleton("letter.nl.typ"), skeleton("letter.en.typ"));
    assert_eq!(skeleton("enclosure.nl.typ"), skeleton("enclosure.en.typ"));
    assert!(skeleton("letter.nl.typ").len() > 40);
}
