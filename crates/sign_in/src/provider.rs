//! The provider, as far as a desk speaks to it.

use std::error::Error;

use openidconnect::core::{
    CoreAuthenticationFlow, CoreClient, CoreErrorResponseType, CoreIdTokenClaims,
    CoreJwsSigningAlgorithm as Algorithm, CoreProviderMetadata, CoreTokenResponse,
};
use openidconnect::url::Url;
use openidconnect::{
    AccessTokenHash, AuthorizationCode, ClientId, ClientSecret, CsrfToken, DiscoveryError, EndpointMaybeSet,
    EndpointNotSet, EndpointSet, HttpRequest, HttpResponse, Nonce, OAuth2TokenResponse, PkceCodeChallenge,
    PkceCodeVerifier, RequestTokenError, Scope, StandardErrorResponse, TokenResponse,
};
use secrecy::ExposeSecret;

use crate::error::SignInError;
use crate::journey::{Brought, Departure, Kept};
use crate::settings::{IdentifyBy, Settings, is_private};

/// Why a web server gave no answer.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Unreachable(pub String);

/// Asks a web server and gives its answer, whatever its status is, without following redirects.
pub type Ask = Box<dyn Fn(HttpRequest) -> Result<HttpResponse, Unreachable> + Send + Sync>;

/// The identity provider of a house.
pub struct Provider {
    settings: Settings,
    ask: Ask,
}

type Client = CoreClient<
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// What is signed with a key that only the provider has; a shared secret would let the desk itself say who somebody is.
const SIGNED_BY_THE_PROVIDER: [Algorithm; 9] = [
    Algorithm::RsaSsaPkcs1V15Sha256,
    Algorithm::RsaSsaPkcs1V15Sha384,
    Algorithm::RsaSsaPkcs1V15Sha512,
    Algorithm::RsaSsaPssSha256,
    Algorithm::RsaSsaPssSha384,
    Algorithm::RsaSsaPssSha512,
    Algorithm::EcdsaP256Sha256,
    Algorithm::EcdsaP384Sha384,
    Algorithm::EdDsa,
];

impl Provider {
    pub fn new(settings: Settings, ask: Ask) -> Self {
        Self { settings, ask }
    }

    /// The address that the provider has to know as one it may send browsers back to.
    pub fn back(&self) -> &str {
        self.settings.back()
    }

    /// Where to send a browser, and what to keep until it comes back. Asks the provider for its description.
    ///
    /// # Errors
    /// If there is no provider of this name at its address.
    pub fn begin(&self) -> Result<Departure, SignInError> {
        let client = self.client()?;
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let mut request = client
            .authorize_url(
                CoreAuthenticationFlow::AuthorizationCode,
                CsrfToken::new_random,
                Nonce::new_random,
            )
            .set_pkce_challenge(challenge);
        if self.settings.identify_by == IdentifyBy::Email {
            request = request.add_scope(Scope::new("email".to_owned()));
        }
        let (address, state, nonce) = request.url();
        let kept = Kept {
            state: state.into_secret(),
            nonce: nonce.secret().clone(),
            verifier: verifier.into_secret(),
        };
        Ok(Departure { address: address.to_string(), kept })
    }

    /// Whose login it is that the browser brought back: the identity that an account is linked to.
    ///
    /// # Errors
    /// A [`SignInError`].
    pub fn end(&self, kept: &Kept, brought: &Brought) -> Result<String, SignInError> {
        // Both are random and of one use: what the comparison's time tells of them is worth nothing.
        if kept.state != brought.state {
            return Err(SignInError::AnotherLogin);
        }
        let code = brought.code.clone().ok_or(SignInError::NotLetIn)?;
        let client = self.client()?;
        let answer = client
            .exchange_code(AuthorizationCode::new(code))
            .map_err(|_| SignInError::NoProvider("it names no token endpoint".to_owned()))?
            .set_pkce_verifier(PkceCodeVerifier::new(kept.verifier.clone()))
            .request(&|request| self.ask(request))
            .map_err(refused)?;
        let nonce = Nonce::new(kept.nonce.clone());
        let claims = verified(&client, &answer, &nonce)?;
        self.identity(&claims)
    }

