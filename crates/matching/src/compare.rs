//! The one score path: two parties in, log-odds, class and evidence out.

use watchlist::Strength;

use crate::class::Class;
use crate::identifiers::{self, Evidence};
use crate::names::CleanName;
use crate::names::keys;
use crate::names::model::{self, NameScore};
use crate::own_domain;
use crate::party::{Context, NameRole, Party, PartyKind};

/// What the prior costs a hit that rests on identifiers: most customers are on no list.
///
/// A weak identifier alone (log-likelihood ratio 3.5) stays just above the threshold with it.
const PRIOR: f32 = 3.0;

/// Names that do not agree take at most this from a hit that rests on identifiers: a reseller under
/// another name is the normal case.
pub(crate) const OTHER_NAME: f32 = -0.4;

/// An organisation's name against a person's name: the same words seldom mean the same party.
const MIXED_KINDS: f32 = 1.8;

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

impl NameEvidence {
    fn agrees(&self) -> bool {
        self.score.anchored && self.log_odds >= 0.0
    }
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

/// Compares a customer with an entry, every name of the one with every name of the other.
pub fn compare(customer: &Party, entry: &Party, context: &Context) -> Comparison {
    let (left, right) = (customer.names.len() as u16, entry.names.len() as u16);
    let all = (0..left).flat_map(|i| (0..right).map(move |j| (i, j)));
    let name = best_name(customer, entry, all, model::score);
    let mut found = Vec::new();
    identifiers::evidence(&customer.identifiers, customer.validity, &entry.identifiers, context, &mut found);
    judge(customer, entry, name, found)
}

/// [`compare`] where only hits matter, over the pairs of names that an index found; `None` below the threshold.
///
/// What is not looked at changes no hit. The pairs of names that share no key of the index are not anchored:
/// see `total`. Where the identifiers share no key either (`identifiers_meet`), only anchored names make a hit.
/// Where no identifier carries and the support lifts nothing, a hit needs a pair of names at the
/// threshold; pairs that [`keys::hopeless`] leaves out and pairs that are not anchored do not reach it.
pub fn hit(
    customer: &Party,
    entry: &Party,
    names: impl Iterator<Item = (u16, u16)> + Clone,
    identifiers_meet: bool,
    context: &Context,
) -> Option<Comparison> {
    let pair = |(i, j): (u16, u16)| (&customer.names[usize::from(i)], &entry.names[usize::from(j)]);
    if !identifiers_meet && names.clone().map(pair).all(|(ours, theirs)| keys::strange_persons(ours, theirs))
    {
        return None;
    }
    let mut found = Vec::new();
    identifiers::evidence(&customer.identifiers, customer.validity, &entry.identifiers, context, &mut found);
    let sums = Sums::of(&found);
    let by_name_alone = sums.carrying <= 0.0 && sums.support <= SUPPORT_NEEDED;
    let hopeless = |names| {
        let (ours, theirs) = pair(names);
        keys::hopeless(ours, theirs)
    };
    let mut worth_it = names.filter(|names| !by_name_alone || !hopeless(*names)).peekable();
    if by_name_alone && worth_it.peek().is_none() {
        return None;
    }
    let score = if by_name_alone { model::score_if_anchored } else { model::score };
    let name = best_name(customer, entry, worth_it, score);
    if by_name_alone && name.is_none() {
        return None;
    }
    Some(judge(customer, entry, name, found)).filter(|comparison| comparison.class > Class::None)
}

fn judge(
    customer: &Party,
    entry: &Party,
    name: Option<NameEvidence>,
    mut found: Vec<Evidence>,
) -> Comparison {
    if !name.as_ref().is_some_and(NameEvidence::agrees) {
        own_domain::weigh_again(customer, &mut found);
    }
    let log_odds = total(name.as_ref(), &Sums::of(&found));
    let class = classify(log_odds, name.as_ref(), &found, customer, entry);
    Comparison { log_odds, class, name, identifiers: found }
}

fn best_name(
    customer: &Party,
    entry: &Party,
    names: impl Iterator<Item = (u16, u16)>,
    score: impl Fn(&CleanName, &CleanName) -> Option<NameScore>,
) -> Option<NameEvidence> {
    let mut best: Option<NameEvidence> = None;
    for (i, j) in names {
        let (i, j) = (i as usize, j as usize);
        let Some((score, log_odds)) = pair_of_names(&customer.names[i], &entry.names[j], &score) else {
            continue;
        };
        if best.as_ref().is_none_or(|best| (score.anchored, log_odds) > (best.score.anchored, best.log_odds))
        {
            best = Some(NameEvidence { customer: i, entry: j, score, log_odds });
        }
    }
    best
}

fn pair_of_names(
    a: &CleanName,
    b: &CleanName,
    score: impl Fn(&CleanName, &CleanName) -> Option<NameScore>,
) -> Option<(NameScore, f32)> {
    let mixed = (a.kind == PartyKind::Person) != (b.kind == PartyKind::Person);
    if mixed && (a.role == NameRole::RelatedPerson || b.role == NameRole::RelatedPerson) {
        return None;
    }
    let score = score(a, b)?;
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

/// Support (same city, street, birth date ...) lifts names below the threshold only by what goes
/// beyond this: people of one town are many.
const SUPPORT_NEEDED: f32 = 2.5;

/// Against a hit by identifiers, contradicting support (another address) takes at most this.
const MOST_AGAINST: f32 = 1.5;

/// What identifiers say together.
struct Sums {
    carrying: f32,
    support: f32,
    against: f32,
}

impl Sums {
    fn of(identifiers: &[Evidence]) -> Self {
        let mut sums = Self { carrying: 0.0, support: 0.0, against: 0.0 };
        for evidence in identifiers {
            if evidence.carries() {
                sums.carrying += evidence.weight;
            } else if evidence.weight > 0.0 {
                sums.support += evidence.weight;
            } else {
                sums.against += evidence.weight;
            }
        }
        sums
    }
}

/// Log-odds of names and identifiers together.
///
/// Names that are not anchored count as any other name (`OTHER_NAME`) beside identifiers, and keep the
/// pair below the threshold without them; so nothing depends on which of them were looked at.
fn total(name: Option<&NameEvidence>, identifiers: &Sums) -> f32 {
    let Sums { carrying, support, against } = *identifiers;
    let anchored = name.filter(|name| name.score.anchored).map(|name| name.log_odds);
    let by_name = match (anchored, name) {
        (Some(names), Some(name)) if names >= 0.0 && name.score.one_name => {
            (names + support + against).max(0.0)
        }
        (Some(names), _) if names >= 0.0 => names + support + against,
        (Some(names), _) => names + (support - SUPPORT_NEEDED).max(0.0) + against,
        (None, Some(name)) => name.log_odds.min(model::UNANCHORED) + against.max(-MOST_AGAINST),
        (None, None) => NOTHING,
    };
    let by_identifiers = if carrying > 0.0 {
        carrying - PRIOR
            + anchored.map_or(OTHER_NAME, |names| names.max(OTHER_NAME))
            + support
            + against.max(-MOST_AGAINST)
    } else {
        NOTHING
    };
    by_name.max(by_identifiers)
}

/// Log-odds of a pair that shares nothing at all.
const NOTHING: f32 = -8.0;

fn classify(
    log_odds: f32,
    name: Option<&NameEvidence>,
    identifiers: &[Evidence],
    customer: &Party,
    entry: &Party,
) -> Class {
    if log_odds < 0.0 {
        return Class::None;
    }
    let carrying = |strength: Strength| {
        identifiers
            .iter()
            .filter(|evidence| evidence.carries() && evidence.weight > 1.0 && evidence.strength == strength)
            .count()
    };
    let (distinctive, reusable, weak) =
        (carrying(Strength::Distinctive), carrying(Strength::Reusable), carrying(Strength::Weak));
    let named = name.is_some_and(NameEvidence::agrees);
    if log_odds >= STRONG && (distinctive > 0 || reusable > 1 || (reusable > 0 && named)) {
        return Class::Strong;
    }
    let supported = identifiers
        .iter()
        .filter(|evidence| !evidence.carries())
        .map(|evidence| evidence.weight)
        .sum::<f32>()
        > 2.0;
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
