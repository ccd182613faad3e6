//! The way to a provider and back, and everything that a provider can do wrong.

mod fake_provider;

use std::sync::Arc;

use fake_provider::{CLIENT, EMAIL, FakeProvider, Fault, SECRET, SUBJECT};
use openidconnect::url::Url;
use sign_in::{Brought, Departure, IdentifyBy, Kept, Provider, Settings, SignInError, Unreachable};

const ISSUER: &str = "https://id.example/staff";

fn provider_at(issuer: &str, fault: Fault, identify_by: IdentifyBy) -> (Provider, Arc<FakeProvider>) {
    let fake = Arc::new(FakeProvider::new(issuer, fault));
    let settings = Settings::new(issuer, CLIENT, Some(SECRET.into()), "https://desk.example", identify_by);
    let asked = Arc::clone(&fake);
    let ask = Box::new(move |request| Ok(asked.answer(&request)));
    (Provider::new(settings.expect("settings"), ask), fake)
}

/// From the desk to the provider and back: what the browser brings.
fn brought(fake: &FakeProvider, departure: &Departure) -> Brought {
    let back = Url::parse(&fake.log_in(&departure.address)).expect("an address");
    assert!(back.as_str().starts_with("https://desk.example/login/openid/back?"));
    let value = |name: &str| back.query_pairs().find(|(key, _)| key == name).expect(name).1.into_owned();
    Brought { state: value("state"), code: Some(value("code")) }
}

fn log_in(fault: Fault, identify_by: IdentifyBy) -> Result<String, SignInError> {
    let (provider, fake) = provider_at(ISSUER, fault, identify_by);
    let departure = provider.begin()?;
    provider.end(&departure.kept, &brought(&fake, &departure))
}

#[test]
fn a_person_is_who_the_provider_says() {
    assert_eq!(log_in(Fault::None, IdentifyBy::Subject).unwrap(), SUBJECT);
    assert_eq!(log_in(Fault::None, IdentifyBy::Email).unwrap(), EMAIL.to_lowercase());
    // The provider's own name is enough where no address is asked for.
    assert_eq!(log_in(Fault::NoEmail, IdentifyBy::Subject).unwrap(), SUBJECT);
}

#[test]
fn what_a_provider_does_wrong_opens_nothing_and_is_told() {
    let check = |fault: Fault, expected: &str| {
        let error = log_in(fault, IdentifyBy::Email).expect_err(&format!("{fault:?}"));
        let told = error.to_string();
        assert!(told.contains(expected), "{fault:?}: {told}");
        assert!(!error.hint().is_empty());
        for secret in [SECRET, "code-1", EMAIL, SUBJECT, "eyJ"] {
            assert!(!told.contains(secret), "{fault:?} tells {secret}: {told}");
        }
    };
    check(Fault::WrongNonce, "nonce");
    check(Fault::NoNonce, "nonce");
    check(Fault::WrongAudience, "audience");
    check(Fault::WrongIssuer, "issuer");
    check(Fault::Expired, "expired");
    check(Fault::SignedByStranger, "ignature");
    check(Fault::SignedWithTheClientSecret, "signature algorithm");
    check(Fault::NotSigned, "ignature");
    check(Fault::OfAnotherAccessToken, "another access token");
    check(Fault::NoIdentity, "no identity");
    check(Fault::UnverifiedEmail, "no e-mail address that it verified");
    check(Fault::NoEmail, "no e-mail address that it verified");
    check(Fault::RefusesCode, "invalid_grant");
    check(Fault::AnswersPage, "none that OpenID Connect knows");
    check(Fault::DescribesAnotherIssuer, "issuer");
    check(Fault::DescribesNothing, "no OpenID Connect provider");
    check(Fault::LoginWithoutTls, "without TLS");
    check(Fault::TokenWithoutTls, "without TLS");
}

#[test]
fn somebody_elses_login_opens_nothing() {
    let (provider, fake) = provider_at(ISSUER, Fault::None, IdentifyBy::Subject);
    let (mine, other) = (provider.begin().unwrap(), provider.begin().unwrap());
    let theirs = brought(&fake, &other);
    let error = provider.end(&mine.kept, &theirs).unwrap_err();
    assert!(matches!(error, SignInError::AnotherLogin), "{error}");
    // With the state and the verifier of another login the nonce still says whose it was.
    let word = |departure: &Departure| departure.kept.word();
    let part = |word: &str, at: usize| word.split('.').nth(at).expect("three parts").to_owned();
    let mixed = [part(&word(&other), 0), part(&word(&mine), 1), part(&word(&other), 2)].join(".");
    let error = provider.end(&Kept::read(&mixed).expect("three parts"), &theirs).unwrap_err();
    assert!(matches!(error, SignInError::Untrue(_)), "{error}");
}

#[test]
fn a_code_counts_once() {
    let (provider, fake) = provider_at(ISSUER, Fault::None, IdentifyBy::Subject);
    let departure = provider.begin().unwrap();
    let brought = brought(&fake, &departure);
    assert!(provider.end(&departure.kept, &brought).is_ok());
    assert!(matches!(provider.end(&departure.kept, &brought), Err(SignInError::Refused(_))));
}

#[test]
fn who_is_not_let_in_is_told_so() {
    let (provider, fake) = provider_at(ISSUER, Fault::None, IdentifyBy::Subject);
    let departure = provider.begin().unwrap();
    let refused = Brought { code: None, ..brought(&fake, &departure) };
    assert!(matches!(provider.end(&departure.kept, &refused), Err(SignInError::NotLetIn)));
}

#[test]
fn a_provider_that_is_away_is_told_as_such() {
    let settings = Settings::new(ISSUER, CLIENT, None, "https://desk.example", IdentifyBy::Subject).unwrap();
    let away = Provider::new(settings, Box::new(|_| Err(Unreachable("no route to it".to_owned()))));
    let error = away.begin().err().expect("nobody answers");
    assert_eq!(error.to_string(), "the identity provider cannot be reached: no route to it");
}

#[test]
fn a_provider_on_this_machine_needs_no_tls() {
    let (provider, _) = provider_at("http://127.0.0.1:9000", Fault::None, IdentifyBy::Subject);
    assert!(provider.begin().unwrap().address.starts_with("http://127.0.0.1:9000/log-in?"));
}
