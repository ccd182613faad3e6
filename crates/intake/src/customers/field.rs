//! What a column of a customer table can mean.

use watchlist::IdentifierKind;

/// The meaning of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Field {
    Id,
    /// Name of the customer that an assignment belongs to (NetBox): id and name in one.
    Tenant,
    Company,
    TradingName,
    /// A company or a person; the rest of the row tells.
    Name,
    FirstName,
    MiddleName,
    LastName,
    /// Full name of the person who is the customer or signs for it.
    Person,
    Contact,
    /// Whether `Name` is a company.
    IsCompany,
    /// Country calling code in a column of its own, for the phone number beside it.
    PhoneCountryCode,
    Street,
    HouseNumber,
    Street2,
    Postcode,
    City,
    Country,
    /// Any value that points to the customer; several may stand in one cell.
    Identifier(IdentifierKind),
    /// A page of the customer: its host is read as a domain.
    Website,
    /// Numeric id or @name; the value tells.
    Telegram,
    /// Network address, dotted or as a decimal number, whose mask stands in `Mask`.
    Subnet,
    Mask,
    RangeStart,
    RangeEnd,
    /// Name and ending of a domain in two columns.
    Sld,
    Tld,
    /// Text of the last login, of which only the address is read.
    LastLogin,
    /// What an address is used for (NetBox): an anycast address is everybody's.
    Role,
    /// A product or service of the customer; for what an end of the contract touches, never compared.
    Service,
    /// The machine that a service runs on, never compared either.
    Machine,
    /// What the customer pays in a month.
    Monthly,
    Status,
    Since,
    Until,
    /// Only by `--column birth_date=HEADING`.
    BirthDate,
    /// Known and never read: passwords, notes, birthdays.
    Dropped,
    /// Known and never read: belongs to the hoster or to many customers.
    Shared,
}

/// Names for `--column` and for `data/headings.tsv`, beside the wire names of identifiers.
const NAMES: &[(&str, Field)] = &[
    ("id", Field::Id),
    ("company", Field::Company),
    ("trading_name", Field::TradingName),
    ("name", Field::Name),
    ("first_name", Field::FirstName),
    ("middle_name", Field::MiddleName),
    ("last_name", Field::LastName),
    ("person", Field::Person),
    ("contact", Field::Contact),
    ("is_company", Field::IsCompany),
    ("email", Field::Identifier(IdentifierKind::Email)),
    ("phone", Field::Identifier(IdentifierKind::Phone)),
    ("phone_country_code", Field::PhoneCountryCode),
    ("mobile", Field::Identifier(IdentifierKind::Phone)),
    ("street", Field::Street),
    ("house_number", Field::HouseNumber),
    ("street2", Field::Street2),
    ("postcode", Field::Postcode),
    ("city", Field::City),
    ("country", Field::Country),
    ("vat", Field::Identifier(IdentifierKind::VatNumber)),
    ("register_number", Field::Identifier(IdentifierKind::RegisterNumber)),
    ("lei", Field::Identifier(IdentifierKind::Lei)),
    ("domain", Field::Identifier(IdentifierKind::Domain)),
    ("name_server", Field::Identifier(IdentifierKind::NameServer)),
    ("hostname", Field::Identifier(IdentifierKind::Hostname)),
    ("ip", Field::Identifier(IdentifierKind::IpRange)),
    ("prefix", Field::Identifier(IdentifierKind::IpRange)),
    ("asn", Field::Identifier(IdentifierKind::Asn)),
    ("telegram", Field::Telegram),
    ("handle", Field::Identifier(IdentifierKind::Handle)),
    ("wallet", Field::Identifier(IdentifierKind::Wallet)),
    ("ripe_handle", Field::Identifier(IdentifierKind::RipeHandle)),
    ("website", Field::Website),
    ("service", Field::Service),
    ("machine", Field::Machine),
    ("monthly", Field::Monthly),
    ("status", Field::Status),
    ("since", Field::Since),
    ("until", Field::Until),
    ("birth_date", Field::BirthDate),
    ("tenant", Field::Tenant),
    ("subnet", Field::Subnet),
    ("mask", Field::Mask),
    ("range_start", Field::RangeStart),
    ("range_end", Field::RangeEnd),
    ("sld", Field::Sld),
    ("tld", Field::Tld),
    ("last_login", Field::LastLogin),
    ("role", Field::Role),
    ("dropped", Field::Dropped),
    ("shared", Field::Shared),
];

impl Field {
    /// The field of a name as it stands in `--column FIELD=HEADING`.
    pub fn from_name(name: &str) -> Option<Self> {
        let name = name.trim().to_ascii_lowercase().replace('-', "_");
        NAMES
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, field)| *field)
            .or_else(|| IdentifierKind::from_wire_name(&name).map(Field::Identifier))
    }

    pub fn name(self) -> &'static str {
        let own = NAMES.iter().find(|(_, field)| *field == self).map(|(name, _)| *name);
        match (own, self) {
            (Some(name), _) => name,
            (None, Self::Identifier(kind)) => kind.wire_name(),
            (None, _) => unreachable!("every field that is no identifier has a name above"),
        }
    }

    /// All names that `--column` takes.
    pub fn names() -> impl Iterator<Item = &'static str> {
        NAMES
            .iter()
            .filter(|(_, field)| field.is_read())
            .map(|(name, _)| *name)
            .chain(IdentifierKind::ALL.iter().map(|kind| kind.wire_name()))
    }

    pub(super) const fn is_read(self) -> bool {
        !matches!(self, Self::Dropped | Self::Shared)
    }

    /// Whether several columns of one row may have this meaning.
    pub(super) const fn may_repeat(self) -> bool {
        matches!(
            self,
            Self::Identifier(_)
                | Self::Company
                | Self::TradingName
                | Self::Person
                | Self::Contact
                | Self::Website
                | Self::Telegram
                | Self::LastLogin
                | Self::Service
                | Self::Machine
                | Self::Dropped
                | Self::Shared
        )
    }

    /// Whether a value of this field can be compared with a list.
    pub(super) const fn names_or_identifies(self) -> bool {
        matches!(
            self,
            Self::Identifier(_)
                | Self::Tenant
                | Self::Company
                | Self::TradingName
                | Self::Name
                | Self::LastName
                | Self::Person
                | Self::Contact
                | Self::Website
                | Self::Telegram
                | Self::Subnet
                | Self::RangeStart
                | Self::Sld
                | Self::LastLogin
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_leads_back_to_its_field() {
        for name in Field::names() {
            let field = Field::from_name(name).unwrap();
            assert_eq!(Field::from_name(field.name()), Some(field), "{name}");
        }
    }
}
