//! `list check`: what was understood of a list, and what was not.

use std::io::Write;

use anyhow::Result;
use documents::Language;
use documents::visible::visible;
use intake::lists::ListIntake;
use screening::Index;

use crate::arguments::ListFile;
use crate::exit::Outcome;
use crate::lists;
use crate::output;
use crate::problems::{self, plural, short_name};
use crate::settings::Common;
use crate::wording::say;

/// Problems that are printed; the rest is counted.
const PRINTED: usize = 50;

pub(crate) fn run(typed: &ListFile, common: &Common) -> Result<Outcome> {
    let intake = lists::read_one(&typed.file, typed.reading)?;
    let index = Index::build(std::slice::from_ref(&intake.edition));
    let lines = problem_lines(typed, &intake, &index);
    let total = intake.problems.len() as u64 + intake.further_problems + index.problems().len() as u64;
    output::to_standard_output(|out| {
        write_head(&short_name(&typed.file), &intake, common.language, out)?;
        write_problems(&lines, total, common.language, out)
    })?;
    Ok(if total == 0 { Outcome::Nothing } else { Outcome::Problems })
}

fn write_head(name: &str, intake: &ListIntake, language: Language, out: &mut dyn Write) -> Result<()> {
    let edition = &intake.edition;
    let mut line = |what: &str, value: &str| -> std::io::Result<()> {
        if value.is_empty() { Ok(()) } else { writeln!(out, "{what:<16} {value}") }
    };
    line(say(language, "file", "bestand"), name)?;
    line(say(language, "read as", "gelezen als"), &format!("{}", intake.recognised_as))?;
    line(say(language, "title", "titel"), &visible(&edition.list.title))?;
    line(say(language, "issuer", "uitgever"), &visible(&edition.list.issuer))?;
    line(say(language, "nature", "aard"), edition.list.nature.wire_name())?;
    line(say(language, "handling", "omgang"), &visible(&edition.list.handling))?;
    line(say(language, "edition", "editie"), &edition_line(intake))?;
    line(
        say(language, "valid until", "geldig tot"),
        &edition.valid_until.map_or_else(String::new, |day| day.to_string()),
    )?;
    line(say(language, "origin", "herkomst"), say(language, "unverified", "niet geverifieerd"))?;
    line(say(language, "entries", "vermeldingen"), &intake.counts.entries.to_string())?;
    line(say(language, "names", "namen"), &intake.counts.names.to_string())?;
    line(say(language, "addresses", "adressen"), &intake.counts.addresses.to_string())?;
    for (kind, count) in &intake.counts.identifiers {
        line(kind.wire_name(), &count.to_string())?;
    }
    Ok(())
}

fn edition_line(intake: &ListIntake) -> String {
    let day = intake.edition.issued_at.map_or_else(String::new, |day| format!(", {day}"));
    if intake.edition.number == 0 { String::new() } else { format!("{}{day}", intake.edition.number) }
}

/// Faults of the file first, then what cleaning found in the entries that were read.
fn problem_lines(typed: &ListFile, intake: &ListIntake, index: &Index) -> Vec<String> {
    let in_file =
        intake.problems.iter().map(|problem| problems::line(&problems::of_list(&typed.file, problem)));
    let in_entries =
        index.problems().iter().map(|problem| format!("entry {}: {}", problem.entry_id, problem.what));
    in_file.chain(in_entries).map(|line| visible(&line).into_owned()).collect()
}

fn write_problems(lines: &[String], total: u64, language: Language, out: &mut dyn Write) -> Result<()> {
    if total == 0 {
        let all = "every value was understood";
        writeln!(out, "\n{}", say(language, all, "alle waarden zijn begrepen"))?;
        return Ok(());
    }
    let head = match language {
        Language::En => format!("{} not understood or not used:", plural(total, "value was", "values were")),
        Language::Nl => {
            format!("{} niet begrepen of niet gebruikt:", plural(total, "waarde is", "waarden zijn"))
        }
    };
    writeln!(out, "\n{head}")?;
    for line in lines.iter().take(PRINTED) {
        writeln!(out, "  {line}")?;
    }
    let rest = total - lines.len().min(PRINTED) as u64;
    if rest > 0 {
        writeln!(out, "  {} {rest}", say(language, "and more:", "en meer:"))?;
    }
    Ok(())
}
