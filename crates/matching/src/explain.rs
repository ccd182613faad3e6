//! From a comparison to reasons that a person reads: both values, raw and cleaned, and the weight.

use crate::class::Class;
use crate::compare::{Comparison, NameEvidence, OTHER_NAME};
use crate::identifiers;
use crate::names::CleanName;
use crate::names::align::Agreement;
use crate::names::model::place;
use crate::party::{Party, RawParty};
use crate::reason::{Reason, Side};

/// What speaks against within two names, and which features of the model say so.
const AGAINST: &[(&str, &[&str])] = &[
    ("number_differs", &["number_differs", "number_on_one_side"]),
    ("place_differs", &["place_differs", "place_on_one_side"]),
    ("legal_form_differs", &["legal_form"]),
    ("only_usual_words", &["told_best", "told_second"]),
    (
        "other_words",
        &[
            "other_words_both",
            "other_words_heaviest",
            "other_words_less",
            "other_words_more",
            "other_words_known",
            "other_words_count",
            "conflicts",
            "branch_differs",
            "usual_differs_one_side",
        ],
    ),
];

/// Weights nearer to 0 than this are not worth a line.
const WORTH_A_LINE: f64 = 0.05;

/// The reasons of a comparison, heaviest first.
pub fn reasons(
    comparison: &Comparison,
    customer: (&RawParty<'_>, &Party),
    entry: (&RawParty<'_>, &Party),
) -> Vec<Reason> {
    let mut found = Vec::new();
    let hit = comparison.class > Class::None;
    match &comparison.name {
        Some(name) if name.score.anchored || !hit => name_reasons(name, customer, entry, &mut found),
        _ => found.extend(other_name(customer, entry)),
    }
    for evidence in &comparison.identifiers {
        found.push(identifiers::reason(
            evidence,
            customer.0,
            &customer.1.identifiers,
            entry.0,
            &entry.1.identifiers,
        ));
    }
    found.sort_by(|a, b| b.weight.abs().total_cmp(&a.weight.abs()).then_with(|| a.feature.cmp(b.feature)));
    found
}

/// A hit by identifiers under another name: no pair of names is worth more than another, so the first
/// ones stand for all.
fn other_name(customer: (&RawParty<'_>, &Party), entry: (&RawParty<'_>, &Party)) -> Option<Reason> {
    let (a, b) = (customer.1.names.first()?, entry.1.names.first()?);
    Some(Reason {
        feature: "other_name",
        weight: f64::from(OTHER_NAME),
        customer: side(customer.0, a),
        entry: side(entry.0, b),
        remark: None,
    })
}

fn side(raw: &RawParty<'_>, clean: &CleanName) -> Side {
    Side {
        raw: raw.names.get(clean.raw as usize).map_or_else(String::new, |name| name.text.to_owned()),
        clean: clean.text(),
    }
}

fn name_reasons(
    name: &NameEvidence,
    customer: (&RawParty<'_>, &Party),
    entry: (&RawParty<'_>, &Party),
    found: &mut Vec<Reason>,
) {
    let (a, b) = (&customer.1.names[name.customer], &entry.1.names[name.entry]);
    let sides = (side(customer.0, a), side(entry.0, b));
    let mut left = f64::from(name.log_odds);
    let each = name.score.parts();
    let part = |feature: &str| place(feature).map_or(0.0, |place| f64::from(each[place]));
    for (feature, parts) in AGAINST {
        let weight: f64 = parts.iter().map(|feature| part(feature)).sum();
        if weight < -WORTH_A_LINE {
            left -= weight;
            found.push(Reason {
                feature,
                weight,
                customer: sides.0.clone(),
                entry: sides.1.clone(),
                remark: None,
            });
        }
    }
    found.push(Reason {
        feature: main_feature(name),
        weight: left,
        customer: sides.0,
        entry: sides.1,
        remark: None,
    });
}

/// What the likeness of two names mostly is.
fn main_feature(name: &NameEvidence) -> &'static str {
    let pairs = name.score.compared.alignment.pairs();
    let has = |agreement: Agreement| pairs.iter().any(|pair| pair.agreement == agreement);
    if name.log_odds < 0.0 {
        "other_name"
    } else if has(Agreement::AcrossScripts)
        || (has(Agreement::Sound) && name.score.across_scripts())
    {
        "similar_name_across_scripts"
    } else if pairs.iter().all(|pair| pair.agreement == Agreement::Exact) {
        "same_name"
    } else if has(Agreement::Joined) {
        "same_name_spaced_differently"
    } else if has(Agreement::Nickname) {
        "same_name_other_form"
    } else {
        "similar_name"
    }
}
