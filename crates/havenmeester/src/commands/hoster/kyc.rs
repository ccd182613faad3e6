//! `kyc`: orders of new customers, and the rules by which they are let in.

mod dry_run;
mod shown;

use anyhow::Result;
use jiff::SignedDuration;
use kyc::facts::Source;
use kyc::{CheckKind, Outcome as CheckOutcome, Policy, State};
use operations::hoster::sign_ups::reviewing::{self, Doing, Noted};
use operations::hoster::sign_ups::{self, Application, ending};
use review::{Ground, GroundKind, ReasonCode};

use crate::arguments;
use crate::arguments::kyc::{JudgeApplicant, KycCommand, ListApplications, LookUp};
use crate::desk::{Desk, Places};
use crate::exit::Outcome;
use crate::facts::Registers;
use crate::failure::Failure;
use crate::settings::Common;
use crate::{output, sign_up_policy};

/// How far `kyc list --all` looks back.
const ALL_DAYS: i64 = 90;
/// How far `kyc list --due` looks ahead.
const DUE_DAYS: u16 = 30;

pub(crate) fn run(typed: &KycCommand, at: &arguments::Desk, common: &Common) -> Result<Outcome> {
    match typed {
        KycCommand::Example => print(kyc::policy::EXAMPLE)?,
        KycCommand::ExampleFacts => print(crate::facts::EXAMPLE)?,
        KycCommand::LookUp(wanted) => look_up(wanted, at, common)?,
        KycCommand::CheckPolicy(rules) => {
            let (policy, place) = rules_at(rules.file.as_deref(), at)?;
            print(&shown::policy(&policy))?;
            common.output.note(format_args!("{place} can be used"));
        }
        KycCommand::DryRun(wanted) => return dry_run::run(wanted, at, common),
        KycCommand::List(list) => return all(*list, at, common),
        KycCommand::Show(one) => {
            let desk = Desk::open(at)?;
            print(&shown::application(&found(&desk, &one.id)?, desk.now()))?;
        }
        KycCommand::Report(last) => {
            let desk = Desk::open(at)?;
            let since = desk.now() - days(last.days);
            let report = desk.run(async { sign_ups::report(&mut desk.store.look().await?, since).await })?;
            print(&shown::report(&report))?;
        }
        _ => return deed(typed, at, common),
    }
    Ok(Outcome::Nothing)
}

/// What people do with an order.
fn deed(typed: &KycCommand, at: &arguments::Desk, common: &Common) -> Result<Outcome> {
    let desk = Desk::open(at)?;
    let (policy, _) = rules_at(None, at)?;
    let doing = |id| Doing { person: &desk.person, id, seen: None, now: desk.now() };
    let (store, note) = (&desk.store, |text: &str| text.trim().to_owned());
    let (id, state) = match typed {
        KycCommand::Ask(ask) => {
            let kinds = ask.kinds.iter().map(|word| kind(word)).collect::<Result<Vec<_>>>()?;
            (&ask.id, desk.run(reviewing::ask(store, doing(&ask.id), &kinds))?)
        }
        KycCommand::Check(check) => {
            let outcome = CheckOutcome::from_word(&check.outcome).ok_or_else(|| {
                unknown("outcome", &check.outcome, CheckOutcome::ALL.iter().map(|one| one.word()))
            })?;
            let noted = Noted {
                kind: kind(&check.kind)?,
                source: &check.source,
                outcome,
                proof: check.proof.as_deref(),
                named: None,
            };
            (&check.id, desk.run(reviewing::note_check(store, doing(&check.id), noted, &policy))?)
        }
        KycCommand::Judge(judge) => {
            let list = list_of(&desk, judge)?;
            let reason = ReasonCode::from_word(&judge.reason).ok_or_else(|| {
                unknown("reason", &judge.reason, ReasonCode::ALL.iter().map(|one| one.word()))
            })?;
            let hit = (list.as_str(), judge.entry.as_str());
            (&judge.id, desk.run(reviewing::judge(store, doing(&judge.id), hit, reason, &note(&judge.note)))?)
        }
        KycCommand::Release(one) => {
            (&one.id, desk.run(reviewing::release(store, doing(&one.id), &note(&one.note), &policy))?)
        }
        KycCommand::Refuse(refuse) => {
            let kind = GroundKind::from_word(&refuse.ground).ok_or_else(|| {
                unknown("ground", &refuse.ground, GroundKind::ALL.iter().map(|one| one.word()))
            })?;
            let ground = Ground { kind, text: note(&refuse.words) };
            (&refuse.id, desk.run(reviewing::refuse(store, doing(&refuse.id), ground))?)
        }
        KycCommand::Again(one) => (&one.id, desk.run(reviewing::look_again(store, doing(&one.id), &policy))?),
        KycCommand::Second(one) => (&one.id, desk.run(reviewing::second(store, doing(&one.id)))?),
        KycCommand::Object(one) => {
            (&one.id, desk.run(reviewing::object(store, doing(&one.id), &note(&one.note)))?)
        }
        KycCommand::Ended(one) => {
            desk.run(ending::contract_ended(store, &desk.person, None, &one.id, desk.now()))?;
            (&one.id, found(&desk, &one.id)?.kept.course.state())
        }
        _ => return Ok(Outcome::Nothing),
    };
    common.output.note(format_args!("{id}: {}", state_words(state)));
    Ok(Outcome::Nothing)
}

