//! `contest`: objections and what is decided on them.

use anyhow::Result;
use curation::contest::{Contest, ContestId, Due, Outcome};
use operations::issuer::{contests, people};
use watchlist::EntryId;

use super::entry::withdrawal_reason;
use super::{by, table};
use crate::arguments::{
    self,
    issuer::{ContestCommand, DecideContest, OutcomeChoice},
};
use crate::desk::Desk;
use crate::exit::Outcome as Ended;
use crate::failure::Failure;
use crate::settings::Common;
use crate::{office, output};

pub(crate) fn run(typed: &ContestCommand, at: &arguments::Desk, common: &Common) -> Result<Ended> {
    let desk = Desk::open(at)?;
    let (by, now, store) = (by(&desk)?, desk.now(), &desk.store);
    let id = |text: &str| ContestId(text.to_owned());
    match typed {
        ContestCommand::Receive(receive) => {
            let who = contests::CONTESTANTS.iter().find(|(word, _)| *word == receive.from);
            let who = who.ok_or_else(|| {
                Failure::new(
                    format!("`{}` is nobody who can object", receive.from),
                    "choose listed-party, mistaken-party, hoster, representative or authority",
                )
            })?;
            let (entry, grounds) = (EntryId(receive.entry.clone()), office::text_of(&receive.grounds)?);
            let (id, clock) = desk.run(contests::receive(store, &by, &entry, who.1, &grounds, now))?;
            common.output.note(format_args!(
                "{id}: acknowledge by {}, decide by {}",
                clock.acknowledge_by, clock.decide_by
            ));
        }
        ContestCommand::Acknowledge(one) => {
            desk.run(contests::acknowledge(store, &by, &id(&one.id), now))?;
            common.output.note(format_args!("{} is acknowledged", one.id));
        }
        ContestCommand::Assign(assign) => {
            let handler = people::code(&assign.handler)?;
            desk.run(contests::assign(store, &by, &id(&assign.id), &handler, now))?;
            common.output.note(format_args!("{handler} handles {}", assign.id));
        }
        ContestCommand::Decide(decide) => {
            let reason = office::text_of(&decide.reason)?;
            let letter =
                desk.run(contests::decide(store, &by, &id(&decide.id), outcome(decide)?, &reason, now))?;
            let next = match letter.outcome {
                Outcome::Kept => "the entry stands; write to the party",
                Outcome::Corrected => "now correct the entry with `entry revise`, and write to the party",
                Outcome::Withdrawn { .. } => {
                    "now withdraw the entry with `entry withdraw`, and write to the party"
                }
            };
            common.output.note(format_args!("{} is decided: {next}", decide.id));
        }
        ContestCommand::List => {
            let today = common.today;
            let all = desk.run(async { contests::list(&mut store.look().await?, &by, today).await })?;
            let rows: Vec<_> = all.iter().map(row).collect();
            output::to_standard_output(|out| Ok(out.write_all(table(&rows).as_bytes())?))?;
        }
        ContestCommand::Show(one) => {
            let contest =
                desk.run(async { contests::show(&mut store.look().await?, &by, &id(&one.id)).await })?;
            output::to_standard_output(|out| Ok(out.write_all(shown(&contest).as_bytes())?))?;
        }
    }
    Ok(Ended::Nothing)
}

fn outcome(decide: &DecideContest) -> Result<Outcome> {
    Ok(match (decide.outcome, &decide.withdrawal) {
        (OutcomeChoice::Kept, _) => Outcome::Kept,
        (OutcomeChoice::Corrected, _) => Outcome::Corrected,
        (OutcomeChoice::Withdrawn, word) => {
            Outcome::Withdrawn { reason: withdrawal_reason(word.as_deref().unwrap_or_default())? }
        }
    })
}

fn row(one: &contests::Summary) -> Vec<String> {
    let due = match one.due {
        Due::Acknowledge { by, is_late } => format!("acknowledge by {by}{}", late(is_late)),
        Due::Decide { by, is_late } => format!("decide by {by}{}", late(is_late)),
        Due::Nothing => outcome_word(one.outcome.as_ref()).to_owned(),
    };
    let handler = one.handler.as_ref().map_or_else(|| "nobody".to_owned(), ToString::to_string);
    vec![one.id.0.clone(), one.entry.0.clone(), format!("of {}", one.received_on), due, handler]
}

fn late(is_late: bool) -> &'static str {
    if is_late { ", late" } else { "" }
}

fn outcome_word(outcome: Option<&Outcome>) -> &'static str {
    match outcome {
        None => "open",
        Some(Outcome::Kept) => "kept",
        Some(Outcome::Corrected) => "corrected",
        Some(Outcome::Withdrawn { .. }) => "withdrawn",
    }
}

fn shown(contest: &Contest) -> String {
    let mut rows = vec![
        vec!["contest".to_owned(), contest.id().0.clone()],
        vec!["entry".to_owned(), contest.entry().0.clone()],
        vec!["received".to_owned(), contest.received_on().to_string()],
        vec!["grounds".to_owned(), contest.grounds().trim().to_owned()],
    ];
    if let Some(handler) = contest.handler() {
        rows.push(vec!["handler".to_owned(), handler.to_string()]);
    }
    if let Some(decision) = contest.decision() {
        rows.push(vec![
            "decided".to_owned(),
            format!("{} on {}", outcome_word(Some(&decision.outcome)), decision.on),
        ]);
        rows.push(vec!["reason".to_owned(), decision.reason.trim().to_owned()]);
    }
    table(&rows)
}
