//! An invented office with real keys: people are founded, entered and confirmed as the operations do it.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicI64, Ordering};

use curation::criterion::{Answered, CriterionTest};
use curation::evidence::{EvidenceId, Grade, Grades, Place, RestrictedFields};
use curation::{PersonId, Role, TeamId};
use delivery::{PublicKey, SigningKey};
use jiff::Timestamp;
use jiff::civil::{Date, date};
use operations::issuer::entries::{self, Rules, Values};
use operations::issuer::evidence::{self, Described};
use operations::issuer::people::{self, Wanted};
use operations::issuer::{Error, editions};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;
use store::{Address, MasterKey, Store};
use watchlist::{
    Dates, Entry, EntryId, EntryType, Identifier, IdentifierKind, ListInfo, Name, NameKind, Nature,
};

pub(crate) const LIST: &str = "harbour";

pub(crate) struct Office {
    pub(crate) store: Store,
    keys: BTreeMap<String, SigningKey>,
    clock: AtomicI64,
    _folder: tempfile::TempDir,
}

/// Seconds after the morning of the tenth of February 2026.
pub(crate) fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_770_710_400 + second).unwrap()
}

pub(crate) fn day() -> Date {
    date(2026, 2, 10)
}

pub(crate) fn random(seed: u64) -> ChaCha20Rng {
    ChaCha20Rng::seed_from_u64(seed)
}

pub(crate) fn new_key(seed: u64) -> SigningKey {
    SigningKey::generate(delivery::Role::EntryApproval, &mut random(seed))
}

pub(crate) fn wanted(roles: &[Role], keys: &[PublicKey]) -> Wanted {
    Wanted { team: TeamId("north".to_owned()), roles: roles.to_vec(), new_keys: keys.to_vec() }
}

impl Office {
    /// Ada and Abe administrate.
    pub(crate) async fn founded() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let address = Address::file(&folder.path().join("office.db"));
        let store = Store::open(&address, &MasterKey::from_bytes([7; 32])).await.unwrap();
        let keys = BTreeMap::new();
        let mut office = Self { store, keys, clock: AtomicI64::new(1), _folder: folder };
        for code in ["ada", "abe"] {
            let key = new_key(office.keys.len() as u64 + 1);
            let wanted = wanted(&[Role::Administrator], &[key.public()]);
            people::enter(&office.store, &office.id("ada"), &office.id(code), &wanted, office.now())
                .await
                .unwrap();
            office.keys.insert(code.to_owned(), key);
        }
        office
    }

    pub(crate) async fn take_up(&mut self, code: &str, roles: &[Role]) {
        self.take_up_in("north", code, roles).await;
    }

    pub(crate) async fn take_up_in(&mut self, team: &str, code: &str, roles: &[Role]) {
        let key = new_key(self.keys.len() as u64 + 1);
        let wanted = Wanted { team: TeamId(team.to_owned()), ..wanted(roles, &[key.public()]) };
        people::enter(&self.store, &self.id("ada"), &self.id(code), &wanted, self.now()).await.unwrap();
        for administrator in ["ada", "abe"] {
            let by = self.id(administrator);
            people::confirm(&self.store, &by, &self.id(code), self.key(administrator), self.now())
                .await
                .unwrap();
        }
        self.keys.insert(code.to_owned(), key);
    }

    pub(crate) fn id(&self, code: &str) -> PersonId {
        PersonId::new(code).unwrap()
    }

    pub(crate) fn key(&self, code: &str) -> &SigningKey {
        &self.keys[code]
    }

    pub(crate) fn tick(&self) {
        self.clock.fetch_add(1, Ordering::Relaxed);
    }

    pub(crate) fn now(&self) -> Timestamp {
        at(self.clock.load(Ordering::Relaxed))
    }

    pub(crate) async fn evidence(&self, collector: &str) -> Result<EvidenceId, Error> {
        let page = b"<!doctype html><html><body>abuse ignored</body></html>".to_vec();
        let files = vec![("page.html".to_owned(), page)];
        let now = self.now();
        let by = self.id(collector);
        let id = evidence::capture(&self.store, &by, described(now), &files, fields(), now).await?;
        evidence::seal(&self.store, &by, &id, now).await?;
        Ok(id)
    }

    pub(crate) async fn draft(&self, id: &str, maker: &str, collector: &str) {
        self.try_draft(id, maker, collector).await.unwrap();
    }

    pub(crate) async fn try_draft(&self, id: &str, maker: &str, collector: &str) -> Result<(), Error> {
        entries::begin(&self.store, &self.id(maker), LIST, entry(id), self.now()).await?;
        self.try_complete(id, maker, collector).await
    }

    pub(crate) async fn complete_draft(&self, id: &str, maker: &str, collector: &str) {
        self.try_complete(id, maker, collector).await.unwrap();
    }

    async fn try_complete(&self, id: &str, maker: &str, collector: &str) -> Result<(), Error> {
        let evidence = self.evidence(collector).await?;
        let (by, entry, now) = (self.id(maker), EntryId(id.to_owned()), self.now());
        entries::ground(&self.store, &by, &entry, &evidence, &Values::All, now).await?;
        entries::observe(&self.store, &by, &entry, &evidence, &Rules::default(), now).await?;
        entries::answer(&self.store, &by, &entry, criterion(&evidence), now).await
    }

    pub(crate) async fn propose(&self, id: &str, by: &str) -> Result<(), Error> {
        let entry = EntryId(id.to_owned());
        entries::propose(&self.store, &self.id(by), &entry, &Rules::default(), self.now()).await
    }

    pub(crate) async fn approve(&self, id: &str, by: &str) -> Result<&'static str, Error> {
        let entry = EntryId(id.to_owned());
        entries::approve(&self.store, &self.id(by), &entry, self.key(by), self.now()).await
    }

    /// An entry on the list: drafted by a maker, seconded by the analyst who is not the maker, decided by Pim.
    pub(crate) async fn listed(&self, id: &str, maker: &str, collector: &str) {
        self.draft(id, maker, collector).await;
        self.propose(id, maker).await.unwrap();
        let second = if maker == "bram" { "anna" } else { "bram" };
        self.approve(id, second).await.unwrap();
        self.approve(id, "pim").await.unwrap();
    }

    pub(crate) async fn assembled(&self, by: &str) -> Result<editions::Shown, Error> {
        let dates = Dates { issued_at: day(), valid_until: date(2026, 5, 10) };
        editions::assemble(&self.store, &self.id(by), list(), dates, self.now()).await
    }

    pub(crate) async fn release(&self, number: u64, by: &str) -> Result<usize, Error> {
        editions::approve(&self.store, &self.id(by), LIST, number, self.key(by), self.now()).await
    }

    /// `E-1 listed` for each entry.
    pub(crate) async fn states(&self) -> Vec<String> {
        let mut look = self.store.look().await.unwrap();
        use store::IssuerSide;
        let rows = look.entries().all().await.unwrap();
        let mut states: Vec<String> = rows.iter().map(|row| format!("{} {}", row.id.0, row.state)).collect();
        states.sort();
        states
    }
}

