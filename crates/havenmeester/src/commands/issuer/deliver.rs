//! `edition prepare`, `seal`, `publish`, `refresh`: from a released edition to deliveries.

use std::io;
use std::path::{Path, PathBuf};

use anyhow::Result;
use delivery::ceremony::{Request, SignatureFile};
use delivery::metadata::Roots;
use delivery::publish::{Release, write_folder};
use operations::issuer::deliveries::{self, Approved, Outgoing};

use super::key::read_signatures;
use super::{by, letters, roots};
use crate::arguments::{
    self,
    issuer::{Letters, PrepareEdition, PublishEdition, RefreshEdition, RootsFolder, SealEdition},
};
use crate::desk::{self, Desk, Places};
use crate::exit::Outcome;
use crate::office::{self, Office};
use crate::output;
use crate::settings::Common;

pub(crate) fn prepare(typed: &PrepareEdition, at: &arguments::Desk, common: &Common) -> Result<Outcome> {
    let (request, partners) = prepared(typed.edition, &typed.roots, &typed.letters, at)?;
    write_request(&request, &typed.out, common)?;
    common.output.note(format_args!(
        "{partners} deliveries are prepared; two approvers sign with `key sign`, then `edition seal {}`",
        typed.edition
    ));
    Ok(Outcome::Nothing)
}

/// Words an edition for each partner; gives what approvers sign first, and for how many.
pub(crate) fn prepared(
    edition: u64,
    roots: &RootsFolder,
    letters: &Letters,
    at: &arguments::Desk,
) -> Result<(Request, usize)> {
    let office = Office::read(&Places::new(at)?.home)?;
    let roots = roots::needed(&roots::folder(roots, at)?)?;
    let desk = Desk::open(at)?;
    let (by, now) = (by(&desk)?, desk.now());
    let plan = desk.run(deliveries::plan(&desk.store, &by, &office.list.id, edition, now))?;
    let addressed = letters::addressed(&plan, &office, &roots, letters)?;
    let prepared = deliveries::prepare(&desk.store, &by, &plan, addressed, office.wording(), &roots, now);
    Ok((desk.run(prepared)?, plan.partners.len()))
}

pub(crate) fn seal(typed: &SealEdition, at: &arguments::Desk, common: &Common) -> Result<Outcome> {
    let signatures = read_signatures(&typed.signatures)?;
    let request = sealed(typed.edition, &signatures, &typed.roots, &typed.letters, at)?;
    write_request(&request, &typed.out, common)?;
    common.output.note(format_args!(
        "sealed; two approvers sign again with `key sign`, then `edition publish {}`",
        typed.edition
    ));
    Ok(Outcome::Nothing)
}

/// Encrypts the deliveries after the first signatures; gives what approvers sign next.
pub(crate) fn sealed(
    edition: u64,
    signatures: &[SignatureFile],
    roots: &RootsFolder,
    letters: &Letters,
    at: &arguments::Desk,
) -> Result<Request> {
    let places = Places::new(at)?;
    let office = Office::read(&places.home)?;
    let roots = roots::needed(&roots::folder(roots, at)?)?;
    let desk = Desk::open(at)?;
    let (by, now) = (by(&desk)?, desk.now());
    let plan = desk.run(deliveries::plan(&desk.store, &by, &office.list.id, edition, now))?;
    let addressed = letters::addressed(&plan, &office, &roots, letters)?;
    let file = sealed_file(&places.home, edition);
    desk::make_folder(&places.home.join("outbox"))?;
    let keep = |bytes: &[u8]| {
        output::to_file(&file, |out| Ok(out.write_all(bytes)?))
            .map_err(|error| io::Error::other(format!("{error:#}")))
    };
    let approved = Approved { roots: &roots, signatures };
    let sealed = deliveries::seal(&desk.store, &by, &plan, addressed, approved, keep, now);
    Ok(desk.run(sealed)?)
}

pub(crate) fn publish(typed: &PublishEdition, at: &arguments::Desk, common: &Common) -> Result<Outcome> {
    let signatures = read_signatures(&typed.signatures)?;
    let count = published(typed.edition, &signatures, &typed.ground, &typed.roots, &typed.out, at)?;
    common.output.note(format_args!(
        "{count} deliveries of edition {} are in {}: for each partner a folder for a web server and one file",
        typed.edition,
        typed.out.display()
    ));
    Ok(Outcome::Nothing)
}

/// Writes the deliveries after the second signatures; gives how many.
pub(crate) fn published(
    edition: u64,
    signatures: &[SignatureFile],
    ground: &str,
    roots: &RootsFolder,
    out: &Path,
    at: &arguments::Desk,
) -> Result<usize> {
    let going = Going::of(edition, roots, at)?;
    let (by, now) = (by(&going.desk)?, going.desk.now());
    let written = deliveries::publish(
        &going.desk.store,
        &by,
        going.outgoing(edition),
        signatures,
        ground,
        |release| write(release, out, edition),
        now,
    );
    Ok(going.desk.run(written)?)
}

pub(crate) fn refresh(typed: &RefreshEdition, at: &arguments::Desk, common: &Common) -> Result<Outcome> {
    let count = refreshed(typed.edition, &typed.roots, &typed.out, at)?;
    common.output.note(format_args!("{count} deliveries of edition {} are written again", typed.edition));
    Ok(Outcome::Nothing)
}

/// Writes the deliveries again with new short-lived signatures; gives how many.
pub(crate) fn refreshed(
    edition: u64,
    roots: &RootsFolder,
    out: &Path,
    at: &arguments::Desk,
) -> Result<usize> {
    let going = Going::of(edition, roots, at)?;
    let (by, now) = (by(&going.desk)?, going.desk.now());
    let written = deliveries::refresh(
        &going.desk.store,
        &by,
        going.outgoing(edition),
        |release| write(release, out, edition),
        now,
    );
    Ok(going.desk.run(written)?)
}

/// Sealed deliveries with what they go out by.
struct Going {
    desk: Desk,
    office: Office,
    roots: Roots,
    sealed: Vec<u8>,
}

impl Going {
    fn of(edition: u64, roots: &RootsFolder, at: &arguments::Desk) -> Result<Self> {
        let places = Places::new(at)?;
        Ok(Self {
            office: Office::read(&places.home)?,
            roots: roots::needed(&roots::folder(roots, at)?)?,
            sealed: office::bytes_of(&sealed_file(&places.home, edition))?,
            desk: Desk::open(at)?,
        })
    }

    fn outgoing(&self, number: u64) -> Outgoing<'_> {
        Outgoing {
            list: &self.office.list.id,
            number,
            sealed: &self.sealed,
            roots: &self.roots,
            lifetimes: self.office.lifetimes(),
        }
    }
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
