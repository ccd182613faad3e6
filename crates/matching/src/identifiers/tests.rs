//! Cleaning and comparison together: cases in words, and what must hold for all parties.

use proptest::prelude::*;
use watchlist::{Address, Identifier, IdentifierKind as Kind, Strength, Validity};

use super::{CleanIdentifiers, Evidence, IdentifierIndex, clean, evidence, side, unchecked};
use crate::party::{Context, PartyKind, RawParty};

fn raw<'a>(identifiers: &'a [Identifier], addresses: &'a [Address], country: &'a str) -> RawParty<'a> {
    RawParty {
        kind: PartyKind::Unknown,
        names: Vec::new(),
        identifiers,
        addresses,
        country: (!country.is_empty()).then_some(country),
        birth_date: None,
        validity: Validity::default(),
    }
}

fn context() -> Context {
    Context { today: "2026-11-23".parse().expect("a date") }
}

fn compared(customer: &CleanIdentifiers, entry: &CleanIdentifiers) -> Vec<Evidence> {
    let mut out = Vec::new();
    evidence(customer, Validity::default(), entry, &context(), &mut out);
    out
}

/// `kind value; kind value` on both sides; expected is `feature strength` for all that carries.
#[track_caller]
fn check(customer: &str, entry: &str, expected: &str) {
    let (ours, our_country) = identifiers(customer);
    let (theirs, their_country) = identifiers(entry);
    let (ours, theirs) = (raw(&ours, &[], &our_country), raw(&theirs, &[], &their_country));
    let (a, b) = (clean(&ours), clean(&theirs));
    let found: Vec<String> = compared(&a, &b)
        .iter()
        .filter(|evidence| evidence.carries() && evidence.weight > 1.0)
        .map(|evidence| {
            let entry = side(evidence.entry, &theirs, &b);
            let remark = evidence.remark.or_else(|| unchecked(evidence.customer, &a, &entry.raw));
            let remark = if remark.is_some() { " ?" } else { "" };
            format!("{} {}{remark}", evidence.feature.name(), strength(evidence.strength))
        })
        .collect();
    assert_eq!(found.join("; "), expected, "{customer} / {entry}");
}

fn strength(strength: Strength) -> &'static str {
    match strength {
        Strength::Distinctive => "D",
        Strength::Reusable => "R",
        Strength::Weak => "W",
        Strength::NonDistinctive => "N",
    }
}

fn identifiers(text: &str) -> (Vec<Identifier>, String) {
    let mut country = String::new();
    let identifiers = text.split("; ").filter_map(|part| {
        let (kind, value) = part.split_once(' ').expect("a kind and a value");
        if kind == "country" {
            value.clone_into(&mut country);
            return None;
        }
        Some(Identifier::new(Kind::from_wire_name(kind).expect("a kind"), value))
    });
    let identifiers = identifiers.collect();
    (identifiers, country)
}

#[test]
fn domains_meet_across_kinds() {
    check("domain www.vedimar.example", "domain vedimar[.]example", "same_domain D");
    check("email ada@mail.vedimar.example", "domain vedimar.example", "email_at_listed_domain D");
    check("domain vedimar.example", "email sales@vedimar.example", "listed_email_at_domain D");
    check(
        "name_server ns1.vedimar.example; name_server ns2.vedimar.example",
        "domain vedimar.example",
        "name_server_under_listed_domain R",
    );
    check("hostname vps7.vedimar.example", "domain vedimar.example", "host_under_listed_domain R");
    check("domain ved1mar.example", "domain vedimar.example", "lookalike_domain W");
    check("email a@vedimar-host.example", "domain vedimar.example", "lookalike_domain W");
    check("domain vedimonta.example", "domain vedimar.example", "");
}

#[test]
fn values_that_point_to_nobody_never_count() {
    check("email ada@gmail.com", "email bob@gmail.com", "");
    check("name_server ada.ns.cloudflare.com", "name_server bob.ns.cloudflare.com", "");
    check("ip_range 10.0.0.1", "ip_range 10.0.0.0/8", "");
    check("phone +31 000000000", "phone +31 000000000", "");
    check("vat_number NL000000000B01", "vat_number NL000000000B01", "");
    check("register_number 123456789", "register_number 123456789", "");
    check("handle admin", "handle admin", "");
    check("ip_range 192.0.2.1", "ip_range 0.0.0.0/0", "");
    check("asn 20240131", "asn 20240131", "");
}

