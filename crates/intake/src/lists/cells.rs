//! One cell of a table, or the text after a label, into names and identifiers of the open entry.

mod dates;
mod names;
mod pieces;

use jiff::civil::Date;
use watchlist::format::v1::birth_date;
use watchlist::{Address, Entry, EntryType, Identifier, IdentifierKind, NameKind, Phrase};

use super::fields::{self, Field};
use super::gathering::Gathering;
use super::problem::shown;
use super::scan::{self, Found};
use super::{Place, defang};
pub(super) use names::names_in;

/// Where a text comes from, which decides what a comma means.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Manner {
    /// A cell: names and handles may hold commas.
    Cell,
    /// After a label in running text: a comma sets values apart.
    Prose,
}

/// Adds what stands under a heading or after a label. Parts of addresses, dates of validity, id, type
/// and status of a row are for the caller, who sees the whole row.
pub(super) fn add(field: Field, text: &str, at: Place, manner: Manner, gathering: &mut Gathering) {
    match field {
        Field::Name => add_names(NameKind::Primary, text, at, manner, gathering),
        Field::Alias => add_names(NameKind::Alias, text, at, manner, gathering),
        Field::WeakAlias => add_names(NameKind::WeakAlias, text, at, manner, gathering),
        Field::PreviousName => add_names(NameKind::Previous, text, at, manner, gathering),
        Field::Person => add_names(NameKind::RelatedPerson, text, at, manner, gathering),
        Field::Jurisdiction => add_jurisdiction(text, at, gathering),
        Field::Country => add_countries(text, gathering),
        Field::Address => {
            for line in pieces::outside_brackets(text, &['\n', ';', '|']) {
                gathering.address(Address { street: line.trim().to_owned(), ..Address::default() }, at);
            }
        }
        Field::BirthDate => add_birth_date(text, at, gathering),
        Field::Note => gathering.note(text),
        Field::FirstObserved | Field::LastObserved | Field::ReviewBy => {
            add_observed(field, text, at, gathering)
        }
        Field::Mixed => add_mixed(text, at, gathering),
        Field::Identifier(kind) => add_identifiers(kind, text, at, manner, gathering),
        Field::Id | Field::Type | Field::Status | Field::Ignored => {}
        Field::Street | Field::HouseNumber | Field::Postcode | Field::City => {}
        Field::ValidFrom | Field::ValidTo => {}
    }
}

fn add_names(kind: NameKind, text: &str, at: Place, manner: Manner, gathering: &mut Gathering) {
    for (kind, name) in names_in(kind, text, manner) {
        let has_primary =
            gathering.entry().is_some_and(|entry| entry.names.iter().any(|n| n.kind == NameKind::Primary));
        let kind = if kind == NameKind::Primary && has_primary { NameKind::Alias } else { kind };
        gathering.name(kind, &name, at);
    }
}

/// `RU (Barnaul)`: the country, and a place in it.
fn add_jurisdiction(text: &str, at: Place, gathering: &mut Gathering) {
    let (country, places) = pieces::without_brackets(text);
    let country = country.trim().to_owned();
    for city in places.into_iter().filter(|place| !place.contains(|c: char| c.is_ascii_digit())) {
        gathering.address(Address { city, country: country.clone(), ..Address::default() }, at);
    }
    if let Some(entry) = gathering.entry()
        && !country.is_empty()
    {
        entry.jurisdiction.get_or_insert(country);
    }
}

fn add_countries(text: &str, gathering: &mut Gathering) {
    for country in text.split([';', '|', ',', '\n', '/']).map(str::trim).filter(|country| !country.is_empty())
    {
        if let Some(entry) = gathering.entry()
            && !entry.countries.iter().any(|known| known == country)
        {
            entry.countries.push(country.to_owned());
        }
    }
}

fn add_birth_date(text: &str, at: Place, gathering: &mut Gathering) {
    let text = text.trim();
    let date =
        if birth_date(text) { Some(text.to_owned()) } else { dates::read(text).map(|date| date.to_string()) };
    match (date, gathering.entry()) {
        (Some(date), Some(entry)) => {
            entry.birth_date.get_or_insert(date);
            entry.entry_type = EntryType::Person;
        }
        _ => gathering.problem(
            at,
            shown(text),
            Phrase::new(
                "a birth date such as 1971-03-04 or 1971",
                "een geboortedatum zoals 1971-03-04 of 1971",
            ),
            Phrase::new("the date was left out", "de datum is weggelaten"),
        ),
    }
}

