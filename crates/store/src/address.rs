//! Where the database is: a file for SQLite, a server for PostgreSQL.

use std::fmt;
use std::path::{Path, PathBuf};

use crate::error::Error;

/// A database address as a person writes it: `sqlite:PATH` or `postgres://USER@HOST/DATABASE`.
///
/// `Debug` and `Display` leave out what may be a password.
#[derive(Clone, PartialEq, Eq)]
pub struct Address(Where);

#[derive(Clone, PartialEq, Eq)]
enum Where {
    File(PathBuf),
    Server(String),
}

impl Address {
    /// # Errors
    /// [`Error::UnknownAddress`] for another kind of database.
    pub fn parse(text: &str) -> Result<Self, Error> {
        if let Some(path) = text.strip_prefix("sqlite:") {
            return Ok(Self::file(Path::new(path.strip_prefix("//").unwrap_or(path))));
        }
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            return Ok(Self(Where::Server(text.to_owned())));
        }
        let found = text.split([':', '/', '\\', '@']).next().unwrap_or_default();
        Err(Error::UnknownAddress { found: found.chars().take(20).collect() })
    }

    /// A SQLite file.
    pub fn file(path: &Path) -> Self {
        Self(Where::File(path.to_owned()))
    }

    pub(crate) fn path(&self) -> Option<&Path> {
        match &self.0 {
            Where::File(path) => Some(path),
            Where::Server(_) => None,
        }
    }

    /// The form the driver reads. The file is made by us (see `open`), so the driver never makes one.
    pub(crate) fn url(&self) -> String {
        match &self.0 {
            Where::File(path) => format!("sqlite:{}?mode=rw", escaped(&path.to_string_lossy())),
            Where::Server(url) => url.clone(),
        }
    }
}

/// A path may hold what has a meaning in an address.
fn escaped(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Where::File(path) => write!(f, "sqlite:{}", path.display()),
            Where::Server(url) => {
                let after_login = url.split("://").nth(1).unwrap_or_default();
                let after_login = after_login.rsplit('@').next().unwrap_or_default();
                write!(f, "postgres://{}", after_login.split('?').next().unwrap_or_default())
            }
        }
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Address({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, shown: &str) {
        assert_eq!(Address::parse(text).unwrap().to_string(), shown);
    }

    #[test]
    fn an_address_is_shown_without_its_password() {
        check("sqlite:lists.db", "sqlite:lists.db");
        check("sqlite:///var/lib/lists.db", "sqlite:/var/lib/lists.db");
        check("postgres://anna:secret@db.example/lists?password=secret", "postgres://db.example/lists");
        check("postgres://anna:p@ss@db.example/lists", "postgres://db.example/lists");
        assert_eq!(
            Address::parse("mysql://anna:secret@db.example").unwrap_err().to_string(),
            "the database address begins with `mysql`; expected `sqlite:PATH` or `postgres://...`"
        );
    }

    #[test]
    fn a_path_keeps_its_odd_characters() {
        assert_eq!(Address::file(Path::new("/a b/50%?.db")).url(), "sqlite:/a%20b/50%25%3F.db?mode=rw");
    }
}
