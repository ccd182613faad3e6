//! `deconflict`: whom to call before touching a lead.

use anyhow::Result;
use curation::deconfliction::{Interest, Subject};
use operations::issuer::deconfliction;
use rand::rngs::OsRng;

use super::by;
use crate::arguments::{
    self,
    issuer::{DeconflictCommand, DeconflictKey, DeconflictSubject, SubjectKind},
};
use crate::desk::Desk;
use crate::exit::Outcome;
use crate::failure::Failure;
use crate::settings::Common;
use crate::{office, output};

pub(crate) fn run(typed: &DeconflictCommand, at: &arguments::Desk, common: &Common) -> Result<Outcome> {
    let desk = Desk::open(at)?;
    let (by, now) = (by(&desk)?, desk.now());
    match typed {
        DeconflictCommand::Ask(asked) => {
            let teams = desk.run(deconfliction::ask(&desk.store, &by, &subject(asked)?, now))?;
            output::to_standard_output(|out| {
                if teams.is_empty() {
                    writeln!(out, "no other team works on this")?;
                }
                for team in &teams {
                    writeln!(out, "{team}")?;
                }
                Ok(())
            })?;
        }
        DeconflictCommand::Claim(claim) => {
            let interest = match (claim.shared, claim.hold) {
                (_, Some(until)) => Interest::Hold { until },
                (true, None) => Interest::Shared,
                (false, None) => Interest::Ours,
            };
            desk.run(deconfliction::claim(&desk.store, &by, &subject(&claim.subject)?, interest, now))?;
            common.output.note("noted: other teams that ask are told to contact yours");
        }
        DeconflictCommand::Release(asked) => {
            desk.run(deconfliction::release(&desk.store, &by, &subject(asked)?, now))?;
            common.output.note("your team is no longer named for this");
        }
        DeconflictCommand::Key(typed) => {
            let year = typed.year.unwrap_or_else(|| now.to_zoned(jiff::tz::TimeZone::UTC).year());
            let mut random = OsRng;
            let given = given(typed)?;
            desk.run(deconfliction::make_key(&desk.store, &by, year, given, now, &mut random))?;
            common.output.note(format_args!("the deconfliction key of {year} is in the database"));
        }
    }
    Ok(Outcome::Nothing)
}

fn subject(typed: &DeconflictSubject) -> Result<Subject> {
    let read = match typed.kind {
        SubjectKind::Brand => Subject::brand(&typed.value),
        SubjectKind::Domain => Subject::domain(&typed.value),
        SubjectKind::Handle => Subject::handle(&typed.value),
    };
    Ok(read.map_err(operations::issuer::Error::from)?)
}

fn given(typed: &DeconflictKey) -> Result<Option<[u8; 32]>> {
    let Some(file) = &typed.import else { return Ok(None) };
    let text = office::text_of(file)?;
    let read = curation::Sha256Hash::from_hex(text.trim()).ok_or_else(|| {
        Failure::new(
            format!("{} does not hold a key of 64 hexadecimal digits", file.display()),
            "ask the other units for the file again",
        )
    })?;
    Ok(Some(read.0))
}
