//! What speaks for a closer look that does not stand in the order alone.

use jiff::civil::Date;
use matching::identifiers::phone_is_of_country;
use matching::names::Buffers;
use matching::party::Party;
use screening::check::raw_party;

use crate::applicant::Applicant;

/// What is known around an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Circumstances {
    pub today: Date,
    /// Other orders with the same mail or phone within the time that the policy looks back.
    pub earlier_sign_ups: u32,
}

/// Whether what is said of the country does not agree: phone, line and address.
pub fn countries_disagree(applicant: &Applicant) -> bool {
    let Some(said) = applicant.country() else { return false };
    let of_line = applicant.ip_country.as_ref().map(|code| code.trim().to_ascii_uppercase());
    let of_address = applicant.address.as_ref().map(|address| address.country.trim().to_ascii_uppercase());
    let differs = |code: &String| code.len() == 2 && *code != said;
    of_line.iter().chain(&of_address).any(differs)
        || applicant.phones.iter().any(|phone| phone_is_of_country(phone, &said) == Some(false))
}

/// Whether very many companies are registered at the address.
pub fn is_mass_registration(applicant: &Applicant) -> bool {
    let customer = applicant.as_customer("");
    let party = Party::clean(&raw_party(&customer), &mut Buffers::default());
    party.identifiers.addresses.iter().any(|address| address.mass_registration)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_names_another_country_disagrees() {
        let check = |country: &str, phone: &str, line: &str, expected: bool| {
            let applicant = Applicant {
                country: Some(country.to_owned()),
                phones: vec![phone.to_owned()],
                ip_country: Some(line.to_owned()),
                ..Applicant::default()
            };
            assert_eq!(countries_disagree(&applicant), expected, "{country} {phone} {line}");
        };
        check("NL", "+31 50 555 0100", "nl", false);
        check("NL", "0031505550100", "", false);
        check("NL", "050 555 0100", "NL", false);
        check("NL", "+44 20 7946 0000", "NL", true);
        check("NL", "", "DE", true);
        check("US", "+1 416 555 0100", "US", false);
        check("", "+44 20 7946 0000", "DE", false);
    }
}
