//! From the features of two names to log-odds: one model for organisations and one for persons.
//!
//! The models are fitted by `quality/fit.py` on the training part of the labelled sets (see
//! `quality/README.md`) and shipped as `data/names/model.txt`. Log-odds of 0 are the shipped threshold.

use std::sync::LazyLock;

use super::align::Agreement;
use super::clean::CleanName;
use super::features::{Compared, Values, at, compare};
use super::keys::anchored;
use super::lexicon::USUAL;
use super::trees::{self, Trees};
use crate::party::PartyKind;

/// A pair without an anchor is never a hit, whatever else agrees: its log-odds stay at or below this.
pub const UNANCHORED: f32 = -0.4;

fn model(persons: bool) -> &'static Trees {
    const FILE: &str = include_str!("../../data/names/model.txt");
    static ORGANISATION: LazyLock<Trees> =
        LazyLock::new(|| trees::read(FILE, "organisation").expect("the shipped model is read by every test"));
    static PERSON: LazyLock<Trees> =
        LazyLock::new(|| trees::read(FILE, "person").expect("the shipped model is read by every test"));
    if persons { &PERSON } else { &ORGANISATION }
}

/// Two firms that are called the same in usual words alone are a weak hit at the most.
const SAME_USUAL_NAME: f32 = 0.3;

fn only_usual_words(a: &CleanName, b: &CleanName, compared: &Compared) -> bool {
    compared.alignment.pairs().iter().all(|pair| {
        pair.a_more + pair.b_more == 0
            && a.tokens[pair.a as usize].weight.min(b.tokens[pair.b as usize].weight) < USUAL
    })
}

/// Whether a single telling word agrees, and it is short and only near the other one: four letters
/// with one edit are another word too often.
fn too_little(a: &CleanName, b: &CleanName, compared: &Compared) -> bool {
    let pairs = compared.alignment.pairs();
    if a.joined == b.joined || pairs.iter().any(|pair| pair.a_more + pair.b_more > 0) {
        return false;
    }
    let mut telling = pairs
        .iter()
        .filter(|pair| a.tokens[pair.a as usize].weight.min(b.tokens[pair.b as usize].weight) >= USUAL);
    let (Some(only), None) = (telling.next(), telling.next()) else { return false };
    let shortest = a.tokens[only.a as usize].text.len().min(b.tokens[only.b as usize].text.len());
    shortest < 5 && matches!(only.agreement, Agreement::Typo | Agreement::Beginning)
}

/// Whether two names are the same in every letter or in every word and the legal form: whoever is called
/// exactly as an entry is looked at, however usual the name.
fn one_name(a: &CleanName, b: &CleanName) -> bool {
    let form = |name: &CleanName| name.legal_form.map(|form| form.code);
    a.written == b.written || (a.sorted == b.sorted && a.joined == b.joined && form(a) == form(b))
}

/// At least two usual words, the same in the same order or written as one. A third one makes a name that
/// few firms have, whatever the order, whatever usual word or place the other name adds, and with a slip in it.
fn same_usual_name(a: &CleanName, b: &CleanName, compared: &Compared) -> bool {
    let (fewer, more) = (a.tokens.len().min(b.tokens.len()), a.tokens.len().max(b.tokens.len()));
    let one_run = a.joined == b.joined && a.joined.len() >= SHORTEST_RUN && more > 1;
    if one_name(a, b) || one_run {
        return true;
    }
    let pairs = compared.alignment.pairs();
    if fewer < 2 || pairs.len() < fewer || (fewer < more && fewer == 2) {
        return false;
    }
    let least = if fewer > 2 { 0.8 } else { 0.9 };
    let alike =
        pairs.iter().all(|pair| pair.likeness > least && (fewer > 2 || pair.agreement != Agreement::Typo));
    alike && (fewer > 2 || compared.values[at("turned")] == 0.0)
}

/// Usual words written without blanks make a name from so many letters on.
const SHORTEST_RUN: usize = 6;

/// How alike two names are.
pub struct NameScore {
    /// Natural logarithm of the odds that both names are of one party; 0 is the threshold.
    pub log_odds: f32,
    /// Whether the index would have found the pair.
    pub anchored: bool,
    pub compared: Compared,
    pub persons: bool,
}

