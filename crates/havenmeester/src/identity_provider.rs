//! The identity provider of a house: sign_in.toml, and how the desk and `doctor` ask it.

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Result;
use secrecy::SecretString;
use serde::Deserialize;
use sign_in::{HttpRequest, HttpResponse, IdentifyBy, Kept, Provider, SignInError, Unreachable};
use ureq::Agent;
use web::{Brought, Departure, SignIn, Told};

use crate::failure::Failure;
use crate::office::text_if_there;
use crate::web_client;

/// What `account example` prints, and what a test reads.
pub(crate) const EXAMPLE: &str = include_str!("sign_in.example.toml");
/// The settings, in the home folder.
pub(crate) const FILE: &str = "sign_in.toml";
/// How long the provider may take: somebody looks at the page meanwhile.
const PATIENCE: Duration = Duration::from_secs(10);
/// More than any provider says of itself.
const LONGEST_ANSWER: u64 = 1024 * 1024;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    name: String,
    issuer: String,
    client_id: String,
    client_secret_file: Option<PathBuf>,
    address: String,
    #[serde(default)]
    identify_by: Word,
    #[serde(default)]
    only: bool,
}

#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Word {
    #[default]
    Subject,
    Email,
}

/// The identity provider of a house, ready to be asked.
pub(crate) struct HouseProvider {
    name: String,
    is_only_way: bool,
    identify_by: IdentifyBy,
    /// Whether browsers reach the desk over TLS.
    pub(crate) is_over_tls: bool,
    provider: Provider,
}

impl HouseProvider {
    /// Reads sign_in.toml; nothing where a house has none.
    ///
    /// # Errors
    /// What of it cannot be used.
    pub(crate) fn read(home: &Path) -> Result<Option<Self>> {
        let path = home.join(FILE);
        let Some(text) = text_if_there(&path)? else { return Ok(None) };
        Self::of(&text, home, &path).map(Some)
    }

    fn of(text: &str, home: &Path, path: &Path) -> Result<Self> {
        let wrong = |what: String| {
            Failure::new(format!("{}: {what}", path.display()), "`account example` shows every setting")
        };
        let written: Written = toml::from_str(text).map_err(|error| wrong(error.to_string()))?;
        if written.name.trim().is_empty() {
            return Err(wrong("`name` is empty".to_owned()).into());
        }
        let secret = match &written.client_secret_file {
            Some(file) => Some(secret(&home.join(file))?),
            None => None,
        };
        let identify_by = match written.identify_by {
            Word::Subject => IdentifyBy::Subject,
            Word::Email => IdentifyBy::Email,
        };
        let (issuer, client, address) = (&written.issuer, &written.client_id, &written.address);
        let settings = sign_in::Settings::new(issuer, client, secret, address, identify_by);
        let settings = settings.map_err(|error| wrong(error.to_string()))?;
        let agent = web_client::patient_for(PATIENCE);
        let ask = Box::new(move |request| ask(&agent, request));
        Ok(Self {
            name: written.name.trim().to_owned(),
            is_only_way: written.only,
            identify_by,
            is_over_tls: settings.back().starts_with("https://"),
            provider: Provider::new(settings, ask),
        })
    }

    /// An identity as somebody typed it, as the provider will give it.
    pub(crate) fn typed(&self, identity: &str) -> String {
        match self.identify_by {
            IdentifyBy::Subject => identity.to_owned(),
            IdentifyBy::Email => identity.to_lowercase(),
        }
    }

    /// Whether the provider answers as one.
    ///
    /// # Errors
    /// What is wrong with it, in one line.
    pub(crate) fn check(&self) -> Result<(), String> {
        self.provider.begin().map(drop).map_err(|error| format!("{error}; {}", error.hint()))
    }
}

impl SignIn for HouseProvider {
    fn name(&self) -> &str {
        &self.name
    }

    fn is_only_way(&self) -> bool {
        self.is_only_way
    }