#[test]
fn mailboxes() {
    check("email Ada@Vedimar.example", "email ada@vedimar.example", "same_email D");
    check("email v.e.dimar+x@googlemail.com", "email vedimar@gmail.com", "same_mailbox D");
    check("email support@gmail.com", "email support@gmail.com", "same_email W");
    check("xmpp ada@jabber.example/home", "xmpp ada@jabber.example", "same_jabber D");
    check("handle ada@jabber.example", "xmpp ada@jabber.example", "same_email D");
}

#[test]
fn register_numbers_meet_in_each_others_columns() {
    check("vat_number Reg. 15109642", "register_number 15109642", "same_company_number D");
    check("vat_number GB15109642", "register_number 15109642; country GB", "same_company_number D");
    check("country NL; register_number 1510964", "register_number 01510964", "same_register_number D");
    check("vat_number NL004495445B01", "register_number 004495445", "same_company_number D");
    check("vat_number FR40303265045", "register_number 303265045", "same_company_number D");
    check("vat_number EESK2024170423", "register_number SK2024170423", "same_company_number D");
    // A number of one country does not speak for a party of another one as loudly.
    check(
        "register_number 15109642; country GB",
        "register_number 15109642; country NL",
        "same_register_number R",
    );
    // A Russian number passes its check digits, whatever country stands around it.
    check("vat_number FR7707083893", "register_number 7707083893; country RU", "same_company_number D");
    check("register_number 23905", "register_number 023905", "same_register_number W");
    check("vat_number PL8567346216", "vat_number PL 856-734-62-16", "same_vat_number D ?");
    check("lei 5493 00IB P32U QZ0K L24", "register_number 5493000IBP32UQZ0KL24", "");
    check("lei 5493 000I BP32 UQZ0 KL24", "register_number 5493000IBP32UQZ0KL24", "same_lei D");
}

#[test]
fn phones() {
    check("phone +44 (0)20 7946 0000", "phone 0044.2079460000", "same_phone R");
    check("phone 020 7946 0000; country GB", "whatsapp +442079460000", "same_phone R");
    check("phone 020 7946 0000", "phone +442079460000", "similar_phone W");
    check("phone +3131205550123", "phone +31205550123", "similar_phone W");
    check("phone +442079460001", "phone +442079460000", "");
    check("phone 4,42E+11", "phone 4,42E+11", "");
}

#[test]
fn handles() {
    check("telegram_name @Vedimar_Sales", "handle vedimar_sales", "same_handle R");
    check("email vedimarsales@gmail.com", "handle vedimar_sales", "handle_in_email W");
    check("handle vedimar", "email vedimar@mail.ru", "handle_in_email W");
    check("handle M4G", "handle m4g", "same_handle W");
    check(
        "forum_nick board.example/vedimar",
        "forum_nick https://board.example/members/vedimar.12/",
        "same_forum_nick R",
    );
    check("forum_nick board.example/vedimar", "forum_nick other.example/vedimar", "");
    check("forum_nick vedimar", "handle vedimar", "");
    check("telegram_id 123456788", "telegram_id 123456788", "same_telegram_id D");
}

#[test]
fn address_space() {
    check("ip_range 192.0.2.7", "ip_range 192.0.2.0/24", "in_listed_range R");
    check("ip_range 192.0.2.0/24", "ip_range 192.0.2.128/25", "listed_range_inside R");
    check("ip_range 192.0.2.0-192.0.2.130", "ip_range 192.0.2.128/25", "overlapping_ranges R");
    check("ip_range 192.0.2.0/24", "ip_range 192.0.2.0 - 192.0.2.255", "same_range R");
    check("ip_range 2001:db8::1", "ip_range 2001:db8::/32", "in_listed_range R");
    check("ip_range 192.0.3.1", "ip_range 192.0.2.0/24", "");
    check("ip_range 192.0.2.200/24", "ip_range 192.0.2.7", "listed_range_inside W");
    check("ip_range 192.0.2.200/24", "ip_range 192.0.2.200", "same_range R");
    check("asn AS64496", "asn 64496", "same_asn R");
}

