//! Any acts, in any order, by few people: nobody publishes alone, approves own work, or uses a revoked key.
//!
//! A world starts with three entries that outsiders made, approved and listed. Then the insiders do
//! whatever they can: draft, edit, propose, sign for themselves and in the name of others, with fresh,
//! revoked and stolen-name keys, send back, merge, split, suspend, lift, withdraw, revise, release, and
//! take things out of the store changed. After each act the rules are looked at.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use curation::listing::{Listing, State, WithdrawnBy, complete_merge, complete_split, merge, split};
use curation::proposal::{ApprovedEntry, Draft, Proposed, Restored, Seconded, restore};
use curation::release::{Assembled, ReleasedEdition, assemble};
use curation::statement::{Accepted, SignedStatement, Step};
use curation::{PersonId, Role, Sha256Hash, Unit};
use jiff::Timestamp;
use proptest::prelude::*;
use watchlist::{EntryId, Withdrawal, WithdrawalReason};

use crate::cast::{Actor, Cast, DATES, TODAY, at, draft, evidence, list, orchard, propose};

/// One act: what, by whom, on which of the things at hand.
type Act = (u8, usize, usize, usize);

const KINDS_OF_ACTS: u8 = 18;

struct World {
    outsiders: Cast,
    insiders: Vec<Actor>,
    clock: i64,
    drafts: Vec<Draft>,
    proposed: Vec<Proposed>,
    seconded: Vec<Seconded>,
    approved: Vec<ApprovedEntry>,
    listings: Vec<Listing>,
    assembled: Vec<Assembled>,
    released: Vec<ReleasedEdition>,
    /// When each key was revoked first, by the test's own book.
    revoked: BTreeMap<PersonId, Timestamp>,
}

/// The entries of the outsiders; made once, since each takes six signatures.
static START: LazyLock<Vec<Listing>> = LazyLock::new(|| {
    let cast = Cast::new();
    ["A", "B", "C"].map(|id| Listing::new(cast.approved(cast.draft(id))).unwrap()).into()
});

impl World {
    fn new(insiders: Vec<Actor>) -> Self {
        let outsiders = Cast::new();
        let listings = START.clone();
        Self {
            outsiders,
            insiders,
            clock: 100,
            drafts: Vec::new(),
            proposed: Vec::new(),
            seconded: Vec::new(),
            approved: Vec::new(),
            listings,
            assembled: Vec::new(),
            released: Vec::new(),
            revoked: BTreeMap::new(),
        }
    }

    fn unit(&self) -> Unit {
        let people = self.outsiders.everybody().into_iter().chain(&self.insiders);
        Unit::new(people.map(|actor| actor.person.clone())).unwrap()
    }

    fn now(&self) -> Timestamp {
        at(self.clock)
    }

    /// A statement by an insider: honest, dated back, or in the name of an outsider.
    fn sign(&self, who: usize, step: Step, subject: Sha256Hash, how: usize) -> SignedStatement {
        let actor = &self.insiders[who % self.insiders.len()];
        match how % 6 {
            0 => actor.sign_as(&self.outsiders.bram.person, step, subject, self.now()),
            1 => actor.sign_as(&self.outsiders.pim.person, step, subject, self.now()),
            2 => actor.sign(step, subject, at(self.clock - 50)),
            _ => actor.sign(step, subject, self.now()),
        }
    }

