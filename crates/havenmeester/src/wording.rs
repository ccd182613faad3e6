//! The few sentences that the commands say themselves, in both languages.
//!
//! Each stands where it is said, as a pair: `say(language, "in English", "in het Nederlands")`. What a
//! report says stands in the texts of `documents`.

use documents::Language;

/// The sentence in the reader's language.
pub(crate) const fn say<'a>(language: Language, en: &'a str, nl: &'a str) -> &'a str {
    match language {
        Language::En => en,
        Language::Nl => nl,
    }
}
