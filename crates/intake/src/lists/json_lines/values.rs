//! A field that holds one text, one number or a list of them.

use std::borrow::Cow;
use std::fmt;
use watchlist::{Phrase, phrase};

use serde::de::{self, Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::super::Place;
use super::super::gathering::Gathering;

/// The texts of a field. Blank texts are passed over; values of another sort are counted.
#[derive(Default)]
pub(super) struct Texts<'a> {
    texts: Vec<Cow<'a, str>>,
    others: usize,
}

impl Texts<'_> {
    pub(super) fn first(&self) -> Option<&str> {
        self.texts.first().map(Cow::as_ref)
    }

    pub(super) fn each(
        &self,
        at: Place,
        gathering: &mut Gathering,
        mut take: impl FnMut(&mut Gathering, &str),
    ) {
        for text in &self.texts {
            take(gathering, text);
        }
        if self.others > 0 {
            let others = self.others;
            let found = phrase!(
                "{others} values that are neither text nor number",
                "{others} waarden die geen tekst en geen getal zijn"
            );
            let expected = Phrase::new("a text or a list of texts", "een tekst of een rij teksten");
            let hint = Phrase::new("these values were left out", "deze waarden zijn weggelaten");
            gathering.problem(at, found, expected, hint);
        }
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Texts<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut texts = Texts::default();
        deserializer.deserialize_any(Collect(&mut texts))?;
        Ok(texts)
    }
}

/// Adds what it meets to the texts.
struct Collect<'t, 'a>(&'t mut Texts<'a>);

impl<'de: 'a, 'a> de::DeserializeSeed<'de> for Collect<'_, 'a> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de: 'a, 'a> Visitor<'de> for Collect<'_, 'a> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text or a list of texts")
    }

    fn visit_borrowed_str<E: de::Error>(self, text: &'de str) -> Result<(), E> {
        if !text.trim().is_empty() {
            self.0.texts.push(Cow::Borrowed(text.trim()));
        }
        Ok(())
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<(), E> {
        if !text.trim().is_empty() {
            self.0.texts.push(Cow::Owned(text.trim().to_owned()));
        }
        Ok(())
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<(), E> {
        self.0.texts.push(Cow::Owned(number.to_string()));
        Ok(())
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<(), E> {
        self.0.texts.push(Cow::Owned(number.to_string()));
        Ok(())
    }

    fn visit_f64<E: de::Error>(self, number: f64) -> Result<(), E> {
        self.0.texts.push(Cow::Owned(number.to_string()));
        Ok(())
    }

    fn visit_bool<E: de::Error>(self, _: bool) -> Result<(), E> {
        self.0.others += 1;
        Ok(())
    }

    fn visit_unit<E: de::Error>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        while seq.next_element_seed(Collect(&mut *self.0))?.is_some() {}
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        self.0.others += 1;
        Ok(())
    }
}
