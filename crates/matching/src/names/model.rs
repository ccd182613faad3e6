//! From the features of two names to log-odds: calibrated weights, one column for each kind of party.
//!
//! The weights are fitted by `quality/fit.py` on the training half of the labelled sets (see
//! `quality/README.md`) and shipped as `data/names/weights.tsv`. Log-odds of 0 are the shipped threshold.

use std::sync::LazyLock;

use super::align::Agreement;
use super::clean::CleanName;
use super::features::{COUNT, Compared, NAMES, Values, compare};
use super::keys::anchored;
use crate::party::PartyKind;

/// A pair without an anchor is never a hit, whatever else agrees: its log-odds stay at or below this.
pub const UNANCHORED: f32 = -0.4;

/// Features whose products count too: what one of them means depends on the others. A number that
/// differs says little between strangers and everything between names that agree otherwise.
pub const JOINT: [&str; JOINTS] = [
    "covered_less",
    "told",
    "other_words_both",
    "other_words_more",
    "number_differs",
    "number_on_one_side",
    "place_differs",
    "letters",
    "same_joined",
    "unequal_share",
    "worst_likeness",
    "first_word",
    "one_word_of_many",
    "typos",
    "short_name",
    "across_scripts",
    "legal_form_differs",
    "conflicts",
    "surname_differs",
    "typos_between_known_words",
];
const JOINTS: usize = 20;

/// Weights of one kind of party.
struct Weights {
    single: Values,
    /// `joint[i][j]` for `i <= j`, in the order of [`JOINT`]; 0 below the diagonal.
    joint: [[f32; JOINTS]; JOINTS],
}

struct Model {
    organisation: Weights,
    person: Weights,
    /// Places of [`JOINT`] among the features.
    places: [usize; JOINTS],
}

fn model() -> &'static Model {
    static MODEL: LazyLock<Model> = LazyLock::new(|| read(include_str!("../../data/names/weights.tsv")));
    &MODEL
}

/// Reads `feature<TAB>organisation<TAB>person`, where a feature is a name or `name*name`.
/// What has no line has no weight.
fn read(text: &str) -> Model {
    let none = || Weights { single: [0.0; COUNT], joint: [[0.0; JOINTS]; JOINTS] };
    let place = |name: &str| NAMES.iter().position(|known| *known == name);
    let mut model = Model {
        organisation: none(),
        person: none(),
        places: std::array::from_fn(|i| place(JOINT[i]).unwrap_or(0)),
    };
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let mut cells = line.split('\t');
        let name = cells.next().unwrap_or("");
        let mut next = || cells.next().and_then(|cell| cell.parse().ok()).unwrap_or(0.0);
        let (organisation, person) = (next(), next());
        if let Some((first, second)) = name.split_once('*') {
            let joint = |name: &str| JOINT.iter().position(|known| *known == name);
            if let (Some(i), Some(j)) = (joint(first), joint(second)) {
                model.organisation.joint[i][j] = organisation;
                model.person.joint[i][j] = person;
            }
        } else if let Some(place) = place(name) {
            model.organisation.single[place] = organisation;
            model.person.single[place] = person;
        }
    }
    model
}

/// Words lighter than this are usual: host, cloud, group, bakery, Amsterdam. They never carry a hit.
const USUAL: f32 = 0.45;

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

/// At least two usual words, all of them the same, and no legal forms that differ.
fn same_usual_name(a: &CleanName, b: &CleanName, compared: &Compared) -> bool {
    let forms_agree = match (a.legal_form, b.legal_form) {
        (Some(left), Some(right)) => {
            left.code == right.code || (left.class == right.class && (left.english || right.english))
        }
        _ => true,
    };
    let all = a.tokens.len() == b.tokens.len() && compared.alignment.pairs().len() == a.tokens.len();
    let exact = compared.alignment.pairs().iter().all(|pair| pair.agreement == Agreement::Exact);
    a.tokens.len() > 1 && all && exact && forms_agree
}

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
    let mut log_odds = total(&compared.values, persons);
    let anchored = anchored(a, b, &compared.alignment);
    if !persons && only_usual_words(a, b, &compared) {
        log_odds = log_odds.min(if same_usual_name(a, b, &compared) { SAME_USUAL_NAME } else { UNANCHORED });
    } else if !persons && too_little(a, b, &compared) {
        log_odds = log_odds.min(UNANCHORED);
    }
    if !anchored && log_odds > UNANCHORED {
        // Keeps the order among unanchored pairs, below the threshold.
        log_odds = UNANCHORED - 0.3 / (1.0 + log_odds - UNANCHORED);
    }
    Some(NameScore { log_odds, anchored, compared, persons })
}

fn weights(persons: bool) -> &'static Weights {
    if persons { &model().person } else { &model().organisation }
}

fn total(values: &Values, persons: bool) -> f32 {
    let weights = weights(persons);
    let mut sum: f32 = values.iter().zip(&weights.single).map(|(value, weight)| value * weight).sum();
    let joint: [f32; JOINTS] = model().places.map(|place| values[place]);
    for (value, row) in joint.iter().zip(&weights.joint) {
        if *value != 0.0 {
            sum += value * row.iter().zip(&joint).map(|(weight, other)| weight * other).sum::<f32>();
        }
    }
    sum
}

impl NameScore {
    /// What one feature adds to the log-odds: its own weight and half of each product it is part of.
    pub fn part(&self, feature: &str) -> f32 {
        let Some(place) = NAMES.iter().position(|name| *name == feature) else { return 0.0 };
        let weights = weights(self.persons);
        let value = self.compared.values[place];
        let mut part = value * weights.single[place];
        if let Some(i) = JOINT.iter().position(|name| *name == feature) {
            for (j, place) in model().places.iter().enumerate() {
                let weight = weights.joint[i.min(j)][i.max(j)];
                let share = if i == j { 1.0 } else { 0.5 };
                part += share * weight * value * self.compared.values[*place];
            }
        }
        part
    }
}
