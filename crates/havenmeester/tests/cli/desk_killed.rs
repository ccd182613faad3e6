//! `kill -9` of the desk while people answer, write notes, and hand customer files in: what was confirmed is there, and a
//! screening that was begun is kept in the end. On SQLite, and on PostgreSQL where the test command started one.
//!
//! `HAVENMEESTER_TEST_KILLS` sets how often it is killed (a few by default; 200 is the figure that is measured before a
//! release).

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use serde_json::Value;

const LIST: &str = include_str!("../../demo/desk-list.json");
const CUSTOMERS: &[u8] = include_bytes!("../../demo/customers.csv");
const PASSWORD: &str = "nine old barges in the harbour";
/// How long a screening may take to be taken up again and kept. Far more than it takes.
const PATIENCE: Duration = Duration::from_secs(60);

#[expect(clippy::disallowed_methods, reason = "the number of attempts and the server are set from outside")]
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

fn attempts() -> u64 {
    variable("HAVENMEESTER_TEST_KILLS").and_then(|count| count.parse().ok()).unwrap_or(10)
}

/// A house with a list, a screening and somebody who reviews.
struct House {
    folder: tempfile::TempDir,
    database: String,
    token: String,
}

impl House {
    fn new(database: Option<String>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let file = format!("sqlite:{}", folder.path().join("house.db").display());
        let mut house = Self { folder, database: database.unwrap_or(file), token: String::new() };
        let file = |name: &str, bytes: &[u8]| {
            let path = house.folder.path().join(name);
            std::fs::write(&path, bytes).unwrap();
            path.display().to_string()
        };
        let (list, customers) = (file("list.json", LIST.as_bytes()), file("customers.csv", CUSTOMERS));
        let password = file("password", PASSWORD.as_bytes());
        house.run(&["init"]);
        let keys = house.folder.path().join("keys").display().to_string();
        house.run(&["edition", "keys", "new", "--out", &keys]);
        house.run(&["edition", "install", &list]);
        house.run(&["screen", &customers, "--keep", "--quiet"]);
        house.run(&["account", "set", "anna", "--role", "reviewer", "--password-file", &password]);
        let scopes = ["token", "new", "a test", "--scope", "read", "--scope", "review", "--scope", "screen"];
        house.token = house.run(&scopes).trim().to_owned();
        house
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_havenmeester"));
        let home = self.folder.path().join("home");
        let key = self.folder.path().join("house.key");
        command.args(arguments).args(["--database", &self.database, "--as", "anna"]).args([
            "--home".as_ref(),
            home.as_os_str(),
            "--key-file".as_ref(),
            key.as_os_str(),
        ]);
        command
    }

    fn run(&self, arguments: &[&str]) -> String {
        let output = self.command(arguments).output().unwrap();
        let code = output.status.code();
        let told = String::from_utf8_lossy(&output.stderr) + String::from_utf8_lossy(&output.stdout);
        assert!(matches!(code, Some(0 | 1)), "{arguments:?}: {code:?} {told}");
        String::from_utf8(output.stdout).unwrap()
    }

    fn start(&self) -> Desk {
        let mut server = self
            .command(&["serve", "--listen", "127.0.0.1:0"])
            .stdin(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(server.stderr.take().unwrap()).lines().map_while(Result::ok);
        let address = lines
            .find_map(|line| Some(line.split_once("http://")?.1.split_whitespace().next()?.to_owned()))
            .expect("the desk says where it is");
        // What it says later must not fill the pipe.
        std::thread::spawn(move || lines.for_each(drop));
        Desk { address: format!("http://{address}/api/v1"), token: self.token.clone(), server }
    }
}

struct Desk {
    address: String,
    token: String,
    server: Child,
}

/// What was confirmed so far, over all lives of the desk.
#[derive(Default)]
struct Confirmed {
    answers: BTreeMap<u64, u64>,
    notes: BTreeMap<u64, u64>,
    screenings: u64,
}

fn agent() -> ureq::Agent {
    ureq::Agent::config_builder()
        .http_status_as_error(false)
        .timeout_global(Some(Duration::from_secs(30)))
        .build()
        .into()
}

impl Desk {
    fn get(&self, agent: &ureq::Agent, path: &str) -> Option<Value> {
        let bearer = format!("Bearer {}", self.token);
        let mut answer =
            agent.get(format!("{}{path}", self.address)).header("authorization", bearer).call().ok()?;
        serde_json::from_str(&answer.body_mut().read_to_string().ok()?).ok()
    }

    /// The status of an answer; nothing where the desk is gone.
    fn post(&self, agent: &ureq::Agent, path: &str, kind: &str, body: &[u8]) -> Option<u16> {
        let bearer = format!("Bearer {}", self.token);
        let asked = agent.post(format!("{}{path}", self.address));
        let asked = asked.header("authorization", bearer).header("content-type", kind);
        Some(asked.send(body).ok()?.status().as_u16())
    }

