//! Identifiers that STIX has an observable for.

use serde_json::{Value, json};
use watchlist::format::admission::parse_asn;
use watchlist::{Identifier, IdentifierKind};

use crate::exchange::{forms, ids};

/// The observable with its id; nothing where STIX has none of that form.
pub(super) fn of(identifier: &Identifier) -> Option<Value> {
    use IdentifierKind::{Asn, Domain, Email, Hostname, IpRange, NameServer, TlsCertificateSha256};
    let value = identifier.value.as_str();
    let (sort, properties) = match identifier.kind {
        Domain | NameServer | Hostname if forms::is_host(value) => ("domain-name", json!({"value": value})),
        Email if forms::is_mail(value) => ("email-addr", json!({"value": value})),
        IpRange if forms::is_prefix(value) => {
            (if value.contains(':') { "ipv6-addr" } else { "ipv4-addr" }, json!({"value": value}))
        }
        Asn => ("autonomous-system", json!({"number": parse_asn(value)?})),
        TlsCertificateSha256 if forms::is_hex(value, 64) => {
            ("x509-certificate", json!({"hashes": {"SHA-256": value}}))
        }
        kind if forms::is_account(kind) => {
            ("user-account", json!({"account_login": value, "account_type": kind.wire_name()}))
        }
        _ => return None,
    };
    Some(with_id(sort, properties))
}

/// Keys are sorted and there are no blanks, and the values hold no number but whole ones: this is the
/// canonical form that the id is made from.
fn with_id(sort: &str, properties: Value) -> Value {
    let id = ids::of_observable(&properties.to_string());
    let mut object = properties;
    object["type"] = json!(sort);
    object["spec_version"] = json!("2.1");
    object["id"] = json!(format!("{sort}--{id}"));
    object
}

/// What a reader of the observable takes for the value.
pub(super) fn read_back(identifier: &Identifier) -> Option<String> {
    match identifier.kind {
        IdentifierKind::Asn => parse_asn(&identifier.value).map(|number| format!("AS{number}")),
        _ => Some(identifier.value.clone()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_follow_the_rule_of_the_specification() {
        let object = of(&Identifier::new(IdentifierKind::IpRange, "198.51.100.3")).unwrap();

        // Section 2.9: version 5 of `{"value":"198.51.100.3"}` in the space of STIX, as Python's `uuid.uuid5`
        // makes it. The ids in the examples of the specification do not follow from its rule.
        assert_eq!(object["id"], "ipv4-addr--28bb3599-77cd-5a82-a950-b5bc3caf07c4");
    }

    #[test]
    fn values_of_another_form_have_none() {
        for (kind, value) in [
            (IdentifierKind::IpRange, "192.0.2.0 - 192.0.2.9"),
            (IdentifierKind::Domain, "quay[.]example"),
            (IdentifierKind::Wallet, "1ExampLeWaLLet9HavenMeester9Kade"),
        ] {
            assert_eq!(of(&Identifier::new(kind, value)), None, "{value}");
        }
    }
}