#[test]
fn fingerprints_and_handles_of_registries() {
    let key = "0123456789abcdef".repeat(4);
    check(&format!("tox {key}000011112222"), &format!("tox {key}333344445555"), "same_tox D");
    check(&format!("session 05{key}"), &format!("session 05{}", key.to_uppercase()), "same_session D");
    check(
        "pgp_fingerprint 0123 4567 89AB CDEF 0123  4567 89AB CDEF 0123 4567",
        "pgp_fingerprint 0x0123456789abcdef0123456789abcdef01234567",
        "same_pgp_key D",
    );
    check("pgp_fingerprint 0x89ABCDEF", "pgp_fingerprint 89abcdef", "");
    check(&format!("tls_spki_sha256 {key}"), &format!("tls_spki_sha256 sha256:{key}"), "same_tls_key D");
    check("matrix @ada:board.example", "matrix https://matrix.to/#/@ada:board.example", "same_matrix R");
    check("ripe_handle vdm1-ripe", "ripe_handle VDM1-RIPE", "same_ripe_handle R");
    check("ripe_handle RIPE-NCC-HM-MNT", "ripe_handle RIPE-NCC-HM-MNT", "");
    check("net_name VEDIMAR-NET-3", "net_name vedimar-net-12", "same_net_name W");
}

#[test]
fn wallets() {
    let wallet = "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4";
    check(&format!("wallet {wallet}"), &format!("wallet {}", wallet.to_uppercase()), "same_wallet D");
    // An address whose checksum fails still is the same text on both sides.
    let wrong = "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5";
    check(&format!("wallet {wrong}"), &format!("wallet {wrong}"), "same_wallet D ?");
}

#[test]
fn an_identifier_of_the_past_does_not_carry() {
    let mut listed = Identifier::new(Kind::Asn, "64496");
    listed.validity.to = "2025-06-30".parse().ok();
    let ours = [Identifier::new(Kind::Asn, "AS64496")];

    let found = compared(&clean(&raw(&ours, &[], "")), &clean(&raw(&[listed], &[], "")));

    assert_eq!(found.len(), 1);
    assert!(found[0].weight < 0.0 && !found[0].carries() && found[0].remark.is_some());
}

#[test]
fn what_the_list_says_of_strength_can_only_lower_it() {
    let mut listed = Identifier::new(Kind::Domain, "vedimar.example");
    listed.strength = Some(Strength::Weak);
    let ours = [Identifier::new(Kind::Domain, "vedimar.example")];

    let found = compared(&clean(&raw(&ours, &[], "")), &clean(&raw(&[listed], &[], "")));

    assert_eq!(found[0].strength, Strength::Weak);
    assert!(found[0].weight <= 4.8);
}

fn address(street: &str, postcode: &str, city: &str, country: &str) -> Address {
    Address { street: street.into(), postcode: postcode.into(), city: city.into(), country: country.into() }
}

#[track_caller]
fn check_address(left: [&str; 4], right: [&str; 4], expected: &str) {
    let [left, right] = [left, right].map(|[street, postcode, city, country]| {
        clean(&raw(&[], &[address(street, postcode, city, country)], ""))
    });
    let found: Vec<&str> = compared(&left, &right).iter().map(|evidence| evidence.feature.name()).collect();
    assert_eq!(found.join(" "), expected);
}

#[test]
fn addresses() {
    let main = ["Main Street 44", "86704", "Vedimar", "US"];
    check_address(
        ["44 Main St.", "86704-1234", "Vedimar", "United States"],
        main,
        "same_address same_country",
    );
    check_address(["Main Atreet 44", "86704", "Vedimar", "US"], main, "same_address same_country");
    check_address(["Main Street 44", "", "VEDIMAR", "US"], main, "same_address same_country");
    check_address(
        ["Main Street 45", "86704", "Vedimar", "US"],
        main,
        "similar_street same_postcode same_city same_country",
    );
    check_address(["Oak Street 44", "12345", "Orchard", "US"], main, "same_house_number same_country");
    check_address(["Kerkstraat 9", "12345", "Orchard", "US"], main, "same_country address_conflict");
    check_address(
        ["Dorpsstr. 5 hs", "1011 ab", "Den Haag", "NL"],
        ["Dorpsstraat 5", "1011AB", "'s-Gravenhage", "NL"],
        "same_address same_country",
    );
    check_address(
        ["71-75 Shelton St", "WC2H 9JQ", "London", "GB"],
        ["71-75 Shelton Street", "WC2H9JQ", "London", "UK"],
        "same_country",
    );
}

