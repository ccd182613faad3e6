//! Rules for source files that the compiler does not hold.

use whole::{LAYERS, PURE, files, folder_of, read, shown, without_tests};

#[test]
fn pure_crates_touch_nothing_outside() {
    const OUTSIDE: &[&str] = &[
        "std::fs",
        "std::env",
        "TcpStream",
        "UdpSocket",
        "std::process",
        "SystemTime",
        "Instant::now",
        "Timestamp::now",
        "Zoned::now",
        "rand::",
        "tokio",
        "getrandom",
        "println!",
        "eprintln!",
    ];
    for name in PURE {
        for file in files(folder_of(name).join("src"), &["rs"]) {
            let source = read(&file);
            let code = without_tests(&source).lines().filter(|line| !line.trim_start().starts_with("//"));
            for line in code {
                for word in OUTSIDE {
                    let message = format!("{} uses {word}, but {name} is pure: {line}", shown(&file));
                    assert!(!line.contains(word), "{message}");
                }
            }
        }
    }
}

#[test]
fn every_source_file_begins_with_what_it_is_for() {
    for file in
        files("crates", &["rs"]).into_iter().chain(files("quality", &["rs"])).chain(files("tests", &["rs"]))
    {
        let source = read(&file);
        let first = source.lines().find(|line| !line.starts_with("#!")).unwrap_or_default();
        assert!(first.starts_with("//!"), "{} does not begin with a //! line", shown(&file));
    }
}

#[test]
fn unsafe_code_is_forbidden_everywhere() {
    for name in LAYERS {
        let source = folder_of(name).join("src");
        let main =
            if source.join("lib.rs").exists() { source.join("lib.rs") } else { source.join("main.rs") };
        assert!(
            read(&main).contains("#![forbid(unsafe_code)]"),
            "{} does not forbid unsafe code",
            shown(&main)
        );
    }
}

#[test]
fn no_module_is_a_grab_bag() {
    const GRAB_BAGS: &[&str] = &["common", "utils", "util", "helpers", "helper", "misc", "shared", "manager"];
    for file in files("crates", &["rs"]) {
        let stem = file.file_stem().unwrap().to_string_lossy().into_owned();
        assert!(!GRAB_BAGS.contains(&stem.as_str()), "{} does not say what is in it", shown(&file));
    }
}
