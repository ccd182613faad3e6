//! `schedule`: what is screened by itself, and how it went.

use anyhow::Result;
use documents::visible::visible;
use operations::hoster::schedules::runs::{self, Ended, Run, RunState};
use operations::hoster::schedules::{Step, next_step};

use crate::arguments::{self, RunSchedule, ScheduleCommand};
use crate::connectors;
use crate::desk::{Desk, Places};
use crate::exit::Outcome;
use crate::failure::Failure;
use crate::output;
use crate::schedules::{EXAMPLE, Fewer, From, Schedule, of_house, run_and_keep};
use crate::settings::Common;

pub(crate) fn run(typed: &ScheduleCommand, at: &arguments::Desk, common: &Common) -> Result<Outcome> {
    match typed {
        ScheduleCommand::Example => {
            output::to_standard_output(|out| Ok(out.write_all(EXAMPLE.as_bytes())?))?;
            Ok(Outcome::Nothing)
        }
        ScheduleCommand::Check => check(at),
        ScheduleCommand::List => list(at),
        ScheduleCommand::Run(typed) => run_now(typed, at, common),
    }
}

fn there(at: &arguments::Desk) -> Result<Vec<Schedule>> {
    let schedules = of_house(&Places::new(at)?.home)?;
    if schedules.is_empty() {
        return Err(Failure::new(
            "nothing is screened by itself: there is no schedules.toml in the home folder, or nothing in it",
            "`havenmeester schedule example` prints one to begin with",
        )
        .into());
    }
    Ok(schedules)
}

fn check(at: &arguments::Desk) -> Result<Outcome> {
    let home = Places::new(at)?.home;
    let schedules = there(at)?;
    let now = crate::clock::now();
    let mut is_well = true;
    output::to_standard_output(|out| {
        for one in &schedules {
            let trouble = match &one.from {
                From::Source(name) => connectors::House::read(&home)
                    .and_then(|house| house.source(name))
                    .err()
                    .map(|error| error.to_string()),
                From::File { path, .. } => {
                    (!path.exists()).then(|| format!("{} is not there", path.display()))
                }
            };
            is_well &= trouble.is_none();
            let (name, from) = (one.name.as_str(), one.origin());
            let told = trouble.unwrap_or_else(|| format!("at {}", one.when.next_after(now)));
            writeln!(out, "{name:<20} {:<24} {}", visible(&from), visible(&told))?;
        }
        Ok(())
    })?;
    Ok(if is_well { Outcome::Nothing } else { Outcome::Problems })
}

fn list(at: &arguments::Desk) -> Result<Outcome> {
    let schedules = there(at)?;
    let desk = Desk::open(at)?;
    let now = desk.now();
    output::to_standard_output(|out| {
        for one in &schedules {
            let earlier = desk.run(async { runs::of(&mut desk.store.look().await?, &one.name).await })?;
            let next = match runs::last(&earlier).map(|last| next_step(&one.when, last, now, now)) {
                Some(Step::Run { .. }) => "as soon as the desk runs".to_owned(),
                Some(Step::Wait { until }) => until.to_string(),
                None => one.when.next_after(now).to_string(),
            };
            writeln!(out, "{:<20} next {next}", one.name.as_str())?;
            for run in earlier.iter().filter(|run| run.state != RunState::SetUp).take(SHOWN) {
                writeln!(out, "  {}", line(run))?;
            }
        }
        Ok(())
    })?;
    Ok(Outcome::Nothing)
}

/// Runs that are shown of each schedule.
const SHOWN: usize = 5;

fn line(run: &Run) -> String {
    let missed = if run.is_missed { ", late" } else { "" };
    match &run.state {
        RunState::SetUp => format!("{} set up", run.began_at),
        RunState::Running => format!("{} running{missed}", run.began_at),
        RunState::Ended(_, ended) => format!("{} {}{missed}", run.began_at, told(ended)),
    }
}

fn told(ended: &Ended) -> String {
    match ended {
        Ended::Done { customers, looked_at, hits } => {
            format!("done: {hits} hits; {looked_at} of {customers} customers were looked at")
        }
        Ended::Failed { what: [what, _], .. } => format!("failed: {}", visible(what)),
    }
}

fn run_now(typed: &RunSchedule, at: &arguments::Desk, common: &Common) -> Result<Outcome> {
    let schedules = there(at)?;
    let schedule = schedules.iter().find(|one| one.name.as_str() == typed.name).ok_or_else(|| {
        let known: Vec<&str> = schedules.iter().map(|one| one.name.as_str()).collect();
        Failure::new(
            format!("there is no schedule `{}`", typed.name),
            format!("schedules are: {}", known.join(", ")),
        )
    })?;
    let fewer = if typed.accept_fewer { Fewer::Accepted } else { Fewer::Refused };
    let due = (crate::clock::now(), false);
    match run_and_keep(schedule, at, due, fewer, common.output)? {
        None => Err(Failure::new(
            format!("the schedule `{}` is running", typed.name),
            "wait until it has ended; `schedule list` shows it",
        )
        .into()),
        Some(Ended::Failed { what: [what, _], hint: [hint, _] }) => Err(Failure::new(what, hint).into()),
        Some(ended @ Ended::Done { hits, .. }) => {
            common.output.note(told(&ended));
            Ok(if hits > 0 { Outcome::Hits } else { Outcome::Nothing })
        }
    }
}