fn add_observed(field: Field, text: &str, at: Place, gathering: &mut Gathering) {
    let day = date(text, at, gathering);
    let Some(entry) = gathering.entry() else { return };
    match field {
        Field::FirstObserved => entry.first_observed = day,
        Field::LastObserved => entry.last_observed = day,
        _ => entry.review_by = day,
    }
}

/// A date in one of the usual forms, or a problem.
pub(super) fn date(text: &str, at: Place, gathering: &mut Gathering) -> Option<Date> {
    let date = dates::read(text.trim());
    if date.is_none() {
        let expected = Phrase::new(
            "a date such as 2026-03-31 or 31-03-2026",
            "een datum zoals 2026-03-31 of 31-03-2026",
        );
        let hint = Phrase::new(
            "the date was left out, so the values count as if they had none",
            "de datum is weggelaten, dus de waarden tellen alsof ze er geen hadden",
        );
        gathering.problem(at, shown(text), expected, hint);
    }
    date
}

/// Values of several kinds in one cell: those with a form of their own are taken, the rest is listed.
fn add_mixed(text: &str, at: Place, gathering: &mut Gathering) {
    for piece in pieces::outside_brackets(text, &['\n', ';', '|']) {
        if let Some((field, value)) = label(&piece) {
            add(field, value, at, Manner::Prose, gathering);
            continue;
        }
        let restored = defang::restored(&piece);
        let found = scan::scan(&restored);
        if found.is_empty() && !restored.trim().is_empty() {
            let hint = Phrase::new(
                "it was left out; put its kind before it, as in `Telegram: @name`",
                "het is weggelaten; zet de soort ervoor, zoals `Telegram: @naam`",
            );
            gathering.problem(at, shown(&restored), Phrase::new("an identifier", "een identificatie"), hint);
        }
        found.into_iter().for_each(|found| gathering.identifier(found.kind, &found.value, at));
    }
}

/// A label with a colon, and what stands after it.
pub(super) fn label(text: &str) -> Option<(Field, &str)> {
    let (words, value) = text.split_once([':', '='])?;
    // `https://` and `2001:db8::` are no labels.
    if value.starts_with(['/', ':']) {
        return None;
    }
    Field::of(words.trim_start_matches(['-', '*', '\u{2022}', '\u{b7}', ' ']))
        .map(|field| (field, value.trim()))
}

/// Adds the identifiers that a text shows by their form. Answers whether there was any.
pub(super) fn add_found(text: &str, at: Place, gathering: &mut Gathering) -> bool {
    let found = scan::scan(&defang::restored(text));
    let any = !found.is_empty();
    found.into_iter().for_each(|found| gathering.identifier(found.kind, &found.value, at));
    any
}

/// A date in one of the usual forms.
pub(super) fn date_in(text: &str) -> Option<Date> {
    dates::read(text.trim())
}

fn add_identifiers(kind: IdentifierKind, text: &str, at: Place, manner: Manner, gathering: &mut Gathering) {
    let restored = defang::restored(text);
    for piece in pieces::outside_brackets(&restored, &['\n', ';', '|']) {
        if let Some((Field::Identifier(other), value)) = label(&piece) {
            add_values(other, value, at, manner, gathering);
        } else {
            add_values(kind, &piece, at, manner, gathering);
        }
    }
}

fn add_values(kind: IdentifierKind, text: &str, at: Place, manner: Manner, gathering: &mut Gathering) {
    // The brackets in a phone number are a part of it.
    let (text, notes) = if kind == IdentifierKind::Phone && !has_words_in_brackets(text) {
        (text.to_owned(), Vec::new())
    } else {
        pieces::without_brackets(text)
    };
    for value in pieces::values(kind, &text, manner) {
        add_value(kind, value, at, gathering);
    }
    for note in notes {
        add_note_of_value(&note, at, gathering);
    }
}

