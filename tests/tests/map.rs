//! The map is true: what the documents name exists, and the README stays short.

use whole::{LAYERS, files, read, root, shown};

/// Words in backticks that look like a path: with a slash, or with the ending of a source or document.
fn named_files(document: &str) -> Vec<&str> {
    let looks_like_a_file = |word: &str| {
        let plain = word.chars().all(|letter| letter.is_ascii_alphanumeric() || "_-./".contains(letter));
        plain
            && (word.contains('/')
                || word.ends_with(".rs")
                || word.ends_with(".md")
                || word.ends_with(".toml"))
    };
    document.split('`').skip(1).step_by(2).filter(|word| looks_like_a_file(word)).collect()
}

#[test]
fn every_crate_is_on_the_map() {
    let map = read("ARCHITECTURE.md");
    for name in LAYERS {
        assert!(map.contains(&format!("`{name}`")), "ARCHITECTURE.md does not name the crate {name}");
    }
}

#[test]
fn every_file_that_the_documents_name_exists() {
    for document in ["ARCHITECTURE.md", "README.md", "CONTRIBUTING.md", "GLOSSARY.md", "STYLE.md"] {
        for file in named_files(&read(document)) {
            assert!(root().join(file).exists(), "{document} names `{file}`, which does not exist");
        }
    }
}

#[test]
fn every_link_between_documents_leads_somewhere() {
    for document in files(".", &["md"]) {
        for link in read(&document).split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let target = link.split('#').next().unwrap_or_default();
            if target.is_empty() || target.contains("://") || target.contains(' ') {
                continue;
            }
            let path = document.parent().unwrap().join(target);
            assert!(path.exists(), "{} links to {link}, which does not exist", shown(&document));
        }
    }
}

#[test]
fn the_quick_start_has_exactly_two_commands() {
    let readme = read("README.md");
    let quick_start = readme.split("## Try it").nth(1).unwrap().split("\n## ").next().unwrap();
    let commands: Vec<&str> = quick_start.lines().filter_map(|line| line.strip_prefix("    ")).collect();

    assert_eq!(commands, ["scripts/demo", "scripts/test"]);
}
