//! An invented house for `serve --demo`: an issuer with keys and two editions, customers, people, and a day's work.
//!
//! Nothing here is faked: the editions are signed, delivered and received, the customers are screened, and the people
//! answer as they would at the desk. Only everybody is invented.

use std::path::Path;

use anyhow::{Context, Result, anyhow};
use delivery::ceremony::{Payload, Request, RootPlan, finish_root, sign};
use delivery::keys::{PublicHalf, Role, SigningKey};
use delivery::mark::{Language, MarkSecret, Marker, Wording};
use delivery::metadata::Roots;
use delivery::publish::{Addressee, Issue, Lifetimes, OnlineKeys, publish};
use delivery::source::OneFile;
use delivery::{Fingerprint, PartnerId};
use jiff::{SignedDuration, Timestamp};
use operations::hoster::accounts::{self, DeskRole};
use operations::hoster::receive::{self, FirstContact};
use operations::hoster::{keys, reviews};
use rand::RngCore;
use rand::rngs::OsRng;
use review::ReasonCode;
use store::{MasterKey, PersonId, Store};
use watchlist::entry::Status;
use watchlist::{Advice, Edition, Withdrawal, WithdrawalReason};
use web::{Customers, DemoPerson, Program};

mod office;
mod sign_ups;

use crate::desk::Places;
use crate::house::House;
use crate::sign_up_policy;

/// Invented resellers, some of whom are among the customers of `demo/customers.csv`.
const LIST: &str = include_str!("../demo/desk-list.json");
const CUSTOMERS: &[u8] = include_bytes!("../demo/customers.csv");
/// Taken off the list by the second edition, after somebody had answered.
const WITHDRAWN: &str = "H-011";

/// Who may log in at the hoster's side with one click, and as what.
const PEOPLE: [(&str, DeskRole); 3] =
    [("marleen", DeskRole::Reviewer), ("ruben", DeskRole::Reviewer), ("els", DeskRole::Reader)];

