//! A shop with its plug-in, played by PHP.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde_json::{Value, json};

/// A shop with its plug-in, in PHP, that does what it is told.
pub(super) struct Shop {
    child: Child,
    ears: ChildStdin,
    mouth: BufReader<ChildStdout>,
}

impl Shop {
    pub(super) fn start(php: &str, kind: &str, address: &str, token: &str) -> Self {
        let mut command = Command::new(php);
        command.arg(super::plugins().join("tests/live.php")).args([kind, address, token]);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let (ears, mouth) = (child.stdin.take().unwrap(), BufReader::new(child.stdout.take().unwrap()));
        Self { child, ears, mouth }
    }

    fn does(&mut self, what: &Value) -> Value {
        writeln!(self.ears, "{what}").unwrap();
        let mut line = String::new();
        self.mouth.read_line(&mut line).unwrap();
        let said: Value = serde_json::from_str(&line).expect("the shop does what it is told");
        said[what["do"].as_str().unwrap()].clone()
    }

    pub(super) fn order(&mut self, company: &str, email: &str) -> u64 {
        self.does(&json!({"do": "order", "company": company, "email": email})).as_u64().unwrap()
    }

    pub(super) fn pay(&mut self, order: u64) {
        self.does(&json!({"do": "pay", "order": order}));
    }

    pub(super) fn cron(&mut self) {
        self.does(&json!({"do": "cron"}));
    }

    pub(super) fn is_created(&mut self, order: u64) -> bool {
        self.does(&json!({"do": "is_created", "order": order})).as_bool().unwrap()
    }

    pub(super) fn staff(&mut self) -> Vec<String> {
        serde_json::from_value(self.does(&json!({"do": "staff"}))).unwrap()
    }
}

impl Drop for Shop {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
