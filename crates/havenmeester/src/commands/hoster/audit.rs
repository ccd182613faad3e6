//! `audit`: the chain of records is checked or handed out.

use anyhow::{Context, Result};
use store::BothSides;
use store::audit::{Verified, Verifier};

use crate::arguments::{self, AuditCommand};
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
    }
    Ok(Outcome::Nothing)
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
