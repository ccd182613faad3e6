//! Answers as the programs really write them: numbers as text, nothing as `""`, one thing where a list is expected.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{self, DeserializeOwned, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Serialize};

use super::Fault;

/// Reads an answer. What is no UTF-8 is read as Windows-1252: old panels mix both.
pub(super) fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, Fault> {
    let text: Cow<'_, str> = match std::str::from_utf8(body) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => encoding_rs::WINDOWS_1252.decode_without_bom_handling(body).0,
    };
    serde_json::from_str(text.trim_start_matches('\u{feff}')).map_err(|error| fault_of(&error))
}

/// A message of the library may quote a value; only the name of a missing field is passed on.
fn fault_of(error: &serde_json::Error) -> Fault {
    if error.classify() != serde_json::error::Category::Data {
        return Fault::Garbled;
    }
    let said = error.to_string();
    let missing = said.strip_prefix("missing field `").and_then(|rest| rest.split_once('`'));
    Fault::Changed(match missing {
        Some((field, _)) => format!("`{field}`"),
        None => format!("line {}, column {}", error.line(), error.column()),
    })
}

/// A text, a number or nothing: what one program writes as `"7"`, its next version writes as `7`.
#[derive(Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub(super) struct Text(pub(super) String);

impl Text {
    pub(super) fn as_str(&self) -> &str {
        self.0.trim()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.as_str().is_empty()
    }

    pub(super) fn number(&self) -> Option<u64> {
        self.as_str().parse().ok()
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Text")
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Any;
        impl<'de> Visitor<'de> for Any {
            type Value = Text;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text, a number or nothing")
            }
            fn visit_str<E>(self, text: &str) -> Result<Text, E> {
                Ok(Text(text.to_owned()))
            }
            fn visit_string<E>(self, text: String) -> Result<Text, E> {
                Ok(Text(text))
            }
            fn visit_u64<E>(self, number: u64) -> Result<Text, E> {
                Ok(Text(number.to_string()))
            }
            fn visit_i64<E>(self, number: i64) -> Result<Text, E> {
                Ok(Text(number.to_string()))
            }
            fn visit_f64<E>(self, number: f64) -> Result<Text, E> {
                Ok(Text(number.to_string()))
            }
            fn visit_bool<E>(self, yes: bool) -> Result<Text, E> {
                // PHP writes `false` for a value that is not there.
                Ok(Text(if yes { "1".to_owned() } else { String::new() }))
            }
            fn visit_unit<E>(self) -> Result<Text, E> {
                Ok(Text::default())
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Text, A::Error> {
                // PHP writes `[]` for nothing, too; anything in it is something else than a text.
                match seq.next_element::<de::IgnoredAny>()? {
                    None => Ok(Text::default()),
                    Some(_) => Err(de::Error::custom("a list where a text was")),
                }
            }
        }
        deserializer.deserialize_any(Any)
    }
}

/// Several things: a list, a list under one more key (`{"client": [...]}`), an object whose keys are numbers, or
/// nothing (`""`, `null`, `false`). Anything else is an answer that has changed.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Many<T>(pub(super) Vec<T>);

impl<T> Default for Many<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Many<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyMany(PhantomData))
    }
}

struct AnyMany<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for AnyMany<T> {
    type Value = Many<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Many<T>, A::Error> {
        let mut all = Vec::new();
        while let Some(one) = seq.next_element()? {
            all.push(one);
        }
        Ok(Many(all))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Many<T>, A::Error> {
        let mut all = Vec::new();
        while let Some(key) = map.next_key::<String>()? {
            if key.bytes().all(|byte| byte.is_ascii_digit()) {
                all.push(map.next_value()?);
            } else {
                all.extend(map.next_value::<Self::Value>()?.0);
            }
        }
        Ok(Many(all))
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Many<T>, E> {
        if text.trim().is_empty() { Ok(Many::default()) } else { Err(E::custom("a text where a list was")) }
    }

    fn visit_bool<E: de::Error>(self, yes: bool) -> Result<Many<T>, E> {
        if yes { Err(E::custom("a yes where a list was")) } else { Ok(Many::default()) }
    }

    fn visit_unit<E>(self) -> Result<Many<T>, E> {
        Ok(Many::default())
    }
}

/// Which keys of an object are read; the values of all others are passed over.
pub(super) trait Choice {
    fn takes(key: &str) -> bool;
}

/// The texts of an object under the keys that are chosen. Objects and lists among them are passed over.
pub(super) struct Chosen<C>(pub(super) BTreeMap<String, Text>, PhantomData<C>);

impl<C> Default for Chosen<C> {
    fn default() -> Self {
        Self(BTreeMap::new(), PhantomData)
    }
}

impl<'de, C: Choice> Deserialize<'de> for Chosen<C> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(ChosenOf(PhantomData))
    }
}

struct ChosenOf<C>(PhantomData<C>);

#[derive(Deserialize)]
#[serde(untagged)]
enum Loose {
    Text(Text),
    Other(de::IgnoredAny),
}

impl<'de, C: Choice> Visitor<'de> for ChosenOf<C> {
    type Value = Chosen<C>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Chosen<C>, A::Error> {
        let mut chosen = Chosen::default();
        while let Some(key) = map.next_key::<String>()? {
            if !C::takes(&key) {
                map.next_value::<de::IgnoredAny>()?;
            } else if let Loose::Text(text) = map.next_value()? {
                chosen.0.insert(key, text);
            }
        }
        Ok(chosen)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(written: &str, expected: Option<&[&str]>) {
        let read: Result<Many<Text>, Fault> = read(written.as_bytes());
        let read = read.ok().map(|many| many.0.into_iter().map(|text| text.0).collect::<Vec<_>>());
        let expected = expected.map(|texts| texts.iter().map(|text| (*text).to_owned()).collect());
        assert_eq!(read, expected, "{written}");
    }

    #[test]
    fn several_things_are_read_however_they_are_wrapped() {
        check(r#"["a", 7, null, false]"#, Some(&["a", "7", "", ""]));
        check(r#"{"client": ["a", "b"]}"#, Some(&["a", "b"]));
        check(r#"{"0": "a", "1": "b"}"#, Some(&["a", "b"]));
        check(r#""""#, Some(&[]));
        check("null", Some(&[]));
        check("false", Some(&[]));
        check(r#"{"client": ""}"#, Some(&[]));
        check(r#""a""#, None);
        check(r#"[["a"]]"#, None);
        check("true", None);
    }

    #[test]
    fn what_is_wrong_is_told_without_values() {
        #[derive(Deserialize)]
        struct Client {
            #[expect(dead_code, reason = "only its absence is looked at")]
            id: Text,
        }
        let fault = |written: &str| read::<Client>(written.as_bytes()).err().unwrap();
        assert_eq!(fault(r#"{"mail": "x"}"#), Fault::Changed("`id`".to_owned()));
        // The column differs by one with how the JSON library was built.
        let Fault::Changed(place) = fault(r#"{"id": ["orchard"]}"#) else { panic!("it has changed") };
        assert!(place.starts_with("line 1, column 1"), "{place}");
        assert_eq!(fault(r#"{"id": "orch"#), Fault::Garbled);
        assert_eq!(fault("<html>"), Fault::Garbled);
    }

    #[test]
    fn windows_1252_is_read() {
        let text: Text = read(b"\"caf\xe9\"").unwrap();
        assert_eq!(text.as_str(), "café");
    }
}
