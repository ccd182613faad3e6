//! Another program tells of changed customers: what was answered is kept whatever happens, and the outcome is that of a whole
//! screening.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::program::{Desk, LIST};
use crate::served::Served;

const AT: &str = "--home home --key-file key --as marleen";
const PASSWORD: &str = "nine old barges in the harbour";

/// A customer as a line of a file, and as it is told of.
fn customer(id: usize, company: &str, domain: &str) -> Value {
    json!({ "id": format!("K-{id}"), "company": [company], "email": [format!("post@{domain}")], "domain": [domain] })
}

fn lines(customers: &[Value]) -> String {
    customers.iter().map(|one| format!("{one}\n")).collect()
}

/// Of every ten customers one has something of an entry.
fn base() -> Vec<Value> {
    let one = |id: usize| match id % 10 {
        3 => customer(id, &format!("Quayside Relay {id} B.V."), "quayside-relay.example"),
        7 => customer(id, "Kestrel Vault GmbH", &format!("vault{id}.example")),
        _ => customer(id, &format!("Bakkerij {id}"), &format!("bakkerij{id}.example")),
    };
    (0..400).map(one).collect()
}

struct House {
    desk: Desk,
    token: String,
}

impl House {
    fn new() -> Self {
        let desk = Desk::empty()
            .with("list.json", LIST)
            .with("base.jsonl", lines(&base()))
            .with("password", PASSWORD);
        assert_eq!(desk.run(&format!("init {AT}")).status, 0);
        assert_eq!(desk.run(&format!("edition install list.json {AT}")).status, 0);
        let account = "account set marleen --role reviewer --password-file password";
        assert_eq!(desk.run(&format!("{account} {AT}")).status, 0);
        let token = desk.run(&format!("token new billing --scope screen --scope read {AT}"));
        assert_eq!(token.status, 0, "{}", token.stderr);
        Self { token: token.stdout.trim().to_owned(), desk }
    }

    fn remember(&self) {
        let screened =
            self.desk.run(&format!("screen base.jsonl --profile connector --keep --remember --quiet {AT}"));
        assert_eq!(screened.status, 1, "{}", screened.stderr);
    }

    fn post(&self, served: &Served, body: &Value) -> (u16, Value) {
        let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
        let mut answer = agent
            .post(format!("{}/api/v1/customers/changed", served.address))
            .header("authorization", format!("Bearer {}", self.token))
            .content_type("application/json")
            .send(body.to_string())
            .unwrap();
        let status = answer.status().as_u16();
        (status, serde_json::from_str(&answer.body_mut().read_to_string().unwrap()).unwrap())
    }

    fn screenings(&self, served: &Served) -> usize {
        let mut answer = ureq::get(format!("{}/api/v1/screenings", served.address))
            .header("authorization", format!("Bearer {}", self.token))
            .call()
            .unwrap();
        let all: Value = serde_json::from_str(&answer.body_mut().read_to_string().unwrap()).unwrap();
        all.as_array().unwrap().len()
    }

    #[track_caller]
    fn wait_for(&self, served: &Served, screenings: usize) {
        let begun = Instant::now();
        while self.screenings(served) < screenings {
            assert!(begun.elapsed() < Duration::from_secs(60), "{} screenings", self.screenings(served));
            std::thread::sleep(Duration::from_millis(100));
        }
        // The base is changed right after the screening is kept.
        std::thread::sleep(Duration::from_millis(500));
    }

    /// The same when everything that was told of is taken in, and a minute later at the latest.
    fn both_in_the_end(&self, customers: &[Value]) -> (String, String) {
        let begun = Instant::now();
        loop {
            let (again, whole) = self.both(customers);
            if again == whole || begun.elapsed() > Duration::from_secs(60) {
                return (again, whole);
            }
            std::thread::sleep(Duration::from_secs(2));
        }
    }

    /// The hits of what is remembered, and of a whole screening of these customers.
    fn both(&self, customers: &[Value]) -> (String, String) {
        std::fs::write(self.desk.path("made.jsonl"), lines(customers)).unwrap();
        let again = self.desk.run(&format!("rescreen --format csv --quiet {AT}"));
        let whole = self.desk.run(&format!(
            "screen made.jsonl --profile connector --list list.json --format csv --quiet {AT}"
        ));
        assert_eq!((again.status, whole.status), (1, 1), "{}{}", again.stderr, whole.stderr);
        (again.stdout, whole.stdout)
    }
}

#[test]
fn what_was_answered_is_screened_with_the_outcome_of_a_whole_screening_after_kill_9() {
    let house = House::new();
    house.remember();
    let mut made = base();
    // On the list from now on, and not any more; new ones; one who is gone.
    made[5] = customer(5, "Quayside Relay B.V.", "bakkerij5.example");
    made[3] = customer(3, "Bloemen van Zuid", "bloemen.example");
    made.push(customer(900, "Kestrel Vault GmbH", "nieuw.example"));
    made.push(customer(901, "Slager Zuid", "slager.example"));
    let gone = made.remove(13);
    let told = |id: &str, customers: &[&Value], gone: &[&str]| json!({ "id": id, "customers": customers, "gone": gone });
    let (other, last) = (customer(5, "Somebody else", "else.example"), made.len());

    let served = Served::start(&house.desk, AT);
    let before = house.screenings(&served);
    let (status, first) =
        house.post(&served, &told("1", &[&other, &made[last - 2]], &[gone["id"].as_str().unwrap()]));
    assert_eq!((status, first["state"].as_str()), (202, Some("received")), "{first}");
    let (status, second) = house.post(&served, &told("2", &[&made[5], &made[3], &made[last - 1]], &[]));
    // Right after the answer, before anything can have been screened with it.
    served.kill();
    assert_eq!(status, 202, "{second}");

    let served = Served::start(&house.desk, AT);
    house.wait_for(&served, before + 1);
    // Sent again, since the sender does not know: it counts once.
    let (status, again) = house.post(&served, &told("1", &[&other], &[]));
    assert_eq!((status, &again["id"]), (202, &first["id"]));
    let (again, whole) = house.both_in_the_end(&made);
    served.kill();
    assert_eq!(again, whole);
    assert!(whole.contains("K-900,") && whole.contains("K-5,") && !whole.contains("\nK-3,"), "{whole}");
}

#[test]
fn what_cannot_be_taken_is_said_at_once() {
    let house = House::new();
    let served = Served::start(&house.desk, AT);
    let check = |body: Value, status: u16, expected: &str| {
        let (found, told) = house.post(&served, &body);
        assert_eq!(found, status, "{told}");
        assert!(told["title"].as_str().unwrap_or_default().contains(expected), "{told}");
    };
    check(json!({ "gone": ["K-1"] }), 409, "no customer base is remembered");
    house.remember();
    check(json!({}), 422, "0 customers");
    check(json!({ "gone": [""] }), 422, "0 characters");
    check(json!({ "gone": [" K-1"] }), 422, "blank");
    check(json!({ "customers": [{ "id": "K-1", "password": ["x"] }] }), 422, "password");
    check(json!({ "gone": vec!["K"; 1001] }), 422, "1001 customers");
    served.kill();
}
