//! What the files of OFAC say, whatever their form: types of parties, documents and dates.

use jiff::civil::Date;
use watchlist::{Address, EntryType, Identifier, IdentifierKind, NameKind, Phrase};

use super::gathering::Gathering;
use super::problem::{READ_AS_ORGANISATION, the_type};
use super::{Place, sanctions};

/// The sort of a party; vessels and aircraft are none and are counted.
pub(super) fn entry_type(word: &str, at: Place, gathering: &mut Gathering) -> Option<EntryType> {
    match word.to_ascii_lowercase().as_str() {
        "individual" => Some(EntryType::Person),
        // In `sdn.csv` an entity has no type.
        "entity" | "" => Some(EntryType::LegalEntity),
        other @ ("vessel" | "aircraft") => {
            gathering.leave_out(other, at);
            None
        }
        other => {
            gathering.apart(
                at,
                the_type(other),
                Phrase::new("Individual or Entity", "Individual of Entity"),
                READ_AS_ORGANISATION,
            );
            Some(EntryType::LegalEntity)
        }
    }
}

/// `f.k.a.` and `n.k.a.` in XML, `fka` and `nka` in CSV.
pub(super) fn alias_kind(word: &str, weak: bool) -> NameKind {
    match word.replace('.', "").to_ascii_lowercase().as_str() {
        _ if weak => NameKind::WeakAlias,
        "fka" => NameKind::Previous,
        _ => NameKind::Alias,
    }
}

/// A document or a contact, by the words that OFAC puts before it. What no customer has is counted.
pub(super) fn identifier(words: &str, value: &str, country: &str, at: Place, gathering: &mut Gathering) {
    if words == "Gender" {
        return;
    }
    if let Some(kind) = kind(words) {
        let country = (!country.is_empty()).then(|| country.to_owned());
        gathering.detailed(Identifier { country, ..Identifier::new(kind, value) }, at);
    } else if let Some(organisation) = said_of_a_party(words) {
        gathering.note(&format!("{organisation}: {value}"));
    } else {
        gathering.leave_out(words, at);
    }
}

fn kind(words: &str) -> Option<IdentifierKind> {
    use IdentifierKind::{Domain, Email, Lei, Phone, RegisterNumber, VatNumber, Wallet};
    if words.starts_with("Digital Currency Address") {
        return Some(Wallet);
    }
    Some(match words {
        "Email Address" => Email,
        "Website" => Domain,
        "Phone Number" => Phone,
        "Legal Entity Number" | "LEI" => Lei,
        "Tax ID No."
        | "V.A.T. Number"
        | "Fiscal Code"
        | "RFC"
        | "C.U.I.T."
        | "C.U.I.P."
        | "RUC #"
        | "NIT #"
        | "Italian Fiscal Code"
        | "Romanian Tax Registration"
        | "Numero de Identidad" => VatNumber,
        "Registration ID"
        | "Registration Number"
        | "Company Number"
        | "UK Company Number"
        | "Commercial Registry Number"
        | "Business Registration Number"
        | "Business Registration Document #"
        | "Business Number"
        | "Enterprise Number"
        | "Chamber of Commerce Number"
        | "Public Registration Number"
        | "Certificate of Incorporation Number"
        | "Trade License No."
        | "C.R. No."
        | "Istanbul Chamber of Comm. No."
        | "Central Registration System Number"
        | "Registered Charity No."
        | "Dubai Chamber of Commerce Membership No."
        | "Unified Social Credit Code (USCC)"
        | "Government Gazette Number"
        | "Matricula Mercantil No"
        | "Folio Mercantil No."
        | "Turkish Identification Number"
        | "License"
        | "Economic Register Number (CBLS)"
        | "Federal ID Card"
        | "Organization Code" => RegisterNumber,
        _ => return None,
    })
}

/// Features that stand among the documents and say something of the party.
fn said_of_a_party(words: &str) -> Option<&str> {
    let known =
        ["Organization Established Date", "Organization Type", "Secondary sanctions risk", "Linked To"];
    let additional =
        words.starts_with("Additional Sanctions Information") || words.ends_with("Directive Determination -");
    (additional || known.iter().any(|one| words.starts_with(one)))
        .then_some(words.trim_end_matches([':', '-', ' ']))
}

pub(super) fn address(address: Address, at: Place, gathering: &mut Gathering) {
    sanctions::address(address, at, gathering);
}

pub(super) fn country(country: &str, gathering: &mut Gathering) {
    sanctions::country(country, gathering);
}

/// `12 Mar 1970`, `Mar 1970`, `1970`, `circa 1970`, `1970 to 1972`.
pub(super) fn born(text: &str, at: Place, gathering: &mut Gathering) {
    sanctions::born(text, at, gathering);
}

pub(super) fn programme(programmes: &str, gathering: &mut Gathering) {
    if !programmes.is_empty() {
        gathering.note(&format!("programme: {programmes}"));
    }
}

/// `07/18/2025`: the month comes first.
pub(super) fn american_date(text: &str) -> Option<Date> {
    let [month, day, year] = text.split('/').collect::<Vec<_>>().try_into().ok()?;
    Date::new(year.trim().parse().ok()?, month.trim().parse().ok()?, day.trim().parse().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_american_date_has_its_month_first() {
        assert_eq!(american_date("07/03/2025").unwrap().to_string(), "2025-07-03");
        assert_eq!(american_date("18/07/2025"), None);
    }
}
