//! A domain that is the customer's own name imitates nobody: `meridian.example` of Meridian Bakery says no more of
//! Meridian Hosting than both names do.

use crate::identifiers::{Evidence, IdentifierFeature, Part};
use crate::names::CleanName;
use crate::party::Party;
use watchlist::Strength;

/// Log-likelihood ratio that such a likeness keeps. It supports other evidence and carries nothing alone.
const KEPT: f32 = 1.5;

/// Weighs look-alike domains again, where the names of the two parties do not agree.
pub(crate) fn weigh_again(customer: &Party, found: &mut [Evidence]) {
    for evidence in found.iter_mut().filter(|one| one.feature == IdentifierFeature::LookalikeDomain) {
        let Part::Form(place) = evidence.customer else { continue };
        let Some(form) = customer.identifiers.forms.get(usize::from(place)) else { continue };
        let domain = customer.identifiers.text(form);
        if customer.names.iter().any(|name| names_itself(name, domain)) {
            evidence.weight = evidence.weight.min(KEPT);
            evidence.strength = Strength::NonDistinctive;
        }
    }
}

/// Whether the first label of a registrable domain is the beginning of a name, in whole words.
fn names_itself(name: &CleanName, domain: &str) -> bool {
    let label = domain.split('.').next().unwrap_or_default().bytes().filter(|byte| *byte != b'-');
    let mut left: &[u8] = &name.joined;
    let mut begins = true;
    for letter in label {
        let first = left.first().copied();
        begins &= first == Some(letter);
        left = left.get(1..).unwrap_or_default();
    }
    let used = name.joined.len() - left.len();
    let mut end = 0;
    begins
        && name.tokens.iter().any(|token| {
            end += token.text.len();
            end == used
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::names::{Buffers, clean};
    use crate::party::{NameRole, PartyKind};

    #[track_caller]
    fn check(name: &str, domain: &str, expected: bool) {
        let name = clean(name, PartyKind::Organisation, NameRole::Own, 0, &mut Buffers::default());
        assert_eq!(names_itself(&name, domain), expected, "{domain}");
    }

    #[test]
    fn a_domain_of_the_first_words_of_a_name_is_its_own() {
        check("Meridian Bakery B.V.", "meridian.example", true);
        check("Meridian Bakery B.V.", "meridian-bakery.example", true);
        check("Meridian Bakery B.V.", "meridianb.example", false);
        check("Meridian Bakery B.V.", "bakery.example", false);
        check("Meridian Bakery B.V.", "meridianbakeryhost.example", false);
        check("Orchard", "meridian.example", false);
    }
}
