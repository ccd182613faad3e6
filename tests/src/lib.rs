//! Tests of the repository as a whole: the order of the crates, the map, the sources, the data.
//!
//! The library is what these tests share: the way through the repository's own files.
#![forbid(unsafe_code)]

use std::fs;
use std::path::{Path, PathBuf};

/// The crates in the order of the flow: each may use only those before it.
///
/// `testkit` and `quality` come last: the product does not know them.
pub const LAYERS: &[&str] = &[
    "watchlist",
    "delivery",
    "matching",
    "screening",
    "review",
    "kyc",
    "curation",
    "store",
    "intake",
    "documents",
    "letters",
    "operations",
    "sign_in",
    "web",
    "havenmeester",
    "testkit",
    "quality",
];

/// Crates that do no I/O and ask neither clock, environment nor chance.
pub const PURE: &[&str] = &["watchlist", "matching", "screening", "review", "kyc", "curation"];

/// The folder of the workspace.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("this crate is a folder of the workspace")
}

/// The folder of a crate.
pub fn folder_of(name: &str) -> PathBuf {
    if name == "quality" { root().join(name) } else { root().join("crates").join(name) }
}

/// The text of a file of the repository.
///
/// # Panics
/// If the file is not there or is not text.
pub fn read(path: impl AsRef<Path>) -> String {
    let path = root().join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// All files below a folder with one of these endings, sorted; built files and hidden folders left out.
pub fn files(folder: impl AsRef<Path>, endings: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    collect(&root().join(folder), endings, &mut found);
    found.sort();
    found
}

fn collect(folder: &Path, endings: &[&str], found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        let name = entry.file_name().to_string_lossy().into_owned();
        if path.is_dir() && name != "target" && !name.starts_with('.') {
            collect(&path, endings, found);
        } else if path.extension().is_some_and(|ending| endings.iter().any(|wanted| ending == *wanted)) {
            found.push(path);
        }
    }
}

/// The path as seen from the root, for messages.
pub fn shown(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).display().to_string()
}

/// The part of a source file before its tests.
pub fn without_tests(source: &str) -> &str {
    source.split("#[cfg(test)]").next().unwrap_or(source)
}
