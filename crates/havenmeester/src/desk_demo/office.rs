//! The invented office of the demo: a unit with real keys, evidence, entries in every state, an edition that waits for its
//! voices, a partner and a contest. The key files lie in a folder, so that a visitor can sign as anybody.

use std::path::Path;

use anyhow::{Context, Result, anyhow};
use curation::contest::Contestant;
use curation::criterion::{Answered, CriterionTest};
use curation::deconfliction::{Interest, Subject};
use curation::evidence::{EvidenceId, Grade, Grades, Place, Quote, RestrictedFields};
use curation::{PersonId, Role, TeamId};
use delivery::ceremony::{Payload, Request, RootPlan, finish_root, sign};
use delivery::keys::{Passphrase, PublicHalf, SecretKey, WorkFactor};
use delivery::{PartnerId, Role as KeyRole, SigningKey};
use jiff::{SignedDuration, Timestamp, ToSpan};
use operations::hoster::keys::OwnPublicKeys;
use operations::issuer::entries::{self, Rules, Values};
use operations::issuer::evidence::{self, Described};
use operations::issuer::partners::{self, Facts};
use operations::issuer::people::{self, Wanted};
use operations::issuer::{contests, deconfliction, editions, machine};
use rand::rngs::OsRng;
use store::Store;
use watchlist::{Dates, Entry, EntryId, EntryType, Identifier, IdentifierKind, Name, NameKind};

use crate::commands::issuer::roots;
use crate::desk::make_folder;
use crate::office::Office;

/// The passphrase of every key file of the demo. Nobody is protected by it: all of it is invented.
pub(super) const PASSPHRASE: &str = "nine old barges";
/// Where the key files are.
pub(super) const KEYS: &str = "keys";
/// The work of a guess at the passphrase, as a power of two: low, since there is nothing to guess.
const WORK: u8 = 10;

/// Who is in the unit, in which team and roles.
const UNIT: [(&str, &str, &[Role]); 9] = [
    ("ada", "office", &[Role::Administrator]),
    ("abe", "office", &[Role::Administrator]),
    ("carla", "north", &[Role::Collector]),
    ("anna", "north", &[Role::Analyst]),
    ("bram", "south", &[Role::Analyst, Role::Collector]),
    ("pim", "prosecution", &[Role::Prosecution]),
    ("uma", "office", &[Role::Publisher]),
    ("udo", "office", &[Role::Publisher, Role::DeliveryDesk]),
    ("hana", "office", &[Role::ContestHandler]),
];

/// Those of the unit who log in at the demo's desk, and what the desk says of them.
pub(super) const VISITORS: [(&str, &str); 7] = [
    ("carla", "collector"),
    ("anna", "analyst"),
    ("bram", "analyst"),
    ("pim", "prosecution"),
    ("uma", "publisher"),
    ("udo", "publisher"),
    ("hana", "contests"),
];

/// The office while it is being filled.
struct Unit<'a> {
    store: &'a Store,
    keys: Vec<(&'static str, SigningKey)>,
    now: Timestamp,
}

/// Fills the office. `own` are the keys of the demo's hoster, who is one of its partners.
pub(super) async fn fill(store: &Store, home: &Path, own: &OwnPublicKeys, now: Timestamp) -> Result<()> {
    let settings = home.join("office.toml");
    std::fs::write(&settings, crate::office::EXAMPLE)
        .with_context(|| format!("could not write {}", settings.display()))?;
    let office = Office::read(home)?;
    let unit = Unit::found(store, &home.join(KEYS), now).await?;
    unit.root(home).await?;
    unit.leads().await?;
    unit.entries(&office).await?;
    unit.edition(&office).await?;
    unit.partner(&office, own).await?;
    unit.contest().await
}

impl<'a> Unit<'a> {
    async fn found(store: &'a Store, folder: &Path, now: Timestamp) -> Result<Self> {
        make_folder(folder)?;
        let mut unit = Self { store, keys: Vec::new(), now };
        for (code, team, roles) in UNIT {
            let key = SigningKey::generate(KeyRole::EntryApproval, &mut OsRng);
            let key = keep(folder, code, key)?;
            let wanted =
                Wanted { team: TeamId(team.to_owned()), roles: roles.to_vec(), new_keys: vec![key.public()] };
            people::enter(store, &id("ada")?, &id(code)?, &wanted, now).await?;
            unit.keys.push((code, key));
            // The first two found the unit; everybody after them needs the signatures of both.
            if !roles.contains(&Role::Administrator) {
                for administrator in ["ada", "abe"] {
                    let by = id(administrator)?;
                    people::confirm(store, &by, &id(code)?, unit.key(administrator)?, now).await?;
                }
            }
        }
        for number in 1..=3 {
            for role in [KeyRole::Root, KeyRole::Approver] {
                let key = SigningKey::generate(role, &mut OsRng);
                let key = keep(folder, &format!("{role}{number}"), key)?;
                let name = if role == KeyRole::Root { "root" } else { "approver" };
                unit.keys.push((name, key));
            }
        }
        Ok(unit)
    }

