//! Values that were left out of the comparison, and why.

use watchlist::{Address, Identifier, Phrase, phrase};

/// Where a value stands in its party.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Place {
    /// Index in the party's identifiers.
    Identifier(u16),
    /// Index in the party's addresses.
    Address(u16),
    BirthDate,
}

/// One value that cannot speak for or against anybody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rejected {
    pub place: Place,
    pub why: Why,
}

impl Rejected {
    /// What was found and why it does not count, in English. Holds the value itself: for the person
    /// who gave the file, never for a log.
    pub fn describe(&self, identifiers: &[Identifier], addresses: &[Address]) -> Phrase {
        let why = Phrase::new(self.why.en(), self.why.nl());
        match self.place {
            Place::Identifier(at) => match identifiers.get(usize::from(at)) {
                Some(identifier) => {
                    let (kind, value) = (identifier.kind.wire_name(), short(&identifier.value));
                    phrase!("{kind} `{value}`: {}", "{kind} `{value}`: {}", why)
                }
                None => why,
            },
            Place::Address(at) => match addresses.get(usize::from(at)) {
                Some(address) => {
                    let value = short(&address.one_line());
                    phrase!("address `{value}`: {}", "adres `{value}`: {}", why)
                }
                None => why,
            },
            Place::BirthDate => phrase!("birth date: {}", "geboortedatum: {}", why),
        }
    }
}

/// The beginning of a value, so that a cell with a whole text in it does not fill the screen.
fn short(value: &str) -> String {
    let mut short: String = value.chars().filter(|c| !c.is_control()).take(60).collect();
    if short.len() < value.len() {
        short.push('…');
    }
    short
}

/// Why a value was left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Why {
    /// Not of the form that its kind asks for.
    NotOfThisKind,
    TooShort,
    /// `000000000`, `123456789` and the like.
    Dummy,
    /// A spreadsheet has rounded the number; its last digits are lost.
    RoundedBySpreadsheet,
    /// A mail domain that everybody can use.
    SharedMailDomain,
    /// A name server, host or site that very many parties use.
    SharedService,
    /// A proxy, resolver or other address in front of very many parties.
    SharedNetwork,
    /// Private, local or otherwise not public address space, or a reserved AS number.
    NotPublic,
    /// A range so wide that it would point to everybody.
    TooWide,
    /// A date where an AS number was expected.
    DateInsteadOfNumber,
    /// Only a short PGP key id: several keys can have it.
    ShortKeyId,
    /// A nick without its forum.
    NickWithoutForum,
    /// A word such as `admin` or `hosting` that names nobody.
    GenericWord,
    /// An address where very many companies are registered.
    MassRegistrationAddress,
    /// The source itself says that the value points to nobody.
    NonDistinctive,
}

impl Why {
    pub const fn en(self) -> &'static str {
        match self {
            Self::NotOfThisKind => "the value does not have the form of its kind: check the column",
            Self::TooShort => "too short to point to one party",
            Self::Dummy => "a filler value, not a real one",
            Self::RoundedBySpreadsheet => "a spreadsheet rounded this number: export the column as text",
            Self::SharedMailDomain => "a mail domain that everybody can use",
            Self::SharedService => "a name server or service shared by very many parties",
            Self::SharedNetwork => "address space in front of very many parties",
            Self::NotPublic => "private or reserved, so it points to nobody",
            Self::TooWide => "wider than /8 (IPv4) or /16 (IPv6): it would point to everybody",
            Self::DateInsteadOfNumber => "a date where an AS number was expected: check the column",
            Self::ShortKeyId => "a short PGP key id: give the full fingerprint",
            Self::NickWithoutForum => "a nick without its forum: write it as forum/nick",
            Self::GenericWord => "a general word that names nobody",
            Self::MassRegistrationAddress => "an address where very many companies are registered",
            Self::NonDistinctive => "marked as non-distinctive by its source",
        }
    }

    pub const fn nl(self) -> &'static str {
        match self {
            Self::NotOfThisKind => "de waarde heeft niet de vorm van haar soort: controleer de kolom",
            Self::TooShort => "te kort om naar één partij te wijzen",
            Self::Dummy => "een opvulwaarde, geen echte",
            Self::RoundedBySpreadsheet => {
                "een rekenblad heeft dit nummer afgerond: exporteer de kolom als tekst"
            }
            Self::SharedMailDomain => "een maildomein dat iedereen kan gebruiken",
            Self::SharedService => "een nameserver of dienst die zeer velen delen",
            Self::SharedNetwork => "adresruimte vóór zeer veel partijen",
            Self::NotPublic => "privé of gereserveerd, dus wijst naar niemand",
            Self::TooWide => "wijder dan /8 (IPv4) of /16 (IPv6): zou naar iedereen wijzen",
            Self::DateInsteadOfNumber => "een datum waar een AS-nummer hoort: controleer de kolom",
            Self::ShortKeyId => "een kort PGP-sleutelnummer: geef de hele vingerafdruk",
            Self::NickWithoutForum => "een bijnaam zonder forum: schrijf forum/bijnaam",
            Self::GenericWord => "een algemeen woord dat niemand aanduidt",
            Self::MassRegistrationAddress => "een adres waar zeer veel bedrijven zijn ingeschreven",
            Self::NonDistinctive => "door de bron zelf als niet onderscheidend gemerkt",
        }
    }
}
