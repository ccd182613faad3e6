//! The names: which of the registered organisations are the list, and which are strangers.

use std::collections::BTreeSet;

use anyhow::{Context, Result};
use rustc_hash::FxHashSet;
use serde::Deserialize;

use super::words::{BRANCH_WORDS, LEGAL_FORMS, PLACES};
use crate::random::Random;
use crate::sets::folder::{self, DataFolder};
use crate::split::Portion;

pub const FILE: &str = "base_orgs.csv.gz";

/// Size of the task, as it is known from elsewhere.
pub const LISTED: usize = 500;
pub const STRANGERS: usize = 600;

/// The source cuts names at about this length and marks the cut.
const CUT_MARK: &str = "...";

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Company {
    #[serde(rename = "org_name")]
    pub name: String,
    /// ISO 3166-1 alpha-2, or empty.
    pub country: String,
    #[serde(rename = "org_name_2018")]
    pub earlier_name: String,
}

/// A list and companies that are not on it.
#[derive(Default)]
pub struct Corpus {
    pub listed: Vec<Company>,
    pub strangers: Vec<Company>,
    /// Strangers that are a typing error away from a listed company. Nobody could tell one from the other by
    /// the name, so they are counted apart.
    pub twins: Vec<Company>,
}

/// Companies with a usable name, each name once.
pub fn companies(data: &DataFolder) -> Result<Vec<Company>> {
    let mut seen = FxHashSet::default();
    let mut companies = Vec::new();
    for row in folder::rows(&data.path(FILE))?.deserialize::<Company>() {
        let company = row.with_context(|| format!("could not read {FILE}"))?;
        if is_usable(&company.name) && seen.insert(core(&company.name)) {
            companies.push(company);
        }
    }
    Ok(companies)
}

/// Draws a task out of one portion of the companies.
pub fn draw(companies: &[Company], portion: Portion, seed: u64) -> Corpus {
    let mut drawn: Vec<&Company> =
        companies.iter().filter(|company| Portion::of(&company.name) == portion).collect();
    Random::new(seed).shuffle(&mut drawn);
    let mut corpus = Corpus::default();
    let mut firms = FxHashSet::default();
    let mut distinct: Vec<Vec<char>> = Vec::new();
    for company in drawn {
        if corpus.strangers.len() == STRANGERS {
            break;
        }
        // A company that may be one with another of the task, list or stranger, has no right answer.
        let keys = firm_keys(company);
        if keys.is_empty() || keys.iter().any(|key| firms.contains(key)) {
            continue;
        }
        firms.extend(keys);
        let own = distinct_part(&company.name);
        let is_twin = distinct.iter().any(|listed| within_one_edit(listed, &own));
        if corpus.listed.len() == LISTED {
            if is_twin { &mut corpus.twins } else { &mut corpus.strangers }.push(company.clone());
        } else if !is_twin {
            distinct.push(own);
            corpus.listed.push(company.clone());
        }
    }
    corpus
}

/// What sets a name apart: its words without legal form, place and trade, or without the legal form where
/// nothing else stays.
fn distinct_part(name: &str) -> Vec<char> {
    let is_usual = |word: &String| PLACES.contains(&word.as_str()) || BRANCH_WORDS.contains(&word.as_str());
    let own: String = core_words(name).into_iter().filter(|word| !is_usual(word)).collect();
    if own.chars().count() < 3 { core(name) } else { own }.chars().collect()
}

/// Whether one wrong, missing, doubled or swapped letter at most is between two texts.
fn within_one_edit(left: &[char], right: &[char]) -> bool {
    let (short, long) = if left.len() <= right.len() { (left, right) } else { (right, left) };
    let same_front = short.iter().zip(long).take_while(|(a, b)| a == b).count();
    let (short, long) = (&short[same_front..], &long[same_front..]);
    match long.len() - short.len() {
        0 if short.len() < 2 => true,
        0 => {
            short[1..] == long[1..] || (short[0] == long[1] && short[1] == long[0] && short[2..] == long[2..])
        }
        1 => *short == long[1..],
        _ => false,
    }
}

fn is_usable(name: &str) -> bool {
    let letters = core(name).chars().filter(|letter| letter.is_alphabetic()).count();
    !name.ends_with(CUT_MARK) && (5..=60).contains(&letters)
}

/// The words of a name in lower case without legal forms.
pub fn core_words(name: &str) -> Vec<String> {
    let lower = name.to_lowercase().replace(['.', '\''], "");
    lower
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty() && !LEGAL_FORMS.contains(word))
        .map(str::to_owned)
        .collect()
}

/// The name without legal forms, in one word.
pub fn core(name: &str) -> String {
    core_words(name).concat()
}

/// Two companies with a common key may be one firm: same words in any order apart from legal form and place,
/// now or in 2018.
fn firm_keys(company: &Company) -> Vec<String> {
    let key = |name: &str| {
        let words: BTreeSet<String> =
            core_words(name).into_iter().filter(|word| !PLACES.contains(&word.as_str())).collect();
        words.into_iter().collect::<String>()
    };
    let mut keys = vec![key(&company.name), key(&company.earlier_name)];
    keys.retain(|key| key.len() >= 3);
    keys.dedup();
    keys
}

#[cfg(test)]
mod tests {
    use super::*;

    fn company(name: &str) -> Company {
        Company { name: name.to_owned(), country: String::new(), earlier_name: String::new() }
    }

    #[test]
    fn the_core_has_no_legal_form() {
        assert_eq!(core("Orchard Nine B.V."), "orchardnine");
    }

    #[test]
    fn one_typing_error_makes_twins() {
        let check = |left: &str, right: &str, expected: bool| {
            assert_eq!(
                within_one_edit(&distinct_part(left), &distinct_part(right)),
                expected,
                "{left} / {right}"
            );
        };

        check("Orchard Telecom", "Orchart BV", true);
        check("Orchard Telecom", "Ocrhard Hosting BV", true);
        check("Orchard", "Orchards", true);
        check("Orchard", "Orchidee", false);
        check("Orchard Nine", "Orchard Ten", false);
    }

    #[test]
    fn one_firm_in_two_countries_is_drawn_once() {
        let keys = |name| firm_keys(&company(name));

        assert_eq!(keys("Orchard Nine Nederland BV"), keys("Orchard Nine GmbH"));
        assert_ne!(keys("Orchard Nine BV"), keys("Orchard Ten BV"));
    }
}