    fn act(&mut self, (kind, who, which, how): Act) {
        self.clock += 1;
        let (unit, now) = (self.unit(), self.now());
        let by = self.insiders[who % self.insiders.len()].person.clone();
        let other = self.insiders[how % self.insiders.len()].person.clone();
        match kind {
            0 => {
                let collector = if other.may(curation::Action::HandleEvidence) {
                    &other
                } else {
                    &self.outsiders.carla.person
                };
                if by.may(curation::Action::Propose) {
                    self.drafts.push(draft(&format!("N{}", self.clock), &by, collector));
                }
            }
            1 => {
                if let Some(draft) = pick(&mut self.drafts, which) {
                    let _ = draft.edit(&by, |entry| entry.note = Some(format!("note {how}")));
                    if by.may(curation::Action::HandleEvidence) {
                        let _ = draft.attach(&evidence(&format!("EV{how}"), &by), &other);
                    }
                }
            }
            2 => {
                if let Some(draft) = take(&mut self.drafts, which) {
                    match propose(draft, &by) {
                        Ok(proposed) => self.proposed.push(proposed),
                        Err(refused) => self.drafts.push(refused.back),
                    }
                }
            }
            3 | 4 => {
                if let Some(proposed) = take(&mut self.proposed, which) {
                    let signed = self.sign(who, Step::ApproveSubstance, proposed.hash(), how);
                    match proposed.approve_substance(signed, now, &unit) {
                        Ok(seconded) => self.seconded.push(seconded),
                        Err(refused) => self.proposed.push(refused.back),
                    }
                }
            }
            5 | 6 => {
                if let Some(seconded) = take(&mut self.seconded, which) {
                    let signed = self.sign(who, Step::ApproveProportion, seconded.hash(), how);
                    match seconded.approve_proportion(signed, now, &unit) {
                        Ok(approved) => self.approved.push(approved),
                        Err(refused) => self.seconded.push(refused.back),
                    }
                }
            }
            7 => {
                if let Some(proposed) = take(&mut self.proposed, which) {
                    match proposed.send_back(&by) {
                        Ok(draft) => self.drafts.push(draft),
                        Err(refused) => self.proposed.push(refused.back),
                    }
                }
            }
            8 => {
                let place = who % self.insiders.len();
                self.insiders[place].person.keys[0].revoke(now);
                self.revoked.entry(by.id).or_insert(now);
            }
            9 => {
                if let Some(listing) = pick(&mut self.listings, which) {
                    self.drafts.extend(listing.revise(&by));
                }
            }
            10 => {
                let (kept, other) = (which % self.listings.len(), how % self.listings.len());
                self.drafts.extend(merge(&self.listings[kept], &self.listings[other], &by));
            }
            11 => {
                let listing = &self.listings[which % self.listings.len()];
                let part = |number: u8| {
                    let mut part = orchard(&listing.id().0);
                    part.id = EntryId(format!("{}{}-{number}", listing.id(), self.clock));
                    let entry = listing.entry();
                    (part.last_observed, part.review_by) = (entry.last_observed, entry.review_by);
                    part
                };
                self.drafts.extend(split(listing, vec![part(1), part(2)], &by).into_iter().flatten());
            }
            12 => {
                if let Some(listing) = pick(&mut self.listings, which) {
                    let _ = listing.suspend(&by, now, "doubt");
                }
            }
            13 => {
                let place = which % self.listings.len();
                if let Ok(subject) = self.listings[place].lifting_subject() {
                    let statements =
                        [who, how].map(|one| self.sign(one, Step::LiftSuspension, subject, which));
                    let _ = self.listings[place].lift(statements, now, &unit);
                }
            }
            14 => {
                let place = which % self.listings.len();
                let withdrawal = Withdrawal::new(WithdrawalReason::Ceased, TODAY);
                let subject = self.listings[place].withdrawal_subject(&withdrawal);
                let statements = [who, how].map(|one| self.sign(one, Step::Withdraw, subject, which));
                let _ = self.listings[place].withdraw(withdrawal, statements, now, &unit);
            }
            15 => self.list_approved(which, how),
            16 => {
                let edition = assemble(list(), &self.listings, None, 1, DATES, &by);
                self.assembled.extend(edition);
                if let Some(assembled) = self.assembled.pop() {
                    let subject = assembled.subject();
                    let statements = [who, how].map(|one| self.sign(one, Step::Release, subject, which));
                    match assembled.release(statements, now, &unit) {
                        Ok(released) => self.released.push(released),
                        Err(refused) => self.assembled.push(refused.back),
                    }
                }
            }
            _ => self.tamper(which, how, &unit),
        }
    }

