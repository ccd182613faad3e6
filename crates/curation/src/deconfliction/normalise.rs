//! One form for what teams write in many ways: `@Orchard_Nine`, `https://www.orchard[.]example/`.

use icu_casemap::CaseMapper;
use icu_normalizer::ComposingNormalizerBorrowed;

/// What teams ask about, in its one form.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Subject {
    kind: &'static str,
    normalised: String,
}

/// Shows the kind only: what a team works on is confidential.
impl std::fmt::Debug for Subject {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Subject({})", self.kind)
    }
}

/// Why a text is no subject.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SubjectError {
    #[error("nothing is left of the {kind} once blanks and signs are gone")]
    Empty { kind: &'static str },
    #[error("this is no domain name")]
    NoDomain,
}

impl SubjectError {
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Empty { .. } => "write at least one letter or digit",
            Self::NoDomain => "write it as `orchard.example`, without spaces",
        }
    }
}

impl Subject {
    /// A handle of a messenger or forum: `@Orchard_Nine`, `t.me/orchard_nine`.
    ///
    /// # Errors
    /// If nothing is left of it.
    pub fn handle(text: &str) -> Result<Self, SubjectError> {
        let folded = folded(text);
        let plain = without_scheme(&folded);
        let plain = plain.strip_prefix("t.me/").unwrap_or(plain);
        let plain = plain.trim_start_matches('@').trim_end_matches('/');
        Self::of("handle", plain.split_whitespace().collect())
    }

    /// A brand: letters and digits only, so that `Orchard-Nine` and `orchard nine` are one.
    ///
    /// # Errors
    /// If nothing is left of it.
    pub fn brand(text: &str) -> Result<Self, SubjectError> {
        Self::of("brand", folded(text).chars().filter(|letter| letter.is_alphanumeric()).collect())
    }

    /// A domain, also as a URL or defanged, in its ASCII form.
    ///
    /// # Errors
    /// If it is no domain name.
    pub fn domain(text: &str) -> Result<Self, SubjectError> {
        let fanged = folded(text).replace("[.]", ".").replace("(.)", ".").replace("[:]", ":");
        let host = without_scheme(&fanged).split(['/', '?', '#', ':']).next().unwrap_or_default();
        let host = host.strip_prefix("www.").unwrap_or(host).trim_end_matches('.');
        let ascii = idna::domain_to_ascii(host).map_err(|_| SubjectError::NoDomain)?;
        let is_host = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_');
        let is_label = |label: &str| !label.is_empty() && label.chars().all(is_host);
        if !ascii.contains('.') || !ascii.split('.').all(is_label) {
            return Err(SubjectError::NoDomain);
        }
        Self::of("domain", ascii)
    }

    pub(super) fn kind(&self) -> &'static str {
        self.kind
    }

    pub(super) fn normalised(&self) -> &str {
        &self.normalised
    }

    fn of(kind: &'static str, normalised: String) -> Result<Self, SubjectError> {
        if normalised.is_empty() { Err(SubjectError::Empty { kind }) } else { Ok(Self { kind, normalised }) }
    }
}

fn folded(text: &str) -> String {
    let normalised = ComposingNormalizerBorrowed::new_nfkc().normalize(text.trim());
    let folded = CaseMapper::new().fold_string(&normalised).into_owned();
    // Folding can open a composed letter again.
    ComposingNormalizerBorrowed::new_nfkc().normalize(&folded).into_owned()
}

/// Without `https://` and its defanged form.
fn without_scheme(text: &str) -> &str {
    text.split_once("://").map_or(text, |(_, rest)| rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(subject: Result<Subject, SubjectError>, expected: &str) {
        assert_eq!(subject.unwrap().normalised, expected);
    }

    #[test]
    fn one_subject_has_one_form() {
        for text in ["@Orchard_Nine", "https://t.me/orchard_nine/", " ORCHARD_NINE ", "ｏrchard_nine"] {
            check(Subject::handle(text), "orchard_nine");
        }
        for text in ["Orchard-Nine", "ORCHARD nine!", "orchardnine"] {
            check(Subject::brand(text), "orchardnine");
        }
        for text in ["https://www.Orchard.example:8443/vps?x", "hxxp://orchard[.]example", "orchard.example."]
        {
            check(Subject::domain(text), "orchard.example");
        }
        check(Subject::domain("сад.example"), "xn--80ai1b.example");
    }

    #[test]
    fn what_is_nothing_is_refused() {
        assert_eq!(Subject::handle(" @ "), Err(SubjectError::Empty { kind: "handle" }));
        assert_eq!(Subject::brand("---"), Err(SubjectError::Empty { kind: "brand" }));
        for text in ["", "orchard", "two words.example", "a..example"] {
            assert!(Subject::domain(text).is_err(), "{text}");
        }
    }
}
