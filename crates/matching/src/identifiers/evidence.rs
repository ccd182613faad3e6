//! What two cleaned parties have in common, as weighted evidence.

use watchlist::{Strength, Validity};

use super::CleanIdentifiers;
use super::address::Parts;
use super::address_likeness as likeness;
use super::birth::Likeness;
use super::features::IdentifierFeature;
use super::features::IdentifierFeature as Feature;
use super::form::{Form, Origin, Space};
use super::ip::IpSpan;
use super::pair;
use super::validity::{Judged, judge};
use crate::Remark;
use crate::party::Context;

/// One piece of evidence. Cheap: texts are made by [`crate::explain::reason()`], when somebody reads them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Evidence {
    pub feature: IdentifierFeature,
    /// Natural logarithm of the likelihood ratio; above 0 speaks for the same party.
    pub weight: f32,
    /// What the evidence can carry alone: distinctive a strong hit, reusable a probable one, weak a
    /// weak one, non-distinctive none: it supports only.
    pub strength: Strength,
    pub remark: Option<Remark>,
    pub customer: Part,
    pub entry: Part,
}

impl Evidence {
    /// Whether the evidence can carry a hit alone; otherwise it supports only.
    pub fn carries(&self) -> bool {
        self.strength != Strength::NonDistinctive
    }
}

/// Which part of a cleaned party a piece of evidence is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Index in `forms`.
    Form(u16),
    /// Index in `ranges`.
    Range(u16),
    /// Index in `addresses`.
    Address(u16),
    BirthDate,
    Country,
}

/// Two values of one source say the same thing twice: what is left of the second one's weight.
const SAID_BEFORE: f32 = 0.1;

/// Another street and number in the same town: a branch, or another firm of the name.
const OTHER_STREET_IN_TOWN: f32 = -3.0;

/// Another address in the same country, which people and firms do have.
const OTHER_ADDRESS: f32 = -1.2;

/// Only other phone numbers, all of one country.
const OTHER_PHONE: f32 = -0.8;

/// Addresses of one party that are compared with each other's.
const ADDRESSES: usize = 32;

/// Adds what speaks for and against `customer` and `entry` being one party, strongest first.
pub fn evidence(
    customer: &CleanIdentifiers,
    customer_validity: Validity,
    entry: &CleanIdentifiers,
    context: &Context,
    out: &mut Vec<Evidence>,
) {
    let start = out.len();
    let pair = Pair { customer, entry, since: customer_validity, context };
    pair.forms(out);
    pair.ranges(out);
    weigh_repetitions(&pair, out, start);
    pair.phones(out);
    pair.addresses(out);
    pair.birth_dates(out);
    pair.countries(out);
    out[start..].sort_by(|a, b| order(a).cmp(&order(b)).then(b.weight.total_cmp(&a.weight)));
}

fn order(evidence: &Evidence) -> (bool, Strength) {
    (evidence.weight < 0.0, evidence.strength)
}

struct Pair<'a> {
    customer: &'a CleanIdentifiers,
    entry: &'a CleanIdentifiers,
    since: Validity,
    context: &'a Context,
}