    fn list_approved(&mut self, which: usize, how: usize) {
        let Some(approved) = take(&mut self.approved, which) else { return };
        let (first, second) = (which % self.listings.len(), how % self.listings.len());
        if let Ok(listing) = Listing::new(approved.clone()) {
            self.listings.push(listing);
        } else if self.listings[first].replace(approved.clone()).is_err() && first != second {
            let mut other = self.listings[second].clone();
            if complete_merge(&mut self.listings[first], &mut other, approved.clone(), TODAY).is_ok() {
                self.listings[second] = other;
            } else {
                let _ = complete_split(&mut self.listings[first], vec![approved], TODAY);
            }
        }
    }

    /// Takes a proposal out of the store and changes what was kept before it comes back.
    fn tamper(&mut self, which: usize, how: usize, unit: &Unit) {
        let Some(seconded) = self.seconded.get(which % self.seconded.len().max(1)) else { return };
        let mut parts = seconded.to_parts();
        match how % 4 {
            0 => drop(parts.contributors.pop_first()),
            1 => parts.proposed_by = self.outsiders.carla.person.id.clone(),
            2 => parts.proportion = parts.substance.clone(),
            _ => parts.content.entry.note = Some("changed".to_owned()),
        }
        match restore(parts, unit) {
            Ok(Restored::Approved(approved)) => self.approved.push(approved),
            Ok(Restored::Seconded(seconded)) => self.seconded.push(seconded),
            Ok(Restored::Proposed(_)) | Err(_) => {}
        }
    }

    /// Every approved version anywhere, those of the outsiders too.
    fn all_approved(&self) -> impl Iterator<Item = &ApprovedEntry> {
        self.approved.iter().chain(self.listings.iter().map(Listing::approved))
    }

    fn insiders_approved(&self) -> usize {
        let by_insider = |approved: &&ApprovedEntry| {
            let signers = [approved.substance().person(), approved.proportion().person()];
            self.insiders.iter().any(|actor| signers.contains(&&actor.person.id))
        };
        self.all_approved().filter(by_insider).count()
    }

    /// What holds whoever acts: three people, the right roles, keys that counted.
    fn check_rules(&self) -> Result<(), TestCaseError> {
        for approved in self.all_approved() {
            let (second, third) = (approved.substance(), approved.proportion());
            let makers = approved.contributors();
            prop_assert!(!makers.contains(second.person()) && !makers.contains(third.person()));
            prop_assert!(second.person() != third.person());
            for (accepted, role) in [(second, Role::Analyst), (third, Role::Prosecution)] {
                let everybody = self.outsiders.everybody().into_iter().chain(&self.insiders);
                let signer =
                    everybody.map(|actor| &actor.person).find(|person| person.id == *accepted.person());
                let signer = signer.expect("an accepted statement is of somebody in the unit");
                prop_assert!(signer.roles.contains(&role));
                self.check_key(accepted)?;
            }
        }
        for voices in self.pairs_of_voices() {
            prop_assert!(voices[0].person() != voices[1].person());
            self.check_key(&voices[0])?;
            self.check_key(&voices[1])?;
        }
        Ok(())
    }

    /// The two voices of each release and each withdrawal.
    fn pairs_of_voices(&self) -> impl Iterator<Item = &[Accepted; 2]> {
        let withdrawals = self.listings.iter().filter_map(|listing| match listing.state() {
            State::Withdrawn { by: WithdrawnBy::Voices(voices), .. } => Some(voices.as_ref()),
            _ => None,
        });
        self.released.iter().map(ReleasedEdition::voices).chain(withdrawals)
    }