pub(crate) fn described(now: Timestamp) -> Described {
    let grade = |text| Grade::read(text).unwrap();
    Described {
        place: Place::Url("https://forum.example/thread/9".to_owned()),
        captured_at: now,
        method: "browser".to_owned(),
        tool: "capture 1.0".to_owned(),
        quote: None,
        claimed_services: vec!["vps".to_owned()],
        offence_categories: vec!["phishing".to_owned()],
        grades: Grades { observation: grade("A1"), claim: grade("F6"), link: grade("B2") },
    }
}

pub(crate) fn fields() -> RestrictedFields {
    RestrictedFields { collector_code: "K-1".to_owned(), account: None, network_exit: None }
}

pub(crate) fn entry(id: &str) -> Entry {
    let mut entry = Entry::new(id, EntryType::Brand);
    entry.names = vec![Name::new(NameKind::Primary, format!("Orchard {id}"))];
    let domain = format!("{}.example", id.to_lowercase());
    entry.identifiers = vec![Identifier::new(IdentifierKind::Domain, domain)];
    entry
}

fn criterion(id: &EvidenceId) -> CriterionTest {
    let yes = || Answered::yes([id.clone()], "");
    CriterionTest {
        presents_itself: yes(),
        dutch_nexus: yes(),
        link: yes(),
        wrong_person_test: Answered::yes([], "one firm of this name"),
        less_intrusive_possible: Answered::no("it is a brand"),
    }
}

pub(crate) fn list() -> ListInfo {
    ListInfo {
        id: LIST.to_owned(),
        issuer: "Example Harbour Police".to_owned(),
        title: "Resellers that advertise as bulletproof".to_owned(),
        nature: Nature::Advisory,
        purpose: "review of contracts".to_owned(),
        handling: "TLP:AMBER".to_owned(),
        onward_sharing: "none".to_owned(),
        answers_to: None,
    }
}
