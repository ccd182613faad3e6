//! What lists of sanctions have in common: dates of birth in all forms, countries, addresses with holes.

use jiff::civil::Date;
use watchlist::{Address, EntryType, Phrase};

use super::Place;
use super::cells;
use super::gathering::Gathering;
use super::problem::shown;

/// An address; one with a country only is a country.
pub(super) fn address(address: Address, at: Place, gathering: &mut Gathering) {
    if !address.is_empty() {
        gathering.address(address, at);
    } else {
        country(&address.country, gathering);
    }
}

/// A country in the source's words. `00` is what the EU writes where it knows none.
pub(super) fn country(country: &str, gathering: &mut Gathering) {
    let country = country.trim();
    if let Some(entry) = gathering.entry()
        && !matches!(country, "" | "00" | "UNKNOWN")
        && !entry.countries.iter().any(|known| known == country)
    {
        entry.countries.push(country.to_owned());
    }
}

/// A birth date. The first one is kept as such; further ones go to the note, since a person with
/// several dates is told by none of them surely.
pub(super) fn born(text: &str, at: Place, gathering: &mut Gathering) {
    let text = text.trim();
    if text.is_empty() {
        return;
    }
    let Some(date) = birth_date(text) else {
        let expected = Phrase::new(
            "a birth date such as 12 Mar 1970 or 1970",
            "een geboortedatum zoals 12 Mar 1970 of 1970",
        );
        let hint = Phrase::new(
            "the date was left out; the other values of the person were kept",
            "de datum is weggelaten; de andere waarden van de persoon zijn gebleven",
        );
        gathering.problem(at, shown(text), expected, hint);
        return;
    };
    let Some(entry) = gathering.entry() else { return };
    match &entry.birth_date {
        None => {
            entry.birth_date = Some(date);
            entry.entry_type = EntryType::Person;
        }
        Some(known) if *known != date => gathering.note(&format!("also born: {text}")),
        Some(_) => {}
    }
}

/// A whole date as `YYYY-MM-DD`; of a date with unknown parts, of a span or of `circa` the year.
pub(super) fn birth_date(text: &str) -> Option<String> {
    let exact = !text.to_lowercase().contains("circa");
    if exact && let Some(date) = date(text) {
        return Some(date.to_string());
    }
    let mut years = text.split(|c: char| !c.is_ascii_digit()).filter(|group| {
        group.len() == 4 && (group.starts_with("18") || group.starts_with("19") || group.starts_with("20"))
    });
    let year = years.next()?;
    // A span of years is no year.
    (years.next().is_none()).then(|| year.to_owned())
}

/// A date in one of the forms of these lists; the day comes before the month.
pub(super) fn date(text: &str) -> Option<Date> {
    cells::date_in(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn birth_dates_in_all_forms() {
        let check =
            |text: &str, expected: Option<&str>| assert_eq!(birth_date(text).as_deref(), expected, "{text}");

        check("12 Mar 1970", Some("1970-03-12"));
        check("1970-03-12", Some("1970-03-12"));
        check("12/03/1970", Some("1970-03-12"));
        check("Mar 1970", Some("1970"));
        check("dd/mm/1970", Some("1970"));
        check("circa 1970", Some("1970"));
        check("circa 12 Mar 1970", Some("1970"));
        check("1970 to 1972", None);
        check("1970", Some("1970"));
        check("unknown", None);
    }
}
