//! `partner`: the address book and how deliveries went.

use anyhow::Result;
use delivery::{Fingerprint, PartnerId};
use operations::issuer::partners::{self, Facts, Partner, ROLES};
use serde::Deserialize;

use super::person::public_half;
use super::{by, table};
use crate::arguments::{self, issuer::PartnerCommand};
use crate::desk::{Desk, Places};
use crate::exit::Outcome;
use crate::failure::Failure;
use crate::office::Office;
use crate::settings::Common;
use crate::{office, output};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Form {
    name: String,
    role: String,
    attention: Option<String>,
    #[serde(default)]
    address: Vec<String>,
    email: String,
    language: String,
    lists: Vec<String>,
}

pub(crate) fn run(typed: &PartnerCommand, at: &arguments::Desk, common: &Common) -> Result<Outcome> {
    let list = || Ok::<_, anyhow::Error>(Office::read(&Places::new(at)?.home)?.list.id);
    let desk = Desk::open(at)?;
    let (by, now, store) = (by(&desk)?, desk.now(), &desk.store);
    let note = |text: String| common.output.note(text);
    match typed {
        PartnerCommand::Add(add) => {
            desk.run(partners::add(store, &by, &partner(&add.id)?, &facts(office::form(&add.form)?)?, now))?;
            note(format!("{} is in the address book; now enrol its keys", add.id));
        }
        PartnerCommand::Change(change) => {
            let facts = facts(office::form(&change.form)?)?;
            desk.run(partners::change(store, &by, &partner(&change.id)?, &facts, now))?;
            note(format!("{} is changed", change.id));
        }
        PartnerCommand::Enrol(enrol) => {
            let half = public_half(&enrol.file)?;
            let compared = Fingerprint::parse(&enrol.fingerprint).map_err(|error| {
                Failure::new(format!("the words cannot be read: {error}"), "give all twelve words in quotes")
            })?;
            desk.run(partners::enrol(store, &by, &partner(&enrol.id)?, &half, compared, now))?;
            note(format!("the key of {} is enrolled", enrol.id));
        }
        PartnerCommand::Suspend(one) => {
            desk.run(partners::suspend(store, &by, &partner(&one.id)?, true, now))?;
            note(format!("{} gets nothing for now", one.id));
        }
        PartnerCommand::Resume(one) => {
            desk.run(partners::suspend(store, &by, &partner(&one.id)?, false, now))?;
            note(format!("{} takes part again", one.id));
        }
        PartnerCommand::List => {
            let all = desk.run(async { partners::list(&mut store.look().await?, &by).await })?;
            let rows: Vec<_> = all.iter().map(row).collect();
            output::to_standard_output(|out| Ok(out.write_all(table(&rows).as_bytes())?))?;
        }
        PartnerCommand::Deliveries(one) => {
            let (list, number) = (list()?, one.edition);
            let all =
                desk.run(async { partners::deliveries(&mut store.look().await?, &by, &list, number).await })?;
            let row = |one: &partners::DeliveryState| {
                let answer = if one.acknowledged { "acknowledged" } else { "no answer" };
                let reminded = one.reminded_on.map_or_else(String::new, |day| format!("reminded {day}"));
                vec![one.partner.to_string(), one.state.clone(), answer.to_owned(), reminded]
            };
            let rows: Vec<_> = all.iter().map(row).collect();
            output::to_standard_output(|out| Ok(out.write_all(table(&rows).as_bytes())?))?;
        }
        PartnerCommand::Acknowledge(one) => {
            let (list, id) = (list()?, partner(&one.id)?);
            desk.run(partners::acknowledge(store, &by, &id, &list, one.edition, &one.way, now))?;
            note(format!("{} confirmed edition {}", one.id, one.edition));
        }
        PartnerCommand::Remind(one) => {
            let list = list()?;
            let late = desk.run(partners::remind(store, &by, &list, one.edition, one.after_days, now))?;
            let rows: Vec<_> = late
                .iter()
                .map(|one| vec![one.id.to_string(), one.facts.name.clone(), one.facts.email.clone()])
                .collect();
            output::to_standard_output(|out| Ok(out.write_all(table(&rows).as_bytes())?))?;
            note(format!("{} partners to remind of edition {}", late.len(), one.edition));
        }
    }
    Ok(Outcome::Nothing)
}

fn partner(id: &str) -> Result<PartnerId> {
    PartnerId::new(id)
        .map_err(|error| Failure::new(error.to_string(), "choose an id such as hoster-north").into())
}

fn facts(form: Form) -> Result<Facts> {
    if !ROLES.contains(&form.role.as_str()) {
        let found = format!("the role of the partner is `{}`", form.role);
        return Err(Failure::new(found, format!("choose among {}", ROLES.join(", "))).into());
    }
    if !matches!(form.language.as_str(), "en" | "nl") {
        return Err(Failure::new(format!("the language is `{}`", form.language), "choose en or nl").into());
    }
    let Form { name, role, attention, address, email, language, lists } = form;
    Ok(Facts { name, role, attention, address, email, language, lists })
}

fn row(one: &Partner) -> Vec<String> {
    let keys = match (&one.recipient, &one.receipt_key) {
        (Some(_), Some(_)) => "keys for deliveries and receipts",
        (Some(_), None) => "key for deliveries",
        (None, Some(_)) => "key for receipts only",
        (None, None) => "no key",
    };
    vec![
        one.id.to_string(),
        one.state.word().to_string(),
        one.facts.role.clone(),
        one.facts.lists.join(" "),
        keys.to_owned(),
        format!("deliveries {}", one.sequence),
        one.facts.name.clone(),
    ]
}
