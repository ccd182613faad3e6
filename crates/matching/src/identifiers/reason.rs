//! Evidence in words: both values, raw and as compared. Made only when somebody reads it.

use super::evidence::Part;
use super::{CleanIdentifiers, Space, wallet};
use crate::party::RawParty;
use crate::{Remark, Side};

/// What a remark says of a wallet whose checksum the entry's writing does not confirm.
pub(crate) fn unchecked(customer: Part, clean: &CleanIdentifiers, entry_raw: &str) -> Option<Remark> {
    (is_wallet(customer, clean) && !wallet::checked(entry_raw)).then_some(Remark::Unchecked)
}

fn is_wallet(part: Part, clean: &CleanIdentifiers) -> bool {
    matches!(part, Part::Form(at)
        if clean.forms.get(usize::from(at)).is_some_and(|form| form.space == Space::Wallet))
}

/// One side of a piece of evidence.
pub(crate) fn side(part: Part, raw: &RawParty<'_>, clean: &CleanIdentifiers) -> Side {
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