fn has_words_in_brackets(text: &str) -> bool {
    text.split('(').skip(1).any(|part| part.split(')').next().unwrap_or(part).contains(char::is_alphabetic))
}

/// A value under the heading of `kind`. Where its form says that it is something else, the form is believed.
fn add_value(kind: IdentifierKind, value: &str, at: Place, gathering: &mut Gathering) {
    use IdentifierKind::{Domain, Email, RegisterNumber, TelegramId, TelegramName, VatNumber, Wallet};
    let value = without_own_label(kind, value);
    let only_digits = !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit());
    if kind == TelegramName && only_digits {
        return gathering.identifier(TelegramId, value, at);
    }
    let is_other = |found: &Found| match kind {
        Domain | IdentifierKind::NameServer | IdentifierKind::Hostname => {
            !matches!(found.kind, Domain | IdentifierKind::ForumNick)
        }
        Email => found.kind == Domain,
        IdentifierKind::Asn => found.kind == IdentifierKind::IpRange,
        IdentifierKind::IpRange => matches!(found.kind, IdentifierKind::Asn | Domain),
        RegisterNumber | VatNumber | Wallet => {
            matches!(found.kind, VatNumber | Email | Domain | TelegramName)
        }
        IdentifierKind::Handle => found.kind == TelegramName && value.contains("t.me"),
        _ => false,
    };
    match scan::whole(value).filter(is_other) {
        Some(found) => gathering.identifier(found.kind, &found.value, at),
        None => gathering.identifier(kind, value, at),
    }
    if kind == RegisterNumber && only_digits && is_dutch_register(gathering.entry()) {
        set_country(gathering.entry());
    }
}

/// A Dutch register number has eight digits; with that form and jurisdiction the register is known.
fn is_dutch_register(entry: Option<&mut Entry>) -> bool {
    entry.is_some_and(|entry| {
        entry.jurisdiction.as_deref() == Some("NL")
            && entry.identifiers.last().is_some_and(|last| last.value.len() == 8)
    })
}

fn set_country(entry: Option<&mut Entry>) {
    let last: Option<&mut Identifier> = entry.and_then(|entry| entry.identifiers.last_mut());
    if let Some(last) = last {
        last.country.get_or_insert_with(|| "NL".to_owned());
    }
}

/// `KvK 00000000` under the heading of register numbers, `BTC 1...` under that of wallets.
fn without_own_label(kind: IdentifierKind, value: &str) -> &str {
    let value = value.trim();
    match value.split_once([' ', ':']) {
        Some((word, rest))
            if Field::of(word) == Some(Field::Identifier(kind)) && rest.contains(char::is_alphanumeric) =>
        {
            rest.trim_start_matches([' ', ':', '.', '#'])
        }
        _ => value,
    }
}

/// What stood in brackets behind a value: another identifier with its label (`tax id 000000000`), or a note.
fn add_note_of_value(note: &str, at: Place, gathering: &mut Gathering) {
    if let Some(found) = scan::whole(note)
        && found.value.len() < note.len()
    {
        return gathering.identifier(found.kind, &found.value, at);
    }
    // The name of the chain behind a wallet says nothing that the wallet does not.
    if !matches!(Field::of(note), Some(Field::Identifier(_))) {
        gathering.note(note);
    }
}

/// What an entry is whose source does not say it.
pub(super) fn guessed_type(entry: &Entry) -> EntryType {
    use IdentifierKind::{Asn, IpRange, Lei, NetName, RegisterNumber, VatNumber};
    let kinds = || entry.identifiers.iter().map(|identifier| identifier.kind);
    let has_form = |name: &watchlist::Name| name.text.split_whitespace().skip(1).any(fields::is_legal_form);
    if entry.birth_date.is_some() {
        EntryType::Person
    } else if entry.names.is_empty() && kinds().all(|kind| matches!(kind, Asn | IpRange | NetName)) {
        EntryType::Network
    } else if kinds().any(|kind| matches!(kind, RegisterNumber | VatNumber | Lei))
        || entry.names.iter().any(has_form)
    {
        EntryType::LegalEntity
    } else {
        EntryType::Brand
    }
}
