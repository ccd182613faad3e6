//! The plug-ins of shops: their own tests in PHP, and each against the real server, from the order to the machine.
//!
//! `scripts/test` installs PHP and names it in HAVENMEESTER_TEST_PHP. Without it the tests say that they were skipped.

mod shop;

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use kyc::{Policy, State};
use operations::hoster::sign_ups::reviewing::{self, Doing};
use operations::hoster::sign_ups::{self, Application};
use review::ReasonCode;
use serde_json::{Value, json};
use store::{Address, MasterKey, PersonId, Store};

use shop::Shop;

use crate::program::LIST;

const PASSWORD: &str = "nine old barges in the harbour";
/// How long the server may take to look an order up. Far more than it takes.
const PATIENCE: Duration = Duration::from_secs(30);

#[expect(clippy::disallowed_methods, reason = "where PHP is, is set from outside")]
fn php() -> Option<String> {
    std::env::var("HAVENMEESTER_TEST_PHP").ok()
}

#[expect(clippy::print_stderr, reason = "what was skipped is said")]
fn skip() {
    eprintln!("skipped: HAVENMEESTER_TEST_PHP does not name a PHP program");
}

fn plugins() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../plugins")
}

#[test]
fn the_plug_ins_hold_whatever_a_gate_does() {
    let Some(php) = php() else { return skip() };
    let ran = Command::new(php).arg(plugins().join("tests/run.php")).output().unwrap();
    let said = String::from_utf8_lossy(&ran.stdout).into_owned() + &String::from_utf8_lossy(&ran.stderr);
    assert!(ran.status.success(), "{said}");
    let tests = std::fs::read_dir(plugins().join("tests")).unwrap().flatten();
    let tests = tests.filter(|file| file.file_name().to_string_lossy().ends_with("_test.php")).count();
    assert!(tests > 0 && said.matches(": ok").count() == tests, "{said}");
}

#[test]
fn every_plug_in_goes_from_the_order_to_the_machine_and_tells_listed_and_unlisted_alike() {
    let Some(php) = php() else { return skip() };
    let house = House::new();
    let server = house.serve();
    for kind in ["whmcs", "fossbilling", "paymenter", "webhook"] {
        let token = house.run(&["token", "new", kind, "--scope", "shop"]);
        let mut shop = Shop::start(&php, kind, &server.address, token.trim());
        house.plays(&mut shop, kind);
    }
    house.answers_alike(&server.address);
}

/// A house with a list, rules and two people who review.
struct House {
    folder: tempfile::TempDir,
}

impl House {
    fn new() -> Self {
        let house = Self { folder: tempfile::tempdir().unwrap() };
        house.run(&["init"]);
        let list = house.write("list.json", &LIST.replace(", \"valid_until\": \"2026-10-01\"", ""));
        let password = house.write("password", PASSWORD);
        house.run(&["edition", "install", &list]);
        let rules = kyc::policy::EXAMPLE.replace("mode = \"log_only\"", "mode = \"gate\"");
        assert_ne!(rules, kyc::policy::EXAMPLE);
        house.write("home/kyc.toml", &rules);
        for name in ["anna", "bram"] {
            house.run(&["account", "set", name, "--role", "reviewer", "--password-file", &password]);
        }
        house
    }

    fn write(&self, name: &str, text: &str) -> String {
        let path = self.folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.display().to_string()
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let path = |name: &str| self.folder.path().join(name).display().to_string();
        let mut command = Command::new(env!("CARGO_BIN_EXE_havenmeester"));
        command.args(arguments).args(["--as", "anna", "--home", &path("home"), "--key-file", &path("key")]);
        command.args(["--database", &format!("sqlite:{}", path("house.db"))]);
        command
    }

    fn run(&self, arguments: &[&str]) -> String {
        let ran = self.command(arguments).output().unwrap();
        let told = String::from_utf8_lossy(&ran.stderr);
        assert!(ran.status.success(), "{arguments:?}: {told}");
        String::from_utf8(ran.stdout).unwrap()
    }

