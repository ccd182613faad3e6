//! `customers check`: what was understood of a customer file, before anything is screened.

use std::io::Write;

use anyhow::Result;
use documents::Language;
use documents::visible::visible;
use intake::registry::Registry;
use screening::{Coverage, Customer};

use crate::arguments::CustomerFile;
use crate::customer_look::{self, Looked, masked_values};
use crate::exit::Outcome;
use crate::output;
use crate::problems::{Tally, short_name};
use crate::registry;
use crate::settings::Common;
use crate::wording::say;

/// Problems that are printed; the rest is counted.
const PRINTED: usize = 50;

pub(crate) fn run(typed: &CustomerFile, common: &Common) -> Result<Outcome> {
    if registry::holds_customers(typed) {
        return check_registry(typed, common);
    }
    let looked = customer_look::look(typed, u64::MAX)?;

    output::to_standard_output(|out| {
        write_columns(&short_name(&typed.file), &looked, common.language, out)?;
        write_coverage(&looked.coverage, common.language, out)?;
        write_sample(&looked.sample, common.language, out)?;
        write_tally(&looked.problems, looked.lost, common.language, out)
    })?;
    Ok(if looked.problems.total() == 0 { Outcome::Nothing } else { Outcome::Problems })
}

/// A registry has no columns: it says what lies in the hoster's space, and who holds it.
fn check_registry(typed: &CustomerFile, common: &Common) -> Result<Outcome> {
    let registry = registry::open(&typed.file, &typed.registry.own)?;
    let mut tally = Tally::default();
    registry::add_problems(&registry, &mut tally);
    let lost = registry.problems().map(|(_, problems)| problems.lost()).sum();
    let mut coverage = Coverage::default();
    let mut sample = Vec::new();
    for customer in registry::customers(&registry).flatten() {
        coverage.add(&customer);
        if sample.len() < customer_look::SAMPLE {
            sample.push(customer);
        }
    }
    output::to_standard_output(|out| {
        write_registry(&short_name(&typed.file), &registry, common.language, out)?;
        write_coverage(&coverage, common.language, out)?;
        write_sample(&sample, common.language, out)?;
        write_tally(&tally, lost, common.language, out)
    })?;
    Ok(if tally.total() == 0 { Outcome::Nothing } else { Outcome::Problems })
}

fn write_registry(name: &str, registry: &Registry, language: Language, out: &mut dyn Write) -> Result<()> {
    let [ranges, routes, zones] = registry.in_own_space();
    let read_as = say(language, "dump of an address registry", "dump van een adresregister");
    writeln!(out, "{:<16} {name}", say(language, "file", "bestand"))?;
    writeln!(out, "{:<16} {read_as}", say(language, "read as", "gelezen als"))?;
    for (what, count) in [
        (say(language, "objects in it", "objecten erin"), registry.objects()),
        (say(language, "ranges in your own space", "reeksen in uw eigen ruimte"), ranges as u64),
        (say(language, "routes in it", "routes daarin"), routes as u64),
        (say(language, "reverse zones in it", "reverse zones daarin"), zones as u64),
    ] {
        writeln!(out, "{what:<28} {count:>9}")?;
    }
    let dropped = say(
        language,
        "never read: remarks, notes, credentials, notifications; placeholders count as empty",
        "nooit gelezen: opmerkingen, notities, wachtwoorden, meldadressen; plaatshouders tellen als leeg",
    );
    writeln!(out, "\n{dropped}")?;
    Ok(())
}

fn write_columns(name: &str, looked: &Looked, language: Language, out: &mut dyn Write) -> Result<()> {
    let understood = &looked.understood;
    let form = looked.form();
    let (kind, others) =
        form.split_first().map_or(("", &form[..]), |(kind, others)| (language.of(kind), others));
    let others: Vec<&str> = others.iter().map(|one| language.of(one)).collect();
    writeln!(out, "{:<16} {name}", say(language, "file", "bestand"))?;
    writeln!(out, "{:<16} {kind} {}", say(language, "read as", "gelezen als"), visible(&others.join(", ")))?;
    writeln!(out, "{:<16} {}", say(language, "profile", "profiel"), understood.profile.name())?;

    writeln!(out, "\n{}", say(language, "columns that are read", "kolommen die gelezen worden"))?;
    for (heading, field) in &understood.read {
        writeln!(out, "  {:<28} {}", visible(heading), field.name())?;
    }
    let left_out = say(
        language,
        "never read (passwords, notes, shared values)",
        "nooit gelezen (wachtwoorden, notities, gedeelde waarden)",
    );
    for (title, headings) in
        [(left_out, &understood.left_out), (say(language, "not known", "niet bekend"), &understood.ignored)]
    {
        if !headings.is_empty() {
            writeln!(out, "\n{title}\n  {}", visible(&headings.join(", ")))?;
        }
    }
    for note in &understood.notes {
        writeln!(out, "\n{} {}", say(language, "note:", "let op:"), language.of(&note.phrase()))?;
    }
    Ok(())
}

fn write_coverage(coverage: &Coverage, language: Language, out: &mut dyn Write) -> Result<()> {
    writeln!(out, "\n{:<28} {:>9}", say(language, "customers", "klanten"), coverage.customers)?;
    for (what, count) in [
        (say(language, "with a name", "met een naam"), coverage.name),
        (say(language, "with an e-mail address", "met een e-mailadres"), coverage.email),
        (say(language, "with a telephone number", "met een telefoonnummer"), coverage.phone),
        (say(language, "with a domain", "met een domein"), coverage.domain),
        (say(language, "with a postal address", "met een postadres"), coverage.address),
        (say(language, "with an IP address", "met een IP-adres"), coverage.ip),
        (say(language, "with a register number", "met een registernummer"), coverage.register_number),
    ] {
        let percent = (count * 100).checked_div(coverage.customers).unwrap_or(0);
        writeln!(out, "  {what:<26} {count:>9} {percent:>4} %")?;
    }
    Ok(())
}

/// Enough to see that each value went to the right place, and too little to know anybody by.
fn write_sample(sample: &[Customer], language: Language, out: &mut dyn Write) -> Result<()> {
    writeln!(out, "\n{}", say(language, "the first customers, masked", "de eerste klanten, gemaskeerd"))?;
    for customer in sample {
        writeln!(
            out,
            "  {} {} ({} {})",
            say(language, "id", "id"),
            visible(&customer.id),
            say(language, "line", "regel"),
            customer.row
        )?;
        for (what, value) in masked_values(customer) {
            writeln!(out, "    {:<18} {value}", language.of(&what))?;
        }
    }
    Ok(())
}

fn write_tally(tally: &Tally, lost: u64, language: Language, out: &mut dyn Write) -> Result<()> {
    if tally.total() == 0 {
        writeln!(out, "\n{}", say(language, "every row was understood", "alle regels zijn begrepen"))?;
        return Ok(());
    }
    let rows = tally.total();
    match language {
        Language::En => writeln!(out, "\n{rows} remarks; {lost} rows could not be read")?,
        Language::Nl => writeln!(out, "\n{rows} opmerkingen; {lost} regels waren niet te lezen")?,
    }
    for problem in tally.listed().iter().take(PRINTED) {
        writeln!(out, "  {}", visible(&problem.in_one_line(language)))?;
    }
    let rest = tally.total() - tally.listed().len().min(PRINTED) as u64;
    if rest > 0 {
        writeln!(out, "  {} {rest}", say(language, "and more:", "en meer:"))?;
    }
    Ok(())
}
