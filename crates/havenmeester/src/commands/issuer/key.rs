//! `key`: keys of people and of the publishing machine, requests to sign, and the root.

use std::path::{Path, PathBuf};

use anyhow::Result;
use delivery::ceremony::{CeremonyError, Payload, Request, RootPlan, SignatureFile, finish_root, sign};
use delivery::keys::{PublicHalf, SecretKey, SigningKey, WorkFactor};
use delivery::{Fingerprint, PublicKey, Role};
use jiff::{SignedDuration, Timestamp};
use operations::issuer::machine;
use rand::rngs::OsRng;

use super::person::public_half;
use super::{by, roots};
use crate::arguments::{
    self,
    issuer::{CeremonyCommand, DraftRoot, FinishRoot, KeyCommand, MachineCommand, NewKey, SignRequest},
};
use crate::clock;
use crate::desk::{self, Desk};
use crate::exit::Outcome;
use crate::failure::Failure;
use crate::settings::Common;
use crate::{office, output, passphrase};

pub(crate) fn run(typed: &KeyCommand, at: &arguments::Desk, common: &Common) -> Result<Outcome> {
    match typed {
        KeyCommand::New(new) => make(new, common)?,
        KeyCommand::Show(show) => {
            for file in &show.files {
                show_half(&public_half(file)?)?;
            }
        }
        KeyCommand::Sign(typed) => sign_request(typed, common)?,
        KeyCommand::Machine(typed) => run_machine(typed, at, common)?,
        KeyCommand::Ceremony(CeremonyCommand::Draft(draft)) => draft_root(draft, at, common)?,
        KeyCommand::Ceremony(CeremonyCommand::Finish(finish)) => finish_ceremony(finish, at, common)?,
        KeyCommand::Ceremony(CeremonyCommand::Show(folder)) => {
            show_root(&roots::needed(&roots::folder(folder, at)?)?)?;
        }
    }
    Ok(Outcome::Nothing)
}

fn make(new: &NewKey, common: &Common) -> Result<()> {
    let by_hand = [Role::Root, Role::Approver, Role::EntryApproval];
    let role = Role::from_word(&new.role).filter(|role| by_hand.contains(role)).ok_or_else(|| {
        Failure::new(
            format!("no person holds a key for `{}`", new.role),
            "make one for root, approver or entry-approval; `key machine new` makes those of the publishing machine",
        )
    })?;
    if new.out.exists() {
        let there = format!("there is a key already: {}", new.out.display());
        return Err(Failure::new(there, "name another file; a key is never written over").into());
    }
    let passphrase = passphrase::ask(&new.passphrase, true)?;
    let secret = SecretKey::Signing(SigningKey::generate(role, &mut OsRng));
    let work = WorkFactor::of(new.work).unwrap_or(WorkFactor::USUAL);
    let locked =
        secret.lock(&passphrase, work).map_err(|error| Failure::new(error.to_string(), error.hint()))?;
    output::to_file(&new.out, |out| Ok(out.write_all(locked.as_bytes())?))?;
    let public = public_path(&new.out);
    output::to_file(&public, |out| Ok(out.write_all(secret.public().write().as_bytes())?))?;
    common.output.note(format_args!(
        "written: {} (keep it) and {} (hand it out)",
        new.out.display(),
        public.display()
    ));
    show_half(&secret.public())
}

fn public_path(secret: &Path) -> PathBuf {
    let mut name = secret.file_name().unwrap_or_default().to_os_string();
    name.push(".public");
    secret.with_file_name(name)
}

fn show_half(half: &PublicHalf) -> Result<()> {
    let role = match half {
        PublicHalf::Signing(key) => key.role().word(),
        PublicHalf::Recipient(_) => "deliveries",
    };
    let fingerprint = half.fingerprint();
    output::to_standard_output(|out| {
        writeln!(out, "key for {role}")?;
        writeln!(out, "  words   {}", fingerprint.words())?;
        Ok(writeln!(out, "  digits  {}", fingerprint.hex())?)
    })
}

fn sign_request(typed: &SignRequest, common: &Common) -> Result<()> {
    let request = read_request(&typed.request)?;
    let found = request.fingerprint();
    output::to_standard_output(|out| {
        for one in request.summary() {
            writeln!(out, "{one}")?;
        }
        Ok(writeln!(out, "words of the request: {}", found.words())?)
    })?;
    if let Some(words) = &typed.fingerprint {
        let compared = Fingerprint::parse(words).map_err(|error| {
            Failure::new(format!("the words cannot be read: {error}"), "give all twelve words in quotes")
        })?;
        if compared != found {
            return Err(Failure::new(
                "this is not the request with these words; nothing was signed",
                "ask who wrote the request for the right file",
            )
            .into());
        }
    }
    let key = passphrase::signing_key(&typed.key)?;
    let signatures = sign(&request, &key).map_err(told)?;
    output::to_file(&typed.out, |out| Ok(out.write_all(&signatures.to_bytes())?))?;
    common.output.note(format_args!("signed; give {} back to who asked", typed.out.display()));
    Ok(())
}

