//! What `edition receive` refuses, each with its own message and way on; afterwards everything is as it was.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::LazyLock;

use crate::killed::{command, copy_folder};
use crate::walkthrough::Terminal;

const NORTH: [&str; 6] = ["--home", "north", "--key-file", "north.db.key", "--as", "marleen"];

/// A folder in which an issuer has published an edition that nobody has received yet.
struct Published {
    folder: tempfile::TempDir,
    /// Of the issuer's root.
    words: String,
}

static PUBLISHED: LazyLock<Published> = LazyLock::new(|| Published::first(|_| {}));

/// Another issuer, with the same partners.
static STRANGER: LazyLock<Published> = LazyLock::new(|| Published::first(|_| {}));

/// The second edition is out; north has the first.
static SECOND: LazyLock<Published> = LazyLock::new(|| Published::at("edition publish 2", |_| {}));

impl Published {
    fn first(change: impl FnOnce(&Path)) -> Self {
        Self::at("edition publish 1", change)
    }

    /// `change` is called before the deliveries are written.
    fn at(publishing: &str, change: impl FnOnce(&Path)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let publish = Terminal::in_folder(folder.path()).follow_to(publishing);
        change(folder.path());
        assert_eq!(run(folder.path(), &publish).0, Some(0));
        let shown = run(folder.path(), &texts(&["key", "ceremony", "show"])).1;
        let words = shown.lines().find_map(|line| line.strip_prefix("words ")).unwrap().trim().to_owned();
        Self { folder, words }
    }

    fn copy(&self) -> tempfile::TempDir {
        let copy = tempfile::tempdir().unwrap();
        copy_folder(self.folder.path(), copy.path());
        copy
    }
}

fn texts(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

/// Status and everything that was said.
fn run(folder: &Path, arguments: &[String]) -> (Option<i32>, String) {
    let ran = command(folder, arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).output().unwrap();
    let said = String::from_utf8(ran.stdout).unwrap() + &String::from_utf8(ran.stderr).unwrap();
    assert!(!said.contains("panicked"), "{said}");
    (ran.status.code(), said)
}

fn receive(folder: &Path, delivery: &str, contact: Option<(&str, &str)>) -> (Option<i32>, String) {
    let mut arguments = texts(&["edition", "receive", delivery]);
    arguments.extend(texts(&NORTH));
    if let Some((words, partner)) = contact {
        arguments.extend(texts(&["--fingerprint", words, "--partner", partner]));
    }
    run(folder, &arguments)
}

/// North receives a spoilt delivery at first contact; the words are those that the issuer reads out.
#[track_caller]
fn check(name: &str, delivery: &str, spoil: impl FnOnce(&Path)) {
    let copy = PUBLISHED.copy();
    spoil(copy.path());
    refused(name, copy.path(), delivery, Some((&PUBLISHED.words, "hoster-north")));
}

/// The refusal is as accepted, and nothing is installed by it.
#[track_caller]
fn refused(name: &str, folder: &Path, delivery: &str, contact: Option<(&str, &str)>) {
    let before = installed(folder);
    let (status, said) = receive(folder, delivery, contact);
    assert_eq!(status, Some(2), "{name}: {said}");
    assert!(said.contains("\nhint: "), "{name} says what to do: {said}");
    assert_eq!(installed(folder), before, "{name}: nothing is installed by it");
    insta::assert_snapshot!(format!("receive_{name}"), masked(&said));
}

/// North's list of editions, as it is shown.
#[track_caller]
fn installed(folder: &Path) -> String {
    let mut list = texts(&["edition", "list"]);
    list.extend(texts(&NORTH));
    let (status, said) = run(folder, &list);
    assert_eq!(status, Some(0), "{said}");
    said
}

#[track_caller]
fn received(folder: &Path, delivery: &str, contact: Option<(&str, &str)>) {
    let (status, said) = receive(folder, delivery, contact);
    assert_eq!(status, Some(0), "{said}");
}

/// What differs from run to run, as `[..]`: words of keys, hashes, moments, large numbers.
fn masked(said: &str) -> String {
    said.lines().map(|line| without_words(&without_hashes(line))).collect::<Vec<_>>().join("\n")
}

/// The twelve words of a key, which stand before a comma or at the end of a line.
fn without_words(line: &str) -> String {
    let is_word = |token: &str| {
        let word = token.trim_end_matches(',');
        (3..=8).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_lowercase())
    };
    let tokens: Vec<&str> = line.split(' ').collect();
    let in_one = |one: &str, other: &str| !one.ends_with(',') && is_word(one) == is_word(other);
    let mut shown: Vec<&str> = Vec::new();
    for run in tokens.chunk_by(|one, other| in_one(one, other)) {
        match run.len().checked_sub(12) {
            Some(before) if is_word(run[0]) => {
                shown.extend(&run[..before]);
                shown.push(if run[run.len() - 1].ends_with(',') { "[..]," } else { "[..]" });
            }
            _ => shown.extend(run),
        }
    }
    shown.join(" ")
}

