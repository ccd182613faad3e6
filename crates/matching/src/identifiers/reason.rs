//! Evidence in words: both values, raw and as compared. Made for hits only.

use super::evidence::{Evidence, Part};
use super::{CleanIdentifiers, Space, wallet};
use crate::party::RawParty;
use crate::{Reason, Remark, Side};

/// The reason that a reviewer reads for one piece of evidence.
pub fn reason(
    evidence: &Evidence,
    customer: &RawParty<'_>,
    customer_clean: &CleanIdentifiers,
    entry: &RawParty<'_>,
    entry_clean: &CleanIdentifiers,
) -> Reason {
    let sides = (side(evidence.customer, customer, customer_clean), side(evidence.entry, entry, entry_clean));
    let remark = evidence.remark.or_else(|| {
        let failed = is_wallet(evidence, customer_clean) && !wallet::checked(&sides.1.raw);
        failed.then_some(Remark::Unchecked)
    });
    Reason {
        feature: evidence.feature.name(),
        weight: f64::from(evidence.weight),
        customer: sides.0,
        entry: sides.1,
        remark,
    }
}

fn is_wallet(evidence: &Evidence, clean: &CleanIdentifiers) -> bool {
    matches!(evidence.customer, Part::Form(at)
        if clean.forms.get(usize::from(at)).is_some_and(|form| form.space == Space::Wallet))
}

fn side(part: Part, raw: &RawParty<'_>, clean: &CleanIdentifiers) -> Side {
    let identifier = |at: u16| {
        raw.identifiers.get(usize::from(at)).map(|identifier| identifier.value.clone()).unwrap_or_default()
    };
    match part {
        Part::Form(at) => clean
            .forms
            .get(usize::from(at))
            .map(|form| Side { raw: identifier(form.raw), clean: clean.text(form).to_owned() }),
        Part::Range(at) => clean
            .ranges
            .get(usize::from(at))
            .map(|span| Side { raw: identifier(span.raw), clean: span.written() }),
        Part::Address(at) => clean.addresses.get(usize::from(at)).map(|address| {
            let parts = address.parts(&clean.text);
            let raw = raw.addresses.get(usize::from(address.raw));
            Side { raw: raw.map(|address| address.one_line()).unwrap_or_default(), clean: parts.written() }
        }),
        Part::BirthDate => clean
            .birth_date
            .map(|date| Side { raw: raw.birth_date.unwrap_or_default().to_owned(), clean: date.written() }),
        Part::Country => clean.country.map(|country| Side {
            raw: raw.country.unwrap_or(country.as_str()).to_owned(),
            clean: country.as_str().to_owned(),
        }),
    }
    .unwrap_or_default()
}