    fn serve(&self) -> Server {
        let mut command = self.command(&["serve", "--listen", "127.0.0.1:0"]);
        let mut child = command.stdin(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines().map_while(Result::ok);
        let address = lines
            .find_map(|line| Some(line.split_once("http://")?.1.split_whitespace().next()?.to_owned()))
            .expect("the desk says where it is");
        // What it says later must not fill the pipe.
        std::thread::spawn(move || lines.for_each(drop));
        Server { child, address: format!("http://{address}") }
    }

    /// One shop from two orders to two machines.
    fn plays(&self, shop: &mut Shop, kind: &str) {
        let unlisted = shop.order("Tuinen van Zuid B.V.", "post@tuinen-zuid.example");
        shop.pay(unlisted);
        assert!(!shop.is_created(unlisted), "{kind}: a business shows something first");
        let of_unlisted = shop.staff();
        let listed = shop.order("Quayside Relay B.V.", "beheer@quayside-relay.example");
        shop.pay(listed);
        assert!(!shop.is_created(listed), "{kind}");
        let of_both = [of_unlisted.clone(), of_unlisted].concat();
        assert_eq!(shop.staff(), of_both, "{kind}: staff of the shop reads the same of both");

        let of_unlisted = self.looked_up("Tuinen van Zuid B.V.", kind);
        let of_listed = self.looked_up("Quayside Relay B.V.", kind);
        assert_eq!(of_unlisted.kept.hits.len(), 0);
        assert_eq!(of_listed.kept.hits.len(), 1);
        shop.cron();
        assert!(!shop.is_created(unlisted) && !shop.is_created(listed), "{kind}: both wait");
        self.let_in(&of_unlisted.id);
        shop.cron();
        assert!(shop.is_created(unlisted), "{kind}: who was let in is created");
        assert!(!shop.is_created(listed), "{kind}: who may be on a list waits for people");
        self.it_is_somebody_else(&of_listed.id);
        self.let_in(&of_listed.id);
        shop.cron();
        assert!(shop.is_created(listed), "{kind}: and is created when they say so");
    }

    /// Two people find that it is somebody else.
    fn it_is_somebody_else(&self, id: &str) {
        self.with_store(async |store| {
            for name in ["anna", "bram"] {
                let person = PersonId(name.to_owned());
                let doing = Doing { person: &person, id, seen: None, now: Timestamp::now() };
                let (hit, reason) = (("test", "E-1"), ReasonCode::OtherRegisterNumber);
                reviewing::judge(&store, doing, hit, reason, "").await.unwrap();
            }
        });
    }

    /// Somebody lets them in, and says why that is enough.
    fn let_in(&self, id: &str) {
        self.with_store(async |store| {
            let person = PersonId("anna".to_owned());
            let doing = Doing { person: &person, id, seen: None, now: Timestamp::now() };
            let note = "the papers came by letter";
            let state = reviewing::release(&store, doing, note, &Policy::default()).await.unwrap();
            assert!(matches!(state, State::Clear { .. }));
        });
    }

    /// A shop's application, once the lists were asked.
    fn looked_up(&self, company: &str, shop: &str) -> Application {
        let begun = Instant::now();
        loop {
            let all = self.with_store(async |store| {
                sign_ups::since(&mut store.look().await.unwrap(), Timestamp::UNIX_EPOCH).await.unwrap()
            });
            let is_theirs = |one: &Application| {
                one.kept.shop.label == shop && one.kept.applicant.company.as_deref() == Some(company)
            };
            let found = all.into_iter().find(is_theirs).expect("the shop told of it");
            if found.kept.course.screened().is_some() {
                return found;
            }
            assert!(begun.elapsed() < PATIENCE, "the order is looked up");
            std::thread::sleep(Duration::from_millis(100));
        }
    }

    fn with_store<T>(&self, work: impl AsyncFnOnce(Store) -> T) -> T {
        let path = |name: &str| self.folder.path().join(name).display().to_string();
        let key = MasterKey::parse(&std::fs::read_to_string(path("key")).unwrap().into()).unwrap();
        let address = Address::parse(&format!("sqlite:{}", path("house.db"))).unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async { work(Store::open_existing(&address, &key).await.unwrap()).await })
    }

    /// What the server answers to a shop is the same to the byte, whoever ordered, but for the id.
    fn answers_alike(&self, address: &str) {
        let token = self.run(&["token", "new", "bytes", "--scope", "shop"]);
        let agent = ureq::Agent::config_builder().http_status_as_error(false).build().new_agent();
        let bearer = format!("Bearer {}", token.trim());
        let answers = |order: &str, company: &str, email: &str| {
            let body =
                json!({"order": order, "applicant": {"company": company, "emails": [email]}}).to_string();
            let told = agent.post(format!("{address}/api/v1/checks")).header("authorization", &bearer);
            let mut told = told.content_type("application/json").send(&body).unwrap();
            let taken = told.body_mut().read_to_string().unwrap();
            let id = serde_json::from_str::<Value>(&taken).unwrap()["id"].as_str().unwrap().to_owned();
            let asked = agent.get(format!("{address}/api/v1/checks/{id}")).header("authorization", &bearer);
            let mut asked = asked.call().unwrap();
            let answer = asked.body_mut().read_to_string().unwrap();
            let heads = [&told, &asked].map(|one| (one.status(), heads(one)));
            (heads, taken.replace(&id, "ID"), id.len(), answer)
        };
        let unlisted = answers("1", "Tuinen van Zuid B.V.", "post@tuinen-zuid.example");
        let listed = answers("2", "Quayside Relay B.V.", "beheer@quayside-relay.example");
        assert_eq!(unlisted, listed);
    }
}

/// Names and values of what comes before a body, but the time of day.
fn heads(answer: &http::Response<ureq::Body>) -> Vec<(String, String)> {
    let all = answer.headers().iter().filter(|(name, _)| *name != http::header::DATE);
    all.map(|(name, value)| (name.to_string(), format!("{value:?}"))).collect()
}

struct Server {
    child: Child,
    address: String,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
