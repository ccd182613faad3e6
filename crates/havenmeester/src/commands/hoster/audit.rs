//! `audit`: the chain of records is checked or handed out.

use anyhow::{Context, Result};
use operations::records;
use store::BothSides;
use store::audit::{Noted, Verified, Verifier};

use crate::arguments::{self, AuditCommand};
use crate::commands::issuer::table;
use crate::desk::Desk;
use crate::exit::Outcome;
use crate::failure::Failure;
use crate::output;
use crate::settings::Common;

pub(crate) fn run(typed: &AuditCommand, at: &arguments::Desk, common: &Common) -> Result<Outcome> {
    match typed {
        AuditCommand::Verify(verify) => {
            let verified = match &verify.file {
                Some(file) => of_file(file)?,
                None => {
                    let desk = Desk::open(at)?;
                    desk.run(async { desk.store.look().await?.audit().verify(|_| true).await })?
                }
            };
            print(&verified)?;
        }
        AuditCommand::Export(export) => {
            let desk = Desk::open(at)?;
            let mut lines = Vec::new();
            desk.run(async { desk.store.look().await?.audit().export(&mut lines).await })?;
            output::to_file(&export.out, |out| Ok(out.write_all(&lines)?))?;
            common.output.note(format_args!("written: {}", export.out.display()));
        }
        AuditCommand::List(list) => {
            let desk = Desk::open(at)?;
            let acts = desk.run(async { records::last(&mut desk.store.look().await?, list.last).await })?;
            let text = shown(&acts, list.details);
            output::to_standard_output(|out| Ok(out.write_all(text.as_bytes())?))?;
        }
        AuditCommand::Erase(erase) => {
            let desk = Desk::open(at)?;
            let now = desk.now();
            let done =
                desk.run(records::erase(&desk.store, &desk.person, &erase.records, &erase.ground, now))?;
            common.output.note(format_args!(
                "erased; act {} says so. Notes and texts that they were copied from are still where they were written",
                done.seq
            ));
        }
    }
    Ok(Outcome::Nothing)
}

fn shown(acts: &[Noted], with_details: bool) -> String {
    let mut rows = Vec::new();
    for act in acts {
        let details = match &act.details {
            Some(_) => "details",
            None if act.is_erased => "details erased",
            None => "",
        };
        rows.push(vec![
            act.seq.to_string(),
            act.at.clone(),
            format!("{} as {}", act.actor, act.role),
            format!("{} {} {}", act.action, act.object_kind, act.object_id),
            act.ground.clone(),
            details.to_owned(),
        ]);
        for (name, text) in act.details.iter().flatten().filter(|_| with_details) {
            rows.push(vec![String::new(), String::new(), String::new(), format!("{name}: {text}")]);
        }
    }
    table(&rows)
}

fn of_file(file: &std::path::Path) -> Result<Verified> {
    let bytes = std::fs::read(file).with_context(|| format!("could not read {}", file.display()))?;
    let mut verifier = Verifier::new(|_: &store::audit::Checkpoint| true);
    let told = |error: store::audit::Break| {
        Failure::new(
            format!("line {} of {}: {}", error.line, file.display(), error.fault),
            "keep the file; export again from the database and compare, and tell whoever answers for it",
        )
    };
    for line in bytes.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
        verifier.line(line).map_err(told)?;
    }
    Ok(verifier.finish().map_err(told)?)
}

fn print(verified: &Verified) -> Result<()> {
    output::to_standard_output(|out| {
        writeln!(out, "{} records, each follows from the one before", verified.records)?;
        writeln!(out, "head {}", verified.head)?;
        if verified.erased > 0 {
            writeln!(
                out,
                "personal details erased from {} records, as the chain itself says",
                verified.erased
            )?;
        }
        if verified.checkpoints > 0 {
            writeln!(out, "{} checkpoints; their signatures were not checked", verified.checkpoints)?;
        }
        Ok(())
    })
}