fn run_machine(typed: &MachineCommand, at: &arguments::Desk, common: &Common) -> Result<()> {
    let desk = Desk::open(at)?;
    let by = by(&desk)?;
    let (halves, out) = match typed {
        MachineCommand::New(new) => {
            let mut random = OsRng;
            let made = machine::make(&desk.store, &by, new.replace, desk.now(), &mut random);
            (desk.run(made)?, &new.out.out)
        }
        MachineCommand::Show(show) => {
            (desk.run(async { machine::show(&mut desk.store.look().await?).await })?, &show.out)
        }
    };
    desk::make_folder(out)?;
    for half in &halves {
        let PublicHalf::Signing(key) = half else { continue };
        let path = out.join(format!("{}.public", key.role()));
        output::to_file(&path, |file| Ok(file.write_all(half.write().as_bytes())?))?;
        common.output.note(format_args!("written: {}", path.display()));
    }
    Ok(())
}

fn draft_root(typed: &DraftRoot, at: &arguments::Desk, common: &Common) -> Result<()> {
    let before = roots::read(&roots::folder(&typed.roots, at)?)?;
    let expires = in_days(clock::now(), typed.valid_days)?;
    let added = typed.add.iter().map(|file| signing_half(file)).collect::<Result<Vec<_>>>()?;
    let mut plan = match &before {
        None => RootPlan::first(&added, expires).map_err(told)?,
        Some(roots) => RootPlan::after(roots.current(), expires).map_err(told)?,
    };
    for file in &typed.revoke {
        plan.revoke(signing_half(file)?.id()).map_err(told)?;
    }
    if before.is_some() {
        for key in added {
            plan.add(key).map_err(told)?;
        }
    }
    let request = plan.request().map_err(told)?;
    output::to_file(&typed.out, |out| Ok(out.write_all(&request.to_bytes())?))?;
    output::to_standard_output(|out| {
        for one in request.summary() {
            writeln!(out, "{one}")?;
        }
        Ok(writeln!(out, "words of the request: {}", request.fingerprint().words())?)
    })?;
    let who = if before.is_some() {
        "two holders of root keys, by the old root and the new one,"
    } else {
        "two holders of root keys"
    };
    common.output.note(format_args!("written: {}; {who} sign it with `key sign`", typed.out.display()));
    Ok(())
}

fn finish_ceremony(typed: &FinishRoot, at: &arguments::Desk, common: &Common) -> Result<()> {
    let folder = roots::folder(&typed.roots, at)?;
    let request = read_request(&typed.request)?;
    let [Payload::Root(draft)] = request.payloads() else {
        return Err(Failure::new(
            "this request is not about a root",
            "give the file that `key ceremony draft` wrote",
        )
        .into());
    };
    let files = read_signatures(&typed.signatures)?;
    let roots = finish_root(draft, &files, roots::read(&folder)?).map_err(told)?;
    let path = roots::add(&folder, &roots)?;
    common.output.note(format_args!("written: {}", path.display()));
    show_root(&roots)
}

fn show_root(roots: &delivery::metadata::Roots) -> Result<()> {
    let request = Request::new(vec![Payload::Root(roots.current().clone())]);
    let fingerprint = Fingerprint::of_root(roots.current_file());
    output::to_standard_output(|out| {
        for one in request.summary() {
            writeln!(out, "{one}")?;
        }
        writeln!(out, "words   {}", fingerprint.words())?;
        Ok(writeln!(out, "digits  {}", fingerprint.hex())?)
    })
}

pub(crate) fn read_request(file: &Path) -> Result<Request> {
    Request::from_bytes(&office::bytes_of(file)?)
        .map_err(|error| Failure::new(format!("{}: {error}", file.display()), error.hint()).into())
}

pub(crate) fn read_signatures(files: &[PathBuf]) -> Result<Vec<SignatureFile>> {
    let read = |file: &PathBuf| {
        SignatureFile::from_bytes(&office::bytes_of(file)?)
            .map_err(|error| Failure::new(format!("{}: {error}", file.display()), error.hint()).into())
    };
    files.iter().map(read).collect()
}

/// A moment some days from now.
pub(crate) fn in_days(now: Timestamp, days: i64) -> Result<Timestamp> {
    now.checked_add(SignedDuration::from_hours(days.saturating_mul(24)))
        .map_err(|_| Failure::new(format!("{days} days are too many"), "give a smaller number").into())
}

fn signing_half(file: &Path) -> Result<PublicKey> {
    match public_half(file)? {
        PublicHalf::Signing(key) => Ok(key),
        PublicHalf::Recipient(_) => Err(Failure::new(
            format!("{} is a key for deliveries and belongs to no root", file.display()),
            "give public keys for root, approver, snapshot and timestamp",
        )
        .into()),
    }
}

fn told(error: CeremonyError) -> Failure {
    Failure::new(error.to_string(), error.hint())
}
