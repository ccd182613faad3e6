//! `kyc dry-run`: what rules would have held, before they count.

use std::fmt::Write;

use anyhow::Result;
use documents::visible::visible;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use kyc::dry_run::{DryRun, Line, Past};
use kyc::{Applicant, Failure as NotScreened, Screened};
use operations::hoster::sign_ups;

use super::{days, print, rules_at, shown};
use crate::arguments::kyc::DryRun as Typed;
use crate::arguments::{self, CustomerFile, ListReading};
use crate::desk::Desk;
use crate::exit::Outcome;
use crate::failure::Failure;
use crate::gate::Gate;
use crate::problems::Tally;
use crate::settings::Common;
use crate::{customers, lists};

pub(super) fn run(typed: &Typed, at: &arguments::Desk, common: &Common) -> Result<Outcome> {
    let (policy, place) = rules_at(typed.policy.as_deref(), at)?;
    let mut tally = Tally::default();
    let past = match &typed.customers {
        Some(file) => of_file(typed, file.clone(), at, common, &mut tally)?,
        None => of_store(typed.days, at)?,
    };
    let run = DryRun::of(past, &policy);
    print(&told(&run, typed.each))?;
    common.output.note(format_args!("by {place}; nothing was changed"));
    if typed.customers.is_some() {
        common
            .output
            .note("no check was made of these customers, so what their level asks for counts as asked");
    }
    tally.print(common.output);
    Ok(if tally.total() == 0 { Outcome::Nothing } else { Outcome::Problems })
}

fn told(run: &DryRun, each: bool) -> String {
    let mut text = shown::report(&run.report);
    let held = run.lines.iter().filter(|line| each && line.state.is_hold());
    for line in held {
        let _ = writeln!(text, "{}", line_words(line));
    }
    text
}

fn line_words(line: &Line) -> String {
    let causes: Vec<String> = line.causes.iter().map(|cause| shown::cause_words(*cause)).collect();
    format!(
        "{}: {}, {}: {}",
        visible(&line.order),
        super::state_words(line.state),
        line.assessment.level.word(),
        causes.join("; ")
    )
}

/// The orders that the shop told of, with what the lists said of them then.
fn of_store(last: u16, at: &arguments::Desk) -> Result<Vec<Past>> {
    let desk = Desk::open(at)?;
    let since = desk.now() - days(last);
    let all = desk.run(async { sign_ups::since(&mut desk.store.look().await?, since).await })?;
    if all.is_empty() {
        return Err(Failure::new(
            format!("no shop told of an order in the last {last} days"),
            "look further back with --days, or try the rules on a customer file with --customers FILE",
        )
        .into());
    }
    let past = all.into_iter().map(|one| Past {
        at: one.kept.course.received_at(),
        screened: one.kept.course.screened().cloned().unwrap_or(Screened::Failed(NotScreened::NoEdition)),
        order: one.kept.order,
        applicant: one.kept.applicant,
    });
    Ok(past.collect())
}

/// Customers as if they ordered on the day since when they are one.
fn of_file(
    typed: &Typed,
    file: std::path::PathBuf,
    at: &arguments::Desk,
    common: &Common,
    tally: &mut Tally,
) -> Result<Vec<Past>> {
    let lists = lists::named_or_installed(&typed.lists, ListReading::default(), at, tally)?;
    let gate = Gate::of(lists, common.today)
        .ok_or_else(|| Failure::new("the lists hold nothing", "name a list with --list FILE"))?;
    let customers = CustomerFile {
        file,
        content: None,
        column: typed.column.clone(),
        profile: None,
        registry: arguments::RegistryFiles::default(),
    };
    let mut past = Vec::new();
    let mut problems = intake::Problems::default();
    for row in customers::open(&customers)? {
        match row {
            Ok(customer) => {
                let day = customer.since.unwrap_or(common.today);
                let applicant = Applicant::of_customer(&customer);
                let (screened, _) = gate.ask(&applicant, &customer.id);
                past.push(Past { order: customer.id, at: noon(day)?, applicant, screened });
            }
            Err(problem) => problems.add(&problem),
        }
    }
    tally.add_file(&customers.file, &problems);
    Ok(past)
}

fn noon(day: jiff::civil::Date) -> Result<Timestamp> {
    Ok(day.at(12, 0, 0, 0).to_zoned(TimeZone::UTC)?.timestamp())
}
