//! notices.toml: who is told what, and by which way.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use anyhow::Result;
use documents::Language;
use jiff::Timestamp;
use lettre::message::Mailbox;
use operations::hoster::outbox::{Kind, Recipient};
use secrecy::SecretString;
use serde::Deserialize;

use super::mail::{self, Encryption, Server};
use super::message::Message;
use super::webhook::Webhook;
use crate::connectors::secret_in;
use crate::failure::Failure;
use crate::office::{from_toml, text_if_there};

/// What `notices example` prints, and what a test reads.
pub(crate) const EXAMPLE: &str = include_str!("../notices.example.toml");
/// The settings, in the home folder.
const FILE: &str = "notices.toml";
/// The longest name of a recipient.
const LONGEST_NAME: usize = 40;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    desk: Option<String>,
    smtp: Option<WrittenServer>,
    #[serde(default)]
    mail: Vec<WrittenMail>,
    #[serde(default)]
    webhook: Vec<WrittenWebhook>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenServer {
    server: String,
    encryption: String,
    port: Option<u16>,
    user: Option<String>,
    secret_file: Option<PathBuf>,
    secret_variable: Option<String>,
    from: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenMail {
    name: String,
    to: Vec<String>,
    language: String,
    kinds: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenWebhook {
    name: String,
    address: String,
    secret_file: Option<PathBuf>,
    secret_variable: Option<String>,
    #[serde(default = "english")]
    language: String,
    kinds: Vec<String>,
    shop: Option<String>,
}

fn english() -> String {
    "en".to_owned()
}

/// Who is told, ready to be told.
#[derive(Debug)]
pub(crate) struct House {
    pub(crate) targets: Vec<Target>,
}

/// A recipient, and the way to it.
#[derive(Debug)]
pub(crate) struct Target {
    pub(crate) recipient: Recipient,
    way: Way,
}

#[derive(Debug)]
enum Way {
    Mail { server: Server, to: Vec<Mailbox>, language: Language, desk: Option<String> },
    Webhook(Webhook),
}

impl Target {
    /// Sends a message and waits until it was taken.
    ///
    /// # Errors
    /// Why it was not, in one of a few words.
    pub(crate) fn send(&self, message: &Message, now: Timestamp) -> Result<(), &'static str> {
        match &self.way {
            Way::Mail { server, to, language, desk } => server.send(message, to, *language, desk.as_deref()),
            Way::Webhook(hook) => hook.send(message, now),
        }
    }

    pub(crate) const fn way(&self) -> &'static str {
        match self.way {
            Way::Mail { .. } => "mail",
            Way::Webhook(_) => "webhook",
        }
    }
}

impl House {
    /// Nothing where the house has no such settings.
    ///
    /// # Errors
    /// What of them cannot be used.
    pub(crate) fn read(home: &Path) -> Result<Option<Self>> {
        let path = home.join(FILE);
        let Some(text) = text_if_there(&path)? else { return Ok(None) };
        Reading { path: &path }.house(&text).map(Some)
    }

    /// The same where there have to be some.
    ///
    /// # Errors
    /// If there are none, or what of them cannot be used.
    pub(crate) fn there(home: &Path) -> Result<Self> {
        let none = || {
            Failure::new(
                format!("nobody is told anything: {} is not there", home.join(FILE).display()),
                "`havenmeester notices example` prints one to begin with",
            )
        };
        Self::read(home)?.ok_or_else(|| none().into())
    }
}

/// The file that is being read, for what is said of it.
struct Reading<'a> {
    path: &'a Path,
}

