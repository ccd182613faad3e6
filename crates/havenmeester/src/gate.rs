//! The gate at work: as long as the desk runs, orders that wait are looked up in the lists, and holds end at their time.
//!
//! It works at the beat of a clock and not when an order comes in, so that nobody learns from the time of an answer what
//! the order before was.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use jiff::civil::Date;
use kyc::facts::Source;
use kyc::{Cause, EditionUsed, Failure, Force, Found, Policy, Screened};
use operations::hoster::screenings::KeptHit;
use operations::hoster::sign_ups::reviewing::{self, Doing, Noted};
use operations::hoster::sign_ups::screening::{self as looking_up, Looked};
use operations::hoster::sign_ups::{self, Application, SignUpError, ending};
use review::{Class, Compared};
use screening::{Index, Settings};
use store::{PersonId, Store};

use crate::clock;
use crate::facts::Registers;
use crate::keeping::Basis;
use crate::lists::{self, Lists};
use crate::output::Output;

/// The beat.
const BEAT: Duration = Duration::from_secs(1);
/// Every so many beats it is looked whether other editions are installed, and whose time is over.
const ROUND: u32 = 30;
/// Applications that are looked up in one beat.
const MOST: u32 = 500;
/// Applications that are kept in one act: shops that tell of orders meanwhile wait no longer than for these.
const AT_ONCE: usize = 8;
/// After so long a register that did not answer is asked again.
const ASKED_AGAIN: Duration = Duration::from_secs(3_600);
/// Questions to registers in one round: each may take its time.
const MOST_ASKED: usize = 20;

/// The lists of the house, ready to be asked.
pub(crate) struct Gate {
    index: Index,
    basis: Basis,
    editions: Vec<EditionUsed>,
    forces: Vec<Force>,
    hashes: Vec<String>,
    today: Date,
}

/// Works for ever. What goes wrong is said once and tried again with the next beat; until then everything is held.
pub(crate) async fn work(
    store: Arc<Store>,
    policy: Arc<Policy>,
    registers: Option<Arc<Registers>>,
    output: Output,
) {
    let asked = HashMap::new();
    let mut worker = Worker { store, policy, registers, asked, gate: None, swept: None, beat: 0 };
    let mut told = None;
    loop {
        let failed = worker.step().await.err().map(|error| format!("{error:#}"));
        if failed.is_some() && failed != told {
            let what = failed.as_deref().unwrap_or_default();
            output.note(format_args!(
                "orders were not looked up: {what}; they are held, and it is tried again"
            ));
        }
        told = failed;
        tokio::time::sleep(BEAT).await;
    }
}

struct Worker {
    store: Arc<Store>,
    policy: Arc<Policy>,
    registers: Option<Arc<Registers>>,
    /// Which register was asked about which application, and when.
    asked: HashMap<(String, Source), Instant>,
    gate: Option<Arc<Gate>>,
    /// The editions with which everything that is open was looked up last.
    swept: Option<Vec<EditionUsed>>,
    beat: u32,
}

impl Worker {
    async fn step(&mut self) -> Result<()> {
        let is_round = self.beat.is_multiple_of(ROUND);
        self.beat = self.beat.wrapping_add(1);
        let mut look = self.store.look().await?;
        let waiting = looking_up::waiting(&mut look, MOST).await?;
        if waiting.is_empty() && !is_round {
            return Ok(());
        }
        let in_use = operations::hoster::editions::in_use(&mut look).await?;
        drop(look);
        let today = clock::today(None);
        let is_current = self.gate.as_ref().is_some_and(|gate| gate.is_of(&in_use, today));
        if !is_current {
            self.gate = Gate::of(lists::of_editions(in_use), today).map(Arc::new);
        }
        self.keep(waiting).await?;
        if is_round {
            self.sweep().await?;
            ending::expire(&self.store, clock::now()).await?;
            self.ask_registers().await?;
        }
        Ok(())
    }

    /// Looks everything up again that was looked up with other editions, or not to its end.
    async fn sweep(&mut self) -> Result<()> {
        let editions = self.gate.as_ref().map(|gate| gate.editions.clone()).unwrap_or_default();
        if self.swept.as_ref() == Some(&editions) || self.gate.is_none() {
            return Ok(());
        }
        let outdated = looking_up::outdated(&mut self.store.look().await?, &editions, clock::now()).await?;
        self.keep(outdated).await?;
        self.swept = Some(editions);
        Ok(())
    }

