//! From a comparison to its causes, and from causes to reasons that a person reads: both values, raw and
//! cleaned, and the weight.

use crate::class::Class;
use crate::compare::{Comparison, NameEvidence, OTHER_NAME};
use crate::identifiers;
use crate::names::CleanName;
use crate::names::model::Likeness;
use crate::party::{Party, RawParty};
use crate::reason::{About, Cause, Reason, Side};

/// Weights nearer to 0 than this are not worth a line.
const WORTH_A_LINE: f64 = 0.05;

/// The reasons of a comparison, heaviest first.
pub fn reasons(
    comparison: &Comparison,
    customer: (&RawParty<'_>, &Party),
    entry: (&RawParty<'_>, &Party),
) -> Vec<Reason> {
    let mut found = Vec::new();
    causes(comparison, customer.1, entry.1, &mut found);
    found.iter().map(|cause| reason(cause, customer, entry)).collect()
}

/// The causes of a comparison, heaviest first, in place of what `found` held.
pub fn causes(comparison: &Comparison, customer: &Party, entry: &Party, found: &mut Vec<Cause>) {
    found.clear();
    let hit = comparison.class > Class::None;
    match &comparison.name {
        Some(name) if name.score.anchored || !hit => name_causes(name, found),
        _ => found.extend(other_name(customer, entry)),
    }
    found.extend(comparison.identifiers.iter().map(|evidence| Cause {
        feature: evidence.feature.name(),
        weight: f64::from(evidence.weight),
        about: About::Identifiers(evidence.customer, evidence.entry),
        remark: evidence.remark,
    }));
    found.sort_by(|a, b| b.weight.abs().total_cmp(&a.weight.abs()).then_with(|| a.feature.cmp(b.feature)));
}

/// A cause in words.
pub fn reason(cause: &Cause, customer: (&RawParty<'_>, &Party), entry: (&RawParty<'_>, &Party)) -> Reason {
    let ((customer_side, entry_side), remark) = match cause.about {
        About::Names(ours, theirs) => ((name_side(customer, ours), name_side(entry, theirs)), cause.remark),
        About::Identifiers(ours, theirs) => {
            let side = |part, (raw, clean): (&RawParty<'_>, &Party)| {
                identifiers::side(part, raw, &clean.identifiers)
            };
            let sides = (side(ours, customer), side(theirs, entry));
            let unchecked = || identifiers::unchecked(ours, &customer.1.identifiers, &sides.1.raw);
            let remark = cause.remark.or_else(unchecked);
            (sides, remark)
        }
    };
    Reason {
        feature: cause.feature,
        weight: cause.weight,
        customer: customer_side,
        entry: entry_side,
        remark,
    }
}

/// A hit by identifiers under another name: no pair of names is worth more than another, so the first
/// ones stand for all.
fn other_name(customer: &Party, entry: &Party) -> Option<Cause> {
    let both = !customer.names.is_empty() && !entry.names.is_empty();
    both.then_some(Cause {
        feature: "other_name",
        weight: f64::from(OTHER_NAME),
        about: About::Names(0, 0),
        remark: None,
    })
}

fn name_side((raw, clean): (&RawParty<'_>, &Party), place: u16) -> Side {
    clean.names.get(usize::from(place)).map_or_else(Side::default, |name| side(raw, name))
}

fn side(raw: &RawParty<'_>, clean: &CleanName) -> Side {
    Side {
        raw: raw.names.get(clean.raw as usize).map_or_else(String::new, |name| name.text.to_owned()),
        clean: clean.text(),
    }
}

fn name_causes(name: &NameEvidence, found: &mut Vec<Cause>) {
    let about = About::Names(name.customer as u16, name.entry as u16);
    let mut left = f64::from(name.log_odds);
    for (feature, weight) in name.score.against() {
        let weight = f64::from(weight);
        if weight < -WORTH_A_LINE {
            left -= weight;
            found.push(Cause { feature, weight, about, remark: None });
        }
    }
    found.push(Cause { feature: main_feature(name), weight: left, about, remark: None });
}

/// What the likeness of two names mostly is.
fn main_feature(name: &NameEvidence) -> &'static str {
    if name.log_odds < 0.0 {
        return "other_name";
    }
    match name.score.likeness {
        Likeness::Same => "same_name",
        Likeness::Spaced => "same_name_spaced_differently",
        Likeness::OtherForm => "same_name_other_form",
        Likeness::AcrossScripts => "similar_name_across_scripts",
        Likeness::Similar => "similar_name",
    }
}
