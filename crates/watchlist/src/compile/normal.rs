//! The one form in which an entry leaves: the same facts give the same bytes.

use crate::format::v1::{advice, withdrawal_reason};
use crate::{Entry, Identifier, Name, RetractedValue, Strength};

/// The entry with its lists sorted, exact repetitions gone and blanks around texts cut.
///
/// Nothing is folded or cleaned otherwise: values stay as the source wrote them. Doing it twice
/// changes nothing more.
pub fn normal_form(mut entry: Entry) -> Entry {
    cut_all(&mut entry);
    sorted(&mut entry.names, name_key);
    sorted(&mut entry.identifiers, identifier_key);
    sorted(&mut entry.addresses, |address| {
        (address.country.clone(), address.city.clone(), address.postcode.clone(), address.street.clone())
    });
    sorted(&mut entry.relations, Clone::clone);
    sorted(&mut entry.retracted, retracted_key);
    for texts in [&mut entry.countries, &mut entry.claims.offences, &mut entry.criteria] {
        sorted(texts, Clone::clone);
    }
    entry
}

fn cut_all(entry: &mut Entry) {
    for name in &mut entry.names {
        cut(&mut name.text);
    }
    for identifier in &mut entry.identifiers {
        cut(&mut identifier.value);
    }
    for address in &mut entry.addresses {
        for part in [&mut address.street, &mut address.postcode, &mut address.city, &mut address.country] {
            cut(part);
        }
    }
    for texts in [&mut entry.countries, &mut entry.claims.offences, &mut entry.criteria] {
        texts.iter_mut().for_each(cut);
        texts.retain(|text| !text.is_empty());
    }
    for text in [&mut entry.jurisdiction, &mut entry.note, &mut entry.claims.bulletproof] {
        if let Some(text) = text {
            cut(text);
        }
        if text.as_deref() == Some("") {
            *text = None;
        }
    }
}

fn cut(text: &mut String) {
    if text.trim().len() != text.len() {
        *text = text.trim().to_owned();
    }
}

fn sorted<T: PartialEq, K: Ord>(values: &mut Vec<T>, key: impl Fn(&T) -> K) {
    values.sort_by_cached_key(key);
    values.dedup();
}

fn name_key(name: &Name) -> impl Ord + use<> {
    (name.kind, name.text.clone(), name.script.clone())
}

fn identifier_key(identifier: &Identifier) -> impl Ord + use<> {
    let Identifier { kind, value, validity, strength, country } = identifier;
    let strength: Option<Strength> = *strength;
    (*kind, value.clone(), validity.from, validity.to, strength, country.clone())
}

fn retracted_key(retracted: &RetractedValue) -> impl Ord + use<> {
    let RetractedValue { value, reason, advice: what, since, note } = retracted;
    (value.clone(), *since, withdrawal_reason(*reason), advice(*what), note.clone())
}