#[test]
fn what_is_left_out_is_told_with_its_reason() {
    let ours = [Identifier::new(Kind::IpRange, "0.0.0.0/0"), Identifier::new(Kind::Asn, "2024-01-31")];
    let cleaned = clean(&raw(&ours, &[], ""));
    let told: Vec<String> =
        cleaned.rejected().iter().map(|one| one.describe(&ours, &[]).to_string()).collect();
    assert_eq!(
        told,
        [
            "ip_range `0.0.0.0/0`: wider than /8 (IPv4) or /16 (IPv6): it would point to everybody",
            "asn `2024-01-31`: a date where an AS number was expected: check the column",
        ]
    );
}

/// Values that meet often, in several writings.
fn some_identifier() -> impl Strategy<Value = Identifier> {
    let label = prop_oneof!["vedimar", "orchard", "waldor", "infocloud"];
    let change = prop_oneof!["", "-host", "cloud", "24", "-net"];
    let zone = prop_oneof![Just("example"), Just("test"), Just("co.uk"), Just("com")];
    let domain = (label, change, zone, any::<bool>())
        .prop_map(|(label, change, zone, leet)| {
            let name = format!("{label}{change}.{zone}");
            if leet { name.replace('i', "1") } else { name }
        })
        .boxed();
    let kinds = prop_oneof![Just(Kind::Domain), Just(Kind::NameServer), Just(Kind::Hostname)];
    let phone = (0u32..3, 0u32..3).prop_map(|(form, last)| match form {
        0 => format!("+44 20 7946 000{last}"),
        1 => format!("020 7946 000{last}"),
        _ => format!("0044442079460{last}00"),
    });
    let number = (prop_oneof!["", "NL", "GB", "Reg. ", "FR", "00"], 0u32..4)
        .prop_map(|(prefix, last)| format!("{prefix}1510964{last}"));
    let range = (0u8..4, 24u8..=32).prop_map(|(at, len)| format!("192.0.2.{}/{len}", at * 64));
    let handle = prop_oneof!["vedimar", "vedi_mar", "@Vedimar", "orchard9"];
    prop_oneof![
        (kinds, domain.clone()).prop_map(|(kind, value)| Identifier::new(kind, value)),
        domain.prop_map(|domain| Identifier::new(Kind::Email, format!("ada@{domain}"))),
        handle.clone().prop_map(|name| Identifier::new(Kind::Email, format!("{name}@gmail.com"))),
        handle.prop_map(|name| Identifier::new(Kind::Handle, name)),
        phone.prop_map(|value| Identifier::new(Kind::Phone, value)),
        number.clone().prop_map(|value| Identifier::new(Kind::RegisterNumber, value)),
        number.prop_map(|value| Identifier::new(Kind::VatNumber, value)),
        range.prop_map(|value| Identifier::new(Kind::IpRange, value)),
    ]
}

fn some_address() -> impl Strategy<Value = Address> {
    let street = prop_oneof!["Main Street", "Main Sreet", "Dorpsstraat", "Dorpsstr.", "pr. Mira"];
    let city = prop_oneof!["", "Vedimar", "Den Haag", "The Hague"];
    let postcode = prop_oneof!["", "1011AB", "1011 ab", "86704", "86740"];
    (street, 1u8..4, postcode, city).prop_map(|(street, number, postcode, city)| {
        address(&format!("{street} {number}"), &postcode, &city, "")
    })
}

fn some_party() -> impl Strategy<Value = (Vec<Identifier>, Vec<Address>)> {
    (prop::collection::vec(some_identifier(), 0..6), prop::collection::vec(some_address(), 0..3))
}

