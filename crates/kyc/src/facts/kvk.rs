//! KvK: `GET /v1/basisprofielen/{number}`. A number that the register does not know is answered with status 404 and a
//! fault of its own (`fout`); a 404 without it comes from elsewhere.

use serde_json::Value;

use super::{Question, Said, bare};
use crate::applicant::Applicant;

/// Digits of a number; spreadsheets lose the zeros it begins with.
const DIGITS: usize = 8;

pub(super) fn question(applicant: &Applicant) -> Option<Question> {
    let number = number(applicant)?;
    Some(Question { path: format!("/v1/basisprofielen/{number}"), body: None })
}

pub(super) fn read(applicant: &Applicant, status: u16, answer: &Value) -> Option<Said> {
    let number = number(applicant)?;
    if status == 404 {
        let is_its_own = answer["fout"].as_array().is_some_and(|faults| !faults.is_empty());
        return is_its_own.then(|| Said::not_in_use(None, None));
    }
    if status != 200 || answer["kvkNummer"].as_str().map(bare) != Some(number.clone()) {
        return None;
    }
    let names = ["statutaireNaam", "naam"].map(|key| answer[key].as_str().unwrap_or_default());
    let trading = answer["handelsnamen"].as_array().into_iter().flatten();
    let names: Vec<&str> = names.into_iter().chain(trading.filter_map(|one| one["naam"].as_str())).collect();
    let ended =
        answer["materieleRegistratie"]["datumEinde"].as_str().is_some_and(|day| !day.trim().is_empty());
    Some(if ended {
        Said::not_in_use(names.into_iter().find(|name| !name.is_empty()), Some(number))
    } else {
        Said::known(applicant, &names, Some(number))
    })
}

fn number(applicant: &Applicant) -> Option<String> {
    let is_dutch = applicant.country().is_none_or(|country| country == "NL");
    let number = bare(applicant.register_number.as_deref()?);
    let number = number.strip_prefix("KVK").unwrap_or(&number);
    let fits =
        is_dutch && (1..=DIGITS).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit());
    fits.then(|| format!("{number:0>DIGITS$}"))
}