/// Hashes, large numbers and moments.
fn without_hashes(line: &str) -> String {
    let varies = |run: &str| {
        let digits = run.bytes().filter(u8::is_ascii_digit).count();
        (run.len() >= 16 && run.bytes().all(|byte| byte.is_ascii_hexdigit()))
            || (digits >= 5 && run.len() == digits)
    };
    let mut shown = String::new();
    for token in line.split_inclusive(' ') {
        let core = token.trim_end_matches([' ', ',', ';']);
        if core.parse::<jiff::Timestamp>().is_ok() || core.parse::<jiff::civil::Date>().is_ok() {
            shown += "[..]";
            shown += &token[core.len()..];
            continue;
        }
        for run in token.split_inclusive(|one: char| !one.is_ascii_alphanumeric()) {
            let core = run.trim_end_matches(|one: char| !one.is_ascii_alphanumeric());
            shown += if varies(core) { "[..]" } else { core };
            shown += &run[core.len()..];
        }
    }
    shown
}

/// The one file of a delivery's folder whose name ends so.
fn part(folder: &Path, ending: &str) -> PathBuf {
    let files = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    let mut found: Vec<PathBuf> =
        files.filter(|path| path.file_name().unwrap().to_string_lossy().ends_with(ending)).collect();
    found.sort();
    found.pop().unwrap_or_else(|| panic!("there is no {ending} in {}", folder.display()))
}

fn change(path: &Path, change: impl FnOnce(&mut Vec<u8>)) {
    let mut bytes = fs::read(path).unwrap();
    change(&mut bytes);
    fs::write(path, bytes).unwrap();
}

const FOLDER: &str = "deliveries/hoster-north";
const METADATA: &str = "deliveries/hoster-north/metadata";
const FILE: &str = "deliveries/hoster-north-1.delivery";

#[test]
fn a_delivery_of_nobody_known_asks_for_the_words() {
    let copy = PUBLISHED.copy();
    refused("first_contact", copy.path(), FILE, None);
}

#[test]
fn words_that_differ_are_refused() {
    let copy = PUBLISHED.copy();
    refused("other_words", copy.path(), FILE, Some((&STRANGER.words, "hoster-north")));
    refused("misheard_words", copy.path(), FILE, Some(("one two three", "hoster-north")));
}

#[test]
fn an_unknown_signer_is_refused_after_first_contact() {
    let copy = PUBLISHED.copy();
    received(copy.path(), FILE, Some((&PUBLISHED.words, "hoster-north")));
    fs::copy(STRANGER.folder.path().join(FILE), copy.path().join("strange.delivery")).unwrap();
    refused("unknown_signer", copy.path(), "strange.delivery", None);
}

#[test]
fn a_delivery_for_somebody_else_is_refused() {
    check("another_partner", "deliveries/hoster-south", |_| {});
    // The key opens it, but the id that was given is not the one inside.
    let copy = PUBLISHED.copy();
    refused("another_id", copy.path(), FILE, Some((&PUBLISHED.words, "hoster-south")));
}

#[test]
fn who_has_no_enrolled_keys_is_told_so() {
    let begin_anew = |folder: &Path| {
        fs::remove_dir_all(folder.join("north")).unwrap();
        fs::remove_file(folder.join("north.db.key")).unwrap();
        assert_eq!(
            run(folder, &texts(&["init", "--home", "north", "--key-file", "north.db.key"])).0,
            Some(0)
        );
    };
    check("no_keys", FILE, begin_anew);
    check("keys_not_enrolled", FILE, |folder| {
        begin_anew(folder);
        let make = [texts(&["edition", "keys", "new", "--out", "new-keys"]), texts(&NORTH)].concat();
        assert_eq!(run(folder, &make).0, Some(0));
    });
}

