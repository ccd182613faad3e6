//! An invented issuer and its partners, with real keys from seeds, and the means of a forger.
#![allow(
    dead_code,
    unreachable_pub,
    clippy::unwrap_used,
    reason = "each test and example uses its own part of the kit"
)]

use std::collections::BTreeMap;
use std::sync::Arc;

use delivery::ceremony::{Payload, Request, RootPlan, finish_root, sign};
use delivery::container::Files;
use delivery::keys::{DecryptionKey, KeyId, Role, SigningKey};
use delivery::mark::{Language, MarkSecret, Marker, Wording};
use delivery::metadata::{
    MetaFile, Root, Roots, Signature, Signed, Snapshot, TargetFile, Targets, Timestamp, canonical, read,
};
use delivery::publish::{
    Addressee, Enclosure, Issue, Lifetimes, OnlineKeys, PADDING_BYTES, PartName, Release, publish,
};
use delivery::source::{OneFile, Source};
use delivery::{PartnerId, Recipient, Refusal, Trust, VerifiedEdition, open};
use ed25519_dalek::Signer;
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;
use watchlist::entry::{EntryType, Name, NameKind};
use watchlist::identifier::{Identifier, IdentifierKind};
use watchlist::{Edition, Entry};

/// A key and its raw twin, so that a test can sign what the crate refuses to sign.
pub struct Key {
    pub ours: SigningKey,
    raw: ed25519_dalek::SigningKey,
}

impl Key {
    pub fn new(role: Role, seed: u64) -> Self {
        let ours = SigningKey::generate(role, &mut ChaCha20Rng::seed_from_u64(seed));
        let raw = ed25519_dalek::SigningKey::generate(&mut ChaCha20Rng::seed_from_u64(seed));
        assert_eq!(ours.public().to_bytes(), raw.verifying_key().to_bytes());
        Self { ours, raw }
    }

    pub fn id(&self) -> KeyId {
        self.ours.public().id()
    }

    pub fn forge(&self, bytes: &[u8]) -> Signature {
        let keyid = serde_json::to_value(self.id()).unwrap();
        let sig = hex::encode(self.raw.sign(bytes).to_bytes());
        serde_json::from_value(serde_json::json!({"keyid": keyid, "sig": sig})).unwrap()
    }
}

/// Signs anything with any keys.
pub fn forge<T: serde::Serialize>(signed: T, keys: &[&Key]) -> Signed<T> {
    let bytes = canonical(&signed);
    let mut signatures: Vec<Signature> = keys.iter().map(|key| key.forge(&bytes)).collect();
    signatures.sort_by_key(|signature| signature.keyid);
    Signed { signatures, signed }
}

pub struct Issuer {
    pub root: Vec<Key>,
    pub approvers: Vec<Key>,
    pub snapshot: Key,
    pub timestamp: Key,
    pub roots: Roots,
    pub marker: Marker,
}

pub struct Hoster {
    pub id: PartnerId,
    pub key: DecryptionKey,
    pub trust: Trust,
}

pub fn at(moment: &str) -> jiff::Timestamp {
    let moment = if moment.contains('T') { moment.to_owned() } else { format!("{moment}T12:00:00Z") };
    moment.parse().unwrap()
}

/// The day on which editions are published here.
pub fn published() -> jiff::Timestamp {
    at("2026-03-01")
}

pub fn root_expires() -> jiff::Timestamp {
    at("2027-03-01")
}

impl Issuer {
    /// Three root keys and three approvers, of whom two each must sign.
    pub fn new(seed: u64) -> Self {
        let keys = |role, offset| (0..3).map(|number| Key::new(role, seed * 100 + offset + number)).collect();
        let root: Vec<Key> = keys(Role::Root, 0);
        let approvers: Vec<Key> = keys(Role::Approver, 10);
        let snapshot = Key::new(Role::Snapshot, seed * 100 + 20);
        let timestamp = Key::new(Role::Timestamp, seed * 100 + 21);
        let all = root.iter().chain(&approvers).chain([&snapshot, &timestamp]);
        let plan =
            RootPlan::first(&all.map(|key| key.ours.public()).collect::<Vec<_>>(), root_expires()).unwrap();
        let roots = signed_root(&plan, &[&root[0], &root[1]], None);
        let secret = MarkSecret::from_bytes([seed as u8; 32]);
        let marker = Marker::new(&secret, Wording::shipped(Language::English));
        Self { root, approvers, snapshot, timestamp, roots, marker }
    }

