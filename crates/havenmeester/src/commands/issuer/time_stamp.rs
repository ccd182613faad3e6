//! `evidence stamp`, and what sealing asks for where the office names a time-stamp service (RFC 3161).

use std::io::Read;
use std::path::Path;

use anyhow::{Context, Result};
use curation::evidence::EvidenceId;
use curation::timestamp::{TimeStamp, TimeStampTrust};
use operations::issuer::evidence;
use rand::RngCore;
use rand::rngs::OsRng;

use super::by;
use crate::arguments::issuer::StampEvidence;
use crate::desk::Desk;
use crate::failure::Failure;
use crate::office::{self, Office, TimeStampSettings};
use crate::settings::Common;
use crate::{output, web_client};

/// An answer holds a signature and some certificates; nothing larger is one.
const LARGEST_ANSWER: u64 = 256 * 1024;

pub(crate) fn run(typed: &StampEvidence, desk: &Desk, home: &Path, common: &Common) -> Result<()> {
    let id = EvidenceId(typed.id.clone());
    match (&typed.request, &typed.response) {
        (Some(path), _) => {
            let request = request(desk, &id, typed.file)?;
            output::to_file(path, |out| Ok(out.write_all(&request)?))?;
            common.output.note(format_args!(
                "written: {}; send it to the service as application/timestamp-query",
                path.display()
            ));
        }
        (None, Some(path)) => {
            let roots = typed.trust.iter().map(|file| office::bytes_of(file)).collect::<Result<Vec<_>>>()?;
            let answer = office::bytes_of(path)?;
            told(&take(desk, &id, typed.file, &answer, &trust(&roots)?)?, typed.file, common);
        }
        (None, None) => {
            let service = Service::of_office(home)?.ok_or_else(|| {
                Failure::new(
                    "no time-stamp service is set",
                    "name one under [time_stamps] in office.toml, or give --request FILE to ask by hand and \
                     --response FILE to take the answer",
                )
            })?;
            told(&service.stamp_or_check(desk, &id, typed.file)?, typed.file, common);
        }
    }
    Ok(())
}

/// Asks the service of the office about every captured file of sealed evidence. That it cannot be reached does not
/// unseal anything: it is said, with what to do.
pub(crate) fn after_seal(desk: &Desk, id: &EvidenceId, home: &Path, common: &Common) -> Result<()> {
    // Evidence can be sealed before there are settings of an office.
    if !home.join("office.toml").exists() {
        return Ok(());
    }
    let Some(service) = Service::of_office(home)? else { return Ok(()) };
    let files = desk.run(async { evidence::file_count(&mut desk.store.look().await?, id).await })?;
    for number in 1..=files {
        match service.stamp_or_check(desk, id, number) {
            Ok(stamp) => told(&stamp, number, common),
            Err(error) => common.output.note(format_args!(
                "{id} is sealed, but file {number} has no time-stamp: {error:#}\n\
                 hint: `evidence stamp {id} --file {number}` asks again"
            )),
        }
    }
    Ok(())
}

/// The same for the web desk: what came of each file, in words.
pub(crate) fn of_all_files(desk: &Desk, id: &EvidenceId, home: &Path) -> Result<Vec<String>> {
    let mut told = Vec::new();
    let Some(service) = Service::of_office(home)? else { return Ok(told) };
    let files = desk.run(async { evidence::file_count(&mut desk.store.look().await?, id).await })?;
    for number in 1..=files {
        told.push(match service.stamp_or_check(desk, id, number) {
            Ok(stamp) => format!("file {number} is stamped at {}, serial {}", stamp.at(), stamp.serial()),
            Err(error) => format!("file {number} has no time-stamp: {error:#}"),
        });
    }
    Ok(told)
}

/// The time-stamp service of the office.
struct Service {
    url: String,
    trust: TimeStampTrust,
}

impl Service {
    fn of_office(home: &Path) -> Result<Option<Self>> {
        let Some(TimeStampSettings { url, roots }) = Office::read(home)?.time_stamps else { return Ok(None) };
        let roots =
            roots.iter().map(|file| office::bytes_of(&home.join(file))).collect::<Result<Vec<_>>>()?;
        Ok(Some(Self { url, trust: trust(&roots)? }))
    }

    /// Checks the stamp that is there again, or gets one.
    fn stamp_or_check(&self, desk: &Desk, id: &EvidenceId, number: usize) -> Result<TimeStamp> {
        let kept =
            async { evidence::stamp_check(&mut desk.store.look().await?, id, number, &self.trust).await };
        if let Some(stamp) = desk.run(kept)? {
            return Ok(stamp);
        }
        let request = request(desk, id, number)?;
        let answer = self.ask(&request).with_context(|| format!("the time-stamp service {}", self.url))?;
        take(desk, id, number, &answer, &self.trust)
    }

    fn ask(&self, request: &[u8]) -> Result<Vec<u8>> {
        let asked = web_client::agent()
            .post(&self.url)
            .header("content-type", "application/timestamp-query")
            .header("accept", "application/timestamp-reply")
            .send(request);
        let mut answer = asked.context("could not be reached")?;
        if answer.status().as_u16() != 200 {
            let message = format!("answered with status {}", answer.status().as_u16());
            return Err(Failure::new(message, "look whether the address is that of the service").into());
        }
        let mut bytes = Vec::new();
        answer.body_mut().as_reader().take(LARGEST_ANSWER).read_to_end(&mut bytes).context("broke off")?;
        Ok(bytes)
    }
}

fn request(desk: &Desk, id: &EvidenceId, number: usize) -> Result<Vec<u8>> {
    let random = OsRng.next_u64();
    let by = by(desk)?;
    let asked = evidence::stamp_request(&desk.store, &by, id, number, random, desk.now());
    Ok(desk.run(asked)?)
}

fn take(
    desk: &Desk,
    id: &EvidenceId,
    number: usize,
    answer: &[u8],
    trust: &TimeStampTrust,
) -> Result<TimeStamp> {
    let by = by(desk)?;
    Ok(desk.run(evidence::stamp_take(&desk.store, &by, id, number, answer, trust, desk.now()))?)
}

fn trust(roots: &[Vec<u8>]) -> Result<TimeStampTrust> {
    let trust = TimeStampTrust::from_der(roots.iter().map(Vec::as_slice));
    Ok(trust.map_err(operations::issuer::Error::from)?)
}

fn told(stamp: &TimeStamp, number: usize, common: &Common) {
    common.output.note(format_args!("file {number} is stamped at {}, serial {}", stamp.at(), stamp.serial()));
}
