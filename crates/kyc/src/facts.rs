//! Registers that say whether a number is real and whose it is: what they are asked, and what their answers mean.
//!
//! Pure: who asks over the network is elsewhere. What cannot be read as an answer of the register is
//! [`Outcome::Unavailable`]: a source that is down, slow, or has changed its form is never a "no".

mod gleif;
mod kvk;
mod vies;

use jiff::civil::Date;
use matching::names::Buffers;
use matching::{Context, PartyKind, compare_names};
use serde_json::Value;

use crate::applicant::Applicant;
use crate::check::{CheckKind, Outcome};

/// A register that can be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Source {
    /// VAT numbers of the European Union (VIES, REST interface of the European Commission).
    Vies,
    /// The Dutch trade register, by its basic profile (`basisprofielen`, version 1). Paid, with a key.
    Kvk,
    /// Legal entity identifiers of the world, found by the register number (LEI records, version 1).
    Gleif,
}

/// What is sent. The address is what the house wrote, and the path follows it.
#[derive(Clone, PartialEq, Eq)]
pub struct Question {
    pub path: String,
    /// As JSON, by POST; without it the question is a GET.
    pub body: Option<String>,
}

/// What a source said.
#[derive(Clone, PartialEq, Eq)]
pub struct Said {
    pub outcome: Outcome,
    /// By which the source finds its answer again.
    pub proof: Option<String>,
    /// Whom the source names under the number.
    pub name: Option<String>,
}

/// Who asks, where a source wants to know: VIES gives a number as proof only to somebody with a VAT number.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Asking {
    pub own_vat_number: Option<String>,
}

impl Source {
    pub const ALL: &[Self] = &[Self::Vies, Self::Kvk, Self::Gleif];

    /// The name in settings and commands.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Vies => "vies",
            Self::Kvk => "kvk",
            Self::Gleif => "gleif",
        }
    }

    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|source| source.word() == word)
    }

    /// The name as it is noted.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Vies => "VIES",
            Self::Kvk => "KvK",
            Self::Gleif => "GLEIF",
        }
    }

    /// What it can confirm.
    pub const fn kind(self) -> CheckKind {
        match self {
            Self::Vies => CheckKind::VatNumber,
            Self::Kvk | Self::Gleif => CheckKind::RegisterNumber,
        }
    }

    /// Where it is asked, unless the house names another address.
    pub const fn address(self) -> &'static str {
        match self {
            Self::Vies => "https://ec.europa.eu/taxation_customs/vies/rest-api",
            Self::Kvk => "https://api.kvk.nl/api",
            Self::Gleif => "https://api.gleif.org/api/v1",
        }
    }

    /// What to ask of an applicant; nothing where they gave no number that this source knows.
    pub fn question(self, applicant: &Applicant, asking: &Asking) -> Option<Question> {
        match self {
            Self::Vies => vies::question(applicant, asking),
            Self::Kvk => kvk::question(applicant),
            Self::Gleif => gleif::question(applicant),
        }
    }

    /// What an answer means.
    pub fn read(self, applicant: &Applicant, status: u16, body: &[u8]) -> Said {
        let read = match self {
            Self::Vies => vies::read,
            Self::Kvk => kvk::read,
            Self::Gleif => gleif::read,
        };
        let json: Option<Value> = serde_json::from_slice(body).ok();
        json.and_then(|json| read(applicant, status, &json)).unwrap_or_else(Said::nothing)
    }
}

impl Said {
    /// The source did not answer.
    pub const fn nothing() -> Self {
        Self { outcome: Outcome::Unavailable, proof: None, name: None }
    }

    /// The source knows the number under these names: confirmed if one of them is the applicant's. Some states hide the
    /// name; then the number alone is confirmed.
    fn known(applicant: &Applicant, names: &[&str], proof: Option<String>) -> Self {
        let said: Vec<&str> = names.iter().map(|name| name.trim()).filter(|name| is_name(name)).collect();
        let is_theirs = said.is_empty() || said.iter().any(|name| is_named(applicant, name));
        let outcome = if is_theirs { Outcome::Confirmed } else { Outcome::NotConfirmed };
        Self { outcome, proof, name: said.first().map(|name| (*name).to_owned()) }
    }

    /// The source knows the number, and not as one in use.
    fn not_in_use(name: Option<&str>, proof: Option<String>) -> Self {
        Self { outcome: Outcome::NotConfirmed, proof, name: name.map(str::to_owned) }
    }
}

/// Whether it names anybody: what a state hides is written as dashes.
fn is_name(text: &str) -> bool {
    text.chars().any(char::is_alphanumeric)
}

/// Whether a source means the applicant by a name, by the same comparison as in a screening. Who gave no name of a company
/// is compared as the person they are.
fn is_named(applicant: &Applicant, name: &str) -> bool {
    let companies =
        applicant.company.iter().chain(&applicant.trading_names).map(|text| (text, PartyKind::Organisation));
    let people = applicant.person.iter().map(|text| (text, PartyKind::Person));
    let mut own = companies.chain(people).filter(|(text, _)| is_name(text)).peekable();
    if own.peek().is_none() {
        return true;
    }
    // No day matters where names alone are compared.
    let (context, mut buffers) = (Context { today: Date::ZERO }, Buffers::default());
    own.any(|(text, kind)| {
        compare_names(text, name, kind, &context, &mut buffers).class != matching::Class::None
    })
}

/// Letters and digits, in capitals: what separates the groups of a number says nothing.
fn bare(text: &str) -> String {
    text.chars().filter(char::is_ascii_alphanumeric).map(|sign| sign.to_ascii_uppercase()).collect()
}

/// Shows nothing: it holds a customer's number.
impl std::fmt::Debug for Question {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Question")
    }
}

/// Shows the outcome alone.
impl std::fmt::Debug for Said {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Said({})", self.outcome.word())
    }
}

/// Shows nothing.
impl std::fmt::Debug for Asking {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Asking")
    }
}
