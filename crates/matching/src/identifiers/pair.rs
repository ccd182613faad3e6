//! What two forms in one space say: feature, strength and weight.
//!
//! Weights are natural logarithms of likelihood ratios. By class: a distinctive value +9 to +11 (by
//! chance shared by less than one pair in ten thousand), a reusable one +5 to +7, a weak one +3.5 to +4.8. What is below +3.5 and weak needs company.

use watchlist::{IdentifierKind, Strength};

use super::CleanIdentifiers;
use super::check_digits::Check;
use super::features::IdentifierFeature as Feature;
use super::form::{Form, Origin, Space};
use super::{lookalike, phone, register};

/// What a pair of forms says before dates are looked at.
pub(super) struct Said {
    pub(super) feature: Feature,
    pub(super) strength: Strength,
    pub(super) weight: f32,
    /// A check digit failed, so that only the form of the value was recognised.
    pub(super) unchecked: bool,
}

/// Compares two forms with the same key. `None` where they say nothing.
pub(super) fn said(customer: (&CleanIdentifiers, &Form), entry: (&CleanIdentifiers, &Form)) -> Option<Said> {
    let (a, b) = (customer.1, entry.1);
    let (left, right) = (customer.0.text(a), entry.0.text(b));
    if a.space != b.space {
        return None;
    }
    match a.space {
        Space::Domain if left == right => domain(a.origin, b.origin),
        Space::DomainLabel if left != right => {
            let weight = lookalike::weight((left, a.origin), (right, b.origin))?;
            plain(Feature::LookalikeDomain, Strength::Weak, weight)
        }
        Space::Mailbox if left == right => mailbox(a, b),
        Space::Phone => {
            let weight = phone::weight((left, a.origin), (right, b.origin))?;
            match weight {
                5.0.. => plain(Feature::SamePhone, Strength::Reusable, weight),
                _ => plain(Feature::SimilarPhone, Strength::Weak, weight),
            }
        }
        Space::Handle => handle(a, b, left, right),
        Space::Register => company_number(a, b, left, right),
        space if left == right => exact(space),
        _ => None,
    }
    .map(|said| Said { strength: said.strength.max(a.strength).max(b.strength), ..said })
}

fn plain(feature: Feature, strength: Strength, weight: f32) -> Option<Said> {
    Some(Said { feature, strength, weight, unchecked: false })
}

fn domain(customer: Origin, entry: Origin) -> Option<Said> {
    use Origin::{Itself, OfEmail, OfHost, OfNameServer};
    match (customer, entry) {
        (Itself, Itself) => plain(Feature::SameDomain, Strength::Distinctive, 10.0),
        (OfEmail, Itself) => plain(Feature::EmailAtListedDomain, Strength::Distinctive, 9.5),
        (Itself, OfEmail) => plain(Feature::ListedEmailAtDomain, Strength::Distinctive, 9.5),
        (OfEmail, OfEmail) => plain(Feature::SameEmailDomain, Strength::Distinctive, 9.0),
        (OfHost, Itself | OfEmail) => plain(Feature::HostUnderListedDomain, Strength::Reusable, 6.5),
        (Itself | OfEmail, OfHost) => plain(Feature::ListedHostUnderDomain, Strength::Reusable, 6.5),
        (OfNameServer, Itself | OfEmail) => {
            plain(Feature::NameServerUnderListedDomain, Strength::Reusable, 6.5)
        }
        (Itself | OfEmail, OfNameServer) => {
            plain(Feature::ListedNameServerUnderDomain, Strength::Reusable, 6.5)
        }
        (OfHost, OfHost) => plain(Feature::SameHostDomain, Strength::Weak, 3.5),
        // Two who use the same third party's servers: that alone says little.
        (OfHost | OfNameServer, OfHost | OfNameServer) => {
            plain(Feature::SameNameServerDomain, Strength::NonDistinctive, 1.5)
        }
        _ => None,
    }
}

fn mailbox(a: &Form, b: &Form) -> Option<Said> {
    let jabber = |form: &Form| form.kind == IdentifierKind::Xmpp;
    let folded = a.origin == Origin::Folded || b.origin == Origin::Folded;
    match (jabber(a) && jabber(b), folded) {
        (true, _) => plain(Feature::SameJabber, Strength::Distinctive, 9.5),
        // The box is the same, but whether both wrote the same is not kept.
        (false, true) => plain(Feature::SameMailbox, Strength::Distinctive, 10.0),
        (false, false) => plain(Feature::SameEmail, Strength::Distinctive, 11.0),
    }
}

