//! A delivery is opened or refused, whatever is in it; one with anything changed is refused.
#![no_main]

use std::sync::LazyLock;

use delivery::ceremony::{Payload, Request, RootPlan, finish_root, sign};
use delivery::container::Files;
use delivery::keys::{DecryptionKey, Role, SecretKey, SigningKey};
use delivery::mark::{Language, MarkSecret, Marker, Wording};
use delivery::publish::{Addressee, Issue, Lifetimes, OnlineKeys, publish};
use delivery::source::{OneFile, Source, SourceError};
use delivery::{PartnerId, Trust, open};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(file) = OneFile::read(bytes) {
        let _ = Trust::offered(&file);
        let _ = open(&file, &GOOD.trust, &GOOD.keys, published());
        trust_what_it_brings(&file);
    }
    // The same bytes as what a hoster keeps of an issuer, as every file of a delivery, and in one of a good one.
    let _ = Trust::from_bytes(bytes);
    let _ = Trust::offered(&Everywhere(bytes));
    spoil_one_part(bytes);
});

/// A stranger's delivery to somebody who takes its first root for the issuer's.
fn trust_what_it_brings(file: &OneFile) {
    let Ok(Some(root)) = file.fetch("metadata/1.root.json", 1 << 16) else { return };
    if let Ok(trust) = Trust::of_root(&root, partner(), published()) {
        let _ = open(file, &trust, &GOOD.keys, published());
    }
}

/// The first byte says which part, the next three where, and whether the part goes on behind what is written over.
fn spoil_one_part(bytes: &[u8]) {
    let [which, high, low, goes_on, written @ ..] = bytes else { return };
    let (name, good) = GOOD.files.iter().nth(usize::from(*which) % GOOD.files.len()).expect("it has parts");
    let place = usize::from(u16::from_be_bytes([*high, *low])) % (good.len() + 1);
    let mut part = [&good[..place], written].concat();
    if goes_on & 1 == 1 {
        part.extend(good.iter().skip(part.len()));
    }
    let opened = open(&Spoilt { name, part: &part }, &GOOD.trust, &GOOD.keys, published());
    assert_eq!(opened.is_ok(), part == *good, "{name} counts with each byte");
}

/// A delivery each of whose files is the same.
struct Everywhere<'a>(&'a [u8]);

impl Source for Everywhere<'_> {
    fn fetch(&self, _: &str, limit: u64) -> Result<Option<Vec<u8>>, SourceError> {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX).saturating_add(1);
        Ok(Some(self.0[..self.0.len().min(limit)].to_vec()))
    }
}

/// The good delivery but for one part.
struct Spoilt<'a> {
    name: &'a str,
    part: &'a [u8],
}

impl Source for Spoilt<'_> {
    fn fetch(&self, name: &str, _: u64) -> Result<Option<Vec<u8>>, SourceError> {
        if name == self.name { Ok(Some(self.part.to_vec())) } else { Ok(GOOD.files.get(name).cloned()) }
    }

    fn all_names(&self) -> Option<Vec<String>> {
        Some(GOOD.files.keys().cloned().collect())
    }
}

/// A delivery that is accepted, and what its partner has.
struct Good {
    files: Files,
    trust: Trust,
    keys: Vec<DecryptionKey>,
}

static GOOD: LazyLock<Good> = LazyLock::new(good);

const LIST: &str = r#"{"format": "havenmeester-list/1",
  "list": {"id": "test", "issuer": "Example Harbour Police", "title": "Test list", "nature": "advisory"},
  "edition": {"number": 1, "issued_at": "2026-03-01", "valid_until": "2026-06-01"},
  "entries": [{"id": "E-1", "type": "brand", "names": [{"text": "Quay Nine Hosting", "kind": "primary"}],
               "identifiers": [{"type": "domain", "value": "quay-nine.example"}]}]}"#;

fn published() -> jiff::Timestamp {
    "2026-03-01T12:00:00Z".parse().expect("it is a moment")
}

fn partner() -> PartnerId {
    PartnerId::new("hoster-north").expect("it is an id")
}

fn key(role: Role, number: u8) -> SigningKey {
    let text =
        format!("havenmeester-secret-key/1\nrole: {role}\nkey: {}\n", format!("{number:02x}").repeat(32));
    let Some(SecretKey::Signing(key)) = SecretKey::from_plain(&text) else {
        panic!("the form of keys changed")
    };
    key
}

fn good() -> Good {
    let roots = [key(Role::Root, 1), key(Role::Root, 2)];
    let approvers = [key(Role::Approver, 3), key(Role::Approver, 4)];
    let (snapshot, timestamp) = (key(Role::Snapshot, 5), key(Role::Timestamp, 6));
    let all = roots.iter().chain(&approvers).chain([&snapshot, &timestamp]);
    let expires = "2027-03-01T12:00:00Z".parse().expect("it is a moment");
    let plan =
        RootPlan::first(&all.map(SigningKey::public).collect::<Vec<_>>(), expires).expect("a good plan");
    let root = plan.draft().expect("a good plan");
    let request = Request::new(vec![Payload::Root(root.clone())]);
    let signatures = roots.each_ref().map(|key| sign(&request, key).expect("it is a key for roots"));
    let roots = finish_root(&root, &signatures, None).expect("both have signed");

    let edition = watchlist::format::v1::read(LIST.as_bytes()).expect("it is a list").edition;
    let marker = Marker::new(&MarkSecret::from_bytes([7; 32]), Wording::shipped(Language::English));
    let issue = Issue { edition: &edition, marker: &marker, roots: &roots, published_at: published() };
    let own = DecryptionKey::generate();
    let addressee =
        Addressee { partner: partner(), recipient: own.recipient(), sequence: 1, enclosures: Vec::new() };
    let online = OnlineKeys { snapshot: &snapshot, timestamp: &timestamp };
    let released = publish(&issue, vec![addressee], &approvers.each_ref(), &online, Lifetimes::default())
        .expect("two sign");
    let trust = Trust::of_root(roots.current_file(), partner(), published()).expect("it is a root");
    Good { files: released[0].files().clone(), trust, keys: vec![own] }
}
