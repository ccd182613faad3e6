//! An identity provider in memory: it describes itself, hands out codes, and says whose they are. It can be made to do each
//! thing wrong.

use std::collections::HashMap;
use std::sync::Mutex;

use openidconnect::core::{
    CoreHmacKey, CoreIdToken, CoreIdTokenClaims, CoreJsonWebKeySet, CoreJwsSigningAlgorithm as Algorithm,
    CoreRsaPrivateSigningKey,
};
use openidconnect::http::{Response, StatusCode};
use openidconnect::url::Url;
use openidconnect::{
    AccessToken, Audience, EmptyAdditionalClaims, EndUserEmail, HttpRequest, HttpResponse, IssuerUrl,
    JsonWebKeyId, Nonce, PkceCodeChallenge, PkceCodeVerifier, PrivateSigningKey, StandardClaims,
    SubjectIdentifier,
};
use serde_json::json;

/// What the desk is called at the provider, and what it shows as its own.
pub(crate) const CLIENT: &str = "havenmeester";
pub(crate) const SECRET: &str = "between desk and provider";
/// Who logs in.
pub(crate) const SUBJECT: &str = "0b5c-anna";
pub(crate) const EMAIL: &str = "Anna@house.example";

/// What the provider does wrong.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Fault {
    #[default]
    None,
    WrongNonce,
    NoNonce,
    WrongAudience,
    WrongIssuer,
    Expired,
    SignedByStranger,
    SignedWithTheClientSecret,
    NotSigned,
    OfAnotherAccessToken,
    NoIdentity,
    UnverifiedEmail,
    NoEmail,
    RefusesCode,
    AnswersPage,
    DescribesAnotherIssuer,
    DescribesNothing,
    LoginWithoutTls,
    TokenWithoutTls,
}

/// The provider.
pub(crate) struct FakeProvider {
    issuer: String,
    pub(crate) fault: Fault,
    /// What a code was handed out for: challenge, nonce, address to send back to.
    codes: Mutex<HashMap<String, Asked>>,
}

struct Asked {
    challenge: String,
    nonce: String,
    back: String,
}

impl FakeProvider {
    pub(crate) fn new(issuer: &str, fault: Fault) -> Self {
        Self { issuer: issuer.to_owned(), fault, codes: Mutex::default() }
    }

    /// A person logs in at the address that the browser was sent to, and is sent back to this one.
    pub(crate) fn log_in(&self, address: &str) -> String {
        let address = Url::parse(address).expect("an address");
        let asked: HashMap<String, String> = address.query_pairs().into_owned().collect();
        assert_eq!(asked["client_id"], CLIENT);
        assert_eq!(asked["response_type"], "code");
        assert_eq!(asked["code_challenge_method"], "S256");
        assert!(asked["scope"].split(' ').any(|scope| scope == "openid"));
        let mut codes = self.codes.lock().expect("no panic before");
        let code = format!("code-{}", codes.len() + 1);
        let kept = Asked {
            challenge: asked["code_challenge"].clone(),
            nonce: asked["nonce"].clone(),
            back: asked["redirect_uri"].clone(),
        };
        codes.insert(code.clone(), kept);
        let mut back = Url::parse(&asked["redirect_uri"]).expect("an address");
        back.query_pairs_mut().append_pair("code", &code).append_pair("state", &asked["state"]);
        back.to_string()
    }

    /// What it answers to the desk.
    pub(crate) fn answer(&self, request: &HttpRequest) -> HttpResponse {
        let path = request.uri().path();
        if path.ends_with("/.well-known/openid-configuration") {
            return self.description();
        }
        if path.ends_with("/keys") {
            return json_answer(StatusCode::OK, &json!(keys()));
        }
        if path.ends_with("/token") {
            return self.token(request);
        }
        page(StatusCode::NOT_FOUND)
    }

    fn description(&self) -> HttpResponse {
        if self.fault == Fault::DescribesNothing {
            return page(StatusCode::OK);
        }
        let at = |what: &str| format!("{}/{what}", self.issuer);
        let open = |is_open: bool, what: &str| {
            if is_open { at(what).replace("https://", "http://") } else { at(what) }
        };
        let issuer =
            if self.fault == Fault::DescribesAnotherIssuer { "https://other.example" } else { &self.issuer };
        json_answer(
            StatusCode::OK,
            &json!({
                "issuer": issuer,
                "authorization_endpoint": open(self.fault == Fault::LoginWithoutTls, "log-in"),
                "token_endpoint": open(self.fault == Fault::TokenWithoutTls, "token"),
                "jwks_uri": at("keys"),
                "response_types_supported": ["code"],
                "subject_types_supported": ["public"],
                "id_token_signing_alg_values_supported": ["RS256", "HS256"],
            }),
        )
    }

