//! A customer while its row is being read: cells go in with their fields, a [`Customer`] comes out.

use std::borrow::Cow;

use screening::{Customer, CustomerName, CustomerNameKind};
use watchlist::{Address, Identifier, IdentifierKind};

use super::{Field, cell, country, dates, networks, values};
use crate::{ProblemKind, RowProblem};

type Text<'a> = Option<Cow<'a, str>>;

/// Identifiers that most rows of a hosting company's table stay below; one allocation for them.
const USUAL_IDENTIFIERS: usize = 8;

#[derive(Default)]
pub(super) struct Draft<'a> {
    line: u64,
    id: Text<'a>,
    tenant: Text<'a>,
    names: Vec<CustomerName>,
    name: Text<'a>,
    is_company: Option<bool>,
    first_name: Text<'a>,
    middle_name: Text<'a>,
    last_name: Text<'a>,
    calling_code: Text<'a>,
    street: Text<'a>,
    house_number: Text<'a>,
    street2: Text<'a>,
    postcode: Text<'a>,
    city: Text<'a>,
    country: Text<'a>,
    subnet: Text<'a>,
    mask: Text<'a>,
    range_start: Text<'a>,
    range_end: Text<'a>,
    sld: Text<'a>,
    tld: Text<'a>,
    is_anycast: bool,
    customer: Customer,
    problems: Vec<RowProblem>,
}

impl<'a> Draft<'a> {
    pub(super) fn new(line: u64) -> Self {
        let mut draft = Self { line, ..Self::default() };
        draft.customer.row = line;
        draft.customer.identifiers.reserve(USUAL_IDENTIFIERS);
        draft
    }

    pub(super) fn problem(&mut self, kind: ProblemKind, heading: &str, found: &str) {
        let problem = RowProblem::new(self.line, kind).with_found(found);
        self.problems.push(if heading.is_empty() { problem } else { problem.in_column(heading) });
    }

    /// Takes one cell. A field that can hold one value keeps the first that is not empty.
    pub(super) fn put(&mut self, field: Field, heading: &str, cell: &'a str) {
        let Some(text) = cell::text(cell) else { return };
        match field {
            Field::Id => {
                self.check_number(heading, &text);
                keep(&mut self.id, text);
            }
            Field::Tenant => keep(&mut self.tenant, text),
            Field::Company => self.name(CustomerNameKind::Company, text),
            Field::TradingName => self.name(CustomerNameKind::Trading, text),
            Field::Person => self.name(CustomerNameKind::Person, text),
            Field::Contact => self.name(CustomerNameKind::Contact, text),
            Field::Name => keep(&mut self.name, text),
            Field::IsCompany => self.is_company = says_company(&text),
            Field::FirstName => keep(&mut self.first_name, text),
            Field::MiddleName => keep(&mut self.middle_name, text),
            Field::LastName => keep(&mut self.last_name, text),
            Field::PhoneCountryCode => keep(&mut self.calling_code, text),
            Field::Street => keep(&mut self.street, text),
            Field::HouseNumber => keep(&mut self.house_number, text),
            Field::Street2 => keep(&mut self.street2, text),
            Field::Postcode => keep(&mut self.postcode, text),
            Field::City => keep(&mut self.city, text),
            Field::Country => keep(&mut self.country, text),
            Field::Identifier(kind) => self.identifiers(kind, heading, &text),
            Field::Website => self.identifier(IdentifierKind::Domain, values::host(&text)),
            Field::Telegram => self.telegram(&text),
            Field::Subnet => keep(&mut self.subnet, text),
            Field::Mask => keep(&mut self.mask, text),
            Field::RangeStart => keep(&mut self.range_start, text),
            Field::RangeEnd => keep(&mut self.range_end, text),
            Field::Sld => keep(&mut self.sld, text),
            Field::Tld => keep(&mut self.tld, text),
            Field::LastLogin => {
                networks::in_text(&text).for_each(|address| self.identifier(IdentifierKind::IpRange, address))
            }
            Field::Role => self.is_anycast |= text.eq_ignore_ascii_case("anycast"),
            Field::Service => several(&mut self.customer.holdings.services, &text),
            Field::Machine => several(&mut self.customer.holdings.machines, &text),
            Field::Monthly => {
                self.customer.holdings.monthly.get_or_insert_with(|| text.into_owned());
            }
            Field::Status => self.customer.status = Some(text.into_owned()),
            Field::Since => self.customer.since = self.date(heading, &text).or(self.customer.since),
            Field::Until => self.customer.until = self.date(heading, &text).or(self.customer.until),
            Field::BirthDate => self.customer.birth_date = Some(text.into_owned()),
            Field::Dropped | Field::Shared => {}
        }
    }