    pub fn online(&self) -> OnlineKeys<'_> {
        OnlineKeys { snapshot: &self.snapshot.ours, timestamp: &self.timestamp.ours }
    }

    pub fn issue<'a>(&'a self, edition: &'a Edition) -> Issue<'a> {
        Issue { edition, marker: &self.marker, roots: &self.roots, published_at: published() }
    }

    pub fn publish(&self, edition: &Edition, to: &Hoster, sequence: u64) -> Release {
        self.publish_to(edition, vec![addressee(to, sequence)]).remove(0)
    }

    pub fn publish_to(&self, edition: &Edition, addressees: Vec<Addressee>) -> Vec<Release> {
        let approvers = [&self.approvers[0].ours, &self.approvers[1].ours];
        publish(&self.issue(edition), addressees, &approvers, &self.online(), Lifetimes::default()).unwrap()
    }

    /// A further root, signed by these keys.
    pub fn rotate(&mut self, signers: &[&Key], change: impl FnOnce(&mut RootPlan)) {
        let mut plan = RootPlan::after(self.roots.current(), root_expires()).unwrap();
        change(&mut plan);
        self.roots = signed_root(&plan, signers, Some(self.roots.clone()));
    }

    /// Snapshot and timestamp as a forger with both online keys would make them around a list of targets.
    pub fn restamp(&self, files: &mut Files, targets: &Signed<Targets>) {
        let old: Signed<Snapshot> = read(found(files, ".snapshot.json").1).unwrap();
        let version = old.signed.version;
        let targets_file = canonical(targets);
        let mut snapshot = old.signed;
        let meta = MetaFile::of(&targets_file, targets.signed.version);
        snapshot.meta.insert("targets.json".to_owned(), meta);
        remove(files, ".targets.json");
        files.insert(format!("metadata/{}.targets.json", targets.signed.version), targets_file);
        let snapshot_file = canonical(&forge(snapshot, &[&self.snapshot]));
        let mut timestamp: Signed<Timestamp> = read(&files["metadata/timestamp.json"]).unwrap();
        let meta = MetaFile::of(&snapshot_file, version);
        timestamp.signed.meta.insert("snapshot.json".to_owned(), meta);
        files.insert(format!("metadata/{version}.snapshot.json"), snapshot_file);
        let timestamp = forge(timestamp.signed, &[&self.timestamp]);
        files.insert("metadata/timestamp.json".to_owned(), canonical(&timestamp));
    }

    /// A whole forged delivery around other inner parts, as two faithless approvers could make it.
    pub fn reseal(&self, files: &mut Files, to: &Recipient, parts: &[(&str, Vec<u8>)]) {
        files.retain(|name, _| !name.starts_with("targets/"));
        let old: Signed<Targets> = read(found(files, ".targets.json").1).unwrap();
        let mut targets = old.signed;
        targets.targets.clear();
        for (name, bytes) in parts {
            let mut padded = bytes.clone();
            padded.resize(bytes.len().next_multiple_of(PADDING_BYTES).max(PADDING_BYTES), 0);
            let recipient: age::x25519::Recipient = to.to_string().parse().unwrap();
            let sealed = age::encrypt(&recipient, &padded).unwrap();
            let file = TargetFile::of(&sealed);
            files.insert(format!("targets/{}.{name}.age", file.hashes.sha256.hex()), sealed);
            targets.targets.insert(format!("{name}.age"), file);
        }
        self.restamp(files, &forge(targets, &[&self.approvers[0], &self.approvers[1]]));
    }
}