fn handle(a: &Form, b: &Form, left: &str, right: &str) -> Option<Said> {
    let joined = |text: &str| text.bytes().filter(|&b| b != b'_').count();
    let same = left.bytes().filter(|&b| b != b'_').eq(right.bytes().filter(|&b| b != b'_'));
    if !same {
        return None;
    }
    let len = joined(left);
    let other_way = if left == right { 0.0 } else { 0.3 };
    let numbers = left.bytes().any(|b| b.is_ascii_digit());
    match (a.origin, b.origin) {
        (Origin::Itself, Origin::Itself) => {
            let (strength, weight) = match len {
                0..=4 => (Strength::Weak, 3.8),
                5 => (Strength::Reusable, 5.2),
                6..=7 => (Strength::Reusable, 6.0),
                _ => (Strength::Reusable, 6.6),
            };
            plain(Feature::SameHandle, strength, weight - other_way)
        }
        (Origin::LocalPart, Origin::Itself) | (Origin::Itself, Origin::LocalPart) => {
            let weight = match len {
                0..=5 => 3.8,
                6..=8 => 4.1,
                _ => 4.5,
            };
            plain(Feature::HandleInEmail, Strength::Weak, weight - other_way)
        }
        (Origin::LocalPart, Origin::LocalPart) => {
            // Names of people repeat; a name with digits does so less.
            let weight = if numbers && len >= 8 { 2.0 } else { 1.0 };
            plain(Feature::SameMailName, Strength::NonDistinctive, weight)
        }
        _ => plain(Feature::SameNick, Strength::NonDistinctive, 1.2),
    }
}

fn company_number(a: &Form, b: &Form, left: &str, right: &str) -> Option<Said> {
    let (left, right) = (left.trim_start_matches('0'), right.trim_start_matches('0'));
    if left != right {
        return None;
    }
    let vat = |form: &Form| form.kind == IdentifierKind::VatNumber;
    let feature = match (vat(a), vat(b)) {
        (true, true) => Feature::SameVatNumber,
        (false, false) => Feature::SameRegisterNumber,
        _ => Feature::SameCompanyNumber,
    };
    let (mut strength, mut weight): (_, f32) = match left.len() {
        0..6 => (Strength::Weak, 4.0),
        6 => (Strength::Reusable, 5.5),
        7..9 => (Strength::Distinctive, 9.0),
        _ => (Strength::Distinctive, 10.0),
    };
    let check = register::check(left, [a.country, b.country]);
    let national = left.bytes().next().is_some_and(|b| b.is_ascii_alphabetic()) && left.len() >= 9;
    let conflict = matches!((a.country, b.country), (Some(a), Some(b)) if a != b);
    // A number that can only be one country's needs no agreement of the countries around it.
    if conflict && !matches!(check, Check::Passed(_)) && !national {
        (strength, weight) = match strength {
            Strength::Distinctive => (Strength::Reusable, 5.5),
            Strength::Reusable => (Strength::Weak, 3.7),
            weaker => (weaker, 3.5),
        };
    }
    // Where the countries differ the number need not be one of the country whose rule it fails.
    let unchecked = check == Check::Failed && !conflict;
    if unchecked {
        weight *= 0.85;
    }
    Some(Said { feature, strength, weight, unchecked })
}

/// Spaces where only equal texts meet.
fn exact(space: Space) -> Option<Said> {
    use Strength::{Distinctive, Reusable, Weak};
    match space {
        Space::Lei => plain(Feature::SameLei, Distinctive, 11.0),
        Space::Wallet => plain(Feature::SameWallet, Distinctive, 10.0),
        Space::Pgp => plain(Feature::SamePgpKey, Distinctive, 10.0),
        Space::Tox => plain(Feature::SameTox, Distinctive, 10.0),
        Space::Session => plain(Feature::SameSession, Distinctive, 10.0),
        Space::TelegramId => plain(Feature::SameTelegramId, Distinctive, 10.0),
        Space::SshKey => plain(Feature::SameSshKey, Distinctive, 9.0),
        Space::TlsKey => plain(Feature::SameTlsKey, Distinctive, 9.0),
        Space::Certificate => plain(Feature::SameCertificate, Distinctive, 9.0),
        Space::Asn => plain(Feature::SameAsn, Reusable, 6.5),
        Space::RipeHandle => plain(Feature::SameRipeHandle, Reusable, 6.5),
        Space::Matrix => plain(Feature::SameMatrix, Reusable, 6.5),
        Space::Icq => plain(Feature::SameIcq, Reusable, 6.0),
        Space::Forum => plain(Feature::SameForumNick, Reusable, 6.0),
        Space::NetName => plain(Feature::SameNetName, Weak, 3.5),
        Space::Jarm => plain(Feature::SameJarm, Weak, 3.0),
        Space::Favicon => plain(Feature::SameFavicon, Weak, 3.0),
        _ => None,
    }
}
