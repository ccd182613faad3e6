//! GLEIF: `GET /lei-records` with the register number as filter. Few firms have an identifier: a number that is not there
//! says nothing about the firm.

use serde_json::Value;

use super::{Question, Said, bare};
use crate::applicant::Applicant;

pub(super) fn question(applicant: &Applicant) -> Option<Question> {
    let number = number(applicant)?;
    let country = applicant.country()?;
    let path = format!(
        "/lei-records?filter%5Bentity.registeredAs%5D={number}&filter%5Bentity.legalAddress.country%5D={country}"
    );
    Some(Question { path, body: None })
}

pub(super) fn read(applicant: &Applicant, status: u16, answer: &Value) -> Option<Said> {
    let (number, country) = (number(applicant)?, applicant.country()?);
    let records = answer["data"].as_array().filter(|_| status == 200)?;
    let mut found = records.iter().filter(|record| {
        let entity = &record["attributes"]["entity"];
        entity["registeredAs"].as_str().map(bare).as_deref() == Some(number.as_str())
            && entity["legalAddress"]["country"].as_str() == Some(country.as_str())
    });
    let record = found.next()?;
    let entity = &record["attributes"]["entity"];
    let name = entity["legalName"]["name"].as_str().unwrap_or_default();
    let proof = record["id"].as_str().or_else(|| record["attributes"]["lei"].as_str()).map(str::to_owned);
    match entity["status"].as_str()? {
        "ACTIVE" => Some(Said::known(applicant, &[name], proof)),
        "INACTIVE" => Some(Said::not_in_use(Some(name), proof)),
        _ => None,
    }
}

fn number(applicant: &Applicant) -> Option<String> {
    Some(bare(applicant.register_number.as_deref()?)).filter(|number| (3..=30).contains(&number.len()))
}