    fn name(&mut self, kind: CustomerNameKind, text: Cow<'_, str>) {
        if !self.names.iter().any(|name| name.text == text) {
            self.names.push(CustomerName { kind, text: text.into_owned() });
        }
    }

    fn identifier(&mut self, kind: IdentifierKind, value: &str) {
        let known = |known: &Identifier| known.kind == kind && known.value == value;
        if !value.is_empty() && !self.customer.identifiers.iter().any(known) {
            self.customer.identifiers.push(Identifier::new(kind, value));
        }
    }

    fn identifiers(&mut self, kind: IdentifierKind, heading: &str, text: &str) {
        match kind {
            IdentifierKind::IpRange => self.networks(heading, text),
            IdentifierKind::Phone | IdentifierKind::RegisterNumber | IdentifierKind::VatNumber => {
                // What is left of the number cannot be compared.
                if !self.check_number(heading, text) {
                    values::each(kind, text, |value| self.identifier(kind, value));
                }
            }
            IdentifierKind::Email if !text.contains('@') => {
                self.problem(ProblemKind::NotUnderstood, heading, text);
            }
            _ => values::each(kind, text, |value| self.identifier(kind, value)),
        }
    }

    fn networks(&mut self, heading: &str, text: &str) {
        let joined = networks::values(text);
        values::each(IdentifierKind::IpRange, &joined, |value| match networks::read(value) {
            networks::Written::Network(network) => self.identifier(IdentifierKind::IpRange, &network),
            networks::Written::Host(host) => self.identifier(IdentifierKind::Hostname, host),
            networks::Written::None => {}
            networks::Written::Unread => self.problem(ProblemKind::UnreadNetwork, heading, value),
        });
    }

    fn telegram(&mut self, text: &str) {
        values::each(IdentifierKind::TelegramName, text, |value| {
            let is_number = value.bytes().all(|byte| byte.is_ascii_digit());
            let kind = if is_number { IdentifierKind::TelegramId } else { IdentifierKind::TelegramName };
            self.identifier(kind, value);
        });
    }

    /// Notes a number that a spreadsheet program has rounded. Gives whether it has.
    fn check_number(&mut self, heading: &str, text: &str) -> bool {
        let scientific = cell::is_scientific(text);
        if scientific {
            self.problem(ProblemKind::ScientificNumber, heading, text);
        }
        scientific
    }

    fn date(&mut self, heading: &str, text: &str) -> Option<jiff::civil::Date> {
        match dates::read(text) {
            dates::Written::Date(date) => Some(date),
            dates::Written::Zero => None,
            dates::Written::Unread => {
                self.problem(ProblemKind::UnreadDate, heading, text);
                None
            }
        }
    }

    /// Whether the row belongs to nobody: an assignment without its tenant.
    pub(super) fn lacks_tenant(&self) -> bool {
        self.tenant.is_none()
    }

    /// The customer, and behind it what was wrong in its row.
    pub(super) fn finish(mut self, has_id_column: bool, give: &mut impl FnMut(Result<Customer, RowProblem>)) {
        self.finish_names();
        self.finish_phones();
        self.finish_networks();
        self.finish_address();
        if let (Some(sld), Some(tld)) = (self.sld.take(), self.tld.take()) {
            let joint = if tld.starts_with('.') { "" } else { "." };
            self.identifier(IdentifierKind::Domain, &format!("{sld}{joint}{tld}"));
        }
        if self.is_anycast {
            self.customer.identifiers.retain(|identifier| identifier.kind != IdentifierKind::IpRange);
        }
        self.customer.id = match self.id.take().or(self.tenant.take()) {
            Some(id) => id.into_owned(),
            None => {
                if has_id_column {
                    self.problem(ProblemKind::NoId, "", "");
                }
                format!("row-{}", self.line)
            }
        };
        self.customer.names = self.names;
        give(Ok(self.customer));
        self.problems.into_iter().for_each(|problem| give(Err(problem)));
    }

    /// Companies first, then trading names, persons and contacts.
    fn finish_names(&mut self) {
        if let Some(tenant) = &self.tenant {
            let tenant = tenant.clone();
            self.name(CustomerNameKind::Company, tenant);
        }
        let has_company = self.names.iter().any(|name| name.kind == CustomerNameKind::Company);
        if let Some(name) = self.name.take() {
            let is_person = self.is_company.map_or(has_company, |is_company| !is_company);
            self.name(if is_person { CustomerNameKind::Person } else { CustomerNameKind::Company }, name);
        }
        if let Some(person) = self.person() {
            self.name(CustomerNameKind::Person, Cow::Owned(person));
        }
        self.names.sort_by_key(|name| name.kind);
    }

