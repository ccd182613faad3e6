//! `edition prepare`, `seal`, `publish`, `refresh`: from a released edition to deliveries.

use std::io;
use std::path::{Path, PathBuf};

use anyhow::Result;
use delivery::ceremony::Request;
use delivery::publish::{Release, write_folder};
use operations::issuer::deliveries::{self, Approved, Outgoing};

use super::key::read_signatures;
use super::{by, letters, roots};
use crate::arguments::{
    self,
    issuer::{PrepareEdition, PublishEdition, RefreshEdition, SealEdition},
};
use crate::desk::{self, Desk, Places};
use crate::exit::Outcome;
use crate::office::{self, Office};
use crate::output;
use crate::settings::Common;

pub(crate) fn prepare(typed: &PrepareEdition, at: &arguments::Desk, common: &Common) -> Result<Outcome> {
    let office = Office::read(&Places::new(at)?.home)?;
    let roots = roots::needed(&roots::folder(&typed.roots, at)?)?;
    let desk = Desk::open(at)?;
    let (by, now) = (by(&desk)?, desk.now());
    let plan = desk.run(deliveries::plan(&desk.store, &by, &office.list.id, typed.edition, now))?;
    let addressed = letters::addressed(&plan, &office, &roots, &typed.letters)?;
    let prepared = deliveries::prepare(&desk.store, &by, &plan, addressed, office.wording(), &roots, now);
    let request = desk.run(prepared)?;
    write_request(&request, &typed.out, common)?;
    common.output.note(format_args!(
        "{} deliveries are prepared; two approvers sign with `key sign`, then `edition seal {}`",
        plan.partners.len(),
        typed.edition
    ));
    Ok(Outcome::Nothing)
}

pub(crate) fn seal(typed: &SealEdition, at: &arguments::Desk, common: &Common) -> Result<Outcome> {
    let places = Places::new(at)?;
    let office = Office::read(&places.home)?;
    let roots = roots::needed(&roots::folder(&typed.roots, at)?)?;
    let approvals = read_signatures(&typed.signatures)?;
    let desk = Desk::open(at)?;
    let (by, now) = (by(&desk)?, desk.now());
    let plan = desk.run(deliveries::plan(&desk.store, &by, &office.list.id, typed.edition, now))?;
    let addressed = letters::addressed(&plan, &office, &roots, &typed.letters)?;
    let file = sealed_file(&places.home, typed.edition);
    desk::make_folder(&places.home.join("outbox"))?;
    let keep = |bytes: &[u8]| {
        output::to_file(&file, |out| Ok(out.write_all(bytes)?))
            .map_err(|error| io::Error::other(format!("{error:#}")))
    };
    let approved = Approved { roots: &roots, signatures: &approvals };
    let sealed = deliveries::seal(&desk.store, &by, &plan, addressed, approved, keep, now);
    let request = desk.run(sealed)?;
    write_request(&request, &typed.out, common)?;
    common.output.note(format_args!(
        "sealed; two approvers sign again with `key sign`, then `edition publish {}`",
        typed.edition
    ));
    Ok(Outcome::Nothing)
}

pub(crate) fn publish(typed: &PublishEdition, at: &arguments::Desk, common: &Common) -> Result<Outcome> {
    let places = Places::new(at)?;
    let office = Office::read(&places.home)?;
    let roots = roots::needed(&roots::folder(&typed.roots, at)?)?;
    let approvals = read_signatures(&typed.signatures)?;
    let sealed = office::bytes_of(&sealed_file(&places.home, typed.edition))?;
    let desk = Desk::open(at)?;
    let (by, now) = (by(&desk)?, desk.now());
    let list = office.list.id.clone();
    let lifetimes = office.lifetimes();
    let outgoing = Outgoing { list: &list, number: typed.edition, sealed: &sealed, roots: &roots, lifetimes };
    let written = deliveries::publish(
        &desk.store,
        &by,
        outgoing,
        &approvals,
        &typed.ground,
        |release| write(release, &typed.out, typed.edition),
        now,
    );
    let count = desk.run(written)?;
    common.output.note(format_args!(
        "{count} deliveries of edition {} are in {}: for each partner a folder for a web server and one file",
        typed.edition,
        typed.out.display()
    ));
    Ok(Outcome::Nothing)
}

pub(crate) fn refresh(typed: &RefreshEdition, at: &arguments::Desk, common: &Common) -> Result<Outcome> {
    let places = Places::new(at)?;
    let office = Office::read(&places.home)?;
    let roots = roots::needed(&roots::folder(&typed.roots, at)?)?;
    let sealed = office::bytes_of(&sealed_file(&places.home, typed.edition))?;
    let desk = Desk::open(at)?;
    let (by, now) = (by(&desk)?, desk.now());
    let list = office.list.id.clone();
    let lifetimes = office.lifetimes();
    let outgoing = Outgoing { list: &list, number: typed.edition, sealed: &sealed, roots: &roots, lifetimes };
    let written = deliveries::refresh(
        &desk.store,
        &by,
        outgoing,
        |release| write(release, &typed.out, typed.edition),
        now,
    );
    let count = desk.run(written)?;
    common.output.note(format_args!("{count} deliveries of edition {} are written again", typed.edition));
    Ok(Outcome::Nothing)
}

/// Sealed deliveries wait here for the second signatures. The file names all partners and stays in the house.
fn sealed_file(home: &Path, edition: u64) -> PathBuf {
    home.join("outbox").join(format!("{edition}.sealed"))
}

/// A folder that a web server offers as it is, and the same as one file.
fn write(release: &Release, out: &Path, edition: u64) -> io::Result<()> {
    let folder = out.join(release.partner().as_str());
    write_folder(release, &folder).map_err(io::Error::other)?;
    let file = out.join(format!("{}-{edition}.delivery", release.partner()));
    output::to_file(&file, |out| Ok(out.write_all(&release.one_file())?))
        .map_err(|error| io::Error::other(format!("{error:#}")))
}

fn write_request(request: &Request, out: &Path, common: &Common) -> Result<()> {
    output::to_file(out, |file| Ok(file.write_all(&request.to_bytes())?))?;
    common.output.note(format_args!("written: {}", out.display()));
    output::to_standard_output(|out| {
        Ok(writeln!(out, "words of the request: {}", request.fingerprint().words())?)
    })
}
