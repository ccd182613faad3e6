//! Invented people with keys, evidence and an entry. Keys sign for real; there is no back door.

use curation::capture::CapturedFile;
use curation::criterion::{Answered, CriterionTest, Limits};
use curation::evidence::{
    Evidence, EvidenceId, Grade, Grades, Observation, Place, Restricted, RestrictedFields, SealedEvidence,
};
use curation::proposal::{ApprovedEntry, Draft, Proposed, Proposing, Seconded, Terms};
use curation::statement::{SignedStatement, Statement, Step};
use curation::{Key, Person, PersonId, Role, Sha256Hash, TeamId, Unit};
use ed25519_dalek::{Signer, SigningKey};
use jiff::Timestamp;
use jiff::civil::{Date, date};
use watchlist::{Dates, Entry, EntryType, Identifier, IdentifierKind, ListInfo, Name, NameKind, Nature};

pub(crate) const LIST: &str = "harbour";
pub(crate) const TODAY: Date = date(2026, 2, 10);
pub(crate) const DATES: Dates = Dates { issued_at: date(2026, 3, 1), valid_until: date(2026, 6, 1) };

/// Seconds after the morning of the tenth of February 2026.
pub(crate) fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_770_710_400 + second).unwrap()
}

/// A person with one key and the secret to it.
#[derive(Clone)]
pub(crate) struct Actor {
    pub(crate) person: Person,
    pub(crate) secret: SigningKey,
}

impl Actor {
    pub(crate) fn new(code: &str, roles: &[Role]) -> Self {
        let mut seed = [0; 32];
        seed[..code.len()].copy_from_slice(code.as_bytes());
        let secret = SigningKey::from_bytes(&seed);
        let key = Key::new(secret.verifying_key().to_bytes(), at(0), None).unwrap();
        let team = TeamId("north".to_owned());
        let id = PersonId::new(code).unwrap();
        Self { person: Person { id, team, roles: roles.to_vec(), keys: vec![key] }, secret }
    }

    pub(crate) fn sign(&self, step: Step, subject: Sha256Hash, at: Timestamp) -> SignedStatement {
        self.sign_as(&self.person, step, subject, at)
    }

    /// Signs with the own key in the name of somebody.
    pub(crate) fn sign_as(
        &self,
        name: &Person,
        step: Step,
        subject: Sha256Hash,
        at: Timestamp,
    ) -> SignedStatement {
        let (person, key) = (name.id.clone(), name.keys[0].id());
        let statement = Statement { step, subject, person, key, at };
        let signature = self.secret.sign(&statement.bytes()).to_bytes();
        statement.signed(signature)
    }
}

/// Carla collects, Anna writes, Bram seconds, Pim is of the prosecution, Uma and Udo publish, Hana
/// handles contests.
pub(crate) struct Cast {
    pub(crate) carla: Actor,
    pub(crate) anna: Actor,
    pub(crate) bram: Actor,
    pub(crate) pim: Actor,
    pub(crate) uma: Actor,
    pub(crate) udo: Actor,
    pub(crate) hana: Actor,
}

impl Cast {
    pub(crate) fn new() -> Self {
        Self {
            carla: Actor::new("carla", &[Role::Collector]),
            anna: Actor::new("anna", &[Role::Analyst]),
            bram: Actor::new("bram", &[Role::Analyst]),
            pim: Actor::new("pim", &[Role::Prosecution]),
            uma: Actor::new("uma", &[Role::Publisher]),
            udo: Actor::new("udo", &[Role::Publisher, Role::DeliveryDesk]),
            hana: Actor::new("hana", &[Role::ContestHandler]),
        }
    }

    pub(crate) fn everybody(&self) -> Vec<&Actor> {
        vec![&self.carla, &self.anna, &self.bram, &self.pim, &self.uma, &self.udo, &self.hana]
    }

    pub(crate) fn unit(&self) -> Unit {
        Unit::new(self.everybody().into_iter().map(|actor| actor.person.clone())).unwrap()
    }

    pub(crate) fn draft(&self, id: &str) -> Draft {
        draft(id, &self.anna.person, &self.carla.person)
    }

    pub(crate) fn proposed(&self, draft: Draft) -> Proposed {
        propose(draft, &self.anna.person).unwrap_or_else(|refused| panic!("{}", refused.why))
    }

    pub(crate) fn seconded(&self, draft: Draft) -> Seconded {
        let proposed = self.proposed(draft);
        let signed = self.bram.sign(Step::ApproveSubstance, proposed.hash(), at(20));
        proposed
            .approve_substance(signed, at(20), &self.unit())
            .unwrap_or_else(|refused| panic!("{}", refused.why))
    }

    pub(crate) fn approved(&self, draft: Draft) -> ApprovedEntry {
        let seconded = self.seconded(draft);
        let signed = self.pim.sign(Step::ApproveProportion, seconded.hash(), at(30));
        seconded
            .approve_proportion(signed, at(30), &self.unit())
            .unwrap_or_else(|refused| panic!("{}", refused.why))
    }
}

pub(crate) fn propose(draft: Draft, by: &Person) -> Result<Proposed, curation::proposal::NotProposed> {
    draft.propose(&Proposing {
        by,
        at: at(10),
        today: TODAY,
        limits: &Limits::default(),
        terms: Terms::default(),
        delay: None,
    })
}

pub(crate) fn evidence(id: &str, by: &Person) -> SealedEvidence {
    let page = format!("<!doctype html><html><body>abuse ignored {id}</body></html>");
    let grade = |text| Grade::read(text).unwrap();
    let observation = Observation {
        id: EvidenceId(id.to_owned()),
        place: Place::Url("https://forum.example/thread/9".to_owned()),
        captured_at: at(0),
        method: "browser".to_owned(),
        tool: "capture 1.0".to_owned(),
        files: vec![CapturedFile::recognise("page.html", page.as_bytes()).unwrap()],
        quote: None,
        claimed_services: vec!["vps".to_owned()],
        offence_categories: vec!["phishing".to_owned()],
        grades: Grades { observation: grade("A1"), claim: grade("F6"), link: grade("B2") },
    };
    let fields = RestrictedFields { collector_code: "K-1".to_owned(), account: None, network_exit: None };
    let captured = Evidence::capture(observation, Restricted::new(fields), by).unwrap();
    captured.seal(by, at(1)).unwrap()
}

pub(crate) fn orchard(id: &str) -> Entry {
    let mut entry = Entry::new(id, EntryType::Brand);
    entry.names = vec![Name::new(NameKind::Primary, format!("Orchard {id}"))];
    entry.identifiers =
        vec![Identifier::new(IdentifierKind::Domain, format!("orchard-{}.example", id.to_lowercase()))];
    entry
}

pub(crate) fn criterion(id: &EvidenceId) -> CriterionTest {
    let yes = || Answered::yes([id.clone()], "");
    CriterionTest {
        presents_itself: yes(),
        dutch_nexus: yes(),
        link: yes(),
        wrong_person_test: Answered::yes([], "one firm of this name"),
        less_intrusive_possible: Answered::no("it is a brand"),
    }
}

/// A draft that can be proposed.
pub(crate) fn draft(id: &str, by: &Person, collector: &Person) -> Draft {
    let evidence = evidence(&format!("EV-{id}"), collector);
    let entry = orchard(id);
    let values: Vec<_> = entry.values().collect();
    let mut draft = Draft::new(LIST, entry, by).unwrap();
    draft.ground(values, &evidence, by).unwrap();
    draft.observe(&evidence, Terms::default(), by).unwrap();
    draft.answer(criterion(evidence.id()), by).unwrap();
    draft
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
