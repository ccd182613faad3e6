//! connectors.toml: which sources there are, with which key, and what belongs together.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use intake::connectors::{Connector, CustomField, Kind, Link, Options, Precedence};
use intake::customers::Field;
use secrecy::SecretString;
use serde::Deserialize;

use crate::desk::variable;
use crate::failure::Failure;
use crate::office::from_toml;
use crate::web_client;

/// What `customers example` prints, and what a test reads.
pub(crate) const EXAMPLE: &str = include_str!("../connectors.example.toml");
/// The settings, in the home folder.
const FILE: &str = "connectors.toml";
/// Customers on one address that make it a shared machine where nothing is set.
const SHARED_FROM: usize = 5;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(default)]
    source: Vec<WrittenSource>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenSource {
    name: String,
    kind: String,
    address: String,
    user: Option<String>,
    secret_file: Option<PathBuf>,
    secret_variable: Option<String>,
    page: Option<u64>,
    at_once: Option<usize>,
    calls_a_second: Option<u32>,
    #[serde(default)]
    custom: BTreeMap<String, String>,
    #[serde(default)]
    plans: Vec<String>,
    precedence: Option<String>,
    #[serde(default)]
    hosters_own: Vec<IpAddr>,
    shared_from: Option<usize>,
    link: Option<String>,
    linked_by: Option<String>,
}

/// The sources of a house. Their secrets are read when one is used.
#[derive(Debug)]
pub(crate) struct House {
    path: PathBuf,
    written: Vec<WrittenSource>,
}

/// One source, ready to be read.
#[derive(Debug)]
pub(crate) struct Source {
    pub(crate) name: String,
    pub(crate) connector: Connector,
    pub(crate) calls_a_second: Option<u32>,
    pub(crate) plans: Vec<Self>,
    pub(crate) link: Link,
    pub(crate) precedence: Precedence,
    pub(crate) hosters_own: Vec<IpAddr>,
    pub(crate) shared_from: usize,
}

impl House {
    /// # Errors
    /// If there are no settings, or what of them cannot be used.
    pub(crate) fn read(home: &Path) -> Result<Self> {
        let path = home.join(FILE);
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Err(Failure::new(
                    format!("no source is set up: {} is not there", path.display()),
                    "`havenmeester customers example` prints one to begin with",
                )
                .into());
            }
            Err(error) => return Err(error).with_context(|| format!("could not read {}", path.display())),
        };
        Self::of(&text, path)
    }

    fn of(text: &str, path: PathBuf) -> Result<Self> {
        let written: Written = from_toml(text, &path)?;
        let house = Self { path, written: written.source };
        for (place, source) in house.written.iter().enumerate() {
            let name = &source.name;
            let sign = |sign: char| sign.is_ascii_alphanumeric() || matches!(sign, '-' | '_');
            if name.is_empty() || name.len() > 40 || !name.chars().all(sign) {
                return Err(house.wrong(name, "a name has up to 40 letters, digits, `-` and `_`".to_owned()));
            }
            if house.written[..place].iter().any(|other| other.name == *name) {
                return Err(house.wrong(name, "two sources have this name".to_owned()));
            }
        }
        Ok(house)
    }

    fn wrong(&self, name: &str, what: String) -> anyhow::Error {
        Failure::new(
            format!("{}, source `{name}`: {what}", self.path.display()),
            "`havenmeester customers example` shows every setting",
        )
        .into()
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.written.iter().map(|source| source.name.as_str())
    }

    /// A source with its address plans.
    ///
    /// # Errors
    /// If there is no such source, or what of it cannot be used.
    pub(crate) fn source(&self, name: &str) -> Result<Source> {
        let written = self.find(name)?;
        let mut source = self.alone(written)?;
        for plan in &written.plans {
            let plan = self.alone(self.find(plan)?)?;
            if !plan.connector.kind().is_address_plan() {
                return Err(self.wrong(name, format!("`{}` under `plans` is no address plan", plan.name)));
            }
            source.plans.push(plan);
        }
        if !source.plans.is_empty() && source.connector.kind().is_address_plan() {
            return Err(self.wrong(name, "an address plan has no `plans` of its own".to_owned()));
        }
        Ok(source)
    }

    fn find(&self, name: &str) -> Result<&WrittenSource> {
        self.written.iter().find(|source| source.name == name).ok_or_else(|| {
            let known: Vec<&str> = self.names().collect();
            Failure::new(
                format!("{} has no source `{name}`", self.path.display()),
                format!("sources are: {}", known.join(", ")),
            )
            .into()
        })
    }

    fn alone(&self, written: &WrittenSource) -> Result<Source> {
        let wrong = |what: String| self.wrong(&written.name, what);
        let kind = Kind::from_name(&written.kind).ok_or_else(|| {
            let known: Vec<&str> = Kind::ALL.iter().map(|kind| kind.name()).collect();
            wrong(format!("`kind` is `{}`; kinds are: {}", written.kind, known.join(", ")))
        })?;
        if !web_client::is_private(&written.address) {
            return Err(wrong(
                "`address` has to begin with https://: the key travels with each call".to_owned(),
            ));
        }
        let custom = written.custom.iter().map(|(key, field)| {
            let found =
                Field::from_name(field).ok_or_else(|| wrong(format!("there is no field `{field}`")))?;
            Ok(CustomField { key: key.clone(), field: found })
        });
        let options = Options {
            page: written.page,
            at_once: written.at_once,
            custom: custom.collect::<Result<_>>()?,
            linked_by: written.linked_by.clone(),
        };
        let link = match written.link.as_deref() {
            None => Link::default(),
            Some(link) => Link::from_name(link)
                .ok_or_else(|| wrong(format!("`link` is `{link}`, expected id, email or name")))?,
        };
        let precedence = match written.precedence.as_deref() {
            None | Some("plan") => Precedence::Plan,
            Some("billing") => Precedence::Billing,
            Some("both") => Precedence::Both,
            Some(other) => {
                return Err(wrong(format!("`precedence` is `{other}`, expected plan, billing or both")));
            }
        };
        if written.calls_a_second == Some(0) {
            return Err(wrong("`calls_a_second` is a number from 1 on".to_owned()));
        }
        let secret = self.secret(written)?;
        let connector = Connector::new(kind, &written.address, written.user.as_deref(), secret, options);
        Ok(Source {
            name: written.name.clone(),
            connector: connector.map_err(|fault| wrong(fault.to_string()))?,
            calls_a_second: written.calls_a_second,
            plans: Vec::new(),
            link,
            precedence,
            hosters_own: written.hosters_own.clone(),
            shared_from: written.shared_from.unwrap_or(SHARED_FROM),
        })
    }

    fn secret(&self, written: &WrittenSource) -> Result<SecretString> {
        let home = self.path.parent().unwrap_or(Path::new(""));
        secret_in(home, written.secret_file.as_deref(), written.secret_variable.as_deref())
            .map_err(|what| self.wrong(&written.name, what))
    }
}

