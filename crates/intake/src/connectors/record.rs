//! What is kept of one customer: values with their meaning, and nothing that has no meaning here.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use watchlist::IdentifierKind;

use crate::customers::Field;

/// A customer as a source gave it. As a line of JSON it is a customer file that `--profile connector` reads.
#[derive(Clone, PartialEq, Eq)]
pub struct Record {
    /// The customer's id in the source.
    pub id: String,
    /// Values in the order they were found; each once.
    values: Vec<(Field, String)>,
}

impl Record {
    pub fn new(id: impl Into<String>) -> Self {
        Self { id: id.into(), values: Vec::new() }
    }

    /// The same values under another id.
    pub(super) fn called(self, id: String) -> Self {
        Self { id, ..self }
    }

    /// Takes a value, unless it is empty or already there.
    pub(super) fn put(&mut self, field: Field, value: &str) {
        let value = value.trim();
        if !value.is_empty() && !self.has(field, value) {
            self.values.push((field, value.to_owned()));
        }
    }

    pub(super) fn identifier(&mut self, kind: IdentifierKind, value: &str) {
        self.put(Field::Identifier(kind), value);
    }

    /// A person's name out of its parts, given name first.
    pub(super) fn person(&mut self, field: Field, first: &str, last: &str) {
        self.put(field, &format!("{} {}", first.trim(), last.trim()));
    }

    fn has(&self, field: Field, value: &str) -> bool {
        self.values.iter().any(|(known, text)| *known == field && text == value)
    }

    /// The values of one field.
    pub fn values(&self, field: Field) -> impl Iterator<Item = &str> {
        self.values.iter().filter(move |(known, _)| *known == field).map(|(_, value)| value.as_str())
    }

    /// The fields that have a value.
    pub fn fields(&self) -> impl Iterator<Item = Field> {
        self.values.iter().map(|(field, _)| *field)
    }

    pub(super) fn leave_out(&mut self, is_left_out: impl Fn(Field, &str) -> bool) {
        self.values.retain(|(field, value)| !is_left_out(*field, value));
    }

    /// Takes over what another record of the same customer says.
    pub(super) fn add(&mut self, other: &Self) {
        other.values.iter().for_each(|(field, value)| self.put(*field, value));
    }

    /// One line of JSON without its end. The same record gives the same bytes.
    pub fn to_line(&self) -> String {
        let mut object = Map::new();
        object.insert(Field::Id.name().to_owned(), Value::from(self.id.as_str()));
        for (field, value) in &self.values {
            let values = object.entry(field.name()).or_insert_with(|| Value::Array(Vec::new()));
            if let Value::Array(values) = values {
                values.push(Value::from(value.as_str()));
            }
        }
        Value::Object(object).to_string()
    }
}

/// Shows nothing of the customer.
impl std::fmt::Debug for Record {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Record({} values)", self.values.len())
    }
}

/// As it is kept until a source was read to its end.
#[derive(Serialize, Deserialize)]
struct Kept {
    id: String,
    values: Vec<(String, String)>,
}

impl Serialize for Record {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let values = self.values.iter().map(|(field, value)| (field.name().to_owned(), value.clone()));
        Kept { id: self.id.clone(), values: values.collect() }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Record {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let kept = Kept::deserialize(deserializer)?;
        let field =
            |name: &str| Field::from_name(name).ok_or_else(|| serde::de::Error::custom("no such field"));
        let values = kept.values.into_iter().map(|(name, value)| Ok((field(&name)?, value)));
        Ok(Self { id: kept.id, values: values.collect::<Result<_, D::Error>>()? })
    }
}
