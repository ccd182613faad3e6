//! facts.toml: which registers a house asks about new customers, and asking them.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Result;
use kyc::Applicant;
use kyc::facts::{Asking, Question, Said, Source};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use ureq::Agent;

use crate::connectors::secret_in;
use crate::failure::Failure;
use crate::office::{from_toml, text_if_there};
use crate::web_client;

/// What `kyc example-facts` prints.
pub(crate) const EXAMPLE: &str = include_str!("facts.example.toml");
/// The settings, in the home folder.
const FILE: &str = "facts.toml";
/// How long an answer may take; a state that is slow at VIES takes seconds.
const PATIENCE: Duration = Duration::from_secs(15);
/// The longest answer, in bytes.
const LONGEST: u64 = 1024 * 1024;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    automatic: bool,
    own_vat_number: Option<String>,
    vies: Option<WrittenSource>,
    kvk: Option<WrittenSource>,
    gleif: Option<WrittenSource>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenSource {
    address: Option<String>,
    secret_variable: Option<String>,
    secret_file: Option<PathBuf>,
}

/// The registers of a house.
pub(crate) struct Registers {
    /// Whether orders that wait are asked about by themselves.
    pub(crate) automatic: bool,
    asking: Asking,
    sources: Vec<Register>,
    agent: Agent,
}

struct Register {
    source: Source,
    address: String,
    key: Option<SecretString>,
}

impl Registers {
    /// The registers of a house; none where it has no settings for them.
    ///
    /// # Errors
    /// What of the settings cannot be used.
    pub(crate) fn of_house(home: &Path) -> Result<Option<Self>> {
        let path = home.join(FILE);
        let Some(text) = text_if_there(&path)? else { return Ok(None) };
        Self::of(&text, &path).map(Some)
    }

    fn of(text: &str, path: &Path) -> Result<Self> {
        let written: Written = from_toml(text, path)?;
        let all = [(Source::Vies, written.vies), (Source::Kvk, written.kvk), (Source::Gleif, written.gleif)];
        let named = all.into_iter().filter_map(|(source, of)| Some((source, of?)));
        Ok(Self {
            automatic: written.automatic,
            asking: Asking { own_vat_number: written.own_vat_number },
            sources: named.map(|(source, of)| register(source, of, path)).collect::<Result<_>>()?,
            agent: web_client::patient_for(PATIENCE),
        })
    }

    /// The registers that can be asked about an applicant: who gave no number is not asked about.
    pub(crate) fn for_applicant(&self, applicant: &Applicant) -> Vec<Source> {
        let asked = self.sources.iter().map(|one| one.source);
        asked.filter(|source| source.question(applicant, &self.asking).is_some()).collect()
    }

    /// Asks a register. Whatever goes wrong on the way is that it did not answer. Nothing where it is not set up, or where
    /// there is nothing to ask.
    pub(crate) fn ask(&self, source: Source, applicant: &Applicant) -> Option<Said> {
        let register = self.sources.iter().find(|one| one.source == source)?;
        let question = source.question(applicant, &self.asking)?;
        Some(match self.send(register, &question) {
            Ok((status, body)) => source.read(applicant, status, &body),
            // What went wrong may name the address with the number in it: it is not told on.
            Err(_) => Said::nothing(),
        })
    }

    fn send(&self, register: &Register, question: &Question) -> Result<(u16, Vec<u8>)> {
        let url = format!("{}{}", register.address, question.path);
        let key = register.key.as_ref().map(|key| key.expose_secret().trim());
        let mut answer = match &question.body {
            None => {
                let call = self.agent.get(&url).header("accept", "application/json");
                key.into_iter().fold(call, |call, key| call.header("apikey", key)).call()
            }
            Some(body) => {
                let call = self.agent.post(&url).header("accept", "application/json");
                let call = key.into_iter().fold(call, |call, key| call.header("apikey", key));
                call.content_type("application/json").send(body.as_str())
            }
        }?;
        let mut body = Vec::new();
        answer.body_mut().as_reader().take(LONGEST).read_to_end(&mut body)?;
        Ok((answer.status().as_u16(), body))
    }
}

