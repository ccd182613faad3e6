//! `kill -9` at any moment of publishing, receiving and taking evidence in: nothing is lost, nothing is half done.
//!
//! The walkthrough is followed up to the command, its folder is copied for each attempt, and the command is killed
//! after a time that is drawn between none and as long as it takes. `HAVENMEESTER_TEST_KILLS` sets how many attempts there
//! are (a few by default; 200 is the figure that is measured before a release).

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};

use crate::walkthrough::Terminal;

const OFFICE: &[&str] = &["--home", "office", "--key-file", "office.key"];
const NORTH: &[&str] = &["--home", "north", "--key-file", "north.db.key", "--as", "marleen"];

#[expect(clippy::disallowed_methods, reason = "the number of attempts is set from outside")]
fn attempts() -> u64 {
    std::env::var("HAVENMEESTER_TEST_KILLS").ok().and_then(|count| count.parse().ok()).unwrap_or(12)
}

/// A folder in the state before a command of the walkthrough.
struct Before {
    folder: tempfile::TempDir,
    arguments: Vec<String>,
}

impl Before {
    fn command(beginning: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut terminal = Terminal::in_folder(folder.path());
        let arguments = terminal.follow_to(beginning);
        Self { folder, arguments }
    }

    /// Runs the command in copies of the folder, kills it, and looks whether all is well.
    fn kill_at_random_moments(&self, seed: u64, check: impl Fn(&Path)) {
        let mut random = StdRng::seed_from_u64(seed);
        let whole = {
            let copy = self.copy();
            let started = Instant::now();
            assert!(
                self.spawn(copy.path()).wait().unwrap().code() != Some(2),
                "the command works when it is left alone"
            );
            started.elapsed()
        };
        // A command that ended before its time had come was not killed, which a busy machine makes likely: it is
        // tried again.
        let (mut killed, mut tried) = (0, 0);
        while killed < attempts() && tried < 5 * attempts() {
            tried += 1;
            let copy = self.copy();
            let mut child = self.spawn(copy.path());
            std::thread::sleep(Duration::from_secs_f64(whole.as_secs_f64() * random.gen_range(0.0..1.0)));
            child.kill().unwrap();
            killed += u64::from(child.wait().unwrap().code().is_none());
            check(copy.path());
        }
        assert!(killed * 2 >= attempts(), "too few were killed before they ended: {killed} of {tried}");
    }

    fn copy(&self) -> tempfile::TempDir {
        let copy = tempfile::tempdir().unwrap();
        copy_folder(self.folder.path(), copy.path());
        copy
    }

    fn spawn(&self, folder: &Path) -> std::process::Child {
        command(folder, &self.arguments).spawn().unwrap()
    }
}

pub(crate) fn copy_folder(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap().flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            fs::create_dir_all(&target).unwrap();
            copy_folder(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

pub(crate) fn command(folder: &Path, arguments: &[String]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_havenmeester"));
    command
        .args(arguments)
        .current_dir(folder)
        .env_clear()
        .env("HOME", folder)
        .env("HAVENMEESTER_HOME", "office")
        .env("HAVENMEESTER_KEY_FILE", "office.key")
        .env("HAVENMEESTER_PASSPHRASE", "nine old barges")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command
}

/// What a command says, which must not fail.
#[track_caller]
fn said(folder: &Path, words: &[&str], more: &[&str]) -> String {
    let arguments: Vec<String> = words.iter().chain(more).map(|word| (*word).to_owned()).collect();
    let output = command(folder, &arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{words:?}: {text}{}", String::from_utf8_lossy(&output.stderr));
    text
}

#[test]
fn publishing_survives_being_killed() {
    let before = Before::command("edition publish 1");
    before.kill_at_random_moments(1, |folder| {
        said(folder, &["audit", "verify", "--as", "udo"], OFFICE);
        // Done again it makes whole deliveries, and each disclosure stands in the log once.
        let again: Vec<&str> = before.arguments.iter().map(String::as_str).collect();
        said(folder, &again, &[]);
        assert_eq!(said(folder, &["disclosures", "list", "--as", "udo"], OFFICE).lines().count(), 3);
        let root = said(folder, &["key", "ceremony", "show"], OFFICE);
        let words = root.lines().find_map(|line| line.strip_prefix("words ")).unwrap().trim().to_owned();
        let receive = [
            "edition",
            "receive",
            "deliveries/hoster-north",
            "--partner",
            "hoster-north",
            "--fingerprint",
            &words,
        ];
        assert!(said(folder, &receive, NORTH).contains("installed, the first edition"));
        assert_eq!(unfinished(&folder.join("deliveries")), Vec::<PathBuf>::new());
    });
}

#[test]
fn receiving_survives_being_killed() {
    // The second edition, which also reopens hits.
    let before = Before::command("edition receive deliveries/hoster-north --home");
    before.kill_at_random_moments(2, |folder| {
        said(folder, &["audit", "verify"], NORTH);
        let (editions, withdrawn) =
            (said(folder, &["edition", "list"], NORTH), said(folder, &["retractions", "list"], NORTH));
        let is_new = editions.contains("edition 2");
        assert_eq!(is_new, withdrawn.contains("E-2"), "{editions}{withdrawn}");
        let again: Vec<&str> = before.arguments.iter().map(String::as_str).collect();
        said(folder, &again, &[]);
        assert!(said(folder, &["retractions", "list"], NORTH).contains("hits that rested on it: 1"));
    });
}

#[test]
fn taking_evidence_in_survives_being_killed() {
    let before = Before::command("evidence add evidence.toml --file page.html");
    before.kill_at_random_moments(3, |folder| {
        said(folder, &["audit", "verify", "--as", "udo"], OFFICE);
        said(folder, &["doctor", "--as", "udo"], OFFICE);
        let kept = said(folder, &["evidence", "list", "--as", "carla"], OFFICE);
        // Not there, or there with its file; sealing is a second act.
        if let Some(line) = kept.lines().next() {
            let id = line.split_whitespace().next().unwrap();
            if line.contains(" open ") {
                said(folder, &["evidence", "seal", id, "--as", "carla"], OFFICE);
            }
            said(folder, &["evidence", "export", id, "--out", "files", "--as", "carla"], OFFICE);
            assert_eq!(
                fs::read(folder.join("files/page.html")).unwrap(),
                fs::read(folder.join("page.html")).unwrap()
            );
        }
    });
}

/// Files that are not under their name yet.
fn unfinished(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if entry.path().is_dir() {
            found.extend(unfinished(&entry.path()));
        } else if entry.file_name().to_string_lossy().ends_with(".unfinished") {
            found.push(entry.path());
        }
    }
    found
}