    /// Works until the desk is gone.
    fn work(&self, confirmed: &mut Confirmed, stop: &AtomicBool) {
        let agent = agent();
        let screened =
            self.post(&agent, "/screenings?name=klanten.csv", "application/octet-stream", CUSTOMERS);
        confirmed.screenings += u64::from(screened == Some(202));
        for round in 0_u64.. {
            let number = 1 + round % 10;
            let Some(hit) = self.get(&agent, &format!("/hits/{number}")) else { return };
            let said = format!("{{\"reason\": \"needs_data\", \"seen\": {}}}", hit["seen"]);
            let path = format!("/hits/{number}/dispositions");
            let Some(status) = self.post(&agent, &path, "application/json", said.as_bytes()) else { return };
            *confirmed.answers.entry(number).or_default() += u64::from(status == 200);
            let path = format!("/hits/{number}/notes");
            let note = b"{\"text\": \"looked it up\"}";
            let Some(status) = self.post(&agent, &path, "application/json", note) else { return };
            *confirmed.notes.entry(number).or_default() += u64::from(status == 204);
            if stop.load(Ordering::Relaxed) {
                return;
            }
        }
    }

    /// Waits until nothing is being screened.
    fn settle(&self, agent: &ureq::Agent) {
        let started = Instant::now();
        while started.elapsed() < PATIENCE {
            let state = self.get(agent, "/screenings/running").unwrap_or_default();
            assert_ne!(state["state"], "failed", "{state}");
            if state["state"] != "runs" {
                return;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        panic!("the screening did not end");
    }

    fn check(&self, confirmed: &Confirmed) {
        let agent = agent();
        self.settle(&agent);
        let screenings = self.get(&agent, "/screenings").unwrap().as_array().unwrap().len() as u64;
        assert!(screenings > confirmed.screenings, "{screenings} of {} are kept", confirmed.screenings + 1);
        for (number, count) in &confirmed.answers {
            let hit = self.get(&agent, &format!("/hits/{number}")).unwrap();
            let (answers, notes) =
                (hit["seen"].as_u64().unwrap(), hit["notes"].as_array().unwrap().len() as u64);
            assert!(answers >= *count, "hit {number}: {answers} of {count} confirmed answers are there");
            let count = confirmed.notes.get(number).copied().unwrap_or(0);
            assert!(notes >= count, "hit {number}: {notes} of {count} confirmed notes are there");
        }
    }

    fn kill(&mut self) {
        self.server.kill().unwrap();
        self.server.wait().unwrap();
    }
}

fn left_behind(home: &Path) -> Vec<String> {
    let files = std::fs::read_dir(home.join("uploads")).unwrap();
    files.map(|file| file.unwrap().file_name().to_string_lossy().into_owned()).collect()
}

/// Gives what was confirmed, in words.
fn killed_again_and_again(house: &House, seed: u64) -> String {
    let mut random = StdRng::seed_from_u64(seed);
    let mut confirmed = Confirmed::default();
    let mut desk = house.start();
    for _ in 0..attempts() {
        let (stop, wait) = (AtomicBool::new(false), Duration::from_millis(random.gen_range(0..1_200)));
        std::thread::scope(|scope| {
            let worker = scope.spawn(|| desk.work(&mut confirmed, &stop));
            std::thread::sleep(wait);
            // SIGKILL to the process itself, while the worker is in the middle of a call.
            let killed = Command::new("kill").args(["-9", &desk.server.id().to_string()]).status().unwrap();
            assert!(killed.success());
            stop.store(true, Ordering::Relaxed);
            worker.join().unwrap();
        });
        desk.kill();
        desk = house.start();
        desk.check(&confirmed);
    }
    assert_eq!(
        left_behind(&house.folder.path().join("home")),
        Vec::<String>::new(),
        "a customer file is left"
    );
    desk.kill();
    house.run(&["doctor"]);
    let (answers, notes) = (confirmed.answers.values().sum::<u64>(), confirmed.notes.values().sum::<u64>());
    assert!(answers > 0 && confirmed.screenings > 0, "the desk was killed before it did anything");
    let screenings = confirmed.screenings;
    format!("{} kills: {answers} answers, {notes} notes, {screenings} screenings, all there", attempts())
}

#[test]
fn what_the_desk_confirmed_survives_kill_9_on_sqlite() {
    println!("{}", killed_again_and_again(&House::new(None), 1));
}

#[test]
fn what_the_desk_confirmed_survives_kill_9_on_postgresql() {
    match variable("HAVENMEESTER_TEST_POSTGRES") {
        // No other test uses the database that the server comes with.
        Some(server) => println!("{}", killed_again_and_again(&House::new(Some(server)), 2)),
        None => println!("skipped: HAVENMEESTER_TEST_POSTGRES is not set; scripts/test sets it"),
    }
}
