//! The walkthrough is run as it is written: every command in order, in one folder, with what it is said to show.

mod page;
mod pattern;

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use page::Step;

const ENDED_BY_SIGNAL: &str = "(ended by a signal)";

/// A terminal in a folder of its own, which knows nothing of the machine it runs on.
pub(crate) struct Terminal {
    folder: PathBuf,
    variables: Vec<(String, String)>,
    /// Words of the page's files that are written in another way here.
    changes: Vec<(String, String)>,
}

#[test]
fn the_walkthrough_shows_what_the_program_does() {
    let steps = steps();
    assert!(steps.iter().any(|step| matches!(step, Step::Run { .. })), "no command is walked through");
    let folder = tempfile::tempdir().unwrap();

    follow(&steps, folder.path()).unwrap();
}

fn steps() -> Vec<Step> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/walkthrough.md");
    page::read(&fs::read_to_string(file).unwrap()).unwrap()
}

#[test]
fn a_page_that_shows_something_else_is_found_with_its_line() {
    check("$ havenmeester --version\nhavenmeester [..]\n", Ok(()));
    check("$ havenmeester --version\nanother program\n", Err("line 2"));
    check("$ havenmeester --version\n", Err("line 2"));
    // A command that fails is no success because its words were left out.
    check("$ havenmeester screen nowhere.csv\n...\n", Err("(exit code 2)"));
    check("$ havenmeester screen nowhere.csv\n...\n(exit code 2)\n", Ok(()));
    check("$ export HAVENMEESTER_HOME=office\n$ havenmeester --version\n...\n", Ok(()));
}

#[track_caller]
fn check(block: &str, expected: Result<(), &str>) {
    let folder = tempfile::tempdir().unwrap();
    let steps = page::read(&format!("```console\n{block}```\n")).unwrap();
    match (follow(&steps, folder.path()), expected) {
        (Ok(()), Ok(())) => {}
        (Err(found), Err(words)) => assert!(found.contains(words), "{found}"),
        (found, expected) => panic!("{block}\nfound {found:?}, expected {expected:?}"),
    }
}

fn follow(steps: &[Step], folder: &Path) -> Result<(), String> {
    let mut terminal = Terminal::in_folder(folder);
    for step in steps {
        match step {
            Step::Write { name, content } => fs::write(folder.join(name), content).unwrap(),
            Step::Export { name, value } => terminal.variables.push((name.clone(), value.clone())),
            Step::Run { line, arguments, shown } => {
                let arguments = &terminal.with_words(arguments);
                let said = terminal.run(arguments);
                if !is_as_shown(shown, &said) {
                    return Err(format!(
                        "docs/walkthrough.md, line {line}: havenmeester {}\n\nshown:\n{}\n\nsaid:\n{said}",
                        arguments.join(" "),
                        shown.join("\n"),
                    ));
                }
            }
        }
    }
    Ok(())
}

/// The way a command ended is compared apart, so that no wildcard hides a failure.
fn is_as_shown(shown: &[String], said: &str) -> bool {
    let said: Vec<&str> = said.lines().collect();
    let (shown, shown_end) = match shown.split_last() {
        Some((last, before)) if is_end(last) => (before, Some(last.as_str())),
        _ => (shown, None),
    };
    let (said, said_end) = match said.split_last() {
        Some((last, before)) if is_end(last) => (before, Some(*last)),
        _ => (&said[..], None),
    };
    shown_end == said_end && pattern::matches(shown, said)
}

fn is_end(line: &str) -> bool {
    line.starts_with("(exit code ") || line == ENDED_BY_SIGNAL
}

impl Terminal {
    pub(crate) fn in_folder(folder: &Path) -> Self {
        Self { folder: folder.to_owned(), variables: Vec::new(), changes: Vec::new() }
    }

    /// From now on, files of the page have these words in place of those.
    pub(crate) fn change(&mut self, those: &str, these: &str) {
        self.changes.push((those.to_owned(), these.to_owned()));
    }

    /// What a command says that stands in no page. Words are parted by blanks.
    pub(crate) fn says(&self, command: &str) -> String {
        self.run(&command.split(' ').map(str::to_owned).collect::<Vec<_>>())
    }

    /// Begins a command that goes on until it is stopped.
    pub(crate) fn begins(&self, command: &str) -> Child {
        let mut command = self.command(command.split(' '));
        command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap()
    }

    /// Takes the steps of the page up to the first command that begins with these words, and gives its arguments.
    pub(crate) fn follow_to(&mut self, beginning: &str) -> Vec<String> {
        for step in steps() {
            match step {
                Step::Write { name, content } => {
                    let change = |text: String, (those, these): &(String, String)| text.replace(those, these);
                    fs::write(self.folder.join(name), self.changes.iter().fold(content, change)).unwrap();
                }
                Step::Export { name, value } => self.variables.push((name, value)),
                Step::Run { arguments, .. } => {
                    let arguments = self.with_words(&arguments);
                    if arguments.join(" ").starts_with(beginning) {
                        return arguments;
                    }
                    self.run(&arguments);
                }
            }
        }
        panic!("the page has no command `{beginning}`");
    }

    /// Puts the words that a reader compares by phone where the page says `<words of FILE>` or `<words of the root>`.
    fn with_words(&self, arguments: &[String]) -> Vec<String> {
        let words = |argument: &String| {
            let Some(named) = argument.strip_prefix("<words of ").and_then(|rest| rest.strip_suffix('>'))
            else {
                return argument.clone();
            };
            let (text, before) = if named == "the root" {
                (self.run(&["key", "ceremony", "show"].map(str::to_owned)), "words ")
            } else {
                (fs::read_to_string(self.folder.join(named)).unwrap(), "fingerprint: ")
            };
            let line = text.lines().find_map(|line| line.strip_prefix(before)).unwrap();
            line.trim().to_owned()
        };
        arguments.iter().map(words).collect()
    }

    fn command(&self, arguments: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_havenmeester"));
        command
            .args(arguments)
            .current_dir(&self.folder)
            .env_clear()
            .env("HOME", &self.folder)
            .envs(self.variables.iter().cloned())
            .stdin(Stdio::null());
        command
    }

    /// Standard output, then standard error, then the exit code if it is not 0.
    fn run(&self, arguments: &[String]) -> String {
        let output = self.command(arguments).output().unwrap();
        let mut said = String::from_utf8(output.stdout).unwrap();
        said.push_str(&String::from_utf8(output.stderr).unwrap());
        if !said.is_empty() && !said.ends_with('\n') {
            said.push('\n');
        }
        match output.status.code() {
            Some(0) => said,
            Some(code) => said + &format!("(exit code {code})\n"),
            None => said + ENDED_BY_SIGNAL + "\n",
        }
    }
}
