//! Evidence, open and sealed.

use curation::capture::{CapturedFile, MediaType};
use curation::evidence::{
    CustodyEvent, CustodyLog, CustodyStep, Evidence, EvidenceId, EvidenceParts, Grade, Grades, Observation,
    Place, Quote, Restricted, RestrictedFields, SealedEvidence, Translation,
};
use curation::{PersonId, Sha256Hash};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::issuer::Error;

#[derive(Serialize, Deserialize)]
pub(crate) struct KeptEvidence {
    place_kind: String,
    place: String,
    captured_at: Timestamp,
    method: String,
    tool: String,
    files: Vec<KeptFile>,
    quote: Option<KeptQuote>,
    claimed_services: Vec<String>,
    offence_categories: Vec<String>,
    grades: [String; 3],
    restricted: KeptRestricted,
    custody: Vec<KeptEvent>,
    /// None until it is sealed.
    seal: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct KeptFile {
    name: String,
    media_type: String,
    length_bytes: u64,
    sha256: String,
}

#[derive(Serialize, Deserialize)]
struct KeptQuote {
    text: String,
    language: String,
    translation: Option<KeptTranslation>,
}

#[derive(Serialize, Deserialize)]
struct KeptTranslation {
    text: String,
    language: String,
    made_with: String,
}

#[derive(Serialize, Deserialize)]
struct KeptRestricted {
    collector_code: String,
    account: Option<String>,
    network_exit: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct KeptEvent {
    step: String,
    by: String,
    at: Timestamp,
}

/// Evidence in the state it is in.
pub(crate) enum Stock {
    Open(Evidence),
    Sealed(SealedEvidence),
}

impl KeptEvidence {
    pub(crate) fn of(
        observation: &Observation,
        restricted: RestrictedFields,
        custody: &CustodyLog,
        seal: Option<Sha256Hash>,
    ) -> Self {
        let (place_kind, place) = match &observation.place {
            Place::Url(url) => ("url", url),
            Place::Described(text) => ("described", text),
        };
        let grades = observation.grades;
        Self {
            place_kind: place_kind.to_owned(),
            place: place.clone(),
            captured_at: observation.captured_at,
            method: observation.method.clone(),
            tool: observation.tool.clone(),
            files: observation.files.iter().map(KeptFile::of).collect(),
            quote: observation.quote.as_ref().map(KeptQuote::of),
            claimed_services: observation.claimed_services.clone(),
            offence_categories: observation.offence_categories.clone(),
            grades: [grades.observation, grades.claim, grades.link].map(|grade| grade.to_string()),
            restricted: KeptRestricted {
                collector_code: restricted.collector_code,
                account: restricted.account,
                network_exit: restricted.network_exit,
            },
            custody: custody.events().iter().map(KeptEvent::of).collect(),
            seal: seal.map(|seal| seal.to_string()),
        }
    }

    /// # Errors
    /// [`Error::NotReadable`], and what the seal says of changed content.
    pub(crate) fn read(self, id: &EvidenceId) -> Result<Stock, Error> {
        let not_readable = || super::not_readable("evidence", &id.0);
        let seal = match &self.seal {
            Some(hex) => Some(Sha256Hash::from_hex(hex).ok_or_else(not_readable)?),
            None => None,
        };
        let events =
            self.custody.iter().map(KeptEvent::read).collect::<Option<Vec<_>>>().ok_or_else(not_readable)?;
        let custody = CustodyLog::from_events(events).map_err(curation::evidence::EvidenceError::from)?;
        let KeptRestricted { collector_code, account, network_exit } = self.restricted;
        let restricted = Restricted::new(RestrictedFields { collector_code, account, network_exit });
        let observation = Observation {
            id: id.clone(),
            place: match self.place_kind.as_str() {
                "url" => Place::Url(self.place),
                "described" => Place::Described(self.place),
                _ => return Err(not_readable()),
            },
            captured_at: self.captured_at,
            method: self.method,
            tool: self.tool,
            files: self.files.iter().map(KeptFile::read).collect::<Option<_>>().ok_or_else(not_readable)?,
            quote: self.quote.map(KeptQuote::read),
            claimed_services: self.claimed_services,
            offence_categories: self.offence_categories,
            grades: grades(&self.grades).ok_or_else(not_readable)?,
        };
        Ok(match seal {
            None => Stock::Open(Evidence::from_parts(observation, restricted, custody)),
            Some(seal) => Stock::Sealed(SealedEvidence::from_parts(EvidenceParts {
                observation,
                restricted,
                custody,
                seal,
            })?),
        })
    }
}

fn grades(texts: &[String; 3]) -> Option<Grades> {
    let [observation, claim, link] = texts.each_ref().map(|text| Grade::read(text));
    Some(Grades { observation: observation?, claim: claim?, link: link? })
}

impl KeptFile {
    fn of(file: &CapturedFile) -> Self {
        Self {
            name: file.name().to_owned(),
            media_type: file.media_type().name().to_owned(),
            length_bytes: file.length_bytes(),
            sha256: file.sha256().to_string(),
        }
    }

    fn read(&self) -> Option<CapturedFile> {
        let (media_type, sha256) =
            (MediaType::from_name(&self.media_type)?, Sha256Hash::from_hex(&self.sha256)?);
        Some(CapturedFile::from_parts(self.name.clone(), media_type, self.length_bytes, sha256))
    }
}

impl KeptQuote {
    fn of(quote: &Quote) -> Self {
        let translation = quote.translation.as_ref().map(|translation| KeptTranslation {
            text: translation.text.clone(),
            language: translation.language.clone(),
            made_with: translation.made_with.clone(),
        });
        Self { text: quote.text.clone(), language: quote.language.clone(), translation }
    }

    fn read(self) -> Quote {
        let translation = self.translation.map(|kept| Translation {
            text: kept.text,
            language: kept.language,
            made_with: kept.made_with,
        });
        Quote { text: self.text, language: self.language, translation }
    }
}

impl KeptEvent {
    fn of(event: &CustodyEvent) -> Self {
        Self { step: event.step.word().to_owned(), by: event.by.to_string(), at: event.at }
    }

    fn read(&self) -> Option<CustodyEvent> {
        Some(CustodyEvent {
            step: CustodyStep::from_word(&self.step)?,
            by: PersonId::new(&self.by)?,
            at: self.at,
        })
    }
}
