//! `doctor`: what is wrong with this installation.

use anyhow::Result;
use operations::hoster::{editions, keys};
use store::{Check, Store};

use crate::arguments;
use crate::clock;
use crate::desk::{self, Desk, Places};
use crate::exit::Outcome;
use crate::identity_provider::HouseProvider;
use crate::output;
use crate::settings::Common;

pub(crate) fn run(at: &arguments::Desk, common: &Common) -> Result<Outcome> {
    let places = Places::new(at)?;
    let key = places.key()?;
    let findings = desk::runtime()?.block_on(Store::doctor(&places.address, &key, |_| true));
    let provider = HouseProvider::read(&places.home).transpose();
    let mut wrong: Vec<(String, String)> = Vec::new();
    for finding in &findings {
        wrong.extend(finding.wrong.iter().map(|what| (named(finding.check), what.clone())));
    }
    if wrong.is_empty() {
        let desk = Desk::open(at)?;
        wrong.extend(of_the_hoster(&desk, common)?);
    }
    let fault = provider.as_ref().and_then(|provider| match provider {
        Ok(provider) => provider.check().err(),
        Err(error) => Some(error.to_string()),
    });
    wrong.extend(fault.map(|fault| ("provider".to_owned(), fault)));
    let count = findings.len() + 2 + usize::from(provider.is_some());
    output::to_standard_output(|out| {
        writeln!(out, "database   {}", places.address)?;
        writeln!(out, "checked    {} things, at {}", count, clock::now().strftime("%Y-%m-%d %H:%M UTC"))?;
        for (what, fault) in &wrong {
            writeln!(out, "{what:<10} {fault}")?;
        }
        if wrong.is_empty() {
            writeln!(out, "all is well")?;
        }
        Ok(())
    })?;
    Ok(if wrong.is_empty() { Outcome::Nothing } else { Outcome::Problems })
}

fn of_the_hoster(desk: &Desk, common: &Common) -> Result<Vec<(String, String)>> {
    let mut wrong = Vec::new();
    let installed = desk.run(async { editions::list(&mut desk.store.look().await?, false).await })?;
    for one in installed.iter().filter(|one| one.is_stale(common.today)) {
        let until = one.valid_until.map(|day| day.to_string()).unwrap_or_default();
        wrong.push((
            "edition".to_owned(),
            format!("{} was valid until {until}; ask its issuer for the next", one.list),
        ));
    }
    let own = desk.run(async { keys::show(&mut desk.store.look().await?).await });
    if let (Err(error), false) = (own, installed.is_empty()) {
        wrong.push(("keys".to_owned(), format!("{error}: the next delivery cannot be opened")));
    }
    Ok(wrong)
}

fn named(check: Check) -> String {
    format!("{check:?}").to_lowercase()
}
