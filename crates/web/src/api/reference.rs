//! The description of the interface for people: one page from the server, made from the same document that programs read.

use askama::Template;
use axum::http::HeaderMap;
use axum::response::Response;
use serde_json::Value;

use crate::guard;
use crate::pages::{Page, shown};

#[derive(Template)]
#[template(path = "reference.html")]
struct ReferencePage {
    page: Page,
    title: String,
    about: String,
    groups: Vec<Group>,
    schemas: Vec<Schema>,
}

struct Group {
    name: String,
    about: String,
    calls: Vec<Call>,
}

struct Call {
    anchor: String,
    method: String,
    path: String,
    summary: String,
    /// Where, name, kind, what it is.
    parameters: Vec<(String, String, String, String)>,
    /// The schema of the body, and its kind.
    body: Option<(String, String)>,
    /// Status, what it says, and its schema.
    answers: Vec<(String, String, String)>,
}

struct Schema {
    name: String,
    about: String,
    /// Field, kind, what it is.
    fields: Vec<(String, String, String)>,
}

/// Shows the document.
pub(super) fn show(headers: &HeaderMap, document: &utoipa::openapi::OpenApi) -> Response {
    let document = serde_json::to_value(document).unwrap_or_default();
    let tags = document["tags"].as_array().cloned().unwrap_or_default();
    let groups = tags.iter().map(|tag| group(&document, &text(&tag["name"]), text(&tag["description"])));
    let schemas = document["components"]["schemas"].as_object().cloned().unwrap_or_default();
    shown(&ReferencePage {
        page: Page::anonymous(guard::language(headers)),
        title: text(&document["info"]["title"]),
        about: text(&document["info"]["description"]),
        groups: groups.collect(),
        schemas: schemas.iter().map(|(name, schema)| schema_of(name, schema)).collect(),
    })
}

fn group(document: &Value, tag: &str, about: String) -> Group {
    let paths = document["paths"].as_object().cloned().unwrap_or_default();
    let calls = paths.iter().flat_map(|(path, calls)| {
        let calls = calls.as_object().cloned().unwrap_or_default();
        calls.into_iter().map(|(method, one)| (path.clone(), method, one)).collect::<Vec<_>>()
    });
    let of_tag = calls.filter(|(_, _, one)| one["tags"][0] == *tag);
    Group {
        name: tag.to_owned(),
        about,
        calls: of_tag.map(|(path, method, one)| call(path, &method, &one)).collect(),
    }
}

fn call(path: String, method: &str, one: &Value) -> Call {
    let parameters = one["parameters"].as_array().cloned().unwrap_or_default();
    let parameter =
        |one: &Value| (text(&one["in"]), text(&one["name"]), kind(&one["schema"]), text(&one["description"]));
    let content = |content: &Value| {
        let content = content.as_object()?;
        let (media, one) = content.iter().next()?;
        Some((kind(&one["schema"]), media.clone()))
    };
    let answers = one["responses"].as_object().cloned().unwrap_or_default();
    let answer = |(status, one): (&String, &Value)| {
        let schema = content(&one["content"]).map(|(kind, _)| kind).unwrap_or_default();
        (status.clone(), text(&one["description"]), schema)
    };
    Call {
        anchor: text(&one["operationId"]),
        method: method.to_uppercase(),
        path,
        summary: text(&one["summary"]),
        parameters: parameters.iter().map(parameter).collect(),
        body: content(&one["requestBody"]["content"]),
        answers: answers.iter().map(answer).collect(),
    }
}

fn schema_of(name: &str, schema: &Value) -> Schema {
    let parts = schema["allOf"].as_array().cloned().unwrap_or_else(|| vec![schema.clone()]);
    let mut fields = Vec::new();
    for part in &parts {
        if part.get("$ref").is_some() {
            fields.push((String::from("…"), kind(part), String::new()));
        }
        let properties = part["properties"].as_object().cloned().unwrap_or_default();
        fields.extend(
            properties.iter().map(|(name, one)| (name.clone(), kind(one), text(&one["description"]))),
        );
    }
    Schema { name: name.to_owned(), about: text(&schema["description"]), fields }
}

/// A schema in a word or two.
fn kind(schema: &Value) -> String {
    if let Some(name) = schema["$ref"].as_str().and_then(|link| link.rsplit('/').next()) {
        return name.to_owned();
    }
    let of = |one: &Value| match one.as_str() {
        Some("array") => format!("[{}]", kind(&schema["items"])),
        Some(word) => schema["format"].as_str().unwrap_or(word).to_owned(),
        None => String::new(),
    };
    if let Some(words) = schema["type"].as_array() {
        return words.iter().map(of).collect::<Vec<_>>().join(" | ");
    }
    if let Some(some) = schema["oneOf"].as_array() {
        return some.iter().map(kind).collect::<Vec<_>>().join(" | ");
    }
    of(&schema["type"])
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
