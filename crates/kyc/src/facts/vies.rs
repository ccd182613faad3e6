//! VIES, REST: `POST /check-vat-number` with country, number and, for a number as proof, those of who asks.

use serde_json::{Value, json};

use super::{Asking, Question, Said, bare};
use crate::applicant::Applicant;
use crate::check::Outcome;

/// Codes of VIES: those of the member states, Greece as `EL`, and `XI` for Northern Ireland.
const COUNTRIES: [&str; 28] = [
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "EL", "ES", "FI", "FR", "HR", "HU", "IE", "IT", "LT",
    "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK", "XI",
];

pub(super) fn question(applicant: &Applicant, asking: &Asking) -> Option<Question> {
    let (country, number) = of_applicant(applicant)?;
    let mut body = json!({"countryCode": country, "vatNumber": number});
    if let Some((country, number)) = asking.own_vat_number.as_deref().and_then(|own| split(own, None)) {
        body["requesterMemberStateCode"] = json!(country);
        body["requesterNumber"] = json!(number);
    }
    Some(Question { path: "/check-vat-number".to_owned(), body: Some(body.to_string()) })
}

/// An answer says which number it is about, and whether it is valid. One that carries an error says nothing.
pub(super) fn read(applicant: &Applicant, status: u16, answer: &Value) -> Option<Said> {
    let (country, number) = of_applicant(applicant)?;
    let said = |key: &str| answer[key].as_str().unwrap_or_default();
    let is_about_it = bare(said("countryCode")) == country && bare(said("vatNumber")) == number;
    let has_error = answer.get("errorWrappers").is_some_and(|errors| !errors.is_null());
    if status != 200 || !is_about_it || has_error {
        return None;
    }
    let proof = Some(said("requestIdentifier").trim().to_owned()).filter(|proof| !proof.is_empty());
    Some(match answer["valid"].as_bool()? {
        true => Said::known(applicant, &[said("name"), said("traderName")], proof),
        false => Said { outcome: Outcome::NotConfirmed, proof, name: None },
    })
}

fn of_applicant(applicant: &Applicant) -> Option<(String, String)> {
    split(applicant.vat_number.as_deref()?, applicant.country().as_deref())
}

/// Country and number; the country of the customer where the number is written without its own.
fn split(text: &str, of_customer: Option<&str>) -> Option<(String, String)> {
    let text = bare(text);
    let own = text.get(..2).map(|code| if code == "GR" { "EL" } else { code });
    if let Some(country) = own.filter(|code| COUNTRIES.contains(code)) {
        return Some((country.to_owned(), text[2..].to_owned())).filter(|(_, number)| !number.is_empty());
    }
    let country = of_customer.map(|code| if code == "GR" { "EL" } else { code })?;
    (COUNTRIES.contains(&country) && !text.is_empty()).then(|| (country.to_owned(), text))
}
