//! Reads a source and its address plans, and joins them. All of it or nothing: what is missing is told.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Result;
use intake::connectors::{Fault, Joined, Kind, Patience, Place, Read, Record, SoFar, gathered, join};
use intake::customers::Profile;
use jiff::Timestamp;
use store::MasterKey;
use watchlist::phrase;

use super::kept_pages::KeptPages;
use super::{Source, WebAsk};
use crate::arguments::{Content, CustomerFile, RegistryFiles};
use crate::clock;
use crate::failure::Failure;
use crate::output::Output;

/// The customers of a source, whole, with what the manifest says of them.
pub(crate) struct Fetched {
    pub(crate) source: String,
    pub(crate) kind: Kind,
    /// When the oldest of them was read.
    pub(crate) begun_at: Timestamp,
    pub(crate) read_at: Timestamp,
    pub(crate) customers: u64,
    /// One line of JSON for each customer.
    pub(crate) lines: Arc<Vec<u8>>,
    kept: Vec<KeptPages>,
}

impl Fetched {
    /// As it stands in manifests: where the customers come from, and how old they are.
    pub(crate) fn title(&self) -> String {
        let minute = |time: Timestamp| time.strftime("%Y-%m-%d %H:%M").to_string();
        let (source, kind) = (&self.source, self.kind.name());
        format!("{source} ({kind}, read {} to {} UTC)", minute(self.begun_at), minute(self.read_at))
    }

    /// As a customer file that is in memory only.
    pub(crate) fn as_file(&self) -> CustomerFile {
        CustomerFile {
            file: PathBuf::from(self.title()),
            content: Some(Content(Arc::clone(&self.lines))),
            column: Vec::new(),
            profile: Some(Profile::Connector.name().to_owned()),
            registry: RegistryFiles::default(),
        }
    }

    /// The customers are where they belong; what was kept on the way to it goes.
    pub(crate) fn done(self) -> Result<()> {
        self.kept.into_iter().try_for_each(KeptPages::remove)
    }
}

/// Reads a source to its end, on from where an earlier run was interrupted.
///
/// `key` seals what is kept meanwhile; without one nothing is kept, and an interrupted run begins anew.
pub(crate) fn fetch(
    source: &Source,
    home: &Path,
    key: Option<&MasterKey>,
    output: Output,
) -> Result<Fetched> {
    let begun_at = clock::now();
    if key.is_none() {
        output
            .note("note: there is no key (`havenmeester init` makes one), so an interrupted run begins anew");
    }
    let mut one = One { home, key, output, kept: Vec::new(), begun_at };
    let billing = one.read(source)?;
    let mut plans = Vec::new();
    for plan in &source.plans {
        plans.push((plan.name.clone(), plan.link, one.read(plan)?));
    }
    let joined = join(billing, plans, source.precedence, &source.hosters_own, source.shared_from);
    tell(&joined, source, output);
    let mut lines = Vec::new();
    for record in &joined.customers {
        lines.extend_from_slice(record.to_line().as_bytes());
        lines.push(b'\n');
    }
    if joined.customers.is_empty() {
        return Err(Failure::Worded {
            what: phrase!("`{}` has no customers", "`{}` heeft geen klanten", named(source)),
            hint: watchlist::Phrase::new(
                "check that the key may read customers: no customers are never taken for no hits",
                "controleer of de sleutel klanten mag lezen: geen klanten geldt nooit als geen treffers",
            ),
        }
        .into());
    }
    Ok(Fetched {
        source: source.name.clone(),
        kind: source.connector.kind(),
        begun_at: one.begun_at,
        read_at: clock::now(),
        customers: joined.customers.len() as u64,
        lines: Arc::new(lines),
        kept: one.kept,
    })
}

struct One<'a> {
    home: &'a Path,
    key: Option<&'a MasterKey>,
    output: Output,
    kept: Vec<KeptPages>,
    begun_at: Timestamp,
}

impl One<'_> {
    fn read(&mut self, source: &Source) -> Result<Vec<Record>> {
        let opened = self
            .key
            .map(|key| KeptPages::open(self.home, &source.name, &source.connector, key, clock::now()));
        let (mut kept, mut pages) = match opened.transpose()? {
            Some((kept, pages)) => (Some(kept), pages),
            None => (None, Vec::new()),
        };
        let mut so_far = SoFar::default();
        pages.iter().for_each(|page| so_far.add(page));
        if so_far.rows() > 0 {
            self.output.note(format_args!("{}: going on after {} rows", source.name, so_far.rows()));
        }
        let ask = WebAsk::new(source.calls_a_second);
        let (mut rows, output, name) = (so_far.rows(), self.output, &source.name);
        let mut told = rows / TOLD_EVERY;
        let read = source.connector.read(&ask, Patience::default(), so_far, &mut |page| {
            rows += page.rows.len() as u64;
            if rows / TOLD_EVERY > told && page.next != Place::End {
                told = rows / TOLD_EVERY;
                let total = page.total.map_or_else(String::new, |total| format!(" of {total}"));
                output.note(format_args!("{name}: {rows}{total} rows"));
            }
            let is_kept = kept.as_mut().is_none_or(|kept| kept.add(page));
            pages.push(page.clone());
            is_kept
        });
        match read {
            Ok(read) => self.tell_read(source, read),
            Err(fault) => return Err(failed(source, &fault)),
        }
        if let Some(kept) = kept {
            self.begun_at = self.begun_at.min(kept.begun_at);
            self.kept.push(kept);
        }
        Ok(gathered(pages))
    }

    fn tell_read(&self, source: &Source, read: Read) {
        let Read { rows, vanished, .. } = read;
        self.output.note(format_args!("{}: {rows} rows, all of them", source.name));
        if vanished > 0 {
            self.output.note(format_args!("{}: {vanished} were deleted while they were read", source.name));
        }
    }
}

/// Rows between two words on how far a source was read.
const TOLD_EVERY: u64 = 5_000;

fn tell(joined: &Joined, source: &Source, output: Output) {
    if !source.plans.is_empty() {
        let Joined { linked, unlinked, disputed, .. } = joined;
        output.note(format_args!(
            "{linked} assignments found their customer, {unlinked} did not and are customers of their own; \
             {disputed} addresses are disputed"
        ));
    }
    if joined.shared > 0 {
        output.note(format_args!("{} addresses of shared machines are left out", joined.shared));
    }
}

fn named(source: &Source) -> watchlist::Phrase {
    watchlist::Phrase::same(source.name.clone())
}

/// Why there are no customers. Nothing was screened, and nothing was written.
pub(crate) fn failed(source: &Source, fault: &Fault) -> anyhow::Error {
    let (name, what) = (named(source), fault.phrase());
    Failure::Worded {
        what: phrase!(
            "`{}` was not read whole, so nothing is screened: {}",
            "`{}` is niet in zijn geheel gelezen, dus er is niets gescreend: {}",
            name,
            what
        ),
        hint: fault.hint(),
    }
    .into()
}