    fn person(&self) -> Option<String> {
        let mut person = String::new();
        for part in [&self.first_name, &self.middle_name, &self.last_name].into_iter().flatten() {
            if person.is_empty() {
                person.reserve(part.len() + self.last_name.as_ref().map_or(0, |name| name.len()) + 1);
            } else {
                person.push(' ');
            }
            person.push_str(part);
        }
        (!person.is_empty()).then_some(person)
    }

    /// Joins the calling code of its own column with numbers that have none.
    fn finish_phones(&mut self) {
        let Some(code) = self.calling_code.take() else { return };
        let code = code.trim_start_matches(['+', '0']);
        if code.is_empty() || !code.bytes().all(|byte| byte.is_ascii_digit()) {
            return;
        }
        let national = |identifier: &&mut Identifier| {
            identifier.kind == IdentifierKind::Phone
                && !identifier.value.starts_with(['+'])
                && !identifier.value.starts_with("00")
        };
        for phone in self.customer.identifiers.iter_mut().filter(national) {
            phone.value = international(code, &phone.value);
        }
    }

    fn finish_networks(&mut self) {
        if let Some(address) = self.subnet.take() {
            let network = match self.mask.take() {
                Some(mask) => networks::subnet(&address, &mask),
                None => None,
            };
            match network {
                Some(network) => self.networks("", &network),
                None => self.networks("", &address),
            }
        }
        if let Some(start) = self.range_start.take() {
            match self.range_end.take() {
                // Both ends may carry the mask of their network.
                Some(end) => self.networks("", &format!("{}-{}", without_mask(&start), without_mask(&end))),
                None => self.networks("", &start),
            }
        }
    }

    fn finish_address(&mut self) {
        let country = self.country.take();
        let country = country.as_deref().map(country::code);
        let house_number = self.house_number.take();
        let street = [self.street.take(), house_number, self.street2.take()];
        let address = Address {
            street: joined_street(&street),
            postcode: self.postcode.take().map_or_else(String::new, Cow::into_owned),
            city: self.city.take().map_or_else(String::new, Cow::into_owned),
            country: String::new(),
        };
        self.customer.country = country.map(str::to_owned);
        if !address.is_empty() {
            let country = country.unwrap_or_default().to_owned();
            self.customer.addresses.push(Address { country, ..address });
        }
    }
}

fn keep<'a>(place: &mut Text<'a>, text: Cow<'a, str>) {
    if place.is_none() {
        *place = Some(text);
    }
}

/// Several values of one cell, each once.
fn several(values: &mut Vec<String>, text: &str) {
    for value in text.split([';', '|', '\n']).map(str::trim).filter(|value| !value.is_empty()) {
        if !values.iter().any(|known| known == value) {
            values.push(value.to_owned());
        }
    }
}

/// Street, house number, further line: `Dorpsstraat 5, bus 2`.
fn joined_street(parts: &[Text<'_>; 3]) -> String {
    let mut street = String::new();
    for (part, joint) in parts.iter().zip(["", " ", ", "]) {
        let Some(part) = part else { continue };
        if !street.is_empty() {
            street.push_str(joint);
        }
        street.push_str(part);
    }
    street
}

/// Calling codes of countries where the leading zero belongs to the number: Italy, Ivory Coast, Gabon,
/// Congo, San Marino (ITU-T national numbering plans). Elsewhere it is dialled at home only.
const KEEPS_ZERO: &[&str] = &["39", "225", "241", "242", "378"];

fn international(code: &str, national: &str) -> String {
    let number =
        if KEEPS_ZERO.contains(&code) { national } else { national.strip_prefix('0').unwrap_or(national) };
    format!("+{code} {number}")
}

fn without_mask(address: &str) -> &str {
    address.split('/').next().unwrap_or(address)
}

fn says_company(text: &str) -> Option<bool> {
    const YES: &[&str] = &["1", "true", "yes", "ja", "waar", "wahr", "vrai", "company", "bedrijf", "x"];
    const NO: &[&str] =
        &["0", "false", "no", "nee", "nein", "onwaar", "falsch", "faux", "person", "individual", "persoon"];
    let says = |words: &[&str]| words.iter().any(|word| word.eq_ignore_ascii_case(text));
    if says(YES) { Some(true) } else { says(NO).then_some(false) }
}
