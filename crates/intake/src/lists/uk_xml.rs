//! The UK Sanctions List as XML: one `Designation` for each party.
//!
//! Published by the FCDO. Ships are no parties and are counted as left out; places of birth, positions
//! and genders are passed over.

use watchlist::NameKind;

use super::gathering::Gathering;
use super::xml::Element;
use super::{Place, sanctions, uk};

pub(super) fn add(element: &Element, gathering: &mut Gathering) {
    match element.name.as_str() {
        "DateGenerated" => gathering.head().issued_at = sanctions::date(element.text.trim()),
        "Designation" => designation(element, gathering),
        "Designations" => {}
        other => gathering.leave_out(&format!("element {other}"), Place::Line(element.line)),
    }
}

fn designation(element: &Element, gathering: &mut Gathering) {
    let at = Place::Line(element.line);
    gathering.end();
    let Some(entry_type) = uk::entry_type(element.of("IndividualEntityShip"), at, gathering) else { return };
    gathering.begin(element.of("UniqueID"), entry_type, at);
    for name in element.all(&["Names", "Name"]) {
        let parts = ["Name1", "Name2", "Name3", "Name4", "Name5", "Name6"].map(|part| name.of(part));
        let kind = uk::name_kind(name.of("NameType"), name.of("AliasStrength"));
        uk::name(kind, &parts, Place::Line(name.line), gathering);
    }
    for name in element.all(&["NonLatinNames", "NonLatinName"]) {
        uk::name(NameKind::Alias, &[name.of("NameNonLatinScript")], Place::Line(name.line), gathering);
    }
    for one in element.all(&["Addresses", "Address"]) {
        let lines =
            ["AddressLine1", "AddressLine2", "AddressLine3", "AddressLine4", "AddressLine5", "AddressLine6"];
        let address = uk::address(
            &lines.map(|line| one.of(line)),
            one.of("AddressPostalCode"),
            one.of("AddressCountry"),
        );
        sanctions::address(address, Place::Line(one.line), gathering);
    }
    contacts(element, gathering);
    details(element, gathering);
    uk::regime(element.of("RegimeName"), gathering);
    gathering.note(element.of("OtherInformation"));
}

fn contacts(element: &Element, gathering: &mut Gathering) {
    use watchlist::IdentifierKind::{Domain, Email, Phone};
    for (way, kind) in [
        (["PhoneNumbers", "PhoneNumber"], Phone),
        (["EmailAddresses", "EmailAddress"], Email),
        (["Websites", "Website"], Domain),
    ] {
        for one in element.all(&way) {
            uk::values(kind, &one.text, Place::Line(one.line), gathering);
        }
    }
}

fn details(element: &Element, gathering: &mut Gathering) {
    let person = ["IndividualDetails", "Individual"];
    for one in deep(element, &person, &["DOBs", "DOB"]) {
        sanctions::born(&one.text, Place::Line(one.line), gathering);
    }
    for one in deep(element, &person, &["Nationalities", "Nationality"]) {
        sanctions::country(&one.text, gathering);
    }
    for (sort, way) in [
        ("passport number", ["PassportDetails", "Passport"]),
        ("national identifier", ["NationalIdentifierDetails", "NationalIdentifier"]),
    ] {
        for one in deep(element, &person, &way) {
            gathering.leave_out(sort, Place::Line(one.line));
        }
    }
    let entity = ["EntityDetails", "Entity"];
    for one in deep(element, &entity, &["BusinessRegistrationNumbers", "BusinessRegistrationNumber"]) {
        uk::register_numbers(&one.text, Place::Line(one.line), gathering);
    }
    for (word, way) in [
        ("parent company", ["ParentCompanies", "ParentCompany"]),
        ("subsidiary", ["Subsidiaries", "Subsidiary"]),
    ] {
        for one in deep(element, &entity, &way) {
            uk::related(word, &one.text, gathering);
        }
    }
}

fn deep<'e>(element: &'e Element, way: &[&str], further: &[&str]) -> Vec<&'e Element> {
    element.all(&[way, further].concat())
}
