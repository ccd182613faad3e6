//! Registry dumps: what is read, what is dropped, whose it is.
#![expect(clippy::unwrap_used, reason = "all of this is test code")]

use std::io::Write;

use intake::registry::{self, Own, Registry};
use proptest::prelude::*;
use screening::Customer;
use watchlist::IdentifierKind as Kind;

const DUMP: &str = "\
% This is an invented registry
% with a header

inetnum:        192.0.2.0 - 192.0.2.255
netname:        HARBOUR-HOST
org:            ORG-HH1-TEST
admin-c:        HH1-TEST
status:         ALLOCATED PA
mnt-by:         HARBOUR-MNT
created:        2015-01-02T00:00:00Z
source:         TEST

inetnum:        192.0.2.64 - 192.0.2.127
netname:        QUAY-1
descr:          Quayside Relay  # of old
remarks:        secret remark
org:            ORG-QR1-TEST
admin-c:        DUMY-TEST
tech-c:         QR1-TEST
status:         SUB-ALLOCATED PA
mnt-by:         HARBOUR-MNT
mnt-by:         QUAY-MNT
created:        2024-03-01T08:00:00Z
source:         TEST

inetnum:        192.0.2.3 - 192.0.2.9
netname:        TUIN-NET
descr:          Tuinen van Zuid
status:         ASSIGNED PA
mnt-by:         HARBOUR-MNT
source:         TEST

inetnum:        192.0.2.80 - 192.0.2.87
netname:        KESTREL
status:         ASSIGNED PA
mnt-by:         KESTREL-MNT
created:        2025-05-01T08:00:00Z
source:         TEST

inet6num:       2001:db8:10::/48
netname:        QUAY-V6
org:            ORG-QR1-TEST
status:         ALLOCATED-BY-LIR
mnt-by:         QUAY-MNT
source:         TEST

inetnum:        198.51.100.0 - 198.51.100.255
netname:        ELSEWHERE
status:         ASSIGNED PA
mnt-by:         ELSE-MNT
source:         TEST

organisation:   ORG-QR1-TEST
org-name:       Quayside Relay B.V.
address:        Quay Street 1
+
+               1011 AB Harbourtown
e-mail:         ***@quayside-relay.example
phone:          +31 20 ... ....
abuse-c:        AR1-TEST
mnt-by:         QUAY-MNT
source:         TEST

role:           Abuse desk
nic-hdl:        AR1-TEST
abuse-mailbox:  abuse@quayside-relay.example
source:         TEST

person:         Jan Voorbeeld
nic-hdl:        QR1-TEST
phone:          +31 20 555 0150
notify:         never@read.example
remarks:        never read
source:         TEST

organisation:   ORG-HH1-TEST
org-name:       Harbour Host
source:         TEST

route:          192.0.2.64/26
origin:         AS64501
mnt-by:         QUAY-MNT
source:         TEST

aut-num:        AS64501
as-name:        QUAY-AS
mnt-by:         UPSTREAM-MNT
source:         TEST

domain:         64-127.2.0.192.in-addr.arpa
nserver:        ns1.quayside-relay.example 192.0.2.65
mnt-by:         HARBOUR-MNT
source:         TEST
";

fn own(things: &[&str]) -> Own {
    let mut own = Own::default();
    things.iter().for_each(|one| own.add(one).unwrap());
    own
}

fn read(dump: &[u8]) -> Registry {
    registry::from_bytes(&[("dump", dump)], &own(&["192.0.2.0/24", "2001:db8::/32"])).unwrap()
}

fn all(registry: &Registry) -> Vec<Customer> {
    registry.customers(0..registry.len())
}

/// A customer in one text: names, identifiers with their first day, addresses.
fn shown(customer: &Customer) -> String {
    let mut text = format!("{} line {}\n", customer.id, customer.row);
    for name in &customer.names {
        text += &format!("  {:?} {}\n", name.kind, name.text);
    }
    for one in &customer.identifiers {
        let since = one.validity.from.map_or_else(String::new, |day| format!(" since {day}"));
        text += &format!("  {} {}{since}\n", one.kind.wire_name(), one.value);
    }
    for address in &customer.addresses {
        text += &format!("  address {}\n", address.one_line());
    }
    for through in &customer.through {
        text += &format!("  through {}\n", through.path);
    }
    text
}

