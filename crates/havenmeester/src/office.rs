//! The settings of an issuing office: its list, who signs its letters, and by which rules it lists.
//!
//! A file that people read and change, without a secret in it: `office.toml` in the home folder.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use curation::criterion::Limits;
use curation::evidence::Grade;
use curation::proposal::Terms;
use delivery::mark::Language;
use delivery::publish::Lifetimes;
use operations::issuer::entries::Rules;
use serde::Deserialize;
use watchlist::ListInfo;
use watchlist::format::v1;

use crate::failure::Failure;
use crate::web_client;

/// What `office example` prints, and what a test reads.
pub(crate) const EXAMPLE: &str = include_str!("office.example.toml");

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Office {
    pub(crate) list: ListSettings,
    pub(crate) sender: SenderSettings,
    pub(crate) letter: LetterSettings,
    #[serde(default)]
    pub(crate) rules: RuleSettings,
    #[serde(default)]
    pub(crate) delivery: DeliverySettings,
    pub(crate) time_stamps: Option<TimeStampSettings>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ListSettings {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) issuer: String,
    pub(crate) nature: String,
    pub(crate) purpose: String,
    pub(crate) handling: String,
    pub(crate) onward_sharing: String,
    /// Where the desk of this office is reached by partners, for their answers.
    pub(crate) answers_to: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SenderSettings {
    pub(crate) organisation: String,
    pub(crate) unit: String,
    pub(crate) prosecution: Option<String>,
    pub(crate) signatory: String,
    pub(crate) signatory_role: String,
    pub(crate) address: Vec<String>,
    pub(crate) email: String,
    pub(crate) phone: String,
    pub(crate) website: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct LetterSettings {
    /// Before the number of the edition and the partner, such as `HV`.
    pub(crate) reference: String,
    pub(crate) contest_email: String,
    pub(crate) receipt_email: Option<String>,
    /// `en` or `nl`: in which language notes are worded for each partner.
    pub(crate) notes: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct RuleSettings {
    pub(crate) last_seen_months: Option<i32>,
    pub(crate) review_months: Option<i32>,
    pub(crate) observation: Option<String>,
    pub(crate) link: Option<String>,
    pub(crate) independent_links: Option<usize>,
    pub(crate) independent_link: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct DeliverySettings {
    pub(crate) timestamp_days: Option<i64>,
    pub(crate) snapshot_days: Option<i64>,
}

/// A time-stamp service (RFC 3161) that is asked about every captured file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TimeStampSettings {
    pub(crate) url: String,
    /// Root certificates of the service as DER files, in the home folder or with their whole path.
    pub(crate) roots: Vec<PathBuf>,
}

impl Office {
    pub(crate) fn read(home: &Path) -> Result<Self> {
        let path = home.join("office.toml");
        let text = std::fs::read_to_string(&path).map_err(|error| {
            Failure::new(
                format!("the settings of the office cannot be read: {}: {error}", path.display()),
                "print an example with `office example`, change it, and save it there",
            )
        })?;
        let office: Self = from_toml(&text, &path)?;
        office.check(&path)?;
        Ok(office)
    }

    fn check(&self, path: &Path) -> Result<()> {
        let wrong = |what: &str, found: &str, expected: &str| {
            Failure::new(
                format!("{}: {what} is `{found}`, expected {expected}", path.display()),
                "correct it; `office example` shows every setting",
            )
        };
        if v1::nature(&self.list.nature).is_none() {
            let expected = "advisory, binding, internal, foreign or reputation";
            return Err(wrong("list.nature", &self.list.nature, expected).into());
        }
        if letters::Handling::from_label(&self.list.handling).is_none() {
            return Err(wrong("list.handling", &self.list.handling, "a label of TLP 2.0").into());
        }
        if let Some(found) = self.list.answers_to.as_ref().filter(|address| !web_client::is_private(address))
        {
            let expected = "an address that begins with https://";
            return Err(wrong("list.answers_to", found, expected).into());
        }
        if !matches!(self.letter.notes.as_str(), "en" | "nl") {
            return Err(wrong("letter.notes", &self.letter.notes, "en or nl").into());
        }
        if let Some(service) = &self.time_stamps {
            if !web_client::is_private(&service.url) {
                let expected = "an address that begins with https://";
                return Err(wrong("time_stamps.url", &service.url, expected).into());
            }
            if service.roots.is_empty() {
                return Err(wrong("time_stamps.roots", "[]", "the root certificate of the service").into());
            }
        }
        let rules = &self.rules;
        for (what, grade) in [
            ("rules.observation", &rules.observation),
            ("rules.link", &rules.link),
            ("rules.independent_link", &rules.independent_link),
        ] {
            if let Some(found) = grade.as_ref().filter(|text| Grade::read(text).is_none()) {
                return Err(wrong(what, found, "a grade such as B2").into());
            }
        }
        Ok(())
    }

    pub(crate) fn list_info(&self) -> ListInfo {
        let list = &self.list;
        ListInfo {
            id: list.id.clone(),
            issuer: list.issuer.clone(),
            title: list.title.clone(),
            nature: v1::nature(&list.nature).unwrap_or(watchlist::Nature::Advisory),
            purpose: list.purpose.clone(),
            handling: list.handling.clone(),
            onward_sharing: list.onward_sharing.clone(),
            answers_to: list.answers_to.clone(),
        }
    }

    pub(crate) fn rules(&self) -> Rules {
        let (usual, set) = (Limits::default(), &self.rules);
        let grade = |text: &Option<String>, usual| text.as_deref().and_then(Grade::read).unwrap_or(usual);
        Rules {
            limits: Limits {
                last_seen_months: set.last_seen_months.unwrap_or(usual.last_seen_months),
                observation: grade(&set.observation, usual.observation),
                link: grade(&set.link, usual.link),
                independent_links: set.independent_links.unwrap_or(usual.independent_links),
                independent_link: grade(&set.independent_link, usual.independent_link),
            },
            terms: Terms { review_months: set.review_months.unwrap_or(Terms::default().review_months) },
        }
    }

    pub(crate) fn lifetimes(&self) -> Lifetimes {
        let usual = Lifetimes::default();
        let days =
            |days: Option<i64>, usual| days.map_or(usual, |days| jiff::SignedDuration::from_hours(24 * days));
        Lifetimes {
            timestamp: days(self.delivery.timestamp_days, usual.timestamp),
            snapshot: days(self.delivery.snapshot_days, usual.snapshot),
        }
    }

    pub(crate) fn wording(&self) -> Language {
        if self.letter.notes == "nl" { Language::Dutch } else { Language::English }
    }
}

/// Reads a form or settings file; an error names the line, not what stands around it.
pub(crate) fn from_toml<T: serde::de::DeserializeOwned>(text: &str, path: &Path) -> Result<T> {
    toml::from_str(text).map_err(|error| {
        let line =
            error.span().map_or(0, |span| text[..span.start.min(text.len())].matches('\n').count() + 1);
        let place =
            if line > 0 { format!("line {line} of {}", path.display()) } else { path.display().to_string() };
        Failure::new(
            format!("{place}: {}", error.message().trim_end()),
            "docs/forms.md shows every form with all its fields",
        )
        .into()
    })
}

/// Reads a file as a form.
pub(crate) fn form<T: serde::de::DeserializeOwned>(path: &Path) -> Result<T> {
    from_toml(&text_of(path)?, path)
}

/// Reads a whole text file.
pub(crate) fn text_of(path: &Path) -> Result<String> {
    std::fs::read_to_string(path).map_err(|error| {
        Failure::new(
            format!("could not read {}: {error}", path.display()),
            "look at the name and the rights of the file",
        )
        .into()
    })
}

/// Reads a settings file that a house may do without; nothing where it is not there.
///
/// # Errors
/// That it is there and cannot be read: it is never taken for one that is not there.
pub(crate) fn text_if_there(path: &Path) -> Result<Option<String>> {
    match std::fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).with_context(|| format!("could not read {}", path.display())),
    }
}

/// Reads a whole file.
pub(crate) fn bytes_of(path: &Path) -> Result<Vec<u8>> {
    std::fs::read(path).map_err(|error| {
        Failure::new(
            format!("could not read {}: {error}", path.display()),
            "look at the name and the rights of the file",
        )
        .into()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_can_be_used_as_it_is() {
        let office: Office = from_toml(EXAMPLE, Path::new("office.toml")).unwrap();
        office.check(Path::new("office.toml")).unwrap();
        assert_eq!(office.list_info().nature, watchlist::Nature::Advisory);
        assert_eq!(office.rules().limits, Limits::default());
    }

    #[test]
    fn a_mistake_is_told_with_its_line() {
        let wrong = EXAMPLE.replace("signatory =", "signatry =");
        let error = from_toml::<Office>(&wrong, Path::new("office.toml")).unwrap_err();
        assert!(error.to_string().starts_with("line "), "{error}");
        assert!(error.to_string().contains("signatry"), "{error}");
    }
}
