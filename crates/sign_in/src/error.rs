//! Why somebody was not signed in.

/// Why somebody was not signed in. No variant holds a code, a token or a secret.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    #[error("the identity provider cannot be reached: {0}")]
    Unreachable(String),
    #[error("what answers at the provider's address is no OpenID Connect provider as expected: {0}")]
    NoProvider(String),
    #[error("the identity provider refused the code: {0}")]
    Refused(String),
    #[error("this answer belongs to another login than the one that this browser began")]
    AnotherLogin,
    #[error("the identity provider did not let the person in")]
    NotLetIn,
    #[error("the identity provider sent no identity")]
    NoIdentity,
    #[error("what the identity provider said of the person does not hold: {0}")]
    Untrue(String),
    #[error("the identity provider named no e-mail address that it verified")]
    NoVerifiedEmail,
}

impl SignInError {
    /// What the reader can do next, in one sentence.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Unreachable(_) => "try again later; `doctor` says whether the provider answers",
            Self::NoProvider(_) => {
                "compare `issuer` in sign_in.toml with the address that the provider gives"
            }
            Self::Refused(_) => {
                "try again; if it stays, compare client_id, the secret and the address to send back to with the provider"
            }
            Self::AnotherLogin => "begin again, in one window",
            Self::NotLetIn => "ask who keeps the provider whether this person may use this desk",
            Self::NoIdentity => "let the provider allow the scope `openid` to this client",
            Self::Untrue(_) => {
                "look whether the clocks of both machines are right, and whether client_id is this desk's"
            }
            Self::NoVerifiedEmail => {
                "let the provider verify addresses and send them, or set identify_by = \"subject\""
            }
        }
    }
}
