//! How the tests run the binary: in a folder of their own, on a fixed day, in English.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

/// The day on which everything happens.
const DAY: &str = "2026-04-12";

/// A folder with files, in which the binary runs.
pub(crate) struct Desk {
    folder: TempDir,
}

/// What a run left.
pub(crate) struct Ran {
    pub(crate) status: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// A list with one invented company, in the open format.
pub(crate) const LIST: &str = r#"{
  "format": "havenmeester-list/1",
  "list": {"id": "test", "issuer": "Invented Harbour Office", "title": "Test list", "nature": "advisory",
           "purpose": "tests", "handling": "TLP:CLEAR", "onward_sharing": "free"},
  "edition": {"number": 3, "issued_at": "2026-04-01", "valid_until": "2026-10-01"},
  "entries": [
    {"id": "E-1", "type": "legal_entity",
     "names": [{"text": "Quayside Relay B.V.", "kind": "primary"}, {"text": "QSR Hosting", "kind": "alias"}],
     "jurisdiction": "NL",
     "identifiers": [{"type": "email", "value": "beheer@quayside-relay.example"},
                     {"type": "domain", "value": "quayside-relay.example"},
                     {"type": "asn", "value": "AS64500", "valid_to": "2025-01-31"},
                     {"type": "ip_range", "value": "198.51.100.0/28"}]},
    {"id": "E-2", "type": "legal_entity", "names": [{"text": "Kestrel Vault GmbH", "kind": "primary"}],
     "jurisdiction": "DE", "identifiers": [{"type": "phone", "value": "+49 30 23125 104"}]}
  ]
}
"#;

/// Customers of whom two are on [`LIST`].
pub(crate) const CUSTOMERS: &str = "\
id,company,email,phone,domain,ip,country
1,Bakkerij De Gouden Korst,info@gouden-korst.example,+31 20 555 0150,gouden-korst.example,,NL
2,Quayside Relay BV,facturen@quayside-relay.example,,,198.51.100.5,NL
3,Tuinen van Zuid,post@tuinen-zuid.example,,tuinen-zuid.example,,NL
4,Kestrel-Vault GmbH,noc@elders.example,+49 (0)30 23125-104,,,DE
";

impl Desk {
    /// With `list.json` and `customers.csv` on it.
    pub(crate) fn new() -> Self {
        Self::empty().with("list.json", LIST).with("customers.csv", CUSTOMERS)
    }

    pub(crate) fn empty() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    pub(crate) fn with(self, name: &str, content: impl AsRef<[u8]>) -> Self {
        fs::write(self.path(name), content).unwrap();
        self
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    /// The names of the files, sorted.
    pub(crate) fn files(&self) -> Vec<String> {
        names_in(self.folder.path())
    }

    /// Runs the binary with arguments separated by blanks.
    #[track_caller]
    pub(crate) fn run(&self, arguments: &str) -> Ran {
        self.run_on(DAY, arguments)
    }

    /// The same on another day.
    #[track_caller]
    pub(crate) fn run_on(&self, day: &str, arguments: &str) -> Ran {
        let output = self.command_on(day, arguments).output().unwrap();
        let ran = Ran::from(output);
        assert!(!ran.stderr.contains("panicked"), "{}", ran.stderr);
        ran
    }

    pub(crate) fn command(&self, arguments: &str) -> Command {
        self.command_on(DAY, arguments)
    }

    fn command_on(&self, day: &str, arguments: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_havenmeester"));
        command
            .args(arguments.split_whitespace())
            .args(["--today", day, "--language", "en"])
            .current_dir(self.folder.path())
            .stdin(Stdio::null());
        command
    }
}

fn names_in(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap().flatten();
    let mut names: Vec<String> =
        entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

impl From<Output> for Ran {
    fn from(output: Output) -> Self {
        Self {
            status: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }
}
