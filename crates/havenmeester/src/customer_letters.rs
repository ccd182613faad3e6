//! Letters to customers: who writes them, from house.toml, and their PDF.

use std::path::Path;

use anyhow::Result;
use documents::Language;
use jiff::ToSpan;
use jiff::civil::Date;
use letters::customer::{Customer, Ground, GroundKind, House, Matter, Measure, Reasons};
use letters::{CustomerLetter, Press, customer_pdf};
use operations::hoster::notices::Notice;
use serde::Deserialize;

use crate::failure::Failure;
use crate::office;

/// What `letter example` prints, and what a test reads.
pub(crate) const EXAMPLE: &str = include_str!("house.example.toml");

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct HouseSettings {
    name: String,
    address: Vec<String>,
    email: String,
    phone: String,
    signatory: String,
    signatory_role: String,
    complaints: String,
    complain_within_days: u32,
    dispute_body: Option<String>,
    /// How long what is kept of customers stays.
    retention_months: Option<u32>,
}

/// Months after which what is kept of customers goes, where house.toml says nothing: those that the review of a warning
/// and its appeal need.
const USUAL_RETENTION_MONTHS: u32 = 6;

/// After how many months what is kept of customers goes.
///
/// # Errors
/// If house.toml cannot be used; without one the usual term holds.
pub(crate) fn retention_months(home: &Path) -> Result<u32> {
    if !home.join("house.toml").exists() {
        return Ok(USUAL_RETENTION_MONTHS);
    }
    Ok(settings(home)?.retention_months.unwrap_or(USUAL_RETENTION_MONTHS).max(1))
}

/// The days in a letter.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Days {
    pub(crate) dated: Date,
    /// From when a measure holds.
    pub(crate) from: Date,
    /// Until when data are asked for, or can be taken home.
    pub(crate) until: Option<Date>,
}

impl Days {
    /// For a request: two weeks to answer, where no day is named.
    pub(crate) fn to_answer(dated: Date, until: Option<Date>) -> Result<Self> {
        let until = until.map_or_else(|| dated.checked_add(14.days()), Ok)?;
        Ok(Self { dated, from: dated, until: Some(until) })
    }
}

/// Writes the letter of a notice.
///
/// # Errors
/// If house.toml is missing or wrong, or a ground would give the list away.
pub(crate) fn pdf(home: &Path, notice: &Notice, days: Days, language: Language) -> Result<Vec<u8>> {
    let settings = settings(home)?;
    let reference = format!("{}-{}", days.dated, notice.customer_id);
    let matter = match &notice.decision {
        None => Matter::MoreData { until: days.until.unwrap_or(days.from) },
        Some((_, decision)) => Matter::Reasons(Reasons {
            measure: measure(decision.measure),
            from: days.from,
            data_until: days.until,
            grounds: decision.grounds.iter().map(ground).collect(),
            complain_within_days: settings.complain_within_days,
        }),
    };
    let house = House {
        name: settings.name,
        address: settings.address,
        email: settings.email,
        phone: settings.phone,
        signatory: settings.signatory,
        signatory_role: settings.signatory_role,
        complaints: settings.complaints,
        dispute_body: settings.dispute_body,
    };
    let customer = Customer { name: notice.customer_name.clone(), number: notice.customer_id.clone() };
    let letter = CustomerLetter::new(house, customer, (reference, days.dated), matter, &notice.secrets);
    let letter = letter.map_err(|error| {
        Failure::new(
            error.to_string(),
            "make the decision again with grounds in words of your own; nothing was written",
        )
    })?;
    Ok(customer_pdf(&Press::default(), &letter, language)?)
}

fn settings(home: &Path) -> Result<HouseSettings> {
    let path = home.join("house.toml");
    let text = std::fs::read_to_string(&path).map_err(|error| {
        Failure::new(
            format!("who writes the letter is not known: {}: {error}", path.display()),
            "print an example with `letter example`, change it, and save it there",
        )
    })?;
    office::from_toml(&text, &path)
}

fn measure(measure: review::Measure) -> Measure {
    match measure {
        // Going on as before gets no letter; conditions are the least that does.
        review::Measure::Continue | review::Measure::Conditions => Measure::Conditions,
        review::Measure::Suspend => Measure::Suspend,
        review::Measure::EndAtTerm => Measure::EndAtTerm,
        review::Measure::EndNow => Measure::EndNow,
    }
}

fn ground(ground: &review::Ground) -> Ground {
    let kind = match ground.kind {
        review::GroundKind::ContractClause => GroundKind::ContractClause,
        review::GroundKind::AupBreach => GroundKind::AupBreach,
        review::GroundKind::KycFailure => GroundKind::KycFailure,
        review::GroundKind::ObservedAbuse => GroundKind::ObservedAbuse,
        review::GroundKind::Sanctions => GroundKind::Sanctions,
    };
    Ground { kind, text: ground.text.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_can_be_used_as_it_is() {
        let settings: HouseSettings = office::from_toml(EXAMPLE, Path::new("house.toml")).unwrap();
        assert_eq!(settings.complain_within_days, 30);
    }
}
