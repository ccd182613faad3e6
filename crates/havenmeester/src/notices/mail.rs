//! A notice to people: one mail, over TLS.

use std::time::{Duration, SystemTime};

use documents::Language;
use jiff::Timestamp;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox, MessageBuilder};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::extension::ClientId;
use lettre::{SmtpTransport, Transport};
use secrecy::{ExposeSecret, SecretString};

use super::message::Message;

/// How long one answer of the mail server may take.
const PATIENCE: Duration = Duration::from_secs(10);
/// What the program calls itself to the server. The name of the machine is nobody's business.
const HELLO: &str = "havenmeester.invalid";

/// How mail is protected on its way to the server of the house.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encryption {
    StartTls,
    Tls,
    /// On this machine alone.
    None,
}

impl Encryption {
    pub(super) fn from_word(word: &str) -> Option<Self> {
        match word {
            "starttls" => Some(Self::StartTls),
            "tls" => Some(Self::Tls),
            "none" => Some(Self::None),
            _ => None,
        }
    }
}

/// The mail server of the house.
#[derive(Clone)]
pub(super) struct Server {
    transport: SmtpTransport,
    from: Mailbox,
}

/// Shows no secret.
impl std::fmt::Debug for Server {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Server")
    }
}

/// What the settings say of the server.
pub(super) struct Asked<'a> {
    pub(super) server: &'a str,
    pub(super) port: Option<u16>,
    pub(super) encryption: Encryption,
    pub(super) login: Option<(&'a str, &'a SecretString)>,
    pub(super) from: &'a str,
}

impl Server {
    /// # Errors
    /// What of the settings cannot be used.
    pub(super) fn new(asked: &Asked<'_>) -> Result<Self, String> {
        let builder = match asked.encryption {
            Encryption::StartTls => SmtpTransport::starttls_relay(asked.server),
            Encryption::Tls => SmtpTransport::relay(asked.server),
            Encryption::None if !is_here(asked.server) => {
                return Err("`encryption = \"none\"` is for a server on this machine alone".to_owned());
            }
            Encryption::None => Ok(SmtpTransport::builder_dangerous(asked.server)),
        };
        let mut builder = builder.map_err(|_| format!("`{}` is no name of a server", asked.server))?;
        builder = builder.timeout(Some(PATIENCE)).hello_name(ClientId::Domain(HELLO.to_owned()));
        if let Some(port) = asked.port {
            builder = builder.port(port);
        }
        if let Some((user, secret)) = asked.login {
            let secret = secret.expose_secret().trim_end_matches(['\r', '\n']);
            builder = builder.credentials(Credentials::new(user.to_owned(), secret.to_owned()));
        }
        Ok(Self { transport: builder.build(), from: mailbox(asked.from)? })
    }

    /// Sends it to all of them at once, and waits until the server has taken it.
    ///
    /// # Errors
    /// Why it was not taken, in one of a few words.
    pub(super) fn send(
        &self,
        message: &Message,
        to: &[Mailbox],
        language: Language,
        desk: Option<&str>,
    ) -> Result<(), &'static str> {
        let mail = self.letter(message, to, language, desk).map_err(|_| "unwritten")?;
        match self.transport.send(&mail) {
            Ok(_) => Ok(()),
            Err(error) if error.is_permanent() => Err("refused"),
            Err(error) if error.is_transient() => Err("not_now"),
            Err(error) if error.is_tls() => Err("certificate"),
            Err(error) if error.is_timeout() => Err("timed_out"),
            Err(error) => Err(trouble(&error)),
        }
    }

    fn letter(
        &self,
        message: &Message,
        to: &[Mailbox],
        language: Language,
        desk: Option<&str>,
    ) -> Result<lettre::Message, lettre::error::Error> {
        // The same for each attempt: a mail server shows one that came twice once.
        let id = format!("<{}@{}>", message.id, self.from.email.domain());
        let subject = format!("Havenmeester: {}", message.subject(language));
        let mail = lettre::Message::builder()
            .from(self.from.clone())
            .subject(subject)
            .message_id(Some(id))
            .date(system_time(message.at))
            .header(ContentType::TEXT_PLAIN);
        // So that nobody's absence is answered (RFC 3834).
        let automatic = HeaderName::new_from_ascii_str("Auto-Submitted");
        let mail = mail.raw_header(HeaderValue::new(automatic, "auto-generated".to_owned()));
        to.iter().cloned().fold(mail, MessageBuilder::to).body(message.letter(language, desk))
    }
}

/// Certificates and silence are told by their causes.
fn trouble(error: &lettre::transport::smtp::Error) -> &'static str {
    let mut cause = std::error::Error::source(error);
    while let Some(one) = cause {
        if one.downcast_ref::<rustls::Error>().is_some() {
            return "certificate";
        }
        if let Some(io) = one.downcast_ref::<std::io::Error>() {
            return match io.kind() {
                std::io::ErrorKind::WouldBlock | std::io::ErrorKind::TimedOut => "timed_out",
                std::io::ErrorKind::InvalidData => "certificate",
                _ => "unreachable",
            };
        }
        cause = one.source();
    }
    "unreachable"
}

fn system_time(at: Timestamp) -> SystemTime {
    SystemTime::from(at)
}

fn is_here(server: &str) -> bool {
    server == "localhost" || server.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// # Errors
/// If it is no address, as it stands in a mail.
pub(super) fn mailbox(text: &str) -> Result<Mailbox, String> {
    text.parse().map_err(|_| format!("`{text}` is no mail address"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_says_that_a_program_wrote_it_and_is_known_again() {
        let asked = Asked {
            server: "mail.example",
            port: None,
            encryption: Encryption::StartTls,
            login: None,
            from: "Havenmeester <hm@noorderkade.example>",
        };
        let server = Server::new(&asked).unwrap();
        let message = Message::test("2026-04-12T08:00:00Z".parse().unwrap());
        let to = [mailbox("abuse@noorderkade.example").unwrap(), mailbox("noc@noorderkade.example").unwrap()];
        let mail = server.letter(&message, &to, Language::En, None).unwrap();
        let mail = String::from_utf8(mail.formatted()).unwrap();
        for line in [
            "From: Havenmeester <hm@noorderkade.example>",
            "Subject: Havenmeester: Test",
            "Message-ID: <test-1775980800@noorderkade.example>",
            "Date: Sun, 12 Apr 2026 08:00:00 +0000",
            "Auto-Submitted: auto-generated",
            "To: abuse@noorderkade.example, noc@noorderkade.example",
            "This is a test. Notices reach you.",
        ] {
            assert!(mail.lines().any(|known| known == line), "{line} is not in\n{mail}");
        }
    }

    #[test]
    fn without_tls_only_this_machine_is_asked() {
        let check = |server: &str, is_here: bool| {
            let asked = Asked {
                server,
                port: Some(2525),
                encryption: Encryption::None,
                login: None,
                from: "hm@noorderkade.example",
            };
            assert_eq!(Server::new(&asked).is_ok(), is_here, "{server}");
        };
        check("127.0.0.1", true);
        check("::1", true);
        check("localhost", true);
        check("mail.example", false);
        check("192.0.2.1", false);
        check("127.0.0.1.example", false);
    }
}