impl Pair<'_> {
    /// Walks both sorted lists of forms and compares where the keys are equal.
    fn forms(&self, out: &mut Vec<Evidence>) {
        let (ours, theirs) = (&self.customer.forms, &self.entry.forms);
        let (mut i, mut j) = (0, 0);
        while i < ours.len() && j < theirs.len() {
            let key = ours[i].key;
            match key.cmp(&theirs[j].key) {
                std::cmp::Ordering::Less => i += 1,
                std::cmp::Ordering::Greater => j += 1,
                std::cmp::Ordering::Equal => {
                    let our_end = i + ours[i..].iter().take_while(|form| form.key == key).count();
                    let their_end = j + theirs[j..].iter().take_while(|form| form.key == key).count();
                    for a in i..our_end {
                        out.extend((j..their_end).filter_map(|b| self.form(a, b)));
                    }
                    (i, j) = (our_end, their_end);
                }
            }
        }
    }

    fn form(&self, ours: usize, theirs: usize) -> Option<Evidence> {
        let (a, b): (&Form, &Form) = (&self.customer.forms[ours], &self.entry.forms[theirs]);
        let said = pair::said((self.customer, a), (self.entry, b))?;
        let weight = said.weight.min(most(said.strength));
        let judged = self.judge(said.strength, weight, a.validity, b.validity);
        let remark = judged.remark.or(said.unchecked.then_some(Remark::Unchecked));
        let (customer, entry) = (Part::Form(ours as u16), Part::Form(theirs as u16));
        Some(Evidence { remark, ..self.evidence(said.feature, judged, customer, entry) })
    }

    /// What the two values of a piece of evidence share, the same whichever side is which.
    fn shared(&self, evidence: &Evidence) -> (u128, u128, Option<u16>, Option<u16>) {
        let (ours, theirs) = (raw(self.customer, evidence.customer), raw(self.entry, evidence.entry));
        let (first, last) = match (evidence.customer, evidence.entry) {
            (Part::Range(a), Part::Range(b)) => {
                let (a, b) = (&self.customer.ranges[usize::from(a)], &self.entry.ranges[usize::from(b)]);
                (a.first.max(b.first), a.last.min(b.last))
            }
            (Part::Form(at), _) => (u128::from(self.customer.forms[usize::from(at)].key), 0),
            _ => (0, 0),
        };
        (first, last, ours.min(theirs), ours.max(theirs))
    }

    fn judge(&self, strength: Strength, weight: f32, held: Validity, listed: Validity) -> Judged {
        judge(strength, weight, (self.since, held, listed), self.context.today)
    }

    fn evidence(&self, feature: Feature, judged: Judged, customer: Part, entry: Part) -> Evidence {
        let Judged { strength, weight, remark } = judged;
        Evidence { feature, weight, strength, remark, customer, entry }
    }

    fn ranges(&self, out: &mut Vec<Evidence>) {
        let start = out.len();
        for (i, ours) in self.customer.ranges.iter().enumerate() {
            // Both are sorted by first address: nothing behind can overlap.
            let theirs = &self.entry.ranges;
            let end = theirs.partition_point(|span| span.first <= ours.last);
            for (j, theirs) in theirs[..end].iter().enumerate().rev() {
                if ours.overlaps(theirs) {
                    out.push(self.range((i, ours), (j, theirs)));
                } else if self.entry.disjoint_ranges {
                    break;
                }
                // A customer inside hundreds of listed spans needs no longer list of reasons.
                if out.len() - start >= 16 {
                    return;
                }
            }
        }
    }

    fn range(&self, (i, ours): (usize, &IpSpan), (j, theirs): (usize, &IpSpan)) -> Evidence {
        let feature = match (theirs.contains(ours), ours.contains(theirs)) {
            (true, true) => Feature::SameRange,
            (true, false) => Feature::InListedRange,
            (false, true) => Feature::ListedRangeInside,
            (false, false) => Feature::OverlappingRanges,
        };
        let strength = ours.strength.max(theirs.strength);
        let weight = range_weight(ours, theirs).min(most(strength));
        let strength = if weight < 4.0 { strength.max(Strength::Weak) } else { strength };
        let judged = self.judge(strength, weight, ours.validity, theirs.validity);
        self.evidence(feature, judged, Part::Range(i as u16), Part::Range(j as u16))
    }

    /// The best pair of addresses: one address, or what of it agrees.
    fn addresses(&self, out: &mut Vec<Evidence>) {
        let (start, mut most) = (out.len(), (f32::MIN, f32::MIN));
        for (i, ours) in self.customer.addresses.iter().enumerate().take(ADDRESSES) {
            for (j, theirs) in self.entry.addresses.iter().enumerate().take(ADDRESSES) {
                let before = out.len();
                let parts = (ours.parts(&self.customer.text), theirs.parts(&self.entry.text));
                self.address(parts, (Part::Address(i as u16), Part::Address(j as u16)), out);
                // Of two pairs that say as much, the one with the heaviest single agreement.
                let weights = out[before..].iter().map(|evidence| evidence.weight);
                let weight = (weights.clone().sum(), weights.fold(f32::MIN, f32::max));
                if weight > most {
                    most = weight;
                    out.drain(start..before);
                } else {
                    out.truncate(before);
                }
            }
        }
    }

    fn address(&self, (a, b): (Parts<'_>, Parts<'_>), (ours, theirs): (Part, Part), out: &mut Vec<Evidence>) {
        let other_country = matches!((a.country, b.country), (Some(a), Some(b)) if a != b);
        if other_country || a.mass_registration || b.mass_registration {
            return;
        }
        let agreement = likeness::agreement(a, b);
        if let Some((strength, weight)) = agreement.one_address(a, b) {
            let judged = Judged { strength, weight, remark: None };
            return out.push(self.evidence(Feature::SameAddress, judged, ours, theirs));
        }
        let before = out.len();
        let mut supports = |feature, weight| {
            let judged = Judged { strength: Strength::NonDistinctive, weight, remark: None };
            out.push(self.evidence(feature, judged, ours, theirs));
        };
        if agreement.similar_street() {
            supports(Feature::SimilarStreet, 2.2 * agreement.street);
        }
        if agreement.numbers && !a.numbers.is_empty() {
            supports(Feature::SameHouseNumber, 1.5);
        }
        if agreement.postcode {
            supports(Feature::SamePostcode, 1.8);
        } else if agreement.similar_postcode {
            supports(Feature::SimilarPostcode, 0.8);
        }
        if agreement.city || agreement.similar_city {
            supports(Feature::SameCity, 1.0);
        }
        let in_town = agreement.city || agreement.similar_city || agreement.postcode;
        let alike = agreement.similar_street() || (agreement.numbers && agreement.street > 0.4);
        let known = |parts: Parts<'_>| !parts.street.is_empty() && !parts.numbers.is_empty();
        let placed = |parts: Parts<'_>| !parts.postcode.is_empty() || !parts.city.is_empty();
        if alike || !known(a) || !known(b) || !placed(a) || !placed(b) {
            return;
        }
        // A firm moves, but it seldom has two addresses in one town: that is a branch or another firm.
        let (feature, weight) = match (in_town, out.len() == before) {
            (true, _) => (Feature::OtherStreetInTown, OTHER_STREET_IN_TOWN),
            (false, true) => (Feature::AddressConflict, OTHER_ADDRESS),
            (false, false) => return,
        };
        let judged = Judged { strength: Strength::NonDistinctive, weight, remark: None };
        out.push(self.evidence(feature, judged, ours, theirs));
    }

    /// Both give phone numbers of one country, and no number is the same.
    fn phones(&self, out: &mut Vec<Evidence>) {
        let first = |party: &CleanIdentifiers| {
            party.forms.iter().position(|form| form.space == Space::Phone && form.origin == Origin::Itself)
        };
        let (Some(ours), Some(theirs)) = (first(self.customer), first(self.entry)) else { return };
        let one_country = self.customer.country.is_some() && self.customer.country == self.entry.country;
        let agrees =
            out.iter().any(|evidence| matches!(evidence.feature, Feature::SamePhone | Feature::SimilarPhone));
        if one_country && !agrees {
            let judged = Judged { strength: Strength::NonDistinctive, weight: OTHER_PHONE, remark: None };
            let parts = (Part::Form(ours as u16), Part::Form(theirs as u16));
            out.push(self.evidence(Feature::PhoneConflict, judged, parts.0, parts.1));
        }
    }

    fn birth_dates(&self, out: &mut Vec<Evidence>) {
        let (Some(ours), Some(theirs)) = (self.customer.birth_date, self.entry.birth_date) else { return };
        let (feature, weight) = match ours.likeness(&theirs) {
            Likeness::Same => (Feature::SameBirthDate, 6.0),
            Likeness::Similar => (Feature::SimilarBirthDate, 3.0),
            Likeness::SameYear => (Feature::SameBirthYear, 1.5),
            Likeness::Conflict => (Feature::BirthDateConflict, -4.0),
        };
        let judged = Judged { strength: Strength::NonDistinctive, weight, remark: None };
        out.push(self.evidence(feature, judged, Part::BirthDate, Part::BirthDate));
    }

    fn countries(&self, out: &mut Vec<Evidence>) {
        if self.customer.country.is_some() && self.customer.country == self.entry.country {
            let judged = Judged { strength: Strength::NonDistinctive, weight: 0.5, remark: None };
            out.push(self.evidence(Feature::SameCountry, judged, Part::Country, Part::Country));
        }
    }
}