    fn identity(&self, claims: &CoreIdTokenClaims) -> Result<String, SignInError> {
        match self.settings.identify_by {
            IdentifyBy::Subject => Ok(claims.subject().to_string()),
            IdentifyBy::Email => {
                let verified = claims.email().filter(|_| claims.email_verified() == Some(true));
                verified.map(|email| email.to_lowercase()).ok_or(SignInError::NoVerifiedEmail)
            }
        }
    }

    /// The provider as it describes itself now, with the keys that it signs with now.
    fn client(&self) -> Result<Client, SignInError> {
        let described = CoreProviderMetadata::discover(&self.settings.issuer, &|request| self.ask(request));
        let described = described.map_err(no_provider)?;
        if !is_private(described.authorization_endpoint().url()) {
            return Err(SignInError::NoProvider("it lets people log in without TLS".to_owned()));
        }
        let secret = self.settings.client_secret.as_ref();
        let secret = secret.map(|secret| ClientSecret::new(secret.expose_secret().to_owned()));
        let id = ClientId::new(self.settings.client_id.clone());
        Ok(CoreClient::from_provider_metadata(described, id, secret)
            .set_redirect_uri(self.settings.back.clone()))
    }

    /// Asks, but nothing that others could hear, whatever address the provider gives.
    fn ask(&self, request: HttpRequest) -> Result<HttpResponse, Unreachable> {
        let is_private = Url::parse(&request.uri().to_string()).is_ok_and(|url| is_private(&url));
        if !is_private {
            return Err(Unreachable("it gives an address without TLS".to_owned()));
        }
        (self.ask)(request)
    }
}

/// What the provider says of the person, once it holds: signed by the provider, for this desk, for this login, not too
/// old, and together with this access token.
fn verified(
    client: &Client,
    answer: &CoreTokenResponse,
    nonce: &Nonce,
) -> Result<CoreIdTokenClaims, SignInError> {
    let token = answer.id_token().ok_or(SignInError::NoIdentity)?;
    let verifier = client.id_token_verifier().set_allowed_algs(SIGNED_BY_THE_PROVIDER);
    let claims = token.claims(&verifier, nonce).map_err(untrue)?;
    if let Some(expected) = claims.access_token_hash() {
        let algorithm = token.signing_alg().map_err(untrue)?;
        let key = token.signing_key(&verifier).map_err(untrue)?;
        let actual = AccessTokenHash::from_token(answer.access_token(), algorithm, key).map_err(untrue)?;
        if actual != *expected {
            return Err(SignInError::Untrue("it belongs to another access token".to_owned()));
        }
    }
    Ok(claims.clone())
}

fn untrue(error: impl Error) -> SignInError {
    SignInError::Untrue(whole(&error))
}

fn no_provider(error: DiscoveryError<Unreachable>) -> SignInError {
    match error {
        DiscoveryError::Request(unreachable) => SignInError::Unreachable(unreachable.0),
        other => SignInError::NoProvider(whole(&other)),
    }
}

/// Only the kind of the refusal, such as `invalid_grant`: its description may repeat what was sent.
fn refused(
    error: RequestTokenError<Unreachable, StandardErrorResponse<CoreErrorResponseType>>,
) -> SignInError {
    match error {
        RequestTokenError::Request(unreachable) => SignInError::Unreachable(unreachable.0),
        RequestTokenError::ServerResponse(answer) => SignInError::Refused(answer.error().to_string()),
        RequestTokenError::Parse(..) | RequestTokenError::Other(_) => {
            SignInError::Refused("its answer is none that OpenID Connect knows".to_owned())
        }
    }
}

/// An error with what caused it, in one line.
fn whole(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(next) = cause {
        text = format!("{text}: {next}");
        cause = next.source();
    }
    text
}
