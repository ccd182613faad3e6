//! `decision`: what happens to the contract.

use anyhow::Result;
use operations::hoster::decisions::{self, Listed};
use review::{Ground, GroundKind, Measure};

use crate::arguments::{self, DecisionCommand};
use crate::commands::issuer::table;
use crate::desk::Desk;
use crate::exit::Outcome;
use crate::failure::Failure;
use crate::output;
use crate::settings::Common;

pub(crate) fn run(typed: &DecisionCommand, at: &arguments::Desk, common: &Common) -> Result<Outcome> {
    let desk = Desk::open(at)?;
    let now = desk.now();
    match typed {
        DecisionCommand::Make(make) => {
            let measure = Measure::from_word(&make.measure).ok_or_else(|| {
                Failure::new(
                    format!("there is no measure `{}`", make.measure),
                    "choose continue, conditions, suspend, end_at_term or end_now",
                )
            })?;
            let grounds = make.grounds.iter().map(|text| ground(text)).collect::<Result<Vec<_>>>()?;
            let given = (grounds, make.note.clone());
            let made =
                desk.run(decisions::make(&desk.store, &desk.person, &make.customer, measure, given, now))?;
            common.output.note(match made.state.as_str() {
                "stands" => format!("{}: {}", made.id, measure.word()),
                _ => format!("{}: {}, waits for the approval of a colleague", made.id, measure.word()),
            });
        }
        DecisionCommand::Approve(approve) => {
            let made = desk.run(decisions::approve(&desk.store, &desk.person, &approve.id, now))?;
            common.output.note(format_args!("{} stands: {}", made.id, made.kept.decision.measure.word()));
        }
        DecisionCommand::List => {
            let all = desk.run(async { decisions::list(&mut desk.store.look().await?).await })?;
            let rows: Vec<_> = all.iter().map(row).collect();
            output::to_standard_output(|out| Ok(out.write_all(table(&rows).as_bytes())?))?;
        }
    }
    Ok(Outcome::Nothing)
}

fn ground(text: &str) -> Result<Ground> {
    let read = || {
        let (kind, words) = text.split_once('=')?;
        Some(Ground { kind: GroundKind::from_word(kind.trim())?, text: words.trim().to_owned() })
    };
    read().ok_or_else(|| {
        Failure::new(
            format!("`{text}` is not a ground"),
            "write KIND=WORDS with contract_clause, aup_breach, kyc_failure, observed_abuse or sanctions",
        )
        .into()
    })
}

fn row(one: &Listed) -> Vec<String> {
    let decision = &one.kept.decision;
    let grounds: Vec<&str> = decision.grounds.iter().map(|ground| ground.kind.word()).collect();
    let approved = decision.approved.as_ref().map_or_else(String::new, |(by, _)| format!(" and {by}"));
    vec![
        one.id.clone(),
        one.state.clone(),
        decision.measure.word().to_owned(),
        format!("customer {}", one.kept.customer_id),
        one.kept.customer_name.clone(),
        if grounds.is_empty() { "no ground".to_owned() } else { grounds.join(" ") },
        format!("by {}{approved}", decision.by),
    ]
}
