//! From a comparison to its causes, and from causes to reasons that a person reads: both values, raw and
//! cleaned, and the weight.

use crate::class::Class;
use crate::compare::{Comparison, NameEvidence, OTHER_NAME};
use crate::identifiers;
use crate::names::CleanName;
use crate::names::align::Agreement;
use crate::names::features::NAMES;
use crate::party::{Party, RawParty};
use crate::reason::{About, Cause, Reason, Side};

/// A feature of the model: its name, and its place among the values.
struct Part(&'static str, usize);

const fn part(name: &'static str) -> Part {
    let mut place = 0;
    while place < NAMES.len() {
        let (known, wanted) = (NAMES[place].as_bytes(), name.as_bytes());
        let mut same = 0;
        while same < known.len() && same < wanted.len() && known[same] == wanted[same] {
            same += 1;
        }
        if same == known.len() && same == wanted.len() {
            return Part(name, place);
        }
        place += 1;
    }
    panic!("no such feature")
}

/// What speaks against within two names, and which features of the model say so.
const AGAINST: [(&str, &[Part]); 5] = [
    ("number_differs", &[part("number_differs"), part("number_on_one_side")]),
    ("place_differs", &[part("place_differs"), part("place_on_one_side")]),
    ("legal_form_differs", &[part("legal_form_differs")]),
    ("only_usual_words", &[part("only_usual_words")]),
    (
        "other_words",
        &[part("other_words_both"), part("other_words_less"), part("conflicts"), part("branch_differs")],
    ),
];

const ACROSS_SCRIPTS: Part = part("across_scripts");

/// What a feature adds to the log-odds. Most features of a pair are 0 and add nothing.
fn weight_of(name: &NameEvidence, part: &Part) -> f64 {
    let Part(feature, place) = *part;
    if name.score.compared.values[place] == 0.0 { 0.0 } else { f64::from(name.score.part(feature)) }
}

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
    for (feature, parts) in &AGAINST {
        let weight: f64 = parts.iter().map(|part| weight_of(name, part)).sum();
        if weight < -WORTH_A_LINE {
            left -= weight;
            found.push(Cause { feature, weight, about, remark: None });
        }
    }
    found.push(Cause { feature: main_feature(name), weight: left, about, remark: None });
}

/// What the likeness of two names mostly is.
fn main_feature(name: &NameEvidence) -> &'static str {
    let pairs = name.score.compared.alignment.pairs();
    let has = |agreement: Agreement| pairs.iter().any(|pair| pair.agreement == agreement);
    if name.log_odds < 0.0 {
        "other_name"
    } else if has(Agreement::AcrossScripts)
        || (has(Agreement::Sound) && weight_of(name, &ACROSS_SCRIPTS) != 0.0)
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