fn any_kind() -> impl Strategy<Value = Kind> {
    prop::sample::select(Kind::ALL.to_vec())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    /// The index may hand out too much, never too little.
    #[test]
    fn what_carries_is_found_by_the_index((ours, our_places) in some_party(), (theirs, their_places) in some_party()) {
        let (a, b) = (clean(&raw(&ours, &our_places, "")), clean(&raw(&theirs, &their_places, "")));
        let index = IdentifierIndex::build([(7, &b)]);
        let mut candidates = Vec::new();
        index.candidates(&a, &mut candidates);
        let carries = compared(&a, &b).iter().any(|evidence| evidence.carries() && evidence.weight > 0.0);
        prop_assert!(!carries || candidates.contains(&7));
    }

    #[test]
    fn the_sides_can_change_places((mut ours, our_places) in some_party(), (mut theirs, their_places) in some_party()) {
        // Which side holds the wider range matters, and shall.
        ours.retain(|one| one.kind != Kind::IpRange);
        theirs.retain(|one| one.kind != Kind::IpRange);
        let (a, b) = (clean(&raw(&ours, &our_places, "")), clean(&raw(&theirs, &their_places, "")));
        let weights = |found: Vec<Evidence>| {
            let mut weights: Vec<i32> = found.iter().map(|evidence| (evidence.weight * 1000.0).round() as i32).collect();
            weights.sort_unstable();
            weights
        };
        prop_assert_eq!(weights(compared(&a, &b)), weights(compared(&b, &a)));
    }

    #[test]
    fn nothing_makes_cleaning_panic(kind in any_kind(), value in "\\PC{0,80}", other in any::<String>()) {
        let identifiers = [Identifier::new(kind, value.clone()), Identifier::new(kind, other.clone())];
        let addresses = [address(&value, &other, &value, &other), address(&other, &value, &other, &value)];
        let cleaned = clean(&raw(&identifiers, &addresses, &other));
        let found = compared(&cleaned, &cleaned);
        prop_assert!(found.iter().all(|evidence| evidence.weight.is_finite()));
    }

    #[test]
    fn numbers_and_signs_make_nothing_panic(kind in any_kind(), value in "[0-9a-fA-FxX@:/.,+\\-_()\\[\\] ]{0,40}") {
        let identifiers = [Identifier::new(kind, value)];
        let cleaned = clean(&raw(&identifiers, &[], "NL"));
        prop_assert!(compared(&cleaned, &cleaned).iter().all(|evidence| evidence.weight.is_finite()));
    }

    /// Cleaning what was cleaned changes nothing.
    #[test]
    fn cleaning_twice_is_cleaning_once(identifier in some_identifier()) {
        let once = clean(&raw(std::slice::from_ref(&identifier), &[], "GB"));
        for form in &once.forms {
            let again = Identifier::new(identifier.kind, once.text(form));
            let twice = clean(&raw(std::slice::from_ref(&again), &[], "GB"));
            let same = twice.forms.iter().any(|other| other.space == form.space && twice.text(other) == once.text(form));
            let derived = identifier.kind == Kind::Email && form.space != super::Space::Mailbox;
            prop_assert!(same || derived, "{:?}", form.space);
        }
    }
}

#[test]
fn spans_are_found_in_both_directions() {
    let entry = |text: &str| clean(&raw(&[Identifier::new(Kind::IpRange, text)], &[], ""));
    let entries: Vec<CleanIdentifiers> =
        ["192.0.2.0/24", "192.0.2.64/26", "198.51.100.7", "2001:db8::/32"].map(entry).into();
    let index = IdentifierIndex::build((0..).zip(&entries));
    let check = |text: &str, expected: &[u32]| {
        let mut found = Vec::new();
        index.candidates(&entry(text), &mut found);
        found.sort_unstable();
        found.dedup();
        assert_eq!(found, expected, "{text}");
    };
    check("192.0.2.70", &[0, 1]);
    check("192.0.2.1", &[0]);
    check("192.0.3.0", &[]);
    check("198.51.100.0/24", &[2]);
    check("192.0.0.0-198.51.100.8", &[]); // wider than /8: refused
    check("192.0.2.0-192.0.2.63", &[0]);
    check("2001:db8:1::/48", &[3]);
}
