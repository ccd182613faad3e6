//! The one score path: two parties in, log-odds, class and evidence out.

use watchlist::Strength;

use crate::class::Class;
use crate::identifiers::{self, Evidence};
use crate::names::CleanName;
use crate::names::model::{self, NameScore};
use crate::party::{Context, NameRole, Party, PartyKind};

/// What the prior costs a hit that rests on identifiers: most customers are on no list.
///
/// A weak identifier alone (log-likelihood ratio 3.5) stays just above the threshold with it.
const PRIOR: f32 = 3.0;

/// Names that do not agree take at most this from a hit that rests on identifiers: a reseller under
/// another name is the normal case.
const OTHER_NAME: f32 = -0.4;

/// An organisation's name against a person's name: the same words seldom mean the same party.
const MIXED_KINDS: f32 = 1.2;

/// A weak alias or a person behind the party tells less than its own name.
const LESSER_NAME: f32 = 0.8;

/// Log-odds from which a name alone makes an organisation's hit `probable`.
const PROBABLE_NAME: f32 = 2.5;

/// Log-odds from which distinctive identifiers make a hit `strong`.
const STRONG: f32 = 4.0;

/// The best agreeing names of two parties.
pub struct NameEvidence {
    /// Places in [`Party::names`].
    pub customer: usize,
    pub entry: usize,
    pub score: NameScore,
    /// Log-odds after the roles and kinds of the names were weighed.
    pub log_odds: f32,
}

/// What came of comparing two parties.
pub struct Comparison {
    /// Natural logarithm of the odds; 0 is the threshold.
    pub log_odds: f32,
    pub class: Class,
    pub name: Option<NameEvidence>,
    pub identifiers: Vec<Evidence>,
}

impl Comparison {
    /// 0..1; at or above [`crate::THRESHOLD`] exactly when the class is not `None`.
    pub fn score(&self) -> f64 {
        1.0 / (1.0 + (-f64::from(self.log_odds)).exp())
    }
}

/// Compares a customer with an entry.
pub fn compare(customer: &Party, entry: &Party, context: &Context) -> Comparison {
    let mut found = Vec::new();
    identifiers::evidence(&customer.identifiers, customer.validity, &entry.identifiers, context, &mut found);
    let name = best_name(customer, entry);
    let log_odds = total(name.as_ref(), &found);
    let class = classify(log_odds, name.as_ref(), &found, customer, entry);
    Comparison { log_odds, class, name, identifiers: found }
}

fn best_name(customer: &Party, entry: &Party) -> Option<NameEvidence> {
    let mut best: Option<NameEvidence> = None;
    for (i, a) in customer.names.iter().enumerate() {
        for (j, b) in entry.names.iter().enumerate() {
            let Some((score, log_odds)) = pair_of_names(a, b) else { continue };
            if best.as_ref().is_none_or(|best| log_odds > best.log_odds) {
                best = Some(NameEvidence { customer: i, entry: j, score, log_odds });
            }
        }
    }
    best
}

fn pair_of_names(a: &CleanName, b: &CleanName) -> Option<(NameScore, f32)> {
    let mixed = (a.kind == PartyKind::Person) != (b.kind == PartyKind::Person);
    if mixed && (a.role == NameRole::RelatedPerson || b.role == NameRole::RelatedPerson) {
        return None;
    }
    let score = model::score(a, b)?;
    let mut log_odds = score.log_odds;
    if mixed {
        log_odds -= MIXED_KINDS;
    }
    if lesser(b) {
        log_odds -= LESSER_NAME;
    }
    Some((score, log_odds))
}

const fn lesser(name: &CleanName) -> bool {
    matches!(name.role, NameRole::WeakAlias | NameRole::RelatedPerson)
}

fn total(name: Option<&NameEvidence>, identifiers: &[Evidence]) -> f32 {
    let (mut carrying, mut supporting) = (0f32, 0f32);
    for evidence in identifiers {
        if evidence.carries() {
            carrying += evidence.weight;
        } else {
            supporting += evidence.weight;
        }
    }
    let names = name.map(|name| name.log_odds);
    let by_name = names.map(|names| names + supporting);
    let by_identifiers =
        (carrying > 0.0).then(|| carrying - PRIOR + names.unwrap_or(0.0).max(OTHER_NAME) + supporting.max(-1.5));
    let anchored = carrying > 0.0 || name.is_some_and(|name| name.score.anchored);
    let best = by_name.unwrap_or(-8.0).max(by_identifiers.unwrap_or(-8.0));
    if anchored { best } else { best.min(model::UNANCHORED) }
}

fn classify(log_odds: f32, name: Option<&NameEvidence>, identifiers: &[Evidence], customer: &Party, entry: &Party) -> Class {
    if log_odds < 0.0 {
        return Class::None;
    }
    let carrying = |strength: Strength| {
        identifiers.iter().filter(|evidence| evidence.carries() && evidence.weight > 1.0 && evidence.strength == strength).count()
    };
    let (distinctive, reusable, weak) =
        (carrying(Strength::Distinctive), carrying(Strength::Reusable), carrying(Strength::Weak));
    let named = name.is_some_and(|name| name.score.anchored && name.log_odds >= 0.0);
    if log_odds >= STRONG && (distinctive > 0 || reusable > 1 || (reusable > 0 && named)) {
        return Class::Strong;
    }
    let supported = identifiers.iter().filter(|evidence| !evidence.carries()).map(|evidence| evidence.weight).sum::<f32>() > 2.0;
    let telling_name = name.is_some_and(|name| {
        let (a, b) = (&customer.names[name.customer], &entry.names[name.entry]);
        let organisations = a.kind == PartyKind::Organisation && b.kind == PartyKind::Organisation;
        name.log_odds >= PROBABLE_NAME && !lesser(b) && organisations
    });
    if distinctive + reusable > 0 || telling_name || (named && (weak > 0 || supported)) || weak > 1 {
        Class::Probable
    } else {
        Class::Weak
    }
}