impl Reading<'_> {
    fn house(&self, text: &str) -> Result<House> {
        let written: Written = from_toml(text, self.path)?;
        let server = written.smtp.as_ref().map(|one| self.server(one)).transpose()?;
        let mut targets = Vec::new();
        for one in &written.mail {
            let server = server.clone().ok_or_else(|| {
                self.wrong(&one.name, "mail goes through a server, and [smtp] is missing".to_owned())
            })?;
            targets.push(self.mail(one, server, written.desk.clone())?);
        }
        for one in &written.webhook {
            targets.push(self.webhook(one)?);
        }
        for (place, target) in targets.iter().enumerate() {
            let name = &target.recipient.name;
            if targets[..place].iter().any(|other| other.recipient.name == *name) {
                return Err(self.wrong(name, "two recipients have this name".to_owned()));
            }
        }
        Ok(House { targets })
    }

    fn wrong(&self, name: &str, what: String) -> anyhow::Error {
        Failure::new(
            format!("{}, `{name}`: {what}", self.path.display()),
            "`havenmeester notices example` shows every setting",
        )
        .into()
    }

    fn server(&self, written: &WrittenServer) -> Result<Server> {
        let wrong = |what: String| self.wrong("smtp", what);
        let encryption = Encryption::from_word(&written.encryption).ok_or_else(|| {
            wrong(format!("`encryption` is `{}`, expected starttls, tls or none", written.encryption))
        })?;
        let has_secret = written.secret_file.is_some() || written.secret_variable.is_some();
        let secret = match (&written.user, has_secret) {
            (Some(_), _) => Some(self.secret("smtp", &written.secret_file, &written.secret_variable)?),
            (None, true) => return Err(wrong("there is a secret, and `user` is missing".to_owned())),
            (None, false) => None,
        };
        let login = written.user.as_deref().zip(secret.as_ref());
        let (server, port, from) = (&*written.server, written.port, &*written.from);
        Server::new(&mail::Asked { server, port, encryption, login, from }).map_err(wrong)
    }

    fn mail(&self, written: &WrittenMail, server: Server, desk: Option<String>) -> Result<Target> {
        let wrong = |what: String| self.wrong(&written.name, what);
        let recipient = self.recipient(&written.name, &written.kinds, None)?;
        if let Some(kind) = recipient.kinds.iter().find(|kind| !kind.goes_by_mail()) {
            return Err(wrong(format!("`{}` goes to webhooks only", kind.word())));
        }
        if written.to.is_empty() {
            return Err(wrong("`to` names nobody".to_owned()));
        }
        let to = written.to.iter().map(|text| mail::mailbox(text).map_err(wrong)).collect::<Result<_>>()?;
        let language = self.language(&written.name, &written.language)?;
        Ok(Target { recipient, way: Way::Mail { server, to, language, desk } })
    }

    fn webhook(&self, written: &WrittenWebhook) -> Result<Target> {
        let wrong = |what: String| self.wrong(&written.name, what);
        let recipient = self.recipient(&written.name, &written.kinds, written.shop.clone())?;
        if recipient.kinds.contains(&Kind::OrderDecided) && recipient.shop.is_none() {
            return Err(wrong("`order_decided` needs `shop`: the name of the token of its shop".to_owned()));
        }
        let secret = self.secret(&written.name, &written.secret_file, &written.secret_variable)?;
        let language = self.language(&written.name, &written.language)?;
        let hook = Webhook::new(&written.address, &secret, language).map_err(wrong)?;
        Ok(Target { recipient, way: Way::Webhook(hook) })
    }

    fn recipient(&self, name: &str, kinds: &[String], shop: Option<String>) -> Result<Recipient> {
        let wrong = |what: String| self.wrong(name, what);
        let sign = |sign: char| sign.is_ascii_alphanumeric() || matches!(sign, '-' | '_');
        if name.is_empty() || name.len() > LONGEST_NAME || !name.chars().all(sign) {
            return Err(wrong(format!("a name has up to {LONGEST_NAME} letters, digits, `-` and `_`")));
        }
        let kind = |word: &String| {
            let known = || Kind::ALL.iter().map(|kind| kind.word()).collect::<Vec<_>>().join(", ");
            Kind::from_word(word)
                .ok_or_else(|| wrong(format!("there is no kind `{word}`; kinds are: {}", known())))
        };
        let kinds: BTreeSet<Kind> = kinds.iter().map(kind).collect::<Result<_>>()?;
        if kinds.is_empty() {
            return Err(wrong("`kinds` is empty, so it would never be told anything".to_owned()));
        }
        Ok(Recipient { name: name.to_owned(), kinds, shop })
    }

    fn language(&self, name: &str, word: &str) -> Result<Language> {
        Language::from_tag(word)
            .ok_or_else(|| self.wrong(name, format!("`language` is `{word}`, expected nl or en")))
    }

    fn secret(&self, name: &str, file: &Option<PathBuf>, variable: &Option<String>) -> Result<SecretString> {
        let home = self.path.parent().unwrap_or(Path::new(""));
        secret_in(home, file.as_deref(), variable.as_deref()).map_err(|what| self.wrong(name, what))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn home(text: &str) -> (tempfile::TempDir, Result<House>) {
        let folder = tempfile::tempdir().unwrap();
        for (name, secret) in [("mail.secret", "between us\n"), ("shop.secret", SECRET)] {
            let file = folder.path().join(name);
            std::fs::write(&file, secret).unwrap();
            #[cfg(unix)]
            std::fs::set_permissions(&file, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
        }
        std::fs::write(folder.path().join(FILE), text).unwrap();
        let house = House::there(folder.path());
        (folder, house)
    }

    const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n";

    /// The example with its second secret in a file, too: tests do not change the environment.
    fn example() -> String {
        EXAMPLE.replace("secret_variable = \"SHOP_HOOK_SECRET\"", "secret_file = \"shop.secret\"")
    }

    #[test]
    fn the_example_can_be_used_as_it_is() {
        let (_folder, house) = home(&example());
        let house = house.unwrap();
        let ways: Vec<_> = house.targets.iter().map(|one| (one.recipient.name.as_str(), one.way())).collect();
        assert_eq!(ways, [("abuse-desk", "mail"), ("shop", "webhook")]);
        let shown = format!("{house:?}");
        assert!(!shown.contains("between us") && !shown.contains("MfKQ9r8"), "{shown}");
    }

    #[test]
    fn every_kind_stands_in_the_example() {
        for kind in Kind::ALL {
            assert!(EXAMPLE.contains(&format!("\"{}\"", kind.word())), "{kind:?}");
        }
    }

    #[test]
    fn a_house_without_the_file_tells_nobody() {
        let folder = tempfile::tempdir().unwrap();
        assert!(House::read(folder.path()).unwrap().is_none());
    }

    #[test]
    fn what_cannot_be_used_is_said_with_its_place() {
        let check = |from: &str, to: &str, expected: &str| {
            let text = example().replacen(from, to, 1);
            assert_ne!(text, example(), "{from}");
            let (_folder, house) = home(&text);
            let told = house.expect_err(to).to_string();
            assert!(told.contains(expected), "{told}");
            assert!(!told.contains("between us"));
        };
        check("encryption = \"starttls\"", "encryption = \"some\"", "expected starttls, tls or none");
        check("encryption = \"starttls\"", "encryption = \"none\"", "on this machine alone");
        check("mail.secret", "other.secret", "other.secret");
        check("user = \"havenmeester\"", "", "`user` is missing");
        check("from = \"Havenmeester", "from = \"<<", "no mail address");
        check("abuse@noorderkade", "abuse noorderkade", "no mail address");
        check("[\"abuse@noorderkade.example\"]", "[]", "names nobody");
        check("name = \"abuse-desk\"", "name = \"abuse desk\"", "up to 40 letters");
        check("name = \"abuse-desk\"", "name = \"shop\"", "two recipients");
        check("language = \"nl\"", "language = \"fy\"", "expected nl or en");
        check("\"edition_past\",", "\"edition_passed\",", "kinds are: edition_installed");
        check("\"edition_past\",", "\"order_decided\",", "webhooks only");
        check("kinds = [\"order_decided\", \"run_failed\"]", "kinds = []", "would never be told");
        check("shop = \"billing\"", "", "needs `shop`");
        check("https://billing", "http://billing", "https://");
        check("shop.secret", "mail.secret", "24 to 64 bytes");
        check("[[mail]]", "[[mails]]", "unknown field `mails`");
        check("[smtp]", "[other]", "unknown field `other`");
    }
}