    fn key(&self, code: &str) -> Result<&SigningKey> {
        let found = self.keys.iter().find(|(known, _)| *known == code);
        found.map(|(_, key)| key).with_context(|| format!("the demo has no key of {code}"))
    }

    /// The root names all keys that count, and is signed by two of three.
    async fn root(&self, home: &Path) -> Result<()> {
        let online = machine::make(self.store, &id("udo")?, false, self.now, &mut OsRng).await?;
        let online = online.iter().filter_map(|half| match half {
            PublicHalf::Signing(key) => Some(*key),
            PublicHalf::Recipient(_) => None,
        });
        let offline: Vec<&SigningKey> = self.of_kind(&["root", "approver"]);
        let all: Vec<_> = offline.iter().map(|key| key.public()).chain(online).collect();
        let expires = self.now + SignedDuration::from_hours(24 * 365);
        let draft = RootPlan::first(&all, expires)?.draft()?;
        let request = Request::new(vec![Payload::Root(draft.clone())]);
        let signers = self.of_kind(&["root"]).into_iter().take(2);
        let signed = signers.map(|key| sign(&request, key)).collect::<Result<Vec<_>, _>>()?;
        let roots = finish_root(&draft, &signed, None)?;
        roots::add(&home.join("roots"), &roots)?;
        Ok(())
    }

    fn of_kind(&self, kinds: &[&str]) -> Vec<&SigningKey> {
        self.keys.iter().filter(|(name, _)| kinds.contains(name)).map(|(_, key)| key).collect()
    }

    /// Team south works on a handle, so that a question of team north has an answer.
    async fn leads(&self) -> Result<()> {
        let year = self.now.to_zoned(jiff::tz::TimeZone::UTC).year();
        deconfliction::make_key(self.store, &id("anna")?, year, None, self.now, &mut OsRng).await?;
        let handle = Subject::handle("@orchard_nine")?;
        deconfliction::claim(self.store, &id("bram")?, &handle, Interest::Ours, self.now).await?;
        Ok(())
    }

    /// Two entries are listed, one waits for a second analyst, one for the prosecution, one is a draft.
    async fn entries(&self, office: &Office) -> Result<()> {
        let all = [
            ("E-1", "Quay Nine Hosting", "quay-nine.example", "anna", "listed"),
            ("E-2", "Orchard Relay B.V.", "orchard-relay.example", "bram", "listed"),
            ("E-3", "Silent Pier Servers", "silent-pier.example", "anna", "proposed"),
            ("E-4", "Low Tide Networks", "low-tide.example", "bram", "seconded"),
            ("E-5", "Breakwater Cloud", "breakwater.example", "anna", "draft"),
        ];
        for (number, name, domain, maker, state) in all {
            let evidence = self.evidence(name, if maker == "anna" { "carla" } else { "bram" }).await?;
            self.entry((number, name, domain), maker, state, &evidence, office).await?;
        }
        // Somebody has begun to take the next page in.
        self.capture("Windlass Servers", "carla").await?;
        Ok(())
    }

    async fn capture(&self, name: &str, collector: &str) -> Result<EvidenceId> {
        let grade = |text| Grade::read(text).context("a grade of the demo");
        let words = format!("{name}: offshore servers, we ignore all abuse mail.");
        let described = Described {
            place: Place::Url("https://forum.example/thread/9".to_owned()),
            captured_at: self.now - SignedDuration::from_hours(24 * 9),
            method: "browser".to_owned(),
            tool: "capture 1.4".to_owned(),
            quote: Some(Quote { text: words.clone(), language: "en".to_owned(), translation: None }),
            claimed_services: vec!["vps".to_owned(), "dedicated".to_owned()],
            offence_categories: vec!["phishing".to_owned()],
            grades: Grades { observation: grade("A1")?, claim: grade("F6")?, link: grade("B2")? },
        };
        let page = format!("<!doctype html>\n<html><body><h1>{name}</h1><p>{words}</p></body></html>\n");
        let fields = RestrictedFields {
            collector_code: "K-17".to_owned(),
            account: Some("forum account 4".to_owned()),
            network_exit: Some("exit 2".to_owned()),
        };
        let files = [("page.html".to_owned(), page.into_bytes())];
        Ok(evidence::capture(self.store, &id(collector)?, described, &files, fields, self.now).await?)
    }

    async fn evidence(&self, name: &str, collector: &str) -> Result<EvidenceId> {
        let evidence = self.capture(name, collector).await?;
        evidence::seal(self.store, &id(collector)?, &evidence, self.now).await?;
        Ok(evidence)
    }

