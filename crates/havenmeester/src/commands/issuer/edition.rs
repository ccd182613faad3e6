//! `edition assemble`, `approve`, `issued`, `show`, `trace`: an edition on the issuer's side.

use anyhow::Result;
use delivery::mark::Verdict;
use jiff::civil::Date;
use operations::issuer::{editions, tracing};
use watchlist::Dates;

use super::{by, table};
use crate::arguments::{
    self,
    issuer::{ApproveEdition, AssembleEdition, EditionNumber, TraceEdition},
};
use crate::commands::hoster::diff_editions;
use crate::desk::{Desk, Places};
use crate::exit::Outcome;
use crate::failure::Failure;
use crate::office::{self, Office};
use crate::settings::Common;
use crate::{output, passphrase};

pub(crate) fn assemble(typed: AssembleEdition, at: &arguments::Desk, common: &Common) -> Result<Outcome> {
    let office = Office::read(&Places::new(at)?.home)?;
    let desk = Desk::open(at)?;
    let (by, now) = (by(&desk)?, desk.now());
    let issued_at: Date = now.to_zoned(jiff::tz::TimeZone::UTC).date();
    let valid_until = issued_at.checked_add(jiff::Span::new().try_days(typed.valid_days)?).map_err(|_| {
        Failure::new(format!("{} days are too many", typed.valid_days), "give a smaller number")
    })?;
    let dates = Dates { issued_at, valid_until };
    let shown = desk.run(editions::assemble(&desk.store, &by, office.list_info(), dates, now))?;
    print(&shown)?;
    common.output.note(format_args!(
        "edition {} is assembled; two people release it with `edition approve {}`",
        shown.summary.number, shown.summary.number
    ));
    Ok(Outcome::Nothing)
}

pub(crate) fn approve(typed: &ApproveEdition, at: &arguments::Desk, common: &Common) -> Result<Outcome> {
    let office = Office::read(&Places::new(at)?.home)?;
    let desk = Desk::open(at)?;
    let (by, now) = (by(&desk)?, desk.now());
    let key = passphrase::signing_key(&typed.key)?;
    let voices = desk.run(editions::approve(&desk.store, &by, &office.list.id, typed.edition, &key, now))?;
    common.output.note(match voices {
        1 => format!("edition {} waits for a second voice", typed.edition),
        _ => format!("edition {} is released; prepare its deliveries with `edition prepare`", typed.edition),
    });
    Ok(Outcome::Nothing)
}

pub(crate) fn issued(at: &arguments::Desk) -> Result<Outcome> {
    let office = Office::read(&Places::new(at)?.home)?;
    let desk = Desk::open(at)?;
    let all = desk.run(async { editions::list(&mut desk.store.look().await?, &office.list.id).await })?;
    let day = |day: Option<Date>| day.map_or_else(|| "-".to_owned(), |day| day.to_string());
    let row = |one: &editions::Summary| {
        vec![
            format!("edition {}", one.number),
            one.state.clone(),
            format!("{} entries", one.entries),
            format!("issued {}", day(one.issued_at)),
            format!("valid until {}", day(one.valid_until)),
            one.content_root.clone(),
        ]
    };
    let rows: Vec<_> = all.iter().map(row).collect();
    output::to_standard_output(|out| Ok(out.write_all(table(&rows).as_bytes())?))?;
    Ok(Outcome::Nothing)
}

pub(crate) fn show(typed: EditionNumber, at: &arguments::Desk) -> Result<Outcome> {
    let office = Office::read(&Places::new(at)?.home)?;
    let desk = Desk::open(at)?;
    let shown = desk
        .run(async { editions::show(&mut desk.store.look().await?, &office.list.id, typed.edition).await })?;
    print(&shown)?;
    Ok(Outcome::Nothing)
}

pub(crate) fn trace(typed: &TraceEdition, at: &arguments::Desk) -> Result<Outcome> {
    let office = Office::read(&Places::new(at)?.home)?;
    let desk = Desk::open(at)?;
    let (by, now, leaked) = (by(&desk)?, desk.now(), office::bytes_of(&typed.leaked)?);
    let trace = desk.run(tracing::trace(&desk.store, &by, (&office.list.id, typed.edition), &leaked, now))?;
    output::to_standard_output(|out| {
        writeln!(out, "{} entries found, wording read at {} places", trace.entries, trace.places)?;
        match &trace.verdict {
            Verdict::Named(partner) => writeln!(out, "this is the copy of {partner}")?,
            Verdict::Several(partners) => {
                let names: Vec<String> = partners.iter().map(ToString::to_string).collect();
                writeln!(out, "this is mixed from the copies of {}", names.join(", "))?;
            }
            Verdict::Unsure => writeln!(out, "too little to name anybody")?,
        }
        writeln!(out, "A partner is named above {:.1}; the most likely:", trace.threshold)?;
        for (partner, likelihood) in &trace.ranking {
            writeln!(out, "  {partner}  {likelihood:.1}")?;
        }
        Ok(())
    })?;
    Ok(Outcome::Nothing)
}

/// What an edition says, what it changes, and how good it is.
fn print(shown: &editions::Shown) -> Result<()> {
    let summary = &shown.summary;
    let on = shown.edition.issued_at.unwrap_or(Date::MAX);
    let strength = matching::identifiers::strength_of;
    let figures = watchlist::quality(&shown.edition, shown.previous.as_ref(), on, strength);
    let share = figures
        .share_with_distinctive()
        .map_or_else(|| "-".to_owned(), |share| format!("{:.0} %", share * 100.0));
    let age = figures.observation_age.as_ref().map_or_else(
        || "-".to_owned(),
        |ages| format!("median {} days, oldest {} days", ages.median_days, ages.oldest_days),
    );
    let valid = shown.edition.valid_until.map_or_else(|| "-".to_owned(), |day| day.to_string());
    let rows = [
        ("edition", format!("{} of {}, {}", summary.number, summary.list, summary.state)),
        ("valid until", valid),
        ("content", summary.content_root.clone()),
        ("entries", format!("{}, {} in doubt", figures.entries, figures.suspended)),
        (
            "changes",
            format!(
                "{} new, {} observed again, {} withdrawn",
                figures.new, figures.renewed, figures.withdrawn
            ),
        ),
        ("last seen", age),
        ("distinctive", format!("{share} have an identifier that can carry a strong hit")),
    ];
    let rows: Vec<_> = rows.into_iter().map(|(what, value)| vec![what.to_owned(), value]).collect();
    output::to_standard_output(|out| {
        out.write_all(table(&rows).as_bytes())?;
        if let Some(previous) = &shown.previous {
            let delta = watchlist::delta(previous, &shown.edition);
            out.write_all(diff_editions::text(&delta).as_bytes())?;
        }
        Ok(())
    })
}
