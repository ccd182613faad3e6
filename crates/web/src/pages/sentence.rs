//! A sentence with values from elsewhere, worded when it is known who reads it: what an operation refused as a type gets its
//! text in both languages here.

use jiff::Timestamp;
use jiff::civil::Date;

use super::Page;

/// A text with its values, not yet in a language.
pub(crate) struct Sentence {
    key: &'static str,
    values: Vec<(&'static str, Value)>,
    /// Sentences that follow it.
    further: Vec<Self>,
}

pub(crate) enum Value {
    /// Ids, codes and numbers: the same in every language.
    Text(String),
    /// A word of a vocabulary.
    Word(&'static str, String),
    /// Several of them, of which one is enough.
    Words(&'static str, Vec<&'static str>),
    Day(Date),
    Moment(Timestamp),
}

impl Sentence {
    pub(crate) const fn plain(key: &'static str) -> Self {
        Self { key, values: Vec::new(), further: Vec::new() }
    }

    pub(crate) fn with(mut self, name: &'static str, value: Value) -> Self {
        self.values.push((name, value));
        self
    }

    pub(crate) fn text(self, name: &'static str, value: impl ToString) -> Self {
        self.with(name, Value::Text(value.to_string()))
    }

    pub(crate) fn followed_by(mut self, further: impl Iterator<Item = Self>) -> Self {
        self.further.extend(further);
        self
    }

    /// The sentence in the reader's language.
    pub(crate) fn words(&self, page: &Page) -> String {
        let shown = |value: &Value| match value {
            Value::Text(text) => text.clone(),
            Value::Word(kind, word) => page.word(kind, word),
            Value::Words(kind, words) => {
                let words: Vec<String> = words.iter().map(|word| page.word(kind, word)).collect();
                words.join(", ")
            }
            Value::Day(day) => page.day(*day),
            Value::Moment(at) => page.moment(*at),
        };
        let values: Vec<(&str, String)> =
            self.values.iter().map(|(name, value)| (*name, shown(value))).collect();
        let further = self.further.iter().map(|one| one.words(page));
        let all: Vec<String> = std::iter::once(page.with(self.key, &values)).chain(further).collect();
        all.join(" ")
    }
}