    fn token(&self, request: &HttpRequest) -> HttpResponse {
        let sent: HashMap<String, String> =
            openidconnect::url::form_urlencoded::parse(request.body()).into_owned().collect();
        let code = sent.get("code").and_then(|code| self.codes.lock().expect("no panic before").remove(code));
        let is_client = authorization(request) == format!("Basic {}", base64(CLIENT, SECRET));
        let Some(asked) = code.filter(|_| is_client && self.fault != Fault::RefusesCode) else {
            let refused = json!({"error": "invalid_grant", "error_description": format!("{sent:?}")});
            return json_answer(StatusCode::BAD_REQUEST, &refused);
        };
        let verifier = PkceCodeVerifier::new(sent["code_verifier"].clone());
        let shown = PkceCodeChallenge::from_code_verifier_sha256(&verifier);
        assert_eq!(shown.as_str(), asked.challenge, "who asks is not who sent the browser");
        assert_eq!(sent["redirect_uri"], asked.back);
        if self.fault == Fault::AnswersPage {
            return page(StatusCode::OK);
        }
        let mut answer = json!({"access_token": "for-nothing", "token_type": "Bearer", "expires_in": 60});
        if self.fault != Fault::NoIdentity {
            answer["id_token"] = self.identity(asked.nonce).into();
        }
        json_answer(StatusCode::OK, &answer)
    }

    /// What the provider says of the person, signed.
    fn identity(&self, nonce: String) -> String {
        let is = |fault| self.fault == fault;
        let now = std::time::UNIX_EPOCH.elapsed().expect("after 1970").as_secs();
        let moment = |seconds: u64| serde_json::from_value(json!(rfc3339(seconds))).expect("a moment");
        let issued = if is(Fault::Expired) { now - 7200 } else { now };
        let issuer = if is(Fault::WrongIssuer) { "https://other.example" } else { &self.issuer };
        let audience = if is(Fault::WrongAudience) { "another-desk" } else { CLIENT };
        let email = (!is(Fault::NoEmail)).then(|| EndUserEmail::new(EMAIL.to_owned()));
        let person = StandardClaims::new(SubjectIdentifier::new(SUBJECT.to_owned()))
            .set_email(email)
            .set_email_verified(Some(!is(Fault::UnverifiedEmail)));
        let claims = CoreIdTokenClaims::new(
            IssuerUrl::new(issuer.to_owned()).expect("an address"),
            vec![Audience::new(audience.to_owned())],
            moment(issued + 600),
            moment(issued),
            person,
            EmptyAdditionalClaims {},
        );
        let nonce = if is(Fault::WrongNonce) { "another".to_owned() } else { nonce };
        let claims = claims.set_nonce((!is(Fault::NoNonce)).then(|| Nonce::new(nonce)));
        let token = if is(Fault::OfAnotherAccessToken) { "for-another" } else { "for-nothing" };
        let token = AccessToken::new(token.to_owned());
        let signed = if is(Fault::SignedWithTheClientSecret) {
            CoreIdToken::new(claims, &CoreHmacKey::new(SECRET), Algorithm::HmacSha256, Some(&token), None)
        } else {
            let key = key(if is(Fault::SignedByStranger) { STRANGER } else { PROVIDER });
            CoreIdToken::new(claims, &key, Algorithm::RsaSsaPkcs1V15Sha256, Some(&token), None)
        };
        let signed = signed.expect("a signature").to_string();
        if is(Fault::NotSigned) { without_signature(&signed) } else { signed }
    }
}

/// Made for these tests; they open nothing.
const PROVIDER: &str = include_str!("provider.pem");
const STRANGER: &str = include_str!("stranger.pem");

fn key(pem: &str) -> CoreRsaPrivateSigningKey {
    CoreRsaPrivateSigningKey::from_pem(pem, Some(JsonWebKeyId::new("first".to_owned()))).expect("a key")
}

fn keys() -> CoreJsonWebKeySet {
    CoreJsonWebKeySet::new(vec![key(PROVIDER).as_verification_key()])
}

/// The same claims under a head that says that nobody signed.
fn without_signature(token: &str) -> String {
    let claims = token.split('.').nth(1).expect("three parts");
    // {"alg":"none"}
    format!("eyJhbGciOiJub25lIn0.{claims}.")
}

/// Seconds, as the library of the claims reads them.
fn rfc3339(seconds: u64) -> String {
    let at =
        jiff::Timestamp::from_second(i64::try_from(seconds).expect("this century")).expect("this century");
    at.to_string()
}

fn authorization(request: &HttpRequest) -> String {
    let header = request.headers().get("authorization").and_then(|value| value.to_str().ok());
    header.unwrap_or_default().to_owned()
}

fn base64(name: &str, secret: &str) -> String {
    use ::base64::Engine;
    let encoded: String = openidconnect::url::form_urlencoded::byte_serialize(secret.as_bytes()).collect();
    ::base64::engine::general_purpose::STANDARD.encode(format!("{name}:{encoded}"))
}

fn json_answer(status: StatusCode, body: &serde_json::Value) -> HttpResponse {
    let answer = Response::builder().status(status).header("content-type", "application/json");
    answer.body(body.to_string().into_bytes()).expect("an answer")
}

fn page(status: StatusCode) -> HttpResponse {
    let answer = Response::builder().status(status).header("content-type", "text/html");
    answer.body(b"<!doctype html><title>Welcome</title>".to_vec()).expect("an answer")
}