fn all(list: ListApplications, at: &arguments::Desk, common: &Common) -> Result<Outcome> {
    let desk = Desk::open(at)?;
    let (policy, _) = rules_at(None, at)?;
    let now = desk.now();
    let since = now - SignedDuration::from_hours(24 * ALL_DAYS);
    let all = desk.run(async {
        let mut look = desk.store.look().await?;
        match (list.all, list.due) {
            (true, _) => sign_ups::since(&mut look, since).await,
            (_, true) => sign_ups::due(&mut look, &policy, now + days(DUE_DAYS)).await,
            _ => sign_ups::queue(&mut look).await,
        }
    })?;
    print(&shown::list(&all, now))?;
    common.output.note(format_args!(
        "{} orders, {} of them held",
        all.len(),
        all.iter().filter(|one| one.kept.course.state().is_hold()).count()
    ));
    Ok(Outcome::Nothing)
}

/// Asks registers, and notes what each said.
fn look_up(typed: &LookUp, at: &arguments::Desk, common: &Common) -> Result<()> {
    let home = Places::new(at)?.home;
    let registers = Registers::of_house(&home)?.ok_or_else(|| {
        let what = format!("no register is set up: {} has no facts.toml", home.display());
        Failure::new(what, "`havenmeester kyc example-facts` prints one to begin with")
    })?;
    let desk = Desk::open(at)?;
    let (policy, _) = rules_at(None, at)?;
    let applicant = found(&desk, &typed.id)?.kept.applicant;
    let mut sources = registers.for_applicant(&applicant);
    if let Some(word) = &typed.register {
        let wanted = Source::from_word(word)
            .ok_or_else(|| unknown("register", word, Source::ALL.iter().map(|one| one.word())))?;
        sources.retain(|source| *source == wanted);
    }
    if sources.is_empty() {
        let hint = "`kyc show` says which numbers there are, and facts.toml which registers are asked";
        return Err(Failure::new("there is no number of the applicant to ask a register about", hint).into());
    }
    for source in sources {
        let Some(said) = registers.ask(source, &applicant) else { continue };
        let doing = Doing { person: &desk.person, id: &typed.id, seen: None, now: desk.now() };
        desk.run(reviewing::note_check(&desk.store, doing, Noted::of(source, &said), &policy))?;
        common.output.note(format_args!(
            "{}: {}{}",
            source.name(),
            said.outcome.word().replace('_', " "),
            said.name
                .map_or_else(String::new, |name| format!(", names {}", documents::visible::visible(&name)))
        ));
    }
    Ok(())
}

fn found(desk: &Desk, id: &str) -> Result<Application> {
    Ok(desk.run(async { sign_ups::one(&mut desk.store.look().await?, id).await })?)
}

/// Rules from a file, or those of the house, and where they stand.
pub(super) fn rules_at(file: Option<&std::path::Path>, at: &arguments::Desk) -> Result<(Policy, String)> {
    if let Some(file) = file {
        return Ok((sign_up_policy::read(file)?, file.display().to_string()));
    }
    let home = Places::new(at)?.home;
    let path = sign_up_policy::path(&home);
    let place =
        if path.exists() { path.display().to_string() } else { "what `kyc example` prints".to_owned() };
    Ok((sign_up_policy::of_house(&home)?, place))
}

/// The list of the hit that is meant.
fn list_of(desk: &Desk, judge: &JudgeApplicant) -> Result<String> {
    if let Some(list) = &judge.list {
        return Ok(list.clone());
    }
    let application = found(desk, &judge.id)?;
    let hits = application.kept.course.hits().iter().filter(|hit| hit.found.entry == judge.entry);
    let mut lists: Vec<&str> = hits.map(|hit| hit.found.list.as_str()).collect();
    lists.dedup();
    match lists.as_slice() {
        [one] => Ok((*one).to_owned()),
        [] => Err(Failure::new(
            format!("{} has no hit on `{}`", judge.id, judge.entry),
            format!("`kyc show {}` names them", judge.id),
        )
        .into()),
        several => Err(Failure::new(
            format!("several lists have an entry `{}`", judge.entry),
            format!("name one with --list: {}", several.join(", ")),
        )
        .into()),
    }
}

fn kind(word: &str) -> Result<CheckKind> {
    let known = CheckKind::ALL.iter().map(|kind| kind.word());
    CheckKind::from_word(word).ok_or_else(|| unknown("check", word, known).into())
}

fn unknown(what: &str, word: &str, known: impl Iterator<Item = &'static str>) -> Failure {
    Failure::new(
        format!("there is no {what} `{word}`"),
        format!("choose {}", known.collect::<Vec<_>>().join(", ")),
    )
}

fn state_words(state: State) -> String {
    match state {
        State::Clear { until } => format!("may be provisioned until {until:.0}"),
        State::HoldForData => "held: more data".to_owned(),
        State::HoldForReview => "held: review".to_owned(),
        State::Refused => "refused".to_owned(),
        State::Expired => "expired".to_owned(),
    }
}

pub(super) fn days(days: u16) -> SignedDuration {
    SignedDuration::from_hours(24 * i64::from(days))
}

pub(super) fn print(text: &str) -> Result<()> {
    output::to_standard_output(|out| Ok(out.write_all(text.as_bytes())?))
}