#[test]
fn one_signature_of_two_is_refused() {
    let take_one = |bytes: &mut Vec<u8>| {
        let mut signed: serde_json::Value = serde_json::from_slice(bytes).unwrap();
        signed["signatures"].as_array_mut().unwrap().pop();
        *bytes = serde_json::to_vec(&signed).unwrap();
    };
    check("one_signature_of_the_root", FOLDER, |folder| {
        change(&part(&folder.join(METADATA), ".root.json"), take_one);
    });
    // The hash in the snapshot tells before anybody counts.
    check("one_signature", FOLDER, |folder| {
        change(&part(&folder.join(METADATA), ".targets.json"), take_one);
    });
}

#[test]
fn what_is_older_than_what_is_installed_is_refused() {
    let copy = SECOND.copy();
    received(copy.path(), FOLDER, None);
    refused("rolled_back", copy.path(), FILE, None);
    // Comparing the words once more does not forget what was seen.
    refused("rolled_back", copy.path(), FILE, Some((&SECOND.words, "hoster-north")));
    assert!(installed(copy.path()).contains("edition 2"));
}

#[test]
fn what_is_past_its_time_is_refused() {
    let expired = Published::first(|folder| {
        let settings = folder.join("office/office.toml");
        let text = fs::read_to_string(&settings).unwrap();
        fs::write(&settings, text + "\n[delivery]\ntimestamp_days = 0\n").unwrap();
    });
    refused("expired", expired.folder.path(), FILE, Some((&expired.words, "hoster-north")));
}

#[test]
fn parts_of_two_editions_are_refused() {
    let copy = SECOND.copy();
    let metadata = copy.path().join(METADATA);
    fs::copy(metadata.join("1.snapshot.json"), metadata.join("2.snapshot.json")).unwrap();
    refused("mixed", copy.path(), FOLDER, None);
}

#[test]
fn parts_of_two_issuers_are_refused() {
    check("mixed_issuers", FOLDER, |folder| {
        fs::copy(
            part(&STRANGER.folder.path().join(METADATA), ".snapshot.json"),
            part(&folder.join(METADATA), ".snapshot.json"),
        )
        .unwrap();
    });
}

#[test]
fn what_is_cut_off_is_refused() {
    check("truncated_file", FILE, |folder| {
        change(&folder.join(FILE), |bytes| bytes.truncate(bytes.len() / 2));
    });
    check("missing_part", FOLDER, |folder| {
        fs::remove_file(part(&folder.join(METADATA), ".snapshot.json")).unwrap();
    });
}

#[test]
fn one_changed_byte_is_refused() {
    check("changed_byte_of_the_edition", FOLDER, |folder| {
        change(&part(&folder.join(FOLDER).join("targets"), ".edition.json.age"), |bytes| {
            let middle = bytes.len() / 2;
            bytes[middle] ^= 1;
        });
    });
    check("changed_byte_of_the_timestamp", FOLDER, |folder| {
        change(&part(&folder.join(METADATA), "timestamp.json"), |bytes| {
            let place = bytes.iter().rposition(|byte| *byte == b'1').unwrap();
            bytes[place] = b'2';
        });
    });
}

#[test]
fn what_is_too_large_or_no_delivery_is_refused() {
    check("oversized", "large.delivery", |folder| {
        fs::File::create(folder.join("large.delivery")).unwrap().set_len(1 << 40).unwrap();
    });
    check("oversized_part", FOLDER, |folder| {
        fs::write(folder.join(METADATA).join("timestamp.json"), [b' '; 20_000]).unwrap();
    });
    check("no_delivery", "letter.pdf", |folder| fs::write(folder.join("letter.pdf"), "%PDF-1.7").unwrap());
    check("empty_folder", "nothing", |folder| fs::create_dir(folder.join("nothing")).unwrap());
    check("not_there", "nowhere.delivery", |_| {});
}