/// Scores two cleaned names; `None` where one of them has no word.
pub fn score(a: &CleanName, b: &CleanName) -> Option<NameScore> {
    if a.tokens.is_empty() || b.tokens.is_empty() {
        return None;
    }
    let compared = compare(a, b);
    let persons = a.kind == PartyKind::Person && b.kind == PartyKind::Person;
    let mut log_odds = model(persons).log_odds(&compared.values);
    let anchored = anchored(a, b, &compared.alignment);
    if one_name(a, b) {
        log_odds = log_odds.max(SAME_USUAL_NAME);
    }
    if !persons && only_usual_words(a, b, &compared) {
        log_odds = log_odds.min(if same_usual_name(a, b, &compared) { SAME_USUAL_NAME } else { UNANCHORED });
    } else if !persons && (too_little(a, b, &compared) || compared.values[at("number_differs")] > 0.0) {
        // Another number is another firm: "II" is not "III".
        log_odds = log_odds.min(UNANCHORED);
    }
    if !anchored && log_odds > UNANCHORED {
        // Keeps the order among unanchored pairs, below the threshold.
        log_odds = UNANCHORED - 0.3 / (1.0 + log_odds - UNANCHORED);
    }
    Some(NameScore { log_odds, anchored, compared, persons })
}

impl NameScore {
    /// Whether the two names are written in different scripts.
    pub fn across_scripts(&self) -> bool {
        self.compared.values[at("scripts")] > 0.0
    }

    /// What each feature adds to the log-odds before the rules above, in the order of [`super::features::NAMES`].
    pub fn parts(&self) -> Values {
        model(self.persons).parts(&self.compared.values)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::names::{Buffers, clean};
    use crate::party::NameRole;
    use proptest::prelude::*;

    fn cleaned(text: &str, kind: PartyKind) -> CleanName {
        clean(text, kind, NameRole::Own, 0, &mut Buffers::default())
    }

    #[track_caller]
    fn check(left: &str, right: &str, hit: bool) {
        let of = |text| cleaned(text, PartyKind::Organisation);
        let score = score(&of(left), &of(right)).expect("both names have words");
        assert_eq!(score.log_odds >= 0.0, hit, "{left} / {right}: {}", score.log_odds);
    }

    #[test]
    fn a_name_written_as_an_entry_is_always_looked_at() {
        check("Cloud Solutions LLC", "CLOUD SOLUTIONS LLC", true);
        check("cloud_solutions", "Cloud Solutions LLC", true);
        check("C l o u d S o l u t i o n s L L C", "Cloud Solutions LLC", true);
        check("DataCenterVoorbeeld", "Data Center Voorbeeld", true);
        check("Partner LLC", "Partner LLC", true);
    }

    #[test]
    fn usual_words_alone_are_no_hit() {
        check("Partner GmbH", "Partner LLC", false);
        check("Solutions Cloud Ltd", "Cloud Hosting LLC", false);
        check("Data Center Groningen", "Data Center Maastricht", false);
    }

    #[test]
    fn slips_scripts_and_digits_for_letters_are_seen_through() {
        check("Nordwnid Hosting BV", "Nordwind Hosting B.V.", true);
        check("ООО «Нордвинд Хостинг»", "Nordwind Hosting LLC", true);
        check("N0rdw1nd Hosting", "Nordwind Hosting", true);
        check("Kestrelvale Networks II", "Kestrelvale Networks III", false);
    }

    proptest! {
        #[test]
        fn both_orders_of_two_names_give_one_score(
            left in "(nord|wind|nordwind|nordwnid|host|cloud|cl0ud|jan|peter|pieter|de|вry|нордвинд|44| |-|a){1,7}",
            right in "(nord|wind|nordwind|nordwnid|host|cloud|cl0ud|jan|peter|pieter|de|вry|нордвинд|44| |-|a){1,7}",
            persons in any::<bool>(),
        ) {
            let kind = if persons { PartyKind::Person } else { PartyKind::Organisation };
            let (a, b) = (cleaned(&left, kind), cleaned(&right, kind));
            let told = |score: Option<NameScore>| score.map(|score| (score.log_odds, score.anchored));
            prop_assert_eq!(told(score(&a, &b)), told(score(&b, &a)));
        }
    }
}