    /// Asks registers about orders that wait for what they can say.
    async fn ask_registers(&mut self) -> Result<()> {
        let Some(registers) = self.registers.clone().filter(|registers| registers.automatic) else {
            return Ok(());
        };
        self.asked.retain(|_, at| at.elapsed() < ASKED_AGAIN);
        let held = sign_ups::queue(&mut self.store.look().await?).await?;
        for (application, source) in self.to_ask(&registers, &held) {
            self.asked.insert((application.id.clone(), source), Instant::now());
            let (registers, applicant) = (Arc::clone(&registers), application.kept.applicant.clone());
            let asking = tokio::task::spawn_blocking(move || registers.ask(source, &applicant));
            let Some(said) = asking.await.context("asking a register broke off")? else { continue };
            let by = PersonId(looking_up::BY.to_owned());
            let doing = Doing { person: &by, id: &application.id, seen: None, now: clock::now() };
            match reviewing::note_check(&self.store, doing, Noted::of(source, &said), &self.policy).await {
                // Somebody ended or restricted it meanwhile.
                Ok(_) | Err(SignUpError::Deed(_) | SignUpError::Restricted | SignUpError::NotThere(_)) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }

    fn to_ask<'a>(&self, registers: &Registers, held: &'a [Application]) -> Vec<(&'a Application, Source)> {
        let now = clock::now();
        let of_one = |one: &'a Application| {
            let waits = one.kept.course.causes(now);
            let is_open = move |source: &Source| {
                let kind = source.kind();
                waits
                    .iter()
                    .any(|cause| matches!(cause, Cause::Missing(of) | Cause::Unavailable(of) if *of == kind))
            };
            registers
                .for_applicant(&one.kept.applicant)
                .into_iter()
                .filter(is_open)
                .map(move |source| (one, source))
        };
        let all = held.iter().flat_map(of_one);
        all.filter(|(one, source)| !self.asked.contains_key(&(one.id.clone(), *source)))
            .take(MOST_ASKED)
            .collect()
    }

    async fn keep(&self, applications: Vec<Application>) -> Result<()> {
        for some in applications.chunks(AT_ONCE) {
            let (gate, some) = (self.gate.clone(), some.to_vec());
            let looking = move || some.iter().map(|one| looked(gate.as_deref(), one)).collect::<Vec<_>>();
            // A look-up that breaks off leaves its orders where they are: held, and asked again.
            let looked = tokio::task::spawn_blocking(looking).await.context("a look-up broke off")?;
            looking_up::keep(&self.store, looked, &self.policy, clock::now()).await?;
        }
        Ok(())
    }
}

/// What the lists say of an order; that there is none where there is no list.
pub(crate) fn looked(gate: Option<&Gate>, application: &Application) -> Looked {
    let (screened, hits) = match gate {
        Some(gate) => gate.ask(&application.kept.applicant, &application.id),
        None => (Screened::Failed(Failure::NoEdition), Vec::new()),
    };
    Looked { id: application.id.clone(), seen: application.kept.course.events().len(), screened, hits }
}

impl Gate {
    /// Nothing where there is no list.
    pub(crate) fn of(lists: Lists, today: Date) -> Option<Self> {
        if lists.editions.is_empty() {
            return None;
        }
        let used = |edition: &watchlist::Edition| EditionUsed {
            list: edition.list.id.clone(),
            number: u64::from(edition.number),
            is_stale: edition.valid_until.is_some_and(|until| until < today),
        };
        Some(Self {
            index: Index::build(&lists.editions),
            basis: Basis::of(&lists),
            editions: lists.editions.iter().map(used).collect(),
            forces: lists.editions.iter().map(|edition| Force::of(edition.list.nature)).collect(),
            hashes: lists.stamps.iter().map(|stamp| stamp.sha256.clone()).collect(),
            today,
        })
    }

    fn is_of(&self, in_use: &[operations::hoster::editions::InUse], today: Date) -> bool {
        self.today == today
            && self.hashes.len() == in_use.len()
            && self.hashes.iter().zip(in_use).all(|(hash, one)| *hash == one.sha256)
    }

    /// What the lists say of an applicant, by the same path as of every customer.
    pub(crate) fn ask(&self, applicant: &kyc::Applicant, id: &str) -> (Screened, Vec<KeptHit>) {
        let customer = applicant.as_customer(id);
        let settings = Settings { today: self.today, minimum: matching::Class::Weak };
        let hits = screening::check(&self.index, &customer, &settings);
        let kept: Vec<KeptHit> = hits.iter().map(|hit| self.basis.kept(hit)).collect();
        let found = hits.iter().zip(&kept).map(|(hit, kept)| self.found(hit.list, kept)).collect();
        let cannot_tell = screening::coverage::cannot_tell(&customer).is_some();
        (Screened::Done { editions: self.editions.clone(), found, cannot_tell }, kept)
    }

    fn found(&self, list: usize, kept: &KeptHit) -> Found {
        let pairs = kept.reasons.iter();
        Found {
            list: kept.list.clone(),
            entry: kept.entry_id.clone(),
            class: Class::from_word(&kept.class).unwrap_or(Class::Strong),
            force: self.forces.get(list).copied().unwrap_or(Force::Binding),
            compared: Compared::of(
                pairs.map(|one| (one.feature.as_str(), one.customer.raw.as_str(), one.entry.raw.as_str())),
            ),
        }
    }
}
