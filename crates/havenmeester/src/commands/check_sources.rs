//! `customers check` without a file: tries each source of connectors.toml, and keeps nothing of it.

use std::io::Write;

use anyhow::Result;
use documents::Language;
use documents::visible::visible;
use intake::connectors::{Patience, Record, Tried};
use intake::customers::{CustomerOptions, Field, Profile, from_bytes};
use screening::{Coverage, Customer};

use crate::arguments;
use crate::connectors::{House, Source, WebAsk};
use crate::customer_look::masked_values;
use crate::desk::Places;
use crate::exit::Outcome;
use crate::failure;
use crate::output;
use crate::settings::Common;
use crate::wording::say;

/// Customers that are read of each source.
const TRIED: usize = 10;
/// Customers that are shown, masked.
const SHOWN: usize = 3;
/// A check is watched by a person: it does not wait long.
const PATIENCE: Patience = Patience {
    tries: 2,
    first_wait: std::time::Duration::from_secs(1),
    longest_wait: std::time::Duration::from_secs(10),
};

pub(crate) fn run(named: &[String], desk: &arguments::Desk, common: &Common) -> Result<Outcome> {
    let house = House::read(&Places::new(desk)?.home)?;
    let names: Vec<String> =
        if named.is_empty() { house.names().map(str::to_owned).collect() } else { named.to_vec() };
    let mut is_well = !names.is_empty();
    output::to_standard_output(|out| {
        for name in &names {
            is_well &= match house.source(name) {
                Ok(source) => check(&source, common.language, out)?,
                Err(error) => {
                    write_fault(name, &format!("{error:#}"), failure::hint(&error), common.language, out)?;
                    false
                }
            };
        }
        Ok(())
    })?;
    Ok(if is_well { Outcome::Nothing } else { Outcome::Problems })
}

fn check(source: &Source, language: Language, out: &mut dyn Write) -> Result<bool> {
    let ask = WebAsk::new(source.calls_a_second);
    match source.connector.tried(&ask, PATIENCE, TRIED) {
        Ok(tried) => {
            write_tried(source, &tried, language, out)?;
            Ok(!tried.records.is_empty())
        }
        Err(fault) => {
            let (what, hint) = (fault.phrase(), fault.hint());
            write_fault(
                &source.name,
                language.of(&what),
                Some(language.of(&hint).to_owned()),
                language,
                out,
            )?;
            Ok(false)
        }
    }
}

fn write_fault(
    name: &str,
    what: &str,
    hint: Option<String>,
    language: Language,
    out: &mut dyn Write,
) -> Result<()> {
    writeln!(out, "{:<16} {}: {}", visible(name), say(language, "failed", "mislukt"), visible(what))?;
    if let Some(hint) = hint {
        writeln!(out, "  {} {}", say(language, "hint:", "tip:"), visible(&hint))?;
    }
    Ok(writeln!(out)?)
}

fn write_tried(source: &Source, tried: &Tried, language: Language, out: &mut dyn Write) -> Result<()> {
    let kind = source.connector.kind();
    let total = tried.total.map_or_else(
        || say(language, "it does not say how many", "zegt niet hoeveel").to_owned(),
        |total| format!("{total} {}", say(language, "rows", "rijen")),
    );
    writeln!(out, "{:<16} {}, {total}", source.name, kind.name())?;
    writeln!(out, "  {:<20} {}", say(language, "tried", "geprobeerd"), tried.records.len())?;
    if tried.nobodys > 0 {
        let what = say(language, "of no customer", "van geen klant");
        writeln!(out, "  {what:<20} {}", tried.nobodys)?;
    }
    if tried.records.is_empty() {
        let what = say(
            language,
            "no customer was given; check that the key may read them",
            "geen klant gekregen; controleer of de sleutel ze mag lezen",
        );
        return Ok(writeln!(out, "  {what}\n")?);
    }
    let found = fields(&tried.records);
    writeln!(out, "  {:<20} {}", say(language, "fields found", "gevonden velden"), found.join(", "))?;
    let customers = customers(&tried.records);
    write_missing(&customers, language, out)?;
    writeln!(out, "  {}", say(language, "the first, masked", "de eerste, gemaskeerd"))?;
    for customer in customers.iter().take(SHOWN) {
        writeln!(out, "    id {}", visible(&customer.id))?;
        for (what, value) in masked_values(customer) {
            writeln!(out, "      {:<18} {value}", language.of(&what))?;
        }
    }
    Ok(writeln!(out)?)
}

/// What the customers have, in the order in which `--column` names it.
fn fields(records: &[Record]) -> Vec<&'static str> {
    let has = |field: Field| records.iter().any(|record| record.fields().any(|found| found == field));
    let mut found: Vec<&str> = Vec::new();
    for name in Field::names() {
        let field = Field::from_name(name).filter(|field| has(*field));
        if let Some(field) = field.filter(|field| !found.contains(&field.name())) {
            found.push(field.name());
        }
    }
    found
}

/// The same way as a file of them goes.
fn customers(records: &[Record]) -> Vec<Customer> {
    let lines: Vec<String> = records.iter().map(Record::to_line).collect();
    let options = CustomerOptions { profile: Some(Profile::Connector), ..CustomerOptions::default() };
    from_bytes("source", lines.join("\n").as_bytes(), &options)
        .map(|file| file.flatten().collect())
        .unwrap_or_default()
}

fn write_missing(customers: &[Customer], language: Language, out: &mut dyn Write) -> Result<()> {
    let mut coverage = Coverage::default();
    customers.iter().for_each(|customer| coverage.add(customer));
    let missing: Vec<&str> = [
        (say(language, "name", "naam"), coverage.name),
        (say(language, "e-mail address", "e-mailadres"), coverage.email),
        (say(language, "telephone number", "telefoonnummer"), coverage.phone),
        (say(language, "domain", "domein"), coverage.domain),
        (say(language, "postal address", "postadres"), coverage.address),
        (say(language, "IP address", "IP-adres"), coverage.ip),
        (say(language, "register number", "registernummer"), coverage.register_number),
    ]
    .into_iter()
    .filter(|(_, count)| *count == 0)
    .map(|(what, _)| what)
    .collect();
    if missing.is_empty() {
        return Ok(());
    }
    Ok(writeln!(
        out,
        "  {:<20} {}",
        say(language, "none of them has", "geen ervan heeft"),
        missing.join(", ")
    )?)
}