/// The most that evidence of a strength may weigh, so that what a list has lowered weighs less, too.
const fn most(strength: Strength) -> f32 {
    match strength {
        Strength::Distinctive => 12.0,
        Strength::Reusable => 7.0,
        Strength::Weak => 4.8,
        Strength::NonDistinctive => 2.5,
    }
}

/// Narrow spans say much, wide ones little: a listed /20 or narrower has full weight, each bit wider
/// costs. Of a customer's span that is wider than the listed one, the share counts.
fn range_weight(ours: &IpSpan, theirs: &IpSpan) -> f32 {
    let (wide, full) = if theirs.is_v4() { (20, 0.3) } else { (32, 0.25) };
    let bits = |span: &IpSpan| wide.max(span.prefix_len()) - span.prefix_len();
    let too_wide = bits(ours).max(bits(theirs)) as f32 * full;
    let shared = ours.last.min(theirs.last) - ours.first.max(theirs.first);
    let larger = ours.size_less_one().max(theirs.size_less_one());
    // Halvings between the larger span and what is shared, beyond those of ordinary sub-allocation.
    let smaller_is_ours = ours.size_less_one() <= theirs.size_less_one();
    let partial = if smaller_is_ours && theirs.contains(ours) {
        0.0
    } else {
        let halvings = (larger as f64 + 1.0).log2() - (shared as f64 + 1.0).log2();
        (halvings as f32 * 0.25).min(2.0)
    };
    (6.6 - too_wide - partial).max(3.5)
}

