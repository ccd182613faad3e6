//! Registry dumps on the command line: as customers, as chains beside a customer file, and the footprint.

use crate::program::Desk;

const DUMP: &str = "\
inetnum:        192.0.2.0 - 192.0.2.255
netname:        HARBOUR-HOST
org:            ORG-HH1-TEST
status:         ALLOCATED PA
mnt-by:         HARBOUR-MNT

inetnum:        192.0.2.64 - 192.0.2.127
netname:        TUIN-1
descr:          Tuinen van Zuid
remarks:        never shown
status:         SUB-ALLOCATED PA
mnt-by:         HARBOUR-MNT
created:        2024-03-01T08:00:00Z

inetnum:        192.0.2.80 - 192.0.2.95
netname:        RELAY-1
status:         ASSIGNED PA
org:            ORG-QR1-TEST
mnt-by:         HARBOUR-MNT
mnt-by:         QSR-MNT
created:        2025-03-01T08:00:00Z

organisation:   ORG-QR1-TEST
org-name:       Northern Sample Firm
abuse-c:        AR1-TEST

role:           Abuse desk
nic-hdl:        AR1-TEST
abuse-mailbox:  beheer@quayside-relay.example

domain:         2.0.192.in-addr.arpa
nserver:        ns1.harbour-host.example

route:          192.0.2.0/24
origin:         AS64510

route:          192.0.2.128/25
origin:         AS64505

inetnum:        192.0.2.99 - 192.0.2.1
status:         ASSIGNED PA
";

const LIST: &str = r#"{
  "format": "havenmeester-list/1",
  "list": {"id": "test", "issuer": "Invented Harbour Office", "title": "Test list", "nature": "advisory",
           "purpose": "tests", "handling": "TLP:CLEAR", "onward_sharing": "free"},
  "edition": {"number": 3, "issued_at": "2026-04-01", "valid_until": "2026-10-01"},
  "entries": [
    {"id": "E-1", "type": "legal_entity", "names": [{"text": "Quayside Relay B.V.", "kind": "primary"}],
     "identifiers": [{"type": "email", "value": "beheer@quayside-relay.example"},
                     {"type": "ripe_handle", "value": "QSR-MNT", "valid_to": "2025-06-30"}]},
    {"id": "E-2", "type": "network", "names": [{"text": "Kestrel Vault", "kind": "primary"}],
     "identifiers": [{"type": "asn", "value": "AS64505"}]},
    {"id": "E-3", "type": "legal_entity", "names": [{"text": "Tuinen van Zuid", "kind": "primary"}]}
  ]
}
"#;

const CUSTOMERS: &str = "\
id,company,email,ip
1,Tuinbeheer Oost,post@tuin-oost.example,192.0.2.64/26
2,Bakkerij De Gouden Korst,info@gouden-korst.example,192.0.2.20
";

fn desk() -> Desk {
    let desk = Desk::empty().with("list.json", LIST).with("customers.csv", CUSTOMERS);
    std::fs::create_dir(desk.path("ripe")).unwrap();
    desk.with("ripe/dump.rpsl", DUMP)
}

#[test]
fn sub_assignments_are_screened_as_customers() {
    let ran = desk().run("screen ripe --own 192.0.2.0/24 --list list.json --format csv --quiet");

    assert_eq!((ran.status, ran.stderr.as_str()), (1, ""));
    insta::assert_snapshot!(ran.stdout);
}

#[test]
fn a_customer_is_a_hit_through_its_sub_assignment() {
    let ran = desk()
        .run("screen customers.csv --registry ripe --own HARBOUR-MNT --list list.json --format csv --quiet");

    assert_eq!((ran.status, ran.stderr.as_str()), (1, ""));
    insta::assert_snapshot!(ran.stdout);
}

#[test]
fn without_the_registry_nobody_is_a_hit() {
    let ran = desk().run("screen customers.csv --list list.json --format csv --quiet");

    assert_eq!(ran.status, 0, "{}", ran.stdout);
}

#[test]
fn the_chain_is_explained() {
    let ran = desk().run(
        "explain customers.csv --registry ripe --own 192.0.2.0/24 --list list.json --customer 1 --entry E-1",
    );

    insta::assert_snapshot!(ran.stdout);
}

#[test]
fn a_check_says_what_a_registry_gives() {
    let ran = desk().run("customers check ripe --own 192.0.2.0/24");

    assert_eq!(ran.status, 2);
    insta::assert_snapshot!(ran.stdout);
}

#[test]
fn a_footprint_shows_what_belongs_to_no_customer() {
    let desk = desk();
    let all = desk.run("footprint ripe --own 192.0.2.0/24 --list list.json");
    assert_eq!(all.status, 1, "{}", all.stderr);
    insta::assert_snapshot!(all.stdout);

    let rest =
        desk.run("footprint ripe --own 192.0.2.0/24 --list list.json --customers customers.csv --format csv");
    insta::assert_snapshot!(rest.stdout);
}

#[test]
fn a_footprint_has_every_form() {
    let desk = desk();
    for (form, beginning) in [("json", "["), ("jsonl", "{"), ("csv", "object,"), ("html", "<!DOCTYPE html>")]
    {
        let ran =
            desk.run(&format!("footprint ripe --own 192.0.2.0/24 --list list.json --format {form} --quiet"));

        assert_eq!(ran.status, 1, "{form}: {}", ran.stderr);
        assert!(ran.stdout.starts_with(beginning) && ran.stdout.contains("E-2"), "{form}: {}", ran.stdout);
        assert!(!ran.stdout.contains("never shown"), "{form}");
    }
}

#[test]
fn what_is_not_own_is_said() {
    let ran = desk().run("screen ripe --own whatever --list list.json");

    assert_eq!(ran.status, 2);
    assert!(ran.stderr.contains("`whatever` is no address range, AS number, maintainer"), "{}", ran.stderr);
}

#[test]
fn a_file_that_is_no_dump_is_refused() {
    let ran = desk().run("screen customers.csv --own 192.0.2.0/24 --list list.json");

    assert_eq!(ran.status, 2);
    assert!(ran.stderr.contains("customers.csv"), "{}", ran.stderr);
    assert!(!ran.stderr.contains("Tuinbeheer"), "{}", ran.stderr);
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let desk = desk();
    let run = |threads: u8| {
        let line = format!(
            "screen ripe --own AS64510 --own 192.0.2.0/24 --list list.json --format csv -q --threads {threads}"
        );
        desk.run(&line).stdout
    };

    assert_eq!(run(1), run(3));
}