/// A secret out of a file, which lies in the home folder unless it says otherwise, or out of the environment.
///
/// # Errors
/// What is missing, and what cannot be read, without the secret.
pub(crate) fn secret_in(
    home: &Path,
    file: Option<&Path>,
    name: Option<&str>,
) -> Result<SecretString, String> {
    match (file, name) {
        (Some(file), None) => secret_of(&home.join(file)),
        (None, Some(name)) => variable(name)
            .map(SecretString::from)
            .ok_or_else(|| format!("the variable {name} is not set, or is empty")),
        (None, None) => Err("`secret_file` or `secret_variable` is missing".to_owned()),
        (Some(_), Some(_)) => Err("`secret_file` and `secret_variable` exclude each other".to_owned()),
    }
}

/// Reads a secret out of a file that nobody else may read.
fn secret_of(file: &Path) -> Result<SecretString, String> {
    let told = |error: std::io::Error| format!("the secret in {} cannot be read: {error}", file.display());
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(file).map_err(told)?.permissions().mode();
        if mode & 0o077 != 0 {
            return Err(format!("others may read {0}; `chmod 600 {0}` keeps it to you", file.display()));
        }
    }
    Ok(SecretString::from(std::fs::read_to_string(file).map_err(told)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn home(text: &str) -> (tempfile::TempDir, Result<House>) {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("billing.secret");
        std::fs::write(&file, "between us\n").unwrap();
        #[cfg(unix)]
        std::fs::set_permissions(&file, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
        std::fs::write(folder.path().join(FILE), text).unwrap();
        let house = House::read(folder.path());
        (folder, house)
    }

    /// The example with the second secret in a file, too: tests do not change the environment.
    fn example() -> String {
        EXAMPLE.replace("secret_variable = \"IPAM_TOKEN\"", "secret_file = \"billing.secret\"")
    }

    #[test]
    fn the_example_can_be_used_as_it_is() {
        let (_folder, house) = home(&example());
        let source = house.unwrap().source("billing").unwrap();
        assert_eq!((source.connector.kind(), source.plans.len()), (Kind::Whmcs, 1));
        assert_eq!(source.plans[0].link, Link::Id);
        assert!(!format!("{source:?}").contains("between us"));
    }

    #[test]
    fn what_cannot_be_used_is_said_with_its_place() {
        let check = |from: &str, to: &str, expected: &str| {
            let text = example().replacen(from, to, 1);
            assert_ne!(text, example(), "{from}");
            let (_folder, house) = home(&text);
            let told = house.and_then(|house| house.source("billing").map(drop)).expect_err(to).to_string();
            assert!(told.contains(expected), "{told}");
            assert!(!told.contains("between us"));
        };
        check("kind = \"whmcs\"", "kind = \"whm\"", "kinds are: whmcs");
        check("https://billing", "http://billing", "has to begin with https://");
        check("name = \"billing\"", "nome = \"billing\"", "unknown field `nome`");
        check("name = \"billing\"", "name = \"bil/ling\"", "up to 40 letters");
        check("name = \"ipam\"", "name = \"billing\"", "two sources have this name");
        check("\"telegram\"", "\"telegraph\"", "there is no field `telegraph`");
        check("plans = [\"ipam\"]", "plans = [\"ipan\"]", "has no source `ipan`");
        check("plans = [\"ipam\"]", "plans = [\"billing\"]", "is no address plan");
        check("precedence = \"plan\"", "precedence = \"mine\"", "expected plan, billing or both");
        check("link = \"id\"", "link = \"number\"", "expected id, email or name");
        check("billing.secret", "other.secret", "other.secret");
        check("user = ", "# user = ", "`user` is missing");
        check("203.0.113.5", "203.0.113", "IP address");
    }

    #[cfg(unix)]
    #[test]
    fn a_secret_that_others_may_read_is_not_used() {
        let (folder, house) = home(&example());
        let file = folder.path().join("billing.secret");
        std::fs::set_permissions(&file, std::os::unix::fs::PermissionsExt::from_mode(0o644)).unwrap();
        let told = house.unwrap().source("billing").unwrap_err().to_string();
        assert!(told.contains("chmod 600"), "{told}");
    }
}
