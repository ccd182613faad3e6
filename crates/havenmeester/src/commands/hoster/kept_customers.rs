//! `customers held` and `customers forget`: what is kept about customers, and when it goes.

use anyhow::Result;
use jiff::SignedDuration;
use operations::hoster::retention;
use operations::hoster::subjects::{self, Held};
use review::Event;

use crate::arguments;
use crate::arguments::hoster::{ForgetCustomers, HeldCustomer};
use crate::commands::issuer::table;
use crate::desk::Desk;
use crate::exit::Outcome;
use crate::output;
use crate::problems::plural;
use crate::settings::Common;

pub(crate) fn show(typed: &HeldCustomer, at: &arguments::Desk) -> Result<Outcome> {
    let desk = Desk::open(at)?;
    let held = desk.run(async { subjects::held(&mut desk.store.look().await?, &typed.customer).await })?;
    let text = shown(&held);
    output::to_standard_output(|out| {
        if text.is_empty() {
            writeln!(out, "Nothing is kept about customer {}.", typed.customer)?;
        }
        Ok(out.write_all(text.as_bytes())?)
    })?;
    Ok(Outcome::Nothing)
}

fn shown(held: &Held) -> String {
    let mut rows = Vec::new();
    for (screening, one) in &held.hits {
        let hit = &one.hit;
        rows.push(vec![
            "hit".to_owned(),
            screening.clone(),
            format!("{}, {} {:.2}, {} {}", hit.customer_name, hit.class, hit.score, hit.list, hit.entry_id),
        ]);
        for reason in &hit.reasons {
            let (own, theirs) = (&reason.customer.raw, &reason.entry.raw);
            rows.push(vec![String::new(), String::new(), format!("{}: {own} / {theirs}", reason.feature)]);
        }
        for event in one.review.events() {
            if let Event::Disposed(said) = event {
                let text = format!("{} by {} at {}: {}", said.answer.word(), said.by, said.at, said.note);
                rows.push(vec![String::new(), String::new(), text]);
            }
        }
    }
    for (id, state, kept) in &held.decisions {
        let decision = &kept.decision;
        let grounds: Vec<String> =
            decision.grounds.iter().map(|one| format!("{}: {}", one.kind.word(), one.text)).collect();
        let text = format!(
            "{}, {state}, by {} at {}; {} {}",
            decision.measure.word(),
            decision.by,
            decision.at,
            grounds.join("; "),
            decision.note
        );
        rows.push(vec!["decision".to_owned(), id.clone(), text]);
    }
    for act in &held.acts {
        let details: Vec<String> =
            act.details.iter().flatten().map(|(name, text)| format!("{name}: {text}")).collect();
        let text =
            format!("{} {} by {}, {} {}", act.at, act.action, act.actor, act.ground, details.join("; "));
        rows.push(vec!["act".to_owned(), act.seq.to_string(), text.trim_end().to_owned()]);
    }
    if held.in_base {
        let text = "the values of the customer file, remembered for `rescreen`".to_owned();
        rows.push(vec!["base".to_owned(), String::new(), text]);
    }
    if rows.is_empty() { String::new() } else { table(&rows) }
}

pub(crate) fn forget(typed: ForgetCustomers, at: &arguments::Desk, common: &Common) -> Result<Outcome> {
    let desk = Desk::open(at)?;
    let now = desk.now();
    let before = now - SignedDuration::from_hours(24 * i64::from(typed.older_than_days));
    let removed = desk.run(retention::run(&desk.store, &desk.person, before, now))?;
    common.output.note(format_args!(
        "removed: {}, {}, details of {}",
        plural(removed.hits as u64, "hit", "hits"),
        plural(removed.decisions as u64, "decision", "decisions"),
        plural(removed.details as u64, "act", "acts"),
    ));
    Ok(Outcome::Nothing)
}