fn problems(registry: &Registry) -> Vec<String> {
    registry.problems().flat_map(|(_, problems)| problems.examples()).map(ToString::to_string).collect()
}

#[test]
fn sub_assignments_become_customers() {
    let customers: Vec<String> = all(&read(DUMP.as_bytes())).iter().map(shown).collect();

    insta::assert_snapshot!(customers.concat());
}

#[test]
fn free_text_and_placeholders_never_arrive() {
    let text: String = all(&read(DUMP.as_bytes())).iter().map(shown).collect();

    for dropped in ["remark", "never", "DUMY", "... ....", "***", "HARBOUR-MNT", "of old"] {
        assert!(!text.contains(dropped), "{dropped} in {text}");
    }
}

#[test]
fn own_space_is_found_by_maintainer_organisation_and_as_number() {
    let ids = |things: &[&str]| -> Vec<String> {
        let registry = registry::from_bytes(&[("dump", DUMP.as_bytes())], &own(things)).unwrap();
        all(&registry).into_iter().map(|customer| customer.id).collect()
    };

    assert_eq!(ids(&["HARBOUR-MNT"]), ["ORG-QR1-TEST", "192.0.2.3-192.0.2.9", "192.0.2.80/29"]);
    assert_eq!(ids(&["org-hh1-test"]), ["ORG-QR1-TEST", "192.0.2.3-192.0.2.9", "192.0.2.80/29"]);
    assert_eq!(ids(&["AS64501"]), ["ORG-QR1-TEST", "192.0.2.80/29"]);
    assert_eq!(ids(&["203.0.113.0/24"]), [""; 0]);
}

#[test]
fn a_broken_object_is_a_problem_and_the_rest_is_kept() {
    let dump = "inetnum: 192.0.2.9 - 192.0.2.1\nstatus: ASSIGNED PA\n\n  lost\nline\n\n\
                inetnum: 192.0.2.8/29\nno attribute here\nstatus: ASSIGNED PA\nnetname: KEPT-NET\n";
    let registry = read(dump.as_bytes());

    assert_eq!(all(&registry).len(), 1);
    assert_eq!(
        problems(&registry),
        [
            "line 4: the object cannot be read: a continuation line without an attribute before it",
            "line 1: column `inetnum`: the object cannot be read: its range cannot be read",
            "line 8: not understood: a line that is no attribute",
        ]
    );
}

#[test]
fn latin_1_and_utf_8_are_told_apart_line_by_line() {
    let mut dump =
        b"inetnum: 192.0.2.8/29\nstatus: ASSIGNED PA\ndescr: Caf\xe9 Oost\nnetname: X-Y\n\n".to_vec();
    dump.extend("inetnum: 192.0.2.16/29\r\nstatus: ASSIGNED PA\r\ndescr: Café West\r\n".as_bytes());
    let names: Vec<String> =
        all(&read(&dump)).into_iter().flat_map(|one| one.names).map(|name| name.text).collect();

    assert_eq!(names, ["Café Oost", "Café West"]);
}

#[test]
fn packed_and_split_files_give_the_same_as_one_dump() {
    let expected: Vec<String> = all(&read(DUMP.as_bytes())).iter().map(shown).collect();
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(DUMP.as_bytes()).unwrap();

    let customers: Vec<String> = all(&read(&packed.finish().unwrap())).iter().map(shown).collect();
    assert_eq!(customers, expected);

    let objects: Vec<String> = DUMP.split("\n\n").map(|object| format!("{object}\n")).collect();
    let names: Vec<String> = (0..objects.len()).map(|number| format!("{number}")).collect();
    let files: Vec<(&str, &[u8])> =
        names.iter().zip(&objects).map(|(name, object)| (name.as_str(), object.as_bytes())).collect();
    let split = registry::from_bytes(&files, &own(&["192.0.2.0/24", "2001:db8::/32"])).unwrap();
    let without_line = |text: &str| text.split_once('\n').map(|(_, rest)| rest.to_owned());
    let split: Vec<_> = all(&split).iter().map(|one| without_line(&shown(one))).collect();
    assert_eq!(split, expected.iter().map(|one| without_line(one)).collect::<Vec<_>>());
}

