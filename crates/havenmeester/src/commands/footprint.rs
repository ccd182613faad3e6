//! `footprint`: traces of listed parties in the hoster's own address space that belong to no customer.

use std::io::Write;
use std::path::Path;

use anyhow::Result;
use documents::footprint::{self, Trace};
use intake::registry::{self as reader, Registry};
use matching::features::feature;
use screening::{Customer, Hit, Index, Settings, Worker, check_with};

use super::screen::build_index;
use crate::arguments::{self, CustomerFile, FootprintFormat, RegistryFiles};
use crate::exit::Outcome;
use crate::lists::{self, Lists};
use crate::output;
use crate::problems::Tally;
use crate::settings::Common;
use crate::{customers, registry};

/// Objects that are taken at a time.
const AT_A_TIME: usize = 1_024;

pub(crate) fn run(typed: &arguments::Footprint, desk: &arguments::Desk, common: &Common) -> Result<Outcome> {
    let mut tally = Tally::default();
    let lists = lists::named_or_installed(&typed.lists, typed.reading, desk, &mut tally)?;
    let index = build_index(&lists, &mut tally);
    let registry = registry::open(&typed.registry, &typed.own)?;
    registry::add_problems(&registry, &mut tally);
    let mut found = find(&registry, &index, &Settings::on(common.today));
    if let Some(file) = &typed.customers {
        leave_out_customers(&mut found, file)?;
    }
    let traces: Vec<Trace> = found
        .iter()
        .flat_map(|(at, hits)| hits.iter().flat_map(|hit| traces(at, hit, &lists, common)))
        .collect();
    output::to(typed.out.as_deref(), |out| Ok(write(&traces, typed.format, common, out)?))?;
    tally.print(common.output);
    Ok(if traces.is_empty() { Outcome::Nothing } else { Outcome::Hits })
}

type Found = Vec<(reader::Trace, Vec<Hit>)>;

/// Every object of the hoster's space through the same check as a customer.
fn find(registry: &Registry, index: &Index, settings: &Settings) -> Found {
    let mut worker = Worker::default();
    let mut found = Vec::new();
    for start in (0..registry.traces()).step_by(AT_A_TIME) {
        for trace in registry.footprint(start..registry.traces().min(start + AT_A_TIME)) {
            let hits = check_with(&mut worker, index, &trace.party, settings);
            if !hits.is_empty() {
                found.push((trace, hits));
            }
        }
    }
    found
}

fn leave_out_customers(found: &mut Found, file: &Path) -> Result<()> {
    let typed = CustomerFile {
        file: file.to_owned(),
        column: Vec::new(),
        profile: None,
        registry: RegistryFiles::default(),
        content: None,
    };
    for customer in customers::open(&typed)?.flatten() {
        let customer: Customer = customer;
        found.retain(|(trace, _)| !trace.belongs_to(&customer));
    }
    Ok(())
}

/// One line for each reason that speaks for the pair.
fn traces(at: &reader::Trace, hit: &Hit, lists: &Lists, common: &Common) -> Vec<Trace> {
    let speaking = hit.reasons.iter().filter(|reason| reason.weight > 0.0);
    let words = |name: &'static str| match (feature(name), common.language) {
        (None, _) => name,
        (Some(feature), documents::Language::En) => feature.en,
        (Some(feature), documents::Language::Nl) => feature.nl,
    };
    speaking
        .map(|reason| Trace {
            object: at.object.clone(),
            value: reason.customer.raw.clone(),
            listed: reason.entry.raw.clone(),
            list: lists.stamps.get(hit.list).map(|stamp| stamp.title.clone()).unwrap_or_default(),
            entry_id: hit.entry_id.clone(),
            entry_name: hit.entry_name.clone(),
            class: hit.class.name(),
            score: hit.score,
            reason: words(reason.feature).to_owned(),
        })
        .collect()
}

fn write(
    traces: &[Trace],
    format: FootprintFormat,
    common: &Common,
    out: &mut dyn Write,
) -> std::io::Result<()> {
    match format {
        FootprintFormat::Table => footprint::table(traces, common.language, out),
        FootprintFormat::Json => footprint::json(traces, out),
        FootprintFormat::Jsonl => footprint::jsonl(traces, out),
        FootprintFormat::Csv => footprint::csv(traces, out),
        FootprintFormat::Html => footprint::html(traces, common.language, out),
    }
}