    /// The key was not revoked when the statement was signed, nor when it arrived.
    fn check_key(&self, accepted: &Accepted) -> Result<(), TestCaseError> {
        if let Some(revoked) = self.revoked.get(accepted.person()) {
            prop_assert!(accepted.at() < *revoked, "{} used a revoked key", accepted.person());
            prop_assert!(accepted.received_at() < *revoked, "{} dated back", accepted.person());
        }
        Ok(())
    }
}

fn pick<T>(things: &mut [T], which: usize) -> Option<&mut T> {
    let count = things.len().max(1);
    things.get_mut(which % count)
}

fn take<T>(things: &mut Vec<T>, which: usize) -> Option<T> {
    if things.is_empty() { None } else { Some(things.swap_remove(which % things.len())) }
}

/// Acts in any order; those on the way to an approved entry come more often, so that many get there.
fn acts(most: usize) -> impl Strategy<Value = Vec<Act>> {
    let kind = prop_oneof![4 => 0u8..7, 2 => 15u8..17, 1 => 0..KINDS_OF_ACTS];
    proptest::collection::vec((kind, 0usize..30, 0usize..8, 0usize..30), 1..most)
}

fn people(count: usize, roles: &[Role]) -> Vec<Actor> {
    ["ida", "ivo", "isa", "igo", "ina"][..count].iter().map(|code| Actor::new(code, roles)).collect()
}

/// Every role but that of the prosecution.
fn without_prosecution() -> Vec<Role> {
    Role::ALL.iter().copied().filter(|role| *role != Role::Prosecution).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, ..ProptestConfig::default() })]

    /// One person, with every role there is.
    #[test]
    fn one_person_publishes_and_approves_nothing(acts in acts(40)) {
        let mut world = World::new(people(1, Role::ALL));
        let before: Vec<Sha256Hash> = world.listings.iter().map(|listing| listing.approved().hash()).collect();
        for act in acts {
            world.act(act);
            world.check_rules()?;
            prop_assert_eq!(world.seconded.len(), 0);
            prop_assert_eq!(world.approved.len(), 0);
            prop_assert_eq!(world.released.len(), 0);
        }
        let after: Vec<Sha256Hash> = world.listings.iter().map(|listing| listing.approved().hash()).collect();
        prop_assert_eq!(after, before);
        prop_assert!(!world.listings.iter().any(Listing::is_withdrawn));
    }

    /// Two people, with every role there is: a maker, a second analyst and the prosecution are three.
    #[test]
    fn two_people_get_nothing_approved(acts in acts(40)) {
        let mut world = World::new(people(2, Role::ALL));
        for act in acts {
            world.act(act);
            world.check_rules()?;
            prop_assert_eq!(world.insiders_approved(), 0);
        }
    }

    /// However many people: nothing without the prosecution.
    #[test]
    fn nothing_is_approved_without_the_prosecution(count in 2usize..=5, acts in acts(50)) {
        let mut world = World::new(people(count, &without_prosecution()));
        for act in acts {
            world.act(act);
            world.check_rules()?;
            prop_assert_eq!(world.insiders_approved(), 0);
        }
    }

    /// Enough people with every role get entries approved, and the rules hold for each of them.
    #[test]
    fn the_rules_hold_for_whatever_many_people_do(acts in acts(80)) {
        let mut world = World::new(people(5, Role::ALL));
        for act in acts {
            world.act(act);
            world.check_rules()?;
        }
    }
}

/// The test above would hold of a world in which nothing is possible: here something is.
#[test]
fn five_people_do_get_entries_approved_and_editions_released() {
    let mut world = World::new(people(5, Role::ALL));
    // Ida drafts with evidence of Ivo's and proposes, Isa seconds, Igo approves, and two people release.
    for act in [(0, 0, 0, 1), (2, 0, 0, 0), (3, 2, 0, 5), (5, 3, 0, 5), (15, 0, 0, 0), (16, 0, 3, 1)] {
        world.act(act);
    }

    assert_eq!((world.insiders_approved(), world.listings.len(), world.released.len()), (1, 4, 1));
    assert!(world.check_rules().is_ok());
}