    async fn entry(
        &self,
        (number, name, domain): (&str, &str, &str),
        maker: &str,
        state: &str,
        evidence: &EvidenceId,
        office: &Office,
    ) -> Result<()> {
        let (by, now, rules) = (id(maker)?, self.now, Rules::default());
        let kind = if name.ends_with("B.V.") { EntryType::LegalEntity } else { EntryType::Brand };
        let mut entry = Entry::new(number, kind);
        entry.names = vec![Name::new(NameKind::Primary, name)];
        entry.jurisdiction = Some("NL".to_owned());
        entry.identifiers = vec![
            Identifier::new(IdentifierKind::Domain, domain),
            Identifier::new(IdentifierKind::Email, format!("noc@{domain}")),
        ];
        entry.claims.bulletproof = Some("ignores abuse mail".to_owned());
        entry.claims.offences = vec!["phishing".to_owned()];
        let entry_id = entries::begin(self.store, &by, &office.list.id, entry, now).await?;
        if state == "draft" {
            return Ok(());
        }
        entries::ground(self.store, &by, &entry_id, evidence, &Values::All, now).await?;
        entries::observe(self.store, &by, &entry_id, evidence, &rules, now).await?;
        entries::answer(self.store, &by, &entry_id, criterion(evidence), now).await?;
        entries::propose(self.store, &by, &entry_id, &rules, now).await?;
        if state == "proposed" {
            return Ok(());
        }
        let second = if maker == "anna" { "bram" } else { "anna" };
        entries::approve(self.store, &id(second)?, &entry_id, self.key(second)?, now).await?;
        if state == "listed" {
            entries::approve(self.store, &id("pim")?, &entry_id, self.key("pim")?, now).await?;
        }
        Ok(())
    }

    async fn edition(&self, office: &Office) -> Result<()> {
        let issued_at = self.now.to_zoned(jiff::tz::TimeZone::UTC).date();
        let dates = Dates { issued_at, valid_until: issued_at.checked_add(92.days())? };
        editions::assemble(self.store, &id("uma")?, office.list_info(), dates, self.now).await?;
        let (by, key) = (id("uma")?, self.key("uma")?);
        editions::approve(self.store, &by, &office.list.id, 1, key, self.now).await?;
        Ok(())
    }

    /// The hoster of this demo is a partner, and its keys are enrolled.
    async fn partner(&self, office: &Office, own: &OwnPublicKeys) -> Result<()> {
        let (by, partner) = (id("udo")?, PartnerId::new("hoster-north")?);
        let facts = Facts {
            name: "Noorderkade Hosting B.V.".to_owned(),
            role: "hoster".to_owned(),
            attention: Some("M. de Boer".to_owned()),
            address: vec!["Kade 12".to_owned(), "9700 AA Havenstad".to_owned()],
            email: "klanten@noorderkade.example".to_owned(),
            language: "nl".to_owned(),
            lists: vec![office.list.id.clone()],
        };
        partners::add(self.store, &by, &partner, &facts, self.now).await?;
        for half in [&own.decryption, &own.receipt] {
            partners::enrol(self.store, &by, &partner, half, half.fingerprint(), self.now).await?;
        }
        Ok(())
    }

    async fn contest(&self) -> Result<()> {
        let grounds = "We took the name over in March and answer abuse mail within a day.";
        let (by, entry) = (id("hana")?, EntryId("E-2".to_owned()));
        contests::receive(self.store, &by, &entry, Contestant::ListedParty, grounds, self.now).await?;
        Ok(())
    }
}

fn criterion(evidence: &EvidenceId) -> CriterionTest {
    let yes = || Answered::yes([evidence.clone()], "");
    CriterionTest {
        presents_itself: yes(),
        dutch_nexus: yes(),
        link: yes(),
        wrong_person_test: Answered::yes([], "no other firm of this name in the register"),
        less_intrusive_possible: Answered::no("it is a brand already"),
    }
}

fn id(code: &str) -> Result<PersonId> {
    Ok(people::code(code)?)
}

/// Writes a key file as `key new` does, and gives the key back.
fn keep(folder: &Path, name: &str, key: SigningKey) -> Result<SigningKey> {
    let work = WorkFactor::of(WORK).context("a work factor")?;
    let passphrase = Passphrase::new(PASSPHRASE.to_owned())?;
    let secret = SecretKey::Signing(key);
    let path = folder.join(format!("{name}.key"));
    std::fs::write(&path, secret.lock(&passphrase, work)?)
        .with_context(|| format!("could not write {}", path.display()))?;
    match secret {
        SecretKey::Signing(key) => Ok(key),
        SecretKey::Decryption(_) => Err(anyhow!("a key that signs became one that does not")),
    }
}
