//! One JSON document into its customers, and one customer into pairs of key and text.

use serde_json::{Map, Value};

type Object = Map<String, Value>;

/// Keys that only wrap what we look for.
const WRAPPERS: &[&str] = &[
    "client",
    "clients",
    "customer",
    "customers",
    "data",
    "item",
    "items",
    "result",
    "results",
    "record",
    "records",
    "row",
    "rows",
    "response",
    "list",
    "attributes",
    "address",
    "addresses",
    "billing_address",
    "billing",
    "contact_info",
    "profile",
    "properties",
    "tenant",
];

/// Keys of what a customer has bought.
const SERVICES: &[&str] = &[
    "product",
    "products",
    "service",
    "services",
    "hosting",
    "hostings",
    "order",
    "orders",
    "domains",
    "vps",
    "assignments",
];

/// Deepest nesting that is looked into. The parser itself stops at 128.
const DEEPEST: usize = 12;

pub(in crate::customers) fn is_wrapper(key: &str) -> bool {
    WRAPPERS.contains(&key)
}

pub(in crate::customers) fn is_service(key: &str) -> bool {
    SERVICES.contains(&key)
}

/// The objects of a document that stand for customers: itself, or those that it wraps.
pub(super) fn customers(document: &Value) -> Vec<&Object> {
    let mut found = Vec::new();
    collect(document, DEEPEST, &mut found);
    found
}

fn collect<'a>(value: &'a Value, depth: usize, found: &mut Vec<&'a Object>) {
    match value {
        Value::Array(values) if depth > 0 => values.iter().for_each(|value| collect(value, depth - 1, found)),
        Value::Object(object) => {
            let before = found.len();
            if depth > 0 && !says_who(object) {
                for (key, inner) in object {
                    if (is_wrapper(key) || is_service(key)) && holds_objects(inner) {
                        collect(inner, depth - 1, found);
                    }
                }
            }
            if found.len() == before {
                found.push(object);
            }
        }
        _ => {}
    }
}

/// Whether an object names somebody itself, so that what it wraps belongs to it.
fn says_who(object: &Object) -> bool {
    const WHO: &[&str] =
        &["email", "company", "companyname", "company_name", "name", "lastname", "last_name", "tenant"];
    let text = |value: &Value| value.as_str().is_some_and(|text| !text.is_empty());
    object.iter().any(|(key, value)| {
        WHO.iter().any(|who| who.eq_ignore_ascii_case(key))
            && (text(value) || (key == "tenant" && value.is_object()))
    })
}

fn holds_objects(value: &Value) -> bool {
    match value {
        Value::Object(_) => true,
        Value::Array(values) => values.iter().any(Value::is_object),
        _ => false,
    }
}

/// Every value with its path, `users.user.email`; values of an array one by one under the same path.
pub(super) fn pairs(object: &Object) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    object.iter().for_each(|(key, value)| flatten(key, value, DEEPEST, &mut pairs));
    pairs
}

fn flatten(path: &str, value: &Value, depth: usize, pairs: &mut Vec<(String, String)>) {
    match value {
        Value::Null => {}
        Value::Bool(value) => pairs.push((path.to_owned(), value.to_string())),
        Value::Number(number) => pairs.push((path.to_owned(), number.to_string())),
        Value::String(text) => pairs.push((path.to_owned(), text.clone())),
        _ if depth == 0 => {}
        Value::Array(values) => values.iter().for_each(|value| flatten(path, value, depth - 1, pairs)),
        Value::Object(object) => match custom_field(path, object) {
            Some((key, value)) => flatten(&key, value, depth - 1, pairs),
            None => object
                .iter()
                .for_each(|(key, value)| flatten(&format!("{path}.{key}"), value, depth - 1, pairs)),
        },
    }
}

/// A field that the user of the program has added: `{"name": "Telegram", "value": "@x"}`, or only with
/// its number, `{"id": 7, "value": "@x"}`, which then is `customfields7`.
fn custom_field<'a>(path: &str, object: &'a Object) -> Option<(String, &'a Value)> {
    let value = object.get("value")?;
    for key in ["name", "fieldname", "key", "label"] {
        if let Some(name) = object.get(key).and_then(Value::as_str).filter(|name| !name.is_empty()) {
            return Some((name.to_owned(), value));
        }
    }
    let id = object.get("id")?;
    let id = id.as_str().map_or_else(|| id.to_string(), str::to_owned);
    let parent = path.rsplit('.').next().unwrap_or(path);
    Some((format!("{}{id}", if parent == "customfield" { "customfields" } else { parent }), value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(document: &str, expected: &[&[&str]]) {
        let document: Value = serde_json::from_str(document).unwrap();
        let found: Vec<Vec<String>> = customers(&document)
            .into_iter()
            .map(|object| pairs(object).into_iter().map(|(key, text)| format!("{key}={text}")).collect())
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn customers_are_found_in_what_wraps_them() {
        check(r#"{"result":"success","client":{"id":1,"email":"a@x.test"}}"#, &[&["email=a@x.test", "id=1"]]);
        check(r#"{"clients":{"client":[{"id":1},{"id":2}]}}"#, &[&["id=1"], &["id=2"]]);
        check(
            r#"[{"id":1,"ips":["192.0.2.1","192.0.2.2"]}]"#,
            &[&["id=1", "ips=192.0.2.1", "ips=192.0.2.2"]],
        );
        check(
            r#"{"id":1,"name":"A","products":[{"domain":"a.test"}]}"#,
            &[&["id=1", "name=A", "products.domain=a.test"]],
        );
    }

    #[test]
    fn added_fields_are_called_by_their_name_or_number() {
        check(
            r#"{"email":"a@x.test","customfields":[{"id":7,"value":"@x"},{"name":"KvK","value":"1"}]}"#,
            &[&["customfields7=@x", "KvK=1", "email=a@x.test"]],
        );
    }
}
