//! Data files say where they come from, and nobody real is in the tests.

use std::sync::LazyLock;

use whole::{files, read, root, shown};

/// Endings that tests may use in mail addresses and that nobody can register (RFC 2606, RFC 6761).
const RESERVED: &[&str] =
    &["example", "test", "invalid", "localhost", "example.com", "example.org", "example.net"];

#[test]
fn every_data_file_names_origin_and_licence() {
    for file in files("crates", &["tsv", "txt", "csv"]) {
        let path = shown(&file);
        if !path.contains("/data/") {
            continue;
        }
        let text = read(&file);
        let head: String = text
            .lines()
            .take_while(|line| line.starts_with('#'))
            .collect::<Vec<_>>()
            .join("\n")
            .to_lowercase();
        let words = ["origin", "source", "compilation", "compiled", "by way of"];
        let origin = words.iter().any(|word| head.contains(word));
        assert!(origin, "{path} does not say at its top where it comes from");
        assert!(head.contains("licen"), "{path} does not say at its top under which licence it stands");
    }
}

#[test]
fn test_data_writes_to_nobody() {
    for file in
        files("crates", &["rs", "snap"]).into_iter().chain(files("tests", &["rs", "csv", "json", "toml"]))
    {
        let path = shown(&file);
        // A list of public mail providers names real ones, and planted customers use listed domains.
        if path.contains("/data/") || path.ends_with("planted.rs") {
            continue;
        }
        for word in mail_domains(&read(&file)) {
            let reserved = RESERVED.iter().any(|end| word == *end || word.ends_with(&format!(".{end}")));
            assert!(reserved || is_public_provider(&word), "{path} has a mail address at {word}");
        }
    }
}

/// What follows the @ of everything that looks like a mail address in ASCII.
fn mail_domains(text: &str) -> Vec<String> {
    let is_local = |letter: char| letter.is_ascii_alphanumeric() || "._%+-".contains(letter);
    let is_domain = |letter: char| letter.is_ascii_alphanumeric() || ".-".contains(letter);
    let mut found = Vec::new();
    for (place, _) in text.match_indices('@') {
        let domain: String = text[place + 1..].chars().take_while(|letter| is_domain(*letter)).collect();
        if text[place + 1 + domain.len()..].starts_with(['[', '(', '{', '\\']) {
            // A defanged value, a pattern, or cut by an escape: not an address as it stands.
            continue;
        }
        let domain = domain.trim_end_matches('.').to_lowercase();
        let ending = domain.rsplit('.').next().unwrap_or_default();
        let plausible =
            domain.contains('.') && ending.len() >= 2 && ending.bytes().all(|b| b.is_ascii_alphabetic());
        if plausible && text[..place].ends_with(is_local) {
            found.push(domain);
        }
    }
    found
}

/// Tests about public providers need their names; an invented box there is nobody's.
fn is_public_provider(domain: &str) -> bool {
    static PROVIDERS: LazyLock<String> =
        LazyLock::new(|| read("crates/matching/data/identifiers/freemail_domains.txt"));
    PROVIDERS.lines().any(|line| line.split_whitespace().next() == Some(domain))
}

#[test]
fn the_demo_list_says_that_it_is_an_example() {
    let list = read("crates/havenmeester/demo/list.json");

    assert!(list.contains("Frozen example of public designations — never act on it"));
    assert!(list.contains("\"nature\": \"foreign\"") && list.contains("\"handling\": \"TLP:CLEAR\""));
    assert!(!list.contains("\"type\": \"person\""), "the demo list holds legal entities only");
    assert_eq!(list.matches("Source: ").count(), list.matches("\"id\": \"DEMO-").count());
}

#[test]
fn both_languages_have_the_same_texts() {
    for english in files("crates", &["ftl"]).into_iter().filter(|path| path.ends_with("en.ftl")) {
        let dutch = english.with_file_name("nl.ftl");
        let (left, right) = (keys(&read(&english)), keys(&read(&dutch)));
        assert_eq!(left, right, "{} and {} differ in their keys", shown(&english), shown(&dutch));
    }
}

fn keys(texts: &str) -> Vec<String> {
    let mut keys: Vec<String> = texts
        .lines()
        .filter(|line| line.starts_with(|letter: char| letter.is_ascii_alphabetic()))
        .filter_map(|line| line.split_once('=').map(|(key, _)| key.trim().to_owned()))
        .collect();
    keys.sort();
    keys
}

#[test]
fn nothing_tells_of_the_machine_it_was_made_on() {
    let machine = [["/ro", "ot/"].concat(), ["/wo", "rk/"].concat(), ["/tm", "p/target"].concat()];
    for file in
        files(".", &["rs", "md", "toml", "txt", "tsv", "json", "py", "yml", "ftl", "html", "csv", "snap"])
    {
        let Ok(text) = std::fs::read_to_string(&file) else { continue };
        for path in &machine {
            assert!(!text.contains(path.as_str()), "{} names {path}", shown(&file));
        }
    }
    assert!(root().join("LICENSE").exists());
}
