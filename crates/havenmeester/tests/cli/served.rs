//! The desk at work beside a test.

use std::io::{BufRead, BufReader};
use std::process::{Child, Stdio};

use crate::program::Desk;

pub(crate) struct Served {
    child: Child,
    /// Where it is, without a path.
    pub(crate) address: String,
}

impl Served {
    /// Starts the desk in a folder and waits until it says where it is.
    pub(crate) fn start(desk: &Desk, at: &str) -> Self {
        let mut command = desk.command(&format!("serve --listen 127.0.0.1:0 {at}"));
        let mut child = command.stderr(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines().map_while(Result::ok);
        let address = lines
            .find_map(|line| Some(line.split_once("http://")?.1.split_whitespace().next()?.to_owned()))
            .expect("the desk says where it is");
        // What it says later must not fill the pipe.
        std::thread::spawn(move || lines.for_each(drop));
        Self { child, address: format!("http://{address}") }
    }

    /// SIGKILL.
    pub(crate) fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
