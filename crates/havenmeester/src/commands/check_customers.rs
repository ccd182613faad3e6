//! `customers check`: what was understood of a customer file, before anything is screened.

use std::io::Write;

use anyhow::Result;
use documents::Language;
use documents::visible::visible;
use intake::Problems;
use intake::customers::Understood;
use intake::registry::Registry;
use screening::{Coverage, Customer};

use crate::arguments::CustomerFile;
use crate::customers;
use crate::exit::Outcome;
use crate::masking::masked;
use crate::output;
use crate::problems::{self, Tally, short_name};
use crate::registry;
use crate::settings::Common;
use crate::wording::say;

/// Customers that are shown, masked.
const SAMPLE: usize = 5;
/// Problems that are printed; the rest is counted.
const PRINTED: usize = 50;

pub(crate) fn run(typed: &CustomerFile, common: &Common) -> Result<Outcome> {
    if registry::holds_customers(typed) {
        return check_registry(typed, common);
    }
    let mut file = customers::open(typed)?;
    let understood = file.understood().clone();
    let mut coverage = Coverage::default();
    let mut sample = Vec::new();
    for customer in (&mut file).flatten() {
        coverage.add(&customer);
        if sample.len() < SAMPLE {
            sample.push(customer);
        }
    }
    let problems = file.problems();

    output::to_standard_output(|out| {
        write_columns(&short_name(&typed.file), &understood, common.language, out)?;
        write_coverage(&coverage, common.language, out)?;
        write_sample(&sample, common.language, out)?;
        write_problems(typed, problems, common.language, out)
    })?;
    Ok(if problems.is_empty() { Outcome::Nothing } else { Outcome::Problems })
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
        if sample.len() < SAMPLE {
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

fn write_columns(name: &str, understood: &Understood, language: Language, out: &mut dyn Write) -> Result<()> {
    let about = &understood.about;
    let form = [
        about.encoding.map(str::to_owned),
        about.delimiter.map(|sign| format!("{sign:?}")),
        about.sheet.clone(),
    ];
    let form: Vec<String> = form.into_iter().flatten().collect();
    writeln!(out, "{:<16} {name}", say(language, "file", "bestand"))?;
    writeln!(
        out,
        "{:<16} {} {}",
        say(language, "read as", "gelezen als"),
        about.kind.title(),
        visible(&form.join(", "))
    )?;
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
        writeln!(out, "\n{} {note}", say(language, "note:", "let op:"))?;
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
        for name in &customer.names {
            writeln!(out, "    {:<18} {}", format!("{:?}", name.kind).to_lowercase(), masked(&name.text))?;
        }
        for identifier in &customer.identifiers {
            writeln!(out, "    {:<18} {}", identifier.kind.wire_name(), masked(&identifier.value))?;
        }
        for address in &customer.addresses {
            writeln!(out, "    {:<18} {}", say(language, "address", "adres"), masked(&address.one_line()))?;
        }
    }
    Ok(())
}

fn write_problems(
    typed: &CustomerFile,
    problems: &Problems,
    language: Language,
    out: &mut dyn Write,
) -> Result<()> {
    let mut tally = Tally::default();
    tally.add_file(&typed.file, problems);
    write_tally(&tally, problems.lost(), language, out)
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
        writeln!(out, "  {}", visible(&problems::line(problem)))?;
    }
    let rest = tally.total() - tally.listed().len().min(PRINTED) as u64;
    if rest > 0 {
        writeln!(out, "  {} {rest}", say(language, "and more:", "en meer:"))?;
    }
    Ok(())
}