/// Evidence from one pair of values, or one value, counts once in full: the strongest.
fn weigh_repetitions(pair: &Pair<'_>, out: &mut Vec<Evidence>, start: usize) {
    if out.len() - start < 2 {
        return;
    }
    // Ties are broken by what both sides share, so that the two parties can change places.
    out[start..].sort_by(|a, b| {
        let strongest = order(a).cmp(&order(b)).then(b.weight.total_cmp(&a.weight));
        strongest.then_with(|| pair.shared(a).cmp(&pair.shared(b)))
    });
    let sources =
        |evidence: &Evidence| (raw(pair.customer, evidence.customer), raw(pair.entry, evidence.entry));
    let mut kept = start;
    for at in start..out.len() {
        let (ours, theirs) = sources(&out[at]);
        let before = &out[start..kept];
        if before.iter().any(|evidence| sources(evidence) == (ours, theirs)) {
            continue;
        }
        let mut evidence = out[at];
        let said_before = before.iter().any(|other| {
            let (our_other, their_other) = sources(other);
            ours == our_other || theirs == their_other
        });
        if evidence.weight > 0.0 {
            let repeated = before.iter().filter(|other| other.feature == evidence.feature).count();
            evidence.weight *= if said_before { SAID_BEFORE } else { 0.5f32.powi(repeated.min(4) as i32) };
        }
        out[kept] = evidence;
        kept += 1;
    }
    out.truncate(kept);
}

fn raw(party: &CleanIdentifiers, part: Part) -> Option<u16> {
    match part {
        Part::Form(at) => party.forms.get(usize::from(at)).map(|form| form.raw),
        Part::Range(at) => party.ranges.get(usize::from(at)).map(|span| span.raw),
        Part::Address(_) | Part::BirthDate | Part::Country => None,
    }
}
