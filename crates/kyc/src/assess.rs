//! At which level an applicant is looked at, why, and what that asks for.

use crate::applicant::Applicant;
use crate::check::CheckKind;
use crate::circumstances::{self, Circumstances};
use crate::level::{Level, Trigger};
use crate::policy::Policy;
use crate::screened::{Force, Found, Screened};

/// What follows from facts, lists and rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assessment {
    pub level: Level,
    /// What makes the level necessary; what is switched off is not among them.
    pub triggers: Vec<Trigger>,
    pub required: Vec<CheckKind>,
    /// Entries that a person has to look at: list and entry.
    pub to_review: Vec<(String, String)>,
}

/// Looks at an applicant with what the lists said.
pub fn assess(
    applicant: &Applicant,
    around: Circumstances,
    screened: &Screened,
    policy: &Policy,
) -> Assessment {
    let (to_review, light): (Vec<&Found>, Vec<&Found>) =
        screened.found().iter().partition(|found| needs_a_person(found, policy));
    let triggers: Vec<Trigger> = Trigger::ALL
        .iter()
        .copied()
        .filter(|trigger| policy.level_for(*trigger).is_some())
        .filter(|trigger| applies(*trigger, applicant, around, !light.is_empty(), policy))
        .collect();
    let level = triggers.iter().filter_map(|trigger| policy.level_for(*trigger)).max().unwrap_or_default();
    Assessment {
        level,
        required: policy.required(applicant, level),
        triggers,
        to_review: to_review.iter().map(|found| (found.list.clone(), found.entry.clone())).collect(),
    }
}

/// A binding list asks for a person at every class: what it costs to be wrong is another thing than how likely it is.
fn needs_a_person(found: &Found, policy: &Policy) -> bool {
    match found.force {
        Force::Binding => true,
        // `Class` stands in the order of strength, the strongest first.
        Force::Advisory => found.class as u8 <= policy.review_from as u8,
        Force::Context => false,
    }
}

fn applies(
    trigger: Trigger,
    applicant: &Applicant,
    around: Circumstances,
    light_hit: bool,
    policy: &Policy,
) -> bool {
    match trigger {
        Trigger::Business => applicant.is_business(),
        Trigger::ResaleIntent => applicant.resells,
        Trigger::CryptoPayment => {
            applicant.payment_method.as_ref().is_some_and(|text| policy.is_crypto(text))
        }
        Trigger::ManyAddresses => applicant.addresses_ordered >= policy.many_addresses,
        Trigger::OwnAddresses => applicant.brings_addresses,
        Trigger::Bgp => {
            applicant.wants_bgp || applicant.asn.as_ref().is_some_and(|text| !text.trim().is_empty())
        }
        Trigger::CountryMismatch => circumstances::countries_disagree(applicant),
        Trigger::YoungRegisterEntry => applicant.registered_on.is_some_and(|since| {
            let days = (around.today - since).get_days();
            (0..i32::try_from(policy.young_register_days).unwrap_or(i32::MAX)).contains(&days)
        }),
        Trigger::MassRegistrationAddress => circumstances::is_mass_registration(applicant),
        Trigger::WeakHit => light_hit,
        Trigger::RepeatedSignUps => around.earlier_sign_ups >= policy.repeated_orders,
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use review::{Class, Compared};

    use super::*;

    fn found(class: Class, force: Force) -> Screened {
        let compared = Compared::of([("name", "a", "a")]);
        let found = Found { list: "list-1".to_owned(), entry: "E-1".to_owned(), class, force, compared };
        Screened::Done { editions: Vec::new(), found: vec![found], cannot_tell: false }
    }

    fn nothing() -> Screened {
        Screened::Done { editions: Vec::new(), found: Vec::new(), cannot_tell: false }
    }

    #[track_caller]
    fn check(applicant: &Applicant, screened: &Screened, expected: &str) {
        let around = Circumstances { today: date(2026, 3, 1), earlier_sign_ups: 0 };
        let found = assess(applicant, around, screened, &Policy::default());
        let triggers: Vec<_> = found.triggers.iter().map(|trigger| trigger.word()).collect();
        let told = format!("{} {} review {}", found.level.word(), triggers.join(","), found.to_review.len());
        assert_eq!(told, expected);
    }

    #[test]
    fn the_highest_trigger_is_the_level() {
        let person = Applicant::default();
        check(&person, &nothing(), "L0  review 0");
        let reseller = Applicant {
            company: Some("Orchard Nine B.V.".to_owned()),
            resells: true,
            registered_on: Some(date(2026, 1, 2)),
            ..person.clone()
        };
        check(&reseller, &nothing(), "L2 business,resale_intent,young_register_entry review 0");
        let crypto = Applicant { payment_method: Some("BTCPay".to_owned()), addresses_ordered: 8, ..person };
        check(&crypto, &nothing(), "L2 crypto_payment,many_addresses review 0");
    }

    #[test]
    fn a_hit_goes_to_a_person_and_context_only_makes_the_look_closer() {
        let person = Applicant::default();
        check(&person, &found(Class::Weak, Force::Advisory), "L0  review 1");
        check(&person, &found(Class::Strong, Force::Context), "L1 weak_hit review 0");
        let strict = Policy::read(
            &crate::policy::EXAMPLE.replace("review_from = \"weak\"", "review_from = \"strong\""),
        );
        let strict = strict.unwrap();
        let around = Circumstances { today: date(2026, 3, 1), earlier_sign_ups: 3 };
        let of = |class, force| assess(&person, around, &found(class, force), &strict);
        assert_eq!(of(Class::Probable, Force::Advisory).to_review.len(), 0);
        assert_eq!(of(Class::Strong, Force::Advisory).to_review.len(), 1);
        assert_eq!(of(Class::Weak, Force::Binding).to_review.len(), 1, "sanctions are never left to a class");
        let repeated = of(Class::Probable, Force::Advisory).triggers;
        assert_eq!(repeated, [Trigger::WeakHit, Trigger::RepeatedSignUps]);
    }
}
