//! What the issuer's pages ask of the program: the same steps as its commands, with the files in the home folder.

use std::path::PathBuf;

use anyhow::{Context, Result};
use curation::evidence::EvidenceId;
use delivery::Fingerprint;
use delivery::ceremony::{Request, SignatureFile};
use operations::issuer::deliveries;
use store::PersonId;
use web::{OfficeSettings, Published, SigningStep, ToSign, Told};

use crate::arguments;
use crate::arguments::issuer::{Letters, RootsFolder};
use crate::commands::issuer::{by, deliver, letters, roots, time_stamp};
use crate::desk::{self, Desk, Places};
use crate::failure::Failure;
use crate::house::told;
use crate::office::{self, Office};
use crate::output;

/// The office around the issuer's pages.
pub(crate) struct OfficeDesk {
    /// Which database.
    pub(crate) at: arguments::Desk,
}

/// Roots and letters as they are where nobody says otherwise.
const ROOTS: RootsFolder = RootsFolder { roots: None };
const LETTERS: Letters = Letters { without_letters: false, templates: None };

impl web::Office for OfficeDesk {
    fn settings(&self) -> Result<OfficeSettings, Told> {
        let office = Places::new(&self.at).and_then(|places| Office::read(&places.home));
        let settings = |office: Office| OfficeSettings { list: office.list_info(), rules: office.rules() };
        office.map(settings).map_err(|error| told(&error))
    }

    fn time_stamps(&self, person: &PersonId, evidence: &str) -> Result<Vec<String>, Told> {
        let stamped = || {
            let at = self.of(person);
            let home = Places::new(&at)?.home;
            time_stamp::of_all_files(&Desk::open(&at)?, &EvidenceId(evidence.to_owned()), &home)
        };
        stamped().map_err(|error| told(&error))
    }

    fn letter(&self, person: &PersonId, edition: u64, partner: &str) -> Result<Vec<u8>, Told> {
        self.try_letter(person, edition, partner).map_err(|error| told(&error))
    }

    fn prepare(&self, person: &PersonId, edition: u64) -> Result<(), Told> {
        let prepared = deliver::prepared(edition, &ROOTS, &LETTERS, &self.of(person));
        prepared
            .and_then(|(request, _)| self.keep(edition, SigningStep::Statements, &request))
            .map_err(|error| told(&error))
    }

    fn request(&self, edition: u64, step: SigningStep) -> Result<Option<ToSign>, Told> {
        let read = || {
            let file = self.request_file(edition, step)?;
            if !file.exists() {
                return Ok(None);
            }
            let file = office::bytes_of(&file)?;
            let words = Fingerprint::of_request(&file).words();
            Ok(Some(ToSign { file, words }))
        };
        read().map_err(|error: anyhow::Error| told(&error))
    }

    fn seal(&self, person: &PersonId, edition: u64, signatures: &[Vec<u8>]) -> Result<(), Told> {
        let seal = || {
            let signatures = read_signatures(signatures)?;
            let request = deliver::sealed(edition, &signatures, &ROOTS, &LETTERS, &self.of(person))?;
            self.keep(edition, SigningStep::Parts, &request)
        };
        seal().map_err(|error| told(&error))
    }

    fn publish(
        &self,
        person: &PersonId,
        edition: u64,
        signatures: &[Vec<u8>],
        ground: &str,
    ) -> Result<Published, Told> {
        let publish = || {
            let (signatures, out) = (read_signatures(signatures)?, self.deliveries()?);
            let count = deliver::published(edition, &signatures, ground, &ROOTS, &out, &self.of(person))?;
            Ok(Published { count, folder: out.display().to_string() })
        };
        publish().map_err(|error: anyhow::Error| told(&error))
    }

    fn refresh(&self, person: &PersonId, edition: u64) -> Result<Published, Told> {
        let refresh = || {
            let out = self.deliveries()?;
            let count = deliver::refreshed(edition, &ROOTS, &out, &self.of(person))?;
            Ok(Published { count, folder: out.display().to_string() })
        };
        refresh().map_err(|error: anyhow::Error| told(&error))
    }
}

impl OfficeDesk {
    fn of(&self, person: &PersonId) -> arguments::Desk {
        arguments::Desk { person: Some(person.0.clone()), ..self.at.clone() }
    }

    /// Where deliveries are written, for a web server or the mail.
    fn deliveries(&self) -> Result<PathBuf> {
        let folder = Places::new(&self.at)?.home.join("deliveries");
        desk::make_folder(&folder)?;
        Ok(folder)
    }

    fn request_file(&self, edition: u64, step: SigningStep) -> Result<PathBuf> {
        let outbox = Places::new(&self.at)?.home.join("outbox");
        Ok(outbox.join(format!("{edition}.{}.request", step.word())))
    }

    fn keep(&self, edition: u64, step: SigningStep, request: &Request) -> Result<()> {
        let file = self.request_file(edition, step)?;
        desk::make_folder(file.parent().context("a file in the outbox")?)?;
        output::to_file(&file, |out| Ok(out.write_all(&request.to_bytes())?))
    }

    fn try_letter(&self, person: &PersonId, edition: u64, partner: &str) -> Result<Vec<u8>> {
        let at = self.of(person);
        let office = Office::read(&Places::new(&at)?.home)?;
        let roots = roots::needed(&roots::folder(&ROOTS, &at)?)?;
        let desk = Desk::open(&at)?;
        let (by, now) = (by(&desk)?, desk.now());
        let mut plan = desk.run(deliveries::plan(&desk.store, &by, &office.list.id, edition, now))?;
        plan.partners.retain(|one| one.id.as_str() == partner);
        let mut addressed = letters::addressed(&plan, &office, &roots, &LETTERS)?;
        let enclosures = addressed.pop().map(|one| one.enclosures).unwrap_or_default();
        let letter = enclosures.into_iter().find(|one| one.name.as_str() == "letter.pdf");
        letter.map(|one| one.bytes.to_vec()).ok_or_else(|| {
            Failure::new(
                format!("the edition does not go to a partner {partner}"),
                "look at the partners: who is enrolled and may get the list",
            )
            .into()
        })
    }
}

fn read_signatures(files: &[Vec<u8>]) -> Result<Vec<SignatureFile>> {
    let read = |file: &Vec<u8>| {
        SignatureFile::from_bytes(file)
            .map_err(|error| Failure::new(format!("a signature file: {error}"), error.hint()).into())
    };
    files.iter().map(read).collect()
}