/// Everybody who may log in with one click.
pub(crate) fn people() -> Vec<DemoPerson> {
    let house = PEOPLE.iter().map(|(name, role)| (*name, role.word()));
    let person = |(name, what): (&str, &'static str)| DemoPerson { person: PersonId(name.to_owned()), what };
    house.chain(office::VISITORS).map(person).collect()
}

/// Where the key files of the demo's people lie, and what opens them.
pub(crate) fn keys_told(home: &Path) -> String {
    format!("{}, \"{}\"", home.join(office::KEYS).display(), office::PASSPHRASE)
}

/// Fills an empty database. The editions are of these days, so that they are valid.
pub(crate) async fn fill(places: &Places, key: &MasterKey, house: &House, now: Timestamp) -> Result<()> {
    let store = Store::open(&places.address, key).await?;
    let [marleen, ruben, _] = PEOPLE.map(|(name, _)| PersonId(name.to_owned()));
    let mut random = OsRng;
    let members = office::VISITORS.map(|(name, _)| (name, DeskRole::Member));
    for (name, role) in PEOPLE.into_iter().chain(members) {
        // Nobody knows these passwords: the demo logs people in with one click.
        let mut secret = [0; 16];
        random.fill_bytes(&mut secret);
        let password = secret.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
        accounts::set(&store, &marleen, &PersonId(name.to_owned()), role, &password, now, &mut random)
            .await?;
    }
    let house_settings = places.home.join("house.toml");
    std::fs::write(&house_settings, crate::customer_letters::EXAMPLE)
        .with_context(|| format!("could not write {}", house_settings.display()))?;
    let own = keys::make(&store, &marleen, false, now, &mut random).await?;
    office::fill(&store, &places.home, &own, now).await?;
    let PublicHalf::Recipient(recipient) = own.decryption else {
        return Err(anyhow!("the key that was made opens no deliveries"));
    };
    let partner = PartnerId::new("invented-hoster")?;
    let issuer = Issuer::new(now)?;
    let (first, second) = editions(now)?;
    let mut contact = Some(FirstContact {
        compared: Fingerprint::of_root(issuer.roots.current_file()),
        partner: partner.clone(),
    });
    for (edition, sequence) in [(&first, 1), (&second, 2)] {
        let to = Addressee {
            partner: partner.clone(),
            recipient: recipient.clone(),
            sequence,
            enclosures: Vec::new(),
        };
        let file = issuer.deliver(edition, to, now)?;
        let source = OneFile::read(&file)?;
        receive::receive(&store, &marleen, &source, contact.take().as_ref(), now).await?;
        if sequence == 1 {
            // Screening opens the database for itself, as it does for the command.
            tokio::task::block_in_place(|| screen(house, &places.home, &marleen))?;
            first_answers(&store, &marleen, &ruben, now).await?;
        }
    }
    let rules = sign_up_policy::path(&places.home);
    std::fs::write(&rules, sign_ups::policy_text())
        .with_context(|| format!("could not write {}", rules.display()))?;
    sign_ups::fill(&store, &marleen, now).await
}

/// Two people have begun: one hit is judged, one waits for the second person, one is not known yet.
async fn first_answers(store: &Store, marleen: &PersonId, ruben: &PersonId, now: Timestamp) -> Result<()> {
    let queue = reviews::queue(&mut store.look().await?).await?;
    let on = |entry: &str| {
        let hit = queue.iter().find(|one| one.reviewed.hit.entry_id == entry);
        hit.map(|one| one.number).with_context(|| format!("the demo finds nobody on {entry}"))
    };
    let answers = [
        (WITHDRAWN, marleen, ReasonCode::IdentifiersAgree, "same handle in the signature of the order"),
        (WITHDRAWN, ruben, ReasonCode::IdentifiersAgree, ""),
        ("H-001", marleen, ReasonCode::IdentifiersAgree, "domain and handle of the order agree"),
        ("H-005", ruben, ReasonCode::AskedCustomer, "asked who holds the domain now, answer until Friday"),
    ];
    for (entry, person, reason, note) in answers {
        reviews::dispose(store, person, on(entry)?, (reason, note), None, now).await?;
    }
    Ok(())
}

fn screen(house: &House, home: &Path, person: &PersonId) -> Result<()> {
    let file = home.join("customers.csv");
    std::fs::write(&file, CUSTOMERS).with_context(|| format!("could not write {}", file.display()))?;
    let customers = Customers { file: &file, name: "customers.csv", columns: "", remember: false };
    house.screen(&customers, person, &|_| {}).map_err(|told| anyhow!("{}: {}", told.what(), told.hint()))?;
    Ok(())
}

/// The list twice: as it was, and a week later without the party that was listed by mistake.
fn editions(now: Timestamp) -> Result<(Edition, Edition)> {
    let today = now.to_zoned(jiff::tz::TimeZone::UTC).date();
    let days = |days: i64| SignedDuration::from_hours(24 * days);
    let mut first = watchlist::format::v1::read(LIST.as_bytes()).context("the list of the demo")?.edition;
    first.issued_at = Some(today.checked_sub(days(40))?);
    first.valid_until = Some(today.checked_add(days(52))?);
    let mut second = Edition { number: 2, replaces: Some(1), ..first.clone() };
    second.issued_at = Some(today);
    second.valid_until = Some(today.checked_add(days(92))?);
    for entry in second.entries.iter_mut().filter(|entry| entry.id.0 == WITHDRAWN) {
        entry.status = Status::Withdrawn;
        entry.withdrawal = Some(Withdrawal {
            reason: WithdrawalReason::WrongParty,
            advice: Advice::Reopen,
            since: Some(today),
            successors: Vec::new(),
            note: None,
        });
        entry.names.truncate(1);
        entry.identifiers.clear();
        entry.relations.clear();
    }
    Ok((first, second))
}

/// An issuer with fresh keys that nobody keeps.
struct Issuer {
    approvers: [SigningKey; 2],
    snapshot: SigningKey,
    timestamp: SigningKey,
    roots: Roots,
    marker: Marker,
}

impl Issuer {
    fn new(now: Timestamp) -> Result<Self> {
        let key = |role| SigningKey::generate(role, &mut OsRng);
        let root = [key(Role::Root), key(Role::Root), key(Role::Root)];
        let approvers = [key(Role::Approver), key(Role::Approver)];
        let (snapshot, timestamp) = (key(Role::Snapshot), key(Role::Timestamp));
        let all = root.iter().chain(&approvers).chain([&snapshot, &timestamp]);
        let expires = now + SignedDuration::from_hours(24 * 365);
        let plan = RootPlan::first(&all.map(SigningKey::public).collect::<Vec<_>>(), expires)?;
        let draft = plan.draft()?;
        let request = Request::new(vec![Payload::Root(draft.clone())]);
        let signed = root.iter().take(2).map(|key| sign(&request, key)).collect::<Result<Vec<_>, _>>()?;
        let roots = finish_root(&draft, &signed, None)?;
        let marker = Marker::new(&MarkSecret::generate(&mut OsRng), Wording::shipped(Language::English));
        Ok(Self { approvers, snapshot, timestamp, roots, marker })
    }

    fn deliver(&self, edition: &Edition, to: Addressee, now: Timestamp) -> Result<Vec<u8>> {
        let issue = Issue { edition, marker: &self.marker, roots: &self.roots, published_at: now };
        let online = OnlineKeys { snapshot: &self.snapshot, timestamp: &self.timestamp };
        let approvers = [&self.approvers[0], &self.approvers[1]];
        let mut releases = publish(&issue, vec![to], &approvers, &online, Lifetimes::default())?;
        let release = releases.pop().context("there is no delivery")?;
        Ok(release.one_file())
    }
}
