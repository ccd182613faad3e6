//! Why a source could not be read whole, and what to do.

use watchlist::{Phrase, phrase};

/// Why a source could not be read whole. Holds no value of a customer and no secret.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fault {
    Unreachable,
    Certificate,
    TimeOut,
    TooLong,
    /// The source does not take the key: status 401 or 403, or its own words for that.
    Refused,
    /// WHMCS answers only to addresses that it was told of.
    AddressNotAllowed,
    /// A redirect, which is not followed because it would carry the key along.
    Moved,
    Status(u16),
    /// Asked to wait longer than we do, or again and again.
    RateLimited,
    /// The answer is no JSON, or breaks off.
    Garbled,
    /// JSON, and a field is missing or is something else than it was.
    Changed(String),
    /// The source says that something went wrong, in words of its own that may quote anything.
    SaysNo,
    /// The same page came again and again.
    Repeats,
    /// The source names more customers than it lists, or its list changes faster than it can be read.
    Restless {
        listed: u64,
        told: Option<u64>,
    },
    /// Customers that are listed and whose details cannot be had.
    Unreadable(u64),
    /// What was read could not be kept (the disk is full, for example).
    NotKept,
}

impl Fault {
    /// Whether another try may end otherwise.
    pub(super) const fn may_pass(&self) -> bool {
        matches!(
            self,
            Self::Unreachable | Self::TimeOut | Self::Garbled | Self::Changed(_) | Self::Status(500..)
        )
    }

    /// What was found.
    pub fn phrase(&self) -> Phrase {
        match self {
            Self::Unreachable => Phrase::new("it cannot be reached", "het is niet te bereiken"),
            Self::Certificate => Phrase::new(
                "its certificate is not one that this machine trusts",
                "zijn certificaat wordt door deze machine niet vertrouwd",
            ),
            Self::TimeOut => {
                Phrase::new("its answers do not come in time", "zijn antwoorden komen niet op tijd")
            }
            Self::TooLong => {
                Phrase::new("an answer is longer than 32 MiB", "een antwoord is langer dan 32 MiB")
            }
            Self::Refused => Phrase::new("it does not accept the key", "het aanvaardt de sleutel niet"),
            Self::AddressNotAllowed => Phrase::new(
                "it does not answer to the address of this machine",
                "het antwoordt niet aan het adres van deze machine",
            ),
            Self::Moved => Phrase::new(
                "it answers with another address (a redirect), which is not followed",
                "het antwoordt met een ander adres (een doorverwijzing), dat niet gevolgd wordt",
            ),
            Self::Status(status) => {
                phrase!("it answers with status {status}", "het antwoordt met status {status}")
            }
            Self::RateLimited => Phrase::new("it keeps asking to wait", "het blijft vragen om te wachten"),
            Self::Garbled => {
                Phrase::new("an answer is no JSON or breaks off", "een antwoord is geen JSON of breekt af")
            }
            Self::Changed(field) => phrase!(
                "an answer is not as it is documented: {field}",
                "een antwoord is niet zoals het beschreven staat: {field}"
            ),
            Self::SaysNo => {
                Phrase::new("it answers that something went wrong", "het antwoordt dat er iets misging")
            }
            Self::Repeats => {
                Phrase::new("it sends the same page again and again", "het stuurt steeds dezelfde pagina")
            }
            Self::Restless { listed, told: Some(told) } => phrase!(
                "it counts {told} customers and lists {listed}",
                "het telt {told} klanten en somt er {listed} op"
            ),
            Self::Restless { listed, told: None } => phrase!(
                "its list of {listed} changes faster than it can be read",
                "zijn lijst van {listed} verandert sneller dan die te lezen is"
            ),
            Self::Unreadable(count) => phrase!(
                "{count} customers are listed and their details cannot be had",
                "{count} klanten staan in de lijst en hun gegevens zijn niet te krijgen"
            ),
            Self::NotKept => {
                Phrase::new("what was read cannot be kept", "wat gelezen is, kan niet bewaard worden")
            }
        }
    }

    /// What to do next.
    pub fn hint(&self) -> Phrase {
        match self {
            Self::Unreachable => Phrase::new(
                "check `address` in connectors.toml and the way to it; what was read is kept for the next try",
                "controleer `address` in connectors.toml en de weg ernaartoe; wat gelezen is, blijft bewaard",
            ),
            Self::Certificate => Phrase::new(
                "add the authority of the certificate to this machine, or use the name that it was made for",
                "voeg de uitgever van het certificaat toe aan deze machine, of gebruik de naam waarvoor het is",
            ),
            Self::TimeOut | Self::RateLimited => Phrase::new(
                "set `calls_a_second` or `at_once` lower, or try at another hour; what was read is kept",
                "zet `calls_a_second` of `at_once` lager, of probeer het op een ander uur; wat gelezen is, blijft",
            ),
            Self::TooLong => Phrase::new("set `page` lower", "zet `page` lager"),
            Self::Refused => Phrase::new(
                "check key and rights in the source: it needs to read customers, contacts, products and addresses",
                "controleer sleutel en rechten in de bron: lezen van klanten, contacten, producten en adressen",
            ),
            Self::AddressNotAllowed => Phrase::new(
                "in WHMCS, add the address of this machine under General Settings, Security, API IP Access \
                 Restriction",
                "voeg in WHMCS het adres van deze machine toe onder General Settings, Security, API IP Access \
                 Restriction",
            ),
            Self::Moved => Phrase::new(
                "write the address into connectors.toml as the source itself gives it, with https",
                "schrijf het adres in connectors.toml zoals de bron het zelf geeft, met https",
            ),
            Self::Changed(_) => Phrase::new(
                "look whether the source was updated; `customers check --source` shows what it gives",
                "kijk of de bron is bijgewerkt; `customers check --source` toont wat die geeft",
            ),
            Self::Status(_) | Self::Garbled | Self::SaysNo => Phrase::new(
                "look at the source's own log; what was read is kept for the next try",
                "kijk in het logboek van de bron; wat gelezen is, blijft bewaard voor de volgende keer",
            ),
            Self::Repeats | Self::Restless { .. } | Self::Unreadable(_) => Phrase::new(
                "try again when nobody works in the source; customers that were not read are never called clear",
                "probeer het als niemand in de bron werkt; klanten die niet gelezen zijn, gelden nooit als vrij",
            ),
            Self::NotKept => Phrase::new(
                "look at the free space of the home folder",
                "kijk naar de vrije ruimte van de eigen map van het programma",
            ),
        }
    }
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.phrase().fmt(f)
    }
}

impl std::error::Error for Fault {}