pub fn signed_root(plan: &RootPlan, signers: &[&Key], before: Option<Roots>) -> Roots {
    let draft: Root = plan.draft().unwrap();
    let request = Request::new(vec![Payload::Root(draft.clone())]);
    let files: Vec<_> = signers.iter().map(|key| sign(&request, &key.ours).unwrap()).collect();
    finish_root(&draft, &files, before).unwrap()
}

impl Hoster {
    /// A partner who has the issuer's newest root from the issuer's own hand.
    pub fn of(issuer: &Issuer, id: &str) -> Self {
        let id = PartnerId::new(id).unwrap();
        let trust = Trust::of_root(issuer.roots.current_file(), id.clone(), at("2026-02-20")).unwrap();
        Self { id, key: DecryptionKey::generate(), trust }
    }

    pub fn look(&self, source: &dyn Source, now: jiff::Timestamp) -> Result<VerifiedEdition, Refusal> {
        open(source, &self.trust, std::slice::from_ref(&self.key), now).map(|opened| opened.edition)
    }

    /// Opens a delivery and keeps the new trust.
    pub fn receive(&mut self, source: &dyn Source, now: jiff::Timestamp) -> Result<VerifiedEdition, Refusal> {
        let opened = open(source, &self.trust, std::slice::from_ref(&self.key), now)?;
        self.trust = Trust::from_bytes(&opened.trust.to_bytes()).unwrap();
        Ok(opened.edition)
    }

    pub fn receive_file(&mut self, file: &[u8], now: jiff::Timestamp) -> Result<VerifiedEdition, Refusal> {
        self.receive(&OneFile::read(file)?, now)
    }
}

pub fn addressee(to: &Hoster, sequence: u64) -> Addressee {
    Addressee { partner: to.id.clone(), recipient: to.key.recipient(), sequence, enclosures: Vec::new() }
}

pub fn enclosure(name: &str, bytes: &[u8]) -> Enclosure {
    Enclosure { name: PartName::new(name).unwrap(), bytes: Arc::from(bytes) }
}

pub fn edition(number: u32, entries: usize) -> Edition {
    let head = format!(
        r#"{{"format":"havenmeester-list/1","list":{{"id":"example-list","issuer":"Example Harbour Police",
        "title":"Resellers","nature":"advisory"}},"edition":{{"number":{number},"issued_at":"2026-03-01",
        "valid_until":"2026-06-01"}},"entries":[]}}"#
    );
    let mut edition = watchlist::format::v1::read(head.as_bytes()).unwrap().edition;
    edition.entries = (1..=entries).map(entry).collect();
    edition
}

/// An invented party of usual size: two names, four identifiers.
fn entry(number: usize) -> Entry {
    let mut entry = Entry::new(format!("EX-{number:04}"), EntryType::Brand);
    entry.names.push(Name::new(NameKind::Primary, format!("Orchard {number} Hosting")));
    entry.names.push(Name::new(NameKind::Alias, format!("orchard{number}")));
    entry.jurisdiction = Some("NL".to_owned());
    for (kind, value) in [
        (IdentifierKind::Domain, format!("orchard-{number}.example")),
        (IdentifierKind::Email, format!("noc@orchard-{number}.example")),
        (IdentifierKind::TelegramName, format!("@orchard_{number}")),
        (IdentifierKind::IpRange, format!("192.0.2.{}", number % 250 + 1)),
    ] {
        entry.identifiers.push(Identifier::new(kind, value));
    }
    entry
}

/// The one file of a delivery whose name ends like this.
pub fn found<'a>(files: &'a Files, ending: &str) -> (&'a String, &'a Vec<u8>) {
    files.iter().find(|(name, _)| name.ends_with(ending)).unwrap()
}

pub fn remove(files: &mut Files, ending: &str) -> Vec<u8> {
    let name = found(files, ending).0.clone();
    files.remove(&name).unwrap()
}

/// Files in memory that may lie beside others, as on a web server.
pub struct Server(pub BTreeMap<String, Vec<u8>>);

impl Source for Server {
    fn fetch(&self, name: &str, limit: u64) -> Result<Option<Vec<u8>>, delivery::source::SourceError> {
        Ok(self.0.get(name).map(|bytes| bytes.iter().copied().take(limit as usize + 1).collect()))
    }
}
