//! The SDN list of OFAC as XML (`sdn.xml`, `consolidated.xml`): one `sdnEntry` for each party.
//!
//! Format: <https://ofac.treasury.gov/sdn-list-data-formats-data-schemas>. Vessels and aircraft are no
//! parties and are counted as left out. Gender and places of birth are passed over.

use watchlist::{Address, NameKind};

use super::gathering::Gathering;
use super::xml::Element;
use super::{Place, ofac};

pub(super) fn add(element: &Element, gathering: &mut Gathering) {
    match element.name.as_str() {
        "publshInformation" => gathering.head().issued_at = ofac::american_date(element.of("Publish_Date")),
        "sdnEntry" => entry(element, gathering),
        "sdnList" => {}
        other => gathering.leave_out(&format!("element {other}"), Place::Line(element.line)),
    }
}

fn entry(element: &Element, gathering: &mut Gathering) {
    let at = Place::Line(element.line);
    gathering.end();
    let Some(entry_type) = ofac::entry_type(element.of("sdnType"), at, gathering) else { return };
    gathering.begin(element.of("uid"), entry_type, at);
    gathering.name(NameKind::Primary, &full_name(element), at);
    for alias in element.all(&["akaList", "aka"]) {
        let kind = ofac::alias_kind(alias.of("type"), alias.of("category") == "weak");
        gathering.name(kind, &full_name(alias), Place::Line(alias.line));
    }
    for one in element.all(&["addressList", "address"]) {
        address(one, gathering);
    }
    for one in element.all(&["idList", "id"]) {
        let country = one.of("idCountry");
        ofac::identifier(one.of("idType"), one.of("idNumber"), country, Place::Line(one.line), gathering);
    }
    for list in [["nationalityList", "nationality"], ["citizenshipList", "citizenship"]] {
        element.all(&list).iter().for_each(|one| ofac::country(one.of("country"), gathering));
    }
    for one in element.all(&["dateOfBirthList", "dateOfBirthItem"]) {
        ofac::born(one.of("dateOfBirth"), Place::Line(one.line), gathering);
    }
    let programmes: Vec<&str> =
        element.all(&["programList", "program"]).iter().map(|one| one.text.trim()).collect();
    ofac::programme(&programmes.join(", "), gathering);
    gathering.note(element.of("title"));
    gathering.note(element.of("remarks"));
}

fn full_name(element: &Element) -> String {
    let parts = [element.of("firstName"), element.of("lastName")];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

fn address(one: &Element, gathering: &mut Gathering) {
    let lines = ["address1", "address2", "address3"].map(|line| one.of(line));
    let city = [one.of("city"), one.of("stateOrProvince")];
    let joined =
        |parts: &[&str]| parts.iter().copied().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
    let address = Address {
        street: joined(&lines),
        postcode: one.of("postalCode").to_owned(),
        city: joined(&city),
        country: one.of("country").to_owned(),
    };
    ofac::address(address, Place::Line(one.line), gathering);
}
