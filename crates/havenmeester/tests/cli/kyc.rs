//! The rules of sign-up on the command line: read, tried on customers, and refused with the line of a mistake.

use insta::assert_snapshot;

use crate::program::Desk;

const AT: &str = "--home home --key-file key --as marleen --quiet";

fn house() -> Desk {
    let desk = Desk::new();
    assert_eq!(desk.run(&format!("init {AT}")).status, 0);
    assert_eq!(desk.run(&format!("edition install list.json {AT}")).status, 0);
    desk
}

#[test]
fn rules_are_tried_on_a_customer_file_before_they_count() {
    let desk = house();
    let rules = desk.run("kyc example").stdout;
    let strict = rules.replace("business = \"L1\"", "business = \"L3\"");
    let desk = desk.with("strict.toml", strict);

    let as_shipped = desk.run(&format!("kyc dry-run --customers customers.csv --each {AT}"));
    assert_eq!(as_shipped.status, 0, "{}", as_shipped.stderr);
    assert_snapshot!(as_shipped.stdout, @r"
    4 orders: 0 at once, 4 held (or would have been)
    of the held: 0 let in later, 2 wait for review, 2 for data, 0 refused, 0 expired
      held by hit: 2
      held by missing: 4
      level L1: 4
      closer look, business: 4
    1: held: more data, L1: missing: email_proof; missing: phone_proof; missing: register_number; missing: vat_number; missing: representative
    2: held: review, L1: hit; missing: email_proof; missing: phone_proof; missing: register_number; missing: vat_number; missing: representative
    3: held: more data, L1: missing: email_proof; missing: phone_proof; missing: register_number; missing: vat_number; missing: representative
    4: held: review, L1: hit; missing: email_proof; missing: phone_proof; missing: register_number; missing: vat_number; missing: representative
    ");

    let strict = desk.run(&format!("kyc dry-run --customers customers.csv --policy strict.toml {AT}"));
    assert!(strict.stdout.contains("level L3: 4"), "{}", strict.stdout);
    // A list can be named instead of the installed one.
    let named = desk.run(&format!("kyc dry-run --customers customers.csv --list list.json {AT}"));
    assert_eq!(named.status, 0, "{}", named.stderr);
}

#[test]
fn a_row_that_cannot_be_used_is_said_and_the_others_count() {
    let desk = house().with(
        "holes.csv",
        "id,company,email\n1,Orchard Nine,a@orchard.example\n2,Cedar,b@cedar.example,x,y,z\n",
    );
    let ran = desk.run("kyc dry-run --customers holes.csv --home home --key-file key --as marleen");
    assert_eq!(ran.status, 2);
    assert!(ran.stdout.starts_with("2 orders"), "{}", ran.stdout);
    assert!(ran.stderr.contains("line 3"), "{}", ran.stderr);
}

#[test]
fn what_cannot_be_used_of_the_rules_is_told_with_its_line() {
    let check = |from: &str, to: &str, expected: &str| {
        let desk = Desk::empty();
        let rules = desk.run("kyc example").stdout.replacen(from, to, 1);
        let desk = desk.with("kyc.toml", rules);
        let ran = desk.run(&format!("kyc check-policy kyc.toml {AT}"));
        assert_eq!(ran.status, 2, "{}", ran.stdout);
        assert!(ran.stderr.contains(expected) && ran.stderr.contains("kyc example"), "{}", ran.stderr);
    };
    check(
        "mode = \"log_only\"",
        "mode = \"on\"",
        "line 6: `mode` is `on`; expected \"log_only\" or \"gate\"",
    );
    check("bgp = \"L2\"", "bpg = \"L2\"", "`triggers` is `bpg`");
    check("clear_days = 30", "clear_days = thirty", "line 11");
}

#[test]
fn the_rules_are_shown_level_by_level() {
    let ran = Desk::empty().run(&format!("kyc check-policy {AT}"));
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    assert_snapshot!(ran.stdout, @r"
    mode: log_only
    L0: email_proof, phone_proof; looked at again after 1095 days
    L1: register_number, vat_number, representative; looked at again after 730 days
    L2: reseller_declaration, end_customer_policy, end_customer_register, end_customer_clause, abuse_contact, beneficial_owners, bank_payment; looked at again after 365 days
    L3: identity; looked at again after 365 days
    business: L1
    resale_intent: L2
    crypto_payment: L2
    many_addresses: L2
    own_addresses: L2
    bgp: L2
    country_mismatch: L1
    young_register_entry: L1
    mass_registration_address: L1
    weak_hit: L1
    repeated_sign_ups: L1
    ");
}

#[test]
fn where_no_shop_told_of_anything_that_is_said() {
    let desk = house();
    let ran = desk.run(&format!("kyc dry-run --days 31 {AT}"));
    assert_eq!(ran.status, 2);
    assert_snapshot!(ran.stderr, @r"
    error: no shop told of an order in the last 31 days
    hint: look further back with --days, or try the rules on a customer file with --customers FILE
    ");
    assert_eq!(desk.run(&format!("kyc list {AT}")).stdout, "");
    let unknown = desk.run(&format!("kyc release AP-1 --note known {AT}"));
    assert!(unknown.stderr.contains("there is no application AP-1\nhint: `kyc list`"), "{}", unknown.stderr);
    let mistyped = desk.run(&format!("kyc check AP-1 passport confirmed --source seen {AT}"));
    assert!(mistyped.stderr.contains("there is no check `passport`"), "{}", mistyped.stderr);
    let nowhere = desk.run(&format!("kyc look-up AP-1 {AT}"));
    assert!(nowhere.stderr.contains("no register is set up"), "{}", nowhere.stderr);
}
