//! `hits`: the queue, one hit, and what a person says of it.

use anyhow::Result;
use operations::hoster::reviews::{self, Queued, ReviewError};
use review::{Event, ReasonCode, Standing};

use crate::arguments::{self, HitsCommand};
use crate::commands::issuer::table;
use crate::desk::Desk;
use crate::exit::Outcome;
use crate::failure::Failure;
use crate::output;
use crate::settings::Common;

pub(crate) fn run(typed: &HitsCommand, at: &arguments::Desk, common: &Common) -> Result<Outcome> {
    let desk = Desk::open(at)?;
    let queue = || -> Result<Vec<Queued>> {
        Ok(desk.run(async { reviews::queue(&mut desk.store.look().await?).await })?)
    };
    match typed {
        HitsCommand::List(list) => {
            let all = queue()?;
            let shown: Vec<&Queued> = all.iter().filter(|one| list.all || one.is_open()).collect();
            let rows: Vec<_> = shown.iter().map(|one| row(one)).collect();
            output::to_standard_output(|out| Ok(out.write_all(table(&rows).as_bytes())?))?;
            common.output.note(format_args!(
                "{} of {} hits to look at",
                all.iter().filter(|one| one.is_open()).count(),
                all.len()
            ));
        }
        HitsCommand::Show(one) => {
            let all = queue()?;
            let found = all.iter().find(|hit| hit.number == one.number);
            let found = found.ok_or(ReviewError::NoHit { found: one.number, count: all.len() })?;
            output::to_standard_output(|out| Ok(out.write_all(shown(found).as_bytes())?))?;
        }
        HitsCommand::Judge(judge) => {
            let reason = ReasonCode::from_word(&judge.reason).ok_or_else(|| {
                Failure::new(
                    format!("there is no reason `{}`", judge.reason),
                    "`hits judge --help` lists the reasons",
                )
            })?;
            let said = (reason, judge.note.as_str());
            let standing =
                desk.run(reviews::dispose(&desk.store, &desk.person, judge.number, said, None, desk.now()))?;
            common.output.note(match standing {
                Standing::AwaitsSecond(answer) => {
                    format!(
                        "hit {}: {}, waits for a second person",
                        judge.number,
                        answer.word().replace('_', " ")
                    )
                }
                Standing::Judged(answer) => {
                    format!("hit {}: {}", judge.number, answer.word().replace('_', " "))
                }
                Standing::Open | Standing::Reopened(_) => format!("hit {} is open", judge.number),
            });
        }
    }
    Ok(Outcome::Nothing)
}

fn row(one: &Queued) -> Vec<String> {
    let hit = &one.reviewed.hit;
    vec![
        one.number.to_string(),
        hit.class.clone(),
        format!("{:.2}", hit.score),
        one.state.replace('_', " "),
        format!("customer {}", hit.customer_id),
        hit.customer_name.clone(),
        format!("{} {}", hit.list, hit.entry_id),
        hit.entry_name.clone(),
    ]
}

fn shown(one: &Queued) -> String {
    let hit = &one.reviewed.hit;
    let mut rows = vec![
        vec![
            "hit".to_owned(),
            format!("{}, {} ({:.2}), {}", one.number, hit.class, hit.score, one.state.replace('_', " ")),
        ],
        vec!["customer".to_owned(), format!("{}  {}", hit.customer_id, hit.customer_name)],
        vec!["entry".to_owned(), format!("{} {}  {}", hit.list, hit.entry_id, hit.entry_name)],
    ];
    for one in &hit.reasons {
        let (customer, entry) = (&one.customer.raw, &one.entry.raw);
        rows.push(vec![format!("{:+.1}", one.weight), format!("{}: {customer} / {entry}", one.feature)]);
    }
    for event in one.reviewed.review.events() {
        rows.push(match event {
            Event::Disposed(one) => {
                let note = if one.note.is_empty() { String::new() } else { format!(": {}", one.note) };
                let answer = one.answer.word().replace('_', " ");
                vec![
                    "said".to_owned(),
                    format!("{} by {} at {}, {}{note}", answer, one.by, one.at, one.reason.word()),
                ]
            }
            Event::Reopened { cause, at } => {
                let cause = match cause {
                    review::Reopening::ValuesChanged => "a compared value changed",
                    review::Reopening::Retraction => "the issuer withdrew what it rests on",
                };
                vec!["reopened".to_owned(), format!("at {at}: {cause}")]
            }
        });
    }
    table(&rows)
}