fn register(source: Source, written: WrittenSource, path: &Path) -> Result<Register> {
    let wrong = |what: String| {
        let hint = "`havenmeester kyc example-facts` shows every setting";
        Failure::new(format!("{}, [{}]: {what}", path.display(), source.word()), hint)
    };
    let address = written.address.unwrap_or_else(|| source.address().to_owned());
    if !web_client::is_private(&address) {
        return Err(wrong(format!("`address` is `{address}`; expected one that begins with https://")).into());
    }
    let home = path.parent().unwrap_or(Path::new(""));
    let (file, name) = (written.secret_file.as_deref(), written.secret_variable.as_deref());
    let key = match (source, file, name) {
        (Source::Vies | Source::Gleif, None, None) => None,
        _ => Some(secret_in(home, file, name).map_err(wrong)?),
    };
    Ok(Register { source, address: address.trim_end_matches('/').to_owned(), key })
}

#[cfg(test)]
mod tests {
    use std::io::Write;
    use std::net::TcpListener;

    use kyc::Outcome;

    use super::*;

    fn orchard() -> Applicant {
        Applicant {
            company: Some("Orchard Nine B.V.".to_owned()),
            country: Some("NL".to_owned()),
            vat_number: Some("NL001234567B01".to_owned()),
            ..Applicant::default()
        }
    }

    /// VIES on this machine, which answers one question with these bytes and hangs up.
    fn vies(answer: &'static [u8]) -> Registers {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let mut question = [0; 4096];
                let _ = stream.read(&mut question);
                let _ = stream.write_all(answer);
            }
        });
        let text = format!("automatic = false\n[vies]\naddress = \"http://{address}\"\n");
        Registers::of(&text, Path::new("facts.toml")).unwrap()
    }

    #[track_caller]
    fn check(answer: &'static [u8], expected: Outcome) {
        assert_eq!(vies(answer).ask(Source::Vies, &orchard()).unwrap().outcome, expected);
    }

    #[test]
    fn an_answer_is_read_and_what_is_none_is_not_held_against_anybody() {
        const VALID: &str = r#"{"countryCode":"NL","vatNumber":"001234567B01","valid":false}"#;
        assert_eq!(VALID.len(), 61);
        check(
            b"HTTP/1.1 200 OK\r\nContent-Length: 61\r\nConnection: close\r\n\r\n{\"countryCode\":\"NL\",\"vatNumber\":\"001234567B01\",\"valid\":false}",
            Outcome::NotConfirmed,
        );
        check(
            b"HTTP/1.1 200 OK\r\nContent-Length: 61\r\nConnection: close\r\n\r\n{\"countryCode\":\"NL\",\"vatNumber\":\"0012",
            Outcome::Unavailable,
        );
        check(
            b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n",
            Outcome::Unavailable,
        );
        check(b"HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n", Outcome::Unavailable);
        check(b"not HTTP at all", Outcome::Unavailable);
        check(b"", Outcome::Unavailable);
    }

    #[test]
    fn a_register_that_is_not_set_up_is_not_asked() {
        let registers = vies(b"");
        assert!(registers.ask(Source::Kvk, &orchard()).is_none());
        assert_eq!(registers.for_applicant(&orchard()), [Source::Vies]);
        assert_eq!(registers.for_applicant(&Applicant::default()), []);
    }

    #[test]
    fn the_example_is_read_and_what_cannot_be_used_is_said() {
        let without_key = EXAMPLE.replace("secret_variable = \"KVK_API_KEY\"", "# ");
        let check = |text: &str, expected: &str| {
            let told = Registers::of(text, Path::new("facts.toml")).err().unwrap().to_string();
            assert!(told.contains(expected), "{told}");
        };
        check(&without_key, "[kvk]: `secret_file` or `secret_variable` is missing");
        check(EXAMPLE, "the variable KVK_API_KEY is not set");
        let plain =
            EXAMPLE.replace("# address = \"https", "address = \"http").replace("[kvk]\nsecret_variable", "#");
        check(&plain, "[gleif]: `address` is `http://");
        check("automatic = maybe", "line 1 of facts.toml");
        check("automatic = true\n[chamber]\n", "unknown field `chamber`");
        assert!(
            Registers::of(&EXAMPLE.replace("[kvk]\nsecret_variable", "#"), Path::new("facts.toml")).is_ok()
        );
    }
}