#[test]
fn a_packed_file_that_breaks_off_is_said_to_be_incomplete() {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(DUMP.repeat(50).as_bytes()).unwrap();
    let packed = packed.finish().unwrap();
    let registry = read(&packed[..packed.len() / 2]);

    assert!(problems(&registry).iter().any(|problem| problem.contains("reading stopped here")));
}

#[test]
fn a_customer_gets_what_its_ranges_lead_to() {
    let registry = read(DUMP.as_bytes());
    let mut customer = Customer::default();
    customer.identifiers.push(watchlist::Identifier::new(Kind::IpRange, "192.0.2.82"));
    assert_eq!(registry.extend(&mut customer), None);

    let paths: Vec<&str> = customer.through.iter().map(|through| through.path.as_str()).collect();
    assert_eq!(paths, ["inetnum 192.0.2.80/29", "inetnum 192.0.2.80/29 → mnt-by KESTREL-MNT"]);

    let mut stranger = Customer::default();
    stranger.identifiers.push(watchlist::Identifier::new(Kind::IpRange, "192.0.2.200"));
    assert_eq!(registry.extend(&mut stranger), None);
    assert_eq!(stranger.through, []);
}

#[test]
fn a_customer_with_more_ranges_than_are_followed_is_told_of() {
    let dump: String = (0..1_001)
        .map(|part| format!("inet6num: 2001:db8:{part:x}::/48\nstatus: ASSIGNED PA\nmnt-by: X-MNT\n\n"))
        .collect();
    let registry = read(dump.as_bytes());
    let mut customer = Customer { row: 7, ..Customer::default() };
    customer.identifiers.push(watchlist::Identifier::new(Kind::IpRange, "2001:db8::/32"));

    let cut = registry.extend(&mut customer).expect("1,001 ranges lie inside");
    assert!(cut.row_kept());
    assert_eq!(cut.line, 7);
    assert!(cut.message().english().ends_with(": 1000 of 1001 ranges"), "{}", cut.message());
}

/// An object of the hoster's space with some of everything.
fn object() -> impl Strategy<Value = String> {
    (0u8..4, 0u8..250, 1u8..6, 0u8..3).prop_map(|(class, start, length, org)| match class {
        0 | 1 => format!(
            "inetnum: 192.0.2.{start} - 192.0.2.{}\nstatus: ASSIGNED PA\norg: ORG-X{org}-TEST\nmnt-by: X{length}-MNT\n",
            start.saturating_add(length)
        ),
        2 => format!("organisation: ORG-X{org}-TEST\norg-name: Firm {org}\ne-mail: x{org}@firm.example\n"),
        _ => format!("route: 192.0.2.{start}/32\norigin: AS{}\n", 64500 + u32::from(length)),
    })
}

/// What is known without the order of objects in the file: values of each customer, sorted.
fn content(registry: &Registry) -> Vec<Vec<String>> {
    let mut customers: Vec<Vec<String>> = all(registry)
        .iter()
        .map(|customer| {
            let mut lines: Vec<String> = shown(customer).lines().skip(1).map(str::to_owned).collect();
            lines.push(customer.id.clone());
            lines.sort();
            lines
        })
        .collect();
    customers.sort();
    customers
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..2_000)) {
        let _ = registry::from_bytes(&[("x", &bytes)], &own(&["192.0.2.0/24"])).map(|registry| all(&registry));
    }

    #[test]
    fn any_text_like_a_dump_is_read_or_refused(text in "((inetnum|inet6num|domain|route|org|status|person|#|%|[+] ):? ?[0-9a-f.:/ -]{0,20}\n{1,2}){0,40}") {
        let Some(registry) = registry::from_bytes(&[("x", text.as_bytes())], &own(&["AS64500", "192.0.2.0/24", "X-MNT"])) else { return Ok(()) };
        all(&registry);
        registry.footprint(0..registry.traces());
    }

    #[test]
    fn the_order_of_the_objects_does_not_matter(
        (first, second) in prop::collection::btree_set(object(), 1..30).prop_flat_map(|objects| {
            let objects: Vec<String> = objects.into_iter().collect();
            (Just(objects.clone()), Just(objects).prop_shuffle())
        })
    ) {
        // Two objects of one organisation are two versions: the first one counts.
        prop_assert_eq!(content(&read(first.join("\n").as_bytes())), content(&read(second.join("\n").as_bytes())));
    }
}
