//! The order of the crates is part of the design: a crate uses only crates before it.

use std::collections::BTreeSet;
use std::fs;

use whole::{LAYERS, files, folder_of, read, root, shown};

/// The crates of ours that a manifest names among its dependencies for use, not for tests.
fn uses(manifest: &str) -> Vec<&'static str> {
    let mut section = String::new();
    let mut used = Vec::new();
    for line in manifest.lines() {
        if line.starts_with('[') {
            section = line.to_owned();
        }
        let counts = section.contains("dependencies") && !section.contains("dev-dependencies");
        let name = line.split(['.', ' ', '=']).next().unwrap_or_default();
        if counts && let Some(known) = LAYERS.iter().find(|layer| **layer == name) {
            used.push(*known);
        }
    }
    used
}

fn place(name: &str) -> usize {
    LAYERS.iter().position(|layer| *layer == name).expect("it was found in LAYERS")
}

#[test]
fn crates_use_only_crates_before_them() {
    for name in LAYERS {
        let manifest = read(folder_of(name).join("Cargo.toml"));
        for used in uses(&manifest) {
            assert!(place(used) < place(name), "{name} uses {used}, which comes after it in LAYERS");
        }
    }
}

#[test]
fn the_product_does_not_use_testkit_or_quality() {
    for name in &LAYERS[..=place("havenmeester")] {
        let manifest = read(folder_of(name).join("Cargo.toml"));
        for used in uses(&manifest) {
            assert!(used != "testkit" && used != "quality", "{name} uses {used}, which is for tests");
        }
    }
}

/// Sources, collectors and doubts stay with the issuer: these crates serve both sides, the others the hoster.
const KNOW_THE_ISSUER: &[&str] = &["curation", "store", "operations", "web", "havenmeester", "testkit"];

#[test]
fn the_hosters_path_cannot_name_curation() {
    for name in LAYERS.iter().filter(|name| !KNOW_THE_ISSUER.contains(*name)) {
        let manifest = read(folder_of(name).join("Cargo.toml"));
        assert!(!uses(&manifest).contains(&"curation"), "{name} is on the hoster's path and uses curation");
    }
    for file in files("crates", &["rs"]) {
        let path = shown(&file);
        let is_of_the_hoster = path.contains("/hoster/") || path.ends_with("/hoster.rs");
        assert!(!is_of_the_hoster || !read(&file).contains("curation::"), "{path} names curation");
    }
}

#[test]
fn the_test_sees_a_wrong_order() {
    assert_eq!(
        uses("[dependencies]\nintake.workspace = true\n[dev-dependencies]\ntestkit = {}\n"),
        ["intake"]
    );
    assert_eq!(uses("[target.'cfg(unix)'.dependencies]\nmatching = { path = \"..\" }\n"), ["matching"]);
}

#[test]
fn every_crate_has_its_place() {
    let folders: BTreeSet<String> = fs::read_dir(root().join("crates"))
        .unwrap()
        .flatten()
        .filter(|entry| entry.path().join("Cargo.toml").exists())
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    let layers: BTreeSet<String> =
        LAYERS.iter().filter(|name| **name != "quality").map(|name| (*name).to_owned()).collect();

    assert_eq!(folders, layers, "folders in crates/ (left) and LAYERS in tests/src/lib.rs (right) differ");
}
