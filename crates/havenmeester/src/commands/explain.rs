//! `explain`: one customer and one entry, everything for and against, also when it is no hit.

use std::io::Write;

use anyhow::Result;
use documents::Language;
use documents::visible::visible;
use matching::{Class, FEATURES, Reason, Remark};
use screening::{Explanation, Index, Settings};
use watchlist::Entry;

use super::screen::build_index;
use crate::arguments;
use crate::customers;
use crate::exit::Outcome;
use crate::failure::Failure;
use crate::lists;
use crate::output;
use crate::problems::Tally;
use crate::settings::Common;
use crate::wording::say;

pub(crate) fn run(typed: &arguments::Explain, desk: &arguments::Desk, common: &Common) -> Result<Outcome> {
    let mut tally = Tally::default();
    let lists = lists::named_or_installed(&typed.lists, typed.reading, desk, &mut tally)?;
    let index = build_index(&lists, &mut tally);
    let entry = find_entry(&index, &typed.entry)?;
    let customer = customers::find(&typed.customers, &typed.customer)?;

    let settings = Settings::on(common.today);
    let explanation = screening::explain(&index, &customer, &typed.entry, &settings)
        .ok_or_else(|| unknown_entry(&typed.entry))?;
    output::to_standard_output(|out| {
        let names =
            Names { customer: customer.names.first().map_or("", |name| &name.text), entry: entry.title() };
        Ok(write(typed, &names, &explanation, common.language, out)?)
    })?;
    Ok(if explanation.class == Class::None { Outcome::Nothing } else { Outcome::Hits })
}

struct Names<'a> {
    customer: &'a str,
    entry: &'a str,
}

fn find_entry<'a>(index: &'a Index, id: &str) -> Result<&'a Entry, Failure> {
    let listed = index.listed().iter().find(|listed| listed.entry.id.0 == id);
    listed.map(|listed| &listed.entry).ok_or_else(|| unknown_entry(id))
}

fn unknown_entry(id: &str) -> Failure {
    Failure::new(
        format!("no list has an active entry `{}`", visible(id)),
        "give the id as it stands in the list; withdrawn entries are not screened",
    )
}

fn write(
    typed: &arguments::Explain,
    names: &Names<'_>,
    explanation: &Explanation,
    language: Language,
    out: &mut dyn Write,
) -> std::io::Result<()> {
    let customer = say(language, "customer", "klant");
    let entry = say(language, "entry", "vermelding");
    writeln!(out, "{customer:<11} {}  {}", visible(&typed.customer), visible(names.customer))?;
    writeln!(out, "{entry:<11} {}  {}", visible(&typed.entry), visible(names.entry))?;
    writeln!(out, "{:<11} {}", say(language, "outcome", "uitkomst"), outcome(explanation, language))?;

    let (against, speaking): (Vec<&Reason>, Vec<&Reason>) =
        explanation.reasons.iter().partition(|reason| reason.weight < 0.0);
    write_reasons(say(language, "for", "voor"), &speaking, language, out)?;
    write_reasons(say(language, "against", "tegen"), &against, language, out)?;
    if explanation.reasons.is_empty() {
        let nothing = "nothing that both have can be compared";
        writeln!(out, "\n{}", say(language, nothing, "niets wat beide hebben is te vergelijken"))?;
    }
    writeln!(out, "\n{}", footnote(language))
}

fn outcome(explanation: &Explanation, language: Language) -> String {
    let class = match explanation.class {
        Class::None => say(language, "no hit", "geen treffer"),
        Class::Weak => say(language, "hit, weak", "treffer, zwak"),
        Class::Probable => say(language, "hit, probable", "treffer, waarschijnlijk"),
        Class::Strong => say(language, "hit, strong", "treffer, sterk"),
    };
    let score = say(language, "score", "score");
    format!(
        "{class}; {score} {:.3}, {} {}",
        explanation.score,
        say(language, "hit from", "treffer vanaf"),
        matching::THRESHOLD
    )
}

fn write_reasons(
    title: &str,
    reasons: &[&Reason],
    language: Language,
    out: &mut dyn Write,
) -> std::io::Result<()> {
    if reasons.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{title}")?;
    for reason in reasons {
        writeln!(out, "  {:+6.2}  {}{}", reason.weight, feature(reason, language), remark(reason, language))?;
        for (whose, side) in [
            (say(language, "customer", "klant"), &reason.customer),
            (say(language, "entry", "vermelding"), &reason.entry),
        ] {
            if !side.raw.is_empty() {
                writeln!(out, "          {whose:<11} {}{}", visible(&side.raw), cleaned(side, language))?;
            }
        }
    }
    Ok(())
}

/// The value as it was compared, where it is not the one that was found.
fn cleaned(side: &matching::Side, language: Language) -> String {
    if side.clean.is_empty() || side.clean == side.raw {
        return String::new();
    }
    format!("  ({} {})", say(language, "compared as", "vergeleken als"), visible(&side.clean))
}

fn feature(reason: &Reason, language: Language) -> String {
    let known = FEATURES.iter().find(|feature| feature.name == reason.feature);
    known
        .map_or_else(|| reason.feature.to_owned(), |feature| say(language, feature.en, feature.nl).to_owned())
}

fn remark(reason: &Reason, language: Language) -> String {
    match reason.remark {
        None => String::new(),
        Some(Remark::Ended(day)) => format!(", {} {day}", say(language, "ended on", "geëindigd op")),
        Some(Remark::NotYet(day)) => {
            format!(", {} {day}", say(language, "valid only from", "pas geldig vanaf"))
        }
        Some(Remark::Unchecked) => {
            let unchecked = "recognised by its form only";
            format!(", {}", say(language, unchecked, "alleen aan de vorm herkend"))
        }
    }
}

const fn footnote(language: Language) -> &'static str {
    say(
        language,
        "Numbers are weights: natural logarithms of how much more often this is seen in the same party than in \
         different ones.\nA hit opens a review; it is never the ground of a decision.",
        "Getallen zijn gewichten: natuurlijke logaritmen van hoeveel vaker dit bij dezelfde partij voorkomt dan \
         bij verschillende.\nEen treffer opent een beoordeling; hij is nooit de grond van een besluit.",
    )
}
