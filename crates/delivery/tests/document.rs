//! docs/format/delivery.md is true: its files, fields, numbers and words are those of the program.
#![allow(clippy::unwrap_used, reason = "what a test sets up must be there")]

mod kit;

use delivery::metadata::{Root, Signed, Snapshot, Statement, Targets, Timestamp, read};
use delivery::receipt::Band;
use delivery::{Fingerprint, limits};
use kit::{Hoster, Issuer, addressee, edition, enclosure};
use sha2::{Digest, Sha256};

const PAGE: &str = include_str!("../../../docs/format/delivery.md");

#[track_caller]
fn named(what: &str) {
    assert!(PAGE.contains(&format!("`{what}`")), "the page does not name `{what}`");
}

/// Fields of a JSON object, down to where names are values.
fn fields(value: &serde_json::Value, names: &mut Vec<String>) {
    for (name, value) in value.as_object().into_iter().flatten() {
        names.push(name.clone());
        if !["keys", "targets", "parts"].contains(&name.as_str())
            || name == "targets" && value.get("keyids").is_some()
        {
            fields(value, names);
        }
    }
}

#[test]
fn every_file_of_a_delivery_is_on_the_page() {
    let issuer = Issuer::new(1);
    let north = Hoster::of(&issuer, "hoster-north");
    let mut to = addressee(&north, 42);
    to.enclosures = vec![enclosure("letter-nl.pdf", b"x")];
    let release = issuer.publish_to(&edition(12, 2), vec![to]).remove(0);

    for name in release.files().keys() {
        let (folder, file) = name.split_once('/').unwrap();
        let (first, rest) = file.split_once('.').unwrap();
        let first = if first == "timestamp" {
            first
        } else if folder == "metadata" {
            "N"
        } else {
            "SHA256"
        };
        let rest = if rest == "letter-nl.pdf.age" { "NAME.age" } else { rest };
        named(&format!("{folder}/{first}.{rest}"));
    }
}

#[test]
fn every_field_of_the_signed_files_is_on_the_page() {
    let issuer = Issuer::new(1);
    let north = Hoster::of(&issuer, "hoster-north");
    let plain = edition(12, 2);
    let release = issuer.publish(&plain, &north, 1);
    let file = |ending: &str| kit::found(release.files(), ending).1;
    let root: Signed<Root> = read(file("1.root.json")).unwrap();
    let timestamp: Signed<Timestamp> = read(file("timestamp.json")).unwrap();
    let snapshot: Signed<Snapshot> = read(file(".snapshot.json")).unwrap();
    let targets: Signed<Targets> = read(file(".targets.json")).unwrap();
    let prepared = delivery::publish::prepare(&issuer.issue(&plain), vec![addressee(&north, 1)]).unwrap();
    let request = prepared.request();
    let delivery::ceremony::Payload::Statement(statement) = &request.payloads()[0] else {
        panic!("no statement")
    };
    let statement: &Statement = statement;

    let mut names = Vec::new();
    for value in [
        serde_json::to_value(root.signed).unwrap(),
        serde_json::to_value(timestamp.signed).unwrap(),
        serde_json::to_value(snapshot.signed).unwrap(),
        serde_json::to_value(targets.signed).unwrap(),
        serde_json::to_value(statement).unwrap(),
    ] {
        named(value["_type"].as_str().unwrap());
        fields(&value, &mut names);
    }
    assert!(names.len() > 30, "{names:?}");
    names.iter().for_each(|name| named(name));
}

#[test]
fn the_numbers_are_those_of_the_program() {
    for number in [
        limits::ROOT_BYTES,
        limits::TIMESTAMP_BYTES,
        limits::PART_BYTES,
        limits::ONE_FILE_BYTES,
        limits::ROOTS,
        delivery::publish::PADDING_BYTES as u64,
    ] {
        let digits = number.to_string();
        let from_the_end: Vec<&[u8]> = digits.as_bytes().rchunks(3).collect();
        let groups: Vec<&str> =
            from_the_end.iter().rev().map(|group| std::str::from_utf8(group).unwrap()).collect();
        assert!(PAGE.contains(&groups.join(",")), "the page does not name {}", groups.join(","));
    }
    assert_eq!(limits::TARGETS_BYTES, limits::ROOT_BYTES);
    assert_eq!(limits::SNAPSHOT_BYTES, limits::TIMESTAMP_BYTES);
    assert_eq!((limits::PARTS, limits::CLOCK_TOLERANCE_SECONDS), (32, 600));
    named(delivery::metadata::SPEC_VERSION);
}

#[test]
fn the_bands_are_those_of_the_program() {
    for count in [0, 1, 5, 10, 25, 50, 100, 250, 1_000, 10_000, 100_000] {
        named(serde_json::to_value(Band::of(count)).unwrap().as_str().unwrap());
    }
}

/// JSON with sorted keys and without blanks, made without the library that the program uses.
fn sorted(value: &serde_json::Value) -> String {
    if let Some(fields) = value.as_object() {
        let fields: std::collections::BTreeMap<_, _> = fields.iter().collect();
        let fields: Vec<String> =
            fields.iter().map(|(name, value)| format!("\"{name}\":{}", sorted(value))).collect();
        return format!("{{{}}}", fields.join(","));
    }
    match value.as_array() {
        Some(values) => format!("[{}]", values.iter().map(sorted).collect::<Vec<_>>().join(",")),
        None => value.to_string(),
    }
}

#[test]
fn content_root_and_fingerprint_can_be_made_from_the_page_alone() {
    let issuer = Issuer::new(1);
    let plain = edition(12, 3);
    // The recipe of the page, with other means than the program: sorted keys, no blanks.
    let mut value: serde_json::Value = serde_json::from_slice(&delivery::content::bytes(&plain)).unwrap();
    for entry in value["entries"].as_array_mut().unwrap() {
        entry.as_object_mut().unwrap().remove("note");
    }
    let digest = Sha256::digest(sorted(&value));
    assert_eq!(delivery::ContentRoot::of(&plain).hex(), hex::encode(digest));

    let root = issuer.roots.current_file();
    let digest = Sha256::digest([b"havenmeester root\n".as_slice(), root].concat());
    assert_eq!(Fingerprint::of_root(root).hex().replace(' ', ""), hex::encode(&digest[..16]));
}
