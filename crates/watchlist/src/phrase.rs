//! What the program tells a person of a file, in both languages of its readers.

use std::borrow::Cow;
use std::fmt;

/// A piece of a message in English and in Dutch. What is no word of either language (a quoted value, a heading, what
/// a library says) is the same in both.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Phrase {
    english: Cow<'static, str>,
    dutch: Cow<'static, str>,
}

impl Phrase {
    /// Words that never change.
    pub const fn new(english: &'static str, dutch: &'static str) -> Self {
        Self { english: Cow::Borrowed(english), dutch: Cow::Borrowed(dutch) }
    }

    /// Words around values, made for each language; [`crate::phrase!`] does so from two patterns.
    pub const fn made(english: String, dutch: String) -> Self {
        Self { english: Cow::Owned(english), dutch: Cow::Owned(dutch) }
    }

    /// A text that is the same in both languages.
    pub fn same(text: impl Into<String>) -> Self {
        let text = text.into();
        Self { english: Cow::Owned(text.clone()), dutch: Cow::Owned(text) }
    }

    pub fn english(&self) -> &str {
        &self.english
    }

    pub fn dutch(&self) -> &str {
        &self.dutch
    }
}

/// Makes a [`Phrase`] from an English and a Dutch pattern, as `format!` does. Values that are phrases come after the
/// patterns and stand in each of them in its language; other values are named in the braces.
#[macro_export]
macro_rules! phrase {
    ($english:literal, $dutch:literal $(, $phrase:expr)* $(,)?) => {
        $crate::Phrase::made(
            format!($english $(, $phrase.english())*),
            format!($dutch $(, $phrase.dutch())*),
        )
    };
}

/// In English, as on the command line.
impl fmt::Display for Phrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.english)
    }
}

/// Shows nothing of it: a phrase may quote a list or a customer.
impl fmt::Debug for Phrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Phrase")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_language_has_its_words_around_the_same_values() {
        let place = Phrase::new("the second row", "de tweede rij");
        let count = 3;

        let phrase = phrase!("{count} values in {}", "{count} waarden in {}", place);

        assert_eq!(phrase.english(), "3 values in the second row");
        assert_eq!(phrase.dutch(), "3 waarden in de tweede rij");
        assert_eq!(phrase.to_string(), phrase.english());
    }

    #[test]
    fn nothing_of_it_reaches_a_log() {
        assert_eq!(format!("{:?}", Phrase::same("Example Hosting B.V.")), "Phrase");
    }
}