    fn begin(&self) -> Result<Departure, Told> {
        let departure = self.provider.begin().map_err(|error| told(&error))?;
        Ok(Departure { address: departure.address, kept: departure.kept.word() })
    }

    fn end(&self, kept: &str, brought: Brought) -> Result<String, Told> {
        let kept = Kept::read(kept).ok_or(SignInError::AnotherLogin).map_err(|error| told(&error))?;
        let brought = sign_in::Brought { state: brought.state, code: brought.code };
        self.provider.end(&kept, &brought).map_err(|error| told(&error))
    }
}

fn told(error: &SignInError) -> Told {
    Told::English { what: error.to_string(), hint: error.hint().to_owned() }
}

/// What the desk shows the provider as its own.
fn secret(file: &Path) -> Result<SecretString> {
    let text = std::fs::read_to_string(file).map_err(|error| {
        Failure::new(
            format!("the secret of the identity provider cannot be read: {}: {error}", file.display()),
            "write what the provider gave for this client into that file, or leave client_secret_file out",
        )
    })?;
    let secret = text.trim();
    if secret.is_empty() {
        return Err(Failure::new(
            format!("{} is empty", file.display()),
            "write what the provider gave for this client into it",
        )
        .into());
    }
    Ok(SecretString::from(secret))
}

/// Asks a web server.
fn ask(agent: &Agent, request: HttpRequest) -> Result<HttpResponse, Unreachable> {
    let unreachable = |error: ureq::Error| Unreachable(error.to_string());
    let (parts, body) = agent.run(request).map_err(unreachable)?.into_parts();
    let mut body = body;
    let read = body.with_config().limit(LONGEST_ANSWER).read_to_vec().map_err(unreachable)?;
    Ok(HttpResponse::from_parts(parts, read))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<HouseProvider> {
        let home = tempfile::tempdir().unwrap();
        std::fs::write(home.path().join("sign_in.secret"), "between us\n").unwrap();
        std::fs::write(home.path().join("empty.secret"), "\n").unwrap();
        std::fs::write(home.path().join(FILE), text).unwrap();
        Ok(HouseProvider::read(home.path())?.expect("it is there"))
    }

    #[test]
    fn the_example_is_read() {
        let provider = read(EXAMPLE).unwrap();
        assert_eq!(
            (provider.name(), provider.is_only_way(), provider.is_over_tls),
            ("Noorderkade", false, true)
        );
        assert_eq!(provider.provider.back(), "https://desk.noorderkade.example/login/openid/back");
        assert!(HouseProvider::read(tempfile::tempdir().unwrap().path()).unwrap().is_none());
    }

    #[test]
    fn what_cannot_be_used_is_said_with_its_place() {
        let check = |from: &str, to: &str, expected: &str| {
            let text = EXAMPLE.replace(from, to);
            assert_ne!(text, EXAMPLE, "{from}");
            let told = read(&text).err().expect(to).to_string();
            assert!(told.contains(expected), "{told}");
            assert!(!told.contains("between us"));
        };
        check("issuer = \"https", "issuer = \"http", "`issuer` has to begin with https://");
        check("address = \"https://desk", "address = \"ftp://desk", "`address` has to begin with https://");
        check("name = \"Noorderkade\" ", "name = \" \" ", "`name` is empty");
        check("\"subject\"\n", "\"phone\"\n", "unknown variant `phone`");
        check("only = false", "onli = true", "unknown field `onli`");
        check("sign_in.secret", "other.secret", "other.secret");
        check("sign_in.secret", "empty.secret", "is empty");
    }

    #[test]
    fn addresses_are_compared_in_small_letters_and_names_of_the_provider_as_they_are() {
        assert_eq!(read(EXAMPLE).unwrap().typed("Abc"), "Abc");
        let by_mail = EXAMPLE.replace("identify_by = \"subject\"", "identify_by = \"email\"");
        assert_eq!(read(&by_mail).unwrap().typed("Anna@House.example"), "anna@house.example");
    }
}
