//! The EU consolidated financial sanctions list as XML (version 1.1): one `sanctionEntity` for each party.
//!
//! Published by the European Commission (FISMA). Genders and places of birth are passed over; passports
//! and the like are counted as left out.

use super::gathering::Gathering;
use super::xml::Element;
use super::{Place, eu, sanctions};

pub(super) fn add(element: &Element, gathering: &mut Gathering) {
    match element.name.as_str() {
        "export" => gathering.head().issued_at = sanctions::date(element.attribute("generationDate")),
        "sanctionEntity" => entity(element, gathering),
        other => gathering.leave_out(&format!("element {other}"), Place::Line(element.line)),
    }
}

fn entity(element: &Element, gathering: &mut Gathering) {
    let at = Place::Line(element.line);
    let subject = element.children().find(|child| child.name == "subjectType");
    let code = subject.map_or("", |subject| subject.attribute("code"));
    let id = Some(element.attribute("euReferenceNumber")).filter(|id| !id.is_empty());
    let entry_type = eu::entry_type(code, at, gathering);
    gathering.begin(id.unwrap_or_else(|| element.attribute("logicalId")), entry_type, at);
    for child in element.children() {
        part(child, gathering);
    }
    gathering.note(element.attribute("designationDetails"));
}

fn part(child: &Element, gathering: &mut Gathering) {
    let at = Place::Line(child.line);
    match child.name.as_str() {
        "nameAlias" => name(child, at, gathering),
        "address" => address(child, at, gathering),
        "contactInfo" => eu::contact(child.attribute("key"), child.attribute("value"), at, gathering),
        "identification" => eu::identification(
            child.attribute("identificationTypeCode"),
            Some(child.attribute("number"))
                .filter(|number| !number.is_empty())
                .unwrap_or_else(|| child.attribute("latinNumber")),
            child.attribute("countryIso2Code"),
            at,
            gathering,
        ),
        "birthdate" => {
            let date = child.attribute("birthdate");
            sanctions::born(if date.is_empty() { child.attribute("year") } else { date }, at, gathering);
        }
        "citizenship" => sanctions::country(child.attribute("countryIso2Code"), gathering),
        "regulation" => {
            eu::regulation(child.attribute("programme"), child.attribute("numberTitle"), gathering);
        }
        "remark" => gathering.note(&child.text),
        "subjectType" => {}
        other => gathering.leave_out(&format!("element {other}"), at),
    }
}

fn name(child: &Element, at: Place, gathering: &mut Gathering) {
    let strong = child.attribute("strong") != "false";
    let whole = child.attribute("wholeName");
    if whole.is_empty() {
        let parts = ["firstName", "middleName", "lastName"].map(|part| child.attribute(part));
        let joined = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
        eu::name(&joined, strong, at, gathering);
    } else {
        eu::name(whole, strong, at, gathering);
    }
    gathering.note(child.attribute("function"));
    for child in child.children().filter(|child| child.name == "remark") {
        gathering.note(&child.text);
    }
}

fn address(child: &Element, at: Place, gathering: &mut Gathering) {
    let of = |name: &str| child.attribute(name);
    let address = eu::address([
        of("street"),
        of("poBox"),
        of("zipCode"),
        of("city"),
        of("place"),
        of("region"),
        of("countryIso2Code"),
    ]);
    sanctions::address(address, at, gathering);
    for part in child.children() {
        let at = Place::Line(part.line);
        match part.name.as_str() {
            "contactInfo" => eu::contact(part.attribute("key"), part.attribute("value"), at, gathering),
            "remark" => gathering.note(&part.text),
            _ => {}
        }
    }
}
