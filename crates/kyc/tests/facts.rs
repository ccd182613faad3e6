//! What registers answer, and what that means: a "no" is only what the register itself said of this very number.

use kyc::facts::{Asking, Said, Source};
use kyc::{Applicant, Outcome};
use proptest::prelude::*;

fn orchard() -> Applicant {
    Applicant {
        company: Some("Orchard Nine B.V.".to_owned()),
        country: Some("NL".to_owned()),
        vat_number: Some("NL 0012.34.567.B01".to_owned()),
        register_number: Some("KvK 00012345".to_owned()),
        ..Applicant::default()
    }
}

#[track_caller]
fn check(source: Source, status: u16, body: &str, expected: Outcome) -> Said {
    let said = source.read(&orchard(), status, body.as_bytes());
    assert_eq!(said.outcome, expected, "{body}");
    said
}

fn vies(rest: &str) -> String {
    format!(
        r#"{{"countryCode":"NL","vatNumber":"001234567B01","requestDate":"2026-03-02T12:00:00Z",{rest}}}"#
    )
}

#[test]
fn vies_is_asked_for_a_number_as_proof_and_its_answer_is_about_this_number() {
    let own = Asking { own_vat_number: Some("NL999999990B01".to_owned()) };
    let question = Source::Vies.question(&orchard(), &own).unwrap();
    let sent: serde_json::Value = serde_json::from_str(&question.body.unwrap()).unwrap();
    assert_eq!(
        (sent["countryCode"].as_str(), sent["vatNumber"].as_str()),
        (Some("NL"), Some("001234567B01"))
    );
    assert_eq!(sent["requesterNumber"], "999999990B01");

    let valid = vies(
        r#""valid":true,"requestIdentifier":"WAPIAAAAX1","name":"ORCHARD NINE B.V.","address":"KADE 1""#,
    );
    let said = check(Source::Vies, 200, &valid, Outcome::Confirmed);
    assert_eq!(
        (said.proof.as_deref(), said.name.as_deref()),
        (Some("WAPIAAAAX1"), Some("ORCHARD NINE B.V."))
    );
    // Some states hide the name.
    let hidden = vies(r#""valid":true,"requestIdentifier":"","name":"---""#);
    assert_eq!(check(Source::Vies, 200, &hidden, Outcome::Confirmed).proof, None);
    let other = vies(r#""valid":true,"name":"Kwekerij Zonnedauw""#);
    let said = check(Source::Vies, 200, &other, Outcome::NotConfirmed);
    assert_eq!(said.name.as_deref(), Some("Kwekerij Zonnedauw"));
    check(Source::Vies, 200, &vies(r#""valid":false,"name":"---""#), Outcome::NotConfirmed);
}

#[test]
fn what_is_no_answer_of_vies_is_never_a_no() {
    use Outcome::Unavailable;
    let busy = r#"{"actionSucceed":false,"errorWrappers":[{"error":"MS_UNAVAILABLE"}]}"#;
    for (status, body) in [
        (200, busy.to_owned()),
        (500, vies(r#""valid":false"#)),
        (429, vies(r#""valid":false"#)),
        (200, vies(r#""valid":"no""#)),
        (200, vies(r#""valid":false,"errorWrappers":[{"error":"TIMEOUT"}]"#)),
        (200, r#"{"countryCode":"NL","vatNumber":"009999999B01","valid":false}"#.to_owned()),
        (200, "<html>maintenance</html>".to_owned()),
        (200, String::new()),
    ] {
        check(Source::Vies, status, &body, Unavailable);
    }
}

#[test]
fn the_trade_register_knows_the_number_and_whose_it_is() {
    let question = Source::Kvk.question(&orchard(), &Asking::default()).unwrap();
    assert_eq!(question.path, "/v1/basisprofielen/00012345");
    // A spreadsheet lost the zeros.
    let short = Applicant { register_number: Some("12345".to_owned()), ..orchard() };
    assert_eq!(Source::Kvk.question(&short, &Asking::default()), Some(question));

    let profile = |rest: &str| format!(r#"{{"kvkNummer":"00012345","naam":"Orchard Nine B.V."{rest}}}"#);
    check(Source::Kvk, 200, &profile(""), Outcome::Confirmed);
    let trading =
        r#"{"kvkNummer":"00012345","naam":"Holding Wilg B.V.","handelsnamen":[{"naam":"Orchard Nine"}]}"#;
    check(Source::Kvk, 200, trading, Outcome::Confirmed);
    check(Source::Kvk, 200, r#"{"kvkNummer":"00012345","naam":"Bakkerij De Korst"}"#, Outcome::NotConfirmed);
    let ended = profile(r#","materieleRegistratie":{"datumEinde":"20250101"}"#);
    check(Source::Kvk, 200, &ended, Outcome::NotConfirmed);
    let unknown = r#"{"fout":[{"code":"IPD0005","omschrijving":"Product kan niet worden geleverd."}]}"#;
    check(Source::Kvk, 404, unknown, Outcome::NotConfirmed);

    for (status, body) in
        [(404, "{}"), (401, unknown), (503, unknown), (200, r#"{"kvkNummer":"00099999","naam":"x"}"#)]
    {
        check(Source::Kvk, status, body, Outcome::Unavailable);
    }
}

#[test]
fn a_firm_without_an_identifier_is_not_held_against_anybody() {
    let record = |status: &str, name: &str| {
        format!(
            r#"{{"data":[{{"id":"984500ABCDEF12345678","attributes":{{"entity":{{"legalName":{{"name":"{name}"}},"registeredAs":"00012345","status":"{status}","legalAddress":{{"country":"NL"}}}}}}}}]}}"#
        )
    };
    let applicant = Applicant { register_number: Some("00012345".to_owned()), ..orchard() };
    let read = |body: &str| Source::Gleif.read(&applicant, 200, body.as_bytes());
    assert_eq!(read(&record("ACTIVE", "Orchard Nine B.V.")).outcome, Outcome::Confirmed);
    assert_eq!(read(&record("ACTIVE", "Orchard Nine B.V.")).proof.as_deref(), Some("984500ABCDEF12345678"));
    assert_eq!(read(&record("ACTIVE", "Bakkerij De Korst")).outcome, Outcome::NotConfirmed);
    assert_eq!(read(&record("INACTIVE", "Orchard Nine B.V.")).outcome, Outcome::NotConfirmed);
    assert_eq!(read(r#"{"data":[]}"#).outcome, Outcome::Unavailable);
}

#[test]
fn who_gave_no_number_is_not_asked_about() {
    let nobody = Applicant { vat_number: None, register_number: Some("  ".to_owned()), ..orchard() };
    for source in Source::ALL {
        assert_eq!(source.question(&nobody, &Asking::default()), None, "{}", source.word());
    }
    let abroad =
        Applicant { country: Some("US".to_owned()), vat_number: Some("123".to_owned()), ..orchard() };
    assert_eq!(Source::Vies.question(&abroad, &Asking::default()), None);
    assert_eq!(
        Source::Kvk.question(&abroad, &Asking::default()),
        None,
        "a number of another country's register"
    );
    let without_prefix = Applicant { vat_number: Some("001234567B01".to_owned()), ..orchard() };
    assert!(Source::Vies.question(&without_prefix, &Asking::default()).is_some());
}

proptest! {
    /// Whatever comes, nothing but a real answer is more than "did not answer".
    #[test]
    fn garbled_answers_say_nothing(status in 100u16..600, body in proptest::collection::vec(any::<u8>(), 0..200)) {
        for source in Source::ALL {
            let said = source.read(&orchard(), status, &body);
            prop_assert_eq!(said.outcome, Outcome::Unavailable);
        }
    }

    /// An answer that broke off in the middle says nothing.
    #[test]
    fn half_answers_say_nothing(cut in 0usize..60) {
        let whole = vies(r#""valid":false,"name":"---""#);
        let half = &whole.as_bytes()[..whole.len() - 1 - cut];
        prop_assert_eq!(Source::Vies.read(&orchard(), 200, half).outcome, Outcome::Unavailable);
    }
}
